//! Who is a party to the dispute.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{Act, ActorId};

use crate::piece::{Pieces, Telling};

/// The parties to the dispute that the record is about.
///
/// Demands, accusations, denials, refusals and warnings are counted for the party they come from and for the party they are
/// addressed to (or, where no addressee is known, the one other party that they name), once for all copies of an article.
/// The two parties with the highest sums are parties to the dispute, with all that tie with the second; so is every
/// other party with at least half of the second's sum that both speaks and is spoken to in this way. A mediator who calls on both
/// sides is not.
pub(crate) fn parties(pieces: &Pieces<'_>) -> BTreeSet<ActorId> {
    let mut sums: BTreeMap<ActorId, Sum> = BTreeMap::new();
    for telling in pieces.tellings.iter().filter(|telling| is_adverse(telling) && is_first_copy(pieces, telling)) {
        let Some(from) = telling.party() else { continue };
        sums.entry(from.clone()).or_default().spoken += 1;
        if let Some(to) = addressed(telling, from, pieces) {
            sums.entry(to).or_default().spoken_to += 1;
        }
    }
    let mut ranked: Vec<usize> = sums.values().map(Sum::total).collect();
    ranked.sort_unstable_by(|one, two| two.cmp(one));
    let Some(second) = ranked.get(1).copied() else { return BTreeSet::new() };
    let is_party = |sum: &Sum| sum.total() >= second || sum.total() * 2 >= second && sum.spoken > 0 && sum.spoken_to > 0;
    sums.into_iter().filter(|(_, sum)| is_party(sum)).map(|(party, _)| party).collect()
}

/// Adverse statements to another party from which two sides are each other's counterparts …
const LEAST_STATEMENTS: usize = 3;
/// … and how many of ten that name a party must name this one.
const LEAST_OF_TEN: usize = 7;

/// For each party to the dispute the one other with which nearly all that it demands, accuses, denies and warns, or is told so, is exchanged.
pub(crate) fn counterparts(pieces: &Pieces<'_>, parties: &BTreeSet<ActorId>) -> BTreeMap<ActorId, ActorId> {
    let mut exchanged: BTreeMap<(ActorId, ActorId), usize> = BTreeMap::new();
    for telling in pieces.tellings.iter().filter(|telling| is_adverse(telling) && is_first_copy(pieces, telling)) {
        let Some(from) = telling.party().filter(|from| parties.contains(*from)) else { continue };
        if let Some(to) = addressed(telling, from, pieces).filter(|to| parties.contains(to)) {
            *exchanged.entry((from.clone(), to.clone())).or_insert(0) += 1;
            *exchanged.entry((to, from.clone())).or_insert(0) += 1;
        }
    }
    let counterpart = |party: &ActorId| {
        let own = || exchanged.iter().filter(|((one, _), _)| one == party);
        let all: usize = own().map(|(_, count)| count).sum();
        let ((_, other), most) = own().max_by_key(|(_, count)| **count)?;
        (*most >= LEAST_STATEMENTS && most * 10 >= all * LEAST_OF_TEN).then(|| other.clone())
    };
    parties.iter().filter_map(|party| Some((party.clone(), counterpart(party)?))).collect()
}

#[derive(Debug, Default)]
struct Sum {
    spoken: usize,
    spoken_to: usize,
}

impl Sum {
    fn total(&self) -> usize {
        self.spoken + self.spoken_to
    }
}

fn is_adverse(telling: &Telling<'_>) -> bool {
    matches!(telling.said.act, Act::Demand | Act::Accuse | Act::Deny | Act::Refuse | Act::Warn)
}

/// Whether no copy of its article stands before it, so that a copy adds nothing to the sums.
fn is_first_copy(pieces: &Pieces<'_>, telling: &Telling<'_>) -> bool {
    pieces.piece(telling).is_some_and(|piece| piece.copy_group == telling.piece)
}

fn addressed(telling: &Telling<'_>, from: &ActorId, pieces: &Pieces<'_>) -> Option<ActorId> {
    if let Some(addressee) = &telling.said.addressee {
        let party = pieces.party_of(addressee).unwrap_or(addressee);
        return (party != from).then(|| party.clone());
    }
    let sides = telling.content.sides().iter().map(|side| pieces.vocabulary.side_name(*side));
    let mut others = sides.filter(|side| *side != from.as_str()).filter_map(ActorId::parse);
    others.next().filter(|_| others.next().is_none())
}
