//! `onrecord verify`: every span cut again, every hash made again, of a record its log as well.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};
use onrecord_store::{Access, Store, StoreError};
use onrecord_wire::decision::DecisionLine;
use onrecord_wire::verify::{Verification, verify};

use super::checkpoint::verifier;
use crate::flags::VerifyFlags;
use crate::pages::is_record;
use crate::{Outcome, files, output};

pub(super) fn run(flags: &VerifyFlags) -> Result<Outcome> {
    if is_record(&flags.file) {
        return record(flags);
    }
    let Some(folder) = &flags.source else {
        bail!("{}: an exchange file is checked against its sources: --source names their folder", flags.file.display());
    };
    let jsonl = files::text(&flags.file)?;
    let verification = verify(&jsonl, &|name| source(folder, name));
    output::print(&report(&flags.file, &verification)?)?;
    Ok(if verification.findings.is_empty() { Outcome::Done } else { Outcome::Found })
}

/// Checks a record: its log, its captures and readings against the log, and every span of the latest readings.
fn record(flags: &VerifyFlags) -> Result<Outcome> {
    let store = Store::open(&flags.file, Access::Read)?;
    let audit = store.audit()?;
    let mut flaws: Vec<String> = audit.flaws.iter().map(|flaw| format!("{}: {}", flaw.place, flaw.text)).collect();
    let (mut spans, mut texts) = (0, 0);
    store.each_reading(false, |reading| {
        let verification = verify(&reading.jsonl, &|_| store.captured(reading.capture).ok().flatten());
        let place = format!("the reading at entry {} of the log", reading.seq);
        flaws.extend(
            verification.findings.iter().map(|finding| format!("{place}: {} {}: {}", finding.id, finding.field, finding.message)),
        );
        (spans, texts) = (spans + verification.spans, texts + verification.texts);
        Ok::<(), StoreError>(())
    })?;
    for line in store.decisions()? {
        if let Err(error) = DecisionLine::parse(&line).and_then(|line| line.decision()) {
            flaws.push(format!("a decision of the log: {error}"));
        }
    }
    let expected = match &flags.expect_head {
        None => None,
        Some(path) => match store.grew_from(&files::text(path)?, verifier(flags.key.as_deref())?.as_ref())? {
            Ok(checkpoint) => Some(checkpoint),
            Err(flaw) => {
                flaws.push(format!("{}: {}", path.display(), flaw.text));
                None
            }
        },
    };
    let (file, head) = (flags.file.display(), store.checkpoint()?);
    let mut report = String::new();
    for flaw in &flaws {
        writeln!(report, "{file}: {flaw}")?;
    }
    let onrecord_store::Audit { entries, captures, readings, decisions, .. } = audit;
    writeln!(report, "{file}: {entries} entries of the log, {captures} captures and {readings} readings hashed again,")?;
    if decisions > 0 {
        writeln!(report, "{decisions} decisions of reviewers compared with the log,")?;
    }
    writeln!(report, "{spans} spans cut, {texts} texts compared; head of the log: {} entries, {}", head.size, head.root)?;
    if flaws.is_empty() {
        writeln!(
            report,
            "all fits: captures and readings are those that the log names, in its order, and every item's words stand in its source."
        )?;
        match expected {
            Some(checkpoint) => writeln!(
                report,
                "the first {} entries are those of the checkpoint given: since then things were only added.",
                checkpoint.size
            )?,
            None => writeln!(
                report,
                "whoever can write the file can forge it and its log as a whole: only a checkpoint kept elsewhere shows that (--expect-head)."
            )?,
        }
        writeln!(
            report,
            "this does not prove that a capture is what its outlet published, when it was taken, or that an item reads it rightly."
        )?;
    } else {
        writeln!(report, "{} that do not fit", flaws.len())?;
    }
    output::print(&output::harmless(&report))?;
    Ok(if flaws.is_empty() { Outcome::Done } else { Outcome::Found })
}

fn report(file: &Path, verification: &Verification) -> Result<String> {
    let file = file.display();
    let mut report = String::new();
    for finding in &verification.findings {
        let object = [finding.id.as_str(), finding.field.as_str()].join(" ");
        writeln!(report, "{file}:{}: {}: {}", finding.line, object.trim(), finding.message)?;
    }
    let Verification { findings, lines, captures, spans, texts } = verification;
    writeln!(report, "{file}: {lines} lines, {captures} sources hashed, {spans} spans cut, {texts} texts compared")?;
    if findings.is_empty() {
        writeln!(report, "all fits: the words of every item stand in its source where it says, and nothing was changed since.")?;
        writeln!(report, "this does not prove that a source says what its outlet published, or that an item reads it rightly.")?;
    } else {
        writeln!(report, "{} that do not fit", findings.len())?;
    }
    Ok(output::harmless(&report))
}

/// The bytes of the capture called `name`: a file, or a part of one (`pages.zip!one.html`).
fn source(folder: &Path, name: &str) -> Option<Vec<u8>> {
    if let Some(path) = under(folder, name) {
        return std::fs::read(path).ok();
    }
    name.match_indices('!').find_map(|(at, mark)| {
        let (file, part) = (name.get(..at)?, name.get(at + mark.len()..)?);
        let bytes = std::fs::read(under(folder, file)?).ok()?;
        onrecord_container::find(bytes, file, part, &onrecord_container::Limits::default())
    })
}

/// The file under `folder` that a capture called `name` was read from: the longest tail of its path that exists there.
///
/// The exchange file may have been written from another folder than the one that holds the sources now. Only plain names are
/// followed, so that no exchange file leads out of `folder`.
fn under(folder: &Path, name: &str) -> Option<PathBuf> {
    let parts: Vec<Component> = Path::new(name).components().filter(|part| matches!(part, Component::Normal(_))).collect();
    let tails = (0..parts.len()).map(|skip| parts.iter().skip(skip).collect::<PathBuf>());
    tails.map(|tail| folder.join(tail)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::under;

    #[test]
    fn the_longest_tail_that_exists_is_taken_and_never_leads_out() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(under(here, "/somewhere/else/src/main.rs"), Some(here.join("src/main.rs")));
        assert_eq!(under(&here.join("src"), "crates/onrecord/src/command/mod.rs"), Some(here.join("src/command/mod.rs")));
        assert_eq!(under(&here.join("src"), "../Cargo.toml"), None);
        assert_eq!(under(here, "https://paper.example/no/such"), None);
    }
}
