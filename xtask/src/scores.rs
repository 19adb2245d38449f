//! What a model scores on the development sets, by the definitions of `docs/measurements.md`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::Result;
use onrecord_lang::train::conllu::{self, Sentence};
use onrecord_lang::train::{names::Labelled, segment::paragraphs};
use onrecord_lang::{MentionKind, Model};
use onrecord_lexicon::Lexicon;

use crate::corpora::{self, Own, Part, SHARED};

/// The table that training prints.
pub(crate) fn table(model: &Model, lexicon: &Lexicon) -> Result<String> {
    let mut table = String::new();
    for name in ["en_ewt-ud-dev", "en_gum-ccby-dev"] {
        let sentences = conllu::parse(&corpora::read(&format!("{SHARED}/{name}.conllu"))?);
        writeln!(table, "{name}  gold tokens: {}", tree_scores(model, &sentences))?;
        writeln!(table, "{name}  raw text: {}", cut_scores(model, &sentences))?;
    }
    for (own, name) in [(Own::News, "news"), (Own::Politics, "politics")] {
        let own = corpora::own_names(own, Part::Test)?;
        let scores = name_scores(model, lexicon, &own, &MentionKind::ALL[..4]);
        writeln!(table, "names, own test part, {name} (PER ORG LOC NORP): {scores}")?;
    }
    let politics = corpora::labelled_lines("crossner_politics_dev")?;
    writeln!(
        table,
        "names, CrossNER politics dev (PER ORG LOC): {}",
        name_scores(model, lexicon, &politics, &MentionKind::ALL[..3])
    )?;
    Ok(table)
}

/// Prints the table of a model.
pub(crate) fn print(model: &Model, lexicon: &Lexicon) -> Result<()> {
    print!("{}", table(model, lexicon)?);
    Ok(())
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn bare(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

fn tree_scores(model: &Model, sentences: &[Sentence]) -> String {
    let mut counts = [0; 6];
    let forms = sentences.iter().map(|sentence| sentence.words.iter().map(|word| word.form.as_str()).collect());
    let annotated = model.annotate_all(&forms.collect::<Vec<Vec<&str>>>());
    for (sentence, words) in sentences.iter().zip(annotated) {
        for (gold, word) in sentence.words.iter().zip(words) {
            let head_right = word.head.map_or(0, |head| head + 1) == gold.head;
            let right = [
                true,
                word.universal == gold.universal,
                word.penn == gold.penn,
                gold.lemma.to_lowercase() == word.lemma.to_lowercase(),
                head_right,
                head_right && bare(&gold.relation) == bare(&word.relation),
            ];
            counts.iter_mut().zip(right).for_each(|(count, right)| *count += usize::from(right));
        }
    }
    let [words, universal, penn, lemma, heads, labelled] = counts;
    let share = |count: usize| percent(count, words);
    format!(
        "UPOS {:.2} XPOS {:.2} lemma {:.2} UAS {:.2} LAS {:.2}",
        share(universal),
        share(penn),
        share(lemma),
        share(heads),
        share(labelled)
    )
}

/// F1 from right, found and wanted.
fn f1(right: usize, found: usize, wanted: usize) -> f64 {
    percent(2 * right, found + wanted)
}

/// Words and sentences found in the paragraphs of a treebank: both ends must be right.
fn cut_scores(model: &Model, sentences: &[Sentence]) -> String {
    let (mut words, mut ends) = ([0; 3], [0; 3]);
    let add = |counts: &mut [usize; 3], gold: &BTreeSet<(usize, usize)>, found: &BTreeSet<(usize, usize)>| {
        let step = [gold.intersection(found).count(), found.len(), gold.len()];
        counts.iter_mut().zip(step).for_each(|(count, step)| *count += step);
    };
    for paragraph in paragraphs(sentences) {
        let found = model.cut(&paragraph.text);
        let pairs = |words: &[std::ops::Range<usize>]| words.iter().map(|word| (word.start, word.end)).collect::<BTreeSet<_>>();
        add(&mut words, &pairs(&paragraph.words), &found.iter().flat_map(|sentence| pairs(sentence)).collect());
        let mut start = 0;
        let gold = paragraph.ends.iter().map(|end| {
            let first = std::mem::replace(&mut start, *end);
            (paragraph.words[first].start, paragraph.words[end - 1].end)
        });
        let whole = |sentence: &Vec<std::ops::Range<usize>>| Some((sentence.first()?.start, sentence.last()?.end));
        add(&mut ends, &gold.collect(), &found.iter().filter_map(whole).collect());
    }
    format!("tokens F1 {:.2} sentences F1 {:.2}", f1(words[0], words[1], words[2]), f1(ends[0], ends[1], ends[2]))
}

fn name_scores(model: &Model, lexicon: &Lexicon, documents: &[Vec<Labelled>], kinds: &[MentionKind]) -> String {
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    for document in documents {
        let texts: Vec<&str> = document.iter().map(|labelled| labelled.text.as_str()).collect();
        for (labelled, names) in document.iter().zip(model.names(&texts, lexicon)) {
            let gold: BTreeSet<_> = labelled
                .names
                .iter()
                .filter_map(|(span, kind)| Some((span.start, span.end, (*kind)?)))
                .filter(|(_, _, kind)| kinds.contains(kind))
                .collect();
            let guess: BTreeSet<_> = names
                .into_iter()
                .map(|(span, kind)| (span.start, span.end, kind))
                .filter(|(_, _, kind)| kinds.contains(kind))
                .collect();
            right += gold.intersection(&guess).count();
            found += guess.len();
            wanted += gold.len();
        }
    }
    format!("P {:.1} R {:.1} F1 {:.1}", percent(right, found), percent(right, wanted), f1(right, found, wanted))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may stop, and says why it was skipped")]
mod tests {
    use super::{Lexicon, Model, SHARED, table};

    /// What the shipped model reached when it was trained, rounded down.
    const FLOORS: [(&str, &str, f64); 10] = [
        ("en_ewt-ud-dev  gold", "UPOS", 95.8),
        ("en_ewt-ud-dev  gold", "XPOS", 95.1),
        ("en_ewt-ud-dev  gold", "lemma", 98.5),
        ("en_ewt-ud-dev  gold", "LAS", 83.7),
        ("en_gum-ccby-dev  gold", "LAS", 84.7),
        ("en_gum-ccby-dev  raw", "tokens F1", 99.8),
        ("en_gum-ccby-dev  raw", "sentences F1", 96.0),
        ("names, own test part, news", "F1", 88.5),
        ("names, own test part, politics", "F1", 76.5),
        ("names, CrossNER", "F1", 80.0),
    ];

    #[test]
    fn the_shipped_model_reaches_its_scores() {
        let project = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        std::env::set_current_dir(project).unwrap();
        if !std::path::Path::new(SHARED).is_dir() {
            eprintln!("skipped: {SHARED} is not there");
            return;
        }
        let table = table(Model::embedded(), Lexicon::embedded()).unwrap();
        for (line, measure, floor) in FLOORS {
            let line = table.lines().find(|found| found.starts_with(line)).unwrap();
            let rest = line.split_once(&format!(" {measure} ")).unwrap().1;
            let score: f64 = rest.split(' ').next().unwrap().parse().unwrap();
            assert!(score >= floor, "{measure} {score} is below {floor}: {line}");
        }
    }
}
