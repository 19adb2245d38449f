//! Section 6: who is who, under which names, and whose word a loaded name is.

use std::collections::BTreeMap;

use onrecord_read::Form;
use onrecord_record::Actor;

use super::gather::Gather;
use super::name::kind;
use super::{ActorLine, MarkKind, NameLine, PartyNames};

/// Heading for those who speak for nobody else here.
const OTHERS: &str = "Others";

impl Gather<'_> {
    pub(super) fn who(&mut self) -> Vec<PartyNames> {
        let record = self.record;
        let mut parties: BTreeMap<(bool, String), Vec<&Actor>> = BTreeMap::new();
        for actor in &record.actors {
            let party = self.party_of(&actor.id);
            // A party of its own with nobody else in it needs no heading.
            let alone = party == actor.id && !record.actors.iter().any(|other| other.party.as_ref() == Some(&actor.id));
            let key = if alone { (true, OTHERS.to_owned()) } else { (false, self.actor_name(&party)) };
            parties.entry(key).or_default().push(actor);
        }
        let mut number = 0;
        let mut line = |actor: &Actor| {
            number += 1;
            self.actor_line(&format!("n{number}"), actor)
        };
        let lines = parties
            .into_iter()
            .map(|((_, party), actors)| PartyNames { party, actors: actors.into_iter().map(&mut line).collect() });
        lines.collect()
    }

    fn actor_line(&mut self, id: &str, actor: &Actor) -> ActorLine {
        let mut names: Vec<NameLine> = Vec::new();
        for used in &actor.names {
            let name = self.printed(used.words, Form::Indirect);
            let loaded = used.loaded.as_ref().map(|whose| self.actor_name(whose));
            if let Some(known) = names.iter_mut().find(|known| known.name == name && known.loaded == loaded) {
                known.times += 1;
                continue;
            }
            let anchor = format!("{id}-{}", names.len() + 1);
            let place = self.place(&anchor, id, MarkKind::Name, used.words);
            names.push(NameLine { name, times: 1, place, loaded });
        }
        ActorLine { id: id.to_owned(), name: actor.name.clone(), kind: kind(actor.kind), names }
    }
}
