//! PLOVER: an event a line, under the field names of its JSON format; what it has no field for stands under `x_onrecord`.

use serde::Serialize;

use super::Events;
use crate::exchange::{ActorKind, Event, Modality, Place, Toll};
use crate::select::Selected;

/// The events that were selected as PLOVER JSON, one a line; events without a type are left out.
#[must_use]
pub fn plover(selected: &Selected) -> String {
    let events = Events::of(selected);
    let mut lines = String::new();
    for event in &events.events {
        let Some(line) = line(&events, event) else { continue };
        // Strings, numbers and lists with string keys: serialising them cannot fail.
        if let Ok(line) = serde_json::to_string(&line) {
            lines.push_str(&line);
            lines.push('\n');
        }
    }
    lines
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    /// When it happened; null where the words do not say: never the day of publication.
    date: Option<&'a str>,
    actor: Vec<Participant<'a>>,
    recipient: Vec<Participant<'a>>,
    event: &'a str,
    mode: Option<&'a str>,
    context: &'a [String],
    event_loc: Option<&'a Place>,
    magnitude: Option<&'a [Toll]>,
    text: &'a str,
    text_info: TextInfo<'a>,
    cite_info: CiteInfo<'a>,
    x_onrecord: Own<'a>,
}

#[derive(Serialize)]
struct Participant<'a> {
    /// Id of the actor.
    code: &'a str,
    name: &'a str,
    /// ISO 3166-1 alpha-2 code of the side, where that is a state.
    country: Option<String>,
    /// `GOV` for a state, `REB` for an armed group; null where the kind does not tell.
    sector: Option<&'static str>,
}

#[derive(Serialize)]
struct TextInfo<'a> {
    article: &'a str,
    spans: &'a [crate::exchange::Span],
}

#[derive(Serialize)]
struct CiteInfo<'a> {
    source: Option<&'a str>,
    site: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<&'a str>,
}

#[derive(Serialize)]
struct Own<'a> {
    assertion: Option<&'a str>,
    /// On whose word; null for the article's own voice.
    speaker: Option<&'a str>,
    modality: Modality,
    cameo: Option<&'a str>,
    date_precision: Option<crate::exchange::Precision>,
    /// The words for those whose id is not known are in the spans.
    actor_spans: &'a [crate::exchange::Span],
    recipient_spans: &'a [crate::exchange::Span],
}

fn line<'a>(events: &'a Events<'a>, event: &'a Event) -> Option<Line<'a>> {
    let article = events.articles.get(event.article.as_str())?;
    let capture = events.capture_of(article);
    let participants = |ids: &'a [String]| ids.iter().map(|id| participant(events, id)).collect();
    Some(Line {
        id: &event.id,
        date: event.time.as_ref().map(|time| time.value.as_str()),
        actor: participants(&event.actors),
        recipient: participants(&event.recipients),
        event: event.plover.as_deref()?,
        mode: event.mode.as_deref(),
        context: &event.contexts,
        event_loc: event.place.as_ref(),
        magnitude: (!event.tolls.is_empty()).then_some(event.tolls.as_slice()),
        text: &event.text,
        text_info: TextInfo { article: &event.article, spans: &event.spans },
        cite_info: CiteInfo {
            source: capture.map(|capture| capture.source.as_str()),
            site: article.site.as_deref(),
            title: article.title.as_ref().map(|title| title.text.as_str()),
            published: article.published.as_ref().map(|date| date.value.as_str()),
        },
        x_onrecord: Own {
            assertion: event.assertion.as_deref(),
            speaker: events.speaker_of(event),
            modality: event.modality,
            cameo: event.cameo.as_deref(),
            date_precision: event.time.as_ref().map(|time| time.precision),
            actor_spans: &event.actor_spans,
            recipient_spans: &event.recipient_spans,
        },
    })
}

fn participant<'a>(events: &'a Events<'a>, id: &'a str) -> Participant<'a> {
    let actor = events.actors.get(id).copied();
    let side = actor.and_then(|actor| events.actors.get(actor.party.as_deref()?)).copied().or(actor);
    let country = side.filter(|side| side.kind == ActorKind::State).map(|side| side.id.to_uppercase());
    let sector = actor.and_then(|actor| match actor.kind {
        ActorKind::State => Some("GOV"),
        ActorKind::ArmedGroup => Some("REB"),
        _ => None,
    });
    Participant { code: id, name: actor.map_or(id, |actor| actor.name.as_str()), country, sector }
}
