//! A small linear model over the lines of a copied page: which of them are the article, given each line, its neighbours, and what the
//! rules of [`super::window`] chose. Lines are decided together, so that the article starts and stops few times (a linear-chain
//! conditional random field, Lafferty, McCallum and Pereira 2001).
//!
//! The weights hold no words of any text: every feature is about length, signs, position and repetition.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use onrecord_lexicon::Lexicon;

use super::unit::Unit;
use super::window::{self, Repeats};
use crate::line::{self, Chrome};
use crate::{byline, date};

/// Kinds of features with the number of their values.
const TEMPLATES: [(&str, usize); 53] = [
    ("any", 1),
    ("kind", KINDS),
    ("words-ends", 24),
    ("kind-before", KINDS + 1),
    ("kind-after", KINDS + 1),
    ("kind-two-before", KINDS + 1),
    ("kind-two-after", KINDS + 1),
    ("kind-and-before", KINDS * (KINDS + 1)),
    ("kind-and-after", KINDS * (KINDS + 1)),
    ("small-words", 32),
    ("capitals", 32),
    ("digits", 8),
    ("commas", 6),
    ("quoted", 4),
    ("repeated", 3),
    ("opening-repeated", 3),
    ("rules", 4 * KINDS),
    ("before-window", 7),
    ("after-window", 7),
    ("prose-near", 10),
    ("prose-around", 10),
    ("prose-before", 11),
    ("position", 11),
    ("since-end", 10),
    ("signs", 16),
    ("first-sign", 6),
    ("last-sign", 9),
    ("list-length", 8),
    ("short-lines", 8),
    ("addresses", 6),
    ("reports", 4),
    ("like-title", 6),
    ("from-title", 9),
    ("length-ratio", 7),
    ("dates-near", 16),
    ("rules-around", 27),
    ("prose-density", 10),
    ("cut-off", 2),
    ("prose-after", 10),
    ("prose-next", 8),
    ("rules-density", 72),
    ("stretch-words", 10),
    ("since-furniture", 10),
    ("until-furniture", 10),
    ("since-date", 22),
    ("words-around", 40),
    ("furniture-to-window", 13),
    ("furniture-near", 9),
    ("kind-dated-stretch", 2 * KINDS),
    ("sentences-around", 12),
    ("after-comments", 8),
    ("like-neighbours", 64),
    ("first-and-last", 54),
];

/// What a line looks like: [`Look::of`] gives the numbers.
const KINDS: usize = 18;
const LAST_FURNITURE: usize = 4;
const DATED: usize = 6;
const SIGNED: usize = 7;
const SHORT_ITEM: usize = 10;

/// Number of all values of all templates.
const UNARY: usize = {
    let (mut sum, mut at) = (0, 0);
    while at < TEMPLATES.len() {
        sum += TEMPLATES[at].1;
        at += 1;
    }
    sum
};

/// Where the values of each template start.
const STARTS: [usize; TEMPLATES.len()] = {
    let (mut starts, mut sum, mut at) = ([0; TEMPLATES.len()], 0, 0);
    while at < TEMPLATES.len() {
        starts[at] = sum;
        sum += TEMPLATES[at].1;
        at += 1;
    }
    starts
};

/// Features of a step from one line to the next: both decisions, and what the second line looks like.
const STEPS: usize = 4 * KINDS;

/// The lines of one page as the model sees them.
#[derive(Debug, Clone)]
pub struct LinePage {
    /// Lines of the text that each unit stands for, counted from 0.
    pub lines: Vec<Range<usize>>,
    /// Features of each unit: numbers below [`LineModel::unary_len`].
    features: Vec<Vec<u16>>,
    kinds: Vec<u8>,
    /// Furniture, which is never kept.
    furniture: Vec<bool>,
}

/// The weights, and how a page's lines are decided by them.
#[derive(Debug, Clone, PartialEq)]
pub struct LineModel {
    unary: Vec<f32>,
    steps: Vec<f32>,
    /// Chance from which on a line is kept.
    threshold: f32,
}

