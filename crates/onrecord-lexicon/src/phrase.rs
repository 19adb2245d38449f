//! Finds phrases in running text, at word boundaries.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// Phrases and what they stand for. Hyphens match spaces and each other, curly apostrophes straight ones.
#[derive(Debug)]
pub struct PhraseIndex<T> {
    /// Phrases by their first word, longest first. Looked up by key only: its order never reaches output.
    by_first_word: HashMap<String, Vec<(String, Vec<T>)>, FxBuildHasher>,
    /// Whether a phrase may begin so: most words of a text need no look-up.
    openings: Openings,
    fold_case: bool,
}

impl<T> PhraseIndex<T> {
    /// An empty index that takes upper and lower case for the same.
    #[must_use]
    pub fn folding_case() -> Self {
        Self { by_first_word: HashMap::default(), openings: Openings::default(), fold_case: true }
    }

    /// An empty index in which "Turkey" is not "turkey".
    #[must_use]
    pub fn keeping_case() -> Self {
        Self { by_first_word: HashMap::default(), openings: Openings::default(), fold_case: false }
    }

    /// Adds a phrase. Several values may stand under one phrase, in the order they were added.
    pub fn insert(&mut self, phrase: &str, value: T) {
        let phrase: String = phrase.chars().map(|c| fold(c, self.fold_case)).collect();
        let Some((_, first)) = first_word(&phrase, 0) else { return };
        self.openings.add(first);
        let phrases = self.by_first_word.entry(first.to_owned()).or_default();
        match phrases.iter_mut().find(|(known, _)| *known == phrase) {
            Some((_, values)) => values.push(value),
            None => {
                let place = phrases.partition_point(|(known, _)| known.len() >= phrase.len());
                phrases.insert(place, (phrase, vec![value]));
            }
        }
    }

    /// The values under exactly this phrase.
    #[must_use]
    pub fn exact(&self, phrase: &str) -> Option<&[T]> {
        self.longest_at(phrase, 0).filter(|(end, _)| *end == phrase.len()).map(|(_, values)| values)
    }

    /// The longest phrase that starts at byte `at` of `text` and ends where a word ends: its end in `text`, and its values.
    /// Nothing when `at` is inside a word.
    #[must_use]
    pub fn longest_at(&self, text: &str, at: usize) -> Option<(usize, &[T])> {
        self.all_at(text, at).next()
    }

    /// All phrases that start at byte `at`, longest first, as [`PhraseIndex::longest_at`] gives one.
    pub fn all_at<'s, 't>(&'s self, text: &'t str, at: usize) -> impl Iterator<Item = (usize, &'s [T])> + use<'s, 't, T> {
        let phrases = self.starting_at(text, at).map_or(&[] as &[_], Vec::as_slice);
        phrases.iter().filter_map(move |(phrase, values)| Some((self.match_end(phrase, text, at)?, values.as_slice())))
    }

    fn starting_at(&self, text: &str, at: usize) -> Option<&Vec<(String, Vec<T>)>> {
        let rest = text.as_bytes().get(at..)?;
        if !self.openings.may_begin(rest) {
            return None;
        }
        if text.get(..at)?.chars().next_back().is_some_and(is_word_char) {
            return None;
        }
        let (_, first) = first_word(text, at)?;
        let as_it_is = if self.fold_case { |c: char| c.is_ascii_lowercase() } else { is_word_char };
        if first.chars().all(as_it_is) {
            return self.by_first_word.get(first);
        }
        let mut small = [0; SHORT];
        let folds_case_only = self.fold_case && first.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if let Some(small) = small.get_mut(..first.len()).filter(|_| folds_case_only) {
            small.copy_from_slice(first.as_bytes());
            small.make_ascii_lowercase();
            return self.by_first_word.get(std::str::from_utf8(small).ok()?);
        }
        let key: String = first.chars().map(|c| fold(c, self.fold_case)).collect();
        self.by_first_word.get(&key)
    }

    fn match_end(&self, phrase: &str, text: &str, at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        let mut found = rest.char_indices();
        for expected in phrase.chars() {
            let (_, c) = found.next()?;
            if fold(c, self.fold_case) != expected {
                return None;
            }
        }
        let end = found.next();
        let ends_in_word = phrase.chars().next_back().is_some_and(is_word_char);
        if ends_in_word && end.is_some_and(|(_, c)| is_word_char(c)) {
            return None;
        }
        Some(at + end.map_or(rest.len(), |(offset, _)| offset))
    }
}

