//! The words of an article, as joins compare them.

mod class;
mod content;
mod stem;

use onrecord_lexicon::ActorKind;
use onrecord_page::Article;
use onrecord_read::Reading;
use onrecord_text::CleanSpan;
use rustc_hash::FxHashMap;

pub(crate) use class::{contrary_words, is_empty_word, is_turning, number};
pub(crate) use content::{Content, LEAST_SHARED, Polarity, dates_agree};
pub(crate) use stem::stem;

/// A word or stem, by its number in the [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Term(u32);

impl Term {
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    /// The one with this number.
    pub(crate) const fn numbered(number: u32) -> Self {
        Self(number)
    }
}

/// One word of a clean text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) span: CleanSpan,
    /// The word in lower case.
    pub(crate) form: Term,
    /// What it is compared by: the stem, the digits of a number, the party of an actor.
    pub(crate) key: Term,
    pub(crate) kind: WordKind,
    /// Whether it stands inside quotation marks.
    pub(crate) quoted: bool,
}

impl Word {
    /// Gives its terms the numbers that they have in the vocabulary that took in its own ([`Vocabulary::take_in`]).
    pub(crate) fn renumber(&mut self, terms: &[Term]) {
        for term in [&mut self.form, &mut self.key] {
            *term = terms.get(term.number() as usize).copied().unwrap_or(*term);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordKind {
    /// Grammar only.
    Empty,
    /// Turns the sentence round.
    Turning,
    /// "We", "our": the side of whoever speaks.
    OwnSide,
    Number,
    /// The first word of an actor's name; `key` is its party.
    Actor,
    /// Another word of a name or of an expression of time: compared as a whole elsewhere.
    Inside,
    /// A capital inside a sentence.
    Proper,
    Plain,
}

/// All words of a record by number, and which of them exclude each other.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Looked up by key only: its order never reaches output.
    numbers: FxHashMap<String, Term>,
    texts: Vec<String>,
    sides: Vec<Option<(usize, bool)>>,
    /// Kind, form and key of each word in lower case that was seen before.
    classed: FxHashMap<String, (WordKind, Term, Term)>,
}

impl Vocabulary {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn term(&mut self, text: &str) -> Term {
        if let Some(term) = self.numbers.get(text) {
            return *term;
        }
        let term = Term(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.numbers.insert(text.to_owned(), term);
        self.texts.push(text.to_owned());
        self.sides.push(class::contrary_stem(text));
        term
    }

    /// Takes in the words of another vocabulary, in its order; the terms here of those there, by number.
    pub(crate) fn take_in(&mut self, other: &Self) -> Vec<Term> {
        other.texts.iter().map(|text| self.term(text)).collect()
    }

    /// The term of this text, if any article has it.
    pub(crate) fn known(&self, text: &str) -> Option<Term> {
        self.numbers.get(text).copied()
    }

    /// The term of an actor or of its party; `id` may hold anything that tells one side from another.
    pub(crate) fn actor(&mut self, id: &str) -> Term {
        self.term(&format!("@{id}"))
    }

    /// Kind, form and key of a word in lower case.
    fn class(&mut self, lower: &str) -> (WordKind, Term, Term) {
        let straight = lower.replace('’', "'");
        let bare = straight.strip_suffix("'s").unwrap_or(&straight);
        let (kind, key) = if let Some(digits) = class::number(bare) {
            (WordKind::Number, format!("#{digits}"))
        } else if class::is_turning(bare) {
            (WordKind::Turning, bare.to_owned())
        } else if class::is_own_side(bare) {
            (WordKind::OwnSide, bare.to_owned())
        } else if class::is_empty_word(bare) {
            (WordKind::Empty, bare.to_owned())
        } else {
            (WordKind::Plain, stem(bare))
        };
        let classed = (kind, self.term(bare), self.term(&key));
        self.classed.insert(lower.to_owned(), classed);
        classed
    }

    pub(crate) fn text(&self, term: Term) -> &str {
        self.texts.get(term.0 as usize).map_or("", String::as_str)
    }

    /// The actor id in a term made by [`Self::actor`].
    pub(crate) fn side_name(&self, term: Term) -> &str {
        self.text(term).trim_start_matches('@')
    }

    /// The pair of contraries it belongs to, and its side.
    fn side(&self, term: Term) -> Option<(usize, bool)> {
        self.sides.get(term.0 as usize).copied().flatten()
    }
}

/// The words of `article` in order.
pub(crate) fn words(article: &Article, reading: &Reading, vocabulary: &mut Vocabulary) -> Vec<Word> {
    let text = article.clean.text();
    let mut words = plain_words(text, vocabulary);
    let mut names: Vec<(CleanSpan, String)> = Vec::new();
    for actor in reading.actors.iter().filter(|actor| actor.kind != ActorKind::Unnamed) {
        let side = actor.party.as_ref().unwrap_or(&actor.id);
        names.extend(actor.names.iter().map(|name| (name.span, side.to_string())));
    }
    for (span, side) in names {
        let key = vocabulary.actor(&side);
        mark(&mut words, span, WordKind::Inside);
        if let Some(first) = within_mut(&mut words, span).first_mut() {
            (first.kind, first.key) = (WordKind::Actor, key);
        }
    }
    for time in reading.times.iter().filter(|time| time.is_of_calendar()) {
        mark(&mut words, time.span, WordKind::Inside);
    }
    words
}

/// The part of `words` that lies in `span`.
pub(crate) fn within(words: &[Word], span: CleanSpan) -> &[Word] {
    let from = words.partition_point(|word| word.span.start() < span.start());
    let to = words.partition_point(|word| word.span.end() <= span.end());
    words.get(from..to).unwrap_or_default()
}

fn within_mut(words: &mut [Word], span: CleanSpan) -> &mut [Word] {
    let from = words.partition_point(|word| word.span.start() < span.start());
    let to = words.partition_point(|word| word.span.end() <= span.end());
    words.get_mut(from..to).unwrap_or_default()
}

fn mark(words: &mut [Word], span: CleanSpan, kind: WordKind) {
    within_mut(words, span).iter_mut().for_each(|word| word.kind = kind);
}

/// The words of a text that tell what it is about, as joins compare them: stems and figures, each once.
#[must_use]
pub fn telling_words(text: &str) -> std::collections::BTreeSet<String> {
    let mut vocabulary = Vocabulary::new();
    let words = plain_words(text, &mut vocabulary);
    let telling = words.iter().filter(|word| matches!(word.kind, WordKind::Number | WordKind::Proper | WordKind::Plain));
    telling.map(|word| vocabulary.text(word.key).to_owned()).collect()
}

/// The words of `text` by themselves, in order.
pub(crate) fn plain_words(text: &str, vocabulary: &mut Vocabulary) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut quoted, mut starts_sentence) = (false, true);
    // Where the line began, and whether the one before left a quotation open.
    let (mut line, mut left_open) = (0, false);
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if !c.is_alphanumeric() {
            // Wire copy writes ``so'' and ''so''; there, one mark is as good as the other.
            let doubled = matches!(c, '`' | '\'') && rest.next_if(|(_, next)| *next == c).is_some();
            match if doubled { '"' } else { c } {
                '“' | '«' | '„' => (quoted, starts_sentence, left_open) = (true, true, false),
                '”' | '»' | '"' if !quoted && left_open && words.len() > line => {
                    // The quotation went on from the line before.
                    words.iter_mut().skip(line).for_each(|word: &mut Word| word.quoted = true);
                    left_open = false;
                }
                '”' | '»' => quoted = false,
                '"' => (quoted, starts_sentence, left_open) = (!quoted, true, false),
                '\n' => {
                    (line, left_open) = (words.len(), quoted);
                    (quoted, starts_sentence) = (false, true);
                }
                '.' | '!' | '?' | ':' => starts_sentence = true,
                _ => {}
            }
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((at, next)) = rest.peek().copied() {
            if !(next.is_alphanumeric() || joins(text, at, next)) {
                break;
            }
            end = at + next.len_utf8();
            rest.next();
        }
        let Some(surface) = text.get(start..end) else { continue };
        words.extend(classed(surface, start, starts_sentence, quoted, vocabulary));
        starts_sentence = false;
    }
    words
}

/// Whether the mark at byte `at` joins what stands on both sides: "don't", "1,200", "3.5".
fn joins(text: &str, at: usize, mark: char) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at + mark.len_utf8()..).and_then(|text| text.chars().next());
    let (Some(before), Some(after)) = (before, after) else { return false };
    match mark {
        '\'' | '’' => before.is_alphabetic() && after.is_alphabetic(),
        ',' | '.' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

fn classed(surface: &str, start: usize, starts_sentence: bool, quoted: bool, vocabulary: &mut Vocabulary) -> Option<Word> {
    let lower = surface.to_lowercase();
    let (kind, form, key) = match vocabulary.classed.get(&lower) {
        Some(known) => *known,
        None => vocabulary.class(&lower),
    };
    let is_name = kind == WordKind::Plain && !starts_sentence && surface.starts_with(char::is_uppercase);
    let start = u32::try_from(start).ok()?;
    let span = CleanSpan::new(start, start + u32::try_from(surface.len()).ok()?);
    Some(Word { span, form, key, kind: if is_name { WordKind::Proper } else { kind }, quoted })
}
