//! Syntactic words and sentences of running text, as Universal Dependencies cuts them: clitics and compounds with hyphens are parted, full
//! stops go with abbreviations and are parted elsewhere.
//!
//! Blanks always part words. Whether a word or sentence ends elsewhere is decided by two linear classifiers that see the characters and
//! words around the place.

use std::ops::Range;

use crate::form::{Form, fold, key, mix, plain};
use crate::model::weights::{CHOICES, Rows};

/// Class of a place where nothing ends.
pub(crate) const GOES_ON: usize = 0;
/// Class of a place where a word or a sentence ends.
pub(crate) const ENDS: usize = 1;

/// The characters of one stretch without blanks, with their byte offsets.
pub(crate) struct Chunk {
    chars: Vec<char>,
    offsets: Vec<usize>,
    /// Whether the next chunk of the block starts with a capital; `None` at the end of the block.
    capital_follows: Option<bool>,
    address: bool,
}

impl Chunk {
    fn at(&self, place: usize, offset: isize) -> u64 {
        place.checked_add_signed(offset).and_then(|place| self.chars.get(place)).map_or(1, |c| u64::from(u32::from(*c)))
    }

    fn kind(&self, place: usize) -> u64 {
        self.chars.get(place).map_or(9, |c| kind(*c))
    }
}

fn kind(c: char) -> u64 {
    match c {
        _ if c.is_uppercase() => 1,
        _ if c.is_alphabetic() => 2,
        _ if c.is_numeric() => 3,
        '.' => 4,
        '-' => 5,
        '\'' | '"' => 6,
        ',' => 7,
        _ => 8,
    }
}

/// The stretches of `text[span]` without blanks.
pub(crate) fn chunks(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (offset, c) in text[span.clone()].char_indices() {
        let at = span.start + offset;
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        found.push(from..span.end);
    }
    found
}

/// The chunk at `place`, ready for [`break_features`].
pub(crate) fn chunk(text: &str, places: &[Range<usize>], place: usize) -> Chunk {
    let range = places[place].clone();
    let words = &text[range.clone()];
    let capital_follows = places
        .get(place + 1)
        .and_then(|next| text[next.clone()].chars().find(|c| c.is_alphanumeric()))
        .map(|c| !c.is_lowercase());
    Chunk {
        chars: words.chars().map(plain).collect(),
        offsets: words.char_indices().map(|(offset, _)| range.start + offset).chain([range.end]).collect(),
        capital_follows,
        address: words.contains("://") || words.starts_with("www.") || words.contains('@'),
    }
}

/// Whether a word could end before the character at `place`: at a change between letters, digits and marks, and before "n't".
pub(crate) fn could_break(chunk: &Chunk, place: usize) -> bool {
    let (left, right) = (chunk.chars[place - 1], chunk.chars[place]);
    let letters = |c: char| c.is_alphabetic();
    if letters(left) && letters(right) {
        return matches!(right, 'n' | 'N')
            && chunk.at(place, 1) == u64::from(b'\'')
            && matches!(chunk.at(place, 2) as u8, b't' | b'T');
    }
    !(left.is_ascii_digit() && right.is_ascii_digit())
}

fn hash(chars: &[char]) -> u64 {
    u64::from(fold(chars.iter().fold(7, |hash, c| mix(hash, u64::from(u32::from(c.to_ascii_lowercase()))))))
}

