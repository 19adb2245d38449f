//! Dates as pages write them. A date that can be read two ways is not read at all.

use std::ops::Range;

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundDate {
    /// Where, in bytes of the text.
    pub(crate) range: Range<usize>,
    /// ISO 8601 prefix as precise as the words; `None` when they can be read two ways (`03/04/2025`).
    pub(crate) value: Option<String>,
}

/// Months by their names and the usual short forms, in English.
const MONTHS: [(&str, u32); 24] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// Offsets of the time zones that RFC 822 names.
const ZONES: [(&str, &str); 11] = [
    ("GMT", "Z"),
    ("UTC", "Z"),
    ("UT", "Z"),
    ("Z", "Z"),
    ("EST", "-05:00"),
    ("EDT", "-04:00"),
    ("CST", "-06:00"),
    ("CDT", "-05:00"),
    ("MST", "-07:00"),
    ("MDT", "-06:00"),
    ("PST", "-08:00"),
];

/// The first full date (day, month and year) in `text`.
pub(crate) fn find(text: &str) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
        let found = if byte.is_ascii_digit() && !before.is_ascii_digit() {
            from_digits(text, at)
        } else if byte.is_ascii_alphabetic()
            && (!before.is_ascii_alphabetic() || (before.is_ascii_lowercase() && byte.is_ascii_uppercase()))
        {
            month_first(text, at)
        } else {
            None
        };
        if found.is_some() {
            return found;
        }
        at += 1;
    }
    None
}

/// A date given by a machine: ISO 8601 or RFC 822, else any that [`find`] finds. `value` is whole.
pub(crate) fn parse_stamp(value: &str) -> Option<String> {
    let value = value.trim();
    iso(value, 0).map(|(_, value)| value).or_else(|| rfc822(value)).or_else(|| find(value)?.value)
}

/// The day in the path of an address: `/2025/11/14/`, `/2025-11-14-`. Only a whole day counts, and only between slashes or hyphens.
pub(crate) fn in_path(path: &str) -> Option<(Range<usize>, String)> {
    let is_start = |at: usize| {
        at.checked_sub(1).and_then(|before| path.as_bytes().get(before)).is_some_and(|byte| matches!(byte, b'/' | b'-' | b'_'))
    };
    let starts = path.match_indices("20").map(|(at, _)| at).filter(|at| is_start(*at)).take(8);
    starts.into_iter().find_map(|at| {
        let (end, value) = iso(path, at)?;
        let is_end = path.as_bytes().get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        (is_end && value.len() == 10).then_some((at..end, value))
    })
}

/// Whole days between two dates or stamps, whichever is earlier; `None` when one of them is less precise than a day.
pub(crate) fn days_apart(one: &str, other: &str) -> Option<u64> {
    let days = |value: &str| -> Option<i64> {
        let part = |range: Range<usize>| value.get(range)?.parse::<i64>().ok();
        let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
        // Days since 0000-03-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
    };
    Some((days(one)? - days(other)?).unsigned_abs())
}

fn from_digits(text: &str, at: usize) -> Option<FoundDate> {
    if let Some((end, value)) = iso(text, at) {
        // A year alone or a year and month in running text are no date of publication.
        return (value.len() >= 10).then_some(FoundDate { range: at..end, value: Some(value) });
    }
    day_first(text, at).or_else(|| numeric(text, at))
}

/// `2025-11-14`, `2025/11/14`, with or without a time.
fn iso(text: &str, at: usize) -> Option<(usize, String)> {
    let (year, after) = number(text, at, 4, 4)?;
    let year_ok = (1900..2100).contains(&year);
    let separator = text.as_bytes().get(after).copied();
    if !year_ok {
        return None;
    }
    let Some(separator @ (b'-' | b'/' | b'.')) = separator else {
        return separator.is_none_or(|byte| !byte.is_ascii_alphanumeric()).then(|| (after, format!("{year:04}")));
    };
    let (month, after_month) = number(text, after + 1, 1, 2)?;
    if !(1..=12).contains(&month) {
        return None;
    }
    if text.as_bytes().get(after_month) != Some(&separator) {
        return (separator == b'-' && after_month == text.len()).then(|| (after_month, format!("{year:04}-{month:02}")));
    }
    let (day, after_day) = number(text, after_month + 1, 1, 2)?;
    let date = date(year, month, day)?;
    match time(text, after_day) {
        Some((end, time)) => Some((end, date + &time)),
        None => Some((after_day, date)),
    }
}

