//! The CPU device: matrix products, attention and row operations of its own on AVX-512 (with AVX512_BF16 where there is
//! one), AVX2 or portable code, chosen at run time; all cores through a pool of waiting threads.

mod attention;
mod attention_backward;
pub mod buffer;
mod decode;
mod dense;
mod dropout;
pub mod element;
mod embedding;
pub mod gemm;
mod layer_norm;
mod loss;
mod math;
mod optimizer;
pub mod pool;
mod rows;
mod scratch;
pub mod vector;

use std::sync::{Mutex, MutexGuard};

use super::{
    AdamW, BackwardEpilogue, DecodeShape, DenseEpilogue, Device, DeviceError, Dropout, Embedding, Heads, LayerNorm,
    Limits, Matrix, NormState, Parameters, Precision, ProjectionGradients, Result, Span,
};
use buffer::{Buffer, SharedMut};
use dense::{PackedWeights, Store};
pub use element::Bf16;
use element::{Element, Plain};
use gemm::WeightGradient;
use layer_norm::Norm;
use pool::Pool;
use scratch::Arena;
use vector::Isa;

/// The CPU with activations of type `E`: [`f32`] or [`Bf16`].
pub struct Cpu<E> {
    isa: Isa,
    pool: Pool,
    /// Packed operands of the operation under way.
    shared: Mutex<Arena>,
    /// What one operation hands to the next inside of it.
    staging: Mutex<Arena>,
    element: std::marker::PhantomData<E>,
}

/// Structure of a packed batch.
pub struct Segments {
    starts: Vec<u32>,
    prefix_lengths: Vec<u32>,
    capacity: (usize, usize),
}

impl Segments {
    fn count(&self) -> usize {
        self.prefix_lengths.len()
    }

    fn tokens(&self) -> usize {
        self.starts.last().map_or(0, |end| *end as usize)
    }

    /// Start, length and prefix length.
    fn get(&self, segment: usize) -> (usize, usize, usize) {
        let (start, end) = (self.starts[segment] as usize, self.starts[segment + 1] as usize);
        (start, end - start, self.prefix_lengths[segment] as usize)
    }

    /// Number of blocks of at most `queries` queries of one segment.
    fn query_tasks(&self, queries: usize) -> usize {
        self.starts
            .windows(2)
            .map(|pair| ((pair[1] - pair[0]) as usize).div_ceil(queries))
            .sum()
    }

    /// Segment and first query of a block.
    fn query_task(&self, mut task: usize, queries: usize) -> (usize, usize) {
        for (segment, pair) in self.starts.windows(2).enumerate() {
            let blocks = ((pair[1] - pair[0]) as usize).div_ceil(queries);
            if task < blocks {
                return (segment, task * queries);
            }
            task -= blocks;
        }
        unreachable!("more tasks than blocks")
    }
}

fn error(message: String) -> DeviceError {
    DeviceError { device: "cpu", message }
}

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

impl<E: Element> Cpu<E> {
    /// On `threads` threads (0: one per core) and the best instructions that the machine has.
    pub fn new(threads: usize) -> Result<Cpu<E>> {
        Cpu::with_isa(threads, Isa::detect())
    }

    /// The same on chosen instructions.
    pub fn with_isa(threads: usize, isa: Isa) -> Result<Cpu<E>> {
        let pool = Pool::new(threads).map_err(|cause| error(format!("cannot start threads: {cause}")))?;
        Ok(Cpu {
            isa,
            pool,
            shared: Mutex::default(),
            staging: Mutex::default(),
            element: std::marker::PhantomData,
        })
    }

    pub fn threads(&self) -> usize {
        self.pool.threads()
    }

    pub fn isa(&self) -> Isa {
        self.isa
    }

    fn shared(&self) -> MutexGuard<'_, Arena> {
        self.shared.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn staging(&self) -> MutexGuard<'_, Arena> {
        self.staging.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
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
            "cpu ({}, {} threads, {})",
            self.isa.name(),
            self.pool.threads(),
            E::PRECISION
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
        let widest = limits.hidden.max(limits.intermediate).max(1);
        let panels = (limits.tokens.max(limits.targets) + 64) * (widest + 64) * size_of::<E>();
        if limits.training {
            self.shared().reset(panels);
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
        const CHUNK: usize = 1 << 18;
        let values = range_mut(buffer, span.offset, span.length)?;
        let parts = SharedMut::new(values);
        self.pool.run(span.length.div_ceil(CHUNK), |task| {
            let first = task * CHUNK;
            // SAFETY: chunks do not overlap.
            unsafe { parts.slice(first, CHUNK.min(span.length - first)) }.fill(0.0);
        });
        Ok(())
    }

