//! Statements: found, with the right speaker, party, act and form; and nothing beside them.

use serde_json::Value;

use crate::expected::{Expected, Item};
use crate::output::{Output, overlap, spans};
use crate::score::Score;

/// Half the bytes in common is the usual bar for a quotation cut a little wider or narrower.
const SAME_WORDS: f64 = 0.5;

/// The assertion of the program that has most in common with the item's words, if it has enough.
pub(crate) fn matching<'o>(item: &'o Item, output: &'o Output) -> Option<&'o Value> {
    let common = |object: &Value| {
        let found = spans(&object["spans"]);
        overlap(&item.spans, &found).max(if item.core.is_empty() { 0.0 } else { overlap(&item.core, &found) })
    };
    let best = output.in_file("assertion", &item.file).max_by(|a, b| common(a).total_cmp(&common(b)))?;
    (common(best) >= SAME_WORDS).then_some(best)
}

pub(crate) fn scores(expected: &Expected, output: &Output) -> Vec<Score> {
    let mut found = Score::new("statement-found");
    let mut speaker = Score::new("statement-speaker");
    let mut party = Score::new("statement-party");
    let mut act = Score::new("statement-act");
    let mut form = Score::new("statement-form");
    for item in expected.of_kind("statement").filter(|item| !item.is_optional()) {
        let assertion = matching(item, output);
        found.count(assertion.is_some(), || item.shown());
        let Some(assertion) = assertion else { continue };
        let shown = |found: &Value| format!("{} ← {found}", item.shown());
        speaker.count(speaker_fits(item, assertion, output), || shown(&assertion["speaker"]["name"]));
        party.count(party_fits(item, assertion, output), || shown(&assertion["speaker"]["party"]));
        let acts = item.answers(&["act", "or"]);
        act.count(assertion["act"].as_str().is_some_and(|found| acts.contains(&found)), || shown(&assertion["act"]));
        let direct = assertion["direct"] == "direct";
        form.count(item.value["direct"] == direct, || shown(&assertion["direct"]));
    }
    vec![found, speaker, party, act, form, precision(expected, output)]
}

/// Of the assertions that somebody else than the author makes, how many share words with an expected statement.
///
/// Headlines are not among the expected, so what overlaps one is left out.
fn precision(expected: &Expected, output: &Output) -> Score {
    let mut score = Score::new("statement-precision");
    for assertion in output.of_type("assertion").filter(|assertion| assertion["speaker"]["kind"] != "author") {
        let Some(file) = output.file(assertion) else { continue };
        let found = spans(&assertion["spans"]);
        let in_title = output.in_file("article", file).any(|article| {
            let title = crate::output::span(&article["title"]["span"]);
            title.is_some_and(|title| overlap(&[title], &found) > 0.0)
        });
        if in_title {
            continue;
        }
        let mut items = expected.of_kind("statement").filter(|item| item.file == file);
        let hit = items.any(|item| shares_half(&item.spans, &found) || shares_half(&item.core, &found));
        score.count(hit, || format!("{file}: {}", assertion["text"]));
    }
    score
}

/// Whether half of the shorter is also in the other: two sentences of one quotation may be listed apart or joined.
fn shares_half(expected: &[(usize, usize)], found: &[(usize, usize)]) -> bool {
    let length = |spans: &[(usize, usize)]| spans.iter().map(|(start, end)| end - start).sum::<usize>();
    let shared: usize = expected.iter().flat_map(|a| found.iter().map(|b| b.1.min(a.1).saturating_sub(b.0.max(a.0)))).sum();
    shared > 0 && shared * 2 >= length(expected).min(length(found))
}

fn speaker_fits(item: &Item, assertion: &Value, output: &Output) -> bool {
    let fair = item.answers(&["speaker", "speaker_or", "joint"]);
    let speaker = &assertion["speaker"];
    if speaker["kind"] == "author" {
        return item.text("speaker_kind") == Some("author");
    }
    let names = [speaker["name"].as_str(), output.name(&speaker["actor"])];
    let unnamed = item.text("speaker_kind") == Some("unnamed");
    names.into_iter().flatten().any(|name| fair.iter().any(|fair| same_name(fair, name) || unnamed && says_the_same(fair, name)))
}

fn party_fits(item: &Item, assertion: &Value, output: &Output) -> bool {
    let fair = item.answers(&["party", "party_or", "joint"]);
    match output.name(&assertion["speaker"]["party"]) {
        Some(found) => fair.contains(&found),
        None => item.value["party"].is_null(),
    }
}

/// Equal but for case and a leading article.
fn same_name(a: &str, b: &str) -> bool {
    bare(a) == bare(b)
}

/// One description of somebody unnamed holds the other.
fn says_the_same(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}

fn bare(name: &str) -> String {
    let name = name.to_lowercase().replace('’', "'");
    let name = ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(&name);
    name.to_owned()
}
