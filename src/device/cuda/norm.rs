//! Launchers of `kernels/layer_norm.cu` and `kernels/embedding_backward.cu`.

use super::arguments::{Dropout as DropoutArguments, Norm};
use super::driver::{Driver, Shape, launch};
use super::scratch::Area;
use super::{Buffer, Cuda, float_at};
use crate::device::{Dropout, Embedding, LayerNorm, NormState, Parameters, Result, Span, random};

/// Columns that one warp holds in registers.
const COLUMNS_PER_WARP: usize = 1024;
/// Threads to a block at most (the kernels' launch bounds).
const MOST_THREADS: usize = 256;

/// Warps to a row, and rows that a block of about 128 threads takes at once.
fn shape(device: &Cuda, hidden: usize) -> Result<(usize, usize)> {
    device.aligned("the hidden size", hidden)?;
    let warps = hidden.div_ceil(COLUMNS_PER_WARP);
    if warps * 32 > MOST_THREADS {
        return Err(device.driver.error(format!(
            "hidden size {hidden}: layer norm knows sizes up to {}",
            MOST_THREADS / 32 * COLUMNS_PER_WARP
        )));
    }
    Ok((warps, (4 / warps).max(1)))
}

/// Blocks of the backward kernels, each with column sums of its own.
pub fn backward_blocks(driver: &Driver) -> usize {
    2 * driver.multiprocessors
}

fn arguments(parameters: &Parameters<Cuda>, norm: &LayerNorm, rows: usize, warps: usize, dropout: &Dropout) -> Norm {
    Norm {
        input: 0,
        residual: 0,
        words: 0,
        positions: 0,
        types: 0,
        tokens: 0,
        position_ids: 0,
        weight: float_at(parameters.master, norm.weight.offset),
        bias: float_at(parameters.master, norm.bias.offset),
        output: 0,
        dropped: 0,
        normalized: 0,
        inverse_deviation: 0,
        partials: 0,
        rows: rows as i32,
        hidden: norm.weight.length as i32,
        warps: warps as i32,
        epsilon: norm.epsilon,
        dropout: DropoutArguments::new(dropout, random::hidden_threshold),
    }
}

fn check_state(device: &Cuda, state: &NormState<Cuda>, rows: usize, hidden: usize) -> Result<()> {
    device.holds("the normalized rows", &state.normalized, rows * hidden)?;
    device.holds("the inverse deviations", &state.inverse_deviation, rows)
}

/// Shared memory for the column sums of a block that holds several rows at once.
fn column_bytes(sums: usize, warps: usize) -> u32 {
    (sums * warps * COLUMNS_PER_WARP * 4) as u32
}

/// Dynamic shared memory of a backward kernel with one warp to a row.
pub fn shared(kernel: &str) -> Option<u32> {
    match kernel.split_once("_backward")?.0 {
        "embed" => Some(column_bytes(3, 1)),
        "add_layer_norm" => Some(column_bytes(2, 1)),
        _ => None,
    }
}

fn forward_shape(rows: usize, warps: usize, groups: usize) -> Shape {
    Shape {
        grid: (rows.div_ceil(groups) as u32, 1, 1),
        block: (32 * warps * groups) as u32,
        shared: 0,
    }
}

#[allow(clippy::too_many_arguments)]
pub fn embed(
    device: &Cuda,
    parameters: Parameters<Cuda>,
    embedding: &Embedding,
    (tokens, positions): (&Buffer, &Buffer),
    rows: usize,
    dropout: Dropout,
    state: Option<&mut NormState<Cuda>>,
    output: &mut Buffer,
) -> Result<()> {
    let hidden = embedding.words.inputs;
    let (warps, groups) = shape(device, hidden)?;
    device.holds("the tokens", tokens, rows)?;
    device.holds("the positions", positions, rows)?;
    device.holds("the output", output, rows * hidden)?;
    let mut arguments = Norm {
        words: float_at(parameters.master, embedding.words.offset),
        positions: float_at(parameters.master, embedding.positions.offset),
        types: float_at(parameters.master, embedding.types.offset),
        tokens: tokens.address(),
        position_ids: positions.address(),
        output: output.address(),
        ..arguments(&parameters, &embedding.layer_norm, rows, warps, &dropout)
    };
    if let Some(state) = state {
        check_state(device, state, rows, hidden)?;
        arguments.normalized = state.normalized.address();
        arguments.inverse_deviation = state.inverse_deviation.address();
    }
    // SAFETY: sizes were checked; tokens and positions are rows of their tables (the batch's promise).
    unsafe {
        launch!(
            device.driver,
            device.pick("embed_bf16", "embed_f32"),
            forward_shape(rows, warps, groups),
            arguments
        )
    }
}

#[allow(clippy::too_many_arguments)]
pub fn add_layer_norm(
    device: &Cuda,
    parameters: Parameters<Cuda>,
    norm: &LayerNorm,
    (input, residual): (&Buffer, &Buffer),
    rows: usize,
    dropout: Dropout,
    state: Option<&mut NormState<Cuda>>,
    output: &mut Buffer,
) -> Result<()> {
    let hidden = norm.weight.length;
    let (warps, groups) = shape(device, hidden)?;
    device.holds("the input", input, rows * hidden)?;
    device.holds("the residual", residual, rows * hidden)?;
    device.holds("the output", output, rows * hidden)?;
    let mut arguments = Norm {
        input: input.address(),
        residual: residual.address(),
        output: output.address(),
        ..arguments(&parameters, norm, rows, warps, &dropout)
    };
    if let Some(state) = state {
        check_state(device, state, rows, hidden)?;
        arguments.normalized = state.normalized.address();
        arguments.inverse_deviation = state.inverse_deviation.address();
    }
    let name = device.pick("add_layer_norm_bf16", "add_layer_norm_f32");
    // SAFETY: sizes were checked.
    unsafe { launch!(device.driver, name, forward_shape(rows, warps, groups), arguments) }
}

