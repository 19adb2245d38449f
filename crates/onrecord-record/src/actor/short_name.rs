//! Short names: "Torvin" in one article is "Mara Torvin" of another when nobody else can be meant.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{ActorId, ActorKind, Lexicon};

use crate::Entry;

/// A person as the readings name it.
#[derive(Debug, Default)]
struct Person {
    names: BTreeSet<String>,
    parties: BTreeSet<ActorId>,
}

/// For each person with a short name the id of the one person with a fuller name who speaks for the same side and has the same
/// last name.
///
/// Only where there is exactly one such person, and never for somebody whom the lexicon knows.
pub(crate) fn fuller_names(entries: &[Entry], lexicon: &Lexicon) -> BTreeMap<ActorId, ActorId> {
    let persons = persons(entries);
    let words_of = |id: &ActorId| -> Vec<String> {
        let longest = persons
            .get(id)
            .and_then(|person| person.names.iter().max_by_key(|name| (name.split_whitespace().count(), name.len())));
        longest.map(|name| name.split_whitespace().map(str::to_lowercase).collect()).unwrap_or_default()
    };
    let names: BTreeMap<&ActorId, Vec<String>> = persons.keys().map(|id| (id, words_of(id))).collect();
    let mut by_last: BTreeMap<&str, Vec<&ActorId>> = BTreeMap::new();
    for (id, words) in &names {
        if let Some(last) = words.last() {
            by_last.entry(last).or_default().push(id);
        }
    }
    let mut order: Vec<&ActorId> = persons.keys().collect();
    // Fuller names first, so that a short name finds where the longer ones have gone.
    order.sort_by_key(|id| std::cmp::Reverse(names.get(id).map_or(0, Vec::len)));
    let mut fuller: BTreeMap<ActorId, ActorId> = BTreeMap::new();
    for id in order {
        let (Some(short), Some(side)) = (names.get(id), persons.get(id).and_then(Person::only_party)) else { continue };
        let same_last = short.last().and_then(|last| by_last.get(last.as_str())).into_iter().flatten().copied();
        let candidates: BTreeSet<ActorId> = same_last
            .filter(|other| names.get(other).is_some_and(|words| is_shortened(short, words)))
            .filter(|other| persons.get(other).and_then(Person::only_party) == Some(side))
            .map(|other| fuller.get(other).unwrap_or(other).clone())
            .collect();
        if let Some(only) = candidates.first().filter(|_| candidates.len() == 1 && lexicon.actor(id).is_none()) {
            fuller.insert(id.clone(), only.clone());
        }
    }
    fuller
}

impl Person {
    fn only_party(&self) -> Option<&ActorId> {
        self.parties.first().filter(|_| self.parties.len() == 1)
    }
}

fn persons(entries: &[Entry]) -> BTreeMap<ActorId, Person> {
    let mut persons: BTreeMap<ActorId, Person> = BTreeMap::new();
    let named = entries.iter().flat_map(|entry| &entry.readings).flat_map(|reading| &reading.actors);
    for actor in named.filter(|actor| actor.kind == ActorKind::Person) {
        let person = persons.entry(actor.id.clone()).or_default();
        person.names.insert(actor.name.clone());
        person.parties.extend(actor.party.clone());
    }
    persons
}

/// Whether `short` is `full` with names left out, the last name excepted.
fn is_shortened(short: &[String], full: &[String]) -> bool {
    let mut left = full.iter();
    short.len() < full.len() && short.last() == full.last() && short.iter().all(|word| left.any(|other| other == word))
}
