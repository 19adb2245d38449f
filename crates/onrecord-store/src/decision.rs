//! Decisions of reviewers: each a line of JSON that stands in the log as it is, with columns beside it for who asks in SQL.
//!
//! What a decision means is not known here. The columns are copies of fields of its line, and [`Store::audit`] compares them.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_page::CaptureData;
use onrecord_text::{CleanText, Source};
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params_from_iter};
use serde_json::Value;

use crate::StoreError;
use crate::log::Hash;
use crate::reading::line_id;
use crate::search::clean_text;
use crate::store::{Store, Writing, as_i64, as_usize};

/// Columns of the table with the path of the field that each copies. `seq` stands beside them.
const COLUMNS: [(&str, &[&str]); 23] = [
    ("id", &["id"]),
    ("reviewer", &["by"]),
    ("at", &["at"]),
    ("verdict", &["verdict"]),
    ("item", &["item"]),
    ("item_type", &["item_type"]),
    ("found", &["found"]),
    ("item_sha256", &["item_sha256"]),
    ("capture", &["target", "capture"]),
    ("address", &["target", "address"]),
    ("spans", &["target", "spans"]),
    ("quote", &["target", "exact"]),
    ("prefix", &["target", "prefix"]),
    ("suffix", &["target", "suffix"]),
    ("speaker", &["speaker", "name"]),
    ("party", &["party"]),
    ("act", &["act"]),
    ("actor", &["actor"]),
    ("into_actor", &["into"]),
    ("outlet", &["outlet"]),
    ("reliability", &["reliability"]),
    ("withdraws", &["withdraws"]),
    ("note", &["note"]),
];

/// The field of a decision's line that a column copies; lists as JSON.
fn field(decision: &Value, path: &[&str]) -> Option<String> {
    let found = path.iter().try_fold(decision, |value, key| value.get(key))?;
    match found {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Where an item of a latest reading stands.
#[derive(Debug, Clone)]
pub struct StoredItem {
    /// The item, as a line of the exchange format.
    pub line: String,
    /// SHA-256 of its capture, 64 hex digits.
    pub capture: String,
    /// Name of its capture.
    pub name: String,
    /// What is known of how the capture was obtained.
    pub data: CaptureData,
    /// The decoded text of the capture.
    pub source: Source,
    /// The clean text of the article that holds the item.
    pub clean: CleanText,
}

impl Store {
    /// Writes decisions down, all or none: each a line of JSON with a string `id`. Those that the record holds already are passed over.
    /// Gives how many were new.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is written then.
    pub fn decide(&mut self, lines: &[String]) -> Result<usize, StoreError> {
        self.write(|writing| {
            let mut new = 0;
            for line in lines {
                new += usize::from(writing.decision(line)?);
            }
            Ok(new)
        })
    }

    /// A time for the next decision of this reviewer: now, as the clock of the machine has it, and later than all that the reviewer decided
    /// before, whatever the clock was then. ISO 8601, UTC, to the millisecond.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn time_for(&self, reviewer: &str) -> Result<String, StoreError> {
        const SHAPE: &str = "%Y-%m-%dT%H:%M:%fZ";
        let time = |of: &str, later: &str| -> Result<String, StoreError> {
            let mut sql = self.db.prepare_cached("SELECT strftime(?, ?, ?)")?;
            Ok(sql.query_row([SHAPE, of, later], |row| row.get(0))?)
        };
        let now = time("now", "+0 seconds")?;
        let last = "SELECT max(at) FROM decision WHERE reviewer = ?";
        let last: Option<String> = self.db.prepare_cached(last)?.query_row([reviewer], |row| row.get(0))?;
        match last {
            Some(last) if last >= now => time(&last, "+0.001 seconds"),
            _ => Ok(now),
        }
    }

    /// The lines of all decisions, in the order in which they were written down. None in a record made before there were any.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn decisions(&self) -> Result<Vec<String>, StoreError> {
        // The log says what was decided, and the table repeats it. In layouts before 4 no index leads to these entries.
        let mut rows = self.db.prepare("SELECT entry FROM log WHERE kind = 'decision' ORDER BY seq")?;
        let lines: Result<Vec<String>, rusqlite::Error> = rows.query_map([], |row| row.get(0))?.collect();
        Ok(lines?)
    }

    /// For each of these ids that a latest reading has, the hash of its capture, 64 hex digits. Readings are looked through once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn captures_of(&self, ids: &BTreeSet<&str>) -> Result<BTreeMap<String, String>, StoreError> {
        let mut numbers: BTreeMap<String, i64> = BTreeMap::new();
        self.each_reading(false, |reading| {
            for line in reading.jsonl.lines() {
                // The first id of a line is its own; reading every line as JSON would take most of the time.
                let id = line.split_once("\"id\":\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(id, _)| id);
                if ids.contains(id) {
                    numbers.entry(id.to_owned()).or_insert(reading.capture);
                }
            }
            Ok::<(), StoreError>(())
        })?;
        let mut sha256 = self.db.prepare_cached("SELECT lower(hex(sha256)) FROM capture WHERE id = ?")?;
        let mut found = BTreeMap::new();
        for (id, number) in numbers {
            found.insert(id, sha256.query_row([number], |row| row.get(0))?);
        }
        Ok(found)
    }

    /// The item with this id in the latest reading of the capture with this hash (64 hex digits), or of any capture where none is given.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn item(&self, id: &str, capture: Option<&str>) -> Result<Option<StoredItem>, StoreError> {
        let found = match capture {
            None => self.find_item(id)?,
            Some(sha256) => self.reading_of(sha256)?.and_then(|reading| {
                let line = reading.jsonl.lines().position(|line| line.contains(id) && line_id(line).as_deref() == Some(id))?;
                Some((reading, line))
            }),
        };
        let Some((reading, line)) = found else { return Ok(None) };
        let line = reading.jsonl.lines().nth(line).unwrap_or_default().to_owned();
        let Some(capture) = self.capture_numbered(reading.capture)? else { return Ok(None) };
        let object: Value = serde_json::from_str(&line).unwrap_or_default();
        let article = object["article"].as_str().unwrap_or_default();
        let edits: Option<(Vec<u8>, i64)> = self
            .db
            .prepare_cached("SELECT edits, edit_bytes FROM article WHERE capture = ? AND id = ?")?
            .query_row(rusqlite::params![reading.capture, article], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((edits, bytes)) = edits else { return Ok(None) };
        let (source, clean) = clean_text(&capture.name, &capture.bytes, capture.data.charset(), &edits, as_usize(bytes))?;
        let sha256 = Hash(capture.sha256).to_string();
        Ok(Some(StoredItem { line, capture: sha256, name: capture.name, data: capture.data, source, clean }))
    }
}

