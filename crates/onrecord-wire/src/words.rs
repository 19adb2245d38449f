//! Words of an article, seen from its source.

use std::ops::Range;

use onrecord_page::{Article, Media, Page};
use onrecord_record::{Entry, Record};
use onrecord_text::{CleanSpan, CleanText, Source, SourceSpan};

/// Stands between the cuts of a text that is made of several.
pub(crate) const CUT_JOIN: &str = " … ";

/// The source spans that the clean `span` was made from; several where markup stands between its words.
///
/// Spans that only white space parts are joined, so that plain text gives one span.
pub(crate) fn pieces(source: &Source, clean: &CleanText, span: CleanSpan) -> Vec<SourceSpan> {
    let mut joined: Vec<SourceSpan> = Vec::new();
    for piece in clean.source_pieces(span) {
        match joined.last_mut() {
            Some(before) if only_space_between(source, *before, piece) => *before = before.cover(piece),
            _ => joined.push(piece),
        }
    }
    // White space beside dropped markup says nothing.
    let trimmed: Vec<SourceSpan> = joined.iter().map(|piece| trimmed(source, *piece)).filter(|piece| !piece.is_empty()).collect();
    if trimmed.is_empty() { vec![clean.source_of(span)] } else { trimmed }
}

/// The span without the white space at its ends.
fn trimmed(source: &Source, span: SourceSpan) -> SourceSpan {
    let cut = source.cut(span);
    let len = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
    let start = span.start() + (len(cut) - len(cut.trim_start()));
    SourceSpan::new(start, start + len(cut.trim()))
}

fn only_space_between(source: &Source, before: SourceSpan, after: SourceSpan) -> bool {
    source.cut(SourceSpan::new(before.end(), after.start())).trim().is_empty()
}

/// The cuts of `spans`, joined by [`CUT_JOIN`].
pub(crate) fn joined_cuts(source: &Source, spans: &[SourceSpan]) -> String {
    spans.iter().map(|span| source.cut(*span)).collect::<Vec<_>>().join(CUT_JOIN)
}

/// A stretch of clean text as people should see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch<'a> {
    /// Bytes of the clean text.
    pub(crate) range: Range<usize>,
    /// What the source prints there: the clean words, or the bent spelling they were restored from.
    pub(crate) shown: &'a str,
    /// Whether `shown` is a bent spelling, which cannot be cut further.
    pub(crate) bent: bool,
}

/// The clean `span` in stretches, each with the source's own spelling.
pub(crate) fn stretches<'a>(article: &'a Article, source: &'a Source, span: CleanSpan) -> Vec<Stretch<'a>> {
    let mut bent: Vec<(CleanSpan, &str)> = article
        .restored
        .iter()
        .filter_map(|word| Some((article.clean.clean_of(word.span)?, source.cut(word.span))))
        .filter(|(place, _)| place.overlaps(span))
        .collect();
    bent.sort_by_key(|(place, _)| place.start());
    let mut found = Vec::new();
    let mut at = span.start();
    for (place, shown) in bent {
        if place.start() < at {
            continue;
        }
        found.extend(plain(article, CleanSpan::new(at, place.start())));
        found.push(Stretch { range: place.range(), shown, bent: true });
        at = place.end();
    }
    found.extend(plain(article, CleanSpan::new(at, span.end().max(at))));
    found
}

fn plain(article: &Article, span: CleanSpan) -> Option<Stretch<'_>> {
    let shown = article.clean.cut(span);
    (!shown.is_empty()).then(|| Stretch { range: span.range(), shown, bent: false })
}

/// The words at `span` in the source's own spelling, on one line.
pub(crate) fn as_printed(article: &Article, source: &Source, span: CleanSpan) -> String {
    let words: String = stretches(article, source, span).iter().map(|stretch| stretch.shown).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words at a span of a page that no clean text holds (its title, a byline), for people: no tags, no entities, one line.
pub(crate) fn plain_cut(page: &Page, span: SourceSpan) -> String {
    let cut = page.source.cut(span);
    let text = if matches!(page.media, Media::Html | Media::Feed) { without_tags(cut) } else { cut.to_owned() };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_tags(markup: &str) -> String {
    let mut text = String::new();
    for (number, part) in markup.split('<').enumerate() {
        let words = if number == 0 { part } else { part.split_once('>').map_or("", |(_, words)| words) };
        text.push_str(words);
    }
    htmlize::unescape(text).into_owned()
}

/// The entry and the article that `words` point into.
pub(crate) fn home(record: &Record, entry: usize, article: usize) -> Option<(&Entry, &Article)> {
    let entry = record.entries.get(entry)?;
    Some((entry, entry.page.articles.get(article)?))
}
