//! The record: readings and what joins them.

use onrecord_lexicon::{ActorId, ActorKind};
use onrecord_page::{CaptureData, Page};
use onrecord_read::{CommitmentKind, Date, Reading, Speaker, Stated, Tests};
use onrecord_text::{CleanSpan, SourceId};

use crate::review::Review;

/// All readings together with what joins them.
#[derive(Debug, Clone)]
pub struct Record {
    /// The pages, by name and hash, each with a reading per article.
    pub entries: Vec<Entry>,
    /// Everybody named or speaking, by id.
    pub actors: Vec<Actor>,
    /// What several assertions say alike, most origins first.
    pub claims: Vec<Claim>,
    /// The ledger: demands and assurances, restatements joined.
    pub commitments: Vec<Undertaking>,
    /// Figures that count the same thing.
    pub referents: Vec<Referent>,
    /// Articles that report the same happening, the largest story first. Articles that stand alone are in none.
    pub stories: Vec<Story>,
    /// For each article that shares text with an older one, that one with which it shares most.
    pub shared: Vec<SharedText>,
    /// What was changed between two captures of one page.
    pub revisions: Vec<Revision>,
    /// What is dated, by date.
    pub timeline: Vec<TimelineEntry>,
    /// Things whose state is reported, each with its states by date.
    pub affairs: Vec<AffairLine>,
    /// What could not be settled.
    pub questions: Vec<Question>,
    /// What reviewers decided of it.
    pub review: Review,
}

/// One capture as read.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Path or URL as given.
    pub name: String,
    /// What is known of how its bytes were obtained.
    pub capture: CaptureData,
    /// The page.
    pub page: Page,
    /// One reading for each of the page's articles, in step.
    pub readings: Vec<Reading>,
}

/// An item of a reading: which entry, which of its articles, which position in the list of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemRef {
    /// Position in [`Record::entries`].
    pub entry: usize,
    /// Position in [`Entry::readings`].
    pub article: usize,
    /// Position in the reading's list.
    pub item: usize,
}

/// Words of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words {
    /// Position in [`Record::entries`].
    pub entry: usize,
    /// Position in [`Entry::readings`].
    pub article: usize,
    /// Where in its clean text.
    pub span: CleanSpan,
}

/// An actor across all articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// The side it speaks for.
    pub party: Option<ActorId>,
    /// Names used, with whose word a loaded one is.
    pub names: Vec<ActorName>,
}

/// One name used for an actor, at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct ActorName {
    /// Where.
    pub words: Words,
    /// Whose term it is, where it is one side's label.
    pub loaded: Option<ActorId>,
}

/// Assertions that say the same of the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The assertions, oldest entry first. Never empty.
    pub assertions: Vec<ItemRef>,
    /// Assertions that deny it.
    pub denied_by: Vec<ItemRef>,
    /// Names of the outlets that carry it.
    pub outlets: Vec<String>,
    /// Their publishers.
    pub publishers: Vec<String>,
    /// The utterances and documents behind it.
    pub origins: Vec<Origin>,
    /// How many persons its unnamed speakers are; `None` where all are named.
    pub unnamed: Option<Persons>,
    /// How it stands.
    pub standing: Standing,
    /// Why these assertions were joined, one sentence for each but the first.
    pub reasons: Vec<String>,
    /// The event that they tell, once for each assertion that is about it ([`Reading::events`]). Empty where they tell none.
    pub events: Vec<ItemRef>,
    /// The figures in their words that several of them give for one thing ([`Reading::figures`]).
    pub figures: Vec<ItemRef>,
}

/// One utterance or document behind assertions.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// Who spoke or wrote.
    pub speaker: Speaker,
    /// At what occasion, where it is known.
    pub occasion: Option<Words>,
    /// When, as an ISO prefix, where it is known.
    pub said: Option<String>,
    /// Whether the speaker's side is a party to the dispute.
    pub party_to_dispute: bool,
    /// The assertions that go back to it.
    pub assertions: Vec<ItemRef>,
}

/// Bounds of a number of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Persons {
    /// There are so many at least.
    pub low: usize,
    /// There are so many at most; `None` where the words leave that open.
    pub high: Option<usize>,
}

impl std::fmt::Display for Persons {
    /// "1 person", "between 1 and 3 persons", "2 persons or more".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.low, self.high) {
            (1, Some(1)) => write!(f, "1 person"),
            (low, Some(high)) if low == high => write!(f, "{low} persons"),
            (low, Some(high)) => write!(f, "between {low} and {high} persons"),
            (1, None) => write!(f, "1 person or more"),
            (low, None) => write!(f, "{low} persons or more"),
        }
    }
}

