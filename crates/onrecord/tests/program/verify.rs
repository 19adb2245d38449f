//! `onrecord verify`: passes on untouched files, finds a changed byte on either side.

use std::fs;

use crate::run::{folder_with, onrecord, project};

const PAGE: &str = "Talks resume at the border\n\nThe ministry said on Monday that the talks had resumed after 12 days.\n";

/// A folder with a page and the exchange file made of it.
fn read_page() -> tempfile::TempDir {
    let folder = folder_with(&[("pages/page.txt", PAGE.as_bytes())]);
    onrecord(folder.path(), &["read", "pages", "-o", "out.jsonl"]).ended(0);
    folder
}

#[test]
fn own_output_is_verified() {
    let folder = read_page();
    onrecord(folder.path(), &["verify", "out.jsonl", "--source", "."]).ended(0);
    // The sources may have been moved, together, since.
    onrecord(folder.path(), &["verify", "out.jsonl", "--source", "pages"]).ended(0);
}

#[test]
fn the_output_of_all_examples_is_verified() {
    let out = tempfile::NamedTempFile::new().unwrap();
    let path = out.path().to_str().unwrap();
    onrecord(&project(), &["read", "examples", "-o", path]).ended(0);
    onrecord(&project(), &["verify", path, "--source", "."]).ended(0);
}

#[test]
fn a_changed_byte_in_the_source_is_found() {
    let folder = read_page();
    fs::write(folder.path().join("pages/page.txt"), PAGE.replace("12 days", "13 days")).unwrap();
    let run = onrecord(folder.path(), &["verify", "out.jsonl", "--source", "."]).ended(1);
    assert!(run.out.contains("page.txt"), "{}", run.out);
}

#[test]
fn a_changed_byte_in_the_output_is_found() {
    let folder = read_page();
    let path = folder.path().join("out.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("the talks had resumed"));
    fs::write(&path, text.replace("the talks had resumed", "the talks had resumeD")).unwrap();
    onrecord(folder.path(), &["verify", "out.jsonl", "--source", "."]).ended(1);
}

#[test]
fn a_source_that_is_gone_is_a_finding() {
    let folder = read_page();
    fs::remove_file(folder.path().join("pages/page.txt")).unwrap();
    let run = onrecord(folder.path(), &["verify", "out.jsonl", "--source", "."]).ended(1);
    assert!(run.out.contains("page.txt"), "{}", run.out);
}

#[test]
fn what_is_no_exchange_file_is_named_with_its_line() {
    let folder = folder_with(&[("out.jsonl", b"{}\nnot json\n")]);
    let run = onrecord(folder.path(), &["verify", "out.jsonl", "--source", "."]);
    assert_ne!(run.code, 0);
    assert!(format!("{}{}", run.out, run.err).contains("out.jsonl:2"), "{}{}", run.out, run.err);
    onrecord(folder.path(), &["verify", "missing.jsonl", "--source", "."]).ended(2).says(&["missing.jsonl"]);
}
