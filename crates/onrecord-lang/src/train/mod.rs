//! Training of the model from treebanks, running text and labelled names. Nothing here runs when articles are read.
//!
//! The same corpora give the same bytes: weights are whole numbers until they are averaged, nothing depends on the order of a hash map, and
//! the two threads that train folds beside each other share nothing.

pub(crate) mod cluster;
pub mod conllu;
pub mod names;
pub(crate) mod parser;
pub(crate) mod perceptron;
pub mod segment;
pub(crate) mod tagger;
mod tree;
mod vocabulary;

use std::ops::Range;

use onrecord_lexicon::Lexicon;

use self::names::Labelled;
use self::segment::Paragraph;
use self::tagger::Tagged;
use crate::form::Form;
use crate::model::Parts;
use crate::model::weights::{CHOICES, CLASSES, Choices, FEW, Weights};
use crate::names::MentionKind;
use crate::vocabulary::Vocabulary;
use crate::{segment as cut, tag};

/// What a model is trained from.
#[derive(Debug, Default)]
pub struct Corpora {
    /// Treebanks in CoNLL-U.
    pub treebanks: Vec<String>,
    /// Running text, for word classes and for the tags that a machine gave its words.
    pub texts: Vec<RunningText>,
    /// Documents with their names marked by hand.
    pub names: Vec<Vec<Labelled>>,
}

/// Paragraphs of running text, perhaps tagged by a machine.
#[derive(Debug, Default)]
pub struct RunningText {
    /// The paragraphs.
    pub paragraphs: Vec<String>,
    /// For each paragraph the tags of its words, if a machine gave them. They are used where there are as many as [`Cutter`] finds words.
    pub tagged: Vec<Vec<MachineTag>>,
    /// Whether the machine's names are good enough to learn from.
    pub learn_names: bool,
}

/// What a machine said of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineTag {
    /// Penn tag.
    pub penn: String,
    /// Kind of the name that the word belongs to, and whether it is its first word.
    pub name: Option<(MentionKind, bool)>,
}

/// Cuts text into sentences and words.
#[derive(Debug)]
pub struct Cutter {
    words: Vec<(u32, [i8; CHOICES])>,
    word_breaks: Choices,
    splits: cut::Splits,
    ends: Vec<(u32, [i8; CHOICES])>,
    sentence_ends: Choices,
}

impl Cutter {
    /// The cutter that these treebanks teach.
    #[must_use]
    pub fn train(treebanks: &[String]) -> Self {
        /// Few weights: there is no need to drop any but the smallest.
        const LEAST_UNITS: f64 = 1.0;
        let paragraphs: Vec<Paragraph> = treebanks.iter().flat_map(|text| segment::paragraphs(&conllu::parse(text))).collect();
        let (words, splits) = segment::train_words(&paragraphs);
        let words = words.average(LEAST_UNITS);
        let ends = segment::train_sentences(&paragraphs).average(LEAST_UNITS);
        Self { word_breaks: Choices::new(&words), sentence_ends: Choices::new(&ends), words, splits, ends }
    }

    /// The words of each sentence of `text`.
    #[must_use]
    pub fn sentences(&self, text: &str) -> Vec<Vec<Range<usize>>> {
        cut::sentences(text, 0..text.len(), &self.word_breaks, &self.splits, &self.sentence_ends)
    }
}

/// Penn taggers that are trained and added up.
const TAGGERS: usize = 2;

/// Names taggers that are trained and added up.
const NAME_TAGGERS: usize = 4;

/// A sentence of running text.
struct Running<'a> {
    text: &'a str,
    words: Vec<Range<usize>>,
    tags: Option<&'a [MachineTag]>,
    learn_names: bool,
}

