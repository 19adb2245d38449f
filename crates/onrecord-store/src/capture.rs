//! Captures: bytes as they were obtained, each kept once.

use onrecord_page::CaptureData;
use onrecord_text::SourceId;
use rusqlite::{OptionalExtension, Row, params};
use serde_json::{Value, json};

use crate::StoreError;
use crate::packed::{pack, unpack};
use crate::reading::NewReading;
use crate::store::{Added, Store, Writing, as_i64, as_usize};

/// Bytes to be kept.
#[derive(Debug, Clone)]
pub struct NewCapture<'c> {
    /// Path or URL as given.
    pub name: &'c str,
    /// The bytes.
    pub bytes: &'c [u8],
    /// What is known of how they were obtained.
    pub data: &'c CaptureData,
    /// What was read in them.
    pub reading: Option<NewReading<'c>>,
}

/// A capture of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCapture {
    /// Its number in this record.
    pub id: i64,
    /// Path or URL as it was given.
    pub name: String,
    /// Hash of the bytes.
    pub sha256: [u8; 32],
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What is known of how they were obtained.
    pub data: CaptureData,
}

impl Store {
    /// Adds captures with what was read in them, all or none. Bytes that the record holds already are not added again; where their latest
    /// reading is by another reader, the new one takes its place and the old one stays as history.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is written then.
    pub fn add(&mut self, captures: &[NewCapture<'_>]) -> Result<Vec<Added>, StoreError> {
        self.write(|writing| {
            captures
                .iter()
                .map(|capture| {
                    let (id, added) = writing.capture(capture)?;
                    let read = capture.reading.as_ref().map(|reading| writing.reading(id, reading)).transpose()?.flatten();
                    Ok(match (added, read) {
                        (Some(seq), _) => Added::New(seq),
                        (None, Some(seq)) => Added::Reread(seq),
                        (None, None) => Added::Known,
                    })
                })
                .collect()
        })
    }

    /// The captures, in the order in which they were added; `each` is given one after the other, so that not all are held at once.
    ///
    /// # Errors
    /// [`StoreError`], and whatever `each` fails with.
    pub fn each_capture<E: From<StoreError>>(&self, mut each: impl FnMut(StoredCapture) -> Result<(), E>) -> Result<(), E> {
        let sql = format!("SELECT {COLUMNS} FROM capture ORDER BY id");
        let mut rows = self.db.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = rows.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            each(stored(row)?)?;
        }
        Ok(())
    }

    /// The capture whose bytes have this hash.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn capture(&self, sha256: &[u8; 32]) -> Result<Option<StoredCapture>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM capture WHERE sha256 = ?");
        self.db.prepare_cached(&sql)?.query_row([sha256], |row| Ok(stored(row))).optional()?.transpose()
    }

    /// The bytes of the capture with this number in the record.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn captured(&self, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.capture_numbered(id)?.map(|capture| capture.bytes))
    }

    /// The capture with this number in the record.
    pub(crate) fn capture_numbered(&self, id: i64) -> Result<Option<StoredCapture>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM capture WHERE id = ?");
        self.db.prepare_cached(&sql)?.query_row([id], |row| Ok(stored(row))).optional()?.transpose()
    }

    /// Number of captures.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn captures(&self) -> Result<usize, StoreError> {
        Ok(as_usize(self.db.query_row("SELECT count(*) FROM capture", [], |row| row.get(0))?))
    }

    /// Whether the record holds these bytes with a latest reading by `reader`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn is_read(&self, sha256: &[u8; 32], reader: &str) -> Result<bool, StoreError> {
        let sql =
            "SELECT 1 FROM capture JOIN reading ON reading.capture = capture.id AND latest = 1 WHERE sha256 = ? AND reader = ?";
        Ok(self.db.prepare_cached(sql)?.exists(params![sha256, reader])?)
    }
}

impl Writing<'_> {
    /// The capture's number, and its place in the log where it is new.
    fn capture(&mut self, capture: &NewCapture<'_>) -> Result<(i64, Option<usize>), StoreError> {
        let id = SourceId::of(capture.bytes);
        let known =
            self.db.prepare_cached("SELECT id FROM capture WHERE sha256 = ?")?.query_row([id.as_bytes()], |row| row.get(0));
        if let Some(known) = known.optional()? {
            return Ok((known, None));
        }
        let entry = json!({
            "capture": id.to_string(), "bytes": capture.bytes.len(), "name": capture.name, "url": capture.data.url, "at": self.now()?,
        });
        let seq = self.log("capture", &entry.to_string())?;
        let data = capture.data;
        let mut insert = self.db.prepare_cached(
            "INSERT INTO capture (sha256, name, bytes, body, url, captured_at, digest, listed_date, unpacked_from, pages, headers, seq)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        insert.execute(params![
            id.as_bytes(),
            capture.name,
            as_i64(capture.bytes.len()),
            pack(capture.bytes),
            data.url,
            data.captured_at,
            data.digest,
            data.listed_date,
            data.unpacked_from,
            json!(data.pages).to_string(),
            json!(data.headers).to_string(),
            as_i64(seq),
        ])?;
        drop(insert);
        Ok((self.db.last_insert_rowid(), Some(seq)))
    }
}

const COLUMNS: &str = "id, sha256, name, bytes, body, url, captured_at, digest, listed_date, unpacked_from, pages, headers";

fn stored(row: &Row<'_>) -> Result<StoredCapture, StoreError> {
    let name: String = row.get("name")?;
    let body = row.get_ref("body")?.as_blob().map_err(|error| StoreError::Damaged(error.to_string()))?;
    let bytes = unpack(body, as_usize(row.get("bytes")?), &|| name.clone())?;
    let list = |column: &str| -> Result<Value, StoreError> {
        let text: String = row.get(column)?;
        serde_json::from_str(&text).map_err(|error| StoreError::Damaged(format!("{name}, {column}: {error}")))
    };
    let headers = list("headers")?;
    let header = |pair: &Value| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.as_str()?.to_owned()));
    let unpacked_from: Option<String> = row.get("unpacked_from")?;
    let data = CaptureData {
        url: row.get("url")?,
        captured_at: row.get("captured_at")?,
        digest: row.get("digest")?,
        listed_date: row.get("listed_date")?,
        unpacked_from: unpacked_from.and_then(|kind| CONTAINERS.into_iter().find(|known| *known == kind)),
        pages: list("pages")?.as_array().into_iter().flatten().filter_map(|at| u32::try_from(at.as_u64()?).ok()).collect(),
        headers: headers.as_array().into_iter().flatten().filter_map(header).collect(),
    };
    Ok(StoredCapture { id: row.get("id")?, sha256: row.get("sha256")?, name: name.clone(), bytes, data })
}

/// Media types that bytes are taken out of ([`CaptureData::unpacked_from`]).
const CONTAINERS: [&str; 5] = ["application/pdf", "message/rfc822", "application/jsonl", "application/feed+json", "text/csv"];
