//! Which part of a copied page is the article: the stretch richest in prose, and what belongs to it.

use std::ops::Range;

use super::unit::Unit;
use crate::article::BlockKind;
use crate::line::{self, Chrome};

/// Worth of one word of prose, and the most that one unit is worth.
const WORD: f32 = 0.1;
const MOST: f32 = 6.0;

/// What a short line, a bullet and a piece of furniture between paragraphs cost.
const SHORT: f32 = 0.7;
const BULLET: f32 = 0.8;
const FURNITURE: f32 = 1.0;
const END: f32 = 4.0;

/// Most units of a box inside of an article, and what it costs at most.
const BOX_UNITS: usize = 9;
const BOX: f32 = 4.0;

/// Most words of a sub-heading.
pub(crate) const HEADING_WORDS: usize = 16;

/// How often each short line stands on the page: sorted hashes of their folded words.
pub(crate) struct Repeats(Vec<u64>);

impl Repeats {
    /// Counts the lines of the page.
    pub(crate) fn of(units: &[Unit]) -> Self {
        let mut hashes: Vec<u64> = units.iter().filter_map(|unit| unit.key).collect();
        hashes.sort_unstable();
        Self(hashes)
    }

    /// How often a line with this [`line::key_hash`] stands there, up to 8.
    pub(crate) fn count(&self, hash: u64) -> usize {
        let from = self.0.partition_point(|known| *known < hash);
        self.0[from..].iter().take_while(|known| **known == hash).take(8).count()
    }
}

/// Share of a text's words that stand in paragraphs, in percent, from which on it was typed or saved as text: without furniture,
/// nothing has to be sought in it.
const TYPED_PERCENT: usize = 80;

/// Whether the text has no page around it.
pub(crate) fn is_typed(units: &[Unit]) -> bool {
    let (mut all, mut prose) = (0usize, 0usize);
    for unit in units {
        if unit.chrome.is_some_and(|chrome| chrome != Chrome::Promo) {
            return false;
        }
        all += unit.words;
        prose += if unit.prose { unit.words } else { 0 };
    }
    prose * 100 >= all * TYPED_PERCENT && all > 0
}

/// The units from the article's first paragraph to its last.
pub(crate) fn find(text: &str, units: &[Unit]) -> Range<usize> {
    if is_typed(units) {
        let first = units.iter().position(|unit| unit.prose).unwrap_or(0);
        return with_lead_in(text, units, first)..units.len();
    }
    let (mut best, mut best_sum) = (0..0, 0.0f32);
    let (mut start, mut sum) = (0, 0.0f32);
    let mut gap = Gap::default();
    for (at, unit) in units.iter().enumerate() {
        if !unit.prose {
            gap.add(unit);
            continue;
        }
        let before = sum - std::mem::take(&mut gap).cost();
        (start, sum) = if before <= 0.0 { (at, worth(unit)) } else { (start, before + worth(unit)) };
        if sum > best_sum {
            (best, best_sum) = (start..at + 1, sum);
        }
    }
    let best = with_last_sentences(units, before_end(text, units, best));
    if best_sum > 0.0 { with_lead_in(text, units, best.start)..best.end } else { without_prose(units) }
}

/// The first of the lines right above unit `start` that announce it ("The minister said:").
fn with_lead_in(text: &str, units: &[Unit], start: usize) -> usize {
    let leads = |unit: &&Unit| unit.words >= 3 && !unit.bullet && unit.chrome.is_none() && unit.text(text).ends_with(':');
    start - units[..start].iter().rev().take_while(leads).count()
}

/// Short sentences right behind the last paragraph belong to it.
fn with_last_sentences(units: &[Unit], window: Range<usize>) -> Range<usize> {
    let is_sentence = |unit: &&Unit| unit.ends && unit.words >= 4 && !unit.bullet && unit.chrome.is_none();
    let more = units[window.end..].iter().take_while(is_sentence).count();
    window.start..window.end + more
}

fn worth(unit: &Unit) -> f32 {
    // Counts of words are far below 2^24.
    (unit.words as f32 * WORD).min(MOST)
}

/// The lines between two paragraphs.
#[derive(Debug, Default)]
struct Gap {
    units: usize,
    cost: f32,
}

