//! Two 16-bit integers in a register (PTX ISA 9.7.1: add, min and max .u16x2, .s16x2).

use super::vector::binary;
use crate::decode::{Builder, Result};
use crate::device::op::Class;
use crate::ptx::Type::B32;

/// Applies an operation to both halves.
#[inline(always)]
fn both(x: u32, y: u32, f: impl Fn(u16, u16) -> u16) -> u32 {
    u32::from(f(x as u16, y as u16)) | u32::from(f((x >> 16) as u16, (y >> 16) as u16)) << 16
}

#[inline(always)]
fn signed(f: impl Fn(i16, i16) -> i16) -> impl Fn(u16, u16) -> u16 {
    move |x, y| f(x as i16, y as i16) as u16
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let negative = b.take_any(&["u16x2", "s16x2"]) == Some("s16x2");
    let relu = b.take("relu");
    let run = match (b.instruction.opcode, negative, relu) {
        ("add", _, false) => binary(|x: u32, y: u32| both(x, y, u16::wrapping_add)),
        ("min", false, false) => binary(|x: u32, y: u32| both(x, y, u16::min)),
        ("max", false, false) => binary(|x: u32, y: u32| both(x, y, u16::max)),
        ("min", true, false) => binary(|x: u32, y: u32| both(x, y, signed(i16::min))),
        ("max", true, false) => binary(|x: u32, y: u32| both(x, y, signed(i16::max))),
        ("min", true, true) => binary(|x: u32, y: u32| both(x, y, signed(|x, y| x.min(y).max(0)))),
        ("max", true, true) => binary(|x: u32, y: u32| both(x, y, signed(|x, y| x.max(y).max(0)))),
        _ => return b.unsupported(),
    };
    b.simple(run, Class::Integer, B32, &[B32, B32])
}
