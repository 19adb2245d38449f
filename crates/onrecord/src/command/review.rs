//! `onrecord review`: findings shown one after the other to be decided on; decisions listed, exported, imported and compared.

mod import;
mod report;
mod session;
mod show;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use onrecord_record::review::{Decision, FindingKind, Waiting, places, queue};
use onrecord_record::{ItemRef, Record};
use onrecord_store::{Access, Store};
use onrecord_wire::gold;

use crate::flags::{OverlayFlags, ReviewFlags};
use crate::pages::{Gathered, Reader, decisions_of, gather};
use crate::{Outcome, output};

pub(super) fn run(flags: &ReviewFlags) -> Result<Outcome> {
    let access = if flags.import.is_some() || is_session(flags) { Access::Write } else { Access::Read };
    let store = Store::open(&flags.record, access)?;
    if let Some(path) = &flags.import {
        return import::run(store, path);
    }
    let decisions = decisions_of(&store)?;
    if flags.agreement {
        return report::agreement(&decisions);
    }
    if let Some(path) = &flags.export {
        let lines: String = store.decisions()?.into_iter().map(|line| line + "\n").collect();
        return written(path, &lines);
    }
    if flags.lost {
        let Gathered { record, .. } = gather(std::slice::from_ref(&flags.record), &flags.how, with_decisions())?;
        return report::lost(&record.review.lost, &decisions);
    }
    if let Some(path) = &flags.gold {
        let shown = OverlayFlags { with_rejected: true, without_review: false };
        let Gathered { record, .. } = gather(std::slice::from_ref(&flags.record), &flags.how, shown)?;
        return written(path, &gold::passages(&record));
    }
    let Gathered { record, .. } = gather(std::slice::from_ref(&flags.record), &flags.how, without_decisions())?;
    let waiting = waiting(&record, &decisions, flags.reviewer.as_deref());
    match (flags.list, &flags.reviewer) {
        (Some(count), _) => {
            check_readers(&store, &record, flags)?;
            report::list(&record, &waiting, count)
        }
        (None, Some(reviewer)) => {
            check_readers(&store, &record, flags)?;
            session::run(store, &record, &waiting, reviewer)
        }
        (None, None) => bail!(
            "who reviews? --as NAME says so, and every decision bears the name; without one, --list shows what waits, --lost what applies to nothing"
        ),
    }
}

fn is_session(flags: &ReviewFlags) -> bool {
    flags.reviewer.is_some()
        && flags.list.is_none()
        && !flags.lost
        && !flags.agreement
        && flags.export.is_none()
        && flags.gold.is_none()
}

const fn with_decisions() -> OverlayFlags {
    OverlayFlags { with_rejected: false, without_review: false }
}

/// Who reviews sees what the reader found, not what others made of it: or two who agree would prove nothing.
const fn without_decisions() -> OverlayFlags {
    OverlayFlags { with_rejected: false, without_review: true }
}

/// The queue without what `reviewer` decided on, or without what anybody did where no reviewer is named.
fn waiting(record: &Record, decisions: &[Decision], reviewer: Option<&str>) -> Vec<Waiting> {
    let by: BTreeMap<&str, &str> = decisions.iter().map(|decision| (decision.id.as_str(), decision.by.as_str())).collect();
    let places = places(&record.entries, decisions).into_iter();
    let own = places.filter(|place| {
        place.kind == FindingKind::Assertion && reviewer.is_none_or(|name| by.get(place.decision.as_str()) == Some(&name))
    });
    let decided: BTreeSet<ItemRef> = own.map(|place| place.at).collect();
    queue(record, &decided)
}

fn written(path: &PathBuf, text: &str) -> Result<Outcome> {
    let path = (path != Path::new("-")).then_some(path.as_path());
    output::write(path, text)?;
    Ok(Outcome::Done)
}

/// Decisions are on findings of the stored readings. Where these are by another reader than this one, what is shown may not be there.
fn check_readers(store: &Store, record: &Record, flags: &ReviewFlags) -> Result<()> {
    let name = Reader::without_files(&flags.how)?.name();
    let mut others = 0;
    for entry in &record.entries {
        others += usize::from(!store.is_read(entry.source_id().as_bytes(), &name)?);
    }
    if others > 0 {
        let (pages, were) = if others == 1 { ("page", "was") } else { ("pages", "were") };
        bail!(
            "{others} {pages} of the record {were} read with another lexicon or model: give the packs that they were read with (--pack), \
             or read them anew with `onrecord reread`"
        );
    }
    Ok(())
}
