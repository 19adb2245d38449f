//! Words of saying in a sentence, and whether they are used as such.

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::{Saying, SayingKind};

use super::tree;
use crate::text::Text;

/// A word of saying where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Cue<'l> {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// The first token of the verb group: auxiliaries, negation and adverbs before it belong to it.
    pub(crate) group: usize,
    /// The entries that list the form.
    pub(crate) entries: Vec<&'l Saying>,
    /// How it is used.
    pub(crate) usage: Usage,
    /// "did not say", "never claimed".
    pub(crate) negated: bool,
    /// "would not say", "will not tell": negated by choice.
    pub(crate) unwilling: bool,
}

/// How a word of saying is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Usage {
    /// A finite verb with a subject of its own or a shared one.
    Finite,
    /// A form in -ing that has no auxiliary: "…, adding that".
    Participle,
    /// A past participle behind a form of "be".
    Passive,
    /// A noun.
    Noun,
}

/// The words of saying that may start at the token `at`, longest form first. None inside quotations.
pub(crate) fn at<'l>(text: &Text<'l>, sentence: &Range<usize>, at: usize) -> Vec<Cue<'l>> {
    // In a headline that writes every word with a capital only the model can tell a verb from a name.
    if text.quotation_of(at).is_some() || text.tag(at) == Tag::Propn && text.universal(at) != "VERB" {
        return Vec::new();
    }
    let lexicon = text.lexicon;
    let mut cues = Vec::new();
    for (end, entries) in lexicon.sayings_at(text.words, text.start(at) as usize) {
        let Some(stop) = text.token_ending_at(at, end) else { continue };
        for kind in [SayingKind::Verb, SayingKind::Noun] {
            let of_kind: Vec<&Saying> = entries.iter().copied().filter(|entry| entry.kind == kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            let cue = match kind {
                SayingKind::Verb => verb(text, sentence, at..stop, of_kind),
                SayingKind::Noun => Some(Cue {
                    tokens: at..stop,
                    group: at,
                    entries: of_kind,
                    usage: Usage::Noun,
                    negated: false,
                    unwilling: false,
                }),
            };
            cues.extend(cue);
        }
    }
    cues
}

/// The cue, unless the words around show a noun, an adjective, a passive or something that was not said.
fn verb<'l>(text: &Text<'l>, sentence: &Range<usize>, tokens: Range<usize>, entries: Vec<&'l Saying>) -> Option<Cue<'l>> {
    if tree::is_plural_noun(text, tokens.start) || is_described_noun(text, tokens.start) || describes_a_noun(text, &tokens) {
        return None;
    }
    let (group, negated) = verb_group(text, sentence, tokens.start);
    let is_ing = text.lower(tokens.start).ends_with("ing");
    let own_auxiliary = text.tag(tokens.start) == Tag::Aux;
    let auxiliary = (group..tokens.start).rev().find(|at| text.tag(*at) == Tag::Aux);
    let be = auxiliary.is_some_and(|at| text.is_be(at));
    let passive = be && !is_ing && !own_auxiliary;
    // "would not say", "could not confirm" are acts; "would say" and "could have asked" are not.
    let unreal = !negated && (group..tokens.start).any(|at| UNREAL.contains(&text.lower(at)));
    if unreal || passive && text.penn(tokens.start) != "VBN" {
        return None;
    }
    let usage = match (passive, is_ing && !be) {
        (true, _) => Usage::Passive,
        (false, true) => Usage::Participle,
        (false, false) => Usage::Finite,
    };
    let before = group.checked_sub(1).filter(|at| sentence.contains(at));
    // "neither confirmed nor denied it"
    if before.is_some_and(|at| matches!(text.lower(at), "neither" | "nor")) {
        return None;
    }
    if let Some(before) = before.filter(|_| auxiliary.is_none()) {
        let shuts_out = match text.tag(before) {
            Tag::Det | Tag::Part | Tag::Num => {
                !matches!(text.lower(before), "all" | "both" | "some" | "others" | "many" | "this" | "that")
            }
            Tag::Adp if usage == Usage::Participle => !matches!(text.lower(before), "by" | "after" | "before" | "in" | "upon"),
            Tag::Adp => text.lower(before) != "to" || !goes_on(text, before),
            _ => false,
        };
        if shuts_out {
            return None;
        }
    }
    let unwilling = negated && (group..tokens.start).any(|at| REFUSING.contains(&text.lower(at)));
    Some(Cue { tokens, group, entries, usage, negated, unwilling })
}

/// "an *emailed reply*", "the written answer": what a determiner and an adjective stand before is a noun.
fn is_described_noun(text: &Text<'_>, token: usize) -> bool {
    let (Some(adjective), Some(determiner)) = (token.checked_sub(1), token.checked_sub(2)) else { return false };
    text.penn(token) == "NN"
        && text.tag(adjective) == Tag::X
        && (text.universal(adjective) == "ADJ" || text.penn(adjective) == "VBN")
        && matches!(text.tag(determiner), Tag::Det)
}

/// "fired *warning* shots": a word in -ing that belongs to the noun right behind it.
fn describes_a_noun(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let belongs = |at: usize| text.syntax(at).is_some_and(|(_, word)| matches!(&*word.relation, "amod" | "compound"));
    tokens.len() == 1
        && text.lower(tokens.start).ends_with("ing")
        && belongs(tokens.start)
        && text.tag(tokens.end) == Tag::X
        && text.universal(tokens.end) == "NOUN"
}

/// Modals under which nothing has been said yet.
const UNREAL: [&str; 9] = ["would", "could", "may", "might", "should", "must", "can", "cannot", "can't"];

/// Auxiliaries that, negated, tell of somebody who will not.
const REFUSING: [&str; 4] = ["would", "wouldn't", "will", "won't"];

/// "went on to say", "continued to insist": these did say it.
fn goes_on(text: &Text<'_>, to: usize) -> bool {
    let before = to.checked_sub(1).map_or("", |at| text.lower(at));
    let two_before = to.checked_sub(2).map_or("", |at| text.lower(at));
    matches!(before, "continued" | "continues" | "continue") || before == "on" && matches!(two_before, "went" | "goes" | "going")
}

/// Start of the verb group that ends before `verb`, and whether it is negated.
fn verb_group(text: &Text<'_>, sentence: &Range<usize>, verb: usize) -> (usize, bool) {
    let (mut start, mut negated) = (verb, false);
    while start > sentence.start {
        let word = text.lower(start - 1);
        // "have *each* promised"
        let floats = matches!(word, "each" | "all" | "both")
            && start.checked_sub(2).is_some_and(|before| before >= sentence.start && text.tag(before) == Tag::Aux);
        let belongs = (floats || matches!(text.tag(start - 1), Tag::Aux | Tag::Adv)) && text.quotation_of(start - 1).is_none();
        if !belongs {
            break;
        }
        // "not only said … but …" did say it.
        let only = matches!(text.lower(start), "only" | "just" | "merely" | "simply");
        negated |= matches!(word, "not" | "never") && !only || word.ends_with("n't") || word == "cannot";
        start -= 1;
    }
    (start, negated)
}
