//! From a line of a stored reading to the anchor of a decision on it.

use onrecord_record::review::{Anchor, CorrectedWords, FindingKind, PARTS_JOIN, around, gist};
use onrecord_text::{CleanSpan, CleanText, SourceSpan, sha256_hex};

use crate::exchange::{CommitmentKind, Object, Span};

/// The anchor of a decision on the finding that `line` is, a line of the exchange format read in the capture with the hash `capture` (64 hex
/// digits) at `address`; `clean` is the clean text of its article. Nothing where the line is none that can be decided on.
#[must_use]
pub fn anchor(line: &str, capture: &str, address: &str, clean: &CleanText) -> Option<Anchor> {
    let (kind, id, spans, found) = match serde_json::from_str(line).ok()? {
        Object::Assertion(item) => {
            let found = gist::of_assertion(super::act(item.act)?.name(), item.speaker.name.as_deref());
            (FindingKind::Assertion, item.id, item.spans, found)
        }
        Object::Event(item) => (FindingKind::Event, item.id, item.spans, gist::of_event(item.plover.as_deref())),
        Object::Figure(item) => {
            let number = |value: &Option<serde_json::Number>| value.as_ref().and_then(serde_json::Number::as_f64);
            let found = gist::of_figure(number(&item.low), number(&item.best), number(&item.high));
            (FindingKind::Figure, item.id, vec![item.span], found)
        }
        Object::Commitment(item) => {
            let found = gist::of_commitment(item.kind == CommitmentKind::Demand);
            (FindingKind::Commitment, item.id, vec![item.what.span], found)
        }
        _ => return None,
    };
    let spans: Vec<SourceSpan> = spans.into_iter().map(|Span(start, end)| SourceSpan::new(start, end)).collect();
    let words: Vec<CleanSpan> = parts(&spans, clean);
    let (prefix, suffix) = around(clean, &words);
    Some(Anchor {
        item: id,
        kind,
        found,
        capture: capture.to_owned(),
        address: address.to_owned(),
        exact: words.iter().map(|span| clean.cut(*span)).collect::<Vec<_>>().join(PARTS_JOIN),
        spans,
        prefix,
        suffix,
        line: Some(sha256_hex(line.as_bytes())),
    })
}

/// Where spans of the source stand in the clean text. Those that only markup parts there are one.
fn parts(spans: &[SourceSpan], clean: &CleanText) -> Vec<CleanSpan> {
    let mut parts: Vec<CleanSpan> = Vec::new();
    for span in spans.iter().filter_map(|span| clean.clean_of(*span)) {
        let between = |before: &CleanSpan| clean.text().get(before.end() as usize..span.start() as usize);
        match parts.last_mut() {
            Some(before) if between(before).is_some_and(|text| text.trim().is_empty()) => *before = before.cover(span),
            _ => parts.push(span),
        }
    }
    parts
}

/// The words at these places of the source, as corrected ones; nothing where they are not all words of the article.
#[must_use]
pub fn corrected_words(spans: &[SourceSpan], clean: &CleanText) -> Option<CorrectedWords> {
    let exact = |span: &SourceSpan| Some(clean.cut(clean.clean_of(*span)?).to_owned()).filter(|words| !words.trim().is_empty());
    let exact: Vec<String> = spans.iter().map(exact).collect::<Option<_>>()?;
    (!exact.is_empty()).then(|| CorrectedWords { spans: spans.to_vec(), exact })
}

/// The words on one line, cut behind so many characters.
#[must_use]
pub fn short_words(words: &str, characters: usize) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(characters) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or("").trim_end()),
        None => line,
    }
}
