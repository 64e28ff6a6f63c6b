//! Benchmarks: what `codeexecutor bench` measures.

pub mod data;
pub mod decode;
pub mod kernels;
pub mod mutants;
pub mod step;
pub mod tracer;

use crate::device::Precision;
use crate::device::cpu::profile::Share;
use crate::device::cpu::{Cpu, element::Element, peak};
use crate::device::random::philox;
use crate::model::{ModelConfig, ModelError};
use serde::Serialize;

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

fn device<E: Element>(threads: usize) -> Result<Cpu<E>, ModelError> {
    Ok(Cpu::new(threads)?)
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
