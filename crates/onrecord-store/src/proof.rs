//! Proof of one item for somebody who has not the record: the item, its reading, the log, and a checkpoint.

use serde_json::{Value, json};

use crate::StoreError;
use crate::log::{Checkpoint, Hash, SignedNote, Verifier, inclusion_holds, leaf_hash};
use crate::reading::tree_of;
use crate::store::{Store, as_i64};

/// First field of a proof, so that a reader knows what it holds.
const FORMAT: &str = "onrecord-proof-1";

/// What leads from one item to a checkpoint of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The item, as a line of the exchange format.
    item: String,
    /// From the item to the root of its reading; how many lines the reading has.
    line: Path,
    lines: usize,
    /// The log's entry for the reading, and from it to the root of the log.
    reading: String,
    reading_path: Path,
    /// The log's entry for the capture that was read, and from it to the root of the log.
    capture: String,
    capture_path: Path,
    /// The checkpoint, signed where the record has a key.
    checkpoint: String,
}

/// Place of an entry in a tree, and the hashes from it up to the root.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Path {
    index: usize,
    hashes: Vec<Hash>,
}

impl Path {
    fn json(&self) -> Value {
        json!({"index": self.index, "hashes": self.hashes.iter().map(Hash::to_string).collect::<Vec<_>>()})
    }

    fn parse(value: &Value) -> Result<Self, ProofError> {
        let bad = || ProofError::Form("a path has no index or no hashes".to_owned());
        let hashes = value["hashes"].as_array().ok_or_else(bad)?.iter().map(|hash| hash.as_str().ok_or_else(bad));
        Ok(Self {
            index: number(&value["index"]).ok_or_else(bad)?,
            hashes: hashes.map(|text| hash(text?)).collect::<Result<_, _>>()?,
        })
    }
}

fn number(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
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
        let path = |index: usize, hashes: Option<Vec<Hash>>| Path { index, hashes: hashes.unwrap_or_default() };
        Ok(Some(Proof {
            item: reading.jsonl.lines().nth(line).unwrap_or_default().to_owned(),
            line: path(line, lines.inclusion(line, lines.len())),
            lines: lines.len(),
            reading: entry(reading.seq)?,
            reading_path: path(reading.seq, tree.inclusion(reading.seq, tree.len())),
            capture: entry(capture_index)?,
            capture_path: path(capture_index, tree.inclusion(capture_index, tree.len())),
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
        let object = object(text)?;
        if object["format"] != FORMAT {
            return Err(ProofError::Form(format!("its format is {}", object["format"])));
        }
        let of = |name: &'static str| -> Result<String, ProofError> { Ok(field(&object, name)?.to_owned()) };
        Ok(Self {
            item: of("item")?,
            line: Path::parse(&object["line"])?,
            lines: number(&object["lines"]).ok_or_else(|| ProofError::Form("it has no number of lines".to_owned()))?,
            reading: of("reading")?,
            reading_path: Path::parse(&object["reading_path"])?,
            capture: of("capture")?,
            capture_path: Path::parse(&object["capture_path"])?,
            checkpoint: of("checkpoint")?,
        })
    }

    /// The proof as a text.
    #[must_use]
    pub fn text(&self) -> String {
        let object = json!({
            "format": FORMAT,
            "item": self.item,
            "line": self.line.json(),
            "lines": self.lines,
            "reading": self.reading,
            "reading_path": self.reading_path.json(),
            "capture": self.capture,
            "capture_path": self.capture_path.json(),
            "checkpoint": self.checkpoint,
        });
        format!("{object:#}\n")
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
        let item = leaf_hash(self.item.as_bytes());
        let item_in_reading = is_counted && inclusion_holds(item, self.line.index, self.lines, &self.line.hashes, root);
        let in_log = |entry: &str, path: &Path| {
            inclusion_holds(leaf_hash(entry.as_bytes()), path.index, checkpoint.size, &path.hashes, checkpoint.root)
        };
        let steps = [
            (item_in_reading, "the item is no line of the reading"),
            (in_log(&self.reading, &self.reading_path), "the log of this checkpoint does not hold the reading"),
            (in_log(&self.capture, &self.capture_path), "the log of this checkpoint does not hold the capture"),
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
