//! Joins what is told of one event, or gives one figure, in words too different to be joined by the words alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::happening::Happening;
use crate::figure::Given;
use crate::piece::{Family, Pieces, Telling};
use crate::word::{Polarity, Term};
use crate::{ItemRef, Referent};

/// Tellings that are one claim.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// Their positions, oldest first.
    pub(super) members: Vec<usize>,
    /// For members that were joined by an event or a figure: how.
    pub(super) ties: BTreeMap<usize, Tie>,
    /// The events that members are about.
    pub(super) events: Vec<ItemRef>,
    /// The figures in the words of members that several of them give.
    pub(super) figures: Vec<ItemRef>,
}

/// Why a telling is of the claim whose words it does not share.
#[derive(Debug, Clone)]
pub(super) struct Tie {
    /// The telling of its own words that was compared.
    pub(super) own: usize,
    /// The telling with which it was compared.
    pub(super) with: usize,
    /// What both are about.
    pub(super) about: About,
}

/// What two tellings have in common but for their words.
#[derive(Debug, Clone)]
pub(super) enum About {
    /// One event, with what the accounts of it agree in.
    Event(Vec<&'static str>),
    /// Figures that count one thing and agree, and how many of them.
    Figures(usize),
    /// Numbers that both give, and how many of them.
    Numbers(usize),
}

/// What is compared of the first telling of some words.
struct First<'a> {
    telling: usize,
    polarity: Polarity,
    event: Option<Happening<'a>>,
    /// Referent and value of each figure in its words.
    figures: Vec<Given>,
    /// The numbers in its words, where there are enough to tell it by.
    numbers: Vec<Term>,
}

/// A group by event: sort, modality and a word of it; by figure: the referent.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Event(onrecord_lexicon::Plover, u8, Term),
    Figure(usize),
    Number(Term),
}

/// A word that more groups hold finds none: it would find them all.
const CROWDED: usize = 100;

/// `groups` (positions of tellings, oldest first, alike in words) with those joined that are about one event or give one figure.
///
/// Only what is said to be so is joined: of two demands or promises the words decide. A group joins another when the first tellings
/// of both agree and nothing in any pair of members speaks against it; of several the one whose words are most like.
pub(super) fn merged(groups: Vec<Vec<usize>>, pieces: &Pieces<'_>, referents: &[Referent]) -> Vec<Group> {
    let given = crate::figure::given(referents, pieces);
    let mut found: Vec<Group> = Vec::new();
    let mut firsts: Vec<Vec<First<'_>>> = Vec::new();
    let mut index: HashMap<Key, Vec<usize>> = HashMap::new();
    for members in groups {
        let first = members.first().and_then(|at| First::of(*at, pieces, &given));
        let tie = first.as_ref().and_then(|first| nearest(first, &found, &firsts, &index, &members, pieces));
        let place = tie.as_ref().map_or(found.len(), |(place, _)| *place);
        if place == found.len() {
            found.push(Group::default());
            firsts.push(Vec::new());
        }
        if let Some(first) = first {
            first.keys().for_each(|key| index.entry(key).or_default().push(place));
            if let Some(firsts) = firsts.get_mut(place) {
                firsts.push(first);
            }
        }
        let Some(group) = found.get_mut(place) else { continue };
        if let Some((_, tie)) = tie {
            group.ties.extend(members.iter().map(|member| (*member, tie.clone())));
        }
        group.members.extend(members);
    }
    for (group, firsts) in found.iter_mut().zip(&firsts) {
        group.members.sort_by_key(|at| pieces.tellings.get(*at).map(|telling| (pieces.age(telling.piece), telling.at)));
        group.tell(firsts, pieces, &given);
    }
    found.sort_by_key(|group| {
        let first = group.members.first().and_then(|at| pieces.tellings.get(*at));
        first.map(|telling| (pieces.age(telling.piece), telling.at))
    });
    found
}

