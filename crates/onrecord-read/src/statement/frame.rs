//! Where the words asserted stand, seen from the word of saying.

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::{Act, Frame, Saying, SayingKind};

use super::cue::Cue;
use super::{act, tree};
use crate::text::{NounClass, Text, is_weekday};

/// The content found behind a cue, and the entry whose frame it fits.
#[derive(Debug, Clone)]
pub(crate) struct Content<'l> {
    /// Tokens of the content.
    pub(crate) tokens: Range<usize>,
    /// The frame that fits.
    pub(crate) frame: Frame,
    /// The entry that lists it.
    pub(crate) entry: &'l Saying,
    /// Tokens between cue and content that tell to whom or at what occasion.
    pub(crate) between: Range<usize>,
}

/// Most tokens that may stand between a cue and its "that", "to" or quotation.
const MOST_BETWEEN: usize = 16;

/// The content behind `cue`, up to `limit`. Explicit marks (quotation, "that") are tried before bare objects.
pub(crate) fn behind<'l>(text: &Text<'_>, cue: &Cue<'l>, limit: usize) -> Option<Content<'l>> {
    let from = behind_time(text, cue.tokens.end);
    let order: [(Frame, Finder); 21] = [
        (Frame::Quote, quotation),
        (Frame::That, explicit_that),
        (Frame::NounThat, noun_that),
        (Frame::NounTo, noun_to),
        (Frame::To, to_verb),
        (Frame::NounAs, |text, from, limit| after_object(text, from, limit, "as")),
        (Frame::NounOf, |text, from, limit| object_with(text, from, limit, "of")),
        (Frame::NounFor, |text, from, limit| object_with(text, from, limit, "for")),
        (Frame::NounAt, amount_at),
        (Frame::Preposition("of"), |text, from, limit| after_preposition(text, from, limit, "of")),
        (Frame::Preposition("for"), |text, from, limit| after_preposition(text, from, limit, "for")),
        (Frame::Preposition("against"), |text, from, limit| after_preposition(text, from, limit, "against")),
        (Frame::Preposition("about"), |text, from, limit| after_preposition(text, from, limit, "about")),
        (Frame::Preposition("on"), |text, from, limit| after_preposition(text, from, limit, "on")),
        (Frame::Preposition("with"), |text, from, limit| after_preposition(text, from, limit, "with")),
        (Frame::Preposition("in"), |text, from, limit| after_preposition(text, from, limit, "in")),
        (Frame::Wh, wh_clause),
        (Frame::Ing, ing_clause),
        (Frame::That, bare_clause),
        (Frame::NounThat, noun_bare),
        (Frame::Noun, object),
    ];
    order.into_iter().find_map(|(frame, find)| {
        let entry = cue.entries.iter().find(|entry| entry.frames.contains(&frame))?;
        if std::ptr::fn_addr_eq(find, bare_clause as Finder) && !text.lexicon.list("bare-clause").contains(&entry.lemma) {
            return None;
        }
        let tokens = find(text, from, limit)?;
        asserts_something(text, &tokens, frame, entry.act).then_some(Content {
            between: from..tokens.start,
            tokens,
            frame,
            entry,
        })
    })
}

/// "rejected that account" points at what was said; "denied it", "rejected the offer", "declined to comment" assert nothing that could be shown.
fn asserts_something(text: &Text<'_>, tokens: &Range<usize>, frame: Frame, act: Act) -> bool {
    let start = text.start(tokens.end - 1) as usize;
    let told = || {
        text.lexicon.sayings_at(text.words, start).any(|(_, entries)| entries.iter().any(|entry| entry.kind == SayingKind::Noun))
    };
    match (tokens.len(), frame) {
        (1, _) => !matches!(text.tag(tokens.start), Tag::Pron | Tag::Det),
        // "offered no evidence", "gave no reason"
        (_, Frame::Noun) if matches!(act, Act::Offer | Act::State) && text.lower(tokens.start) == "no" => false,
        (2, Frame::Noun) => {
            let points = matches!(text.lower(tokens.start), "that" | "this" | "those" | "these");
            points || text.tag(tokens.start) != Tag::Det || !told()
        }
        (2, Frame::To) => text.lower(tokens.start + 1) != "comment",
        _ => true,
    }
}

