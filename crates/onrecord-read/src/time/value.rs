//! Writes what was resolved: TIMEX3 values (TimeML 1.2.1), and dates as EDTF (ISO 8601-2) or intervals.

use jiff::ToSpan;
use jiff::civil::Date as Day;

use super::meaning::{Amount, Clock, Part, Point, Unit};
use crate::reading::Precision;

/// A place on the calendar that has a year. Years count as astronomers count them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Place {
    Part(i16, Part),
    /// The week of this Monday.
    Week(Day),
    /// The weekend of this Saturday.
    Weekend(Day),
    /// Some day of the year or of a month of it.
    OpenDay(i16, Option<i8>),
    OpenWeek(i16),
    OpenMonth(i16),
    Decade {
        tens: i16,
        before_christ: bool,
    },
    Century {
        hundreds: i16,
        before_christ: bool,
    },
}

impl Place {
    pub(super) fn timex(self, clock: Option<Clock>) -> String {
        let place = match self {
            Self::Part(number, part) => format!("{}{}", year(number), part_of_year(part, clock.is_some())),
            Self::Week(monday) => {
                let week = monday.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Weekend(saturday) => {
                let week = saturday.iso_week_date();
                format!("{:04}-W{:02}-WE", week.year(), week.week())
            }
            Self::OpenDay(number, Some(month)) => format!("{}-{month:02}-XX", year(number)),
            Self::OpenDay(number, None) => format!("{}-XX-XX", year(number)),
            Self::OpenWeek(number) => format!("{}-WXX", year(number)),
            Self::OpenMonth(number) => format!("{}-XX", year(number)),
            Self::Decade { tens, before_christ } => format!("{}{tens:03}", era(before_christ)),
            Self::Century { hundreds, before_christ } => format!("{}{hundreds:02}", era(before_christ)),
        };
        place + &clock.map(clock_time).unwrap_or_default()
    }

    /// The date as precise as it is; nothing where a day, week or month stays open.
    pub(super) fn date(self) -> Option<(String, Precision)> {
        Some(match self {
            Self::Part(number, Part::Whole) => (edtf_year(number), Precision::Year),
            Self::Part(number, Part::Month(month)) => (format!("{}-{month:02}", edtf_year(number)), Precision::Month),
            Self::Part(number, Part::Day(month, day)) => (Day::new(number, month, day).ok()?.to_string(), Precision::Day),
            Self::Part(number, Part::Season(season)) => (format!("{}-{}", edtf_year(number), season.edtf()), Precision::Interval),
            Self::Part(number, Part::Quarter(quarter)) => (months(number, quarter * 3 - 2, quarter * 3), Precision::Interval),
            Self::Part(number, Part::Half(half)) => (months(number, half * 6 - 5, half * 6), Precision::Interval),
            Self::Week(monday) => (format!("{monday}/{}", monday.checked_add(6.days()).ok()?), Precision::Week),
            Self::Weekend(saturday) => (format!("{saturday}/{}", saturday.checked_add(1.day()).ok()?), Precision::Interval),
            Self::Decade { tens, before_christ: false } => (format!("{tens:03}X"), Precision::Interval),
            Self::Century { hundreds, before_christ: false } => (format!("{hundreds:02}XX"), Precision::Interval),
            _ => return None,
        })
    }
}

fn months(number: i16, from: i8, until: i8) -> String {
    let year = edtf_year(number);
    format!("{year}-{from:02}/{year}-{until:02}")
}

fn edtf_year(number: i16) -> String {
    if number < 0 { format!("-{:04}", number.unsigned_abs()) } else { format!("{number:04}") }
}

fn year(number: i16) -> String {
    if number <= 0 { format!("BC{:04}", 1 - number) } else { format!("{number:04}") }
}

fn era(before_christ: bool) -> &'static str {
    if before_christ { "BC" } else { "" }
}

/// What follows the year; `timed`: a time of day follows in turn, so that days may not be left out.
fn part_of_year(part: Part, timed: bool) -> String {
    match part {
        Part::Whole if timed => "-XX-XX".to_owned(),
        Part::Whole => String::new(),
        Part::Month(month) if timed => format!("-{month:02}-XX"),
        Part::Month(month) => format!("-{month:02}"),
        Part::Day(month, day) => format!("-{month:02}-{day:02}"),
        Part::DayOfMonth(day) => format!("-XX-{day:02}"),
        Part::Season(season) => format!("-{}", season.timex()),
        Part::Quarter(quarter) => format!("-Q{quarter}"),
        Part::Half(half) => format!("-H{half}"),
    }
}

fn clock_time(clock: Clock) -> String {
    match clock {
        Clock::Part(part) => format!("T{}", String::from_utf8_lossy(&part)),
        Clock::At(hour, minute) => format!("T{hour:02}:{minute:02}"),
    }
}

/// The value of a place whose year nothing tells.
pub(super) fn open_point(point: Point) -> String {
    let clock = point.clock.map(clock_time).unwrap_or_default();
    match (point.weekday, point.part) {
        (Some(weekday), Part::Whole) => format!("XXXX-WXX-{weekday}{clock}"),
        (_, part) => format!("XXXX{}{clock}", part_of_year(part, point.clock.is_some())),
    }
}

/// `P3D`, `PT2H`, `P2.5Y`, `PXW`.
pub(super) fn duration(amount: Amount, unit: Unit) -> Option<String> {
    let number = match amount {
        Amount::Some => "X".to_owned(),
        // Half a century is `P50Y` to those who count.
        Amount::Tenths(tenths) if tenths % 10 == 0 => (tenths / 10).to_string(),
        Amount::Tenths(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
    };
    let time = if unit.is_of_clock() { "T" } else { "" };
    (number != "0").then(|| format!("P{time}{number}{}", unit.timex()))
}
