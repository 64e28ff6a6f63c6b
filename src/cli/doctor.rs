//! `codeexecutor doctor`: which drivers and cards there are, and whether the kernels run on them.

use anyhow::Result;
use clap::Args;

use crate::device::cuda::doctor;

/// Say which CUDA driver and cards this machine has, which kernels they would run, and what is in the way
#[derive(Args)]
pub struct Arguments {}

pub fn run(_arguments: Arguments) -> Result<()> {
    super::print(&doctor::examine())
}
