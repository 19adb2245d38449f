//! `predict quotes`: {doc_id, quotes: [{source, cue, content}]} with character offsets.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::{Article, Block, BlockKind, Genre};
use onrecord_read::SpeakerKind;
use onrecord_text::{CleanSpan, CleanText, Source};
use serde_json::{Value, json};

/// Prints one line for each document of `gold` (`{doc_id, text}`), whose text is read as it stands: a paragraph a line.
pub(crate) fn predict(gold: &Path, lexicon: &Lexicon) -> Result<()> {
    for line in fs::read_to_string(gold).with_context(|| gold.display().to_string())?.lines() {
        let document: Value = serde_json::from_str(line)?;
        let text = document["text"].as_str().context("a document without `text`")?;
        let article = article_of(text)?;
        let characters = Characters::new(text);
        let reading = onrecord_read::read(&article, lexicon, Model::embedded());
        let attributed = reading.assertions.iter().filter(|assertion| assertion.speaker.kind != SpeakerKind::Author);
        let quotes: Vec<Value> = attributed
            .map(|assertion| {
                let source: Vec<CleanSpan> =
                    assertion.speaker.span.map(|span| with_relative_pronoun(text, span)).into_iter().collect();
                let cue: Vec<CleanSpan> = assertion.cue.into_iter().collect();
                json!({
                    "source": characters.spans(&source),
                    "cue": characters.spans(&cue),
                    "content": characters.spans(&assertion.content),
                    "rule": assertion.rule,
                })
            })
            .collect();
        println!("{}", json!({ "doc_id": document["doc_id"], "quotes": quotes }));
    }
    Ok(())
}

/// The annotators take the pronoun for the source where a relative clause says it: "the envoy, *who* denied …".
fn with_relative_pronoun(text: &str, span: CleanSpan) -> CleanSpan {
    let rest = &text[span.end() as usize..];
    let word = rest.trim_start_matches([',', ' ']);
    let pronoun =
        ["who", "which", "that"].into_iter().find(|pronoun| word.strip_prefix(pronoun).is_some_and(|rest| rest.starts_with(' ')));
    let length = pronoun.map_or(0, |pronoun| rest.len() - word.len() + pronoun.len());
    CleanSpan::new(span.start(), span.end() + u32::try_from(length).unwrap_or(0))
}

/// Prints the assertions of `text`, one a line.
pub(crate) fn show(text: &str, lexicon: &Lexicon) -> Result<()> {
    let article = article_of(text)?;
    for assertion in onrecord_read::read(&article, lexicon, Model::embedded()).assertions {
        let cut = |span: &CleanSpan| span.cut(text);
        let content: Vec<&str> = assertion.content.iter().map(cut).collect();
        println!(
            "{} [{:?} {:?}] {} — {} ({})",
            assertion.act.name(),
            assertion.speaker.kind,
            assertion.form,
            assertion.speaker.name,
            content.join(" … "),
            assertion.rule
        );
    }
    Ok(())
}

/// The text as an article whose paragraphs are parted by line breaks.
pub(crate) fn article_of(text: &str) -> Result<Article> {
    let source = Source::new(text.as_bytes(), text)?;
    let clean = CleanText::apply(&source, &[])?;
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let span = CleanSpan::new(u32::try_from(at)?, u32::try_from(at + words.len())?);
        if !words.trim().is_empty() {
            blocks.push(Block { span, kind: BlockKind::Paragraph });
        }
        at += line.len();
    }
    Ok(Article {
        title: None,
        byline: Vec::new(),
        site: None,
        agency: None,
        provenance: onrecord_page::Provenance::default(),
        published: None,
        modified: None,
        language: None,
        genre: Genre::Unknown,
        labels: Vec::new(),
        clean,
        blocks,
        restored: Vec::new(),
    })
}

/// Byte offsets to character offsets.
pub(crate) struct Characters {
    before: Vec<usize>,
}

impl Characters {
    pub(crate) fn new(text: &str) -> Self {
        let mut before = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, c) in text.char_indices() {
            before[at..at + c.len_utf8()].fill(count);
            count += 1;
        }
        before[text.len()] = count;
        Self { before }
    }

    /// Characters before byte `at`.
    pub(crate) fn before(&self, at: usize) -> usize {
        self.before[at]
    }

    fn spans(&self, spans: &[CleanSpan]) -> Vec<[usize; 2]> {
        spans.iter().map(|span| [self.before[span.start() as usize], self.before[span.end() as usize]]).collect()
    }
}
