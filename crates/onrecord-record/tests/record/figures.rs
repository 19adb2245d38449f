use crate::draft::{Draft, author};
use crate::record_of;
use onrecord_lexicon::Act;

fn figure(file: &str, text: &str, words: &str, counted: &str, best: f64) -> Draft {
    Draft::new(file, text).site(file).counts(words, counted, None, Some(best))
}

fn referents(one: &Draft, two: &Draft) -> usize {
    record_of(&[one, two]).referents.len()
}

#[test]
fn two_tolls_of_one_raid_share_a_referent_and_differ() {
    let one = figure("One", "The night raid on the depot killed 30 soldiers.", "30 soldiers", "soldiers", 30.0);
    let two = figure("Two", "In all 42 soldiers were killed in the raid on the depot.", "42 soldiers", "soldiers", 42.0);
    let record = record_of(&[&one, &two]);
    assert_eq!(record.referents.len(), 1);
    assert!(record.referents[0].rival_values);
    assert!(
        record.questions.iter().any(|question| question.name == "rival-figures" && question.text.contains("42 soldiers (Two)"))
    );
}

#[test]
fn at_least_thirty_and_forty_two_agree() {
    let mut one =
        figure("One", "The night raid on the depot killed at least 30 soldiers.", "at least 30 soldiers", "soldiers", 30.0);
    one.reading.figures[0].low = Some(30.0);
    let two = figure("Two", "In all 42 soldiers were killed in the raid on the depot.", "42 soldiers", "soldiers", 42.0);
    assert!(!record_of(&[&one, &two]).referents[0].rival_values);
}

#[test]
fn look_alikes_do_not_share() {
    let killed = figure("One", "The night raid on the depot killed 30 soldiers.", "30 soldiers", "soldiers", 30.0);
    let wounded = figure("Two", "The night raid on the depot wounded 30 soldiers.", "30 soldiers", "soldiers", 30.0);
    assert_eq!(referents(&killed, &wounded), 0);
    let on_day = |file: &str, day: &str| {
        let text = format!("The raid on the depot on {day} killed 30 soldiers.");
        figure(file, &text, "30 soldiers", "soldiers", 30.0).dated(day, day)
    };
    assert_eq!(referents(&on_day("One", "2031-05-01"), &on_day("Two", "2031-05-01")), 1);
    assert_eq!(referents(&on_day("One", "2031-05-01"), &on_day("Two", "2031-06-01")), 0);
    let at = |place: &str| {
        figure(place, &format!("The night raid on the depot in {place} killed 30 soldiers."), "30 soldiers", "soldiers", 30.0)
    };
    assert_eq!(referents(&at("Kell"), &at("Sarn")), 0);
    let farmers = figure("Two", "The night raid on the depot killed 30 farmers.", "30 farmers", "farmers", 30.0);
    assert_eq!(referents(&killed, &farmers), 0);
}

#[test]
fn the_timeline_has_what_happened_and_what_was_said_once_for_copies() {
    let text = "The depot burned down on 2 May 2031. Officials said it was arson.";
    let draft = |file: &str| {
        Draft::new(file, text)
            .site(file)
            .dated("2 May 2031", "2031-05-02")
            .says(author(), Act::State, "The depot burned down on 2 May 2031")
            .says(crate::draft::unnamed("officials"), Act::State, "it was arson")
            .said_on("2031-05-03")
    };
    let record = record_of(&[&draft("One"), &draft("Two")]);
    let rows: Vec<(&str, bool)> = record.timeline.iter().map(|row| (row.date.value.as_str(), row.is_saying)).collect();
    assert_eq!(rows, [("2031-05-02", false), ("2031-05-03", true)]);
}
