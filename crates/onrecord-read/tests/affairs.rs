//! States of affairs of single sentences: which thing, in what state, since when, whether.

use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::Article;
use onrecord_read::{Affair, Modality};

#[allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]
fn affairs(text: &str) -> Vec<Affair> {
    let article = Article::of_paragraphs(text).unwrap();
    onrecord_read::read(&article, Lexicon::embedded(), Model::embedded()).affairs
}

#[track_caller]
fn check(text: &str, kind: &str, state: &str, modality: Modality) -> Affair {
    let found = affairs(text);
    let [affair] = found.as_slice() else { panic!("{} states in {text:?}: {found:?}", found.len()) };
    assert_eq!((affair.kind.as_str(), affair.state.as_str(), affair.modality), (kind, state, modality), "{text}");
    affair.clone()
}

#[test]
fn open_and_closed() {
    let closed = check("Pakistan closed the Torkham border crossing on 12 October 2025.", "crossing", "closed", Modality::Actual);
    assert_eq!(closed.since.map(|date| date.value).as_deref(), Some("2025-10-12"));
    check("The embassy remains closed.", "embassy", "closed", Modality::Actual);
    check("Egypt will reopen the Rafah crossing.", "crossing", "open", Modality::Future);
    check("The border is not open.", "border", "open", Modality::Negated);
}

#[test]
fn in_force_or_not() {
    let truce = check("The ceasefire between Israel and Lebanon is still in force.", "ceasefire", "in force", Modality::Actual);
    assert_eq!(truce.parties.iter().map(ToString::to_string).collect::<Vec<_>>(), ["il", "lb"]);
    check("The deal is no longer in force.", "agreement", "in force", Modality::Negated);
    check("Serbia suspended visa services.", "visas", "suspended", Modality::Actual);
    check("The truce expired at midnight.", "ceasefire", "expired", Modality::Actual);
}

#[test]
fn rounds_of_talks_have_number_venue_and_outcome() {
    let text =
        "The third round of talks between Pakistan and Afghanistan ended without agreement in Istanbul on 7 November 2025.";
    let talks = check(text, "talks", "ended without result", Modality::Actual);
    assert_eq!(talks.round, Some(3));
    assert_eq!(talks.place.and_then(|toponym| toponym.place).map(|place| place.name).as_deref(), Some("Istanbul"));
    assert_eq!(talks.parties.len(), 2);
}

#[test]
fn other_things_that_close_are_left_alone() {
    for text in
        ["The shop was closed on Sunday.", "He opened the letter.", "The season ended on Friday.", "The question is open."]
    {
        assert_eq!(affairs(text), [], "{text}");
    }
}
