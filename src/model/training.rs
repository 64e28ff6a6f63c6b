//! Training: loss and gradients of packed batches, and the update. Nothing is allocated after [`Training::new`].

use super::forward::{BatchLimits, DeviceBatch, DropoutSettings, ForwardState};
use super::{Model, ModelError, PackedBatch};
use crate::device::random::Purpose;
use crate::device::{AdamW, BackwardEpilogue, Device, Dropout, ProjectionGradients, Span, Unit};

/// Buffers, gradients and optimiser state of a training run.
pub struct Training<D: Device> {
    limits: BatchLimits,
    /// Two, in turn: the next batch is copied while one is computed.
    batches: [DeviceBatch<D>; 2],
    current: usize,
    forward: ForwardState<D>,
    backward: BackwardState<D>,
    decay: Vec<Span>,
    /// What no layer's linear weights and biases hold, where the device sets gradients.
    added: Vec<Span>,
    /// Whether the next backward pass sets gradients: nothing has been added since they were last zeroed.
    fresh: bool,
    /// Flat, in the parameters' layout; filled by [`Training::accumulate`].
    pub gradients: D::Floats,
    /// AdamW's running mean of gradients.
    pub first_moment: D::Floats,
    /// AdamW's running mean of squared gradients.
    pub second_moment: D::Floats,
    loss: D::Floats,
    squared_norm: D::Floats,
}

struct BackwardState<D: Device> {
    /// Gradient of the last layer's context, of the targets.
    target_context: D::Activations,
    /// Gradient of a layer's output, and then of its input.
    output: D::Activations,
    /// Gradient on the residual path.
    residual: D::Activations,
    /// Gradient of a sub-layer's output, behind the dropout.
    branch: D::Activations,
    inner: D::Activations,
    qkv: D::Activations,
}

impl<D: Device> Training<D> {
    /// Plans all buffers for batches within `limits`. The model must have been made for training.
    pub fn new(model: &Model<D>, limits: BatchLimits) -> Result<Self, ModelError> {
        if !model.training {
            return Err(ModelError::Config(
                "a model opened for inference cannot be trained".to_string(),
            ));
        }
        let (device, config, length) = (model.device(), &model.config, model.layout.length);
        let (rows, hidden) = (limits.tokens, config.hidden_size);
        device.prepare(&model.limits(&limits, true))?;
        Ok(Training {
            batches: [DeviceBatch::new(device, &limits)?, DeviceBatch::new(device, &limits)?],
            current: 0,
            forward: ForwardState::new(model, &limits)?,
            backward: BackwardState {
                target_context: device.activations(limits.targets * hidden)?,
                output: device.activations(rows * hidden)?,
                residual: device.activations(rows * hidden)?,
                branch: device.activations(rows * hidden)?,
                inner: device.activations(rows * config.intermediate_size)?,
                qkv: device.activations(rows * 3 * hidden)?,
            },
            decay: model.layout.decay_spans(),
            added: model.layout.spans_beside_linear_layers(),
            fresh: false,
            gradients: device.floats(length)?,
            first_moment: device.floats(length)?,
            second_moment: device.floats(length)?,
            loss: device.floats(1)?,
            squared_norm: device.floats(1)?,
            limits,
        })
    }

    /// The largest batch that fits.
    pub fn limits(&self) -> &BatchLimits {
        &self.limits
    }

    /// Sets gradients and loss to zero: the start of an update.
    pub fn zero_gradients(&mut self, model: &Model<D>) -> Result<(), ModelError> {
        model.device().zero(&mut self.loss, Span { offset: 0, length: 1 })?;
        self.zero_gradients_alone(model)
    }

    /// The start of an update whose loss is added to that of the updates before, so that it need not be read after each.
    pub fn zero_gradients_alone(&mut self, model: &Model<D>) -> Result<(), ModelError> {
        // Where the device sets gradients, the first backward pass overwrites the others.
        self.fresh = D::SETS_GRADIENTS;
        let whole = [Span {
            offset: 0,
            length: model.layout.length,
        }];
        for span in if self.fresh { &self.added[..] } else { &whole } {
            model.device().zero(&mut self.gradients, *span)?;
        }
        Ok(())
    }

