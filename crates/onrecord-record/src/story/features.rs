//! What of an article tells which happening it reports.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::LazyLock;

use rayon::prelude::*;

use crate::piece::{Piece, Pieces};
use crate::word::{Term, Word, WordKind};

/// A word, or two that follow each other with nothing but words of grammar between: the number of the first in the upper half, that of
/// the second, counted from 1, in the lower one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Feature(u64);

/// Features by their numbers, with their weights; sorted, each once. The squares of the weights add up to 1.
pub(super) type Vector = Vec<(u32, f64)>;

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
pub(crate) const BESIDE: f64 = 100.0;
/// In how many of a thousand texts about anything a stem stands, a line each; `cargo xtask frequencies` writes it. Stems that are not listed stand in
/// fewer than thirty, and are taken to stand in none of the articles beside.
const BACKGROUND: &str = include_str!("background.txt");
/// Words shown for a story.
const SHOWN: usize = 8;

/// All features of a record.
pub(super) struct Features {
    /// By number, sorted.
    features: Vec<Feature>,
    /// How many articles hold each.
    holders: Vec<u32>,
    /// For each its number among those that more than one article holds, counted from 1.
    shared: Vec<Option<NonZero<u32>>>,
    count_shared: usize,
    /// How many articles about anything beside the record are taken to hold each.
    beside: Vec<f64>,
    articles: usize,
}

/// All features, and the vectors of all pieces in their order.
pub(super) fn vectors(pieces: &Pieces<'_>) -> (Features, Vec<Vector>) {
    let counts: Vec<Vec<(Feature, f64)>> = pieces.list.par_iter().map(counts).collect();
    let (features, numbers) = numbered(&counts, &background(pieces));
    let vectors = counts.into_par_iter().zip(numbers).map(|(counts, numbers)| {
        unit(numbers.into_iter().zip(counts).map(|(number, (_, count))| (number, features.weight(number, count))))
    });
    let vectors = vectors.collect();
    (features, vectors)
}

/// A number for each feature, and the numbers of those of each article, in step.
fn numbered(counts: &[Vec<(Feature, f64)>], background: &BTreeMap<Term, f64>) -> (Features, Vec<Vec<u32>>) {
    let articles = counts.iter().zip(0_u32..);
    let mut held: Vec<(Feature, u32)> =
        articles.flat_map(|(counts, article)| counts.iter().map(move |(feature, _)| (*feature, article))).collect();
    held.par_sort_unstable();
    let mut all = Features {
        features: Vec::new(),
        holders: Vec::new(),
        shared: Vec::new(),
        count_shared: 0,
        beside: Vec::new(),
        articles: counts.len(),
    };
    let mut numbers: Vec<Vec<u32>> = counts.iter().map(|counts| Vec::with_capacity(counts.len())).collect();
    for (holders, number) in held.chunk_by(|one, two| one.0 == two.0).zip(0_u32..) {
        let feature = holders.first().map(|(feature, _)| *feature);
        all.features.extend(feature);
        let share = feature.and_then(Feature::single).and_then(|word| background.get(&word));
        all.beside.push(share.copied().unwrap_or(0.0) * BESIDE);
        all.holders.push(u32::try_from(holders.len()).unwrap_or(u32::MAX));
        all.count_shared += usize::from(holders.len() > 1);
        let shared = u32::try_from(all.count_shared).ok().and_then(NonZero::new);
        all.shared.push(shared.filter(|_| holders.len() > 1));
        // The features come in order, as they stand in each article.
        for (_, article) in holders {
            numbers.get_mut(*article as usize).into_iter().for_each(|numbers| numbers.push(number));
        }
    }
    (all, numbers)
}

impl Features {
    /// How many features more than one article holds.
    pub(super) fn count_shared(&self) -> usize {
        self.count_shared
    }

    /// A number for a feature that more than one article holds, counted among these.
    pub(super) fn shared(&self, number: u32) -> Option<usize> {
        self.shared.get(number as usize).copied().flatten().map(|number| number.get() as usize - 1)
    }

    fn weight(&self, number: u32, count: f64) -> f64 {
        let held = self.holders.get(number as usize).map_or(1.0, |holders| f64::from(*holders));
        let beside = self.beside.get(number as usize).copied().unwrap_or(0.0);
        let share = (held + beside + 0.5) / (self.articles as f64 + BESIDE + 1.0);
        if share * COMMON > 1.0 { 0.0 } else { -(if count > 1.0 { 1.0 + count.ln() } else { count }) * share.ln() }
    }
}

/// The share of texts about anything in which a word stands, for the words of the record.
pub(crate) fn background(pieces: &Pieces<'_>) -> BTreeMap<Term, f64> {
    static SHARES: LazyLock<Vec<(&str, f64)>> = LazyLock::new(|| {
        let share = |line: &'static str| {
            let (stem, thousandths) = line.split_once('\t')?;
            Some((stem, thousandths.parse::<f64>().ok()? / 1000.0))
        };
        BACKGROUND.lines().filter_map(share).collect()
    });
    SHARES.iter().filter_map(|(stem, share)| Some((pieces.vocabulary.known(stem)?, *share))).collect()
}

/// The vector in this direction.
fn unit(weights: impl Iterator<Item = (u32, f64)>) -> Vector {
    let mut vector: Vector = weights.filter(|(_, weight)| *weight > 0.0).collect();
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    vector.iter_mut().for_each(|(_, weight)| *weight /= length);
    vector
}

/// How much each feature is used in an article; sorted.
fn counts(piece: &Piece<'_>) -> Vec<(Feature, f64)> {
    let mut uses: Vec<(Feature, f64)> = Vec::new();
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
        uses.push((Feature::word(term), place * kind));
        if let Some((_, before)) = last.filter(|(of, _)| *of == block) {
            uses.push((Feature::pair(before, term), place));
        }
        last = Some((block, term));
    }
    // A stable sort: the uses of one feature are added up in the order of the text.
    uses.sort_by_key(|(feature, _)| *feature);
    let mut counts: Vec<(Feature, f64)> = Vec::new();
    for (feature, count) in uses {
        match counts.last_mut().filter(|(last, _)| *last == feature) {
            Some((_, sum)) => *sum += count,
            None => counts.push((feature, count)),
        }
    }
    counts
}

impl Feature {
    fn word(term: Term) -> Self {
        Self(u64::from(term.number()) << 32)
    }

    fn pair(one: Term, two: Term) -> Self {
        Self(u64::from(one.number()) << 32 | (u64::from(two.number()) + 1))
    }

    /// The word, where it is a single one.
    fn single(self) -> Option<Term> {
        let (first, second) = (u32::try_from(self.0 >> 32).ok()?, self.0 & u64::from(u32::MAX));
        (second == 0).then(|| Term::numbered(first))
    }
}

fn tells(word: &Word) -> bool {
    !matches!(word.kind, WordKind::Empty | WordKind::Turning | WordKind::OwnSide)
}

impl Features {
    /// The single words with most weight, in the order of their weights.
    pub(super) fn telling_words(&self, sum: &Vector, pieces: &Pieces<'_>) -> Vec<String> {
        let word = |(number, weight): &(u32, f64)| Some((self.features.get(*number as usize)?.single()?, *weight));
        let mut single: Vec<(Term, f64)> = sum.iter().filter_map(word).collect();
        single.sort_by(|one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
        single.truncate(SHOWN);
        single.into_iter().map(|(term, _)| pieces.vocabulary.text(term).to_owned()).collect()
    }
}
