//! What is known of words beyond their spelling: the class of words that stand in the same places, and the tags they usually have.

use crate::form::Form;
use crate::model::table::Table;

/// Word class and usual tags by word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    known: Table,
}

/// What the table holds of a word: its class in the upper half, its set of usual tags in the lower, 0 where it has none.
pub(crate) const fn entry(cluster: u16, usual: u16) -> u32 {
    (cluster as u32) << 16 | usual as u32
}

impl Vocabulary {
    pub(crate) fn new(entries: &[(u32, u32)]) -> Self {
        Self { known: Table::new(entries) }
    }

    /// The form of `word` with what is known of it. Usual tags are those of the word as written, else of the word in small letters.
    pub(crate) fn form(&self, word: &str) -> Form {
        let mut form = Form::new(word);
        let lower = self.known.get(form.lower).unwrap_or(0);
        let exact = if form.exact == form.lower { lower } else { self.known.get(form.exact).unwrap_or(0) };
        form.cluster = (lower >> 16) as u16;
        form.usual = match exact as u16 {
            0 => lower as u16,
            usual => usual,
        };
        form
    }
}
