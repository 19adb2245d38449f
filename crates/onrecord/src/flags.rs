//! Every subcommand and flag, as typed. Help, man page and completions are made of this list.

mod review;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use onrecord_lexicon::{About, Act};
use onrecord_wire::exchange::Standing;

pub(crate) use review::{DecideCommand, DecideFlags, ReviewFlags, WhoFlags};

/// Reads news coverage of a political dispute and keeps a record that can be checked.
///
/// It says who said, demanded, promised or denied what, on whose word, and leads each item back to the exact bytes. It never
/// says what is true.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done, 1 a finding that the caller asked to fail on, 2 wrong use or unreadable input, 130 stopped by Ctrl-C."
)]
pub(crate) struct Flags {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read pages and print the brief: ledger, claims and their standing, figures, timeline, who, what is not known
    Brief(BriefFlags),
    /// Read pages and write the record in the exchange format
    Read(ReadFlags),
    /// Ask a question: who stands behind a claim, what is in writing, which figures, what was denied, what changed
    ///
    /// The first argument is the question, in plain English; the others say what to read. `onrecord ask --list` shows the
    /// eleven questions there are. One that fits none of them, or several alike, is not guessed at: the program says so
    /// and ends with exit code 2. With --about the first argument is an input like the others, and --topic narrows it.
    Ask(AskFlags),
    /// Write all that is on record of one actor, claim, demand or assurance, with a footnote for everything that is said
    ///
    /// Markdown on standard output, unless files are named.
    Dossier(DossierFlags),
    /// Print the demands and assurances alone, as the brief has them
    Ledger(ViewFlags),
    /// Print the claims alone
    Claims(ViewFlags),
    /// Print the figures alone
    Figures(ViewFlags),
    /// Print the timeline alone
    Timeline(ViewFlags),
    /// Print who is who alone
    Actors(ViewFlags),
    /// Put pages into a record and read them; what it holds already is not added again
    ///
    /// The record is one file. It is an input of brief, read, ask and the views like any other file.
    Add(AddFlags),
    /// Ask feeds again and again for new pages and for versions of pages, and put them into a record
    ///
    /// FEEDS is a list in TOML: for each feed a table `[[feed]]` with its url and, if wanted, name and minutes (between two times of asking;
    /// 30 unless given). Stop it with Ctrl-C whenever you like: what was acknowledged is kept.
    Watch(WatchFlags),
    /// Read the pages of a record anew where the lexicon or the model is not the one they were read with; the older readings stay
    Reread(RereadFlags),
    /// Write a record to a new file, whole even while pages are added to it
    Copy {
        /// The record
        #[arg(value_name = "RECORD")]
        record: PathBuf,
        /// The new file
        #[arg(value_name = "FILE")]
        to: PathBuf,
    },
    /// Find words and phrases in the articles of a record
    Search(SearchFlags),
    /// Look at the findings of a record one after the other and decide on them; list, export, import and compare decisions
    ///
    /// With --as NAME it shows one finding at a time, those first whose consequence and doubt are greatest, and reads what you decide
    /// from standard input, a line each: a accept, r reject, s ACTOR, p SIDE, c ACT, w START-END, n next, u undo, q quit. Decisions
    /// stand beside what the reader found and never change it; each is kept as soon as it is made.
    Review(ReviewFlags),
    /// Decide on findings, actors and outlets of a record without looking at them one by one
    Decide(DecideFlags),
    /// Print the JSON Schema of the exchange format
    Schema {
        /// That of decisions instead, as `onrecord review` exports and imports them
        #[arg(long)]
        decisions: bool,
    },
    /// Check a record against its log, or an exchange file against its sources; exit 1 when something differs
    ///
    /// Of a record every capture and reading is hashed again, every span cut again, and the tree of its log made again. Of an exchange
    /// file every span is cut out of the sources and compared.
    Verify(VerifyFlags),
    /// Print a checkpoint of a record's log: kept elsewhere, it shows whether the record was changed since
    Checkpoint(CheckpointFlags),
    /// Make a key to sign checkpoints with; prints the public half
    Key {
        /// Name of who signs, without spaces: "archive.example/port"
        name: String,
        /// Write the secret half to this new file
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Write the proof that an item stands in a record, for somebody who has not the record
    Prove(ProveFlags),
    /// Check a proof, without the record; exit 1 when it does not hold
    VerifyProof {
        /// The proof
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Public key by which its checkpoint must be signed: NAME+HASH+KEY
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// Work with packs of actors, words of saying, places and outlets
    #[command(subcommand)]
    Pack(PackCommand),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page in roff
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct InputFlags {
    /// Files, folders (searched for .html .htm .xhtml .txt .text .xml .rss .atom .gz .zip .warc .pdf .mht .mhtml .eml and files without an
    /// ending), addresses of pages, or - for standard input; .jsonl and .csv are read where they are named
    #[arg(value_name = "FILE|DIR|URL|-", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) how: ReadingFlags,
}

/// How inputs are read.
#[derive(Debug, Args)]
pub(crate) struct ReadingFlags {
    /// Lay the lexicon files of this folder over the built-in ones; may be given several times
    #[arg(long, value_name = "DIR")]
    pub(crate) pack: Vec<PathBuf>,
    /// Do not use a folder `pack` that stands in an input folder
    #[arg(long)]
    pub(crate) no_pack: bool,
    /// Use this trained language model instead of the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// Threads to read with; 0 takes one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) threads: usize,
    /// Fetch from private, loopback and link-local addresses, too
    #[arg(long)]
    pub(crate) allow_private: bool,
    /// Refuse files larger than this many MiB
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    pub(crate) max_size: u64,
}

#[derive(Debug, Args)]
pub(crate) struct BriefFlags {
    #[command(flatten)]
    pub(crate) input: InputFlags,
    /// Also write the brief as one HTML page that needs nothing else
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) review: OverlayFlags,
    #[command(flatten)]
    pub(crate) look: LookFlags,
}

/// What becomes of reviewers' decisions that stand in a record.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct OverlayFlags {
    /// Show findings that reviewers rejected, marked, instead of leaving them out
    #[arg(long, conflicts_with = "without_review")]
    pub(crate) with_rejected: bool,
    /// Leave reviewers' decisions aside: what the reader found, and nothing else
    #[arg(long)]
    pub(crate) without_review: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ViewFlags {
    #[command(flatten)]
    pub(crate) input: InputFlags,
    #[command(flatten)]
    pub(crate) review: OverlayFlags,
    #[command(flatten)]
    pub(crate) look: LookFlags,
}

#[derive(Debug, Args)]
pub(crate) struct DossierFlags {
    /// Id of an actor, claim, demand or assurance, as `onrecord read` prints it, or the name of an actor
    #[arg(value_name = "ID|NAME")]
    pub(crate) about: String,
    #[command(flatten)]
    pub(crate) input: InputFlags,
    #[command(flatten)]
    pub(crate) review: OverlayFlags,
    /// Write it as one HTML page that needs nothing else
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Write it as Markdown
    #[arg(long, value_name = "FILE")]
    pub(crate) markdown: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct AskFlags {
    /// The question, unless --about names it; then files, folders, addresses of pages, or - for standard input
    #[arg(value_name = "QUESTION|FILE|DIR|URL|-")]
    pub(crate) arguments: Vec<PathBuf>,
    /// The question by its name, as --list tells it; all arguments are inputs then
    #[arg(long, value_name = "NAME", value_parser = about())]
    pub(crate) about: Option<About>,
    /// Words, names, dates or files that the question is about
    #[arg(long, value_name = "WORDS", requires = "about")]
    pub(crate) topic: Option<String>,
    /// List the questions there are
    #[arg(long)]
    pub(crate) list: bool,
    /// Format of the answer
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(crate) format: AnswerFormat,
    #[command(flatten)]
    pub(crate) how: ReadingFlags,
    #[command(flatten)]
    pub(crate) review: OverlayFlags,
    #[command(flatten)]
    pub(crate) look: LookFlags,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For people
    Text,
    /// One JSON object a line: the answer, then its findings
    Jsonl,
}

/// Reads the name of a question.
fn about() -> impl TypedValueParser<Value = About> {
    let named = |name: String| About::ALL.into_iter().find(|about| about.name() == name).ok_or("no such question");
    PossibleValuesParser::new(About::ALL.map(About::name)).try_map(named)
}

/// Reads a day, a month or a year.
fn day(written: &str) -> Result<String, String> {
    let shape: String = written.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    let is_date = ["0000-00-00", "0000-00", "0000"].contains(&shape.as_str());
    if is_date { Ok(written.to_owned()) } else { Err("a day is written as 2025-03-01, a month as 2025-03".to_owned()) }
}

/// How text for people looks.
#[derive(Debug, Args)]
pub(crate) struct LookFlags {
    /// Columns of the output; the width of the terminal unless given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub(crate) width: Option<u16>,
    /// Whether to colour the output
    #[arg(long, value_enum, default_value_t = ColourChoice::Auto)]
    pub(crate) color: ColourChoice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColourChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Args)]
pub(crate) struct ReadFlags {
    #[command(flatten)]
    pub(crate) input: InputFlags,
    #[command(flatten)]
    pub(crate) review: OverlayFlags,
    /// Format of the output
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub(crate) format: Format,
    /// Write to this file instead of standard output; with csv and parquet, to files in this folder
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Only what was told on this day or later, or month or year: 2025-03-01, 2025-03, 2025
    ///
    /// The day on which something was said counts, and where that is not told the day of publication. What has neither is left out.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) since: Option<String>,
    /// Only what this side says, what is said to it, and what it takes part in: an id or a name
    #[arg(long, value_name = "P")]
    pub(crate) party: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The exchange format, one JSON object a line
    Jsonl,
    /// Events as PLOVER JSON, one a line
    Plover,
    /// Events with deaths as a table in the shape of UCDP GED
    UcdpCsv,
    /// Assertions, events and figures as W3C Web Annotations of their pages, one a line
    WebAnnotation,
    /// A table for each type of object, in the folder that --output names
    Csv,
    /// The same tables as Parquet files
    Parquet,
    /// Entities of FollowTheMoney, one a line
    Ftm,
}

#[derive(Debug, Args)]
pub(crate) struct AddFlags {
    #[command(flatten)]
    pub(crate) input: InputFlags,
    /// The record; made where it is not there
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct WatchFlags {
    /// The list of feeds
    #[arg(value_name = "FEEDS.toml")]
    pub(crate) feeds: PathBuf,
    /// The record; made where it is not there
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// Ask once what is due now, and end
    #[arg(long)]
    pub(crate) once: bool,
    #[command(flatten)]
    pub(crate) how: ReadingFlags,
}

#[derive(Debug, Args)]
pub(crate) struct RereadFlags {
    /// The record
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    #[command(flatten)]
    pub(crate) how: ReadingFlags,
}

#[derive(Debug, Args)]
pub(crate) struct SearchFlags {
    /// Words that must all stand in an article; those between quotation marks together
    #[arg(value_name = "WORDS", default_value = "")]
    pub(crate) words: String,
    /// The record
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// Id of an actor who speaks in the article
    #[arg(long, value_name = "ID")]
    pub(crate) actor: Option<String>,
    /// Id of the side for which somebody speaks in it
    #[arg(long, value_name = "ID")]
    pub(crate) party: Option<String>,
    /// Act of an assertion in it
    #[arg(long, value_name = "ACT", value_parser = PossibleValuesParser::new(Act::ALL.map(Act::name)))]
    pub(crate) act: Option<String>,
    /// Standing of a claim that it carries; all pages of the record are read and joined for this
    #[arg(long, value_name = "STANDING", value_parser = PossibleValuesParser::new(Standing::ALL.map(Standing::name)))]
    pub(crate) standing: Option<String>,
    /// First day of publication, or month or year: 2025-03-01, 2025-03, 2025
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) from: Option<String>,
    /// Last day, month or year of publication
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) to: Option<String>,
    /// Name of the site
    #[arg(long, value_name = "NAME")]
    pub(crate) site: Option<String>,
    /// Articles at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Format of what is found
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(crate) format: AnswerFormat,
    #[command(flatten)]
    pub(crate) how: ReadingFlags,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyFlags {
    /// A record, or a file in the exchange format; - for standard input
    #[arg(value_name = "RECORD|FILE.jsonl")]
    pub(crate) file: PathBuf,
    /// The folder that holds the sources of an exchange file
    #[arg(long, value_name = "DIR")]
    pub(crate) source: Option<PathBuf>,
    /// A checkpoint of the record that was kept elsewhere: the record must have grown from it
    #[arg(long, value_name = "FILE")]
    pub(crate) expect_head: Option<PathBuf>,
    /// Public key by which that checkpoint must be signed: NAME+HASH+KEY
    #[arg(long, value_name = "KEY", requires = "expect_head")]
    pub(crate) key: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckpointFlags {
    /// The record
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    /// Sign it with the secret key in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Also write a request for a timestamp over it (RFC 3161), to be sent to a stamper
    #[arg(long, value_name = "FILE.tsq")]
    pub(crate) rfc3161: Option<PathBuf>,
    /// Number that the stamper is to repeat in its answer
    #[arg(long, value_name = "NUMBER", requires = "rfc3161")]
    pub(crate) nonce: Option<u64>,
    /// Also write it to this file for a client of OpenTimestamps, and tell its SHA-256
    #[arg(long, value_name = "FILE")]
    pub(crate) ots: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ProveFlags {
    /// Id of the item, as `onrecord read` prints it
    #[arg(value_name = "ITEM")]
    pub(crate) item: String,
    /// The record
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// Sign the checkpoint with the secret key in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackCommand {
    /// Check a pack: keys, ids, duplicates, and that every example is found or left alone as it says; exit 1 when not
    Check {
        /// The folder
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
}
