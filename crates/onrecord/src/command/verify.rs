//! `onrecord verify`: every span cut again, every hash made again.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};

use crate::flags::VerifyFlags;
use crate::{Outcome, files, output};

pub(super) fn run(flags: &VerifyFlags) -> Result<Outcome> {
    todo!("{}", flags.file.display())
}

/// The file under `folder` that a capture called `name` was read from: the longest tail of its path that exists there.
///
/// The exchange file may have been written from another folder than the one that holds the sources now.
fn under(folder: &Path, name: &str) -> Option<PathBuf> {
    let parts: Vec<Component> = Path::new(name).components().filter(|part| matches!(part, Component::Normal(_))).collect();
    (0..parts.len()).map(|skip| folder.join(parts[skip..].iter().collect::<PathBuf>())).find(|path| path.is_file())
}
