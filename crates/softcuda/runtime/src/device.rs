//! Devices: which there are, which the calling thread uses, what they can do.

use crate::array::format_of;
use crate::context::{self, check_device, device, enter, primary};
use crate::driver;
use crate::errors::{Error, Result, forget};
use crate::export::{In, Out, export, out};

/// `cudaDeviceMapHost`, which every device has: given by cudaGetDeviceFlags, not known to the driver.
const MAP_HOST: u32 = 8;
/// The scheduling and local memory flags that the driver knows.
const DRIVER_FLAGS: u32 = 0xf7;

fn reset() -> Result {
    context::reset()?;
    forget();
    Ok(())
}

export! {
    fn cudaGetDeviceCount(count: Out<i32>) {
        count.set(0)?;
        count.set(context::device_count()?)
    }
    fn cudaGetDevice(result: Out<i32>) {
        result.require()?;
        result.set(device()?)
    }
    fn cudaSetDevice(number: i32) {
        context::set_device(number)
    }
    fn cudaInitDevice(number: i32, flags: u32, use_flags: u32) {
        check_device(number)?;
        if use_flags & 1 != 0 {
            driver::cuDevicePrimaryCtxSetFlags_v2(number, flags & DRIVER_FLAGS)?;
        }
        context::prepare_device(number)
    }
    fn cudaSetValidDevices(list: In<i32>, count: i32) {
        if count == 0 {
            return Ok(());
        }
        let first = check_device(list.get()?)?;
        for index in 1..usize::try_from(count).map_err(|_| Error::InvalidValue)? {
            check_device(list.get_at(index)?)?;
        }
        context::prefer(first);
        Ok(())
    }
    fn cudaChooseDevice(result: Out<i32>, properties: In<u8>) {
        result.require()?;
        properties.get()?;
        context::device_count()?;
        result.set(0)
    }
    fn cudaSetDeviceFlags(flags: u32) {
        let number = device()?;
        if flags & !(DRIVER_FLAGS | MAP_HOST) != 0 {
            return Err(Error::InvalidValue);
        }
        driver::cuDevicePrimaryCtxSetFlags_v2(number, flags & DRIVER_FLAGS)
    }
    fn cudaGetDeviceFlags(flags: Out<u32>) {
        flags.require()?;
        let (mut held, mut active) = (0u32, 0i32);
        driver::cuDevicePrimaryCtxGetState(device()?, out(&mut held), out(&mut active))?;
        flags.set(held | MAP_HOST)
    }
    fn cudaDeviceGetAttribute(value: u64, attribute: i32, number: i32) {
        driver::cuDeviceGetAttribute(value, attribute, check_device(number)?)
    }
    fn cudaDeviceGetPCIBusId(id: u64, length: i32, number: i32) {
        driver::cuDeviceGetPCIBusId(id, length, check_device(number)?)
    }
    fn cudaDeviceGetByPCIBusId(result: u64, id: u64) {
        context::device_count()?;
        driver::cuDeviceGetByPCIBusId(result, id)
    }
    fn cudaDeviceGetP2PAttribute(value: u64, attribute: i32, source: i32, destination: i32) {
        driver::cuDeviceGetP2PAttribute(value, attribute, check_device(source)?, check_device(destination)?)
    }
    fn cudaDeviceGetTexture1DLinearMaxWidth(width: u64, descriptor: In<[i32; 5]>, number: i32) {
        let (format, channels) = format_of(descriptor.get()?)?;
        driver::cuDeviceGetTexture1DLinearMaxWidth(width, format, channels, check_device(number)?)
    }
    fn cudaDeviceCanAccessPeer(can: u64, number: i32, peer: i32) {
        driver::cuDeviceCanAccessPeer(can, check_device(number)?, check_device(peer)?)
    }
    fn cudaDeviceEnablePeerAccess(peer: i32, flags: u32) {
        enter()?;
        if check_device(peer)? == device()? {
            return Err(Error::InvalidDevice);
        }
        driver::cuCtxEnablePeerAccess(primary(peer)?, flags)
    }
    fn cudaDeviceDisablePeerAccess(peer: i32) {
        enter()?;
        driver::cuCtxDisablePeerAccess(primary(check_device(peer)?)?)
    }
    fn cudaDeviceSynchronize() = cuCtxSynchronize;
    fn cudaThreadSynchronize() = cuCtxSynchronize;
    fn cudaDeviceReset() {
        reset()
    }
    fn cudaThreadExit() {
        reset()
    }
    fn cudaDeviceSetLimit(limit: u32, value: u64) = cuCtxSetLimit;
    fn cudaThreadSetLimit(limit: u32, value: u64) = cuCtxSetLimit;
    fn cudaDeviceGetLimit(value: u64, limit: u32) = cuCtxGetLimit;
    fn cudaThreadGetLimit(value: u64, limit: u32) = cuCtxGetLimit;
    fn cudaDeviceGetCacheConfig(configuration: u64) = cuCtxGetCacheConfig;
    fn cudaThreadGetCacheConfig(configuration: u64) = cuCtxGetCacheConfig;
    fn cudaDeviceSetCacheConfig(configuration: u32) = cuCtxSetCacheConfig;
    fn cudaThreadSetCacheConfig(configuration: u32) = cuCtxSetCacheConfig;
    fn cudaDeviceGetSharedMemConfig(configuration: u64) = cuCtxGetSharedMemConfig;
    fn cudaDeviceSetSharedMemConfig(configuration: u32) = cuCtxSetSharedMemConfig;
    fn cudaDeviceGetStreamPriorityRange(least: u64, greatest: u64) = cuCtxGetStreamPriorityRange;
    fn cudaCtxResetPersistingL2Cache() = cuCtxResetPersistingL2Cache;
    fn cudaDeviceFlushGPUDirectRDMAWrites(target: u32, scope: u32) = cuFlushGPUDirectRDMAWrites;
    fn cudaDeviceGetGraphMemAttribute(number: i32, attribute: i32, value: u64) {
        driver::cuDeviceGetGraphMemAttribute(check_device(number)?, attribute, value)
    }
    fn cudaDeviceSetGraphMemAttribute(number: i32, attribute: i32, value: u64) {
        driver::cuDeviceSetGraphMemAttribute(check_device(number)?, attribute, value)
    }
    fn cudaDeviceGraphMemTrim(number: i32) {
        driver::cuDeviceGraphMemTrim(check_device(number)?)
    }
}
