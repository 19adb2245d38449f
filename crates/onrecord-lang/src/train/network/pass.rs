//! One half of a batch on its way through the network and back.

use super::super::classes::NO_CLASS;
use super::{Example, NO_ROW, Random, State, TASKS};
use crate::names::NAME_CLASSES;
use crate::net::layers::{Batch, Dense, Held, Lstm, beside};
use crate::net::matrix::{add_product, relu, softmax, transposed};
use crate::net::{IDENTITY_ROWS, LISTED_COLUMNS, WORD_ROWS, listed_columns, name_input, softmax_tags};

/// Derivatives of the loss.
pub(super) struct Gradient {
    pub(super) parameters: Vec<f32>,
    /// Rows of the embeddings that have derivatives.
    pub(super) rows: Vec<u32>,
    pub(super) embeddings: Vec<f32>,
    /// Where in `rows` a row stands.
    places: Vec<u32>,
    /// Loss of each task, and of how many words.
    pub(super) losses: [(f64, usize); TASKS],
}

impl Gradient {
    pub(super) fn new(parameters: usize, rows: usize) -> Self {
        Self {
            parameters: vec![0.0; parameters],
            rows: Vec::new(),
            embeddings: Vec::new(),
            places: vec![NO_ROW; rows],
            losses: [(0.0, 0); TASKS],
        }
    }

    pub(super) fn clear(&mut self) {
        self.parameters.fill(0.0);
        for row in self.rows.drain(..) {
            self.places[row as usize] = NO_ROW;
        }
        self.embeddings.clear();
        self.losses = [(0.0, 0); TASKS];
    }

    fn add_row(&mut self, row: u32, derivatives: &[f32]) {
        let place = &mut self.places[row as usize];
        if *place == NO_ROW {
            *place = u32::try_from(self.rows.len()).unwrap_or(NO_ROW);
            self.rows.push(row);
            self.embeddings.extend_from_slice(derivatives);
        } else {
            let sum = &mut self.embeddings[*place as usize * derivatives.len()..][..derivatives.len()];
            sum.iter_mut().zip(derivatives).for_each(|(sum, derivative)| *sum += derivative);
        }
    }

    /// Adds the derivatives of `other`, whose rows of embeddings have `size` numbers.
    pub(super) fn add(&mut self, other: &Self, size: usize) {
        self.parameters.iter_mut().zip(&other.parameters).for_each(|(sum, derivative)| *sum += derivative);
        for (row, derivatives) in other.rows.iter().zip(other.embeddings.chunks_exact(size)) {
            self.add_row(*row, derivatives);
        }
    }
}

/// Tasks by their place in the losses.
const GUESS: usize = 0;
const TAGS: usize = 1;
const HEADS: usize = 2;
const RELATIONS: usize = 3;
const NAMES: usize = 4;

/// How much the loss of each task counts. With as much weight on the tags as on the heads, trees got worse by 0.6 points and tags better by 0.1.
const TASK_WEIGHTS: [f32; TASKS] = [0.3, 0.9, 1.0, 1.0, 1.0];
/// Share of the numbers that are dropped between layers.
const DROPPED: f32 = 0.2;

/// Sentences on their way.
pub(super) struct Pass<'a> {
    state: &'a State,
    /// The longest first.
    examples: Vec<&'a Example>,
    batch: Batch,
    random: Random,
    /// How much a word counts.
    weight: f32,
    dropped: f32,
}

/// The numbers of a layer after dropout.
struct Dropped {
    numbers: Vec<f32>,
    mask: Vec<f32>,
}

impl Dropped {
    /// Derivatives of what came before dropout, and before reluing.
    fn relu_derivatives(&self, mut derivatives: Vec<f32>) -> Vec<f32> {
        for ((derivative, mask), number) in derivatives.iter_mut().zip(&self.mask).zip(&self.numbers) {
            *derivative *= if *number > 0.0 { *mask } else { 0.0 };
        }
        derivatives
    }

    fn derivatives(&self, mut derivatives: Vec<f32>) -> Vec<f32> {
        derivatives.iter_mut().zip(&self.mask).for_each(|(derivative, mask)| *derivative *= mask);
        derivatives
    }
}

