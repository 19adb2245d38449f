//! Who denies a claim.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::Act;

use crate::ItemRef;
use crate::alike::{Index, Item};
use crate::piece::{Family, Pieces, Telling};
use crate::word::{LEAST_SHARED, Polarity};

/// For each group of tellings the assertions that deny it, in order.
///
/// An assertion denies a claim where its own article shows it, where its act is to deny and its words are those of the claim, or
/// where another party says the contrary in the same words.
pub(super) fn denials(groups: &[Vec<usize>], pieces: &Pieces<'_>) -> Vec<Vec<ItemRef>> {
    let mut found: Vec<BTreeSet<ItemRef>> = vec![BTreeSet::new(); groups.len()];
    for (group, by) in shown_by_articles(groups, pieces).into_iter().chain(shown_by_words(groups, pieces)) {
        found.get_mut(group).map(|denied_by| denied_by.insert(by));
    }
    found.into_iter().map(|denied_by| denied_by.into_iter().collect()).collect()
}

fn shown_by_articles(groups: &[Vec<usize>], pieces: &Pieces<'_>) -> Vec<(usize, ItemRef)> {
    let members = groups.iter().enumerate().flat_map(|(group, members)| members.iter().map(move |at| (*at, group)));
    let group_of: BTreeMap<usize, usize> = members.collect();
    let denials = pieces.list.iter().flat_map(|piece| piece.reading.denials.iter().map(move |denial| (piece, denial)));
    let found = denials.filter_map(|(piece, denial)| {
        let by = piece.item(denial.by);
        pieces.telling(by)?;
        Some((*group_of.get(&pieces.position(piece.item(denial.of))?)?, by))
    });
    found.collect()
}

fn shown_by_words(groups: &[Vec<usize>], pieces: &Pieces<'_>) -> Vec<(usize, ItemRef)> {
    let mut index = Index::new(pieces.tellings.iter().map(|telling| &telling.content), LEAST_SHARED);
    let tellings = |group: usize| {
        let members = groups.get(group).map(Vec::as_slice).unwrap_or_default();
        members.iter().filter_map(|at| pieces.tellings.get(*at))
    };
    for group in 0..groups.len() {
        // A demand or a promise is not denied by words that turn it round; they are another demand or promise.
        let first = tellings(group).next().filter(|first| first.family() == Family::Holds);
        if let Some((first, kind)) = first.and_then(|first| Some((first, sign(first.polarity)?))) {
            index.insert(Item { kind, content: &first.content }, group);
        }
    }
    let may_deny = |telling: &&Telling<'_>| telling.is_attributed() && matches!(telling.family(), Family::Holds | Family::Denies);
    let mut found = Vec::new();
    for by in pieces.tellings.iter().filter(may_deny) {
        let Some(opposite) = sign(by.polarity).map(|kind| 1 - kind) else { continue };
        let near = index.near(Item { kind: opposite, content: &by.content }).into_iter();
        let denied = near.filter(|group| tellings(*group).next().is_some_and(|first| is_same_matter(by, first)));
        found.extend(denied.filter(|group| is_adversary(by, tellings(*group))).map(|group| (group, by.at)));
    }
    found
}

/// 1 for what is said to be so, 0 for what is said not to be so.
fn sign(polarity: Polarity) -> Option<usize> {
    match polarity {
        Polarity::Positive => Some(1),
        Polarity::Negative => Some(0),
        Polarity::Unclear(_) => None,
    }
}

fn is_same_matter(by: &Telling<'_>, claim: &Telling<'_>) -> bool {
    by.content.is_like(&claim.content) && !by.content.conflicts(&claim.content)
}

/// Whether `by` speaks for another side than those who claim it. A plain statement to the contrary counts only where the sides
/// of both are known.
fn is_adversary<'a>(by: &Telling<'_>, mut claimed: impl Iterator<Item = &'a Telling<'a>>) -> bool {
    let denies = by.said.act == Act::Deny;
    claimed.any(|claim| match (by.party(), claim.party()) {
        (Some(one), Some(two)) => one != two,
        _ => denies,
    })
}
