//! Part-of-speech tags: Penn Treebank tags (`XPOS`), from them universal tags (`UPOS`).
//!
//! Both taggers go from left to right and see the tags they gave before; what a word to the right may be, they see from its usual tags.

use crate::form::{Form, key};
use crate::model::weights::{CLASSES, FEW, Rows, best};

/// Looks at a sentence beyond its ends.
pub(crate) fn at(forms: &[Form], place: usize, offset: isize) -> &Form {
    static OUTSIDE: Form = Form::outside();
    place.checked_add_signed(offset).and_then(|place| forms.get(place)).unwrap_or(&OUTSIDE)
}

/// Whether a headline writes every word with a capital: capitals then tell little.
pub(crate) fn capitals_everywhere(forms: &[Form]) -> bool {
    let words = forms.iter().filter(|form| form.is_word() && !form.has_digit());
    let (small, all) = words.fold((0, 0), |(small, all), form| (small + usize::from(!form.capital()), all + 1));
    all > 2 && small * 4 <= all
}

/// Features of the word at `place` for its Penn tag. `before` are the tags given to the words on the left, the nearest first.
fn penn_features(forms: &[Form], place: usize, capitals_everywhere: bool, quoted: bool, before: [usize; 2], keys: &mut Vec<u32>) {
    keys.clear();
    let word = at(forms, place, 0);
    let (left, right) = (at(forms, place, -1), at(forms, place, 1));
    let (left2, right2) = (at(forms, place, -2), at(forms, place, 2));
    let (t1, t2) = (before[0] as u64, before[1] as u64);
    let mut template = 0;
    let mut add = |a: u64, b: u64, c: u64| {
        template += 1;
        keys.push(key(template, a, b, c));
    };
    let (exact, lower, shape) = (u64::from(word.exact), u64::from(word.lower), u64::from(word.shape));
    let (usual, cluster) = (u64::from(word.usual), u64::from(word.cluster));
    let first = u64::from(place == 0) | u64::from(capitals_everywhere) << 1;
    add(0, 0, 0);
    add(exact, 0, 0);
    add(lower, 0, 0);
    for letters in 1..=5 {
        add(word.suffix(letters), 0, 0);
    }
    for letters in 1..=4 {
        add(word.prefix(letters), 0, 0);
    }
    add(shape, first, 0);
    add(shape, word.suffix(2), 0);
    add(usual, 0, 0);
    add(usual, shape, first);
    add(cluster, 0, 0);
    add(cluster, word.suffix(2), 0);
    add(t1, 0, 0);
    add(t1, t2, 0);
    add(t1, lower, 0);
    add(t1, usual, 0);
    add(t1, word.suffix(3), 0);
    add(t1, t2, usual);
    add(t1, shape, first);
    add(t1, usual, u64::from(right.usual));
    add(t1, u64::from(right.lower), 0);
    add(t1, u64::from(right.cluster), 0);
    add(t1, u64::from(right.usual), u64::from(right2.usual));
    add(u64::from(left.lower), 0, 0);
    add(u64::from(left.lower), lower, 0);
    add(u64::from(left.cluster), cluster, 0);
    add(u64::from(left.lower), u64::from(right.lower), 0);
    add(u64::from(left.shape), shape, first);
    add(left.suffix(3), word.suffix(3), 0);
    add(u64::from(left2.lower), 0, 0);
    add(u64::from(left2.lower), u64::from(left.lower), 0);
    add(u64::from(right.lower), 0, 0);
    add(u64::from(right.lower), lower, 0);
    add(u64::from(right.usual), 0, 0);
    add(u64::from(right.usual), usual, 0);
    add(u64::from(right.usual), u64::from(right2.usual), 0);
    add(u64::from(right.cluster), cluster, 0);
    add(u64::from(right.cluster), 0, 0);
    add(u64::from(right.shape), shape, first);
    add(right.suffix(3), 0, 0);
    add(right.suffix(3), lower, 0);
    add(u64::from(right2.lower), 0, 0);
    add(u64::from(right2.usual), usual, 0);
    add(u64::from(right.lower), u64::from(right2.lower), 0);
    let (ls, rs, rs2, ls2) = (u64::from(left.shape), u64::from(right.shape), u64::from(right2.shape), u64::from(left2.shape));
    add(ls, shape, rs);
    add(shape, rs, rs2);
    add(ls2, ls, shape);
    add(t1, shape, rs);
    add(cluster, shape, first);
    add(t1, t2, lower);
    add(u64::from(left.lower), shape, 0);
    add(u64::from(right.lower), shape, 0);
    add(t1, t2, word.suffix(3));
    add(t1, word.suffix(2), u64::from(right.usual));
    add(u64::from(left.cluster), cluster, u64::from(right.cluster));
    add(u64::from(left2.cluster), cluster, 0);
    add(u64::from(right2.cluster), cluster, 0);
    add(u64::from(left2.usual), u64::from(left.usual), usual);
    add(exact, u64::from(quoted), 1);
}

