//! Prefix attention, backward: probabilities recomputed block by block of queries; one task per segment and head, so
//! that every gradient has one writer and one order of summation.

use super::attention::{HeadDropout, QUERIES, pack_straight, pack_transposed, score_stride, visible};
use super::buffer::SharedMut;
use super::dropout::{attention_mask, attention_mask_length};
use super::element::{Element, load, store};
use super::gemm::kernel::{Left, PANEL, Sums, multiply_panel, multiply_tile};
use super::gemm::pack::{groups, pack_panel, packed_length, panel_length, prefetch_rows};
use super::gemm::store::{Block, Output, Store, multiply_block};
use super::scratch::{self, bytes_of};
use super::vector::LANES;
use super::{Cpu, Segments};
use crate::device::{Dropout, Heads, random};
use crate::kernel;

/// Queries whose probabilities are held at a time: with 256 keys, two blocks of 120 KB in bfloat16.
const BLOCK_QUERIES: usize = 20 * QUERIES;

/// What [`gradient_rows`] needs of a block.
struct Rows<'a> {
    count: usize,
    /// First query, counted from the segment's start.
    first: usize,
    prefix: usize,
    /// Keys that the block as a whole sees, in whole panels.
    limit: usize,
    scale: f32,
    stride: usize,
    log_sum_exp: &'a [f32],
    deltas: &'a [f32],
}

kernel! {
/// From scores and the gradients of the probabilities to the dropped probabilities and the gradients of the scores.
fn gradient_rows<V, E: Element>(
    rows: &Rows, scores: &[f32], slopes: &[f32], dropout: HeadDropout, mask: &mut [u16], probabilities: &mut [E],
    gradients: &mut [E]
) {
    let active = dropout.dropout.is_active();
    let keep_scale = if active { random::attention_threshold(dropout.dropout.probability).1 } else { 1.0 };
    let (scale, keep, zero) = (V::splat(rows.scale), V::splat(keep_scale), V::splat(0.0));
    for row in 0..rows.count {
        let keys = visible(rows.prefix, rows.first + row);
        let range = row * rows.stride..(row + 1) * rows.stride;
        let (scores, slopes) = (&scores[range.clone()], &slopes[range.clone()]);
        let (probabilities, gradients) = (&mut probabilities[range.clone()], &mut gradients[range]);
        if active {
            attention_mask::<V>(dropout.dropout, dropout.head, dropout.start + rows.first + row, keys, mask);
        }
        let [factor, shift] = E::exponent(rows.scale, -rows.log_sum_exp[row]).map(V::splat);
        let delta = V::splat(rows.deltas[row]);
        let end = keys.next_multiple_of(LANES);
        for i in (0..end).step_by(LANES) {
            let seen = if i + LANES <= keys { u16::MAX } else { (1u16 << (keys - i)) - 1 };
            let probability = E::scaled_exp::<V>(load(scores, i), factor, shift).select(seen, zero);
            let slope = load::<V, f32>(slopes, i);
            let (dropped, slope) = if active {
                let kept = mask[i / LANES];
                (probability.mul(keep).select(kept, zero), slope.mul(keep).select(kept, zero))
            } else {
                (probability, slope)
            };
            store(probabilities, i, dropped);
            let gradient = probability.mul(slope.sub(delta)).mul(scale);
            // What lies beyond the keys may be anything, infinite too.
            store(gradients, i, gradient.select(seen, zero));
        }
        probabilities[end..rows.limit].fill(E::default());
        gradients[end..rows.limit].fill(E::default());
    }
}
}

kernel! {
/// `deltas[row] = Σ output ∘ output_gradient` over a head's columns.
fn row_products<V, E: Element>(
    output: &[E], gradient: &[E], stride: usize, columns: usize, deltas: &mut [f32]
) {
    for (row, delta) in deltas.iter_mut().enumerate() {
        let range = row * stride..row * stride + columns;
        let (a, b) = (&output[range.clone()], &gradient[range]);
        let mut sum = V::splat(0.0);
        for i in (0..columns).step_by(LANES) {
            sum = load::<V, E>(a, i).mul_add(load(b, i), sum);
        }
        *delta = sum.sum();
    }
}
}

