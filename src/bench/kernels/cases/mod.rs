//! The kernels' operations at a model's shapes, each with what its kernels must move and compute.

mod attention;
pub mod dense;
mod norm;
mod rows;

use std::sync::Arc;

use crate::device::cuda::Cuda;
use crate::device::*;

/// Shapes that the cases take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Rows of the operations that only move memory.
    pub rows: usize,
    /// Rows of products and attention.
    pub tokens: usize,
    pub hidden: usize,
    pub intermediate: usize,
    pub vocabulary: usize,
    pub heads: Heads,
    /// Tokens and heads of attention's packed batch.
    pub attention: (usize, usize),
    /// Source and target lengths of the packed batch, both drawn evenly.
    pub lengths: [(u32, u32); 2],
    /// Hypotheses that are decoded together, and tokens of each one's prefix.
    pub decode: (usize, usize),
    pub parameters: usize,
}

impl Scale {
    /// The paper's model with 8,192 tokens a batch: for a card.
    pub const CARD: Scale = Scale {
        rows: 8192,
        tokens: 8192,
        hidden: 768,
        intermediate: 3072,
        vocabulary: 51_627,
        heads: Heads {
            count: 12,
            dimension: 64,
        },
        attention: (8192, 12),
        lengths: [(40, 255), (80, 763)],
        decode: (64, 512),
        parameters: 64 << 20,
    };
    /// For the software device: the paper's widths where memory alone is moved, small products, one head.
    pub const SOFTWARE: Scale = Scale {
        rows: 4096,
        tokens: 2048,
        hidden: 256,
        intermediate: 1024,
        vocabulary: 2000,
        heads: Heads {
            count: 4,
            dimension: 64,
        },
        attention: (8192, 1),
        lengths: [(40, 255), (80, 763)],
        decode: (8, 300),
        parameters: 1 << 20,
    };
    /// For nothing but to see that all runs.
    pub const SMALLEST: Scale = Scale {
        rows: 96,
        tokens: 96,
        hidden: 64,
        intermediate: 128,
        vocabulary: 200,
        heads: Heads {
            count: 2,
            dimension: 64,
        },
        attention: (160, 1),
        lengths: [(10, 20), (20, 60)],
        decode: (2, 200),
        parameters: 1 << 12,
    };

    /// Fewer tokens for attention in plain arithmetic.
    fn without_tensor_cores(&self) -> Scale {
        Scale {
            attention: ((self.attention.0 / 8).max(160), self.attention.1),
            ..*self
        }
    }
}

/// What bounds a kernel's speed on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Memory,
    Tensor,
    /// So little work that its start is what it costs.
    Latency,
}

/// What one kernel of a case must do.
#[derive(Debug, Clone)]
pub struct Work {
    /// The kernel's name, or the beginning of it where its tile is chosen.
    pub kernel: &'static str,
    pub bound: Bound,
    /// Bytes that must cross DRAM: distinct bytes read, and distinct bytes written.
    pub moved: f64,
    /// Operations on the tensor cores that its result needs.
    pub flops: f64,
}

impl Work {
    /// Whether a launch of this kernel is meant.
    pub fn is(&self, kernel: &str) -> bool {
        let chosen = matches!(self.kernel, "gemm_nt" | "gemm_nn" | "gemm_tn");
        kernel == self.kernel || chosen && kernel.starts_with(self.kernel)
    }
}

fn memory(kernel: &'static str, moved: usize) -> Work {
    Work {
        kernel,
        bound: Bound::Memory,
        moved: moved as f64,
        flops: 0.0,
    }
}

fn latency(kernel: &'static str) -> Work {
    Work {
        bound: Bound::Latency,
        ..memory(kernel, 0)
    }
}

fn tensor(kernel: &'static str, moved: usize, flops: usize) -> Work {
    Work {
        bound: Bound::Tensor,
        flops: flops as f64,
        ..memory(kernel, moved)
    }
}

/// One operation, ready to run again and again on buffers of its own.
pub struct Case {
    pub name: String,
    pub work: Vec<Work>,
    pub run: Box<dyn FnMut() -> Result<()>>,
}

/// Makes a case on a device.
pub type Builder = Box<dyn Fn(&Arc<Cuda>, &Scale) -> Result<Case>>;

