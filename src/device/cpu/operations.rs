//! The operations of the trait, each handed to its own file and counted in the profile.

use super::attention_backward::attention_backward;
use super::buffer::{Buffer, SharedMut};
use super::dense::PackedWeights;
use super::element::{Element, Plain};
use super::gemm::store::{Output, Store};
use super::gemm::{self, WeightGradient};
use super::layer_norm::Norm;
use super::profile::Operation;
use super::{Cpu, Segments, attention, decode, dense, embedding, error, layer_norm, loss, optimizer, rows};
use crate::device::{
    AdamW, BackwardEpilogue, DecodeShape, DenseEpilogue, Device, Dropout, Embedding, Heads, LayerNorm, Limits, Matrix,
    NormState, Parameters, Precision, ProjectionGradients, Result, Span,
};

fn allocate<T: Plain>(length: usize) -> Result<Buffer<T>> {
    Buffer::new(length).ok_or_else(|| error(format!("out of memory for {length} elements")))
}

fn copy<T: Copy>(source: &[T], destination: &mut [T], what: &str) -> Result<()> {
    if source.len() != destination.len() {
        return Err(error(format!(
            "{what} of {} elements where {} fit",
            source.len(),
            destination.len()
        )));
    }
    destination.copy_from_slice(source);
    Ok(())
}

fn range<T>(buffer: &[T], offset: usize, length: usize) -> Result<&[T]> {
    let size = buffer.len();
    buffer
        .get(offset..offset + length)
        .ok_or_else(|| error(format!("elements {offset}..{} of a buffer of {size}", offset + length)))
}

fn range_mut<T>(buffer: &mut [T], offset: usize, length: usize) -> Result<&mut [T]> {
    let size = buffer.len();
    buffer
        .get_mut(offset..offset + length)
        .ok_or_else(|| error(format!("elements {offset}..{} of a buffer of {size}", offset + length)))
}

impl<E: Element> Cpu<E> {
    /// Adds to the gradients, or sets them.
    #[allow(clippy::too_many_arguments)]
    fn weight_gradient(
        &self,
        matrix: &Matrix,
        bias: Span,
        input: &[E],
        output_gradient: &[E],
        rows: usize,
        gradients: &mut [f32],
        add: bool,
    ) {
        let operands = WeightGradient {
            input,
            inputs: matrix.inputs,
            output_gradient,
            stride: matrix.outputs,
            outputs: matrix.outputs,
            rows,
            add,
        };
        let flops = 2 * rows * matrix.inputs * matrix.outputs;
        self.profile.count(Operation::DenseBackwardWeight, flops, || {
            dense::backward_weight(self, &operands, gradients, matrix.span().range(), bias.range())
        });
    }
}

impl<E: Element> Device for Cpu<E> {
    type Floats = Buffer<f32>;
    type Activations = Buffer<E>;
    type Indices = Buffer<u32>;
    type Weights = PackedWeights<E>;
    type Segments = Segments;

    fn name(&self) -> String {
        format!(
            "cpu ({}, {} threads, {}{})",
            self.isa.name(),
            self.pool.threads(),
            E::PRECISION,
            if self.int8 { ", int8 weights" } else { "" }
        )
    }

    fn precision(&self) -> Precision {
        E::PRECISION
    }

    fn floats(&self, length: usize) -> Result<Buffer<f32>> {
        allocate(length)
    }

    fn activations(&self, length: usize) -> Result<Buffer<E>> {
        // Groups of an odd dimension reach one element beyond the last row.
        allocate(length + E::GROUP)
    }

    fn indices(&self, length: usize) -> Result<Buffer<u32>> {
        allocate(length)
    }

    fn segments(&self, tokens: usize, segments: usize) -> Result<Segments> {
        Ok(Segments {
            starts: Vec::with_capacity(segments + 1),
            prefix_lengths: Vec::with_capacity(segments),
            capacity: (tokens, segments),
        })
    }

    fn prepare(&self, limits: &Limits) -> Result<()> {
        if limits.training {
            self.shared()
                .reset(layer_norm::scratch_bytes(limits.hidden).max(gemm::APART_BYTES));
            self.staging()
                .reset(loss::scratch_bytes::<E>(limits.targets, limits.vocabulary));
        }
        Ok(())
    }

