//! Half-precision arithmetic: f16, bf16 and their packed pairs (PTX ISA 9.7.4).
//!
//! Each operation is computed in single precision and rounded once to the format; add, mul and div of f16 and bf16
//! values round correctly that way, fma goes through double precision.

use super::float::{max32, min32};
use super::numbers::*;
use super::vector::{binary, ternary, unary};
use crate::decode::{Builder, Result};
use crate::device::op::Class;
use crate::ptx::Type::*;

/// How a 16-bit format is read and written.
pub trait Format {
    fn get(bits: u16) -> f32;
    fn put(value: f32) -> u16;
    fn from_f64(value: f64) -> u16;
}

#[derive(Clone, Copy)]
pub struct F16Format;
#[derive(Clone, Copy)]
pub struct Bf16Format;

impl Format for F16Format {
    #[inline(always)]
    fn get(bits: u16) -> f32 {
        half_to_f32(bits)
    }
    #[inline(always)]
    fn put(value: f32) -> u16 {
        f32_to_half(value)
    }
    #[inline(always)]
    fn from_f64(value: f64) -> u16 {
        HALF.encode(value, Rounding::Nearest, false) as u16
    }
}

impl Format for Bf16Format {
    #[inline(always)]
    fn get(bits: u16) -> f32 {
        bf16_to_f32(bits)
    }
    #[inline(always)]
    fn put(value: f32) -> u16 {
        f32_to_bf16(value)
    }
    #[inline(always)]
    fn from_f64(value: f64) -> u16 {
        BFLOAT.encode(value, Rounding::Nearest, false) as u16
    }
}

/// A fused multiply-add rounded once to the format.
#[inline(always)]
fn fma<F: Format, const RELU: bool, const SAT: bool>(x: u16, y: u16, z: u16) -> u16 {
    let product = f64::from(F::get(x)) * f64::from(F::get(y));
    let addend = f64::from(F::get(z));
    // The product is exact; rounding the sum to odd leaves the last rounding to the format.
    let sum = product + addend;
    let part = sum - product;
    let error = (product - (sum - part)) + (addend - part);
    let bits = sum.to_bits();
    let odd = if error == 0.0 || !error.is_finite() || !sum.is_finite() || bits & 1 != 0 {
        sum
    } else if (error > 0.0) == (sum > 0.0) {
        f64::from_bits(bits + 1)
    } else {
        f64::from_bits(bits - 1)
    };
    let value = if RELU && odd < 0.0 {
        0.0
    } else if SAT {
        saturate64(odd)
    } else {
        odd
    };
    F::from_f64(value)
}

#[inline(always)]
fn flush16(bits: u16) -> u16 {
    if bits & 0x7c00 == 0 { bits & 0x8000 } else { bits }
}

/// Lifts an operation on two 16-bit values to scalars or pairs, for either format.
macro_rules! forms {
    ($b:ident, $ty:expr, $lift:ident, ($($x:ident),+), $f:ident [$($generic:tt),*]) => {
        match $ty {
            F16 => $lift(|$($x: u16),+| $f::<F16Format $(, $generic)*>($($x),+)),
            Bf16 => $lift(|$($x: u16),+| $f::<Bf16Format $(, $generic)*>($($x),+)),
            F16x2 => $lift(|$($x: u32),+| {
                u32::from($f::<F16Format $(, $generic)*>($($x as u16),+))
                    | u32::from($f::<F16Format $(, $generic)*>($(($x >> 16) as u16),+)) << 16
            }),
            Bf16x2 => $lift(|$($x: u32),+| {
                u32::from($f::<Bf16Format $(, $generic)*>($($x as u16),+))
                    | u32::from($f::<Bf16Format $(, $generic)*>($(($x >> 16) as u16),+)) << 16
            }),
            _ => return $b.unsupported(),
        }
    };
}
pub(super) use forms;

#[inline(always)]
fn finish<F: Format, const SAT: bool>(value: f32) -> u16 {
    F::put(if SAT { saturate(value) } else { value })
}

