use crate::draft::Draft;
use crate::record_of;

fn truce(file: &str, state: &str, parties: &[&str], since: Option<&str>) -> Draft {
    let text = format!("{file} writes that the truce at the river is {state} between the two sides.");
    Draft::new(file, &text).site(file).reported_as("truce", "ceasefire", state, parties, since)
}

#[test]
fn a_thing_has_one_line_in_the_order_of_its_dates() {
    let later = truce("One", "expired", &["x-ketr", "x-veld"], Some("2031-06-01"));
    let earlier = truce("Two", "in force", &["x-ketr", "x-veld"], Some("2031-05-01"));
    let record = record_of(&[&later, &earlier]);
    let [line] = record.affairs.as_slice() else { panic!("{:?}", record.affairs) };
    let state = |at: &onrecord_record::ItemRef| record.entries[at.entry].readings[at.article].affairs[at.item].state.clone();
    assert_eq!(line.affairs.iter().map(state).collect::<Vec<_>>(), ["in force", "expired"]);
}

#[test]
fn truces_of_other_sides_are_other_truces() {
    let one = truce("One", "in force", &["x-ketr", "x-veld"], None);
    let two = truce("Two", "in force", &["x-ketr", "x-norr"], None);
    assert_eq!(record_of(&[&one, &two]).affairs.len(), 2);
}

#[test]
fn whose_truce_it_is_must_be_known() {
    assert_eq!(record_of(&[&truce("One", "in force", &[], None)]).affairs, []);
}

#[test]
fn agreements_are_known_by_their_name() {
    let text = "The Oro Memorandum is in force.";
    let signed = |file: &str, state: &str| {
        Draft::new(file, text).site(file).reported_as("Oro Memorandum", "agreement", state, &["x-ketr"], None)
    };
    let record = record_of(&[&signed("One", "agreed"), &signed("Two", "in force")]);
    assert_eq!(record.affairs.len(), 1);
    assert_eq!(record.affairs[0].name.as_deref(), Some("Oro Memorandum"));
}
