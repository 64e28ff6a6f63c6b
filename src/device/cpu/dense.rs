//! Dense layers: forward, and backward to input and weights.

use super::buffer::{Buffer, SharedMut};
use super::element::Element;
use super::gemm::int8::Int8Matrix;
use super::gemm::pack::{pack_panel, pack_panel_transposed, packed_length, panel_length};
use super::gemm::store::{Output, Store};
use super::gemm::{Product, Right, WeightGradient, kernel::PANEL, product, weight_gradient};
use super::pool::Pool;
use super::scratch::{self, bytes_of};
use super::vector::Isa;
use super::{Cpu, optimizer};
use crate::device::Matrix;
use std::ops::Range;

/// Compute copies of one matrix `W[outputs, inputs]`.
struct PackedMatrix<E> {
    matrix: Matrix,
    /// Panels of `Wᵀ`, for `x Wᵀ`; empty where there is `int8`.
    forward: Buffer<E>,
    /// The same in eight bits.
    int8: Option<Int8Matrix>,
    /// Panels of `W`, for `dY W`; empty for inference.
    backward: Buffer<E>,
}

/// Some of the parameters, in their order: rows of a matrix, or what lies between matrices.
struct Piece {
    range: Range<usize>,
    /// A matrix and the first of the rows.
    rows: Option<(usize, usize)>,
}

/// Compute copies of all matrices.
pub struct PackedWeights<E> {
    matrices: Vec<PackedMatrix<E>>,
    /// All parameters up to the end of the last matrix.
    pieces: Vec<Piece>,
    /// Whether they are larger than caches, and are written past them.
    streaming: bool,
}

/// Parameters of a piece, about: 256 KB, which the second-level cache holds until they are packed. Rows of a matrix come in
/// whole panels of the forward form, and so in whole groups of the backward one.
const PIECE: usize = optimizer::CHUNK;

/// Packed weights of more bytes than this are not in a cache when they are next read.
const STREAMED_BYTES: usize = 64 << 20;

impl<E: Element> PackedWeights<E> {
    /// Nothing when there is no memory for them. `int8`: for inference, in eight bits.
    pub fn new(matrices: &[Matrix], training: bool, int8: bool) -> Option<PackedWeights<E>> {
        let int8 = int8 && !training;
        let matrices = matrices
            .iter()
            .map(|matrix| {
                let backward = if training {
                    packed_length::<E>(matrix.outputs, matrix.inputs)
                } else {
                    0
                };
                let forward = if int8 {
                    0
                } else {
                    packed_length::<E>(matrix.inputs, matrix.outputs)
                };
                Some(PackedMatrix {
                    matrix: *matrix,
                    forward: Buffer::new(forward)?,
                    int8: if int8 {
                        Some(Int8Matrix::new(matrix.outputs, matrix.inputs)?)
                    } else {
                        None
                    },
                    backward: Buffer::new(backward)?,
                })
            })
            .collect::<Option<Vec<_>>>()?;
        let mut order: Vec<usize> = (0..matrices.len()).collect();
        order.sort_by_key(|number| matrices[*number].matrix.offset);
        let (mut pieces, mut place) = (Vec::new(), 0);
        for number in order {
            let Matrix {
                inputs,
                outputs,
                offset,
                ..
            } = matrices[number].matrix;
            pieces.extend(between(place..offset));
            let rows = (PIECE / inputs / PANEL * PANEL).max(PANEL);
            pieces.extend((0..outputs).step_by(rows).map(|first| Piece {
                range: offset + first * inputs..offset + (first + rows).min(outputs) * inputs,
                rows: Some((number, first)),
            }));
            place = offset + outputs * inputs;
        }
        let packed = |matrix: &PackedMatrix<E>| matrix.forward.len() + matrix.backward.len();
        let bytes = matrices.iter().map(packed).sum::<usize>() * size_of::<E>();
        Some(PackedWeights {
            matrices,
            pieces,
            streaming: bytes > STREAMED_BYTES,
        })
    }