    fn synchronize(&self) -> Result<()> {
        Ok(())
    }

    fn weights(&self, matrices: &[Matrix], training: bool) -> Result<PackedWeights<E>> {
        PackedWeights::new(matrices, training).ok_or_else(|| error("out of memory for packed weights".to_string()))
    }

    fn refresh_weights(&self, master: &Buffer<f32>, weights: &mut PackedWeights<E>) -> Result<()> {
        weights.refresh(self.isa, &self.pool, master);
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
        embedding::embed(
            self,
            parameters.master,
            embedding,
            tokens,
            positions,
            &dropout,
            state,
            output,
        );
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
        );
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
        layer_norm::add_layer_norm(self, &norm, input, residual, rows, &dropout, state, output);
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
        );
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
        dense::dense(
            self,
            packed,
            [rows, matrix.inputs, matrix.outputs],
            bias,
            input,
            &how,
            output,
        );
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
        dense::dense(self, packed, shape, &[], output_gradient, &how, input_gradient);
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
        let operands = WeightGradient {
            input,
            inputs: matrix.inputs,
            output_gradient,
            stride: matrix.outputs,
            outputs: matrix.outputs,
            rows,
        };
        let weight = matrix.offset..matrix.offset + matrix.outputs * matrix.inputs;
        dense::backward_weight(self, &operands, gradients, weight, bias.range());
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
        attention::attention(self, heads, segments, qkv, &dropout, log_sum_exp, output);
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
        attention_backward::attention_backward(
            self,
            heads,
            segments,
            qkv,
            output,
            log_sum_exp,
            output_gradient,
            &dropout,
            qkv_gradient,
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
        for (row, output) in rows[..count].iter().zip(output.chunks_exact_mut(columns)) {
            output.copy_from_slice(&input[*row as usize * columns..][..columns]);
        }
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
        let mut next = 0;
        for (row, destination) in input_gradient.chunks_exact_mut(columns).take(total).enumerate() {
            if next < count && rows[next] as usize == row {
                destination.copy_from_slice(&output_gradient[next * columns..][..columns]);
                next += 1;
            } else {
                destination.fill(E::default());
            }
        }
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
        loss[0] += loss::projection_loss(self, parameters.weights, words, bias, bias_values, &targets, gradients);
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
        let bias = &parameters.master[bias.range()];
        let output = SharedMut::new(&mut logits[..rows * words.outputs]);
        let operands = gemm::Product {
            left: hidden,
            stride: words.inputs,
            rows,
            inner: words.inputs,
            right: parameters.weights.forward(words),
            columns: words.outputs,
        };
        gemm::product(self.isa, &self.pool, &operands, |block| {
            let bias = &bias[block.first_column..][..block.columns];
            dense::store_block(self.isa, &block, bias, &Store::Plain, &output, words.outputs);
        });
        Ok(())
    }

    fn squared_norm(&self, gradients: &Buffer<f32>, length: usize, output: &mut Buffer<f32>) -> Result<()> {
        output[0] = optimizer::squared_norm(self, &gradients[..length]);
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
        optimizer::adamw(
            self,
            settings,
            decay,
            squared_norm[0],
            gradients,
            master,
            first_moment,
            second_moment,
        );
        self.refresh_weights(master, weights)
    }

    fn mean_pool(
        &self,
        segments: &Segments,
        hidden: &Buffer<E>,
        columns: usize,
        normalize: bool,
        output: &mut Buffer<f32>,
    ) -> Result<()> {
        decode::mean_pool(self, segments, hidden, columns, normalize, output);
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
        for (row, source) in qkv.chunks_exact(3 * hidden).take(rows).enumerate() {
            let place = (first_row + row) * hidden..(first_row + row + 1) * hidden;
            keys[place.clone()].copy_from_slice(&source[hidden..2 * hidden]);
            values[place].copy_from_slice(&source[2 * hidden..]);
        }
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
        decode::attention(self, shape, qkv, &cache, output);
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
        decode::top_k(
            self,
            &logits[..rows * vocabulary],
            vocabulary,
            k,
            tokens,
            log_probabilities,
        );
        Ok(())
    }
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
