//! Arrays: boxes of texels that copies reach by row and column, and kernels through textures and surfaces. Mipmapped
//! arrays: an array and its smaller versions.

use std::sync::Arc;

use super::context::{Context, current};
use super::copy::{Side, plain};
use super::export::{Handle, In, Out, Registry, export, new_handle};
use super::memory;
use super::status::{Result, Status};
use crate::device::Kind;
use crate::device::texture::{Channel, Image};

static ARRAYS: Registry<Array> = Registry::new();
static MIPMAPS: Registry<Mipmap> = Registry::new();

/// The depth counts layers, or the faces of cubes.
const LAYERED: u32 = 1;
const CUBEMAP: u32 = 4;
/// Arrays whose memory comes later.
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
    /// Whether it is a mipmapped array's, which alone frees it.
    level: bool,
}

/// A mipmapped array's levels, the largest first.
pub struct Mipmap {
    context: Handle,
    levels: Vec<Handle>,
}

impl Mipmap {
    pub fn levels(handle: Handle) -> Result<Vec<Handle>> {
        Ok(MIPMAPS.get(handle)?.levels.clone())
    }
}

impl Array {
    /// The texels as kernels find them, what a channel is, and how many a texel has.
    pub fn image(handle: Handle) -> Result<(Image, Channel, u64)> {
        let array = ARRAYS.get(handle)?;
        let descriptor = array.descriptor;
        let height = descriptor.height.max(1);
        let image = Image {
            address: array.address,
            width: descriptor.width,
            height,
            depth: descriptor.depth.max(1),
            row: array.row,
            slice: array.row * height,
        };
        Ok((image, channel(descriptor.format)?, descriptor.channels.into()))
    }

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

/// What a channel of CUarray_format is.
pub fn channel(format: u32) -> Result<Channel> {
    Ok(match format {
        0x01 => Channel::U8,
        0x02 => Channel::U16,
        0x03 => Channel::U32,
        0x08 => Channel::S8,
        0x09 => Channel::S16,
        0x0a => Channel::S32,
        0x10 => Channel::Half,
        0x20 => Channel::Single,
        // Packed, planar and block-compressed pictures.
        0x90..=0xff => return Err(Status::NOT_SUPPORTED),
        _ => return Err(Status::INVALID_VALUE),
    })
}

/// Makes an array, on the books of its owner.
fn create(descriptor: Descriptor3D, level: bool) -> Result<Handle> {
    let context = current()?;
    if descriptor.flags & (SPARSE | DEFERRED) != 0 {
        return Err(Status::NOT_SUPPORTED);
    }
    let layers = descriptor.flags & (LAYERED | CUBEMAP) != 0;
    let flat = descriptor.height == 0 && descriptor.depth != 0 && !layers;
    let faces = descriptor.flags & CUBEMAP != 0
        && (descriptor.width != descriptor.height || descriptor.depth == 0 || !descriptor.depth.is_multiple_of(6));
    let empty = descriptor.width == 0 || layers && descriptor.depth == 0;
    if empty || flat || faces || !matches!(descriptor.channels, 1 | 2 | 4) {
        return Err(Status::INVALID_VALUE);
    }
    let texel = channel(descriptor.format)?.bytes() * u64::from(descriptor.channels);
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
        level,
    };
    let handle = new_handle();
    ARRAYS.insert(handle, Arc::new(array));
    Ok(handle)
}

/// Frees an array's memory.
fn destroy(handle: Handle) -> Result {
    let address = ARRAYS.remove(handle)?.address;
    memory::disown(address)?;
    memory::release(address)
}

/// Makes an array for each level, half as large as the one before.
fn create_mipmap(descriptor: Descriptor3D, count: u32) -> Result<Handle> {
    let context = current()?;
    let Descriptor3D {
        width,
        height,
        depth,
        flags,
        ..
    } = descriptor;
    let layers = flags & (LAYERED | CUBEMAP) != 0;
    let longest = width.max(height).max(if layers { 0 } else { depth });
    let most = longest.checked_ilog2().ok_or(Status::INVALID_VALUE)? + 1;
    if count == 0 {
        return Err(Status::INVALID_VALUE);
    }
    let mut levels = Vec::new();
    for level in 0..count.min(most) {
        let part = |size: u64| if size == 0 { 0 } else { (size >> level).max(1) };
        let depth = if layers { depth } else { part(depth) };
        let (width, height) = (part(width), part(height));
        let made = create(
            Descriptor3D {
                width,
                height,
                depth,
                ..descriptor
            },
            true,
        );
        match made {
            Ok(handle) => levels.push(handle),
            Err(status) => {
                for level in levels {
                    destroy(level)?;
                }
                return Err(status);
            }
        }
    }
    let handle = new_handle();
    MIPMAPS.insert(
        handle,
        Arc::new(Mipmap {
            context: context.handle,
            levels,
        }),
    );
    Ok(handle)
}

/// Forgets the arrays of a context that ends; their memory goes with its other allocations.
pub fn forget(context: &Context) {
    ARRAYS.remove_if(|array| array.context == context.handle);
    MIPMAPS.remove_if(|mipmap| mipmap.context == context.handle);
}

export! {
    fn cuArrayCreate_v2(result: Out<Handle>, descriptor: In<Descriptor>) {
        let Descriptor { width, height, format, channels } = descriptor.get()?;
        result.require()?;
        result.set(create(Descriptor3D { width, height, depth: 0, format, channels, flags: 0 }, false)?)
    }
    fn cuArray3DCreate_v2(result: Out<Handle>, descriptor: In<Descriptor3D>) {
        result.require()?;
        result.set(create(descriptor.get()?, false)?)
    }
    fn cuMipmappedArrayCreate(result: Out<Handle>, descriptor: In<Descriptor3D>, levels: u32) {
        result.require()?;
        result.set(create_mipmap(descriptor.get()?, levels)?)
    }
    fn cuMipmappedArrayGetLevel(result: Out<Handle>, mipmap: Handle, level: u32) {
        super::devices()?;
        let levels = Mipmap::levels(mipmap)?;
        result.set(*levels.get(level as usize).ok_or(Status::INVALID_VALUE)?)
    }
    fn cuMipmappedArrayDestroy(mipmap: Handle) {
        let context = current()?;
        let mipmap = MIPMAPS.remove(mipmap)?;
        context.synchronize()?;
        mipmap.levels.iter().try_for_each(|&level| destroy(level))
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
        if ARRAYS.get(array)?.level {
            return Err(Status::INVALID_HANDLE);
        }
        context.synchronize()?;
        destroy(array)
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
