//! Names of persons, organisations, places, peoples, and others.
//!
//! Each word gets a class that says where in a name it stands (first, inside, last, alone: "BILOU"), from left to right; then a name that
//! the document gives in full settles its short forms ([`document`]).

mod document;
mod listed;

use std::ops::Range;

pub(crate) use document::{Written, agree};
pub(crate) use listed::listed;

use crate::form::{Form, key};
use crate::model::weights::{FEW, Rows, best};
use crate::tag::at;

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

/// What the lexicon knows of each word: bits for each kind of name that it begins or goes on. See [`BEGINS`] and [`GOES_ON`].
pub(crate) type Listed = u16;
/// The word begins a listed name of kind 0; shifted left by the kind for others.
pub(crate) const BEGINS: Listed = 1;
/// The word goes on with a listed name of kind 0.
pub(crate) const GOES_ON: Listed = 1 << 5;
/// The listed name has several words.
pub(crate) const LONG: Listed = 1 << 10;

/// What is known of a sentence before its names are looked for.
pub(crate) struct Sentence<'a> {
    pub(crate) forms: &'a [Form],
    pub(crate) penn: &'a [u8],
    pub(crate) listed: &'a [Listed],
    pub(crate) capitals_everywhere: bool,
    pub(crate) runs: &'a [Run],
}

/// The stretch of capitalised words that a word stands in, as far as it lies on the right of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its last word, without crossing small words.
    near_end: u32,
    /// Its last word when up to two small words in a row are crossed ("of the").
    far_end: u32,
    /// The word behind the nearer end.
    after: u32,
    /// Its words up to the nearer end, at most seven.
    length: u8,
}

/// The run of each word.
pub(crate) fn runs(forms: &[Form]) -> Vec<Run> {
    let mut runs = vec![Run::default(); forms.len()];
    let mut run = Run::default();
    let mut small = usize::MAX;
    for (place, form) in forms.iter().enumerate().rev() {
        let next = forms.get(place + 1);
        if form.has_capital() {
            let joined = next.is_some_and(Form::has_capital);
            if !joined {
                run = Run {
                    near_end: form.lower,
                    after: next.map_or(0, |next| next.lower),
                    length: 0,
                    far_end: if small <= 2 { run.far_end } else { form.lower },
                };
            }
            run.length = (run.length + 1).min(7);
            small = 0;
        } else if form.is_word() && form.suffix(4) == form.suffix(3) {
            small = small.saturating_add(1);
        } else {
            small = usize::MAX;
        }
        runs[place] = if form.has_capital() {
            run
        } else {
            Run {
                near_end: 0,
                length: 0,
                far_end: if small <= 2 { run.far_end } else { 0 },
                after: next.map_or(0, |next| next.lower),
            }
        };
    }
    runs
}

/// Whether a word need not be looked at: small letters, not listed, and no name under way.
pub(crate) fn plainly_outside(sentence: &Sentence<'_>, place: usize, before: u8) -> bool {
    let form = &sentence.forms[place];
    let open = matches!(meaning(before), Some((_, Position::First | Position::Inside)));
    !open && !form.has_capital() && !form.has_digit() && sentence.listed.get(place).is_none_or(|listed| *listed == 0)
}

