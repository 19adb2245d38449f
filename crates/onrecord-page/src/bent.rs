//! Words whose spelling was bent to pass filters (`att@cks`, `s a n c t i o n s`), and their ordinary spelling.
//!
//! A word is undone only when that gives a word of the list `bent-word`, a name or a word of saying of the lexicon, or a word that the same
//! article also prints straight. What is invisible (soft hyphens, zero-width spaces) is dropped long before, in [`crate::run`].

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{Lexicon, WordList};
use onrecord_text::{CleanSpan, CleanText, Source, SourceSpan};

use crate::article::Restored;
use crate::run::span;

/// Longest token that is looked at, in bytes.
const TOKEN_LIMIT: usize = 64;

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

/// Fewest letters with a blank or a sign between each two that are taken for a word.
const SPACED_LETTERS: usize = 5;

/// Longest row of such letters.
const SPACED_LIMIT: usize = 40;

/// Words whose vowel is starred out of courtesy, and that differ from a word of the list by that vowel.
const OATHS: [&str; 2] = ["shit", "shits"];

/// Readings of a word with so many stars; more than that may be any word.
const STARRED: [&str; 3] = ["", "abcdefghijklmnopqrstuvwxyz", "aeiou"];

/// A token that may be bent.
struct Candidate {
    span: SourceSpan,
    readings: Vec<String>,
    /// Parts at hyphens and dots, in lower case, when these are all that is odd.
    parts: Vec<String>,
    /// What the digits at its edges leave of it: where that is a word, the digits are a footnote's or a number.
    core: Option<String>,
    /// Letters stand where nobody can know them, so that only the list of bent words can tell.
    starred: bool,
    /// A blank stands between each two letters.
    spaced: bool,
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
    let clean_span = |start: usize, len: usize| {
        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        clean.source_of(CleanSpan::new(at(start), at(start + len)))
    };
    let odd = tokens(clean.text()).filter(|(_, token)| is_odd(token)).take(CANDIDATE_LIMIT);
    candidates.extend(odd.filter_map(|(start, token)| candidate(clean_span(start, token.len()), token)));
    let rows = spaced(clean.text()).into_iter().take(CANDIDATE_LIMIT);
    candidates.extend(rows.filter_map(|(start, row)| Candidate::spaced(clean_span(start, row.len()), row)));
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

/// Words between white space and dashes, without the punctuation around them, and where they start. Words of plain letters are left out.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr().addr();
    let parted = |letter: char| matches!(letter, '—' | '–' | '/' | '…');
    text.split_whitespace()
        .filter(|word| !is_plain(word) && !word.contains("://") && !word.starts_with("www."))
        .flat_map(move |word| word.split(parted))
        .filter(|token| token.len() <= TOKEN_LIMIT)
        .filter_map(move |token| {
            let is_edge = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '@' | '$');
            let token = token.trim_start_matches(is_edge).trim_end_matches(|letter: char| !letter.is_alphanumeric());
            let token = token.strip_suffix("'s").or_else(|| token.strip_suffix("’s")).unwrap_or(token);
            (token.len() >= 4).then(|| (token.as_ptr().addr() - base, token))
        })
}

/// Whether a word has ASCII letters only, but for ASCII punctuation around them: most words by far.
fn is_plain(word: &str) -> bool {
    let mut bytes = word.as_bytes();
    while let [b'"' | b'\'' | b'(' | b'[', rest @ ..] = bytes {
        bytes = rest;
    }
    while let [rest @ .., b'"' | b'\'' | b')' | b']' | b'.' | b',' | b';' | b':' | b'?'] = bytes {
        bytes = rest;
    }
    bytes.iter().all(u8::is_ascii_alphabetic)
}

/// Rows of single letters with one blank between each two, and where they start.
fn spaced(text: &str) -> Vec<(usize, &str)> {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let is_blank = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    let mut rows = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let starts =
            is_letter(at) && (at == 0 || bytes[at - 1].is_ascii_whitespace() || matches!(bytes[at - 1], b'"' | b'(' | b'\''));
        let mut end = at + 1;
        while starts
            && bytes.get(end) == Some(&b' ')
            && is_letter(end + 1)
            && (is_blank(end + 2) || bytes[end + 2].is_ascii_punctuation())
        {
            end += 2;
        }
        let letters = (end - at).div_ceil(2);
        if starts && (SPACED_LETTERS..=SPACED_LIMIT).contains(&letters) {
            rows.extend(text.get(at..end).map(|row| (at, row)));
            // "a b o m b"
            let article = matches!(bytes[at], b'a' | b'A');
            rows.extend(text.get(at + 2..end).filter(|_| article).map(|row| (at + 2, row)));
        }
        at = end;
    }
    rows
}

