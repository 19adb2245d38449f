//! Reads numbers: digits, words, both together, ranges, fractions, and words for numbers that are not counted out.

use onrecord_lang::Tag;

use crate::text::Text;

/// A number in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number<'a> {
    /// Token behind it.
    pub(super) end: usize,
    /// Its value; the lower end of a range.
    pub(super) value: f64,
    /// The upper end of a range.
    pub(super) high: Option<f64>,
    /// Written in words.
    pub(super) spelled: bool,
    /// Id of the word that leaves it open ("dozens"): its interval is `value` to `high`.
    pub(super) vague: Option<&'a str>,
    /// A share of a whole, in per cent ("a third of").
    pub(super) is_share: bool,
}

impl Number<'_> {
    fn plain(end: usize, value: f64) -> Self {
        Self { end, value, high: None, spelled: false, vague: None, is_share: false }
    }

    fn spelled(end: usize, value: f64) -> Self {
        Self { spelled: true, ..Self::plain(end, value) }
    }
}

/// The number that starts at the token `at`.
pub(super) fn at<'a>(text: &Text<'a>, at: usize) -> Option<Number<'a>> {
    let between = usize::from(text.lower(at) == "between");
    let first = single(text, at + between)?;
    let joiner = text.lower(first.end);
    let close = matches!(text.word(first.end), "–" | "—");
    // "two or three", but not "10 or 300".
    let or = joiner == "or" && between == 0;
    // "rose from 20 to 30" tells of two numbers, not of one that is not known well.
    let to = joiner == "to" && (at == 0 || text.lower(at - 1) != "from");
    let joined = to || joiner == "and" && between == 1 || close || or;
    if joined && first.vague.is_none() && first.high.is_none() {
        let symbol = usize::from(
            text.lexicon.symbol_at(text.words, text.start(first.end + 1) as usize).is_some()
                && text.tag(first.end + 1) == Tag::Punct,
        );
        let second = single(text, first.end + 1 + symbol).filter(|second| second.vague.is_none() && second.high.is_none());
        if let Some(second) = second.filter(|second| second.value > first.value && (!or || second.value <= 2.0 * first.value)) {
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

fn single<'a>(text: &Text<'a>, at: usize) -> Option<Number<'a>> {
    let is_number = text.tag(at) == Tag::Num && !is_part(text, at);
    if let Some((value, high)) = Some(text.word(at)).filter(|_| is_number).and_then(digits) {
        let (end, scale) = scale(text, at + 1);
        return Some(Number { high: high.map(|high| high * scale), ..Number::plain(end, value * scale) });
    }
    vague(text, at).or_else(|| fraction(text, at)).or_else(|| spelled(text, at))
}

/// "24/7", "2024/25", "9:15": neither number counts anything.
fn is_part(text: &Text<'_>, at: usize) -> bool {
    let bytes = text.words.as_bytes();
    let (start, end) = (text.start(at) as usize, text.start(at) as usize + text.word(at).len());
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let joins = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|mark| matches!(mark, b'/' | b':'));
    joins(start.checked_sub(1)) && is_digit(start.checked_sub(2)) || joins(Some(end)) && is_digit(Some(end + 1))
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
    let (mut at, mut factor) = (at, 1.0);
    // "two hundred thousand"
    while let Some(next) = scale_word(text.lower(at)) {
        factor *= next;
        at += 1;
    }
    (at, factor)
}

fn scale_word(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 1e2,
        "thousand" => 1e3,
        "lakh" => 1e5,
        "million" | "mn" => 1e6,
        "crore" => 1e7,
        "billion" | "bn" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

const WORDS: [(&str, f64); 27] = [
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
];

/// "dozens of", "several hundred": as the lexicon has it, times the words of scale behind it.
fn vague<'a>(text: &Text<'a>, at: usize) -> Option<Number<'a>> {
    let (end, word) = text.lexicon.vague_at(text.words, text.start(at) as usize).filter(|_| at < text.len())?;
    let end = text.token_ending_at(at, end)?;
    let (end, factor) = scale(text, end);
    // The last that still is nine hundred and something.
    let high = if factor > 1.0 { (word.high + 1.0) * factor - 1.0 } else { word.high };
    Some(Number { high: Some(high), vague: Some(&word.id), ..Number::spelled(end, word.low * factor) })
}