impl<'a> Pass<'a> {
    pub(super) fn new(state: &'a State, examples: Vec<&'a Example>, random: Random, weight: f32) -> Self {
        let batch = Batch::new(examples.iter().map(|example| example.rows.len()));
        Self { state, examples, batch, random, weight, dropped: DROPPED }
    }

    fn drop(&mut self, mut numbers: Vec<f32>) -> Dropped {
        let kept = 1.0 / (1.0 - self.dropped);
        let mask: Vec<f32> = numbers.iter().map(|_| if self.random.unit() < self.dropped { 0.0 } else { kept }).collect();
        numbers.iter_mut().zip(&mask).for_each(|(number, mask)| *number *= mask);
        Dropped { numbers, mask }
    }

    fn forward(&self, layer: &Dense, input: &[f32]) -> Vec<f32> {
        layer.forward(&self.state.parameters.values, input)
    }

    fn backward(
        &self,
        layer: &Dense,
        gradient: &mut Gradient,
        input: &[f32],
        derivatives: &[f32],
        input_derivatives: &mut [f32],
    ) {
        layer.backward(&self.state.parameters.values, &mut gradient.parameters, input, derivatives, input_derivatives);
    }

    /// A rectified layer after dropout.
    fn hidden(&mut self, layer: &Dense, input: &[f32]) -> Dropped {
        let mut numbers = self.forward(layer, input);
        relu(&mut numbers);
        self.drop(numbers)
    }

    /// Adds the derivatives of this half of the batch to `gradient`.
    pub(super) fn learn(mut self, gradient: &mut Gradient) {
        let (sizes, layout) = (&self.state.sizes, &self.state.layout);
        let rows = self.chosen_rows();
        let input = self.embed(&rows);
        let input = self.drop(input);
        let (first_outputs, first_held) = self.remember(&layout.first, &input.numbers);
        let first = self.drop(first_outputs.clone());
        let mut guessed = self.forward(&layout.first_tags, &first.numbers);
        softmax_tags(sizes, &mut guessed);
        let mut tag_derivatives = self.tag_derivatives(&guessed, GUESS, gradient);
        let guess = self.forward(&layout.guess, &guessed);
        let second_input = beside(&[(&first.numbers, 2 * sizes.first), (&guess, sizes.guess)]);
        let (second_outputs, second_held) = self.remember(&layout.second, &second_input);
        let second = self.drop(second_outputs.clone());

        let mut derivatives = vec![0.0; second.numbers.len()];
        let mut input_derivatives = vec![0.0; input.numbers.len()];
        self.learn_tags(gradient, &second.numbers, &mut derivatives);
        if self.examples.iter().all(|example| !example.heads.is_empty()) {
            self.learn_heads(gradient, &second.numbers, &mut derivatives);
            self.learn_relations(gradient, &second.numbers, &mut derivatives);
        }
        if self.examples.iter().any(|example| !example.names.is_empty()) {
            self.learn_names(gradient, [&input.numbers, &second.numbers], [&mut input_derivatives, &mut derivatives]);
        }

        let derivatives = self.forget(
            &layout.second,
            gradient,
            (&second_input, &second_outputs, &second_held),
            second.derivatives(derivatives),
        );
        let width = 2 * sizes.first + sizes.guess;
        let mut first_derivatives = columns(&derivatives, width, 0..2 * sizes.first);
        let guess_derivatives = columns(&derivatives, width, 2 * sizes.first..width);
        let mut probability_derivatives = vec![0.0; guessed.len()];
        self.backward(&layout.guess, gradient, &guessed, &guess_derivatives, &mut probability_derivatives);
        self.add_probability_derivatives(&guessed, &probability_derivatives, &mut tag_derivatives);
        self.backward(&layout.first_tags, gradient, &first.numbers, &tag_derivatives, &mut first_derivatives);
        let derivatives = self.forget(
            &layout.first,
            gradient,
            (&input.numbers, &first_outputs, &first_held),
            first.derivatives(first_derivatives),
        );
        input_derivatives.iter_mut().zip(derivatives).for_each(|(sum, derivative)| *sum += derivative);
        for (rows, derivatives) in rows.iter().zip(input.derivatives(input_derivatives).chunks_exact(sizes.embedding)) {
            rows.iter().filter(|row| **row != NO_ROW).for_each(|row| gradient.add_row(*row, derivatives));
        }
    }

