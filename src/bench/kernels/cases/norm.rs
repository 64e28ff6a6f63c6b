//! Embedding and layer norm.

use std::sync::Arc;

use super::*;
use crate::bench::Draws;

/// An embedding of `vocabulary` words and 1,026 positions, its ids, and how many different ones there are.
struct Tables {
    embedding: Embedding,
    layer: Layer,
    ids: [<Cuda as Device>::Indices; 2],
    distinct: [usize; 2],
}

impl Tables {
    fn new(device: &Cuda, scale: &Scale) -> Result<Tables> {
        const POSITIONS: usize = 1026;
        let (hidden, rows) = (768.min(scale.hidden * 3), scale.rows);
        let mut layer = Layer::new(device, hidden, scale.vocabulary)?;
        let mut place = layer.bias.offset.next_multiple_of(64) + scale.vocabulary.next_multiple_of(64);
        let mut span = |length: usize| {
            let span = Span { offset: place, length };
            place += length.next_multiple_of(64);
            span
        };
        let (positions, types, weight, bias) = (span(POSITIONS * hidden), span(hidden), span(hidden), span(hidden));
        layer.master = floats(device, place)?;
        let embedding = Embedding {
            words: layer.matrix,
            positions,
            types,
            layer_norm: LayerNorm {
                weight,
                bias,
                epsilon: 1e-5,
            },
        };
        let mut draws = Draws::new(2);
        // A few words make most of a text: the square of an even draw.
        let words: Vec<u32> = (0..rows)
            .map(|_| {
                let draw = u64::from(draws.between(0, u32::MAX - 1)) >> 16;
                ((draw * draw * scale.vocabulary as u64) >> 32) as u32
            })
            .collect();
        let places: Vec<u32> = (0..rows as u32).map(|row| 2 + row % 700).collect();
        let distinct = |ids: &[u32]| ids.iter().collect::<std::collections::HashSet<_>>().len();
        Ok(Tables {
            embedding,
            ids: [indices(device, &words)?, indices(device, &places)?],
            distinct: [distinct(&words), distinct(&places)],
            layer,
        })
    }
}

pub fn embed(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let tables = Tables::new(device, scale)?;
    let (rows, hidden, e) = (scale.rows, tables.embedding.words.inputs, element(device));
    let (mut kept, mut output) = (state(device, rows, hidden)?, device.activations(rows * hidden)?);
    let moved = (tables.distinct[0] + tables.distinct[1] + 3) * hidden * 4 + rows * (2 * hidden * e + 12);
    let device = device.clone();
    Ok(Case {
        name: format!("embedding, {rows} × {hidden}"),
        work: vec![memory(pick(&device, "embed_bf16", "embed_f32"), moved)],
        run: Box::new(move || {
            let (parameters, embedding) = (tables.layer.parameters(), &tables.embedding);
            let [words, places] = &tables.ids;
            device.embed(
                parameters,
                embedding,
                words,
                places,
                rows,
                DROPOUT,
                Some(&mut kept),
                &mut output,
            )
        }),
    })
}

pub fn embed_backward(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let tables = Tables::new(device, scale)?;
    let (rows, hidden, e) = (scale.rows, tables.embedding.words.inputs, element(device));
    let (kept, mut gradient) = (state(device, rows, hidden)?, activations(device, rows * hidden)?);
    let mut gradients = device.floats(tables.embedding.layer_norm.bias.offset + hidden.next_multiple_of(64))?;
    let norm = rows * (2 * hidden * e + 4) + hidden * 4;
    let of_tables = (tables.distinct[0] + tables.distinct[1]) * hidden * 4;
    let scatter = memory(
        pick(device, "embedding_scatter_bf16", "embedding_scatter_f32"),
        2 * rows * (hidden * e + 4) + 2 * of_tables,
    );
    let backward = memory(
        pick(device, "embed_backward_bf16", "embed_backward_f32"),
        norm + rows * hidden * e,
    );
    let device = device.clone();
    Ok(Case {
        name: format!("embedding backward, {rows} × {hidden}"),
        work: vec![backward, latency("column_reduce"), scatter],
        run: Box::new(move || {
            let (parameters, embedding) = (tables.layer.parameters(), &tables.embedding);
            let [words, places] = &tables.ids;
            device.embed_backward(
                parameters,
                embedding,
                words,
                places,
                rows,
                DROPOUT,
                &kept,
                &mut gradient,
                &mut gradients,
            )
        }),
    })
}

/// A layer norm of its own parameters.
fn norm(device: &Cuda, hidden: usize) -> Result<(LayerNorm, Layer)> {
    let layer = Layer::new(device, hidden, 8)?;
    let span = |offset| Span { offset, length: hidden };
    let norm = LayerNorm {
        weight: span(0),
        bias: span(hidden.next_multiple_of(64)),
        epsilon: 1e-5,
    };
    Ok((norm, layer))
}

pub fn add_layer_norm(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (rows, hidden, e) = (scale.rows, 768.min(scale.hidden * 3), element(device));
    let (norm, layer) = norm(device, hidden)?;
    let (input, residual) = (activations(device, rows * hidden)?, activations(device, rows * hidden)?);
    let (mut kept, mut output) = (state(device, rows, hidden)?, device.activations(rows * hidden)?);
    let moved = rows * (4 * hidden * e + 4) + 2 * hidden * 4;
    let device = device.clone();
    Ok(Case {
        name: format!("residual, dropout, layer norm, {rows} × {hidden}"),
        work: vec![memory(
            pick(&device, "add_layer_norm_bf16", "add_layer_norm_f32"),
            moved,
        )],
        run: Box::new(move || {
            let parameters = layer.parameters();
            let kept = Some(&mut kept);
            device.add_layer_norm(parameters, &norm, &input, &residual, rows, DROPOUT, kept, &mut output)
        }),
    })
}

pub fn add_layer_norm_backward(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (rows, hidden, e) = (scale.rows, 768.min(scale.hidden * 3), element(device));
    let (norm, layer) = norm(device, hidden)?;
    let (kept, gradient) = (state(device, rows, hidden)?, activations(device, rows * hidden)?);
    let (mut residual, mut input) = (device.activations(rows * hidden)?, device.activations(rows * hidden)?);
    let mut gradients = device.floats(2 * hidden.next_multiple_of(64))?;
    let moved = rows * (4 * hidden * e + 4) + hidden * 4;
    let name = pick(device, "add_layer_norm_backward_bf16", "add_layer_norm_backward_f32");
    let device = device.clone();
    Ok(Case {
        name: format!("layer norm backward, {rows} × {hidden}"),
        work: vec![memory(name, moved), latency("column_reduce")],
        run: Box::new(move || {
            let input = Some(&mut input);
            let parameters = layer.parameters();
            device.add_layer_norm_backward(
                parameters,
                &norm,
                &gradient,
                rows,
                DROPOUT,
                &kept,
                &mut residual,
                input,
                &mut gradients,
            )
        }),
    })
}
