//! The packed file: a header, then its sections one after the other. Numbers are little-endian.
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | `onrecgaz` |
//! | 4 | version of the format, 1 |
//! | 6 × 4 | lengths of the sections in bytes |
//! | 32 | SHA-256 of the sections |
//! | | countries: two letters each |
//! | | areas: numbers of the records that are regions and districts, 4 bytes each |
//! | | records: [`RECORD`] bytes each, sorted by canonical name |
//! | | names: finite state map from a canonical name to its first record |
//! | | aliases: finite state map from another name to its first posting |
//! | | postings: numbers of records, 3 bytes each; [`LAST_POSTING`] marks the last of a name |

use std::borrow::Cow;

use sha2::{Digest, Sha256};

pub(crate) const MAGIC: &[u8; 8] = b"onrecgaz";
pub(crate) const VERSION: u32 = 1;
pub(crate) const SECTIONS: usize = 6;
pub(crate) const HEADER: usize = 8 + 4 + 4 * SECTIONS + 32;

/// Latitude and longitude in hundredths of a degree (2 each), country (1), kind (1), population (1), region and district (2 each).
pub(crate) const RECORD: usize = 11;
/// Set in the kind of the last record of a canonical name.
pub(crate) const LAST_OF_NAME: u8 = 0x80;
/// Set in a posting that is the last of its name.
pub(crate) const LAST_POSTING: u32 = 0x80_0000;
/// Stands for "no region", "no district".
pub(crate) const NO_AREA: u16 = u16::MAX;

/// Why a file is no gazetteer that this program reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damaged {
    /// It does not begin as one.
    #[error("this is no gazetteer: it does not begin with `onrecgaz`")]
    NoGazetteer,
    /// It was written by another version.
    #[error("expected format 1 of a gazetteer, found {0}")]
    OtherVersion(u32),
    /// It is shorter or longer than its header says.
    #[error("expected {expected} bytes, found {found}")]
    Length {
        /// As the header says.
        expected: usize,
        /// As it is.
        found: usize,
    },
    /// Its bytes are not those that were written.
    #[error("the sections do not have the checksum of the header")]
    Checksum,
    /// A section is not built as it should be.
    #[error("the section `{0}` is not well formed")]
    Section(&'static str),
}

/// The sections, in the order of the file.
pub(crate) type Sections = [Cow<'static, [u8]>; SECTIONS];

/// The file of these sections.
pub(crate) fn write(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let body = sections.concat();
    let mut file = Vec::with_capacity(HEADER + body.len());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&VERSION.to_le_bytes());
    sections.iter().for_each(|section| file.extend_from_slice(&(section.len() as u32).to_le_bytes()));
    file.extend_from_slice(&Sha256::digest(&body));
    file.extend_from_slice(&body);
    file
}

/// Cuts a file into its sections. The checksum is not looked at.
pub(crate) fn cut(file: Cow<'static, [u8]>) -> Result<Sections, Damaged> {
    if !file.starts_with(MAGIC) {
        return Err(Damaged::NoGazetteer);
    }
    let number = |at: usize| file.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
    let short = Damaged::Length { expected: HEADER, found: file.len() };
    let version = number(8).ok_or_else(|| short.clone())?;
    if version != VERSION {
        return Err(Damaged::OtherVersion(version));
    }
    let mut at = HEADER;
    let mut ranges = Vec::new();
    for section in 0..SECTIONS {
        let length = number(12 + 4 * section).ok_or_else(|| short.clone())? as usize;
        ranges.push(at..at + length);
        at += length;
    }
    if at != file.len() {
        return Err(Damaged::Length { expected: at, found: file.len() });
    }
    Ok(std::array::from_fn(|section| match &file {
        Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[ranges[section].clone()]),
        Cow::Owned(bytes) => Cow::Owned(bytes[ranges[section].clone()].to_vec()),
    }))
}

/// Whether the sections are those that were written.
pub(crate) fn check(file: &[u8]) -> Result<(), Damaged> {
    let written = file.get(HEADER - 32..HEADER).unwrap_or_default();
    let is_same = file.get(HEADER..).is_some_and(|body| Sha256::digest(body).as_slice() == written);
    if is_same { Ok(()) } else { Err(Damaged::Checksum) }
}

/// Populations are kept as a power of two and the three bits below its highest.
pub(crate) fn population_step(population: u32) -> u8 {
    if population < 8 {
        return population as u8;
    }
    let power = population.ilog2();
    let bits = (population >> (power - 3)) & 7;
    (((power - 2) << 3) | bits) as u8
}

/// The middle of all populations of a step.
pub(crate) fn population_of(step: u8) -> u32 {
    let (power, bits) = (u32::from(step >> 3), u32::from(step & 7));
    if power == 0 {
        return bits;
    }
    let low = (8 + bits) << (power - 1);
    low + ((1 << (power - 1)) >> 1)
}

#[cfg(test)]
mod tests {
    use super::{population_of, population_step};

    #[test]
    fn populations_come_back_to_a_sixteenth() {
        for population in [0, 1, 7, 8, 9, 100, 999, 34_927, 1_000_003, 1_400_000_000, u32::MAX] {
            let back = population_of(population_step(population));
            assert!(back.abs_diff(population) <= population / 16, "{population} came back as {back}");
        }
    }
}
