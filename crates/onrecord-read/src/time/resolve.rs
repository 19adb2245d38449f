//! From meanings to the calendar, by the day of publication or the time that the text told of last.

use jiff::ToSpan;
use jiff::civil::{Date as Day, Weekday};

use super::meaning::{Amount, Clock, Expression, From, Meaning, Part, Period, Point, Turn, Unit, Years};
use super::tense::Tense;
use super::value::{Place, duration, open_point};
use crate::reading::{Basis, TimeKind};

/// What is known while reading on.
#[derive(Debug, Clone, Default)]
pub(super) struct Anchors {
    published: Option<Day>,
    /// The text tells of years long before its publication, so that its own dates lead.
    history: bool,
    /// The time that the text told of last.
    then: Option<Known>,
    /// A stated year far from the one before: a side remark, unless the next one is near it.
    aside: Option<Known>,
    /// Month and year that the words themselves stated last.
    stated: Option<(i16, i8)>,
}

/// A time that others can be counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Known {
    fn day(self) -> Option<Day> {
        Day::new(self.year, self.month?, self.day?).ok()
    }

    fn of(day: Day) -> Self {
        Self { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }
}

/// Years between two dates of one tale. Wars and disputes are told year by year; comparisons reach further.
const ASIDE_YEARS: i32 = 10;

/// What an expression came to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub(super) kind: TimeKind,
    pub(super) value: Option<String>,
    pub(super) place: Option<(Place, Basis)>,
}

impl Resolved {
    fn other(kind: TimeKind, value: Option<String>) -> Self {
        Self { kind, value, place: None }
    }
}

/// The nearest month day for comparing a season or a quarter with the day of publication.
fn middle(part: Part) -> (i8, i8) {
    match part {
        Part::Month(month) => (month, 15),
        Part::Day(month, day) => (month, day),
        Part::Season(season) => ([4, 7, 10, 1][usize::try_from(season.edtf() - 21).unwrap_or(0)], 15),
        Part::Quarter(quarter) => (quarter * 3 - 1, 15),
        Part::Half(half) => (half * 6 - 3, 30),
        Part::Whole | Part::DayOfMonth(_) => (7, 1),
    }
}

impl Anchors {
    pub(super) fn new(published: Option<Day>, history: bool) -> Self {
        Self { published, history, then: None, aside: None, stated: None }
    }

    /// Resolves one expression; `tense` is that of its verb.
    pub(super) fn resolve(&mut self, expression: &Expression, tense: impl Fn() -> Tense) -> Resolved {
        match &expression.meaning {
            Meaning::Point(point) => self.point(*point, &tense),
            Meaning::Turn(turn, period) => self.turned(*turn, *period, &tense),
            Meaning::Moved { by, unit, back, from, clock } => self.moved(*by, *unit, *back, *from, *clock),
            Meaning::Duration(amount, unit) => Resolved::other(TimeKind::Duration, duration(*amount, *unit)),
            Meaning::Within(amount, unit, point) => {
                let whole = self.point(*point, &tense);
                Resolved { kind: TimeKind::Duration, value: duration(*amount, *unit), ..whole }
            }
            Meaning::Set(value) => Resolved::other(TimeKind::Set, Some(value.clone())),
            Meaning::Reference(value) => Resolved::other(TimeKind::Date, Some(value.clone())),
            Meaning::Unknown => Resolved::other(TimeKind::Date, None),
        }
    }

    fn found(&mut self, place: Place, clock: Option<Clock>, basis: Basis) -> Resolved {
        self.remember(place, basis);
        let kind = if clock.is_some() { TimeKind::Time } else { TimeKind::Date };
        Resolved { kind, value: Some(place.timex(clock)), place: Some((place, basis)) }
    }

    fn remember(&mut self, place: Place, basis: Basis) {
        let known = match place {
            Place::Part(year, Part::Day(month, day)) => Known { year, month: Some(month), day: Some(day) },
            Place::Part(year, Part::Month(month)) => Known { year, month: Some(month), day: None },
            Place::Part(year, _) | Place::OpenWeek(year) | Place::OpenMonth(year) => Known { year, month: None, day: None },
            Place::OpenDay(year, month) => Known { year, month, day: None },
            Place::Week(day) | Place::Weekend(day) => Known { day: None, ..Known::of(day) },
            Place::Decade { .. } | Place::Century { .. } => return,
        };
        if self.history && basis == Basis::Publication {
            return;
        }
        self.go_to(known);
        if basis == Basis::Stated
            && let Some(month) = known.month
        {
            self.stated = Some((known.year, month));
        }
    }