/// Whether a letter of the token is replaced, or parted from the next one by a sign.
fn is_odd(token: &str) -> bool {
    if token.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let stands_for_letter = |letter: char| letter == '*' || styled(letter).is_some() || !replacements(letter).is_empty();
    let letters = token.chars().filter(|letter| letter.is_ascii_alphabetic() || styled(*letter).is_some()).count();
    let plain = token.chars().all(|letter| letter.is_ascii_alphabetic() || stands_for_letter(letter) || is_sign(letter));
    // Of a word at least half is left: `1oo5` is none, and neither is a word in another script that begins with a Latin letter.
    plain && letters > 0 && letters * 2 >= token.chars().filter(|letter| !is_sign(*letter)).count() && !is_address(token)
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

/// The plain letter of a full-width or mathematical one (Unicode, "Halfwidth and Fullwidth Forms" and "Mathematical Alphanumeric Symbols").
fn styled(letter: char) -> Option<char> {
    let code = u32::from(letter);
    let plain = |index: u32, base: u8| u8::try_from(index).ok().map(|index| char::from(base + index));
    match code {
        0xff21..=0xff3a => plain(code - 0xff21, b'A'),
        0xff41..=0xff5a => plain(code - 0xff41, b'a'),
        0x1d400..=0x1d6a3 => match (code - 0x1d400) % 52 {
            index @ 0..26 => plain(index, b'A'),
            index => plain(index - 26, b'a'),
        },
        _ => None,
    }
}

/// The Latin letters that a sign, digit or look-alike stands for (look-alikes as Unicode's `confusables.txt` pairs them).
const fn replacements(letter: char) -> &'static str {
    match letter {
        '@' | '4' | 'а' | 'α' | 'ɑ' => "a",
        '0' | 'о' | 'ο' | 'օ' => "o",
        '1' | '!' | '|' => "il",
        '3' | 'е' | 'ё' | 'ε' => "e",
        '5' | '$' | 'ѕ' | 'ꜱ' => "s",
        '7' | 'т' | 'τ' => "t",
        'і' | 'ι' | 'ı' | 'ɩ' => "i",
        'ӏ' | 'ⅼ' => "l",
        'с' | 'ϲ' => "c",
        'р' | 'ρ' => "p",
        'х' | 'χ' => "x",
        'у' | 'γ' | 'ү' => "y",
        'ј' => "j",
        'к' | 'κ' => "k",
        'м' => "m",
        'н' | 'һ' | 'հ' => "h",
        'в' => "b",
        'ԁ' | 'ⅾ' => "d",
        'ո' | 'п' | 'η' => "n",
        'ν' | 'ѵ' => "v",
        'υ' | 'ս' => "u",
        'ԝ' | 'ω' => "w",
        'ɡ' => "g",
        'г' => "r",
        'А' | 'Α' => "A",
        'В' | 'Β' => "B",
        'С' => "C",
        'Е' | 'Ε' => "E",
        'Н' | 'Η' => "H",
        'І' | 'Ι' | 'Ӏ' => "I",
        'Ј' => "J",
        'К' | 'Κ' => "K",
        'М' | 'Μ' => "M",
        'Ν' => "N",
        'О' | 'Ο' => "O",
        'Р' | 'Ρ' => "P",
        'Т' | 'Τ' => "T",
        'У' | 'Υ' => "Y",
        'Х' | 'Χ' => "X",
        'Ѕ' => "S",
        'Ζ' => "Z",
        _ => "",
    }
}

