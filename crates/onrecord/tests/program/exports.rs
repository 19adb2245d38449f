//! Events in the formats of other tools.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::run::{onrecord, project};

#[test]
fn every_event_is_a_line_of_plover_with_the_names_that_the_page_lists() {
    let lines: Vec<Value> = onrecord(&project(), &["read", "examples", "--format", "plover"])
        .ended(0)
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let jsonl = onrecord(&project(), &["read", "examples", "--format", "jsonl"]).ended(0).out;
    let events = jsonl.lines().filter(|line| line.starts_with("{\"type\":\"event\"")).count();
    assert_eq!(lines.len(), events);
    assert!(events > 50, "{events} events");
    let page = fs::read_to_string(project().join("docs/exports.md")).unwrap();
    let names: BTreeSet<&String> = lines.iter().flat_map(|line| line.as_object().unwrap().keys()).collect();
    for name in names {
        assert!(page.contains(&format!("`{name}`")), "docs/exports.md does not name `{name}`");
    }
}

#[test]
fn the_table_has_the_columns_that_the_page_lists_and_a_row_for_each_death_toll() {
    let csv = onrecord(&project(), &["read", "examples", "--format", "ucdp-csv"]).ended(0).out;
    let mut lines = csv.lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
    let page = fs::read_to_string(project().join("docs/exports.md")).unwrap();
    for column in &columns {
        assert!(page.contains(&format!("`{column}`")), "docs/exports.md does not name `{column}`");
    }
    // The strike on Dunmere, which the agency reports: day and number are told.
    let best = columns.iter().position(|column| *column == "best").unwrap();
    let dunmere = lines.find(|line| line.contains("A drone strike on the town of Dunmere")).unwrap();
    let start: Vec<&str> = dunmere.split(',').take(best + 1).collect();
    assert_eq!(start.get(4), Some(&"2025-02-11"));
    assert_eq!(start.last(), Some(&"17"));
}

#[test]
fn annotations_find_their_words_again_by_each_selector() {
    let folder = project();
    let lines = onrecord(&folder, &["read", "examples", "--format", "web-annotation"]).ended(0).out;
    let mut targets = 0;
    for line in lines.lines() {
        let annotation: Value = serde_json::from_str(line).unwrap();
        for target in annotation["target"].as_array().unwrap() {
            let selectors = &target["selector"];
            let exact = selectors[0]["exact"].as_str().unwrap();
            // What is no UTF-8 was decoded before it was annotated.
            let Ok(text) = fs::read_to_string(folder.join(target["source"].as_str().unwrap())) else { continue };
            let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
            let bytes = number(&selectors[2]["start"])..number(&selectors[2]["end"]);
            assert_eq!(text.get(bytes.clone()), Some(exact), "{line}");
            let (start, end) = (number(&selectors[1]["start"]), number(&selectors[1]["end"]));
            assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), exact);
            let around = ["prefix", "suffix"].map(|side| selectors[0][side].as_str().unwrap());
            assert!(text[..bytes.start].ends_with(around[0]) && text[bytes.end..].starts_with(around[1]), "{line}");
            targets += 1;
        }
    }
    assert!(targets > 300, "{targets} targets");
}

#[test]
fn tables_have_a_row_for_each_object() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("tables");
    onrecord(&project(), &["read", "examples", "--format", "csv", "-o", to.to_str().unwrap()]).ended(0);
    onrecord(&project(), &["read", "examples", "--format", "csv"]).ended(2).says(&["--output names their folder"]);
    let jsonl = onrecord(&project(), &["read", "examples", "--format", "jsonl"]).ended(0).out;
    for kind in ["capture", "article", "actor", "assertion", "event", "figure", "claim", "commitment"] {
        let table = fs::read_to_string(to.join(format!("{kind}.csv"))).unwrap();
        assert!(table.starts_with("id,"), "{kind}");
        let objects = jsonl.lines().filter(|line| line.starts_with(&format!("{{\"type\":\"{kind}\","))).count();
        // Every row ends with CR LF, and no cell has one: line ends of pages are LF.
        assert_eq!(table.matches("\r\n").count(), objects + 1, "{kind}");
    }
}
