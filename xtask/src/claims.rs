//! `predict claims`: the claims that several assertions make, each with the sentences that hold its words.
//!
//! `score claims`: of pairs of sentences that were labelled by reading them, how many are joined to one claim, and how many rightly.
//!
//! The table holds ids of documents, numbers of their sentences, counted from 0, and a label: `same`, both tell one and the same thing;
//! `different`, they do not; `part`, one tells it beside something else, or in passing. A pair is joined when one claim has words of both
//! sentences. Precision leaves out what is labelled `part`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, bail};
use onrecord_lexicon::Lexicon;
use onrecord_record::{Claim, Record};
use serde_json::json;

use crate::stories::{Document, documents, record};

/// A sentence: its document and its number there.
type Sentence<'a> = (&'a str, usize);

struct Pair<'a> {
    sentences: [Sentence<'a>; 2],
    label: &'a str,
}

/// Prints a line for each assertion of a claim that has several: claim, document, sentences, text, why it was joined.
pub(crate) fn predict(gold: &Path, lexicon: &Lexicon) -> Result<()> {
    let documents = documents(gold)?;
    let record = record(&documents.iter().collect::<Vec<_>>(), lexicon)?;
    for (number, claim) in record.claims.iter().enumerate().filter(|(_, claim)| claim.assertions.len() > 1) {
        for (place, (id, sentences, text)) in told(claim, &record, &documents).into_iter().enumerate() {
            let reason = place.checked_sub(1).and_then(|before| claim.reasons.get(before));
            println!("{}", json!({ "claim": number, "doc_id": id, "sentences": sentences, "text": text, "reason": reason }));
        }
    }
    Ok(())
}

/// Prints precision and recall over the table `pairs`.
pub(crate) fn score(gold: &Path, pairs: &Path, show: bool, lexicon: &Lexicon) -> Result<()> {
    let documents = documents(gold)?;
    let table = fs::read_to_string(pairs).with_context(|| pairs.display().to_string())?;
    let pairs = table.lines().skip(1).map(pair).collect::<Result<Vec<_>>>()?;
    let record = record(&documents.iter().collect::<Vec<_>>(), lexicon)?;
    let held = |claim: &Claim| -> BTreeSet<Sentence<'_>> {
        let told = told(claim, &record, &documents).into_iter();
        told.flat_map(|(id, sentences, _)| sentences.into_iter().map(move |sentence| (id, sentence))).collect()
    };
    let held: Vec<BTreeSet<Sentence<'_>>> = record.claims.iter().filter(|claim| claim.assertions.len() > 1).map(held).collect();
    let mut counts: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for Pair { sentences, label } in &pairs {
        let joined = held.iter().any(|held| sentences.iter().all(|sentence| held.contains(sentence)));
        *counts.entry((label, joined)).or_insert(0) += 1;
        if show && (joined && *label == "different" || !joined && *label == "same") {
            let [one, two] = sentences;
            println!("{}:{} {}:{} {label}, {}", one.0, one.1, two.0, two.1, if joined { "joined" } else { "not joined" });
        }
    }
    let count = |label: &'static str, joined: bool| counts.get(&(label, joined)).copied().unwrap_or(0);
    let (right, wrong, missed) = (count("same", true), count("different", true), count("same", false));
    println!(
        "same claim: P {:.1} ({right} of {}) R {:.1} ({right} of {}); joined of those that are one in part: {} of {}",
        percent(right, right + wrong),
        right + wrong,
        percent(right, right + missed),
        right + missed,
        count("part", true),
        count("part", true) + count("part", false)
    );
    Ok(())
}

/// For each assertion of a claim its document, the sentences that it has words of, and these words.
fn told<'a>(claim: &Claim, record: &Record, documents: &'a [Document]) -> Vec<(&'a str, BTreeSet<usize>, String)> {
    let told = claim.assertions.iter().filter_map(|at| {
        let entry = record.entries.get(at.entry)?;
        let document = documents.iter().find(|document| document.id == entry.name)?;
        let said = entry.readings.get(at.article)?.assertions.get(at.item)?;
        let clean = &entry.page.articles.get(at.article)?.clean;
        let pieces = said.content.iter().flat_map(|span| clean.source_pieces(*span));
        let sentences = pieces.flat_map(|span| document.sentences_in(span.start() as usize..span.end() as usize)).collect();
        let text: Vec<&str> = said.content.iter().map(|span| clean.cut(*span)).collect();
        Some((document.id.as_str(), sentences, text.join(" … ")))
    });
    told.collect()
}

impl Document {
    /// The sentences of which these bytes of its text hold something.
    fn sentences_in(&self, bytes: Range<usize>) -> Vec<usize> {
        let hit = self.lines.iter().filter(|(_, line)| line.start < bytes.end && bytes.start < line.end);
        hit.map(|(number, _)| *number).collect()
    }
}

fn pair(line: &str) -> Result<Pair<'_>> {
    let [one, first, two, second, label] = line.split('\t').collect::<Vec<_>>()[..] else {
        bail!("`{line}` is not a row of five")
    };
    if !["same", "different", "part"].contains(&label) {
        bail!("`{label}` is no label");
    }
    Ok(Pair { sentences: [(one, first.parse()?), (two, second.parse()?)], label })
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}
