//! An index on disk: a folder whose embeddings are mapped into memory and not read.
//!
//! `embeddings.f32` holds rows of unit length, little-endian, one behind the other; `programs.jsonl` their names and
//! predicted executions in the same order; `index.json` what made them, written last.

use super::{Execution, Signal, cosine};
use crate::data::files::{AtomicFile, JsonLines, JsonLinesWriter, writable_directory, write_atomically};
use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

const EMBEDDINGS: &str = "embeddings.f32";
const PROGRAMS: &str = "programs.jsonl";
const MANIFEST: &str = "index.json";

/// What made an index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Of this format.
    pub version: u32,
    pub model: PathBuf,
    /// Tells whether a query's model is the one that made the index.
    pub fingerprint: String,
    pub dimension: usize,
    pub programs: usize,
    /// Whether the programs' executions were predicted.
    pub executions: bool,
}

impl Manifest {
    pub const VERSION: u32 = 1;
}

/// One program of an index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indexed {
    pub name: String,
    pub execution: Execution,
}

/// Writes an index program by program.
pub struct IndexWriter {
    directory: PathBuf,
    embeddings: AtomicFile,
    programs: JsonLinesWriter,
    manifest: Manifest,
}

impl IndexWriter {
    /// `manifest` says everything but the number of programs.
    pub fn create(directory: &Path, manifest: Manifest) -> Result<IndexWriter> {
        writable_directory(directory)?;
        Ok(IndexWriter {
            directory: directory.to_owned(),
            embeddings: AtomicFile::create(&directory.join(EMBEDDINGS))?,
            programs: JsonLinesWriter::create(&directory.join(PROGRAMS))?,
            manifest: Manifest {
                programs: 0,
                ..manifest
            },
        })
    }

    pub fn add(&mut self, program: &Indexed, embedding: &[f32]) -> Result<()> {
        self.manifest.programs += 1;
        for value in embedding {
            self.embeddings
                .write_all(&value.to_le_bytes())
                .context("writing embeddings")?;
        }
        self.programs.write(program)
    }

    pub fn commit(self) -> Result<()> {
        let path = self.directory.join(MANIFEST);
        // An older manifest must not stand beside new files.
        if path.exists() {
            std::fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
        self.embeddings.commit()?;
        self.programs.commit()?;
        let text = serde_json::to_string_pretty(&self.manifest)? + "\n";
        write_atomically(&path, text.as_bytes())
    }
}

/// An index that is open.
pub struct Index {
    pub manifest: Manifest,
    programs: Vec<Indexed>,
    embeddings: vmap::Map,
}

impl Index {
    pub fn open(directory: &Path) -> Result<Index> {
        let path = directory.join(MANIFEST);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{}: holds no index (`search index` makes one)", directory.display()))?;
        let manifest: Manifest = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        if manifest.version != Manifest::VERSION {
            bail!(
                "{}: format {}; this version reads {}",
                path.display(),
                manifest.version,
                Manifest::VERSION
            );
        }
        let programs: Vec<Indexed> = JsonLines::open(&directory.join(PROGRAMS))?
            .map(|line| line.map(|(_, program)| program))
            .collect::<Result<_>>()?;
        let path = directory.join(EMBEDDINGS);
        let (embeddings, _) = vmap::Map::with_options()
            .open(&path)
            .with_context(|| path.display().to_string())?;
        let wanted = manifest.programs * manifest.dimension * 4;
        if programs.len() != manifest.programs || embeddings.len() != wanted {
            bail!(
                "{}: the index is damaged: {} programs and {} bytes of embeddings, wanted are {} and {wanted}",
                directory.display(),
                programs.len(),
                embeddings.len(),
                manifest.programs
            );
        }
        Ok(Index {
            manifest,
            programs,
            embeddings,
        })
    }

    /// The `most` programs that are nearest to a query, best first: score, cosine, program.
    pub fn search(
        &self,
        embedding: &[f32],
        execution: &Execution,
        signal: Signal,
        most: usize,
    ) -> Vec<(f64, f64, &Indexed)> {
        let row_bytes = 4 * self.manifest.dimension;
        let mut found: Vec<(f64, f64, &Indexed)> = self
            .programs
            .par_iter()
            .zip(self.embeddings.par_chunks_exact(row_bytes))
            .map_init(Vec::new, |row, (program, bytes)| {
                row.clear();
                row.extend(
                    bytes
                        .chunks_exact(4)
                        .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])),
                );
                let cosine = cosine(embedding, row);
                (cosine + execution.signal(&program.execution, signal), cosine, program)
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.truncate(most);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_found() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("index");
        assert!(Index::open(&path).err().unwrap().to_string().contains("holds no index"));
        let manifest = Manifest {
            version: Manifest::VERSION,
            model: "m".into(),
            fingerprint: "f".into(),
            dimension: 2,
            programs: 0,
            executions: false,
        };
        let mut writer = IndexWriter::create(&path, manifest).unwrap();
        for (name, row) in [("x", [1.0, 0.0]), ("y", [0.0, 1.0]), ("z", [0.6, 0.8])] {
            let program = Indexed {
                name: name.to_owned(),
                execution: Execution::default(),
            };
            writer.add(&program, &row).unwrap();
        }
        writer.commit().unwrap();
        let index = Index::open(&path).unwrap();
        let found = index.search(&[0.8, 0.6], &Execution::default(), Signal::None, 2);
        let names: Vec<&str> = found.iter().map(|found| found.2.name.as_str()).collect();
        assert_eq!(names, ["z", "x"]);
        assert!((found[0].1 - 0.96).abs() < 1e-6);
        std::fs::write(path.join(EMBEDDINGS), [0; 4]).unwrap();
        assert!(Index::open(&path).err().unwrap().to_string().contains("damaged"));
    }
}