    /// The time told of now. One year far off the others is an aside ("as in 1812"); a second one there moves the tale.
    fn go_to(&mut self, known: Known) {
        let near = |other: Known| (i32::from(other.year) - i32::from(known.year)).abs() <= ASIDE_YEARS;
        if self.then.is_none_or(near) || self.aside.is_some_and(near) {
            (self.then, self.aside) = (Some(known), None);
        } else {
            self.aside = Some(known);
        }
    }

    fn base(&self, from: From) -> Option<(Known, Basis)> {
        match from {
            // Whoever says "today" in a history said it long before the page was written.
            From::Now if self.history => None,
            From::Now => Some((Known::of(self.published?), Basis::Publication)),
            From::Then => Some((self.then?, Basis::Context)),
        }
    }

    fn point(&mut self, point: Point, tense: &impl Fn() -> Tense) -> Resolved {
        let clock = point.clock;
        let open = || Resolved::other(if clock.is_some() { TimeKind::Time } else { TimeKind::Date }, Some(open_point(point)));
        let placed = match (point.years, point.part) {
            (Some(Years::Decade { tens, before_christ }), _) => Some((Place::Decade { tens, before_christ }, Basis::Stated)),
            (Some(Years::Century { hundreds, before_christ }), _) => {
                Some((Place::Century { hundreds, before_christ }, Basis::Stated))
            }
            (Some(Years::Year(year)), part) => Some((Place::Part(year, part), Basis::Stated)),
            (Some(Years::Moved { by, from }), part) => self
                .base(from)
                .and_then(|(known, basis)| Some((Place::Part(known.year.checked_add(i16::try_from(by).ok()?)?, part), basis))),
            (None, Part::Whole) => match (point.weekday, clock) {
                (Some(weekday), _) => self.weekday(weekday, tense()).map(|day| (day_place(day), Basis::Publication)),
                // In news a bare hour may be of any day: "weekdays from 6 a.m.".
                (None, Some(Clock::At(..))) if self.history || self.published.is_none() => {
                    self.then.and_then(Known::day).map(|day| (day_place(day), Basis::Context))
                }
                _ => None,
            },
            (None, Part::DayOfMonth(day)) => self.day_of_month(day),
            (None, part) => self.year_of(part).map(|(year, basis)| (Place::Part(year, part), basis)),
        };
        let valid = |place: &Place| match place {
            Place::Part(year, Part::Day(month, day)) => Day::new(*year, *month, *day).is_ok(),
            _ => true,
        };
        match placed.filter(|(place, _)| valid(place)) {
            Some((place, basis)) => self.found(place, clock, basis),
            None => open(),
        }
    }

    fn day_of_month(&self, day: i8) -> Option<(Place, Basis)> {
        let told = self.then.and_then(|known| Some((known.year, known.month?)));
        let published = self.published.filter(|_| !self.history).map(|day| (day.year(), day.month()));
        let basis = if told.is_some() { Basis::Context } else { Basis::Publication };
        let (year, month) = told.or(published)?;
        Some((Place::Part(year, Part::Day(month, day)), basis))
    }

    /// The year of a month, a day or a season that the words leave open.
    fn year_of(&self, part: Part) -> Option<(i16, Basis)> {
        let (month, day) = middle(part);
        match (self.published, self.stated) {
            (Some(published), stated) if !self.history => {
                let stated = stated.filter(|(_, of)| *of == month && !matches!(part, Part::Season(_)));
                let told = stated.map(|(year, _)| (year, Basis::Context));
                told.or_else(|| Some((nearest_year(published, month, day)?, Basis::Publication)))
            }
            _ => self.then.map(|then| (goes_on(then, month, part), Basis::Context)),
        }
    }

