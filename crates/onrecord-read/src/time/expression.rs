//! Finds expressions of time and says what they mean, before any calendar. The longest expression at each place counts.

use onrecord_lexicon::TimeWordKind as Kind;

use super::calendar::{clock, day, ordinal, point, rest_of_range, season_word, start_of_range, weekday};
use super::meaning::{Amount, Clock, Expression, From, Meaning, Part, Period, Point, Turn, Unit, Years};
use super::pieces::Pieces;
use crate::reading::Modifier;

/// All expressions, in order.
pub(super) fn find(p: &Pieces<'_, '_>) -> Vec<Expression> {
    let mut found: Vec<Expression> = Vec::new();
    let mut at = 0;
    while at < p.len() {
        let expression = start_of_range(p, p.past(at, &["the"]))
            .map(|(end, point)| Expression::new(at, end, Meaning::Point(point)))
            .or_else(|| at_place(p, at));
        let Some(expression) = expression else {
            at += 1;
            continue;
        };
        at = expression.end.max(at + 1);
        let mut last = expression.meaning.clone();
        found.push(expression);
        while let Meaning::Point(point) = last
            && let Some((start, end, next)) = rest_of_range(p, at, point)
        {
            last = Meaning::Point(next);
            found.push(Expression::new(start, end, last.clone()));
            at = end;
        }
    }
    fill_ranges(p, &mut found);
    found
}

/// "from April to September 1957": the end of a range says the year for its start.
fn fill_ranges(p: &Pieces<'_, '_>, found: &mut [Expression]) {
    for n in (1..found.len()).rev() {
        let (first, second) = (&found[n - 1], &found[n]);
        let joined = first.end + 1 == second.start && (p.is_dash(first.end) || p.word(first.end, Kind::Range).is_some());
        let (Meaning::Point(from), Meaning::Point(until)) = (&first.meaning, &second.meaning) else { continue };
        let (Some(Years::Year(year)), None, true) = (until.years, from.years, joined) else { continue };
        let year = match (month_of(from.part), month_of(until.part)) {
            (Some(from), Some(until)) if from > until => year - 1,
            (Some(_), Some(_)) => year,
            _ => continue,
        };
        let filled = Point { years: Some(Years::Year(year)), ..*from };
        found[n - 1].meaning = Meaning::Point(filled);
    }
}

fn month_of(part: Part) -> Option<i8> {
    match part {
        Part::Month(month) | Part::Day(month, _) => Some(month),
        _ => None,
    }
}

type Rule = fn(&Pieces<'_, '_>, usize) -> Option<Expression>;

/// Where two rules find equally much, the later one counts.
const RULES: [Rule; 12] =
    [bare_units, duration, first_or_last, part_of_day, dated, bounded, turned, day_beside, fixed, repeated, time_of_day, staged];

fn at_place(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    RULES.iter().filter_map(|rule| rule(p, at)).max_by_key(|expression| expression.end)
}

/// "now", "recently", "daily", "yesterday", "at that time".
fn fixed(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let of_kind = |kind, meaning: fn(&str) -> Option<Meaning>| {
        let (end, value) = p.word(at, kind)?;
        Some(Expression::new(at, end, meaning(value)?))
    };
    let found = [
        of_kind(Kind::Reference, |value| Some(Meaning::Reference(value.to_owned()))),
        of_kind(Kind::Set, |value| Some(Meaning::Set(value.to_owned()))),
        of_kind(Kind::Unknown, |_| Some(Meaning::Unknown)),
        of_kind(Kind::Day, days_from_now),
        day_with_part(p, at),
    ];
    if in_name(p, at) {
        return None;
    }
    let longest = found.into_iter().flatten().max_by_key(|expression| expression.end)?;
    // "This time the envoys stayed away" tells of an occasion, "at this time" of a time.
    let occasion = p.is(longest.end - 1, "time") && p.is_any(at, &["this", "that", "the"]) && longest.end == at + 2;
    (!occasion || p.follows(at, &TIME_GOVERNORS)).then_some(longest)
}

/// Words before "the time" that make it a time.
const TIME_GOVERNORS: [&str; 11] = ["at", "by", "of", "until", "till", "from", "during", "before", "around", "since", "in"];

/// "USA Today", "Fox News Daily", "Operation Dawn": a capital behind a capital is part of a name.
fn in_name(p: &Pieces<'_, '_>, at: usize) -> bool {
    at > 0 && p.is_capital(at) && p.is_capital(at - 1)
}