/// Features of the place before the character at `place`; the word under way starts at `start`.
pub(crate) fn break_features(chunk: &Chunk, start: usize, place: usize, keys: &mut Vec<u32>) {
    keys.clear();
    let mut template = 400;
    let mut add = |a: u64, b: u64, c: u64| {
        template += 1;
        keys.push(key(template, a, b, c));
    };
    let letters = |from: usize, step: isize| {
        let mut end = from;
        while chunk.chars.get(end).is_some_and(|c| c.is_alphanumeric() == chunk.chars[from].is_alphanumeric()) {
            match end.checked_add_signed(step) {
                Some(next) => end = next,
                None => break,
            }
        }
        end
    };
    let right_end = letters(place, 1).min(chunk.chars.len());
    let left = hash(&chunk.chars[start..place]);
    let right = hash(&chunk.chars[place..right_end]);
    let (c0, c1, p1, p2) = (chunk.at(place, 0), chunk.at(place, 1), chunk.at(place, -1), chunk.at(place, -2));
    let (k0, k1, q1, q2) =
        (chunk.kind(place), chunk.kind(place + 1), chunk.kind(place - 1), place.checked_sub(2).map_or(9, |at| chunk.kind(at)));
    let ends = u64::from(place + 1 == chunk.chars.len()) | u64::from(right_end == chunk.chars.len()) << 1;
    let follows = chunk.capital_follows.map_or(2, u64::from);
    let length = (place - start).min(5) as u64;
    add(p1, c0, 0);
    add(q1, c0, 0);
    add(p1, k0, 0);
    add(p2, p1, c0);
    add(p1, c0, c1);
    add(q2 << 8 | q1, k0 << 8 | k1, 0);
    add(q2 << 8 | q1, c0, k1);
    add(p2 << 8 | q1, p1, k0 << 8 | k1);
    add(left, c0, 0);
    add(left, right, 0);
    add(p1, right, 0);
    add(c0, right, ends);
    add(left, ends, follows);
    add(left, c0, ends << 2 | follows);
    add(p1, right, ends);
    add(c0, ends, follows);
    add(c0 << 8 | length, ends, follows);
    add(c0, length, q1 << 8 | q2);
    add(c0, ends, q1 << 8 | q2);
    add(c0 << 8 | k1, ends << 2 | follows, q1 << 8 | q2);
    add(u64::from(chunk.address), p1, c0);
    add(u64::from(chunk.address), c0, ends);
    add(chunk.at(place, 2), c1, c0);
    add(chunk.at(0, 0), c0, start as u64);
    add(u64::from(start == 0), q1, c0);
    let before = chunk.at(start, -1);
    add(before, left, c0);
    add(before, p1, c0);
    add(before, hash(&chunk.chars[start..place]), right);
}

/// Ends of the words of one chunk, in bytes.
fn words_of(
    text: &str,
    rows: &impl Rows<CHOICES>,
    splits: &Splits,
    places: &[Range<usize>],
    place: usize,
    keys: &mut Vec<u32>,
    words: &mut Vec<Range<usize>>,
) {
    let range = places[place].clone();
    let whole = &text[range.clone()];
    if whole.chars().all(char::is_alphabetic) {
        if let Some(first) = splits.first_part(whole) {
            words.push(range.start..range.start + first);
            words.push(range.start + first..range.end);
        } else {
            words.push(range);
        }
        return;
    }
    if whole.bytes().all(|c| c.is_ascii_digit()) {
        words.push(range);
        return;
    }
    let chunk = chunk(text, places, place);
    let mut start = 0;
    for at in 1..chunk.chars.len() {
        if !could_break(&chunk, at) {
            continue;
        }
        break_features(&chunk, start, at, keys);
        let scores = rows.sum(keys);
        if scores[ENDS] > scores[GOES_ON] {
            words.push(chunk.offsets[start]..chunk.offsets[at]);
            start = at;
        }
    }
    words.push(chunk.offsets[start]..range.end);
}

/// Words of letters only that are two syntactic words: "cannot".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Splits {
    /// Small letters, and the bytes of the first part; in order.
    pub(crate) entries: Vec<(String, u8)>,
}

impl Splits {
    fn first_part(&self, word: &str) -> Option<usize> {
        let longest = 8;
        if word.len() > longest || word.len() < 4 {
            return None;
        }
        let lower = word.to_ascii_lowercase();
        let at = self.entries.binary_search_by(|(entry, _)| entry.as_str().cmp(&lower)).ok()?;
        Some(usize::from(self.entries[at].1))
    }
}

/// The words of each sentence of `text[span]`.
pub(crate) fn sentences(
    text: &str,
    span: Range<usize>,
    word_breaks: &impl Rows<CHOICES>,
    splits: &Splits,
    ends: &impl Rows<CHOICES>,
) -> Vec<Vec<Range<usize>>> {
    let mut keys = Vec::new();
    let words = words(text, span, word_breaks, splits, &mut keys);
    let forms: Vec<Form> = words.iter().map(|word| Form::new(&text[word.clone()])).collect();
    let mut start = 0;
    let ends = sentence_ends(text, &words, &forms, ends, &mut keys);
    ends.into_iter().map(|end| words[std::mem::replace(&mut start, end)..end].to_vec()).collect()
}

/// The words of `text[span]`.
fn words(text: &str, span: Range<usize>, rows: &impl Rows<CHOICES>, splits: &Splits, keys: &mut Vec<u32>) -> Vec<Range<usize>> {
    let places = chunks(text, span);
    let mut words = Vec::with_capacity(places.len() * 5 / 4);
    for place in 0..places.len() {
        words_of(text, rows, splits, &places, place, keys, &mut words);
    }
    words
}

