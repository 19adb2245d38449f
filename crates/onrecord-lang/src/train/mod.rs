//! Training of the model from treebanks, running text and labelled names. Nothing here runs when articles are read.
//!
//! The same corpora give the same bytes: weights of classifiers are whole numbers until they are averaged, sums of the network are added up
//! in an order of their own on every machine, and nothing depends on the order of a hash map or on which thread is first.

pub(crate) mod classes;
pub(crate) mod cluster;
pub mod conllu;
mod lemma;
pub mod names;
mod network;
pub(crate) mod perceptron;
pub mod segment;
mod vocabulary;

use std::ops::Range;

use onrecord_lexicon::Lexicon;

use self::classes::{class_of, inventory};
use self::names::Labelled;
use self::network::Example;
use self::segment::Paragraph;
use crate::form::{Form, capitals_everywhere};
use crate::model::Parts;
use crate::model::weights::{CHOICES, Choices};
use crate::names::MentionKind;
use crate::net::{Sizes, embedding_keys};
use crate::segment as cut;
use crate::vocabulary::Vocabulary;

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

/// Widths of the network's layers. Wider ones told more, but not enough for the time they take.
const SIZES: Sizes = Sizes {
    embedding: 96,
    first: 64,
    second: 64,
    guess: 32,
    arcs: 64,
    relations: 64,
    names: 64,
    universal_classes: 0,
    penn_classes: 0,
    relation_classes: 0,
};

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
    let words = || treebank.iter().flat_map(|sentence| &sentence.words);
    let mut parts = Parts {
        penn_names: inventory(words().map(|word| word.penn.as_str())),
        universal_names: inventory(words().map(|word| word.universal.as_str())),
        // The root is known by its head.
        relation_names: inventory(words().map(|word| bare(&word.relation)).filter(|relation| *relation != "root")),
        ..Parts::default()
    };
    parts.vocabulary = vocabulary::train(&treebank, &running, &parts.penn_names);
    let known = Vocabulary::new(&parts.vocabulary);
    report(format!("vocabulary: {} words", parts.vocabulary.len()));

    train_lemmas(&treebank, &known, &mut parts);
    report(format!("lemmas: {} scripts, {} words known", parts.scripts.len(), parts.known_lemmas.len()));
    let mut examples: Vec<Example> = Vec::new();
    for (number, sentence) in treebank.iter().enumerate() {
        let words: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
        let taught = tree_example(sentence, &parts);
        for style in styles(number) {
            let forms: Vec<Form> = words.iter().map(|word| known.form(&style.write(word))).collect();
            examples.push(Example { rows: rows(&forms), ..taught.clone() });
        }
    }
    let trees = examples.len();
    for labelled in corpora.names.iter().flatten() {
        for words in cutter.sentences(&labelled.text) {
            let taught = names::gold(&words, &labelled.names);
            for style in styles(examples.len()) {
                let text = style.write_all(&labelled.text, &words);
                examples.push(Example { names: taught.clone(), ..example(&text, &words, &known, lexicon) });
            }
        }
    }
    let named = examples.len() - trees;
    for sentence in running.iter().filter(|sentence| sentence.learn_names) {
        let Some(tags) = sentence.tags else { continue };
        examples.push(Example {
            penn: tags.iter().map(|tag| class_of(&parts.penn_names, &tag.penn)).collect(),
            names: names::gold_of_machine(tags),
            by_machine: true,
            ..example(sentence.text, &sentence.words, &known, lexicon)
        });
    }
    report(format!("network: {trees} trees, {named} sentences with names, {} by machine", examples.len() - trees - named));
    let sizes = Sizes {
        universal_classes: parts.universal_names.len(),
        penn_classes: parts.penn_names.len(),
        relation_classes: parts.relation_names.len(),
        ..SIZES
    };
    (parts.embedding_keys, parts.network) = network::train(examples, sizes, report);
    report(format!("network: {} embeddings, {} parameters", parts.embedding_keys.len(), parts.network.parameters.len()));
    parts.splits = cutter.splits;
    parts.word_breaks = cutter.words;
    parts.sentence_ends = cutter.ends;
    parts.to_file()
}

/// The relation without its subtype.
fn bare(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

/// How a sentence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    /// As headlines: a capital on every word.
    Title,
    /// As older headlines: all capitals.
    Capitals,
}

/// The styles in which a sentence is shown: some come as headlines too, which treebanks have few of.
fn styles(number: usize) -> &'static [Style] {
    match number % 60 {
        0 => &[Style::Plain, Style::Title],
        30 => &[Style::Plain, Style::Capitals],
        _ => &[Style::Plain],
    }
}

impl Style {
    /// The word in this style; none gets longer or shorter.
    fn write(self, word: &str) -> String {
        let mut word = word.to_owned();
        match self {
            Self::Plain => {}
            Self::Title => {
                if let Some(first) = word.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
            }
            Self::Capitals => word.make_ascii_uppercase(),
        }
        word
    }

    fn write_all(self, text: &str, words: &[Range<usize>]) -> String {
        let mut written = text.to_owned();
        for word in words {
            written.replace_range(word.clone(), &self.write(&text[word.clone()]));
        }
        written
    }
}

/// What a treebank teaches of a sentence.
fn tree_example(sentence: &conllu::Sentence, parts: &Parts) -> Example {
    let words = || sentence.words.iter();
    Example {
        universal: words().map(|word| class_of(&parts.universal_names, &word.universal)).collect(),
        penn: words().map(|word| class_of(&parts.penn_names, &word.penn)).collect(),
        heads: words().map(|word| u16::try_from(word.head).unwrap_or(0)).collect(),
        relations: words().map(|word| class_of(&parts.relation_names, bare(&word.relation))).collect(),
        ..Example::default()
    }
}

/// A sentence of running text, of which nothing is known yet.
fn example(text: &str, words: &[Range<usize>], known: &Vocabulary, lexicon: &Lexicon) -> Example {
    let forms: Vec<Form> = words.iter().map(|word| known.form(&text[word.clone()])).collect();
    Example { rows: rows(&forms), listed: crate::names::listed(text, words, &forms, lexicon), ..Example::default() }
}

fn rows(forms: &[Form]) -> Vec<[u32; crate::net::WORD_ROWS]> {
    let capitals = capitals_everywhere(forms);
    forms.iter().map(|form| embedding_keys(form, capitals)).collect()
}

fn train_lemmas(treebank: &[conllu::Sentence], known: &Vocabulary, parts: &mut Parts) {
    let words: Vec<_> = treebank
        .iter()
        .flat_map(|sentence| &sentence.words)
        .map(|word| {
            let tags = (class_of(&parts.penn_names, &word.penn), class_of(&parts.universal_names, &word.universal));
            (word.form.clone(), known.form(&word.form), tags.0, tags.1, word.lemma.clone())
        })
        .collect();
    (parts.scripts, parts.known_lemmas, parts.lemma_classes, parts.lemma_scripts) = lemma::train_lemmas(&words);
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
