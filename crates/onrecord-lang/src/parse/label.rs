//! Which relation a dependent has to its head.

use super::features::Words;
use crate::form::{Form, key};
use crate::model::weights::{CLASSES, Rows, best};

struct Seen {
    word: u64,
    tag: u64,
    coarse: u64,
    cluster: u64,
}

fn seen(words: &Words<'_>, place: usize) -> Seen {
    match (words.forms.get(place), words.penn.get(place), words.universal.get(place)) {
        (Some(form), Some(tag), Some(coarse)) => Seen {
            word: u64::from(form.lower),
            tag: u64::from(*tag),
            coarse: u64::from(*coarse),
            cluster: u64::from(form.cluster),
        },
        _ => Seen { word: 1, tag: 63, coarse: 31, cluster: 0xffff },
    }
}

/// Adds features of an arc that need nothing but its ends and the words around them.
fn arc_features(words: &Words<'_>, dependent: usize, head: usize, keys: &mut Vec<u32>) {
    keys.clear();
    let (d, h) = (seen(words, dependent), seen(words, head));
    let around = |place: usize, offset: isize| place.checked_add_signed(offset).map_or(63, |place| seen(words, place).tag);
    let side = u64::from(dependent < head);
    let far = match dependent.abs_diff(head) {
        near @ 0..=3 => near as u64,
        4..=7 => 4,
        _ => 5,
    };
    let mut template = 500;
    let mut add = |a: u64, b: u64, c: u64| {
        template += 1;
        keys.push(key(template, a << 1 | side, b, c));
    };
    add(0, 0, 0);
    add(d.tag, h.tag, 0);
    add(d.tag, h.tag, far);
    add(d.word, 0, 0);
    add(d.word, d.tag, h.tag);
    add(h.word, 0, 0);
    add(h.word, h.tag, d.tag);
    add(d.word, h.word, 0);
    add(d.word, h.tag, far);
    add(d.tag, h.word, far);
    add(d.cluster, h.cluster, 0);
    add(d.cluster, h.tag, 0);
    add(d.tag, h.cluster, 0);
    add(d.coarse, h.coarse, far);
    add(d.tag << 8 | d.coarse, h.tag << 8 | h.coarse, 0);
    add(around(dependent, -1), d.tag, h.tag);
    add(around(dependent, 1), d.tag, h.tag);
    add(around(head, -1), d.tag, h.tag);
    add(around(head, 1), d.tag, h.tag);
    add(around(dependent, -1), d.word, h.tag);
    add(around(dependent, 1), d.word, h.tag);
    add(around(dependent, -1) << 8 | around(dependent, 1), d.tag, h.tag);
    let form = |place: usize| words.forms.get(place).map_or(0, |form: &Form| form.suffix(3));
    add(form(dependent), h.tag, 0);
    add(d.tag, form(head), 0);
}

/// The outermost and innermost dependents of a word, and how many there are on each side.
pub(crate) struct Family {
    /// Outermost left and right dependents.
    outer: [usize; 2],
    /// Innermost left and right dependents.
    inner: [usize; 2],
    counts: [u8; 2],
}

const NOBODY: usize = usize::MAX;

pub(crate) fn families(heads: &[Option<u16>]) -> Vec<Family> {
    let mut families: Vec<Family> =
        heads.iter().map(|_| Family { outer: [NOBODY; 2], inner: [NOBODY; 2], counts: [0; 2] }).collect();
    for (word, head) in heads.iter().enumerate() {
        let Some(head) = head.map(usize::from) else { continue };
        let family = &mut families[head];
        let side = usize::from(word > head);
        family.counts[side] = family.counts[side].saturating_add(1);
        if side == 0 {
            if family.outer[0] == NOBODY {
                family.outer[0] = word;
            }
            family.inner[0] = word;
        } else {
            if family.inner[1] == NOBODY {
                family.inner[1] = word;
            }
            family.outer[1] = word;
        }
    }
    families
}

