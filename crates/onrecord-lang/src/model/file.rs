//! The model file: a header with a checksum, then all parts one after the other.
//!
//! | bytes | what |
//! | --- | --- |
//! | 16 | [`MAGIC`] |
//! | 4 | [`VERSION`], little-endian |
//! | 32 | SHA-256 of all that follows |
//! | rest | numbers as LEB128, texts as length and bytes, rows of weights as [`Writer::rows`] writes them |

use sha2::{Digest, Sha256};

use super::weights::Weights;

const MAGIC: &[u8; 16] = b"onrecord  model\n";
const VERSION: u32 = 2;
const HEADER: usize = 16 + 4 + 32;

/// Why a file is no model that this program can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Some other kind of file.
    #[error("this is no onrecord model: it does not begin with `onrecord  model`")]
    Foreign,
    /// A model of another version of the program.
    #[error("the model has format {found}, this program reads format {VERSION}")]
    Version {
        /// Format of the file.
        found: u32,
    },
    /// Bytes were lost or changed.
    #[error("the model is damaged: its bytes do not match its checksum")]
    Damaged,
    /// The checksum holds, but the parts do not fit together.
    #[error("the model is malformed at byte {at}")]
    Malformed {
        /// Where reading stopped, counted from the end of the header.
        at: usize,
    },
}

/// Puts the header before a body.
pub(crate) fn seal(body: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEADER + body.len());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&VERSION.to_le_bytes());
    file.extend_from_slice(&Sha256::digest(body));
    file.extend_from_slice(body);
    file
}

/// The body of a file whose checksum holds, and the checksum.
pub(crate) fn open(file: &[u8]) -> Result<(&[u8], [u8; 32]), ModelError> {
    let rest = file.strip_prefix(MAGIC).ok_or(ModelError::Foreign)?;
    let (version, rest) = rest.split_first_chunk::<4>().ok_or(ModelError::Damaged)?;
    let found = u32::from_le_bytes(*version);
    if found != VERSION {
        return Err(ModelError::Version { found });
    }
    let (checksum, body) = rest.split_first_chunk::<32>().ok_or(ModelError::Damaged)?;
    if Sha256::digest(body).as_slice() == checksum { Ok((body, *checksum)) } else { Err(ModelError::Damaged) }
}

/// Writes the parts of a body.
#[derive(Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
}

