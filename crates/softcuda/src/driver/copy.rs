//! Copies and fills: one to three dimensions, between host and device in every direction.

use std::sync::Arc;

use super::array::Array;
use super::context::{Context, current};
use super::device;
use super::export::{Handle, In, Out, export, plausible};
use super::status::{Result, Status};
use super::stream::Stream;
use super::work::Operation;
use crate::device::Kind;

/// A box of bytes: `width` bytes in each of `height` rows of `depth` slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    pub width: u64,
    pub height: u64,
    pub depth: u64,
}

/// One side of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    pub address: u64,
    /// Bytes from row to row, and from slice to slice.
    pub pitch: u64,
    pub slice: u64,
    /// The caller said that this is a device address; else any.
    pub device: bool,
}

impl Side {
    pub fn line(address: u64, device: bool) -> Side {
        Side {
            address,
            pitch: 0,
            slice: 0,
            device,
        }
    }

    fn row(&self, y: u64, z: u64) -> u64 {
        self.address + y * self.pitch + z * self.slice
    }

    /// Checks that the box lies in memory that is what the caller says.
    fn check(&self, extent: Extent) -> Result {
        let rows = (extent.height - 1).checked_mul(self.pitch);
        let slices = (extent.depth - 1).checked_mul(self.slice);
        let span = rows
            .zip(slices)
            .and_then(|(rows, slices)| rows.checked_add(slices)?.checked_add(extent.width));
        let span = span.ok_or(Status::INVALID_VALUE)?;
        let end = self.address.checked_add(span).ok_or(Status::INVALID_VALUE)?;
        if !plausible(self.address) || !plausible(end - 1) {
            return Err(Status::INVALID_VALUE);
        }
        match accessible(self.address) {
            Some(range) if end <= range.end() => Ok(()),
            None if !self.device => Ok(()),
            _ => Err(Status::INVALID_VALUE),
        }
    }
}

/// What any device knows of an address.
pub fn accessible(address: u64) -> Option<crate::device::Allocation> {
    super::devices()
        .ok()?
        .iter()
        .find_map(|device| device.memory.find(address))
}

#[derive(Clone)]
pub struct Copy {
    pub destination: Side,
    pub source: Side,
    pub extent: Extent,
    /// The source as it was when the call returned, for pageable host memory.
    staged: Option<Arc<Vec<u8>>>,
}

impl Copy {
    pub fn new(destination: Side, source: Side, extent: Extent) -> Result<Copy> {
        if extent.width > 0 && extent.height > 0 && extent.depth > 0 {
            source.check(extent)?;
            destination.check(extent)?;
        }
        Ok(Copy {
            destination,
            source,
            extent,
            staged: None,
        })
    }

    fn line(destination: Side, source: Side, width: u64) -> Result<Copy> {
        Copy::new(
            destination,
            source,
            Extent {
                width,
                height: 1,
                depth: 1,
            },
        )
    }

    fn is_empty(&self) -> bool {
        self.extent.width == 0 || self.extent.height == 0 || self.extent.depth == 0
    }

    /// Takes the source's bytes now, so that the caller may change them at once.
    fn stage(&mut self) {
        let mut bytes = Vec::with_capacity((self.extent.width * self.extent.height * self.extent.depth) as usize);
        for (y, z) in self.rows() {
            // SAFETY: host memory that the caller promises to be readable for the call.
            let row = unsafe { host(self.source.row(y, z), self.extent.width) };
            bytes.extend_from_slice(row);
        }
        self.staged = Some(Arc::new(bytes));
    }

    fn rows(&self) -> impl Iterator<Item = (u64, u64)> + use<> {
        let Extent { height, depth, .. } = self.extent;
        (0..depth).flat_map(move |z| (0..height).map(move |y| (y, z)))
    }

    /// Copies now.
    pub fn run(&self) -> Result {
        if self.is_empty() {
            return Ok(());
        }
        let width = self.extent.width;
        for (index, (y, z)) in self.rows().enumerate() {
            let to = self.destination.row(y, z);
            let from = match &self.staged {
                Some(bytes) => bytes.as_ptr() as u64 + index as u64 * width,
                None => self.source.row(y, z),
            };
            copy_row(to, from, width)?;
        }
        Ok(())
    }
}

/// # Safety
/// `size` bytes at `address` are readable and not written meanwhile.
unsafe fn host<'a>(address: u64, size: u64) -> &'a [u8] {
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(address as *const u8, size as usize) }
}

