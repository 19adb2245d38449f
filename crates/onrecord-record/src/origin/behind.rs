//! Which utterance or document each assertion of a claim goes back to.

use std::collections::BTreeSet;

use onrecord_lexicon::ActorId;
use onrecord_read::{Speaker, SpeakerKind};

use crate::piece::{Pieces, Telling};
use crate::word::dates_agree;
use crate::{Origin, Words};

/// The origins of the tellings at `members`, which say the same of the same; oldest first.
///
/// One speaker at one occasion or on one day is one origin however many outlets quote it, and so is one document. Whoever is not
/// named, and the author, is one origin an article, copies of it included. The outlet and those through whom words reach us make
/// none.
pub(crate) fn origins(members: &[usize], pieces: &Pieces<'_>, parties: &BTreeSet<ActorId>) -> Vec<Origin> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // Those who are named come first: "the ministry" may then be found to be the spokesman who is named elsewhere.
    let mut order: Vec<usize> = members.to_vec();
    order.sort_by_key(|at| pieces.tellings.get(*at).map_or(u8::MAX, |telling| vagueness(telling.said.speaker.kind)));
    for at in order {
        match groups.iter_mut().find(|group| belongs(at, group, pieces)) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    let place = |at: &usize| members.iter().position(|member| member == at);
    groups.iter_mut().for_each(|group| group.sort_by_key(place));
    groups.sort_by_key(|group| group.first().and_then(place));
    groups.iter().filter_map(|group| origin(group, pieces, parties)).collect()
}

const fn vagueness(kind: SpeakerKind) -> u8 {
    match kind {
        SpeakerKind::Person | SpeakerKind::Document => 0,
        SpeakerKind::Office => 1,
        SpeakerKind::State | SpeakerKind::Organisation => 2,
        SpeakerKind::Unnamed => 3,
        SpeakerKind::Author => 4,
    }
}

fn belongs(at: usize, group: &[usize], pieces: &Pieces<'_>) -> bool {
    let Some(telling) = pieces.tellings.get(at) else { return false };
    let others: Vec<&Telling<'_>> = group.iter().filter_map(|member| pieces.tellings.get(*member)).collect();
    let person = |telling: &Telling<'_>| (telling.said.speaker.kind == SpeakerKind::Person).then(|| key(&telling.said.speaker));
    let other_person = others.iter().any(|other| matches!((person(telling), person(other)), (Some(one), Some(two)) if one != two));
    !other_person && others.iter().any(|other| is_one_origin(telling, other, pieces))
}

fn is_one_origin(one: &Telling<'_>, two: &Telling<'_>, pieces: &Pieces<'_>) -> bool {
    let (speaker, other) = (&one.said.speaker, &two.said.speaker);
    let copies = {
        let group = |telling: &Telling<'_>| pieces.piece(telling).map(|piece| piece.copy_group);
        group(one) == group(two)
    };
    match (speaker.kind, other.kind) {
        (SpeakerKind::Author, SpeakerKind::Author) => copies,
        (SpeakerKind::Author, _) | (_, SpeakerKind::Author) => false,
        (SpeakerKind::Document, SpeakerKind::Document) => is_one_document(speaker, other),
        (SpeakerKind::Document, _) | (_, SpeakerKind::Document) => false,
        (SpeakerKind::Unnamed, SpeakerKind::Unnamed) => copies && key(speaker) == key(other),
        (SpeakerKind::Unnamed, _) | (_, SpeakerKind::Unnamed) => false,
        _ => (key(speaker) == key(other) || is_vaguer_name(speaker, other)) && is_one_occasion(one, two, pieces),
    }
}

/// The actor, or else the name: what tells speakers apart.
pub(crate) fn key(speaker: &Speaker) -> String {
    speaker.actor.as_ref().map_or_else(|| speaker.name.to_lowercase(), ActorId::to_string)
}

/// Whether one of two speakers of one party may be a vaguer name for the other: "Islamabad", "the foreign ministry".
fn is_vaguer_name(one: &Speaker, two: &Speaker) -> bool {
    one.party.is_some() && one.party == two.party && vagueness(one.kind) != vagueness(two.kind)
}

/// Two reports with one text behind them: same author, or same words for it where the author is not known.
fn is_one_document(one: &Speaker, two: &Speaker) -> bool {
    let author = |speaker: &Speaker| speaker.party.clone().or_else(|| speaker.actor.clone());
    match (author(one), author(two)) {
        (Some(one), Some(two)) => one == two,
        _ => {
            let (one, two) = (one.name.to_lowercase(), two.name.to_lowercase());
            let holds = |long: &str, short: &str| short.split_whitespace().all(|word| long.split_whitespace().any(|other| other == word));
            holds(&one, &two) || holds(&two, &one)
        }
    }
}

/// Whether one speaker said both at once. Two sayings are two only where their dates are known and differ, and neither the
/// occasion nor the wording is the same.
fn is_one_occasion(one: &Telling<'_>, two: &Telling<'_>, pieces: &Pieces<'_>) -> bool {
    let same_day = match (&one.said.said, &two.said.said) {
        (Some(one), Some(two)) => dates_agree(&one.value, &two.value),
        _ => true,
    };
    let occasion = |telling: &Telling<'_>| {
        let span = telling.said.occasion?;
        Some(pieces.piece(telling)?.page.clean.cut(span).to_lowercase())
    };
    let same_occasion = occasion(one).is_some() && occasion(one) == occasion(two);
    same_day || same_occasion || one.content.likeness(&two.content).permille() >= 800
}

fn origin(group: &[usize], pieces: &Pieces<'_>, parties: &BTreeSet<ActorId>) -> Option<Origin> {
    let tellings: Vec<&Telling<'_>> = group.iter().filter_map(|at| pieces.tellings.get(*at)).collect();
    let most_exact = tellings.iter().min_by_key(|telling| vagueness(telling.said.speaker.kind))?;
    let occasion = tellings.iter().find_map(|telling| {
        let span = telling.said.occasion?;
        Some(Words { entry: telling.at.entry, article: telling.at.article, span })
    });
    let speaker = most_exact.said.speaker.clone();
    Some(Origin {
        occasion,
        said: tellings.iter().find_map(|telling| telling.said.said.as_ref()).map(|date| date.value.clone()),
        party_to_dispute: speaker.party.as_ref().is_some_and(|party| parties.contains(party)),
        speaker,
        assertions: tellings.iter().map(|telling| telling.at).collect(),
    })
}