    /// The rows of each word, some words hidden.
    fn chosen_rows(&mut self) -> Vec<[u32; WORD_ROWS]> {
        let mut chosen = Vec::with_capacity(self.batch.words);
        for rows in self.examples.iter().flat_map(|example| &example.rows) {
            let mut rows = *rows;
            let hidden = self.state.hidden.get(rows[1] as usize).copied().unwrap_or(0.0);
            if self.random.unit() < hidden {
                // Word classes and usual tags are known of more words than have a row.
                let how_many = if self.random.unit() < 0.5 { 2 } else { IDENTITY_ROWS };
                rows[..how_many].fill(NO_ROW);
            }
            chosen.push(rows);
        }
        chosen
    }

    fn embed(&self, rows: &[[u32; WORD_ROWS]]) -> Vec<f32> {
        let size = self.state.sizes.embedding;
        let mut embedded = vec![0.0; rows.len() * size];
        for (rows, sum) in rows.iter().zip(embedded.chunks_exact_mut(size)) {
            for row in rows.iter().filter(|row| **row != NO_ROW) {
                let values = &self.state.embeddings.values[*row as usize * size..];
                sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
            }
        }
        embedded
    }

    /// Outputs of both directions side by side, and what they held.
    fn remember(&self, directions: &[Lstm; 2], input: &[f32]) -> (Vec<f32>, [Held; 2]) {
        let mut outputs = vec![0.0; self.batch.words * 2 * directions[0].size];
        let parameters = &self.state.parameters.values;
        let held = directions
            .map(|lstm| lstm.forward::<true>(parameters, lstm.input.forward(parameters, input), &self.batch, &mut outputs));
        (outputs, held)
    }

    /// The way back through both directions. Returns the derivatives of their input.
    fn forget(
        &self,
        directions: &[Lstm; 2],
        gradient: &mut Gradient,
        (input, outputs, held): (&[f32], &[f32], &[Held; 2]),
        mut derivatives: Vec<f32>,
    ) -> Vec<f32> {
        let mut input_derivatives = vec![0.0; input.len()];
        for (lstm, held) in directions.iter().zip(held) {
            let (parameters, of) = (&self.state.parameters.values, (input, outputs, held));
            lstm.backward(parameters, &mut gradient.parameters, of, &self.batch, &mut derivatives, &mut input_derivatives);
        }
        input_derivatives
    }

    /// Derivatives of the scores that `probabilities` were made of.
    fn tag_derivatives(&self, probabilities: &[f32], task: usize, gradient: &mut Gradient) -> Vec<f32> {
        let sizes = &self.state.sizes;
        let mut derivatives = vec![0.0; probabilities.len()];
        let columns = self.state.layout.tags.outputs;
        for (example, (start, length)) in self.examples.iter().zip(&self.batch.sentences) {
            for (tags, first, classes) in
                [(&example.universal, 0, sizes.universal_classes), (&example.penn, sizes.penn_start(), sizes.penn_classes)]
            {
                for (place, tag) in tags.iter().enumerate().take(*length).filter(|(_, tag)| **tag != NO_CLASS) {
                    let row = (start + place) * columns + first..(start + place) * columns + first + classes;
                    self.cross_entropy(task, &probabilities[row.clone()], *tag, &mut derivatives[row], gradient);
                }
            }
        }
        derivatives
    }

    /// Adds to `derivatives` of scores what comes back through the probabilities that were made of them.
    fn add_probability_derivatives(&self, probabilities: &[f32], probability_derivatives: &[f32], derivatives: &mut [f32]) {
        let columns = self.state.layout.tags.outputs;
        let start = self.state.sizes.penn_start();
        let rows = probabilities
            .chunks_exact(columns)
            .zip(probability_derivatives.chunks_exact(columns))
            .zip(derivatives.chunks_exact_mut(columns));
        for ((probabilities, probability_derivatives), derivatives) in rows {
            for part in [0..start, start..columns] {
                let pairs = || probabilities[part.clone()].iter().zip(&probability_derivatives[part.clone()]);
                let mean: f32 = pairs().map(|(probability, derivative)| probability * derivative).sum();
                for (derivative, (probability, own)) in derivatives[part.clone()].iter_mut().zip(pairs()) {
                    *derivative += probability * (own - mean);
                }
            }
        }
    }

