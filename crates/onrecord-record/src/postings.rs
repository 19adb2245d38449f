//! Lists of numbers by key.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// Lists of numbers by key, most keys with one or two: a link of a chain takes eight bytes, a list of its own would take fifty.
#[derive(Debug)]
pub(crate) struct Postings<K> {
    /// Looked up by key only: its order never reaches output.
    chains: FxHashMap<K, Chain>,
    links: Vec<Link>,
}

#[derive(Debug, Clone, Copy)]
struct Chain {
    last: u32,
    length: u32,
}

#[derive(Debug, Clone, Copy)]
struct Link {
    number: u32,
    /// Position of the link before; that of the link itself in the first of a chain.
    before: u32,
}

impl<K> Default for Postings<K> {
    fn default() -> Self {
        Self { chains: FxHashMap::default(), links: Vec::new() }
    }
}

impl<K: Hash + Eq> Postings<K> {
    /// Adds `number` to the list of `key`.
    pub(crate) fn push(&mut self, key: K, number: u32) {
        let Ok(at) = u32::try_from(self.links.len()) else { return };
        let chain = self.chains.entry(key).or_insert(Chain { last: at, length: 0 });
        self.links.push(Link { number, before: chain.last });
        *chain = Chain { last: at, length: chain.length + 1 };
    }

    /// How many numbers the list of `key` holds.
    pub(crate) fn length(&self, key: &K) -> usize {
        self.chains.get(key).map_or(0, |chain| chain.length as usize)
    }

    /// The numbers of `key`, the last first; none where there are more than `most`.
    pub(crate) fn few<'a>(&'a self, key: &K, most: usize) -> impl Iterator<Item = u32> + use<'a, K> {
        let chain = self.chains.get(key).filter(|chain| chain.length as usize <= most);
        self.from(chain.map(|chain| chain.last))
    }

    /// The numbers of `key`, the last first.
    pub(crate) fn of<'a>(&'a self, key: &K) -> impl Iterator<Item = u32> + use<'a, K> {
        self.from(self.chains.get(key).map(|chain| chain.last))
    }

    fn from<'a>(&'a self, mut next: Option<u32>) -> impl Iterator<Item = u32> + use<'a, K> {
        std::iter::from_fn(move || {
            let at = next?;
            let link = self.links.get(at as usize)?;
            next = (link.before != at).then_some(link.before);
            Some(link.number)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Postings;

    #[test]
    fn the_last_number_comes_first() {
        let mut postings = Postings::default();
        for (key, number) in [("a", 1), ("b", 2), ("a", 3), ("a", 3)] {
            postings.push(key, number);
        }
        assert_eq!(postings.of(&"a").collect::<Vec<_>>(), [3, 3, 1]);
        assert_eq!((postings.length(&"a"), postings.length(&"b"), postings.length(&"c")), (3, 1, 0));
        assert_eq!(postings.of(&"c").next(), None);
        assert_eq!(postings.few(&"a", 3).collect::<Vec<_>>(), [3, 3, 1]);
        assert_eq!(postings.few(&"a", 2).next(), None);
    }
}
