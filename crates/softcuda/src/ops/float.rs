//! Single and double precision arithmetic (PTX ISA 9.7.3).

use super::numbers::*;
use super::vector::{binary, ternary, unary};
use crate::decode::{Builder, Result};
use crate::device::op::Class;
use crate::ptx::Type::*;

/// Flushes an operand.
#[inline(always)]
pub fn i<const FTZ: bool>(value: f32) -> f32 {
    if FTZ { flush(value) } else { value }
}

/// Finishes a result: flushed, saturated, NaN as the hardware makes it.
#[inline(always)]
pub fn o<const FTZ: bool, const SAT: bool>(value: f32) -> f32 {
    let value = if FTZ { flush(value) } else { value };
    if SAT { saturate(value) } else { canonical(value) }
}

/// The instances of a single-precision operation by flushing, saturation and rounding mode.
macro_rules! single {
    ($lift:ident, $ftz:expr, $sat:expr, $mode:expr, $f:ident, ($($x:ident),+)) => {
        match ($ftz, $sat, $mode) {
            (false, false, 0) => $lift(|$($x: f32),+| o::<false, false>($f::<0>($($x),+))),
            (false, false, 1) => $lift(|$($x: f32),+| o::<false, false>($f::<1>($($x),+))),
            (false, false, 2) => $lift(|$($x: f32),+| o::<false, false>($f::<2>($($x),+))),
            (false, false, _) => $lift(|$($x: f32),+| o::<false, false>($f::<3>($($x),+))),
            (false, true, 0) => $lift(|$($x: f32),+| o::<false, true>($f::<0>($($x),+))),
            (false, true, 1) => $lift(|$($x: f32),+| o::<false, true>($f::<1>($($x),+))),
            (false, true, 2) => $lift(|$($x: f32),+| o::<false, true>($f::<2>($($x),+))),
            (false, true, _) => $lift(|$($x: f32),+| o::<false, true>($f::<3>($($x),+))),
            (true, false, 0) => $lift(|$($x: f32),+| o::<true, false>($f::<0>($(i::<true>($x)),+))),
            (true, false, 1) => $lift(|$($x: f32),+| o::<true, false>($f::<1>($(i::<true>($x)),+))),
            (true, false, 2) => $lift(|$($x: f32),+| o::<true, false>($f::<2>($(i::<true>($x)),+))),
            (true, false, _) => $lift(|$($x: f32),+| o::<true, false>($f::<3>($(i::<true>($x)),+))),
            (true, true, 0) => $lift(|$($x: f32),+| o::<true, true>($f::<0>($(i::<true>($x)),+))),
            (true, true, 1) => $lift(|$($x: f32),+| o::<true, true>($f::<1>($(i::<true>($x)),+))),
            (true, true, 2) => $lift(|$($x: f32),+| o::<true, true>($f::<2>($(i::<true>($x)),+))),
            (true, true, _) => $lift(|$($x: f32),+| o::<true, true>($f::<3>($(i::<true>($x)),+))),
        }
    };
}
pub(super) use single;

/// The instances of a double-precision operation by rounding mode.
macro_rules! double {
    ($lift:ident, $mode:expr, $f:ident, ($($x:ident),+)) => {
        match $mode {
            0 => $lift(|$($x: f64),+| $f::<0>($($x),+)),
            1 => $lift(|$($x: f64),+| $f::<1>($($x),+)),
            2 => $lift(|$($x: f64),+| $f::<2>($($x),+)),
            _ => $lift(|$($x: f64),+| $f::<3>($($x),+)),
        }
    };
}
pub(super) use double;

#[inline(always)]
fn sub32<const MODE: u8>(a: f32, b: f32) -> f32 {
    add32::<MODE>(a, -b)
}

#[inline(always)]
fn sub64<const MODE: u8>(a: f64, b: f64) -> f64 {
    add64::<MODE>(a, -b)
}

/// minNum of IEEE 754-2008, with -0 below +0; `NAN`: a NaN operand wins.
#[inline(always)]
pub fn min32<const NAN: bool>(a: f32, b: f32) -> f32 {
    if a.is_nan() || b.is_nan() {
        return if NAN || a.is_nan() && b.is_nan() {
            f32::from_bits(0x7fff_ffff)
        } else if a.is_nan() {
            b
        } else {
            a
        };
    }
    if a == b {
        f32::from_bits(a.to_bits() | b.to_bits())
    } else if a < b {
        a
    } else {
        b
    }
}

#[inline(always)]
pub fn max32<const NAN: bool>(a: f32, b: f32) -> f32 {
    if a.is_nan() || b.is_nan() {
        return if NAN || a.is_nan() && b.is_nan() {
            f32::from_bits(0x7fff_ffff)
        } else if a.is_nan() {
            b
        } else {
            a
        };
    }
    if a == b {
        f32::from_bits(a.to_bits() & b.to_bits())
    } else if a > b {
        a
    } else {
        b
    }
}

/// Keeps the smaller magnitude's or the sign of the product: `.xorsign.abs`.
#[inline(always)]
fn xorsign(value: f32, a: f32, b: f32) -> f32 {
    f32::from_bits(value.to_bits() & 0x7fff_ffff | (a.to_bits() ^ b.to_bits()) & 0x8000_0000)
}

