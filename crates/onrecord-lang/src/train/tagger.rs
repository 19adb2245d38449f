//! Training of the taggers and of the lemmatizer.

use std::collections::BTreeMap;

use super::perceptron::Perceptron;
use crate::form::Form;
use crate::lemma::{Script, known_key, script_features, small};
use crate::model::weights::{CLASSES, FEW, Rows, Weights, best};
use crate::tag::{self, OUTSIDE_TAG};

/// A sentence with its tags. A tag that the model has no class for is [`NO_TAG`].
#[derive(Debug, Clone)]
pub(crate) struct Tagged {
    pub(crate) forms: Vec<Form>,
    pub(crate) penn: Vec<u8>,
    pub(crate) universal: Vec<u8>,
}

/// A tag that is too rare to be learnt.
pub(crate) const NO_TAG: u8 = 62;

/// Names of the classes of a tagger, the most frequent first, so that equal scores fall to the likelier tag. Tags seen once or twice are
/// slips of the annotators.
pub(crate) fn inventory<'a>(tags: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in tags {
        *counts.entry(tag).or_default() += 1;
    }
    let mut tags: Vec<(&str, usize)> = counts.into_iter().filter(|(_, count)| *count > 2).collect();
    tags.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    tags.into_iter().take(usize::from(NO_TAG)).map(|(tag, _)| tag.to_owned()).collect()
}

/// Class of a tag.
pub(crate) fn class_of(names: &[String], tag: &str) -> u8 {
    names.iter().position(|name| name == tag).and_then(|at| u8::try_from(at).ok()).unwrap_or(NO_TAG)
}

/// Rounds, and by how much a right tag must win to be left alone: large margins make up for the little text there is.
const PENN_ROUNDS: usize = 8;
const PENN_MARGIN: i32 = 200;
const UNIVERSAL_ROUNDS: usize = 6;
const UNIVERSAL_MARGIN: i32 = 20;
/// Weights smaller than this many units, of which 127 fit into a byte, are dropped: at this size it costs less than 0.1 points, and a model
/// that fits into the processor's cache is faster.
pub(crate) const LEAST_UNITS: f64 = 6.0;

/// Weights for Penn tags. Sentences from `gold` on were tagged by machine: they are seen in the first rounds only.
pub(crate) fn train_penn(data: &[&Tagged], gold: usize, classes: usize, seed: u64) -> Perceptron<CLASSES> {
    const MACHINE_ROUNDS: usize = 2;
    let mut perceptron = Perceptron::<CLASSES>::new(3);
    let mut keys = Vec::new();
    for sentence in data {
        let mut reader = tag::PennReader::new(&sentence.forms);
        for tag in &sentence.penn {
            reader.features(&mut keys);
            perceptron.count(&keys);
            reader.take(usize::from(*tag));
        }
    }
    let mut order: Vec<usize> = (0..data.len()).collect();
    for round in 0..PENN_ROUNDS {
        super::shuffle(&mut order, round as u64 + 77 + 100 * seed);
        for number in order.iter().filter(|number| **number < gold || round < MACHINE_ROUNDS) {
            let sentence = data[*number];
            let mut reader = tag::PennReader::new(&sentence.forms);
            for tag in &sentence.penn {
                reader.features(&mut keys);
                reader.take(learn(&mut perceptron, &keys, *tag, classes, PENN_MARGIN));
            }
        }
    }
    perceptron
}

/// Mends the weights if the right class does not win by `margin`, and returns the class that won before.
pub(crate) fn learn<const N: usize>(
    perceptron: &mut Perceptron<N>,
    keys: &[u32],
    right: u8,
    classes: usize,
    margin: i32,
) -> usize {
    let right = usize::from(right);
    let mut scores = perceptron.sum(keys);
    let guess = best(&scores, classes);
    if right < classes {
        scores[right] -= margin;
        let rival = best(&scores, classes);
        if rival != right {
            perceptron.update(keys, right, 1);
            perceptron.update(keys, rival, -1);
        }
    }
    perceptron.advance();
    guess
}

/// Weights for universal tags, given Penn tags that a tagger gave which had not seen the sentence.
pub(crate) fn train_universal(data: &[(&Tagged, &[u8])], classes: usize) -> Vec<(u32, [i8; FEW])> {
    let mut perceptron = Perceptron::<FEW>::new(2);
    let mut keys = Vec::new();
    for (sentence, penn) in data {
        let mut before = OUTSIDE_TAG;
        for (place, tag) in sentence.universal.iter().enumerate() {
            tag::universal_features(&sentence.forms, place, penn, before, &mut keys);
            perceptron.count(&keys);
            before = usize::from(*tag);
        }
    }
    let mut order: Vec<usize> = (0..data.len()).collect();
    for round in 0..UNIVERSAL_ROUNDS {
        super::shuffle(&mut order, round as u64 + 177);
        for number in &order {
            let (sentence, penn) = data[*number];
            let mut before = OUTSIDE_TAG;
            for (place, tag) in sentence.universal.iter().enumerate() {
                tag::universal_features(&sentence.forms, place, penn, before, &mut keys);
                before = learn(&mut perceptron, &keys, *tag, classes, UNIVERSAL_MARGIN);
            }
        }
    }
    perceptron.average(LEAST_UNITS)
}

