//! Copies: linear, in two and three dimensions, to and from arrays, symbols and peers.

use crate::array::element_and_row;
use crate::context::{enter, primary};
use crate::driver;
use crate::errors::{Error, Result};
use crate::export::{Handle, In, Stream, export, out};
use crate::generation::IS_13;
use crate::memory::{Extent, Pitched};
use crate::registration::symbol;

/// `cudaMemcpyKind`.
const HOST_TO_HOST: u32 = 0;
const HOST_TO_DEVICE: u32 = 1;
const DEVICE_TO_HOST: u32 = 2;
const DEVICE_TO_DEVICE: u32 = 3;
const DEFAULT: u32 = 4;

/// `CUmemorytype`.
const HOST: u64 = 1;
const DEVICE: u64 = 2;
const ARRAY: u64 = 3;
const UNIFIED: u64 = 4;

/// `cudaPos`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Position {
    pub x: u64,
    pub y: u64,
    pub z: u64,
}

/// `cudaMemcpy3DParms`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Copy3D {
    from_array: Handle,
    from_position: Position,
    from: Pitched,
    to_array: Handle,
    to_position: Position,
    to: Pitched,
    extent: Extent,
    kind: u32,
}

/// `cudaMemcpy3DPeerParms`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Peer3D {
    from_array: Handle,
    from_position: Position,
    from: Pitched,
    from_device: i32,
    to_array: Handle,
    to_position: Position,
    to: Pitched,
    to_device: i32,
    extent: Extent,
}

/// Half of `CUDA_MEMCPY3D`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
struct End {
    x: u64,
    y: u64,
    z: u64,
    level: u64,
    /// A `CUmemorytype`; wider than C's, whose padding follows it.
    kind: u64,
    host: u64,
    device: u64,
    array: Handle,
    /// Reserved, and the context in copies between peers.
    context: Handle,
    pitch: u64,
    height: u64,
}

/// `CUDA_MEMCPY3D`: widths and x in bytes.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Fields {
    from: End,
    to: End,
    width: u64,
    height: u64,
    depth: u64,
}

/// The driver's memory types of source and destination.
fn types(kind: u32) -> Result<(u64, u64)> {
    match kind {
        HOST_TO_HOST => Ok((HOST, HOST)),
        HOST_TO_DEVICE => Ok((HOST, DEVICE)),
        DEVICE_TO_HOST => Ok((DEVICE, HOST)),
        DEVICE_TO_DEVICE => Ok((DEVICE, DEVICE)),
        DEFAULT => Ok((UNIFIED, UNIFIED)),
        _ => Err(Error::InvalidMemcpyDirection),
    }
}

impl End {
    fn memory(kind: u64, memory: Pitched, position: Position) -> End {
        let (host, device) = if kind == HOST {
            (memory.address, 0)
        } else {
            (0, memory.address)
        };
        let (pitch, height) = (memory.pitch, memory.height);
        End {
            x: position.x,
            y: position.y,
            z: position.z,
            kind,
            host,
            device,
            pitch,
            height,
            ..End::default()
        }
    }

    fn array(array: Handle, x_bytes: u64, y: u64, z: u64) -> End {
        End {
            x: x_bytes,
            y,
            z,
            kind: ARRAY,
            array,
            ..End::default()
        }
    }

    /// What the runtime's structure would hold: array, position, memory. `element` is that of the arrays, if any.
    fn undo(&self, element: u64) -> (Handle, Position, Pitched) {
        let x = if self.kind == ARRAY { self.x / element } else { self.x };
        let address = if self.kind == HOST { self.host } else { self.device };
        let memory = Pitched {
            address,
            pitch: self.pitch,
            width: self.pitch,
            height: self.height,
        };
        (
            self.array,
            Position {
                x,
                y: self.y,
                z: self.z,
            },
            memory,
        )
    }
}

