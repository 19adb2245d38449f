use onrecord_lexicon::Act;
use onrecord_page::CaptureData;
use onrecord_read::CommitmentKind::{Assurance, Demand};
use onrecord_read::SpeakerKind;
use onrecord_record::review::{
    Anchor, Correction, Decision, FindingKind, Letter, Outcome, Rejected, Ruling, Verdict, agreement, around, gist, in_force,
    queue,
};
use onrecord_record::{ArticleIds, Entry, ItemRef, Record, Standing, UniqueIds, reviewed};
use onrecord_text::CleanSpan;

use crate::draft::{Draft, author, id, lexicon, office, person};
use crate::record_of;

const OPEN: &str = "the port of Karsk is open to all grain ships";

fn says_open(file: &str) -> Draft {
    Draft::new(file, &format!("On Monday Mira Tolle said {OPEN}, and left. Nobody asked."))
        .site(file)
        .published("2031-05-03")
        .state("vel", "Velmar")
        .says(person("Mira Tolle", "vel"), Act::State, OPEN)
}

/// The anchor of an assertion, event or figure of an article.
fn anchor(draft: &Draft, kind: FindingKind, item: usize) -> Anchor {
    let entry = draft.entry();
    let ids = ArticleIds::of(&entry, 0, &mut UniqueIds::default());
    let reading = &entry.readings[0];
    let (words, ids): (Vec<CleanSpan>, _) = match kind {
        FindingKind::Assertion => (reading.assertions[item].content.clone(), ids.assertions),
        FindingKind::Event => (reading.events[item].spans.clone(), ids.events),
        FindingKind::Figure => (vec![reading.figures[item].span], ids.figures),
        FindingKind::Commitment => panic!("not needed here"),
    };
    let found = match kind {
        FindingKind::Assertion => {
            let said = &reading.assertions[item];
            gist::of_assertion(said.act.name(), Some(said.speaker.name.as_str()).filter(|name| !name.is_empty()))
        }
        FindingKind::Event => gist::of_event(Some(reading.events[item].plover.name())),
        FindingKind::Figure => gist::of_figure(reading.figures[item].low, reading.figures[item].best, reading.figures[item].high),
        FindingKind::Commitment => panic!("not needed here"),
    };
    let clean = &entry.page.articles[0].clean;
    let (prefix, suffix) = around(clean, &words);
    Anchor {
        item: ids[item].clone(),
        kind,
        found,
        capture: entry.source_id().to_string(),
        address: entry.name.clone(),
        spans: words.iter().map(|span| clean.source_of(*span)).collect(),
        exact: words.iter().map(|span| clean.cut(*span)).collect::<Vec<_>>().join(" … "),
        prefix,
        suffix,
        line: None,
    }
}

fn decision(number: usize, by: &str, verdict: Verdict) -> Decision {
    Decision {
        id: format!("k{number}"),
        by: by.to_owned(),
        at: format!("2031-06-01T10:00:{number:02}.000Z"),
        verdict,
        note: None,
    }
}

fn on(number: usize, by: &str, draft: &Draft, ruling: Ruling) -> Decision {
    decision(number, by, Verdict::on(anchor(draft, FindingKind::Assertion, 0), ruling))
}

fn with(drafts: &[&Draft], decisions: &[Decision]) -> Record {
    reviewed(drafts.iter().map(|draft| draft.entry()).collect(), decisions, Rejected::LeftOut, &lexicon())
}

fn act(act: Act) -> Ruling {
    Ruling::Correct(Correction { act: Some(act), ..Correction::default() })
}

fn first(record: &Record) -> &onrecord_read::Assertion {
    &record.entries[0].readings[0].assertions[0]
}

const AT: ItemRef = ItemRef { entry: 0, article: 0, item: 0 };

