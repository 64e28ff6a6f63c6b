//! Validation against reference outputs: a safetensors file made by `tests/reference/make.py` (PyTorch and transformers)
//! holds a model, a batch, and what must come out.

use safetensors::tensor::{Dtype, SafeTensors};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{BatchLimits, DropoutSettings, Inference, Model, ModelConfig, ModelError, PackedBatch, Training};
use crate::device::{AdamW, Device};

/// How far one quantity is from the reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// `hidden`, `logits`, `loss`, `gradient.<tensor>`, `updated.<tensor>`, …
    pub name: String,
    /// ‖ours − reference‖ / ‖reference‖. A gradient that is zero but for rounding (a key's bias) is measured against the
    /// norm of the whole gradient instead.
    pub error: f64,
    /// What f32 must keep: 1e-5 forward, 1e-4 for gradients and updates.
    pub bound: f64,
}

impl Comparison {
    pub fn passes(&self) -> bool {
        self.error <= self.bound
    }
}

/// Relative errors that f32 must keep.
const FORWARD: f64 = 1e-5;
const BACKWARD: f64 = 1e-4;
/// Share of the whole gradient's norm below which a gradient is rounding.
const ROUNDING: f64 = 1e-7;

/// A reference file.
pub struct Reference {
    path: PathBuf,
    bytes: Vec<u8>,
}

fn norm(values: impl Iterator<Item = f64>) -> f64 {
    values.map(|value| value * value).sum::<f64>().sqrt()
}

impl Reference {
    pub fn read(path: &Path) -> Result<Reference, ModelError> {
        let bytes = std::fs::read(path).map_err(|error| ModelError::io(path, error))?;
        Ok(Reference {
            path: path.to_path_buf(),
            bytes,
        })
    }

    fn fail<T>(&self, message: String) -> Result<T, ModelError> {
        Err(ModelError::Checkpoint {
            path: self.path.clone(),
            message,
        })
    }