/// "tomorrow night".
fn day_with_part(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let (next, value) = p.word(at, Kind::Day)?;
    let (end, clock) = day_part(p, next)?;
    match days_from_now(value)? {
        Meaning::Moved { by, unit, back, from, clock: None } => {
            Some(Expression::new(at, end, Meaning::Moved { by, unit, back, from, clock: Some(clock) }))
        }
        _ => None,
    }
}

/// `-1`, `0TNI`.
fn days_from_now(value: &str) -> Option<Meaning> {
    let (days, clock) = value.split_once('T').map_or((value, None), |(days, clock)| (days, Clock::parse(clock)));
    let days: i32 = days.parse().ok()?;
    let by = Amount::Tenths(days.unsigned_abs() * 10);
    Some(Meaning::Moved { by, unit: Unit::Day, back: days < 0, from: From::Now, clock })
}

/// A place on the calendar with the article that belongs to it, the year that it is said to be of, and a part of the day behind it.
fn dated(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    place(p, at, false).map(|(end, point)| Expression::new(at, end, Meaning::Point(point)))
}

fn place(p: &Pieces<'_, '_>, at: usize, governed: bool) -> Option<(usize, Point)> {
    let start = p.past(at, &["the"]);
    if let Some(found) = day_of_month(p, at) {
        return Some(found);
    }
    if let Some((end, weekday)) = weekday(p, at).filter(|_| p.is_capital(at)) {
        let alone = Point { weekday: Some(weekday), ..Point::default() };
        let (end, point) = point(p, at, governed).unwrap_or((end, alone));
        return Some(with_part_of_day(p, end, point));
    }
    let (end, point) = point(p, start, governed)?;
    let bare = matches!(point, Point { years: Some(Years::Year(_)), part: Part::Whole, .. }) && p.digits(start).is_some();
    let month_first = p.word(start, Kind::Month).or_else(|| p.word(start, Kind::DoubtfulMonth)).is_some();
    if start > at && (bare || month_first) {
        return None;
    }
    // "The summer offensive": the article belongs to what follows.
    let whole_day_or_season = matches!(point.part, Part::Season(_) | Part::Day(..));
    if start > at && whole_day_or_season && p.text.penn(p.token(end)).starts_with("NN") && !p.is_dash(end) {
        return None;
    }
    let (end, point) = with_part_of_day(p, end, point);
    Some(of_that_year(p, end, point))
}

/// "June of that year", "the spring of next year".
fn of_that_year(p: &Pieces<'_, '_>, end: usize, point: Point) -> (usize, Point) {
    let next = end + usize::from(p.is(end, "of"));
    let turned = turn(p, next).filter(|_| next > end && point.years.is_none());
    match turned {
        Some((stop, turn, Period::Unit(Unit::Year))) => {
            (stop, Point { years: Some(Years::Moved { by: turn.by(), from: turn.from() }), ..point })
        }
        _ => (end, point),
    }
}

/// "24 May, morning", "Thursday evening".
fn with_part_of_day(p: &Pieces<'_, '_>, end: usize, point: Point) -> (usize, Point) {
    let is_day = matches!(point.part, Part::Day(..)) || point.weekday.is_some();
    match day_part(p, end).filter(|_| is_day) {
        Some((stop, clock)) => (stop, Point { clock: Some(clock), ..point }),
        None => (end, point),
    }
}

/// "on the 20th", "the 28th of that month".
fn day_of_month(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Point)> {
    let start = p.is(at, "the").then_some(at + 1)?;
    let (end, day) = day(p, start).filter(|(end, _)| *end == start + 2)?;
    let place = Point { part: Part::DayOfMonth(day), ..Point::default() };
    let month = turn(p, end + 1).filter(|(_, _, period)| p.is(end, "of") && *period == Period::Unit(Unit::Month));
    if let Some((stop, ..)) = month {
        return Some((stop, place));
    }
    let alone =
        p.follows(at, &["on", "by", "until", "since"]) && !p.at(end).starts_with(char::is_alphanumeric) && !p.is_dash(end);
    alone.then_some((end, place))
}

/// "about 1910", "around March 1981", "ca. 466 BC".
fn bounded(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let (next, _) = p.word(at, Kind::Bound).filter(|(_, value)| *value == "APPROX")?;
    let next = p.past(next, &["."]);
    let (end, point) = place(p, next, false)?;
    Some(Expression { modifier: Some(Modifier::Approximate), ..Expression::new(at, end, Meaning::Point(point)) })
}