/// The rounding modifier, as a number of [`numbers`](super::numbers).
pub fn rounding(b: &mut Builder<'_, '_, '_>) -> Option<u8> {
    b.take_any(&["rn", "rz", "rm", "rp"]).map(|name| match name {
        "rn" => RN,
        "rz" => RZ,
        "rm" => RM,
        _ => RP,
    })
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let opcode = b.instruction.opcode;
    let ftz = b.take("ftz");
    let sat = b.take("sat");
    let mode = rounding(&mut b).unwrap_or(RN);
    let approximate = b.take_any(&["approx", "full"]).is_some();
    let nan = b.take("NaN");
    let xor = b.take("xorsign");
    if xor {
        b.take("abs");
    }
    let ty = b.ty()?;
    let class = Class::Float;
    b.op.flops = match opcode {
        "mad" | "fma" => 2,
        "add" | "sub" | "mul" | "div" => 1,
        _ => 0,
    };
    let operands = match opcode {
        "neg" | "abs" => 1,
        "fma" | "mad" => 3,
        "min" | "max" if b.count() == 4 => 3,
        _ => 2,
    };
    if ty == F64 {
        if ftz || sat && !matches!(opcode, "add" | "sub" | "mul" | "fma" | "mad") {
            return b.error("`.ftz` and `.sat` are not for .f64");
        }
        let run = match opcode {
            "add" => double!(binary, mode, add64, (x, y)),
            "sub" => double!(binary, mode, sub64, (x, y)),
            "mul" => double!(binary, mode, mul64, (x, y)),
            "fma" | "mad" => double!(ternary, mode, fma64, (x, y, z)),
            "div" => double!(binary, mode, div64, (x, y)),
            "neg" => unary(|x: u64| x ^ 1 << 63),
            "abs" => unary(|x: u64| x & !(1 << 63)),
            "min" => binary(|x: f64, y: f64| {
                if x == y {
                    f64::from_bits(x.to_bits() | y.to_bits())
                } else {
                    x.min(y)
                }
            }),
            "max" => binary(|x: f64, y: f64| {
                if x == y {
                    f64::from_bits(x.to_bits() & y.to_bits())
                } else {
                    x.max(y)
                }
            }),
            _ => return b.unsupported(),
        };
        return b.simple(run, class, F64, &[F64, F64, F64][..operands]);
    }
    // `.approx` and `.full` division is within 2 ulp; correct rounding is.
    let _ = approximate;
    let run = match opcode {
        "add" => single!(binary, ftz, sat, mode, add32, (x, y)),
        "sub" => single!(binary, ftz, sat, mode, sub32, (x, y)),
        "mul" => single!(binary, ftz, sat, mode, mul32, (x, y)),
        "fma" | "mad" => single!(ternary, ftz, sat, mode, fma32, (x, y, z)),
        "div" => single!(binary, ftz, sat, mode, div32, (x, y)),
        "neg" if ftz => unary(|x: f32| -flush(x)),
        "neg" => unary(|x: u32| x ^ 1 << 31),
        "abs" if ftz => unary(|x: f32| flush(x).abs()),
        "abs" => unary(|x: u32| x & !(1 << 31)),
        "min" | "max" if operands == 3 => match (opcode == "min", ftz, nan) {
            (true, false, false) => ternary(|x: f32, y: f32, z: f32| min32::<false>(min32::<false>(x, y), z)),
            (true, false, true) => ternary(|x: f32, y: f32, z: f32| min32::<true>(min32::<true>(x, y), z)),
            (false, false, false) => ternary(|x: f32, y: f32, z: f32| max32::<false>(max32::<false>(x, y), z)),
            (false, false, true) => ternary(|x: f32, y: f32, z: f32| max32::<true>(max32::<true>(x, y), z)),
            _ => return b.unsupported(),
        },
        "min" | "max" if xor => match (opcode == "min", nan) {
            (true, false) => binary(|x: f32, y: f32| xorsign(min32::<false>(x.abs(), y.abs()), x, y)),
            (true, true) => binary(|x: f32, y: f32| xorsign(min32::<true>(x.abs(), y.abs()), x, y)),
            (false, false) => binary(|x: f32, y: f32| xorsign(max32::<false>(x.abs(), y.abs()), x, y)),
            (false, true) => binary(|x: f32, y: f32| xorsign(max32::<true>(x.abs(), y.abs()), x, y)),
        },
        "min" => match (ftz, nan) {
            (false, false) => binary(min32::<false>),
            (false, true) => binary(min32::<true>),
            (true, false) => binary(|x: f32, y: f32| min32::<false>(flush(x), flush(y))),
            (true, true) => binary(|x: f32, y: f32| min32::<true>(flush(x), flush(y))),
        },
        "max" => match (ftz, nan) {
            (false, false) => binary(max32::<false>),
            (false, true) => binary(max32::<true>),
            (true, false) => binary(|x: f32, y: f32| max32::<false>(flush(x), flush(y))),
            (true, true) => binary(|x: f32, y: f32| max32::<true>(flush(x), flush(y))),
        },
        _ => return b.unsupported(),
    };
    b.simple(run, class, F32, &[F32, F32, F32][..operands])
}
