//! Which demand an assurance answers.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use onrecord_lexicon::ActorId;
use onrecord_read::CommitmentKind;

use super::same_side;
use crate::Undertaking;
use crate::piece::Pieces;
use crate::word::{Content, Term, stem};

/// A word that so many undertakings hold at most can be a topic alone.
const RARE: usize = 3;
/// Letters of a stem that can be a topic alone.
const LONG: usize = 4;
/// Words that say what is done with a topic, not what the topic is.
const DEEDS: &str = "\
    accept action admit agree begin bring carry change close come continue decisive ensure give grant halt help hold \
    keep leave meet move necessary offer open prevent provide remain return send show start step stop take talk turn \
    week work year";
/// A word that more undertakings hold, and more than one in ten, finds no demand by itself: it would find them all.
const COMMON: usize = 200;

/// Links every assurance to the demand that it answers: the demand was addressed to the side that assures, comes from the side
/// that is assured or from nobody known, and is about the same thing. Of several the one that shares most, and of these the
/// oldest.
pub(super) fn link(undertakings: &mut [Undertaking], contents: &[Content], pieces: &Pieces<'_>, parties: &BTreeSet<ActorId>) {
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
    let deeds: Vec<String> = DEEDS.split_whitespace().map(stem).collect();
    demands.retain(|word, _| holders.get(word).is_some_and(|count| *count <= COMMON.max(contents.len() / 10)));
    let is_telling = |word: &Term| {
        let text = pieces.vocabulary.text(*word);
        holders.get(word).is_some_and(|count| *count <= RARE) && text.len() >= LONG && !deeds.iter().any(|deed| deed == text)
    };
    let answered = |(undertaking, content): (&Undertaking, &Content)| {
        let near: BTreeSet<usize> = content.words.iter().filter_map(|word| demands.get(word)).flatten().copied().collect();
        let scored = near.into_iter().filter_map(|at| {
            let (demand, asked) = (undertakings.get(at)?, contents.get(at)?);
            let shared: Vec<Term> = content.shared_topics(asked).collect();
            // One word is enough only where one article reports both.
            let about_the_same =
                shared.len() >= 2 || shared.iter().any(is_telling) && share_an_article(undertaking, demand, pieces);
            (about_the_same && can_answer(undertaking, demand, pieces, parties)).then_some((shared.len(), Reverse(at)))
        });
        scored.max().map(|(_, demand)| demand.0)
    };
    let answers: Vec<Option<usize>> = undertakings.iter().zip(contents).map(answered).collect();
    undertakings.iter_mut().zip(answers).for_each(|(undertaking, demand)| undertaking.answers = demand);
}

fn share_an_article(one: &Undertaking, two: &Undertaking, pieces: &Pieces<'_>) -> bool {
    let articles = |of: &Undertaking| -> BTreeSet<usize> {
        of.said_in.iter().filter_map(|at| pieces.at(at.entry, at.article)).map(|piece| piece.copy_group).collect()
    };
    !articles(one).is_disjoint(&articles(two))
}

/// Whether the assurance is given by the side of which it was demanded to the side that demands it. Where one of the two is not
/// known, they must be of two sides that are parties to the dispute.
fn can_answer(assurance: &Undertaking, demand: &Undertaking, pieces: &Pieces<'_>, parties: &BTreeSet<ActorId>) -> bool {
    if assurance.kind != CommitmentKind::Assurance || demand.kind != CommitmentKind::Demand {
        return false;
    }
    let is_party = |id: &ActorId| parties.contains(pieces.party_of(id).unwrap_or(id));
    let opposed = match (&assurance.by, &demand.by) {
        (Some(one), Some(two)) => is_party(one) && is_party(two) && !same_side(one, two, pieces),
        _ => false,
    };
    let addressed = match (&assurance.by, &demand.to) {
        (Some(by), Some(to)) => same_side(by, to, pieces),
        _ => opposed,
    };
    let owed = match (&assurance.to, &demand.by) {
        (Some(to), Some(by)) => same_side(to, by, pieces),
        (None, Some(by)) => assurance.by.as_ref().is_some_and(|assures| !same_side(assures, by, pieces)),
        _ => true,
    };
    addressed && owed
}
