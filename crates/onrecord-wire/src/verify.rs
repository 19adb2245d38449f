//! Cuts every span of an exchange file again and computes every hash again.
//!
//! What this proves: the words of every item stand in the source at the place given, and neither the source nor a line was changed
//! since it was written. What it does not prove: that the source says what its outlet published, or that an item reads it rightly.

mod place;
mod walk;

use std::collections::BTreeMap;

use onrecord_text::{LineIndex, SourceId, sha256_hex};
use serde_json::Value;

use crate::exchange::check::{Seal, seal};
use crate::exchange::{Capture, Object};
use walk::Walk;

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Line of the exchange file, from 1.
    pub line: usize,
    /// Id of the object; empty where the line has none that can be read.
    pub id: String,
    /// The field, with its path (`tests.written.span`, `body[3]`).
    pub field: String,
    /// What was expected and what was found, with the place in the source.
    pub message: String,
}

/// The outcome of a verification.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// Everything that does not fit, in the order of the file. Empty when all is well.
    pub findings: Vec<Finding>,
    /// Lines read.
    pub lines: usize,
    /// Captures whose bytes were hashed and decoded again.
    pub captures: usize,
    /// Spans checked.
    pub spans: usize,
    /// Texts compared with their cuts.
    pub texts: usize,
}

/// The decoded text of a capture, with its lines.
pub(crate) struct Decoded {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) lines: LineIndex,
}

/// What the whole file says, gathered before its lines are checked.
struct Context {
    /// Capture ids to their texts; only those that could be had.
    texts: BTreeMap<String, Decoded>,
    /// Every object by id; the value is its line.
    ids: BTreeMap<String, usize>,
    /// Article ids to capture ids.
    articles: BTreeMap<String, String>,
    /// The texts of assertions, by id.
    words: BTreeMap<String, String>,
}

/// Checks an exchange file against its sources. `raw` gives the bytes of a capture by its `source`, or `None` when there are none.
pub fn verify(jsonl: &str, raw: &dyn Fn(&str) -> Option<Vec<u8>>) -> Verification {
    let mut outcome = Verification::default();
    let lines = parsed(jsonl, &mut outcome);
    let context = context(&lines, raw, &mut outcome);
    for line in &lines {
        let mut walk = Walk { context: &context, line: line.number, id: line.object.id(), outcome: &mut outcome };
        walk.object(&line.value);
        if let Object::Claim(claim) = &line.object {
            let first = claim.assertions.first().and_then(|id| context.words.get(id));
            if first.is_some_and(|words| *words != claim.text) {
                walk.finding("text", "is not the text of the first assertion".to_owned());
            }
        }
    }
    outcome.findings.sort();
    outcome
}

/// A line that is an object of the format.
struct Line {
    number: usize,
    object: Object,
    value: Value,
}

fn parsed(jsonl: &str, outcome: &mut Verification) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, text) in jsonl.split_terminator('\n').enumerate().map(|(before, text)| (before + 1, text)) {
        outcome.lines += 1;
        let value: Result<Value, _> = serde_json::from_str(text);
        let read = value.and_then(|value| Ok((serde_json::from_value::<Object>(value.clone())?, value)));
        let id = match &read {
            Ok((object, _)) => object.id().to_owned(),
            Err(_) => String::new(),
        };
        let mut add = |field: &str, message: String| {
            outcome.findings.push(Finding { line: number, id: id.clone(), field: field.to_owned(), message });
        };
        match seal(text) {
            Seal::Fits => {}
            Seal::Differs => add("check", "does not fit the line: a byte of it was changed".to_owned()),
            Seal::Missing => add("check", "is missing at the end of the line: a change in it cannot be seen".to_owned()),
        }
        match read {
            Ok((object, value)) => lines.push(Line { number, object, value }),
            Err(error) => add("", format!("is no object of the exchange format: {error}")),
        }
    }
    lines
}

fn context(lines: &[Line], raw: &dyn Fn(&str) -> Option<Vec<u8>>, outcome: &mut Verification) -> Context {
    let mut context = Context { texts: BTreeMap::new(), ids: BTreeMap::new(), articles: BTreeMap::new(), words: BTreeMap::new() };
    for line in lines {
        let id = line.object.id().to_owned();
        if let Some(other) = context.ids.insert(id.clone(), line.number) {
            let message = format!("is the id of line {other} too");
            outcome.findings.push(Finding { line: line.number, id: id.clone(), field: "id".to_owned(), message });
        }
        match &line.object {
            Object::Article(article) => {
                context.articles.insert(id, article.capture.clone());
            }
            Object::Assertion(assertion) => {
                context.words.insert(id, assertion.text.clone());
            }
            Object::Capture(capture) => {
                let decoded = capture_text(capture, line.number, raw, outcome);
                context.texts.extend(decoded.map(|decoded| (id, decoded)));
            }
            _ => {}
        }
    }
    context
}

/// The text of a capture, its hashes compared on the way.
fn capture_text(
    capture: &Capture,
    line: usize,
    raw: &dyn Fn(&str) -> Option<Vec<u8>>,
    outcome: &mut Verification,
) -> Option<Decoded> {
    let mut add = |field: &str, message: String| {
        outcome.findings.push(Finding { line, id: capture.id.clone(), field: field.to_owned(), message });
    };
    let Some(bytes) = raw(&capture.source) else {
        add("source", format!("{}: no such source; its spans could not be checked", capture.source));
        return None;
    };
    let hash = SourceId::of(&bytes).to_string();
    if hash != capture.sha256 {
        let lengths = format!("{} bytes expected, {} found", capture.bytes, bytes.len());
        add("sha256", format!("{}: the bytes were changed: they hash to {hash} ({lengths})", capture.source));
    }
    if bytes.len() as u64 != capture.bytes {
        add("bytes", format!("{}: {} expected, {} found", capture.source, capture.bytes, bytes.len()));
    }
    let Ok(source) = onrecord_page::source(&bytes, Some(&capture.encoding)) else {
        add("source", format!("{}: is too large to be read", capture.source));
        return None;
    };
    let text = source.text().to_owned();
    let hash = sha256_hex(text.as_bytes());
    if hash != capture.text_sha256 {
        add("text_sha256", format!("{}: the decoded text hashes to {hash}", capture.source));
    }
    outcome.captures += 1;
    let lines = LineIndex::new(&text);
    Some(Decoded { name: capture.source.clone(), text, lines })
}
