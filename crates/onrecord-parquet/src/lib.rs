//! Tables of a record as Parquet files (<https://parquet.apache.org/docs/file-format/>), for data frames and databases.
//!
//! A crate of its own, so that the others build without the writer.

use std::sync::Arc;

use onrecord_wire::export::{Cell, Column, ColumnKind, Table};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

/// Rows that are kept together, column by column: as many as a reader may have to hold at once.
const ROWS_IN_GROUP: usize = 1 << 17;

/// A table that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("the table `{table}` cannot be written as Parquet: {why}")]
pub struct TableError {
    table: String,
    why: parquet::errors::ParquetError,
}

/// The bytes of a Parquet file with the columns and rows of `table`; the same bytes for the same table.
///
/// Every column may hold nulls, which stand where the table has [`Cell::Empty`]. Text is UTF-8 (`STRING`, or `JSON` where it is that), whole
/// numbers are `INT64`, others `DOUBLE`. Pages are packed with Snappy.
///
/// # Errors
/// [`TableError`], where a column holds more than the format can say of it.
pub fn file(table: &Table) -> Result<Vec<u8>, TableError> {
    written(table).map_err(|why| TableError { table: table.name.clone(), why })
}

fn written(table: &Table) -> parquet::errors::Result<Vec<u8>> {
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema(table)?, Arc::new(properties))?;
    for rows in table.rows.chunks(ROWS_IN_GROUP) {
        let mut group = writer.next_row_group()?;
        let mut place = 0;
        while let Some(mut column) = group.next_column()? {
            write_column(column.untyped(), rows, place)?;
            column.close()?;
            place += 1;
        }
        group.close()?;
    }
    writer.into_inner()
}

fn schema(table: &Table) -> parquet::errors::Result<TypePtr> {
    let columns = table.columns.iter().map(|column| Ok(Arc::new(column_type(column)?)));
    let columns = columns.collect::<parquet::errors::Result<Vec<TypePtr>>>()?;
    Ok(Arc::new(Type::group_type_builder(&table.name).with_fields(columns).build()?))
}

fn column_type(column: &Column) -> parquet::errors::Result<Type> {
    let (physical, logical) = match column.kind {
        ColumnKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnKind::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
        ColumnKind::Integer => (Physical::INT64, None),
        ColumnKind::Number => (Physical::DOUBLE, None),
        ColumnKind::Boolean => (Physical::BOOLEAN, None),
    };
    let builder = Type::primitive_type_builder(&column.name, physical);
    builder.with_logical_type(logical).with_repetition(Repetition::OPTIONAL).build()
}

/// Writes the cells at `place` of each row: the values that are there, and a level for each row, 1 where there is one.
fn write_column(writer: &mut ColumnWriter<'_>, rows: &[Vec<Cell>], place: usize) -> parquet::errors::Result<()> {
    match writer {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let text = |cell: &Cell| if let Cell::Text(text) = cell { Some(ByteArray::from(text.as_str())) } else { None };
            let (values, levels) = values(rows, place, text);
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            let whole = |cell: &Cell| if let Cell::Integer(number) = cell { Some(*number) } else { None };
            let (values, levels) = values(rows, place, whole);
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let number = |cell: &Cell| if let Cell::Number(number) = cell { Some(*number) } else { None };
            let (values, levels) = values(rows, place, number);
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::BoolColumnWriter(writer) => {
            let answer = |cell: &Cell| if let Cell::Boolean(answer) = cell { Some(*answer) } else { None };
            let (values, levels) = values(rows, place, answer);
            writer.write_batch(&values, Some(&levels), None)?;
        }
        _ => return Err(parquet::errors::ParquetError::General("no column is made with this type".to_owned())),
    }
    Ok(())
}

fn values<T>(rows: &[Vec<Cell>], place: usize, value: impl Fn(&Cell) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let cells: Vec<Option<T>> = rows.iter().map(|row| row.get(place).and_then(&value)).collect();
    let levels = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    (cells.into_iter().flatten().collect(), levels)
}
