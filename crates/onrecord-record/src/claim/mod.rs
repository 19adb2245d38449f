//! Claims: assertions that say the same of the same, by their words, by the event that they tell, or by the figure that they give.

mod contradiction;
mod denial;
mod happening;
mod merged;
mod rarity;
mod reason;
mod standing;

pub(crate) use contradiction::contradictions;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::ActorId;

use crate::alike::{self, Item, Rules, numbered};
use crate::origin::{key, origins, persons};
use crate::piece::{Family, Pieces, Telling};
use crate::word::LEAST_SHARED;
use crate::{Claim, ItemRef, Referent};
use merged::Group;

/// All claims, most origins first.
///
/// Every attributed assertion belongs to one. What an article says in its own voice belongs to one only if somebody is
/// quoted with it or several outlets say it.
pub(crate) fn claims(pieces: &Pieces<'_>, parties: &BTreeSet<ActorId>, referents: &[Referent]) -> Vec<Claim> {
    let mut groups = merged::merged(joined(pieces), pieces, referents);
    groups.retain(|group| is_worth_a_claim(&group.members, pieces));
    let members: Vec<Vec<usize>> = groups.iter().map(|group| group.members.clone()).collect();
    let denials = denial::denials(&members, pieces);
    let mut claims: Vec<Claim> =
        groups.iter().zip(denials).map(|(group, denied_by)| claim(group, denied_by, pieces, parties)).collect();
    // The groups come oldest first, and the sort keeps that order among equals.
    claims.sort_by_key(|claim| (Reverse(claim.origins.len()), Reverse(claim.outlets.len())));
    claims
}

/// Positions of tellings that say the same, oldest first.
fn joined(pieces: &Pieces<'_>) -> Vec<Vec<usize>> {
    let tellings = &pieces.tellings;
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.sort_by_key(|at| tellings.get(*at).map(|telling| (pieces.age(telling.piece), telling.at)));
    let kinds = numbered(tellings.iter().map(|telling| (telling.family(), telling.polarity, committed_side(telling))));
    let items: Vec<Item<'_>> =
        tellings.iter().zip(kinds).map(|(telling, kind)| Item { kind, content: &telling.content }).collect();
    let both = |test: fn(&Telling<'_>, &Telling<'_>) -> bool| {
        move |one: usize, two: usize| match (tellings.get(one), tellings.get(two)) {
            (Some(one), Some(two)) => test(one, two),
            _ => false,
        }
    };
    let rules = Rules { same: both(says_the_same), apart: both(is_apart), twins: both(are_twins) };
    alike::groups(&items, LEAST_SHARED, &order, &rules)
}

fn is_worth_a_claim(members: &[usize], pieces: &Pieces<'_>) -> bool {
    let tellings = || members.iter().filter_map(|at| pieces.tellings.get(*at));
    let outlets: BTreeSet<&str> =
        tellings().filter_map(|telling| pieces.piece(telling)).map(|piece| piece.outlet.name.as_str()).collect();
    outlets.len() >= 2 || tellings().any(Telling::is_attributed)
}

/// Whether two tellings say the same of the same.
fn says_the_same(one: &Telling<'_>, two: &Telling<'_>) -> bool {
    if is_apart(one, two) {
        return false;
    }
    let same_speaker = || key(&one.said.speaker) == key(&two.said.speaker);
    // Of copies the same words are the same statement, however few they are.
    let copied = one.piece != two.piece && one.copy_group == two.copy_group && one.content.forms == two.content.forms;
    one.content.is_like(&two.content) || (copied || one.content.is_equal(&two.content)) && same_speaker()
}

/// Whether something shows that two tellings of one kind do not say the same, however alike their words are.
fn is_apart(one: &Telling<'_>, two: &Telling<'_>) -> bool {
    let other_addressee = matches!((&one.said.addressee, &two.said.addressee), (Some(one), Some(two)) if one != two);
    other_addressee || one.content.conflicts(&two.content)
}

/// The side that the words are about without naming it. "To respond with force": who will do so, or who asks for it, is the
/// speaker's side.
fn committed_side(telling: &Telling<'_>) -> Option<String> {
    let side = || telling.party().map_or_else(|| key(&telling.said.speaker), ActorId::to_string);
    (telling.family() != Family::Holds).then(side)
}

/// Whether nothing that [`is_apart`] looks at differs between two members of a group.
fn are_twins(one: &Telling<'_>, two: &Telling<'_>) -> bool {
    one.said.addressee == two.said.addressee && one.content.is_twin(&two.content)
}

fn claim(group: &Group, denied_by: Vec<ItemRef>, pieces: &Pieces<'_>, parties: &BTreeSet<ActorId>) -> Claim {
    let members = &group.members;
    let tellings: Vec<&Telling<'_>> = members.iter().filter_map(|at| pieces.tellings.get(*at)).collect();
    let outlets: BTreeMap<&str, &str> = tellings
        .iter()
        .filter_map(|telling| pieces.piece(telling))
        .map(|piece| (piece.outlet.name.as_str(), piece.outlet.publisher.as_str()))
        .collect();
    let publishers: BTreeSet<&str> = outlets.values().copied().collect();
    let origins = origins(members, pieces, parties);
    Claim {
        standing: standing::standing(&origins, &denied_by, publishers.len(), pieces, parties),
        assertions: tellings.iter().map(|telling| telling.at).collect(),
        denied_by,
        outlets: outlets.keys().map(|name| (*name).to_owned()).collect(),
        publishers: publishers.iter().map(|name| (*name).to_owned()).collect(),
        unnamed: persons(&origins),
        origins,
        reasons: reason::reasons(group, pieces),
        events: group.events.clone(),
        figures: group.figures.clone(),
    }
}
