//! Figures that count the same thing.

use std::collections::{BTreeSet, HashMap};

use onrecord_lexicon::{Bound, Lexicon};
use onrecord_read::Figure;
use onrecord_text::CleanSpan;

use crate::piece::{Piece, Pieces};
use crate::word::{Term, Word, WordKind, dates_agree, stem, within};
use crate::{ItemRef, Referent};

/// A figure with what tells which thing it counts.
struct Count<'a> {
    at: ItemRef,
    piece: usize,
    figure: &'a Figure,
    /// Unit and stem of the noun counted.
    thing: (String, String),
    sentence: CleanSpan,
    /// Topic words of the sentence but for what is counted.
    around: Vec<Term>,
    /// The words next to the figure: "killed", "were displaced".
    beside: Vec<Term>,
    /// Names in the sentence that are not actors': mostly places.
    places: Vec<Term>,
    /// Dates: the figure's own, else those of its sentence.
    dates: Vec<String>,
    /// Month of publication.
    month: Option<u32>,
    low: f64,
    high: f64,
}

/// Groups of at least two figures that count the same thing, by the first of them.
///
/// Figures share a thing when unit and noun are the same, nothing in their actors, dates, places or neighbouring words speaks against
/// it, and their sentences share two more words. Two figures of one sentence with different values never do.
pub(crate) fn referents(pieces: &Pieces<'_>, lexicon: &Lexicon) -> Vec<Referent> {
    let mut counts: Vec<Count<'_>> =
        pieces.list.iter().enumerate().flat_map(|(at, piece)| counts(at, piece, pieces, lexicon)).collect();
    counts.sort_by_key(|count| (pieces.age(count.piece), count.at));
    let mut referents: Vec<Referent> =
        groups(&counts).iter().filter(|group| group.counts.len() >= 2).map(Group::referent).collect();
    referents.sort_by(|one, two| one.figures.cmp(&two.figures));
    referents
}

/// Counts of one thing, and those of them that are compared: no two compared ones are twins.
#[derive(Default)]
struct Group<'c, 'a> {
    counts: Vec<&'c Count<'a>>,
    compared: Vec<&'c Count<'a>>,
}

/// Each count goes to the first group whose first count is of the same thing, and no member of which is not.
fn groups<'c, 'a>(counts: &'c [Count<'a>]) -> Vec<Group<'c, 'a>> {
    let mut groups: Vec<Group<'_, '_>> = Vec::new();
    // The groups of each thing by the words around their first counts: a group must share one to be the same.
    let mut index: HashMap<(&(String, String), Term), Vec<usize>> = HashMap::new();
    for count in counts {
        let places = count.around.iter().filter_map(|word| index.get(&(&count.thing, *word))).flatten();
        let near: BTreeSet<usize> = places.copied().collect();
        let place =
            near.into_iter().find(|place| groups.get(*place).is_some_and(|group| group.takes(count))).unwrap_or(groups.len());
        if place == groups.len() {
            for word in &count.around {
                index.entry((&count.thing, *word)).or_default().push(place);
            }
            groups.push(Group::default());
        }
        groups.get_mut(place).into_iter().for_each(|group| group.add(count));
    }
    groups
}

impl<'c, 'a> Group<'c, 'a> {
    fn takes(&self, count: &Count<'_>) -> bool {
        self.counts.first().is_some_and(|first| is_same(first, count))
            && !self.compared.iter().any(|other| is_other(other, count))
    }

    fn add(&mut self, count: &'c Count<'a>) {
        self.counts.push(count);
        if !self.compared.iter().any(|other| is_twin(other, count)) {
            self.compared.push(count);
        }
    }

    fn referent(&self) -> Referent {
        let lowest_high = self.counts.iter().map(|count| count.high).reduce(f64::min);
        let highest_low = self.counts.iter().map(|count| count.low).reduce(f64::max);
        Referent {
            figures: self.counts.iter().map(|count| count.at).collect(),
            // Two ranges part somewhere if and only if the lowest end lies before the highest start.
            rival_values: lowest_high.zip(highest_low).is_some_and(|(high, low)| high < low),
        }
    }
}

fn counts<'a>(at: usize, piece: &Piece<'a>, pieces: &Pieces<'_>, lexicon: &Lexicon) -> Vec<Count<'a>> {
    let figures = piece.reading.figures.iter().enumerate();
    figures.filter_map(|(item, figure)| count(at, item, figure, piece, pieces, lexicon)).collect()
}

fn count<'a>(
    at: usize,
    item: usize,
    figure: &'a Figure,
    piece: &Piece<'a>,
    pieces: &Pieces<'_>,
    lexicon: &Lexicon,
) -> Option<Count<'a>> {
    let counted = figure.counted.map(|span| piece.page.clean.cut(span)).unwrap_or_default();
    let noun = head(counted);
    if noun.is_empty() && figure.unit.is_none() {
        return None;
    }
    let (low, high) = bounds(figure, piece, lexicon)?;
    let sentence = piece.sentences(&[figure.span], None);
    let words = within(&piece.words, sentence);
    let own =
        |word: &Word| figure.span.contains_span(word.span) || figure.counted.is_some_and(|span| span.contains_span(word.span));
    let others = || words.iter().filter(move |word| !own(word));
    let around = others().filter(|word| word.kind == WordKind::Plain && pieces.vocabulary.text(word.key) != noun);
    let inside = piece.reading.times.iter().filter(|time| sentence.contains_span(time.span));
    let dates = match &figure.time {
        Some(date) => vec![date.value.clone()],
        None => inside.filter_map(|time| Some(time.date.as_ref()?.value.clone())).collect(),
    };
    Some(Count {
        at: piece.item(item),
        piece: at,
        figure,
        thing: (figure.unit.clone().unwrap_or_default(), noun),
        sentence,
        around: sorted(around.map(|word| word.key)),
        beside: beside(figure, words),
        places: sorted(others().filter(|word| word.kind == WordKind::Proper).map(|word| word.key)),
        dates,
        month: piece.page.published.as_ref().and_then(|date| month(&date.value)),
        low,
        high,
    })
}

