//! Events in the formats of other tools.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
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

/// The cells of a CSV table under the names of their columns.
fn csv_table(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (names, reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect())
}

/// The same of a Parquet file, read with the reader of its own crate, each cell as CSV writes it.
fn parquet_table(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    let columns = reader.metadata().file_metadata().schema_descr().columns();
    let names = columns.iter().map(|column| column.name().to_owned()).collect();
    let cell = |field: &Field| match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(json) => String::from_utf8(json.data().to_vec()).unwrap(),
        Field::Long(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Bool(answer) => answer.to_string(),
        other => panic!("{other:?}"),
    };
    let rows = reader.get_row_iter(None).unwrap();
    (names, rows.map(|row| row.unwrap().get_column_iter().map(|(_, field)| cell(field)).collect()).collect())
}

#[test]
fn parquet_and_csv_hold_the_same_and_their_columns_are_documented() {
    let folder = tempfile::tempdir().unwrap();
    let [csv, parquet, again] = ["csv", "parquet", "again"].map(|name| folder.path().join(name));
    onrecord(&project(), &["read", "examples", "--format", "csv", "-o", csv.to_str().unwrap()]).ended(0);
    for to in [&parquet, &again] {
        onrecord(&project(), &["read", "examples", "--format", "parquet", "-o", to.to_str().unwrap()]).ended(0);
    }
    let page = fs::read_to_string(project().join("docs/exports.md")).unwrap();
    let mut rows = 0;
    for kind in ["actor", "article", "assertion", "capture", "claim", "commitment", "event", "figure", "note"] {
        let file = parquet.join(format!("{kind}.parquet"));
        let (names, cells) = csv_table(&csv.join(format!("{kind}.csv")));
        assert_eq!(parquet_table(&file), (names.clone(), cells.clone()), "{kind}");
        assert_eq!(fs::read(&file).unwrap(), fs::read(again.join(format!("{kind}.parquet"))).unwrap(), "{kind}");
        for name in names {
            assert!(page.contains(&format!("`{name}`")), "docs/exports.md does not name the column `{name}` of {kind}");
        }
        rows += cells.len();
    }
    assert!(rows > 500, "{rows} rows");
}

#[test]
fn entities_are_in_the_shape_of_followthemoney_and_refer_to_each_other() {
    let lines = onrecord(&project(), &["read", "examples", "--format", "ftm"]).ended(0).out;
    let shape = serde_json::json!({
        "type": "object",
        "required": ["id", "schema", "properties"],
        "additionalProperties": false,
        "properties": {
            "id": {"type": "string", "pattern": "^[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?$", "maxLength": 255},
            "schema": {"enum": ["Article", "Event", "LegalEntity", "Mention", "Note", "Organization", "Person", "PublicBody", "UnknownLink"]},
            "properties": {
                "type": "object",
                "additionalProperties": {
                    "type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string", "minLength": 1},
                },
            },
        },
    });
    let shape = jsonschema::validator_for(&shape).unwrap();
    let entities: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: BTreeSet<&str> = entities.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), entities.len(), "an id is given twice");
    let page = fs::read_to_string(project().join("docs/exports.md")).unwrap();
    let mut schemas: BTreeSet<&str> = BTreeSet::new();
    for entity in &entities {
        let problems: Vec<String> = shape.iter_errors(entity).map(|error| error.to_string()).collect();
        assert!(problems.is_empty(), "{entity}\n{}", problems.join("\n"));
        schemas.insert(entity["schema"].as_str().unwrap());
        for (property, values) in entity["properties"].as_object().unwrap() {
            assert!(page.contains(&format!("`{property}`")), "docs/exports.md does not name `{property}`");
            let is_reference =
                ["document", "entity", "involved", "object", "proof", "resolved", "subject"].contains(&property.as_str());
            for value in values.as_array().unwrap().iter().filter(|_| is_reference) {
                assert!(ids.contains(value.as_str().unwrap()), "{entity} refers to {value}, which is nothing");
            }
        }
    }
    let expected = ["Article", "Event", "Mention", "Note", "Organization", "Person", "PublicBody", "UnknownLink"];
    assert!(expected.iter().all(|schema| schemas.contains(schema)), "{schemas:?}");
}