/// The weights as shipped.
const SHIPPED: &str = include_str!("line_model.txt");

impl LineModel {
    /// The model that reads copied pages.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED_MODEL: LazyLock<LineModel> = LazyLock::new(|| LineModel::parse(SHIPPED));
        &SHIPPED_MODEL
    }

    /// A model that knows nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self { unary: vec![0.0; UNARY], steps: vec![0.0; STEPS], threshold: 0.5 }
    }

    /// Number of features of a line.
    #[must_use]
    pub const fn unary_len() -> usize {
        UNARY
    }

    /// Reads what [`Self::text`] wrote. A row that names no feature is left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut model = Self::empty();
        for row in text.lines() {
            let mut parts = row.split('\t');
            let (Some(name), Some(value), Some(weight)) = (parts.next(), parts.next(), parts.next()) else { continue };
            let (Ok(value), Ok(weight)) = (value.parse::<usize>(), weight.parse::<f32>()) else { continue };
            if name == "threshold" {
                model.threshold = weight;
            } else if name == "step" {
                model.steps.get_mut(value).into_iter().for_each(|slot| *slot = weight);
            } else if let Some(at) = TEMPLATES.iter().position(|(known, values)| *known == name && value < *values) {
                model.unary[STARTS[at] + value] = weight;
            }
        }
        model
    }

    /// The weights as text: feature, value, weight; one a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("threshold\t0\t{}\n", self.threshold);
        let mut row = |name: &str, value: usize, weight: f32| {
            if weight.abs() >= 0.005 {
                // Writing to a string does not fail.
                let _ = writeln!(text, "{name}\t{value}\t{weight:.2}");
            }
        };
        for ((name, values), start) in TEMPLATES.iter().zip(STARTS) {
            (0..*values).for_each(|value| row(name, value, self.unary[start + value]));
        }
        self.steps.iter().enumerate().for_each(|(value, weight)| row("step", value, *weight));
        text
    }

    /// For each unit of the page the chance that it belongs to the article.
    #[must_use]
    pub fn chances(&self, page: &LinePage) -> Vec<f32> {
        let scores = self.scores(page);
        let (forward, backward) = self.sums(page, &scores);
        forward.iter().zip(&backward).map(|(f, b)| 1.0 / (1.0 + ((f[0] + b[0]) - (f[1] + b[1])).exp())).collect()
    }

    /// For each unit whether it belongs to the article.
    #[must_use]
    pub fn keep(&self, page: &LinePage) -> Vec<bool> {
        let chances = self.chances(page).into_iter().zip(&page.furniture);
        chances.map(|(chance, furniture)| chance >= self.threshold && !furniture).collect()
    }

    fn scores(&self, page: &LinePage) -> Vec<f32> {
        page.features.iter().map(|line| line.iter().map(|at| self.unary[usize::from(*at)]).sum()).collect()
    }

    fn step(&self, from: usize, to: usize, kind: u8) -> f32 {
        self.steps[(from * 2 + to) * KINDS + usize::from(kind)]
    }

    /// Logarithms of the sums over all ways to decide the lines up to each one, and from each one on.
    fn sums(&self, page: &LinePage, scores: &[f32]) -> (Vec<[f32; 2]>, Vec<[f32; 2]>) {
        let len = scores.len();
        let mut forward = vec![[0.0f32; 2]; len];
        let mut backward = vec![[0.0f32; 2]; len];
        for at in 0..len {
            for to in 0..2 {
                let own = if to == 1 { scores[at] } else { 0.0 };
                // Before the first line nothing is kept.
                forward[at][to] = own
                    + match at.checked_sub(1) {
                        None => self.step(0, to, page.kinds[at]),
                        Some(before) => log_sum(
                            forward[before][0] + self.step(0, to, page.kinds[at]),
                            forward[before][1] + self.step(1, to, page.kinds[at]),
                        ),
                    };
            }
        }
        for at in (0..len.saturating_sub(1)).rev() {
            let (next, kind) = (at + 1, page.kinds[at + 1]);
            for from in 0..2 {
                backward[at][from] = log_sum(
                    backward[next][0] + self.step(from, 0, kind),
                    backward[next][1] + scores[next] + self.step(from, 1, kind),
                );
            }
        }
        (forward, backward)
    }
}