impl Copy3D {
    /// # Errors
    /// InvalidValue where both or neither of array and pointer are given for one side.
    pub fn fields(&self) -> Result<Fields> {
        let (from_kind, to_kind) = types(self.kind)?;
        let scale = |array: Handle| {
            if array == 0 {
                Ok(1)
            } else {
                element_and_row(array).map(|(element, _)| element)
            }
        };
        let (from_element, to_element) = (scale(self.from_array)?, scale(self.to_array)?);
        // The width is in elements where an array takes part.
        let element = if self.from_array != 0 { from_element } else { to_element };
        let bytes = |count: u64, element: u64| count.checked_mul(element).ok_or(Error::InvalidValue);
        let end = |array, position: Position, memory: Pitched, kind, element| match (array, memory.address) {
            (0, 0) => Err(Error::InvalidValue),
            (0, _) => Ok(End::memory(kind, memory, position)),
            (array, 0) => Ok(End::array(array, bytes(position.x, element)?, position.y, position.z)),
            _ => Err(Error::InvalidValue),
        };
        Ok(Fields {
            from: end(self.from_array, self.from_position, self.from, from_kind, from_element)?,
            to: end(self.to_array, self.to_position, self.to, to_kind, to_element)?,
            width: bytes(self.extent.width, element)?,
            height: self.extent.height,
            depth: self.extent.depth,
        })
    }

    pub fn of_fields(fields: &Fields) -> Result<Copy3D> {
        let array = if fields.from.array != 0 {
            fields.from.array
        } else {
            fields.to.array
        };
        let element = if array == 0 { 1 } else { element_and_row(array)?.0 };
        let (from_array, from_position, from) = fields.from.undo(element);
        let (to_array, to_position, to) = fields.to.undo(element);
        let kind = match (fields.from.kind, fields.to.kind) {
            (HOST, HOST) => HOST_TO_HOST,
            (HOST, _) => HOST_TO_DEVICE,
            (DEVICE | ARRAY, HOST) => DEVICE_TO_HOST,
            (DEVICE | ARRAY, DEVICE | ARRAY) => DEVICE_TO_DEVICE,
            _ => DEFAULT,
        };
        let extent = Extent {
            width: fields.width / element,
            height: fields.height,
            depth: fields.depth,
        };
        Ok(Copy3D {
            from_array,
            from_position,
            from,
            to_array,
            to_position,
            to,
            extent,
            kind,
        })
    }

    /// A linear copy, as graphs' nodes hold it.
    pub fn linear(to: u64, from: u64, bytes: u64, kind: u32) -> Copy3D {
        let line = |address| Pitched {
            address,
            pitch: bytes,
            width: bytes,
            height: 1,
        };
        let extent = Extent {
            width: bytes,
            height: 1,
            depth: 1,
        };
        Copy3D {
            from: line(from),
            to: line(to),
            extent,
            kind,
            ..Copy3D::default()
        }
    }
}

impl Fields {
    /// The structure as words, for the union of a graph's node.
    pub fn words(&self) -> [u64; 25] {
        // SAFETY: both are 25 words, and there is no padding.
        unsafe { std::mem::transmute(*self) }
    }

    fn run(&mut self, stream: Option<Stream>) -> Result {
        enter()?;
        if self.width == 0 || self.height == 0 || self.depth == 0 {
            return Ok(());
        }
        let fields = out(self);
        match stream.map(Stream::resolve) {
            Some(stream) => driver::cuMemcpy3DAsync_v2(fields, stream),
            None => wait(
                |stream| driver::cuMemcpy3DAsync_v2(fields, stream),
                || driver::cuMemcpy3D_v2(fields),
            ),
        }
    }
}

/// A copy that is over when the call returns: by the driver's own such function, or in the thread's default stream.
fn wait(in_stream: impl FnOnce(Handle) -> Result, alone: impl FnOnce() -> Result) -> Result {
    match Stream::DEFAULT.resolve() {
        0 => alone(),
        stream => {
            in_stream(stream)?;
            driver::cuStreamSynchronize(stream)
        }
    }
}

fn linear_in(to: u64, from: u64, bytes: u64, kind: u32, stream: Handle) -> Result {
    match kind {
        HOST_TO_DEVICE => driver::cuMemcpyHtoDAsync_v2(to, from, bytes, stream),
        DEVICE_TO_HOST => driver::cuMemcpyDtoHAsync_v2(to, from, bytes, stream),
        DEVICE_TO_DEVICE => driver::cuMemcpyDtoDAsync_v2(to, from, bytes, stream),
        _ => driver::cuMemcpyAsync(to, from, bytes, stream),
    }
}

