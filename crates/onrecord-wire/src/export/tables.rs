//! The objects of the exchange format as tables, one for each type: for spreadsheets, data frames and databases.
//!
//! Columns follow the published schema and not the data, so that every record has the same ones.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::quoted;
use crate::schema::schema;
use crate::select::Selected;

/// A table, as CSV and Parquet have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Type of the objects: `assertion`.
    pub name: String,
    /// The columns: `id`, then the others by name.
    pub columns: Vec<Column>,
    /// The rows, in the order of the exchange format, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Path of its field, joined by `_`: `speaker_party`.
    pub name: String,
    /// What its cells hold.
    pub kind: ColumnKind,
}

/// What the cells of a column hold, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// [`Cell::Text`].
    Text,
    /// [`Cell::Text`] that is JSON: a list, or a map.
    Json,
    /// [`Cell::Integer`].
    Integer,
    /// [`Cell::Number`].
    Number,
    /// [`Cell::Boolean`].
    Boolean,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Null, not there, or an empty list.
    Empty,
    /// Words, a date, or JSON.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number that may have a fraction.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
}

/// Each type of object that was selected as a table, by name; a type of which there is nothing has a table without rows.
///
/// A field that is itself an object is parted into a column for each of its fields, and a span into `…_start` and `…_end`; a list stands as
/// JSON in its cell.
#[must_use]
pub fn tables(selected: &Selected) -> Vec<Table> {
    let mut rows: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for object in &selected.objects {
        let Ok(object) = serde_json::to_value(object) else { continue };
        if let Some(kind) = object.get("type").and_then(Value::as_str) {
            rows.entry(kind.to_owned()).or_default().push(object);
        }
    }
    let schema = schema();
    let mut tables: Vec<Table> = types(&schema).map(|(name, properties)| table(name, properties, &schema, &rows)).collect();
    tables.sort_by(|one, other| one.name.cmp(&other.name));
    tables
}

fn table(name: &str, properties: &Map<String, Value>, schema: &Value, rows: &BTreeMap<String, Vec<Value>>) -> Table {
    let mut leaves = Vec::new();
    add_leaves(&[], properties, schema, &mut leaves);
    leaves.sort_by_key(|leaf| (leaf.name() != "id", leaf.name()));
    let row = |object: &Value| leaves.iter().map(|leaf| leaf.cell(object)).collect();
    Table {
        name: name.to_owned(),
        columns: leaves.iter().map(|leaf| Column { name: leaf.name(), kind: leaf.kind }).collect(),
        rows: rows.get(name).into_iter().flatten().map(row).collect(),
    }
}

impl Table {
    /// The table as CSV (RFC 4180), with a line of names.
    #[must_use]
    pub fn csv(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let mut csv = names.join(",") + "\r\n";
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| quoted(&cell.to_string())).collect();
            csv.push_str(&cells.join(","));
            csv.push_str("\r\n");
        }
        csv
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Boolean(answer) => write!(f, "{answer}"),
        }
    }
}

/// Name and fields of each type of object.
fn types(schema: &Value) -> impl Iterator<Item = (&str, &Map<String, Value>)> {
    let variants = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    variants.filter_map(|variant| {
        let name = variant.get("properties")?.get("type")?.get("const")?.as_str()?;
        Some((name, resolved(variant, schema).get("properties")?.as_object()?))
    })
}

/// A field that makes a column.
struct Leaf {
    path: Vec<String>,
    /// Which end of a span.
    end: Option<usize>,
    kind: ColumnKind,
}

impl Leaf {
    fn name(&self) -> String {
        let end = self.end.map(|end| if end == 0 { "start" } else { "end" });
        self.path.iter().map(String::as_str).chain(end).collect::<Vec<_>>().join("_")
    }

    fn cell(&self, object: &Value) -> Cell {
        let found = self.path.iter().try_fold(object, |value, field| value.get(field));
        let found = if let Some(end) = self.end { found.and_then(|span| span.get(end)) } else { found };
        match found {
            None | Some(Value::Null) => Cell::Empty,
            Some(Value::String(text)) => Cell::Text(text.clone()),
            Some(Value::Bool(answer)) => Cell::Boolean(*answer),
            Some(Value::Number(number)) if self.kind == ColumnKind::Integer => number.as_i64().map_or(Cell::Empty, Cell::Integer),
            Some(Value::Number(number)) => number.as_f64().map_or(Cell::Empty, Cell::Number),
            Some(Value::Array(values)) if values.is_empty() => Cell::Empty,
            Some(Value::Object(fields)) if fields.is_empty() => Cell::Empty,
            Some(value) => Cell::Text(value.to_string()),
        }
    }
}

