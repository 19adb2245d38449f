//! Syntactic words with their tags and their place in the tree.

use std::fmt;
use std::ops::Deref;

use onrecord_text::CleanSpan;

/// A short label of ASCII letters, such as a tag or a relation, kept in place. It compares with `&str`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Label {
    bytes: [u8; Self::ROOM],
    length: u8,
}

impl Label {
    const ROOM: usize = 15;

    /// The label `text`, cut after 15 bytes; empty if it is not ASCII.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut label = Self::default();
        if text.is_ascii() {
            let length = text.len().min(Self::ROOM);
            label.bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
            label.length = u8::try_from(length).unwrap_or(0);
        }
        label
    }

    /// Whether it is this relation or a subtype of it: `nsubj:pass` is an `nsubj`.
    #[must_use]
    pub fn is_kind_of(&self, relation: &str) -> bool {
        let own = &self.bytes[..usize::from(self.length)];
        own.strip_prefix(relation.as_bytes()).is_some_and(|rest| rest.first().is_none_or(|next| *next == b':'))
    }
}

impl Deref for Label {
    type Target = str;
    fn deref(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl PartialEq<str> for Label {
    fn eq(&self, other: &str) -> bool {
        self.bytes[..usize::from(self.length)] == *other.as_bytes()
    }
}

impl PartialEq<&str> for Label {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq<String> for Label {
    fn eq(&self, other: &String) -> bool {
        *self == **other
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

/// What a model says of one word of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    /// Universal part-of-speech tag.
    pub universal: Label,
    /// Penn Treebank tag.
    pub penn: Label,
    /// Dictionary form. Names keep their capitals.
    pub lemma: String,
    /// Position of the head in the sentence. `None` for the root, and for all words of a sentence that was not parsed.
    pub head: Option<usize>,
    /// Relation to the head as Universal Dependencies names it; `root` for the root, empty in a sentence that was not parsed.
    pub relation: Label,
}

/// A syntactic word: clitics and parts of compounds with hyphens are words of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where.
    pub span: CleanSpan,
    /// Universal part-of-speech tag.
    pub universal: Label,
    /// Penn Treebank tag.
    pub penn: Label,
    /// Dictionary form. Names keep their capitals.
    pub lemma: String,
    /// Position of its head among the words of the article. `None` for the root of a sentence and where nothing was parsed.
    pub head: Option<usize>,
    /// Relation to the head as Universal Dependencies names it; `root` for the root, empty where nothing was parsed.
    pub relation: Label,
}

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub span: CleanSpan,
    /// What it names.
    pub kind: crate::MentionKind,
}

#[cfg(test)]
mod tests {
    use super::Label;

    #[test]
    fn labels_compare_with_text() {
        assert_eq!(Label::new("nsubj:pass"), "nsubj:pass");
        assert_ne!(Label::new("nsubj"), "nsubj:pass");
        assert_eq!(Label::new("ä"), "");
        let passive = Label::new("nsubj:pass");
        assert_eq!(
            ["nsubj", "nsubj:pass", "nsub", "nsubj:passive", "obj"].map(|relation| passive.is_kind_of(relation)),
            [true, true, false, false, false]
        );
    }
}
