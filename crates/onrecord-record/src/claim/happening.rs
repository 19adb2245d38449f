//! What an assertion says happened: for finding one event that articles tell in words of their own.

use std::collections::BTreeSet;

use onrecord_lexicon::{ActorId, ActorKind, Plover};
use onrecord_read::{Event, Modality, Participant, Toll};

use crate::ItemRef;
use crate::piece::{Piece, Pieces, Telling};
use crate::word::{Content, Term, Word, WordKind, dates_agree, within};

/// The event that an assertion is about.
#[derive(Debug)]
pub(super) struct Happening<'a> {
    /// The event.
    pub(super) at: ItemRef,
    event: &'a Event,
    piece: usize,
    content: Content,
    /// The word that names it.
    trigger: Vec<Term>,
    actors: Those,
    recipients: Those,
}

/// Who takes part on one side of an event.
#[derive(Debug, Default)]
struct Those {
    /// Stems, names and parties of the words that name them.
    words: BTreeSet<Term>,
    /// Those of them that are names.
    names: BTreeSet<Term>,
    /// Persons whose name is known.
    persons: BTreeSet<ActorId>,
}

/// What two accounts of one event have in common, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Agreed(pub(super) Vec<&'static str>);

impl<'a> Happening<'a> {
    /// The event that `telling` is about: of those told in its words the one that takes up most of them, at least two in three. "Letters went to and
    /// fro since the memorandum was signed" is about letters.
    ///
    /// What the words of saying name ("urged", "accused") is what the article tells of the speaker, and no part of what is said.
    pub(super) fn of(telling: &Telling<'_>, pieces: &Pieces<'a>) -> Option<Self> {
        let piece = pieces.list.get(telling.piece)?;
        let inside = |event: &Event| telling.said.content.iter().any(|span| span.contains_span(event.trigger));
        let own = |event: &&(usize, &'a Event)| event.1.assertion == Some(telling.at.item) && inside(event.1);
        let events: Vec<(usize, &'a Event)> = piece.reading.events.iter().enumerate().collect();
        let told = events.iter().filter(own).map(|(item, event)| Self::new(*item, event, telling.piece, piece, pieces));
        let told: Vec<Self> = told.collect();
        let most = told.iter().map(|event| event.content.words.len()).max()?;
        let whole = telling.content.words.len();
        told.into_iter().find(|event| event.content.words.len() == most && most * 3 >= whole * 2)
    }

    fn new(item: usize, event: &'a Event, at: usize, piece: &Piece<'a>, pieces: &Pieces<'_>) -> Self {
        Self {
            at: piece.item(item),
            event,
            piece: at,
            content: piece.content(&event.spans, None, &pieces.vocabulary),
            trigger: within(&piece.words, event.trigger).iter().map(|word| word.key).collect(),
            actors: Those::of(&event.actors, piece),
            recipients: Those::of(&event.recipients, piece),
        }
    }

    /// Events of two kinds are never one, nor what happened and what may happen.
    pub(super) fn kind(&self) -> (Plover, u8) {
        let class = match self.event.modality {
            Modality::Actual | Modality::Historical => 0,
            Modality::Negated => 1,
            Modality::Future | Modality::Conditional => 2,
            Modality::Possible => 3,
        };
        (self.event.plover, class)
    }

    /// Words by one of which another account of the event is found.
    pub(super) fn looked_up_by(&self) -> impl Iterator<Item = Term> + '_ {
        self.content.words.iter().chain(self.content.numbers()).copied()
    }

    /// Whether something shows that these are two events: other persons, another day, another place, another toll.
    pub(super) fn is_apart(&self, other: &Self, pieces: &Pieces<'_>) -> bool {
        let (one, two) = (self.event, other.event);
        let another_day = matches!((&one.time, &two.time), (Some(one), Some(two)) if !dates_agree(&one.value, &two.value));
        let another_toll = one.tolls.iter().any(|toll| two.tolls.iter().any(|other| is_rival(toll, other)));
        let undated = one.time.is_none() || two.time.is_none();
        self.actors.is_apart(&other.actors)
            || self.recipients.is_apart(&other.recipients)
            || another_day
            || another_toll
            || are_two_places(one, two)
            || undated && pieces.are_long_apart(self.piece, other.piece)
    }

    /// What both accounts agree in.
    pub(super) fn agreed(&self, other: &Self) -> Agreed {
        let same_day =
            matches!((&self.event.time, &other.event.time), (Some(one), Some(two)) if dates_agree(&one.value, &two.value));
        let place = |event: &Event| Some(event.place.as_ref()?.place.as_ref()?.name.clone());
        let same_place = place(self.event).is_some() && place(self.event) == place(other.event);
        let numbers = self.content.numbers().iter().any(|number| other.content.numbers().contains(number));
        let names = self.content.names().iter().filter(|name| other.content.names().contains(name)).count();
        let agrees = [
            ("the word for it", self.trigger.iter().any(|word| other.trigger.contains(word))),
            ("who acts", self.actors.shares(&other.actors)),
            ("whom it befalls", self.recipients.shares(&other.recipients)),
            ("the day", same_day),
            ("the place", same_place),
            ("figures", numbers),
            ("a name", names >= 1),
            ("names", names >= 2),
        ];
        Agreed(agrees.into_iter().filter(|(_, agrees)| *agrees).map(|(what, _)| what).collect())
    }
}

impl Those {
    fn of(those: &[Participant], piece: &Piece<'_>) -> Self {
        let is_person = |id: &ActorId| {
            let actor = piece.reading.actors.iter().find(|actor| actor.id == *id);
            actor.is_some_and(|actor| actor.kind == ActorKind::Person)
        };
        let inside = || those.iter().flat_map(|one| within(&piece.words, one.span));
        let is_name = |word: &&Word| matches!(word.kind, WordKind::Actor | WordKind::Proper);
        Self {
            words: inside().filter(|word| word.kind == WordKind::Plain || is_name(word)).map(|word| word.key).collect(),
            names: inside().filter(is_name).map(|word| word.key).collect(),
            persons: those.iter().filter_map(|one| one.actor.clone()).filter(is_person).collect(),
        }
    }