impl Gap {
    fn add(&mut self, unit: &Unit) {
        self.units += 1;
        self.cost += match unit.chrome {
            Some(Chrome::End) => END,
            Some(Chrome::Promo) => SHORT,
            Some(_) => FURNITURE,
            None if unit.bullet => BULLET,
            None if unit.ends => SHORT / 4.0,
            None => SHORT,
        };
    }

    /// What the lines cost. A box in the middle of an article (a list of other pieces, a gallery) costs no more than a few lines.
    fn cost(self) -> f32 {
        if self.units <= BOX_UNITS { self.cost.min(BOX) } else { self.cost }
    }
}

/// The part of `window` before a heading such as "Related Posts", when little of its prose comes after; and before the comments,
/// however long they are.
fn before_end(text: &str, units: &[Unit], window: Range<usize>) -> Range<usize> {
    let prose = |range: Range<usize>| -> usize { units[range].iter().filter(|unit| unit.prose).map(|unit| unit.words).sum() };
    let mut before = 0;
    let mut after = prose(window.clone());
    for at in window.clone() {
        let unit = &units[at];
        if unit.prose {
            before += unit.words;
            after -= unit.words;
        }
        let ends = match unit.chrome {
            Some(Chrome::End) => after * 5 < before || (after < before && !goes_on(&units[at..window.end])),
            _ => false,
        };
        if before > 0 && (ends || opens_comments(unit.text(text))) {
            return window.start..at;
        }
    }
    window
}

/// Whether two paragraphs in a row stand in `units`: teasers of other pieces alternate with headlines.
fn goes_on(units: &[Unit]) -> bool {
    units.windows(2).any(|pair| pair.iter().all(|unit| unit.prose && !unit.bullet))
}

/// "12 Comments", "34 responses to …", "Leave a reply".
pub(crate) fn opens_comments(line: &str) -> bool {
    let Some(lower) = (line.len() < 120).then(|| line.to_lowercase()) else { return false };
    let mut words = lower.split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let is_short = line::word_count(line) <= 6 && !line::ends_sentence(line);
    let named = is_short && lower.split(|letter: char| !letter.is_alphabetic()).any(|word| word == "comments");
    let counted = !first.is_empty()
        && first.bytes().all(|byte| byte.is_ascii_digit())
        && ["comments", "comment", "responses", "replies", "thoughts"].contains(&second);
    named
        || counted
        || ["leave a reply", "leave a comment", "add a comment", "post a comment", "log in to comment", "write a comment"]
            .iter()
            .any(|start| lower.starts_with(start))
}

/// A page without prose may still be a short note: its lines up to the first furniture.
fn without_prose(units: &[Unit]) -> Range<usize> {
    let few =
        units.len() <= 12 && units.iter().all(|unit| unit.chrome.is_none() && !unit.bullet) && units.iter().any(|unit| unit.ends);
    if few { 0..units.len() } else { 0..0 }
}

/// The units of `window` that are text, and what each is. `title` is the folded headline.
pub(crate) fn keep(
    text: &str,
    units: &[Unit],
    window: Range<usize>,
    title: Option<&str>,
    repeats: &Repeats,
) -> Vec<(usize, BlockKind)> {
    if is_typed(units) {
        return keep_typed(text, units, window);
    }
    let mut kept: Vec<(usize, BlockKind)> = Vec::new();
    let none = Repeats(Vec::new());
    let boxed = boxed(text, &units[window.clone()]);
    for repeats in [repeats, &none] {
        let outside = window.clone().zip(&boxed).filter(|(_, boxed)| !**boxed);
        kept.extend(outside.filter_map(|(at, _)| Some((at, kind(text, units, at, &window, title, repeats)?))));
        // Where every line is repeated, repetition tells nothing.
        if !kept.is_empty() {
            break;
        }
    }
    // Items before the first paragraph are links or a summary of what follows.
    let first = kept.iter().position(|(_, kind)| *kind == BlockKind::Paragraph).unwrap_or(0);
    kept.drain(..first);
    // A heading that heads nothing is no heading.
    let mut below = false;
    let mut out: Vec<(usize, BlockKind)> = Vec::with_capacity(kept.len());
    for (at, kind) in kept.into_iter().rev() {
        if kind == BlockKind::Heading && !below {
            continue;
        }
        below = true;
        out.push((at, kind));
    }
    out.reverse();
    out
}

