//! What befell those whom a figure counts: read from the words right beside it, else from the verb or noun above it in the tree.

use std::ops::Range;

use onrecord_lang::Tag;

use crate::reading::{Fate, Scope};
use crate::text::Text;

/// Words between what is counted and what befell them ("12 people *have since been* killed").
const MOST_BETWEEN: usize = 4;
/// Heads that are climbed ("the deaths of 12 of the soldiers").
const MOST_HEADS: usize = 3;
/// Words before a figure that may say what befell those counted, or how it stands to others.
const MOST_BEFORE: usize = 6;

/// What befell those counted; `whole` are the tokens of the figure, `number` those of its number, `counted` those of what is counted.
pub(super) fn fate(text: &Text<'_>, whole: &Range<usize>, number: &Range<usize>, counted: &Range<usize>) -> Option<Fate> {
    let inside = counted.clone().find_map(|at| fate_at(text, at));
    inside.or_else(|| behind(text, counted.end.max(number.end))).or_else(|| before(text, whole.start)).or_else(|| {
        let head = counted.clone().rev().find(|at| text.universal(*at) == "NOUN").unwrap_or(number.end.saturating_sub(1));
        above(text, head)
    })
}

/// The fate that a word or phrase at this token names. Adjectives and nouns that only look like one ("a dead end") are for the lists to leave out.
pub(crate) fn fate_at(text: &Text<'_>, at: usize) -> Option<Fate> {
    if at >= text.len() {
        return None;
    }
    let start = text.start(at) as usize;
    Fate::ALL.into_iter().find(|fate| text.lexicon.list(list_of(*fate)).longest_at(text.words, start).is_some())
}

const fn list_of(fate: Fate) -> &'static str {
    match fate {
        Fate::Killed => "fate-killed",
        Fate::Injured => "fate-injured",
        Fate::Missing => "fate-missing",
        Fate::Abducted => "fate-abducted",
        Fate::Arrested => "fate-arrested",
        Fate::Displaced => "fate-displaced",
        Fate::Expelled => "fate-expelled",
        Fate::Released => "fate-released",
    }
}

/// "12 people were *killed*", "30 others *wounded*", "8,400 have *fled*": over auxiliaries, adverbs and "others" only.
fn behind(text: &Text<'_>, from: usize) -> Option<Fate> {
    for at in from..(from + MOST_BETWEEN).min(text.len()) {
        if let Some(fate) = fate_at(text, at) {
            // "12 soldiers killed 30 rebels": whoever is counted did it.
            let own_object = text.penn(at) == "VBD" && !is_passive(text, at) && takes_object(text, at);
            return (!own_object).then_some(fate);
        }
        // "had to flee", "forced to"
        let passes = text.tag(at) == Tag::Aux
            || text.is_be(at)
            || text.tag(at) == Tag::Adv
            || matches!(
                text.lower(at),
                "others" | "other" | "people" | "more" | "to" | "reported" | "confirmed" | "reportedly" | "had" | "have" | "has"
            )
            || text.universal(at) == "ADV";
        if !passes {
            return None;
        }
    }
    None
}

/// Whether a form of "to be" or "to get" makes the participle a passive.
fn is_passive(text: &Text<'_>, at: usize) -> bool {
    (at.saturating_sub(MOST_BETWEEN)..at)
        .any(|before| text.is_be(before) || matches!(text.lower(before), "being" | "left" | "got"))
}

fn takes_object(text: &Text<'_>, at: usize) -> bool {
    let words = &text.analysis.words;
    let Some((place, _)) = text.syntax(at) else { return false };
    let near = place + 1..(place + 8).min(words.len());
    near.into_iter().any(|next| words[next].head == Some(place) && words[next].relation == "obj")
}

/// "killing at least *23*", "the arrest of *12*", "a death toll of *45*", "the toll has risen to *45*".
pub(super) fn before(text: &Text<'_>, from: usize) -> Option<Fate> {
    let mut rises = false;
    for at in (from.saturating_sub(MOST_BEFORE)..from).rev() {
        let is_rise = text.lexicon.list("figure-rising").contains(text.lower(at));
        if let Some(fate) = fate_at(text, at) {
            // "people were killed, 14 soldiers among them" is another clause; "… was killed 12 days ago" too.
            let own = text.penn(at) != "VBN" || !is_passive(text, at);
            // What rises is a number of the dead, not the dead themselves: "those killed rose to" is not written.
            let fits = !rises || text.universal(at) == "NOUN";
            return (own && fits).then_some(fate);
        }
        rises |= is_rise;
        let passes = matches!(
            text.lower(at),
            "of" | "the" | "a" | "an" | "some" | "to" | "at" | "toll" | "another" | "these" | "all" | "number"
        ) || is_rise
            || matches!(text.tag(at), Tag::Adv | Tag::Aux);
        if !passes {
            return None;
        }
    }
    None
}

/// The verb or noun that the counted hang on: "killed 12 soldiers and *three civilians*".
fn above(text: &Text<'_>, head: usize) -> Option<Fate> {
    let words = &text.analysis.words;
    let (mut at, _) = text.syntax(head)?;
    for _ in 0..MOST_HEADS {
        let word = words.get(at)?;
        let relation: &str = &word.relation;
        let above = word.head?;
        let token = text.tokens_of_words(above..above + 1)?.start;
        let is_object = matches!(relation, "obj" | "nsubj:pass");
        let is_subject = relation == "nsubj";
        let of = matches!(relation, "nmod" | "nmod:of" | "obl" | "nummod" | "conj" | "appos");
        if !(is_object || is_subject || of) {
            return None;
        }
        if let Some(fate) = fate_at(text, token) {
            // The subject of "killed" kills; that of "died", "fled" or "are missing" is who is counted.
            let befalls = is_object
                || is_subject && (!takes_object(text, token) && text.penn(token) != "VBG")
                || relation.starts_with("nmod")
                || relation == "conj" && text.universal(token) != "VERB";
            return befalls.then_some(fate);
        }
        at = above;
    }
    None
}

/// Whether the figure is a total, an addition or a part.
pub(super) fn scope(text: &Text<'_>, whole: &Range<usize>, counted: &Range<usize>, sentence: &Range<usize>) -> Option<Scope> {
    let list = |name: &str, at: usize| text.lexicon.list(name).longest_at(text.words, text.start(at) as usize).is_some();
    let before = whole.start.saturating_sub(MOST_BEFORE).max(sentence.start)..whole.start;
    // "12 people, *including* five children": it is the five that are a part. "five *of them*" says so of itself.
    let of_them = matches!(text.lower(whole.end), "of" | "among") && list("figure-part", whole.end);
    if of_them || before.clone().any(|at| list("figure-part", at)) {
        return Some(Scope::Part);
    }
    let right_before = before.end.saturating_sub(2).max(before.start)..before.end;
    if right_before.chain(counted.clone().take(1)).any(|at| list("figure-added", at)) {
        return Some(Scope::Added);
    }
    let wide = whole.start.saturating_sub(MOST_BEFORE).max(sentence.start)..(whole.end + 4).min(sentence.end);
    wide.into_iter().any(|at| list("figure-total", at)).then_some(Scope::Total)
}
