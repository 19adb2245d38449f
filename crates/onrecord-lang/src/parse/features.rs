//! What the parser looks at in a state: the words and tags around the top of the stack and the next word, their dependents, and how far
//! apart they are (Zhang and Nivre 2011, table 1 and 2, carried over to the arc-hybrid system).

use super::state::{Child, State};
use crate::form::{Form, key};

/// A tagged sentence.
pub(crate) struct Words<'a> {
    pub(crate) forms: &'a [Form],
    pub(crate) penn: &'a [u8],
    pub(crate) universal: &'a [u8],
}

/// Word, tags and cluster of one place.
#[derive(Clone, Copy)]
struct Seen {
    word: u64,
    tag: u64,
    coarse: u64,
    cluster: u64,
    both: u64,
}

const NOTHING: Seen = Seen { word: 0, tag: 63, coarse: 31, cluster: 0xffff, both: 63 };

impl Words<'_> {
    fn at(&self, place: usize) -> Seen {
        let (Some(form), Some(tag), Some(coarse)) = (self.forms.get(place), self.penn.get(place), self.universal.get(place))
        else {
            return NOTHING;
        };
        let (word, tag) = (u64::from(form.lower), u64::from(*tag));
        Seen { word, tag, coarse: u64::from(*coarse), cluster: u64::from(form.cluster), both: word << 8 | tag }
    }

    fn maybe(&self, place: Option<usize>) -> Seen {
        place.map_or(NOTHING, |place| self.at(place))
    }

    fn child(&self, child: Child) -> Seen {
        self.at(usize::from(child.word))
    }
}

/// Distances of 5 to 9 words and of 10 and more are two classes of their own.
fn distance(from: Option<usize>, to: Option<usize>) -> u64 {
    let (Some(from), Some(to)) = (from, to) else { return 0 };
    match to.saturating_sub(from) {
        near @ 0..=4 => near as u64,
        5..=9 => 5,
        _ => 6,
    }
}

