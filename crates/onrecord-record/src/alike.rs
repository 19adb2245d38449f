//! Joins contents that say the same, without comparing all with all.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::postings::Postings;
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

/// Groups of positions in `items`: each holds a first one and those that join it, in the order given by `order`, which holds every
/// position once.
///
/// A content goes to the group whose first one it is most like among those where `same` holds for the first one and `apart` for
/// none of the members; before all others to the one where the same words went first, or copies of one article would stand apart. Comparing with the first one only keeps a group from drifting from one thing to another. `same` must not hold
/// where [`Content::conflicts`] does.
pub(crate) fn groups(
    items: &[Item<'_>],
    least_shared: Percent,
    order: &[usize],
    rules: &Rules<
        impl Fn(usize, usize) -> bool + Sync,
        impl Fn(usize, usize) -> bool + Sync,
        impl Fn(usize, usize) -> bool + Sync,
    >,
) -> Vec<Vec<usize>> {
    let frequency = Frequency::of(items.iter().map(|item| item.content), least_shared);
    // What is of two classes never joins, so each is grouped by itself.
    let mut classes: BTreeMap<(usize, &[Term]), Class> = BTreeMap::new();
    for (age, at) in order.iter().copied().enumerate() {
        if let Some(item) = items.get(at) {
            classes.entry((item.kind, item.content.numbers())).or_default().push((age, at));
        }
    }
    let mut classes: Vec<Class> = classes.into_values().collect();
    // The largest first, so that none is left to one thread at the end.
    classes.sort_by_key(|class| Reverse(class.len()));
    let grouped = classes.par_iter().map(|class| groups_of_class(items, &frequency, class, rules));
    let mut groups: Vec<(usize, Vec<usize>)> = grouped.flatten_iter().collect();
    groups.sort_unstable_by_key(|(age, _)| *age);
    groups.into_iter().map(|(_, members)| members).collect()
}

/// Positions of items of one class, with their ages; the oldest first.
type Class = Vec<(usize, usize)>;

/// The groups of the items of a class; each with the age of its first one.
fn groups_of_class(
    items: &[Item<'_>],
    frequency: &Frequency,
    class: &Class,
    rules: &Rules<impl Fn(usize, usize) -> bool, impl Fn(usize, usize) -> bool, impl Fn(usize, usize) -> bool>,
) -> Vec<(usize, Vec<usize>)> {
    let mut index = Index::new(frequency);
    let mut groups: Vec<(usize, Group)> = Vec::new();
    let mut place_of_words: FxHashMap<&[Term], usize> = FxHashMap::default();
    for (age, at) in class.iter().copied() {
        let Some(item) = items.get(at) else { continue };
        let candidates = index.near(*item).into_iter().filter_map(|place| {
            let (_, group) = groups.get(place)?;
            let first = *group.members.first()?;
            let fits = (rules.same)(first, at) && !group.checked.iter().any(|member| (rules.apart)(*member, at));
            let has_same_words = place_of_words.get(item.content.words.as_slice()) == Some(&place);
            let likeness = || items.get(first).map_or(0, |first| first.content.likeness(item.content).permille());
            fits.then(|| (has_same_words, likeness(), Reverse(place)))
        });
        let place = candidates.max().map_or(groups.len(), |(.., place)| place.0);
        place_of_words.entry(&item.content.words).or_insert(place);
        if place == groups.len() {
            index.insert(*item, place);
            groups.push((age, Group::default()));
        }
        if let Some((_, group)) = groups.get_mut(place) {
            group.members.push(at);
            if !group.checked.iter().any(|member| (rules.twins)(*member, at)) {
                group.checked.push(at);
            }
        }
    }
    groups.into_iter().map(|(age, group)| (age, group.members)).collect()
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

/// How many of some contents hold a word, and how many words two that are near must share.
pub(crate) struct Frequency {
    least_shared: Percent,
    /// By the number of the word.
    holders: Vec<u32>,
}

impl Frequency {
    /// That of these contents.
    pub(crate) fn of<'a>(contents: impl Iterator<Item = &'a Content>, least_shared: Percent) -> Self {
        let mut holders: Vec<u32> = Vec::new();
        for word in contents.flat_map(|content| &content.words) {
            let at = word.number() as usize;
            if holders.len() <= at {
                holders.resize(at + 1, 0);
            }
            holders.get_mut(at).into_iter().for_each(|count| *count += 1);
        }
        Self { least_shared, holders }
    }

    /// Sorts rare words first.
    fn rarity(&self, word: Term) -> (u32, Term) {
        (self.holders.get(word.number() as usize).copied().unwrap_or(0), word)
    }

    /// The rarest words of `content`: of words that it shares with one that is near, one at least is among these, if it is the
    /// smaller.
    fn rare(&self, content: &Content) -> Vec<Term> {
        let mut words = content.words.clone();
        words.sort_unstable_by_key(|word| self.rarity(*word));
        let must_share = (words.len() * self.least_shared.0).div_ceil(100);
        words.truncate(words.len() + 1 - must_share.max(1));
        words
    }
}

/// A word of a class of contents.
type Key = (u32, Term);

/// Finds contents that share at least a given part of the words of the smaller one and do not differ in names or figures.
///
/// Where 75 % must be shared, two such contents share one of the rarest words of the smaller: those that stay when 75 %, less one
/// word, are taken away. So it is enough to look up the rare words of one among all words of the other. Contents with other figures
/// are of two classes. Of two with names that do not conflict one has all names of the other: they share the rarest name of the one
/// with fewer. Whichever of the two ways has fewer to look at is taken.
pub(crate) struct Index<'a> {
    frequency: &'a Frequency,
    /// A number for each kind and figures. Looked up by key only, as all maps here.
    classes: FxHashMap<(usize, Vec<Term>), u32>,
    held: Vec<Held<'a>>,
    nameless: ByWords,
    named: ByWords,
    by_any_name: Postings<Key>,
    by_rarest_name: Postings<Key>,
}

struct Held<'a> {
    id: usize,
    content: &'a Content,
    rare: Vec<Term>,
}