    fn moved(&mut self, by: Amount, unit: Unit, back: bool, from: From, clock: Option<Clock>) -> Resolved {
        if by == Amount::Some {
            let value = if back { "PAST_REF" } else { "FUTURE_REF" };
            return Resolved::other(TimeKind::Date, Some(value.to_owned()));
        }
        let kind = if unit.is_of_clock() || clock.is_some() { TimeKind::Time } else { TimeKind::Date };
        let by = by.whole().map(|by| if back { -by } else { by });
        let base = self.base(from);
        match base.and_then(|(base, basis)| Some((shifted(base, by?, unit)?, basis))) {
            Some((place, basis)) if unit.is_of_clock() => {
                let resolved = self.found(place, None, basis);
                Resolved { kind, value: resolved.value.map(|value| value + "TXX"), ..resolved }
            }
            Some((place, basis)) => self.found(place, clock, basis),
            None => Resolved::other(kind, Some(open_unit(unit, clock))),
        }
    }

    fn turned(&mut self, turn: Turn, period: Period, tense: &impl Fn() -> Tense) -> Resolved {
        let by = turn.by();
        let from = if self.history { From::Then } else { turn.from() };
        let base = self.base(from);
        match period {
            Period::Unit(unit) => {
                let place = base.and_then(|(base, basis)| Some((turned_unit(base, by, unit)?, basis)));
                match place {
                    Some((place, basis)) => self.found(place, None, basis),
                    None => Resolved::other(TimeKind::Date, Some(open_unit(unit, None))),
                }
            }
            Period::Clock(clock) => {
                let place = base.and_then(|(base, basis)| Some((shifted(base, i64::from(by), Unit::Day)?, basis)));
                match place {
                    Some((place @ Place::Part(..), basis)) => self.found(place, Some(clock), basis),
                    _ => Resolved::other(TimeKind::Time, Some(open_point(Point { clock: Some(clock), ..Point::default() }))),
                }
            }
            Period::Weekday(weekday) => {
                let day = match turn {
                    Turn::Following | Turn::Previous | Turn::Same => {
                        self.then.and_then(Known::day).and_then(|day| beside(day, weekday, by))
                    }
                    _ if self.history => None,
                    Turn::This => self.weekday(weekday, tense()),
                    _ => self.published.and_then(|day| beside(day, weekday, by)),
                };
                let basis = if from == From::Now { Basis::Publication } else { Basis::Context };
                match day {
                    Some(day) => self.found(day_place(day), None, basis),
                    None => Resolved::other(TimeKind::Date, Some(format!("XXXX-WXX-{weekday}"))),
                }
            }
            Period::Part(part) => match base {
                Some((base, basis)) => self.found(Place::Part(year_turned(base, part, by), part), None, basis),
                None => Resolved::other(TimeKind::Date, Some(open_point(Point { part, ..Point::default() }))),
            },
        }
    }

    /// News tells of the last such day, the day of publication included; what is to come, of the next.
    fn weekday(&self, weekday: i8, tense: Tense) -> Option<Day> {
        let published = self.published.filter(|_| !self.history)?;
        let is_today = published.weekday().to_monday_one_offset() == weekday;
        match tense {
            _ if is_today => Some(published),
            Tense::Past => beside(published, weekday, -1),
            Tense::Future => beside(published, weekday, 1),
        }
    }
}

fn day_place(day: Day) -> Place {
    Place::Part(day.year(), Part::Day(day.month(), day.day()))
}

/// The last or next such weekday, never the day itself; of the same week where `by` is 0.
fn beside(day: Day, weekday: i8, by: i32) -> Option<Day> {
    let named = Weekday::from_monday_one_offset(weekday).ok()?;
    if by == 0 {
        let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
        return monday.checked_add(i64::from(named.to_monday_zero_offset()).days()).ok();
    }
    day.nth_weekday(by, named).ok()
}

/// The year that puts month and day nearest to the day of publication.
fn nearest_year(published: Day, month: i8, day: i8) -> Option<i16> {
    let distance = |year: &i16| {
        let there = Day::new(*year, month, day).ok();
        there.and_then(|there| there.since(published).ok()).map_or(i32::MAX, |span| span.get_days().abs())
    };
    [published.year() - 1, published.year(), published.year() + 1].into_iter().min_by_key(distance)
}

/// A tale goes on: a month far before the last one is of the next year. Six or more months back, two of three were, in accounts of 22 wars.
fn goes_on(then: Known, month: i8, part: Part) -> i16 {
    let turns = then.month.is_some_and(|last| i16::from(month) - i16::from(last) <= -7);
    let season = matches!(part, Part::Season(_));
    if turns && !season { then.year.saturating_add(1) } else { then.year }
}