/// "early 1943", "the end of May", "late in the year", "earlier this week", "month's end".
fn staged(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    if let Some(found) = end_of_unit(p, at) {
        return Some(found);
    }
    let start = p.past(p.past(at, &["the"]), &["very"]);
    let (next, value) = p.word(at, Kind::Stage).or_else(|| p.word(start, Kind::Stage))?;
    let next = next + usize::from(p.is_dash(next));
    let next = p.past(next, &["in", "of", "on", "into"]);
    let modifier = match value {
        "START" => Modifier::Start,
        "MID" => Modifier::Mid,
        _ => Modifier::End,
    };
    let whole = [
        place(p, next, true).map(|(end, point)| (end, Meaning::Point(point))),
        turn(p, next).map(|(end, turn, period)| (end, Meaning::Turn(turn, period))),
        the_unit(p, next),
        days_word(p, next),
    ];
    let (end, meaning) = whole.into_iter().flatten().max_by_key(|(end, _)| *end)?;
    let relative = matches!(&meaning, Meaning::Turn(..) | Meaning::Moved { .. });
    // "Later 1943" is no English, "later that year" is.
    let fits = relative || !p.is_any(next - 1, &["earlier", "later"]);
    fits.then(|| Expression { modifier: Some(modifier), ..Expression::new(at, end, meaning) })
}

fn days_word(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Meaning)> {
    let (end, value) = p.word(at, Kind::Day)?;
    Some((end, days_from_now(value)?))
}

/// "the year" after "the end of".
fn the_unit(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Meaning)> {
    let next = p.is(at, "the").then_some(at + 1)?;
    let (end, unit) = single_unit(p, next)?;
    Some((end, Meaning::Turn(Turn::Same, Period::Unit(unit))))
}

/// "month's end", "year-end".
fn end_of_unit(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let start = p.past(at, &["the"]);
    let (next, unit) = single_unit(p, start)?;
    let end = if p.is_apostrophe(next) && p.is(next + 1, "s") { next + 2 } else { next + usize::from(p.is_dash(next)) };
    let meaning = Meaning::Turn(Turn::Same, Period::Unit(unit));
    (end > next && p.is(end, "end"))
        .then(|| Expression { modifier: Some(Modifier::End), ..Expression::new(at, end + 1, meaning) })
}

/// A unit of a day or more in the singular.
fn single_unit(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Unit)> {
    let (end, value) = p.word(at, Kind::Unit)?;
    let (factor, unit) = Unit::parse(value)?;
    (factor == 1 && !p.at(at).ends_with('s') && !unit.is_of_clock()).then_some((end, unit))
}

/// "the last week of August", "the first day of 1943".
fn first_or_last(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let start = p.past(at, &["the"]);
    let last = p.word(start, Kind::Turn).filter(|(_, value)| *value == "last").or_else(|| p.word(start, Kind::Ordinal));
    let next = last.map(|(end, _)| end).or_else(|| p.is(start, "final").then_some(start + 1))?;
    let (end, unit) = single_unit(p, next)?;
    let (stop, point) = place(p, end + 1, true).filter(|_| p.is(end, "of"))?;
    Some(Expression::new(at, stop, Meaning::Within(Amount::Tenths(10), unit, point)))
}

/// "the next day", "last week", "that same month", "next summer", "the previous April".
fn turned(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    if let Some((end, turn, period)) = turn(p, at) {
        return Some(Expression::new(at, end, Meaning::Turn(turn, period)));
    }
    let start = p.past(at, &["the", "this"]);
    let (next, turn) = turn_word(p, start)?;
    let (end, factor, unit) = unit(p, next)?;
    let plural = p.at(next).ends_with('s');
    match turn {
        Turn::Past if !plural => Some(Expression::new(at, end, Meaning::Duration(Amount::Tenths(10).times(factor), unit))),
        Turn::Next | Turn::Past | Turn::Last | Turn::Following | Turn::Previous if plural => {
            Some(Expression::new(at, end, Meaning::Duration(Amount::Some, unit)))
        }
        _ => None,
    }
}

fn turn_word(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Turn)> {
    let (end, value) = p.word(at, Kind::Turn)?;
    Some((end, Turn::parse(value)?))
}

