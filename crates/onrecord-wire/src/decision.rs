//! Decisions of reviewers as lines of JSON: what stands in the log of a record, and what `onrecord review` exports and imports.
//!
//! A line's `id` is a hash of all its other fields, so that a decision is the same wherever it is read, and a changed one is told from it.

mod found;

use onrecord_lexicon::{Act, ActorId};
use onrecord_read as read;
use onrecord_record::review::{Anchor, CorrectedWords, Correction, Decision, FindingKind, Letter, Ruling, Verdict};
use onrecord_text::{SourceSpan, sha256_hex};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use found::{anchor, corrected_words, short_words};

use crate::exchange::{AssertionAct, Span, SpeakerKind};

/// Digits of an id behind its letter.
const DIGITS: usize = 16;

/// A decision. Which fields it has depends on `verdict`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionLine {
    /// `k` and the first 16 hex digits of the SHA-256 of the line without `id`. May be left out of a line to be imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name of the reviewer.
    pub by: String,
    /// When, as the reviewer's machine had it: ISO 8601 in UTC to the millisecond (`2026-11-22T09:30:00.000Z`).
    pub at: String,
    /// What is decided.
    pub verdict: VerdictName,
    /// accept, reject, correct: id of the finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// accept, reject, correct: what the finding is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_type: Option<ItemType>,
    /// accept, reject, correct: what the finding said: act and speaker of an assertion, type of an event, bounds and value of a figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// accept, reject, correct: SHA-256 of the finding's line in the stored reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_sha256: Option<String>,
    /// accept, reject, correct: where its words stand. May be left out of a line to be imported into a record that holds the finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// correct: who speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<DecidedSpeaker>,
    /// correct: id of the side that the speaker speaks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// correct: what is done by saying it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<AssertionAct>,
    /// correct: the words that are asserted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<DecidedWords>,
    /// merge, split: id of the actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// merge: id of the actor that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// reliability: name of the outlet, as claims have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// reliability: letter of the Admiralty system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<LetterName>,
    /// withdraw: id of an earlier decision of the same reviewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdraws: Option<String>,
    /// Why, in the reviewer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What is decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictName {
    /// The finding stands as it was found.
    #[default]
    Accept,
    /// It is none.
    Reject,
    /// It stands with changes.
    Correct,
    /// An actor is another one.
    Merge,
    /// An actor is one of its own.
    Split,
    /// How far an outlet is relied on.
    Reliability,
    /// An earlier decision does not hold any more.
    Withdraw,
}

/// What a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemType {
    /// An assertion.
    Assertion,
    /// An event.
    Event,
    /// A figure.
    Figure,
    /// A demand or an assurance.
    Commitment,
}

/// Letters of the Admiralty system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum LetterName {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

/// Where the words of a finding stand: by bytes in one capture, and by words (as a W3C TextQuoteSelector) anywhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// SHA-256 of the capture, 64 hex digits.
    pub capture: String,
    /// Address of the page; its name, where it was read from a file.
    pub address: String,
    /// Bytes of the decoded text.
    pub spans: Vec<Span>,
    /// The words, as the article's clean text has them; parts joined by " … ".
    pub exact: String,
    /// Up to 32 characters of the clean text before them.
    pub prefix: String,
    /// Up to 32 characters behind them.
    pub suffix: String,
}

/// Who speaks, in a reviewer's word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidedSpeaker {
    /// Name; null for the article's own voice.
    pub name: Option<String>,
    /// Id of the actor.
    pub actor: Option<String>,
    /// Id of the side.
    pub party: Option<String>,
    /// What sort of speaker.
    pub kind: SpeakerKind,
}

/// Words that a reviewer marks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidedWords {
    /// Bytes of the decoded text.
    pub spans: Vec<Span>,
    /// The words at each of them, as the clean text has them.
    pub exact: Vec<String>,
}