    fn write_floats(&self, destination: &mut Buffer<f32>, offset: usize, source: &[f32]) -> Result<()> {
        copy(source, range_mut(destination, offset, source.len())?, "write")
    }

    fn write_indices(&self, destination: &mut Buffer<u32>, offset: usize, source: &[u32]) -> Result<()> {
        copy(source, range_mut(destination, offset, source.len())?, "write")
    }

    fn write_activations(&self, destination: &mut Buffer<E>, offset: usize, source: &[f32]) -> Result<()> {
        rows::convert(self.isa, source, range_mut(destination, offset, source.len())?);
        Ok(())
    }

    fn write_segments(&self, destination: &mut Segments, starts: &[u32], prefix_lengths: &[u32]) -> Result<()> {
        let (tokens, segments) = destination.capacity;
        if prefix_lengths.len() > segments || starts.last().is_some_and(|end| *end as usize > tokens) {
            return Err(error(format!("a batch beyond {tokens} tokens or {segments} segments")));
        }
        destination.starts.clear();
        destination.starts.extend_from_slice(starts);
        destination.prefix_lengths.clear();
        destination.prefix_lengths.extend_from_slice(prefix_lengths);
        Ok(())
    }

    fn read_floats(&self, source: &Buffer<f32>, offset: usize, destination: &mut [f32]) -> Result<()> {
        copy(range(source, offset, destination.len())?, destination, "read")
    }

    fn read_indices(&self, source: &Buffer<u32>, offset: usize, destination: &mut [u32]) -> Result<()> {
        copy(range(source, offset, destination.len())?, destination, "read")
    }

    fn read_activations(&self, source: &Buffer<E>, offset: usize, destination: &mut [f32]) -> Result<()> {
        rows::convert(self.isa, range(source, offset, destination.len())?, destination);
        Ok(())
    }

    fn zero(&self, buffer: &mut Buffer<f32>, span: Span) -> Result<()> {
        use optimizer::CHUNK;
        let values = range_mut(buffer, span.offset, span.length)?;
        let parts = SharedMut::new(values);
        self.profile.count(Operation::Zero, 0, || {
            self.pool.run(span.length.div_ceil(CHUNK), |task| {
                let first = task * CHUNK;
                // SAFETY: chunks do not overlap.
                unsafe { parts.slice(first, CHUNK.min(span.length - first)) }.fill(0.0);
            });
        });
        Ok(())
    }

    fn synchronize(&self) -> Result<()> {
        Ok(())
    }

    fn weights(&self, matrices: &[Matrix], training: bool) -> Result<PackedWeights<E>> {
        PackedWeights::new(matrices, training, self.int8)
            .ok_or_else(|| error("out of memory for packed weights".to_string()))
    }

    fn refresh_weights(&self, master: &Buffer<f32>, weights: &mut PackedWeights<E>) -> Result<()> {
        self.profile.count(Operation::RefreshWeights, 0, || {
            weights.refresh(self.isa, &self.pool, master)
        });
        Ok(())
    }

    fn embed(
        &self,
        parameters: Parameters<Self>,
        embedding: &Embedding,
        tokens: &Buffer<u32>,
        positions: &Buffer<u32>,
        rows: usize,
        dropout: Dropout,
        state: Option<&mut NormState<Self>>,
        output: &mut Buffer<E>,
    ) -> Result<()> {
        let state = state.map(|state| (&mut *state.normalized, &mut *state.inverse_deviation));
        let (tokens, positions) = (&tokens[..rows], &positions[..rows]);
        self.profile.count(Operation::Embedding, 0, || {
            embedding::embed(
                self,
                parameters.master,
                embedding,
                tokens,
                positions,
                &dropout,
                state,
                output,
            )
        });
        Ok(())
    }

