//! The layers a network is made of, and the order in which they read a batch of sentences.

#![allow(
    clippy::needless_range_loop,
    clippy::explicit_counter_loop,
    reason = "iterators are not inlined where the machine's wide registers are used"
)]

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

use super::matrix::{add_product, sigmoid, tanh};

/// An affine map: where its weights (`inputs` rows of `outputs` columns) and its biases lie among the parameters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Dense {
    pub(crate) weights: usize,
    pub(crate) biases: usize,
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
}

impl Dense {
    pub(crate) fn weights(&self) -> Range<usize> {
        self.weights..self.weights + self.inputs * self.outputs
    }

    pub(crate) fn biases(&self) -> Range<usize> {
        self.biases..self.biases + self.outputs
    }

    /// Its outputs for each row of `input`.
    pub(crate) fn forward(&self, parameters: &[f32], input: &[f32]) -> Vec<f32> {
        self.forward_parts(parameters, &[(input, self.inputs)])
    }

    /// Its outputs for rows whose columns come from several matrices with as many rows, side by side.
    pub(crate) fn forward_parts(&self, parameters: &[f32], parts: &[(&[f32], usize)]) -> Vec<f32> {
        let rows = parts.first().map_or(0, |(numbers, columns)| numbers.len() / columns);
        let mut output = parameters[self.biases()].repeat(rows);
        let mut first = 0;
        for (numbers, columns) in parts {
            self.add_part(parameters, numbers, first..first + columns, &mut output);
            first += columns;
        }
        output
    }

    /// Adds to `output` what the input's columns of this range bring about.
    pub(crate) fn add_part(&self, parameters: &[f32], numbers: &[f32], columns: Range<usize>, output: &mut [f32]) {
        add_product(output, numbers, self.rows(parameters, columns.clone()), columns.len(), self.outputs);
    }

    /// The weights of these columns of the input.
    pub(crate) fn rows<'p>(&self, parameters: &'p [f32], columns: Range<usize>) -> &'p [f32] {
        &parameters[self.weights + columns.start * self.outputs..self.weights + columns.end * self.outputs]
    }
}

/// A long short-term memory whose input and forget gates add up to 1 (Greff et al. 2017), read in one direction: one half of a pair. Each word
/// has three groups of numbers: forget gate, output gate, candidate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Lstm {
    /// From the input to the three groups.
    pub(crate) input: Dense,
    /// Where the weights from the state before to the three groups lie.
    pub(crate) recurrent: usize,
    pub(crate) size: usize,
    /// Whether it reads from the last word to the first.
    pub(crate) backward: bool,
}

/// What a memory held at each word, for the way back through it.
#[derive(Default)]
pub(crate) struct Held {
    /// The three groups of numbers.
    pub(crate) gates: Vec<f32>,
    pub(crate) cells: Vec<f32>,
    /// Hyperbolic tangent of the cells.
    pub(crate) bent: Vec<f32>,
}

impl Lstm {
    pub(crate) fn recurrent(&self) -> Range<usize> {
        self.recurrent..self.recurrent + 3 * self.size * self.size
    }

    /// The row read before `row`.
    pub(crate) fn before(&self, row: usize) -> usize {
        if self.backward { row + 1 } else { row - 1 }
    }

    /// Where its outputs for the word of `row` lie among those of the pair, which stand side by side.
    pub(crate) fn outputs(&self, row: usize) -> Range<usize> {
        let start = (2 * row + usize::from(self.backward)) * self.size;
        start..start + self.size
    }

    /// Reads the words of `batch` and writes its half of the pair's `outputs`. `gates` are the three groups of each word as the input alone
    /// makes them. What it held is told if `HOLD`.
    pub(crate) fn forward<const HOLD: bool>(
        &self,
        parameters: &[f32],
        gates: Vec<f32>,
        batch: &Batch,
        outputs: &mut [f32],
    ) -> Held {
        let size = self.size;
        let numbers = if HOLD { batch.words * size } else { 0 };
        let mut held = Held { gates, cells: vec![0.0; numbers], bent: vec![0.0; numbers] };
        // Of the sentences that are not over yet, which are the first: shorter ones come later.
        let (mut cells, mut states) = (vec![0.0; batch.sentences.len() * size], vec![0.0; batch.sentences.len() * size]);
        let mut added = Vec::new();
        for step in 0..batch.longest() {
            let rows = batch.rows(step, self.backward);
            let count = rows.clone().count();
            added.clear();
            added.resize(count * 3 * size, 0.0);
            if step > 0 {
                add_product(&mut added, &states[..count * size], &parameters[self.recurrent()], size, 3 * size);
            }
            let (cells, states) = (&mut cells, &mut states);
            Arch::new().dispatch(Step::<_, HOLD> { lstm: self, rows, added: &added, cells, states, outputs, held: &mut held });
        }
        held
    }
}

