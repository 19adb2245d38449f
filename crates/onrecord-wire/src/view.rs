//! What the brief shows, before it is set for terminal or page: both views show this and nothing else.

mod affairs;
mod among;
mod answer;
mod claims;
pub(crate) mod dossier;
mod figures;
mod gather;
mod ledger;
mod name;
mod open;
mod phrase;
mod review;
mod timeline;
mod who;

use onrecord_lexicon::Lexicon;
use onrecord_record::{Persons, Record, Standing, Words};

pub(crate) use answer::{AnswerLine, AnswerPart, Shown, answer};
pub(crate) use figures::value as figure_value;
use gather::Gather;
pub(crate) use name::date as human_date;
pub(crate) use phrase::{LEGEND, WHAT_IT_IS, affairs_left, counted, label};
pub use review::letters_given;

/// The brief of a record.
pub(crate) struct Brief {
    pub(crate) head: Head,
    /// What reviewers' decisions did to it, a sentence each.
    pub(crate) review: Vec<String>,
    /// Demands and assurances, by the party that makes them.
    pub(crate) ledger: Vec<PartyLedger>,
    pub(crate) claims: Claims,
    pub(crate) figures: Figures,
    pub(crate) timeline: Vec<Dated>,
    /// What is open, in force, under way, by thing.
    pub(crate) affairs: Vec<AffairItem>,
    /// States that are told of nothing in `affairs`, or again.
    pub(crate) affairs_left: usize,
    /// Who is who, by party.
    pub(crate) who: Vec<PartyNames>,
    /// What could not be settled, by kind.
    pub(crate) open: Vec<OpenGroup>,
    /// Stories, shared text and versions.
    pub(crate) among: Vec<AmongItem>,
    /// The words that items point at, in the order of the record.
    pub(crate) marks: Vec<Mark>,
}

/// What was read.
pub(crate) struct Head {
    pub(crate) pages: usize,
    pub(crate) articles: usize,
    pub(crate) outlets: usize,
    /// First and last day of publication, for people.
    pub(crate) published: Option<(String, String)>,
    /// Articles without a date of publication.
    pub(crate) undated: usize,
}

/// Whose words are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The speaker's own, as quoted in the source.
    Own,
    /// The article's, for what somebody said.
    Article,
}

/// Words of a source with their place. The words are as printed there, on one line.
#[derive(Clone)]
pub(crate) struct Quote {
    pub(crate) words: String,
    pub(crate) voice: Voice,
    pub(crate) place: Place,
}

/// Where words stand.
#[derive(Clone)]
pub(crate) struct Place {
    /// `FILE:LINE` of the source text, `FILE p. PAGE` of a printed report.
    pub(crate) label: String,
    /// Id of the mark around the words.
    pub(crate) anchor: String,
}

/// Words of an article that items of the brief point at.
#[derive(Debug)]
pub(crate) struct Mark {
    pub(crate) anchor: String,
    pub(crate) kind: MarkKind,
    pub(crate) words: Words,
    /// Ids of the items that point here ("d1"), in the order of the brief.
    pub(crate) items: Vec<String>,
}

/// What is marked. Of marks around the same words the first in this list is the outermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MarkKind {
    /// Words in the article's own voice.
    Author,
    /// Words of a named or unnamed speaker.
    Said,
    /// A demand or an assurance.
    Commitment,
    /// Words that answer a test.
    Test,
    /// A thing and its state.
    State,
    /// Words that two articles share, or that a version changes.
    Shared,
    /// Words that raise a question.
    Open,
    /// A figure.
    Figure,
    /// A name.
    Name,
}

/// A party's demands and assurances.
pub(crate) struct PartyLedger {
    pub(crate) party: String,
    pub(crate) items: Vec<LedgerItem>,
}

/// A demand or an assurance.
pub(crate) struct LedgerItem {
    /// `d1`, `a1`; labels are the same in capitals.
    pub(crate) id: String,
    pub(crate) is_demand: bool,
    pub(crate) by: String,
    pub(crate) to: Option<String>,
    pub(crate) what: Quote,
    /// Who said it, when, where; each speaker once. Empty when that is all in `by` and `what`.
    pub(crate) said: Vec<Said>,
    pub(crate) tests: Vec<TestLine>,
    /// Names of the tests that nobody reports on.
    pub(crate) unreported: Vec<&'static str>,
    /// What is reported to have come of it; `None` when nothing is.
    pub(crate) state: Option<&'static str>,
    /// Id of the demand it answers.
    pub(crate) answers: Option<String>,
    /// Ids of the assurances that answer it.
    pub(crate) answered_by: Vec<String>,
    /// What reviewers decided on it.
    pub(crate) decided: Option<String>,
}

/// A speaker and the places where the article has it.
pub(crate) struct Said {
    pub(crate) who: String,
    /// When and at what occasion, where it is known.
    pub(crate) when: Option<String>,
    pub(crate) places: Vec<Place>,
}

