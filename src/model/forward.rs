//! Forward pass: buffers planned once, then one call per batch.

use super::{Model, ModelError, PackedBatch};
use crate::device::random::{Purpose, stream};
use crate::device::{DenseEpilogue, Device, Dropout, Limits, NormState};

/// Largest batch that buffers are planned for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchLimits {
    pub tokens: usize,
    pub segments: usize,
    pub targets: usize,
}

impl BatchLimits {
    /// The limits that a batch itself needs.
    pub fn of(batch: &PackedBatch) -> BatchLimits {
        BatchLimits {
            tokens: batch.token_count(),
            segments: batch.segment_count(),
            targets: batch.target_count(),
        }
    }

    pub(super) fn check(&self, batch: &PackedBatch) -> Result<(), ModelError> {
        let wanted = BatchLimits::of(batch);
        if wanted.tokens > self.tokens || wanted.segments > self.segments || wanted.targets > self.targets {
            return Err(ModelError::Batch(format!("{wanted:?} exceeds the planned {self:?}")));
        }
        Ok(())
    }
}

/// Probabilities and place in the random streams of one micro-batch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DropoutSettings {
    /// After embeddings, attention and feed-forward output.
    pub hidden: f32,
    /// On attention probabilities.
    pub attention: f32,
    pub seed: u64,
    /// Number of the micro-batch since the run began.
    pub draw: u32,
}

impl DropoutSettings {
    pub const NONE: DropoutSettings = DropoutSettings {
        hidden: 0.0,
        attention: 0.0,
        seed: 0,
        draw: 0,
    };

    pub(super) fn of(&self, layer: usize, purpose: Purpose) -> Dropout {
        let probability = if purpose == Purpose::AttentionProbabilities {
            self.attention
        } else {
            self.hidden
        };
        Dropout {
            probability,
            seed: self.seed,
            draw: self.draw,
            stream: stream(layer, purpose),
        }
    }
}

/// A batch on the device.
pub(super) struct DeviceBatch<D: Device> {
    pub tokens: D::Indices,
    pub positions: D::Indices,
    pub segments: D::Segments,
    pub target_rows: D::Indices,
    pub target_tokens: D::Indices,
    pub target_weights: D::Floats,
    pub token_count: usize,
    pub target_count: usize,
}

impl<D: Device> DeviceBatch<D> {
    pub fn new(device: &D, limits: &BatchLimits) -> Result<Self, ModelError> {
        Ok(DeviceBatch {
            tokens: device.indices(limits.tokens)?,
            positions: device.indices(limits.tokens)?,
            segments: device.segments(limits.tokens, limits.segments)?,
            target_rows: device.indices(limits.targets)?,
            target_tokens: device.indices(limits.targets)?,
            target_weights: device.floats(limits.targets)?,
            token_count: 0,
            target_count: 0,
        })
    }

    pub fn load(&mut self, device: &D, batch: &PackedBatch) -> Result<(), ModelError> {
        device.write_indices(&mut self.tokens, 0, &batch.tokens)?;
        device.write_indices(&mut self.positions, 0, &batch.positions)?;
        device.write_segments(&mut self.segments, &batch.segment_starts, &batch.prefix_lengths)?;
        device.write_indices(&mut self.target_rows, 0, &batch.target_rows)?;
        device.write_indices(&mut self.target_tokens, 0, &batch.target_tokens)?;
        device.write_floats(&mut self.target_weights, 0, &batch.target_weights)?;
        self.token_count = batch.token_count();
        self.target_count = batch.target_count();
        Ok(())
    }
}

impl<D: Device> NormState<D> {
    pub(super) fn new(device: &D, rows: usize, hidden: usize) -> Result<Self, ModelError> {
        Ok(NormState {
            normalized: device.activations(rows * hidden)?,
            inverse_deviation: device.floats(rows)?,
        })
    }
}

/// What a layer keeps for its backward pass, and its output. From the attention's context on the last layer knows its
/// targets alone: no other row of its output is ever read, nor has a gradient.
pub(super) struct LayerState<D: Device> {
    pub qkv: D::Activations,
    pub log_sum_exp: D::Floats,
    pub context: D::Activations,
    pub attention_norm: NormState<D>,
    pub attended: D::Activations,
    /// GELU′ at the feed-forward layer's inner values.
    pub slope: D::Activations,
    pub inner: D::Activations,
    pub output_norm: NormState<D>,
    pub output: D::Activations,
}

