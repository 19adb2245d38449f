//! From files to the record: each is read by itself, on as many threads as wanted, and all are joined at the end.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::{Media, Page, read_page};
use onrecord_record::{Entry, Record, record};
use onrecord_text::LineIndex;
use rayon::prelude::*;

use crate::flags::InputFlags;
use crate::progress::Progress;
use crate::{Outcome, files, output, pack};

/// Bytes in a MiB, the unit of `--max-size`.
const MIB: u64 = 1 << 20;

/// What a run works on, made of its raw flags.
struct Plan {
    files: Vec<PathBuf>,
    lexicon: &'static Lexicon,
    model: &'static Model,
    limit: u64,
    threads: rayon::ThreadPool,
}

/// A record, the lexicon it was read with, and whether everything was read.
pub(crate) struct Gathered {
    pub(crate) record: Record,
    pub(crate) lexicon: &'static Lexicon,
    pub(crate) outcome: Outcome,
}

/// Reads what `flags` name. A file that cannot be read is reported; the others are read all the same.
///
/// # Errors
/// When there is no file to read at all, or the pack cannot be used.
pub(crate) fn gather(flags: &InputFlags) -> Result<Gathered> {
    let (plan, searched) = plan(flags)?;
    let progress = Progress::over(plan.files.len());
    let read: Vec<Result<Entry>> = plan.threads.install(|| {
        let entries = plan.files.par_iter().map(|path| {
            let entry = entry(path, &plan);
            progress.step();
            entry
        });
        entries.collect()
    });
    progress.finish();
    let mut outcome = searched;
    let mut entries = Vec::new();
    for result in read {
        match result {
            Ok(entry) => {
                outcome = outcome.max(report(&entry));
                entries.push(entry);
            }
            Err(error) => {
                output::complain(&format!("{error:#}"));
                outcome = Outcome::Unreadable;
            }
        }
    }
    Ok(Gathered { record: record(entries, plan.lexicon), lexicon: plan.lexicon, outcome })
}

fn plan(flags: &InputFlags) -> Result<(Plan, Outcome)> {
    let packs = packs(flags);
    let found = files::find(&flags.inputs, &packs);
    for failure in &found.failures {
        output::complain(failure);
    }
    if found.skipped > 0 {
        output::complain(&format!("skipped {} by their ending: no pages", counted(found.skipped)));
    }
    if found.files.is_empty() {
        let folders: Vec<String> = flags.inputs.iter().map(|input| input.display().to_string()).collect();
        anyhow::bail!("no pages in {}", folders.join(", "));
    }
    let outcome = if found.failures.is_empty() { Outcome::Done } else { Outcome::Unreadable };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(flags.threads).build().context("cannot start threads")?;
    let limit = flags.max_size.saturating_mul(MIB);
    let (lexicon, model) = (pack::lexicon(&packs)?, model(flags.model.as_deref(), limit)?);
    Ok((Plan { files: found.files, lexicon, model, limit, threads }, outcome))
}

/// The model in the file named, or else the embedded one. A run makes one and keeps it to its end.
fn model(file: Option<&Path>, limit: u64) -> Result<&'static Model> {
    let Some(path) = file else { return Ok(Model::embedded()) };
    let bytes = files::bytes(path, limit).with_context(|| path.display().to_string())?;
    let model = Model::from_bytes(&bytes).with_context(|| path.display().to_string())?;
    Ok(Box::leak(Box::new(model)))
}

/// The packs named, or else those that stand in the input folders.
fn packs(flags: &InputFlags) -> Vec<PathBuf> {
    if flags.no_pack || !flags.pack.is_empty() {
        return flags.pack.clone();
    }
    let packs = pack::beside(&flags.inputs);
    for pack in &packs {
        output::complain(&format!("using the pack in {}; --no-pack leaves it out", pack.display()));
    }
    packs
}

fn entry(path: &Path, plan: &Plan) -> Result<Entry> {
    let name = path.display().to_string();
    let bytes = files::bytes(path, plan.limit).with_context(|| name.clone())?;
    let page = read_page(&bytes, &name, plan.lexicon).with_context(|| name.clone())?;
    let readings = page.articles.iter().map(|article| onrecord_read::read(article, plan.lexicon, plan.model)).collect();
    Ok(Entry { name, page, readings })
}

/// Says what was odd about a page. One that is not text at all counts as unreadable.
fn report(entry: &Entry) -> Outcome {
    let Page { source, notes, media, .. } = &entry.page;
    let lines = LineIndex::new(source.text());
    for note in notes {
        let place = note.span.map(|span| lines.line_column(source.text(), span.start() as usize));
        let place = place.map_or(String::new(), |place| format!(":{}:{}", place.line, place.column));
        output::complain(&format!("{}{place}: {}", entry.name, note.text));
    }
    if *media == Media::Binary { Outcome::Unreadable } else { Outcome::Done }
}

/// "1 file", "2 files".
fn counted(files: usize) -> String {
    format!("{files} file{}", if files == 1 { "" } else { "s" })
}
