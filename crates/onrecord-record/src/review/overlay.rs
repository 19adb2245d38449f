//! Decisions in force laid over readings.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{ActorId, Lexicon};
use onrecord_page::Article;
use onrecord_read::{Reading, Speaker, SpeakerKind};
use onrecord_text::{CleanSpan, SourceSpan};

use super::anchor::{Finding, Grounds};
use super::commitment::follow;
use super::force::{Says, in_force, letters, says, sides_of_actors, together};
use super::remove::{AllMoved, Gone, remove, stands_on};
use super::{
    Anchor, CorrectedWords, Correction, Decision, FindingKind, LeftOut, Lost, Mark, Outcome, Rejected, Review, Ruling, Verdict,
};
use crate::actor::rename;
use crate::{Entry, ItemRef};

/// Bytes of clean text around a finding in which corrected words are looked for in another version of a page.
const NEAR: u32 = 400;

/// A decision on a finding with its anchor.
type Decided<'d> = (&'d Decision, &'d Anchor, &'d Ruling);

/// All that was decided on one finding.
struct OnFinding<'d> {
    id: String,
    words: Vec<CleanSpan>,
    decided: Vec<Decided<'d>>,
}

/// Puts what decisions in force say into the readings, whose actors have one id each by now. The order of decisions does not matter.
pub(crate) fn lay_over(entries: &mut [Entry], decisions: &[Decision], rejected: Rejected, lexicon: &Lexicon) -> Review {
    if decisions.is_empty() {
        return Review::default();
    }
    let in_force = in_force(decisions);
    let mut review = Review { in_force: in_force.len(), rejected, outlets: letters(&in_force), ..Review::default() };
    let mut articles: BTreeMap<(usize, usize), BTreeMap<(FindingKind, usize), OnFinding<'_>>> = BTreeMap::new();
    for ((kind, at), on) in placed(entries, &in_force, &mut review) {
        articles.entry((at.entry, at.article)).or_default().insert((kind, at.item), on);
    }
    for ((number, article), findings) in articles {
        let Some(entry) = entries.get_mut(number) else { continue };
        let source = entry.source_id().to_string();
        let (Some(page), Some(reading)) = (entry.page.articles.get(article), entry.readings.get_mut(article)) else { continue };
        let mut over =
            Over { reading, page, source: &source, rejected, review: &mut review, gone: Gone::default(), marks: Vec::new() };
        for (place, on) in findings {
            over.decide(place, on);
        }
        over.finish(number, article);
    }
    merge(entries, &in_force, lexicon, &mut review);
    review.lost.sort_by(|one, two| (&one.decision, &one.reason).cmp(&(&two.decision, &two.reason)));
    review.lost.dedup();
    review
}

/// What was decided on each finding that is there.
fn placed<'d>(
    entries: &[Entry],
    in_force: &[&'d Decision],
    review: &mut Review,
) -> BTreeMap<(FindingKind, ItemRef), OnFinding<'d>> {
    let mut grounds = Grounds::of(entries);
    let mut placed: BTreeMap<(FindingKind, ItemRef), OnFinding<'d>> = BTreeMap::new();
    for decision in in_force {
        let Verdict::Finding(anchor, ruling) = &decision.verdict else { continue };
        match grounds.place(anchor, ruling) {
            Ok(findings) => {
                for Finding { kind, at, id, words, .. } in findings {
                    let new = || OnFinding { id: id.clone(), words: words.clone(), decided: Vec::new() };
                    placed.entry((*kind, *at)).or_insert_with(new).decided.push((decision, anchor, ruling));
                }
            }
            Err((reason, instead)) => review.lost.push(Lost { decision: decision.id.clone(), reason, instead }),
        }
    }
    placed
}

/// One reading while decisions are laid over it.
struct Over<'r> {
    reading: &'r mut Reading,
    page: &'r Article,
    /// Hash of the capture.
    source: &'r str,
    rejected: Rejected,
    review: &'r mut Review,
    gone: Gone,
    /// What is marked, by the positions that items had before some were taken out.
    marks: Vec<((FindingKind, usize), Mark)>,
}

