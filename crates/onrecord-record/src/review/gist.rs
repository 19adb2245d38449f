//! What a finding says, on a line: who accepts or rejects it means this, and not whatever is found in the same words later.

use onrecord_read::{Commitment, CommitmentKind, Event, Figure, Reading, SpeakerKind};

use super::FindingKind;

/// Of an assertion: its act, and the speaker's name; none for the article's own voice.
#[must_use]
pub fn of_assertion(act: &str, speaker: Option<&str>) -> String {
    format!("{act}, {}", speaker.unwrap_or("the article itself"))
}

/// Of an event: its PLOVER type.
#[must_use]
pub fn of_event(plover: Option<&str>) -> String {
    plover.unwrap_or("an event").to_owned()
}

/// Of a figure: its bounds and value, with ? where the words give none.
#[must_use]
pub fn of_figure(low: Option<f64>, best: Option<f64>, high: Option<f64>) -> String {
    let number = |value: Option<f64>| value.map_or_else(|| "?".to_owned(), |value| value.to_string());
    format!("from {} to {}, best {}", number(low), number(high), number(best))
}

/// Of a commitment: what sort it is.
#[must_use]
pub fn of_commitment(is_demand: bool) -> String {
    if is_demand { "demand" } else { "assurance" }.to_owned()
}

/// Of the finding at this position of a reading.
pub(super) fn of(reading: &Reading, kind: FindingKind, item: usize) -> Option<String> {
    match kind {
        FindingKind::Assertion => reading.assertions.get(item).map(|said| {
            let speaker = (said.speaker.kind != SpeakerKind::Author).then_some(said.speaker.name.as_str());
            of_assertion(said.act.name(), speaker.filter(|name| !name.is_empty()))
        }),
        FindingKind::Event => reading.events.get(item).map(|event: &Event| of_event(Some(event.plover.name()))),
        FindingKind::Figure => reading.figures.get(item).map(|figure: &Figure| of_figure(figure.low, figure.best, figure.high)),
        FindingKind::Commitment => {
            reading.commitments.get(item).map(|given: &Commitment| of_commitment(given.kind == CommitmentKind::Demand))
        }
    }
}
