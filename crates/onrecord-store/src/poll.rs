//! When which feed or page is to be asked next, and what it last answered.
//!
//! A plan for whoever watches feeds, and no evidence: it is not in the log, and a record is whole without it.

use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::log::Hash;
use crate::store::{Store, as_i64, as_usize};

/// Made where it is first needed: a record that nobody watches feeds for has no such table.
const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS poll (
        url           TEXT PRIMARY KEY,
        feed          TEXT,
        listed        INTEGER NOT NULL CHECK (listed IN (0, 1)),
        etag          TEXT,
        last_modified TEXT,
        bytes         BLOB CHECK (length(bytes) = 32),
        words         BLOB CHECK (length(words) = 32),
        next_at       INTEGER NOT NULL,
        same          INTEGER NOT NULL,
        failures      INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// An address that is asked again and again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Poll {
    /// The address.
    pub url: String,
    /// Address of the feed that lists it; `None` for a feed.
    pub feed: Option<String>,
    /// Whether the feed listed it when it last gave a list.
    pub listed: bool,
    /// The field `ETag` of its last answer.
    pub etag: Option<String>,
    /// The field `Last-Modified`.
    pub last_modified: Option<String>,
    /// Hash of the bytes last obtained.
    pub bytes: Option<Hash>,
    /// Hash of the words in them, which tells another version from the same one between other advertisements.
    pub words: Option<Hash>,
    /// Second since 1970 from which on it is to be asked again.
    pub next_at: i64,
    /// How often it had nothing new since it last had.
    pub same: usize,
    /// How often it failed since it last answered.
    pub failures: usize,
}

impl Store {
    /// What is known of the address; `None` where it was never asked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn poll(&self, url: &str) -> Result<Option<Poll>, StoreError> {
        if !self.has_polls()? {
            return Ok(None);
        }
        Ok(self.db.prepare_cached("SELECT * FROM poll WHERE url = ?")?.query_row([url], poll).optional()?)
    }

    /// The pages that a feed listed when it last gave a list, those to be asked first before the others.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn listed(&self, feed: &str) -> Result<Vec<Poll>, StoreError> {
        if !self.has_polls()? {
            return Ok(Vec::new());
        }
        let mut rows = self.db.prepare_cached("SELECT * FROM poll WHERE feed = ? AND listed = 1 ORDER BY next_at, url")?;
        let polls: Result<Vec<Poll>, rusqlite::Error> = rows.query_map([feed], poll)?.collect();
        Ok(polls?)
    }

    /// Writes down what became of asking an address.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is written then.
    pub fn keep_poll(&mut self, poll: &Poll) -> Result<(), StoreError> {
        self.write(|writing| {
            writing.db.execute_batch(TABLE)?;
            put(&writing.db, poll)
        })
    }

    /// Writes down what became of asking a feed that gave a list: `pages` are the addresses in it. New ones are to be asked at once.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is written then.
    pub fn keep_list(&mut self, feed: &Poll, pages: &[String]) -> Result<(), StoreError> {
        self.write(|writing| {
            let db = &writing.db;
            db.execute_batch(TABLE)?;
            put(db, feed)?;
            db.execute("UPDATE poll SET listed = 0 WHERE feed = ?", [&feed.url])?;
            // A page that several feeds list belongs to the first that listed it, as long as that one does.
            let sql = "INSERT INTO poll (url, feed, listed, next_at, same, failures) VALUES (?1, ?2, 1, 0, 0, 0)
                       ON CONFLICT (url) DO UPDATE SET listed = 1, feed = ?2 WHERE feed IS NOT NULL AND listed = 0";
            let mut insert = db.prepare_cached(sql)?;
            for page in pages {
                insert.execute([page, &feed.url])?;
            }
            Ok(())
        })
    }

    fn has_polls(&self) -> Result<bool, StoreError> {
        Ok(self.db.prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'poll'")?.exists([])?)
    }
}

fn put(db: &rusqlite::Connection, poll: &Poll) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO poll (url, feed, listed, etag, last_modified, bytes, words, next_at, same, failures)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    db.prepare_cached(sql)?.execute(params![
        poll.url,
        poll.feed,
        poll.listed,
        poll.etag,
        poll.last_modified,
        poll.bytes.map(|hash| hash.0),
        poll.words.map(|hash| hash.0),
        poll.next_at,
        as_i64(poll.same),
        as_i64(poll.failures),
    ])?;
    Ok(())
}

fn poll(row: &Row<'_>) -> Result<Poll, rusqlite::Error> {
    Ok(Poll {
        url: row.get("url")?,
        feed: row.get("feed")?,
        listed: row.get("listed")?,
        etag: row.get("etag")?,
        last_modified: row.get("last_modified")?,
        bytes: row.get::<_, Option<[u8; 32]>>("bytes")?.map(Hash),
        words: row.get::<_, Option<[u8; 32]>>("words")?.map(Hash),
        next_at: row.get("next_at")?,
        same: as_usize(row.get("same")?),
        failures: as_usize(row.get("failures")?),
    })
}
