//! Which demand an assurance answers.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use onrecord_read::CommitmentKind;

use super::same_side;
use crate::Undertaking;
use crate::piece::Pieces;
use crate::word::{Content, Term};

/// A topic word is rare when it stands in so many undertakings at most, or in one of twenty.
const RARE: usize = 3;

/// A word that more undertakings hold, and more than one in ten, finds no demand by itself: it would find them all.
const COMMON: usize = 200;
/// Letters of a stem that can be a topic alone: short ones ("act", "tak") mean anything.
const LONG: usize = 5;

/// Links every assurance to the demand that it answers: the demand was addressed to the side that assures, comes from the side
/// that is assured or from nobody known, and is about the same thing. Of several the one that shares most, and of these the oldest.
pub(super) fn link(undertakings: &mut [Undertaking], contents: &[Content], pieces: &Pieces<'_>) {
    let mut holders: HashMap<Term, usize> = HashMap::new();
    let mut demands: HashMap<Term, Vec<usize>> = HashMap::new();
    for (at, (undertaking, content)) in undertakings.iter().zip(contents).enumerate() {
        for word in &content.words {
            *holders.entry(*word).or_insert(0) += 1;
            if undertaking.kind == CommitmentKind::Demand {
                demands.entry(*word).or_default().push(at);
            }
        }
    }
    let rare = RARE.max(contents.len() / 20);
    demands.retain(|word, _| holders.get(word).is_some_and(|count| *count <= COMMON.max(contents.len() / 10)));
    let is_telling =
        |word: &Term| holders.get(word).is_some_and(|count| *count <= rare) && pieces.vocabulary.text(*word).len() >= LONG;
    let answered = |(undertaking, content): (&Undertaking, &Content)| {
        let near: BTreeSet<usize> = content.words.iter().filter_map(|word| demands.get(word)).flatten().copied().collect();
        let scored = near.into_iter().filter_map(|at| {
            let (demand, asked) = (undertakings.get(at)?, contents.get(at)?);
            let shared: Vec<Term> = content.shared_topics(asked).collect();
            let about_the_same = shared.len() >= 2 || shared.iter().any(is_telling);
            (about_the_same && can_answer(undertaking, demand, pieces)).then_some((shared.len(), Reverse(at)))
        });
        scored.max().map(|(_, demand)| demand.0)
    };
    let answers: Vec<Option<usize>> = undertakings.iter().zip(contents).map(answered).collect();
    undertakings.iter_mut().zip(answers).for_each(|(undertaking, demand)| undertaking.answers = demand);
}

fn can_answer(assurance: &Undertaking, demand: &Undertaking, pieces: &Pieces<'_>) -> bool {
    let addressed = matches!((&assurance.by, &demand.to), (Some(by), Some(to)) if same_side(by, to, pieces));
    let owed = match (&assurance.to, &demand.by) {
        (Some(to), Some(by)) => same_side(to, by, pieces),
        _ => true,
    };
    assurance.kind == CommitmentKind::Assurance && addressed && owed
}
