//! The CUDA device: the kernels of `kernels/` through cudarc, on a card or on the software device. One stream of
//! operations and one of copies, one pool of scratch memory, nothing allocated and nothing waited for inside a step.

mod arguments;
mod attention;
mod dense;
pub mod doctor;
pub mod driver;
pub mod gemm;
mod graph;
mod inference;
mod measure;
mod norm;
mod rows;
mod scratch;
mod segments;
pub mod tiling;
mod update;
mod upload;

use std::sync::{Arc, Mutex, MutexGuard};

use super::{
    AdamW, BackwardEpilogue, DecodeShape, DenseEpilogue, Device, DeviceError, Dropout, Embedding, Heads, LayerNorm,
    Limits, Matrix, NormState, Parameters, Precision, ProjectionGradients, Result, Span, Unit,
};
use driver::{Driver, DriverKind, Memory};
use scratch::{Area, Scratch};
pub use segments::Segments;

/// A CUDA device with activations of one precision.
pub struct Cuda {
    driver: Arc<Driver>,
    precision: Precision,
    scratch: Mutex<Scratch>,
    /// Number of heads that [`Device::prepare`] announced: how many chains of key blocks a batch has.
    heads: Mutex<usize>,
    decay: Mutex<Option<update::Decay>>,
    graphs: Mutex<graph::Graphs>,
}

/// Device memory of `f32`, activations or `u32`, by the method that made it.
pub struct Buffer {
    memory: Memory,
    length: usize,
}

impl Buffer {
    fn address(&self) -> u64 {
        self.memory.address()
    }
}

/// bf16 copies of the flat parameters, at their offsets; f32 reads the parameters themselves.
pub struct Weights {
    copies: Option<Memory>,
    length: usize,
}

impl Cuda {
    /// Opens device `ordinal` of a driver.
    pub fn open(kind: DriverKind, ordinal: usize, precision: Precision) -> Result<Cuda> {
        Ok(Cuda {
            driver: Driver::open(kind, ordinal)?,
            precision,
            scratch: Mutex::default(),
            heads: Mutex::new(1),
            decay: Mutex::default(),
            graphs: Mutex::default(),
        })
    }

    pub fn driver(&self) -> &Arc<Driver> {
        &self.driver
    }

    fn graphs(&self) -> MutexGuard<'_, graph::Graphs> {
        self.graphs.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// How often a unit of work ran from a graph that an earlier run had made.
    pub fn graph_updates(&self, unit: Unit) -> u64 {
        self.graphs().updates(unit)
    }

    /// Whether units of work run as graphs: drivers older than CUDA 12 queue their kernels one by one.
    pub fn runs_graphs(&self) -> bool {
        self.driver.graphs
    }

    /// In how many parts the gradient of a weight sums over its rows.
    pub fn splits(&self, rows: usize, inputs: usize, outputs: usize) -> usize {
        match self.precision {
            Precision::Bf16 => gemm::splits(&self.driver, gemm::Form::Tn, outputs, inputs, rows),
            Precision::F32 => 1,
        }
    }

    fn scratch(&self) -> MutexGuard<'_, Scratch> {
        self.scratch.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn element_bytes(&self) -> usize {
        match self.precision {
            Precision::F32 => 4,
            Precision::Bf16 => 2,
        }
    }

