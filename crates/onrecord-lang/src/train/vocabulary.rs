//! The vocabulary: word classes from all text, usual tags from counts.

use std::collections::BTreeMap;

use super::classes::{NO_CLASS, class_of};
use super::conllu::Sentence;
use super::{Running, cluster};
use crate::form::Form;
use crate::vocabulary::entry;

const CLUSTERS: usize = 200;
const CLUSTER_ROUNDS: usize = 12;
/// Words seen less often in the treebanks would teach the tagger that it knows all words; machine-tagged text has them instead.
const LEAST_SEEN: usize = 10;

type Counts = BTreeMap<u32, BTreeMap<u8, usize>>;

fn count(counts: &mut Counts, word: &str, tag: u8) {
    if tag == NO_CLASS {
        return;
    }
    let form = Form::new(word);
    *counts.entry(form.exact).or_default().entry(tag).or_default() += 1;
    if form.exact != form.lower {
        *counts.entry(form.lower).or_default().entry(tag).or_default() += 1;
    }
}

/// The entries of the vocabulary in order of their keys.
pub(crate) fn train(treebank: &[Sentence], running: &[Running<'_>], penn_names: &[String]) -> Vec<(u32, u32)> {
    let (mut by_hand, mut by_machine) = (Counts::new(), Counts::new());
    for word in treebank.iter().flat_map(|sentence| &sentence.words) {
        count(&mut by_hand, &word.form, class_of(penn_names, &word.penn));
    }
    for sentence in running {
        for (word, tag) in sentence.words.iter().zip(sentence.tags.unwrap_or_default()) {
            count(&mut by_machine, &sentence.text[word.clone()], class_of(penn_names, &tag.penn));
        }
    }
    by_hand.retain(|_, tags| tags.values().sum::<usize>() >= LEAST_SEEN);
    for (word, tags) in by_machine {
        by_hand.entry(word).or_insert(tags);
    }
    let usual = usual_sets(&by_hand);

    let plain =
        |word: &str| -> String { crate::lemma::small(word).chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect() };
    let mut sentences: Vec<Vec<String>> =
        treebank.iter().map(|sentence| sentence.words.iter().map(|word| plain(&word.form)).collect()).collect();
    sentences
        .extend(running.iter().map(|sentence| sentence.words.iter().map(|word| plain(&sentence.text[word.clone()])).collect()));
    let clusters: BTreeMap<u32, u16> = cluster::cluster(&sentences, CLUSTERS, CLUSTER_ROUNDS)
        .into_iter()
        .map(|(word, class)| (Form::new(&word).lower, class))
        .collect();

    let mut entries: BTreeMap<u32, (u16, u16)> = clusters.into_iter().map(|(word, class)| (word, (class, 0))).collect();
    for (word, set) in usual {
        entries.entry(word).or_default().1 = set;
    }
    entries.into_iter().map(|(word, (class, set))| (word, entry(class, set))).collect()
}

/// For each word the number of its set of up to three tags that make up a twentieth of its uses or more.
fn usual_sets(counts: &Counts) -> BTreeMap<u32, u16> {
    let mut numbers: BTreeMap<Vec<u8>, u16> = BTreeMap::new();
    let mut usual = BTreeMap::new();
    for (word, tags) in counts {
        let all: usize = tags.values().sum();
        let mut set: Vec<(usize, u8)> =
            tags.iter().filter(|(_, count)| **count * 20 >= all).map(|(tag, count)| (*count, *tag)).collect();
        set.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let set: Vec<u8> = set.into_iter().take(3).map(|(_, tag)| tag).collect();
        let next = u16::try_from(numbers.len() + 1).unwrap_or(u16::MAX);
        usual.insert(*word, *numbers.entry(set).or_insert(next));
    }
    usual
}
