//! Actors and outlets that decisions may name: those of the record's readings, then those of the lexicon.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use onrecord_lexicon::{ActorId, Lexicon};
use onrecord_read::{Speaker, SpeakerKind};
use onrecord_store::{Store, StoreError};
use onrecord_wire::exchange::{ActorKind, Object};

/// Outlets that are named when one is not known.
const NAMED: usize = 10;

/// Who and what the latest readings of a record name.
pub(in crate::command) struct Known {
    actors: BTreeMap<String, KnownActor>,
    outlets: BTreeSet<String>,
}

/// An actor that a decision may name.
#[derive(Debug, Clone)]
pub(in crate::command) struct KnownActor {
    pub(in crate::command) id: ActorId,
    name: String,
    kind: SpeakerKind,
    party: Option<ActorId>,
}

impl Known {
    pub(in crate::command) fn of(store: &Store) -> Result<Self> {
        let mut known = Self { actors: BTreeMap::new(), outlets: BTreeSet::new() };
        store.each_reading(false, |reading| {
            // Only lines of two types are asked for: reading the others as JSON would take most of the time.
            let of_type = |line: &&str| line.starts_with("{\"type\":\"actor\"") || line.starts_with("{\"type\":\"claim\"");
            for object in reading.jsonl.lines().filter(of_type).filter_map(|line| serde_json::from_str(line).ok()) {
                known.add(object);
            }
            Ok::<(), StoreError>(())
        })?;
        Ok(known)
    }

    fn add(&mut self, object: Object) {
        match object {
            Object::Actor(actor) => {
                let Some(id) = ActorId::parse(&actor.id) else { return };
                let party = actor.party.as_deref().and_then(ActorId::parse);
                let found = KnownActor { id, name: actor.name, kind: speaker_kind(actor.kind), party };
                self.actors.entry(actor.id).or_insert(found);
            }
            Object::Claim(claim) => self.outlets.extend(claim.outlets),
            _ => {}
        }
    }

    /// The actor with this id, or the one actor with this name.
    pub(in crate::command) fn actor(&self, given: &str) -> Result<KnownActor> {
        if let Some(actor) = self.actors.get(given) {
            return Ok(actor.clone());
        }
        let in_lexicon = ActorId::parse(given).and_then(|id| Lexicon::embedded().actor(&id));
        if let Some(actor) = in_lexicon {
            let (name, kind) = (actor.name.clone(), actor.kind.into());
            return Ok(KnownActor { id: actor.id.clone(), name, kind, party: actor.party.clone() });
        }
        let named: Vec<&KnownActor> =
            self.actors.values().filter(|actor| actor.name.to_lowercase() == given.to_lowercase()).collect();
        match named.as_slice() {
            [one] => Ok((*one).clone()),
            [] => bail!(
                "neither the record nor the lexicon has an actor {given}; `onrecord read RECORD` prints actors with their ids"
            ),
            several => {
                let ids: Vec<&str> = several.iter().map(|actor| actor.id.as_str()).collect();
                bail!("several actors are called {given}: {}; give the id", ids.join(", "))
            }
        }
    }

    /// The actor as a speaker; a new one of this kind where nobody is known by the name.
    pub(in crate::command) fn speaker(&self, given: &str, kind: Option<&str>) -> Result<Speaker> {
        match (self.actor(given), kind.and_then(new_kind)) {
            (Ok(actor), _) => {
                Ok(Speaker { kind: actor.kind, name: actor.name, actor: Some(actor.id), party: actor.party, span: None })
            }
            (Err(_), Some((kind, prefix))) => {
                let actor = Some(ActorId::for_name(prefix, given));
                Ok(Speaker { kind, name: given.to_owned(), actor, party: None, span: None })
            }
            (Err(error), None) => Err(error),
        }
    }

    /// The outlet of this name, whatever its case.
    pub(in crate::command) fn outlet(&self, given: &str) -> Result<String> {
        if let Some(outlet) = self.outlets.iter().find(|outlet| outlet.to_lowercase() == given.to_lowercase()) {
            return Ok(outlet.clone());
        }
        let mut names: Vec<&str> = self.outlets.iter().map(String::as_str).take(NAMED).collect();
        if self.outlets.len() > NAMED {
            names.push("…");
        }
        bail!("no claim of the record is carried by an outlet {given}; outlets are {}", names.join(", "))
    }
}

/// What ids of new actors of this kind begin with.
fn new_kind(kind: &str) -> Option<(SpeakerKind, &'static str)> {
    match kind {
        "person" => Some((SpeakerKind::Person, "person")),
        "office" => Some((SpeakerKind::Office, "office")),
        "state" => Some((SpeakerKind::State, "state")),
        "organisation" => Some((SpeakerKind::Organisation, "org")),
        _ => None,
    }
}

/// The sort of speaker that an actor of the exchange format is.
const fn speaker_kind(kind: ActorKind) -> SpeakerKind {
    match kind {
        ActorKind::State => SpeakerKind::State,
        ActorKind::Office => SpeakerKind::Office,
        ActorKind::Person => SpeakerKind::Person,
        ActorKind::ArmedGroup | ActorKind::Organisation => SpeakerKind::Organisation,
        ActorKind::People | ActorKind::Unnamed => SpeakerKind::Unnamed,
    }
}
