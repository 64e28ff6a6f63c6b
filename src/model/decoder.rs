//! Decoding with a key/value cache: prefixes are encoded once, then every hypothesis advances by one token per step.
//!
//! Greedy decoding, sampling and beams share it. A hypothesis continues a row of the step before; keys and values stay
//! where they were written, and each row carries the indices of its ancestors, so that reordering beams copies no cache.

use super::forward::{BatchLimits, DeviceBatch, Stack};
use super::{Model, ModelError, PackedBatch};
use crate::device::{DecodeShape, Device, Dropout, Unit};

/// What a decoder's buffers are planned for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecoderLimits {
    /// Tokens of all prefixes together.
    pub prefix_tokens: usize,
    pub sequences: usize,
    /// Hypotheses of a step, over all sequences.
    pub rows: usize,
    /// Steps after the prefix.
    pub steps: usize,
    /// Candidates that a step may ask for.
    pub candidates: usize,
}

/// The likeliest next tokens of every row, likeliest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Candidates {
    /// Candidates per row.
    pub count: usize,
    /// `[rows, count]`
    pub tokens: Vec<u32>,
    /// `[rows, count]`, over the whole vocabulary.
    pub log_probabilities: Vec<f32>,
}

impl Candidates {
    /// Tokens and log probabilities of a row.
    pub fn row(&self, row: usize) -> (&[u32], &[f32]) {
        let range = row * self.count..(row + 1) * self.count;
        (&self.tokens[range.clone()], &self.log_probabilities[range])
    }
}

struct LayerCache<D: Device> {
    prefix_keys: D::Activations,
    prefix_values: D::Activations,
    keys: D::Activations,
    values: D::Activations,
}

/// Buffers and caches of a decoding run.
pub struct Decoder<D: Device> {
    limits: DecoderLimits,
    prefixes: DeviceBatch<D>,
    prefix_stack: Stack<D>,
    prefix_starts: D::Indices,
    layers: Vec<LayerCache<D>>,
    stack: Stack<D>,
    tokens: D::Indices,
    positions: D::Indices,
    sequences: D::Indices,
    ancestors: D::Indices,
    logits: D::Floats,
    best_tokens: D::Indices,
    best_log_probabilities: D::Floats,
    /// Position ids of the sequences' next tokens, before any step.
    next_positions: Vec<u32>,
    /// `[rows, steps]` of the last step and of the one under way.
    ancestor_table: Vec<u32>,
    ancestor_scratch: Vec<u32>,
    position_scratch: Vec<u32>,
    /// Sequence of every row of the last step.
    last_sequences: Vec<u32>,
    step: usize,
    candidates: Candidates,
}

impl<D: Device> Decoder<D> {
    pub fn new(model: &Model<D>, limits: DecoderLimits) -> Result<Self, ModelError> {
        let (device, config) = (model.device(), &model.config);
        let hidden = config.hidden_size;
        let batch = BatchLimits {
            tokens: limits.prefix_tokens,
            segments: limits.sequences,
            targets: 0,
        };
        device.prepare(&model.limits(&batch, false))?;
        let layer = || -> Result<LayerCache<D>, ModelError> {
            Ok(LayerCache {
                prefix_keys: device.activations(limits.prefix_tokens * hidden)?,
                prefix_values: device.activations(limits.prefix_tokens * hidden)?,
                keys: device.activations(limits.rows * limits.steps * hidden)?,
                values: device.activations(limits.rows * limits.steps * hidden)?,
            })
        };
        Ok(Decoder {
            prefixes: DeviceBatch::new(device, &batch)?,
            prefix_stack: Stack::new(model, limits.prefix_tokens)?,
            prefix_starts: device.indices(limits.sequences + 1)?,
            layers: model.layout.layers.iter().map(|_| layer()).collect::<Result<_, _>>()?,
            stack: Stack::new(model, limits.rows)?,
            tokens: device.indices(limits.rows)?,
            positions: device.indices(limits.rows)?,
            sequences: device.indices(limits.rows)?,
            ancestors: device.indices(limits.rows * limits.steps)?,
            logits: device.floats(limits.rows * config.vocab_size)?,
            best_tokens: device.indices(limits.rows * limits.candidates)?,
            best_log_probabilities: device.floats(limits.rows * limits.candidates)?,
            next_positions: Vec::with_capacity(limits.sequences),
            ancestor_table: vec![0; limits.rows * limits.steps],
            ancestor_scratch: vec![0; limits.rows * limits.steps],
            position_scratch: Vec::with_capacity(limits.rows),
            last_sequences: Vec::with_capacity(limits.rows),
            step: 0,
            candidates: Candidates::default(),
            limits,
        })
    }

