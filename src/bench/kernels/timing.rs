//! How fast the kernels are on a card, by its own events, held against what the card was measured to do.

use std::sync::Arc;

use anyhow::Result;
use serde::Serialize;

use super::cases::{self, Bound, Builder, Case, Scale};
use crate::device::Device;
use crate::device::cuda::Cuda;
use crate::device::cuda::driver::DriverKind;

/// One operation's time.
#[derive(Debug, Clone, Serialize)]
pub struct Timing {
    pub operation: String,
    /// Median of the repetitions.
    pub microseconds: f64,
    /// Bytes that the operation's kernels must move, over the time.
    pub gigabytes_per_second: f64,
    /// Operations that its result needs, over the time.
    pub teraflops: f64,
    /// Of the measured peak of what bounds its heaviest kernel: `memory` or `tensor`.
    pub bound: &'static str,
    pub percent_of_peak: f64,
}

#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub device: String,
    /// Bytes read and written a second by copies within the card's memory.
    pub peak_gigabytes_per_second: f64,
    /// bf16 products of registers.
    pub peak_teraflops: f64,
    pub timings: Vec<Timing>,
}

/// Sets of buffers at most.
const MOST_SETS: usize = 8;

/// Measures every operation: large shapes on a card, small ones on the software device, whose times say nothing of a card.
pub fn run(device: &Arc<Cuda>, repetitions: usize) -> Result<Report> {
    let driver = device.driver();
    let card = driver.kind == DriverKind::Cuda;
    let (scale, copied, rounds) = if card {
        (Scale::CARD, 512 << 20, 4096)
    } else {
        (Scale::SOFTWARE, 4 << 20, 4)
    };
    let bandwidth = driver.copy_bandwidth(copied)?;
    let tensor = driver.tensor_peak(rounds)?;
    let cache = if card { driver.l2_bytes()? } else { 0 };
    let timings = cases::all(device)?
        .iter()
        .map(|build| time(device, build, &scale, cache, repetitions, (bandwidth, tensor)))
        .collect::<Result<_>>()?;
    Ok(Report {
        device: device.name(),
        peak_gigabytes_per_second: bandwidth * 1e-9,
        peak_teraflops: tensor * 1e-12,
        timings,
    })
}

fn time(
    device: &Arc<Cuda>,
    build: &Builder,
    scale: &Scale,
    cache: usize,
    repetitions: usize,
    (bandwidth, tensor): (f64, f64),
) -> Result<Timing> {
    let first = build(device, scale)?;
    let bytes: f64 = first.work.iter().map(|work| work.moved).sum();
    let flops: f64 = first.work.iter().map(|work| work.flops).sum();
    let bound = match first.work.iter().any(|work| work.bound == Bound::Tensor) {
        true => "tensor",
        false => "memory",
    };
    // Each turn's data must have left the cache before it comes again.
    let sets = (2.0 * cache as f64 / bytes.max(1.0)).ceil() as usize + 1;
    let operation = first.name.clone();
    let mut cases: Vec<Case> = vec![first];
    while cases.len() < sets.min(MOST_SETS) {
        cases.push(build(device, scale)?);
    }
    for case in &mut cases {
        (case.run)()?;
    }
    device.synchronize()?;
    let count = cases.len();
    let mut seconds = (0..repetitions.max(1))
        .map(|turn| device.driver().time(|| (cases[turn % count].run)()))
        .collect::<crate::device::Result<Vec<f64>>>()?;
    let seconds = crate::bench::median(&mut seconds).max(1e-9);
    let share = match bound {
        "tensor" => flops / seconds / tensor,
        _ => bytes / seconds / bandwidth,
    };
    Ok(Timing {
        operation,
        microseconds: seconds * 1e6,
        gigabytes_per_second: bytes / seconds * 1e-9,
        teraflops: flops / seconds * 1e-12,
        bound,
        percent_of_peak: 100.0 * share,
    })
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.device)?;
        writeln!(
            f,
            "measured peaks: {:.1} GB/s (copies within memory), {:.2} TFLOP/s (bf16 products of registers)\n\
             GB/s: bytes that must cross memory / seconds; TFLOP/s: operations that the result needs / seconds\n",
            self.peak_gigabytes_per_second, self.peak_teraflops
        )?;
        writeln!(
            f,
            "{:<72}{:>12}{:>10}{:>10}{:>9}",
            "operation", "µs", "GB/s", "TFLOP/s", "peak %"
        )?;
        for timing in &self.timings {
            writeln!(
                f,
                "{:<72}{:>12.1}{:>10.1}{:>10.2}{:>6.1} {}",
                timing.operation,
                timing.microseconds,
                timing.gigabytes_per_second,
                timing.teraflops,
                timing.percent_of_peak,
                &timing.bound[..1]
            )?;
        }
        write!(f, "peak %: of memory (m) or of the tensor cores (t)")
    }
}
