//! Expressions of time and what they stand for. A date is as precise as the words; without an anchor it stays unknown.

mod calendar;
mod expression;
mod meaning;
mod pieces;
mod resolve;
mod tense;
mod value;

use jiff::civil::Date as Day;
use onrecord_lexicon::TimeWordKind;
use onrecord_text::CleanSpan;

use crate::reading::{Date, Modifier, Time, TimeKind};
use crate::text::Text;
use meaning::Expression;
use pieces::Pieces;
use resolve::{Anchors, Resolved, is_history};

/// All expressions of time of an article.
#[derive(Debug, Default)]
pub(crate) struct Times {
    pub(crate) all: Vec<Time>,
    /// Those of a place on the calendar, in order.
    calendar: Vec<Time>,
}

impl Times {
    pub(crate) fn find(text: &Text<'_>) -> Self {
        let published = text.article.published.as_ref().and_then(|date| date.value.get(..10)?.parse::<Day>().ok());
        let pieces = Pieces::of(text);
        let expressions = expression::find(&pieces);
        let history = published.is_some_and(|published| is_history(published, &expressions));
        let mut anchors = Anchors::new(published, history);
        let mut all = Vec::new();
        for expression in &expressions {
            let resolved = anchors.resolve(expression, || tense::at(text, pieces.token(expression.start)));
            all.push(time(&pieces, expression, resolved));
        }
        let calendar = all.iter().filter(|time| time.is_of_calendar()).cloned().collect();
        Self { all, calendar }
    }

    /// The places on the calendar that the expressions inside `span` name.
    pub(crate) fn within(&self, span: CleanSpan) -> impl Iterator<Item = &Time> {
        let from = self.calendar.partition_point(|time| time.span.start() < span.start());
        self.calendar[from..]
            .iter()
            .take_while(move |time| time.span.start() < span.end())
            .filter(move |time| span.contains_span(time.span))
    }

    /// Whether the name of a place on the calendar covers a byte of `span`.
    pub(crate) fn cover(&self, span: CleanSpan) -> bool {
        let from = self.calendar.partition_point(|time| time.span.end() <= span.start());
        self.calendar.get(from).is_some_and(|time| time.span.overlaps(span))
    }

    /// Whether a time of day covers a byte of `span`.
    pub(crate) fn is_clock(&self, span: CleanSpan) -> bool {
        self.all.iter().any(|time| time.kind == TimeKind::Time && time.span.overlaps(span))
    }

    /// Places on the calendar that the article does not let be known.
    pub(crate) fn undated(&self) -> impl Iterator<Item = &Time> {
        self.calendar.iter().filter(|time| time.date.is_none())
    }
}

fn time(pieces: &Pieces<'_, '_>, expression: &Expression, resolved: Resolved) -> Time {
    let span = pieces.span(expression.start, expression.end);
    let modifier = expression.modifier.or_else(|| hedge(pieces, expression.start));
    let date = resolved.place.and_then(|(place, basis)| {
        let (value, precision) = place.date()?;
        // EDTF level 1 qualifies a whole date behind it; an interval of two dates takes none.
        let mark = match modifier {
            _ if value.contains('/') => "",
            Some(Modifier::Approximate) => "~",
            Some(Modifier::Uncertain) => "?",
            _ => "",
        };
        Some(Date { value: value + mark, precision, span, basis })
    });
    Time { span, kind: resolved.kind, value: resolved.value, modifier, date }
}

/// "probably in 1943", "possibly on 5 May".
fn hedge(pieces: &Pieces<'_, '_>, start: usize) -> Option<Modifier> {
    let before = start.checked_sub(1)?;
    let word = if pieces.is_any(before, &["in", "on", "by"]) { before.checked_sub(1)? } else { before };
    let (_, value) = pieces.word(word, TimeWordKind::Bound)?;
    (value == "UNCERTAIN").then_some(Modifier::Uncertain)
}
