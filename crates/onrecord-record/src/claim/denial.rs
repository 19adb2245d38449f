//! Who denies a claim.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{Act, ActorId};
use onrecord_text::CleanSpan;
use rayon::prelude::*;

use crate::ItemRef;
use crate::alike::{Frequency, Index, Item};
use crate::piece::{Family, Piece, Pieces, Telling};
use crate::word::{Content, LEAST_SHARED, Polarity, Term, stem};

/// For each group of tellings the assertions that deny it, in order.
///
/// An assertion denies a claim where its own article shows it, where its act is to deny and its words are those of the claim, or
/// where another party says the contrary in the same words. An article shows it by what its reading links, or by a denial that
/// follows an accusation and takes it up.
pub(super) fn denials(groups: &[Vec<usize>], pieces: &Pieces<'_>) -> Vec<Vec<ItemRef>> {
    let mut found: Vec<BTreeSet<ItemRef>> = vec![BTreeSet::new(); groups.len()];
    let members = groups.iter().enumerate().flat_map(|(group, members)| members.iter().map(move |at| (*at, group)));
    let group_of: BTreeMap<usize, usize> = members.collect();
    let in_articles = shown_by_articles(pieces).into_iter().filter_map(|(of, by)| Some((*group_of.get(&of)?, by)));
    for (group, by) in in_articles.chain(shown_by_words(groups, pieces)) {
        found.get_mut(group).map(|denied_by| denied_by.insert(by));
    }
    found.into_iter().map(|denied_by| denied_by.into_iter().collect()).collect()
}

/// Positions of tellings with what denies them, as their own articles show it.
fn shown_by_articles(pieces: &Pieces<'_>) -> Vec<(usize, ItemRef)> {
    let mut found = Vec::new();
    let mut rest = pieces.tellings.as_slice();
    let mut start = 0;
    for (at, piece) in pieces.list.iter().enumerate() {
        let (own, later) = rest.split_at(rest.partition_point(|telling| telling.piece <= at));
        let linked = |item: usize| piece.reading.denials.iter().any(|denial| denial.by == item);
        for denial in &piece.reading.denials {
            if let (Some(_), Some(by)) = (own.get(denial.of), own.get(denial.by)) {
                found.push((start + denial.of, by.at));
            }
        }
        for (number, by) in own.iter().enumerate().filter(|(number, _)| !linked(*number)) {
            let before = own.get(..number).unwrap_or_default();
            let object = || object_of(by, piece, pieces);
            let of = if by.said.act == Act::Deny {
                taken_up(by, object().as_ref().unwrap_or(&by.content), before, pieces)
            } else {
                None
            };
            let of = of.or_else(|| retorted(by, before, pieces)).or_else(|| answered_at_once(by, before, pieces));
            let of = of.or_else(|| went_on(by, before, &found, start));
            let behind = || told_afterwards(by, own, number);
            found.extend(of.or_else(behind).map(|of| (start + of, by.at)));
        }
        start += own.len();
        rest = later;
    }
    found
}

/// Nouns that stand for an accusation …
const ACCUSING: &str = "accusation allegation charge criticism insinuation";
/// … and for anything that somebody has said.
const REFERRING: &str = "account assertion characterisation claim description figure finding narrative number position report \
    statement story suggestion version";
/// Those of them that stand for figures.
const COUNTING: &str = "figure number";
/// Words beside such a noun: "rejected the allegations as baseless and false".
const BESIDE: usize = 2;
/// How many statements of others a denial reaches back over.
const BACK: usize = 8;
/// … and where it names what was counted, to the one that counts it.
const BACK_TO_COUNT: usize = 24;
/// The longest object between a word of denying and the words that it is denied with, in bytes.
const LONGEST_OBJECT: u32 = 120;

