//! Residual, dropout and layer norm in one pass over rows, forward and backward.

use super::dropout::{hidden_mask, hidden_mask_length};
use super::element::{Element, load, store};
use super::rows::add_assign;
use super::scratch::{self, bytes_of};
use super::vector::{LANES, Vector};
use super::{Cpu, SharedMut};
use crate::device::{Dropout, random};
use crate::kernel;
use std::ops::Range;

/// Rows of a task.
const ROWS: usize = 32;
/// Partial sums of weight gradients: fixed by the rows, not by the threads, so that results are the same on any machine.
const PARTIALS: usize = 16;

/// Scratch that [`add_layer_norm_backward`] shares between threads.
pub fn scratch_bytes(columns: usize) -> usize {
    bytes_of::<f32>(PARTIALS * 2 * columns)
}

/// Scale, shift and ε.
pub struct Norm<'a> {
    pub weight: &'a [f32],
    pub bias: &'a [f32],
    pub epsilon: f32,
}

/// `normalized` and `inverse_deviation` of some rows, where they are kept.
pub type State<'a, E> = Option<(&'a mut [E], &'a mut [f32])>;

/// Rows that are taken through each step together, so that one row's sums do not wait for another's.
pub const TOGETHER: usize = 4;

kernel! {
/// Some rows, at most [`TOGETHER`], one behind the other: mean and variance in two passes, which find them in cache.
/// Writes `output`, and the state where asked.
pub fn normalize_rows<V, E: Element>(rows: &[f32], norm: &Norm, state: State<E>, output: &mut [E]) {
    normalize::<V, E>(rows, norm, state, output)
}
}

/// See [`normalize_rows`].
#[inline(always)]
fn normalize<V: Vector, E: Element>(rows: &[f32], norm: &Norm, state: State<E>, output: &mut [E]) {
    let columns = norm.weight.len();
    let count = rows.len() / columns;
    let (mut means, mut inverses) = ([0.0; TOGETHER], [0.0; TOGETHER]);
    for (mean, row) in means.iter_mut().zip(rows.chunks_exact(columns)) {
        let mut sum = V::splat(0.0);
        for i in (0..columns).step_by(LANES) {
            sum = sum.add(load(row, i));
        }
        *mean = sum.sum() / columns as f32;
    }
    // Lanes beyond the row were zeros, each off by the mean.
    let beyond = (columns.next_multiple_of(LANES) - columns) as f32;
    for ((inverse, mean), row) in inverses.iter_mut().zip(means).zip(rows.chunks_exact(columns)) {
        let mean_lanes = V::splat(mean);
        let mut squares = V::splat(0.0);
        for i in (0..columns).step_by(LANES) {
            let difference = load::<V, f32>(row, i).sub(mean_lanes);
            squares = difference.mul_add(difference, squares);
        }
        let variance = (squares.sum() - beyond * mean * mean).max(0.0) / columns as f32;
        *inverse = 1.0 / (variance + norm.epsilon).sqrt();
    }
    // Macros, since the compiler may leave a closure that is called twice outside of the function's instruction set.
    macro_rules! scaled {
        ($row:expr, $i:expr) => {
            load::<V, f32>(&rows[$row * columns..][..columns], $i)
                .sub(V::splat(means[$row]))
                .mul(V::splat(inverses[$row]))
        };
    }
    macro_rules! shifted {
        ($value:expr, $i:expr) => {
            $value.mul_add(load(norm.weight, $i), load(norm.bias, $i))
        };
    }
    match state {
        Some((normalized, deviations)) => {
            deviations.copy_from_slice(&inverses[..count]);
            let outputs = normalized
                .chunks_exact_mut(columns)
                .zip(output.chunks_exact_mut(columns));
            for (row, (normalized, output)) in outputs.enumerate() {
                for i in (0..columns).step_by(LANES) {
                    let value = scaled!(row, i);
                    store(normalized, i, value);
                    store(output, i, shifted!(value, i));
                }
            }
        }
        None => {
            for (row, output) in output.chunks_exact_mut(columns).enumerate() {
                for i in (0..columns).step_by(LANES) {
                    store(output, i, shifted!(scaled!(row, i), i));
                }
            }
        }
    }
}

