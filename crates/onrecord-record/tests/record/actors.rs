use onrecord_lexicon::{Act, ActorKind};
use onrecord_record::Record;

use crate::draft::{Draft, author, id, person, speaker};
use crate::record_of;

fn names_of<'a>(record: &'a Record, actor: &str) -> Vec<&'a str> {
    let actor = record.actors.iter().find(|known| known.id == id(actor));
    actor.map(|actor| actor.names.iter().map(|name| record.cut(name.words)).collect()).unwrap_or_default()
}

fn naming(file: &str, name: &str, party: Option<&str>) -> Draft {
    let actor = onrecord_lexicon::ActorId::for_name("person", name);
    Draft::new(file, &format!("{name} spoke in {file}.")).names(actor.as_str(), ActorKind::Person, party, name)
}

#[test]
fn a_short_name_is_the_one_fuller_name_of_the_same_side() {
    let record = record_of(&[
        &naming("a", "Torvin", Some("vel")),
        &naming("b", "Mara Lise Torvin", Some("vel")),
        &naming("c", "Mara Torvin", Some("vel")),
    ]);
    assert_eq!(names_of(&record, "person.mara-lise-torvin"), ["Torvin", "Mara Lise Torvin", "Mara Torvin"]);
    assert!(names_of(&record, "person.torvin").is_empty());
}

#[test]
fn a_short_name_that_may_be_two_people_stays() {
    let record = record_of(&[
        &naming("a", "Torvin", Some("vel")),
        &naming("b", "Mara Torvin", Some("vel")),
        &naming("c", "Olm Torvin", Some("vel")),
    ]);
    assert_eq!(names_of(&record, "person.torvin"), ["Torvin"]);
}

#[test]
fn a_short_name_of_another_or_unknown_side_stays() {
    let record = record_of(&[&naming("a", "Torvin", Some("ost")), &naming("b", "Mara Torvin", Some("vel"))]);
    assert_eq!(names_of(&record, "person.torvin"), ["Torvin"]);
    let record = record_of(&[&naming("a", "Torvin", None), &naming("b", "Mara Torvin", Some("vel"))]);
    assert_eq!(names_of(&record, "person.torvin"), ["Torvin"]);
}

#[test]
fn the_speaker_goes_with_the_name() {
    let short = naming("a", "Torvin", Some("vel")).says(person("Torvin", "vel"), Act::State, "spoke");
    let record = record_of(&[&short, &naming("b", "Mara Torvin", Some("vel"))]);
    assert_eq!(record.entries[0].readings[0].assertions[0].speaker.actor, Some(id("person.mara-torvin")));
}

#[test]
fn the_unnamed_of_two_articles_are_two() {
    let draft = |file: &str| {
        Draft::new(file, &format!("In {file} officials spoke.")).names("unnamed.officials", ActorKind::Unnamed, None, "officials")
    };
    let record = record_of(&[&draft("a"), &draft("b")]);
    assert_eq!(record.actors.iter().filter(|actor| actor.kind == ActorKind::Unnamed).count(), 2);
}

#[test]
fn two_sides_for_one_actor_are_a_question() {
    let record = record_of(&[&naming("a", "Mara Torvin", Some("vel")), &naming("b", "Mara Torvin", Some("ost"))]);
    let actor = record.actors.iter().find(|actor| actor.id == id("person.mara-torvin")).unwrap();
    assert_eq!(actor.party, None);
    assert_eq!(record.questions.iter().map(|question| question.name).collect::<Vec<_>>(), ["conflicting-party"]);
}

#[test]
fn what_the_lexicon_knows_stands() {
    let draft = Draft::new("a", "Brecht spoke.").names("person.ana-brecht", ActorKind::Person, None, "Brecht").says(
        speaker(onrecord_read::SpeakerKind::Person, "Brecht", Some("person.ana-brecht"), None),
        Act::State,
        "spoke",
    );
    let record = record_of(&[&draft]);
    let ids: Vec<(&str, &str)> = record.actors.iter().map(|actor| (actor.id.as_str(), actor.name.as_str())).collect();
    assert_eq!(ids, [("person.ana-brecht", "Ana Brecht"), ("vel", "Velmar")]);
}

#[test]
fn the_author_is_no_actor() {
    let record = record_of(&[&Draft::new("a", "It rained.").says(author(), Act::State, "It rained")]);
    assert!(record.actors.is_empty());
}
