//! tex, tld4, txq, suld, sust, sured, suq by handles (PTX ISA 9.7.10 and 9.7.11).

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use super::matrix::vector;
use super::vector::Lane;
use crate::decode::{Builder, Field, RegisterClass, Result};
use crate::device::FaultKind;
use crate::device::op::{Class, Op, Run};
use crate::device::texture::{Geometry, Texel, Texture};
use crate::device::warp::{Warp, each};
use crate::ptx::{Operand, Type, Type::*};

/// Bits of `mode` beside the geometry's two.
const LAYERED: u8 = 4;
const INTEGER: u8 = 8;

/// What `tex` takes beside coordinates, in `immediate`.
const BASE: i64 = 0;
const LEVEL: i64 = 1;
const GRADIENTS: i64 = 2;
/// `tld4` of channel 0; the others follow.
const GATHER: i64 = 3;

pub fn decode(b: Builder<'_, '_, '_>) -> Result<()> {
    match b.instruction.opcode {
        "tex" | "tld4" => fetch(b),
        "txq" | "suq" => query(b),
        _ => surface(b),
    }
}

fn code(geometry: Geometry) -> u8 {
    geometry as u8
}

fn geometry(op: &Op) -> Geometry {
    [Geometry::Line, Geometry::Plane, Geometry::Volume, Geometry::Cube][usize::from(op.mode & 3)]
}

/// Takes the geometry and puts it into `mode`; how many numbers say a place.
fn take_geometry(b: &mut Builder<'_, '_, '_>) -> Result<usize> {
    let names = ["1d", "2d", "3d", "a1d", "a2d", "cube", "acube"];
    let (geometry, layered) = match b.take_any(&names) {
        Some("1d") => (Geometry::Line, false),
        Some("2d") => (Geometry::Plane, false),
        Some("3d") => (Geometry::Volume, false),
        Some("a1d") => (Geometry::Line, true),
        Some("a2d") => (Geometry::Plane, true),
        Some("cube") => (Geometry::Cube, false),
        Some(_) => (Geometry::Cube, true),
        None => return b.unsupported(),
    };
    b.op.mode = code(geometry) | if layered { LAYERED } else { 0 };
    Ok(geometry.dimensions() + usize::from(layered))
}

/// Puts the handle into `a` and the place's numbers at the end of the list.
fn take_place(b: &mut Builder<'_, '_, '_>, index: usize, count: usize, coordinate: Type) -> Result<()> {
    let Operand::Indexed(handle, indices) = b.operand(index)? else {
        return b.error("a handle and coordinates in brackets are expected");
    };
    let [place] = &indices[..] else {
        return b.error("a texture with a sampler of its own is not supported");
    };
    let handle = b.source(handle, B64)?;
    b.a(handle);
    let numbers = vector(place);
    if numbers.len() < count {
        return b.error(format!("{count} coordinates expected"));
    }
    let layered = b.op.mode & LAYERED != 0;
    for (position, number) in numbers.into_iter().take(count).enumerate() {
        let ty = if layered && position == 0 { U32 } else { coordinate };
        let row = b.source(number, ty)?;
        b.list_source(row);
    }
    Ok(())
}

fn fetch(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let gather = b.instruction.opcode == "tld4";
    let form = match gather {
        true => match ["r", "g", "b", "a"].iter().position(|name| b.take(name)) {
            Some(channel) => GATHER + channel as i64,
            None => return b.error("the channel is missing"),
        },
        false => match b.take_any(&["base", "level", "grad"]) {
            None | Some("base") => BASE,
            Some("level") => LEVEL,
            Some(_) => GRADIENTS,
        },
    };
    b.op.immediate = form;
    let count = take_geometry(&mut b)?;
    if !b.take("v4") {
        return b.unsupported();
    }
    let (result, coordinate) = (b.ty()?, b.ty()?);
    if !matches!(result, U32 | S32 | F32) || !matches!(coordinate, S32 | F32) {
        return b.unsupported();
    }
    if coordinate == S32 {
        b.op.mode |= INTEGER;
    }
    let dimensions = geometry(&b.op).dimensions();
    if gather && dimensions != 2 || coordinate == S32 && (gather || form == GRADIENTS) {
        return b.unsupported();
    }
    let more = match form {
        LEVEL => 1,
        GRADIENTS => 2,
        _ => 0,
    };
    b.expect_operands(2 + more)?;
    destinations(&mut b, 4, B32)?;
    take_place(&mut b, 1, count, coordinate)?;
    for index in 0..more {
        let numbers = vector(b.operand(2 + index)?);
        let wanted = if form == LEVEL { 1 } else { dimensions };
        if numbers.len() < wanted {
            return b.error(format!("a vector of {wanted} is expected"));
        }
        for number in numbers.into_iter().take(wanted) {
            let row = b.source(number, coordinate)?;
            b.list_source(row);
        }
    }
    b.emit(fetch_run, Class::Load, &[Field::A])
}

