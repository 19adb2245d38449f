//! Decisions that were made elsewhere, taken in all or none.

use std::collections::BTreeMap;
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
    let given: Vec<(usize, Result<DecisionLine>)> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| (number, DecisionLine::parse(line).map_err(Into::into)))
        .collect();
    let without_place = given.iter().filter_map(|(_, line)| to_look_up(line.as_ref().ok()?)).collect();
    let captures = store.captures_of(&without_place)?;
    for (number, line) in given {
        match line.and_then(|line| whole(&store, &captures, line)) {
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

/// The finding of a line that does not say where it stands.
fn to_look_up(line: &DecisionLine) -> Option<&str> {
    line.item.as_deref().filter(|_| line.target.is_none() && line.id.is_none())
}

/// The line with everything that a decision has, and the decision. Where a finding stands is looked up in the record unless the line says it.
fn whole(store: &Store, captures: &BTreeMap<String, String>, mut parsed: DecisionLine) -> Result<(String, Decision)> {
    if let Some(id) = to_look_up(&parsed).map(str::to_owned) {
        let item = captures.get(&id).map(|capture| store.item(&id, Some(capture))).transpose()?.flatten();
        let found = item.and_then(|item| anchor_of(&item));
        let Some(found) = found else {
            bail!("the record has no finding {id}, and the line does not say where it stands (`target`)")
        };
        parsed.place(&found);
    }
    let decision = parsed.decision()?;
    Ok((parsed.line(), decision))
}
