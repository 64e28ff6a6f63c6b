//! Every CUDA kernel against f64 at awkward shapes: on the software device, with its memory, race and barrier checks on, or
//! with `CODEEXECUTOR_DEVICE=cuda` on a card.

#[path = "operations/check/mod.rs"]
mod check;
#[path = "cuda_support/mod.rs"]
mod cuda_support;

use check::Check;
use codeexecutor::device::cuda::Cuda;
use codeexecutor::device::cuda::gemm;
use codeexecutor::device::{Device, Heads, Precision};
use cuda_support::{left_out, open, software_findings};

/// f32 sums in another order than f64's; bf16 rounds to 8 bits (2^-9) its inputs' products once, and probabilities, masks
/// and their gradients once more before they are multiplied again.
fn check(precision: Precision) -> Option<Check<Cuda>> {
    let device = open(precision)?;
    Some(Check {
        name: device.name(),
        device,
        tolerance: match precision {
            Precision::F32 => 5e-6,
            Precision::Bf16 => 1e-2,
        },
    })
}

fn heads(count: usize, dimension: usize) -> Heads {
    Heads { count, dimension }
}

/// In both precisions: sizes that are multiples of 8, rows that fill no tile.
fn both(run: impl Fn(&Check<Cuda>)) {
    for precision in [Precision::F32, Precision::Bf16] {
        if let Some(check) = check(precision) {
            run(&check);
            assert_eq!(software_findings(), Vec::<String>::new());
        }
    }
}

/// The catalogue of kernels names this test for some: it must have run them.
fn complete(test: &str) {
    assert_eq!(left_out(test), Vec::<&str>::new());
}

/// In f32: sizes of no alignment at all.
fn ragged(run: impl Fn(&Check<Cuda>)) {
    if let Some(check) = check(Precision::F32) {
        run(&check);
        assert_eq!(software_findings(), Vec::<String>::new());
    }
}

#[test]
fn dense() {
    both(|check| {
        for [rows, inputs, outputs] in [[1, 8, 8], [67, 72, 200], [130, 264, 136], [257, 64, 328], [14, 2048, 8]] {
            check.dense(rows, inputs, outputs);
        }
    });
    ragged(|check| {
        for [rows, inputs, outputs] in [[1, 1, 1], [13, 7, 33], [37, 35, 31], [5, 129, 65], [13, 5001, 4]] {
            check.dense(rows, inputs, outputs);
        }
    });
    // Every tile and some splits, whatever the shapes would choose.
    if let Some(check) = check(Precision::Bf16) {
        let driver = check.device.driver().clone();
        for tile in gemm::tiles(&driver, false).unwrap() {
            for splits in [1, 3] {
                *driver.forced() = Some((tile.name(), splits));
                check.dense(210, 264, 200);
            }
        }
        assert_eq!(software_findings(), Vec::<String>::new());
    }
    complete("dense");
}

#[test]
fn layer_norm_and_embedding() {
    both(|check| {
        for [rows, columns] in [[1, 8], [37, 264], [5, 1032], [70, 768]] {
            check.layer_norm(rows, columns);
            check.embedding(rows, columns);
        }
    });
    ragged(|check| {
        for [rows, columns] in [[1, 1], [3, 17], [35, 49], [6, 1101]] {
            check.layer_norm(rows, columns);
            check.embedding(rows, columns);
        }
    });
    complete("layer_norm_and_embedding");
}

#[test]
fn attention() {
    both(|check| {
        check.attention(heads(2, 64), &[(1, 1), (59, 20), (129, 0)]);
        check.attention(heads(1, 64), &[(200, 70), (0, 0), (137, 137)]);
        check.attention(heads(2, 32), &[(97, 31), (2, 2), (300, 64)]);
        check.attention(heads(2, 24), &[(33, 5), (64, 64)]);
        check.attention(heads(1, 128), &[(40, 7)]);
    });
    ragged(|check| {
        check.attention(heads(1, 1), &[(1, 0), (2, 2), (5, 1)]);
        check.attention(heads(3, 7), &[(33, 5), (1, 1), (64, 64)]);
        check.attention(heads(1, 33), &[(100, 70)]);
    });
    // Longer than 1,024, in several tiles and slots.
    both(|check| check.attention(heads(1, 64), &[(1500, 300)]));
    both(|check| check.attention(heads(1, 32), &[(2048, 1100)]));
    complete("attention");
}

#[test]
fn projection_and_loss() {
    both(|check| {
        for [count, columns, vocabulary] in [[1, 8, 11], [70, 72, 203], [100, 40, 64]] {
            check.projection(count, columns, vocabulary);
        }
    });
    // More columns than one chunk's.
    both(|check| check.projection(9, 16, 8192 + 77));
    ragged(|check| check.projection(17, 21, 101));
    complete("projection_and_loss");
}

#[test]
fn decoding() {
    both(|check| {
        check.decoding(heads(2, 64), &[40, 0, 300], 5);
        check.decoding(heads(3, 32), &[7, 129], 0);
        check.decoding(heads(2, 40), &[165], 9);
    });
    ragged(|check| check.decoding(heads(3, 7), &[3, 150], 2));
    both(|check| check.decoding(heads(1, 64), &[2040, 1500], 3));
    complete("decoding");
}

#[test]
fn rows_and_update() {
    both(|check| {
        check.rows(16);
        check.rows(1032);
        check.update(64, f32::INFINITY);
        check.update(8192, 1.0);
    });
    ragged(|check| check.rows(13));
    complete("rows_and_update");
}

#[test]
fn the_measure_of_the_tensor_cores() {
    let Some(check) = check(Precision::Bf16) else { return };
    let peak = check.device.driver().tensor_peak(3).unwrap();
    assert!(peak.is_finite() && peak > 0.0, "{peak}");
    assert_eq!(software_findings(), Vec::<String>::new());
    complete("the_measure_of_the_tensor_cores");
}

/// What the kernels cannot do is refused in words, before anything is launched.
#[test]
fn other_shapes_are_refused() {
    let Some(check) = check(Precision::Bf16) else { return };
    let device = &check.device;
    let input = device.activations(64).unwrap();
    let mut output = device.activations(64).unwrap();
    let rows = device.indices(2).unwrap();
    let error = device.gather_rows(&input, &rows, 2, 13, &mut output).unwrap_err();
    assert!(
        error.message.contains("13") && error.message.contains("multiple of 8"),
        "{error}"
    );
    let error = device.gather_rows(&input, &rows, 2, 64, &mut output).unwrap_err();
    assert!(error.message.contains("128 are needed"), "{error}");
}
