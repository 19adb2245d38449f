//! Which figures there are for something, and which numbers only look alike.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::asked_words;
use onrecord_read::Figure;
use onrecord_text::CleanSpan;

use super::asked::key;
use super::ground::{BEARS, Ground};
use super::{Finding, Found, MOST, Part, counted};
use crate::{ItemRef, Referent, Words};

/// Words on each side of a figure in which the thing asked for must stand, where the figure itself does not name it.
const REACH: usize = 8;

pub(super) fn figures(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let mut meant: Vec<ItemRef> = all(ground).filter(|at| is_meant(ground, *at)).collect();
    let numbers: BTreeSet<ItemRef> = meant.iter().copied().collect();
    // Whoever counts the same thing is meant, too.
    for referent in ground.record.referents.iter().filter(|referent| referent.figures.iter().any(|at| numbers.contains(at))) {
        meant.extend(referent.figures.iter().filter(|at| !numbers.contains(at)));
    }
    meant.sort_by_key(|at| (day(ground, *at), *at));
    meant.dedup();
    let meant = once(ground, meant);
    let articles: BTreeSet<(usize, usize)> = meant.iter().map(|at| (at.entry, at.article)).collect();
    let values: BTreeSet<String> = meant.iter().filter_map(|at| ground.figure(*at)).map(value).collect();
    let summary = match meant.len() {
        0 => "No figure is read as the one asked for.".to_owned(),
        found => format!(
            "{}, {}, in {}.",
            counted(found, "figure", "figures"),
            counted(values.len(), "value", "different values"),
            counted(articles.len(), "article", "articles")
        ),
    };
    let shown: Vec<Words> = meant.iter().filter_map(|at| words_of(ground, *at)).collect();
    let passages = passages_with_numbers(ground, &shown);
    let findings = meant.into_iter().map(|at| finding(ground, at)).collect();
    let parts = vec![
        Part::of("figures", "Figures, oldest first; of unlike things none is made one", findings, 2 * MOST),
        Part::of("passages", "More passages with a number that bear on it", passages, MOST),
    ];
    (summary, parts)
}

pub(super) fn all<'a>(ground: &'a Ground<'_>) -> impl Iterator<Item = ItemRef> + 'a {
    ground.homes().flat_map(|(entry, article)| {
        let count = ground.reading(entry, article).map_or(0, |reading| reading.figures.len());
        (0..count).map(move |item| ItemRef { entry, article, item })
    })
}

/// Whether the sentence bears on the question, and the thing asked for stands beside the number.
fn is_meant(ground: &Ground<'_>, at: ItemRef) -> bool {
    let Some(figure) = ground.figure(at) else { return false };
    let words = Words { entry: at.entry, article: at.article, span: figure.span };
    if ground.coverage_at(words) < BEARS.saturating_sub(50) {
        return ground.has_topics() && figure.counted.is_none() && goes_on(ground, words);
    }
    if !ground.has_topics() {
        return true;
    }
    if !ground.has_names_at(words) {
        return false;
    }
    let near: BTreeSet<String> = around(ground, words).into_iter().map(|word| key(&word, ground.lexicon)).collect();
    // A name stands beside many numbers; what is counted is named by another word, if the question has one.
    let topics = || ground.asked.topics.iter().filter(|topic| !topic.key.starts_with('@'));
    let only_names = topics().all(|topic| topic.is_name);
    topics().any(|topic| (only_names || !topic.is_name) && near.contains(&topic.key)) && is_thing(ground, figure, words)
}

/// Whether what is counted is what is asked for, or the words do not say what is counted. "How many lorries" asks for lorries.
fn is_thing(ground: &Ground<'_>, figure: &Figure, words: Words) -> bool {
    let Some(wanted) = thing_asked(ground) else { return true };
    let near = around(ground, words).into_iter().map(|word| key(&word, ground.lexicon));
    let named = near.collect::<BTreeSet<_>>().contains(&wanted);
    let is_duration = figure.unit.as_deref().is_some_and(|unit| {
        ground
            .lexicon
            .unit_at(&unit.replace('-', " "), 0)
            .is_some_and(|(_, unit)| unit.kind == onrecord_lexicon::UnitKind::Measure)
    });
    named && !is_duration || figure.counted.is_none() && figure.unit.is_none()
}

/// The word right behind "how many" or "figures for": what is counted.
fn thing_asked(ground: &Ground<'_>) -> Option<String> {
    let words = asked_words(&ground.asked.lower);
    let lead = words.windows(2).position(|pair| matches!(pair, [one, two] if one.lower == "how" && two.lower == "many"))? + 2;
    let rest = words.get(lead..)?;
    let topic = |word: &onrecord_lexicon::AskedWord| {
        let key = key(&word.lower, ground.lexicon);
        ground.asked.topics.iter().any(|topic| topic.key == key).then_some(key)
    };
    rest.first().and_then(topic)
}

