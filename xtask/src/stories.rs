//! `predict stories`: {doc_id, story}: documents of one story have the same number, others each their own.
//!
//! `score stories` clusters the documents of each split by themselves and prints BCubed (Bagga and Baldwin 1998), means over documents, and
//! the adjusted Rand index (Hubert and Arabie 1985) against the gold's `story`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::{Article, CaptureData, Media, Page};
use onrecord_read::Reading;
use onrecord_record::{ArticleRef, Entry, Record, SharedKind};
use onrecord_text::Source;
use rayon::prelude::*;
use serde_json::{Value, json};

/// A document of the gold.
pub(crate) struct Document {
    pub(crate) id: String,
    topic: u64,
    story: String,
    split: String,
    text: String,
    /// The number of each sentence that is no address, and where it stands in the text.
    pub(crate) lines: Vec<(usize, std::ops::Range<usize>)>,
}

/// The documents of `gold` (`{doc_id, story, split, sentences}`), a sentence a line; lines that are addresses are left out, as on a page.
pub(crate) fn documents(gold: &Path) -> Result<Vec<Document>> {
    let text = fs::read_to_string(gold).with_context(|| gold.display().to_string())?;
    text.lines()
        .map(|line| {
            let document: Value = serde_json::from_str(line)?;
            let field =
                |name: &str| document[name].as_str().map(str::to_owned).with_context(|| format!("a document without `{name}`"));
            let sentences = document["sentences"].as_array().context("a document without `sentences`")?;
            let numbered = sentences.iter().enumerate().filter_map(|(number, line)| Some((number, line.as_str()?)));
            let kept: Vec<(usize, &str)> = numbered.filter(|(_, line)| !is_address(line)).collect();
            let mut start = 0;
            let places = kept.iter().map(|(number, line)| {
                let place = (*number, start..start + line.len());
                start += line.len() + 1;
                place
            });
            Ok(Document {
                lines: places.collect(),
                id: field("doc_id")?,
                topic: document["topic"].as_u64().context("a document without `topic`")?,
                story: field("story")?,
                split: field("split")?,
                text: kept.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n"),
            })
        })
        .collect()
}

/// "http : / / www . example . org / news", as this corpus writes it.
fn is_address(line: &str) -> bool {
    let line = line.replace(' ', "");
    line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www.")
}

/// The record of these documents, each an entry under its id.
pub(crate) fn record(documents: &[&Document], lexicon: &Lexicon) -> Result<Record> {
    let read = |document: &&Document| {
        let article = Article::of_paragraphs(&document.text)?;
        entry(document, onrecord_read::read(&article, lexicon, Model::embedded()))
    };
    let entries = documents.par_iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(onrecord_record::record(entries, lexicon))
}

fn entry(document: &Document, reading: Reading) -> Result<Entry> {
    let article = Article::of_paragraphs(&document.text)?;
    // The id keeps documents of the same words apart.
    let source = Source::new(document.id.as_bytes(), document.text.as_str())?;
    let bytes = document.text.len();
    let page = Page { source, encoding: "UTF-8", media: Media::Text, bytes, articles: vec![article], notes: Vec::new() };
    Ok(Entry { name: document.id.clone(), capture: CaptureData::default(), page, readings: vec![reading] })
}

/// For each document the number of its story.
fn clusters(documents: &[&Document], lexicon: &Lexicon) -> Result<Vec<usize>> {
    let record = record(documents, lexicon)?;
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, story) in record.stories.iter().enumerate() {
        for article in &story.articles {
            numbers.insert(&record.entries[article.entry].name, number);
        }
    }
    let alone = record.stories.len();
    Ok(documents
        .iter()
        .enumerate()
        .map(|(at, document)| numbers.get(document.id.as_str()).copied().unwrap_or(alone + at))
        .collect())
}

/// Prints the story of each document.
pub(crate) fn predict(gold: &Path, lexicon: &Lexicon) -> Result<()> {
    let documents = documents(gold)?;
    let all: Vec<&Document> = documents.iter().collect();
    for (document, story) in documents.iter().zip(clusters(&all, lexicon)?) {
        println!("{}", json!({ "doc_id": document.id, "story": story }));
    }
    Ok(())
}

