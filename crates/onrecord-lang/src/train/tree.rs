//! Training of parser and labeler from a treebank.

use std::collections::BTreeMap;

use super::conllu::Sentence;
use super::parser::{self, Example};
use super::perceptron::together;
use super::tagger::{LEAST_UNITS, Tagged, class_of, inventory};
use crate::LONGEST_SENTENCE;
use crate::model::Parts;
use crate::model::weights::CLASSES;
use crate::parse::Transitions;

/// The relation without its subtype.
fn bare(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

/// Fills in labels, transitions and weights.
pub(crate) fn train(treebank: &[Sentence], tagged: &[Tagged], unseen: &[(Vec<u8>, Vec<u8>)], parts: &mut Parts) {
    parts.label_names = inventory(treebank.iter().flat_map(|sentence| sentence.words.iter().map(|word| bare(&word.relation))));
    let examples: Vec<Example> = treebank
        .iter()
        .zip(tagged)
        .zip(unseen)
        .filter(|((sentence, _), _)| sentence.words.len() <= LONGEST_SENTENCE)
        .map(|((sentence, tagged), (penn, universal))| Example {
            forms: tagged.forms.clone(),
            penn: penn.clone(),
            universal: universal.clone(),
            heads: projective(
                &sentence.words.iter().map(|word| u16::try_from(word.head.checked_sub(1)?).ok()).collect::<Vec<_>>(),
            ),
            labels: sentence.words.iter().map(|word| class_of(&parts.label_names, bare(&word.relation))).collect(),
        })
        .collect();
    parts.transitions = transitions(&examples);
    let parsers = super::in_parallel(PARSERS, |number| parser::train(&examples, &parts.transitions, number as u64));
    parts.parser = together(&parsers.iter().collect::<Vec<_>>(), PARSER_LEAST_UNITS);
    parts.labeler = parser::train_labels(&examples, parts.label_names.len()).average(LEAST_UNITS);
}

/// Parsers that are trained and added up.
const PARSERS: usize = 4;

/// As [`LEAST_UNITS`], for the parser, which has the most weights.
const PARSER_LEAST_UNITS: f64 = 11.0;

/// The arcs that occur most often, as many as a row has room for.
fn transitions(examples: &[Example]) -> Transitions {
    let mut counts: BTreeMap<(bool, u8), usize> = BTreeMap::new();
    for example in examples {
        for (word, head) in example.heads.iter().enumerate() {
            if let Some(head) = head {
                *counts.entry((usize::from(*head) > word, example.labels[word])).or_default() += 1;
            }
        }
    }
    let mut arcs: Vec<((bool, u8), usize)> = counts.into_iter().collect();
    arcs.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    arcs.truncate(CLASSES - 1);
    let on_side = |left: bool| arcs.iter().filter(|((side, _), _)| *side == left).map(|((_, label), _)| *label).collect();
    Transitions { left: on_side(true), right: on_side(false) }
}

/// The tree with crossing arcs lifted to the next head above until none cross (Nivre and Nilsson 2005), the shortest first.
fn projective(heads: &[Option<u16>]) -> Vec<Option<u16>> {
    let mut heads = heads.to_vec();
    let count = heads.len();
    let is_above = |heads: &[Option<u16>], above: usize, mut word: usize| {
        for _ in 0..=count {
            if word == above {
                return true;
            }
            match heads[word] {
                Some(head) => word = usize::from(head),
                None => return false,
            }
        }
        false
    };
    loop {
        let crossing = (0..count)
            .filter_map(|word| {
                let head = usize::from(heads[word]?);
                let (from, to) = (word.min(head), word.max(head));
                (from + 1..to).any(|between| !is_above(&heads, head, between)).then_some((to - from, word, head))
            })
            .min();
        let Some((_, word, head)) = crossing else { return heads };
        let Some(above) = heads[head] else { return heads };
        heads[word] = Some(above);
    }
}

#[cfg(test)]
mod tests {
    use super::projective;

    #[test]
    fn lifts_crossing_arcs() {
        // The arc from 0 to 2 and the one from 3 to 1 cross: the dependent is lifted to the head's head.
        assert_eq!(projective(&[None, Some(3), Some(0), Some(0)]), [None, Some(0), Some(0), Some(0)]);
        assert_eq!(projective(&[None, Some(0)]), [None, Some(0)]);
    }
}
