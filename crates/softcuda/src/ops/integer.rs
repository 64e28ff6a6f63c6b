//! Integer arithmetic, logic and bit manipulation (PTX ISA 9.7.1, 9.7.2, 9.7.8).

use super::vector::{Lane, binary, ternary, ternary_immediate, unary};
use crate::decode::{Builder, Field, Result};
use crate::device::op::{Class, Op, Run};
use crate::device::warp::Warp;
use crate::ptx::Type::*;

/// Picks a closure's instance by integer type.
macro_rules! by_type {
    ($b:ident, $ty:expr, $lift:ident, [$($name:pat => $rust:ty),*], |$x:ident| $body:expr) => {
        match $ty {
            $($name => $lift(|$x: $rust| -> $rust { $body }),)*
            _ => return $b.unsupported(),
        }
    };
    ($b:ident, $ty:expr, $lift:ident, [$($name:pat => $rust:ty),*], |$x:ident, $y:ident| $body:expr) => {
        match $ty {
            $($name => $lift(|$x: $rust, $y: $rust| -> $rust { $body }),)*
            _ => return $b.unsupported(),
        }
    };
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let opcode = b.instruction.opcode;
    match opcode {
        "add" | "sub" if b.has("cc") => return carry(b),
        "addc" | "subc" | "madc" => return carry(b),
        "mul" | "mad" => return multiply(b),
        "shf" => return funnel(b),
        "lop3" => return lop3(b),
        "dp4a" | "dp2a" => return dot(b),
        "bfi" => {
            let ty = b.ty()?;
            let run = match ty {
                B32 => bfi::<u32>(),
                B64 => bfi::<u64>(),
                _ => return b.unsupported(),
            };
            b.expect_operands(5)?;
            for index in 1..5 {
                let operand = b.src(index, if index < 3 { ty } else { U32 })?;
                b.list_source(operand);
            }
            let d = b.dst(0, ty)?;
            b.d(d);
            return b.emit(run, Class::Integer, &[]);
        }
        "prmt" => return prmt(b),
        "min" | "max" => b.take("relu"),
        _ => false,
    };
    let saturate = opcode != "szext" && b.take("sat");
    let shift_amount = matches!(opcode, "bfind") && b.take("shiftamt");
    let wrap = opcode == "bmsk" && b.take("wrap");
    let wrap = wrap || opcode == "szext" && b.take("wrap");
    if matches!(opcode, "bmsk" | "szext") {
        b.take("clamp");
    }
    if matches!(opcode, "mul24" | "mad24") {
        return multiply24(b);
    }
    let ty = b.ty()?;
    let one = |b: Builder<'_, '_, '_>, run, d| b.simple(run, Class::Integer, d, &[ty]);
    let two = |b: Builder<'_, '_, '_>, run| b.simple(run, Class::Integer, ty, &[ty, ty]);
    match opcode {
        "add" if saturate && ty == S32 => two(b, binary(|x: i32, y: i32| x.saturating_add(y))),
        "sub" if saturate && ty == S32 => two(b, binary(|x: i32, y: i32| x.saturating_sub(y))),
        _ if saturate => b.error("`.sat` is only for .s32"),
        "add" => {
            let run = by_type!(b, ty, binary, [U16 | S16 => u16, U32 | S32 => u32, U64 | S64 => u64], |x, y| x.wrapping_add(y));
            two(b, run)
        }
        "sub" => {
            let run = by_type!(b, ty, binary, [U16 | S16 => u16, U32 | S32 => u32, U64 | S64 => u64], |x, y| x.wrapping_sub(y));
            two(b, run)
        }
        "div" => {
            let run = match ty {
                U16 => binary(|x: u16, y: u16| x.checked_div(y).unwrap_or(!0)),
                S16 => binary(|x: i16, y: i16| if y == 0 { -1 } else { x.wrapping_div(y) }),
                U32 => binary(|x: u32, y: u32| x.checked_div(y).unwrap_or(!0)),
                S32 => binary(|x: i32, y: i32| if y == 0 { -1 } else { x.wrapping_div(y) }),
                U64 => binary(|x: u64, y: u64| x.checked_div(y).unwrap_or(!0)),
                S64 => binary(|x: i64, y: i64| if y == 0 { -1 } else { x.wrapping_div(y) }),
                _ => return b.unsupported(),
            };
            two(b, run)
        }
        "rem" => {
            let run = match ty {
                U16 => binary(|x: u16, y: u16| x.checked_rem(y).unwrap_or(x)),
                S16 => binary(|x: i16, y: i16| if y == 0 { x } else { x.wrapping_rem(y) }),
                U32 => binary(|x: u32, y: u32| x.checked_rem(y).unwrap_or(x)),
                S32 => binary(|x: i32, y: i32| if y == 0 { x } else { x.wrapping_rem(y) }),
                U64 => binary(|x: u64, y: u64| x.checked_rem(y).unwrap_or(x)),
                S64 => binary(|x: i64, y: i64| if y == 0 { x } else { x.wrapping_rem(y) }),
                _ => return b.unsupported(),
            };
            two(b, run)
        }
        "abs" => {
            let run = by_type!(b, ty, unary, [S16 => i16, S32 => i32, S64 => i64], |x| x.wrapping_abs());
            one(b, run, ty)
        }
        "neg" => {
            let run = by_type!(b, ty, unary, [S16 => i16, S32 => i32, S64 => i64], |x| x.wrapping_neg());
            one(b, run, ty)
        }
        "min" | "max" if b.instruction.modifiers.contains(&"relu") => {
            let run = match (opcode, ty) {
                ("min", S32) => binary(|x: i32, y: i32| x.min(y).max(0)),
                ("max", S32) => binary(|x: i32, y: i32| x.max(y).max(0)),
                _ => return b.unsupported(),
            };
            two(b, run)
        }
        "min" => {
            let run = by_type!(b, ty, binary, [U16 => u16, S16 => i16, U32 => u32, S32 => i32, U64 => u64, S64 => i64], |x, y| x.min(y));
            two(b, run)
        }
        "max" => {
            let run = by_type!(b, ty, binary, [U16 => u16, S16 => i16, U32 => u32, S32 => i32, U64 => u64, S64 => i64], |x, y| x.max(y));
            two(b, run)
        }
        "sad" => {
            let run = match ty {
                U16 => ternary(|x: u16, y: u16, z: u16| z.wrapping_add(x.abs_diff(y))),
                S16 => ternary(|x: i16, y: i16, z: u16| z.wrapping_add(x.abs_diff(y))),
                U32 => ternary(|x: u32, y: u32, z: u32| z.wrapping_add(x.abs_diff(y))),
                S32 => ternary(|x: i32, y: i32, z: u32| z.wrapping_add(x.abs_diff(y))),
                U64 => ternary(|x: u64, y: u64, z: u64| z.wrapping_add(x.abs_diff(y))),
                S64 => ternary(|x: i64, y: i64, z: u64| z.wrapping_add(x.abs_diff(y))),
                _ => return b.unsupported(),
            };
            b.simple(run, Class::Integer, ty, &[ty, ty, ty])
        }
        "and" | "or" | "xor" if ty == Pred => predicate_logic(b),
        "not" if ty == Pred => {
            b.expect_operands(2)?;
            let operand = b.operand(1)?;
            let (a, negated) = b.predicate(operand)?;
            b.a(a);
            b.op.mode = u8::from(!negated);
            let d = b.dst(0, Pred)?;
            b.d(d);
            b.emit(super::moves::predicate_copy, Class::Integer, &[Field::A])
        }
        "and" => {
            let run = by_type!(b, ty, binary, [B16 => u16, B32 => u32, B64 => u64], |x, y| x & y);
            two(b, run)
        }
        "or" => {
            let run = by_type!(b, ty, binary, [B16 => u16, B32 => u32, B64 => u64], |x, y| x | y);
            two(b, run)
        }
        "xor" => {
            let run = by_type!(b, ty, binary, [B16 => u16, B32 => u32, B64 => u64], |x, y| x ^ y);
            two(b, run)
        }
        "not" => {
            let run = by_type!(b, ty, unary, [B16 => u16, B32 => u32, B64 => u64], |x| !x);
            one(b, run, ty)
        }
        "cnot" => {
            let run = by_type!(b, ty, unary, [B16 => u16, B32 => u32, B64 => u64], |x| (x == 0).into());
            one(b, run, ty)
        }
        "shl" => {
            let run = match ty {
                B16 => binary(|x: u16, n: u32| if n < 16 { x << n } else { 0 }),
                B32 => binary(|x: u32, n: u32| if n < 32 { x << n } else { 0 }),
                B64 => binary(|x: u64, n: u32| if n < 64 { x << n } else { 0 }),
                _ => return b.unsupported(),
            };
            b.simple(run, Class::Integer, ty, &[ty, U32])
        }
        "shr" => {
            let run = match ty {
                B16 | U16 => binary(|x: u16, n: u32| if n < 16 { x >> n } else { 0 }),
                B32 | U32 => binary(|x: u32, n: u32| if n < 32 { x >> n } else { 0 }),
                B64 | U64 => binary(|x: u64, n: u32| if n < 64 { x >> n } else { 0 }),
                S16 => binary(|x: i16, n: u32| x >> n.min(15)),
                S32 => binary(|x: i32, n: u32| x >> n.min(31)),
                S64 => binary(|x: i64, n: u32| x >> n.min(63)),
                _ => return b.unsupported(),
            };
            b.simple(run, Class::Integer, ty, &[ty, U32])
        }
        "popc" => {
            let run = match ty {
                B32 => unary(|x: u32| x.count_ones()),
                B64 => unary(|x: u64| x.count_ones()),
                _ => return b.unsupported(),
            };
            one(b, run, U32)
        }
        "clz" => {
            let run = match ty {
                B32 => unary(|x: u32| x.leading_zeros()),
                B64 => unary(|x: u64| x.leading_zeros()),
                _ => return b.unsupported(),
            };
            one(b, run, U32)
        }
        "brev" => {
            let run = match ty {
                B32 => unary(|x: u32| x.reverse_bits()),
                B64 => unary(|x: u64| x.reverse_bits()),
                _ => return b.unsupported(),
            };
            one(b, run, ty)
        }
        "bfind" => {
            let run = match (ty, shift_amount) {
                (U32, false) => unary(|x: u32| 31u32.wrapping_sub(x.leading_zeros())),
                (S32, false) => unary(|x: i32| 31u32.wrapping_sub((x ^ x >> 31).leading_zeros())),
                (U64, false) => unary(|x: u64| 63u32.wrapping_sub(x.leading_zeros())),
                (S64, false) => unary(|x: i64| 63u32.wrapping_sub((x ^ x >> 63).leading_zeros())),
                (U32, true) => unary(|x: u32| if x == 0 { !0 } else { x.leading_zeros() }),
                (S32, true) => unary(|x: i32| {
                    if x ^ x >> 31 == 0 {
                        !0
                    } else {
                        (x ^ x >> 31).leading_zeros()
                    }
                }),
                (U64, true) => unary(|x: u64| if x == 0 { !0 } else { x.leading_zeros() }),
                (S64, true) => unary(|x: i64| {
                    if x ^ x >> 63 == 0 {
                        !0
                    } else {
                        (x ^ x >> 63).leading_zeros()
                    }
                }),
                _ => return b.unsupported(),
            };
            one(b, run, U32)
        }
        "fns" => b.simple(ternary(fns), Class::Integer, B32, &[B32, B32, S32]),
        "bfe" => {
            let run = match ty {
                U32 => ternary(|x: u32, at: u32, len: u32| bfe(x.into(), at, len, 32, false) as u32),
                S32 => ternary(|x: u32, at: u32, len: u32| bfe(x.into(), at, len, 32, true) as u32),
                U64 => ternary(|x: u64, at: u32, len: u32| bfe(x, at, len, 64, false)),
                S64 => ternary(|x: u64, at: u32, len: u32| bfe(x, at, len, 64, true)),
                _ => return b.unsupported(),
            };
            b.simple(run, Class::Integer, ty, &[ty, U32, U32])
        }
        "bmsk" => {
            let run = if wrap {
                binary(|at: u32, len: u32| (((1u64 << (len & 31)) - 1) as u32) << (at & 31))
            } else {
                binary(|at: u32, len: u32| {
                    if at > 31 {
                        0
                    } else {
                        (((1u64 << len.min(32)) - 1) as u32) << at
                    }
                })
            };
            b.simple(run, Class::Integer, B32, &[U32, U32])
        }
        "szext" => {
            let run = match (ty, wrap) {
                (U32, true) => binary(|x: u32, n: u32| bfe(x.into(), 0, n & 31, 32, false) as u32),
                (S32, true) => binary(|x: u32, n: u32| bfe(x.into(), 0, n & 31, 32, true) as u32),
                (U32, false) => binary(|x: u32, n: u32| {
                    if n >= 32 {
                        x
                    } else {
                        bfe(x.into(), 0, n, 32, false) as u32
                    }
                }),
                (S32, false) => binary(|x: u32, n: u32| {
                    if n >= 32 {
                        x
                    } else {
                        bfe(x.into(), 0, n, 32, true) as u32
                    }
                }),
                _ => return b.unsupported(),
            };
            b.simple(run, Class::Integer, ty, &[ty, U32])
        }
        _ => b.unsupported(),
    }
}