/// "half a million", "a third of", "two-thirds of".
fn fraction<'a>(text: &Text<'a>, at: usize) -> Option<Number<'a>> {
    if text.lower(at) == "half" && text.lower(at + 1) == "a" {
        let (end, factor) = scale(text, at + 2);
        return (factor > 1.0).then(|| Number::spelled(end, factor / 2.0));
    }
    let (end, share) = match (text.lower(at), text.lower(at + 1)) {
        ("half", _) => (at + 1, 50.0),
        ("a" | "one", part) => (at + 2, part_of(part)?),
        ("two", "thirds") => (at + 2, 200.0 / 3.0),
        ("three", "quarters") => (at + 2, 75.0),
        ("two-thirds", _) => (at + 1, 200.0 / 3.0),
        ("three-quarters" | "three-fourths", _) => (at + 1, 75.0),
        ("one-third", _) => (at + 1, part_of("third")?),
        ("one-quarter", _) => (at + 1, part_of("quarter")?),
        _ => return None,
    };
    // "a third round" and "half an hour" are none.
    let of_whole = text.lower(end) == "of" || text.lower(at) == "half" && matches!(text.lower(end), "the" | "its" | "their");
    let before = at.checked_sub(1).map_or("", |before| text.lower(before));
    let stands_alone =
        matches!(before, "nearly" | "almost" | "about" | "than") || before == "by" && tells_of_change(text, at - 1);
    let alone = stands_alone && text.tag(end) == Tag::Punct;
    (of_whole || alone).then(|| Number { is_share: true, ..Number::spelled(end, share) })
}

/// Whether "by" tells how much something grew or shrank: "cut by a third". What was "kept by a third" was kept by somebody.
fn tells_of_change(text: &Text<'_>, by: usize) -> bool {
    let list = text.lexicon.list("changed-by");
    (by.saturating_sub(2)..by).any(|at| list.longest_at(text.words, text.start(at) as usize).is_some())
}

fn part_of(word: &str) -> Option<f64> {
    Some(match word {
        "third" => 100.0 / 3.0,
        "quarter" => 25.0,
        "fifth" => 20.0,
        "tenth" => 10.0,
        _ => return None,
    })
}

fn spelled<'a>(text: &Text<'a>, at: usize) -> Option<Number<'a>> {
    if text.lower(at) == "a" {
        let (end, factor) = scale(text, at + 1);
        return (factor > 1.0).then(|| Number::spelled(end, factor));
    }
    let value = word_value(text.lower(at))?;
    let (mut end, factor) = scale(text, at + 1);
    let mut total = value * factor;
    // "two hundred and fifty", "three thousand five hundred".
    let mut smaller_than = factor;
    while smaller_than >= 100.0 {
        let next = end + usize::from(text.lower(end) == "and");
        let Some(more) = word_value(text.lower(next)) else { break };
        let (after, scale) = scale(text, next + 1);
        if more * scale >= smaller_than {
            break;
        }
        total += more * scale;
        end = after;
        smaller_than = scale;
    }
    let of = text.lower(end) == "of" && matches!(text.lower(end + 1), "the" | "them" | "its" | "their" | "those");
    (!of).then(|| Number::spelled(end, total))
}

fn word_value(word: &str) -> Option<f64> {
    let simple = |word: &str| WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    match word.split_once('-') {
        Some((tens, ones)) => Some(simple(tens).filter(|tens| *tens >= 20.0)? + simple(ones).filter(|ones| *ones < 10.0)?),
        None => simple(word),
    }
}
