//! Joins what is told of one event, or gives one figure, in words too different to be joined by the words alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use onrecord_read::SpeakerKind;
use rayon::prelude::*;

use super::happening::Happening;
use super::rarity::Rarity;
use crate::figure::Given;
use crate::piece::{Family, Pieces, Telling};
use crate::postings::Postings;
use crate::word::{Content, Polarity, Term, dates_agree};
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
    /// Words that few articles have.
    Words,
    /// One speaker, who says it in other words.
    Speaker,
}

/// What is compared of the first telling of some words.
struct First<'a> {
    telling: usize,
    family: Family,
    polarity: Polarity,
    event: Option<Box<Happening<'a>>>,
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

/// How good a join is: whether more than words shows it, how like the words are, and how old the group is.
type Rank = (bool, usize, Reverse<usize>);

/// What groups of tellings are found by.
struct Finder<'p, 'a> {
    pieces: &'p Pieces<'a>,
    rarity: Rarity,
    given: BTreeMap<ItemRef, Given>,
    by_key: HashMap<Key, Vec<usize>>,
    by_word: Postings<(u32, Term)>,
}

/// `groups` (positions of tellings, oldest first, alike in words) with those joined that are about one event, give one figure or share
/// words that are rare.
///
/// Of two demands or promises the words alone decide. A group joins another when its first telling agrees with the first one of some
/// words of the other and nothing in any pair of members speaks against it; of several the one whose words are most like.
pub(super) fn merged(groups: Vec<Vec<usize>>, pieces: &Pieces<'_>, referents: &[Referent]) -> Vec<Group> {
    let given = crate::figure::given(referents, pieces);
    let (by_key, by_word) = (HashMap::new(), Postings::default());
    let mut finder = Finder { pieces, rarity: Rarity::of(pieces), given, by_key, by_word };
    let mut found: Vec<Group> = Vec::new();
    let mut firsts: Vec<Vec<First<'_>>> = Vec::new();
    let prepared: Vec<Option<First<'_>>> =
        groups.par_iter().map(|members| members.first().and_then(|at| finder.first(*at))).collect();
    for (members, first) in groups.into_iter().zip(prepared) {
        let tie = first.as_ref().and_then(|first| finder.nearest(first, &found, &firsts, &members));
        let place = tie.as_ref().map_or(found.len(), |(place, _)| *place);
        if place == found.len() {
            found.push(Group::default());
            firsts.push(Vec::new());
        }
        if let Some(first) = first {
            finder.insert(&first, place);
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
        group.tell(firsts, pieces, &finder.given);
    }
    found.sort_by_key(|group| {
        let first = group.members.first().and_then(|at| pieces.tellings.get(*at));
        first.map(|telling| (pieces.age(telling.piece), telling.at))
    });
    found
}

impl<'a> Finder<'_, 'a> {
    fn first(&self, at: usize) -> Option<First<'a>> {
        let pieces = self.pieces;
        let telling = pieces.tellings.get(at)?;
        let family = telling.family();
        if !matches!(family, Family::Holds | Family::Demands | Family::Undertakes) {
            return None;
        }
        let mut first =
            First { telling: at, family, polarity: telling.polarity, event: None, figures: Vec::new(), numbers: Vec::new() };
        if family == Family::Holds {
            let piece = pieces.piece(telling)?;
            let figures = piece.reading.figures.iter().enumerate();
            let own = figures.filter(|(_, figure)| figure.assertion == Some(telling.at.item));
            first.figures = own.filter_map(|(item, _)| self.given.get(&piece.item(item)).copied()).collect();
            let numbers = Some(telling.content.numbers()).filter(|numbers| numbers.len() >= LEAST_NUMBERS);
            first.numbers = numbers.unwrap_or_default().to_vec();
            first.event = Happening::of(telling, pieces).map(Box::new);
        }
        Some(first)
    }

    fn insert(&mut self, first: &First<'_>, place: usize) {
        first.keys().for_each(|key| self.by_key.entry(key).or_default().push(place));
        if let (Ok(place), Some(telling)) = (u32::try_from(place), self.pieces.tellings.get(first.telling)) {
            // Demands and promises are few.
            let most = if first.family == Family::Holds { RAREST } else { usize::MAX };
            let rarest = self.rarity.rarest(&telling.content, most, HELD_BY_MANY);
            rarest.into_iter().for_each(|word| self.by_word.push((first.kind(), word), place));
        }
    }

    /// The group that this one joins, and how.
    fn nearest(&self, first: &First<'_>, found: &[Group], firsts: &[Vec<First<'_>>], members: &[usize]) -> Option<(usize, Tie)> {
        let mut best: Option<(Rank, Tie)> = None;
        for place in self.near(first) {
            let (Some(group), Some(others)) = (found.get(place), firsts.get(place)) else { continue };
            let Some(((likeness, about), with)) = self.fit(first, others) else { continue };
            let by_words = matches!(about, About::Words | About::Speaker);
            // An event or a figure says more than words.
            let rank = (!by_words, likeness, Reverse(place));
            let rarity = by_words.then_some(&self.rarity);
            let worse = best.as_ref().is_some_and(|(other, _)| rank <= *other);
            if worse || !may_be_one(members, &group.members, rarity, self.pieces) {
                continue;
            }
            best = Some((rank, Tie { own: first.telling, with, about }));
        }
        best.map(|((.., place), tie)| (place.0, tie))
    }

    /// The groups that may tell the same, each once.
    fn near(&self, first: &First<'_>) -> BTreeSet<usize> {
        let held = first.keys().filter_map(|key| self.by_key.get(&key)).filter(|places| places.len() <= CROWDED);
        let mut near: BTreeSet<usize> = held.flatten().copied().collect();
        let words = self.pieces.tellings.get(first.telling).map(|telling| telling.content.words.as_slice()).unwrap_or_default();
        let rare = words.iter().filter(|word| (2..=HELD_BY_MANY).contains(&self.rarity.holders(**word)));
        let mut hits: Vec<u32> = rare.flat_map(|word| self.by_word.few(&(first.kind(), *word), CROWDED)).collect();
        hits.sort_unstable();
        // Two rare words at least: by one of them far too many would be found.
        near.extend(hits.chunk_by(|one, two| one == two).filter(|same| same.len() >= 2).flatten().map(|place| *place as usize));
        near
    }

    /// How well `first` fits the tellings that others of a group were compared with, and the one that it fits best. What it has with the oldest
    /// must not be little, or a group would drift from one thing to another.
    fn fit(&self, first: &First<'_>, others: &[First<'_>]) -> Option<((usize, About), usize)> {
        let oldest = others.first()?;
        let fits = others.iter().take(COMPARED).filter_map(|other| Some((self.fits(first, other)?, other.telling)));
        let best = fits.reduce(|one, two| if two.0.0 > one.0.0 { two } else { one })?;
        (best.1 == oldest.telling || self.likeness(first, oldest) >= LEAST_OF_OLDEST).then_some(best)
    }

    fn likeness(&self, one: &First<'_>, two: &First<'_>) -> u32 {
        let content = |first: &First<'_>| self.pieces.tellings.get(first.telling).map(|telling| &telling.content);
        content(one).zip(content(two)).map_or(0, |(one, two)| self.rarity.likeness(one, two))
    }

    /// How like the words of both are, and what both are about, where that makes them one.
    fn fits(&self, one: &First<'_>, two: &First<'_>) -> Option<(usize, About)> {
        if (one.family, one.polarity) != (two.family, two.polarity) || one.gives_rival(two) {
            return None;
        }
        let (first, second) = (self.pieces.tellings.get(one.telling)?, self.pieces.tellings.get(two.telling)?);
        let likeness = first.content.likeness(&second.content);
        let other_addressee = matches!((&first.said.addressee, &second.said.addressee), (Some(one), Some(two)) if one != two);
        let too_unlike = likeness.shared < LEAST_WORDS || likeness.larger > likeness.smaller * LONGEST;
        let no_topic = first.content.shared_topics(&second.content).next().is_none();
        if other_addressee || too_unlike || no_topic {
            return None;
        }
        let events = one.event.as_ref().zip(two.event.as_ref());
        let event = events.filter(|(one, two)| one.kind() == two.kind());
        if event.is_some_and(|(one, two)| one.is_apart(two, self.pieces)) {
            return None;
        }
        let agreed = event.map(|(one, two)| one.agreed(two).0).unwrap_or_default();
        let about = about(one, two, agreed, &first.content, &second.content, &self.rarity);
        // What is told as done by one and as to come by the other is not one thing, however alike the words are.
        let other_modality = events.is_some_and(|(one, two)| one.kind() != two.kind() && one.kind().0 == two.kind().0);
        let by_words = || self.share_rare_words(first, second).then_some(About::Words);
        let by_speaker = || is_said_again(first, second, self.pieces).then_some(About::Speaker);
        let about = about.or_else(|| if other_modality { None } else { by_speaker().or_else(by_words) })?;
        Some((likeness.permille(), about))
    }

    /// Whether most of what tells both apart from other things said is the same: words that are rare weigh more than those that stand in
    /// every article.
    fn share_rare_words(&self, one: &Telling<'_>, two: &Telling<'_>) -> bool {
        let (words, others) = (&one.content, &two.content);
        let likeness = self.rarity.likeness(words, others);
        let other_names = words.names_others(others) && others.names_others(words);
        let enough = match words.shared_words(others).count() {
            0..LEAST_RARE => false,
            LEAST_RARE => likeness >= LEAST_WEIGHT_OF_FEW && !other_names,
            _ if other_names => likeness >= LEAST_WEIGHT_OF_OTHER_NAMES,
            _ => likeness >= LEAST_WEIGHT,
        };
        enough
            && words.shared_topics(others).nth(1).is_some()
            && super::committed_side(one) == super::committed_side(two)
            && (words.are_dated_alike(others) || !self.pieces.are_long_apart(one.piece, two.piece))
    }
}

