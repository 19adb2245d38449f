//! Pages of aggregators: an article, then summaries of others, each below a label glued to its headline
//! ("ReliableTalks fail again").

use onrecord_lexicon::Lexicon;

use super::draft_block;
use super::unit::Unit;
use super::window::Repeats;
use crate::article::{BlockKind, Genre, Label};
use crate::draft::Draft;
use crate::line;
use crate::run::span;

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

/// Longest label, in bytes, with the first letter of the headline.
const LABEL_LIMIT: usize = 40;

/// A summary: its label, headline and paragraphs.
pub(crate) struct Summary {
    /// Unit of the headline.
    pub(crate) headline: usize,
    /// Bytes of the label at the start of that unit.
    label: usize,
    /// Unit behind the last paragraph.
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
        let paragraphs = units[headline + 1..next].iter().take_while(|unit| unit.prose).count();
        Summary { headline, label, end: headline + 1 + paragraphs }
    });
    summaries.filter(|summary| summary.end > summary.headline + 1).collect()
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
    pub(crate) fn draft(&self, text: &str, units: &[Unit]) -> Draft {
        let headline = &units[self.headline].range;
        let paragraphs = &units[self.headline + 1..self.end];
        Draft {
            title: Some(span(&(headline.start + self.label..headline.end))),
            labels: vec![label(text, headline.start..headline.start + self.label)],
            genre: Some(Genre::Summary),
            blocks: paragraphs.iter().map(|unit| draft_block(text, unit, BlockKind::Paragraph)).collect(),
            ..Draft::default()
        }
    }
}

/// Labels on lines of their own right above or below the headline at unit `title`.
pub(crate) fn labels_beside(text: &str, units: &[Unit], title: usize, lexicon: &Lexicon) -> Vec<Label> {
    let beside = [title.checked_sub(1), Some(title + 1)].into_iter().flatten().filter_map(|at| units.get(at));
    let labels = beside.filter(|unit| !unit.bullet && unit.words <= 4 && lexicon.list("page-label").contains(unit.text(text)));
    labels.map(|unit| label(text, unit.range.clone())).collect()
}

fn label(text: &str, range: std::ops::Range<usize>) -> Label {
    let value = text.get(range.clone()).unwrap_or("").to_lowercase();
    let name = if SECTIONS.contains(&&*value) { "section" } else { "reliability" };
    Label { name, value, span: span(&range) }
}
