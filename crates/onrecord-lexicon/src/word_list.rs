//! Closed lists of words that rules ask for by name.

use crate::phrase::PhraseIndex;

/// A closed list of words and phrases. Case is folded.
#[derive(Debug)]
pub struct WordList {
    words: Vec<String>,
    index: PhraseIndex<()>,
}

impl WordList {
    pub(crate) fn new(words: Vec<String>) -> Self {
        let mut index = PhraseIndex::folding_case();
        words.iter().for_each(|word| index.insert(word, ()));
        Self { words, index }
    }

    /// Whether `phrase`, trimmed, is one of them as a whole.
    #[must_use]
    pub fn contains(&self, phrase: &str) -> bool {
        self.index.exact(phrase.trim()).is_some()
    }

    /// End of the longest phrase of the list that starts at byte `at` of `text`, at word boundaries.
    #[must_use]
    pub fn longest_at(&self, text: &str, at: usize) -> Option<usize> {
        self.index.longest_at(text, at).map(|(end, _)| end)
    }

    /// The first phrase of the list anywhere in `text`: its start and end in bytes.
    #[must_use]
    pub fn find_in(&self, text: &str) -> Option<(usize, usize)> {
        text.char_indices().find_map(|(at, _)| Some((at, self.longest_at(text, at)?)))
    }

    /// The words as written in the files.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}
