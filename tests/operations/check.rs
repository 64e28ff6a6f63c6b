//! Every operation of a device against plain f64 code, with outputs poisoned beforehand.
//!
//! Inputs are representable in bfloat16, so that both precisions start from the same numbers. Spans of parameters start at
//! multiples of 64 elements, as the model's layout has them.

use codeexecutor::device::random::{self, philox};
use codeexecutor::device::*;

/// A device, and how far its results may be from f64's, by ‖a − b‖ / ‖b‖; a single element may be off by sixteen times as
/// much of the root mean square, or of itself.
pub struct Check<D: Device> {
    pub device: D,
    pub tolerance: f64,
    pub name: String,
}

/// Reproducible values in (−1, 1) with eight significant bits.
fn values(seed: u32, length: usize) -> Vec<f32> {
    let value = |i: usize| (philox([i as u32, seed, 0, 0], [3, 4])[0] >> 24) as f32 / 128.0 - 1.0 + 1.0 / 256.0;
    (0..length)
        .map(|i| f32::from_bits(value(i).to_bits() & 0xFFFF_0000))
        .collect()
}

/// The next place where a span of parameters may start.
fn padded(offset: usize) -> usize {
    offset.next_multiple_of(64)
}

fn wide(values: &[f32]) -> Vec<f64> {
    values.iter().map(|value| f64::from(*value)).collect()
}

/// `a[rows, inner] · b[columns, inner]ᵀ`
fn product(a: &[f64], b: &[f64], rows: usize, inner: usize, columns: usize) -> Vec<f64> {
    let mut c = vec![0.0; rows * columns];
    for row in 0..rows {
        for column in 0..columns {
            c[row * columns + column] = (0..inner).map(|k| a[row * inner + k] * b[column * inner + k]).sum();
        }
    }
    c
}

fn transpose(a: &[f64], rows: usize, columns: usize) -> Vec<f64> {
    (0..rows * columns).map(|i| a[i % rows * columns + i / rows]).collect()
}

fn erf(x: f64) -> f64 {
    let (steps, bell) = (400, |t: f64| (-t * t).exp());
    let width = x / f64::from(steps);
    let inner: f64 = (1..steps)
        .map(|i| f64::from(2 + 2 * (i % 2)) * bell(width * f64::from(i)))
        .sum();
    (bell(0.0) + inner + bell(x)) * width / 3.0 * 2.0 / std::f64::consts::PI.sqrt()
}

/// Kept elements' factors of hidden dropout.
fn hidden_mask(dropout: &Dropout, rows: usize, columns: usize) -> Vec<f64> {
    let (threshold, scale) = random::hidden_threshold(dropout.probability);
    (0..rows * columns)
        .map(|i| {
            let (row, column) = ((i / columns) as u32, (i % columns) as u32);
            let decision = random::hidden_decision(dropout.seed, dropout.draw, dropout.stream, row, column);
            if !dropout.is_active() || decision >= threshold {
                f64::from(scale)
            } else {
                0.0
            }
        })
        .collect()
}

/// `(x − mean) / deviation`, and the inverse deviations.
fn normalize(x: &[f64], columns: usize, epsilon: f64) -> (Vec<f64>, Vec<f64>) {
    let (mut normalized, mut inverses) = (Vec::new(), Vec::new());
    for row in x.chunks(columns) {
        let mean = row.iter().sum::<f64>() / columns as f64;
        let variance = row.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / columns as f64;
        let inverse = 1.0 / (variance + epsilon).sqrt();
        normalized.extend(row.iter().map(|v| (v - mean) * inverse));
        inverses.push(inverse);
    }
    (normalized, inverses)
}

/// Gradient through a layer norm: of its input, its weight, its bias.
fn norm_backward(dy: &[f64], normalized: &[f64], inverses: &[f64], weight: &[f64]) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let columns = weight.len();
    let (mut dx, mut dw, mut db) = (Vec::new(), vec![0.0; columns], vec![0.0; columns]);
    for (row, inverse) in inverses.iter().enumerate() {
        let range = row * columns..(row + 1) * columns;
        let (dy, x) = (&dy[range.clone()], &normalized[range]);
        let d: Vec<f64> = dy.iter().zip(weight).map(|(a, b)| a * b).collect();
        let mean = d.iter().sum::<f64>() / columns as f64;
        let slope = d.iter().zip(x).map(|(a, b)| a * b).sum::<f64>() / columns as f64;
        dx.extend(d.iter().zip(x).map(|(d, x)| inverse * (d - mean - x * slope)));
        for i in 0..columns {
            dw[i] += dy[i] * x[i];
            db[i] += dy[i];
        }
    }
    (dx, dw, db)
}

