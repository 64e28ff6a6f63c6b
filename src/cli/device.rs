//! The one place where `--device` and `--dtype` become a device: everything else is generic over it.

use crate::config::{DataType, DeviceKind, WeightFormat};
use crate::device::cpu::element::Element;
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
    /// Number format of the weights: as --dtype says, or eight bits, which take half the memory of bf16 (CPU only).
    #[arg(long, value_enum, default_value_t)]
    pub weights: WeightFormat,
    /// Threads of the CPU; 0 takes all cores.
    #[arg(long, default_value_t = 0)]
    pub threads: usize,
}

impl DeviceArguments {
    pub fn run<T: DeviceTask>(&self, task: T) -> Result<T::Output> {
        on_device(self.device, self.dtype, self.weights, self.threads, task)
    }
}

/// Runs a task on the device of that kind. `weights`: those of models that are not trained.
pub fn on_device<T: DeviceTask>(
    kind: DeviceKind,
    dtype: DataType,
    weights: WeightFormat,
    threads: usize,
    task: T,
) -> Result<T::Output> {
    let driver = match kind {
        DeviceKind::Auto | DeviceKind::Cpu => {
            return match dtype {
                DataType::F32 => task.run(cpu::<f32>(threads, weights)?),
                DataType::Bf16 => task.run(cpu::<Bf16>(threads, weights)?),
            };
        }
        DeviceKind::Cuda => DriverKind::Cuda,
        DeviceKind::Softcuda => DriverKind::Softcuda,
    };
    weights.refuse_beside_cpu()?;
    task.run(Arc::new(Cuda::open(driver, 0, precision(dtype))?))
}

fn cpu<E: Element>(threads: usize, weights: WeightFormat) -> Result<Arc<Cpu<E>>> {
    Ok(Arc::new(
        Cpu::new(threads)?.with_int8_weights(weights == WeightFormat::Int8),
    ))
}

fn precision(dtype: DataType) -> Precision {
    match dtype {
        DataType::F32 => Precision::F32,
        DataType::Bf16 => Precision::Bf16,
    }
}
