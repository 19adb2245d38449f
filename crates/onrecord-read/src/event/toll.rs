//! How many died, were hurt, arrested or displaced: figures go to the event of their sentence that did it.
//!
//! UCDP counts low, best and high for an event; ours are the sums of the figures that the words give for it, and stay open where the words leave
//! them open. Figures of different groups ("12 soldiers and three civilians") add up; a part ("including two children") does not.

use onrecord_lexicon::Plover;
use onrecord_text::CleanSpan;

use crate::figure::fate_at;
use crate::reading::{Event, Fate, Figure, Modality, Scope, Toll};
use crate::text::Text;

/// Gives each figure with a fate to the event that it belongs to.
pub(super) fn attach(text: &Text<'_>, figures: &[Figure], events: &mut [Event]) {
    for (number, figure) in figures.iter().enumerate() {
        let Some(fate) = figure.fate.filter(|_| figure.scope != Some(Scope::Part)) else { continue };
        let Some(place) = event_of(text, figure.span, fate, events) else { continue };
        let event = &mut events[place];
        match event.tolls.iter_mut().find(|toll| toll.fate == fate) {
            // The whole is not added to its parts.
            Some(_) if figure.scope == Some(Scope::Total) => {}
            Some(toll) => add(toll, figure, number),
            None => event.tolls.push(Toll { fate, low: figure.low, best: figure.best, high: figure.high, figures: vec![number] }),
        }
    }
    for event in events.iter_mut().filter(|event| event.tolls.is_empty() && tells(event)) {
        event.tolls.extend(single(text, event));
    }
    for event in events {
        event.tolls.sort_by_key(|toll| toll.fate);
    }
}

/// Whether the event is told as one that took place.
fn tells(event: &Event) -> bool {
    matches!(event.modality, Modality::Actual | Modality::Historical)
}

/// Types of events that a fate can be the outcome of, the likelier first.
const fn causes(fate: Fate) -> &'static [Plover] {
    match fate {
        Fate::Killed | Fate::Injured | Fate::Missing => &[Plover::Assault, Plover::Coerce, Plover::Protest],
        Fate::Abducted => &[Plover::Assault, Plover::Coerce],
        Fate::Arrested => &[Plover::Coerce],
        Fate::Displaced => &[Plover::Assault, Plover::Coerce, Plover::Mobilize],
        Fate::Expelled => &[Plover::Coerce, Plover::Sanction],
        Fate::Released => &[Plover::Retreat, Plover::Concede],
    }
}

/// The event of the sentence that the figure belongs to: one that holds it before one that does not, the nearest word first.
fn event_of(text: &Text<'_>, span: CleanSpan, fate: Fate, events: &[Event]) -> Option<usize> {
    let sentence = text.sentence(text.analysis.sentence_at(span.start())?).span;
    let causes = causes(fate);
    let fitting = events.iter().enumerate().filter(|(_, event)| {
        tells(event) && sentence.contains_span(event.trigger) && causes.contains(&event.plover) && is_open_to(text, event, fate)
    });
    let distance = |event: &Event| {
        let (before, after) =
            (span.start().saturating_sub(event.trigger.end()), event.trigger.start().saturating_sub(span.end()));
        before.max(after)
    };
    let rank = |event: &Event| {
        let holds = event.spans.iter().any(|own| own.contains_span(span));
        (!holds, causes.iter().position(|plover| *plover == event.plover), distance(event))
    };
    fitting.min_by_key(|(_, event)| rank(event)).map(|(place, _)| place)
}

/// A word that itself names a fate has that one only: "arrested 12" does not hold those killed beside it.
fn is_open_to(text: &Text<'_>, event: &Event, fate: Fate) -> bool {
    let own = fate_at(text, text.tokens_in(event.trigger).start);
    own.is_none_or(|own| own == fate || matches!((own, fate), (Fate::Killed, Fate::Injured) | (Fate::Injured, Fate::Killed)))
}

/// Sums two figures of different groups; a bound that one of them leaves open stays open.
fn add(toll: &mut Toll, figure: &Figure, number: usize) {
    let known = |one: Option<f64>, other: Option<f64>| Some(one? + other?);
    let (low, high) = (toll.low.or(toll.best), toll.high.or(toll.best));
    let (figure_low, figure_high) = (figure.low.or(figure.best), figure.high.or(figure.best));
    let exact = toll.best.is_some() && figure.best.is_some();
    toll.best = known(toll.best, figure.best);
    (toll.low, toll.high) = if exact && toll.low.is_none() && figure.low.is_none() {
        (None, None)
    } else {
        (known(low, figure_low), known(high, figure_high))
    };
    toll.figures.push(number);
}

/// "killed a farmer": one, where the word for what befell them takes a single one.
fn single(text: &Text<'_>, event: &Event) -> Option<Toll> {
    let fate = fate_at(text, text.tokens_in(event.trigger).start)?;
    if !causes(fate).contains(&event.plover) {
        return None;
    }
    let [recipient] = event.recipients.as_slice() else { return None };
    let tokens = text.tokens_in(recipient.span);
    let head = tokens.clone().last()?;
    let article = tokens.clone().next().is_some_and(|first| matches!(text.lower(first), "a" | "an"))
        || tokens.start.checked_sub(1).is_some_and(|before| matches!(text.lower(before), "a" | "an" | "one"));
    // The article may stand outside of the phrase, before its adjectives.
    let one = article && text.penn(head) == "NN" && text.class(head) != Some(crate::text::NounClass::Collective);
    one.then(|| Toll { fate, low: None, best: Some(1.0), high: None, figures: Vec::new() })
}
