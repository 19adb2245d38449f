//! Markup as a stream of tokens with their places. Nothing is copied and nothing fails: what is no markup is text.

use std::ops::Range;

/// A piece of markup or the text between two. Ranges are bytes of the text that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// Text, with its character references.
    Text(Range<usize>),
    /// The text of an element that holds no markup (`script`, `title`), or of a CDATA section.
    Raw(Range<usize>),
    /// A start tag.
    Open {
        /// Its name.
        name: Range<usize>,
        /// What stands between the name and the end of the tag.
        attributes: Range<usize>,
        /// The whole tag.
        whole: Range<usize>,
        /// Written `<name/>`.
        closed: bool,
    },
    /// An end tag.
    Close {
        /// Its name.
        name: Range<usize>,
        /// The whole tag.
        whole: Range<usize>,
    },
    /// A comment, a doctype or a processing instruction.
    Other(Range<usize>),
}

/// Which rules the markup follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// `script`, `style` and the like hold text only.
    Html,
    /// All elements are alike, and CDATA sections hold text.
    Xml,
}

/// Elements whose content is text up to their own end tag.
const RAW_ELEMENTS: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Reads `text` from front to back in linear time.
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    syntax: Syntax,
    /// The raw element that was just opened.
    raw: Option<usize>,
    /// Things that are known not to come any more, so that they are looked for once only.
    gone: Gone,
}

#[derive(Default)]
struct Gone {
    comment_end: bool,
    cdata_end: bool,
    double_quote: bool,
    single_quote: bool,
    raw_end: [bool; RAW_ELEMENTS.len()],
}

impl<'t> Tokens<'t> {
    pub(crate) fn new(text: &'t str, syntax: Syntax) -> Self {
        Self { text, at: 0, syntax, raw: None, gone: Gone::default() }
    }

    /// Reads `text` from byte `at` on.
    pub(crate) fn starting_at(text: &'t str, at: usize, syntax: Syntax) -> Self {
        Self { at, ..Self::new(text, syntax) }
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or(&[])
    }

    fn raw_text(&mut self, element: usize) -> Option<Token> {
        let name = RAW_ELEMENTS.get(element)?;
        let start = self.at;
        match find_close(self.rest(), name) {
            Some(len) => self.at += len,
            // Code that was cut off is no text; any other element without an end is taken as if it were empty.
            None if matches!(*name, "script" | "style") => self.at = self.text.len(),
            None => {
                self.gone.raw_end[element] = true;
                return None;
            }
        }
        Some(Token::Raw(start..self.at))
    }

    fn markup(&mut self) -> Option<Token> {
        let rest = self.rest();
        match rest.get(1)? {
            b'!' | b'?' => Some(self.declaration()),
            b'/' if rest.get(2)?.is_ascii_alphabetic() => {
                let len = name_len(&rest[2..]);
                let end = self.at + find(rest, b'>')? + 1;
                let start = std::mem::replace(&mut self.at, end);
                Some(Token::Close { name: start + 2..start + 2 + len, whole: start..end })
            }
            b'/' => {
                let end = self.at + find(rest, b'>')? + 1;
                let start = std::mem::replace(&mut self.at, end);
                Some(Token::Other(start..end))
            }
            first if first.is_ascii_alphabetic() => self.open(),
            _ => None,
        }
    }

