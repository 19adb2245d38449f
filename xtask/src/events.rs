//! `predict events` and `score events`: events of single sentences against gold in the format of `plover_gsr_cameo.jsonl`.
//!
//! `docs/measurements.md` states the definitions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use onrecord_lang::Model;
use onrecord_lexicon::{Lexicon, Plover};
use onrecord_page::Article;
use onrecord_read::place::Toponym;
use onrecord_read::{Event, Modality, Participant};
use serde_json::{Value, json};

use crate::quotes::Characters;

/// A record of the gold: one event of a sentence.
struct Record {
    id: String,
    text: String,
    event: String,
    source: Vec<(usize, usize)>,
    target: Vec<(usize, usize)>,
    words: Vec<(usize, usize)>,
}

/// An event that was found, in characters.
struct Found {
    event: String,
    trigger: (usize, usize),
    source: Vec<(usize, usize)>,
    target: Vec<(usize, usize)>,
    modality: Modality,
    rule: String,
}

/// The type that the manual of 2021 has for one of version 0.5.
fn of_sixteen(event: &str) -> &str {
    match event {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        other => other,
    }
}

fn records(gold: &Path) -> Result<Vec<Record>> {
    let mut records = Vec::new();
    for line in fs::read_to_string(gold).with_context(|| gold.display().to_string())?.lines() {
        let value: Value = serde_json::from_str(line)?;
        let text = value["text"].as_str().context("a record without `text`")?.to_owned();
        let mut record = Record {
            id: value["id"].as_str().unwrap_or_default().to_owned(),
            text,
            event: of_sixteen(value["event"].as_str().unwrap_or_default()).to_owned(),
            source: Vec::new(),
            target: Vec::new(),
            words: Vec::new(),
        };
        for span in value["spans"].as_array().into_iter().flatten() {
            let at = |n: usize| span[n].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            let kind = span[2].as_str().unwrap_or_default();
            let place = (at(0), at(1));
            if kind.contains("SRC") {
                record.source.push(place);
            }
            if kind.contains("TAR") {
                record.target.push(place);
            }
            if kind == "EVT" {
                record.words.push(place);
            }
        }
        records.push(record);
    }
    Ok(records)
}

fn found_in(text: &str, lexicon: &Lexicon) -> Result<Vec<Found>> {
    let article = Article::of_paragraphs(text)?;
    let characters = Characters::new(text);
    let place = |span: onrecord_text::CleanSpan| {
        let source = article.clean.source_of(span);
        (characters.before(source.start() as usize), characters.before(source.end() as usize))
    };
    let found = |event: Event| Found {
        event: event.plover.name().to_owned(),
        trigger: place(event.trigger),
        source: event.actors.iter().map(|one| place(one.span)).collect(),
        target: event.recipients.iter().map(|one| place(one.span)).collect(),
        modality: event.modality,
        rule: event.rule,
    };
    Ok(onrecord_read::read(&article, lexicon, Model::embedded()).events.into_iter().map(found).collect())
}

fn overlap(one: &(usize, usize), other: &(usize, usize)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

fn touch(some: &[(usize, usize)], others: &[(usize, usize)]) -> bool {
    some.iter().any(|one| others.iter().any(|other| overlap(one, other)))
}

/// The event that fits those whom the record names best; without them the first. What happened long before stands behind all others.
fn chosen<'f>(record: &Record, found: &'f [Found], given_actors: bool) -> Option<&'f Found> {
    let fit = |event: &Found| {
        let source = usize::from(touch(&event.source, &record.source));
        let target = usize::from(touch(&event.target, &record.target));
        if given_actors { 2 * (source + target) } else { 0 }
    };
    let mut best: Option<&Found> = None;
    for event in found {
        let rank = |event: &Found| (fit(event), usize::from(event.modality != Modality::Historical));
        if best.is_none_or(|before| rank(event) > rank(before)) {
            best = Some(event);
        }
    }
    best
}

