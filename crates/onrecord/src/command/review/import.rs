//! Decisions that were made elsewhere, taken in all or none.

use std::path::Path;

use anyhow::{Result, bail};
use onrecord_record::review::{Decision, in_force};
use onrecord_store::Store;
use onrecord_wire::decision::DecisionLine;

use super::super::decide::anchor_of;
use crate::{Outcome, files, output};

pub(super) fn run(mut store: Store, path: &Path) -> Result<Outcome> {
    let text = files::text(path)?;
    let (mut lines, mut decisions, mut problems): (Vec<String>, Vec<Decision>, usize) = (Vec::new(), Vec::new(), 0);
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match whole(&store, line) {
            Ok((line, decision)) => {
                lines.push(line);
                decisions.push(decision);
            }
            Err(error) => {
                output::complain(&format!("{}:{}: {error:#}", path.display(), number + 1));
                problems += 1;
            }
        }
    }
    if problems > 0 {
        let lines = if problems == 1 { "line is" } else { "lines are" };
        bail!("{}: {problems} {lines} no decision; nothing was taken in", path.display());
    }
    // By time, whatever the order in the file: the log reads as if they had been made here.
    let mut sorted: Vec<(&str, &str, &String)> =
        decisions.iter().zip(&lines).map(|(decision, line)| (decision.at.as_str(), decision.id.as_str(), line)).collect();
    sorted.sort_unstable();
    let sorted: Vec<String> = sorted.into_iter().map(|(_, _, line)| line.clone()).collect();
    let new = store.decide(&sorted)?;
    let all = crate::pages::decisions_of(&store)?;
    output::print(&format!(
        "{new} decisions taken in, {} known already; {} in all, {} of them in force\n",
        lines.len() - new,
        all.len(),
        in_force(&all).len()
    ))?;
    Ok(Outcome::Done)
}

/// The line with everything that a decision has, and the decision. Where a finding stands is looked up in the record unless the line says it.
fn whole(store: &Store, line: &str) -> Result<(String, Decision)> {
    let mut parsed = DecisionLine::parse(line)?;
    let lacks_place = parsed.target.is_none() && parsed.id.is_none();
    if let Some(id) = parsed.item.clone().filter(|_| lacks_place) {
        let found = store.item(&id, None)?.and_then(|item| anchor_of(&item));
        let Some(found) = found else {
            bail!("the record has no finding {id}, and the line does not say where it stands (`target`)")
        };
        parsed.place(&found);
    }
    let decision = parsed.decision()?;
    Ok((parsed.line(), decision))
}
