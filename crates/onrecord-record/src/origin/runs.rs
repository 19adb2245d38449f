//! Runs of words that several articles have.

use std::ops::Range;

use rayon::prelude::*;

use crate::piece::Piece;
use crate::word::Word;

/// Words in a row that are compared.
pub(super) const RUN: usize = 5;
/// Articles that hold a run from which it finds no longer all of them, but those before: it is a stock phrase, or all the articles
/// are copies, and then each is found by the one before it. It counts all the same.
const CROWDED: usize = 100;
/// Articles before that a crowded run finds …
const BEFORE: usize = 4;
/// … and crowded runs that must find the same one for it to be compared.
const FOUND: u32 = 2;

/// How many runs two articles share.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shared {
    /// Outside of quotations in both.
    pub(super) own: usize,
    /// Within a quotation of one of them.
    pub(super) quoted: usize,
}

impl Shared {
    const fn runs(self) -> usize {
        self.own + self.quoted
    }

    /// Counts one more, outside of quotations in both or not.
    fn add(&mut self, own: bool) {
        *(if own { &mut self.own } else { &mut self.quoted }) += 1;
    }
}

/// A run of an article or an article with a run, by number, and whether it stands outside of quotations.
#[derive(Debug, Clone, Copy)]
struct Place {
    number: u32,
    own: bool,
}

/// The runs that more than one article has. Those that more than [`CROWDED`] have come first.
pub(super) struct Runs {
    /// For each article how many runs it has, shared or not.
    counts: Vec<usize>,
    /// The articles with a run, in order.
    holders: Lists,
    /// How many runs are crowded.
    crowds: usize,
    /// The runs of an article that are not crowded, in order …
    rare: Lists,
    /// … and those that are.
    crowded: Lists,
}

/// Room for comparing an article with those before it: a place for each article, or for each crowded run, that holds nothing before and
/// after.
pub(super) struct Room {
    counts: Vec<Shared>,
    found: Vec<u32>,
    marks: Vec<u8>,
}

/// Mark of a run that the article has …
const HAS: u8 = 1;
/// … and of one that it has outside of quotations.
const OWN: u8 = 2;

/// Lists of places one after the other.
#[derive(Default)]
struct Lists {
    places: Vec<Place>,
    /// Where each list ends.
    ends: Vec<usize>,
}

impl Lists {
    /// One list for each of `lists`.
    fn of(lists: impl Iterator<Item = impl Iterator<Item = Place>>) -> Self {
        let mut all = Self::default();
        for list in lists {
            all.places.extend(list);
            all.ends.push(all.places.len());
        }
        all
    }

    fn get(&self, at: usize) -> &[Place] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.places.get(start..*end)).unwrap_or_default()
    }
}

