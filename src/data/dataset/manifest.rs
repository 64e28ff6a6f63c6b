//! What a data set's directory says of itself: a record for each finished shard, and the manifest over all.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Counts, Plan, Settings};
use crate::data::files::write_atomically;

/// `manifest.json`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub version: String,
    pub settings: Settings,
    pub source: String,
    pub source_license: String,
    pub source_programs: usize,
    /// The codes of the operators that were allowed.
    pub operators: Vec<String>,
    pub counts: Counts,
    pub files: Vec<ShardFile>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShardFile {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
    pub counts: Counts,
}

/// What is kept of a finished shard.
#[derive(Serialize, Deserialize)]
struct Finished {
    plan: String,
    sha256: String,
    counts: Counts,
}

/// Where the shards' records lie: hidden, so that loaders of data sets pass them by.
pub(super) fn records(directory: &Path) -> PathBuf {
    directory.join(".shards")
}

fn record_of(directory: &Path, shard: &Path) -> PathBuf {
    let name = shard.file_name().unwrap_or_default().to_string_lossy();
    records(directory).join(format!("{name}.json"))
}

/// Refuses a directory in which another data set lies, or this one without `resume`.
pub(super) fn check_directory(directory: &Path, fingerprint: &str, resume: bool) -> Result<()> {
    for entry in fs::read_dir(records(directory)).with_context(|| directory.display().to_string())? {
        let path = entry.with_context(|| directory.display().to_string())?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            ensure!(
                resume,
                "{}: holds shards already; --resume goes on with them, or choose another directory",
                directory.display()
            );
            ensure!(
                read(&path)?.plan == fingerprint,
                "{}: was made from other settings, programs or another version: choose another directory",
                directory.display()
            );
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Finished> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| format!("{}: not the record of a shard", path.display()))
}

/// The counts of a shard that is there and whole.
pub(super) fn finished(directory: &Path, shard: &Path) -> Result<Option<Counts>> {
    let record = record_of(directory, shard);
    if !record.exists() || !shard.exists() {
        return Ok(None);
    }
    let finished = read(&record)?;
    Ok((finished.sha256 == sha256(shard)?).then_some(finished.counts))
}

pub(super) fn record(directory: &Path, shard: &Path, fingerprint: &str, counts: &Counts) -> Result<()> {
    let finished = Finished {
        plan: fingerprint.to_owned(),
        sha256: sha256(shard)?,
        counts: counts.clone(),
    };
    write_atomically(
        &record_of(directory, shard),
        serde_json::to_string(&finished)?.as_bytes(),
    )
}

/// Writes `manifest.json` over the shards that are there, and gives their counts together.
pub(super) fn write(plan: &Plan, directory: &Path, shards: &[PathBuf]) -> Result<Counts> {
    let mut files = Vec::new();
    let mut counts = Counts::default();
    for shard in shards.iter().filter(|shard| shard.exists()) {
        let finished = read(&record_of(directory, shard))?;
        counts.add(&finished.counts);
        files.push(ShardFile {
            name: shard.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            bytes: fs::metadata(shard).with_context(|| shard.display().to_string())?.len(),
            sha256: finished.sha256,
            counts: finished.counts,
        });
    }
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        settings: plan.settings.clone(),
        source: plan.description.clone(),
        source_license: plan.license.clone(),
        source_programs: plan.programs().len(),
        operators: plan.operators.iter().map(|operator| operator.code.to_owned()).collect(),
        counts: counts.clone(),
        files,
    };
    let text = serde_json::to_string_pretty(&manifest)? + "\n";
    write_atomically(&directory.join("manifest.json"), text.as_bytes())?;
    Ok(counts)
}

fn sha256(path: &Path) -> Result<String> {
    let mut file = File::open(path).with_context(|| path.display().to_string())?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = file.read(&mut buffer).with_context(|| path.display().to_string())?;
        if length == 0 {
            break;
        }
        digest.update(&buffer[..length]);
    }
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
