//! Which demand an assurance answers.

use std::collections::HashMap;

use onrecord_read::CommitmentKind;

use super::same_side;
use crate::Undertaking;
use crate::piece::Pieces;
use crate::word::{Content, Term};

/// A topic word is rare when it stands in so many undertakings at most, or in one of twenty.
const RARE: usize = 3;

/// Links every assurance to the demand that it answers: the demand was addressed to the side that assures, comes from the side that
/// is assured or from nobody known, and is about the same thing. Of several the one that shares most, and of these the oldest.
pub(super) fn link(undertakings: &mut [Undertaking], contents: &[Content], pieces: &Pieces<'_>) {
    let mut frequency: HashMap<Term, usize> = HashMap::new();
    for word in contents.iter().flat_map(|content| &content.words) {
        *frequency.entry(*word).or_insert(0) += 1;
    }
    let rare = RARE.max(contents.len() / 20);
    let answered: Vec<Option<usize>> = (0..undertakings.len())
        .map(|assurance| {
            let demands = (0..undertakings.len()).filter(|demand| {
                matches!((undertakings.get(assurance), undertakings.get(*demand)), (Some(one), Some(two)) if can_answer(one, two, pieces))
            });
            let scored = demands.filter_map(|demand| {
                let shared: Vec<Term> = contents.get(assurance)?.shared_topics(contents.get(demand)?).collect();
                let telling = shared
                    .iter()
                    .any(|word| frequency.get(word).is_some_and(|count| *count <= rare) && pieces.vocabulary.text(*word).len() >= LONG);
                (shared.len() >= 2 || telling).then_some((shared.len(), std::cmp::Reverse(demand)))
            });
            scored.max().map(|(_, demand)| demand.0)
        })
        .collect();
    for (undertaking, demand) in undertakings.iter_mut().zip(answered) {
        undertaking.answers = demand;
    }
}

/// Letters of a stem that can be a topic alone: short ones ("act", "tak") mean anything.
const LONG: usize = 5;

fn can_answer(assurance: &Undertaking, demand: &Undertaking, pieces: &Pieces<'_>) -> bool {
    if assurance.kind != CommitmentKind::Assurance || demand.kind != CommitmentKind::Demand {
        return false;
    }
    let addressed = matches!((&assurance.by, &demand.to), (Some(by), Some(to)) if same_side(by, to, pieces));
    let owed = match (&assurance.to, &demand.by) {
        (Some(to), Some(by)) => same_side(to, by, pieces),
        _ => true,
    };
    addressed && owed
}