    /// Adds to `derivatives` those of the scores behind `probabilities`, of which `right` should be all.
    fn cross_entropy(
        &self,
        task: usize,
        probabilities: &[f32],
        right: impl Into<usize>,
        derivatives: &mut [f32],
        gradient: &mut Gradient,
    ) {
        let (right, weight) = (right.into(), self.weight * TASK_WEIGHTS[task]);
        derivatives.iter_mut().zip(probabilities).for_each(|(derivative, probability)| *derivative += weight * probability);
        derivatives[right] -= weight;
        let (loss, words) = &mut gradient.losses[task];
        *loss -= f64::from(probabilities[right].max(1e-9)).ln();
        *words += 1;
    }

    fn learn_tags(&mut self, gradient: &mut Gradient, second: &[f32], derivatives: &mut [f32]) {
        let layer = &self.state.layout.tags;
        let mut probabilities = self.forward(layer, second);
        softmax_tags(&self.state.sizes, &mut probabilities);
        let score_derivatives = self.tag_derivatives(&probabilities, TAGS, gradient);
        self.backward(layer, gradient, second, &score_derivatives, derivatives);
    }

    fn learn_heads(&mut self, gradient: &mut Gradient, second: &[f32], derivatives: &mut [f32]) {
        let layout = &self.state.layout;
        let size = self.state.sizes.arcs;
        let dependents = self.hidden(&layout.dependents, second);
        let heads = self.hidden(&layout.heads, second);
        let asked = self.forward(&layout.arcs, &dependents.numbers);
        let (mut asked_derivatives, mut head_derivatives) = (vec![0.0; asked.len()], vec![0.0; heads.numbers.len()]);
        let root = layout.root..layout.root + size;
        for (example, (start, length)) in self.examples.iter().zip(&self.batch.sentences) {
            let (numbers, columns) = (start * size..(start + length) * size, length + 1);
            let mut offered = self.state.parameters.values[root.clone()].to_vec();
            offered.extend_from_slice(&heads.numbers[numbers.clone()]);
            let asked = &asked[numbers.clone()];
            let mut probabilities = vec![0.0; length * columns];
            add_product(&mut probabilities, asked, &transposed(&offered, size), size, columns);
            let mut score_derivatives = vec![0.0; probabilities.len()];
            let rows = probabilities.chunks_exact_mut(columns).zip(score_derivatives.chunks_exact_mut(columns));
            for (place, ((probabilities, derivatives), head)) in rows.zip(&example.heads).enumerate() {
                probabilities[place + 1] = f32::MIN;
                softmax(probabilities, columns);
                self.cross_entropy(HEADS, probabilities, *head, derivatives, gradient);
            }
            add_product(&mut asked_derivatives[numbers.clone()], &score_derivatives, &offered, columns, size);
            let mut offered_derivatives = vec![0.0; offered.len()];
            add_product(&mut offered_derivatives, &transposed(&score_derivatives, columns), asked, *length, size);
            let (root_derivatives, word_derivatives) = offered_derivatives.split_at(size);
            gradient.parameters[root.clone()].iter_mut().zip(root_derivatives).for_each(|(sum, derivative)| *sum += derivative);
            head_derivatives[numbers].copy_from_slice(word_derivatives);
        }
        let mut dependent_derivatives = vec![0.0; dependents.numbers.len()];
        self.backward(&layout.arcs, gradient, &dependents.numbers, &asked_derivatives, &mut dependent_derivatives);
        self.backward(&layout.dependents, gradient, second, &dependents.relu_derivatives(dependent_derivatives), derivatives);
        self.backward(&layout.heads, gradient, second, &heads.relu_derivatives(head_derivatives), derivatives);
    }

