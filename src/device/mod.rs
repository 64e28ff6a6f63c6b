//! The device: the one thing the model knows below itself.
//!
//! [`Device`] has one method per operation of the Transformer's training and inference. The CPU device (`device::cpu`)
//! and the CUDA device (`device::cuda`) implement it; the model is written once over it.
//!
//! Conventions that hold for every operation:
//! - Matrices are row-major and dense. `[rows, columns]` in a docstring gives the shape, `rows` of the call may be
//!   smaller than what the buffer holds: buffers are planned for the largest batch, a call touches its first rows.
//! - *Parameters*, *gradients* and both moments of the optimiser are one flat `f32` buffer each, with the same
//!   offsets ([`Span`]). Operations **add** to parameter gradients (`+=`); all other outputs are overwritten (`=`),
//!   unless the docstring says otherwise.
//! - *Activations* (hidden states and their gradients) have the device's [`Precision`]; sums, softmax, layer norm and
//!   the loss are `f32` inside.
//! - Calls are asynchronous: a device may queue them. Nothing is read back inside a step; only the `read_*` methods
//!   and [`Device::synchronize`] wait. A fault of a queued operation may surface at the next wait.
//! - Results are the same from run to run, bit for bit, on the same device with the same number of threads.
//! - After [`Device::prepare`], operations allocate nothing.

use serde::{Deserialize, Serialize};

pub mod cpu;
pub mod cuda;
pub mod random;

/// What went wrong on a device: memory, a driver's fault, an unsupported shape.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{device} device: {message}")]
pub struct DeviceError {
    /// Which device spoke: `cpu`, `cuda`, `softcuda`.
    pub device: &'static str,
    /// One clear line: what, where, what would be right.
    pub message: String,
}

/// Result of a device operation.
pub type Result<T> = std::result::Result<T, DeviceError>;

/// Number format of weights' compute copies and of activations. Master weights and optimiser state are always `f32`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// IEEE binary32.
    F32,
    /// bfloat16 with `f32` accumulation.
    Bf16,
}

impl std::fmt::Display for Precision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Precision::F32 => "f32",
            Precision::Bf16 => "bf16",
        })
    }
}

impl std::str::FromStr for Precision {
    type Err = String;
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text {
            "f32" => Ok(Precision::F32),
            "bf16" => Ok(Precision::Bf16),
            other => Err(format!("unknown precision `{other}`: expected f32 or bf16")),
        }
    }
}

/// A range of a flat buffer, in elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    pub offset: usize,
    pub length: usize,
}

impl Span {
    pub fn range(self) -> std::ops::Range<usize> {
        self.offset..self.offset + self.length
    }
}

/// A weight matrix `[outputs, inputs]` (the layout of `torch.nn.Linear`) within the flat parameter buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matrix {
    /// Place in the table given to [`Device::weights`].
    pub index: usize,
    /// First element in the flat parameter buffer.
    pub offset: usize,
    pub outputs: usize,
    pub inputs: usize,
}

impl Matrix {
    /// Its place in the flat parameters.
    pub fn span(&self) -> Span {
        Span {
            offset: self.offset,
            length: self.outputs * self.inputs,
        }
    }
}

/// Scale and shift of a layer norm, `[hidden]` each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LayerNorm {
    pub weight: Span,
    pub bias: Span,
    /// Added to the variance under the root.
    pub epsilon: f32,
}

/// The embedding tables and the layer norm behind them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Embedding {
    /// `[vocabulary, hidden]`; also the output projection (tied).
    pub words: Matrix,
    /// `[positions, hidden]`.
    pub positions: Span,
    /// `[types, hidden]`, of which row 0 alone is used.
    pub types: Span,
    pub layer_norm: LayerNorm,
}

/// Shape of multi-head attention; hidden = heads × dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heads {
    pub count: usize,
    pub dimension: usize,
}

impl Heads {
    pub fn hidden(self) -> usize {
        self.count * self.dimension
    }
    /// Softmax scale, 1/√dimension.
    pub fn scale(self) -> f32 {
        1.0 / (self.dimension as f32).sqrt()
    }
}

/// Which dropout mask an operation draws; see [`random`] for the generator. Forward and backward given the same value
/// use the same mask, on every device.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dropout {
    /// Share of elements set to zero, `0 ≤ p < 1`. 0 draws nothing.
    pub probability: f32,
    pub seed: u64,
    /// Number of the micro-batch since the run began.
    pub draw: u32,
    /// `layer << 2 | purpose`, see [`random::stream`].
    pub stream: u32,
}

