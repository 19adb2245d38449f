//! Chooses among the lines of copied pages and prints the choice, for `score_lines.py`.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use anyhow::Context;
use onrecord_lexicon::Lexicon;
use onrecord_page::{LineModel, LinePage, LineTraining};
use serde_json::{Value, json};

/// Prints one object a line, `{doc_id, lines: [{text, keep}]}`, for each document of `gold`.
///
/// # Errors
/// When the file cannot be read or standard output cannot be written.
pub(crate) fn lines(gold: &Path, lexicon: &Lexicon) -> anyhow::Result<()> {
    let documents = BufReader::new(File::open(gold).with_context(|| format!("cannot open {}", gold.display()))?);
    let mut out = std::io::stdout().lock();
    for document in documents.lines() {
        let document: Value = serde_json::from_str(&document?)?;
        let lines: Vec<&str> = document["lines"]
            .as_array()
            .context("a document without `lines`")?
            .iter()
            .filter_map(|line| line["text"].as_str())
            .collect();
        let single: Vec<String> = lines.iter().map(|line| line.replace('\n', " ")).collect();
        let kept = onrecord_page::kept_lines(&single.join("\n"), lexicon);
        let lines: Vec<Value> = lines.iter().zip(kept).map(|(text, keep)| json!({ "text": text, "keep": keep })).collect();
        writeln!(out, "{}", json!({ "doc_id": document["doc_id"], "lines": lines }))?;
    }
    Ok(())
}

/// Where the fitted weights go.
const WEIGHTS: &str = "crates/onrecord-page/src/copied/line_model.txt";

/// Parts that the pages are cut into: each is decided by a model that has seen the others only.
const FOLDS: usize = 5;

const TRAINING: LineTraining = LineTraining { rounds: 8, rate: 0.1, shrink: 20.0, threshold: 0.5 };

/// A page of the gold file, with the decision for each of its units.
struct Labelled {
    lines: Vec<String>,
    gold: Vec<bool>,
    page: LinePage,
    units: Vec<bool>,
}

/// Fits the line model to `gold` and writes its weights; prints what models score on pages that they were not fitted to.
///
/// # Errors
/// When the file cannot be read or the weights cannot be written.
pub(crate) fn fit(gold: &Path, lexicon: &Lexicon) -> anyhow::Result<()> {
    let pages = labelled(gold, lexicon)?;
    let training = TRAINING;
    let mut counts = [[0usize; 3]; 2];
    for fold in 0..FOLDS {
        let seen: Vec<(&LinePage, &[bool])> = pages
            .iter()
            .enumerate()
            .filter(|(at, _)| at % FOLDS != fold)
            .map(|(_, page)| (&page.page, &page.units[..]))
            .collect();
        let model = onrecord_page::fit_lines(&seen, training);
        pages.iter().skip(fold).step_by(FOLDS).for_each(|page| count(page, &model.keep(&page.page), &mut counts));
    }
    for (name, [right, added, missed]) in ["lines", "words"].iter().zip(counts) {
        let part = |of: usize| right as f64 / of.max(1) as f64;
        let f1 = 2.0 * right as f64 / (2 * right + added + missed).max(1) as f64;
        println!("{name} in {FOLDS} folds P {:.3} R {:.3} F1 {f1:.3}", part(right + added), part(right + missed));
    }
    let all: Vec<(&LinePage, &[bool])> = pages.iter().map(|page| (&page.page, &page.units[..])).collect();
    let model: LineModel = onrecord_page::fit_lines(&all, training);
    std::fs::write(WEIGHTS, model.text()).with_context(|| format!("cannot write {WEIGHTS}"))?;
    Ok(())
}

fn labelled(gold: &Path, lexicon: &Lexicon) -> anyhow::Result<Vec<Labelled>> {
    let documents = BufReader::new(File::open(gold).with_context(|| format!("cannot open {}", gold.display()))?);
    let mut pages = Vec::new();
    for document in documents.lines() {
        let document: Value = serde_json::from_str(&document?)?;
        let lines = document["lines"].as_array().context("a document without `lines`")?;
        let text = |line: &Value| line["text"].as_str().unwrap_or("").replace('\n', " ");
        let gold: Vec<bool> = lines.iter().map(|line| line["keep"].as_bool().unwrap_or(false)).collect();
        let lines: Vec<String> = lines.iter().map(text).collect();
        let page = onrecord_page::line_page(&lines.join("\n"), lexicon);
        // A unit of several lines is what most of them are.
        let units = page.lines.iter().map(|range| {
            let kept = range.clone().filter(|line| gold[*line]).count();
            kept * 2 > range.len()
        });
        pages.push(Labelled { units: units.collect(), lines, gold, page });
    }
    Ok(pages)
}

/// Counts right, added and missed lines and words, as `score_lines.py` does.
fn count(page: &Labelled, keep: &[bool], counts: &mut [[usize; 3]; 2]) {
    let mut kept = vec![false; page.lines.len()];
    for (range, keep) in page.page.lines.iter().zip(keep) {
        kept[range.clone()].fill(*keep);
    }
    for ((line, gold), kept) in page.lines.iter().zip(&page.gold).zip(kept) {
        let words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty()).count();
        let column = match (gold, kept) {
            (true, true) => 0,
            (false, true) => 1,
            (true, false) => 2,
            (false, false) => continue,
        };
        if words > 0 {
            counts[0][column] += 1;
            counts[1][column] += words;
        }
    }
}