    fn learn_relations(&mut self, gradient: &mut Gradient, second: &[f32], derivatives: &mut [f32]) {
        let layout = &self.state.layout;
        let size = self.state.sizes.relations;
        let mut pairs = self.forward(&layout.relation_dependents, second);
        let of_heads = self.forward(&layout.relation_heads, second);
        // The row of each word's head; the root has none and teaches nothing.
        let mut head_rows = Vec::with_capacity(self.batch.words);
        for (example, (start, _)) in self.examples.iter().zip(&self.batch.sentences) {
            head_rows.extend(example.heads.iter().map(|head| Some(start + usize::from(*head).checked_sub(1)?)));
        }
        for (pair, head) in pairs.chunks_exact_mut(size).zip(&head_rows) {
            let Some(head) = head else { continue };
            pair.iter_mut().zip(&of_heads[head * size..]).for_each(|(sum, number)| *sum += number);
        }
        relu(&mut pairs);
        let pairs = self.drop(pairs);
        let mut probabilities = self.forward(&layout.relations, &pairs.numbers);
        let mut score_derivatives = vec![0.0; probabilities.len()];
        let columns = layout.relations.outputs;
        let classes = self.state.sizes.relation_classes;
        let relations = self.examples.iter().flat_map(|example| &example.relations);
        let rows = probabilities.chunks_exact_mut(columns).zip(score_derivatives.chunks_exact_mut(columns));
        let told = rows.zip(relations).zip(&head_rows).filter(|((_, relation), head)| **relation != NO_CLASS && head.is_some());
        for (((probabilities, derivatives), relation), _) in told {
            softmax(probabilities, classes);
            self.cross_entropy(RELATIONS, &probabilities[..classes], *relation, &mut derivatives[..classes], gradient);
        }
        let mut pair_derivatives = vec![0.0; pairs.numbers.len()];
        self.backward(&layout.relations, gradient, &pairs.numbers, &score_derivatives, &mut pair_derivatives);
        let pair_derivatives = pairs.relu_derivatives(pair_derivatives);
        let mut head_derivatives = vec![0.0; pair_derivatives.len()];
        for (pair, head) in pair_derivatives.chunks_exact(size).zip(&head_rows) {
            let Some(head) = head else { continue };
            head_derivatives[head * size..][..size].iter_mut().zip(pair).for_each(|(sum, derivative)| *sum += derivative);
        }
        self.backward(&layout.relation_dependents, gradient, second, &pair_derivatives, derivatives);
        self.backward(&layout.relation_heads, gradient, second, &head_derivatives, derivatives);
    }

    /// `derivatives` are those of the embeddings and of the second memory.
    fn learn_names(&mut self, gradient: &mut Gradient, [embedded, second]: [&[f32]; 2], derivatives: [&mut [f32]; 2]) {
        let (sizes, layout) = (&self.state.sizes, &self.state.layout);
        let mut listed = Vec::with_capacity(self.batch.words * LISTED_COLUMNS);
        for example in &self.examples {
            (0..example.rows.len()).for_each(|place| listed.extend(listed_columns(&example.listed, place)));
        }
        let input = name_input(sizes, embedded, second, &listed);
        let words = self.hidden(&layout.name_words, &input);
        let mut probabilities = self.forward(&layout.names, &words.numbers);
        let mut score_derivatives = vec![0.0; probabilities.len()];
        let columns = layout.names.outputs;
        let told = self.examples.iter().zip(&self.batch.sentences).filter(|(example, _)| !example.names.is_empty());
        for (example, (start, _)) in told {
            for (place, class) in example.names.iter().enumerate().filter(|(_, class)| **class != NO_CLASS) {
                let row = (start + place) * columns..(start + place) * columns + NAME_CLASSES;
                let probabilities = &mut probabilities[row.clone()];
                softmax(probabilities, NAME_CLASSES);
                self.cross_entropy(NAMES, probabilities, *class, &mut score_derivatives[row], gradient);
            }
        }
        let mut word_derivatives = vec![0.0; words.numbers.len()];
        self.backward(&layout.names, gradient, &words.numbers, &score_derivatives, &mut word_derivatives);
        let mut input_derivatives = vec![0.0; input.len()];
        self.backward(&layout.name_words, gradient, &input, &words.relu_derivatives(word_derivatives), &mut input_derivatives);
        let (width, start) = (sizes.name_input(), sizes.embedding);
        let [embedded, second] = derivatives;
        let own = [(embedded, 0..start), (second, start..start + 2 * sizes.second)];
        for (derivatives, columns) in own {
            derivatives
                .iter_mut()
                .zip(columns_of(&input_derivatives, width, columns))
                .for_each(|(sum, derivative)| *sum += derivative);
        }
    }
}