#[test]
fn a_rejected_assertion_is_left_out_with_what_stands_on_it_alone() {
    let draft = Draft::new("One", "Ost asked Velmar to leave. Mira Tolle said 12 sailors were held.")
        .says(office("ost.army", "ost"), Act::Demand, "to leave")
        .commits(Demand, Some("ost"), Some("vel"), "to leave")
        .says(person("Mira Tolle", "vel"), Act::State, "12 sailors were held")
        .counts("12 sailors", "sailors", None, Some(12.0));
    let second = Verdict::on(anchor(&draft, FindingKind::Assertion, 1), Ruling::Reject);
    let record = with(&[&draft], &[decision(1, "ana", second)]);
    let reading = &record.entries[0].readings[0];
    assert_eq!((reading.assertions.len(), reading.figures.len(), reading.commitments.len()), (1, 0, 1));
    assert_eq!((record.review.left_out.len(), record.review.left_out[0].with_it), (1, 1));

    let record = with(&[&draft], &[on(1, "ana", &draft, Ruling::Reject)]);
    let reading = &record.entries[0].readings[0];
    assert_eq!((reading.assertions.len(), record.commitments.len()), (1, 0));
    assert_eq!(reading.figures[0].assertion, Some(0), "the figure's assertion stands first now");
}

#[test]
fn rejected_findings_are_shown_marked_where_that_is_asked_for() {
    let draft = says_open("One");
    let decisions = [on(1, "ana", &draft, Ruling::Reject)];
    let record = reviewed(vec![draft.entry()], &decisions, Rejected::Shown, &lexicon());
    assert_eq!(record.claims.len(), 1);
    let mark = record.review.mark(FindingKind::Assertion, AT).unwrap();
    assert_eq!(
        (mark.outcome, mark.by.as_slice(), mark.decisions.as_slice()),
        (Outcome::Rejected, &["ana".to_owned()][..], &["k1".to_owned()][..])
    );
}

#[test]
fn a_rejected_figure_takes_the_toll_with_it_that_was_added_up_of_it() {
    let mut draft = Draft::new("One", "A blast killed 12 sailors.").counts("12 sailors", "sailors", None, Some(12.0)).tells(
        onrecord_lexicon::Plover::Assault,
        "blast",
        "A blast killed 12 sailors",
        "",
        "",
    );
    let toll =
        onrecord_read::Toll { fate: onrecord_read::Fate::Killed, low: None, best: Some(12.0), high: None, figures: vec![0] };
    draft.reading.events[0].tolls.push(toll);
    let verdict = Verdict::on(anchor(&draft, FindingKind::Figure, 0), Ruling::Reject);
    let record = with(&[&draft], &[decision(1, "ana", verdict)]);
    let reading = &record.entries[0].readings[0];
    assert_eq!((reading.figures.len(), reading.events.len(), reading.events[0].tolls.len()), (0, 1, 0));
}

#[test]
fn a_corrected_speaker_counts_in_claims_and_is_marked() {
    let (one, two) = (says_open("One"), says_open("Two"));
    let speaker = onrecord_read::Speaker { party: Some(id("ost")), ..person("Lena Vask", "ost") };
    let ruling = Ruling::Correct(Correction { speaker: Some(speaker), ..Correction::default() });
    let plain = record_of(&[&one, &two]);
    assert_eq!(plain.claims[0].standing, Standing::Repeated);
    let record = with(&[&one, &two], &[on(1, "ana", &one, ruling)]);
    assert_eq!((first(&record).speaker.name.as_str(), record.claims[0].standing), ("Lena Vask", Standing::Corroborated));
    let mark = record.review.mark(FindingKind::Assertion, AT).unwrap();
    assert_eq!((mark.outcome, mark.found.as_ref().unwrap().speaker.name.as_str()), (Outcome::Corrected, "Mira Tolle"));
    assert!(record.actors.iter().any(|actor| actor.id == id("person.lena-vask") && actor.party == Some(id("ost"))));
}

