//! Bytes in a file of their own size or less: DEFLATE (RFC 1951), which every tool can undo (`zlib.decompress(body, -15)` in Python).

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::StoreError;

/// How hard they are packed: a fifth faster than the default, 6, for half a hundredth more bytes of readings.
const LEVEL: Compression = Compression::new(5);

/// The bytes, packed.
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 3), LEVEL);
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// The bytes that were packed; `len` is their number, and a file that holds more is damaged.
pub(crate) fn unpack(packed: &[u8], len: usize, what: &dyn Fn() -> String) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(len).unwrap_or(u64::MAX).saturating_add(1);
    match DeflateDecoder::new(packed).take(limit).read_to_end(&mut bytes) {
        Ok(found) if found == len => Ok(bytes),
        _ => Err(StoreError::Unpack(what())),
    }
}
