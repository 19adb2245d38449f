//! First and last day of a date that is known to a year, a month, a week or a day.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The first and the last day that an EDTF value leaves open; `None` for seasons, decades and what is no date.
pub(crate) fn ends(value: &str) -> Option<(Date, Date)> {
    // "~" about, "?" perhaps: UCDP has precision codes, no marks.
    let value = value.trim_end_matches(['~', '?']);
    if let Some((from, to)) = value.split_once('/') {
        return Some((ends(from)?.0, ends(to)?.1));
    }
    let value = value.split('T').next()?;
    if let Some((year, week)) = value.split_once("-W") {
        let monday = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?.date();
        return Some((monday, monday.checked_add(6.days()).ok()?));
    }
    let mut parts = value.split('-').map(str::parse::<i16>);
    let year = parts.next()?.ok()?;
    let month = parts.next().transpose().ok()?;
    let day = parts.next().transpose().ok()?;
    let date = |month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match (month, day) {
        (Some(month), Some(day)) => date(month, day).map(|day| (day, day)),
        (Some(month), None) => date(month, 1).map(|first| (first, first.last_of_month())),
        (None, _) => Some((date(1, 1)?, date(12, 31)?)),
    }
}

/// `date_prec` of UCDP GED by the days between: 1 a day, 2 up to six days, 3 a week, 4 a month, 5 more.
pub(super) fn precision(from: Date, to: Date) -> u8 {
    match (to - from).get_days() + 1 {
        1 => 1,
        2..=6 => 2,
        7 => 3,
        8..=31 => 4,
        _ => 5,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]
mod tests {
    use super::{ends, precision};

    #[test]
    fn a_date_has_the_ends_that_it_leaves_open() {
        let shown = |value: &str| {
            let (from, to) = ends(value).unwrap();
            format!("{from} {to} {}", precision(from, to))
        };
        assert_eq!(shown("2031-03-12"), "2031-03-12 2031-03-12 1");
        assert_eq!(shown("2031-03-12/2031-03-15"), "2031-03-12 2031-03-15 2");
        assert_eq!(shown("2031-W10"), "2031-03-03 2031-03-09 3");
        assert_eq!(shown("2031-02~"), "2031-02-01 2031-02-28 4");
        assert_eq!(shown("2031"), "2031-01-01 2031-12-31 5");
        assert_eq!(ends("2031-21"), None);
        assert_eq!(ends("203X"), None);
    }
}
