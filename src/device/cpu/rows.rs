//! Row-wise helpers that several operations share.

use super::element::{Element, load, store};
use super::vector::LANES;
use crate::kernel;

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