    /// The kernel for this precision.
    fn pick(&self, bf16: &'static str, f32: &'static str) -> &'static str {
        match self.precision {
            Precision::Bf16 => bf16,
            Precision::F32 => f32,
        }
    }

    fn buffer(&self, length: usize, element_bytes: usize) -> Result<Buffer> {
        Ok(Buffer {
            memory: self.driver.allocate(length * element_bytes)?,
            length,
        })
    }

    /// Refuses a buffer shorter than an operation's rows; kernels check no bounds.
    fn holds(&self, what: &str, buffer: &Buffer, length: usize) -> Result<()> {
        if buffer.length < length {
            return Err(self
                .driver
                .error(format!("{what} has {} elements, {length} are needed", buffer.length)));
        }
        Ok(())
    }

    /// Rows of bf16 are whole 16-byte vectors; rows of f32 may have any length.
    fn aligned(&self, what: &str, columns: usize) -> Result<()> {
        if columns == 0 || (self.precision == Precision::Bf16 && !columns.is_multiple_of(8)) {
            return Err(self.driver.error(format!(
                "{what} is {columns}: the bf16 kernels need a multiple of 8 (f32 takes any size)"
            )));
        }
        Ok(())
    }

    /// 16-byte vectors of a row, the last one perhaps ragged.
    fn vectors(&self, columns: usize) -> usize {
        columns.div_ceil(16 / self.element_bytes())
    }

    /// Address of a compute copy's element.
    fn weight(&self, parameters: &Parameters<Self>, offset: usize) -> u64 {
        match &parameters.weights.copies {
            Some(copies) => copies.address() + 2 * offset as u64,
            None => parameters.master.address() + 4 * offset as u64,
        }
    }
}

/// Bytes of dynamic shared memory with which a kernel is launched (layer norm's backward: for 768 columns).
pub fn dynamic_shared(kernel: &str) -> u32 {
    gemm::shared(kernel)
        .or_else(|| attention::shared(kernel))
        .or_else(|| norm::shared(kernel))
        .unwrap_or(0)
}

fn float_at(buffer: &Buffer, offset: usize) -> u64 {
    buffer.address() + 4 * offset as u64
}

impl Device for Cuda {
    type Floats = Buffer;
    type Activations = Buffer;
    type Indices = Buffer;
    type Weights = Weights;
    type Segments = Segments;

    fn name(&self) -> String {
        let name = self.driver.context.name().unwrap_or_else(|_| "unknown".to_string());
        format!(
            "{} ({name}, {} multiprocessors, {})",
            self.driver.kind.name(),
            self.driver.multiprocessors,
            self.precision
        )
    }

    fn precision(&self) -> Precision {
        self.precision
    }

    fn floats(&self, length: usize) -> Result<Buffer> {
        self.buffer(length, 4)
    }

    fn activations(&self, length: usize) -> Result<Buffer> {
        self.buffer(length, self.element_bytes())
    }

    fn indices(&self, length: usize) -> Result<Buffer> {
        self.buffer(length, 4)
    }

    fn segments(&self, tokens: usize, segments: usize) -> Result<Segments> {
        Segments::new(&self.driver, tokens, segments)
    }

    fn prepare(&self, limits: &Limits) -> Result<()> {
        *self.heads.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = limits.heads;
        let (driver, mut scratch) = (&self.driver, self.scratch());
        let mut reserve = |area, bytes| scratch.get(driver, area, bytes).map(|_| ());
        let groups = limits.vocabulary.div_ceil(64);
        for area in [Area::TargetLogits, Area::Normalizers, Area::LossTerms] {
            reserve(area, limits.targets * 4)?;
        }
        reserve(Area::LossStatistics, groups * limits.targets * 8)?;
        reserve(Area::Splits, gemm::split_bytes(limits))?;
        if limits.training {
            let tiles = limits.tokens.div_ceil(64) + limits.segments;
            reserve(Area::AttentionStatistics, limits.heads * limits.tokens * 8)?;
            if self.precision == Precision::Bf16 {
                reserve(Area::QuerySums, segments::MAX_SLOTS * tiles * 64 * limits.hidden * 4)?;
            }
            reserve(
                Area::LogitGradients,
                dense::logit_gradient_bytes(self, limits.targets, limits.vocabulary),
            )?;
            reserve(Area::HiddenGradients, limits.targets * limits.hidden * 4)?;
            reserve(
                Area::SplitColumns,
                gemm::MAX_SPLITS * limits.hidden.max(limits.intermediate).max(3 * limits.hidden) * 4,
            )?;
            reserve(Area::Columns, norm::backward_blocks(driver) * 3 * limits.hidden * 4)?;
            reserve(Area::Squares, update::NORM_BLOCKS * 4)?;
        }
        Ok(())
    }

