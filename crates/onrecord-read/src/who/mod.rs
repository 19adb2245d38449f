//! Who is meant: names, roles and pronouns, resolved to actors.

mod name;
mod noun_phrase;
mod people;
mod resolve;

pub(crate) use name::{NameMention, Names, names_a_pact};
pub(crate) use noun_phrase::{Head, NounPhrase, interpret};
pub(crate) use people::People;
pub(crate) use resolve::Resolver;