fn log_sum(one: f32, other: f32) -> f32 {
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    high + (low - high).exp().ln_1p()
}

/// How a model is fitted.
#[derive(Debug, Clone, Copy)]
pub struct LineTraining {
    /// Times that each page is seen.
    pub rounds: usize,
    /// How far a weight moves at first (Adagrad).
    pub rate: f32,
    /// Pull of all weights to nothing.
    pub shrink: f32,
    /// Chance from which on a line is kept.
    pub threshold: f32,
}

/// Fits a model to pages and, for each of their units, whether it is kept. Pages are taken in the order given, so the result is the same
/// every time.
#[must_use]
pub fn fit(pages: &[(&LinePage, &[bool])], training: LineTraining) -> LineModel {
    let mut model = LineModel::empty();
    model.threshold = training.threshold;
    let mut unary_squares = vec![1e-6f32; UNARY];
    let mut step_squares = vec![1e-6f32; STEPS];
    let mut sum = LineModel::empty();
    for round in 0..training.rounds {
        for (page, gold) in pages {
            let mut unary = vec![0.0f32; UNARY];
            let mut steps = vec![0.0f32; STEPS];
            gradient(&model, page, gold, &mut unary, &mut steps);
            let share = training.shrink / pages.len() as f32;
            let update = |weights: &mut [f32], squares: &mut [f32], gradient: &[f32]| {
                for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(gradient) {
                    let slope = slope - share * *weight;
                    *square += slope * slope;
                    *weight += training.rate * slope / square.sqrt();
                }
            };
            update(&mut model.unary, &mut unary_squares, &unary);
            update(&mut model.steps, &mut step_squares, &steps);
        }
        // The mean of the later rounds is steadier than the last one.
        if round >= training.rounds / 2 {
            sum.unary.iter_mut().zip(&model.unary).for_each(|(sum, weight)| *sum += weight);
            sum.steps.iter_mut().zip(&model.steps).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let count = (training.rounds - training.rounds / 2).max(1) as f32;
    model.unary.iter_mut().zip(&sum.unary).for_each(|(weight, sum)| *weight = sum / count);
    model.steps.iter_mut().zip(&sum.steps).for_each(|(weight, sum)| *weight = sum / count);
    model
}

/// Adds what the page wants of each weight.
fn gradient(model: &LineModel, page: &LinePage, gold: &[bool], unary: &mut [f32], steps: &mut [f32]) {
    let scores = model.scores(page);
    let (forward, backward) = model.sums(page, &scores);
    let Some(last) = forward.last() else { return };
    let total = log_sum(last[0], last[1]);
    let mut before = 0;
    for at in 0..scores.len() {
        let (kind, is_kept) = (page.kinds[at], usize::from(gold.get(at).copied().unwrap_or(false)));
        let chance = (forward[at][1] + backward[at][1] - total).exp();
        let wanted = is_kept as f32 - chance;
        page.features[at].iter().for_each(|feature| unary[usize::from(*feature)] += wanted);
        steps[(before * 2 + is_kept) * KINDS + usize::from(kind)] += 1.0;
        for from in 0..2 {
            for to in 0..2 {
                let own = if to == 1 { scores[at] } else { 0.0 };
                let reach = match at.checked_sub(1) {
                    None if from == 1 => continue,
                    None => 0.0,
                    Some(above) => forward[above][from],
                };
                let chance = (reach + model.step(from, to, kind) + own + backward[at][to] - total).exp();
                steps[(from * 2 + to) * KINDS + usize::from(kind)] -= chance;
            }
        }
        before = is_kept;
    }
}

/// The features of a page's units. `window` is the stretch that the rules chose, `kept` the units that they kept, `title` the headline.
pub(crate) fn page(
    text: &str,
    units: &[Unit],
    window: &Range<usize>,
    kept: &[usize],
    title: Option<usize>,
    lexicon: &Lexicon,
) -> LinePage {
    let looks: Vec<Look> = units.iter().map(|unit| Look::of(text, unit, lexicon)).collect();
    let repeats = Repeats::of(units);
    let openings = openings(text, units);
    let page = Page {
        text,
        units,
        looks: &looks,
        window,
        kept: &flags(units.len(), kept),
        title,
        sums: Sums::of(text, units, &looks, kept),
    };
    let title_words: Vec<String> = title.map_or_else(Vec::new, |at| content_words(units[at].text(text)));
    let mut features = Vec::with_capacity(units.len());
    let mut since_end: Option<usize> = None;
    for at in 0..units.len() {
        since_end = match units[at].chrome {
            Some(Chrome::End) => Some(0),
            _ => since_end.map(|units| units + 1),
        };
        features.push(page.features(at, since_end, &repeats, &openings, &title_words));
    }
    let kinds = looks.iter().map(|look| u8::try_from(look.kind).unwrap_or(0)).collect();
    let furniture = units.iter().map(|unit| unit.chrome.is_some()).collect();
    LinePage { lines: units.iter().map(|unit| unit.lines.clone()).collect(), features, kinds, furniture }
}

fn flags(len: usize, set: &[usize]) -> Vec<bool> {
    let mut flags = vec![false; len];
    set.iter().for_each(|at| flags[*at] = true);
    flags
}

/// What the model knows of one line by itself.
struct Look {
    kind: usize,
    dated: bool,
}

impl Look {
    fn of(text: &str, unit: &Unit, lexicon: &Lexicon) -> Self {
        let words = unit.text(text);
        let short = words.len() <= 300;
        let dated = short && (date::find(words).is_some() || date::is_relative(words));
        let first = words.chars().find(|letter| letter.is_alphanumeric());
        let kind = match (unit.chrome, unit.bullet) {
            (Some(Chrome::Menu), _) => 0,
            (Some(Chrome::Widget), _) => 1,
            (Some(Chrome::Promo), _) => 2,
            (Some(Chrome::End), _) => 3,
            (Some(Chrome::Copyright), _) => 4,
            _ if line::is_caption(words) => 5,
            _ if unit.words <= 12 && dated => DATED,
            _ if unit.words <= 12 && byline::lead(words, 0, lexicon).is_some() => SIGNED,
            (None, true) if unit.prose => 8,
            (None, true) if unit.ends => 9,
            (None, true) if unit.words <= 3 => SHORT_ITEM,
            (None, true) => 11,
            _ if unit.prose && unit.ends => 12,
            _ if unit.prose => 13,
            _ if words.ends_with(':') => 14,
            _ if unit.ends => 15,
            _ if unit.words <= 3 || first.is_none_or(|first| first.is_lowercase() || first.is_numeric()) => 16,
            _ => 17,
        };
        Self { kind, dated }
    }
}

/// Running sums over the units of a page.
struct Sums {
    prose: Vec<usize>,
    kept: Vec<usize>,
    words: Vec<usize>,
    furniture: Vec<usize>,
    sentences: Vec<usize>,
    /// For each unit the number of the last piece of furniture at or above it, and of the next one below.
    edges: Vec<(Option<usize>, Option<usize>)>,
    /// For each unit the number of the last line above it that gives a date or an author.
    dated: Vec<Option<usize>>,
    /// First line that opens readers' comments.
    comments: Option<usize>,
}

impl Sums {
    fn of(text: &str, units: &[Unit], looks: &[Look], kept: &[usize]) -> Self {
        let flags = flags(units.len(), kept);
        let is_furniture = |at: usize| looks[at].kind <= LAST_FURNITURE || looks[at].kind == SHORT_ITEM;
        let sum = |count: &dyn Fn(usize) -> usize| {
            let mut sums = Vec::with_capacity(units.len() + 1);
            sums.push(0);
            (0..units.len()).for_each(|at| sums.push(sums[at] + count(at)));
            sums
        };
        let mut edges = vec![(None, None); units.len()];
        let mut dated = vec![None; units.len()];
        let (mut last, mut last_dated) = (None, None);
        for at in 0..units.len() {
            last = if is_furniture(at) { Some(at) } else { last };
            edges[at].0 = last;
            dated[at] = last_dated;
            last_dated = if matches!(looks[at].kind, DATED | SIGNED) { Some(at) } else { last_dated };
        }
        let mut next = None;
        for at in (0..units.len()).rev() {
            edges[at].1 = next;
            next = if is_furniture(at) { Some(at) } else { next };
        }
        Self {
            prose: sum(&|at| if units[at].prose { units[at].words } else { 0 }),
            kept: sum(&|at| usize::from(flags[at])),
            words: sum(&|at| units[at].words),
            furniture: sum(&|at| usize::from(is_furniture(at))),
            sentences: sum(&|at| usize::from(units[at].ends)),
            edges,
            dated,
            comments: units.iter().position(|unit| window::opens_comments(unit.text(text))),
        }
    }

    fn between(sums: &[usize], from: usize, until: usize) -> usize {
        let last = sums.len() - 1;
        sums[until.min(last)].saturating_sub(sums[from.min(last)])
    }

    fn around(sums: &[usize], at: usize, reach: usize) -> usize {
        let last = sums.len() - 1;
        sums[(at + reach + 1).min(last)] - sums[at.saturating_sub(reach)]
    }
}

/// Sorted hashes of the first words of all lines: teasers are cut at different places.
fn openings(text: &str, units: &[Unit]) -> Vec<u64> {
    let mut hashes: Vec<u64> = units.iter().filter_map(|unit| opening(unit.text(text))).collect();
    hashes.sort_unstable();
    hashes
}

fn opening(line: &str) -> Option<u64> {
    let mut words = line.split_whitespace();
    let mut hash = 0u64;
    for _ in 0..5 {
        hash = hash.rotate_left(17) ^ line::key_hash(words.next()?);
    }
    Some(hash)
}

/// Words of more than three letters, folded.
fn content_words(line: &str) -> Vec<String> {
    line.split_whitespace().map(line::key).filter(|word| word.len() > 3).collect()
}

struct Page<'p> {
    text: &'p str,
    units: &'p [Unit],
    looks: &'p [Look],
    window: &'p Range<usize>,
    kept: &'p [bool],
    title: Option<usize>,
    sums: Sums,
}

/// English words that running text is full of and menus are not.
const SMALL: [&str; 36] = [
    "the", "a", "an", "of", "to", "in", "and", "that", "is", "was", "for", "on", "with", "as", "at", "by", "it", "be", "are",
    "were", "from", "has", "have", "had", "his", "her", "their", "but", "not", "which", "who", "been", "he", "she", "they",
    "this",
];

/// Words with which a page speaks to its readers.
const ADDRESS: [&str; 12] =
    ["you", "your", "our", "us", "we", "please", "subscribe", "newsletter", "email", "click", "download", "follow"];

/// Words of reports.
const REPORT: [&str; 8] = ["said", "says", "told", "according", "added", "announced", "reported", "wrote"];

/// Most bytes of a line that are looked at for its words.
const LOOK_LIMIT: usize = 2000;

impl Page<'_> {
    fn features(
        &self,
        at: usize,
        since_end: Option<usize>,
        repeats: &Repeats,
        openings: &[u64],
        title_words: &[String],
    ) -> Vec<u16> {
        let unit = &self.units[at];
        let words = unit.text(self.text);
        let words = words.get(..words.floor_char_boundary(LOOK_LIMIT)).unwrap_or("");
        let kind = |at: Option<usize>| at.and_then(|at| self.looks.get(at)).map_or(KINDS, |look| look.kind);
        let own = self.looks[at].kind;
        let (before, after) = (kind(at.checked_sub(1)), kind(Some(at + 1)));
        let length = bucket(unit.words, &[2, 3, 4, 6, 9, 13, 19, 26, 36, 51, 71]);
        let coarse = bucket(unit.words, &[4, 9, 19]);
        let tokens = Tokens::of(words);
        let mut features = Vec::with_capacity(TEMPLATES.len());
        let mut next = 0;
        // In the order of TEMPLATES.
        let mut add = |value: usize| {
            let (_, values) = TEMPLATES[next];
            features.push(u16::try_from(STARTS[next] + value.min(values - 1)).unwrap_or(0));
            next += 1;
        };
        add(0);
        add(own);
        add(length * 2 + usize::from(unit.ends));
        add(before);
        add(after);
        add(kind(at.checked_sub(2)));
        add(kind(Some(at + 2)));
        add(own * (KINDS + 1) + before);
        add(own * (KINDS + 1) + after);
        add(coarse * 8 + bucket(tokens.percent(tokens.small), &[5, 15, 25, 32, 39, 46, 55]));
        add(coarse * 8 + bucket(tokens.percent(tokens.capital), &[5, 10, 18, 28, 45, 65, 90]));
        add(bucket(tokens.percent(tokens.digits), &[1, 5, 10, 20, 35, 60, 90]));
        add(words.matches(',').take(5).count());
        add(quoting(words));
        let repeated = unit.key.map_or(0, |key| repeats.count(key).saturating_sub(1));
        add(repeated.min(2));
        add(opening(words).map_or(0, |hash| {
            let from = openings.partition_point(|known| *known < hash);
            openings[from..].iter().take_while(|known| **known == hash).take(3).count().saturating_sub(1)
        }));
        let ruled = self.ruled(Some(at));
        add(ruled * KINDS + own);
        add(bucket(self.window.start.saturating_sub(at), &[1, 2, 3, 5, 9, 20]));
        add(bucket((at + 1).saturating_sub(self.window.end), &[1, 2, 3, 5, 9, 20]));
        add(bucket(Sums::around(&self.sums.prose, at, 2), &[1, 15, 30, 50, 75, 100, 140, 200, 300]));
        add(bucket(Sums::around(&self.sums.prose, at, 8), &[1, 30, 60, 110, 170, 250, 350, 500, 700]));
        let all = self.sums.prose.last().copied().unwrap_or(0);
        add(self.sums.prose[at] * 10 / all.max(1));
        add(at * 10 / self.units.len().max(1));
        add(since_end.map_or(9, |units| bucket(units, &[1, 2, 3, 5, 9, 16, 30, 60])));
        add(signs(words));
        add(first_sign(words));
        add(last_sign(words));
        add(self.run(at, |unit| unit.bullet));
        add(self.run(at, |unit| !unit.prose && !unit.bullet));
        add((tokens.address.min(2)) * 2 + usize::from(unit.ends));
        add((tokens.report.min(1)) * 2 + usize::from(unit.ends));
        add(likeness(words, title_words));
        add(self.title.map_or(8, |title| if at < title { 0 } else { 1 + bucket(at - title, &[1, 2, 4, 8, 16, 40]) }));
        add(self.length_ratio(unit));
        let dated = |at: Option<usize>| usize::from(at.and_then(|at| self.looks.get(at)).is_some_and(|look| look.dated));
        add(dated(at.checked_sub(1)) + 2 * dated(Some(at + 1)) + 4 * dated(Some(at + 2)) + 8 * dated(Some(at)));
        let near = |at: Option<usize>| self.ruled(at).saturating_sub(1).min(2);
        add(near(at.checked_sub(1)) * 9 + near(Some(at)) * 3 + near(Some(at + 1)));
        add(bucket(
            self.sums.prose.get(at + 1).map_or(0, |_| Sums::around(&self.sums.prose, at, 20)),
            &[1, 50, 100, 200, 300, 450, 600, 900, 1300],
        ));
        add(usize::from(words.ends_with("...") || words.ends_with('…')));
        add(bucket(all - self.sums.prose[at], &[1, 20, 40, 80, 150, 250, 400, 800, 1500]));
        let until_prose = self.units[at + 1..].iter().take(12).position(|unit| unit.prose).unwrap_or(12);
        add(bucket(until_prose, &[1, 2, 3, 4, 6, 9, 12]));
        add(ruled * KINDS + bucket(Sums::around(&self.sums.kept, at, 6), &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]));
        let (above, below) = self.sums.edges[at];
        let (from, until) = (above.map_or(0, |above| above + 1), below.unwrap_or(self.units.len()));
        let counts = &self.sums.words;
        add(bucket(Sums::between(counts, from, until), &[10, 25, 50, 90, 150, 250, 400, 700, 1200]));
        add(bucket(Sums::between(counts, from, at), &[1, 10, 25, 50, 90, 150, 250, 400, 700]));
        add(bucket(Sums::between(counts, at, until), &[1, 10, 25, 50, 90, 150, 250, 400, 700]));
        let in_stretch = self.sums.dated[at].is_some_and(|dated| dated >= from);
        add(self.sums.dated[at]
            .map_or(21, |dated| bucket(at - dated, &[2, 3, 5, 8, 13, 21, 34, 55, 89]) * 2 + usize::from(in_stretch)));
        add(coarse * 10 + bucket(Sums::around(counts, at, 4), &[20, 35, 50, 70, 95, 130, 180, 240, 320]));
        let furniture = &self.sums.furniture;
        add(match ruled {
            0 => bucket(Sums::between(furniture, at, self.window.start), &[1, 2, 4, 8, 16]),
            3 => 6 + bucket(Sums::between(furniture, self.window.end, at), &[1, 2, 4, 8, 16]),
            _ => 12,
        });
        add(bucket(Sums::around(furniture, at, 5), &[1, 2, 3, 4, 5, 6, 8, 10]));
        add(own * 2 + usize::from(in_stretch));
        add(bucket(Sums::around(&self.sums.sentences, at, 5), &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
        add(ruled * 2 + usize::from(self.sums.comments.is_some_and(|comments| comments < at)));
        add(coarse * 16 + ruled * 4 + self.alike(at.checked_sub(1), at) + 2 * self.alike(Some(at + 1), at));
        add(first_sign(words) * 9 + last_sign(words));
        features
    }

    /// 0 above the window, 1 in it and dropped, 2 in it and kept, 3 below.
    fn ruled(&self, at: Option<usize>) -> usize {
        match at {
            None => 0,
            Some(at) if at < self.window.start => 0,
            Some(at) if at >= self.window.end => 3,
            Some(at) => 1 + usize::from(self.kept.get(at).copied().unwrap_or(false)),
        }
    }

    /// Length of the run of units around `at` that are alike; 0 when the unit itself is not.
    fn run(&self, at: usize, alike: impl Fn(&Unit) -> bool) -> usize {
        if !alike(&self.units[at]) {
            return 0;
        }
        let above = self.units[..at].iter().rev().take(30).take_while(|unit| alike(unit)).count();
        let below = self.units[at..].iter().take(30).take_while(|unit| alike(unit)).count();
        1 + bucket(above + below, &[2, 3, 5, 8, 14, 25])
    }

    /// 1 when two units begin and end with signs of one kind, and one is not much longer than the other.
    fn alike(&self, other: Option<usize>, at: usize) -> usize {
        let Some(other) = other.and_then(|other| self.units.get(other)) else { return 0 };
        let unit = &self.units[at];
        let (one, two) = (unit.text(self.text), other.text(self.text));
        let near = one.len() < 2 * two.len() && two.len() < 2 * one.len();
        usize::from(near && unit.bullet == other.bullet && first_sign(one) == first_sign(two) && last_sign(one) == last_sign(two))
    }

    /// How long the unit is beside the middle one of the kept prose.
    fn length_ratio(&self, unit: &Unit) -> usize {
        let kept = self.sums.kept.last().copied().unwrap_or(0).max(1);
        let all: usize = self.sums.prose[self.window.end] - self.sums.prose[self.window.start];
        bucket(unit.words * 100 / (all / kept).max(1), &[15, 30, 50, 80, 120, 180])
    }
}

/// The number of `edges` that `value` reaches.
fn bucket(value: usize, edges: &[usize]) -> usize {
    edges.partition_point(|edge| *edge <= value)
}

/// Counts over the words of a line.
#[derive(Default)]
struct Tokens {
    all: usize,
    small: usize,
    capital: usize,
    digits: usize,
    address: usize,
    report: usize,
}

impl Tokens {
    fn of(line: &str) -> Self {
        let mut counts = Self::default();
        let words =
            line.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '’').filter(|w| !w.is_empty());
        for word in words {
            let is = |listed: &&str| word.eq_ignore_ascii_case(listed);
            counts.all += 1;
            counts.small += usize::from(SMALL.iter().any(is));
            counts.capital += usize::from(word.starts_with(char::is_uppercase));
            counts.digits += usize::from(word.starts_with(|letter: char| letter.is_ascii_digit()));
            counts.address += usize::from(ADDRESS.iter().any(is));
            counts.report += usize::from(REPORT.iter().any(is));
        }
        counts
    }

    fn percent(&self, part: usize) -> usize {
        part * 100 / self.all.max(1)
    }
}

