//! Residual, dropout and layer norm in one pass over rows, forward and backward.

use super::dropout::{hidden_mask, hidden_mask_length};
use super::element::{Element, load, store};
use super::rows::add_assign;
use super::scratch::{self, bytes_of};
use super::vector::{LANES, Vector};
use super::{Cpu, SharedMut};
use crate::device::{Dropout, random};
use crate::kernel;

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
pub type State<'a, E> = Option<(&'a mut [E], &'a mut f32)>;

kernel! {
/// `row → normalized`: mean and variance in two passes over the row, which lies in cache. Returns nothing; writes
/// `output`, and the state where asked.
pub fn normalize_row<V, E: Element>(row: &[f32], norm: &Norm, state: State<E>, output: &mut [E]) {
    normalize::<V, E>(row, norm, state, output)
}
}

/// See [`normalize_row`].
#[inline(always)]
fn normalize<V: Vector, E: Element>(row: &[f32], norm: &Norm, state: State<E>, output: &mut [E]) {
    let columns = row.len();
    let mut sum = V::splat(0.0);
    for i in (0..columns).step_by(LANES) {
        sum = sum.add(load(row, i));
    }
    let mean = sum.sum() / columns as f32;
    let mean_lanes = V::splat(mean);
    let mut squares = V::splat(0.0);
    for i in (0..columns).step_by(LANES) {
        let difference = load::<V, f32>(row, i).sub(mean_lanes);
        squares = difference.mul_add(difference, squares);
    }
    // Lanes beyond the row were zeros, each off by the mean.
    let beyond = (columns.next_multiple_of(LANES) - columns) as f32;
    let variance = (squares.sum() - beyond * mean * mean).max(0.0) / columns as f32;
    let inverse = 1.0 / (variance + norm.epsilon).sqrt();
    let inverse_lanes = V::splat(inverse);
    // Macros, since the compiler may leave a closure that is called twice outside of the function's instruction set.
    macro_rules! scaled {
        ($i:expr) => {
            load::<V, f32>(row, $i).sub(mean_lanes).mul(inverse_lanes)
        };
    }
    macro_rules! shifted {
        ($value:expr, $i:expr) => {
            $value.mul_add(load(norm.weight, $i), load(norm.bias, $i))
        };
    }
    match state {
        Some((normalized, deviation)) => {
            *deviation = inverse;
            for i in (0..columns).step_by(LANES) {
                let value = scaled!(i);
                store(normalized, i, value);
                store(output, i, shifted!(value, i));
            }
        }
        None => {
            for i in (0..columns).step_by(LANES) {
                store(output, i, shifted!(scaled!(i), i));
            }
        }
    }
}

kernel! {
fn add_norm_row<V, E: Element>(
    input: &[E], residual: &[E], dropout: &Dropout, number: usize, norm: &Norm, sum: &mut [f32], mask: &mut [u16],
    state: State<E>, output: &mut [E]
) {
    let columns = input.len();
    if dropout.is_active() {
        hidden_mask::<V>(dropout, number, columns, mask);
        let scale = V::splat(random::hidden_threshold(dropout.probability).1);
        for i in (0..columns).step_by(LANES) {
            let kept = load::<V, E>(input, i).mul(scale).select(mask[i / LANES], V::splat(0.0));
            store(sum, i, kept.add(load(residual, i)));
        }
    } else {
        for i in (0..columns).step_by(LANES) {
            store(sum, i, load::<V, E>(input, i).add(load(residual, i)));
        }
    }
    normalize::<V, E>(sum, norm, state, output);
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
    pub unsafe fn row(&self, row: usize, columns: usize) -> State<'a, E> {
        self.parts.as_ref().map(|(normalized, deviation)| {
            // SAFETY: rows do not overlap; each is asked for once.
            unsafe {
                (
                    normalized.slice(row * columns, columns),
                    &mut deviation.slice(row, 1)[0],
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
        scratch::with(bytes_of::<f32>(columns) + bytes_of::<u16>(mask_length), |arena| {
            let sum = arena.take::<f32>(columns);
            let mask = arena.take::<u16>(mask_length);
            for row in task * ROWS..(task * ROWS + ROWS).min(rows) {
                let range = row * columns..(row + 1) * columns;
                // SAFETY: every row belongs to one task.
                let (state, output) = unsafe { (state.row(row, columns), output.slice(range.start, columns)) };
                let (input, residual) = (&input[range.clone()], &residual[range]);
                add_norm_row(
                    device.isa, input, residual, dropout, row, norm, sum, mask, state, output,
                );
            }
        });
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