fn copy_row(to: u64, from: u64, width: u64) -> Result {
    let fault = |_| Status::ILLEGAL_ADDRESS;
    let (target, source) = (device::owner(to), device::owner(from));
    match (target, source) {
        (Some(target), Some(source)) if target.ordinal == source.ordinal => {
            target.memory.copy(to, from, width).map_err(fault)
        }
        (Some(target), _) => {
            // SAFETY: host memory the caller promises, or another device's, which `owner` found live.
            target.memory.write(to, unsafe { host(from, width) }).map_err(fault)
        }
        (None, Some(source)) => {
            // SAFETY: host memory the caller promises to be writable until the copy is over.
            let bytes = unsafe { std::slice::from_raw_parts_mut(to as *mut u8, width as usize) };
            source.memory.read(from, bytes).map_err(fault)
        }
        (None, None) => {
            // SAFETY: host memory on both sides, promised by the caller.
            unsafe { std::ptr::copy(from as *const u8, to as *mut u8, width as usize) };
            Ok(())
        }
    }
}

/// A repeated value of 1, 2 or 4 bytes over a box.
#[derive(Clone, Copy)]
pub struct Fill {
    pub address: u64,
    pub pitch: u64,
    pub value: u32,
    pub element: u32,
    /// Elements in a row.
    pub width: u64,
    pub height: u64,
}

impl Fill {
    pub fn check(&self) -> Result {
        if !matches!(self.element, 1 | 2 | 4) || !self.address.is_multiple_of(self.element.into()) {
            return Err(Status::INVALID_VALUE);
        }
        if self.width == 0 || self.height == 0 {
            return Ok(());
        }
        let width = self
            .width
            .checked_mul(self.element.into())
            .ok_or(Status::INVALID_VALUE)?;
        if self.height > 1 && (self.pitch < width || !self.pitch.is_multiple_of(self.element.into())) {
            return Err(Status::INVALID_VALUE);
        }
        let side = Side {
            address: self.address,
            pitch: self.pitch,
            slice: 0,
            device: true,
        };
        side.check(Extent {
            width,
            height: self.height,
            depth: 1,
        })
    }

    pub fn run(&self) -> Result {
        if self.width == 0 || self.height == 0 {
            return Ok(());
        }
        let pattern = self.value.to_le_bytes();
        let width = self.width * u64::from(self.element);
        for y in 0..self.height {
            let address = self.address + y * self.pitch;
            match device::owner(address) {
                Some(owner) => owner
                    .memory
                    .fill(address, &pattern[..self.element as usize], self.width)
                    .map_err(|_| Status::ILLEGAL_ADDRESS)?,
                None => {
                    let range = accessible(address).filter(|range| address + width <= range.end());
                    range.ok_or(Status::ILLEGAL_ADDRESS)?;
                    // SAFETY: pinned or registered host memory, found live just now.
                    let bytes = unsafe { std::slice::from_raw_parts_mut(address as *mut u8, width as usize) };
                    for (index, byte) in bytes.iter_mut().enumerate() {
                        *byte = pattern[index % self.element as usize];
                    }
                }
            }
        }
        Ok(())
    }
}

/// Host memory that the device does not know: copies from it are staged, copies to it are waited for.
fn pageable(address: u64) -> bool {
    accessible(address).is_none()
}

/// Queues a copy; `wait` for the synchronous forms.
fn submit(mut copy: Copy, stream: Handle, wait: bool) -> Result {
    let stream = Stream::get(stream)?;
    let capturing = stream.captured.lock().unwrap().is_some();
    if wait {
        super::capture::forbid_wait(&stream)?;
    }
    let to_pageable = pageable(copy.destination.address);
    if !capturing && !wait && !copy.is_empty() && pageable(copy.source.address) {
        copy.stage();
    }
    stream.submit(Operation::Copy(copy))?;
    if wait || (to_pageable && !capturing) {
        stream.synchronize()
    } else {
        Ok(())
    }
}

fn fill(address: u64, pitch: u64, value: u32, element: u32, shape: (u64, u64), stream: Handle, wait: bool) -> Result {
    let stream = Stream::get(stream)?;
    let fill = Fill {
        address,
        pitch,
        value,
        element,
        width: shape.0,
        height: shape.1,
    };
    fill.check()?;
    if wait {
        super::capture::forbid_wait(&stream)?;
    }
    stream.submit(Operation::Fill(fill))?;
    if wait { stream.synchronize() } else { Ok(()) }
}

/// Memory types of CUDA_MEMCPY2D and its relatives.
const HOST: u32 = 1;
const DEVICE: u32 = 2;
const ARRAY: u32 = 3;
const UNIFIED: u32 = 4;

