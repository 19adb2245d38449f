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
    let deny: BTreeSet<ItemRef> = denials.iter().map(|denial| denial.by).collect();
    for denial in &denials {
        let is_linked = !denial.claims.is_empty() || !denial.of.is_empty();
        findings.push(if is_linked { Finding::labelled("denial", Found::Assertion(denial.by)) } else { unlinked(denial.by) });
        shown.insert(denial.by);
        for claim in &denial.claims {
            findings.push(Finding::labelled("denies", Found::Claim(*claim)));
            shown.extend(ground.record.claims.get(*claim).into_iter().flat_map(|claim| &claim.assertions));
        }
        for of in denial.of.iter().filter(|of| !shown.contains(of)) {
            findings.push(Finding::labelled("denies", Found::Assertion(*of)));
        }
        shown.extend(&denial.of);
        for next in goes_on(ground, denial.by, &shown).into_iter().filter(|next| !deny.contains(next)) {
            findings.push(Finding::labelled("goes on", Found::Assertion(next)));
            shown.insert(next);
        }
    }
    let against = against(ground, &shown, &deniers);
    shown.extend(against.iter().filter_map(|finding| if let Found::Assertion(at) = finding.found { Some(at) } else { None }));
    let accusations = accusations(ground, &denials, &shown);
    let beside = beside(ground, &shown);
    let summary = format!(
        "{} by {}; {} on the same matter by others. A denial is the denier's word: that something stands against it settles nothing.",
        counted(denials.len(), "denial", "denials"),
        counted(deniers.len(), "known side", "known sides"),
        counted(against.len(), "statement", "statements"),
    );
    let parts = vec![
        Part::of("denials", "Denials, and what they are known to deny", findings, 3 * MOST),
        Part::of("against", "What others say on the same matter, and what the deniers say of it elsewhere", against, MOST),
        Part::of(
            "beside",
            "Other denials and replies of articles that are on the matter from their first lines on; of what, read there",
            beside,
            MOST,
        ),
        Part::of("accusations", "Accused of by others in the same articles", accusations, MOST),
    ];
    (summary, parts)
}

/// Statements right behind a denial with which it goes on.
const GOES_ON: usize = 2;

/// What the denier's side says right behind an explicit denial, in the same paragraph: "disputed the count. Nine of the ships, it said, …".
fn goes_on(ground: &Ground<'_>, by: ItemRef, shown: &BTreeSet<ItemRef>) -> Vec<ItemRef> {
    let Some(side) = ground.side(by).filter(|_| ground.assertion(by).is_some_and(|said| said.act == Act::Deny)) else {
        return Vec::new();
    };
    let block = |at: ItemRef| {
        let words = super::origins::words_of(ground, at).first().copied()?;
        ground.paragraph(words).next().map(super::ground::Passage::words)
    };
    let own = block(by);
    (by.item + 1..)
        .map(|item| ItemRef { item, ..by })
        .take(GOES_ON)
        .take_while(|at| {
            ground.side(*at) == Some(side)
                && block(*at) == own
                && ground.assertion(*at).is_some_and(|said| !is_authors(said) && matches!(said.act, Act::State | Act::Deny))
        })
        .filter(|at| !shown.contains(at))
        .collect()
}

/// Articles that hold this much of the question in their first lines are on the matter.
const HEADED: usize = 600;

/// Denials, and what is said in reply, in articles that are on the matter from their first lines on.
fn beside(ground: &Ground<'_>, shown: &BTreeSet<ItemRef>) -> Vec<Finding> {
    if !ground.has_topics() {
        return Vec::new();
    }
    let of_claims: BTreeSet<ItemRef> = ground.record.claims.iter().flat_map(|claim| &claim.denied_by).copied().collect();
    let linked = |at: ItemRef| {
        let in_article = ground.reading(at.entry, at.article);
        of_claims.contains(&at) || in_article.is_some_and(|reading| reading.denials.iter().any(|denial| denial.by == at.item))
    };
    let replies = ground.looking_for("asked-reply");
    let replied = |at: ItemRef| {
        let said = ground.assertion(at)?;
        let inside = said.cue.map(|span| crate::Words { entry: at.entry, article: at.article, span })?;
        let passage = ground.passages_at(inside).next()?;
        let text = ground.cut(passage.words());
        let (from, _) = replies.find_in(text)?;
        let from = passage.span.start() + u32::try_from(from).ok()?;
        (!said.content.iter().any(|span| span.start() <= from && from < span.end())).then_some(())
    };
    let mut seen = BTreeSet::new();
    ground
        .assertions()
        .filter(|(at, said)| !is_authors(said) && !shown.contains(at) && ground.is_asked_side(ground.side(*at)))
        .filter(|(at, _)| ground.head_coverage((at.entry, at.article)) >= HEADED)
        .filter(|(at, said)| said.act == Act::Deny || linked(*at) || replied(*at).is_some())
        .filter(|(at, _)| seen.insert(ground.wording(Found::Assertion(*at))))
        .map(|(at, _)| Finding::of(Found::Assertion(at)))
        .collect()
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
