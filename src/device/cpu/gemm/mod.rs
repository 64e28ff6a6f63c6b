//! Matrix products: activations × packed weights, and the products of weight gradients.

pub mod kernel;
pub mod pack;
pub mod store;

use super::buffer::SharedMut;
use super::element::Element;
use super::pool::Pool;
use super::rows::add_assign;
use super::scratch::{self, Arena, bytes_of};
use super::vector::Isa;
use kernel::{Left, PANEL, Sums, TILE, multiply_panel};
use pack::{TILE_SLACK, add_tile_sums, groups, pack_left_transposed, pack_panel, panel_length};
use std::ops::Range;
use store::{Block, Output, multiply_block, store_block};

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

/// Computes a product block by block and stores every block while it is in registers or cache, on all threads.
pub fn product<E: Element, O: Element>(isa: Isa, pool: &Pool, product: &Product<E>, output: &Output<O>) {
    if product.rows == 0 {
        return;
    }
    let panels = product.columns.div_ceil(PANEL);
    let row_blocks = product.rows.div_ceil(BLOCK_ROWS);
    // Blocks of even height, in whole tiles.
    let height = product.rows.div_ceil(row_blocks).next_multiple_of(TILE);
    let row_blocks = product.rows.div_ceil(height);
    let wanted = 4 * pool.threads();
    let panel_blocks = if row_blocks >= wanted {
        1
    } else {
        wanted.div_ceil(row_blocks).min(panels)
    };
    let width = panels.div_ceil(panel_blocks);
    let panel_blocks = panels.div_ceil(width);
    pool.run(row_blocks * panel_blocks, |task| {
        let first_row = task / panel_blocks * height;
        let rows = first_row..(first_row + height).min(product.rows);
        let first_panel = task % panel_blocks * width;
        product_part(
            isa,
            product,
            output,
            rows,
            first_panel..(first_panel + width).min(panels),
        );
    });
}

/// The same on the calling thread alone, for few rows.
pub fn product_rows<E: Element, O: Element>(isa: Isa, product: &Product<E>, output: &Output<O>) {
    product_part(
        isa,
        product,
        output,
        0..product.rows,
        0..product.columns.div_ceil(PANEL),
    );
}

