//! The CPU device's operations against f64, on every instruction set and at awkward sizes.

#[path = "operations/check/mod.rs"]
mod check;

use check::Check;
use codeexecutor::device::cpu::vector::Isa;
use codeexecutor::device::cpu::{Bf16, Cpu};
use codeexecutor::device::{Device, Heads};

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
