//! Training of the network: all tasks share its lower layers, and each sentence teaches what is known of it.
//!
//! Adam (Kingma and Ba 2015) on small batches, the rate rising at first and then falling to nought; dropout between the layers (Srivastava et
//! al. 2014); words hidden at random, rare ones more often, so that spelling and neighbours are learnt too.

mod backward;
mod pass;

use std::collections::BTreeMap;

use self::pass::{Gradient, Pass};
use super::shuffle;
use crate::names::Listed;
use crate::net::{Embeddings, Layout, Network, Plan, Sizes, WORD_ROWS};

/// A sentence and what it teaches. What nobody told is an empty list, or [`super::classes::NO_CLASS`] for a word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Example {
    /// Keys of the rows of each word; in training, their numbers.
    pub(crate) rows: Vec<[u32; WORD_ROWS]>,
    pub(crate) listed: Vec<Listed>,
    pub(crate) universal: Vec<u8>,
    pub(crate) penn: Vec<u8>,
    /// Columns of the heads: 0 for the root, else one more than the position.
    pub(crate) heads: Vec<u16>,
    pub(crate) relations: Vec<u8>,
    pub(crate) names: Vec<u8>,
    /// Whether a machine said what is known: such sentences are seen in the first rounds only.
    pub(crate) by_machine: bool,
}

const ROUNDS: usize = 16;
/// Rounds whose results are averaged: the mean of the last is better than the last.
const AVERAGED_ROUNDS: usize = 3;
const MACHINE_ROUNDS: usize = 8;
const BATCH_WORDS: usize = 500;
const RATE: f32 = 0.003;
/// Batches over which the rate rises.
const WARM_UP: f32 = 200.0;
/// Rows seen less often are not kept.
const LEAST_SEEN: usize = 3;
/// Longer sentences are few and make batches uneven.
const LONGEST: usize = 120;
/// The norm of a gradient is cut to this.
const LARGEST_NORM: f32 = 5.0;
/// A word seen as often as this is hidden half of the times.
const HIDDEN_HALF: f32 = 0.25;
/// And any word at least this often.
const HIDDEN_LEAST: f32 = 0.05;
/// Row that is not there.
pub(super) const NO_ROW: u32 = u32::MAX;

/// Trains a network. Returns the keys of its embeddings too.
pub(crate) fn train(mut examples: Vec<Example>, sizes: Sizes, report: &mut dyn FnMut(String)) -> (Vec<u32>, Network) {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for key in examples.iter().flat_map(|example| example.rows.iter().flatten()) {
        *counts.entry(*key).or_default() += 1;
    }
    counts.retain(|_, count| *count >= LEAST_SEEN);
    let numbers: BTreeMap<u32, u32> = counts.keys().copied().zip(0..).collect();
    for key in examples.iter_mut().flat_map(|example| example.rows.iter_mut().flatten()) {
        *key = numbers.get(key).copied().unwrap_or(NO_ROW);
    }
    let seen: Vec<usize> = counts.values().copied().collect();
    let mut learner = Learner::new(sizes, &seen);
    for round in 0..ROUNDS {
        let [_, tags, heads, relations, names] = learner.round(&examples, round);
        let round = round + 1;
        if round > ROUNDS - AVERAGED_ROUNDS {
            learner.state.embeddings.sum_up();
            learner.state.parameters.sum_up();
        }
        report(format!("round {round}: losses of tags {tags:.3}, heads {heads:.3}, relations {relations:.3}, names {names:.3}"));
    }
    let keys: Vec<u32> = counts.into_keys().collect();
    let State { layout, embeddings, parameters, .. } = learner.state;
    let embeddings = Embeddings::rounded(&keys, &embeddings.average(), sizes.embedding);
    (keys, Network { sizes, layout, embeddings, parameters: parameters.average() })
}

/// The network as it is being trained.
pub(super) struct State {
    pub(super) sizes: Sizes,
    pub(super) layout: Layout,
    pub(super) embeddings: Weights,
    pub(super) parameters: Weights,
    /// For each row how often a word with it is hidden.
    pub(super) hidden: Vec<f32>,
}

/// Numbers that are learnt, with the means of their gradients and of the squares of them.
pub(super) struct Weights {
    pub(super) values: Vec<f32>,
    means: Vec<f32>,
    squares: Vec<f32>,
    /// Sums of the values after the last rounds.
    sums: Vec<f32>,
}

impl Weights {
    fn new(values: Vec<f32>) -> Self {
        let noughts = vec![0.0; values.len()];
        Self { means: noughts.clone(), squares: noughts.clone(), sums: noughts, values }
    }

    fn sum_up(&mut self) {
        self.sums.iter_mut().zip(&self.values).for_each(|(sum, value)| *sum += value);
    }

    fn average(mut self) -> Vec<f32> {
        self.sums.iter_mut().for_each(|sum| *sum /= AVERAGED_ROUNDS as f32);
        self.sums
    }

    /// One step of Adam for the numbers from `start` on.
    fn step(&mut self, start: usize, gradient: &[f32], cut: f32, rate: f32) {
        const FADE: f32 = 0.9;
        const FADE_SQUARES: f32 = 0.95;
        let end = start + gradient.len();
        let moments = self.means[start..end].iter_mut().zip(&mut self.squares[start..end]);
        for ((value, (mean, square)), derivative) in self.values[start..end].iter_mut().zip(moments).zip(gradient) {
            let derivative = derivative * cut;
            *mean = FADE * *mean + (1.0 - FADE) * derivative;
            *square = FADE_SQUARES * *square + (1.0 - FADE_SQUARES) * derivative * derivative;
            *value -= rate * *mean / (square.sqrt() + 1e-6);
        }
    }
}