fn candidate(span: SourceSpan, token: &str) -> Option<Candidate> {
    let upper = token.chars().filter(char::is_ascii_alphabetic).all(|letter| letter.is_ascii_uppercase());
    let stars = token.matches('*').count();
    let starred = STARRED.get(stars)?;
    let mut readings = vec![String::with_capacity(token.len())];
    for letter in token.chars().filter(|letter| !is_sign(*letter)) {
        let choices = match letter {
            '*' => starred,
            _ if letter.is_ascii_alphabetic() || styled(letter).is_some() => {
                readings.iter_mut().for_each(|reading| reading.push(styled(letter).unwrap_or(letter)));
                continue;
            }
            _ => replacements(letter),
        };
        let cased = |choice: char| if upper { choice.to_ascii_uppercase() } else { choice };
        let with = |reading: &String| choices.chars().map(|choice| format!("{reading}{}", cased(choice))).collect::<Vec<_>>();
        readings = readings.iter().flat_map(with).collect();
        if stars == 0 {
            readings.truncate(READING_LIMIT);
        }
    }
    let only_signs = token.chars().all(|letter| letter.is_ascii_alphabetic() || is_sign(letter));
    let parts = if only_signs { token.to_lowercase().split(is_sign).map(str::to_owned).collect() } else { Vec::new() };
    // A single low line joins the words of a name in a program.
    if token.contains('_') && parts.iter().any(|part| part.len() > 1) {
        return None;
    }
    let core = token.trim_matches(|letter: char| letter.is_ascii_digit());
    let core = (core.len() < token.len()).then(|| core.to_lowercase());
    let is_word = !readings.is_empty() && !span.is_empty();
    is_word.then_some(Candidate { span, readings, parts, core, starred: stars > 0, spaced: false })
}

impl Candidate {
    fn spaced(span: SourceSpan, row: &str) -> Option<Self> {
        let reading: String = row.chars().filter(|letter| *letter != ' ').collect();
        (!span.is_empty()).then(|| Self {
            span,
            readings: vec![reading],
            parts: Vec::new(),
            core: None,
            starred: false,
            spaced: true,
        })
    }

    fn restored(&self, straight: &BTreeSet<String>, lexicon: &Lexicon) -> Option<Restored> {
        let bent = lexicon.list("bent-word");
        if self.spaced {
            let word = self.readings.iter().find(|reading| bent.contains(reading))?;
            return Some(Restored { span: self.span, restored: word.clone() });
        }
        if !self.parts.is_empty() && self.is_compound(straight, bent, lexicon.list("prefix")) {
            return None;
        }
        let is_straight = |reading: &str| reading.len() >= 5 && straight.contains(&reading.to_lowercase());
        let is_name =
            |reading: &str| reading.len() >= 5 && lexicon.names_at(reading, 0).is_some_and(|(end, _)| end == reading.len());
        let is_saying = |reading: &str| lexicon.sayings_at(reading, 0).any(|(end, _)| end == reading.len());
        let is_listed = |reading: &str| bent.contains(reading) || is_saying(reading);
        if self.core.as_deref().is_some_and(|core| straight.contains(core) || is_listed(core)) {
            return None;
        }
        if self.starred {
            let mut words = self.readings.iter().filter(|reading| bent.contains(reading));
            let only = words.next().filter(|_| words.next().is_none())?;
            let is_oath = self.readings.iter().any(|reading| OATHS.contains(&&*reading.to_lowercase()));
            return (!is_oath).then(|| Restored { span: self.span, restored: only.clone() });
        }
        let is_word = |reading: &&String| {
            bent.contains(reading) || (self.parts.is_empty() && (is_saying(reading) || is_straight(reading) || is_name(reading)))
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
        // `U.S.A`, `e.g`: single letters are initials, unless there are so many of them that they spell a word of the list.
        let are_letters = self.parts.iter().all(|part| part.len() <= 1);
        (are_letters && self.parts.len() < SPACED_LETTERS) || (!are_letters && self.parts.iter().all(is_ordinary))
    }
}

/// Which of the candidates' readings and parts the text also prints as they are.
fn straight_words(text: &str, candidates: &[Candidate]) -> BTreeSet<String> {
    let mut wanted: BTreeMap<String, bool> = BTreeMap::new();
    for candidate in candidates {
        wanted.extend(candidate.readings.iter().map(|reading| (reading.to_lowercase(), false)));
        wanted.extend(candidate.parts.iter().map(|part| (part.clone(), false)));
        wanted.extend(candidate.core.iter().map(|core| (core.clone(), false)));
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