impl<D: Device> Check<D> {
    fn activations(&self, values: &[f32]) -> D::Activations {
        let mut buffer = self.device.activations(values.len()).unwrap();
        self.device.write_activations(&mut buffer, 0, values).unwrap();
        buffer
    }

    /// An output that nobody has written: whatever is read of it spoils the result.
    fn poisoned(&self, length: usize) -> D::Activations {
        self.activations(&vec![f32::NAN; length])
    }

    fn floats(&self, values: &[f32]) -> D::Floats {
        let mut buffer = self.device.floats(values.len()).unwrap();
        self.device.write_floats(&mut buffer, 0, values).unwrap();
        buffer
    }

    fn indices(&self, values: &[u32]) -> D::Indices {
        let mut buffer = self.device.indices(values.len()).unwrap();
        self.device.write_indices(&mut buffer, 0, values).unwrap();
        buffer
    }

    fn read(&self, buffer: &D::Activations, length: usize) -> Vec<f32> {
        let mut values = vec![0.0; length];
        self.device.read_activations(buffer, 0, &mut values).unwrap();
        values
    }

    fn read_floats(&self, buffer: &D::Floats, offset: usize, length: usize) -> Vec<f32> {
        let mut values = vec![0.0; length];
        self.device.read_floats(buffer, offset, &mut values).unwrap();
        values
    }

    fn near(&self, what: &str, ours: &[f32], reference: &[f64]) {
        assert_eq!(ours.len(), reference.len());
        let norm = |values: &mut dyn Iterator<Item = f64>| values.map(|v| v * v).sum::<f64>().sqrt();
        let difference = norm(&mut ours.iter().zip(reference).map(|(a, b)| f64::from(*a) - b));
        let error = difference / norm(&mut reference.iter().copied()).max(1e-30);
        assert!(error <= self.tolerance, "{}: {what}: error {error:e}", self.name);
        let mean = norm(&mut reference.iter().copied()) / (reference.len().max(1) as f64).sqrt();
        for (index, (a, b)) in ours.iter().zip(reference).enumerate() {
            let error = (f64::from(*a) - b).abs() / mean.max(b.abs()).max(1e-30);
            let bound = 16.0 * self.tolerance;
            assert!(
                error <= bound,
                "{}: {what}: element {index} is {a}, not {b}: error {error:e}",
                self.name
            );
        }
    }

    fn dropouts(&self) -> [Dropout; 2] {
        [
            Dropout::NONE,
            Dropout {
                probability: 0.3,
                seed: 0xABCD_EF01_2345,
                draw: 6,
                stream: 9,
            },
        ]
    }

