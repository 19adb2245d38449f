//! Entities of FollowTheMoney (<https://followthemoney.tech>), for Aleph and other tools that work with its model.
//!
//! The model knows documents, people, bodies, events and links between them. What somebody says has no type of its own there and stands in
//! notes about whoever says it.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::UniqueIds;
use onrecord_text::sha256_hex;
use serde::Serialize;
use serde_json::Value;

use super::day;
use crate::exchange::{
    Actor, ActorKind, Article, Assertion, Capture, Claim, Commitment, DateValue, Event, Figure, Modality, Object, Span,
};
use crate::select::Selected;

/// Characters of an event's words that make its name.
const NAME: usize = 120;

/// Properties whose values are ids.
const REFERENCES: [&str; 7] = ["document", "entity", "involved", "object", "proof", "resolved", "subject"];

/// The selected objects as entities of FollowTheMoney, one a line: articles, actors and the sides they speak for, the names used for them,
/// assertions, events told as having happened, figures, claims, and demands and assurances.
///
/// Ids are those of the exchange format. Whatever is taken from words says in `notes` (a link: in `description`) which bytes these are of
/// which text.
#[must_use]
pub fn ftm(selected: &Selected) -> String {
    let pages = Pages::of(&selected.objects);
    let mut maker = UniqueIds::default();
    let mut lines = String::new();
    for entity in selected.objects.iter().flat_map(|object| pages.entities(object)).map(Entity::with_plain_references) {
        let entity = Entity { id: maker.unique(entity.id), ..entity };
        // Strings, and lists of them with string keys: serialising them cannot fail.
        if let Ok(line) = serde_json::to_string(&entity) {
            lines.push_str(&line);
            lines.push('\n');
        }
    }
    lines
}

/// One entity. Properties have a list of values, never an empty one.
#[derive(Debug, Serialize)]
struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Entity {
    fn new(id: &str, schema: &'static str) -> Self {
        Self { id: plain_id(id), schema, properties: BTreeMap::new() }
    }

    fn with_plain_references(mut self) -> Self {
        for (property, values) in &mut self.properties {
            if REFERENCES.contains(property) {
                values.iter_mut().for_each(|value| *value = plain_id(value));
            }
        }
        self
    }

    /// The entity with these values of a property, each once, on one line, and none where there are no words.
    fn with<S: AsRef<str>>(mut self, property: &'static str, values: impl IntoIterator<Item = S>) -> Self {
        for value in values {
            let value = value.as_ref().split_whitespace().collect::<Vec<_>>().join(" ");
            let known = self.properties.get(property).is_some_and(|known| known.contains(&value));
            if !value.is_empty() && !known {
                self.properties.entry(property).or_default().push(value);
            }
        }
        self
    }

    /// The entity with a date as exact as the model can say it: a prefix of a day, or the first and last day of what is longer.
    fn when(self, date: Option<&DateValue>) -> Self {
        let Some(value) = date.map(|date| date.value.as_str()) else { return self };
        match (prefix(value), day::ends(value)) {
            (Some(prefix), _) => self.with("date", [prefix]),
            // "About" and "perhaps" would be lost.
            (None, Some((from, to))) if !value.ends_with(['~', '?']) => {
                self.with("startDate", [from.to_string()]).with("endDate", [to.to_string()])
            }
            _ => self,
        }
    }
}

/// What entities need to know of the pages.
struct Pages<'s> {
    captures: BTreeMap<&'s str, &'s Capture>,
    articles: BTreeMap<&'s str, &'s Article>,
    assertions: BTreeMap<&'s str, &'s Assertion>,
    actors: BTreeSet<&'s str>,
}

impl<'s> Pages<'s> {
    fn of(objects: &'s [Object]) -> Self {
        let mut pages =
            Self { captures: BTreeMap::new(), articles: BTreeMap::new(), assertions: BTreeMap::new(), actors: BTreeSet::new() };
        for object in objects {
            match object {
                Object::Capture(capture) => drop(pages.captures.insert(&capture.id, capture)),
                Object::Article(article) => drop(pages.articles.insert(&article.id, article)),
                Object::Assertion(assertion) => drop(pages.assertions.insert(&assertion.id, assertion)),
                Object::Actor(actor) => drop(pages.actors.insert(&actor.id)),
                _ => {}
            }
        }
        pages
    }