#[test]
fn commitments_follow_a_corrected_act_and_speaker() {
    let draft = says_open("One");
    let record = with(&[&draft], &[on(1, "ana", &draft, act(Act::Assure))]);
    let only = &record.commitments[0];
    assert_eq!((only.kind, only.by.clone(), record.cut(only.what)), (Assurance, Some(id("vel")), OPEN));

    let demand = Draft::new("One", "Ost asked Velmar to leave.")
        .says(office("ost.army", "ost"), Act::Demand, "to leave")
        .commits(Demand, Some("ost"), Some("vel"), "to leave");
    assert_eq!(with(&[&demand], &[on(1, "ana", &demand, act(Act::State))]).commitments.len(), 0);
    let by_vel = Ruling::Correct(Correction { speaker: Some(office("vel.army", "vel")), ..Correction::default() });
    let record = with(&[&demand], &[on(1, "ana", &demand, by_vel)]);
    assert_eq!((record.commitments[0].by.clone(), record.commitments[0].said_in.len()), (Some(id("vel")), 1));
    let own = Ruling::Correct(Correction { speaker: Some(author()), ..Correction::default() });
    let record = with(&[&demand], &[on(1, "ana", &demand, own)]);
    assert_eq!((first(&record).speaker.kind, record.commitments.len()), (SpeakerKind::Author, 0), "an article demands nothing");
}

#[test]
fn where_reviewers_differ_the_finding_stays_as_it_was() {
    let draft = says_open("One");
    let outcome = |decisions: &[Decision]| {
        let record = with(&[&draft], decisions);
        let mark = record.review.mark(FindingKind::Assertion, AT);
        (record.entries[0].readings[0].assertions.len(), mark.map(|mark| mark.outcome))
    };
    let (keep, drop) = (|n, by| on(n, by, &draft, Ruling::Accept), |n, by| on(n, by, &draft, Ruling::Reject));
    assert_eq!(outcome(&[keep(1, "ana"), drop(2, "ben")]), (1, Some(Outcome::Differs)));
    assert_eq!(outcome(&[drop(1, "ana"), drop(2, "ben")]), (0, None));
    // The last word of each counts, whatever the order in which decisions are given.
    assert_eq!(outcome(&[drop(1, "ana"), keep(3, "ana"), keep(2, "ben")]), (1, Some(Outcome::Accepted)));
    assert_eq!(outcome(&[keep(3, "ana"), keep(2, "ben"), drop(1, "ana")]), (1, Some(Outcome::Accepted)));
    assert_eq!(outcome(&[keep(1, "ana"), on(2, "ben", &draft, act(Act::Warn))]), (1, Some(Outcome::Differs)));
    // Corrections of different things add up; those of one thing that differ do not.
    let party = Ruling::Correct(Correction { party: Some(id("ost")), ..Correction::default() });
    let record = with(&[&draft], &[on(1, "ana", &draft, act(Act::Warn)), on(2, "ben", &draft, party)]);
    assert_eq!((first(&record).act, first(&record).speaker.party.clone()), (Act::Warn, Some(id("ost"))));
    assert_eq!(
        outcome(&[on(1, "ana", &draft, act(Act::Warn)), on(2, "ben", &draft, act(Act::Accuse))]),
        (1, Some(Outcome::Differs))
    );
}

#[test]
fn a_decision_is_withdrawn_by_who_made_it_and_only_later() {
    let draft = says_open("One");
    let reject = on(5, "ana", &draft, Ruling::Reject);
    let withdraw = |number, by: &str, of: &str| decision(number, by, Verdict::Withdraw { decision: of.to_owned() });
    let kept = |decisions: &[Decision]| in_force(decisions).len();
    assert_eq!(kept(&[reject.clone(), withdraw(6, "ana", "k5")]), 0);
    assert_eq!(kept(&[withdraw(6, "ana", "k5"), reject.clone()]), 0);
    assert_eq!(kept(&[reject.clone(), withdraw(6, "ben", "k5")]), 1, "somebody else's decision");
    assert_eq!(kept(&[reject.clone(), withdraw(4, "ana", "k5")]), 1, "before it was made");
    assert_eq!(kept(&[reject.clone(), withdraw(6, "ana", "k5"), withdraw(7, "ana", "k6")]), 1, "the withdrawal was withdrawn");
    assert_eq!(kept(&[reject.clone(), reject]), 1);
}

