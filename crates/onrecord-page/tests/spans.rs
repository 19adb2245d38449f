//! Every word of the article of every page at hand is the cut of the source at its span.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod words;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use onrecord_lexicon::Lexicon;
use onrecord_page::read_page;

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(ending));
    files.sort();
    files
}

fn check(path: &Path, raw: &[u8]) -> usize {
    let page = read_page(raw, &path.to_string_lossy(), Lexicon::embedded()).unwrap();
    words::lead_to_the_source(&page);
    page.articles.len()
}

#[test]
fn words_of_the_examples_lead_to_the_source() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pages");
    let found = files(&folder, "");
    assert!(found.len() >= 10);
    assert!(found.iter().map(|path| check(path, &std::fs::read(path).unwrap())).sum::<usize>() >= found.len());
}

/// Pages of the web that are at hand for measuring and no part of the project.
#[test]
fn words_of_the_measured_pages_lead_to_the_source() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/measure/pages");
    let found = files(&folder, ".html.gz");
    if found.is_empty() {
        return skipped(&folder);
    }
    for path in &found {
        let mut raw = Vec::new();
        flate2::read::GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut raw).unwrap();
        assert!(check(path, &raw) > 0, "{} gave nothing", path.display());
    }
}

#[allow(clippy::print_stderr, reason = "says why nothing was tested")]
fn skipped(folder: &Path) {
    eprintln!("skipped: {} is not at hand", folder.display());
}
