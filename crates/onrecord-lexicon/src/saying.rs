//! Words of saying.

/// What somebody does by saying something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Says that something is so.
    State,
    /// Tells somebody what to do.
    Demand,
    /// Commits itself to something.
    Assure,
    /// Proposes something, often on a condition.
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

impl Act {
    /// All nine.
    pub const ALL: [Self; 9] = [
        Self::State,
        Self::Demand,
        Self::Assure,
        Self::Offer,
        Self::Deny,
        Self::Refuse,
        Self::Accuse,
        Self::Warn,
        Self::Acknowledge,
    ];

    /// Its name in data files and output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Demand => "demand",
            Self::Assure => "assure",
            Self::Offer => "offer",
            Self::Deny => "deny",
            Self::Refuse => "refuse",
            Self::Accuse => "accuse",
            Self::Warn => "warn",
            Self::Acknowledge => "acknowledge",
        }
    }
}

/// Where the words asserted stand, seen from the word of saying. `docs/lexicon.md` has the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frame {
    /// V (that) CLAUSE.
    That,
    /// V “…”.
    Quote,
    /// V to VERB.
    To,
    /// V N to VERB.
    NounTo,
    /// V N.
    Noun,
    /// V N as ….
    NounAs,
    /// V N that CLAUSE.
    NounThat,
    /// V N of ….
    NounOf,
    /// V N for ….
    NounFor,
    /// V N at AMOUNT.
    NounAt,
    /// V preposition …, with the preposition.
    Preposition(&'static str),
    /// V how/why/what/whether CLAUSE.
    Wh,
    /// V VERB-ing.
    Ing,
    /// NOUN be that/to ….
    Is,
}

const PREPOSITIONS: [&str; 7] = ["of", "for", "against", "on", "about", "with", "in"];

impl Frame {
    /// The frame that data files write as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "that" => Self::That,
            "quote" => Self::Quote,
            "to" => Self::To,
            "N to" => Self::NounTo,
            "N" => Self::Noun,
            "N as" => Self::NounAs,
            "N that" => Self::NounThat,
            "N of" => Self::NounOf,
            "N for" => Self::NounFor,
            "N at" => Self::NounAt,
            "wh" => Self::Wh,
            "ing" => Self::Ing,
            "is" => Self::Is,
            _ => Self::Preposition(PREPOSITIONS.iter().find(|preposition| **preposition == text)?),
        })
    }
}

/// Verb (or verbal expression) or noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SayingKind {
    /// A verb or a fixed expression built on one; its subject speaks.
    Verb,
    /// A noun; its possessor speaks.
    Noun,
}

/// An entry: a word of saying with its inflections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// Verb or noun.
    pub kind: SayingKind,
    /// Base form; names the rule in output.
    pub lemma: String,
    /// Every inflection.
    pub forms: Vec<String>,
    /// Act of those who use it.
    pub act: Act,
    /// Where the content stands.
    pub frames: Vec<Frame>,
    /// PLOVER event type of the utterance itself.
    pub plover: Option<String>,
    /// Sentences in which it must be found.
    pub finds: Vec<Example>,
    /// Sentences in which it must be left alone.
    pub leaves: Vec<Example>,
}

/// An example sentence with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// File, as named by the caller.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Character of the line, from 1.
    pub column: usize,
}
