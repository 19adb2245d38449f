//! When things happened and what is not known of it; and what changed since a date.

use std::collections::BTreeSet;

use onrecord_lexicon::Act;
use onrecord_read::CommitmentKind;

use super::ground::{BEARS, Ground, Passage, is_authors};
use super::{Finding, Found, MOST, Part, counted};
use crate::{ItemRef, Words};

/// Coverage from which a passage that tells of no date is on the matter.
const SAME_MATTER: usize = 380;

pub(super) fn when(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let mut shown: Vec<Words> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut dated = Vec::new();
    let names_it = |passage: &&Passage| !ground.has_topics() || !passage.topics.is_empty() || !passage.meant.is_empty();
    for passage in bearing(ground).filter(names_it) {
        for (date, words) in dates_in(ground, passage) {
            if seen.insert((date.clone(), ground.wording(Found::Passage(passage.words())))) {
                shown.push(passage.words());
                let mut finding = Finding::of(Found::Passage(passage.words()));
                finding.remarks.push(format!("{date}: “{words}”"));
                dated.push((date, finding));
            }
        }
    }
    dated.sort_by(|one, two| one.0.cmp(&two.0));
    let dated: Vec<Finding> = dated.into_iter().map(|(_, finding)| finding).collect();
    let on_the_matter = ground.passages.iter().filter(|passage| ground.coverage(passage) >= SAME_MATTER);
    let open: Vec<Finding> = on_the_matter.filter_map(|passage| not_known(ground, passage)).collect();
    let open = once(ground, open);
    let rest: Vec<Finding> = if dated.is_empty() && open.is_empty() {
        ground
            .passages_bearing(BEARS, &shown)
            .into_iter()
            .map(|(_, passage)| Finding::of(Found::Passage(passage.words())))
            .collect()
    } else {
        Vec::new()
    };
    let summary = format!(
        "{} a date; {} of it in words that give none, or {} that it is not known.",
        counted(dated.len(), "passage on it gives", "passages on it give"),
        counted(open.len(), "speaks", "speak"),
        if open.len() == 1 { "says" } else { "say" },
    );
    let parts = vec![
        Part::of("dated", "With a date, oldest first; who says it stands in the passage", dated, 2 * MOST),
        Part::of("not-known", "Without a date, or said to be not known; nothing is filled in", open, MOST),
        Part::of("passages", "Passages on it that give no time at all", rest, 6),
    ];
    (summary, parts)
}

/// The passages on the matter, in the order of the pages.
fn bearing<'a>(ground: &'a Ground<'_>) -> impl Iterator<Item = &'a Passage> {
    ground.passages.iter().filter(|passage| ground.coverage(passage) >= BEARS)
}

/// The dates that a passage gives, with their words.
fn dates_in(ground: &Ground<'_>, passage: &Passage) -> Vec<(String, String)> {
    let (entry, article) = passage.home();
    let times = ground.reading(entry, article).map(|reading| reading.times.as_slice()).unwrap_or_default();
    let inside = times.iter().filter(|time| passage.span.contains_span(time.span) && time.is_of_calendar());
    let cut = |span| ground.cut(Words { entry, article, span }).to_owned();
    inside.filter_map(|time| Some((time.date.as_ref()?.value.clone(), cut(time.span)))).collect()
}

/// The passage, when it tells of time without a date, or says that something is not known.
fn not_known(ground: &Ground<'_>, passage: &Passage) -> Option<Finding> {
    let text = ground.cut(passage.words());
    let (entry, article) = passage.home();
    let said = ground.looking_for("asked-not-known").find_in(text).map(|(from, to)| text.get(from..to).unwrap_or_default());
    let vague = ground.looking_for("asked-vague-time").find_in(text).map(|(from, to)| text.get(from..to).unwrap_or_default());
    let times = ground.reading(entry, article).map(|reading| reading.times.as_slice()).unwrap_or_default();
    let undated = times.iter().find(|time| passage.span.contains_span(time.span) && time.date.is_none() && time.is_of_calendar());
    let vague = vague.or_else(|| undated.map(|time| ground.cut(Words { entry, article, span: time.span })));
    let remark = match (said, vague) {
        (Some(words), _) => format!("not known or not said: “{words}”"),
        (None, Some(words)) => format!("a time without a date: “{words}”"),
        (None, None) => return None,
    };
    let mut finding = Finding::of(Found::Passage(passage.words()));
    finding.remarks.push(remark);
    Some(finding)
}

fn once(ground: &Ground<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    findings.into_iter().filter(|finding| seen.insert(ground.wording(finding.found))).collect()
}

