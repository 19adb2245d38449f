//! What of an article tells which happening it reports.

use std::collections::BTreeMap;

use crate::piece::{Piece, Pieces};
use crate::word::{Term, Word, WordKind};

/// A word, or two that follow each other with nothing but words of grammar between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Feature(Term, Option<Term>);

/// Features with their weights; the squares of the weights add up to 1.
pub(super) type Vector = Vec<(Feature, f64)>;

/// Words of the headline say most of what an article is about, those of its first paragraphs more than others.
const HEADLINE: f64 = 2.0;
const LEAD: f64 = 1.5;
/// Paragraphs of the lead.
const LEAD_BLOCKS: usize = 3;
/// Names and figures tell more than other words.
const NAME: f64 = 2.0;
const FIGURE: f64 = 1.5;
/// What more than one article in five holds tells nothing.
const COMMON: f64 = 5.0;
/// Every record is weighed as if so many articles about anything at all were beside it: in five articles no word is rare by itself.
const BESIDE: f64 = 100.0;
/// In how many of a thousand texts about anything a stem stands, a line each; `cargo xtask frequencies` writes it. Stems that are not listed stand in
/// fewer than thirty, and are taken to stand in none of the articles beside.
const BACKGROUND: &str = include_str!("background.txt");
/// Words shown for a story.
const SHOWN: usize = 8;

/// The vectors of all pieces, in their order.
pub(super) fn vectors(pieces: &Pieces<'_>) -> Vec<Vector> {
    let counts: Vec<BTreeMap<Feature, f64>> = pieces.list.iter().map(counts).collect();
    let mut holders: BTreeMap<Feature, usize> = BTreeMap::new();
    for feature in counts.iter().flat_map(BTreeMap::keys) {
        *holders.entry(*feature).or_insert(0) += 1;
    }
    let background = background(pieces);
    let articles = counts.len() as f64 + BESIDE;
    let weight = |feature: Feature, count: f64| {
        let held = holders.get(&feature).copied().unwrap_or(1) as f64;
        let beside = match feature {
            Feature(word, None) => background.get(&word).copied().unwrap_or(0.0) * BESIDE,
            Feature(_, Some(_)) => 0.0,
        };
        let share = (held + beside + 0.5) / (articles + 1.0);
        if share * COMMON > 1.0 { 0.0 } else { -(if count > 1.0 { 1.0 + count.ln() } else { count }) * share.ln() }
    };
    counts.iter().map(|counts| unit(counts.iter().map(|(feature, count)| (*feature, weight(*feature, *count))))).collect()
}

/// The share of texts about anything in which a word stands, for the words of the record.
fn background(pieces: &Pieces<'_>) -> BTreeMap<Term, f64> {
    let share = |line: &str| {
        let (stem, thousandths) = line.split_once('\t')?;
        Some((pieces.vocabulary.known(stem)?, thousandths.parse::<f64>().ok()? / 1000.0))
    };
    BACKGROUND.lines().filter_map(share).collect()
}

/// The vector in this direction.
fn unit(weights: impl Iterator<Item = (Feature, f64)>) -> Vector {
    let mut vector: Vector = weights.filter(|(_, weight)| *weight > 0.0).collect();
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    vector.iter_mut().for_each(|(_, weight)| *weight /= length);
    vector
}

/// How much each feature is used in an article.
fn counts(piece: &Piece<'_>) -> BTreeMap<Feature, f64> {
    let mut counts: BTreeMap<Feature, f64> = BTreeMap::new();
    let blocks = &piece.page.blocks;
    let headline = piece.title.iter().map(|word| (word, 0));
    // Without a headline of its own, the first paragraph may be one.
    let first = usize::from(!piece.title.is_empty());
    let body =
        piece.words.iter().map(|word| (word, first + blocks.partition_point(|block| block.span.end() <= word.span.start())));
    let mut last: Option<(usize, Term)> = None;
    for (word, block) in headline.chain(body).filter(|(word, _)| tells(word)) {
        let place = match block {
            0 => HEADLINE,
            1..=LEAD_BLOCKS => LEAD,
            _ => 1.0,
        };
        let kind = match word.kind {
            WordKind::Actor | WordKind::Proper => NAME,
            WordKind::Number => FIGURE,
            _ => 1.0,
        };
        let term = if word.kind == WordKind::Actor { word.form } else { word.key };
        *counts.entry(Feature(term, None)).or_insert(0.0) += place * kind;
        if let Some((_, before)) = last.filter(|(of, _)| *of == block) {
            *counts.entry(Feature(before, Some(term))).or_insert(0.0) += place;
        }
        last = Some((block, term));
    }
    counts
}

fn tells(word: &Word) -> bool {
    !matches!(word.kind, WordKind::Empty | WordKind::Turning | WordKind::OwnSide)
}

/// The single words with most weight, in the order of their weights.
pub(super) fn telling_words<'a>(sum: impl Iterator<Item = (&'a Feature, &'a f64)>, pieces: &Pieces<'_>) -> Vec<String> {
    let mut single: Vec<(Term, f64)> =
        sum.filter(|(feature, _)| feature.1.is_none()).map(|(feature, weight)| (feature.0, *weight)).collect();
    single.sort_by(|one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
    single.truncate(SHOWN);
    single.into_iter().map(|(term, _)| pieces.vocabulary.text(term).to_owned()).collect()
}