#[test]
fn merged_actors_are_one_and_split_is_the_way_back() {
    let one = says_open("One");
    let two = Draft::new("Two", &format!("On Monday M. Tolle-Brand said {OPEN}, and left.")).site("Two").says(
        person("M. Tolle-Brand", "vel"),
        Act::State,
        OPEN,
    );
    let merge =
        |number, by: &str, actor: &str, into: &str| decision(number, by, Verdict::Merge { actor: id(actor), into: id(into) });
    let (brand, tolle) = ("person.m-tolle-brand", "person.mira-tolle");
    let names = |record: &Record| -> Vec<String> {
        record.actors.iter().map(|actor| actor.id.to_string()).filter(|id| id.starts_with("person")).collect()
    };
    let record = with(&[&one, &two], &[merge(1, "ana", brand, tolle)]);
    assert_eq!((names(&record), record.claims[0].origins.len()), (vec![tolle.to_owned()], 1));
    assert_eq!(record.entries[1].readings[0].assertions[0].speaker.name, "Mira Tolle");
    let split = decision(2, "ana", Verdict::Split { actor: id(brand) });
    assert_eq!(names(&with(&[&one, &two], &[merge(1, "ana", brand, tolle), split])), [brand, tolle]);
    let other = decision(2, "ben", Verdict::Split { actor: id(brand) });
    let record = with(&[&one, &two], &[merge(1, "ana", brand, tolle), other]);
    assert_eq!((names(&record).len(), record.review.lost.len()), (2, 2), "reviewers differ");
    let record = with(&[&one, &two], &[merge(1, "ana", brand, tolle), merge(2, "ana", tolle, brand)]);
    assert_eq!(names(&record).len(), 2, "a circle is nobody");
    let record = with(&[&one, &two], &[merge(1, "ana", brand, "person.nobody")]);
    assert!(record.review.lost[0].reason.contains("no actor person.nobody"), "{:?}", record.review.lost);
    let chain = [merge(1, "ana", brand, tolle), merge(2, "ben", tolle, "person.ana-brecht")];
    assert_eq!(names(&with(&[&one, &two], &chain)), ["person.ana-brecht"], "the lexicon knows her");
}

/// The same page captured again, with other bytes.
fn newer(name: &str, text: &str, content: &str) -> Entry {
    let draft = Draft::new(name, text).site(name).says(person("Mira Tolle", "vel"), Act::State, content);
    let data = CaptureData { url: Some("https://one.example/port".to_owned()), ..CaptureData::default() };
    Entry { capture: data, ..draft.entry() }
}

fn reject_old(text: &str) -> Decision {
    let draft = Draft::new("One", text).site("One").says(person("Mira Tolle", "vel"), Act::State, OPEN);
    let anchor = Anchor { address: "https://one.example/port".to_owned(), ..anchor(&draft, FindingKind::Assertion, 0) };
    decision(1, "ana", Verdict::on(anchor, Ruling::Reject))
}

#[test]
fn a_decision_follows_its_words_into_a_newer_capture_of_the_page() {
    let text = format!("On Monday Mira Tolle said {OPEN}, and left. Nobody asked.");
    let decisions = [reject_old(&text)];
    let of = |entries: Vec<Entry>| reviewed(entries, &decisions, Rejected::LeftOut, &lexicon());
    // A paragraph before it moves every byte.
    let record = of(vec![newer("One", &format!("Corrected. {text}"), OPEN)]);
    assert_eq!((record.claims.len(), record.review.lost.len()), (0, 0));
    // Both versions are in the record: the rejected finding does not come back by the newer one.
    let record = of(vec![newer("One", &text, OPEN), newer("One", &format!("Corrected. {text}"), OPEN)]);
    assert_eq!((record.entries.len(), record.claims.len(), record.review.left_out.len()), (2, 0, 2));
    // The same words in another context are others.
    let record = of(vec![newer("One", &format!("Nobody believed that {OPEN}; it is not."), OPEN)]);
    assert_eq!((record.claims.len(), record.review.lost.len()), (1, 1));
    // Two places with the same words and the same neighbours: which one is meant cannot be told.
    let twice = format!("{text} {text}");
    let mut entry = newer("One", &twice, OPEN);
    let mut again = entry.readings[0].assertions[0].clone();
    let offset = text.len() as u32 + 1;
    again.content = again.content.iter().map(|span| CleanSpan::new(span.start() + offset, span.end() + offset)).collect();
    entry.readings[0].assertions.push(again);
    assert_eq!(of(vec![entry]).review.lost.len(), 1);
    // Another page with the same words is another finding.
    let elsewhere = Entry { capture: CaptureData::default(), ..newer("Two", &text.replace("Nobody", "No one"), OPEN) };
    let record = of(vec![elsewhere]);
    assert!(record.review.lost[0].reason.contains("neither its capture nor another one"), "{:?}", record.review.lost);
}

