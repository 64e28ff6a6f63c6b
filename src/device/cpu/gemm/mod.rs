//! Matrix products: activations × packed weights, and the products of weight gradients.

pub mod int8;
pub mod kernel;
pub mod pack;
pub mod store;

use super::buffer::SharedMut;
use super::element::Element;
use super::pool::Pool;
use super::rows::add_assign;
use super::scratch::{self, Arena, bytes_of};
use super::vector::Isa;
use int8::Int8Matrix;
use kernel::{Left, PANEL, Sums, TILE, multiply_panel};
use pack::{add_panel_sums, groups, pack_panels, panel_length, prefetch_rows};
use std::ops::Range;
use store::{Block, Output, multiply_block, store_block};

/// Tiles of the left operand that a task keeps in its cache while it walks the panels.
const BLOCK_TILES: usize = 8;
/// Inner length at which a long product is cut; a whole number of groups.
const PRODUCT_INNER: usize = 2048;
/// Rows of the batch that a weight gradient takes at a time: a panel of 256 bfloat16 stays in the first-level cache while
/// it meets the other operand, and both operands in the second-level one.
const BLOCK_INNER: usize = 256;
/// Most panels of outputs and inputs in a task of a weight gradient.
const TASK_PANELS: [usize; 2] = [16, 32];
/// Most weights whose sums over the two halves of the rows are kept apart, so that every thread sums over rows that it has
/// in its cache, and the rows from which on that pays. Neither depends on the threads: results are the same on any number.
const APART: usize = 1 << 18;
const APART_ROWS: usize = 1024;
/// Most bytes of the second half's sums, those of biases included.
pub const APART_BYTES: usize = 2 * APART * size_of::<f32>();

/// Right operand of a product.
pub enum Right<'a, E> {
    /// Packed panels.
    Panels(&'a [E]),
    Int8(&'a Int8Matrix),
}

impl<E> Clone for Right<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<E> Copy for Right<'_, E> {}

/// `left[rows, inner] · right[inner, columns]`.
pub struct Product<'a, E> {
    pub left: &'a [E],
    /// Elements between rows of `left`.
    pub stride: usize,
    pub rows: usize,
    pub inner: usize,
    pub right: Right<'a, E>,
    pub columns: usize,
}

/// Computes a product block by block and stores every block while it is in registers or cache, on all threads.
pub fn product<E: Element, O: Element>(isa: Isa, pool: &Pool, product: &Product<E>, output: &Output<O>) {
    if product.rows == 0 {
        return;
    }
    let panels = product.columns.div_ceil(PANEL);
    let row_blocks = row_blocks(product.rows, pool.threads());
    let wanted = 4 * pool.threads();
    let panel_blocks = if row_blocks >= wanted {
        1
    } else {
        wanted.div_ceil(row_blocks).min(panels)
    };
    pool.run(row_blocks * panel_blocks, |task| {
        let rows = row_block(product.rows, task / panel_blocks, row_blocks);
        let panels = part(panels, task % panel_blocks, panel_blocks);
        product_part(isa, product, output, rows, panels);
    });
}

/// Blocks of rows that a product is cut into: whole tiles, shared evenly between threads.
pub fn row_blocks(rows: usize, threads: usize) -> usize {
    let tiles = rows.div_ceil(TILE);
    let blocks = tiles.div_ceil(BLOCK_TILES);
    if blocks > 1 {
        blocks.next_multiple_of(threads).min(tiles)
    } else {
        blocks
    }
}

/// The rows of one of these blocks.
pub fn row_block(rows: usize, number: usize, blocks: usize) -> Range<usize> {
    let tiles = part(rows.div_ceil(TILE), number, blocks);
    tiles.start * TILE..(tiles.end * TILE).min(rows)
}

/// One of `parts` even parts of `count` things.
fn part(count: usize, number: usize, parts: usize) -> Range<usize> {
    count * number / parts..count * (number + 1) / parts
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
    assert!(left.len() >= (rows.end - 1) * stride + inner);
    let right = match right {
        Right::Panels(right) => right,
        Right::Int8(right) => return int8::product_part(isa, product, right, output, rows, panels),
    };
    let panel = panel_length::<E>(inner);
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

/// Operands of a weight gradient: `dW[outputs, inputs] (+)= output_gradientᵀ · input`, summed over `rows`.
pub struct WeightGradient<'a, E> {
    pub input: &'a [E],
    pub inputs: usize,
    pub output_gradient: &'a [E],
    /// Elements between rows of `output_gradient`.
    pub stride: usize,
    pub outputs: usize,
    pub rows: usize,
    /// Whether the products are added to what is there, or take its place.
    pub add: bool,
}

/// Into how many blocks of outputs and of inputs a weight gradient is cut: blocks that fit into caches, and tasks for all
/// threads alike. Every weight is summed by one task in the order of the rows, so the cut does not show in results.
fn cut(outputs: usize, inputs: usize, parts: usize, threads: usize) -> [usize; 2] {
    let (mut rows, mut columns) = (outputs.div_ceil(TASK_PANELS[0]), inputs.div_ceil(TASK_PANELS[1]));
    let enough = if threads == 1 { 1 } else { (2 * threads).div_ceil(parts) };
    let threads = threads.div_ceil(parts);
    while rows * columns < enough || (!(rows * columns).is_multiple_of(threads) && rows * columns < 4 * enough) {
        if rows < outputs && (columns == inputs || outputs / rows >= inputs / columns) {
            rows += 1;
        } else if columns < inputs {
            columns += 1;
        } else {
            break;
        }
    }
    [rows, columns]
}