/// Where one side of a copy starts: `pointers` are the host's, the device's and the array's, of which `kind` chooses.
fn side(kind: u32, pointers: &[u64], [x, y, z]: [u64; 3], pitch: u64, height: u64, width: u64) -> Result<Side> {
    let base = match kind {
        HOST => pointers[0],
        DEVICE | UNIFIED => pointers[1],
        ARRAY => return Array::side(pointers[2], [x, y, z], width),
        _ => return Err(Status::INVALID_VALUE),
    };
    let slice = pitch.checked_mul(height).ok_or(Status::INVALID_VALUE)?;
    let offset = y
        .checked_mul(pitch)
        .zip(z.checked_mul(slice))
        .and_then(|(y, z)| x.checked_add(y)?.checked_add(z));
    let address = offset
        .and_then(|offset| base.checked_add(offset))
        .ok_or(Status::INVALID_VALUE)?;
    Ok(Side {
        address,
        pitch,
        slice,
        device: kind == DEVICE,
    })
}

fn box_copy(destination: Side, source: Side, extent: Extent) -> Result<Copy> {
    let narrow = |side: &Side| extent.height > 1 && side.pitch < extent.width;
    if narrow(&destination) || narrow(&source) {
        return Err(Status::INVALID_VALUE);
    }
    Copy::new(destination, source, extent)
}

/// CUDA_MEMCPY2D: [x, y, type, host, device, array, pitch] of the source, then of the destination, width, height.
fn copy_2d(fields: In<[u64; 16]>) -> Result<Copy> {
    let fields = fields.get()?;
    let (width, height) = (fields[14], fields[15]);
    let one = |f: &[u64]| side(f[2] as u32, &f[3..6], [f[0], f[1], 0], f[6], 0, width);
    let (source, destination) = (one(&fields[..7])?, one(&fields[7..14])?);
    // A pitch of 0 stands for rows that follow each other.
    let packed = |mut side: Side| {
        side.pitch = if side.pitch == 0 { width } else { side.pitch };
        side
    };
    box_copy(
        packed(destination),
        packed(source),
        Extent {
            width,
            height,
            depth: 1,
        },
    )
}

/// CUDA_MEMCPY3D and CUDA_MEMCPY3D_PEER: [x, y, z, level, type, host, device, array, reserved or context, pitch, height]
/// of the source, then of the destination; width, height, depth.
pub fn copy_3d(fields: [u64; 25]) -> Result<Copy> {
    let one = |f: &[u64]| side(f[4] as u32, &f[5..8], [f[0], f[1], f[2]], f[9], f[10], fields[22]);
    let (source, destination) = (one(&fields[..11])?, one(&fields[11..22])?);
    let extent = Extent {
        width: fields[22],
        height: fields[23],
        depth: fields[24],
    };
    let packed = |mut side: Side| {
        side.pitch = if side.pitch == 0 { extent.width } else { side.pitch };
        side.slice = if side.slice == 0 {
            side.pitch.saturating_mul(extent.height)
        } else {
            side.slice
        };
        side
    };
    box_copy(packed(destination), packed(source), extent)
}

/// The fields that describe a copy, for cuGraphMemcpyNodeGetParams.
pub fn fields_3d(copy: &Copy) -> [u64; 25] {
    let one = |side: &Side| {
        let height = side.slice.checked_div(side.pitch).unwrap_or(0);
        let host = accessible(side.address).is_none_or(|range| range.kind == Kind::Host);
        let kind = if host { HOST } else { DEVICE };
        let (host, device) = if host { (side.address, 0) } else { (0, side.address) };
        [0, 0, 0, 0, kind.into(), host, device, 0, 0, side.pitch, height]
    };
    let (source, destination) = (one(&copy.source), one(&copy.destination));
    let extent = [copy.extent.width, copy.extent.height, copy.extent.depth];
    let mut fields = [0; 25];
    for (field, value) in fields
        .iter_mut()
        .zip(source.into_iter().chain(destination).chain(extent))
    {
        *field = value;
    }
    fields
}

/// Queues a copy of a stretch of bytes; `wait` for the synchronous forms.
pub fn plain(destination: Side, source: Side, bytes: u64, stream: Handle, wait: bool) -> Result {
    current()?;
    submit(Copy::line(destination, source, bytes)?, stream, wait)
}