/// Bit field extract, with the manual's clamping of position and length to 255.
pub fn bfe(x: u64, at: u32, len: u32, bits: u32, signed: bool) -> u64 {
    let (at, len) = (at & 0xff, len & 0xff);
    if len == 0 {
        return 0;
    }
    let value = if at >= bits { 0 } else { x >> at };
    let sign_at = (at + len - 1).min(bits - 1);
    let sign = signed && x >> sign_at & 1 != 0;
    let kept = len.min(bits.saturating_sub(at));
    let mask = if kept >= 64 { !0 } else { (1u64 << kept) - 1 };
    value & mask | if sign { !mask } else { 0 }
}

fn fns(mask: u32, base: u32, offset: i32) -> u32 {
    let bit = |at: u32| mask >> at & 1 != 0;
    if base > 31 {
        return !0;
    }
    if offset == 0 {
        return if bit(base) { base } else { !0 };
    }
    let mut count = offset.unsigned_abs();
    let mut at = base as i32;
    while (0..32).contains(&at) {
        if bit(at as u32) {
            count -= 1;
            if count == 0 {
                return at as u32;
            }
        }
        at += offset.signum();
    }
    !0
}

fn bfi<T: Lane + Into<u64> + TryFrom<u64>>() -> Run {
    unsafe fn run<T: Lane + Into<u64> + TryFrom<u64>>(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let list = w.list(op);
        let rows = [w.row(list[0]), w.row(list[1]), w.row(list[2]), w.row(list[3])];
        let bits = size_of::<T>() as u32 * 8;
        for lane in crate::device::warp::each(mask) {
            // SAFETY: the decoder gave rows of these types.
            unsafe {
                let (x, y): (u64, u64) = (T::get(rows[0], lane).into(), T::get(rows[1], lane).into());
                let (at, len) = (u32::get(rows[2], lane) & 0xff, u32::get(rows[3], lane) & 0xff);
                let len = len.min(bits.saturating_sub(at));
                let field = if at >= bits || len == 0 {
                    0
                } else {
                    (!0u64 >> (64 - len)) << at
                };
                let value = y & !field | if at < bits { x << at } else { 0 } & field;
                if let Ok(value) = T::try_from(value) {
                    T::put(w.row(op.d), lane, value);
                }
            }
        }
        true
    }
    run::<T>
}

