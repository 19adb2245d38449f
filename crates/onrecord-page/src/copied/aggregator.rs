//! Pages of aggregators: an article, then summaries of others, each below a label glued to its headline
//! ("ReliableTalks fail again"); and digests, where each piece has its headline, a line with its source and day, and a paragraph or two.

use onrecord_lexicon::Lexicon;
use onrecord_text::SourceSpan;

use super::draft_block;
use super::unit::Unit;
use super::window::Repeats;
use crate::article::{BlockKind, DateBasis, Genre, GenreBasis, Label, PageDate, Sign};
use crate::digest::{self, DATED_WORDS, HEADLINE_WORDS, LISTED_PERCENT, PIECES, label};
use crate::draft::Draft;
use crate::run::span;
use crate::{date, line};

/// Longest label, in bytes, with the first letter of the headline.
const LABEL_LIMIT: usize = 40;

/// A summary: its label, headline and paragraphs.
pub(crate) struct Summary {
    /// Unit of the headline.
    pub(crate) headline: usize,
    /// Bytes of the label at the start of that unit.
    label: usize,
    /// Bytes of the piece's number in the digest, at the start of that unit.
    number: usize,
    /// Unit of the line with source and day.
    dated: Option<usize>,
    /// Unit of the first paragraph, and the one behind the last.
    first: usize,
    end: usize,
}

/// The summaries on the page. A label counts when what follows it on its line is also a line of its own: the headline, repeated.
pub(crate) fn summaries(text: &str, units: &[Unit], lexicon: &Lexicon) -> Vec<Summary> {
    let labels = lexicon.list("page-label");
    let mut labelled: Vec<(usize, usize)> = Vec::new();
    let mut lines: Option<Repeats> = None;
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.words <= 40 && !unit.bullet) {
        let words = unit.text(text);
        let Some(label) = glued_label(words, labels.iter()) else { continue };
        let lines = lines.get_or_insert_with(|| Repeats::of(units));
        if lines.count(line::key_hash(words.get(label..).unwrap_or(""))) > 0 {
            labelled.push((at, label));
        }
    }
    let ends: Vec<usize> = labelled.iter().skip(1).map(|(at, _)| *at).chain([units.len()]).collect();
    let summaries = labelled.into_iter().zip(ends).map(|((headline, label), next)| {
        // The headline may be repeated right below.
        let key = line::key_hash(units[headline].text(text).get(label..).unwrap_or(""));
        let first = headline + 1 + units[headline + 1..next].iter().take_while(|unit| unit.key == Some(key)).count();
        let paragraphs = units[first..next].iter().take_while(|unit| unit.prose).count();
        Summary { headline, label, number: 0, dated: None, first, end: first + paragraphs }
    });
    summaries.filter(|summary| summary.end > summary.first).collect()
}

/// The pieces of a digest: three or more headlines, each with a line of source and day and with paragraphs below, that hold most of the
/// page's prose.
pub(crate) fn parted(text: &str, units: &[Unit]) -> Vec<Summary> {
    let mut pieces: Vec<Summary> = Vec::new();
    let mut at = 2;
    while at < units.len() {
        let (headline, dated) = (&units[at - 2], &units[at - 1]);
        let end = at + units[at..].iter().take_while(|unit| unit.prose).count();
        if end > at && is_headline(text, headline) && is_source_and_day(text, dated) {
            let number = number(headline.text(text));
            pieces.push(Summary { headline: at - 2, label: 0, number, dated: Some(at - 1), first: at, end });
        }
        at = end.max(at + 1);
    }
    let words = |units: &[Unit]| units.iter().filter(|unit| unit.prose).map(|unit| unit.words).sum::<usize>();
    let inside: usize = pieces.iter().map(|piece| words(&units[piece.first..piece.end])).sum();
    let is_digest = pieces.len() >= PIECES && inside * 100 >= words(units) * LISTED_PERCENT;
    if is_digest { pieces } else { Vec::new() }
}

