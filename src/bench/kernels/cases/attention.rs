//! Attention, pooling and decoding.

use std::sync::Arc;

use super::*;
use crate::bench::Draws;

/// A packed batch of the scale's attention: bounds, prefixes, and pairs of query and key that see each other.
fn packed(scale: &Scale) -> (Vec<u32>, Vec<u32>, usize) {
    let (mut draws, mut starts, mut prefixes, mut pairs) = (Draws::new(3), vec![0], Vec::new(), 0);
    loop {
        let prefix = draws.between(scale.lengths[0].0, scale.lengths[0].1);
        let length = prefix + draws.between(scale.lengths[1].0, scale.lengths[1].1);
        let end = starts[starts.len() - 1] + length;
        if end as usize > scale.attention.0 {
            return (starts, prefixes, pairs);
        }
        starts.push(end);
        prefixes.push(prefix);
        pairs += (0..length).map(|i| prefix.max(i + 1) as usize).sum::<usize>();
    }
}

pub fn attention(device: &Arc<Cuda>, scale: &Scale, dimension: usize, probability: f32) -> Result<Case> {
    let heads = Heads {
        count: scale.attention.1,
        dimension,
    };
    let (hidden, e) = (heads.hidden(), element(device));
    let (starts, prefixes, pairs) = packed(scale);
    let tokens = starts[prefixes.len()] as usize;
    device.prepare(&Limits {
        tokens,
        segments: prefixes.len(),
        targets: 8,
        hidden,
        intermediate: hidden,
        vocabulary: 8,
        heads: heads.count,
        training: true,
    })?;
    let mut segments = device.segments(tokens, prefixes.len())?;
    device.write_segments(&mut segments, &starts, &prefixes)?;
    let (qkv, gradient) = (
        activations(device, 3 * tokens * hidden)?,
        activations(device, tokens * hidden)?,
    );
    let (mut output, mut sums) = (
        device.activations(tokens * hidden)?,
        device.floats(tokens * heads.count)?,
    );
    let mut back = device.activations(3 * tokens * hidden)?;
    let dropout = Dropout { probability, ..DROPOUT };
    let (rows, statistics) = (tokens * hidden * e, tokens * heads.count * 4);
    let flops = |products: usize| 2 * products * heads.dimension * pairs * heads.count;
    // Sums of query gradients: per query, one row of f32 for every slot that holds keys it sees.
    let sums_rows: usize = starts
        .windows(2)
        .zip(&prefixes)
        .flat_map(|(pair, prefix)| (0..pair[1] - pair[0]).map(|query| (*prefix).max(query + 1).div_ceil(128) as usize))
        .map(|blocks| blocks.min(segments.slots))
        .sum();
    let query_sums = sums_rows * hidden * 4;
    let on_tensor_cores = |names: [&'static str; 4]| {
        let [forward, before, backward, after] = names;
        vec![
            tensor(forward, 4 * rows + statistics, flops(2)),
            memory(before, 2 * rows + 3 * statistics),
            tensor(backward, 7 * rows + query_sums + 2 * statistics, flops(5)),
            memory(after, query_sums + rows),
        ]
    };
    let work = match (device.precision(), dimension, probability > 0.0) {
        (Precision::Bf16, 64, false) => on_tensor_cores([
            "attention_forward_64",
            "attention_statistics_64",
            "attention_backward_64",
            "attention_query_gradient_64",
        ]),
        (Precision::Bf16, 64, true) => on_tensor_cores([
            "attention_forward_64_dropout",
            "attention_statistics_64",
            "attention_backward_64_dropout",
            "attention_query_gradient_64",
        ]),
        (Precision::Bf16, 32, false) => on_tensor_cores([
            "attention_forward_32",
            "attention_statistics_32",
            "attention_backward_32",
            "attention_query_gradient_32",
        ]),
        (Precision::Bf16, 32, true) => on_tensor_cores([
            "attention_forward_32_dropout",
            "attention_statistics_32",
            "attention_backward_32_dropout",
            "attention_query_gradient_32",
        ]),
        // For validation, and for head dimensions that the tensor cores' kernels do not take.
        (Precision::Bf16, ..) => vec![
            latency("attention_forward_any_bf16"),
            latency("attention_query_gradient_any_bf16"),
            latency("attention_key_gradient_any_bf16"),
        ],
        (Precision::F32, ..) => vec![
            latency("attention_forward_any_f32"),
            latency("attention_query_gradient_any_f32"),
            latency("attention_key_gradient_any_f32"),
        ],
    };
    let device = device.clone();
    let drops = if probability > 0.0 { ", dropout" } else { "" };
    Ok(Case {
        name: format!(
            "attention, head dimension {dimension}{drops}: {tokens} tokens in {} segments, {} heads",
            prefixes.len(),
            heads.count
        ),
        work,
        run: Box::new(move || {
            device.attention(heads, &segments, &qkv, dropout, Some(&mut sums), &mut output)?;
            device.attention_backward(heads, &segments, &qkv, &output, &sums, &gradient, dropout, &mut back)
        }),
    })
}

