//! Weighs what the names of a text may mean against one another.
//!
//! A name means one place throughout a text (but the area in "Ithaca, New York" may be another than the city elsewhere). Each meaning has a weight of
//! its own, from how many people live there and what it is, and what the text adds: an area named right behind it, the countries the text names, the
//! other places it means. As meanings support each other, they are chosen again until nothing changes. A small place that nothing supports is left
//! open.
//!
//! Weights are in powers of ten of people: one that adds 1 makes up for ten times fewer.

use std::collections::BTreeMap;

use onrecord_gazetteer::PlaceKind;
use onrecord_lang::{Analysis, MentionKind};
use onrecord_lexicon::{ActorKind, NameKind};
use onrecord_text::CleanSpan;

use super::candidate::{Candidate, Kind, Known};
use super::mention::{Mention, Sort};
use super::{ResolvedPlace, Toponym};

/// A name is weighed against so many that come before it in the text and so many that come after: a page that lists thousands of places must not take
/// their square.
const NEIGHBOURS: usize = 150;
/// Rounds of choosing: most texts settle in the second.
const ROUNDS: usize = 5;
/// A place with fewer people than this needs something in the text that speaks for it.
const KNOWN_BY_ITSELF: u32 = 15_000;
/// And so does one with fewer than this, where the text names other countries and the name has other meanings.
const KNOWN_ABROAD: u32 = 500_000;
/// At least this much must speak for it.
const LEAST_SUPPORT: f64 = 0.3;
/// The area named right behind a place, or the place in front of its area.
const NAMED_WITH: f64 = 5.0;
/// All countries that a text names are that of the place.
const IN_NAMED_COUNTRY: f64 = 2.5;
/// Another place of the text holds it, lies in it, or lies in the same region.
const HELD: f64 = 2.0;
const HOLDS: f64 = 1.5;
const SAME_REGION: f64 = 1.0;
/// The lexicon lists it.
const LISTED: f64 = 1.5;
/// The words around the name say its sort: "the state of", "… village".
const OF_THE_SORT: f64 = 3.0;
/// It stands in a list with places of its kind and country.
const SIBLING: f64 = 2.0;
/// Another place of the text is right beside it; half of it at [`NEAR_KM`].
const NEAR: f64 = 2.0;
const NEAR_KM: f64 = 150.0;
/// A city in which at least every fifth of the region of its name lives is meant more often than the region.
const CITY_BEFORE_ITS_REGION: f64 = 1.5;

/// All mentions of a name in one sense.
struct Group {
    candidates: Vec<Candidate>,
    mentions: Vec<usize>,
    name: String,
    /// Groups named right behind it, as "Ithaca, New York" names the second behind the first.
    areas: Vec<usize>,
    /// Groups of which it is one of the areas.
    inner: Vec<usize>,
    /// Groups in a list with it.
    siblings: Vec<usize>,
    sort: Sort,
    chosen: Option<usize>,
}

/// The groups first mentioned around this one, those of its own name left out.
fn neighbours(groups: &[Group], group: usize) -> impl Iterator<Item = &Group> {
    let around = &groups[group.saturating_sub(NEIGHBOURS)..groups.len().min(group + NEIGHBOURS)];
    around.iter().filter(move |other| other.name != groups[group].name)
}

impl Group {
    fn choice(&self) -> Option<&Candidate> {
        self.candidates.get(self.chosen?)
    }
}

/// What the mentions mean.
pub(super) fn resolve(text: &str, analysis: &Analysis, known: &Known<'_>, mentions: Vec<Mention>) -> Vec<Toponym> {
    let pairs = pairs(text, &mentions);
    let mut groups = groups(text, &mentions, &pairs, &lists(text, &mentions));
    let countries = named_countries(text, analysis, known);
    for round in 0..ROUNDS {
        let chosen: Vec<Option<usize>> = (0..groups.len()).map(|group| choose(&groups, group, &countries, round)).collect();
        let is_settled = groups.iter().zip(&chosen).all(|(group, chosen)| group.chosen == *chosen);
        groups.iter_mut().zip(chosen).for_each(|(group, chosen)| group.chosen = chosen);
        if is_settled && round > 0 {
            break;
        }
    }
    let mut group_of = vec![0; mentions.len()];
    for (number, group) in groups.iter().enumerate() {
        group.mentions.iter().for_each(|mention| group_of[*mention] = number);
    }
    let toponym = |(number, mention): (usize, &Mention)| {
        let span = CleanSpan::new(u32::try_from(mention.span.start).ok()?, u32::try_from(mention.span.end).ok()?);
        let place = resolved(&groups, group_of[number]);
        Some(Toponym { span, place, is_government: is_government(text, analysis, known, span) })
    };
    mentions.iter().enumerate().filter_map(toponym).collect()
}