fn predicate_logic(mut b: Builder<'_, '_, '_>) -> Result<()> {
    b.expect_operands(3)?;
    b.op.mode = match b.instruction.opcode {
        "and" => 0,
        "or" => 1,
        _ => 2,
    };
    let (first, second) = (b.operand(1)?, b.operand(2)?);
    let (x, x_not) = b.predicate(first)?;
    let (y, y_not) = b.predicate(second)?;
    b.a(x);
    b.b(y);
    b.op.mode |= u8::from(x_not) << 2 | u8::from(y_not) << 3;
    let d = b.dst(0, Pred)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        // SAFETY: the decoder gave predicates.
        unsafe {
            let x = *w.row(op.a) ^ u32::from(op.mode >> 2 & 1).wrapping_neg();
            let y = *w.row(op.b) ^ u32::from(op.mode >> 3 & 1).wrapping_neg();
            let bits = match op.mode & 3 {
                0 => x & y,
                1 => x | y,
                _ => x ^ y,
            };
            super::vector::write_predicate(w.row(op.d), mask, bits);
        }
        true
    }
    b.emit(run, Class::Integer, &[Field::A, Field::B])
}

fn multiply(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let mad = b.instruction.opcode == "mad";
    if b.has("cc") {
        return carry(b);
    }
    let part = b.take_any(&["lo", "hi", "wide"]).unwrap_or("lo");
    let saturate = b.take("sat");
    let ty = b.ty()?;
    if saturate && !(mad && part == "hi" && ty == S32) {
        return b.error("`.sat` is only for mad.hi.s32");
    }
    let wide = match ty {
        U16 => U32,
        S16 => S32,
        U32 => U64,
        S32 => S64,
        other => other,
    };
    let result = if part == "wide" { wide } else { ty };
    macro_rules! forms {
        ($($name:pat, $part:literal => $x:ty, $r:ty, |$a:ident, $c:ident| $body:expr;)*) => {
            match (ty, part) {
                $(($name, $part) => if mad {
                    ternary(|$a: $x, $c: $x, addend: $r| -> $r { let product: $r = $body; product.wrapping_add(addend) })
                } else {
                    binary(|$a: $x, $c: $x| -> $r { $body })
                },)*
                _ => return b.unsupported(),
            }
        };
    }
    let run = if saturate {
        ternary(|x: i32, y: i32, z: i32| ((i64::from(x) * i64::from(y) >> 32) as i32).saturating_add(z))
    } else {
        forms! {
            U16 | S16, "lo" => u16, u16, |x, y| x.wrapping_mul(y);
            U32 | S32, "lo" => u32, u32, |x, y| x.wrapping_mul(y);
            U64 | S64, "lo" => u64, u64, |x, y| x.wrapping_mul(y);
            U16, "hi" => u16, u16, |x, y| (u32::from(x) * u32::from(y) >> 16) as u16;
            S16, "hi" => i16, i16, |x, y| (i32::from(x) * i32::from(y) >> 16) as i16;
            U32, "hi" => u32, u32, |x, y| (u64::from(x) * u64::from(y) >> 32) as u32;
            S32, "hi" => i32, i32, |x, y| (i64::from(x) * i64::from(y) >> 32) as i32;
            U64, "hi" => u64, u64, |x, y| (u128::from(x) * u128::from(y) >> 64) as u64;
            S64, "hi" => i64, i64, |x, y| (i128::from(x) * i128::from(y) >> 64) as i64;
            U16, "wide" => u16, u32, |x, y| u32::from(x) * u32::from(y);
            S16, "wide" => i16, i32, |x, y| i32::from(x) * i32::from(y);
            U32, "wide" => u32, u64, |x, y| u64::from(x) * u64::from(y);
            S32, "wide" => i32, i64, |x, y| i64::from(x) * i64::from(y);
        }
    };
    let sources = [ty, ty, result];
    b.simple(run, Class::Integer, result, &sources[..if mad { 3 } else { 2 }])
}

