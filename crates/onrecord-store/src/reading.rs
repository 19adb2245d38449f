//! Readings: the lines of the exchange format that a reader made of one capture.

use onrecord_page::Article;
use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};

use crate::StoreError;
use crate::log::{Hash, Tree, leaf_hash};
use crate::packed::{pack, unpack};
use crate::store::{Store, Writing, as_i64, as_usize};

/// What a reader made of one capture.
#[derive(Debug, Clone, Copy)]
pub struct NewReading<'r> {
    /// Name of the reader: program, lexicon and model. Readings of one capture by one name are the same.
    pub reader: &'r str,
    /// The capture's lines of the exchange format.
    pub jsonl: &'r str,
    /// The articles, in step with the lines of type `article`: their words are what is searched.
    pub articles: &'r [Article],
}

/// A reading of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReading {
    /// Number of the capture in this record.
    pub capture: i64,
    /// Name of the reader that made it: program, lexicon and model.
    pub reader: String,
    /// Root of the Merkle tree over its lines: what the log holds.
    pub root: Hash,
    /// The lines.
    pub jsonl: String,
    /// Whether no later reading took its place.
    pub latest: bool,
    /// Its place in the log.
    pub seq: usize,
}

/// The tree over the lines of a reading: so one item can be shown to belong to it without the others.
pub(crate) fn tree_of(jsonl: &str) -> Tree {
    jsonl.lines().map(|line| leaf_hash(line.as_bytes())).collect()
}

impl Store {
    /// The readings, those of one capture after the other; `each` is given one at a time. Only the latest of each capture, unless
    /// `history` is asked for.
    ///
    /// # Errors
    /// [`StoreError`], and whatever `each` fails with.
    pub fn each_reading<E: From<StoreError>>(
        &self,
        history: bool,
        mut each: impl FnMut(StoredReading) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT capture, reader, root, lines, jsonl, bytes, latest, seq FROM reading WHERE latest = 1 OR ? ORDER BY capture, seq";
        let mut rows = self.db.prepare(sql).map_err(StoreError::from)?;
        let mut rows = rows.query([history]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            each(stored(row)?)?;
        }
        Ok(())
    }

    /// The latest reading of the capture with this hash, 64 hex digits.
    pub(crate) fn reading_of(&self, sha256: &str) -> Result<Option<StoredReading>, StoreError> {
        let sql = "SELECT reading.capture, reader, root, lines, jsonl, reading.bytes, latest, reading.seq FROM reading \
                   JOIN capture ON capture.id = reading.capture WHERE latest = 1 AND sha256 = unhex(?)";
        self.db.prepare_cached(sql)?.query_row([sha256], |row| Ok(stored(row))).optional()?.transpose()
    }

    /// The latest reading with a line of this id, and the line's number in it, counted from 0.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find_item(&self, id: &str) -> Result<Option<(StoredReading, usize)>, StoreError> {
        let mut found = None;
        let searched = self.each_reading(false, |reading| {
            // Reading a line as JSON is the dear part, and most readings do not hold the id at all.
            if !reading.jsonl.contains(id) {
                return Ok(());
            }
            let line = reading.jsonl.lines().position(|line| line.contains(id) && line_id(line).as_deref() == Some(id));
            found = line.map(|line| (reading, line));
            if found.is_some() { Err(Ended::Found) } else { Ok(()) }
        });
        match searched {
            Err(Ended::Failed(error)) => Err(error),
            Ok(()) | Err(Ended::Found) => Ok(found),
        }
    }
}

/// Why readings are looked at no further.
enum Ended {
    Found,
    Failed(StoreError),
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

pub(crate) fn line_id(line: &str) -> Option<String> {
    let object: Value = serde_json::from_str(line).ok()?;
    object.get("id")?.as_str().map(str::to_owned)
}

fn stored(row: &rusqlite::Row<'_>) -> Result<StoredReading, StoreError> {
    let seq = as_usize(row.get("seq")?);
    let what = || format!("the reading at entry {seq} of the log");
    let body = row.get_ref("jsonl")?.as_blob().map_err(|error| StoreError::Damaged(error.to_string()))?;
    let bytes = unpack(body, as_usize(row.get("bytes")?), &what)?;
    let jsonl = String::from_utf8(bytes).map_err(|_| StoreError::Unpack(what()))?;
    Ok(StoredReading {
        capture: row.get("capture")?,
        reader: row.get("reader")?,
        root: Hash(row.get("root")?),
        jsonl,
        latest: row.get("latest")?,
        seq,
    })
}

impl Writing<'_> {
    /// Writes a reading down as the latest one of its capture, unless the latest one is by the same reader; gives its place in the log.
    pub(crate) fn reading(&mut self, capture: i64, new: &NewReading<'_>) -> Result<Option<usize>, StoreError> {
        let NewReading { reader, jsonl, articles } = *new;
        let latest: Option<String> = self
            .db
            .prepare_cached("SELECT reader FROM reading WHERE capture = ? AND latest = 1")?
            .query_row([capture], |row| row.get(0))
            .optional()?;
        if latest.as_deref() == Some(reader) {
            return Ok(None);
        }
        let tree = tree_of(jsonl);
        let Some(root) = tree.root(tree.len()) else { return Ok(None) };
        let sha256: [u8; 32] =
            self.db.prepare_cached("SELECT sha256 FROM capture WHERE id = ?")?.query_row([capture], |row| row.get(0))?;
        let entry = json!({
            "reading": root.to_string(), "lines": tree.len(), "capture": Hash(sha256).to_string(), "reader": reader, "at": self.now()?,
        });
        let seq = self.log("reading", &entry.to_string())?;
        if latest.is_some() {
            self.db.prepare_cached("UPDATE reading SET latest = 0 WHERE capture = ? AND latest = 1")?.execute([capture])?;
            self.unindex(capture)?;
        }
        self.db
            .prepare_cached(
                "INSERT INTO reading (capture, reader, root, lines, bytes, jsonl, latest, seq) VALUES (?, ?, ?, ?, ?, ?, 1, ?)",
            )?
            .execute(params![
                capture,
                reader,
                root.0,
                as_i64(tree.len()),
                as_i64(jsonl.len()),
                pack(jsonl.as_bytes()),
                as_i64(seq)
            ])?;
        self.index(capture, jsonl, articles)?;
        Ok(Some(seq))
    }
}
