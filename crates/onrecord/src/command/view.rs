//! `onrecord ledger`, `claims`, `figures`, `timeline`, `actors`: one section of the brief.

use anyhow::Result;
use onrecord_wire::terminal::{self, Section};

use super::brief::look;
use crate::flags::ViewFlags;
use crate::{Outcome, output, pages};

pub(super) fn run(flags: &ViewFlags, section: Section) -> Result<Outcome> {
    let gathered = pages::gather(&flags.input.inputs, &flags.input.how, flags.review)?;
    let (width, colour) = look(&flags.look);
    output::print(&terminal::section(&gathered.record, gathered.lexicon, section, width, colour))?;
    Ok(gathered.outcome)
}