#[test]
fn an_annotation_has_what_the_standard_requires() {
    let lines = onrecord(&project(), &["read", "examples", "--format", "web-annotation"]).ended(0).out;
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for line in lines.lines() {
        let annotation: Value = serde_json::from_str(line).unwrap();
        assert_eq!(annotation["@context"], "http://www.w3.org/ns/anno.jsonld", "{line}");
        assert_eq!(annotation["type"], "Annotation", "{line}");
        assert!(ids.insert(annotation["id"].as_str().unwrap().to_owned()), "{line}");
        assert!(annotation["body"]["type"] == "TextualBody" && annotation["body"]["value"].is_string(), "{line}");
        let targets = annotation["target"].as_array().unwrap();
        assert!(!targets.is_empty(), "{line}");
        for target in targets {
            assert!(target["source"].is_string(), "{line}");
            let kinds: Vec<&str> =
                target["selector"].as_array().unwrap().iter().map(|one| one["type"].as_str().unwrap()).collect();
            assert_eq!(kinds, ["TextQuoteSelector", "TextPositionSelector", "DataPositionSelector"], "{line}");
        }
    }
}

/// The day of an item that is the most exact: when it was said, else when its article was published.
fn day<'o>(item: &'o Value, objects: &'o [Value]) -> Option<&'o str> {
    let article = objects.iter().find(|object| object["id"] == item["article"])?;
    item["said"]["value"].as_str().or_else(|| article["published"]["value"].as_str())
}

fn objects(arguments: &[&str]) -> (Vec<Value>, String) {
    let run = onrecord(&project(), &[&["read", "examples"], arguments].concat()).ended(0);
    (run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), run.err)
}

/// All ids that stand anywhere in an object, but its own.
fn ids_in(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().filter(|(key, _)| *key != "id").for_each(|(_, value)| ids_in(value, found)),
        Value::Array(values) => values.iter().for_each(|value| ids_in(value, found)),
        Value::String(text) => drop(found.insert(text.clone())),
        _ => {}
    }
}

#[test]
fn since_keeps_what_was_told_later_and_whatever_that_refers_to() {
    let (all, _) = objects(&[]);
    let (kept, err) = objects(&["--since", "2025-03-10"]);
    let items = |objects: &[Value]| objects.iter().filter(|object| object["type"] == "assertion").count();
    assert!(items(&kept) > 20 && items(&kept) < items(&all), "{} of {}", items(&kept), items(&all));
    let is_kept = |id: &Value| kept.iter().any(|object| object["id"] == *id);
    let mut unknown = 0;
    for item in all.iter().filter(|object| object["type"] == "assertion") {
        match day(item, &all) {
            Some(day) if day >= "2025-03-10" && day.len() >= 10 => assert!(is_kept(&item["id"]), "{item}"),
            Some(_) => {}
            None => unknown += 1,
        }
    }
    assert!(unknown > 0 && err.contains("told before the day asked for") && err.contains("it is not known"), "{err}");
    // Whatever is named by an id that the whole has is there.
    let known: BTreeSet<&str> = all.iter().filter_map(|object| object["id"].as_str()).collect();
    let mut named = BTreeSet::new();
    kept.iter().for_each(|object| ids_in(object, &mut named));
    for id in named.iter().filter(|id| known.contains(id.as_str())) {
        assert!(is_kept(&Value::from(id.as_str())), "{id} leads nowhere");
    }
    // What is kept is as it is in the whole: the standing of a claim does not change with what is asked for.
    for claim in kept.iter().filter(|object| object["type"] == "claim") {
        assert!(all.contains(claim), "{claim}");
    }
    onrecord(&project(), &["read", "examples", "--since", "2025-02-30"]).ended(2).says(&["--since", "no day of the calendar"]);
    onrecord(&project(), &["read", "examples", "--since", "March"]).ended(2).says(&["a day is written as"]);
}

#[test]
fn a_party_is_asked_for_by_id_or_name() {
    let party = |name: &str| onrecord(&project(), &["read", "examples", "--format", "plover", "--party", name]).ended(0);
    let (all, _) = objects(&[]);
    let sides: Vec<(&str, &str)> = all
        .iter()
        .filter(|object| object["type"] == "actor" && object["kind"] == "state")
        .filter(|state| all.iter().any(|object| object["type"] == "actor" && object["party"] == state["id"]))
        .map(|state| (state["id"].as_str().unwrap(), state["name"].as_str().unwrap()))
        .collect();
    assert!(sides.len() >= 2, "{sides:?}");
    let whole = onrecord(&project(), &["read", "examples", "--format", "plover"]).ended(0).out.lines().count();
    for (id, name) in sides {
        let run = party(id);
        assert_eq!(run.out, party(&name.to_uppercase()).out, "{id}");
        assert!(run.err.contains("that do not concern the side asked for"), "{}", run.err);
        assert!(run.out.lines().count() < whole, "{id}");
    }
    let run = onrecord(&project(), &["read", "examples", "--party", "Nobody at all"]).ended(2);
    run.says(&["--party: nobody on these pages", "the sides there are:"]);
}
