//! The objects of the exchange format. Field order is the order in the output.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::affair::StateOfAffairs;
use super::among::{RevisionOf, SharedWith};
use super::decided::Decided;
use super::part::{
    ActorKind, AssertionAct, CommitmentKind, Counts, DateValue, Directness, Genre, Label, Modality, NameUse, Occasion, Origin,
    Persons, Place, ReportedState, RestoredWord, Scope, SeriesValue, Sign, Span, Speaker, Standing, Tests, TextAt, Toll,
};

/// One line of the exchange format, version 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Object {
    /// Bytes as obtained.
    Capture(Capture),
    /// A piece of journalism in a capture.
    Article(Article),
    /// Somebody who speaks, acts or is acted upon.
    Actor(Actor),
    /// Words that somebody is reported to have said or written, or that the article says in its own voice.
    Assertion(Assertion),
    /// What an assertion says happened.
    Event(Event),
    /// A number with what it counts.
    Figure(Figure),
    /// Assertions that say the same of the same.
    Claim(Claim),
    /// A demand or an assurance.
    Commitment(Commitment),
    /// Something that could not be settled.
    Note(Note),
}

impl Object {
    /// The object's id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Capture(object) => &object.id,
            Self::Article(object) => &object.id,
            Self::Actor(object) => &object.id,
            Self::Assertion(object) => &object.id,
            Self::Event(object) => &object.id,
            Self::Figure(object) => &object.id,
            Self::Claim(object) => &object.id,
            Self::Commitment(object) => &object.id,
            Self::Note(object) => &object.id,
        }
    }
}

/// Bytes as obtained, with their hash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Capture {
    /// Id of the capture.
    pub id: String,
    /// Path or URL as given.
    pub source: String,
    /// SHA-256 of the raw bytes, 64 lower-case hex digits.
    pub sha256: String,
    /// SHA-256 of the decoded UTF-8 text, into which all spans point.
    pub text_sha256: String,
    /// WHATWG name of the encoding.
    pub encoding: String,
    /// What the bytes are.
    pub media_type: String,
    /// Length of the raw bytes.
    pub bytes: u64,
    /// When they were obtained, as the web archive or the saved page says; null where nobody says.
    pub captured_at: Option<String>,
    /// Address that they were obtained from.
    pub url: Option<String>,
    /// Digest that the web archive gives for them.
    pub digest: Option<String>,
    /// Date that a list gives beside the page; nobody says of what.
    pub listed_date: Option<String>,
    /// Media type of what the bytes were taken out of, when they do not stand in the file as they are: a PDF's text, a mail's part.
    /// Spans point into what was taken out.
    pub unpacked_from: Option<String>,
    /// Byte of the text at which each page of a printed document starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<u32>,
    /// Fields of the server's answer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
}

/// One piece of journalism. A capture may hold several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// Id of the article.
    pub id: String,
    /// Id of its capture.
    pub capture: String,
    /// Headline.
    pub title: Option<TextAt>,
    /// Authors as printed.
    pub byline: Vec<TextAt>,
    /// Name of the site or paper.
    pub site: Option<String>,
    /// When it was first published.
    pub published: Option<DateValue>,
    /// When it was last changed.
    pub modified: Option<DateValue>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// What tells the language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_sign: Option<Sign>,
    /// What sort of piece it is.
    pub genre: Genre,
    /// What tells the genre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre_sign: Option<Sign>,
    /// What a third party says of the piece.
    pub labels: Vec<Label>,
    /// The paragraphs kept, in order.
    pub body: Vec<Span>,
    /// Words whose bent spelling was undone.
    pub restored: Vec<RestoredWord>,
    /// Where the name of the site stands.
    pub site_span: Option<Span>,
    /// News agency credited, as printed.
    pub agency: Option<TextAt>,
    /// Address that the page gives as its own.
    pub canonical: Option<TextAt>,
    /// All news agencies credited; `agency` is the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<TextAt>,
    /// Place named in the dateline.
    pub dateline: Option<TextAt>,
    /// Site that a feed names as the source of the item.
    pub credited_source: Option<TextAt>,
    /// What it reports of things that are open or closed, in force or not, and of talks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StateOfAffairs>,
    /// Id that all articles of one story share; null for an article that stands alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// The older article with which it shares most text, if with any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_with: Option<SharedWith>,
    /// The version of the page before it, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision_of: Option<RevisionOf>,
}

/// Somebody who speaks, acts or is acted upon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// Id of the actor (`pk`, `pk.foreign-office`).
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Id of the side it speaks for; null if none is known.
    pub party: Option<String>,
    /// Names used in the articles.
    pub names: Vec<NameUse>,
}

/// Words that somebody is reported to have said or written, or that the article says in its own voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assertion {
    /// Id of the assertion.
    pub id: String,
    /// Id of the article it stands in.
    pub article: String,
    /// The words asserted; several spans where a reporting clause or markup parts them.
    pub spans: Vec<Span>,
    /// The cuts of `spans`, joined by " … ".
    pub text: String,
    /// The words of saying.
    pub cue: Option<Span>,
    /// Who says it.
    pub speaker: Speaker,
    /// Those through whom it reaches us, nearest to the reader first.
    pub via: Vec<Speaker>,
    /// Id of the actor it is said to.
    pub addressee: Option<String>,
    /// What is done by saying it.
    pub act: AssertionAct,
    /// Whether the words are the speaker's own.
    pub direct: Directness,
    /// When it was said; null when the source does not let it be known.
    pub said: Option<DateValue>,
    /// At what occasion.
    pub occasion: Option<Occasion>,
    /// Id of the claim it belongs to.
    pub claim: Option<String>,
    /// Ids of the events it tells of.
    pub events: Vec<String>,
    /// Ids of the figures in it.
    pub figures: Vec<String>,
    /// The rule that found it.
    pub rule: Option<String>,
    /// The model that found it; null for a rule.
    pub model: Option<String>,
    /// What reviewers decided on it; left out where nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decided>,
}

