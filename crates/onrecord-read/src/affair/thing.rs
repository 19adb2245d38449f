//! The thing whose state is told.

use onrecord_lexicon::{Affair as Kind, Axis};
use onrecord_text::CleanSpan;

use super::Reader;

/// Words before a noun that may belong to its name ("military *hotline*").
const MOST_BEFORE: usize = 2;

/// A thing in the text.
pub(super) struct Thing<'l> {
    /// The head of its words.
    pub(super) noun: usize,
    pub(super) kind: &'l Kind,
    /// The words that name it.
    pub(super) span: CleanSpan,
}

impl<'a> Reader<'_, '_, 'a> {
    /// The thing that a noun is: by the longest of its names that holds the noun, else by the kind of place that it names.
    pub(super) fn thing(&self, noun: usize) -> Option<Thing<'a>> {
        let trees = self.cast.trees;
        let text = trees.text;
        // "the talks, *which* ended without agreement"
        let relative = matches!(trees.lower(noun), "which" | "that");
        let verb = trees.head(noun).filter(|verb| relative && trees.is(*verb, "acl:relcl"));
        let noun = verb.and_then(|verb| trees.head(verb)).unwrap_or(noun);
        let word = trees.word(noun);
        let starts = (noun.saturating_sub(MOST_BEFORE)..=noun).map(|at| trees.word(at).span.start());
        let by_name = starts.into_iter().find_map(|start| {
            let (end, kind) = text.lexicon.affair_at(text.words, start as usize)?;
            let span = CleanSpan::new(start, u32::try_from(end).ok()?);
            // "in the border town": what is named is the town.
            let last =
                trees.words().get(noun + 1..).and_then(|behind| behind.first()).is_none_or(|next| next.head != Some(noun + 1));
            (span.contains_span(word.span) && last).then_some((span, kind))
        });
        let by_place = || {
            let toponym = self.places.iter().find(|toponym| toponym.span.contains_span(word.span))?;
            let (_, places) = text.lexicon.places_at(text.words, toponym.span.start() as usize)?;
            let kind = places.iter().find_map(|place| text.lexicon.affair_of_place(&place.kind))?;
            Some((toponym.span, kind))
        };
        let (span, kind) = by_name.or_else(by_place)?;
        // "the *Oro Memorandum*": an agreement is known by its whole name.
        let named =
            kind.axis == Axis::Force && text.cut(word.span).starts_with(char::is_uppercase) && &*word.universal == "PROPN";
        let span = if named { trees.span(&trees.phrase(noun)).cover(span) } else { span };
        Some(Thing { noun, kind, span })
    }
}
