use onrecord_lexicon::Act;
use onrecord_read::{CommitmentKind, SpeakerKind};

use crate::draft::{Draft, speaker};
use crate::record_of;

#[test]
fn each_question_is_asked_once() {
    let nobody = || speaker(SpeakerKind::Unnamed, "", None, None);
    let draft = |file: &str| {
        Draft::new(file, "It was said that the dam would break. A toll was demanded.")
            .site(file)
            .says(nobody(), Act::State, "the dam would break")
            .says(nobody(), Act::Demand, "A toll")
            .commits(CommitmentKind::Demand, None, None, "A toll")
            .note("unresolved-speaker", "A toll")
    };
    let record = record_of(&[&draft("a"), &draft("b")]);
    let names: Vec<&str> = record.questions.iter().map(|question| question.name).collect();
    assert_eq!(names, ["commitment-by-nobody", "no-speaker", "unresolved-speaker"]);
    assert!(record.questions.iter().all(|question| question.text.ends_with("(Once more elsewhere.)")));
}

#[test]
fn the_same_bytes_under_two_names_count_once() {
    let (one, two) = (Draft::new("a", "It rained."), Draft::new("b", "It rained."));
    let record = record_of(&[&two, &one]);
    assert_eq!(record.entries.len(), 1);
    assert_eq!(record.questions[0].text, "b holds the same bytes as a; they count once.");
}
