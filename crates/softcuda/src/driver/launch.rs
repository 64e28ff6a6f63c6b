//! Kernel launches: arguments, limits, attributes.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::device::{MAX_THREADS_PER_BLOCK, MULTIPROCESSORS};
use super::event::{self, Event};
use super::export::{Handle, In, export};
use super::function::Function;
use super::status::{Result, Status};
use super::stream::Stream;
use super::work::{KernelLaunch, Operation};

/// `CUlaunchConfig`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct LaunchConfiguration {
    grid: [u32; 3],
    block: [u32; 3],
    shared_bytes: u32,
    stream: Handle,
    attributes: In<Attribute>,
    attribute_count: u32,
}

/// `CUlaunchAttribute`: its number and 64 bytes of value.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Attribute {
    id: u32,
    padding: u32,
    value: AttributeValue,
}

/// `CUlaunchAttributeValue`.
pub type AttributeValue = [u64; 8];

pub const COOPERATIVE: u32 = 2;
const PROGRAMMATIC_EVENT: u32 = 7;
const LAUNCH_COMPLETION_EVENT: u32 = 12;

const EXTRA_END: u64 = 0;
const EXTRA_BUFFER: u64 = 1;
const EXTRA_SIZE: u64 = 2;

/// Gathers a kernel's arguments, given as pointers to each or as one buffer (`CU_LAUNCH_PARAM_BUFFER_POINTER`).
pub fn gather(function: &Function, parameters: In<u64>, extra: In<u64>) -> Result<Arc<Vec<u8>>> {
    let kernel = function.kernel();
    let mut bytes = vec![0; kernel.parameter_bytes as usize];
    if !parameters.is_null() {
        if !extra.is_null() {
            return Err(Status::INVALID_VALUE);
        }
        for (index, parameter) in kernel.parameters.iter().enumerate() {
            let argument = In::<u8>::at(parameters.get_at(index)?).list(parameter.size as usize)?;
            let start = parameter.offset as usize;
            bytes[start..start + argument.len()].copy_from_slice(&argument);
        }
    } else if !extra.is_null() {
        let (mut buffer, mut size) = (None, None);
        for pair in 0.. {
            let value = || extra.get_at(2 * pair + 1);
            match extra.get_at(2 * pair)? {
                EXTRA_END => break,
                EXTRA_BUFFER => buffer = Some(In::<u8>::at(value()?)),
                EXTRA_SIZE => size = Some(In::<u64>::at(value()?).get()?),
                _ => return Err(Status::INVALID_VALUE),
            }
        }
        let (Some(buffer), Some(size)) = (buffer, size) else {
            return Err(Status::INVALID_VALUE);
        };
        // A buffer may end in padding, but not before the last argument does.
        let last = kernel
            .parameters
            .iter()
            .map(|parameter| parameter.offset + parameter.size)
            .max()
            .unwrap_or(0);
        if size < last.into() {
            return Err(Status::INVALID_VALUE);
        }
        let given = buffer.list(size.min(bytes.len() as u64) as usize)?;
        bytes[..given.len()].copy_from_slice(&given);
    } else if !kernel.parameters.is_empty() {
        return Err(Status::INVALID_VALUE);
    }
    Ok(Arc::new(bytes))
}

impl KernelLaunch {
    /// Checks the shape against the device's and the function's limits.
    pub fn check(&self) -> Result {
        let [gx, gy, gz] = self.grid;
        let [bx, by, bz] = self.block;
        let empty = self.grid.contains(&0) || self.block.contains(&0);
        if empty || gx > i32::MAX as u32 || gy > 65535 || gz > 65535 || bx > 1024 || by > 1024 || bz > 64 {
            return Err(Status::INVALID_VALUE);
        }
        let threads = bx * by * bz;
        let kernel = self.function.kernel();
        if threads > MAX_THREADS_PER_BLOCK || kernel.required_threads.is_some_and(|required| required != self.block) {
            return Err(Status::INVALID_VALUE);
        }
        if self.shared_bytes > self.function.max_dynamic_shared.load(Ordering::Relaxed) {
            return Err(Status::INVALID_VALUE);
        }
        if threads > self.function.max_threads() {
            return Err(if kernel.max_threads.is_some() {
                Status::INVALID_VALUE
            } else {
                Status::LAUNCH_OUT_OF_RESOURCES
            });
        }
        if self.cooperative {
            let device = &self.function.module.context_device;
            let resident = self
                .function
                .blocks_per_multiprocessor(device, threads, self.shared_bytes.into());
            let blocks = u64::from(gx) * u64::from(gy) * u64::from(gz);
            if blocks > u64::from(resident) * MULTIPROCESSORS as u64 {
                return Err(Status::COOPERATIVE_LAUNCH_TOO_LARGE);
            }
        }
        Ok(())
    }
}

pub fn submit(stream: Handle, launch: KernelLaunch) -> Result {
    let stream = Stream::get(stream)?;
    let context = stream.context()?;
    if launch.function.module.context != context.handle {
        return Err(Status::INVALID_HANDLE);
    }
    launch.check()?;
    stream.submit(Operation::Kernel(launch))
}

