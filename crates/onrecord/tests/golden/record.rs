//! What only all pages together show: who denies whom, and what goes back to one origin.

use serde_json::Value;

use crate::expected::{Expected, Span};
use crate::output::{Output, spans};
use crate::score::Score;

pub(crate) fn scores(expected: &Expected, output: &Output) -> Vec<Score> {
    vec![denials(expected, output), denial_precision(expected, output), origins(expected, output)]
}

/// Words that deny stand against the words they deny.
fn denials(expected: &Expected, output: &Output) -> Score {
    let mut score = Score::new("denial");
    for item in expected.of_kind("denial").filter(|item| !item.is_optional()) {
        let of_file = item.text("of_file").unwrap_or(&item.file);
        let of = expected.find(of_file, item.text("of_words").unwrap());
        let by = item.spans.first().copied().unwrap();
        let hit = output
            .of_type("claim")
            .any(|claim| holds(&claim["assertions"], of_file, of, output) && holds(&claim["denied_by"], &item.file, by, output));
        score.count(hit, || format!("{} | {of_file}: {}", item.shown(), item.text("of_words").unwrap()));
    }
    score
}

/// Of the denials that the program links to a claim, how many are denials to a careful reader too.
fn denial_precision(expected: &Expected, output: &Output) -> Score {
    let mut score = Score::new("denial-precision");
    for claim in output.of_type("claim") {
        for denial in claim["denied_by"].as_array().into_iter().flatten().filter_map(|id| output.assertion(id)) {
            let Some(file) = output.file(denial) else { continue };
            let found = spans(&denial["spans"]);
            let mut known = expected.of_kind("denial").filter(|item| item.file == file);
            let hit = known.any(|item| {
                let of_file = item.text("of_file").unwrap_or(&item.file);
                let of = expected.find(of_file, item.text("of_words").unwrap());
                item.spans.iter().any(|words| found.iter().any(|found| touch(*words, *found)))
                    && same_story(claim, of_file, of, output)
            });
            score.count(hit, || format!("{file}: {} | {}", denial["text"], claim["text"]));
        }
    }
    score
}

fn same_story(claim: &Value, file: &str, words: Span, output: &Output) -> bool {
    holds(&claim["assertions"], file, words, output)
}

/// The same words in several files go back to one origin.
fn origins(expected: &Expected, output: &Output) -> Score {
    let mut score = Score::new("same-origin");
    for item in expected.of_kind("same-origin") {
        let files = item.answers(&["files"]);
        let words = |file: &str| item.value["words_in"][file].as_str().or(item.text("words")).unwrap();
        let places: Vec<(&str, Span)> = files.iter().map(|file| (*file, expected.find(file, words(file)))).collect();
        let hit = output
            .of_type("claim")
            .flat_map(|claim| claim["origins"].as_array().into_iter().flatten())
            .any(|origin| places.iter().all(|(file, words)| holds(&origin["assertions"], file, *words, output)));
        score.count(hit, || format!("{}: {}", files.join(", "), item.text("words").unwrap()));
    }
    score
}

/// Whether one of these assertions stands in `file` and shares bytes with `words`.
fn holds(assertions: &Value, file: &str, words: Span, output: &Output) -> bool {
    let assertions = assertions.as_array().into_iter().flatten().filter_map(|id| output.assertion(id));
    assertions
        .filter(|assertion| output.file(assertion) == Some(file))
        .any(|assertion| spans(&assertion["spans"]).into_iter().any(|found| touch(found, words)))
}

fn touch(a: Span, b: Span) -> bool {
    a.0 < b.1 && b.0 < a.1
}
