//! Writes a shard; its file appears when it is whole.

use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::parquet::ParquetWriter;
use super::{Record, Settings};
use crate::data::files::JsonLinesWriter;

/// A shard's file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
pub enum Format {
    #[value(name = "jsonl")]
    #[serde(rename = "jsonl")]
    Jsonl,
    #[value(name = "jsonl.zst")]
    #[serde(rename = "jsonl.zst")]
    JsonlZstd,
    #[value(name = "parquet")]
    #[serde(rename = "parquet")]
    Parquet,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::JsonlZstd => "jsonl.zst",
            Format::Parquet => "parquet",
        }
    }
}

pub(super) enum ShardWriter {
    Lines { writer: JsonLinesWriter, compatible: bool },
    Parquet(ParquetWriter),
}

impl ShardWriter {
    pub(super) fn create(path: &Path, settings: &Settings) -> Result<ShardWriter> {
        Ok(match settings.format {
            Format::Jsonl | Format::JsonlZstd => ShardWriter::Lines {
                writer: JsonLinesWriter::create(path)?,
                compatible: settings.compatible,
            },
            Format::Parquet => ShardWriter::Parquet(ParquetWriter::create(path, settings.compatible)?),
        })
    }

    pub(super) fn write(&mut self, record: &Record) -> Result<()> {
        match self {
            ShardWriter::Lines {
                writer,
                compatible: true,
            } => writer.write(&record.released()),
            ShardWriter::Lines {
                writer,
                compatible: false,
            } => writer.write(record),
            ShardWriter::Parquet(writer) => writer.write(record),
        }
    }

    pub(super) fn commit(self) -> Result<()> {
        match self {
            ShardWriter::Lines { writer, .. } => writer.commit(),
            ShardWriter::Parquet(writer) => writer.commit(),
        }
    }
}
