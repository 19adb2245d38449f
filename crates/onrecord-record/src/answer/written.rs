//! Which assurances are in writing, which were only spoken, and who asks for writing.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use onrecord_lexicon::Act;
use onrecord_read::{CommitmentKind, Stated};

use super::ground::{BEARS, Ground};
use super::origins::words_of;
use super::{Finding, Found, MOST, Part, counted};
use crate::{ItemRef, TestAnswer, Undertaking, Words};

/// Coverage from which a passage with a word for writing is shown.
const NEAR: usize = 450;

pub(super) fn written(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let assurances: Vec<(usize, &Undertaking)> = assurances(ground);
    let tested = |is: fn(&Stated) -> bool| -> Vec<Finding> {
        let held = assurances.iter().filter(|(_, given)| first_test(given).is_some_and(|test| is(&test.stated)));
        held.map(|(at, _)| Finding::of(Found::Commitment(*at))).collect()
    };
    let yes = tested(|stated| matches!(stated, Stated::Yes(_)));
    let no = tested(|stated| matches!(stated, Stated::No(_)));
    let unsaid = tested(|stated| *stated == Stated::Unsaid);
    let wanted = demands_for_writing(ground);
    let mut shown: Vec<Words> = wanted.iter().flat_map(|at| words_of(ground, *at)).collect();
    shown.extend(assurances.iter().filter_map(|(_, given)| evidence(given)));
    let spoken = spoken(ground, &shown);
    shown.extend(&spoken);
    let asks = asks_who_wants_it(ground);
    let near = if ground.has_topics() && !asks { near_writing(ground, &shown) } else { Vec::new() };
    let articles = ground.homes().count();
    let mut summary = format!(
        "{} said to be in writing in {}; {} said to be only spoken; of {} nobody says which. {} for writing; {} of an assurance as spoken.",
        counted(yes.len(), "assurance is", "assurances are"),
        counted(articles, "article", "articles"),
        counted(no.len(), "is", "are"),
        unsaid.len(),
        counted(wanted.len(), "passage asks", "passages ask"),
        counted(spoken.len(), "passage more speaks", "passages more speak"),
    );
    if asks {
        summary = format!("{} for writing, in {}.", counted(wanted.len(), "passage asks", "passages ask"), counted(articles, "article", "articles"));
    }
    let passages = |list: Vec<Words>| list.into_iter().map(|words| Finding::of(Found::Passage(words))).collect::<Vec<_>>();
    let wanted: Vec<Finding> = wanted.into_iter().map(|at| Finding::of(Found::Assertion(at))).collect();
    let wanted = Part::of("demands-for-writing", "Asked for in writing; that is no written assurance", wanted, MOST);
    if asks {
        return (summary, vec![wanted]);
    }
    let mut parts = vec![
        Part::of("written", "Said to be in writing", yes, 2 * MOST),
        Part::of("spoken", "Said to be only spoken", no, MOST),
        wanted,
        Part::of("spoken-of", "Passages that speak of an assurance as spoken", passages(spoken), MOST),
        Part::of("near", "Passages on the matter with a word for writing; read them before you conclude", passages(near), MOST),
    ];
    if ground.has_topics() {
        parts.insert(2, Part::of("unsaid", "Whether it is in writing nobody says", unsaid, MOST));
    }
    (summary, parts)
}

/// The assurances that the question is about, best first.
fn assurances<'a>(ground: &Ground<'a>) -> Vec<(usize, &'a Undertaking)> {
    let all = ground.record.commitments.iter().enumerate();
    let given = all.filter(|(_, given)| given.kind == CommitmentKind::Assurance && ground.is_asked_side(given.by.as_ref()));
    let mut scored: Vec<_> = given.map(|(at, given)| (ground.coverage_of_commitment(given), at, given)).collect();
    scored.retain(|(score, ..)| *score >= BEARS);
    if ground.has_topics() {
        scored.sort_by_key(|(score, at, _)| (Reverse(*score), *at));
    }
    scored.into_iter().map(|(_, at, given)| (at, given)).collect()
}

fn first_test(given: &Undertaking) -> Option<&TestAnswer> {
    given.tests.first()
}

