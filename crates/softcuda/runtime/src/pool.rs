//! Memory pools.

use crate::context::check_device;
use crate::driver;
use crate::export::{Handle, export};

export! {
    fn cudaDeviceGetDefaultMemPool(pool: u64, number: i32) {
        driver::cuDeviceGetDefaultMemPool(pool, check_device(number)?)
    }
    fn cudaDeviceGetMemPool(pool: u64, number: i32) {
        driver::cuDeviceGetMemPool(pool, check_device(number)?)
    }
    fn cudaDeviceSetMemPool(number: i32, pool: Handle) {
        driver::cuDeviceSetMemPool(check_device(number)?, pool)
    }
    fn cudaMemPoolCreate(pool: u64, properties: u64) = cuMemPoolCreate;
    fn cudaMemPoolDestroy(pool: Handle) = cuMemPoolDestroy;
    fn cudaMemPoolGetAttribute(pool: Handle, attribute: u32, value: u64) = cuMemPoolGetAttribute;
    fn cudaMemPoolSetAttribute(pool: Handle, attribute: u32, value: u64) = cuMemPoolSetAttribute;
    fn cudaMemPoolTrimTo(pool: Handle, keep: u64) = cuMemPoolTrimTo;
    fn cudaMemPoolSetAccess(pool: Handle, descriptions: u64, count: u64) = cuMemPoolSetAccess;
    fn cudaMemPoolGetAccess(flags: u64, pool: Handle, location: u64) = cuMemPoolGetAccess;
    fn cudaMemPoolExportPointer(data: u64, address: u64) = cuMemPoolExportPointer;
    fn cudaMemPoolImportPointer(result: u64, pool: Handle, data: u64) = cuMemPoolImportPointer;
    fn cudaMemPoolExportToShareableHandle(handle: u64, pool: Handle, kind: u32, flags: u32) {
        crate::context::enter()?;
        driver::cuMemPoolExportToShareableHandle(handle, pool, kind, flags.into())
    }
    fn cudaMemPoolImportFromShareableHandle(pool: u64, handle: u64, kind: u32, flags: u32) {
        crate::context::enter()?;
        driver::cuMemPoolImportFromShareableHandle(pool, handle, kind, flags.into())
    }
}
