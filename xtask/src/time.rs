//! `predict time`: {id, timex: [[start, end, type, value]…]} with character offsets; the value is "null"
//! where there is none, as in the gold.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::{Article, DateBasis, PageDate};
use onrecord_text::SourceSpan;
use serde_json::{Value, json};

use crate::quotes::Characters;

/// Prints one line for each document of `gold` (`{id, text, dct}`), whose text is read as it stands: a paragraph a line.
pub(crate) fn predict(gold: &Path, lexicon: &Lexicon) -> Result<()> {
    for line in fs::read_to_string(gold).with_context(|| gold.display().to_string())?.lines() {
        let document: Value = serde_json::from_str(line)?;
        let text = document["text"].as_str().context("a document without `text`")?;
        let mut article = Article::of_paragraphs(text)?;
        article.published = document["dct"].as_str().map(|value| PageDate {
            value: value.to_owned(),
            span: SourceSpan::new(0, 0),
            basis: DateBasis::VisibleLine,
        });
        let characters = Characters::new(text);
        let reading = onrecord_read::read(&article, lexicon, Model::embedded());
        let before = |at: u32| characters.before(at as usize);
        let timex: Vec<Value> = reading
            .times
            .iter()
            .map(|time| {
                json!([
                    before(time.span.start()),
                    before(time.span.end()),
                    time.kind.name(),
                    time.value.as_deref().unwrap_or("null")
                ])
            })
            .collect();
        println!("{}", json!({ "id": document["id"], "timex": timex }));
    }
    Ok(())
}