impl Over<'_> {
    fn decide(&mut self, (kind, item): (FindingKind, usize), on: OnFinding<'_>) {
        let mut by_reviewer: BTreeMap<&str, Vec<&Ruling>> = BTreeMap::new();
        for (decision, _, ruling) in &on.decided {
            by_reviewer.entry(&decision.by).or_default().push(ruling);
        }
        let of_each: Vec<Says> = by_reviewer.values().filter_map(|rulings| says(rulings.iter().copied())).collect();
        let mut decisions: Vec<String> = on.decided.iter().map(|(decision, ..)| decision.id.clone()).collect();
        decisions.sort();
        let mut mark = Mark {
            outcome: Outcome::Differs,
            by: by_reviewer.into_keys().map(str::to_owned).collect(),
            decisions,
            finding: on.id.clone(),
            found: None,
        };
        match together(&of_each) {
            None => {}
            Some(Says::Accept) => mark.outcome = Outcome::Accepted,
            Some(Says::Reject) => {
                mark.outcome = Outcome::Rejected;
                self.reject(kind, item, &on.id);
            }
            Some(Says::Correct(correction)) => {
                let before = self.reading.assertions.get(item).cloned();
                match self.correct(item, &correction, &on) {
                    Ok(()) => {
                        mark.outcome = Outcome::Corrected;
                        mark.found = before.map(Box::new);
                    }
                    Err(reason) => {
                        let lost = |decision: &String| Lost { decision: decision.clone(), reason: reason.clone(), instead: None };
                        self.review.lost.extend(mark.decisions.iter().map(lost));
                        return;
                    }
                }
            }
        }
        self.marks.push(((kind, item), mark));
    }

    fn reject(&mut self, kind: FindingKind, item: usize, id: &str) {
        if self.rejected == Rejected::Shown {
            return;
        }
        let (list, with_it) = match kind {
            FindingKind::Assertion => (&mut self.gone.assertions, stands_on(self.reading, item)),
            FindingKind::Event => (&mut self.gone.events, 0),
            FindingKind::Figure => (&mut self.gone.figures, 0),
            FindingKind::Commitment => (&mut self.gone.commitments, 0),
        };
        list.insert(item);
        self.review.left_out.push(LeftOut { kind, finding: id.to_owned(), with_it });
    }

    /// Puts the correction into the assertion at `item`, or nothing of it and says why.
    fn correct(&mut self, item: usize, correction: &Correction, on: &OnFinding<'_>) -> Result<(), String> {
        let content = correction.words.as_ref().map(|words| self.corrected(words, on)).transpose()?;
        let Some(said) = self.reading.assertions.get_mut(item) else { return Err("it is no assertion".to_owned()) };
        let before = said.clone();
        if let Some(speaker) = &correction.speaker {
            said.speaker = speaker.clone();
        }
        if let Some(party) = &correction.party {
            said.speaker.party = Some(party.clone());
        }
        said.act = correction.act.unwrap_or(said.act);
        if let Some(content) = content {
            said.content = content;
        }
        follow(self.reading, item, &before, &mut self.gone.commitments);
        Ok(())
    }

    /// Where the corrected words stand in the clean text of this article: by place in the capture that was reviewed, by words in another.
    fn corrected(&self, words: &CorrectedWords, on: &OnFinding<'_>) -> Result<Vec<CleanSpan>, String> {
        let reviewed = on.decided.iter().any(|(_, anchor, _)| anchor.capture == self.source);
        let found: Option<Vec<CleanSpan>> = if reviewed {
            words.spans.iter().map(|span| self.at(*span)).collect()
        } else {
            words.exact.iter().map(|exact| self.near(exact, &on.words)).collect()
        };
        let found = found.filter(|spans| !spans.is_empty());
        found.ok_or_else(|| "the corrected words do not stand in the article".to_owned())
    }

    fn at(&self, span: SourceSpan) -> Option<CleanSpan> {
        self.page.clean.clean_of(span).filter(|span| !span.is_empty())
    }

    /// The one place near the finding where these words stand.
    fn near(&self, exact: &str, finding: &[CleanSpan]) -> Option<CleanSpan> {
        let all = finding.iter().copied().reduce(CleanSpan::cover)?;
        let text = self.page.clean.text();
        let start = text.floor_char_boundary(all.start().saturating_sub(NEAR) as usize);
        let end = text.ceil_char_boundary((all.end().saturating_add(NEAR) as usize).min(text.len()));
        let mut places = text.get(start..end)?.match_indices(exact).map(|(at, found)| (start + at, start + at + found.len()));
        let (first, last) = places.next()?;
        if exact.is_empty() || places.next().is_some() {
            return None;
        }
        Some(CleanSpan::new(u32::try_from(first).ok()?, u32::try_from(last).ok()?))
    }

    /// Takes out what is gone, and marks what is left where it stands now.
    fn finish(self, entry: usize, article: usize) {
        let moved: AllMoved = remove(self.reading, self.gone);
        for ((kind, item), mark) in self.marks {
            let list = match kind {
                FindingKind::Assertion => &moved.assertions,
                FindingKind::Event => &moved.events,
                FindingKind::Figure => &moved.figures,
                FindingKind::Commitment => &moved.commitments,
            };
            if let Some(item) = list.to(item) {
                self.review.marks.insert((kind, ItemRef { entry, article, item }), mark);
            }
        }
    }
}

/// Who an actor is, for those that are merged into it.
struct Profile {
    name: String,
    kind: SpeakerKind,
    party: Option<ActorId>,
}

