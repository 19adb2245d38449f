//! What a line of a page is by its own words: furniture, or possibly text.

use onrecord_lexicon::Lexicon;

use crate::agency;

/// Furniture of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chrome {
    /// A menu entry, a button, an advertisement mark.
    Menu,
    /// "Share Facebook Twitter Copy Link".
    Widget,
    /// "Read More: …".
    Promo,
    /// A heading after which no article text comes: "Related Posts".
    End,
    /// "© 2026 …".
    Copyright,
}

/// Longest line looked at, in bytes: furniture is short.
const LINE_LIMIT: usize = 400;

/// Words of the longest promotion that has no colon after its first words.
const PROMO_WORDS: usize = 30;

/// What furniture `line` is, if it is any.
pub(crate) fn chrome(line: &str, lexicon: &Lexicon) -> Option<Chrome> {
    let line = line.trim();
    if line.is_empty() || line.len() > LINE_LIMIT {
        return None;
    }
    let bare = line.trim_matches(|letter: char| {
        letter.is_whitespace()
            || matches!(letter, ':' | '.' | '|' | '»' | '›' | '>' | '+' | '-' | '*' | '[' | ']' | '(' | ')' | '…')
    });
    let is_listed = |name: &str| lexicon.list(name).contains(line) || lexicon.list(name).contains(bare);
    match () {
        () if is_end(line, bare, lexicon) => Some(Chrome::End),
        () if bare.is_empty() || is_listed("page-menu") => Some(Chrome::Menu),
        () if is_staff_credit(bare, lexicon) => Some(Chrome::Widget),
        () if is_widget(line, lexicon) => Some(Chrome::Widget),
        () if is_copyright(line) => Some(Chrome::Copyright),
        () if is_promo(line, lexicon) || asks_reader(line) => Some(Chrome::Promo),
        () => None,
    }
}

/// "(Reporting by Ana Oro; editing by Ben Ude)": who wrote it, where no agency is named.
fn is_staff_credit(bare: &str, lexicon: &Lexicon) -> bool {
    let Some(end) = lexicon.list("staff-credit").longest_at(bare, 0) else { return false };
    let mut names = bare.get(end..).unwrap_or("").split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    names.next().is_some_and(|name| name.starts_with(char::is_uppercase)) && agency::in_credit(bare, lexicon).is_empty()
}

/// A heading of `page-end`: the whole line, or the first words of a short line ("More in International").
fn is_end(line: &str, bare: &str, lexicon: &Lexicon) -> bool {
    let ends = lexicon.list("page-end");
    if ends.contains(bare) || ends.contains(line) {
        return true;
    }
    let opens_short_line = |phrase_end: usize| {
        let opening = line.get(..phrase_end).unwrap_or("");
        opening.split_whitespace().count() >= 2 && word_count(line) <= 6 && !ends_sentence(line)
    };
    let lower = line.get(..line.floor_char_boundary(40)).unwrap_or("").to_ascii_lowercase();
    let opens = END_STARTS.iter().any(|opening| lower.starts_with(opening));
    let listed = opens && ends.longest_at(line, 0).is_some_and(opens_short_line);
    // "More great stories", "More Varda news": what stands between may be anything.
    let more = lower.starts_with("more ")
        && word_count(line) <= 6
        && MORE_ENDS.iter().any(|end| lower.trim_end_matches(':').ends_with(end));
    listed
        || more
        || (NEXT_STARTS.iter().any(|opening| lower.starts_with(opening)) && word_count(line) <= 7 && !ends_sentence(line))
}

/// Starts of headings that go on with the name of a section.
const END_STARTS: [&str; 5] = ["more in", "more from", "latest from", "more on", "related"];
const NEXT_STARTS: [&str; 8] = [
    "next up in",
    "popular on",
    "popular in",
    "most read in",
    "most popular on",
    "most popular in",
    "trending on",
    "recommended for",
];
const MORE_ENDS: [&str; 7] = ["stories", "news", "articles", "coverage", "headlines", "reading", "posts"];

