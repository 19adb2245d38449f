//! Section 4: what is dated, by date, with the events that it tells of.

use onrecord_lexicon::Plover;
use onrecord_read::{Event, Fate, Modality, Participant, Toll};
use onrecord_record::{TimelineEntry, Words};

use super::Dated;
use super::gather::Gather;
use super::name::{date, number};

/// Events shown with one entry at most: the words are shown whole, and the exchange format has all events.
const MOST_EVENTS: usize = 3;

impl Gather<'_> {
    pub(super) fn timeline(&mut self) -> Vec<Dated> {
        let record = self.record;
        let mut dated = Vec::new();
        for (number, entry) in record.timeline.iter().enumerate() {
            let id = format!("t{}", number + 1);
            let (Some(who), Some(words)) = (self.speaker_of(entry.assertion), self.said(entry.assertion, &id)) else { continue };
            let (turning_word, events) = (self.turning_word(entry.assertion), self.events_of(entry));
            dated.push(Dated { id, date: date(&entry.date.value), who, turning_word, is_saying: entry.is_saying, words, events });
        }
        dated
    }

    /// The events of the entry's assertion that are of its date.
    fn events_of(&self, entry: &TimelineEntry) -> Vec<String> {
        let at = entry.assertion;
        let Some(reading) = self.reading(at.entry, at.article) else { return Vec::new() };
        let own = |event: &&Event| {
            event.assertion == Some(at.item) && event.time.as_ref().is_some_and(|time| time.value == entry.date.value)
        };
        let events = reading.events.iter().filter(own).filter(|event| is_worth_a_line(event)).take(MOST_EVENTS);
        events.map(|event| self.event_in_words(event, (at.entry, at.article))).collect()
    }

    /// "assault: Ketria → Veldmar, at Oro; 12 killed".
    pub(super) fn event_in_words(&self, event: &Event, home: (usize, usize)) -> String {
        let those = |those: &[Participant]| {
            let mut names: Vec<String> = Vec::new();
            for one in those {
                let words = Words { entry: home.0, article: home.1, span: one.span };
                let name = one
                    .actor
                    .as_ref()
                    .map_or_else(|| self.printed(words, onrecord_read::Form::Indirect), |actor| self.actor_name(actor));
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names.join(" and ")
        };
        let (actors, recipients) = (those(&event.actors), those(&event.recipients));
        let who = match (actors.is_empty(), recipients.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!(": {actors}"),
            (true, false) => format!(": → {recipients}"),
            (false, false) if actors == recipients => format!(": {actors}"),
            (false, false) => format!(": {actors} → {recipients}"),
        };
        let place = event.place.as_ref().map(|toponym| {
            let words = Words { entry: home.0, article: home.1, span: toponym.span };
            let name = toponym.place.as_ref().map(|place| place.name.clone());
            format!(", at {}", name.unwrap_or_else(|| self.printed(words, onrecord_read::Form::Indirect)))
        });
        let tolls: String = event.tolls.iter().map(|toll| format!("; {}", toll_in_words(toll))).collect();
        let modality = match event.modality {
            Modality::Actual => "",
            Modality::Negated => " (said not to happen)",
            Modality::Future => " (ahead)",
            Modality::Conditional => " (on a condition)",
            Modality::Possible => " (possible)",
            Modality::Historical => " (background)",
        };
        format!("{}{who}{}{tolls}{modality}", plain(event.plover), place.unwrap_or_default())
    }
}

/// What was done has a line of its own; what was said is the words themselves, and needs one only where it is known who and to whom.
fn is_worth_a_line(event: &Event) -> bool {
    let is_speech = matches!(
        event.plover,
        Plover::Agree | Plover::Support | Plover::Request | Plover::Accuse | Plover::Reject | Plover::Threaten
    );
    let known = |those: &[Participant]| those.iter().any(|one| one.actor.is_some());
    !is_speech || known(&event.actors) && known(&event.recipients)
}

/// "12 killed", "at least 30 injured", "3–9 missing".
fn toll_in_words(toll: &Toll) -> String {
    let fate = match toll.fate {
        Fate::Abducted => "taken captive",
        Fate::Released => "set free",
        fate => fate.name(),
    };
    let value = match (toll.low, toll.best, toll.high) {
        (_, Some(best), _) => number(best),
        (Some(low), None, Some(high)) => format!("{} to {}", number(low), number(high)),
        (Some(low), None, None) => format!("at least {}", number(low)),
        (None, None, Some(high)) => format!("at most {}", number(high)),
        (None, None, None) => "some".to_owned(),
    };
    format!("{value} {fate}")
}

/// A type of the vocabulary in a plain word.
const fn plain(plover: Plover) -> &'static str {
    match plover {
        Plover::Agree => "agreement or offer",
        Plover::Consult => "meeting, talks or visit",
        Plover::Support => "support",
        Plover::Concede => "concession",
        Plover::Cooperate => "cooperation",
        Plover::Aid => "aid",
        Plover::Retreat => "retreat or release",
        Plover::Request => "request or demand",
        Plover::Accuse => "criticism or accusation",
        Plover::Reject => "refusal",
        Plover::Threaten => "threat",
        Plover::Protest => "protest",
        Plover::Sanction => "sanction or breaking off",
        Plover::Mobilize => "mobilisation",
        Plover::Coerce => "arrest, seizure or ban",
        Plover::Assault => "attack",
    }
}