/// A number without a noun of its own that follows a sentence on the matter: "… gives 131 for the same six days".
fn goes_on(ground: &Ground<'_>, words: Words) -> bool {
    let Some(here) = ground.passages_at(words).next() else { return false };
    let before = ground.passages.iter().rfind(|passage| passage.home() == here.home() && passage.span.end() <= here.span.start());
    let text = ground.cut(here.words());
    let refers = ground.lexicon.list("asked-same-thing").find_in(text).is_some();
    refers && before.is_some_and(|before| ground.coverage(before) >= BEARS)
}

/// The words beside a figure, its own included, within its sentence.
fn around(ground: &Ground<'_>, words: Words) -> Vec<String> {
    let Some(sentence) = ground.passages_at(words).next() else { return Vec::new() };
    let text = ground.cut(sentence.words());
    let start = words.span.start().saturating_sub(sentence.span.start()) as usize;
    let end = words.span.end().saturating_sub(sentence.span.start()) as usize;
    let all = asked_words(text);
    let first = all.iter().position(|word| word.range.end > start).unwrap_or(0);
    let last = all.iter().rposition(|word| word.range.start < end).unwrap_or(first);
    let from = first.saturating_sub(REACH);
    all.into_iter().skip(from).take(last + REACH + 1 - from).map(|word| word.lower).collect()
}

/// Each wording of one sentence once: copies repeat it.
fn once(ground: &Ground<'_>, figures: Vec<ItemRef>) -> Vec<ItemRef> {
    let mut seen = BTreeSet::new();
    let sentence = |at: &ItemRef| {
        let words = words_of(ground, *at)?;
        let passage = ground.passages_at(words).next()?;
        Some((ground.wording(Found::Passage(passage.words())), ground.wording(Found::Figure(*at))))
    };
    figures.into_iter().filter(|at| sentence(at).is_none_or(|sentence| seen.insert(sentence))).collect()
}

fn words_of(ground: &Ground<'_>, at: ItemRef) -> Option<Words> {
    Some(Words { entry: at.entry, article: at.article, span: ground.figure(at)?.span })
}

/// When the figure was given: when it was said, else when its page was published.
fn day<'a>(ground: &Ground<'a>, at: ItemRef) -> Option<&'a str> {
    let saying = ground.figure(at).and_then(|figure| figure.assertion).map(|item| ItemRef { item, ..at });
    saying.and_then(|at| ground.day(at)).or_else(|| ground.published((at.entry, at.article)))
}

fn finding(ground: &Ground<'_>, at: ItemRef) -> Finding {
    let mut finding = Finding::of(Found::Figure(at));
    if let Some(referent) = ground.record.referents.iter().find(|referent| referent.figures.contains(&at)) {
        finding.remarks.extend(history(ground, referent, at));
    }
    if let Some(passage) = words_of(ground, at).and_then(|words| ground.passages_at(words).next()) {
        finding.remarks.push(format!("in: {}", one_line(ground.cut(passage.words()))));
    }
    match day(ground, at) {
        Some(day) => finding.remarks.push(format!("on these pages since {day}")),
        None => finding.remarks.push("since when is not known".to_owned()),
    }
    finding
}

/// What stands against a value, what takes its place, and what it takes the place of.
fn history(ground: &Ground<'_>, referent: &Referent, at: ItemRef) -> Vec<String> {
    let row = |row: usize| {
        let given = referent.series.get(row)?;
        let digits = ground.figure(*given.figures.first()?).map(value)?;
        let by = given.by.as_ref().map(|by| format!(" ({})", by.name)).unwrap_or_default();
        let since = given.first_said.as_ref().map(|day| format!(" since {day}")).unwrap_or_default();
        Some(format!("{digits}{by}{since}"))
    };
    let Some((place, given)) = referent.series.iter().enumerate().find(|(_, given)| given.figures.contains(&at)) else {
        return Vec::new();
    };
    let rivals: Vec<String> = given.rivals.iter().filter_map(|rival| row(*rival)).collect();
    let earlier = referent.series.iter().position(|other| other.replaced_by == Some(place));
    let mut told = Vec::new();
    if !rivals.is_empty() {
        told.push(format!("rival values for the same: {}", rivals.join(", ")));
    }
    told.extend(given.replaced_by.and_then(row).map(|later| format!("replaced by its source: {later}")));
    told.extend(earlier.and_then(row).map(|earlier| format!("takes the place of {earlier}")));
    told
}