fn is_headline(text: &str, unit: &Unit) -> bool {
    let words = unit.text(text);
    !unit.prose
        && unit.chrome.is_none()
        && (3..=HEADLINE_WORDS).contains(&unit.words)
        && !words.ends_with(['.', ':', ','])
        && date::find(words).is_none()
}

fn is_source_and_day(text: &str, unit: &Unit) -> bool {
    !unit.prose && !unit.ends && unit.words <= DATED_WORDS && digest::names_source_and_day(unit.text(text))
}

/// Bytes of "3. " at the start of a headline.
fn number(words: &str) -> usize {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = words.get(digits..).and_then(|rest| rest.strip_prefix(['.', ')']));
    match rest.map(|rest| (rest.len(), rest.trim_start().len())) {
        Some((with, without)) if (1..=2).contains(&digits) && with > without => words.len() - without,
        _ => 0,
    }
}

/// Length of the longest label that `words` starts with, a capital letter following at once.
fn glued_label<'l>(words: &str, labels: impl Iterator<Item = &'l str>) -> Option<usize> {
    let start = words.as_bytes().get(..LABEL_LIMIT.min(words.len()))?;
    // Where a label is glued to a headline, a letter is followed by a capital or a sign inside of the first words.
    if !start
        .windows(2)
        .any(|pair| pair[0].is_ascii_lowercase() && !pair[1].is_ascii_lowercase() && !pair[1].is_ascii_whitespace())
    {
        return None;
    }
    let is_glued = |label: &&str| {
        let rest = words.get(label.len()..)?.chars().next()?;
        (words.get(..label.len())?.eq_ignore_ascii_case(label)
            && (rest.is_uppercase() || rest.is_numeric() || matches!(rest, '“' | '‘' | '"' | '\'')))
        .then_some(label.len())
    };
    labels.filter_map(|label| is_glued(&label)).max()
}

impl Summary {
    pub(crate) fn draft(&self, text: &str, units: &[Unit], lexicon: &Lexicon) -> Draft {
        let headline = &units[self.headline].range;
        let paragraphs = &units[self.first..self.end];
        let start = headline.start + self.label.max(self.number);
        let glued = (self.label > 0).then(|| label(text, headline.start..headline.start + self.label));
        let mut labels: Vec<Label> = glued.into_iter().collect();
        if labels.is_empty() {
            labels = labels_beside(text, units, self.headline, lexicon);
        }
        let dated = self.dated.map(|at| &units[at]);
        Draft {
            title: Some(span(&(start..headline.end))),
            labels,
            genre: Some((Genre::Summary, Sign { basis: GenreBasis::Listing, span: Some(span(&(start..headline.end))) })),
            published: dated.and_then(|unit| published(text, unit)),
            source: dated.and_then(|unit| outlet(text, unit, lexicon)),
            blocks: paragraphs.iter().map(|unit| draft_block(text, unit, BlockKind::Paragraph)).collect(),
            ..Draft::default()
        }
    }
}

fn published(text: &str, unit: &Unit) -> Option<PageDate> {
    let found = date::find(unit.text(text))?;
    let at = unit.range.start;
    let span = span(&(at + found.range.start..at + found.range.end));
    Some(PageDate { value: found.value?, span, basis: DateBasis::VisibleLine })
}

fn outlet(text: &str, unit: &Unit, lexicon: &Lexicon) -> Option<SourceSpan> {
    let found = digest::outlet(unit.text(text), lexicon)?;
    Some(span(&(unit.range.start + found.start..unit.range.start + found.end)))
}

/// Labels on lines of their own right above or below the headline at unit `title`.
pub(crate) fn labels_beside(text: &str, units: &[Unit], title: usize, lexicon: &Lexicon) -> Vec<Label> {
    let beside = [title.checked_sub(1), Some(title + 1)].into_iter().flatten().filter_map(|at| units.get(at));
    let labels = beside.filter(|unit| !unit.bullet && unit.words <= 4 && lexicon.list("page-label").contains(unit.text(text)));
    labels.map(|unit| label(text, unit.range.clone())).collect()
}