fn launch(
    function: Handle,
    grid: [u32; 3],
    block: [u32; 3],
    shared_bytes: u32,
    stream: Handle,
    parameters: In<u64>,
    extra: In<u64>,
    cooperative: bool,
) -> Result {
    let function = Function::get(function)?;
    let parameters = gather(&function, parameters, extra)?;
    submit(
        stream,
        KernelLaunch {
            function,
            grid,
            block,
            shared_bytes,
            parameters,
            cooperative,
        },
    )
}

/// Checks that a launch attribute asks for nothing that this device lacks.
pub fn check_attribute(id: u32, value: &AttributeValue) -> Result {
    match id {
        4 | 11 => {
            // A cluster of one block is what every launch is.
            let shape = [value[0] as u32, (value[0] >> 32) as u32, value[1] as u32];
            if shape.iter().any(|&extent| extent > 1) {
                return Err(Status::NOT_SUPPORTED);
            }
            Ok(())
        }
        // Nodes that kernels change.
        13 if value[0] as u32 == 0 => Ok(()),
        13 => Err(Status::NOT_SUPPORTED),
        // Hints: cache windows, policies, priority, early starts of dependent launches, domains, shared memory carve-out.
        // Events are recorded by who launches.
        0..=10 | 12 | 14 => Ok(()),
        _ => Err(Status::INVALID_VALUE),
    }
}

fn launch_with_attributes(
    configuration: In<LaunchConfiguration>,
    function: Handle,
    parameters: In<u64>,
    extra: In<u64>,
) -> Result {
    let configuration = configuration.get()?;
    let mut cooperative = false;
    let mut events = Vec::new();
    for attribute in configuration.attributes.list(configuration.attribute_count as usize)? {
        check_attribute(attribute.id, &attribute.value)?;
        match attribute.id {
            COOPERATIVE => cooperative = attribute.value[0] as u32 != 0,
            // Recorded once all blocks have started or asked for it: here that is known when they are done.
            PROGRAMMATIC_EVENT | LAUNCH_COMPLETION_EVENT => events.push(Event::get(attribute.value[0])?.handle),
            _ => {}
        }
    }
    let function = Function::get(function)?;
    let launch = KernelLaunch {
        parameters: gather(&function, parameters, extra)?,
        function,
        grid: configuration.grid,
        block: configuration.block,
        shared_bytes: configuration.shared_bytes,
        cooperative,
    };
    submit(configuration.stream, launch)?;
    events
        .into_iter()
        .try_for_each(|event| event::record(event, configuration.stream, false))
}

/// `CUDA_LAUNCH_PARAMS`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DeviceLaunch {
    function: Handle,
    grid: [u32; 3],
    block: [u32; 3],
    shared_bytes: u32,
    stream: Handle,
    parameters: In<u64>,
}

/// One cooperative launch on each of several devices.
fn launch_on_devices(launches: In<DeviceLaunch>, count: u32, flags: u32) -> Result {
    let devices = super::devices()?.len();
    if count == 0 || count as usize > devices || flags & !3 != 0 {
        return Err(Status::INVALID_VALUE);
    }
    let launches = launches.list(count as usize)?;
    let mut used = Vec::new();
    for launch in &launches {
        // The default streams would wait for each other (CUDA driver API, cuLaunchCooperativeKernelMultiDevice).
        let ordinal = Stream::get(launch.stream)?.context()?.device.ordinal;
        let same = (launch.grid, launch.block, launch.shared_bytes)
            == (launches[0].grid, launches[0].block, launches[0].shared_bytes);
        if launch.stream <= super::stream::PER_THREAD || used.contains(&ordinal) || !same {
            return Err(Status::INVALID_VALUE);
        }
        used.push(ordinal);
    }
    launches.into_iter().try_for_each(|one| {
        let DeviceLaunch {
            function,
            grid,
            block,
            shared_bytes,
            stream,
            parameters,
        } = one;
        launch(function, grid, block, shared_bytes, stream, parameters, In::at(0), true)
    })
}

export! {
    fn cuLaunchKernel | cuLaunchKernel_ptsz (
        function: Handle, gx: u32, gy: u32, gz: u32, bx: u32, by: u32, bz: u32, shared_bytes: u32, stream: Handle,
        parameters: In<u64>, extra: In<u64>,
    ) {
        launch(function, [gx, gy, gz], [bx, by, bz], shared_bytes, stream, parameters, extra, false)
    }
    fn cuLaunchCooperativeKernel | cuLaunchCooperativeKernel_ptsz (
        function: Handle, gx: u32, gy: u32, gz: u32, bx: u32, by: u32, bz: u32, shared_bytes: u32, stream: Handle,
        parameters: In<u64>,
    ) {
        launch(function, [gx, gy, gz], [bx, by, bz], shared_bytes, stream, parameters, In::at(0), true)
    }
    fn cuLaunchKernelEx | cuLaunchKernelEx_ptsz (
        configuration: In<LaunchConfiguration>, function: Handle, parameters: In<u64>, extra: In<u64>,
    ) {
        launch_with_attributes(configuration, function, parameters, extra)
    }
    fn cuLaunchCooperativeKernelMultiDevice(launches: In<DeviceLaunch>, count: u32, flags: u32) {
        launch_on_devices(launches, count, flags)
    }
}
