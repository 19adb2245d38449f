//! A part of a record: what was told since a day, what concerns one side, and what those items lean on.
//!
//! The record is made of all its pages first, so that the standing of a claim and the answer to a test are those of the whole.

mod refer;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_lexicon::Lexicon;
use onrecord_record::Record;

use crate::exchange::{Actor, Article, Assertion, Object, Speaker, objects};
use crate::export::day;

/// Which items are wanted. The default wants all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    since: Option<Date>,
    party: Option<String>,
}

/// Why a selection cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// Digits in the shape of a date that the calendar does not have.
    #[error("`{0}` is no day of the calendar")]
    NoDay(String),
    /// A name that nobody has.
    #[error("nobody on these pages has the id or the name `{name}`; the sides there are: {}", sides.join(", "))]
    Nobody {
        /// As it was given.
        name: String,
        /// Ids of the sides, each with its name.
        sides: Vec<String>,
    },
    /// A name that several have.
    #[error("`{name}` is the name of several; say which by its id: {}", ids.join(", "))]
    Several {
        /// As it was given.
        name: String,
        /// Their ids.
        ids: Vec<String>,
    },
}

/// Objects of the exchange format that were selected, and what they refer to.
#[derive(Debug, Clone)]
pub struct Selected {
    /// What was wanted and, so that no id leads nowhere, everything that it refers to; in the order of the exchange format.
    pub objects: Vec<Object>,
    /// What was not.
    pub left: Left,
    /// Ids of the items that were wanted for their own sake; `None` where all were.
    wanted: Option<BTreeSet<String>>,
}

/// How many assertions, events and figures were not wanted, each counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// They do not concern the side.
    pub other_parties: usize,
    /// They were told before the day.
    pub earlier: usize,
    /// It is not known whether they were told before it.
    pub unknown_day: usize,
}

impl Selection {
    /// What was told on the first day of `since` (a day, month or year: `2025-03-01`, `2025-03`) or later, and concerns `party`, an id or a
    /// name; each only where it is given.
    ///
    /// # Errors
    /// [`SelectError::NoDay`].
    pub fn new(since: Option<&str>, party: Option<&str>) -> Result<Self, SelectError> {
        let day = |value: &str| day::ends(value).map(|(first, _)| first).ok_or_else(|| SelectError::NoDay(value.to_owned()));
        Ok(Self { since: since.map(day).transpose()?, party: party.map(str::to_owned) })
    }
}

impl Selected {
    /// All objects of a record.
    #[must_use]
    pub fn all(record: &Record, lexicon: &Lexicon) -> Self {
        Self { objects: objects(record, lexicon), left: Left::default(), wanted: None }
    }

    /// Whether the item was wanted for its own sake.
    pub(crate) fn wants(&self, id: &str) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.contains(id))
    }
}

impl Left {
    /// What was left out and why, in words; `None` where nothing was.
    #[must_use]
    pub fn sentence(self) -> Option<String> {
        let reasons = [
            (self.other_parties, "that do not concern the side asked for"),
            (self.earlier, "told before the day asked for"),
            (self.unknown_day, "of which it is not known whether they were told before it"),
        ];
        let parts: Vec<String> =
            reasons.iter().filter(|(number, _)| *number > 0).map(|(number, why)| format!("{number} {why}")).collect();
        (!parts.is_empty()).then(|| format!("items left out: {}", parts.join(", ")))
    }
}

/// The objects of a record that `selection` wants, with all that they refer to.
///
/// The day of an item is the day on which it was said, where the article tells it, else that of its publication. An item is left out where
/// that day is not known, or known to a month in which the day asked for lies. An item concerns a side that says it, that it is said to,
/// that acts or is acted upon in it, that is counted, of whom something is demanded or to whom it is assured. Notes stay with their articles.
///
/// # Errors
/// [`SelectError`], where the side is nobody or several.
pub fn select(record: &Record, lexicon: &Lexicon, selection: &Selection) -> Result<Selected, SelectError> {
    let all = Selected::all(record, lexicon);
    if selection.since.is_none() && selection.party.is_none() {
        return Ok(all);
    }
    let index = Index::of(&all.objects);
    let party = selection.party.as_deref().map(|name| index.party(name)).transpose()?;
    let judge = Judge { index: &index, since: selection.since, party: party.as_deref() };
    let mut left = Left::default();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for object in &all.objects {
        match judge.verdict(object) {
            Some(Verdict::Wanted) => drop(wanted.insert(object.id().to_owned())),
            Some(Verdict::OtherParty) => left.other_parties += 1,
            Some(Verdict::Earlier) => left.earlier += 1,
            Some(Verdict::UnknownDay) => left.unknown_day += 1,
            None => {}
        }
    }
    wanted.extend(
        all.objects.iter().filter(|object| judge.joins(object, &wanted)).map(|object| object.id().to_owned()).collect::<Vec<_>>(),
    );
    let kept = refer::with_referred(&all.objects, &wanted);
    Ok(Selected { objects: kept, left, wanted: Some(wanted) })
}

/// What became of an item of one article.
enum Verdict {
    Wanted,
    OtherParty,
    Earlier,
    UnknownDay,
}

/// Actors, articles and assertions by id.
struct Index<'o> {
    actors: BTreeMap<&'o str, &'o Actor>,
    articles: BTreeMap<&'o str, &'o Article>,
    assertions: BTreeMap<&'o str, &'o Assertion>,
}