/// Prints how well each split is clustered.
pub(crate) fn score(gold: &Path, lexicon: &Lexicon) -> Result<()> {
    let documents = documents(gold)?;
    let splits: std::collections::BTreeSet<&str> = documents.iter().map(|document| document.split.as_str()).collect();
    let all = ["all"].into_iter().chain(splits);
    for split in all {
        let chosen: Vec<&Document> = documents.iter().filter(|document| split == "all" || document.split == split).collect();
        let found = clusters(&chosen, lexicon)?;
        let gold: Vec<&str> = chosen.iter().map(|document| document.story.as_str()).collect();
        let (precision, recall) = bcubed(&gold, &found);
        println!(
            "{split}: {} documents, BCubed P {:.1} R {:.1} F1 {:.1}, ARI {:.1}",
            chosen.len(),
            100.0 * precision,
            100.0 * recall,
            200.0 * precision * recall / (precision + recall),
            100.0 * adjusted_rand(&gold, &found)
        );
    }
    Ok(())
}

/// Documents of a small record.
const SMALL: usize = 20;
/// Draws of documents of several topics.
const DRAWS: usize = 16;
/// Topics that such a draw takes its documents from.
const TOPICS: usize = 3;

/// Prints how well small records are clustered, on average over draws: twenty documents of one topic (which are of two stories), of three
/// topics, and sixty of three. The draws are the same each time.
pub(crate) fn score_small(gold: &Path, lexicon: &Lexicon) -> Result<()> {
    let documents = documents(gold)?;
    let topics: std::collections::BTreeSet<u64> = documents.iter().map(|document| document.topic).collect();
    let topics: Vec<u64> = topics.into_iter().collect();
    let mut state = 20_261_122_u64;
    let mut drawn = |among: &[u64], number: usize| -> Vec<usize> {
        let mut held: Vec<usize> = (0..documents.len()).filter(|at| among.contains(&documents[*at].topic)).collect();
        shuffle(&mut held, &mut state);
        held.truncate(number);
        held.sort_unstable();
        held
    };
    let one: Vec<Vec<usize>> = topics.iter().map(|topic| drawn(&[*topic], SMALL)).filter(|drawn| drawn.len() == SMALL).collect();
    let mut mixed = topics.clone();
    let mut choice = 1_u64;
    let several: Vec<Vec<u64>> = (0..DRAWS)
        .map(|_| {
            shuffle(&mut mixed, &mut choice);
            mixed.iter().take(TOPICS).copied().collect()
        })
        .collect();
    let three: Vec<Vec<usize>> = several.iter().map(|among| drawn(among, SMALL)).collect();
    let more: Vec<Vec<usize>> = several.iter().map(|among| drawn(among, 3 * SMALL)).collect();
    for (name, draws) in [("20 of one topic", one), ("20 of three topics", three), ("60 of three topics", more)] {
        let mut sums = [0.0; 3];
        for draw in &draws {
            let chosen: Vec<&Document> = draw.iter().map(|at| &documents[*at]).collect();
            let found = clusters(&chosen, lexicon)?;
            let gold: Vec<&str> = chosen.iter().map(|document| document.story.as_str()).collect();
            let (precision, recall) = bcubed(&gold, &found);
            let scores = [precision, recall, 2.0 * precision * recall / (precision + recall)];
            sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += 100.0 * score / draws.len() as f64);
        }
        let [precision, recall, f1] = sums;
        println!("{name}: {} draws, BCubed P {precision:.1} R {recall:.1} F1 {f1:.1}", draws.len());
    }
    Ok(())
}

/// Fisher and Yates' shuffle with Knuth's generator of numbers, the same everywhere.
fn shuffle<T>(list: &mut [T], state: &mut u64) {
    for last in (1..list.len()).rev() {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.swap(last, (*state >> 33) as usize % (last + 1));
    }
}

fn sizes<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, f64> {
    let mut sizes = BTreeMap::new();
    keys.for_each(|key| *sizes.entry(key).or_insert(0.0) += 1.0);
    sizes
}

fn bcubed(gold: &[&str], found: &[usize]) -> (f64, f64) {
    let (of_gold, of_found) = (sizes(gold.iter()), sizes(found.iter()));
    let both = sizes(gold.iter().zip(found));
    let each = || gold.iter().zip(found);
    let mean = |part: &dyn Fn((&&str, &usize)) -> f64| each().map(part).sum::<f64>() / gold.len() as f64;
    (mean(&|pair| both[&pair] / of_found[pair.1]), mean(&|pair| both[&pair] / of_gold[pair.0]))
}