/// The place that a group means: its own, or the area named with it where it is in no list.
fn resolved(groups: &[Group], group: usize) -> Option<ResolvedPlace> {
    let group = &groups[group];
    if !group.candidates.is_empty() {
        return group.choice()?.resolved();
    }
    group.areas.iter().find_map(|area| groups[*area].choice()?.resolved())
}

/// Mentions of which the second names the area of the first: "Ithaca, New York", "Kajaki in Helmand", "Helmand's Kajaki".
fn pairs(text: &str, mentions: &[Mention]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (first, two) in mentions.windows(2).enumerate() {
        let between = &text[two[0].span.end..two[1].span.start];
        let words: Vec<&str> = between.split_whitespace().collect();
        match words.as_slice() {
            ["," | "("] | [] if between.starts_with([',', '(']) || between.starts_with(" (") => pairs.push((first, first + 1)),
            [] if between.is_empty() => {}
            [",", "in"]
            | ["in"]
            | ["in", _]
            | [_, "of" | "in"]
            | [_, "in" | "of", "the" | "northern" | "southern" | "eastern" | "western"] => {
                pairs.push((first, first + 1));
            }
            ["'s" | "’s", ..] if words.len() <= 2 => pairs.push((first + 1, first)),
            _ => {}
        }
    }
    pairs
}

/// Mentions that stand side by side in a list.
fn lists(text: &str, mentions: &[Mention]) -> Vec<(usize, usize)> {
    let is_list =
        |two: &[Mention]| matches!(&text[two[0].span.end..two[1].span.start], ", " | ", and " | " and " | " or " | "; ");
    mentions.windows(2).enumerate().filter(|(_, two)| is_list(two)).map(|(first, _)| (first, first + 1)).collect()
}

fn groups(text: &str, mentions: &[Mention], pairs: &[(usize, usize)], lists: &[(usize, usize)]) -> Vec<Group> {
    let is_area_of = |area: &Mention, inner: &Mention| {
        let divisions = area.candidates.iter().filter(|candidate| !candidate.is_country());
        divisions.into_iter().any(|area| inner.candidates.iter().any(|inner| area.holds(inner)))
    };
    let mut inner_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    pairs.iter().for_each(|(inner, area)| inner_of.entry(*area).or_default().push(*inner));
    let mut numbers: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of = Vec::new();
    for (number, mention) in mentions.iter().enumerate() {
        let is_area = inner_of.get(&number).into_iter().flatten().any(|inner| is_area_of(mention, &mentions[*inner]));
        let name = &text[mention.span.clone()];
        let group = *numbers.entry((name, is_area)).or_insert_with(|| {
            let (name, candidates) = (name.to_owned(), mention.candidates.clone());
            let (mentions, areas, inner, siblings) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            groups.push(Group { candidates, mentions, name, areas, inner, siblings, sort: Sort::Unsaid, chosen: None });
            groups.len() - 1
        });
        groups[group].mentions.push(number);
        groups[group].sort = groups[group].sort.max(mention.sort);
        group_of.push(group);
    }
    for (inner, area) in pairs {
        let (inner, area) = (group_of[*inner], group_of[*area]);
        if inner != area && !groups[inner].areas.contains(&area) {
            groups[inner].areas.push(area);
            groups[area].inner.push(inner);
        }
    }
    for (left, right) in lists {
        let (left, right) = (group_of[*left], group_of[*right]);
        groups[left].siblings.push(right);
        groups[right].siblings.push(left);
    }
    groups
}

