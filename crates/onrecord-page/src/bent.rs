//! Words whose spelling was bent to pass filters (`att@cks`), and their ordinary spelling.
//!
//! A word is undone only when that gives a word of the list `bent-word`, or one that the same article also prints straight.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{Lexicon, WordList};
use onrecord_text::{CleanSpan, CleanText, Source, SourceSpan};

use crate::article::Restored;
use crate::run::span;

/// Longest token that is looked at, in bytes.
const TOKEN_LIMIT: usize = 48;

/// Tokens of one article that are looked at, and readings of one token.
const CANDIDATE_LIMIT: usize = 10_000;
const READING_LIMIT: usize = 8;

/// Ends of words. A hyphen before one of them parts no compound: `terror-ist` is bent, `death-toll` is not.
const ENDINGS: [&str; 18] = [
    "s", "es", "ed", "er", "ers", "ing", "ings", "ist", "ists", "ism", "ion", "ions", "tion", "ity", "ities", "ant", "ants", "al",
];

/// Parts of compounds that also occur with a hyphen.
const COMPOUND_PARTS: [&str; 22] = [
    "bath", "battle", "cease", "crack", "down", "field", "fire", "line", "lord", "man", "men", "mine", "monger", "plane",
    "point", "shed", "ship", "thirsty", "time", "toll", "woman", "zone",
];

/// A token that may be bent.
struct Candidate {
    span: SourceSpan,
    readings: Vec<String>,
    /// Parts at hyphens and dots, in lower case, when these are all that is odd.
    parts: Vec<String>,
}

/// Copies of a headline that are looked at, and how far from it, in bytes: a feed may hold a hundred thousand headlines.
const COPY_LIMIT: usize = 8;
const COPY_REACH: usize = 16 * 1024;

/// Where the headline stands: pages repeat it in breadcrumbs and captions.
fn copies(page: &str, headline: SourceSpan) -> Vec<usize> {
    let from = page.floor_char_boundary(headline.range().start.saturating_sub(COPY_REACH));
    let until = page.floor_char_boundary(headline.range().end + COPY_REACH);
    let words = headline.cut(page);
    let near = page.get(from..until).filter(|_| !words.is_empty()).unwrap_or("");
    near.match_indices(words).take(COPY_LIMIT).map(|(at, _)| from + at).collect()
}

/// The bent words of the clean text and of the headline, each of its copies included, in the order of the source.
pub(crate) fn find(source: &Source, clean: &CleanText, title: Option<SourceSpan>, lexicon: &Lexicon) -> Vec<Restored> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (start, token) in tokens(clean.text()).filter(|(_, token)| is_odd(token)) {
        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        candidates.extend(candidate(clean.source_of(CleanSpan::new(at(start), at(start + token.len()))), token));
        if candidates.len() >= CANDIDATE_LIMIT {
            break;
        }
    }
    if let Some(title) = title {
        let odd: Vec<(usize, &str)> = tokens(source.cut(title)).filter(|(_, token)| is_odd(token)).collect();
        let starts = if odd.is_empty() { Vec::new() } else { copies(source.text(), title) };
        for start in starts {
            candidates
                .extend(odd.iter().filter_map(|(at, token)| candidate(span(&(start + at..start + at + token.len())), token)));
        }
    }
    let straight = straight_words(clean.text(), &candidates);
    let mut restored: Vec<Restored> = candidates.iter().filter_map(|candidate| candidate.restored(&straight, lexicon)).collect();
    restored.sort_by_key(|word| (word.span.start(), word.span.end()));
    restored.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
    restored
}

/// Words between white space and dashes, without the punctuation around them, and where they start.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr().addr();
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '—' | '–' | '/' | '…'))
        .filter(|token| token.len() <= TOKEN_LIMIT)
        .filter_map(move |token| {
            let is_edge = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '@' | '$');
            let token = token.trim_start_matches(is_edge).trim_end_matches(|letter: char| !letter.is_alphanumeric());
            let token = token.strip_suffix("'s").or_else(|| token.strip_suffix("’s")).unwrap_or(token);
            (token.len() >= 4).then(|| (token.as_ptr().addr() - base, token))
        })
}

/// Whether a letter of the token is replaced, or parted from the next one by a sign.
fn is_odd(token: &str) -> bool {
    if token.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let latin = token.chars().any(|letter| letter.is_ascii_alphabetic());
    let odd = token.chars().any(|letter| !replacements(letter).is_empty() || is_sign(letter));
    let plain = token.chars().all(|letter| letter.is_ascii_alphabetic() || !replacements(letter).is_empty() || is_sign(letter));
    latin && odd && plain && !is_address(token)
}

/// E-mail addresses, handles and web addresses are never bent words.
fn is_address(token: &str) -> bool {
    let lower = token.to_ascii_lowercase();
    let domain = |rest: &str| rest.contains('.');
    token.starts_with('@') || lower.starts_with("www.") || lower.split_once('@').is_some_and(|(_, rest)| domain(rest))
}

/// Signs put between letters.
const fn is_sign(letter: char) -> bool {
    matches!(letter, '-' | '.' | '_' | '·' | '\u{2010}' | '\u{2011}')
}

