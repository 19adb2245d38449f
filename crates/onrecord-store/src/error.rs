//! Why a record cannot be used.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why a record cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No file of this name.
    #[error("{0}: there is no such record")]
    Missing(PathBuf),
    /// A file that holds something else.
    #[error("{0}: this is no record of onrecord")]
    Foreign(PathBuf),
    /// Made by a later version of the program.
    #[error("{path}: the record has the layout {found}; this program knows layouts up to {known}, so it needs a newer one")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its layout.
        found: i64,
        /// The latest layout known.
        known: i64,
    },
    /// A file stands where a new one was to be written.
    #[error("{0}: a file of this name is there already")]
    Taken(PathBuf),
    /// Somebody else is writing.
    #[error("the record is being written by another program; nothing was changed")]
    Busy,
    /// The file cannot be opened: no such folder, or no right to it.
    #[error("{0}: cannot be made or opened")]
    Closed(PathBuf),
    /// The disk is full.
    #[error("the disk is full; what was acknowledged before is kept")]
    Full,
    /// The file or its folder may not be written.
    #[error("the record may only be read")]
    ReadOnly,
    /// The record lies where nothing can be written, and its write-ahead log holds entries.
    #[error(
        "{0} holds entries, and lies where nothing can be written: copy it and its record to another folder, and open the copy"
    )]
    Unfinished(PathBuf),
    /// A page of the file is damaged.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// A packed capture or reading that does not unpack to what was packed.
    #[error("{0} does not unpack")]
    Unpack(String),
    /// A reading that cannot be packed.
    #[error("what was read cannot be packed: {0}")]
    Pack(std::io::Error),
    /// A line that is no decision.
    #[error("this is no decision: {0}")]
    Decision(String),
    /// Anything else that the database says.
    #[error("the record cannot be used: {0}")]
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Database(error),
        }
    }
}