/// Features of `state`.
pub(crate) fn features(words: &Words<'_>, state: &State, keys: &mut Vec<u32>) {
    keys.clear();
    let (place0, place1, place2) = (state.stacked(0), state.stacked(1), state.stacked(2));
    let next = state.next();
    let front = (next < state.count()).then_some(next);
    let (s0, s1, s2) = (words.maybe(place0), words.maybe(place1), words.maybe(place2));
    let (b0, b1, b2, b3) = (words.at(next), words.at(next + 1), words.at(next + 2), words.at(next + 3));
    let (n0, n1, nb) = (state.node(place0), state.node(place1), state.node(front));
    let mut template = 200;
    let mut add = |a: u64, b: u64, c: u64| {
        template += 1;
        keys.push(key(template, a, b, c));
    };

    // Single words.
    for seen in [s0, s1, b0] {
        add(seen.word, 0, 0);
        add(seen.both, 0, 0);
        add(seen.tag, 0, 0);
        add(seen.cluster, 0, 0);
    }
    for seen in [b1, s2] {
        add(seen.both, 0, 0);
        add(seen.tag, 0, 0);
    }
    add(b2.tag, 0, 0);
    add(b2.word, 0, 0);

    // Pairs.
    for (left, right) in [(s0, b0), (s1, s0)] {
        add(left.both, right.both, 0);
        add(left.both, right.word, 0);
        add(left.word, right.both, 0);
        add(left.both, right.tag, 0);
        add(left.tag, right.both, 0);
        add(left.word, right.word, 0);
        add(left.tag, right.tag, 0);
        add(left.cluster, right.cluster, 0);
        add(left.cluster, right.tag, 0);
        add(left.tag, right.cluster, 0);
    }
    add(b0.tag, b1.tag, 0);
    add(b0.word, b1.tag, 0);
    add(b0.tag, b1.word, 0);
    add(s1.tag, b0.tag, s1.word);
    add(s1.tag, b0.both, 0);

    // Triples.
    add(b0.tag, b1.tag, b2.tag);
    add(s0.tag, b0.tag, b1.tag);
    add(s0.both, b0.tag, b1.tag);
    add(s0.tag, b0.both, b1.tag);
    add(s1.tag, s0.tag, b0.tag);
    add(s1.both, s0.tag, b0.tag);
    add(s1.tag, s0.both, b0.tag);
    add(s1.tag, s0.tag, b0.both);
    add(s2.tag, s1.tag, s0.tag);
    add(s2.tag << 8 | s1.tag, s0.tag, b0.tag);
    add(s1.tag << 8 | s0.tag, b0.tag, b1.tag);
    add(s0.tag << 8 | b0.tag, b1.tag, b2.tag);
    add(b0.tag << 8 | b1.tag, b2.tag, b3.tag);

    // Dependents.
    let (s0l, s0r, s1l, s1r, b0l) = (
        words.child(n0.left[0]),
        words.child(n0.right[0]),
        words.child(n1.left[0]),
        words.child(n1.right[0]),
        words.child(nb.left[0]),
    );
    let (s0l2, s0r2, s1r2, b0l2) =
        (words.child(n0.left[1]), words.child(n0.right[1]), words.child(n1.right[1]), words.child(nb.left[1]));
    for (seen, child) in [(s0l, n0.left[0]), (s0r, n0.right[0]), (s1l, n1.left[0]), (s1r, n1.right[0]), (b0l, nb.left[0])] {
        add(seen.word, u64::from(child.label), 0);
        add(seen.tag, u64::from(child.label), 0);
    }
    for (seen, child) in [(s0l2, n0.left[1]), (s0r2, n0.right[1]), (s1r2, n1.right[1]), (b0l2, nb.left[1])] {
        add(seen.tag, u64::from(child.label), 0);
    }
    add(s0.tag, s0l.tag, b0.tag);
    add(s0.tag, s0r.tag, b0.tag);
    add(s0.tag, b0.tag, b0l.tag);
    add(s1.tag, s0.tag, s0l.tag);
    add(s1.tag, s0.tag, s0r.tag);
    add(s1.tag, s1l.tag, s0.tag);
    add(s1.tag, s1r.tag, s0.tag);
    add(s0.tag, s0l.tag, s0l2.tag);
    add(s0.tag, s0r.tag, s0r2.tag);
    add(s1.tag, s1r.tag, s1r2.tag);
    add(b0.tag, b0l.tag, b0l2.tag);
    add(s1.tag << 8 | s0.tag, b0.tag, u64::from(n0.left[0].label));
    add(s1.both, s0.tag, u64::from(n1.right[0].label));

    // How far, how many, which labels.
    let (near, below) = (distance(place0, front), distance(place1, place0));
    add(s0.word, near, 0);
    add(s0.tag, near, 0);
    add(b0.word, near, 1);
    add(b0.tag, near, 1);
    add(s0.tag, b0.tag, near);
    add(s1.tag, s0.tag, below);
    add(s1.word, below, 0);
    add(s1.tag << 8 | s0.word, below, 0);
    for (seen, left, right) in [(s0, n0.lefts, Some(n0.rights)), (s1, n1.lefts, Some(n1.rights)), (b0, nb.lefts, None)] {
        let counts = u64::from(left) << 8 | right.map_or(255, u64::from);
        add(seen.word, counts, 0);
        add(seen.tag, counts, 0);
    }
    add(s0.both, n0.left_labels, 0);
    add(s0.both, n0.right_labels, 0);
    add(s0.tag, n0.left_labels, n0.right_labels);
    add(s1.tag, n1.left_labels, n1.right_labels);
    add(s1.word, n1.right_labels, 0);
    add(b0.tag, nb.left_labels, 0);
    add(b0.word, nb.left_labels, 0);

    // Universal tags, which part auxiliaries and subordinators from their like.
    add(s0.coarse, b0.coarse, s1.coarse);
    add(s0.coarse << 8 | s0.tag, b0.coarse << 8 | b0.tag, 0);
    add(s1.coarse << 8 | s1.tag, s0.coarse << 8 | s0.tag, 0);
    add(s0.coarse, b0.coarse << 8 | b1.coarse, b2.coarse);
}
