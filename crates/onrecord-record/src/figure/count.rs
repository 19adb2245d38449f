//! One figure, with what tells which thing it counts.

use std::collections::BTreeSet;

use onrecord_lexicon::{ActorId, Bound, Lexicon};
use onrecord_read::{Figure, Scope};
use onrecord_text::CleanSpan;

use crate::ItemRef;
use crate::piece::{Piece, Pieces};
use crate::word::{Term, Word, WordKind, dates_agree, stem, within};

/// Unit and stem of the noun counted.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Thing {
    unit: String,
    noun: String,
}

/// A figure with its surroundings. Lists of terms are sorted.
pub(super) struct Count<'a> {
    pub(super) at: ItemRef,
    /// Position of its piece.
    pub(super) piece: usize,
    figure: &'a Figure,
    pub(super) thing: Thing,
    /// The same without a noun, where it is told what befell those counted: "killed *23*" may count the soldiers of another sentence.
    pub(super) bare: Option<Thing>,
    pub(super) sentence: CleanSpan,
    /// Topic words of the sentence but for what is counted.
    pub(super) around: Vec<Term>,
    /// The words next to the figure: "killed", "were displaced".
    beside: Vec<Term>,
    /// Names in the sentence that are not actors': mostly places.
    pub(super) places: Vec<Term>,
    /// Dates: the figure's own, else those of its sentence.
    dates: Vec<String>,
    /// Month of publication.
    month: Option<u32>,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// The figures of a piece that give a value and say what they count.
pub(super) fn counts<'a>(at: usize, piece: &Piece<'a>, pieces: &Pieces<'_>, lexicon: &Lexicon) -> Vec<Count<'a>> {
    let figures = piece.reading.figures.iter().enumerate();
    let count = |(item, figure): (usize, &'a Figure)| {
        let words = figure.counted.map(|span| piece.page.clean.cut(span)).unwrap_or_default();
        let thing = Thing { unit: figure.unit.clone().unwrap_or_default(), noun: head(words) };
        let is_known = !thing.unit.is_empty() || !thing.noun.is_empty();
        let (low, high) = bounds(figure, piece, lexicon).filter(|_| is_known)?;
        let sentence = piece.sentences(&[figure.span], None);
        let inside = within(&piece.words, sentence);
        let reach = reach(figure, &thing, sentence, piece);
        let around = within(&piece.words, reach);
        let counted = figure.counted.map_or(figure.span, |span| figure.span.cover(span));
        let others = || around.iter().filter(|word| !counted.contains_span(word.span));
        let is_topic = |word: &&Word| word.kind == WordKind::Plain && pieces.vocabulary.text(word.key) != thing.noun;
        Some(Count {
            at: piece.item(item),
            piece: at,
            figure,
            sentence,
            bare: figure.fate.map(|_| Thing { unit: thing.unit.clone(), noun: String::new() }),
            around: sorted(others().filter(is_topic).map(|word| word.key)),
            beside: beside(counted, inside),
            places: sorted(others().filter(|word| word.kind == WordKind::Proper).map(|word| word.key)),
            dates: dates(figure, reach, piece),
            month: piece.page.published.as_ref().and_then(|date| month(&date.value)),
            low,
            high,
            thing,
        })
    };
    figures.filter_map(count).collect()
}

