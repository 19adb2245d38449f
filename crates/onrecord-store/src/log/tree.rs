//! The Merkle tree of RFC 6962, section 2.1: hashes of leaves and nodes are told apart by their first byte, and a tree over the first
//! entries is found again inside of every later one.

use std::fmt;

use onrecord_text::hex;
use sha2::{Digest, Sha256};

/// SHA-256 of an entry or of two subtrees.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, std::hash::Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// Hash of an entry: SHA-256 of a zero byte and its bytes.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(entry).finalize().into())
}

fn node_hash(left: Hash, right: Hash) -> Hash {
    Hash(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The hashes of all entries.
///
/// ```
/// use onrecord_store::log::{Tree, inclusion_holds, leaf_hash};
/// let tree: Tree = ["a", "b", "c"].iter().map(|entry| leaf_hash(entry.as_bytes())).collect();
/// let proof = tree.inclusion(1, 3).unwrap();
/// assert!(inclusion_holds(leaf_hash(b"b"), 1, 3, &proof, tree.root(3).unwrap()));
/// assert!(!inclusion_holds(leaf_hash(b"x"), 1, 3, &proof, tree.root(3).unwrap()));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// `levels[0]` are the leaves, `levels[n]` the roots of all whole subtrees of 2ⁿ leaves, from the left.
    levels: Vec<Vec<Hash>>,
}

impl FromIterator<Hash> for Tree {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        tree
    }
}

impl Tree {
    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.levels.first().map_or(0, Vec::len)
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Hash of the entry at `index`.
    #[must_use]
    pub fn leaf(&self, index: usize) -> Option<Hash> {
        self.levels.first()?.get(index).copied()
    }

    /// Adds an entry by its [`leaf_hash`].
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let Some(nodes) = self.levels.get_mut(level) else { return };
            nodes.push(hash);
            let [.., left, right] = nodes.as_slice() else { return };
            if nodes.len() % 2 == 1 {
                return;
            }
            hash = node_hash(*left, *right);
        }
    }

    /// Root of the tree over the first `size` entries; `None` when there are not so many.
    #[must_use]
    pub fn root(&self, size: usize) -> Option<Hash> {
        if size == 0 {
            return Some(Hash(Sha256::new().finalize().into()));
        }
        (size <= self.len()).then(|| self.subtree(0, size))?
    }

    /// Root of the subtree over `count` entries from `start`, which is a multiple of the power of two that holds them.
    fn subtree(&self, start: usize, count: usize) -> Option<Hash> {
        if count.is_power_of_two() {
            return self.levels.get(count.trailing_zeros() as usize)?.get(start / count).copied();
        }
        let left = split(count);
        Some(node_hash(self.subtree(start, left)?, self.subtree(start + left, count - left)?))
    }

    /// The hashes that lead from the entry at `index` to the root over the first `size` entries (RFC 6962, 2.1.1).
    #[must_use]
    pub fn inclusion(&self, index: usize, size: usize) -> Option<Vec<Hash>> {
        (index < size && size <= self.len()).then(|| self.path(index, 0, size))?
    }

    fn path(&self, index: usize, start: usize, count: usize) -> Option<Vec<Hash>> {
        if count == 1 {
            return Some(Vec::new());
        }
        let left = split(count);
        let (mut path, other) = if index < left {
            (self.path(index, start, left)?, self.subtree(start + left, count - left)?)
        } else {
            (self.path(index - left, start + left, count - left)?, self.subtree(start, left)?)
        };
        path.push(other);
        Some(path)
    }

    /// The hashes that show that the tree over the first `old` entries is the start of that over the first `new` ones (RFC 6962, 2.1.2).
    #[must_use]
    pub fn consistency(&self, old: usize, new: usize) -> Option<Vec<Hash>> {
        if old == 0 || old > new || new > self.len() {
            return None;
        }
        self.between(old, 0, new, true)
    }

    fn between(&self, old: usize, start: usize, count: usize, is_whole: bool) -> Option<Vec<Hash>> {
        if old == count {
            return if is_whole { Some(Vec::new()) } else { Some(vec![self.subtree(start, count)?]) };
        }
        let left = split(count);
        let (mut hashes, other) = if old <= left {
            (self.between(old, start, left, is_whole)?, self.subtree(start + left, count - left)?)
        } else {
            (self.between(old - left, start + left, count - left, false)?, self.subtree(start, left)?)
        };
        hashes.push(other);
        Some(hashes)
    }
}

/// What of a tree is needed to add to it and to tell its root: the roots of its whole subtrees, the largest first. It takes no more
/// memory than there are bits in the number of entries.
#[derive(Debug, Clone, Default)]
pub struct Frontier {
    len: usize,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Number of entries.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no entry.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds an entry by its [`leaf_hash`].
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // A subtree is whole when one as large stands left of it: as many as the number of entries has ones at its end.
        for _ in 0..self.len.trailing_ones() {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(left, hash);
        }
        self.peaks.push(hash);
        self.len += 1;
    }

    /// Root over all entries.
    #[must_use]
    pub fn root(&self) -> Hash {
        let joined = self.peaks.iter().rev().copied().reduce(|right, left| node_hash(left, right));
        joined.unwrap_or_else(|| Hash(Sha256::new().finalize().into()))
    }
}

