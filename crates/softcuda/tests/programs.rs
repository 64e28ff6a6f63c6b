//! CUDA programs as nvcc compiles them for several architectures and optimisation levels.

mod common;

use common::{Device, random, stored};
use softcuda::device::{FaultKind, Options, Schedule};

const LEVELS: [&str; 3] = ["sm_80.O3", "sm_75.G", "sm_90.O0"];

fn each_level(program: &str, test: impl Fn(&Device)) {
    for level in LEVELS {
        for schedule in [Schedule::Forward, Schedule::Reverse, Schedule::Random(3)] {
            let options = Options {
                schedule,
                ..Options::default()
            };
            test(&Device::with(&stored(&format!("{program}.{level}.ptx")), options));
        }
    }
}

#[test]
fn elementwise_and_loops() {
    each_level("basics", |device| {
        let n = 1000i32;
        let x: Vec<f32> = (0..n).map(|i| i as f32 * 0.25).collect();
        let y: Vec<f32> = (0..n).map(|i| 10.0 - i as f32).collect();
        let (dx, dy) = (device.upload(&x), device.upload(&y));
        let arguments: [&[u8]; 4] = [
            &n.to_le_bytes(),
            &2.5f32.to_le_bytes(),
            &dx.to_le_bytes(),
            &dy.to_le_bytes(),
        ];
        device.run("saxpy", 4, 256, 0, &arguments);
        let got: Vec<f32> = device.download(dy, n as usize);
        for i in 0..n as usize {
            assert!((got[i] - (2.5 * x[i] + y[i])).abs() <= 1e-4, "{i}");
        }
        device.run("collatz", 8, 128, 0, &[&n.to_le_bytes(), &dy.to_le_bytes()]);
        let got: Vec<i32> = device.download(dy, n as usize);
        for (i, steps) in got.iter().enumerate() {
            let (mut v, mut count) = (i as u64 + 1, 0);
            while v != 1 {
                v = if v & 1 == 1 { 3 * v + 1 } else { v / 2 };
                count += 1;
            }
            assert_eq!(*steps, count, "collatz {i}");
        }
    });
}

#[test]
fn shared_memory_and_warps() {
    each_level("basics", |device| {
        let n = 5000i32;
        let x: Vec<f32> = (0..n).map(|i| (i % 7) as f32).collect();
        let (dx, out) = (device.upload(&x), device.empty(4096));
        device.run(
            "reduce",
            4,
            256,
            0,
            &[&n.to_le_bytes(), &dx.to_le_bytes(), &out.to_le_bytes()],
        );
        let got: Vec<f32> = device.download(out, 4);
        assert_eq!(got.iter().sum::<f32>(), x.iter().sum::<f32>());

        let mut next = random(5);
        let bytes: Vec<u8> = (0..n).map(|_| next() as u8).collect();
        let (dx, bins) = (device.upload(&bytes), device.upload(&[0u32; 256]));
        device.run(
            "histogram",
            3,
            256,
            1024,
            &[&n.to_le_bytes(), &dx.to_le_bytes(), &bins.to_le_bytes()],
        );
        let got: Vec<u32> = device.download(bins, 256);
        let mut want = [0u32; 256];
        bytes.iter().for_each(|&byte| want[usize::from(byte)] += 1);
        assert_eq!(got, want);

        let x: Vec<i32> = (0..512).map(|i| i % 11).collect();
        let dx = device.upload(&x);
        device.run("scan", 2, 256, 0, &[&dx.to_le_bytes()]);
        let got: Vec<i32> = device.download(dx, 512);
        for block in 0..2 {
            let mut sum = 0;
            for i in block * 256..(block + 1) * 256 {
                sum += x[i];
                assert_eq!(got[i], sum, "scan {i}");
            }
        }
        device.run("votes", 1, 64, 0, &[&out.to_le_bytes()]);
        let got: Vec<u32> = device.download(out, 64);
        for warp in 0..2u32 {
            let threads = warp * 32..warp * 32 + 32;
            let ballot = threads
                .clone()
                .fold(0u32, |bits, t| bits | u32::from(t % 3 == 0) << (t % 32));
            for t in threads.clone() {
                let same = threads
                    .clone()
                    .fold(0u32, |bits, o| bits | u32::from(o / 5 == t / 5) << (o % 32));
                let want = ballot ^ u32::from(warp == 1) << 1 ^ u32::from(warp == 0) ^ same;
                assert_eq!(got[t as usize], want, "votes {t}");
            }
        }
    });
}