/// How the sentence under way stands, for the question whether it ends.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Progress {
    /// Words so far.
    pub(crate) words: usize,
    /// Whether a double quotation mark is open.
    pub(crate) quoted: bool,
    /// Brackets open.
    pub(crate) brackets: usize,
}

impl Progress {
    /// Takes the next word of the sentence in.
    pub(crate) fn take(&mut self, text: &str, form: &Form) {
        self.words += 1;
        if form.is_quote() {
            self.quoted = !self.quoted;
        }
        match text {
            "(" | "[" => self.brackets += 1,
            ")" | "]" => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }
}

/// What lies between two words.
pub(crate) fn gap(text: &str, left: &Range<usize>, right: &Range<usize>) -> u64 {
    match &text[left.end..right.start] {
        "" => 0,
        " " => 1,
        blanks if blanks.contains('\n') => 3,
        _ => 2,
    }
}

/// Whether a sentence could end after a word: marks end sentences, and line breaks.
pub(crate) fn could_end(word: &str, gap: u64) -> bool {
    gap >= 2 || !word.chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Features of the place after the word at `place`.
pub(crate) fn end_features(forms: &[Form], gaps: &[u64], place: usize, progress: Progress, keys: &mut Vec<u32>) {
    keys.clear();
    let mut template = 450;
    let mut add = |a: u64, b: u64, c: u64| {
        template += 1;
        keys.push(key(template, a, b, c));
    };
    let form = |offset: isize| crate::form::at(forms, place, offset);
    let lower = |offset: isize| u64::from(form(offset).lower);
    let shape = |offset: isize| u64::from(form(offset).shape);
    let gap = gaps.get(place).copied().unwrap_or(1);
    let before = place.checked_sub(1).and_then(|before| gaps.get(before)).copied().unwrap_or(1);
    let length = match progress.words {
        few @ 0..=3 => few as u64,
        4..=8 => 4,
        9..=20 => 5,
        _ => 6,
    };
    let open = u64::from(progress.quoted) | (progress.brackets.min(1) as u64) << 1;
    add(lower(0), gap, 0);
    add(lower(0), gap, shape(1));
    add(lower(0), shape(-1), shape(1));
    add(lower(0), lower(-1), 0);
    add(lower(0), lower(1), 0);
    add(lower(0), lower(1), shape(1));
    add(lower(0), lower(-1), shape(1));
    add(lower(0), gap << 8 | open, shape(1));
    add(lower(0), length, shape(1));
    add(lower(0), length << 8 | gap, open);
    add(lower(0), before, shape(1));
    add(lower(0), shape(1), shape(2));
    add(lower(0), lower(1), lower(2));
    add(lower(0), u64::from(form(1).usual), shape(1));
    add(lower(0), u64::from(form(1).cluster), shape(1));
    add(lower(0), lower(-1), lower(-2));
    add(shape(0), shape(1), gap);
    add(shape(0), lower(1), gap);
    add(shape(0), shape(-1), shape(1));
    add(shape(0) << 16 | gap, u64::from(form(1).usual), form(0).suffix(1));
    add(lower(-1), lower(0), gap << 8 | open);
    add(lower(0) << 2 | open, lower(1), gap);
    add(shape(1), gap, length);
    add(lower(1), gap, open);
    add(form(-1).suffix(3), lower(0), shape(1));
    add(lower(0), lower(-1), lower(1));
}

/// Numbers of words after which sentences end; the last word always ends one.
fn sentence_ends(
    text: &str,
    words: &[Range<usize>],
    forms: &[Form],
    rows: &impl Rows<CHOICES>,
    keys: &mut Vec<u32>,
) -> Vec<usize> {
    let gaps: Vec<u64> = words.windows(2).map(|pair| gap(text, &pair[0], &pair[1])).collect();
    let mut ends = Vec::new();
    let mut progress = Progress::default();
    for place in 0..words.len() {
        let word = &text[words[place].clone()];
        progress.take(word, &forms[place]);
        let last = place + 1 == words.len();
        let ends_here = last
            || progress.words >= crate::LONGEST_SENTENCE
            || could_end(word, gaps[place]) && {
                end_features(forms, &gaps, place, progress, keys);
                let scores = rows.sum(keys);
                scores[ENDS] > scores[GOES_ON]
            };
        if ends_here {
            ends.push(place + 1);
            progress = Progress::default();
        }
    }
    ends
}