/// What an assertion says happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Id of the event.
    pub id: String,
    /// Id of the article it stands in.
    pub article: String,
    /// Id of the assertion that says it happened.
    pub assertion: Option<String>,
    /// The words that tell it.
    pub spans: Vec<Span>,
    /// The cuts of `spans`, joined by " … ".
    pub text: String,
    /// The word that names it.
    pub trigger: Option<Span>,
    /// One of the 16 PLOVER types.
    pub plover: Option<String>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Ids of those who act.
    pub actors: Vec<String>,
    /// Ids of those acted upon.
    pub recipients: Vec<String>,
    /// When.
    pub time: Option<DateValue>,
    /// Where.
    pub place: Option<Place>,
    /// The dead.
    pub deaths: Option<Counts>,
    /// Whether it happened, may happen, did not.
    pub modality: Modality,
    /// Where those who act are named, known or not.
    pub actor_spans: Vec<Span>,
    /// Where those acted upon are named, known or not.
    pub recipient_spans: Vec<Span>,
    /// How many died, were hurt, arrested, displaced, each fate once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolls: Vec<Toll>,
    /// The word of the lexicon that found it.
    pub rule: Option<String>,
    /// What reviewers decided on it; left out where nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decided>,
}

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// Id of the figure.
    pub id: String,
    /// Id of the article it stands in.
    pub article: String,
    /// Id of the assertion it stands in.
    pub assertion: Option<String>,
    /// The number with its qualifier, unit and what is counted.
    pub span: Span,
    /// The cut of `span`.
    pub text: String,
    /// Lower bound; null when the words give none.
    pub low: Option<serde_json::Number>,
    /// The number; null when the words give only bounds.
    pub best: Option<serde_json::Number>,
    /// Upper bound; null when the words give none.
    pub high: Option<serde_json::Number>,
    /// The qualifier in the source's words ("over").
    pub qualifier: Option<String>,
    /// Id of the unit (`person`, `USD`).
    pub unit: Option<String>,
    /// The words for what is counted.
    pub counted: Option<String>,
    /// Id of the actor whose or of whom it is.
    pub of: Option<String>,
    /// When it held.
    pub time: Option<DateValue>,
    /// Id shared by figures that count the same thing.
    pub referent: Option<String>,
    /// Where it stands among the figures of its referent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<SeriesValue>,
    /// What befell those who are counted (`killed`, `injured`, `missing`, `abducted`, `arrested`, `displaced`, `expelled`, `released`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fate: Option<String>,
    /// Whether it is a total, beyond those told of before, or a part of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// The time it runs over, as an ISO 8601 duration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The rule that gave the bounds (`number`, `range`, `at-least`, `vague:dozens`).
    pub rule: Option<String>,
    /// What reviewers decided on it; left out where nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decided>,
}

/// Assertions that say the same of the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Id of the claim.
    pub id: String,
    /// The text of its first assertion.
    pub text: String,
    /// Ids of the assertions.
    pub assertions: Vec<String>,
    /// Ids of assertions that deny it.
    pub denied_by: Vec<String>,
    /// Names of the outlets that carry it.
    pub outlets: Vec<String>,
    /// Their publishers.
    pub publishers: Vec<String>,
    /// The utterances and documents behind it.
    pub origins: Vec<Origin>,
    /// How it stands; never a verdict on whether it is true.
    pub standing: Standing,
    /// Why the assertions were joined, a sentence for each but the first.
    pub reasons: Vec<String>,
    /// How many persons its unnamed speakers are; absent where all are named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unnamed_persons: Option<Persons>,
    /// Ids of the events that it tells, one for each assertion that is about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Ids of the figures that several of its assertions give for one thing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<String>,
}

/// A demand or an assurance, as reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Commitment {
    /// Id of the commitment.
    pub id: String,
    /// Demand or assurance.
    pub kind: CommitmentKind,
    /// Id of the actor who demands or assures.
    pub by: Option<String>,
    /// Id of the actor of whom it is demanded or to whom it is assured.
    pub to: Option<String>,
    /// How that is known: `stated`, an article says so; `answers`, it answers a demand of that side; `named`, its words name that side
    /// alone; `counterpart`, it names nobody, and that side is the other party of the dispute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_basis: Option<String>,
    /// What is demanded or assured, in its fullest wording.
    pub what: TextAt,
    /// Id of the article that `what` stands in.
    pub article: String,
    /// When it was first said.
    pub first_said: Option<DateValue>,
    /// Ids of the assertions behind it.
    pub assertions: Vec<String>,
    /// The four tests, as somebody reports them.
    pub tests: Tests,
    /// Id of the commitment it answers.
    pub answers: Option<String>,
    /// What is reported to have come of it.
    pub reported_state: ReportedState,
    /// What reviewers decided on it; left out where nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decided>,
}

/// Something that could not be settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Id of the note.
    pub id: String,
    /// Id of the article; null when it concerns a whole capture or several articles.
    pub article: Option<String>,
    /// Where.
    pub span: Option<Span>,
    /// Stable name (`unresolved-speaker`).
    pub name: String,
    /// One sentence for people.
    pub text: String,
    /// Id of the capture that `span` points into.
    pub capture: Option<String>,
}
