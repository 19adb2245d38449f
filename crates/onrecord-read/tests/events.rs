//! Events of single sentences: type, who, whether, and who says so.

use onrecord_lang::Model;
use onrecord_lexicon::{Lexicon, Plover};
use onrecord_page::Article;
use onrecord_read::{Event, Modality, Participant, Reading, SpeakerKind};

#[allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]
fn read(text: &str) -> (Article, Reading) {
    let article = Article::of_paragraphs(text).unwrap();
    let reading = onrecord_read::read(&article, Lexicon::embedded(), Model::embedded());
    (article, reading)
}

/// Type, actors, recipients and modality of the only event of `text`.
fn only(text: &str) -> (Plover, Vec<String>, Vec<String>, Modality) {
    let (article, reading) = read(text);
    let [event] = reading.events.as_slice() else { panic!("{} events in {text:?}: {:?}", reading.events.len(), reading.events) };
    let words = |those: &[Participant]| those.iter().map(|one| article.clean.cut(one.span).to_owned()).collect::<Vec<_>>();
    (event.plover, words(&event.actors), words(&event.recipients), event.modality)
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn the_passive_swaps_who_acts_and_who_is_acted_upon() {
    let wanted = (Plover::Coerce, words(&["soldiers"]), words(&["miners"]), Modality::Actual);
    assert_eq!(only("The soldiers arrested the miners."), wanted);
    assert_eq!(only("The miners were arrested by the soldiers."), wanted);
}

#[test]
fn a_pair_that_meets_is_on_both_sides() {
    let (plover, actors, recipients, _) = only("France and Spain held talks on fishing.");
    assert_eq!(plover, Plover::Consult);
    assert_eq!((actors, recipients), (words(&["France", "Spain"]), words(&["France", "Spain"])));
}

#[test]
fn what_is_announced_is_an_agreement_or_a_threat() {
    assert_eq!(only("France will visit Spain.").0, Plover::Agree);
    assert_eq!(only("France will impose sanctions on Spain.").0, Plover::Threaten);
    assert_eq!(only("France agreed to send aid to Spain.").0, Plover::Agree);
}

#[test]
fn whoever_is_not_known_has_a_span_and_no_id() {
    let (_, reading) = read("The soldiers arrested the miners.");
    let ids: Vec<_> = reading.events.iter().flat_map(|event: &Event| event.actors.iter().chain(&event.recipients)).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.iter().all(|one| one.actor.is_none()), "{ids:?}");
}

#[test]
fn an_event_that_somebody_tells_is_that_speakers_word() {
    let (_, reading) = read("Soldiers attacked a village near the river, the mayor said.");
    let teller = reading.events.first().and_then(|event| event.assertion).and_then(|number| reading.assertions.get(number));
    assert!(teller.is_some_and(|assertion| assertion.speaker.kind != SpeakerKind::Author), "{:?}", reading.events);
}

#[test]
fn what_is_joined_to_a_verb_is_not_governed_by_it() {
    let (_, reading) = read("France called the arrests a provocation and demanded the release of the men.");
    let requests = reading.events.iter().filter(|event| event.plover == Plover::Request);
    assert_eq!(requests.map(|event| event.modality).collect::<Vec<_>>(), [onrecord_read::Modality::Actual]);
}