/// Whether the line opens with a quotation mark and whether it holds one.
fn quoting(line: &str) -> usize {
    let marks = ['"', '“', '”', '«', '»'];
    usize::from(line.starts_with(marks)) * 2 + usize::from(line.contains(marks))
}

/// Signs that stand in furniture more often than in text.
fn signs(line: &str) -> usize {
    usize::from(line.contains(['|', '»', '›', '•', '·']))
        + 2 * usize::from(line.contains("://") || line.contains("www."))
        + 4 * usize::from(line.contains(['@', '#']))
        + 8 * usize::from(line.contains(['!', '?']))
}

fn first_sign(line: &str) -> usize {
    match line.chars().next() {
        Some(first) if first.is_uppercase() => 0,
        Some(first) if first.is_lowercase() => 1,
        Some(first) if first.is_numeric() => 2,
        Some('"' | '“' | '‘' | '\'') => 3,
        Some('(' | '[') => 4,
        _ => 5,
    }
}

fn last_sign(line: &str) -> usize {
    match line.chars().next_back() {
        Some('.') => 0,
        Some('?') => 1,
        Some('!') => 2,
        Some(':') => 3,
        Some('"' | '”') => 4,
        Some(')' | ']') => 5,
        Some(last) if last.is_numeric() => 6,
        Some(last) if last.is_alphabetic() => 7,
        _ => 8,
    }
}

/// Share of the headline's words that the line holds.
fn likeness(line: &str, title: &[String]) -> usize {
    if title.is_empty() {
        return 0;
    }
    let own = content_words(line);
    let shared = title.iter().filter(|word| own.contains(word)).count();
    1 + bucket(shared * 100 / title.len(), &[1, 34, 67, 100])
}

/// What a unit that the model keeps is, where the rules did not say.
pub(crate) fn block_kind(units: &[Unit], at: usize, next_kept: bool) -> crate::article::BlockKind {
    use crate::article::BlockKind;
    let unit = &units[at];
    match () {
        () if unit.bullet => BlockKind::ListItem,
        () if !unit.prose && !unit.ends && unit.words <= window::HEADING_WORDS && next_kept => BlockKind::Heading,
        () => BlockKind::Paragraph,
    }
}