/// Adds to `weight` (`[outputs, inputs]`) and the column sums to `bias` (`[outputs]`), or sets them.
pub fn weight_gradient<E: Element>(
    isa: Isa,
    pool: &Pool,
    shared: &mut Arena,
    operands: &WeightGradient<E>,
    weight: &mut [f32],
    bias: &mut [f32],
) {
    let WeightGradient {
        input,
        inputs,
        output_gradient,
        stride,
        outputs,
        rows,
        add,
    } = *operands;
    if rows == 0 {
        if !add {
            weight.fill(0.0);
            bias.fill(0.0);
        }
        return;
    }
    assert!(input.len() >= rows * inputs && weight.len() == outputs * inputs && bias.len() == outputs);
    assert!(output_gradient.len() >= (rows - 1) * stride + outputs);
    let (output_panels, input_panels) = (outputs.div_ceil(PANEL), inputs.div_ceil(PANEL));
    let parts = if rows >= APART_ROWS && weight.len() <= APART {
        2
    } else {
        1
    };
    let [row_blocks, column_blocks] = cut(output_panels, input_panels, parts, pool.threads());
    let blocks = rows.div_ceil(parts).div_ceil(BLOCK_INNER);
    let height = rows.div_ceil(parts * blocks).next_multiple_of(E::GROUP);
    let apart = [weight.len() * (parts - 1), bias.len() * (parts - 1)];
    let arena = shared.reset(apart.map(bytes_of::<f32>).iter().sum());
    let [second_weight, second_bias] = apart.map(|length| arena.take::<f32>(length));
    let sums = [
        [SharedMut::new(&mut *weight), SharedMut::new(&mut *bias)],
        [SharedMut::new(&mut *second_weight), SharedMut::new(&mut *second_bias)],
    ];
    pool.run(parts * row_blocks * column_blocks, |task| {
        let (number, task) = (task / (row_blocks * column_blocks), task % (row_blocks * column_blocks));
        let [weights, biases] = &sums[number];
        let rows = (number * blocks * height).min(rows)..((number + 1) * blocks * height).min(rows);
        let left_panels = part(output_panels, task / column_blocks, row_blocks);
        let right_panels = part(input_panels, task % column_blocks, column_blocks);
        let (first, first_input) = (left_panels.start * PANEL, right_panels.start * PANEL);
        let count = (left_panels.end * PANEL).min(outputs) - first;
        let columns = (right_panels.end * PANEL).min(inputs) - first_input;
        let (left_length, right_length) = (
            left_panels.len() * panel_length::<E>(height),
            right_panels.len() * panel_length::<E>(height),
        );
        let bytes = bytes_of::<E>(left_length) + bytes_of::<E>(right_length) + bytes_of::<f32>(count * PANEL);
        scratch::with(bytes, |arena| {
            let (left, right) = (arena.take::<E>(left_length), arena.take::<E>(right_length));
            let edge = arena.take::<f32>(count * PANEL);
            for start in rows.clone().step_by(height) {
                let inner = height.min(rows.end - start);
                // The second part's sums are set by its first block.
                let add = (number == 0 && add) || start > rows.start;
                let (groups, length) = (groups::<E>(inner), panel_length::<E>(inner));
                let source = &output_gradient[start * stride + first..];
                pack_panels(isa, source, stride, inner, count, left);
                pack_panels(
                    isa,
                    &input[start * inputs + first_input..],
                    inputs,
                    inner,
                    columns,
                    right,
                );
                if first_input == 0 {
                    // SAFETY: the columns of this block of outputs, summed by its first task alone.
                    let sums = unsafe { biases.slice(first, count) };
                    if !add {
                        sums.fill(0.0);
                    }
                    for (panel, sums) in left.chunks_exact(length).zip(sums.chunks_mut(PANEL)) {
                        add_panel_sums(isa, panel, groups, sums);
                    }
                }
                // The next block's rows come from memory while this one is multiplied, some of them before every product.
                let ahead = (rows.end - start - inner).min(height);
                let steps = right_panels.len() * left_panels.len();
                let mut step = 0;
                for (number, panel) in right_panels.clone().zip(right.chunks_exact(length)) {
                    let width = PANEL.min(inputs - number * PANEL);
                    for (left_number, left) in left.chunks_exact(length).take(left_panels.len()).enumerate() {
                        let asked = part(ahead, step, steps);
                        step += 1;
                        let asked = start + inner + asked.start..start + inner + asked.end;
                        prefetch_rows(isa, &output_gradient[first..], stride, asked.clone(), count);
                        prefetch_rows(isa, &input[first_input..], inputs, asked, columns);
                        let count = PANEL.min(count - left_number * PANEL);
                        let left = Left::panels(left, groups);
                        let place = (first + left_number * PANEL) * inputs + number * PANEL;
                        if width == PANEL {
                            // SAFETY: rows and columns of this task alone.
                            let output = unsafe { Sums::shared(weights, place, inputs) };
                            multiply_panel(isa, count, groups, left, panel, output, add);
                        } else {
                            multiply_panel(isa, count, groups, left, panel, Sums::new(edge, PANEL), false);
                            for (row, values) in edge.chunks_exact(PANEL).enumerate().take(count) {
                                // SAFETY: rows and columns of this task alone.
                                let output = unsafe { weights.slice(place + row * inputs, width) };
                                if !add {
                                    output.fill(0.0);
                                }
                                output.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
                            }
                        }
                    }
                }
            }
        });
    });
    if parts > 1 {
        let stretch = 1 << 14;
        let weights = SharedMut::new(weight);
        pool.run(second_weight.len().div_ceil(stretch), |task| {
            let second = &second_weight[task * stretch..];
            let second = &second[..stretch.min(second.len())];
            // SAFETY: stretches do not overlap.
            add_assign(isa, unsafe { weights.slice(task * stretch, second.len()) }, second);
        });
        add_assign(isa, bias, second_bias);
    }
}
