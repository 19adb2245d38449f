//! Text that remembers where it came from.
//!
//! A [`Source`] is the decoded text of one capture. Cleaning rules return [`Edit`]s on it; [`CleanText::apply`] applies them all
//! at once and keeps the map back. Two coordinate systems, two types: [`SourceSpan`] counts bytes of the source,
//! [`CleanSpan`] bytes of one article's clean text. Lines and columns exist only in views ([`LineIndex`]).

mod clean;
mod line;
mod source;
mod span;

pub use clean::{CleanText, Edit, EditError};
pub use line::{LineColumn, LineIndex};
pub use source::{Source, SourceId, TooLarge, hex, sha256_hex};
pub use span::{CleanSpan, SourceSpan};