    fn write_floats(&self, destination: &mut Buffer, offset: usize, source: &[f32]) -> Result<()> {
        self.driver.write(&destination.memory, offset * 4, source)
    }

    fn write_indices(&self, destination: &mut Buffer, offset: usize, source: &[u32]) -> Result<()> {
        self.driver.write(&destination.memory, offset * 4, source)
    }

    fn write_activations(&self, destination: &mut Buffer, offset: usize, source: &[f32]) -> Result<()> {
        match self.precision {
            Precision::F32 => self.driver.write(&destination.memory, offset * 4, source),
            Precision::Bf16 => {
                use super::cpu::element::Element;
                let rounded: Vec<u16> = source
                    .iter()
                    .map(|value| super::cpu::Bf16::from_f32(*value).0)
                    .collect();
                self.driver.write(&destination.memory, offset * 2, &rounded)
            }
        }
    }

    fn write_segments(&self, destination: &mut Segments, starts: &[u32], prefix_lengths: &[u32]) -> Result<()> {
        let heads = *self.heads.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        destination.write(&self.driver, heads, starts, prefix_lengths)
    }

    fn read_floats(&self, source: &Buffer, offset: usize, destination: &mut [f32]) -> Result<()> {
        self.driver.read(&source.memory, offset * 4, destination)
    }

    fn read_indices(&self, source: &Buffer, offset: usize, destination: &mut [u32]) -> Result<()> {
        self.driver.read(&source.memory, offset * 4, destination)
    }

    fn read_activations(&self, source: &Buffer, offset: usize, destination: &mut [f32]) -> Result<()> {
        match self.precision {
            Precision::F32 => self.driver.read(&source.memory, offset * 4, destination),
            Precision::Bf16 => {
                let mut bits = vec![0u16; destination.len()];
                self.driver.read(&source.memory, offset * 2, &mut bits)?;
                for (value, bits) in destination.iter_mut().zip(bits) {
                    *value = f32::from_bits(u32::from(bits) << 16);
                }
                Ok(())
            }
        }
    }

    fn zero(&self, buffer: &mut Buffer, span: Span) -> Result<()> {
        self.driver.set_zero(&buffer.memory, span.offset * 4, span.length * 4)
    }

    fn synchronize(&self) -> Result<()> {
        self.driver.synchronize()
    }

    fn submit<E: From<DeviceError>>(
        &self,
        unit: Unit,
        work: impl FnOnce() -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        if !self.graphs().records(&self.driver, unit) {
            return work();
        }
        let graph = self.driver.record(work)?;
        self.graphs().submit(&self.driver, unit, graph)?;
        self.driver.free_retired();
        Ok(())
    }

    fn upload<E: From<DeviceError>>(
        &self,
        work: impl FnOnce() -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.driver.begin_upload()?;
        let outcome = work();
        self.driver.end_upload()?;
        outcome
    }

    fn weights(&self, matrices: &[Matrix], _training: bool) -> Result<Weights> {
        let end = matrices
            .iter()
            .map(|matrix| matrix.offset + matrix.outputs * matrix.inputs)
            .max()
            .unwrap_or(0);
        // Tensors start at multiples of 64 elements, and the last one's gap belongs to the buffer.
        let length = end.next_multiple_of(64);
        let copies = match self.precision {
            Precision::Bf16 => Some(self.driver.allocate(length * 2)?),
            Precision::F32 => None,
        };
        Ok(Weights { copies, length })
    }

    fn refresh_weights(&self, master: &Buffer, weights: &mut Weights) -> Result<()> {
        rows::refresh(self, master, weights)
    }

