//! Puts the parts of the model to work on sentences and articles.

use std::ops::Range;

use onrecord_lexicon::Lexicon;
use onrecord_page::Block;
use onrecord_text::CleanSpan;

use crate::form::Form;
use crate::lemma;
use crate::model::Model;
use crate::names::{self, Found, MentionKind};
use crate::parse::{self, Words};
use crate::word::{Annotated, Label, Mention, Word};
use crate::{Analysis, LONGEST_SENTENCE, segment, tag};

/// Forms and tags of a sentence.
pub(crate) struct Tagged {
    pub(crate) forms: Vec<Form>,
    pub(crate) penn: Vec<u8>,
    pub(crate) universal: Vec<u8>,
}

impl Model {
    /// The words of each sentence of `text`, as byte ranges.
    #[must_use]
    pub fn cut(&self, text: &str) -> Vec<Vec<Range<usize>>> {
        self.cut_block(text, 0..text.len())
    }

    fn cut_block(&self, text: &str, span: Range<usize>) -> Vec<Vec<Range<usize>>> {
        segment::sentences(text, span, &self.word_breaks, &self.splits, &self.sentence_ends)
    }

    pub(crate) fn tag(&self, words: &[&str]) -> Tagged {
        let forms: Vec<Form> = words.iter().map(|word| self.vocabulary.form(word)).collect();
        let penn = tag::penn(&self.penn, self.penn_names.len(), &forms);
        let universal = tag::universal(&self.universal, self.universal_names.len(), &forms, &penn);
        Tagged { forms, penn, universal }
    }

    /// Universal and Penn tags of a sentence with these words.
    #[must_use]
    pub fn tags(&self, words: &[&str]) -> Vec<(Label, Label)> {
        let tagged = self.tag(words);
        let pairs = tagged.universal.iter().zip(&tagged.penn);
        pairs.map(|(universal, penn)| (name(&self.universal_names, *universal), name(&self.penn_names, *penn))).collect()
    }

    /// Tags, lemmas and tree of a sentence with these words.
    #[must_use]
    pub fn annotate(&self, words: &[&str]) -> Vec<Annotated> {
        let tagged = self.tag(words);
        self.annotate_tagged(words, &tagged, true)
    }

    pub(crate) fn annotate_tagged(&self, words: &[&str], tagged: &Tagged, with_tree: bool) -> Vec<Annotated> {
        let mut keys = Vec::new();
        let mut annotated: Vec<Annotated> = (0..words.len())
            .map(|place| {
                let (form, penn, universal) = (&tagged.forms[place], tagged.penn[place], tagged.universal[place]);
                let universal_name = name(&self.universal_names, universal);
                let base = if universal_name == "PROPN" { words[place].to_owned() } else { lemma::small(words[place]) };
                Annotated {
                    universal: universal_name,
                    penn: name(&self.penn_names, penn),
                    lemma: self.lemmas.lemma(&self.lemma_scripts, base, form, penn, universal, &mut keys),
                    head: None,
                    relation: Label::default(),
                }
            })
            .collect();
        if with_tree && !words.is_empty() {
            self.add_tree(tagged, &mut annotated, &mut keys);
        }
        annotated
    }

    fn add_tree(&self, tagged: &Tagged, annotated: &mut [Annotated], keys: &mut Vec<u32>) {
        let seen = Words { forms: &tagged.forms, penn: &tagged.penn, universal: &tagged.universal };
        let heads = parse::heads(&self.parser, &self.transitions, &seen, keys);
        let labels = parse::tree_labels(&self.labeler, self.label_names.len(), &seen, &heads, keys);
        for ((word, head), label) in annotated.iter_mut().zip(&heads).zip(labels) {
            word.head = head.map(usize::from);
            word.relation = if head.is_none() { Label::new("root") } else { name(&self.label_names, label) };
        }
        parse::add_subtypes(annotated);
    }

