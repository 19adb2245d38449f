//! Joins contents that say the same, without comparing all with all.

use std::collections::HashMap;

use crate::word::{Content, Term};

/// Groups of positions in `contents`: each holds a first one and those that join it, in the order given by `order`.
///
/// A content goes to the group whose first one it is most like among those where `same` holds for the first one and `apart` for
/// none of the members. Comparing with the first one only keeps a group from drifting from one thing to another.
pub(crate) fn groups(
    contents: &[&Content],
    order: &[usize],
    same: impl Fn(usize, usize) -> bool,
    apart: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut index = Index::new(contents);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in order.iter().copied() {
        let Some(content) = contents.get(at) else { continue };
        let candidates = index.near(content).into_iter().filter_map(|group| {
            let members = groups.get(group)?;
            let first = *members.first()?;
            let fits = same(first, at) && !members.iter().any(|member| apart(*member, at));
            fits.then(|| (contents.get(first).map_or(0, |first| first.likeness(content).permille()), std::cmp::Reverse(group)))
        });
        match candidates.max().and_then(|(_, group)| groups.get_mut(group.0)) {
            Some(group) => group.push(at),
            None => {
                index.insert(content, groups.len());
                groups.push(vec![at]);
            }
        }
    }
    groups
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
    use super::groups;
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
        let found = groups(&refs, &order, same, |_, _| false);
        assert_eq!(found, [vec![0, 1, 2], vec![3, 4], vec![5]]);
    }
}
