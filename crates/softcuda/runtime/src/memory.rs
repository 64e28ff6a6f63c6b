//! Allocation, fills, and what a pointer is.

use crate::context::enter;
use crate::driver;
use crate::errors::{Error, Result};
use crate::export::{Handle, Out, Stream, export, out};
use crate::generation::IS_13;

/// `cudaExtent`: in bytes or elements, rows, slices.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Extent {
    pub width: u64,
    pub height: u64,
    pub depth: u64,
}

/// `cudaPitchedPtr`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Pitched {
    pub address: u64,
    pub pitch: u64,
    pub width: u64,
    pub height: u64,
}

/// The start of `cudaPointerAttributes`, which is all that has a meaning.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct PointerAttributes {
    kind: u32,
    device: i32,
    device_address: u64,
    host_address: u64,
}

const UNREGISTERED: u32 = 0;
const HOST: u32 = 1;
const MANAGED: u32 = 3;
/// The device of memory that belongs to none.
const NO_DEVICE: i32 = -2;
/// The device number that stands for the host in advice and prefetches (`cudaCpuDeviceId`).
const CPU: i32 = -1;
/// Of `CUpointer_attribute`: memory type, device pointer, host pointer, is managed, device ordinal.
const POINTER_ATTRIBUTES: [u32; 5] = [2, 3, 4, 8, 9];
/// The bytes that pitches are made for: what coalesced accesses of a warp take at most for one thread.
const ELEMENT: u32 = 16;

fn host(result: Out<u64>, bytes: u64, flags: u32) -> Result {
    result.require()?;
    enter()?;
    if bytes == 0 {
        return result.set(0);
    }
    driver::cuMemHostAlloc(result.address(), bytes, flags)
}

/// Memory for rows of `width` bytes; address and pitch.
fn rows(width: u64, height: u64) -> Result<(u64, u64)> {
    enter()?;
    let (mut address, mut pitch) = (0u64, 0u64);
    if width > 0 && height > 0 {
        driver::cuMemAllocPitch_v2(out(&mut address), out(&mut pitch), width, height, ELEMENT)?;
    }
    Ok((address, pitch))
}

fn attributes_of(address: u64) -> Result<PointerAttributes> {
    enter()?;
    let (mut kind, mut device_address, mut host_address, mut managed, mut device) = (0u32, 0u64, 0u64, 0u32, 0i32);
    let mut places = [
        out(&mut kind),
        out(&mut device_address),
        out(&mut host_address),
        out(&mut managed),
        out(&mut device),
    ];
    let mut numbers = POINTER_ATTRIBUTES;
    driver::cuPointerGetAttributes(numbers.len() as u32, out(&mut numbers), out(&mut places), address)?;
    Ok(match kind {
        UNREGISTERED => PointerAttributes {
            kind,
            device: NO_DEVICE,
            device_address: 0,
            host_address: address,
        },
        _ => {
            let kind = if managed & 0xff != 0 { MANAGED } else { kind };
            let host_address = if kind == HOST && host_address == 0 {
                address
            } else {
                host_address
            };
            PointerAttributes {
                kind,
                device,
                device_address,
                host_address,
            }
        }
    })
}

/// Fills `height` rows of every slice.
fn fill(to: Pitched, value: u8, extent: Extent, stream: Option<Stream>) -> Result {
    enter()?;
    if extent.width == 0 || extent.height == 0 || extent.depth == 0 {
        return Ok(());
    }
    // Slices that follow each other without a gap are one of many rows.
    let (slices, height) = if extent.depth == 1 || extent.height == to.height {
        (1, extent.height.checked_mul(extent.depth).ok_or(Error::InvalidValue)?)
    } else {
        (extent.depth, extent.height)
    };
    let slice = to.pitch.checked_mul(to.height);
    for index in 0..slices {
        let offset = slice
            .and_then(|slice| slice.checked_mul(index))
            .ok_or(Error::InvalidValue)?;
        let address = to.address.checked_add(offset).ok_or(Error::InvalidValue)?;
        match stream.map(Stream::resolve) {
            Some(stream) => driver::cuMemsetD2D8Async(address, to.pitch, value, extent.width, height, stream)?,
            None => driver::cuMemsetD2D8_v2(address, to.pitch, value, extent.width, height)?,
        }
    }
    Ok(())
}

