//! The architectures that the kernels are compiled for, and how many blocks of a kernel live on one multiprocessor.

use super::machine_code::Resources;

/// A multiprocessor's limits (CUDA C++ Programming Guide, "Compute Capabilities"). All have 65,536 registers, which warps
/// take by 256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Architecture {
    pub name: &'static str,
    /// Shared memory, bytes. Every block takes one KiB of it for the system, so that one may ask for all but that.
    pub shared: u32,
    pub warps: u32,
    pub blocks: u32,
}

const fn architecture(name: &'static str, kib: u32, warps: u32, blocks: u32) -> Architecture {
    Architecture {
        name,
        shared: kib << 10,
        warps,
        blocks,
    }
}

/// A100; A10, RTX 30; L4, L40, RTX 40; H100; B200; RTX 50. The first is the one that the PTX is written for.
pub const ARCHITECTURES: [Architecture; 6] = [
    architecture("sm_80", 164, 64, 32),
    architecture("sm_86", 100, 48, 16),
    architecture("sm_89", 100, 48, 24),
    architecture("sm_90", 228, 64, 32),
    architecture("sm_100", 228, 64, 32),
    architecture("sm_120", 100, 48, 24),
];

/// Bytes of shared memory that the system takes of every block.
const SYSTEM: u32 = 1 << 10;

impl Architecture {
    /// Blocks of the largest size that warps, places for blocks and shared memory leave room for, whatever their registers;
    /// `dynamic` are bytes of dynamic shared memory.
    pub fn room(&self, kernel: &Resources, dynamic: u32) -> u32 {
        let warps = kernel.threads.div_ceil(32).max(1);
        (self.shared / (kernel.shared + dynamic + SYSTEM))
            .min(self.warps / warps)
            .min(self.blocks)
    }

    /// Blocks of the largest size that one multiprocessor holds.
    pub fn resident(&self, kernel: &Resources, dynamic: u32) -> u32 {
        let warps = kernel.threads.div_ceil(32).max(1);
        let registers = (kernel.registers.max(1) * 32).next_multiple_of(256) * warps;
        self.room(kernel, dynamic).min(65_536 / registers)
    }

    /// Share of the multiprocessor's warps that `blocks` blocks are.
    pub fn occupancy(&self, kernel: &Resources, blocks: u32) -> f64 {
        f64::from(blocks * kernel.threads.div_ceil(32)) / f64::from(self.warps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residency_is_bound_by_what_runs_out_first() {
        let of = |architecture: usize, registers, shared, dynamic| {
            let resources = Resources {
                registers,
                shared,
                threads: 256,
                ..Resources::default()
            };
            ARCHITECTURES[architecture].resident(&resources, dynamic)
        };
        assert_eq!(
            (
                of(0, 255, 0, 0),
                of(0, 32, 0, 0),
                of(0, 32, 40_000, 0),
                of(0, 32, 0, 98_304)
            ),
            (1, 8, 4, 1)
        );
        assert_eq!(
            (of(1, 32, 0, 0), of(1, 32, 0, 98_304), of(1, 32, 0, 147_456)),
            (6, 1, 0)
        );
        assert_eq!((of(3, 32, 0, 98_304), of(2, 64, 0, 0)), (2, 4));
    }
}
