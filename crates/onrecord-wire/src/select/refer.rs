//! What an object of the exchange format refers to.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::{Object, Speaker};

/// The wanted objects and everything that they refer to, directly or not, in the order of `objects`.
///
/// Lists that an article or an actor keeps of what stands elsewhere are shortened to what is kept: they would lead back to everything.
pub(super) fn with_referred(objects: &[Object], wanted: &BTreeSet<String>) -> Vec<Object> {
    let places: BTreeMap<&str, &Object> = objects.iter().map(|object| (object.id(), object)).collect();
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    let mut waiting: Vec<&str> = wanted.iter().map(String::as_str).collect();
    loop {
        while let Some(id) = waiting.pop() {
            let Some(object) = places.get(id).filter(|object| !kept.contains(object.id())) else { continue };
            kept.insert(object.id());
            waiting.extend(refers(object));
        }
        // What is kept of an article's states and an actor's names is known only now, and refers to actors in turn.
        let lists = objects.iter().filter(|object| kept.contains(object.id())).flat_map(|object| in_lists(object, &kept));
        waiting = lists.filter(|id| places.contains_key(id) && !kept.contains(id)).collect();
        if waiting.is_empty() {
            break;
        }
    }
    objects.iter().filter(|object| is_kept(object, &kept)).map(|object| shortened(object, &kept)).collect()
}

/// Notes stay with their articles; one that is about no single article has no place in a part of the record.
fn is_kept(object: &Object, kept: &BTreeSet<&str>) -> bool {
    match object {
        Object::Note(note) => note.article.as_deref().is_some_and(|article| kept.contains(article)),
        object => kept.contains(object.id()),
    }
}

fn shortened(object: &Object, kept: &BTreeSet<&str>) -> Object {
    let mut object = object.clone();
    match &mut object {
        Object::Article(article) => article.states.retain(|state| stays(state.assertion.as_deref(), kept)),
        Object::Actor(actor) => actor.names.retain(|name| kept.contains(name.article.as_str())),
        _ => {}
    }
    object
}

fn stays(assertion: Option<&str>, kept: &BTreeSet<&str>) -> bool {
    assertion.is_none_or(|assertion| kept.contains(assertion))
}

/// Ids of those named in the lists of an article or an actor that stay.
fn in_lists<'o>(object: &'o Object, kept: &BTreeSet<&str>) -> Vec<&'o str> {
    match object {
        Object::Article(article) => {
            let states = article.states.iter().filter(|state| stays(state.assertion.as_deref(), kept));
            states.flat_map(|state| state.parties.iter().chain(&state.mediators)).map(String::as_str).collect()
        }
        Object::Actor(actor) => {
            let names = actor.names.iter().filter(|name| kept.contains(name.article.as_str()));
            names.filter_map(|name| name.loaded.as_deref()).collect()
        }
        _ => Vec::new(),
    }
}

/// Ids that an object names; some may be of no object.
fn refers(object: &Object) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    match object {
        Object::Capture(_) => {}
        Object::Article(item) => {
            ids.push(&item.capture);
            ids.extend(item.shared_with.iter().map(|shared| shared.older.as_str()));
            ids.extend(item.revision_of.iter().map(|revision| revision.older.as_str()));
        }
        Object::Actor(item) => ids.extend(item.party.as_deref()),
        Object::Assertion(item) => {
            ids.push(&item.article);
            std::iter::once(&item.speaker).chain(&item.via).for_each(|one| ids.extend(speaker(one)));
            ids.extend(item.addressee.iter().chain(&item.claim).chain(&item.events).chain(&item.figures).map(String::as_str));
        }
        Object::Event(item) => {
            ids.push(&item.article);
            ids.extend(item.assertion.iter().chain(&item.actors).chain(&item.recipients).map(String::as_str));
            ids.extend(item.tolls.iter().flat_map(|toll| &toll.figures).map(String::as_str));
        }
        Object::Figure(item) => {
            ids.push(&item.article);
            ids.extend(item.assertion.iter().chain(&item.of).map(String::as_str));
            if let Some(series) = &item.series {
                series.source.iter().for_each(|one| ids.extend(speaker(one)));
                ids.extend(series.replaced_by.iter().chain(&series.rivals).map(String::as_str));
            }
        }
        Object::Claim(item) => {
            let own = item.assertions.iter().chain(&item.denied_by).chain(&item.events).chain(&item.figures);
            ids.extend(own.map(String::as_str));
            for origin in &item.origins {
                ids.extend(speaker(&origin.speaker));
                ids.extend(origin.assertions.iter().map(String::as_str));
                ids.extend(origin.occasion.iter().filter_map(|occasion| occasion.article.as_deref()));
            }
        }
        Object::Commitment(item) => {
            ids.push(&item.article);
            ids.extend(item.by.iter().chain(&item.to).chain(&item.assertions).chain(&item.answers).map(String::as_str));
            ids.extend(item.first_said.iter().filter_map(|date| date.article.as_deref()));
            let tests = [&item.tests.written, &item.tests.verifiable, &item.tests.concrete, &item.tests.acted];
            ids.extend(tests.iter().flat_map(|test| test.article.iter().chain(&test.according_to)).map(String::as_str));
        }
        Object::Note(item) => ids.extend(item.article.iter().chain(&item.capture).map(String::as_str)),
    }
    ids
}

fn speaker(speaker: &Speaker) -> impl Iterator<Item = &str> {
    speaker.actor.iter().chain(&speaker.party).map(String::as_str)
}
