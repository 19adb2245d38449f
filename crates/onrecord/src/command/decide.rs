//! `onrecord decide`: decisions on findings, actors and outlets, each written down as it is given.

mod known;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};
use onrecord_lexicon::Act;
use onrecord_read::{Speaker, SpeakerKind};
use onrecord_record::review::{Anchor, Correction, Decision, FindingKind, Ruling, Verdict, in_force};
use onrecord_store::{Access, Store, StoredItem};
use onrecord_text::SourceSpan;
use onrecord_wire::decision::{DecisionLine, anchor, corrected_words, short_words};

use crate::flags::{DecideCommand, DecideFlags, WhoFlags};
use crate::pages::decisions_of;
use crate::{Outcome, output};
pub(super) use known::Known;

/// Characters of a finding's words that are shown.
const SHOWN: usize = 80;

pub(super) fn run(flags: &DecideFlags) -> Result<Outcome> {
    let store = Store::open(&flags.record, Access::Write)?;
    let (who, verdicts) = match &flags.what {
        DecideCommand::Accept { items, who } => (who, on_findings(&store, &flags.record, items, &Ruling::Accept)?),
        DecideCommand::Reject { items, who } => (who, on_findings(&store, &flags.record, items, &Ruling::Reject)?),
        DecideCommand::Correct { item, speaker, kind, party, act, span, who } => {
            let wanted = Wanted {
                speaker: speaker.as_deref(),
                kind: kind.as_deref(),
                party: party.as_deref(),
                act: act.as_deref(),
                spans: span,
            };
            (who, vec![corrected(&store, &flags.record, item, &wanted)?])
        }
        DecideCommand::Merge { actor, into, who } => {
            let known = Known::of(&store)?;
            let (actor, into) = (known.actor(actor)?.id, known.actor(into)?.id);
            if actor == into {
                bail!("{actor} is the same actor already");
            }
            (who, vec![Verdict::Merge { actor, into }])
        }
        DecideCommand::Split { actor, who } => (who, vec![Verdict::Split { actor: Known::of(&store)?.actor(actor)?.id }]),
        DecideCommand::Reliability { outlet, letter, who } => {
            (who, vec![Verdict::Reliability { outlet: Known::of(&store)?.outlet(outlet)?, letter: *letter }])
        }
        DecideCommand::Withdraw { decisions, who } => (who, withdrawn(&store, decisions, &who.reviewer)?),
    };
    let mut desk = Desk::new(store, who);
    let mut told = String::new();
    for decision in desk.write(verdicts)? {
        writeln!(told, "{}", sentence(&decision))?;
    }
    output::print(&output::harmless(&told))?;
    Ok(Outcome::Done)
}

/// A record with the reviewer who decides on it.
pub(super) struct Desk {
    pub(super) store: Store,
    reviewer: String,
    note: Option<String>,
}

impl Desk {
    pub(super) fn new(store: Store, who: &WhoFlags) -> Self {
        Self::of(store, &who.reviewer, who.note.clone())
    }

    pub(super) fn of(store: Store, reviewer: &str, note: Option<String>) -> Self {
        Self { store, reviewer: reviewer.to_owned(), note }
    }

    /// Writes these down, in their order, each later than the one before it.
    pub(super) fn write(&mut self, verdicts: Vec<Verdict>) -> Result<Vec<Decision>> {
        let mut written = Vec::new();
        for verdict in verdicts {
            written.push(self.write_with(verdict, self.note.clone())?);
        }
        Ok(written)
    }

    /// Writes one down with a note of its own.
    pub(super) fn write_with(&mut self, verdict: Verdict, note: Option<String>) -> Result<Decision> {
        let at = self.store.time_for(&self.reviewer)?;
        let decision = Decision { id: String::new(), by: self.reviewer.clone(), at, verdict, note };
        let line = DecisionLine::from(&decision);
        // What is written is what will be read.
        let decision = line.decision().context("this cannot be decided")?;
        self.store.decide(&[line.line()])?;
        Ok(decision)
    }
}

fn on_findings(store: &Store, record: &Path, items: &[String], ruling: &Ruling) -> Result<Vec<Verdict>> {
    let on = |item: &String| Ok(Verdict::on(found(store, record, item)?.1, ruling.clone()));
    items.iter().map(on).collect()
}

/// The item with this id, and its anchor.
fn found(store: &Store, record: &Path, id: &str) -> Result<(StoredItem, Anchor)> {
    let Some(item) = store.item(id, None)? else {
        if store.find_item(id)?.is_some() {
            bail!(
                "{id} cannot be decided on: decisions are on assertions, events, figures and commitments, and claims follow from them"
            );
        }
        bail!(
            "{}: no latest reading of this record has a finding {id}; `onrecord read` prints ids, that of a corrected one in `decision.finding`",
            record.display()
        );
    };
    let anchor = anchor_of(&item).with_context(|| format!("{id} is nothing that can be decided on"))?;
    Ok((item, anchor))
}

/// The anchor of a decision on this item.
pub(super) fn anchor_of(item: &StoredItem) -> Option<Anchor> {
    anchor(&item.line, &item.capture, item.data.url.as_deref().unwrap_or(&item.name), &item.clean)
}

