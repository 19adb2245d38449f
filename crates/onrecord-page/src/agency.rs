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
const PARTS: [&str; 5] = ["/", ",", ";", " and ", " & "];

/// Bytes between two names, and around the only one: a dash or brackets.
const PARTED_BY: usize = 4;

/// Longest last sentence in brackets that is a credit.
const BRACKETS_LIMIT: usize = 100;

/// Longest name of another agency in the same line, with its separator.
const CREDIT_NAME: usize = 16;

/// The agencies named in the dateline, as authors, and in a credit at the end, in this order, each once.
pub(crate) fn find(
    source: &Source,
    clean: &CleanText,
    blocks: &[Block],
    byline: &[SourceSpan],
    lexicon: &Lexicon,
) -> Vec<SourceSpan> {
    let dateline = blocks.first().map(|block| dateline(clean, block, lexicon)).unwrap_or_default();
    let authors = byline.iter().copied().filter(|span| is_agency(source.cut(*span), lexicon));
    let credit = blocks.last().map(|block| credit(clean, block, lexicon)).unwrap_or_default();
    each_once(source.text(), dateline.into_iter().chain(authors).chain(credit))
}

/// `agencies` without those named before.
pub(crate) fn each_once(source: &str, agencies: impl Iterator<Item = SourceSpan>) -> Vec<SourceSpan> {
    let mut found: Vec<SourceSpan> = Vec::new();
    for agency in agencies {
        if !found.iter().any(|known| known.cut(source).eq_ignore_ascii_case(agency.cut(source))) {
            found.push(agency);
        }
    }
    found
}

/// The agencies that a line below an article credits; `range` is the line's place in the source.
pub(crate) fn credited(source: &str, range: Range<usize>, lexicon: &Lexicon) -> Vec<SourceSpan> {
    let Some(line) = source.get(range.clone()).filter(|line| line.len() <= CREDIT_LIMIT) else { return Vec::new() };
    in_credit(line, lexicon).iter().map(|found| span(&(found.start + range.start..found.end + range.start))).collect()
}

/// The agencies in a line of credit: behind the words of a credit, or all that the line says. A headline may start with an agency.
pub(crate) fn in_credit(line: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let start = lexicon.list("agency-credit").find_in(line).map(|(_, end)| end);
    let names = parts(line, 0..line.len()).count();
    let found = agencies_within(line, start.unwrap_or(0)..line.len(), lexicon);
    // Names, what parts them, and dashes or brackets around: nothing else may be left.
    let rest = line.len() - found.iter().map(Range::len).sum::<usize>();
    let others = names.saturating_sub(found.len());
    let is_credit = start.is_some() || rest <= PARTED_BY * found.len() || (others > 0 && rest <= CREDIT_NAME * others);
    if is_credit { found } else { Vec::new() }
}

fn is_agency(name: &str, lexicon: &Lexicon) -> bool {
    lexicon.outlet_named(name.trim()).is_some_and(|outlet| outlet.kind == OutletKind::Agency)
}

/// "SELMORA (Reuters) - …", "Varda, Nov 3 (AFP): …".
fn dateline(clean: &CleanText, block: &Block, lexicon: &Lexicon) -> Vec<SourceSpan> {
    let text = clean.cut(block.span);
    let window = text.get(..text.floor_char_boundary(DATELINE_LIMIT)).unwrap_or("");
    let brackets = window.find('(').and_then(|open| Some(open + 1..open + window[open..].find(')')?));
    let found = brackets.map(|inside| agencies_within(text, inside, lexicon)).unwrap_or_default();
    found.into_iter().map(|agency| in_source(clean, block, agency)).collect()
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
fn credit(clean: &CleanText, block: &Block, lexicon: &Lexicon) -> Vec<SourceSpan> {
    let text = clean.cut(block.span);
    let end = text.trim_end().len();
    let found = match text.rfind('(').filter(|open| text.trim_end().ends_with(')') && text.len() - open < BRACKETS_LIMIT) {
        Some(open) => {
            let start = lexicon.list("agency-credit").longest_at(text, open + 1).unwrap_or(open + 1);
            agencies_within(text, start..end - 1, lexicon)
        }
        None if text.len() <= CREDIT_LIMIT => in_credit(text, lexicon),
        None => Vec::new(),
    };
    found.into_iter().map(|agency| in_source(clean, block, agency)).collect()
}

fn in_source(clean: &CleanText, block: &Block, range: Range<usize>) -> SourceSpan {
    let offset = |byte: usize| block.span.start() + u32::try_from(byte).unwrap_or(0);
    clean.source_of(CleanSpan::new(offset(range.start), offset(range.end)))
}

/// The agencies whose names are all of, or parts between slashes, commas and "and" of, `range` of `text`.
fn agencies_within(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let is_edge =
        |letter: char| letter.is_whitespace() || matches!(letter, '—' | '–' | '-' | '.' | ':' | '(' | ')' | '[' | ']' | '*');
    let named = parts(text, range).filter_map(|part| {
        let words = text.get(part.clone())?;
        let start = part.start + words.len() - words.trim_start_matches(is_edge).len();
        let start = lexicon.list("agency-credit").longest_at(text, start).filter(|end| *end < part.end).unwrap_or(start);
        let words = text.get(start..part.end)?;
        let name = words.trim_matches(is_edge);
        let start = start + words.len() - words.trim_start_matches(is_edge).len();
        (!name.is_empty() && is_agency(name, lexicon)).then_some(start..start + name.len())
    });
    named.collect()
}

/// The stretches of `range` between what parts names.
fn parts(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = Some(range.start);
    std::iter::from_fn(move || {
        let start = at?;
        let rest = text.get(start..range.end)?;
        let cut = PARTS.iter().filter_map(|part| Some((rest.find(part)?, part.len()))).min();
        at = cut.map(|(found, len)| start + found + len);
        Some(start..cut.map_or(range.end, |(found, _)| start + found))
    })
}

#[cfg(test)]
mod tests {
    use super::credited;
    use onrecord_lexicon::Lexicon;

    #[test]
    fn reads_credits() {
        let of = |line: &'static str| -> Vec<&str> {
            credited(line, 0..line.len(), Lexicon::embedded()).into_iter().map(|span| span.cut(line)).collect()
        };
        assert_eq!(of("(With inputs from Reuters)"), ["Reuters"]);
        assert_eq!(of("With inputs from AFP, Reuters and AP"), ["AFP", "Reuters", "AP"]);
        assert_eq!(of("— AFP"), ["AFP"]);
        assert_eq!(of("AFP/Reuters"), ["AFP", "Reuters"]);
        assert_eq!(of("Con información de EFE"), ["EFE"]);
        assert!(of("The port is closed.").is_empty());
        assert!(of("Reuters: Varda closes the port to all boats").is_empty());
        assert!(of("Reuters, the agency, was first to tell of the strike").is_empty());
    }
}
