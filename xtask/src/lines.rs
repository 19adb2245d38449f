//! Chooses among the lines of copied pages and prints the choice, for `score_lines.py`.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use anyhow::Context;
use onrecord_lexicon::Lexicon;
use serde_json::{Value, json};

/// Prints one object a line, `{doc_id, lines: [{text, keep}]}`, for each document of `gold`.
///
/// # Errors
/// When the file cannot be read or standard output cannot be written.
pub(crate) fn lines(gold: &Path, lexicon: &Lexicon) -> anyhow::Result<()> {
    let documents = BufReader::new(File::open(gold).with_context(|| format!("cannot open {}", gold.display()))?);
    let mut out = std::io::stdout().lock();
    for document in documents.lines() {
        let document: Value = serde_json::from_str(&document?)?;
        let lines: Vec<&str> = document["lines"]
            .as_array()
            .context("a document without `lines`")?
            .iter()
            .filter_map(|line| line["text"].as_str())
            .collect();
        let single: Vec<String> = lines.iter().map(|line| line.replace('\n', " ")).collect();
        let kept = onrecord_page::kept_lines(&single.join("\n"), lexicon);
        let lines: Vec<Value> = lines.iter().zip(kept).map(|(text, keep)| json!({ "text": text, "keep": keep })).collect();
        writeln!(out, "{}", json!({ "doc_id": document["doc_id"], "lines": lines }))?;
    }
    Ok(())
}