/// Queues copies one after the other.
///
/// # Errors
/// The first one's that is refused, with its index.
fn batch(
    to: In<u64>,
    from: In<u64>,
    sizes: In<u64>,
    count: u64,
    stream: Handle,
) -> std::result::Result<(), (u64, Status)> {
    for index in 0..count {
        let one = || {
            let at = index as usize;
            let (to, from, bytes) = (to.get_at(at)?, from.get_at(at)?, sizes.get_at(at)?);
            if bytes == 0 {
                return Err(Status::INVALID_VALUE);
            }
            plain(Side::line(to, false), Side::line(from, false), bytes, stream, false)
        };
        one().map_err(|status| (index, status))?;
    }
    Ok(())
}

/// Checks what cuMemcpyBatchAsync is given besides the copies: attributes, the first of which starts at copy 0.
fn batch_attributes(count: u64, attributes: In<u32>, starts: In<u64>, attribute_count: u64, stream: Handle) -> Result {
    current()?;
    // The default streams cannot take batches (CUDA driver API, cuMemcpyBatchAsync).
    if count == 0 || attributes.is_null() || attribute_count == 0 || attribute_count > count || stream <= 2 {
        return Err(Status::INVALID_VALUE);
    }
    if starts.get()? != 0 {
        Err(Status::INVALID_VALUE)
    } else {
        Ok(())
    }
}

fn contexts(a: Handle, b: Handle) -> Result {
    Context::get_or_current(a)?;
    Context::get_or_current(b).map(|_| ())
}

