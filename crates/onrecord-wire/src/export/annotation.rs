//! Items as annotations of their pages (W3C Web Annotation Data Model, <https://www.w3.org/TR/annotation-model/>), so that other tools can
//! show them where they stand.

use std::collections::BTreeMap;

use onrecord_record::Record;
use onrecord_text::{Source, SourceSpan};
use serde_json::{Value, json};

use crate::exchange::{Object, Span};
use crate::select::Selected;

/// Characters before and behind the words that tell them from the same words elsewhere on the page.
const AROUND: usize = 32;

/// The selected assertions, events and figures of `record` as annotations, a JSON object a line. Each part of an item that markup or a clause of saying parts is a
/// target of its own, with a selector by the words and those around them, one by characters and one by bytes of the decoded text.
#[must_use]
pub fn web_annotation(record: &Record, selected: &Selected) -> String {
    // Bytes alone do not tell a text: two servers may name two encodings for the same.
    let sources: BTreeMap<(&str, String), &Source> =
        record.entries.iter().map(|entry| ((entry.name.as_str(), entry.source_id().to_string()), &entry.page.source)).collect();
    let mut pages: BTreeMap<&str, Page<'_>> = BTreeMap::new();
    for object in &selected.objects {
        let Object::Capture(capture) = object else { continue };
        let Some(source) = sources.get(&(capture.source.as_str(), capture.sha256.clone())) else { continue };
        pages.insert(&capture.id, Page { address: capture.url.as_deref().unwrap_or(&capture.source), source });
    }
    let articles: BTreeMap<&str, &Page<'_>> = selected
        .objects
        .iter()
        .filter_map(|object| if let Object::Article(article) = object { Some(article) } else { None })
        .filter_map(|article| Some((article.id.as_str(), pages.get(article.capture.as_str())?)))
        .collect();
    let mut lines = String::new();
    for object in selected.objects.iter().filter(|object| selected.wants(object.id())) {
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]
mod tests {
    use onrecord_text::Source;
    use proptest::prelude::*;
    use serde_json::Value;

    use super::{AROUND, Page};
    use crate::exchange::Span;

    /// Letters of one to four bytes, marks that join the letter before them, quotation marks, line ends.
    fn text() -> impl Strategy<Value = String> {
        let letter =
            prop::sample::select(vec!['a', 'é', 'e', '\u{301}', 'ب', '”', '中', '🚢', '\u{200d}', '\n', '"', '\\', ' ', '&']);
        prop::collection::vec(letter, 1..120).prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn words_are_found_again_by_each_selector(text in text(), from in 0.0..1.0, to in 0.0..1.0) {
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let at = |share: f64| ends[(share * (ends.len() - 1) as f64) as usize];
            let (start, end) = (at(f64::min(from, to)), at(f64::max(from, to)));
            let source = Source::new(text.as_bytes(), text.clone()).unwrap();
            let page = Page { address: "page.txt", source: &source };
            let target = page.target(Span(u32::try_from(start).unwrap(), u32::try_from(end).unwrap())).to_string();
            let target: Value = serde_json::from_str(&target).unwrap();
            let selector = |kind: &str| target["selector"].as_array().unwrap().iter().find(|one| one["type"] == kind).unwrap().clone();
            let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();

            let quote = selector("TextQuoteSelector");
            let [exact, prefix, suffix] = ["exact", "prefix", "suffix"].map(|part| quote[part].as_str().unwrap());
            prop_assert_eq!(exact, &text[start..end]);
            prop_assert!(text[..start].ends_with(prefix) && text[end..].starts_with(suffix));
            prop_assert_eq!(prefix.chars().count(), AROUND.min(text[..start].chars().count()));

            let bytes = selector("DataPositionSelector");
            prop_assert_eq!(text.get(number(&bytes["start"])..number(&bytes["end"])), Some(exact));

            let points = selector("TextPositionSelector");
            let (first, last) = (number(&points["start"]), number(&points["end"]));
            prop_assert_eq!(text.chars().skip(first).take(last - first).collect::<String>(), exact);
        }
    }
}
