//! From files to the record: each is read by itself, on as many threads as wanted, and all are joined at the end.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onrecord_container::{Capture, Limits, Note};
use onrecord_fetch::{Fetcher, Options};
use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::{Article, CaptureData, Media, Page, SiteLines, read_page_in};
use onrecord_read::Reading;
use onrecord_record::review::{Decision, Rejected};
use onrecord_record::{Entry, Record, reviewed};
use onrecord_store::{Access, Store, StoreError, StoredCapture};
use onrecord_text::LineIndex;
use onrecord_wire::decision::DecisionLine;
use rayon::prelude::*;

use crate::files::Found;
use crate::flags::{OverlayFlags, ReadingFlags};
use crate::progress::Progress;
use crate::{Outcome, files, output, pack};

/// Bytes in a MiB, the unit of `--max-size`.
const MIB: u64 = 1 << 20;

/// What a run works on, made of its raw flags.
struct Plan {
    files: Vec<PathBuf>,
    addresses: Vec<String>,
    allow_private: bool,
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

/// Reads `inputs` as `flags` say. A file that cannot be read is reported; the others are read all the same.
///
/// # Errors
/// When there is no file to read at all, or the pack cannot be used.
pub(crate) fn gather(inputs: &[PathBuf], flags: &ReadingFlags, review: OverlayFlags) -> Result<Gathered> {
    let (plan, searched) = plan(inputs, flags)?;
    gathered(&plan, searched, review)
}

/// The pages to read, with the lexicon and the model to read them with.
pub(crate) struct Reader {
    plan: Plan,
    searched: Outcome,
}

impl Reader {
    /// # Errors
    /// When there is no file to read at all, or the pack cannot be used.
    pub(crate) fn new(inputs: &[PathBuf], flags: &ReadingFlags) -> Result<Self> {
        let (plan, searched) = plan(inputs, flags)?;
        Ok(Self { plan, searched })
    }

    pub(crate) fn lexicon(&self) -> &'static Lexicon {
        self.plan.lexicon
    }

    /// What `text`, an article of its own, says.
    pub(crate) fn reading(&self, text: &Article) -> Reading {
        onrecord_read::read(text, self.plan.lexicon, self.plan.model)
    }

    /// A reader without files of its own, for pages that come from elsewhere.
    ///
    /// # Errors
    /// When the pack or the model cannot be used.
    pub(crate) fn without_files(flags: &ReadingFlags) -> Result<Self> {
        Ok(Self { plan: with_files(Found::default(), &flags.pack, flags)?, searched: Outcome::Done })
    }

    /// What tells readings by this reader from those by others.
    pub(crate) fn name(&self) -> String {
        let (lexicon, model) = (self.plan.lexicon.fingerprint(), self.plan.model.fingerprint());
        format!("onrecord {}, lexicon {lexicon}, model {model}", env!("CARGO_PKG_VERSION"))
    }

    /// The files to read.
    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.plan.files
    }

    /// The threads to read with.
    pub(crate) fn threads(&self) -> &rayon::ThreadPool {
        &self.plan.threads
    }

    /// How the search for files ended.
    pub(crate) fn searched(&self) -> Outcome {
        self.searched
    }

    /// The captures in one file, and what in it was not read.
    pub(crate) fn captures(&self, path: &Path) -> Result<(Vec<Capture>, Vec<Note>)> {
        captures(path, &self.plan)
    }

    /// The captures at the addresses, fetched one after the other.
    pub(crate) fn fetched(&self) -> Vec<Result<Capture>> {
        fetched(&self.plan)
    }

    /// Fetches pages as the flags say.
    pub(crate) fn fetcher(&self) -> Fetcher {
        fetcher(&self.plan)
    }

    /// The page of one capture.
    pub(crate) fn page(&self, capture: Capture) -> Result<Page> {
        Ok(one_page(capture, &self.plan)?.page)
    }

    /// The page of one capture and what its articles say, whatever stands on other pages of its site.
    pub(crate) fn entry(&self, capture: Capture) -> Result<Entry> {
        let OnePage { name, capture, page } = one_page(capture, &self.plan)?;
        let readings = page.articles.iter().map(|article| self.reading(article)).collect();
        Ok(Entry { name, capture, page, readings })
    }

    /// Reads them.
    ///
    /// # Errors
    /// When the decisions of a record cannot be read.
    pub(crate) fn gather(&self, review: OverlayFlags) -> Result<Gathered> {
        gathered(&self.plan, self.searched, review)
    }
}