fn destinations(b: &mut Builder<'_, '_, '_>, count: usize, ty: Type) -> Result<()> {
    let list = vector(b.operand(0)?);
    if list.len() != count {
        return b.error(format!("a vector of {count} is expected"));
    }
    for operand in list {
        // A register may be wider than what is loaded.
        let d = match (operand, ty) {
            (Operand::Sink, _) => b.fresh(RegisterClass::of(ty)),
            _ => b.destination(operand, ty)?,
        };
        b.list_define(d);
    }
    Ok(())
}

/// The last texture that an instruction used, and its handle.
type Last = Option<(u64, Arc<Texture>)>;

/// The texture of a lane's handle.
#[inline(always)]
fn texture_of<'t>(w: &mut Warp, handle: u64, lane: usize, last: &'t mut Last) -> Option<&'t Texture> {
    if last.as_ref().is_none_or(|(known, _)| *known != handle) {
        *last = Some((handle, find(w, handle, lane)?));
    }
    last.as_ref().map(|(_, texture)| &**texture)
}

/// Looks a handle up, and whether its memory is still there.
fn find(w: &mut Warp, handle: u64, lane: usize) -> Option<Arc<Texture>> {
    let Some(texture) = w.block().memory().texture(handle) else {
        let message = format!("texture or surface {handle:#x}, which does not exist");
        w.fault(FaultKind::IllegalAddress, lane as u32, message);
        return None;
    };
    let texel = texture.texel_bytes();
    for image in &texture.levels {
        if w.block().range(image.address, image.bytes(texel)).is_none() {
            let message = format!(
                "use of texture or surface {handle:#x}, whose memory at {:#x} is freed",
                image.address
            );
            w.fault(FaultKind::IllegalAddress, lane as u32, message);
            return None;
        }
    }
    Some(texture)
}

/// A lane's numbers of a place: coordinates' bits, and the layer.
///
/// # Safety
/// The list has to hold 32-bit rows there.
unsafe fn place(w: &Warp, op: &Op, rows: &[u32], lane: usize) -> ([u32; 3], u64) {
    let layered = usize::from(op.mode & LAYERED != 0);
    let mut at = [0; 3];
    // SAFETY: by contract.
    unsafe {
        for (index, number) in at.iter_mut().enumerate().take(geometry(op).dimensions()) {
            *number = u32::get(w.row(rows[layered + index]), lane);
        }
        let layer = if layered != 0 {
            u32::get(w.row(rows[0]), lane)
        } else {
            0
        };
        (at, u64::from(layer))
    }
}

unsafe fn fetch_run(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let list = w.list(op);
    let geometry = geometry(op);
    let count = geometry.dimensions() + usize::from(op.mode & LAYERED != 0);
    let (to, rest) = list.split_at(4);
    let (numbers, more) = rest.split_at(count);
    let mut last = None;
    for lane in each(mask) {
        // SAFETY: the decoder gave rows of these types.
        unsafe {
            let handle = u64::get(w.row(op.a), lane);
            let Some(texture) = texture_of(w, handle, lane, &mut last) else {
                return false;
            };
            let (at, layer) = place(w, op, numbers, lane);
            let number = |index: usize| u32::get(w.row(more[index]), lane);
            let coordinates = at.map(f32::from_bits);
            let texel: Texel = if op.mode & INTEGER != 0 {
                let level = if op.immediate == LEVEL { number(0) as i32 } else { 0 };
                texture.fetch_texel(geometry, at.map(|at| i64::from(at as i32)), layer, level as f32)
            } else if op.immediate >= GATHER {
                texture.gather(coordinates, layer, (op.immediate - GATHER) as usize)
            } else {
                let level = match op.immediate {
                    LEVEL => f32::from_bits(number(0)),
                    GRADIENTS => {
                        let dimensions = geometry.dimensions();
                        let mut steps = [[0f32; 3]; 2];
                        for (axis, step) in steps.iter_mut().enumerate() {
                            for (index, part) in step.iter_mut().enumerate().take(dimensions) {
                                *part = f32::from_bits(number(axis * dimensions + index));
                            }
                        }
                        texture.level_of(geometry, steps)
                    }
                    _ => 0.0,
                };
                texture.sample(geometry, coordinates, layer, level)
            };
            for (&row, value) in to.iter().zip(texel) {
                u32::put(w.row(row), lane, value);
            }
        }
    }
    true
}

