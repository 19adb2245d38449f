//! Text without markup: typed, or copied from a page with its menus and share lines.

mod aggregator;
mod head;
pub(crate) mod model;
mod unit;
mod window;

use std::ops::Range;

use onrecord_lexicon::Lexicon;

use crate::article::{BlockKind, PageNote};
use crate::draft::{Draft, DraftBlock};
use crate::run::{References, RunBuilder, span};
use crate::{agency, line};
use model::{LineModel, LinePage};
use unit::Unit;

/// Reads `text` as one article, followed by the summaries of others where the page is an aggregator's.
pub(crate) fn read(text: &str, lexicon: &Lexicon, notes: &mut Vec<PageNote>) -> Vec<Draft> {
    let (units, stopped) = unit::units(text, lexicon);
    notes.extend(stopped.map(|at| too_long(at, text.len())));
    let mut summaries = aggregator::summaries(text, &units, lexicon);
    if summaries.is_empty() {
        summaries = aggregator::parted(text, &units);
    }
    let main = &units[..summaries.first().map_or(units.len(), |summary| summary.headline)];
    let mut drafts: Vec<Draft> = Vec::new();
    let found = article(text, main, &units, lexicon, notes);
    if !found.kept.is_empty() {
        let title = found.head.title.and_then(|at| units.get(at));
        let block = |(at, kind): &(usize, BlockKind)| draft_block(text, &units[*at], *kind);
        let below = found.kept.last().map_or(0, |(at, _)| at + 1)..main.len();
        let agencies = main[below].iter().take(3).flat_map(|unit| agency::credited(text, unit.range.clone(), lexicon)).collect();
        let labels = found.head.title.map_or_else(Vec::new, |at| aggregator::labels_beside(text, &units, at, lexicon));
        drafts.push(Draft {
            title: title.map(|unit| span(&unit.range)),
            byline: found.head.authors.iter().map(span).collect(),
            site: found.head.site.as_ref().map(span),
            agencies,
            published: found.head.published,
            labels,
            blocks: found.kept.iter().map(block).collect(),
            ..Draft::default()
        });
    }
    drafts.extend(summaries.into_iter().map(|summary| summary.draft(text, &units, lexicon)));
    drafts
}

/// For each line of `text`, counted as `text.split('\n')` does, whether it belongs to the article.
pub(crate) fn kept_lines(text: &str, lexicon: &Lexicon) -> Vec<bool> {
    let mut kept = vec![false; text.split('\n').count()];
    let (units, _) = unit::units(text, lexicon);
    for (at, _) in article(text, &units, &units, lexicon, &mut Vec::new()).kept {
        kept[units[at].lines.clone()].fill(true);
    }
    kept
}

/// The note on a text that is not read to its end.
pub(crate) fn too_long(at: usize, end: usize) -> PageNote {
    PageNote {
        span: Some(span(&(at..end))),
        name: "too-long",
        text: "no page is that long; what follows was not read".to_owned(),
    }
}

struct Found {
    head: head::Head,
    kept: Vec<(usize, BlockKind)>,
    window: Range<usize>,
}

impl Found {
    fn line_page(&self, text: &str, units: &[Unit], lexicon: &Lexicon) -> LinePage {
        let kept: Vec<usize> = self.kept.iter().map(|(at, _)| *at).collect();
        let title = self.head.title.filter(|at| *at < units.len());
        model::page(text, units, &self.window, &kept, title, lexicon)
    }
}

/// The article among `units`; `page` holds all units of the page, of which `units` are the first. Rules find it, and the line model
/// has the last word on each line of a page that is more than the article.
fn article(text: &str, units: &[Unit], page: &[Unit], lexicon: &Lexicon, notes: &mut Vec<PageNote>) -> Found {
    let mut found = by_rules(text, units, page, lexicon, notes);
    if !window::is_typed(units) && !found.kept.is_empty() && (MODEL_FROM..=MODEL_LIMIT).contains(&units.len()) {
        let keep = LineModel::shipped().keep(&found.line_page(text, units, lexicon));
        let chosen = chosen(text, units, &found, &keep);
        let words = |kept: &[(usize, BlockKind)]| -> usize { kept.iter().map(|(at, _)| units[*at].words).sum() };
        if words(&chosen) * TRUST >= words(&found.kept) {
            found.kept = chosen;
        }
    }
    found
}

/// The model was fitted to whole pages: where it leaves less than one in so many of the words, the text is something else.
const TRUST: usize = 3;

/// Fewest units of a page that the line model decides: what is shorter has no page around it.
const MODEL_FROM: usize = 12;

/// Most units of a page that the line model decides; no page of the 102 measured has more than a twentieth.
const MODEL_LIMIT: usize = 50_000;

fn chosen(text: &str, units: &[Unit], found: &Found, keep: &[bool]) -> Vec<(usize, BlockKind)> {
    let title = found.head.title;
    let holds_words = |at: usize| units[at].text(text).contains(char::is_alphanumeric);
    let wanted = |at: &usize| keep[*at] && Some(*at) != title && holds_words(*at);
    let kept = (0..units.len()).filter(wanted).map(|at| {
        let ruled = found.kept.iter().find(|(known, _)| *known == at).map(|(_, kind)| *kind);
        let next_kept = keep.get(at + 1).copied().unwrap_or(false);
        (at, ruled.unwrap_or_else(|| model::block_kind(units, at, next_kept)))
    });
    kept.collect()
}

/// The article as the rules find it.
fn by_rules(text: &str, units: &[Unit], page: &[Unit], lexicon: &Lexicon, notes: &mut Vec<PageNote>) -> Found {
    let repeats = window::Repeats::of(page);
    let mut window = window::find(text, units);
    if !window::is_typed(units) {
        window.start = head::first_paragraph(text, units, window.start, lexicon);
    }
    let mut head = head::read(text, page, window.start, &repeats, lexicon, notes);
    if head.title.is_none() {
        // A text may start with its headline and say everything in short lines.
        let first = units.get(window.start);
        let is_headline = first.is_some_and(|unit| !unit.prose && !unit.ends && unit.words >= 3) && window.len() > 1;
        if is_headline {
            head.title = Some(window.start);
            window.start += 1;
        }
    }
    let key = head.title.and_then(|at| page.get(at)).map(|unit| line::key(unit.text(text)));
    let kept = window::keep(text, units, window.clone(), key.as_deref(), &repeats);
    Found { head, kept, window }
}

/// The lines of a copied page with their features, for the line model.
pub(crate) fn line_page(text: &str, lexicon: &Lexicon) -> LinePage {
    let (units, _) = unit::units(text, lexicon);
    let found = by_rules(text, &units, &units, lexicon, &mut Vec::new());
    found.line_page(text, &units, lexicon)
}

fn draft_block(text: &str, unit: &Unit, kind: BlockKind) -> DraftBlock {
    let mut builder = RunBuilder::new(text);
    builder.push(unit.range.clone(), References::Keep);
    DraftBlock { kind, runs: builder.take() }
}