kernel! {
fn store_rows<V, E: Element>(
    source: &[f32], source_stride: usize, rows: usize, columns: usize, output: &SharedMut<E>, place: usize, stride: usize
) {
    for row in 0..rows {
        // SAFETY: rows and columns of this task's own head and segment.
        let output = unsafe { output.slice(place + row * stride, columns) };
        for i in (0..columns).step_by(LANES) {
            store(output, i, load::<V, f32>(&source[row * source_stride..][..source_stride], i));
        }
    }
}
}

/// See [`crate::device::Device::attention_backward`].
#[allow(clippy::too_many_arguments)]
pub fn attention_backward<E: Element>(
    device: &Cpu<E>,
    heads: Heads,
    segments: &Segments,
    qkv: &[E],
    output: &[E],
    log_sum_exp: &[f32],
    output_gradient: &[E],
    dropout: &Dropout,
    qkv_gradient: &mut [E],
) {
    let tokens = segments.tokens();
    let gradient = SharedMut::new(qkv_gradient);
    let tasks = segments.count() * heads.count;
    device.pool.run(tasks, |task| {
        let (segment, head) = (task / heads.count, task % heads.count);
        let (start, length, prefix) = segments.get(segment);
        let head = Head {
            device,
            heads,
            head,
            start,
            length,
            prefix,
            qkv,
            output,
            output_gradient,
            log_sum_exp: &log_sum_exp[head * tokens + start..][..length],
            dropout,
            gradient: &gradient,
        };
        head.run((task + 1 < tasks).then(|| ((task + 1) % heads.count, segments.get((task + 1) / heads.count))));
    });
}

/// One head of one segment.
struct Head<'a, E> {
    device: &'a Cpu<E>,
    heads: Heads,
    head: usize,
    start: usize,
    length: usize,
    prefix: usize,
    qkv: &'a [E],
    output: &'a [E],
    output_gradient: &'a [E],
    log_sum_exp: &'a [f32],
    dropout: &'a Dropout,
    gradient: &'a SharedMut<'a, E>,
}