fn multiply24(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let high = b.take_any(&["lo", "hi"]) == Some("hi");
    let ty = b.ty()?;
    let mad = b.instruction.opcode == "mad24";
    macro_rules! forms {
        ($product:expr) => {
            if mad {
                ternary(|x: u32, y: u32, z: u32| ($product)(x, y).wrapping_add(z))
            } else {
                binary(|x: u32, y: u32| ($product)(x, y))
            }
        };
    }
    let run = match (ty, high) {
        (U32, false) => forms!(|x: u32, y: u32| (x & 0xff_ffff).wrapping_mul(y & 0xff_ffff)),
        (U32, true) => forms!(|x: u32, y: u32| (u64::from(x & 0xff_ffff) * u64::from(y & 0xff_ffff) >> 16) as u32),
        (S32, false) => forms!(|x: u32, y: u32| ((x << 8) as i32 >> 8).wrapping_mul((y << 8) as i32 >> 8) as u32),
        (S32, true) => {
            forms!(|x: u32, y: u32| (i64::from((x << 8) as i32 >> 8) * i64::from((y << 8) as i32 >> 8) >> 16) as u32)
        }
        _ => return b.unsupported(),
    };
    b.simple(run, Class::Integer, ty, &[ty, ty, ty][..if mad { 3 } else { 2 }])
}

