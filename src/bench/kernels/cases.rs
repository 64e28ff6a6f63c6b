//! The kernels' operations at a model's shapes, each with what its kernels must move and compute.

use std::sync::Arc;

use crate::bench::Draws;
use crate::device::cuda::Cuda;
use crate::device::*;

/// Shapes that the cases take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Rows of the operations that only move memory.
    pub rows: usize,
    /// Rows of products and attention.
    pub tokens: usize,
    pub hidden: usize,
    pub intermediate: usize,
    pub vocabulary: usize,
    pub heads: Heads,
    /// Tokens and heads of attention's packed batch.
    pub attention: (usize, usize),
    /// Source and target lengths of the packed batch, both drawn evenly.
    pub lengths: [(u32, u32); 2],
    /// Hypotheses that are decoded together, and tokens of each one's prefix.
    pub decode: (usize, usize),
    pub parameters: usize,
}

impl Scale {
    /// The paper's model with 8,192 tokens a batch: for a card.
    pub const CARD: Scale = Scale {
        rows: 8192,
        tokens: 8192,
        hidden: 768,
        intermediate: 3072,
        vocabulary: 51_627,
        heads: Heads {
            count: 12,
            dimension: 64,
        },
        attention: (8192, 12),
        lengths: [(40, 255), (80, 763)],
        decode: (64, 512),
        parameters: 64 << 20,
    };
    /// For the software device: the paper's widths where memory alone is moved, small products, one head.
    pub const SOFTWARE: Scale = Scale {
        rows: 4096,
        tokens: 2048,
        hidden: 256,
        intermediate: 1024,
        vocabulary: 2000,
        heads: Heads {
            count: 4,
            dimension: 64,
        },
        attention: (8192, 1),
        lengths: [(40, 255), (80, 763)],
        decode: (8, 300),
        parameters: 1 << 20,
    };
}

/// What bounds a kernel's speed on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Memory,
    Tensor,
    /// So little work that its start is what it costs.
    Latency,
}

/// What one kernel of a case must do.
#[derive(Debug, Clone)]
pub struct Work {
    /// The kernel's name, or the beginning of it where tiles are chosen.
    pub kernel: &'static str,
    pub bound: Bound,
    /// Bytes that must cross DRAM: distinct bytes read, and distinct bytes written.
    pub moved: f64,
    /// Operations on the tensor cores that its result needs.
    pub flops: f64,
}

fn memory(kernel: &'static str, moved: usize) -> Work {
    Work {
        kernel,
        bound: Bound::Memory,
        moved: moved as f64,
        flops: 0.0,
    }
}

fn latency(kernel: &'static str) -> Work {
    Work {
        bound: Bound::Latency,
        ..memory(kernel, 0)
    }
}

fn tensor(kernel: &'static str, moved: usize, flops: usize) -> Work {
    Work {
        bound: Bound::Tensor,
        flops: flops as f64,
        ..memory(kernel, moved)
    }
}

/// One operation, ready to run again and again on buffers of its own.
pub struct Case {
    pub name: String,
    pub work: Vec<Work>,
    pub run: Box<dyn FnMut() -> Result<()>>,
}

/// Makes a case on a device.
pub type Builder = fn(&Arc<Cuda>, &Scale) -> Result<Case>;

/// All cases, in the order of a training step, then the update, then decoding.
pub const CASES: [Builder; 17] = [
    embed,
    embed_backward,
    add_layer_norm,
    add_layer_norm_backward,
    dense_forward,
    dense_gelu,
    dense_backward_input,
    dense_backward_weight,
    split_product,
    |device, scale| attention(device, scale, 0.0),
    |device, scale| attention(device, scale, 0.1),
    rows,
    projection_loss,
    update,
    refresh,
    pooling,
    decoding,
];

const DROPOUT: Dropout = Dropout {
    probability: 0.1,
    seed: 5,
    draw: 1,
    stream: 1,
};