impl Dropout {
    /// No dropout: evaluation and inference.
    pub const NONE: Dropout = Dropout {
        probability: 0.0,
        seed: 0,
        draw: 0,
        stream: 0,
    };

    pub fn is_active(&self) -> bool {
        self.probability > 0.0
    }
}

/// Master weights and their compute copies, as operations read them.
pub struct Parameters<'a, D: Device> {
    /// Flat `f32` master parameters.
    pub master: &'a D::Floats,
    /// Compute copies of the matrices (see [`Device::refresh_weights`]).
    pub weights: &'a D::Weights,
}

impl<D: Device> Clone for Parameters<'_, D> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<D: Device> Copy for Parameters<'_, D> {}

/// What a layer norm keeps for its backward pass.
pub struct NormState<D: Device> {
    /// `(x − mean) / √(variance + ε)`, `[rows, hidden]`.
    pub normalized: D::Activations,
    /// `1 / √(variance + ε)`, `[rows]`.
    pub inverse_deviation: D::Floats,
}

/// What [`Device::dense`] does with `x Wᵀ + b` before it stores it.
pub enum DenseEpilogue<'a, D: Device> {
    /// Store it.
    Linear,
    /// Store GELU(z) = z Φ(z) (exact, with erf), and GELU′(z) where backward will need it.
    Gelu { derivative: Option<&'a mut D::Activations> },
}

/// What [`Device::dense_backward_input`] does with `dY W`.
pub enum BackwardEpilogue<'a, D: Device> {
    /// `dX = dY W`
    Overwrite,
    /// `dX += dY W`: the residual path's gradient is already there.
    Accumulate,
    /// `dX = dY W ∘ derivative`: through the GELU in front.
    Multiply { derivative: &'a D::Activations },
}

/// Where [`Device::projection_loss`] puts its gradients.
pub struct ProjectionGradients<'a, D: Device> {
    /// Flat parameter gradients: `words` and the projection bias are added to.
    pub parameters: &'a mut D::Floats,
    /// `[targets, hidden]`, overwritten.
    pub hidden: &'a mut D::Activations,
}

/// AdamW (Loshchilov and Hutter, ICLR 2019) as `torch.optim.AdamW` computes it, with clipping by the global norm
/// (factor `min(1, max_norm / (norm + 1e-6))`, as `torch.nn.utils.clip_grad_norm_`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdamW {
    pub learning_rate: f32,
    pub beta1: f32,
    pub beta2: f32,
    pub epsilon: f32,
    /// Decoupled decay, applied where the decay groups say so.
    pub weight_decay: f32,
    /// Number of this update, from 1: bias correction.
    pub step: u64,
    /// Largest global gradient norm; `f32::INFINITY` never clips.
    pub max_norm: f32,
}

/// Shape of one step of cached decoding; see [`Device::decode_attention`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeShape {
    pub heads: Heads,
    /// Hypotheses of this step.
    pub rows: usize,
    /// Rows that the generated cache holds per step.
    pub row_capacity: usize,
    /// Generated tokens already in the cache, this step's included, minus one.
    pub step: usize,
    /// Steps that the ancestor table holds per row.
    pub step_capacity: usize,
}

/// Upper bounds for which a device reserves its scratch memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub tokens: usize,
    pub segments: usize,
    pub targets: usize,
    pub hidden: usize,
    pub intermediate: usize,
    pub vocabulary: usize,
    pub heads: usize,
    /// False for inference: nothing is reserved for backward passes.
    pub training: bool,
}

/// Work that is queued as a whole, again and again; see [`Device::submit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Forward and backward of one micro-batch.
    Accumulate,
    /// Norm, clipping and AdamW.
    Update,
    /// One step of cached decoding.
    Decode,
}

impl Unit {
    pub const COUNT: usize = 3;
}

/// One method per operation of the model. See the module's documentation for what holds for all of them.
pub trait Device: Sized {
    /// `f32` values: parameters, gradients, optimiser state, statistics, the loss.
    type Floats;
    /// Hidden states and their gradients, in the device's [`Precision`].
    type Activations;
    /// `u32` values: tokens, positions, rows.
    type Indices;
    /// Compute copies of all weight matrices: packed, transposed or rounded as the device likes.
    type Weights;
    /// Segment bounds and prefix lengths of a packed batch, with whatever schedule the device derives from them.
    type Segments;

    /// What it is, for people: model, instruction set, threads.
    fn name(&self) -> String;
    fn precision(&self) -> Precision;

    // --- memory -----------------------------------------------------------------------------------------------------

