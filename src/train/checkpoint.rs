//! Checkpoints: a folder that opens as a model, and beside the weights what training needs to go on.

use crate::data::example::TraceFormat;
use crate::data::files::{writable_directory, write_atomically};
use crate::data::tokenizer::Tokenizer;
use crate::device::Device;
use crate::model::checkpoint::{read_safetensors, read_torch, write_safetensors};
use crate::model::{Model, ModelConfig, ParameterLayout, Training};
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a run stands, all counts from its beginning.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Updates done.
    pub step: u64,
    /// Batches that gradients were computed of: the number of the next dropout draw.
    pub draw: u64,
    pub stage: usize,
    pub stage_steps: u64,
    pub stage_examples: u64,
    pub stage_seconds: f64,
    /// Place in the stage's data stream.
    pub place: u64,
    /// Seconds of training.
    pub seconds: f64,
    /// The stage's least evaluation loss so far.
    pub best: Option<f64>,
}

const STATE: &str = "trainer.json";
const FIRST_MOMENT: &str = "first_moment.safetensors";
const SECOND_MOMENT: &str = "second_moment.safetensors";

/// Writes a model's folder: `config.json`, `model.safetensors`, `tokenizer.json`, and with `training` the optimiser's
/// state and the position. The folder is there whole or as it was before.
pub fn save<D: Device>(
    directory: &Path,
    model: &Model<D>,
    tokenizer: &Tokenizer,
    training: Option<(&Training<D>, &Position)>,
) -> Result<()> {
    let (new, old) = (sibling(directory, "new"), sibling(directory, "old"));
    remove(&new)?;
    writable_directory(&new)?;
    model.save(&new)?;
    write_atomically(&new.join("tokenizer.json"), tokenizer.to_json()?.as_bytes())?;
    if let Some((training, position)) = training {
        let device = model.device();
        let mut values = vec![0.0; model.layout.length];
        for (name, buffer) in [
            (FIRST_MOMENT, &training.first_moment),
            (SECOND_MOMENT, &training.second_moment),
        ] {
            device
                .read_floats(buffer, 0, &mut values)
                .map_err(crate::model::ModelError::from)?;
            write_safetensors(&new.join(name), &model.layout, &values)?;
        }
        let text = serde_json::to_string_pretty(position)? + "\n";
        write_atomically(&new.join(STATE), text.as_bytes())?;
    }
    // A stop between these two leaves the checkpoint before under its other name, where `find` looks for it.
    remove(&old)?;
    if directory.exists() {
        fs::rename(directory, &old).with_context(|| directory.display().to_string())?;
    }
    fs::rename(&new, directory).with_context(|| directory.display().to_string())?;
    remove(&old)
}

fn sibling(directory: &Path, suffix: &str) -> PathBuf {
    let name = directory.file_name().unwrap_or_default().to_string_lossy();
    directory.with_file_name(format!(".{name}.{suffix}"))
}

fn remove(directory: &Path) -> Result<()> {
    if directory.exists() {
        fs::remove_dir_all(directory).with_context(|| directory.display().to_string())?;
    }
    Ok(())
}

/// The folder of a run's last checkpoint, if it has one.
pub fn find(run: &Path) -> Option<PathBuf> {
    let last = run.join("last");
    [last.clone(), sibling(&last, "old")]
        .into_iter()
        .find(|directory| directory.join(STATE).is_file())
}

/// The position that a checkpoint holds.
pub fn position(directory: &Path) -> Result<Position> {
    let path = directory.join(STATE);
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{}: a checkpoint to resume from needs this file", path.display()))?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

/// The optimiser's running means that a checkpoint holds, first and second.
pub fn moments(directory: &Path, layout: &ParameterLayout) -> Result<[Vec<f32>; 2]> {
    let first = read_safetensors(&directory.join(FIRST_MOMENT), layout)?;
    let second = read_safetensors(&directory.join(SECOND_MOMENT), layout)?;
    Ok([first, second])
}

/// Opens a model and its tokenizer: a checkpoint of ours, a run, or a Hugging Face folder of UniXcoder or CodeExecutor
/// (`model.safetensors` or `pytorch_model.bin`, `tokenizer.json` or `vocab.json` and `merges.txt`). Where the tokenizer
/// lacks CodeExecutor's 211 tokens they are added, and the embeddings grow by as many rows.
pub fn open<D: Device>(device: Arc<D>, path: &Path, training: bool) -> Result<(Model<D>, Tokenizer)> {
    open_as(device, path, training, TraceFormat::CodeExecutor)
}

/// [`open`], with the marks of a trace format added as CodeExecutor's tokens are.
pub fn open_as<D: Device>(
    device: Arc<D>,
    path: &Path,
    training: bool,
    format: TraceFormat,
) -> Result<(Model<D>, Tokenizer)> {
    let directory = model_directory(path)?;
    let tokenizer = Tokenizer::open_folder_as(&directory, format)?;
    let config = ModelConfig::read(&directory.join("config.json"))?;
    let layout = ParameterLayout::new(&config);
    let (safetensors, torch) = (directory.join("model.safetensors"), directory.join("pytorch_model.bin"));
    let parameters = if safetensors.is_file() || !torch.is_file() {
        read_safetensors(&safetensors, &layout)?
    } else {
        read_torch(&torch, &layout)?
    };
    if tokenizer.size() == config.vocab_size {
        return Ok((Model::new(device, config, &parameters, training)?, tokenizer));
    }
    if tokenizer.added == 0 || tokenizer.size() != config.vocab_size + tokenizer.added {
        bail!(
            "{}: the tokenizer has {} tokens, but config.json says vocab_size = {}: they belong to different models",
            directory.display(),
            tokenizer.size(),
            config.vocab_size
        );
    }
    let grown = ModelConfig {
        vocab_size: tokenizer.size(),
        ..config
    };
    // New rows begin as a fresh model's do.
    let mut model = Model::initialize(device, grown, 0, training)?;
    let mut all = model.read_parameters()?;
    for tensor in &layout.tensors {
        let new = model
            .layout
            .tensors
            .iter()
            .find(|other| other.name == tensor.name)
            .context("a layout without names")?;
        let start = new.span.range().start;
        all[start..start + tensor.span.length].copy_from_slice(&parameters[tensor.span.range()]);
    }
    model.write_parameters(&all)?;
    Ok((model, tokenizer))
}

/// The folder that holds a model: `path` itself, or the best or last checkpoint of a run.
pub fn model_directory(path: &Path) -> Result<PathBuf> {
    if !path.exists() {
        bail!("{}: there is no such folder", path.display());
    }
    [path.to_owned(), path.join("best"), path.join("last")]
        .into_iter()
        .find(|directory| directory.join("config.json").is_file())
        .with_context(|| format!("{}: holds no model (config.json is missing)", path.display()))
}