/// Values around 0 without structure.
fn values(length: usize, size: f32) -> Vec<f32> {
    let mut state = length as u32 | 1;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((state >> 8) as f32 / 8_388_608.0 - 1.0) * size
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn activations(device: &Cuda, length: usize) -> Result<<Cuda as Device>::Activations> {
    let mut buffer = device.activations(length)?;
    device.write_activations(&mut buffer, 0, &values(length, 1.0))?;
    Ok(buffer)
}

fn floats(device: &Cuda, length: usize) -> Result<<Cuda as Device>::Floats> {
    let mut buffer = device.floats(length)?;
    device.write_floats(&mut buffer, 0, &values(length, 0.1))?;
    Ok(buffer)
}

fn indices(device: &Cuda, values: &[u32]) -> Result<<Cuda as Device>::Indices> {
    let mut buffer = device.indices(values.len())?;
    device.write_indices(&mut buffer, 0, values)?;
    Ok(buffer)
}

fn state(device: &Cuda, rows: usize, hidden: usize) -> Result<NormState<Cuda>> {
    Ok(NormState {
        normalized: activations(device, rows * hidden)?,
        inverse_deviation: floats(device, rows)?,
    })
}

fn element(device: &Cuda) -> usize {
    match device.precision() {
        Precision::F32 => 4,
        Precision::Bf16 => 2,
    }
}

/// The kernel's name for the device's precision.
fn pick(device: &Cuda, bf16: &'static str, f32: &'static str) -> &'static str {
    if device.precision() == Precision::Bf16 {
        bf16
    } else {
        f32
    }
}

/// A layer with its parameters, which own the flat buffer.
struct Layer {
    matrix: Matrix,
    bias: Span,
    master: <Cuda as Device>::Floats,
    weights: <Cuda as Device>::Weights,
}

impl Layer {
    fn new(device: &Cuda, inputs: usize, outputs: usize) -> Result<Layer> {
        let matrix = Matrix {
            index: 0,
            offset: 0,
            outputs,
            inputs,
        };
        let bias = Span {
            offset: (outputs * inputs).next_multiple_of(64),
            length: outputs,
        };
        let master = floats(device, (bias.offset + outputs).next_multiple_of(64))?;
        let mut weights = device.weights(&[matrix], true)?;
        device.refresh_weights(&master, &mut weights)?;
        Ok(Layer {
            matrix,
            bias,
            master,
            weights,
        })
    }

    fn parameters(&self) -> Parameters<'_, Cuda> {
        Parameters {
            master: &self.master,
            weights: &self.weights,
        }
    }
}

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

