//! Quotations: pairs of quotation marks, across sentences and paragraphs.

use onrecord_page::Block;
use onrecord_text::CleanSpan;

/// Words between quotation marks, within one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: CleanSpan,
    /// Without them.
    pub inner: CleanSpan,
    /// Position of its block.
    pub block: usize,
    /// It has no closing mark because the next paragraph carries it on (the custom of English typesetting: each paragraph
    /// opens with a mark, only the last one closes).
    pub goes_on: bool,
    /// It carries on the quotation of the paragraph before.
    pub carries_on: bool,
}

/// What [`find`] found.
pub(crate) struct Found {
    pub(crate) quotations: Vec<Quotation>,
    pub(crate) unbalanced: Vec<CleanSpan>,
}

/// Whether a mark opens, closes, or may do either.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
}

/// A quotation mark: start, end, the family it belongs to.
struct Mark {
    start: usize,
    end: usize,
    side: Side,
    single: bool,
}

/// All quotations of the blocks. An opening mark without its partner is recovered at the end of its paragraph.
pub(crate) fn find(text: &str, blocks: &[Block]) -> Found {
    let mut found = Found { quotations: Vec::new(), unbalanced: Vec::new() };
    let mut open_before = false;
    for (number, block) in blocks.iter().enumerate() {
        let next_opens = blocks.get(number + 1).is_some_and(|next| opens_with_mark(next.span.cut(text)));
        let first = found.quotations.len();
        open_before = in_block(text, number, block.span, next_opens, open_before, &mut found);
        debug_assert!(found.quotations[first..].is_sorted_by_key(|quotation| quotation.span.start()));
    }
    found
}

fn opens_with_mark(words: &str) -> bool {
    let words = words.trim_start();
    words.starts_with(['“', '"', '„', '«']) || words.starts_with("''") || words.starts_with("``")
}

/// Pairs the marks of one block; says whether a quotation goes on in the next one.
fn in_block(text: &str, number: usize, block: CleanSpan, next_opens: bool, open_before: bool, found: &mut Found) -> bool {
    let mut open: Option<Mark> = None;
    let mut carries_on = open_before;
    for mark in marks(text, block) {
        match (&open, mark.side) {
            (None, Side::Open) => open = Some(mark),
            (Some(opening), Side::Close) if opening.single == mark.single => {
                let quotation = quotation(opening, mark.start, mark.end, number);
                found.quotations.push(Quotation { carries_on: std::mem::take(&mut carries_on), ..quotation });
                open = None;
            }
            // A second opening mark of the same family: the first was never closed. The quotation ends where the new one begins.
            (Some(opening), Side::Open) if opening.single == mark.single && !mark.single => {
                found.unbalanced.push(span(opening.start, opening.end));
                open = Some(mark);
            }
            _ => {}
        }
    }
    let Some(opening) = open else { return false };
    let end = block.start() as usize + block.cut(text).trim_end().len();
    let goes_on = next_opens && !opening.single;
    if !goes_on {
        found.unbalanced.push(span(opening.start, opening.end));
    }
    if !opening.single {
        let quotation = quotation(&opening, end, end, number);
        found.quotations.push(Quotation { carries_on, goes_on, ..quotation });
    }
    goes_on
}

fn quotation(opening: &Mark, inner_end: usize, end: usize, block: usize) -> Quotation {
    Quotation { span: span(opening.start, end), inner: span(opening.end, inner_end), block, goes_on: false, carries_on: false }
}

/// The quotation marks of a block with their sides. Straight marks open after a space or bracket and close otherwise;
/// apostrophes are left out.
fn marks(text: &str, block: CleanSpan) -> Vec<Mark> {
    let mut marks = Vec::new();
    let (start, words) = (block.start() as usize, block.cut(text));
    let mut straight_open = false;
    let mut behind_pair = 0;
    for (offset, c) in words.char_indices() {
        if offset < behind_pair {
            continue;
        }
        // Two single marks are one double mark, as wire copy types them.
        let width = if words[offset..].starts_with("''") || words[offset..].starts_with("``") { 2 } else { c.len_utf8() };
        behind_pair = offset + width;
        let c = if width == 2 && c.is_ascii() { '"' } else { c };
        let before = words[..offset].chars().next_back();
        let after = words[offset + width..].chars().next();
        let after_space =
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '“' | '‘' | '\'' | '"' | ':'));
        let before_word = after.is_some_and(|c| !c.is_whitespace());
        let glued = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        let (side, single) = match c {
            '“' | '„' | '«' => (Side::Open, false),
            '”' | '»' => (Side::Close, false),
            '"' => {
                let opens = if after_space && before_word { true } else { !straight_open && !glued && before_word };
                straight_open = opens;
                (if opens { Side::Open } else { Side::Close }, false)
            }
            '‘' => (Side::Open, true),
            '\'' if after_space && before_word => (Side::Open, true),
            '’' | '\'' if !glued && !after_space => (Side::Close, true),
            _ => continue,
        };
        marks.push(Mark { start: start + offset, end: start + offset + width, side, single });
    }
    // A single closing mark without an opening one before it is an apostrophe ("the rebels’ leader").
    let mut single_open = false;
    marks.retain(|mark| {
        if !mark.single {
            return true;
        }
        let kept = mark.side == Side::Open || single_open;
        single_open = mark.side == Side::Open;
        kept
    });
    marks
}

fn span(start: usize, end: usize) -> CleanSpan {
    CleanSpan::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use onrecord_page::{Block, BlockKind};

    use super::{find, span};

    fn quoted(paragraphs: &[&str]) -> (Vec<String>, usize) {
        let text = paragraphs.join("\n\n");
        let mut blocks = Vec::new();
        let mut at = 0;
        for paragraph in paragraphs {
            blocks.push(Block { span: span(at, at + paragraph.len()), kind: BlockKind::Paragraph });
            at += paragraph.len() + 2;
        }
        let found = find(&text, &blocks);
        (found.quotations.iter().map(|quotation| quotation.inner.cut(&text).to_owned()).collect(), found.unbalanced.len())
    }

    #[test]
    fn curly_and_straight_marks() {
        assert_eq!(quoted(&["He said “no” and \"never again.\" So it was."]).0, ["no", "never again."]);
        assert_eq!(quoted(&["The rebels’ ‘red line’ isn’t new."]).0, ["red line"]);
        assert_eq!(quoted(&["''We waited,'' he said."]).0, ["We waited,"]);
        assert_eq!(quoted(&["“They called it ‘theft’ and left,” she said."]).0, ["They called it ‘theft’ and left,"]);
    }

    #[test]
    fn a_quotation_goes_on_over_paragraphs() {
        let (quotations, unbalanced) = quoted(&["He said: “We waited. ", "“Nobody came.” Then he left."]);
        assert_eq!(quotations, ["We waited.", "Nobody came."]);
        assert_eq!(unbalanced, 0);
    }

    #[test]
    fn an_unbalanced_mark_ends_with_its_paragraph() {
        let (quotations, unbalanced) = quoted(&["He said: “We waited.", "Nobody came. “Later,” he said."]);
        assert_eq!(quotations, ["We waited.", "Later,"]);
        assert_eq!(unbalanced, 1);
    }
}
