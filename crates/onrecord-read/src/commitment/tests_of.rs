//! The four tests: written, verifiable, concrete, acted upon. Each answer is what the article says, with its words.

use onrecord_lang::Tag;
use onrecord_text::CleanSpan;

use super::Ground;
use crate::reading::{CommitmentKind, Evidence, Stated, Tests};
use crate::text::Text;
use crate::who::names_a_pact;

/// Through which assertion the article answers, and whether it is the one that commits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    pub(super) assertion: usize,
    pub(super) own: bool,
}

/// What the sentence says about the commitment `what`.
pub(super) fn tests(ground: Ground<'_, '_>, sentence: CleanSpan, what: CleanSpan, kind: CommitmentKind, voice: Voice) -> Tests {
    let text = ground.text;
    // A demand for written assurances has not been answered in writing: its words are what is demanded.
    if kind == CommitmentKind::Demand {
        return Tests { concrete: concrete(ground, what, voice), ..Tests::default() };
    }
    let within = if voice.own { what } else { sentence };
    Tests {
        written: written(text, sentence, voice),
        verifiable: stated(text, within, "test-verifiable", "test-unverifiable", voice),
        concrete: if voice.own { concrete(ground, what, voice) } else { vague(text, sentence, voice) },
        acted: if voice.own { Stated::Unsaid } else { acted(text, sentence, voice) },
    }
}

/// The "no" words are looked for first: "unverifiable" holds "verifiable", "has not acted" holds "acted".
fn stated(text: &Text<'_>, span: CleanSpan, yes: &str, no: &str, voice: Voice) -> Stated {
    let find = |list: &str| {
        let list = text.lexicon.list(list);
        text.tokens_in(span).find_map(|at| {
            let start = text.start(at);
            let end = u32::try_from(list.longest_at(text.words, start as usize)?).ok()?;
            Some(Evidence { span: CleanSpan::new(start, end), assertion: Some(voice.assertion) })
        })
    };
    find(no).map(Stated::No).or_else(|| find(yes).map(Stated::Yes)).unwrap_or_default()
}

/// "Until it puts its promises on paper", "to let them confirm it in writing": what is waited for, or is to be done, is not in writing yet.
fn written(text: &Text<'_>, sentence: CleanSpan, voice: Voice) -> Stated {
    /// Tokens between such a word and what is said of writing.
    const REACH: usize = 6;
    let found = stated(text, sentence, "test-written", "test-unwritten", voice);
    let Stated::Yes(Evidence { span, .. }) = found else { return found };
    let evidence = text.tokens_in(span).start;
    let waits = |at: usize| matches!(text.lower(at), "until" | "unless" | "if" | "once" | "would" | "will" | "must" | "should");
    let is_to_be_done = |at: usize| text.lower(at) == "to" && text.penn(at + 1) == "VB";
    let before = text.tokens_in(sentence).start.max(evidence.saturating_sub(REACH))..evidence;
    // What is parted from it by a comma or "that" is said of something else.
    let mut own = before.rev().take_while(|at| !matches!(text.lower(*at), "," | "that"));
    if own.any(|at| waits(at) || is_to_be_done(at)) { Stated::Unsaid } else { found }
}

/// "That the fighters would be disarmed" is what was promised, not what was done.
fn acted(text: &Text<'_>, sentence: CleanSpan, voice: Voice) -> Stated {
    let found = stated(text, sentence, "test-acted", "test-not-acted", voice);
    let Stated::Yes(Evidence { span, .. }) = found else { return found };
    let verb = text.tokens_in(span).start;
    let to_come = |at: usize| matches!(text.lower(at), "would" | "will" | "shall" | "should" | "must" | "to" | "be");
    if (verb.saturating_sub(2)..verb).any(to_come) { Stated::Unsaid } else { found }
}

/// Concrete: it says what is done and at least one of by when, where, how much, on which condition, and is not vague.
fn concrete(ground: Ground<'_, '_>, what: CleanSpan, voice: Voice) -> Stated {
    let Ground { text, names, times, figures } = ground;
    let evidence = |span: CleanSpan| Evidence { span, assertion: Some(voice.assertion) };
    if let Stated::No(found) = vague(text, what, voice) {
        return Stated::No(found);
    }
    let tokens = text.tokens_in(what);
    // "…, which was agreed to in 2013": what is told beside it makes it no more concrete.
    let tells_beside = |at: &usize| {
        text.word(*at) == "," && matches!(text.lower(at + 1), "which" | "who" | "whose") && text.quotation_of(*at).is_none()
    };
    let tokens = tokens.start..tokens.clone().find(tells_beside).unwrap_or(tokens.end);
    let what = text.span(&tokens);
    let dated = times.within(what).next().map(|time| time.span);
    // "Three things" counts what is asked for, and measures none of it.
    let counts_points =
        |at: usize| matches!(text.lower(at), "things" | "points" | "conditions" | "demands" | "requests" | "steps");
    let measures = |at: &usize| text.tag(*at) == Tag::Num && text.tag(at + 1) != Tag::Punct && !counts_points(at + 1);
    let number = tokens.clone().filter(measures).find_map(|at| {
        let figure = figures.iter().find(|figure| figure.span.overlaps(text.span(&(at..at + 1))))?;
        Some(figure.span)
    });
    let is_place = |at: usize| {
        let listed = text.lexicon.places_at(text.words, text.start(at) as usize);
        let behind = listed.and_then(|(end, _)| text.token_ending_at(at, end));
        names.at(at).is_none() && behind.is_some_and(|behind| !names_a_pact(text, behind))
    };
    let place = tokens.clone().find(|at| is_place(*at));
    let conditions = text.lexicon.list("condition");
    let condition = tokens.clone().find_map(|at| {
        let end = conditions.longest_at(text.words, text.start(at) as usize)?;
        // "If" and "once" open too much that is no condition of what is promised.
        let words = text.span(&(at..text.token_ending_at(at, end)?));
        (!matches!(text.lower(at), "if" | "once" | "until")).then_some(words)
    });
    let place = place.map(|at| text.span(&(at..at + 1)));
    let end = tokens.clone().find(|at| text.reads(*at, &["by", "the", "end"])).map(|at| text.span(&(at..at + 3)));
    let measured = dated.or(number).or(place).or(condition).or(end);
    let has_deed = tokens.len() > 4;
    measured.filter(|_| has_deed).map(|span| Stated::Yes(evidence(span))).unwrap_or_default()
}

fn vague(text: &Text<'_>, span: CleanSpan, voice: Voice) -> Stated {
    match stated(text, span, "", "vague", voice) {
        // Vague words inside somebody's demand are quoted from it; only the article's own word for it answers the test.
        Stated::No(found) if voice.own => Stated::No(found),
        _ => Stated::Unsaid,
    }
}