    fn embed(
        &self,
        parameters: Parameters<Self>,
        embedding: &Embedding,
        tokens: &Buffer,
        positions: &Buffer,
        rows: usize,
        dropout: Dropout,
        state: Option<&mut NormState<Self>>,
        output: &mut Buffer,
    ) -> Result<()> {
        norm::embed(
            self,
            parameters,
            embedding,
            (tokens, positions),
            rows,
            dropout,
            state,
            output,
        )
    }

    fn embed_backward(
        &self,
        parameters: Parameters<Self>,
        embedding: &Embedding,
        tokens: &Buffer,
        positions: &Buffer,
        rows: usize,
        dropout: Dropout,
        state: &NormState<Self>,
        output_gradient: &mut Buffer,
        gradients: &mut Buffer,
    ) -> Result<()> {
        let ids = (tokens, positions);
        norm::embed_backward(
            self,
            parameters,
            embedding,
            ids,
            rows,
            dropout,
            state,
            output_gradient,
            gradients,
        )
    }

    fn add_layer_norm(
        &self,
        parameters: Parameters<Self>,
        layer_norm: &LayerNorm,
        input: &Buffer,
        residual: &Buffer,
        rows: usize,
        dropout: Dropout,
        state: Option<&mut NormState<Self>>,
        output: &mut Buffer,
    ) -> Result<()> {
        norm::add_layer_norm(
            self,
            parameters,
            layer_norm,
            (input, residual),
            rows,
            dropout,
            state,
            output,
        )
    }

    fn add_layer_norm_backward(
        &self,
        parameters: Parameters<Self>,
        layer_norm: &LayerNorm,
        output_gradient: &Buffer,
        rows: usize,
        dropout: Dropout,
        state: &NormState<Self>,
        residual_gradient: &mut Buffer,
        input_gradient: Option<&mut Buffer>,
        gradients: &mut Buffer,
    ) -> Result<()> {
        let outputs = (residual_gradient, input_gradient);
        norm::add_layer_norm_backward(
            self,
            parameters,
            layer_norm,
            output_gradient,
            rows,
            dropout,
            state,
            outputs,
            gradients,
        )
    }

    fn dense(
        &self,
        parameters: Parameters<Self>,
        matrix: &Matrix,
        bias: Span,
        input: &Buffer,
        rows: usize,
        epilogue: DenseEpilogue<Self>,
        output: &mut Buffer,
    ) -> Result<()> {
        dense::forward(self, parameters, matrix, bias, input, rows, epilogue, output)
    }

    fn dense_backward_input(
        &self,
        parameters: Parameters<Self>,
        matrix: &Matrix,
        output_gradient: &Buffer,
        rows: usize,
        epilogue: BackwardEpilogue<Self>,
        input_gradient: &mut Buffer,
    ) -> Result<()> {
        dense::backward_input(
            self,
            parameters,
            matrix,
            output_gradient,
            rows,
            epilogue,
            input_gradient,
        )
    }

    fn dense_backward_weight(
        &self,
        matrix: &Matrix,
        bias: Span,
        input: &Buffer,
        output_gradient: &Buffer,
        rows: usize,
        gradients: &mut Buffer,
    ) -> Result<()> {
        dense::backward_weight(self, matrix, bias, input, output_gradient, rows, gradients)
    }

    fn attention(
        &self,
        heads: Heads,
        segments: &Segments,
        qkv: &Buffer,
        dropout: Dropout,
        log_sum_exp: Option<&mut Buffer>,
        output: &mut Buffer,
    ) -> Result<()> {
        attention::forward(self, heads, segments, qkv, dropout, log_sum_exp, output)
    }

    fn attention_backward(
        &self,
        heads: Heads,
        segments: &Segments,
        qkv: &Buffer,
        output: &Buffer,
        log_sum_exp: &Buffer,
        output_gradient: &Buffer,
        dropout: Dropout,
        qkv_gradient: &mut Buffer,
    ) -> Result<()> {
        attention::backward(
            self,
            heads,
            segments,
            qkv,
            (output, log_sum_exp, output_gradient),
            dropout,
            qkv_gradient,
        )
    }