impl Runs {
    pub(super) fn of(pieces: &[Piece<'_>]) -> Self {
        let of_pieces: Vec<Vec<(u64, bool)>> = pieces.par_iter().map(|piece| runs(&piece.words)).collect();
        let counts = of_pieces.iter().map(Vec::len).collect();
        let numbered = of_pieces.into_iter().zip(0_u32..);
        let mut held: Vec<(u64, Place)> =
            numbered.flat_map(|(runs, number)| runs.into_iter().map(move |(run, own)| (run, Place { number, own }))).collect();
        held.par_sort_unstable_by_key(|(run, place)| (*run, place.number));
        let lists = |crowded: bool| {
            let shared = held.chunk_by(|one, two| one.0 == two.0).filter(|holders| holders.len() > 1);
            shared.filter(move |holders| (holders.len() > CROWDED) == crowded)
        };
        let crowds = lists(true).count();
        let holders = Lists::of(lists(true).chain(lists(false)).map(|holders| holders.iter().map(|(_, place)| *place)));
        drop(held);
        let rare = of_articles(&holders, pieces.len(), crowds..holders.ends.len());
        let crowded = of_articles(&holders, pieces.len(), 0..crowds);
        Self { counts, holders, crowds, rare, crowded }
    }

    pub(super) fn room(&self) -> Room {
        let articles = self.counts.len();
        Room { counts: vec![Shared::default(); articles], found: vec![0; articles], marks: vec![0; self.crowds] }
    }

    /// How many runs an article has.
    pub(super) fn count(&self, at: usize) -> usize {
        self.counts.get(at).copied().unwrap_or(0)
    }

    /// The articles before this one that share runs with it.
    pub(super) fn shared_with_earlier(&self, at: usize, room: &mut Room) -> Vec<(usize, Shared)> {
        let Room { counts, found, marks } = room;
        let mut touched = Vec::new();
        for run in self.rare.get(at) {
            for other in self.holders.get(run.number as usize).iter().take_while(|other| (other.number as usize) < at) {
                let Some(count) = counts.get_mut(other.number as usize) else { continue };
                if count.runs() == 0 {
                    touched.push(other.number as usize);
                }
                count.add(run.own && other.own);
            }
        }
        touched.extend(self.found_by_crowded(at, counts, found));
        let crowded = self.crowded.get(at);
        mark(marks, crowded, |run| if run.own { HAS | OWN } else { HAS });
        let add_crowded = |other: usize| {
            let mut count = counts.get_mut(other).map(std::mem::take).unwrap_or_default();
            count_marked(self.crowded.get(other), marks, &mut count);
            (other, count)
        };
        let shared = touched.into_iter().map(add_crowded).collect();
        mark(marks, crowded, |_| 0);
        shared
    }

    /// The articles before this one that several of its crowded runs find, but for those with a count.
    fn found_by_crowded(&self, at: usize, counts: &[Shared], found: &mut [u32]) -> Vec<usize> {
        let mut seen = Vec::new();
        for run in self.crowded.get(at) {
            let holders = self.holders.get(run.number as usize);
            let earlier = holders.partition_point(|other| (other.number as usize) < at);
            for other in holders.iter().take(earlier).rev().take(BEFORE) {
                let Some(times) = found.get_mut(other.number as usize) else { continue };
                if *times == 0 {
                    seen.push(other.number as usize);
                }
                *times += 1;
            }
        }
        seen.retain(|other| {
            let times = found.get_mut(*other).map(std::mem::take).unwrap_or_default();
            times >= FOUND && counts.get(*other).is_some_and(|count| count.runs() == 0)
        });
        seen
    }
}

/// For each article which of these runs it has, in order.
fn of_articles(holders: &Lists, articles: usize, runs: Range<usize>) -> Lists {
    let all = || runs.clone().flat_map(|run| holders.get(run).iter().map(move |of| (run, of)));
    let mut next = vec![0_usize; articles];
    all().for_each(|(_, of)| next.get_mut(of.number as usize).into_iter().for_each(|count| *count += 1));
    let mut total = 0;
    for start in &mut next {
        (*start, total) = (total, total + *start);
    }
    let mut places = vec![Place { number: 0, own: false }; total];
    for (run, of) in all() {
        let Some(at) = next.get_mut(of.number as usize) else { continue };
        if let (Some(place), Ok(number)) = (places.get_mut(*at), u32::try_from(run)) {
            *place = Place { number, own: of.own };
        }
        *at += 1;
    }
    // Each start has moved on to the end of its list.
    Lists { places, ends: next }
}

fn mark(marks: &mut [u8], runs: &[Place], as_what: impl Fn(&Place) -> u8) {
    for run in runs {
        if let Some(mark) = marks.get_mut(run.number as usize) {
            *mark = as_what(run);
        }
    }
}

/// Counts the runs that are marked. Hundreds of lists are counted for one article: nothing is left to a branch.
fn count_marked(runs: &[Place], marks: &[u8], count: &mut Shared) {
    let (mut own, mut all) = (0, 0);
    for run in runs {
        let mark = marks.get(run.number as usize).copied().unwrap_or(0);
        all += usize::from(mark & HAS);
        own += usize::from((mark / OWN) & u8::from(run.own));
    }
    count.own += own;
    count.quoted += all - own;
}

/// Hashes of the runs of these words, each once, in order, and whether it stands outside of quotations.
fn runs(words: &[Word]) -> Vec<(u64, bool)> {
    let mut runs: Vec<(u64, bool)> = words.windows(RUN).map(|run| (hash(run), run.iter().all(|word| !word.quoted))).collect();
    // What stands outside of quotations as well counts as outside.
    runs.sort_unstable_by_key(|(run, own)| (*run, !*own));
    runs.dedup_by_key(|(run, _)| *run);
    runs
}

/// FNV-1a over the words' numbers.
pub(super) fn hash(words: &[Word]) -> u64 {
    words.iter().fold(0xcbf2_9ce4_8422_2325, |hash, word| (hash ^ u64::from(word.form.number())).wrapping_mul(0x0100_0000_01b3))
}