/// What is denied, where it stands between the word of denying and the words it is denied with: "rejected *the tale of a tunnel* as “a fairy tale”".
fn object_of(by: &Telling<'_>, piece: &Piece<'_>, pieces: &Pieces<'_>) -> Option<Content> {
    let (cue, first) = (by.said.cue?, by.said.content.first()?);
    let is_near = cue.end() < first.start() && first.start() - cue.end() <= LONGEST_OBJECT;
    let object = is_near.then(|| piece.content(&[CleanSpan::new(cue.end(), first.start())], None, &pieces.vocabulary))?;
    let refers = |word: Term| is_one_of(word, ACCUSING, pieces) || is_one_of(word, REFERRING, pieces);
    let is_reference = object.topics().any(refers);
    is_reference.then_some(object)
}

fn is_one_of(word: Term, nouns: &str, pieces: &Pieces<'_>) -> bool {
    nouns.split_whitespace().any(|noun| stem(noun) == pieces.vocabulary.text(word))
}

/// Position of what the denial right before `by` denies, where the same side goes on and corrects a number of it: "disputed the sightings. Nine of the
/// twelve ships, it said, were its own".
fn went_on(by: &Telling<'_>, before: &[Telling<'_>], found: &[(usize, ItemRef)], start: usize) -> Option<usize> {
    let side = by.party().filter(|_| holds(by) && by.is_attributed())?;
    let denial = before.last().filter(|last| last.said.act == Act::Deny && last.party() == Some(side))?;
    let of = found.iter().rev().find(|(_, at)| *at == denial.at).and_then(|(of, _)| of.checked_sub(start))?;
    let denied = before.get(of)?;
    by.content.numbers().iter().any(|number| denied.content.numbers().contains(number)).then_some(of)
}

/// Position of what `by` denies among the tellings `before` it: what another side has said, nearest first.
///
/// "It", "the finding" or "the flight figures" take up the last thing said, about flights if they say so; "the accusation" takes
/// up the last accusation. Other words take up an accusation with which they share a word where it names the side that denies,
/// else two words.
fn taken_up(by: &Telling<'_>, denied: &Content, before: &[Telling<'_>], pieces: &Pieces<'_>) -> Option<usize> {
    let side = by.party()?;
    let attributed = before.iter().enumerate().rev().filter(|(_, of)| of.is_attributed());
    let of_others = attributed.clone().filter(|(_, of)| of.party().is_some_and(|party| party != side));
    let all_others = of_others.filter(|(_, of)| matches!(of.family(), Family::Holds | Family::Denies));
    let others = all_others.take(BACK);
    let refers = |word: &Term| is_one_of(*word, ACCUSING, pieces) || is_one_of(*word, REFERRING, pieces);
    let unquoted: Vec<Term> = denied.unquoted_topics(&pieces.vocabulary).collect();
    let topics = if unquoted.iter().any(refers) { unquoted } else { denied.topics().collect() };
    let (referring, about): (Vec<Term>, Vec<Term>) = topics.iter().partition(|word| refers(word));
    let accuses = |of: &Telling<'_>| of.said.act == Act::Accuse;
    let found = if !referring.is_empty() && about.len() <= BESIDE || topics.is_empty() && denied.turned() == 0 {
        let accusing = referring.iter().any(|word| is_one_of(*word, ACCUSING, pieces));
        let is_about = |of: &Telling<'_>| about.iter().any(|word| of.content.words.contains(word));
        // "The flight figures" are those of a statement that counts flights, else of one that gives some.
        let counting = referring.iter().any(|word| is_one_of(*word, COUNTING, pieces));
        let gives = |of: &Telling<'_>| !counting || !of.content.numbers().is_empty();
        let counts = |of: &Telling<'_>| counting && about.iter().any(|word| of.content.counts(*word, &pieces.vocabulary));
        let not_own = attributed.clone().filter(|(_, of)| of.party() != Some(side) && holds(of));
        let counted = not_own.take(BACK_TO_COUNT).find(|(_, of)| counts(of));
        let mut near = others.clone().filter(|(_, of)| (!accusing || accuses(of)) && gives(of));
        let matching = counted.or_else(|| near.clone().find(|(_, of)| is_about(of)));
        // "Called the claim invented": what somebody whose side is not known has said right before it.
        let last = attributed.clone().next().filter(|(_, of)| !referring.is_empty() && of.party().is_none() && holds(of));
        let right_before = || if counting || accusing { None } else { last };
        matching.or_else(|| right_before().or_else(|| near.next()).filter(|(_, of)| about.is_empty() || accuses(of)))
    } else {
        let names_it = |of: &Telling<'_>| {
            let addressee = of.said.addressee.as_ref().map(|id| pieces.party_of(id).unwrap_or(id));
            addressee == Some(side) || of.content.sides().iter().any(|named| pieces.vocabulary.side_name(*named) == side.as_str())
        };
        let shares = |of: &Telling<'_>| by.content.shared_topics(&of.content).count();
        // "He had never met Morrad" takes up the accusation of meeting Morrad.
        let names_another = |of: &Telling<'_>| by.content.shares_a_name(&of.content);
        others.clone().find(|(_, of)| accuses(of) && shares(of) >= if names_it(of) || names_another(of) { 1 } else { 2 })
    };
    found.map(|(at, _)| at)
}

