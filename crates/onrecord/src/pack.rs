//! The lexicon of a run: the embedded one, and packs laid over it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use onrecord_lang::Model;
use onrecord_lexicon::{Lexicon, PackFile, Problem, Problems};
use walkdir::WalkDir;

use crate::files;

/// Name of the folder that is used as a pack when it stands in an input folder.
const PACK_FOLDER: &str = "pack";

/// The folders named `pack` that stand in `inputs` and hold lexicon files.
pub(crate) fn beside(inputs: &[PathBuf]) -> Vec<PathBuf> {
    let folders = inputs.iter().map(|input| input.join(PACK_FOLDER));
    let mut packs: Vec<PathBuf> = folders.filter(|folder| paths(folder).is_ok_and(|paths| !paths.is_empty())).collect();
    packs.sort();
    packs.dedup();
    packs
}

/// The embedded lexicon with the files of these folders laid over it. A run makes one and keeps it to its end.
///
/// # Errors
/// When a file cannot be read, a folder holds none, or the files have problems: the message lists all of them.
pub(crate) fn lexicon(packs: &[PathBuf]) -> Result<&'static Lexicon> {
    if packs.is_empty() {
        return Ok(Lexicon::embedded());
    }
    let mut pack = Vec::new();
    for folder in packs {
        pack.extend(files(folder)?);
    }
    match Lexicon::with_pack(&pack) {
        Ok(lexicon) => Ok(Box::leak(Box::new(lexicon))),
        Err(problems) => Err(anyhow!("the pack has {}:\n{problems}", counted(problems.0.len()))),
    }
}

/// All problems of the pack in `folder`: of its files, and, when these can be used, of its examples.
///
/// A folder with roles and units of its own, as `data/` has them, is a whole lexicon and is checked by itself.
///
/// # Errors
/// When a file cannot be read, or the folder holds none.
pub(crate) fn problems(folder: &Path) -> Result<Vec<Problem>> {
    let pack = files(folder)?;
    let whole = ["roles.toml", "units.toml"].iter().all(|name| folder.join(name).is_file());
    let lexicon = if whole { Lexicon::from_files(&pack) } else { Lexicon::with_pack(&pack) };
    match lexicon {
        Err(Problems(problems)) => Ok(problems),
        Ok(lexicon) => {
            let names: Vec<String> = pack.into_iter().map(|file| file.name).collect();
            let mut problems = onrecord_read::check_examples(&lexicon, Model::embedded(), &names);
            problems.extend(onrecord_read::check_event_examples(&lexicon, Model::embedded(), &names));
            problems.extend(onrecord_read::check_affair_examples(&lexicon, Model::embedded(), &names));
            problems.extend(lexicon.question_problems(&names));
            Ok(problems)
        }
    }
}

/// "1 problem", "2 problems".
pub(crate) fn counted(problems: usize) -> String {
    format!("{problems} problem{}", if problems == 1 { "" } else { "s" })
}

/// The lexicon files of the pack in `folder`, sorted by path.
fn files(folder: &Path) -> Result<Vec<PackFile>> {
    let paths = paths(folder).with_context(|| format!("{}: the pack cannot be read", folder.display()))?;
    if paths.is_empty() {
        bail!("{}: no lexicon files (.toml) in this folder", folder.display());
    }
    paths.iter().map(|path| Ok(PackFile { name: path.display().to_string(), text: files::text(path)? })).collect()
}

fn paths(folder: &Path) -> walkdir::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_some_and(|ending| ending == "toml") && path.is_file() {
            paths.push(path);
        }
    }
    Ok(paths)
}
