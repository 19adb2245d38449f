//! `onrecord pack check`: whether a pack can be used, and its examples hold.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;

use crate::{Outcome, output, pack};

pub(super) fn run(folder: &Path) -> Result<Outcome> {
    let problems = pack::problems(folder)?;
    if problems.is_empty() {
        output::print(&format!("{}: no problems\n", folder.display()))?;
        return Ok(Outcome::Done);
    }
    let mut report = String::new();
    for problem in &problems {
        writeln!(report, "{problem}")?;
    }
    writeln!(report, "{}: {}", folder.display(), pack::counted(problems.len()))?;
    output::print(&report)?;
    Ok(Outcome::Found)
}
