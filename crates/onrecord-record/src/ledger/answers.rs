//! Which demand an assurance answers.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use onrecord_lexicon::ActorId;
use onrecord_read::CommitmentKind;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::side;
use crate::Undertaking;
use crate::piece::Pieces;
use crate::word::{Content, Term, stem};

/// A word that so many undertakings hold at most can be a topic alone.
const RARE: usize = 3;
/// Letters of a stem that can be a topic alone.
const LONG: usize = 4;
/// Words that say what is done with a topic, not what the topic is.
const DEEDS: &str = "\
    accept action admit agree begin bring carry change close come continue decisive ensure give grant halt help hold \
    keep leave meet move necessary offer open prevent provide remain return send show start step stop take talk turn \
    week work year";
/// A word that more undertakings hold, and more than one in ten, finds no demand by itself: it would find them all.
const COMMON: usize = 200;

/// Demands that an assurance is compared with at most, those with rare words first. In a record of thousands of demands, one that shares
/// nothing but words of every other demand is not looked for.
const COMPARED: usize = 400;

/// Links every assurance to the demand that it answers: the demand was addressed to the side that assures, comes from the side
/// that is assured or from nobody known, and is about the same thing. Of several the one that shares most, and of these the
/// oldest.
pub(super) fn link(undertakings: &mut [Undertaking], contents: &[Content], pieces: &Pieces<'_>, parties: &BTreeSet<ActorId>) {
    let sides = sides(undertakings, pieces, parties);
    let demands = Demands::of(undertakings, contents, &sides);
    let deeds: Vec<String> = DEEDS.split_whitespace().map(stem).collect();
    let is_telling = |word: &Term| {
        let text = pieces.vocabulary.text(*word);
        demands.held_by(*word) <= RARE && text.len() >= LONG && !deeds.iter().any(|deed| deed == text)
    };
    let answered = |(assurance, own): (&Undertaking, &Sides)| {
        let content = contents.get(own.at).filter(|_| assurance.kind == CommitmentKind::Assurance)?;
        let scored = demands.near(own.by?, content).into_iter().filter_map(|at| {
            let (demand, asked) = (undertakings.get(at)?, contents.get(at)?);
            if !can_answer(own, sides.get(at)?) {
                return None;
            }
            let shared = content.shared_topics(asked).count();
            // One word is enough only where one article reports both.
            let about_the_same = shared >= 2
                || content.shared_topics(asked).any(|word| is_telling(&word)) && share_an_article(assurance, demand, pieces);
            about_the_same.then_some((shared, Reverse(at)))
        });
        scored.max().map(|(_, demand)| demand.0)
    };
    let answers: Vec<Option<usize>> = undertakings.par_iter().zip(&sides).map(answered).collect();
    undertakings.iter_mut().zip(answers).for_each(|(undertaking, demand)| undertaking.answers = demand);
}

/// The sides of an undertaking by number.
struct Sides {
    /// Position of the undertaking.
    at: usize,
    by: Option<u32>,
    to: Option<u32>,
    /// Whether the side by which it is given is a party to the dispute.
    is_by_party: bool,
}

fn sides<'u>(undertakings: &'u [Undertaking], pieces: &'u Pieces<'_>, parties: &BTreeSet<ActorId>) -> Vec<Sides> {
    let mut numbers: HashMap<&ActorId, u32> = HashMap::new();
    let mut number = |actor: &'u ActorId| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(side(actor, pieces)).or_insert(next)
    };
    let of = |(at, undertaking): (usize, &'u Undertaking)| Sides {
        at,
        by: undertaking.by.as_ref().map(&mut number),
        to: undertaking.to.as_ref().map(&mut number),
        is_by_party: undertaking.by.as_ref().is_some_and(|by| parties.contains(side(by, pieces))),
    };
    undertakings.iter().enumerate().map(of).collect()
}

/// Demands by their words.
struct Demands {
    /// How many undertakings hold a word. Looked up by key only, as the lists.
    holders: HashMap<Term, usize>,
    /// Positions of demands, oldest first, by a word and the side that is addressed.
    lists: HashMap<(Term, Option<u32>), Vec<usize>>,
    /// A word that more undertakings hold finds no demand.
    common: usize,
}

impl Demands {
    fn of(undertakings: &[Undertaking], contents: &[Content], sides: &[Sides]) -> Self {
        let common = COMMON.max(contents.len() / 10);
        let mut demands = Self { holders: HashMap::new(), lists: HashMap::new(), common };
        for ((undertaking, content), sides) in undertakings.iter().zip(contents).zip(sides) {
            for word in &content.words {
                *demands.holders.entry(*word).or_insert(0) += 1;
                if undertaking.kind == CommitmentKind::Demand {
                    demands.lists.entry((*word, sides.to)).or_default().push(sides.at);
                }
            }
        }
        demands
    }

    fn held_by(&self, word: Term) -> usize {
        self.holders.get(&word).copied().unwrap_or(0)
    }

    /// Those that the side `by` may answer with this content, each once.
    fn near(&self, by: u32, content: &Content) -> Vec<usize> {
        let mut words: Vec<Term> = content.words.iter().copied().filter(|word| self.held_by(*word) <= self.common).collect();
        words.sort_unstable_by_key(|word| (self.held_by(*word), *word));
        let lists = words.iter().flat_map(|word| [Some(by), None].map(|to| self.lists.get(&(*word, to)))).flatten();
        let mut seen = FxHashSet::default();
        lists.flatten().copied().filter(|at| seen.insert(*at)).take(COMPARED).collect()
    }
}

fn share_an_article(one: &Undertaking, two: &Undertaking, pieces: &Pieces<'_>) -> bool {
    let articles = |of: &Undertaking| -> BTreeSet<usize> {
        of.said_in.iter().filter_map(|at| pieces.at(at.entry, at.article)).map(|piece| piece.copy_group).collect()
    };
    !articles(one).is_disjoint(&articles(two))
}

/// Whether the assurance is given by the side of which it was demanded to the side that demands it. Where one of the two is not
/// known, they must be of two sides that are parties to the dispute.
fn can_answer(assurance: &Sides, demand: &Sides) -> bool {
    let opposed = demand.by.is_some() && assurance.by != demand.by && assurance.is_by_party && demand.is_by_party;
    let addressed = if demand.to.is_some() { assurance.by == demand.to } else { opposed };
    let owed = match (assurance.to, demand.by) {
        (Some(to), Some(by)) => to == by,
        (None, Some(by)) => assurance.by != Some(by),
        _ => true,
    };
    addressed && owed
}
