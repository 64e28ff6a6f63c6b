//! Arrays and mipmapped arrays, and the formats of their elements.

use crate::context::enter;
use crate::driver;
use crate::errors::{Error, Result};
use crate::export::{Handle, In, Out, export, out};
use crate::memory::Extent;

/// `cudaChannelFormatDesc`: bits of the up to four channels, and their kind.
pub type Channels = [i32; 5];

const SIGNED: i32 = 0;
const UNSIGNED: i32 = 1;
const FLOAT: i32 = 2;

/// `CUarray_format` by kind and bits.
const FORMATS: [(i32, i32, u32); 8] = [
    (UNSIGNED, 8, 0x01),
    (UNSIGNED, 16, 0x02),
    (UNSIGNED, 32, 0x03),
    (SIGNED, 8, 0x08),
    (SIGNED, 16, 0x09),
    (SIGNED, 32, 0x0a),
    (FLOAT, 16, 0x10),
    (FLOAT, 32, 0x20),
];

/// `CUDA_ARRAY3D_DESCRIPTOR`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct Descriptor {
    width: u64,
    height: u64,
    depth: u64,
    format: u32,
    channels: u32,
    flags: u32,
}

/// The driver's format and number of channels.
///
/// # Errors
/// InvalidChannelDescriptor for channels of different sizes, gaps between them, three channels, and other kinds.
pub fn format_of(channels: Channels) -> Result<(u32, u32)> {
    let [first, .., kind] = channels;
    let count = channels[..4].iter().take_while(|&&bits| bits != 0).count();
    let alike = channels[..count].iter().all(|&bits| bits == first);
    let rest = channels[count..4].iter().all(|&bits| bits == 0);
    let format = FORMATS.iter().find(|format| format.0 == kind && format.1 == first);
    match format {
        Some(format) if alike && rest && matches!(count, 1 | 2 | 4) => Ok((format.2, count as u32)),
        _ => Err(Error::InvalidChannelDescriptor),
    }
}

/// The runtime's form of a driver's format.
pub fn channels_of(format: u32, count: u32) -> Channels {
    let known = FORMATS.iter().find(|known| known.2 == format);
    let (kind, bits) = known.map_or((SIGNED, 0), |known| (known.0, known.1));
    let mut channels = [0; 5];
    channels[..count.min(4) as usize].fill(bits);
    channels[4] = kind;
    channels
}

fn descriptor(array: Handle) -> Result<Descriptor> {
    enter()?;
    let mut descriptor = Descriptor::default();
    driver::cuArray3DGetDescriptor_v2(out(&mut descriptor), array)?;
    Ok(descriptor)
}

/// Bytes of an array's element, and of its rows.
pub fn element_and_row(array: Handle) -> Result<(u64, u64)> {
    let descriptor = descriptor(array)?;
    let bits = channels_of(descriptor.format, 1)[0] as u64;
    let element = (bits / 8 * u64::from(descriptor.channels)).max(1);
    Ok((element, descriptor.width.saturating_mul(element)))
}

fn described(channels: In<Channels>, extent: Extent, flags: u32) -> Result<Descriptor> {
    let (format, count) = format_of(channels.get()?)?;
    enter()?;
    let Extent { width, height, depth } = extent;
    Ok(Descriptor {
        width,
        height,
        depth,
        format,
        channels: count,
        flags,
    })
}

fn create(result: Out<Handle>, channels: In<Channels>, extent: Extent, flags: u32) -> Result {
    result.require()?;
    let mut descriptor = described(channels, extent, flags)?;
    driver::cuArray3DCreate_v2(result.address(), out(&mut descriptor))
}

#[unsafe(no_mangle)]
pub extern "C" fn cudaCreateChannelDesc(x: i32, y: i32, z: i32, w: i32, kind: i32) -> ChannelDescription {
    ChannelDescription([x, y, z, w, kind])
}

/// `cudaChannelFormatDesc` where it is returned by value.
#[repr(C)]
pub struct ChannelDescription(Channels);

export! {
    fn cudaMallocArray(result: Out<Handle>, channels: In<Channels>, width: u64, height: u64, flags: u32) {
        create(result, channels, Extent { width, height, depth: 0 }, flags)
    }
    fn cudaMalloc3DArray(result: Out<Handle>, channels: In<Channels>, extent: Extent, flags: u32) {
        create(result, channels, extent, flags)
    }
    fn cudaMallocMipmappedArray(
        result: Out<Handle>, channels: In<Channels>, extent: Extent, levels: u32, flags: u32,
    ) {
        result.require()?;
        let mut descriptor = described(channels, extent, flags)?;
        driver::cuMipmappedArrayCreate(result.address(), out(&mut descriptor), levels)
    }
    fn cudaGetMipmappedArrayLevel(result: u64, mipmap: Handle, level: u32) = cuMipmappedArrayGetLevel;
    fn cudaFreeArray(array: Handle) {
        enter()?;
        if array == 0 { Ok(()) } else { driver::cuArrayDestroy(array) }
    }
    fn cudaFreeMipmappedArray(mipmap: Handle) {
        enter()?;
        if mipmap == 0 { Ok(()) } else { driver::cuMipmappedArrayDestroy(mipmap) }
    }
    fn cudaGetChannelDesc(result: Out<Channels>, array: Handle) {
        let descriptor = descriptor(array)?;
        result.set(channels_of(descriptor.format, descriptor.channels))
    }
    fn cudaArrayGetInfo(channels: Out<Channels>, extent: Out<Extent>, flags: Out<u32>, array: Handle) {
        let descriptor = descriptor(array)?;
        channels.offer(channels_of(descriptor.format, descriptor.channels));
        extent.offer(Extent { width: descriptor.width, height: descriptor.height, depth: descriptor.depth });
        flags.offer(descriptor.flags);
        Ok(())
    }
    fn cudaArrayGetPlane(result: u64, array: Handle, plane: u32) = cuArrayGetPlane;
    fn cudaArrayGetSparseProperties(result: u64, array: Handle) = cuArrayGetSparseProperties;
    fn cudaMipmappedArrayGetSparseProperties(result: u64, mipmap: Handle) = cuMipmappedArrayGetSparseProperties;
    fn cudaArrayGetMemoryRequirements(result: u64, array: Handle, device: i32) = cuArrayGetMemoryRequirements;
    fn cudaMipmappedArrayGetMemoryRequirements(
        result: u64, mipmap: Handle, device: i32,
    ) = cuMipmappedArrayGetMemoryRequirements;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_go_both_ways_and_odd_ones_are_refused() {
        for channels in [[8, 8, 8, 8, UNSIGNED], [32, 0, 0, 0, FLOAT], [16, 16, 0, 0, SIGNED]] {
            let (format, count) = format_of(channels).unwrap();
            assert_eq!(channels_of(format, count), channels);
        }
        for channels in [
            [8, 8, 8, 0, UNSIGNED],
            [8, 0, 8, 0, UNSIGNED],
            [8, 16, 0, 0, UNSIGNED],
            [64, 0, 0, 0, FLOAT],
        ] {
            assert_eq!(format_of(channels), Err(Error::InvalidChannelDescriptor));
        }
    }
}
