//! What happens to a product before it is stored: bias, GELU, sums and factors.

use super::super::buffer::SharedMut;
use super::super::element::{Element, load, store};
use super::super::vector::{Isa, LANES, Vector};
use super::kernel::{Finish, Left, PANEL, Sums, multiply_finish, multiply_panel};
use crate::kernel;

/// What happens to a block before it is stored.
pub enum Store<'a, E> {
    Plain,
    Gelu { derivative: Option<SharedMut<'a, E>> },
    Accumulate,
    Multiply { factor: &'a [E] },
}

/// Where a product goes, and how.
pub struct Output<'a, E> {
    pub values: SharedMut<'a, E>,
    /// Elements between rows of `values`.
    pub stride: usize,
    /// One for every column, or empty.
    pub bias: &'a [f32],
    pub how: &'a Store<'a, E>,
}

/// A block of a product: which rows and columns of the whole.
#[derive(Clone, Copy)]
pub struct Block {
    pub first_row: usize,
    pub rows: usize,
    pub first_column: usize,
    pub columns: usize,
}

/// Finishers of whole panels: sums plus bias; sums added to the output; sums times a factor.
const BIASED: u8 = 0;
const ADDED: u8 = 1;
const MULTIPLIED: u8 = 2;

/// Stores rows of 32 columns out of registers.
struct Direct<E, const WAY: u8> {
    output: *mut E,
    stride: usize,
    /// 32 values, where biased.
    bias: *const f32,
    /// As the output, where multiplied.
    factor: *const E,
}

impl<E, const WAY: u8> Clone for Direct<E, WAY> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<E, const WAY: u8> Copy for Direct<E, WAY> {}

// SAFETY: made by `multiply_and_store` alone, which checks the block.
unsafe impl<E: Element, const WAY: u8> Finish for Direct<E, WAY> {
    #[inline(always)]
    unsafe fn start<V: Vector>(self, column: usize) -> V {
        if WAY == BIASED {
            // SAFETY: the maker's promise.
            unsafe { V::load(self.bias.add(column)) }
        } else {
            V::splat(0.0)
        }
    }
    #[inline(always)]
    fn prefetch<V: Vector>(self, row: usize) {
        V::prefetch(self.output.wrapping_add(row * self.stride).cast());
        if WAY == MULTIPLIED {
            V::prefetch(self.factor.wrapping_add(row * self.stride).cast());
        }
    }
    #[inline(always)]
    unsafe fn finish<V: Vector>(self, row: usize, column: usize, sums: V) {
        let place = row * self.stride + column;
        // SAFETY: the maker's promise.
        unsafe {
            let value = match WAY {
                ADDED => sums.add(E::load(self.output.add(place))),
                MULTIPLIED => sums.mul(E::load(self.factor.add(place))),
                _ => sums,
            };
            E::store(value, self.output.add(place));
        }
    }
}

const NO_BIAS: [f32; PANEL] = [0.0; PANEL];

/// Multiplies and stores one whole panel without a detour through memory; false, and nothing done, where the way to
/// finish wants more than fits into registers.
fn multiply_and_store<E: Element, O: Element>(
    isa: Isa,
    block: Block,
    groups: usize,
    left: Left<E>,
    panel: &[E],
    output: &Output<O>,
) -> bool {
    let stride = output.stride;
    let first = block.first_row * stride + block.first_column;
    let (pointer, length) = output.values.tail(first);
    assert!(block.columns == PANEL && (block.rows - 1) * stride + PANEL <= length);
    let bias = if output.bias.is_empty() {
        &NO_BIAS
    } else {
        &output.bias[block.first_column..][..PANEL]
    };
    macro_rules! run {
        ($way:ident, $factor:expr) => {{
            let finish = Direct::<O, $way> {
                output: pointer,
                stride,
                bias: bias.as_ptr(),
                factor: $factor,
            };
            // The finisher reaches the rows and columns of the block, as asserted; blocks of a product are disjoint.
            multiply_finish(isa, block.rows, groups, left, panel, finish);
        }};
    }
    match output.how {
        Store::Plain => run!(BIASED, std::ptr::null()),
        Store::Accumulate if output.bias.is_empty() => run!(ADDED, std::ptr::null()),
        Store::Multiply { factor } if output.bias.is_empty() => {
            let factor = &factor[first..];
            assert!((block.rows - 1) * stride + PANEL <= factor.len());
            run!(MULTIPLIED, factor.as_ptr())
        }
        _ => return false,
    }
    true
}

/// Multiplies and stores one panel: out of registers where that can be, else through `sums` (rows of 32).
pub fn multiply_block<E: Element, O: Element>(
    isa: Isa,
    block: Block,
    groups: usize,
    left: Left<E>,
    panel: &[E],
    sums: &mut [f32],
    output: &Output<O>,
) {
    if block.columns == PANEL && multiply_and_store(isa, block, groups, left, panel, output) {
        return;
    }
    // What will be written comes from memory meanwhile.
    prefetch_block(isa, block, &output.values, output.stride);
    if let Store::Gelu {
        derivative: Some(derivative),
    } = output.how
    {
        prefetch_block(isa, block, derivative, output.stride);
    }
    multiply_panel(isa, block.rows, groups, left, panel, Sums::new(sums, PANEL), false);
    store_block(isa, sums, block, output);
}

/// Rows ahead of the one being stored whose lines go to the first-level cache: stores that miss it wait for one another.
const ROWS_AHEAD: usize = 8;

kernel! {
fn prefetch_block<V, E: Element>(block: Block, values: &SharedMut<E>, stride: usize) {
    for row in block.first_row..block.first_row + block.rows {
        V::prefetch_far(values.tail(row * stride + block.first_column).0.cast());
    }
}
}

kernel! {
/// Adds the bias to a block of sums (at a stride of 32), and stores it as the output says.
pub fn store_block<V, E: Element>(sums: &[f32], block: Block, output: &Output<E>) {
    let (columns, stride) = (block.columns, output.stride);
    let (how, output, bias) = (output.how, &output.values, output.bias);
    let mut biases = [V::splat(0.0); PANEL / LANES];
    if !bias.is_empty() {
        let bias = &bias[block.first_column..][..columns];
        for (i, lanes) in biases.iter_mut().enumerate().take(columns.div_ceil(LANES)) {
            *lanes = load(bias, i * LANES);
        }
    }
    // One loop over rows and vectors for each way to finish; whole panels are stored without partial vectors.
    macro_rules! each {
        (|$value:ident, $output:ident, $place:ident, $i:ident| $finish:expr) => {
            for row in 0..block.rows {
                let values: &[f32; PANEL] = sums[row * PANEL..][..PANEL].try_into().expect("a row of the block");
                let $place = (block.first_row + row) * stride + block.first_column;
                if let Store::Gelu { derivative } = how {
                    V::prefetch(output.tail($place).0.wrapping_add(ROWS_AHEAD * stride).cast());
                    if let Some(derivative) = derivative {
                        V::prefetch(derivative.tail($place).0.wrapping_add(ROWS_AHEAD * stride).cast());
                    }
                }
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
        Store::Gelu { derivative: None } => each!(|value, output, place, i| store(output, i, E::gelu(value).0)),
        Store::Gelu { derivative: Some(derivative) } => each!(|value, output, place, i| {
            let (value, slope) = E::gelu(value);
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
