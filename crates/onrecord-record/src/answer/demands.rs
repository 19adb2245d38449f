//! Whether a demand changed, and what was done after it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use onrecord_lexicon::{Act, asked_words};
use onrecord_read::CommitmentKind;

use super::asked::key;
use super::ground::{BEARS, Ground, is_authors};
use super::origins::words_of;
use super::{Finding, Found, MOST, Part, counted};
use crate::{ItemRef, Undertaking, Words};

/// Coverage from which a wording may be one of the same demand.
const SAME_MATTER: usize = 350;
/// Sentences behind a commitment in which an article tells what came of it.
const BEHIND: usize = 3;
/// Demands and assurances further behind the best than this, in thousandths, are not meant.
const WORSE: usize = 300;
/// The most demands and assurances that a question is taken to mean.
const MEANT: usize = 4;

/// A wording of a demand or an assurance.
struct Wording {
    day: Option<String>,
    found: Found,
    words: Words,
}

pub(super) fn changed(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let mut wordings = wordings(ground, wanted_kind(ground));
    wordings.sort_by(|one, two| (one.day.is_none(), &one.day, one.words).cmp(&(two.day.is_none(), &two.day, two.words)));
    // What only stands in an article on the matter is no wording of the same; the reader may still want it.
    let (wordings, beside): (Vec<Wording>, Vec<Wording>) =
        wordings.into_iter().partition(|wording| ground.coverage_at(wording.words) > SAME_MATTER);
    let mut findings = Vec::new();
    let mut before: Option<BTreeSet<String>> = None;
    for wording in &wordings {
        let words = content(ground, wording.words);
        let mut finding = Finding::of(wording.found);
        finding.remarks.extend(wording.day.as_ref().map(|day| format!("said or printed {day}")));
        if let Some(before) = &before {
            finding.remarks.extend(difference("not before", &words, before));
            finding.remarks.extend(difference("no longer", before, &words));
        }
        before = Some(words);
        findings.push(finding);
    }
    let summary = format!(
        "{} side by side, oldest first; whether it is one demand that changed or several is the reader's to say.",
        counted(wordings.len(), "wording stands", "wordings stand")
    );
    let beside = beside.into_iter().map(|wording| Finding::of(wording.found)).collect();
    let parts = vec![
        Part::of("wordings", "Wordings, oldest first", findings, 2 * MOST),
        Part::of("beside", "Others of the same side in articles on the matter", beside, MOST),
    ];
    (summary, parts)
}

fn wanted_kind(ground: &Ground<'_>) -> CommitmentKind {
    let words = asked_words(&ground.asked.lower);
    let assures = words.iter().any(|word| ground.lexicon.list("assurance-noun").contains(&word.lower));
    if assures { CommitmentKind::Assurance } else { CommitmentKind::Demand }
}

/// Every wording on the matter, in the articles' words, each once.
fn wordings(ground: &Ground<'_>, kind: CommitmentKind) -> Vec<Wording> {
    let mut found: Vec<Wording> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut in_ledger: BTreeSet<ItemRef> = BTreeSet::new();
    for given in ground.record.commitments.iter().filter(|given| given.kind == kind && ground.is_asked_side(given.by.as_ref())) {
        for at in &given.said_in {
            let Some(commitment) = ground.commitment(*at) else { continue };
            let words = Words { entry: at.entry, article: at.article, span: commitment.what };
            in_ledger.extend(commitment.assertions.iter().map(|item| ItemRef { item: *item, ..*at }));
            if ground.coverage_at(words) < SAME_MATTER || !seen.insert(ground.wording(Found::Passage(words))) {
                continue;
            }
            let saying = commitment.assertions.first().map(|item| ItemRef { item: *item, ..*at });
            let day = saying.and_then(|at| ground.day(at)).or_else(|| ground.published((at.entry, at.article)));
            let found_as = saying.map_or(Found::Passage(words), Found::Assertion);
            found.push(Wording { day: day.map(str::to_owned), found: found_as, words });
        }
    }
    // Conditions, and calls that somebody else speaks of, hold a demand that no word of saying introduces.
    let nouns = ground.looking_for("asked-demand-noun");
    for (at, said) in ground.assertions().filter(|(at, _)| !in_ledger.contains(at)) {
        let Some(words) = words_of(ground, at).first().copied() else { continue };
        let text = ground.cut(words);
        let lays_down =
            ground.lexicon.list("condition").find_in(text).is_some() && said.act == Act::Offer || nouns.find_in(text).is_some();
        let own = ground.is_asked_side(ground.side(at)) && !is_authors(said);
        if kind == CommitmentKind::Demand
            && lays_down
            && own
            && ground.coverage_of(at) >= SAME_MATTER
            && seen.insert(ground.wording(Found::Assertion(at)))
        {
            found.push(Wording { day: ground.day(at).map(str::to_owned), found: Found::Assertion(at), words });
        }
    }
    found
}