/// Random numbers that are the same everywhere (xorshift).
pub(super) struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        let mut random = Self((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..8).for_each(|_| {
            random.unit();
        });
        random
    }

    /// A number from 0 up to 1.
    pub(super) fn unit(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32
    }

    fn spread(&mut self, by: f32) -> f32 {
        (self.unit() * 2.0 - 1.0) * by
    }
}

struct Learner {
    state: State,
    gradients: [Gradient; 2],
}

impl Learner {
    fn new(sizes: Sizes, seen: &[usize]) -> Self {
        const FIRST_SPREAD: f32 = 0.15;
        let mut random = Random::new(0);
        let (layout, Plan { spans, .. }) = Layout::new(&sizes);
        let parameters: Vec<f32> =
            spans.iter().flat_map(|(count, by)| (0..*count).map(|_| random.spread(*by)).collect::<Vec<_>>()).collect();
        let embeddings = (0..seen.len() * sizes.embedding).map(|_| random.spread(FIRST_SPREAD)).collect();
        let hidden = seen.iter().map(|count| (HIDDEN_HALF / (HIDDEN_HALF + *count as f32)).max(HIDDEN_LEAST)).collect();
        let gradients = [(); 2].map(|()| Gradient::new(parameters.len(), seen.len()));
        let state = State { sizes, layout, embeddings: Weights::new(embeddings), parameters: Weights::new(parameters), hidden };
        Self { state, gradients }
    }

    /// Goes through all examples once. Returns the mean losses of the tasks a word.
    fn round(&mut self, examples: &[Example], round: usize) -> [f64; TASKS] {
        let batches = batches(examples, round);
        let mut losses = [(0.0, 0_usize); TASKS];
        for (number, batch) in batches.iter().enumerate() {
            let done = (round as f32 + number as f32 / batches.len() as f32) / ROUNDS as f32;
            let warm = ((round * batches.len() + number + 1) as f32 / WARM_UP).min(1.0);
            self.derivatives(batch, (round * batches.len() + number) as u64);
            self.step(RATE * warm * (1.0 - done));
            for gradient in &mut self.gradients {
                losses.iter_mut().zip(&gradient.losses).for_each(|(sum, loss)| *sum = (sum.0 + loss.0, sum.1 + loss.1));
                gradient.clear();
            }
        }
        losses.map(|(loss, words)| loss / words.max(1) as f64)
    }

    /// Fills the gradients, each from half of the batch.
    fn derivatives(&mut self, batch: &[&Example], seed: u64) {
        let words: usize = batch.iter().map(|example| example.rows.len()).sum();
        let state = &self.state;
        std::thread::scope(|scope| {
            for (half, gradient) in self.gradients.iter_mut().enumerate() {
                // Batches are sorted by length, so every other sentence is a fair half.
                let mut examples: Vec<&Example> = batch.iter().skip(half).step_by(2).copied().collect();
                examples.reverse();
                let random = Random::new(2 * seed + half as u64);
                if !examples.is_empty() {
                    scope.spawn(move || Pass::new(state, examples, random, 1.0 / words as f32).learn(gradient));
                }
            }
        });
    }

    fn step(&mut self, rate: f32) {
        let size = self.state.sizes.embedding;
        let [gradient, other] = &mut self.gradients;
        gradient.add(other, size);
        let norm = gradient.parameters.iter().map(|derivative| derivative * derivative).sum::<f32>().sqrt();
        let cut = (LARGEST_NORM / norm).min(1.0);
        self.state.parameters.step(0, &gradient.parameters, cut, rate);
        for (row, derivatives) in gradient.rows.iter().zip(gradient.embeddings.chunks_exact(size)) {
            self.state.embeddings.step(*row as usize * size, derivatives, cut, rate);
        }
    }
}

/// Tasks that a loss is told of: a first guess at the tags, tags, heads, relations, names.
pub(super) const TASKS: usize = 5;

/// The examples of a round in batches of like length, in random order. Sentences with a tree come together, and those without.
fn batches(examples: &[Example], round: usize) -> Vec<Vec<&Example>> {
    /// Sentences among which those of like length are put together.
    const POOL: usize = 1024;
    let mut batches = Vec::new();
    for with_tree in [true, false] {
        let mut order: Vec<&Example> = examples
            .iter()
            .filter(|example| example.heads.is_empty() != with_tree && (1..LONGEST).contains(&example.rows.len()))
            .filter(|example| !example.by_machine || round < MACHINE_ROUNDS)
            .collect();
        shuffle(&mut order, 2 * round as u64 + u64::from(with_tree));
        for pool in order.chunks_mut(POOL) {
            pool.sort_by_key(|example| example.rows.len());
            let mut batch: Vec<&Example> = Vec::new();
            let mut words = 0;
            for example in pool.iter() {
                batch.push(example);
                words += example.rows.len();
                if words >= BATCH_WORDS {
                    batches.push(std::mem::take(&mut batch));
                    words = 0;
                }
            }
            if !batch.is_empty() {
                batches.push(batch);
            }
        }
    }
    shuffle(&mut batches, 77 + round as u64);
    batches
}