fn query(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let names = [
        "width",
        "height",
        "depth",
        "array_size",
        "num_mipmap_levels",
        "num_samples",
        "normalized_coords",
    ];
    let Some(index) = names.iter().position(|name| b.take(name)) else {
        return b.unsupported();
    };
    b.op.immediate = index as i64;
    if b.ty()? != B32 {
        return b.error("the result has 32 bits");
    }
    b.expect_operands(2)?;
    let Operand::Address(handle, 0) = b.operand(1)? else {
        return b.error("a handle in brackets is expected");
    };
    let handle = b.source(handle, B64)?;
    b.a(handle);
    let d = b.dst(0, B32)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let mut last = None;
        for lane in each(mask) {
            // SAFETY: the decoder gave rows of these types.
            unsafe {
                let handle = u64::get(w.row(op.a), lane);
                let Some(texture) = texture_of(w, handle, lane, &mut last) else {
                    return false;
                };
                let image = &texture.levels[0];
                let value = match op.immediate {
                    0 => image.width,
                    1 => image.height,
                    2 | 3 => image.depth,
                    4 => texture.levels.len() as u64,
                    5 => 1,
                    _ => texture.normalized.into(),
                };
                u32::put(w.row(op.d), lane, value as u32);
            }
        }
        true
    }
    b.emit(run, Class::Other, &[Field::A])
}

/// What happens outside a surface, in the high bits of `width`.
const TRAP: u8 = 0;
const CLAMP: u8 = 1;
const ZERO: u8 = 2;

fn surface(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let opcode = b.instruction.opcode;
    if !b.take("b") {
        return b.unsupported();
    }
    let operation = match opcode {
        "sured" => b.take_any(&["add", "min", "max", "and", "or"]),
        _ => None,
    };
    let count = take_geometry(&mut b)?;
    if b.op.mode & 3 == code(Geometry::Cube) {
        return b.unsupported();
    }
    super::memory::take_hints(&mut b);
    let parts = match b.take_any(&["v2", "v4"]) {
        Some("v2") => 2,
        Some(_) => 4,
        None => 1,
    };
    let ty = b.ty()?;
    let outside = match b.take_any(&["trap", "clamp", "zero"]) {
        None | Some("trap") => TRAP,
        Some("clamp") => CLAMP,
        Some(_) => ZERO,
    };
    b.op.width = ty.bytes() as u8 | outside << 4;
    b.expect_operands(2)?;
    let run: Run = match opcode {
        "suld" => {
            destinations(&mut b, parts, ty)?;
            take_place(&mut b, 1, count, B32)?;
            load_run
        }
        _ => {
            take_place(&mut b, 0, count, B32)?;
            let sources = vector(b.operand(1)?);
            if sources.len() != parts {
                return b.error(format!("a vector of {parts} is expected"));
            }
            for source in sources {
                let row = b.source(source, ty)?;
                b.list_source(row);
            }
            match (operation, ty) {
                (None, _) if opcode == "sust" => store_run,
                (Some("add"), U32 | S32) => reduce(|place, value| place.fetch_add(value, Ordering::Relaxed)),
                (Some("min"), U32) => reduce(|place, value| place.fetch_min(value, Ordering::Relaxed)),
                (Some("max"), U32) => reduce(|place, value| place.fetch_max(value, Ordering::Relaxed)),
                (Some("min"), S32) => reduce(|place, value| signed(place, value, i32::min)),
                (Some("max"), S32) => reduce(|place, value| signed(place, value, i32::max)),
                (Some("and"), B32) => reduce(|place, value| place.fetch_and(value, Ordering::Relaxed)),
                (Some("or"), B32) => reduce(|place, value| place.fetch_or(value, Ordering::Relaxed)),
                (Some("add"), U64) => add_wide,
                _ => return b.unsupported(),
            }
        }
    };
    b.op.flops = parts as u16;
    let class = match opcode {
        "suld" => Class::Load,
        "sust" => Class::Store,
        _ => Class::Atomic,
    };
    b.emit(run, class, &[Field::A])
}

