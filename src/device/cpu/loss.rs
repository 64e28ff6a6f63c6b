//! Output projection and weighted cross-entropy with their gradients, in chunks of targets: the logits of one chunk are
//! all that is ever held.

use super::buffer::SharedMut;
use super::dense::backward_weight;
use super::element::{Element, load, store};
use super::gemm::kernel::PANEL;
use super::gemm::store::{Output, Store};
use super::gemm::{Product, WeightGradient, product_rows, row_block, row_blocks};
use super::scratch::{self, bytes_of};
use super::vector::LANES;
use super::{Cpu, PackedWeights};
use crate::device::{Matrix, Span};
use crate::kernel;
use std::ops::Range;

/// Bytes of logits held at a time; at the least and most so many targets.
const CHUNK_BYTES: usize = 80 << 20;
const CHUNK_TARGETS: std::ops::RangeInclusive<usize> = 96..=2048;

/// Elements of a row of logits: never a multiple of 4096 bytes, which would make rows fight for cache lines.
fn row_stride(vocabulary: usize) -> usize {
    vocabulary.next_multiple_of(PANEL) + PANEL
}

fn chunk_targets<E>(vocabulary: usize) -> usize {
    (CHUNK_BYTES / (row_stride(vocabulary) * size_of::<E>())).clamp(*CHUNK_TARGETS.start(), *CHUNK_TARGETS.end())
}

/// Scratch that [`projection_loss`] takes for at most so many targets.
pub fn scratch_bytes<E: Element>(targets: usize, vocabulary: usize) -> usize {
    let chunk = chunk_targets::<E>(vocabulary).min(targets);
    bytes_of::<E>(chunk * row_stride(vocabulary)) + bytes_of::<f32>(chunk)
}

kernel! {
/// `−log softmax(row)[target]`; with `slope`, the row becomes the gradient of `slope × loss`. `powers` holds a row.
fn cross_entropy_row<V, E: Element>(
    row: &mut [E], vocabulary: usize, target: usize, slope: Option<f32>, powers: &mut [f32]
) -> f32 {
    let expected = row[target].to_f32();
    let (logits, rest) = row.split_at_mut(vocabulary);
    // Blocks of vectors hide the latency of maximum and sum; the last, short one masks what lies beyond the vocabulary.
    const BLOCK: usize = 4 * LANES;
    let whole = vocabulary / BLOCK * BLOCK;
    let tail = |i: usize| if i + LANES <= vocabulary { u16::MAX } else { (1u16 << (vocabulary - i)) - 1 };
    let (lowest, zero) = (V::splat(f32::NEG_INFINITY), V::splat(0.0));
    let mut largest = [lowest; 4];
    for block in logits.chunks_exact(BLOCK) {
        for (v, largest) in largest.iter_mut().enumerate() {
            *largest = largest.max(load(block, v * LANES));
        }
    }
    for i in (whole..vocabulary).step_by(LANES) {
        largest[0] = largest[0].max(load::<V, E>(logits, i).select(tail(i), lowest));
    }
    let largest = largest[0].max(largest[1]).max(largest[2].max(largest[3])).largest();
    let [factor, shift] = E::exponent(1.0, -largest).map(V::splat);
    let mut sums = [zero; 4];
    for (block, powers) in logits.chunks_exact(BLOCK).zip(powers.chunks_exact_mut(BLOCK)) {
        for (v, sum) in sums.iter_mut().enumerate() {
            let power = E::scaled_exp::<V>(load(block, v * LANES), factor, shift);
            store(powers, v * LANES, power);
            *sum = sum.add(power);
        }
    }
    for i in (whole..vocabulary).step_by(LANES) {
        let power = E::scaled_exp::<V>(load(logits, i), factor, shift).select(tail(i), zero);
        store(powers, i, power);
        sums[0] = sums[0].add(power);
    }
    let sum = sums[0].add(sums[1]).add(sums[2].add(sums[3])).sum();
    if let Some(slope) = slope {
        let factor = V::splat(slope / sum);
        for (block, powers) in logits.chunks_exact_mut(BLOCK).zip(powers.chunks_exact(BLOCK)) {
            for v in 0..4 {
                store(block, v * LANES, load::<V, f32>(powers, v * LANES).mul(factor));
            }
        }
        for i in (whole..vocabulary).step_by(LANES) {
            store(logits, i, load::<V, f32>(powers, i).mul(factor));
        }
        // The target's own, from f32: 1 − p loses everything when rounded before the difference.
        let probability = (expected - largest).exp() / sum;
        logits[target] = E::from_f32(slope * (probability - 1.0));
        rest.fill(E::default());
    }
    largest + sum.ln() - expected
}
}

