//! What one article yields. All spans are bytes of the article's clean text.

use onrecord_lexicon::{Act, ActorId, ActorKind, Plover};
use onrecord_text::CleanSpan;

use crate::place::Toponym;

/// Everything read from one article. Items refer to each other by position in these lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Who is named, by id.
    pub actors: Vec<NamedActor>,
    /// What is said, in the order of the text.
    pub assertions: Vec<Assertion>,
    /// What is said to have happened, in the order of the text.
    pub events: Vec<Event>,
    /// What is said to be open or closed, in force or not, under way or over, in the order of the text.
    pub affairs: Vec<Affair>,
    /// Numbers with what they count, in the order of the text.
    pub figures: Vec<Figure>,
    /// Demands and assurances, in the order of the text.
    pub commitments: Vec<Commitment>,
    /// Expressions of time, in the order of the text.
    pub times: Vec<Time>,
    /// Which assertion denies which, where the article itself shows it.
    pub denials: Vec<Denial>,
    /// What could not be settled.
    pub notes: Vec<Note>,
}

/// An actor as this article names it.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedActor {
    /// Id in the lexicon, or one made from the name.
    pub id: ActorId,
    /// Canonical name: the lexicon's, or the fullest one the article uses.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// The side it speaks for, where the lexicon or the article says so.
    pub party: Option<ActorId>,
    /// The names used, in the order of the text.
    pub names: Vec<NameUse>,
}

/// One use of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameUse {
    /// Where.
    pub span: CleanSpan,
    /// Whose word it is, where the name is one side's label.
    pub loaded: Option<ActorId>,
}

/// Words that somebody is reported to have said or written, or that the article says in its own voice.
#[derive(Debug, Clone, PartialEq)]
pub struct Assertion {
    /// The words asserted, in order; several where the reporting clause parts them. Never empty.
    pub content: Vec<CleanSpan>,
    /// The words of saying.
    pub cue: Option<CleanSpan>,
    /// Who says it.
    pub speaker: Speaker,
    /// Those through whom it reaches us, nearest to the reader first; the outlet itself is understood.
    pub via: Vec<Speaker>,
    /// To whom.
    pub addressee: Option<ActorId>,
    /// What is done by saying it.
    pub act: Act,
    /// Whether the words are the speaker's own.
    pub form: Form,
    /// When it was said, where the article lets it be known.
    pub said: Option<Date>,
    /// At what occasion ("news conference").
    pub occasion: Option<CleanSpan>,
    /// The rule that found it.
    pub rule: String,
}

/// Who says something.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// What sort of speaker.
    pub kind: SpeakerKind,
    /// Canonical name; the words used, without articles, for the unnamed and for documents. Empty for the author.
    pub name: String,
    /// The actor, where it is known which.
    pub actor: Option<ActorId>,
    /// The side the speaker speaks for.
    pub party: Option<ActorId>,
    /// Where named or referred to.
    pub span: Option<CleanSpan>,
}

impl Speaker {
    /// Somebody whom the article leaves out: "it is said that".
    pub(crate) fn not_named() -> Self {
        Self { kind: SpeakerKind::Unnamed, name: "somebody not named".to_owned(), actor: None, party: None, span: None }
    }

    /// Whether this is the same speaker, by whatever words.
    pub(crate) fn is(&self, other: &Self) -> bool {
        (self.kind, &self.name, &self.actor) == (other.kind, &other.name, &other.actor)
    }
}

/// Sorts of speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpeakerKind {
    /// A named human being.
    Person,
    /// A ministry, an army, a post.
    Office,
    /// A state or its government.
    State,
    /// Any other body, armed groups included.
    Organisation,
    /// A report, a statement, a letter.
    Document,
    /// Somebody who is not named ("officials").
    Unnamed,
    /// The article's own voice.
    Author,
}

impl From<ActorKind> for SpeakerKind {
    /// The sort of speaker that an actor of this kind is.
    fn from(kind: ActorKind) -> Self {
        match kind {
            ActorKind::State => Self::State,
            ActorKind::Office => Self::Office,
            ActorKind::Person => Self::Person,
            ActorKind::ArmedGroup | ActorKind::Organisation => Self::Organisation,
            ActorKind::People | ActorKind::Unnamed => Self::Unnamed,
        }
    }
}

/// Whether words are the speaker's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// All of it stands in quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// Some of it does.
    Mixed,
}