#[test]
fn a_decision_follows_a_reading_that_cuts_its_words_otherwise_or_says_why_not() {
    let text = format!("On Monday Mira Tolle said: \"{OPEN}\". Nobody asked.");
    let old = Draft::new("One", &text).says(person("Mira Tolle", "vel"), Act::State, OPEN);
    let decisions = [on(1, "ana", &old, Ruling::Reject)];
    let read = |content: &str| Draft::new("One", &text).says(person("Mira Tolle", "vel"), Act::State, content);
    // With the quotation marks it is the same.
    let record = with(&[&read(&format!("\"{OPEN}\""))], &decisions);
    assert_eq!((record.claims.len(), record.review.lost.len()), (0, 0));
    // A longer cut is another finding: the decision is listed with it, not dropped and not applied.
    let longer = read(&format!("Monday Mira Tolle said: \"{OPEN}"));
    let record = with(&[&longer], &decisions);
    assert_eq!((record.claims.len(), record.review.lost.len()), (1, 1));
    let lost = &record.review.lost[0];
    assert!(lost.reason.contains("has other words now") && lost.instead.as_ref().unwrap().1.contains("Monday"), "{lost:?}");
    // The same words of another speaker are another finding, but what was put right stays right.
    let other = Draft::new("One", &text).says(person("Lena Vask", "ost"), Act::State, OPEN);
    let record = with(&[&other], &decisions);
    assert_eq!(record.claims.len(), 1);
    let lost = &record.review.lost[0];
    assert_eq!(lost.instead.as_ref().unwrap().1, "state, Lena Vask");
    let warn = [on(1, "ana", &old, act(Act::Warn))];
    assert_eq!(first(&with(&[&other], &warn)).act, Act::Warn);
    let gone = Draft::new("One", &text);
    let record = with(&[&gone], &decisions);
    assert!(record.review.lost[0].reason.contains("no assertion is found there any more"), "{:?}", record.review.lost);
}

#[test]
fn corrected_words_are_found_by_place_or_by_words() {
    let text = format!("On Monday Mira Tolle said {OPEN}, and left. Nobody asked.");
    let old = newer("One", &text, OPEN);
    let Verdict::Finding(anchor, _) = reject_old(&text).verdict else { panic!() };
    let exact = "the port of Karsk is open";
    let start = old.page.source.text().find(exact).unwrap() as u32;
    let spans = vec![onrecord_text::SourceSpan::new(start, start + exact.len() as u32)];
    let words = onrecord_record::review::CorrectedWords { spans, exact: vec![exact.to_owned()] };
    let ruling = Ruling::Correct(Correction { words: Some(words), ..Correction::default() });
    let decisions = [decision(1, "ana", Verdict::Finding(anchor, ruling))];
    for entry in [old, newer("One", &format!("Corrected. {text}"), OPEN)] {
        let record = reviewed(vec![entry], &decisions, Rejected::LeftOut, &lexicon());
        let article = &record.entries[0].page.articles[0];
        assert_eq!(article.clean.cut(first(&record).content[0]), exact);
    }
}

