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
/// Sentences before and behind one on the matter in which a word for writing is about it.
const AROUND: (usize, usize) = (1, 4);
/// Words before a word for a document that may turn it round.
const BEFORE: usize = 3;

pub(super) fn written(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let assurances: Vec<(usize, &Undertaking)> = assurances(ground);
    let all_wanted = demands_for_writing(ground);
    let mut seen = BTreeSet::new();
    let bears = |at: &ItemRef| !ground.has_topics() || ground.coverage_of(*at) >= BEARS;
    let on_the_matter = all_wanted.iter().copied().filter(bears);
    let wanted: Vec<ItemRef> = on_the_matter.filter(|at| seen.insert(ground.wording(Found::Assertion(*at)))).collect();
    // What is only asked for in writing has not been given so.
    let is_wanted = |words: Words| all_wanted.iter().flat_map(|at| words_of(ground, *at)).any(|asked| overlap(asked, words));
    let tested = |is: fn(&Stated) -> bool| -> Vec<Finding> {
        let asked_for = |given: &Undertaking| evidence(given).is_some_and(is_wanted);
        let test = |given: &Undertaking| {
            first_test(given).map_or(Stated::Unsaid, |test| if asked_for(given) { Stated::Unsaid } else { test.stated })
        };
        let held = assurances.iter().filter(|(_, given)| is(&test(given)));
        held.map(|(at, _)| Finding::of(Found::Commitment(*at))).collect()
    };
    let yes = tested(|stated| matches!(stated, Stated::Yes(_)));
    let no = tested(|stated| matches!(stated, Stated::No(_)));
    let (mut beside, mut unsaid) = (Vec::new(), Vec::new());
    for finding in tested(|stated| *stated == Stated::Unsaid) {
        let given = if let Found::Commitment(at) = finding.found { ground.record.commitments.get(at) } else { None };
        match given.and_then(|given| document_beside(ground, given, &is_wanted)) {
            Some(remark) => beside.push(Finding { remarks: vec![remark], ..finding }),
            None => unsaid.push(finding),
        }
    }
    let mut shown: Vec<Words> = wanted.iter().flat_map(|at| words_of(ground, *at)).collect();
    shown.extend(assurances.iter().filter_map(|(_, given)| evidence(given)));
    let spoken = spoken(ground, &shown);
    shown.extend(&spoken);
    let asks = asks_who_wants_it(ground);
    let near = if ground.has_topics() && !asks { near_writing(ground, &shown) } else { Vec::new() };
    let articles = ground.homes().count();
    let mut summary = format!(
        "{} said to be in writing in {}; {} with a document named beside; {} said to be only spoken; of {} nobody says which. {} for writing; {} of an assurance as spoken.",
        counted(yes.len(), "assurance is", "assurances are"),
        counted(articles, "article", "articles"),
        counted(beside.len(), "other", "others"),
        counted(no.len(), "is", "are"),
        unsaid.len(),
        counted(wanted.len(), "passage asks", "passages ask"),
        counted(spoken.len(), "other passage speaks", "other passages speak"),
    );
    if asks {
        summary = format!(
            "{} for writing, in {}.",
            counted(wanted.len(), "passage asks", "passages ask"),
            counted(articles, "article", "articles")
        );
    }
    let passages = |list: Vec<Words>| list.into_iter().map(|words| Finding::of(Found::Passage(words))).collect::<Vec<_>>();
    let wanted: Vec<Finding> = wanted.into_iter().map(|at| Finding::of(Found::Assertion(at))).collect();
    let wanted = Part::of("demands-for-writing", "Asked for in writing; that is no written assurance", wanted, MOST);
    if asks {
        return (summary, vec![wanted]);
    }
    let mut parts = vec![
        Part::of("written", "Said to be in writing", yes, 2 * MOST),
        Part::of("document", "With a document named beside them: whether it holds these words, read there", beside, 2 * MOST),
        Part::of("spoken", "Said to be only spoken", no, MOST),
        wanted,
        Part::of("spoken-of", "Passages that speak of an assurance as spoken", passages(spoken), MOST),
        Part::of("near", "Passages on the matter with a word for writing; read them before you conclude", passages(near), MOST),
    ];
    if ground.has_topics() {
        parts.insert(3, Part::of("unsaid", "Whether it is in writing nobody says", unsaid, MOST));
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

fn overlap(one: Words, two: Words) -> bool {
    (one.entry, one.article) == (two.entry, two.article) && one.span.overlaps(two.span)
}

/// Where an article names a document with an assurance: it is headed as one itself, or the paragraph names one, or another sentence
/// does that speaks of the assurance ("the offer had been conveyed in a note").
fn document_beside(ground: &Ground<'_>, given: &Undertaking, is_wanted: &impl Fn(Words) -> bool) -> Option<String> {
    let (assurance, offer) = (ground.lexicon.list("assurance-noun"), ["offer", "proposal"]);
    let speaks_of_it = |text: &str| {
        let words = onrecord_lexicon::asked_words(text);
        words.windows(2).any(|pair| match pair {
            [lead, noun] => {
                matches!(lead.lower.as_str(), "the" | "this" | "that" | "his" | "her" | "its" | "their")
                    && (assurance.contains(&noun.lower) || offer.contains(&noun.lower.as_str()))
            }
            _ => false,
        })
    };
    let remark = |words: Words| {
        format!("a document is named beside it: ‹{}›", ground.cut(words).split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let mut places: Vec<Words> = vec![given.what];
    places.extend(
        given
            .said_in
            .iter()
            .filter_map(|at| Some(Words { entry: at.entry, article: at.article, span: ground.commitment(*at)?.what })),
    );
    for place in places {
        let Some((entry, page)) = ground.record.entries.get(place.entry).zip(ground.page((place.entry, place.article))) else {
            continue;
        };
        let title = page.title.map_or("", |span| entry.page.source.cut(span)).trim();
        if let Some(end) = ground.lexicon.list("test-written").longest_at(title, 0)
            && title.get(end..).is_some_and(|rest| {
                ["of", "by", "from", "between", "on"]
                    .iter()
                    .any(|word| rest.trim_start().to_lowercase().starts_with(&format!("{word} ")))
            })
        {
            return Some(format!("the page itself is headed “{title}”"));
        }
        let own = |passage: &super::ground::Passage| names_document(ground, passage.words()) && !is_wanted(passage.words());
        // What stands behind it may be the document of something else.
        let up_to_it = |passage: &&super::ground::Passage| passage.span.start() <= place.span.start();
        let in_paragraph = ground.paragraph(place).filter(up_to_it).find(|passage| own(passage));
        let elsewhere = || {
            ground.passages.iter().find(|passage| {
                passage.home() == (place.entry, place.article) && own(passage) && speaks_of_it(ground.cut(passage.words()))
            })
        };
        if let Some(passage) = in_paragraph.or_else(elsewhere) {
            return Some(remark(passage.words()));
        }
    }
    None
}

/// Whether a sentence names a document, and does not say that there is none: "what is not written", "drafted but not signed".
fn names_document(ground: &Ground<'_>, words: Words) -> bool {
    let text = ground.cut(words);
    let Some((at, _)) = ground.looking_for("asked-document").find_in(text) else { return false };
    let before = onrecord_lexicon::asked_words(text.get(..at).unwrap_or_default());
    let denied = before.iter().rev().take(BEFORE).any(|word| crate::word::is_turning(&word.lower));
    let unsigned = text.get(at..).is_some_and(|rest| {
        onrecord_lexicon::asked_words(rest).windows(2).any(|pair| {
            matches!(pair, [no, done] if crate::word::is_turning(&no.lower) && ground.lexicon.list("asked-writing").contains(&done.lower))
        })
    });
    !denied && !unsigned && ground.lexicon.list("test-unwritten").find_in(text).is_none()
}

/// Demands, refusals and conditions that ask for something in writing, copies included.
fn demands_for_writing(ground: &Ground<'_>) -> Vec<ItemRef> {
    let (writing, condition) = (ground.looking_for("asked-writing"), ground.lexicon.list("condition"));
    let asks = |(at, act): &(ItemRef, Act)| {
        let Some(said) = ground.assertion(*at) else { return false };
        let parts = words_of(ground, *at);
        let in_writing = parts.iter().any(|words| {
            let text = ground.cut(*words);
            let place = writing.find_in(text);
            let on_condition = || place.zip(condition.find_in(text)).is_some_and(|(writing, condition)| condition.0 < writing.0);
            place.is_some() && (*act == Act::Demand || !matches!(act, Act::Assure | Act::Offer) && on_condition())
        });
        // Whose assurances are asked for, of them others ask.
        let by_asked = ground.is_asked_side(said.speaker.party.as_ref().or(said.speaker.actor.as_ref()));
        in_writing && (by_asked || !asks_who_wants_it(ground))
    };
    let acts = ground.assertions().map(|(at, said)| (at, said.act));
    acts.filter(asks).map(|(at, _)| at).collect()
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
    let mut about: BTreeSet<usize> = BTreeSet::new();
    for (at, passage) in ground.passages.iter().enumerate().filter(|(_, passage)| ground.coverage(passage) >= BEARS) {
        let near = at.saturating_sub(AROUND.0)..=at + AROUND.1;
        about.extend(near.filter(|at| ground.passages.get(*at).is_some_and(|other| other.home() == passage.home())));
    }
    let is_shown = |words: &Words| {
        shown.iter().any(|other| (other.entry, other.article) == (words.entry, words.article) && other.span.overlaps(words.span))
    };
    let in_writing = |words: &Words| {
        let text = ground.cut(*words);
        writing.find_in(text).is_some() || unwritten.find_in(text).is_some()
    };
    let mut seen = BTreeSet::new();
    let inside = about.iter().filter_map(|at| ground.passages.get(*at)).map(super::ground::Passage::words);
    inside
        .filter(|words| in_writing(words) && !is_shown(words))
        .filter(|words| seen.insert(ground.wording(Found::Passage(*words))))
        .collect()
}

/// "Who asks for promises in writing?" wants the demands and nothing else.
fn asks_who_wants_it(ground: &Ground<'_>) -> bool {
    let words = onrecord_lexicon::asked_words(&ground.asked.lower);
    let wants = |word: &str| {
        matches!(word, "ask" | "asks" | "asked" | "asking" | "demand" | "demands" | "demanded" | "want" | "wants" | "wanted")
    };
    words.first().is_some_and(|word| word.lower == "who") && words.iter().any(|word| wants(&word.lower))
}
