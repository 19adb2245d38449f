//! Which files the inputs stand for, and their bytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use walkdir::{DirEntry, WalkDir};

/// Endings of files that may hold pages. A file without an ending may, too. Lists (`.jsonl`, `.csv`) are read only where they are
/// named: a folder may hold our own output.
const PAGE_ENDINGS: [&str; 15] =
    ["html", "htm", "xhtml", "txt", "text", "xml", "rss", "atom", "gz", "zip", "warc", "pdf", "mht", "mhtml", "eml"];

/// What the inputs stand for.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Addresses of the web, sorted, each once.
    pub(crate) addresses: Vec<String>,
    /// Files to read, sorted, each once.
    pub(crate) files: Vec<PathBuf>,
    /// Files of the folders that no page can be in, by their ending.
    pub(crate) skipped: usize,
    /// What could not be searched.
    pub(crate) failures: Vec<String>,
}

/// The files that `inputs` stand for; a folder is searched, except for what lies in `packs`.
///
/// The result does not depend on the order of `inputs`. A file that was named itself is taken whatever its ending.
pub(crate) fn find(inputs: &[PathBuf], packs: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for input in inputs {
        if let Some(address) = input.to_str().filter(|input| onrecord_fetch::is_address(input)) {
            found.addresses.push(address.to_owned());
        } else if input.is_dir() {
            search(input, packs, &mut found);
        } else {
            found.files.push(input.clone());
        }
    }
    // "./page.txt" and "page.txt" are one file, and shall have one name.
    found.files.iter_mut().for_each(|path| *path = path.strip_prefix(".").unwrap_or(path).to_owned());
    found.addresses.sort();
    found.addresses.dedup();
    found.files.sort();
    found.files.dedup();
    found
}

fn search(folder: &Path, packs: &[PathBuf], found: &mut Found) {
    let wanted = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry) && !packs.iter().any(|pack| pack == entry.path());
    for entry in WalkDir::new(folder).follow_links(true).into_iter().filter_entry(wanted) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if may_hold_page(entry.path()) => found.files.push(entry.into_path()),
            Ok(_) => found.skipped += 1,
            Err(error) => found.failures.push(format!("{}: {error}", error.path().unwrap_or(folder).display())),
        }
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn may_hold_page(path: &Path) -> bool {
    path.extension().is_none_or(|ending| PAGE_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The bytes of the file at `path`; `-` is standard input.
///
/// # Errors
/// When it cannot be read, or has more than `limit` bytes: what has, is no page, and would be read at the others' cost.
pub(crate) fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    } else {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        if length > limit {
            bail!("has {length} bytes, more than the limit of {limit}; --max-size raises it");
        }
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > limit {
        bail!("has more bytes than the limit of {limit}; --max-size raises it");
    }
    Ok(bytes)
}

/// The text of the file at `path`, which must be UTF-8; `-` is standard input.
pub(crate) fn text(path: &Path) -> Result<String> {
    let named = || path.display().to_string();
    let bytes = bytes(path, u64::MAX).with_context(named)?;
    String::from_utf8(bytes).with_context(named)
}
