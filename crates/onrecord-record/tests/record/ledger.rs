use onrecord_lexicon::Act;
use onrecord_read::CommitmentKind::{Assurance, Demand};
use onrecord_record::{ReportedState, Undertaking};

use crate::draft::{Draft, id, office, organisation};
use crate::record_of;

fn demand(file: &str, published: &str, what: &str) -> Draft {
    Draft::new(file, &format!("{file} reports: Velmar told Ostrava {what}."))
        .site(file)
        .published(published)
        .state("vel", "Velmar")
        .state("ost", "Ostrava")
        .says(office("vel.army", "vel"), Act::Demand, what)
        .said_on(published)
        .commits(Demand, Some("vel"), Some("ost"), what)
}

fn assurance(file: &str, published: &str, what: &str, end: &str) -> Draft {
    Draft::new(file, &format!("{file} reports: Ostrava pledged {what}. {end}."))
        .site(file)
        .published(published)
        .state("vel", "Velmar")
        .state("ost", "Ostrava")
        .says(office("ost.army", "ost"), Act::Assure, what)
        .commits(Assurance, Some("ost"), None, what)
}

const WITHDRAW: &str = "to withdraw its heavy guns from the river bank";

fn states(commitments: &[Undertaking]) -> Vec<ReportedState> {
    commitments.iter().map(|commitment| commitment.state).collect()
}

#[test]
fn restated_demands_are_one_with_the_first_date_and_the_fullest_words() {
    let one = demand("One", "2031-05-03", WITHDRAW);
    let two = demand("Two", "2031-05-02", "to withdraw its heavy guns from the river");
    let record = record_of(&[&one, &two]);
    assert_eq!(record.commitments.len(), 1);
    let only = &record.commitments[0];
    assert_eq!(record.cut(only.what), WITHDRAW);
    assert_eq!(only.first_said.as_ref().map(|date| date.value.as_str()), Some("2031-05-02"));
    assert_eq!((only.said_in.len(), only.assertions.len()), (2, 2));
}

#[test]
fn demands_for_other_things_are_two() {
    let record =
        record_of(&[&demand("One", "2031-05-03", WITHDRAW), &demand("Two", "2031-05-02", "to return the crew of the ferry")]);
    assert_eq!(record.commitments.len(), 2);
}

#[test]
fn an_assurance_answers_the_demand_about_the_same() {
    let other = demand("Zero", "2031-05-01", "to return the crew of the ferry");
    let answer = assurance("Two", "2031-05-05", "to pull its heavy guns back behind the river", "It rained");
    let record = record_of(&[&demand("One", "2031-05-03", WITHDRAW), &other, &answer]);
    let answers: Vec<Option<usize>> = record.commitments.iter().map(|commitment| commitment.answers).collect();
    assert_eq!(answers, [None, None, Some(1)]);
    assert_eq!(record.cut(record.commitments[1].what), WITHDRAW);
}

#[test]
fn an_assurance_of_somebody_else_answers_nothing() {
    let mut answer = assurance("Two", "2031-05-05", WITHDRAW, "It rained");
    answer.reading.commitments[0].by = Some(id("org.lc"));
    let record = record_of(&[&demand("One", "2031-05-03", WITHDRAW), &answer]);
    assert!(record.commitments.iter().all(|commitment| commitment.answers.is_none()));
}

#[test]
fn what_is_reported_of_it_is_its_state() {
    let acted = |file: &str, yes: bool, words: &str| {
        assurance(file, "2031-05-05", WITHDRAW, &format!("Ostrava {words}")).acted(yes, words)
    };
    let state = |drafts: &[&Draft]| states(&record_of(drafts).commitments);
    assert_eq!(state(&[&assurance("A", "2031-05-05", WITHDRAW, "It rained")]), [ReportedState::Open]);
    assert_eq!(state(&[&acted("A", true, "moved the guns")]), [ReportedState::ActedUpon]);
    assert_eq!(state(&[&acted("A", false, "reneged on it")]), [ReportedState::Breached]);
    assert_eq!(state(&[&acted("A", false, "has yet to do so")]), [ReportedState::Open]);
    assert_eq!(state(&[&acted("A", true, "moved the guns"), &acted("B", false, "reneged on it")]), [ReportedState::Contested]);
}

#[test]
fn contradicting_answers_are_disputed_and_the_older_is_shown() {
    let yes = assurance("B", "2031-05-05", WITHDRAW, "It moved the guns").acted(true, "moved the guns");
    let no = assurance("A", "2031-05-09", WITHDRAW, "It reneged on it").acted(false, "reneged on it");
    let record = record_of(&[&no, &yes]);
    let [.., acted] = &record.commitments[0].tests;
    assert!(acted.disputed && matches!(acted.stated, onrecord_read::Stated::Yes(_)));
    assert_eq!(acted.at, Some((1, 0)));
}

#[test]
fn what_was_taken_back_is_withdrawn() {
    let given = assurance("A", "2031-05-05", WITHDRAW, "It rained");
    let text = "Ostrava has withdrawn its pledge to remove guns from the river bank.";
    let back =
        Draft::new("B", text).site("B").state("ost", "Ostrava").says(organisation("org.lc"), Act::State, &text[..text.len() - 1]);
    assert_eq!(states(&record_of(&[&given, &back]).commitments), [ReportedState::Withdrawn]);
}
