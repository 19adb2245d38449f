//! The same told in other words, and what goes back to one origin though it is told otherwise.

use onrecord_lexicon::{Act, Plover};
use onrecord_read::{Modality, Speaker};
use onrecord_record::{Claim, Record};

use crate::draft::{Draft, author, document, office, organisation, person};
use crate::{claim, record_of};

const RAISED: &str = "Divers raised the sunken grain barge off Kell harbour after gales";
const CHEERED: &str = "Crowds cheered as divers brought up the sunken grain barge near Kell";

/// An outlet in which somebody says one thing.
fn telling(outlet: &str, who: Speaker, act: Act, words: &str) -> Draft {
    let text = format!("Word from {outlet} is as follows. {words}.");
    Draft::new(&format!("{outlet}.txt"), &text).site(outlet).state("ost", "Ostrava").state("vel", "Velmar").says(who, act, words)
}

fn told(outlet: &str, words: &str) -> Draft {
    telling(outlet, author(), Act::State, words)
}

/// The claim that holds assertions of two outlets.
fn joined(record: &Record) -> Option<&Claim> {
    record.claims.iter().find(|claim| claim.assertions.len() > 1)
}

#[test]
fn words_that_few_articles_have_join() {
    let record = record_of(&[&told("One", RAISED), &told("Two", CHEERED)]);
    let claim = joined(&record).unwrap();
    assert_eq!((claim.outlets.len(), claim.reasons.len()), (2, 1));
    assert!(claim.reasons[0].contains("words that few articles have"), "{}", claim.reasons[0]);
}

#[test]
fn words_that_every_article_has_join_nothing() {
    let others = ["salvage", "insurance", "weather", "owner", "cargo", "inquiry", "court", "captain", "crane", "tide"];
    let fates = ["argued", "waited", "rose", "fell", "paused", "grew", "slowed", "widened", "failed", "held"];
    let mut drafts = vec![told("One", RAISED), told("Two", CHEERED)];
    for (n, (what, did)) in (0..).zip(others.iter().flat_map(|what| fates.iter().map(move |did| (what, did)))) {
        let words = format!("Of divers, the sunken grain barge and Kell harbour one {what} clerk wrote that bids {did} again");
        drafts.push(told(&format!("Filler {n}"), &words));
    }
    let record = record_of(&drafts.iter().collect::<Vec<_>>());
    let both = |claim: &&Claim| {
        let names: Vec<&str> = claim.assertions.iter().map(|at| record.entries[at.entry].name.as_str()).collect();
        names.contains(&"One.txt") && names.contains(&"Two.txt")
    };
    assert!(record.claims.iter().find(both).is_none());
}

#[test]
fn what_is_told_weeks_apart_is_not_joined_by_words() {
    let (one, two) = (told("One", RAISED).published("2031-05-02"), told("Two", CHEERED));
    assert!(joined(&record_of(&[&one, &two.clone().published("2031-05-04")])).is_some());
    assert!(joined(&record_of(&[&one, &two.published("2031-06-04")])).is_none());
}

#[test]
fn other_names_and_little_else_in_common_are_another_thing() {
    let (one, two) =
        ("Envoy Mallory left Kell bridge talks before supper", "Envoy Ravensby left Kell tower talks after rehearsals");
    assert!(joined(&record_of(&[&told("One", one), &told("Two", two)])).is_none());
}

#[test]
fn what_is_to_come_is_not_what_was_done() {
    let tell = |draft: Draft, trigger: &str, words: &str| draft.tells(Plover::Aid, trigger, words, "", "");
    let one = tell(told("One", RAISED), "raised", RAISED);
    let mut two = tell(told("Two", CHEERED), "brought", CHEERED);
    assert!(joined(&record_of(&[&one, &two])).is_some());
    two.reading.events[0].modality = Modality::Future;
    assert!(joined(&record_of(&[&one, &two])).is_none());
}

const ASKED: &str = "the release of seven ferry pilots seized off Kell harbour before winter";
const ASKED_AGAIN: &str = "that ferry pilots seized near Kell be put ashore by winter";

