//! Products with weights of eight bits, for inference: `W[column] ≈ scale[column] × q[column]`, `q` between −127 and 127.
//!
//! A row of activations is rounded to whole numbers too, as fine as 32-bit sums of its products with the weights allow
//! (between ±5,504 over an inner dimension of 3072, between ±22,017 over 768). So the sums are exact and the same on every
//! instruction set, and what the rounding of activations loses is below what bfloat16 would.

use super::super::buffer::Buffer;
use super::super::element::{Element, load};
use super::super::scratch::{self, bytes_of};
use super::super::vector::{Isa, LANES, Vector};
use super::Product;
use super::kernel::PANEL;
use super::store::{Block, Output, store_block};
use crate::kernel;
use std::ops::Range;

/// Largest magnitude of a weight.
const LARGEST: f32 = 127.0;
/// Values along the inner dimension that one multiply consumes.
const GROUP: usize = 2;
/// Most rows of a tile: with two vectors of columns their sums fit into the registers of AVX-512, and of AVX2.
const TILES: [usize; 2] = [12, 2];
/// Bytes of weights ahead of those being multiplied that are asked for: one row leaves no time to wait for memory.
const AHEAD: usize = 1024;

/// A matrix `[outputs, inputs]` in panels of 32 outputs, `[groups][32][2]`.
pub struct Int8Matrix {
    panels: Buffer<i8>,
    /// One for every output, to whole panels.
    scales: Buffer<f32>,
    inputs: usize,
}

fn panel_length(inputs: usize) -> usize {
    inputs.div_ceil(GROUP) * GROUP * PANEL
}

/// Largest magnitude of an activation such that no sum leaves 32 bits.
fn activation_limit(inner: usize) -> f32 {
    let limit = i64::from(i32::MAX) / (LARGEST as i64 * inner.max(1) as i64);
    limit.clamp(1, i64::from(i16::MAX)) as f32
}

impl Int8Matrix {
    /// Zeros, or nothing when there is no memory for them.
    pub fn new(outputs: usize, inputs: usize) -> Option<Int8Matrix> {
        let panels = outputs.div_ceil(PANEL);
        Some(Int8Matrix {
            panels: Buffer::new(panels * panel_length(inputs))?,
            scales: Buffer::new(panels * PANEL)?,
            inputs,
        })
    }

    /// Rounds whole rows, from row `first` on, a multiple of [`PANEL`].
    ///
    /// # Safety
    /// These rows' panels are the caller's alone.
    pub unsafe fn pack(&self, first: usize, values: &[f32]) {
        let length = panel_length(self.inputs);
        // SAFETY: the caller's promise.
        let (panels, scales) = unsafe { (self.panels.shared(), self.scales.shared()) };
        for (row, values) in values.chunks_exact(self.inputs).enumerate() {
            let (number, column) = ((first + row) / PANEL, (first + row) % PANEL);
            // SAFETY: the caller's promise.
            let (panel, scale) = unsafe { (panels.slice(number * length, length), scales.slice(first + row, 1)) };
            let largest = values.iter().fold(0.0f32, |largest, value| largest.max(value.abs()));
            // A weight that is no number makes the output none, whatever it meets.
            let finite = values.iter().all(|value| value.is_finite());
            scale[0] = if finite { largest / LARGEST } else { f32::NAN };
            let factor = if largest > 0.0 { LARGEST / largest } else { 0.0 };
            for (k, value) in values.iter().enumerate() {
                panel[(k / GROUP * PANEL + column) * GROUP + k % GROUP] = (value * factor).round_ties_even() as i8;
            }
        }
    }
}

kernel! {
/// Rounds a row to whole numbers up to `limit`; returns what one of them stands for. `rounded` has room for whole vectors.
fn round_row<V, E: Element>(row: &[E], limit: f32, rounded: &mut [i16]) -> f32 {
    assert!(rounded.len() >= row.len().next_multiple_of(LANES));
    let mut largest = V::splat(0.0);
    for i in (0..row.len()).step_by(LANES) {
        largest = largest.max(load::<V, E>(row, i).abs());
    }
    let largest = largest.largest();
    let factor = V::splat(if largest > 0.0 { limit / largest } else { 0.0 });
    for i in (0..row.len()).step_by(LANES) {
        // SAFETY: room for whole vectors, as asserted.
        unsafe { load::<V, E>(row, i).mul(factor).store_halves(rounded.as_mut_ptr().add(i)) };
    }
    largest / limit
}
}