    fn embed_backward(
        &self,
        parameters: Parameters<Self>,
        embedding: &Embedding,
        tokens: &Buffer<u32>,
        positions: &Buffer<u32>,
        rows: usize,
        dropout: Dropout,
        state: &NormState<Self>,
        output_gradient: &mut Buffer<E>,
        gradients: &mut Buffer<f32>,
    ) -> Result<()> {
        self.profile.count(Operation::EmbeddingBackward, 0, || {
            embedding::embed_backward(
                self,
                parameters.master,
                embedding,
                &tokens[..rows],
                &positions[..rows],
                &dropout,
                &state.normalized,
                &state.inverse_deviation,
                output_gradient,
                gradients,
            )
        });
        Ok(())
    }

    fn add_layer_norm(
        &self,
        parameters: Parameters<Self>,
        layer_norm: &LayerNorm,
        input: &Buffer<E>,
        residual: &Buffer<E>,
        rows: usize,
        dropout: Dropout,
        state: Option<&mut NormState<Self>>,
        output: &mut Buffer<E>,
    ) -> Result<()> {
        let norm = Norm {
            weight: &parameters.master[layer_norm.weight.range()],
            bias: &parameters.master[layer_norm.bias.range()],
            epsilon: layer_norm.epsilon,
        };
        let state = state.map(|state| (&mut *state.normalized, &mut *state.inverse_deviation));
        self.profile.count(Operation::LayerNorm, 0, || {
            layer_norm::add_layer_norm(self, &norm, input, residual, rows, &dropout, state, output)
        });
        Ok(())
    }

    fn add_layer_norm_backward(
        &self,
        parameters: Parameters<Self>,
        layer_norm: &LayerNorm,
        output_gradient: &Buffer<E>,
        rows: usize,
        dropout: Dropout,
        state: &NormState<Self>,
        residual_gradient: &mut Buffer<E>,
        input_gradient: Option<&mut Buffer<E>>,
        gradients: &mut Buffer<f32>,
    ) -> Result<()> {
        let [weight, bias] = gradients
            .get_disjoint_mut([layer_norm.weight.range(), layer_norm.bias.range()])
            .expect("parameters do not overlap");
        self.profile.count(Operation::LayerNormBackward, 0, || {
            layer_norm::add_layer_norm_backward(
                self,
                &parameters.master[layer_norm.weight.range()],
                output_gradient,
                rows,
                &dropout,
                &state.normalized,
                &state.inverse_deviation,
                residual_gradient,
                input_gradient.map(|gradient| &mut **gradient),
                weight,
                bias,
            )
        });
        Ok(())
    }

    fn dense(
        &self,
        parameters: Parameters<Self>,
        matrix: &Matrix,
        bias: Span,
        input: &Buffer<E>,
        rows: usize,
        epilogue: DenseEpilogue<Self>,
        output: &mut Buffer<E>,
    ) -> Result<()> {
        let how = match epilogue {
            DenseEpilogue::Linear => Store::Plain,
            DenseEpilogue::Gelu { derivative } => Store::Gelu {
                derivative: derivative.map(|derivative| SharedMut::new(derivative)),
            },
        };
        let (packed, bias) = (parameters.weights.forward(matrix), &parameters.master[bias.range()]);
        self.profile
            .count(Operation::Dense, 2 * rows * matrix.inputs * matrix.outputs, || {
                dense::dense(
                    self,
                    packed,
                    [rows, matrix.inputs, matrix.outputs],
                    bias,
                    input,
                    &how,
                    output,
                )
            });
        Ok(())
    }

    fn dense_backward_input(
        &self,
        parameters: Parameters<Self>,
        matrix: &Matrix,
        output_gradient: &Buffer<E>,
        rows: usize,
        epilogue: BackwardEpilogue<Self>,
        input_gradient: &mut Buffer<E>,
    ) -> Result<()> {
        let how = match epilogue {
            BackwardEpilogue::Overwrite => Store::Plain,
            BackwardEpilogue::Accumulate => Store::Accumulate,
            BackwardEpilogue::Multiply { derivative } => Store::Multiply { factor: derivative },
        };
        let packed = parameters.weights.backward(matrix);
        let shape = [rows, matrix.outputs, matrix.inputs];
        self.profile.count(
            Operation::DenseBackwardInput,
            2 * rows * matrix.inputs * matrix.outputs,
            || dense::dense(self, packed, shape, &[], output_gradient, &how, input_gradient),
        );
        Ok(())
    }

