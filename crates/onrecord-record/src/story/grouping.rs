//! Articles that are alike on average, found by the features that few others hold.

use crate::story::features::{Features, Vector};

/// Mean cosine from which an article belongs to a story.
const ALIKE: f64 = 0.10;
/// Days between an article and the nearest of a story beyond which it is another story, where both are dated. Coverage of one
/// happening falls off within days; its anniversaries come later.
const WINDOW: i32 = 30;
/// Features of an article by which groups are looked for: the heaviest. What is alike on average shares some of them.
const ASKED: usize = 40;
/// A feature that more groups hold finds none: it would find them all.
const CROWDED: u32 = 200;

/// Groups compared in full: those that hold most of what is asked for. Others share next to nothing.
const COMPARED: usize = 16;

/// First and last day of publication, where known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Days(Option<(i32, i32)>);

impl Days {
    pub(super) fn of(day: Option<i32>) -> Self {
        Self(day.map(|day| (day, day)))
    }

    fn cover(self, other: Self) -> Self {
        match (self.0, other.0) {
            (Some(one), Some(two)) => Self(Some((one.0.min(two.0), one.1.max(two.1)))),
            (one, two) => Self(one.or(two)),
        }
    }

    /// Whether the two are near, as far as is known.
    fn is_near(self, other: Self) -> bool {
        let (Some(one), Some(two)) = (self.0, other.0) else { return true };
        two.0 - one.1 <= WINDOW && one.0 - two.1 <= WINDOW
    }
}

/// Articles that are one story so far.
#[derive(Default)]
pub(super) struct Group {
    pub(super) members: Vec<usize>,
    /// Sum of the members' vectors.
    pub(super) sum: Vector,
    /// When it was last asked for the nearest and there was none.
    asked: u32,
}

/// What a search looks at in every group, apart from the rest: there are many groups to look at.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    days: Days,
    /// The list in which it was last met.
    list: u64,
    /// How much of what is asked for it holds; nothing before and after a search.
    held: f64,
}

/// The groups that hold a feature.
#[derive(Debug, Clone, Default)]
struct Holders {
    /// Those that did when the feature was new to them; they may be part of others by now.
    groups: Vec<u32>,
    /// How many groups they are now.
    count: u32,
    /// When one of them last changed.
    changed: u32,
}

pub(super) struct Grouping<'a> {
    features: &'a Features,
    groups: Vec<Group>,
    found: Vec<Found>,
    /// The group that each is part of by now, or one nearer to it.
    part_of: Vec<u32>,
    /// By the number that [`Features::shared`] gives. What one article alone holds finds nothing.
    holders: Vec<Holders>,
    /// Joins so far.
    now: u32,
    /// Lists read so far.
    lists: u64,
}

impl<'a> Grouping<'a> {
    pub(super) fn new(features: &'a Features) -> Self {
        let holders = vec![Holders::default(); features.count_shared()];
        Self { features, groups: Vec::new(), found: Vec::new(), part_of: Vec::new(), holders, now: 0, lists: 0 }
    }

    /// Adds an article to the group that it is most like, or to a new one.
    pub(super) fn place(&mut self, at: usize, vector: Vector, days: Days) {
        let place = self.nearest(&vector, 1, days, None).unwrap_or(self.groups.len());
        if place == self.groups.len() {
            self.groups.push(Group::default());
            self.part_of.extend(u32::try_from(place));
            self.found.push(Found::default());
        }
        let (Some(group), Some(found)) = (self.groups.get_mut(place), self.found.get_mut(place)) else { return };
        group.members.push(at);
        found.days = found.days.cover(days);
        let (sum, added) = added(&group.sum, &vector);
        group.sum = sum;
        added.into_iter().for_each(|feature| self.hold(feature, place));
    }

    /// Notes that the group holds a feature that it did not hold.
    fn hold(&mut self, feature: u32, place: usize) {
        let Ok(group) = u32::try_from(place) else { return };
        if let Some(holders) = self.holders_mut(feature) {
            holders.groups.push(group);
            holders.count += 1;
        }
    }

    fn holders_mut(&mut self, feature: u32) -> Option<&mut Holders> {
        self.holders.get_mut(self.features.shared(feature)?)
    }

