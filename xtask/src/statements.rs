//! `score statements`: what the reader makes of the passages in `corpus/statements`, written and labelled by hand.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::Article;
use onrecord_read::{Assertion, SpeakerKind};
use serde_json::Value;

use crate::corpora;

const FOLDER: &str = "corpus/statements";

/// Right and all.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Share {
    pub(crate) right: usize,
    pub(crate) all: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    /// In per cent.
    pub(crate) fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }
}

/// What is counted over all passages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scores {
    /// Statements of ours that a labelled one matches.
    pub(crate) precision: Share,
    /// Labelled statements that one of ours matches: half of their words or more are the same (Dice).
    pub(crate) recall: Share,
    /// Among the matches: the words that name the source overlap.
    pub(crate) source: Share,
    /// Among those with a speaker who is named in the passage: it is the right one.
    pub(crate) speaker: Share,
    /// The act is the labelled one or one that the annotator would accept.
    pub(crate) act: Share,
    /// Pronouns, roles and short names that were resolved to somebody: it is the right one.
    pub(crate) links: Share,
    /// Labelled links of speakers that were resolved at all.
    pub(crate) linked: Share,
    /// Among the matches that are relayed by somebody: somebody is in `via`.
    pub(crate) relayed: Share,
    /// What is wrong, a line each.
    pub(crate) wrong: Vec<String>,
}

/// Reads all passages and compares.
pub(crate) fn score(model: &Model, lexicon: &Lexicon) -> Result<Scores> {
    let mut scores = Scores::default();
    for file in corpora::listed(FOLDER)? {
        add_passages(&corpora::read(&file)?, model, lexicon, &mut scores).with_context(|| file.clone())?;
    }
    Ok(scores)
}

/// Reads the passages of one file and compares: those of the corpus, or decisions of reviewers as `onrecord review --gold` writes them.
pub(crate) fn score_file(gold: &Path, model: &Model, lexicon: &Lexicon) -> Result<Scores> {
    let mut scores = Scores::default();
    let text = std::fs::read_to_string(gold).with_context(|| gold.display().to_string())?;
    add_passages(&text, model, lexicon, &mut scores).with_context(|| gold.display().to_string())?;
    Ok(scores)
}

fn add_passages(lines: &str, model: &Model, lexicon: &Lexicon, scores: &mut Scores) -> Result<()> {
    for (number, line) in lines.lines().enumerate() {
        let passage: Value = serde_json::from_str(line).with_context(|| format!("line {}", number + 1))?;
        add(&passage, model, lexicon, scores).with_context(|| format!("passage {}", passage["id"]))?;
    }
    Ok(())
}

/// The table that `cargo xtask score statements` prints.
pub(crate) fn table(scores: &Scores) -> String {
    let mut table = String::new();
    let (precision, recall) = (scores.precision.percent(), scores.recall.percent());
    let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
    let _ = writeln!(table, "found: P {precision:.1} R {recall:.1} F1 {f1:.1}");
    for (name, share) in [
        ("source words overlap", scores.source),
        ("speaker named in the passage is right", scores.speaker),
        ("act", scores.act),
        ("links that were made are right", scores.links),
        ("links of speakers that were made", scores.linked),
        ("relayed statements have a via", scores.relayed),
    ] {
        let _ = writeln!(table, "{name}: {:.1} % of {}", share.percent(), share.all);
    }
    table
}