fn columns_of(matrix: &[f32], width: usize, columns: std::ops::Range<usize>) -> impl Iterator<Item = f32> + '_ {
    matrix.chunks_exact(width).flat_map(move |row| row[columns.clone()].iter().copied())
}

fn columns(matrix: &[f32], width: usize, columns: std::ops::Range<usize>) -> Vec<f32> {
    columns_of(matrix, width, columns).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Learner, Random};
    use super::{Example, Gradient, Pass, TASK_WEIGHTS};
    use crate::net::{Sizes, WORD_ROWS};

    const WEIGHT: f32 = 0.25;

    fn derivatives(learner: &Learner, examples: &[Example]) -> Gradient {
        let mut gradient = Gradient::new(learner.state.parameters.values.len(), 6);
        let mut pass = Pass::new(&learner.state, examples.iter().collect(), Random::new(1), WEIGHT);
        pass.dropped = 0.0;
        pass.learn(&mut gradient);
        gradient
    }

    fn loss(learner: &Learner, examples: &[Example]) -> f64 {
        let losses = derivatives(learner, examples).losses;
        losses.iter().zip(TASK_WEIGHTS).map(|((loss, _), weight)| loss * f64::from(weight * WEIGHT)).sum()
    }

    /// The derivative of every parameter is what the loss does when the parameter moves a little.
    #[test]
    fn derivatives_are_those_of_the_loss() {
        let sizes = Sizes {
            embedding: 8,
            first: 16,
            second: 16,
            guess: 8,
            arcs: 8,
            relations: 8,
            names: 8,
            universal_classes: 3,
            penn_classes: 4,
            relation_classes: 3,
        };
        let mut learner = Learner::new(sizes, &[1; 6]);
        learner.state.hidden.fill(0.0);
        let example = |words: u32| Example {
            rows: (0..words).map(|word| [(word * 5) % 6; WORD_ROWS]).collect(),
            listed: (0..words).map(|word| word as u16).collect(),
            universal: (0..words).map(|word| (word % 3) as u8).collect(),
            penn: (0..words).map(|word| (word % 4) as u8).collect(),
            heads: (0..words).map(|word| word as u16).collect(),
            relations: (0..words).map(|word| (word * 2 % 3) as u8).collect(),
            names: (0..words).map(|word| (word * 7 % 21) as u8).collect(),
            by_machine: false,
        };
        let examples = [example(5), example(3)];
        let gradient = derivatives(&learner, &examples);
        let step = 2e-3;
        let mut random = Random::new(5);
        for at in (0..gradient.parameters.len()).filter(|_| random.unit() < 0.1) {
            let value = learner.state.parameters.values[at];
            let mut moved = |to: f32| {
                learner.state.parameters.values[at] = to;
                loss(&learner, &examples)
            };
            let measured = (moved(value + step) - moved(value - step)) / f64::from(2.0 * step);
            learner.state.parameters.values[at] = value;
            let derivative = f64::from(gradient.parameters[at]);
            assert!(
                (measured - derivative).abs() < 0.01 + 0.05 * derivative.abs(),
                "parameter {at}: {derivative}, measured {measured}"
            );
        }
        for (row, derivatives) in gradient.rows.iter().zip(gradient.embeddings.chunks_exact(8)) {
            let at = *row as usize * 8;
            let value = learner.state.embeddings.values[at];
            // Each word here is the sum of the same row over and over: it moves as many times as far.
            let step = step / WORD_ROWS as f32;
            let mut moved = |to: f32| {
                learner.state.embeddings.values[at] = to;
                loss(&learner, &examples)
            };
            let measured = (moved(value + step) - moved(value - step)) / f64::from(2.0 * step);
            learner.state.embeddings.values[at] = value;
            let derivative = f64::from(derivatives[0]);
            assert!(
                (measured - derivative).abs() < 0.01 + 0.05 * derivative.abs(),
                "row {row}: {derivative}, measured {measured}"
            );
        }
    }
}
