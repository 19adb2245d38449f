//! `onrecord checkpoint` and `onrecord key`: what is kept elsewhere, to hold a record against later.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use onrecord_store::log::{Signer, Verifier, timestamp_request};
use onrecord_store::{Access, Store};
use onrecord_text::SourceId;

use crate::flags::CheckpointFlags;
use crate::{Outcome, files, output};

pub(super) fn run(flags: &CheckpointFlags) -> Result<Outcome> {
    let store = Store::open(&flags.record, Access::Read)?;
    let note = note(&store, flags.key.as_deref())?;
    output::write(flags.output.as_deref(), &note)?;
    if let Some(path) = &flags.rfc3161 {
        output::write_bytes(path, &timestamp_request(note.as_bytes(), flags.nonce))?;
    }
    if let Some(path) = &flags.ots {
        output::write(Some(path), &note)?;
        let digest = SourceId::of(note.as_bytes());
        output::complain(&format!("{}: SHA-256 {digest}; `ots stamp` makes a timestamp of it", path.display()));
    }
    Ok(Outcome::Done)
}

/// A checkpoint of the log as it is now, signed where a key is given.
pub(super) fn note(store: &Store, key: Option<&Path>) -> Result<String> {
    let text = store.checkpoint()?.text();
    let Some(path) = key else { return Ok(text) };
    let signer = Signer::parse(&files::text(path)?).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    Ok(signer.sign(&text)?)
}

/// A public key as given on the command line.
pub(super) fn verifier(key: Option<&str>) -> Result<Option<Verifier>> {
    key.map(|key| Verifier::parse(key).map_err(|error| anyhow!("--key: {error}"))).transpose()
}

pub(super) fn make_key(name: &str, path: &Path) -> Result<Outcome> {
    let signer = Signer::new(name, secret().context("the machine gives no random bytes")?)?;
    let written = new_private_file(path).and_then(|mut file| file.write_all((signer.text() + "\n").as_bytes()));
    written.with_context(|| format!("{}: cannot be written", path.display()))?;
    output::print(&format!("{}\n", signer.verifier().text()))?;
    Ok(Outcome::Done)
}

/// 32 bytes that nobody can guess, from the system's own source.
fn secret() -> std::io::Result<[u8; 32]> {
    let mut secret = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut secret)?;
    Ok(secret)
}

/// A file that was not there before and that only its owner may read.
fn new_private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