    fn entities(&self, object: &Object) -> Vec<Entity> {
        match object {
            Object::Article(article) => vec![self.article(article)],
            Object::Actor(actor) => self.actor(actor),
            Object::Assertion(assertion) => vec![self.assertion(assertion)],
            Object::Event(event) if matches!(event.modality, Modality::Actual | Modality::Historical) => vec![self.event(event)],
            Object::Figure(figure) => vec![self.figure(figure)],
            Object::Claim(claim) => vec![self.claim(claim)],
            Object::Commitment(commitment) => vec![self.commitment(commitment)],
            Object::Event(_) | Object::Capture(_) | Object::Note(_) => Vec::new(),
        }
    }

    fn article(&self, article: &Article) -> Entity {
        let capture = self.captures.get(article.capture.as_str());
        let day = |date: Option<&DateValue>| date.and_then(|date| prefix(&date.value));
        Entity::new(&article.id, "Article")
            .with("title", article.title.iter().map(|title| &title.text))
            .with("author", article.byline.iter().map(|author| &author.text))
            .with("publisher", &article.site)
            .with("publishedAt", day(article.published.as_ref()))
            .with("modifiedAt", day(article.modified.as_ref()))
            .with("sourceUrl", self.address(article))
            .with("fileName", capture.map(|capture| &capture.source))
            .with("mimeType", capture.map(|capture| &capture.media_type))
            .with("encoding", capture.map(|capture| &capture.encoding))
            .with("retrievedAt", capture.and_then(|capture| prefix(capture.captured_at.as_deref()?)))
            .with("keywords", [name_of(&article.genre)])
            .with(
                "notes",
                capture.map(|capture| format!("capture sha256:{}, text sha256:{}", capture.sha256, capture.text_sha256)),
            )
    }

    /// The actor, the side it speaks for, and where it is named.
    fn actor(&self, actor: &Actor) -> Vec<Entity> {
        let schema = match actor.kind {
            ActorKind::Person => "Person",
            ActorKind::State | ActorKind::Office => "PublicBody",
            ActorKind::ArmedGroup | ActorKind::Organisation => "Organization",
            ActorKind::People | ActorKind::Unnamed => "LegalEntity",
        };
        // One side's label for its enemy is no name to look somebody up by.
        let loaded =
            actor.names.iter().filter_map(|name| Some(format!("“{}” is a word of {}", name.text, name.loaded.as_ref()?)));
        let plain = actor.names.iter().filter(|name| name.loaded.is_none() && name.text != actor.name);
        let own = Entity::new(&actor.id, schema)
            .with("name", [&actor.name])
            .with("alias", plain.map(|name| &name.text))
            .with("classification", [name_of(&actor.kind)])
            .with("notes", loaded);
        let side = actor.party.iter().filter(|party| **party != actor.id).map(|party| {
            Entity::new(&format!("side-{}", actor.id), "UnknownLink")
                .with("subject", [&actor.id])
                .with("object", [party])
                .with("role", ["speaks for"])
        });
        let mentions = actor.names.iter().map(|name| {
            let Span(start, end) = name.span;
            Entity::new(&format!("mention-{}-{start}-{end}", name.article), "Mention")
                .with("document", [&name.article])
                .with("resolved", [&actor.id])
                .with("name", [&name.text])
                .with("detectedSchema", [schema])
        });
        std::iter::once(own).chain(side).chain(mentions).collect()
    }

    fn assertion(&self, item: &Assertion) -> Entity {
        let speaker = item.speaker.name.as_deref().unwrap_or("the article, in its own voice");
        let said = item.said.iter().map(|date| format!("said {}", date.value));
        self.note(&item.id, "assertion", &item.article, &item.spans)
            .with("description", [&item.text])
            .with("summary", [format!("{}: {speaker}", name_of(&item.act))])
            .with("keywords", [name_of(&item.act)])
            .with("entity", self.known(item.speaker.actor.iter().chain(&item.addressee)))
            .with("notes", said)
    }

    fn event(&self, event: &Event) -> Entity {
        let words = event.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = words.chars().take(NAME).collect();
        let name = if short.len() < words.len() { format!("{}…", short.trim_end()) } else { short };
        let tolls = event.tolls.iter().map(|toll| {
            let bounds = [("at least", &toll.low), ("", &toll.best), ("at most", &toll.high)];
            let told =
                bounds.iter().filter_map(|(bound, number)| Some(format!("{bound} {}", number.as_ref()?).trim().to_owned()));
            format!("{}: {}", toll.fate, told.collect::<Vec<_>>().join(", "))
        });
        let told_by = event.assertion.as_ref().and_then(|id| self.assertions.get(id.as_str()));
        let source = told_by.and_then(|told| told.speaker.name.as_ref()).map(|name| format!("according to {name}"));
        self.told(Entity::new(&event.id, "Event"), "event", &event.article, &event.spans)
            .with("name", [name])
            .with("description", [&event.text])
            .with("summary", tolls)
            .with("keywords", event.plover.iter().chain(&event.mode).chain(&event.contexts))
            .with("keywords", [name_of(&event.modality)])
            .with("location", event.place.iter().map(|place| &place.name))
            .with("involved", self.known(event.actors.iter().chain(&event.recipients)))
            .with("recordId", [&event.id])
            .with("notes", source)
            .with("notes", event.time.iter().map(|time| format!("when: {}", time.value)))
            .when(event.time.as_ref())
    }