/// What an assertion says happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The word that names it.
    pub trigger: CleanSpan,
    /// The words that tell it. Never empty.
    pub spans: Vec<CleanSpan>,
    /// What sort of event.
    pub plover: Plover,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Who acts.
    pub actors: Vec<Participant>,
    /// Who is acted upon.
    pub recipients: Vec<Participant>,
    /// When, where the words say so.
    pub time: Option<Date>,
    /// Where, where the words say so.
    pub place: Option<Toponym>,
    /// Whether it happened.
    pub modality: Modality,
    /// How many died, were hurt, arrested, displaced in it, each fate once.
    pub tolls: Vec<Toll>,
    /// The assertion that says so.
    pub assertion: Option<usize>,
    /// The word of the lexicon that found it.
    pub rule: String,
}

/// How many one fate befell in an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Toll {
    /// Which.
    pub fate: Fate,
    /// Lower bound; `None` when the words give none.
    pub low: Option<f64>,
    /// The number; `None` when the words give only bounds.
    pub best: Option<f64>,
    /// Upper bound; `None` when the words give none.
    pub high: Option<f64>,
    /// Positions of the figures it is made of; none where one is named ("killed a farmer").
    pub figures: Vec<usize>,
}

/// A state of affairs: what somebody says of whether a thing is open or in force, or of how talks stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Affair {
    /// The words for the thing.
    pub thing: CleanSpan,
    /// What sort of thing it is: id of the lexicon (`crossing`, `ceasefire`, `talks`).
    pub kind: String,
    /// Its state, as the lexicon names it (`closed`, `in force`, `suspended`).
    pub state: String,
    /// The words that say so.
    pub words: CleanSpan,
    /// Which: the place that names the thing, or for talks where they are held.
    pub place: Option<Toponym>,
    /// Whose: the sides named with it, sorted, each once.
    pub parties: Vec<ActorId>,
    /// Since when, or when it came to be so, where the words say.
    pub since: Option<Date>,
    /// Whether it is so.
    pub modality: Modality,
    /// Number of the round of talks.
    pub round: Option<u32>,
    /// Who mediates or hosts talks or a truce.
    pub mediators: Vec<Participant>,
    /// The assertion that says so.
    pub assertion: Option<usize>,
    /// The word of the lexicon that found it.
    pub rule: String,
}

/// Somebody who takes part in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Where named.
    pub span: CleanSpan,
    /// The actor or the side it belongs to, where it is known which.
    pub actor: Option<ActorId>,
}

/// Whether an event happened, as the words have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modality {
    /// It happened or happens.
    Actual,
    /// It did not happen, or will not.
    Negated,
    /// It is going to happen.
    Future,
    /// It depends on something.
    Conditional,
    /// It may happen or have happened.
    Possible,
    /// It happened long before the story.
    Historical,
}

/// A date as precise as the article allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// EDTF: an ISO 8601 prefix (`2025`, `2025-10`, `2025-10-19`), an interval (`2025-10-01/2025-10-05`), a season (`2025-21` spring to
    /// `2025-24` winter), a decade (`193X`), a century (`18XX`); `~` behind it means about, `?` perhaps.
    pub value: String,
    /// How precise it is.
    pub precision: Precision,
    /// The words that say it.
    pub span: CleanSpan,
    /// How the value was found.
    pub basis: Basis,
}

/// How precise a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Some day of a year.
    Year,
    /// Some day of a month.
    Month,
    /// Some day of a week.
    Week,
    /// One day.
    Day,
    /// Between two dates; a season, a decade, a century.
    Interval,
}

/// How the value of a date was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The words give it whole ("November 7, 2025").
    Stated,
    /// Resolved against the date of publication ("on Thursday").
    Publication,
    /// Counted from a date that the text told of before.
    Context,
}

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The number with its qualifier, unit and what is counted.
    pub span: CleanSpan,
    /// Lower bound; `None` when the words give none.
    pub low: Option<f64>,
    /// The number; `None` when the words give only bounds.
    pub best: Option<f64>,
    /// Upper bound; `None` when the words give none.
    pub high: Option<f64>,
    /// The qualifier ("at least").
    pub qualifier: Option<CleanSpan>,
    /// Id of the unit.
    pub unit: Option<String>,
    /// The words for what is counted.
    pub counted: Option<CleanSpan>,
    /// Of whom or whose.
    pub of: Option<ActorId>,
    /// When it held.
    pub time: Option<Date>,
    /// The time it runs over, as an ISO 8601 duration: `P1M` for "a month".
    pub period: Option<&'static str>,
    /// What befell those who are counted.
    pub fate: Option<Fate>,
    /// Whether it is a total, an addition, or a part of another figure.
    pub scope: Option<Scope>,
    /// The assertion it stands in.
    pub assertion: Option<usize>,
    /// The rule that gave the bounds: `number`, `range`, `share`, a bound of the lexicon (`at-least`, `over`, …) or `vague:` and the id of the
    /// word (`vague:dozens`).
    pub rule: String,
}