kernel! {
/// At most [`TOGETHER`] rows, of which `number` is the first.
fn add_norm_rows<V, E: Element>(
    input: &[E], residual: &[E], dropout: &Dropout, number: usize, norm: &Norm, sums: &mut [f32], mask: &mut [u16],
    state: State<E>, output: &mut [E]
) {
    let columns = norm.weight.len();
    let sums = &mut sums[..input.len()];
    let rows = input.chunks_exact(columns).zip(residual.chunks_exact(columns)).zip(sums.chunks_exact_mut(columns));
    if dropout.is_active() {
        let scale = V::splat(random::hidden_threshold(dropout.probability).1);
        for (row, ((input, residual), sum)) in rows.enumerate() {
            hidden_mask::<V>(dropout, number + row, columns, mask);
            for i in (0..columns).step_by(LANES) {
                let kept = load::<V, E>(input, i).mul(scale).select(mask[i / LANES], V::splat(0.0));
                store(sum, i, kept.add(load(residual, i)));
            }
        }
    } else {
        for ((input, residual), sum) in rows {
            for i in (0..columns).step_by(LANES) {
                store(sum, i, load::<V, E>(input, i).add(load(residual, i)));
            }
        }
    }
    normalize::<V, E>(sums, norm, state, output);
}
}

kernel! {
/// Through a dropout mask in place: `row = row ∘ mask × scale`.
pub fn mask_row<V, E: Element>(dropout: &Dropout, number: usize, row: &mut [E], mask: &mut [u16]) {
    hidden_mask::<V>(dropout, number, row.len(), mask);
    let scale = V::splat(random::hidden_threshold(dropout.probability).1);
    for i in (0..row.len()).step_by(LANES) {
        let kept = load::<V, E>(row, i).mul(scale).select(mask[i / LANES], V::splat(0.0));
        store(row, i, kept);
    }
}
}

/// Splits optional state buffers into the rows of one task.
pub struct StateParts<'a, E> {
    parts: Option<(SharedMut<'a, E>, SharedMut<'a, f32>)>,
}

impl<'a, E: Element> StateParts<'a, E> {
    pub fn new(state: Option<(&'a mut [E], &'a mut [f32])>) -> Self {
        StateParts {
            parts: state.map(|(normalized, deviation)| (SharedMut::new(normalized), SharedMut::new(deviation))),
        }
    }

    /// # Safety
    /// Every row is asked for once in an operation.
    pub unsafe fn rows(&self, rows: Range<usize>, columns: usize) -> State<'a, E> {
        self.parts.as_ref().map(|(normalized, deviation)| {
            // SAFETY: rows do not overlap; each is asked for once.
            unsafe {
                (
                    normalized.slice(rows.start * columns, rows.len() * columns),
                    deviation.slice(rows.start, rows.len()),
                )
            }
        })
    }
}

/// `output = layer_norm(residual + dropout(input))`.
#[allow(clippy::too_many_arguments)]
pub fn add_layer_norm<E: Element>(
    device: &Cpu<E>,
    norm: &Norm,
    input: &[E],
    residual: &[E],
    rows: usize,
    dropout: &Dropout,
    state: Option<(&mut [E], &mut [f32])>,
    output: &mut [E],
) {
    let columns = norm.weight.len();
    let state = StateParts::new(state);
    let output = SharedMut::new(output);
    let mask_length = hidden_mask_length(columns);
    device.pool.run(rows.div_ceil(ROWS), |task| {
        scratch::with(
            bytes_of::<f32>(TOGETHER * columns) + bytes_of::<u16>(mask_length),
            |arena| {
                let sums = arena.take::<f32>(TOGETHER * columns);
                let mask = arena.take::<u16>(mask_length);
                let end = (task * ROWS + ROWS).min(rows);
                // Drawing a row's mask runs beside the sums of the row before.
                let together = if dropout.is_active() { 1 } else { TOGETHER };
                for row in (task * ROWS..end).step_by(together) {
                    let rows = row..(row + together).min(end);
                    let range = rows.start * columns..rows.end * columns;
                    // SAFETY: every row belongs to one task.
                    let (state, output) =
                        unsafe { (state.rows(rows, columns), output.slice(range.start, range.len())) };
                    let (input, residual) = (&input[range.clone()], &residual[range]);
                    add_norm_rows(
                        device.isa, input, residual, dropout, row, norm, sums, mask, state, output,
                    );
                }
            },
        );
    });
}

