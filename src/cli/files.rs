//! Figures as JSON, with what made them: the command, and its files by their hash.

use super::decoding::DecodeArguments;
use super::device::DeviceArguments;
use crate::data::files::write_atomically;
use crate::decode::Strategy;
use crate::train::checkpoint;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The model that made figures, and how it was asked.
pub struct ModelUse<'a> {
    /// A checkpoint folder, or a run.
    pub model: &'a Path,
    pub strategy: &'a Strategy,
    pub device: &'a DeviceArguments,
}

/// Writes figures as JSON, and adds to their `made_by`: version, command, model, and the SHA-256 of the weights and of each
/// file that was read.
pub fn write_figures(path: &Path, mut figures: Value, files: &[&Path], model: Option<ModelUse<'_>>) -> Result<()> {
    let mut hashes = serde_json::Map::new();
    let mut made = figures["made_by"].take();
    made["version"] = json!(env!("CARGO_PKG_VERSION"));
    made["command"] = json!(std::env::args().collect::<Vec<_>>());
    if let Some(used) = model {
        let directory = checkpoint::model_directory(used.model)?;
        let weights = weights(&directory)?;
        hashes.insert(weights.display().to_string(), Value::from(sha256(&weights)?));
        made["model"] = Value::from(directory.display().to_string());
        made["decoding"] = json!(used.strategy);
        made["device"] = json!(used.device.device);
        made["dtype"] = json!(used.device.dtype);
    }
    for file in files {
        hashes.insert(file.display().to_string(), Value::from(sha256(file)?));
    }
    made["sha256"] = Value::Object(hashes);
    figures["made_by"] = made;
    write_atomically(path, (serde_json::to_string_pretty(&figures)? + "\n").as_bytes())
}

/// How a command that scores predictions is told to make them, and where its figures go.
#[derive(clap::Args)]
pub struct FigureArguments {
    /// Write the figures as JSON, with what made them.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    #[command(flatten)]
    pub decoding: DecodeArguments,
    #[command(flatten)]
    pub device: DeviceArguments,
}

impl FigureArguments {
    /// [`write_figures`], where a file was asked for.
    pub fn write(&self, figures: impl FnOnce() -> Value, files: &[&Path], model: Option<&Path>) -> Result<()> {
        let Some(path) = &self.json else { return Ok(()) };
        let strategy = self.decoding.strategy()?;
        let used = model.map(|model| ModelUse {
            model,
            strategy: &strategy,
            device: &self.device,
        });
        write_figures(path, figures(), files, used)
    }
}

/// SHA-256 of a file, in hexadecimal digits.
pub fn sha256(path: &Path) -> Result<String> {
    let mut file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = std::io::Read::read(&mut file, &mut buffer).with_context(|| path.display().to_string())?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The file that holds the weights of a model's folder.
pub fn weights(directory: &Path) -> Result<PathBuf> {
    let names = ["model.safetensors", "pytorch_model.bin"];
    match names
        .iter()
        .map(|name| directory.join(name))
        .find(|path| path.is_file())
    {
        Some(path) => Ok(path),
        None => bail!("{}: holds neither {} nor {}", directory.display(), names[0], names[1]),
    }
}

/// SHA-256 of a model's weights.
pub fn weights_sha256(directory: &Path) -> Result<String> {
    sha256(&weights(directory)?)
}
