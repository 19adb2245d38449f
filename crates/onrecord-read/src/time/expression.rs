//! Finds expressions of time and says what they mean, before any calendar.

use jiff::civil::Weekday;
use onrecord_lang::Tag;
use onrecord_text::CleanSpan;

use crate::text::Text;

/// An expression of time in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) span: CleanSpan,
    pub(super) meaning: Meaning,
}

/// What an expression means, relative to the day of publication where it is relative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A calendar date, as far as it is given.
    Date { year: Option<i16>, month: Option<i8>, day: Option<i8> },
    /// A day of the week.
    Weekday(Weekday, Shift),
    /// So many days later.
    Days(i32),
    /// The week so many weeks later.
    Week(i32),
    /// The month so many months later.
    Month(i32),
    /// The year so many years later.
    Year(i32),
}

/// Which day of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// The last one, today included.
    Past,
    /// The last one before today.
    Last,
    /// The next one.
    Next,
}

/// All expressions, in order, longest first at each place.
pub(super) fn find(text: &Text<'_>) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match date(text, at).or_else(|| weekday(text, at)).or_else(|| relative(text, at)).or_else(|| year(text, at)) {
            Some((end, meaning)) => {
                found.push(Expression { span: text.span(&(at..end)), meaning });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// "November 7, 2025", "7 November", "Nov. 2025", "2025-11-07".
fn date(text: &Text<'_>, at: usize) -> Option<(usize, Meaning)> {
    if let Some(iso) = iso_date(text.word(at)) {
        return Some((at + 1, iso));
    }
    if let Some(month) = month(text, at) {
        let day = day_number(text, at + 1);
        let after_day = at + 1 + usize::from(day.is_some());
        let comma = usize::from(day.is_some() && text.word(after_day) == ",");
        return Some(with_year(text, after_day, comma, month, day));
    }
    let day = day_number(text, at)?;
    let of = usize::from(text.lower(at + 1) == "of");
    let month = month(text, at + 1 + of)?;
    let end = at + 2 + of;
    Some(with_year(text, end, usize::from(text.word(end) == ","), month, Some(day)))
}

fn with_year(text: &Text<'_>, end: usize, comma: usize, month: i8, day: Option<i8>) -> (usize, Meaning) {
    let year = year_number(text.word(end + comma));
    let stop = if year.is_some() { end + comma + 1 } else { end };
    (stop, Meaning::Date { year, month: Some(month), day })
}

fn iso_date(word: &str) -> Option<Meaning> {
    let parts: Vec<&str> = word.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    Some(Meaning::Date { year: Some(year_number(year)?), month: Some(month), day: Some(day) })
}

/// A month's name with a capital; "May" and "March" only where a day or a year stands by or a preposition precedes.
fn month(text: &Text<'_>, at: usize) -> Option<i8> {
    let word = text.word(at);
    let lower = text.lower(at).trim_end_matches('.');
    let number = MONTHS.iter().position(|names| names.contains(&lower))?;
    let capital = word.starts_with(char::is_uppercase);
    let doubtful = matches!(lower, "may" | "march");
    let dated = day_number(text, at + 1).is_some()
        || year_number(text.word(at + 1)).is_some()
        || at > 0 && day_number(text, at - 1).is_some();
    let governed =
        at > 0 && matches!(text.lower(at - 1), "in" | "since" | "last" | "until" | "by" | "of" | "early" | "late" | "mid");
    (capital && (!doubtful || dated || governed)).then(|| i8::try_from(number + 1).ok()).flatten()
}

const MONTHS: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

fn day_number(text: &Text<'_>, at: usize) -> Option<i8> {
    let digits = text.lower(at).trim_end_matches(|c: char| c.is_ascii_lowercase());
    let suffix = &text.lower(at)[digits.len()..];
    let day: i8 = digits.parse().ok()?;
    (matches!(suffix, "" | "st" | "nd" | "rd" | "th") && (1..=31).contains(&day) && digits.len() <= 2).then_some(day)
}

fn year_number(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    (word.len() == 4 && (1900..2100).contains(&year)).then_some(year)
}

/// "in 2021", "since 2021", "the 2020 agreement": a number that a preposition or determiner shows to be a year.
fn year(text: &Text<'_>, at: usize) -> Option<(usize, Meaning)> {
    let year = year_number(text.word(at))?;
    let before = at.checked_sub(1).map_or("", |before| text.lower(before));
    let governed =
        ["in", "since", "by", "until", "from", "during", "of", "the", "before", "after", "late", "early", "mid", "through"]
            .contains(&before);
    let counts =
        text.tag(at + 1) == Tag::X && text.lower(at + 1).ends_with('s') && before != "in" && before != "since" && before != "the";
    (governed && !counts).then_some((at + 1, Meaning::Date { year: Some(year), month: None, day: None }))
}

fn weekday(text: &Text<'_>, at: usize) -> Option<(usize, Meaning)> {
    let (shift, named) = match text.lower(at) {
        "last" => (Shift::Last, at + 1),
        "next" | "coming" => (Shift::Next, at + 1),
        _ => (Shift::Past, at),
    };
    let weekday = match text.lower(named) {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    };
    Some((named + 1, Meaning::Weekday(weekday, shift)))
}

/// "yesterday", "earlier this week", "last month".
fn relative(text: &Text<'_>, at: usize) -> Option<(usize, Meaning)> {
    let single = match text.lower(at) {
        "today" | "tonight" => Some(Meaning::Days(0)),
        "yesterday" => Some(Meaning::Days(-1)),
        "tomorrow" => Some(Meaning::Days(1)),
        _ => None,
    };
    if let Some(meaning) = single {
        return Some((at + 1, meaning));
    }
    let lead = usize::from(matches!(text.lower(at), "earlier" | "later" | "late" | "early"));
    let shift = match text.lower(at + lead) {
        "this" => 0,
        "last" => -1,
        "next" => 1,
        _ => return None,
    };
    let meaning = match text.lower(at + lead + 1) {
        "week" => Meaning::Week(shift),
        "month" => Meaning::Month(shift),
        "year" => Meaning::Year(shift),
        _ => return None,
    };
    Some((at + lead + 2, meaning))
}
