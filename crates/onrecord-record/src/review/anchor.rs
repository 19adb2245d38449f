//! From a decision to the finding that it is about, in whatever reading there is now.

use std::collections::BTreeMap;

use onrecord_text::{CleanSpan, CleanText, SourceSpan};

use super::{AROUND, Anchor, Decision, FindingKind, PARTS_JOIN, Ruling, Verdict, gist, in_force};
use crate::id::{commitment_kind, item_id};
use crate::{ArticleIds, Entry, ItemRef, UniqueIds};

/// Whole words of the context that must be the same on one side at least.
const CONTEXT_WORDS: usize = 3;

/// A finding as anchors see it.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) kind: FindingKind,
    pub(super) at: ItemRef,
    pub(super) id: String,
    /// Where its words stand in the clean text. Never empty.
    pub(super) words: Vec<CleanSpan>,
    /// From the first to the last of them, in the source.
    cover: SourceSpan,
    pub(super) exact: String,
    /// What it says.
    gist: String,
}

/// The findings of an entry that can be decided on.
pub(super) fn findings(number: usize, entry: &Entry) -> Vec<Finding> {
    let mut unique = UniqueIds::default();
    let mut commitments = UniqueIds::default();
    let mut found = Vec::new();
    for (article, (page, reading)) in entry.page.articles.iter().zip(&entry.readings).enumerate() {
        let ids = ArticleIds::of(entry, article, &mut unique);
        let mut add = |kind, item, id, words: Vec<CleanSpan>| {
            let Some(cover) = words.iter().copied().reduce(CleanSpan::cover) else { return };
            let exact = cuts(&page.clean, &words);
            let at = ItemRef { entry: number, article, item };
            let gist = gist::of(reading, kind, item).unwrap_or_default();
            found.push(Finding { kind, at, id, words, cover: page.clean.source_of(cover), exact, gist });
        };
        for (item, (said, id)) in reading.assertions.iter().zip(ids.assertions).enumerate() {
            add(FindingKind::Assertion, item, id, said.content.clone());
        }
        for (item, (event, id)) in reading.events.iter().zip(ids.events).enumerate() {
            add(FindingKind::Event, item, id, event.spans.clone());
        }
        for (item, (figure, id)) in reading.figures.iter().zip(ids.figures).enumerate() {
            add(FindingKind::Figure, item, id, vec![figure.span]);
        }
        for (item, given) in reading.commitments.iter().enumerate() {
            let pieces = page.clean.source_pieces(given.what);
            let id = commitments.unique(item_id(commitment_kind(given.kind), entry.source_id(), &pieces));
            add(FindingKind::Commitment, item, id, vec![given.what]);
        }
    }
    found
}

/// The words at these places, the parts joined as anchors have them.
fn cuts(clean: &CleanText, words: &[CleanSpan]) -> String {
    words.iter().map(|span| clean.cut(*span)).collect::<Vec<_>>().join(PARTS_JOIN)
}

/// Where the decisions of a record may be laid.
#[derive(Debug)]
pub(super) struct Grounds<'e> {
    entries: &'e [Entry],
    /// The findings of entries that anchors name, by entry.
    findings: BTreeMap<usize, Vec<Finding>>,
    by_capture: BTreeMap<String, usize>,
    by_address: BTreeMap<&'e str, Vec<usize>>,
}

/// Address of an entry: where it was obtained, or else its name.
pub(crate) fn address(entry: &Entry) -> &str {
    entry.capture.url.as_deref().unwrap_or(&entry.name)
}

/// Why an anchor fits nothing, and what stands there instead.
pub(super) type Nowhere = (String, Option<(String, String)>);

impl<'e> Grounds<'e> {
    pub(super) fn of(entries: &'e [Entry]) -> Self {
        let by_capture = entries.iter().enumerate().map(|(number, entry)| (entry.source_id().to_string(), number)).collect();
        let mut by_address: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, entry) in entries.iter().enumerate() {
            by_address.entry(address(entry)).or_default().push(number);
        }
        Self { entries, findings: BTreeMap::new(), by_capture, by_address }
    }

    /// The findings that `anchor` is about, that of its own capture first.
    ///
    /// In its own capture: the finding with its id; else the one finding of its kind that has the same words at the same place, so that it
    /// lies over the old one. In other captures of the same address: the one finding of its kind with the same words and the same words
    /// before or behind them. Two that fit alike are none. Who accepts or rejects a finding means what it says: one with another speaker or
    /// act is another finding. A correction says itself what is right.
    pub(super) fn place(&mut self, anchor: &Anchor, ruling: &Ruling) -> Result<Vec<&Finding>, Nowhere> {
        let own = self.by_capture.get(&anchor.capture).copied();
        let versions = self.by_address.get(anchor.address.as_str()).cloned().unwrap_or_default();
        let others: Vec<usize> = versions.into_iter().filter(|number| Some(*number) != own).collect();
        for number in own.iter().chain(&others) {
            if let Some(entry) = self.entries.get(*number) {
                self.findings.entry(*number).or_insert_with(|| findings(*number, entry));
            }
        }
        let of = |number: &usize| self.findings.get(number).map(Vec::as_slice).unwrap_or_default();
        let mut placed: Vec<&Finding> = own.iter().filter_map(|number| in_own_capture(anchor, of(number))).collect();
        placed.extend(others.iter().filter_map(|number| in_other_capture(anchor, of(number), self.entries)));
        let other =
            placed.iter().find(|finding| finding.gist != anchor.found).map(|finding| (finding.id.clone(), finding.gist.clone()));
        if !matches!(ruling, Ruling::Correct(_)) {
            placed.retain(|finding| finding.gist == anchor.found);
        }
        if let Some(other) = other.filter(|_| placed.is_empty()) {
            return Err((
                format!("the {} there says something else now, not: {}", anchor.kind.name(), anchor.found),
                Some(other),
            ));
        }
        if placed.is_empty() {
            return Err(nowhere(anchor, own.map(|number| of(&number)), !others.is_empty()));
        }
        Ok(placed)
    }
}

