//! Roots, reciprocals and transcendental functions (PTX ISA 9.7.3.11 on), float classification, clocks.
//!
//! `.approx` functions are computed in double precision and rounded once, well inside the manual's error bounds; the
//! last bits differ from a card's.

use super::float::{double, i, o, rounding, single};
use super::half::{Bf16Format, F16Format, Format, forms};
use super::numbers::*;
use super::vector::{Lane, binary, unary};
use crate::decode::{Builder, Field, Result};
use crate::device::op::{Class, Op, Run};
use crate::device::warp::Warp;
use crate::ptx::Type::*;

#[inline(always)]
fn rcp32<const MODE: u8>(x: f32) -> f32 {
    div32::<MODE>(1.0, x)
}
#[inline(always)]
fn rcp64<const MODE: u8>(x: f64) -> f64 {
    div64::<MODE>(1.0, x)
}
#[inline(always)]
fn rsqrt32<const MODE: u8>(x: f32) -> f32 {
    (1.0 / f64::from(x).sqrt()) as f32
}
#[inline(always)]
fn sin32<const MODE: u8>(x: f32) -> f32 {
    f64::from(x).sin() as f32
}
#[inline(always)]
fn cos32<const MODE: u8>(x: f32) -> f32 {
    f64::from(x).cos() as f32
}
#[inline(always)]
fn lg232<const MODE: u8>(x: f32) -> f32 {
    f64::from(x).log2() as f32
}

/// 2^x: the integer part goes to the exponent, the rest through a polynomial that is good to 2^-36.
#[inline(always)]
pub fn ex232<const MODE: u8>(x: f32) -> f32 {
    let bounded = f64::from(x).clamp(-160.0, 160.0);
    let whole = (bounded + 6_755_399_441_055_744.0) - 6_755_399_441_055_744.0;
    let t = (bounded - whole) * std::f64::consts::LN_2;
    let mut sum = 1.0 / 40320.0;
    for factor in [
        1.0 / 5040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ] {
        sum = sum * t + factor;
    }
    let scale = f64::from_bits(((whole as i64 + 1023) as u64) << 52);
    if x.is_nan() { x } else { (sum * scale) as f32 }
}

#[inline(always)]
fn tanh32<const MODE: u8>(x: f32) -> f32 {
    // Through 2^x, so that it vectorises; near zero the quotient would lose digits.
    let e = f64::from(ex232::<0>(2.0 * x.abs().min(20.0) * std::f32::consts::LOG2_E));
    let large = (1.0 - 2.0 / (e + 1.0)) as f32;
    let square = x * x;
    let small = x.abs() * (1.0 - square * (1.0 / 3.0 - square * (2.0 / 15.0 - square * (17.0 / 315.0))));
    let value = if x.abs() < 0.125 { small } else { large };
    if x.is_nan() { x } else { value.copysign(x) }
}

