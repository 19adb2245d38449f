//! Training of the lemmatizer.

use std::collections::BTreeMap;

use super::classes::NO_CLASS;
use super::perceptron::Perceptron;
use crate::form::Form;
use crate::lemma::{Script, known_key, script_features, small};
use crate::model::weights::{FEW, Rows, best};

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
            learn(&mut perceptron, &keys, u8::try_from(numbers[script]).unwrap_or(NO_CLASS), classes, 4);
        }
    }
    (scripts, known, classes, perceptron.average(1.0))
}
