//! Answers to questions about a record: what bears on the question, by position, and what was searched for it.
//!
//! An answer never adds words of its own about the world. It points at claims, commitments, figures, assertions and passages, and says
//! in a [`Part::heading`] why they stand there. Where nothing is found, [`Searched`] says in what and for which words.

mod asked;
mod dated;
mod demands;
mod denied;
mod described;
mod echo;
mod figures;
mod ground;
mod origins;
mod voices;
mod written;

use onrecord_lexicon::{About, Lexicon};

use crate::{ItemRef, Record, Words};

pub use asked::Asked;
use ground::Ground;

/// What a record says to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub about: About,
    /// One sentence with the numbers.
    pub summary: String,
    /// What bears on the question, by reason.
    pub parts: Vec<Part>,
    /// Where and for what was searched.
    pub searched: Searched,
}

/// Findings that stand in an answer for one reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Stable name of the reason (`demands-for-writing`).
    pub name: &'static str,
    /// The reason, for people.
    pub heading: String,
    /// The findings, best or oldest first.
    pub findings: Vec<Finding>,
    /// How many more there are.
    pub left_out: usize,
}

/// Something in the record that bears on the question.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What.
    pub found: Found,
    /// What the finding is to the one before it ("denies"); empty when it stands for itself.
    pub label: &'static str,
    /// What the record knows of it besides, a sentence each.
    pub remarks: Vec<String>,
}

/// Sorts of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// Position in [`Record::claims`].
    Claim(usize),
    /// Position in [`Record::commitments`].
    Commitment(usize),
    /// A figure.
    Figure(ItemRef),
    /// An assertion.
    Assertion(ItemRef),
    /// Words of an article that the record holds under nothing else.
    Passage(Words),
    /// A whole article: position of its entry, and its own in there.
    Article(usize, usize),
    /// A name as used.
    Name(Words),
}

/// Where and for what was searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// Articles.
    pub articles: usize,
    /// Their sentences.
    pub passages: usize,
    /// Assertions read in them.
    pub assertions: usize,
    /// The words looked for, and how many passages hold each.
    pub words: Vec<(String, usize)>,
    /// Words of the lexicon that were looked for besides.
    pub lexicon: Vec<String>,
}

/// The most findings of one part that are shown.
const MOST: usize = 12;

/// What `record` says to the question that was asked.
#[must_use]
pub fn answer(record: &Record, asked: &Asked, lexicon: &Lexicon) -> Answer {
    let ground = Ground::new(record, asked, lexicon);
    let (summary, parts) = match asked.about {
        About::Changed => demands::changed(&ground),
        About::Denied => denied::denied(&ground),
        About::Done => demands::done(&ground),
        About::Echo => echo::echo(&ground),
        About::Figures => figures::figures(&ground),
        About::Lookalike => figures::lookalikes(&ground),
        About::Origins => origins::origins(&ground),
        About::Since => dated::since(&ground),
        About::When => dated::when(&ground),
        About::Words => voices::words(&ground),
        About::Written => written::written(&ground),
    };
    let mut parts: Vec<Part> = parts.into_iter().filter(|part| !part.findings.is_empty()).collect();
    described::explain(&ground, &mut parts);
    Answer { about: asked.about, summary, parts, searched: ground.searched() }
}

impl Part {
    /// A part of the first findings, and how many more there are.
    fn of(name: &'static str, heading: impl Into<String>, mut findings: Vec<Finding>, most: usize) -> Self {
        let left_out = findings.len().saturating_sub(most);
        findings.truncate(most);
        Self { name, heading: heading.into(), findings, left_out }
    }
}

impl Finding {
    fn of(found: Found) -> Self {
        Self { found, label: "", remarks: Vec::new() }
    }

    fn labelled(label: &'static str, found: Found) -> Self {
        Self { found, label, remarks: Vec::new() }
    }
}

/// "1 demand", "2 demands".
fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
