//! The averaged perceptron (Collins 2002, "Discriminative training methods for hidden Markov models").
//!
//! Weights are whole numbers while they are trained, so the same data give the same model on every machine.

use crate::model::weights::Rows;

/// Weights while they are trained.
pub(crate) struct Perceptron<const N: usize> {
    /// Key and one more than the place of its row, 0 for an empty slot.
    slots: Vec<(u32, u32)>,
    rows: Vec<[i16; N]>,
    /// For each weight the sum of its changes times the step at which they were made.
    late: Vec<[i64; N]>,
    keys: Vec<u32>,
    step: i64,
    /// Features seen less often than this in [`Perceptron::count`] get no row.
    least: u8,
    counts: Vec<u8>,
}

/// Slots of the counting table: features that share one are counted together, which only lets a few more in.
const COUNTERS: usize = 1 << 26;

impl<const N: usize> Perceptron<N> {
    pub(crate) fn new(least: u8) -> Self {
        Self {
            slots: vec![(0, 0); 1 << 16],
            rows: Vec::new(),
            late: Vec::new(),
            keys: Vec::new(),
            step: 1,
            least,
            counts: if least > 1 { vec![0; COUNTERS] } else { Vec::new() },
        }
    }

    /// Counts features of a correct analysis, before training.
    pub(crate) fn count(&mut self, keys: &[u32]) {
        if self.least > 1 {
            for key in keys {
                let counter = &mut self.counts[*key as usize & (COUNTERS - 1)];
                *counter = counter.saturating_add(1);
            }
        }
    }

    /// Adds `change` to the weight of `class` for each of `keys`.
    pub(crate) fn update(&mut self, keys: &[u32], class: usize, change: i16) {
        for key in keys {
            if self.least > 1 && self.counts[*key as usize & (COUNTERS - 1)] < self.least {
                continue;
            }
            let place = self.place_or_new(*key);
            let weight = &mut self.rows[place][class];
            *weight = weight.saturating_add(change);
            self.late[place][class] += i64::from(change) * self.step;
        }
    }

    fn place(&self, key: u32) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.slots[at] {
                (_, 0) => return None,
                (found, place) if found == key => return Some(place as usize - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    fn place_or_new(&mut self, key: u32) -> usize {
        if let Some(place) = self.place(key) {
            return place;
        }
        self.rows.push([0; N]);
        self.late.push([0; N]);
        self.keys.push(key);
        if self.keys.len() * 2 > self.slots.len() {
            self.slots = vec![(0, 0); self.slots.len() * 2];
            for place in 0..self.keys.len() {
                self.seat(place);
            }
        } else {
            self.seat(self.keys.len() - 1);
        }
        self.keys.len() - 1
    }

    fn seat(&mut self, place: usize) {
        let mask = self.slots.len() - 1;
        let mut at = self.keys[place] as usize & mask;
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = (self.keys[place], u32::try_from(place + 1).unwrap_or(u32::MAX));
    }

    /// Goes on to the next example.
    pub(crate) fn advance(&mut self) {
        self.step += 1;
    }

    /// The average of a weight over all steps.
    fn mean(&self, place: usize, class: usize) -> f64 {
        f64::from(self.rows[place][class]) - self.late[place][class] as f64 / self.step as f64
    }

    /// As [`together`], for one alone.
    pub(crate) fn average(&self, least_units: f64) -> Vec<(u32, [i8; N])> {
        together(&[self], least_units)
    }
}

/// The averages of several perceptrons that were trained on the same examples in other orders, added up by feature, in order of the keys.
/// Each errs elsewhere; together they err less, and are no slower than one.
///
/// Units are chosen so that all but one in ten thousand weights fit into a byte; weights below `least_units` are dropped.
pub(crate) fn together<const N: usize>(perceptrons: &[&Perceptron<N>], least_units: f64) -> Vec<(u32, [i8; N])> {
    let mut sums: Vec<(u32, [f64; N])> = Vec::new();
    for perceptron in perceptrons {
        sums.extend(
            perceptron
                .keys
                .iter()
                .enumerate()
                .map(|(place, key)| (*key, std::array::from_fn(|class| perceptron.mean(place, class)))),
        );
    }
    // A stable sort keeps the order of the perceptrons, and with it the order of the additions.
    sums.sort_by_key(|(key, _)| *key);
    sums.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1.iter_mut().zip(next.1).for_each(|(sum, weight)| *sum += weight);
        }
        same
    });
    let mut sizes: Vec<f64> =
        sums.iter().flat_map(|(_, row)| row.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0)).collect();
    let rank = sizes.len().saturating_sub(1 + sizes.len() / 10_000);
    let large = if sizes.is_empty() { 1.0 } else { *sizes.select_nth_unstable_by(rank, f64::total_cmp).1 };
    let units = |weight: f64| {
        let units = weight * 127.0 / large;
        if units.abs() < least_units { 0 } else { units.round().clamp(-127.0, 127.0) as i8 }
    };
    let rows = sums.into_iter().map(|(key, row)| (key, row.map(units)));
    rows.filter(|(_, row)| row.iter().any(|weight| *weight != 0)).collect()
}

impl<const N: usize> Rows<N> for Perceptron<N> {
    fn sum(&self, keys: &[u32]) -> [i32; N] {
        let mut sums = [0; N];
        for key in keys {
            if let Some(place) = self.place(*key) {
                for (sum, weight) in sums.iter_mut().zip(&self.rows[place]) {
                    *sum += i32::from(*weight);
                }
            }
        }
        sums
    }
}