/// Where a decision on a finding applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Id of the decision.
    pub decision: String,
    /// Kind of the finding.
    pub kind: FindingKind,
    /// The finding.
    pub at: ItemRef,
}

/// The places at which decisions in force apply in a record without them, by decision.
#[must_use]
pub fn places(entries: &[Entry], decisions: &[Decision]) -> Vec<Place> {
    let mut grounds = Grounds::of(entries);
    let mut places = Vec::new();
    for decision in in_force(decisions) {
        let Verdict::Finding(anchor, ruling) = &decision.verdict else { continue };
        let found = grounds.place(anchor, ruling).unwrap_or_default();
        let place = |finding: &Finding| Place { decision: decision.id.clone(), kind: finding.kind, at: finding.at };
        places.extend(found.into_iter().map(place));
    }
    places
}

/// From the first to the last byte of the words.
fn cover(anchor: &Anchor) -> Option<SourceSpan> {
    anchor.spans.iter().copied().reduce(SourceSpan::cover)
}

fn in_own_capture<'f>(anchor: &Anchor, findings: &'f [Finding]) -> Option<&'f Finding> {
    let of_kind = || findings.iter().filter(|finding| finding.kind == anchor.kind);
    if let Some(same) = of_kind().find(|finding| finding.id == anchor.item) {
        return Some(same);
    }
    let (words, place) = (plain(&anchor.exact), cover(anchor)?);
    only(of_kind().filter(|finding| finding.cover.overlaps(place) && plain(&finding.exact) == words))
}

fn in_other_capture<'f>(anchor: &Anchor, findings: &'f [Finding], entries: &[Entry]) -> Option<&'f Finding> {
    let words = plain(&anchor.exact);
    let sides = |finding: &Finding| {
        let article = entries.get(finding.at.entry).and_then(|entry| entry.page.articles.get(finding.at.article));
        let (before, behind) = article.map(|article| around(&article.clean, &finding.words)).unwrap_or_default();
        usize::from(last_words(&before) == last_words(&anchor.prefix))
            + usize::from(first_words(&behind) == first_words(&anchor.suffix))
    };
    let same = findings.iter().filter(|finding| finding.kind == anchor.kind && plain(&finding.exact) == words);
    let same: Vec<(usize, &Finding)> = same.map(|finding| (sides(finding), finding)).collect();
    let best = same.iter().map(|(sides, _)| *sides).max().filter(|sides| *sides > 0)?;
    only(same.into_iter().filter(|(sides, _)| *sides == best).map(|(_, finding)| finding))
}

/// What there is one of.
fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn nowhere(anchor: &Anchor, own: Option<&[Finding]>, has_versions: bool) -> Nowhere {
    let Some(findings) = own else {
        let reason = if has_versions {
            "its capture is not among the pages read, and no other capture of its address has the same words"
        } else {
            "neither its capture nor another one of its address is among the pages read"
        };
        return (reason.to_owned(), None);
    };
    let kind = anchor.kind.name();
    let there = findings.iter().filter(|finding| finding.kind == anchor.kind);
    let instead = cover(anchor).and_then(|place| there.clone().find(|finding| finding.cover.overlaps(place)));
    match instead {
        Some(now) => {
            let reason = format!("the {kind} there has other words now");
            (reason, Some((now.id.clone(), now.exact.clone())))
        }
        None => (format!("no {kind} is found there any more"), None),
    }
}

/// Up to [`AROUND`] characters of the clean text before the first and behind the last of these words.
#[must_use]
pub fn around(clean: &CleanText, words: &[CleanSpan]) -> (String, String) {
    let Some(all) = words.iter().copied().reduce(CleanSpan::cover) else { return Default::default() };
    let text = clean.text();
    let (before, behind) = (text.get(..all.start() as usize).unwrap_or(""), text.get(all.end() as usize..).unwrap_or(""));
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    (before.get(start..).unwrap_or("").to_owned(), behind.chars().take(AROUND).collect())
}

/// The words without marks and white space at the ends, white space as one space: a reader that takes quotation marks or a full stop with
/// the words has found the same.
fn plain(words: &str) -> String {
    let parts: Vec<&str> = words.split_whitespace().collect();
    parts.join(" ").trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned()
}

/// The last whole words of what stands before.
fn last_words(before: &str) -> Vec<String> {
    let mut words = word_list(before);
    // The first may be cut.
    if before.chars().count() >= AROUND && words.len() > 1 {
        words.remove(0);
    }
    words.split_off(words.len().saturating_sub(CONTEXT_WORDS))
}

/// The first whole words of what stands behind.
fn first_words(behind: &str) -> Vec<String> {
    let mut words = word_list(behind);
    if behind.chars().count() >= AROUND && words.len() > 1 {
        words.pop();
    }
    words.truncate(CONTEXT_WORDS);
    words
}

fn word_list(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