kernel! {
/// Gradient of one row's layer norm; adds this row's part to the weight's and bias's sums.
fn norm_backward_row<V, E: Element>(
    output_gradient: &[E], normalized: &[E], inverse_deviation: f32, weight: &[f32], weight_sum: &mut [f32],
    bias_sum: &mut [f32], gradient: &mut [E], masked: Option<(&mut [E], &Dropout, usize, &mut [u16])>
) {
    let columns = output_gradient.len();
    let (mut sum, mut projection) = (V::splat(0.0), V::splat(0.0));
    for i in (0..columns).step_by(LANES) {
        let (dy, x): (V, V) = (load(output_gradient, i), load(normalized, i));
        let d = dy.mul(load(weight, i));
        sum = sum.add(d);
        projection = d.mul_add(x, projection);
        let weights = dy.mul_add(x, load(weight_sum, i));
        store(weight_sum, i, weights);
        let biases = dy.add(load(bias_sum, i));
        store(bias_sum, i, biases);
    }
    let mean = V::splat(sum.sum() / columns as f32);
    let slope = V::splat(-projection.sum() / columns as f32);
    let inverse = V::splat(inverse_deviation);
    macro_rules! value {
        ($i:expr) => {{
            let (dy, x): (V, V) = (load(output_gradient, $i), load(normalized, $i));
            x.mul_add(slope, dy.mul(load(weight, $i)).sub(mean)).mul(inverse)
        }};
    }
    match masked {
        Some((masked, dropout, number, mask)) => {
            hidden_mask::<V>(dropout, number, columns, mask);
            let scale = V::splat(random::hidden_threshold(dropout.probability).1);
            for i in (0..columns).step_by(LANES) {
                let value = value!(i);
                store(gradient, i, value);
                store(masked, i, value.mul(scale).select(mask[i / LANES], V::splat(0.0)));
            }
        }
        None => {
            for i in (0..columns).step_by(LANES) {
                store(gradient, i, value!(i));
            }
        }
    }
}
}

/// Backward of [`add_layer_norm`]. `gradients` holds the weight's and the bias's spans.
#[allow(clippy::too_many_arguments)]
pub fn add_layer_norm_backward<E: Element>(
    device: &Cpu<E>,
    weight: &[f32],
    output_gradient: &[E],
    rows: usize,
    dropout: &Dropout,
    normalized: &[E],
    inverse_deviation: &[f32],
    residual_gradient: &mut [E],
    input_gradient: Option<&mut [E]>,
    weight_gradient: &mut [f32],
    bias_gradient: &mut [f32],
) {
    let columns = weight.len();
    let height = rows.div_ceil(PARTIALS).max(1);
    let tasks = rows.div_ceil(height);
    let mut shared = device.shared();
    let partials = shared
        .reset(bytes_of::<f32>(tasks * 2 * columns))
        .take::<f32>(tasks * 2 * columns);
    let partial_parts = SharedMut::new(partials);
    let gradient_parts = SharedMut::new(residual_gradient);
    let masked_parts = input_gradient.filter(|_| dropout.is_active()).map(SharedMut::new);
    let mask_length = hidden_mask_length(columns);
    device.pool.run(tasks, |task| {
        // SAFETY: every task has its own partial sums and its own rows.
        let (weight_sum, bias_sum) =
            unsafe { partial_parts.slice(task * 2 * columns, 2 * columns) }.split_at_mut(columns);
        weight_sum.fill(0.0);
        bias_sum.fill(0.0);
        scratch::with(bytes_of::<u16>(mask_length), |arena| {
            let mask = arena.take::<u16>(mask_length);
            let first = task * height;
            let deviations = &inverse_deviation[first..(first + height).min(rows)];
            for (row, deviation) in (first..).zip(deviations) {
                let range = row * columns..(row + 1) * columns;
                // SAFETY: every row belongs to one task.
                let gradient = unsafe { gradient_parts.slice(range.start, columns) };
                let masked = masked_parts
                    .as_ref()
                    // SAFETY: as above.
                    .map(|parts| (unsafe { parts.slice(range.start, columns) }, dropout, row, &mut *mask));
                norm_backward_row(
                    device.isa,
                    &output_gradient[range.clone()],
                    &normalized[range],
                    *deviation,
                    weight,
                    weight_sum,
                    bias_sum,
                    gradient,
                    masked,
                );
            }
        });
    });
    for partial in partials.chunks_exact(2 * columns) {
        add_assign(device.isa, weight_gradient, &partial[..columns]);
        add_assign(device.isa, bias_gradient, &partial[columns..]);
    }
}