/// Which units stand in a box: below a heading such as "Recommended stories", down to the next paragraph.
fn boxed(text: &str, units: &[Unit]) -> Vec<bool> {
    let mut inside = false;
    let opens = |unit: &Unit| match unit.chrome {
        Some(Chrome::End) => true,
        Some(Chrome::Promo) => unit.words <= 3,
        _ => unit.text(text).strip_prefix("list of ").is_some_and(|rest| rest.ends_with(" items")),
    };
    let mut state = |unit: &Unit| {
        inside = !unit.prose && (inside || opens(unit));
        inside
    };
    units.iter().map(&mut state).collect()
}

/// All units of a typed text but its promotions.
fn keep_typed(text: &str, units: &[Unit], window: Range<usize>) -> Vec<(usize, BlockKind)> {
    let kept = window.clone().filter(|at| units[*at].chrome.is_none() && units[*at].text(text).contains(char::is_alphanumeric));
    let kind = |at: usize| {
        let unit = &units[at];
        let heads =
            !unit.ends && unit.words <= HEADING_WORDS && units.get(at + 1).is_some_and(|next| next.prose && at + 1 < window.end);
        match () {
            () if unit.bullet => BlockKind::ListItem,
            () if !unit.prose && heads => BlockKind::Heading,
            () => BlockKind::Paragraph,
        }
    };
    kept.map(|at| (at, kind(at))).collect()
}

fn kind(
    text: &str,
    units: &[Unit],
    at: usize,
    window: &Range<usize>,
    title: Option<&str>,
    repeats: &Repeats,
) -> Option<BlockKind> {
    let unit = &units[at];
    let words = unit.text(text);
    if unit.chrome.is_some() || !words.contains(char::is_alphabetic) || line::is_caption(words) {
        return None;
    }
    if unit.prose {
        if is_counted_caption(text, units, at) || is_told_twice(units, at, repeats) {
            return None;
        }
        return Some(if unit.bullet { BlockKind::ListItem } else { BlockKind::Paragraph });
    }
    if unit.key.is_some_and(|key| repeats.count(key) > 1) || title == Some(line::key(words).as_str()) {
        return None;
    }
    let next = units.get(at + 1).filter(|_| at + 1 < window.end);
    if unit.bullet {
        return (unit.ends || is_listed(text, units, at)).then_some(BlockKind::ListItem);
    }
    if unit.ends {
        return (unit.words >= 2).then_some(BlockKind::Paragraph);
    }
    let heads =
        next.is_some_and(|next| next.prose || (next.ends && next.chrome.is_none()) || next.bullet) && unit.words <= HEADING_WORDS;
    heads.then_some(BlockKind::Heading)
}

/// A caption in a gallery: "Image 2 of 5" stands above it, or is glued to it ("2of5…").
fn is_counted_caption(text: &str, units: &[Unit], at: usize) -> bool {
    let digits = |line: &str| line.bytes().take_while(u8::is_ascii_digit).count();
    let words = units[at].text(text);
    let glued = digits(words) > 0 && words[digits(words)..].strip_prefix("of").is_some_and(|rest| digits(rest) > 0);
    let above = at.checked_sub(1).map_or("", |above| units[above].text(text)).to_ascii_lowercase();
    let count = ["image ", "photo ", "picture ", "slide "].iter().find_map(|start| above.strip_prefix(start));
    let above = count.is_some_and(|count| digits(count) > 0 && count.len() < 12);
    glued || above
}

/// A line that stands again close by is a caption, which pages give twice; a paragraph is not repeated.
fn is_told_twice(units: &[Unit], at: usize, repeats: &Repeats) -> bool {
    let Some(key) = units[at].key.filter(|key| repeats.count(*key) > 1) else { return false };
    let near = at.saturating_sub(4)..(at + 5).min(units.len());
    near.into_iter().any(|other| other != at && units[other].key == Some(key))
}

/// Whether the bullets around the unit `at` follow a line that announces them.
fn is_listed(text: &str, units: &[Unit], at: usize) -> bool {
    let before = units[..at].iter().rev().take(30).find(|unit| !unit.bullet);
    before.is_some_and(|unit| unit.text(text).ends_with(':'))
}