    /// Adds `scale × Σ weight · cross-entropy` over the batch's targets to the loss, and its gradients to `gradients`.
    /// `scale` is one over the number of target tokens of the whole update.
    pub fn accumulate(
        &mut self,
        model: &Model<D>,
        batch: &PackedBatch,
        dropout: &DropoutSettings,
        scale: f32,
    ) -> Result<(), ModelError> {
        batch.validate(&model.config)?;
        self.limits.check(batch)?;
        let device = model.device();
        self.current = 1 - self.current;
        let next = &mut self.batches[self.current];
        device.upload(|| next.load(device, batch))?;
        device.submit(Unit::Accumulate, || self.compute(model, dropout, scale))?;
        self.fresh = false;
        Ok(())
    }

    /// Forward and backward of the current batch.
    fn compute(&mut self, model: &Model<D>, dropout: &DropoutSettings, scale: f32) -> Result<(), ModelError> {
        let device = model.device();
        let batch = &self.batches[self.current];
        self.forward.run(model, batch, dropout)?;

        device.projection_loss(
            model.parameters(),
            &model.layout.embedding.words,
            model.layout.projection_bias,
            self.forward.output(),
            &batch.target_tokens,
            &batch.target_weights,
            batch.target_count,
            scale,
            &mut self.loss,
            Some(ProjectionGradients {
                parameters: &mut self.gradients,
                hidden: &mut self.backward.output,
            }),
        )?;
        for number in (0..model.layout.layers.len()).rev() {
            self.layer_backward(model, number, dropout)?;
        }
        let batch = &self.batches[self.current];
        device.embed_backward(
            model.parameters(),
            &model.layout.embedding,
            &batch.tokens,
            &batch.positions,
            batch.token_count,
            dropout.of(0, Purpose::Embeddings),
            &self.forward.embedding_norm,
            &mut self.backward.output,
            &mut self.gradients,
        )?;
        Ok(())
    }

    /// From the gradient of a layer's output, in `backward.output`, to that of its input, in the same place. The last
    /// layer begins with the targets alone, as its forward pass ends with them.
    fn layer_backward(&mut self, model: &Model<D>, number: usize, dropout: &DropoutSettings) -> Result<(), ModelError> {
        let batch = &self.batches[self.current];
        let (device, parameters) = (model.device(), model.parameters());
        let layer = &model.layout.layers[number];
        let (forward, backward, gradients) = (&self.forward, &mut self.backward, &mut self.gradients);
        let weight_gradient = if self.fresh {
            D::set_weight_gradient
        } else {
            D::dense_backward_weight
        };
        let state = &forward.layers[number];
        let input = if number == 0 {
            &forward.embedded
        } else {
            &forward.layers[number - 1].output
        };
        let last = number + 1 == model.layout.layers.len();
        let (context, rows) = if last {
            (&forward.target_context, batch.target_count)
        } else {
            (&state.context, batch.token_count)
        };

        // Feed-forward: output = norm(attended + dropout(inner · W₂)), inner = gelu(attended · W₁).
        let drop = dropout.of(number, Purpose::FeedForwardOutput);
        norm_backward(
            model,
            &layer.output_norm,
            drop,
            &state.output_norm,
            backward,
            rows,
            gradients,
        )?;
        let branch = if drop.is_active() {
            &backward.branch
        } else {
            &backward.residual
        };
        let linear = &layer.output;
        weight_gradient(
            device,
            &linear.matrix,
            linear.bias,
            &state.inner,
            branch,
            rows,
            gradients,
        )?;
        let multiply = BackwardEpilogue::Multiply {
            derivative: &state.slope,
        };
        device.dense_backward_input(parameters, &linear.matrix, branch, rows, multiply, &mut backward.inner)?;
        let linear = &layer.intermediate;
        weight_gradient(
            device,
            &linear.matrix,
            linear.bias,
            &state.attended,
            &backward.inner,
            rows,
            gradients,
        )?;
        let (gradient, add) = (&backward.inner, BackwardEpilogue::Accumulate);
        device.dense_backward_input(parameters, &linear.matrix, gradient, rows, add, &mut backward.residual)?;
        std::mem::swap(&mut backward.output, &mut backward.residual);

        // Attention: attended = norm(input + dropout(context · W)).
        let drop = dropout.of(number, Purpose::AttentionOutput);
        norm_backward(
            model,
            &layer.attention_norm,
            drop,
            &state.attention_norm,
            backward,
            rows,
            gradients,
        )?;
        let branch = if drop.is_active() {
            &backward.branch
        } else {
            &backward.residual
        };
        let linear = &layer.attention_output;
        weight_gradient(device, &linear.matrix, linear.bias, context, branch, rows, gradients)?;
        let gradient = if last {
            &mut backward.target_context
        } else {
            &mut backward.output
        };
        let overwrite = BackwardEpilogue::Overwrite;
        device.dense_backward_input(parameters, &linear.matrix, branch, rows, overwrite, gradient)?;
        let rows = batch.token_count;
        if last {
            let (targets, count, hidden) = (&batch.target_rows, batch.target_count, model.config.hidden_size);
            let (source, output) = (&backward.target_context, &mut backward.output);
            device.scatter_rows(source, targets, count, hidden, output, rows)?;
            let (source, output) = (&backward.residual, &mut backward.branch);
            device.scatter_rows(source, targets, count, hidden, output, rows)?;
            std::mem::swap(&mut backward.residual, &mut backward.branch);
        }
        device.attention_backward(
            model.config.heads(),
            &batch.segments,
            &state.qkv,
            &state.context,
            &state.log_sum_exp,
            &backward.output,
            dropout.of(number, Purpose::AttentionProbabilities),
            &mut backward.qkv,
        )?;
        let linear = &layer.qkv;
        weight_gradient(
            device,
            &linear.matrix,
            linear.bias,
            input,
            &backward.qkv,
            rows,
            gradients,
        )?;
        let (gradient, add) = (&backward.qkv, BackwardEpilogue::Accumulate);
        device.dense_backward_input(parameters, &linear.matrix, gradient, rows, add, &mut backward.residual)?;
        std::mem::swap(&mut backward.output, &mut backward.residual);
        Ok(())
    }

