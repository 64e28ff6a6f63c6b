//! Matrix products: activations × packed weights, and the products of weight gradients.

pub mod kernel;
pub mod pack;

use super::buffer::SharedMut;
use super::element::Element;
use super::pool::Pool;
use super::scratch::{self, Arena, bytes_of};
use super::vector::Isa;
use kernel::{Left, PANEL, Sums, TILE, multiply_panel};
use pack::{groups, pack_left_transposed, pack_panel, panel_length};

/// Rows of the left operand that a task keeps in its cache while it walks the panels.
const BLOCK_ROWS: usize = 8 * TILE;
/// Inner length at which a long product is cut; a whole number of groups.
const PRODUCT_INNER: usize = 2048;
/// Inner length of a block of a weight gradient: a tile of 12 × 1024 bfloat16 stays in the first-level cache.
const BLOCK_INNER: usize = 1024;

/// `left[rows, inner] · right[inner, columns]`.
pub struct Product<'a, E> {
    pub left: &'a [E],
    /// Elements between rows of `left`.
    pub stride: usize,
    pub rows: usize,
    pub inner: usize,
    /// Packed panels.
    pub right: &'a [E],
    pub columns: usize,
}

/// A block of a finished product: `values[rows, columns]` at a stride of 32.
pub struct Block<'a> {
    pub values: &'a [f32],
    pub first_row: usize,
    pub rows: usize,
    pub first_column: usize,
    pub columns: usize,
}

/// Computes a product block by block and hands every block to `finish` while it is in cache. Blocks are disjoint and
/// cover the product; they come on any thread in any order.
pub fn product<E: Element>(isa: Isa, pool: &Pool, product: &Product<E>, finish: impl Fn(Block) + Sync) {
    let Product {
        left,
        stride,
        rows,
        inner,
        right,
        columns,
    } = *product;
    if rows == 0 {
        return;
    }
    assert!(left.len() >= (rows - 1) * stride + inner);
    let panels = columns.div_ceil(PANEL);
    let panel = panel_length::<E>(inner);
    assert!(right.len() >= panels * panel);
    let row_blocks = rows.div_ceil(BLOCK_ROWS);
    // Blocks of even height, in whole tiles.
    let height = rows.div_ceil(row_blocks).next_multiple_of(TILE);
    let wanted = 4 * pool.threads();
    let panel_blocks = if row_blocks >= wanted {
        1
    } else {
        wanted.div_ceil(row_blocks).min(panels)
    };
    let width = panels.div_ceil(panel_blocks);
    let panel_blocks = panels.div_ceil(width);
    // Pairs must not straddle rows; rows a multiple of 4096 bytes apart fight for the same lines of the cache.
    let copy = !inner.is_multiple_of(E::GROUP) || (rows >= TILE && (stride * size_of::<E>()).is_multiple_of(4096));
    let copied_stride = inner.next_multiple_of(32) + 32;
    // A long inner dimension is cut, so that a block of the left operand is read from cache panel after panel; the sums
    // of all panels are then held at once.
    let cut = if inner > 2 * PRODUCT_INNER {
        PRODUCT_INNER
    } else {
        inner
    };
    let held = if cut < inner { width } else { 1 };
    let bytes = bytes_of::<f32>(held * height * PANEL) + if copy { bytes_of::<E>(height * copied_stride) } else { 0 };
    pool.run(row_blocks * panel_blocks, |task| {
        let first_row = task / panel_blocks * height;
        let count = height.min(rows.saturating_sub(first_row));
        let first_panel = task % panel_blocks * width;
        if count == 0 {
            return;
        }
        scratch::with(bytes, |arena| {
            let values = arena.take::<f32>(held * height * PANEL);
            let operand = if copy {
                let copied = arena.take::<E>(height * copied_stride);
                for (row, copied) in copied.chunks_exact_mut(copied_stride).take(count).enumerate() {
                    copied[..inner].copy_from_slice(&left[(first_row + row) * stride..][..inner]);
                    copied[inner..inner + 1].fill(E::default());
                }
                Left::rows(copied, copied_stride)
            } else {
                Left::rows(&left[first_row * stride..], stride)
            };
            let last_panel = (first_panel + width).min(panels);
            for start in (0..inner).step_by(cut) {
                let end = (start + cut).min(inner);
                let operand = operand.skip(start);
                for number in first_panel..last_panel {
                    let right = &right[number * panel + start * PANEL..];
                    let values = &mut values[(number - first_panel) % held * height * PANEL..][..height * PANEL];
                    let sums = Sums::new(values, PANEL);
                    multiply_panel(isa, count, groups::<E>(end - start), operand, right, sums, start > 0);
                    if end == inner {
                        let first_column = number * PANEL;
                        let columns = PANEL.min(columns - first_column);
                        finish(Block {
                            values,
                            first_row,
                            rows: count,
                            first_column,
                            columns,
                        });
                    }
                }
            }
        });
    });
}

