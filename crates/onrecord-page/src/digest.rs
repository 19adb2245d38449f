//! What the lines of a page say that lists several pieces, whether it comes with markup or without: marks of third parties, and the line
//! with source and day below a headline.

use std::ops::Range;

use onrecord_lexicon::Lexicon;

use crate::article::Label;
use crate::run::span;
use crate::{date, line};

/// Pieces that make a page a list of them.
pub(crate) const PIECES: usize = 3;

/// Share of the page's prose, in percent, that stands in the pieces of a list.
pub(crate) const LISTED_PERCENT: usize = 60;

/// Most words of a headline.
pub(crate) const HEADLINE_WORDS: usize = 25;

/// Most words of the line with source and day.
pub(crate) const DATED_WORDS: usize = 12;

/// Marks of the list `page-label` that say what a piece is and not whether it can be relied upon.
const SECTIONS: [&str; 14] = [
    "opinion",
    "analysis",
    "satire",
    "sponsored",
    "sponsored content",
    "editorial",
    "commentary",
    "explainer",
    "press release",
    "advertorial",
    "international",
    "local",
    "paid content",
    "exclusive",
];

/// The mark at `range`.
pub(crate) fn label(text: &str, range: Range<usize>) -> Label {
    let value = text.get(range.clone()).unwrap_or("").to_lowercase();
    Label { name: if rates(&value) { "reliability" } else { "section" }, value, span: span(&range) }
}

/// Whether a mark says how far a piece can be relied upon, and not what it is.
pub(crate) fn rates(mark: &str) -> bool {
    !SECTIONS.contains(&&*mark.to_lowercase())
}

/// Whether a line holds a day and something else: a day alone may head a part of a chronicle.
pub(crate) fn names_source_and_day(words: &str) -> bool {
    let day = date::find(words).filter(|found| found.value.is_some());
    day.is_some_and(|found| {
        let beside = [words.get(..found.range.start), words.get(found.range.end..)];
        beside.into_iter().flatten().any(|part| line::word_count(part) > 0)
    })
}

/// Bytes of the outlet that a line with a day starts with, when the lexicon knows it.
pub(crate) fn outlet(words: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
    let before = words.get(..date::find(words)?.range.start)?.trim_end_matches([' ', ',', '|', '·', '•', '-', '–', '—', '(']);
    lexicon.outlet_named(before)?;
    Some(0..before.len())
}
