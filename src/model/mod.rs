//! The model: a RoBERTa-shaped encoder that serves as prefix language model (source positions see each other both ways,
//! target positions the source and what precedes them), with its output projection tied to the word embeddings.

pub mod batch;
pub mod checkpoint;
pub mod config;
mod decoder;
mod forward;
mod inference;
pub mod parameters;
pub mod reference;
pub mod torch_file;
mod training;

pub use batch::PackedBatch;
pub use config::ModelConfig;
pub use decoder::{Candidates, Decoder, DecoderLimits};
pub use forward::{BatchLimits, DropoutSettings};
pub use inference::Inference;
pub use parameters::ParameterLayout;
pub use training::Training;

use crate::device::{Device, DeviceError, Parameters, random};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What can go wrong with a model: its configuration, a batch, a checkpoint file, the device.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("model configuration: {0}")]
    Config(String),
    #[error("batch: {0}")]
    Batch(String),
    #[error("{}: {message}", path.display())]
    Checkpoint { path: PathBuf, message: String },
    #[error(transparent)]
    Device(#[from] DeviceError),
}

impl ModelError {
    pub(crate) fn io(path: &Path, error: std::io::Error) -> ModelError {
        ModelError::Checkpoint {
            path: path.to_path_buf(),
            message: error.to_string(),
        }
    }
}

/// A model on a device: its shape, its parameters and their compute copies.
pub struct Model<D: Device> {
    pub config: ModelConfig,
    pub layout: ParameterLayout,
    device: Arc<D>,
    /// Flat master parameters.
    master: D::Floats,
    weights: D::Weights,
    training: bool,
}

impl<D: Device> Model<D> {
    /// A model with given flat parameters. `training`: whether weights are also laid out for backward passes.
    pub fn new(device: Arc<D>, config: ModelConfig, parameters: &[f32], training: bool) -> Result<Self, ModelError> {
        config.validate()?;
        let layout = ParameterLayout::new(&config);
        let mut model = Model {
            master: device.floats(layout.length)?,
            weights: device.weights(&layout.matrices, training)?,
            config,
            layout,
            device,
            training,
        };
        model.write_parameters(parameters)?;
        Ok(model)
    }

    /// A model as RoBERTa begins: weights and tables from a normal distribution of deviation 0.02, biases zero, layer
    /// norms one, the padding token's embedding zero. The same seed gives the same model on every device.
    pub fn initialize(device: Arc<D>, config: ModelConfig, seed: u64, training: bool) -> Result<Self, ModelError> {
        config.validate()?;
        let parameters = initial_parameters(&config, &ParameterLayout::new(&config), seed);
        Model::new(device, config, &parameters, training)
    }

    /// Opens a folder with `config.json` and `model.safetensors`.
    pub fn open(device: Arc<D>, directory: &Path, training: bool) -> Result<Self, ModelError> {
        let config = ModelConfig::read(&directory.join("config.json"))?;
        let parameters =
            checkpoint::read_safetensors(&directory.join("model.safetensors"), &ParameterLayout::new(&config))?;
        Model::new(device, config, &parameters, training)
    }

    /// Writes `config.json` and `model.safetensors` to a folder that exists; each file is whole or untouched.
    pub fn save(&self, directory: &Path) -> Result<(), ModelError> {
        let parameters = self.read_parameters()?;
        checkpoint::write_safetensors(&directory.join("model.safetensors"), &self.layout, &parameters)?;
        checkpoint::write_atomically(&directory.join("config.json"), self.config.to_json().as_bytes())
    }

    pub fn device(&self) -> &D {
        &self.device
    }

    /// The device, to share it.
    pub fn shared_device(&self) -> Arc<D> {
        self.device.clone()
    }

    /// Master parameters and compute copies, as operations take them.
    pub fn parameters(&self) -> Parameters<'_, D> {
        Parameters {
            master: &self.master,
            weights: &self.weights,
        }
    }

    /// The flat master parameters. Waits for the device.
    pub fn read_parameters(&self) -> Result<Vec<f32>, ModelError> {
        let mut parameters = vec![0.0; self.layout.length];
        self.device.read_floats(&self.master, 0, &mut parameters)?;
        Ok(parameters)
    }

    /// Replaces all parameters.
    pub fn write_parameters(&mut self, parameters: &[f32]) -> Result<(), ModelError> {
        if parameters.len() != self.layout.length {
            let (given, wanted) = (parameters.len(), self.layout.length);
            return Err(ModelError::Config(format!(
                "{given} parameters where the model has {wanted}"
            )));
        }
        self.device.write_floats(&mut self.master, 0, parameters)?;
        self.device.refresh_weights(&self.master, &mut self.weights)?;
        Ok(())
    }
}

/// See [`Model::initialize`].
fn initial_parameters(config: &ModelConfig, layout: &ParameterLayout, seed: u64) -> Vec<f32> {
    /// Sets initialisation apart from all dropout streams, whose layers stay below 2^14.
    const INITIALIZATION: u32 = u32::MAX;
    let mut parameters = vec![0.0; layout.length];
    for (number, tensor) in layout.tensors.iter().enumerate() {
        let values = &mut parameters[tensor.span.range()];
        if tensor.name.ends_with("LayerNorm.weight") {
            values.fill(1.0);
        } else if tensor.decay {
            for (block, values) in values.chunks_mut(4).enumerate() {
                let counter = [block as u32, (block as u64 >> 32) as u32, INITIALIZATION, number as u32];
                let words = random::philox(counter, random::key(seed));
                // Box and Muller: two normal values of two uniform ones, the first of them never zero.
                let uniform = |word: u32| (f64::from(word) + 0.5) / 4_294_967_296.0;
                for (pair, values) in values.chunks_mut(2).enumerate() {
                    let radius = (-2.0 * uniform(words[2 * pair]).ln()).sqrt() * 0.02;
                    let (sine, cosine) = (std::f64::consts::TAU * uniform(words[2 * pair + 1])).sin_cos();
                    values
                        .iter_mut()
                        .zip([radius * cosine, radius * sine])
                        .for_each(|(v, normal)| *v = normal as f32);
                }
            }
        }
    }
    let row = layout.embedding.words.offset + config.pad_token_id as usize * config.hidden_size;
    parameters[row..row + config.hidden_size].fill(0.0);
    parameters
}
