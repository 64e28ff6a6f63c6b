//! Safetensors in and out, under the names of Hugging Face's `RobertaModel`.

use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::parameters::Tensor;
use super::{ModelError, ParameterLayout};

/// Prefixes under which other models keep the same tensors.
const PREFIXES: [&str; 4] = ["", "roberta.", "encoder.", "model."];

fn fail<T>(path: &Path, message: impl Into<String>) -> Result<T, ModelError> {
    Err(ModelError::Checkpoint {
        path: path.to_path_buf(),
        message: message.into(),
    })
}

/// Values of a tensor in any floating-point format, as `f32`.
fn values(view: &TensorView) -> Option<Vec<f32>> {
    let data = view.data();
    let words = || {
        data.chunks_exact(2)
            .map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
    };
    Some(match view.dtype() {
        Dtype::F32 => data
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect(),
        Dtype::BF16 => words().map(|bits| f32::from_bits(u32::from(bits) << 16)).collect(),
        Dtype::F16 => words().map(f16_to_f32).collect(),
        Dtype::F64 => data
            .chunks_exact(8)
            .map(|bytes| f64::from_le_bytes(bytes.try_into().expect("eight bytes")) as f32)
            .collect(),
        _ => return None,
    })
}

/// IEEE binary16 to binary32, exactly.
pub(super) fn f16_to_f32(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let (exponent, fraction) = (u32::from(bits >> 10 & 0x1F), u32::from(bits & 0x3FF));
    let magnitude = match exponent {
        0 => return f32::from_bits(sign | (fraction as f32 * 2f32.powi(-24)).to_bits()),
        31 => 0x7F80_0000 | fraction << 13,
        _ => (exponent + 112) << 23 | fraction << 13,
    };
    f32::from_bits(sign | magnitude)
}

/// Reads `model.safetensors` into a flat parameter buffer.
///
/// Names may carry a `roberta.` or `encoder.` prefix. `lm_head.bias` may be missing (zeros then: the release never saved
/// it). Tensors that the model does not use are ignored. A missing tensor, another shape or a truncated file is an error
/// that names the tensor and both shapes.
pub fn read_safetensors(path: &Path, layout: &ParameterLayout) -> Result<Vec<f32>, ModelError> {
    let file = std::fs::File::open(path).map_err(|error| ModelError::io(path, error))?;
    let bytes = read_all(file).map_err(|error| ModelError::io(path, error))?;
    let tensors = match SafeTensors::deserialize(&bytes) {
        Ok(tensors) => tensors,
        Err(error) => return fail(path, format!("not a complete safetensors file: {error:?}")),
    };
    fill(path, layout, |name| {
        let Ok(view) = tensors.tensor(name) else {
            return Ok(None);
        };
        match values(&view) {
            Some(values) => Ok(Some((view.shape().to_vec(), values))),
            None => fail(
                path,
                format!("tensor `{name}` has type {:?}: expected a float", view.dtype()),
            ),
        }
    })
}

/// Reads `pytorch_model.bin` into a flat parameter buffer, by the rules of [`read_safetensors`].
pub fn read_torch(path: &Path, layout: &ParameterLayout) -> Result<Vec<f32>, ModelError> {
    let mut tensors = super::torch_file::read(path)?;
    fill(path, layout, |name| Ok(tensors.remove(name)))
}

/// Lays out the tensors that `find` knows by name.
fn fill(
    path: &Path,
    layout: &ParameterLayout,
    mut find: impl FnMut(&str) -> Result<Option<(Vec<usize>, Vec<f32>)>, ModelError>,
) -> Result<Vec<f32>, ModelError> {
    let mut parameters = vec![0.0; layout.length];
    for tensor in &layout.tensors {
        let mut found = None;
        for prefix in PREFIXES {
            found = find(&format!("{prefix}{}", tensor.name))?;
            if found.is_some() {
                break;
            }
        }
        let Some((shape, values)) = found else {
            if tensor.name == "lm_head.bias" {
                continue;
            }
            return fail(path, format!("tensor `{}` {:?} is missing", tensor.name, tensor.shape));
        };
        if shape != tensor.shape {
            return fail(
                path,
                format!(
                    "tensor `{}` has shape {shape:?}, the configuration wants {:?}",
                    tensor.name, tensor.shape
                ),
            );
        }
        parameters[tensor.span.range()].copy_from_slice(&values);
    }
    Ok(parameters)
}