/// Behind "on Monday", "late on Monday", "last week", where something follows: when it was said is no part of it.
fn behind_time(text: &Text<'_>, from: usize) -> usize {
    let mut at = from + usize::from(matches!(text.lower(from), "late" | "early" | "earlier"));
    at += usize::from(matches!(text.lower(at), "on" | "this" | "last"));
    let time = is_weekday(text.lower(at))
        || at > from && matches!(text.lower(at), "week" | "month" | "year" | "morning" | "evening" | "night");
    let goes_on = matches!(text.tag(at + 1), Tag::Det | Tag::Propn | Tag::X | Tag::Num | Tag::Pron | Tag::Adv)
        || matches!(text.lower(at + 1), "to" | "that");
    if time && goes_on { at + 1 } else { from }
}

type Finder = fn(&Text<'_>, usize, usize) -> Option<Range<usize>>;

/// A quotation right behind, or behind a colon, comma or a short adverbial.
fn quotation(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let window = from..limit.min(from + MOST_BETWEEN);
    let open = window.clone().find(|at| text.is_opening_mark(*at))?;
    let between_fits =
        open == from || matches!(text.word(open - 1), ":" | ",") || adverbial(text, from..open) && text.word(open - 1) != "that";
    if !between_fits || (from..open).any(|at| text.lower(at) == "that" || text.looks_finite(at)) {
        return None;
    }
    let number = text.quotation_of(open)?;
    let tokens = text.tokens_in(text.analysis.quotations[number].span);
    // Words in marks that the sentence runs on from are a part of an indirect clause, not the whole of what was said.
    let long = tokens.len() > 6 || tokens.end + 1 >= limit || matches!(text.word(open.saturating_sub(1)), ":" | ",");
    (long && !is_title(text, tokens.clone())).then_some(tokens)
}

/// A short quotation in which every word has a capital is the name of a programme or a book.
pub(crate) fn is_title(text: &Text<'_>, tokens: Range<usize>) -> bool {
    let mut words = tokens.clone().map(|at| text.word(at)).filter(|word| word.chars().any(char::is_alphabetic) && word.len() > 3);
    tokens.len() <= 8 && words.clone().count() > 1 && words.all(|word| word.starts_with(char::is_uppercase))
}

fn explicit_that(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let that = (from..limit.min(from + MOST_BETWEEN)).find(|at| text.lower(*at) == "that")?;
    // "threatened in a video to burn every truck that …": a clause of something else.
    let adverbial_between =
        adverbial(text, from..that) && !(from..that).any(|at| text.is_opening_mark(at) || is_infinitive(text, at, that));
    // "rejected that account" has no clause.
    (adverbial_between && that + 2 < limit).then_some(that + 1..limit)
}

/// Time, place, occasion or hearer between verb and "that": "on Thursday", "in a statement", ", however,", "to reporters".
pub(crate) fn adverbial(text: &Text<'_>, between: Range<usize>) -> bool {
    if between.is_empty() {
        return true;
    }
    let starts = match text.tag(between.start) {
        Tag::Adp | Tag::Adv => true,
        Tag::Punct => matches!(text.word(between.start), "," | "—" | "–" | "("),
        Tag::Propn => is_weekday(text.lower(between.start)),
        Tag::X | Tag::Sconj => matches!(text.lower(between.start), "late" | "early" | "last" | "this"),
        _ => false,
    };
    starts
        && !between.clone().any(|at| {
            matches!(text.word(at), ";" | ":" | "“" | "”")
                || text.tag(at) == Tag::Aux
                || text.tag(at) == Tag::Pron && at > between.start
        })
}

/// "told reporters (on Friday) that …".
fn noun_that(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    starts_nominal(text, from).then_some(())?;
    let that = (from + 1..limit.min(from + MOST_BETWEEN)).find(|at| text.lower(*at) == "that")?;
    let plain =
        !(from..that).any(|at| matches!(text.word(at), "," | ";" | ":") || text.tag(at) == Tag::Aux || text.looks_finite(at));
    (plain && that + 1 < limit).then_some(that + 1..limit)
}

/// "told reporters the talks had failed".
fn noun_bare(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let clause = tree::complement(text, from)?;
    let between = from..clause.start;
    let plain = !between.clone().any(|at| matches!(text.word(at), "," | ";" | ":") || text.looks_finite(at));
    (plain && !between.is_empty() && starts_nominal(text, from) && clause.end <= limit && clause.len() > 2)
        .then_some(clause.start..limit)
}

/// "urged the rebels to leave": the hearer is part of the content.
fn noun_to(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    starts_nominal(text, from).then_some(())?;
    let to = (from + 1..limit.min(from + MOST_BETWEEN)).find(|at| is_infinitive(text, *at, limit))?;
    let plain = !(from..to).any(|at| matches!(text.word(at), ";" | ":") || text.tag(at) == Tag::Aux || text.lower(at) == "that");
    plain.then_some(from..limit)
}

fn to_verb(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    // "promised publicly to", "promised not to": what turns it round is part of what was promised.
    let turned = |at: usize| usize::from(matches!(text.lower(at), "not" | "never"));
    let start = from + usize::from(text.tag(from) == Tag::Adv && turned(from) == 0);
    // "threatened in a video to “burn every truck”"
    let behind_occasion = || {
        let to = (from + 1..limit.min(from + MOST_OF_OCCASION)).find(|at| text.lower(*at) == "to")?;
        let fits = text.lower(from) == "in" && adverbial(text, from..to) && is_infinitive(text, to, limit);
        fits.then_some(to - turned(to - 1)..limit)
    };
    if let Some(found) = behind_occasion() {
        return Some(found);
    }
    is_infinitive(text, start + turned(start), limit).then_some(start..limit)
}

/// Tokens of "in a video message" before "to".
const MOST_OF_OCCASION: usize = 8;

fn is_infinitive(text: &Text<'_>, at: usize, limit: usize) -> bool {
    let mark = usize::from(text.is_opening_mark(at + 1));
    let adverb = usize::from(text.tag(at + 1 + mark) == Tag::Adv);
    let verb = at + 1 + mark + adverb;
    let is_verb = text.penn(at) == "TO" || text.penn(verb) == "VB" || matches!(text.lower(verb), "be" | "have" | "do");
    text.lower(at) == "to" && verb < limit && is_verb
}

/// "described the talks as …": the content follows "as".
fn after_object(text: &Text<'_>, from: usize, limit: usize, word: &str) -> Option<Range<usize>> {
    let at = object_until(text, from, limit, word)?;
    (at + 1 < limit).then_some(at + 1..limit)
}

/// "accused X of …": annotators cut object and charge together.
fn object_with(text: &Text<'_>, from: usize, limit: usize, word: &str) -> Option<Range<usize>> {
    let at = object_until(text, from, limit, word)?;
    (at + 1 < limit).then_some(from..limit)
}

/// "put *the toll at 53*", "put *the number of dead at more than forty*": thing and amount are the content.
fn amount_at(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let at = object_until(text, from, limit, "at")?;
    let amount =
        (at + 1..limit.min(at + LONGEST_QUALIFIER + 2)).find(|at| text.tag(*at) == Tag::Num || text.penn(*at) == "CD")?;
    (text.universal(amount) != "PROPN").then_some(from..limit)
}

/// Tokens between "at" and its number: "no fewer than", "up to".
const LONGEST_QUALIFIER: usize = 3;

fn object_until(text: &Text<'_>, from: usize, limit: usize, word: &str) -> Option<usize> {
    starts_nominal(text, from).then_some(())?;
    let at = (from + 1..limit.min(from + MOST_BETWEEN)).find(|at| text.lower(*at) == word)?;
    let plain =
        !(from..at).any(|at| matches!(text.word(at), "," | ";" | ":") || text.tag(at) == Tag::Aux || text.lower(at) == "that");
    plain.then_some(at)
}

fn after_preposition(text: &Text<'_>, from: usize, limit: usize, word: &str) -> Option<Range<usize>> {
    (text.lower(from) == word && from + 1 < limit && !is_weekday(text.lower(from + 1))).then_some(from + 1..limit)
}

fn wh_clause(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    (act::is_question(text, from) && from + 2 < limit).then_some(from..limit)
}

fn ing_clause(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    (text.penn(from) == "VBG" && from + 1 < limit).then_some(from..limit)
}

/// "said talks had failed": a clause without "that" needs a noun to start with and a finite verb.
fn bare_clause(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    // "said on 2 March it would reopen"
    let behind_adverbial = tree::complement(text, from).map(|clause| clause.start).filter(|start| {
        (from + 1..limit.min(from + MOST_BETWEEN)).contains(start)
            && text.word(start - 1) != ","
            && adverbial(text, from..*start)
            && (text.tag(*start) == Tag::Pron || starts_nominal(text, *start))
    });
    let from = behind_adverbial.unwrap_or(from);
    let start = if is_weekday(text.lower(from)) { from + 1 } else { from };
    let opens = starts_nominal(text, start)
        || matches!(text.lower(start), "there" | "if" | "despite" | "since" | "while" | "although")
        || text.tag(start) == Tag::Pron;
    // A comma before any verb shows an object, not a clause ("assumed power in 2021, attacks have risen").
    let finite = (start + 1..limit.min(start + 30)).take_while(|at| text.word(*at) != ",").any(|at| text.looks_finite(at));
    let adjunct = matches!(text.lower(start), "if" | "despite" | "since" | "while" | "although");
    let complement = tree::complement(text, from);
    let opens = opens || complement.as_ref().is_some_and(|clause| clause.start == start) && text.universal(start) != "VERB";
    let clause = finite || adjunct || complement.is_some_and(|clause| clause.start >= start);
    (opens && clause && limit > start + 2).then_some(start..limit)
}

fn object(text: &Text<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    // "committed to meet" is an infinitive, "committed to peace talks" an object: one bare word behind "to" is left to the other frame.
    let infinitive =
        from > 0 && text.lower(from - 1) == "to" && is_infinitive(text, from - 1, limit) && !text.lower(from).ends_with('s');
    let opens = !infinitive && starts_nominal(text, from) && !matches!(text.lower(from), "there" | "he" | "she" | "they" | "so");
    (opens && limit > from).then_some(from..limit)
}

/// Whether a noun phrase can start here.
fn starts_nominal(text: &Text<'_>, at: usize) -> bool {
    match text.tag(at) {
        Tag::Det | Tag::Propn | Tag::Num => !is_weekday(text.lower(at)),
        Tag::X => {
            let attribute = text.syntax(at).is_some_and(|(_, word)| word.relation == "amod");
            let verbal = matches!(text.penn(at), "VB" | "VBD" | "VBN" | "VBP" | "VBZ" | "RB" | "IN");
            !is_weekday(text.lower(at)) && (attribute || !verbal)
        }
        // "that account": the list of conjunctions has the word too.
        Tag::Sconj => text.penn(at) == "DT",
        Tag::Pron => !matches!(text.lower(at), "who" | "whom" | "which" | "whose" | "what"),
        Tag::Punct => text.is_opening_mark(at),
        _ => text.class(at) == Some(NounClass::Title),
    }
}
