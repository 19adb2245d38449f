//! The log: every capture, reading and decision in the order in which it was written down, as a Merkle tree that shows when one is
//! changed, removed or slipped in.

mod checkpoint;
mod note;
mod timestamp;
mod tree;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use note::{KeyError, NoteError, SignedNote, Signer, Verifier};
pub use timestamp::timestamp_request;
pub use tree::{Frontier, Hash, Tree, consistency_holds, inclusion_holds, leaf_hash};
