//! Whether reports are independent, or echoes of one another.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::{Ground, is_authors};
use super::origins::agency;
use super::{Finding, Found, MOST, Part, counted};
use crate::piece::Pieces;
use crate::{Claim, ItemRef, Words};

/// The most statements shown as those of one report alone.
const OWN: usize = 6;

type Home = (usize, usize);

pub(super) fn echo(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let named: Vec<Vec<Home>> =
        ground.asked.files.iter().map(|file| homes_of(ground, file)).filter(|homes| !homes.is_empty()).collect();
    let missing: Vec<&String> = ground.asked.files.iter().filter(|file| homes_of(ground, file).is_empty()).collect();
    if !missing.is_empty() {
        let names: Vec<&str> = missing.iter().map(|file| file.as_str()).collect();
        return (format!("No page here is called {}.", names.join(" or ")), Vec::new());
    }
    let copies = copies(ground);
    match named.as_slice() {
        [] => all_copies(ground, &copies),
        [one] => of_one(ground, one, &copies),
        [one, two, ..] => of_two(ground, one, two, &copies),
    }
}

/// The articles of the page of this name, or of the names that begin or end so.
fn homes_of(ground: &Ground<'_>, file: &str) -> Vec<Home> {
    let last = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    ground.homes().filter(|home| ground.record.entries.get(home.0).is_some_and(|entry| last(&entry.name) == file)).collect()
}

/// The first article of the copies that each article belongs to.
fn copies(ground: &Ground<'_>) -> BTreeMap<Home, Home> {
    let pieces = Pieces::of(&ground.record.entries, ground.lexicon);
    let home = |at: usize| pieces.list.get(at).map(|piece| (piece.entry, piece.article));
    pieces.list.iter().filter_map(|piece| Some(((piece.entry, piece.article), home(piece.copy_group)?))).collect()
}

fn all_copies(ground: &Ground<'_>, copies: &BTreeMap<Home, Home>) -> (String, Vec<Part>) {
    let mut groups: BTreeMap<Home, Vec<Home>> = BTreeMap::new();
    for (home, first) in copies {
        groups.entry(*first).or_default().push(*home);
    }
    groups.retain(|_, group| group.len() > 1);
    let articles: usize = groups.values().map(Vec::len).sum();
    let findings = groups.values().flat_map(|group| {
        group.iter().enumerate().map(|(n, home)| article(ground, *home, if n == 0 { "" } else { "copy of the one before" }))
    });
    let summary = format!(
        "{} of {} are copies of another, in {}. That articles are no copies does not make them independent: they may go back to one origin.",
        articles.saturating_sub(groups.len()),
        counted(copies.len(), "article", "articles"),
        counted(groups.len(), "group", "groups"),
    );
    let parts = vec![
        Part::of("copies", "Copies, by the words they share outside of quotations", findings.collect(), 3 * MOST),
        Part::of("shared", "Claims with one origin in several outlets", repeated(ground), MOST),
    ];
    (summary, parts)
}

/// Claims that several outlets carry and one origin stands behind.
fn repeated(ground: &Ground<'_>) -> Vec<Finding> {
    let claims = ground.record.claims.iter().enumerate();
    let one_origin = claims.filter(|(_, claim)| claim.outlets.len() > 1 && claim.origins.len() == 1);
    one_origin.map(|(at, _)| Finding::of(Found::Claim(at))).collect()
}

fn of_one(ground: &Ground<'_>, one: &[Home], copies: &BTreeMap<Home, Home>) -> (String, Vec<Part>) {
    let group = |home: &Home| copies.get(home).copied();
    let twins: Vec<Home> = copies
        .keys()
        .filter(|home| !one.contains(home) && one.iter().any(|own| group(own).is_some() && group(own) == group(home)))
        .copied()
        .collect();
    let claims: Vec<(usize, &Claim)> = ground.record.claims.iter().enumerate().filter(|(_, claim)| touches(claim, one)).collect();
    let elsewhere = claims.iter().filter(|(_, claim)| {
        claim.assertions.iter().any(|at| !one.contains(&(at.entry, at.article)) && !twins.contains(&(at.entry, at.article)))
    });
    let shared: Vec<usize> = elsewhere.map(|(at, _)| *at).collect();
    let mut summary = match twins.as_slice() {
        [] => "No other article here is a copy of it.".to_owned(),
        found => format!(
            "It is an echo: {} with it.",
            counted(found.len(), "other article shares its words", "other articles share their words")
        ),
    };
    summary.push_str(&format!(
        " Of {} in it, {} stand in other pages, too.",
        counted(claims.len(), "claim", "claims"),
        shared.len()
    ));
    let mut articles: Vec<Finding> = one.iter().map(|home| article(ground, *home, "")).collect();
    articles.extend(twins.iter().map(|home| article(ground, *home, "copy")));
    let mut parts = vec![
        Part::of("articles", "The page, and its copies", articles, 2 * MOST),
        Part::of(
            "shared",
            "Claims that it shares with pages that are no copies",
            shared.into_iter().map(|at| Finding::of(Found::Claim(at))).collect(),
            MOST,
        ),
    ];
    if !twins.is_empty() {
        let left = only_in(ground, &twins, one);
        parts.push(Part::of("left-out", "Passages of the copies that it does not have", left, MOST));
    }
    (summary, parts)
}

