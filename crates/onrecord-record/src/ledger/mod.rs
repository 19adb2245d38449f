//! The ledger: demands and assurances across articles, with their tests and what is reported to have come of them.

mod addressee;
mod answers;
mod state;
mod tests_merged;

use std::collections::BTreeSet;

use onrecord_lexicon::{ActorId, Lexicon};
use onrecord_read::CommitmentKind::Demand;
use onrecord_read::{Commitment, Date};

use crate::alike::{self, Item, Rules, numbered};
use crate::origin::counterparts;
use crate::piece::{Piece, Pieces};
use crate::word::{Content, LEAST_SHARED, dates_agree};
use crate::{ItemRef, ReportedState, ToBasis, Undertaking, Words};

/// One commitment of a reading with its content.
pub(crate) struct Given<'a> {
    at: ItemRef,
    /// Position of its piece.
    piece: usize,
    copy_group: usize,
    commitment: &'a Commitment,
    content: Content,
}

/// All undertakings: by the age of the oldest article that reports them.
pub(crate) fn undertakings(pieces: &Pieces<'_>, parties: &BTreeSet<ActorId>, lexicon: &Lexicon) -> Vec<Undertaking> {
    let given: Vec<Given<'_>> = pieces.list.iter().enumerate().flat_map(|(at, piece)| commitments(at, piece, pieces)).collect();
    let mut order: Vec<usize> = (0..given.len()).collect();
    order.sort_by_key(|at| given.get(*at).map(|given| (pieces.age(given.piece), given.at)));
    let kinds =
        numbered(given.iter().map(|given| (given.commitment.kind == Demand, &given.commitment.by, given.content.turned())));
    let items: Vec<Item<'_>> = given.iter().zip(kinds).map(|(given, kind)| Item { kind, content: &given.content }).collect();
    let list = &given;
    let both = |test: fn(&Given<'_>, &Given<'_>) -> bool| {
        move |one: usize, two: usize| match (list.get(one), list.get(two)) {
            (Some(one), Some(two)) => test(one, two),
            _ => false,
        }
    };
    let rules = Rules { same: both(is_restated), apart: both(is_apart), twins: both(are_twins) };
    let groups = alike::groups(&items, LEAST_SHARED, &order, &rules);
    let members: Vec<Vec<&Given<'_>>> =
        groups.iter().map(|group| group.iter().filter_map(|at| given.get(*at)).collect()).collect();
    let mut undertakings: Vec<Undertaking> = members.iter().filter_map(|members| undertaking(members, pieces)).collect();
    let contents: Vec<Content> = undertakings.iter().map(|undertaking| wording(undertaking, pieces)).collect();
    state::report(&mut undertakings, &contents, pieces, lexicon);
    answers::link(&mut undertakings, &contents, pieces, parties);
    addressee::fill_in(&mut undertakings, &contents, &counterparts(pieces, parties), pieces, parties);
    undertakings
}

fn commitments<'a>(at: usize, piece: &Piece<'a>, pieces: &Pieces<'_>) -> Vec<Given<'a>> {
    let given = |(item, commitment): (usize, &'a Commitment)| Given {
        at: piece.item(item),
        piece: at,
        copy_group: piece.copy_group,
        commitment,
        content: piece.content(&[commitment.what], None, &pieces.vocabulary),
    };
    piece.reading.commitments.iter().enumerate().map(given).collect()
}

/// Whether two commitments are one, given again or reported again.
fn is_restated(one: &Given<'_>, two: &Given<'_>) -> bool {
    let (first, second) = (&one.content, &two.content);
    if is_apart(one, two) {
        return false;
    }
    // Without knowing by whom, only the same words are the same commitment.
    let alike =
        if one.commitment.by.is_none() { first.is_equal(second) } else { first.is_like(second) || first.is_equal(second) };
    let copied = one.piece != two.piece && one.copy_group == two.copy_group && first.forms == second.forms;
    alike || copied || one.commitment.by.is_some() && first.quotes(second)
}

/// Whether something shows that two commitments of one kind by one side are not the same.
fn is_apart(one: &Given<'_>, two: &Given<'_>) -> bool {
    let other_side = matches!((&one.commitment.to, &two.commitment.to), (Some(one), Some(two)) if one != two);
    other_side || one.content.conflicts(&two.content)
}

/// Whether nothing that [`is_apart`] looks at differs between two members of a group.
fn are_twins(one: &Given<'_>, two: &Given<'_>) -> bool {
    one.commitment.to == two.commitment.to && one.content.is_twin(&two.content)
}

fn undertaking(members: &[&Given<'_>], pieces: &Pieces<'_>) -> Option<Undertaking> {
    let first = members.first()?;
    // The first of those with most words: later ones must say more to take its place.
    let most_words = members.iter().map(|given| given.content.words.len()).max()?;
    let fullest = members.iter().find(|given| given.content.words.len() == most_words)?;
    let mut assertions: Vec<ItemRef> = members.iter().flat_map(|given| assertions(given)).collect();
    assertions.sort_unstable();
    assertions.dedup();
    let to = members.iter().find_map(|given| given.commitment.to.clone());
    Some(Undertaking {
        kind: first.commitment.kind,
        by: first.commitment.by.clone(),
        to_basis: to.as_ref().map(|_| ToBasis::Stated),
        to,
        what: Words { entry: fullest.at.entry, article: fullest.at.article, span: fullest.commitment.what },
        first_said: first_said(&assertions, pieces),
        said_in: members.iter().map(|given| given.at).collect(),
        tests: tests_merged::merged(members, pieces),
        assertions,
        answers: None,
        state: ReportedState::Open,
    })
}

fn assertions(given: &Given<'_>) -> Vec<ItemRef> {
    given.commitment.assertions.iter().map(|item| ItemRef { item: *item, ..given.at }).collect()
}

/// The earliest date of saying. Of two that may be the same day, the more exact one.
fn first_said(assertions: &[ItemRef], pieces: &Pieces<'_>) -> Option<Date> {
    let dates = assertions.iter().filter_map(|at| pieces.telling(*at)?.said.said.clone());
    dates.reduce(|first, date| {
        let more_exact =
            dates_agree(&first.value, &date.value) && date.value.len() > first.value.len() && !date.value.contains('/');
        let earlier = !dates_agree(&first.value, &date.value) && date.value < first.value;
        if more_exact || earlier { date } else { first }
    })
}

/// The content of its fullest wording.
fn wording(undertaking: &Undertaking, pieces: &Pieces<'_>) -> Content {
    let piece = pieces.at(undertaking.what.entry, undertaking.what.article);
    piece.map(|piece| piece.content(&[undertaking.what.span], None, &pieces.vocabulary)).unwrap_or_default()
}

/// The side that an actor speaks for; itself where none is known.
fn side<'a>(actor: &'a ActorId, pieces: &'a Pieces<'_>) -> &'a ActorId {
    pieces.party_of(actor).unwrap_or(actor)
}

/// Whether two actors are the same or speak for the same side.
fn same_side(one: &ActorId, two: &ActorId, pieces: &Pieces<'_>) -> bool {
    one == two || pieces.party_of(one).unwrap_or(one) == pieces.party_of(two).unwrap_or(two)
}
