//! Joins contents that say the same, without comparing all with all.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::word::{Content, Term};

/// What tells whether contents are joined; all three take positions in the list of contents.
pub(crate) struct Rules<Same, Apart, Twins> {
    /// Whether the second says the same as the first.
    pub(crate) same: Same,
    /// Whether something shows that the two do not say the same.
    pub(crate) apart: Apart,
    /// Whether the two are the same to `apart`, so that one check stands for both.
    pub(crate) twins: Twins,
}

/// Members of a group, and those of them that are checked: no two checked ones are twins.
#[derive(Default)]
struct Group {
    members: Vec<usize>,
    checked: Vec<usize>,
}

/// Groups of positions in `contents`: each holds a first one and those that join it, in the order given by `order`.
///
/// A content goes to the group whose first one it is most like among those where `same` holds for the first one and `apart` for
/// none of the members. Comparing with the first one only keeps a group from drifting from one thing to another.
pub(crate) fn groups(
    contents: &[&Content],
    order: &[usize],
    rules: &Rules<impl Fn(usize, usize) -> bool, impl Fn(usize, usize) -> bool, impl Fn(usize, usize) -> bool>,
) -> Vec<Vec<usize>> {
    let mut index = Index::new(contents);
    let mut groups: Vec<Group> = Vec::new();
    for at in order.iter().copied() {
        let Some(content) = contents.get(at) else { continue };
        let candidates = index.near(content).into_iter().filter_map(|place| {
            let group = groups.get(place)?;
            let first = *group.members.first()?;
            let fits = (rules.same)(first, at) && !group.checked.iter().any(|member| (rules.apart)(*member, at));
            fits.then(|| (contents.get(first).map_or(0, |first| first.likeness(content).permille()), Reverse(place)))
        });
        let place = candidates.max().map_or(groups.len(), |(_, place)| place.0);
        if place == groups.len() {
            index.insert(content, place);
            groups.push(Group::default());
        }
        if let Some(group) = groups.get_mut(place) {
            group.members.push(at);
            if !group.checked.iter().any(|member| (rules.twins)(*member, at)) {
                group.checked.push(at);
            }
        }
    }
    groups.into_iter().map(|group| group.members).collect()
}

/// Finds contents that share at least six in ten words of the smaller one.
///
/// Two such contents share one of the rarest words of the smaller: those that stay when all but six in ten, less one, are taken
/// away. So it is enough to look up the rare words of one among all words of the other.
pub(crate) struct Index {
    /// How many contents hold a word.
    frequency: HashMap<Term, usize>,
    by_any: HashMap<Term, Vec<usize>>,
    by_rare: HashMap<Term, Vec<usize>>,
}

impl Index {
    /// An empty index for contents like these.
    pub(crate) fn new(contents: &[&Content]) -> Self {
        let mut frequency = HashMap::new();
        for word in contents.iter().flat_map(|content| &content.words) {
            *frequency.entry(*word).or_insert(0) += 1;
        }
        Self { frequency, by_any: HashMap::new(), by_rare: HashMap::new() }
    }

    pub(crate) fn insert(&mut self, content: &Content, id: usize) {
        for word in &content.words {
            self.by_any.entry(*word).or_default().push(id);
        }
        for word in self.rare(content) {
            self.by_rare.entry(word).or_default().push(id);
        }
    }

    /// The ids that may be near, each once, in order.
    pub(crate) fn near(&self, content: &Content) -> Vec<usize> {
        let smaller = self.rare(content).into_iter().filter_map(|word| self.by_any.get(&word)).flatten();
        let larger = content.words.iter().filter_map(|word| self.by_rare.get(word)).flatten();
        let mut ids: Vec<usize> = smaller.chain(larger).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn rare(&self, content: &Content) -> Vec<Term> {
        let mut words = content.words.clone();
        words.sort_by_key(|word| (self.frequency.get(word).copied().unwrap_or(0), *word));
        let must_share = (words.len() * 6).div_ceil(10);
        words.truncate(words.len() + 1 - must_share.max(1));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::{Rules, groups};
    use crate::word::{Content, Vocabulary};

    fn contents(texts: &[&str]) -> Vec<Content> {
        let mut vocabulary = Vocabulary::new();
        let content = |text: &&str| {
            let mut content = Content::default();
            content.words = text.split(' ').map(|word| vocabulary.term(word)).collect();
            content.words.sort_unstable();
            content
        };
        texts.iter().map(content).collect()
    }

    #[test]
    fn finds_every_pair_that_is_alike() {
        let texts = ["a b c d e", "a b c d", "b c d e f g", "x y", "x y z w v", "p q r s t"];
        let contents = contents(&texts);
        let refs: Vec<&Content> = contents.iter().collect();
        let order: Vec<usize> = (0..refs.len()).collect();
        let same = |one: usize, two: usize| {
            let likeness = contents[one].likeness(&contents[two]);
            likeness.shared * 10 >= likeness.smaller * 6
        };
        let found = groups(&refs, &order, &Rules { same, apart: |_, _| false, twins: |_, _| true });
        assert_eq!(found, [vec![0, 1, 2], vec![3, 4], vec![5]]);
    }
}