/// Goes through a sentence from left to right and keeps what the features of the next word need.
pub(crate) struct PennReader<'a> {
    forms: &'a [Form],
    place: usize,
    before: usize,
    before_that: usize,
    capitals_everywhere: bool,
    quoted: bool,
}

impl<'a> PennReader<'a> {
    pub(crate) fn new(forms: &'a [Form]) -> Self {
        let capitals_everywhere = capitals_everywhere(forms);
        Self { forms, place: 0, before: OUTSIDE_TAG, before_that: OUTSIDE_TAG, capitals_everywhere, quoted: false }
    }

    /// Features of the next word.
    pub(crate) fn features(&mut self, keys: &mut Vec<u32>) {
        if self.forms[self.place].is_quote() {
            self.quoted = !self.quoted;
        }
        penn_features(self.forms, self.place, self.capitals_everywhere, self.quoted, [self.before, self.before_that], keys);
    }

    /// Goes on to the word after, the next one having got `tag`.
    pub(crate) fn take(&mut self, tag: usize) {
        self.place += 1;
        (self.before_that, self.before) = (self.before, tag);
    }
}

/// Penn tags of a sentence, as class numbers.
pub(crate) fn penn(rows: &impl Rows<CLASSES>, classes: usize, forms: &[Form]) -> Vec<u8> {
    let mut reader = PennReader::new(forms);
    let mut keys = Vec::new();
    let mut tags = Vec::with_capacity(forms.len());
    for _ in forms {
        reader.features(&mut keys);
        let tag = best(&rows.sum(&keys), classes);
        tags.push(u8::try_from(tag).unwrap_or(0));
        reader.take(tag);
    }
    tags
}

/// The tag on the left of the first word.
pub(crate) const OUTSIDE_TAG: usize = 63;

/// Features of the word at `place` for its universal tag, given the Penn tags of the sentence.
pub(crate) fn universal_features(forms: &[Form], place: usize, penn: &[u8], before: usize, keys: &mut Vec<u32>) {
    keys.clear();
    let word = at(forms, place, 0);
    let tag =
        |offset: isize| place.checked_add_signed(offset).and_then(|place| penn.get(place)).map_or(63, |tag| u64::from(*tag));
    let lower = |offset: isize| u64::from(at(forms, place, offset).lower);
    let mut template = 100;
    let mut add = |a: u64, b: u64, c: u64| {
        template += 1;
        keys.push(key(template, a, b, c));
    };
    let (own, word_lower) = (tag(0), u64::from(word.lower));
    add(own, 0, 0);
    add(own, word_lower, 0);
    add(own, u64::from(word.exact), 0);
    add(own, word.suffix(3), 0);
    add(own, u64::from(word.shape), 0);
    add(own, tag(-1), 0);
    add(own, tag(1), 0);
    add(own, tag(-1), tag(1));
    add(own, tag(1), tag(2));
    add(own, tag(-1), tag(-2));
    add(own << 8 | tag(1), tag(2), tag(3));
    add(own, lower(-1), 0);
    add(own, lower(1), 0);
    add(own, word_lower, lower(1));
    add(own, word_lower, lower(-1));
    add(own << 8 | tag(1), tag(2), word_lower);
    add(own << 8 | tag(-1), tag(1), word_lower);
    add(own << 8 | tag(1), word_lower, 0);
    add(own << 8 | tag(-1), word_lower, 0);
    add(own << 8 | tag(-1), tag(-2), word_lower);
    add(own, lower(2), word_lower);
    add(own, lower(-2), word_lower);
    add(own, before as u64, 0);
    add(own, before as u64, word_lower);
}

/// Universal tags of a sentence, as class numbers.
pub(crate) fn universal(rows: &impl Rows<FEW>, classes: usize, forms: &[Form], penn: &[u8]) -> Vec<u8> {
    let mut before = OUTSIDE_TAG;
    let mut keys = Vec::new();
    let mut tags = Vec::with_capacity(forms.len());
    for place in 0..forms.len() {
        universal_features(forms, place, penn, before, &mut keys);
        before = best(&rows.sum(&keys), classes);
        tags.push(u8::try_from(before).unwrap_or(0));
    }
    tags
}
