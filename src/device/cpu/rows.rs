//! Row-wise helpers that several operations share.

use super::element::{Element, load, store};
use super::vector::LANES;
use crate::kernel;

kernel! {
/// `sums[columns] += Σ source[rows, columns]`, rows in order.
pub fn add_column_sums<V, E: Element>(source: &[E], stride: usize, rows: usize, sums: &mut [f32]) {
    // Four vectors at a time hide the latency of addition.
    for (number, sums) in sums.chunks_mut(4 * LANES).enumerate() {
        let (first, width) = (number * 4 * LANES, sums.len());
        let mut totals = [V::splat(0.0); 4];
        for row in 0..rows {
            let source = &source[row * stride + first..][..width];
            for (i, total) in totals.iter_mut().enumerate() {
                if i * LANES < width {
                    *total = total.add(load(source, i * LANES));
                }
            }
        }
        for (i, total) in totals.into_iter().enumerate() {
            if i * LANES < width {
                let sum = total.add(load(sums, i * LANES));
                store(sums, i * LANES, sum);
            }
        }
    }
}
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
/// Copies with a change of format.
pub fn convert<V, S: Element, E: Element>(source: &[S], destination: &mut [E]) {
    let length = destination.len();
    for i in (0..length).step_by(LANES) {
        store(destination, i, load::<V, S>(&source[..length], i));
    }
}
}
