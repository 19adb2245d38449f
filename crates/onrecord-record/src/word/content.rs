//! What some words say, as far as words can tell: for finding the same said twice.

use onrecord_lexicon::Act;
use onrecord_read::{Assertion, Form, Reading};
use onrecord_text::CleanSpan;

use crate::alike::Percent;

use super::{Term, Vocabulary, Word, WordKind, number, stem, within};

/// What two contents share at least when [`Content::is_like`] holds: six in ten of all words of two lists of a and b words,
/// a ≤ b, are 0.375 (a + b), which is no less than 0.75 a.
pub(crate) const LEAST_SHARED: Percent = Percent(75);

/// The words of an assertion or a commitment without grammar.
#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    /// Stems, names and parties; sorted, each once.
    pub(crate) words: Vec<Term>,
    /// Those of `words` that name somebody or something; sorted, each once.
    names: Vec<Term>,
    /// A bit for each of `names`: what has a bit that another has not names somebody else.
    name_bits: u64,
    /// The sides named, each once: who does it before to whom it is done.
    sides: Vec<Term>,
    /// Figures; sorted, each once.
    numbers: Vec<Term>,
    /// Dates inside, as ISO prefixes.
    dates: Vec<String>,
    /// How many words turn it round.
    turned: usize,
    /// Contraries of which it holds one side only.
    contraries: Vec<(usize, bool)>,
    /// The words in quotation marks as written, in order.
    quoted: Vec<Term>,
    /// Every word as written, in order.
    pub(crate) forms: Vec<Term>,
}

/// Whether something is said to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Polarity {
    Positive,
    Negative,
    /// Turned round this many times: no telling what is left.
    Unclear(usize),
}

/// How much two contents share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Likeness {
    pub(crate) shared: usize,
    pub(crate) smaller: usize,
    pub(crate) larger: usize,
}

impl Content {
    /// The content of `spans`; `speaker` is the side that "we" stands for.
    pub(crate) fn of(
        spans: &[CleanSpan],
        words: &[Word],
        reading: &Reading,
        speaker: Option<Term>,
        vocabulary: &Vocabulary,
    ) -> Self {
        let mut content = Self::default();
        let inside: Vec<&Word> = spans.iter().flat_map(|span| within(words, *span)).collect();
        for (at, word) in inside.iter().enumerate() {
            content.forms.push(word.form);
            content.quoted.extend(word.quoted.then_some(word.form));
            match word.kind {
                WordKind::Empty | WordKind::Inside => {}
                WordKind::Turning => {
                    let next = inside.get(at + 1).map(|next| vocabulary.text(next.form));
                    content.turned += usize::from(!matches!(next, Some("only" | "just" | "merely")));
                }
                WordKind::Number => content.numbers.push(word.key),
                WordKind::OwnSide => content.sides.extend(speaker),
                WordKind::Actor => content.add_side(word.key, &inside, at, vocabulary),
                WordKind::Proper => {
                    content.names.push(word.key);
                    content.words.push(word.key);
                }
                WordKind::Plain => content.words.push(word.key),
            }
        }
        let in_spans = |span: CleanSpan| spans.iter().any(|outer| outer.contains_span(span));
        let dates = reading.times.iter().filter(|time| in_spans(time.span)).filter_map(|time| time.date.as_ref());
        content.dates.extend(dates.map(|date| date.value.clone()));
        content.finish(vocabulary);
        content
    }

