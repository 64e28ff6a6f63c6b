//! Launchers of `kernels/decode.cu`: cache append, attention of one query per hypothesis, top-k.

use super::driver::{Shape, launch};
use super::scratch::Area;
use super::{Buffer, Cuda};
use super::{arguments, attention};
use crate::device::{DecodeShape, Precision, Result};

/// Keys and values of the programs.
pub struct Prefix<'a> {
    pub keys: &'a Buffer,
    pub values: &'a Buffer,
    pub starts: &'a Buffer,
    pub sequences: &'a Buffer,
}

/// Keys and values of what was generated.
pub struct Generated<'a> {
    pub keys: &'a Buffer,
    pub values: &'a Buffer,
    pub ancestors: &'a Buffer,
}

pub fn append_cache(
    device: &Cuda,
    qkv: &Buffer,
    rows: usize,
    hidden: usize,
    first_row: usize,
    keys: &mut Buffer,
    values: &mut Buffer,
) -> Result<()> {
    device.aligned("the hidden size", hidden)?;
    device.holds("the projections", qkv, rows * 3 * hidden)?;
    device.holds("the key cache", keys, (first_row + rows) * hidden)?;
    device.holds("the value cache", values, (first_row + rows) * hidden)?;
    let (from, to_keys, to_values) = (qkv.address(), keys.address(), values.address());
    let (count, width, first) = (rows as i32, hidden as i32, first_row as i32);
    let shape = Shape::cover(rows * device.vectors(hidden), 256);
    let name = device.pick("append_cache_bf16", "append_cache_f32");
    // SAFETY: sizes were checked.
    unsafe {
        launch!(
            device.driver,
            name,
            shape,
            from,
            count,
            width,
            first,
            to_keys,
            to_values
        )
    }
}

pub fn decode_attention(
    device: &Cuda,
    shape: &DecodeShape,
    qkv: &Buffer,
    prefix: &Prefix,
    generated: &Generated,
    output: &mut Buffer,
) -> Result<()> {
    /// Keys to a split: enough work for a warp, few enough partial results.
    const SHARE: usize = 128;
    const MAX_SPLITS: usize = 16;
    let (heads, rows, hidden) = (shape.heads, shape.rows, shape.heads.hidden());
    device.holds("the projections", qkv, rows * 3 * hidden)?;
    device.holds("the output", output, rows * hidden)?;
    device.holds("the ancestor table", generated.ancestors, rows * shape.step_capacity)?;
    device.holds(
        "the generated keys",
        generated.keys,
        (shape.step + 1) * shape.row_capacity * hidden,
    )?;
    let (attend, combine) = match (device.precision, heads.dimension) {
        (Precision::Bf16, 64) => ("decode_attention_64", "decode_combine_64"),
        (Precision::Bf16, 32) => ("decode_attention_32", "decode_combine_32"),
        (Precision::Bf16, _) => ("decode_attention_any_bf16", "decode_combine_any_bf16"),
        (Precision::F32, _) => ("decode_attention_any_f32", "decode_combine_any_f32"),
    };
    attention::check_dimension(device, heads)?;
    // The longest possible sequence: the prefix cache's rows bound every program's own.
    let longest = prefix.keys.length / hidden.max(1) + shape.step + 1;
    let idle = (4 * device.driver.multiprocessors).div_ceil((rows * heads.count).max(1));
    let splits = longest.div_ceil(SHARE).min(idle).clamp(1, MAX_SPLITS);
    let parts = rows * heads.count * splits;
    let partials = device
        .scratch()
        .get(&device.driver, Area::Decode, parts * (heads.dimension + 2) * 4)?;
    let arguments = arguments::Decode {
        qkv: qkv.address(),
        prefix_keys: prefix.keys.address(),
        prefix_values: prefix.values.address(),
        prefix_starts: prefix.starts.address(),
        sequences: prefix.sequences.address(),
        keys: generated.keys.address(),
        values: generated.values.address(),
        ancestors: generated.ancestors.address(),
        output: output.address(),
        partials,
        rows: rows as i32,
        heads: heads.count as i32,
        dimension: heads.dimension as i32,
        hidden: hidden as i32,
        row_capacity: shape.row_capacity as i32,
        step_capacity: shape.step_capacity as i32,
        step: shape.step as i32,
        splits: splits as i32,
        scale: heads.scale(),
    };
    let grid = Shape {
        grid: (splits as u32, heads.count as u32, rows as u32),
        block: 32,
        shared: 0,
    };
    // SAFETY: sizes were checked; bounds, sequences and ancestors name rows of the caches (the trait's contract).
    unsafe { launch!(device.driver, attend, grid, arguments)? };
    if splits > 1 {
        let grid = Shape {
            grid: (heads.count as u32, rows as u32, 1),
            block: 32,
            shared: 0,
        };
        // SAFETY: as above; every split left its partial result.
        unsafe { launch!(device.driver, combine, grid, arguments)? };
    }
    Ok(())
}

pub fn top_k(
    device: &Cuda,
    logits: &Buffer,
    rows: usize,
    vocabulary: usize,
    k: usize,
    tokens: &mut Buffer,
    log_probabilities: &mut Buffer,
) -> Result<()> {
    if k > vocabulary {
        return Err(device.driver.error(format!("the {k} best of {vocabulary} tokens")));
    }
    device.holds("the logits", logits, rows * vocabulary)?;
    device.holds("the tokens", tokens, rows * k)?;
    device.holds("the log probabilities", log_probabilities, rows * k)?;
    let (from, to_tokens, to_values) = (logits.address(), tokens.address(), log_probabilities.address());
    let (columns, best) = (vocabulary as i32, k as i32);
    let shape = Shape {
        grid: (rows as u32, 1, 1),
        block: 256,
        shared: 0,
    };
    // SAFETY: sizes were checked.
    unsafe { launch!(device.driver, "top_k", shape, from, columns, best, to_tokens, to_values) }
}