impl<E: Element> Head<'_, E> {
    /// Asks for what the next task will read and write, a part of its rows: `part` of `parts`.
    fn prefetch(&self, (head, (start, length, _)): (usize, (usize, usize, usize)), part: usize, parts: usize) {
        let (isa, dimension, hidden) = (self.device.isa, self.heads.dimension, self.heads.hidden());
        let rows = start + length * part / parts..start + length * (part + 1) / parts;
        let column = head * dimension;
        for section in 0..3 {
            prefetch_rows(
                isa,
                &self.qkv[section * hidden + column..],
                3 * hidden,
                rows.clone(),
                dimension,
            );
        }
        for source in [self.output, self.output_gradient] {
            prefetch_rows(isa, &source[column..], hidden, rows.clone(), dimension);
        }
    }

    fn run(&self, next: Option<(usize, (usize, usize, usize))>) {
        let Head {
            device,
            heads,
            start,
            length,
            prefix,
            ..
        } = *self;
        if length == 0 {
            return;
        }
        let (isa, dimension, hidden) = (device.isa, heads.dimension, heads.hidden());
        let stride = 3 * hidden;
        let block_queries = BLOCK_QUERIES.min(length);
        let score_row = score_stride(length);
        let width = dimension.next_multiple_of(PANEL);
        let by_keys = packed_length::<E>(dimension, length);
        // Keys are padded to whole panels: the inner dimension of dQ = dS · K runs over what the scores hold.
        let straight_keys = packed_length::<E>(length.next_multiple_of(PANEL), dimension);
        let straight = packed_length::<E>(block_queries, dimension);
        let mask_length = attention_mask_length(length);
        let transposed = panel_length::<E>(block_queries);
        // Gradients of keys and values are summed over blocks of queries, where there are several.
        let summed = if block_queries < length { length * width } else { 0 };
        let bytes = 2 * bytes_of::<E>(by_keys)
            + bytes_of::<E>(straight_keys)
            + 2 * bytes_of::<E>(straight)
            + 2 * bytes_of::<f32>(QUERIES * score_row)
            + 2 * bytes_of::<E>(block_queries.next_multiple_of(QUERIES) * score_row)
            + bytes_of::<u16>(mask_length)
            + bytes_of::<f32>(PANEL * PANEL)
            + bytes_of::<f32>(length)
            + bytes_of::<E>(transposed)
            + 2 * bytes_of::<f32>(summed);
        scratch::with(bytes, |arena| {
            let keys_in = arena.take::<E>(by_keys);
            let values_in = arena.take::<E>(by_keys);
            let keys_straight = arena.take::<E>(straight_keys);
            let queries_straight = arena.take::<E>(straight);
            let slopes_straight = arena.take::<E>(straight);
            let scores = arena.take::<f32>(QUERIES * score_row);
            let slopes = arena.take::<f32>(QUERIES * score_row);
            let probabilities = arena.take::<E>(block_queries.next_multiple_of(QUERIES) * score_row);
            let gradients = arena.take::<E>(block_queries.next_multiple_of(QUERIES) * score_row);
            let mask = arena.take::<u16>(mask_length);
            let block = arena.take::<f32>(PANEL * PANEL);
            let deltas = arena.take::<f32>(length);
            let transposed = arena.take::<E>(transposed);
            let key_gradient = arena.take::<f32>(summed);
            let value_gradient = arena.take::<f32>(summed);

            let column = self.head * dimension;
            let row = |part: usize, index: usize| &self.qkv[(start + index) * stride + part * hidden + column..];
            let slope_row = |index: usize| &self.output_gradient[(start + index) * hidden + column..];
            pack_transposed(device, row(1, 0), stride, length, dimension, keys_in);
            pack_transposed(device, row(2, 0), stride, length, dimension, values_in);
            let key_length = panel_length::<E>(length.next_multiple_of(PANEL));
            for (number, panel) in keys_straight.chunks_exact_mut(key_length).enumerate() {
                let first = number * PANEL;
                let columns = PANEL.min(dimension - first);
                pack_panel(isa, &row(1, 0)[first..], stride, length, columns, panel);
                panel[panel_length::<E>(length)..].fill(E::default());
            }
            row_products(
                isa,
                &self.output[start * hidden + column..],
                slope_row(0),
                hidden,
                dimension,
                deltas,
            );

            let output = Output {
                values: *self.gradient,
                stride,
                bias: &[],
                how: &Store::Plain,
            };
            for first in (0..length).step_by(block_queries) {
                let last = (first + block_queries).min(length);
                let seen = visible(prefix, last - 1);
                let limit = seen.next_multiple_of(PANEL);
                for query in (first..last).step_by(QUERIES) {
                    let count = QUERIES.min(last - query);
                    if let Some(next) = next {
                        self.prefetch(next, query / QUERIES, length.div_ceil(QUERIES));
                    }
                    let tile_limit = visible(prefix, query + count - 1).next_multiple_of(LANES);
                    for (left, right, place) in [
                        (Left::rows(row(0, query), stride), &*keys_in, &mut *scores),
                        (Left::rows(slope_row(query), hidden), &*values_in, &mut *slopes),
                    ] {
                        let place = Sums::new(place, score_row);
                        multiply_tile(isa, count, groups::<E>(dimension), left, right, tile_limit, place);
                    }
                    let rows = Rows {
                        count,
                        first: query,
                        prefix,
                        limit,
                        scale: heads.scale(),
                        stride: score_row,
                        log_sum_exp: &self.log_sum_exp[query..],
                        deltas: &deltas[query..],
                    };
                    let dropout = HeadDropout {
                        dropout: self.dropout,
                        head: self.head,
                        start,
                    };
                    let place = (query - first) * score_row..(query - first + count) * score_row;
                    let (p, ds) = (&mut probabilities[place.clone()], &mut gradients[place]);
                    gradient_rows(isa, &rows, scores, slopes, dropout, mask, p, ds);
                    let left = Left::rows(ds, score_row);
                    for (number, panel) in keys_straight.chunks_exact(key_length).enumerate() {
                        let columns = PANEL.min(dimension - number * PANEL);
                        let target = Block {
                            first_row: start + query,
                            rows: count,
                            first_column: column + number * PANEL,
                            columns,
                        };
                        let inner = groups::<E>(tile_limit);
                        multiply_block(isa, target, inner, left, panel, block, &output);
                    }
                }
                pack_straight(device, row(0, first), stride, last - first, dimension, queries_straight);
                pack_straight(
                    device,
                    slope_row(first),
                    hidden,
                    last - first,
                    dimension,
                    slopes_straight,
                );
                for (part, source, right, sum) in [
                    (1, &*gradients, &*queries_straight, &mut *key_gradient),
                    (2, &*probabilities, &*slopes_straight, &mut *value_gradient),
                ] {
                    for key in (0..seen).step_by(PANEL) {
                        let product = Transposed::new(self, source, score_row, first..last, key, transposed);
                        let rows = PANEL.min(seen - key);
                        if summed > 0 {
                            product.add(right, rows, &mut sum[key * width..], width);
                        } else {
                            product.store(right, rows, part * hidden + column, block, &output);
                        }
                    }
                }
            }
            if summed > 0 {
                for (part, sum) in [(1, &*key_gradient), (2, &*value_gradient)] {
                    let place = start * stride + part * hidden + column;
                    store_rows(isa, sum, width, length, dimension, self.gradient, place, stride);
                }
            }
        });
    }
}

