//! Findings one after the other, and what the reviewer says of each: a line of standard input for each decision.
//!
//! Every decision is written down before the next line is read, so that an end of input, a closed terminal or Ctrl-C loses nothing.

use std::io::BufRead;

use anyhow::{Context, Result, bail};
use onrecord_record::Record;
use onrecord_record::review::{Decision, Ruling, Verdict, Waiting};
use onrecord_store::{Store, StoredItem};

use super::super::decide::{Desk, Known, Wanted, anchor_of, correction, sentence};
use super::show::Shown;
use crate::{Outcome, output};

/// Columns where the output is no terminal.
const USUAL_WIDTH: usize = 100;

const KEYS: &str =
    "a accept · r reject · s ACTOR speaker · p ACTOR side · c ACT · w START-END words · n next · u undo · q quit · ? help";

const HELP: &str = "\
Each key stands alone on its line or before what it needs; words behind a and r are kept as a note.
  a [NOTE]        the finding stands as it was found
  r [NOTE]        it is none
  s ACTOR         it stands, and ACTOR says it: id or name; author for the article itself, unnamed for somebody not named
  p ACTOR         it stands, and the speaker speaks for ACTOR
  c ACT           it stands, and its act is ACT: state, demand, assure, offer, deny, refuse, accuse, warn, acknowledge
  w START-END     it stands, and its words are these bytes of the page; several parts with commas between them
  n               leave it open and show the next
  u               withdraw the last decision of this session and go back to its finding
  q               end; everything decided is kept
";

/// What is done after a line was read.
enum Step {
    Next,
    Stay,
    Back,
    End,
}

/// A session: who decides, on what, and what was decided.
struct Session<'r> {
    desk: Desk,
    known: Known,
    record: &'r Record,
    waiting: &'r [Waiting],
    /// Decisions of this session that were not undone, with the position in the queue of each.
    made: Vec<(usize, Decision)>,
}

pub(super) fn run(store: Store, record: &Record, waiting: &[Waiting], reviewer: &str) -> Result<Outcome> {
    let known = Known::of(&store)?;
    let mut session = Session { desk: Desk::of(store, reviewer, None), known, record, waiting, made: Vec::new() };
    let mut lines = std::io::stdin().lock().lines();
    let mut at = 0;
    let mut is_shown = false;
    while at < waiting.len() {
        let Some(item) = session.item(at)? else {
            at += 1;
            continue;
        };
        if !is_shown {
            session.show(at)?;
        }
        output::print(&format!("{KEYS}\n> "))?;
        let Some(line) = lines.next() else { break };
        let line = line.context("standard input cannot be read")?;
        is_shown = false;
        match session.step(at, &item, line.trim()) {
            Ok(Step::Next) => at += 1,
            Ok(Step::Back) => at = session.made.pop().map_or(at, |(before, _)| before),
            Ok(Step::End) => break,
            Ok(Step::Stay) => is_shown = true,
            Err(error) => {
                output::complain(&format!("{error:#}"));
                is_shown = true;
            }
        }
    }
    let (decided, waits) = (session.made.len(), waiting.len());
    output::print(&format!("\n{decided} decided in this session, {} of {waits} still wait\n", waits - session.findings()))?;
    Ok(Outcome::Done)
}

impl Session<'_> {
    /// The stored finding at this position of the queue. None for one that stands in lines which pages of a site share: the stored
    /// reading of the page alone has it under other words.
    fn item(&self, at: usize) -> Result<Option<StoredItem>> {
        let Some(shown) = self.waiting.get(at).and_then(|one| Shown::of(self.record, one.at)) else { return Ok(None) };
        Ok(self.desk.store.item(&shown.id, Some(&shown.capture()))?)
    }

    /// Findings decided on in this session, each once.
    fn findings(&self) -> usize {
        let mut places: Vec<usize> = self.made.iter().map(|(at, _)| *at).collect();
        places.dedup();
        places.len()
    }

    fn show(&self, at: usize) -> Result<()> {
        let Some((waiting, shown)) = self.waiting.get(at).and_then(|one| Some((one, Shown::of(self.record, one.at)?))) else {
            return Ok(());
        };
        let width = output::terminal_width().unwrap_or(USUAL_WIDTH);
        let progress = format!("\n[{} of {}, {} decided]\n", at + 1, self.waiting.len(), self.made.len());
        output::print(&output::harmless(&(progress + &shown.whole(waiting, width)?)))
    }

    fn step(&mut self, at: usize, item: &StoredItem, line: &str) -> Result<Step> {
        let (key, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let note = (!rest.is_empty()).then(|| rest.to_owned());
        match key {
            "a" => self.decide(at, item, Ruling::Accept, note),
            "r" => self.decide(at, item, Ruling::Reject, note),
            "s" => self.correct(at, item, &Wanted { speaker: Some(needed(rest, "an actor")?), ..Wanted::default() }),
            "p" => self.correct(at, item, &Wanted { party: Some(needed(rest, "an actor")?), ..Wanted::default() }),
            "c" => self.correct(at, item, &Wanted { act: Some(needed(rest, "an act")?), ..Wanted::default() }),
            "w" => {
                let spans: Vec<String> = needed(rest, "START-END")?.split(',').map(|span| span.trim().to_owned()).collect();
                self.correct(at, item, &Wanted { spans: &spans, ..Wanted::default() })
            }
            "n" | "" => Ok(Step::Next),
            "u" => self.undo(),
            "q" => Ok(Step::End),
            "?" | "h" => {
                output::print(HELP)?;
                Ok(Step::Stay)
            }
            _ => bail!("there is no key {key}; ? lists them"),
        }
    }

    fn correct(&mut self, at: usize, item: &StoredItem, wanted: &Wanted<'_>) -> Result<Step> {
        let correction = correction(item, &self.known, wanted)?;
        self.decide(at, item, Ruling::Correct(correction), None)?;
        // There may be more to put right in it.
        Ok(Step::Stay)
    }

    fn decide(&mut self, at: usize, item: &StoredItem, ruling: Ruling, note: Option<String>) -> Result<Step> {
        let anchor = anchor_of(item).context("this cannot be decided on")?;
        let decision = self.desk.write_with(Verdict::on(anchor, ruling), note)?;
        output::print(&output::harmless(&format!("{}\n", sentence(&decision))))?;
        self.made.push((at, decision));
        Ok(Step::Next)
    }

    fn undo(&mut self) -> Result<Step> {
        let Some((_, last)) = self.made.last() else { bail!("nothing was decided in this session") };
        let withdrawal = self.desk.write_with(Verdict::Withdraw { decision: last.id.clone() }, None)?;
        output::print(&output::harmless(&format!("{}\n", sentence(&withdrawal))))?;
        Ok(Step::Back)
    }
}

fn needed<'l>(rest: &'l str, what: &str) -> Result<&'l str> {
    if rest.is_empty() { bail!("this key needs {what} behind it, on the same line") } else { Ok(rest) }
}
