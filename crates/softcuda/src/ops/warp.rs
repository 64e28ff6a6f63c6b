//! Exchange between the lanes of a warp: shfl, vote, match, redux, activemask, elect (PTX ISA 9.7.9, 9.7.13).

use super::vector::{Lane, write, write_predicate};
use crate::decode::{Builder, Field, Result};
use crate::device::op::{Class, Kind, NONE, Op};
use crate::device::warp::{Warp, each, lanes};
use crate::ptx::{Operand, Type::*};

pub fn decode(b: Builder<'_, '_, '_>) -> Result<()> {
    match b.instruction.opcode {
        "shfl" => shuffle(b),
        "vote" => vote(b),
        "match" => match_lanes(b),
        "redux" => reduce(b),
        "activemask" => {
            let mut b = b;
            b.ty()?;
            let d = b.dst(0, B32)?;
            b.d(d);
            unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
                // SAFETY: the decoder gave a 32-bit row.
                unsafe { write(w.row(op.d), mask, &[mask; 32]) };
                true
            }
            b.emit(run, Class::Warp, &[])
        }
        "elect" => elect(b),
        _ => b.unsupported(),
    }
}

/// Destination with an optional predicate beside it: `d` and `c`.
fn with_predicate(b: &mut Builder<'_, '_, '_>, ty: crate::ptx::Type) -> Result<()> {
    match b.operand(0)? {
        Operand::Pair(first, second) => {
            let d = b.destination(first, ty)?;
            b.d(d);
            let p = b.destination(second, Pred)?;
            b.define(Field::C, p);
        }
        operand => {
            let d = b.destination(operand, ty)?;
            b.d(d);
        }
    }
    Ok(())
}

/// Marks the instruction as one that waits for the lanes of its member mask.
fn members(b: &mut Builder<'_, '_, '_>, index: usize) -> Result<()> {
    let operand = b.src(index, U32)?;
    b.op.kind = Kind::WarpSync;
    b.put(Field::Immediate, operand);
    Ok(())
}

fn shuffle(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let sync = b.take("sync");
    b.op.mode = match b.take_any(&["up", "down", "bfly", "idx"]) {
        Some("up") => 0,
        Some("down") => 1,
        Some("bfly") => 2,
        Some(_) => 3,
        None => return b.error("the mode is missing"),
    };
    b.ty()?;
    b.expect_operands(if sync { 5 } else { 4 })?;
    for index in 1..4 {
        let operand = b.src(index, B32)?;
        b.list_source(operand);
    }
    if sync {
        members(&mut b, 4)?;
    }
    with_predicate(&mut b, B32)?;
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let list = w.list(op);
        let (a, b, c) = (w.row(list[0]), w.row(list[1]), w.row(list[2]));
        let mut values = [0u32; 32];
        let (mut valid, mut sources) = (0u32, [0u32; 32]);
        for lane in 0..32u32 {
            // SAFETY: the decoder gave 32-bit rows.
            unsafe {
                let (b, c) = (u32::get(b, lane as usize) & 31, u32::get(c, lane as usize));
                let (clamp, segment) = (c & 31, c >> 8 & 31);
                let high = lane & segment | clamp & !segment;
                let low = lane & segment;
                let (from, inside) = match op.mode {
                    0 => (lane.wrapping_sub(b), lane as i32 - b as i32 >= high as i32),
                    1 => (lane + b, lane + b <= high),
                    2 => (lane ^ b, lane ^ b <= high),
                    _ => {
                        let from = low | b & !segment;
                        (from, from <= high)
                    }
                };
                let from = if inside { from } else { lane };
                values[lane as usize] = u32::get(a, from as usize & 31);
                sources[lane as usize] = from;
                valid |= u32::from(inside) << lane;
            }
        }
        crate::device::undefined::exchange(w, op.d, list[0], mask, &sources);
        // SAFETY: as above.
        unsafe {
            write(w.row(op.d), mask, &values);
            if op.c != NONE {
                write_predicate(w.row(op.c), mask, valid);
            }
        }
        synchronised(w);
        true
    }
    let fields: &[Field] = if sync { &[Field::Immediate] } else { &[] };
    b.emit(run, Class::Warp, fields)
}

/// Warp-synchronous instructions order the lanes' memory accesses, as far as the race check goes.
fn synchronised(w: &mut Warp) {
    let index = w.index;
    w.block().races.warp_synchronised(index);
}

