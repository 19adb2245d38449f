//! How far two reviewers agree.

use std::collections::{BTreeMap, BTreeSet};

use super::force::{Says, in_force, says};
use super::{Anchor, Decision, Ruling, Verdict};

/// What two reviewers have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The two, in the order of their names.
    pub reviewers: (String, String),
    /// Findings on which both decided.
    pub shared: usize,
    /// Those that both keep (accept or correct), or both reject.
    pub same: usize,
    /// Those that each keeps.
    pub kept: (usize, usize),
    /// Findings on which they say different things, corrections included.
    pub differences: Vec<Difference>,
}

/// A finding on which two reviewers say different things.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The finding.
    pub anchor: Anchor,
    /// What each says in the end: `accept`, `reject`, `correct`.
    pub said: (&'static str, &'static str),
}

impl Agreement {
    /// Share of the findings on which they agree; nothing where they share none.
    #[must_use]
    pub fn observed(&self) -> Option<f64> {
        (self.shared > 0).then(|| self.same as f64 / self.shared as f64)
    }

    /// Cohen's kappa for keeping and rejecting (J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
    /// Measurement 20, 1960): how much of the agreement that chance does not explain was reached. Nothing where chance explains all, as when
    /// both keep everything.
    #[must_use]
    pub fn kappa(&self) -> Option<f64> {
        let observed = self.observed()?;
        let share = |kept: usize| kept as f64 / self.shared as f64;
        let (one, two) = (share(self.kept.0), share(self.kept.1));
        let expected = one * two + (1.0 - one) * (1.0 - two);
        // Both shares are 0 or 1 then, which are exact.
        (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
    }
}

/// A finding by what never changes of it: capture, kind, id.
type Key<'d> = (&'d str, super::FindingKind, &'d str);

/// What a reviewer says in the end of each finding.
type Said<'d> = BTreeMap<Key<'d>, (&'d Anchor, Says)>;

/// The agreement of every pair of reviewers who decided on one finding at least, by names.
#[must_use]
pub fn agreement(decisions: &[Decision]) -> Vec<Agreement> {
    let mut rulings: BTreeMap<&str, BTreeMap<Key<'_>, (&Anchor, Vec<&Ruling>)>> = BTreeMap::new();
    for decision in in_force(decisions) {
        if let Verdict::Finding(anchor, ruling) = &decision.verdict {
            let key = (anchor.capture.as_str(), anchor.kind, anchor.item.as_str());
            let of_reviewer = rulings.entry(&decision.by).or_default();
            of_reviewer.entry(key).or_insert_with(|| (anchor, Vec::new())).1.push(ruling);
        }
    }
    let said: Vec<(&str, Said<'_>)> = rulings
        .into_iter()
        .map(|(by, of_reviewer)| {
            let in_the_end = |(key, (anchor, rulings)): (_, (_, Vec<&Ruling>))| Some((key, (anchor, says(rulings.into_iter())?)));
            (by, of_reviewer.into_iter().filter_map(in_the_end).collect())
        })
        .collect();
    let pairs = said.iter().enumerate().flat_map(|(at, one)| said.iter().skip(at + 1).map(move |two| (one, two)));
    pairs.map(|((one, first), (two, second))| of_pair((one, first), (two, second))).collect()
}

fn of_pair<'d>((one, first): (&str, &Said<'d>), (two, second): (&str, &Said<'d>)) -> Agreement {
    let keys: BTreeSet<&Key<'_>> = first.keys().filter(|key| second.contains_key(*key)).collect();
    let mut found = Agreement {
        reviewers: (one.to_owned(), two.to_owned()),
        shared: keys.len(),
        same: 0,
        kept: (0, 0),
        differences: Vec::new(),
    };
    for key in keys {
        let (Some((anchor, one)), Some((_, two))) = (first.get(key), second.get(key)) else { continue };
        let keeps = |says: &Says| *says != Says::Reject;
        found.same += usize::from(keeps(one) == keeps(two));
        found.kept.0 += usize::from(keeps(one));
        found.kept.1 += usize::from(keeps(two));
        if one != two {
            found.differences.push(Difference { anchor: (*anchor).clone(), said: (name(one), name(two)) });
        }
    }
    found
}

const fn name(says: &Says) -> &'static str {
    match says {
        Says::Accept => "accept",
        Says::Reject => "reject",
        Says::Correct(_) => "correct",
    }
}