fn rectangle(address: u64, pitch: u64, width: u64, height: u64) -> (Pitched, Extent) {
    (
        Pitched {
            address,
            pitch,
            width,
            height,
        },
        Extent {
            width,
            height,
            depth: 1,
        },
    )
}

/// The stream that a call without one works in: none for the legacy default stream.
fn implied() -> Option<Stream> {
    (Stream::DEFAULT.resolve() != 0).then_some(Stream::DEFAULT)
}

/// Where memory shall be: the caller's location, or a device's number as CUDA 12 has it.
fn prefetch(address: u64, bytes: u64, location: u64, flags: u32, stream: Stream) -> Result {
    enter()?;
    driver::cuMemPrefetchAsync_v2(address, bytes, location, flags, stream.resolve())
}

fn check_place(device: i32) -> Result {
    if device == CPU {
        Ok(())
    } else {
        crate::context::check_device(device).map(|_| ())
    }
}

export! {
    fn cudaMalloc(result: Out<u64>, bytes: u64) {
        result.require()?;
        enter()?;
        if bytes == 0 {
            return result.set(0);
        }
        driver::cuMemAlloc_v2(result.address(), bytes)
    }
    fn cudaFree(address: u64) {
        enter()?;
        if address == 0 { Ok(()) } else { driver::cuMemFree_v2(address) }
    }
    fn cudaMallocManaged(result: Out<u64>, bytes: u64, flags: u32) {
        result.require()?;
        enter()?;
        driver::cuMemAllocManaged(result.address(), bytes, flags)
    }
    fn cudaMallocPitch(result: Out<u64>, pitch: Out<u64>, width: u64, height: u64) {
        result.require()?;
        pitch.require()?;
        let (address, held) = rows(width, height)?;
        result.set(address)?;
        pitch.set(held)
    }
    fn cudaMalloc3D(result: Out<Pitched>, extent: Extent) {
        result.require()?;
        let height = extent.height.checked_mul(extent.depth).ok_or(Error::InvalidValue)?;
        let (address, pitch) = rows(extent.width, height)?;
        result.set(Pitched { address, pitch, width: extent.width, height: extent.height })
    }
    fn cudaMallocHost(result: Out<u64>, bytes: u64) {
        host(result, bytes, 0)
    }
    fn cudaHostAlloc(result: Out<u64>, bytes: u64, flags: u32) {
        host(result, bytes, flags)
    }
    fn cudaFreeHost(address: u64) {
        enter()?;
        if address == 0 { Ok(()) } else { driver::cuMemFreeHost(address) }
    }
    fn cudaHostRegister(address: u64, bytes: u64, flags: u32) = cuMemHostRegister_v2;
    fn cudaHostUnregister(address: u64) = cuMemHostUnregister;
    fn cudaHostGetDevicePointer(result: u64, address: u64, flags: u32) = cuMemHostGetDevicePointer_v2;
    fn cudaHostGetFlags(flags: u64, address: u64) = cuMemHostGetFlags;
    fn cudaMallocAsync | cudaMallocAsync_ptsz (result: Out<u64>, bytes: u64, stream: Stream) {
        result.require()?;
        enter()?;
        if bytes == 0 {
            return result.set(0);
        }
        driver::cuMemAllocAsync(result.address(), bytes, stream.resolve())
    }
    fn cudaFreeAsync | cudaFreeAsync_ptsz (address: u64, stream: Stream) {
        enter()?;
        if address == 0 { Ok(()) } else { driver::cuMemFreeAsync(address, stream.resolve()) }
    }
    fn cudaMallocFromPoolAsync | cudaMallocFromPoolAsync_ptsz (
        result: Out<u64>, bytes: u64, pool: Handle, stream: Stream,
    ) {
        result.require()?;
        enter()?;
        if bytes == 0 {
            return result.set(0);
        }
        driver::cuMemAllocFromPoolAsync(result.address(), bytes, pool, stream.resolve())
    }
    fn cudaMemGetInfo(free: u64, total: u64) = cuMemGetInfo_v2;
    fn cudaPointerGetAttributes(result: Out<PointerAttributes>, address: u64) {
        result.require()?;
        result.set(attributes_of(address)?)
    }

    fn cudaMemset | cudaMemset_ptds (address: u64, value: i32, bytes: u64) {
        enter()?;
        match implied() {
            _ if bytes == 0 => Ok(()),
            Some(stream) => driver::cuMemsetD8Async(address, value as u8, bytes, stream.resolve()),
            None => driver::cuMemsetD8_v2(address, value as u8, bytes),
        }
    }
    fn cudaMemsetAsync | cudaMemsetAsync_ptsz (address: u64, value: i32, bytes: u64, stream: Stream) {
        enter()?;
        if bytes == 0 { Ok(()) } else { driver::cuMemsetD8Async(address, value as u8, bytes, stream.resolve()) }
    }
    fn cudaMemset2D | cudaMemset2D_ptds (address: u64, pitch: u64, value: i32, width: u64, height: u64) {
        let (to, extent) = rectangle(address, pitch, width, height);
        fill(to, value as u8, extent, implied())
    }
    fn cudaMemset2DAsync | cudaMemset2DAsync_ptsz (
        address: u64, pitch: u64, value: i32, width: u64, height: u64, stream: Stream,
    ) {
        let (to, extent) = rectangle(address, pitch, width, height);
        fill(to, value as u8, extent, Some(stream))
    }
    fn cudaMemset3D | cudaMemset3D_ptds (to: Pitched, value: i32, extent: Extent) {
        fill(to, value as u8, extent, implied())
    }
    fn cudaMemset3DAsync | cudaMemset3DAsync_ptsz (to: Pitched, value: i32, extent: Extent, stream: Stream) {
        fill(to, value as u8, extent, Some(stream))
    }

    // In CUDA 12 a device's number and the stream, in 13 a location, flags and the stream.
    fn cudaMemPrefetchAsync | cudaMemPrefetchAsync_ptsz (
        address: u64, bytes: u64, location: u64, flags_or_stream: Stream, stream: Stream,
    ) {
        if IS_13 {
            return prefetch(address, bytes, location, flags_or_stream.raw() as u32, stream);
        }
        enter()?;
        check_place(location as i32)?;
        driver::cuMemPrefetchAsync(address, bytes, location as i32, flags_or_stream.resolve())
    }
    fn cudaMemPrefetchAsync_v2 | cudaMemPrefetchAsync_v2_ptsz (
        address: u64, bytes: u64, location: u64, flags: u32, stream: Stream,
    ) {
        prefetch(address, bytes, location, flags, stream)
    }
    fn cudaMemAdvise(address: u64, bytes: u64, advice: u32, location: u64) {
        enter()?;
        if IS_13 {
            driver::cuMemAdvise_v2(address, bytes, advice, location)
        } else {
            driver::cuMemAdvise(address, bytes, advice, location as i32)
        }
    }
    fn cudaMemAdvise_v2(address: u64, bytes: u64, advice: u32, location: u64) = cuMemAdvise_v2;
    fn cudaMemRangeGetAttribute(data: u64, size: u64, attribute: u32, address: u64, bytes: u64) = cuMemRangeGetAttribute;
    fn cudaMemRangeGetAttributes(
        data: u64, sizes: u64, attributes: u64, count: u64, address: u64, bytes: u64,
    ) = cuMemRangeGetAttributes;
    fn cudaIpcGetMemHandle(handle: u64, address: u64) = cuIpcGetMemHandle;
    fn cudaIpcCloseMemHandle(address: u64) = cuIpcCloseMemHandle;
    fn cudaIpcGetEventHandle(handle: u64, event: Handle) = cuIpcGetEventHandle;
}
