//! Bytes in a file of their own size or less, so that any tool can undo it: what stands alone by DEFLATE (RFC 1951, `zlib.decompress(body, -15)` in
//! Python), readings, many of which lie together, by Zstandard (RFC 8878).

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::StoreError;

/// How hard single bytes are packed: a fifth faster than the default, 6, for half a hundredth more bytes.
const LEVEL: Compression = Compression::new(5);

/// How hard readings are packed together: the default of Zstandard. Level 6 takes three times as long for a tenth less.
const LEVEL_TOGETHER: i32 = 3;

/// The bytes, packed.
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 3), LEVEL);
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// The bytes that were packed; `len` is their number, and a file that holds more is damaged.
pub(crate) fn unpack(packed: &[u8], len: usize, what: &dyn Fn() -> String) -> Result<Vec<u8>, StoreError> {
    exactly(len, DeflateDecoder::new(packed)).ok_or_else(|| StoreError::Unpack(what()))
}

/// Many readings, packed as one.
pub(crate) fn pack_together(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(bytes, LEVEL_TOGETHER).map_err(StoreError::Pack)
}

/// What was packed together; `len` is its number of bytes, and a file that holds more is damaged.
pub(crate) fn unpack_together(packed: &[u8], len: usize) -> Option<Vec<u8>> {
    exactly(len, zstd::stream::read::Decoder::with_buffer(packed).ok()?)
}

/// All that is read, where it is `len` bytes. No more are taken, whatever the file says.
fn exactly(len: usize, from: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(len).unwrap_or(u64::MAX).saturating_add(1);
    let found = from.take(limit).read_to_end(&mut bytes).ok()?;
    (found == len).then_some(bytes)
}
