//! Events and figures that are told in words of different kinds.

use onrecord_lexicon::{Act, Plover};
use onrecord_record::{Claim, Record};

use crate::draft::{Draft, author, office, person};
use crate::record_of;

/// An outlet that tells of one shelling.
fn told(outlet: &str, text: &str, words: &str, trigger: &str, who: &str, whom: &str) -> Draft {
    Draft::new(&format!("{outlet}.txt"), text).site(outlet).state("ost", "Ostrava").says(author(), Act::State, words).tells(
        Plover::Assault,
        trigger,
        words,
        who,
        whom,
    )
}

fn first() -> Draft {
    let words = "Ostrava gunners shelled the customs post near Kell on Tuesday night";
    told(
        "One",
        "Ostrava gunners shelled the customs post near Kell on Tuesday night.",
        words,
        "shelled",
        "Ostrava gunners",
        "customs post",
    )
}

fn second(place: &str) -> Draft {
    let words = format!("Shells from Ostrava hit a customs post outside {place} as drivers waited");
    let text = format!("Smoke rose. {words}, the paper found.");
    told("Two", &text, &words, "hit", "Ostrava", "customs post")
}

fn joined(record: &Record) -> Option<&Claim> {
    record.claims.iter().find(|claim| claim.assertions.len() == 2)
}

#[test]
fn one_event_in_other_words_is_one_claim() {
    let record = record_of(&[&first().on("2031-05-06"), &second("Kell").on("2031-05-06")]);
    let claim = joined(&record).unwrap();
    assert_eq!((claim.events.len(), claim.outlets.len(), claim.origins.len()), (2, 2, 2));
    assert!(claim.reasons[0].contains("the same event"), "{}", claim.reasons[0]);
    assert!(claim.reasons[0].contains("the day"), "{}", claim.reasons[0]);
}

#[test]
fn an_event_of_another_day_is_another() {
    assert!(joined(&record_of(&[&first().on("2031-05-06"), &second("Kell").on("2031-05-09")])).is_none());
}

#[test]
fn an_event_at_another_place_is_another() {
    assert!(joined(&record_of(&[&first().on("2031-05-06"), &second("Maresh").on("2031-05-06")])).is_none());
}

#[test]
fn what_may_happen_is_not_what_happened() {
    let mut second = second("Kell");
    second.reading.events[0].modality = onrecord_read::Modality::Possible;
    assert!(joined(&record_of(&[&first(), &second])).is_none());
}

#[test]
fn who_does_it_to_whom_tells_events_apart() {
    let words = "Velmar shelled a customs post of Ostrava near Kell";
    let other = told("Two", "Velmar shelled a customs post of Ostrava near Kell.", words, "shelled", "Velmar", "customs post")
        .state("vel", "Velmar");
    assert!(joined(&record_of(&[&first(), &other])).is_none());
}

/// An outlet that quotes a number of dead.
fn dead(outlet: &str, published: &str, who: onrecord_read::Speaker, number: f64) -> Draft {
    let text = format!("The strike on the town of Kell killed {number} villagers.");
    let content = text.trim_end_matches('.').to_owned();
    let counted = format!("{number} villagers");
    Draft::new(&format!("{outlet}.txt"), &text).site(outlet).published(published).says(who, Act::State, &content).counts(
        &counted,
        "villagers",
        None,
        Some(number),
    )
}

#[test]
fn a_later_value_of_one_side_takes_the_place_of_the_earlier_one() {
    let vel = || office("vel.health", "vel");
    let one = dead("One", "2031-05-02", vel(), 17.0);
    let again = dead("Two", "2031-05-03", person("Ana Brecht", "vel"), 17.0);
    let later = dead("Three", "2031-05-09", vel(), 19.0);
    let rival = dead("Four", "2031-05-04", office("ost.army", "ost"), 31.0);
    let record = record_of(&[&one, &again, &later, &rival]);
    let [referent] = record.referents.as_slice() else { panic!("{:?}", record.referents) };
    let series = &referent.series;
    let days: Vec<_> = series.iter().map(|value| (value.first_said.as_deref().unwrap(), value.figures.len())).collect();
    assert_eq!(days, [("2031-05-02", 2), ("2031-05-04", 1), ("2031-05-09", 1)]);
    assert_eq!(series[0].last_said.as_deref(), Some("2031-05-03"));
    assert_eq!(series[0].replaced_by, Some(2));
    assert_eq!((&series[0].rivals, &series[1].rivals, &series[2].rivals), (&vec![1], &vec![0, 2], &vec![1]));
}

#[test]
fn a_value_given_up_before_is_no_rival() {
    let one = dead("One", "2031-05-02", office("vel.health", "vel"), 17.0);
    let later = dead("Two", "2031-05-04", office("vel.health", "vel"), 19.0);
    let rival = dead("Three", "2031-05-06", office("ost.army", "ost"), 31.0);
    let record = record_of(&[&one, &later, &rival]);
    let series = &record.referents[0].series;
    assert_eq!((&series[0].rivals, &series[2].rivals), (&vec![], &vec![1]));
}

/// A toll that one side gives and one that another gives of "it" in the next sentence.
fn two_tolls(second: &str, who: onrecord_read::Speaker) -> Draft {
    let first = "A strike on the town of Kell killed 17 villagers";
    let mut draft = Draft::new("tolls.txt", &format!("{first}. {second}."))
        .state("vel", "Velmar")
        .says(office("vel.health", "vel"), Act::State, first)
        .counts("17 villagers", "villagers", None, Some(17.0))
        .says(who, Act::State, second)
        .counts("31 fighters", "fighters", None, Some(31.0));
    draft.reading.figures.iter_mut().for_each(|figure| figure.fate = Some(onrecord_read::Fate::Killed));
    draft
}

#[test]
fn another_sides_toll_of_the_same_strike_is_a_rival() {
    let ost = || office("ost.army", "ost");
    let record = record_of(&[&two_tolls("The army of the other bank holds that it killed 31 fighters", ost())]);
    assert_eq!(record.referents.len(), 1);
    assert_eq!(record.referents[0].series[0].rivals, [1]);
    // Without "it" the words may tell of another strike; one side does not contradict itself so.
    let apart = two_tolls("The army of the other bank holds that artillery killed 31 fighters", ost());
    assert!(record_of(&[&apart]).referents.is_empty());
    let own = two_tolls("The army of this bank holds that it killed 31 fighters", office("vel.army", "vel"));
    assert!(record_of(&[&own]).referents.is_empty());
}

#[test]
fn a_corrected_number_denies_the_first() {
    let text = "The colonel signed for forty mortars. The colonel signed for four mortars, not forty.";
    let draft = Draft::new("mortars.txt", text)
        .says(office("vel.army", "vel"), Act::State, "The colonel signed for forty mortars")
        .says(office("ost.army", "ost"), Act::State, "The colonel signed for four mortars, not forty");
    let record = record_of(&[&draft]);
    assert_eq!(crate::claim(&record, "The colonel signed for forty mortars").denied_by.len(), 1);
}

#[test]
fn the_accused_answers_at_once() {
    let text = "The guard is said to have burned two farms. They burned in crossfire.";
    let draft = Draft::new("farms.txt", text)
        .says(office("vel.army", "vel"), Act::Accuse, "The guard is said to have burned two farms")
        .to("ost")
        .says(office("ost.army", "ost"), Act::State, "They burned in crossfire");
    let record = record_of(&[&draft]);
    assert_eq!(crate::claim(&record, "The guard is said to have burned two farms").denied_by.len(), 1);
}
