//! Which files an input stands for.

use crate::run::{folder_with, onrecord, onrecord_reading};

const PAGE: &[u8] = b"Talks resume at the border\n\nThe ministry said on Monday that talks had resumed.\n";

/// The `source` of every capture in the output.
fn sources(jsonl: &str) -> Vec<String> {
    let objects = jsonl.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    objects.filter(|object| object["type"] == "capture").map(|object| object["source"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_folder_is_searched_and_other_endings_are_counted() {
    let folder = folder_with(&[
        ("pages/b.txt", PAGE),
        ("pages/a/c.HTML", PAGE),
        ("pages/a/noending", PAGE),
        ("pages/.hidden/d.txt", PAGE),
        ("pages/.e.txt", PAGE),
        ("pages/picture.png", b"\x89PNG"),
        ("pages/readme.md", PAGE),
        ("pages/out.jsonl", b"{}"),
    ]);
    // Three files of the same bytes are three captures only if their bytes differ.
    std::fs::write(folder.path().join("pages/a/c.HTML"), "<p>The ministry said on Monday that talks had resumed.</p>").unwrap();
    std::fs::write(folder.path().join("pages/a/noending"), "The ministry said on Tuesday that talks had ended.\n").unwrap();
    let run = onrecord(folder.path(), &["read", "pages", "--format", "jsonl"]).ended(0);
    assert_eq!(sources(&run.out), ["pages/a/c.HTML", "pages/a/noending", "pages/b.txt"]);
    run.says(&["skipped 3 files"]);
}

#[test]
fn a_file_named_itself_is_read_whatever_its_ending() {
    let folder = folder_with(&[("page.md", PAGE)]);
    let run = onrecord(folder.path(), &["read", "page.md"]).ended(0);
    assert_eq!(sources(&run.out), ["page.md"]);
}

#[test]
fn standard_input_is_read() {
    let folder = folder_with(&[]);
    let run = onrecord_reading(folder.path(), &["read", "-"], PAGE).ended(0);
    assert_eq!(sources(&run.out), ["-"]);
    assert!(run.out.contains("talks had resumed"), "{}", run.out);
}

#[test]
fn output_goes_to_a_file_when_asked() {
    let folder = folder_with(&[("page.txt", PAGE)]);
    let printed = onrecord(folder.path(), &["read", "page.txt"]).ended(0).out;
    assert_eq!(onrecord(folder.path(), &["read", "page.txt", "-o", "out.jsonl"]).ended(0).out, "");
    assert_eq!(std::fs::read_to_string(folder.path().join("out.jsonl")).unwrap(), printed);
}

#[test]
fn an_output_file_that_cannot_be_written_is_named() {
    let folder = folder_with(&[("page.txt", PAGE)]);
    onrecord(folder.path(), &["read", "page.txt", "-o", "no/such/out.jsonl"]).ended(2).says(&["no/such/out.jsonl"]);
}

#[test]
fn colour_and_width_are_as_asked() {
    let folder = folder_with(&[("page.txt", PAGE)]);
    let plain = onrecord(folder.path(), &["brief", "page.txt", "--width", "60"]).ended(0).out;
    assert!(!plain.contains('\u{1b}'), "colour without a terminal");
    assert!(plain.lines().all(|line| line.chars().count() <= 60), "{plain}");
    let coloured = onrecord(folder.path(), &["brief", "page.txt", "--color", "always"]).ended(0).out;
    assert!(coloured.contains('\u{1b}'));
}

#[test]
fn wrong_use_ends_with_two_and_says_what_is_known() {
    let folder = folder_with(&[]);
    onrecord(folder.path(), &["brief"]).ended(2).says(&["FILE|DIR|URL|-"]);
    onrecord(folder.path(), &["brief", "--no-such-flag", "x"]).ended(2).says(&["--no-such-flag"]);
    onrecord(folder.path(), &["read", "x", "--format", "docx"]).ended(2).says(&["jsonl"]);
}

#[test]
fn a_reader_that_leaves_early_is_a_normal_end() {
    let folder = folder_with(&[("page.txt", PAGE)]);
    let script = format!("{} brief page.txt | true; echo ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_onrecord"));
    let output = std::process::Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "0");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn completions_and_manual_name_every_subcommand() {
    let folder = folder_with(&[]);
    let completions = onrecord(folder.path(), &["completions", "bash"]).ended(0).out;
    let manual = onrecord(folder.path(), &["man"]).ended(0).out;
    for subcommand in ["brief", "read", "schema", "verify", "pack"] {
        assert!(completions.contains(subcommand), "{subcommand} has no completion");
        assert!(manual.contains(subcommand), "{subcommand} is not in the manual");
    }
}

#[test]
fn what_is_denied_is_not_read_as_said() {
    let denial =
        b"Ferry\n\nThe port was closed. Oro denied that it shelled the ferry on 3 March 2025, and refused to open the port.\n";
    let folder = folder_with(&[("denial.txt", denial)]);
    let brief = onrecord(folder.path(), &["brief", "denial.txt"]).ended(0).out;
    let brief = brief.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(brief.contains("Oro, ‹denied›: ‹it shelled the ferry on 3 March 2025"), "{brief}");
    assert!(!brief.contains("Oro: ‹it shelled") && !brief.contains("according to Oro: ‹it shelled"), "{brief}");
}