    /// The names in the texts of one document.
    #[must_use]
    pub fn names(&self, texts: &[&str], lexicon: &Lexicon) -> Vec<Vec<(Range<usize>, MentionKind)>> {
        let mut found: Vec<(usize, Range<usize>, MentionKind)> = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            for words in self.cut(text) {
                let strings: Vec<&str> = words.iter().map(|word| &text[word.clone()]).collect();
                let names = self.names_in(text, &words, &self.tag(&strings), lexicon);
                found.extend(
                    names
                        .into_iter()
                        .map(|name| (number, words[name.words.start].start..words[name.words.end - 1].end, name.kind)),
                );
            }
        }
        let mentions: Vec<names::Written<'_>> =
            found.iter().map(|(number, span, kind)| names::Written::new(&texts[*number][span.clone()], *kind)).collect();
        let kinds = names::agree(&mentions);
        let mut names = vec![Vec::new(); texts.len()];
        for ((number, span, _), kind) in found.into_iter().zip(kinds) {
            names[number].push((span, kind));
        }
        names
    }

    /// Adds words, clauses and mentions.
    pub(crate) fn annotate_article(&self, text: &str, blocks: &[Block], lexicon: &Lexicon, analysis: &mut Analysis) {
        let mut found = Vec::new();
        for block in blocks {
            for words in self.cut_block(text, block.span.start() as usize..block.span.end() as usize) {
                let strings: Vec<&str> = words.iter().map(|word| &text[word.clone()]).collect();
                let tagged = self.tag(&strings);
                let names = self.names_in(text, &words, &tagged, lexicon);
                found.extend(
                    names.into_iter().map(|name| (words[name.words.start].start..words[name.words.end - 1].end, name.kind)),
                );
                let first = analysis.words.len();
                let annotated = self.annotate_tagged(&strings, &tagged, looks_like_prose(&tagged.forms));
                analysis.words.extend(words.iter().zip(annotated).map(|(span, word)| Word {
                    span: clean_span(span),
                    universal: word.universal,
                    penn: word.penn,
                    lemma: word.lemma,
                    head: word.head.map(|head| first + head),
                    relation: word.relation,
                }));
                analysis.clauses.push(first..analysis.words.len());
            }
        }
        let written: Vec<_> = found.iter().map(|(span, kind)| names::Written::new(&text[span.clone()], *kind)).collect();
        let kinds = names::agree(&written);
        analysis.mentions = found.iter().zip(kinds).map(|((span, _), kind)| Mention { span: clean_span(span), kind }).collect();
    }

    pub(crate) fn names_in(&self, text: &str, words: &[Range<usize>], tagged: &Tagged, lexicon: &Lexicon) -> Vec<Found> {
        let listed = names::listed(text, words, &tagged.forms, lexicon);
        let sentence = names::Sentence {
            forms: &tagged.forms,
            penn: &tagged.penn,
            listed: &listed,
            capitals_everywhere: tag::capitals_everywhere(&tagged.forms),
            runs: &names::runs(&tagged.forms),
        };
        names::found(&names::classes(&self.names, &sentence, &mut Vec::new()))
    }
}

/// Text of an article is far below 4 GiB: its source was checked.
fn clean_span(range: &Range<usize>) -> CleanSpan {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    CleanSpan::new(offset(range.start), offset(range.end))
}

/// The name of a class; empty for one that the model does not have.
fn name(names: &[String], class: u8) -> Label {
    Label::new(names.get(usize::from(class)).map_or("", String::as_str))
}

/// Tables, link lists and strings of codes have no tree worth asking for.
pub(crate) fn looks_like_prose(forms: &[Form]) -> bool {
    let words = forms.iter().filter(|form| form.is_word() && !form.has_digit()).count();
    (2..=LONGEST_SENTENCE).contains(&forms.len()) && words * 2 >= forms.len() || forms.len() == 1
}
