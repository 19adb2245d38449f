//! Linear weights: one row of class scores for each feature.

/// Classes of a classifier at most.
pub(crate) const FEW: usize = 32;

/// Classes of a decision at most: whether a word or a sentence ends. Such a row fits beside its key.
pub(crate) const CHOICES: usize = 4;

/// Weights that score features: those of a shipped model and those being trained.
pub(crate) trait Rows<const N: usize> {
    /// The sum of the rows of `keys`; unknown keys add nothing.
    fn sum(&self, keys: &[u32]) -> [i32; N];
}

/// The rows of a shipped model: weights of one byte, found by 32-bit feature key.
///
/// Most features that a text has are unknown to the model, and most rows have one to three weights that are not nought. So a bitmap that
/// stays in the cache turns most unknown keys away, and short rows lie in the slot of their key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Weights<const N: usize> {
    /// One bit for the lower bits of each known key; a power of two long.
    known: Vec<u64>,
    /// Open-addressing table, a power of two long and at most half full. A key's place are its upper bits: rows come in order of their
    /// keys, so the table is filled from front to back.
    slots: Vec<Slot>,
    /// How far a key is shifted to be a place in `slots`.
    shift: u32,
    /// Rows with more weights than a slot has room for.
    long: Vec<[i8; N]>,
}

/// Weights that lie in a slot.
const SHORT: usize = 5;

/// A key and its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot {
    key: u32,
    /// Number of weights that lie here; [`EMPTY`] or [`LONG`] for none.
    count: u8,
    /// Classes and weights; those beyond `count` are nought. Of a long row, its number.
    pairs: [[u8; 2]; SHORT],
}

const EMPTY: u8 = 255;
const LONG: u8 = 254;
const NO_SLOT: Slot = Slot { key: 0, count: EMPTY, pairs: [[0; 2]; SHORT] };

/// Class and weight, the weight as a two's complement byte.
pub(crate) type Pair = [u8; 2];

impl<const N: usize> Weights<N> {
    /// Room for `count` rows.
    pub(crate) fn with_room(count: usize) -> Self {
        let size = (count * 2).next_power_of_two().max(2);
        let bits = (count * 8).next_power_of_two().max(64);
        Self { known: vec![0; bits / 64], slots: vec![NO_SLOT; size], shift: 32 - size.trailing_zeros(), long: Vec::new() }
    }

    /// Adds a row; there must be room, the key must be new, and classes below `N`.
    pub(crate) fn insert(&mut self, key: u32, row: &[Pair]) {
        let bit = key as usize & (self.known.len() * 64 - 1);
        self.known[bit / 64] |= 1 << (bit % 64);
        let mut slot = Slot { key, count: LONG, ..NO_SLOT };
        if let Some(pairs) = slot.pairs.get_mut(..row.len()) {
            pairs.copy_from_slice(row);
            slot.count = u8::try_from(row.len()).unwrap_or(0);
        } else {
            let number = u32::try_from(self.long.len()).unwrap_or(0).to_le_bytes();
            slot.pairs[0] = [number[0], number[1]];
            slot.pairs[1] = [number[2], number[3]];
            let mut long = [0; N];
            for [class, weight] in row {
                long[usize::from(*class) & (N - 1)] = i8::from_le_bytes([*weight]);
            }
            self.long.push(long);
        }
        let mask = self.slots.len() - 1;
        let mut at = self.home(key);
        while self.slots[at & mask].count != EMPTY {
            at += 1;
        }
        self.slots[at & mask] = slot;
    }

    fn home(&self, key: u32) -> usize {
        (key >> self.shift) as usize
    }

