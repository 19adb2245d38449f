//! An answer as JSON Lines: beside the exchange format, and pointing into it by its ids.
//!
//! The first line is the answer, of the type `answer`; one line of the type `finding` follows for each finding. `docs/questions.md` lists
//! the fields. Spans are `[start, end)` byte offsets into the decoded source text, as in the exchange format.

use onrecord_record::{Answer, Finding, Found, ItemRef, Record, Words};
use serde::Serialize;

use crate::exchange::Span;
use crate::exchange::check::sealed;
use crate::ids::Ids;
use crate::words;

/// The question, and the numbers of its answer.
#[derive(Debug, Serialize)]
struct Head<'a> {
    r#type: &'static str,
    question: &'a str,
    about: &'static str,
    summary: &'a str,
    articles_searched: usize,
    passages_searched: usize,
    statements_searched: usize,
    /// Words of the question, with how many passages hold them.
    words: &'a [(String, usize)],
    lexicon_words: &'a [String],
}

/// One finding.
#[derive(Debug, Serialize)]
struct Line<'a> {
    r#type: &'static str,
    /// Stable name of the part of the answer.
    part: &'static str,
    /// What the finding is to the one before it; null when it stands for itself.
    label: Option<&'static str>,
    /// What is found: `claim`, `commitment`, `figure`, `assertion`, `passage`, `article`, `name`.
    found: &'static str,
    /// Its id in the exchange format; null for passages and names, which are no objects there.
    id: Option<String>,
    /// Path or URL of the source of the words.
    source: &'a str,
    /// Id of their article.
    article: String,
    /// Where the words stand.
    spans: Vec<Span>,
    /// The cuts of `spans`, joined by " … ".
    text: String,
    remarks: &'a [String],
}

/// The answer as JSON Lines, the same bytes for the same record and question. Each line is closed by a `check`, as in the exchange format.
#[must_use]
pub fn to_jsonl(record: &Record, question: &str, answer: &Answer) -> String {
    let ids = Ids::of(record);
    let head = Head {
        r#type: "answer",
        question,
        about: answer.about.name(),
        summary: &answer.summary,
        articles_searched: answer.searched.articles,
        passages_searched: answer.searched.passages,
        statements_searched: answer.searched.assertions,
        words: &answer.searched.words,
        lexicon_words: &answer.searched.lexicon,
    };
    let findings = answer.parts.iter().flat_map(|part| part.findings.iter().map(|finding| (part.name, finding)));
    let lines = findings.map(|(part, finding)| serde_json::to_string(&line(record, &ids, part, finding)));
    let mut text = String::new();
    // Strings, numbers and lists: serialising them cannot fail.
    for line in std::iter::once(serde_json::to_string(&head)).chain(lines).flatten() {
        text.push_str(&sealed(&line));
        text.push('\n');
    }
    text
}

fn line<'a>(record: &'a Record, ids: &Ids, part: &'static str, finding: &'a Finding) -> Line<'a> {
    let (found, id) = match finding.found {
        Found::Claim(at) => ("claim", Some(ids.claim(at))),
        Found::Commitment(at) => ("commitment", Some(ids.commitment(at))),
        Found::Figure(at) => ("figure", Some(ids.figure(at))),
        Found::Assertion(at) => ("assertion", Some(ids.assertion(at))),
        Found::Article(entry, article) => ("article", Some(ids.article(entry, article))),
        Found::Passage(_) => ("passage", None),
        Found::Name(_) => ("name", None),
    };
    let at = places(record, finding.found);
    let home = at.first().map(|words| (words.entry, words.article)).or(match finding.found {
        Found::Article(entry, article) => Some((entry, article)),
        _ => None,
    });
    let entry = home.and_then(|(entry, _)| record.entries.get(entry));
    let page = home.and_then(|(entry, article)| words::home(record, entry, article));
    let cut = |words: &Words| {
        page.map(|(entry, article)| words::pieces(&entry.page.source, &article.clean, words.span)).unwrap_or_default()
    };
    let spans: Vec<_> = at.iter().flat_map(cut).collect();
    Line {
        r#type: "finding",
        part,
        label: Some(finding.label).filter(|label| !label.is_empty()),
        found,
        id,
        source: entry.map_or("", |entry| entry.name.as_str()),
        article: home.map(|(entry, article)| ids.article(entry, article)).unwrap_or_default(),
        text: entry.map(|entry| words::joined_cuts(&entry.page.source, &spans)).unwrap_or_default(),
        spans: spans.into_iter().map(Span::from).collect(),
        remarks: &finding.remarks,
    }
}

/// Where the words of a finding stand: all in one article.
fn places(record: &Record, found: Found) -> Vec<Words> {
    let said = |at: ItemRef| -> Vec<Words> {
        let assertion = record.reading(at).and_then(|reading| reading.assertions.get(at.item));
        let spans = assertion.map(|assertion| assertion.content.as_slice()).unwrap_or_default();
        spans.iter().map(|span| Words { entry: at.entry, article: at.article, span: *span }).collect()
    };
    match found {
        Found::Claim(at) => {
            record.claims.get(at).and_then(|claim| claim.assertions.first()).map(|at| said(*at)).unwrap_or_default()
        }
        Found::Commitment(at) => record.commitments.get(at).map(|given| vec![given.what]).unwrap_or_default(),
        Found::Figure(at) => {
            let figure = record.reading(at).and_then(|reading| reading.figures.get(at.item));
            figure.map(|figure| vec![Words { entry: at.entry, article: at.article, span: figure.span }]).unwrap_or_default()
        }
        Found::Assertion(at) => said(at),
        Found::Passage(words) | Found::Name(words) => vec![words],
        Found::Article(..) => Vec::new(),
    }
}
