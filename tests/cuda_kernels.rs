//! Every CUDA kernel on the software device (on a card with `CODEEXECUTOR_DEVICE=cuda`), at awkward shapes and with fresh
//! random inputs, against the CPU device in f32. Outputs are poisoned before each operation.

use std::sync::{Arc, OnceLock};

use codeexecutor::device::cpu::Cpu;
use codeexecutor::device::cuda::Cuda;
use codeexecutor::device::cuda::driver::DriverKind;
use codeexecutor::device::{
    AdamW, BackwardEpilogue, DecodeShape, DenseEpilogue, Device, Dropout, Embedding, Heads, LayerNorm, Matrix,
    NormState, Parameters, Precision, ProjectionGradients, Span,
};

/// The device under test; one per precision for all tests of the process.
fn cuda(precision: Precision) -> Arc<Cuda> {
    static DEVICES: [OnceLock<Arc<Cuda>>; 2] = [const { OnceLock::new() }; 2];
    DEVICES[precision as usize]
        .get_or_init(|| {
            let kind = match std::env::var("CODEEXECUTOR_DEVICE").as_deref() {
                Ok("cuda") => DriverKind::Cuda,
                _ => DriverKind::Softcuda,
            };
            Arc::new(Cuda::open(kind, 0, precision).expect("the device opens"))
        })
        .clone()
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    /// Values around 0 that bf16 holds exactly, so that both devices see the same.
    fn values(&mut self, count: usize, size: f32) -> Vec<f32> {
        (0..count)
            .map(|_| {
                let value = ((self.next() >> 40) as f32 / (1u64 << 24) as f32 - 0.5) * 2.0 * size;
                f32::from_bits(value.to_bits() & 0xffff_0000)
            })
            .collect()
    }
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

const POISON: f32 = 1.0e30;

fn floats<D: Device>(device: &D, values: &[f32]) -> D::Floats {
    let mut buffer = device.floats(values.len()).expect("memory");
    device.write_floats(&mut buffer, 0, values).expect("write");
    buffer
}
fn activations<D: Device>(device: &D, values: &[f32]) -> D::Activations {
    let mut buffer = device.activations(values.len()).expect("memory");
    device.write_activations(&mut buffer, 0, values).expect("write");
    buffer
}
fn indices<D: Device>(device: &D, values: &[u32]) -> D::Indices {
    let mut buffer = device.indices(values.len()).expect("memory");
    device.write_indices(&mut buffer, 0, values).expect("write");
    buffer
}
fn poisoned<D: Device>(device: &D, length: usize) -> D::Activations {
    activations(device, &vec![POISON; length])
}
fn poisoned_floats<D: Device>(device: &D, length: usize) -> D::Floats {
    floats(device, &vec![POISON; length])
}
fn read<D: Device>(device: &D, buffer: &D::Activations, length: usize) -> Vec<f32> {
    let mut values = vec![0.0; length];
    device.read_activations(buffer, 0, &mut values).expect("read");
    values
}
fn read_floats<D: Device>(device: &D, buffer: &D::Floats, length: usize) -> Vec<f32> {
    let mut values = vec![0.0; length];
    device.read_floats(buffer, 0, &mut values).expect("read");
    values
}

/// Results of one operation, by name.
type Results = Vec<(&'static str, Vec<f32>)>;

/// Runs an operation on the CPU and on the device in both precisions. Errors are measured against the root mean square of
/// the right values, so that one wrong element among thousands shows.
fn compare(what: &str, cpu: impl Fn() -> Results, device: impl Fn(&Cuda) -> Results) {
    let right = cpu();
    for (precision, bound) in [(Precision::F32, 2e-5), (Precision::Bf16, 4e-2)] {
        let ours = device(&cuda(precision));
        for ((name, right), (_, ours)) in right.iter().zip(&ours) {
            assert_eq!(right.len(), ours.len(), "{what} {name}");
            let size = (right.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / right.len().max(1) as f64)
                .sqrt()
                .max(1e-6);
            for (index, (a, b)) in ours.iter().zip(right).enumerate() {
                let error = (f64::from(*a) - f64::from(*b)).abs() / size.max(f64::from(b.abs()));
                assert!(
                    error <= bound,
                    "{what}, {precision}: {name}[{index}] = {a}, right is {b} (error {error:.2e})"
                );
            }
        }
    }
}

/// The same code for any device; a macro because closures are not generic.
macro_rules! on_both {
    ($what:expr, |$device:ident| $body:block) => {{
        fn run<D: Device>($device: &D, setup: impl Fn(&D) -> Results) -> Results {
            setup($device)
        }
        let cpu = Cpu::<f32>::new(1).expect("cpu");
        compare(
            $what,
            || {
                let $device = &cpu;
                run($device, |$device| $body)
            },
            |$device| run($device, |$device| $body),
        );
    }};
}

#[test]
fn dense_forward_and_backward() {
    for (rows, inputs, outputs) in [(1, 8, 8), (67, 72, 200), (130, 264, 136), (257, 64, 328)] {
        let mut random = Random(7 + rows as u64);
        let input = random.values(rows * inputs, 1.0);
        let gradient = random.values(rows * outputs, 1.0);
        let weight = random.values(outputs * inputs, 0.1);
        let bias = random.values(outputs, 1.0);
        let old = random.values(rows * inputs, 1.0);
        let bias_at = (outputs * inputs).next_multiple_of(64);
        let mut flat = weight.clone();
        flat.resize(bias_at, 0.0);
        flat.extend(&bias);
        flat.resize(flat.len().next_multiple_of(64), 0.0);
        let matrix = Matrix {
            index: 0,
            offset: 0,
            outputs,
            inputs,
        };
        let bias = Span {
            offset: bias_at,
            length: outputs,
        };
        on_both!(&format!("dense {rows} × {inputs} → {outputs}"), |device| {
            let master = floats(device, &flat);
            let mut weights = device.weights(&[matrix], true).expect("weights");
            device.refresh_weights(&master, &mut weights).expect("refresh");
            let parameters = Parameters {
                master: &master,
                weights: &weights,
            };
            let (x, dy) = (activations(device, &input), activations(device, &gradient));
            let mut linear = poisoned(device, rows * outputs);
            device
                .dense(parameters, &matrix, bias, &x, rows, DenseEpilogue::Linear, &mut linear)
                .expect("dense");
            let (mut gelu, mut derivative) = (poisoned(device, rows * outputs), poisoned(device, rows * outputs));
            let epilogue = DenseEpilogue::Gelu {
                derivative: Some(&mut derivative),
            };
            device
                .dense(parameters, &matrix, bias, &x, rows, epilogue, &mut gelu)
                .expect("gelu");
            let mut dx = poisoned(device, rows * inputs);
            device
                .dense_backward_input(parameters, &matrix, &dy, rows, BackwardEpilogue::Overwrite, &mut dx)
                .expect("input gradient");
            let mut added = activations(device, &old);
            device
                .dense_backward_input(parameters, &matrix, &dy, rows, BackwardEpilogue::Accumulate, &mut added)
                .expect("input gradient");
            let mut multiplied = poisoned(device, rows * inputs);
            let epilogue = BackwardEpilogue::Multiply { derivative: &x };
            device
                .dense_backward_input(parameters, &matrix, &dy, rows, epilogue, &mut multiplied)
                .expect("input gradient");
            let mut gradients = floats(device, &flat);
            device
                .dense_backward_weight(&matrix, bias, &x, &dy, rows, &mut gradients)
                .expect("weight gradient");
            vec![
                ("linear", read(device, &linear, rows * outputs)),
                ("gelu", read(device, &gelu, rows * outputs)),
                ("derivative", read(device, &derivative, rows * outputs)),
                ("overwrite", read(device, &dx, rows * inputs)),
                ("accumulate", read(device, &added, rows * inputs)),
                ("multiply", read(device, &multiplied, rows * inputs)),
                ("weight gradient", read_floats(device, &gradients, outputs * inputs)),
                (
                    "bias gradient",
                    read_floats(device, &gradients, flat.len())[bias_at..bias_at + outputs].to_vec(),
                ),
            ]
        });
    }
}

#[test]
fn attention_forward_and_backward() {
    let batches: [(&[u32], &[u32]); 3] = [
        (&[0, 1, 60, 61 + 129], &[1, 20, 0]),
        (&[0, 200, 200, 337], &[70, 0, 137]),
        (&[0, 300], &[64]),
    ];
    for (dimension, probability) in [(64, 0.0), (64, 0.1), (32, 0.0), (32, 0.6)] {
        for (starts, prefixes) in batches {
            let heads = Heads { count: 2, dimension };
            let (hidden, tokens) = (heads.hidden(), *starts.last().expect("bounds") as usize);
            let mut random = Random(11 + tokens as u64);
            let values = random.values(tokens * 3 * hidden, 1.5);
            let gradient = random.values(tokens * hidden, 1.0);
            let dropout = Dropout {
                probability,
                seed: 0x1234_5678_9abc,
                draw: 3,
                stream: 5,
            };
            on_both!(
                &format!("attention {dimension}, dropout {probability}, {starts:?}"),
                |device| {
                    let mut segments = device.segments(tokens, prefixes.len()).expect("segments");
                    device
                        .write_segments(&mut segments, starts, prefixes)
                        .expect("segments");
                    let qkv = activations(device, &values);
                    let (mut output, mut statistics) =
                        (poisoned(device, tokens * hidden), poisoned_floats(device, 2 * tokens));
                    device
                        .attention(heads, &segments, &qkv, dropout, Some(&mut statistics), &mut output)
                        .expect("forward");
                    let dy = activations(device, &gradient);
                    let mut back = poisoned(device, tokens * 3 * hidden);
                    device
                        .attention_backward(heads, &segments, &qkv, &output, &statistics, &dy, dropout, &mut back)
                        .expect("backward");
                    vec![
                        ("output", read(device, &output, tokens * hidden)),
                        ("log-sum-exp", read_floats(device, &statistics, 2 * tokens)),
                        ("gradient", read(device, &back, tokens * 3 * hidden)),
                    ]
                }
            );
        }
    }
}

/// Tables and norm of a small embedding, flat.
fn embedding(random: &mut Random, vocabulary: usize, positions: usize, hidden: usize) -> (Embedding, Vec<f32>) {
    let mut flat: Vec<f32> = Vec::new();
    let mut place = |length: usize, size: f32| {
        let offset = flat.len();
        flat.extend(random.values(length, size));
        flat.resize(flat.len().next_multiple_of(64), 0.0);
        Span { offset, length }
    };
    let (weight, bias) = (place(hidden, 1.0), place(hidden, 1.0));
    let (types, table) = (place(hidden, 0.5), place(positions * hidden, 0.5));
    let words = place(vocabulary * hidden, 0.5);
    let embedding = Embedding {
        words: Matrix {
            index: 0,
            offset: words.offset,
            outputs: vocabulary,
            inputs: hidden,
        },
        positions: table,
        types,
        layer_norm: LayerNorm {
            weight,
            bias,
            epsilon: 1e-5,
        },
    };
    (embedding, flat)
}

#[test]
fn embedding_and_layer_norm() {
    for (rows, hidden, probability) in [(3, 8, 0.0), (37, 264, 0.1), (5, 1032, 0.3)] {
        let mut random = Random(23 + rows as u64);
        let (vocabulary, positions) = (19, 40);
        let (embedding, flat) = embedding(&mut random, vocabulary, positions, hidden);
        let tokens: Vec<u32> = (0..rows).map(|_| random.below(vocabulary) as u32).collect();
        let places: Vec<u32> = (0..rows).map(|row| (row % 17 + 2) as u32).collect();
        let (input, residual) = (random.values(rows * hidden, 1.0), random.values(rows * hidden, 1.0));
        let gradient = random.values(rows * hidden, 1.0);
        let dropout = Dropout {
            probability,
            seed: 99,
            draw: 1,
            stream: 2,
        };
        on_both!(&format!("embedding and norm {rows} × {hidden}"), |device| {
            let master = floats(device, &flat);
            let mut weights = device.weights(&[embedding.words], true).expect("weights");
            device.refresh_weights(&master, &mut weights).expect("refresh");
            let parameters = Parameters {
                master: &master,
                weights: &weights,
            };
            let (ids, position_ids) = (indices(device, &tokens), indices(device, &places));
            let state = || NormState {
                normalized: poisoned(device, rows * hidden),
                inverse_deviation: poisoned_floats(device, rows),
            };
            let (mut first, mut embedded) = (state(), poisoned(device, rows * hidden));
            device
                .embed(
                    parameters,
                    &embedding,
                    &ids,
                    &position_ids,
                    rows,
                    dropout,
                    Some(&mut first),
                    &mut embedded,
                )
                .expect("embed");
            let (mut second, mut normed) = (state(), poisoned(device, rows * hidden));
            let (x, skip) = (activations(device, &input), activations(device, &residual));
            let norm = &embedding.layer_norm;
            device
                .add_layer_norm(
                    parameters,
                    norm,
                    &x,
                    &skip,
                    rows,
                    dropout,
                    Some(&mut second),
                    &mut normed,
                )
                .expect("norm");
            let mut gradients = device.floats(flat.len()).expect("memory");
            let dy = activations(device, &gradient);
            let (mut to_residual, mut to_input) = (poisoned(device, rows * hidden), poisoned(device, rows * hidden));
            let wanted = dropout.is_active().then_some(&mut to_input);
            device
                .add_layer_norm_backward(
                    parameters,
                    norm,
                    &dy,
                    rows,
                    dropout,
                    &second,
                    &mut to_residual,
                    wanted,
                    &mut gradients,
                )
                .expect("norm backward");
            let after_norm = read_floats(device, &gradients, flat.len());
            let mut lost = activations(device, &gradient);
            device
                .embed_backward(
                    parameters,
                    &embedding,
                    &ids,
                    &position_ids,
                    rows,
                    dropout,
                    &first,
                    &mut lost,
                    &mut gradients,
                )
                .expect("embed backward");
            vec![
                ("embedded", read(device, &embedded, rows * hidden)),
                ("normed", read(device, &normed, rows * hidden)),
                (
                    "inverse deviation",
                    read_floats(device, &second.inverse_deviation, rows),
                ),
                ("residual gradient", read(device, &to_residual, rows * hidden)),
                (
                    "input gradient",
                    if dropout.is_active() {
                        read(device, &to_input, rows * hidden)
                    } else {
                        vec![]
                    },
                ),
                ("norm gradients", after_norm),
                ("all gradients", read_floats(device, &gradients, flat.len())),
            ]
        });
    }
}

#[test]
fn projection_and_loss() {
    for (count, hidden, vocabulary) in [(1, 8, 11), (70, 72, 203), (9, 64, 8192 + 77)] {
        let mut random = Random(31 + count as u64);
        let states = random.values(count * hidden, 1.0);
        let bias_at = (vocabulary * hidden).next_multiple_of(64);
        let mut flat = random.values(vocabulary * hidden, 0.3);
        flat.resize(bias_at, 0.0);
        flat.extend(random.values(vocabulary, 0.5));
        flat.resize(flat.len().next_multiple_of(64), 0.0);
        let targets: Vec<u32> = (0..count).map(|row| if row == 0 { vocabulary - 1 } else { random.below(vocabulary) } as u32).collect();
        let loss_weights: Vec<f32> = (0..count).map(|row| if row % 3 == 0 { 1.0 } else { 10.0 }).collect();
        let words = Matrix {
            index: 0,
            offset: 0,
            outputs: vocabulary,
            inputs: hidden,
        };
        let bias = Span {
            offset: bias_at,
            length: vocabulary,
        };
        on_both!(&format!("loss {count} × {hidden} over {vocabulary}"), |device| {
            let master = floats(device, &flat);
            let mut weights = device.weights(&[words], true).expect("weights");
            device.refresh_weights(&master, &mut weights).expect("refresh");
            let parameters = Parameters {
                master: &master,
                weights: &weights,
            };
            let (x, right) = (activations(device, &states), indices(device, &targets));
            let importance = floats(device, &loss_weights);
            let mut loss = floats(device, &[2.0]);
            let mut gradients = device.floats(flat.len()).expect("memory");
            let mut dx = poisoned(device, count * hidden);
            let wanted = ProjectionGradients {
                parameters: &mut gradients,
                hidden: &mut dx,
            };
            device
                .projection_loss(
                    parameters,
                    &words,
                    bias,
                    &x,
                    &right,
                    &importance,
                    count,
                    0.01,
                    &mut loss,
                    Some(wanted),
                )
                .expect("loss");
            let mut logits = poisoned_floats(device, count * vocabulary);
            device
                .logits(parameters, &words, bias, &x, count, &mut logits)
                .expect("logits");
            vec![
                ("loss", read_floats(device, &loss, 1)),
                ("hidden gradient", read(device, &dx, count * hidden)),
                ("word gradient", read_floats(device, &gradients, vocabulary * hidden)),
                (
                    "bias gradient",
                    read_floats(device, &gradients, flat.len())[bias_at..bias_at + vocabulary].to_vec(),
                ),
                ("logits", read_floats(device, &logits, count * vocabulary)),
            ]
        });
    }
}

#[test]
fn update_norm_and_rows() {
    let mut random = Random(41);
    let length = 64 * 40;
    let (start, gradient) = (random.values(length, 1.0), random.values(length, 1.0));
    let (first, second) = (random.values(length, 0.1), random.values(length, 0.1));
    let second: Vec<f32> = second.iter().map(|value| value.abs()).collect();
    let decay = [
        Span {
            offset: 64,
            length: 128,
        },
        Span {
            offset: 1024,
            length: 64,
        },
    ];
    let matrix = Matrix {
        index: 0,
        offset: 0,
        outputs: 40,
        inputs: 64,
    };
    let settings = AdamW {
        learning_rate: 1e-2,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-6,
        weight_decay: 0.1,
        step: 3,
        max_norm: 1.0,
    };
    let (rows, columns, total) = ([1u32, 4, 5, 30], 16, 33);
    let source = random.values(total * columns, 1.0);
    on_both!("update and rows", |device| {
        let (mut master, gradients) = (floats(device, &start), floats(device, &gradient));
        let (mut m, mut v) = (floats(device, &first), floats(device, &second));
        let mut norm = poisoned_floats(device, 1);
        device.squared_norm(&gradients, length - 3, &mut norm).expect("norm");
        let mut weights = device.weights(&[matrix], true).expect("weights");
        device
            .adamw(
                &settings,
                &decay,
                &norm,
                &gradients,
                &mut master,
                &mut m,
                &mut v,
                &mut weights,
            )
            .expect("adamw");
        let (list, x) = (indices(device, &rows), activations(device, &source));
        let mut gathered = poisoned(device, rows.len() * columns);
        device
            .gather_rows(&x, &list, rows.len(), columns, &mut gathered)
            .expect("gather");
        let mut scattered = poisoned(device, total * columns);
        device
            .scatter_rows(&gathered, &list, rows.len(), columns, &mut scattered, total)
            .expect("scatter");
        let mut segments = device.segments(total, 3).expect("segments");
        device
            .write_segments(&mut segments, &[0, 1, 20, 33], &[0, 3, 13])
            .expect("segments");
        let mut pooled = poisoned_floats(device, 3 * columns);
        device
            .mean_pool(&segments, &x, columns, false, &mut pooled)
            .expect("pool");
        let mut normalized = poisoned_floats(device, 3 * columns);
        device
            .mean_pool(&segments, &x, columns, true, &mut normalized)
            .expect("pool");
        vec![
            ("norm", read_floats(device, &norm, 1)),
            ("parameters", read_floats(device, &master, length)),
            ("first moment", read_floats(device, &m, length)),
            ("second moment", read_floats(device, &v, length)),
            ("gathered", read(device, &gathered, rows.len() * columns)),
            ("scattered", read(device, &scattered, total * columns)),
            ("pooled", read_floats(device, &pooled, 3 * columns)),
            ("normalized", read_floats(device, &normalized, 3 * columns)),
        ]
    });
}

#[test]
fn decoding() {
    for dimension in [32, 64] {
        let heads = Heads { count: 2, dimension };
        let (hidden, rows, row_capacity, step, step_capacity) = (heads.hidden(), 5, 6, 9, 12);
        let mut random = Random(53 + dimension as u64);
        let starts = [0u32, 7, 300];
        let sequences = [0u32, 0, 1, 1, 1];
        let prefix = random.values(300 * hidden, 1.0);
        let generated = random.values(step_capacity * row_capacity * hidden, 1.0);
        let values = random.values(rows * 3 * hidden, 1.0);
        let ancestors: Vec<u32> = (0..rows * step_capacity).map(|_| random.below(rows) as u32).collect();
        let vocabulary = 1003;
        let logits: Vec<f32> = random.values(rows * vocabulary, 4.0);
        on_both!(&format!("decoding {dimension}"), |device| {
            let (prefix_keys, prefix_values) = (activations(device, &prefix), activations(device, &prefix));
            let (mut keys, mut cached) = (activations(device, &generated), activations(device, &generated));
            let qkv = activations(device, &values);
            device
                .append_cache(&qkv, rows, hidden, step * row_capacity, &mut keys, &mut cached)
                .expect("append");
            let shape = DecodeShape {
                heads,
                rows,
                row_capacity,
                step,
                step_capacity,
            };
            let mut output = poisoned(device, rows * hidden);
            let (bounds, programs, table) = (
                indices(device, &starts),
                indices(device, &sequences),
                indices(device, &ancestors),
            );
            device
                .decode_attention(
                    &shape,
                    &qkv,
                    &prefix_keys,
                    &prefix_values,
                    &bounds,
                    &programs,
                    &keys,
                    &cached,
                    &table,
                    &mut output,
                )
                .expect("attention");
            let scores = floats(device, &logits);
            let k = 11;
            let (mut tokens, mut probabilities) = (
                device.indices(rows * k).expect("memory"),
                poisoned_floats(device, rows * k),
            );
            device
                .top_k(&scores, rows, vocabulary, k, &mut tokens, &mut probabilities)
                .expect("top k");
            let mut best = vec![0; rows * k];
            device.read_indices(&tokens, 0, &mut best).expect("read");
            vec![
                ("keys", read(device, &keys, generated.len())),
                ("values", read(device, &cached, generated.len())),
                ("output", read(device, &output, rows * hidden)),
                ("log probabilities", read_floats(device, &probabilities, rows * k)),
                ("tokens", best.iter().map(|token| *token as f32).collect()),
            ]
        });
    }
}