fn embed(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
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

fn embed_backward(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
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

fn add_layer_norm(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
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

fn add_layer_norm_backward(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
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

fn dense_forward(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (m, n, k, e) = (scale.tokens, 3 * scale.hidden, scale.hidden, element(device));
    let (layer, input) = (Layer::new(device, k, n)?, activations(device, m * k)?);
    let mut output = device.activations(m * n)?;
    let device = device.clone();
    Ok(Case {
        name: format!("projection to queries, keys, values: {m} × {n} × {k}"),
        work: vec![tensor("gemm_nt", (m * k + n * k + m * n) * e, 2 * m * n * k)],
        run: Box::new(move || {
            let (parameters, epilogue) = (layer.parameters(), DenseEpilogue::Linear);
            device.dense(parameters, &layer.matrix, layer.bias, &input, m, epilogue, &mut output)
        }),
    })
}

fn dense_gelu(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (m, n, k, e) = (scale.tokens, scale.intermediate, scale.hidden, element(device));
    let (layer, input) = (Layer::new(device, k, n)?, activations(device, m * k)?);
    let (mut output, mut slope) = (device.activations(m * n)?, device.activations(m * n)?);
    let device = device.clone();
    Ok(Case {
        name: format!("feed-forward in with GELU: {m} × {n} × {k}"),
        work: vec![tensor("gemm_nt", (m * k + n * k + 2 * m * n) * e, 2 * m * n * k)],
        run: Box::new(move || {
            let epilogue = DenseEpilogue::Gelu {
                derivative: Some(&mut slope),
            };
            let parameters = layer.parameters();
            device.dense(parameters, &layer.matrix, layer.bias, &input, m, epilogue, &mut output)
        }),
    })
}

fn dense_backward_input(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (m, n, k, e) = (scale.tokens, scale.intermediate, scale.hidden, element(device));
    let (layer, gradient) = (Layer::new(device, n, k)?, activations(device, m * k)?);
    let (slope, mut output) = (activations(device, m * n)?, device.activations(m * n)?);
    let device = device.clone();
    Ok(Case {
        name: format!("gradient of an input through GELU: {m} × {n} × {k}"),
        work: vec![tensor("gemm_nn", (m * k + n * k + 2 * m * n) * e, 2 * m * n * k)],
        run: Box::new(move || {
            let (parameters, epilogue) = (layer.parameters(), BackwardEpilogue::Multiply { derivative: &slope });
            device.dense_backward_input(parameters, &layer.matrix, &gradient, m, epilogue, &mut output)
        }),
    })
}

/// The gradient of a weight; wide enough that it needs no splits at the card's scale.
fn dense_backward_weight(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    weight_gradient(device, scale.tokens, 3 * scale.hidden, scale.intermediate)
}

/// The gradient of a small weight: k is split over the multiprocessors.
fn split_product(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    weight_gradient(device, scale.tokens, scale.hidden, scale.hidden)
}

fn weight_gradient(device: &Arc<Cuda>, rows: usize, inputs: usize, outputs: usize) -> Result<Case> {
    let e = element(device);
    let layer = Layer::new(device, inputs, outputs)?;
    let (input, gradient) = (
        activations(device, rows * inputs)?,
        activations(device, rows * outputs)?,
    );
    let mut gradients = device.floats(layer.bias.offset + outputs)?;
    let (flops, operands) = (2 * rows * inputs * outputs, rows * (inputs + outputs) * e);
    let splits = device.splits(rows, inputs, outputs);
    let mut work = vec![tensor("gemm_tn", operands + inputs * outputs * 4 * splits, flops)];
    if splits > 1 {
        let sums = inputs * outputs * 4;
        work.push(memory("gemm_reduce", (splits + 2) * sums));
    }
    let device = device.clone();
    Ok(Case {
        name: format!("gradient of a weight: {outputs} × {inputs} × {rows}"),
        work,
        run: Box::new(move || {
            device.dense_backward_weight(&layer.matrix, layer.bias, &input, &gradient, rows, &mut gradients)
        }),
    })
}

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

fn attention(device: &Arc<Cuda>, scale: &Scale, probability: f32) -> Result<Case> {
    let heads = Heads {
        count: scale.attention.1,
        ..scale.heads
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
    let work = match device.precision() {
        Precision::Bf16 => vec![
            tensor("attention_forward", 4 * rows + statistics, flops(2)),
            memory("attention_statistics", 2 * rows + 3 * statistics),
            tensor("attention_backward", 7 * rows + query_sums + 2 * statistics, flops(5)),
            memory("attention_query_gradient", query_sums + rows),
        ],
        Precision::F32 => vec![
            latency("attention_forward_any"),
            latency("attention_query_gradient_any"),
            latency("attention_key_gradient_any"),
        ],
    };
    let device = device.clone();
    let drops = if probability > 0.0 { ", dropout" } else { "" };
    Ok(Case {
        name: format!(
            "attention{drops}: {tokens} tokens in {} segments, {} heads",
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

fn rows(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (total, columns, e) = (scale.rows, 768.min(scale.hidden * 3), element(device));
    let list: Vec<u32> = (0..total as u32).filter(|row| row % 3 != 0).collect();
    let count = list.len();
    let (input, list) = (activations(device, total * columns)?, indices(device, &list)?);
    let (mut gathered, mut scattered) = (
        device.activations(count * columns)?,
        device.activations(total * columns)?,
    );
    let row = columns * e;
    let work = vec![
        memory(
            pick(device, "gather_rows_bf16", "gather_rows_f32"),
            count * (2 * row + 4),
        ),
        memory(
            pick(device, "scatter_rows_bf16", "scatter_rows_f32"),
            count * (row + 4) + total * row,
        ),
    ];
    let device = device.clone();
    Ok(Case {
        name: format!("gather and scatter, {count} of {total} × {columns}"),
        work,
        run: Box::new(move || {
            device.gather_rows(&input, &list, count, columns, &mut gathered)?;
            device.scatter_rows(&gathered, &list, count, columns, &mut scattered, total)
        }),
    })
}

fn projection_loss(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (count, columns, vocabulary, e) = (scale.tokens / 2, scale.hidden, scale.vocabulary, element(device));
    let (layer, hidden) = (
        Layer::new(device, columns, vocabulary)?,
        activations(device, count * columns)?,
    );
    let mut draws = Draws::new(4);
    let targets: Vec<u32> = (0..count).map(|_| draws.between(0, vocabulary as u32 - 1)).collect();
    let (targets, weights) = (indices(device, &targets)?, floats(device, count)?);
    let (mut loss, mut gradients) = (device.floats(1)?, device.floats(layer.bias.offset + vocabulary)?);
    let mut hidden_gradient = device.activations(count * columns)?;
    let (product, groups) = (2 * count * columns * vocabulary, vocabulary.div_ceil(64));
    let (words, states, logits) = (vocabulary * columns * e, count * columns * e, count * vocabulary * e);
    let statistics = memory("loss_rows", count * (groups * 8 + 16));
    let work = vec![
        tensor("gemm_nt", words + states + logits, 2 * product),
        statistics,
        latency("loss_sum"),
        tensor("gemm_nn", logits + words + 2 * states, product),
        tensor("gemm_tn", logits + states + vocabulary * columns * 4, product),
    ];
    let device = device.clone();
    Ok(Case {
        name: format!("projection and loss: {count} × {vocabulary} × {columns}"),
        work,
        run: Box::new(move || {
            let wanted = ProjectionGradients {
                parameters: &mut gradients,
                hidden: &mut hidden_gradient,
            };
            let scale = 1.0 / count as f32;
            let (words, bias) = (&layer.matrix, layer.bias);
            device.projection_loss(
                layer.parameters(),
                words,
                bias,
                &hidden,
                &targets,
                &weights,
                count,
                scale,
                &mut loss,
                Some(wanted),
            )
        }),
    })
}

fn update(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let length = scale.parameters;
    let gradients = floats(device, length)?;
    let (mut master, mut first, mut second) = (floats(device, length)?, device.floats(length)?, device.floats(length)?);
    let matrix = Matrix {
        index: 0,
        offset: 0,
        outputs: length / 64,
        inputs: 64,
    };
    let mut weights = device.weights(&[matrix], true)?;
    let mut norm = device.floats(1)?;
    let settings = AdamW {
        learning_rate: 1e-4,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-6,
        weight_decay: 0.01,
        step: 10,
        max_norm: 1.0,
    };
    let decay = [Span {
        offset: 0,
        length: length / 2,
    }];
    let copies = if device.precision() == Precision::Bf16 { 2 } else { 0 };
    let adamw = memory("adamw", length * (28 + copies));
    let work = vec![memory("squared_norm", 4 * length), latency("squared_norm_total"), adamw];
    let device = device.clone();
    Ok(Case {
        name: format!("norm, clipping, AdamW: {length} parameters"),
        work,
        run: Box::new(move || {
            device.squared_norm(&gradients, length, &mut norm)?;
            let (first, second) = (&mut first, &mut second);
            device.adamw(
                &settings,
                &decay,
                &norm,
                &gradients,
                &mut master,
                first,
                second,
                &mut weights,
            )
        }),
    })
}

fn refresh(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let mut layer = Layer::new(device, 64, scale.parameters / 64)?;
    let work = match device.precision() {
        Precision::Bf16 => vec![memory("round_bf16", 6 * scale.parameters)],
        Precision::F32 => vec![],
    };
    let device = device.clone();
    Ok(Case {
        name: format!("rounding of weights: {} parameters", scale.parameters),
        work,
        run: Box::new(move || device.refresh_weights(&layer.master, &mut layer.weights)),
    })
}

fn pooling(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
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

fn decoding(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    const K: usize = 5;
    const STEP: usize = 31;
    let (heads, hidden, e) = (scale.heads, scale.heads.hidden(), element(device));
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
    let work = vec![
        latency(pick(device, "append_cache_bf16", "append_cache_f32")),
        memory(
            "decode_attention",
            2 * seen * hidden * e + 2 * rows * hidden * e + 4 * rows * (STEP + 1),
        ),
        latency("decode_combine"),
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
            "decoding: {rows} hypotheses, {} keys each, {K} best of {vocabulary}",
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
