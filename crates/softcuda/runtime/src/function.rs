//! Kernels' attributes and occupancy.

use crate::driver;
use crate::errors::{Error, Result};
use crate::export::{Handle, Out, export, out};
use crate::registration::function;

/// `cudaFuncAttributes`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Attributes {
    shared_bytes: u64,
    constant_bytes: u64,
    local_bytes: u64,
    max_threads_per_block: i32,
    registers: i32,
    ptx_version: i32,
    binary_version: i32,
    caches_globals: i32,
    max_dynamic_shared_bytes: i32,
    carveout: i32,
    needs_cluster: i32,
    cluster: [i32; 3],
    cluster_policy: i32,
    non_portable_cluster: i32,
    reserved: [i32; 16],
}

fn attributes(host: u64) -> Result<Attributes> {
    let function = function(host)?;
    let attribute = |number: u32| {
        let mut value = 0i32;
        driver::cuFuncGetAttribute(out(&mut value), number, function).map(|()| value)
    };
    // Of clusters drivers before 12 know nothing.
    let cluster = |number| attribute(number).unwrap_or(0);
    Ok(Attributes {
        max_threads_per_block: attribute(0)?,
        shared_bytes: attribute(1)? as u64,
        constant_bytes: attribute(2)? as u64,
        local_bytes: attribute(3)? as u64,
        registers: attribute(4)?,
        ptx_version: attribute(5)?,
        binary_version: attribute(6)?,
        caches_globals: attribute(7)?,
        max_dynamic_shared_bytes: attribute(8)?,
        carveout: attribute(9)?,
        needs_cluster: cluster(10),
        cluster: [cluster(11), cluster(12), cluster(13)],
        non_portable_cluster: cluster(14),
        cluster_policy: cluster(15),
        reserved: [0; 16],
    })
}

export! {
    fn cudaFuncGetAttributes(result: Out<Attributes>, host: u64) {
        result.require()?;
        result.set(attributes(host)?)
    }
    fn cudaFuncSetAttribute(host: u64, attribute: u32, value: i32) {
        driver::cuFuncSetAttribute(function(host)?, attribute, value)
    }
    fn cudaKernelSetAttributeForDevice(kernel: Handle, attribute: u32, value: i32, device: i32) {
        crate::context::prepare_device(device)?;
        driver::cuKernelSetAttribute(attribute, value, kernel, device)
    }
    fn cudaFuncSetCacheConfig(host: u64, configuration: u32) {
        driver::cuFuncSetCacheConfig(function(host)?, configuration)
    }
    fn cudaFuncSetSharedMemConfig(host: u64, configuration: u32) {
        driver::cuFuncSetSharedMemConfig(function(host)?, configuration)
    }
    fn cudaFuncGetName(name: u64, host: u64) {
        driver::cuFuncGetName(name, function(host)?)
    }
    fn cudaFuncGetParamInfo(host: u64, index: u64, offset: u64, size: u64) {
        driver::cuFuncGetParamInfo(function(host)?, index, offset, size)
    }
    fn cudaFuncGetParamCount(host: u64, count: Out<u64>) {
        let function = function(host)?;
        let (mut parameters, mut offset) = (0, 0u64);
        loop {
            match driver::cuFuncGetParamInfo(function, parameters, out(&mut offset), 0) {
                Ok(()) => parameters += 1,
                Err(Error::InvalidValue) => return count.set(parameters),
                Err(error) => return Err(error),
            }
        }
    }
    fn cudaOccupancyMaxActiveBlocksPerMultiprocessor(blocks: u64, host: u64, block_size: i32, shared: u64) {
        driver::cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(blocks, function(host)?, block_size, shared, 0)
    }
    fn cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(
        blocks: u64, host: u64, block_size: i32, shared: u64, flags: u32,
    ) {
        driver::cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(blocks, function(host)?, block_size, shared, flags)
    }
    fn cudaOccupancyAvailableDynamicSMemPerBlock(bytes: u64, host: u64, blocks: i32, block_size: i32) {
        driver::cuOccupancyAvailableDynamicSMemPerBlock(bytes, function(host)?, blocks, block_size)
    }
}