    fn tensors(&self) -> Result<SafeTensors<'_>, ModelError> {
        SafeTensors::deserialize(&self.bytes).or_else(|error| self.fail(format!("not a safetensors file: {error:?}")))
    }

    fn data<T>(&self, name: &str, dtype: Dtype, convert: impl Fn([u8; 4]) -> T) -> Result<Vec<T>, ModelError> {
        let tensors = self.tensors()?;
        match tensors.tensor(name) {
            Ok(view) if view.dtype() == dtype => Ok(view
                .data()
                .chunks_exact(4)
                .map(|b| convert([b[0], b[1], b[2], b[3]]))
                .collect()),
            Ok(view) => self.fail(format!(
                "tensor `{name}` has type {:?}: expected {dtype:?}",
                view.dtype()
            )),
            Err(_) => self.fail(format!("tensor `{name}` is missing")),
        }
    }

    fn floats(&self, name: &str) -> Result<Vec<f32>, ModelError> {
        self.data(name, Dtype::F32, f32::from_le_bytes)
    }

    fn integers(&self, name: &str) -> Result<Vec<u32>, ModelError> {
        self.data(name, Dtype::I32, u32::from_le_bytes)
    }

    fn metadata(&self, key: &str) -> Result<String, ModelError> {
        let metadata = SafeTensors::read_metadata(&self.bytes)
            .ok()
            .and_then(|(_, metadata)| metadata.metadata().clone());
        match metadata.and_then(|metadata| metadata.get(key).cloned()) {
            Some(value) => Ok(value),
            None => self.fail(format!(
                "metadata `{key}` is missing: expected a file of tests/reference/make.py"
            )),
        }
    }

    /// The model's shape.
    pub fn config(&self) -> Result<ModelConfig, ModelError> {
        let config: ModelConfig = match serde_json::from_str(&self.metadata("config")?) {
            Ok(config) => config,
            Err(error) => return self.fail(format!("metadata `config`: {error}")),
        };
        config.validate()?;
        Ok(config)
    }

    /// What made the file.
    pub fn versions(&self) -> Result<String, ModelError> {
        self.metadata("versions")
    }

    pub fn batch(&self) -> Result<PackedBatch, ModelError> {
        Ok(PackedBatch {
            tokens: self.integers("tokens")?,
            positions: self.integers("positions")?,
            segment_starts: self.integers("segment_starts")?,
            prefix_lengths: self.integers("prefix_lengths")?,
            target_rows: self.integers("target_rows")?,
            target_tokens: self.integers("target_tokens")?,
            target_weights: self.floats("target_weights")?,
        })
    }

    fn compare(&self, name: &str, ours: &[f32], bound: f64, floor: f64) -> Result<Comparison, ModelError> {
        let reference = self.floats(name)?;
        if reference.len() != ours.len() {
            return self.fail(format!(
                "tensor `{name}` has {} values: expected {}",
                reference.len(),
                ours.len()
            ));
        }
        let difference = norm(ours.iter().zip(&reference).map(|(a, b)| f64::from(*a) - f64::from(*b)));
        let size = norm(reference.iter().map(|value| f64::from(*value)))
            .max(floor)
            .max(f64::MIN_POSITIVE);
        Ok(Comparison {
            name: name.to_string(),
            error: difference / size,
            bound,
        })
    }

    /// Compares only what comes out of a given model: the last layer's states, and logits where the file has them.
    pub fn validate_outputs<D: Device>(&self, model: &Model<D>) -> Result<Vec<Comparison>, ModelError> {
        let batch = self.batch()?;
        batch.validate(&model.config)?;
        let mut inference = Inference::new(model, BatchLimits::of(&batch))?;
        let mut results = vec![self.compare("hidden", &inference.hidden(model, &batch)?, FORWARD, 0.0)?];
        if self.tensors()?.tensor("logits").is_ok() {
            results.push(self.compare("logits", &inference.logits(model, &batch)?, FORWARD, 0.0)?);
        }
        Ok(results)
    }

    /// A text of the file and its tokens, where it has them.
    pub fn text(&self) -> Result<Option<(String, Vec<u32>)>, ModelError> {
        match self.metadata("text") {
            Ok(text) => Ok(Some((text, self.integers("text_tokens")?))),
            Err(_) => Ok(None),
        }
    }

    /// Runs everything on a device: forward, loss, every gradient, and the updates with clipping and schedule.
    pub fn validate<D: Device>(&self, device: Arc<D>) -> Result<Vec<Comparison>, ModelError> {
        let (config, batch) = (self.config()?, self.batch()?);
        let layout = super::ParameterLayout::new(&config);
        let mut parameters = vec![0.0; layout.length];
        for tensor in &layout.tensors {
            let name = format!("parameter.{}", tensor.name);
            let values = self.floats(&name)?;
            if values.len() != tensor.span.length {
                let message = format!(
                    "tensor `{name}` has {} values: expected {:?}",
                    values.len(),
                    tensor.shape
                );
                return self.fail(message);
            }
            parameters[tensor.span.range()].copy_from_slice(&values);
        }
        let mut model = Model::new(device, config, &parameters, true)?;
        let limits = BatchLimits::of(&batch);
        let scale = 1.0 / batch.target_count().max(1) as f32;
        let mut results = Vec::new();

        let mut inference = Inference::new(&model, limits)?;
        results.push(self.compare("hidden", &inference.hidden(&model, &batch)?, FORWARD, 0.0)?);
        results.push(self.compare("logits", &inference.logits(&model, &batch)?, FORWARD, 0.0)?);
        results.push(self.compare("loss", &[inference.loss(&model, &batch, scale)?], FORWARD, 0.0)?);

        let mut training = Training::new(&model, limits)?;
        let (mut losses, mut norms) = (Vec::new(), Vec::new());
        for (number, learning_rate) in self.floats("learning_rates")?.into_iter().enumerate() {
            training.zero_gradients(&model)?;
            training.accumulate(&model, &batch, &DropoutSettings::NONE, scale)?;
            losses.push(training.read_loss(&model)?);
            if number == 0 {
                let mut gradients = vec![0.0; layout.length];
                model.device().read_floats(&training.gradients, 0, &mut gradients)?;
                let whole = norm(gradients.iter().map(|value| f64::from(*value)));
                for tensor in &layout.tensors {
                    let ours = &gradients[tensor.span.range()];
                    let name = format!("gradient.{}", tensor.name);
                    results.push(self.compare(&name, ours, BACKWARD, ROUNDING * whole / BACKWARD)?);
                }
            }
            training.update(&mut model, &self.optimizer(learning_rate, number as u64 + 1)?)?;
            norms.push(training.read_gradient_norm(&model)?);
        }
        results.push(self.compare("step_losses", &losses, BACKWARD, 0.0)?);
        results.push(self.compare("gradient_norms", &norms, BACKWARD, 0.0)?);
        let updated = model.read_parameters()?;
        for tensor in &layout.tensors {
            let name = format!("updated.{}", tensor.name);
            results.push(self.compare(&name, &updated[tensor.span.range()], BACKWARD, 0.0)?);
        }
        Ok(results)
    }

    fn optimizer(&self, learning_rate: f32, step: u64) -> Result<AdamW, ModelError> {
        let text = self.metadata("optimizer")?;
        let settings: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let value = |key: &str| match settings[key].as_f64() {
            Some(value) => Ok(value as f32),
            None => self.fail(format!("metadata `optimizer` lacks `{key}`")),
        };
        Ok(AdamW {
            learning_rate,
            beta1: value("beta1")?,
            beta2: value("beta2")?,
            epsilon: value("epsilon")?,
            weight_decay: value("weight_decay")?,
            step,
            max_norm: value("max_norm")?,
        })
    }
}