/// All cases, in the order of a training step, then the update, then decoding; then products tile by tile, those that the
/// device holds.
pub fn all(device: &Cuda) -> Result<Vec<Builder>> {
    let boxed = |build: fn(&Arc<Cuda>, &Scale) -> Result<Case>| -> Builder { Box::new(build) };
    let mut cases: Vec<Builder> = [
        norm::embed,
        norm::embed_backward,
        norm::add_layer_norm,
        norm::add_layer_norm_backward,
        dense::forward,
        dense::gelu,
        dense::backward_input,
        dense::backward_weight,
        dense::split_product,
    ]
    .map(boxed)
    .into();
    for dimension in [64, 32] {
        for probability in [0.0, 0.1] {
            cases.push(Box::new(move |device, scale| {
                attention::attention(device, scale, dimension, probability)
            }));
        }
    }
    cases.push(Box::new(|device, scale| {
        attention::attention(device, &scale.without_tensor_cores(), 128, 0.0)
    }));
    cases.extend(
        [
            rows::gather_scatter,
            dense::projection_loss,
            rows::update,
            rows::refresh,
            attention::pooling,
        ]
        .map(boxed),
    );
    for dimension in [64, 32, 128] {
        cases.push(Box::new(move |device, scale| {
            attention::decoding(device, scale, dimension)
        }));
    }
    cases.extend(dense::tiles(device)?);
    Ok(cases)
}

const DROPOUT: Dropout = Dropout {
    probability: 0.1,
    seed: 5,
    draw: 1,
    stream: 1,
};

/// Values around 0 without structure.
fn values(length: usize, size: f32) -> Vec<f32> {
    let mut state = length as u32 | 1;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((state >> 8) as f32 / 8_388_608.0 - 1.0) * size
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn activations(device: &Cuda, length: usize) -> Result<<Cuda as Device>::Activations> {
    let mut buffer = device.activations(length)?;
    device.write_activations(&mut buffer, 0, &values(length, 1.0))?;
    Ok(buffer)
}

fn floats(device: &Cuda, length: usize) -> Result<<Cuda as Device>::Floats> {
    let mut buffer = device.floats(length)?;
    device.write_floats(&mut buffer, 0, &values(length, 0.1))?;
    Ok(buffer)
}

fn indices(device: &Cuda, values: &[u32]) -> Result<<Cuda as Device>::Indices> {
    let mut buffer = device.indices(values.len())?;
    device.write_indices(&mut buffer, 0, values)?;
    Ok(buffer)
}

fn state(device: &Cuda, rows: usize, hidden: usize) -> Result<NormState<Cuda>> {
    Ok(NormState {
        normalized: activations(device, rows * hidden)?,
        inverse_deviation: floats(device, rows)?,
    })
}

fn element(device: &Cuda) -> usize {
    match device.precision() {
        Precision::F32 => 4,
        Precision::Bf16 => 2,
    }
}

/// The kernel's name for the device's precision.
fn pick(device: &Cuda, bf16: &'static str, f32: &'static str) -> &'static str {
    if device.precision() == Precision::Bf16 {
        bf16
    } else {
        f32
    }
}

/// A layer with its parameters, which own the flat buffer.
struct Layer {
    matrix: Matrix,
    bias: Span,
    master: <Cuda as Device>::Floats,
    weights: <Cuda as Device>::Weights,
}

impl Layer {
    fn new(device: &Cuda, inputs: usize, outputs: usize) -> Result<Layer> {
        let matrix = Matrix {
            index: 0,
            offset: 0,
            outputs,
            inputs,
        };
        let bias = Span {
            offset: (outputs * inputs).next_multiple_of(64),
            length: outputs,
        };
        let master = floats(device, (bias.offset + outputs).next_multiple_of(64))?;
        let mut weights = device.weights(&[matrix], true)?;
        device.refresh_weights(&master, &mut weights)?;
        Ok(Layer {
            matrix,
            bias,
            master,
            weights,
        })
    }

    fn parameters(&self) -> Parameters<'_, Cuda> {
        Parameters {
            master: &self.master,
            weights: &self.weights,
        }
    }
}
