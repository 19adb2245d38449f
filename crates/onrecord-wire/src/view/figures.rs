//! Section 3: figures with their words and source, rival values side by side.

use std::collections::BTreeSet;

use onrecord_read::{Figure, Form};
use onrecord_record::review::FindingKind;
use onrecord_record::{GivenValue, ItemRef, Referent, Words};

use super::gather::Gather;
use super::name::{date, number};
use super::{FigureGroup, FigureLine, Figures, MarkKind, Quote};

impl Gather<'_> {
    pub(super) fn figures(&mut self) -> Figures {
        let record = self.record;
        let mut figures = Figures { groups: Vec::new(), alone: Vec::new() };
        let mut shown = 0;
        let mut grouped: BTreeSet<ItemRef> = BTreeSet::new();
        let mut several: Vec<&Referent> = record.referents.iter().filter(|referent| referent.figures.len() > 1).collect();
        several.sort_by_key(|referent| !referent.rival_values);
        for referent in several {
            grouped.extend(&referent.figures);
            shown += 1;
            let id = format!("f{shown}");
            let lines: Vec<FigureLine> = referent.series.iter().flat_map(|value| self.given(referent, value, &id)).collect();
            let counted = referent.figures.iter().find_map(|at| self.counted(*at));
            figures.groups.push(FigureGroup {
                id,
                counted: counted.unwrap_or_else(|| "the same thing".to_owned()),
                rival_values: referent.rival_values,
                figures: lines,
            });
        }
        for at in self.all_figures().into_iter().filter(|at| !grouped.contains(at)) {
            shown += 1;
            figures.alone.extend(self.figure(at, &format!("f{shown}")));
        }
        figures
    }

    /// The figures that give one value of a series; with the first stands what became of the value.
    fn given(&mut self, referent: &Referent, value: &GivenValue, id: &str) -> Vec<FigureLine> {
        let mut lines: Vec<FigureLine> = value.figures.iter().filter_map(|at| self.figure(*at, id)).collect();
        if referent.series.len() > 1
            && let Some(first) = lines.first_mut()
        {
            first.history = self.history(referent, value);
        }
        lines
    }

    /// "Given since 7 March 2025; 19 takes its place on 20 March 2025; against 31".
    fn history(&self, referent: &Referent, given: &GivenValue) -> Option<String> {
        let digits = |row: &usize| {
            let at = referent.series.get(*row)?.figures.first()?;
            Some(value(self.read_figure(*at)?))
        };
        let since = given.first_said.as_ref().map(|day| format!("given since {}", date(day)));
        let later = given.replaced_by.and_then(|row| {
            let day = referent.series.get(row)?.first_said.as_deref().map(|day| format!(" on {}", date(day))).unwrap_or_default();
            Some(format!("{} takes its place{day}", digits(&row)?))
        });
        let rivals: Vec<String> = given.rivals.iter().filter_map(digits).collect();
        let against = (!rivals.is_empty()).then(|| format!("against {}", rivals.join(", ")));
        let parts: Vec<String> = since.into_iter().chain(later).chain(against).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    fn all_figures(&self) -> Vec<ItemRef> {
        let mut all = Vec::new();
        for (entry, page) in self.record.entries.iter().enumerate() {
            for (article, reading) in page.readings.iter().enumerate() {
                all.extend((0..reading.figures.len()).map(|item| ItemRef { entry, article, item }));
            }
        }
        all
    }

    fn read_figure(&self, at: ItemRef) -> Option<&Figure> {
        self.record.entries.get(at.entry)?.readings.get(at.article)?.figures.get(at.item)
    }

    fn counted(&self, at: ItemRef) -> Option<String> {
        let span = self.read_figure(at)?.counted?;
        let what = self.printed(Words { entry: at.entry, article: at.article, span }, Form::Indirect);
        let of = self.read_figure(at)?.of.as_ref().map(|of| self.actor_name(of));
        Some(of.map_or(what.clone(), |of| format!("{what} ({of})")))
    }

    pub(super) fn figure(&mut self, at: ItemRef, item: &str) -> Option<FigureLine> {
        let figure = self.read_figure(at)?.clone();
        let saying = figure.assertion.map(|item| ItemRef { item, ..at });
        let who = saying.and_then(|said| self.told_by(said));
        let who = who.unwrap_or_else(|| format!("{}, in its own voice", self.outlet((at.entry, at.article))));
        let words = Words { entry: at.entry, article: at.article, span: figure.span };
        // The words of a figure are always the article's: a number is quoted without its marks.
        let quote: Quote = self.quote(&self.ids.figure(at), item, MarkKind::Figure, words, Form::Indirect);
        Some(FigureLine {
            id: item.to_owned(),
            value: value(&figure),
            quote,
            who: match self.decided(FindingKind::Figure, at) {
                Some(decided) => format!("{who} ({decided})"),
                None => who,
            },
            when: figure.time.as_ref().map(|time| date(&time.value)),
            history: None,
        })
    }
}

/// The value in digits: `55`, `≥ 40`, `10–20`.
pub(crate) fn value(figure: &Figure) -> String {
    match (figure.low, figure.best, figure.high) {
        (_, Some(best), _) => number(best),
        (Some(low), None, Some(high)) => format!("{}–{}", number(low), number(high)),
        (Some(low), None, None) => format!("≥ {}", number(low)),
        (None, None, Some(high)) => format!("≤ {}", number(high)),
        (None, None, None) => "no number".to_owned(),
    }
}