/// Words of as many bytes are folded without asking for memory: this is done for every word of a text, several times.
const SHORT: usize = 32;

/// How words begin, as bits in a table (a Bloom filter with one hash): of most words that are none of these it says so.
#[derive(Debug)]
struct Openings([u64; Self::WORDS]);

impl Default for Openings {
    fn default() -> Self {
        Self([0; Self::WORDS])
    }
}

impl Openings {
    /// Numbers of 64 bits, 2 kB: four times as many bits as the names of the lexicon have openings (3,500), and few enough for the nearest cache.
    const WORDS: usize = 256;

    /// First letters that are looked at.
    const LETTERS: usize = 4;

    fn add(&mut self, word: &str) {
        // Words without a place are matched only by such as have none either.
        if let Some((at, bit)) = Self::place(word.as_bytes())
            && let Some(bits) = self.0.get_mut(at)
        {
            *bits |= bit;
        }
    }

    fn may_begin(&self, rest: &[u8]) -> bool {
        Self::place(rest).is_none_or(|(at, bit)| self.0.get(at).is_none_or(|bits| bits & bit != 0))
    }

    /// Where the table has its bit; nothing for words that may fold into others: those with letters beyond ASCII among the first, and signs.
    fn place(word: &[u8]) -> Option<(usize, u64)> {
        if !word.first()?.is_ascii_alphanumeric() {
            return None;
        }
        let mut letters = 0_u32;
        for byte in word.iter().take(Self::LETTERS) {
            match byte {
                _ if byte.is_ascii_alphanumeric() => letters = letters << 8 | u32::from(byte.to_ascii_lowercase()),
                _ if byte.is_ascii() => break,
                _ => return None,
            }
        }
        // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
        let hash = letters.wrapping_mul(0x9e37_79b9) >> (32 - (Self::WORDS * 64).ilog2());
        Some((usize::try_from(hash / 64).ok()?, 1 << (hash % 64)))
    }
}

/// Whether `c` is part of a word for the purposes of boundaries: a letter or a digit.
#[must_use]
pub fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
}

/// The first run of word characters at `at`, or the single character there when it is none (a currency symbol).
fn first_word(text: &str, at: usize) -> Option<(usize, &str)> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    // Most words are all ASCII.
    let plain = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let is_whole = rest.as_bytes().get(plain).is_none_or(u8::is_ascii);
    let end = if is_whole { plain } else { rest.find(|c| !is_word_char(c)).unwrap_or(rest.len()) }.max(first.len_utf8());
    Some((at + end, &rest[..end]))
}

fn fold(c: char, case: bool) -> char {
    match c {
        'a'..='z' => c,
        'A'..='Z' if case => c.to_ascii_lowercase(),
        '’' | '‘' | 'ʼ' | '`' => '\'',
        '-' | '‐' | '‑' | '–' | '\u{a0}' | '\n' | '\t' => ' ',
        _ if case => c.to_lowercase().next().unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::PhraseIndex;

    #[test]
    fn finds_the_longest_phrase_at_word_boundaries() {
        let mut index = PhraseIndex::keeping_case();
        index.insert("Veld", 1);
        index.insert("Veld-i-Nor Front", 2);
        assert_eq!(index.longest_at("the Veld i Nor Front", 4), Some((20, [2].as_slice())));
        assert_eq!(index.longest_at("Veld's", 0), Some((4, [1].as_slice())));
        assert_eq!(index.longest_at("Velden", 0), None);
        assert_eq!(index.longest_at("Neveld", 2), None);
        assert_eq!(index.longest_at("veld", 0), None);
    }

    #[test]
    fn letters_beyond_ascii_fold() {
        let mut index = PhraseIndex::folding_case();
        index.insert("okoye", 1);
        index.insert("Øst", 2);
        index.insert("e-mail", 3);
        assert_eq!(index.longest_at("O\u{212a}oye", 0), Some((7, [1].as_slice())), "the sign for kelvin is a k");
        assert_eq!(index.longest_at("ØST", 0), Some((4, [2].as_slice())));
        assert_eq!(index.longest_at("E\u{2011}mail", 0), Some((8, [3].as_slice())));
        assert_eq!(index.longest_at("Okra", 0), None);
        index.insert("e", 4);
        index.insert("o'er", 5);
        assert_eq!(index.longest_at("e", 0), Some((1, [4].as_slice())));
        assert_eq!(index.longest_at("O’er", 0), Some((6, [5].as_slice())));
    }
}