fn linear(to: u64, from: u64, bytes: u64, kind: u32, stream: Option<Stream>) -> Result {
    types(kind)?;
    enter()?;
    if bytes == 0 {
        return Ok(());
    }
    match stream {
        Some(stream) => linear_in(to, from, bytes, kind, stream.resolve()),
        None => wait(
            |stream| linear_in(to, from, bytes, kind, stream),
            || match kind {
                HOST_TO_DEVICE => driver::cuMemcpyHtoD_v2(to, from, bytes),
                DEVICE_TO_HOST => driver::cuMemcpyDtoH_v2(to, from, bytes),
                DEVICE_TO_DEVICE => driver::cuMemcpyDtoD_v2(to, from, bytes),
                _ => driver::cuMemcpy(to, from, bytes),
            },
        ),
    }
}

/// One side of a copy in two dimensions.
#[derive(Clone, Copy)]
enum Side {
    Memory { address: u64, pitch: u64 },
    Array { array: Handle, x: u64, y: u64 },
}

fn rectangle(to: Side, from: Side, width: u64, height: u64, kind: u32, stream: Option<Stream>) -> Result {
    let (from_kind, to_kind) = types(kind)?;
    let end = |side, kind| match side {
        Side::Memory { pitch, .. } if pitch < width => Err(Error(12)),
        Side::Memory { address, pitch } => {
            let memory = Pitched {
                address,
                pitch,
                width: pitch,
                height,
            };
            Ok(End::memory(kind, memory, Position::default()))
        }
        Side::Array { array, x, y } => Ok(End::array(array, x, y, 0)),
    };
    Fields {
        from: end(from, from_kind)?,
        to: end(to, to_kind)?,
        width,
        height,
        depth: 1,
    }
    .run(stream)
}

/// Copies `bytes` between memory and an array from a position on, over the ends of rows.
fn along_rows(
    array: Handle,
    x: u64,
    y: u64,
    address: u64,
    bytes: u64,
    kind: u32,
    to: bool,
    stream: Option<Stream>,
) -> Result {
    let (_, row) = element_and_row(array)?;
    let (mut x, mut y, mut done) = (x, y, 0);
    if x >= row {
        return Err(Error::InvalidValue);
    }
    while done < bytes {
        let left = bytes - done;
        // The rest of a row, or as many whole rows as there are.
        let (width, height) = if x > 0 || left < row {
            (left.min(row - x), 1)
        } else {
            (row, left / row)
        };
        let inside = Side::Array { array, x, y };
        let outside = Side::Memory {
            address: address.wrapping_add(done),
            pitch: width,
        };
        let (to, from) = if to { (inside, outside) } else { (outside, inside) };
        rectangle(to, from, width, height, kind, stream)?;
        done += width * height;
        (x, y) = (0, y + height);
    }
    Ok(())
}

/// The address of `bytes` of a variable from `offset` on.
pub fn within_symbol(variable: u64, offset: u64, bytes: u64) -> Result<u64> {
    let (address, size) = symbol(variable)?;
    match offset.checked_add(bytes) {
        Some(end) if end <= size => Ok(address + offset),
        _ => Err(Error::InvalidValue),
    }
}

fn to_symbol(variable: u64, from: u64, bytes: u64, offset: u64, kind: u32, stream: Option<Stream>) -> Result {
    match kind {
        HOST_TO_DEVICE | DEVICE_TO_DEVICE | DEFAULT => {
            linear(within_symbol(variable, offset, bytes)?, from, bytes, kind, stream)
        }
        _ => Err(Error::InvalidMemcpyDirection),
    }
}

fn from_symbol(to: u64, variable: u64, bytes: u64, offset: u64, kind: u32, stream: Option<Stream>) -> Result {
    match kind {
        DEVICE_TO_HOST | DEVICE_TO_DEVICE | DEFAULT => {
            linear(to, within_symbol(variable, offset, bytes)?, bytes, kind, stream)
        }
        _ => Err(Error::InvalidMemcpyDirection),
    }
}

impl Peer3D {
    fn fields(&self) -> Result<Fields> {
        let plain = Copy3D {
            from_array: self.from_array,
            from_position: self.from_position,
            from: self.from,
            to_array: self.to_array,
            to_position: self.to_position,
            to: self.to,
            extent: self.extent,
            kind: DEVICE_TO_DEVICE,
        };
        let mut fields = plain.fields()?;
        fields.from.context = peer(self.from_device)?;
        fields.to.context = peer(self.to_device)?;
        Ok(fields)
    }
}

