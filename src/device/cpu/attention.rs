//! Prefix attention over packed segments, forward: a tile of queries against all keys it sees, scores in cache.

use super::buffer::SharedMut;
use super::dropout::{attention_mask, attention_mask_length};
use super::element::{Element, load, store};
use super::gemm::kernel::{Left, PANEL, Sums, multiply_panel, multiply_tile};
use super::gemm::pack::{groups, pack_panel, pack_panel_transposed, packed_length, panel_length, prefetch_rows};
use super::scratch::{self, bytes_of};
use super::vector::LANES;
use super::{Cpu, Segments};
use crate::device::{Dropout, Heads, random};
use crate::kernel;

/// Queries whose scores are held at a time.
pub const QUERIES: usize = 12;
/// Queries of a task: long segments are shared between threads.
const TASK_QUERIES: usize = 240;

/// The keys that query `i` of a segment sees: the first so many.
#[inline(always)]
pub fn visible(prefix: usize, i: usize) -> usize {
    prefix.max(i + 1)
}

/// Stride of score rows for so many keys: whole panels, and never a multiple of 4096 bytes.
pub fn score_stride(keys: usize) -> usize {
    keys.next_multiple_of(PANEL) + PANEL
}

/// Packs the keys (or values) of one head for products with the head's dimension inside: `[keys panels][dimension]`.
pub fn pack_transposed<E: Element>(
    device: &Cpu<E>,
    source: &[E],
    stride: usize,
    keys: usize,
    dimension: usize,
    packed: &mut [E],
) {
    let length = panel_length::<E>(dimension);
    for (number, panel) in packed.chunks_exact_mut(length).take(keys.div_ceil(PANEL)).enumerate() {
        let first = number * PANEL;
        let source = &source[first * stride..];
        pack_panel_transposed(device.isa, source, stride, dimension, PANEL.min(keys - first), panel);
    }
}

/// Packs rows of one head for products with the rows inside: `[dimension panels][rows]`.
pub fn pack_straight<E: Element>(
    device: &Cpu<E>,
    source: &[E],
    stride: usize,
    rows: usize,
    dimension: usize,
    packed: &mut [E],
) {
    let length = panel_length::<E>(rows);
    for (number, panel) in packed
        .chunks_exact_mut(length)
        .take(dimension.div_ceil(PANEL))
        .enumerate()
    {
        let first = number * PANEL;
        pack_panel(
            device.isa,
            &source[first..],
            stride,
            rows,
            PANEL.min(dimension - first),
            panel,
        );
    }
}

/// A head's dropout, and how a query's row is numbered in the batch.
#[derive(Clone, Copy)]
pub struct HeadDropout<'a> {
    pub dropout: &'a Dropout,
    pub head: usize,
    /// Row of the segment's first token in the batch.
    pub start: usize,
}

kernel! {
/// Softmax of `rows` score rows, first query `first`: unnormalised probabilities (after dropout, unscaled) in
/// `probabilities`, zero beyond what a row sees up to `limit`; per row 1/sum and the log of the sum.
fn softmax_rows<V, E: Element>(
    scores: &mut [f32], stride: usize, rows: usize, first: usize, prefix: usize, limit: usize, scale: f32,
    dropout: HeadDropout, mask: &mut [u16], probabilities: &mut [E], inverse_sums: &mut [f32], log_sums: &mut [f32]
) {
    let active = dropout.dropout.is_active();
    let mut shifts = [0.0; QUERIES];
    // All maxima first: one row's does not wait for another's.
    for (row, shift) in shifts.iter_mut().enumerate().take(rows) {
        let keys = visible(prefix, first + row);
        let scores = &mut scores[row * stride..][..stride];
        // Scores beyond the last key of this row are masked in the last vector.
        let end = keys.next_multiple_of(LANES);
        scores[keys..end].fill(f32::NEG_INFINITY);
        let mut largest = V::splat(f32::NEG_INFINITY);
        for i in (0..end).step_by(LANES) {
            largest = largest.max(load(scores, i));
        }
        *shift = -largest.largest() * scale;
    }
    for (row, shift) in shifts.iter().enumerate().take(rows) {
        let keys = visible(prefix, first + row);
        let end = keys.next_multiple_of(LANES);
        let scores = &scores[row * stride..][..stride];
        let output = &mut probabilities[row * stride..][..stride];
        if active {
            attention_mask::<V>(dropout.dropout, dropout.head, dropout.start + first + row, keys, mask);
        }
        let [factor, shift] = E::exponent(scale, *shift).map(V::splat);
        let mut sum = V::splat(0.0);
        for i in (0..end).step_by(LANES) {
            let value = E::scaled_exp(load::<V, f32>(scores, i), factor, shift);
            sum = sum.add(value);
            let kept = if active { value.select(mask[i / LANES], V::splat(0.0)) } else { value };
            store(output, i, kept);
        }
        output[end..limit.max(end)].fill(E::default());
        inverse_sums[row] = sum.sum();
    }
    for ((shift, sum), log) in shifts.iter().zip(&mut inverse_sums[..rows]).zip(log_sums) {
        *log = sum.ln() - shift;
        *sum = 1.0 / *sum;
    }
}
}

