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
