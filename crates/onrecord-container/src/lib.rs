//! From the bytes of a file to the captures in it: archives, web archives, saved pages and mails, reports in PDF, lists of pages and JSON feeds.
//!
//! [`open`] is the one way in. It does no I/O, follows no link inside of a file, and gives up on what is larger than its [`Limits`].
//! A capture's bytes are what [`onrecord_page::read_page`] reads; where they are not the bytes of the file itself, its
//! [`CaptureData`] says what was done.

mod list;
mod mail;
mod pdf;
mod unpack;
mod warc;

pub use list::json_feed_links;
use onrecord_page::CaptureData;

/// What a file is, by its first bytes and, where these leave it open, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A page, a feed or a text: what `onrecord-page` reads as it is.
    Page,
    /// `gzip`: one file, or a web archive, compressed.
    Gzip,
    /// A ZIP archive.
    Zip,
    /// A web archive (WARC, ISO 28500).
    Warc,
    /// A PDF file.
    Pdf,
    /// A mail or a page saved as MHTML (RFC 822, RFC 2557).
    Mail,
    /// One JSON object a line, each with `html` or `text`.
    JsonLines,
    /// A JSON Feed.
    JsonFeed,
    /// A table with addresses of pages, as Media Cloud and GDELT hand them out.
    Table,
}

/// What is read at most. What is beyond is left out with a [`Note`].
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one capture.
    pub capture: u64,
    /// Bytes of all captures of a file, and of what was unpacked on the way to them.
    pub unpacked: u64,
    /// Captures of a file.
    pub captures: usize,
    /// Archives inside of archives.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { capture: 64 << 20, unpacked: 1 << 30, captures: 100_000, depth: 4 }
    }
}

/// Bytes that are one page, with what the file says of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// Name of the file; for a part of it, that name, `!` and the part's own name (`pages.zip!one.html`).
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What the file says of them.
    pub data: CaptureData,
}

/// Something in a file that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Name of the part.
    pub part: String,
    /// One sentence for people.
    pub text: String,
}

/// What a file holds.
#[derive(Debug, Clone, Default)]
pub struct Opened {
    /// Its captures, in the order of the file.
    pub captures: Vec<Capture>,
    /// What was not read.
    pub notes: Vec<Note>,
}

/// Opens a file.
///
/// ```
/// use onrecord_container::{Limits, open};
/// let lines = br#"{"url": "https://paper.example/one", "text": "Varda said that the port was closed."}"#;
/// let opened = open(lines.to_vec(), "pages.jsonl", &Limits::default());
/// assert_eq!(opened.captures[0].bytes, b"Varda said that the port was closed.");
/// assert_eq!(opened.captures[0].data.url.as_deref(), Some("https://paper.example/one"));
/// ```
#[must_use]
pub fn open(bytes: Vec<u8>, name: &str, limits: &Limits) -> Opened {
    let mut opener = Opener { limits: *limits, left: limits.unpacked, opened: Opened::default() };
    opener.open(bytes, name, CaptureData::default(), 0);
    opener.opened
}

/// The bytes of the capture called `part` in the file `bytes`: what stands behind the first `!` of its name.
#[must_use]
pub fn find(bytes: Vec<u8>, name: &str, part: &str, limits: &Limits) -> Option<Vec<u8>> {
    let name = last_part(name);
    let is_wanted = |capture: &Capture| capture.name.strip_prefix(name).and_then(|rest| rest.strip_prefix('!')) == Some(part);
    open(bytes, name, limits).captures.into_iter().find(is_wanted).map(|capture| capture.bytes)
}

/// What a file is.
#[must_use]
pub fn kind(bytes: &[u8], name: &str) -> Kind {
    let path = name.split(['?', '#']).next().unwrap_or("").to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| path.ends_with(ending));
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    match () {
        () if bytes.starts_with(b"\x1f\x8b") => Kind::Gzip,
        () if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") => Kind::Zip,
        () if bytes.starts_with(b"WARC/") => Kind::Warc,
        () if head.windows(5).any(|five| five == b"%PDF-") && !head.starts_with(b"<") => Kind::Pdf,
        () if ends(&[".mht", ".mhtml", ".eml"]) || mail::is_mail(head) => Kind::Mail,
        () if list::is_json_feed(head) => Kind::JsonFeed,
        () if ends(&[".jsonl", ".ndjson"]) || list::is_json_lines(bytes) => Kind::JsonLines,
        () if ends(&[".csv", ".tsv"]) => Kind::Table,
        () => Kind::Page,
    }
}

/// A file that is being opened.
struct Opener {
    limits: Limits,
    /// Bytes that may still be unpacked.
    left: u64,
    opened: Opened,
}

impl Opener {
    fn open(&mut self, bytes: Vec<u8>, name: &str, data: CaptureData, depth: usize) {
        if depth > self.limits.depth {
            return self.note(name, format!("archives are nested more than {} deep; this one was not opened", self.limits.depth));
        }
        match kind(&bytes, name) {
            Kind::Page => self.capture(name, bytes, data),
            Kind::Gzip => self.gzip(&bytes, name, data, depth),
            Kind::Zip => self.zip(bytes, name, depth),
            Kind::Warc => self.warc(&bytes, name, depth),
            Kind::Pdf => self.pdf(&bytes, name, data),
            Kind::Mail => self.mail(&bytes, name, data),
            Kind::JsonLines => self.json_lines(&bytes, name),
            Kind::JsonFeed => self.json_feed(&bytes, name),
            Kind::Table => self.table(bytes, name, data),
        }
    }

    fn capture(&mut self, name: &str, bytes: Vec<u8>, data: CaptureData) {
        if self.opened.captures.len() >= self.limits.captures {
            if self.opened.captures.len() == self.limits.captures && self.opened.notes.last().is_none_or(|note| note.part != FULL)
            {
                self.note(FULL, format!("more than {} pages; the others were not read", self.limits.captures));
            }
        } else if bytes.len() as u64 > self.limits.capture {
            self.note(name, format!("has more than {} bytes and was not read", self.limits.capture));
        } else {
            self.opened.captures.push(Capture { name: name.to_owned(), bytes, data });
        }
    }

    fn note(&mut self, part: &str, text: String) {
        if self.opened.notes.len() < NOTE_LIMIT {
            self.opened.notes.push(Note { part: part.to_owned(), text });
        }
    }

    /// Takes `bytes` from what may still be unpacked; says no when there are not so many.
    fn spend(&mut self, bytes: usize) -> bool {
        let bytes = bytes as u64;
        let enough = bytes <= self.left;
        self.left = self.left.saturating_sub(bytes);
        enough
    }
}

/// Notes of one file that are kept.
const NOTE_LIMIT: usize = 100;

/// Part that the note on too many captures names.
const FULL: &str = "…";

/// The last part of a path or address, without what an address adds to it.
fn last_part(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    path.rsplit(['/', '\\', '!']).find(|part| !part.is_empty()).unwrap_or(path)
}