/// Some rows and panels of a product.
fn product_part<E: Element, O: Element>(
    isa: Isa,
    product: &Product<E>,
    output: &Output<O>,
    rows: Range<usize>,
    panels: Range<usize>,
) {
    let Product {
        left,
        stride,
        inner,
        right,
        columns,
        ..
    } = *product;
    let (first_row, count) = (rows.start, rows.len());
    if count == 0 {
        return;
    }
    let panel = panel_length::<E>(inner);
    assert!(left.len() >= (rows.end - 1) * stride + inner);
    assert!(right.len() >= panels.end * panel);
    // Pairs must not straddle rows; rows a multiple of 4096 bytes apart fight for the same lines of the cache.
    let copy = !inner.is_multiple_of(E::GROUP) || (count >= TILE && (stride * size_of::<E>()).is_multiple_of(4096));
    let copied_stride = inner.next_multiple_of(32) + 32;
    // A long inner dimension is cut, so that a block of the left operand is read from cache panel after panel; the sums
    // of all panels are then held at once.
    let cut = if inner > 2 * PRODUCT_INNER {
        PRODUCT_INNER
    } else {
        inner
    };
    let held = if cut < inner { panels.len() } else { 1 };
    let bytes = bytes_of::<f32>(held * count * PANEL) + if copy { bytes_of::<E>(count * copied_stride) } else { 0 };
    scratch::with(bytes, |arena| {
        let values = arena.take::<f32>(held * count * PANEL);
        let operand = if copy {
            let copied = arena.take::<E>(count * copied_stride);
            for (row, copied) in copied.chunks_exact_mut(copied_stride).enumerate() {
                copied[..inner].copy_from_slice(&left[(first_row + row) * stride..][..inner]);
                copied[inner..inner + 1].fill(E::default());
            }
            Left::rows(copied, copied_stride)
        } else {
            Left::rows(&left[first_row * stride..], stride)
        };
        for start in (0..inner).step_by(cut) {
            let end = (start + cut).min(inner);
            let operand = operand.skip(start);
            let groups = groups::<E>(end - start);
            for number in panels.clone() {
                let right = &right[number * panel + start * PANEL..];
                let first_column = number * PANEL;
                let block = Block {
                    first_row,
                    rows: count,
                    first_column,
                    columns: PANEL.min(columns - first_column),
                };
                let place = (number - panels.start) % held * count * PANEL;
                let values = &mut values[place..][..count * PANEL];
                if cut == inner {
                    multiply_block(isa, block, groups, operand, right, values, output);
                    continue;
                }
                multiply_panel(isa, count, groups, operand, right, Sums::new(values, PANEL), start > 0);
                if end == inner {
                    store_block(isa, values, block, output);
                }
            }
        }
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

/// Rows of the batch that one task packs.
const BAND: usize = 128;
/// Most weights of which parts are kept apart, so that every thread sums over its own rows.
const APART: usize = 1 << 18;
/// Most bytes of those sums, biases included.
pub const APART_BYTES: usize = 2 * APART * size_of::<f32>();

/// How the rows of a weight gradient are cut: fixed by the shape, not by the threads, so that results are the same on
/// any machine.
#[derive(Clone, Copy)]
struct Cut {
    rows: usize,
    /// Parts with sums of their own, of so many blocks each.
    parts: usize,
    blocks: usize,
    /// Rows of a block.
    height: usize,
}

impl Cut {
    fn new(rows: usize, weights: usize) -> Cut {
        let parts = if rows >= BLOCK_INNER && weights <= APART { 2 } else { 1 };
        let blocks = rows.div_ceil(parts).div_ceil(BLOCK_INNER);
        let height = rows.div_ceil(parts * blocks).next_multiple_of(PANEL);
        Cut {
            rows,
            parts,
            blocks,
            height,
        }
    }

    /// First row and number of rows of a block.
    fn block(&self, block: usize) -> (usize, usize) {
        let first = (block * self.height).min(self.rows);
        (first, self.height.min(self.rows - first))
    }
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
    let cut = Cut::new(rows, outputs * inputs);
    let all_blocks = cut.parts * cut.blocks;
    let slot = panel_length::<E>(cut.height);
    // Sums of the second part, weights and biases; the first part adds to what is there.
    let apart = (cut.parts - 1) * outputs * inputs;
    let apart_bias = (cut.parts - 1) * outputs;
    let bytes = bytes_of::<E>(panels * all_blocks * slot) + bytes_of::<f32>(apart) + bytes_of::<f32>(apart_bias);
    let arena = shared.reset(bytes);
    let packed = arena.take::<E>(panels * all_blocks * slot);
    let (second_weight, second_bias) = (arena.take::<f32>(apart), arena.take::<f32>(apart_bias));
    let packed_parts = SharedMut::new(packed);
    let bands = cut.height.div_ceil(BAND);
    pool.run(all_blocks * bands, |task| {
        let (block, band) = (task / bands, task % bands * BAND);
        let (first, inner) = cut.block(block);
        let inner = BAND.min(inner.saturating_sub(band));
        for number in 0..panels {
            let source = &input[((first + band) * inputs + number * PANEL).min(input.len())..];
            let place = (block * panels + number) * slot + panel_length::<E>(band);
            // SAFETY: every task packs its own bands of the panels.
            let panel = unsafe { packed_parts.slice(place, panel_length::<E>(inner)) };
            pack_panel(isa, source, inputs, inner, PANEL.min(inputs - number * PANEL), panel);
        }
    });
    let packed = &*packed;

    // Tasks of some tiles × some panels: enough of them for all threads, each with work enough.
    let tiles = outputs.div_ceil(TILE);
    let wanted = (3 * pool.threads()).div_ceil(cut.parts);
    let height = tiles.div_ceil(wanted).clamp(1, 6) * TILE;
    let row_blocks = outputs.div_ceil(height);
    let panel_blocks = wanted.div_ceil(row_blocks).min(panels);
    let width = panels.div_ceil(panel_blocks);
    let panel_blocks = panels.div_ceil(width);
    let tile_length = height * groups::<E>(cut.height) * E::GROUP + TILE_SLACK;
    let has_bias = bias.is_some();
    let weight_parts = SharedMut::new(&mut *weight);
    let second_parts = SharedMut::new(&mut *second_weight);
    let mut no_bias = [];
    let bias = bias.unwrap_or(&mut no_bias);
    let bias_parts = SharedMut::new(&mut *bias);
    let second_bias_parts = SharedMut::new(&mut *second_bias);
    pool.run(cut.parts * row_blocks * panel_blocks, |task| {
        let (part, task) = (task / (row_blocks * panel_blocks), task % (row_blocks * panel_blocks));
        let first = task / panel_blocks * height;
        let count = height.min(outputs - first);
        let first_panel = task % panel_blocks * width;
        let (weights, biases) = if part == 0 {
            (&weight_parts, &bias_parts)
        } else {
            (&second_parts, &second_bias_parts)
        };
        scratch::with(bytes_of::<E>(tile_length) + bytes_of::<f32>(height * PANEL), |arena| {
            let edge = arena.take::<f32>(height * PANEL);
            let tiles = arena.take::<E>(tile_length);
            for block in part * cut.blocks..(part + 1) * cut.blocks {
                let (first_row, inner) = cut.block(block);
                // The second part's sums are set by its first block.
                let add = part == 0 || block > part * cut.blocks;
                if inner == 0 {
                    continue;
                }
                let source = &output_gradient[first_row * stride + first..];
                pack_left_transposed(isa, source, stride, inner, count, tiles);
                if has_bias && first_panel == 0 {
                    // SAFETY: the columns of this row block, summed by its first task alone.
                    let sums = unsafe { biases.slice(first, count) };
                    if !add {
                        sums.fill(0.0);
                    }
                    add_tile_sums(isa, tiles, groups::<E>(inner), sums);
                }
                let left = Left::packed(tiles, groups::<E>(inner));
                for number in first_panel..(first_panel + width).min(panels) {
                    let panel = &packed[(block * panels + number) * slot..][..slot];
                    let columns = PANEL.min(inputs - number * PANEL);
                    let place = first * inputs + number * PANEL;
                    if columns == PANEL {
                        // SAFETY: rows and columns of this task alone.
                        let output = unsafe { Sums::shared(weights, place, inputs) };
                        multiply_panel(isa, count, groups::<E>(inner), left, panel, output, add);
                    } else {
                        let sums = Sums::new(edge, PANEL);
                        multiply_panel(isa, count, groups::<E>(inner), left, panel, sums, false);
                        for (row, values) in edge.chunks_exact(PANEL).take(count).enumerate() {
                            // SAFETY: rows and columns of this task alone.
                            let output = unsafe { weights.slice(place + row * inputs, columns) };
                            if !add {
                                output.fill(0.0);
                            }
                            output.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
                        }
                    }
                }
            }
        });
    });
    if cut.parts > 1 {
        let stretch = 1 << 14;
        pool.run(apart.div_ceil(stretch), |task| {
            let place = task * stretch;
            let count = stretch.min(apart - place);
            // SAFETY: stretches do not overlap.
            let sums = unsafe { weight_parts.slice(place, count) };
            add_assign(isa, sums, &second_weight[place..place + count]);
        });
        if has_bias {
            add_assign(isa, bias, second_bias);
        }
    }
}