    /// `length` zeros.
    fn floats(&self, length: usize) -> Result<Self::Floats>;
    /// `length` zeros.
    fn activations(&self, length: usize) -> Result<Self::Activations>;
    /// `length` zeros.
    fn indices(&self, length: usize) -> Result<Self::Indices>;
    /// Room for the structure of a batch of at most `tokens` tokens in at most `segments` segments.
    fn segments(&self, tokens: usize, segments: usize) -> Result<Self::Segments>;
    /// Reserves scratch memory for batches within `limits`; called before the first operation, and again to grow.
    fn prepare(&self, limits: &Limits) -> Result<()>;

    fn write_floats(&self, destination: &mut Self::Floats, offset: usize, source: &[f32]) -> Result<()>;
    fn write_indices(&self, destination: &mut Self::Indices, offset: usize, source: &[u32]) -> Result<()>;
    /// Rounds to the device's precision.
    fn write_activations(&self, destination: &mut Self::Activations, offset: usize, source: &[f32]) -> Result<()>;
    /// `starts`: `[segments + 1]` bounds, ascending from 0; `prefix_lengths`: `[segments]`, each at most its segment.
    fn write_segments(&self, destination: &mut Self::Segments, starts: &[u32], prefix_lengths: &[u32]) -> Result<()>;
    /// Waits for what was queued before, then copies.
    fn read_floats(&self, source: &Self::Floats, offset: usize, destination: &mut [f32]) -> Result<()>;
    fn read_indices(&self, source: &Self::Indices, offset: usize, destination: &mut [u32]) -> Result<()>;
    fn read_activations(&self, source: &Self::Activations, offset: usize, destination: &mut [f32]) -> Result<()>;
    /// Sets a range to zero.
    fn zero(&self, buffer: &mut Self::Floats, span: Span) -> Result<()>;
    /// Waits until everything queued is done.
    fn synchronize(&self) -> Result<()>;

    /// Queues the operations that `work` queues, as one unit where the device can (a CUDA graph). `work` calls operations
    /// only: it reads, writes and allocates nothing.
    fn submit<E: From<DeviceError>>(
        &self,
        _unit: Unit,
        work: impl FnOnce() -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        work()
    }

    /// Runs `work`, which calls `write_*` alone. Its copies may overlap with operations queued before; operations queued
    /// afterwards see them. Callers keep two sets of buffers and upload to them in turn: nothing queued since the upload
    /// before may touch the set that is written.
    fn upload<E: From<DeviceError>>(
        &self,
        work: impl FnOnce() -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        work()
    }

    // --- weights ----------------------------------------------------------------------------------------------------

    /// Room for the compute copies of `matrices` (table index = position). `training`: also the forms that backward
    /// reads.
    fn weights(&self, matrices: &[Matrix], training: bool) -> Result<Self::Weights>;
    /// Makes the compute copies anew from `master`; needed after loading, [`Device::adamw`] does it by itself.
    fn refresh_weights(&self, master: &Self::Floats, weights: &mut Self::Weights) -> Result<()>;

    // --- embedding and layer norm -----------------------------------------------------------------------------------

    /// `output = dropout(layer_norm(words[token] + positions[position] + types[0]))`, `[rows, hidden]`.
    /// `state` is kept where a backward pass follows.
    #[allow(clippy::too_many_arguments)]
    fn embed(
        &self,
        parameters: Parameters<Self>,
        embedding: &Embedding,
        tokens: &Self::Indices,
        positions: &Self::Indices,
        rows: usize,
        dropout: Dropout,
        state: Option<&mut NormState<Self>>,
        output: &mut Self::Activations,
    ) -> Result<()>;

    /// Adds the gradients of all three tables and of the layer norm to `gradients`, in a fixed order of summation.
    /// `output_gradient` `[rows, hidden]` is used as scratch and is lost.
    #[allow(clippy::too_many_arguments)]
    fn embed_backward(
        &self,
        parameters: Parameters<Self>,
        embedding: &Embedding,
        tokens: &Self::Indices,
        positions: &Self::Indices,
        rows: usize,
        dropout: Dropout,
        state: &NormState<Self>,
        output_gradient: &mut Self::Activations,
        gradients: &mut Self::Floats,
    ) -> Result<()>;

    /// `output = layer_norm(residual + dropout(input))`, all `[rows, hidden]`: the block of a post-layer-norm
    /// Transformer. `state` is kept where a backward pass follows.
    #[allow(clippy::too_many_arguments)]
    fn add_layer_norm(
        &self,
        parameters: Parameters<Self>,
        layer_norm: &LayerNorm,
        input: &Self::Activations,
        residual: &Self::Activations,
        rows: usize,
        dropout: Dropout,
        state: Option<&mut NormState<Self>>,
        output: &mut Self::Activations,
    ) -> Result<()>;

