//! Puts the parts of the model to work on sentences and articles.

use std::collections::BTreeSet;
use std::ops::Range;

use onrecord_lexicon::Lexicon;
use onrecord_page::Block;
use onrecord_text::CleanSpan;

use crate::form::Form;
use crate::lemma;
use crate::model::Model;
use crate::names::{self, Found, Listed, MentionKind};
use crate::net::{self, Reading};
use crate::word::{Annotated, Label, Mention, Word};
use crate::{Analysis, LONGEST_SENTENCE, segment, subtype};

/// A sentence cut out of a text.
struct Clause<'a> {
    text: &'a str,
    /// Byte ranges in the text.
    words: Vec<Range<usize>>,
    forms: Vec<Form>,
    listed: Vec<Listed>,
}

impl Clause<'_> {
    fn word(&self, place: usize) -> &str {
        &self.text[self.words[place].clone()]
    }
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

    /// Tags, lemmas and tree of a sentence with these words.
    #[must_use]
    pub fn annotate(&self, words: &[&str]) -> Vec<Annotated> {
        self.annotate_all(&[words.to_vec()]).into_iter().flatten().collect()
    }

    /// Tags, lemmas and trees of sentences with these words. Many sentences at once are read faster than one after the other.
    #[must_use]
    pub fn annotate_all(&self, sentences: &[Vec<&str>]) -> Vec<Vec<Annotated>> {
        let forms: Vec<Vec<Form>> =
            sentences.iter().map(|words| words.iter().map(|word| self.vocabulary.form(word)).collect()).collect();
        let seen: Vec<_> = forms.iter().map(|forms| net::Sentence { forms, listed: &[], with_tree: true }).collect();
        let readings = self.memories.lend(|met| self.network.read(&seen, met));
        let each = sentences.iter().zip(&forms).zip(&readings);
        each.map(|((words, forms), reading)| self.annotated(&|place| words[place], forms, reading)).collect()
    }

    fn annotated<'a>(&self, word: &dyn Fn(usize) -> &'a str, forms: &[Form], reading: &Reading) -> Vec<Annotated> {
        let mut keys = Vec::new();
        let mut annotated: Vec<Annotated> = forms
            .iter()
            .enumerate()
            .map(|(place, form)| {
                let (penn, universal) = (reading.penn[place], reading.universal[place]);
                let universal_name = name(&self.universal_names, universal);
                let base = if universal_name == "PROPN" { word(place).to_owned() } else { lemma::small(word(place)) };
                Annotated {
                    universal: universal_name,
                    penn: name(&self.penn_names, penn),
                    lemma: self.lemmas.lemma(&self.lemma_scripts, base, form, penn, universal, &mut keys),
                    head: None,
                    relation: Label::default(),
                }
            })
            .collect();
        for ((word, head), relation) in annotated.iter_mut().zip(&reading.heads).zip(&reading.relations) {
            word.head = head.map(usize::from);
            word.relation = if head.is_none() { Label::new("root") } else { name(&self.relation_names, *relation) };
        }
        subtype::add_subtypes(&mut annotated);
        annotated
    }

    fn clauses<'a>(&self, text: &'a str, span: Range<usize>, lexicon: &Lexicon) -> Vec<Clause<'a>> {
        let prepare = |words: Vec<Range<usize>>| {
            let forms: Vec<Form> = words.iter().map(|word| self.vocabulary.form(&text[word.clone()])).collect();
            Clause { listed: names::listed(text, &words, &forms, lexicon), text, words, forms }
        };
        self.cut_block(text, span).into_iter().map(prepare).collect()
    }

    fn read_clauses(&self, clauses: &[Clause<'_>], with_trees: bool) -> Vec<Reading> {
        let sentences = clauses.iter().map(|clause| net::Sentence {
            forms: &clause.forms,
            listed: &clause.listed,
            with_tree: with_trees && looks_like_prose(&clause.forms),
        });
        self.memories.lend(|met| self.network.read(&sentences.collect::<Vec<_>>(), met))
    }

    /// The names in the texts of one document.
    #[must_use]
    pub fn names(&self, texts: &[&str], lexicon: &Lexicon) -> Vec<Vec<(Range<usize>, MentionKind)>> {
        let by_text: Vec<Vec<Clause<'_>>> = texts.iter().map(|text| self.clauses(text, 0..text.len(), lexicon)).collect();
        let counts: Vec<usize> = by_text.iter().map(Vec::len).collect();
        let clauses: Vec<Clause<'_>> = by_text.into_iter().flatten().collect();
        let mut by_clause = self.names_of(&clauses, &self.read_clauses(&clauses, false)).into_iter();
        counts.into_iter().map(|count| by_clause.by_ref().take(count).flatten().collect()).collect()
    }

    /// Adds words, clauses and mentions.
    pub(crate) fn annotate_article(&self, text: &str, blocks: &[Block], lexicon: &Lexicon, analysis: &mut Analysis) {
        let clauses: Vec<Clause<'_>> = blocks
            .iter()
            .flat_map(|block| self.clauses(text, block.span.start() as usize..block.span.end() as usize, lexicon))
            .collect();
        let readings = self.read_clauses(&clauses, true);
        for (clause, reading) in clauses.iter().zip(&readings) {
            let first = analysis.words.len();
            let annotated = self.annotated(&|place| clause.word(place), &clause.forms, reading);
            analysis.words.extend(clause.words.iter().zip(annotated).map(|(span, word)| Word {
                span: clean_span(span),
                universal: word.universal,
                penn: word.penn,
                lemma: word.lemma,
                head: word.head.map(|head| first + head),
                relation: word.relation,
            }));
            analysis.clauses.push(first..analysis.words.len());
        }
        let names = self.names_of(&clauses, &readings).into_iter().flatten();
        analysis.mentions = names.map(|(span, kind)| Mention { span: clean_span(&span), kind }).collect();
    }

    /// The names in the clauses of one document, as byte ranges.
    fn names_of(&self, clauses: &[Clause<'_>], readings: &[Reading]) -> Vec<Vec<(Range<usize>, MentionKind)>> {
        let mut found: Vec<Vec<Found>> = readings.iter().map(|reading| names::found(&reading.names)).collect();
        self.add_last_names(clauses, readings, &mut found);
        add_acronyms(clauses, &mut found);
        let bytes =
            |clause: &Clause<'_>, name: &Found| clause.words[name.words.start].start..clause.words[name.words.end - 1].end;
        let written: Vec<names::Written<'_>> = clauses
            .iter()
            .zip(&found)
            .flat_map(|(clause, names)| {
                names.iter().map(|name| names::Written::new(&clause.text[bytes(clause, name)], name.kind))
            })
            .collect();
        let mut kinds = names::agree(&written).into_iter();
        let pairs = clauses.iter().zip(&found);
        let agreed = |(clause, names): (&Clause<'_>, &Vec<Found>)| {
            names.iter().map(|name| (bytes(clause, name), kinds.next().unwrap_or(name.kind))).collect()
        };
        pairs.map(agreed).collect()
    }

    /// "Ana Oro … Oro said": the last name of a person named in full is a name wherever it stands alone as one.
    fn add_last_names(&self, clauses: &[Clause<'_>], readings: &[Reading], found: &mut [Vec<Found>]) {
        let mut last_names = BTreeSet::new();
        for (clause, names) in clauses.iter().zip(found.iter()) {
            let full = names.iter().filter(|name| name.kind == MentionKind::Person && name.words.len() > 1);
            last_names.extend(full.map(|name| clause.word(name.words.end - 1)).filter(|word| word.chars().count() > 2));
        }
        for ((clause, reading), names) in clauses.iter().zip(readings).zip(found) {
            for (place, class) in reading.universal.iter().enumerate() {
                let alone = names.iter().all(|name| !name.words.contains(&place));
                if alone && last_names.contains(clause.word(place)) && name(&self.universal_names, *class) == "PROPN" {
                    names.push(Found { words: place..place + 1, kind: MentionKind::Person });
                }
            }
            names.sort_by_key(|name| name.words.start);
        }
    }
}

/// "the Veld Liberation Front (VLF)": an acronym in brackets behind an organisation is one, here and wherever it stands alone.
fn add_acronyms(clauses: &[Clause<'_>], found: &mut [Vec<Found>]) {
    let mut acronyms: BTreeSet<String> = BTreeSet::new();
    for (clause, names) in clauses.iter().zip(found.iter()) {
        let word = |place: usize| if place < clause.words.len() { clause.word(place) } else { "" };
        let organisations = names.iter().filter(|name| name.kind == MentionKind::Organisation).map(|name| name.words.end);
        let bracketed = organisations.filter(|end| word(*end) == "(" && word(end + 2) == ")").map(|end| word(end + 1));
        acronyms.extend(bracketed.filter(|word| is_acronym(word)).map(str::to_owned));
    }
    if acronyms.is_empty() {
        return;
    }
    for (clause, names) in clauses.iter().zip(found) {
        for place in (0..clause.words.len()).filter(|place| acronyms.contains(clause.word(*place))) {
            match names.iter_mut().find(|name| name.words.contains(&place)) {
                Some(name) if name.words.len() == 1 => name.kind = MentionKind::Organisation,
                Some(_) => {}
                None => names.push(Found { words: place..place + 1, kind: MentionKind::Organisation }),
            }
        }
        names.sort_by_key(|name| name.words.start);
    }
}

/// Two letters or more, most of them capitals: "VLF", "MpS".
fn is_acronym(word: &str) -> bool {
    const LONGEST: usize = 10;
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    (2..=LONGEST).contains(&letters) && capitals * 2 > letters
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
