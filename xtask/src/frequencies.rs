//! `frequencies`: in how many of a thousand texts about anything a word stands, for the stories of small records.
//!
//! Counted over the texts of two treebanks of English (EWT: weblogs, newsgroups, mails, reviews, answers; GUM: twelve sorts of text). None of
//! the gold that stories are scored by is among them.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::corpora::SHARED;

/// Where the table stands.
const TABLE: &str = "crates/onrecord-record/src/story/background.txt";
/// Stems that fewer of a thousand texts hold are left out.
const LEAST_OF_THOUSAND: usize = 30;

/// Writes the table anew.
pub(crate) fn write() -> Result<()> {
    let mut texts: Vec<String> = Vec::new();
    for name in ["en_ewt-ud-train", "en_gum-ccby-train"] {
        let path = format!("{SHARED}/{name}.conllu");
        let treebank = fs::read_to_string(&path).with_context(|| path.clone())?;
        for line in treebank.lines() {
            if line.starts_with("# newdoc") {
                texts.push(String::new());
            } else if let (Some(sentence), Some(text)) = (line.strip_prefix("# text = "), texts.last_mut()) {
                text.push_str(sentence);
                text.push('\n');
            }
        }
    }
    if texts.is_empty() {
        bail!("the treebanks hold no documents");
    }
    let mut held: BTreeMap<String, usize> = BTreeMap::new();
    for word in texts.iter().flat_map(|text| onrecord_record::telling_words(text)) {
        *held.entry(word).or_insert(0) += 1;
    }
    let thousandths = held.into_iter().map(|(word, count)| (word, (count * 1000 + texts.len() / 2) / texts.len()));
    let lines: String = thousandths
        .filter(|(word, share)| *share >= LEAST_OF_THOUSAND && !word.starts_with('#'))
        .map(|(word, share)| format!("{word}\t{share}\n"))
        .collect();
    fs::write(TABLE, lines).context(TABLE)
}