fn turn(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Turn, Period)> {
    let start = p.past(at, &["the"]);
    let (next, said) = turn_word(p, at).or_else(|| turn_word(p, start))?;
    let definite = p.is(at, "the");
    // "The next day" goes on from the day told of, "next week" from the day of writing.
    let turn = if definite && said == Turn::Next { Turn::Following } else { said };
    if turn == Turn::Past {
        return None;
    }
    let unit = single_unit(p, next).filter(|_| !(definite && turn == Turn::Last)).map(|(end, unit)| (end, Period::Unit(unit)));
    let season = season_word(p, next).map(|(end, season)| (end, Period::Part(Part::Season(season))));
    let month = p.word(next, Kind::Month).filter(|_| p.is_capital(next));
    let month = month.and_then(|(end, value)| Some((end, Period::Part(Part::Month(value.parse().ok()?)))));
    let weekday = weekday(p, next).map(|(end, weekday)| (end, Period::Weekday(weekday)));
    let clock = day_part(p, next).map(|(end, clock)| (end, Period::Clock(clock)));
    let (end, period) = [unit, season, month, weekday, clock].into_iter().flatten().max_by_key(|(end, _)| *end)?;
    let daytime = single_unit(p, next).filter(|(_, unit)| *unit == Unit::Day).and_then(|(end, _)| day_part(p, end));
    Some(daytime.map_or((end, turn, period), |(end, clock)| (end, turn, Period::Clock(clock))))
}

/// "the day after", "the day before", "the following day" turned round.
fn day_beside(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let start = p.past(at, &["the", "a"]);
    let (next, unit) = single_unit(p, start).filter(|_| start > at)?;
    let back = match p.at(next).to_ascii_lowercase().as_str() {
        "after" | "following" | "later" => false,
        "before" | "previous" | "earlier" => true,
        _ => return None,
    };
    let meaning = Meaning::Moved { by: Amount::Tenths(10), unit, back, from: From::Then, clock: None };
    Some(Expression::new(at, next + 1, meaning))
}

fn day_part(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Clock)> {
    let (end, value) = p.word(at, Kind::DayPart)?;
    Some((end, Clock::parse(value)?))
}

/// "the morning of 5 May", "the night of 3", "early in the morning of", "that night", "at night".
fn part_of_day(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let mut start = p.past(at, &["the"]);
    if let Some((next, _)) = p.word(start, Kind::Stage).filter(|_| day_part(p, start).is_none()) {
        start = p.past(p.past(next, &["in"]), &["the"]);
    }
    let (next, clock) = day_part(p, start)?;
    let of = p.past(next, &["of", "on"]);
    if let Some((end, point)) = place(p, of, true).or_else(|| start_of_range(p, of)).filter(|_| of > next) {
        let is_day = matches!(point.part, Part::Day(..) | Part::DayOfMonth(_)) || point.weekday.is_some();
        return is_day.then(|| Expression::new(at, end, Meaning::Point(Point { clock: Some(clock), ..point })));
    }
    let named = in_name(p, start) || p.is_capital(start) && p.is_capital(next);
    if named {
        return None;
    }
    let meaning = if p.is(start.wrapping_sub(1), "the") {
        Meaning::Turn(Turn::Same, Period::Clock(clock))
    } else {
        Meaning::Point(Point { clock: Some(clock), ..Point::default() })
    };
    Some(Expression::new(at, next, meaning))
}

/// "5:30 a.m.", "19:15 on 27 December".
fn time_of_day(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let (end, clock) = clock(p, at)?;
    let next = p.past(p.past(end, &[","]), &["on"]);
    let day = place(p, next, true).filter(|(_, point)| matches!(point.part, Part::Day(..)) || point.weekday.is_some());
    let (stop, point) = day.unwrap_or((end, Point::default()));
    // The day behind "on" is an expression of its own.
    let end = if p.is(next - 1, "on") { end } else { stop };
    Some(Expression::new(at, end, Meaning::Point(Point { clock: Some(clock), ..point })))
}