fn one_line(text: &str) -> String {
    format!("‹{}›", text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The value as digits, for telling values apart.
fn value(figure: &Figure) -> String {
    let number = |value: Option<f64>| value.map(|value| format!("{value}"));
    match (number(figure.low), number(figure.best), number(figure.high)) {
        (_, Some(best), _) => best,
        (Some(low), None, Some(high)) => format!("{low}–{high}"),
        (Some(low), None, None) => format!("≥ {low}"),
        (None, None, Some(high)) => format!("≤ {high}"),
        (None, None, None) => "no number".to_owned(),
    }
}

/// Passages with a number that hold no figure shown: on the matter themselves, or speaking of "the same" right behind one that is.
fn passages_with_numbers(ground: &Ground<'_>, shown: &[Words]) -> Vec<Finding> {
    let is_deed = |key: &str| !key.starts_with('@') && !key.starts_with('#');
    let named = |words: Words| {
        let inside: BTreeSet<String> =
            asked_words(ground.cut(words)).iter().map(|word| key(&word.lower, ground.lexicon)).collect();
        ground.asked.topics.iter().any(|topic| is_deed(&topic.key) && !topic.is_name && inside.contains(&topic.key))
    };
    let is_shown = |words: Words| shown.iter().any(|other| overlap(*other, words));
    let mut seen = sentences(ground, shown);
    let mut findings = Vec::new();
    for passage in &ground.passages {
        let words = passage.words();
        let bears = ground.coverage(passage) >= BEARS && named(words) || goes_on(ground, words);
        if bears && has_number(ground, words) && !is_shown(words) && seen.insert(ground.wording(Found::Passage(words))) {
            let mut finding = Finding::of(ground.as_said(passage));
            if matches!(finding.found, Found::Assertion(_)) {
                finding.remarks.push(format!("in: {}", one_line(ground.cut(words))));
            }
            findings.push(finding);
        }
    }
    findings
}

/// Figures with one value that count different things; rarer and larger numbers first.
pub(super) fn lookalikes(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let mut by_value: BTreeMap<String, Vec<ItemRef>> = BTreeMap::new();
    for at in once(ground, all(ground).collect()) {
        if let Some(figure) = ground.figure(at).filter(|figure| figure.best.is_some() || figure.low.is_some()) {
            by_value.entry(number_of(figure)).or_default().push(at);
        }
    }
    let wanted: Vec<&str> = ground.asked.topics.iter().filter_map(|topic| topic.key.strip_prefix('#')).collect();
    if !wanted.is_empty() {
        return of_number(ground, &wanted, &by_value);
    }
    let mut groups: Vec<(Vec<ItemRef>, bool, f64)> = Vec::new();
    for figures in by_value.into_values() {
        let apart = unlike(ground, &figures);
        if apart.len() >= 2 {
            let size =
                apart.first().and_then(|at| ground.figure(*at)).and_then(|figure| figure.best.or(figure.low)).unwrap_or(0.0);
            let one_article = apart.iter().map(|at| (at.entry, at.article)).collect::<BTreeSet<_>>().len() < apart.len();
            groups.push((apart, one_article, size));
        }
    }
    groups.sort_by(|one, two| two.1.cmp(&one.1).then(two.2.total_cmp(&one.2)).then(one.0.cmp(&two.0)));
    let summary = format!(
        "{} for different things, by the words beside them.",
        counted(groups.len(), "number is given", "numbers are given")
    );
    let findings = groups.into_iter().flat_map(|(figures, ..)| {
        figures.into_iter().enumerate().map(|(n, at)| Finding::labelled(if n == 0 { "" } else { "is not" }, Found::Figure(at)))
    });
    (
        summary,
        vec![Part::of(
            "lookalike",
            "The same number, counting different things; those of one article first",
            findings.collect(),
            5 * MOST,
        )],
    )
}

/// "Is 3,150 the number of displaced?": what that number counts, and which numbers there are for what is asked.
fn of_number(ground: &Ground<'_>, wanted: &[&str], by_value: &BTreeMap<String, Vec<ItemRef>>) -> (String, Vec<Part>) {
    let given: Vec<ItemRef> = wanted.iter().filter_map(|value| by_value.get(*value)).flatten().copied().collect();
    let others: Vec<ItemRef> = all(ground).filter(|at| !given.contains(at) && bears_besides(ground, *at)).collect();
    let others = once(ground, others);
    let summary = format!(
        "The number is given {}, {} for what is asked about.",
        counted(given.len(), "time", "times"),
        counted(others.len(), "other figure stands", "other figures stand"),
    );
    let shown: Vec<Words> = given.iter().chain(&others).filter_map(|at| words_of(ground, *at)).collect();
    let passages = passages_besides(ground, &shown);
    let findings = |list: Vec<ItemRef>| list.into_iter().map(|at| finding(ground, at)).collect::<Vec<_>>();
    let parts = vec![
        Part::of("number", "What this number counts", findings(given), MOST),
        Part::of("others", "Figures beside the other words of the question", findings(others), MOST),
        Part::of("passages", "Passages with a number and all other words of the question", passages, MOST),
    ];
    (summary, parts)
}

/// Passages that hold every topic of the question that is no number, and a number.
fn passages_besides(ground: &Ground<'_>, shown: &[Words]) -> Vec<Finding> {
    let wanted: BTreeSet<usize> =
        ground.asked.topics.iter().enumerate().filter(|(_, topic)| !topic.is_number).map(|(at, _)| at).collect();
    let holds = |passage: &&super::ground::Passage| !wanted.is_empty() && wanted.is_subset(&passage.topics);
    let words = ground.passages.iter().filter(holds).map(super::ground::Passage::words);
    let mut seen = sentences(ground, shown);
    words
        .filter(|words| !shown.iter().any(|other| overlap(*other, *words)) && has_number(ground, *words))
        .filter(|words| seen.insert(ground.wording(Found::Passage(*words))))
        .map(|words| Finding::of(Found::Passage(words)))
        .collect()
}

/// The wordings of the sentences that hold these words: a copy of one tells nothing new.
fn sentences(ground: &Ground<'_>, shown: &[Words]) -> BTreeSet<String> {
    let passages = shown.iter().flat_map(|words| ground.passages_at(*words));
    passages.map(|passage| ground.wording(Found::Passage(passage.words()))).collect()
}

fn has_number(ground: &Ground<'_>, words: Words) -> bool {
    asked_words(ground.cut(words)).iter().any(|word| crate::word::number(&word.lower).is_some())
}

fn overlap(one: Words, two: Words) -> bool {
    (one.entry, one.article) == (two.entry, two.article) && one.span.overlaps(two.span)
}

/// Whether the words beside a figure hold a topic of the question that is no number.
fn bears_besides(ground: &Ground<'_>, at: ItemRef) -> bool {
    let Some(words) = words_of(ground, at) else { return false };
    let near: BTreeSet<String> = around(ground, words).into_iter().map(|word| key(&word, ground.lexicon)).collect();
    let mut topics = ground.asked.topics.iter().filter(|topic| !topic.is_number && !topic.key.starts_with('@')).peekable();
    topics.peek().is_some() && topics.all(|topic| near.contains(&topic.key))
}

fn number_of(figure: &Figure) -> String {
    format!("{}", figure.best.or(figure.low).unwrap_or(0.0))
}

/// The first figure of each thing that is counted, where nothing joins the things.
fn unlike(ground: &Ground<'_>, figures: &[ItemRef]) -> Vec<ItemRef> {
    let mut kept: Vec<(ItemRef, BTreeSet<String>)> = Vec::new();
    for at in figures {
        let Some(figure) = ground.figure(*at) else { continue };
        // Ages, dates and clock times are counted by nobody.
        let is_small = figure.best.or(figure.low).is_some_and(|value| value < 3.0);
        let things = things(ground, *at, figure);
        let joined = |other: &(ItemRef, BTreeSet<String>)| {
            let same_referent = ground
                .record
                .referents
                .iter()
                .any(|referent| referent.figures.contains(at) && referent.figures.contains(&other.0));
            same_referent || !other.1.is_disjoint(&things)
        };
        if !is_small && !things.is_empty() && !kept.iter().any(joined) {
            kept.push((*at, things));
        }
    }
    kept.into_iter().map(|(at, _)| at).collect()
}

/// The words for what is counted, as they are compared.
fn things(ground: &Ground<'_>, at: ItemRef, figure: &Figure) -> BTreeSet<String> {
    let cut = |span: CleanSpan| ground.cut(Words { entry: at.entry, article: at.article, span });
    let words = figure.counted.map(cut).unwrap_or_default();
    let mut things: BTreeSet<String> = asked_words(words)
        .iter()
        .filter(|word| !crate::word::is_empty_word(&word.lower))
        .map(|word| key(&word.lower, ground.lexicon))
        .collect();
    if things.is_empty() {
        things.extend(figure.unit.iter().filter(|unit| *unit != "person").cloned());
    }
    things
}

/// Sorts figures of persons by how many there are; used for who is spoken of.
pub(super) fn largest_first(ground: &Ground<'_>, figures: &mut [ItemRef]) {
    figures.sort_by_key(|at| {
        let value = ground.figure(*at).and_then(|figure| figure.best.or(figure.low)).unwrap_or(0.0);
        (Reverse(value.to_bits()), *at)
    });
}