fn vote(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let sync = b.take("sync");
    b.op.mode = match b.take_any(&["all", "any", "uni", "ballot"]) {
        Some("all") => 0,
        Some("any") => 1,
        Some("uni") => 2,
        Some(_) => 3,
        None => return b.error("the mode is missing"),
    };
    let ty = b.ty()?;
    let operand = b.operand(1)?;
    let (a, negated) = b.predicate(operand)?;
    b.a(a);
    b.op.width = negated.into();
    let mut fields = vec![Field::A];
    if sync {
        members(&mut b, 2)?;
        fields.push(Field::Immediate);
    }
    let d = b.dst(0, if ty == B32 { B32 } else { Pred })?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        // SAFETY: the decoder gave a predicate, and a 32-bit row for ballot.
        unsafe {
            let bits = (*w.row(op.a) ^ u32::from(op.width).wrapping_neg()) & mask;
            let result = match op.mode {
                0 => bits == mask,
                1 => bits != 0,
                2 => bits == mask || bits == 0,
                _ => {
                    write(w.row(op.d), mask, &[bits; 32]);
                    synchronised(w);
                    return true;
                }
            };
            write_predicate(w.row(op.d), mask, if result { !0 } else { 0 });
        }
        synchronised(w);
        true
    }
    b.emit(run, Class::Warp, &fields)
}

fn match_lanes(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let all = b.take("all");
    b.take("any");
    b.take("sync");
    let ty = b.ty()?;
    b.op.mode = all.into();
    b.op.width = ty.bytes() as u8;
    let a = b.src(1, ty)?;
    b.a(a);
    members(&mut b, 2)?;
    with_predicate(&mut b, B32)?;
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let row = w.row(op.a);
        // SAFETY: the decoder gave rows of this width.
        let get = |lane: usize| unsafe {
            if op.width == 8 {
                u64::get(row, lane)
            } else {
                u64::from(u32::get(row, lane))
            }
        };
        let mut values = [0u32; 32];
        for lane in each(mask) {
            values[lane] = lanes(mask, |other| get(other) == get(lane));
        }
        let same = each(mask).all(|lane| values[lane] == mask);
        if op.mode == 1 {
            values = [if same { mask } else { 0 }; 32];
        }
        // SAFETY: as above.
        unsafe {
            write(w.row(op.d), mask, &values);
            if op.c != NONE {
                write_predicate(w.row(op.c), mask, if same { !0 } else { 0 });
            }
        }
        synchronised(w);
        true
    }
    b.emit(run, Class::Warp, &[Field::A, Field::Immediate])
}

fn reduce(mut b: Builder<'_, '_, '_>) -> Result<()> {
    b.take("sync");
    let Some(name) = b.take_any(&["add", "min", "max", "and", "or", "xor"]) else {
        return b.unsupported();
    };
    let absolute = b.take("abs");
    let nan = b.take("NaN");
    let ty = b.ty()?;
    b.op.mode = match (name, ty) {
        ("add", U32 | S32) => 0,
        ("min", U32) => 1,
        ("max", U32) => 2,
        ("min", S32) => 3,
        ("max", S32) => 4,
        ("and", B32) => 5,
        ("or", B32) => 6,
        ("xor", B32) => 7,
        ("min", F32) => 8,
        ("max", F32) => 9,
        _ => return b.unsupported(),
    };
    b.op.width = u8::from(absolute) | u8::from(nan) << 1;
    let a = b.src(1, B32)?;
    b.a(a);
    members(&mut b, 2)?;
    let d = b.dst(0, B32)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        use super::float::{max32, min32};
        let row = w.row(op.a);
        let absolute = op.width & 1 != 0 && op.mode >= 8;
        // SAFETY: the decoder gave a 32-bit row.
        let value = |lane| unsafe { u32::get(row, lane) } & if absolute { 0x7fff_ffff } else { !0 };
        let float = |f: fn(f32, f32) -> f32, x: u32, y: u32| f(f32::from_bits(x), f32::from_bits(y)).to_bits();
        let total = each(mask).map(value).reduce(|x, y| match op.mode {
            0 => x.wrapping_add(y),
            1 => x.min(y),
            2 => x.max(y),
            3 => (x as i32).min(y as i32) as u32,
            4 => (x as i32).max(y as i32) as u32,
            5 => x & y,
            6 => x | y,
            7 => x ^ y,
            8 if op.width & 2 != 0 => float(min32::<true>, x, y),
            8 => float(min32::<false>, x, y),
            _ if op.width & 2 != 0 => float(max32::<true>, x, y),
            _ => float(max32::<false>, x, y),
        });
        // SAFETY: as above.
        unsafe { write(w.row(op.d), mask, &[total.unwrap_or(0); 32]) };
        synchronised(w);
        true
    }
    b.emit(run, Class::Warp, &[Field::A, Field::Immediate])
}

fn elect(mut b: Builder<'_, '_, '_>) -> Result<()> {
    b.take("sync");
    members(&mut b, 1)?;
    with_predicate(&mut b, B32)?;
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let leader = mask.trailing_zeros();
        // SAFETY: the decoder gave a 32-bit row and a predicate.
        unsafe {
            write(w.row(op.d), mask, &[leader; 32]);
            if op.c != NONE {
                write_predicate(w.row(op.c), mask, 1 << leader);
            }
        }
        synchronised(w);
        true
    }
    b.emit(run, Class::Warp, &[Field::Immediate])
}