    pub fn dense(&self, rows: usize, inputs: usize, outputs: usize) {
        let what = format!("dense {rows}×{inputs}×{outputs}");
        let matrix = Matrix {
            index: 0,
            offset: 64,
            outputs,
            inputs,
        };
        let bias = Span {
            offset: padded(64 + outputs * inputs),
            length: outputs,
        };
        let master = values(1, padded(bias.offset + outputs));
        let (w, b) = (wide(&master[64..64 + outputs * inputs]), wide(&master[bias.range()]));
        let floats = self.floats(&master);
        let mut weights = self.device.weights(&[matrix], true).unwrap();
        self.device.refresh_weights(&floats, &mut weights).unwrap();
        let parameters = Parameters {
            master: &floats,
            weights: &weights,
        };
        let (x, dy, old) = (
            values(2, rows * inputs),
            values(3, rows * outputs),
            values(4, rows * inputs),
        );
        let (input, gradient) = (self.activations(&x), self.activations(&dy));

        let mut z = product(&wide(&x), &w, rows, inputs, outputs);
        z.iter_mut().enumerate().for_each(|(i, z)| *z += b[i % outputs]);
        let mut output = self.poisoned(rows * outputs);
        let linear = DenseEpilogue::Linear;
        self.device
            .dense(parameters, &matrix, bias, &input, rows, linear, &mut output)
            .unwrap();
        self.near(&what, &self.read(&output, rows * outputs), &z);

        let (mut output, mut slope) = (self.poisoned(rows * outputs), self.poisoned(rows * outputs));
        let gelu = DenseEpilogue::Gelu {
            derivative: Some(&mut slope),
        };
        self.device
            .dense(parameters, &matrix, bias, &input, rows, gelu, &mut output)
            .unwrap();
        let cumulative = |z: f64| 0.5 * (1.0 + erf(z / 2f64.sqrt()));
        let density = |z: f64| (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
        let expected: Vec<f64> = z.iter().map(|z| z * cumulative(*z)).collect();
        self.near(&format!("{what} gelu"), &self.read(&output, rows * outputs), &expected);
        let expected: Vec<f64> = z.iter().map(|z| cumulative(*z) + z * density(*z)).collect();
        self.near(&format!("{what} gelu'"), &self.read(&slope, rows * outputs), &expected);

        let dx = product(&wide(&dy), &transpose(&w, outputs, inputs), rows, outputs, inputs);
        let mut output = self.poisoned(rows * inputs);
        let how = BackwardEpilogue::Overwrite;
        self.device
            .dense_backward_input(parameters, &matrix, &gradient, rows, how, &mut output)
            .unwrap();
        self.near(&format!("{what} dX"), &self.read(&output, rows * inputs), &dx);
        let mut output = self.activations(&old);
        let how = BackwardEpilogue::Accumulate;
        self.device
            .dense_backward_input(parameters, &matrix, &gradient, rows, how, &mut output)
            .unwrap();
        let sum: Vec<f64> = dx.iter().zip(&old).map(|(a, b)| a + f64::from(*b)).collect();
        self.near(&format!("{what} dX +="), &self.read(&output, rows * inputs), &sum);
        let factor = self.activations(&old);
        let mut output = self.poisoned(rows * inputs);
        let how = BackwardEpilogue::Multiply { derivative: &factor };
        self.device
            .dense_backward_input(parameters, &matrix, &gradient, rows, how, &mut output)
            .unwrap();
        let scaled: Vec<f64> = dx.iter().zip(&old).map(|(a, b)| a * f64::from(*b)).collect();
        self.near(&format!("{what} dX ∘"), &self.read(&output, rows * inputs), &scaled);

        // Weight gradients add to what is there, and touch nothing else.
        let before = values(5, master.len());
        let mut gradients = self.floats(&before);
        self.device
            .dense_backward_weight(&matrix, bias, &input, &gradient, rows, &mut gradients)
            .unwrap();
        let mut expected = wide(&before);
        for row in 0..rows {
            for out in 0..outputs {
                let dy = f64::from(dy[row * outputs + out]);
                expected[bias.offset + out] += dy;
                for k in 0..inputs {
                    expected[64 + out * inputs + k] += dy * f64::from(x[row * inputs + k]);
                }
            }
        }
        let after = self.read_floats(&gradients, 0, master.len());
        assert_eq!(after[..64], before[..64]);
        self.near(&format!("{what} dW, db"), &after, &expected);
    }

    pub fn layer_norm(&self, rows: usize, columns: usize) {
        let weight = Span {
            offset: 0,
            length: columns,
        };
        let bias = Span {
            offset: padded(columns),
            length: columns,
        };
        let norm = LayerNorm {
            weight,
            bias,
            epsilon: 1e-5,
        };
        let master = values(1, 2 * padded(columns));
        let (w, b) = (wide(&master[weight.range()]), wide(&master[bias.range()]));
        let (x, residual, dy) = (
            values(2, rows * columns),
            values(3, rows * columns),
            values(4, rows * columns),
        );
        let floats = self.floats(&master);
        let weights = self.device.weights(&[], true).unwrap();
        let parameters = Parameters {
            master: &floats,
            weights: &weights,
        };
        for dropout in self.dropouts() {
            let what = format!("layer norm {rows}×{columns}, dropout {}", dropout.probability);
            let mask = hidden_mask(&dropout, rows, columns);
            let sum: Vec<f64> = (0..rows * columns)
                .map(|i| f64::from(residual[i]) + mask[i] * f64::from(x[i]))
                .collect();
            let (normalized, inverses) = normalize(&sum, columns, 1e-5);
            let y: Vec<f64> = normalized
                .iter()
                .enumerate()
                .map(|(i, v)| v * w[i % columns] + b[i % columns])
                .collect();
            let mut state = NormState {
                normalized: self.poisoned(rows * columns),
                inverse_deviation: self.device.floats(rows).unwrap(),
            };
            let (input, rest) = (self.activations(&x), self.activations(&residual));
            let mut output = self.poisoned(rows * columns);
            self.device
                .add_layer_norm(
                    parameters,
                    &norm,
                    &input,
                    &rest,
                    rows,
                    dropout,
                    Some(&mut state),
                    &mut output,
                )
                .unwrap();
            self.near(&what, &self.read(&output, rows * columns), &y);
            let mut again = self.poisoned(rows * columns);
            self.device
                .add_layer_norm(parameters, &norm, &input, &rest, rows, dropout, None, &mut again)
                .unwrap();
            assert_eq!(self.read(&again, rows * columns), self.read(&output, rows * columns));

            let (dx, dw, db) = norm_backward(&wide(&dy), &normalized, &inverses, &w);
            let before = values(5, master.len());
            let mut gradients = self.floats(&before);
            let (mut rest_gradient, mut masked) = (self.poisoned(rows * columns), self.poisoned(rows * columns));
            self.device
                .add_layer_norm_backward(
                    parameters,
                    &norm,
                    &self.activations(&dy),
                    rows,
                    dropout,
                    &state,
                    &mut rest_gradient,
                    dropout.is_active().then_some(&mut masked),
                    &mut gradients,
                )
                .unwrap();
            self.near(
                &format!("{what}, d residual"),
                &self.read(&rest_gradient, rows * columns),
                &dx,
            );
            if dropout.is_active() {
                let expected: Vec<f64> = dx.iter().zip(&mask).map(|(a, b)| a * b).collect();
                self.near(
                    &format!("{what}, d input"),
                    &self.read(&masked, rows * columns),
                    &expected,
                );
            }
            let mut expected = wide(&before);
            for i in 0..columns {
                expected[weight.offset + i] += dw[i];
                expected[bias.offset + i] += db[i];
            }
            self.near(
                &format!("{what}, d parameters"),
                &self.read_floats(&gradients, 0, before.len()),
                &expected,
            );
        }
    }

    pub fn embedding(&self, rows: usize, columns: usize) {
        let (vocabulary, places) = (11, rows + 3);
        let mut offset = 0;
        let mut span = |length| {
            let span = Span { offset, length };
            offset += padded(length);
            span
        };
        let (words, positions, types) = (span(vocabulary * columns), span(places * columns), span(columns));
        let (weight, bias) = (span(columns), span(columns));
        let matrix = Matrix {
            index: 0,
            offset: words.offset,
            outputs: vocabulary,
            inputs: columns,
        };
        let layer_norm = LayerNorm {
            weight,
            bias,
            epsilon: 1e-5,
        };
        let embedding = Embedding {
            words: matrix,
            positions,
            types,
            layer_norm,
        };
        let master = values(1, offset);
        let tokens: Vec<u32> = (0..rows as u32).map(|i| (i * i + 3) % 11).collect();
        let ids: Vec<u32> = (0..rows as u32).map(|i| i / 2 + 2).collect();
        let floats = self.floats(&master);
        let mut weights = self.device.weights(&[matrix], true).unwrap();
        self.device.refresh_weights(&floats, &mut weights).unwrap();
        let parameters = Parameters {
            master: &floats,
            weights: &weights,
        };
        let (token_buffer, id_buffer) = (self.indices(&tokens), self.indices(&ids));
        let at = |span: Span, row: u32, i: usize| span.offset + row as usize * columns + i;
        let sum: Vec<f64> = (0..rows * columns)
            .map(|index| {
                let (row, i) = (index / columns, index % columns);
                [at(words, tokens[row], i), at(positions, ids[row], i), at(types, 0, i)]
                    .map(|place| f64::from(master[place]))
                    .iter()
                    .sum()
            })
            .collect();
        let (normalized, inverses) = normalize(&sum, columns, 1e-5);
        let (w, b) = (wide(&master[weight.range()]), wide(&master[bias.range()]));
        let dy = values(2, rows * columns);
        for dropout in self.dropouts() {
            let what = format!("embedding {rows}×{columns}, dropout {}", dropout.probability);
            let mask = hidden_mask(&dropout, rows, columns);
            let y: Vec<f64> = (0..rows * columns)
                .map(|i| mask[i] * (normalized[i] * w[i % columns] + b[i % columns]))
                .collect();
            let mut state = NormState {
                normalized: self.poisoned(rows * columns),
                inverse_deviation: self.device.floats(rows).unwrap(),
            };
            let mut output = self.poisoned(rows * columns);
            self.device
                .embed(
                    parameters,
                    &embedding,
                    &token_buffer,
                    &id_buffer,
                    rows,
                    dropout,
                    Some(&mut state),
                    &mut output,
                )
                .unwrap();
            self.near(&what, &self.read(&output, rows * columns), &y);

            let masked: Vec<f64> = dy.iter().zip(&mask).map(|(a, b)| f64::from(*a) * b).collect();
            let (dx, dw, db) = norm_backward(&masked, &normalized, &inverses, &w);
            let before = values(5, master.len());
            let mut expected = wide(&before);
            for (index, value) in dx.iter().enumerate() {
                let (row, i) = (index / columns, index % columns);
                expected[at(words, tokens[row], i)] += value;
                expected[at(positions, ids[row], i)] += value;
                expected[at(types, 0, i)] += value;
            }
            for i in 0..columns {
                expected[weight.offset + i] += dw[i];
                expected[bias.offset + i] += db[i];
            }
            let mut gradients = self.floats(&before);
            let mut scratch = self.activations(&dy);
            self.device
                .embed_backward(
                    parameters,
                    &embedding,
                    &token_buffer,
                    &id_buffer,
                    rows,
                    dropout,
                    &state,
                    &mut scratch,
                    &mut gradients,
                )
                .unwrap();
            let after = self.read_floats(&gradients, 0, master.len());
            self.near(&format!("{what}, gradients"), &after, &expected);
        }
    }

    pub fn attention(&self, heads: Heads, lengths: &[(usize, usize)]) {
        let hidden = heads.hidden();
        let mut starts = vec![0u32];
        lengths
            .iter()
            .for_each(|(length, _)| starts.push(starts[starts.len() - 1] + *length as u32));
        let prefixes: Vec<u32> = lengths.iter().map(|(_, prefix)| *prefix as u32).collect();
        let tokens = starts[lengths.len()] as usize;
        let mut segments = self.device.segments(tokens, lengths.len()).unwrap();
        self.device.write_segments(&mut segments, &starts, &prefixes).unwrap();
        let qkv: Vec<f32> = values(1, tokens * 3 * hidden).iter().map(|v| v * 2.0).collect();
        let dy = values(2, tokens * hidden);
        let (q, dq) = (wide(&qkv), wide(&dy));
        for mut dropout in self.dropouts() {
            dropout.stream = random::stream(2, random::Purpose::AttentionProbabilities);
            let what = format!("attention {heads:?} {lengths:?}, dropout {}", dropout.probability);
            let (threshold, keep) = random::attention_threshold(dropout.probability);
            let (mut y, mut lse) = (vec![0.0; tokens * hidden], vec![0.0; heads.count * tokens]);
            let mut gradient = vec![0.0; tokens * 3 * hidden];
            for (segment, &(length, prefix)) in lengths.iter().enumerate() {
                let start = starts[segment] as usize;
                for head in 0..heads.count {
                    let d = heads.dimension;
                    let at = |part: usize, row: usize| (start + row) * 3 * hidden + part * hidden + head * d;
                    for i in 0..length {
                        let seen = prefix.max(i + 1);
                        let scores: Vec<f64> = (0..seen)
                            .map(|j| {
                                let dot: f64 = (0..d).map(|k| q[at(0, i) + k] * q[at(1, j) + k]).sum();
                                dot / (d as f64).sqrt()
                            })
                            .collect();
                        let largest = scores.iter().copied().fold(f64::MIN, f64::max);
                        let sum: f64 = scores.iter().map(|s| (s - largest).exp()).sum();
                        lse[head * tokens + start + i] = largest + sum.ln();
                        let p: Vec<f64> = scores.iter().map(|s| (s - largest).exp() / sum).collect();
                        let mask: Vec<f64> = (0..seen)
                            .map(|j| {
                                let (row, key) = ((start + i) as u32, j as u32);
                                let (seed, draw, stream) = (dropout.seed, dropout.draw, dropout.stream);
                                let decision = random::attention_decision(seed, draw, stream, head as u32, row, key);
                                let kept = !dropout.is_active() || decision >= threshold;
                                if kept { f64::from(keep) } else { 0.0 }
                            })
                            .collect();
                        let out = (start + i) * hidden + head * d;
                        let slopes: Vec<f64> = (0..seen)
                            .map(|j| mask[j] * (0..d).map(|k| dq[out + k] * q[at(2, j) + k]).sum::<f64>())
                            .collect();
                        let delta: f64 = p.iter().zip(&slopes).map(|(p, s)| p * s).sum();
                        for j in 0..seen {
                            let ds = p[j] * (slopes[j] - delta) / (d as f64).sqrt();
                            for k in 0..d {
                                y[out + k] += p[j] * mask[j] * q[at(2, j) + k];
                                gradient[at(0, i) + k] += ds * q[at(1, j) + k];
                                gradient[at(1, j) + k] += ds * q[at(0, i) + k];
                                gradient[at(2, j) + k] += p[j] * mask[j] * dq[out + k];
                            }
                        }
                    }
                }
            }
            let input = self.activations(&qkv);
            let (mut output, mut sums) = (self.poisoned(tokens * hidden), self.device.floats(lse.len()).unwrap());
            self.device
                .attention(heads, &segments, &input, dropout, Some(&mut sums), &mut output)
                .unwrap();
            self.near(&what, &self.read(&output, tokens * hidden), &y);
            self.near(
                &format!("{what}, log sum"),
                &self.read_floats(&sums, 0, lse.len()),
                &lse,
            );
            let mut result = self.poisoned(tokens * 3 * hidden);
            let slope = self.activations(&dy);
            self.device
                .attention_backward(heads, &segments, &input, &output, &sums, &slope, dropout, &mut result)
                .unwrap();
            self.near(
                &format!("{what}, gradient"),
                &self.read(&result, tokens * 3 * hidden),
                &gradient,
            );

            let mut pooled = self.device.floats(lengths.len() * hidden).unwrap();
            self.device
                .mean_pool(&segments, &slope, hidden, true, &mut pooled)
                .unwrap();
            let mut expected = Vec::new();
            for (segment, (length, _)) in lengths.iter().enumerate() {
                let start = starts[segment] as usize;
                let sum: Vec<f64> = (0..hidden)
                    .map(|k| (start..start + length).map(|row| dq[row * hidden + k]).sum())
                    .collect();
                let norm = sum.iter().map(|v| v * v).sum::<f64>().sqrt();
                expected.extend(sum.iter().map(|v| v / norm.max(1e-12)));
            }
            self.near("mean pooling", &self.read_floats(&pooled, 0, expected.len()), &expected);
        }
    }

    pub fn projection(&self, count: usize, columns: usize, vocabulary: usize) {
        let what = format!("projection {count}×{columns}×{vocabulary}");
        let words = Matrix {
            index: 0,
            offset: 0,
            outputs: vocabulary,
            inputs: columns,
        };
        let bias = Span {
            offset: padded(vocabulary * columns),
            length: vocabulary,
        };
        let master = values(1, padded(bias.offset + vocabulary));
        let (w, b) = (wide(&master[..vocabulary * columns]), wide(&master[bias.range()]));
        let floats = self.floats(&master);
        let mut weights = self.device.weights(&[words], true).unwrap();
        self.device.refresh_weights(&floats, &mut weights).unwrap();
        let parameters = Parameters {
            master: &floats,
            weights: &weights,
        };
        let limits = Limits {
            tokens: count,
            segments: 1,
            targets: count,
            hidden: columns,
            intermediate: columns,
            vocabulary,
            heads: 1,
            training: true,
        };
        self.device.prepare(&limits).unwrap();
        let h = values(2, count * columns);
        let targets: Vec<u32> = (0..count).map(|i| (i * 7 % vocabulary) as u32).collect();
        let target_weights: Vec<f32> = (0..count).map(|i| if i % 3 == 0 { 1.0 } else { 10.0 }).collect();
        let scale = 1.0 / count as f32;
        let mut logits = product(&wide(&h), &w, count, columns, vocabulary);
        logits.iter_mut().enumerate().for_each(|(i, z)| *z += b[i % vocabulary]);
        let before = values(3, master.len());
        let (mut loss, mut gradient) = (0.0, wide(&before));
        let mut dh = vec![0.0; count * columns];
        let mut log_softmax = logits.clone();
        for row in 0..count {
            let z = &mut log_softmax[row * vocabulary..][..vocabulary];
            let largest = z.iter().copied().fold(f64::MIN, f64::max);
            let sum = z.iter().map(|z| (z - largest).exp()).sum::<f64>().ln() + largest;
            z.iter_mut().for_each(|z| *z -= sum);
            let factor = f64::from(target_weights[row]) * f64::from(scale);
            loss -= factor * z[targets[row] as usize];
            for (token, z) in z.iter().enumerate() {
                let d = factor * (z.exp() - f64::from(u8::from(token == targets[row] as usize)));
                gradient[bias.offset + token] += d;
                for k in 0..columns {
                    gradient[token * columns + k] += d * f64::from(h[row * columns + k]);
                    dh[row * columns + k] += d * w[token * columns + k];
                }
            }
        }
        let hidden = self.activations(&h);
        let (tokens, token_weights) = (self.indices(&targets), self.floats(&target_weights));
        let (mut sum, mut gradients) = (self.floats(&[0.5]), self.floats(&before));
        let mut hidden_gradient = self.poisoned(count * columns);
        let wanted = ProjectionGradients {
            parameters: &mut gradients,
            hidden: &mut hidden_gradient,
        };
        let device = &self.device;
        device
            .projection_loss(
                parameters,
                &words,
                bias,
                &hidden,
                &tokens,
                &token_weights,
                count,
                scale,
                &mut sum,
                Some(wanted),
            )
            .unwrap();
        self.near(&format!("{what}, loss"), &self.read_floats(&sum, 0, 1), &[loss + 0.5]);
        self.near(
            &format!("{what}, d hidden"),
            &self.read(&hidden_gradient, count * columns),
            &dh,
        );
        let after = self.read_floats(&gradients, 0, master.len());
        self.near(&format!("{what}, d parameters"), &after, &gradient);
        let mut sum = self.floats(&[0.0]);
        device
            .projection_loss(
                parameters,
                &words,
                bias,
                &hidden,
                &tokens,
                &token_weights,
                count,
                scale,
                &mut sum,
                None,
            )
            .unwrap();
        self.near(&format!("{what}, loss alone"), &self.read_floats(&sum, 0, 1), &[loss]);

        let mut output = device.floats(count * vocabulary).unwrap();
        device
            .logits(parameters, &words, bias, &hidden, count, &mut output)
            .unwrap();
        let ours = self.read_floats(&output, 0, count * vocabulary);
        self.near(&format!("{what}, logits"), &ours, &logits);
        let k = vocabulary.min(5);
        let (mut best, mut scores) = (device.indices(count * k).unwrap(), device.floats(count * k).unwrap());
        device
            .top_k(&output, count, vocabulary, k, &mut best, &mut scores)
            .unwrap();
        let mut chosen = vec![0; count * k];
        device.read_indices(&best, 0, &mut chosen).unwrap();
        let expected: Vec<f64> = (0..count * k)
            .map(|i| log_softmax[i / k * vocabulary + chosen[i] as usize])
            .collect();
        self.near(
            &format!("{what}, top k"),
            &self.read_floats(&scores, 0, count * k),
            &expected,
        );
        for row in 0..count {
            let row_logits = &ours[row * vocabulary..][..vocabulary];
            let mut order: Vec<u32> = (0..vocabulary as u32).collect();
            order.sort_by(|a, b| {
                row_logits[*b as usize]
                    .total_cmp(&row_logits[*a as usize])
                    .then(a.cmp(b))
            });
            assert_eq!(chosen[row * k..(row + 1) * k], order[..k], "{what}");
        }
    }

    pub fn rows(&self, columns: usize) {
        let total = 9;
        let x = values(1, total * columns);
        let rows = [0, 3, 4, 8];
        let (input, index) = (self.activations(&x), self.indices(&rows));
        let mut gathered = self.poisoned(rows.len() * columns);
        self.device
            .gather_rows(&input, &index, rows.len(), columns, &mut gathered)
            .unwrap();
        let expected: Vec<f32> = rows
            .iter()
            .flat_map(|row| x[*row as usize * columns..][..columns].to_vec())
            .collect();
        assert_eq!(self.read(&gathered, expected.len()), expected);
        let mut scattered = self.poisoned(total * columns);
        self.device
            .scatter_rows(&gathered, &index, rows.len(), columns, &mut scattered, total)
            .unwrap();
        let expected: Vec<f32> = (0..total * columns)
            .map(|i| {
                if rows.contains(&((i / columns) as u32)) {
                    x[i]
                } else {
                    0.0
                }
            })
            .collect();
        assert_eq!(self.read(&scattered, expected.len()), expected);
    }

    pub fn update(&self, length: usize, max_norm: f32) {
        let what = format!("AdamW of {length}, norm {max_norm}");
        let (mut p, g) = (values(1, length), values(2, length));
        let (mut m, mut v): (Vec<f32>, Vec<f32>) = (values(3, length), values(4, length));
        v.iter_mut().for_each(|v| *v = v.abs());
        let decay = [
            Span {
                offset: 4,
                length: length / 12 * 4,
            },
            Span {
                offset: length / 8 * 4,
                length: length / 16 * 4,
            },
        ];
        let settings = AdamW {
            learning_rate: 0.01,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-6,
            weight_decay: 0.1,
            step: 3,
            max_norm,
        };
        let (mut master, gradients) = (self.floats(&p), self.floats(&g));
        let (mut first, mut second) = (self.floats(&m), self.floats(&v));
        let mut norm = self.floats(&[f32::NAN]);
        self.device.squared_norm(&gradients, length, &mut norm).unwrap();
        let squared: f64 = g.iter().map(|g| f64::from(*g).powi(2)).sum();
        self.near(
            &format!("{what}, squared norm"),
            &self.read_floats(&norm, 0, 1),
            &[squared],
        );
        let matrix = Matrix {
            index: 0,
            offset: 0,
            outputs: 1,
            inputs: 8,
        };
        let mut weights = self.device.weights(&[matrix], true).unwrap();
        self.device
            .adamw(
                &settings,
                &decay,
                &norm,
                &gradients,
                &mut master,
                &mut first,
                &mut second,
                &mut weights,
            )
            .unwrap();
        let clip = (f64::from(max_norm) / (squared.sqrt() + 1e-6)).min(1.0);
        let (mut expected, mut sums) = (Vec::new(), (Vec::new(), Vec::new()));
        let (beta1, beta2) = (f64::from(0.9f32), f64::from(0.999f32));
        for i in 0..length {
            let gradient = f64::from(g[i]) * clip;
            let first = beta1 * f64::from(m[i]) + (1.0 - beta1) * gradient;
            let second = beta2 * f64::from(v[i]) + (1.0 - beta2) * gradient * gradient;
            let decayed = decay.iter().any(|span| span.range().contains(&i));
            let kept = f64::from(p[i]) * if decayed { 1.0 - 0.01 * 0.1 } else { 1.0 };
            let corrected = (second / (1.0 - beta2.powi(3))).sqrt() + 1e-6;
            expected.push(kept - 0.01 / (1.0 - beta1.powi(3)) * first / corrected);
            sums.0.push(first);
            sums.1.push(second);
        }
        for (buffer, result) in [(&first, &mut m), (&second, &mut v), (&master, &mut p)] {
            *result = self.read_floats(buffer, 0, length);
        }
        self.near(&what, &p, &expected);
        self.near(&format!("{what}, first moment"), &m, &sums.0);
        self.near(&format!("{what}, second moment"), &v, &sums.1);
    }

    /// One step of decoding: the cache's new rows, and attention over prefixes and shared ancestors.
    pub fn decoding(&self, heads: Heads, prefixes: &[usize], step: usize) {
        let what = format!("decoding {heads:?}, prefixes {prefixes:?}, step {step}");
        let (hidden, d) = (heads.hidden(), heads.dimension);
        let (rows, row_capacity, step_capacity) = (2 * prefixes.len() - 1, 2 * prefixes.len(), step + 3);
        let mut starts = vec![0u32];
        prefixes
            .iter()
            .for_each(|length| starts.push(starts[starts.len() - 1] + *length as u32));
        let tokens = starts[prefixes.len()] as usize;
        let sequences: Vec<u32> = (0..rows as u32).map(|row| row / 2).collect();
        let ancestors: Vec<u32> = (0..rows * step_capacity)
            .map(|i| philox([i as u32, 7, 0, 0], [1, 2])[0] % rows as u32)
            .collect();
        let (prefix_keys, prefix_values) = (values(1, tokens * hidden), values(2, tokens * hidden));
        let qkv: Vec<f32> = values(3, rows * 3 * hidden).iter().map(|v| v * 2.0).collect();
        let (mut keys, mut cached) = (
            values(4, step_capacity * row_capacity * hidden),
            values(5, step_capacity * row_capacity * hidden),
        );
        let (mut key_cache, mut value_cache) = (self.activations(&keys), self.activations(&cached));
        let input = self.activations(&qkv);
        let first_row = step * row_capacity;
        self.device
            .append_cache(&input, rows, hidden, first_row, &mut key_cache, &mut value_cache)
            .unwrap();
        for row in 0..rows {
            let to = (first_row + row) * hidden;
            let from = row * 3 * hidden;
            keys[to..to + hidden].copy_from_slice(&qkv[from + hidden..from + 2 * hidden]);
            cached[to..to + hidden].copy_from_slice(&qkv[from + 2 * hidden..from + 3 * hidden]);
        }
        assert_eq!(self.read(&key_cache, keys.len()), keys, "{what}");
        assert_eq!(self.read(&value_cache, cached.len()), cached, "{what}");
        let shape = DecodeShape {
            heads,
            rows,
            row_capacity,
            step,
            step_capacity,
        };
        let mut output = self.poisoned(rows * hidden);
        self.device
            .decode_attention(
                &shape,
                &input,
                &self.activations(&prefix_keys),
                &self.activations(&prefix_values),
                &self.indices(&starts),
                &self.indices(&sequences),
                &key_cache,
                &value_cache,
                &self.indices(&ancestors),
                &mut output,
            )
            .unwrap();
        let mut expected = vec![0.0; rows * hidden];
        for row in 0..rows {
            let sequence = sequences[row] as usize;
            // Where each key that the row sees lies: its cache and row.
            let seen: Vec<(&[f32], &[f32], usize)> = (starts[sequence]..starts[sequence + 1])
                .map(|key| (&prefix_keys[..], &prefix_values[..], key as usize))
                .chain((0..=step).map(|t| {
                    let ancestor = ancestors[row * step_capacity + t] as usize;
                    (&keys[..], &cached[..], t * row_capacity + ancestor)
                }))
                .collect();
            for head in 0..heads.count {
                let query = &qkv[row * 3 * hidden + head * d..][..d];
                let at = |place: usize| place * hidden + head * d;
                let score = |keys: &[f32], place: usize| -> f64 {
                    let pairs = query.iter().zip(&keys[at(place)..]);
                    pairs.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>() / (d as f64).sqrt()
                };
                let weights: Vec<f64> = seen.iter().map(|(keys, _, place)| score(keys, *place).exp()).collect();
                let sum: f64 = weights.iter().sum();
                for ((_, values, place), weight) in seen.iter().zip(&weights) {
                    for k in 0..d {
                        expected[row * hidden + head * d + k] += weight / sum * f64::from(values[at(*place) + k]);
                    }
                }
            }
        }
        self.near(&what, &self.read(&output, rows * hidden), &expected);
    }
}