/// The leaves below `path`. The format nests no object in itself, so this ends.
fn add_leaves(path: &[String], properties: &Map<String, Value>, schema: &Value, leaves: &mut Vec<Leaf>) {
    for (name, field) in properties {
        let path = [path, std::slice::from_ref(name)].concat();
        let field = resolved(field, schema);
        let leaf = |kind| Leaf { path: path.clone(), end: None, kind };
        if field.get("prefixItems").is_some() {
            leaves.extend([0, 1].map(|end| Leaf { path: path.clone(), end: Some(end), kind: ColumnKind::Integer }));
        } else if let Some(properties) = field.get("properties").and_then(Value::as_object) {
            add_leaves(&path, properties, schema, leaves);
        } else {
            leaves.push(leaf(kind_of(field)));
        }
    }
}

fn kind_of(field: &Value) -> ColumnKind {
    let is = |name: &str| match field.get("type") {
        Some(Value::String(kind)) => kind == name,
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == name),
        _ => false,
    };
    if is("integer") {
        ColumnKind::Integer
    } else if is("number") {
        ColumnKind::Number
    } else if is("boolean") {
        ColumnKind::Boolean
    } else if is("array") || is("object") {
        ColumnKind::Json
    } else {
        ColumnKind::Text
    }
}

/// What a schema stands for: the definition that it refers to, and what it is where it is not null.
fn resolved<'s>(field: &'s Value, schema: &'s Value) -> &'s Value {
    let choices = field.get("anyOf").and_then(Value::as_array);
    if let Some(choice) =
        choices.and_then(|choices| choices.iter().find(|choice| choice.get("type") != Some(&Value::from("null"))))
    {
        return resolved(choice, schema);
    }
    let definition = field.get("$ref").and_then(Value::as_str).and_then(|at| schema.pointer(at.trim_start_matches('#')));
    definition.map_or(field, |definition| resolved(definition, schema))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::json;

    use super::{Cell, ColumnKind, schema, table, types};

    #[test]
    fn columns_follow_the_schema_and_every_name_is_given_once() {
        let schema = schema();
        let types: Vec<_> = types(&schema).collect();
        assert_eq!(types.len(), 9);
        for (name, properties) in types {
            let table = table(name, properties, &schema, &BTreeMap::new());
            let names: BTreeSet<&String> = table.columns.iter().map(|column| &column.name).collect();
            assert_eq!(names.len(), table.columns.len(), "{name}");
            assert_eq!(table.columns.first().unwrap().name, "id", "{name}");
            assert!(!names.contains(&"type".to_owned()), "{name}");
        }
    }

    #[test]
    fn cells_have_the_kind_of_their_column() {
        let schema = schema();
        let (name, properties) = types(&schema).find(|(name, _)| *name == "figure").unwrap();
        let figure = json!({"id": "f1", "span": [7, 19], "low": 12, "best": null, "high": 1.5, "series": {"rivals": ["f2"], "value": "≥ 12"}});
        let table = table(name, properties, &schema, &BTreeMap::from([("figure".to_owned(), vec![figure])]));
        let cell = |column: &str| {
            let at = table.columns.iter().position(|known| known.name == column).unwrap();
            (table.columns[at].kind, table.rows[0][at].clone())
        };
        assert_eq!(cell("span_start"), (ColumnKind::Integer, Cell::Integer(7)));
        assert_eq!(cell("span_end"), (ColumnKind::Integer, Cell::Integer(19)));
        assert_eq!(cell("low"), (ColumnKind::Number, Cell::Number(12.0)));
        assert_eq!(cell("high"), (ColumnKind::Number, Cell::Number(1.5)));
        assert_eq!(cell("best"), (ColumnKind::Number, Cell::Empty));
        assert_eq!(cell("series_value"), (ColumnKind::Text, Cell::Text("≥ 12".to_owned())));
        assert_eq!(cell("series_rivals"), (ColumnKind::Json, Cell::Text("[\"f2\"]".to_owned())));
        assert!(table.csv().contains(",12,"), "{}", table.csv());
    }
}
