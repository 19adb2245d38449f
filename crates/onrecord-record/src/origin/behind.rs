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
/// named, and the author, is one origin an article, copies of it included. A body and its own document are one, and what an article
/// tells of what somebody counted goes back to whoever counted. The outlet and those through whom words reach us make none.
pub(crate) fn origins<'a>(members: &[usize], pieces: &'a Pieces<'a>, parties: &BTreeSet<ActorId>) -> Vec<Origin> {
    let mut voices: Vec<Voice<'_>> =
        members.iter().enumerate().filter_map(|(age, at)| Voice::of(age, pieces.tellings.get(*at)?, pieces)).collect();
    // Those who are named come first: "the ministry" may then be found to be the spokesman who is named elsewhere.
    voices.sort_by_key(|voice| (vagueness(voice.speaker().kind), voice.age));
    let mut groups: Vec<Group<'_>> = Vec::new();
    for voice in &voices {
        let place = groups.iter().position(|group| group.takes(voice)).unwrap_or(groups.len());
        if place == groups.len() {
            groups.push(Group::default());
        }
        groups.get_mut(place).into_iter().for_each(|group| group.add(voice));
    }
    groups.iter_mut().for_each(|group| group.voices.sort_by_key(|voice| voice.age));
    groups.sort_by_key(|group| group.voices.first().map(|voice| voice.age));
    groups.iter().filter_map(|group| origin(&group.voices, parties)).collect()
}

/// A telling with what tells origins apart.
struct Voice<'a> {
    /// Place among the tellings of its claim, which come oldest first.
    age: usize,
    telling: &'a Telling<'a>,
    key: String,
    /// Words of the occasion in lower case.
    occasion: Option<String>,
    copy_group: usize,
    /// In what an article says in its own voice: the side that has counted what is told.
    counted_by: Option<&'a str>,
}

/// Voices that are one origin.
#[derive(Default)]
struct Group<'a> {
    voices: Vec<&'a Voice<'a>>,
    /// Those of them that are compared: one for all copies that quote the same on the same day.
    compared: Vec<&'a Voice<'a>>,
}

impl<'a> Voice<'a> {
    fn of(age: usize, telling: &'a Telling<'a>, pieces: &'a Pieces<'_>) -> Option<Self> {
        let piece = pieces.piece(telling)?;
        let occasion = telling.said.occasion.map(|span| piece.page.clean.cut(span).to_lowercase());
        let counted_by = counted_by(telling, pieces);
        Some(Self { age, telling, key: key(&telling.said.speaker), occasion, copy_group: piece.copy_group, counted_by })
    }

    fn speaker(&self) -> &Speaker {
        &self.telling.said.speaker
    }

    fn said(&self) -> Option<&str> {
        self.telling.said.said.as_ref().map(|date| date.value.as_str())
    }

    fn is_other_person(&self, other: &Self) -> bool {
        let person = |voice: &Self| voice.speaker().kind == SpeakerKind::Person;
        person(self) && person(other) && self.key != other.key
    }

    /// Whether the same voices belong to both.
    fn is_twin(&self, other: &Self) -> bool {
        self.key == other.key
            && self.speaker().kind == other.speaker().kind
            && self.speaker().party == other.speaker().party
            && self.speaker().name == other.speaker().name
            && self.said() == other.said()
            && self.occasion == other.occasion
            && self.copy_group == other.copy_group
            && self.counted_by == other.counted_by
            && self.telling.content.numbers() == other.telling.content.numbers()
            && self.telling.content.words == other.telling.content.words
    }
}

impl<'a> Group<'a> {
    fn takes(&self, voice: &Voice<'_>) -> bool {
        !self.compared.iter().any(|other| voice.is_other_person(other))
            && self.compared.iter().any(|other| is_one_origin(voice, other))
    }