/// "every day", "each spring", "every two weeks", "per month".
fn repeated(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let (next, _) = p.word(at, Kind::Each)?;
    if let Some((end, amount, unit)) = counted_unit(p, next) {
        return Some(Expression::new(at, end, Meaning::Set(super::value::duration(amount, unit)?)));
    }
    if let Some((end, factor, unit)) = unit(p, next) {
        let one = super::value::duration(Amount::Tenths(10).times(factor), unit)?;
        let value = match unit {
            _ if p.is(at, "per") => one,
            Unit::Day => "XXXX-XX-XX".to_owned(),
            Unit::Week => "XXXX-WXX".to_owned(),
            Unit::Month => "XXXX-XX".to_owned(),
            Unit::Year => "XXXX".to_owned(),
            _ => one,
        };
        return Some(Expression::new(at, end, Meaning::Set(value)));
    }
    let (end, point) = [
        weekday(p, next).map(|(end, weekday)| (end, Point { weekday: Some(weekday), ..Point::default() })),
        season_word(p, next).map(|(end, season)| (end, Point { part: Part::Season(season), ..Point::default() })),
        p.word(next, Kind::Month)
            .and_then(|(end, month)| Some((end, Point { part: Part::Month(month.parse().ok()?), ..Point::default() }))),
        day_part(p, next).map(|(end, clock)| (end, Point { clock: Some(clock), ..Point::default() })),
    ]
    .into_iter()
    .flatten()
    .next()?;
    Some(Expression::new(at, end, Meaning::Set(super::value::open_point(point))))
}

fn unit(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, u32, Unit)> {
    let (end, value) = p.word(at, Kind::Unit)?;
    let (factor, unit) = Unit::parse(value)?;
    Some((end, factor, unit))
}

/// "three days", "more than two years", "the first two months of 1917", "a 60-day period", "three weeks later", "two years ago".
fn duration(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let (start, modifier) = p.word(at, Kind::Bound).map_or((at, None), |(end, value)| (end, bound(value)));
    let opened = opening(p, start);
    let counted = counted_unit(p, start).map(|counted| (counted, false));
    let ((end, amount, unit), opened) = counted.or_else(|| {
        // "The two-year mandate", "the Seven Days": the article belongs to what follows.
        let own = (start..opened + 2).any(|n| p.is_dash(n)) || p.is_capital(opened) || modifier.is_some();
        Some((counted_unit(p, opened).filter(|_| opened > start && !own)?, true))
    })?;
    let end = behind_unit(p, end);
    let lasting = p.follows(at, &["for", "within", "be", "took", "lasted"]) && p.is_any(end, &["before", "after"]);
    if let Some((stop, back, from)) = direction(p, end).filter(|_| !lasting) {
        let meaning = Meaning::Moved { by: amount, unit, back, from, clock: None };
        return Some(Expression { modifier, ..Expression::new(at, stop, meaning) });
    }
    if let Some((stop, point)) = place(p, end + 1, true).filter(|_| opened && p.is(end, "of")) {
        return Some(Expression { modifier, ..Expression::new(at, stop, Meaning::Within(amount, unit, point)) });
    }
    Some(Expression { modifier, ..Expression::new(at, end, Meaning::Duration(amount, unit)) })
}

fn bound(value: &str) -> Option<Modifier> {
    Some(match value {
        "MORE_THAN" => Modifier::MoreThan,
        "LESS_THAN" => Modifier::LessThan,
        "APPROX" => Modifier::Approximate,
        _ => return None,
    })
}

/// Past "the first", "the next", "the".
fn opening(p: &Pieces<'_, '_>, at: usize) -> usize {
    let start = p.past(at, &["the", "these", "those", "this"]);
    let turned = p.word(start, Kind::Turn).or_else(|| p.word(start, Kind::Ordinal)).map(|(end, _)| end);
    turned.unwrap_or(start + usize::from(p.is_any(start, &["final", "opening", "intervening", "initial"])))
}

/// "later", "earlier", "ago": where it ends, whether back, and from where.
fn direction(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, bool, From)> {
    let (end, value) = p.word(at, Kind::Direction)?;
    Some(match value {
        "later" => (end, false, From::Then),
        "earlier" => (end, true, From::Then),
        _ => (end, true, From::Now),
    })
}

/// "-long", " old", " of age".
fn behind_unit(p: &Pieces<'_, '_>, at: usize) -> usize {
    let next = at + usize::from(p.is_dash(at));
    if p.is_any(next, &["long", "old"]) {
        return next + 1;
    }
    if p.is(at, "of") && p.is(at + 1, "age") { at + 2 } else { at }
}

