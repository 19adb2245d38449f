//! What `record` makes of readings written by hand about invented states.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "the articles are short and made by hand")]

mod actors;
mod affairs;
mod articles;
mod claims;
mod draft;
mod figures;
mod happenings;
mod ledger;
mod paraphrases;
mod properties;
mod questions;
mod review;

use draft::{Draft, lexicon};
use onrecord_record::{Claim, Record, record};

fn record_of(drafts: &[&Draft]) -> Record {
    record(drafts.iter().map(|draft| draft.entry()).collect(), &lexicon())
}

/// The claim one of whose assertions has exactly these words.
fn claim<'a>(record: &'a Record, words: &str) -> &'a Claim {
    let has = |claim: &&Claim| {
        claim.assertions.iter().any(|at| {
            let article = &record.entries[at.entry].page.articles[at.article];
            let said = &record.entries[at.entry].readings[at.article].assertions[at.item];
            said.content.iter().any(|span| article.clean.cut(*span) == words)
        })
    };
    record.claims.iter().find(has).unwrap_or_else(|| panic!("no claim says `{words}`"))
}
