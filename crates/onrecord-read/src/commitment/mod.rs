//! Demands and assurances of one article, with the four tests as the article reports them.

mod denial;
mod tests_of;

use std::ops::Range;

use onrecord_lexicon::{Act, ActorId, ActorKind};
use onrecord_text::CleanSpan;

use crate::reading::{Assertion, Commitment, CommitmentKind, Denial, Figure, SpeakerKind};
use crate::text::Text;
use crate::time::Times;
use crate::who::Names;
use tests_of::{Voice, tests};

/// What an article's commitments are found in.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'g, 't> {
    pub(crate) text: &'g Text<'t>,
    pub(crate) names: &'g Names,
    pub(crate) times: &'g Times,
    pub(crate) figures: &'g [Figure],
}

/// All commitments, in order, and which assertion denies which.
pub(crate) fn find(ground: Ground<'_, '_>, assertions: &[Assertion]) -> (Vec<Commitment>, Vec<Denial>) {
    let mut commitments: Vec<Commitment> =
        assertions.iter().enumerate().filter_map(|(n, assertion)| own(ground, n, assertion)).collect();
    for (n, assertion) in assertions.iter().enumerate() {
        commitments.extend(reported(ground, n, assertion));
    }
    commitments.sort_by_key(|commitment| (commitment.what, commitment.kind));
    let denials = denial::find(ground.text, assertions);
    (commitments, denials)
}

/// The commitment that an assertion itself makes.
fn own(ground: Ground<'_, '_>, number: usize, assertion: &Assertion) -> Option<Commitment> {
    let Ground { text, names, .. } = ground;
    let kind = match assertion.act {
        Act::Demand => CommitmentKind::Demand,
        Act::Assure | Act::Offer => CommitmentKind::Assurance,
        Act::Deny | Act::State if disclaims_harm(text, names, assertion) => CommitmentKind::Assurance,
        _ => return None,
    };
    if assertion.speaker.kind == SpeakerKind::Author {
        return None;
    }
    let by = assertion.speaker.party.clone().or_else(|| assertion.speaker.actor.clone());
    let what = *assertion.content.first()?;
    let to = assertion
        .addressee
        .clone()
        .or_else(|| if kind == CommitmentKind::Demand { other_party(text, names, what, by.as_ref()) } else { None });
    let sentence = sentence_of(text, what);
    let tests = tests(ground, sentence, what, kind, Voice { assertion: number, own: true });
    Some(Commitment { kind, by, to, what, assertions: vec![number], tests })
}

/// "No group uses our territory against others": a denial about one's own ground is an assurance about it.
fn disclaims_harm(text: &Text<'_>, names: &Names, assertion: &Assertion) -> bool {
    let Some(party) = assertion.speaker.party.as_ref() else { return false };
    let tokens: Vec<usize> = assertion.content.iter().flat_map(|part| text.tokens_in(*part)).collect();
    let has = |list: &str| {
        let list = text.lexicon.list(list);
        tokens.iter().any(|at| list.longest_at(text.words, text.start(*at) as usize).is_some())
    };
    let negated = tokens
        .iter()
        .any(|at| matches!(text.lower(*at), "no" | "not" | "never" | "nobody" | "none") || text.lower(*at).ends_with("n't"));
    let ours = tokens.iter().any(|at| matches!(text.lower(*at), "our" | "its" | "their"))
        || tokens.iter().any(|at| {
            let party_of = |actor: &ActorId| text.lexicon.actor(actor).and_then(|actor| actor.party.clone());
            names
                .at(*at)
                .and_then(|mention| mention.meant.as_ref())
                .is_some_and(|name| party_of(&name.actor).is_some_and(|named| same_side(&named, party)))
        });
    negated && ours && has("own-territory") && (has("harmful-use") || has("harmful-act"))
}

/// A state and the armed group that rules it stand for one side: `af` and `af.taliban`.
fn same_side(one: &ActorId, other: &ActorId) -> bool {
    let state = |id: &ActorId| id.as_str().split('.').next().map(str::to_owned);
    one == other || one.as_str().contains('.') != other.as_str().contains('.') && state(one) == state(other)
}

/// Assurances that somebody speaks of without giving them: "Kabul gave verbal assurances", "despite assurances given at the time".
fn reported(ground: Ground<'_, '_>, number: usize, assertion: &Assertion) -> Vec<Commitment> {
    let Ground { text, names, .. } = ground;
    let list = text.lexicon.list("assurance-noun");
    let mut found = Vec::new();
    for part in &assertion.content {
        for at in text.tokens_in(*part) {
            let start = text.start(at);
            let Some(end) = list.longest_at(text.words, start as usize) else { continue };
            let Some(giver) = giver(text, names, at, text.tokens_in(*part)) else { continue };
            // What is demanded has not been given yet.
            if matches!(assertion.act, Act::Demand) || Some(&giver) == assertion.speaker.party.as_ref() && !text.mentions_gift(at)
            {
                continue;
            }
            let what = widened(text, at, text.token_ending_at(at, end).unwrap_or(at + 1));
            let tests =
                tests(ground, sentence_of(text, *part), what, CommitmentKind::Assurance, Voice { assertion: number, own: false });
            let to = assertion.speaker.party.clone().filter(|party| *party != giver);
            found.push(Commitment {
                kind: CommitmentKind::Assurance,
                by: Some(giver),
                to,
                what,
                assertions: vec![number],
                tests,
            });
        }
    }
    found
}

/// Who gave an assurance: the party named before it in its clause, or behind it when the clause opens with the assurance.
fn giver(text: &Text<'_>, names: &Names, at: usize, content: Range<usize>) -> Option<ActorId> {
    if !text.mentions_gift(at) && !text.lower(at).ends_with('s') {
        return None;
    }
    let party = |mention: &crate::who::NameMention| {
        let actor = text.lexicon.actor(&mention.meant.as_ref()?.actor)?;
        (actor.kind != ActorKind::Person).then(|| actor.party.clone()).flatten()
    };
    let before = names.within(&(content.start..at)).iter().rev().find_map(party);
    let opens = (content.start..at).all(|token| {
        matches!(text.lower(token), "despite" | "notwithstanding" | "the" | "earlier" | "repeated" | "its" | "their")
    });
    let behind = || names.within(&(at..content.end)).iter().find_map(party);
    before.or_else(|| if opens { behind() } else { None })
}

/// The noun with the words that qualify it: "verbal assurances without taking practical steps" keeps its adjective only.
fn widened(text: &Text<'_>, at: usize, end: usize) -> CleanSpan {
    let mut start = at;
    while start > 0
        && at - start < 3
        && text.tag(start - 1) == onrecord_lang::Tag::X
        && !text.looks_finite(start - 1)
        && text.lower(start - 1) != "give"
    {
        start -= 1;
    }
    text.span(&(start..end))
}

fn other_party(text: &Text<'_>, names: &Names, what: CleanSpan, own: Option<&ActorId>) -> Option<ActorId> {
    names.within(&text.tokens_in(what)).iter().find_map(|mention| {
        let party = text.lexicon.actor(&mention.meant.as_ref()?.actor)?.party.clone()?;
        (Some(&party) != own).then_some(party)
    })
}

fn sentence_of(text: &Text<'_>, span: CleanSpan) -> CleanSpan {
    text.analysis.sentence_at(span.start()).map_or(span, |n| text.sentence(n).span)
}
