//! Runs: the stretches of a text that are kept, and what each reads as.

use std::borrow::Cow;
use std::ops::Range;

use onrecord_text::SourceSpan;

/// A stretch of a text that is kept. What lies between runs is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Where, in bytes.
    pub(crate) range: Range<usize>,
    /// What stands there instead, `None` when it is kept as it is.
    pub(crate) with: Option<Box<str>>,
}

/// Longest character reference looked at; the longest name HTML knows has 33 bytes.
const REFERENCE_LIMIT: usize = 40;

/// Collects the runs of one block: white space collapsed and trimmed, invisible characters dropped, character references decoded.
pub(crate) struct RunBuilder<'t> {
    text: &'t str,
    runs: Vec<Run>,
    /// White space here would be the first of the block or the second in a row.
    spaced: bool,
}

impl<'t> RunBuilder<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, runs: Vec::new(), spaced: true }
    }

    /// Adds the text at `range`, decoding references (`&amp;`) when `references` asks for it.
    pub(crate) fn push(&mut self, range: Range<usize>, references: References) {
        let bytes = self.text.as_bytes();
        let (mut from, mut at) = (range.start, range.start);
        while at < range.end {
            let byte = bytes[at];
            if byte.is_ascii_graphic() && (byte != b'&' || references == References::Keep) {
                self.spaced = false;
                at += 1;
            } else if byte == b' ' && !self.spaced {
                self.spaced = true;
                at += 1;
            } else if let Some((end, letters)) = self.unit(at, range.end, references) {
                let is_idle = is_joiner(&letters) && self.is_between_latin(range.start..at, end..range.end);
                let shown = if is_idle { None } else { self.shown(&letters) };
                let verbatim = matches!((&shown, &letters), (Some(new), Cow::Borrowed(old)) if *new == *old);
                if !verbatim {
                    self.keep(from..at);
                    if let Some(shown) = shown {
                        self.runs.push(Run { range: at..end, with: Some(shown.into()) });
                    }
                    from = end;
                }
                at = end;
            } else {
                at += 1;
            }
        }
        self.keep(from..range.end);
    }

    /// The character or reference at `at`, and what it decodes to.
    fn unit(&self, at: usize, end: usize, references: References) -> Option<(usize, Cow<'t, str>)> {
        let rest = self.text.get(at..end)?;
        let letter = rest.chars().next()?;
        if letter == '&' && references == References::Decode {
            let named =
                rest[1..].bytes().take(REFERENCE_LIMIT).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count() + 1;
            let len = named + usize::from(rest.as_bytes().get(named) == Some(&b';'));
            let written = &rest[..len];
            let decoded = htmlize::unescape(written);
            if decoded != written {
                return Some((at + len, Cow::Owned(decoded.into_owned())));
            }
        }
        Some((at + letter.len_utf8(), Cow::Borrowed(&rest[..letter.len_utf8()])))
    }

    /// Whether ASCII letters stand on both sides.
    fn is_between_latin(&self, before: Range<usize>, behind: Range<usize>) -> bool {
        let bytes = self.text.as_bytes();
        let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
        is_letter(bytes.get(before).and_then(<[u8]>::last)) && is_letter(bytes.get(behind).and_then(<[u8]>::first))
    }

    /// What is shown for these letters: nothing, one space, or themselves.
    fn shown<'l>(&mut self, letters: &'l str) -> Option<&'l str> {
        if letters.chars().all(is_invisible) {
            return None;
        }
        if letters.chars().all(char::is_whitespace) {
            return (!std::mem::replace(&mut self.spaced, true)).then_some(" ");
        }
        self.spaced = false;
        Some(letters)
    }

    /// Markup at `range` that parts words, such as a line break.
    pub(crate) fn space(&mut self, range: Range<usize>) {
        if !std::mem::replace(&mut self.spaced, true) {
            self.runs.push(Run { range, with: Some(" ".into()) });
        }
    }

    fn keep(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.runs.push(Run { range, with: None });
        }
    }

    /// The runs so far, without white space at the end; the builder starts anew.
    pub(crate) fn take(&mut self) -> Vec<Run> {
        self.spaced = true;
        let mut runs = std::mem::take(&mut self.runs);
        while let Some(last) = runs.last_mut() {
            match &last.with {
                Some(with) if with.trim().is_empty() => {
                    runs.pop();
                }
                Some(_) => break,
                None => {
                    let kept = self.text.get(last.range.clone()).unwrap_or("").trim_end_matches(' ');
                    last.range.end = last.range.start + kept.len();
                    if !kept.is_empty() {
                        break;
                    }
                    runs.pop();
                }
            }
        }
        runs
    }
}

/// Whether character references are decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum References {
    /// `&amp;` reads as `&`.
    Decode,
    /// Plain text: `&amp;` is what it says.
    Keep,
}

/// Whether these are joiners, which join or part nothing among Latin letters.
fn is_joiner(letters: &str) -> bool {
    !letters.is_empty() && letters.chars().all(|letter| matches!(letter, '\u{200c}' | '\u{200d}'))
}