/// Prints one line a record: `{id, event, source, target, trigger, events}` with character offsets; `events` holds all of the sentence.
pub(crate) fn predict(gold: &Path, given_actors: bool, lexicon: &Lexicon) -> Result<()> {
    for record in records(gold)? {
        let found = found_in(&record.text, lexicon)?;
        let shown = |event: &Found| {
            let spans = |spans: &[(usize, usize)]| spans.iter().map(|span| json!([span.0, span.1])).collect::<Vec<_>>();
            json!({
                "event": event.event,
                "trigger": [event.trigger.0, event.trigger.1],
                "source": spans(&event.source),
                "target": spans(&event.target),
                "modality": format!("{:?}", event.modality).to_lowercase(),
                "rule": event.rule,
            })
        };
        let mut line = chosen(&record, &found, given_actors).map_or_else(|| json!({ "event": null }), shown);
        line["id"] = record.id.clone().into();
        line["events"] = found.iter().map(shown).collect();
        println!("{line}");
    }
    Ok(())
}

/// Hits, found and wanted.
#[derive(Default, Clone, Copy)]
struct Count {
    hits: usize,
    found: usize,
    wanted: usize,
}

impl Count {
    #[allow(clippy::cast_precision_loss, reason = "counts of a few hundred")]
    fn f1(self) -> f64 {
        if self.found + self.wanted == 0 { 0.0 } else { 200.0 * self.hits as f64 / (self.found + self.wanted) as f64 }
    }
}