/// The words of a wording that say something, as printed.
fn content(ground: &Ground<'_>, words: Words) -> BTreeSet<String> {
    let all = asked_words(ground.cut(words));
    all.into_iter().map(|word| word.lower).filter(|word| !crate::word::is_empty_word(word)).collect()
}

/// The words of one that the other has in no inflection.
fn difference(lead: &str, of: &BTreeSet<String>, than: &BTreeSet<String>) -> Option<String> {
    let known: BTreeSet<String> = than.iter().map(|word| crate::word::stem(word)).collect();
    let new: Vec<&str> = of.iter().filter(|word| !known.contains(&crate::word::stem(word))).map(String::as_str).collect();
    (!new.is_empty()).then(|| format!("{lead}: {}", new.join(", ")))
}

/// What was said and done after a demand, or came of an assurance, as reported; oldest first.
pub(super) fn done(ground: &Ground<'_>) -> (String, Vec<Part>) {
    let commitments = &ground.record.commitments;
    let kind = done_kind(ground);
    let fits = |given: &Undertaking| kind.is_none_or(|kind| given.kind == kind) && ground.is_asked_side(given.by.as_ref());
    let mut scored: Vec<(usize, usize)> = commitments
        .iter()
        .enumerate()
        .filter(|(_, given)| fits(given))
        .map(|(at, given)| (ground.coverage_of_commitment(given), at))
        .filter(|(score, _)| *score >= BEARS)
        .collect();
    scored.sort_by_key(|(score, at)| (Reverse(*score), *at));
    let best = scored.first().map_or(0, |(score, _)| *score);
    let meant: Vec<usize> = scored.iter().filter(|(score, _)| score + WORSE >= best).take(MEANT).map(|(_, at)| *at).collect();
    let first_day = meant.iter().filter_map(|at| first_day(ground, commitments.get(*at)?)).min();
    let mut shown: BTreeSet<ItemRef> =
        meant.iter().filter_map(|at| commitments.get(*at)).flat_map(|given| given.assertions.clone()).collect();
    let answers: Vec<usize> = (0..commitments.len())
        .filter(|at| {
            commitments.get(*at).and_then(|given| given.answers).is_some_and(|demand| meant.contains(&demand))
                && !meant.contains(at)
        })
        .collect();
    shown.extend(answers.iter().filter_map(|at| commitments.get(*at)).flat_map(|given| given.assertions.clone()));
    let given: Vec<usize> =
        given_since(ground, &meant, first_day.as_deref()).into_iter().filter(|at| !answers.contains(at)).collect();
    shown.extend(given.iter().filter_map(|at| commitments.get(*at)).flat_map(|given| given.assertions.clone()));
    let later = later(ground, first_day.as_deref(), &shown);
    // What else is demanded is not what was done.
    let other_demands = ground.assertions().map(|(at, _)| at).filter(|at| is_another_demand(ground, *at));
    let mut passed: Vec<Words> = shown.iter().copied().chain(other_demands).flat_map(|at| words_of(ground, at)).collect();
    passed.extend(later.iter().flat_map(|at| words_of(ground, *at)));
    let mut beside = beside(ground, &meant);
    if meant.is_empty() {
        beside = behind_the_best(ground);
    }
    passed.extend(beside.iter().filter_map(|finding| if let Found::Passage(words) = finding.found { Some(words) } else { None }));
    let passages = told(ground, first_day.as_deref(), &passed);
    let summary = match (meant.len(), first_day) {
        (0, _) => {
            "No demand and no assurance is read as the one asked about; what the pages say on the matter stands below.".to_owned()
        }
        (found, day) => format!(
            "{}{}; {} linked to it; {} on the matter from then on. “After” is said of time: that it was done because of the demand is said only where a page says so.",
            counted(found, "demand or assurance is meant", "demands or assurances are meant"),
            day.map(|day| format!(", first said {day}")).unwrap_or_default(),
            counted(answers.len(), "assurance is", "assurances are"),
            counted(later.len() + passages.len(), "statement", "statements"),
        ),
    };
    let of_ledger = |list: Vec<usize>| list.into_iter().map(|at| Finding::of(Found::Commitment(at))).collect::<Vec<_>>();
    let dated = |at: ItemRef| {
        let mut finding = Finding::of(Found::Assertion(at));
        finding.remarks.extend(ground.day(at).map(|day| format!("said or printed {day}")));
        finding
    };
    let parts = vec![
        Part::of("meant", "The demand or assurance, with what is reported to have come of it", of_ledger(meant), 4),
        Part::of("answers", "Assurances that answer it", of_ledger(answers), MOST),
        Part::of(
            "given",
            "What others assured or offered from then on, in words of the demand or where an article tells of it; not linked to it",
            of_ledger(given),
            MOST,
        ),
        Part::of("beside", "Right with it and behind it in the same articles", beside, MOST),
        Part::of("later", "Said on the matter from then on, oldest first", later.into_iter().map(dated).collect(), 2 * MOST),
        Part::of("told", "Told by the pages themselves from then on", passages, MOST),
    ];
    (summary, parts)
}

