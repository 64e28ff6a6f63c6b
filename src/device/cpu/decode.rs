//! Inference: cached attention of single queries, selection of the likeliest tokens, mean pooling.

use super::buffer::SharedMut;
use super::element::{Element, load, store};
use super::math::exp;
use super::scratch::{self, bytes_of};
use super::vector::{LANES, Vector};
use super::{Cpu, Segments};
use crate::device::DecodeShape;
use crate::kernel;

/// Keys ahead of the one being read that are asked for: one head's part of a row at a time, cached rows lie too far
/// apart for the hardware to foresee.
const AHEAD: usize = 8;

#[inline(always)]
fn prefetch_row<V: Vector, E: Element>(rows: &[E], offset: usize, dimension: usize) {
    for column in (0..dimension).step_by(64 / size_of::<E>()) {
        V::prefetch(rows.as_ptr().wrapping_add(offset + column).cast());
    }
}

kernel! {
/// `scores[i] = query · keys[i]` over one head's columns; key `i` starts at `places(i)`.
fn key_products<V, E: Element>(query: &[f32], keys: &[E], places: &[u32], stride: usize, scores: &mut [f32]) {
    let dimension = query.len();
    for (number, (score, place)) in scores.iter_mut().zip(places).enumerate() {
        if let Some(next) = places.get(number + AHEAD) {
            prefetch_row::<V, E>(keys, *next as usize * stride, dimension);
        }
        let key = &keys[*place as usize * stride..][..dimension];
        let mut sum = V::splat(0.0);
        for i in (0..dimension).step_by(LANES) {
            sum = load::<V, f32>(query, i).mul_add(load(key, i), sum);
        }
        *score = sum.sum();
    }
}
}

kernel! {
/// `scores = exp(scale × (scores − largest))`; returns their sum.
fn softmax<V>(scores: &mut [f32], scale: f32) -> f32 {
    let count = scores.len();
    let tail = |i: usize| if i + LANES <= count { u16::MAX } else { (1u16 << (count - i)) - 1 };
    let lowest = V::splat(f32::NEG_INFINITY);
    let mut largest = lowest;
    for i in (0..count).step_by(LANES) {
        largest = largest.max(load::<V, f32>(scores, i).select(tail(i), lowest));
    }
    let shift = V::splat(-largest.largest() * scale);
    let mut sum = V::splat(0.0);
    for i in (0..count).step_by(LANES) {
        let value = exp(load::<V, f32>(scores, i).mul_add(V::splat(scale), shift)).select(tail(i), V::splat(0.0));
        sum = sum.add(value);
        store(scores, i, value);
    }
    sum.sum()
}
}

kernel! {
/// `sum += Σ weights[i] × values[i]` over one head's columns.
fn add_values<V, E: Element>(weights: &[f32], values: &[E], places: &[u32], stride: usize, sum: &mut [f32]) {
    let dimension = sum.len();
    for i in (0..dimension).step_by(LANES) {
        let mut total: V = load(sum, i);
        for (number, (weight, place)) in weights.iter().zip(places).enumerate() {
            if let (0, Some(next)) = (i, places.get(number + AHEAD)) {
                prefetch_row::<V, E>(values, *next as usize * stride, dimension);
            }
            let value = &values[*place as usize * stride..][..dimension];
            total = V::splat(*weight).mul_add(load(value, i), total);
        }
        store(sum, i, total);
    }
}
}

kernel! {
fn store_multiple<V, E: Element>(source: &[f32], factor: f32, output: &mut [E]) {
    for i in (0..source.len()).step_by(LANES) {
        store(output, i, load::<V, f32>(source, i).mul(V::splat(factor)));
    }
}
}

/// The generated part of a key/value cache, and the prefixes.
pub struct Cache<'a, E> {
    pub prefix_keys: &'a [E],
    pub prefix_values: &'a [E],
    pub prefix_starts: &'a [u32],
    pub sequences: &'a [u32],
    pub keys: &'a [E],
    pub values: &'a [E],
    pub ancestors: &'a [u32],
}

