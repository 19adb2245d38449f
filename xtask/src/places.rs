//! `predict places` and `score places`: toponyms with coordinates.
//!
//! Definitions. Gold and prediction are JSONL, one document a line in the same order, `toponyms` a list of `[start, end, name, lat, lon, …]` with offsets in
//! characters; a prediction may have `null` for coordinates that it leaves open. A toponym is found when both of its ends are those of one in the gold.
//! F1 is that of the toponyms found. *Within 161 km* (100 miles, as the literature has it) is the share, of the toponyms found, whose point lies on the
//! great circle within 161 km of the gold's; one left open lies nowhere. *Of those placed* leaves these out of the count.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use onrecord_gazetteer::Gazetteer;
use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::Article;
use onrecord_read::place;
use serde_json::{Value, json};

use crate::quotes::Characters;

/// Prints `{id, toponyms}` for each document of `gold`.
pub(crate) fn predict(gold: &Path, lexicon: &Lexicon) -> Result<()> {
    for document in lines(gold)? {
        println!("{}", json!({ "id": document["id"], "toponyms": toponyms(&document, lexicon)? }));
    }
    Ok(())
}

/// Prints how well the places of `gold` are found; with `show` each that is wrong.
pub(crate) fn score(gold: &Path, lexicon: &Lexicon, show: bool) -> Result<()> {
    let mut counts = Counts::default();
    for document in lines(gold)? {
        let text: Vec<char> = document["text"].as_str().unwrap_or_default().chars().collect();
        let (wanted, found) = (by_span(&document["toponyms"]), by_span(&json!(toponyms(&document, lexicon)?)));
        let say = |what: &str, span: &(u64, u64)| {
            if show {
                let cut = |from: u64, to: u64| {
                    text.iter().skip(from as usize).take(to.saturating_sub(from) as usize).collect::<String>()
                };
                let (before, after) = (cut(span.0.saturating_sub(30), span.0), cut(span.1, span.1 + 30));
                println!("{what}: {before}[{}]{after}", cut(span.0, span.1));
            }
        };
        counts.found += found.len();
        counts.wanted += wanted.len();
        for (span, point) in &wanted {
            let Some(guess) = found.get(span) else {
                say("missed", span);
                continue;
            };
            counts.right += 1;
            counts.placed += usize::from(guess.is_some());
            match guess.zip(*point).map(|(guess, point)| kilometres(guess, point)) {
                Some(distance) if distance <= 161.0 => counts.near += 1,
                Some(distance) => say(&format!("{distance:.0} km off"), span),
                None => say("open", span),
            }
        }
        found.keys().filter(|span| !wanted.contains_key(span)).for_each(|span| say("added", span));
    }
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!(
        "toponyms {} found {} P {:.1} R {:.1} F1 {:.1}; within 161 km {:.1}, of those placed {:.1} ({} left open)",
        counts.wanted,
        counts.right,
        share(counts.right, counts.found),
        share(counts.right, counts.wanted),
        share(2 * counts.right, counts.found + counts.wanted),
        share(counts.near, counts.right),
        share(counts.near, counts.placed),
        counts.right - counts.placed,
    );
    Ok(())
}

#[derive(Default)]
struct Counts {
    wanted: usize,
    found: usize,
    right: usize,
    placed: usize,
    near: usize,
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines().map(|line| serde_json::from_str(line).with_context(|| format!("{} is no JSONL", path.display()))).collect()
}

/// `[start, end, name, lat, lon]` of each place in the text of a document; capitals that stand for governments are none.
fn toponyms(document: &Value, lexicon: &Lexicon) -> Result<Vec<Value>> {
    let Some(text) = document["text"].as_str() else { bail!("a document without `text`") };
    let (article, characters) = (Article::of_paragraphs(text)?, Characters::new(text));
    let analysis = onrecord_lang::analyse(text, &article.blocks, lexicon, Model::embedded());
    let found = place::find(text, &analysis, lexicon, Gazetteer::embedded()).into_iter().filter(|toponym| !toponym.is_government);
    let entry = |toponym: place::Toponym| {
        let (start, end) = (toponym.span.start() as usize, toponym.span.end() as usize);
        let (lat, lon) = toponym.place.as_ref().map(|place| (place.lat, place.lon)).unzip();
        json!([characters.before(start), characters.before(end), &text[start..end], lat, lon])
    };
    Ok(found.map(entry).collect())
}

type Point = (f64, f64);

fn by_span(toponyms: &Value) -> BTreeMap<(u64, u64), Option<Point>> {
    let list = toponyms.as_array().into_iter().flatten();
    list.filter_map(|entry| Some(((entry[0].as_u64()?, entry[1].as_u64()?), entry[3].as_f64().zip(entry[4].as_f64())))).collect()
}

/// Kilometres on the great circle.
fn kilometres((lat, lon): Point, (other_lat, other_lon): Point) -> f64 {
    let half = |a: f64, b: f64| ((a - b).to_radians() / 2.0).sin();
    let (north, east) = (half(lat, other_lat), half(lon, other_lon));
    let chord = north * north + lat.to_radians().cos() * other_lat.to_radians().cos() * east * east;
    2.0 * 6371.0 * chord.sqrt().asin()
}
