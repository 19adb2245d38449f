//! JSON as far as JSON-LD needs it: which strings stand under which keys, with their places.

use std::ops::Range;

/// A value. Ranges hold the text between the quotation marks, escapes as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    /// A string.
    Text(Range<usize>),
    /// The values of an array.
    Array(Vec<Json>),
    /// Keys and values of an object, in order.
    Object(Vec<(Range<usize>, Json)>),
    /// A number, a truth value, `null`.
    Other,
}

/// Deepest nesting that is read: schema.org needs six or so.
const DEPTH: usize = 48;

/// Reads the JSON text at `range`. What follows a break in its syntax is left out.
pub(crate) fn read(text: &str, range: Range<usize>) -> Option<Json> {
    Reader { text, at: range.start, end: range.end }.value(0)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..self.end)?;
        self.at += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.text.as_bytes().get(self.at..self.end)?.first().copied()
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > DEPTH {
            return None;
        }
        match self.peek()? {
            b'{' => Some(self.object(depth)),
            b'[' => Some(self.array(depth)),
            b'"' => self.string().map(Json::Text),
            b'}' | b']' | b',' | b':' => None,
            _ => {
                let rest = &self.text.as_bytes()[self.at..self.end];
                self.at += rest.iter().take_while(|byte| !matches!(byte, b',' | b'}' | b']')).count();
                Some(Json::Other)
            }
        }
    }

    fn object(&mut self, depth: usize) -> Json {
        let mut members = Vec::new();
        self.at += 1;
        while self.peek() == Some(b'"') {
            let Some(key) = self.string() else { break };
            if self.peek() != Some(b':') {
                break;
            }
            self.at += 1;
            let Some(value) = self.value(depth + 1) else { break };
            members.push((key, value));
            if self.peek() != Some(b',') {
                break;
            }
            self.at += 1;
        }
        if self.peek() == Some(b'}') {
            self.at += 1;
        }
        Json::Object(members)
    }

    fn array(&mut self, depth: usize) -> Json {
        let mut values = Vec::new();
        self.at += 1;
        while let Some(value) = self.value(depth + 1) {
            values.push(value);
            if self.peek() != Some(b',') {
                break;
            }
            self.at += 1;
        }
        if self.peek() == Some(b']') {
            self.at += 1;
        }
        Json::Array(values)
    }

    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at + 1;
        let rest = self.text.as_bytes().get(start..self.end)?;
        let mut len = 0;
        loop {
            match rest.get(len)? {
                b'"' => break,
                b'\\' => len += 2,
                _ => len += 1,
            }
        }
        self.at = start + len + 1;
        Some(start..start + len)
    }
}

impl Json {
    /// The value under `key` of an object.
    pub(crate) fn get(&self, text: &str, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(name, _)| text.get(name.clone()) == Some(key)).map(|(_, value)| value)
    }

    /// The string itself, the first string of an array, or the `name` of an object.
    pub(crate) fn name(&self, text: &str) -> Option<Range<usize>> {
        match self {
            Self::Text(range) => Some(range.clone()),
            Self::Array(values) => values.iter().find_map(|value| value.name(text)),
            Self::Object(_) => self.get(text, "name")?.name(text),
            Self::Other => None,
        }
    }

    /// This object and all objects inside of it, outermost first.
    pub(crate) fn objects(&self) -> Vec<&Self> {
        let (mut found, mut at) = (vec![self], 0);
        while let Some(value) = found.get(at).copied() {
            match value {
                Self::Object(members) => found.extend(members.iter().map(|(_, value)| value)),
                Self::Array(values) => found.extend(values),
                _ => {}
            }
            at += 1;
        }
        found.retain(|value| matches!(value, Self::Object(_)));
        found
    }
}

/// The words that a string stands for, its escapes undone.
pub(crate) fn unescape(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut letters = written.chars();
    let mut high: Option<u32> = None;
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n' | 't' | 'r' | 'b' | 'f') => out.push(' '),
            Some('u') => {
                let digits: String = letters.by_ref().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).unwrap_or(0xfffd);
                match (high.take(), code) {
                    (_, 0xd800..0xdc00) => high = Some(code),
                    (Some(first), 0xdc00..0xe000) => {
                        out.extend(char::from_u32(0x10000 + ((first - 0xd800) << 10) + (code - 0xdc00)))
                    }
                    _ => out.extend(char::from_u32(code)),
                }
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{read, unescape};

    #[test]
    fn finds_strings() {
        let text = r#"{"@type":"NewsArticle", "author":[{"name":"Mara \"M\" Lind"}], "n": 3, "x": {"y": true}}"#;
        let json = read(text, 0..text.len()).unwrap();
        let name = json.get(text, "author").and_then(|author| author.name(text)).unwrap();
        assert_eq!(unescape(&text[name]), "Mara \"M\" Lind");
        assert_eq!(json.objects().len(), 3);
    }

    #[test]
    fn survives_broken_json() {
        for text in ["{\"a\": \"b", "[[[[", "{\"a\" \"b\"}", "\"\\", "", "{\"a\":}"] {
            let _ = read(text, 0..text.len());
        }
        assert_eq!(read(&"[".repeat(100_000), 0..100_000).map(|json| json.objects().len()), Some(0));
        assert_eq!(unescape("\\u00e9\\ud83d\\ude00\\/"), "é😀/");
    }
}
