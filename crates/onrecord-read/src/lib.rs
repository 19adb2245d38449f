//! From one article to its reading: who said what, which figures, which demands and assurances, when.
//!
//! [`read`] depends on nothing but the article, the lexicon and the model: it can run anywhere, in any order.

mod affair;
mod commitment;
mod event;
mod example;
mod figure;
mod gather;
pub mod place;
mod reading;
mod statement;
mod text;
mod time;
mod who;

pub use affair::check_affair_examples;
pub use event::check_event_examples;
pub use example::check_examples;
pub use reading::{
    Affair, Assertion, Basis, Commitment, CommitmentKind, Date, Denial, Event, Evidence, Fate, Figure, Form, Modality, Modifier,
    NameUse, NamedActor, Note, Participant, Precision, Reading, Scope, Speaker, SpeakerKind, Stated, Tests, Time, TimeKind, Toll,
};

use onrecord_gazetteer::Gazetteer;
use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::Article;

/// All that `article` yields. Never fails: what cannot be settled becomes a note.
#[must_use]
pub fn read(article: &Article, lexicon: &Lexicon, model: &Model) -> Reading {
    let text = text::Text::new(article, lexicon, model);
    let names = who::Names::find(&text);
    let times = time::Times::find(&text);
    let people = who::People::find(&text, &names);
    let mut resolver = who::Resolver::new(&text, &names, people);
    let assertions = statement::find(&text, &names, &times, &mut resolver);
    let figures = figure::find(&text, &names, &times, &assertions);
    let trees = event::tree::Trees::of(&text);
    let places = place::find(text.words, &text.analysis, lexicon, Gazetteer::embedded());
    let events = event::find(&trees, &names, &times, &places, &mut resolver, &assertions, &figures);
    let affairs = affair::find(&trees, &names, &times, &places, &mut resolver, &assertions);
    let (commitments, denials) =
        commitment::find(commitment::Ground { text: &text, names: &names, times: &times, figures: &figures }, &assertions);
    let mut notes = std::mem::take(&mut resolver.notes);
    notes.extend(gather::notes(&text, &names, &times));
    notes.sort_by_key(|note| (note.span, note.name));
    notes.dedup();
    let actors = gather::actors(&text, &names, resolver.people(), &assertions);
    Reading { actors, assertions, events, affairs, figures, commitments, times: times.all, denials, notes }
}