/// The group that this one joins, and how.
fn nearest(
    first: &First<'_>,
    found: &[Group],
    firsts: &[Vec<First<'_>>],
    index: &HashMap<Key, Vec<usize>>,
    members: &[usize],
    pieces: &Pieces<'_>,
) -> Option<(usize, Tie)> {
    let held = first.keys().filter_map(|key| index.get(&key)).filter(|places| places.len() <= CROWDED);
    let near: BTreeSet<usize> = held.flatten().copied().collect();
    let mut best: Option<((usize, Reverse<usize>), Tie)> = None;
    for place in near {
        let (Some(group), Some(oldest)) = (found.get(place), firsts.get(place).and_then(|firsts| firsts.first())) else {
            continue;
        };
        let Some((likeness, about)) = first.fits(oldest, pieces) else { continue };
        if !may_be_one(members, &group.members, pieces) {
            continue;
        }
        let rank = (likeness, Reverse(place));
        if best.as_ref().is_none_or(|(other, _)| rank > *other) {
            best = Some((rank, Tie { own: first.telling, with: oldest.telling, about }));
        }
    }
    best.map(|((_, place), tie)| (place.0, tie))
}

/// Whether nothing in the words of any two shows that they do not tell the same.
fn may_be_one(one: &[usize], two: &[usize], pieces: &Pieces<'_>) -> bool {
    let tellings = |of: &[usize]| -> Vec<&Telling<'_>> {
        let mut kept: Vec<&Telling<'_>> = Vec::new();
        for telling in of.iter().filter_map(|at| pieces.tellings.get(*at)) {
            if !kept.iter().any(|other| other.content.is_twin(&telling.content)) {
                kept.push(telling);
            }
        }
        kept
    };
    let (one, two) = (tellings(one), tellings(two));
    !one.iter().any(|one| two.iter().any(|two| one.content.clashes(&two.content)))
}

/// Words that two accounts of one thing share at least.
const LEAST_WORDS: usize = 3;
/// In a hundred words of the shorter account those that are shared, where it agrees with the other in little and in much.
const LEAST_PERCENT: usize = 50;
const LEAST_PERCENT_OF_MUCH: usize = 40;
/// The same where numbers are all that both agree in, and neither names the same: "a man, 47, and a man, 48".
const LEAST_PERCENT_WITHOUT_NAME: usize = 70;
/// How much longer than the other one may be.
const LONGEST: usize = 3;
/// Of what [`Happening::agreed`] lists: what is needed, and what is much.
const LEAST_AGREED: usize = 3;
const MUCH_AGREED: usize = 5;
/// Numbers that both give, where neither an event nor the thing counted is known to be the same.
const LEAST_NUMBERS: usize = 2;

impl<'a> First<'a> {
    fn of(at: usize, pieces: &Pieces<'a>, given: &BTreeMap<ItemRef, Given>) -> Option<Self> {
        let telling = pieces.tellings.get(at).filter(|telling| telling.family() == Family::Holds)?;
        let piece = pieces.piece(telling)?;
        let figures = piece.reading.figures.iter().enumerate();
        let own = figures.filter(|(_, figure)| figure.assertion == Some(telling.at.item));
        let figures = own.filter_map(|(item, _)| given.get(&piece.item(item)).copied()).collect();
        let numbers =
            Some(telling.content.numbers()).filter(|numbers| numbers.len() >= LEAST_NUMBERS).unwrap_or_default().to_vec();
        let first = Self { telling: at, polarity: telling.polarity, event: Happening::of(telling, pieces), figures, numbers };
        (first.event.is_some() || !first.figures.is_empty() || !first.numbers.is_empty()).then_some(first)
    }

    fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        let event = self.event.iter().flat_map(|event| {
            let (plover, class) = event.kind();
            event.looked_up_by().map(move |word| Key::Event(plover, class, word))
        });
        let figures = self.figures.iter().map(|given| Key::Figure(given.referent));
        event.chain(figures).chain(self.numbers.iter().map(|number| Key::Number(*number)))
    }

    /// How like the words of both are, and what both are about, where that makes them one.
    fn fits(&self, oldest: &First<'_>, pieces: &Pieces<'_>) -> Option<(usize, About)> {
        let (one, two) = (pieces.tellings.get(self.telling)?, pieces.tellings.get(oldest.telling)?);
        let likeness = one.content.likeness(&two.content);
        let other_addressee = matches!((&one.said.addressee, &two.said.addressee), (Some(one), Some(two)) if one != two);
        let too_unlike = likeness.shared < LEAST_WORDS || likeness.larger > likeness.smaller * LONGEST;
        let no_topic = one.content.shared_topics(&two.content).next().is_none();
        if self.polarity != oldest.polarity || other_addressee || too_unlike || no_topic || self.gives_rival(oldest) {
            return None;
        }
        let is_alike = |percent: usize| likeness.shared * 100 >= likeness.smaller * percent;
        let event = self.event.as_ref().zip(oldest.event.as_ref()).filter(|(one, two)| one.kind() == two.kind());
        if event.is_some_and(|(one, two)| one.is_apart(two, pieces)) {
            return None;
        }
        let agreed = event.map(|(one, two)| one.agreed(two).0).unwrap_or_default();
        let figures = self.figures.iter().filter(|one| oldest.figures.iter().any(|two| one.agrees(two))).count();
        let numbers = one.content.numbers().iter().filter(|number| two.content.numbers().contains(number)).count();
        let names = one.content.shares_a_name(&two.content);
        // "Police dispersed the crowd": where nothing is named, dated or counted it may be another crowd.
        let anchored = agreed.iter().any(|what| matches!(*what, "the day" | "the place" | "figures" | "a name"));
        let about = if anchored && agreed.len() >= MUCH_AGREED && is_alike(LEAST_PERCENT_OF_MUCH)
            || anchored && agreed.len() >= LEAST_AGREED && is_alike(LEAST_PERCENT)
        {
            About::Event(agreed)
        } else if figures > 0 && is_alike(LEAST_PERCENT) {
            About::Figures(figures)
        } else if numbers >= LEAST_NUMBERS && is_alike(if names { LEAST_PERCENT } else { LEAST_PERCENT_WITHOUT_NAME }) {
            About::Numbers(numbers)
        } else {
            return None;
        };
        Some((likeness.permille(), about))
    }

    /// Whether figures for one thing exclude each other.
    fn gives_rival(&self, other: &First<'_>) -> bool {
        self.figures.iter().any(|one| other.figures.iter().any(|two| one.is_rival(two)))
    }
}

impl Group {
    /// Notes the events and figures that the members have in common.
    fn tell(&mut self, firsts: &[First<'_>], pieces: &Pieces<'_>, given: &BTreeMap<ItemRef, Given>) {
        let tellings = || self.members.iter().filter_map(|at| pieces.tellings.get(*at));
        let kind = firsts.first().and_then(|first| first.event.as_ref()).map(Happening::kind);
        let events = tellings().filter_map(|telling| Happening::of(telling, pieces)).filter(|event| Some(event.kind()) == kind);
        let events: Vec<ItemRef> = events.map(|event| event.at).collect();
        let mut by_referent: BTreeMap<usize, Vec<ItemRef>> = BTreeMap::new();
        for telling in tellings() {
            let Some(piece) = pieces.piece(telling) else { continue };
            for (item, _) in piece.reading.figures.iter().enumerate().filter(|(_, one)| one.assertion == Some(telling.at.item)) {
                if let Some(given) = given.get(&piece.item(item)) {
                    by_referent.entry(given.referent).or_default().push(piece.item(item));
                }
            }
        }
        let mut figures: Vec<ItemRef> = by_referent.into_values().filter(|figures| figures.len() >= 2).flatten().collect();
        figures.sort_unstable();
        (self.events, self.figures) = (events, figures);
    }
}