/// The largest power of two below `count`, which is above 1: so many leaves stand in the left half.
const fn split(count: usize) -> usize {
    1 << (usize::BITS - 1 - (count - 1).leading_zeros())
}

/// Whether `proof` leads from the entry with the hash `leaf` at `index` to `root`, the root over `size` entries (RFC 9162, 2.1.3.2).
#[must_use]
pub fn inclusion_holds(leaf: Hash, index: usize, size: usize, proof: &[Hash], root: Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, leaf);
    for other in proof {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            hash = node_hash(*other, hash);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = node_hash(hash, *other);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && hash == root
}

/// Whether `proof` shows that the tree of `old` entries with `old_root` is the start of that of `new` entries with `new_root`
/// (RFC 9162, 2.1.4.2).
#[must_use]
pub fn consistency_holds(old: usize, old_root: Hash, new: usize, new_root: Hash, proof: &[Hash]) -> bool {
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    if old == 0 || old > new {
        return false;
    }
    let mut hashes = proof.iter().copied();
    // A whole subtree is its own first hash.
    let first = if old.is_power_of_two() { Some(old_root) } else { hashes.next() };
    let Some(first) = first else { return false };
    let (mut at, mut last) = (old - 1, new - 1);
    while at % 2 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let (mut old_hash, mut new_hash) = (first, first);
    for other in hashes {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            old_hash = node_hash(other, old_hash);
            new_hash = node_hash(other, new_hash);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            new_hash = node_hash(new_hash, other);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && old_hash == old_root && new_hash == new_root
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Frontier, Hash, Tree, consistency_holds, inclusion_holds, leaf_hash};

    /// The entries of the reference implementation's tests, and the roots over the first of them, as published with Certificate
    /// Transparency (RFC 6962's `merkle_tree_test`).
    const ENTRIES: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn numbered(count: usize) -> Tree {
        (0..count).map(|at| leaf_hash(&at.to_be_bytes())).collect()
    }

    #[test]
    fn roots_are_those_of_the_reference() {
        let tree: Tree = ENTRIES.iter().map(|entry| leaf_hash(entry)).collect();
        for (size, root) in ROOTS.iter().enumerate() {
            assert_eq!(tree.root(size).unwrap().to_string(), *root, "{size} entries");
        }
        assert_eq!(tree.root(9), None);
    }

    #[test]
    fn a_frontier_has_the_root_of_the_whole_tree() {
        let tree = numbered(70);
        let mut frontier = Frontier::default();
        for size in 0..=70 {
            assert_eq!((frontier.len(), Some(frontier.root())), (size, tree.root(size)));
            tree.leaf(size).into_iter().for_each(|leaf| frontier.push(leaf));
        }
    }

    proptest! {
        #[test]
        fn every_entry_is_shown_to_be_inside_and_nothing_else_is(size in 1usize..200, at in 0usize..200, bit in 0usize..256) {
            let (tree, at) = (numbered(size), at % size);
            let root = tree.root(size).unwrap();
            let proof = tree.inclusion(at, size).unwrap();
            let leaf = tree.leaf(at).unwrap();
            prop_assert!(inclusion_holds(leaf, at, size, &proof, root));
            let mut other = leaf;
            other.0[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!inclusion_holds(other, at, size, &proof, root));
            prop_assert!(!inclusion_holds(leaf, at, size, &[proof.as_slice(), &[leaf]].concat(), root));
            if size > 1 {
                prop_assert!(!inclusion_holds(leaf, (at + 1) % size, size, &proof, root));
                prop_assert!(!inclusion_holds(leaf, at, size, &proof[1..], root));
            }
        }

        #[test]
        fn a_later_tree_is_shown_to_hold_an_earlier_one(old in 1usize..120, more in 0usize..120, bit in 0usize..256) {
            let (new, tree) = (old + more, numbered(old + more));
            let (old_root, new_root) = (tree.root(old).unwrap(), tree.root(new).unwrap());
            let proof = tree.consistency(old, new).unwrap();
            prop_assert!(consistency_holds(old, old_root, new, new_root, &proof));
            let mut forged: Hash = old_root;
            forged.0[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!consistency_holds(old, forged, new, new_root, &proof));
            let mut rewritten = numbered(new).levels[0].clone();
            rewritten[old - 1] = leaf_hash(b"rewritten");
            let rewritten: Tree = rewritten.into_iter().collect();
            let proof = rewritten.consistency(old, new).unwrap();
            prop_assert!(!consistency_holds(old, old_root, new, rewritten.root(new).unwrap(), &proof));
        }

        #[test]
        fn broken_proofs_are_refused_and_never_panic(
            index in any::<usize>(), size in any::<usize>(), old in any::<usize>(), hashes in prop::collection::vec(any::<[u8; 32]>(), 0..70)
        ) {
            let hashes: Vec<Hash> = hashes.into_iter().map(Hash).collect();
            let root = leaf_hash(b"root");
            prop_assert!(!inclusion_holds(leaf_hash(b"x"), index, size, &hashes, root));
            prop_assert!(!consistency_holds(old, leaf_hash(b"x"), size, root, &hashes));
        }
    }
}