/// `T09:30:00.000+05:00` behind a date: its end, and `T09:30:00+05:00`.
fn time(text: &str, at: usize) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    if !matches!(bytes.get(at)?, b'T' | b't' | b' ') {
        return None;
    }
    let (hour, after) = number(text, at + 1, 2, 2)?;
    if bytes.get(after) != Some(&b':') || hour > 24 {
        return None;
    }
    let (minute, mut end) = number(text, after + 1, 2, 2)?;
    let mut value = format!("T{hour:02}:{minute:02}");
    if let Some((second, after)) = number(text, end + 1, 2, 2).filter(|_| bytes.get(end) == Some(&b':')) {
        value.push_str(&format!(":{second:02}"));
        end = after;
        if bytes.get(end) == Some(&b'.') {
            end += 1 + bytes[end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        }
    }
    let zone_at = end + usize::from(bytes.get(end) == Some(&b' '));
    if let Some((zone_end, zone)) = offset(text, zone_at) {
        value.push_str(&zone);
        end = zone_end;
    }
    (minute < 60).then_some((end, value))
}

/// `Z`, `+0500`, `-05:00` or a zone named in RFC 822.
fn offset(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = text.get(at..)?;
    if let Some(sign @ ('+' | '-')) = rest.chars().next() {
        // `+0500`, `+05:00`, and `+05` for whole hours.
        let digits: String = rest.chars().skip(1).take(5).filter(char::is_ascii_digit).collect();
        let colon = usize::from(rest.as_bytes().get(3) == Some(&b':'));
        return match digits.len() {
            4 => Some((at + 5 + colon, format!("{sign}{}:{}", &digits[..2], &digits[2..]))),
            2 => Some((at + 3, format!("{sign}{digits}:00"))),
            _ => None,
        };
    }
    let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (_, value) = ZONES.iter().find(|(name, _)| rest.get(..len).is_some_and(|zone| zone.eq_ignore_ascii_case(name)))?;
    Some((at + len, (*value).to_owned()))
}

/// `Fri, 14 Nov 2025 09:30:00 +0500` (RFC 822, section 5; years as RFC 1123 wants them).
fn rfc822(value: &str) -> Option<String> {
    let at = value.find(|letter: char| letter.is_ascii_digit())?;
    let found = day_first(value, at)?;
    let date = found.value?;
    Some(match time(value, found.range.end) {
        Some((_, time)) => date + &time,
        None => date,
    })
}

/// `14 November 2025`, `14th of Nov., 2025`, `14-Nov-2025`.
fn day_first(text: &str, at: usize) -> Option<FoundDate> {
    let (day, after) = number(text, at, 1, 2)?;
    let after = ordinal(text, after);
    let after = gap(text, after)?;
    let after = if starts_folded(text, after, "of ") { after + 3 } else { after };
    let (month, after) = month(text, after)?;
    let (year, end) = year(text, gap(text, after)?, at)?;
    Some(FoundDate { range: at..end, value: Some(date(year, month, day)?) })
}

/// `November 14, 2025`, `Nov. 14 2025`.
fn month_first(text: &str, at: usize) -> Option<FoundDate> {
    let (month, after) = month(text, at)?;
    let (day, after) = number(text, gap(text, after)?, 1, 2)?;
    let (year, end) = year(text, gap(text, ordinal(text, after))?, at)?;
    Some(FoundDate { range: at..end, value: Some(date(year, month, day)?) })
}

/// `14.11.2025`, `11/14/2025`: read only when the two small numbers cannot change places.
fn numeric(text: &str, at: usize) -> Option<FoundDate> {
    let (first, after) = number(text, at, 1, 2)?;
    let separator = *text.as_bytes().get(after)?;
    if !matches!(separator, b'.' | b'/' | b'-') {
        return None;
    }
    let (second, after) = number(text, after + 1, 1, 2)?;
    if text.as_bytes().get(after) != Some(&separator) {
        return None;
    }
    let (year, end) = number(text, after + 1, 4, 4)?;
    let (day_month, month_day) = (date(year, second, first), date(year, first, second));
    let value = match (day_month, month_day) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => Some(one.or(other)?),
    };
    Some(FoundDate { range: at..end, value })
}

/// The number of `least` to `most` digits at `at`, no digit following, and its end.
fn number(text: &str, at: usize, least: usize, most: usize) -> Option<(u32, usize)> {
    let rest = text.as_bytes().get(at..)?;
    let len = rest.iter().take(most + 1).take_while(|byte| byte.is_ascii_digit()).count();
    if len < least || len > most {
        return None;
    }
    Some((text.get(at..at + len)?.parse().ok()?, at + len))
}