fn add(passage: &Value, model: &Model, lexicon: &Lexicon, scores: &mut Scores) -> Result<()> {
    let text = passage["text"].as_str().context("no text")?;
    let first_wrong = scores.wrong.len();
    let reading = onrecord_read::read(&Article::of_paragraphs(text)?, lexicon, model);
    let ours: Vec<&Assertion> =
        reading.assertions.iter().filter(|assertion| assertion.speaker.kind != SpeakerKind::Author).collect();
    let labelled: Vec<&Value> = passage["statements"].as_array().into_iter().flatten().collect();
    let own_words = |assertion: &&Assertion| {
        assertion.content.iter().flat_map(|span| words(text, span.start() as usize..span.end() as usize)).collect()
    };
    let found: Vec<BTreeSet<usize>> = ours.iter().map(own_words).collect();
    let wanted: Vec<BTreeSet<usize>> =
        labelled.iter().map(|gold| pieces(gold, "content").into_iter().flat_map(|span| words(text, span)).collect()).collect();
    let by_author = |gold: &Value| gold["speaker_kind"] == "author";
    let pairs = matches(&found, &wanted);
    let judged_only = passage["judged_only"] == true;
    let rejected: Vec<BTreeSet<usize>> = passage["rejected"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|gold| pieces(gold, "content").into_iter().flat_map(|span| words(text, span)).collect())
        .collect();
    let rejected_ours: BTreeSet<usize> = matches(&found, &rejected).into_iter().map(|(own, _)| own).collect();
    for (number, assertion) in ours.iter().enumerate() {
        let right = pairs.iter().any(|(own, _)| *own == number);
        // Where only some findings were judged, one that nobody looked at is neither right nor wrong.
        if !right && judged_only && !rejected_ours.contains(&number) {
            continue;
        }
        scores.precision.count(right);
        if !right {
            let words: Vec<&str> = assertion.content.iter().map(|span| span.cut(text)).collect();
            scores.wrong.push(format!("added [{}] {} ({})", assertion.speaker.name, words.join(" … "), assertion.rule));
        }
    }
    for (number, gold) in labelled.iter().enumerate().filter(|(_, gold)| !by_author(gold)) {
        let pair = pairs.iter().find(|(_, wanted)| *wanted == number);
        scores.recall.count(pair.is_some());
        if let Some((own, _)) = pair {
            compare(ours[*own], gold, scores);
        } else {
            scores.wrong.push(format!("missed [{}] <{}> {}", gold["source"], gold["cue"], gold["content"]));
        }
    }
    for link in passage["links"].as_array().into_iter().flatten() {
        compare_link(&ours, link, scores);
    }
    let id = passage["id"].as_str().unwrap_or_default();
    scores.wrong[first_wrong..].iter_mut().for_each(|line| line.insert_str(0, &format!("{id}: ")));
    Ok(())
}

fn compare(own: &Assertion, gold: &Value, scores: &mut Scores) {
    if let Some(source) = pieces(gold, "source").first() {
        let span = own.speaker.span.map(|span| span.start() as usize..span.end() as usize);
        scores.source.count(span.is_some_and(|span| span.start < source.end && source.start < span.end));
    }
    if let Some(speaker) = gold["speaker"].as_str().filter(|_| gold["speaker_kind"] != "unnamed") {
        let right = listed(gold, "speaker_also").chain([speaker]).any(|name| names_match(&own.speaker.name, name));
        scores.speaker.count(right);
        if !right {
            scores.wrong.push(format!("speaker {speaker} [{}], found {}: {}", gold["source"], own.speaker.name, gold["content"]));
        }
    }
    let act = own.act.name();
    scores.act.count(gold["act"] == act || listed(gold, "act_also").any(|other| other == act));
    if gold["via"].as_array().is_some_and(|via| !via.is_empty()) {
        scores.relayed.count(!own.via.is_empty());
    }
}

/// A link counts where a statement's speaker is those words.
fn compare_link(ours: &[&Assertion], link: &Value, scores: &mut Scores) {
    let (Some(words), Some(at)) = (link["words"].as_str(), link["at"].as_u64()) else { return };
    let span = at as usize..at as usize + words.len();
    let is_it = |assertion: &&&Assertion| {
        assertion.speaker.span.is_some_and(|own| {
            (own.start() as usize) < span.end && span.start < own.end() as usize && own.end() as usize <= span.end + 1
        })
    };
    let Some(own) = ours.iter().find(is_it) else { return };
    let resolved = own.speaker.actor.is_some() && !names_match(&own.speaker.name, words)
        || own.speaker.actor.is_some() && link["to"].as_str().is_some_and(|to| names_match(&own.speaker.name, to));
    scores.linked.count(resolved);
    if resolved {
        let right = link["to"].as_str().is_some_and(|to| names_match(&own.speaker.name, to));
        scores.links.count(right);
        if !right {
            scores.wrong.push(format!("link {words} to {}, found {}", link["to"], own.speaker.name));
        }
    }
}

/// Labelled statements with ours, the best matches first.
fn matches(found: &[BTreeSet<usize>], wanted: &[BTreeSet<usize>]) -> Vec<(usize, usize)> {
    let mut scored = Vec::new();
    for (own, a) in found.iter().enumerate() {
        for (gold, b) in wanted.iter().enumerate() {
            let dice = 2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()).max(1) as f64;
            if dice >= 0.5 {
                scored.push((dice, own, gold));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, own, gold) in scored {
        if pairs.iter().all(|(taken, other)| *taken != own && *other != gold) {
            pairs.push((own, gold));
        }
    }
    pairs
}

/// Starts of the words in `span`.
fn words(text: &str, span: Range<usize>) -> Vec<usize> {
    let part = &text[span.clone()];
    let mut starts = Vec::new();
    let mut inside = false;
    for (at, c) in part.char_indices() {
        if c.is_alphanumeric() && !inside {
            starts.push(span.start + at);
        }
        inside = c.is_alphanumeric();
    }
    starts
}

/// The byte ranges that a label gives under `key` and `key_at`: one or several pieces.
fn pieces(gold: &Value, key: &str) -> Vec<Range<usize>> {
    let many = |value: &Value| match value {
        Value::Array(items) => items.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    };
    let starts = many(&gold[&format!("{key}_at")]);
    let pieces = many(&gold[key]);
    let ranges = pieces.iter().zip(&starts).filter_map(|(piece, start)| {
        let start = usize::try_from(start.as_u64()?).ok()?;
        Some(start..start + piece.as_str()?.len())
    });
    ranges.collect()
}

fn listed<'v>(gold: &'v Value, key: &str) -> impl Iterator<Item = &'v str> {
    let one = gold[key].as_str();
    one.into_iter().chain(gold[key].as_array().into_iter().flatten().filter_map(Value::as_str))
}

