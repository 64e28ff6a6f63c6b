//! Shards in Parquet: texts, and lists of texts, compressed with zstd.

use std::path::Path;
use std::sync::Arc;

use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::data_type::{ByteArray, ByteArrayType};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::record::{Field, Row};
use ::parquet::schema::parser::parse_message_type;
use anyhow::{Context, Result};

use super::Record;
use crate::data::files::AtomicFile;

/// Rows that are gathered before they are written.
const GROUP: usize = 4096;

/// A column: its name, and what a record has in it.
enum Column {
    Text(&'static str, fn(&Record) -> String),
    List(&'static str, fn(&Record) -> &Vec<String>),
}

const RELEASED: [Column; 5] = [
    Column::Text("id", |record| {
        record.id.as_str().map_or_else(|| record.id.to_string(), str::to_owned)
    }),
    Column::Text("code", |record| record.code.clone()),
    Column::List("code_tokens", |record| &record.code_tokens),
    Column::List("trace", |record| &record.trace),
    Column::List("trace_tokens", |record| &record.trace_tokens),
];

const OWN: [Column; 4] = [
    Column::Text("program", |record| record.program.clone()),
    Column::List("operators", |record| &record.operators),
    Column::Text("stdin", |record| record.stdin.clone()),
    Column::Text("status", |record| record.status.clone()),
];

pub(super) struct ParquetWriter {
    writer: SerializedFileWriter<AtomicFile>,
    columns: Vec<&'static Column>,
    rows: Vec<Record>,
}

impl ParquetWriter {
    pub(super) fn create(path: &Path, compatible: bool) -> Result<ParquetWriter> {
        let own: &'static [Column] = if compatible { &[] } else { &OWN };
        let columns: Vec<&'static Column> = RELEASED.iter().chain(own).collect();
        let fields: String = columns
            .iter()
            .map(|column| match column {
                Column::Text(name, _) => format!("required binary {name} (STRING);\n"),
                Column::List(name, _) => format!(
                    "required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}\n"
                ),
            })
            .collect();
        let schema = parse_message_type(&format!("message example {{\n{fields}}}"))?;
        let compression = Compression::ZSTD(ZstdLevel::try_new(3)?);
        let properties = WriterProperties::builder().set_compression(compression).build();
        let writer = SerializedFileWriter::new(AtomicFile::create(path)?, Arc::new(schema), Arc::new(properties))?;
        Ok(ParquetWriter {
            writer,
            columns,
            rows: Vec::new(),
        })
    }

    pub(super) fn write(&mut self, record: &Record) -> Result<()> {
        self.rows.push(record.clone());
        if self.rows.len() == GROUP { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for column in &self.columns {
            let mut writer = group
                .next_column()?
                .context("the schema has as many columns as are written")?;
            let typed = writer.typed::<ByteArrayType>();
            match column {
                Column::Text(_, get) => {
                    let values: Vec<ByteArray> = self.rows.iter().map(|row| get(row).into_bytes().into()).collect();
                    typed.write_batch(&values, None, None)?;
                }
                Column::List(_, get) => {
                    let (mut values, mut definitions, mut repetitions) = (Vec::new(), Vec::new(), Vec::new());
                    for row in &self.rows {
                        let list = get(row);
                        if list.is_empty() {
                            definitions.push(0);
                            repetitions.push(0);
                        }
                        for (index, text) in list.iter().enumerate() {
                            values.push(ByteArray::from(text.as_str()));
                            definitions.push(1);
                            repetitions.push(i16::from(index > 0));
                        }
                    }
                    typed.write_batch(&values, Some(&definitions), Some(&repetitions))?;
                }
            }
            writer.close()?;
        }
        group.close()?;
        self.rows.clear();
        Ok(())
    }

    pub(super) fn commit(mut self) -> Result<()> {
        self.flush()?;
        self.writer.into_inner()?.commit()
    }
}

/// Reads every row of a file of ours, or of one with the released columns.
pub(super) fn read(path: &Path) -> Result<Vec<Record>> {
    let place = || format!("{}: not a Parquet file of examples", path.display());
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    let reader = SerializedFileReader::new(file).with_context(place)?;
    let rows = reader.get_row_iter(None).with_context(place)?;
    rows.map(|row| record(&row.with_context(place)?).with_context(place))
        .collect()
}

fn record(row: &Row) -> Result<Record> {
    let field = |wanted: &str| {
        row.get_column_iter()
            .find(|(name, _)| *name == wanted)
            .map(|(_, field)| field)
    };
    let text = |wanted: &str| match field(wanted) {
        Some(Field::Str(text)) => Some(text.clone()),
        _ => None,
    };
    let list = |wanted: &str| match field(wanted) {
        Some(Field::ListInternal(list)) => list
            .elements()
            .iter()
            .map(|element| match element {
                Field::Str(text) => Some(text.clone()),
                _ => None,
            })
            .collect::<Option<Vec<String>>>(),
        _ => None,
    };
    let missing = |name: &str| format!("column `{name}` is missing or of another type");
    Ok(Record {
        id: text("id").unwrap_or_default().into(),
        code: text("code").with_context(|| missing("code"))?,
        code_tokens: list("code_tokens").with_context(|| missing("code_tokens"))?,
        trace: list("trace").unwrap_or_default(),
        trace_tokens: list("trace_tokens").with_context(|| missing("trace_tokens"))?,
        program: text("program").unwrap_or_default(),
        operators: list("operators").unwrap_or_default(),
        stdin: text("stdin").unwrap_or_default(),
        status: text("status").unwrap_or_default(),
    })
}