/// The year at `at` of the date that starts at `start`. Copying may glue the same date to it once more ("14 Nov 202514 Nov 2025").
fn year(text: &str, at: usize, start: usize) -> Option<(u32, usize)> {
    let repeated = || {
        let date = text.get(start..at + 4)?;
        text.get(at + 4..)?.starts_with(date).then(|| Some((text.get(at..at + 4)?.parse().ok()?, at + 4)))?
    };
    number(text, at, 4, 4).or_else(repeated)
}

/// Whether the line tells when something was in terms of now ("3 hours ago"), which is no date.
pub(crate) fn is_relative(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let unit = |word: &str| {
        matches!(
            word.trim_end_matches('s').to_ascii_lowercase().as_str(),
            "minute" | "min" | "hour" | "hr" | "h" | "day" | "week" | "month" | "year"
        )
    };
    words.len() <= 8 && words.windows(2).any(|pair| unit(pair[0]) && pair[1].eq_ignore_ascii_case("ago"))
}

/// The month whose name stands at `at`, and the end of the name with its full stop.
fn month(text: &str, at: usize) -> Option<(u32, usize)> {
    let (name, number) = MONTHS.iter().find(|(name, _)| starts_folded(text, at, name))?;
    let end = at + name.len();
    match text.as_bytes().get(end) {
        Some(b'.') => Some((*number, end + 1)),
        Some(byte) if byte.is_ascii_alphabetic() => None,
        _ => Some((*number, end)),
    }
}

fn starts_folded(text: &str, at: usize, start: &str) -> bool {
    text.as_bytes().get(at..at + start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start.as_bytes()))
}

/// Behind the ordinal ending of a day, if it has one.
fn ordinal(text: &str, at: usize) -> usize {
    if ["st", "nd", "rd", "th"].iter().any(|ending| starts_folded(text, at, ending)) { at + 2 } else { at }
}

/// Behind the spaces, commas or hyphen between the parts of a date; `None` when there are none.
fn gap(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let len = rest.iter().take(4).take_while(|byte| matches!(byte, b' ' | b',' | b'-' | b'\t' | b'/')).count();
    // `Nov.14` has none, but the full stop parts them.
    let stopped = at > 0 && text.as_bytes().get(at - 1) == Some(&b'.');
    (len > 0 || stopped).then_some(at + len)
}

fn date(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => return None,
    };
    ((1900..2100).contains(&year) && (1..=days).contains(&day)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::{find, parse_stamp};

    fn value(text: &str) -> Option<String> {
        find(text)?.value
    }

    #[test]
    fn reads_dates_as_pages_write_them() {
        for text in [
            "November 14, 2025",
            "14 November 2025",
            "Nov. 14, 2025",
            "Fri 14th of Nov, 2025",
            "14.11.2025",
            "2025-11-14",
            "2025/11/14",
            "11/14/2025",
        ] {
            assert_eq!(value(text).as_deref(), Some("2025-11-14"), "{text}");
        }
        assert_eq!(value("Published On 14 Nov 202514 Nov 2025").as_deref(), Some("2025-11-14"));
        let glued = "Mara LindBy Mara LindNovember 14, 2025No Comments";
        let found = find(glued).unwrap();
        assert_eq!((&glued[found.range], found.value.as_deref()), ("November 14, 2025", Some("2025-11-14")));
    }

    #[test]
    fn reads_stamps() {
        let read = |text| parse_stamp(text).unwrap();
        assert_eq!(read("2025-11-14T09:30:00+05:00"), "2025-11-14T09:30:00+05:00");
        assert_eq!(read("2025-11-14 09:30:00.123Z"), "2025-11-14T09:30:00Z");
        assert_eq!(read("Fri, 14 Nov 2025 09:30:00 +0500"), "2025-11-14T09:30:00+05:00");
        assert_eq!(read("Fri, 14 Nov 2025 09:30:00 GMT"), "2025-11-14T09:30:00Z");
        assert_eq!(read("2025-11"), "2025-11");
        assert_eq!(parse_stamp("soon"), None);
    }

    #[test]
    fn never_guesses() {
        assert_eq!(find("on 03/04/2025").map(|found| found.value), Some(None));
        assert_eq!(value("on 04.04.2025").as_deref(), Some("2025-04-04"));
        assert_eq!(find("in 2025, in October 2025, on 31 June 2025, 1.2.3, 10-12"), None);
        assert_eq!(find("the marches of 2025"), None);
    }
}
