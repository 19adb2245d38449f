//! Who denies a claim.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::Act;

use crate::ItemRef;
use crate::alike::Index;
use crate::piece::{Family, Pieces, Telling};
use crate::word::{Content, LEAST_SHARED, Polarity};

/// For each group of tellings the assertions that deny it, in order.
///
/// An assertion denies a claim where its own article shows it, where its act is to deny and its words are those of the claim, or where
/// another party says the contrary in the same words.
pub(crate) fn denials(groups: &[Vec<usize>], pieces: &Pieces<'_>) -> Vec<Vec<ItemRef>> {
    let mut found: Vec<BTreeSet<ItemRef>> = vec![BTreeSet::new(); groups.len()];
    let members = groups.iter().enumerate().flat_map(|(group, members)| members.iter().map(move |at| (*at, group)));
    let group_of: BTreeMap<usize, usize> = members.collect();
    for piece in &pieces.list {
        for denial in &piece.reading.denials {
            let group = pieces.position(piece.item(denial.of)).and_then(|of| group_of.get(&of));
            let by = piece.reading.assertions.get(denial.by).map(|_| piece.item(denial.by));
            if let (Some(group), Some(by)) = (group.and_then(|group| found.get_mut(*group)), by) {
                group.insert(by);
            }
        }
    }
    // One kind for all: what is denied and what denies differ in kind.
    let item = |telling: &'_ Telling<'_>| Item { kind: 0, content: &telling.content };
    let mut index = Index::new(pieces.tellings.iter().map(|telling| &telling.content), LEAST_SHARED);
    let firsts: Vec<Option<&Telling<'_>>> =
        groups.iter().map(|members| members.first().and_then(|at| pieces.tellings.get(*at))).collect();
    for (group, first) in firsts.iter().enumerate() {
        first.iter().for_each(|first| index.insert(&first.content, group));
    }
    for by in pieces.tellings.iter().filter(|telling| telling.is_attributed()) {
        for group in index.near(&by.content) {
            let first = firsts.get(group).copied().flatten();
            let members = groups.get(group).map(Vec::as_slice).unwrap_or_default();
            let all = || members.iter().filter_map(|at| pieces.tellings.get(*at));
            if first.is_some_and(|first| is_contrary(by, first)) && is_adversary(by, all()) {
                found.get_mut(group).map(|denied_by| denied_by.insert(by.at));
            }
        }
    }
    found.into_iter().map(|denied_by| denied_by.into_iter().collect()).collect()
}

/// Whether `by` says that what `claim` says is not so.
fn is_contrary(by: &Telling<'_>, claim: &Telling<'_>) -> bool {
    let opposite = matches!(
        (by.polarity, claim.polarity),
        (Polarity::Negative, Polarity::Positive) | (Polarity::Positive, Polarity::Negative)
    );
    // A demand or a promise is not denied by words that turn it round; they are another demand or promise.
    let comparable = |telling: &Telling<'_>| matches!(telling.family(), Family::Holds | Family::Denies);
    opposite
        && comparable(by)
        && claim.family() == Family::Holds
        && by.content.is_like(&claim.content)
        && !by.content.conflicts(&claim.content)
}

/// Whether `by` speaks for another side than those who claim it. A plain statement to the contrary counts only where the sides of both
/// are known.
fn is_adversary<'a>(by: &Telling<'_>, mut claimed: impl Iterator<Item = &'a Telling<'a>>) -> bool {
    let denies = by.said.act == Act::Deny;
    claimed.any(|claim| match (by.party(), claim.party()) {
        (Some(one), Some(two)) => one != two,
        _ => denies,
    })
}