    fn dense_backward_weight(
        &self,
        matrix: &Matrix,
        bias: Span,
        input: &Buffer<E>,
        output_gradient: &Buffer<E>,
        rows: usize,
        gradients: &mut Buffer<f32>,
    ) -> Result<()> {
        self.weight_gradient(matrix, bias, input, output_gradient, rows, gradients, true);
        Ok(())
    }

    const SETS_GRADIENTS: bool = true;

    fn set_weight_gradient(
        &self,
        matrix: &Matrix,
        bias: Span,
        input: &Buffer<E>,
        output_gradient: &Buffer<E>,
        rows: usize,
        gradients: &mut Buffer<f32>,
    ) -> Result<()> {
        self.weight_gradient(matrix, bias, input, output_gradient, rows, gradients, false);
        Ok(())
    }

    fn attention(
        &self,
        heads: Heads,
        segments: &Segments,
        qkv: &Buffer<E>,
        dropout: Dropout,
        log_sum_exp: Option<&mut Buffer<f32>>,
        output: &mut Buffer<E>,
    ) -> Result<()> {
        let log_sum_exp = log_sum_exp.map(|kept| &mut **kept);
        self.profile
            .count(Operation::Attention, 4 * segments.pairs() * heads.hidden(), || {
                attention::attention(self, heads, segments, qkv, &dropout, log_sum_exp, output)
            });
        Ok(())
    }

    fn attention_backward(
        &self,
        heads: Heads,
        segments: &Segments,
        qkv: &Buffer<E>,
        output: &Buffer<E>,
        log_sum_exp: &Buffer<f32>,
        output_gradient: &Buffer<E>,
        dropout: Dropout,
        qkv_gradient: &mut Buffer<E>,
    ) -> Result<()> {
        self.profile.count(
            Operation::AttentionBackward,
            10 * segments.pairs() * heads.hidden(),
            || {
                attention_backward(
                    self,
                    heads,
                    segments,
                    qkv,
                    output,
                    log_sum_exp,
                    output_gradient,
                    &dropout,
                    qkv_gradient,
                )
            },
        );
        Ok(())
    }

    fn gather_rows(
        &self,
        input: &Buffer<E>,
        rows: &Buffer<u32>,
        count: usize,
        columns: usize,
        output: &mut Buffer<E>,
    ) -> Result<()> {
        let rows = &rows[..count];
        self.profile.count(Operation::Rows, 0, || {
            rows::gather(&self.pool, input, rows, columns, output)
        });
        Ok(())
    }

    fn scatter_rows(
        &self,
        output_gradient: &Buffer<E>,
        rows: &Buffer<u32>,
        count: usize,
        columns: usize,
        input_gradient: &mut Buffer<E>,
        total: usize,
    ) -> Result<()> {
        let (rows, input_gradient) = (&rows[..count], &mut input_gradient[..total * columns]);
        self.profile.count(Operation::Rows, 0, || {
            rows::scatter(&self.pool, output_gradient, rows, columns, input_gradient)
        });
        Ok(())
    }

    fn projection_loss(
        &self,
        parameters: Parameters<Self>,
        words: &Matrix,
        bias: Span,
        hidden: &Buffer<E>,
        targets: &Buffer<u32>,
        target_weights: &Buffer<f32>,
        count: usize,
        scale: f32,
        loss: &mut Buffer<f32>,
        gradients: Option<ProjectionGradients<Self>>,
    ) -> Result<()> {
        let targets = loss::Targets {
            hidden,
            tokens: &targets[..count],
            weights: &target_weights[..count],
            scale,
        };
        let gradients = gradients.map(|gradients| (&mut **gradients.parameters, &mut **gradients.hidden));
        let bias_values = &parameters.master[bias.range()];
        let passes = if gradients.is_some() { 3 } else { 1 };
        let flops = 2 * passes * count * words.inputs * words.outputs;
        loss[0] += self.profile.count(Operation::ProjectionLoss, flops, || {
            loss::projection_loss(self, parameters.weights, words, bias, bias_values, &targets, gradients)
        });
        Ok(())
    }

