//! Places on the calendar: days, months, seasons, quarters, years, decades, centuries, feasts.

use onrecord_lexicon::TimeWordKind as Kind;

use super::meaning::{Clock, Part, Point, Season, Years};
use super::pieces::Pieces;

/// Where an expression ends, and the place on the calendar.
pub(super) type Placed = Option<(usize, Point)>;

/// The longest place on the calendar that begins at `at`. `governed`: the words before show that a time follows, so that a bare number may be
/// a year and "may" a month.
pub(super) fn point(p: &Pieces<'_, '_>, at: usize, governed: bool) -> Placed {
    let rules = [date, iso, season, quarter, half, decade, century, holiday];
    let found = rules.iter().filter_map(|rule| rule(p, at, governed)).max_by_key(|(end, _)| *end);
    longer(found, year_alone(p, at, governed))
}

fn longer(one: Placed, other: Placed) -> Placed {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0 > one.0 { other } else { one }),
        _ => one.or(other),
    }
}

fn with_part(part: Part) -> Point {
    Point { part, ..Point::default() }
}

/// "Friday, 7 November 2025", "November 7, 2025", "the 7th of November", "November 2025", "September 480 BC".
fn date(p: &Pieces<'_, '_>, at: usize, governed: bool) -> Placed {
    if let Some((next, weekday)) = weekday(p, at) {
        let next = p.past(next, &[","]);
        let next = p.past(next, &["the"]);
        let (end, date) = date(p, next, governed)?;
        return matches!(date.part, Part::Day(..)).then_some((end, Point { weekday: Some(weekday), ..date }));
    }
    day_first(p, at).or_else(|| month_first(p, at, governed))
}

fn day_first(p: &Pieces<'_, '_>, at: usize) -> Placed {
    let (next, day) = day(p, at)?;
    let (end, month, _) = month(p, p.past(next, &["of"]))?;
    let (end, years) = year_behind(p, end);
    Some((end, Point { years, ..with_part(Part::Day(month, day)) }))
}

fn month_first(p: &Pieces<'_, '_>, at: usize, governed: bool) -> Placed {
    let (next, month, doubtful) = month(p, at)?;
    if let Some((end, day)) = day(p, p.past(next, &["the"])).filter(|(end, _)| !is_clock(p, *end)) {
        let (end, years) = year_behind(p, end);
        return Some((end, Point { years, ..with_part(Part::Day(month, day)) }));
    }
    let (end, years) = year_behind(p, next);
    let clear = !doubtful || years.is_some() || governed || is_governed(p, at);
    clear.then_some((end, Point { years, ..with_part(Part::Month(month)) }))
}

/// "5" of "April 5:30" is no day.
fn is_clock(p: &Pieces<'_, '_>, after: usize) -> bool {
    p.is(after, ":") && p.is_glued(after)
}

/// Words before a month or a year that show it to be one.
const GOVERNORS: [&str; 25] = [
    "in",
    "since",
    "until",
    "till",
    "by",
    "of",
    "from",
    "to",
    "during",
    "through",
    "throughout",
    "before",
    "after",
    "between",
    "around",
    "circa",
    "early",
    "late",
    "mid",
    "last",
    "next",
    "this",
    "for",
    "on",
    "about",
];

fn is_governed(p: &Pieces<'_, '_>, at: usize) -> bool {
    p.follows(at, &GOVERNORS)
}

fn month(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, i8, bool)> {
    let clear = p.word(at, Kind::Month).map(|word| (word, false));
    let ((end, value), doubtful) = clear.or_else(|| Some((p.word(at, Kind::DoubtfulMonth)?, true)))?;
    let stopped = end + usize::from(doubtful && p.is(end, ".") && p.is_glued(end) && p.digits(end + 1).is_some());
    p.is_capital(at).then_some((stopped, value.parse().ok()?, doubtful))
}

pub(super) fn weekday(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, i8)> {
    let (end, value) = p.word(at, Kind::Weekday)?;
    Some((end, value.parse().ok()?))
}

