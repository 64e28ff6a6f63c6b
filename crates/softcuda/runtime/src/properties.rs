//! `cudaDeviceProp`: the structure as CUDA 11, 12 and 13 lay it out.

use crate::context::check_device;
use crate::driver;
use crate::errors::{Error, Result};
use crate::export::{Out, export, out};
use crate::generation::IS_13;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layout {
    /// Of cudaGetDeviceProperties before 12: ends where 12's goes on.
    Cuda11,
    Cuda12,
    /// Without what 13 dropped, with a new end.
    Cuda13,
}

/// A C structure as it grows field by field.
struct Fields {
    bytes: Vec<u8>,
    device: i32,
}

impl Fields {
    fn push(&mut self, bytes: &[u8], align: usize) {
        self.bytes.resize(self.bytes.len().next_multiple_of(align), 0);
        self.bytes.extend_from_slice(bytes);
    }

    fn int(&mut self, value: i32) {
        self.push(&value.to_le_bytes(), 4);
    }

    fn size(&mut self, value: u64) {
        self.push(&value.to_le_bytes(), 8);
    }

    /// A device's attribute by its number (`CUdevice_attribute`); 0 where the driver does not know it.
    fn value(&self, attribute: i32) -> i32 {
        let mut value = 0i32;
        driver::cuDeviceGetAttribute(out(&mut value), attribute, self.device).map_or(0, |()| value)
    }

    fn ints<const N: usize>(&mut self, attributes: [i32; N]) {
        for attribute in attributes {
            let value = self.value(attribute);
            self.int(value);
        }
    }

    fn sizes<const N: usize>(&mut self, attributes: [i32; N]) {
        for attribute in attributes {
            let value = self.value(attribute);
            self.size(value as u64);
        }
    }
}

