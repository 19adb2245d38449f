//! Decisions of reviewers beside what the reader found: which are in force, which finding each is about, and what the record is with them.
//!
//! A decision never changes a reading. [`reviewed`](crate::reviewed) lays those in force over the readings before they are joined, so that
//! claims, origins and the ledger are made of what reviewers left standing. docs/review.md tells the rules.

mod agreement;
mod anchor;
mod commitment;
mod credibility;
mod force;
pub mod gist;
mod overlay;
mod queue;
mod remove;

use std::collections::BTreeMap;

use onrecord_lexicon::{Act, ActorId};
use onrecord_read::{Assertion, Speaker};
use onrecord_text::SourceSpan;

use crate::ItemRef;

pub use agreement::{Agreement, Difference, agreement};
pub use anchor::{Place, around, places};
pub use force::{in_force, letters, settled};
pub(crate) use overlay::lay_over;
pub use overlay::merged;
pub use queue::{Doubt, Waiting, Weight, queue};

/// A decision of a reviewer.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Its id, a hash of all the rest.
    pub id: String,
    /// Who decided.
    pub by: String,
    /// When, ISO 8601 in UTC to the millisecond, as the reviewer's machine had it. A reviewer's decisions have different times.
    pub at: String,
    /// What.
    pub verdict: Verdict,
    /// Why, in the reviewer's words.
    pub note: Option<String>,
}

/// What is decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// On a finding.
    Finding(Box<Anchor>, Ruling),
    /// The first actor is the second.
    Merge {
        /// Under which id it was found.
        actor: ActorId,
        /// Who it is.
        into: ActorId,
    },
    /// The actor is one of its own, whatever it was merged with.
    Split {
        /// Its id.
        actor: ActorId,
    },
    /// How far an outlet is relied on.
    Reliability {
        /// Its name, as claims have it.
        outlet: String,
        /// The letter.
        letter: Letter,
    },
    /// An earlier decision of the same reviewer does not hold any more.
    Withdraw {
        /// Its id.
        decision: String,
    },
}

impl Verdict {
    /// A ruling on the finding that `anchor` leads to.
    #[must_use]
    pub fn on(anchor: Anchor, ruling: Ruling) -> Self {
        Self::Finding(Box::new(anchor), ruling)
    }
}

/// What is decided on a finding.
#[derive(Debug, Clone, PartialEq)]
pub enum Ruling {
    /// It stands as it was found.
    Accept,
    /// It is none.
    Reject,
    /// It stands with these changes.
    Correct(Correction),
}

impl Ruling {
    /// Its name in decisions.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Correct(_) => "correct",
        }
    }
}

/// What a reviewer puts right in an assertion. What is not given stands as it was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Correction {
    /// Who speaks. The words that name the speaker are not known then.
    pub speaker: Option<Speaker>,
    /// The side that the speaker speaks for.
    pub party: Option<ActorId>,
    /// What is done by saying it.
    pub act: Option<Act>,
    /// The words asserted: their bytes in the capture, and the words.
    pub words: Option<CorrectedWords>,
}

/// Words that a reviewer marks in a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectedWords {
    /// Where, in the decoded source of the capture that was reviewed.
    pub spans: Vec<SourceSpan>,
    /// The words at each of them, as the article's clean text has them.
    pub exact: Vec<String>,
}

/// What leads from a decision to the finding it is about: by id and place in the capture that was reviewed, by words elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Id of the finding.
    pub item: String,
    /// What it is.
    pub kind: FindingKind,
    /// SHA-256 of the capture, 64 hex digits.
    pub capture: String,
    /// Address of the page; its name, where it was read from a file.
    pub address: String,
    /// What it said when it was decided on, as [`gist`] puts it.
    pub found: String,
    /// Where its words stand in the decoded source.
    pub spans: Vec<SourceSpan>,
    /// Its words, as the article's clean text has them, parts joined by " … ".
    pub exact: String,
    /// Characters of the clean text before them.
    pub prefix: String,
    /// Characters of the clean text behind them.
    pub suffix: String,
    /// SHA-256 of the finding's line in the stored reading.
    pub line: Option<String>,
}

/// Stands between the parts of [`Anchor::exact`].
pub const PARTS_JOIN: &str = " … ";

/// Characters that an anchor keeps before and behind its words, as many as a W3C TextQuoteSelector usually has.
pub const AROUND: usize = 32;

/// The findings of a reading that can be decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// An assertion.
    Assertion,
    /// An event.
    Event,
    /// A figure.
    Figure,
    /// A demand or an assurance.
    Commitment,
}

impl FindingKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Assertion, Self::Event, Self::Figure, Self::Commitment];

    /// The type of its lines in the exchange format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assertion => "assertion",
            Self::Event => "event",
            Self::Figure => "figure",
            Self::Commitment => "commitment",
        }
    }
}

/// Reliability of a source in the Admiralty system (NATO AJP-2.1): the letter alone, and only where a reviewer gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Letter {
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
    /// Reliability cannot be judged.
    F,
}

impl Letter {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];

    /// The letter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
        }
    }
}

/// Whether findings that reviewers reject stand in the record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rejected {
    /// They are left out, with what stands on them alone.
    #[default]
    LeftOut,
    /// They stand in it, marked.
    Shown,
}

/// What reviewers made of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It stands as it was found.
    Accepted,
    /// It stands with changes.
    Corrected,
    /// It is none.
    Rejected,
    /// Reviewers differ; it stands as it was found.
    Differs,
}

impl Outcome {
    /// Its name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
            Self::Differs => "reviewers-differ",
        }
    }
}

/// The decisions that bear on one finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What they come to.
    pub outcome: Outcome,
    /// Who decided, sorted, each once.
    pub by: Vec<String>,
    /// Ids of the decisions in force, sorted.
    pub decisions: Vec<String>,
    /// The finding's id, whatever was corrected in it.
    pub finding: String,
    /// The assertion as it was found, where a correction changed it.
    pub found: Option<Box<Assertion>>,
}

/// A decision in force that is not laid over anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Its id.
    pub decision: String,
    /// Why, for people.
    pub reason: String,
    /// Id and words of a finding that stands in the place of the one it is about.
    pub instead: Option<(String, String)>,
}

/// What decisions made of a record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    /// Decisions in force.
    pub in_force: usize,
    /// Whether rejected findings stand in the record.
    pub rejected: Rejected,
    /// What they are about, by kind and place in the record.
    pub marks: BTreeMap<(FindingKind, ItemRef), Mark>,
    /// Findings that reviewers rejected, with how many other findings stood on them alone.
    pub left_out: Vec<LeftOut>,
    /// Decisions in force that were laid over nothing, by id.
    pub lost: Vec<Lost>,
    /// For each outlet that somebody judged the letters given, with who gave each; sorted.
    pub outlets: BTreeMap<String, Vec<(Letter, String)>>,
    /// Actors that stand under another's id.
    pub merged: BTreeMap<ActorId, ActorId>,
}

/// A finding that is not in the record because reviewers rejected it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What it was.
    pub kind: FindingKind,
    /// Its id.
    pub finding: String,
    /// Events, figures, states and commitments that stood on it alone.
    pub with_it: usize,
}

impl Review {
    /// What was decided on this finding.
    #[must_use]
    pub fn mark(&self, kind: FindingKind, at: ItemRef) -> Option<&Mark> {
        self.marks.get(&(kind, at))
    }
}
