//! Whose words these are, and who is spoken of and never heard.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{ActorKind, asked_words};

use super::figures::{all, largest_first};
use super::ground::{BEARS, Ground};
use super::{Finding, Found, MOST, Part, counted};
use crate::{ItemRef, Words};

pub(super) fn words(ground: &Ground<'_>) -> (String, Vec<Part>) {
    if asks_who_is_missing(ground) { missing(ground) } else { whose(ground) }
}

fn asks_who_is_missing(ground: &Ground<'_>) -> bool {
    let words = asked_words(&ground.asked.lower);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.lower.as_str()));
    has(&["missing", "silent", "heard", "quoted", "voice", "voices"])
}

/// Loaded names, those that the question names before all; and who uses the words asked for.
fn whose(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let asked_for = |name: &str| {
        let lower = name.to_lowercase();
        ground.asked.lower.contains(lower.as_str())
    };
    let mut loaded: BTreeMap<(String, String), Vec<(Words, String)>> = BTreeMap::new();
    for actor in &ground.record.actors {
        for name in actor.names.iter().filter_map(|name| Some((name.words, name.loaded.as_ref()?))) {
            let (words, whose) = name;
            let text = ground.cut(words).to_owned();
            let whose = ground.record.actors.iter().find(|known| known.id == *whose).map_or_else(
                || ground.lexicon.actor(whose).map_or(whose.to_string(), |known| known.name.clone()),
                |known| known.name.clone(),
            );
            let name = text.to_lowercase();
            loaded.entry((name, whose)).or_default().push((words, actor.name.clone()));
        }
    }
    let named = loaded.keys().any(|(name, _)| asked_for(name));
    let mut findings = Vec::new();
    let mut terms = 0;
    for ((_, whose), uses) in loaded.iter().filter(|((name, _), _)| !named || asked_for(name)) {
        terms += 1;
        let Some((first, actor)) = uses.first() else { continue };
        let name = ground.cut(*first);
        for (n, (words, _)) in uses.iter().enumerate() {
            let mut finding = Finding::labelled(if n == 0 { "" } else { "again" }, Found::Name(*words));
            if words == first {
                finding
                    .remarks
                    .push(format!("“{name}” is the word of {whose} for {actor}; used {}", counted(uses.len(), "time", "times")));
            }
            finding.remarks.extend(user(ground, *words).map(|user| format!("here said by {user}")));
            findings.push(finding);
        }
    }
    let said = if named || !ground.has_topics() { Vec::new() } else { users_of_words(ground) };
    let summary = match (terms, said.len()) {
        (0, 0) => "No name here is known as one side's word, and nobody is found who uses the words asked for.".to_owned(),
        (0, found) => {
            format!("The lexicon knows no such name; {} the words asked for.", counted(found, "statement has", "statements have"))
        }
        (found, _) => format!("{} one side's word for somebody.", counted(found, "name is", "names are")),
    };
    let parts = vec![
        Part::of("loaded", "Names that are one side's word", findings, 2 * MOST),
        Part::of("users", "Statements and passages with these words, and whose they are", said, MOST),
    ];
    (summary, parts)
}

/// Who says the sentence that holds these words.
fn user(ground: &Ground<'_>, words: Words) -> Option<String> {
    let reading = ground.reading(words.entry, words.article)?;
    let holding = reading.assertions.iter().filter(|said| said.content.iter().any(|span| span.contains_span(words.span)));
    let speaker = &holding.min_by_key(|said| said.content.iter().map(|span| span.end() - span.start()).sum::<u32>())?.speaker;
    (!speaker.name.is_empty()).then(|| speaker.name.clone())
}

fn users_of_words(ground: &Ground<'_>) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<(usize, Found)> =
        ground.assertions().map(|(at, _)| (ground.coverage_of(at), Found::Assertion(at))).collect();
    found.retain(|(score, at)| *score >= BEARS && seen.insert(ground.wording(*at)));
    found.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
    found.into_iter().map(|(_, found)| Finding::of(found)).collect()
}

/// Who is spoken of and never heard, who is heard in one article only, and who was asked and said nothing.
fn missing(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let never = never_heard(ground);
    let counted_people = people_counted(ground);
    let silent = silent(ground);
    let heard: BTreeMap<&onrecord_lexicon::ActorId, BTreeSet<(usize, usize)>> = heard(ground);
    let summary = format!(
        "In {}, {} named and never heard; {} by number only; {} that somebody gave no answer. That somebody is not heard here does not say why.",
        counted(ground.homes().count(), "article", "articles"),
        counted(never.len(), "person or group is", "persons and groups are"),
        counted(counted_people.len(), "group of people is told of", "groups of people are told of"),
        counted(silent.len(), "passage says", "passages say"),
    );
    let once: Vec<Finding> = heard
        .iter()
        .filter(|(_, homes)| homes.len() == 1)
        .filter_map(|(id, _)| ground.record.actors.iter().find(|actor| actor.id == **id))
        .filter(|actor| matches!(actor.kind, ActorKind::ArmedGroup | ActorKind::People))
        .filter_map(|actor| actor.names.first())
        .map(|name| Finding::of(Found::Name(name.words)))
        .collect();
    let parts = vec![
        Part::of("people", "People told of by number, whom nobody quotes", counted_people, 3 * MOST),
        Part::of("never", "Named, spoken of, never heard", never, 2 * MOST),
        Part::of("once", "Groups heard in one article only", once, MOST),
        Part::of("silent", "Asked, and said nothing", silent, 2 * MOST),
    ];
    (summary, parts)
}

