//! The text cut finer than into tokens: letters, digits and marks each by themselves ("mid-1943", "20th", "1939–45", "17:30").

use onrecord_lexicon::{TimeWord, TimeWordKind};
use onrecord_text::CleanSpan;

use crate::text::Text;

/// The pieces of a text, with the words of time that begin at each.
pub(super) struct Pieces<'t, 'a> {
    pub(super) text: &'t Text<'a>,
    all: Vec<(usize, usize)>,
    /// Where the word ends, in pieces, and what it is; longest first.
    words: Vec<Vec<(usize, &'a TimeWord)>>,
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Sort {
    Letter,
    Digit,
    Mark,
}

fn sort(c: char) -> Sort {
    match c {
        _ if c.is_alphabetic() => Sort::Letter,
        _ if c.is_ascii_digit() => Sort::Digit,
        _ => Sort::Mark,
    }
}

impl<'t, 'a> Pieces<'t, 'a> {
    pub(super) fn of(text: &'t Text<'a>) -> Self {
        let all = cut(text.words);
        let words = all.iter().enumerate().map(|(n, _)| words_at(text, &all, n)).collect();
        Self { text, all, words }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The piece; empty at a line break and outside of the text.
    pub(super) fn at(&self, n: usize) -> &'a str {
        self.all.get(n).map_or("", |(start, end)| &self.text.words[*start..*end])
    }

    /// Whether the piece is this word, given in small letters.
    pub(super) fn is(&self, n: usize, word: &str) -> bool {
        self.at(n).eq_ignore_ascii_case(word)
    }

    pub(super) fn is_any(&self, n: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(n, word))
    }

    /// Whether the piece before `n` is one of these.
    pub(super) fn follows(&self, n: usize, words: &[&str]) -> bool {
        n.checked_sub(1).is_some_and(|before| self.is_any(before, words))
    }

    /// `n`, or the place behind it where it is one of these.
    pub(super) fn past(&self, n: usize, words: &[&str]) -> usize {
        n + usize::from(self.is_any(n, words))
    }

    /// Whether nothing stands between this piece and the one before.
    pub(super) fn is_glued(&self, n: usize) -> bool {
        n > 0 && self.all.get(n).zip(self.all.get(n - 1)).is_some_and(|(this, before)| this.0 == before.1 && this.0 < this.1)
    }

    pub(super) fn digits(&self, n: usize) -> Option<(usize, u32)> {
        let piece = self.at(n);
        let number = piece.bytes().next().filter(u8::is_ascii_digit).and_then(|_| piece.parse().ok())?;
        Some((piece.len(), number))
    }

    pub(super) fn is_capital(&self, n: usize) -> bool {
        self.at(n).starts_with(char::is_uppercase)
    }

    pub(super) fn is_dash(&self, n: usize) -> bool {
        matches!(self.at(n), "-" | "–" | "—" | "‐" | "‑")
    }

    pub(super) fn is_apostrophe(&self, n: usize) -> bool {
        matches!(self.at(n), "'" | "’")
    }

    /// The longest word of this kind that begins at `n`: where it ends, and its value.
    pub(super) fn word(&self, n: usize, kind: TimeWordKind) -> Option<(usize, &'a str)> {
        let words = self.words.get(n)?;
        words.iter().find(|(_, word)| word.kind == kind).map(|(end, word)| (*end, word.value.as_str()))
    }

    pub(super) fn start(&self, n: usize) -> u32 {
        self.all.get(n).map_or(0, |(start, _)| offset(*start))
    }

    pub(super) fn span(&self, start: usize, end: usize) -> CleanSpan {
        let stop = end.checked_sub(1).and_then(|last| self.all.get(last)).map_or(0, |(_, stop)| offset(*stop));
        CleanSpan::new(self.start(start), stop.max(self.start(start)))
    }

    /// The token that holds the piece.
    pub(super) fn token(&self, n: usize) -> usize {
        let start = self.start(n);
        self.text.analysis.tokens.partition_point(|token| token.span.end() <= start)
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn cut(words: &str) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    let mut last = Sort::Mark;
    for (at, c) in words.char_indices() {
        let end = at + c.len_utf8();
        let this = sort(c);
        if c == '\n' {
            all.push((at, at));
        } else if !c.is_whitespace() {
            match all.last_mut() {
                Some(piece) if piece.1 == at && piece.0 < at && this == last && this != Sort::Mark => piece.1 = end,
                _ => all.push((at, end)),
            }
        }
        last = this;
    }
    all
}

fn words_at<'a>(text: &Text<'a>, all: &[(usize, usize)], n: usize) -> Vec<(usize, &'a TimeWord)> {
    let (start, end) = all[n];
    if !text.words[start..end].starts_with(char::is_alphabetic) {
        return Vec::new();
    }
    let lexicon = text.lexicon;
    let found = lexicon.time_words_at(text.words, start);
    let ending = |stop: usize| all[n..].iter().take(8).position(|piece| piece.1 == stop).map(|more| n + more + 1);
    found.filter_map(|(stop, word)| Some((ending(stop)?, word))).collect()
}
