//! Where the words say that something happened.

use onrecord_lang::Tag;
use onrecord_text::CleanSpan;

use crate::place::Toponym;
use crate::reading::Participant;
use crate::text::Text;

/// Words between a preposition and the place behind it ("the border town of").
const MOST_BEFORE_PLACE: usize = 5;

/// The first place in `whole` behind a preposition that says where, which is nobody who takes part.
pub(crate) fn said_where(
    text: &Text<'_>,
    places: &[Toponym],
    whole: CleanSpan,
    participants: &[&[Participant]],
) -> Option<Toponym> {
    let takes_part = |span: CleanSpan| participants.iter().any(|those| those.iter().any(|one| one.span.overlaps(span)));
    let says_where = |toponym: &&Toponym| {
        let first = text.tokens_in(toponym.span).start;
        let before = (first.saturating_sub(MOST_BEFORE_PLACE)..first).rev();
        // "in the border town of Veld"
        let preposition = before.into_iter().find(|at| text.tag(*at) == Tag::Adp && text.lower(*at) != "of");
        let where_words = text.lexicon.list("place-preposition");
        preposition.is_some_and(|at| where_words.contains(text.lower(at)) && !(at..first).any(|at| text.looks_finite(at)))
    };
    // Toponyms stand in the order of the text.
    let from = places.partition_point(|toponym| toponym.span.start() < whole.start());
    let inside = places[from..]
        .iter()
        .take_while(|toponym| toponym.span.start() < whole.end())
        .filter(|toponym| whole.contains_span(toponym.span) && !toponym.is_government);
    inside.filter(|toponym| !takes_part(toponym.span)).find(says_where).cloned()
}