    fn may_know(&self, key: u32) -> bool {
        let bit = key as usize & (self.known.len() * 64 - 1);
        self.known[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// The slot of a key that is not at home.
    #[cold]
    fn find(&self, key: u32) -> Slot {
        let mask = self.slots.len() - 1;
        let mut at = self.home(key);
        loop {
            let slot = self.slots[at & mask];
            if slot.count == EMPTY || slot.key == key {
                return slot;
            }
            at += 1;
        }
    }
}

/// Features that are summed at a time; more are never asked for.
const MOST_FEATURES: usize = 160;

impl<const N: usize> Rows<N> for Weights<N> {
    fn sum(&self, keys: &[u32]) -> [i32; N] {
        // The memory is asked for many slots at once: nothing branches on what one of them holds before all are there.
        let mut likely = [0_u32; MOST_FEATURES];
        let mut count = 0;
        for key in keys.iter().take(MOST_FEATURES) {
            likely[count] = *key;
            count += usize::from(self.may_know(*key));
        }
        let mut slots = [NO_SLOT; MOST_FEATURES];
        for (slot, key) in slots.iter_mut().zip(&likely[..count]) {
            *slot = self.slots[self.home(*key)];
        }
        // 160 features of at most 127 stay within 16 bits, and 16 bits add twice as fast.
        let mut sums = [0_i16; N];
        for (slot, key) in slots.iter().zip(&likely[..count]) {
            let slot = if slot.key == *key { *slot } else { self.find(*key) };
            match slot.count {
                EMPTY => {}
                LONG => {
                    let [[a, b], [c, d], ..] = slot.pairs;
                    for (sum, weight) in sums.iter_mut().zip(&self.long[u32::from_le_bytes([a, b, c, d]) as usize]) {
                        *sum += i16::from(*weight);
                    }
                }
                // Pairs beyond the count add nothing: five additions are cheaper than a loop whose end cannot be foreseen.
                _ => {
                    for [class, weight] in slot.pairs {
                        sums[usize::from(class) & (N - 1)] += i16::from(i8::from_le_bytes([weight]));
                    }
                }
            }
        }
        sums.map(i32::from)
    }
}

/// Like [`Weights`] for few classes: the row lies in the slot itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choices {
    /// Key and row of each slot. An empty slot has a row of noughts.
    slots: Vec<(u32, [i8; CHOICES])>,
}

impl Choices {
    /// Weights from rows with distinct keys, none all noughts.
    pub(crate) fn new(entries: &[(u32, [i8; CHOICES])]) -> Self {
        let size = (entries.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![(0, [0; CHOICES]); size];
        for (key, row) in entries {
            let mut at = *key as usize & (size - 1);
            while slots[at].1 != [0; CHOICES] {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (*key, *row);
        }
        Self { slots }
    }
}

impl Rows<CHOICES> for Choices {
    fn sum(&self, keys: &[u32]) -> [i32; CHOICES] {
        let mask = self.slots.len() - 1;
        let mut sums = [0; CHOICES];
        for key in keys {
            let mut at = *key as usize & mask;
            loop {
                let (found, row) = self.slots[at & mask];
                if found == *key {
                    for (sum, weight) in sums.iter_mut().zip(row) {
                        *sum += i32::from(weight);
                    }
                    break;
                }
                if row == [0; CHOICES] {
                    break;
                }
                at += 1;
            }
        }
        sums
    }
}

/// The class with the highest score among the first `count`, the lowest of equals.
pub(crate) fn best(scores: &[i32], count: usize) -> usize {
    let mut best = 0;
    for class in 1..count.min(scores.len()) {
        if scores[class] > scores[best] {
            best = class;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Choices, Rows, Weights};

    #[test]
    fn sums_short_and_long_rows() {
        let mut long = [0_i8; 32];
        long[..8].copy_from_slice(&[1, 2, 3, 4, 5, 6, 7, -8]);
        let mut short = [0_i8; 32];
        short[7] = -100;
        let mut weights = Weights::<32>::with_room(2);
        for (key, row) in [(3, long), (0xffff_ffff, short)] {
            let pairs: Vec<_> = (0_u8..)
                .zip(row)
                .filter(|(_, weight)| *weight != 0)
                .map(|(class, weight)| [class, weight.to_le_bytes()[0]])
                .collect();
            weights.insert(key, &pairs);
        }
        let sums = weights.sum(&[3, 4, 0xffff_ffff, 0xffff_fff0]);
        assert_eq!(sums[..8], [1, 2, 3, 4, 5, 6, 7, -108]);
        assert_eq!(Weights::<32>::with_room(0).sum(&[1]), [0; 32]);
    }

    #[test]
    fn sums_choices() {
        let choices = Choices::new(&[(8, [1, 0, 0, -1]), (16, [0, 5, 0, 0])]);
        assert_eq!(choices.sum(&[8, 16, 24]), [1, 5, 0, -1]);
    }
}