    fn gather_rows(
        &self,
        input: &Buffer,
        rows: &Buffer,
        count: usize,
        columns: usize,
        output: &mut Buffer,
    ) -> Result<()> {
        rows::gather(self, input, rows, count, columns, output)
    }

    fn scatter_rows(
        &self,
        output_gradient: &Buffer,
        rows: &Buffer,
        count: usize,
        columns: usize,
        input_gradient: &mut Buffer,
        total: usize,
    ) -> Result<()> {
        rows::scatter(self, output_gradient, rows, count, columns, input_gradient, total)
    }

    fn projection_loss(
        &self,
        parameters: Parameters<Self>,
        words: &Matrix,
        bias: Span,
        hidden: &Buffer,
        targets: &Buffer,
        target_weights: &Buffer,
        count: usize,
        scale: f32,
        loss: &mut Buffer,
        gradients: Option<ProjectionGradients<Self>>,
    ) -> Result<()> {
        let projection = dense::Projection {
            words,
            bias,
            hidden,
            targets,
            target_weights,
            count,
            scale,
        };
        dense::projection_loss(self, parameters, &projection, loss, gradients)
    }

    fn logits(
        &self,
        parameters: Parameters<Self>,
        words: &Matrix,
        bias: Span,
        hidden: &Buffer,
        rows: usize,
        logits: &mut Buffer,
    ) -> Result<()> {
        dense::logits(self, parameters, words, bias, hidden, rows, logits)
    }

    fn squared_norm(&self, gradients: &Buffer, length: usize, output: &mut Buffer) -> Result<()> {
        update::squared_norm(self, gradients, length, output)
    }

    fn adamw(
        &self,
        settings: &AdamW,
        decay: &[Span],
        squared_norm: &Buffer,
        gradients: &Buffer,
        master: &mut Buffer,
        first_moment: &mut Buffer,
        second_moment: &mut Buffer,
        weights: &mut Weights,
    ) -> Result<()> {
        let moments = (first_moment, second_moment);
        update::adamw(self, settings, decay, squared_norm, gradients, master, moments, weights)
    }

    fn mean_pool(
        &self,
        segments: &Segments,
        hidden: &Buffer,
        columns: usize,
        normalize: bool,
        output: &mut Buffer,
    ) -> Result<()> {
        rows::mean_pool(self, segments, hidden, columns, normalize, output)
    }

    fn append_cache(
        &self,
        qkv: &Buffer,
        rows: usize,
        hidden: usize,
        first_row: usize,
        keys: &mut Buffer,
        values: &mut Buffer,
    ) -> Result<()> {
        inference::append_cache(self, qkv, rows, hidden, first_row, keys, values)
    }

    fn decode_attention(
        &self,
        shape: &DecodeShape,
        qkv: &Buffer,
        prefix_keys: &Buffer,
        prefix_values: &Buffer,
        prefix_starts: &Buffer,
        sequences: &Buffer,
        keys: &Buffer,
        values: &Buffer,
        ancestors: &Buffer,
        output: &mut Buffer,
    ) -> Result<()> {
        let prefix = inference::Prefix {
            keys: prefix_keys,
            values: prefix_values,
            starts: prefix_starts,
            sequences,
        };
        let generated = inference::Generated {
            keys,
            values,
            ancestors,
        };
        inference::decode_attention(self, shape, qkv, &prefix, &generated, output)
    }

    fn top_k(
        &self,
        logits: &Buffer,
        rows: usize,
        vocabulary: usize,
        k: usize,
        tokens: &mut Buffer,
        log_probabilities: &mut Buffer,
    ) -> Result<()> {
        inference::top_k(self, logits, rows, vocabulary, k, tokens, log_probabilities)
    }
}