fn gathered(plan: &Plan, searched: Outcome, review: OverlayFlags) -> Result<Gathered> {
    let decisions = if review.without_review { Vec::new() } else { decisions(&plan.files)? };
    let rejected = if review.with_rejected { Rejected::Shown } else { Rejected::LeftOut };
    let progress = Progress::over(plan.files.len() + plan.addresses.len());
    let fetched = fetched(plan);
    let read: Vec<Result<FileRead>> = plan.threads.install(|| {
        let found = plan.files.par_iter().map(|path| in_file(path, plan));
        let mut pages: Vec<Result<Pages>> = found.collect();
        pages.par_extend(fetched.into_par_iter().map(|capture| {
            let page = one_page(capture?, plan)?;
            Ok(Pages { pages: vec![page], notes: Vec::new() })
        }));
        // What the pages of a site have in common can be told only when all of them were looked at.
        let all = pages.iter().flatten().flat_map(|found| &found.pages);
        let shared = SiteLines::of(all.map(|page| (&page.page, page.url())));
        let read = pages.into_par_iter().map(|found| {
            let found = found.map(|found| found.read(&shared, plan));
            progress.step();
            found
        });
        read.collect()
    });
    progress.finish();
    let mut outcome = searched;
    let mut entries = Vec::new();
    for result in read {
        match result {
            Ok(found) => {
                found.notes.iter().for_each(|note| output::complain(&format!("{}: {}", note.part, note.text)));
                if found.entries.is_empty() {
                    outcome = Outcome::Unreadable;
                }
                outcome = found.entries.iter().map(report).fold(outcome, Ord::max);
                entries.extend(found.entries);
            }
            Err(error) => {
                output::complain(&format!("{error:#}"));
                outcome = Outcome::Unreadable;
            }
        }
    }
    Ok(Gathered { record: reviewed(entries, &decisions, rejected, plan.lexicon), lexicon: plan.lexicon, outcome })
}

/// The decisions of all records among these files.
fn decisions(files: &[PathBuf]) -> Result<Vec<Decision>> {
    let mut decisions = Vec::new();
    for path in files.iter().filter(|path| is_record(path)) {
        decisions.extend(decisions_of(&Store::open(path, Access::Read)?)?);
    }
    Ok(decisions)
}

/// The decisions of a record. One that this program cannot read is named and left out.
///
/// # Errors
/// When the record cannot be read.
pub(crate) fn decisions_of(store: &Store) -> Result<Vec<Decision>> {
    let mut decisions = Vec::new();
    for line in store.decisions()? {
        match DecisionLine::parse(&line).and_then(|line| line.decision()) {
            Ok(decision) => decisions.push(decision),
            Err(error) => output::complain(&format!("a decision of the record cannot be read: {error}")),
        }
    }
    Ok(decisions)
}

fn plan(inputs: &[PathBuf], flags: &ReadingFlags) -> Result<(Plan, Outcome)> {
    let packs = packs(inputs, flags);
    let found = files::find(inputs, &packs);
    for failure in &found.failures {
        output::complain(failure);
    }
    if found.skipped > 0 {
        output::complain(&format!("skipped {} by their ending: no pages", counted(found.skipped)));
    }
    if found.files.is_empty() && found.addresses.is_empty() {
        let folders: Vec<String> = inputs.iter().map(|input| input.display().to_string()).collect();
        anyhow::bail!("no pages in {}", folders.join(", "));
    }
    let outcome = if found.failures.is_empty() { Outcome::Done } else { Outcome::Unreadable };
    Ok((with_files(found, &packs, flags)?, outcome))
}

fn with_files(found: Found, packs: &[PathBuf], flags: &ReadingFlags) -> Result<Plan> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(flags.threads).build().context("cannot start threads")?;
    let limit = flags.max_size.saturating_mul(MIB);
    let (lexicon, model) = (pack::lexicon(packs)?, model(flags.model.as_deref(), limit)?);
    let (files, addresses) = (found.files, found.addresses);
    Ok(Plan { files, addresses, allow_private: flags.allow_private, lexicon, model, limit, threads })
}