fn done_kind(ground: &Ground<'_>) -> Option<CommitmentKind> {
    let words = asked_words(&ground.asked.lower);
    let list = ground.lexicon.list("assurance-noun");
    words
        .iter()
        .any(|word| list.contains(&word.lower) || word.lower.starts_with("promis") || word.lower.starts_with("pledg"))
        .then_some(CommitmentKind::Assurance)
        .or_else(|| {
            let asking = |word: &str| key(word, ground.lexicon) == key("demanded", ground.lexicon);
            words.iter().any(|word| asking(&word.lower)).then_some(CommitmentKind::Demand)
        })
}

fn first_day(ground: &Ground<'_>, given: &Undertaking) -> Option<String> {
    let said = given.first_said.as_ref().map(|date| date.value.clone());
    said.or_else(|| given.said_in.iter().filter_map(|at| ground.published((at.entry, at.article))).min().map(str::to_owned))
}

/// Whether it demands something and has not all that is asked about: another demand.
fn is_another_demand(ground: &Ground<'_>, at: ItemRef) -> bool {
    let all = |words: Words| ground.passages_at(words).any(|passage| ground.lacks_nothing(passage));
    ground.assertion(at).is_some_and(|said| said.act == Act::Demand) && !words_of(ground, at).into_iter().any(all)
}

/// Assurances and offers of others than the side that demands, first given from `day` on, that share a word of the demand which the question
/// did not repeat ("held" is also "detained"), or that stand in an article in which one sentence has all that is asked about.
fn given_since(ground: &Ground<'_>, meant: &[usize], day: Option<&str>) -> Vec<usize> {
    let commitments = &ground.record.commitments;
    let demands: Vec<&Undertaking> =
        meant.iter().filter_map(|at| commitments.get(*at)).filter(|given| given.kind == CommitmentKind::Demand).collect();
    if demands.is_empty() || !ground.has_topics() {
        return Vec::new();
    }
    let wordings = |given: &Undertaking| -> Vec<Words> {
        let said = given
            .said_in
            .iter()
            .filter_map(|at| Some(Words { entry: at.entry, article: at.article, span: ground.commitment(*at)?.what }));
        said.chain([given.what]).collect()
    };
    let alike = |words: Words| -> BTreeSet<String> {
        let all = asked_words(ground.cut(words));
        all.into_iter().map(|word| key(&word.lower, ground.lexicon)).filter(|key| key.starts_with('=')).collect()
    };
    let asked: BTreeSet<&String> = ground.asked.topics.iter().map(|topic| &topic.key).collect();
    let mut of_demand: BTreeSet<String> = demands.iter().flat_map(|given| wordings(given)).flat_map(alike).collect();
    of_demand.retain(|key| !asked.contains(key));
    let tells_of_it: BTreeSet<(usize, usize)> =
        ground.passages.iter().filter(|passage| ground.lacks_nothing(passage)).map(super::ground::Passage::home).collect();
    let by_another = |given: &Undertaking| {
        let side = |of: &Undertaking| of.by.as_ref().map(|by| ground.side_of(by).unwrap_or(by).clone());
        given.by.is_none() || demands.iter().all(|demand| side(demand) != side(given))
    };
    let fits = |given: &Undertaking| {
        let places = wordings(given);
        let in_article = given.by.is_some() && places.iter().any(|words| tells_of_it.contains(&(words.entry, words.article)));
        in_article || places.into_iter().any(|words| !alike(words).is_disjoint(&of_demand))
    };
    let is_later = |given: &Undertaking| match (day, first_day(ground, given)) {
        (Some(from), Some(day)) => day.as_str() >= from,
        _ => true,
    };
    let mut found: Vec<(Option<String>, usize)> = commitments
        .iter()
        .enumerate()
        .filter(|(_, given)| given.kind == CommitmentKind::Assurance && by_another(given) && is_later(given) && fits(given))
        .map(|(at, given)| (first_day(ground, given), at))
        .collect();
    found.sort();
    found.into_iter().map(|(_, at)| at).collect()
}