/// Rounded rows of activations.
#[derive(Clone, Copy)]
struct Rows<'a> {
    values: &'a [i16],
    stride: usize,
    /// What one stands for, in each row.
    units: &'a [f32],
}

/// # Safety
/// `left` is valid for `ROWS` rows of whole groups, `panel` for as many groups, `sums` for as many rows of a panel.
#[inline(always)]
unsafe fn tile<V: Vector, const ROWS: usize>(
    groups: usize,
    left: *const i16,
    stride: usize,
    panel: *const i8,
    units: &[f32],
    scales: &[f32],
    sums: *mut f32,
) {
    let zero = V::splat_word(0);
    let mut totals = [[zero; PANEL / LANES]; ROWS];
    // SAFETY: within what the caller promises.
    unsafe {
        for group in 0..groups {
            V::prefetch(panel.wrapping_add(group * PANEL * GROUP + AHEAD).cast());
            let columns: [V::Words; PANEL / LANES] =
                std::array::from_fn(|v| V::load_bytes(panel.add((group * PANEL + v * LANES) * GROUP)));
            for (row, totals) in totals.iter_mut().enumerate() {
                let pair = left.add(row * stride + group * GROUP).cast::<u32>().read_unaligned();
                let pair = V::splat_word(pair);
                for (total, columns) in totals.iter_mut().zip(columns) {
                    *total = V::dot_halves(*total, pair, columns);
                }
            }
        }
        for (row, totals) in totals.iter().enumerate() {
            for (v, total) in totals.iter().enumerate() {
                let scale = load::<V, f32>(scales, v * LANES).mul(V::splat(units[row]));
                V::from_words(*total)
                    .mul(scale)
                    .store(sums.add(row * PANEL + v * LANES));
            }
        }
    }
}

kernel! {
/// `sums[rows, 32] = left · panel`, in real numbers.
fn multiply_panel<V>(groups: usize, left: Rows, panel: &[i8], scales: &[f32], sums: &mut [f32]) {
    let rows = left.units.len();
    assert!(rows > 0 && (rows - 1) * left.stride + groups * GROUP <= left.values.len());
    assert!(groups * PANEL * GROUP <= panel.len() && scales.len() == PANEL && rows * PANEL <= sums.len());
    let most = TILES[usize::from(!V::WIDE)];
    let mut row = 0;
    while row < rows {
        let count = (rows - row).min(most);
        let (units, sums) = (&left.units[row..], sums[row * PANEL..].as_mut_ptr());
        let a = left.values[row * left.stride..].as_ptr();
        // SAFETY: the assertions cover the operands of every tile.
        row += unsafe {
            macro_rules! run {
                ($rows:literal) => {{
                    tile::<V, $rows>(groups, a, left.stride, panel.as_ptr(), units, scales, sums);
                    $rows
                }};
            }
            match count {
                12 => run!(12),
                8..12 => run!(8),
                4..8 => run!(4),
                2 | 3 => run!(2),
                _ => run!(1),
            }
        };
    }
}
}

/// Some rows and panels of a product with `right`.
pub fn product_part<E: Element, O: Element>(
    isa: Isa,
    product: &Product<E>,
    right: &Int8Matrix,
    output: &Output<O>,
    rows: Range<usize>,
    panels: Range<usize>,
) {
    let Product { left, inner, .. } = *product;
    assert!(inner == right.inputs);
    let (count, groups, length) = (rows.len(), inner.div_ceil(GROUP), panel_length(inner));
    let stride = inner.next_multiple_of(LANES);
    let bytes = bytes_of::<i16>(count * stride) + bytes_of::<f32>(count) + bytes_of::<f32>(count * PANEL);
    scratch::with(bytes, |arena| {
        let (values, units) = (arena.take::<i16>(count * stride), arena.take::<f32>(count));
        let sums = arena.take::<f32>(count * PANEL);
        let limit = activation_limit(inner);
        for (row, (values, unit)) in values.chunks_exact_mut(stride).zip(&mut *units).enumerate() {
            let row = &left[(rows.start + row) * product.stride..][..inner];
            *unit = round_row(isa, row, limit, values);
        }
        let left = Rows { values, stride, units };
        for number in panels {
            let first_column = number * PANEL;
            let (panel, scales) = (&right.panels[number * length..], &right.scales[first_column..][..PANEL]);
            multiply_panel(isa, groups, left, &panel[..length], scales, sums);
            let block = Block {
                first_row: rows.start,
                rows: count,
                first_column,
                columns: PANEL.min(product.columns - first_column),
            };
            store_block(isa, sums, block, output);
        }
    });
}
