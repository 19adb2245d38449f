//! The news agency that an article credits.

use std::ops::Range;

use onrecord_lexicon::{Lexicon, OutletKind};
use onrecord_text::{CleanSpan, CleanText, Source, SourceSpan};

use crate::article::Block;
use crate::run::span;

/// Bytes of the first block in which a dateline ends.
const DATELINE_LIMIT: usize = 120;

/// Longest last line that is a credit.
const CREDIT_LIMIT: usize = 160;

/// What parts the names of agencies.
const PARTS: [char; 3] = ['/', ',', ';'];

/// Longest name of another agency in the same line, with its separator.
const CREDIT_NAME: usize = 16;

/// Words before the agency in a line of credit.
const CREDITS: [&str; 8] = [
    "with inputs from",
    "with input from",
    "with reporting by",
    "with additional reporting by",
    "inputs from",
    "source:",
    "reporting by",
    "agencies:",
];

/// The agency named in the dateline, as the author, or in a credit at the end.
pub(crate) fn find(
    source: &Source,
    clean: &CleanText,
    blocks: &[Block],
    byline: &[SourceSpan],
    lexicon: &Lexicon,
) -> Option<SourceSpan> {
    let first = blocks.first().and_then(|block| dateline(clean, block, lexicon));
    let author = || byline.iter().copied().find(|span| is_agency(source.cut(*span), lexicon));
    first.or_else(author).or_else(|| blocks.last().and_then(|block| credit(clean, block, lexicon)))
}

/// The agency that a line below an article credits; `range` is the line's place in the source.
pub(crate) fn credited(source: &str, range: Range<usize>, lexicon: &Lexicon) -> Option<SourceSpan> {
    let line = source.get(range.clone()).filter(|line| line.len() <= CREDIT_LIMIT)?;
    let found = in_credit(line, lexicon)?;
    Some(span(&(found.start + range.start..found.end + range.start)))
}

/// The agency in a line of credit: behind the words of a credit, or all that the line says. A headline may start with an agency.
fn in_credit(line: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
    let lower = line.to_ascii_lowercase();
    let start = CREDITS.iter().find_map(|credit| lower.find(credit).map(|at| at + credit.len()));
    let names = PARTS.into_iter().fold(1, |names, part| names + line.matches(part).count());
    let found = agency_within(line, start.unwrap_or(0)..line.len(), lexicon)?;
    // Names, what parts them, and dashes or brackets around: nothing else may be left.
    let rest = line.len() - found.len();
    (start.is_some() || rest <= 4 || (names > 1 && rest <= CREDIT_NAME * (names - 1))).then_some(found)
}

fn is_agency(name: &str, lexicon: &Lexicon) -> bool {
    lexicon.outlet_named(name.trim()).is_some_and(|outlet| outlet.kind == OutletKind::Agency)
}

/// "SELMORA (Reuters) - …", "Varda, Nov 3 (AFP): …".
fn dateline(clean: &CleanText, block: &Block, lexicon: &Lexicon) -> Option<SourceSpan> {
    let text = clean.cut(block.span);
    let window = text.get(..text.floor_char_boundary(DATELINE_LIMIT))?;
    let open = window.find('(')?;
    let close = open + window[open..].find(')')?;
    Some(in_source(clean, block, agency_within(text, open + 1..close, lexicon)?))
}

/// Most words of a place in a dateline.
const PLACE_WORDS: usize = 4;

/// The place at the start of a dateline: "SELMORA (Reuters) – …", "NEW SELMORA, Varda, Nov 3 — …", "SELMORA: …".
pub(crate) fn dateline_place(clean: &CleanText, blocks: &[Block]) -> Option<SourceSpan> {
    let block = blocks.first()?;
    let text = clean.cut(block.span);
    let window = text.get(..text.floor_char_boundary(DATELINE_LIMIT))?;
    let end = window.find([',', '(', ':', '–', '—']).into_iter().chain(window.find(" - ")).chain(window.find("--")).min()?;
    let place = window.get(..end)?.trim_end();
    let words = place.split_whitespace().count();
    let letters = || place.chars().filter(|letter| letter.is_alphabetic());
    let is_place = (1..=PLACE_WORDS).contains(&words)
        && letters().count() >= 3
        && letters().all(char::is_uppercase)
        && !place.contains(|letter: char| letter.is_numeric());
    // A headline in capitals has no dash or agency behind its first words.
    let rest = window.get(end..)?;
    let is_closed = [" - ", "–", "—", "--"].iter().any(|dash| rest.contains(dash)) || rest.starts_with(['(', ':']);
    (is_place && is_closed).then(|| in_source(clean, block, 0..place.len()))
}

/// A last line such as "— AFP", "(Reuters)", "With inputs from ANI", or a last sentence in brackets.
fn credit(clean: &CleanText, block: &Block, lexicon: &Lexicon) -> Option<SourceSpan> {
    let text = clean.cut(block.span);
    let end = text.trim_end().len();
    let found = match text.rfind('(').filter(|open| text.trim_end().ends_with(')') && text.len() - open < 60) {
        Some(open) => agency_within(text, open + 1..end - 1, lexicon)?,
        None if text.len() <= CREDIT_LIMIT => in_credit(text, lexicon)?,
        None => return None,
    };
    Some(in_source(clean, block, found))
}

fn in_source(clean: &CleanText, block: &Block, range: Range<usize>) -> SourceSpan {
    let offset = |byte: usize| block.span.start() + u32::try_from(byte).unwrap_or(0);
    clean.source_of(CleanSpan::new(offset(range.start), offset(range.end)))
}

/// The agency whose name is all of, or a part between slashes and commas of, `range` of `text`.
fn agency_within(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Option<Range<usize>> {
    let mut at = range.start;
    for part in text.get(range)?.split(PARTS) {
        let is_edge =
            |letter: char| letter.is_whitespace() || matches!(letter, '—' | '–' | '-' | '.' | '(' | ')' | '[' | ']' | '*');
        let name = part.trim_matches(is_edge);
        let name = name.strip_prefix("with inputs from ").or_else(|| name.strip_prefix("With inputs from ")).unwrap_or(name);
        if !name.is_empty() && is_agency(name, lexicon) {
            let start = at + part.find(name).unwrap_or(0);
            return Some(start..start + name.len());
        }
        at += part.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::credited;
    use onrecord_lexicon::Lexicon;

    #[test]
    fn reads_credits() {
        let of = |line: &'static str| credited(line, 0..line.len(), Lexicon::embedded()).map(|span| span.cut(line));
        assert_eq!(of("(With inputs from Reuters)"), Some("Reuters"));
        assert_eq!(of("— AFP"), Some("AFP"));
        assert_eq!(of("AFP/Reuters"), Some("AFP"));
        assert_eq!(of("The port is closed."), None);
        assert_eq!(of("Reuters: Varda closes the port to all boats"), None);
        assert_eq!(of("Reuters, the agency, was first to tell of the strike"), None);
    }
}