/// Position of what `by` retorts to among the tellings `before` it: "there is no depot", after another side has said that there is one, or
/// "four mortars, not forty", after it has said forty. Both sides are known, and at least half of what the shorter says, two words of it no names, is said
/// by both; with the figure that is denied one such word is enough.
fn retorted(by: &Telling<'_>, before: &[Telling<'_>], pieces: &Pieces<'_>) -> Option<usize> {
    let side = by.party().filter(|_| holds(by) && by.is_attributed())?;
    let is_contrary = |of: &Telling<'_>| by.polarity == Polarity::Negative && of.polarity == Polarity::Positive;
    let is_like = |of: &Telling<'_>| {
        let likeness = by.content.likeness(&of.content);
        likeness.shared * 2 >= likeness.smaller && by.content.shared_topics(&of.content).nth(1).is_some()
    };
    let denied = by.content.denied_numbers(&pieces.vocabulary);
    let corrects = |of: &Telling<'_>| {
        let names_it = by.content.shared_topics(&of.content).next().is_some();
        names_it && denied.iter().any(|number| of.content.numbers().contains(number))
    };
    let others = of_others(side, before).take(BACK);
    others.into_iter().find(|(_, of)| is_contrary(of) && is_like(of) || corrects(of)).map(|(at, _)| at)
}

/// What other sides, which are known, have said to be so or not, the last first.
fn of_others<'t, 'a>(side: &'t ActorId, before: &'t [Telling<'a>]) -> impl Iterator<Item = (usize, &'t Telling<'a>)> {
    let by_another = move |of: &Telling<'_>| of.is_attributed() && of.party().is_some_and(|party| party != side);
    before.iter().enumerate().rev().filter(move |(_, of)| by_another(of) && holds(of))
}

fn holds(telling: &Telling<'_>) -> bool {
    matches!(telling.family(), Family::Holds | Family::Denies)
}

/// Position of the accusation right before `by`, where the side accused says something of it in other words: "accused the guard of burning two
/// farms; the army said *they* burned in crossfire".
fn answered_at_once(by: &Telling<'_>, before: &[Telling<'_>], pieces: &Pieces<'_>) -> Option<usize> {
    let side = by.party().filter(|_| holds(by) && by.said.act != Act::Acknowledge)?;
    let (at, of) = before.iter().enumerate().rfind(|(_, of)| of.is_attributed())?;
    let accused = of.said.addressee.as_ref().map(|id| pieces.party_of(id).unwrap_or(id));
    let opens = by.content.forms.first().map(|form| pieces.vocabulary.text(*form));
    let refers = matches!(opens, Some("they" | "it" | "this" | "that" | "these" | "those"));
    let is_accused = of.said.act == Act::Accuse && accused == Some(side) && of.party() != Some(side);
    (is_accused && refers && by.content.shared_topics(&of.content).next().is_some()).then_some(at)
}

/// Tellings behind the first denial of an article in which what it denies is told.
const AHEAD: usize = 3;

