//! Figures: found with their value, and joined with those that count the same thing.

use serde_json::Value;

use crate::expected::{Expected, Item};
use crate::output::{Output, span};
use crate::score::Score;

pub(crate) fn scores(expected: &Expected, output: &Output) -> Vec<Score> {
    let mut found = Score::new("figure-found");
    let mut values = Score::new("figure-value");
    let items: Vec<(&Item, Option<&Value>)> = expected.of_kind("figure").map(|item| (item, at(item, output))).collect();
    for (item, figure) in items.iter().filter(|(item, _)| !item.is_optional()) {
        found.count(figure.is_some(), || item.shown());
        if let Some(figure) = figure {
            values.count(value_fits(item, figure), || {
                format!("{} ← {} {} {}", item.shown(), figure["low"], figure["best"], figure["high"])
            });
        }
    }
    vec![found, values, joined(&items), parted(&items)]
}

/// The figure whose span shares most with the item's words.
pub(crate) fn at<'o>(item: &'o Item, output: &'o Output) -> Option<&'o Value> {
    let (start, end) = *item.spans.first()?;
    let shared = |figure: &Value| span(&figure["span"]).map_or(0, |found| found.1.min(end).saturating_sub(found.0.max(start)));
    let best = output.in_file("figure", &item.file).max_by_key(|figure| shared(figure))?;
    (shared(best) > 0).then_some(best)
}

fn value_fits(item: &Item, figure: &Value) -> bool {
    match item.value["value"].as_f64() {
        // "at least 12" bounds the number from below and may be given as that bound alone.
        Some(value) => ["best", "low", "high"].iter().any(|key| figure[*key].as_f64() == Some(value)),
        None => ["low", "high"].iter().all(|key| figure[*key].as_f64() == item.value[*key].as_f64()),
    }
}

/// Pairs of figures with one referent that the program joins.
fn joined(items: &[(&Item, Option<&Value>)]) -> Score {
    let mut score = Score::new("figure-joined");
    pairs(items, |a, b, same, joined| {
        if same {
            score.count(joined, || format!("{} | {}", a.shown(), b.shown()));
        }
    });
    score
}

/// Pairs of figures that the program joins and that have one referent.
fn parted(items: &[(&Item, Option<&Value>)]) -> Score {
    let mut score = Score::new("figure-join-precision");
    pairs(items, |a, b, same, joined| {
        if joined {
            score.count(same, || format!("{} | {}", a.shown(), b.shown()));
        }
    });
    score
}

/// Calls `each` with two found figures, whether they have one referent, and whether the program joins them.
fn pairs(items: &[(&Item, Option<&Value>)], mut each: impl FnMut(&Item, &Item, bool, bool)) {
    let found: Vec<(&Item, &Value)> = items.iter().filter_map(|(item, figure)| Some((*item, (*figure)?))).collect();
    for (n, (a, figure_a)) in found.iter().enumerate() {
        for (b, figure_b) in &found[n + 1..] {
            if figure_a["id"] == figure_b["id"] {
                continue;
            }
            let same = a.text("referent").is_some() && a.text("referent") == b.text("referent");
            let joined = !figure_a["referent"].is_null() && figure_a["referent"] == figure_b["referent"];
            each(a, b, same, joined);
        }
    }
}
