//! The CPU device's operations against f64, on every instruction set and at awkward sizes.

#[path = "operations/check/mod.rs"]
mod check;

use check::Check;
use codeexecutor::device::cpu::vector::Isa;
use codeexecutor::device::cpu::{Bf16, Cpu};
use codeexecutor::device::{DenseEpilogue, Device, Heads, Matrix, Parameters, Span};

fn all<D: Device>(check: &Check<D>) {
    for [rows, inputs, outputs] in [
        [1, 1, 1],
        [13, 7, 33],
        [25, 64, 96],
        [37, 35, 31],
        [5, 129, 65],
        [130, 24, 12],
    ] {
        check.dense(rows, inputs, outputs);
    }
    // Rows 4096 bytes apart in one precision or the other, and an inner dimension that is cut.
    check.dense(14, 2048, 3);
    check.dense(13, 5001, 4);
    check.dense(1030, 8, 8);
    for [rows, columns] in [[1, 1], [3, 17], [35, 48], [70, 129], [40, 768]] {
        check.layer_norm(rows, columns);
        check.embedding(rows, columns);
    }
    let heads = |count, dimension| Heads { count, dimension };
    check.attention(heads(1, 1), &[(1, 0), (2, 2), (5, 1)]);
    check.attention(heads(3, 7), &[(33, 5), (1, 1), (64, 64)]);
    check.attention(heads(2, 64), &[(97, 31), (0, 0), (65, 0)]);
    check.attention(heads(1, 33), &[(300, 70)]);
    for [count, columns, vocabulary] in [[1, 3, 2], [17, 20, 101], [100, 33, 64]] {
        check.projection(count, columns, vocabulary);
    }
    check.rows(13);
    check.rows(16);
    check.update(101, f32::INFINITY);
    check.decoding(heads(3, 7), &[3, 1], 0);
    check.decoding(heads(2, 64), &[40, 0, 300], 5);
    check.update(70_000, 1.0);
}

#[test]
fn f32_operations_equal_f64() {
    for isa in Isa::available() {
        let device = Cpu::<f32>::with_isa(2, isa).unwrap();
        all(&Check {
            name: device.name(),
            device,
            tolerance: 3e-6,
        });
    }
}

#[test]
fn bf16_operations_are_near_f64() {
    for isa in Isa::available() {
        let device = Cpu::<Bf16>::with_isa(2, isa).unwrap();
        all(&Check {
            name: device.name(),
            device,
            tolerance: 1e-2,
        });
    }
}

/// Weights of eight bits on every instruction set: exact sums of what was rounded, the same everywhere.
#[test]
fn int8_products_equal_exact_sums_of_rounded_values() {
    for [rows, inputs, outputs] in [[1, 1, 1], [3, 7, 33], [13, 100, 64], [37, 35, 31], [5, 3072, 40]] {
        let mut first: Option<Vec<u32>> = None;
        for isa in Isa::available() {
            let device = Cpu::<f32>::with_isa(2, isa).unwrap().with_int8_weights(true);
            let (result, expected) = int8_product(&device, [rows, inputs, outputs]);
            for (value, expected) in result.iter().zip(&expected) {
                let error = (f64::from(*value) - expected).abs();
                assert!(
                    error <= 1e-6 * (1.0 + expected.abs()),
                    "{}: {value} for {expected}",
                    device.name()
                );
            }
            let bits: Vec<u32> = result.iter().map(|value| value.to_bits()).collect();
            assert!(*first.get_or_insert_with(|| bits.clone()) == bits, "{}", device.name());

            let device = Cpu::<Bf16>::with_isa(2, isa).unwrap().with_int8_weights(true);
            let (result, expected) = int8_product(&device, [rows, inputs, outputs]);
            for (value, expected) in result.iter().zip(&expected) {
                let error = (f64::from(*value) - expected).abs();
                assert!(
                    error <= 1e-6 + expected.abs() / 256.0,
                    "{}: {value} for {expected}",
                    device.name()
                );
            }
        }
    }
}

/// `x Wᵀ + b` of a device whose weights have eight bits, and the same of the rounded values in whole numbers.
fn int8_product<D: Device>(device: &D, [rows, inputs, outputs]: [usize; 3]) -> (Vec<f32>, Vec<f64>) {
    let value = |i: usize, seed: usize| ((i * 7919 + seed * 104_729) % 2003) as f32 / 1001.0 - 1.0;
    // Rows of weights of other magnitudes, one of them zero; values that bf16 shows exactly.
    let exact = |value: f32| f32::from_bits(value.to_bits() & 0xFFFF_0000);
    let matrix = Matrix {
        index: 0,
        offset: 0,
        outputs,
        inputs,
    };
    let bias = Span {
        offset: outputs * inputs,
        length: outputs,
    };
    let mut master: Vec<f32> = (0..outputs * inputs)
        .map(|i| value(i, 1) * (i / inputs % 5) as f32)
        .collect();
    master.extend((0..outputs).map(|i| value(i, 2)));
    let x: Vec<f32> = (0..rows * inputs)
        .map(|i| exact(value(i, 3) * (i / inputs) as f32))
        .collect();
    let mut floats = device.floats(master.len()).unwrap();
    device.write_floats(&mut floats, 0, &master).unwrap();
    let mut weights = device.weights(&[matrix], false).unwrap();
    device.refresh_weights(&floats, &mut weights).unwrap();
    let mut input = device.activations(rows * inputs).unwrap();
    device.write_activations(&mut input, 0, &x).unwrap();
    let mut output = device.activations(rows * outputs).unwrap();
    let parameters = Parameters {
        master: &floats,
        weights: &weights,
    };
    device
        .dense(
            parameters,
            &matrix,
            bias,
            &input,
            rows,
            DenseEpilogue::Linear,
            &mut output,
        )
        .unwrap();
    let mut result = vec![0.0; rows * outputs];
    device.read_activations(&output, 0, &mut result).unwrap();

    let rounded = |row: &[f32], limit: f32| -> (Vec<i64>, f64) {
        let largest = row.iter().fold(0.0f32, |largest, value| largest.max(value.abs()));
        let factor = if largest > 0.0 { limit / largest } else { 0.0 };
        let whole = row
            .iter()
            .map(|value| (value * factor).round_ties_even() as i64)
            .collect();
        (whole, f64::from(largest / limit))
    };
    let limit = (i64::from(i32::MAX) / (127 * inputs as i64)).min(i64::from(i16::MAX)) as f32;
    let mut expected = Vec::new();
    for row in x.chunks_exact(inputs) {
        let (x, unit) = rounded(row, limit);
        for output in 0..outputs {
            let (w, scale) = rounded(&master[output * inputs..][..inputs], 127.0);
            let sum: i64 = x.iter().zip(&w).map(|(x, w)| x * w).sum();
            assert!(i32::try_from(sum).is_ok());
            expected.push(sum as f64 * scale * unit + f64::from(master[bias.offset + output]));
        }
    }
    (result, expected)
}
