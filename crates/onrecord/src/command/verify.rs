//! `onrecord verify`: every span cut again, every hash made again.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use anyhow::Result;
use onrecord_wire::verify::{Verification, verify};

use crate::flags::VerifyFlags;
use crate::{Outcome, files, output};

pub(super) fn run(flags: &VerifyFlags) -> Result<Outcome> {
    let jsonl = files::text(&flags.file)?;
    let verification = verify(&jsonl, &|name| source(&flags.source, name));
    output::print(&report(&flags.file, &verification)?)?;
    Ok(if verification.findings.is_empty() { Outcome::Done } else { Outcome::Found })
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
