//! Which assertion denies which, inside one article.

use std::collections::BTreeSet;

use onrecord_lexicon::Act;

use crate::reading::{Assertion, Denial, SpeakerKind};
use crate::text::Text;

/// A denial is tied to an assertion of another speaker that stands inside its own words ("rejected X's claim that …"),
/// or to the nearest earlier one that shares most of its content words.
pub(super) fn find(text: &Text<'_>, assertions: &[Assertion]) -> Vec<Denial> {
    let mut denials = Vec::new();
    let words: Vec<BTreeSet<String>> = assertions.iter().map(|assertion| content_words(text, assertion)).collect();
    for (n, denial) in assertions
        .iter()
        .enumerate()
        .filter(|(_, assertion)| assertion.act == Act::Deny && assertion.speaker.kind != SpeakerKind::Author)
    {
        let inside = near(assertions, n)
            .find(|(m, other)| *m != n && other.speaker.name != denial.speaker.name && lies_inside(other, denial));
        let of = inside.map(|(m, _)| m).or_else(|| alike(assertions, &words, n));
        denials.extend(of.map(|of| Denial { by: n, of }));
    }
    denials
}

/// How many assertions on either side of a denial are looked at.
const REACH: usize = 150;

fn near(assertions: &[Assertion], number: usize) -> impl Iterator<Item = (usize, &Assertion)> {
    let from = number.saturating_sub(REACH);
    assertions.iter().enumerate().skip(from).take(number - from + REACH)
}

fn lies_inside(inner: &Assertion, outer: &Assertion) -> bool {
    inner.content.iter().all(|part| outer.content.iter().any(|whole| whole.contains_span(*part)))
}

/// The accusation or statement of another side, nearest before or behind, that shares at least half of the denial's content words and two of them.
fn alike(assertions: &[Assertion], words: &[BTreeSet<String>], number: usize) -> Option<usize> {
    let denial = &assertions[number];
    let own = words.get(number)?;
    near(assertions, number)
        .filter(|(n, other)| {
            *n != number && matches!(other.act, Act::Accuse | Act::State | Act::Warn) && other.speaker.kind != SpeakerKind::Author
        })
        .filter(|(_, other)| {
            other.speaker.party != denial.speaker.party
                || other.speaker.party.is_none() && other.speaker.name != denial.speaker.name
        })
        .filter_map(|(n, _)| {
            let shared = words.get(n)?.intersection(own).count();
            (shared >= 2 && shared * 2 >= own.len()).then_some((shared, std::cmp::Reverse(n.abs_diff(number)), n))
        })
        .max()
        .map(|(_, _, n)| n)
}

/// Words of open classes, without their commonest endings.
fn content_words(text: &Text<'_>, assertion: &Assertion) -> BTreeSet<String> {
    use onrecord_lang::Tag;
    let tokens = assertion.content.iter().flat_map(|part| text.tokens_in(*part));
    tokens
        .filter(|at| matches!(text.tag(*at), Tag::X | Tag::Propn | Tag::Num))
        .map(|at| stem(text.lower(at)).to_owned())
        .collect()
}

fn stem(word: &str) -> &str {
    ["ing", "ed", "es", "s"].iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() > 3)).unwrap_or(word)
}
