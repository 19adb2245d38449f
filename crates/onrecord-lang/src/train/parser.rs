//! Training of the parser with the dynamic oracle of Goldberg and Nivre (2013, "Training deterministic parsers with non-deterministic
//! oracles"), and of the labeler.

use super::perceptron::Perceptron;
use super::tagger::learn;
use crate::form::Form;
use crate::model::weights::{CLASSES, Rows};
use crate::parse::{Action, State, Transitions, Words, best_allowed, families, features, tree_features};

/// A sentence with its tree, which must be projective.
pub(crate) struct Example {
    pub(crate) forms: Vec<Form>,
    pub(crate) penn: Vec<u8>,
    pub(crate) universal: Vec<u8>,
    pub(crate) heads: Vec<Option<u16>>,
    pub(crate) labels: Vec<u8>,
}

impl Example {
    pub(crate) fn words(&self) -> Words<'_> {
        Words { forms: &self.forms, penn: &self.penn, universal: &self.universal }
    }
}

/// Arcs of the right tree that can no longer be drawn after `action`.
fn cost(state: &State, heads: &[Option<u16>], action: Action) -> usize {
    let head = |word: usize| heads[word].map(usize::from);
    let next = state.next();
    let stack = state.stack();
    let on_stack = |depth_from: usize, word: usize| {
        stack[..stack.len().saturating_sub(depth_from)].contains(&u16::try_from(word).unwrap_or(u16::MAX))
    };
    match action {
        Action::Shift => {
            let dependents = stack.iter().filter(|word| head(usize::from(**word)) == Some(next)).count();
            dependents + usize::from(head(next).is_some_and(|head| head < next && on_stack(1, head)))
        }
        Action::Left | Action::Right => {
            let Some(top) = state.stacked(0) else { return 0 };
            let own = match head(top) {
                None => 1,
                Some(head) if action == Action::Left => usize::from(head > next || state.stacked(1) == Some(head)),
                Some(head) => usize::from(head >= next),
            };
            own + (next..heads.len()).filter(|word| head(*word) == Some(top)).count()
        }
    }
}

const ROUNDS: usize = 10;
/// Features seen less often on the right path get no weight.
const LEAST_SEEN: u8 = 5;
const MARGIN: i32 = 20;
/// In how many of 256 wrong steps the parser goes on from where it errs, from the second round on.
const EXPLORE: u64 = 230;

/// The class of the best transition that loses nothing: with the right label where the arc is right.
fn right_class(
    scores: &[i32; CLASSES],
    transitions: &Transitions,
    state: &State,
    example: &Example,
    allowed: &mut [bool; CLASSES],
) -> usize {
    *allowed = [false; CLASSES];
    let costs = Action::ALL.map(|action| if state.allows(action) { cost(state, &example.heads, action) } else { usize::MAX });
    let least = costs.iter().copied().min().unwrap_or(0);
    let mut best: Option<usize> = None;
    for (action, _) in Action::ALL.into_iter().zip(costs).filter(|(_, cost)| *cost == least) {
        let gold = match (action, state.stacked(0)) {
            (Action::Left, Some(top)) if example.heads[top].map(usize::from) == Some(state.next()) => {
                transitions.class(action, example.labels[top])
            }
            (Action::Right, Some(top)) if example.heads[top].map(usize::from) == state.stacked(1) => {
                transitions.class(action, example.labels[top])
            }
            _ => None,
        };
        for class in transitions.of(action).filter(|class| gold.is_none_or(|gold| gold == *class)) {
            allowed[class] = true;
            if best.is_none_or(|best| scores[class] > scores[best]) {
                best = Some(class);
            }
        }
    }
    best.unwrap_or(0)
}

/// Weights of the transitions.
pub(crate) fn train(examples: &[Example], transitions: &Transitions, seed: u64) -> Perceptron<CLASSES> {
    let mut perceptron = Perceptron::new(LEAST_SEEN);
    let mut keys = Vec::new();
    let mut allowed = [false; CLASSES];
    for example in examples {
        let mut state = State::new(example.heads.len());
        while let Some(_choices) = state.choices() {
            features(&example.words(), &state, &mut keys);
            perceptron.count(&keys);
            let class = right_class(&[0; CLASSES], transitions, &state, example, &mut allowed);
            let (action, label) = transitions.meaning(class);
            state.follow(action, label);
        }
    }
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut dice = 0x2545_F491_4F6C_DD1D_u64 ^ seed;
    for round in 0..ROUNDS {
        super::shuffle(&mut order, round as u64 + 100 * seed);
        for place in &order {
            let example = &examples[*place];
            let words = example.words();
            let mut state = State::new(example.heads.len());
            while let Some(only) = state.choices() {
                if let Some(action) = only {
                    state.follow(action, 0);
                    continue;
                }
                features(&words, &state, &mut keys);
                let mut scores = perceptron.sum(&keys);
                let guess = best_allowed(&scores, transitions, &state);
                let right = right_class(&scores, transitions, &state, example, &mut allowed);
                for (score, allowed) in scores.iter_mut().zip(allowed) {
                    if allowed {
                        *score -= MARGIN;
                    }
                }
                let rival = best_allowed(&scores, transitions, &state);
                if !allowed[rival] {
                    perceptron.update(&keys, right, 1);
                    perceptron.update(&keys, rival, -1);
                }
                perceptron.advance();
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                let follow = if allowed[guess] || round > 0 && dice % 256 < EXPLORE { guess } else { right };
                let (action, label) = transitions.meaning(follow);
                state.follow(action, label);
            }
        }
    }
    perceptron
}

const LABEL_ROUNDS: usize = 5;
const LABEL_MARGIN: i32 = 20;

/// Weights of the labeler.
pub(crate) fn train_labels(examples: &[Example], classes: usize) -> Perceptron<CLASSES> {
    let mut perceptron = Perceptron::new(LEAST_SEEN);
    let mut keys = Vec::new();
    for example in examples {
        let families = families(&example.heads);
        let mut so_far = vec![63; example.heads.len()];
        for word in 0..example.heads.len() {
            tree_features(&example.words(), &example.heads, &families, &so_far, word, &mut keys);
            perceptron.count(&keys);
            so_far[word] = if example.heads[word].is_none() { 63 } else { example.labels[word] };
        }
    }
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for round in 0..LABEL_ROUNDS {
        super::shuffle(&mut order, round as u64 + 5);
        for place in &order {
            let example = &examples[*place];
            let families = families(&example.heads);
            let mut given = vec![63; example.heads.len()];
            for word in 0..example.heads.len() {
                if example.heads[word].is_none() {
                    continue;
                }
                tree_features(&example.words(), &example.heads, &families, &given, word, &mut keys);
                let guess = learn(&mut perceptron, &keys, example.labels[word], classes, LABEL_MARGIN);
                given[word] = u8::try_from(guess).unwrap_or(0);
            }
        }
    }
    perceptron
}