/// Whether one name's words are all in the other, articles aside.
fn names_match(own: &str, wanted: &str) -> bool {
    let set = |name: &str| -> BTreeSet<String> {
        let plain = name.replace(['’', '\''], " ").to_lowercase();
        plain
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !["", "the", "a", "an", "s", "of"].contains(word))
            .map(str::to_owned)
            .collect()
    };
    let (own, wanted) = (set(own), set(wanted));
    !own.is_empty() && !wanted.is_empty() && (own.is_subset(&wanted) || wanted.is_subset(&own))
}

#[cfg(test)]
mod tests {
    use onrecord_lang::Model;
    use onrecord_lexicon::Lexicon;

    use super::{score, score_file};

    const ARTICLE: &str = "The port is open again, the harbour master said on Monday.\nThe union said that the port was closed.\nThe mayor demanded a list of all ships.\n";

    /// A passage as `onrecord review --gold` writes it; the reader finds three statements in it.
    fn judged(statements: &serde_json::Value, rejected: &serde_json::Value) -> super::Scores {
        let passage = serde_json::json!({
            "id": "a1", "judged_only": true, "text": ARTICLE, "statements": statements, "rejected": rejected, "links": [],
        });
        let file = std::env::temp_dir().join(format!("onrecord-gold-{}-{:p}.jsonl", std::process::id(), &passage));
        std::fs::write(&file, format!("{passage}\n")).unwrap();
        let scores = score_file(&file, Model::embedded(), Lexicon::embedded()).unwrap();
        std::fs::remove_file(&file).unwrap();
        scores
    }

    fn statement(speaker: &str) -> serde_json::Value {
        let content = "The port is open again";
        serde_json::json!({
            "content": content, "content_at": 0, "speaker": speaker, "speaker_kind": "person", "act": "state", "source": null, "cue": null,
        })
    }

    #[test]
    fn what_nobody_looked_at_counts_neither_way() {
        let scores = judged(&serde_json::json!([statement("harbour master")]), &serde_json::json!([]));
        assert_eq!((scores.precision.right, scores.precision.all), (1, 1), "{:?}", scores.wrong);
        assert_eq!((scores.recall.right, scores.recall.all), (1, 1));
        assert_eq!((scores.speaker.right, scores.speaker.all), (1, 1));
    }

    #[test]
    fn a_rejected_finding_that_is_still_given_counts_against_precision() {
        let content = "that the port was closed";
        let at = ARTICLE.find(content).unwrap();
        let rejected = serde_json::json!([{"content": content, "content_at": at}]);
        let scores = judged(&serde_json::json!([statement("harbour master")]), &rejected);
        assert_eq!((scores.precision.right, scores.precision.all), (1, 2), "{:?}", scores.wrong);
    }

    #[test]
    fn a_corrected_speaker_counts_against_the_speaker_alone() {
        let scores = judged(&serde_json::json!([statement("Lena Vask")]), &serde_json::json!([]));
        assert_eq!((scores.precision.right, scores.precision.all), (1, 1));
        assert_eq!((scores.speaker.right, scores.speaker.all), (0, 1), "{:?}", scores.wrong);
    }

    /// Raise a floor when it is earned; lowering one needs a reason.
    #[test]
    fn the_passages_are_read_as_well_as_before() {
        std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).unwrap();
        let scores = score(Model::embedded(), Lexicon::embedded()).unwrap();
        for (name, share, floor) in [
            ("precision", scores.precision, 92.0),
            ("recall", scores.recall, 70.0),
            ("source", scores.source, 94.0),
            ("speaker", scores.speaker, 83.0),
            ("act", scores.act, 83.0),
            ("links", scores.links, 95.0),
        ] {
            assert!(share.percent() >= floor, "{name}: {:.1} % is below {floor} %", share.percent());
        }
    }
}
