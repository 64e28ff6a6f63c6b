//! Dense layers: forward, and backward to input and weights.

use super::Cpu;
use super::buffer::{Buffer, SharedMut};
use super::element::{Element, load, store};
use super::gemm::pack::{pack_panel, pack_panel_transposed, packed_length, panel_length};
use super::gemm::{Block, Product, WeightGradient, kernel::PANEL, product, weight_gradient};
use super::math::gelu;
use super::pool::Pool;
use super::scratch::{self, bytes_of};
use super::vector::{Isa, LANES};
use crate::device::Matrix;
use crate::kernel;

/// Compute copies of one matrix `W[outputs, inputs]`.
struct PackedMatrix<E> {
    matrix: Matrix,
    /// Panels of `Wᵀ`, for `x Wᵀ`.
    forward: Buffer<E>,
    /// Panels of `W`, for `dY W`; empty for inference.
    backward: Buffer<E>,
    /// Its first task of a refresh.
    first_task: usize,
}

/// Compute copies of all matrices.
pub struct PackedWeights<E> {
    matrices: Vec<PackedMatrix<E>>,
    tasks: usize,
}

/// Rows of `W` that one task of a refresh packs: whole forward panels, and its part of every backward panel.
const REFRESH_ROWS: usize = 4 * PANEL;

impl<E: Element> PackedWeights<E> {
    /// Nothing when there is no memory for them.
    pub fn new(matrices: &[Matrix], training: bool) -> Option<PackedWeights<E>> {
        let mut tasks = 0;
        let matrices = matrices
            .iter()
            .map(|matrix| {
                let first_task = tasks;
                tasks += matrix.outputs.div_ceil(REFRESH_ROWS);
                let backward = if training {
                    packed_length::<E>(matrix.outputs, matrix.inputs)
                } else {
                    0
                };
                Some(PackedMatrix {
                    matrix: *matrix,
                    forward: Buffer::new(packed_length::<E>(matrix.inputs, matrix.outputs))?,
                    backward: Buffer::new(backward)?,
                    first_task,
                })
            })
            .collect::<Option<Vec<_>>>()?;
        Some(PackedWeights { matrices, tasks })
    }

    pub fn forward(&self, matrix: &Matrix) -> &[E] {
        &self.matrices[matrix.index].forward
    }

    pub fn backward(&self, matrix: &Matrix) -> &[E] {
        &self.matrices[matrix.index].backward
    }

    /// Packs every matrix anew, in one parallel operation.
    pub fn refresh(&mut self, isa: Isa, pool: &Pool, master: &[f32]) {
        let matrices = &self.matrices;
        pool.run(self.tasks, |task| {
            let packed = &matrices[matrices.partition_point(|packed| packed.first_task <= task) - 1];
            // SAFETY: `refresh` borrows the weights mutably; tasks write disjoint parts.
            let (forward, backward) = unsafe { (packed.forward.shared(), packed.backward.shared()) };
            let Matrix {
                inputs,
                outputs,
                offset,
                ..
            } = packed.matrix;
            let first = (task - packed.first_task) * REFRESH_ROWS;
            let rows = REFRESH_ROWS.min(outputs - first);
            scratch::with(bytes_of::<E>(rows * inputs), |arena| {
                let source = arena.take::<E>(rows * inputs);
                super::rows::convert(isa, &master[offset + first * inputs..][..rows * inputs], source);
                let length = panel_length::<E>(inputs);
                for row in (0..rows).step_by(PANEL) {
                    // SAFETY: this task's own panel.
                    let panel = unsafe { forward.slice((first + row) / PANEL * length, length) };
                    let columns = PANEL.min(rows - row);
                    pack_panel_transposed(isa, &source[row * inputs..], inputs, inputs, columns, panel);
                }
                if packed.backward.is_empty() {
                    return;
                }
                let (length, part) = (panel_length::<E>(outputs), panel_length::<E>(rows));
                for column in (0..inputs).step_by(PANEL) {
                    // SAFETY: this task's own groups of the panel: its first row is a multiple of the group.
                    let panel = unsafe { backward.slice(column / PANEL * length + first * PANEL, part) };
                    pack_panel(isa, &source[column..], inputs, rows, PANEL.min(inputs - column), panel);
                }
            });
        });
    }
}

