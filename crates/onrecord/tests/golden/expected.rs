//! What a careful reader expects, with the bytes where it stands.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// Bytes of a decoded file, end excluded.
pub(crate) type Span = (usize, usize);

/// One line of `expected.jsonl`.
#[derive(Debug)]
pub(crate) struct Item {
    /// File name under `examples/pages`; empty for items that name several.
    pub(crate) file: String,
    /// The line.
    pub(crate) value: Value,
    /// Where its words stand; `rest` included.
    pub(crate) spans: Vec<Span>,
    /// Where the narrower reading stands, if there is one.
    pub(crate) core: Vec<Span>,
}

/// All lines, and the decoded files.
#[derive(Debug)]
pub(crate) struct Expected {
    items: Vec<Item>,
    texts: BTreeMap<String, String>,
}

impl Item {
    /// A text field.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.value[key].as_str()
    }

    /// Right if found, no fault if not.
    pub(crate) fn is_optional(&self) -> bool {
        self.value["optional"] == true
    }

    /// The texts under `keys`, single or in lists.
    pub(crate) fn answers(&self, keys: &[&str]) -> Vec<&str> {
        let values = keys.iter().map(|key| &self.value[*key]);
        let texts = values.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
        texts.filter_map(Value::as_str).collect()
    }

    /// File and words, for messages.
    pub(crate) fn shown(&self) -> String {
        format!("{}: {}", self.file, self.text("words").unwrap_or_default())
    }
}

impl Expected {
    /// Reads `expected.jsonl` and the pages of `examples`.
    pub(crate) fn load(examples: &Path) -> Self {
        let mut texts = BTreeMap::new();
        for entry in fs::read_dir(examples.join("pages")).unwrap() {
            let path = entry.unwrap().path();
            texts.insert(path.file_name().unwrap().to_str().unwrap().to_owned(), decoded(&fs::read(&path).unwrap()));
        }
        let lines = fs::read_to_string(examples.join("expected.jsonl")).unwrap();
        let items = lines.lines().map(|line| item(serde_json::from_str(line).unwrap(), &texts)).collect();
        Self { items, texts }
    }

    /// The items of one kind.
    pub(crate) fn of_kind<'e>(&'e self, kind: &'e str) -> impl Iterator<Item = &'e Item> {
        self.items.iter().filter(move |item| item.text("kind") == Some(kind))
    }

    /// Where `words` stand for the first time in a file.
    #[track_caller]
    pub(crate) fn find(&self, file: &str, words: &str) -> Span {
        find(&self.texts[file], words, 1).unwrap_or_else(|| panic!("{file} does not hold `{words}`"))
    }
}

/// UTF-8, or windows-1252 as browsers take undeclared bytes.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

fn item(value: Value, texts: &BTreeMap<String, String>) -> Item {
    let file = value["file"].as_str().unwrap_or_default().to_owned();
    let place = |words: &str, nth: usize| {
        find(&texts[&file], words, nth).unwrap_or_else(|| panic!("{file} does not hold `{words}` {nth} times"))
    };
    let nth = value["nth"].as_u64().unwrap_or(1) as usize;
    let mut spans = Vec::new();
    if !file.is_empty() {
        spans.extend(value["words"].as_str().map(|words| place(words, nth)));
        spans.extend(value["rest"].as_array().into_iter().flatten().filter_map(Value::as_str).map(|words| place(words, 1)));
    }
    spans.sort_unstable();
    let core = value["core"].as_str().map(|words| place(words, 1)).into_iter().collect();
    Item { file, value, spans, core }
}

fn find(text: &str, words: &str, nth: usize) -> Option<Span> {
    text.match_indices(words).nth(nth - 1).map(|(at, _)| (at, at + words.len()))
}