/// Operands of a weight gradient: `dW[outputs, inputs] += output_gradientᵀ · input`, summed over `rows`.
pub struct WeightGradient<'a, E> {
    pub input: &'a [E],
    pub inputs: usize,
    pub output_gradient: &'a [E],
    /// Elements between rows of `output_gradient`.
    pub stride: usize,
    pub outputs: usize,
    pub rows: usize,
}

/// Adds to `weight` (`[outputs, inputs]`) and, where given, the column sums to `bias` (`[outputs]`).
pub fn weight_gradient<E: Element>(
    isa: Isa,
    pool: &Pool,
    shared: &mut Arena,
    operands: &WeightGradient<E>,
    weight: &mut [f32],
    bias: Option<&mut [f32]>,
) {
    let WeightGradient {
        input,
        inputs,
        output_gradient,
        stride,
        outputs,
        rows,
    } = *operands;
    if rows == 0 {
        return;
    }
    assert!(input.len() >= rows * inputs && weight.len() == outputs * inputs);
    assert!(output_gradient.len() >= (rows - 1) * stride + outputs);
    let panels = inputs.div_ceil(PANEL);
    let blocks = rows.div_ceil(BLOCK_INNER);
    let slot = panel_length::<E>(BLOCK_INNER.min(rows));
    let packed = shared
        .reset(bytes_of::<E>(panels * blocks * slot))
        .take::<E>(panels * blocks * slot);
    let packed_parts = SharedMut::new(packed);
    pool.run(panels * blocks, |task| {
        let (block, number) = (task / panels, task % panels);
        let inner = BLOCK_INNER.min(rows - block * BLOCK_INNER);
        // SAFETY: every task packs its own slot.
        let panel = unsafe { packed_parts.slice(task * slot, slot) };
        let source = &input[block * BLOCK_INNER * inputs + number * PANEL..];
        pack_panel(isa, source, inputs, inner, PANEL.min(inputs - number * PANEL), panel);
    });
    let packed = &*packed;

    // Tasks of some tiles × some panels: enough of them for all threads, each with work enough.
    let tiles = outputs.div_ceil(TILE);
    let height = tiles.div_ceil(3 * pool.threads()).clamp(1, 6) * TILE;
    let row_blocks = outputs.div_ceil(height);
    let panel_blocks = (3 * pool.threads()).div_ceil(row_blocks).min(panels);
    let width = panels.div_ceil(panel_blocks);
    let panel_blocks = panels.div_ceil(width);
    let tile_bytes = bytes_of::<E>(height * groups::<E>(BLOCK_INNER.min(rows)) * E::GROUP);
    let weight_parts = SharedMut::new(weight);
    let bias_parts = bias.map(SharedMut::new);
    pool.run(row_blocks * panel_blocks, |task| {
        let first = task / panel_blocks * height;
        let count = height.min(outputs - first);
        let first_panel = task % panel_blocks * width;
        scratch::with(tile_bytes + bytes_of::<f32>(height * PANEL), |arena| {
            let edge = arena.take::<f32>(height * PANEL);
            let tiles = arena.take::<E>(height * groups::<E>(BLOCK_INNER.min(rows)) * E::GROUP);
            for block in 0..blocks {
                let inner = BLOCK_INNER.min(rows - block * BLOCK_INNER);
                let source = &output_gradient[block * BLOCK_INNER * stride + first..];
                pack_left_transposed(isa, source, stride, inner, count, tiles);
                if let (Some(bias), 0) = (&bias_parts, first_panel) {
                    // SAFETY: the columns of this row block, summed by its first task alone.
                    super::rows::add_column_sums(isa, source, stride, inner, unsafe { bias.slice(first, count) });
                }
                let left = Left::packed(tiles, groups::<E>(inner));
                for number in first_panel..(first_panel + width).min(panels) {
                    let panel = &packed[(block * panels + number) * slot..][..slot];
                    let columns = PANEL.min(inputs - number * PANEL);
                    if columns == PANEL {
                        // SAFETY: rows and columns of this task alone.
                        let output = unsafe { Sums::shared(&weight_parts, first * inputs + number * PANEL, inputs) };
                        multiply_panel(isa, count, groups::<E>(inner), left, panel, output, true);
                    } else {
                        multiply_panel(
                            isa,
                            count,
                            groups::<E>(inner),
                            left,
                            panel,
                            Sums::new(edge, PANEL),
                            false,
                        );
                        for (row, values) in edge.chunks_exact(PANEL).take(count).enumerate() {
                            // SAFETY: rows and columns of this task alone.
                            let output =
                                unsafe { weight_parts.slice((first + row) * inputs + number * PANEL, columns) };
                            output.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
                        }
                    }
                }
            }
        });
    });
}