/// Extended-precision arithmetic over the carry flag, which is a register of the function.
fn carry(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let opcode = b.instruction.opcode;
    let writes = b.take("cc");
    let high = b.take_any(&["lo", "hi"]) == Some("hi");
    let ty = b.ty()?;
    if !matches!(ty, U32 | S32 | U64 | S64) {
        return b.unsupported();
    }
    let multiply = matches!(opcode, "mad" | "madc");
    let reads = matches!(opcode, "addc" | "subc" | "madc");
    let subtract = matches!(opcode, "sub" | "subc");
    let wide = ty.bytes() == 8;
    b.op.mode = u8::from(reads)
        | u8::from(writes) << 1
        | u8::from(subtract) << 2
        | u8::from(multiply) << 3
        | u8::from(high) << 4
        | u8::from(wide) << 5
        | u8::from(ty.is_signed()) << 6;
    b.expect_operands(if multiply { 4 } else { 3 })?;
    let a = b.src(1, ty)?;
    b.a(a);
    let second = b.src(2, ty)?;
    b.b(second);
    let mut fields = vec![Field::A, Field::B];
    if multiply {
        let c = b.src(3, ty)?;
        b.c(c);
        fields.push(Field::C);
    }
    let flag = b.function.carry_flag();
    if reads {
        b.list_source(flag);
    }
    if writes {
        b.list_define(flag);
    }
    let d = b.dst(0, ty)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let bit = |index: u8| op.mode >> index & 1 != 0;
        let (reads, writes, subtract, multiply, high, wide, signed) =
            (bit(0), bit(1), bit(2), bit(3), bit(4), bit(5), bit(6));
        let flag = w.row(w.list(op).first().copied().unwrap_or(0));
        let width = if wide { 64 } else { 32 };
        let limit = (1u128 << width) - 1;
        let get = |w: &Warp, operand: u32, lane: usize| {
            // SAFETY: the decoder gave rows of this width.
            unsafe {
                if wide {
                    u64::get(w.row(operand), lane)
                } else {
                    u64::from(u32::get(w.row(operand), lane))
                }
            }
        };
        // SAFETY: the flag is a predicate where the instruction reads or writes it.
        let carries = if reads { unsafe { *flag } } else { 0 };
        let mut out = 0u32;
        for lane in crate::device::warp::each(mask) {
            let (mut x, mut y) = (u128::from(get(w, op.a, lane)), u128::from(get(w, op.b, lane)));
            let carry = u128::from(carries >> lane & 1);
            if multiply {
                let extend = |value: u128| {
                    if wide {
                        value as i64 as i128
                    } else {
                        value as i32 as i128
                    }
                };
                let product = if signed { (extend(x) * extend(y)) as u128 } else { x * y };
                x = if high {
                    product >> width & limit
                } else {
                    product & limit
                };
                y = u128::from(get(w, op.c, lane));
            }
            let total = if subtract {
                x.wrapping_sub(y).wrapping_sub(carry)
            } else {
                x + y + carry
            };
            out |= u32::from(total >> width & 1 != 0) << lane;
            // SAFETY: as above.
            unsafe {
                if wide {
                    u64::put(w.row(op.d), lane, total as u64);
                } else {
                    u32::put(w.row(op.d), lane, total as u32);
                }
            }
        }
        if writes {
            // SAFETY: the flag is a predicate.
            unsafe { super::vector::write_predicate(flag, mask, out) };
        }
        true
    }
    b.emit(run, Class::Integer, &fields)
}

