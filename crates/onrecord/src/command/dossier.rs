//! `onrecord dossier`: all that is on record of one actor, claim, demand or assurance.

use anyhow::Result;
use onrecord_wire::dossier::dossier;

use crate::flags::DossierFlags;
use crate::{Outcome, output, pages};

pub(super) fn run(flags: &DossierFlags) -> Result<Outcome> {
    let gathered = pages::gather(&flags.input.inputs, &flags.input.how, flags.review)?;
    let dossier = dossier(&gathered.record, gathered.lexicon, &flags.about)?;
    if let Some(path) = &flags.html {
        output::write(Some(path), &dossier.html())?;
    }
    if flags.markdown.is_some() || flags.html.is_none() {
        output::write(flags.markdown.as_deref(), &dossier.markdown())?;
    }
    Ok(gathered.outcome)
}
