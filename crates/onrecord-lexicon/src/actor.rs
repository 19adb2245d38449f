//! Who can speak, act, or be acted upon.

use std::fmt;
use std::sync::Arc;

/// Id of an actor: `pk`, `pk.foreign-office`, `person.jane-doe`, `group.ttp`. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(Arc<str>);

impl ActorId {
    /// The id with this text; `None` unless it is lower-case letters, digits, `-` and `.` only.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |c: char| c.is_lowercase() || c.is_alphanumeric() && !c.is_uppercase() || c == '-' || c == '.';
        (!text.is_empty() && text.chars().all(allowed)).then(|| Self(text.into()))
    }

    /// The id `kind.name-in-lower-case` for somebody the lexicon does not know.
    #[must_use]
    pub fn for_name(kind: &str, name: &str) -> Self {
        let words: Vec<String> =
            name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        Self(format!("{kind}.{}", words.join("-")).into())
    }

    /// The office of this state: `pk` and `foreign-office` give `pk.foreign-office`.
    #[must_use]
    pub fn office(&self, role: &str) -> Self {
        Self(format!("{}.{role}", self.0).into())
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorKind {
    /// A state or de-facto state.
    State,
    /// A ministry, an army, a post.
    Office,
    /// A human being.
    Person,
    /// An armed group that is no state's army.
    ArmedGroup,
    /// Any other organisation.
    Organisation,
    /// A people or community.
    People,
    /// Somebody who is not named.
    Unnamed,
}

/// An actor of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// The side it speaks for; itself for a state, an armed group, an organisation without parent. `None` when not known.
    pub party: Option<ActorId>,
    /// Offices held, for persons.
    pub offices: Vec<Tenure>,
    /// The office or organisation it is part of.
    pub parent: Option<ActorId>,
}

/// Time in an office. Dates are ISO prefixes; `None` where the lexicon does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// Which office.
    pub office: ActorId,
    /// First day.
    pub from: Option<String>,
    /// Last day; `None` while it lasts.
    pub to: Option<String>,
}

/// A name and how it refers to its actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Whose name it is.
    pub actor: ActorId,
    /// How it refers.
    pub kind: NameKind,
    /// Whether it is also an everyday word.
    pub common: bool,
}

/// How a name refers to its actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameKind {
    /// A proper name.
    Proper,
    /// Adjective or noun for its people ("Pakistani").
    Demonym,
    /// Its capital, which may stand for its government.
    Capital,
    /// Another place or building that may stand for its government.
    Seat,
    /// One side's word for it, and whose.
    Loaded(ActorId),
}

/// An office that every state has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Last part of the office's id.
    pub id: String,
    /// Canonical name with `{state}` in it.
    pub name: String,
    /// Post or body.
    pub kind: RoleKind,
}

/// Whether an office is a body or a post that one person holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleKind {
    /// A ministry, an army, a court.
    Body,
    /// A post.
    Post,
}