    fn figure(&self, figure: &Figure) -> Entity {
        let series = figure.series.as_ref();
        let seen = |which: &str, day: Option<&String>| day.map(|day| format!("{which} given {day}"));
        let told = figure.assertion.as_ref().and_then(|id| self.assertions.get(id.as_str()));
        let speaker = told.and_then(|told| told.speaker.actor.as_ref());
        self.note(&figure.id, "figure", &figure.article, &[figure.span])
            .with("description", [&figure.text])
            .with("summary", series.map(|series| format!("{}: {}", series.property, series.value)))
            .with("keywords", figure.unit.iter().chain(&figure.fate))
            .with("entity", self.known(figure.of.iter().chain(speaker)))
            .with("notes", series.and_then(|series| seen("first", series.first_seen.as_ref())))
            .with("notes", series.and_then(|series| seen("last", series.last_seen.as_ref())))
            .with("notes", figure.referent.iter().map(|referent| format!("counts the same as every figure of {referent}")))
    }

    fn claim(&self, claim: &Claim) -> Entity {
        let articles = claim.assertions.iter().filter_map(|id| Some(&self.assertions.get(id.as_str())?.article));
        let listed = |what: &str, ids: &[String]| (!ids.is_empty()).then(|| format!("{what}: {}", ids.join(", ")));
        let counts = [(claim.outlets.len(), "outlets"), (claim.publishers.len(), "publishers"), (claim.origins.len(), "origins")];
        let counts: Vec<String> = counts.iter().map(|(number, what)| format!("{what} {number}")).collect();
        Entity::new(&claim.id, "Note")
            .with("description", [&claim.text])
            .with("summary", [format!("{}: {}", name_of(&claim.standing), counts.join(", "))])
            .with("keywords", ["claim".to_owned(), name_of(&claim.standing)])
            .with("entity", self.known(claim.origins.iter().filter_map(|origin| origin.speaker.actor.as_ref())))
            .with("proof", articles)
            .with("publisher", &claim.publishers)
            .with("notes", listed("assertions", &claim.assertions))
            .with("notes", listed("denied by", &claim.denied_by))
    }

    /// A link where it is known who commits itself to whom, or demands of whom; else a note.
    fn commitment(&self, item: &Commitment) -> Entity {
        let (kind, state) = (name_of(&item.kind), name_of(&item.reported_state));
        let tests = [
            ("written", &item.tests.written),
            ("verifiable", &item.tests.verifiable),
            ("concrete", &item.tests.concrete),
            ("acted upon", &item.tests.acted),
        ];
        let tests: Vec<String> = tests.iter().map(|(name, test)| format!("{name}: {}", name_of(&test.answer))).collect();
        let (by, to) = (self.known(&item.by), self.known(&item.to));
        let summary = tests.join(", ");
        if by.is_empty() || to.is_empty() {
            return self
                .note(&item.id, &kind, &item.article, &[item.what.span])
                .with("description", [&item.what.text])
                .with("summary", [summary])
                .with("keywords", [state])
                .with("entity", by.into_iter().chain(to));
        }
        let article = self.articles.get(item.article.as_str()).copied();
        Entity::new(&item.id, "UnknownLink")
            .with("subject", by)
            .with("object", to)
            .with("role", [kind])
            .with("status", [state])
            .with("summary", [summary])
            .with("description", [item.what.text.clone(), self.place(&item.article, &[item.what.span])])
            .with("recordId", [&item.id])
            .with("proof", [&item.article])
            .with("publisher", article.and_then(|article| article.site.as_ref()))
            .with("sourceUrl", article.and_then(|article| self.address(article)))
            .when(item.first_said.as_ref())
    }

    fn note(&self, id: &str, kind: &str, article: &str, spans: &[Span]) -> Entity {
        self.told(Entity::new(id, "Note"), kind, article, spans)
    }