    fn logits(
        &self,
        parameters: Parameters<Self>,
        words: &Matrix,
        bias: Span,
        hidden: &Buffer<E>,
        rows: usize,
        logits: &mut Buffer<f32>,
    ) -> Result<()> {
        let output = Output {
            values: SharedMut::new(&mut logits[..rows * words.outputs]),
            stride: words.outputs,
            bias: &parameters.master[bias.range()],
            how: &Store::Plain,
        };
        let operands = gemm::Product {
            left: hidden,
            stride: words.inputs,
            rows,
            inner: words.inputs,
            right: parameters.weights.forward(words),
            columns: words.outputs,
        };
        let flops = 2 * rows * words.inputs * words.outputs;
        self.profile.count(Operation::Logits, flops, || {
            gemm::product(self.isa, &self.pool, &operands, &output);
        });
        Ok(())
    }

    fn squared_norm(&self, gradients: &Buffer<f32>, length: usize, output: &mut Buffer<f32>) -> Result<()> {
        output[0] = self.profile.count(Operation::GradientNorm, 0, || {
            optimizer::squared_norm(self, &gradients[..length])
        });
        Ok(())
    }

    fn adamw(
        &self,
        settings: &AdamW,
        decay: &[Span],
        squared_norm: &Buffer<f32>,
        gradients: &Buffer<f32>,
        master: &mut Buffer<f32>,
        first_moment: &mut Buffer<f32>,
        second_moment: &mut Buffer<f32>,
        weights: &mut PackedWeights<E>,
    ) -> Result<()> {
        self.profile.count(Operation::AdamW, 0, || {
            optimizer::adamw(
                self,
                settings,
                decay,
                squared_norm[0],
                gradients,
                master,
                first_moment,
                second_moment,
                weights,
            )
        });
        Ok(())
    }

    fn mean_pool(
        &self,
        segments: &Segments,
        hidden: &Buffer<E>,
        columns: usize,
        normalize: bool,
        output: &mut Buffer<f32>,
    ) -> Result<()> {
        self.profile.count(Operation::Pool, 0, || {
            decode::mean_pool(self, segments, hidden, columns, normalize, output)
        });
        Ok(())
    }

    fn append_cache(
        &self,
        qkv: &Buffer<E>,
        rows: usize,
        hidden: usize,
        first_row: usize,
        keys: &mut Buffer<E>,
        values: &mut Buffer<E>,
    ) -> Result<()> {
        self.profile.count(Operation::Rows, 0, || {
            for (row, source) in qkv.chunks_exact(3 * hidden).take(rows).enumerate() {
                let place = (first_row + row) * hidden..(first_row + row + 1) * hidden;
                keys[place.clone()].copy_from_slice(&source[hidden..2 * hidden]);
                values[place].copy_from_slice(&source[2 * hidden..]);
            }
        });
        Ok(())
    }

    fn decode_attention(
        &self,
        shape: &DecodeShape,
        qkv: &Buffer<E>,
        prefix_keys: &Buffer<E>,
        prefix_values: &Buffer<E>,
        prefix_starts: &Buffer<u32>,
        sequences: &Buffer<u32>,
        keys: &Buffer<E>,
        values: &Buffer<E>,
        ancestors: &Buffer<u32>,
        output: &mut Buffer<E>,
    ) -> Result<()> {
        let cache = decode::Cache {
            prefix_keys,
            prefix_values,
            prefix_starts,
            sequences,
            keys,
            values,
            ancestors,
        };
        self.profile.count(Operation::DecodeAttention, 0, || {
            decode::attention(self, shape, qkv, &cache, output)
        });
        Ok(())
    }

    fn top_k(
        &self,
        logits: &Buffer<f32>,
        rows: usize,
        vocabulary: usize,
        k: usize,
        tokens: &mut Buffer<u32>,
        log_probabilities: &mut Buffer<f32>,
    ) -> Result<()> {
        self.profile.count(Operation::TopK, 0, || {
            decode::top_k(
                self,
                &logits[..rows * vocabulary],
                vocabulary,
                k,
                tokens,
                log_probabilities,
            )
        });
        Ok(())
    }
}
