//! The decoded text of one capture.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::SourceSpan;

/// SHA-256 of the raw bytes of a capture. Two machines that read the same bytes agree on it without talking.
///
/// It hashes the bytes as obtained, before decoding, with nothing added: `sha256sum FILE` prints the same 64 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId([u8; 32]);

impl SourceId {
    /// The id of these raw bytes.
    #[must_use]
    pub fn of(raw: &[u8]) -> Self {
        Self(Sha256::digest(raw).into())
    }

    /// The 32 bytes of the hash.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceId({self})")
    }
}

/// SHA-256 as 64 lower-case hex digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hex digits, two each. A reading has hundreds of hashes: formatting byte by byte took a fiftieth of its time.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A text longer than spans can count (4 GiB).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the decoded text has {bytes} bytes; a source can hold at most {max}", max = u32::MAX)]
pub struct TooLarge {
    /// Its length in bytes.
    pub bytes: usize,
}

/// The decoded UTF-8 text of one capture. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    id: SourceId,
    text: Arc<str>,
}

impl Source {
    /// The source with this text, decoded from `raw`.
    ///
    /// # Errors
    /// [`TooLarge`] when the text has more than `u32::MAX` bytes.
    pub fn new(raw: &[u8], text: impl Into<Arc<str>>) -> Result<Self, TooLarge> {
        let text = text.into();
        if u32::try_from(text.len()).is_err() {
            return Err(TooLarge { bytes: text.len() });
        }
        Ok(Self { id: SourceId::of(raw), text })
    }

    /// Hash of the raw bytes.
    #[must_use]
    pub const fn id(&self) -> SourceId {
        self.id
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words at `span`; empty where it does not fall on characters.
    #[must_use]
    pub fn cut(&self, span: SourceSpan) -> &str {
        span.cut(&self.text)
    }

    /// The span of the whole text.
    #[must_use]
    pub fn span(&self) -> SourceSpan {
        // `new` has checked that the length fits.
        SourceSpan::new(0, u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("id", &self.id).field("bytes", &self.text.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Source, sha256_hex};

    #[test]
    fn the_id_is_the_plain_sha256_of_the_raw_bytes() {
        // FIPS 180-4 test vector "abc".
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(Source::new(b"abc", "abc").unwrap().id().to_string(), sha256_hex(b"abc"));
    }
}