kernel! {
/// `output[rows, columns] = block × factor[row]`.
fn store_scaled<V, E: Element>(
    block: &[f32], factors: &[f32], columns: usize, output: &SharedMut<E>, place: usize, stride: usize
) {
    for (row, factor) in factors.iter().enumerate() {
        // SAFETY: rows and columns of this task's own head and queries.
        let output = unsafe { output.slice(place + row * stride, columns) };
        let factor = V::splat(*factor);
        for i in (0..columns).step_by(LANES) {
            store(output, i, load::<V, f32>(&block[row * PANEL..][..PANEL], i).mul(factor));
        }
    }
}
}

/// See [`crate::device::Device::attention`].
pub fn attention<E: Element>(
    device: &Cpu<E>,
    heads: Heads,
    segments: &Segments,
    qkv: &[E],
    dropout: &Dropout,
    log_sum_exp: Option<&mut [f32]>,
    output: &mut [E],
) {
    let (hidden, dimension, isa) = (heads.hidden(), heads.dimension, device.isa);
    let (stride, tokens) = (3 * hidden, segments.tokens());
    let tasks = segments.query_tasks(TASK_QUERIES);
    let keep_scale = if dropout.is_active() {
        random::attention_threshold(dropout.probability).1
    } else {
        1.0
    };
    let output = SharedMut::new(output);
    let log_sum_exp = log_sum_exp.map(SharedMut::new);
    device.pool.run(tasks * heads.count, |task| {
        let (head, (segment, first)) = (
            task % heads.count,
            segments.query_task(task / heads.count, TASK_QUERIES),
        );
        let (start, length, prefix) = segments.get(segment);
        let last = (first + TASK_QUERIES).min(length);
        let keys = visible(prefix, last - 1);
        let score_row = score_stride(keys);
        let packed_keys = packed_length::<E>(dimension, keys);
        let inner = keys.next_multiple_of(PANEL);
        let packed_values = packed_length::<E>(inner, dimension);
        let mask_length = attention_mask_length(keys);
        let bytes = bytes_of::<E>(packed_keys)
            + bytes_of::<E>(packed_values)
            + bytes_of::<f32>(QUERIES * score_row)
            + bytes_of::<E>(QUERIES * score_row)
            + bytes_of::<u16>(mask_length)
            + bytes_of::<f32>(QUERIES * PANEL)
            + 2 * bytes_of::<f32>(QUERIES);
        scratch::with(bytes, |arena| {
            let packed_k = arena.take::<E>(packed_keys);
            let packed_v = arena.take::<E>(packed_values);
            let scores = arena.take::<f32>(QUERIES * score_row);
            let probabilities = arena.take::<E>(QUERIES * score_row);
            let mask = arena.take::<u16>(mask_length);
            let block = arena.take::<f32>(QUERIES * PANEL);
            let (inverse_sums, log_sums) = (arena.take::<f32>(QUERIES), arena.take::<f32>(QUERIES));
            let row = |column: usize| &qkv[start * stride + column + head * dimension..];
            pack_transposed(device, row(hidden), stride, keys, dimension, packed_k);
            let values_length = panel_length::<E>(inner);
            for (number, panel) in packed_v.chunks_exact_mut(values_length).enumerate() {
                let column = number * PANEL;
                let width = PANEL.min(dimension - column);
                pack_panel(isa, &row(2 * hidden)[column..], stride, keys, width, panel);
                // Groups beyond the last key meet probabilities of zero, and must be finite.
                panel[panel_length::<E>(keys)..].fill(E::default());
            }
            let next_head = (task + 1) % heads.count;
            let (next_start, next_length, _) =
                segments.get((segment + usize::from(next_head == 0)).min(segments.count() - 1));
            for query in (first..last).step_by(QUERIES) {
                let rows = QUERIES.min(last - query);
                // What the next task reads comes from memory meanwhile.
                let ahead = next_start + (query - first) * next_length / (last - first)
                    ..next_start + (query - first + rows) * next_length / (last - first);
                for part in 0..3 {
                    prefetch_rows(
                        isa,
                        &qkv[part * hidden + next_head * dimension..],
                        stride,
                        ahead.clone(),
                        dimension,
                    );
                }
                let limit = visible(prefix, query + rows - 1).next_multiple_of(LANES);
                let left = Left::rows(row(query * stride), stride);
                let place = Sums::new(scores, score_row);
                multiply_tile(isa, rows, groups::<E>(dimension), left, packed_k, limit, place);
                let head_dropout = HeadDropout { dropout, head, start };
                softmax_rows(
                    isa,
                    scores,
                    score_row,
                    rows,
                    query,
                    prefix,
                    limit,
                    heads.scale(),
                    head_dropout,
                    mask,
                    probabilities,
                    inverse_sums,
                    log_sums,
                );
                if let Some(kept) = &log_sum_exp {
                    // SAFETY: this task's own head and queries.
                    unsafe { kept.slice(head * tokens + start + query, rows) }.copy_from_slice(&log_sums[..rows]);
                }
                inverse_sums[..rows].iter_mut().for_each(|factor| *factor *= keep_scale);
                let left = Left::rows(probabilities, score_row);
                for (number, panel) in packed_v.chunks_exact(values_length).enumerate() {
                    let place = Sums::new(block, PANEL);
                    multiply_panel(isa, rows, groups::<E>(limit), left, panel, place, false);
                    let column = number * PANEL;
                    let width = PANEL.min(dimension - column);
                    let place = (start + query) * hidden + head * dimension + column;
                    store_scaled(isa, block, &inverse_sums[..rows], width, &output, place, hidden);
                }
            }
        });
    });
}
