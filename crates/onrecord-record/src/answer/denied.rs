//! What was denied, by whom, and what stands against the denial.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{Act, ActorId};

use super::ground::{BEARS, Ground, is_authors};
use super::{Finding, Found, MOST, Part, counted};
use crate::ItemRef;

/// Coverage from which a statement is on the same matter.
const SAME_MATTER: usize = 400;

/// A denial and what it is known to deny.
struct Denial {
    by: ItemRef,
    claims: BTreeSet<usize>,
    of: BTreeSet<ItemRef>,
    score: usize,
}

pub(super) fn denied(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let denials = denials(ground);
    let deniers: BTreeSet<&ActorId> = denials.iter().filter_map(|denial| ground.side(denial.by)).collect();
    let mut shown: BTreeSet<ItemRef> = BTreeSet::new();
    let mut findings = Vec::new();
    for denial in &denials {
        findings.push(Finding::labelled("denial", Found::Assertion(denial.by)));
        shown.insert(denial.by);
        for claim in &denial.claims {
            findings.push(Finding::labelled("denies", Found::Claim(*claim)));
            shown.extend(ground.record.claims.get(*claim).into_iter().flat_map(|claim| &claim.assertions));
        }
        for of in denial.of.iter().filter(|of| !shown.contains(of)) {
            findings.push(Finding::labelled("denies", Found::Assertion(*of)));
        }
        shown.extend(&denial.of);
        if denial.claims.is_empty() && denial.of.is_empty() {
            findings.extend(findings.len().checked_sub(1).and_then(|at| findings.get(at)).cloned().map(|_| unlinked(denial.by)));
        }
    }
    // One finding for each denial that nothing is linked to would stand twice.
    findings.dedup_by(|later, earlier| {
        later.found == earlier.found && {
            earlier.remarks.append(&mut later.remarks);
            true
        }
    });
    let against = against(ground, &shown, &deniers);
    shown.extend(against.iter().filter_map(|finding| if let Found::Assertion(at) = finding.found { Some(at) } else { None }));
    let accusations = accusations(ground, &denials, &shown);
    let summary = format!(
        "{} by {}; {} on the same matter by others. A denial is the denier's word: that something stands against it settles nothing.",
        counted(denials.len(), "denial", "denials"),
        counted(deniers.len(), "known side", "known sides"),
        counted(against.len(), "statement", "statements"),
    );
    let parts = vec![
        Part::of("denials", "Denials, and what they are known to deny", findings, 3 * MOST),
        Part::of("against", "What others say on the same matter, and what the deniers say of it elsewhere", against, MOST),
        Part::of("accusations", "Accused of by others in the same articles", accusations, MOST),
    ];
    (summary, parts)
}

/// What others lay at the door of those who deny, in the articles that have the denials.
fn accusations(ground: &Ground<'_>, denials: &[Denial], shown: &BTreeSet<ItemRef>) -> Vec<Finding> {
    let home = |at: ItemRef| (at.entry, at.article);
    let of_denial =
        |at: ItemRef| denials.iter().any(|denial| home(denial.by) == home(at) && ground.side(denial.by) != ground.side(at));
    let accused = ground
        .assertions()
        .filter(|(at, said)| said.act == Act::Accuse && !is_authors(said) && !shown.contains(at) && of_denial(*at));
    let mut seen = BTreeSet::new();
    let found = accused
        .filter(|(at, _)| ground.has_topics() && seen.insert(ground.wording(Found::Assertion(*at))))
        .map(|(at, _)| Finding::of(Found::Assertion(at)));
    found.collect()
}

fn unlinked(by: ItemRef) -> Finding {
    let mut finding = Finding::labelled("denial", Found::Assertion(by));
    finding.remarks.push("what exactly it denies could not be linked".to_owned());
    finding
}

