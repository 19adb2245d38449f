//! Bent spelling against `corpus/bent-spelling`: all that is bent is undone, and nothing else is touched.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use onrecord_lexicon::Lexicon;
use onrecord_page::read_page;

/// The words that were undone in a text, with what they read as.
fn restored(text: &str) -> Vec<String> {
    let page = read_page(text.as_bytes(), "case.txt", Lexicon::embedded()).unwrap();
    let words = page.articles.iter().flat_map(|article| &article.restored);
    words.map(|word| format!("{}={}", page.source.cut(word.span), word.restored)).collect()
}

fn lines(file: &str) -> impl Iterator<Item = &str> {
    file.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("# "))
}

#[test]
fn what_is_bent_is_undone() {
    let mut wrong = Vec::new();
    for line in lines(include_str!("../../../corpus/bent-spelling/bent.txt")) {
        let (text, wanted) = line.split_once('\t').unwrap();
        let found = restored(text);
        if found != wanted.split("; ").collect::<Vec<_>>() {
            wrong.push(format!("{text}: wanted {wanted}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_only_looks_bent_is_left_alone() {
    let wrong: Vec<String> = lines(include_str!("../../../corpus/bent-spelling/straight.txt"))
        .map(|text| (text, restored(text)))
        .filter(|(_, found)| !found.is_empty())
        .map(|(text, found)| format!("{text}: {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All of it in one article: what one sentence prints straight is no reason to change another.
#[test]
fn what_only_looks_bent_is_left_alone_beside_straight_words() {
    let text: Vec<&str> = lines(include_str!("../../../corpus/bent-spelling/straight.txt")).collect();
    assert_eq!(restored(&text.join("\n\n")), Vec::<String>::new());
}
