//! Throughput of the device: a bf16 tensor-core product with checks off, counters on and all checks on; ordinary
//! kernels in warp instructions per second and core. `cargo bench -p softcuda --bench device -- [SIZE] [NAME…]` runs the
//! cases whose names contain one of NAME. Times are medians; next to wall time stands the processor time of the whole
//! process, which a busy machine disturbs less.

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use common::{Device, random, stored};
use softcuda::device::{LaunchConfig, Options, launch};

/// Seconds of wall time and of processor time.
#[derive(Clone, Copy)]
struct Time {
    wall: f64,
    processor: f64,
}

fn processor_seconds() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a timespec that outlives the call.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

fn median(mut run: impl FnMut()) -> Time {
    run();
    let mut times: Vec<Time> = (0..5)
        .map(|_| {
            let (start, processor) = (Instant::now(), processor_seconds());
            run();
            Time {
                wall: start.elapsed().as_secs_f64(),
                processor: processor_seconds() - processor,
            }
        })
        .collect();
    times.sort_by(|a, b| a.wall.total_cmp(&b.wall));
    let wall = times[2].wall;
    times.sort_by(|a, b| a.processor.total_cmp(&b.processor));
    Time {
        wall,
        processor: times[2].processor,
    }
}

fn gemm(size: i32, options: Options) -> Time {
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

fn tensor(size: i32, wanted: &dyn Fn(&str) -> bool) {
    let flops = 2.0 * f64::from(size).powi(3) * 1e-9;
    let checks = |memory, races| Options {
        check_memory: memory,
        check_barriers: memory,
        check_races: races,
        ..Options::default()
    };
    let one = Options {
        threads: 1,
        ..Options::default()
    };
    let counters = Options {
        counters: true,
        ..Options::default()
    };
    let cases = [
        ("one thread", one),
        ("counters", counters),
        ("memory and barrier checks", checks(true, false)),
        ("race check", checks(false, true)),
        ("all checks", checks(true, true)),
    ];
    let plain = gemm(size, Options::default());
    let report = |name: &str, time: Time| {
        println!(
            "gemm {size}, {name}: {:.1} GFLOP/s, {:.1} per core; time {:.2} x, processor time {:.2} x",
            flops / time.wall,
            flops / time.processor,
            time.wall / plain.wall,
            time.processor / plain.processor
        );
    };
    report("plain", plain);
    for (name, options) in cases {
        if wanted(name) {
            report(name, gemm(size, options));
        }
    }
}

/// One ordinary kernel: its name, shape, arguments.
struct Case {
    name: &'static str,
    grid: [u32; 3],
    block: [u32; 3],
    arguments: Vec<Vec<u8>>,
}

fn ordinary(wanted: &dyn Fn(&str) -> bool) {
    let text = stored("simt.sm_80.O3.ptx");
    let device = Device::new(&text);
    let mut next = random(2);
    let n = 1usize << 20;
    let floats: Vec<f32> = (0..n).map(|_| (next() % 1000) as f32 * 1e-3).collect();
    let (x, y, z) = (device.upload(&floats), device.upload(&floats), device.upload(&floats));
    let pointer = |address: u64| address.to_le_bytes().to_vec();
    let int = |value: i32| value.to_le_bytes().to_vec();
    let side = 1024;
    let cases = [
        Case {
            name: "vector_add",
            grid: [n as u32 / 256, 1, 1],
            block: [256, 1, 1],
            arguments: vec![int(n as i32), pointer(x), pointer(y), pointer(z)],
        },
        Case {
            name: "sum",
            grid: [64, 1, 1],
            block: [256, 1, 1],
            arguments: vec![int(n as i32), pointer(x), pointer(z)],
        },
        Case {
            name: "matmul",
            grid: [16, 16, 1],
            block: [16, 16, 1],
            arguments: vec![int(256), pointer(x), pointer(y), pointer(z)],
        },
        Case {
            name: "count",
            grid: [64, 1, 1],
            block: [256, 1, 1],
            arguments: vec![int(n as i32), pointer(x), pointer(z)],
        },
        Case {
            name: "scan_blocks",
            grid: [n as u32 / 512, 1, 1],
            block: [512, 1, 1],
            arguments: vec![pointer(x), pointer(z)],
        },
        Case {
            name: "transpose",
            grid: [32, 32, 1],
            block: [32, 8, 1],
            arguments: vec![int(side), pointer(x), pointer(z)],
        },
        Case {
            name: "stencil",
            grid: [32, 128, 1],
            block: [32, 8, 1],
            arguments: vec![int(side), pointer(x), pointer(z)],
        },
        Case {
            name: "sort_blocks",
            grid: [256, 1, 1],
            block: [512, 1, 1],
            arguments: vec![pointer(z)],
        },
        Case {
            name: "bodies",
            grid: [8, 1, 1],
            block: [128, 1, 1],
            arguments: vec![int(1024), pointer(x), pointer(z)],
        },
    ];
    for case in cases.iter().filter(|case| wanted(case.name)) {
        let kernel = device.image.module.kernel(case.name).unwrap();
        let description = &device.image.module.kernels[kernel];
        let mut parameters = vec![0; description.parameter_bytes as usize];
        for (parameter, argument) in description.parameters.iter().zip(&case.arguments) {
            let at = parameter.offset as usize;
            parameters[at..at + argument.len()].copy_from_slice(argument);
        }
        let config = LaunchConfig {
            grid: case.grid,
            block: case.block,
            shared_bytes: 0,
            parameters: &parameters,
            cooperative: false,
        };
        let run = |options: &Options| {
            let report = launch(&device.image, kernel, &config, &device.memory, options);
            assert!(report.fault.is_none(), "{:?}", report.fault);
            report
        };
        let counting = Options {
            counters: true,
            ..Options::default()
        };
        let checking = Options {
            check_barriers: true,
            check_races: true,
            ..Options::default()
        };
        let instructions = run(&counting).counters.map_or(0, |counters| counters.instructions) as f64;
        let plain = median(|| drop(run(&Options::default())));
        let counted = median(|| drop(run(&counting)));
        let checked = median(|| drop(run(&checking)));
        println!(
            "{}: {:.0} million warp instructions/s per core ({:.2} ms); counters {:.2} x, race check {:.2} x processor time",
            case.name,
            instructions / plain.processor * 1e-6,
            plain.wall * 1e3,
            counted.processor / plain.processor,
            checked.processor / plain.processor,
        );
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let size = arguments.iter().find_map(|a| a.parse().ok()).unwrap_or(1024);
    let names: Vec<&String> = arguments.iter().filter(|a| a.parse::<i32>().is_err()).collect();
    let wanted = |name: &str| names.is_empty() || names.iter().any(|part| name.contains(part.as_str()));
    if names.is_empty() || !names.iter().all(|name| *name == "ordinary" || name.contains('_')) {
        tensor(size, &wanted);
    }
    let everything = names.iter().any(|name| *name == "ordinary");
    ordinary(&|name| everything || wanted(name));
}
