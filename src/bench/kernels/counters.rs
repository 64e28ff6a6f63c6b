//! What the software device counts of every kernel, held against what the kernel must do.

use std::sync::Arc;

use anyhow::{Result, ensure};

use super::cases::{self, Bound, Scale, Work};
use crate::device::cuda::Cuda;
use crate::device::cuda::driver::DriverKind;
use crate::device::{Device, Precision};

/// Sectors of 32 bytes for 128 bytes that a warp asks for: 4 when every byte of them was wanted.
pub const MOST_SECTORS: f64 = 4.1;
/// Bytes read and written over those that must be.
pub const MOST_BYTES: f64 = 1.1;
/// Operations executed on the tensor cores over those that a packed batch's prefix mask needs.
pub const MOST_ATTENTION: f64 = 1.15;

/// One kernel of one case.
#[derive(Debug, Clone)]
pub struct Measured {
    pub case: String,
    pub kernel: String,
    pub launches: usize,
    pub work: Work,
    pub instructions: u64,
    /// Sectors per 128 bytes of requests to global memory; None where there were none.
    pub sectors: Option<f64>,
    pub bank_conflicts: u64,
    pub shared_requests: u64,
    /// Distinct bytes read, and distinct bytes written: what crosses DRAM when the caches hold what is used again.
    pub moved: u64,
    pub tensor_flops: u64,
}

impl Measured {
    /// Bytes moved over what must be, for kernels that memory bounds.
    pub fn bytes_ratio(&self) -> Option<f64> {
        (self.work.bound == Bound::Memory).then(|| self.moved as f64 / self.work.moved.max(1.0))
    }

    /// Tensor operations over what the result needs.
    pub fn flops_ratio(&self) -> Option<f64> {
        (self.work.flops > 0.0).then(|| self.tensor_flops as f64 / self.work.flops)
    }

    /// What misses its goal.
    pub fn shortcomings(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut miss = |what: String| found.push(format!("{} ({}): {what}", self.kernel, self.case));
        if self.bank_conflicts > 0 {
            miss(format!(
                "{} bank conflicts in {} requests to shared memory, none are wanted",
                self.bank_conflicts, self.shared_requests
            ));
        }
        if let Some(sectors) = self
            .sectors
            .filter(|sectors| *sectors > MOST_SECTORS && self.work.bound != Bound::Latency)
        {
            miss(format!(
                "{sectors:.2} sectors per 128 bytes asked for, at most {MOST_SECTORS} are wanted"
            ));
        }
        if let Some(ratio) = self.bytes_ratio().filter(|ratio| *ratio > MOST_BYTES) {
            miss(format!(
                "moves {ratio:.2} times the bytes that it must, at most {MOST_BYTES} are wanted"
            ));
        }
        if let Some(ratio) = self.flops_ratio()
            && self.kernel.starts_with("attention")
            && ratio > MOST_ATTENTION
        {
            miss(format!(
                "executes {ratio:.2} times the operations that the mask needs, at most {MOST_ATTENTION} are wanted"
            ));
        }
        found
    }
}

/// Runs every bf16 case once on the software device of this process.
pub fn measure() -> Result<Vec<Measured>> {
    softcuda::driver::configure(|environment| environment.options.counters = true);
    let device = Arc::new(Cuda::open(DriverKind::Softcuda, 0, Precision::Bf16)?);
    softcuda::driver::record_launches(true);
    let mut all = Vec::new();
    for build in cases::all(&device)? {
        let mut case = build(&device, &Scale::SOFTWARE)?;
        device.synchronize()?;
        softcuda::driver::take_launches();
        (case.run)()?;
        device.synchronize()?;
        collect(&case.name, &case.work, &softcuda::driver::take_launches(), &mut all)?;
    }
    softcuda::driver::record_launches(false);
    Ok(all)
}

/// Adds up the launches of each kernel of a case.
fn collect(case: &str, work: &[Work], launches: &[softcuda::driver::Launch], all: &mut Vec<Measured>) -> Result<()> {
    for work in work {
        let mut found: Vec<_> = launches.iter().filter(|launch| work.is(&launch.kernel)).collect();
        if found.is_empty() {
            // What a shape leaves out, such as the end of a product that was not split.
            continue;
        }
        found.sort_by_key(|launch| &launch.kernel);
        let sum = |count: fn(&softcuda::device::Counters) -> u64| -> u64 {
            found
                .iter()
                .filter_map(|launch| launch.counters.as_ref())
                .map(count)
                .sum()
        };
        ensure!(
            found.iter().all(|launch| launch.counters.is_some()),
            "the software device counted nothing: its driver was in use before"
        );
        let bytes = sum(|counters| counters.global_bytes);
        all.push(Measured {
            case: case.to_string(),
            kernel: found[0].kernel.clone(),
            launches: found.len(),
            work: work.clone(),
            instructions: sum(|counters| counters.instructions),
            sectors: (bytes > 0).then(|| sum(|counters| counters.global_sectors) as f64 * 128.0 / bytes as f64),
            bank_conflicts: sum(|counters| counters.bank_conflicts),
            shared_requests: sum(|counters| counters.shared_requests),
            moved: sum(|counters| counters.dram_read + counters.dram_written),
            tensor_flops: sum(|counters| counters.tensor_flops),
        });
    }
    Ok(())
}

/// The measurements as a Markdown table.
pub fn table(measured: &[Measured]) -> String {
    use std::fmt::Write as _;
    let mut page = String::from(
        "| case | kernel | launches | sectors per 128 bytes | bank conflicts | KiB moved | over what must be | tensor MFLOP | over what is needed |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    let ratio = |value: Option<f64>| value.map_or("–".to_string(), |value| format!("{value:.2}"));
    for one in measured {
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} of {} | {} | {} | {} | {} |",
            one.case,
            one.kernel,
            one.launches,
            ratio(one.sectors),
            one.bank_conflicts,
            one.shared_requests,
            one.moved >> 10,
            ratio(one.bytes_ratio()),
            one.tensor_flops / 1_000_000,
            ratio(one.flops_ratio())
        );
    }
    page
}