export! {
    fn cuMemcpy | cuMemcpy_ptds (to: u64, from: u64, bytes: u64) {
        plain(Side::line(to, false), Side::line(from, false), bytes, 0, true)
    }
    fn cuMemcpyAsync | cuMemcpyAsync_ptsz (to: u64, from: u64, bytes: u64, stream: Handle) {
        plain(Side::line(to, false), Side::line(from, false), bytes, stream, false)
    }
    fn cuMemcpyHtoD_v2 | cuMemcpyHtoD_v2_ptds (to: u64, from: u64, bytes: u64) {
        plain(Side::line(to, true), Side::line(from, false), bytes, 0, true)
    }
    fn cuMemcpyDtoH_v2 | cuMemcpyDtoH_v2_ptds (to: u64, from: u64, bytes: u64) {
        plain(Side::line(to, false), Side::line(from, true), bytes, 0, true)
    }
    fn cuMemcpyDtoD_v2 | cuMemcpyDtoD_v2_ptds (to: u64, from: u64, bytes: u64) {
        plain(Side::line(to, true), Side::line(from, true), bytes, 0, true)
    }
    fn cuMemcpyHtoDAsync_v2 | cuMemcpyHtoDAsync_v2_ptsz (to: u64, from: u64, bytes: u64, stream: Handle) {
        plain(Side::line(to, true), Side::line(from, false), bytes, stream, false)
    }
    fn cuMemcpyDtoHAsync_v2 | cuMemcpyDtoHAsync_v2_ptsz (to: u64, from: u64, bytes: u64, stream: Handle) {
        plain(Side::line(to, false), Side::line(from, true), bytes, stream, false)
    }
    fn cuMemcpyDtoDAsync_v2 | cuMemcpyDtoDAsync_v2_ptsz (to: u64, from: u64, bytes: u64, stream: Handle) {
        plain(Side::line(to, true), Side::line(from, true), bytes, stream, false)
    }
    fn cuMemcpyPeer | cuMemcpyPeer_ptds (to: u64, to_context: Handle, from: u64, from_context: Handle, bytes: u64) {
        contexts(to_context, from_context)?;
        plain(Side::line(to, true), Side::line(from, true), bytes, 0, true)
    }
    fn cuMemcpyPeerAsync | cuMemcpyPeerAsync_ptsz (
        to: u64, to_context: Handle, from: u64, from_context: Handle, bytes: u64, stream: Handle,
    ) {
        contexts(to_context, from_context)?;
        plain(Side::line(to, true), Side::line(from, true), bytes, stream, false)
    }
    fn cuMemcpy2D_v2 | cuMemcpy2D_v2_ptds (fields: In<[u64; 16]>) {
        current()?;
        submit(copy_2d(fields)?, 0, true)
    }
    fn cuMemcpy2DUnaligned_v2 | cuMemcpy2DUnaligned_v2_ptds (fields: In<[u64; 16]>) {
        current()?;
        submit(copy_2d(fields)?, 0, true)
    }
    fn cuMemcpy2DAsync_v2 | cuMemcpy2DAsync_v2_ptsz (fields: In<[u64; 16]>, stream: Handle) {
        current()?;
        submit(copy_2d(fields)?, stream, false)
    }
    fn cuMemcpy3D_v2 | cuMemcpy3D_v2_ptds (fields: In<[u64; 25]>) {
        current()?;
        submit(copy_3d(fields.get()?)?, 0, true)
    }
    fn cuMemcpy3DAsync_v2 | cuMemcpy3DAsync_v2_ptsz (fields: In<[u64; 25]>, stream: Handle) {
        current()?;
        submit(copy_3d(fields.get()?)?, stream, false)
    }
    fn cuMemcpy3DPeer | cuMemcpy3DPeer_ptds (fields: In<[u64; 25]>) {
        current()?;
        submit(copy_3d(fields.get()?)?, 0, true)
    }
    fn cuMemcpy3DPeerAsync | cuMemcpy3DPeerAsync_ptsz (fields: In<[u64; 25]>, stream: Handle) {
        current()?;
        submit(copy_3d(fields.get()?)?, stream, false)
    }
    fn cuMemcpyBatchAsync | cuMemcpyBatchAsync_ptsz (
        to: In<u64>, from: In<u64>, sizes: In<u64>, count: u64, attributes: In<u32>, starts: In<u64>,
        attribute_count: u64, failed: Out<u64>, stream: Handle,
    ) {
        failed.offer(u64::MAX);
        batch_attributes(count, attributes, starts, attribute_count, stream)?;
        batch(to, from, sizes, count, stream).map_err(|(index, status)| {
            failed.offer(index);
            status
        })
    }
    fn cuMemcpyBatchAsync_v2 | cuMemcpyBatchAsync_v2_ptsz (
        to: In<u64>, from: In<u64>, sizes: In<u64>, count: u64, attributes: In<u32>, starts: In<u64>,
        attribute_count: u64, stream: Handle,
    ) {
        batch_attributes(count, attributes, starts, attribute_count, stream)?;
        batch(to, from, sizes, count, stream).map_err(|(_, status)| status)
    }
    fn cuMemsetD8_v2 | cuMemsetD8_v2_ptds (to: u64, value: u8, count: u64) {
        fill(to, 0, value.into(), 1, (count, 1), 0, true)
    }
    fn cuMemsetD16_v2 | cuMemsetD16_v2_ptds (to: u64, value: u16, count: u64) {
        fill(to, 0, value.into(), 2, (count, 1), 0, true)
    }
    fn cuMemsetD32_v2 | cuMemsetD32_v2_ptds (to: u64, value: u32, count: u64) {
        fill(to, 0, value, 4, (count, 1), 0, true)
    }
    fn cuMemsetD2D8_v2 | cuMemsetD2D8_v2_ptds (to: u64, pitch: u64, value: u8, width: u64, height: u64) {
        fill(to, pitch, value.into(), 1, (width, height), 0, true)
    }
    fn cuMemsetD2D16_v2 | cuMemsetD2D16_v2_ptds (to: u64, pitch: u64, value: u16, width: u64, height: u64) {
        fill(to, pitch, value.into(), 2, (width, height), 0, true)
    }
    fn cuMemsetD2D32_v2 | cuMemsetD2D32_v2_ptds (to: u64, pitch: u64, value: u32, width: u64, height: u64) {
        fill(to, pitch, value, 4, (width, height), 0, true)
    }
    fn cuMemsetD8Async | cuMemsetD8Async_ptsz (to: u64, value: u8, count: u64, stream: Handle) {
        fill(to, 0, value.into(), 1, (count, 1), stream, false)
    }
    fn cuMemsetD16Async | cuMemsetD16Async_ptsz (to: u64, value: u16, count: u64, stream: Handle) {
        fill(to, 0, value.into(), 2, (count, 1), stream, false)
    }
    fn cuMemsetD32Async | cuMemsetD32Async_ptsz (to: u64, value: u32, count: u64, stream: Handle) {
        fill(to, 0, value, 4, (count, 1), stream, false)
    }
    fn cuMemsetD2D8Async | cuMemsetD2D8Async_ptsz (
        to: u64, pitch: u64, value: u8, width: u64, height: u64, stream: Handle,
    ) {
        fill(to, pitch, value.into(), 1, (width, height), stream, false)
    }
    fn cuMemsetD2D16Async | cuMemsetD2D16Async_ptsz (
        to: u64, pitch: u64, value: u16, width: u64, height: u64, stream: Handle,
    ) {
        fill(to, pitch, value.into(), 2, (width, height), stream, false)
    }
    fn cuMemsetD2D32Async | cuMemsetD2D32Async_ptsz (
        to: u64, pitch: u64, value: u32, width: u64, height: u64, stream: Handle,
    ) {
        fill(to, pitch, value, 4, (width, height), stream, false)
    }
}