#[inline(always)]
fn tanh16<F: Format>(x: u16) -> u16 {
    F::put(tanh32::<0>(F::get(x)))
}
#[inline(always)]
fn ex216<F: Format>(x: u16) -> u16 {
    F::put(ex232::<0>(F::get(x)))
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let opcode = b.instruction.opcode;
    match opcode {
        "testp" => return testp(b),
        "copysign" => {
            let ty = b.ty()?;
            let run = match ty {
                F32 => binary(|x: u32, y: u32| y & 0x7fff_ffff | x & 0x8000_0000),
                F64 => binary(|x: u64, y: u64| y & !(1 << 63) | x & 1 << 63),
                _ => return b.unsupported(),
            };
            return b.simple(run, Class::Float, ty, &[ty, ty]);
        }
        _ => {}
    }
    let approximate = b.take("approx");
    let ftz = b.take("ftz");
    let mode = rounding(&mut b).unwrap_or(RN);
    let ty = b.ty()?;
    let class = Class::Special;
    b.op.flops = 1;
    let run = match (opcode, ty) {
        ("rcp", F32) => single!(unary, ftz, false, mode, rcp32, (x)),
        ("sqrt", F32) => single!(unary, ftz, false, mode, sqrt32, (x)),
        ("rsqrt", F32) => single!(unary, ftz, false, RN, rsqrt32, (x)),
        ("sin", F32) => single!(unary, ftz, false, RN, sin32, (x)),
        ("cos", F32) => single!(unary, ftz, false, RN, cos32, (x)),
        ("lg2", F32) => single!(unary, ftz, false, RN, lg232, (x)),
        ("ex2", F32) => single!(unary, ftz, false, RN, ex232, (x)),
        ("tanh", F32) => single!(unary, false, false, RN, tanh32, (x)),
        ("tanh", _) => forms!(b, ty, unary, (x), tanh16[]),
        ("ex2", F16 | F16x2 | Bf16 | Bf16x2) => forms!(b, ty, unary, (x), ex216[]),
        // The approximate double forms give the upper 32 bits only.
        ("rcp", F64) if approximate => unary(|x: f64| f64::from_bits((1.0 / x).to_bits() & !0xffff_ffff)),
        ("rsqrt", F64) => unary(|x: f64| f64::from_bits((1.0 / x.sqrt()).to_bits() & !0xffff_ffff)),
        ("rcp", F64) => double!(unary, mode, rcp64, (x)),
        ("sqrt", F64) => double!(unary, mode, sqrt64, (x)),
        _ => return b.unsupported(),
    };
    b.simple(run, class, ty, &[ty])
}

fn testp(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let Some(test) = b.take_any(&["finite", "infinite", "number", "notanumber", "normal", "subnormal"]) else {
        return b.unsupported();
    };
    let ty = b.ty()?;
    b.op.mode = match test {
        "finite" => 0,
        "infinite" => 1,
        "number" => 2,
        "notanumber" => 3,
        "normal" => 4,
        _ => 5,
    };
    b.op.width = ty.bytes() as u8;
    b.expect_operands(2)?;
    let a = b.src(1, ty)?;
    b.a(a);
    let d = b.dst(0, Pred)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        use std::num::FpCategory::*;
        let a = w.row(op.a);
        let bits = crate::device::warp::lanes(mask, |lane| {
            // SAFETY: the decoder gave a row of this width.
            let category = unsafe {
                if op.width == 8 {
                    f64::get(a, lane).classify()
                } else {
                    f32::get(a, lane).classify()
                }
            };
            match op.mode {
                0 => !matches!(category, Infinite | Nan),
                1 => category == Infinite,
                2 => category != Nan,
                3 => category == Nan,
                4 => category == Normal,
                _ => category == Subnormal,
            }
        });
        // SAFETY: the destination is a predicate.
        unsafe { super::vector::write_predicate(w.row(op.d), mask, bits) };
        true
    }
    b.emit(run, Class::Compare, &[Field::A])
}

/// The clock counts the warp's instructions: monotonic and the same in every run.
fn clock(w: &Warp) -> u64 {
    w.instructions * 4
}

fn nanoseconds(_: &Warp) -> u64 {
    use std::time::{SystemTime, UNIX_EPOCH};
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_nanos() as u64)
}

fn broadcast<R: Lane>(w: &mut Warp, op: &Op, mask: u32, value: R) -> bool {
    // SAFETY: the decoder gave a row of this type.
    unsafe { super::vector::write(w.row(op.d), mask, &[value; 32]) };
    true
}

macro_rules! clocks {
    ($($name:ident: $source:ident, |$x:ident| $body:expr;)*) => {$(
        pub fn $name() -> Run {
            unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
                let $x = $source(w);
                broadcast(w, op, mask, $body)
            }
            run
        }
    )*};
}

clocks! {
    clock32: clock, |x| x as u32;
    clock_high: clock, |x| (x >> 32) as u32;
    clock64: clock, |x| x;
    timer32: nanoseconds, |x| x as u32;
    timer_high: nanoseconds, |x| (x >> 32) as u32;
    timer64: nanoseconds, |x| x;
}
