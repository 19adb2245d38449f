//! Where the words say that something happened.

use onrecord_lang::Tag;
use onrecord_lexicon::Plover;
use onrecord_text::CleanSpan;

use crate::place::{Toponym, WherePrecision};
use crate::reading::Participant;
use crate::text::Text;

/// Words between a preposition and the place behind it ("the border town of").
const MOST_BEFORE_PLACE: usize = 5;

/// The first place in `whole` behind a preposition that says where. Whoever takes part is no place, unless the words for them hold the preposition,
/// too: "four smugglers in Veld".
pub(crate) fn said_where(
    text: &Text<'_>,
    places: &[Toponym],
    whole: CleanSpan,
    participants: &[&[Participant]],
) -> Option<Toponym> {
    let says_where = |toponym: &&Toponym| {
        let first = text.tokens_in(toponym.span).start;
        let Some(at) = preposition_before(text, first) else { return false };
        let preposition = text.span(&(at..at + 1));
        let takes_part = participants
            .iter()
            .any(|those| those.iter().any(|one| one.span.overlaps(toponym.span) && !one.span.contains_span(preposition)));
        !takes_part && text.lexicon.list("place-preposition").contains(text.lower(at))
    };
    inside(places, whole).find(says_where).map(|toponym| as_near_as_said(text, toponym))
}

/// "near Veld" is not Veld.
fn as_near_as_said(text: &Text<'_>, toponym: &Toponym) -> Toponym {
    let mut toponym = toponym.clone();
    let near = preposition_before(text, text.tokens_in(toponym.span).start)
        .is_some_and(|at| text.lexicon.list("place-preposition-near").contains(text.lower(at)));
    let exact = toponym.place.as_mut().filter(|place| near && place.precision == WherePrecision::Exact);
    exact.into_iter().for_each(|place| place.precision = WherePrecision::Near);
    toponym
}

/// Where what moves or strikes is told to go or to hit: "captured *Veld*", "a raid on *Veld*", "withdrew from *Veld*". Not of countries.
pub(super) fn goal(text: &Text<'_>, places: &[Toponym], whole: CleanSpan, trigger: CleanSpan, plover: Plover) -> Option<Toponym> {
    let leads: &[&str] = match plover {
        Plover::Assault | Plover::Coerce => &["on", "of", "against", "over", "into"],
        Plover::Retreat => &["from", "of"],
        Plover::Mobilize | Plover::Aid | Plover::Consult => &["to", "into", "on"],
        _ => return None,
    };
    let behind = text.tokens_in(trigger).end;
    inside(places, whole)
        .filter(|toponym| is_spot(toponym) && toponym.span.start() >= trigger.end())
        .find(|toponym| {
            let first = text.tokens_in(toponym.span).start;
            // "captured *the town of* Veld"
            let start = place_noun_before(text, first).unwrap_or(first);
            let start = start - usize::from(start > 0 && text.tag(start - 1) == Tag::Det);
            start == behind || start > 0 && leads.contains(&text.lower(start - 1))
        })
        .cloned()
}

/// Whether those words are nothing but a spot behind a preposition that says where: nobody who takes part ("met in *Veld*").
pub(crate) fn is_only_where(text: &Text<'_>, places: &[Toponym], words: CleanSpan) -> bool {
    let list = text.lexicon.list("place-preposition");
    is_spot_behind(text, places, words, &|preposition| list.contains(preposition))
}

/// The same, where the spot is struck, too: "a strike *on Veld* killed nine" does not say that Veld killed.
pub(super) fn is_where_or_struck(text: &Text<'_>, places: &[Toponym], words: CleanSpan) -> bool {
    let list = text.lexicon.list("place-preposition");
    is_spot_behind(text, places, words, &|preposition| preposition == "on" || list.contains(preposition))
}

fn is_spot_behind(text: &Text<'_>, places: &[Toponym], words: CleanSpan, leads: &dyn Fn(&str) -> bool) -> bool {
    let Some(toponym) = inside(places, words).find(|toponym| is_spot(toponym)) else { return false };
    let tokens = text.tokens_in(words);
    let own = text.tokens_in(toponym.span);
    let lone = tokens.clone().all(|at| own.contains(&at) || matches!(text.tag(at), Tag::Det | Tag::Adp));
    let start = place_noun_before(text, own.start).unwrap_or(own.start);
    lone && preposition_before(text, own.start).is_some_and(|at| leads(text.lower(at)) && at + 3 > start)
}

/// Toponyms in `span` that stand for no government. They stand in the order of the text.
fn inside(places: &[Toponym], span: CleanSpan) -> impl Iterator<Item = &Toponym> {
    let from = places.partition_point(|toponym| toponym.span.start() < span.start());
    places[from..]
        .iter()
        .take_while(move |toponym| toponym.span.start() < span.end())
        .filter(move |toponym| span.contains_span(toponym.span) && !toponym.is_government)
}

/// A town, a crossing, a district, a province: what no state is.
pub(crate) fn is_spot(toponym: &Toponym) -> bool {
    toponym.place.as_ref().is_some_and(|place| {
        matches!(
            place.precision,
            WherePrecision::Exact | WherePrecision::Near | WherePrecision::District | WherePrecision::Region
        )
    })
}

/// The preposition that leads to the place whose words begin at `first`: "*in* the border town of Veld".
fn preposition_before(text: &Text<'_>, first: usize) -> Option<usize> {
    let mut before = (first.saturating_sub(MOST_BEFORE_PLACE)..first).rev();
    let at = before.find(|at| text.tag(*at) == Tag::Adp && text.lower(*at) != "of")?;
    (!(at..first).any(|at| text.looks_finite(at))).then_some(at)
}

/// Where "town of" before a place begins.
fn place_noun_before(text: &Text<'_>, first: usize) -> Option<usize> {
    let noun = first.checked_sub(2).filter(|_| text.lower(first - 1) == "of")?;
    let named = ["place-noun", "place-noun-town", "place-noun-area"]
        .iter()
        .any(|list| text.lexicon.list(list).contains(text.lower(noun)));
    named.then_some(noun)
}
