//! Parquet files are read again with the reader of their own crate.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use onrecord_wire::export::{Cell, Column, ColumnKind, Table};
use parquet::basic::Type;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use proptest::prelude::*;

/// A table that has a column of each kind, and these rows.
fn table(rows: Vec<Vec<Cell>>) -> Table {
    let kinds = [ColumnKind::Text, ColumnKind::Json, ColumnKind::Integer, ColumnKind::Number, ColumnKind::Boolean];
    let columns = kinds.map(|kind| Column { name: format!("{kind:?}").to_lowercase(), kind }).to_vec();
    Table { name: "sample".to_owned(), columns, rows }
}

/// The rows of a file.
fn read(file: Vec<u8>) -> Vec<Vec<Cell>> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
    let cell = |field: &Field| match field {
        Field::Null => Cell::Empty,
        Field::Str(text) => Cell::Text(text.clone()),
        Field::Bytes(bytes) => Cell::Text(String::from_utf8(bytes.data().to_vec()).unwrap()),
        Field::Long(number) => Cell::Integer(*number),
        Field::Double(number) => Cell::Number(*number),
        Field::Bool(answer) => Cell::Boolean(*answer),
        other => panic!("{other:?}"),
    };
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().get_column_iter().map(|(_, field)| cell(field)).collect()).collect()
}

fn cells() -> impl Strategy<Value = Vec<Cell>> {
    (
        proptest::option::of(".{0,40}"),
        proptest::option::of(proptest::collection::vec(any::<u32>(), 0..4)),
        proptest::option::of(any::<i64>()),
        proptest::option::of(any::<f64>().prop_filter("no number", |number| !number.is_nan())),
        proptest::option::of(any::<bool>()),
    )
        .prop_map(|(text, list, whole, number, answer)| {
            vec![
                text.map_or(Cell::Empty, Cell::Text),
                list.map_or(Cell::Empty, |list| Cell::Text(format!("{list:?}"))),
                whole.map_or(Cell::Empty, Cell::Integer),
                number.map_or(Cell::Empty, Cell::Number),
                answer.map_or(Cell::Empty, Cell::Boolean),
            ]
        })
}

proptest! {
    #[test]
    fn every_cell_comes_back(rows in proptest::collection::vec(cells(), 0..30)) {
        let table = table(rows);
        let file = onrecord_parquet::file(&table).unwrap();
        prop_assert_eq!(&file, &onrecord_parquet::file(&table).unwrap());
        prop_assert_eq!(read(file), table.rows);
    }
}

#[test]
fn a_table_without_rows_keeps_its_columns_and_their_types() {
    let file = onrecord_parquet::file(&table(Vec::new())).unwrap();
    let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
    let columns = reader.metadata().file_metadata().schema_descr().columns();
    let types: Vec<(&str, Type)> = columns.iter().map(|column| (column.name(), column.physical_type())).collect();
    let expected = [
        ("text", Type::BYTE_ARRAY),
        ("json", Type::BYTE_ARRAY),
        ("integer", Type::INT64),
        ("number", Type::DOUBLE),
        ("boolean", Type::BOOLEAN),
    ];
    assert_eq!(types, expected);
}
