//! What is body and what is not; title, dates, authors; spelling; labels.

use serde_json::Value;

use crate::expected::{Expected, Item, Span};
use crate::output::{Output, span, spans};
use crate::score::Score;

pub(crate) fn scores(expected: &Expected, output: &Output) -> Vec<Score> {
    vec![
        dropped(expected, output),
        kept(expected, output),
        meta(expected, output),
        restored(expected, output),
        left_alone(expected, output),
        labels(expected, output),
    ]
}

/// Words of no article's body are in no body.
fn dropped(expected: &Expected, output: &Output) -> Score {
    let mut score = Score::new("dropped");
    for item in expected.of_kind("dropped") {
        score.count(!item.spans.iter().any(|words| in_body(*words, &item.file, output)), || item.shown());
    }
    score
}

/// Words that somebody says are in a body: dropping everything is no way to drop the menus.
fn kept(expected: &Expected, output: &Output) -> Score {
    let mut score = Score::new("kept");
    for item in expected.of_kind("statement") {
        score.count(item.spans.iter().all(|words| in_body(*words, &item.file, output)), || item.shown());
    }
    score
}

fn in_body(words: Span, file: &str, output: &Output) -> bool {
    let mut bodies = output.in_file("article", file).flat_map(|article| spans(&article["body"]));
    bodies.any(|(start, end)| words.0 < end && start < words.1)
}

fn meta(expected: &Expected, output: &Output) -> Score {
    let mut score = Score::new("meta");
    for item in expected.of_kind("meta") {
        let nth = item.value["article"].as_u64().unwrap_or(1) as usize;
        let article = output.in_file("article", &item.file).nth(nth - 1);
        let found = article.map_or(Value::Null, |article| field(item.text("field").unwrap(), article, &item.file, output));
        score.count(fits(&item.value["value"], &found), || {
            format!("{} {} {}: {found}, not {}", item.file, nth, item.value["field"], item.value["value"])
        });
    }
    score
}

fn field(name: &str, article: &Value, file: &str, output: &Output) -> Value {
    match name {
        "title" => article["title"]["text"].clone(),
        "published" => article["published"]["value"].clone(),
        "author" => {
            let authors = article["byline"].as_array().into_iter().flatten().filter_map(|author| author["text"].as_str());
            let authors = authors.collect::<Vec<_>>().join(" and ");
            if authors.is_empty() { Value::Null } else { Value::from(authors) }
        }
        "encoding" => {
            let captures = output
                .of_type("capture")
                .filter(|capture| capture["source"].as_str().is_some_and(|source| source.ends_with(file)));
            captures.map(|capture| capture["encoding"].clone()).next().unwrap_or_default()
        }
        // `site` and `agency` are texts, or objects with a text.
        other => article[other].get("text").unwrap_or(&article[other]).clone(),
    }
}

/// Equal; a date may be given to the minute where the day is expected.
fn fits(expected: &Value, found: &Value) -> bool {
    match (expected.as_str(), found.as_str()) {
        (Some(expected), Some(found)) => {
            plain(found) == plain(expected) || found.strip_prefix(expected).is_some_and(|rest| rest.starts_with('T'))
        }
        _ => expected == found,
    }
}

/// The words without differences in case, entities and quotation marks.
fn plain(words: &str) -> String {
    let words = words.replace("&rsquo;", "’").replace("&lsquo;", "‘").replace("&amp;", "&").replace("&#8217;", "’");
    words.replace(['’', '‘'], "'").to_lowercase()
}

fn restored(expected: &Expected, output: &Output) -> Score {
    let mut score = Score::new("restored");
    for item in expected.of_kind("restored") {
        let mut words =
            output.in_file("article", &item.file).flat_map(|article| article["restored"].as_array().into_iter().flatten());
        score.count(
            words.any(|word| span(&word["span"]) == item.spans.first().copied() && word["restored"] == item.value["restored"]),
            || item.shown(),
        );
    }
    score
}

fn left_alone(expected: &Expected, output: &Output) -> Score {
    let mut score = Score::new("left-alone");
    for item in expected.of_kind("left-alone") {
        let mut words =
            output.in_file("article", &item.file).flat_map(|article| article["restored"].as_array().into_iter().flatten());
        score.count(!words.any(|word| touches(word, item)), || item.shown());
    }
    score
}

fn touches(word: &Value, item: &Item) -> bool {
    span(&word["span"]).is_some_and(|(start, end)| item.spans.iter().any(|words| words.0 < end && start < words.1))
}

fn labels(expected: &Expected, output: &Output) -> Score {
    let mut score = Score::new("label");
    for item in expected.of_kind("label") {
        let mut labels =
            output.in_file("article", &item.file).flat_map(|article| article["labels"].as_array().into_iter().flatten());
        score.count(labels.any(|label| label["value"] == item.value["value"] && touches(label, item)), || item.shown());
    }
    score
}
