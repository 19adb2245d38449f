//! Opening a record, and what is written to it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::StoreError;
use crate::log::{Checkpoint, Frontier, Hash, Tree, leaf_hash};
use crate::reading::{Pack, Unpacked};
use crate::schema::{APPLICATION_ID, ARTICLE_INDEXES, ASSERTIONS, DECISIONS, LAYOUT, LOG_INDEX, READINGS, STEPS, Step, TABLES};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a record is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To be read. The file must be there.
    Read,
    /// To be added to. The file must be there.
    Write,
    /// To be added to, and made where it is not there.
    Create,
}

/// A record on disk.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    /// The log as far as it was written or read here. Who only searches needs none of it; all of it is read before the first entry is added, and
    /// what other programs added before the next one.
    frontier: Frontier,
    origin: String,
    /// Packs of readings that were unpacked last.
    pub(crate) unpacked: Unpacked,
}

/// What became of what was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// The capture is new, and stands in the log at this place.
    New(usize),
    /// The record held the capture; its new reading stands in the log at this place.
    Reread(usize),
    /// The record held it already; nothing was written.
    Known,
}

impl Store {
    /// Opens the record at `path`.
    ///
    /// # Errors
    /// [`StoreError`], where it is missing, no record, of a newer layout, damaged, or cannot be written though that was asked for.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        let is_there = path.exists();
        if !is_there && access != Access::Create {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let db = connected(path, access)?;
        db.busy_timeout(PATIENCE)?;
        let mut store = Self {
            db,
            path: path.to_owned(),
            frontier: Frontier::default(),
            origin: String::new(),
            unpacked: Unpacked::default(),
        };
        // An empty file is what a creation that was cut off leaves behind.
        if access == Access::Create && store.is_blank()? {
            store.make()?;
        }
        store.check_header()?;
        if access != Access::Read {
            // FULL: what was acknowledged survives a loss of power (https://sqlite.org/pragma.html#pragma_synchronous).
            store.db.pragma_update(None, "journal_mode", "WAL")?;
            store.db.pragma_update(None, "synchronous", "FULL")?;
            store.db.pragma_update(None, "foreign_keys", true)?;
            store.bring_up_to_date()?;
        }
        store.origin = store.meta("origin")?.unwrap_or_default();
        Ok(store)
    }

    fn is_blank(&self) -> Result<bool, StoreError> {
        let tables: i64 =
            self.db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(|error| self.foreign(error))?;
        Ok(tables == 0 && self.pragma("application_id")? == 0)
    }

