//! From readings to the record: actors merged, claims and their origins, the ledger, figures that count the same thing.
//!
//! [`record`] is a pure function of the readings; their order does not matter.

mod actor;
mod affair;
mod alike;
mod answer;
mod claim;
mod figure;
mod id;
mod ledger;
mod model;
mod origin;
mod piece;
mod postings;
mod question;
pub mod review;
mod sentence;
mod story;
mod timeline;
mod word;

use std::collections::BTreeMap;

use onrecord_lexicon::Lexicon;
use onrecord_text::SourceId;

pub use answer::{Answer, Asked, Finding, Found, Part, Searched, answer};
pub use id::{ArticleIds, UniqueIds, item_id};
pub use model::{
    Actor, ActorName, AffairLine, ArticleRef, Change, Claim, Entry, GivenValue, ItemRef, Origin, Persons, Question, Record,
    Referent, ReportedState, Revision, SharedKind, SharedText, Standing, Story, TestAnswer, TimelineEntry, ToBasis, Undertaking,
    Words, tests_in_order,
};
pub use word::telling_words;

use piece::Pieces;
use review::{Decision, Rejected};

/// The record of these entries. Their order does not matter; entries with the same bytes count once, under the first name.
///
/// Ids of persons under a short name and of those who are not named are changed in the readings to those of [`Record::actors`].
#[must_use]
pub fn record(entries: Vec<Entry>, lexicon: &Lexicon) -> Record {
    reviewed(entries, &[], Rejected::LeftOut, lexicon)
}

/// The record of these entries with what reviewers decided laid over the readings before they are joined. Neither order matters.
#[must_use]
pub fn reviewed(entries: Vec<Entry>, decisions: &[Decision], rejected: Rejected, lexicon: &Lexicon) -> Record {
    let (mut entries, dropped) = in_order(entries);
    actor::unify(&mut entries, lexicon);
    let review = review::lay_over(&mut entries, decisions, rejected, lexicon);
    let (actors, mut asked) = actor::actors(&entries, lexicon);
    asked.extend(dropped);
    let mut pieces = Pieces::of(&entries, lexicon);
    let parties = origin::parties(&pieces);
    // None of these needs another, and the longest two take about as long; claims need the figures that count the same.
    let ((referents, claims, commitments), (stories, (timeline, affairs))) = rayon::join(
        || {
            let referents = figure::referents(&pieces, lexicon);
            let claims = claim::claims(&pieces, &parties, &referents);
            (referents, claims, ledger::undertakings(&pieces, &parties, lexicon))
        },
        || (story::stories(&pieces), (timeline::timeline(&pieces), affair::lines(&pieces))),
    );
    asked.extend(claim::contradictions(&pieces, &referents));
    let questions = question::questions(&entries, &pieces, &referents, asked);
    let revisions = origin::revisions(&entries, &pieces.list);
    let shared = std::mem::take(&mut pieces.shared);
    Record { claims, commitments, referents, stories, shared, revisions, timeline, affairs, questions, actors, review, entries }
}

/// Entries by name, then by hash, each capture once; a question for each that is left out.
fn in_order(mut entries: Vec<Entry>) -> (Vec<Entry>, Vec<Question>) {
    entries.sort_by(|one, two| (&one.name, one.source_id()).cmp(&(&two.name, two.source_id())));
    let mut kept: Vec<Entry> = Vec::new();
    let mut dropped = Vec::new();
    let mut first_names: BTreeMap<SourceId, String> = BTreeMap::new();
    for entry in entries {
        match first_names.get(&entry.source_id()) {
            None => {
                first_names.insert(entry.source_id(), entry.name.clone());
                kept.push(entry);
            }
            Some(first) if *first == entry.name => {}
            Some(first) => {
                let text = format!("{} holds the same bytes as {first}; they count once.", entry.name);
                dropped.push(Question { words: None, name: "same-bytes", text });
            }
        }
    }
    (kept, dropped)
}
