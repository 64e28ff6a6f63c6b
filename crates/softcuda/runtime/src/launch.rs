//! Launches: what `<<<>>>` compiles to, and the forms with attributes.

use std::cell::RefCell;

use crate::context::enter;
use crate::errors::{Error, Result};
use crate::export::{Dim3, Handle, In, Out, Stream, export, out};
use crate::registration::{function, kernel};
use crate::{context, driver};

/// Attributes by which blocks are launched together (`cudaLaunchAttributeCooperative`).
const COOPERATIVE: u32 = 2;

#[derive(Clone, Copy)]
struct Call {
    grid: Dim3,
    block: Dim3,
    shared_bytes: u64,
    stream: Handle,
}

thread_local! {
    static CALLS: RefCell<Vec<Call>> = const { RefCell::new(Vec::new()) };
}

/// `cudaLaunchConfig_t`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Configuration {
    grid: Dim3,
    block: Dim3,
    shared_bytes: u64,
    stream: Stream,
    attributes: u64,
    attribute_count: u32,
}

/// `CUlaunchConfig`.
#[repr(C)]
pub struct DriverConfiguration {
    grid: Dim3,
    block: Dim3,
    shared_bytes: u32,
    stream: Handle,
    attributes: u64,
    attribute_count: u32,
}

/// One launch attribute: an id and 64 bytes of value.
#[repr(C, align(8))]
struct Attribute {
    id: u32,
    padding: u32,
    value: [u64; 8],
}

impl Configuration {
    pub fn for_driver(&self) -> Result<DriverConfiguration> {
        Ok(DriverConfiguration {
            grid: self.grid,
            block: self.block,
            shared_bytes: u32::try_from(self.shared_bytes).map_err(|_| Error::InvalidValue)?,
            stream: self.stream.resolve(),
            attributes: self.attributes,
            attribute_count: self.attribute_count,
        })
    }
}

/// Whether any device of the current context's kind could launch blocks of this size.
fn fits(configuration: &DriverConfiguration) -> Result<bool> {
    let device = context::device()?;
    // Block's threads in all and by dimension, grid's blocks by dimension: attributes 1 to 7.
    let mut limits = [0i32; 7];
    for (attribute, limit) in (1..).zip(&mut limits) {
        driver::cuDeviceGetAttribute(out(limit), attribute, device)?;
    }
    let (block, grid) = (configuration.block, configuration.grid);
    let threads = u64::from(block.x) * u64::from(block.y) * u64::from(block.z);
    let extents = [block.x, block.y, block.z, grid.x, grid.y, grid.z];
    let each = extents
        .iter()
        .zip(&limits[1..])
        .all(|(&extent, &limit)| extent >= 1 && i64::from(extent) <= limit.into());
    Ok(each && threads <= limits[0] as u64)
}

fn launch(kernel: Handle, configuration: &mut DriverConfiguration, arguments: u64) -> Result {
    enter()?;
    let launched = driver::cuLaunchKernelEx(out(configuration), kernel, arguments, 0);
    match launched {
        Err(Error::InvalidValue) if !fits(configuration)? => Err(Error::InvalidConfiguration),
        _ => launched,
    }
}

fn plain(kernel: Handle, grid: Dim3, block: Dim3, arguments: u64, shared_bytes: u64, stream: Stream) -> Result {
    let call = Configuration {
        grid,
        block,
        shared_bytes,
        stream,
        attributes: 0,
        attribute_count: 0,
    };
    launch(kernel, &mut call.for_driver()?, arguments)
}

/// Keeps what stands in `<<<>>>` for the call that follows; 0 tells the program to go on.
#[unsafe(no_mangle)]
pub extern "C" fn __cudaPushCallConfiguration(grid: Dim3, block: Dim3, shared_bytes: u64, stream: Handle) -> u32 {
    CALLS.with_borrow_mut(|calls| {
        calls.push(Call {
            grid,
            block,
            shared_bytes,
            stream,
        })
    });
    0
}

export! {
    fn __cudaPopCallConfiguration(grid: Out<Dim3>, block: Out<Dim3>, shared_bytes: Out<u64>, stream: Out<Handle>) {
        let call = CALLS.with_borrow_mut(Vec::pop).ok_or(Error::MissingConfiguration)?;
        grid.set(call.grid)?;
        block.set(call.block)?;
        shared_bytes.set(call.shared_bytes)?;
        stream.set(call.stream)
    }
    fn cudaLaunchKernel | cudaLaunchKernel_ptsz (
        function: u64, grid: Dim3, block: Dim3, arguments: u64, shared_bytes: u64, stream: Stream,
    ) {
        plain(kernel(function)?, grid, block, arguments, shared_bytes, stream)
    }
    fn __cudaLaunchKernel | __cudaLaunchKernel_ptsz (
        handle: Handle, grid: Dim3, block: Dim3, arguments: u64, shared_bytes: u64, stream: Stream,
    ) {
        plain(kernel(handle)?, grid, block, arguments, shared_bytes, stream)
    }
    fn cudaLaunchCooperativeKernel | cudaLaunchCooperativeKernel_ptsz (
        function: u64, grid: Dim3, block: Dim3, arguments: u64, shared_bytes: u64, stream: Stream,
    ) {
        let mut attribute = Attribute { id: COOPERATIVE, padding: 0, value: [1, 0, 0, 0, 0, 0, 0, 0] };
        let attributes = out(&mut attribute);
        let call = Configuration { grid, block, shared_bytes, stream, attributes, attribute_count: 1 };
        launch(kernel(function)?, &mut call.for_driver()?, arguments)
    }
    fn cudaLaunchKernelExC | cudaLaunchKernelExC_ptsz (configuration: In<Configuration>, function: u64, arguments: u64) {
        launch(kernel(function)?, &mut configuration.get()?.for_driver()?, arguments)
    }
    fn cudaOccupancyMaxPotentialClusterSize(size: u64, host: u64, configuration: In<Configuration>) {
        let mut configuration = configuration.get()?.for_driver()?;
        driver::cuOccupancyMaxPotentialClusterSize(size, function(host)?, out(&mut configuration))
    }
    fn cudaOccupancyMaxActiveClusters(count: u64, host: u64, configuration: In<Configuration>) {
        let mut configuration = configuration.get()?.for_driver()?;
        driver::cuOccupancyMaxActiveClusters(count, function(host)?, out(&mut configuration))
    }
}
