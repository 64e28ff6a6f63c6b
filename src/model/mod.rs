//! The model: a RoBERTa-shaped encoder that serves as prefix language model (source positions see each other both ways,
//! target positions the source and what precedes them), with its output projection tied to the word embeddings.

pub mod batch;
pub mod config;
pub mod parameters;

pub use batch::PackedBatch;
pub use config::ModelConfig;
pub use parameters::ParameterLayout;

use crate::device::DeviceError;
use std::path::{Path, PathBuf};

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