#[test]
fn half_precision() {
    each_level("basics", |device| {
        let n = 300i32;
        let x: Vec<f32> = (0..n).map(|i| i as f32 / 7.0 - 20.0).collect();
        let (dx, h, b, out) = (
            device.upload(&x),
            device.empty(600),
            device.empty(600),
            device.empty(1200),
        );
        let arguments: [&[u8]; 5] = [
            &n.to_le_bytes(),
            &dx.to_le_bytes(),
            &h.to_le_bytes(),
            &b.to_le_bytes(),
            &out.to_le_bytes(),
        ];
        device.run("halves", 3, 128, 0, &arguments);
        let (h, b, out): (Vec<u16>, Vec<u16>, Vec<f32>) = (
            device.download(h, 300),
            device.download(b, 300),
            device.download(out, 300),
        );
        for i in 0..300 {
            let (half, brain) = (half::f16::from_f32(x[i]), half::bf16::from_f32(x[i]));
            assert_eq!((h[i], b[i]), (half.to_bits(), brain.to_bits()));
            let sum = half::f16::from_f32(half.to_f32() + 1.0).to_f32() + brain.to_f32();
            assert_eq!(out[i], sum, "halves {i}");
        }
    });
}

#[test]
fn calls_constants_and_local_memory() {
    each_level("basics", |device| {
        let out = device.empty(8192);
        let mut pair = [0u8; 16];
        pair[..4].copy_from_slice(&3i32.to_le_bytes());
        pair[8..].copy_from_slice(&0.25f64.to_le_bytes());
        device.run("constants", 1, 32, 0, &[&pair, &out.to_le_bytes()]);
        let got: Vec<f64> = device.download(out, 32);
        for (i, value) in got.iter().enumerate() {
            assert_eq!(*value, [0.5, 1.5, 2.5, 3.5][i & 3] * 3.0 + 0.25 + 7.0);
        }
        device.run("recursion", 1, 64, 0, &[&out.to_le_bytes()]);
        let fibonacci = [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89];
        let got: Vec<i32> = device.download(out, 64);
        assert!((0..64).all(|i| got[i] == fibonacci[i % 12]), "{got:?}");
        device.run("pointers", 1, 64, 0, &[&out.to_le_bytes()]);
        let got: Vec<f32> = device.download(out, 64);
        assert!(
            (0..64).all(|i| got[i] == if i & 1 == 1 { i as f32 * 3.0 } else { i as f32 + 3.0 }),
            "{got:?}"
        );
        device.run("stack", 1, 64, 0, &[&out.to_le_bytes(), &5i32.to_le_bytes()]);
        let got: Vec<i32> = device.download(out, 64);
        for t in 0..64i32 {
            let want: i32 = (0..32).map(|i| (((i * 7 + t) & 31) * 5 + t) * (i + 1)).sum();
            assert_eq!(got[t as usize], want, "stack {t}");
        }
        let x: Vec<i32> = (0..32).map(|i| i % 10).collect();
        let dx = device.upload(&x);
        device.run("dispatch", 1, 32, 0, &[&dx.to_le_bytes(), &out.to_le_bytes()]);
        let got: Vec<i32> = device.download(out, 32);
        let want = |v: i32| match v {
            0 => 10,
            1 => 23,
            2 => 100,
            3 => 30,
            4 => 4u32.reverse_bits() as i32,
            5 => -49,
            6 => 6 << 6,
            7 => -7,
            _ => 1234,
        };
        assert!((0..32).all(|i| got[i] == want(x[i])), "{got:?}");
    });
}

