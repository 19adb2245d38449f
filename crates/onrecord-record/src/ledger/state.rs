//! What is reported to have come of a commitment.

use std::collections::HashMap;

use onrecord_lexicon::Lexicon;
use onrecord_read::{CommitmentKind, Evidence, Stated};
use rayon::prelude::*;

use super::side;
use crate::piece::{Piece, Pieces, Telling};
use crate::word::{Content, Term, stem, within};
use crate::{ReportedState, Undertaking};

/// Words that say that something was taken back …
const TAKING_BACK: &str = "withdraw retract rescind revoke renounce repudiate retreat cancel";
/// … and what can be taken back; troops are withdrawn too.
const GIVEN: &str = "offer pledge promise assurance commitment guarantee demand undertaking proposal word invitation ultimatum \
    request condition";
/// Words between taking back and what is taken back.
const REACH: usize = 4;
/// Words that only say that nothing has come of it so far. "Yet to act" is no breach.
const SO_FAR: &str = "yet stall progress slow pending await delay unwilling";

/// Sets the state of every undertaking. `contents` are their wordings, in step.
pub(super) fn report(undertakings: &mut [Undertaking], contents: &[Content], pieces: &Pieces<'_>, lexicon: &Lexicon) {
    let takings_back = TakingsBack::of(pieces);
    undertakings.par_iter_mut().zip(contents).for_each(|(undertaking, content)| {
        undertaking.state = if takings_back.any_is_about(undertaking, content, pieces) {
            ReportedState::Withdrawn
        } else {
            by_the_test(undertaking, pieces, lexicon)
        };
    });
}

/// What is said to be taken back, by the side that takes it back and a word.
struct TakingsBack<'a> {
    /// Looked up by key only.
    lists: HashMap<(&'a str, Term), Vec<&'a Telling<'a>>>,
}

impl<'a> TakingsBack<'a> {
    fn of(pieces: &'a Pieces<'a>) -> Self {
        let (taking, given) = (keys(TAKING_BACK, pieces), keys(GIVEN, pieces));
        let tellings = pieces.tellings.par_iter();
        let taken_back: Vec<&Telling<'_>> = tellings.filter(|telling| takes_back(telling, &taking, &given, pieces)).collect();
        let mut lists: HashMap<(&str, Term), Vec<&Telling<'_>>> = HashMap::new();
        for telling in taken_back.into_iter().filter(|telling| telling.content.turned() == 0) {
            if let Some(side) = side_that_takes_back(telling, pieces) {
                telling.content.topics().for_each(|word| lists.entry((side, word)).or_default().push(telling));
            }
        }
        Self { lists }
    }

    /// Whether the side that gave this undertaking takes something back about the same things.
    fn any_is_about(&self, undertaking: &Undertaking, content: &Content, pieces: &Pieces<'_>) -> bool {
        let Some(by) = &undertaking.by else { return false };
        let by = side(by, pieces).as_str();
        let mut near = content.topics().filter_map(|word| self.lists.get(&(by, word))).flatten();
        near.any(|telling| telling.content.shared_topics(content).nth(1).is_some())
    }
}

/// The side that is named first, else that of the speaker.
fn side_that_takes_back<'a>(telling: &'a Telling<'_>, pieces: &'a Pieces<'_>) -> Option<&'a str> {
    let named = telling.content.sides().first().map(|side| pieces.vocabulary.side_name(*side));
    let speaker = telling.said.speaker.party.as_ref().or(telling.said.speaker.actor.as_ref());
    named.or_else(|| speaker.map(|speaks| side(speaks, pieces).as_str()))
}

fn by_the_test(undertaking: &Undertaking, pieces: &Pieces<'_>, lexicon: &Lexicon) -> ReportedState {
    let [_, _, _, acted] = &undertaking.tests;
    match (acted.stated, acted.disputed) {
        (Stated::Unsaid, _) => ReportedState::Open,
        (_, true) => ReportedState::Contested,
        (Stated::Yes(_), _) => ReportedState::ActedUpon,
        (Stated::No(evidence), _) => {
            let piece = acted.at.and_then(|(entry, article)| pieces.at(entry, article));
            let breached = piece.is_some_and(|piece| claims_breach(evidence, piece, pieces, lexicon));
            let can_be_breached = undertaking.kind == CommitmentKind::Assurance;
            if breached && can_be_breached { ReportedState::Breached } else { ReportedState::Open }
        }
    }
}

/// Whether the words say that it was not kept, rather than that nothing has come of it so far.
fn claims_breach(evidence: Evidence, piece: &Piece<'_>, pieces: &Pieces<'_>, lexicon: &Lexicon) -> bool {
    let inside = within(&piece.words, evidence.span);
    let waiting = keys(SO_FAR, pieces);
    let so_far = inside.iter().any(|word| waiting.contains(&word.key));
    let text = piece.page.clean.cut(evidence.span);
    !so_far && lexicon.list("test-not-acted").find_in(text).is_some()
}

/// "Withdrew its offer": a word of taking back, and soon after it something given.
fn takes_back(telling: &Telling<'_>, taking: &[Term], given: &[Term], pieces: &Pieces<'_>) -> bool {
    let Some(piece) = pieces.piece(telling) else { return false };
    let sentence = piece.sentences(&telling.said.content, telling.said.cue);
    let words = within(&piece.words, sentence);
    words.iter().enumerate().any(|(at, word)| {
        let after = words.iter().skip(at + 1).take(REACH);
        taking.contains(&word.key) && after.into_iter().any(|word| given.contains(&word.key))
    })
}

/// The keys of these words, as far as any article has them.
fn keys(words: &str, pieces: &Pieces<'_>) -> Vec<Term> {
    words.split_whitespace().filter_map(|word| pieces.vocabulary.known(&stem(word))).collect()
}
