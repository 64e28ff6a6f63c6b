//! What a data set holds: distributions of lengths, operators, types and statuses.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Record, read_records};
use crate::data::sources::codenet::sorted_entries;
use crate::data::vocabulary::{LINE, SEPARATOR, STATE, STATE_END};

/// A quantity of the examples.
#[derive(Clone, Debug, Default)]
pub struct Distribution {
    pub name: &'static str,
    /// In ascending order.
    pub values: Vec<usize>,
}

impl Distribution {
    /// The value that `share` (0 to 1) of the examples do not exceed.
    pub fn quantile(&self, share: f64) -> usize {
        let last = self.values.len().saturating_sub(1);
        self.values
            .get((share * last as f64).round() as usize)
            .copied()
            .unwrap_or(0)
    }

    pub fn mean(&self) -> f64 {
        self.values.iter().sum::<usize>() as f64 / self.values.len().max(1) as f64
    }
}

/// Everything that is shown of a data set.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub files: usize,
    pub examples: usize,
    pub lengths: Vec<Distribution>,
    /// Name of the table, and how often each of its rows occurs.
    pub tables: BTreeMap<&'static str, BTreeMap<String, usize>>,
    pub samples: Vec<Record>,
}

/// The data files of a directory (or the one file that `path` is), in the order of their names.
pub fn data_files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.exists() {
        bail!("{}: there is no such file or folder", path.display());
    }
    let files: Vec<PathBuf> = sorted_entries(path)?
        .into_iter()
        .filter(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let data = [".jsonl", ".jsonl.zst", ".json", ".parquet"];
            data.iter().any(|extension| name.ends_with(extension)) && name != "manifest.json"
        })
        .collect();
    if files.is_empty() {
        bail!(
            "{}: holds no .jsonl, .jsonl.zst, .json or .parquet file",
            path.display()
        );
    }
    Ok(files)
}

/// Reads a data set and counts; `samples` examples, evenly spread, are kept to be shown.
pub fn summarize(path: &Path, samples: usize) -> Result<Summary> {
    let files = data_files(path)?;
    let mut lengths: Vec<Distribution> = [
        "lines of code",
        "trace entries",
        "source tokens",
        "trace tokens",
        "variables",
    ]
    .into_iter()
    .map(|name| Distribution {
        name,
        values: Vec::new(),
    })
    .collect();
    let mut summary = Summary {
        files: files.len(),
        ..Summary::default()
    };
    let mut kept: Vec<Record> = Vec::new();
    let mut stride = 1;
    for file in &files {
        for record in read_records(file).with_context(|| file.display().to_string())? {
            let entries = record.trace_tokens.iter().filter(|token| *token == LINE).count().max(1);
            let last_state = record
                .trace_tokens
                .iter()
                .rposition(|token| token == STATE)
                .unwrap_or(0);
            let state = &record.trace_tokens[last_state..];
            let variables = match state {
                [] | [_] => 0,
                [_, first, ..] if first == STATE_END => 0,
                _ => 1 + state.iter().filter(|token| *token == SEPARATOR).count(),
            };
            let numbers = [
                record.code.lines().count(),
                entries,
                record.code_tokens.len(),
                record.trace_tokens.len(),
                variables,
            ];
            for (distribution, number) in lengths.iter_mut().zip(numbers) {
                distribution.values.push(number);
            }
            let mut count = |table: &'static str, row: &str| {
                *summary
                    .tables
                    .entry(table)
                    .or_default()
                    .entry(row.to_owned())
                    .or_default() += 1;
            };
            match record.operators.as_slice() {
                [] => count("operators", "none (as written)"),
                operators => operators.iter().for_each(|operator| count("operators", operator)),
            }
            count("statuses", if record.status.is_empty() { "ok" } else { &record.status });
            for value_type in value_types(state) {
                count("types of values", value_type);
            }
            // A sample of evenly spaced examples without knowing their number: thin out whenever it grows too large.
            if summary.examples.is_multiple_of(stride) {
                kept.push(record);
                if kept.len() > 2 * samples.max(1) {
                    let mut index = 0;
                    kept.retain(|_| {
                        index += 1;
                        index % 2 == 1
                    });
                    stride *= 2;
                }
            }
            summary.examples += 1;
        }
    }
    kept.truncate(samples);
    summary.samples = kept;
    for distribution in &mut lengths {
        distribution.values.sort_unstable();
    }
    summary.lengths = lengths;
    Ok(summary)
}

/// The kinds of the values of a state, told by their first tokens.
fn value_types(state: &[String]) -> Vec<&'static str> {
    let mut types = Vec::new();
    for (index, token) in state.iter().enumerate() {
        let opens = token == STATE || token == SEPARATOR;
        let (Some(colon), Some(first)) = (state.get(index + 2), state.get(index + 3)) else {
            break;
        };
        if opens && colon == ":" {
            types.push(match first.as_str() {
                "[" => "list",
                "{" if state.get(index + 5).is_some_and(|token| token == ":")
                    || state.get(index + 4).is_some_and(|t| t == "}") =>
                {
                    "dict"
                }
                "{" => "set",
                "(" => "tuple",
                "True" | "False" => "bool",
                "None" => "None",
                "<function>" => "function",
                "-" => "number",
                word if word.parse::<i128>().is_ok() => "int",
                word if word.parse::<f64>().is_ok() => "float",
                word if word.starts_with('<') => "object",
                _ => "str or other",
            });
        }
    }
    types
}
