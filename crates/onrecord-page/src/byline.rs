//! Names of authors, as pages print them.

use std::ops::Range;

use onrecord_lexicon::Lexicon;

use crate::date;

/// Longest text that may hold a byline.
const BYLINE_LIMIT: usize = 240;

/// Most words in a name.
const NAME_WORDS: usize = 6;

/// Small words inside names.
const PARTICLES: [&str; 24] = [
    "al", "el", "bin", "ibn", "bint", "de", "da", "do", "dos", "del", "della", "di", "du", "van", "von", "der", "den", "ter",
    "la", "le", "ul", "ur", "abu", "ould",
];

/// Accounts that are no author.
const NOBODY: [&str; 20] = [
    "admin",
    "administrator",
    "editor",
    "webmaster",
    "guest",
    "user",
    "staff",
    "root",
    "author",
    "wordpress",
    "anonymous",
    "unknown",
    "redaktion",
    "site admin",
    "news",
    "webdesk",
    "the author",
    "our team",
    "editorial team",
    "team",
];

/// The names in `text`, a byline without its leading word: "Mara Lind and Jon Berg" holds two. Ranges are bytes of `text`.
pub(crate) fn names(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    if text.len() > BYLINE_LIMIT {
        return Vec::new();
    }
    let mut names: Vec<Range<usize>> = Vec::new();
    let mut broken = false;
    for part in parts(text) {
        let start = lead(text.get(part.clone()).unwrap_or(""), 0, lexicon).unwrap_or(0) + part.start;
        let part = trimmed(text, start..part.end);
        let words = text.get(part.clone()).unwrap_or("");
        let is_degree = !names.is_empty() && is_degree(words) && lexicon.outlet_named(words).is_none();
        // "Office for Fish and Ports" is one name that no person has; its last word is no name either.
        let is_tail = broken && !words.contains(' ');
        if !is_degree && !is_tail && is_name(words, lexicon) {
            names.push(part);
        }
        broken = words.split_whitespace().any(|word| matches!(word, "for" | "of" | "the"));
    }
    names
}

/// What stands behind a name and is none: "MD", "Ph.D.".
fn is_degree(words: &str) -> bool {
    let letters: Vec<char> = words.chars().filter(|letter| letter.is_alphabetic()).collect();
    letters.len() <= 5
        && !words.contains(' ')
        && letters.iter().filter(|letter| letter.is_uppercase()).count() * 2 > letters.len()
}

/// Whether a line is a name and nothing else, as sites set it between headline and date: two to four words, no place, no party.
pub(crate) fn is_lone_name(line: &str, lexicon: &Lexicon) -> bool {
    let words = line.split_whitespace().count();
    let known =
        lexicon.names_at(line, 0).is_some() || lexicon.places_at(line, 0).is_some() || lexicon.outlet_named(line).is_some();
    (2..=4).contains(&words)
        && line.len() < 50
        && !line.starts_with("The ")
        && !known
        && line.chars().any(char::is_lowercase)
        && is_name(line, lexicon)
}

/// The names behind the leading words of a byline ("By …", "Written by …") at the start of `line`; none when it has no such words.
pub(crate) fn after_lead(line: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let Some(end) = lead(line, 0, lexicon) else { return Vec::new() };
    let rest = line.get(end..).unwrap_or("");
    // What follows the names is parted from them by a bar, a dot or a dash.
    let len = rest.find(['|', '·', '•', '—', '–', '/']).unwrap_or(rest.len());
    names(rest.get(..len).unwrap_or(""), lexicon).into_iter().map(|range| range.start + end..range.end + end).collect()
}

/// The names behind a date at the start of `line`: "14 Nov 2025 · Mara Lind", "Published 14 Nov 2025 by Mara Lind".
pub(crate) fn after_date(line: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let Some(found) = date::find(line).filter(|found| found.range.start <= DATE_LEAD) else { return Vec::new() };
    let rest = line.get(found.range.end..).unwrap_or("");
    let shown = rest.trim_start_matches([' ', ',', '|', '·', '•', '-', '–', '—', '/', '\u{a0}']);
    let start = line.len() - shown.len();
    let lead = lead(shown, 0, lexicon);
    let name = shown.get(lead.unwrap_or(0)..).unwrap_or("");
    let len = name.find(['|', '·', '•', '—', '–', '/']).unwrap_or(name.len());
    let name = leading_name(name.get(..len).unwrap_or("").trim_end());
    if lead.is_none() && !is_lone_name(name, lexicon) {
        return Vec::new();
    }
    let start = start + lead.unwrap_or(0);
    names(name, lexicon).into_iter().map(|range| range.start + start..range.end + start).collect()
}

/// `line` up to its first word that is in no name: "Mara Lind on behalf of the harbour" starts with a name.
fn leading_name(line: &str) -> &str {
    let mut end = 0;
    for word in line.split_whitespace() {
        if word.starts_with(char::is_lowercase) && !PARTICLES.contains(&word) && word != "and" {
            break;
        }
        end = word.as_ptr().addr() - line.as_ptr().addr() + word.len();
    }
    line.get(..end).unwrap_or("")
}

