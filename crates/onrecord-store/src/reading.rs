//! Readings: the lines of the exchange format that a reader made of one capture.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

use onrecord_page::Article;
use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};

use crate::StoreError;
use crate::log::{Hash, Tree, leaf_hash};
use crate::packed::{pack_together, unpack, unpack_together};
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
        self.each_kept(history, |kept| each(self.unpacked(kept)?))
    }

    /// As [`Self::each_reading`], their lines not yet unpacked.
    pub(crate) fn each_kept<E: From<StoreError>>(
        &self,
        history: bool,
        mut each: impl FnMut(Kept) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = self.kept("latest = 1 OR ?")?;
        let mut rows = self.db.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = rows.query([history]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            each(Kept::of(row).map_err(StoreError::from)?)?;
        }
        Ok(())
    }

    /// The latest reading of the capture with this hash, 64 hex digits.
    pub(crate) fn reading_of(&self, sha256: &str) -> Result<Option<StoredReading>, StoreError> {
        let sql = self.kept("latest = 1 AND capture = (SELECT id FROM capture WHERE sha256 = unhex(?))")?;
        let kept = self.db.prepare_cached(&sql)?.query_row([sha256], Kept::of).optional()?;
        kept.map(|kept| self.unpacked(kept)).transpose()
    }

    /// The query for readings that pass a test. In layouts before 4 each was packed alone, in a column of its own.
    fn kept(&self, test: &str) -> Result<String, StoreError> {
        let columns =
            if self.has_table("reading_pack")? { "pack, start, NULL AS jsonl" } else { "NULL AS pack, 0 AS start, jsonl" };
        Ok(format!("SELECT capture, reader, root, bytes, latest, seq, {columns} FROM reading WHERE {test} ORDER BY capture, seq"))
    }

    /// A reading with its lines.
    pub(crate) fn unpacked(&self, kept: Kept) -> Result<StoredReading, StoreError> {
        let what = || kept.place();
        let bytes = match (&kept.jsonl, kept.pack) {
            (Some(jsonl), _) => unpack(jsonl, kept.bytes, &what)?,
            (None, Some(pack)) => {
                let range = kept.start..kept.start.saturating_add(kept.bytes);
                let pack = self.pack(pack)?.ok_or_else(|| StoreError::Unpack(what()))?;
                pack.get(range).ok_or_else(|| StoreError::Unpack(what()))?.to_vec()
            }
            (None, None) => Vec::new(),
        };
        let jsonl = String::from_utf8(bytes).map_err(|_| StoreError::Unpack(what()))?;
        let Kept { capture, reader, root, latest, seq, .. } = kept;
        Ok(StoredReading { capture, reader, root, jsonl, latest, seq })
    }

    /// The readings of a pack; nothing where it does not unpack.
    fn pack(&self, id: i64) -> Result<Option<Arc<[u8]>>, StoreError> {
        if let Some(pack) = self.unpacked.get(id) {
            return Ok(Some(pack));
        }
        let row: Option<(Vec<u8>, i64)> = self
            .db
            .prepare_cached("SELECT lines, bytes FROM reading_pack WHERE id = ?")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some(bytes) = row.and_then(|(packed, bytes)| unpack_together(&packed, as_usize(bytes))) else { return Ok(None) };
        Ok(Some(self.unpacked.keep(id, bytes.into())))
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

/// A row of a reading.
pub(crate) struct Kept {
    pub(crate) capture: i64,
    pub(crate) root: Hash,
    pub(crate) seq: usize,
    reader: String,
    latest: bool,
    pack: Option<i64>,
    start: usize,
    bytes: usize,
    jsonl: Option<Vec<u8>>,
}

impl Kept {
    fn of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            capture: row.get("capture")?,
            root: Hash(row.get("root")?),
            seq: as_usize(row.get("seq")?),
            reader: row.get("reader")?,
            latest: row.get("latest")?,
            pack: row.get("pack")?,
            start: as_usize(row.get("start")?),
            bytes: as_usize(row.get("bytes")?),
            jsonl: row.get("jsonl")?,
        })
    }

    /// Where it stands, for messages.
    pub(crate) fn place(&self) -> String {
        format!("the reading at entry {} of the log", self.seq)
    }
}