/// Characters that show nothing: controls, soft hyphen, zero-width space, fillers, marks of writing direction, tags.
/// The joiners U+200C and U+200D stay: Persian and the Indic scripts spell with them.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{2061}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || (letter.is_control() && !letter.is_whitespace())
}

/// The words that `runs` read as.
pub(crate) fn words(text: &str, runs: &[Run]) -> String {
    runs.iter().map(|run| run.with.as_deref().unwrap_or_else(|| text.get(run.range.clone()).unwrap_or(""))).collect()
}

/// From the first byte kept to the last.
pub(crate) fn cover(runs: &[Run]) -> Option<Range<usize>> {
    Some(runs.first()?.range.start..runs.last()?.range.end)
}

/// What some runs read as, with the way back to the source: a part of it to be read once more, its escapes undone.
pub(crate) struct View {
    pub(crate) text: String,
    /// Where each piece of `text` comes from.
    pieces: Vec<Piece>,
}

struct Piece {
    start: usize,
    source: Range<usize>,
    verbatim: bool,
}

impl View {
    /// What `runs` of the source read as, one after the other.
    pub(crate) fn of_runs(source: &str, runs: &[Run]) -> Self {
        let mut text = String::new();
        let mut pieces = Vec::with_capacity(runs.len());
        for run in runs {
            pieces.push(Piece { start: text.len(), source: run.range.clone(), verbatim: run.with.is_none() });
            text.push_str(run.with.as_deref().unwrap_or_else(|| source.get(run.range.clone()).unwrap_or("")));
        }
        Self { text, pieces }
    }

    /// The source span that `range` of the view comes from.
    pub(crate) fn span(&self, range: &Range<usize>) -> SourceSpan {
        let source = self.source_range(range);
        span(&source)
    }

    fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.pieces.partition_point(|piece| piece.start <= range.start).saturating_sub(1);
        let last = self.pieces.partition_point(|piece| piece.start < range.end).saturating_sub(1).max(first);
        let (Some(first), Some(last)) = (self.pieces.get(first), self.pieces.get(last)) else { return 0..0 };
        let start = if first.verbatim { first.source.start + (range.start - first.start) } else { first.source.start };
        let end = if last.verbatim { last.source.start + range.end.saturating_sub(last.start) } else { last.source.end };
        start..end.max(start)
    }

    /// `runs` of the view as runs of the source.
    pub(crate) fn to_source(&self, runs: Vec<Run>) -> Vec<Run> {
        let mut out = Vec::with_capacity(runs.len());
        for run in runs {
            if run.with.is_some() {
                out.push(Run { range: self.source_range(&run.range), with: run.with });
                continue;
            }
            let first = self.pieces.partition_point(|piece| piece.start <= run.range.start).saturating_sub(1);
            for (at, piece) in self.pieces.iter().enumerate().skip(first) {
                let end = self.pieces.get(at + 1).map_or(self.text.len(), |next| next.start);
                let part = run.range.start.max(piece.start)..run.range.end.min(end);
                if piece.start >= run.range.end {
                    break;
                }
                if part.is_empty() {
                    continue;
                }
                let with = (!piece.verbatim).then(|| self.text.get(part.clone()).unwrap_or("").into());
                out.push(Run { range: self.source_range(&part), with });
            }
        }
        out
    }
}

/// A range of a source, whose length was checked to fit, as a span.
pub(crate) fn span(range: &Range<usize>) -> SourceSpan {
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    SourceSpan::new(at(range.start), at(range.end))
}

#[cfg(test)]
mod tests {
    use super::{References, RunBuilder, View, cover, words};

    fn read(text: &str) -> String {
        let mut builder = RunBuilder::new(text);
        builder.push(0..text.len(), References::Decode);
        words(text, &builder.take())
    }

    #[test]
    fn collapses_and_decodes() {
        assert_eq!(read("  one \n two&nbsp;&amp; three\u{ad}s AT&T  "), "one two & threes AT&T");
        assert_eq!(read(" \t "), "");
        assert_eq!(
            read("att\u{200c}a\u{200d}ck at\u{2060}ta\u{feff}ck at&shy;ta&#8203;ck می\u{200c}کنند"),
            "attack attack attack می\u{200c}کنند"
        );
        assert_eq!(read("a&#8217;s &bogus; \0b"), "a’s &bogus; b");
    }

    #[test]
    fn a_view_leads_back() {
        let source = "x&lt;b&gt;two &amp;amp; three";
        let mut builder = RunBuilder::new(source);
        builder.push(0..source.len(), References::Decode);
        let view = View::of_runs(source, &builder.take());
        assert_eq!(view.text, "x<b>two &amp; three");
        let mut inner = RunBuilder::new(&view.text);
        inner.push(4..view.text.len(), References::Decode);
        let runs = view.to_source(inner.take());
        assert_eq!(words(source, &runs), "two & three");
        assert_eq!(&source[cover(&runs).unwrap()], "two &amp;amp; three");
    }
}
