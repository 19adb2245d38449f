//! Checkpoints (<https://c2sp.org/tlog-checkpoint>): which log, how many entries, and the root over them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::tree::Hash;

/// The state of a log at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log, on one line.
    pub origin: String,
    /// Entries in it.
    pub size: usize,
    /// Root over them.
    pub root: Hash,
}

/// A text that is no checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no checkpoint (c2sp.org/tlog-checkpoint): {0}")]
pub struct CheckpointError(&'static str);

impl Checkpoint {
    /// The lines that are signed.
    ///
    /// ```
    /// use onrecord_store::log::{Checkpoint, Tree};
    /// let checkpoint = Checkpoint { origin: "archive.example/record".to_owned(), size: 0, root: Tree::default().root(0).unwrap() };
    /// assert_eq!(checkpoint.text(), "archive.example/record\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    /// assert_eq!(Checkpoint::parse(&checkpoint.text()), Ok(checkpoint));
    /// ```
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(self.root.0))
    }

    /// Reads the lines of a checkpoint; further lines are extensions and passed over.
    ///
    /// # Errors
    /// [`CheckpointError`] where they are none.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.split('\n');
        let origin = lines.next().filter(|origin| !origin.is_empty()).ok_or(CheckpointError("it names no log"))?;
        let size = lines.next().unwrap_or("");
        let is_plain = size == "0" || !size.starts_with(['0', '+']);
        let size = size.parse().ok().filter(|_| is_plain).ok_or(CheckpointError("its second line is no number"))?;
        let root = lines.next().and_then(|root| BASE64.decode(root).ok()).and_then(|root| root.try_into().ok());
        Ok(Self { origin: origin.to_owned(), size, root: Hash(root.ok_or(CheckpointError("its third line is no hash"))?) })
    }
}