#[test]
fn mathematical_functions() {
    each_level("basics", |device| {
        let n = 400i32;
        let x: Vec<f64> = (0..n).map(|i| f64::from(i) * 0.037).collect();
        let (dx, dy) = (device.upload(&x), device.empty(3200));
        device.run(
            "doubles",
            4,
            128,
            0,
            &[&n.to_le_bytes(), &dx.to_le_bytes(), &dy.to_le_bytes()],
        );
        let got: Vec<f64> = device.download(dy, 400);
        let want = |x: f64| x.sqrt() + (-x).exp() * (x + 1.0).ln() + x.sin() / (x + 2.0) + x.powf(1.5);
        for i in 0..400 {
            assert!(
                (got[i] - want(x[i])).abs() <= 1e-13 * want(x[i]).abs().max(1.0),
                "{} {} {}",
                x[i],
                got[i],
                want(x[i])
            );
        }
        let y: Vec<f32> = x.iter().map(|&x| x as f32).collect();
        let dx = device.upload(&y);
        device.run(
            "floats",
            4,
            128,
            0,
            &[&n.to_le_bytes(), &dx.to_le_bytes(), &dy.to_le_bytes()],
        );
        let got: Vec<f32> = device.download(dy, 400);
        for i in 0..400 {
            let x = f64::from(y[i]);
            let erf = 2.0 / std::f64::consts::PI.sqrt()
                * (0..2000)
                    .map(|k| (-(x * (f64::from(k) + 0.5) / 2000.0).powi(2)).exp() * x / 2000.0)
                    .sum::<f64>();
            let want = want(x) + erf + x.tanh();
            assert!(
                (f64::from(got[i]) - want).abs() <= 2e-6 * want.abs().max(1.0),
                "{x} {} {want}",
                got[i]
            );
        }
    });
}

#[test]
fn locks_and_grids_make_progress() {
    each_level("locks", |device| {
        for kernel in ["lanes_lock", "strict_lock"] {
            let (lock, count) = (device.upload(&[0i32]), device.upload(&[0i32]));
            device.run(kernel, 5, 96, 0, &[&lock.to_le_bytes(), &count.to_le_bytes()]);
            assert_eq!(device.download::<i32>(count, 1), [480], "{kernel}");
        }
        let (flag, out) = (device.upload(&[0i32]), device.empty(4096));
        device.run("chain", 20, 64, 0, &[&flag.to_le_bytes(), &out.to_le_bytes()]);
        assert_eq!(device.download::<i32>(out, 20), (0..20).rev().collect::<Vec<i32>>());
        let x = device.empty(4096);
        device.run("grid_sync", 7, 64, 0, &[&x.to_le_bytes(), &out.to_le_bytes()]);
        assert_eq!(device.download::<i32>(out, 448), [28; 448]);
        let x: Vec<f32> = (0..16).map(|i| i as f32).collect();
        let (dx, partial, ticket) = (device.upload(&x), device.empty(64), device.upload(&[0u32]));
        let arguments: [&[u8]; 4] = [
            &dx.to_le_bytes(),
            &partial.to_le_bytes(),
            &ticket.to_le_bytes(),
            &out.to_le_bytes(),
        ];
        device.run("last_block", 16, 32, 0, &arguments);
        assert_eq!(device.download::<f32>(out, 1), [120.0]);
    });
}