/// How a claim stands. It never says what is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// A demand or an assurance across articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Undertaking {
    /// Demand or assurance.
    pub kind: CommitmentKind,
    /// By whom.
    pub by: Option<ActorId>,
    /// To or of whom.
    pub to: Option<ActorId>,
    /// How that is known; `None` where it is not.
    pub to_basis: Option<ToBasis>,
    /// Its fullest wording.
    pub what: Words,
    /// When it was first said, where it is known.
    pub first_said: Option<Date>,
    /// The reading-level commitments joined here ([`Reading::commitments`]).
    pub said_in: Vec<ItemRef>,
    /// The assertions behind them.
    pub assertions: Vec<ItemRef>,
    /// The four tests, each with the article that answers it.
    pub tests: [TestAnswer; 4],
    /// Position of the demand that this assurance answers.
    pub answers: Option<usize>,
    /// What is reported to have come of it.
    pub state: ReportedState,
}

/// How it is known to whom a commitment goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ToBasis {
    /// An article says so.
    Stated,
    /// It answers the demand of this side.
    Answers,
    /// Its words name this side and no other but its own.
    Named,
    /// It names nobody, and this is the other party of the dispute.
    Counterpart,
}

impl ToBasis {
    /// Its name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Answers => "answers",
            Self::Named => "named",
            Self::Counterpart => "counterpart",
        }
    }
}

/// The answer to one of the four tests.
#[derive(Debug, Clone, PartialEq)]
pub struct TestAnswer {
    /// Yes, no or unsaid, as the article says it.
    pub stated: Stated,
    /// Entry and article of the words; `None` when unsaid.
    pub at: Option<(usize, usize)>,
    /// Whether another article answers otherwise.
    pub disputed: bool,
}

/// What is reported to have come of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// Figures that count the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Referent {
    /// The figures.
    pub figures: Vec<ItemRef>,
    /// Whether they give different values.
    pub rival_values: bool,
    /// Who gives which value, oldest first, those without a day last.
    pub series: Vec<GivenValue>,
}

/// One value for a referent, from one source.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenValue {
    /// Who gives it, as first named; `None` for an outlet's own voice.
    pub by: Option<Speaker>,
    /// The figures that give it, by the age of their articles. Never empty.
    pub figures: Vec<ItemRef>,
    /// The first day on which it is given, ISO: when it was said, else when the article was published.
    pub first_said: Option<String>,
    /// The last such day.
    pub last_said: Option<String>,
    /// Position in [`Referent::series`] of the later value of the same source that takes its place.
    pub replaced_by: Option<usize>,
    /// Positions of the values that stand against it: no number fits both.
    pub rivals: Vec<usize>,
}

/// An article of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticleRef {
    /// Position in [`Record::entries`].
    pub entry: usize,
    /// Position in [`Entry::readings`].
    pub article: usize,
}

/// Text that two articles share word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedText {
    /// The older article, as far as their dates tell.
    pub older: ArticleRef,
    /// The newer one.
    pub newer: ArticleRef,
    /// What the shared text makes of them.
    pub kind: SharedKind,
    /// Words in the passages.
    pub shared_words: usize,
    /// Words of the shorter article.
    pub words: usize,
    /// The passages, where they stand in the older and in the newer article; in the order of the newer.
    pub passages: Vec<(Words, Words)>,
    /// The news agency that both credit, in lower case.
    pub agency: Option<String>,
}

/// What shared text makes of two articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SharedKind {
    /// One takes over the other's text, or both a third one's.
    Copy,
    /// They quote the same words and tell the rest in their own.
    Quotation,
}

/// Two versions of one page that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The version before.
    pub older: ArticleRef,
    /// The version after.
    pub newer: ArticleRef,
    /// What differs, in the order of the text. Never empty.
    pub changes: Vec<Change>,
}

/// One place where two versions differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Words of the older version that the newer one has not.
    pub removed: Option<Words>,
    /// Words of the newer version in their place.
    pub added: Option<Words>,
}

/// Articles that report the same happening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The articles, oldest first. At least two.
    pub articles: Vec<ArticleRef>,
    /// The words that tell most of what it is about, stemmed, for people.
    pub words: Vec<String>,
}

/// Something dated.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// When.
    pub date: Date,
    /// The assertion that holds the date.
    pub assertion: ItemRef,
    /// Whether the date is when it was said, not when it happened.
    pub is_saying: bool,
}

/// One thing whose state is reported: a crossing, a ceasefire, the talks between two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct AffairLine {
    /// What sort of thing it is.
    pub kind: String,
    /// Its name, or that of the place it is known by.
    pub name: Option<String>,
    /// The sides it lies or holds between, where it has no name; sorted.
    pub parties: Vec<ActorId>,
    /// What is reported of it ([`Reading::affairs`]), by date, copies once.
    pub affairs: Vec<ItemRef>,
    /// Whether reports of one day contradict each other.
    pub disputed: bool,
}

/// Something that could not be settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Where.
    pub words: Option<Words>,
    /// Stable name.
    pub name: &'static str,
    /// One sentence for people.
    pub text: String,
}

impl Entry {
    /// Hash of the capture's bytes.
    #[must_use]
    pub fn source_id(&self) -> SourceId {
        self.page.source.id()
    }
}

/// The tests in the order of [`Undertaking::tests`].
#[must_use]
pub fn tests_in_order(tests: &Tests) -> [Stated; 4] {
    [tests.written, tests.verifiable, tests.concrete, tests.acted]
}
