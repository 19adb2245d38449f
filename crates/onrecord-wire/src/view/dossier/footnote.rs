//! Footnotes: where words stand, with those around them.

use std::collections::BTreeMap;

use onrecord_page::Article;
use onrecord_record::Words;
use onrecord_text::{CleanSpan, sha256_hex};

use super::super::name::date;
use super::{Builder, Footnote, SourceLine};
use crate::words;

/// Bytes shown at most on each side of the words, to the next blank.
const AROUND: usize = 160;

/// Footnotes in the order in which they are first needed.
#[derive(Default)]
pub(super) struct Footnotes {
    places: Vec<Vec<Words>>,
    numbers: BTreeMap<Vec<Words>, usize>,
}

impl Footnotes {
    /// Number of the footnote for words of one article, from 1; the same words have one footnote.
    pub(super) fn number(&mut self, at: Vec<Words>) -> usize {
        if let Some(known) = self.numbers.get(&at) {
            return *known;
        }
        self.places.push(at.clone());
        self.numbers.insert(at, self.places.len());
        self.places.len()
    }
}

impl Builder<'_> {
    pub(super) fn footnotes_and_sources(self) -> (Vec<Footnote>, Vec<SourceLine>) {
        let home = |at: &Vec<Words>| at.first().map_or((0, 0), |words| (words.entry, words.article));
        let mut cited: Vec<(usize, usize)> = self.footnotes.places.iter().map(home).collect();
        cited.sort_unstable();
        cited.dedup();
        let number = |at: &Vec<Words>| cited.iter().position(|known| *known == home(at)).map_or(0, |place| place + 1);
        let footnotes = self.footnotes.places.iter().filter_map(|at| self.footnote(at, number(at))).collect();
        (footnotes, cited.iter().filter_map(|at| self.source(*at)).collect())
    }

    fn footnote(&self, at: &[Words], source: usize) -> Option<Footnote> {
        let (first, last) = (at.first()?, at.last()?);
        let (entry, article) = words::home(self.gather.record, first.entry, first.article)?;
        let text = &entry.page.source;
        let SourceLine { outlet, title, published, .. } = self.source((first.entry, first.article))?;
        let exact: Vec<String> = at.iter().map(|words| words::as_printed(article, text, words.span)).collect();
        let ((before, is_cut_before), (after, is_cut_after)) = (before(article, first.span), after(article, last.span));
        Some(Footnote {
            outlet,
            title,
            published,
            label: self.gather.line_label(*first),
            spans: at.iter().flat_map(|words| words::pieces(text, &article.clean, words.span)).collect(),
            before: words::as_printed(article, text, before),
            exact: exact.join(words::CUT_JOIN),
            after: words::as_printed(article, text, after),
            is_cut_before,
            is_cut_after,
            source,
        })
    }

    fn source(&self, (number, place): (usize, usize)) -> Option<SourceLine> {
        let (entry, article) = words::home(self.gather.record, number, place)?;
        Some(SourceLine {
            outlet: self.gather.outlet((number, place)),
            title: article.title.map(|title| words::plain_cut(&entry.page, title)),
            published: article.published.as_ref().map(|day| date(&day.value)),
            name: entry.name.clone(),
            url: entry.capture.url.clone().filter(|url| *url != entry.name),
            sha256: entry.source_id().to_string(),
            text_sha256: sha256_hex(entry.page.source.text().as_bytes()),
        })
    }
}

/// The clean span of the words before `span` in its paragraph, from a blank on, and whether it has more.
fn before(article: &Article, span: CleanSpan) -> (CleanSpan, bool) {
    let (text, end) = (article.clean.text(), span.start() as usize);
    let opens = article.blocks.iter().map(|block| block.span.start() as usize).filter(|start| *start <= end).max().unwrap_or(0);
    let from = ceil(text, end.saturating_sub(AROUND));
    let start = if from <= opens {
        opens
    } else {
        text.get(from..end).and_then(|cut| cut.find(' ')).map_or(end, |blank| from + blank + 1)
    };
    (clean(start, end), start > opens)
}

/// The clean span of the words behind `span` in its paragraph, up to a blank, and whether it has more.
fn after(article: &Article, span: CleanSpan) -> (CleanSpan, bool) {
    let (text, start) = (article.clean.text(), span.end() as usize);
    let ends =
        article.blocks.iter().map(|block| block.span.end() as usize).filter(|end| *end >= start).min().unwrap_or(text.len());
    let to = ceil(text, (start + AROUND).min(text.len()));
    let end =
        if to >= ends { ends } else { text.get(start..to).and_then(|cut| cut.rfind(' ')).map_or(start, |blank| start + blank) };
    (clean(start, end), end < ends)
}

/// The next place at which a character begins.
fn ceil(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

fn clean(start: usize, end: usize) -> CleanSpan {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    CleanSpan::new(number(start), number(end.max(start)))
}