#[test]
fn printf_assert_and_heap() {
    each_level("printing", |device| {
        let arguments: [&[u8]; 3] = [&42i32.to_le_bytes(), &3.25f64.to_le_bytes(), &0u64.to_le_bytes()];
        let report = device.run("print", 1, 2, 0, &arguments);
        let line = |t| format!("thread {t} of 2:    42|42    |003.25|3.250000e+00|3.25|2a|z|text|1234567890123%\n");
        let mut lines: Vec<&str> = report.printed.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines, [line(0).trim_end(), line(1).trim_end()]);
        device.run("fail", 1, 1, 0, &[&2i32.to_le_bytes()]);
        let report = device.try_run("fail", 1, 1, 0, &[&3i32.to_le_bytes()]);
        assert_eq!(report.fault.unwrap().kind, FaultKind::Assert);
        assert!(
            report.printed.contains("Assertion `n != 3 && \"three\"` failed."),
            "{}",
            report.printed
        );
        let out = device.empty(256);
        device.run("heap", 1, 64, 0, &[&out.to_le_bytes()]);
        let got: Vec<i32> = device.download(out, 64);
        assert!((0..64).all(|t| got[t as usize] == 120 + 16 * t), "{got:?}");
        assert!(device.memory.allocations(softcuda::device::Kind::Heap).is_empty());
    });
}

#[test]
fn tensor_core_product() {
    let (m, n, k) = (256i32, 128i32, 96i32);
    let mut next = random(1);
    let mut matrix = |count: i32| -> Vec<u16> {
        (0..count)
            .map(|_| half::bf16::from_f32((next() % 2000) as f32 / 1000.0 - 1.0).to_bits())
            .collect()
    };
    let (a, b) = (matrix(m * k), matrix(n * k));
    let mut results = Vec::new();
    for threads in [1, 2, 3] {
        let device = Device::with(
            &stored("gemm.sm_80.O3.ptx"),
            Options {
                threads,
                ..Options::default()
            },
        );
        let (da, db, dc) = (device.upload(&a), device.upload(&b), device.empty((m * n * 4) as u64));
        let index = device.image.module.kernel("gemm").unwrap();
        let mut parameters = Vec::new();
        for address in [da, db, dc] {
            parameters.extend(address.to_le_bytes());
        }
        for size in [m, n, k] {
            parameters.extend(size.to_le_bytes());
        }
        let config = softcuda::device::LaunchConfig {
            grid: [(n / 128) as u32, (m / 128) as u32, 1],
            block: [256, 1, 1],
            shared_bytes: 3 * 16384,
            parameters: &parameters,
            cooperative: false,
        };
        let report = softcuda::device::launch(&device.image, index, &config, &device.memory, &device.options);
        assert!(report.fault.is_none(), "{}", report.fault.unwrap());
        results.push(device.download::<f32>(dc, (m * n) as usize));
    }
    assert!(
        results.iter().all(|result| result == &results[0]),
        "depends on the number of threads"
    );
    let value = |bits: u16| half::bf16::from_bits(bits).to_f64();
    for row in 0..m as usize {
        for column in 0..n as usize {
            let k = k as usize;
            let want: f64 = (0..k).map(|i| value(a[row * k + i]) * value(b[column * k + i])).sum();
            let got = f64::from(results[0][row * n as usize + column]);
            assert!((got - want).abs() < 1e-4, "({row}, {column}): {got} {want}");
        }
    }
}

#[test]
fn wmma_tile() {
    let device = Device::new(&stored("gemm.sm_80.O3.ptx"));
    let k = 48usize;
    let values: Vec<u16> = (0..16 * k)
        .map(|i| half::f16::from_f32((i % 13) as f32 - 6.0).to_bits())
        .collect();
    let (a, b, c) = (device.upload(&values), device.upload(&values), device.empty(1024));
    let arguments: [&[u8]; 4] = [
        &a.to_le_bytes(),
        &b.to_le_bytes(),
        &c.to_le_bytes(),
        &(k as i32).to_le_bytes(),
    ];
    device.run("wmma_tile", 1, 32, 0, &arguments);
    let got: Vec<f32> = device.download(c, 256);
    let value = |index: usize| (index % 13) as f32 - 6.0;
    for row in 0..16 {
        for column in 0..16 {
            let want = 2.0 * (1.0 + (0..k).map(|i| value(row * k + i) * value(i * 16 + column)).sum::<f32>());
            assert_eq!(got[row * 16 + column], want);
        }
    }
}