fn sorted(terms: impl Iterator<Item = Term>) -> Vec<Term> {
    terms.collect::<BTreeSet<Term>>().into_iter().collect()
}

/// Stem of the noun that the words for what is counted are about: the last one before a preposition.
fn head(counted: &str) -> String {
    const AFTER_THE_NOUN: [&str; 14] =
        ["of", "in", "on", "at", "from", "to", "for", "with", "who", "that", "which", "by", "against", "between"];
    let lower = counted.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    words.take_while(|word| !AFTER_THE_NOUN.contains(word)).last().map(stem).unwrap_or_default()
}

/// Lower and upper bound; open where the words give one bound only. "About" leaves a tenth on either side.
fn bounds(figure: &Figure, piece: &Piece<'_>, lexicon: &Lexicon) -> Option<(f64, f64)> {
    let qualifier = figure.qualifier.map(|span| piece.page.clean.cut(span).trim());
    let bound = qualifier.and_then(|words| lexicon.qualifier_at(words, 0)).map(|(_, qualifier)| qualifier.bound);
    let (low, high) = match (figure.low, figure.high, figure.best) {
        (Some(low), Some(high), _) => (low, high),
        (Some(low), None, _) => (low, f64::INFINITY),
        (None, Some(high), _) => (f64::NEG_INFINITY, high),
        (None, None, Some(best)) => (best, best),
        (None, None, None) => return None,
    };
    let slack = if matches!(bound, Some(Bound::About | Bound::Nearly)) { 0.1 } else { 0.0 };
    Some((low - low.abs() * slack, high + high.abs() * slack))
}

/// The content words right before and right after the figure, not beyond a comma or an "and".
fn beside(figure: &Figure, words: &[Word]) -> Vec<Term> {
    let whole = figure.counted.map_or(figure.span, |span| figure.span.cover(span));
    let before = words.iter().rev().filter(|word| word.span.end() <= whole.start());
    let after = words.iter().filter(|word| word.span.start() >= whole.end());
    sorted(nearest(before).into_iter().chain(nearest(after)))
}

/// The first content word among the next three.
fn nearest<'a>(words: impl Iterator<Item = &'a Word>) -> Option<Term> {
    let near = words.take(3).take_while(|word| word.kind != WordKind::Number);
    near.into_iter().find(|word| word.kind == WordKind::Plain).map(|word| word.key)
}

/// Whether two figures count the same thing. Where their values differ it takes one more shared word or a shared place or date: that two
/// reports contradict each other is not said lightly.
fn is_same(one: &Count<'_>, two: &Count<'_>) -> bool {
    let shared = |one: &[Term], two: &[Term]| one.iter().filter(|word| two.binary_search(word).is_ok()).count();
    let anchored = shared(&one.places, &two.places) > 0 || dates_overlap(one, two);
    let differ = one.high < two.low || two.high < one.low;
    let needed = if differ && !anchored { 3 } else { 2 };
    shared(&one.around, &two.around) >= needed && !is_other(one, two)
}

/// Whether something shows that two figures do not count the same thing.
fn is_other(one: &Count<'_>, two: &Count<'_>) -> bool {
    let one_sentence = (one.piece, one.sentence) == (two.piece, two.sentence);
    let other_value = (one.low, one.high) != (two.low, two.high);
    let other_of = matches!((&one.figure.of, &two.figure.of), (Some(one), Some(two)) if one != two);
    let disjoint = |one: &[Term], two: &[Term]| !one.is_empty() && !two.is_empty() && !one.iter().any(|word| two.contains(word));
    let other_date = !one.dates.is_empty() && !two.dates.is_empty() && !dates_overlap(one, two);
    // Without dates in the text, what was published months apart is taken to be about different events.
    let undated = one.dates.is_empty() && two.dates.is_empty();
    let other_time = undated && matches!((one.month, two.month), (Some(one), Some(two)) if one.abs_diff(two) > 1);
    one_sentence && other_value
        || other_of
        || other_date
        || other_time
        || disjoint(&one.beside, &two.beside)
        || disjoint(&one.places, &two.places)
}

fn dates_overlap(one: &Count<'_>, two: &Count<'_>) -> bool {
    one.dates.iter().any(|date| two.dates.iter().any(|other| dates_agree(date, other)))
}

/// Whether [`is_other`] says the same of both.
fn is_twin(one: &Count<'_>, two: &Count<'_>) -> bool {
    one.piece != two.piece
        && one.figure.of == two.figure.of
        && one.dates == two.dates
        && one.month == two.month
        && one.beside == two.beside
        && one.places == two.places
}

/// The month of a date, counted from year 0.
fn month(date: &str) -> Option<u32> {
    let mut parts = date.split('-');
    let (year, month) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?);
    year.checked_mul(12)?.checked_add(month)
}
