//! `onrecord prove` and `onrecord verify-proof`: one item, for somebody who has not the record.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Result, bail};
use onrecord_store::{Access, Proof, ProofError, Proven, Store};

use super::checkpoint::{note, verifier};
use crate::flags::ProveFlags;
use crate::{Outcome, files, output};

pub(super) fn run(flags: &ProveFlags) -> Result<Outcome> {
    let store = Store::open(&flags.record, Access::Read)?;
    let Some(proof) = store.prove(&flags.item, &note(&store, flags.key.as_deref())?)? else {
        bail!("{}: no reading of this record has an item {}", flags.record.display(), flags.item);
    };
    output::write(flags.output.as_deref(), &proof.text())?;
    Ok(Outcome::Done)
}

pub(super) fn verify(path: &Path, key: Option<&str>) -> Result<Outcome> {
    let verifier = verifier(key)?;
    let proof = Proof::parse(&files::text(path)?)?;
    match proof.verify(verifier.as_ref()) {
        Ok(proven) => {
            output::print(&output::harmless(&report(&proven, key.is_some())?))?;
            Ok(Outcome::Done)
        }
        Err(error @ (ProofError::Step(_) | ProofError::Note(_))) => {
            output::print(&output::harmless(&format!("{}: the proof does not hold: {error}\n", path.display())))?;
            Ok(Outcome::Found)
        }
        Err(error) => Err(error.into()),
    }
}

fn report(proven: &Proven, is_checked: bool) -> Result<String> {
    let Proven { item, capture, name, reader, at, checkpoint, signed_by } = proven;
    let mut report = String::new();
    writeln!(report, "{item}\n")?;
    writeln!(report, "the proof holds: this line was read in {name}")?;
    writeln!(report, "(sha256 {capture}) by {reader},")?;
    writeln!(report, "and written down in the log {} at {at} by its clock; the log had", checkpoint.origin)?;
    writeln!(report, "{} entries and the head {} when this proof was made.", checkpoint.size, checkpoint.root)?;
    match (is_checked, signed_by.is_empty()) {
        (true, _) => writeln!(report, "the head is signed by the key given.")?,
        (false, false) => writeln!(
            report,
            "the head bears signatures of {}, which were not checked: no --key was given.",
            signed_by.join(", ")
        )?,
        (false, true) => writeln!(report, "nobody signed the head: compare it with one that you have from elsewhere.")?,
    }
    writeln!(report, "this does not prove that {name} is what its outlet published, or that the line reads it rightly.")?;
    Ok(report)
}
