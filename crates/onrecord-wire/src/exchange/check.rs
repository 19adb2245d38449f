//! The field `check`, which closes a line: the first 16 hex digits of the SHA-256 of the bytes before it.
//!
//! It shows a change made by accident or without care. Who rewrites the line and its `check` alike is found out only by the source.

use onrecord_text::{SourceId, hex};

/// Bytes of the hash, two digits each.
const BYTES: usize = 8;
const OPENING: &str = ",\"check\":\"";
const CLOSING: &str = "\"}";

/// The line with its `check` as last field.
pub(crate) fn sealed(line: &str) -> String {
    let body = line.strip_suffix('}').unwrap_or(line);
    [body, OPENING, &digits(body), CLOSING].concat()
}

/// Whether a line's `check` fits its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seal {
    Fits,
    Differs,
    Missing,
}

pub(crate) fn seal(line: &str) -> Seal {
    let parts = line.strip_suffix(CLOSING).and_then(|rest| rest.rsplit_once(OPENING));
    match parts {
        Some((body, check)) if check == digits(body) => Seal::Fits,
        Some(_) => Seal::Differs,
        None => Seal::Missing,
    }
}

fn digits(body: &str) -> String {
    hex(&SourceId::of(body.as_bytes()).as_bytes()[..BYTES])
}
