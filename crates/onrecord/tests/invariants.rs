//! The invariants of ARCHITECTURE.md that a reader of the source can check.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Crates that do no I/O, read no clock or environment, print nothing.
const PURE: [&str; 7] = [
    "onrecord-text",
    "onrecord-lexicon",
    "onrecord-gazetteer",
    "onrecord-page",
    "onrecord-lang",
    "onrecord-read",
    "onrecord-record",
];

/// Shorter names than this are ordinary words too often ("Mali", "Chad" stay; "UN", "US" do not).
const SHORTEST_NAME: usize = 4;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// All files below `folder` with this ending, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|found| found == ending) {
            found.push(path);
        }
    }
    assert!(!found.is_empty(), "no .{ending} files in {}", folder.display());
    found
}

/// The code of a file, line by line with its number: comments left out, and everything from the first `#[cfg(test)]` on.
fn code_lines(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let code = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
    code.enumerate().map(|(n, line)| (n + 1, without_comment(line).to_owned())).collect()
}

fn without_comment(line: &str) -> &str {
    match line.find("//") {
        Some(at) if !line[..at].ends_with(':') => &line[..at],
        _ => line,
    }
}

/// The source files of all crates, tests left out.
fn sources() -> Vec<PathBuf> {
    let rust = files(&project().join("crates"), "rs");
    rust.into_iter().filter(|path| !path.components().any(|part| part.as_os_str() == "tests")).collect()
}

#[test]
fn pure_crates_touch_nothing_outside() {
    let forbidden =
        ["std::fs", "std::env", "std::net", "std::process", "std::io", "SystemTime", "Instant", "println!", "print!(", "dbg!"];
    let mut found = Vec::new();
    for name in PURE {
        for path in files(&project().join("crates").join(name).join("src"), "rs") {
            for (number, line) in code_lines(&path) {
                found.extend(
                    forbidden
                        .iter()
                        .filter(|word| line.contains(**word))
                        .map(|word| format!("{}:{number}: {word}", path.display())),
                );
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_code_knows_no_actor() {
    let names = actor_names();
    assert!(names.len() > 100, "only {} names in data/actors", names.len());
    let mut found = Vec::new();
    for path in sources() {
        for (number, line) in code_lines(&path) {
            found.extend(names_in(&line, &names).into_iter().map(|name| format!("{}:{number}: {name}", path.display())));
        }
    }
    assert!(found.is_empty(), "names of actors belong in data/:\n{}", found.join("\n"));
}

/// Names, aliases, demonyms, capitals and ids of `data/actors`, long enough to be no ordinary word.
fn actor_names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in files(&project().join("data/actors"), "toml") {
        let file: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        for entry in file.values().filter_map(toml::Value::as_array).flatten().filter_map(toml::Value::as_table) {
            for key in ["name", "capital", "aliases", "demonyms", "seats", "government", "id"] {
                match entry.get(key) {
                    Some(toml::Value::String(name)) => names.extend([name.clone()]),
                    Some(toml::Value::Array(list)) => {
                        names.extend(list.iter().filter_map(|name| name.as_str().map(str::to_owned)))
                    }
                    _ => {}
                }
            }
        }
    }
    names.retain(|name| name.chars().count() >= SHORTEST_NAME);
    names
}

/// The names that stand in `line` as whole words, case as written: every run of up to six words is looked up.
fn names_in(line: &str, names: &BTreeSet<String>) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '\'' | '’');
    let starts = line.char_indices().filter(|(at, c)| is_part(*c) && !line[..*at].chars().next_back().is_some_and(is_part));
    let mut found = Vec::new();
    for (start, _) in starts {
        let rest = &line[start..];
        let ends = rest.char_indices().skip(1).filter(|(_, c)| !is_part(*c)).map(|(at, _)| at).chain([rest.len()]).take(6);
        found.extend(ends.map(|end| rest[..end].trim_end_matches('.')).filter(|words| names.contains(*words)).map(str::to_owned));
    }
    found
}

#[test]
fn names_are_found_as_whole_words() {
    let names = BTreeSet::from(["Arlen".to_owned(), "Port Vane Front".to_owned()]);
    assert_eq!(names_in("let x = \"Arlen\";", &names), ["Arlen"]);
    assert_eq!(names_in("the Port Vane Front.", &names), ["Port Vane Front"]);
    assert!(names_in("Arlenese, MArlen, arlen", &names).is_empty());
}

#[test]
fn only_the_wire_crate_knows_serde() {
    let mut found = Vec::new();
    for path in sources() {
        if path.components().any(|part| part.as_os_str() == "onrecord-wire") {
            continue;
        }
        for (number, line) in code_lines(&path) {
            // Whole words: a name such as `SerializedFileWriter` is nothing of serde's.
            let mut words = line.split(|c: char| !c.is_alphanumeric());
            if words.any(|word| matches!(word, "Serialize" | "Deserialize")) || line.contains("serde::") {
                found.push(format!("{}:{number}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "output types are made in onrecord-wire: {}", found.join(", "));
}

#[test]
fn no_file_is_a_drawer() {
    let long = |path: &PathBuf| fs::read_to_string(path).unwrap().lines().count() > 800;
    let found: Vec<PathBuf> = files(&project().join("crates"), "rs").into_iter().filter(long).collect();
    assert!(found.is_empty(), "longer than 800 lines: {found:?}");
}

#[test]
fn data_files_are_in_one_form() {
    let mut found = Vec::new();
    for path in files(&project().join("data"), "toml") {
        let text = fs::read_to_string(&path).unwrap();
        found.extend(problems_of_form(&text).into_iter().map(|(line, problem)| format!("{}:{line}: {problem}", path.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What is not in the form of a data file: how it begins and ends, blanks, and the order of entries.
fn problems_of_form(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    if !text.starts_with("meaning = ") {
        found.push((1, "does not begin with `meaning`".to_owned()));
    }
    if !text.ends_with('\n') || text.ends_with("\n\n") {
        found.push((text.lines().count(), "does not end with one line break".to_owned()));
    }
    for (n, line) in text.lines().enumerate() {
        if line.contains('\t') || line.ends_with(char::is_whitespace) {
            found.push((n + 1, "tab, or blanks at the end of the line".to_owned()));
        }
    }
    found.extend(out_of_order(text));
    found
}

/// Entries of one table that do not stand in the order of their id, lemma or name, upper and lower case alike.
fn out_of_order(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut last: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let mut table = None;
    for (n, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
            table = Some(name.to_owned());
            continue;
        }
        let Some((key, value)) = line.split_once(" = ") else { continue };
        if !matches!(key.trim(), "id" | "lemma" | "name") {
            continue;
        }
        let Some(table) = table.take() else { continue };
        let value = value.trim_matches('"').to_lowercase();
        if let Some(before) = last.get(&table).filter(|before| **before > value) {
            found.push((n + 1, format!("{value} stands after {before}")));
        }
        last.insert(table, value);
    }
    found
}
