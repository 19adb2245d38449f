//! Which decisions are in force, and what each reviewer says in the end.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::ActorId;

use super::{Anchor, Correction, Decision, FindingKind, Letter, Ruling, Verdict};

/// The decisions that nobody withdrew, withdrawals themselves left out; by time, then by id. Each once.
///
/// Only who made a decision withdraws it, and only later; a withdrawal can be withdrawn like any other decision. The order in which
/// decisions are given does not matter.
#[must_use]
pub fn in_force(decisions: &[Decision]) -> Vec<&Decision> {
    let mut all: Vec<&Decision> = decisions.iter().collect();
    all.sort_by(|one, two| (&one.at, &one.id).cmp(&(&two.at, &two.id)));
    all.dedup_by(|one, two| one.id == two.id);
    let mut withdrawn: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut kept: Vec<&Decision> = Vec::new();
    // The latest first: whether a withdrawal holds is known before what it withdraws is looked at.
    for decision in all.into_iter().rev() {
        if withdrawn.contains(&(decision.id.as_str(), decision.by.as_str())) {
            continue;
        }
        match &decision.verdict {
            Verdict::Withdraw { decision: of } => drop(withdrawn.insert((of, &decision.by))),
            _ => kept.push(decision),
        }
    }
    kept.reverse();
    kept
}

/// What one reviewer says of one finding, all decisions taken together.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Says {
    Accept,
    Reject,
    Correct(Correction),
}

/// What a reviewer's rulings on one finding come to, the oldest first. The last one counts; corrections that follow one another add up.
pub(super) fn says<'d>(rulings: impl Iterator<Item = &'d Ruling>) -> Option<Says> {
    rulings.fold(None, |before, ruling| {
        Some(match (before, ruling) {
            (_, Ruling::Accept) => Says::Accept,
            (_, Ruling::Reject) => Says::Reject,
            (Some(Says::Correct(before)), Ruling::Correct(more)) => Says::Correct(over(more, &before)),
            (_, Ruling::Correct(only)) => Says::Correct(only.clone()),
        })
    })
}

/// The correction with what only the one before it gave.
fn over(more: &Correction, before: &Correction) -> Correction {
    Correction {
        speaker: more.speaker.clone().or_else(|| before.speaker.clone()),
        // A new speaker has a side of its own.
        party: more.party.clone().or_else(|| before.party.clone().filter(|_| more.speaker.is_none())),
        act: more.act.or(before.act),
        words: more.words.clone().or_else(|| before.words.clone()),
    }
}

/// What reviewers come to together: the same of all, else nothing. Corrections of different things add up.
pub(super) fn together(of_each: &[Says]) -> Option<Says> {
    let (first, rest) = of_each.split_first()?;
    rest.iter().try_fold(first.clone(), |one, two| match (one, two) {
        (Says::Correct(one), Says::Correct(two)) => both(one, two).map(Says::Correct),
        (one, two) => (one == *two).then_some(one),
    })
}

fn both(one: Correction, two: &Correction) -> Option<Correction> {
    fn field<T: PartialEq + Clone>(one: Option<T>, two: Option<&T>) -> Option<Option<T>> {
        match (one, two) {
            (Some(one), Some(two)) => (one == *two).then_some(Some(one)),
            (one, two) => Some(one.or_else(|| two.cloned())),
        }
    }
    Some(Correction {
        speaker: field(one.speaker, two.speaker.as_ref())?,
        party: field(one.party, two.party.as_ref())?,
        act: field(one.act, two.act.as_ref())?,
        words: field(one.words, two.words.as_ref())?,
    })
}

/// What all reviewers who decided on a finding say of it alike, by the place where it was found; nothing of those on which they differ.
///
/// For who has no readings at hand: decisions that follow their finding to another place are told by [`reviewed`](crate::reviewed) alone.
#[must_use]
pub fn settled(decisions: &[Decision]) -> Vec<(&Anchor, Ruling)> {
    let mut findings: BTreeMap<(&str, FindingKind, &str), OnFinding<'_>> = BTreeMap::new();
    for decision in in_force(decisions) {
        if let Verdict::Finding(anchor, ruling) = &decision.verdict {
            let key = (anchor.capture.as_str(), anchor.kind, anchor.item.as_str());
            let (_, by) = findings.entry(key).or_insert_with(|| (anchor, BTreeMap::new()));
            by.entry(&decision.by).or_default().push(ruling);
        }
    }
    findings.into_values().filter_map(settle).collect()
}

/// A finding with the rulings of each reviewer, the oldest first.
type OnFinding<'d> = (&'d Anchor, BTreeMap<&'d str, Vec<&'d Ruling>>);

fn settle<'d>((anchor, by): OnFinding<'d>) -> Option<(&'d Anchor, Ruling)> {
    let of_each: Vec<Says> = by.into_values().filter_map(|rulings| says(rulings.into_iter())).collect();
    let ruling = match together(&of_each)? {
        Says::Accept => Ruling::Accept,
        Says::Reject => Ruling::Reject,
        Says::Correct(correction) => Ruling::Correct(correction),
    };
    Some((anchor, ruling))
}

/// A reviewer's last word on an actor: whom it is merged with, nobody where it was split.
pub(super) type Side<'d> = (&'d Decision, Option<&'d ActorId>);

/// For each actor that was merged or split the last word of each reviewer.
pub(super) fn sides_of_actors<'d>(in_force: &[&'d Decision]) -> BTreeMap<&'d ActorId, BTreeMap<&'d str, Side<'d>>> {
    let mut sides: BTreeMap<&ActorId, BTreeMap<&str, Side<'d>>> = BTreeMap::new();
    for decision in in_force {
        let (actor, into) = match &decision.verdict {
            Verdict::Merge { actor, into } => (actor, Some(into)),
            Verdict::Split { actor } => (actor, None),
            _ => continue,
        };
        sides.entry(actor).or_default().insert(&decision.by, (decision, into));
    }
    sides
}

/// For each outlet the last letter of each reviewer, with the reviewer's name; sorted.
#[must_use]
pub fn letters(in_force: &[&Decision]) -> BTreeMap<String, Vec<(Letter, String)>> {
    let mut given: BTreeMap<&str, BTreeMap<&str, Letter>> = BTreeMap::new();
    for decision in in_force {
        if let Verdict::Reliability { outlet, letter } = &decision.verdict {
            given.entry(outlet).or_default().insert(&decision.by, *letter);
        }
    }
    let sorted = |letters: BTreeMap<&str, Letter>| {
        let mut letters: Vec<(Letter, String)> = letters.into_iter().map(|(by, letter)| (letter, by.to_owned())).collect();
        letters.sort();
        letters
    };
    given.into_iter().map(|(outlet, letters)| (outlet.to_owned(), sorted(letters))).collect()
}
