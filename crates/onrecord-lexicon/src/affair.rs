//! States of affairs: things that are open or closed, in force or suspended, and talks; and the words that say so.

use crate::saying::Example;

/// What states a thing can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// Open or closed: a crossing, an embassy, a hotline.
    Passage,
    /// In force or not: a ceasefire, an agreement, sanctions.
    Force,
    /// Talks: planned, under way, ended, failed.
    Talks,
}

/// A sort of thing whose state is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affair {
    /// Names it in output: `crossing`, `ceasefire`.
    pub id: String,
    /// What states it can be in.
    pub axis: Axis,
    /// Kinds of places of the lexicon that are such a thing by their name alone.
    pub places: Vec<String>,
}

/// How the words of a [`Turn`] stand to the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TurnKind {
    /// A verb: the thing is its object, the subject of its passive, or its subject where it has no object.
    Verb,
    /// A verb whose thing is its object or the subject of its passive.
    Transitive,
    /// An adjective said of the thing ("is shut").
    Adjective,
    /// A noun with "of": "the closure of".
    Noun,
    /// Words said of the thing ("in force"), or that tell how a verb ended it ("without agreement").
    Phrase,
}

/// Words that say in what state a thing is, or came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Base form; names the rule in output.
    pub lemma: String,
    /// Other words of the same meaning.
    pub also: Vec<String>,
    /// How the words stand to the thing.
    pub kind: TurnKind,
    /// Of what things they are said.
    pub axis: Axis,
    /// Ids of the things it is said of; empty for all of the axis.
    pub of: Vec<String>,
    /// The state: `open`, `closed`, `in force`, `suspended`, `ended`, ….
    pub state: String,
    /// Sentences in which it must be found.
    pub finds: Vec<Example>,
    /// Sentences in which it must be left alone.
    pub leaves: Vec<Example>,
}

impl Turn {
    /// Whether the words can be said of such a thing.
    #[must_use]
    pub fn suits(&self, affair: &Affair) -> bool {
        self.axis == affair.axis && (self.of.is_empty() || self.of.contains(&affair.id))
    }
}