/// Positions in [`Index::held`] by words.
#[derive(Default)]
struct ByWords {
    any: Postings<Key>,
    rare: Postings<Key>,
}

impl ByWords {
    fn insert(&mut self, class: u32, content: &Content, rare: &[Term], at: u32) {
        content.words.iter().for_each(|word| self.any.push((class, *word), at));
        rare.iter().for_each(|word| self.rare.push((class, *word), at));
    }

    /// Those that may be near, some more than once.
    fn near(&self, class: u32, content: &Content, rare: &[Term]) -> impl Iterator<Item = u32> {
        let smaller = rare.iter().flat_map(move |word| self.any.of(&(class, *word)));
        let larger = content.words.iter().flat_map(move |word| self.rare.of(&(class, *word)));
        smaller.chain(larger)
    }

    /// How many [`Self::near`] gives.
    fn count(&self, class: u32, content: &Content, rare: &[Term]) -> usize {
        let smaller = rare.iter().map(|word| self.any.length(&(class, *word)));
        let larger = content.words.iter().map(|word| self.rare.length(&(class, *word)));
        smaller.chain(larger).sum()
    }
}

impl<'a> Index<'a> {
    /// An empty index for contents like those of `frequency`.
    pub(crate) fn new(frequency: &'a Frequency) -> Self {
        Self {
            frequency,
            classes: FxHashMap::default(),
            held: Vec::new(),
            nameless: ByWords::default(),
            named: ByWords::default(),
            by_any_name: Postings::default(),
            by_rarest_name: Postings::default(),
        }
    }

