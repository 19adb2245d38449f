//! The noun phrase that speaks, before or behind the word of saying.

use std::ops::Range;

use onrecord_lang::Tag;

use super::cue::Cue;
use crate::text::Text;
use crate::who::{Head, Names, NounPhrase, interpret};

/// The subject right before the verb group of `cue`; `from` is where the clause may begin at the earliest.
pub(crate) fn before(text: &Text<'_>, names: &Names, cue: &Cue<'_>, from: usize) -> Option<NounPhrase> {
    let end = cue.group;
    let last = end.checked_sub(1).filter(|last| *last >= from)?;
    match text.word(last) {
        "," | "—" | "–" | ")" if text.word(last) != ")" => across_insertion(text, names, last, from),
        _ if matches!(text.lower(last), "who" | "which") => {
            let before = last - usize::from(last > from && text.word(last - 1) == ",");
            phrase_ending_at(text, names, before, from)
        }
        _ => phrase_ending_at(text, names, end, from),
    }
}

/// "X, the envoy to Veldmar, said": the phrase before an insertion between commas, with the insertion as its description.
fn across_insertion(text: &Text<'_>, names: &Names, comma: usize, from: usize) -> Option<NounPhrase> {
    let mark = text.word(comma);
    let opening = (from..comma).rev().filter(|at| text.word(*at) == mark && text.quotation_of(*at).is_none());
    for open in opening.take(3) {
        let Some(phrase) = phrase_ending_at(text, names, open, from) else { continue };
        if matches!(phrase.head, Head::Pronoun(_)) {
            return Some(phrase);
        }
        // Read again with the insertion, which may name office and side.
        let whole = interpret(text, names, phrase.tokens.start..comma)
            .filter(|whole| whole.head == phrase.head || matches!(whole.head, Head::Person(_) | Head::Name(_)));
        return Some(whole.unwrap_or(phrase));
    }
    None
}

/// "*A group* that holds most of the capital offered …": whom a relative clause is about, where `phrase` is the object in it and not the subject of the
/// verb that follows.
pub(crate) fn before_relative(
    text: &Text<'_>,
    names: &Names,
    sentence: &Range<usize>,
    phrase: &NounPhrase,
    from: usize,
) -> Option<NounPhrase> {
    let start = phrase.tokens.start;
    let is_inside = |at: &usize| text.tag(*at) != Tag::Punct && text.quotation_of(*at).is_none();
    let pronoun = (from + 1..start).rev().take_while(is_inside).find(|at| matches!(text.penn(*at), "WDT" | "WP"))?;
    let mut verbs = (pronoun + 1..start).filter(|at| text.looks_finite(*at) && text.tag(*at) != Tag::Aux);
    let verb = verbs.next()?;
    // "An officer who says the army fired" tells of the army.
    let is_object = verbs.next().is_none() && super::cue::at(text, sentence, verb).is_empty();
    let opens = (pronoun + 1..verb).all(|at| matches!(text.tag(at), Tag::Adv | Tag::Aux));
    (is_object && opens).then(|| phrase_ending_at(text, names, pronoun, from)).flatten()
}

/// The longest noun phrase that ends before the token `end`.
pub(crate) fn phrase_ending_at(text: &Text<'_>, names: &Names, end: usize, from: usize) -> Option<NounPhrase> {
    let last = end.saturating_sub(1).max(from);
    // "one of *them* said": a pronoun that is an object speaks for nobody.
    let is_object = matches!(text.lower(last), "them" | "him" | "us" | "me");
    if text.tag(last) == Tag::Pron
        && !is_object
        && let Some(pronoun) = interpret(text, names, last..end)
    {
        return Some(pronoun);
    }
    let start = (from..end.saturating_sub(1)).rev().find(|at| is_boundary(text, names, *at, end)).map_or(from, |at| at + 1);
    let region = start..end;
    // Words that belong to another clause may stand before the phrase: try from the left, give up words one by one.
    let limit = region.len().min(14);
    (0..limit)
        .map(|skipped| region.start + skipped)
        .filter(|at| may_start(text, *at))
        .find_map(|at| interpret(text, names, at..end))
}