/// "7", "7th": 1 to 31, and no part of a greater number, an amount or a time of day.
pub(super) fn day(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, i8)> {
    if let Some((end, value)) = p.word(at, Kind::Ordinal).filter(|(end, _)| p.is(*end, "of") && month(p, end + 1).is_some()) {
        return Some((end, value.parse().ok()?));
    }
    let (length, number) = p.digits(at)?;
    let after = at + 1;
    let ordinal = p.is_glued(after) && p.is_any(after, &["st", "nd", "rd", "th"]);
    let end = after + usize::from(ordinal);
    let whole = !(p.is_glued(at) && p.follows(at, &[".", ",", ":", "/", "$", "£", "€", "+"]) && !p.follows(at, &["("]))
        && !(p.is_glued(end) && !p.is_dash(end) && (p.is_any(end, &["%", "/"]) || p.at(end).starts_with(char::is_alphabetic)))
        && !(p.is_any(end, &[".", ","]) && p.is_glued(end) && p.is_glued(end + 1) && p.digits(end + 1).is_some());
    (length <= 2 && (1..=31).contains(&number) && whole).then(|| Some((end, i8::try_from(number).ok()?)))?
}

/// The year that completes a day or a month: "2025", ", 2025", "of 2025".
fn year_behind(p: &Pieces<'_, '_>, at: usize) -> (usize, Option<Years>) {
    [at, p.past(at, &[","]), p.past(at, &["of"])]
        .into_iter()
        .find_map(|next| year(p, next))
        .map_or((at, None), |(end, years)| (end, Some(years)))
}

/// "1943", "480 BC", "AD 70".
pub(super) fn year(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Years)> {
    if let Some((next, "AD")) = p.word(at, Kind::Era) {
        let (_, number) = p.digits(next)?;
        return Some((next + 1, Years::Year(i16::try_from(number).ok()?)));
    }
    let (length, number) = p.digits(at)?;
    let end = at + 1;
    if let Some((stop, era)) = p.word(end, Kind::Era).filter(|_| p.is_capital(end) || p.is(end + 1, ".")) {
        let number = i16::try_from(number).ok()?;
        return Some((stop, Years::Year(if era == "BC" { 1 - number } else { number })));
    }
    let glued = |n: usize| p.is_glued(n) && n < p.len();
    let cut_off = glued(at) && p.follows(at, &[",", ".", "$", "£", "€", "#", "/"]) && p.digits(at.saturating_sub(2)).is_some()
        || glued(at) && p.follows(at, &["$", "£", "€", "#"])
        || glued(end) && p.at(end).starts_with(char::is_alphabetic)
        || glued(end) && p.is_any(end, &[",", "."]) && glued(end + 1) && p.digits(end + 1).is_some()
        || p.is(end, "%");
    (length == 4 && (1000..2200).contains(&number) && !cut_off).then(|| Some((end, Years::Year(i16::try_from(number).ok()?))))?
}

/// A number that nothing else counts with: "in 2021", "(1943)", "the 2020 agreement"; not "1500 soldiers".
fn year_alone(p: &Pieces<'_, '_>, at: usize, governed: bool) -> Placed {
    let named = p.is(at, "year") || p.is(at, "years");
    let (end, years) = year(p, at + usize::from(named))?;
    let certain = governed || named || end > at + 1;
    let place = |end| Some((end, Point { years: Some(years), ..Point::default() }));
    if certain {
        return place(end);
    }
    let Years::Year(number) = years else { return None };
    let ranged = p.is_dash(end) && year(p, end + 1).is_some();
    let marked = ranged
        || is_governed(p, at)
        || p.follows(at, &["(", "the", ",", "and", "a", "its", "their"])
        || at == 0
        || p.at(at - 1).is_empty();
    // Round numbers count more often than they date.
    let round = number % 50 == 0 || number < 1400;
    let dates = !p.follows(at, &["of", "to", "for", "about", "around", "on", "a", "its", "their"]);
    let likely = !round || number % 100 != 0 && number >= 1400 || is_governed(p, at) && dates;
    let counts = match counted(p, end) {
        Counted::Surely => true,
        Counted::Perhaps => round && !p.follows(at, &["the", "in", "since", "by"]) || !marked,
        Counted::No => false,
    };
    (likely && !counts && (marked || !is_name_or_sum(p, at))).then_some(())?;
    place(end)
}

/// Whether the words behind a number are counted by it.
#[derive(PartialEq, Eq)]
enum Counted {
    /// "people", "tonnes".
    Surely,
    /// Any plural: "1943 houses" and "1913 levels" look the same.
    Perhaps,
    No,
}