    pub fn limits(&self) -> &DecoderLimits {
        &self.limits
    }

    /// Steps done since [`Decoder::start`].
    pub fn steps_done(&self) -> usize {
        self.step
    }

    /// Encodes the prefixes, one segment per sequence, and begins anew. Targets of the batch are ignored.
    pub fn start(&mut self, model: &Model<D>, prefixes: &PackedBatch) -> Result<(), ModelError> {
        prefixes.validate(&model.config)?;
        let limits = BatchLimits {
            tokens: self.limits.prefix_tokens,
            segments: self.limits.sequences,
            targets: prefixes.target_count(),
        };
        limits.check(prefixes)?;
        let (device, heads, hidden) = (model.device(), model.config.heads(), model.config.hidden_size);
        let batch = &mut self.prefixes;
        device.write_indices(&mut batch.tokens, 0, &prefixes.tokens)?;
        device.write_indices(&mut batch.positions, 0, &prefixes.positions)?;
        device.write_segments(&mut batch.segments, &prefixes.segment_starts, &prefixes.prefix_lengths)?;
        device.write_indices(&mut self.prefix_starts, 0, &prefixes.segment_starts)?;
        let (batch, layers, rows) = (&self.prefixes, &mut self.layers, prefixes.token_count());
        self.prefix_stack
            .run(model, &batch.tokens, &batch.positions, rows, |layer, qkv, context| {
                let cache = &mut layers[layer];
                device.append_cache(qkv, rows, hidden, 0, &mut cache.prefix_keys, &mut cache.prefix_values)?;
                device.attention(heads, &batch.segments, qkv, Dropout::NONE, None, context)?;
                Ok(())
            })?;
        self.next_positions.clear();
        let ends = prefixes.segment_starts.iter().skip(1);
        self.next_positions
            .extend(ends.map(|end| prefixes.positions[*end as usize - 1] + 1));
        self.step = 0;
        self.last_sequences.clear();
        Ok(())
    }

    /// Feeds one token to every row and returns the likeliest tokens after it.
    ///
    /// Row `r` feeds `tokens[r]` to sequence `sequences[r]` and continues row `parents[r]` of the step before (ignored in
    /// the first step). Rows may become fewer from step to step, or more, within the limits.
    pub fn step(
        &mut self,
        model: &Model<D>,
        tokens: &[u32],
        sequences: &[u32],
        parents: &[u32],
        candidates: usize,
    ) -> Result<&Candidates, ModelError> {
        let rows = tokens.len();
        self.check(model, tokens, sequences, parents, candidates)?;
        let (step, steps) = (self.step, self.limits.steps);
        for (row, line) in self.ancestor_scratch.chunks_exact_mut(steps).take(rows).enumerate() {
            if step > 0 {
                let parent = parents[row] as usize * steps;
                line[..step].copy_from_slice(&self.ancestor_table[parent..parent + step]);
            }
            line[step] = row as u32;
        }
        std::mem::swap(&mut self.ancestor_table, &mut self.ancestor_scratch);
        self.position_scratch.clear();
        let next = &self.next_positions;
        self.position_scratch
            .extend(sequences.iter().map(|sequence| next[*sequence as usize] + step as u32));

        let device = model.device();
        device.write_indices(&mut self.tokens, 0, tokens)?;
        device.write_indices(&mut self.positions, 0, &self.position_scratch)?;
        device.write_indices(&mut self.sequences, 0, sequences)?;
        device.write_indices(&mut self.ancestors, 0, &self.ancestor_table[..rows * steps])?;
        let shape = DecodeShape {
            heads: model.config.heads(),
            rows,
            row_capacity: self.limits.rows,
            step,
            step_capacity: steps,
        };
        device.submit(Unit::Decode, || self.compute(model, &shape, candidates))?;
        self.candidates.count = candidates;
        self.candidates.tokens.resize(rows * candidates, 0);
        self.candidates.log_probabilities.resize(rows * candidates, 0.0);
        device.read_indices(&self.best_tokens, 0, &mut self.candidates.tokens)?;
        device.read_floats(&self.best_log_probabilities, 0, &mut self.candidates.log_probabilities)?;
        self.last_sequences.clear();
        self.last_sequences.extend_from_slice(sequences);
        self.step += 1;
        Ok(&self.candidates)
    }

