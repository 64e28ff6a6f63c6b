//! Every operation of a device against plain f64 code, with outputs poisoned beforehand.
//!
//! Inputs are representable in bfloat16, so that both precisions start from the same numbers. Spans of parameters start at
//! multiples of 64 elements, as the model's layout has them.

mod attention;
mod dense;
mod norm;
mod projection;
mod update;

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

    /// One matrix's compute copies, of the parameters as they are.
    fn weights(&self, matrix: Matrix, parameters: &D::Floats) -> D::Weights {
        let mut weights = self.device.weights(&[matrix], true).unwrap();
        self.device.refresh_weights(parameters, &mut weights).unwrap();
        weights
    }

    /// What a layer norm keeps for its backward pass, poisoned.
    fn norm_state(&self, rows: usize, columns: usize) -> NormState<D> {
        NormState {
            normalized: self.poisoned(rows * columns),
            inverse_deviation: self.device.floats(rows).unwrap(),
        }
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
}