#[test]
fn letters_are_those_of_reviewers_and_numbers_are_proposed_from_origins() {
    let letter = |number, by: &str, letter| decision(number, by, Verdict::Reliability { outlet: "One".to_owned(), letter });
    let draft = says_open("One");
    let record = with(&[&draft], &[letter(1, "ana", Letter::C), letter(2, "ana", Letter::B), letter(3, "ben", Letter::D)]);
    assert_eq!(record.review.outlets["One"], [(Letter::B, "ana".to_owned()), (Letter::D, "ben".to_owned())]);
    assert_eq!(record.claims[0].proposed_credibility(), Some(6));
    let others: Vec<Draft> = ["Two", "Three"]
        .iter()
        .zip(["Lena Vask", "Otto Birk"])
        .map(|(file, name)| {
            let text = format!("{name} of the pilots' guild said {OPEN}; {file} asked.");
            Draft::new(file, &text).site(file).says(person(name, "org.lc"), Act::State, OPEN)
        })
        .collect();
    let two = record_of(&[&draft, &others[0]]);
    assert_eq!((two.claims[0].standing, two.claims[0].proposed_credibility()), (Standing::Corroborated, Some(2)));
    let three = record_of(&[&draft, &others[0], &others[1]]);
    assert_eq!(three.claims[0].proposed_credibility(), Some(1));
}

#[test]
fn agreement_is_that_of_cohen() {
    // 20 findings: both keep 8, both reject 6, ana alone keeps 4, ben alone keeps 2. Observed 0.7, by chance 0.6·0.5 + 0.4·0.5 = 0.5.
    let mut decisions = Vec::new();
    for number in 0..20 {
        let mut anchor = anchor(&says_open("One"), FindingKind::Assertion, 0);
        anchor.item = format!("s{number:02}");
        let ruling = |keeps: bool| if keeps { Ruling::Accept } else { Ruling::Reject };
        let (ana, ben) = (number < 12, number < 8 || (12..14).contains(&number));
        let made = |by: &str, keeps| Decision {
            id: format!("{by}{number}"),
            ..decision(number, by, Verdict::on(anchor.clone(), ruling(keeps)))
        };
        decisions.extend([made("ana", ana), made("ben", ben)]);
    }
    let found = &agreement(&decisions)[0];
    assert_eq!((found.shared, found.same, found.kept, found.differences.len()), (20, 14, (12, 10), 6));
    assert!((found.kappa().unwrap() - 0.4).abs() < 1e-9, "{found:?}");
    let alike = [on(1, "ana", &says_open("One"), Ruling::Accept), on(2, "ben", &says_open("One"), Ruling::Accept)];
    assert_eq!((agreement(&alike)[0].observed(), agreement(&alike)[0].kappa()), (Some(1.0), None));
}

#[test]
fn what_matters_and_is_in_doubt_waits_first() {
    let plain = Draft::new("One", "One reports that it rained. Mira Tolle said it was cold in Karsk.")
        .says(author(), Act::State, "it rained")
        .says(person("Mira Tolle", "vel"), Act::State, "it was cold in Karsk")
        .with(|draft, said| said.speaker.span = Some(draft.span("Mira Tolle")));
    let doubtful = Draft::new("Two", "The army of Ost told Velmar to leave Karsk by noon.")
        .says(office("ost.army", "ost"), Act::Demand, "to leave Karsk by noon")
        .commits(Demand, Some("ost"), None, "to leave Karsk by noon")
        .note("unresolved-speaker", "to leave");
    let record = record_of(&[&plain, &doubtful]);
    let order: Vec<(usize, usize)> = queue(&record, &[].into()).iter().map(|one| (one.at.entry, one.at.item)).collect();
    assert_eq!(order, [(1, 0), (0, 1), (0, 0)]);
    let left = queue(&record, &[ItemRef { entry: 1, article: 0, item: 0 }].into());
    assert_eq!(left.len(), 2);
    let waiting = &queue(&record, &[].into())[0];
    let consequence: usize = waiting.weights.iter().map(|weight| weight.points()).sum();
    let doubt: usize = waiting.doubts.iter().map(|doubt| doubt.points()).sum();
    assert_eq!(waiting.score, consequence * (1 + doubt));
}
