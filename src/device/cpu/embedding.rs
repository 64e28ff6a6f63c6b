//! Embedding: three tables, layer norm and dropout in one pass; gradients by a scatter in a fixed order.

use super::dropout::hidden_mask_length;
use super::element::{Element, load, store};
use super::layer_norm::{self, Norm, StateParts, TOGETHER, mask_row, normalize_rows};
use super::scratch::{self, bytes_of};
use super::vector::LANES;
use super::{Cpu, SharedMut};
use crate::device::{Dropout, Embedding};
use crate::kernel;

const ROWS: usize = 32;
/// Rows ahead of the one being read whose words are asked for: another core may have updated them.
const AHEAD: usize = 4;
/// Columns of a scatter task: two cache lines, so that tasks share none.
const COLUMNS: usize = 32;

kernel! {
/// `next`: the row that is wanted some rows later.
fn sum_tables<V>(word: &[f32], position: &[f32], kind: &[f32], sum: &mut [f32], next: &[f32]) {
    for i in (0..sum.len()).step_by(LANES) {
        V::prefetch(next.as_ptr().wrapping_add(i).cast());
        let total = load::<V, f32>(word, i).add(load(kind, i)).add(load(position, i));
        store(sum, i, total);
    }
}
}

/// `output = dropout(layer_norm(words[token] + positions[position] + types[0]))`.
#[allow(clippy::too_many_arguments)]
pub fn embed<E: Element>(
    device: &Cpu<E>,
    master: &[f32],
    embedding: &Embedding,
    tokens: &[u32],
    positions: &[u32],
    dropout: &Dropout,
    state: Option<(&mut [E], &mut [f32])>,
    output: &mut [E],
) {
    let columns = embedding.words.inputs;
    let norm = Norm {
        weight: &master[embedding.layer_norm.weight.range()],
        bias: &master[embedding.layer_norm.bias.range()],
        epsilon: embedding.layer_norm.epsilon,
    };
    let words = &master[embedding.words.offset..][..embedding.words.outputs * columns];
    let position_table = &master[embedding.positions.range()];
    let kind = &master[embedding.types.range()][..columns];
    let state = StateParts::new(state);
    let output = SharedMut::new(output);
    let mask_length = hidden_mask_length(columns);
    let rows = tokens.len();
    device.pool.run(rows.div_ceil(ROWS), |task| {
        scratch::with(
            bytes_of::<f32>(TOGETHER * columns) + bytes_of::<u16>(mask_length),
            |arena| {
                let sums = arena.take::<f32>(TOGETHER * columns);
                let mask = arena.take::<u16>(mask_length);
                let end = (task * ROWS + ROWS).min(rows);
                for first in (task * ROWS..end).step_by(TOGETHER) {
                    let some = first..(first + TOGETHER).min(end);
                    let sums = &mut sums[..some.len() * columns];
                    for (row, sum) in some.clone().zip(sums.chunks_exact_mut(columns)) {
                        let word = &words[tokens[row] as usize * columns..][..columns];
                        let position = &position_table[positions[row] as usize * columns..][..columns];
                        let next = &words[tokens[(row + AHEAD).min(rows - 1)] as usize * columns..];
                        sum_tables(device.isa, word, position, kind, sum, next);
                    }
                    // SAFETY: every row belongs to one task.
                    let (state, output) = unsafe {
                        let output = output.slice(first * columns, some.len() * columns);
                        (state.rows(some.clone(), columns), output)
                    };
                    normalize_rows(device.isa, sums, &norm, state, output);
                    if dropout.is_active() {
                        for (row, output) in some.zip(output.chunks_exact_mut(columns)) {
                            mask_row(device.isa, dropout, row, output, mask);
                        }
                    }
                }
            },
        );
    });
}