/// The model in the file named, or else the embedded one. A run makes one and keeps it to its end.
fn model(file: Option<&Path>, limit: u64) -> Result<&'static Model> {
    let Some(path) = file else { return Ok(Model::embedded()) };
    let bytes = files::bytes(path, limit).with_context(|| path.display().to_string())?;
    let model = Model::from_bytes(&bytes).with_context(|| path.display().to_string())?;
    Ok(Box::leak(Box::new(model)))
}

/// The packs named, or else those that stand in the input folders.
fn packs(inputs: &[PathBuf], flags: &ReadingFlags) -> Vec<PathBuf> {
    if flags.no_pack || !flags.pack.is_empty() {
        return flags.pack.clone();
    }
    let packs = pack::beside(inputs);
    for pack in &packs {
        output::complain(&format!("using the pack in {}; --no-pack leaves it out", pack.display()));
    }
    packs
}

/// The pages of one file, read, and what in it was not.
struct FileRead {
    entries: Vec<Entry>,
    notes: Vec<Note>,
}

/// The pages of one file before their articles are read.
struct Pages {
    pages: Vec<OnePage>,
    notes: Vec<Note>,
}

/// A capture that was decoded and parted into articles.
struct OnePage {
    name: String,
    capture: CaptureData,
    page: Page,
}

impl OnePage {
    fn url(&self) -> Option<&str> {
        self.capture.url.as_deref()
    }
}

impl Pages {
    fn read(self, shared: &SiteLines, plan: &Plan) -> FileRead {
        let entry = |mut found: OnePage| {
            shared.drop_from(&mut found.page, found.capture.url.as_deref());
            let OnePage { name, capture, page } = found;
            let readings = page.articles.iter().map(|article| onrecord_read::read(article, plan.lexicon, plan.model)).collect();
            Entry { name, capture, page, readings }
        };
        FileRead { entries: self.pages.into_iter().map(entry).collect(), notes: self.notes }
    }
}

fn in_file(path: &Path, plan: &Plan) -> Result<Pages> {
    let (captures, notes) = captures(path, plan)?;
    let pages = captures.into_par_iter().map(|capture| one_page(capture, plan)).collect::<Result<_>>()?;
    Ok(Pages { pages, notes })
}

/// The captures in a file, which may be a record, and what in it was not read.
fn captures(path: &Path, plan: &Plan) -> Result<(Vec<Capture>, Vec<Note>)> {
    if is_record(path) {
        let mut captures = Vec::new();
        Store::open(path, Access::Read)?.each_capture(|StoredCapture { name, bytes, data, .. }| {
            captures.push(Capture { name, bytes, data });
            Ok::<(), StoreError>(())
        })?;
        return Ok((captures, Vec::new()));
    }
    let name = path.display().to_string();
    let bytes = files::bytes(path, plan.limit).with_context(|| name.clone())?;
    let opened = onrecord_container::open(bytes, &name, &Limits { capture: plan.limit, ..Limits::default() });
    Ok((opened.captures, opened.notes))
}

/// What a database of SQLite starts with (<https://sqlite.org/fileformat.html#magic_header_string>).
const DATABASE: &[u8; 16] = b"SQLite format 3\0";

/// Whether the file is a record, or another database.
pub(crate) fn is_record(path: &Path) -> bool {
    let mut head = [0; DATABASE.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *DATABASE
}

fn one_page(capture: Capture, plan: &Plan) -> Result<OnePage> {
    let Capture { name, bytes, data } = capture;
    let hint = data.url.as_deref().unwrap_or(&name);
    let page = read_page_in(&bytes, hint, data.charset(), plan.lexicon).with_context(|| name.clone())?;
    Ok(OnePage { name, capture: data, page })
}

/// The pages at the addresses, fetched one after the other.
fn fetched(plan: &Plan) -> Vec<Result<Capture>> {
    if plan.addresses.is_empty() {
        return Vec::new();
    }
    let mut fetcher = fetcher(plan);
    let mut fetch = |address: &String| {
        let fetched = fetcher.fetch(address).with_context(|| address.clone())?;
        Ok(Capture { name: address.clone(), bytes: fetched.bytes, data: fetched.data })
    };
    plan.addresses.iter().map(&mut fetch).collect()
}

fn fetcher(plan: &Plan) -> Fetcher {
    Fetcher::new(Options { limit: plan.limit, allow_private: plan.allow_private, ..Options::default() })
}

/// Says what was odd about a page. One that is not text at all counts as unreadable.
pub(crate) fn report(entry: &Entry) -> Outcome {
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