impl Count<'_> {
    /// Whether both count the same thing.
    ///
    /// Their sentences share words, the fewer the more else agrees: one where value and date do, two where one of them does, three
    /// where neither does. That two reports contradict each other is not said lightly.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let anchored = shared(&self.places, &other.places) > 0 || self.dates_agree(other);
        let needed = 1 + usize::from(self.differs(other)) + usize::from(!anchored);
        self.words_shared(other) >= needed && !self.is_other(other)
    }

    /// What it counts, and that without the noun, where it may be left out.
    pub(super) fn things(&self) -> impl Iterator<Item = &Thing> {
        std::iter::once(&self.thing).chain(self.bare.as_ref().filter(|bare| **bare != self.thing))
    }

    /// The month of publication, where the text gives no dates.
    pub(super) fn undated_month(&self) -> Option<u32> {
        self.month.filter(|_| self.dates.is_empty())
    }

    /// Which part of all those there are it counts, where it does not count all.
    pub(super) fn set_apart(&self) -> Option<Scope> {
        self.figure.scope.filter(|scope| *scope != Scope::Total)
    }

    pub(super) fn period(&self) -> Option<&'static str> {
        self.figure.period
    }

    /// Whether its sentence says "it", and whose side says so is known: "Veldmar says *it* killed 31 fighters".
    pub(super) fn may_take_up(&self, pieces: &Pieces<'_>) -> bool {
        let Some(piece) = pieces.list.get(self.piece) else { return false };
        let it = pieces.vocabulary.known("it");
        let says_it = || within(&piece.words, self.sentence).iter().any(|word| Some(word.form) == it);
        self.figure.fate.is_some() && self.is_whole() && self.side(pieces).is_some() && says_it()
    }

    /// Whether it is another side's count of what befell those whom `before` counts: the same fate, in the sentence right behind, with no
    /// place or day of its own that is another.
    pub(super) fn takes_up(&self, before: &Self, pieces: &Pieces<'_>) -> bool {
        let follows =
            self.piece == before.piece && self.sentence.start().checked_sub(before.sentence.end()).is_some_and(|gap| gap <= 2);
        let same_fate = self.figure.fate == before.figure.fate && self.thing.unit == before.thing.unit;
        let other_day = !self.dates.is_empty() && !before.dates.is_empty() && !self.dates_agree(before);
        let elsewhere = self.places.iter().any(|place| !before.places.contains(place)) && !before.places.is_empty();
        let sides = || self.side(pieces).zip(before.side(pieces)).is_some_and(|(one, two)| one != two);
        follows && same_fate && before.is_whole() && !other_day && !elsewhere && sides()
    }

    /// Whether it is neither an addition to another figure nor a part of one.
    fn is_whole(&self) -> bool {
        self.figure.scope.is_none_or(|scope| scope == Scope::Total)
    }

    /// The side that gives it.
    fn side<'p>(&self, pieces: &'p Pieces<'_>) -> Option<&'p ActorId> {
        pieces.telling(ItemRef { item: self.figure.assertion?, ..self.at })?.party()
    }

    /// Whether what is counted is left out.
    pub(super) fn is_bare(&self) -> bool {
        self.thing.noun.is_empty()
    }

    /// Whether unit and noun are the same; of those whom the same befell, one may be left without a noun.
    pub(super) fn is_same_thing(&self, other: &Self) -> bool {
        let a_noun_is_left_out = self.thing.noun.is_empty() || other.thing.noun.is_empty();
        let befell = self.figure.fate.is_some() && self.figure.fate == other.figure.fate;
        self.thing == other.thing || befell && a_noun_is_left_out && self.thing.unit == other.thing.unit
    }

    /// Whether something shows that the two do not count the same thing.
    pub(super) fn is_other(&self, other: &Self) -> bool {
        let other_of = matches!((&self.figure.of, &other.figure.of), (Some(one), Some(two)) if one != two);
        let other_date = !self.dates.is_empty() && !other.dates.is_empty() && !self.dates_agree(other);
        // Without dates in the text, what was published months apart is taken to be about different events.
        let months_apart =
            matches!((self.undated_month(), other.undated_month()), (Some(one), Some(two)) if one.abs_diff(two) > 1);
        let apart = |one: &[Term], two: &[Term]| !one.is_empty() && !two.is_empty() && shared(one, two) == 0;
        // The killed are not the wounded, and those who are "another 12" or "including two" are not the whole.
        let (fate, other_fate) = (self.figure.fate, other.figure.fate);
        let fates_differ = fate.is_some() && other_fate.is_some() && fate != other_fate;
        let scopes_differ = self.set_apart() != other.set_apart();
        let other_period = self.figure.period != other.figure.period;
        // Where the fate of both is known it says more than the words beside them: "died", "killed".
        let fates_agree = fate.is_some() && fate == other_fate;
        other_of
            || fates_differ
            || scopes_differ
            || other_period
            || other_date
            || months_apart
            || !fates_agree && apart(&self.beside, &other.beside)
            || apart(&self.places, &other.places)
    }

    /// Whether [`Self::is_other`] says the same of both.
    pub(super) fn is_twin(&self, other: &Self) -> bool {
        self.thing == other.thing
            && self.figure.of == other.figure.of
            && (self.figure.fate, self.figure.scope, self.figure.period)
                == (other.figure.fate, other.figure.scope, other.figure.period)
            && self.dates == other.dates
            && self.month == other.month
            && self.beside == other.beside
            && self.places == other.places
    }

    pub(super) fn words_shared(&self, other: &Self) -> usize {
        shared(&self.around, &other.around)
    }

    /// Whether no number fits both.
    pub(super) fn differs(&self, other: &Self) -> bool {
        self.high < other.low || other.high < self.low
    }

    /// Whether both give one value with the same bounds.
    pub(super) fn gives_the_same(&self, other: &Self) -> bool {
        (self.figure.low, self.figure.best, self.figure.high) == (other.figure.low, other.figure.best, other.figure.high)
    }

    /// The assertion of its article that gives the figure.
    pub(super) fn assertion(&self) -> Option<usize> {
        self.figure.assertion
    }

    fn dates_agree(&self, other: &Self) -> bool {
        self.dates.iter().any(|one| other.dates.iter().any(|two| dates_agree(one, two)))
    }
}