kernel! {
fn scatter_columns<V, E: Element>(
    rows: usize, columns: usize, first: usize, gradient: &[E], tokens: &[u32], positions: &[u32],
    words: &SharedMut<f32>, position_table: &SharedMut<f32>, kind: &SharedMut<f32>
) {
    let width = COLUMNS.min(columns - first);
    // SAFETY: columns of this task alone.
    let kind = unsafe { kind.slice(first, width) };
    let mut kind_sums = [V::splat(0.0); COLUMNS / LANES];
    for row in 0..rows {
        let source = &gradient[row * columns + first..][..width];
        let ahead = tokens[(row + AHEAD).min(rows - 1)] as usize * columns + first;
        V::prefetch(words.tail(ahead).0.cast());
        V::prefetch(words.tail(ahead + width - 1).0.cast());
        // SAFETY: columns of this task alone; the tables are distinct.
        let (word, position) = unsafe {
            (
                words.slice(tokens[row] as usize * columns + first, width),
                position_table.slice(positions[row] as usize * columns + first, width),
            )
        };
        for (i, kind) in (0..width).step_by(LANES).zip(&mut kind_sums) {
            let value: V = load(source, i);
            let (word_sum, position_sum) = (value.add(load(word, i)), value.add(load(position, i)));
            store(word, i, word_sum);
            store(position, i, position_sum);
            *kind = kind.add(value);
        }
    }
    for (i, sum) in (0..width).step_by(LANES).zip(kind_sums) {
        let sum = sum.add(load(kind, i));
        store(kind, i, sum);
    }
}
}

/// Backward of [`embed`]; `output_gradient` is lost.
#[allow(clippy::too_many_arguments)]
pub fn embed_backward<E: Element>(
    device: &Cpu<E>,
    master: &[f32],
    embedding: &Embedding,
    tokens: &[u32],
    positions: &[u32],
    dropout: &Dropout,
    normalized: &[E],
    inverse_deviation: &[f32],
    output_gradient: &mut [E],
    gradients: &mut [f32],
) {
    let (rows, columns) = (tokens.len(), embedding.words.inputs);
    if dropout.is_active() {
        let parts = SharedMut::new(output_gradient);
        let mask_length = hidden_mask_length(columns);
        device.pool.run(rows.div_ceil(ROWS), |task| {
            scratch::with(bytes_of::<u16>(mask_length), |arena| {
                let mask = arena.take::<u16>(mask_length);
                for row in task * ROWS..(task * ROWS + ROWS).min(rows) {
                    // SAFETY: every row belongs to one task.
                    mask_row(
                        device.isa,
                        dropout,
                        row,
                        unsafe { parts.slice(row * columns, columns) },
                        mask,
                    );
                }
            });
        });
    }
    let mut staging = device.staging();
    let sum_gradient = staging.reset(bytes_of::<E>(rows * columns)).take::<E>(rows * columns);
    let spans = [
        embedding.layer_norm.weight.range(),
        embedding.layer_norm.bias.range(),
        embedding.types.range(),
        embedding.positions.range(),
        embedding.words.offset..embedding.words.offset + embedding.words.outputs * columns,
    ];
    let [weight, bias, kind, position_table, words] =
        gradients.get_disjoint_mut(spans).expect("parameters do not overlap");
    layer_norm::add_layer_norm_backward(
        device,
        &master[embedding.layer_norm.weight.range()],
        output_gradient,
        rows,
        &Dropout::NONE,
        normalized,
        inverse_deviation,
        sum_gradient,
        None,
        weight,
        bias,
    );
    let (words, position_table, kind) = (
        SharedMut::new(words),
        SharedMut::new(position_table),
        SharedMut::new(kind),
    );
    device.pool.run(columns.div_ceil(COLUMNS), |task| {
        let first = task * COLUMNS;
        scatter_columns(
            device.isa,
            rows,
            columns,
            first,
            sum_gradient,
            tokens,
            positions,
            &words,
            &position_table,
            &kind,
        );
    });
}
