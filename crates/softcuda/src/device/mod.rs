//! The device: memory, and kernels executed warp by warp.

pub(crate) mod block;
mod builtin;
pub mod counters;
pub mod launch;
pub mod memory;
pub(crate) mod observe;
pub(crate) mod op;
mod pool;
pub(crate) mod races;
pub(crate) mod texture;
pub(crate) mod undefined;
pub(crate) mod warp;

pub use counters::Counters;
pub use launch::{Image, LaunchConfig, LaunchReport, Options, Schedule, launch};
pub use memory::{Allocation, Kind, Memory, MemoryError};

use std::fmt;

/// Classes of faults, each with its driver error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// CUDA_ERROR_ILLEGAL_ADDRESS (700).
    IllegalAddress,
    /// CUDA_ERROR_MISALIGNED_ADDRESS (716).
    MisalignedAddress,
    /// CUDA_ERROR_INVALID_ADDRESS_SPACE (717).
    InvalidAddressSpace,
    /// CUDA_ERROR_ILLEGAL_INSTRUCTION (715).
    IllegalInstruction,
    /// CUDA_ERROR_INVALID_PC (718).
    InvalidProgramCounter,
    /// CUDA_ERROR_HARDWARE_STACK_ERROR (714).
    StackOverflow,
    /// CUDA_ERROR_ASSERT (710).
    Assert,
    /// CUDA_ERROR_LAUNCH_FAILED (719): `trap`, barrier misuse, deadlock.
    LaunchFailed,
    /// CUDA_ERROR_LAUNCH_TIMEOUT (702).
    Timeout,
    /// CUDA_ERROR_INVALID_VALUE (1): launch shape or parameters; nothing ran.
    InvalidValue,
    /// CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES (701).
    OutOfResources,
    /// CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE (720).
    CooperativeTooLarge,
}

/// What stopped a kernel, or a finding of a check.
#[derive(Clone, Debug)]
pub struct Fault {
    pub kind: FaultKind,
    /// One line: what happened, with the address where there is one.
    pub message: String,
    pub kernel: String,
    pub block: [u32; 3],
    pub thread: [u32; 3],
    /// Line in the PTX text, 0 when unknown.
    pub ptx_line: u32,
    /// Source file and line, from `.loc` (`nvcc -lineinfo`).
    pub source: Option<(String, u32)>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [bx, by, bz] = self.block;
        let [tx, ty, tz] = self.thread;
        write!(
            f,
            "{} in kernel {}, block ({bx},{by},{bz}), thread ({tx},{ty},{tz})",
            self.message, self.kernel
        )?;
        if self.ptx_line != 0 {
            write!(f, ", ptx line {}", self.ptx_line)?;
        }
        match &self.source {
            Some((file, line)) => write!(f, ", {file}:{line}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}
