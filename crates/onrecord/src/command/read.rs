//! `onrecord read`: the record in the exchange format or its events in a neighbouring one, nothing stored.

use anyhow::Result;
use onrecord_wire::{exchange, export};

use crate::flags::{Format, ReadFlags};
use crate::{Outcome, output, pages};

pub(super) fn run(flags: &ReadFlags) -> Result<Outcome> {
    let gathered = pages::gather(&flags.input.inputs, &flags.input.how)?;
    let text = match flags.format {
        Format::Jsonl => exchange::to_jsonl(&gathered.record, gathered.lexicon),
        Format::Plover => export::plover(&gathered.record, gathered.lexicon),
        Format::UcdpCsv => export::ucdp_csv(&gathered.record, gathered.lexicon),
    };
    output::write(flags.output.as_deref(), &text)?;
    Ok(gathered.outcome)
}