/// Whether one speaker says both, on one day as far as is known, and two in three of the words of the shorter one are said by both.
fn is_said_again(one: &Telling<'_>, two: &Telling<'_>, pieces: &Pieces<'_>) -> bool {
    let is_named =
        |telling: &Telling<'_>| telling.said.speaker.actor.is_some() && telling.said.speaker.kind != SpeakerKind::Unnamed;
    let same_speaker = is_named(one) && one.said.speaker.actor == two.said.speaker.actor;
    let other_day = matches!((&one.said.said, &two.said.said), (Some(one), Some(two)) if !dates_agree(&one.value, &two.value));
    let likeness = one.content.likeness(&two.content);
    same_speaker
        && !other_day
        && likeness.shared >= LEAST_SAID_AGAIN
        && likeness.shared * 3 >= likeness.smaller * 2
        && one.content.shared_topics(&two.content).nth(1).is_some()
        && !pieces.are_long_apart(one.piece, two.piece)
}

/// What two tellings are about that makes them one: an event, figures or numbers.
fn about(
    one: &First<'_>,
    two: &First<'_>,
    agreed: Vec<&'static str>,
    words: &Content,
    others: &Content,
    rarity: &Rarity,
) -> Option<About> {
    let likeness = words.likeness(others);
    let in_weight = rarity.likeness(words, others) >= LEAST_WEIGHT_BESIDE;
    let is_alike = |percent: usize| in_weight || likeness.shared * 100 >= likeness.smaller * percent;
    let figures = one.figures.iter().filter(|one| two.figures.iter().any(|two| one.agrees(two))).count();
    let numbers = words.numbers().iter().filter(|number| others.numbers().contains(number)).count();
    let names = words.shares_a_name(others);
    // "Police dispersed the crowd": where nothing is named, dated or counted it may be another crowd.
    let anchored = agreed.iter().any(|what| matches!(*what, "the day" | "the place" | "figures" | "a name"));
    let by_numbers = match (numbers >= MANY_NUMBERS, names) {
        (true, true) => LEAST_PERCENT_OF_MUCH,
        (true, false) | (false, true) => LEAST_PERCENT,
        (false, false) => LEAST_PERCENT_WITHOUT_NAME,
    };
    if anchored && agreed.len() >= MUCH_AGREED && is_alike(LEAST_PERCENT_OF_MUCH)
        || anchored && agreed.len() >= LEAST_AGREED && is_alike(LEAST_PERCENT)
    {
        Some(About::Event(agreed))
    } else if figures > 0 && is_alike(LEAST_PERCENT) {
        Some(About::Figures(figures))
    } else {
        (one.family == Family::Holds && numbers >= LEAST_NUMBERS && is_alike(by_numbers)).then_some(About::Numbers(numbers))
    }
}

