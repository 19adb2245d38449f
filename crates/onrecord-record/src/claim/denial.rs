//! Who denies a claim.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::Act;

use crate::ItemRef;
use crate::alike::{Index, Item};
use crate::piece::{Family, Pieces, Telling};
use crate::word::{LEAST_SHARED, Polarity, Term, stem};

/// For each group of tellings the assertions that deny it, in order.
///
/// An assertion denies a claim where its own article shows it, where its act is to deny and its words are those of the claim, or
/// where another party says the contrary in the same words. An article shows it by what its reading links, or by a denial that
/// follows an accusation and takes it up.
pub(super) fn denials(groups: &[Vec<usize>], pieces: &Pieces<'_>) -> Vec<Vec<ItemRef>> {
    let mut found: Vec<BTreeSet<ItemRef>> = vec![BTreeSet::new(); groups.len()];
    let members = groups.iter().enumerate().flat_map(|(group, members)| members.iter().map(move |at| (*at, group)));
    let group_of: BTreeMap<usize, usize> = members.collect();
    let in_articles = shown_by_articles(pieces).into_iter().filter_map(|(of, by)| Some((*group_of.get(&of)?, by)));
    for (group, by) in in_articles.chain(shown_by_words(groups, pieces)) {
        found.get_mut(group).map(|denied_by| denied_by.insert(by));
    }
    found.into_iter().map(|denied_by| denied_by.into_iter().collect()).collect()
}

/// Positions of tellings with what denies them, as their own articles show it.
fn shown_by_articles(pieces: &Pieces<'_>) -> Vec<(usize, ItemRef)> {
    let mut found = Vec::new();
    let mut rest = pieces.tellings.as_slice();
    let mut start = 0;
    for (at, piece) in pieces.list.iter().enumerate() {
        let (own, later) = rest.split_at(rest.partition_point(|telling| telling.piece <= at));
        let linked = |item: usize| piece.reading.denials.iter().any(|denial| denial.by == item);
        for denial in &piece.reading.denials {
            if let (Some(_), Some(by)) = (own.get(denial.of), own.get(denial.by)) {
                found.push((start + denial.of, by.at));
            }
        }
        for (number, by) in own.iter().enumerate().filter(|(number, by)| by.said.act == Act::Deny && !linked(*number)) {
            let before = own.get(..number).unwrap_or_default();
            found.extend(taken_up(by, before, pieces).map(|of| (start + of, by.at)));
        }
        start += own.len();
        rest = later;
    }
    found
}

/// Nouns that stand for what somebody else has said.
const REFERRING: &str = "accusation account allegation assertion characterisation charge claim criticism description figure finding \
    insinuation narrative number position report statement story suggestion version";
/// Words beside such a noun: "rejected the allegations as baseless and false".
const BESIDE: usize = 2;
/// How many statements of others a denial reaches back over.
const BACK: usize = 6;

/// Position of what `by` denies among the tellings `before` it: what another side has said, nearest first.
///
/// "It" or "the accusation" takes up the last accusation or, failing that, what was said right before. Other words take up an
/// accusation with which they share a word where it names the side that denies, else two words.
fn taken_up(by: &Telling<'_>, before: &[Telling<'_>], pieces: &Pieces<'_>) -> Option<usize> {
    let side = by.party()?;
    let others =
        before.iter().enumerate().rev().filter(|(_, of)| of.is_attributed() && of.party().is_some_and(|party| party != side));
    let mut claims = others.filter(|(_, of)| of.family() == Family::Holds).take(BACK);
    let topics: Vec<Term> = by.content.shared_topics(&by.content).collect();
    let is_referring = |word: &Term| REFERRING.split_whitespace().any(|noun| stem(noun) == pieces.vocabulary.text(*word));
    if topics.is_empty() || topics.len() <= 1 + BESIDE && topics.iter().any(is_referring) {
        let last_said = before.iter().rposition(Telling::is_attributed);
        let accused = claims.clone().find(|(_, of)| of.said.act == Act::Accuse);
        return accused.or_else(|| claims.next().filter(|(at, _)| Some(*at) == last_said)).map(|(at, _)| at);
    }
    let names_it = |of: &Telling<'_>| {
        let addressed = of.said.addressee.as_ref().map(|id| pieces.party_of(id).unwrap_or(id)) == Some(side);
        addressed
            || of.content.sides().iter().any(|named| pieces.vocabulary.text(*named).trim_start_matches('@') == side.as_str())
    };
    let takes_up = |of: &Telling<'_>| {
        let needed = if names_it(of) { 1 } else { 2 };
        of.said.act == Act::Accuse && by.content.shared_topics(&of.content).count() >= needed
    };
    claims.find(|(_, of)| takes_up(of)).map(|(at, _)| at)
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