/// Features of the word at `place`; `before` and `before_that` are the classes given to the words on the left.
pub(crate) fn name_features(sentence: &Sentence<'_>, place: usize, before: u8, before_that: u8, keys: &mut Vec<u32>) {
    keys.clear();
    let forms = sentence.forms;
    let form = |offset: isize| at(forms, place, offset);
    let lower = |offset: isize| u64::from(form(offset).lower);
    let shape = |offset: isize| u64::from(form(offset).shape);
    let cluster = |offset: isize| u64::from(form(offset).cluster);
    let penn = |offset: isize| {
        place.checked_add_signed(offset).and_then(|place| sentence.penn.get(place)).map_or(63, |tag| u64::from(*tag))
    };
    let listed = |offset: isize| {
        place.checked_add_signed(offset).and_then(|place| sentence.listed.get(place)).map_or(0, |listed| u64::from(*listed))
    };
    let word = form(0);
    let (b1, b2) = (u64::from(before), u64::from(before_that));
    let first = u64::from(place == 0) | u64::from(sentence.capitals_everywhere) << 1;
    let mut template = 700;
    let mut add = |a: u64, b: u64, c: u64| {
        template += 1;
        keys.push(key(template, a, b, c));
    };
    add(b1, 0, 0);
    add(b1, b2, 0);
    add(u64::from(word.exact), 0, 0);
    add(lower(0), 0, 0);
    add(lower(0), b1, 0);
    add(shape(0), first, 0);
    add(shape(0), b1, first);
    add(cluster(0), 0, 0);
    add(cluster(0), b1, 0);
    add(cluster(0), shape(0), 0);
    for letters in 1..=4 {
        add(word.suffix(letters), 0, 0);
        add(word.prefix(letters), 0, 0);
    }
    add(word.suffix(3), shape(0), b1);
    add(penn(0), b1, 0);
    add(penn(0), shape(0), first);
    add(penn(-1), penn(0), penn(1));
    add(penn(0), penn(1), b1);
    add(lower(-1), 0, 0);
    add(lower(-1), shape(0), b1);
    add(lower(-1), lower(0), 0);
    add(lower(1), 0, 0);
    add(lower(1), shape(0), b1);
    add(lower(0), lower(1), 0);
    add(lower(-2), 0, 0);
    add(lower(-2), lower(-1), b1);
    add(lower(2), 0, 0);
    add(lower(1), lower(2), b1);
    add(cluster(-1), b1, 0);
    add(cluster(1), b1, 0);
    add(cluster(-1), cluster(0), 0);
    add(cluster(0), cluster(1), 0);
    add(cluster(1), cluster(2), shape(1));
    add(cluster(-2), cluster(-1), 0);
    add(shape(-1), shape(0), shape(1));
    add(shape(0), shape(1), shape(2));
    add(shape(0), shape(1), b1);
    add(shape(-2), shape(-1), b1);
    add(form(1).suffix(3), b1, shape(0));
    add(form(-1).suffix(3), b1, shape(0));
    add(listed(0), 0, 0);
    add(listed(0), b1, 0);
    add(listed(0), shape(0), first);
    add(listed(0), listed(1), b1);
    add(listed(-1), listed(0), shape(0));
    add(listed(0), lower(0), 0);
    add(listed(0), lower(1), 0);
    add(listed(1), b1, shape(0));
    add(word.long_shape(), 0, 0);
    add(u64::from(word.usual), b1, 0);
    // A name is told by what it ends in ("… Party"), by what stands behind it ("… election"), and by the small words within.
    let run = sentence.runs.get(place).copied().unwrap_or_default();
    let (near, far, after) = (u64::from(run.near_end), u64::from(run.far_end), u64::from(run.after));
    add(near, b1, shape(0));
    add(far, b1, shape(0));
    add(far, after, b1);
    add(near, lower(0), b1);
    add(far, lower(0), b1);
    add(after, b1, shape(0));
    add(u64::from(run.length), b1, shape(0));
    add(lower(0), b1, shape(1));
    add(lower(0), b1, cluster(1));
    add(lower(-1), lower(0), b1);
    add(b1, lower(0), shape(1) << 16 | shape(2));
    add(b2, b1, lower(0));
}

/// Whether `class` may follow `before`.
fn may_follow(before: u8, class: u8) -> bool {
    let open =
        meaning(before).filter(|(_, position)| matches!(position, Position::First | Position::Inside)).map(|(kind, _)| kind);
    match (open, meaning(class)) {
        (Some(kind), Some((next, Position::Inside | Position::Last))) => kind == next,
        (Some(_), _) | (None, Some((_, Position::Inside | Position::Last))) => false,
        (None, _) => true,
    }
}

/// Whether a sentence may end with `class`.
fn may_end(class: u8) -> bool {
    !matches!(meaning(class), Some((_, Position::First | Position::Inside)))
}

/// The best class that may stand at `place`.
pub(crate) fn best_allowed(scores: &[i32; FEW], before: u8, last: bool) -> u8 {
    let mut allowed = *scores;
    for (class, score) in (0_u8..).zip(allowed.iter_mut()).take(NAME_CLASSES) {
        if !may_follow(before, class) || last && !may_end(class) {
            *score = i32::MIN;
        }
    }
    u8::try_from(best(&allowed, NAME_CLASSES)).unwrap_or(OUTSIDE)
}

/// Classes of the words of a sentence.
pub(crate) fn classes(rows: &impl Rows<FEW>, sentence: &Sentence<'_>, keys: &mut Vec<u32>) -> Vec<u8> {
    let count = sentence.forms.len();
    let mut classes = Vec::with_capacity(count);
    let (mut before, mut before_that) = (OUTSIDE, OUTSIDE);
    for place in 0..count {
        let class = if plainly_outside(sentence, place, before) {
            OUTSIDE
        } else {
            name_features(sentence, place, before, before_that, keys);
            best_allowed(&rows.sum(keys), before, place + 1 == count)
        };
        classes.push(class);
        (before_that, before) = (before, class);
    }
    classes
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