    /// The group whose articles are most like the `count` articles with this sum of vectors; of equals the first.
    fn nearest(&mut self, sum: &Vector, count: usize, days: Days, own: Option<usize>) -> Option<usize> {
        let near = self.near(sum, days, own);
        let filter = Filter::of(sum);
        let alike = near.into_iter().filter_map(|place| {
            let group = self.groups.get(place)?;
            let mean = filter.product(sum, &group.sum) / (group.members.len() * count) as f64;
            (mean >= ALIKE).then_some((place, mean))
        });
        alike.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(place, _)| place)
    }

    /// The groups that hold most of the heaviest features, in order.
    fn near(&mut self, sum: &Vector, days: Days, own: Option<usize>) -> Vec<usize> {
        let mut touched: Vec<usize> = Vec::new();
        for (feature, weight) in heaviest(sum) {
            self.lists += 1;
            let holders = self.features.shared(feature).and_then(|at| self.holders.get(at));
            for group in holders.filter(|holders| holders.count <= CROWDED).map_or(&[] as &[u32], |holders| &holders.groups) {
                let place = root(&self.part_of, *group);
                let Some(found) = self.found.get_mut(place) else { continue };
                // A group that took in others may be met again.
                if found.list == self.lists || !found.days.is_near(days) {
                    continue;
                }
                if found.held == 0.0 {
                    touched.push(place);
                }
                (found.list, found.held) = (self.lists, found.held + weight * weight);
            }
        }
        let mut near: Vec<(f64, usize)> = touched
            .into_iter()
            .map(|place| (self.found.get_mut(place).map_or(0.0, |found| std::mem::take(&mut found.held)), place))
            .filter(|(_, place)| Some(*place) != own)
            .collect();
        if near.len() > COMPARED {
            near.select_nth_unstable_by(COMPARED, |one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
            near.truncate(COMPARED);
        }
        let mut near: Vec<usize> = near.into_iter().map(|(_, place)| place).collect();
        near.sort_unstable();
        near
    }

    /// Joins groups that are alike, until none are; those with two articles or more, in order.
    pub(super) fn joined(mut self) -> Vec<Group> {
        let mut changed = true;
        while changed {
            changed = false;
            for place in 0..self.groups.len() {
                let Some(group) = self.groups.get(place).filter(|group| self.may_have_another(group)) else { continue };
                let count = group.members.len();
                let days = self.found.get(place).map(|found| found.days).unwrap_or_default();
                let sum = self.groups.get_mut(place).map(|group| std::mem::take(&mut group.sum)).unwrap_or_default();
                let nearest = self.nearest(&sum, count, days, Some(place));
                if let Some(group) = self.groups.get_mut(place) {
                    (group.sum, group.asked) = (sum, self.now + 1);
                }
                if let Some(other) = nearest {
                    self.join(place.min(other), place.max(other));
                    changed = true;
                }
            }
        }
        self.groups.retain(|group| group.members.len() > 1);
        self.groups
    }

    /// Whether one of the groups that it would find has changed since there was no group for it.
    fn may_have_another(&self, group: &Group) -> bool {
        let changed = |feature: u32| {
            let holders = self.features.shared(feature).and_then(|at| self.holders.get(at));
            holders.is_some_and(|holders| holders.changed >= group.asked)
        };
        !group.members.is_empty() && (group.asked == 0 || heaviest(&group.sum).into_iter().any(|(feature, _)| changed(feature)))
    }

    fn join(&mut self, into: usize, from: usize) {
        self.now += 1;
        let taken = self.groups.get_mut(from).map(std::mem::take).unwrap_or_default();
        let days = self.found.get(from).map(|found| found.days).unwrap_or_default();
        let (Some(group), Some(found)) = (self.groups.get_mut(into), self.found.get_mut(into)) else { return };
        found.days = found.days.cover(days);
        group.members.extend(taken.members);
        group.asked = 0;
        let (sum, added) = added(&group.sum, &taken.sum);
        group.sum.clone_from(&sum);
        // What both held is held by one less.
        let mut new = added.iter().peekable();
        for (feature, _) in &taken.sum {
            if new.next_if_eq(&feature).is_none() {
                self.holders_mut(*feature).into_iter().for_each(|holders| holders.count = holders.count.saturating_sub(1));
            }
        }
        let now = self.now;
        sum.iter().filter_map(|(feature, _)| self.features.shared(*feature)).for_each(|at| {
            self.holders.get_mut(at).into_iter().for_each(|holders| holders.changed = now);
        });
        if let (Some(part_of), Ok(into)) = (self.part_of.get_mut(from), u32::try_from(into)) {
            *part_of = into;
        }
    }
}

