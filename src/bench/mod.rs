//! Benchmarks: what `codeexecutor bench` measures.

pub mod data;
pub mod decode;
pub mod kernels;
pub mod mutants;
pub mod step;
pub mod tracer;

use crate::config::{DeviceKind, WeightFormat};
use crate::device::cpu::profile::{Profile, Share};
use crate::device::cpu::{Bf16, Cpu, element::Element, peak};
use crate::device::cuda::Cuda;
use crate::device::cuda::driver::DriverKind;
use crate::device::random::philox;
use crate::device::{Device, Precision};
use crate::model::{ModelConfig, ModelError};
use serde::Serialize;
use std::sync::Arc;

/// Vocabulary of a preset where nothing else is said: what the comparison with other engines uses.
pub fn preset(name: &str) -> Option<ModelConfig> {
    let vocabulary = match name {
        "tiny" => 2048,
        "small" => 4096,
        _ => 51_627,
    };
    ModelConfig::preset(name, vocabulary)
}

/// Evenly drawn numbers, for lengths and tokens.
pub struct Draws {
    seed: u64,
    count: u32,
}

impl Draws {
    pub fn new(seed: u64) -> Draws {
        Draws { seed, count: 0 }
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        self.count += 1;
        let word = philox([self.count, 0, 0, 0xBE7C], [self.seed as u32, (self.seed >> 32) as u32])[0];
        low + ((u64::from(word) * u64::from(high - low + 1)) >> 32) as u32
    }
}

/// One line of a profile, as it is printed and written.
#[derive(Debug, Clone, Serialize)]
pub struct OperationShare {
    pub operation: &'static str,
    pub calls: u64,
    pub milliseconds: f64,
    /// Share of the measured time.
    pub percent: f64,
    /// Matrix products of the operation over its time; absent where it has none.
    pub gflops: Option<f64>,
    pub percent_of_peak: Option<f64>,
}

fn shares(shares: &[Share], seconds: f64, peak: f64) -> Vec<OperationShare> {
    shares
        .iter()
        .map(|share| {
            let gflops = (share.flops > 0.0).then(|| share.flops / share.seconds * 1e-9);
            OperationShare {
                operation: share.operation.name(),
                calls: share.calls,
                milliseconds: share.seconds * 1e3,
                percent: 100.0 * share.seconds / seconds,
                gflops,
                percent_of_peak: gflops.map(|gflops| 100.0 * gflops / peak),
            }
        })
        .collect()
}

/// The table of a profile.
fn table(shares: &[OperationShare]) -> String {
    let mut text = format!(
        "{:<34}{:>8}{:>12}{:>8}{:>10}{:>9}\n",
        "operation", "calls", "ms", "time %", "GFLOP/s", "peak %"
    );
    for share in shares {
        let number = |value: Option<f64>| value.map_or("–".to_string(), |value| format!("{value:.0}"));
        text += &format!(
            "{:<34}{:>8}{:>12.1}{:>8.1}{:>10}{:>9}\n",
            share.operation,
            share.calls,
            share.milliseconds,
            share.percent,
            number(share.gflops),
            number(share.percent_of_peak)
        );
    }
    text
}

/// Largest resident memory of this process so far, in bytes; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok())
        .map_or(0, |kilobytes| kilobytes * 1024)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// A benchmark that runs on any device.
trait OnDevice {
    type Report;
    fn run<D: Device>(self, device: &Arc<D>, meter: Option<Meter<'_>>) -> Result<Self::Report, ModelError>;
}

fn on_device<T: OnDevice>(
    kind: DeviceKind,
    precision: Precision,
    weights: WeightFormat,
    threads: usize,
    task: T,
) -> Result<T::Report, ModelError> {
    let driver = match kind {
        DeviceKind::Auto | DeviceKind::Cpu => {
            return match precision {
                Precision::F32 => on_cpu::<f32, T>(weights, threads, task),
                Precision::Bf16 => on_cpu::<Bf16, T>(weights, threads, task),
            };
        }
        DeviceKind::Cuda => DriverKind::Cuda,
        DeviceKind::Softcuda => DriverKind::Softcuda,
    };
    weights.refuse_beside_cpu()?;
    task.run(&Arc::new(Cuda::open(driver, 0, precision)?), None)
}

fn on_cpu<E: Element, T: OnDevice>(weights: WeightFormat, threads: usize, task: T) -> Result<T::Report, ModelError> {
    let device = Arc::new(Cpu::<E>::new(threads)?.with_int8_weights(weights == WeightFormat::Int8));
    let (peak, formula) = measured_peak(&device);
    let meter = Meter {
        profile: device.profile(),
        peak,
        formula,
    };
    task.run(&device, Some(meter))
}

/// What the CPU device counts of its own work; of a card's operations `bench kernels` tells.
struct Meter<'a> {
    profile: &'a Profile,
    /// GFLOP/s.
    peak: f64,
    formula: String,
}

impl Meter<'_> {
    /// What was counted in `seconds`.
    fn read(self, seconds: f64) -> Work {
        let counted = self.profile.shares();
        let gflops = counted.iter().map(|share| share.flops).sum::<f64>() / seconds * 1e-9;
        Work {
            gflops,
            peak_gflops: self.peak,
            percent_of_peak: 100.0 * gflops / self.peak,
            formula: self.formula,
            operations: shares(&counted, seconds, self.peak),
        }
    }
}

/// How much was computed, against what the machine can.
#[derive(Debug, Clone, Serialize)]
pub struct Work {
    pub gflops: f64,
    pub peak_gflops: f64,
    pub percent_of_peak: f64,
    pub formula: String,
    pub operations: Vec<OperationShare>,
}

impl std::fmt::Display for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "{:.0} GFLOP/s, {:.0} % of {:.0} ({})",
            self.gflops, self.percent_of_peak, self.peak_gflops, self.formula
        )?;
        write!(f, "{}", table(&self.operations))
    }
}

/// What a rate is held against.
fn measured_peak<E: Element>(device: &Cpu<E>) -> (f64, String) {
    let peak = peak::gflops(device);
    let what = match E::PRECISION {
        Precision::F32 => "f32 fused multiply-adds",
        Precision::Bf16 => "bf16 dot products into f32",
    };
    (
        peak,
        format!(
            "2 × multiply-adds of the matrix products / seconds; peak: {what} from registers on {} threads, measured in this run",
            device.threads()
        ),
    )
}