fn year_turned(base: Known, part: Part, by: i32) -> i16 {
    let (month, _) = middle(part);
    let now = base.month.unwrap_or(if by > 0 { 12 } else { 1 });
    match by {
        1 if month <= now => base.year.saturating_add(1),
        -1 if month >= now => base.year.saturating_sub(1),
        _ => base.year,
    }
}

/// `by` units from `base`, as precise as the unit, or open where the base is less precise.
fn shifted(base: Known, by: i64, unit: Unit) -> Option<Place> {
    let year_by = |factor: i64| i16::try_from(i64::from(base.year) + by * factor).ok();
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour => match base.day() {
            Some(day) => day_place(day),
            None => Place::OpenDay(base.year, base.month),
        },
        Unit::Day => match base.day() {
            Some(day) => day_place(day.checked_add(by.days()).ok()?),
            None => Place::OpenDay(base.year, base.month),
        },
        Unit::Weekend => Place::Weekend(saturday(base.day()?.checked_add(by.weeks()).ok()?)?),
        Unit::Week => match base.day() {
            Some(day) => Place::Week(monday(day.checked_add(by.weeks()).ok()?)?),
            None => Place::OpenWeek(base.year),
        },
        Unit::Month | Unit::Quarter => {
            let by = if unit == Unit::Quarter { by * 3 } else { by };
            match base.month {
                Some(month) => {
                    let day = Day::new(base.year, month, 1).ok()?.checked_add(by.months()).ok()?;
                    Place::Part(day.year(), Part::Month(day.month()))
                }
                None => Place::OpenMonth(base.year),
            }
        }
        Unit::Year => Place::Part(year_by(1)?, Part::Whole),
        Unit::Decade => Place::Part(year_by(10)?, Part::Whole),
        Unit::Century => Place::Part(year_by(100)?, Part::Whole),
        Unit::Millennium => return None,
    })
}

/// "that week", "the next quarter", "the previous century": the unit itself and not so many days from the base.
fn turned_unit(base: Known, by: i32, unit: Unit) -> Option<Place> {
    let before_christ = base.year <= 0;
    let number = if before_christ { 1 - base.year } else { base.year };
    let by16 = i16::try_from(by).ok()?;
    // Before Christ the numbers fall as time goes on.
    let forward = if before_christ { -by16 } else { by16 };
    Some(match unit {
        Unit::Decade => Place::Decade { tens: number / 10 + forward, before_christ },
        Unit::Century => Place::Century { hundreds: number / 100 + forward, before_christ },
        Unit::Quarter => {
            let quarter = i32::from((base.month? - 1) / 3) + by;
            let year = base.year.checked_add(i16::try_from(quarter.div_euclid(4)).ok()?)?;
            Place::Part(year, Part::Quarter(i8::try_from(quarter.rem_euclid(4) + 1).ok()?))
        }
        _ => return shifted(base, i64::from(by), unit),
    })
}

fn monday(day: Day) -> Option<Day> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

fn saturday(day: Day) -> Option<Day> {
    monday(day)?.checked_add(5.days()).ok()
}

fn open_unit(unit: Unit, clock: Option<Clock>) -> String {
    match unit {
        _ if clock.is_some() => open_point(Point { clock, ..Point::default() }),
        Unit::Second | Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX".to_owned(),
        Unit::Day => "XXXX-XX-XX".to_owned(),
        Unit::Week => "XXXX-WXX".to_owned(),
        Unit::Weekend => "XXXX-WXX-WE".to_owned(),
        Unit::Month => "XXXX-XX".to_owned(),
        Unit::Quarter => "XXXX-QX".to_owned(),
        Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => "XXXX".to_owned(),
    }
}

/// Whether the years stated lie so far before the publication that the text is a history.
/// Reports mention a past year here and there; five, and three of four old, make an account of the past, and so does a dozen that is half of all.
pub(super) fn is_history(published: Day, expressions: &[Expression]) -> bool {
    let years: Vec<i16> = expressions
        .iter()
        .filter_map(|expression| match expression.meaning {
            Meaning::Point(Point { years: Some(Years::Year(year)), .. }) => Some(year),
            _ => None,
        })
        .collect();
    let old = years.iter().filter(|year| **year < published.year() - 1).count();
    let many = old >= 12 && old * 2 >= years.len();
    many || old >= 5 && old * 4 >= years.len() * 3
}
