//! Lists the files of `data/`, checks them with the crate's own reader, and embeds them.
//!
//! The reader's modules are compiled into this script too, so that a bad entry fails the build with its place.

#![allow(dead_code, unreachable_pub, missing_docs, reason = "the script uses a part of the reader")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/actor.rs"]
mod actor;
#[path = "src/affair.rs"]
mod affair;
#[path = "src/build.rs"]
mod build;
#[path = "src/event.rs"]
mod event;
#[path = "src/lexicon.rs"]
mod lexicon;
#[path = "src/outlet.rs"]
mod outlet;
#[path = "src/party.rs"]
mod party;
#[path = "src/phrase.rs"]
mod phrase;
#[path = "src/place.rs"]
mod place;
#[path = "src/problem.rs"]
mod problem;
#[path = "src/question.rs"]
mod question;
#[path = "src/saying.rs"]
mod saying;
#[path = "src/table.rs"]
mod table;
#[path = "src/time_word.rs"]
mod time_word;
#[path = "src/unit.rs"]
mod unit;
#[path = "src/word_list.rs"]
mod word_list;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..").canonicalize()?;
    let mut paths = Vec::new();
    list(&root.join("data"), &mut paths)?;
    paths.sort();
    let mut files = Vec::new();
    let mut embedded = String::from("const FILES: &[(&str, &str)] = &[\n");
    for path in &paths {
        let name = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        writeln!(embedded, "    ({name:?}, include_str!({:?})),", path.to_string_lossy())?;
        files.push(build::PackFile { name, text: fs::read_to_string(path)? });
    }
    embedded.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("files.rs"), embedded)?;
    match build::lexicon(&[], &files) {
        Ok(_) => Ok(()),
        Err(problems) => Err(format!("data/ has {} problems:\n{problems}", problems.0.len()).into()),
    }
}

/// All TOML files below `folder`; every folder is watched for new ones.
fn list(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            println!("cargo::rerun-if-changed={}", path.display());
            paths.push(path);
        }
    }
    Ok(())
}