fn is_widget(line: &str, lexicon: &Lexicon) -> bool {
    let widgets = lexicon.list("page-widget");
    let edge = |letter: char| letter.is_ascii_punctuation() && letter != '+';
    let words = || line.split_whitespace().map(|word| word.trim_matches(edge)).filter(|word| !word.is_empty());
    let is_count = |word: &str| {
        word.len() <= 5
            && word.starts_with(|first: char| first.is_ascii_digit())
            && word.trim_end_matches(['k', 'K', 'm', 'M']).bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    words().next().is_some()
        && words().take(40).all(|word| widgets.contains(word) || is_count(word))
        && words().any(|word| widgets.contains(word))
}

/// Whether the line states a copyright: a sign, or the word, and a year or the reservation of rights.
pub(crate) fn is_copyright(line: &str) -> bool {
    if line.len() > REQUEST_LEN {
        return false;
    }
    let lower = line.to_ascii_lowercase();
    let opens = lower.starts_with('©') || lower.starts_with("copyright") || lower.starts_with("(c) ");
    let year = lower
        .as_bytes()
        .windows(4)
        .any(|part| (part.starts_with(b"19") || part.starts_with(b"20")) && part.iter().all(u8::is_ascii_digit));
    (opens && (year || lower.len() < 80)) || (lower.contains('©') && year) || lower.contains("all rights reserved")
}

fn is_promo(line: &str, lexicon: &Lexicon) -> bool {
    let promos = lexicon.list("page-promo");
    let start = line.find(|letter: char| letter.is_alphanumeric()).unwrap_or(0);
    let Some(end) = promos.longest_at(line, start) else { return false };
    let (phrase, rest) = (line.get(start..end).unwrap_or(""), line.get(end..).unwrap_or("").trim_start());
    if phrase.ends_with([':', '|', '–']) || rest.starts_with([':', '|', '»', '>']) || rest.is_empty() {
        return true;
    }
    let is_phrase = phrase.split_whitespace().count() >= 2 && !line.contains(['"', '“', '”']);
    let words = word_count(line);
    // "Follow the money" may open a sentence of the article: a whole sentence is a promotion only when it speaks of the page.
    is_phrase
        && if ends_sentence(line) {
            words <= PROMO_WORDS && speaks_of_page(line)
        } else {
            words <= PROMO_WORDS / 2 && !phrase.to_ascii_lowercase().starts_with("more ")
        }
}

/// Words that name the page, its channels or its newsletter.
const PAGE_WORDS: [&str; 22] = [
    "newsletter",
    "newsletters",
    "app",
    "here",
    "channel",
    "whatsapp",
    "telegram",
    "facebook",
    "twitter",
    "youtube",
    "instagram",
    "stories",
    "article",
    "updates",
    "subscribe",
    "subscriber",
    "coverage",
    "email",
    "inbox",
    "link",
    "podcast",
    "bulletin",
];

fn speaks_of_page(line: &str) -> bool {
    line.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| PAGE_WORDS.iter().any(|listed| word.eq_ignore_ascii_case(listed)))
}

/// What a page wants of its readers.
const WISHES: [&str; 20] = [
    "newsletter",
    "subscribe",
    "subscribed",
    "subscription",
    "sign up",
    "signing up",
    "signed up",
    "your inbox",
    "opt-in",
    "our app",
    "follow us",
    "cookies",
    "privacy policy",
    "terms of service",
    "terms of use",
    "activation link",
    "on twitter",
    "on facebook",
    "on instagram",
    "log in",
];

/// Words with which a page speaks to its readers, or of itself.
const ADDRESS: [&str; 8] = ["you", "your", "our", "us", "please", "agree", "follow", "email"];

/// Most words of a request to the reader.
const REQUEST_WORDS: usize = 45;

/// Longest request and longest statement of copyright, in bytes.
const REQUEST_LEN: usize = 300;

/// A request to the reader ("Get our newsletter in your inbox"). Words that are quoted are somebody's, not the page's.
fn asks_reader(line: &str) -> bool {
    if line.len() > REQUEST_LEN {
        return false;
    }
    let lower = line.to_ascii_lowercase();
    let has_wish = WISHES.iter().any(|wish| lower.contains(wish));
    let addresses = || lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| ADDRESS.contains(&word));
    has_wish
        && word_count(line) <= REQUEST_WORDS
        && !line.contains(['“', '”'])
        && !line.contains('"')
        && addresses()
        && !speaks_of_others(&lower)
}

/// Words of reports: a sentence with one of them tells of somebody else's newsletter.
fn speaks_of_others(lower: &str) -> bool {
    lower
        .split(|letter: char| !letter.is_alphanumeric())
        .any(|word| matches!(word, "said" | "says" | "told" | "wrote" | "posted" | "announced" | "added" | "he" | "she" | "they"))
}

/// Whether the line ends as a sentence does, closing quotation marks aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let line = without_reference(line.trim_end()).trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '*', '_', '」', '』']);
    line.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', ':', ';'])
}

/// A line without the number of a footnote at its end (`[3]`).
fn without_reference(line: &str) -> &str {
    let mut rest = line;
    while let Some(inside) = rest.strip_suffix(']') {
        let bare = inside.trim_end_matches(|letter: char| letter.is_ascii_digit());
        match bare.strip_suffix('[') {
            Some(before) if bare.len() < inside.len() => rest = before,
            _ => break,
        }
    }
    rest
}

