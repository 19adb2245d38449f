//! Which origins stand behind a claim.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::ground::{BEARS, Ground, is_authors};
use super::{Finding, Found, MOST, Part, counted};
use crate::word::{is_empty_word, is_turning};
use crate::{Claim, ItemRef, Words};

/// The most claims that a question is taken to mean.
const CLAIMS: usize = 4;
/// Coverage from which a statement is on the same matter.
const SAME_MATTER: usize = 400;
/// Claims further behind the best than this, in thousandths, are not meant.
const BEHIND: usize = 200;

pub(super) fn origins(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let claims = &ground.record.claims;
    let scored = claims.iter().enumerate().map(|(at, claim)| (coverage(ground, claim), at));
    let mut scored: Vec<(usize, usize)> = scored.filter(|(score, _)| *score >= BEARS && ground.has_topics()).collect();
    scored.sort_by_key(|(score, at)| (Reverse(*score), *at));
    let best = scored.first().map_or(0, |(score, _)| *score);
    scored.retain(|(score, _)| score + BEHIND >= best);
    let left_out = scored.len().saturating_sub(CLAIMS);
    scored.truncate(CLAIMS);
    let meant: Vec<&Claim> = scored.iter().filter_map(|(_, at)| claims.get(*at)).collect();
    let mut shown: Vec<ItemRef> =
        meant.iter().flat_map(|claim| claim.assertions.iter().chain(&claim.denied_by)).copied().collect();
    let findings = scored.iter().filter_map(|(_, at)| Some(claim_finding(ground, *at, claims.get(*at)?))).collect();
    let mut part = Part::of("claims", "The claim, with the origins behind it", findings, CLAIMS);
    part.left_out = left_out;
    let none: Vec<Finding> = none_of_it(ground, &shown);
    shown.extend(none.iter().filter_map(|finding| if let Found::Assertion(at) = finding.found { Some(at) } else { None }));
    let others = others(ground, &shown);
    shown.extend(others.iter().filter_map(|finding| if let Found::Assertion(at) = finding.found { Some(at) } else { None }));
    let shown: Vec<Words> = shown.iter().flat_map(|at| words_of(ground, *at)).collect();
    let passages = ground.passages_bearing(BEARS.max(best.saturating_sub(BEHIND)), &shown);
    let passages = passages.into_iter().map(|(_, passage)| Finding::of(Found::Passage(passage.words()))).collect();
    let summary = if meant.is_empty() {
        "No claim in these pages is read as the one asked about.".to_owned()
    } else {
        let outlets: BTreeSet<&String> = meant.iter().flat_map(|claim| &claim.outlets).collect();
        let publishers: BTreeSet<&String> = meant.iter().flat_map(|claim| &claim.publishers).collect();
        let origins = meant.iter().map(|claim| claim.origins.len()).max().unwrap_or(0);
        format!(
            "{} bear on it, carried by {} of {}; the most origins that one of them has is {origins}.",
            counted(meant.len(), "claim", "claims"),
            counted(outlets.len(), "outlet", "outlets"),
            counted(publishers.len(), "publisher at most", "publishers at most"),
        )
    };
    let parts = vec![
        part,
        Part::of("none", "Said of it: that there is none", none, MOST),
        Part::of("others", "What others say on the same matter", others, MOST),
        Part::of("passages", "Passages with the same words, read as no claim of their own", passages, 6),
    ];
    (summary, parts)
}

fn coverage(ground: &Ground<'_>, claim: &Claim) -> usize {
    claim.assertions.iter().map(|at| ground.coverage_of(*at)).max().unwrap_or(0)
}

/// A claim with the names of its publishers and the agencies that its pages credit.
pub(super) fn claim_finding(ground: &Ground<'_>, at: usize, claim: &Claim) -> Finding {
    let mut finding = Finding::of(Found::Claim(at));
    finding.remarks.push(format!("outlets: {}; publishers: {}", claim.outlets.join(", "), claim.publishers.join(", ")));
    if let Some(persons) = claim.unnamed {
        finding.remarks.push(format!("those who are not named are {persons}"));
    }
    let homes: BTreeSet<(usize, usize)> = claim.assertions.iter().map(|at| (at.entry, at.article)).collect();
    let agencies: BTreeSet<String> = homes.into_iter().filter_map(|home| agency(ground, home)).collect();
    if !agencies.is_empty() {
        finding.remarks.push(format!("credited to {}", agencies.into_iter().collect::<Vec<_>>().join(", ")));
    }
    finding
}