fn funnel(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let (left, wrap) = (b.take("l"), b.take("wrap"));
    b.take("r");
    b.take("clamp");
    b.ty()?;
    let run = match (left, wrap) {
        (true, true) => {
            ternary(|x: u32, y: u32, n: u32| ((u64::from(y) << 32 | u64::from(x)) << (n & 31) >> 32) as u32)
        }
        (true, false) => {
            ternary(|x: u32, y: u32, n: u32| ((u64::from(y) << 32 | u64::from(x)) << n.min(32) >> 32) as u32)
        }
        (false, true) => ternary(|x: u32, y: u32, n: u32| ((u64::from(y) << 32 | u64::from(x)) >> (n & 31)) as u32),
        (false, false) => ternary(|x: u32, y: u32, n: u32| ((u64::from(y) << 32 | u64::from(x)) >> n.min(32)) as u32),
    };
    b.simple(run, Class::Integer, B32, &[B32, B32, U32])
}

fn lop3(mut b: Builder<'_, '_, '_>) -> Result<()> {
    if b.has("BoolOp") || b.has("or") || b.has("and") {
        return b.unsupported();
    }
    b.ty()?;
    b.expect_operands(5)?;
    let crate::ptx::Operand::Integer(table, _) = *b.operand(4)? else {
        return b.error("the table has to be a constant");
    };
    b.op.immediate = (table & 0xff) as i64;
    for (index, field) in [Field::A, Field::B, Field::C].into_iter().enumerate() {
        let operand = b.src(index + 1, B32)?;
        b.put(field, operand);
    }
    let d = b.dst(0, B32)?;
    b.d(d);
    let run = match table & 0xff {
        0xc0 => ternary(|x: u32, y: u32, _: u32| x & y),
        0x80 => ternary(|x: u32, y: u32, z: u32| x & y & z),
        0xfe => ternary(|x: u32, y: u32, z: u32| x | y | z),
        0x96 => ternary(|x: u32, y: u32, z: u32| x ^ y ^ z),
        0xf8 => ternary(|x: u32, y: u32, z: u32| x | y & z),
        0xe2 => ternary(|x: u32, y: u32, z: u32| x & y | z & !y),
        0xb8 => ternary(|x: u32, y: u32, z: u32| z & y | x & !y),
        0xca => ternary(|x: u32, y: u32, z: u32| x & y | z & !x),
        0xea => ternary(|x: u32, y: u32, z: u32| x & y | z),
        0x6a => ternary(|x: u32, y: u32, z: u32| (x & y) ^ z),
        0x78 => ternary(|x: u32, y: u32, z: u32| x ^ (y & z)),
        _ => ternary_immediate(|x: u32, y: u32, z: u32, table: i64| {
            let mut out = 0;
            for index in 0..8u32 {
                let pick = |value: u32, bit: u32| if index >> bit & 1 != 0 { value } else { !value };
                let on = ((table >> index & 1) as u32).wrapping_neg();
                out |= on & pick(x, 2) & pick(y, 1) & pick(z, 0);
            }
            out
        }),
    };
    b.emit(run, Class::Integer, &[Field::A, Field::B, Field::C])
}

