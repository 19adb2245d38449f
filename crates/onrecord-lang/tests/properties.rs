//! Any text: tokens and sentences stay in order, on characters, inside their blocks.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use onrecord_lang::{Model, analyse};
use onrecord_lexicon::Lexicon;
use onrecord_page::{Block, BlockKind};
use onrecord_text::CleanSpan;
use proptest::prelude::*;

proptest! {
    #[test]
    fn tokens_and_sentences_are_exact(paragraphs in prop::collection::vec("[A-Za-zé.,’'“”\"‘ 0-9?!-]{1,60}", 1..5)) {
        let text = paragraphs.join("\n\n");
        let mut at = 0;
        let blocks: Vec<Block> = paragraphs.iter().map(|paragraph| {
            let span = CleanSpan::new(at, at + u32::try_from(paragraph.len()).unwrap());
            at = span.end() + 2;
            Block { span, kind: BlockKind::Paragraph }
        }).collect();
        let analysis = analyse(&text, &blocks, Lexicon::embedded(), Model::embedded());
        let mut last = 0;
        for token in &analysis.tokens {
            prop_assert!(token.span.start() >= last && !token.span.cut(&text).is_empty());
            last = token.span.end();
        }
        let words = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let kept: usize = analysis.tokens.iter().map(|token| words(token.span.cut(&text))).sum();
        prop_assert_eq!(kept, words(&text), "a character was lost");
        let mut next = 0;
        for sentence in &analysis.sentences {
            prop_assert_eq!(sentence.tokens.start, next);
            next = sentence.tokens.end;
            prop_assert!(blocks[sentence.block].span.contains_span(sentence.span));
        }
        prop_assert_eq!(next, analysis.tokens.len());
        for quotation in &analysis.quotations {
            prop_assert!(quotation.span.contains_span(quotation.inner));
            prop_assert!(blocks[quotation.block].span.contains_span(quotation.span));
        }
    }
}

#[test]
fn what_was_read_before_makes_no_difference() {
    let file = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/english.model")).unwrap();
    let sentence = ["The", "envoys", "of", "Ardell", "left", "the", "talks", "on", "Monday", "."];
    let model = Model::from_bytes(&file).unwrap();
    let fresh = format!("{:?}", model.annotate(&sentence));
    // More words than are remembered, among them all of the sentence, in headlines and in running text.
    let others: Vec<String> = (0..6_000).map(|number| format!("{}{number}", ["Ard", "leave", "talk"][number % 3])).collect();
    for words in others.chunks(40) {
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.extend(sentence);
        let _ = model.annotate(&words);
        let _ = model.annotate(&sentence.map(|word| if word.len() > 3 { "Envoys" } else { word }));
        assert_eq!(format!("{:?}", model.annotate(&sentence)), fresh);
    }
}