/// See [`crate::device::Device::decode_attention`].
pub fn attention<E: Element>(device: &Cpu<E>, shape: &DecodeShape, qkv: &[E], cache: &Cache<E>, output: &mut [E]) {
    let (hidden, dimension, isa) = (shape.heads.hidden(), shape.heads.dimension, device.isa);
    let output = SharedMut::new(output);
    let generated = shape.step + 1;
    device.pool.run(shape.rows * shape.heads.count, |task| {
        let (row, head) = (task / shape.heads.count, task % shape.heads.count);
        let sequence = cache.sequences[row] as usize;
        let prefix = cache.prefix_starts[sequence]..cache.prefix_starts[sequence + 1];
        let known = prefix.len();
        let total = known + generated;
        scratch::with(2 * bytes_of::<f32>(total) + 2 * bytes_of::<f32>(dimension), |arena| {
            let (scores, places) = (arena.take::<f32>(total), arena.take::<u32>(total));
            let (query, sum) = (arena.take::<f32>(dimension), arena.take::<f32>(dimension));
            let column = head * dimension;
            super::rows::convert(isa, &qkv[row * 3 * hidden + column..][..dimension], query);
            places[..known]
                .iter_mut()
                .zip(prefix)
                .for_each(|(place, row)| *place = row);
            let ancestors = &cache.ancestors[row * shape.step_capacity..][..generated];
            for (step, (place, ancestor)) in places[known..].iter_mut().zip(ancestors).enumerate() {
                *place = (step * shape.row_capacity) as u32 + ancestor;
            }
            let (old, new) = places.split_at(known);
            if known > 0 {
                key_products(
                    isa,
                    query,
                    &cache.prefix_keys[column..],
                    old,
                    hidden,
                    &mut scores[..known],
                );
            }
            key_products(isa, query, &cache.keys[column..], new, hidden, &mut scores[known..]);
            let total = softmax(isa, scores, shape.heads.scale());
            sum.fill(0.0);
            if known > 0 {
                add_values(isa, &scores[..known], &cache.prefix_values[column..], old, hidden, sum);
            }
            add_values(isa, &scores[known..], &cache.values[column..], new, hidden, sum);
            // SAFETY: this task's own row and head.
            let output = unsafe { output.slice(row * hidden + column, dimension) };
            store_multiple(isa, sum, 1.0 / total, output);
        });
    });
}

kernel! {
/// The `k` largest, and the log of the sum of exponentials.
fn select_row<V>(logits: &[f32], tokens: &mut [u32], best: &mut [f32]) {
    let (count, k) = (logits.len(), tokens.len());
    let tail = |i: usize| if i + LANES <= count { u16::MAX } else { (1u16 << (count - i)) - 1 };
    best.fill(f32::NEG_INFINITY);
    tokens.iter_mut().zip(0..).for_each(|(token, i)| *token = i);
    let mut least = f32::NEG_INFINITY;
    for i in (0..count).step_by(LANES) {
        let mut bits = load::<V, f32>(logits, i).at_least(V::splat(least)) & tail(i);
        while bits != 0 {
            let index = i + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            // Equals stay behind those that came first.
            if logits[index] > least {
                let place = best.partition_point(|value| *value >= logits[index]);
                best.copy_within(place..k - 1, place + 1);
                tokens.copy_within(place..k - 1, place + 1);
                best[place] = logits[index];
                tokens[place] = index as u32;
                least = best[k - 1];
            }
        }
    }
    let largest = best[0];
    let mut sum = V::splat(0.0);
    for i in (0..count).step_by(LANES) {
        sum = sum.add(exp(load::<V, f32>(logits, i).sub(V::splat(largest))).select(tail(i), V::splat(0.0)));
    }
    let normalizer = largest + sum.sum().ln();
    best.iter_mut().for_each(|value| *value -= normalizer);
}
}

/// See [`crate::device::Device::top_k`].
pub fn top_k<E: Element>(
    device: &Cpu<E>,
    logits: &[f32],
    vocabulary: usize,
    k: usize,
    tokens: &mut [u32],
    log_probabilities: &mut [f32],
) {
    let (tokens, best) = (SharedMut::new(tokens), SharedMut::new(log_probabilities));
    device.pool.run(logits.len() / vocabulary, |row| {
        // SAFETY: every task has its own row.
        let (tokens, best) = unsafe { (tokens.slice(row * k, k), best.slice(row * k, k)) };
        select_row(device.isa, &logits[row * vocabulary..][..vocabulary], tokens, best);
    });
}

kernel! {
fn pool_segment<V, E: Element>(rows: &[E], columns: usize, normalize: bool, output: &mut [f32]) {
    output.fill(0.0);
    for row in rows.chunks_exact(columns) {
        for i in (0..columns).step_by(LANES) {
            let sum = load::<V, f32>(output, i).add(load(row, i));
            store(output, i, sum);
        }
    }
    // An empty segment has the mean 0.
    let mut factor = columns as f32 / rows.len().max(1) as f32;
    if normalize {
        let mut squares = V::splat(0.0);
        for i in (0..columns).step_by(LANES) {
            let value: V = load(output, i);
            squares = value.mul_add(value, squares);
        }
        // As `torch.nn.functional.normalize`: never a division by zero.
        let norm = squares.sum().sqrt() * factor;
        factor /= norm.max(1e-12);
    }
    output.iter_mut().for_each(|value| *value *= factor);
}
}

/// See [`crate::device::Device::mean_pool`].
pub fn mean_pool<E: Element>(
    device: &Cpu<E>,
    segments: &Segments,
    hidden: &[E],
    columns: usize,
    normalize: bool,
    output: &mut [f32],
) {
    let output = SharedMut::new(output);
    device.pool.run(segments.count(), |segment| {
        let (start, length, _) = segments.get(segment);
        // SAFETY: every task has its own segment.
        let output = unsafe { output.slice(segment * columns, columns) };
        pool_segment(
            device.isa,
            &hidden[start * columns..(start + length) * columns],
            columns,
            normalize,
            output,
        );
    });
}
