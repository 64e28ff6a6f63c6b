//! One example of a data set on disk.

use std::path::Path;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::data::example::Example;
use crate::data::files::JsonLines;

/// The released schema, and where the example came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub id: serde_json::Value,
    pub code: String,
    pub code_tokens: Vec<String>,
    pub trace: Vec<String>,
    pub trace_tokens: Vec<String>,
    /// The program that this one was made from.
    #[serde(default)]
    pub program: String,
    /// The mutation operators that made it from that.
    #[serde(default)]
    pub operators: Vec<String>,
    /// Standard input, where it is not part of the program.
    #[serde(default)]
    pub stdin: String,
    /// How the program ended: `ok`, or `exception` where such are kept.
    #[serde(default)]
    pub status: String,
}

impl Record {
    /// The released fields alone.
    pub fn released(&self) -> Example {
        Example {
            id: self.id.clone(),
            code: self.code.clone(),
            code_tokens: self.code_tokens.clone(),
            trace: self.trace.clone(),
            trace_tokens: self.trace_tokens.clone(),
        }
    }
}

impl From<Example> for Record {
    fn from(example: Example) -> Record {
        Record {
            id: example.id,
            code: example.code,
            code_tokens: example.code_tokens,
            trace: example.trace,
            trace_tokens: example.trace_tokens,
            program: String::new(),
            operators: Vec::new(),
            stdin: String::new(),
            status: String::new(),
        }
    }
}

/// Reads a file of examples: JSON lines (plain or `.zst`), one JSON list, or Parquet.
///
/// # Errors
/// A file that is none of these, with the line where it goes wrong.
pub fn read_records(path: &Path) -> Result<Vec<Record>> {
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    match extension {
        "parquet" => super::parquet::read(path),
        "jsonl" | "zst" | "json" => JsonLines::<Released>::open(path)?
            .map(|line| line.map(|(_, released)| released.into()))
            .collect(),
        _ => bail!(
            "{}: not a data file: wanted is .jsonl, .jsonl.zst, .json or .parquet",
            path.display()
        ),
    }
}

/// A released line, whose lists may be texts, with our fields where they are there.
#[derive(Deserialize)]
struct Released {
    #[serde(flatten)]
    example: Example,
    #[serde(default)]
    program: String,
    #[serde(default)]
    operators: Vec<String>,
    #[serde(default)]
    stdin: String,
    #[serde(default)]
    status: String,
}

impl From<Released> for Record {
    fn from(released: Released) -> Record {
        Record {
            program: released.program,
            operators: released.operators,
            stdin: released.stdin,
            status: released.status,
            ..released.example.into()
        }
    }
}