/// Prints how the records of `gold` are read.
#[allow(clippy::cast_precision_loss, reason = "counts of a few hundred")]
pub(crate) fn score(gold: &Path, show: bool, lexicon: &Lexicon) -> Result<()> {
    let records = records(gold)?;
    let mut types: BTreeMap<&str, Count> = BTreeMap::new();
    let (mut source, mut target) = (Count::default(), Count::default());
    let (mut right, mut right_alone, mut extra, mut extra_now) = (0usize, 0usize, 0usize, 0usize);
    let sentences: BTreeSet<&str> = records.iter().map(|record| record.text.as_str()).collect();
    let mut read: BTreeMap<&str, Vec<Found>> = BTreeMap::new();
    for text in &sentences {
        read.insert(text, found_in(text, lexicon)?);
    }
    for record in &records {
        let found = read.get(record.text.as_str()).map_or(&[] as &[Found], Vec::as_slice);
        let event = chosen(record, found, true);
        right_alone += usize::from(chosen(record, found, false).is_some_and(|event| event.event == record.event));
        types.entry(&record.event).or_default().wanted += 1;
        if let Some(event) = event {
            types.entry(&event.event).or_default().found += 1;
        }
        if event.is_some_and(|event| event.event == record.event) {
            right += 1;
            types.entry(&record.event).or_default().hits += 1;
        } else if show {
            let got: Vec<String> =
                found.iter().map(|event| format!("{} {:?} {:?}", event.event, event.rule, event.modality)).collect();
            println!("type\t{}\t{}\t[{}]\t{}", record.id, record.event, got.join("; "), record.text);
        }
        // Whom to look at: the event of the right type, else the one that would be chosen without knowing.
        let own = found.iter().find(|event| event.event == record.event).or_else(|| chosen(record, found, false));
        for (name, count, gold, ours) in [
            ("source", &mut source, &record.source, own.map(|event| &event.source)),
            ("target", &mut target, &record.target, own.map(|event| &event.target)),
        ] {
            let ours = ours.filter(|ours| !ours.is_empty());
            count.wanted += usize::from(!gold.is_empty());
            count.found += usize::from(ours.is_some());
            let hit = ours.is_some_and(|ours| touch(ours, gold));
            count.hits += usize::from(hit);
            if show && !hit && (ours.is_some() || !gold.is_empty()) {
                let cut = |spans: &[(usize, usize)]| {
                    let cut = |span: &(usize, usize)| record.text.chars().skip(span.0).take(span.1 - span.0).collect::<String>();
                    spans.iter().map(cut).collect::<Vec<_>>().join(" + ")
                };
                println!(
                    "{name}\t{}\t{} for {}\t{}",
                    record.id,
                    ours.map_or_else(|| "nobody".to_owned(), |ours| cut(ours)),
                    cut(gold),
                    record.text
                );
            }
        }
    }
    for text in &sentences {
        let gold: Vec<&Record> = records.iter().filter(|record| record.text == *text).collect();
        let mut left: Vec<&&Record> = gold.iter().collect();
        for event in read.get(text).into_iter().flatten() {
            let meets =
                |record: &Record| record.event == event.event || record.words.iter().any(|word| overlap(word, &event.trigger));
            if let Some(place) = left.iter().position(|record| meets(record)) {
                left.remove(place);
            } else {
                extra += 1;
                extra_now += usize::from(event.modality != Modality::Historical);
                if show {
                    println!("extra\t{} {:?} {:?}\t{text}", event.event, event.rule, event.modality);
                }
            }
        }
    }
    let wanted: Vec<&Count> = types.values().filter(|count| count.wanted > 0).collect();
    let macro_f1 = wanted.iter().map(|count| count.f1()).sum::<f64>() / wanted.len().max(1) as f64;
    for (name, count) in &types {
        println!("{name:10} F1 {:5.1} % ({} right, {} found, {} wanted)", count.f1(), count.hits, count.found, count.wanted);
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    println!(
        "type right, actors given: {:.1} % ({right}/{}), macro-F1 {macro_f1:.1} %",
        share(right, records.len()),
        records.len()
    );
    println!("type right, first event: {:.1} %", share(right_alone, records.len()));
    println!("source F1 {:.1} %, target F1 {:.1} %", source.f1(), target.f1());
    println!(
        "extra events for 100 sentences: {:.1} ({extra}/{}), without historical {:.1}",
        share(extra, sentences.len()),
        sentences.len(),
        share(extra_now, sentences.len())
    );
    Ok(())
}

/// Prints the events, states of affairs and figures of `text`, one a line.
pub(crate) fn show(text: &str, lexicon: &Lexicon) -> Result<()> {
    let article = Article::of_paragraphs(text)?;
    let reading = onrecord_read::read(&article, lexicon, Model::embedded());
    let cut = |span: onrecord_text::CleanSpan| article.clean.cut(span);
    let those = |those: &[Participant]| {
        let one = |one: &Participant| {
            format!("{} ({})", cut(one.span), one.actor.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string))
        };
        those.iter().map(one).collect::<Vec<_>>().join(" + ")
    };
    let place = |place: &Option<Toponym>| place.as_ref().map_or_else(|| "-".to_owned(), |toponym| cut(toponym.span).to_owned());
    for event in &reading.events {
        println!(
            "{} {:?} [{}] {} → {} · {} · {} · {:?} · {}",
            event.plover.name(),
            event.modality,
            cut(event.trigger),
            those(&event.actors),
            those(&event.recipients),
            event.cameo.as_deref().unwrap_or("-"),
            event.rule,
            event.time.as_ref().map(|time| &time.value),
            place(&event.place),
        );
        for toll in &event.tolls {
            println!("    {} {:?} {:?} {:?}", toll.fate.name(), toll.low, toll.best, toll.high);
        }
    }
    for affair in &reading.affairs {
        println!(
            "STATE {:?} {} \"{}\" is {} [{}] · {:?} · at {} · since {:?} · round {:?} · mediated by {}",
            affair.modality,
            affair.kind,
            cut(affair.thing),
            affair.state,
            cut(affair.words),
            affair.parties.iter().map(ToString::to_string).collect::<Vec<_>>(),
            place(&affair.place),
            affair.since.as_ref().map(|date| &date.value),
            affair.round,
            those(&affair.mediators),
        );
    }
    for figure in &reading.figures {
        println!(
            "FIGURE \"{}\" {:?} {:?} {:?} · {} · {:?} · counted {:?} of {:?} · {:?} {:?} {:?}",
            cut(figure.span),
            figure.low,
            figure.best,
            figure.high,
            figure.rule,
            figure.unit,
            figure.counted.map(cut),
            figure.of.as_ref().map(ToString::to_string),
            figure.fate,
            figure.scope,
            figure.period,
        );
    }
    Ok(())
}

