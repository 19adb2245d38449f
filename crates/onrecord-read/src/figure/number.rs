//! Reads numbers: digits, words, both together, ranges.

use onrecord_lang::Tag;

use crate::text::Text;

/// A number in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// Token behind it.
    pub(super) end: usize,
    /// Its value; the lower end of a range.
    pub(super) value: f64,
    /// The upper end of a range.
    pub(super) high: Option<f64>,
    /// Written in words.
    pub(super) spelled: bool,
    /// "dozens", "hundreds of": only a lower bound.
    pub(super) vague: bool,
}

/// The number that starts at the token `at`.
pub(super) fn at(text: &Text<'_>, at: usize) -> Option<Number> {
    let between = usize::from(text.lower(at) == "between");
    let first = single(text, at + between)?;
    let joiner = text.lower(first.end);
    let joined = joiner == "to" || joiner == "and" && between == 1 || matches!(text.word(first.end), "–" | "—");
    if joined && !first.vague {
        let symbol = usize::from(
            text.lexicon.symbol_at(text.words, text.start(first.end + 1) as usize).is_some()
                && text.tag(first.end + 1) == Tag::Punct,
        );
        if let Some(second) = single(text, first.end + 1 + symbol).filter(|second| second.value > first.value) {
            let scale = if first.value < 1000.0 && second.value >= 1e6 { magnitude(second.value) } else { 1.0 };
            return Some(Number { end: second.end, value: first.value * scale, high: Some(second.value), ..first });
        }
    }
    (between == 0).then_some(first)
}

/// "5 to 6 million": the first number shares the scale of the second.
fn magnitude(value: f64) -> f64 {
    [1e12, 1e9, 1e6].into_iter().find(|scale| value >= *scale).unwrap_or(1.0)
}

fn single(text: &Text<'_>, at: usize) -> Option<Number> {
    if let Some((value, high)) = Some(text.word(at)).filter(|_| text.tag(at) == Tag::Num).and_then(digits) {
        let (end, scale) = scale(text, at + 1);
        return Some(Number { end, value: value * scale, high: high.map(|high| high * scale), spelled: false, vague: false });
    }
    spelled(text, at)
}

/// "3,500", "2.5", "10-12", "15m"; nothing for "1st", "450ms", "10:30".
fn digits(word: &str) -> Option<(f64, Option<f64>)> {
    let plain = |part: &str| -> Option<f64> {
        let joined: String = part.chars().filter(|c| *c != ',').collect();
        let body = joined.trim_end_matches(['m', 'k']);
        let scale = match joined.strip_prefix(body)? {
            "" => 1.0,
            "m" => 1e6,
            "k" => 1e3,
            _ => return None,
        };
        Some(body.parse::<f64>().ok()? * scale)
    };
    if let Some((low, high)) = word.split_once(['-', '–']) {
        let (low, high) = (plain(low)?, plain(high)?);
        return (low < high).then_some((low, Some(high)));
    }
    Some((plain(word)?, None))
}

/// "million" behind a number: the token after it, and its factor.
fn scale(text: &Text<'_>, at: usize) -> (usize, f64) {
    match text.lower(at) {
        "hundred" => (at + 1, 1e2),
        "thousand" => (at + 1, 1e3),
        "lakh" => (at + 1, 1e5),
        "million" | "mn" => (at + 1, 1e6),
        "crore" => (at + 1, 1e7),
        "billion" | "bn" => (at + 1, 1e9),
        "trillion" => (at + 1, 1e12),
        _ => (at, 1.0),
    }
}

const WORDS: [(&str, f64); 28] = [
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("one", 1.0),
    ("a dozen", 12.0),
];

fn spelled(text: &Text<'_>, at: usize) -> Option<Number> {
    let vague = match text.lower(at) {
        "dozens" => Some(24.0),
        "scores" => Some(40.0),
        "hundreds" => Some(200.0),
        "thousands" => Some(2000.0),
        "millions" => Some(2e6),
        _ => None,
    };
    if let Some(value) = vague {
        return Some(vague_number(text, at, value));
    }
    if text.reads(at, &["a", "dozen"]) {
        return Some(Number { end: at + 2, value: 12.0, high: None, spelled: true, vague: false });
    }
    let value = word_value(text.lower(at))?;
    let (end, scale) = scale(text, at + 1);
    let of = text.lower(end) == "of" && matches!(text.lower(end + 1), "the" | "them" | "its" | "their" | "those");
    (!of).then_some(Number { end, value: value * scale, high: None, spelled: true, vague: false })
}

fn word_value(word: &str) -> Option<f64> {
    let simple = |word: &str| WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    match word.split_once('-') {
        Some((tens, ones)) => Some(simple(tens).filter(|tens| *tens >= 20.0)? + simple(ones).filter(|ones| *ones < 10.0)?),
        None => simple(word),
    }
}

/// "hundreds of thousands of": the plural of the first times the second, as a lower bound of twice the unit.
fn vague_number(text: &Text<'_>, at: usize, value: f64) -> Number {
    let larger = match (text.lower(at + 1), text.lower(at + 2)) {
        ("of", "thousands") => Some(1e3),
        ("of", "millions") => Some(1e6),
        _ => None,
    };
    let end = if larger.is_some() { at + 3 } else { at + 1 };
    let of = usize::from(text.lower(end) == "of");
    Number { end: end + of, value: value * larger.unwrap_or(1.0), high: None, spelled: true, vague: true }
}