fn read_all(mut file: std::fs::File) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut file, &mut bytes)?;
    Ok(bytes)
}

fn bytes_of(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// Writes the flat parameter buffer as safetensors, through a temporary file beside it: `path` is whole or untouched.
pub fn write_safetensors(path: &Path, layout: &ParameterLayout, parameters: &[f32]) -> Result<(), ModelError> {
    let data: Vec<(&Tensor, Vec<u8>)> = layout
        .tensors
        .iter()
        .map(|tensor| (tensor, bytes_of(&parameters[tensor.span.range()])))
        .collect();
    let mut views = Vec::with_capacity(data.len());
    for (tensor, bytes) in &data {
        let view = TensorView::new(Dtype::F32, tensor.shape.clone(), bytes).expect("bytes match the shape");
        views.push((tensor.name.clone(), view));
    }
    // `transformers` refuses a file that does not name its framework.
    let metadata = HashMap::from([("format".to_string(), "pt".to_string())]);
    let bytes = match safetensors::serialize(views, Some(metadata)) {
        Ok(bytes) => bytes,
        Err(error) => return fail(path, format!("{error:?}")),
    };
    write_atomically(path, &bytes)
}

/// Writes through a temporary file beside it, synced and renamed.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), ModelError> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let temporary: PathBuf = path.with_file_name(name);
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::File::create(&temporary)?;
        std::io::Write::write_all(&mut file, bytes)?;
        file.sync_all()?;
        std::fs::rename(&temporary, path)
    };
    write().map_err(|error| {
        // What is left of the attempt is of no use; that it may not be there is fine.
        let _ = std::fs::remove_file(&temporary);
        ModelError::io(path, error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ModelConfig;

    fn setup(name: &str) -> (PathBuf, ParameterLayout, Vec<f32>) {
        let directory = std::env::temp_dir().join(format!("codeexecutor-checkpoint-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let config = ModelConfig {
            hidden_size: 8,
            num_attention_heads: 2,
            ..ModelConfig::preset("tiny", 11).unwrap()
        };
        let layout = ParameterLayout::new(&config);
        let mut parameters = vec![0.0; layout.length];
        for tensor in &layout.tensors {
            for index in tensor.span.range() {
                parameters[index] = index as f32 * 0.5 - 3.0;
            }
        }
        (directory, layout, parameters)
    }

    #[test]
    fn a_round_trip_changes_nothing() {
        let (directory, layout, parameters) = setup("round");
        let path = directory.join("model.safetensors");
        write_safetensors(&path, &layout, &parameters).unwrap();
        assert_eq!(read_safetensors(&path, &layout).unwrap(), parameters);
        assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1);
        std::fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let (directory, layout, parameters) = setup("wrong");
        let path = directory.join("model.safetensors");
        write_safetensors(&path, &layout, &parameters).unwrap();
        let other = ModelConfig {
            hidden_size: 16,
            num_attention_heads: 2,
            ..ModelConfig::preset("tiny", 11).unwrap()
        };
        let message = read_safetensors(&path, &ParameterLayout::new(&other))
            .unwrap_err()
            .to_string();
        assert!(message.contains("[8]") && message.contains("[16]"), "{message}");
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        let message = read_safetensors(&path, &layout).unwrap_err().to_string();
        assert!(message.contains("not a complete safetensors file"), "{message}");
        std::fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn half_precision_is_read_exactly() {
        assert_eq!(
            [0x3C00, 0xC000, 0x0001, 0x7C00, 0x3555].map(f16_to_f32),
            [1.0, -2.0, 2f32.powi(-24), f32::INFINITY, 0.333_251_95]
        );
    }
}
