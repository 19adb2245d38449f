//! The same inputs give the same bytes, whatever the order of the files and the number of threads.

use std::fs;

use crate::run::{onrecord, project};

/// The example pages as arguments, in an order that depends on `seed`.
fn shuffled(seed: usize) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(project().join("examples/pages"))
        .unwrap()
        .map(|entry| format!("examples/pages/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    // Keyed by a hash of name and seed: another seed, another order, and always the same for one seed.
    names.sort_by_key(|name| {
        name.bytes().fold(seed + 5381, |hash, byte| hash.wrapping_mul(33).wrapping_add(usize::from(byte) ^ seed))
    });
    names
}

/// JSONL, brief and HTML page of the examples, read in this order on so many threads.
fn outputs(seed: usize, threads: &str) -> [String; 3] {
    let names = shuffled(seed);
    let html = tempfile::NamedTempFile::new().unwrap();
    let html_path = html.path().to_str().unwrap();
    let run = |arguments: &[&str]| {
        let mut all: Vec<&str> = arguments.to_vec();
        all.extend(["--pack", "examples/pack", "--threads", threads]);
        all.extend(names.iter().map(String::as_str));
        onrecord(&project(), &all).ended(0).out
    };
    let jsonl = run(&["read", "--format", "jsonl"]);
    let brief = run(&["brief", "--width", "100", "--html", html_path]);
    [jsonl, brief, fs::read_to_string(html_path).unwrap()]
}

#[test]
fn neither_order_nor_threads_change_a_byte() {
    let [jsonl, brief, html] = outputs(0, "1");
    assert!(!jsonl.is_empty() && !brief.is_empty() && !html.is_empty());
    for (seed, threads) in [(1, "1"), (2, "2"), (3, "5"), (4, "0")] {
        let [other_jsonl, other_brief, other_html] = outputs(seed, threads);
        assert_eq!(first_difference(&jsonl, &other_jsonl), None, "JSONL, seed {seed}, {threads} threads");
        assert_eq!(first_difference(&brief, &other_brief), None, "brief, seed {seed}, {threads} threads");
        assert_eq!(first_difference(&html, &other_html), None, "HTML, seed {seed}, {threads} threads");
    }
}

/// The first line in which two texts differ.
fn first_difference<'t>(a: &'t str, b: &'t str) -> Option<(&'t str, &'t str)> {
    if a == b {
        return None;
    }
    let differs = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    Some(differs.unwrap_or(("(one text is longer)", "")))
}
