//! Launchers of `kernels/attention_forward.cu`, `attention_backward.cu` and `attention_any.cu`.

use super::arguments::{self, Attention};
use super::driver::{Shape, launch};
use super::scratch::Area;
use super::{Buffer, Cuda, Segments};
use crate::device::{Dropout, Heads, Precision, Result, random};

/// Shared memory of the tensor-core kernels; see the layouts at the head of their files.
const FORWARD_SHARED: u32 = (128 + 2 * 2 * 64) * 128;
const BACKWARD_SHARED: u32 = 3 * 128 * 128 + 2 * 2 * 64 * 128 + 2 * 64 * 8 + 32;
const MASKS: u32 = 2 * 4 * 4 * (64 + 8) * 4;

/// The largest head dimension that `attention_any.cu` and `decode.cu` hold in registers.
const MAX_DIMENSION: usize = 256;

pub fn check_dimension(device: &Cuda, heads: Heads) -> Result<()> {
    if heads.dimension > MAX_DIMENSION {
        return Err(device.driver.error(format!(
            "head dimension {}: the kernels know those up to {MAX_DIMENSION}",
            heads.dimension
        )));
    }
    Ok(())
}

/// Whether the tensor-core kernels take it.
fn on_tensor_cores(device: &Cuda, heads: Heads) -> bool {
    device.precision == Precision::Bf16 && matches!(heads.dimension, 32 | 64)
}

/// Dynamic shared memory of a tensor-core kernel.
pub fn shared(kernel: &str) -> Option<u32> {
    let masks = if kernel.ends_with("_dropout") { MASKS } else { 0 };
    match kernel.trim_end_matches("_dropout") {
        "attention_forward_32" | "attention_forward_64" => Some(FORWARD_SHARED),
        "attention_backward_32" | "attention_backward_64" => Some(BACKWARD_SHARED + masks),
        _ => None,
    }
}

fn arguments(device: &Cuda, heads: Heads, segments: &Segments, qkv: &Buffer, dropout: &Dropout) -> Result<Attention> {
    let hidden = heads.hidden();
    check_dimension(device, heads)?;
    device.aligned("the hidden size", hidden)?;
    device.holds("queries, keys and values", qkv, segments.tokens * 3 * hidden)?;
    Ok(Attention {
        qkv: qkv.address(),
        output: 0,
        log_sum_exp: 0,
        tasks: segments.forward.tasks(),
        output_gradient: 0,
        qkv_gradient: 0,
        statistics: 0,
        query_sums: 0,
        first_tiles: segments.forward.first_tiles(),
        tokens: segments.tokens as i32,
        hidden: hidden as i32,
        tiles: segments.tiles as i32,
        slots: segments.slots as i32,
        scale: heads.scale(),
        scale_log2: heads.scale() * std::f32::consts::LOG2_E,
        dropout: arguments::Dropout::new(dropout, random::attention_threshold),
    })
}

/// Grid, block and arguments of the kernels without tensor cores: a warp per token and head.
fn by_token(segments: &Segments, heads: Heads, arguments: Attention) -> (Shape, Attention) {
    let shape = Shape {
        grid: (segments.tokens.div_ceil(4) as u32, heads.count as u32, 1),
        block: 128,
        shared: 0,
    };
    let arguments = Attention {
        tasks: segments.whole.tasks(),
        tiles: segments.whole.count as i32,
        ..arguments
    };
    (shape, arguments)
}

pub fn forward(
    device: &Cuda,
    heads: Heads,
    segments: &Segments,
    qkv: &Buffer,
    dropout: Dropout,
    log_sum_exp: Option<&mut Buffer>,
    output: &mut Buffer,
) -> Result<()> {
    device.holds("the output", output, segments.tokens * heads.hidden())?;
    if let Some(kept) = &log_sum_exp {
        device.holds("log-sum-exp", kept, segments.tokens * heads.count)?;
    }
    let arguments = Attention {
        output: output.address(),
        log_sum_exp: log_sum_exp.map_or(0, |buffer| buffer.address()),
        ..arguments(device, heads, segments, qkv, &dropout)?
    };
    if !on_tensor_cores(device, heads) {
        let (shape, arguments) = by_token(segments, heads, arguments);
        let (name, dimension) = (
            device.pick("attention_forward_any_bf16", "attention_forward_any_f32"),
            heads.dimension as i32,
        );
        // SAFETY: sizes were checked; every token lies in a segment.
        return unsafe { launch!(device.driver, name, shape, arguments, dimension) };
    }
    let name = match (heads.dimension, dropout.is_active()) {
        (64, false) => "attention_forward_64",
        (64, true) => "attention_forward_64_dropout",
        (_, false) => "attention_forward_32",
        (_, true) => "attention_forward_32_dropout",
    };
    let shape = Shape {
        grid: (segments.forward.count as u32, heads.count as u32, 1),
        block: 128,
        shared: FORWARD_SHARED,
    };
    // SAFETY: sizes were checked; tasks cover the batch's queries once.
    unsafe { launch!(device.driver, name, shape, arguments) }
}