/// Statements on the matter from `day` on, each wording once, other demands left out.
fn later(ground: &Ground<'_>, day: Option<&str>, shown: &BTreeSet<ItemRef>) -> Vec<ItemRef> {
    let is_later = |at: ItemRef| match (day, ground.day(at)) {
        (Some(from), Some(day)) => day >= from,
        _ => true,
    };
    let mut found: Vec<ItemRef> = ground
        .assertions()
        .filter(|(at, said)| !is_authors(said) && !shown.contains(at) && is_later(*at) && ground.coverage_of(*at) >= SAME_MATTER)
        .map(|(at, _)| at)
        .filter(|at| !is_another_demand(ground, *at))
        .collect();
    found.sort_by_key(|at| (ground.day(*at), *at));
    let mut seen = BTreeSet::new();
    found.retain(|at| seen.insert(ground.wording(Found::Assertion(*at))));
    found
}

/// The sentence of each wording of these commitments and those that follow it: an article tells there what came of it.
fn beside(ground: &Ground<'_>, meant: &[usize]) -> Vec<Finding> {
    let given = meant.iter().filter_map(|at| ground.record.commitments.get(*at));
    let mut found: Vec<Words> = Vec::new();
    for at in given.flat_map(|given| &given.said_in) {
        let Some(commitment) = ground.commitment(*at) else { continue };
        let words = Words { entry: at.entry, article: at.article, span: commitment.what };
        let behind = ground
            .passages
            .iter()
            .filter(|passage| passage.home() == (at.entry, at.article) && passage.span.end() > words.span.start());
        found.extend(behind.take(BEHIND).map(super::ground::Passage::words));
    }
    let mut seen = BTreeSet::new();
    found.retain(|words| seen.insert(ground.wording(Found::Passage(*words))));
    found.into_iter().map(|words| Finding::of(Found::Passage(words))).collect()
}

/// The sentence that the question fits best, and those behind it, where the ledger has nothing.
fn behind_the_best(ground: &Ground<'_>) -> Vec<Finding> {
    let best = ground.passages_bearing(BEARS, &[]).first().map(|(_, passage)| passage.words());
    let Some(best) = best.filter(|_| ground.has_topics()) else { return Vec::new() };
    let behind = ground
        .passages
        .iter()
        .filter(|passage| passage.home() == (best.entry, best.article) && passage.span.start() >= best.span.start());
    behind.take(BEHIND + 1).map(|passage| Finding::of(Found::Passage(passage.words()))).collect()
}

/// Sentences on the matter in pages from `day` on that hold none of the words shown.
fn told(ground: &Ground<'_>, day: Option<&str>, shown: &[Words]) -> Vec<Finding> {
    let is_later = |home: (usize, usize)| match (day, ground.published(home)) {
        (Some(from), Some(day)) => day >= from,
        _ => true,
    };
    let mut found: Vec<Words> = ground
        .passages_bearing(SAME_MATTER, shown)
        .into_iter()
        .filter(|(_, passage)| is_later(passage.home()) && !passage.topics.is_empty())
        .take(MOST)
        .map(|(_, passage)| passage.words())
        .collect();
    found.sort_by_key(|words| (ground.published((words.entry, words.article)), *words));
    found.into_iter().map(|words| Finding::of(Found::Passage(words))).collect()
}