fn counted(p: &Pieces<'_, '_>, at: usize) -> Counted {
    if !p.at(at).starts_with(char::is_lowercase) {
        return Counted::No;
    }
    let (token, place) = (p.token(at), p.start(at) as usize);
    let (lexicon, words) = (p.text.lexicon, p.text.words);
    let listed = lexicon.list("counted-person").longest_at(words, place).is_some() || lexicon.unit_at(words, place).is_some();
    let plural = p.text.penn(token) == "NNS" || p.text.universal(token) == "ADJ" && p.text.penn(token + 1) == "NNS";
    match (listed || p.word(at, Kind::Unit).is_some(), plural) {
        (true, _) => Counted::Surely,
        (false, true) => Counted::Perhaps,
        _ => Counted::No,
    }
}

/// Whether the number is part of a name or of a sum: "Resolution 1973", "nearly 1943", "$ 1900".
fn is_name_or_sum(p: &Pieces<'_, '_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    p.is_capital(before) && p.word(before, Kind::Month).is_none()
        || p.word(before, Kind::Bound).is_some()
        || p.is_any(before, &["no", "$", "#"])
        || p.is(before, ".") && p.is_any(before.wrapping_sub(1), &["no", "nos"])
}

/// "2025-11-07".
fn iso(p: &Pieces<'_, '_>, at: usize, _: bool) -> Placed {
    let two = |n: usize| {
        p.digits(n).filter(|(length, _)| *length == 2 && p.is_glued(n)).and_then(|(_, number)| i8::try_from(number).ok())
    };
    let (_, years) = year(p, at)?;
    let dashes = p.is(at + 1, "-") && p.is_glued(at + 1) && p.is(at + 3, "-") && p.is_glued(at + 3);
    let (month, day) = (two(at + 2)?, two(at + 4)?);
    let valid = dashes && (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then_some((at + 5, Point { years: Some(years), ..with_part(Part::Day(month, day)) }))
}

/// "the summer of 1943", "summer 1943", "1943 summer"; a season alone where it is no name ("the Winter War").
fn season(p: &Pieces<'_, '_>, at: usize, governed: bool) -> Placed {
    if let Some((next, years)) = year(p, at) {
        let (end, season) = season_word(p, next)?;
        return Some((end, Point { years: Some(years), ..with_part(Part::Season(season)) }));
    }
    let (next, season) = season_word(p, at)?;
    if let (end, Some(years)) = year_behind(p, next) {
        return Some((end, Point { years: Some(years), ..with_part(Part::Season(season)) }));
    }
    // "The Winter Palace" is a name, "to fall" a verb, "a spring" may be one of water.
    let named = p.is_capital(at) && (p.is_capital(next) || !is_governed(p, at));
    let clear = match p.at(at).to_ascii_lowercase().as_str() {
        "fall" | "spring" => {
            let ended =
                p.follows(at, &["the"]) && (p.is_any(next, &["and", "or"]) || !p.at(next).starts_with(char::is_alphanumeric));
            let before = ["in", "by", "since", "until", "during", "early", "late", "mid", "last", "next", "this"];
            governed || p.follows(at, &before) || ended
        }
        _ => true,
    };
    (clear && !named && !p.is(next, "of")).then_some((next, with_part(Part::Season(season))))
}

pub(super) fn season_word(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Season)> {
    let (end, value) = p.word(at, Kind::Season)?;
    Some((end, Season::parse(value)?))
}

/// "the third quarter of 2024", "Q3 2025".
fn quarter(p: &Pieces<'_, '_>, at: usize, _: bool) -> Placed {
    let (next, number) = if p.is(at, "q") {
        (at + 2, i8::try_from(p.digits(at + 1).filter(|_| p.is_glued(at + 1))?.1).ok()?)
    } else {
        let (next, number) = ordinal(p, at)?;
        (p.is(next, "quarter").then_some(next + 1)?, number)
    };
    let (end, years) = year_behind(p, next);
    // "A quarter of the town" is no time, "the first quarter of the year" is.
    let of_year = p.is(next, "of") && p.is_any(next + 1, &["the", "this", "last", "next"]) && p.is(next + 2, "year");
    let end = if of_year { next + 3 } else { end };
    ((1..=4).contains(&number) && (years.is_some() || !p.is(next, "of") || of_year))
        .then_some((end, Point { years, ..with_part(Part::Quarter(number)) }))
}

/// "the second half of 2008".
fn half(p: &Pieces<'_, '_>, at: usize, _: bool) -> Placed {
    let (next, number) = if p.is_any(at, &["latter", "last"]) { (at + 1, 2) } else { ordinal(p, at)? };
    let next = p.is(next, "half").then_some(next + 1)?;
    let (end, years) = year_behind(p, next);
    (years.is_some() && (1..=2).contains(&number)).then_some((end, Point { years, ..with_part(Part::Half(number)) }))
}

/// "the 1930s", "the 1980's", "the 470s BC".
fn decade(p: &Pieces<'_, '_>, at: usize, _: bool) -> Placed {
    let (length, number) = p.digits(at).filter(|(_, number)| number % 10 == 0)?;
    let ending = at + 1 + usize::from(p.is_apostrophe(at + 1));
    let plural = p.is(ending, "s") && p.is_glued(ending) && p.is_glued(at + 1);
    let end = ending + 1;
    let era = p.word(end, Kind::Era);
    // A decade of antiquity has three digits; "90s" may be anything.
    let fits = plural && (length == 4 && (1000..2200).contains(&number) || length == 3 && (100..1000).contains(&number));
    let before_christ = length == 3;
    let tens = i16::try_from(number / 10).ok()?;
    fits.then_some((
        era.map_or(end, |(stop, _)| stop),
        Point { years: Some(Years::Decade { tens, before_christ }), ..Point::default() },
    ))
}

/// "the 19th century", "the third century BC", "eighteenth-century".
fn century(p: &Pieces<'_, '_>, at: usize, _: bool) -> Placed {
    let (next, number) = ordinal(p, at)?;
    let next = next + usize::from(p.is_dash(next));
    let end = p.is_any(next, &["century", "centuries"]).then_some(next + 1)?;
    let era = p.word(end, Kind::Era);
    let before_christ = era.is_some_and(|(_, era)| era == "BC");
    let number = i16::from(number);
    let hundreds = number - 1;
    Some((
        era.map_or(end, |(stop, _)| stop),
        Point { years: Some(Years::Century { hundreds, before_christ }), ..Point::default() },
    ))
}

/// "third", "3rd", "twenty-first".
pub(super) fn ordinal(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, i8)> {
    if let Some((end, value)) = p.word(at, Kind::Ordinal) {
        return Some((end, value.parse().ok()?));
    }
    if let Some((next, tens)) = p.word(at, Kind::Number).filter(|(_, value)| value.len() == 2 && value.ends_with('0')) {
        let (end, ones) = p.word(next + usize::from(p.is_dash(next)), Kind::Ordinal)?;
        let (tens, ones): (i8, i8) = (tens.parse().ok()?, ones.parse().ok()?);
        return (ones < 10).then_some((end, tens.checked_add(ones)?));
    }
    let (_, number) = p.digits(at)?;
    let ending = p.is_glued(at + 1) && p.is_any(at + 1, &["st", "nd", "rd", "th"]);
    ending.then_some((at + 2, i8::try_from(number).ok()?))
}

/// "Christmas", "New Year's Day 1944", "Christmas Eve of 1943".
fn holiday(p: &Pieces<'_, '_>, at: usize, _: bool) -> Placed {
    let (next, value) = p.word(at, Kind::Holiday).filter(|_| p.is_capital(at))?;
    let numbers: Vec<i16> = value.split('-').filter_map(|number| number.parse().ok()).collect();
    let (own, month, day) = match numbers.as_slice() {
        [month, day] => (None, *month, *day),
        [year, month, day] => (Some(Years::Year(*year)), *month, *day),
        _ => return None,
    };
    let (end, years) = year_behind(p, next);
    let part = Part::Day(i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Some((end, Point { years: years.or(own), ..with_part(part) }))
}

/// The rest of a range behind `last`, which ends at `at`: "–7" of "April 6–7", "-94" of "1990-94".
pub(super) fn rest_of_range(p: &Pieces<'_, '_>, at: usize, last: Point) -> Option<(usize, usize, Point)> {
    let joined = p.is_dash(at) || p.is(at, "/");
    let spoken = p.word(at, Kind::Range).is_some();
    if !joined && !spoken {
        return None;
    }
    let start = at + 1;
    match last {
        Point { years, part: Part::Day(month, day), .. } => {
            let (end, until) = self::day(p, start)?;
            let (stop, behind) = year_behind(p, end);
            let closed = joined || behind.is_some() || !p.at(stop).starts_with(char::is_alphanumeric);
            let later = until > day && !is_clock(p, end) && self::month(p, end).is_none();
            let years = behind.or(years.filter(|_| joined));
            (closed && later).then_some((start, stop, Point { years, ..with_part(Part::Day(month, until)) }))
        }
        Point { years: Some(Years::Year(year)), part: Part::Whole | Part::Season(_), .. } if joined && year > 0 => {
            let (length, number) = p.digits(start)?;
            let until = i16::try_from(number).ok()?;
            let whole = year / 100 * 100 + until;
            let fits = length == 2 && whole > year && !(p.is_dash(start + 1) && p.is_glued(start + 1));
            fits.then_some((start, start + 1, Point { years: Some(Years::Year(whole)), ..Point::default() }))
        }
        _ => None,
    }
}

/// The first number of a range whose end says the rest: "6" of "6-7 January 1916", "3" of "from 3 to 7 June", "499" of "499 to 493 BC".
pub(super) fn start_of_range(p: &Pieces<'_, '_>, at: usize) -> Placed {
    let opened = p.follows(at, &["from", "between", "on", "of", "(", ",", "the"]);
    let joins = |n: usize| p.is_dash(n) || opened && p.word(n, Kind::Range).is_some();
    if let Some((next, day)) = day(p, at).filter(|(next, _)| joins(*next)) {
        let behind = p.past(next + 1, &["the"]);
        let (_, until) = self::day(p, behind)?;
        let (_, point) = day_first(p, behind)?;
        if let Part::Day(month, _) = point.part
            && day < until
        {
            return Some((next, Point { part: Part::Day(month, day), ..point }));
        }
    }
    let (_, number) = p.digits(at)?;
    let (_, until) = p.digits(at + 2).filter(|_| joins(at + 1) && number > 0)?;
    let (_, years) = year(p, at + 2)?;
    let before_christ = matches!(years, Years::Year(year) if year <= 0) && number > until;
    before_christ
        .then(|| Some((at + 1, Point { years: Some(Years::Year(1 - i16::try_from(number).ok()?)), ..Point::default() })))?
}

/// "5:30 a.m.", "19:15", "0300 hrs", "3 pm", with the zone.
pub(super) fn clock(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Clock)> {
    let (length, first) = p.digits(at).filter(|_| !(p.is_glued(at) && p.follows(at, &[":", ".", ","])))?;
    let minutes = (p.is_any(at + 1, &[":", "."]) && p.is_glued(at + 1) && p.is_glued(at + 2))
        .then(|| p.digits(at + 2).filter(|(length, _)| *length == 2))
        .flatten();
    let (next, hour, minute) = match minutes {
        Some((_, minute)) => (at + 3, first, minute),
        None if length == 4 => (at + 1, first / 100, first % 100),
        None => (at + 1, first, 0),
    };
    let half = half_of_day(p, next);
    let military = p.is_any(next, &["hrs", "hr", "hours", "h"]) && (minutes.is_some() || length == 4);
    let bare = minutes.is_some() && p.is(at + 1, ":") && length <= 2;
    let (end, later) = match half {
        Some((end, later)) if length <= 2 => (end, later && hour < 12),
        _ if military => (next + 1, false),
        _ if bare => (next, false),
        _ => return None,
    };
    let hour = match half {
        Some((_, false)) if hour == 12 => 0,
        _ => hour + if later { 12 } else { 0 },
    };
    (hour <= 24 && minute < 60).then(|| Some((zone(p, end), Clock::At(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?))))?
}

/// "am", "p.m.": where it ends, and whether it is the second half of the day.
fn half_of_day(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, bool)> {
    let later = |letters: &str| letters.eq_ignore_ascii_case("p");
    if p.is_any(at, &["am", "pm"]) {
        return Some((at + 1, p.is(at, "pm")));
    }
    let dotted = p.is_any(at, &["a", "p"]) && p.is(at + 1, ".") && p.is(at + 2, "m") && p.is_glued(at + 2);
    dotted.then(|| (at + 3 + usize::from(p.is(at + 3, ".") && p.is_glued(at + 3)), later(p.at(at))))
}

fn zone(p: &Pieces<'_, '_>, at: usize) -> usize {
    let word = p.at(at);
    let named = (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase()) && word.ends_with(['T', 'C']);
    at + usize::from(named)
}
