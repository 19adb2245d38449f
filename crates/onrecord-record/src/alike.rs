//! Joins contents that say the same, without comparing all with all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::word::{Content, Term};

/// Part of the words of the smaller of two contents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Percent(pub(crate) usize);

/// A content, and the number of its kind: contents of two kinds are never joined.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item<'a> {
    pub(crate) kind: usize,
    pub(crate) content: &'a Content,
}

/// What tells whether contents are joined; all three take positions in the list of items.
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

/// Groups of positions in `items`: each holds a first one and those that join it, in the order given by `order`.
///
/// A content goes to the group whose first one it is most like among those where `same` holds for the first one and `apart` for
/// none of the members. Comparing with the first one only keeps a group from drifting from one thing to another.
pub(crate) fn groups(
    items: &[Item<'_>],
    least_shared: Percent,
    order: &[usize],
    rules: &Rules<impl Fn(usize, usize) -> bool, impl Fn(usize, usize) -> bool, impl Fn(usize, usize) -> bool>,
) -> Vec<Vec<usize>> {
    let mut index = Index::new(items.iter().map(|item| item.content), least_shared);
    let mut groups: Vec<Group> = Vec::new();
    for at in order.iter().copied() {
        let Some(item) = items.get(at) else { continue };
        let candidates = index.near(*item).into_iter().filter_map(|place| {
            let group = groups.get(place)?;
            let first = *group.members.first()?;
            let fits = (rules.same)(first, at) && !group.checked.iter().any(|member| (rules.apart)(*member, at));
            fits.then(|| (items.get(first).map_or(0, |first| first.content.likeness(item.content).permille()), Reverse(place)))
        });
        let place = candidates.max().map_or(groups.len(), |(_, place)| place.0);
        if place == groups.len() {
            index.insert(*item, place);
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

/// A number for each kind, the same for equal ones.
pub(crate) fn numbered<K: Ord>(kinds: impl Iterator<Item = K>) -> Vec<usize> {
    let mut numbers: BTreeMap<K, usize> = BTreeMap::new();
    kinds
        .map(|kind| {
            let next = numbers.len();
            *numbers.entry(kind).or_insert(next)
        })
        .collect()
}

/// Finds contents that share at least a given part of the words of the smaller one.
///
/// Where 75 % must be shared, two such contents share one of the rarest words of the smaller: those that stay when 75 %, less one
/// word, are taken away. So it is enough to look up the rare words of one among all words of the other.
pub(crate) struct Index {
    least_shared: Percent,
    /// How many contents hold a word.
    frequency: HashMap<Term, usize>,
    by_any: HashMap<(usize, Term), Vec<usize>>,
    by_rare: HashMap<(usize, Term), Vec<usize>>,
}

impl Index {
    /// An empty index for contents like these.
    pub(crate) fn new<'a>(contents: impl Iterator<Item = &'a Content>, least_shared: Percent) -> Self {
        let mut frequency = HashMap::new();
        for word in contents.flat_map(|content| &content.words) {
            *frequency.entry(*word).or_insert(0) += 1;
        }
        Self { least_shared, frequency, by_any: HashMap::new(), by_rare: HashMap::new() }
    }

    pub(crate) fn insert(&mut self, item: Item<'_>, id: usize) {
        for word in &item.content.words {
            self.by_any.entry((item.kind, *word)).or_default().push(id);
        }
        for word in self.rare(item.content) {
            self.by_rare.entry((item.kind, word)).or_default().push(id);
        }
    }

    /// The ids of the same kind that may be near, each once, in order.
    pub(crate) fn near(&self, item: Item<'_>) -> Vec<usize> {
        let rare = self.rare(item.content);
        let smaller = rare.iter().filter_map(|word| self.by_any.get(&(item.kind, *word))).flatten();
        let larger = item.content.words.iter().filter_map(|word| self.by_rare.get(&(item.kind, *word))).flatten();
        let mut ids: Vec<usize> = smaller.chain(larger).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn rare(&self, content: &Content) -> Vec<Term> {
        let mut words = content.words.clone();
        words.sort_by_key(|word| (self.frequency.get(word).copied().unwrap_or(0), *word));
        let must_share = (words.len() * self.least_shared.0).div_ceil(100);
        words.truncate(words.len() + 1 - must_share.max(1));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, Percent, Rules, groups};
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
        let items: Vec<Item<'_>> = contents.iter().map(|content| Item { kind: 0, content }).collect();
        let order: Vec<usize> = (0..items.len()).collect();
        let same = |one: usize, two: usize| {
            let likeness = contents[one].likeness(&contents[two]);
            likeness.shared * 10 >= likeness.smaller * 6
        };
        let found = groups(&items, Percent(60), &order, &Rules { same, apart: |_, _| false, twins: |_, _| true });
        assert_eq!(found, [vec![0, 1, 2], vec![3, 4], vec![5]]);
    }
}
