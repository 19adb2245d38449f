//! The exchange format, version 1: one JSON object a line.
//!
//! Spans are `[start, end)` byte offsets into the decoded source text, whose hash is `text_sha256` of the capture. A `text` is a
//! convenience and always equals the cut of its spans. What the source does not give is `null` or `"unstated"`, never a default.

mod affair;
mod among;
pub(crate) mod check;
mod convert;
mod decided;
mod joined;
mod name;
mod object;
mod part;
mod series;

pub use affair::StateOfAffairs;
pub use among::{RevisionOf, SharedPassage, SharedWith, TextChange, TextElsewhere};
pub use decided::{Decided, DecidedOutcome, FoundBefore};
pub use object::{Actor, Article, Assertion, Capture, Claim, Commitment, Event, Figure, Note, Object};
pub use part::{
    ActorKind, Answer, AssertionAct, Basis, CommitmentKind, Counts, DateValue, Directness, Genre, Label, Modality, NameUse,
    Occasion, Origin, Persons, Place, Precision, ReportedState, RestoredWord, Scope, SeriesValue, Span, Speaker, SpeakerKind,
    Standing, Test, Tests, TextAt, Toll,
};

use onrecord_lexicon::Lexicon;
use onrecord_record::Record;

use crate::ids::Ids;
use convert::Converter;

/// The objects of a record: captures, articles, actors, assertions, events, figures, claims, commitments, notes, each in order.
///
/// `lexicon` gives the names of actors that items refer to though no article names them, such as the side an office speaks for.
#[must_use]
pub fn objects(record: &Record, lexicon: &Lexicon) -> Vec<Object> {
    let converter = Converter { record, ids: Ids::of(record) };
    let mut objects: Vec<Object> = converter.captures().collect();
    objects.extend(converter.articles().map(|here| converter.article(here)));
    objects.extend(converter.actors(lexicon));
    objects.extend(converter.articles().flat_map(|here| converter.assertions(here)));
    objects.extend(converter.articles().flat_map(|here| converter.events(here)));
    objects.extend(converter.articles().flat_map(|here| converter.figures(here)));
    objects.extend(converter.claims());
    objects.extend(converter.commitments());
    objects.extend(converter.notes());
    objects
}

/// The record in the exchange format: an object a line, the same bytes for the same record.
///
/// Each line ends with a field `check`, by which [`crate::verify::verify`] sees a change anywhere in it.
#[must_use]
pub fn to_jsonl(record: &Record, lexicon: &Lexicon) -> String {
    lines(&objects(record, lexicon))
}

/// The same of some objects, such as those that [`crate::select::select`] gives.
#[must_use]
pub fn lines(objects: &[Object]) -> String {
    let mut lines = String::new();
    for object in objects {
        // Strings, numbers and lists with string keys: serialising them cannot fail.
        if let Ok(line) = serde_json::to_string(object) {
            lines.push_str(&check::sealed(&line));
            lines.push('\n');
        }
    }
    lines
}