    pub(crate) fn insert(&mut self, item: Item<'a>, id: usize) {
        let content = item.content;
        let (Ok(next), Ok(at)) = (u32::try_from(self.classes.len()), u32::try_from(self.held.len())) else { return };
        let class = *self.classes.entry((item.kind, content.numbers().to_vec())).or_insert(next);
        let rare = self.frequency.rare(content);
        match self.rarest_name(content) {
            Some(rarest) => {
                self.named.insert(class, content, &rare, at);
                content.names().iter().for_each(|name| self.by_any_name.push((class, *name), at));
                self.by_rarest_name.push((class, rarest), at);
            }
            None => self.nameless.insert(class, content, &rare, at),
        }
        self.held.push(Held { id, content, rare });
    }

    /// The ids of the same kind that may be near, each once, in order.
    pub(crate) fn near(&self, item: Item<'_>) -> Vec<usize> {
        let content = item.content;
        let Some(class) = self.classes.get(&(item.kind, content.numbers().to_vec())).copied() else { return Vec::new() };
        let rare = self.frequency.rare(content);
        let mut found: Vec<u32> = self.nameless.near(class, content, &rare).collect();
        let by_words = self.named.count(class, content, &rare);
        match self.rarest_name(content).filter(|rarest| self.count_by_names(class, content, *rarest) < by_words) {
            Some(rarest) => {
                let smaller = self.by_any_name.of(&(class, rarest));
                let larger = content.names().iter().flat_map(|name| self.by_rarest_name.of(&(class, *name)));
                let shares_rare = |at: &u32| self.held.get(*at as usize).is_some_and(|held| held.shares_rare(content, &rare));
                found.extend(smaller.chain(larger).filter(shares_rare));
            }
            None => found.extend(self.named.near(class, content, &rare)),
        }
        found.sort_unstable();
        found.dedup();
        let mut ids: Vec<usize> = found.iter().filter_map(|at| self.held.get(*at as usize)).map(|held| held.id).collect();
        ids.sort_unstable();
        ids
    }

    fn count_by_names(&self, class: u32, content: &Content, rarest: Term) -> usize {
        let larger: usize = content.names().iter().map(|name| self.by_rarest_name.length(&(class, *name))).sum();
        self.by_any_name.length(&(class, rarest)) + larger
    }

    fn rarest_name(&self, content: &Content) -> Option<Term> {
        content.names().iter().copied().min_by_key(|name| self.frequency.rarity(*name))
    }
}

impl Held<'_> {
    /// Whether the words of `content` would find it.
    fn shares_rare(&self, content: &Content, rare: &[Term]) -> bool {
        let holds = |content: &Content, rare: &[Term]| rare.iter().any(|word| content.words.binary_search(word).is_ok());
        holds(self.content, rare) || holds(content, &self.rare)
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

    /// Groups of texts, older first, that share six in ten of the words of the shorter.
    fn grouped(texts: &[&str]) -> Vec<Vec<usize>> {
        let contents = contents(texts);
        let items: Vec<Item<'_>> = contents.iter().map(|content| Item { kind: 0, content }).collect();
        let order: Vec<usize> = (0..items.len()).collect();
        let same = |one: usize, two: usize| {
            let likeness = contents[one].likeness(&contents[two]);
            likeness.shared * 10 >= likeness.smaller * 6
        };
        groups(&items, Percent(60), &order, &Rules { same, apart: |_, _| false, twins: |_, _| true })
    }

    #[test]
    fn finds_every_pair_that_is_alike() {
        let texts = ["a b c d e", "a b c d", "b c d e f g", "x y", "x y z w v", "p q r s t"];
        assert_eq!(grouped(&texts), [vec![0, 1, 2], vec![3, 4], vec![5]]);
    }

    #[test]
    fn the_same_words_stay_together() {
        let texts = ["a b c d e f", "a b c d g h", "b c d g h i", "a b c d g h"];
        assert_eq!(grouped(&texts), [vec![0, 1, 3], vec![2]]);
    }
}
