//! Launchers of `kernels/rows.cu`: rounding of weights, gather and scatter, mean pooling.

use super::driver::{Shape, launch};
use super::{Buffer, Cuda, Segments, Weights};
use crate::device::Result;

pub fn refresh(device: &Cuda, master: &Buffer, weights: &mut Weights) -> Result<()> {
    let Some(copies) = &weights.copies else { return Ok(()) };
    let length = weights.length.min(master.length / 4 * 4) as u64;
    let (from, to) = (master.address(), copies.address());
    // SAFETY: both hold `length` elements; four to a thread.
    unsafe {
        launch!(
            device.driver,
            "round_bf16",
            Shape::cover(length as usize / 4, 256),
            from,
            length,
            to
        )
    }
}

/// Rounds `length` (a multiple of 4) floats at one address to bf16 at another.
///
/// # Safety
/// Both addresses are of device memory of that many elements.
pub unsafe fn round(device: &Cuda, from: u64, length: usize, to: u64) -> Result<()> {
    let count = length as u64;
    // SAFETY: the caller's promise.
    unsafe {
        launch!(
            device.driver,
            "round_bf16",
            Shape::cover(length / 4, 256),
            from,
            count,
            to
        )
    }
}

pub fn gather(
    device: &Cuda,
    input: &Buffer,
    rows: &Buffer,
    count: usize,
    columns: usize,
    output: &mut Buffer,
) -> Result<()> {
    device.aligned("a row's length", columns)?;
    device.holds("the gathered rows", output, count * columns)?;
    device.holds("the list of rows", rows, count)?;
    let (from, list, to, rows, width) = (
        input.address(),
        rows.address(),
        output.address(),
        count as i32,
        columns as i32,
    );
    let shape = Shape::cover(count * device.vectors(columns), 256);
    let name = device.pick("gather_rows_bf16", "gather_rows_f32");
    // SAFETY: sizes were checked; the list holds rows of the input (the trait's contract).
    unsafe { launch!(device.driver, name, shape, from, list, rows, width, to) }
}

pub fn scatter(
    device: &Cuda,
    gradient: &Buffer,
    rows: &Buffer,
    count: usize,
    columns: usize,
    output: &mut Buffer,
    total: usize,
) -> Result<()> {
    device.aligned("a row's length", columns)?;
    device.holds("the rows' gradient", gradient, count * columns)?;
    device.holds("the list of rows", rows, count)?;
    device.holds("the scattered gradient", output, total * columns)?;
    let (from, list, to) = (gradient.address(), rows.address(), output.address());
    let (rows, width, total_rows) = (count as i32, columns as i32, total as i32);
    let shape = Shape::cover(total * device.vectors(columns), 256);
    let name = device.pick("scatter_rows_bf16", "scatter_rows_f32");
    // SAFETY: sizes were checked; every output row is written by its own threads.
    unsafe { launch!(device.driver, name, shape, from, list, rows, width, to, total_rows) }
}

pub fn mean_pool(
    device: &Cuda,
    segments: &Segments,
    hidden: &Buffer,
    columns: usize,
    normalize: bool,
    output: &mut Buffer,
) -> Result<()> {
    device.aligned("a row's length", columns)?;
    device.holds("hidden states", hidden, segments.tokens * columns)?;
    device.holds("the pooled rows", output, segments.count * columns)?;
    let (from, starts, to) = (hidden.address(), segments.starts(), output.address());
    let (width, normalize) = (columns as i32, i32::from(normalize));
    let shape = Shape {
        grid: (segments.count as u32, 1, 1),
        block: 128,
        shared: 0,
    };
    let name = device.pick("mean_pool_bf16", "mean_pool_f32");
    // SAFETY: sizes were checked; bounds are those of the batch.
    unsafe { launch!(device.driver, name, shape, from, starts, width, normalize, to) }
}
