//! The only file that prints: standard output, files, messages on standard error.

#![allow(clippy::print_stderr, reason = "the program talks to its user here and nowhere else")]

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};

/// A message to the user, on standard error.
pub(crate) fn complain(message: &str) {
    eprintln!("onrecord: {}", harmless(message));
}

/// Writes `text` to standard output.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes `text` to the file at `path`, or to standard output when none is given.
pub(crate) fn write(path: Option<&Path>, text: &str) -> Result<()> {
    match path {
        Some(path) => write_bytes(path, text.as_bytes()),
        None => print(text),
    }
}

/// Writes `bytes` to the file at `path`.
pub(crate) fn write_bytes(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("{}: cannot be written", path.display()))
}

/// Whether the error is that nobody reads our output any more.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Columns of the terminal on standard output; `None` when it is none.
pub(crate) fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// Whether standard output is a terminal whose user has not asked for plain text (<https://no-color.org>).
pub(crate) fn wants_colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The text without control characters and marks that turn the direction of writing: file names and words of a page
/// must not steer the terminal.
pub(crate) fn harmless(text: &str) -> String {
    let steers = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}