/// The bytes of a model file. `report` is told what was done.
#[must_use]
pub fn train(corpora: &Corpora, lexicon: &Lexicon, report: &mut dyn FnMut(String)) -> Vec<u8> {
    let cutter = Cutter::train(&corpora.treebanks);
    report(format!("words and sentences: {} and {} features", cutter.words.len(), cutter.ends.len()));
    let treebank: Vec<conllu::Sentence> = corpora.treebanks.iter().flat_map(|text| conllu::parse(text)).collect();
    let running = running_sentences(corpora, &cutter, report);
    let mut parts = Parts {
        penn_names: tagger::inventory(treebank.iter().flat_map(|sentence| sentence.words.iter().map(|word| word.penn.as_str()))),
        universal_names: tagger::inventory(
            treebank.iter().flat_map(|sentence| sentence.words.iter().map(|word| word.universal.as_str())),
        ),
        ..Parts::default()
    };
    parts.vocabulary = vocabulary::train(&treebank, &running, &parts.penn_names);
    let known = Vocabulary::new(&parts.vocabulary);
    report(format!("vocabulary: {} words", parts.vocabulary.len()));

    let (gold, unseen) = train_tags(&treebank, &running, &known, &mut parts, report);
    tree::train(&treebank, &gold, &unseen, &mut parts);
    report(format!("trees: {} features, relations: {} features", parts.parser.len(), parts.labeler.len()));

    parts.names =
        train_names(corpora, &running, &cutter, &known, &(Weights::new(&parts.penn), parts.penn_names.len()), lexicon, report);
    parts.splits = cutter.splits;
    parts.word_breaks = cutter.words;
    parts.sentence_ends = cutter.ends;
    parts.to_file()
}

/// The tags that taggers gave which had not seen the sentence: Penn and universal.
type UnseenTags = (Vec<u8>, Vec<u8>);

/// Fills in tags and lemmas. Returns the sentences with their tags by hand, and with those that taggers gave which had not seen them.
fn train_tags(
    treebank: &[conllu::Sentence],
    running: &[Running<'_>],
    known: &Vocabulary,
    parts: &mut Parts,
    report: &mut dyn FnMut(String),
) -> (Vec<Tagged>, Vec<UnseenTags>) {
    let gold: Vec<Tagged> = treebank.iter().map(|sentence| tagged(sentence, known, parts)).collect();
    let machine: Vec<Tagged> = running.iter().filter_map(|sentence| machine_tagged(sentence, known, &parts.penn_names)).collect();
    let (penn_classes, universal_classes) = (parts.penn_names.len(), parts.universal_names.len());
    let all: Vec<&Tagged> = gold.iter().chain(&machine).collect();
    let taggers = in_parallel(TAGGERS, |number| tagger::train_penn(&all, gold.len(), penn_classes, number as u64));
    parts.penn = perceptron::together(&taggers.iter().collect::<Vec<_>>(), tagger::LEAST_UNITS);
    drop(taggers);
    report(format!("Penn tags: {} features, {} sentences by hand, {} by machine", parts.penn.len(), gold.len(), machine.len()));
    let unseen = tagger::jackknife(&gold, &machine, penn_classes, universal_classes);
    let pairs: Vec<(&Tagged, &[u8])> =
        gold.iter().zip(&unseen).map(|(sentence, (penn, _))| (sentence, penn.as_slice())).collect();
    parts.universal = tagger::train_universal(&pairs, universal_classes);
    report(format!("universal tags: {} features", parts.universal.len()));
    let words: Vec<_> = treebank
        .iter()
        .zip(&gold)
        .flat_map(|(sentence, tags)| {
            let words = sentence.words.iter().zip(&tags.forms).zip(tags.penn.iter().zip(&tags.universal));
            words.map(|((word, form), (penn, universal))| (word.form.clone(), *form, *penn, *universal, word.lemma.clone()))
        })
        .collect();
    (parts.scripts, parts.known_lemmas, parts.lemma_classes, parts.lemma_scripts) = tagger::train_lemmas(&words);
    report(format!("lemmas: {} scripts, {} words known", parts.scripts.len(), parts.known_lemmas.len()));
    (gold, unseen)
}

/// Weights of the names tagger.
fn train_names(
    corpora: &Corpora,
    running: &[Running<'_>],
    cutter: &Cutter,
    known: &Vocabulary,
    (penn, penn_classes): &(Weights<CLASSES>, usize),
    lexicon: &Lexicon,
    report: &mut dyn FnMut(String),
) -> Vec<(u32, [i8; FEW])> {
    let mut examples = Vec::new();
    let mut prepare = |text: &str, words: &[Range<usize>], gold: Vec<Option<u8>>| {
        let forms: Vec<Form> = words.iter().map(|word| known.form(&text[word.clone()])).collect();
        let listed = crate::names::listed(text, words, &forms, lexicon);
        let tags = tag::penn(penn, *penn_classes, &forms);
        examples.push(names::Example {
            capitals_everywhere: tag::capitals_everywhere(&forms),
            runs: crate::names::runs(&forms),
            penn: tags,
            listed,
            forms,
            gold,
        });
    };
    let mut by_hand = 0;
    for labelled in corpora.names.iter().flatten() {
        for words in cutter.sentences(&labelled.text) {
            let gold = names::gold(&words, &labelled.names);
            by_hand += 1;
            prepare(&labelled.text, &words, gold);
        }
    }
    for sentence in running.iter().filter(|sentence| sentence.learn_names) {
        if let Some(tags) = sentence.tags {
            prepare(sentence.text, &sentence.words, names::gold_of_machine(tags));
        }
    }
    let taggers = in_parallel(NAME_TAGGERS, |number| names::train(&examples, by_hand, number as u64));
    let names = perceptron::together(&taggers.iter().collect::<Vec<_>>(), tagger::LEAST_UNITS);
    report(format!(
        "names: {} features, {by_hand} sentences by hand, {} by machine",
        names.len(),
        examples.len().saturating_sub(by_hand)
    ));
    names
}

/// The running text in sentences, each with its machine tags where there are as many as words.
fn running_sentences<'a>(corpora: &'a Corpora, cutter: &Cutter, report: &mut dyn FnMut(String)) -> Vec<Running<'a>> {
    let mut sentences = Vec::new();
    let mut lost = 0;
    for text in &corpora.texts {
        for (number, paragraph) in text.paragraphs.iter().enumerate() {
            let cut = cutter.sentences(paragraph);
            let tags = text.tagged.get(number).map(Vec::as_slice);
            let mut fitting = tags.filter(|tags| tags.len() == cut.iter().map(Vec::len).sum::<usize>());
            lost += usize::from(tags.is_some() && fitting.is_none());
            for words in cut {
                let tags = fitting.map(|tags| tags.split_at(words.len()));
                fitting = tags.map(|(_, rest)| rest);
                sentences.push(Running {
                    text: paragraph,
                    words,
                    tags: tags.map(|(tags, _)| tags),
                    learn_names: text.learn_names,
                });
            }
        }
    }
    report(format!("running text: {} sentences, machine tags of {lost} paragraphs do not fit", sentences.len()));
    sentences
}

