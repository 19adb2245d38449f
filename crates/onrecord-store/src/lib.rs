//! The record on disk: one SQLite file with the captures, what was read in them, and a log that shows tampering.
//!
//! Other tools can open the file; docs/record-file.md describes its tables. Captures are kept as they were obtained, each once, by the
//! hash of its bytes. A reading is kept with the name of the reader that made it; when another reader reads the capture anew, the older
//! reading stays as history. Every capture, every reading and every
//! decision of a reviewer is an entry of the [`log`].

mod audit;
mod capture;
mod decision;
mod error;
pub mod log;
mod packed;
mod poll;
mod proof;
mod reading;
mod schema;
mod search;
mod store;

pub use audit::{Audit, Flaw};
pub use capture::{NewCapture, StoredCapture};
pub use decision::StoredItem;
pub use error::StoreError;
pub use poll::Poll;
pub use proof::{Proof, ProofError, Proven};
pub use reading::{NewReading, StoredReading};
pub use search::{Hit, Merged, Overruled, Query};
pub use store::{Access, Added, Store};