    fn shares(&self, other: &Self) -> bool {
        !self.words.is_disjoint(&other.words)
    }

    /// Whether both name somebody, and none of the names or none of the persons is the same.
    fn is_apart(&self, other: &Self) -> bool {
        let no_name = !self.names.is_empty() && !other.names.is_empty() && self.names.is_disjoint(&other.names);
        let no_person = !self.persons.is_empty() && !other.persons.is_empty() && self.persons.is_disjoint(&other.persons);
        no_name || no_person
    }
}

/// Whether no number fits both tolls of one fate.
fn is_rival(one: &Toll, two: &Toll) -> bool {
    let low = |toll: &Toll| toll.low.or(toll.best).unwrap_or(f64::NEG_INFINITY);
    let high = |toll: &Toll| toll.high.or(toll.best.filter(|_| toll.low.is_none())).unwrap_or(f64::INFINITY);
    one.fate == two.fate && (high(one) < low(two) || high(two) < low(one))
}

/// Whether both say where, and name two places of which neither can hold the other.
fn are_two_places(one: &Event, two: &Event) -> bool {
    use onrecord_read::place::WherePrecision::{Exact, Near};
    let place = |event: &Event| event.place.as_ref().and_then(|toponym| toponym.place.clone());
    let (Some(one), Some(two)) = (place(one), place(two)) else { return false };
    let other_state =
        !one.countries.is_empty() && !two.countries.is_empty() && !one.countries.iter().any(|id| two.countries.contains(id));
    let are_spots = matches!((one.precision, two.precision), (Exact | Near, Exact | Near));
    other_state || are_spots && one.name != two.name
}