/// The words that name countries or their people, with the country's code and how often they stand in the text.
fn named_countries<'t>(text: &'t str, analysis: &Analysis, known: &Known<'_>) -> Vec<NamedCountry<'t>> {
    let mut named: BTreeMap<(&str, String), u32> = BTreeMap::new();
    for mention in &analysis.mentions {
        let Some((end, names)) = known.lexicon.names_at(text, mention.span.start() as usize) else { continue };
        let words = &text[mention.span.start() as usize..end];
        let is_people = |kind: &NameKind| *kind == NameKind::Demonym && mention.kind != MentionKind::Person;
        for name in names.iter().filter(|name| name.kind == NameKind::Proper || is_people(&name.kind)) {
            if known.lexicon.actor(&name.actor).is_some_and(|actor| actor.kind == ActorKind::State) {
                *named.entry((words, name.actor.as_str().to_owned())).or_default() += 1;
            }
        }
    }
    named.into_iter().map(|((words, code), times)| NamedCountry { words, code, times }).collect()
}

struct NamedCountry<'t> {
    words: &'t str,
    code: String,
    times: u32,
}

/// The candidate that weighs most, if it weighs enough.
fn choose(groups: &[Group], group: usize, countries: &[NamedCountry<'_>], round: usize) -> Option<usize> {
    let weigh = |candidate: &Candidate| {
        let support = support(groups, group, candidate, countries);
        (own_weight(candidate, &groups[group]) + support, support)
    };
    let mut best: Option<(usize, (f64, f64))> = None;
    for (number, candidate) in groups[group].candidates.iter().enumerate() {
        let weight = weigh(candidate);
        if best.is_none_or(|(_, (most, _))| weight.0 > most) {
            best = Some((number, weight));
        }
    }
    let (number, (_, support)) = best?;
    let best = &groups[group].candidates[number];
    let names_others = countries.iter().any(|named| named.words != groups[group].name && !best.countries.contains(&named.code));
    let enough = if names_others && groups[group].candidates.len() > 1 { KNOWN_ABROAD } else { KNOWN_BY_ITSELF };
    let is_known = best.is_listed || matches!(best.kind, Kind::Filed(PlaceKind::Country | PlaceKind::Capital));
    let needs_support = round > 0 && best.population < enough && !is_known;
    (!needs_support || support >= LEAST_SUPPORT).then_some(number)
}

/// What speaks for a meaning without the text.
fn own_weight(candidate: &Candidate, group: &Group) -> f64 {
    let kind = match candidate.kind {
        Kind::Filed(PlaceKind::Country) => 4.0,
        Kind::Filed(PlaceKind::Capital) => 2.5,
        Kind::Filed(PlaceKind::Region) => 0.8,
        Kind::Filed(PlaceKind::RegionSeat) => 0.5,
        Kind::Filed(PlaceKind::Seat | PlaceKind::Town) => 0.0,
        Kind::ListedPoint | Kind::ListedArea | Kind::ListedLine | Kind::ListedBeyond => 0.0,
        Kind::Filed(PlaceKind::District) => -0.3,
        Kind::Filed(PlaceKind::Quarter) => -0.7,
        Kind::Filed(PlaceKind::Former) => -1.5,
    };
    let listed = if candidate.is_listed { LISTED } else { 0.0 };
    let alias = if candidate.is_canonical { 0.0 } else { -0.4 };
    let is_its_region = |other: &Candidate| {
        other.id.is_some() && other.id == candidate.region && other.population / 5 <= candidate.population && !candidate.is_area()
    };
    let before_region = if group.candidates.iter().any(is_its_region) { CITY_BEFORE_ITS_REGION } else { 0.0 };
    power_of_ten(candidate.population) + kind + listed + alias + before_region
}

/// The logarithm to the base of ten, by straight lines between powers of two: the same on every machine.
fn power_of_ten(population: u32) -> f64 {
    let population = population.max(100);
    let power = population.ilog2();
    let beyond = f64::from(population) / f64::from(1_u32 << power) - 1.0;
    std::f64::consts::LOG10_2 * (f64::from(power) + beyond)
}

/// What the text adds to a meaning.
fn support(groups: &[Group], group: usize, candidate: &Candidate, countries: &[NamedCountry<'_>]) -> f64 {
    named_with(groups, group, candidate)
        + in_named_country(groups, group, candidate, countries)
        + beside(groups, group, candidate)
        + of_the_sort(&groups[group], candidate)
        + sibling(groups, group, candidate)
}

fn of_the_sort(group: &Group, candidate: &Candidate) -> f64 {
    let fits = match group.sort {
        Sort::Unsaid => false,
        Sort::Area => candidate.is_area() && !candidate.is_country(),
        Sort::Town => !candidate.is_area() && matches!(candidate.kind, Kind::Filed(_) | Kind::ListedPoint),
    };
    if fits { OF_THE_SORT } else { 0.0 }
}

fn sibling(groups: &[Group], group: usize, candidate: &Candidate) -> f64 {
    let mut siblings = groups[group].siblings.iter().filter_map(|sibling| groups[*sibling].choice());
    let is_alike =
        |other: &Candidate| other.kind == candidate.kind && (other.is_country() || other.countries == candidate.countries);
    if siblings.any(is_alike) { SIBLING } else { 0.0 }
}

fn named_with(groups: &[Group], group: usize, candidate: &Candidate) -> f64 {
    let meanings = |other: &Group| match other.choice() {
        Some(chosen) => vec![chosen.clone()],
        None => other.candidates.clone(),
    };
    let is_inside = groups[group].areas.iter().any(|area| meanings(&groups[*area]).iter().any(|area| area.holds(candidate)));
    let inner = groups[group].inner.iter().map(|inner| &groups[*inner]);
    let is_area = inner.into_iter().any(|inner| inner.candidates.iter().any(|inner| candidate.holds(inner)));
    if is_inside || is_area { NAMED_WITH } else { 0.0 }
}

fn in_named_country(groups: &[Group], group: usize, candidate: &Candidate, countries: &[NamedCountry<'_>]) -> f64 {
    let (mut own, mut all) = (0.0, 0.0);
    let mut add = |weight: f64, codes: &[String]| {
        all += weight;
        if codes.iter().any(|code| candidate.countries.contains(code)) {
            own += weight;
        }
    };
    for named in countries.iter().filter(|named| named.words != groups[group].name) {
        add(f64::from(named.times), std::slice::from_ref(&named.code));
    }
    for other in neighbours(groups, group) {
        // Places tell less than names of countries, as they may be misread themselves.
        if let Some(chosen) = other.choice().filter(|chosen| !chosen.is_country()) {
            add(0.5, &chosen.countries);
        }
    }
    IN_NAMED_COUNTRY * (own / all.max(1.0)).sqrt()
}

fn beside(groups: &[Group], group: usize, candidate: &Candidate) -> f64 {
    let mut most = 0.0_f64;
    if candidate.is_country() {
        return most;
    }
    for other in neighbours(groups, group) {
        let Some(chosen) = other.choice().filter(|chosen| !chosen.is_country()) else { continue };
        let is_same_region = candidate.region.is_some() && candidate.region == chosen.region;
        let tie = if chosen.holds(candidate) {
            HELD
        } else if candidate.holds(chosen) {
            HOLDS
        } else if is_same_region {
            SAME_REGION
        } else {
            0.0
        };
        let near = candidate.distance(chosen).map_or(0.0, |distance| NEAR / (1.0 + (distance / NEAR_KM) * (distance / NEAR_KM)));
        most = most.max(tie).max(near);
    }
    most
}

/// Whether a capital stands for its government here: it says something, or is a side of talks, ties or a quarrel.
fn is_government(text: &str, analysis: &Analysis, known: &Known<'_>, span: CleanSpan) -> bool {
    let Some((end, names)) = known.lexicon.names_at(text, span.start() as usize) else { return false };
    let is_seat = |kind: &NameKind| matches!(kind, NameKind::Capital | NameKind::Seat);
    if end != span.end() as usize
        || !names.iter().any(|name| is_seat(&name.kind))
        || names.iter().any(|name| name.kind == NameKind::Proper)
    {
        return false;
    }
    let own = analysis.words_in(span);
    let outside = |word: &usize| analysis.words[*word].head.is_some_and(|head| !own.contains(&head));
    let Some(word) = own.clone().find(outside) else { return false };
    // "between Moscow and Kyiv": the second hangs on the first.
    let first = if analysis.words[word].relation == "conj" { analysis.words[word].head.unwrap_or(word) } else { word };
    let Some(head) = analysis.words[first].head else { return false };
    match &*analysis.words[first].relation {
        "nsubj" => known.lexicon.sayings_at(text, analysis.words[head].span.start() as usize).next().is_some(),
        "nmod" | "obl" => {
            let mut cases = analysis.words.iter().filter(|word| word.head == Some(first) && word.relation == "case");
            let is_side = cases.any(|case| matches!(case.lemma.as_str(), "between" | "with"));
            is_side && known.lexicon.list("dealing").contains(&analysis.words[head].lemma)
        }
        _ => false,
    }
}
