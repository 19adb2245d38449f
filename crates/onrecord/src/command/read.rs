//! `onrecord read`: the record in the exchange format or a neighbouring one, nothing stored.

use std::fs;

use anyhow::{Context, Result, bail};
use onrecord_wire::{exchange, export};

use crate::flags::{Format, ReadFlags};
use crate::{Outcome, output, pages};

pub(super) fn run(flags: &ReadFlags) -> Result<Outcome> {
    let gathered = pages::gather(&flags.input.inputs, &flags.input.how, flags.review)?;
    let text = match flags.format {
        Format::Jsonl => exchange::to_jsonl(&gathered.record, gathered.lexicon),
        Format::Plover => export::plover(&gathered.record, gathered.lexicon),
        Format::UcdpCsv => export::ucdp_csv(&gathered.record, gathered.lexicon),
        Format::WebAnnotation => export::web_annotation(&gathered.record, gathered.lexicon),
        Format::Csv => {
            let Some(folder) = &flags.output else { bail!("--format csv writes several tables: --output names their folder") };
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            for (kind, table) in export::csv_tables(&gathered.record, gathered.lexicon) {
                output::write(Some(&folder.join(format!("{kind}.csv"))), &table)?;
            }
            return Ok(gathered.outcome);
        }
    };
    output::write(flags.output.as_deref(), &text)?;
    Ok(gathered.outcome)
}
