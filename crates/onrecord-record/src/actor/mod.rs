//! Everybody named or speaking, across all articles.

mod rename;
mod short_name;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{ActorId, ActorKind, Lexicon};
use onrecord_read::{NamedActor, Speaker, SpeakerKind};

use crate::{Actor, ActorName, Entry, Question, Words};

pub(crate) use rename::{rename, unify};

/// What the readings know of one actor.
#[derive(Debug, Default)]
struct Known {
    names: BTreeSet<String>,
    kinds: Vec<ActorKind>,
    parties: BTreeSet<ActorId>,
    uses: Vec<ActorName>,
}

/// All actors by id, and a question for each whose side the articles do not agree on.
///
/// Ids must be unified before ([`unify`]). Where the lexicon knows an actor, its name, kind and side are the lexicon's.
pub(crate) fn actors(entries: &[Entry], lexicon: &Lexicon) -> (Vec<Actor>, Vec<Question>) {
    let known = known(entries);
    let mut questions = Vec::new();
    let mut actors: BTreeMap<ActorId, Actor> = BTreeMap::new();
    for (id, known) in known {
        let entry = lexicon.actor(&id);
        let agreed = known.parties.first().filter(|_| known.parties.len() == 1);
        let party = entry.and_then(|entry| entry.party.as_ref()).or(agreed).cloned();
        let longest = known.names.iter().max_by_key(|name| (name.split_whitespace().count(), name.len()));
        let name = entry.map_or_else(|| longest.cloned().unwrap_or_else(|| id.to_string()), |entry| entry.name.clone());
        if party.is_none() && known.parties.len() > 1 {
            questions.push(conflicting_parties(&name, &known));
        }
        let kind = entry.map(|entry| entry.kind).or(known.kinds.first().copied()).unwrap_or(ActorKind::Organisation);
        let mut names = known.uses;
        names.sort_by(|one, two| (one.words, &one.loaded).cmp(&(two.words, &two.loaded)));
        names.dedup();
        actors.insert(id.clone(), Actor { id, name, kind, party, names });
    }
    add_sides(&mut actors, entries, lexicon);
    (actors.into_values().collect(), questions)
}

fn known(entries: &[Entry]) -> BTreeMap<ActorId, Known> {
    let mut all: BTreeMap<ActorId, Known> = BTreeMap::new();
    for (entry, of) in entries.iter().enumerate() {
        for (article, reading) in of.readings.iter().enumerate() {
            for named in &reading.actors {
                all.entry(named.id.clone()).or_default().add(named, entry, article);
            }
            for speaker in reading.assertions.iter().flat_map(|said| said.via.iter().chain([&said.speaker])) {
                if let Some(id) = &speaker.actor {
                    all.entry(id.clone()).or_default().add_speaker(speaker);
                }
            }
        }
    }
    all
}

impl Known {
    fn add(&mut self, named: &NamedActor, entry: usize, article: usize) {
        self.names.insert(named.name.clone());
        self.kinds.push(named.kind);
        self.parties.extend(named.party.clone());
        let name = |span, loaded| ActorName { words: Words { entry, article, span }, loaded };
        self.uses.extend(named.names.iter().map(|used| name(used.span, used.loaded.clone())));
    }

    fn add_speaker(&mut self, speaker: &Speaker) {
        self.parties.extend(speaker.party.clone());
        let kind = match speaker.kind {
            SpeakerKind::Person => ActorKind::Person,
            SpeakerKind::Office => ActorKind::Office,
            SpeakerKind::State => ActorKind::State,
            SpeakerKind::Organisation => ActorKind::Organisation,
            SpeakerKind::Unnamed => ActorKind::Unnamed,
            // A document's actor is its author, of whom this speaker's name and kind say nothing.
            SpeakerKind::Document | SpeakerKind::Author => return,
        };
        self.names.insert(speaker.name.clone());
        self.kinds.push(kind);
    }
}

fn conflicting_parties(name: &str, known: &Known) -> Question {
    let parties: Vec<&str> = known.parties.iter().map(ActorId::as_str).collect();
    let text = format!("Articles differ on the side that {name} speaks for: {}.", parties.join(", "));
    Question { words: known.uses.first().map(|used| used.words), name: "conflicting-party", text }
}

/// Adds the sides and addressees that the lexicon knows though no article names them.
fn add_sides(actors: &mut BTreeMap<ActorId, Actor>, entries: &[Entry], lexicon: &Lexicon) {
    let readings = || entries.iter().flat_map(|entry| &entry.readings);
    let said =
        readings().flat_map(|reading| &reading.assertions).flat_map(|said| said.speaker.party.iter().chain(&said.addressee));
    let given = readings().flat_map(|reading| &reading.commitments).flat_map(|given| given.by.iter().chain(&given.to));
    let named = readings().flat_map(|reading| &reading.actors).filter_map(|actor| actor.party.as_ref());
    let counted = readings().flat_map(|reading| &reading.figures).filter_map(|figure| figure.of.as_ref());
    let mut ids: BTreeSet<ActorId> = said.chain(given).chain(named).chain(counted).cloned().collect();
    ids.extend(actors.values().filter_map(|actor| actor.party.clone()));
    for id in ids {
        if let Some(entry) = lexicon.actor(&id).filter(|_| !actors.contains_key(&id)) {
            let (name, kind, party) = (entry.name.clone(), entry.kind, entry.party.clone());
            actors.insert(id.clone(), Actor { id, name, kind, party, names: Vec::new() });
        }
    }
}