/// Number of words.
pub(crate) fn word_count(line: &str) -> usize {
    line.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Starts of captions and of credits below pictures.
const CAPTION_STARTS: [&str; 15] = [
    "photo:",
    "photo by",
    "photograph:",
    "image:",
    "image credit",
    "image source",
    "credit:",
    "picture:",
    "file photo",
    "(photo",
    "(image",
    "source:",
    "getty images",
    "photo credit",
    "listen to this",
];

/// Ends of captions.
const CAPTION_ENDS: [&str; 12] = [
    "/reuters",
    "/afp",
    "/ap",
    "| reuters",
    "| afp",
    "| ap",
    "getty images",
    "file photo",
    "[reuters]",
    "[afp]",
    "via getty images)",
    "/ getty",
];

/// Whether the line is a caption or a credit below a picture.
pub(crate) fn is_caption(line: &str) -> bool {
    if line.len() > REQUEST_LEN {
        return false;
    }
    let lower = line.to_lowercase();
    let credited = lower.rfind('(').or_else(|| lower.rfind('[')).is_some_and(|open| {
        let inside = &lower[open + 1..];
        inside.len() < 60
            && inside.ends_with([')', ']'])
            && [
                "image:",
                "photo:",
                "photo by",
                "getty",
                "file photo",
                "picture:",
                "credit:",
                "file:",
                "/reuters",
                "/afp",
                "/ap",
                "handout",
            ]
            .iter()
            .any(|word| inside.contains(word))
    });
    credited || CAPTION_STARTS.iter().any(|start| lower.starts_with(start)) || CAPTION_ENDS.iter().any(|end| lower.ends_with(end))
}

/// Letters and digits in lower case with single spaces: two lines that say the same have the same key.
pub(crate) fn key(line: &str) -> String {
    let mut key = String::with_capacity(line.len());
    for letter in line.chars() {
        if letter.is_alphanumeric() {
            key.extend(letter.to_lowercase());
        } else if letter.is_whitespace() && !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// Hashes of words as [`key`] folds them, for comparing long texts that come in parts.
#[derive(Debug, Default)]
pub(crate) struct WordHashes {
    done: Vec<u64>,
    /// The word that is being read.
    word: Option<u64>,
}

impl WordHashes {
    /// Reads on; a word may go on in the next part.
    pub(crate) fn push(&mut self, text: &str) {
        for letter in text.chars() {
            let mut add = |letter: char| self.word = Some(fnv(self.word.unwrap_or(FNV_START), letter));
            match letter {
                'a'..='z' | '0'..='9' => add(letter),
                'A'..='Z' => add(letter.to_ascii_lowercase()),
                _ if letter.is_whitespace() => self.done.extend(self.word.take()),
                _ if letter.is_alphanumeric() => letter.to_lowercase().for_each(add),
                _ => {}
            }
        }
    }

    /// The words so far.
    pub(crate) fn take(&mut self) -> Vec<u64> {
        self.done.extend(self.word.take());
        std::mem::take(&mut self.done)
    }
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of FNV-1a: the same on every machine.
fn fnv(hash: u64, letter: char) -> u64 {
    (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3)
}

/// A hash of [`key`], for comparing many lines.
pub(crate) fn key_hash(line: &str) -> u64 {
    let mut hash = FNV_START;
    let mut add = |letter: char| hash = fnv(hash, letter);
    let (mut spaced, mut started) = (false, false);
    for letter in line.chars() {
        if letter.is_alphanumeric() {
            if std::mem::take(&mut spaced) && started {
                add(' ');
            }
            started = true;
            if letter.is_ascii() { add(letter.to_ascii_lowercase()) } else { letter.to_lowercase().for_each(&mut add) }
        } else {
            spaced |= letter.is_whitespace();
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{Chrome, chrome, ends_sentence, key};
    use onrecord_lexicon::Lexicon;

    #[test]
    fn knows_furniture() {
        let lexicon = Lexicon::embedded();
        let of = |line| chrome(line, lexicon);
        assert_eq!(of("Close Menu"), Some(Chrome::Menu));
        assert_eq!(of("Share. Facebook Twitter Email Copy Link WhatsApp"), Some(Chrome::Widget));
        assert_eq!(of("Read More: Varda closes the northern pass"), Some(Chrome::Promo));
        assert_eq!(of("More in Region"), Some(Chrome::End));
        assert_eq!(of("Related Posts"), Some(Chrome::End));
        assert_eq!(of("© 2026 The Varda Post. All rights reserved."), Some(Chrome::Copyright));
        assert_eq!(of("More in the north than in the south, the rains have failed this year."), None);
        assert_eq!(of("The minister left the talks early."), None);
        assert_eq!(of("Related “incidents” were reported along the frontier, the ministry said."), None);
    }

    #[test]
    fn folds_and_finds_ends() {
        assert_eq!(key(" Talks, “open” – again! "), "talks open again");
        assert!(ends_sentence("“We will go,” he said.”") && !ends_sentence("A heading"));
    }
}
