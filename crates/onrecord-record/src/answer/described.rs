//! Names by their descriptions: one page names "Colonel Bela Tamm, the commander of the 2nd River Regiment", another only the commander.

use std::collections::BTreeSet;

use onrecord_lexicon::{AskedWord, asked_words};
use onrecord_text::CleanSpan;

use super::ground::{Ground, Passage};
use super::{Finding, Found, Part};
use crate::Words;

/// The fewest and the most words of a description, its article and its "of" not counted.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=8;
/// Words before a comma that may belong to one name with its title.
const LONGEST_NAME: usize = 5;

/// What a page says that somebody or something is.
#[derive(Debug)]
pub(super) struct Description {
    /// Its words in small letters, without articles and "of".
    words: Vec<String>,
    /// The topics of the question that are in the name.
    pub(super) topics: BTreeSet<usize>,
    /// The name and the description, where they stand.
    said: Words,
}

/// What the pages say that the names of the question are. Only a description with an "of" and a name or a number behind it is one of a kind
/// ("the head of the Oro Sea Board", not "the head of the board").
pub(super) fn descriptions(ground: &Ground<'_>) -> Vec<Description> {
    let names: Vec<usize> = (0..ground.asked.topics.len()).filter(|at| ground.asked.topics[*at].is_name).collect();
    let holds_name = |passage: &&Passage| names.iter().any(|name| passage.topics.contains(name));
    let mut found: Vec<Description> = Vec::new();
    for passage in ground.passages.iter().filter(holds_name) {
        for description in in_passage(ground, passage, &names) {
            if !found.iter().any(|known| known.words == description.words && known.topics == description.topics) {
                found.push(description);
            }
        }
    }
    // A description that two of the names have tells them not apart.
    let is_only =
        |one: &Description| found.iter().all(|other| other.words != one.words || !other.topics.is_disjoint(&one.topics));
    let only: Vec<bool> = found.iter().map(is_only).collect();
    found.into_iter().zip(only).filter_map(|(one, only)| only.then_some(one)).collect()
}

/// "NAME, the X of Y," in the sentence.
fn in_passage(ground: &Ground<'_>, passage: &Passage, names: &[usize]) -> Vec<Description> {
    let text = ground.cut(passage.words());
    let words = asked_words(text);
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let behind = text.get(word.range.end..).unwrap_or_default();
        let Some(rest) = behind.strip_prefix(", ") else { continue };
        let own = words.get(..=at).unwrap_or_default();
        let is_capital =
            |word: &&AskedWord| text.get(word.range.clone()).is_some_and(|printed| printed.starts_with(char::is_uppercase));
        let name: Vec<&AskedWord> = own.iter().rev().take(LONGEST_NAME).take_while(is_capital).collect();
        let is_in_name = |topic: &usize| {
            let typed = ground.asked.topics[*topic].word.to_lowercase();
            name.iter().any(|word| word.lower == typed)
        };
        let topics: BTreeSet<usize> = names.iter().copied().filter(is_in_name).collect();
        let end = rest.find([',', ';', ':', '.', '"', '“', '(', '—', '–']).unwrap_or(rest.len());
        let one_of_a_kind = one_of_a_kind(rest.get(..end).unwrap_or_default());
        let (Some(first), Some(words), false) = (name.last(), one_of_a_kind, topics.is_empty()) else { continue };
        let place = |byte: usize| passage.span.start() + u32::try_from(byte).unwrap_or(0);
        let span = CleanSpan::new(place(first.range.start), place(word.range.end + ", ".len() + end));
        let said = Words { entry: passage.entry, article: passage.article, span };
        found.push(Description { words, topics, said });
    }
    found
}

/// The words of a description that fits one only: "the", "of", and a name or a number behind.
fn one_of_a_kind(text: &str) -> Option<Vec<String>> {
    let all = asked_words(text);
    let opens = all.first().is_some_and(|word| is_article(&word.lower));
    let of = all.iter().position(|word| word.lower == "of")?;
    let printed = |word: &AskedWord| text.get(word.range.clone()).unwrap_or_default().to_owned();
    let is_proper = |word: &AskedWord| printed(word).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let is_one = opens && of >= 2 && all.get(of..)?.iter().any(is_proper);
    let words = plain(&all.iter().map(|word| word.lower.clone()).collect::<Vec<_>>());
    (is_one && LENGTH.contains(&words.len())).then_some(words)
}

fn is_article(lower: &str) -> bool {
    matches!(lower, "the" | "its" | "their" | "his" | "her" | "our")
}

fn plain(words: &[String]) -> Vec<String> {
    words.iter().filter(|word| !is_article(word) && *word != "of").cloned().collect()
}

/// Which of the descriptions stand in `text`, by their places in the list. Where the name itself stands none is needed.
pub(super) fn held(descriptions: &[Description], text: &str) -> BTreeSet<usize> {
    if descriptions.is_empty() {
        return BTreeSet::new();
    }
    let words = plain(&asked_words(text).into_iter().map(|word| word.lower).collect::<Vec<_>>());
    let holds = |description: &Description| words.windows(description.words.len()).any(|run| run == description.words);
    (0..descriptions.len()).filter(|at| holds(&descriptions[*at])).collect()
}

/// Says of every finding that names somebody by a description only, on whose word that is he.
pub(super) fn explain(ground: &Ground<'_>, parts: &mut [Part]) {
    for finding in parts.iter_mut().flat_map(|part| &mut part.findings) {
        let told = remarks(ground, finding);
        finding.remarks.extend(told);
    }
}

fn remarks(ground: &Ground<'_>, finding: &Finding) -> Vec<String> {
    let places = match finding.found {
        Found::Passage(words) => vec![words],
        Found::Assertion(at) => super::origins::words_of(ground, at),
        Found::Claim(at) => {
            let claim = ground.record.claims.get(at);
            let said = claim.into_iter().flat_map(|claim| &claim.assertions);
            said.flat_map(|at| super::origins::words_of(ground, *at)).collect()
        }
        _ => Vec::new(),
    };
    let passages = places.into_iter().flat_map(|words| ground.passages_at(words));
    let used: BTreeSet<usize> = passages.flat_map(|passage| &passage.described).copied().collect();
    let told = |at: usize| {
        let description = ground.descriptions.get(at)?;
        let name = ground.record.entries.get(description.said.entry)?.name.as_str();
        let page = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let words = ground.cut(description.said).split_whitespace().collect::<Vec<_>>().join(" ");
        Some(format!("not by name; who is meant, {page} says: ‹{words}›"))
    };
    used.into_iter().filter_map(told).collect()
}
