//! Demands and assurances: found, between the right parties, with the four tests as the pages answer them.

use serde_json::Value;

use crate::expected::{Expected, Item};
use crate::output::{Output, overlap, spans};
use crate::score::Score;

const TESTS: [&str; 4] = ["written", "verifiable", "concrete", "acted"];

pub(crate) fn scores(expected: &Expected, output: &Output) -> Vec<Score> {
    let mut found = Score::new("commitment-found");
    let mut by = Score::new("commitment-by");
    let mut to = Score::new("commitment-to");
    let mut answered = Score::new("commitment-test-answered");
    let mut wrong = Score::new("commitment-test-precision");
    for item in expected.of_kind("commitment").filter(|item| !item.is_optional()) {
        let commitment = matching(item, output);
        found.count(commitment.is_some(), || item.shown());
        let Some(commitment) = commitment else { continue };
        by.count(party_fits(item, "by", commitment, output), || format!("{} ← {}", item.shown(), commitment["by"]));
        to.count(party_fits(item, "to", commitment, output), || format!("{} ← {}", item.shown(), commitment["to"]));
        for test in TESTS {
            let (expected, given) = (answers(item, test), commitment["tests"][test]["answer"].as_str().unwrap_or("unstated"));
            let shown = || format!("{} {test}: {given}, not {}", item.shown(), expected.join(" or "));
            if !expected.contains(&"unstated") {
                answered.count(expected.contains(&given), shown);
            }
            if given != "unstated" {
                wrong.count(expected.contains(&given), shown);
            }
        }
    }
    vec![found, by, to, answered, wrong]
}

/// The commitment of the right kind whose assertions include words that this file gives for it.
fn matching<'o>(item: &'o Item, output: &'o Output) -> Option<&'o Value> {
    let said_here = |commitment: &Value| {
        let assertions = commitment["assertions"].as_array().into_iter().flatten().filter_map(|id| output.assertion(id));
        let here = assertions.filter(|assertion| output.file(assertion) == Some(&item.file));
        here.map(|assertion| shared(&item.spans, &spans(&assertion["spans"]))).fold(0.0, f64::max)
    };
    let kind = item.text("commitment");
    let right_kind = output.of_type("commitment").filter(|commitment| commitment["kind"].as_str() == kind);
    let best = right_kind.max_by(|a, b| said_here(a).total_cmp(&said_here(b)))?;
    (said_here(best) >= 0.5).then_some(best)
}

/// The words of a commitment may be a part of the assertion, or the other way round.
fn shared(a: &[(usize, usize)], b: &[(usize, usize)]) -> f64 {
    let length = |spans: &[(usize, usize)]| spans.iter().map(|(start, end)| end - start).sum::<usize>() as f64;
    let (a_length, b_length) = (length(a), length(b));
    let union_share = overlap(a, b);
    // With i shared bytes the union has a + b - i: solved for i.
    let common = union_share * (a_length + b_length) / (1.0 + union_share);
    common / a_length.min(b_length).max(1.0)
}

fn party_fits(item: &Item, key: &str, commitment: &Value, output: &Output) -> bool {
    let fair = item.answers(&[key]);
    match output.name(&commitment[key]) {
        Some(found) => fair.contains(&found),
        None => fair.is_empty(),
    }
}

/// What may be answered: what the file says by itself, or what all pages say together.
fn answers<'i>(item: &'i Item, test: &str) -> Vec<&'i str> {
    let alone = item.text(test);
    let together = item.value["in_record"][test].as_str();
    alone.into_iter().chain(together).collect()
}
