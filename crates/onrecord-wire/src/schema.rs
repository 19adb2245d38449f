//! The exchange format as a JSON Schema.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::decision::DecisionLine;
use crate::exchange::Object;

/// JSON Schema (draft 2020-12) of a decision: one line of what `onrecord review` exports and imports.
#[must_use]
pub fn decisions() -> Value {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<DecisionLine>();
    schema.insert("title".to_owned(), "onrecord decisions: one line".into());
    schema.to_value()
}

/// JSON Schema (draft 2020-12) of one line of the exchange format: one of the objects, told apart by `type`.
#[must_use]
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<Object>();
    schema.insert("title".to_owned(), "onrecord exchange format, version 1: one line".into());
    let check = json!({
        "type": "string",
        "pattern": "^[0-9a-f]{16}$",
        "description": "First 16 hex digits of the SHA-256 of the line's bytes before `,\"check\"`; always the last field.",
    });
    schema.insert("properties".to_owned(), json!({ "check": check }));
    schema.to_value()
}
