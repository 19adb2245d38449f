//! Why assertions were joined, in words for people.

use crate::piece::{Pieces, Telling};
use crate::word::Word;
use crate::word::within;

/// How many shared words a reason shows.
const SHOWN: usize = 6;

/// One sentence for each telling but the first: what it shares with the first.
pub(crate) fn reasons(tellings: &[&Telling<'_>], pieces: &Pieces<'_>) -> Vec<String> {
    let Some((first, rest)) = tellings.split_first() else { return Vec::new() };
    rest.iter().map(|telling| reason(first, telling, pieces)).collect()
}

fn reason(first: &Telling<'_>, telling: &Telling<'_>, pieces: &Pieces<'_>) -> String {
    let likeness = first.content.likeness(&telling.content);
    let outlet = pieces.piece(telling).map_or("", |piece| piece.outlet.name.as_str());
    let copy = pieces.piece(telling).map(|piece| piece.copy_group) == pieces.piece(first).map(|piece| piece.copy_group);
    let words = shown_words(first, telling, pieces).join(", ");
    let mut text = format!("{outlet}: {} of {} content words are those of the first ({words})", likeness.shared, likeness.larger);
    if !telling.content.numbers().is_empty() {
        let figures: Vec<&str> = telling.content.numbers().iter().map(|number| pieces.vocabulary.text(*number)).collect();
        text.push_str(&format!(", with the same figures ({})", figures.join(", ").replace('#', "")));
    }
    if telling.is_attributed() && telling.said.speaker.name == first.said.speaker.name {
        text.push_str(", by the same speaker");
    }
    if copy && telling.piece != first.piece {
        text.push_str("; the articles are copies");
    }
    text.push('.');
    text
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