/// What happens to a block before it is stored.
pub enum Store<'a, E> {
    Plain,
    Gelu { derivative: Option<SharedMut<'a, E>> },
    Accumulate,
    Multiply { factor: &'a [E] },
}

kernel! {
/// Adds the bias (empty for none) to a block of a product, and stores it as `how` says.
pub fn store_block<V, E: Element>(
    block: &Block, bias: &[f32], how: &Store<E>, output: &SharedMut<E>, stride: usize
) {
    let columns = block.columns;
    let mut biases = [V::splat(0.0); PANEL / LANES];
    if !bias.is_empty() {
        for (i, lanes) in biases.iter_mut().enumerate().take(columns.div_ceil(LANES)) {
            *lanes = load(bias, i * LANES);
        }
    }
    // One loop over rows and vectors for each way to finish; whole panels are stored without partial vectors.
    macro_rules! each {
        (|$value:ident, $output:ident, $place:ident, $i:ident| $finish:expr) => {
            for row in 0..block.rows {
                let values: &[f32; PANEL] = block.values[row * PANEL..][..PANEL].try_into().expect("a row of the block");
                let $place = (block.first_row + row) * stride + block.first_column;
                // SAFETY: blocks of a product are disjoint.
                let $output = unsafe { output.slice($place, columns) };
                if columns == PANEL {
                    let $output = &mut $output[..PANEL];
                    for (v, bias) in biases.iter().enumerate() {
                        let $i = v * LANES;
                        let $value = load::<V, f32>(values, $i).add(*bias);
                        $finish
                    }
                } else {
                    for (v, bias) in biases.iter().enumerate().take(columns.div_ceil(LANES)) {
                        let $i = v * LANES;
                        let $value = load::<V, f32>(values, $i).add(*bias);
                        $finish
                    }
                }
            }
        };
    }
    match how {
        Store::Plain => each!(|value, output, place, i| store(output, i, value)),
        Store::Gelu { derivative: None } => each!(|value, output, place, i| store(output, i, gelu(value).0)),
        Store::Gelu { derivative: Some(derivative) } => each!(|value, output, place, i| {
            let (value, slope) = gelu(value);
            store(output, i, value);
            // SAFETY: blocks of a product are disjoint.
            store(unsafe { derivative.slice(place, columns) }, i, slope);
        }),
        Store::Accumulate => each!(|value, output, place, i| {
            let sum = value.add(load(output, i));
            store(output, i, sum)
        }),
        Store::Multiply { factor } => each!(|value, output, place, i| {
            store(output, i, value.mul(load(&factor[place..place + columns], i)))
        }),
    }
}
}

/// `output[rows, columns] = how(input · packed + bias)`, with an empty bias for none.
pub fn dense<E: Element>(
    device: &Cpu<E>,
    packed: &[E],
    shape: [usize; 3],
    bias: &[f32],
    input: &[E],
    how: &Store<E>,
    output: &mut [E],
) {
    let [rows, inner, columns] = shape;
    let output = SharedMut::new(&mut output[..rows * columns]);
    let operands = Product {
        left: input,
        stride: inner,
        rows,
        inner,
        right: packed,
        columns,
    };
    product(device.isa, &device.pool, &operands, |block| {
        let bias = if bias.is_empty() {
            bias
        } else {
            &bias[block.first_column..][..block.columns]
        };
        store_block(device.isa, &block, bias, how, &output, columns);
    });
}

/// `dW += dYᵀ X`, `db += Σ dY`.
pub fn backward_weight<E: Element>(
    device: &Cpu<E>,
    operands: &WeightGradient<E>,
    gradients: &mut [f32],
    weight: std::ops::Range<usize>,
    bias: std::ops::Range<usize>,
) {
    let (isa, pool): (Isa, _) = (device.isa, &device.pool);
    // Two spans of one buffer, in either order.
    let (weight, bias) = if weight.start < bias.start {
        let (head, tail) = gradients.split_at_mut(bias.start);
        (&mut head[weight], &mut tail[..bias.end - bias.start])
    } else {
        let (head, tail) = gradients.split_at_mut(weight.start);
        (&mut tail[..weight.end - weight.start], &mut head[bias])
    };
    weight_gradient(isa, pool, &mut device.shared(), operands, weight, Some(bias));
}
