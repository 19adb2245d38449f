//! Which side each actor speaks for.

use crate::actor::{Actor, ActorId, ActorKind};
use crate::lexicon::Lexicon;

pub(crate) fn own_party(actor: &Actor) -> Option<ActorId> {
    let own = match actor.kind {
        ActorKind::State | ActorKind::ArmedGroup => true,
        ActorKind::Organisation => actor.parent.is_none(),
        ActorKind::Office | ActorKind::Person | ActorKind::People | ActorKind::Unnamed => false,
    };
    own.then(|| actor.id.clone())
}

/// Parts take the party of what they are part of, persons that of the office they hold or held last.
pub(crate) fn inherit_parties(lexicon: &mut Lexicon) {
    // A body in a body in a body: three rounds reach the deepest chain in use.
    for _ in 0..3 {
        let found: Vec<(ActorId, ActorId)> = lexicon
            .actors
            .values()
            .filter(|actor| actor.party.is_none())
            .filter_map(|actor| {
                let from = actor.parent.as_ref().or_else(|| actor.offices.first().map(|tenure| &tenure.office))?;
                Some((actor.id.clone(), lexicon.actors.get(from)?.party.clone()?))
            })
            .collect();
        for (id, party) in found {
            if let Some(actor) = lexicon.actors.get_mut(&id) {
                actor.party = Some(party);
            }
        }
    }
}