/// Whether the line is a byline and nothing else ("By Mara Lind and Jon Berg").
pub(crate) fn is_byline(line: &str, lexicon: &Lexicon) -> bool {
    if line.len() > BYLINE_LIMIT || !line.starts_with(char::is_uppercase) {
        return false;
    }
    let names = after_lead(line, lexicon);
    let end = names.last().map_or(0, |last| last.end);
    !names.is_empty() && line.get(end..).is_some_and(|rest| !rest.contains(char::is_alphanumeric))
}

/// Bytes before a date that say what it is of ("Published on").
const DATE_LEAD: usize = 16;

/// Behind the leading words of a byline at byte `at`, if they stand there.
pub(crate) fn lead(line: &str, at: usize, lexicon: &Lexicon) -> Option<usize> {
    let end_of = |list| {
        let end = lexicon.list(list).longest_at(line, at)?;
        let rest = line.get(end..)?;
        let gap = rest.len() - rest.trim_start_matches([' ', ':', '\t', '\u{a0}']).len();
        (gap > 0 && gap < rest.len()).then_some(end + gap)
    };
    end_of("byline-lead").or_else(|| end_of("byline-lead-foreign").filter(|end| opens_with_name(line.get(*end..).unwrap_or(""))))
}

/// Whether two capitalised words come first, or two in a script without capitals. "Von" and "Par" start sentences and names of their own.
fn opens_with_name(rest: &str) -> bool {
    let mut words = rest.split_whitespace().take(2);
    let is_capitalised = |word: &str| word.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase());
    matches!((words.next(), words.next()), (Some(one), Some(two)) if is_capitalised(one) && is_capitalised(two))
}

/// What parts the names of a byline.
const PARTED_BY: [&str; 15] =
    [", and ", " and ", " &amp; ", " & ", ", ", "; ", " | ", " with ", " und ", " et ", " y ", " e ", " ve ", " и ", "، "];

fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let cut = PARTED_BY.iter().find(|cut| rest.starts_with(**cut));
        match cut {
            Some(cut) => {
                parts.push(start..at);
                at += cut.len();
                start = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push(start..text.len());
    parts.into_iter().map(|range| trimmed(text, range)).filter(|range| !range.is_empty()).collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or("");
    let is_edge = |letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '|' | '·' | '•' | '-' | '–' | '—' | '*' | '(' | ')')
    };
    let start = range.start + (part.len() - part.trim_start_matches(is_edge).len());
    start..start + part.trim_matches(is_edge).len()
}

/// Whether `name` may be an author's: a few capitalised words, no address, no account, no furniture.
pub(crate) fn is_name(name: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain = !name.contains(['@', '/', '<', '>', '{', '}', '=', '"', '“', '?', '!', ':', '#', '_', '\\'])
        && !name.chars().any(|letter| letter.is_ascii_digit());
    let lower = name.to_lowercase();
    if words.is_empty() || words.len() > NAME_WORDS || !plain || name.len() > 80 || NOBODY.contains(&&*lower) {
        return false;
    }
    if lower.contains("http")
        || lower.contains(".com")
        || lexicon.list("page-menu").contains(name)
        || lexicon.list("byline-lead").contains(name)
    {
        return false;
    }
    let is_name_word = |word: &&str| {
        let first = word.chars().find(|letter| letter.is_alphabetic());
        first.is_some_and(|first| !first.is_lowercase())
            || PARTICLES.contains(word)
            || lexicon.list("name-particle").contains(word)
    };
    name.chars().filter(|letter| letter.is_alphabetic()).count() >= 3
        && words.iter().all(is_name_word)
        && !words.iter().all(|word| PARTICLES.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{after_lead, names};
    use onrecord_lexicon::Lexicon;

    #[test]
    fn reads_bylines() {
        let lexicon = Lexicon::embedded();
        let of = |line: &'static str| -> Vec<&str> { after_lead(line, lexicon).into_iter().map(|at| &line[at]).collect() };
        assert_eq!(of("By Mara Lind and Jon van Berg | 14 November 2025"), ["Mara Lind", "Jon van Berg"]);
        assert_eq!(of("Written by: Dr. Mara Lind"), ["Dr. Mara Lind"]);
        assert!(of("By sea and by land the army came").is_empty());
        assert_eq!(of("Von Anna Berg und Jon Lind"), ["Anna Berg", "Jon Lind"]);
        assert_eq!(of("Par Mara Lind et Jon Berg"), ["Mara Lind", "Jon Berg"]);
        assert_eq!(of("Por Mara Lind y Jon Berg"), ["Mara Lind", "Jon Berg"]);
        assert_eq!(of("بقلم: مريم العلي"), ["مريم العلي"]);
        assert!(of("Von der Leyen reist ab").is_empty() && of("Por ahora no hay acuerdo").is_empty());
        let of = |line: &'static str| -> Vec<&str> { names(line, lexicon).into_iter().map(|at| &line[at]).collect() };
        assert_eq!(of("By Mara Lind, PhD, admin, m.lind@varda.example"), ["Mara Lind"]);
    }
}