fn shared(one: &[Term], two: &[Term]) -> usize {
    one.iter().filter(|word| two.binary_search(word).is_ok()).count()
}

fn sorted(terms: impl Iterator<Item = Term>) -> Vec<Term> {
    terms.collect::<BTreeSet<Term>>().into_iter().collect()
}

/// The words that tell which thing it is: those of the sentence, and where the figure leaves the noun out ("has claimed to have killed 23") those of the
/// sentence before, which has it.
fn reach(figure: &Figure, thing: &Thing, sentence: CleanSpan, piece: &Piece<'_>) -> CleanSpan {
    let leaves_out = thing.noun.is_empty() && figure.fate.is_some();
    match sentence.start().checked_sub(2).filter(|_| leaves_out) {
        Some(before) => piece.sentences(&[CleanSpan::new(before, before + 1)], None).cover(sentence),
        None => sentence,
    }
}

/// Stem of the noun that the words for what is counted are about: the last one before a preposition.
fn head(counted: &str) -> String {
    const AFTER_THE_NOUN: [&str; 14] =
        ["of", "in", "on", "at", "from", "to", "for", "with", "who", "that", "which", "by", "against", "between"];
    let lower = counted.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    words.take_while(|word| !AFTER_THE_NOUN.contains(word)).last().map(stem).unwrap_or_default()
}

/// Lower and upper bound; infinite where the words give one bound only. "About" leaves a tenth on either side.
fn bounds(figure: &Figure, piece: &Piece<'_>, lexicon: &Lexicon) -> Option<(f64, f64)> {
    let (low, high) = match (figure.low, figure.high, figure.best) {
        (Some(low), Some(high), _) => (low, high),
        (Some(low), None, _) => (low, f64::INFINITY),
        (None, Some(high), _) => (f64::NEG_INFINITY, high),
        (None, None, Some(best)) => (best, best),
        (None, None, None) => return None,
    };
    let qualifier = figure.qualifier.map(|span| piece.page.clean.cut(span).trim());
    let bound = qualifier.and_then(|words| lexicon.qualifier_at(words, 0)).map(|(_, qualifier)| qualifier.bound);
    let about = matches!(bound, Some(Bound::About | Bound::Nearly));
    let slack = |bound: f64| if about && bound.is_finite() { bound.abs() / 10.0 } else { 0.0 };
    Some((low - slack(low), high + slack(high))).filter(|(low, high)| low <= high)
}

/// The content words right before and right after what is counted, not beyond another number.
fn beside(counted: CleanSpan, sentence: &[Word]) -> Vec<Term> {
    let before = sentence.iter().rev().filter(|word| word.span.end() <= counted.start());
    let after = sentence.iter().filter(|word| word.span.start() >= counted.end());
    sorted(nearest(before).into_iter().chain(nearest(after)))
}

/// The first content word among the next three.
fn nearest<'a>(words: impl Iterator<Item = &'a Word>) -> Option<Term> {
    let mut near = words.take(3).take_while(|word| word.kind != WordKind::Number);
    near.find(|word| word.kind == WordKind::Plain).map(|word| word.key)
}

fn dates(figure: &Figure, sentence: CleanSpan, piece: &Piece<'_>) -> Vec<String> {
    let inside = piece.reading.times.iter().filter(|time| sentence.contains_span(time.span));
    match &figure.time {
        Some(date) => vec![date.value.clone()],
        None => inside.filter_map(|time| Some(time.date.as_ref()?.value.clone())).collect(),
    }
}

/// The month of a date, counted from year 0.
fn month(date: &str) -> Option<u32> {
    let mut parts = date.split('-');
    let (year, month) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.get(..2)?.parse::<u32>().ok()?);
    year.checked_mul(12)?.checked_add(month)
}

#[cfg(test)]
mod tests {
    use super::{head, month};
    use crate::word::stem;

    #[test]
    fn the_noun_is_the_last_word_before_a_preposition() {
        assert_eq!(head("wounded Ostrava soldiers in the valley"), stem("soldier"));
        assert_eq!(head("armed groups"), stem("group"));
        assert_eq!(head(""), "");
    }

    #[test]
    fn months_are_counted_through() {
        assert_eq!(month("2031-01-05T10:00").zip(month("2030-12")).map(|(one, two)| one - two), Some(1));
        assert_eq!(month("2031"), None);
    }
}
