//! The layers a network is made of, and the order in which they read a batch of sentences.

#![allow(clippy::needless_range_loop, reason = "iterators are not inlined where the machine's wide registers are used")]

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
        let mut output = parameters[self.biases()].repeat(input.len() / self.inputs);
        add_product(&mut output, input, &parameters[self.weights()], self.inputs, self.outputs);
        output
    }
}

/// A long short-term memory whose input and forget gates add up to 1 (Greff et al. 2017), read in one direction. Each word has three groups
/// of numbers: forget gate, output gate, candidate.
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

/// What a memory held at each word.
pub(crate) struct Memory {
    /// The three groups of numbers.
    pub(crate) gates: Vec<f32>,
    pub(crate) cells: Vec<f32>,
    /// Hyperbolic tangent of the cells.
    pub(crate) bent: Vec<f32>,
    pub(crate) outputs: Vec<f32>,
}

impl Lstm {
    pub(crate) fn recurrent(&self) -> Range<usize> {
        self.recurrent..self.recurrent + 3 * self.size * self.size
    }

    /// The row read before `row`.
    pub(crate) fn before(&self, row: usize) -> usize {
        if self.backward { row + 1 } else { row - 1 }
    }

    /// Reads the words of `batch`, one row of `input` each.
    pub(crate) fn forward(&self, parameters: &[f32], input: &[f32], batch: &Batch) -> Memory {
        let size = self.size;
        let numbers = batch.words * size;
        let mut memory = Memory {
            gates: self.input.forward(parameters, input),
            cells: vec![0.0; numbers],
            bent: vec![0.0; numbers],
            outputs: vec![0.0; numbers],
        };
        let (mut states, mut added) = (Vec::new(), Vec::new());
        for step in 0..batch.longest() {
            let rows = batch.rows(step, self.backward);
            if step > 0 {
                states.clear();
                for row in rows.clone() {
                    states.extend_from_slice(&memory.outputs[self.before(row) * size..][..size]);
                }
                added.clear();
                added.resize(states.len() * 3, 0.0);
                add_product(&mut added, &states, &parameters[self.recurrent()], size, 3 * size);
                for (row, added) in rows.clone().zip(added.chunks_exact(3 * size)) {
                    let gates = &mut memory.gates[row * 3 * size..][..3 * size];
                    gates.iter_mut().zip(added).for_each(|(gate, added)| *gate += added);
                }
            }
            Arch::new().dispatch(Step { lstm: self, memory: &mut memory, rows, first: step == 0 });
        }
        memory
    }
}

/// Turns the sums of one step into gates, cells and outputs.
struct Step<'a, R> {
    lstm: &'a Lstm,
    memory: &'a mut Memory,
    rows: R,
    first: bool,
}

/// Numbers that are worked on at once. Memories are a multiple of this wide.
pub(crate) const LANES: usize = 16;
type Lanes = [f32; LANES];

impl<R: Iterator<Item = usize>> WithSimd for Step<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { lstm, memory, rows, first } = self;
        let size = lstm.size;
        let lanes = size / LANES;
        for row in rows {
            if !first {
                let before = lstm.before(row) * size;
                memory.cells.copy_within(before..before + size, row * size);
            }
            let (gates, _) = memory.gates[row * 3 * size..][..3 * size].as_chunks_mut::<LANES>();
            let (cells, _) = memory.cells[row * size..][..size].as_chunks_mut::<LANES>();
            let (bent, _) = memory.bent[row * size..][..size].as_chunks_mut::<LANES>();
            let (outputs, _) = memory.outputs[row * size..][..size].as_chunks_mut::<LANES>();
            for at in 0..lanes {
                let forget = each_sigmoid(gates[at]);
                let output = each_sigmoid(gates[lanes + at]);
                let candidate = each_tanh(gates[2 * lanes + at]);
                let cell = each_mixed(forget, cells[at], candidate);
                let tangent = each_tanh(cell);
                (gates[at], gates[lanes + at], gates[2 * lanes + at]) = (forget, output, candidate);
                (cells[at], bent[at], outputs[at]) = (cell, tangent, each_product(output, tangent));
            }
        }
    }
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