/// The agency that a page credits.
pub(super) fn agency(ground: &Ground<'_>, home: (usize, usize)) -> Option<String> {
    let span = ground.page(home)?.agency?;
    let name = ground.record.entries.get(home.0)?.page.source.cut(span).trim().to_owned();
    (!name.is_empty()).then_some(name)
}

/// What is said on the same matter besides, each wording once.
pub(super) fn others(ground: &Ground<'_>, shown: &[ItemRef]) -> Vec<Finding> {
    let mut found: Vec<(usize, ItemRef)> = ground
        .assertions()
        .filter(|(at, said)| !is_authors(said) && !shown.contains(at))
        .map(|(at, _)| (ground.coverage_of(at), at))
        .filter(|(score, _)| *score >= SAME_MATTER && ground.has_topics())
        .collect();
    found.sort_by_key(|(score, at)| (Reverse(*score), *at));
    let mut seen: BTreeSet<String> = shown.iter().map(|at| ground.wording(Found::Assertion(*at))).collect();
    found.retain(|(_, at)| seen.insert(ground.wording(Found::Assertion(*at))));
    found.into_iter().map(|(_, at)| Finding::of(Found::Assertion(at))).collect()
}

/// Words between "no" and what there is none of ("no such secret camps").
const BETWEEN: usize = 2;

/// Statements that there is none of what the question is about, in articles that have every name it gives: "there are no camps" bears on
/// every claim about camps, whatever other words that has.
fn none_of_it(ground: &Ground<'_>, shown: &[ItemRef]) -> Vec<Finding> {
    let things: BTreeSet<&str> = ground
        .asked
        .topics
        .iter()
        .filter(|topic| !topic.is_name && !topic.is_number && !topic.key.starts_with('@'))
        .map(|topic| topic.key.as_str())
        .collect();
    let denies = |words: Words| {
        let all = onrecord_lexicon::asked_words(ground.cut(words));
        let lower: Vec<&str> = all.iter().map(|word| word.lower.as_str()).collect();
        let is_thing = |word: &str| things.contains(super::asked::key(word, ground.lexicon).as_str());
        let there_is_no = |at: usize| {
            let before = lower.get(at.saturating_sub(3)..at).unwrap_or_default();
            let exists = before.contains(&"there") || matches!(before.last(), Some(&("have" | "has" | "had")));
            exists
                && lower.iter().skip(at + 1).take(BETWEEN + 1).take_while(|word| !is_empty_word(word)).any(|word| is_thing(word))
        };
        let no = lower.iter().enumerate().filter(|(_, word)| **word == "no").any(|(at, _)| there_is_no(at));
        let never_was = lower.windows(2).enumerate().any(|(at, pair)| {
            let not = is_turning(pair[0]) && matches!(pair[1], "exist" | "exists" | "existed");
            not && lower.iter().take(at).rev().take(BETWEEN + 2).any(|word| is_thing(word))
        });
        no || never_was
    };
    let home = |at: ItemRef| (at.entry, at.article);
    let mut seen = BTreeSet::new();
    ground
        .assertions()
        .filter(|(at, said)| !is_authors(said) && !shown.contains(at) && ground.has_names_in(home(*at)))
        .filter(|(at, _)| words_of(ground, *at).into_iter().any(denies))
        .filter(|(at, _)| seen.insert(ground.wording(Found::Assertion(*at))))
        .map(|(at, _)| Finding::of(Found::Assertion(at)))
        .collect()
}

/// Where an assertion has its words.
pub(super) fn words_of(ground: &Ground<'_>, at: ItemRef) -> Vec<Words> {
    let said = ground.assertion(at);
    let spans = said.map(|said| said.content.as_slice()).unwrap_or_default();
    spans.iter().map(|span| Words { entry: at.entry, article: at.article, span: *span }).collect()
}