    fn open(&mut self) -> Option<Token> {
        let rest = self.rest();
        let name_end = 1 + name_len(&rest[1..]);
        let mut at = name_end;
        loop {
            match rest.get(at)? {
                b'>' => break,
                b'=' => {
                    at += 1;
                    at += rest.get(at..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                    at += self.quoted_len(rest.get(at..)?);
                }
                _ => at += 1,
            }
        }
        let start = self.at;
        self.at += at + 1;
        let closed = at > name_end && rest[at - 1] == b'/';
        let name = start + 1..start + name_end;
        if self.syntax == Syntax::Html {
            let written = self.text.get(name.clone()).unwrap_or("");
            self.raw = RAW_ELEMENTS.iter().position(|raw| written.eq_ignore_ascii_case(raw));
            self.raw = self.raw.filter(|element| !self.gone.raw_end[*element]);
        }
        Some(Token::Open { name, attributes: start + name_end..start + at, whole: start..self.at, closed })
    }

    /// Length of the quoted value that `rest` starts with; 0 when there is none or its quote is never closed.
    fn quoted_len(&mut self, rest: &[u8]) -> usize {
        let gone = match rest.first() {
            Some(b'"') => &mut self.gone.double_quote,
            Some(b'\'') => &mut self.gone.single_quote,
            _ => return 0,
        };
        if *gone {
            return 0;
        }
        let end = find(&rest[1..], rest[0]);
        *gone = end.is_none();
        end.map_or(0, |len| len + 2)
    }

    /// A comment, a CDATA section, a doctype or a processing instruction.
    fn declaration(&mut self) -> Token {
        let (rest, start) = (self.rest(), self.at);
        if rest.starts_with(b"<!--") && !self.gone.comment_end {
            if let Some(len) = find_all(&rest[4..], b"-->") {
                self.at += len + 7;
                return Token::Other(start..self.at);
            }
            self.gone.comment_end = true;
        }
        if rest.starts_with(b"<![CDATA[") && !self.gone.cdata_end {
            if let Some(len) = find_all(&rest[9..], b"]]>") {
                self.at += len + 12;
                return Token::Raw(start + 9..start + 9 + len);
            }
            self.gone.cdata_end = true;
        }
        self.at = find(rest, b'>').map_or(self.text.len(), |len| start + len + 1);
        Token::Other(start..self.at)
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(token) = self.raw.take().and_then(|element| self.raw_text(element)) {
            return Some(token);
        }
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        if self.rest().first() == Some(&b'<') {
            if let Some(token) = self.markup() {
                return Some(token);
            }
            self.at = start + 1;
        }
        // A `<` that opens no tag is text, and so is all that follows up to the next one.
        self.at = find(self.rest(), b'<').map_or(self.text.len(), |len| self.at + len);
        Some(Token::Text(start..self.at))
    }
}

/// The attributes of a start tag: name and value as written, in order.
pub(crate) struct Attributes<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Attributes<'t> {
    /// Reads the attributes at `range`, as a [`Token::Open`] gives it.
    pub(crate) fn new(text: &'t str, range: Range<usize>) -> Self {
        Self { text, at: range.start, end: range.end }
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) -> Range<usize> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start..self.end).unwrap_or(&[]);
        self.at += rest.iter().take_while(|byte| is_skipped(**byte)).count();
        start..self.at
    }

    fn value(&mut self) -> Range<usize> {
        let quote = self.text.as_bytes().get(self.at..self.end).and_then(|rest| rest.first().copied());
        if let Some(quote @ (b'"' | b'\'')) = quote {
            let rest = self.text.as_bytes().get(self.at + 1..self.end).unwrap_or(&[]);
            let start = self.at + 1;
            if let Some(len) = find(rest, quote) {
                self.at = start + len + 1;
                return start..start + len;
            }
        }
        self.skip(|byte| !byte.is_ascii_whitespace())
    }
}

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t str, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        let name = self.skip(|byte| !byte.is_ascii_whitespace() && byte != b'=' && byte != b'/');
        let before = self.at;
        self.skip(|byte| byte.is_ascii_whitespace());
        let has_value = self.text.as_bytes().get(self.at..self.end).is_some_and(|rest| rest.first() == Some(&b'='));
        if !has_value {
            self.at = before;
            return (!name.is_empty()).then(|| (self.text.get(name.clone()).unwrap_or(""), name.end..name.end));
        }
        self.at += 1;
        self.skip(|byte| byte.is_ascii_whitespace());
        let value = self.value();
        Some((self.text.get(name).unwrap_or(""), value))
    }
}

fn name_len(rest: &[u8]) -> usize {
    rest.iter().take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'<' | b'=' | b'"')).count()
}

fn find(rest: &[u8], byte: u8) -> Option<usize> {
    rest.iter().position(|other| *other == byte)
}

fn find_all(rest: &[u8], wanted: &[u8]) -> Option<usize> {
    rest.windows(wanted.len()).position(|part| part == wanted)
}

/// Bytes before the end tag of the element `name`.
fn find_close(rest: &[u8], name: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += find(&rest[at..], b'<')?;
        let tag = &rest[at + 1..];
        if tag.first() == Some(&b'/') && tag.get(1..=name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Attributes, Syntax, Token, Tokens};

    fn shown(text: &str) -> Vec<String> {
        let cut = |range: std::ops::Range<usize>| &text[range];
        Tokens::new(text, Syntax::Html)
            .map(|token| match token {
                Token::Text(at) => format!("text {}", cut(at)),
                Token::Raw(at) => format!("raw {}", cut(at)),
                Token::Open { name, .. } => format!("open {}", cut(name)),
                Token::Close { name, .. } => format!("close {}", cut(name)),
                Token::Other(at) => format!("other {}", cut(at)),
            })
            .collect()
    }

    #[test]
    fn parts_markup_from_text() {
        assert_eq!(
            shown("a<b class='x>y'>c</b><!-- <i> -->d"),
            ["text a", "open b", "text c", "close b", "other <!-- <i> -->", "text d"]
        );
        assert_eq!(shown("<script>if (a<b) {}</script>x"), ["open script", "raw if (a<b) {}", "close script", "text x"]);
        assert_eq!(shown("3 < 4 and <"), ["text 3 ", "text < 4 and ", "text <"]);
    }

    #[test]
    fn survives_what_is_never_closed() {
        assert_eq!(shown("<title>a<p>b"), ["open title", "text a", "open p", "text b"]);
        assert_eq!(shown("<!-- a<p>b"), ["other <!-- a<p>", "text b"]);
        assert_eq!(shown("<a href=\"x>b<p>c"), ["open a", "text b", "open p", "text c"]);
        assert_eq!(shown("x <p"), ["text x ", "text <p"]);
    }

    #[test]
    fn reads_attributes() {
        let text = " class=\"a b\" hidden data-x = 'y' id=z /";
        let all: Vec<(&str, &str)> = Attributes::new(text, 0..text.len()).map(|(name, at)| (name, &text[at])).collect();
        assert_eq!(all, [("class", "a b"), ("hidden", ""), ("data-x", "y"), ("id", "z")]);
    }
}
