//! How much a shared word tells: what few articles hold tells more than what every article about a dispute holds.

use crate::piece::{Pieces, Telling};
use crate::story::{BESIDE, background};
use crate::word::{Content, Term};

/// The weight of every word of the record, in thousandths, by its number.
#[derive(Debug)]
pub(super) struct Rarity {
    weights: Vec<u32>,
    /// How many articles have the word in what somebody says, copies of one counted once.
    holders: Vec<u32>,
}

impl Rarity {
    /// The logarithm of the articles by those that hold a word (Spärck Jones 1972), articles about anything at all counted with them, as
    /// for stories: in five articles no word is rare by itself.
    pub(super) fn of(pieces: &Pieces<'_>) -> Self {
        let mut holders: Vec<u32> = Vec::new();
        let mut last: Vec<usize> = Vec::new();
        // Copies are one article: or another copy would make words rarer or more common, and join what was apart before. Those of one article stand
        // together: a word was counted for it if it was counted last for it.
        let mut tellings: Vec<&Telling<'_>> = pieces.tellings.iter().collect();
        tellings.sort_by_key(|telling| telling.copy_group);
        for telling in tellings {
            for word in &telling.content.words {
                let at = word.number() as usize;
                if holders.len() <= at {
                    holders.resize(at + 1, 0);
                    last.resize(at + 1, usize::MAX);
                }
                if let Some((count, last)) =
                    holders.get_mut(at).zip(last.get_mut(at)).filter(|(_, last)| **last != telling.copy_group)
                {
                    (*count, *last) = (*count + 1, telling.copy_group);
                }
            }
        }
        let beside = background(pieces);
        let originals = pieces.list.iter().enumerate().filter(|(at, piece)| piece.copy_group == *at).count();
        let articles = originals as f64 + BESIDE + 1.0;
        let weight = |(number, held): (u32, &u32)| {
            let beside = beside.get(&Term::numbered(number)).copied().unwrap_or(0.0) * BESIDE;
            let share = (f64::from(*held) + beside + 0.5) / articles;
            // Rounded: the last digits of a logarithm are not the same on all machines.
            (share.min(1.0).ln() * -1000.0).round() as u32
        };
        let weights = (0..).zip(&holders).map(weight).collect();
        Self { weights, holders }
    }

    /// The weight of these words together.
    pub(super) fn total(&self, words: impl Iterator<Item = Term>) -> u32 {
        words.map(|word| self.weights.get(word.number() as usize).copied().unwrap_or(0)).sum()
    }

    /// Of the weight of all words of both the part that is shared, in thousandths.
    pub(super) fn likeness(&self, one: &Content, two: &Content) -> u32 {
        let shared = self.total(one.shared_words(two));
        let all = self.total(one.words.iter().copied()) + self.total(two.words.iter().copied()) - shared;
        (shared * 1000).checked_div(all).unwrap_or(0)
    }

    /// Up to `most` of its words that fewest articles hold, but more than one and no more than `articles`.
    pub(super) fn rarest(&self, content: &Content, most: usize, articles: u32) -> Vec<Term> {
        let held = content.words.iter().map(|word| (self.holders(*word), *word));
        let mut held: Vec<(u32, Term)> = held.filter(|(held, _)| (2..=articles).contains(held)).collect();
        held.sort_unstable();
        held.into_iter().take(most).map(|(_, word)| word).collect()
    }

    /// How many articles have the word in what somebody says.
    pub(super) fn holders(&self, word: Term) -> u32 {
        self.holders.get(word.number() as usize).copied().unwrap_or(0)
    }
}
