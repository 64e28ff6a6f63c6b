//! mov with packing, cvta, isspacep (PTX ISA 9.7.9).

use super::vector::{Lane, binary, unary, write_predicate};
use crate::decode::{Builder, Field, RegisterClass, Result};
use crate::device::op::{Class, LOCAL_WINDOW, Op, PARAM_WINDOW, SHARED_WINDOW};
use crate::device::warp::Warp;
use crate::ptx::{Operand, Type, Type::*};

/// Copies a predicate, inverted with `mode`.
pub unsafe fn predicate_copy(w: &mut Warp, op: &Op, mask: u32) -> bool {
    // SAFETY: the decoder gave predicates.
    unsafe {
        let bits = *w.row(op.a) ^ u32::from(op.mode).wrapping_neg();
        write_predicate(w.row(op.d), mask, bits);
    }
    true
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    match b.instruction.opcode {
        "mov" => {}
        "cvta" => return cvta(b),
        "isspacep" => return isspacep(b),
        _ => return b.unsupported(),
    }
    let ty = b.ty()?;
    b.expect_operands(2)?;
    let (d, a) = (b.operand(0)?, b.operand(1)?);
    match (d, a) {
        (Operand::Vector(parts), _) => unpack(b, ty, parts),
        (_, Operand::Vector(parts)) => pack(b, ty, parts),
        _ if ty == Pred => {
            let (source, negated) = b.predicate(a)?;
            b.a(source);
            b.op.mode = negated.into();
            let d = b.dst(0, Pred)?;
            b.d(d);
            b.emit(predicate_copy, Class::Move, &[Field::A])
        }
        _ => {
            let run = match ty.bytes() {
                8 => unary(|x: u64| x),
                16 => unary(|x: u128| x),
                2 => unary(|x: u16| x),
                _ => unary(|x: u32| x),
            };
            b.simple(run, Class::Move, ty, &[ty])
        }
    }
}

/// The type of one part, and its bits.
fn part(b: &Builder<'_, '_, '_>, ty: Type, count: usize) -> Result<(Type, u32)> {
    match ty.bytes() as usize / count.max(1) {
        1 => Ok((B8, 8)),
        2 => Ok((B16, 16)),
        4 => Ok((B32, 32)),
        8 => Ok((B64, 64)),
        _ => b.error("the vector does not fit the type"),
    }
}

fn unpack<'a>(mut b: Builder<'_, 'a, '_>, ty: Type, parts: &[Operand<'a>]) -> Result<()> {
    let (element, bits) = part(&b, ty, parts.len())?;
    b.op.width = bits as u8;
    b.op.mode = ty.bytes() as u8;
    let a = b.src(1, ty)?;
    b.a(a);
    for part in parts {
        let d = b.destination(part, element)?;
        b.list_define(d);
    }
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let (row, bits) = (w.row(op.a), u32::from(op.width));
        let mut values = [0u128; 32];
        for (lane, value) in values.iter_mut().enumerate() {
            // SAFETY: the decoder gave a row of this size.
            *value = unsafe {
                match op.mode {
                    16 => u128::get(row, lane),
                    8 => u64::get(row, lane).into(),
                    _ => u32::get(row, lane).into(),
                }
            };
        }
        for (index, &d) in w.list(op).iter().enumerate() {
            let shift = index as u32 * bits;
            // SAFETY: as above.
            unsafe {
                if bits == 64 {
                    super::vector::write::<u64>(w.row(d), mask, &values.map(|value| (value >> shift) as u64));
                } else {
                    let keep = ((1u64 << bits) - 1) as u32;
                    super::vector::write::<u32>(w.row(d), mask, &values.map(|value| (value >> shift) as u32 & keep));
                }
            }
        }
        true
    }
    b.emit(run, Class::Move, &[Field::A])
}

