//! The news agency that an article credits.

use onrecord_lexicon::{Lexicon, OutletKind};
use onrecord_text::{CleanSpan, CleanText, Source, SourceSpan};

use crate::article::Block;

/// Bytes of the first block in which a dateline ends.
const DATELINE_LIMIT: usize = 120;

/// Longest last line that is a credit.
const CREDIT_LIMIT: usize = 160;

/// Words before the agency in a line of credit.
const CREDITS: [&str; 8] =
    ["with inputs from", "with input from", "with reporting by", "with additional reporting by", "inputs from", "source:", "reporting by", "agencies:"];

/// The agency named in the dateline, as the author, or in a credit at the end.
pub(crate) fn find(source: &Source, clean: &CleanText, blocks: &[Block], byline: &[SourceSpan], lexicon: &Lexicon) -> Option<SourceSpan> {
    let first = blocks.first().and_then(|block| dateline(clean, block, lexicon));
    let author = || byline.iter().copied().find(|span| is_agency(source.cut(*span), lexicon));
    first.or_else(author).or_else(|| blocks.last().and_then(|block| credit(clean, block, lexicon)))
}

fn is_agency(name: &str, lexicon: &Lexicon) -> bool {
    lexicon.outlet_named(name.trim()).is_some_and(|outlet| outlet.kind == OutletKind::Agency)
}

/// "ISLAMABAD (Reuters) - …", "Kabul, Nov 3 (AFP): …".
fn dateline(clean: &CleanText, block: &Block, lexicon: &Lexicon) -> Option<SourceSpan> {
    let text = clean.cut(block.span);
    let window = text.get(..text.floor_char_boundary(DATELINE_LIMIT))?;
    let open = window.find('(')?;
    let close = open + window[open..].find(')')?;
    agency_within(clean, block, open + 1..close, lexicon)
}

/// A last line such as "— AFP", "(Reuters)", "With inputs from ANI", or a last sentence in brackets.
fn credit(clean: &CleanText, block: &Block, lexicon: &Lexicon) -> Option<SourceSpan> {
    let text = clean.cut(block.span);
    if let Some(open) = text.rfind('(').filter(|open| text.trim_end().ends_with(')') && text.len() - open < 60) {
        return agency_within(clean, block, open + 1..text.trim_end().len() - 1, lexicon);
    }
    if text.len() > CREDIT_LIMIT {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let start = CREDITS.iter().find_map(|credit| lower.find(credit).map(|at| at + credit.len())).unwrap_or(0);
    agency_within(clean, block, start..text.len(), lexicon)
}

/// The agency whose name is all of, or a part between slashes and commas of, `range` of the block.
fn agency_within(clean: &CleanText, block: &Block, range: std::ops::Range<usize>, lexicon: &Lexicon) -> Option<SourceSpan> {
    let text = clean.cut(block.span);
    let mut at = range.start;
    for part in text.get(range)?.split(['/', ',', ';', ':']) {
        let is_edge = |letter: char| letter.is_whitespace() || matches!(letter, '—' | '–' | '-' | '.' | '(' | ')' | '[' | ']' | '*');
        let name = part.trim_matches(is_edge);
        let name = name.strip_prefix("with inputs from ").or_else(|| name.strip_prefix("With inputs from ")).unwrap_or(name);
        if !name.is_empty() && is_agency(name, lexicon) {
            let start = at + part.find(name).unwrap_or(0);
            let offset = |byte: usize| block.span.start() + u32::try_from(byte).unwrap_or(0);
            return Some(clean.source_of(CleanSpan::new(offset(start), offset(start + name.len()))));
        }
        at += part.len() + 1;
    }
    None
}
