//! `onrecord brief`: the record for people, on the terminal and as an HTML page.

use anyhow::Result;
use onrecord_wire::{html, terminal};

use crate::flags::{BriefFlags, ColourChoice, LookFlags};
use crate::{Outcome, output, pages};

/// Columns where nobody says how many there are: a page of plain text that still reads well in a wide window.
const USUAL_WIDTH: usize = 100;

pub(super) fn run(flags: &BriefFlags) -> Result<Outcome> {
    let gathered = pages::gather(&flags.input.inputs, &flags.input.how, flags.review)?;
    if let Some(path) = &flags.html {
        output::write(Some(path), &html::page(&gathered.record, gathered.lexicon))?;
    }
    let (width, colour) = look(&flags.look);
    output::print(&terminal::brief(&gathered.record, gathered.lexicon, width, colour))?;
    Ok(gathered.outcome)
}

/// Columns, and whether to colour.
pub(super) fn look(flags: &LookFlags) -> (usize, bool) {
    let width = flags.width.map(usize::from).or_else(output::terminal_width).unwrap_or(USUAL_WIDTH);
    let colour = match flags.color {
        ColourChoice::Always => true,
        ColourChoice::Never => false,
        ColourChoice::Auto => output::wants_colour(),
    };
    (width, colour)
}
