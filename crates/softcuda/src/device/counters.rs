//! Counters of a launch: what was executed and what moved.

use std::fmt::{self, Write};

use super::observe::Traffic;
use super::op::{Class, Code};
use super::warp::OpCount;

/// Warp instructions of one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassCount {
    pub name: &'static str,
    /// Instructions executed by warps.
    pub instructions: u64,
    /// Lanes active in them, in all.
    pub lanes: u64,
}

/// What a launch executed and moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    pub classes: Vec<ClassCount>,
    /// Warp instructions of all classes.
    pub instructions: u64,
    pub lanes: u64,
    /// Floating-point operations of ordinary instructions (a fused multiply-add is two).
    pub flops: u64,
    /// Floating-point or integer operations of mma.sync.
    pub tensor_flops: u64,
    pub global_requests: u64,
    /// 32-byte sectors that global requests touched; 4 per request is a fully coalesced 4-byte access.
    pub global_sectors: u64,
    /// Bytes that lanes asked for.
    pub global_bytes: u64,
    /// Distinct bytes (in sectors) touched: what DRAM has to move at least.
    pub dram_minimum: u64,
    /// Distinct bytes (in sectors) read and written; atomics do both.
    pub dram_read: u64,
    pub dram_written: u64,
    pub shared_requests: u64,
    pub shared_bytes: u64,
    pub shared_wavefronts: u64,
    /// Wavefronts beyond those that the same requests need without conflicts.
    pub bank_conflicts: u64,
    /// Lanes' atomic operations.
    pub atomics: u64,
    /// Arrivals of warps at barriers.
    pub barriers: u64,
    /// Branches, calls and returns at which the lanes of a warp parted.
    pub divergences: u64,
}

impl Counters {
    pub(crate) fn new(code: &Code, counts: &[OpCount], traffic: &Traffic) -> Counters {
        let mut out = Counters {
            global_requests: traffic.global_requests,
            global_sectors: traffic.global_sectors,
            global_bytes: traffic.global_bytes,
            dram_minimum: (traffic.sectors_read + traffic.sectors_written - traffic.sectors_both) * 32,
            dram_read: traffic.sectors_read * 32,
            dram_written: traffic.sectors_written * 32,
            shared_requests: traffic.shared_requests,
            shared_bytes: traffic.shared_bytes,
            shared_wavefronts: traffic.shared_wavefronts,
            bank_conflicts: traffic.shared_wavefronts - traffic.shared_minimum,
            atomics: traffic.atomics,
            barriers: traffic.barriers,
            divergences: traffic.divergences,
            ..Counters::default()
        };
        for class in Class::ALL {
            let mut total = ClassCount {
                name: class.name(),
                instructions: 0,
                lanes: 0,
            };
            for (op, count) in code.ops.iter().zip(counts).filter(|(op, _)| op.class == class) {
                total.instructions += count.executed;
                total.lanes += count.lanes;
                match class {
                    Class::Matrix => out.tensor_flops += 2 * u64::from(op.flops) * count.executed,
                    Class::Float | Class::Special => out.flops += u64::from(op.flops) * count.lanes,
                    _ => {}
                }
            }
            out.instructions += total.instructions;
            out.lanes += total.lanes;
            if total.instructions != 0 {
                out.classes.push(total);
            }
        }
        out
    }

    fn fields(&self) -> [(&'static str, u64); 19] {
        [
            ("instructions", self.instructions),
            ("lanes", self.lanes),
            ("flops", self.flops),
            ("tensor_flops", self.tensor_flops),
            ("global_requests", self.global_requests),
            ("global_sectors", self.global_sectors),
            ("global_bytes", self.global_bytes),
            ("dram_minimum", self.dram_minimum),
            ("dram_read", self.dram_read),
            ("dram_written", self.dram_written),
            ("shared_requests", self.shared_requests),
            ("shared_bytes", self.shared_bytes),
            ("shared_wavefronts", self.shared_wavefronts),
            ("bank_conflicts", self.bank_conflicts),
            ("atomics", self.atomics),
            ("barriers", self.barriers),
            ("divergences", self.divergences),
            (
                "sectors_per_request_percent",
                100 * self.global_sectors / self.global_requests.max(1),
            ),
            (
                "active_lanes_percent",
                100 * self.lanes / (32 * self.instructions).max(1),
            ),
        ]
    }

    /// All counters as one JSON object.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{");
        for (name, value) in self.fields() {
            let _ = write!(out, "\"{name}\":{value},");
        }
        out.push_str("\"classes\":{");
        for (index, class) in self.classes.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let _ = write!(
                out,
                "{comma}\"{}\":{{\"instructions\":{},\"lanes\":{}}}",
                class.name, class.instructions, class.lanes
            );
        }
        out.push_str("}}");
        out
    }
}

impl fmt::Display for Counters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<28} {:>16} {:>12}", "class", "instructions", "lanes/32")?;
        for class in &self.classes {
            let share = class.lanes as f64 / (class.instructions * 32).max(1) as f64;
            writeln!(f, "{:<28} {:>16} {:>12.2}", class.name, class.instructions, share)?;
        }
        for (name, value) in self.fields() {
            writeln!(f, "{:<28} {:>16}", name.replace('_', " "), value)?;
        }
        Ok(())
    }
}