fn of_two(ground: &Ground<'_>, one: &[Home], two: &[Home], copies: &BTreeMap<Home, Home>) -> (String, Vec<Part>) {
    let are_copies = one.iter().any(|one| two.iter().any(|two| copies.get(one).is_some() && copies.get(one) == copies.get(two)));
    let sentences = |homes: &[Home]| -> BTreeSet<String> {
        let own = ground.passages.iter().filter(|passage| homes.contains(&passage.home()));
        own.map(|passage| ground.wording(Found::Passage(passage.words()))).filter(|words| words.split(' ').count() >= 5).collect()
    };
    let shared_sentences = sentences(one).intersection(&sentences(two)).count();
    let claims = ground.record.claims.iter().enumerate();
    let shared: Vec<usize> = claims.filter(|(_, claim)| touches(claim, one) && touches(claim, two)).map(|(at, _)| at).collect();
    let (voices_one, voices_two) = (voices(ground, one), voices(ground, two));
    let mut common: Vec<&String> = voices_one.keys().filter(|name| voices_two.contains_key(*name)).collect();
    common.sort();
    let summary = format!(
        "{}; {} word for word; {}; {} in both{}.",
        if are_copies { "They are copies" } else { "They are no copies" },
        counted(shared_sentences, "sentence is the same", "sentences are the same"),
        counted(shared.len(), "claim stands in both", "claims stand in both"),
        counted(common.len(), "speaker is heard", "speakers are heard"),
        if common.is_empty() {
            String::new()
        } else {
            format!(": {}", common.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", "))
        },
    );
    let of_common = |voices: &BTreeMap<String, Vec<ItemRef>>| -> Vec<Finding> {
        let said = common.iter().flat_map(|name| voices.get(*name)).flatten();
        said.map(|at| Finding::of(Found::Assertion(*at))).collect()
    };
    let own = |voices: &BTreeMap<String, Vec<ItemRef>>, others: &BTreeMap<String, Vec<ItemRef>>| -> Vec<Finding> {
        let alone = voices.iter().filter(|(name, _)| !others.contains_key(*name)).flat_map(|(_, said)| said);
        alone.map(|at| Finding::of(Found::Assertion(*at))).collect()
    };
    let articles = one.iter().chain(two).map(|home| article(ground, *home, "")).collect();
    let mut both = of_common(&voices_one);
    both.extend(of_common(&voices_two));
    let parts = vec![
        Part::of("articles", "The two", articles, MOST),
        Part::of("shared", "Claims in both", shared.into_iter().map(|at| Finding::of(Found::Claim(at))).collect(), MOST),
        Part::of(
            "one-origin",
            "Speakers and documents that both go back to: for this, one is no confirmation of the other",
            both,
            2 * MOST,
        ),
        Part::of("first-alone", "Heard in the first only", own(&voices_one, &voices_two), OWN),
        Part::of("second-alone", "Heard in the second only", own(&voices_two, &voices_one), OWN),
    ];
    (summary, parts)
}

fn touches(claim: &Claim, homes: &[Home]) -> bool {
    claim.assertions.iter().any(|at| homes.contains(&(at.entry, at.article)))
}

/// Who is heard in these articles. A report is heard under the side whose it is: "the report", "the Panel" are one.
fn voices(ground: &Ground<'_>, homes: &[Home]) -> BTreeMap<String, Vec<ItemRef>> {
    let mut voices: BTreeMap<String, Vec<ItemRef>> = BTreeMap::new();
    for (at, said) in ground.assertions().filter(|(at, said)| homes.contains(&(at.entry, at.article)) && !is_authors(said)) {
        let through = said.via.iter().chain([&said.speaker]);
        for speaker in through {
            let id = speaker.actor.as_ref().or(speaker.party.as_ref());
            let named =
                id.and_then(|id| ground.record.actors.iter().find(|actor| actor.id == *id)).map(|actor| actor.name.clone());
            let name = named.unwrap_or_else(|| speaker.name.clone());
            if !name.is_empty() {
                voices.entry(name).or_default().push(at);
            }
        }
    }
    voices
}

/// Passages of `of` whose words no passage of `homes` has.
fn only_in(ground: &Ground<'_>, of: &[Home], homes: &[Home]) -> Vec<Finding> {
    let own = |homes: &[Home]| -> Vec<(String, Words)> {
        let passages = ground.passages.iter().filter(|passage| homes.contains(&passage.home()));
        passages.map(|passage| (ground.wording(Found::Passage(passage.words())), passage.words())).collect()
    };
    let known: BTreeSet<String> = own(homes).into_iter().map(|(wording, _)| wording).collect();
    own(of)
        .into_iter()
        .filter(|(wording, _)| !known.contains(wording))
        .map(|(_, words)| Finding::of(Found::Passage(words)))
        .collect()
}

/// An article with its outlet, publisher and the agency it credits.
fn article(ground: &Ground<'_>, home: Home, label: &'static str) -> Finding {
    let mut finding = Finding::labelled(label, Found::Article(home.0, home.1));
    if let Some(outlet) = ground.outlet(home) {
        finding.remarks.push(format!("outlet: {}; publisher: {}", outlet.name, outlet.publisher));
    }
    finding.remarks.extend(agency(ground, home).map(|agency| format!("credits {agency}")));
    finding.remarks.extend(ground.published(home).map(|day| format!("published {day}")));
    finding
}
