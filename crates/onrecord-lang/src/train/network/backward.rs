//! The way back through the layers: from the derivatives of what a layer gave to those of its parameters and of what it read.

use crate::net::layers::{Batch, Dense, Held, Lstm};
use crate::net::matrix::{add_product, transposed};

impl Dense {
    /// Adds to `gradient` and, if it is not empty, to `input_derivatives`.
    pub(super) fn backward(
        &self,
        parameters: &[f32],
        gradient: &mut [f32],
        input: &[f32],
        derivatives: &[f32],
        input_derivatives: &mut [f32],
    ) {
        let rows = input.len() / self.inputs;
        add_product(&mut gradient[self.weights()], &transposed(input, self.inputs), derivatives, rows, self.outputs);
        for row in derivatives.chunks_exact(self.outputs) {
            gradient[self.biases()].iter_mut().zip(row).for_each(|(sum, derivative)| *sum += derivative);
        }
        if !input_derivatives.is_empty() {
            let weights = transposed(&parameters[self.weights()], self.outputs);
            add_product(input_derivatives, derivatives, &weights, self.outputs, self.inputs);
        }
    }
}

impl Lstm {
    /// Adds to `gradient` and `input_derivatives`. `outputs` and their `derivatives` are those of the pair.
    pub(super) fn backward(
        &self,
        parameters: &[f32],
        gradient: &mut [f32],
        (input, outputs, held): (&[f32], &[f32], &Held),
        batch: &Batch,
        derivatives: &mut [f32],
        input_derivatives: &mut [f32],
    ) {
        let size = self.size;
        let mut gate_derivatives = vec![0.0; batch.words * 3 * size];
        let mut cell_derivatives = vec![0.0; batch.sentences.len() * size];
        let recurrent = transposed(&parameters[self.recurrent()], 3 * size);
        let (mut now, mut before) = (Vec::new(), Vec::new());
        for step in (0..batch.longest()).rev() {
            now.clear();
            for (row, cells) in batch.rows(step, self.backward).zip(cell_derivatives.chunks_exact_mut(size)) {
                let earlier = (step > 0).then(|| &held.cells[self.before(row) * size..][..size]);
                let gates = &mut gate_derivatives[row * 3 * size..][..3 * size];
                self.step_backward(held, row, earlier, &derivatives[self.outputs(row)], cells, gates);
                now.extend_from_slice(gates);
            }
            if step > 0 {
                before.clear();
                before.resize(now.len() / 3, 0.0);
                add_product(&mut before, &now, &recurrent, 3 * size, size);
                for (row, more) in batch.rows(step, self.backward).zip(before.chunks_exact(size)) {
                    let earlier = &mut derivatives[self.outputs(self.before(row))];
                    earlier.iter_mut().zip(more).for_each(|(derivative, more)| *derivative += more);
                }
            }
        }
        let states = self.states_before(outputs, batch);
        add_product(&mut gradient[self.recurrent()], &transposed(&states, size), &gate_derivatives, batch.words, 3 * size);
        self.input.backward(parameters, gradient, input, &gate_derivatives, input_derivatives);
    }

    /// One word: from the derivatives of its outputs and cells to those of the sums that its gates were made of. `cells` become those of the word
    /// before.
    fn step_backward(
        &self,
        held: &Held,
        row: usize,
        earlier: Option<&[f32]>,
        derivatives: &[f32],
        cells: &mut [f32],
        gates: &mut [f32],
    ) {
        let size = self.size;
        let seen = &held.gates[row * 3 * size..][..3 * size];
        let bent = &held.bent[row * size..][..size];
        for place in 0..size {
            let (forget, output, candidate) = (seen[place], seen[size + place], seen[2 * size + place]);
            let cell = cells[place] + derivatives[place] * output * (1.0 - bent[place] * bent[place]);
            let before = earlier.map_or(0.0, |earlier| earlier[place]);
            gates[place] = cell * (before - candidate) * forget * (1.0 - forget);
            gates[size + place] = derivatives[place] * bent[place] * output * (1.0 - output);
            gates[2 * size + place] = cell * (1.0 - forget) * (1.0 - candidate * candidate);
            cells[place] = cell * forget;
        }
    }

    /// The outputs at the word read before each word, nought before the first.
    fn states_before(&self, outputs: &[f32], batch: &Batch) -> Vec<f32> {
        let mut states = vec![0.0; batch.words * self.size];
        for row in (1..batch.longest()).flat_map(|step| batch.rows(step, self.backward)) {
            states[row * self.size..][..self.size].copy_from_slice(&outputs[self.outputs(self.before(row))]);
        }
        states
    }
}