impl<'o> Index<'o> {
    fn of(objects: &'o [Object]) -> Self {
        let mut index = Self { actors: BTreeMap::new(), articles: BTreeMap::new(), assertions: BTreeMap::new() };
        for object in objects {
            match object {
                Object::Actor(actor) => drop(index.actors.insert(&actor.id, actor)),
                Object::Article(article) => drop(index.articles.insert(&article.id, article)),
                Object::Assertion(assertion) => drop(index.assertions.insert(&assertion.id, assertion)),
                _ => {}
            }
        }
        index
    }

    /// The id of whoever has this id, or else this name, whatever its case.
    fn party(&self, name: &str) -> Result<String, SelectError> {
        if self.actors.contains_key(name) {
            return Ok(name.to_owned());
        }
        let lower = name.to_lowercase();
        let named = self.actors.values().filter(|actor| actor.name.to_lowercase() == lower);
        let ids: Vec<String> = named.map(|actor| actor.id.clone()).collect();
        match ids.as_slice() {
            [id] => Ok(id.clone()),
            [] => Err(SelectError::Nobody { name: name.to_owned(), sides: self.sides() }),
            _ => Err(SelectError::Several { name: name.to_owned(), ids }),
        }
    }

    fn sides(&self) -> Vec<String> {
        let ids: BTreeSet<&str> = self.actors.values().filter_map(|actor| actor.party.as_deref()).collect();
        ids.into_iter()
            .map(|id| self.actors.get(id).map_or_else(|| id.to_owned(), |actor| format!("{id} ({})", actor.name)))
            .collect()
    }
}

struct Judge<'o> {
    index: &'o Index<'o>,
    since: Option<Date>,
    party: Option<&'o str>,
}

impl Judge<'_> {
    /// What becomes of an assertion, event, figure or article; `None` for what joins them, and for an article that is asked for by its items.
    fn verdict(&self, object: &Object) -> Option<Verdict> {
        let (article, assertion, concerns) = match object {
            Object::Assertion(item) => (&item.article, Some(item), self.is_concerned_by(item)),
            Object::Event(item) => {
                let told = item.assertion.as_ref().and_then(|id| self.index.assertions.get(id.as_str())).copied();
                let part = item.actors.iter().chain(&item.recipients).any(|id| self.is_of(id));
                (&item.article, told, part || told.is_some_and(|told| self.is_concerned_by(told)))
            }
            Object::Figure(item) => {
                let told = item.assertion.as_ref().and_then(|id| self.index.assertions.get(id.as_str())).copied();
                let counted = item.of.as_deref().is_some_and(|id| self.is_of(id));
                (&item.article, told, counted || told.is_some_and(|told| self.is_concerned_by(told)))
            }
            // An article in which nothing was found is new all the same.
            Object::Article(article) if self.party.is_none() => {
                let is_new = matches!(self.day(article.published.as_ref().map(|date| date.value.as_str())), Verdict::Wanted);
                return is_new.then_some(Verdict::Wanted);
            }
            _ => return None,
        };
        if self.party.is_some() && !concerns {
            return Some(Verdict::OtherParty);
        }
        Some(self.told_on(assertion, article))
    }

    fn is_new(&self, assertion: &Assertion) -> bool {
        matches!(self.told_on(Some(assertion), &assertion.article), Verdict::Wanted)
    }

    /// What becomes of something that an assertion, or else an article, tells, by its day.
    fn told_on(&self, assertion: Option<&Assertion>, article: &str) -> Verdict {
        let said = assertion.and_then(|told| told.said.as_ref());
        let published = || self.index.articles.get(article)?.published.as_ref();
        self.day(said.or_else(published).map(|date| date.value.as_str()))
    }

    fn day(&self, value: Option<&str>) -> Verdict {
        let Some(since) = self.since else { return Verdict::Wanted };
        match value.and_then(day::ends) {
            Some((first, _)) if first >= since => Verdict::Wanted,
            Some((_, last)) if last < since => Verdict::Earlier,
            _ => Verdict::UnknownDay,
        }
    }

    /// Whether something that joins items is wanted, since it is made of such as are.
    fn joins(&self, object: &Object, wanted: &BTreeSet<String>) -> bool {
        let any = |ids: &[String]| ids.iter().any(|id| wanted.contains(id));
        match object {
            Object::Claim(claim) => any(&claim.assertions) || any(&claim.denied_by),
            // Whom a demand is put to may stand in no assertion behind it.
            Object::Commitment(item) => {
                let is_named = item.by.iter().chain(&item.to).any(|id| self.is_of(id));
                let assertions = item.assertions.iter().filter_map(|id| self.index.assertions.get(id.as_str()));
                any(&item.assertions) || is_named && assertions.into_iter().any(|told| self.is_new(told))
            }
            _ => false,
        }
    }

    fn is_concerned_by(&self, item: &Assertion) -> bool {
        let speaks = |speaker: &Speaker| speaker.actor.iter().chain(&speaker.party).any(|id| self.is_of(id));
        std::iter::once(&item.speaker).chain(&item.via).any(speaks) || item.addressee.as_deref().is_some_and(|id| self.is_of(id))
    }

    /// Whether an actor is the side asked for, or speaks for it; anybody is where none is asked for.
    fn is_of(&self, id: &str) -> bool {
        let Some(party) = self.party else { return true };
        id == party || self.index.actors.get(id).is_some_and(|actor| actor.party.as_deref() == Some(party))
    }
}