/// What was said, given or counted on or after a date.
pub(super) fn since(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let Some(from) = ground.asked.dates.first().map(|date| whole(ground, date)) else {
        return ("The question needs a date: “What changed since 4 May 2031?”".to_owned(), Vec::new());
    };
    let is_new = |day: Option<&str>| day.is_some_and(|day| not_before(day, &from));
    let mut commitments: Vec<(bool, usize)> = Vec::new();
    let mut shown: BTreeSet<ItemRef> = BTreeSet::new();
    for (at, given) in ground.record.commitments.iter().enumerate() {
        let first = given.first_said.as_ref().map(|date| date.value.as_str());
        let first = first.or_else(|| given.said_in.iter().filter_map(|at| ground.published((at.entry, at.article))).min());
        if is_new(first) && ground.coverage_of_commitment(given) >= BEARS {
            commitments.push((given.kind == CommitmentKind::Assurance, at));
            shown.extend(&given.assertions);
        }
    }
    commitments.sort_unstable();
    let tested = tests_since(ground, &is_new, &commitments);
    let mut new_words: Vec<(String, ItemRef)> = Vec::new();
    for (at, said) in ground.assertions() {
        let day = ground.day(at);
        if is_new(day) && !shown.contains(&at) && !is_authors(said) && ground.coverage_of(at) >= BEARS {
            new_words.push((day.unwrap_or_default().to_owned(), at));
        }
    }
    new_words.sort();
    let (denials, rest): (Vec<_>, Vec<_>) =
        new_words.into_iter().partition(|(_, at)| ground.assertion(*at).is_some_and(|said| said.act == Act::Deny));
    let figures = super::figures::all(ground)
        .filter(|at| is_new(figure_day(ground, *at)) && bears(ground, *at))
        .map(|at| Finding::of(Found::Figure(at)))
        .collect();
    let events: Vec<Finding> = happened(ground, &from);
    let assertion = |(_, at): (String, ItemRef)| Finding::of(Found::Assertion(at));
    let count = |kind| commitments.iter().filter(|(assurance, _)| *assurance == kind).count();
    let undated = ground.homes().filter(|home| ground.published(*home).is_none()).count();
    let summary = format!(
        "Since {from}, that day included: {}, {}, {}; {} have no date and are left out.",
        counted(count(false), "new demand", "new demands"),
        counted(count(true), "new assurance", "new assurances"),
        counted(rest.len() + denials.len(), "other statement", "other statements"),
        counted(undated, "article", "articles"),
    );
    let given = commitments.into_iter().map(|(_, at)| Finding::of(Found::Commitment(at))).collect();
    let parts = vec![
        Part::of("commitments", "Demands and assurances first said since then", given, 2 * MOST),
        Part::of("tests", "Said since then of older ones", tested, MOST),
        Part::of("happened", "Dated since then in the words of a page", once(ground, events), 2 * MOST),
        Part::of("figures", "Figures given since then", once(ground, figures), 2 * MOST),
        Part::of("denials", "Denials since then", once(ground, denials.into_iter().map(assertion).collect()), MOST),
        Part::of("statements", "Other statements since then", once(ground, rest.into_iter().map(assertion).collect()), 3 * MOST),
    ];
    (summary, parts)
}

/// The day or month with the year of the newest page where the question gives none.
fn whole(ground: &Ground<'_>, date: &str) -> String {
    let Some(rest) = date.strip_prefix('-') else { return date.split(['/', 'T']).next().unwrap_or(date).to_owned() };
    let newest = ground.homes().filter_map(|home| ground.published(home)).max().unwrap_or_default();
    format!("{}-{rest}", newest.get(..4).unwrap_or_default())
}

/// Whether a day, month or year, or the start of an interval, is not before `from`, as far as both tell.
fn not_before(day: &str, from: &str) -> bool {
    let day = day.split(['/', 'T', '~', '?']).next().unwrap_or(day);
    day >= from || from.len() < day.len() && day.starts_with(from)
}

fn figure_day<'a>(ground: &Ground<'a>, at: ItemRef) -> Option<&'a str> {
    let figure = ground.figure(at)?;
    let said = figure.assertion.and_then(|item| ground.day(ItemRef { item, ..at }));
    said.or_else(|| ground.published((at.entry, at.article)))
}

fn bears(ground: &Ground<'_>, at: ItemRef) -> bool {
    let words = ground.figure(at).map(|figure| Words { entry: at.entry, article: at.article, span: figure.span });
    words.is_some_and(|words| ground.coverage_at(words) >= BEARS)
}

/// Passages with a date on or after `from`.
fn happened(ground: &Ground<'_>, from: &str) -> Vec<Finding> {
    let mut found: Vec<(String, Finding)> = Vec::new();
    for passage in bearing(ground).chain(ground.passages.iter().filter(|_| !ground.has_topics())) {
        let dates = dates_in(ground, passage);
        for (date, words) in dates.into_iter().filter(|(date, _)| not_before(date, from)) {
            let mut finding = Finding::of(Found::Passage(passage.words()));
            finding.remarks.push(format!("{date}: “{words}”"));
            found.push((date, finding));
        }
    }
    found.sort_by(|one, two| one.0.cmp(&two.0));
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// Older demands and assurances on which a page since then answers a test.
fn tests_since(ground: &Ground<'_>, is_new: &impl Fn(Option<&str>) -> bool, new: &[(bool, usize)]) -> Vec<Finding> {
    let older = ground.record.commitments.iter().enumerate().filter(|(at, _)| !new.iter().any(|(_, known)| known == at));
    let tested = older.filter(|(_, given)| {
        given.tests.iter().any(|test| test.at.is_some_and(|home| is_new(ground.published(home))))
            && ground.coverage_of_commitment(given) >= BEARS
    });
    tested.map(|(at, _)| Finding::of(Found::Commitment(at))).collect()
}
