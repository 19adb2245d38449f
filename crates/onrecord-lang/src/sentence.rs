//! Where sentences end.

use std::collections::BTreeSet;

use onrecord_page::BlockKind;

use crate::{Analysis, Sentence, Tag};

/// Longer stretches without an end are lists, code or noise; a cap keeps every rule that looks along a sentence fast.
const MOST_TOKENS: usize = 800;

/// Parts the tokens of one block (those from `from` on) into sentences and appends them.
///
/// A full stop ends a sentence when a capital, a digit or an opening mark follows and it is neither inside a quotation nor part of an
/// abbreviation (the tokenizer keeps those whole). A closing mark after the stop belongs to the sentence.
pub(crate) fn split(text: &str, block: usize, kind: BlockKind, from: usize, analysis: &mut Analysis) {
    let end = analysis.tokens.len();
    let mut start = from;
    for at in from..end {
        if at + 1 == end || at + 1 - start == MOST_TOKENS || ends_here(text, at, analysis) {
            push(block, kind, start..at + 1, analysis);
            start = at + 1;
        }
    }
}

fn push(block: usize, kind: BlockKind, tokens: std::ops::Range<usize>, analysis: &mut Analysis) {
    let (Some(first), Some(last)) = (analysis.tokens.get(tokens.start), analysis.tokens.get(tokens.end - 1)) else { return };
    let span = first.span.cover(last.span);
    analysis.sentences.push(Sentence { span, tokens, block, kind });
}

/// The capital of a sentence's first word says nothing where the text also writes the word small.
pub(crate) fn settle_first_words(text: &str, analysis: &mut Analysis) {
    let small: BTreeSet<&str> =
        analysis.tokens.iter().filter(|token| token.tag == Tag::X).map(|token| token.span.cut(text)).collect();
    for sentence in &analysis.sentences {
        let Some(first) = sentence.tokens.clone().find(|at| analysis.tokens[*at].tag != Tag::Punct) else { continue };
        let word = analysis.tokens[first].span.cut(text);
        let all_capitals = word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase);
        if analysis.tokens[first].tag == Tag::Propn && !all_capitals && small.contains(word.to_lowercase().as_str()) {
            analysis.tokens[first].tag = Tag::X;
        }
    }
}

fn ends_here(text: &str, at: usize, analysis: &Analysis) -> bool {
    let tokens = &analysis.tokens;
    let token = tokens[at].span;
    let next = tokens[at + 1].span;
    let inside = |offset: u32| analysis.quotation_at(offset).map(|n| analysis.quotations[n].span);
    let quotation = inside(token.start());
    if quotation.is_some_and(|span| span.end() > token.end()) {
        return false;
    }
    let closes_quotation = quotation.is_some_and(|span| span.end() == token.end());
    let last = if closes_quotation { before_marks(text, at, tokens) } else { Some(at) };
    let Some(last) = last else { return false };
    let word = tokens[last].span.cut(text);
    let apart = next.start() > token.end();
    let follows_new = starts_sentence(next.cut(text));
    match word {
        "." | "!" | "?" | "…" => follows_new && (apart || closes_quotation) && !(word == "." && is_initial(text, last, tokens)),
        // An abbreviation ends a sentence only where a word follows that starts most sentences.
        _ if word.ends_with('.') && apart => is_common_starter(next.cut(text)),
        _ => false,
    }
}

/// The last token before closing marks and brackets.
fn before_marks(text: &str, at: usize, tokens: &[crate::Token]) -> Option<usize> {
    (0..=at).rev().find(|n| !matches!(tokens[*n].span.cut(text), "”" | "\"" | "''" | "»" | "’" | "'" | ")"))
}

fn starts_sentence(word: &str) -> bool {
    word.chars().next().is_some_and(|c| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '`' | '“' | '"' | '«' | '‘' | '\'' | '(' | '[')
            || !c.is_ascii() && c.is_alphabetic() && !c.is_lowercase()
    })
}

/// A single capital before the stop, as in "J. Smith": no end.
fn is_initial(text: &str, stop: usize, tokens: &[crate::Token]) -> bool {
    let Some(before) = stop.checked_sub(1).map(|n| tokens[n].span) else { return false };
    let word = before.cut(text);
    before.end() == tokens[stop].span.start() && word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I"
}

fn is_common_starter(word: &str) -> bool {
    [
        "The",
        "He",
        "She",
        "It",
        "They",
        "In",
        "But",
        "A",
        "This",
        "We",
        "On",
        "At",
        "However",
        "Meanwhile",
        "According",
        "That",
        "There",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use onrecord_lexicon::Lexicon;
    use onrecord_page::{Block, BlockKind};
    use onrecord_text::CleanSpan;

    use crate::{Model, analyse};

    fn sentences(text: &str) -> Vec<&str> {
        let span = CleanSpan::new(0, u32::try_from(text.len()).unwrap());
        let analysis = analyse(text, &[Block { span, kind: BlockKind::Paragraph }], Lexicon::embedded(), Model::embedded());
        analysis.sentences.iter().map(|sentence| sentence.span.cut(text)).collect()
    }

    #[test]
    fn knows_abbreviations_initials_and_quotations() {
        assert_eq!(
            sentences("Lt. Gen. Oro left. The U.S. envoy J. P. Dell stayed."),
            ["Lt. Gen. Oro left.", "The U.S. envoy J. P. Dell stayed."]
        );
        assert_eq!(
            sentences("“We waited. Nobody came,” he said. Then he left."),
            ["“We waited. Nobody came,” he said.", "Then he left."]
        );
        assert_eq!(sentences("He said: “We left.” The road was closed."), ["He said: “We left.”", "The road was closed."]);
        assert_eq!(
            sentences("“Why now?” he asked. Prices rose 3.5 percent."),
            ["“Why now?” he asked.", "Prices rose 3.5 percent."]
        );
    }
}