fn evidence(given: &Undertaking) -> Option<Words> {
    let test = first_test(given)?;
    let (entry, article) = test.at?;
    match test.stated {
        Stated::Yes(evidence) | Stated::No(evidence) => Some(Words { entry, article, span: evidence.span }),
        Stated::Unsaid => None,
    }
}

/// Demands, refusals and conditions that ask for something in writing; each wording once.
fn demands_for_writing(ground: &Ground<'_>) -> Vec<ItemRef> {
    let (writing, condition) = (ground.looking_for("asked-writing"), ground.lexicon.list("condition"));
    let mut seen = BTreeSet::new();
    let asks = |(at, act): &(ItemRef, Act)| {
        let Some(said) = ground.assertion(*at) else { return false };
        let parts = words_of(ground, *at);
        let in_writing = parts.iter().any(|words| {
            let text = ground.cut(*words);
            let place = writing.find_in(text);
            let on_condition = || place.zip(condition.find_in(text)).is_some_and(|(writing, condition)| condition.0 < writing.0);
            place.is_some() && (*act == Act::Demand || !matches!(act, Act::Assure | Act::Offer) && on_condition())
        });
        in_writing && ground.is_asked_side(said.speaker.party.as_ref().or(said.speaker.actor.as_ref()))
    };
    let acts = ground.assertions().map(|(at, said)| (at, said.act));
    let found: Vec<ItemRef> = acts.filter(asks).map(|(at, _)| at).collect();
    let bears = |at: &ItemRef| !ground.has_topics() || ground.coverage_of(*at) >= BEARS;
    found.into_iter().filter(bears).filter(|at| seen.insert(ground.wording(Found::Assertion(*at)))).collect()
}

/// Sentences that speak of an assurance and say that it was spoken.
fn spoken(ground: &Ground<'_>, shown: &[Words]) -> Vec<Words> {
    let (unwritten, assurance) = (ground.looking_for("test-unwritten"), ground.looking_for("assurance-noun"));
    let least = if ground.has_topics() { NEAR } else { 0 };
    let passages = ground.passages_bearing(least, shown).into_iter().map(|(_, passage)| passage.words());
    let mut found: Vec<Words> = passages
        .filter(|words| {
            let text = ground.cut(*words);
            unwritten.find_in(text).is_some() && (assurance.find_in(text).is_some() || gives_word(text))
        })
        .collect();
    found.sort_unstable();
    found
}

/// "My word", "its word": an assurance by another name.
fn gives_word(text: &str) -> bool {
    let words = onrecord_lexicon::asked_words(text);
    words.windows(2).any(|pair| matches!(pair, [whose, word] if word.lower == "word" && matches!(whose.lower.as_str(), "my" | "our" | "his" | "her" | "its" | "their")))
}

/// Sentences of the paragraphs on the matter that hold a word for writing or for its absence.
fn near_writing(ground: &Ground<'_>, shown: &[Words]) -> Vec<Words> {
    let (writing, unwritten) = (ground.looking_for("asked-writing"), ground.looking_for("test-unwritten"));
    let about: BTreeSet<(usize, usize)> =
        ground.passages.iter().filter(|passage| ground.coverage(passage) >= BEARS).map(super::ground::Passage::home).collect();
    let is_shown = |words: &Words| shown.iter().any(|other| (other.entry, other.article) == (words.entry, words.article) && other.span.overlaps(words.span));
    let in_writing = |words: &Words| {
        let text = ground.cut(*words);
        writing.find_in(text).is_some() || unwritten.find_in(text).is_some()
    };
    let mut seen = BTreeSet::new();
    let inside = ground.passages.iter().filter(|passage| about.contains(&passage.home())).map(super::ground::Passage::words);
    inside.filter(|words| in_writing(words) && !is_shown(words)).filter(|words| seen.insert(ground.wording(Found::Passage(*words)))).collect()
}

/// "Who asks for promises in writing?" wants the demands and nothing else.
fn asks_who_wants_it(ground: &Ground<'_>) -> bool {
    let words = onrecord_lexicon::asked_words(&ground.asked.lower);
    let wants = |word: &str| matches!(word, "ask" | "asks" | "asked" | "asking" | "demand" | "demands" | "demanded" | "want" | "wants" | "wanted");
    words.first().is_some_and(|word| word.lower == "who") && words.iter().any(|word| wants(&word.lower))
}