/// The articles in which each actor speaks, or somebody speaks for it.
fn heard<'a>(ground: &Ground<'a>) -> BTreeMap<&'a onrecord_lexicon::ActorId, BTreeSet<(usize, usize)>> {
    let mut heard: BTreeMap<_, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for (at, said) in ground.assertions() {
        for speaker in said.via.iter().chain([&said.speaker]) {
            for id in speaker.actor.iter().chain(&speaker.party) {
                heard.entry(id).or_default().insert((at.entry, at.article));
            }
        }
    }
    heard
}

fn never_heard(ground: &Ground<'_>) -> Vec<Finding> {
    let heard = heard(ground);
    let silent = ground.record.actors.iter().filter(|actor| {
        let speaks_for = matches!(actor.kind, ActorKind::Office | ActorKind::State);
        !speaks_for && !heard.contains_key(&actor.id) && actor.kind != ActorKind::Unnamed && !is_place(ground, &actor.name)
    });
    let bears = |words: Words| !ground.has_topics() || ground.coverage_at(words) >= BEARS;
    let mut found: Vec<(usize, Words)> =
        silent.filter_map(|actor| Some((actor.names.len(), actor.names.first()?.words))).collect();
    found.retain(|(_, words)| bears(*words));
    found.sort_by_key(|(times, words)| (std::cmp::Reverse(*times), *words));
    let name = |(times, words): (usize, Words)| {
        let mut finding = Finding::of(Found::Name(words));
        finding.remarks.push(format!("named {}", counted(times, "time", "times")));
        finding
    };
    found.into_iter().map(name).collect()
}

/// Whether the name is that of a place, which a model may take for somebody.
fn is_place(ground: &Ground<'_>, name: &str) -> bool {
    let known = ground.lexicon.places_at(name, 0).is_some_and(|(end, _)| end == name.len());
    let last = name.rsplit(' ').next().unwrap_or(name);
    let nouns = ["place-noun", "place-landform", "place-facility", "place-noun-area", "place-noun-town"];
    known
        || !name.contains(' ') && ground.lexicon.actors().all(|actor| actor.name != name)
        || nouns.iter().any(|list| ground.lexicon.list(list).contains(last))
}

/// Figures that count people of whose kind nobody is quoted; each kind once.
fn people_counted(ground: &Ground<'_>) -> Vec<Finding> {
    let speakers: BTreeSet<String> = ground
        .assertions()
        .flat_map(|(_, said)| asked_words(&said.speaker.name))
        .map(|word| crate::word::stem(&word.lower))
        .collect();
    let mut figures: Vec<ItemRef> = all(ground).filter(|at| counts_people(ground, *at)).collect();
    largest_first(ground, &mut figures);
    figures.sort();
    let mut kinds = BTreeSet::new();
    let mut findings = Vec::new();
    for at in figures {
        let Some(counted) = ground.figure(at).and_then(|figure| figure.counted) else { continue };
        let words = ground.cut(Words { entry: at.entry, article: at.article, span: counted });
        let Some(kind) = head(words) else { continue };
        if !speakers.contains(&kind) && kinds.insert(kind) {
            findings.push(Finding::of(Found::Figure(at)));
        }
    }
    findings
}

fn counts_people(ground: &Ground<'_>, at: ItemRef) -> bool {
    let Some(figure) = ground.figure(at) else { return false };
    let counted = figure.counted.map_or("", |span| ground.cut(Words { entry: at.entry, article: at.article, span }));
    let last = counted.rsplit(' ').next().unwrap_or(counted);
    figure.unit.as_deref() == Some("person")
        || ground.lexicon.list("counted-person").contains(last)
        || ground.lexicon.list("role-noun").contains(last)
}

/// The noun of what is counted: its last word before a preposition.
fn head(words: &str) -> Option<String> {
    let words = asked_words(words);
    let end = words
        .iter()
        .position(|word| matches!(word.lower.as_str(), "of" | "in" | "at" | "from" | "on" | "with" | "held" | "who" | "and"))
        .unwrap_or(words.len());
    words.get(..end)?.last().map(|word| crate::word::stem(&word.lower))
}

/// Passages that say that somebody gave no answer, each wording once.
fn silent(ground: &Ground<'_>) -> Vec<Finding> {
    let list = ground.looking_for("asked-no-answer");
    let mut seen = BTreeSet::new();
    let bearing = ground.passages.iter().filter(|passage| !ground.has_topics() || ground.coverage(passage) >= BEARS);
    let mut found: Vec<Words> =
        bearing.map(super::ground::Passage::words).filter(|words| list.find_in(ground.cut(*words)).is_some()).collect();
    found.retain(|words| seen.insert(ground.wording(Found::Passage(*words))));
    found.into_iter().map(|words| Finding::of(Found::Passage(words))).collect()
}
