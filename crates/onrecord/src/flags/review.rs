//! The flags of `review` and `decide`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Subcommand};
use onrecord_lexicon::Act;
use onrecord_record::review::Letter;

use super::ReadingFlags;

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").args(["list", "lost", "agreement", "export", "import", "gold"]))]
pub(crate) struct ReviewFlags {
    /// The record
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    /// Your name: the decisions that you make bear it. With --list, what this reviewer has not decided on yet
    #[arg(long = "as", value_name = "NAME", value_parser = name)]
    pub(crate) reviewer: Option<String>,
    /// List the findings that wait, those first whose consequence and doubt are greatest; 20 unless a number is given
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20")]
    pub(crate) list: Option<usize>,
    /// List the decisions that apply to nothing, with the reason for each
    #[arg(long)]
    pub(crate) lost: bool,
    /// Compare reviewers: findings that two decided on, agreement, Cohen's kappa, and where they differ
    #[arg(long)]
    pub(crate) agreement: bool,
    /// Write all decisions to this file, one JSON object a line; - for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) export: Option<PathBuf>,
    /// Take in decisions from this file; those that the record holds already are passed over, and one bad line keeps all out
    #[arg(long, value_name = "FILE")]
    pub(crate) import: Option<PathBuf>,
    /// Write what was decided on assertions to this file, as gold that the reader can be scored with; - for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) gold: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) how: ReadingFlags,
}

#[derive(Debug, Args)]
pub(crate) struct DecideFlags {
    /// The record
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    #[command(subcommand)]
    pub(crate) what: DecideCommand,
}

/// Who decides, and why.
#[derive(Debug, Args)]
pub(crate) struct WhoFlags {
    /// Your name: the decision bears it. It is never taken from anywhere else
    #[arg(long = "as", value_name = "NAME", required = true, value_parser = name)]
    pub(crate) reviewer: String,
    /// Why, in your words
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DecideCommand {
    /// These findings stand as they were found
    Accept {
        /// Ids of assertions, events, figures, commitments, as `onrecord read RECORD` prints them
        #[arg(value_name = "ITEM", required = true)]
        items: Vec<String>,
        #[command(flatten)]
        who: WhoFlags,
    },
    /// These findings are none
    Reject {
        /// Ids of assertions, events, figures, commitments, as `onrecord read RECORD` prints them
        #[arg(value_name = "ITEM", required = true)]
        items: Vec<String>,
        #[command(flatten)]
        who: WhoFlags,
    },
    /// This assertion stands with another speaker, side, act, or other words
    #[command(group = ArgGroup::new("change").args(["speaker", "party", "act", "span"]).multiple(true).required(true))]
    Correct {
        /// Id of the assertion
        #[arg(value_name = "ITEM")]
        item: String,
        /// Who speaks: id or name of an actor; `author` for the article's own voice, `unnamed` for somebody who is not named
        #[arg(long, value_name = "ACTOR")]
        speaker: Option<String>,
        /// What the speaker is, where neither the record nor the lexicon knows the name
        #[arg(long, value_name = "KIND", requires = "speaker", value_parser = ["person", "office", "state", "organisation"])]
        kind: Option<String>,
        /// The side that the speaker speaks for: id or name of an actor
        #[arg(long, value_name = "ACTOR")]
        party: Option<String>,
        /// What is done by saying it
        #[arg(long, value_name = "ACT", value_parser = PossibleValuesParser::new(Act::ALL.map(Act::name)))]
        act: Option<String>,
        /// The words that are asserted: first byte and the byte behind the last, in the decoded text of the page; several for several parts
        #[arg(long, value_name = "START-END", value_delimiter = ',')]
        span: Vec<String>,
        #[command(flatten)]
        who: WhoFlags,
    },
    /// An actor is another one: all that is said of the first is said of the second
    Merge {
        /// Id or name of the actor
        #[arg(value_name = "ACTOR")]
        actor: String,
        /// Id or name of the actor that it is
        #[arg(value_name = "INTO")]
        into: String,
        #[command(flatten)]
        who: WhoFlags,
    },
    /// An actor is one of its own: undoes a merge
    Split {
        /// Id or name of the actor that was merged
        #[arg(value_name = "ACTOR")]
        actor: String,
        #[command(flatten)]
        who: WhoFlags,
    },
    /// How far an outlet is relied on, by the letters of the Admiralty system: A completely, B usually, C fairly, D not usually, E not at all,
    /// F cannot be judged
    Reliability {
        /// Name of the outlet, as the brief has it
        #[arg(value_name = "OUTLET")]
        outlet: String,
        /// The letter
        #[arg(value_name = "LETTER", value_parser = letter())]
        letter: Letter,
        #[command(flatten)]
        who: WhoFlags,
    },
    /// Decisions of yours do not hold any more; they stay in the log
    Withdraw {
        /// Ids of the decisions
        #[arg(value_name = "DECISION", required = true)]
        decisions: Vec<String>,
        #[command(flatten)]
        who: WhoFlags,
    },
}

fn letter() -> impl TypedValueParser<Value = Letter> {
    let named = |name: String| Letter::ALL.into_iter().find(|letter| letter.name() == name).ok_or("no such letter");
    PossibleValuesParser::new(Letter::ALL.map(Letter::name)).try_map(named)
}

/// A reviewer's name: something, on one line.
fn name(given: &str) -> Result<String, String> {
    let name = given.trim();
    let is_one = !name.is_empty() && !name.chars().any(char::is_control);
    if is_one { Ok(name.to_owned()) } else { Err("a reviewer's name is some words on one line".to_owned()) }
}