/// Packs of readings that were unpacked last: who reads them in order finds the next one in the same, and those of the history in a few others.
#[derive(Debug, Default)]
pub(crate) struct Unpacked(RefCell<VecDeque<(i64, Arc<[u8]>)>>);

impl Unpacked {
    /// How many are held.
    const HELD: usize = 4;

    fn get(&self, id: i64) -> Option<Arc<[u8]>> {
        self.0.borrow().iter().find(|(held, _)| *held == id).map(|(_, pack)| Arc::clone(pack))
    }

    fn keep(&self, id: i64, pack: Arc<[u8]>) -> Arc<[u8]> {
        let mut held = self.0.borrow_mut();
        held.push_front((id, Arc::clone(&pack)));
        held.truncate(Self::HELD);
        pack
    }
}

/// Readings that are packed together: those of one transaction, as long as they are not many bytes.
#[derive(Debug, Default)]
pub(crate) struct Pack {
    /// Its number; none as long as it is empty.
    id: Option<i64>,
    lines: Vec<u8>,
}

impl Pack {
    /// Bytes of a pack from which the next reading opens another one: what is unpacked to read one of its readings.
    const FULL: usize = 4 << 20;
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
        let (pack, start) = self.packed(jsonl.as_bytes())?;
        self.db
            .prepare_cached(
                "INSERT INTO reading (capture, reader, root, lines, pack, start, bytes, latest, seq) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)",
            )?
            .execute(params![
                capture,
                reader,
                root.0,
                as_i64(tree.len()),
                pack,
                as_i64(start),
                as_i64(jsonl.len()),
                as_i64(seq)
            ])?;
        self.index(capture, jsonl, articles)?;
        Ok(Some(seq))
    }

    /// Puts lines into the pack that is written next; gives its number and their first byte in it.
    fn packed(&mut self, lines: &[u8]) -> Result<(i64, usize), StoreError> {
        if self.pack.lines.len() > Pack::FULL {
            self.end_pack()?;
        }
        let id = match self.pack.id {
            Some(id) => id,
            None => self.db.query_row("SELECT coalesce(max(id), 0) + 1 FROM reading_pack", [], |row| row.get(0))?,
        };
        if self.pack.id.replace(id).is_none() {
            self.pack.lines.reserve(Pack::FULL / 2);
        }
        let start = self.pack.lines.len();
        self.pack.lines.extend_from_slice(lines);
        Ok((id, start))
    }

    /// Writes the pack, where there is one.
    pub(crate) fn end_pack(&mut self) -> Result<(), StoreError> {
        let Some(id) = self.pack.id.take() else { return Ok(()) };
        let lines = std::mem::take(&mut self.pack.lines);
        self.db.prepare_cached("INSERT INTO reading_pack (id, bytes, lines) VALUES (?, ?, ?)")?.execute(params![
            id,
            as_i64(lines.len()),
            pack_together(&lines)?
        ])?;
        Ok(())
    }

    /// Packs the readings of layout 3 and before together.
    pub(crate) fn pack_readings_before(&mut self) -> Result<(), StoreError> {
        let ids: Result<Vec<i64>, rusqlite::Error> =
            self.db.prepare("SELECT id FROM reading_before ORDER BY id")?.query_map([], |row| row.get(0))?.collect();
        for id in ids? {
            let (jsonl, bytes): (Vec<u8>, i64) = self
                .db
                .prepare_cached("SELECT jsonl, bytes FROM reading_before WHERE id = ?")?
                .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let lines = unpack(&jsonl, as_usize(bytes), &|| format!("reading {id}"))?;
            let (pack, start) = self.packed(&lines)?;
            self.db
                .prepare_cached(
                    "INSERT INTO reading (id, capture, reader, root, lines, pack, start, bytes, latest, seq)
                     SELECT id, capture, reader, root, lines, ?, ?, bytes, latest, seq FROM reading_before WHERE id = ?",
                )?
                .execute(params![pack, as_i64(start), id])?;
        }
        self.end_pack()
    }
}