    fn make(&mut self) -> Result<(), StoreError> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        // Another program may have made it since.
        if tables == 0 {
            [TABLES, LOG_INDEX, READINGS, ARTICLE_INDEXES, ASSERTIONS, DECISIONS]
                .into_iter()
                .try_for_each(|sql| transaction.execute_batch(sql))?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", LAYOUT)?;
            transaction.execute(
                "INSERT INTO meta VALUES ('origin', 'onrecord/' || lower(hex(randomblob(8)))), ('made_at', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                [],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Adds what a record of an older layout lacks. Who only reads it does without.
    fn bring_up_to_date(&mut self) -> Result<(), StoreError> {
        if self.pragma("user_version")? == LAYOUT {
            return Ok(());
        }
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let mut writing = Writing { db: transaction, frontier: self.frontier.clone(), pack: Pack::default() };
        // Another program may have done it since.
        let missing = STEPS.iter().filter(|(layout, _)| found <= *layout);
        for step in missing.flat_map(|(_, steps)| *steps) {
            match step {
                Step::Sql(sql) => writing.db.execute_batch(sql)?,
                Step::ReadingsBack => writing.pack_readings_before()?,
            }
        }
        if found < LAYOUT {
            writing.db.pragma_update(None, "user_version", LAYOUT)?;
        }
        writing.db.commit()?;
        Ok(())
    }

    fn check_header(&self) -> Result<(), StoreError> {
        if self.pragma("application_id")? != APPLICATION_ID {
            return Err(StoreError::Foreign(self.path.clone()));
        }
        let found = self.pragma("user_version")?;
        if found > LAYOUT {
            return Err(StoreError::Newer { path: self.path.clone(), found, known: LAYOUT });
        }
        Ok(())
    }

    fn pragma(&self, name: &str) -> Result<i64, StoreError> {
        self.db.pragma_query_value(None, name, |row| row.get(0)).map_err(|error| self.foreign(error))
    }

    /// A file that is no database at all holds something else; it is not damaged.
    fn foreign(&self, error: rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::Foreign(self.path.clone()),
            _ => error.into(),
        }
    }

    /// Whether the record has this table; records of older layouts lack some.
    pub(crate) fn has_table(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.db.prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")?.exists([name])?)
    }

    pub(crate) fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.db.query_row("SELECT value FROM meta WHERE key = ?", [key], |row| row.get(0)).optional()?)
    }

    /// The state of the log now, with what other programs wrote. The first time it is read from its beginning.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn checkpoint(&self) -> Result<Checkpoint, StoreError> {
        let mut frontier = self.frontier.clone();
        read_log(&self.db, &mut frontier)?;
        Ok(Checkpoint { origin: self.origin.clone(), size: frontier.len(), root: frontier.root() })
    }

    /// Name of the log, the same as long as there is the record.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The hashes of all entries of the log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn tree(&self) -> Result<Tree, StoreError> {
        let mut rows = self.db.prepare("SELECT hash FROM log ORDER BY seq")?;
        let hashes = rows.query_map([], |row| row.get::<_, [u8; 32]>(0))?;
        let tree: Result<Tree, rusqlite::Error> = hashes.map(|hash| hash.map(Hash)).collect();
        Ok(tree?)
    }

    /// Writes the record as it is now to a new file, whole even while somebody adds to this one.
    ///
    /// # Errors
    /// [`StoreError`], also where the file is there already.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        if path.exists() {
            return Err(StoreError::Taken(path.to_owned()));
        }
        self.db.execute("VACUUM INTO ?", [path.to_string_lossy()])?;
        Ok(())
    }

    /// Does `work` in one transaction: all of it is kept, or nothing.
    pub(crate) fn write<T>(&mut self, work: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut frontier = self.frontier.clone();
        read_log(&transaction, &mut frontier)?;
        let mut writing = Writing { db: transaction, frontier, pack: Pack::default() };
        let done = work(&mut writing)?;
        writing.end_pack()?;
        writing.db.commit()?;
        self.frontier = writing.frontier;
        Ok(done)
    }
}

fn connected(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let flags = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|error| {
        let is_closed = error.sqlite_error_code() == Some(ErrorCode::CannotOpen);
        if is_closed { StoreError::Closed(path.to_owned()) } else { error.into() }
    })?;
    if access != Access::Read {
        return Ok(db);
    }
    // A record in a folder that may not be written, on a disc for one, has no room for the index of its write-ahead log: the file is
    // found, and the first look into it fails.
    let looked = db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match looked.as_ref().err().and_then(rusqlite::Error::sqlite_error_code) {
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) => unchanging(path),
        _ => Ok(db),
    }
}

/// Opens a record that nobody can write. Entries in its write-ahead log would not be seen.
fn unchanging(path: &Path) -> Result<Connection, StoreError> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let log = PathBuf::from(log);
    if log.metadata().is_ok_and(|log| log.len() > 0) {
        return Err(StoreError::Unfinished(log));
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let write = |byte: &u8| if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    let address: String = path.as_os_str().as_encoded_bytes().iter().map(write).collect();
    // https://sqlite.org/uri.html#uriimmutable
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(format!("file:{address}?immutable=1"), flags)?)
}