#[inline(always)]
fn add<F: Format, const SAT: bool>(x: u16, y: u16) -> u16 {
    finish::<F, SAT>(F::get(x) + F::get(y))
}
#[inline(always)]
fn sub<F: Format, const SAT: bool>(x: u16, y: u16) -> u16 {
    finish::<F, SAT>(F::get(x) - F::get(y))
}
#[inline(always)]
fn mul<F: Format, const SAT: bool>(x: u16, y: u16) -> u16 {
    finish::<F, SAT>(F::get(x) * F::get(y))
}
#[inline(always)]
fn neg<F: Format>(x: u16) -> u16 {
    x ^ 0x8000
}
#[inline(always)]
fn abs<F: Format>(x: u16) -> u16 {
    x & 0x7fff
}
#[inline(always)]
fn min<F: Format, const NAN: bool>(x: u16, y: u16) -> u16 {
    F::put(min32::<NAN>(F::get(x), F::get(y)))
}
#[inline(always)]
fn max<F: Format, const NAN: bool>(x: u16, y: u16) -> u16 {
    F::put(max32::<NAN>(F::get(x), F::get(y)))
}
#[inline(always)]
fn flushed_add<F: Format>(x: u16, y: u16) -> u16 {
    flush16(add::<F, false>(flush16(x), flush16(y)))
}
#[inline(always)]
fn flushed_sub<F: Format>(x: u16, y: u16) -> u16 {
    flush16(sub::<F, false>(flush16(x), flush16(y)))
}
#[inline(always)]
fn flushed_mul<F: Format>(x: u16, y: u16) -> u16 {
    flush16(mul::<F, false>(flush16(x), flush16(y)))
}
#[inline(always)]
fn flushed_fma<F: Format>(x: u16, y: u16, z: u16) -> u16 {
    flush16(fma::<F, false, false>(flush16(x), flush16(y), flush16(z)))
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let opcode = b.instruction.opcode;
    let ftz = b.take("ftz");
    let sat = b.take("sat");
    let nan = b.take("NaN");
    let relu = b.take("relu");
    b.take("rn");
    if b.take("xorsign") {
        return b.unsupported();
    }
    let ty = b.ty()?;
    if ftz && matches!(ty, Bf16 | Bf16x2) {
        return b.error("`.ftz` is not for .bf16");
    }
    let pairs = if matches!(ty, F16x2 | Bf16x2) { 2 } else { 1 };
    b.op.flops = match opcode {
        "fma" => 2 * pairs,
        "add" | "sub" | "mul" => pairs,
        _ => 0,
    };
    let (run, operands) = match (opcode, sat) {
        ("add", _) if ftz && !sat => (forms!(b, ty, binary, (x, y), flushed_add[]), 2),
        ("sub", _) if ftz && !sat => (forms!(b, ty, binary, (x, y), flushed_sub[]), 2),
        ("mul", _) if ftz && !sat => (forms!(b, ty, binary, (x, y), flushed_mul[]), 2),
        ("fma", _) if ftz && !sat && !relu => (forms!(b, ty, ternary, (x, y, z), flushed_fma[]), 3),
        ("add", false) => (forms!(b, ty, binary, (x, y), add[false]), 2),
        ("add", true) => (forms!(b, ty, binary, (x, y), add[true]), 2),
        ("sub", false) => (forms!(b, ty, binary, (x, y), sub[false]), 2),
        ("sub", true) => (forms!(b, ty, binary, (x, y), sub[true]), 2),
        ("mul", false) => (forms!(b, ty, binary, (x, y), mul[false]), 2),
        ("mul", true) => (forms!(b, ty, binary, (x, y), mul[true]), 2),
        ("fma", _) if relu => (forms!(b, ty, ternary, (x, y, z), fma[true, false]), 3),
        ("fma", true) => (forms!(b, ty, ternary, (x, y, z), fma[false, true]), 3),
        ("fma", false) => (forms!(b, ty, ternary, (x, y, z), fma[false, false]), 3),
        ("neg", _) => (forms!(b, ty, unary, (x), neg[]), 1),
        ("abs", _) => (forms!(b, ty, unary, (x), abs[]), 1),
        ("min", _) if nan => (forms!(b, ty, binary, (x, y), min[true]), 2),
        ("min", _) => (forms!(b, ty, binary, (x, y), min[false]), 2),
        ("max", _) if nan => (forms!(b, ty, binary, (x, y), max[true]), 2),
        ("max", _) => (forms!(b, ty, binary, (x, y), max[false]), 2),
        _ => return b.unsupported(),
    };
    b.simple(run, Class::Float, ty, &[ty, ty, ty][..operands])
}
