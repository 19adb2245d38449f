//! `onrecord ask`: which question it is told to be, where its words stand, and what it says when nothing is found.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run::{folder_with, onrecord, project};

const NAMES: [&str; 11] =
    ["changed", "denied", "done", "echo", "figures", "lookalike", "origins", "since", "when", "words", "written"];

/// Two articles of an agency text and its copy, and one of another paper.
fn folder() -> tempfile::TempDir {
    let body = "The minister said on Monday that the convoy had been stopped at the river. Forty lorries were turned back, he said.\n\n\
        Nobody gave a promise, and the army declined to comment. The road had been closed for weeks, drivers told reporters at the gate.\n";
    folder_with(&[
        ("one.txt", format!("Convoy stopped\n4 May 2031\n\n{body}").as_bytes()),
        ("two.txt", format!("Convoy is stopped at river\n5 May 2031\n\n{body}").as_bytes()),
        ("three.txt", b"Quiet at the border\n6 May 2031\n\nThe mayor said that the market would open again on Friday.\n"),
    ])
}

#[test]
fn what_is_no_question_is_not_guessed_at() {
    let folder = folder();
    let run = onrecord(folder.path(), &["ask", "Tell me a story", "."]).ended(2);
    assert!(run.out.is_empty(), "{}", run.out);
    run.says(&["cannot tell what is asked"]);
    run.says(&NAMES);
    onrecord(folder.path(), &["ask"]).ended(2).says(&["no question"]);
    onrecord(folder.path(), &["ask", "Which assurances were written?"]).ended(2).says(&["nothing to read"]);
}

#[test]
fn every_question_there_is_can_be_asked_by_name_and_by_its_own_example() {
    let folder = folder();
    let list = onrecord(folder.path(), &["ask", "--list"]).ended(0).out;
    for name in NAMES {
        let by_name = onrecord(folder.path(), &["ask", "--about", name, "."]).ended(0).out;
        assert!(by_name.contains("\nSearched: 3 articles, "), "{name}:\n{by_name}");
        let at = list.find(&format!("\n{name} ")).map_or(0, |at| at + 1);
        let example = list[at..].split('“').nth(1).and_then(|rest| rest.split('”').next()).unwrap();
        let asked = onrecord(folder.path(), &["ask", example, ".", "--format", "jsonl"]).ended(0).out;
        let head: Value = serde_json::from_str(asked.lines().next().unwrap()).unwrap();
        assert_eq!(head["about"], name, "{example}");
    }
}

#[test]
fn where_nothing_is_found_it_says_what_was_searched() {
    let folder = folder();
    let answer = onrecord(folder.path(), &["ask", "Which assurances of an amnesty were written?", "."]).ended(0).out;
    let folded = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "0 assurances are said to be in writing in 3 articles",
        "Searched: 3 articles",
        "amnesty (0)",
        "Words of the lexicon looked for: “assurance”",
    ] {
        assert!(folded.contains(words), "`{words}` is not in:\n{answer}");
    }
}

#[test]
fn the_words_of_every_finding_are_cut_from_its_source() {
    let arguments =
        ["ask", "What changed since 10 March 2025?", "examples/pages", "--pack", "examples/pack", "--format", "jsonl"];
    let out = onrecord(&project(), &arguments).ended(0).out;
    let mut parts = BTreeSet::new();
    for line in out.lines().skip(1) {
        let finding: Value = serde_json::from_str(line).unwrap();
        parts.insert(finding["part"].as_str().unwrap().to_owned());
        let bytes = std::fs::read(project().join(finding["source"].as_str().unwrap())).unwrap();
        // Files of other encodings have other offsets than their bytes.
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let cut = |span: &Value| &text[span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize];
        let cuts: Vec<&str> = finding["spans"].as_array().unwrap().iter().map(cut).collect();
        assert_eq!(finding["text"].as_str().unwrap(), cuts.join(" … "), "{line}");
    }
    assert!(parts.len() >= 4, "{parts:?}");
}

#[test]
fn the_order_of_files_and_threads_changes_no_answer() {
    let folder = folder();
    for name in NAMES {
        let ask = |files: [&str; 3], threads: &str| {
            let mut arguments = vec!["ask", "--about", name, "--topic", "the convoy at the river", "--threads", threads];
            arguments.extend(files);
            onrecord(folder.path(), &arguments).ended(0).out
        };
        assert_eq!(ask(["one.txt", "two.txt", "three.txt"], "1"), ask(["three.txt", "two.txt", "one.txt"], "3"), "{name}");
    }
}

#[test]
fn a_copy_is_told_to_be_one() {
    let folder = folder();
    let answer = onrecord(folder.path(), &["ask", "Is two.txt an echo?", "."]).ended(0).out;
    assert!(answer.contains("It is an echo") && answer.contains("one.txt") && !answer.contains("three.txt"), "{answer}");
    let answer = onrecord(folder.path(), &["ask", "Is three.txt an echo?", "."]).ended(0).out;
    assert!(answer.contains("No other article here is a copy of it"), "{answer}");
    let answer = onrecord(folder.path(), &["ask", "Is nowhere.txt an echo?", "."]).ended(0).out;
    assert!(answer.contains("No page here is called nowhere.txt"), "{answer}");
}

#[test]
fn single_sections_have_the_lines_of_the_brief() {
    let input = ["examples/pages", "--pack", "examples/pack", "--width", "100"];
    let run = |command: &str| {
        let mut arguments = vec![command];
        arguments.extend(input);
        onrecord(&project(), &arguments).ended(0).out
    };
    let brief = run("brief");
    for command in ["ledger", "claims", "figures", "timeline", "actors"] {
        let section = run(command);
        assert!(section.lines().count() > 20, "{command}");
        assert!(section.lines().all(|line| brief.contains(line)), "{command}");
    }
}
