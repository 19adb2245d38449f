//! What is reported to have come of a commitment.

use onrecord_lexicon::Lexicon;
use onrecord_read::{CommitmentKind, Evidence, Stated};

use super::same_side;
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
    let (taking, given) = (keys(TAKING_BACK, pieces), keys(GIVEN, pieces));
    let taken_back: Vec<&Telling<'_>> =
        pieces.tellings.iter().filter(|telling| takes_back(telling, &taking, &given, pieces)).collect();
    for (undertaking, content) in undertakings.iter_mut().zip(contents) {
        undertaking.state = if taken_back.iter().any(|telling| is_about(telling, undertaking, content, pieces)) {
            ReportedState::Withdrawn
        } else {
            by_the_test(undertaking, pieces, lexicon)
        };
    }
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

/// Whether the telling takes back this undertaking: given by the side that speaks or is named, about the same things.
fn is_about(telling: &Telling<'_>, undertaking: &Undertaking, content: &Content, pieces: &Pieces<'_>) -> bool {
    let Some(by) = &undertaking.by else { return false };
    let speaks = telling.said.speaker.party.as_ref().or(telling.said.speaker.actor.as_ref());
    let named = telling.content.sides().first().map(|side| pieces.vocabulary.side_name(*side));
    let by_party = pieces.party_of(by).unwrap_or(by);
    let by_its_side = match named {
        Some(side) => side == by_party.as_str(),
        None => speaks.is_some_and(|speaks| same_side(speaks, by, pieces)),
    };
    by_its_side && telling.content.shared_topics(content).nth(1).is_some() && telling.content.turned() == 0
}