/// Prints how the modality of the clauses of `corpus/modality` is read.
#[allow(clippy::cast_precision_loss, reason = "counts of a few hundred")]
pub(crate) fn score_modality(gold: &Path, show: bool, lexicon: &Lexicon) -> Result<()> {
    let mut counts: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for line in fs::read_to_string(gold).with_context(|| gold.display().to_string())?.lines() {
        let value: Value = serde_json::from_str(line)?;
        let field = |name: &str| value[name].as_str().with_context(|| format!("a clause without `{name}`"));
        let (text, word, wanted) = (field("text")?, field("word")?, field("modality")?);
        let start = text.find(word).context("the word does not stand in the clause")?;
        let place = (text[..start].chars().count(), text[..start + word.len()].chars().count());
        let found = found_in(text, lexicon)?;
        let own =
            found.iter().find(|event| overlap(&event.trigger, &place)).or_else(|| found.first().filter(|_| found.len() == 1));
        let got = own.map_or_else(|| "nothing".to_owned(), |event| format!("{:?}", event.modality).to_lowercase());
        let count = counts.entry(wanted.to_owned()).or_default();
        count.0 += usize::from(got == wanted);
        count.1 += usize::from(own.is_some());
        count.2 += 1;
        if show && got != wanted {
            println!("{got} for {wanted}\t{word}\t{text}");
        }
    }
    let total = counts.values().fold((0, 0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1, sum.2 + count.2));
    for (name, count) in &counts {
        println!("{name:12} {} right, {} found, {}", count.0, count.1, count.2);
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    println!("modality right: {:.1} % of {}, {:.1} % of those found", share(total.0, total.2), total.2, share(total.0, total.1));
    Ok(())
}

/// Prints how the places of the events of `corpus/event-places` are read: found where there is one, none where there is none.
#[allow(clippy::cast_precision_loss, reason = "counts of a few hundred")]
pub(crate) fn score_places(gold: &Path, show: bool, lexicon: &Lexicon) -> Result<()> {
    let (mut count, mut events, mut clauses, mut settled) = (Count::default(), 0usize, 0usize, 0usize);
    for line in fs::read_to_string(gold).with_context(|| gold.display().to_string())?.lines() {
        let value: Value = serde_json::from_str(line)?;
        let field = |name: &str| value[name].as_str().with_context(|| format!("a clause without `{name}`"));
        let (text, word, wanted) = (field("text")?, field("word")?, value["place"].as_str());
        let article = Article::of_paragraphs(text)?;
        let found = onrecord_read::read(&article, lexicon, Model::embedded()).events;
        let start = text.find(word).context("the word does not stand in the clause")?;
        let place = (start, start + word.len());
        let at = |event: &Event| {
            let span = article.clean.source_of(event.trigger);
            (span.start() as usize, span.end() as usize)
        };
        let own = found.iter().find(|event| overlap(&at(event), &place)).or_else(|| found.first().filter(|_| found.len() == 1));
        let toponym = own.and_then(|event| event.place.as_ref());
        let got = toponym.map(|toponym| article.clean.cut(toponym.span));
        let hit =
            got.is_some() && wanted.is_some_and(|wanted| got.is_some_and(|got| got.contains(wanted) || wanted.contains(got)));
        clauses += 1;
        events += usize::from(own.is_some());
        count.wanted += usize::from(wanted.is_some());
        count.found += usize::from(got.is_some());
        count.hits += usize::from(hit);
        settled += usize::from(hit && toponym.is_some_and(|toponym| toponym.place.is_some()));
        if show && !hit && got != wanted {
            println!("{got:?} for {wanted:?} ({})\t{text}", own.map_or("no event", |event| event.rule.as_str()));
        }
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    println!("events found: {events} of {clauses} clauses");
    println!(
        "places: P {:.1} R {:.1} F1 {:.1} % ({} right, {} found, {} wanted), {settled} with a point",
        share(count.hits, count.found),
        share(count.hits, count.wanted),
        count.f1(),
        count.hits,
        count.found,
        count.wanted
    );
    Ok(())
}

/// The category of WEIS (McClelland 1978) that comes nearest: most of the sentences are coded in it, not in CAMEO.
fn weis_root(event: &Event) -> &'static str {
    match (event.rule.as_str(), event.plover) {
        ("establish" | "open" | "recognize" | "extradite" | "release", _) => "06",
        ("expel" | "force", Plover::Sanction) => "20",
        ("propose" | "urge" | "insist" | "push", _) => "10",
        ("complain" | "protest" | "lodge" | "summon", _) => "13",
        ("offer", Plover::Agree) => "05",
        ("warn", _) => "16",
        (_, Plover::Consult) => "03",
        (_, Plover::Support) => "04",
        (_, Plover::Aid) => "07",
        (_, Plover::Agree | Plover::Cooperate) => "08",
        (_, Plover::Request) => "09",
        (_, Plover::Accuse) => "12",
        (_, Plover::Reject) => "11",
        (_, Plover::Threaten) => "17",
        (_, Plover::Protest | Plover::Mobilize) => "18",
        (_, Plover::Sanction) => "19",
        (_, Plover::Coerce) => "21",
        (_, Plover::Assault) => "22",
        (_, Plover::Concede | Plover::Retreat) => "01",
    }
}

/// Prints how the validation sentences of PETRARCH are coded: source, target and code alike; the root of the code; source, target and root.
///
/// Its actors are invented states whose codes are mostly the first letters of their names; a span bears a code if one of its words begins
/// with the first three letters of the code. Meetings and visits are coded from either side, as both vocabularies have it.
pub(crate) fn score_petrarch(gold: &Path, show: bool, lexicon: &Lexicon) -> Result<()> {
    let (mut exact, mut roots, mut pairs_of_roots) = (Count::default(), Count::default(), Count::default());
    // Meetings and visits from the side that the words begin with alone.
    let mut one_side = Count::default();
    // Roots of neither vocabulary: codes that the sentences' own dictionaries made up.
    let (mut known, is_known) = (Count::default(), |code: &str| matches!(code.get(..2), Some(root) if root <= "22"));
    for line in fs::read_to_string(gold).with_context(|| gold.display().to_string())?.lines() {
        let value: Value = serde_json::from_str(line)?;
        let text = value["text"].as_str().context("a sentence without `text`")?;
        let article = Article::of_paragraphs(text)?;
        let found = onrecord_read::read(&article, lexicon, Model::embedded()).events;
        let mut wanted: Vec<[&str; 3]> = Vec::new();
        for event in value["events"].as_array().into_iter().flatten() {
            let field = |name: &str| event[name].as_str().unwrap_or_default();
            wanted.push([field("source"), field("target"), field("code")]);
        }
        exact.wanted += wanted.len();
        roots.wanted += wanted.len();
        pairs_of_roots.wanted += wanted.len();
        known.wanted += wanted.iter().filter(|of| is_known(of[2])).count();
        let made_up = !wanted.is_empty() && !wanted.iter().any(|of| is_known(of[2]));
        one_side.wanted += wanted.len();
        let (mut left, mut left_roots, mut left_pairs) = (wanted.clone(), wanted.clone(), wanted.clone());
        let mut left_one_side = wanted.clone();
        // A code for each pair of one who acts and one who is acted upon.
        let pairs = found.iter().flat_map(|event| {
            let one_of =
                |those: &[Participant]| if those.is_empty() { vec![None] } else { those.iter().cloned().map(Some).collect() };
            let (actors, recipients) = (one_of(&event.actors), one_of(&event.recipients));
            let with = move |actor: Option<Participant>| {
                recipients.clone().into_iter().map(move |recipient| (event, actor.clone(), recipient))
            };
            let one_way: Vec<_> = actors.into_iter().flat_map(with).collect();
            let back = one_way.clone().into_iter().filter(|(event, actor, recipient)| {
                event.plover == Plover::Consult && actor.is_some() && recipient.is_some() && event.actors != event.recipients
            });
            let back: Vec<_> = back.map(|(event, actor, recipient)| (event, recipient, actor, true)).collect();
            one_way.into_iter().map(|(event, actor, recipient)| (event, actor, recipient, false)).chain(back)
        });
        for (event, actor, recipient, is_back) in pairs.filter(|(_, actor, recipient, _)| actor.is_none() || actor != recipient) {
            let code = event.cameo.as_deref().unwrap_or("-");
            let bears = |one: &Option<Participant>, code: &str| match one {
                Some(one) => {
                    let own = |word: &str| word.to_uppercase().starts_with(code.get(..3).unwrap_or("-"));
                    article.clean.cut(one.span).split_whitespace().any(own)
                }
                None => code.trim_matches('-').is_empty(),
            };
            exact.found += 1;
            roots.found += 1;
            pairs_of_roots.found += 1;
            known.found += usize::from(!made_up);
            one_side.found += usize::from(!is_back);
            let same = |of: &[&str; 3]| of[2] == code && bears(&actor, of[0]) && bears(&recipient, of[1]);
            if let Some(place) = left.iter().position(same) {
                left.remove(place);
                exact.hits += 1;
            }
            let own = |of: &[&str; 3]| of[2].get(..2) == code.get(..2) || of[2].get(..2) == Some(weis_root(event));
            if let Some(place) = left_roots.iter().position(own) {
                left_roots.remove(place);
                roots.hits += 1;
                known.hits += 1;
            }
            if let Some(place) = left_one_side.iter().position(own).filter(|_| !is_back) {
                left_one_side.remove(place);
                one_side.hits += 1;
            }
            let whole = |of: &[&str; 3]| own(of) && bears(&actor, of[0]) && bears(&recipient, of[1]);
            if let Some(place) = left_pairs.iter().position(whole) {
                left_pairs.remove(place);
                pairs_of_roots.hits += 1;
            }
        }
        if show && !left_roots.is_empty() {
            let codes: Vec<&str> = found.iter().map(|event| event.rule.as_str()).collect();
            println!("{codes:?} for {:?}\t{text}", wanted.iter().map(|event| event[2]).collect::<Vec<_>>());
        }
    }
    println!(
        "source, target and code: F1 {:.1} % ({} right, {} found, {} wanted)",
        exact.f1(),
        exact.hits,
        exact.found,
        exact.wanted
    );
    println!(
        "root of the code, WEIS where it is one: F1 {:.1} % ({} right, {} found, {} wanted)",
        roots.f1(),
        roots.hits,
        roots.found,
        roots.wanted
    );
    println!("root, each event from one side: F1 {:.1} % ({} right, {} found)", one_side.f1(), one_side.hits, one_side.found);
    println!("source, target and root: F1 {:.1} % ({} right)", pairs_of_roots.f1(), pairs_of_roots.hits);
    println!(
        "root, without sentences all of whose codes are made up: F1 {:.1} % ({} found, {} wanted)",
        known.f1(),
        known.found,
        known.wanted
    );
    Ok(())
}