    fn add(&mut self, voice: &'a Voice<'a>) {
        self.voices.push(voice);
        if !self.compared.iter().any(|other| other.is_twin(voice)) {
            self.compared.push(voice);
        }
    }
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

fn is_one_origin(one: &Voice<'_>, two: &Voice<'_>) -> bool {
    let copies = one.copy_group == two.copy_group;
    match (one.speaker().kind, two.speaker().kind) {
        (SpeakerKind::Author, SpeakerKind::Author) => copies,
        (_, SpeakerKind::Unnamed) | (SpeakerKind::Unnamed, _) if one.speaker().kind != two.speaker().kind => false,
        (SpeakerKind::Author, _) => counted_what_the_other_gives(one, two),
        (_, SpeakerKind::Author) => counted_what_the_other_gives(two, one),
        (SpeakerKind::Document, SpeakerKind::Document) => is_one_document(one.speaker(), two.speaker()),
        (SpeakerKind::Document, _) => is_its_document(one, two),
        (_, SpeakerKind::Document) => is_its_document(two, one),
        (SpeakerKind::Unnamed, _) => copies && one.key == two.key,
        _ => (one.key == two.key || is_vaguer_name(one.speaker(), two.speaker())) && is_one_occasion(one, two),
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

/// Words for what somebody does to know a number.
const COUNTING: &str = "counted counts documented estimated estimates found logged measured recorded registered tallied";

/// The side that has counted what an article tells in its own voice: "The Panel counted about 180 armed men".
fn counted_by<'a>(telling: &Telling<'_>, pieces: &'a Pieces<'_>) -> Option<&'a str> {
    let counts = |word: &str| COUNTING.split(' ').any(|counting| counting == word);
    let side = telling.content.sides().first().filter(|_| !telling.is_attributed())?;
    let counted = telling.content.forms.iter().any(|form| counts(pieces.vocabulary.text(*form)));
    counted.then(|| pieces.vocabulary.side_name(*side))
}

/// Whether `author` tells of what the other speaker has counted, who gives the same number.
fn counted_what_the_other_gives(author: &Voice<'_>, other: &Voice<'_>) -> bool {
    let speaker = other.speaker();
    let side = speaker.party.as_ref().or(speaker.actor.as_ref()).map(ActorId::as_str);
    let numbers = || author.telling.content.numbers().iter().any(|number| other.telling.content.numbers().contains(number));
    side.is_some() && author.counted_by == side && numbers()
}

/// Whether the document is that of the body which says the same: "the Panel's report", "the Panel". Who a person speaks for besides is not
/// told by its words.
fn is_its_document(document: &Voice<'_>, body: &Voice<'_>) -> bool {
    let author = document.speaker().party.as_ref().or(document.speaker().actor.as_ref());
    let side = body.speaker().party.as_ref().or(body.speaker().actor.as_ref());
    let is_body = body.speaker().kind != SpeakerKind::Person;
    is_body && author.is_some() && author == side && is_one_occasion(document, body)
}

/// Two reports with one text behind them: same author, or same words for it where the author is not known.
fn is_one_document(one: &Speaker, two: &Speaker) -> bool {
    let author = |speaker: &Speaker| speaker.party.clone().or_else(|| speaker.actor.clone());
    match (author(one), author(two)) {
        (Some(one), Some(two)) => one == two,
        _ => {
            let (one, two) = (one.name.to_lowercase(), two.name.to_lowercase());
            let holds =
                |long: &str, short: &str| short.split_whitespace().all(|word| long.split_whitespace().any(|other| other == word));
            holds(&one, &two) || holds(&two, &one)
        }
    }
}

/// Whether one speaker said both at once. Two sayings are two only where their dates are known and differ, and neither the
/// occasion nor the wording is the same.
fn is_one_occasion(one: &Voice<'_>, two: &Voice<'_>) -> bool {
    let same_day = match (one.said(), two.said()) {
        (Some(one), Some(two)) => dates_agree(one, two),
        _ => true,
    };
    let same_occasion = one.occasion.is_some() && one.occasion == two.occasion;
    same_day || same_occasion || one.telling.content.likeness(&two.telling.content).permille() >= NEAR_SAME
}

/// Shared words per thousand from which two wordings are one saying, reported with two dates.
const NEAR_SAME: usize = 800;

fn origin(voices: &[&Voice<'_>], parties: &BTreeSet<ActorId>) -> Option<Origin> {
    let most_exact = voices.iter().min_by_key(|voice| vagueness(voice.speaker().kind))?;
    let occasion = voices.iter().find_map(|voice| {
        let (at, span) = (voice.telling.at, voice.telling.said.occasion?);
        Some(Words { entry: at.entry, article: at.article, span })
    });
    let speaker = most_exact.speaker().clone();
    Some(Origin {
        occasion,
        said: voices.iter().find_map(|voice| voice.said()).map(str::to_owned),
        party_to_dispute: speaker.party.as_ref().is_some_and(|party| parties.contains(party)),
        speaker,
        assertions: voices.iter().map(|voice| voice.telling.at).collect(),
    })
}