/// The group that this one is part of by now.
fn root(part_of: &[u32], group: u32) -> usize {
    let mut at = group;
    while let Some(into) = part_of.get(at as usize).copied().filter(|into| *into != at) {
        at = into;
    }
    at as usize
}

/// The heaviest features, with their weights; in order, so that what is added up is added up alike.
fn heaviest(sum: &Vector) -> Vector {
    let mut heaviest = sum.clone();
    if heaviest.len() > ASKED {
        heaviest.select_nth_unstable_by(ASKED, |one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
        heaviest.truncate(ASKED);
        heaviest.sort_unstable_by_key(|(feature, _)| *feature);
    }
    heaviest
}

/// The sum of two vectors, and the features that the first did not have.
fn added(one: &Vector, two: &Vector) -> (Vector, Vec<u32>) {
    let (mut sum, mut new) = (Vec::with_capacity(one.len() + two.len()), Vec::new());
    let mut rest = one.as_slice();
    for (feature, weight) in two.iter().copied() {
        // The second is a short one as a rule: what lies between two of its features is taken over at once.
        let (before, behind) = rest.split_at(rest.partition_point(|(other, _)| *other < feature));
        sum.extend_from_slice(before);
        rest = behind;
        match rest.split_first() {
            Some(((other, own), behind)) if *other == feature => {
                sum.push((feature, own + weight));
                rest = behind;
            }
            _ => {
                sum.push((feature, weight));
                new.push(feature);
            }
        }
    }
    sum.extend_from_slice(rest);
    sum.shrink_to_fit();
    (sum, new)
}

/// Tells most features that a vector does not hold, in little memory.
struct Filter([u64; 128]);

/// Entries from which a vector fills the filter.
const FILLED: usize = 2048;
/// How often a vector must fit into another for looking its features up to be faster than reading the other.
const MUCH_LONGER: usize = 16;

impl Filter {
    fn of(vector: &Vector) -> Self {
        let mut bits = [0; 128];
        for (feature, _) in vector {
            let (word, bit) = Self::place(*feature);
            bits.get_mut(word).into_iter().for_each(|word| *word |= bit);
        }
        Self(bits)
    }

    /// The upper bits of a product with an odd number are spread evenly: 7 for the word, 6 for the bit in it.
    const fn place(feature: u32) -> (usize, u64) {
        let spread = feature.wrapping_mul(0x9E37_79B1);
        ((spread >> 25) as usize, 1 << (spread >> 19 & 63))
    }

    fn may_hold(&self, feature: u32) -> bool {
        let (word, bit) = Self::place(feature);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// The inner product of `own`, of which the filter is, with another vector. Always added up in the order of the features.
    fn product(&self, own: &Vector, other: &Vector) -> f64 {
        if other.len() > MUCH_LONGER * own.len() {
            own.iter().filter_map(|(feature, weight)| Some(weight * weight_of(other, *feature)?)).sum()
        } else if own.len() < FILLED {
            let held = other.iter().filter(|(feature, _)| self.may_hold(*feature));
            held.filter_map(|(feature, weight)| Some(weight * weight_of(own, *feature)?)).sum()
        } else {
            product(own, other)
        }
    }
}

fn weight_of(vector: &Vector, feature: u32) -> Option<f64> {
    let at = vector.binary_search_by_key(&feature, |(other, _)| *other).ok()?;
    vector.get(at).map(|(_, weight)| *weight)
}

/// The inner product of two vectors of like length. Nothing in the loop is decided by a branch that cannot be foreseen but one.
fn product(one: &Vector, two: &Vector) -> f64 {
    let (mut at, mut other_at, mut sum) = (0, 0, 0.0);
    while let (Some((feature, weight)), Some((other, other_weight))) = (one.get(at), two.get(other_at)) {
        if feature == other {
            sum += weight * other_weight;
        }
        at += usize::from(feature <= other);
        other_at += usize::from(other <= feature);
    }
    sum
}