    pub fn forward(&self, matrix: &Matrix) -> Right<'_, E> {
        let packed = &self.matrices[matrix.index];
        packed.int8.as_ref().map_or(Right::Panels(&packed.forward), Right::Int8)
    }

    pub fn backward(&self, matrix: &Matrix) -> Right<'_, E> {
        Right::Panels(&self.matrices[matrix.index].backward)
    }

    /// Packs every matrix anew.
    pub fn refresh(&mut self, isa: Isa, pool: &Pool, master: &[f32]) {
        pool.run(self.pieces.len(), |task| {
            // SAFETY: the weights are borrowed mutably; every piece is packed once.
            unsafe { self.pack(isa, &self.pieces[task], &master[self.pieces[task].range.clone()]) }
        });
    }

    /// Hands all parameters to `update` (first index, values), some at a time, each once, and packs those of matrices while
    /// they are in cache.
    pub fn update(&mut self, isa: Isa, pool: &Pool, master: &mut [f32], update: impl Fn(usize, &mut [f32]) + Sync) {
        let covered = self.pieces.last().map_or(0, |piece| piece.range.end);
        let rest = (master.len() - covered).div_ceil(PIECE);
        let length = master.len();
        let master = SharedMut::new(master);
        pool.run(self.pieces.len() + rest, |task| {
            let piece = self.pieces.get(task);
            let range = piece.map_or_else(
                || {
                    let first = covered + (task - self.pieces.len()) * PIECE;
                    first..(first + PIECE).min(length)
                },
                |piece| piece.range.clone(),
            );
            // SAFETY: pieces and the rest do not overlap.
            let values = unsafe { master.slice(range.start, range.len()) };
            update(range.start, values);
            if let Some(piece) = piece {
                // SAFETY: the weights are borrowed mutably; every piece is packed once.
                unsafe { self.pack(isa, piece, values) };
            }
        });
    }

    /// Packs a piece out of its `values`.
    ///
    /// # Safety
    /// The caller borrows the weights mutably, and packs no piece twice at a time.
    unsafe fn pack(&self, isa: Isa, piece: &Piece, values: &[f32]) {
        let Some((number, first)) = piece.rows else {
            return;
        };
        let packed = &self.matrices[number];
        if let Some(int8) = &packed.int8 {
            // SAFETY: the caller's promise; pieces are whole panels.
            return unsafe { int8.pack(first, values) };
        }
        // SAFETY: the caller's promise; pieces go to disjoint parts.
        let (forward, backward) = unsafe { (packed.forward.shared(), packed.backward.shared()) };
        let Matrix { inputs, outputs, .. } = packed.matrix;
        let rows = values.len() / inputs;
        let (length, whole, part) = (
            panel_length::<E>(inputs),
            panel_length::<E>(outputs),
            panel_length::<E>(rows),
        );
        let staged = if self.streaming { length.max(part) } else { 0 };
        scratch::with(bytes_of::<E>(values.len()) + bytes_of::<E>(staged), |arena| {
            let source = arena.take::<E>(values.len());
            let staged = arena.take::<E>(staged);
            super::rows::convert(isa, values, source);
            let mut put = |target: &mut [E], pack: &dyn Fn(&mut [E])| {
                if self.streaming {
                    pack(&mut staged[..target.len()]);
                    super::rows::stream(isa, &staged[..target.len()], target);
                } else {
                    pack(target);
                }
            };
            for row in (0..rows).step_by(PANEL) {
                // SAFETY: this piece's own panel.
                let panel = unsafe { forward.slice((first + row) / PANEL * length, length) };
                let columns = PANEL.min(rows - row);
                put(panel, &|panel| {
                    pack_panel_transposed(isa, &source[row * inputs..], inputs, inputs, columns, panel)
                });
            }
            if packed.backward.is_empty() {
                return;
            }
            for column in (0..inputs).step_by(PANEL) {
                // SAFETY: this piece's own groups of the panel: its first row is a multiple of the group.
                let panel = unsafe { backward.slice(column / PANEL * whole + first * PANEL, part) };
                let columns = PANEL.min(inputs - column);
                put(panel, &|panel| {
                    pack_panel(isa, &source[column..], inputs, rows, columns, panel)
                });
            }
        });
    }
}

/// Pieces of what belongs to no matrix.
fn between(range: Range<usize>) -> impl Iterator<Item = Piece> {
    let end = range.end;
    range.step_by(PIECE).map(move |first| Piece {
        range: first..(first + PIECE).min(end),
        rows: None,
    })
}

/// `output[rows, columns] = how(input · packed + bias)`, with an empty bias for none.
pub fn dense<E: Element>(
    device: &Cpu<E>,
    packed: Right<E>,
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

/// `dW += dYᵀ X`, `db += Σ dY`, or set to them.
pub fn backward_weight<E: Element>(
    device: &Cpu<E>,
    operands: &WeightGradient<E>,
    gradients: &mut [f32],
    weight: Range<usize>,
    bias: Range<usize>,
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