    /// `residual_gradient` = gradient of the sum; `input_gradient` = the same through the dropout mask (given exactly
    /// when `dropout` is active: without it both are the same); weight and bias gradients are added to `gradients`.
    #[allow(clippy::too_many_arguments)]
    fn add_layer_norm_backward(
        &self,
        parameters: Parameters<Self>,
        layer_norm: &LayerNorm,
        output_gradient: &Self::Activations,
        rows: usize,
        dropout: Dropout,
        state: &NormState<Self>,
        residual_gradient: &mut Self::Activations,
        input_gradient: Option<&mut Self::Activations>,
        gradients: &mut Self::Floats,
    ) -> Result<()>;

    // --- dense ------------------------------------------------------------------------------------------------------

    /// `output = epilogue(input Wᵀ + bias)`: input `[rows, inputs]`, output `[rows, outputs]`.
    #[allow(clippy::too_many_arguments)]
    fn dense(
        &self,
        parameters: Parameters<Self>,
        matrix: &Matrix,
        bias: Span,
        input: &Self::Activations,
        rows: usize,
        epilogue: DenseEpilogue<Self>,
        output: &mut Self::Activations,
    ) -> Result<()>;

    /// `input_gradient = epilogue(output_gradient W)`: `[rows, outputs]` to `[rows, inputs]`.
    fn dense_backward_input(
        &self,
        parameters: Parameters<Self>,
        matrix: &Matrix,
        output_gradient: &Self::Activations,
        rows: usize,
        epilogue: BackwardEpilogue<Self>,
        input_gradient: &mut Self::Activations,
    ) -> Result<()>;

    /// `dW += output_gradientᵀ input`, `db += column sums of output_gradient`, into the flat gradients.
    fn dense_backward_weight(
        &self,
        matrix: &Matrix,
        bias: Span,
        input: &Self::Activations,
        output_gradient: &Self::Activations,
        rows: usize,
        gradients: &mut Self::Floats,
    ) -> Result<()>;

    /// Whether [`Device::set_weight_gradient`] is less work than zeroing all gradients beforehand.
    const SETS_GRADIENTS: bool = false;

    /// [`Device::dense_backward_weight`] in place of what the gradients held before.
    fn set_weight_gradient(
        &self,
        matrix: &Matrix,
        bias: Span,
        input: &Self::Activations,
        output_gradient: &Self::Activations,
        rows: usize,
        gradients: &mut Self::Floats,
    ) -> Result<()> {
        self.zero(gradients, matrix.span())?;
        self.zero(gradients, bias)?;
        self.dense_backward_weight(matrix, bias, input, output_gradient, rows, gradients)
    }

    // --- attention --------------------------------------------------------------------------------------------------

    /// Prefix attention over packed segments. `qkv` `[tokens, 3 × hidden]` holds queries, keys, values side by side,
    /// each `[heads, dimension]` within a row. Within its segment, position `i` sees position `j` when
    /// `j < prefix_length` or `j ≤ i`. `output` `[tokens, hidden]` = dropout(softmax(scale · q kᵀ)) v.
    /// `log_sum_exp` `[heads, tokens]` (natural logarithm, of the scaled scores) is kept where backward follows;
    /// it is indexed `head × tokens + token` with the call's number of tokens.
    fn attention(
        &self,
        heads: Heads,
        segments: &Self::Segments,
        qkv: &Self::Activations,
        dropout: Dropout,
        log_sum_exp: Option<&mut Self::Floats>,
        output: &mut Self::Activations,
    ) -> Result<()>;

    /// Backward of [`Device::attention`]; probabilities are recomputed from `log_sum_exp`. `qkv_gradient`
    /// `[tokens, 3 × hidden]` is overwritten.
    #[allow(clippy::too_many_arguments)]
    fn attention_backward(
        &self,
        heads: Heads,
        segments: &Self::Segments,
        qkv: &Self::Activations,
        output: &Self::Activations,
        log_sum_exp: &Self::Floats,
        output_gradient: &Self::Activations,
        dropout: Dropout,
        qkv_gradient: &mut Self::Activations,
    ) -> Result<()>;

    // --- rows, projection, loss -------------------------------------------------------------------------------------

    /// `output[i] = input[rows[i]]` for `i < count`; rows of `columns` elements.
    fn gather_rows(
        &self,
        input: &Self::Activations,
        rows: &Self::Indices,
        count: usize,
        columns: usize,
        output: &mut Self::Activations,
    ) -> Result<()>;

