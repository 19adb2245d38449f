//! Goes through one object and checks what stands in it, by the names of its fields.

use onrecord_text::SourceSpan;
use serde_json::{Map, Value};

use super::place::first_difference;
use super::{Context, Decoded, Finding, Verification};
use crate::words::CUT_JOIN;

/// Fields that hold one span.
const SPAN: [&str; 4] = ["span", "cue", "trigger", "site_span"];
/// Fields that hold a list of spans.
const SPANS: [&str; 4] = ["spans", "body", "actor_spans", "recipient_spans"];
/// Fields that hold the id of another object, or a list of such ids.
const REFERENCES: [&str; 13] = [
    "capture",
    "article",
    "assertion",
    "assertions",
    "denied_by",
    "figures",
    "events",
    "claim",
    "according_to",
    "answers",
    "older",
    "replaced_by",
    "rivals",
];

/// The check of one object.
pub(super) struct Walk<'a> {
    pub(super) context: &'a Context,
    pub(super) line: usize,
    pub(super) id: &'a str,
    pub(super) outcome: &'a mut Verification,
}

impl<'a> Walk<'a> {
    pub(super) fn finding(&mut self, field: &str, message: String) {
        self.outcome.findings.push(Finding { line: self.line, id: self.id.to_owned(), field: field.to_owned(), message });
    }

    pub(super) fn object(&mut self, value: &Value) {
        let Value::Object(fields) = value else { return };
        let is_note = fields.get("type").and_then(Value::as_str) == Some("note");
        self.fields("", fields, None, !is_note);
    }

    /// Checks the fields of one (nested) object; `home` is the source that the object around it points into.
    fn fields(&mut self, path: &str, fields: &Map<String, Value>, home: Option<&'a Decoded>, text_is_cut: bool) {
        let home = self.home(fields).or(home);
        for (name, value) in fields {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            match value {
                Value::Null => {}
                _ if SPAN.contains(&name.as_str()) => {
                    self.span(&path, value, home);
                }
                Value::Array(spans) if SPANS.contains(&name.as_str()) => {
                    for (place, span) in spans.iter().enumerate() {
                        self.span(&format!("{path}[{place}]"), span, home);
                    }
                }
                _ if REFERENCES.contains(&name.as_str()) => self.references(&path, value),
                Value::Object(inner) => self.fields(&path, inner, home, true),
                Value::Array(items) => {
                    for (place, item) in items.iter().enumerate() {
                        if let Value::Object(inner) = item {
                            self.fields(&format!("{path}[{place}]"), inner, home, true);
                        }
                    }
                }
                _ => {}
            }
        }
        if text_is_cut && let Some(home) = home {
            self.text(path, fields, home);
        }
    }

    /// The source that an object names itself, by its article or its capture.
    fn home(&self, fields: &Map<String, Value>) -> Option<&'a Decoded> {
        let named = |name: &str| fields.get(name).and_then(Value::as_str);
        let capture = named("article").and_then(|article| self.context.articles.get(article)).map(String::as_str);
        self.context.texts.get(capture.or_else(|| named("capture"))?)
    }

    fn references(&mut self, path: &str, value: &Value) {
        let single = value.as_str();
        let several = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        for id in single.into_iter().chain(several) {
            if !self.context.ids.contains_key(id) {
                self.finding(path, format!("names `{id}`, which no line defines"));
            }
        }
    }

    fn span(&mut self, path: &str, value: &Value, home: Option<&Decoded>) {
        // The line was read as an object of the format, so spans have their shape; a foreign field of that name is left alone.
        let (Some(span), Some(home)) = (span_of(value), home) else { return };
        self.outcome.spans += 1;
        let size = home.text.len();
        let ends = [span.start() as usize, span.end() as usize];
        let [start, end] = ends;
        let backwards = value.get(1).and_then(Value::as_u64) < value.get(0).and_then(Value::as_u64);
        if backwards {
            self.finding(path, format!("{value} ends before it starts"));
        } else if end > size {
            self.finding(path, format!("[{start},{end}) ends outside of {}, which has {size} bytes", home.name));
        } else if let Some(inside) = ends.into_iter().find(|at| !home.text.is_char_boundary(*at)) {
            self.finding(path, format!("[{start},{end}) cuts a character at {}", home.place(inside)));
        }
    }

    /// `text` beside `span` or `spans` is their cut; `site` is the cut of `site_span`.
    fn text(&mut self, path: &str, fields: &Map<String, Value>, home: &Decoded) {
        let spans: Vec<SourceSpan> = match (fields.get("spans"), fields.get("span")) {
            (Some(Value::Array(spans)), _) => spans.iter().filter_map(span_of).collect(),
            (_, Some(span)) => span_of(span).into_iter().collect(),
            _ => Vec::new(),
        };
        self.cut(path, "text", fields, &spans, home);
        let site = fields.get("site_span").and_then(span_of);
        self.cut(path, "site", fields, site.as_slice(), home);
    }

    fn cut(&mut self, path: &str, name: &str, fields: &Map<String, Value>, spans: &[SourceSpan], home: &Decoded) {
        let Some(text) = fields.get(name).and_then(Value::as_str).filter(|_| !spans.is_empty()) else { return };
        self.outcome.texts += 1;
        let cuts: Vec<&str> = spans.iter().map(|span| span.cut(&home.text)).collect();
        let cut = cuts.join(CUT_JOIN);
        if cut == text {
            return;
        }
        let at = first_difference(&cut, text);
        let shown = |words: &str| words.get(at..).unwrap_or("").chars().take(24).collect::<String>();
        let place = home.place(in_source(at, spans));
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        self.finding(&path, format!("{place}: expected `{}`, the source has `{}`", shown(text), shown(&cut)));
    }
}

/// The byte of the source at byte `at` of the joined cuts.
fn in_source(at: usize, spans: &[SourceSpan]) -> usize {
    let mut left = at;
    for span in spans {
        let len = span.len() as usize;
        if left <= len {
            return span.start() as usize + left;
        }
        left = left.saturating_sub(len + CUT_JOIN.len());
    }
    spans.last().map_or(0, |span| span.end() as usize)
}

fn span_of(value: &Value) -> Option<SourceSpan> {
    let [start, end] = value.as_array()?.as_slice() else { return None };
    let offset = |value: &Value| u32::try_from(value.as_u64()?).ok();
    Some(SourceSpan::new(offset(start)?, offset(end)?))
}
