//! A record in the formats of neighbouring tools, made of the objects of the exchange format. `docs/exports.md` lists every field.

mod annotation;
mod day;
mod plover;
mod tables;
mod ucdp;

use std::collections::BTreeMap;

use onrecord_lexicon::Lexicon;
use onrecord_record::Record;

use crate::exchange::{Actor, Article, Assertion, Capture, Event, Object, objects};
pub use annotation::web_annotation;
pub use plover::plover;
pub use tables::csv_tables;
pub use ucdp::ucdp_csv;

/// The events of a record with all that they refer to.
struct Events {
    captures: BTreeMap<String, Capture>,
    articles: BTreeMap<String, Article>,
    actors: BTreeMap<String, Actor>,
    assertions: BTreeMap<String, Assertion>,
    events: Vec<Event>,
}

impl Events {
    fn of(record: &Record, lexicon: &Lexicon) -> Self {
        let mut all = Self {
            captures: BTreeMap::new(),
            articles: BTreeMap::new(),
            actors: BTreeMap::new(),
            assertions: BTreeMap::new(),
            events: Vec::new(),
        };
        for object in objects(record, lexicon) {
            match object {
                Object::Capture(capture) => drop(all.captures.insert(capture.id.clone(), capture)),
                Object::Article(article) => drop(all.articles.insert(article.id.clone(), article)),
                Object::Actor(actor) => drop(all.actors.insert(actor.id.clone(), actor)),
                Object::Assertion(assertion) => drop(all.assertions.insert(assertion.id.clone(), assertion)),
                Object::Event(event) => all.events.push(event),
                Object::Figure(_) | Object::Claim(_) | Object::Commitment(_) | Object::Note(_) => {}
            }
        }
        all
    }

    fn capture_of(&self, article: &Article) -> Option<&Capture> {
        self.captures.get(&article.capture)
    }

    /// On whose word: name of the speaker; `None` where the article says it in its own voice.
    fn speaker_of(&self, event: &Event) -> Option<&str> {
        self.assertions.get(event.assertion.as_ref()?)?.speaker.name.as_deref()
    }

    fn names<'a>(&'a self, ids: &'a [String]) -> Vec<&'a str> {
        ids.iter().map(|id| self.actors.get(id).map_or(id.as_str(), |actor| actor.name.as_str())).collect()
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
