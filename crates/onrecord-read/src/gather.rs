//! Gathers what the whole article yields: who is named, and what stayed open.

use std::collections::BTreeMap;
use std::ops::Range;

use onrecord_lexicon::{ActorId, ActorKind, NameKind};

use crate::reading::{Assertion, NameUse, NamedActor, Note, Speaker, SpeakerKind};
use crate::text::Text;
use crate::time::Times;
use crate::who::{Names, People};

/// Everybody named, by id, with the names used. Demonyms and places that stand for a government are names used of the state.
pub(crate) fn actors(text: &Text<'_>, names: &Names, people: &People, assertions: &[Assertion]) -> Vec<NamedActor> {
    let mut found: BTreeMap<ActorId, NamedActor> = BTreeMap::new();
    for mention in &names.mentions {
        let Some(name) = &mention.meant else { continue };
        let Some(actor) = text.lexicon.actor(&name.actor) else { continue };
        if actor.kind == ActorKind::Person || name.kind == NameKind::Demonym {
            continue;
        }
        let loaded = match &name.kind {
            NameKind::Loaded(whose) => Some(whose.clone()),
            _ => None,
        };
        let entry = found.entry(actor.id.clone()).or_insert_with(|| NamedActor {
            id: actor.id.clone(),
            name: actor.name.clone(),
            kind: actor.kind,
            party: actor.party.clone(),
            names: Vec::new(),
        });
        entry.names.push(NameUse { span: mention.span, loaded });
    }
    for person in &people.persons {
        let names = person.named_at.iter().map(|at| NameUse { span: text.span(&name_tokens(text, names, *at)), loaded: None });
        let named = NamedActor {
            id: person.id.clone(),
            name: person.name.clone(),
            kind: ActorKind::Person,
            party: person.party.clone(),
            names: names.collect(),
        };
        found.entry(person.id.clone()).or_insert(named);
    }
    let speakers = assertions.iter().flat_map(|assertion| std::iter::once(&assertion.speaker).chain(&assertion.via));
    for speaker in speakers {
        add_speaker(text, &mut found, speaker);
    }
    let parties: Vec<ActorId> = found.values().filter_map(|actor| actor.party.clone()).collect();
    for party in parties {
        add_unnamed_party(text, &mut found, &party);
    }
    found.into_values().collect()
}

fn name_tokens(text: &Text<'_>, names: &Names, at: usize) -> std::ops::Range<usize> {
    names.at(at).map_or(at..at + 1, |mention| mention.tokens.clone()).start
        ..names.at(at).map_or_else(|| end_of_capitals(text, at), |mention| mention.tokens.end)
}

fn end_of_capitals(text: &Text<'_>, at: usize) -> usize {
    (at + 1..text.len()).find(|next| text.tag(*next) != onrecord_lang::Tag::Propn).unwrap_or(at + 1)
}

/// A speaker with an id that no name of the lexicon led to.
fn add_speaker(text: &Text<'_>, found: &mut BTreeMap<ActorId, NamedActor>, speaker: &Speaker) {
    let (Some(id), Some(span)) = (&speaker.actor, speaker.span) else { return };
    let kind = match speaker.kind {
        SpeakerKind::Person => ActorKind::Person,
        SpeakerKind::State => ActorKind::State,
        SpeakerKind::Office => ActorKind::Office,
        _ => ActorKind::Organisation,
    };
    let known = text.lexicon.actor(id);
    let entry = found.entry(id.clone()).or_insert_with(|| NamedActor {
        id: id.clone(),
        name: known.map_or_else(|| speaker.name.clone(), |actor| actor.name.clone()),
        kind: known.map_or(kind, |actor| actor.kind),
        party: speaker.party.clone(),
        names: Vec::new(),
    });
    if entry.names.is_empty() {
        entry.names.push(NameUse { span, loaded: None });
    }
}

/// A party that the article names by an office or a demonym only is still an actor of the reading.
fn add_unnamed_party(text: &Text<'_>, found: &mut BTreeMap<ActorId, NamedActor>, party: &ActorId) {
    let Some(actor) = text.lexicon.actor(party) else { return };
    found.entry(party.clone()).or_insert_with(|| NamedActor {
        id: actor.id.clone(),
        name: actor.name.clone(),
        kind: actor.kind,
        party: actor.party.clone(),
        names: Vec::new(),
    });
}

/// Dates that stay unknown, quotation marks without a partner, and reactions that there were none of.
pub(crate) fn notes(text: &Text<'_>, names: &Names, times: &Times) -> Vec<Note> {
    let undated = times.undated().map(|time| Note {
        span: time.span,
        name: "unresolved-date",
        text: format!(
            "“{}” has no date: the article does not say when it was published or which year is meant",
            text.cut(time.span)
        ),
    });
    let unbalanced = text.analysis.unbalanced.iter().map(|span| Note {
        span: *span,
        name: "unbalanced-quotation",
        text: "a quotation mark opens here and nothing closes it before the paragraph ends".to_owned(),
    });
    undated.chain(unbalanced).chain(silences(text, names)).collect()
}

/// "The ministry has not commented", "there was no immediate reaction from Oro": who has not been heard is worth knowing too.
fn silences<'a>(text: &'a Text<'_>, names: &'a Names) -> impl Iterator<Item = Note> + 'a {
    text.analysis.sentences.iter().filter_map(|sentence| silence(text, names, sentence.tokens.clone()))
}

fn silence(text: &Text<'_>, names: &Names, sentence: Range<usize>) -> Option<Note> {
    let list = text.lexicon.list("no-reaction");
    let (start, end) = sentence.clone().find_map(|at| Some((at, list.longest_at(text.words, text.start(at) as usize)?)))?;
    let behind = (start..sentence.end).find(|at| text.start(*at) as usize >= end).unwrap_or(sentence.end);
    let mut before = (sentence.start..start).rev().filter_map(|at| names.at(at));
    let mut after = (behind..sentence.end).filter_map(|at| names.at(at));
    // Whose silence it is stands before, or behind in "no comment from".
    let whose = if matches!(text.lower(behind), "from" | "by") { after.next() } else { before.next() };
    let tokens = whose.map_or(start..behind, |whose| whose.tokens.start.min(start)..whose.tokens.end.max(behind));
    let note = "somebody has not reacted, as the article tells it".to_owned();
    Some(Note { span: text.span(&tokens), name: "has-not-reacted", text: note })
}