fn prmt(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let mode = b.take_any(&["f4e", "b4e", "rc8", "ecl", "ecr", "rc16"]);
    b.ty()?;
    let run = match mode {
        None => ternary(|x: u32, y: u32, selector: u32| {
            let bytes = u64::from(y) << 32 | u64::from(x);
            let mut out = 0;
            for index in 0..4 {
                let pick = selector >> (index * 4);
                let byte = (bytes >> ((pick & 7) * 8)) as u32 & 0xff;
                let sign = (byte >> 7).wrapping_neg() & 0xff;
                out |= (if pick & 8 != 0 { sign } else { byte }) << (index * 8);
            }
            out
        }),
        Some("f4e") => ternary(|x: u32, y: u32, n: u32| prmt_mode(x, y, n, |i, n| n + i)),
        Some("b4e") => ternary(|x: u32, y: u32, n: u32| prmt_mode(x, y, n, |i, n| n.wrapping_sub(i) & 7)),
        Some("rc8") => ternary(|x: u32, y: u32, n: u32| prmt_mode(x, y, n, |_, n| n)),
        Some("ecl") => ternary(|x: u32, y: u32, n: u32| prmt_mode(x, y, n, |i, n| i.max(n))),
        Some("ecr") => ternary(|x: u32, y: u32, n: u32| prmt_mode(x, y, n, |i, n| i.min(n))),
        _ => ternary(|x: u32, y: u32, n: u32| prmt_mode(x, y, n, |i, n| (n & 1) * 2 + (i & 1))),
    };
    b.simple(run, Class::Integer, B32, &[B32, B32, B32])
}