fn read_log(db: &Connection, frontier: &mut Frontier) -> Result<(), StoreError> {
    let mut rows = db.prepare_cached("SELECT hash FROM log WHERE seq >= ? ORDER BY seq")?;
    let hashes = rows.query_map([as_i64(frontier.len())], |row| row.get::<_, [u8; 32]>(0))?;
    for hash in hashes {
        frontier.push(Hash(hash?));
    }
    Ok(())
}

/// A transaction, with the log as it will be.
pub(crate) struct Writing<'s> {
    pub(crate) db: Transaction<'s>,
    frontier: Frontier,
    /// The readings that are packed together next.
    pub(crate) pack: Pack,
}

impl Writing<'_> {
    /// Adds an entry to the log, and gives its place.
    pub(crate) fn log(&mut self, kind: &str, entry: &str) -> Result<usize, StoreError> {
        let (seq, hash) = (self.frontier.len(), leaf_hash(entry.as_bytes()));
        let mut insert = self.db.prepare_cached("INSERT INTO log (seq, kind, entry, hash) VALUES (?, ?, ?, ?)")?;
        insert.execute(params![as_i64(seq), kind, entry, hash.0])?;
        drop(insert);
        self.frontier.push(hash);
        Ok(seq)
    }

    /// Now, as the clock of the machine has it.
    pub(crate) fn now(&self) -> Result<String, StoreError> {
        Ok(self.db.prepare_cached("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')")?.query_row([], |row| row.get(0))?)
    }
}

/// SQLite counts in `i64`; no record has so many rows that this bends anything.
pub(crate) fn as_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn as_usize(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use onrecord_page::CaptureData;

    use super::{Access, Store, unchanging};
    use crate::{NewCapture, StoreError};

    fn capture<'d>(data: &'d CaptureData, bytes: &'d [u8]) -> NewCapture<'d> {
        NewCapture { name: "page.html", bytes, data, reading: None }
    }

    /// Bytes that do not pack.
    fn noise(seed: u64) -> Vec<u8> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56).to_le_bytes()[0]
        };
        std::iter::repeat_with(&mut next).take(20_000).collect()
    }

    #[test]
    fn a_full_disk_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dispute.onrecord");
        let data = CaptureData::default();
        let mut store = Store::open(&path, Access::Create).unwrap();
        store.add(&[capture(&data, &noise(1))]).unwrap();
        let before = store.checkpoint().unwrap();
        let pages: i64 = store.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        // SQLite answers as it does when the disk is full.
        store.db.pragma_update(None, "max_page_count", pages + 2).unwrap();
        assert!(matches!(store.add(&[capture(&data, &noise(2))]), Err(StoreError::Full)));
        assert_eq!(store.checkpoint().unwrap(), before);
        let reader = Store::open(&path, Access::Read).unwrap();
        assert_eq!((reader.checkpoint().unwrap(), reader.audit().unwrap().flaws), (before, Vec::new()));
        store.db.pragma_update(None, "max_page_count", 1_000_000).unwrap();
        store.add(&[capture(&data, &noise(2))]).unwrap();
        assert_eq!((store.checkpoint().unwrap().size, store.audit().unwrap().flaws), (2, Vec::new()));
    }

    #[test]
    fn a_record_that_nobody_can_write_is_read_as_it_stands() {
        let folder = tempfile::tempdir().unwrap();
        // Letters that mean something in an address.
        let path = folder.path().join("what? 100%#é.onrecord");
        let data = CaptureData::default();
        let mut store = Store::open(&path, Access::Create).unwrap();
        store.add(&[capture(&data, &noise(1))]).unwrap();
        assert!(matches!(unchanging(&path), Err(StoreError::Unfinished(_))));
        drop(store);
        let entries: i64 = unchanging(&path).unwrap().query_row("SELECT count(*) FROM log", [], |row| row.get(0)).unwrap();
        assert_eq!(entries, 1);
    }
}