/// The structure of one device, in the order of driver_types.h.
fn properties(device: i32, layout: Layout) -> Result<Vec<u8>> {
    let mut name = [0u8; 256];
    driver::cuDeviceGetName(out(&mut name), 256, device)?;
    let mut uuid = [0u8; 16];
    driver::cuDeviceGetUuid_v2(out(&mut uuid), device)?;
    let (mut luid, mut mask) = ([0u8; 8], 0u32);
    // Only on Windows.
    let _ = driver::cuDeviceGetLuid(out(&mut luid), out(&mut mask), device);
    let mut memory = 0u64;
    driver::cuDeviceTotalMem_v2(out(&mut memory), device)?;

    let before_13 = layout < Layout::Cuda13;
    let mut fields = Fields {
        bytes: Vec::new(),
        device,
    };
    fields.push(&name, 1);
    fields.push(&uuid, 1);
    fields.push(&luid, 1);
    fields.push(&mask.to_le_bytes(), 4);
    fields.size(memory);
    fields.sizes([8]); // sharedMemPerBlock
    fields.ints([12, 10]); // regsPerBlock, warpSize
    fields.sizes([11]); // memPitch
    fields.ints([1, 2, 3, 4, 5, 6, 7]); // maxThreadsPerBlock, maxThreadsDim, maxGridSize
    if before_13 {
        fields.ints([13]); // clockRate
    }
    fields.sizes([9]); // totalConstMem
    fields.ints([75, 76]); // major, minor
    fields.sizes([14, 51]); // textureAlignment, texturePitchAlignment
    if before_13 {
        fields.ints([15]); // deviceOverlap
    }
    fields.ints([16]); // multiProcessorCount
    if before_13 {
        fields.ints([17]); // kernelExecTimeoutEnabled
    }
    fields.ints([18, 19]); // integrated, canMapHostMemory
    if before_13 {
        fields.ints([20]); // computeMode
    }
    fields.ints([21, 77]); // maxTexture1D, maxTexture1DMipmap
    if before_13 {
        fields.ints([69]); // maxTexture1DLinear
    }
    // maxTexture2D, 2DMipmap, 2DLinear, 2DGather, 3D, 3DAlt, Cubemap, 1DLayered, 2DLayered, CubemapLayered
    fields.ints([
        22, 23, 73, 74, 70, 71, 72, 45, 46, 24, 25, 26, 47, 48, 49, 52, 42, 43, 27, 28, 29, 53, 54,
    ]);
    // maxSurface1D, 2D, 3D, 1DLayered, 2DLayered, Cubemap, CubemapLayered
    fields.ints([55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68]);
    fields.sizes([30]); // surfaceAlignment
    // concurrentKernels, ECCEnabled, pciBusID, pciDeviceID, pciDomainID, tccDriver, asyncEngineCount, unifiedAddressing
    fields.ints([31, 32, 33, 34, 50, 35, 40, 41]);
    if before_13 {
        fields.ints([36]); // memoryClockRate
    }
    // memoryBusWidth, l2CacheSize, persistingL2CacheMaxSize, maxThreadsPerMultiProcessor, streamPrioritiesSupported,
    // globalL1CacheSupported, localL1CacheSupported
    fields.ints([37, 38, 108, 39, 78, 79, 80]);
    fields.sizes([81]); // sharedMemPerMultiprocessor
    // regsPerMultiprocessor, managedMemory, isMultiGpuBoard, multiGpuBoardGroupID, hostNativeAtomicSupported
    fields.ints([82, 83, 84, 85, 86]);
    if before_13 {
        fields.ints([87]); // singleToDoublePrecisionPerfRatio
    }
    // pageableMemoryAccess, concurrentManagedAccess, computePreemptionSupported, canUseHostPointerForRegisteredMem,
    // cooperativeLaunch
    fields.ints([88, 89, 90, 91, 95]);
    if before_13 {
        fields.ints([96]); // cooperativeMultiDeviceLaunch
    }
    fields.sizes([97]); // sharedMemPerBlockOptin
    // pageableMemoryAccessUsesHostPageTables, directManagedMemAccessFromHost, maxBlocksPerMultiProcessor,
    // accessPolicyMaxWindowSize
    fields.ints([100, 101, 106, 109]);
    fields.sizes([111]); // reservedSharedMemPerBlock
    if layout == Layout::Cuda11 {
        return Ok(fields.bytes);
    }
    // hostRegisterSupported, sparseCudaArraySupported, hostRegisterReadOnlySupported,
    // timelineSemaphoreInteropSupported, memoryPoolsSupported, gpuDirectRDMASupported,
    // gpuDirectRDMAFlushWritesOptions, gpuDirectRDMAWritesOrdering, memoryPoolSupportedHandleTypes,
    // deferredMappingCudaArraySupported, ipcEventSupported, clusterLaunch, unifiedFunctionPointers
    fields.ints([99, 112, 113, 114, 115, 116, 117, 118, 119, 121, 125, 120, 129]);
    let reserved = if before_13 {
        63
    } else {
        // deviceNumaConfig, deviceNumaId, mpsEnabled, hostNumaId, gpuPciDeviceID, gpuPciSubsystemID,
        // hostNumaMultinodeIpcSupported
        fields.ints([130, 131, 133, 134, 139, 140, 143]);
        56
    };
    for _ in 0..reserved {
        fields.int(0);
    }
    let end = fields.bytes.len().next_multiple_of(8);
    fields.bytes.resize(end, 0);
    Ok(fields.bytes)
}

fn give(result: Out<u8>, device: i32, layout: Layout) -> Result {
    result.require()?;
    let bytes = properties(check_device(device)?, layout)?;
    for (index, byte) in (0..).zip(bytes) {
        let at = result.address().checked_add(index).ok_or(Error::InvalidValue)?;
        Out::at(at).set(byte)?;
    }
    Ok(())
}

export! {
    fn cudaGetDeviceProperties(result: Out<u8>, device: i32) {
        give(result, device, if IS_13 { Layout::Cuda13 } else { Layout::Cuda11 })
    }
    fn cudaGetDeviceProperties_v2(result: Out<u8>, device: i32) {
        give(result, device, if IS_13 { Layout::Cuda13 } else { Layout::Cuda12 })
    }
}

#[cfg(test)]
mod tests {
    /// CUDA 13 has no function of the second name, so what calls it is of CUDA 12 or newer than both.
    #[test]
    fn fields_are_aligned_as_in_c() {
        let mut fields = super::Fields {
            bytes: Vec::new(),
            device: 0,
        };
        fields.int(1);
        fields.size(2);
        fields.int(3);
        assert_eq!(fields.bytes.len(), 20);
        assert_eq!(fields.bytes[8], 2);
    }
}
