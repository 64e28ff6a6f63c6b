//! Passes that nothing is trained on: hidden states, loss, logits, pooled embeddings.

use super::forward::{BatchLimits, DeviceBatch, Stack};
use super::{Model, ModelError, PackedBatch};
use crate::device::{Device, Dropout, Span};

/// Buffers for batches within limits.
pub struct Inference<D: Device> {
    limits: BatchLimits,
    batch: DeviceBatch<D>,
    stack: Stack<D>,
    targets: D::Activations,
    loss: D::Floats,
    pooled: D::Floats,
}

impl<D: Device> Inference<D> {
    pub fn new(model: &Model<D>, limits: BatchLimits) -> Result<Self, ModelError> {
        let (device, hidden) = (model.device(), model.config.hidden_size);
        device.prepare(&model.limits(&limits, false))?;
        Ok(Inference {
            batch: DeviceBatch::new(device, &limits)?,
            stack: Stack::new(model, limits.tokens)?,
            targets: device.activations(limits.targets * hidden)?,
            loss: device.floats(1)?,
            pooled: device.floats(limits.segments * hidden)?,
            limits,
        })
    }

    /// The largest batch that fits.
    pub fn limits(&self) -> &BatchLimits {
        &self.limits
    }

    fn run(&mut self, model: &Model<D>, batch: &PackedBatch) -> Result<(), ModelError> {
        batch.validate(&model.config)?;
        self.limits.check(batch)?;
        let (device, heads) = (model.device(), model.config.heads());
        self.batch.load(device, batch)?;
        let batch = &self.batch;
        self.stack.run(
            model,
            &batch.tokens,
            &batch.positions,
            batch.token_count,
            |_, qkv, context| {
                device
                    .attention(heads, &batch.segments, qkv, Dropout::NONE, None, context)
                    .map_err(ModelError::from)
            },
        )
    }

    fn gather(&mut self, model: &Model<D>) -> Result<usize, ModelError> {
        let (hidden, count) = (model.config.hidden_size, self.batch.target_count);
        model.device().gather_rows(
            &self.stack.hidden,
            &self.batch.target_rows,
            count,
            hidden,
            &mut self.targets,
        )?;
        Ok(count)
    }

    /// Hidden states of the last layer, `[tokens, hidden]`.
    pub fn hidden(&mut self, model: &Model<D>, batch: &PackedBatch) -> Result<Vec<f32>, ModelError> {
        self.run(model, batch)?;
        let mut hidden = vec![0.0; batch.token_count() * model.config.hidden_size];
        model.device().read_activations(&self.stack.hidden, 0, &mut hidden)?;
        Ok(hidden)
    }

    /// `scale × Σ weight · cross-entropy` over the batch's targets.
    pub fn loss(&mut self, model: &Model<D>, batch: &PackedBatch, scale: f32) -> Result<f32, ModelError> {
        self.run(model, batch)?;
        let (count, device) = (self.gather(model)?, model.device());
        device.zero(&mut self.loss, Span { offset: 0, length: 1 })?;
        device.projection_loss(
            model.parameters(),
            &model.layout.embedding.words,
            model.layout.projection_bias,
            &self.targets,
            &self.batch.target_tokens,
            &self.batch.target_weights,
            count,
            scale,
            &mut self.loss,
            None,
        )?;
        let mut loss = [0.0];
        device.read_floats(&self.loss, 0, &mut loss)?;
        Ok(loss[0])
    }

    /// Logits of the batch's targets, `[targets, vocabulary]`: for tests and small vocabularies, all are held at once.
    pub fn logits(&mut self, model: &Model<D>, batch: &PackedBatch) -> Result<Vec<f32>, ModelError> {
        self.run(model, batch)?;
        let (count, device) = (self.gather(model)?, model.device());
        let mut logits = device.floats(count * model.config.vocab_size)?;
        let words = &model.layout.embedding.words;
        let bias = model.layout.projection_bias;
        device.logits(model.parameters(), words, bias, &self.targets, count, &mut logits)?;
        let mut values = vec![0.0; count * model.config.vocab_size];
        device.read_floats(&logits, 0, &mut values)?;
        Ok(values)
    }

    /// Mean of the last layer over each segment, `[segments, hidden]`, of unit length when `normalize`.
    pub fn pooled(&mut self, model: &Model<D>, batch: &PackedBatch, normalize: bool) -> Result<Vec<f32>, ModelError> {
        self.run(model, batch)?;
        let (device, hidden) = (model.device(), model.config.hidden_size);
        device.mean_pool(
            &self.batch.segments,
            &self.stack.hidden,
            hidden,
            normalize,
            &mut self.pooled,
        )?;
        let mut pooled = vec![0.0; batch.segment_count() * hidden];
        device.read_floats(&self.pooled, 0, &mut pooled)?;
        Ok(pooled)
    }
}
