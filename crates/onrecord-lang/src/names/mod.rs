//! Names of persons, organisations, places, peoples, and others.
//!
//! The network scores for each word where in a name it stands (first, inside, last, alone: "BILOU"); the best classes that make whole names
//! are taken; then a name that the document gives in full settles its short forms ([`document`]).

mod document;
mod listed;

use std::ops::Range;

use crate::net::matrix::best;

pub(crate) use document::{Written, agree};
pub(crate) use listed::listed;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// A person, without titles.
    Person,
    /// An organisation: institutions, parties, armed groups, companies, outlets.
    Organisation,
    /// A place: states, towns, regions, waters, crossings, buildings.
    Location,
    /// A nationality, religious, ethnic or political group, as noun or adjective.
    Group,
    /// Other names: treaties, wars, works, events.
    Other,
}

impl MentionKind {
    /// All kinds, by class number.
    pub const ALL: [Self; 5] = [Self::Person, Self::Organisation, Self::Location, Self::Group, Self::Other];

    /// The label that corpora use: `PER`, `ORG`, `LOC`, `NORP`, `MISC`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organisation => "ORG",
            Self::Location => "LOC",
            Self::Group => "NORP",
            Self::Other => "MISC",
        }
    }
}

/// Class of a word outside of names.
pub(crate) const OUTSIDE: u8 = 0;
/// Number of classes.
pub(crate) const NAME_CLASSES: usize = 1 + 4 * MentionKind::ALL.len();

/// Where in a name of several words a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    First,
    Inside,
    Last,
    Alone,
}

/// The class of a word at `position` of a name of `kind`.
pub(crate) fn class(kind: MentionKind, position: Position) -> u8 {
    1 + 4 * (kind as u8) + position as u8
}

/// Kind and position that a class stands for; `None` outside of names.
pub(crate) fn meaning(class: u8) -> Option<(MentionKind, Position)> {
    let place = class.checked_sub(1)?;
    let kind = *MentionKind::ALL.get(usize::from(place / 4))?;
    let position = [Position::First, Position::Inside, Position::Last, Position::Alone][usize::from(place % 4)];
    Some((kind, position))
}

/// A name found among the words of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) words: Range<usize>,
    pub(crate) kind: MentionKind,
}

/// What lists know of each word: bits for each kind of name that it begins or goes on, and those below.
pub(crate) type Listed = u16;
/// The word begins a listed name of kind 0; shifted left by the kind for others.
pub(crate) const BEGINS: Listed = 1;
/// The word goes on with a listed name of kind 0.
pub(crate) const GOES_ON: Listed = 1 << 5;
/// The listed name has several words.
pub(crate) const LONG: Listed = 1 << 10;
/// The word begins the name of a town or an area of the gazetteer.
pub(crate) const TOWN_BEGINS: Listed = 1 << 11;
/// The word goes on with one.
pub(crate) const TOWN_GOES_ON: Listed = 1 << 12;
/// And one of that name is large.
pub(crate) const LARGE_TOWN: Listed = 1 << 13;
/// The word is a common given name.
pub(crate) const GIVEN_NAME: Listed = 1 << 14;
/// The word is a common family name.
pub(crate) const FAMILY_NAME: Listed = 1 << 15;

/// Number of bits in use.
pub(crate) const LISTED_BITS: usize = 16;

/// The classes with the highest sum of scores among those that make whole names (Viterbi 1967). A row of `scores` has `columns` numbers, of
/// which the first [`NAME_CLASSES`] count.
pub(crate) fn best_classes(scores: &[f32], columns: usize) -> Vec<u8> {
    // The best class of each word by itself makes whole names nearly always, and nothing scores higher.
    let each: Vec<u8> = scores.chunks_exact(columns.max(1)).map(|row| best(&row[..NAME_CLASSES])).collect();
    if are_whole(&each) { each } else { best_whole_classes(scores, columns) }
}

/// Whether every name that begins goes on to its end.
fn are_whole(classes: &[u8]) -> bool {
    let mut open = None;
    for class in classes {
        let (kind, position) = match meaning(*class) {
            Some((kind, position)) => (Some(kind), position),
            None => (None, Position::Alone),
        };
        let goes_on = matches!(position, Position::Inside | Position::Last);
        if goes_on != open.is_some() || goes_on && open != kind {
            return false;
        }
        open = kind.filter(|_| is_open(*class));
    }
    open.is_none()
}

fn best_whole_classes(scores: &[f32], columns: usize) -> Vec<u8> {
    let better = |a: (u8, f32), b: (u8, f32)| if b.1 > a.1 { b } else { a };
    let mut sums = [f32::MIN; NAME_CLASSES];
    sums[usize::from(OUTSIDE)] = 0.0;
    // For each word and class the class of the word before that leads there.
    let mut from: Vec<[u8; NAME_CLASSES]> = Vec::with_capacity(scores.len() / columns.max(1));
    for row in scores.chunks_exact(columns.max(1)) {
        let sum = |class: u8| (class, sums[usize::from(class)]);
        let closed = (OUTSIDE..).take(NAME_CLASSES).filter(|class| !is_open(*class)).map(sum).fold((OUTSIDE, f32::MIN), better);
        let (mut next, mut here) = ([0.0; NAME_CLASSES], [0; NAME_CLASSES]);
        for class in (OUTSIDE..).take(NAME_CLASSES) {
            let before = match meaning(class) {
                Some((kind, Position::Inside | Position::Last)) => {
                    better(sum(self::class(kind, Position::First)), sum(self::class(kind, Position::Inside)))
                }
                _ => closed,
            };
            here[usize::from(class)] = before.0;
            next[usize::from(class)] = before.1 + row[usize::from(class)];
        }
        sums = next;
        from.push(here);
    }
    let ends = (OUTSIDE..).zip(sums).filter(|(class, _)| !is_open(*class));
    let mut class = ends.fold((OUTSIDE, f32::MIN), better).0;
    let mut classes = vec![OUTSIDE; from.len()];
    for (slot, from) in classes.iter_mut().zip(&from).rev() {
        *slot = class;
        class = from[usize::from(class)];
    }
    classes
}

/// Whether a name goes on behind a word of `class`.
fn is_open(class: u8) -> bool {
    matches!(meaning(class), Some((_, Position::First | Position::Inside)))
}

/// The names that classes of words stand for.
pub(crate) fn found(classes: &[u8]) -> Vec<Found> {
    let mut names = Vec::new();
    let mut start = 0;
    for (place, class) in classes.iter().enumerate() {
        match meaning(*class) {
            Some((_, Position::First)) => start = place,
            Some((kind, Position::Last)) => names.push(Found { words: start..place + 1, kind }),
            Some((kind, Position::Alone)) => names.push(Found { words: place..place + 1, kind }),
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{MentionKind, NAME_CLASSES, OUTSIDE, Position, best_classes, class};

    #[test]
    fn names_are_whole() {
        let mut scores = vec![0.0; 3 * NAME_CLASSES];
        let mut set = |place: usize, class: u8, score: f32| scores[place * NAME_CLASSES + usize::from(class)] = score;
        let person = |position| class(MentionKind::Person, position);
        // Each word for itself would open a name that nothing closes.
        set(0, person(Position::First), 2.0);
        set(1, class(MentionKind::Location, Position::Last), 1.5);
        set(1, person(Position::Last), 1.0);
        set(2, person(Position::First), 2.0);
        set(2, OUTSIDE, 0.5);
        assert_eq!(best_classes(&scores, NAME_CLASSES), [person(Position::First), person(Position::Last), OUTSIDE]);
    }
}