fn denials(ground: &Ground<'_>) -> Vec<Denial> {
    let mut found: BTreeMap<ItemRef, Denial> = BTreeMap::new();
    let denial = |by: ItemRef| Denial { by, claims: BTreeSet::new(), of: BTreeSet::new(), score: ground.coverage_of(by) };
    for (place, claim) in ground.record.claims.iter().enumerate() {
        let of_claim = claim.assertions.iter().map(|at| ground.coverage_of(*at)).max().unwrap_or(0);
        for by in &claim.denied_by {
            let known = found.entry(*by).or_insert_with(|| denial(*by));
            known.claims.insert(place);
            known.score = known.score.max(of_claim);
        }
    }
    for (entry, article) in ground.homes() {
        for link in ground.reading(entry, article).into_iter().flat_map(|reading| &reading.denials) {
            let (by, of) = (ItemRef { entry, article, item: link.by }, ItemRef { entry, article, item: link.of });
            let known = found.entry(by).or_insert_with(|| denial(by));
            let in_claim = ground
                .record
                .claims
                .iter()
                .enumerate()
                .any(|(at, claim)| known.claims.contains(&at) && claim.assertions.contains(&of));
            if !in_claim {
                known.of.insert(of);
            }
            known.score = known.score.max(ground.coverage_of(of));
        }
    }
    for (at, said) in ground.assertions() {
        let negates = || ground.has_topics() && said.act != Act::Demand && says_no(ground, at) && ground.coverage_of(at) >= BEARS;
        if !is_authors(said) && (said.act == Act::Deny || negates()) {
            found.entry(at).or_insert_with(|| denial(at));
        }
    }
    let mut denials: Vec<Denial> =
        found.into_values().filter(|denial| denial.score >= BEARS && ground.is_asked_side(ground.side(denial.by))).collect();
    if ground.has_topics() {
        denials.sort_by_key(|denial| (Reverse(denial.score), denial.by));
    }
    let mut seen = BTreeSet::new();
    denials.retain(|denial| seen.insert(ground.wording(Found::Assertion(denial.by))));
    denials
}

/// "Its boats do not leave port": words that turn the sentence round say that something is not so.
fn says_no(ground: &Ground<'_>, at: ItemRef) -> bool {
    let words = super::origins::words_of(ground, at);
    let turning = |words: &crate::Words| {
        let lower: Vec<String> = onrecord_lexicon::asked_words(ground.cut(*words)).into_iter().map(|word| word.lower).collect();
        lower
            .iter()
            .filter(|word| {
                matches!(word.as_str(), "no" | "not" | "never" | "none" | "nobody" | "nothing") || word.ends_with("n't")
            })
            .count()
            == 1
    };
    words.iter().any(turning)
}

/// What is said on the matter and is no denial: by others first, then by the deniers' own side.
fn against(ground: &Ground<'_>, shown: &BTreeSet<ItemRef>, deniers: &BTreeSet<&ActorId>) -> Vec<Finding> {
    if !ground.has_topics() {
        return Vec::new();
    }
    let others = ground.assertions().filter(|(at, said)| !shown.contains(at) && said.act != Act::Deny && !is_authors(said));
    let mut scored: Vec<(usize, bool, ItemRef)> = others
        .map(|(at, _)| (ground.coverage_of(at), ground.side(at).is_some_and(|side| deniers.contains(side)), at))
        .filter(|(score, ..)| *score >= SAME_MATTER)
        .collect();
    scored.sort_by_key(|(score, own, at)| (*own, Reverse(*score), *at));
    let mut seen: BTreeSet<String> = shown.iter().map(|at| ground.wording(Found::Assertion(*at))).collect();
    scored.retain(|(.., at)| seen.insert(ground.wording(Found::Assertion(*at))));
    let label = |own: bool| if own { "the same side" } else { "against it or beside it" };
    scored.into_iter().map(|(_, own, at)| Finding::labelled(label(own), Found::Assertion(at))).collect()
}