/// Where a lane's access to a surface lies; `Ok(None)` where it lies outside and that is allowed.
///
/// # Safety
/// `rows` has to hold the place's 32-bit rows.
unsafe fn locate(
    w: &mut Warp,
    op: &Op,
    rows: &[u32],
    lane: usize,
    last: &mut Last,
) -> std::result::Result<Option<u64>, ()> {
    // SAFETY: the decoder gave a 64-bit row, and by contract.
    let (handle, (at, layer)) = unsafe { (u64::get(w.row(op.a), lane), place(w, op, rows, lane)) };
    let texture = texture_of(w, handle, lane, last).ok_or(())?;
    let bytes = i64::from(op.width & 15) * i64::from(op.flops);
    let image = texture.levels[0];
    let layered = op.mode & LAYERED != 0;
    let mut index = at.map(|at| i64::from(at as i32));
    if layered {
        index[2] = layer as i64;
    }
    let row = (image.width * texture.texel_bytes()) as i64;
    if index[0] & (bytes - 1) != 0 {
        let message = format!(
            "misaligned surface access of {bytes} bytes at byte {} of a row",
            index[0]
        );
        w.fault(FaultKind::MisalignedAddress, lane as u32, message);
        return Err(());
    }
    let most = [row - bytes, image.height as i64 - 1, image.depth as i64 - 1];
    if index.iter().zip(most).any(|(&at, most)| at < 0 || at > most) {
        match op.width >> 4 {
            CLAMP if most[0] >= 0 => {
                for (at, most) in index.iter_mut().zip(most) {
                    *at = (*at).clamp(0, most);
                }
            }
            ZERO | CLAMP => return Ok(None),
            _ => {
                let [x, y, z] = index;
                let message = format!("out-of-bounds surface access of {bytes} bytes at byte {x}, row {y}, slice {z}");
                w.fault(FaultKind::IllegalAddress, lane as u32, message);
                return Err(());
            }
        }
    }
    let [x, y, z] = index.map(|at| at as u64);
    Ok(Some(image.address + z * image.slice + y * image.row + x))
}

unsafe fn load_run(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let (to, rows) = w.list(op).split_at(usize::from(op.flops));
    let width = usize::from(op.width & 15);
    let mut last = None;
    for lane in each(mask) {
        // SAFETY: the decoder gave rows of these types; `locate` proved the bytes.
        unsafe {
            let Ok(address) = locate(w, op, rows, lane, &mut last) else {
                return false;
            };
            for (index, &row) in to.iter().enumerate() {
                let mut bytes = [0u8; 8];
                if let Some(address) = address {
                    std::ptr::copy_nonoverlapping((address as *const u8).add(index * width), bytes.as_mut_ptr(), width);
                }
                let value = u64::from_le_bytes(bytes);
                match width {
                    8 => u64::put(w.row(row), lane, value),
                    _ => u32::put(w.row(row), lane, value as u32),
                }
            }
        }
    }
    true
}

/// The rows of the place, and those of the values, in a store's list.
fn split<'l>(list: &'l [u32], op: &Op) -> (&'l [u32], &'l [u32]) {
    list.split_at(list.len() - usize::from(op.flops))
}

/// Runs `act` for each lane whose place lies on the surface, with the rows of its values and the place's address.
///
/// # Safety
/// As [`locate`]'s.
#[inline(always)]
unsafe fn at_places(w: &mut Warp, op: &Op, mask: u32, mut act: impl FnMut(&mut Warp, usize, &[u32], u64)) -> bool {
    let (rows, from) = split(w.list(op), op);
    let mut last = None;
    for lane in each(mask) {
        // SAFETY: by contract.
        match unsafe { locate(w, op, rows, lane, &mut last) } {
            Ok(Some(address)) => act(w, lane, from, address),
            Ok(None) => {}
            Err(()) => return false,
        }
    }
    true
}

unsafe fn store_run(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let width = usize::from(op.width & 15);
    // SAFETY: as in `load_run`.
    unsafe {
        at_places(w, op, mask, |w, lane, from, address| {
            for (index, &row) in from.iter().enumerate() {
                let value = match width {
                    8 => u64::get(w.row(row), lane),
                    _ => u32::get(w.row(row), lane).into(),
                };
                let bytes = value.to_le_bytes();
                std::ptr::copy_nonoverlapping(bytes.as_ptr(), (address as *mut u8).add(index * width), width);
            }
            w.block().memory().mark_written(address, (width * from.len()) as u64);
        })
    }
}

fn signed(place: &AtomicU32, value: u32, choose: fn(i32, i32) -> i32) -> u32 {
    let change = |old| Some(choose(old as i32, value as i32) as u32);
    place
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
        .unwrap_or(value)
}

/// A reduction on 32 bits.
fn reduce<F: Fn(&AtomicU32, u32) -> u32 + Copy>(_: F) -> Run {
    unsafe fn run<F: Fn(&AtomicU32, u32) -> u32 + Copy>(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let f = super::vector::function::<F>();
        // SAFETY: as in `load_run`; atomics may be shared.
        unsafe {
            at_places(w, op, mask, |w, lane, from, address| {
                f(&*(address as *const AtomicU32), u32::get(w.row(from[0]), lane));
            })
        }
    }
    run::<F>
}

unsafe fn add_wide(w: &mut Warp, op: &Op, mask: u32) -> bool {
    // SAFETY: as in `load_run`; atomics may be shared.
    unsafe {
        at_places(w, op, mask, |w, lane, from, address| {
            let value = u64::get(w.row(from[0]), lane);
            (*(address as *const AtomicU64)).fetch_add(value, Ordering::Relaxed);
        })
    }
}
