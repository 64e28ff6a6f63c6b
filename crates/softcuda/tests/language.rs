//! The language features of CUDA C++, as nvcc compiles them, against what the host computes from the same source; and
//! what cooperative groups and libcu++ make of barriers and asynchronous copies.

mod common;

use common::{Device, stored};
use softcuda::device::Options;

/// Rows of eight doubles, 32 for each part, by the part's name.
fn expected() -> Vec<(String, Vec<f64>)> {
    let mut parts: Vec<(String, Vec<f64>)> = Vec::new();
    for line in stored("language.expected").lines() {
        let mut words = line.split(' ');
        let name = words.next().unwrap_or_default();
        let row = words.skip(1).map(|word| word.parse::<f64>().unwrap());
        match parts.last_mut().filter(|(last, _)| last == name) {
            Some((_, values)) => values.extend(row),
            None => parts.push((name.to_owned(), row.collect())),
        }
    }
    parts
}

#[test]
fn features_of_the_language() {
    for level in ["sm_80.O3", "sm_75.G", "sm_90.O0"] {
        let device = Device::new(&stored(&format!("language.{level}.ptx")));
        for (name, want) in expected() {
            let out = device.upload(&vec![0f64; 256]);
            device.run(&format!("k_{name}"), 1, 32, 0, &[&out.to_le_bytes()]);
            // The library's functions differ from the host's in the last places.
            let tolerance = if name.starts_with("floats") { 3e-6 } else { 1e-13 };
            for (at, (got, want)) in device.download::<f64>(out, 256).iter().zip(&want).enumerate() {
                let near = (got - want).abs() <= tolerance * want.abs().max(1e-3);
                let same = got == want || got.is_nan() && want.is_nan() || near;
                assert!(
                    same,
                    "{level} {name}, thread {}, value {}: {got}, not {want}",
                    at / 8,
                    at % 8
                );
            }
        }
    }
}

fn architectures(test: impl Fn(&Device)) {
    for arch in [75, 80, 90] {
        for check in [false, true] {
            let options = Options {
                check_memory: check,
                check_races: check,
                check_barriers: check,
                ..Options::default()
            };
            test(&Device::with(
                &stored(&format!("cooperation.sm_{arch}.O3.ptx")),
                options,
            ));
        }
    }
}

#[test]
fn cooperative_groups() {
    architectures(|device| {
        let out = device.empty(32 * 32);
        device.run("groups", 1, 32, 0, &[&out.to_le_bytes()]);
        for (lane, got) in device.download::<i32>(out, 256).chunks_exact(8).enumerate() {
            let (lane, tile) = (lane as i32, lane as i32 / 8 * 8);
            let coalesced = if lane % 3 == 0 { 11 * 100 + lane / 3 } else { 0 };
            let scan: i32 = (tile..=lane).sum();
            let labeled = 80 + lane / 4;
            let want = [
                496,
                tile + 7,
                scan,
                lane,
                tile + 3,
                lane / 8 * 100 + lane % 8,
                coalesced,
                labeled,
            ];
            assert_eq!(got, want, "lane {lane}");
        }
    });
}

#[test]
fn copies_barriers_and_pipelines() {
    architectures(|device| {
        let input: Vec<i32> = (0..256).map(|i| i * 3).collect();
        let from = device.upload(&input);
        let reversed = |blocks: usize| -> Vec<i32> {
            input[..blocks * 64]
                .chunks(64)
                .flat_map(|block| block.iter().rev().copied())
                .collect()
        };
        let rounds: Vec<i32> = (0..3)
            .flat_map(|round| reversed(1).into_iter().map(move |value| value + round))
            .collect();
        for (kernel, want) in [
            ("staged", reversed(2)),
            ("group_copy", reversed(1)),
            ("handshake", rounds),
            ("barrier_copy", reversed(1)),
            ("stages", reversed(4)),
        ] {
            let out = device.empty(want.len() as u64 * 4);
            let report = device.run(kernel, 1, 64, 0, &[&from.to_le_bytes(), &out.to_le_bytes()]);
            assert_eq!(device.download::<i32>(out, want.len()), want, "{kernel}");
            let finding = report.findings.first().map(ToString::to_string);
            assert_eq!(finding, None, "{kernel}");
        }
    });
}