    /// In "struck by Kabul" it is Kabul that strikes: a side after "by" goes first.
    fn add_side(&mut self, side: Term, words: &[&Word], at: usize, vocabulary: &Vocabulary) {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).map(|word| vocabulary.text(word.form));
        let before_the = at.checked_sub(2).and_then(|at| words.get(at)).map(|word| vocabulary.text(word.form));
        let does_it = before == Some("by") || before == Some("the") && before_the == Some("by");
        let place = if does_it { 0 } else { self.sides.len() };
        self.sides.insert(place, side);
    }

    fn finish(&mut self, vocabulary: &Vocabulary) {
        let mut seen = Vec::new();
        self.sides.retain(|side| {
            !seen.contains(side) && {
                seen.push(*side);
                true
            }
        });
        self.words.extend(&self.sides);
        self.names.extend(&self.sides);
        for list in [&mut self.words, &mut self.names, &mut self.numbers] {
            list.sort_unstable();
            list.dedup();
        }
        self.name_bits = self.names.iter().fold(0, |bits, name| bits | 1 << (name.number() % 64));
        let mut sides: Vec<(usize, bool)> = self.words.iter().filter_map(|word| vocabulary.side(*word)).collect();
        sides.sort_unstable();
        sides.dedup();
        self.contraries = sides.iter().copied().filter(|(pair, side)| !sides.contains(&(*pair, !side))).collect();
    }

    /// Whether the assertion with this content says that it is so.
    pub(crate) fn polarity(&self, assertion: &Assertion) -> Polarity {
        // "Denied that it shelters them" and "denied it: ‘We do not shelter them’" say the same.
        let denied = assertion.act == Act::Deny && (self.turned == 0 || assertion.form == Form::Indirect);
        match self.turned + usize::from(denied) {
            0 => Polarity::Positive,
            1 => Polarity::Negative,
            times => Polarity::Unclear(times),
        }
    }

    pub(crate) fn turned(&self) -> usize {
        self.turned
    }

    /// Figures; sorted, each once.
    pub(crate) fn numbers(&self) -> &[Term] {
        &self.numbers
    }

    /// What names somebody or something; sorted, each once.
    pub(crate) fn names(&self) -> &[Term] {
        &self.names
    }

    /// The numbers that it says are wrong: "four, *not forty*".
    pub(crate) fn denied_numbers(&self, vocabulary: &Vocabulary) -> Vec<Term> {
        let denied = self.forms.windows(2).filter_map(|pair| match pair {
            [not, word] if vocabulary.text(*not) == "not" => number(vocabulary.text(*word)),
            _ => None,
        });
        denied.filter_map(|digits| vocabulary.known(&format!("#{digits}"))).collect()
    }

    pub(crate) fn sides(&self) -> &[Term] {
        &self.sides
    }

    pub(crate) fn likeness(&self, other: &Self) -> Likeness {
        let shared = shared(&self.words, &other.words).count();
        let (one, two) = (self.words.len(), other.words.len());
        Likeness { shared, smaller: one.min(two), larger: one.max(two) }
    }

    /// The words of both, in the order of their numbers.
    pub(crate) fn shared_words<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Term> + 'a {
        shared(&self.words, &other.words)
    }

    /// The words that name nobody.
    pub(crate) fn topics(&self) -> impl Iterator<Item = Term> + '_ {
        self.words.iter().copied().filter(|word| self.names.binary_search(word).is_err())
    }

    /// The words that name nobody and stand before the first quotation: "the claim" of "the claim “invented from A to Z”". All of them where
    /// everything is quoted or nothing is.
    pub(crate) fn unquoted_topics<'a>(&'a self, vocabulary: &'a Vocabulary) -> impl Iterator<Item = Term> + 'a {
        let run = self.quoted.len();
        let opening = if run == 0 { None } else { self.forms.windows(run).position(|run| run == self.quoted) };
        let before = self.forms.get(..opening.unwrap_or(0)).unwrap_or_default();
        let stands_before = move |word: Term| before.iter().any(|form| stem(vocabulary.text(*form)) == vocabulary.text(word));
        self.topics().filter(move |word| before.is_empty() || stands_before(*word))
    }

    /// Whether it counts what `word` stands for: a number right before it, or one word between ("22 recorded flights").
    pub(crate) fn counts(&self, word: Term, vocabulary: &Vocabulary) -> bool {
        let is_number = |form: &Term| number(vocabulary.text(*form)).is_some();
        let is_it = |form: &Term| stem(vocabulary.text(*form)) == vocabulary.text(word);
        let numbered = self.forms.iter().enumerate().filter(|(_, form)| is_number(form));
        numbered.into_iter().any(|(at, _)| self.forms.iter().skip(at + 1).take(2).any(is_it))
    }

    /// The words of both that name nobody.
    pub(crate) fn shared_topics<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Term> + 'a {
        self.shared_words(other)
            .filter(|word| self.names.binary_search(word).is_err() && other.names.binary_search(word).is_err())
    }

    /// Whether enough words are shared to take both for the same thing said.
    ///
    /// Six words in ten of all, or three in four of the shorter unless the longer is a different size of thing. At least
    /// four are shared (three when that is nearly all), two of them not names: the same names stand in every sentence
    /// of a dispute.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let Likeness { shared, smaller, larger } = self.likeness(other);
        let union = smaller + larger - shared;
        let mostly = shared * 10 >= union * 6 && shared >= 4 || shared * 4 >= union * 3 && shared >= 3;
        let contained = shared * 4 >= smaller * 3 && shared >= 4 && larger <= 3 * smaller;
        (mostly || contained) && self.shared_topics(other).nth(1).is_some()
    }

    /// Whether one quotes at least four words that the other has in the same order.
    pub(crate) fn quotes(&self, other: &Self) -> bool {
        let stands_in =
            |quoted: &[Term], forms: &[Term]| quoted.len() >= 4 && forms.windows(quoted.len()).any(|run| run == quoted);
        stands_in(&self.quoted, &other.forms) || stands_in(&other.quoted, &self.forms)
    }

    /// Whether both hold exactly the same words, at least two.
    pub(crate) fn is_equal(&self, other: &Self) -> bool {
        self.words.len() >= 2 && self.words == other.words
    }

    /// Whether it names somebody or something that the other does not.
    pub(crate) fn names_others(&self, other: &Self) -> bool {
        !subset(&self.names, &other.names)
    }

    /// Whether both give dates, and some of them may be the same.
    pub(crate) fn are_dated_alike(&self, other: &Self) -> bool {
        self.dates.iter().any(|one| other.dates.iter().any(|two| dates_agree(one, two)))
    }

    /// Whether the same contents conflict with both.
    pub(crate) fn is_twin(&self, other: &Self) -> bool {
        self.names == other.names
            && self.sides == other.sides
            && self.contraries == other.contraries
            && self.dates == other.dates
            && self.numbers == other.numbers
            && self.turned == other.turned
    }

    /// The names that are no sides: places mostly.
    fn things(&self) -> Vec<Term> {
        self.names.iter().copied().filter(|name| !self.sides.contains(name)).collect()
    }

    /// Whether both name the same somebody or something.
    pub(crate) fn shares_a_name(&self, other: &Self) -> bool {
        shared(&self.names, &other.names).next().is_some()
    }

    /// Whether two accounts of what may be one event cannot be of one: other figures, other dates, the contrary, who does it to whom the
    /// other way round, or each names sides or things of which the other knows nothing.
    ///
    /// Less than [`Self::conflicts`]: of one event one account gives a figure or a name that another leaves out.
    pub(crate) fn clashes(&self, other: &Self) -> bool {
        let apart = |one: &[Term], two: &[Term]| !one.is_empty() && !two.is_empty() && shared(one, two).next().is_none();
        let foreign = |one: &[Term], two: &[Term]| one.iter().any(|term| !two.contains(term));
        let other_sides = foreign(&self.sides, &other.sides) && foreign(&other.sides, &self.sides);
        // Of a long account a short one gives a few figures; where each has others, most of the shorter list must be shared.
        let (one, two) = (&self.numbers, &other.numbers);
        let other_numbers = foreign(one, two) && foreign(two, one) && shared(one, two).count() * 2 <= one.len().min(two.len());
        self.turned != other.turned
            || other_numbers
            || apart(&self.things(), &other.things())
            || other_sides
            || self.turns_round(other)
    }

    /// Whether one speaks of other names, figures, dates or of the contrary, or of who does it to whom the other way round.
    pub(crate) fn conflicts(&self, other: &Self) -> bool {
        // Most pairs that share common words are told apart here, and this takes no time.
        let other_bits = self.name_bits & !other.name_bits != 0 && other.name_bits & !self.name_bits != 0;
        if other_bits || self.numbers != other.numbers {
            return true;
        }
        let names = !subset(&self.names, &other.names) && !subset(&other.names, &self.names);
        names || self.turns_round(other)
    }

    /// Whether the same sides stand the other way round, or the words or the dates exclude each other.
    fn turns_round(&self, other: &Self) -> bool {
        let common = self.sides.iter().filter(|side| other.sides.contains(side));
        let order = !common.eq(other.sides.iter().filter(|side| self.sides.contains(side)));
        let contrary = self.contraries.iter().any(|(pair, side)| other.contraries.contains(&(*pair, !side)));
        let dates = !self.dates.is_empty()
            && !other.dates.is_empty()
            && !self.dates.iter().any(|one| other.dates.iter().any(|two| dates_agree(one, two)));
        order || contrary || dates
    }
}

