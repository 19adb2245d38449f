//! The way back through the layers: from the slopes of what a layer gave to those of its parameters and of what it read.

use crate::net::layers::{Batch, Dense, Lstm, Memory};
use crate::net::matrix::{add_product, transposed};

impl Dense {
    /// Adds to `gradient` and, if it is not empty, to `input_slopes`.
    pub(super) fn backward(
        &self,
        parameters: &[f32],
        gradient: &mut [f32],
        input: &[f32],
        slopes: &[f32],
        input_slopes: &mut [f32],
    ) {
        let rows = input.len() / self.inputs;
        add_product(&mut gradient[self.weights()], &transposed(input, self.inputs), slopes, rows, self.outputs);
        for row in slopes.chunks_exact(self.outputs) {
            gradient[self.biases()].iter_mut().zip(row).for_each(|(sum, slope)| *sum += slope);
        }
        if !input_slopes.is_empty() {
            let weights = transposed(&parameters[self.weights()], self.outputs);
            add_product(input_slopes, slopes, &weights, self.outputs, self.inputs);
        }
    }
}

impl Lstm {
    /// Adds to `gradient` and `input_slopes`. `slopes` are those of the outputs.
    pub(super) fn backward(
        &self,
        parameters: &[f32],
        gradient: &mut [f32],
        (input, memory): (&[f32], &Memory),
        batch: &Batch,
        mut slopes: Vec<f32>,
        input_slopes: &mut [f32],
    ) {
        let size = self.size;
        let mut gate_slopes = vec![0.0; batch.words * 3 * size];
        let mut cell_slopes = vec![0.0; batch.sentences.len() * size];
        let recurrent = transposed(&parameters[self.recurrent()], 3 * size);
        let (mut now, mut before) = (Vec::new(), Vec::new());
        for step in (0..batch.longest()).rev() {
            now.clear();
            for (row, cells) in batch.rows(step, self.backward).zip(cell_slopes.chunks_exact_mut(size)) {
                let earlier = (step > 0).then(|| &memory.cells[self.before(row) * size..][..size]);
                let gates = &mut gate_slopes[row * 3 * size..][..3 * size];
                self.step_backward(memory, row, earlier, &slopes[row * size..][..size], cells, gates);
                now.extend_from_slice(gates);
            }
            if step > 0 {
                before.clear();
                before.resize(now.len() / 3, 0.0);
                add_product(&mut before, &now, &recurrent, 3 * size, size);
                for (row, more) in batch.rows(step, self.backward).zip(before.chunks_exact(size)) {
                    let earlier = &mut slopes[self.before(row) * size..][..size];
                    earlier.iter_mut().zip(more).for_each(|(slope, more)| *slope += more);
                }
            }
        }
        let states = self.states_before(memory, batch);
        add_product(&mut gradient[self.recurrent()], &transposed(&states, size), &gate_slopes, batch.words, 3 * size);
        self.input.backward(parameters, gradient, input, &gate_slopes, input_slopes);
    }

    /// One word: from the slopes of its outputs and cells to those of the sums that its gates were made of. `cells` become those of the word
    /// before.
    fn step_backward(
        &self,
        memory: &Memory,
        row: usize,
        earlier: Option<&[f32]>,
        slopes: &[f32],
        cells: &mut [f32],
        gates: &mut [f32],
    ) {
        let size = self.size;
        let seen = &memory.gates[row * 3 * size..][..3 * size];
        let bent = &memory.bent[row * size..][..size];
        for place in 0..size {
            let (forget, output, candidate) = (seen[place], seen[size + place], seen[2 * size + place]);
            let cell = cells[place] + slopes[place] * output * (1.0 - bent[place] * bent[place]);
            let before = earlier.map_or(0.0, |earlier| earlier[place]);
            gates[place] = cell * (before - candidate) * forget * (1.0 - forget);
            gates[size + place] = slopes[place] * bent[place] * output * (1.0 - output);
            gates[2 * size + place] = cell * (1.0 - forget) * (1.0 - candidate * candidate);
            cells[place] = cell * forget;
        }
    }

    /// The outputs at the word read before each word, nought before the first.
    fn states_before(&self, memory: &Memory, batch: &Batch) -> Vec<f32> {
        let mut states = vec![0.0; memory.outputs.len()];
        for row in (1..batch.longest()).flat_map(|step| batch.rows(step, self.backward)) {
            let before = self.before(row) * self.size;
            states[row * self.size..][..self.size].copy_from_slice(&memory.outputs[before..before + self.size]);
        }
        states
    }
}