#[test]
fn a_demand_in_other_words_is_one_only_of_one_side() {
    let asks = |outlet: &str, who: Speaker, words: &str| telling(outlet, who, Act::Demand, words);
    let vel = || office("vel.army", "vel");
    let record = record_of(&[&asks("One", vel(), ASKED), &asks("Two", person("Ana Brecht", "vel"), ASKED_AGAIN)]);
    assert_eq!(claim(&record, ASKED).assertions.len(), 2, "{:?}", record.claims);
    let record = record_of(&[&asks("One", vel(), ASKED), &asks("Two", office("ost.army", "ost"), ASKED_AGAIN)]);
    assert_eq!(claim(&record, ASKED).assertions.len(), 1);
}

/// What is offered, in the words of a full report and of a headline.
const OFFER: &str =
    "to let foreign inspectors into the Brenna mines provided that Velmar stops flying balloons over its vineyards";
const OFFER_IN_SHORT: &str = "entry for inspectors to the Brenna mines if Velmar grounds its balloons";

#[test]
fn one_speaker_says_it_again_in_short() {
    let offers = |outlet: &str, who: Speaker, words: &str| telling(outlet, who, Act::Offer, words);
    let ost = || office("ost.cabinet", "ost");
    let record = record_of(&[&offers("One", ost(), OFFER), &offers("Two", ost(), OFFER_IN_SHORT)]);
    let found = claim(&record, OFFER);
    assert_eq!((found.assertions.len(), found.origins.len()), (2, 1));
    assert!(found.reasons[0].contains("one speaker says both"), "{}", found.reasons[0]);
    let record = record_of(&[&offers("One", ost(), OFFER), &offers("Two", organisation("org.lc"), OFFER_IN_SHORT)]);
    assert_eq!(claim(&record, OFFER).assertions.len(), 1);
}

const MEN: &str = "monitors at Brenna mines counted about 180 armed men at two pits";

/// Origins of what two outlets say of 180 men.
fn origins(one: Speaker, two: Speaker, words: &str) -> usize {
    let text = format!("The League went up on Monday. {words}.");
    let second = Draft::new("two.txt", &text).site("Two").names(
        "org.lc",
        onrecord_lexicon::ActorKind::Organisation,
        Some("org.lc"),
        "League",
    );
    let record = record_of(&[&telling("One", one, Act::State, MEN), &second.says(two, Act::State, words)]);
    let found = claim(&record, MEN);
    assert_eq!(found.assertions.len(), 2);
    found.origins.len()
}

#[test]
fn a_body_and_its_report_are_one_origin() {
    let report = || document("report", Some("org.lc"));
    assert_eq!(origins(report(), organisation("org.lc"), MEN), 1);
    assert_eq!(origins(report(), office("ost.army", "ost"), MEN), 2);
    // A person of the same side may know it otherwise.
    assert_eq!(origins(report(), person("Ana Brecht", "org.lc"), MEN), 2);
}

#[test]
fn a_count_told_by_an_outlet_goes_back_to_whoever_counted() {
    let report = || document("report", Some("org.lc"));
    let counted = "League monitors at Brenna mines counted about 180 armed men at two pits";
    assert_eq!(origins(report(), author(), counted), 1);
    // Who saw them is not told: it may be the outlet.
    assert_eq!(origins(report(), author(), "About 180 armed men stood at two pits of the Brenna mines"), 2);
    assert_eq!(origins(office("ost.army", "ost"), author(), counted), 2);
}

#[test]
fn the_order_of_entries_does_not_matter_to_joins_by_words() {
    let drafts = [told("One", RAISED), told("Two", CHEERED), told("Three", "Divers brought the grain barge up near Kell")];
    let found = |order: [usize; 3]| {
        let record = record_of(&order.map(|at| &drafts[at]));
        format!("{:?}", record.claims)
    };
    assert_eq!(found([0, 1, 2]), found([2, 0, 1]));
    assert_eq!(found([0, 1, 2]), found([1, 2, 0]));
}