export! {
    fn cudaMemcpy | cudaMemcpy_ptds (to: u64, from: u64, bytes: u64, kind: u32) {
        linear(to, from, bytes, kind, None)
    }
    fn cudaMemcpyAsync | cudaMemcpyAsync_ptsz (to: u64, from: u64, bytes: u64, kind: u32, stream: Stream) {
        linear(to, from, bytes, kind, Some(stream))
    }
    fn cudaMemcpyToSymbol | cudaMemcpyToSymbol_ptds (symbol: u64, from: u64, bytes: u64, offset: u64, kind: u32) {
        to_symbol(symbol, from, bytes, offset, kind, None)
    }
    fn cudaMemcpyToSymbolAsync | cudaMemcpyToSymbolAsync_ptsz (
        symbol: u64, from: u64, bytes: u64, offset: u64, kind: u32, stream: Stream,
    ) {
        to_symbol(symbol, from, bytes, offset, kind, Some(stream))
    }
    fn cudaMemcpyFromSymbol | cudaMemcpyFromSymbol_ptds (to: u64, symbol: u64, bytes: u64, offset: u64, kind: u32) {
        from_symbol(to, symbol, bytes, offset, kind, None)
    }
    fn cudaMemcpyFromSymbolAsync | cudaMemcpyFromSymbolAsync_ptsz (
        to: u64, symbol: u64, bytes: u64, offset: u64, kind: u32, stream: Stream,
    ) {
        from_symbol(to, symbol, bytes, offset, kind, Some(stream))
    }
    fn cudaMemcpy2D | cudaMemcpy2D_ptds (
        to: u64, to_pitch: u64, from: u64, from_pitch: u64, width: u64, height: u64, kind: u32,
    ) {
        let (to, from) = (Side::Memory { address: to, pitch: to_pitch }, Side::Memory { address: from, pitch: from_pitch });
        rectangle(to, from, width, height, kind, None)
    }
    fn cudaMemcpy2DAsync | cudaMemcpy2DAsync_ptsz (
        to: u64, to_pitch: u64, from: u64, from_pitch: u64, width: u64, height: u64, kind: u32, stream: Stream,
    ) {
        let (to, from) = (Side::Memory { address: to, pitch: to_pitch }, Side::Memory { address: from, pitch: from_pitch });
        rectangle(to, from, width, height, kind, Some(stream))
    }
    fn cudaMemcpy2DToArray | cudaMemcpy2DToArray_ptds (
        array: Handle, x: u64, y: u64, address: u64, pitch: u64, width: u64, height: u64, kind: u32,
    ) {
        rectangle(Side::Array { array, x, y }, Side::Memory { address, pitch }, width, height, kind, None)
    }
    fn cudaMemcpy2DToArrayAsync | cudaMemcpy2DToArrayAsync_ptsz (
        array: Handle, x: u64, y: u64, address: u64, pitch: u64, width: u64, height: u64, kind: u32, stream: Stream,
    ) {
        rectangle(Side::Array { array, x, y }, Side::Memory { address, pitch }, width, height, kind, Some(stream))
    }
    fn cudaMemcpy2DFromArray | cudaMemcpy2DFromArray_ptds (
        address: u64, pitch: u64, array: Handle, x: u64, y: u64, width: u64, height: u64, kind: u32,
    ) {
        rectangle(Side::Memory { address, pitch }, Side::Array { array, x, y }, width, height, kind, None)
    }
    fn cudaMemcpy2DFromArrayAsync | cudaMemcpy2DFromArrayAsync_ptsz (
        address: u64, pitch: u64, array: Handle, x: u64, y: u64, width: u64, height: u64, kind: u32, stream: Stream,
    ) {
        rectangle(Side::Memory { address, pitch }, Side::Array { array, x, y }, width, height, kind, Some(stream))
    }
    fn cudaMemcpy2DArrayToArray | cudaMemcpy2DArrayToArray_ptds (
        to: Handle, to_x: u64, to_y: u64, from: Handle, from_x: u64, from_y: u64, width: u64, height: u64, kind: u32,
    ) {
        let (to, from) = (Side::Array { array: to, x: to_x, y: to_y }, Side::Array { array: from, x: from_x, y: from_y });
        rectangle(to, from, width, height, kind, None)
    }
    fn cudaMemcpyArrayToArray | cudaMemcpyArrayToArray_ptds (
        to: Handle, to_x: u64, to_y: u64, from: Handle, from_x: u64, from_y: u64, bytes: u64, kind: u32,
    ) {
        types(kind)?;
        // By way of memory: the rows of the two need not be equally long.
        let mut address = 0u64;
        enter()?;
        if bytes == 0 {
            return Ok(());
        }
        driver::cuMemAlloc_v2(out(&mut address), bytes)?;
        let copied = along_rows(from, from_x, from_y, address, bytes, DEVICE_TO_DEVICE, false, None)
            .and_then(|()| along_rows(to, to_x, to_y, address, bytes, DEVICE_TO_DEVICE, true, None));
        driver::cuMemFree_v2(address)?;
        copied
    }
    fn cudaMemcpyToArray | cudaMemcpyToArray_ptds (
        array: Handle, x: u64, y: u64, from: u64, bytes: u64, kind: u32,
    ) {
        along_rows(array, x, y, from, bytes, kind, true, None)
    }
    fn cudaMemcpyToArrayAsync | cudaMemcpyToArrayAsync_ptsz (
        array: Handle, x: u64, y: u64, from: u64, bytes: u64, kind: u32, stream: Stream,
    ) {
        along_rows(array, x, y, from, bytes, kind, true, Some(stream))
    }
    fn cudaMemcpyFromArray | cudaMemcpyFromArray_ptds (
        to: u64, array: Handle, x: u64, y: u64, bytes: u64, kind: u32,
    ) {
        along_rows(array, x, y, to, bytes, kind, false, None)
    }
    fn cudaMemcpyFromArrayAsync | cudaMemcpyFromArrayAsync_ptsz (
        to: u64, array: Handle, x: u64, y: u64, bytes: u64, kind: u32, stream: Stream,
    ) {
        along_rows(array, x, y, to, bytes, kind, false, Some(stream))
    }
    fn cudaMemcpy3D | cudaMemcpy3D_ptds (parameters: In<Copy3D>) {
        parameters.get()?.fields()?.run(None)
    }
    fn cudaMemcpy3DAsync | cudaMemcpy3DAsync_ptsz (parameters: In<Copy3D>, stream: Stream) {
        parameters.get()?.fields()?.run(Some(stream))
    }
    fn cudaMemcpyPeer(to: u64, to_device: i32, from: u64, from_device: i32, bytes: u64) {
        enter()?;
        let (to_context, from_context) = (peer(to_device)?, peer(from_device)?);
        if bytes == 0 { Ok(()) } else { driver::cuMemcpyPeer(to, to_context, from, from_context, bytes) }
    }
    fn cudaMemcpyPeerAsync(to: u64, to_device: i32, from: u64, from_device: i32, bytes: u64, stream: Stream) {
        enter()?;
        let (to_context, from_context) = (peer(to_device)?, peer(from_device)?);
        if bytes == 0 {
            return Ok(());
        }
        driver::cuMemcpyPeerAsync(to, to_context, from, from_context, bytes, stream.resolve())
    }
    fn cudaMemcpy3DPeer | cudaMemcpy3DPeer_ptds (parameters: In<Peer3D>) {
        let mut fields = parameters.get()?.fields()?;
        driver::cuMemcpy3DPeer(out(&mut fields))
    }
    fn cudaMemcpy3DPeerAsync | cudaMemcpy3DPeerAsync_ptsz (parameters: In<Peer3D>, stream: Stream) {
        let mut fields = parameters.get()?.fields()?;
        driver::cuMemcpy3DPeerAsync(out(&mut fields), stream.resolve())
    }
    // In CUDA 12 with a place for the index of the copy that failed, in 13 without.
    fn cudaMemcpyBatchAsync | cudaMemcpyBatchAsync_ptsz (
        to: u64, from: u64, sizes: u64, count: u64, attributes: u64, starts: u64, attribute_count: u64,
        failed_or_stream: Stream, stream: Stream,
    ) {
        enter()?;
        if IS_13 {
            let stream = failed_or_stream.resolve();
            return driver::cuMemcpyBatchAsync_v2(to, from, sizes, count, attributes, starts, attribute_count, stream);
        }
        let (failed, stream) = (failed_or_stream.raw(), stream.resolve());
        driver::cuMemcpyBatchAsync(to, from, sizes, count, attributes, starts, attribute_count, failed, stream)
    }
}

/// The primary context of a device that takes part in a copy.
fn peer(device: i32) -> Result<Handle> {
    primary(crate::context::check_device(device)?)
}
