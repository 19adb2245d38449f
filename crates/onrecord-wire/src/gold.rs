//! Decisions on assertions as gold for the reader, in the shape of the passages in `corpus/statements`.
//!
//! A passage is an article with what was decided in it, so it says nothing of findings that nobody looked at: `judged_only` tells the scorer
//! to count those neither right nor wrong.

use onrecord_page::Article;
use onrecord_read::{Assertion, Form, SpeakerKind};
use onrecord_record::review::{FindingKind, Mark, Outcome};
use onrecord_record::{ArticleIds, Entry, ItemRef, Record, UniqueIds};
use onrecord_text::CleanSpan;
use serde_json::{Map, Value, json};

use crate::exchange::SpeakerKind as KindName;

/// One passage a line for every article in which something was decided on an assertion. `record` must show what reviewers rejected.
///
/// Accepted and corrected assertions are its `statements`, corrected ones as they were put right; rejected ones are `rejected`, and so is what
/// the reader gave to a speaker and a reviewer to the article's own voice. Where reviewers differ nothing is said.
#[must_use]
pub fn passages(record: &Record) -> String {
    let mut lines = String::new();
    for (number, entry) in record.entries.iter().enumerate() {
        let mut unique = UniqueIds::default();
        for place in 0..entry.page.articles.len() {
            let id = ArticleIds::of(entry, place, &mut unique).article;
            if let Some(passage) = passage(record, entry, (number, place), &id) {
                lines.push_str(&passage.to_string());
                lines.push('\n');
            }
        }
    }
    lines
}

fn passage(record: &Record, entry: &Entry, (number, place): (usize, usize), id: &str) -> Option<Value> {
    let (article, reading) = (entry.page.articles.get(place)?, entry.readings.get(place)?);
    let text = Paragraphs::of(article);
    let (mut statements, mut rejected, mut by) = (Vec::new(), Vec::new(), std::collections::BTreeSet::new());
    for (item, said) in reading.assertions.iter().enumerate() {
        let at = ItemRef { entry: number, article: place, item };
        let Some(mark) = record.review.mark(FindingKind::Assertion, at) else { continue };
        match judged(mark, said) {
            Some(true) => statements.extend(text.statement(said)),
            Some(false) => rejected.extend(text.content(mark.found.as_deref().unwrap_or(said)).map(Value::Object)),
            None => continue,
        }
        by.extend(mark.by.iter().map(String::as_str));
    }
    (!by.is_empty()).then(|| {
        json!({
            "id": id, "source": entry.name, "decided_by": by, "judged_only": true, "text": text.text, "statements": statements,
            "rejected": rejected, "links": [],
        })
    })
}

/// Whether a statement of somebody stands there; nothing where it is the article's own, or not settled.
fn judged(mark: &Mark, said: &Assertion) -> Option<bool> {
    let is_author = |said: &Assertion| said.speaker.kind == SpeakerKind::Author;
    let was_author = mark.found.as_deref().map_or_else(|| is_author(said), is_author);
    match mark.outcome {
        Outcome::Differs => None,
        // The scorer does not ask for what the article says itself.
        Outcome::Accepted | Outcome::Corrected if is_author(said) => (!was_author).then_some(false),
        Outcome::Accepted | Outcome::Corrected => Some(true),
        Outcome::Rejected => (!was_author).then_some(false),
    }
}

/// An article's paragraphs, each on a line.
struct Paragraphs {
    text: String,
    /// For each paragraph its place in the clean text, and where it starts in `text`.
    places: Vec<(CleanSpan, usize)>,
}

impl Paragraphs {
    fn of(article: &Article) -> Self {
        let mut all = Self { text: String::new(), places: Vec::new() };
        for block in &article.blocks {
            all.places.push((block.span, all.text.len()));
            // A line is a paragraph; as many bytes stand in the place of a line break, so that offsets stay.
            all.text.push_str(&article.clean.cut(block.span).replace(['\n', '\r'], " "));
            all.text.push('\n');
        }
        all
    }

    /// Where these words stand in the text: first byte and byte behind the last.
    fn at(&self, span: CleanSpan) -> Option<(usize, usize)> {
        let (first, last) = (self.offset(span.start())?, self.offset(span.end())?);
        (first < last).then_some((first, last))
    }

    fn offset(&self, at: u32) -> Option<usize> {
        let (block, start) = self.places.iter().find(|(block, _)| block.start() <= at && at <= block.end())?;
        Some(start + (at - block.start()) as usize)
    }

    fn words(&self, object: &mut Map<String, Value>, key: &str, span: Option<CleanSpan>) {
        match span.and_then(|span| self.at(span)) {
            Some((first, last)) => {
                object.insert(key.to_owned(), json!(self.text.get(first..last)));
                object.insert(format!("{key}_at"), json!(first));
            }
            None => drop(object.insert(key.to_owned(), Value::Null)),
        }
    }

    /// The content with its places.
    fn content(&self, said: &Assertion) -> Option<Map<String, Value>> {
        let places: Vec<(usize, usize)> = said.content.iter().map(|span| self.at(*span)).collect::<Option<_>>()?;
        let cuts: Vec<&str> = places.iter().filter_map(|(first, last)| self.text.get(*first..*last)).collect();
        let starts: Vec<usize> = places.iter().map(|(first, _)| *first).collect();
        let mut object = Map::new();
        match (cuts.as_slice(), starts.as_slice()) {
            ([cut], [start]) => {
                object.insert("content".to_owned(), json!(cut));
                object.insert("content_at".to_owned(), json!(start));
            }
            _ => {
                object.insert("content".to_owned(), json!(cuts));
                object.insert("content_at".to_owned(), json!(starts));
            }
        }
        Some(object)
    }

    fn statement(&self, said: &Assertion) -> Option<Value> {
        let mut object = self.content(said)?;
        self.words(&mut object, "source", said.speaker.span);
        self.words(&mut object, "cue", said.cue);
        let kind = match said.form {
            Form::Direct => "direct",
            Form::Indirect => "indirect",
            Form::Mixed => "mixed",
        };
        object.insert("speaker".to_owned(), json!(said.speaker.name));
        object.insert("speaker_kind".to_owned(), json!(KindName::from(said.speaker.kind)));
        object.insert("kind".to_owned(), json!(kind));
        object.insert("act".to_owned(), json!(said.act.name()));
        Some(Value::Object(object))
    }
}