/// Words beyond which no sibling is looked for: a bound on the time that long lists take.
const FARTHEST_SIBLING: usize = 12;

/// Features of an arc within its tree. `labels` are those given so far, 63 where none is.
pub(crate) fn tree_features(
    words: &Words<'_>,
    heads: &[Option<u16>],
    families: &[Family],
    labels: &[u8],
    dependent: usize,
    keys: &mut Vec<u32>,
) {
    let head = heads[dependent].map_or(NOBODY, usize::from);
    arc_features(words, dependent, head, keys);
    let grand = heads.get(head).copied().flatten().map_or(NOBODY, usize::from);
    let (d, h, g) = (seen(words, dependent), seen(words, head), seen(words, grand));
    let side = u64::from(dependent < head);
    let label = |place: usize| labels.get(place).map_or(62, |label| u64::from(*label));
    // Nearest dependents of the same head on the left and on the right.
    let sibling = |step: isize| {
        let mut at = dependent;
        loop {
            match at.checked_add_signed(step) {
                Some(next) if next < heads.len() => at = next,
                _ => return NOBODY,
            }
            if at == head || at.abs_diff(dependent) > FARTHEST_SIBLING {
                return NOBODY;
            }
            if heads[at] == heads[dependent] {
                return at;
            }
        }
    };
    let (before, after) = (sibling(-1), sibling(1));
    let own = &families[dependent];
    let (left, right) = (seen(words, own.outer[0]), seen(words, own.outer[1]));
    let inner = seen(words, own.inner[0]);
    let siblings = families.get(head);
    let counts = u64::from(own.counts[0].min(3)) << 4 | u64::from(own.counts[1].min(3));
    let mut template = 540;
    let mut add = |a: u64, b: u64, c: u64| {
        template += 1;
        keys.push(key(template, a << 1 | side, b, c));
    };
    add(g.tag, h.tag, d.tag);
    add(label(head), d.tag, h.tag);
    add(label(head), d.word, 0);
    add(seen(words, before).tag, d.tag, h.tag);
    add(seen(words, after).tag, d.tag, h.tag);
    add(label(before), d.tag, h.tag);
    add(label(before), d.word, h.tag);
    add(seen(words, before).word, d.tag, h.tag);
    add(left.tag, d.tag, h.tag);
    add(right.tag, d.tag, h.tag);
    add(left.word, d.tag, h.tag);
    add(right.word, d.tag, h.tag);
    add(left.word, d.tag, h.word);
    add(inner.word, d.tag, h.tag);
    add(left.tag << 8 | right.tag, d.tag, h.tag);
    add(counts, d.tag, h.tag);
    add(counts, d.word, h.tag);
    add(left.word, inner.word, d.tag);
    if let Some(family) = siblings {
        let (first, last) = (family.outer[0], family.outer[1]);
        add(seen(words, first).word, d.tag, h.tag);
        add(label(first), d.tag << 8 | u64::from(first == dependent), h.tag);
        add(label(family.inner[0]), d.tag << 8 | u64::from(family.inner[0] == dependent), h.tag);
        add(seen(words, family.inner[0]).word, d.tag, h.tag);
        add(seen(words, last).tag, d.tag << 8 | u64::from(last == dependent), h.tag);
        add(u64::from(family.counts[0].min(3)) << 4 | u64::from(family.counts[1].min(3)), d.tag, h.tag);
    }
}

/// Labels of all words from left to right; 63 for the root.
pub(crate) fn tree_labels(
    rows: &impl Rows<CLASSES>,
    classes: usize,
    words: &Words<'_>,
    heads: &[Option<u16>],
    keys: &mut Vec<u32>,
) -> Vec<u8> {
    let families = families(heads);
    let mut labels = vec![63; heads.len()];
    for dependent in 0..heads.len() {
        if heads[dependent].is_none() {
            continue;
        }
        tree_features(words, heads, &families, &labels, dependent, keys);
        labels[dependent] = u8::try_from(best(&rows.sum(keys), classes)).unwrap_or(63);
    }
    labels
}