    /// The step's operations: all layers, logits, the likeliest tokens.
    fn compute(&mut self, model: &Model<D>, shape: &DecodeShape, candidates: usize) -> Result<(), ModelError> {
        let (device, hidden, rows) = (model.device(), model.config.hidden_size, shape.rows);
        let (layers, prefix_starts) = (&mut self.layers, &self.prefix_starts);
        let (sequence_rows, ancestors) = (&self.sequences, &self.ancestors);
        self.stack
            .run(model, &self.tokens, &self.positions, rows, |layer, qkv, context| {
                let cache = &mut layers[layer];
                let first_row = shape.step * shape.row_capacity;
                device.append_cache(qkv, rows, hidden, first_row, &mut cache.keys, &mut cache.values)?;
                device.decode_attention(
                    shape,
                    qkv,
                    &cache.prefix_keys,
                    &cache.prefix_values,
                    prefix_starts,
                    sequence_rows,
                    &cache.keys,
                    &cache.values,
                    ancestors,
                    context,
                )?;
                Ok(())
            })?;
        let vocabulary = model.config.vocab_size;
        let words = &model.layout.embedding.words;
        let bias = model.layout.projection_bias;
        device.logits(
            model.parameters(),
            words,
            bias,
            &self.stack.hidden,
            rows,
            &mut self.logits,
        )?;
        let (best, values) = (&mut self.best_tokens, &mut self.best_log_probabilities);
        device.top_k(&self.logits, rows, vocabulary, candidates, best, values)?;
        Ok(())
    }

    /// Logits of a row of the last step over the whole vocabulary, for sampling.
    pub fn read_logits(&self, model: &Model<D>, row: usize, logits: &mut Vec<f32>) -> Result<(), ModelError> {
        let vocabulary = model.config.vocab_size;
        logits.resize(vocabulary, 0.0);
        model.device().read_floats(&self.logits, row * vocabulary, logits)?;
        Ok(())
    }

