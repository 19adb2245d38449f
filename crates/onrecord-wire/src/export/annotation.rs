//! Items as annotations of their pages (W3C Web Annotation Data Model, <https://www.w3.org/TR/annotation-model/>), so that other tools can
//! show them where they stand.

use std::collections::BTreeMap;

use onrecord_lexicon::Lexicon;
use onrecord_record::Record;
use onrecord_text::{Source, SourceSpan};
use serde_json::{Value, json};

use crate::exchange::{Object, Span, objects};

/// Characters before and behind the words that tell them from the same words elsewhere on the page.
const AROUND: usize = 32;

/// Assertions, events and figures as annotations, a JSON object a line. Each part of an item that markup or a clause of saying parts is a
/// target of its own, with a selector by the words and those around them, one by characters and one by bytes of the decoded text.
#[must_use]
pub fn web_annotation(record: &Record, lexicon: &Lexicon) -> String {
    let objects = objects(record, lexicon);
    let mut pages: BTreeMap<&str, Page<'_>> = BTreeMap::new();
    let captures = objects.iter().filter_map(|object| if let Object::Capture(capture) = object { Some(capture) } else { None });
    for (capture, entry) in captures.zip(&record.entries) {
        let address = capture.url.as_deref().unwrap_or(&capture.source);
        pages.insert(&capture.id, Page { address, source: &entry.page.source });
    }
    let articles: BTreeMap<&str, &Page<'_>> = objects
        .iter()
        .filter_map(|object| if let Object::Article(article) = object { Some(article) } else { None })
        .filter_map(|article| Some((article.id.as_str(), pages.get(article.capture.as_str())?)))
        .collect();
    let mut lines = String::new();
    for object in &objects {
        let (id, article, kind, spans) = match object {
            Object::Assertion(item) => (&item.id, &item.article, "assertion", item.spans.clone()),
            Object::Event(item) => (&item.id, &item.article, "event", item.spans.clone()),
            Object::Figure(item) => (&item.id, &item.article, "figure", vec![item.span]),
            _ => continue,
        };
        let Some(page) = articles.get(article.as_str()) else { continue };
        let annotation = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("urn:onrecord:{id}"),
            "type": "Annotation",
            "motivation": "describing",
            "body": {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": told(object, kind)},
            "target": spans.iter().map(|span| page.target(*span)).collect::<Vec<Value>>(),
        });
        lines.push_str(&annotation.to_string());
        lines.push('\n');
    }
    lines
}

/// What an item is, for somebody who reads the page.
fn told(object: &Object, kind: &str) -> String {
    match object {
        Object::Assertion(item) => {
            let act = serde_json::to_value(item.act).ok();
            let act = act.as_ref().and_then(Value::as_str).unwrap_or(kind);
            format!("{act}: {}", item.speaker.name.as_deref().unwrap_or("the article, in its own voice"))
        }
        Object::Event(item) => format!("event: {}", item.plover.as_deref().unwrap_or("without a type")),
        _ => kind.to_owned(),
    }
}

struct Page<'r> {
    address: &'r str,
    source: &'r Source,
}

impl Page<'_> {
    fn target(&self, Span(start, end): Span) -> Value {
        let (text, span) = (self.source.text(), SourceSpan::new(start, end));
        let (before, behind) = (text.get(..start as usize).unwrap_or(""), text.get(end as usize..).unwrap_or(""));
        let exact = self.source.cut(span);
        let prefix: String = before.chars().rev().take(AROUND).collect::<Vec<char>>().into_iter().rev().collect();
        let suffix: String = behind.chars().take(AROUND).collect();
        // The model counts characters; a character is a code point here, as in the standard's examples.
        let first = before.chars().count();
        json!({
            "source": self.address,
            "selector": [
                {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
                {"type": "TextPositionSelector", "start": first, "end": first + exact.chars().count()},
                {"type": "DataPositionSelector", "start": start, "end": end},
            ],
        })
    }
}