pub fn backward(
    device: &Cuda,
    heads: Heads,
    segments: &Segments,
    qkv: &Buffer,
    (output, log_sum_exp, output_gradient): (&Buffer, &Buffer, &Buffer),
    dropout: Dropout,
    qkv_gradient: &mut Buffer,
) -> Result<()> {
    let (tokens, hidden) = (segments.tokens, heads.hidden());
    device.holds("the output", output, tokens * hidden)?;
    device.holds("the output's gradient", output_gradient, tokens * hidden)?;
    device.holds("log-sum-exp", log_sum_exp, tokens * heads.count)?;
    device.holds(
        "the gradient of queries, keys and values",
        qkv_gradient,
        tokens * 3 * hidden,
    )?;
    let (driver, scratch) = (&device.driver, &mut *device.scratch());
    let base = Attention {
        output: output.address(),
        log_sum_exp: log_sum_exp.address(),
        output_gradient: output_gradient.address(),
        qkv_gradient: qkv_gradient.address(),
        statistics: scratch.get(driver, Area::AttentionStatistics, heads.count * tokens * 8)?,
        ..arguments(device, heads, segments, qkv, &dropout)?
    };
    if !on_tensor_cores(device, heads) {
        let (shape, arguments) = by_token(segments, heads, base);
        let dimension = heads.dimension as i32;
        let queries = device.pick("attention_query_gradient_any_bf16", "attention_query_gradient_any_f32");
        let keys = device.pick("attention_key_gradient_any_bf16", "attention_key_gradient_any_f32");
        // SAFETY: sizes were checked; every token lies in a segment.
        return unsafe {
            launch!(driver, queries, shape, arguments, dimension)?;
            launch!(driver, keys, shape, arguments, dimension)
        };
    }
    let sums = segments.slots * segments.tiles * 64 * hidden * 4;
    let by_slot = Attention {
        tasks: segments.backward.tasks(),
        first_tiles: segments.backward.first_tiles(),
        query_sums: scratch.get(driver, Area::QuerySums, sums)?,
        ..base
    };
    let by_tile = Attention {
        tasks: segments.query_tiles.tasks(),
        first_tiles: segments.query_tiles.first_tiles(),
        ..by_slot
    };
    let (statistics, name, finish) = match (heads.dimension, dropout.is_active()) {
        (64, false) => (
            "attention_statistics_64",
            "attention_backward_64",
            "attention_query_gradient_64",
        ),
        (64, true) => (
            "attention_statistics_64",
            "attention_backward_64_dropout",
            "attention_query_gradient_64",
        ),
        (_, false) => (
            "attention_statistics_32",
            "attention_backward_32",
            "attention_query_gradient_32",
        ),
        (_, true) => (
            "attention_statistics_32",
            "attention_backward_32_dropout",
            "attention_query_gradient_32",
        ),
    };
    let shape = Shape {
        grid: (segments.backward.count as u32, heads.count as u32, 1),
        block: 256,
        shared: BACKWARD_SHARED + if dropout.is_active() { MASKS } else { 0 },
    };
    let rows = Shape {
        grid: (tokens.div_ceil(64) as u32, heads.count as u32, 1),
        block: 256,
        shared: 0,
    };
    let tiles = Shape {
        grid: (segments.query_tiles.count as u32, heads.count as u32, 1),
        block: 256,
        shared: 0,
    };
    // SAFETY: sizes were checked; slots' sums have room for every tile of every head.
    unsafe {
        launch!(driver, statistics, rows, base)?;
        launch!(driver, name, shape, by_slot)?;
        launch!(driver, finish, tiles, by_tile)
    }
}
