//! Whom or what a dossier is about.

use std::collections::BTreeSet;

use onrecord_lexicon::ActorId;
use onrecord_read::{CommitmentKind, Form};

use super::super::name::kind;
use super::Builder;

/// What a dossier is about, by its place in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    Actor(ActorId),
    Claim(usize),
    Commitment(usize),
}

/// Why it cannot be told what a dossier is to be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unclear {
    Nothing,
    /// Id and name of each that is meant.
    Several(Vec<(String, String)>),
}

impl Builder<'_> {
    /// What an id names, else who has this name, else whose name holds these words.
    pub(super) fn subject(&self, about: &str) -> Result<Subject, Unclear> {
        let record = self.gather.record;
        if let Some(actor) = record.actors.iter().find(|actor| actor.id.as_str() == about) {
            return Ok(Subject::Actor(actor.id.clone()));
        }
        if let Some(place) = (0..record.claims.len()).find(|place| self.gather.ids.claim(*place) == about) {
            return Ok(Subject::Claim(place));
        }
        if let Some(place) = (0..record.commitments.len()).find(|place| self.gather.ids.commitment(*place) == about) {
            return Ok(Subject::Commitment(place));
        }
        let wanted = folded(about);
        let by = |fits: &dyn Fn(&str) -> bool| -> BTreeSet<&ActorId> {
            let named = record.actors.iter().filter(|actor| {
                let used = actor.names.iter().filter(|name| name.loaded.is_none());
                fits(&folded(&actor.name))
                    || used.into_iter().any(|name| fits(&folded(&self.gather.printed(name.words, Form::Indirect))))
            });
            named.map(|actor| &actor.id).collect()
        };
        // The whole name, the canonical one before the others: "Kessaria" is the state, whatever else is called so in short.
        let canonical = record.actors.iter().filter(|actor| folded(&actor.name) == wanted).map(|actor| &actor.id).collect();
        let whole = |name: &str| name == wanted;
        let words = |name: &str| format!(" {name} ").contains(&format!(" {wanted} "));
        let found = [canonical, by(&whole), by(&words)].into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        let mut ids = found.into_iter();
        match (ids.next(), ids.next()) {
            (None, _) => Err(Unclear::Nothing),
            (Some(id), None) => Ok(Subject::Actor(id.clone())),
            (Some(first), Some(second)) => {
                let named = |id: &ActorId| (id.to_string(), self.gather.actor_name(id));
                Err(Unclear::Several([first, second].into_iter().chain(ids).map(named).collect()))
            }
        }
    }

    /// Title of the dossier, and what its subject is.
    pub(super) fn head(&self, subject: &Subject) -> (String, Vec<String>) {
        let record = self.gather.record;
        match subject {
            Subject::Actor(id) => {
                let found = record.actors.iter().find(|actor| actor.id == *id);
                let party = self.gather.party_of(id);
                let side = (party != *id).then(|| format!("speaks for {}", self.gather.actor_name(&party)));
                let what = found.map(|actor| kind(actor.kind).to_owned());
                (self.gather.actor_name(id), what.into_iter().chain(side).chain([format!("id {id}")]).collect())
            }
            Subject::Claim(place) => {
                let first = record.claims.get(*place).and_then(|claim| claim.assertions.first());
                let words = first.and_then(|at| self.words_of(*at)).unwrap_or_default();
                (format!("Claim: {words}"), vec!["claim".to_owned(), format!("id {}", self.gather.ids.claim(*place))])
            }
            Subject::Commitment(place) => {
                let id = format!("id {}", self.gather.ids.commitment(*place));
                let Some(given) = record.commitments.get(*place) else { return (String::new(), vec![id]) };
                let (title, kind) = match given.kind {
                    CommitmentKind::Demand => ("Demand", "demand"),
                    CommitmentKind::Assurance => ("Assurance", "assurance"),
                };
                (format!("{title}: ‹{}›", self.gather.printed(given.what, Form::Indirect)), vec![kind.to_owned(), id])
            }
        }
    }
}

/// A name without its case and with single blanks.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
