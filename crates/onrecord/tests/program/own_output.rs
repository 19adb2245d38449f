//! The program's output against its own schema.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::run::{onrecord, project};

fn examples() -> Vec<Value> {
    let run = onrecord(&project(), &["read", "examples", "--format", "jsonl"]).ended(0);
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_line_follows_the_published_schema() {
    let schema: Value = serde_json::from_str(&onrecord(&project(), &["schema"]).ended(0).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for object in examples() {
        let problems: Vec<String> =
            validator.iter_errors(&object).map(|error| format!("{}: {error}", error.instance_path)).collect();
        assert!(problems.is_empty(), "{object}\n{}", problems.join("\n"));
    }
}

#[test]
fn the_schema_refuses_what_is_no_item() {
    let schema: Value = serde_json::from_str(&onrecord(&project(), &["schema"]).ended(0).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({"type": "verdict", "id": "1"})));
    assert!(!validator.is_valid(&serde_json::json!({"type": "assertion"})));
}

#[test]
fn every_kind_of_item_is_there_and_ids_are_given_once() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for object in examples() {
        let kind = object["type"].as_str().unwrap().to_owned();
        *counts.entry(kind.clone()).or_default() += 1;
        if let Some(id) = object["id"].as_str() {
            *seen.entry((kind, id.to_owned())).or_default() += 1;
        }
    }
    for kind in ["capture", "article", "actor", "assertion", "figure", "claim", "commitment"] {
        assert!(counts.contains_key(kind), "no {kind} in {counts:?}");
    }
    assert_eq!(counts["capture"], 18);
    let twice: Vec<_> = seen.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "ids given twice: {twice:?}");
}

#[test]
fn every_reference_leads_to_an_object() {
    let objects = examples();
    let ids: Vec<&str> = objects.iter().filter_map(|object| object["id"].as_str()).collect();
    for object in &objects {
        for key in ["article", "capture", "assertion", "claim", "answers"] {
            if let Some(id) = object[key].as_str() {
                assert!(ids.contains(&id), "`{key}` of {object} leads nowhere");
            }
        }
        for key in ["assertions", "figures", "denied_by"] {
            for id in object[key].as_array().into_iter().flatten().filter_map(Value::as_str) {
                assert!(ids.contains(&id), "`{key}` of {object} holds {id}, which leads nowhere");
            }
        }
    }
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = std::fs::read_to_string(project().join("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let brief = onrecord(&project(), &["brief", "examples", "--width", "100"]).ended(0).out.replace('\u{a0}', " ");
    let printed: Vec<&str> = brief.lines().map(without_number).collect();
    for line in shown.lines().filter(|line| *line != "…") {
        assert!(printed.contains(&without_number(line)), "README.md shows a line that the brief does not have:\n{line}");
    }
}

#[test]
fn the_readme_shows_what_an_answer_prints() {
    let readme = std::fs::read_to_string(project().join("README.md")).unwrap();
    let section = readme.split("## Ask\n").nth(1).unwrap();
    let question = section.split('"').nth(1).unwrap();
    let shown = section.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let answer = onrecord(&project(), &["ask", question, "examples", "--width", "100"]).ended(0).out.replace('\u{a0}', " ");
    let printed: Vec<&str> = answer.lines().collect();
    for line in shown.lines().filter(|line| *line != "…") {
        assert!(printed.contains(&line), "README.md shows a line that the answer does not have:\n{line}");
    }
}

/// A line of the brief without the number of its item ("D18"), which moves when something else is found.
fn without_number(line: &str) -> &str {
    match line.split_once("  ") {
        Some((number, rest))
            if number.starts_with(|c: char| c.is_ascii_uppercase()) && number.ends_with(|c: char| c.is_ascii_digit()) =>
        {
            rest.trim_start()
        }
        _ => line,
    }
}