/// What is to be put right, as typed.
#[derive(Default)]
pub(super) struct Wanted<'f> {
    pub(super) speaker: Option<&'f str>,
    pub(super) kind: Option<&'f str>,
    pub(super) party: Option<&'f str>,
    pub(super) act: Option<&'f str>,
    pub(super) spans: &'f [String],
}

fn corrected(store: &Store, record: &Path, id: &str, wanted: &Wanted<'_>) -> Result<Verdict> {
    let (item, anchor) = found(store, record, id)?;
    if anchor.kind != FindingKind::Assertion {
        bail!(
            "{id} is a {}: only assertions can be corrected; reject it, or correct the assertion that it stands in",
            anchor.kind.name()
        );
    }
    let known = Known::of(store)?;
    Ok(Verdict::on(anchor, Ruling::Correct(correction(&item, &known, wanted)?)))
}

/// The correction that is wanted of this item.
pub(super) fn correction(item: &StoredItem, known: &Known, wanted: &Wanted<'_>) -> Result<Correction> {
    let spans: Vec<SourceSpan> = wanted.spans.iter().map(|text| span(text)).collect::<Result<_>>()?;
    let words = if spans.is_empty() {
        None
    } else {
        let words = corrected_words(&spans, &item.clean);
        Some(words.with_context(|| format!("bytes {} hold no words of the article", wanted.spans.join(", ")))?)
    };
    Ok(Correction {
        speaker: wanted.speaker.map(|name| speaker(known, name, wanted.kind)).transpose()?,
        party: wanted.party.map(|name| known.actor(name)).transpose()?.map(|actor| actor.id),
        act: wanted.act.map(act).transpose()?,
        words,
    })
}

fn speaker(known: &Known, name: &str, kind: Option<&str>) -> Result<Speaker> {
    let nobody = |kind, name: &str| Speaker { kind, name: name.to_owned(), actor: None, party: None, span: None };
    match name {
        "author" => Ok(nobody(SpeakerKind::Author, "")),
        "unnamed" => Ok(nobody(SpeakerKind::Unnamed, "somebody not named")),
        _ => known.speaker(name, kind),
    }
}

fn act(name: &str) -> Result<Act> {
    let names = Act::ALL.map(Act::name);
    Act::ALL
        .into_iter()
        .find(|act| act.name() == name)
        .with_context(|| format!("{name} is no act; acts are {}", names.join(", ")))
}

/// `120-145`, of which the second is the first byte that does not belong to it.
fn span(text: &str) -> Result<SourceSpan> {
    let ends = text.split_once('-').and_then(|(start, end)| Some((start.trim().parse().ok()?, end.trim().parse().ok()?)));
    match ends {
        Some((start, end)) if start < end => Ok(SourceSpan::new(start, end)),
        _ => bail!("a span is written as START-END, two numbers of bytes, not {text}"),
    }
}

fn withdrawn(store: &Store, ids: &[String], reviewer: &str) -> Result<Vec<Verdict>> {
    let decisions = decisions_of(store)?;
    let in_force = in_force(&decisions);
    let verdict = |id: &String| {
        let Some(decision) = decisions.iter().find(|decision| decision.id == *id) else {
            bail!("the record has no decision {id}")
        };
        if decision.by != reviewer {
            bail!("{id} is a decision of {}: decide otherwise, and the two of you differ", decision.by);
        }
        let is_withdrawal = matches!(decision.verdict, Verdict::Withdraw { .. });
        if !is_withdrawal && !in_force.iter().any(|decision| decision.id == *id) {
            bail!("{id} was withdrawn before");
        }
        Ok(Verdict::Withdraw { decision: id.clone() })
    };
    ids.iter().map(verdict).collect()
}

/// What was decided, on a line.
pub(super) fn sentence(decision: &Decision) -> String {
    let Decision { id, by, .. } = decision;
    match &decision.verdict {
        Verdict::Finding(anchor, ruling) => {
            let words = short_words(&anchor.exact, SHOWN);
            let does = match ruling {
                Ruling::Accept => "accepts".to_owned(),
                Ruling::Reject => "rejects".to_owned(),
                Ruling::Correct(correction) => format!("corrects {} of", changes(correction)),
            };
            format!("{id}: {by} {does} {} {} ‹{words}›", anchor.kind.name(), anchor.item)
        }
        Verdict::Merge { actor, into } => format!("{id}: {by} says that {actor} is {into}"),
        Verdict::Split { actor } => format!("{id}: {by} says that {actor} is an actor of its own"),
        Verdict::Reliability { outlet, letter } => format!("{id}: {by} gives {outlet} the letter {}", letter.name()),
        Verdict::Withdraw { decision } => format!("{id}: {by} withdraws {decision}"),
    }
}

/// "the speaker (now Nerys Colm) and the act (now demand)".
fn changes(correction: &Correction) -> String {
    let name = |speaker: &Speaker| if speaker.name.is_empty() { "the article itself".to_owned() } else { speaker.name.clone() };
    let parts: Vec<String> = [
        correction.speaker.as_ref().map(|speaker| format!("the speaker (now {})", name(speaker))),
        correction.party.as_ref().map(|party| format!("the side (now {party})")),
        correction.act.map(|act| format!("the act (now {})", act.name())),
        correction.words.as_ref().map(|words| format!("the words (now ‹{}›)", short_words(&words.exact.join(" … "), SHOWN))),
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.join(" and ")
}