impl Likeness {
    /// Shared words per thousand of all; for choosing the best of several.
    pub(crate) fn permille(self) -> usize {
        let union = self.smaller + self.larger - self.shared;
        (self.shared * 1000).checked_div(union).unwrap_or(0)
    }
}

/// Whether two dates, ISO prefixes or intervals, may be the same: one is a prefix of the other, or they overlap.
pub(crate) fn dates_agree(one: &str, two: &str) -> bool {
    let (from_one, to_one) = one.split_once('/').unwrap_or((one, one));
    let (from_two, to_two) = two.split_once('/').unwrap_or((two, two));
    not_after(from_one, to_two) && not_after(from_two, to_one)
}

/// Whether `start` is not after `end`, as far as the shorter one tells.
fn not_after(start: &str, end: &str) -> bool {
    start <= end || start.starts_with(end)
}

/// What two sorted lists share.
fn shared<'a>(one: &'a [Term], two: &'a [Term]) -> impl Iterator<Item = Term> + 'a {
    let mut rest = two.iter().peekable();
    one.iter().copied().filter(move |term| {
        while rest.next_if(|other| *other < term).is_some() {}
        rest.next_if_eq(&term).is_some()
    })
}

fn subset(one: &[Term], two: &[Term]) -> bool {
    one.iter().all(|term| two.binary_search(term).is_ok())
}
