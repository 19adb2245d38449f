//! To whom a demand or an assurance goes where its article does not say so.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::ActorId;
use onrecord_read::CommitmentKind::{Assurance, Demand};

use super::same_side;
use crate::piece::Pieces;
use crate::word::Content;
use crate::{ToBasis, Undertaking};

/// Fills in the addressees that nobody states, and says of each how it was found. `contents` are the wordings, in step.
///
/// An assurance that answers a demand goes to whoever demands. A party's assurance whose words name one other party to the dispute ("provided that Velmar stops"),
/// goes to that side. A party's demand that names nobody else is asked of its counterpart: the one with which it deals in nearly all of what is said against each other in
/// the record. What the words say of a third goes to nobody known, and so does all that is promised without more: it may be promised to anybody.
pub(super) fn fill_in(
    undertakings: &mut [Undertaking],
    contents: &[Content],
    counterparts: &BTreeMap<ActorId, ActorId>,
    pieces: &Pieces<'_>,
    parties: &BTreeSet<ActorId>,
) {
    let demanding: Vec<Option<ActorId>> = undertakings
        .iter()
        .map(|undertaking| undertaking.answers.and_then(|demand| undertakings.get(demand)).and_then(|demand| demand.by.clone()))
        .collect();
    for ((undertaking, content), demanding) in undertakings.iter_mut().zip(contents).zip(demanding) {
        let Some(by) = undertaking.by.clone().filter(|_| undertaking.to.is_none()) else { continue };
        let side = pieces.party_of(&by).unwrap_or(&by).clone();
        let named = content.sides().iter().map(|side| pieces.vocabulary.side_name(*side)).filter(|named| *named != side.as_str());
        let named: Vec<ActorId> = named.filter_map(ActorId::parse).collect();
        let opposed: Vec<&ActorId> = named.iter().filter(|named| parties.contains(*named)).collect();
        let is_party = parties.contains(&side);
        let found = match (undertaking.kind, opposed.as_slice()) {
            (Assurance, _) if demanding.as_ref().is_some_and(|demanding| !same_side(demanding, &by, pieces)) => {
                demanding.map(|demanding| (demanding, ToBasis::Answers))
            }
            (Assurance, [one]) if is_party => Some(((*one).clone(), ToBasis::Named)),
            (Demand, _) if is_party && named.is_empty() => {
                counterparts.get(&side).map(|other| (other.clone(), ToBasis::Counterpart))
            }
            _ => None,
        };
        if let Some((to, basis)) = found {
            (undertaking.to, undertaking.to_basis) = (Some(to), Some(basis));
        }
    }
}
