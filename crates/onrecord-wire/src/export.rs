//! A record in the formats of neighbouring tools, made of the objects of the exchange format. `docs/exports.md` lists every field.

mod annotation;
pub(crate) mod day;
mod ftm;
mod plover;
mod tables;
mod ucdp;

use std::collections::BTreeMap;

use crate::exchange::{Actor, Article, Assertion, Capture, Event, Object};
use crate::select::Selected;
pub use annotation::web_annotation;
pub use ftm::ftm;
pub use plover::plover;
pub use tables::{Cell, Column, ColumnKind, Table, tables};
pub use ucdp::ucdp_csv;

/// The events that were selected with all that they refer to.
struct Events<'s> {
    captures: BTreeMap<&'s str, &'s Capture>,
    articles: BTreeMap<&'s str, &'s Article>,
    actors: BTreeMap<&'s str, &'s Actor>,
    assertions: BTreeMap<&'s str, &'s Assertion>,
    events: Vec<&'s Event>,
}

impl<'s> Events<'s> {
    fn of(selected: &'s Selected) -> Self {
        let mut all = Self {
            captures: BTreeMap::new(),
            articles: BTreeMap::new(),
            actors: BTreeMap::new(),
            assertions: BTreeMap::new(),
            events: Vec::new(),
        };
        for object in &selected.objects {
            match object {
                Object::Capture(capture) => drop(all.captures.insert(&capture.id, capture)),
                Object::Article(article) => drop(all.articles.insert(&article.id, article)),
                Object::Actor(actor) => drop(all.actors.insert(&actor.id, actor)),
                Object::Assertion(assertion) => drop(all.assertions.insert(&assertion.id, assertion)),
                Object::Event(event) if selected.wants(&event.id) => all.events.push(event),
                Object::Event(_) | Object::Figure(_) | Object::Claim(_) | Object::Commitment(_) | Object::Note(_) => {}
            }
        }
        all
    }

    fn capture_of(&self, article: &Article) -> Option<&'s Capture> {
        self.captures.get(article.capture.as_str()).copied()
    }

    /// On whose word: name of the speaker; `None` where the article says it in its own voice.
    fn speaker_of(&self, event: &Event) -> Option<&'s str> {
        self.assertions.get(event.assertion.as_deref()?)?.speaker.name.as_deref()
    }

    fn names(&self, ids: &'s [String]) -> Vec<&'s str> {
        ids.iter().map(|id| self.actors.get(id.as_str()).map_or(id.as_str(), |actor| actor.name.as_str())).collect()
    }
}

/// A cell of a CSV table, in quotation marks where it needs them (RFC 4180).
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn only_cells_that_need_marks_get_them() {
        assert_eq!(quoted("Oro"), "Oro");
        assert_eq!(quoted("Oro, \"the gate\""), "\"Oro, \"\"the gate\"\"\"");
    }
}
