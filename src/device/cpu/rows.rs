//! Row-wise helpers that several operations share.

use super::buffer::SharedMut;
use super::element::{Element, load, store};
use super::pool::Pool;
use super::vector::LANES;
use crate::kernel;

/// Rows that a task copies.
const ROWS: usize = 128;

/// `output[i] = input[rows[i]]`.
pub fn gather<E: Element>(pool: &Pool, input: &[E], rows: &[u32], columns: usize, output: &mut [E]) {
    let output = SharedMut::new(output);
    pool.run(rows.len().div_ceil(ROWS), |task| {
        let first = task * ROWS;
        let rows = &rows[first..(first + ROWS).min(rows.len())];
        // SAFETY: every row belongs to one task.
        let output = unsafe { output.slice(first * columns, rows.len() * columns) };
        for (row, output) in rows.iter().zip(output.chunks_exact_mut(columns)) {
            output.copy_from_slice(&input[*row as usize * columns..][..columns]);
        }
    });
}

/// `output[rows[i]] = input[i]`, zero everywhere else; `rows` strictly ascends.
pub fn scatter<E: Element>(pool: &Pool, input: &[E], rows: &[u32], columns: usize, output: &mut [E]) {
    let total = output.len() / columns;
    let output = SharedMut::new(output);
    pool.run(total.div_ceil(ROWS), |task| {
        let first = task * ROWS;
        let count = ROWS.min(total - first);
        // SAFETY: every row belongs to one task.
        let output = unsafe { output.slice(first * columns, count * columns) };
        let mut next = rows.partition_point(|row| (*row as usize) < first);
        for (row, output) in (first..).zip(output.chunks_exact_mut(columns)) {
            if rows.get(next).is_some_and(|next| *next as usize == row) {
                output.copy_from_slice(&input[next * columns..][..columns]);
                next += 1;
            } else {
                output.fill(E::default());
            }
        }
    });
}

kernel! {
/// `destination += source`, both `f32`.
pub fn add_assign<V>(destination: &mut [f32], source: &[f32]) {
    let length = destination.len();
    for i in (0..length).step_by(LANES) {
        let sum = load::<V, f32>(destination, i).add(load(&source[..length], i));
        store(destination, i, sum);
    }
}
}

kernel! {
/// Copies to memory past the caches: for what is too large to be in one when it is next read.
pub fn stream<V, E: Element>(source: &[E], destination: &mut [E]) {
    let bytes = size_of_val(source);
    assert!(source.len() == destination.len() && destination.as_ptr().addr().is_multiple_of(64) && bytes.is_multiple_of(64));
    for offset in (0..bytes).step_by(64) {
        // SAFETY: whole vectors of both, the destination's aligned.
        unsafe { V::load(source.as_ptr().byte_add(offset).cast()).stream(destination.as_mut_ptr().byte_add(offset).cast()) }
    }
    V::settle();
}
}

kernel! {
/// Copies with a change of format.
pub fn convert<V, S: Element, E: Element>(source: &[S], destination: &mut [E]) {
    let length = destination.len();
    for i in (0..length).step_by(LANES) {
        store(destination, i, load::<V, S>(&source[..length], i));
    }
}
}
