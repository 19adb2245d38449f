//! Expressions of time and the dates they stand for. A date is as precise as the words; without an anchor it stays unknown.

mod expression;

use jiff::ToSpan;
use jiff::civil::{Date as Day, Weekday};
use onrecord_text::CleanSpan;

use crate::reading::{Basis, Date, Precision, Time};
use crate::text::Text;
use expression::{Expression, Meaning, Shift};

/// All expressions of time of an article.
#[derive(Debug, Default)]
pub(crate) struct Times {
    pub(crate) all: Vec<Time>,
}

impl Times {
    pub(crate) fn find(text: &Text<'_>) -> Self {
        let published = text.article.published.as_ref().and_then(|date| date.value.get(..10)?.parse::<Day>().ok());
        let mut times = Self::default();
        // The last month and year the text stated: "October 2025 … on October 19".
        let mut context: Option<(i16, i8)> = None;
        for expression in expression::find(text) {
            let date = resolve(&expression, published, context);
            if let Some(date) = date.as_ref().filter(|date| matches!(date.basis, Basis::Stated) && date.value.len() >= 7) {
                context = date
                    .value
                    .get(..4)
                    .and_then(|year| year.parse().ok())
                    .zip(date.value.get(5..7).and_then(|month| month.parse().ok()));
            }
            times.all.push(Time { span: expression.span, date });
        }
        times
    }

    /// The expressions inside `span`.
    pub(crate) fn within(&self, span: CleanSpan) -> impl Iterator<Item = &Time> {
        let from = self.all.partition_point(|time| time.span.start() < span.start());
        self.all[from..]
            .iter()
            .take_while(move |time| time.span.start() < span.end())
            .filter(move |time| span.contains_span(time.span))
    }

    /// Whether any expression covers a byte of `span`.
    pub(crate) fn cover(&self, span: CleanSpan) -> bool {
        let from = self.all.partition_point(|time| time.span.end() <= span.start());
        self.all.get(from).is_some_and(|time| time.span.overlaps(span))
    }
}

fn resolve(expression: &Expression, published: Option<Day>, context: Option<(i16, i8)>) -> Option<Date> {
    let (value, precision, basis) = match expression.meaning {
        Meaning::Date { year: Some(year), month, day } => stated(year, month, day)?,
        Meaning::Date { year: None, month: Some(month), day } => match (published, context) {
            (_, Some((year, of))) if of == month => with_basis(stated(year, Some(month), day)?, Basis::Context),
            (Some(published), _) => {
                with_basis(stated(nearest_year(published, month, day)?, Some(month), day)?, Basis::Publication)
            }
            (None, _) => return None,
        },
        Meaning::Date { .. } => return None,
        Meaning::Weekday(weekday, shift) => {
            let day = weekday_near(published?, weekday, shift)?;
            (day.to_string(), Precision::Day, Basis::Publication)
        }
        Meaning::Days(days) => (published?.checked_add(days.days()).ok()?.to_string(), Precision::Day, Basis::Publication),
        Meaning::Week(weeks) => {
            let day = published?.checked_add(weeks.weeks()).ok()?;
            let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
            (format!("{monday}/{}", monday.checked_add(6.days()).ok()?), Precision::Week, Basis::Publication)
        }
        Meaning::Month(months) => {
            let day = published?.checked_add(months.months()).ok()?;
            (format!("{:04}-{:02}", day.year(), day.month()), Precision::Month, Basis::Publication)
        }
        Meaning::Year(years) => {
            (format!("{:04}", published?.checked_add(years.years()).ok()?.year()), Precision::Year, Basis::Publication)
        }
    };
    Some(Date { value, precision, span: expression.span, basis })
}

fn stated(year: i16, month: Option<i8>, day: Option<i8>) -> Option<(String, Precision, Basis)> {
    Some(match (month, day) {
        (Some(month), Some(day)) => (Day::new(year, month, day).ok()?.to_string(), Precision::Day, Basis::Stated),
        (Some(month), None) => (format!("{year:04}-{month:02}"), Precision::Month, Basis::Stated),
        (None, _) => (format!("{year:04}"), Precision::Year, Basis::Stated),
    })
}

fn with_basis(date: (String, Precision, Basis), basis: Basis) -> (String, Precision, Basis) {
    (date.0, date.1, basis)
}

/// The year that puts month and day nearest to the day of publication.
fn nearest_year(published: Day, month: i8, day: Option<i8>) -> Option<i16> {
    let distance = |year: &i16| {
        let there = Day::new(*year, month, day.unwrap_or(15)).ok();
        there.and_then(|there| there.since(published).ok()).map_or(i32::MAX, |span| span.get_days().abs())
    };
    [published.year() - 1, published.year(), published.year() + 1].into_iter().min_by_key(distance)
}

/// News tells of the last such day, the day of publication included; "next" and "coming" point ahead.
fn weekday_near(published: Day, weekday: Weekday, shift: Shift) -> Option<Day> {
    match shift {
        Shift::Past if published.weekday() == weekday => Some(published),
        Shift::Past | Shift::Last => published.nth_weekday(-1, weekday).ok(),
        Shift::Next => published.nth_weekday(1, weekday).ok(),
    }
}