impl Writer {
    pub(crate) fn number(&mut self, mut number: u64) {
        loop {
            let low = (number & 0x7f) as u8;
            number >>= 7;
            self.bytes.push(if number == 0 { low } else { low | 0x80 });
            if number == 0 {
                return;
            }
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn texts(&mut self, texts: &[String]) {
        self.number(texts.len() as u64);
        texts.iter().for_each(|text| self.text(text));
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    /// Keys in their order: difference to the key before.
    pub(crate) fn keys(&mut self, keys: &[u32]) {
        self.number(keys.len() as u64);
        let mut last = 0;
        for key in keys {
            self.number(u64::from(key - last));
            last = *key;
        }
    }

    /// Four bytes each, little-endian.
    pub(crate) fn floats(&mut self, numbers: &[f32]) {
        self.number(numbers.len() as u64);
        numbers.iter().for_each(|number| self.bytes.extend_from_slice(&number.to_le_bytes()));
    }

    /// Pairs in order of their keys: difference to the key before, then the number.
    pub(crate) fn pairs(&mut self, entries: &[(u32, u32)]) {
        self.number(entries.len() as u64);
        let mut last = 0;
        for (key, number) in entries {
            self.number(u64::from(key - last));
            self.number(u64::from(*number));
            last = *key;
        }
    }

    /// Rows in order of their keys: difference to the key before, number of weights that are not nought, then class and weight of each.
    pub(crate) fn rows<const N: usize>(&mut self, entries: &[(u32, [i8; N])]) {
        self.number(entries.len() as u64);
        let mut last = 0;
        for (key, row) in entries {
            self.number(u64::from(key - last));
            last = *key;
            let weights = (0_u8..).zip(row).filter(|(_, weight)| **weight != 0);
            self.bytes.push(u8::try_from(weights.clone().count()).unwrap_or(u8::MAX));
            for (class, weight) in weights {
                self.bytes.extend_from_slice(&[class, weight.to_le_bytes()[0]]);
            }
        }
    }
}

/// Reads the parts of a body.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(crate) fn malformed(&self) -> ModelError {
        ModelError::Malformed { at: self.at }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let taken = self.at.checked_add(count).and_then(|end| self.bytes.get(self.at..end)).ok_or(self.malformed())?;
        self.at += count;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, ModelError> {
        Ok(self.take(1)?[0])
    }

    pub(crate) fn number(&mut self) -> Result<u64, ModelError> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(self.malformed())
    }

    /// A number of things that follow, each at least one byte long: a damaged count cannot ask for more memory than the file has bytes.
    fn count(&mut self) -> Result<usize, ModelError> {
        let count = usize::try_from(self.number()?).map_err(|_| self.malformed())?;
        if count > self.bytes.len() - self.at { Err(self.malformed()) } else { Ok(count) }
    }

    pub(crate) fn text(&mut self) -> Result<String, ModelError> {
        let count = self.count()?;
        String::from_utf8(self.take(count)?.to_vec()).map_err(|_| self.malformed())
    }

    pub(crate) fn texts(&mut self) -> Result<Vec<String>, ModelError> {
        (0..self.count()?).map(|_| self.text()).collect()
    }

    pub(crate) fn byte_list(&mut self) -> Result<Vec<u8>, ModelError> {
        let count = self.count()?;
        Ok(self.take(count)?.to_vec())
    }

    pub(crate) fn pairs(&mut self) -> Result<Vec<(u32, u32)>, ModelError> {
        let count = self.count()?;
        let mut last = 0_u32;
        let mut entries = Vec::with_capacity(count);
        for _ in 0..count {
            last = self.key_after(last)?;
            let number = self.number()?;
            entries.push((last, u32::try_from(number).map_err(|_| self.malformed())?));
        }
        Ok(entries)
    }

    /// Keys in their order.
    pub(crate) fn keys(&mut self) -> Result<Vec<u32>, ModelError> {
        let mut last = 0;
        (0..self.count()?)
            .map(|_| {
                last = self.key_after(last)?;
                Ok(last)
            })
            .collect()
    }

    pub(crate) fn floats(&mut self) -> Result<Vec<f32>, ModelError> {
        let count = self.count()?;
        let bytes = count.checked_mul(4).ok_or(self.malformed())?;
        let (numbers, _) = self.take(bytes)?.as_chunks::<4>();
        Ok(numbers.iter().map(|number| f32::from_le_bytes(*number)).collect())
    }

    /// A number that is small enough to be a size of a layer.
    pub(crate) fn size(&mut self) -> Result<usize, ModelError> {
        const LARGEST: usize = 1 << 12;
        usize::try_from(self.number()?).ok().filter(|size| *size <= LARGEST).ok_or(self.malformed())
    }

    fn key_after(&mut self, last: u32) -> Result<u32, ModelError> {
        let step = self.number()?;
        u32::try_from(u64::from(last) + step).map_err(|_| self.malformed())
    }

    pub(crate) fn rows<const N: usize>(&mut self) -> Result<Vec<(u32, [i8; N])>, ModelError> {
        let count = self.count()?;
        let mut last = 0_u32;
        let mut entries = Vec::with_capacity(count);
        for _ in 0..count {
            last = self.key_after(last)?;
            let mut row = [0; N];
            for _ in 0..self.byte()? {
                let pair = self.take(2)?;
                *row.get_mut(usize::from(pair[0])).ok_or(ModelError::Malformed { at: self.at })? = i8::from_le_bytes([pair[1]]);
            }
            entries.push((last, row));
        }
        Ok(entries)
    }

    /// Rows as [`Writer::rows`] wrote them, put in place as they come.
    pub(crate) fn weights<const N: usize>(&mut self) -> Result<Weights<N>, ModelError> {
        let count = self.count()?;
        let mut weights = Weights::with_room(count);
        let mut last = 0_u32;
        for number in 0..count {
            let key = self.key_after(last)?;
            let weights_here = usize::from(self.byte()?);
            let (pairs, _) = self.take(2 * weights_here)?.as_chunks::<2>();
            if number > 0 && key == last || pairs.iter().any(|[class, _]| usize::from(*class) >= N) {
                return Err(self.malformed());
            }
            weights.insert(key, pairs);
            last = key;
        }
        Ok(weights)
    }

    /// Makes sure that nothing is left over.
    pub(crate) fn finish(&self) -> Result<(), ModelError> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(self.malformed()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{ModelError, Reader, Writer, open, seal};

    #[test]
    fn reads_what_was_written() {
        let mut writer = Writer::default();
        writer.number(300);
        writer.texts(&["a".to_owned(), "ß".to_owned()]);
        writer.pairs(&[(1, 2), (u32::MAX, 0)]);
        let rows = [(7, [0, -128, 5, 0]), (9, [127, 0, 0, 0])];
        writer.rows(&rows);
        let mut reader = Reader::new(&writer.bytes);
        assert_eq!(reader.number(), Ok(300));
        assert_eq!(reader.texts().unwrap(), ["a", "ß"]);
        assert_eq!(reader.pairs().unwrap(), [(1, 2), (u32::MAX, 0)]);
        assert_eq!(reader.rows::<4>().unwrap(), rows);
        assert_eq!(reader.finish(), Ok(()));
    }

    #[test]
    fn refuses_what_is_no_model() {
        let good = seal(b"body");
        assert!(open(&good).is_ok());
        assert_eq!(open(b"<html>"), Err(ModelError::Foreign));
        let mut damaged = good.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(open(&damaged), Err(ModelError::Damaged));
        assert_eq!(open(&good[..40]), Err(ModelError::Damaged));
        let mut newer = good;
        newer[16] = 9;
        assert_eq!(open(&newer), Err(ModelError::Version { found: 9 }));
    }

    #[test]
    fn refuses_counts_beyond_the_file() {
        let mut writer = Writer::default();
        writer.number(u64::from(u32::MAX));
        assert_eq!(Reader::new(&writer.bytes).pairs(), Err(ModelError::Malformed { at: 5 }));
    }
}