pub fn pooling(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (starts, prefixes, _) = packed(scale);
    let (tokens, columns, e) = (starts[prefixes.len()] as usize, scale.hidden, element(device));
    let mut segments = device.segments(tokens, prefixes.len())?;
    device.write_segments(&mut segments, &starts, &prefixes)?;
    let (hidden, mut pooled) = (
        activations(device, tokens * columns)?,
        device.floats(prefixes.len() * columns)?,
    );
    let moved = tokens * columns * e + prefixes.len() * (columns * 4 + 8);
    let device = device.clone();
    Ok(Case {
        name: format!("mean pooling: {tokens} tokens in {} segments", prefixes.len()),
        work: vec![memory(pick(&device, "mean_pool_bf16", "mean_pool_f32"), moved)],
        run: Box::new(move || device.mean_pool(&segments, &hidden, columns, true, &mut pooled)),
    })
}

pub fn decoding(device: &Arc<Cuda>, scale: &Scale, dimension: usize) -> Result<Case> {
    const K: usize = 5;
    const STEP: usize = 31;
    let heads = Heads {
        dimension,
        ..scale.heads
    };
    let (hidden, e) = (heads.hidden(), element(device));
    // Wide enough that the few results count for little.
    let vocabulary = scale.vocabulary.max(8192);
    let (rows, prefix) = scale.decode;
    let starts: Vec<u32> = (0..=rows).map(|row| (row * prefix) as u32).collect();
    let (starts, sequences) = (
        indices(device, &starts)?,
        indices(device, &(0..rows as u32).collect::<Vec<_>>())?,
    );
    let ancestors: Vec<u32> = (0..rows as u32).flat_map(|row| [row; STEP + 1]).collect();
    let ancestors = indices(device, &ancestors)?;
    let cache = || -> Result<_> {
        Ok((
            activations(device, rows * prefix * hidden)?,
            activations(device, rows * (STEP + 1) * hidden)?,
        ))
    };
    let ((prefix_keys, mut keys), (prefix_values, mut cached)) = (cache()?, cache()?);
    let (qkv, mut output) = (
        activations(device, 3 * rows * hidden)?,
        device.activations(rows * hidden)?,
    );
    let logits = floats(device, rows * vocabulary)?;
    let (mut best, mut scores) = (device.indices(rows * K)?, device.floats(rows * K)?);
    let seen = rows * (prefix + STEP + 1);
    let moved = 2 * seen * hidden * e + 2 * rows * hidden * e + 4 * rows * (STEP + 1);
    let (attend, combine) = match (device.precision(), dimension) {
        (Precision::Bf16, 64) => (memory("decode_attention_64", moved), "decode_combine_64"),
        (Precision::Bf16, 32) => (memory("decode_attention_32", moved), "decode_combine_32"),
        (Precision::Bf16, _) => (latency("decode_attention_any_bf16"), "decode_combine_any_bf16"),
        (Precision::F32, _) => (latency("decode_attention_any_f32"), "decode_combine_any_f32"),
    };
    let work = vec![
        latency(pick(device, "append_cache_bf16", "append_cache_f32")),
        attend,
        latency(combine),
        memory("top_k", rows * (4 * vocabulary + 8 * K)),
    ];
    let shape = DecodeShape {
        heads,
        rows,
        row_capacity: rows,
        step: STEP,
        step_capacity: STEP + 1,
    };
    let device = device.clone();
    Ok(Case {
        name: format!(
            "decoding, head dimension {dimension}: {rows} hypotheses, {} keys each, {K} best of {vocabulary}",
            prefix + STEP + 1
        ),
        work,
        run: Box::new(move || {
            device.append_cache(&qkv, rows, hidden, STEP * rows, &mut keys, &mut cached)?;
            device.decode_attention(
                &shape,
                &qkv,
                &prefix_keys,
                &prefix_values,
                &starts,
                &sequences,
                &keys,
                &cached,
                &ancestors,
                &mut output,
            )?;
            device.top_k(&logits, rows, vocabulary, K, &mut best, &mut scores)
        }),
    })
}