/// Position of what the denial at `number` denies among the next tellings, where the article opens with the denial and tells the accusation
/// after it: another side says something of the same names, with another word of the denial.
fn told_afterwards(by: &Telling<'_>, own: &[Telling<'_>], number: usize) -> Option<usize> {
    let opens = own.iter().take(number).all(|before| !before.is_attributed());
    let side = by.party().filter(|_| opens && by.said.act == Act::Deny)?;
    let is_told = |of: &Telling<'_>| {
        let by_another = of.is_attributed() && of.party().is_some_and(|party| party != side) && of.family() == Family::Holds;
        by_another && by.content.shares_a_name(&of.content) && by.content.shared_topics(&of.content).next().is_some()
    };
    own.iter().enumerate().skip(number + 1).take(AHEAD).find(|(_, of)| is_told(of)).map(|(at, _)| at)
}

fn shown_by_words(groups: &[Vec<usize>], pieces: &Pieces<'_>) -> Vec<(usize, ItemRef)> {
    let frequency = Frequency::of(pieces.tellings.iter().map(|telling| &telling.content), LEAST_SHARED);
    let mut index = Index::new(&frequency);
    let tellings = |group: usize| {
        let members = groups.get(group).map(Vec::as_slice).unwrap_or_default();
        members.iter().filter_map(|at| pieces.tellings.get(*at))
    };
    for group in 0..groups.len() {
        // A demand or a promise is not denied by words that turn it round; they are another demand or promise.
        let first = tellings(group).next().filter(|first| first.family() == Family::Holds);
        if let Some((first, kind)) = first.and_then(|first| Some((first, sign(first.polarity)?))) {
            index.insert(Item { kind, content: &first.content }, group);
        }
    }
    let claimants: Vec<Claimants<'_>> = (0..groups.len()).map(|group| Claimants::of(tellings(group))).collect();
    let may_deny = |telling: &&Telling<'_>| telling.is_attributed() && matches!(telling.family(), Family::Holds | Family::Denies);
    let denied_by = |by: &Telling<'_>| {
        let opposite = sign(by.polarity).map(|kind| 1 - kind);
        let near = opposite.map(|kind| index.near(Item { kind, content: &by.content })).unwrap_or_default();
        let adverse = near.into_iter().filter(|group| claimants.get(*group).is_some_and(|claimants| claimants.is_denied(by)));
        let denied = adverse.filter(|group| tellings(*group).next().is_some_and(|first| is_same_matter(by, first)));
        denied.map(|group| (group, by.at)).collect::<Vec<_>>()
    };
    pieces.tellings.par_iter().filter(may_deny).flat_map_iter(denied_by).collect()
}

/// 1 for what is said to be so, 0 for what is said not to be so.
fn sign(polarity: Polarity) -> Option<usize> {
    match polarity {
        Polarity::Positive => Some(1),
        Polarity::Negative => Some(0),
        Polarity::Unclear(_) => None,
    }
}

fn is_same_matter(by: &Telling<'_>, claim: &Telling<'_>) -> bool {
    !by.content.conflicts(&claim.content) && by.content.is_like(&claim.content)
}

/// The sides that claim something.
#[derive(Default)]
struct Claimants<'a> {
    /// Two of them are enough: everybody is another side than one of the two.
    sides: [Option<&'a ActorId>; 2],
    /// Whether the side of somebody is not known.
    unknown: bool,
}

impl<'a> Claimants<'a> {
    fn of(claimed: impl Iterator<Item = &'a Telling<'a>>) -> Self {
        let mut claimants = Self::default();
        for claim in claimed {
            match (claim.party(), &mut claimants.sides) {
                (None, _) => claimants.unknown = true,
                (one, [first @ None, _]) => *first = one,
                (one, [first, second @ None]) if *first != one => *second = one,
                _ => {}
            }
        }
        claimants
    }

    /// Whether `by` speaks for another side than one of those who claim it. A plain statement to the contrary counts only where
    /// the sides of both are known.
    fn is_denied(&self, by: &Telling<'_>) -> bool {
        let known = self.sides.iter().flatten();
        match by.party() {
            Some(side) => known.into_iter().any(|other| *other != side) || self.unknown && by.said.act == Act::Deny,
            None => by.said.act == Act::Deny,
        }
    }
}
