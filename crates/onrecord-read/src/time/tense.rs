//! Whether what is told of lies ahead or behind, by the verb that an expression of time belongs to.

use crate::text::Text;

/// Where the deed lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

/// Auxiliaries and words that put the verb after them into the future; "will" before "have" does so too.
const AHEAD: [&str; 5] = ["will", "shall", "'ll", "wo", "won't"];

/// Verbs and adjectives whose infinitive lies ahead: "is due to arrive on Friday".
const EXPECTING: [&str; 8] = ["due", "set", "scheduled", "expected", "planned", "going", "slated", "likely"];

/// Deepest chain of heads that is followed: a broken tree must not lead round.
const DEPTH: usize = 8;

/// The tense of the verb that governs token `at`. Press reports tell the past where nothing shows otherwise.
pub(super) fn at(text: &Text<'_>, at: usize) -> Tense {
    let Some((mut place, _)) = text.syntax(at) else { return Tense::Past };
    let words = &text.analysis.words;
    for _ in 0..DEPTH {
        let Some(word) = words.get(place) else { break };
        if matches!(&*word.universal, "VERB" | "AUX") || word.relation == "root" {
            return of_verb(text, place);
        }
        let Some(head) = word.head else { break };
        place = head;
    }
    Tense::Past
}

fn of_verb(text: &Text<'_>, verb: usize) -> Tense {
    let words = &text.analysis.words;
    let is_child = |n: usize| words.get(n).is_some_and(|word| word.head == Some(verb) || n == verb);
    let around = verb.saturating_sub(6)..verb + 1;
    let lower = |n: usize| words.get(n).map(|word| word.span.cut(text.words).to_lowercase()).unwrap_or_default();
    // "said that fines would be issued from Friday": ahead of when it was said, which the press tells of at once.
    let would = |n: usize| matches!(lower(n).as_str(), "would" | "'d") && lower(n + 1) != "have";
    let ahead = around.clone().any(|n| is_child(n) && (AHEAD.contains(&lower(n).as_str()) || would(n)));
    let infinitive = around.clone().any(|n| is_child(n) && lower(n) == "to");
    let expected = || verb.saturating_sub(4)..verb;
    let due =
        infinitive && expected().any(|n| EXPECTING.contains(&lower(n).as_str()) || matches!(lower(n).as_str(), "is" | "are"));
    if ahead || due { Tense::Future } else { Tense::Past }
}
