//! Even-handed: with the names of the two states exchanged in every page, the ledger is the same with its sides exchanged.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::{onrecord, project};

/// Everything that names one of the two states, and what names the other. Outlets that are called after a capital stay. Persons, offices
/// and places stay in the text and change sides in the pack.
const EXCHANGED: [(&str, &str); 9] = [
    ("KESSARIAN FEDERATION", "REPUBLIC OF VELDMAR"),
    ("Kessarian Federation", "Republic of Veldmar"),
    ("Old Arsenal", "Stonehall"),
    ("KESSARIAN", "VELDMARI"),
    ("Kessarian", "Veldmari"),
    ("KESSARIA", "VELDMAR"),
    ("Kessaria", "Veldmar"),
    ("IMBREL", "TOLVEN"),
    ("Imbrel", "Tolven"),
];
const STAYING: [&str; 4] = ["The Imbrel Post", "Channel Tolven", "Tolven Courier", "Radio Imbrel"];

/// The text with all names exchanged at once, the longest first.
fn exchanged(text: &str, ids: bool) -> String {
    let mut table: Vec<(&str, &str)> = EXCHANGED.iter().flat_map(|(one, two)| [(*one, *two), (*two, *one)]).collect();
    table.extend(STAYING.iter().map(|name| (*name, *name)));
    if ids {
        table.extend([("x-veld", "x-kess"), ("x-kess", "x-veld")]);
    }
    table.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    let mut written = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let (from, to) = table.iter().find(|(from, _)| rest.starts_with(from)).copied().unwrap_or(("", ""));
        if from.is_empty() {
            written.push(next);
            rest = &rest[next.len_utf8()..];
        } else {
            written.push_str(to);
            rest = &rest[from.len()..];
        }
    }
    written
}

/// Copies a folder with all names exchanged. Bytes are taken for Latin-1 there and back, so that every encoding survives.
fn exchange_folder(from: &Path, to: &Path, ids: bool) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            exchange_folder(&path, &target, ids);
        } else {
            let text: String = fs::read(&path).unwrap().into_iter().map(char::from).collect();
            let bytes: Vec<u8> = exchanged(&text, ids).chars().map(|c| u8::try_from(c).unwrap()).collect();
            fs::write(target, bytes).unwrap();
        }
    }
}

/// Each commitment: what it is, by whom, to whom, the answers to the four tests, what is reported of it, and how its words begin. Where the
/// words end is left out: the model knows names by their spelling, and now and then hangs a clause elsewhere.
fn ledger(folder: &Path, mirrored: bool) -> Vec<String> {
    const BEGINNING: usize = 5;
    let run = onrecord(folder, &["read", "--format", "jsonl", "--pack", "pack", "pages"]).ended(0);
    let mut ledger: Vec<String> = run
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|object| object["type"] == "commitment")
        .map(|given| {
            let tests = ["written", "verifiable", "concrete", "acted"].map(|test| given["tests"][test]["answer"].clone());
            let words: Vec<&str> = given["what"]["text"].as_str().unwrap().split_whitespace().take(BEGINNING).collect();
            let line = format!(
                "{} by {} to {}, {:?}, {}: {}",
                given["kind"],
                given["by"],
                given["to"],
                tests,
                given["reported_state"],
                words.join(" ")
            );
            if mirrored { exchanged(&line, true) } else { line }
        })
        .collect();
    ledger.sort();
    ledger
}

#[test]
fn the_ledger_of_exchanged_parties_is_the_mirrored_ledger() {
    let examples = project().join("examples");
    let folder = tempfile::tempdir().unwrap();
    exchange_folder(&examples.join("pages"), &folder.path().join("pages"), false);
    exchange_folder(&examples.join("pack"), &folder.path().join("pack"), true);
    let (mirrored, exchanged) = (ledger(&examples, true), ledger(folder.path(), false));
    assert!(mirrored.len() > 20);
    assert_eq!(mirrored, exchanged);
}
