//! Look-up of small numbers by feature key.

/// Numbers by 32-bit key, in an open-addressing table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Key and one more than the number of each slot, 0 for an empty slot.
    slots: Vec<(u32, u32)>,
}

impl Default for Table {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Table {
    /// A table of entries with distinct keys and numbers below 2³² − 1.
    pub(crate) fn new(entries: &[(u32, u32)]) -> Self {
        let mut slots = vec![(0, 0); (entries.len() * 2).next_power_of_two().max(2)];
        let mask = slots.len() - 1;
        for (key, number) in entries {
            let mut at = *key as usize & mask;
            while slots[at].1 != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = (*key, number.saturating_add(1));
        }
        Self { slots }
    }

    /// The number under `key`.
    pub(crate) fn get(&self, key: u32) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = key as usize;
        loop {
            match self.slots[at & mask] {
                (_, 0) => return None,
                (found, number) if found == key => return Some(number - 1),
                _ => at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn finds_what_was_put_in() {
        let entries: Vec<(u32, u32)> = (0..100).map(|n: u32| (n.wrapping_mul(64), n)).collect();
        let table = Table::new(&entries);
        assert!(entries.iter().all(|(key, number)| table.get(*key) == Some(*number)));
        assert_eq!(table.get(1), None);
        assert_eq!(Table::default().get(0), None);
    }
}