/// Turns the sums of one step into gates, cells and outputs.
struct Step<'a, R, const HOLD: bool> {
    lstm: &'a Lstm,
    rows: R,
    /// What the states before add to the groups.
    added: &'a [f32],
    cells: &'a mut [f32],
    states: &'a mut [f32],
    outputs: &'a mut [f32],
    held: &'a mut Held,
}

/// Numbers that are worked on at once. Memories are a multiple of this wide.
pub(crate) const LANES: usize = 16;
type Lanes = [f32; LANES];

impl<R: Iterator<Item = usize>, const HOLD: bool> WithSimd for Step<'_, R, HOLD> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { lstm, rows, added, cells, states, outputs, held } = self;
        let size = lstm.size;
        let lanes = size / LANES;
        let mut number = 0;
        for row in rows {
            let (gates, _) = held.gates[row * 3 * size..][..3 * size].as_chunks_mut::<LANES>();
            let (added, _) = added[number * 3 * size..][..3 * size].as_chunks::<LANES>();
            let (cells, _) = cells[number * size..][..size].as_chunks_mut::<LANES>();
            let (states, _) = states[number * size..][..size].as_chunks_mut::<LANES>();
            let (outputs, _) = outputs[lstm.outputs(row)].as_chunks_mut::<LANES>();
            for at in 0..lanes {
                let forget = each_sigmoid(each_sum(gates[at], added[at]));
                let output = each_sigmoid(each_sum(gates[lanes + at], added[lanes + at]));
                let candidate = each_tanh(each_sum(gates[2 * lanes + at], added[2 * lanes + at]));
                let cell = each_mixed(forget, cells[at], candidate);
                let tangent = each_tanh(cell);
                let out = each_product(output, tangent);
                (cells[at], states[at], outputs[at]) = (cell, out, out);
                if HOLD {
                    (gates[at], gates[lanes + at], gates[2 * lanes + at]) = (forget, output, candidate);
                    let place = row * size + at * LANES;
                    held.cells[place..place + LANES].copy_from_slice(&cell);
                    held.bent[place..place + LANES].copy_from_slice(&tangent);
                }
            }
            number += 1;
        }
    }
}

#[inline(always)]
fn each_sum(mut a: Lanes, b: Lanes) -> Lanes {
    for at in 0..LANES {
        a[at] += b[at];
    }
    a
}

#[inline(always)]
fn each_sigmoid(mut numbers: Lanes) -> Lanes {
    for at in 0..LANES {
        numbers[at] = sigmoid(numbers[at]);
    }
    numbers
}

#[inline(always)]
fn each_tanh(mut numbers: Lanes) -> Lanes {
    for at in 0..LANES {
        numbers[at] = tanh(numbers[at]);
    }
    numbers
}

#[inline(always)]
fn each_product(mut a: Lanes, b: Lanes) -> Lanes {
    for at in 0..LANES {
        a[at] *= b[at];
    }
    a
}

/// Of the cell before and of the candidate, as much as the forget gate says.
#[inline(always)]
fn each_mixed(forget: Lanes, mut cell: Lanes, candidate: Lanes) -> Lanes {
    for at in 0..LANES {
        cell[at] = forget[at] * cell[at] + (1.0 - forget[at]) * candidate[at];
    }
    cell
}

/// Sentences that are read side by side. Their words are rows of one matrix, sentence after sentence.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    /// First row and number of words of each sentence, the longest first.
    pub(crate) sentences: Vec<(usize, usize)>,
    pub(crate) words: usize,
}

impl Batch {
    /// A batch of sentences of these lengths, which must not grow.
    pub(crate) fn new(lengths: impl Iterator<Item = usize>) -> Self {
        let mut words = 0;
        let sentences: Vec<(usize, usize)> = lengths
            .map(|length| {
                words += length;
                (words - length, length)
            })
            .collect();
        debug_assert!(sentences.is_sorted_by(|a, b| a.1 >= b.1));
        Self { sentences, words }
    }

    pub(crate) fn longest(&self) -> usize {
        self.sentences.first().map_or(0, |(_, length)| *length)
    }

    /// Rows of the words that are read at `step`, of all sentences that have as many.
    pub(crate) fn rows(&self, step: usize, backward: bool) -> impl Iterator<Item = usize> + Clone + '_ {
        let long = self.sentences.iter().take_while(move |(_, length)| *length > step);
        long.map(move |(start, length)| start + if backward { length - 1 - step } else { step })
    }
}

/// Matrices with as many rows side by side.
pub(crate) fn beside(parts: &[(&[f32], usize)]) -> Vec<f32> {
    let rows = parts.first().map_or(0, |(numbers, columns)| numbers.len() / columns);
    let mut joined = Vec::with_capacity(parts.iter().map(|(numbers, _)| numbers.len()).sum());
    for row in 0..rows {
        for (numbers, columns) in parts {
            joined.extend_from_slice(&numbers[row * columns..][..*columns]);
        }
    }
    joined
}
