//! What becomes of a reading's demands, assurances and denials when the assertion behind them is put right.

use std::collections::BTreeSet;

use onrecord_lexicon::Act;
use onrecord_read::{Assertion, Commitment, CommitmentKind, Reading, SpeakerKind, Tests};

/// Makes commitments and denials follow the assertion at `item`, which was `before`. Positions of commitments that it makes no more go
/// into `gone`; a new one stands last, so that the others keep their places.
pub(super) fn follow(reading: &mut Reading, item: usize, before: &Assertion, gone: &mut BTreeSet<usize>) {
    let Some(said) = reading.assertions.get(item).cloned() else { return };
    // Only what the assertion commits its own speaker to; what it reports of others' commitments has other words.
    let (Some(old), Some(new)) = (before.content.first(), said.content.first()) else { return };
    let its_own = |given: &Commitment| given.assertions == [item] && given.what == *old;
    let by = said.speaker.party.clone().or_else(|| said.speaker.actor.clone());
    let kind = if said.speaker.kind == SpeakerKind::Author { None } else { kind_of(&said) };
    // An act that stands as it was found keeps what the reader made of it: some denials are assurances.
    let kept = said.act == before.act && said.speaker.kind != SpeakerKind::Author;
    let mut has_one = false;
    for (at, given) in reading.commitments.iter_mut().enumerate().filter(|(_, given)| its_own(given)) {
        let Some(kind) = kind.or_else(|| kept.then_some(given.kind)) else {
            gone.insert(at);
            continue;
        };
        has_one = true;
        if kind != given.kind {
            // Its tests were asked of a commitment of the other kind.
            (given.kind, given.tests) = (kind, Tests::default());
        }
        (given.by, given.what) = (by.clone(), *new);
        // Nobody demands of or assures himself.
        given.to = given.to.take().filter(|to| Some(to) != by.as_ref());
    }
    if let Some(kind) = kind.filter(|_| !has_one) {
        let (to, tests) = (said.addressee.clone(), Tests::default());
        reading.commitments.push(Commitment { kind, by, to, what: *new, assertions: vec![item], tests });
    }
    if before.act == Act::Deny && said.act != Act::Deny {
        reading.denials.retain(|denial| denial.by != item);
    }
}

const fn kind_of(said: &Assertion) -> Option<CommitmentKind> {
    match said.act {
        Act::Demand => Some(CommitmentKind::Demand),
        Act::Assure | Act::Offer => Some(CommitmentKind::Assurance),
        _ => None,
    }
}
