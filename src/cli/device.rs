//! The one place where `--device` and `--dtype` become a device: everything else is generic over it.

use crate::config::{DataType, DeviceKind};
use crate::device::cpu::{Bf16, Cpu};
use crate::device::cuda::Cuda;
use crate::device::cuda::driver::DriverKind;
use crate::device::{Device, Precision};
use anyhow::Result;
use std::sync::Arc;

/// Work that runs on any device.
pub trait DeviceTask {
    type Output;
    fn run<D: Device>(self, device: Arc<D>) -> Result<Self::Output>;
}

/// How a subcommand is told where to compute.
#[derive(clap::Args, Clone, Debug)]
pub struct DeviceArguments {
    /// Where to compute.
    #[arg(long, value_enum, default_value_t, env = "CODEEXECUTOR_DEVICE")]
    pub device: DeviceKind,
    /// Number format of weights and activations; sums are always taken in f32.
    #[arg(long, value_enum, default_value_t)]
    pub dtype: DataType,
    /// Threads of the CPU; 0 takes all cores.
    #[arg(long, default_value_t = 0)]
    pub threads: usize,
}

impl DeviceArguments {
    pub fn run<T: DeviceTask>(&self, task: T) -> Result<T::Output> {
        on_device(self.device, self.dtype, self.threads, task)
    }
}

/// Runs a task on the device of that kind.
pub fn on_device<T: DeviceTask>(kind: DeviceKind, dtype: DataType, threads: usize, task: T) -> Result<T::Output> {
    match kind {
        DeviceKind::Auto | DeviceKind::Cpu => match dtype {
            DataType::F32 => task.run(Arc::new(Cpu::<f32>::new(threads)?)),
            DataType::Bf16 => task.run(Arc::new(Cpu::<Bf16>::new(threads)?)),
        },
        DeviceKind::Cuda => task.run(Arc::new(Cuda::open(DriverKind::Cuda, 0, precision(dtype))?)),
        DeviceKind::Softcuda => task.run(Arc::new(Cuda::open(DriverKind::Softcuda, 0, precision(dtype))?)),
    }
}

fn precision(dtype: DataType) -> Precision {
    match dtype {
        DataType::F32 => Precision::F32,
        DataType::Bf16 => Precision::Bf16,
    }
}
