//! What leaves onrecord: the exchange format and its schema, its verification, events in neighbouring formats, the brief on terminal and page, dossiers.
//!
//! The only crate with serde on its output types. It reads records and writes text; it opens no file and prints nothing.

pub mod answers;
pub mod decision;
pub mod dossier;
pub mod exchange;
pub mod export;
pub mod gold;
pub mod html;
pub mod schema;
pub mod select;
pub mod terminal;
pub mod verify;

mod ids;
mod view;
mod words;
