//! Dictionary forms.
//!
//! A lemma is the word in small letters with some letters taken off its end and others put on: a *script*. Words that the treebanks teach by
//! heart have their script in a table; of others a classifier tells it from their ending and tag.

use crate::form::{Form, key};
use crate::model::table::Table;
use crate::model::weights::{FEW, Rows, best};

/// How a word becomes its lemma.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Script {
    /// Characters to take off the end.
    pub(crate) off: u8,
    /// What to put there.
    pub(crate) on: String,
}

impl Script {
    /// The script that makes `lemma` of `word`, both in small letters.
    pub(crate) fn between(word: &str, lemma: &str) -> Option<Self> {
        let common: usize = word.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
        let off = u8::try_from(word[common..].chars().count()).ok()?;
        Some(Self { off, on: lemma[common..].to_owned() })
    }

    /// The lemma of `word`; nothing if the word is too short for the script.
    pub(crate) fn apply(&self, word: &str) -> Option<String> {
        let end = match self.off {
            0 => word.len(),
            off => word.char_indices().rev().nth(usize::from(off) - 1)?.0,
        };
        Some([&word[..end], self.on.as_str()].concat())
    }
}

/// Scripts and what is known of their use. The first scripts, as many as the classifier has classes, are those it can give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lemmas {
    pub(crate) scripts: Vec<Script>,
    /// Number of a word's script by word and tag.
    pub(crate) known: Table,
    /// Number of scripts that the classifier gives.
    pub(crate) classes: usize,
}

/// Key of a word and its tag.
pub(crate) fn known_key(form: &Form, penn: u8) -> u32 {
    key(600, u64::from(form.lower), u64::from(penn), 0)
}

/// Features of a word for its script.
pub(crate) fn script_features(form: &Form, penn: u8, universal: u8, keys: &mut Vec<u32>) {
    keys.clear();
    let tags = u64::from(penn) << 8 | u64::from(universal);
    for letters in 1..=6 {
        keys.push(key(600 + letters, form.suffix(letters), tags, 0));
    }
    keys.push(key(607, u64::from(form.lower), tags, 0));
    keys.push(key(608, form.prefix(2), tags, form.suffix(2)));
    keys.push(key(609, u64::from(form.shape), tags, 0));
    keys.push(key(610, form.prefix(4), tags, form.suffix(3)));
    keys.push(key(611, tags, 0, 0));
}

/// The word in small letters with plain marks.
pub(crate) fn small(word: &str) -> String {
    word.chars().map(crate::form::plain).flat_map(char::to_lowercase).collect()
}

impl Lemmas {
    /// The lemma of a word, made of `base`: the word in small letters, or as written where names keep their capitals.
    pub(crate) fn lemma(
        &self,
        rows: &impl Rows<FEW>,
        base: String,
        form: &Form,
        penn: u8,
        universal: u8,
        keys: &mut Vec<u32>,
    ) -> String {
        let script = self.script(rows, form, penn, universal, keys);
        script.and_then(|script| script.apply(&base)).unwrap_or(base)
    }

    /// The script of a word.
    pub(crate) fn script(
        &self,
        rows: &impl Rows<FEW>,
        form: &Form,
        penn: u8,
        universal: u8,
        keys: &mut Vec<u32>,
    ) -> Option<&Script> {
        if let Some(known) = self.known.get(known_key(form, penn)) {
            return self.scripts.get(known as usize);
        }
        script_features(form, penn, universal, keys);
        self.scripts.get(best(&rows.sum(keys), self.classes))
    }
}

#[cfg(test)]
mod tests {
    use super::Script;

    #[test]
    fn scripts_lead_from_word_to_lemma() {
        for (word, lemma) in [("carried", "carry"), ("went", "go"), ("is", "be"), ("talks", "talk"), ("talk", "talk")] {
            assert_eq!(Script::between(word, lemma).unwrap().apply(word).unwrap(), lemma);
        }
        assert_eq!(Script { off: 3, on: String::new() }.apply("ab"), None);
    }
}
