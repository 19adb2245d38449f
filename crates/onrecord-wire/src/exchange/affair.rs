//! States of affairs as part of the article that reports them: the format allows new fields, not new types of objects.

use onrecord_lexicon::ActorId;
use onrecord_read as read;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::convert::{Converter, Here, place};
use super::part::{DateValue, Modality, Place, Span, TextAt};

/// What somebody says of whether a thing is open or in force, or of how talks stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StateOfAffairs {
    /// Id of the assertion that says so.
    pub assertion: Option<String>,
    /// The thing.
    pub thing: TextAt,
    /// What sort of thing it is (`crossing`, `ceasefire`, `talks`).
    pub kind: String,
    /// Its state (`closed`, `in force`, `ended without result`).
    pub state: String,
    /// The words that say so.
    pub words: TextAt,
    /// The place that names the thing; of talks, where they are held.
    pub place: Option<Place>,
    /// Ids of the sides it lies or holds between.
    pub parties: Vec<String>,
    /// Since when, or when it came to be so.
    pub since: Option<DateValue>,
    /// Whether it is so, may be, is not.
    pub modality: Modality,
    /// Number of the round of talks.
    pub round: Option<u32>,
    /// Ids of those who mediate or host.
    pub mediators: Vec<String>,
    /// Where they are named, known or not.
    pub actor_spans: Vec<Span>,
    /// The word of the lexicon that found it.
    pub rule: String,
    /// Shared by all states of one thing, in all articles.
    pub line: Option<String>,
}

impl Converter<'_> {
    /// What the article reports of things that are open or closed, in force or not.
    pub(super) fn states(&self, here: Here<'_>) -> Vec<StateOfAffairs> {
        let Some(reading) = here.entry.readings.get(here.at.1) else { return Vec::new() };
        reading.affairs.iter().enumerate().map(|(item, affair)| self.state(here, item, affair)).collect()
    }

    fn state(&self, here: Here<'_>, item: usize, affair: &read::Affair) -> StateOfAffairs {
        let at = here.item(item);
        let line = self.record.affairs.iter().position(|line| line.affairs.contains(&at));
        StateOfAffairs {
            assertion: affair.assertion.map(|assertion| self.ids.assertion(here.item(assertion))),
            thing: here.text(affair.thing),
            kind: affair.kind.clone(),
            state: affair.state.clone(),
            words: here.text(affair.words),
            place: affair.place.as_ref().map(|toponym| place(toponym, here)),
            parties: affair.parties.iter().map(ActorId::to_string).collect(),
            since: affair.since.as_ref().map(|date| here.date(date)),
            modality: affair.modality.into(),
            round: affair.round,
            mediators: affair.mediators.iter().filter_map(|one| one.actor.as_ref()).map(ActorId::to_string).collect(),
            actor_spans: affair.mediators.iter().map(|one| here.span(one.span)).collect(),
            rule: affair.rule.clone(),
            line: line.and_then(|line| self.record.affairs.get(line)).map(line_id),
        }
    }
}

/// Names a thing: its kind and what tells it from others ("crossing:torkham", "ceasefire:ke+ve").
fn line_id(line: &onrecord_record::AffairLine) -> String {
    let own = line.name.as_ref().map_or_else(
        || line.parties.iter().map(ActorId::to_string).collect::<Vec<_>>().join("+"),
        |name| name.to_lowercase().replace(' ', "-"),
    );
    format!("{}:{own}", line.kind)
}
