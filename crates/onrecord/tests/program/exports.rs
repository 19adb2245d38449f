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