impl Writing<'_> {
    /// Writes a decision down, unless the record holds it; whether it was new.
    fn decision(&mut self, line: &str) -> Result<bool, StoreError> {
        let object: Value = serde_json::from_str(line).map_err(|error| StoreError::Decision(error.to_string()))?;
        let id = object["id"].as_str().ok_or_else(|| StoreError::Decision("it has no id".to_owned()))?;
        if self.db.prepare_cached("SELECT 1 FROM decision WHERE id = ?")?.exists([id])? {
            return Ok(false);
        }
        let seq = self.log("decision", line)?;
        let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).chain(["seq"]).collect();
        let marks = vec!["?"; names.len()].join(", ");
        let value = |path: &[&str]| field(&object, path).map_or(Sql::Null, Sql::Text);
        let values: Vec<Sql> = COLUMNS.iter().map(|(_, path)| value(path)).chain([Sql::Integer(as_i64(seq))]).collect();
        let sql = format!("INSERT INTO decision ({}) VALUES ({marks})", names.join(", "));
        self.db.prepare_cached(&sql)?.execute(params_from_iter(values))?;
        Ok(true)
    }
}

/// A decision of the table, to be compared with its line in the log.
pub(crate) struct DecisionRow {
    pub(crate) seq: usize,
    columns: Vec<Option<String>>,
}

impl DecisionRow {
    /// The first column that does not say what the line says.
    pub(crate) fn differs_from(&self, line: &str) -> Option<&'static str> {
        let object: Value = serde_json::from_str(line).unwrap_or_default();
        let mut pairs = COLUMNS.iter().zip(&self.columns);
        pairs.find(|((_, path), column)| field(&object, path) != **column).map(|((name, _), _)| *name)
    }
}

impl Store {
    /// The table as it stands. Empty in a record of the layout before it.
    pub(crate) fn decision_rows(&self) -> Result<Vec<DecisionRow>, StoreError> {
        if !self.has_table("decision")? {
            return Ok(Vec::new());
        }
        let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        let mut rows = self.db.prepare(&format!("SELECT seq, {} FROM decision ORDER BY seq", names.join(", ")))?;
        let rows = rows.query_map([], |row| {
            let columns: Result<Vec<Option<String>>, _> = (1..=COLUMNS.len()).map(|at| row.get(at)).collect();
            Ok(DecisionRow { seq: as_usize(row.get(0)?), columns: columns? })
        })?;
        let all: Result<Vec<DecisionRow>, rusqlite::Error> = rows.collect();
        Ok(all?)
    }
}
