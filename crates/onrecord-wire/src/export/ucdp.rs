//! A table in the shape of UCDP GED: the events in which somebody is reported to have died.
//!
//! GED counts what coders have settled; this table gives what one source says, a row for each telling. It is a list to start coding from, and no GED.

use std::fmt::Write as _;

use serde_json::Number;

use super::{Events, day, quoted};
use crate::exchange::{Article, Event, Modality};
use crate::select::Selected;

/// The columns, under the names of GED; those of ours at the end begin with `x_`.
const COLUMNS: [&str; 25] = [
    "id",
    "year",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "where_prec",
    "where_coordinates",
    "latitude",
    "longitude",
    "country",
    "side_a",
    "side_b",
    "best",
    "high",
    "low",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "x_modality",
    "x_assertion",
    "x_article",
    "x_text",
];

/// The selected events with deaths that are told as having taken place, as CSV (RFC 4180).
#[must_use]
pub fn ucdp_csv(selected: &Selected) -> String {
    let events = Events::of(selected);
    let mut csv = COLUMNS.join(",") + "\r\n";
    for event in events.events.iter().copied() {
        let told = matches!(event.modality, Modality::Actual | Modality::Historical);
        let row = events.articles.get(event.article.as_str()).filter(|_| told).and_then(|article| row(&events, event, article));
        if let Some(row) = row {
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
            let _ = write!(csv, "{}\r\n", cells.join(","));
        }
    }
    csv
}

fn row(events: &Events<'_>, event: &Event, article: &Article) -> Option<[String; 25]> {
    let deaths = event.deaths.as_ref()?;
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let date = event.time.as_ref().and_then(|time| day::ends(&time.value));
    let place = event.place.as_ref();
    let number = |value: Option<&Number>| value.map(Number::to_string).unwrap_or_default();
    let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let day = date.is_some_and(|(from, to)| day::precision(from, to) == 1);
    let published = text(article.published.as_ref().map(|date| date.value.as_str()));
    let headline = text(article.title.as_ref().map(|title| title.text.as_str()));
    let site = text(article.site.as_deref());
    let source = [site.as_str(), published.as_str(), headline.as_str()];
    Some([
        event.id.clone(),
        date.map(|(from, _)| from.year().to_string()).unwrap_or_default(),
        // 1: one event, its day and place told; 2: less than that.
        if day && place.is_some_and(|place| place.lat.is_some()) { "1" } else { "2" }.to_owned(),
        date.map(|(from, to)| day::precision(from, to).to_string()).unwrap_or_default(),
        date.map(|(from, _)| from.to_string()).unwrap_or_default(),
        date.map(|(_, to)| to.to_string()).unwrap_or_default(),
        text(place.and_then(|place| place.precision.as_deref())),
        text(place.map(|place| place.name.as_str())),
        degrees(place.and_then(|place| place.lat)),
        degrees(place.and_then(|place| place.lon)),
        text(place.and_then(|place| place.country.as_deref())).to_uppercase(),
        events.names(&event.actors).join("; "),
        events.names(&event.recipients).join("; "),
        // GED has a number in each; where the words give a bound only, the other cells take it or stay empty.
        number(deaths.best.as_ref().or(deaths.low.as_ref())),
        number(deaths.high.as_ref().or(deaths.best.as_ref())),
        number(deaths.low.as_ref().or(deaths.best.as_ref())),
        source.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        site.clone(),
        published.clone(),
        headline.clone(),
        text(events.speaker_of(event)),
        if event.modality == Modality::Historical { "historical" } else { "actual" }.to_owned(),
        text(event.assertion.as_deref()),
        event.article.clone(),
        event.text.clone(),
    ])
}