fn adjusted_rand(gold: &[&str], found: &[usize]) -> f64 {
    fn pairs<K>(sizes: BTreeMap<K, f64>) -> f64 {
        sizes.into_values().map(|size| size * (size - 1.0) / 2.0).sum()
    }
    let both = pairs(sizes(gold.iter().zip(found)));
    let (of_gold, of_found) = (pairs(sizes(gold.iter())), pairs(sizes(found.iter())));
    let by_chance = of_gold * of_found / pairs(BTreeMap::from([((), gold.len() as f64)]));
    (both - by_chance) / ((of_gold + of_found) / 2.0 - by_chance)
}

/// Prints how the pairs of the table `pairs` (`a`, `b`, `label`) are told apart: right of those told so, right of those that are so.
pub(crate) fn score_copies(gold: &Path, pairs: &Path, show: bool, lexicon: &Lexicon) -> Result<()> {
    let documents = documents(gold)?;
    let by_id: BTreeMap<&str, &Document> = documents.iter().map(|document| (document.id.as_str(), document)).collect();
    let table = fs::read_to_string(pairs).with_context(|| pairs.display().to_string())?;
    let mut found: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let [one, two, label] = line.split('\t').collect::<Vec<_>>()[..] else { bail!("`{line}` is not a row of three") };
        let document = |id: &str| by_id.get(id).copied().with_context(|| format!("{id} is not in the gold"));
        let entries = [document(one)?, document(two)?].map(|document| entry(document, Reading::default()));
        let record = onrecord_record::record(entries.into_iter().collect::<Result<Vec<_>>>()?, lexicon);
        let told = match record.shared.first().map(|shared| shared.kind) {
            Some(SharedKind::Copy) => "copy",
            Some(SharedKind::Quotation) => "quotation",
            None => "independent",
        };
        *found.entry((label, told)).or_insert(0) += 1;
        if show && told != label {
            println!("{one} {two}: {label}, told {told}");
        }
    }
    let sum = |wanted: &dyn Fn(&str, &str) -> bool| -> usize {
        found.iter().filter(|((label, told), _)| wanted(label, told)).map(|(_, count)| count).sum()
    };
    for kind in ["copy", "quotation", "independent"] {
        let (right, told, are) =
            (sum(&|label, told| label == kind && told == kind), sum(&|_, told| told == kind), sum(&|label, _| label == kind));
        println!("{kind}: P {:.1} ({right} of {told}) R {:.1} ({right} of {are})", percent(right, told), percent(right, are));
    }
    let (right, all) = (sum(&|label, told| label == told), sum(&|_, _| true));
    println!("right {:.1} ({right} of {all})", percent(right, all));
    let entries = documents.iter().map(|document| entry(document, Reading::default())).collect::<Result<Vec<_>>>()?;
    let record = onrecord_record::record(entries, lexicon);
    let story = |at: ArticleRef| by_id.get(record.entries[at.entry].name.as_str()).map(|document| &document.story);
    let copies: Vec<_> = record.shared.iter().filter(|shared| shared.kind == SharedKind::Copy).collect();
    let astray = copies.iter().filter(|shared| story(shared.older) != story(shared.newer)).count();
    println!("copies among all {} documents: {}, {astray} of them of another story", documents.len(), copies.len());
    Ok(())
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::{adjusted_rand, bcubed};

    #[test]
    fn scores_are_those_of_the_definitions() {
        let gold = ["a", "a", "b", "b"];
        assert_eq!(bcubed(&gold, &[0, 0, 1, 1]), (1.0, 1.0));
        assert_eq!(bcubed(&gold, &[0, 0, 0, 0]), (0.5, 1.0));
        assert_eq!(bcubed(&gold, &[0, 1, 2, 3]), (1.0, 0.5));
        assert!((adjusted_rand(&gold, &[5, 5, 7, 7]) - 1.0).abs() < 1e-9);
        assert!(adjusted_rand(&gold, &[0, 1, 0, 1]) < 0.0);
    }
}
