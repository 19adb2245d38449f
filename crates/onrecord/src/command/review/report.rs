//! What waits, what applies to nothing, and how far reviewers agree.

use std::fmt::Write as _;

use anyhow::Result;
use onrecord_record::Record;
use onrecord_record::review::{Agreement, Decision, Lost, Waiting};

use super::super::decide::sentence;
use super::show::Shown;
use crate::{Outcome, output};
use onrecord_wire::decision::short_words;

/// Characters of a finding's words that are shown.
const SHOWN: usize = 80;

pub(super) fn list(record: &Record, waiting: &[Waiting], count: usize) -> Result<Outcome> {
    let mut text = String::new();
    for one in waiting.iter().take(count) {
        let Some(shown) = Shown::of(record, one.at) else { continue };
        writeln!(text, "{:3}  {}  {}: ‹{}›", one.score, shown.id, shown.headline(), short_words(&shown.words(), SHOWN))?;
        writeln!(text, "     [{}] {}", shown.place(), super::show::reasons(one))?;
    }
    writeln!(text, "{} of {} findings that wait; score = consequence × doubt", waiting.len().min(count), waiting.len())?;
    output::print(&output::harmless(&text))?;
    Ok(Outcome::Done)
}

pub(super) fn lost(lost: &[Lost], decisions: &[Decision]) -> Result<Outcome> {
    let mut text = String::new();
    for one in lost {
        let Some(decision) = decisions.iter().find(|decision| decision.id == one.decision) else { continue };
        writeln!(text, "{}", sentence(decision))?;
        writeln!(text, "     {}", one.reason)?;
        if let Some((id, words)) = &one.instead {
            writeln!(text, "     there now: {id} ‹{}›", short_words(words, SHOWN))?;
        }
    }
    let (what, is) = if lost.len() == 1 { ("decision", "applies") } else { ("decisions", "apply") };
    writeln!(text, "{} {what} in force {is} to nothing; none is dropped: what fits again applies again", lost.len())?;
    output::print(&output::harmless(&text))?;
    Ok(Outcome::Done)
}

pub(super) fn agreement(decisions: &[Decision]) -> Result<Outcome> {
    let pairs = onrecord_record::review::agreement(decisions);
    let mut text = String::new();
    for pair in &pairs {
        of_pair(&mut text, pair)?;
    }
    if pairs.is_empty() {
        writeln!(text, "fewer than two reviewers decided on findings; there is nothing to compare")?;
    }
    output::print(&output::harmless(&text))?;
    Ok(Outcome::Done)
}

fn of_pair(text: &mut String, pair: &Agreement) -> Result<()> {
    let (one, two) = &pair.reviewers;
    let Some(observed) = pair.observed() else {
        writeln!(text, "{one} and {two}: no finding on which both decided\n")?;
        return Ok(());
    };
    writeln!(text, "{one} and {two}: {} findings on which both decided", pair.shared)?;
    writeln!(text, "  kept or rejected alike: {} of {} ({:.0} %)", pair.same, pair.shared, 100.0 * observed)?;
    match pair.kappa() {
        Some(kappa) => writeln!(text, "  Cohen's kappa: {kappa:.2}")?,
        None => writeln!(text, "  Cohen's kappa: not defined, both gave one verdict throughout")?,
    }
    for difference in &pair.differences {
        let (first, second) = difference.said;
        let anchor = &difference.anchor;
        writeln!(
            text,
            "  {one} {first}, {two} {second}: {} {} ‹{}›",
            anchor.kind.name(),
            anchor.item,
            short_words(&anchor.exact, SHOWN)
        )?;
    }
    writeln!(text)?;
    Ok(())
}
