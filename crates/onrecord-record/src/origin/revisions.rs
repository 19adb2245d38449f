//! Versions of one page: what was changed between two captures of it, whether the page says so or not.

use std::collections::BTreeMap;
use std::ops::Range;

use onrecord_text::CleanSpan;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::piece::Piece;
use crate::{ArticleRef, Change, Entry, Revision, Words};

/// Words that stay between two changes that are shown as one.
const BETWEEN: usize = 2;

/// Each version of a page with the one before, where their texts differ.
///
/// Captures are of one page when the page names the same canonical address, or were obtained from one address. The order is that of
/// capture, else of the last change that the page tells, else of publication, else of the names.
pub(crate) fn revisions(entries: &[Entry], pieces: &[Piece<'_>]) -> Vec<Revision> {
    let mut versions: BTreeMap<String, Vec<&Piece<'_>>> = BTreeMap::new();
    for piece in pieces {
        if let Some(entry) = entries.get(piece.entry)
            && let Some(address) = address(entry, piece)
        {
            versions.entry(address).or_default().push(piece);
        }
    }
    let mut revisions = Vec::new();
    for mut versions in versions.into_values() {
        versions.sort_by_key(|piece| (captured(entries, piece), piece.entry, piece.article));
        for pair in versions.windows(2) {
            let [older, newer] = pair else { continue };
            let changes = changes(older, newer);
            if !changes.is_empty() {
                let article = |piece: &Piece<'_>| ArticleRef { entry: piece.entry, article: piece.article };
                revisions.push(Revision { older: article(older), newer: article(newer), changes });
            }
        }
    }
    revisions
}

/// The address of an article: its own, else that of the page if the page holds nothing else.
fn address(entry: &Entry, piece: &Piece<'_>) -> Option<String> {
    let own = piece.page.provenance.canonical.map(|span| entry.page.source.cut(span));
    let of_page = || {
        let named = Some(entry.name.as_str()).filter(|name| name.contains("://"));
        entry.capture.url.as_deref().or(named).filter(|_| entry.page.articles.len() == 1)
    };
    let address = own.or_else(of_page)?.trim();
    let (_, rest) = address.split_once("://")?;
    let rest = rest.split('#').next()?.trim_end_matches('/');
    Some(rest.strip_prefix("www.").unwrap_or(rest).to_lowercase())
}

fn captured<'a>(entries: &'a [Entry], piece: &'a Piece<'_>) -> Option<&'a str> {
    let at = entries.get(piece.entry).and_then(|entry| entry.capture.captured_at.as_deref());
    let told = || piece.page.modified.as_ref().or(piece.page.published.as_ref()).map(|date| date.value.as_str());
    at.or_else(told)
}

/// What differs: paragraphs first, then the words of those that were rewritten.
fn changes(older: &Piece<'_>, newer: &Piece<'_>) -> Vec<Change> {
    let paragraphs = |piece: &Piece<'_>| piece.page.blocks.iter().map(|block| block.span).collect::<Vec<_>>();
    let (before, after) = (paragraphs(older), paragraphs(newer));
    let mut changes = Vec::new();
    for (old, new) in differing(older, newer, &before, &after, 0) {
        match (covering(&before, &old), covering(&after, &new)) {
            (Some(removed), Some(added)) => {
                let (old, new) = (words(older, removed), words(newer, added));
                for (removed, added) in differing(older, newer, &old, &new, BETWEEN) {
                    changes.push(change(older, newer, covering(&old, &removed), covering(&new, &added)));
                }
            }
            (removed, added) => changes.push(change(older, newer, removed, added)),
        }
    }
    changes
}

fn change(older: &Piece<'_>, newer: &Piece<'_>, removed: Option<CleanSpan>, added: Option<CleanSpan>) -> Change {
    let words = |piece: &Piece<'_>, span| Words { entry: piece.entry, article: piece.article, span };
    Change { removed: removed.map(|span| words(older, span)), added: added.map(|span| words(newer, span)) }
}

/// The ranges of parts that differ; those with at most `between` equal parts between them are one.
fn differing(
    older: &Piece<'_>,
    newer: &Piece<'_>,
    before: &[CleanSpan],
    after: &[CleanSpan],
    between: usize,
) -> Vec<(Range<usize>, Range<usize>)> {
    let texts = |piece: &Piece<'_>, parts: &[CleanSpan]| {
        parts.iter().map(|part| piece.page.clean.cut(*part).to_owned()).collect::<Vec<_>>()
    };
    let operations = capture_diff_slices(Algorithm::Patience, &texts(older, before), &texts(newer, after));
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for operation in operations.iter().filter(|operation| operation.tag() != DiffTag::Equal) {
        let (old, new) = (operation.old_range(), operation.new_range());
        match found.last_mut() {
            Some((last_old, last_new)) if between > 0 && old.start - last_old.end <= between => {
                (last_old.end, last_new.end) = (old.end, new.end);
            }
            _ => found.push((old, new)),
        }
    }
    found
}

fn covering(parts: &[CleanSpan], range: &Range<usize>) -> Option<CleanSpan> {
    parts.get(range.clone())?.iter().copied().reduce(CleanSpan::cover)
}

/// The words between blanks in `span`.
fn words(piece: &Piece<'_>, span: CleanSpan) -> Vec<CleanSpan> {
    let text = piece.page.clean.cut(span);
    let offset = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let part = |word: &str| {
        let start = span.start() + place(offset(word));
        CleanSpan::new(start, start + place(word.len()))
    };
    text.split_whitespace().map(part).collect()
}