/// Penn and universal tags of each sentence by taggers that have not seen it ("jack-knifing"), so that what is trained on them meets the
/// mistakes that it will meet in use. `machine` is text tagged by machine that all may see.
pub(crate) fn jackknife(
    data: &[Tagged],
    machine: &[Tagged],
    penn_classes: usize,
    universal_classes: usize,
) -> Vec<(Vec<u8>, Vec<u8>)> {
    const FOLDS: usize = 4;
    /// Neighbouring sentences are of one document and stay together.
    const RUN: usize = 20;
    let in_fold = |number: usize, fold: usize| number / RUN % FOLDS == fold;
    let mut penn: Vec<Vec<u8>> = vec![Vec::new(); data.len()];
    let tagged = super::in_parallel(FOLDS, |fold| {
        let seen: Vec<&Tagged> =
            data.iter().enumerate().filter(|(number, _)| !in_fold(*number, fold)).map(|(_, sentence)| sentence).collect();
        let gold = seen.len();
        let all: Vec<&Tagged> = seen.into_iter().chain(machine).collect();
        let weights = Weights::new(&train_penn(&all, gold, penn_classes, 0).average(LEAST_UNITS));
        let unseen = data.iter().enumerate().filter(|(number, _)| in_fold(*number, fold));
        unseen.map(|(number, sentence)| (number, tag::penn(&weights, penn_classes, &sentence.forms))).collect::<Vec<_>>()
    });
    for (number, tags) in tagged.into_iter().flatten() {
        penn[number] = tags;
    }
    let mut universal: Vec<Vec<u8>> = vec![Vec::new(); data.len()];
    let tagged = super::in_parallel(FOLDS, |fold| {
        let pairs = || data.iter().zip(&penn).enumerate();
        let seen: Vec<(&Tagged, &[u8])> = pairs()
            .filter(|(number, _)| !in_fold(*number, fold))
            .map(|(_, (sentence, penn))| (sentence, penn.as_slice()))
            .collect();
        let weights = Weights::new(&train_universal(&seen, universal_classes));
        let unseen = pairs().filter(|(number, _)| in_fold(*number, fold));
        unseen
            .map(|(number, (sentence, penn))| (number, tag::universal(&weights, universal_classes, &sentence.forms, penn)))
            .collect::<Vec<_>>()
    });
    for (number, tags) in tagged.into_iter().flatten() {
        universal[number] = tags;
    }
    penn.into_iter().zip(universal).collect()
}

/// Scripts, the table of known words, the number of scripts for the classifier, and its weights.
pub(crate) type LemmaParts = (Vec<Script>, Vec<(u32, u32)>, usize, Vec<(u32, [i8; FEW])>);

/// The lemmatizer, from words with form, tags and lemma.
pub(crate) fn train_lemmas(words: &[(String, Form, u8, u8, String)]) -> LemmaParts {
    const CLASSIFIED: usize = 31;
    const ROUNDS: usize = 4;
    let scripts_of: Vec<Option<Script>> =
        words.iter().map(|(word, _, _, _, lemma)| Script::between(&small(word), &small(lemma))).collect();
    let mut counts: BTreeMap<&Script, usize> = BTreeMap::new();
    for script in scripts_of.iter().flatten() {
        *counts.entry(script).or_default() += 1;
    }
    let mut by_count: Vec<(&Script, usize)> = counts.into_iter().collect();
    by_count.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let scripts: Vec<Script> = by_count.into_iter().map(|(script, _)| script.clone()).collect();
    let numbers: BTreeMap<&Script, u32> = scripts.iter().zip(0..).collect();
    let classes = scripts.len().min(CLASSIFIED);

    let mut known: BTreeMap<u32, BTreeMap<u32, usize>> = BTreeMap::new();
    for ((_, form, penn, _, _), script) in words.iter().zip(&scripts_of) {
        if let Some(script) = script {
            *known.entry(known_key(form, *penn)).or_default().entry(numbers[script]).or_default() += 1;
        }
    }
    // A word seen once may be a slip; what it teaches is left to the classifier unless that could not give it.
    let known: Vec<(u32, u32)> = known
        .into_iter()
        .filter_map(|(key, counts)| {
            let most = *counts.values().max()?;
            let script = *counts.iter().find(|(_, count)| **count == most)?.0;
            (most > 1 || script as usize >= classes).then_some((key, script))
        })
        .collect();

    let mut perceptron = Perceptron::<FEW>::new(2);
    let mut keys = Vec::new();
    let rounds: Vec<usize> = (0..words.len())
        .filter(|at| scripts_of[*at].as_ref().is_some_and(|script| (numbers[script] as usize) < classes))
        .collect();
    for at in &rounds {
        script_features(&words[*at].1, words[*at].2, words[*at].3, &mut keys);
        perceptron.count(&keys);
    }
    let mut order = rounds;
    for round in 0..ROUNDS {
        super::shuffle(&mut order, round as u64 + 3);
        for at in &order {
            let (_, form, penn, universal, _) = &words[*at];
            let Some(script) = &scripts_of[*at] else { continue };
            script_features(form, *penn, *universal, &mut keys);
            learn(&mut perceptron, &keys, u8::try_from(numbers[script]).unwrap_or(NO_TAG), classes, 4);
        }
    }
    (scripts, known, classes, perceptron.average(1.0))
}
