//! Arrays: boxes of texels that copies reach by row and column. Textures and surfaces, which would read them from
//! kernels, are refused.

use std::sync::Arc;

use super::context::{Context, current};
use super::copy::{Side, plain};
use super::export::{Handle, In, Out, Registry, export, new_handle};
use super::memory;
use super::status::{Result, Status};
use crate::device::Kind;

static ARRAYS: Registry<Array> = Registry::new();

/// Flags that change the shape or the sharing of an array beyond what a box of texels is.
const LAYERED: u32 = 1;
const CUBEMAP: u32 = 4;
const SPARSE: u32 = 0x40;
const DEFERRED: u32 = 0x80;

/// `CUDA_ARRAY_DESCRIPTOR`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Descriptor {
    width: u64,
    height: u64,
    format: u32,
    channels: u32,
}

/// `CUDA_ARRAY3D_DESCRIPTOR`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Descriptor3D {
    width: u64,
    height: u64,
    depth: u64,
    format: u32,
    channels: u32,
    flags: u32,
}

pub struct Array {
    descriptor: Descriptor3D,
    context: Handle,
    address: u64,
    /// Bytes of a row; rows follow each other.
    row: u64,
}

impl Array {
    /// Where a copy of `width` bytes a row, starting at byte `x` of row `y` of slice `z`, finds the array's memory.
    pub fn side(handle: Handle, [x, y, z]: [u64; 3], width: u64) -> Result<Side> {
        let array = ARRAYS.get(handle)?;
        let rows = array.descriptor.height.max(1);
        let inside = x.checked_add(width).is_some_and(|end| end <= array.row);
        if !inside || y >= rows || z >= array.descriptor.depth.max(1) {
            return Err(Status::INVALID_VALUE);
        }
        let slice = array.row * rows;
        Ok(Side {
            address: array.address + x + y * array.row + z * slice,
            pitch: array.row,
            slice,
            device: true,
        })
    }

    /// A stretch of a one-dimensional array, in bytes.
    pub fn line(handle: Handle, offset: u64, bytes: u64) -> Result<Side> {
        Ok(Side::line(Array::side(handle, [offset, 0, 0], bytes)?.address, true))
    }
}

/// Bytes of one channel of CUarray_format.
fn channel_bytes(format: u32) -> Result<u64> {
    match format {
        0x01 | 0x08 => Ok(1),
        0x02 | 0x09 | 0x10 => Ok(2),
        0x03 | 0x0a | 0x20 => Ok(4),
        // Packed, planar and block-compressed pictures.
        0x90..=0xff => Err(Status::NOT_SUPPORTED),
        _ => Err(Status::INVALID_VALUE),
    }
}

fn create(result: Out<Handle>, descriptor: Descriptor3D) -> Result {
    let context = current()?;
    result.require()?;
    if descriptor.flags & (LAYERED | CUBEMAP | SPARSE | DEFERRED) != 0 {
        return Err(Status::NOT_SUPPORTED);
    }
    let flat = descriptor.height == 0 && descriptor.depth != 0;
    if descriptor.width == 0 || flat || !matches!(descriptor.channels, 1 | 2 | 4) {
        return Err(Status::INVALID_VALUE);
    }
    let texel = channel_bytes(descriptor.format)? * u64::from(descriptor.channels);
    let row = descriptor.width.checked_mul(texel).ok_or(Status::INVALID_VALUE)?;
    let size = row
        .checked_mul(descriptor.height.max(1))
        .and_then(|slice| slice.checked_mul(descriptor.depth.max(1)));
    let address = memory::allocate(&context, size.ok_or(Status::INVALID_VALUE)?, Kind::Device, None, false)?;
    let array = Array {
        descriptor,
        context: context.handle,
        address,
        row,
    };
    let handle = new_handle();
    ARRAYS.insert(handle, Arc::new(array));
    result.set(handle)
}

/// Forgets the arrays of a context that ends; their memory goes with its other allocations.
pub fn forget(context: &Context) {
    ARRAYS.remove_if(|array| array.context == context.handle);
}

export! {
    fn cuArrayCreate_v2(result: Out<Handle>, descriptor: In<Descriptor>) {
        let Descriptor { width, height, format, channels } = descriptor.get()?;
        create(result, Descriptor3D { width, height, depth: 0, format, channels, flags: 0 })
    }
    fn cuArray3DCreate_v2(result: Out<Handle>, descriptor: In<Descriptor3D>) {
        create(result, descriptor.get()?)
    }
    fn cuArrayGetDescriptor_v2(result: Out<Descriptor>, array: Handle) {
        super::devices()?;
        let Descriptor3D { width, height, format, channels, .. } = ARRAYS.get(array)?.descriptor;
        result.set(Descriptor { width, height, format, channels })
    }
    fn cuArray3DGetDescriptor_v2(result: Out<Descriptor3D>, array: Handle) {
        super::devices()?;
        result.set(ARRAYS.get(array)?.descriptor)
    }
    fn cuArrayDestroy(array: Handle) {
        let context = current()?;
        let address = ARRAYS.remove(array)?.address;
        context.synchronize()?;
        memory::disown(address)?;
        memory::release(address)
    }
    fn cuMemcpyHtoA_v2 | cuMemcpyHtoA_v2_ptds (array: Handle, offset: u64, from: u64, bytes: u64) {
        plain(Array::line(array, offset, bytes)?, Side::line(from, false), bytes, 0, true)
    }
    fn cuMemcpyAtoH_v2 | cuMemcpyAtoH_v2_ptds (to: u64, array: Handle, offset: u64, bytes: u64) {
        plain(Side::line(to, false), Array::line(array, offset, bytes)?, bytes, 0, true)
    }
    fn cuMemcpyDtoA_v2 | cuMemcpyDtoA_v2_ptds (array: Handle, offset: u64, from: u64, bytes: u64) {
        plain(Array::line(array, offset, bytes)?, Side::line(from, true), bytes, 0, true)
    }
    fn cuMemcpyAtoD_v2 | cuMemcpyAtoD_v2_ptds (to: u64, array: Handle, offset: u64, bytes: u64) {
        plain(Side::line(to, true), Array::line(array, offset, bytes)?, bytes, 0, true)
    }
    fn cuMemcpyAtoA_v2 | cuMemcpyAtoA_v2_ptds (to: Handle, to_offset: u64, from: Handle, from_offset: u64, bytes: u64) {
        plain(Array::line(to, to_offset, bytes)?, Array::line(from, from_offset, bytes)?, bytes, 0, true)
    }
    fn cuMemcpyHtoAAsync_v2 | cuMemcpyHtoAAsync_v2_ptsz (
        array: Handle, offset: u64, from: u64, bytes: u64, stream: Handle,
    ) {
        plain(Array::line(array, offset, bytes)?, Side::line(from, false), bytes, stream, false)
    }
    fn cuMemcpyAtoHAsync_v2 | cuMemcpyAtoHAsync_v2_ptsz (
        to: u64, array: Handle, offset: u64, bytes: u64, stream: Handle,
    ) {
        plain(Side::line(to, false), Array::line(array, offset, bytes)?, bytes, stream, false)
    }
}