    /// Clips by the global norm and updates all parameters.
    pub fn update(&mut self, model: &mut Model<D>, settings: &AdamW) -> Result<(), ModelError> {
        if std::mem::take(&mut self.fresh) {
            // No batch since the gradients were zeroed: those left to be set are of another update.
            let length = model.layout.length;
            model.device().zero(&mut self.gradients, Span { offset: 0, length })?;
        }
        let device = model.device.clone();
        device.submit(Unit::Update, || {
            device.squared_norm(&self.gradients, model.layout.length, &mut self.squared_norm)?;
            device.adamw(
                settings,
                &self.decay,
                &self.squared_norm,
                &self.gradients,
                &mut model.master,
                &mut self.first_moment,
                &mut self.second_moment,
                &mut model.weights,
            )?;
            Ok(())
        })
    }

    /// The loss summed since [`Training::zero_gradients`] (over all updates since). Waits for the device.
    pub fn read_loss(&self, model: &Model<D>) -> Result<f32, ModelError> {
        let mut loss = [0.0];
        model.device().read_floats(&self.loss, 0, &mut loss)?;
        Ok(loss[0])
    }

    /// The gradient norm of the last update, before clipping. Waits for the device.
    pub fn read_gradient_norm(&self, model: &Model<D>) -> Result<f32, ModelError> {
        let mut squared = [0.0];
        model.device().read_floats(&self.squared_norm, 0, &mut squared)?;
        Ok(squared[0].sqrt())
    }
}

/// Through dropout and layer norm: from `backward.output` to `backward.residual` and, with dropout, `backward.branch`.
fn norm_backward<D: Device>(
    model: &Model<D>,
    norm: &crate::device::LayerNorm,
    dropout: Dropout,
    state: &crate::device::NormState<D>,
    backward: &mut BackwardState<D>,
    rows: usize,
    gradients: &mut D::Floats,
) -> Result<(), ModelError> {
    model.device().add_layer_norm_backward(
        model.parameters(),
        norm,
        &backward.output,
        rows,
        dropout,
        state,
        &mut backward.residual,
        dropout.is_active().then_some(&mut backward.branch),
        gradients,
    )?;
    Ok(())
}