    /// Backward of [`Device::gather_rows`]: `input_gradient` `[total, columns]` is zero but for
    /// `input_gradient[rows[i]] = output_gradient[i]`. `rows` is strictly ascending.
    fn scatter_rows(
        &self,
        output_gradient: &Self::Activations,
        rows: &Self::Indices,
        count: usize,
        columns: usize,
        input_gradient: &mut Self::Activations,
        total: usize,
    ) -> Result<()>;

    /// Fused, chunked projection and weighted cross-entropy: logits `hidden Wᵀ + bias` of all `count` targets are never
    /// held at once. Adds `scale × Σ weight · (−log softmax(logits)[target])` to `loss[0]`, and computes the gradients
    /// of that sum where asked.
    #[allow(clippy::too_many_arguments)]
    fn projection_loss(
        &self,
        parameters: Parameters<Self>,
        words: &Matrix,
        bias: Span,
        hidden: &Self::Activations,
        targets: &Self::Indices,
        target_weights: &Self::Floats,
        count: usize,
        scale: f32,
        loss: &mut Self::Floats,
        gradients: Option<ProjectionGradients<Self>>,
    ) -> Result<()>;

    /// `logits = hidden Wᵀ + bias`, `[rows, vocabulary]` in `f32`.
    fn logits(
        &self,
        parameters: Parameters<Self>,
        words: &Matrix,
        bias: Span,
        hidden: &Self::Activations,
        rows: usize,
        logits: &mut Self::Floats,
    ) -> Result<()>;

    // --- update -----------------------------------------------------------------------------------------------------

    /// `output[0] = Σ gradients²` over the first `length` elements, in a fixed order of summation.
    fn squared_norm(&self, gradients: &Self::Floats, length: usize, output: &mut Self::Floats) -> Result<()>;

    /// One update of all parameters in one pass, clipped by the norm whose square is `squared_norm[0]` (read on the
    /// device), and the refresh of the compute copies. `decay`: the spans that weight decay applies to, ascending.
    #[allow(clippy::too_many_arguments)]
    fn adamw(
        &self,
        settings: &AdamW,
        decay: &[Span],
        squared_norm: &Self::Floats,
        gradients: &Self::Floats,
        master: &mut Self::Floats,
        first_moment: &mut Self::Floats,
        second_moment: &mut Self::Floats,
        weights: &mut Self::Weights,
    ) -> Result<()>;

    // --- inference --------------------------------------------------------------------------------------------------

    /// `output[s]` = mean over segment `s` (0 of an empty one) of `hidden` `[tokens, columns]`, in `f32`; divided by its
    /// L2 norm when `normalize`.
    fn mean_pool(
        &self,
        segments: &Self::Segments,
        hidden: &Self::Activations,
        columns: usize,
        normalize: bool,
        output: &mut Self::Floats,
    ) -> Result<()>;

    /// Copies keys and values out of `qkv` `[rows, 3 × hidden]` to rows `first_row…` of `keys` and `values`
    /// (`[…, hidden]` each).
    #[allow(clippy::too_many_arguments)]
    fn append_cache(
        &self,
        qkv: &Self::Activations,
        rows: usize,
        hidden: usize,
        first_row: usize,
        keys: &mut Self::Activations,
        values: &mut Self::Activations,
    ) -> Result<()>;

    /// Attention of one query per hypothesis over its program's prefix and its own generated tokens.
    ///
    /// Row `r` of `qkv` `[rows, 3 × hidden]` sees prefix rows `prefix_starts[s] .. prefix_starts[s + 1]` with
    /// `s = sequences[r]`, then for `t ≤ step` row `t × row_capacity + ancestors[r × step_capacity + t]` of the generated
    /// cache: hypotheses share what they have in common, a beam's reordering moves indices and no keys.
    #[allow(clippy::too_many_arguments)]
    fn decode_attention(
        &self,
        shape: &DecodeShape,
        qkv: &Self::Activations,
        prefix_keys: &Self::Activations,
        prefix_values: &Self::Activations,
        prefix_starts: &Self::Indices,
        sequences: &Self::Indices,
        keys: &Self::Activations,
        values: &Self::Activations,
        ancestors: &Self::Indices,
        output: &mut Self::Activations,
    ) -> Result<()>;

    /// The `k` largest of each row of `logits` `[rows, vocabulary]`, largest first, the lower token first among equals:
    /// `tokens` and `log_probabilities` (log softmax over the whole vocabulary), `[rows, k]` each.
    fn top_k(
        &self,
        logits: &Self::Floats,
        rows: usize,
        vocabulary: usize,
        k: usize,
        tokens: &mut Self::Indices,
        log_probabilities: &mut Self::Floats,
    ) -> Result<()>;
}
