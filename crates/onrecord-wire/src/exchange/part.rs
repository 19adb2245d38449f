//! What the objects are made of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `[start, end)`: byte offsets into the decoded source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Span(pub u32, pub u32);

impl From<onrecord_text::SourceSpan> for Span {
    fn from(span: onrecord_text::SourceSpan) -> Self {
        Self(span.start(), span.end())
    }
}

/// Words at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TextAt {
    /// The cut of `span`.
    pub text: String,
    /// Where the words stand.
    pub span: Span,
}

/// A date as precise as the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateValue {
    /// ISO 8601 prefix (`2025-10`) or interval (`2025-10-01/2025-10-05`).
    pub value: String,
    /// How precise it is.
    pub precision: Precision,
    /// The words that say it.
    pub span: Option<Span>,
    /// How it is known.
    pub basis: Basis,
    /// Id of the article that `span` points into, where the object does not say so itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// How precise a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// Some day of a year.
    Year,
    /// Some day of a month.
    Month,
    /// Some day of a week.
    Week,
    /// One day.
    Day,
    /// A time of day.
    Instant,
    /// Between two dates.
    Interval,
}

/// How a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The words give it whole.
    Stated,
    /// Resolved against the date of publication.
    Publication,
    /// The year was taken from a date stated just before.
    Context,
    /// schema.org data of the page.
    JsonLd,
    /// A `meta` element.
    Meta,
    /// A `time` element.
    TimeElement,
    /// The path of the page's own address.
    Address,
    /// A feed's entry.
    Feed,
    /// A line of the page beside headline or byline.
    VisibleLine,
}

/// Sort of journalism.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Genre {
    /// Reports what happened and what was said.
    Report,
    /// Argues in the author's own name.
    Opinion,
    /// Somebody else's short account of a piece.
    Summary,
    /// Cannot be told.
    Unknown,
}

/// What tells something of an article that is nowhere written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sign {
    /// What kind of evidence it is.
    pub basis: SignBasis,
    /// Where it stands; null where it came with the bytes and does not stand in them.
    pub span: Option<Span>,
}

/// Evidence for the language or the genre of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SignBasis {
    /// The words of the text: the stretch that was looked at, or the first telling word.
    Words,
    /// Declared by the page.
    Declared,
    /// schema.org type of the piece.
    JsonLd,
    /// A folder of the address.
    Address,
    /// One of several pieces that a page or feed gives in short.
    Listing,
    /// A section label.
    Section,
    /// A note about the writer or about whose views these are.
    Mark,
    /// The dateline of a report.
    Dateline,
}

/// What a third party says of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Label {
    /// What is marked.
    pub name: String,
    /// The mark.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}

/// A word whose bent spelling was undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RestoredWord {
    /// Where it stands.
    pub span: Span,
    /// The word as printed.
    pub text: String,
    /// The ordinary spelling.
    pub restored: String,
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// A state or de-facto state.
    State,
    /// A ministry, an army, a post.
    Office,
    /// A human being.
    Person,
    /// An armed group that is no state's army.
    ArmedGroup,
    /// Any other organisation.
    Organisation,
    /// A people or community.
    People,
    /// Somebody who is not named.
    Unnamed,
}

/// One use of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NameUse {
    /// The name as printed.
    pub text: String,
    /// Id of the article.
    pub article: String,
    /// Where it stands.
    pub span: Span,
    /// Id of the actor whose term it is, where the name is one side's label.
    pub loaded: Option<String>,
}

/// Who says something, or through whom it reaches us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Speaker {
    /// Canonical name; null for the author.
    pub name: Option<String>,
    /// Id of the actor, where it is known which.
    pub actor: Option<String>,
    /// Id of the side the speaker speaks for.
    pub party: Option<String>,
    /// What sort of speaker.
    pub kind: SpeakerKind,
    /// Where named or referred to.
    pub span: Option<Span>,
}

/// Sorts of speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpeakerKind {
    /// A named human being.
    Person,
    /// A ministry, an army, a post.
    Office,
    /// A state or its government.
    State,
    /// Any other body.
    Organisation,
    /// A report, a statement, a letter.
    Document,
    /// Somebody who is not named.
    Unnamed,
    /// The article's own voice.
    Author,
}

/// What is done by saying something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AssertionAct {
    /// Says that something is so.
    State,
    /// Tells somebody what to do.
    Demand,
    /// Commits itself to something.
    Assure,
    /// Proposes something.
    Offer,
    /// Says that something is not so.
    Deny,
    /// Says that it will not do something.
    Refuse,
    /// Lays something at somebody's door.
    Accuse,
    /// Says that something bad may come.
    Warn,
    /// Grants that something is so.
    Acknowledge,
}

/// Whether words are the speaker's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Directness {
    /// All of it stands in quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// Some of it does.
    Mixed,
}