    /// The entity with the article that tells of it, and where.
    fn told(&self, entity: Entity, kind: &str, article: &str, spans: &[Span]) -> Entity {
        let found = self.articles.get(article).copied();
        entity
            .with("keywords", [kind])
            .with("proof", [article])
            .with("publisher", found.and_then(|article| article.site.as_ref()))
            .with("sourceUrl", found.and_then(|article| self.address(article)))
            .with("notes", [self.place(article, spans)])
    }

    /// "bytes 120-180, 190-200 of text sha256:…".
    fn place(&self, article: &str, spans: &[Span]) -> String {
        let capture = self.articles.get(article).and_then(|article| self.captures.get(article.capture.as_str()));
        let spans: Vec<String> = spans.iter().map(|Span(start, end)| format!("{start}-{end}")).collect();
        format!("bytes {} of text sha256:{}", spans.join(", "), capture.map_or("", |capture| &capture.text_sha256))
    }

    fn address(&self, article: &Article) -> Option<&'s str> {
        let capture = self.captures.get(article.capture.as_str())?;
        capture.url.as_deref().filter(|url| url.starts_with("http://") || url.starts_with("https://"))
    }

    /// Those of the ids that have an entity.
    fn known<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> Vec<&'i str> {
        ids.into_iter().map(String::as_str).filter(|id| self.actors.contains(id)).collect()
    }
}

/// An id in the letters that the model allows, ASCII letters, digits, dots and hyphens. One made from a name with other letters loses them and
/// gets a hash of the whole, so that two that differ in them stay two.
fn plain_id(id: &str) -> String {
    let allowed = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    if id.chars().all(|letter| allowed(&letter)) {
        return id.to_owned();
    }
    let (kept, hash): (String, String) =
        (id.chars().filter(allowed).collect(), sha256_hex(id.as_bytes()).chars().take(8).collect());
    format!("{}-{hash}", kept.trim_matches(['.', '-'])).trim_start_matches('-').to_owned()
}

/// A date to the day, month or year, as the model has dates; the time of day is left out, since it may be of any zone.
fn prefix(value: &str) -> Option<String> {
    let day = value.split('T').next().unwrap_or(value);
    let shape: String = day.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    let is_date = ["0000-00-00", "0000-00", "0000"].contains(&shape.as_str()) && day::ends(day).is_some();
    is_date.then(|| day.to_owned())
}

/// The name of an enum's variant in the exchange format.
fn name_of(variant: &impl Serialize) -> String {
    serde_json::to_value(variant).ok().as_ref().and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Entity, plain_id, prefix};
    use crate::exchange::{Basis, DateValue, Precision};

    #[test]
    fn dates_are_as_exact_as_they_were_told() {
        assert_eq!(prefix("2031-03"), Some("2031-03".to_owned()));
        assert_eq!(prefix("2031-03-06T16:40:00+01:00"), Some("2031-03-06".to_owned()));
        assert_eq!([prefix("2031-02-30"), prefix("2031-W10"), prefix("2031~")], [None, None, None]);
        let when = |value: &str| {
            let date = DateValue {
                value: value.to_owned(),
                precision: Precision::Week,
                span: None,
                basis: Basis::Stated,
                article: None,
            };
            Entity::new("e1", "Event").when(Some(&date)).properties
        };
        assert_eq!(when("2031-03").get("date"), Some(&vec!["2031-03".to_owned()]));
        assert_eq!(when("2031-W10").get("endDate"), Some(&vec!["2031-03-09".to_owned()]));
        assert!(when("2031-03-05/2031-03-09~").is_empty() && when("2031~").is_empty());
    }

    #[test]
    fn ids_have_no_letters_that_the_model_does_not_allow() {
        assert_eq!(plain_id("x-veld.foreign-office"), "x-veld.foreign-office");
        let (one, other) = (plain_id("person.rené-a"), plain_id("person.renè-a"));
        assert!(one.starts_with("person.ren-a-") && one != other && one.is_ascii(), "{one} {other}");
        assert!(plain_id("é").starts_with(|letter: char| letter.is_ascii_alphanumeric()), "{}", plain_id("é"));
    }

    #[test]
    fn a_property_has_each_value_once_and_no_empty_one() {
        let entity = Entity::new("n1", "Note").with("notes", ["a  b\n", "", " ", "a b"]).with("summary", [""]);
        assert_eq!(entity.properties.into_iter().collect::<Vec<_>>(), [("notes", vec!["a b".to_owned()])]);
    }
}
