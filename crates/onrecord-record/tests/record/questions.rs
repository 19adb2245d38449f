use onrecord_lexicon::Act;
use onrecord_read::{CommitmentKind, SpeakerKind};

use crate::draft::{Draft, author, person, speaker, unnamed};
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

fn contradictions(record: &onrecord_record::Record) -> Vec<&str> {
    record
        .questions
        .iter()
        .filter(|question| question.name == "contradicts-itself")
        .map(|question| question.text.as_str())
        .collect()
}

#[test]
fn an_article_that_contradicts_itself_is_noted() {
    let text =
        "The army shelled the pier of the old harbour on Monday. The army has not shelled the pier of the old harbour on Monday.";
    let (so, not_so) = ("The army shelled the pier of the old harbour", "The army has not shelled the pier of the old harbour");
    let by = |one: onrecord_read::Speaker, two: onrecord_read::Speaker| {
        record_of(&[&Draft::new("a", text).says(one, Act::State, so).says(two, Act::State, not_so)])
    };
    let found = by(author(), author());
    assert_eq!(contradictions(&found), [format!("The article contradicts itself: “{so}” and “{not_so}”.")]);
    assert!(contradictions(&by(author(), person("Ana Brecht", "vel"))).is_empty());
    assert!(contradictions(&by(unnamed("officials"), unnamed("officials"))).is_empty());
}

#[test]
fn two_figures_for_one_thing_in_one_voice_are_noted() {
    let text = "The raid on the harbour killed 30 herders at dawn. Later it says that the raid on the harbour killed 42 herders.";
    let draft = |second: onrecord_read::Speaker| {
        Draft::new("a", text)
            .says(author(), Act::State, "The raid on the harbour killed 30 herders")
            .says(second, Act::State, "the raid on the harbour killed 42 herders")
            .counts("30 herders", "herders", Some(30.0), Some(30.0))
            .counts("42 herders", "herders.", Some(42.0), Some(42.0))
    };
    let with_voices = |mut draft: Draft| {
        draft.reading.figures.iter_mut().enumerate().for_each(|(at, figure)| figure.assertion = Some(at));
        record_of(&[&draft])
    };
    let found = with_voices(draft(author()));
    assert_eq!(contradictions(&found), ["The article gives two figures for one thing: “30 herders” and “42 herders”."]);
    assert!(contradictions(&with_voices(draft(person("Ana Brecht", "vel")))).is_empty());
}