impl<D: Device> LayerState<D> {
    /// `rows` of the attention, `kept` behind it.
    fn new(model: &Model<D>, rows: usize, kept: usize) -> Result<Self, ModelError> {
        let (device, config) = (model.device(), &model.config);
        let (hidden, inner) = (config.hidden_size, config.intermediate_size);
        Ok(LayerState {
            qkv: device.activations(rows * 3 * hidden)?,
            log_sum_exp: device.floats(rows * config.num_attention_heads)?,
            context: device.activations(rows * hidden)?,
            attention_norm: NormState::new(device, kept, hidden)?,
            attended: device.activations(kept * hidden)?,
            slope: device.activations(kept * inner)?,
            inner: device.activations(kept * inner)?,
            output_norm: NormState::new(device, kept, hidden)?,
            output: device.activations(kept * hidden)?,
        })
    }
}

/// Everything that forward leaves for backward.
pub(super) struct ForwardState<D: Device> {
    pub embedding_norm: NormState<D>,
    pub embedded: D::Activations,
    pub layers: Vec<LayerState<D>>,
    /// Input and context of the last layer, of the targets.
    pub target_input: D::Activations,
    pub target_context: D::Activations,
    /// Output of a sub-layer before it joins the residual path.
    branch: D::Activations,
}

impl<D: Device> ForwardState<D> {
    pub fn new(model: &Model<D>, limits: &BatchLimits) -> Result<Self, ModelError> {
        let (device, hidden) = (model.device(), model.config.hidden_size);
        let (rows, count) = (limits.tokens, model.layout.layers.len());
        Ok(ForwardState {
            embedding_norm: NormState::new(device, rows, hidden)?,
            embedded: device.activations(rows * hidden)?,
            layers: (1..=count)
                .map(|number| LayerState::new(model, rows, if number == count { limits.targets } else { rows }))
                .collect::<Result<_, _>>()?,
            target_input: device.activations(limits.targets * hidden)?,
            target_context: device.activations(limits.targets * hidden)?,
            branch: device.activations(rows * hidden)?,
        })
    }

    /// Hidden states of the targets, `[targets, hidden]`.
    pub fn output(&self) -> &D::Activations {
        &self.layers.last().expect("a configuration has layers").output
    }

    /// All layers, with everything kept that backward needs.
    pub fn run(
        &mut self,
        model: &Model<D>,
        batch: &DeviceBatch<D>,
        dropout: &DropoutSettings,
    ) -> Result<(), ModelError> {
        let (device, parameters, rows) = (model.device(), model.parameters(), batch.token_count);
        let heads = model.config.heads();
        device.embed(
            parameters,
            &model.layout.embedding,
            &batch.tokens,
            &batch.positions,
            rows,
            dropout.of(0, Purpose::Embeddings),
            Some(&mut self.embedding_norm),
            &mut self.embedded,
        )?;
        for (number, layer) in model.layout.layers.iter().enumerate() {
            let (before, after) = self.layers.split_at_mut(number);
            let input = before.last().map_or(&self.embedded, |layer| &layer.output);
            let state = &mut after[0];
            let linear = DenseEpilogue::Linear;
            device.dense(
                parameters,
                &layer.qkv.matrix,
                layer.qkv.bias,
                input,
                rows,
                linear,
                &mut state.qkv,
            )?;
            device.attention(
                heads,
                &batch.segments,
                &state.qkv,
                dropout.of(number, Purpose::AttentionProbabilities),
                Some(&mut state.log_sum_exp),
                &mut state.context,
            )?;
            let (context, input, rows) = if number + 1 == model.layout.layers.len() {
                let (targets, count) = (&batch.target_rows, batch.target_count);
                let hidden = model.config.hidden_size;
                device.gather_rows(&state.context, targets, count, hidden, &mut self.target_context)?;
                device.gather_rows(input, targets, count, hidden, &mut self.target_input)?;
                (&self.target_context, &self.target_input, count)
            } else {
                (&state.context, input, rows)
            };
            let output = &layer.attention_output;
            let linear = DenseEpilogue::Linear;
            device.dense(
                parameters,
                &output.matrix,
                output.bias,
                context,
                rows,
                linear,
                &mut self.branch,
            )?;
            device.add_layer_norm(
                parameters,
                &layer.attention_norm,
                &self.branch,
                input,
                rows,
                dropout.of(number, Purpose::AttentionOutput),
                Some(&mut state.attention_norm),
                &mut state.attended,
            )?;
            let inner = &layer.intermediate;
            let gelu = DenseEpilogue::Gelu {
                derivative: Some(&mut state.slope),
            };
            device.dense(
                parameters,
                &inner.matrix,
                inner.bias,
                &state.attended,
                rows,
                gelu,
                &mut state.inner,
            )?;
            let output = &layer.output;
            let linear = DenseEpilogue::Linear;
            device.dense(
                parameters,
                &output.matrix,
                output.bias,
                &state.inner,
                rows,
                linear,
                &mut self.branch,
            )?;
            device.add_layer_norm(
                parameters,
                &layer.output_norm,
                &self.branch,
                &state.attended,
                rows,
                dropout.of(number, Purpose::FeedForwardOutput),
                Some(&mut state.output_norm),
                &mut state.output,
            )?;
        }
        Ok(())
    }
}

