//! `--model`: another model is used, a damaged or foreign file is refused.

use std::fs;

use crate::run::{folder_with, onrecord, project};

const PAGE: &str = "Talks resume at the border\n\nThe ministry said on Monday that the talks had resumed after 12 days.\n";

fn shipped() -> Vec<u8> {
    fs::read(project().join("models/english.model")).unwrap()
}

#[test]
fn the_shipped_file_reads_like_the_embedded_model() {
    let folder = folder_with(&[("page.txt", PAGE.as_bytes()), ("other.model", &shipped())]);
    let embedded = onrecord(folder.path(), &["read", "page.txt"]).ended(0);
    let given = onrecord(folder.path(), &["read", "page.txt", "--model", "other.model"]).ended(0);
    assert_eq!(embedded.out, given.out);
}

#[test]
fn damaged_and_foreign_files_are_refused() {
    let mut damaged = shipped();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let cut = &shipped()[..1000];
    let folder = folder_with(&[("page.txt", PAGE.as_bytes()), ("damaged", &damaged), ("cut", cut), ("foreign", b"<html>")]);
    for (file, words) in
        [("damaged", "do not match its checksum"), ("cut", "do not match its checksum"), ("foreign", "no onrecord model")]
    {
        let run = onrecord(folder.path(), &["read", "page.txt", "--model", file]).ended(2);
        assert!(run.err.contains(file) && run.err.contains(words), "{}", run.err);
    }
    onrecord(folder.path(), &["read", "page.txt", "--model", "absent"]).ended(2);
}
