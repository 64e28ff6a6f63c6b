//! Gradient norm and AdamW: one pass over all parameters each, on all threads.

use super::Cpu;
use super::buffer::SharedMut;
use super::dense::PackedWeights;
use super::element::{Element, load, store};
use super::scratch::bytes_of;
use super::vector::LANES;
use crate::device::{AdamW, Span};
use crate::kernel;

/// Parameters of a task: 256 KB of each of four arrays. All passes over them are cut alike, so that a core meets its own.
pub const CHUNK: usize = 1 << 16;
/// Squares that are summed in f32.
const BLOCK: usize = 1 << 11;

kernel! {
fn squares<V>(values: &[f32]) -> f32 {
    // Four sums hide the latency of addition.
    let mut sums = [V::splat(0.0); 4];
    for block in values.chunks(4 * LANES) {
        for (i, sum) in sums.iter_mut().enumerate().take(block.len().div_ceil(LANES)) {
            let value: V = load(block, i * LANES);
            *sum = value.mul_add(value, *sum);
        }
    }
    sums[0].add(sums[1]).add(sums[2].add(sums[3])).sum()
}
}

/// `Σ gradients²`, in chunks whose sums are added in order.
pub fn squared_norm<E: Element>(device: &Cpu<E>, gradients: &[f32]) -> f32 {
    let chunks = gradients.len().div_ceil(CHUNK);
    let mut shared = device.shared();
    let sums = shared.reset(bytes_of::<f32>(chunks)).take::<f32>(chunks);
    let parts = SharedMut::new(sums);
    device.pool.run(chunks, |task| {
        let chunk = &gradients[task * CHUNK..(task * CHUNK + CHUNK).min(gradients.len())];
        // SAFETY: every task has its own sum.
        let sum = unsafe { parts.slice(task, 1) };
        // Short blocks in f32, their sums in f64: a long f32 sum of squares loses its last digits.
        let blocks = chunk.chunks(BLOCK).map(|block| f64::from(squares(device.isa, block)));
        sum[0] = blocks.sum::<f64>() as f32;
    });
    sums.iter().map(|sum| f64::from(*sum)).sum::<f64>() as f32
}

/// Factors of one update, the same for all parameters.
#[derive(Clone, Copy)]
struct Factors {
    clip: f32,
    beta1: f32,
    beta2: f32,
    /// Learning rate over the first bias correction.
    step: f32,
    /// Square root of the second bias correction, inverted.
    inverse_correction: f32,
    epsilon: f32,
}

/// One range of the four arrays.
struct Range<'a> {
    gradient: &'a [f32],
    master: &'a mut [f32],
    first: &'a mut [f32],
    second: &'a mut [f32],
}

kernel! {
/// `keep` is 1 − learning rate × weight decay.
fn update<V>(range: Range, keep: f32, factors: Factors) {
    let Range { gradient, master, first, second } = range;
    let (clip, keep) = (V::splat(factors.clip), V::splat(keep));
    let (beta1, beta2) = (V::splat(factors.beta1), V::splat(factors.beta2));
    let (rest1, rest2) = (V::splat(1.0 - factors.beta1), V::splat(1.0 - factors.beta2));
    let (step, epsilon) = (V::splat(-factors.step), V::splat(factors.epsilon));
    let correction = V::splat(factors.inverse_correction);
    for i in (0..gradient.len()).step_by(LANES) {
        let g = load::<V, f32>(gradient, i).mul(clip);
        let m = load::<V, f32>(first, i).mul(beta1).add(g.mul(rest1));
        let v = load::<V, f32>(second, i).mul(beta2).add(g.mul(g).mul(rest2));
        let denominator = v.sqrt().mul_add(correction, epsilon);
        let p = m.div(denominator).mul_add(step, load::<V, f32>(master, i).mul(keep));
        store(first, i, m);
        store(second, i, v);
        store(master, i, p);
    }
}
}

/// See [`crate::device::Device::adamw`].
#[allow(clippy::too_many_arguments)]
pub fn adamw<E: Element>(
    device: &Cpu<E>,
    settings: &AdamW,
    decay: &[Span],
    squared_norm: f32,
    gradients: &[f32],
    master: &mut [f32],
    first: &mut [f32],
    second: &mut [f32],
    weights: &mut PackedWeights<E>,
) {
    let norm = squared_norm.sqrt();
    // A norm that is no number must not be taken for a small one: it poisons the update, and the loss shows it.
    let factor = settings.max_norm / (norm + 1e-6);
    let clip = if factor > 1.0 { 1.0 } else { factor };
    let correction = |beta: f32| 1.0 - f64::from(beta).powf(settings.step as f64);
    let factors = Factors {
        clip,
        beta1: settings.beta1,
        beta2: settings.beta2,
        step: (f64::from(settings.learning_rate) / correction(settings.beta1)) as f32,
        inverse_correction: (1.0 / correction(settings.beta2).sqrt()) as f32,
        epsilon: settings.epsilon,
    };
    let keep = (1.0 - f64::from(settings.learning_rate) * f64::from(settings.weight_decay)) as f32;
    let (first, second) = (SharedMut::new(first), SharedMut::new(second));
    weights.update(device.isa, &device.pool, master, |start, master| {
        let (mut place, end) = (start, start + master.len());
        let mut span = decay.partition_point(|span| span.offset + span.length <= place);
        while place < end {
            let (stop, keep) = match decay.get(span) {
                Some(next) if next.offset <= place => (next.offset + next.length, keep),
                Some(next) => (next.offset, 1.0),
                None => (end, 1.0),
            };
            let count = stop.min(end) - place;
            // SAFETY: every parameter is handed out once, and the ranges within do not overlap.
            let range = unsafe {
                Range {
                    gradient: &gradients[place..place + count],
                    master: &mut master[place - start..][..count],
                    first: first.slice(place, count),
                    second: second.slice(place, count),
                }
            };
            update(device.isa, range, keep, factors);
            place += count;
            if decay.get(span).is_some_and(|span| span.offset + span.length <= place) {
                span += 1;
            }
        }
    });
}
