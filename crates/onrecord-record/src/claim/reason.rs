//! Why assertions were joined, in words for people.

use super::merged::{About, Group, Tie};
use crate::piece::{Pieces, Telling};
use crate::word::Word;
use crate::word::within;

/// How many shared words a reason shows.
const SHOWN: usize = 6;

/// One sentence for each telling but the first: what it shares with the first, or with another that is of one event with the first.
pub(super) fn reasons(group: &Group, pieces: &Pieces<'_>) -> Vec<String> {
    let telling = |at: &usize| pieces.tellings.get(*at);
    let Some((first, rest)) = group.members.split_first() else { return Vec::new() };
    let reason = |at: &usize| {
        let tie = group.ties.get(at);
        // Those that have the words of `own` are compared with it; `own` itself with what it was tied to.
        let compared = tie.map_or(first, |tie| if tie.own == *at { &tie.with } else { &tie.own });
        Some(reason(telling(first)?, telling(compared)?, telling(at)?, tie.filter(|tie| tie.own == *at), pieces))
    };
    rest.iter().filter_map(reason).collect()
}

fn reason(first: &Telling<'_>, compared: &Telling<'_>, telling: &Telling<'_>, tie: Option<&Tie>, pieces: &Pieces<'_>) -> String {
    let likeness = compared.content.likeness(&telling.content);
    let copy = pieces.piece(telling).map(|piece| piece.copy_group) == pieces.piece(compared).map(|piece| piece.copy_group);
    let words = shown_words(compared, telling, pieces).join(", ");
    let whose = if compared.at == first.at { "the first".to_owned() } else { format!("{}’s", outlet(compared, pieces)) };
    let mut text = format!("{}: ", outlet(telling, pieces));
    match tie.map(|tie| &tie.about) {
        Some(About::Event(agreed)) => text.push_str(&format!("it tells of the same event: both agree in {}; ", listed(agreed))),
        Some(About::Figures(1)) => text.push_str("it gives the same figure for the same thing; "),
        Some(About::Figures(number)) => text.push_str(&format!("it gives the same {number} figures for the same things; ")),
        Some(About::Numbers(number)) => text.push_str(&format!("it gives the same {number} numbers; ")),
        Some(About::Speaker) => text.push_str("one speaker says both; "),
        Some(About::Words) => text.push_str("what both share are words that few articles have; "),
        None => {}
    }
    text.push_str(&format!("{} of {} content words are those of {whose} ({words})", likeness.shared, likeness.larger));
    let both = telling.content.numbers().iter().filter(|number| compared.content.numbers().contains(number));
    let figures: Vec<&str> = both.map(|number| pieces.vocabulary.text(*number)).collect();
    if !figures.is_empty() {
        text.push_str(&format!(", with the same figures ({})", figures.join(", ").replace('#', "")));
    }
    if telling.is_attributed() && telling.said.speaker.name == compared.said.speaker.name {
        text.push_str(", by the same speaker");
    }
    if copy && telling.piece != compared.piece {
        text.push_str("; the articles are copies");
    }
    text.push('.');
    text
}

fn outlet<'a>(telling: &Telling<'_>, pieces: &'a Pieces<'_>) -> &'a str {
    pieces.list.get(telling.piece).map_or("", |piece| piece.outlet.name.as_str())
}

/// "who acts, the day and the place"; names are said once.
fn listed(agreed: &[&'static str]) -> String {
    let several = agreed.contains(&"names");
    let said: Vec<&str> = agreed.iter().copied().filter(|what| !(several && *what == "a name")).collect();
    match said.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The shared words as the later telling writes them, in its order.
fn shown_words(first: &Telling<'_>, telling: &Telling<'_>, pieces: &Pieces<'_>) -> Vec<String> {
    let Some(piece) = pieces.piece(telling) else { return Vec::new() };
    let mut left: Vec<_> = first.content.shared_words(&telling.content).collect();
    let inside = telling.said.content.iter().flat_map(|span| within(&piece.words, *span));
    let mut shown = Vec::new();
    for Word { key, span, .. } in inside {
        if let Some(at) = left.iter().position(|word| word == key) {
            left.swap_remove(at);
            shown.push(piece.page.clean.cut(*span).to_owned());
        }
    }
    shown.truncate(SHOWN);
    shown
}
