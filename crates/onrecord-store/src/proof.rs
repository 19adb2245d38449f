//! Proof of one item for somebody who has not the record: the item, its reading, the log, and a checkpoint.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::StoreError;
use crate::log::{Checkpoint, Hash, SignedNote, Verifier, inclusion_holds, leaf_hash};
use crate::reading::tree_of;
use crate::store::{Store, as_i64};

/// First field of a proof, so that a reader knows what it holds.
const FORMAT: &str = "onrecord-proof-1";

/// What leads from one item to a checkpoint of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    format: String,
    /// The item, as a line of the exchange format.
    item: String,
    /// Its line in the reading, counted from 0; how many lines the reading has; and hashes up to the reading's root.
    line: usize,
    lines: usize,
    line_path: Vec<String>,
    /// The log's entry for the reading, its place, and hashes up to the root.
    reading: String,
    reading_index: usize,
    reading_path: Vec<String>,
    /// The log's entry for the capture that was read, its place, and hashes up to the root.
    capture: String,
    capture_index: usize,
    capture_path: Vec<String>,
    /// The checkpoint, signed where the record has a key.
    checkpoint: String,
}

/// Why a proof does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not a proof.
    #[error("this is no proof of onrecord: {0}")]
    Form(String),
    /// A step does not lead to the next.
    #[error("{0}")]
    Step(&'static str),
    /// The checkpoint is not signed as it should be.
    #[error("{0}")]
    Note(String),
}

/// What a proof that holds has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The item, as a line of the exchange format.
    pub item: String,
    /// SHA-256 of the capture that it was read in, as 64 hex digits.
    pub capture: String,
    /// Name of the capture.
    pub name: String,
    /// Reader that made the reading.
    pub reader: String,
    /// When the reading was written down, as the machine's clock had it.
    pub at: String,
    /// The state of the log that holds it.
    pub checkpoint: Checkpoint,
    /// Names in which the checkpoint is signed. Only the one whose key was given was checked.
    pub signed_by: Vec<String>,
}

impl Store {
    /// The proof of the item with this id in the latest readings, against `checkpoint`, a note over the log as it is now; `None` where no
    /// reading has such an item.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn prove(&self, id: &str, checkpoint: &str) -> Result<Option<Proof>, StoreError> {
        let Some((reading, line)) = self.find_item(id)? else { return Ok(None) };
        let (tree, lines) = (self.tree()?, tree_of(&reading.jsonl));
        let entry = |seq: usize| -> Result<String, StoreError> {
            Ok(self.db.prepare_cached("SELECT entry FROM log WHERE seq = ?")?.query_row([as_i64(seq)], |row| row.get(0))?)
        };
        let of_capture = "SELECT seq FROM capture WHERE id = ?";
        let capture_seq: i64 = self.db.prepare_cached(of_capture)?.query_row([reading.capture], |row| row.get(0))?;
        let capture_index = crate::store::as_usize(capture_seq);
        let path = |hashes: Option<Vec<Hash>>| hashes.unwrap_or_default().iter().map(Hash::to_string).collect();
        Ok(Some(Proof {
            format: FORMAT.to_owned(),
            item: reading.jsonl.lines().nth(line).unwrap_or_default().to_owned(),
            line,
            lines: lines.len(),
            line_path: path(lines.inclusion(line, lines.len())),
            reading: entry(reading.seq)?,
            reading_index: reading.seq,
            reading_path: path(tree.inclusion(reading.seq, tree.len())),
            capture: entry(capture_index)?,
            capture_index,
            capture_path: path(tree.inclusion(capture_index, tree.len())),
            checkpoint: checkpoint.to_owned(),
        }))
    }
}

impl Proof {
    /// Reads a proof.
    ///
    /// # Errors
    /// [`ProofError::Form`].
    pub fn parse(text: &str) -> Result<Self, ProofError> {
        let proof: Self = serde_json::from_str(text).map_err(|error| ProofError::Form(error.to_string()))?;
        if proof.format == FORMAT { Ok(proof) } else { Err(ProofError::Form(format!("its format is {}", proof.format))) }
    }

    /// The proof as a text.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Checks every step, without the record.
    ///
    /// # Errors
    /// [`ProofError`] that names the first step that does not hold.
    pub fn verify(&self, verifier: Option<&Verifier>) -> Result<Proven, ProofError> {
        let signed = SignedNote::parse(&self.checkpoint);
        let text = match (&signed, verifier) {
            (Ok(note), None) => note.text,
            (Err(_), None) => &self.checkpoint,
            (Ok(note), Some(verifier)) => {
                note.verify(verifier).map_err(|error| ProofError::Note(error.to_string()))?;
                note.text
            }
            (Err(error), Some(_)) => return Err(ProofError::Note(error.to_string())),
        };
        let checkpoint = Checkpoint::parse(text).map_err(|error| ProofError::Note(error.to_string()))?;
        let reading = object(&self.reading)?;
        let capture = object(&self.capture)?;
        let root = hash(field(&reading, "reading")?)?;
        let is_counted = reading["lines"].as_u64() == u64::try_from(self.lines).ok();
        let item_in_reading = is_counted
            && inclusion_holds(leaf_hash(self.item.as_bytes()), self.line, self.lines, &hashes(&self.line_path)?, root);
        let in_log = |entry: &str, index: usize, path: &[String]| -> Result<bool, ProofError> {
            Ok(inclusion_holds(leaf_hash(entry.as_bytes()), index, checkpoint.size, &hashes(path)?, checkpoint.root))
        };
        let steps = [
            (item_in_reading, "the item is no line of the reading"),
            (
                in_log(&self.reading, self.reading_index, &self.reading_path)?,
                "the log of this checkpoint does not hold the reading",
            ),
            (
                in_log(&self.capture, self.capture_index, &self.capture_path)?,
                "the log of this checkpoint does not hold the capture",
            ),
            (field(&reading, "capture")? == field(&capture, "capture")?, "the reading is of another capture"),
        ];
        if let Some((_, said)) = steps.into_iter().find(|(holds, _)| !holds) {
            return Err(ProofError::Step(said));
        }
        Ok(Proven {
            item: self.item.clone(),
            capture: field(&capture, "capture")?.to_owned(),
            name: field(&capture, "name")?.to_owned(),
            reader: field(&reading, "reader")?.to_owned(),
            at: field(&reading, "at")?.to_owned(),
            signed_by: signed.map(|note| note.names().map(str::to_owned).collect()).unwrap_or_default(),
            checkpoint,
        })
    }
}

fn object(entry: &str) -> Result<Value, ProofError> {
    serde_json::from_str(entry).map_err(|error| ProofError::Form(error.to_string()))
}

fn field<'v>(object: &'v Value, name: &str) -> Result<&'v str, ProofError> {
    object[name].as_str().ok_or_else(|| ProofError::Form(format!("an entry of the log has no {name}")))
}

fn hashes(path: &[String]) -> Result<Vec<Hash>, ProofError> {
    path.iter().map(|text| hash(text)).collect()
}

fn hash(text: &str) -> Result<Hash, ProofError> {
    let bad = || ProofError::Form(format!("{text:?} is no hash"));
    if text.len() != 64 || !text.is_ascii() {
        return Err(bad());
    }
    let mut hash = Hash([0; 32]);
    for (at, byte) in hash.0.iter_mut().enumerate() {
        *byte = text.get(2 * at..2 * at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).ok_or_else(bad)?;
    }
    Ok(hash)
}