/// Gives merged actors the id of the one they are, in all readings.
fn merge(entries: &mut [Entry], in_force: &[&Decision], lexicon: &Lexicon, review: &mut Review) {
    let (wanted, differing) = agreed(in_force);
    review.lost.extend(differing);
    let mut new_ids: BTreeMap<ActorId, ActorId> = BTreeMap::new();
    let mut profiles: BTreeMap<ActorId, Profile> = BTreeMap::new();
    for (actor, (into, decisions)) in &wanted {
        let reason = match end_of_chain(into, &wanted) {
            None => "the actors are merged in a circle".to_owned(),
            Some(end) => {
                let known = profiles.contains_key(end)
                    || profile(end, entries, lexicon).is_some_and(|found| profiles.insert(end.clone(), found).is_none());
                if known {
                    new_ids.insert((*actor).clone(), end.clone());
                    continue;
                }
                format!("there is no actor {end} among the pages read")
            }
        };
        review.lost.extend(decisions.iter().map(|id| Lost { decision: (*id).to_owned(), reason: reason.clone(), instead: None }));
    }
    if new_ids.is_empty() {
        return;
    }
    for reading in entries.iter_mut().flat_map(|entry| &mut entry.readings) {
        for said in &mut reading.assertions {
            std::iter::once(&mut said.speaker)
                .chain(&mut said.via)
                .for_each(|speaker| become_other(speaker, &new_ids, &profiles));
        }
        for named in &mut reading.actors {
            if let Some(found) = new_ids.get(&named.id).and_then(|id| profiles.get(id)) {
                (named.name, named.party) = (found.name.clone(), found.party.clone().or_else(|| named.party.take()));
            }
        }
        rename(reading, &new_ids);
    }
    review.merged = new_ids;
}

/// Whom each actor is merged with, where all reviewers who said anything of it say the same; and the decisions of those who differ.
type Wanted<'d> = BTreeMap<&'d ActorId, (&'d ActorId, Vec<&'d str>)>;

fn agreed<'d>(in_force: &[&'d Decision]) -> (Wanted<'d>, Vec<Lost>) {
    let (mut wanted, mut differing) = (BTreeMap::new(), Vec::new());
    for (actor, sides) in sides_of_actors(in_force) {
        let said: BTreeSet<Option<&ActorId>> = sides.values().map(|(_, into)| *into).collect();
        let decisions: Vec<&str> = sides.values().map(|(decision, _)| decision.id.as_str()).collect();
        match (said.len(), said.first()) {
            (1, Some(Some(into))) => drop(wanted.insert(actor, (*into, decisions))),
            (1, _) => {}
            _ => {
                let reason = format!("reviewers differ on whether {actor} is somebody else");
                let lost = |id: &&str| Lost { decision: (*id).to_owned(), reason: reason.clone(), instead: None };
                differing.extend(decisions.iter().map(lost));
            }
        }
    }
    (wanted, differing)
}

/// Whom `actor` is in the end; nobody where the way runs in a circle.
fn end_of_chain<'d>(actor: &'d ActorId, wanted: &Wanted<'d>) -> Option<&'d ActorId> {
    let mut at = actor;
    for _ in 0..=wanted.len() {
        match wanted.get(at) {
            None => return Some(at),
            Some((next, _)) => at = next,
        }
    }
    None
}

/// Whom each merged actor is, where reviewers agree on it.
///
/// For who has no readings at hand: whether there is such an actor among the pages is told by [`reviewed`](crate::reviewed) alone.
#[must_use]
pub fn merged(decisions: &[Decision]) -> BTreeMap<ActorId, ActorId> {
    let in_force = in_force(decisions);
    let (wanted, _) = agreed(&in_force);
    let ends = wanted.iter().filter_map(|(actor, (into, _))| Some(((*actor).clone(), end_of_chain(into, &wanted)?.clone())));
    ends.collect()
}

fn profile(id: &ActorId, entries: &[Entry], lexicon: &Lexicon) -> Option<Profile> {
    if let Some(actor) = lexicon.actor(id) {
        return Some(Profile { name: actor.name.clone(), kind: actor.kind.into(), party: actor.party.clone() });
    }
    let readings = || entries.iter().flat_map(|entry| &entry.readings);
    let mut named = readings().flat_map(|reading| &reading.actors).filter(|actor| actor.id == *id);
    let mut speakers = readings()
        .flat_map(|reading| &reading.assertions)
        .map(|said| &said.speaker)
        .filter(|speaker| speaker.actor.as_ref() == Some(id) && speaker.kind != SpeakerKind::Document);
    let of_actor =
        named.next().map(|actor| Profile { name: actor.name.clone(), kind: actor.kind.into(), party: actor.party.clone() });
    of_actor.or_else(|| {
        speakers.next().map(|speaker| Profile { name: speaker.name.clone(), kind: speaker.kind, party: speaker.party.clone() })
    })
}

/// A speaker who is merged with another has that one's name, kind and side. A document stays what it is; its author changes.
fn become_other(speaker: &mut Speaker, new_ids: &BTreeMap<ActorId, ActorId>, profiles: &BTreeMap<ActorId, Profile>) {
    let Some(found) = speaker.actor.as_ref().and_then(|id| new_ids.get(id)).and_then(|id| profiles.get(id)) else { return };
    if speaker.kind != SpeakerKind::Document {
        (speaker.name, speaker.kind) = (found.name.clone(), found.kind);
    }
    speaker.party = found.party.clone().or_else(|| speaker.party.take());
}
