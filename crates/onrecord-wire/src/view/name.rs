//! Names, dates and numbers for people.

use onrecord_lexicon::{ActorId, ActorKind};
use onrecord_read::{Speaker, SpeakerKind};
use onrecord_record::ReportedState;

use super::gather::Gather;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

impl Gather<'_> {
    /// The canonical name of an actor: the record's, the lexicon's, else its id.
    pub(super) fn actor_name(&self, id: &ActorId) -> String {
        let in_record = self.record.actors.iter().find(|actor| actor.id == *id).map(|actor| &actor.name);
        let name = in_record.or_else(|| self.lexicon.actor(id).map(|actor| &actor.name));
        name.cloned().unwrap_or_else(|| id.to_string())
    }

    /// The side an actor speaks for; a state and an armed group are sides of their own.
    pub(super) fn party_of(&self, id: &ActorId) -> ActorId {
        let in_record = self.record.actors.iter().find(|actor| actor.id == *id).and_then(|actor| actor.party.as_ref());
        let party = in_record.or_else(|| self.lexicon.actor(id).and_then(|actor| actor.party.as_ref()));
        party.unwrap_or(id).clone()
    }

    /// A speaker with its side: "Ada Brünn (Norrholm)". `at` is the entry and article that has the words.
    pub(super) fn speaker(&self, speaker: &Speaker, at: (usize, usize)) -> String {
        if speaker.kind == SpeakerKind::Author {
            return format!("{}, in its own voice", self.outlet(at));
        }
        let unnamed = (speaker.kind == SpeakerKind::Unnamed).then(|| "not named".to_owned());
        let party = speaker.party.as_ref().map(|party| self.actor_name(party));
        // "General Staff (Kessaria)" says its side already.
        let party = party.filter(|party| !speaker.name.contains(party.as_str()));
        let remarks: Vec<String> = unnamed.into_iter().chain(party).collect();
        if remarks.is_empty() { speaker.name.clone() } else { format!("{} ({})", speaker.name, remarks.join(", ")) }
    }
}

/// "6 March 2025" for `2025-03-06`, "March 2025" for `2025-03`, "1 October 2025 to 5 October 2025" for an interval.
pub(crate) fn date(value: &str) -> String {
    if let Some((from, to)) = value.split_once('/') {
        return format!("{} to {}", date(from), date(to));
    }
    let day = value.split('T').next().unwrap_or(value);
    let mut parts = day.split('-');
    let year = parts.next().unwrap_or(day);
    let month = parts.next().and_then(|month| MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?));
    match (month, parts.next().and_then(|day| day.parse::<u8>().ok())) {
        (Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(month), None) if day.len() == "2025-03".len() => format!("{month} {year}"),
        _ => value.to_owned(),
    }
}

/// Digits behind the point that somebody may have given; more come of dividing, as for a third.
const MOST_PLACES: usize = 6;

/// A number in digits, grouped by thousands: `12,500`, `1.5`, `33.33` for a third of a hundred.
pub(super) fn number(value: f64) -> String {
    let plain = format!("{value}");
    let places = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let plain = if places > MOST_PLACES { format!("{value:.2}") } else { plain };
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

/// What an actor is, for people.
pub(super) const fn kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::State => "state",
        ActorKind::Office => "office",
        ActorKind::Person => "person",
        ActorKind::ArmedGroup => "armed group",
        ActorKind::Organisation => "organisation",
        ActorKind::People => "people",
        ActorKind::Unnamed => "not named",
    }
}

/// What is reported to have come of a commitment.
pub(super) const fn state(state: ReportedState) -> Option<&'static str> {
    match state {
        ReportedState::Open => None,
        ReportedState::ActedUpon => Some("reported as acted upon"),
        ReportedState::Contested => Some("reported as acted upon by some, disputed by others"),
        ReportedState::Breached => Some("reported as not kept"),
        ReportedState::Withdrawn => Some("reported as taken back"),
    }
}

#[cfg(test)]
mod tests {
    use super::{date, number};

    #[test]
    fn dates_keep_their_precision() {
        assert_eq!(date("2025-03-06"), "6 March 2025");
        assert_eq!(date("2025-03"), "March 2025");
        assert_eq!(date("2025"), "2025");
        assert_eq!(date("2025-W10"), "2025-W10");
        assert_eq!(date("2025-03-06T16:40:00+01:00"), "6 March 2025");
        assert_eq!(date("2025-10-01/2025-10-05"), "1 October 2025 to 5 October 2025");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(100.0 / 3.0), "33.33");
        assert_eq!([number(40.0), number(12500.0), number(-1_234_567.5)], ["40", "12,500", "−1,234,567.5"]);
    }
}
