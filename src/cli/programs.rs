//! Programs as subcommands take them: one file, standard input, a folder, or JSON lines.

use super::read_program;
use crate::data::files::JsonLines;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A program and what it reads.
#[derive(Clone, Debug)]
pub struct Program {
    /// The file's name, or the `id` of a JSON line.
    pub id: Value,
    pub source: String,
    pub stdin: String,
}

impl Program {
    /// Its name in messages.
    pub fn name(&self) -> String {
        match &self.id {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

pub enum Input {
    One(Program),
    Many(Box<dyn Iterator<Item = Result<Program>> + Send>),
}

#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    code: String,
    #[serde(default)]
    stdin: String,
}

/// Opens what `path` names: a program, `-` for one from standard input, a folder (all its *.py, each with what stands in
/// a *.in beside it as input), or JSON lines of `{"id", "code", "stdin"}` (.jsonl, .json, .zst).
pub fn open(path: &Path, stdin: Option<&Path>) -> Result<Input> {
    if path.is_dir() {
        refuse_stdin(stdin)?;
        let mut files = Vec::new();
        python_files(path, &mut files)?;
        files.sort();
        if files.is_empty() {
            bail!("{}: holds no *.py", path.display());
        }
        return Ok(Input::Many(Box::new(files.into_iter().map(|file| {
            let input = file.with_extension("in");
            // One that holds nothing is told of when its turn comes, and does not stop the others.
            Ok(Program {
                id: Value::from(file.display().to_string()),
                source: read(&file)?,
                stdin: if input.is_file() { read(&input)? } else { String::new() },
            })
        }))));
    }
    let name = path.to_string_lossy();
    if [".jsonl", ".json", ".zst"].iter().any(|ending| name.ends_with(ending)) {
        refuse_stdin(stdin)?;
        let place = path.display().to_string();
        let mut lines = JsonLines::<Line>::open(path)?.peekable();
        if lines.peek().is_none() {
            bail!("{place}: holds no program");
        }
        return Ok(Input::Many(Box::new(lines.map(|line| {
            let (number, line) = line?;
            Ok(Program {
                id: line.id.unwrap_or(number.into()),
                source: line.code,
                stdin: line.stdin,
            })
        }))));
    }
    let stdin = match stdin {
        Some(input) if input.as_os_str() == "-" && name == "-" => {
            bail!("program and --stdin can't both come from standard input")
        }
        Some(input) => read(input)?,
        None => String::new(),
    };
    one(path, stdin).map(Input::One)
}

fn one(path: &Path, stdin: String) -> Result<Program> {
    Ok(Program {
        id: Value::from(path.display().to_string()),
        source: read_program(path)?,
        stdin,
    })
}

/// A program's input; `-` is standard input.
pub fn read(path: &Path) -> Result<String> {
    if path.as_os_str() == "-" {
        return std::io::read_to_string(std::io::stdin()).context("standard input");
    }
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn refuse_stdin(stdin: Option<&Path>) -> Result<()> {
    if stdin.is_some() {
        bail!("--stdin: is for one program; a folder has NAME.in beside NAME.py, JSON lines a \"stdin\"");
    }
    Ok(())
}

/// The *.py below a folder; links are not followed.
pub fn python_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry.with_context(|| folder.display().to_string())?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            python_files(&path, files)?;
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "py") {
            files.push(path);
        }
    }
    Ok(())
}
