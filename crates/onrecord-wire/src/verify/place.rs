//! Places in a source, for people.

use super::Decoded;

impl Decoded {
    /// `FILE:LINE:COLUMN (byte N)`.
    pub(super) fn place(&self, offset: usize) -> String {
        let at = self.lines.line_column(&self.text, offset);
        format!("{}:{}:{} (byte {offset})", self.name, at.line, at.column)
    }
}

/// The first byte in which two texts differ; the length of the shorter one when it begins the other.
pub(super) fn first_difference(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    // Inside a character, the place is where the character starts.
    (0..=same).rev().find(|at| one.is_char_boundary(*at) && other.is_char_boundary(*at)).unwrap_or(0)
}
