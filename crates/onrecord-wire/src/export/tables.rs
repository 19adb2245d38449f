//! The objects of the exchange format as tables, one for each type: for spreadsheets and statistics.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::Lexicon;
use onrecord_record::Record;
use serde_json::{Map, Value};

use super::quoted;
use crate::exchange::objects;

/// CSV (RFC 4180) for each type of object, by the type's name. `id` comes first, then the other fields by name; a field that holds more than one
/// value stands as JSON in its cell. What is null or not there is an empty cell.
#[must_use]
pub fn csv_tables(record: &Record, lexicon: &Lexicon) -> BTreeMap<String, String> {
    let mut rows: BTreeMap<String, Vec<Map<String, Value>>> = BTreeMap::new();
    for object in objects(record, lexicon) {
        let Ok(Value::Object(mut fields)) = serde_json::to_value(&object) else { continue };
        if let Some(Value::String(kind)) = fields.remove("type") {
            rows.entry(kind).or_default().push(fields);
        }
    }
    rows.into_iter().map(|(kind, rows)| (kind, table(&rows))).collect()
}

fn table(rows: &[Map<String, Value>]) -> String {
    let names: BTreeSet<&str> = rows.iter().flat_map(|row| row.keys().map(String::as_str)).collect();
    let (first, others): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| *name == "id");
    let columns = [first, others].concat();
    let mut csv = columns.join(",") + "\r\n";
    for row in rows {
        let cells: Vec<String> = columns.iter().map(|column| quoted(&cell(row.get(*column)))).collect();
        csv.push_str(&cells.join(","));
        csv.push_str("\r\n");
    }
    csv
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(values)) if values.is_empty() => String::new(),
        Some(value) => value.to_string(),
    }
}
