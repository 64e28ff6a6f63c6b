//! Libraries loaded while the program runs, the versions, and the driver's own functions.

use crate::context::{enter, initialise};
use crate::driver;
use crate::errors::Error;
use crate::export::{Handle, In, Out, export, out};
use crate::generation::VERSION;
use crate::registration::give_out;

fn entry_point(symbol: u64, result: Out<u64>, version: i32, flags: u64, status: Out<u32>) -> crate::errors::Result {
    result.require()?;
    initialise()?;
    let mut found = 0u32;
    let answer = driver::cuGetProcAddress_v2(symbol, result.address(), version, flags, out(&mut found));
    match answer {
        Ok(()) => status.offer(found),
        // What was asked for is not there: told by the status where the caller takes one.
        Err(Error::SymbolNotFound) if status.address() != 0 => {
            result.set(0)?;
            status.set(if found == 0 { 1 } else { found })?;
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

export! {
    fn cudaDriverGetVersion(result: Out<i32>) {
        result.require()?;
        let mut found = 0i32;
        match driver::cuDriverGetVersion(out(&mut found)) {
            // Without a driver its version is 0.
            Ok(()) | Err(Error::InsufficientDriver) => result.set(found),
            Err(error) => Err(error),
        }
    }
    fn cudaRuntimeGetVersion(result: Out<i32>) {
        result.set(VERSION)
    }
    fn cudaGetDriverEntryPoint | cudaGetDriverEntryPoint_ptsz (
        symbol: u64, result: Out<u64>, flags: u64, status: Out<u32>,
    ) {
        entry_point(symbol, result, VERSION, flags, status)
    }
    fn cudaGetDriverEntryPointByVersion | cudaGetDriverEntryPointByVersion_ptsz (
        symbol: u64, result: Out<u64>, asked: u32, flags: u64, status: Out<u32>,
    ) {
        entry_point(symbol, result, asked as i32, flags, status)
    }
    fn cudaProfilerStart() = cuProfilerStart;
    fn cudaProfilerStop() = cuProfilerStop;
    fn cudaLibraryLoadData(
        library: u64, code: u64, options: u64, values: u64, count: u32, library_options: u64, library_values: u64,
        library_count: u32,
    ) = cuLibraryLoadData;
    fn cudaLibraryLoadFromFile(
        library: u64, path: u64, options: u64, values: u64, count: u32, library_options: u64, library_values: u64,
        library_count: u32,
    ) = cuLibraryLoadFromFile;
    fn cudaLibraryUnload(library: Handle) = cuLibraryUnload;
    fn cudaLibraryGetKernel(kernel: Out<Handle>, library: Handle, name: u64) {
        enter()?;
        kernel.require()?;
        driver::cuLibraryGetKernel(kernel.address(), library, name)?;
        give_out(kernel.get()?, false);
        Ok(())
    }
    fn cudaLibraryGetKernelCount(count: u64, library: Handle) = cuLibraryGetKernelCount;
    fn cudaLibraryEnumerateKernels(kernels: In<Handle>, count: u32, library: Handle) {
        enter()?;
        let mut held = 0u32;
        driver::cuLibraryGetKernelCount(out(&mut held), library)?;
        driver::cuLibraryEnumerateKernels(kernels.address(), count, library)?;
        for index in 0..count.min(held) as usize {
            give_out(kernels.get_at(index)?, false);
        }
        Ok(())
    }
    fn cudaLibraryGetGlobal(address: u64, bytes: u64, library: Handle, name: u64) = cuLibraryGetGlobal;
    fn cudaLibraryGetManaged(address: u64, bytes: u64, library: Handle, name: u64) = cuLibraryGetManaged;
    fn cudaLibraryGetUnifiedFunction(address: u64, library: Handle, name: u64) = cuLibraryGetUnifiedFunction;
}
