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

/// Reads a file of examples: JSON lines (plain or `.zst`; the released files end in `.json`), or Parquet.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::dataset::inspect::data_files;
    use crate::data::example::{self, DataSet, entry_texts, write_texts};

    /// The demonstration of the released README, a line of the search data and one with texts in place of lists.
    const RELEASED: &str = r#"{"id": 0, "code": "s = ['x', 'y', 'z']", "code_tokens": ["<0>", "s", "=", "[", "'x'", ",", "'y'", ",", "'z'", "]"], "trace": ["<line> <0> <state> s : [ x , y , z ] </state>"], "trace_tokens": ["<line>", "<0>", "<state>", "s", ":", "[", "x", ",", "y", ",", "z", "]", "</state>"]}
{"id": 1, "code_id": "s204511158", "problem_id": 340, "original_code": "s = list(input())", "code": "s = ['x']", "code_tokens": ["<0>", "s"], "trace": [], "trace_tokens": []}
{"id": 2, "code": "", "code_tokens": "<0> a", "trace": "<line> <0> <state> </state>", "trace_tokens": "<line> <0> <state> </state>"}
"#;

    #[test]
    fn released_files_are_read_as_they_are() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("codenetmut_test.json"), RELEASED).unwrap();
        std::fs::write(directory.path().join("manifest.json"), "{}").unwrap();
        let files = data_files(directory.path()).unwrap();
        assert_eq!(files.len(), 1);
        let records = read_records(&files[0]).unwrap();
        assert_eq!(records.len(), 3);
        assert_eq!(records[1].code_tokens, ["<0>", "s"]);
        assert_eq!(records[2].trace_tokens.join(" "), records[2].trace[0]);
        // Ours says the same of the same program, to the byte but for JSON's spaces.
        let (mut code, mut trace) = (Vec::new(), Vec::new());
        let source = "s = ['x', 'y', 'z']";
        let (mut tracer, limits) = (python::Tracer::new(), example::limits(100));
        write_texts(
            &mut tracer,
            DataSet::Tutorial,
            source,
            "",
            &limits,
            &mut code,
            &mut trace,
        )
        .unwrap();
        let ours = Example {
            id: 0.into(),
            code: source.to_owned(),
            code_tokens: code,
            trace: entry_texts(&trace),
            trace_tokens: trace,
        };
        assert_eq!(records[0].released(), ours);
        let line = RELEASED.lines().next().unwrap();
        let released: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_value(&ours).unwrap(), released);
    }
}
