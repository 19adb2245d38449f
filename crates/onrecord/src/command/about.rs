//! `onrecord schema`, `completions`, `man`: what the program says of itself.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::flags::Flags;
use crate::{Outcome, output};

pub(super) fn schema(decisions: bool) -> Result<Outcome> {
    let schema = if decisions { onrecord_wire::schema::decisions() } else { onrecord_wire::schema::schema() };
    output::print(&format!("{schema:#}\n"))?;
    Ok(Outcome::Done)
}

pub(super) fn completions(shell: Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Flags::command(), "onrecord", &mut script);
    output::print(&String::from_utf8(script)?)?;
    Ok(Outcome::Done)
}

pub(super) fn manual() -> Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Flags::command()).render(&mut page)?;
    output::print(&String::from_utf8(page)?)?;
    Ok(Outcome::Done)
}
