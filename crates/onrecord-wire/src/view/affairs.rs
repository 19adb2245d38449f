//! Section 5: what is reported open or closed, in force or not, and how talks stand: a timeline for each thing.

use onrecord_read::{Affair, Form, Modality};
use onrecord_record::{AffairLine, ItemRef, Words};

use super::gather::Gather;
use super::name::date;
use super::{AffairItem, AffairState, MarkKind};

impl Gather<'_> {
    pub(super) fn affairs(&mut self) -> Vec<AffairItem> {
        let record = self.record;
        let mut items = Vec::new();
        for (number, line) in record.affairs.iter().enumerate() {
            let id = format!("s{}", number + 1);
            let states = line.affairs.iter().filter_map(|at| self.affair_state(*at, &id)).collect();
            items.push(AffairItem { thing: self.thing(line), id, disputed: line.disputed, states });
        }
        items
    }

    /// How many states are told of things that neither a name nor their sides tell apart, or are told again.
    pub(super) fn affairs_left(&self) -> usize {
        let all: usize = self.record.entries.iter().flat_map(|entry| &entry.readings).map(|reading| reading.affairs.len()).sum();
        all - self.record.affairs.iter().map(|line| line.affairs.len()).sum::<usize>()
    }

    /// "crossing Oro", "ceasefire between Ketria and Veldmar".
    fn thing(&self, line: &AffairLine) -> String {
        let kind = line.kind.replace('-', " ");
        let names: Vec<String> = line.parties.iter().map(|party| self.actor_name(party)).collect();
        match (&line.name, names.as_slice()) {
            (Some(name), _) if name.contains(' ') && line.kind == "agreement" || name.to_lowercase().contains(&kind) => {
                name.clone()
            }
            (Some(name), _) => format!("{kind} {name}"),
            (None, []) => kind,
            (None, [one]) => format!("{kind} of {one}"),
            (None, [first @ .., last]) => format!("{kind} between {} and {last}", first.join(", ")),
        }
    }

    fn affair_state(&mut self, at: ItemRef, item: &str) -> Option<AffairState> {
        let affair = self.reading(at.entry, at.article)?.affairs.get(at.item)?;
        let saying = affair.assertion.map(|item| ItemRef { item, ..at });
        let who = saying.and_then(|said| self.told_by(said));
        let span = affair.thing.cover(affair.words);
        let words = Words { entry: at.entry, article: at.article, span };
        let anchor = format!("{}-state{}", self.ids.article(at.entry, at.article), at.item + 1);
        Some(AffairState {
            when: affair.since.as_ref().map(|since| date(&since.value)),
            what: self.state_in_words(affair),
            who: who.unwrap_or_else(|| format!("{}, in its own voice", self.outlet((at.entry, at.article)))),
            words: self.quote(&anchor, item, MarkKind::State, words, Form::Indirect),
        })
    }

    /// "closed", "not in force", "round 3, in Oro, mediated by Norrholm: ended without result".
    fn state_in_words(&self, affair: &Affair) -> String {
        let state = &affair.state;
        let state = match affair.modality {
            Modality::Actual | Modality::Historical => state.clone(),
            Modality::Negated => format!("not {state}"),
            Modality::Future => format!("{state}, ahead"),
            Modality::Conditional => format!("{state}, on a condition"),
            Modality::Possible => format!("{state}, perhaps or as wished for"),
        };
        let round = affair.round.map(|round| format!("round {round}"));
        let is_talks = affair.kind == "talks";
        let venue = affair.place.as_ref().filter(|_| is_talks).and_then(|toponym| toponym.place.as_ref());
        let venue = venue.map(|place| format!("in {}", place.name));
        let mediators: Vec<String> =
            affair.mediators.iter().filter_map(|one| one.actor.as_ref()).map(|actor| self.actor_name(actor)).collect();
        let mediators = (!mediators.is_empty()).then(|| format!("mediated by {}", mediators.join(" and ")));
        let details: Vec<String> = round.into_iter().chain(venue).chain(mediators).collect();
        if details.is_empty() { state } else { format!("{}: {state}", details.join(", ")) }
    }
}
