//! Which articles are copies of one another, and which share a quotation only.
//!
//! Five words in a row are what near-copy detection commonly compares: rare by chance, robust to small edits. Runs that lie in quotations
//! are counted apart: two articles that quote one speech at length are not copies. What is shared outside of quotations is measured
//! against the whole of the smaller article, quotations included; otherwise one stock phrase makes a copy of a text that is nearly all
//! quotation. The thresholds were chosen on the pairs of `corpus/copies`, which `cargo xtask score copies` scores.

use std::collections::HashMap;

use onrecord_text::CleanSpan;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::runs::{RUN, Runs, Shared, hash};
use crate::piece::Piece;
use crate::word::Word;
use crate::{ArticleRef, SharedKind, SharedText, Words};

/// Shared runs outside of quotations, per thousand runs of the smaller article, from which two articles are copies …
const COPY: usize = 140;
/// … and from which they are where both credit the same agency.
const COPY_OF_AGENCY: usize = 70;
/// Fewer shared runs than this are a stock phrase.
const LEAST_RUNS: usize = 8;
/// Shared runs in quotations from which two articles share one.
const QUOTED: usize = 2;
/// Words of a shared passage worth showing.
const PASSAGE: usize = 8;

/// What comparing all articles finds.
pub(crate) struct Copies {
    /// For each piece the position of the first piece of its group of copies.
    pub(crate) groups: Vec<usize>,
    /// For each piece that shares text with an older one, that one with which it shares most.
    pub(crate) shared: Vec<SharedText>,
}

/// Compares all pieces. Those that are the same word for word are copies however short they are.
pub(crate) fn copies(pieces: &[Piece<'_>]) -> Copies {
    if pieces.len() < 2 {
        return Copies { groups: (0..pieces.len()).collect(), shared: Vec::new() };
    }
    let mut groups = Groups { first: (0..pieces.len()).collect() };
    let mut whole: FxHashMap<u64, usize> = FxHashMap::default();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| !piece.words.is_empty()) {
        groups.join(*whole.entry(hash(&piece.words)).or_insert(at), at);
    }
    let mut nearest: Vec<Option<(Shared, SharedKind, usize)>> = vec![None; pieces.len()];
    for (at, other, count, kind) in alike(pieces) {
        if kind == SharedKind::Copy {
            groups.join(other, at);
        }
        let (older, newer) = if age(pieces, other) <= age(pieces, at) { (other, at) } else { (at, other) };
        if let Some(slot) = nearest.get_mut(newer)
            && slot.is_none_or(|(most, _, of)| (count, age(pieces, older)) > (most, age(pieces, of)))
        {
            *slot = Some((count, kind, older));
        }
    }
    let shared = nearest.par_iter().enumerate().filter_map(|(newer, nearest)| {
        let (_, kind, older) = (*nearest)?;
        shared_text(pieces.get(older)?, pieces.get(newer)?, kind)
    });
    Copies { shared: shared.collect(), groups: (0..pieces.len()).map(|at| groups.root(at)).collect() }
}

/// Positions of two pieces that are alike, the later one first, with what they share.
fn alike(pieces: &[Piece<'_>]) -> Vec<(usize, usize, Shared, SharedKind)> {
    let runs = Runs::of(pieces);
    let compared = pieces.par_iter().enumerate().map_init(
        || runs.room(),
        |room, (at, piece)| {
            let shared = runs.shared_with_earlier(at, room).into_iter();
            let alike = shared.filter_map(|(other, count)| {
                let smaller = runs.count(at).min(runs.count(other));
                let agency = pieces.get(other).and_then(|other| other.agency.as_ref());
                let kind = kind(count, smaller, agency.is_some() && agency == piece.agency.as_ref())?;
                Some((at, other, count, kind))
            });
            alike.collect::<Vec<_>>()
        },
    );
    compared.flatten_iter().collect()
}

/// Sorts older articles first, those without a date last.
fn age<'a>(pieces: &'a [Piece<'_>], at: usize) -> (bool, &'a str, usize) {
    let published = pieces.get(at).and_then(|piece| piece.page.published.as_ref());
    (published.is_none(), published.map_or("", |date| &date.value), at)
}

fn kind(shared: Shared, smaller: usize, same_agency: bool) -> Option<SharedKind> {
    let least = if same_agency { COPY_OF_AGENCY } else { COPY };
    if shared.own >= LEAST_RUNS && shared.own * 1000 >= smaller * least {
        Some(SharedKind::Copy)
    } else {
        (shared.quoted >= QUOTED).then_some(SharedKind::Quotation)
    }
}

fn shared_text(older: &Piece<'_>, newer: &Piece<'_>, kind: SharedKind) -> Option<SharedText> {
    let article = |piece: &Piece<'_>| ArticleRef { entry: piece.entry, article: piece.article };
    let place = |piece: &Piece<'_>, span| Words { entry: piece.entry, article: piece.article, span };
    let mut passages = passages(&older.words, &newer.words);
    let longest = passages.iter().map(|passage| passage.length).max()?;
    passages.retain(|passage| passage.length >= PASSAGE.min(longest));
    let words = |passage: &Passage| (place(older, passage.older), place(newer, passage.newer));
    let agency = older.agency.clone().filter(|agency| newer.agency.as_ref() == Some(agency));
    Some(SharedText {
        older: article(older),
        newer: article(newer),
        kind,
        shared_words: passages.iter().map(|passage| passage.length).sum(),
        words: older.words.len().min(newer.words.len()),
        passages: passages.iter().map(words).collect(),
        agency,
    })
}

/// Words that two articles have in the same order.
struct Passage {
    length: usize,
    older: CleanSpan,
    newer: CleanSpan,
}

/// The longest passages from the beginning of `newer` on that stand in `older` too, none over another.
fn passages(older: &[Word], newer: &[Word]) -> Vec<Passage> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    older.windows(RUN).enumerate().for_each(|(at, run)| places.entry(hash(run)).or_default().push(at));
    let mut passages = Vec::new();
    let mut at = 0;
    while let Some(run) = newer.get(at..at + RUN) {
        let starts = places.get(&hash(run)).map_or(&[] as &[usize], Vec::as_slice);
        let alike = |start: &usize| {
            let pairs = older.iter().skip(*start).zip(newer.iter().skip(at));
            (pairs.take_while(|(one, two)| one.form == two.form).count(), *start)
        };
        // Of equally long ones the first.
        let longest = starts.iter().map(alike).max_by_key(|(length, start)| (*length, std::cmp::Reverse(*start)));
        let Some((length, start)) = longest.filter(|(length, _)| *length >= RUN) else {
            at += 1;
            continue;
        };
        let cover = |words: &[Word], from: usize| Some(words.get(from)?.span.cover(words.get(from + length - 1)?.span));
        passages.extend(cover(older, start).zip(cover(newer, at)).map(|(older, newer)| Passage { length, older, newer }));
        at += length;
    }
    passages
}

struct Groups {
    first: Vec<usize>,
}

impl Groups {
    fn root(&self, mut at: usize) -> usize {
        while let Some(first) = self.first.get(at).copied().filter(|first| *first != at) {
            at = first;
        }
        at
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.root(one), self.root(two));
        if let Some(first) = self.first.get_mut(one.max(two)) {
            *first = one.min(two);
        }
    }
}