/// Targets of a batch.
pub struct Targets<'a, E> {
    /// `[count, hidden]`
    pub hidden: &'a [E],
    pub tokens: &'a [u32],
    pub weights: &'a [f32],
    pub scale: f32,
}

/// Returns `scale × Σ weight · loss`; adds to the parameters' gradients, and sets the hidden states'.
pub fn projection_loss<E: Element>(
    device: &Cpu<E>,
    weights: &PackedWeights<E>,
    words: &Matrix,
    bias_span: Span,
    bias: &[f32],
    targets: &Targets<E>,
    mut gradients: Option<(&mut [f32], &mut [E])>,
) -> f32 {
    let (vocabulary, columns) = (words.outputs, words.inputs);
    let (stride, chunk) = (row_stride(vocabulary), chunk_targets::<E>(vocabulary));
    let mut staging = device.staging();
    let arena = staging.reset(scratch_bytes::<E>(targets.tokens.len(), vocabulary));
    // Chunks alike: a short last one would read and write all gradients of the projection for few rows.
    let chunk = targets
        .tokens
        .len()
        .div_ceil(targets.tokens.len().div_ceil(chunk).max(1))
        .max(1);
    let size = chunk.min(targets.tokens.len());
    let (logits, losses) = (arena.take::<E>(size * stride), arena.take::<f32>(size));
    let mut total = 0.0f64;
    for first in (0..targets.tokens.len()).step_by(chunk) {
        let tokens = &targets.tokens[first..(first + chunk).min(targets.tokens.len())];
        let rows = tokens.len();
        let hidden = &targets.hidden[first * columns..][..rows * columns];
        let (logit_parts, loss_parts) = (SharedMut::new(&mut *logits), SharedMut::new(&mut *losses));
        let needs_gradient = gradients.is_some();
        let hidden_parts = gradients
            .as_mut()
            .map(|(_, gradient)| SharedMut::new(&mut gradient[first * columns..][..rows * columns]));
        // A task takes a block of rows through logits, loss and the gradient of the hidden states.
        let tasks = row_blocks(rows, device.pool.threads());
        device.pool.run(tasks, |task| {
            let Range { start, end } = row_block(rows, task, tasks);
            let count = end - start;
            // SAFETY: every row belongs to one task.
            let (logits, losses) = unsafe {
                (
                    logit_parts.slice(start * stride, count * stride),
                    loss_parts.slice(start, count),
                )
            };
            let output = Output {
                values: SharedMut::new(&mut *logits),
                stride,
                bias,
                how: &Store::Plain,
            };
            let operands = Product {
                left: &hidden[start * columns..],
                stride: columns,
                rows: count,
                inner: columns,
                right: weights.forward(words),
                columns: vocabulary,
            };
            product_rows(device.isa, &operands, &output);
            scratch::with(bytes_of::<f32>(stride), |arena| {
                let powers = arena.take::<f32>(stride);
                for (row, logits) in logits.chunks_exact_mut(stride).enumerate() {
                    let weight = targets.weights[first + start + row];
                    let slope = needs_gradient.then_some(weight * targets.scale);
                    let token = tokens[start + row] as usize;
                    losses[row] = weight * cross_entropy_row(device.isa, logits, vocabulary, token, slope, powers);
                }
            });
            let Some(hidden_parts) = &hidden_parts else {
                return;
            };
            // The rows are zero beyond the vocabulary: the inner dimension may run over them to whole groups.
            let operands = Product {
                left: &*logits,
                stride,
                rows: count,
                inner: vocabulary.next_multiple_of(E::GROUP),
                right: weights.backward(words),
                columns,
            };
            let output = Output {
                // SAFETY: every row belongs to one task.
                values: SharedMut::new(unsafe { hidden_parts.slice(start * columns, count * columns) }),
                stride: columns,
                bias: &[],
                how: &Store::Plain,
            };
            product_rows(device.isa, &operands, &output);
        });
        total += losses[..rows].iter().map(|loss| f64::from(*loss)).sum::<f64>();
        if let Some((parameters, _)) = &mut gradients {
            let operands = WeightGradient {
                input: hidden,
                inputs: columns,
                output_gradient: &*logits,
                stride,
                outputs: vocabulary,
                rows,
                add: true,
            };
            backward_weight(device, &operands, parameters, words.span().range(), bias_span.range());
        }
    }
    (total * f64::from(targets.scale)) as f32
}