fn pack<'a>(mut b: Builder<'_, 'a, '_>, ty: Type, parts: &[Operand<'a>]) -> Result<()> {
    let (element, bits) = part(&b, ty, parts.len())?;
    if parts.len() == 2 && (bits == 32 || bits == 16) {
        let run = if bits == 32 {
            binary(|x: u32, y: u32| u64::from(x) | u64::from(y) << 32)
        } else {
            binary(|x: u16, y: u16| u32::from(x) | u32::from(y) << 16)
        };
        let a = b.source(&parts[0], element)?;
        b.a(a);
        let second = b.source(&parts[1], element)?;
        b.b(second);
        let d = b.dst(0, ty)?;
        b.d(d);
        return b.emit(run, Class::Move, &[Field::A, Field::B]);
    }
    b.op.width = bits as u8;
    b.op.mode = ty.bytes() as u8;
    for part in parts {
        let operand = b.source(part, element)?;
        b.list_source(operand);
    }
    let d = b.dst(0, ty)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let bits = u32::from(op.width);
        let values: [u128; 32] = std::array::from_fn(|lane| {
            w.list(op).iter().enumerate().fold(0, |value, (index, &part)| {
                // SAFETY: the decoder gave rows of this size.
                let part = unsafe {
                    if bits == 64 {
                        u64::get(w.row(part), lane)
                    } else {
                        u64::from(u32::get(w.row(part), lane))
                    }
                };
                value | (u128::from(part) & ((1 << bits) - 1)) << (index as u32 * bits)
            })
        });
        // SAFETY: as above.
        unsafe {
            match op.mode {
                16 => super::vector::write::<u128>(w.row(op.d), mask, &values),
                8 => super::vector::write::<u64>(w.row(op.d), mask, &values.map(|value| value as u64)),
                _ => super::vector::write::<u32>(w.row(op.d), mask, &values.map(|value| value as u32)),
            }
        }
        true
    }
    b.emit(run, Class::Move, &[])
}

fn cvta(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let to = b.take("to");
    let Some(space) = b.take_next() else {
        return b.error("the state space is missing");
    };
    let ty = b.ty()?;
    let window = match space {
        "global" | "const" => 0,
        "shared" | "shared::cta" => SHARED_WINDOW,
        "local" => LOCAL_WINDOW,
        "param" | "param::entry" => PARAM_WINDOW,
        _ => return b.unsupported(),
    };
    if ty.bytes() != 8 {
        return b.error("generic addresses have 64 bits");
    }
    let window = if to { window.wrapping_neg() } else { window };
    b.expect_operands(2)?;
    let a = b.src(1, U64)?;
    b.a(a);
    let addend = b.constant(window.into(), RegisterClass::Double);
    b.b(addend);
    let d = b.dst(0, U64)?;
    b.d(d);
    let run = if window == 0 {
        unary(|x: u64| x)
    } else {
        binary(|x: u64, y: u64| x.wrapping_add(y))
    };
    b.emit(run, Class::Convert, &[Field::A, Field::B])
}

fn isspacep(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let Some(space) = b.take_next() else {
        return b.error("the state space is missing");
    };
    b.op.mode = match space {
        "shared" | "shared::cta" | "shared::cluster" => 1,
        "local" => 2,
        "param" | "param::entry" => 3,
        "global" => 0,
        "const" => 4,
        _ => return b.unsupported(),
    };
    b.expect_operands(2)?;
    let a = b.src(1, U64)?;
    b.a(a);
    let d = b.dst(0, Pred)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let bits = crate::device::warp::lanes(mask, |lane| {
            // SAFETY: the decoder gave a 64-bit row.
            let window = unsafe { u64::get(w.row(op.a), lane) } >> 32;
            match op.mode {
                0 => window > 4,
                4 => false,
                mode => window == u64::from(mode),
            }
        });
        // SAFETY: the destination is a predicate.
        unsafe { write_predicate(w.row(op.d), mask, bits) };
        true
    }
    b.emit(run, Class::Compare, &[Field::A])
}
