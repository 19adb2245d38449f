//! Figures that count the same thing.

mod count;
mod given;
mod index;
mod series;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::Lexicon;
use onrecord_text::CleanSpan;
use rayon::prelude::*;

use crate::Referent;
use crate::piece::Pieces;
use count::{Count, counts};
pub(crate) use given::{Given, given};
use index::Index;

/// Groups of at least two figures that count the same thing, by the first of them.
///
/// Figures share a thing when unit and noun are the same, or one of them leaves the noun out and the same befell both, nothing in their actors, dates, places or neighbouring words speaks
/// against it, and their sentences share enough other words. Two figures of one sentence with different values never do. What another side
/// says right behind it of the same, "that it killed 31 fighters", counts the same toll by another name.
pub(crate) fn referents(pieces: &Pieces<'_>, lexicon: &Lexicon) -> Vec<Referent> {
    let list = pieces.list.par_iter().enumerate();
    let mut counts: Vec<Count<'_>> = list.flat_map_iter(|(at, piece)| counts(at, piece, pieces, lexicon)).collect();
    counts.sort_by_key(|count| (pieces.age(count.piece), count.at));
    let groups = groups(&counts, pieces);
    let mut referents: Vec<Referent> =
        groups.iter().filter(|group| group.counts.len() >= 2).map(|group| group.referent(pieces)).collect();
    referents.sort_by(|one, two| one.figures.cmp(&two.figures));
    referents
}

/// Counts of one thing.
#[derive(Default)]
struct Group<'c, 'a> {
    counts: Vec<&'c Count<'a>>,
    /// Those that are compared: no two of them are twins.
    compared: Vec<&'c Count<'a>>,
    /// The value that each sentence gives: a sentence does not count one thing twice.
    sentences: BTreeMap<(usize, CleanSpan), (f64, f64)>,
}

/// Each count goes to the group that it fits best, and starts one when it fits none.
fn groups<'c, 'a>(counts: &'c [Count<'a>], pieces: &Pieces<'_>) -> Vec<Group<'c, 'a>> {
    let mut groups: Vec<Group<'_, '_>> = Vec::new();
    let mut index = Index::default();
    // The groups that hold counts of a piece.
    let mut of_piece: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for count in counts {
        let taken_up = if count.may_take_up(pieces) {
            let own = of_piece.get(&count.piece).into_iter().flatten().rev().copied();
            own.into_iter().find(|place| groups.get(*place).is_some_and(|held| held.is_taken_up_by(count, pieces)))
        } else {
            None
        };
        if let Some(group) = taken_up.and_then(|place| groups.get_mut(place)) {
            group.counts.push(count);
            continue;
        }
        let near = index.near(count).into_iter();
        let fitting = near.filter_map(|place| Some((groups.get(place)?.fit(count)?, Reverse(place))));
        let place = fitting.max().map_or(groups.len(), |(_, place)| place.0);
        of_piece.entry(count.piece).or_default().insert(place);
        let is_new = place == groups.len();
        // "has claimed to have killed 23" is found again by its own words, not by those of the first that told of the dead.
        if is_new || count.is_bare() {
            index.insert(count, place);
        }
        if is_new {
            groups.push(Group::default());
        }
        groups.get_mut(place).into_iter().for_each(|group| group.add(count));
    }
    groups
}

impl<'c, 'a> Group<'c, 'a> {
    /// How well `count` fits: whether the value agrees, then how many words are shared. `None` when it counts something else.
    fn fit(&self, count: &Count<'_>) -> Option<(bool, usize)> {
        let first = self.counts.first()?;
        let given = self.sentences.get(&(count.piece, count.sentence));
        let twice = given.is_some_and(|value| *value != (count.low, count.high));
        let bares = || self.compared.iter().filter(|other| other.is_bare());
        let fits = !twice
            && (first.is_same(count) || count.is_bare() && bares().any(|other| other.is_same(count)))
            && self.compared.iter().all(|other| other.is_same_thing(count) && !other.is_other(count));
        fits.then(|| (!first.differs(count), first.words_shared(count)))
    }

    /// Whether one of them is what `count` takes up.
    fn is_taken_up_by(&self, count: &Count<'_>, pieces: &Pieces<'_>) -> bool {
        // Counts come piece by piece.
        let own = self.counts.iter().rev().take_while(|before| before.piece == count.piece);
        own.into_iter().any(|before| count.takes_up(before, pieces))
    }

    fn add(&mut self, count: &'c Count<'a>) {
        self.counts.push(count);
        self.sentences.insert((count.piece, count.sentence), (count.low, count.high));
        if !self.compared.iter().any(|other| other.is_twin(count)) {
            self.compared.push(count);
        }
    }

    fn referent(&self, pieces: &Pieces<'_>) -> Referent {
        let lowest_high = self.counts.iter().map(|count| count.high).reduce(f64::min);
        let highest_low = self.counts.iter().map(|count| count.low).reduce(f64::max);
        Referent {
            figures: self.counts.iter().map(|count| count.at).collect(),
            series: series::series(&self.counts, pieces),
            // Some two ranges lie apart exactly when the lowest end lies below the highest start.
            rival_values: lowest_high.zip(highest_low).is_some_and(|(high, low)| high < low),
        }
    }
}
