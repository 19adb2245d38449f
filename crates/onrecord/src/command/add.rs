//! `onrecord add`, `reread` and `copy`: pages into a record, read by as many threads as wanted and written by one.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onrecord_container::Capture;
use onrecord_record::{Entry, record};
use onrecord_store::{Access, Added, NewCapture, NewReading, Store, StoreError, StoredCapture};
use onrecord_text::SourceId;
use onrecord_wire::exchange;
use rayon::prelude::*;

use crate::flags::{AddFlags, RereadFlags};
use crate::pages::{Reader, report};
use crate::progress::Progress;
use crate::{Outcome, output, stop};

/// Captures that are read while those before them are written, in one transaction: few enough to be held, many enough that waiting for
/// the disk does not count.
const BATCH: usize = 64;

/// What was done so far.
struct Tally {
    outcome: Outcome,
    added: usize,
    reread: usize,
    known: usize,
}

/// A capture with what was read in it.
struct Prepared {
    bytes: Vec<u8>,
    entry: Entry,
    jsonl: String,
}

pub(super) fn run(flags: &AddFlags) -> Result<Outcome> {
    stop::listen()?;
    let reader = Reader::new(&flags.input.inputs, &flags.input.how)?;
    let mut store = Store::open(&flags.record, Access::Create)?;
    let mut tally = Tally { outcome: reader.searched(), added: 0, reread: 0, known: 0 };
    let progress = Progress::over(reader.files().len());
    let mut waiting = reader.fetched().into_iter().filter_map(|fetched| tally.told(fetched)).collect();
    let mut pipe = Pipe { reader: &reader, name: reader.name(), prepared: Vec::new() };
    for files in reader.files().chunks(BATCH) {
        if stop::asked() {
            tally.outcome = Outcome::Stopped;
            break;
        }
        waiting = pipe.take(waiting, files, &mut store, &mut tally)?;
        files.iter().for_each(|_| progress.step());
    }
    while !waiting.is_empty() || !pipe.prepared.is_empty() {
        waiting = pipe.take(waiting, &[], &mut store, &mut tally)?;
    }
    progress.finish();
    summary(&flags.record, &store, &tally)?;
    Ok(tally.outcome)
}

pub(super) fn reread(flags: &RereadFlags) -> Result<Outcome> {
    stop::listen()?;
    let reader = Reader::without_files(&flags.how)?;
    let mut store = Store::open(&flags.record, Access::Write)?;
    let mut tally = Tally { outcome: Outcome::Done, added: 0, reread: 0, known: 0 };
    let source = Store::open(&flags.record, Access::Read)?;
    let progress = Progress::over(source.captures()?);
    let mut pipe = Pipe { reader: &reader, name: reader.name(), prepared: Vec::new() };
    let mut batch: Vec<Capture> = Vec::new();
    source.each_capture(|StoredCapture { name, bytes, data, .. }| {
        if stop::asked() {
            tally.outcome = Outcome::Stopped;
            return Ok(());
        }
        batch.push(Capture { name, bytes, data });
        progress.step();
        if batch.len() == BATCH {
            batch = pipe.take(std::mem::take(&mut batch), &[], &mut store, &mut tally)?;
        }
        Ok::<(), anyhow::Error>(())
    })?;
    while !batch.is_empty() || !pipe.prepared.is_empty() {
        batch = pipe.take(batch, &[], &mut store, &mut tally)?;
    }
    progress.finish();
    summary(&flags.record, &store, &tally)?;
    Ok(tally.outcome)
}

pub(super) fn copy(record: &Path, to: &Path) -> Result<Outcome> {
    Store::open(record, Access::Read)?.copy_to(to)?;
    Ok(Outcome::Done)
}

/// Reads captures while those before them are written.
struct Pipe<'r> {
    reader: &'r Reader,
    name: String,
    /// Read and not yet written.
    prepared: Vec<Prepared>,
}

