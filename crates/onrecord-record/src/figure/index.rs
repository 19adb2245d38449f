//! Which groups of figures may count what one more figure counts.

use std::collections::BTreeMap;

use onrecord_read::Scope;

use super::count::{Count, Thing};
use crate::postings::Postings;
use crate::word::Term;

/// Groups by what a figure must agree in with one of theirs ([`Count::is_same`]): what is counted, a word, a place where both name some, and the
/// month where the texts give no dates.
#[derive(Default)]
pub(super) struct Index<'c> {
    /// A number for each thing that is counted whole, in part, or in addition.
    sets: BTreeMap<(&'c Thing, Option<Scope>, Option<&'static str>), u32>,
    groups: Postings<(u32, Label, When)>,
}

/// A word or place by which a figure is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Label {
    /// A place of its sentence.
    Place(Term),
    /// A word of its sentence, which names no place.
    Placeless(Term),
    /// A word of its sentence.
    Word(Term),
}

/// When a figure was published, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum When {
    /// At any time.
    Ever,
    /// In this month, and its text gives no dates.
    Month(u32),
    /// Its text gives dates, or the month is not known.
    NotTold,
}

impl<'c> Index<'c> {
    /// The groups that `count` may belong to, each once, in order.
    pub(super) fn near(&self, count: &Count<'_>) -> Vec<usize> {
        let times = match count.undated_month() {
            Some(month) => {
                vec![
                    When::NotTold,
                    When::Month(month.saturating_sub(1)),
                    When::Month(month),
                    When::Month(month.saturating_add(1)),
                ]
            }
            None => vec![When::Ever],
        };
        let sets = count.things().filter_map(|thing| self.sets.get(&(thing, count.set_apart(), count.period())));
        let labels = || {
            let words = count
                .around
                .iter()
                .map(|word| if count.places.is_empty() { Label::Word(*word) } else { Label::Placeless(*word) });
            count.places.iter().map(|place| Label::Place(*place)).chain(words)
        };
        let times = times.as_slice();
        let keys = sets.flat_map(|set| labels().flat_map(move |label| times.iter().map(move |time| (*set, label, *time))));
        let mut near: Vec<usize> = keys.flat_map(|key| self.groups.of(&key)).map(|group| group as usize).collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Lets the group be found by `count`, which is one of its figures.
    pub(super) fn insert(&mut self, count: &'c Count<'_>, group: usize) {
        let Ok(group) = u32::try_from(group) else { return };
        let time = count.undated_month().map_or(When::NotTold, When::Month);
        for thing in count.things() {
            let Ok(next) = u32::try_from(self.sets.len()) else { return };
            let set = *self.sets.entry((thing, count.set_apart(), count.period())).or_insert(next);
            let placeless = count.around.iter().filter(|_| count.places.is_empty()).map(|word| Label::Placeless(*word));
            let words = count.around.iter().map(|word| Label::Word(*word));
            for label in count.places.iter().map(|place| Label::Place(*place)).chain(placeless).chain(words) {
                self.groups.push((set, label, time), group);
                self.groups.push((set, label, When::Ever), group);
            }
        }
    }
}