/// Whether a noun phrase can start at this word: not behind a determiner or an adjective of its own.
fn may_start(text: &Text<'_>, at: usize) -> bool {
    matches!(text.tag(at), Tag::Det | Tag::Propn | Tag::X | Tag::Pron | Tag::Num) && !text.is_verb(at)
}

/// Whether a clause or another constituent ends at this token.
fn is_boundary(text: &Text<'_>, names: &Names, at: usize, end: usize) -> bool {
    if names.at(at).is_some_and(|mention| mention.tokens.contains(&(at + 1)) && at + 1 < end) {
        return false;
    }
    match text.tag(at) {
        Tag::Punct => {
            !matches!(text.word(at), "(" | ")" | "’" | "'" | "." | "/" | "-" | "%") && !inside_scare_quotes(text, at, end)
        }
        Tag::Sconj => !matches!(text.lower(at), "since" | "until" | "before" | "after") || text.tag(at + 1) != Tag::Num,
        Tag::Cconj => !joins_names(text, names, at),
        Tag::Aux => true,
        Tag::X if text.looks_finite(at) => true,
        Tag::Pron => !matches!(
            text.lower(at),
            "his" | "her" | "its" | "their" | "my" | "our" | "your" | "all" | "some" | "that" | "this" | "one"
        ),
        _ => false,
    }
}

fn inside_scare_quotes(text: &Text<'_>, at: usize, end: usize) -> bool {
    text.quotation_of(at).is_some_and(|n| {
        let tokens = text.tokens_in(text.analysis.quotations[n].span);
        // "commander “Pablo Ude” said": a name in marks may stand right before the verb.
        let is_name = || tokens.clone().all(|at| text.tag(at) == Tag::Punct || text.word(at).starts_with(char::is_uppercase));
        tokens.len() <= 5 && (tokens.end < end || tokens.end == end && is_name())
    })
}

/// "Qatar and Turkey", "Foreign and Defence Ministry": "and" between two names joins one phrase.
fn joins_names(text: &Text<'_>, names: &Names, at: usize) -> bool {
    let named = |token: usize| names.at(token).is_some() || text.tag(token) == Tag::Propn || text.class(token).is_some();
    at > 0 && named(at - 1) && named(at + 1)
}

/// Inverted: "…,” said the envoy". The phrase behind the cue, and the token after it.
pub(crate) fn behind(text: &Text<'_>, names: &Names, cue: &Cue<'_>, limit: usize) -> Option<NounPhrase> {
    let from = cue.tokens.end;
    let ends = |at: usize| {
        matches!(text.word(at), "." | ";" | ":" | "“" | "\"")
            || text.tag(at) == Tag::Sconj
            || text.looks_finite(at) && text.tag(at) == Tag::Aux
    };
    let stop = (from..limit).find(|at| ends(*at)).unwrap_or(limit);
    let comma = (from..stop).find(|at| text.word(*at) == ",").unwrap_or(stop);
    interpret(text, names, from..stop).or_else(|| interpret(text, names, from..comma))
}

/// The subject of the sentence's main clause: the first noun phrase that can speak and stands before a verb.
pub(crate) fn main(text: &Text<'_>, names: &Names, sentence: &Range<usize>) -> Option<NounPhrase> {
    if text.quotation_of(sentence.start).is_some() {
        return None;
    }
    let opens_with_adjunct =
        matches!(text.tag(sentence.start), Tag::Adp | Tag::Sconj | Tag::Adv) || text.lower(sentence.start).ends_with("ing");
    let comma = (sentence.start..sentence.end).find(|at| text.word(*at) == ",");
    let start = if opens_with_adjunct { comma? + 1 } else { sentence.start };
    let verb = (start + 1..sentence.end).find(|at| text.looks_finite(*at) || !super::cue::at(text, sentence, *at).is_empty())?;
    let stop = (start..verb).find(|at| text.word(*at) == ",").unwrap_or(verb);
    interpret(text, names, start..stop)
}