fn prmt_mode(x: u32, y: u32, selector: u32, pick: impl Fn(u32, u32) -> u32) -> u32 {
    let bytes = u64::from(y) << 32 | u64::from(x);
    (0..4).fold(0, |out, index| {
        out | ((bytes >> (pick(index, selector & 3) * 8)) as u32 & 0xff) << (index * 8)
    })
}

fn dot(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let four = b.instruction.opcode == "dp4a";
    let high = b.take_any(&["lo", "hi"]) == Some("hi");
    let (x, y) = (b.ty()?, b.ty()?);
    fn byte(value: u32, index: u32, signed: bool) -> i32 {
        let byte = (value >> (index * 8)) as u8;
        if signed { i32::from(byte as i8) } else { i32::from(byte) }
    }
    fn half(value: u32, index: u32, signed: bool) -> i32 {
        let half = (value >> (index * 16)) as u16;
        if signed {
            i32::from(half as i16)
        } else {
            i32::from(half)
        }
    }
    b.op.immediate = i64::from(x == S32) | i64::from(y == S32) << 1 | i64::from(high) << 2;
    for (index, field) in [Field::A, Field::B, Field::C].into_iter().enumerate() {
        let operand = b.src(index + 1, U32)?;
        b.put(field, operand);
    }
    let d = b.dst(0, U32)?;
    b.d(d);
    let run = if four {
        ternary_immediate(|x: u32, y: u32, z: u32, mode: i64| {
            (0..4).fold(z, |sum, i| {
                sum.wrapping_add((byte(x, i, mode & 1 != 0) * byte(y, i, mode & 2 != 0)) as u32)
            })
        })
    } else {
        ternary_immediate(|x: u32, y: u32, z: u32, mode: i64| {
            let from = if mode & 4 != 0 { 2 } else { 0 };
            (0..2).fold(z, |sum, i| {
                let product = half(x, i, mode & 1 != 0).wrapping_mul(byte(y, i + from, mode & 2 != 0));
                sum.wrapping_add(product as u32)
            })
        })
    };
    b.emit(run, Class::Integer, &[Field::A, Field::B, Field::C])
}