/// Buffers of a forward pass that nothing follows: every layer writes over the one before.
pub(super) struct Stack<D: Device> {
    /// Input of the layer under way, and in the end the last layer's output.
    pub hidden: D::Activations,
    pub qkv: D::Activations,
    context: D::Activations,
    branch: D::Activations,
    attended: D::Activations,
    inner: D::Activations,
}

impl<D: Device> Stack<D> {
    pub fn new(model: &Model<D>, rows: usize) -> Result<Self, ModelError> {
        let (device, config) = (model.device(), &model.config);
        let hidden = config.hidden_size;
        Ok(Stack {
            hidden: device.activations(rows * hidden)?,
            qkv: device.activations(rows * 3 * hidden)?,
            context: device.activations(rows * hidden)?,
            branch: device.activations(rows * hidden)?,
            attended: device.activations(rows * hidden)?,
            inner: device.activations(rows * config.intermediate_size)?,
        })
    }

    /// All layers over `rows` tokens. `attend(layer, qkv, context)` is the attention of this kind of pass.
    pub fn run(
        &mut self,
        model: &Model<D>,
        tokens: &D::Indices,
        positions: &D::Indices,
        rows: usize,
        mut attend: impl FnMut(usize, &D::Activations, &mut D::Activations) -> Result<(), ModelError>,
    ) -> Result<(), ModelError> {
        let (device, parameters) = (model.device(), model.parameters());
        let embedding = &model.layout.embedding;
        device.embed(
            parameters,
            embedding,
            tokens,
            positions,
            rows,
            Dropout::NONE,
            None,
            &mut self.hidden,
        )?;
        for (number, layer) in model.layout.layers.iter().enumerate() {
            let linear = || DenseEpilogue::Linear;
            let qkv = &layer.qkv;
            device.dense(
                parameters,
                &qkv.matrix,
                qkv.bias,
                &self.hidden,
                rows,
                linear(),
                &mut self.qkv,
            )?;
            attend(number, &self.qkv, &mut self.context)?;
            let output = &layer.attention_output;
            device.dense(
                parameters,
                &output.matrix,
                output.bias,
                &self.context,
                rows,
                linear(),
                &mut self.branch,
            )?;
            let (norm, none) = (&layer.attention_norm, Dropout::NONE);
            let attended = &mut self.attended;
            device.add_layer_norm(parameters, norm, &self.branch, &self.hidden, rows, none, None, attended)?;
            let (inner, gelu) = (&layer.intermediate, DenseEpilogue::Gelu { derivative: None });
            device.dense(
                parameters,
                &inner.matrix,
                inner.bias,
                &self.attended,
                rows,
                gelu,
                &mut self.inner,
            )?;
            let output = &layer.output;
            device.dense(
                parameters,
                &output.matrix,
                output.bias,
                &self.inner,
                rows,
                linear(),
                &mut self.branch,
            )?;
            let (norm, none) = (&layer.output_norm, Dropout::NONE);
            let hidden = &mut self.hidden;
            device.add_layer_norm(parameters, norm, &self.branch, &self.attended, rows, none, None, hidden)?;
        }
        Ok(())
    }
}

impl<D: Device> Model<D> {
    /// Bounds for the device's scratch memory.
    pub(super) fn limits(&self, batch: &BatchLimits, training: bool) -> Limits {
        Limits {
            tokens: batch.tokens,
            segments: batch.segments,
            targets: batch.targets,
            hidden: self.config.hidden_size,
            intermediate: self.config.intermediate_size,
            vocabulary: self.config.vocab_size,
            heads: self.config.num_attention_heads,
            training,
        }
    }
}