/// A test that somebody reports on.
pub(crate) struct TestLine {
    pub(crate) name: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) evidence: Option<Quote>,
    /// Who says so, where it is not the one who demands or assures.
    pub(crate) according_to: Option<String>,
    pub(crate) disputed: bool,
}

/// Claims, contested and corroborated ones apart from those of one origin.
pub(crate) struct Claims {
    pub(crate) standing: Vec<ClaimItem>,
    /// One outlet, one origin.
    pub(crate) single: Vec<ClaimItem>,
    /// One outlet, in its own voice.
    pub(crate) own_voice: Vec<ClaimItem>,
}

/// A claim.
pub(crate) struct ClaimItem {
    pub(crate) id: String,
    pub(crate) standing: Standing,
    pub(crate) who: String,
    pub(crate) words: Quote,
    pub(crate) outlets: Vec<String>,
    pub(crate) publishers: usize,
    pub(crate) origins: Vec<OriginLine>,
    /// How many persons the unnamed ones of them are.
    pub(crate) unnamed: Option<Persons>,
    pub(crate) denials: Vec<Denial>,
    /// How far reviewers rely on the outlets, and the number that its standing proposes.
    pub(crate) rating: Option<String>,
    pub(crate) reasons: Vec<String>,
}

/// An utterance or document behind a claim.
pub(crate) struct OriginLine {
    pub(crate) who: String,
    pub(crate) when: Option<String>,
    pub(crate) is_party: bool,
    pub(crate) places: Vec<Place>,
}

/// Who denies a claim.
pub(crate) struct Denial {
    pub(crate) who: String,
    pub(crate) words: Quote,
}

/// Figures that count the same thing, and those that stand alone.
pub(crate) struct Figures {
    pub(crate) groups: Vec<FigureGroup>,
    pub(crate) alone: Vec<FigureLine>,
}

/// Figures that count the same thing.
pub(crate) struct FigureGroup {
    pub(crate) id: String,
    /// What is counted, in the words of the first figure.
    pub(crate) counted: String,
    pub(crate) rival_values: bool,
    pub(crate) figures: Vec<FigureLine>,
}

/// One figure.
pub(crate) struct FigureLine {
    pub(crate) id: String,
    pub(crate) quote: Quote,
    /// The value in digits, where the words spell it otherwise.
    pub(crate) value: String,
    pub(crate) who: String,
    pub(crate) when: Option<String>,
    /// Since when it is given, what takes its place and what stands against it; with the first figure of each value of a series.
    pub(crate) history: Option<String>,
}

/// Something dated.
pub(crate) struct Dated {
    pub(crate) id: String,
    pub(crate) date: String,
    pub(crate) who: String,
    /// The article's word for a denial or a refusal.
    pub(crate) turning_word: Option<String>,
    /// Whether it is the saying that is dated.
    pub(crate) is_saying: bool,
    pub(crate) words: Quote,
    /// The events of that date that the words tell of, a line each.
    pub(crate) events: Vec<String>,
}

/// A thing whose state is reported.
pub(crate) struct AffairItem {
    pub(crate) id: String,
    pub(crate) thing: String,
    /// Whether reports of one day contradict each other.
    pub(crate) disputed: bool,
    /// By date; those without one first.
    pub(crate) states: Vec<AffairState>,
}

/// What somebody says of a thing's state.
pub(crate) struct AffairState {
    pub(crate) when: Option<String>,
    pub(crate) what: String,
    pub(crate) who: String,
    pub(crate) words: Quote,
}

/// The actors of a party.
pub(crate) struct PartyNames {
    pub(crate) party: String,
    pub(crate) actors: Vec<ActorLine>,
}

/// One actor.
pub(crate) struct ActorLine {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    /// Each name used, once.
    pub(crate) names: Vec<NameLine>,
}

/// A name used for an actor.
pub(crate) struct NameLine {
    pub(crate) name: String,
    pub(crate) times: usize,
    /// Where it stands first.
    pub(crate) place: Place,
    /// Whose word it is.
    pub(crate) loaded: Option<String>,
}

/// Questions of one kind.
pub(crate) struct OpenGroup {
    pub(crate) name: String,
    pub(crate) questions: Vec<OpenLine>,
}

/// One question.
pub(crate) struct OpenLine {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) words: Option<Quote>,
}

/// What articles have in common.
pub(crate) struct AmongItem {
    pub(crate) id: String,
    pub(crate) head: String,
    /// Words, each under what they are.
    pub(crate) lines: Vec<(&'static str, Quote)>,
}

/// Gathers what the brief of `record` shows.
pub(crate) fn brief(record: &Record, lexicon: &Lexicon) -> Brief {
    let mut gather = Gather::new(record, lexicon);
    Brief {
        head: gather.head(),
        review: review::sentences(record),
        ledger: gather.ledger(),
        claims: gather.claims(),
        figures: gather.figures(),
        timeline: gather.timeline(),
        affairs: gather.affairs(),
        affairs_left: gather.affairs_left(),
        who: gather.who(),
        open: gather.open(),
        among: gather.among(),
        marks: gather.marks(),
    }
}
