//! Figures of one thing as a series, in the shape of statements of FollowTheMoney.

use onrecord_read::Figure;
use onrecord_record::GivenValue;

use super::convert::{Converter, Here, nowhere};
use super::part::SeriesValue;
use crate::view::figure_value;

impl Converter<'_> {
    /// Where this figure stands among those that count the same thing.
    pub(super) fn series(&self, here: Here<'_>, item: usize, figure: &Figure) -> Option<SeriesValue> {
        let at = here.item(item);
        let (referent, row) = self.ids.value_of(at)?;
        let series = &self.record.referents.get(referent)?.series;
        let given = series.get(row)?;
        let first =
            |row: &usize| series.get(*row).and_then(|value: &GivenValue| value.figures.first()).map(|at| self.ids.figure(*at));
        Some(SeriesValue {
            entity: self.ids.referent_of(at)?,
            property: self.property(series).unwrap_or_default(),
            value: figure_value(figure),
            source: given.by.as_ref().map(nowhere),
            first_seen: given.first_said.clone(),
            last_seen: given.last_said.clone(),
            replaced_by: given.replaced_by.as_ref().and_then(first),
            rivals: given.rivals.iter().filter_map(first).collect(),
        })
    }

    /// What is counted, in the words of the first figure that says it, and the unit.
    fn property(&self, series: &[GivenValue]) -> Option<String> {
        let mut figures = series.iter().flat_map(|value| &value.figures).filter_map(|at| {
            let here = self.here(at.entry, at.article)?;
            Some((here, here.entry.readings.get(at.article)?.figures.get(at.item)?))
        });
        let (here, figure) = figures.clone().find(|(_, figure)| figure.counted.is_some()).or_else(|| figures.next())?;
        let counted = figure.counted.map(|span| here.text(span).text);
        let fate = figure.fate.map(|fate| fate.name().to_owned());
        let parts: Vec<String> = counted.or_else(|| figure.unit.clone()).into_iter().chain(fate).collect();
        Some(parts.join(", "))
    }
}
