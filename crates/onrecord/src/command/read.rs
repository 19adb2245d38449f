//! `onrecord read`: the record in the exchange format or a neighbouring one, nothing stored.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use onrecord_wire::select::{Selected, Selection, select};
use onrecord_wire::{exchange, export};

use crate::flags::{Format, ReadFlags};
use crate::pages::Gathered;
use crate::{Outcome, output, pages};

pub(super) fn run(flags: &ReadFlags) -> Result<Outcome> {
    let selection =
        Selection::new(flags.since.as_deref(), flags.party.as_deref()).map_err(|error| anyhow!("--since: {error}"))?;
    let gathered = pages::gather(&flags.input.inputs, &flags.input.how, flags.review)?;
    let selected = select(&gathered.record, gathered.lexicon, &selection).map_err(|error| anyhow!("--party: {error}"))?;
    write(flags, &gathered, &selected)?;
    if let Some(left) = selected.left.sentence() {
        output::complain(&left);
    }
    Ok(gathered.outcome)
}

fn write(flags: &ReadFlags, gathered: &Gathered, selected: &Selected) -> Result<()> {
    let text = match flags.format {
        Format::Jsonl => exchange::lines(&selected.objects),
        Format::Plover => export::plover(selected),
        Format::UcdpCsv => export::ucdp_csv(selected),
        Format::WebAnnotation => export::web_annotation(&gathered.record, selected),
        Format::Csv => {
            let folder = folder(flags)?;
            for table in export::tables(selected) {
                output::write(Some(&folder.join(format!("{}.csv", table.name))), &table.csv())?;
            }
            return Ok(());
        }
        Format::Parquet => {
            let folder = folder(flags)?;
            for table in export::tables(selected) {
                output::write_bytes(&folder.join(format!("{}.parquet", table.name)), &onrecord_parquet::file(&table)?)?;
            }
            return Ok(());
        }
        Format::Ftm => export::ftm(selected),
    };
    output::write(flags.output.as_deref(), &text)
}

/// The folder for tables, which is made where it is not there.
fn folder(flags: &ReadFlags) -> Result<&Path> {
    let Some(folder) = &flags.output else { bail!("this format writes several tables: --output names their folder") };
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}
