//! Training of the word and sentence splitters.

use std::collections::BTreeMap;
use std::ops::Range;

use super::conllu::Sentence;
use super::perceptron::Perceptron;
use crate::form::Form;
use crate::model::weights::{CHOICES, Rows};
use crate::segment::{ENDS, GOES_ON, Progress, Splits, break_features, chunk, chunks, could_break, could_end, end_features, gap};

/// The text of one paragraph with the places of its words and the ends of its sentences.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// The text.
    pub text: String,
    /// Byte ranges of its words.
    pub words: Vec<Range<usize>>,
    /// Number of words up to the end of each sentence.
    pub ends: Vec<usize>,
}

/// The paragraphs of a treebank, its sentences joined by blanks.
#[must_use]
pub fn paragraphs(sentences: &[Sentence]) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    for sentence in sentences {
        if sentence.starts_paragraph || sentence.starts_document || found.is_empty() {
            found.push(Paragraph::default());
        }
        let Some(paragraph) = found.last_mut() else { continue };
        for word in &sentence.words {
            let start = paragraph.text.len();
            // A form with blanks inside ("1 000") is one word in the treebank and cannot be found in text.
            paragraph.text.push_str(&word.form.replace(' ', "\u{a0}"));
            paragraph.words.push(start..paragraph.text.len());
            if word.space_after {
                paragraph.text.push(' ');
            }
        }
        paragraph.ends.push(paragraph.words.len());
    }
    found
}

const ROUNDS: usize = 8;

/// Weights that part words.
pub(crate) fn train_words(paragraphs: &[Paragraph]) -> (Perceptron<CHOICES>, Splits) {
    let mut perceptron = Perceptron::new(1);
    let mut keys = Vec::new();
    let mut order: Vec<usize> = (0..paragraphs.len()).collect();
    for round in 0..ROUNDS {
        super::shuffle(&mut order, round as u64);
        for number in &order {
            let paragraph = &paragraphs[*number];
            let places = chunks(&paragraph.text, 0..paragraph.text.len());
            for (number, place) in places.iter().enumerate() {
                let words = &paragraph.text[place.clone()];
                if words.chars().all(char::is_alphabetic) {
                    continue;
                }
                let chunk = chunk(&paragraph.text, &places, number);
                let mut start = 0;
                for (at, (offset, _)) in words.char_indices().enumerate().skip(1) {
                    if !could_break(&chunk, at) {
                        continue;
                    }
                    let gold =
                        usize::from(paragraph.words.binary_search_by_key(&(place.start + offset), |word| word.start).is_ok());
                    break_features(&chunk, start, at, &mut keys);
                    learn(&mut perceptron, &keys, gold);
                    if gold == ENDS {
                        start = at;
                    }
                }
            }
        }
    }
    (perceptron, splits(paragraphs))
}

fn learn(perceptron: &mut Perceptron<CHOICES>, keys: &[u32], gold: usize) {
    let mut scores = perceptron.sum(keys);
    scores[gold] -= 4;
    let guess = usize::from(scores[ENDS] > scores[GOES_ON]);
    if guess != gold {
        perceptron.update(keys, gold, 1);
        perceptron.update(keys, guess, -1);
    }
    perceptron.advance();
}

/// Words of letters that are parted more often than not.
fn splits(paragraphs: &[Paragraph]) -> Splits {
    let mut seen: BTreeMap<String, (usize, usize, u8)> = BTreeMap::new();
    for paragraph in paragraphs {
        for place in chunks(&paragraph.text, 0..paragraph.text.len()) {
            let word = &paragraph.text[place.clone()];
            if word.len() > 8 || !word.chars().all(|c| c.is_ascii_alphabetic()) {
                continue;
            }
            let entry = seen.entry(word.to_ascii_lowercase()).or_default();
            entry.0 += 1;
            if let Some(first) =
                paragraph.words.iter().find(|found| found.start == place.start).filter(|found| found.end < place.end)
            {
                entry.1 += 1;
                entry.2 = u8::try_from(first.len()).unwrap_or(0);
            }
        }
    }
    let entries = seen
        .into_iter()
        .filter(|(_, (all, parted, _))| *parted >= 2 && parted * 2 > *all)
        .map(|(word, (_, _, at))| (word, at))
        .collect();
    Splits { entries }
}

/// Weights that end sentences.
pub(crate) fn train_sentences(paragraphs: &[Paragraph]) -> Perceptron<CHOICES> {
    let mut perceptron = Perceptron::new(1);
    let mut keys = Vec::new();
    let prepared: Vec<(Vec<Form>, Vec<u64>)> = paragraphs
        .iter()
        .map(|paragraph| {
            let forms = paragraph.words.iter().map(|word| Form::new(&paragraph.text[word.clone()])).collect();
            (forms, paragraph.words.windows(2).map(|pair| gap(&paragraph.text, &pair[0], &pair[1])).collect())
        })
        .collect();
    let mut order: Vec<usize> = (0..paragraphs.len()).collect();
    for round in 0..ROUNDS {
        super::shuffle(&mut order, round as u64 + 9);
        for number in &order {
            let (paragraph, (forms, gaps)) = (&paragraphs[*number], &prepared[*number]);
            let mut progress = Progress::default();
            for place in 0..forms.len().saturating_sub(1) {
                let word = &paragraph.text[paragraph.words[place].clone()];
                progress.take(word, &forms[place]);
                let gold = usize::from(paragraph.ends.binary_search(&(place + 1)).is_ok());
                if could_end(word, gaps[place]) {
                    end_features(forms, gaps, place, progress, &mut keys);
                    learn(&mut perceptron, &keys, gold);
                }
                if gold == ENDS {
                    progress = Progress::default();
                }
            }
        }
    }
    perceptron
}