/// At what occasion something was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Occasion {
    /// The cut of `span`.
    pub text: String,
    /// The words that name it.
    pub span: Span,
    /// Id of the article that `span` points into, where the object does not say so itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Id of the place.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// Id of the state.
    pub country: Option<String>,
    /// How precise the point is.
    pub precision: Option<String>,
    /// Where it is named.
    pub span: Option<Span>,
}

/// A number with its bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Lower bound.
    pub low: Option<serde_json::Number>,
    /// The number.
    pub best: Option<serde_json::Number>,
    /// Upper bound.
    pub high: Option<serde_json::Number>,
}

/// How many one fate befell in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Toll {
    /// Which (`killed`, `injured`, `arrested`, `displaced`, …).
    pub fate: String,
    /// Lower bound.
    pub low: Option<serde_json::Number>,
    /// The number.
    pub best: Option<serde_json::Number>,
    /// Upper bound.
    pub high: Option<serde_json::Number>,
    /// Ids of the figures it is made of; none where a single one is named.
    pub figures: Vec<String>,
}

/// How a figure stands to others of the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// All there were.
    Total,
    /// Beyond those told of before.
    Added,
    /// Some of those told of before.
    Part,
}

impl From<onrecord_read::Scope> for Scope {
    fn from(scope: onrecord_read::Scope) -> Self {
        match scope {
            onrecord_read::Scope::Total => Self::Total,
            onrecord_read::Scope::Added => Self::Added,
            onrecord_read::Scope::Part => Self::Part,
        }
    }
}

/// Whether an event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// It is said to have happened.
    Actual,
    /// It is said not to have happened.
    Negated,
    /// It is said to be going to happen.
    Future,
    /// It depends on something.
    Conditional,
    /// It may happen or have happened.
    Possible,
    /// It happened long before.
    Historical,
}

/// One utterance or document behind a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Who spoke or wrote. `span` is null: the assertions say where.
    pub speaker: Speaker,
    /// At what occasion.
    pub occasion: Option<Occasion>,
    /// Whether the speaker's side is a party to the dispute.
    pub party_to_dispute: bool,
    /// Ids of the assertions that go back to it.
    pub assertions: Vec<String>,
    /// When, as an ISO prefix.
    pub said: Option<String>,
}

/// Bounds of a number of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Persons {
    /// There are so many at least.
    pub low: usize,
    /// There are so many at most; null where the words leave that open.
    pub high: Option<usize>,
}

/// The place of a figure among those that count the same thing, in the shape of a statement of FollowTheMoney: entity, property, value,
/// source, first and last seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesValue {
    /// The referent.
    pub entity: String,
    /// What is counted, in the words of the first figure of the series, with the unit where it has one.
    pub property: String,
    /// The value as text: `17`, `≥ 40`, `10–20`.
    pub value: String,
    /// Who gives it; null for an outlet's own voice.
    pub source: Option<Speaker>,
    /// The first day on which this source gives it: when it was said, else when the article was published.
    pub first_seen: Option<String>,
    /// The last such day.
    pub last_seen: Option<String>,
    /// Id of the first figure of the later value by which the same source replaced it.
    pub replaced_by: Option<String>,
    /// Ids of the first figures of the values that stand against it.
    pub rivals: Vec<String>,
}

/// How a claim stands. It never says what is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Two or more origins that are not each other's echo, one of them no party.
    Corroborated,
    /// Somebody denies it.
    Contested,
    /// Many outlets, one origin.
    Repeated,
    /// One outlet, one origin.
    SingleOrigin,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Corroborated, Self::Contested, Self::Repeated, Self::SingleOrigin];

    /// Its name in the exchange format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Corroborated => "corroborated",
            Self::Contested => "contested",
            Self::Repeated => "repeated",
            Self::SingleOrigin => "single-origin",
        }
    }
}

/// Demand or assurance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CommitmentKind {
    /// Somebody else is to do something.
    Demand,
    /// The speaker's side will do something.
    Assurance,
}

/// The four tests of a commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tests {
    /// It was given in writing.
    pub written: Test,
    /// A means, a verifier or an observable is named.
    pub verifiable: Test,
    /// It says who does what to whom, by when, where, how much.
    pub concrete: Test,
    /// It was acted upon.
    pub acted: Test,
}

/// What is reported of one test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Test {
    /// The answer.
    pub answer: Answer,
    /// The words that give it.
    pub span: Option<Span>,
    /// Id of the article they stand in.
    pub article: Option<String>,
    /// Id of the assertion they stand in.
    pub according_to: Option<String>,
    /// Whether another article answers otherwise.
    pub disputed: bool,
}

/// Answer to a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Somebody says so.
    Yes,
    /// Somebody says not.
    No,
    /// Nobody says.
    Unstated,
}

/// What is reported to have come of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReportedState {
    /// Nothing is reported.
    Open,
    /// Somebody says that it was acted upon.
    ActedUpon,
    /// Some say so, others deny it.
    Contested,
    /// Somebody says that it was not kept.
    Breached,
    /// It was taken back.
    Withdrawn,
}