/// Why a line is no decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// Not JSON, or with fields that decisions have not.
    #[error("{0}")]
    Form(String),
    /// A field that the verdict needs is missing.
    #[error("a decision of this verdict has the field `{0}`")]
    Missing(&'static str),
    /// A field has a value that it cannot have.
    #[error("the field `{field}` says {value:?}, which is no {expected}")]
    Value {
        /// The field.
        field: &'static str,
        /// What it says.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The id is not that of the rest: something was changed.
    #[error("the id {found} does not fit the rest of the line, whose id is {expected}: the line was changed")]
    Id {
        /// The id on the line.
        found: String,
        /// The id that it should have.
        expected: String,
    },
}

impl DecisionLine {
    /// Reads a line of JSON.
    ///
    /// # Errors
    /// [`DecisionError::Form`].
    pub fn parse(line: &str) -> Result<Self, DecisionError> {
        serde_json::from_str(line).map_err(|error| DecisionError::Form(error.to_string()))
    }

    /// The decision that the line is.
    ///
    /// # Errors
    /// [`DecisionError`]: what is missing or cannot be, or an id that does not fit.
    pub fn decision(&self) -> Result<Decision, DecisionError> {
        let expected = self.id_of_rest();
        if let Some(found) = self.id.as_ref().filter(|found| **found != expected) {
            return Err(DecisionError::Id { found: found.clone(), expected });
        }
        if self.by.trim().is_empty() || self.by.chars().any(char::is_control) {
            return Err(DecisionError::Value { field: "by", value: self.by.clone(), expected: "name on one line" });
        }
        check_time(&self.at)?;
        Ok(Decision { id: expected, by: self.by.clone(), at: self.at.clone(), verdict: self.verdict()?, note: self.note.clone() })
    }

    fn verdict(&self) -> Result<Verdict, DecisionError> {
        Ok(match self.verdict {
            VerdictName::Accept => Verdict::on(self.anchor()?, Ruling::Accept),
            VerdictName::Reject => Verdict::on(self.anchor()?, Ruling::Reject),
            VerdictName::Correct => Verdict::on(self.anchor()?, Ruling::Correct(self.correction()?)),
            VerdictName::Merge => Verdict::Merge { actor: actor("actor", &self.actor)?, into: actor("into", &self.into)? },
            VerdictName::Split => Verdict::Split { actor: actor("actor", &self.actor)? },
            VerdictName::Reliability => Verdict::Reliability {
                outlet: needed("outlet", &self.outlet)?.clone(),
                letter: letter(*needed("reliability", &self.reliability)?),
            },
            VerdictName::Withdraw => Verdict::Withdraw { decision: needed("withdraws", &self.withdraws)?.clone() },
        })
    }

    fn anchor(&self) -> Result<Anchor, DecisionError> {
        let target = needed("target", &self.target)?;
        if target.spans.is_empty() {
            return Err(DecisionError::Missing("spans"));
        }
        Ok(Anchor {
            item: needed("item", &self.item)?.clone(),
            kind: kind(*needed("item_type", &self.item_type)?),
            found: needed("found", &self.found)?.clone(),
            capture: target.capture.clone(),
            address: target.address.clone(),
            spans: target.spans.iter().map(|span| source_span(*span)).collect::<Result<_, _>>()?,
            exact: target.exact.clone(),
            prefix: target.prefix.clone(),
            suffix: target.suffix.clone(),
            line: self.item_sha256.clone(),
        })
    }

    fn correction(&self) -> Result<Correction, DecisionError> {
        if self.item_type != Some(ItemType::Assertion) {
            let value = self.item_type.map_or("", |kind| self::kind(kind).name()).to_owned();
            return Err(DecisionError::Value {
                field: "item_type",
                value,
                expected: "assertion, and nothing else can be corrected",
            });
        }
        let correction = Correction {
            speaker: self.speaker.as_ref().map(DecidedSpeaker::speaker).transpose()?,
            party: self.party.as_ref().map(|_| actor("party", &self.party)).transpose()?,
            act: self.act.and_then(act),
            words: self.words.as_ref().map(DecidedWords::words).transpose()?,
        };
        if correction == Correction::default() {
            return Err(DecisionError::Missing("speaker, party, act or words"));
        }
        Ok(correction)
    }

    fn id_of_rest(&self) -> String {
        let line = Self { id: None, ..self.clone() }.json();
        format!("k{}", sha256_hex(line.as_bytes()).chars().take(DIGITS).collect::<String>())
    }

    fn json(&self) -> String {
        // Strings, numbers and lists with string keys: serialising them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The line of JSON, with its id. Fields stand in one order, so that a decision has one line.
    #[must_use]
    pub fn line(&self) -> String {
        Self { id: Some(self.id_of_rest()), ..self.clone() }.json()
    }
}

impl From<&Decision> for DecisionLine {
    fn from(decision: &Decision) -> Self {
        let mut line = Self { by: decision.by.clone(), at: decision.at.clone(), note: decision.note.clone(), ..Self::default() };
        match &decision.verdict {
            Verdict::Finding(anchor, ruling) => line.on_finding(anchor, ruling),
            Verdict::Merge { actor, into } => {
                (line.verdict, line.actor, line.into) = (VerdictName::Merge, Some(actor.to_string()), Some(into.to_string()));
            }
            Verdict::Split { actor } => (line.verdict, line.actor) = (VerdictName::Split, Some(actor.to_string())),
            Verdict::Reliability { outlet, letter } => {
                (line.verdict, line.outlet) = (VerdictName::Reliability, Some(outlet.clone()));
                line.reliability = Some(letter_name(*letter));
            }
            Verdict::Withdraw { decision } => (line.verdict, line.withdraws) = (VerdictName::Withdraw, Some(decision.clone())),
        }
        line.id = Some(line.id_of_rest());
        line
    }
}

impl DecisionLine {
    /// Says which finding the decision is on, and where it stands.
    pub fn place(&mut self, anchor: &Anchor) {
        self.item = Some(anchor.item.clone());
        self.item_type = Some(item_type(anchor.kind));
        self.found = Some(anchor.found.clone());
        self.item_sha256.clone_from(&anchor.line);
        self.target = Some(Target {
            capture: anchor.capture.clone(),
            address: anchor.address.clone(),
            spans: anchor.spans.iter().copied().map(Span::from).collect(),
            exact: anchor.exact.clone(),
            prefix: anchor.prefix.clone(),
            suffix: anchor.suffix.clone(),
        });
    }

    fn on_finding(&mut self, anchor: &Anchor, ruling: &Ruling) {
        self.place(anchor);
        self.verdict = match ruling {
            Ruling::Accept => VerdictName::Accept,
            Ruling::Reject => VerdictName::Reject,
            Ruling::Correct(correction) => {
                self.speaker = correction.speaker.as_ref().map(DecidedSpeaker::from);
                self.party = correction.party.as_ref().map(ActorId::to_string);
                self.act = correction.act.map(AssertionAct::from);
                self.words = correction.words.as_ref().map(|words| DecidedWords {
                    spans: words.spans.iter().copied().map(Span::from).collect(),
                    exact: words.exact.clone(),
                });
                VerdictName::Correct
            }
        };
    }
}

impl DecidedSpeaker {
    fn speaker(&self) -> Result<read::Speaker, DecisionError> {
        let id = |field, id: &Option<String>| id.as_ref().map(|_| actor(field, id)).transpose();
        Ok(read::Speaker {
            kind: speaker_kind(self.kind),
            name: self.name.clone().unwrap_or_default(),
            actor: id("speaker.actor", &self.actor)?,
            party: id("speaker.party", &self.party)?,
            span: None,
        })
    }
}

impl From<&read::Speaker> for DecidedSpeaker {
    fn from(speaker: &read::Speaker) -> Self {
        Self {
            name: (!speaker.name.is_empty()).then(|| speaker.name.clone()),
            actor: speaker.actor.as_ref().map(ActorId::to_string),
            party: speaker.party.as_ref().map(ActorId::to_string),
            kind: speaker.kind.into(),
        }
    }
}

impl DecidedWords {
    fn words(&self) -> Result<CorrectedWords, DecisionError> {
        if self.spans.is_empty() || self.spans.len() != self.exact.len() {
            return Err(DecisionError::Missing("words: as many `exact` as `spans`, and one at least"));
        }
        let spans = self.spans.iter().map(|span| source_span(*span)).collect::<Result<_, _>>()?;
        Ok(CorrectedWords { spans, exact: self.exact.clone() })
    }
}

fn source_span(Span(start, end): Span) -> Result<SourceSpan, DecisionError> {
    if start >= end {
        return Err(DecisionError::Value { field: "spans", value: format!("[{start}, {end}]"), expected: "span: [start, end)" });
    }
    Ok(SourceSpan::new(start, end))
}

fn needed<'v, T>(field: &'static str, value: &'v Option<T>) -> Result<&'v T, DecisionError> {
    value.as_ref().ok_or(DecisionError::Missing(field))
}

fn actor(field: &'static str, value: &Option<String>) -> Result<ActorId, DecisionError> {
    let text = needed(field, value)?;
    ActorId::parse(text).ok_or_else(|| DecisionError::Value { field, value: text.clone(), expected: "id of an actor" })
}

/// `2026-11-22T09:30:00.000Z`: one shape, so that the order of texts is that of times.
fn check_time(at: &str) -> Result<(), DecisionError> {
    let is_time = at.len() == "2026-11-22T09:30:00.000Z".len() && at.parse::<jiff::Timestamp>().is_ok() && at.ends_with('Z');
    let error = || DecisionError::Value { field: "at", value: at.to_owned(), expected: "time such as 2026-11-22T09:30:00.000Z" };
    is_time.then_some(()).ok_or_else(error)
}

fn act(name: AssertionAct) -> Option<Act> {
    Act::ALL.into_iter().find(|act| AssertionAct::from(*act) == name)
}

fn speaker_kind(kind: SpeakerKind) -> read::SpeakerKind {
    match kind {
        SpeakerKind::Person => read::SpeakerKind::Person,
        SpeakerKind::Office => read::SpeakerKind::Office,
        SpeakerKind::State => read::SpeakerKind::State,
        SpeakerKind::Organisation => read::SpeakerKind::Organisation,
        SpeakerKind::Document => read::SpeakerKind::Document,
        SpeakerKind::Unnamed => read::SpeakerKind::Unnamed,
        SpeakerKind::Author => read::SpeakerKind::Author,
    }
}

const fn kind(item: ItemType) -> FindingKind {
    match item {
        ItemType::Assertion => FindingKind::Assertion,
        ItemType::Event => FindingKind::Event,
        ItemType::Figure => FindingKind::Figure,
        ItemType::Commitment => FindingKind::Commitment,
    }
}

const fn item_type(kind: FindingKind) -> ItemType {
    match kind {
        FindingKind::Assertion => ItemType::Assertion,
        FindingKind::Event => ItemType::Event,
        FindingKind::Figure => ItemType::Figure,
        FindingKind::Commitment => ItemType::Commitment,
    }
}

const fn letter(name: LetterName) -> Letter {
    match name {
        LetterName::A => Letter::A,
        LetterName::B => Letter::B,
        LetterName::C => Letter::C,
        LetterName::D => Letter::D,
        LetterName::E => Letter::E,
        LetterName::F => Letter::F,
    }
}

const fn letter_name(letter: Letter) -> LetterName {
    match letter {
        Letter::A => LetterName::A,
        Letter::B => LetterName::B,
        Letter::C => LetterName::C,
        Letter::D => LetterName::D,
        Letter::E => LetterName::E,
        Letter::F => LetterName::F,
    }
}
