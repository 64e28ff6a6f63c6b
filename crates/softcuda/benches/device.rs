//! Throughput of the device: a bf16 tensor-core product of 1024³ with checks off, counters on, and all checks on; an
//! elementwise kernel. `cargo bench -p softcuda --bench device`; medians of five launches.

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use common::{Device, random, stored};
use softcuda::device::{LaunchConfig, Options, launch};

fn median(mut run: impl FnMut()) -> f64 {
    run();
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[2]
}

fn gemm(size: i32, options: Options) -> f64 {
    let device = Device::with(&stored("gemm.sm_80.O3.ptx"), options);
    let mut next = random(1);
    let count = (size * size) as usize;
    let mut matrix = || -> Vec<u16> { (0..count).map(|_| (next() as u16 & 0x807f) | 0x3f00).collect() };
    let (a, b) = (device.upload(&matrix()), device.upload(&matrix()));
    let c = device.empty(count as u64 * 4);
    let mut parameters = Vec::new();
    for address in [a, b, c] {
        parameters.extend(address.to_le_bytes());
    }
    for _ in 0..3 {
        parameters.extend(size.to_le_bytes());
    }
    let kernel = device.image.module.kernel("gemm").unwrap();
    let tiles = size as u32 / 128;
    let config = LaunchConfig {
        grid: [tiles, tiles, 1],
        block: [256, 1, 1],
        shared_bytes: 3 * 16384,
        parameters: &parameters,
        cooperative: false,
    };
    median(|| {
        let report = launch(&device.image, kernel, &config, &device.memory, &device.options);
        assert!(report.fault.is_none() && report.findings.is_empty());
    })
}

fn main() {
    let size = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(1024);
    let flops = 2.0 * f64::from(size).powi(3);
    let plain = gemm(size, Options::default());
    println!("gemm {size}: {:.1} GFLOP/s", flops / plain * 1e-9);
    let one = gemm(
        size,
        Options {
            threads: 1,
            ..Options::default()
        },
    );
    println!("gemm {size}, one thread: {:.1} GFLOP/s", flops / one * 1e-9);
    let counted = gemm(
        size,
        Options {
            counters: true,
            ..Options::default()
        },
    );
    println!("gemm {size}, counters: {:+.1} % time", (counted / plain - 1.0) * 100.0);
    let memory = gemm(
        size,
        Options {
            check_memory: true,
            check_barriers: true,
            ..Options::default()
        },
    );
    println!("gemm {size}, memory and barrier checks: {:.2} x time", memory / plain);
    let checks = Options {
        check_memory: true,
        check_barriers: true,
        check_races: true,
        ..Options::default()
    };
    println!("gemm {size}, all checks: {:.2} x time", gemm(size, checks) / plain);

    let device = Device::new(&stored("basics.sm_80.O3.ptx"));
    let n = 1 << 20;
    let (x, y) = (device.upload(&vec![1f32; n]), device.upload(&vec![2f32; n]));
    let time = median(|| {
        let arguments: [&[u8]; 4] = [
            &(n as i32).to_le_bytes(),
            &0.5f32.to_le_bytes(),
            &x.to_le_bytes(),
            &y.to_le_bytes(),
        ];
        device.run("saxpy", n as u32 / 256, 256, 0, &arguments);
    });
    println!("saxpy of {n}: {:.2} ns per element", time / n as f64 * 1e9);
}
