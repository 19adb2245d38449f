//! One id for one actor in all readings, and different ids for those who are not named.

use std::collections::BTreeMap;

use onrecord_lexicon::{ActorId, ActorKind, Lexicon};
use onrecord_read::{NamedActor, Reading, Speaker};

use super::short_name::fuller_names;
use crate::Entry;
use crate::id::digest;

/// Gives persons under a short name the id of their fuller one, and whoever is not named an id of this article alone.
pub(crate) fn unify(entries: &mut [Entry], lexicon: &Lexicon) {
    let fuller = fuller_names(entries, lexicon);
    for entry in entries {
        let source = entry.source_id();
        for (article, reading) in entry.readings.iter_mut().enumerate() {
            let mut new_ids = fuller.clone();
            let mark = digest("unnamed", source, &[u32::try_from(article).unwrap_or(u32::MAX)]);
            for unnamed in reading.actors.iter().filter(|actor| actor.kind == ActorKind::Unnamed) {
                if let Some(id) = ActorId::parse(&format!("{}.{mark}", unnamed.id)) {
                    new_ids.insert(unnamed.id.clone(), id);
                }
            }
            rename(reading, &new_ids);
        }
    }
}

/// Puts new ids in the place of old ones, everywhere in a reading.
pub(crate) fn rename(reading: &mut Reading, new_ids: &BTreeMap<ActorId, ActorId>) {
    let change = |id: &mut ActorId| {
        if let Some(new) = new_ids.get(id) {
            *id = new.clone();
        }
    };
    let speaker = |speaker: &mut Speaker| speaker.actor.iter_mut().chain(&mut speaker.party).for_each(change);
    for said in &mut reading.assertions {
        speaker(&mut said.speaker);
        said.via.iter_mut().for_each(speaker);
        said.addressee.iter_mut().for_each(change);
    }
    for given in &mut reading.commitments {
        given.by.iter_mut().chain(&mut given.to).for_each(change);
    }
    reading.figures.iter_mut().filter_map(|figure| figure.of.as_mut()).for_each(change);
    let in_events = reading.events.iter_mut().flat_map(|event| event.actors.iter_mut().chain(&mut event.recipients));
    let in_affairs = reading.affairs.iter_mut().flat_map(|affair| &mut affair.mediators);
    in_events.chain(in_affairs).filter_map(|one| one.actor.as_mut()).for_each(change);
    let mut actors: Vec<NamedActor> = Vec::new();
    for mut actor in std::mem::take(&mut reading.actors) {
        change(&mut actor.id);
        actor.party.iter_mut().for_each(change);
        match actors.iter_mut().find(|known| known.id == actor.id) {
            Some(known) => {
                known.names.append(&mut actor.names);
                known.names.sort_by_key(|name| name.span);
            }
            None => actors.push(actor),
        }
    }
    reading.actors = actors;
}