/// The Latin letters that a sign, digit or look-alike stands for.
const fn replacements(letter: char) -> &'static str {
    match letter {
        '@' | '4' | 'а' | 'α' => "a",
        '0' | 'о' | 'ο' => "o",
        '1' | '!' | '|' => "il",
        '3' | 'е' | 'ё' | 'ε' => "e",
        '5' | '$' | 'ѕ' => "s",
        '7' | 'т' | 'τ' => "t",
        'і' | 'ι' | 'ı' => "i",
        'с' | 'ϲ' => "c",
        'р' | 'ρ' => "p",
        'х' | 'χ' => "x",
        'у' | 'γ' => "y",
        'ј' => "j",
        'к' | 'κ' => "k",
        'м' => "m",
        'н' => "h",
        'в' => "b",
        'ԁ' => "d",
        'ո' => "n",
        'А' | 'Α' => "A",
        'В' | 'Β' => "B",
        'С' => "C",
        'Е' | 'Ε' => "E",
        'Н' | 'Η' => "H",
        'І' | 'Ι' => "I",
        'К' | 'Κ' => "K",
        'М' | 'Μ' => "M",
        'О' | 'Ο' => "O",
        'Р' | 'Ρ' => "P",
        'Т' | 'Τ' => "T",
        'Х' | 'Χ' => "X",
        'Ѕ' => "S",
        _ => "",
    }
}

fn candidate(span: SourceSpan, token: &str) -> Option<Candidate> {
    let upper = token.chars().filter(char::is_ascii_alphabetic).all(|letter| letter.is_ascii_uppercase());
    let mut readings = vec![String::with_capacity(token.len())];
    for letter in token.chars().filter(|letter| !is_sign(*letter)) {
        let choices = if letter.is_ascii_alphabetic() { None } else { Some(replacements(letter)) };
        let mut next = Vec::with_capacity(readings.len());
        for reading in readings {
            match choices {
                None => next.push(reading + letter.encode_utf8(&mut [0; 4])),
                Some(choices) => next.extend(
                    choices
                        .chars()
                        .map(|choice| format!("{reading}{}", if upper { choice.to_ascii_uppercase() } else { choice })),
                ),
            }
        }
        next.truncate(READING_LIMIT);
        readings = next;
    }
    let only_signs = token.chars().all(|letter| letter.is_ascii_alphabetic() || is_sign(letter));
    let parts = if only_signs { token.to_lowercase().split(is_sign).map(str::to_owned).collect() } else { Vec::new() };
    (!readings.is_empty() && !span.is_empty()).then_some(Candidate { span, readings, parts })
}

impl Candidate {
    fn restored(&self, straight: &BTreeSet<String>, lexicon: &Lexicon) -> Option<Restored> {
        let bent = lexicon.list("bent-word");
        if !self.parts.is_empty() && self.is_compound(straight, bent, lexicon.list("prefix")) {
            return None;
        }
        let is_word = |reading: &&String| {
            bent.contains(reading) || (self.parts.is_empty() && reading.len() >= 5 && straight.contains(&reading.to_lowercase()))
        };
        let restored = self.readings.iter().find(is_word)?;
        Some(Restored { span: self.span, restored: restored.clone() })
    }

    /// Whether all parts are words of their own, as in `counter-attack`, or the sign stands where no word is parted.
    fn is_compound(&self, straight: &BTreeSet<String>, bent: &WordList, prefixes: &WordList) -> bool {
        let is_ordinary = |part: &String| {
            !ENDINGS.contains(&part.as_str())
                && (prefixes.contains(part)
                    || straight.contains(part)
                    || bent.contains(part)
                    || COMPOUND_PARTS.contains(&part.as_str()))
        };
        // `U.S.A`, `e.g`: single letters are initials.
        self.parts.iter().all(|part| part.len() <= 1) || self.parts.iter().all(is_ordinary)
    }
}

/// Which of the candidates' readings and parts the text also prints as they are.
fn straight_words(text: &str, candidates: &[Candidate]) -> BTreeSet<String> {
    let mut wanted: BTreeMap<String, bool> = BTreeMap::new();
    for candidate in candidates {
        wanted.extend(candidate.readings.iter().map(|reading| (reading.to_lowercase(), false)));
        wanted.extend(candidate.parts.iter().map(|part| (part.clone(), false)));
    }
    if !wanted.is_empty() {
        let mut lower = String::new();
        for word in
            text.split(|letter: char| !letter.is_alphabetic() && !is_sign(letter)).filter(|word| word.len() <= TOKEN_LIMIT)
        {
            lower.clear();
            lower.extend(word.trim_matches(is_sign).chars().flat_map(char::to_lowercase));
            if let Some(found) = wanted.get_mut(&lower) {
                *found = true;
            }
        }
    }
    wanted.into_iter().filter(|(_, found)| *found).map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use onrecord_lexicon::Lexicon;
    use onrecord_text::{CleanText, Source};

    fn restored(text: &str) -> Vec<(String, String)> {
        let source = Source::new(text.as_bytes(), text).unwrap();
        let clean = CleanText::apply(&source, &[]).unwrap();
        let found = super::find(&source, &clean, None, Lexicon::embedded());
        found.into_iter().map(|word| (source.cut(word.span).to_owned(), word.restored)).collect()
    }

    #[test]
    fn undoes_bent_words() {
        let pairs = [
            ("att@cks", "attacks"),
            ("terr0rist", "terrorist"),
            ("k!lled", "killed"),
            ("secu-rity", "security"),
            ("at.tack", "attack"),
            ("k\u{456}lled", "killed"),
            ("T3RROR", "TERROR"),
            ("Bl@st", "Blast"),
        ];
        for (bent, straight) in pairs {
            assert_eq!(restored(&format!("Two {bent}, they said.")), [(bent.to_owned(), straight.to_owned())]);
        }
    }

    #[test]
    fn leaves_other_words() {
        let text = "It took 450ms for the F-16 to co-operate; COVID-19, a@b.example, @war, www.war.example, counter-attack, death-toll, cease-fire, U.S.A. \
                    and war.The end, 3rd, 1st, 5.56mm, X-ray, a well-wisher.";
        assert_eq!(restored(text), []);
    }
}