fn tagged(sentence: &conllu::Sentence, known: &Vocabulary, parts: &Parts) -> Tagged {
    Tagged {
        forms: sentence.words.iter().map(|word| known.form(&word.form)).collect(),
        penn: sentence.words.iter().map(|word| tagger::class_of(&parts.penn_names, &word.penn)).collect(),
        universal: sentence.words.iter().map(|word| tagger::class_of(&parts.universal_names, &word.universal)).collect(),
    }
}

fn machine_tagged(sentence: &Running<'_>, known: &Vocabulary, penn_names: &[String]) -> Option<Tagged> {
    let tags = sentence.tags.filter(|_| sentence.learn_names)?;
    Some(Tagged {
        forms: sentence.words.iter().map(|word| known.form(&sentence.text[word.clone()])).collect(),
        penn: tags.iter().map(|tag| tagger::class_of(penn_names, &tag.penn)).collect(),
        universal: Vec::new(),
    })
}

/// Runs `job` for each number below `count`, two at a time, and returns the results in order.
pub(crate) fn in_parallel<T: Send>(count: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let mut results: Vec<Option<T>> = (0..count).map(|_| None).collect();
    let job = &job;
    std::thread::scope(|scope| {
        for (half, slots) in results.chunks_mut(count.div_ceil(2)).enumerate() {
            scope.spawn(move || {
                for (number, slot) in slots.iter_mut().enumerate() {
                    *slot = Some(job(half * count.div_ceil(2) + number));
                }
            });
        }
    });
    results.into_iter().flatten().collect()
}

/// Reorders `items` the same way for the same `seed` on every machine (Fisher and Yates, with a xorshift generator).
pub(crate) fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for at in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let other = usize::try_from(state % (at as u64 + 1)).unwrap_or(0);
        items.swap(at, other);
    }
}