/// Whether nothing in the words of any two shows that they do not tell the same; where words alone decide (`rarity`), that holds for two
/// that name different things and have little else in common, too.
fn may_be_one(one: &[usize], two: &[usize], rarity: Option<&Rarity>, pieces: &Pieces<'_>) -> bool {
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
    let are_apart = |one: &Content, two: &Content| {
        let names_others = || rarity.filter(|_| one.names_others(two) && two.names_others(one));
        one.clashes(two) || names_others().is_some_and(|rarity| rarity.likeness(one, two) < LEAST_OF_OTHER_NAMES)
    };
    !one.iter().any(|one| two.iter().any(|two| are_apart(&one.content, &two.content)))
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
/// Numbers that both give, where neither an event nor the thing counted is known to be the same, and how many of them are many.
const LEAST_NUMBERS: usize = 2;
const MANY_NUMBERS: usize = 3;
/// Words shared, and of the weight of all words of both that of the shared ones in thousandths, where words alone decide: where both share few
/// words, and where each names somebody or something that the other does not, more is needed. Of 25 pairs drawn by chance with 300 to 360
/// five told different things, of 30 with 360 to 450 three.
const LEAST_RARE: usize = 4;
const LEAST_WEIGHT: u32 = 400;
const LEAST_WEIGHT_OF_FEW: u32 = 600;
const LEAST_WEIGHT_OF_OTHER_NAMES: u32 = 450;
/// The same weight where both agree in an event, in figures or in numbers.
const LEAST_WEIGHT_BESIDE: u32 = 300;
/// The same weight that is shared with the oldest telling of the group, where another one is more like.
const LEAST_OF_OLDEST: u32 = 200;
/// The same weight that any two members share that each name somebody or something of whom the other does not speak.
const LEAST_OF_OTHER_NAMES: u32 = 350;
/// Words shared by what one speaker says twice.
const LEAST_SAID_AGAIN: usize = 4;
/// Words by which a group is found, and tellings of it that are compared.
const RAREST: usize = 6;
/// A word that more articles hold finds nothing.
const HELD_BY_MANY: u32 = 200;
const COMPARED: usize = 8;

impl First<'_> {
    /// A number for its family and polarity: what differs in it is never joined by words.
    fn kind(&self) -> u32 {
        let polarity = match self.polarity {
            Polarity::Positive => 0,
            Polarity::Negative => 1,
            Polarity::Unclear(_) => 2,
        };
        self.family as u32 * 3 + polarity
    }

    fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        let event = self.event.iter().flat_map(|event| {
            let (plover, class) = event.kind();
            event.looked_up_by().map(move |word| Key::Event(plover, class, word))
        });
        let figures = self.figures.iter().map(|given| Key::Figure(given.referent));
        event.chain(figures).chain(self.numbers.iter().map(|number| Key::Number(*number)))
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
        let kind = firsts.first().and_then(|first| first.event.as_ref()).map(|event| event.kind());
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