/// Queues a backward kernel and the sums of its blocks' columns into the gradients at `spans`.
fn backward(
    device: &Cuda,
    name: &'static str,
    mut arguments: Norm,
    (warps, groups): (usize, usize),
    spans: &[Span],
    gradients: &Buffer,
) -> Result<()> {
    let (rows, hidden, sums) = (arguments.rows as usize, arguments.hidden as usize, spans.len());
    for span in spans {
        device.holds("the gradients", gradients, span.offset + hidden)?;
    }
    if rows == 0 {
        return Ok(());
    }
    let blocks = rows.div_ceil(groups).min(backward_blocks(&device.driver));
    let partials = device
        .scratch()
        .get(&device.driver, Area::Columns, blocks * sums * hidden * 4)?;
    arguments.partials = partials;
    let grid = Shape {
        grid: (blocks as u32, 1, 1),
        block: (32 * warps * groups) as u32,
        shared: if groups > 1 { column_bytes(sums, warps) } else { 0 },
    };
    let reduce = Shape {
        grid: (hidden.div_ceil(32) as u32, sums as u32, 1),
        block: 256,
        shared: 0,
    };
    let at = |index: usize| spans.get(index).map_or(0, |span| float_at(gradients, span.offset));
    let (first, second, third) = (at(0), at(1), at(2));
    let (blocks, sums, width) = (blocks as i32, sums as i32, hidden as i32);
    // SAFETY: the callers checked the rows' buffers, and the gradients were checked above.
    unsafe {
        launch!(device.driver, name, grid, arguments)?;
        launch!(
            device.driver,
            "column_reduce",
            reduce,
            partials,
            blocks,
            sums,
            width,
            first,
            second,
            third
        )
    }
}

#[allow(clippy::too_many_arguments)]
pub fn add_layer_norm_backward(
    device: &Cuda,
    parameters: Parameters<Cuda>,
    norm: &LayerNorm,
    output_gradient: &Buffer,
    rows: usize,
    dropout: Dropout,
    state: &NormState<Cuda>,
    (residual_gradient, input_gradient): (&mut Buffer, Option<&mut Buffer>),
    gradients: &mut Buffer,
) -> Result<()> {
    let hidden = norm.weight.length;
    let shape = shape(device, hidden)?;
    check_state(device, state, rows, hidden)?;
    device.holds("the output's gradient", output_gradient, rows * hidden)?;
    device.holds("the residual's gradient", residual_gradient, rows * hidden)?;
    if let Some(buffer) = &input_gradient {
        device.holds("the input's gradient", buffer, rows * hidden)?;
    }
    let arguments = Norm {
        input: output_gradient.address(),
        output: residual_gradient.address(),
        dropped: input_gradient.map_or(0, |buffer| buffer.address()),
        normalized: state.normalized.address(),
        inverse_deviation: state.inverse_deviation.address(),
        ..arguments(&parameters, norm, rows, shape.0, &dropout)
    };
    let name = device.pick("add_layer_norm_backward_bf16", "add_layer_norm_backward_f32");
    backward(device, name, arguments, shape, &[norm.weight, norm.bias], gradients)
}

#[allow(clippy::too_many_arguments)]
pub fn embed_backward(
    device: &Cuda,
    parameters: Parameters<Cuda>,
    embedding: &Embedding,
    (tokens, positions): (&Buffer, &Buffer),
    rows: usize,
    dropout: Dropout,
    state: &NormState<Cuda>,
    output_gradient: &mut Buffer,
    gradients: &mut Buffer,
) -> Result<()> {
    let (hidden, norm) = (embedding.words.inputs, &embedding.layer_norm);
    let shape = shape(device, hidden)?;
    check_state(device, state, rows, hidden)?;
    device.holds("the tokens", tokens, rows)?;
    device.holds("the positions", positions, rows)?;
    device.holds("the output's gradient", output_gradient, rows * hidden)?;
    device.holds(
        "the gradients",
        gradients,
        embedding.words.offset + embedding.words.outputs * hidden,
    )?;
    let gradient = output_gradient.address();
    // In place: every thread reads what it overwrites.
    let arguments = Norm {
        input: gradient,
        output: gradient,
        normalized: state.normalized.address(),
        inverse_deviation: state.inverse_deviation.address(),
        ..arguments(&parameters, norm, rows, shape.0, &dropout)
    };
    let name = device.pick("embed_backward_bf16", "embed_backward_f32");
    let types = Span {
        offset: embedding.types.offset,
        length: hidden,
    };
    backward(
        device,
        name,
        arguments,
        shape,
        &[norm.weight, norm.bias, types],
        gradients,
    )?;
    let scatter = device.pick("embedding_scatter_bf16", "embedding_scatter_f32");
    let grid = Shape {
        grid: (rows as u32, 1, 1),
        block: 128,
        shared: 0,
    };
    let (count, width) = (rows as i32, hidden as i32);
    for (ids, table) in [
        (tokens, embedding.words.offset),
        (positions, embedding.positions.offset),
    ] {
        let (ids, table) = (ids.address(), float_at(gradients, table));
        // SAFETY: sizes were checked; ids are rows of their tables (the batch's promise).
        unsafe { launch!(device.driver, scatter, grid, ids, gradient, count, width, table)? };
    }
    Ok(())
}