/// "three days", "a year", "ten long months", "two and a half years", "three-day".
fn counted_unit(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Amount, Unit)> {
    if p.is_any(at, &["a", "an"]) && p.word(at, Kind::Number).is_none() {
        let (end, factor, unit) = unit(p, at + 1).filter(|(.., unit)| !matches!(unit, Unit::Second | Unit::Quarter))?;
        if p.is_dash(end) || p.at(at + 1).ends_with('s') {
            return None;
        }
        let half = p.is(end, "and") && p.is(end + 1, "a") && p.is(end + 2, "half");
        let amount = Amount::Tenths(if half { 15 } else { 10 }).times(factor);
        return Some((end + if half { 3 } else { 0 }, amount, unit));
    }
    let (next, amount) = amount(p, at)?;
    let next = next + usize::from(p.is_dash(next));
    let described = next + usize::from(p.text.universal(p.token(next)) == "ADJ" && p.word(next, Kind::Unit).is_none());
    let (end, factor, unit) = unit(p, next).or_else(|| unit(p, described))?;
    // "Some quarters", "a few quarters" are people, "the third second" is none.
    let counts = amount != Amount::Some || unit != Unit::Quarter && p.at(end - 1).ends_with('s');
    counts.then(|| (end, amount.times(factor), unit))
}

/// "three", "22.8", "1,460", "sixty-two", "two and a half", "several".
fn amount(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Amount)> {
    let (end, tenths) = number(p, at)?;
    let half = p.is(end, "and") && p.is(p.past(end + 1, &["a"]), "half");
    match tenths {
        Amount::Tenths(tenths) if half => Some((p.past(end + 1, &["a"]) + 1, Amount::Tenths(tenths.saturating_add(5)))),
        _ => Some((end, tenths)),
    }
}

fn number(p: &Pieces<'_, '_>, at: usize) -> Option<(usize, Amount)> {
    if let Some((end, value)) = p.word(at, Kind::Number) {
        if value == "X" {
            return Some((end, Amount::Some));
        }
        let value: f64 = value.parse().ok()?;
        let ones = p.word(end + usize::from(p.is_dash(end)), Kind::Number).filter(|_| value >= 20.0 && value % 10.0 == 0.0);
        let ones =
            ones.and_then(|(end, ones)| Some((end, ones.parse::<f64>().ok()?))).filter(|(_, ones)| (1.0..10.0).contains(ones));
        let (end, value) = ones.map_or((end, value), |(end, ones)| (end, value + ones));
        return Some((end, Amount::Tenths(tenths(value))));
    }
    let (_, mut value) = p.digits(at).filter(|_| !(p.is_glued(at) && p.follows(at, &[".", ",", ":", "$", "€", "£", "-"])))?;
    let mut end = at + 1;
    while p.is(end, ",") && p.is_glued(end) && p.is_glued(end + 1) {
        let (_, more) = p.digits(end + 1).filter(|(length, _)| *length == 3)?;
        value = value.checked_mul(1000)?.checked_add(more)?;
        end += 2;
    }
    let fraction = p.digits(end + 1).filter(|_| p.is(end, ".") && p.is_glued(end) && p.is_glued(end + 1));
    let ordinal = ordinal(p, at).is_some();
    match fraction {
        Some((1, tenth)) => Some((end + 2, Amount::Tenths(value.checked_mul(10)?.checked_add(tenth)?))),
        _ => (!ordinal).then(|| Some((end, Amount::Tenths(value.checked_mul(10)?))))?,
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the numbers of the word list are small and positive")]
fn tenths(value: f64) -> u32 {
    (value * 10.0).round() as u32
}

/// "months", "for decades", "years later", "months-long".
fn bare_units(p: &Pieces<'_, '_>, at: usize) -> Option<Expression> {
    let (end, factor, unit) = unit(p, at).filter(|(.., unit)| !matches!(unit, Unit::Quarter | Unit::Second))?;
    let stop = behind_unit(p, end);
    let long = stop > end && p.is(stop - 1, "long");
    if long && !p.at(at).ends_with('s') {
        return Some(Expression::new(at, stop, Meaning::Duration(Amount::Tenths(10).times(factor), unit)));
    }
    // "Minutes of the meeting" are a document.
    let document = unit == Unit::Minute && p.is(end, "of");
    if !p.at(at).ends_with('s') || document || p.is_capital(at) && at > 0 && !p.at(at - 1).is_empty() && !p.follows(at, &["."]) {
        return None;
    }
    if let Some((stop, back, from)) = direction(p, end) {
        let meaning = Meaning::Moved { by: Amount::Some, unit, back, from, clock: None };
        return Some(Expression::new(at, stop, meaning));
    }
    Some(Expression::new(at, stop, Meaning::Duration(Amount::Some, unit)))
}
