//! Trees: a transition-based parser and a labeler.
//!
//! The arc-hybrid system (Kuhlmann, Gómez-Rodríguez and Satta 2011) with the features of Zhang and Nivre (2011), trained with a dynamic oracle
//! (Goldberg and Nivre 2013). A sentence of n words takes 2n − 1 transitions; the word that is left alone is the root, so there is always
//! exactly one. When the tree is whole, a labeler that sees all of it names the relations anew.

mod features;
mod label;
mod state;
mod subtype;

pub(crate) use features::{Words, features};
pub(crate) use label::{families, tree_features, tree_labels};
pub(crate) use state::{Action, State};
pub(crate) use subtype::add_subtypes;

use crate::model::weights::{CLASSES, Rows};

/// The transitions of a model by class number: class 0 shifts, then left arcs by label, then right arcs by label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Transitions {
    /// Labels of left arcs.
    pub(crate) left: Vec<u8>,
    /// Labels of right arcs.
    pub(crate) right: Vec<u8>,
}

impl Transitions {
    /// Classes of a kind of transition.
    pub(crate) fn of(&self, action: Action) -> std::ops::Range<usize> {
        let right = 1 + self.left.len();
        match action {
            Action::Shift => 0..1,
            Action::Left => 1..right,
            Action::Right => right..right + self.right.len(),
        }
    }

    /// Kind and label of a class.
    pub(crate) fn meaning(&self, class: usize) -> (Action, u8) {
        let Some(arc) = class.checked_sub(1) else { return (Action::Shift, 0) };
        match self.left.get(arc) {
            Some(label) => (Action::Left, *label),
            None => (Action::Right, self.right.get(arc - self.left.len()).copied().unwrap_or(0)),
        }
    }

    /// The class of a labelled arc, if the model knows it.
    pub(crate) fn class(&self, action: Action, label: u8) -> Option<usize> {
        self.of(action).find(|class| self.meaning(*class).1 == label || action == Action::Shift)
    }
}

/// The best class among those that `state` allows.
pub(crate) fn best_allowed(scores: &[i32; CLASSES], transitions: &Transitions, state: &State) -> usize {
    let mut best: Option<usize> = None;
    for action in Action::ALL.into_iter().filter(|action| state.allows(*action)) {
        for class in transitions.of(action) {
            if best.is_none_or(|best| scores[class] > scores[best]) {
                best = Some(class);
            }
        }
    }
    best.unwrap_or(0)
}

/// Heads of all words, as positions in the sentence; `None` for the root.
pub(crate) fn heads(
    rows: &impl Rows<CLASSES>,
    transitions: &Transitions,
    words: &Words<'_>,
    keys: &mut Vec<u32>,
) -> Vec<Option<u16>> {
    let mut state = State::new(words.forms.len());
    while let Some(only) = state.choices() {
        let class = if let Some(action) = only {
            transitions.of(action).start
        } else {
            features(words, &state, keys);
            best_allowed(&rows.sum(keys), transitions, &state)
        };
        let (action, label) = transitions.meaning(class);
        state.follow(action, label);
    }
    state.into_heads()
}