impl Pipe<'_> {
    /// Writes what was read before, meanwhile reads `captures` that the record has not, and meanwhile opens `files`; gives their captures.
    fn take(&mut self, captures: Vec<Capture>, files: &[PathBuf], store: &mut Store, tally: &mut Tally) -> Result<Vec<Capture>> {
        let mut new = Vec::new();
        for capture in captures {
            if store.is_read(SourceId::of(&capture.bytes).as_bytes(), &self.name)? {
                tally.known += 1;
            } else {
                new.push(capture);
            }
        }
        let (reader, ready) = (self.reader, std::mem::take(&mut self.prepared));
        let read = || -> (Vec<Result<Prepared>>, Vec<Result<_>>) {
            let prepared = new.into_par_iter().map(|capture| prepared(reader, capture)).collect();
            (prepared, files.par_iter().map(|path| reader.captures(path)).collect())
        };
        let name = self.name.as_str();
        let (written, (prepared, opened)) = reader.threads().install(|| rayon::join(|| write(store, name, &ready), read));
        for added in written? {
            match added {
                Added::New(_) => tally.added += 1,
                Added::Reread(_) => tally.reread += 1,
                Added::Known => tally.known += 1,
            }
        }
        for one in prepared {
            if let Some(one) = tally.told(one) {
                tally.outcome = tally.outcome.max(report(&one.entry));
                self.prepared.push(one);
            }
        }
        let mut captures = Vec::new();
        for opened in opened {
            if let Some((found, notes)) = tally.told(opened) {
                notes.iter().for_each(|note| output::complain(&format!("{}: {}", note.part, note.text)));
                if found.is_empty() {
                    tally.outcome = Outcome::Unreadable;
                }
                captures.extend(found);
            }
        }
        Ok(captures)
    }
}

/// Adds one capture with what is read in it; gives how reading it ended, and what became of it.
pub(super) fn keep(reader: &Reader, store: &mut Store, capture: Capture) -> Result<(Outcome, Added)> {
    let one = prepared(reader, capture)?;
    let outcome = report(&one.entry);
    let added = write(store, &reader.name(), &[one])?;
    Ok((outcome, added.into_iter().next().context("one capture was given")?))
}

fn prepared(reader: &Reader, capture: Capture) -> Result<Prepared> {
    let bytes = capture.bytes.clone();
    let entry = reader.entry(capture)?;
    // Items of this page alone: what joins pages is made of all of them when it is asked for.
    let mut alone = record(vec![entry], reader.lexicon());
    let jsonl = exchange::to_jsonl(&alone, reader.lexicon());
    let entry = alone.entries.pop().context("a record of one page has one")?;
    Ok(Prepared { bytes, entry, jsonl })
}

fn write(store: &mut Store, reader: &str, ready: &[Prepared]) -> Result<Vec<Added>, StoreError> {
    let captures: Vec<NewCapture<'_>> = ready
        .iter()
        .map(|one| NewCapture {
            name: &one.entry.name,
            bytes: &one.bytes,
            data: &one.entry.capture,
            reading: Some(NewReading { reader, jsonl: &one.jsonl, articles: &one.entry.page.articles }),
        })
        .collect();
    store.add(&captures)
}

impl Tally {
    /// What was made, or nothing and a message.
    fn told<T>(&mut self, made: Result<T>) -> Option<T> {
        made.map_err(|error| {
            output::complain(&format!("{error:#}"));
            self.outcome = Outcome::Unreadable;
        })
        .ok()
    }
}

fn summary(path: &Path, store: &Store, tally: &Tally) -> Result<()> {
    let Tally { added, reread, known, .. } = tally;
    let checkpoint = store.checkpoint()?;
    output::print(&output::harmless(&format!(
        "{}: {added} pages added, {reread} read anew, {known} known already; {} pages in all\n\
         head of its log: {} entries, {}\n",
        path.display(),
        store.captures()?,
        checkpoint.size,
        checkpoint.root
    )))?;
    if tally.outcome == Outcome::Stopped {
        output::complain("stopped before the end: the same command again goes on where it was");
    }
    Ok(())
}
