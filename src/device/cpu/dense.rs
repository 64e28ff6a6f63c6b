//! Dense layers: forward, and backward to input and weights.

use super::Cpu;
use super::buffer::{Buffer, SharedMut};
use super::element::Element;
use super::gemm::pack::{pack_panel, pack_panel_transposed, packed_length, panel_length};
use super::gemm::store::{Output, Store};
use super::gemm::{Product, WeightGradient, kernel::PANEL, product, weight_gradient};
use super::pool::Pool;
use super::scratch::{self, bytes_of};
use super::vector::Isa;
use crate::device::Matrix;

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
    let operands = Product {
        left: input,
        stride: inner,
        rows,
        inner,
        right: packed,
        columns,
    };
    let output = Output {
        values: SharedMut::new(&mut output[..rows * columns]),
        stride: columns,
        bias,
        how,
    };
    product(device.isa, &device.pool, &operands, &output);
}

/// `dW += dYᵀ X`, `db += Σ dY`.
pub fn backward_weight<E: Element>(
    device: &Cpu<E>,
    operands: &WeightGradient<E>,
    gradients: &mut [f32],
    weight: std::ops::Range<usize>,
    bias: std::ops::Range<usize>,
) {
    // Two spans of one buffer, in either order.
    let (weight, bias) = if weight.start < bias.start {
        let (head, tail) = gradients.split_at_mut(bias.start);
        (&mut head[weight], &mut tail[..bias.end - bias.start])
    } else {
        let (head, tail) = gradients.split_at_mut(weight.start);
        (&mut tail[..weight.end - weight.start], &mut head[bias])
    };
    weight_gradient(device.isa, &device.pool, &mut device.shared(), operands, weight, bias);
}