/// The product of a panel of keys with a block of queries: `sourceᵀ · right`, its left operand packed.
struct Transposed<'a, E> {
    head: &'a Head<'a, E>,
    key: usize,
    /// Groups of queries of the block, and how many of them do not see these keys.
    groups: usize,
    skipped: usize,
    /// Rows of the sum that no query before this block saw begin here.
    fresh: usize,
    packed: &'a [E],
}

impl<'a, E: Element> Transposed<'a, E> {
    fn new(
        head: &'a Head<'a, E>,
        source: &[E],
        stride: usize,
        queries: std::ops::Range<usize>,
        key: usize,
        packed: &'a mut [E],
    ) -> Self {
        // Keys beyond the prefix are seen only by queries from their own place on.
        let skipped = if key >= head.prefix {
            key.saturating_sub(queries.start) / E::GROUP
        } else {
            0
        };
        let before = match queries.start {
            0 => 0,
            start => visible(head.prefix, start - 1),
        };
        let (first, count) = (skipped * E::GROUP, queries.len());
        pack_panel(
            head.device.isa,
            &source[first * stride + key..],
            stride,
            count - first,
            PANEL,
            packed,
        );
        Transposed {
            head,
            key,
            groups: groups::<E>(count),
            skipped,
            fresh: before.saturating_sub(key),
            packed,
        }
    }

    /// The panels of `right` from the first group on that counts, and how many groups these are.
    fn panels<'r>(&self, right: &'r [E]) -> (impl Iterator<Item = &'r [E]> + use<'r, E>, usize) {
        let length = self.groups * PANEL * E::GROUP;
        let (first, count) = (
            self.skipped * PANEL * E::GROUP,
            self.head.heads.dimension.div_ceil(PANEL),
        );
        let panels = right.chunks_exact(length).take(count).map(move |panel| &panel[first..]);
        (panels, self.groups - self.skipped)
    }

    /// Adds to `sum[rows, width]`; rows that are seen for the first time are set.
    fn add(&self, right: &[E], rows: usize, sum: &mut [f32], width: usize) {
        sum[self.fresh.min(rows) * width..rows * width].fill(0.0);
        let (panels, groups) = self.panels(right);
        for (number, panel) in panels.enumerate() {
            let place = Sums::new(&mut sum[number * PANEL..], width);
            let left = Left::panels(self.packed, groups);
            multiply_panel(self.head.device.isa, rows, groups, left, panel, place, true);
        }
    }

    /// Stores to the columns of `output` from `first_column` on.
    fn store(&self, right: &[E], rows: usize, first_column: usize, sums: &mut [f32], output: &Output<E>) {
        let (panels, groups) = self.panels(right);
        for (number, panel) in panels.enumerate() {
            let block = Block {
                first_row: self.head.start + self.key,
                rows,
                first_column: first_column + number * PANEL,
                columns: PANEL.min(self.head.heads.dimension - number * PANEL),
            };
            let left = Left::panels(self.packed, groups);
            multiply_block(self.head.device.isa, block, groups, left, panel, sums, output);
        }
    }
}