/// What befell those whom a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// They died.
    Killed,
    /// They were hurt.
    Injured,
    /// They are not found.
    Missing,
    /// They were taken by force.
    Abducted,
    /// They were arrested.
    Arrested,
    /// They left their homes.
    Displaced,
    /// They were sent out of the country.
    Expelled,
    /// They were set free.
    Released,
}

impl Fate {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Killed,
        Self::Injured,
        Self::Missing,
        Self::Abducted,
        Self::Arrested,
        Self::Displaced,
        Self::Expelled,
        Self::Released,
    ];

    /// Its name in output; the list `fate-NAME` of the lexicon holds its words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Missing => "missing",
            Self::Abducted => "abducted",
            Self::Arrested => "arrested",
            Self::Displaced => "displaced",
            Self::Expelled => "expelled",
            Self::Released => "released",
        }
    }
}

/// How a figure stands to others of the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All there were ("a total of", "the toll").
    Total,
    /// Beyond those told of before ("another", "new").
    Added,
    /// Some of those told of before ("including").
    Part,
}

/// A demand or an assurance, with its four tests as this article reports them.
#[derive(Debug, Clone, PartialEq)]
pub struct Commitment {
    /// Which.
    pub kind: CommitmentKind,
    /// Who demands or assures: the party where it is known, else the speaker.
    pub by: Option<ActorId>,
    /// Of whom, or to whom.
    pub to: Option<ActorId>,
    /// What is demanded or assured.
    pub what: CleanSpan,
    /// The assertions that say so.
    pub assertions: Vec<usize>,
    /// The four tests.
    pub tests: Tests,
}

/// Demand or assurance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommitmentKind {
    /// Somebody else is to do something.
    Demand,
    /// The speaker's side will do something, or says that it does.
    Assurance,
}

/// What is reported of a commitment's quality; never a verdict of ours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tests {
    /// It was given in writing.
    pub written: Stated,
    /// A means, a verifier or an observable is named.
    pub verifiable: Stated,
    /// It says who does what to whom, by when, where, how much.
    pub concrete: Stated,
    /// It was acted upon.
    pub acted: Stated,
}

/// What the article says about one test.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stated {
    /// Yes, in these words, by this assertion.
    Yes(Evidence),
    /// No, in these words, by this assertion.
    No(Evidence),
    /// Nothing.
    #[default]
    Unsaid,
}

/// Words that answer a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// The words.
    pub span: CleanSpan,
    /// The assertion they stand in.
    pub assertion: Option<usize>,
}

/// An expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// The words.
    pub span: CleanSpan,
    /// What sort of expression it is.
    pub kind: TimeKind,
    /// Value as TIMEX3 writes it (`2025-11-07`, `P3D`, `XXXX-WXX-5`, `PRESENT_REF`); `None` where the words tell nothing of it.
    pub value: Option<String>,
    /// What the words say of the value beyond it.
    pub modifier: Option<Modifier>,
    /// Its date; `None` when the article does not let it be known.
    pub date: Option<Date>,
}

impl Time {
    /// Whether the expression names a place on the calendar, be it resolved or not: "7 November", "Thursday", "the next day"; not "now",
    /// "at night", "three days", "daily".
    #[must_use]
    pub fn is_of_calendar(&self) -> bool {
        let names_one = |value: &str| !value.ends_with("_REF") && !value.starts_with("XXXX-XX-XXT");
        self.date.is_some()
            || matches!(self.kind, TimeKind::Date | TimeKind::Time) && self.value.as_deref().is_some_and(names_one)
    }
}

/// Sorts of expressions of time, as TIMEX3 has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeKind {
    /// A day or anything longer.
    Date,
    /// A time of day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

impl TimeKind {
    /// The name that TIMEX3 gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// What the words say of a time beyond its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modifier {
    /// "early May".
    Start,
    /// "mid-May".
    Mid,
    /// "late May".
    End,
    /// "more than two years".
    MoreThan,
    /// "nearly two years".
    LessThan,
    /// "about 1910".
    Approximate,
    /// "probably in 1943".
    Uncertain,
}

/// A link from a denial to what it denies, both assertions of this article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denial {
    /// The assertion that denies.
    pub by: usize,
    /// The assertion that is denied.
    pub of: usize,
}

/// Something that could not be settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub span: CleanSpan,
    /// Stable name: `unresolved-speaker`, `unresolved-date`, `unbalanced-quotation`, `ambiguous-name`, ….
    pub name: &'static str,
    /// One sentence for people.
    pub text: String,
}
