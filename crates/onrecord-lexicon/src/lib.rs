//! What onrecord knows of the world: actors, words of saying, places, units, outlets, and the word lists that rules ask for.
//!
//! The entries stand in TOML files under `data/` (`docs/lexicon.md` describes them) and are embedded at build time.
//! [`Lexicon::with_pack`] lays an analyst's own files over them. All problems of all files are reported at once, each with
//! file, line and column.

mod actor;
mod affair;
mod build;
mod embedded;
mod event;
mod lexicon;
mod outlet;
mod party;
mod phrase;
mod place;
mod problem;
mod question;
mod saying;
mod table;
mod time_word;
mod unit;
mod word_list;

pub use actor::{Actor, ActorId, ActorKind, Name, NameKind, Role, RoleKind, Tenure};
pub use affair::{Affair, Axis, Turn, TurnKind};
pub use build::PackFile;
pub use event::{EventFrame, EventKind, EventWord, Plover};
pub use lexicon::Lexicon;
pub use outlet::{Outlet, OutletKind};
pub use phrase::{PhraseIndex, is_word_char};
pub use place::Place;
pub use problem::{Problem, Problems};
pub use question::{About, AskedWord, Question, asked_words};
pub use saying::{Act, Example, Frame, Saying, SayingKind};
pub use time_word::{TimeWord, TimeWordKind};
pub use unit::{Bound, Qualifier, Unit, UnitKind, Vague};
pub use word_list::WordList;