    fn check(
        &self,
        model: &Model<D>,
        tokens: &[u32],
        sequences: &[u32],
        parents: &[u32],
        candidates: usize,
    ) -> Result<(), ModelError> {
        let fail = |message: String| Err(ModelError::Batch(message));
        let rows = tokens.len();
        if rows == 0 || rows > self.limits.rows {
            return fail(format!("{rows} rows: expected 1 to {}", self.limits.rows));
        }
        if self.step >= self.limits.steps {
            return fail(format!("the cache holds {} steps", self.limits.steps));
        }
        if sequences.len() != rows || (self.step > 0 && parents.len() != rows) {
            return fail("tokens, sequences and parents differ in number".to_string());
        }
        if candidates == 0 || candidates > self.limits.candidates.min(model.config.vocab_size) {
            return fail(format!(
                "{candidates} candidates: planned for {}",
                self.limits.candidates
            ));
        }
        if let Some(token) = tokens.iter().find(|token| **token as usize >= model.config.vocab_size) {
            return fail(format!(
                "token {token} lies outside the vocabulary of {}",
                model.config.vocab_size
            ));
        }
        for (row, &sequence) in sequences.iter().enumerate() {
            let Some(&next) = self.next_positions.get(sequence as usize) else {
                return fail(format!(
                    "row {row} belongs to sequence {sequence} of {}",
                    self.next_positions.len()
                ));
            };
            if next as usize + self.step >= model.config.max_position_embeddings {
                return fail(format!(
                    "sequence {sequence} is longer than {} tokens",
                    model.config.max_length()
                ));
            }
            if self.step > 0 && self.last_sequences.get(parents[row] as usize) != Some(&sequence) {
                return fail(format!(
                    "row {row} continues row {}, which is not of its sequence",
                    parents[row]
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::cpu::Cpu;
    use crate::model::{Inference, ModelConfig};
    use std::sync::Arc;

    fn model() -> Model<Cpu<f32>> {
        let config = ModelConfig {
            hidden_size: 20,
            num_attention_heads: 4,
            intermediate_size: 28,
            max_position_embeddings: 40,
            ..ModelConfig::preset("tiny", 53).unwrap()
        };
        let mut parameters = Model::initialize(Arc::new(Cpu::new(1).unwrap()), config.clone(), 3, false)
            .and_then(|model: Model<Cpu<f32>>| model.read_parameters())
            .unwrap();
        parameters.iter_mut().for_each(|value| *value *= 8.0);
        Model::new(Arc::new(Cpu::new(2).unwrap()), config, &parameters, false).unwrap()
    }

    /// Log softmax of the next token after `tokens`, whose first `prefix` see each other, by a whole forward pass.
    fn reference(model: &Model<Cpu<f32>>, tokens: &[u32], prefix: usize) -> Vec<f32> {
        let mut batch = PackedBatch::new();
        batch.push(tokens, prefix, tokens.len(), 2, |_| 1.0);
        batch.target_rows.push(tokens.len() as u32 - 1);
        batch.target_tokens.push(0);
        batch.target_weights.push(1.0);
        let mut inference = Inference::new(model, BatchLimits::of(&batch)).unwrap();
        let logits = inference.logits(model, &batch).unwrap();
        let sum: f64 = logits.iter().map(|logit| f64::from(*logit).exp()).sum();
        logits.iter().map(|logit| logit - sum.ln() as f32).collect()
    }

    #[test]
    fn beams_over_several_programs_equal_whole_passes() {
        let model = model();
        let prefixes: [&[u32]; 2] = [&[0, 7, 9, 30, 2], &[0, 41, 2]];
        let mut batch = PackedBatch::new();
        for prefix in prefixes {
            batch.push(prefix, prefix.len(), prefix.len(), 2, |_| 1.0);
        }
        let limits = DecoderLimits {
            prefix_tokens: 8,
            sequences: 2,
            rows: 4,
            steps: 4,
            candidates: 5,
        };
        let mut decoder = Decoder::new(&model, limits).unwrap();
        // Twice: a decoder begins anew.
        for _ in 0..2 {
            decoder.start(&model, &batch).unwrap();
            // Tokens, sequences and parents of every step: rows are added, reordered, shared and dropped.
            let steps: [(&[u32], &[u32], &[u32]); 4] = [
                (&[5, 6], &[0, 1], &[0, 0]),
                (&[8, 10, 11, 12], &[0, 0, 1, 1], &[0, 0, 1, 1]),
                (&[13, 14, 15], &[1, 0, 0], &[3, 1, 0]),
                (&[16, 17], &[0, 1], &[1, 0]),
            ];
            let mut histories: Vec<Vec<u32>> = Vec::new();
            for (tokens, sequences, parents) in steps {
                histories = (0..tokens.len())
                    .map(|row| {
                        let before = match histories.get(parents[row] as usize) {
                            Some(history) => history.clone(),
                            None => prefixes[sequences[row] as usize].to_vec(),
                        };
                        [before, vec![tokens[row]]].concat()
                    })
                    .collect();
                if decoder.steps_done() == 0 {
                    for (row, history) in histories.iter_mut().enumerate() {
                        *history = [prefixes[row], &[tokens[row]]].concat();
                    }
                }
                let candidates = decoder.step(&model, tokens, sequences, parents, 5).unwrap();
                for (row, history) in histories.iter().enumerate() {
                    let expected = reference(&model, history, prefixes[sequences[row] as usize].len());
                    let (tokens, values) = candidates.row(row);
                    let mut order: Vec<usize> = (0..53).collect();
                    order.sort_by(|a, b| expected[*b].total_cmp(&expected[*a]));
                    assert_eq!(tokens[0] as usize, order[0]);
                    for (token, value) in tokens.iter().zip(values) {
                        assert!((expected[*token as usize] - value).abs() < 1e-4, "row {row}");
                    }
                }
            }
        }
    }

    #[test]
    fn weights_of_eight_bits_decode_as_their_real_values_do() {
        let exact = model();
        let mut parameters = exact.read_parameters().unwrap();
        for matrix in &exact.layout.matrices {
            for row in parameters[matrix.span().range()].chunks_exact_mut(matrix.inputs) {
                let scale = row.iter().fold(0.0f32, |largest, value| largest.max(value.abs())) / 127.0;
                if scale > 0.0 {
                    row.iter_mut()
                        .for_each(|value| *value = (*value / scale).round() * scale);
                }
            }
        }
        let exact = Model::new(exact.shared_device(), exact.config.clone(), &parameters, false).unwrap();
        let device = Arc::new(Cpu::new(2).unwrap().with_int8_weights(true));
        let rounded: Model<Cpu<f32>> = Model::new(device, exact.config.clone(), &parameters, false).unwrap();
        let mut batch = PackedBatch::new();
        batch.push(&[0, 7, 9, 30, 2], 5, 5, 2, |_| 1.0);
        let limits = DecoderLimits {
            prefix_tokens: 5,
            sequences: 1,
            rows: 1,
            steps: 6,
            candidates: 53,
        };
        let decode = |model: &Model<Cpu<f32>>| {
            let mut decoder = Decoder::new(model, limits).unwrap();
            decoder.start(model, &batch).unwrap();
            let step = |token| {
                let candidates = decoder.step(model, &[token], &[0], &[0], 53).unwrap();
                let mut values = vec![0.0; 53];
                for (token, value) in candidates.tokens.iter().zip(&candidates.log_probabilities) {
                    values[*token as usize] = *value;
                }
                values
            };
            (20..26).flat_map(step).collect::<Vec<f32>>()
        };
        for (exact, rounded) in decode(&exact).iter().zip(decode(&rounded)) {
            // What rounding activations to 15 bits makes of log probabilities down to −10, with weights eight times the usual.
            assert!((exact - rounded).abs() < 1e-2, "{exact} and {rounded}");
        }
    }

    #[test]
    fn misuse_is_refused() {
        let model = model();
        let mut batch = PackedBatch::new();
        batch.push(&[0, 3, 2], 3, 3, 2, |_| 1.0);
        let limits = DecoderLimits {
            prefix_tokens: 3,
            sequences: 1,
            rows: 2,
            steps: 2,
            candidates: 2,
        };
        let mut decoder = Decoder::new(&model, limits).unwrap();
        decoder.start(&model, &batch).unwrap();
        assert!(decoder.step(&model, &[53], &[0], &[0], 1).is_err());
        assert!(decoder.step(&model, &[1], &[1], &[0], 1).is_err());
        decoder.step(&model, &[1], &[0], &[0], 1).unwrap();
        assert!(decoder.step(&model, &[1], &[0], &[1], 1).is_err());
        decoder.step(&model, &[1], &[0], &[0], 1).unwrap();
        assert!(decoder.step(&model, &[1], &[0], &[0], 1).is_err());
    }
}
