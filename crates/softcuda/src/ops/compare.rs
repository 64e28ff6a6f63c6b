//! set, setp, selp, slct (PTX ISA 9.7.6, 9.7.7).

use super::half::{Bf16Format, F16Format, Format};
use super::numbers::flush;
use super::vector::{Lane, compare, finish_compare, ternary};
use crate::decode::{Builder, Field, Result};
use crate::device::op::{Class, Op, Run};
use crate::device::warp::Warp;
use crate::ptx::{Operand, Type, Type::*};

const COMPARISONS: [&str; 18] = [
    "eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs", "equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan",
];

macro_rules! integers {
    ($comparison:expr, $($name:pat => $ty:ty),*; $type:expr) => {
        match ($type, $comparison) {
            $(
                ($name, "eq") => compare(|x: $ty, y: $ty| x == y),
                ($name, "ne") => compare(|x: $ty, y: $ty| x != y),
                ($name, "lt" | "lo") => compare(|x: $ty, y: $ty| x < y),
                ($name, "le" | "ls") => compare(|x: $ty, y: $ty| x <= y),
                ($name, "gt" | "hi") => compare(|x: $ty, y: $ty| x > y),
                ($name, "ge" | "hs") => compare(|x: $ty, y: $ty| x >= y),
            )*
            _ => return None,
        }
    };
}

macro_rules! floats {
    ($comparison:expr, $ty:ty, $get:expr) => {
        match $comparison {
            "eq" => compare(|x: $ty, y: $ty| $get(x) == $get(y)),
            "ne" => compare(|x: $ty, y: $ty| $get(x) < $get(y) || $get(x) > $get(y)),
            "lt" => compare(|x: $ty, y: $ty| $get(x) < $get(y)),
            "le" => compare(|x: $ty, y: $ty| $get(x) <= $get(y)),
            "gt" => compare(|x: $ty, y: $ty| $get(x) > $get(y)),
            "ge" => compare(|x: $ty, y: $ty| $get(x) >= $get(y)),
            "equ" => compare(|x: $ty, y: $ty| !($get(x) < $get(y) || $get(x) > $get(y))),
            "neu" => compare(|x: $ty, y: $ty| $get(x) != $get(y)),
            "ltu" => compare(|x: $ty, y: $ty| !($get(x) >= $get(y))),
            "leu" => compare(|x: $ty, y: $ty| !($get(x) > $get(y))),
            "gtu" => compare(|x: $ty, y: $ty| !($get(x) <= $get(y))),
            "geu" => compare(|x: $ty, y: $ty| !($get(x) < $get(y))),
            "num" => compare(|x: $ty, y: $ty| !$get(x).is_nan() && !$get(y).is_nan()),
            "nan" => compare(|x: $ty, y: $ty| $get(x).is_nan() || $get(y).is_nan()),
            _ => return None,
        }
    };
}

/// The function of a comparison; None when the type has no such.
#[allow(clippy::neg_cmp_op_on_partial_ord)]
fn comparison(name: &str, ty: Type, ftz: bool) -> Option<Run> {
    Some(match ty {
        F32 if ftz => floats!(name, f32, flush),
        F32 => floats!(name, f32, |x: f32| x),
        F64 => floats!(name, f64, |x: f64| x),
        F16 => floats!(name, u16, F16Format::get),
        Bf16 => floats!(name, u16, Bf16Format::get),
        B16 | B32 | B64 if !matches!(name, "eq" | "ne") => return None,
        _ => {
            integers!(name, U16 | B16 => u16, S16 => i16, U32 | B32 => u32, S32 => i32, U64 | B64 => u64, S64 => i64; ty)
        }
    })
}

/// Predicate operand of a comparison and how it is combined.
fn combine(b: &mut Builder<'_, '_, '_>, boolean: Option<&str>) -> Result<()> {
    let Some(boolean) = boolean else { return Ok(()) };
    let operand = b.operand(3)?;
    let (c, negated) = b.predicate(operand)?;
    b.c(c);
    b.op.mode = match boolean {
        "and" => 1,
        "or" => 2,
        _ => 3,
    } | u8::from(negated) << 3;
    Ok(())
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    match b.instruction.opcode {
        "selp" => return select(b),
        "slct" => return slct(b),
        _ => {}
    }
    let set = b.instruction.opcode == "set";
    let Some(name) = b.take_any(&COMPARISONS) else {
        return b.error("the comparison is missing");
    };
    let boolean = b.take_any(&["and", "or", "xor"]);
    let ftz = b.take("ftz");
    let result = if set { Some(b.ty()?) } else { None };
    let ty = b.ty()?;
    if matches!(ty, F16x2 | Bf16x2) {
        return pairs(b, name, boolean, ty, result);
    }
    let Some(run) = comparison(name, ty, ftz) else {
        return b.unsupported();
    };
    b.expect_operands(if boolean.is_some() { 4 } else { 3 })?;
    let a = b.src(1, ty)?;
    b.a(a);
    let second = b.src(2, ty)?;
    b.b(second);
    combine(&mut b, boolean)?;
    let mut fields = vec![Field::A, Field::B];
    if boolean.is_some() {
        fields.push(Field::C);
    }
    b.op.immediate = -1;
    if let Some(result) = result {
        // The predicate first, then what it stands for: all ones or 1.0.
        let flag = b.fresh(crate::decode::RegisterClass::Predicate);
        let d = b.dst(0, result)?;
        let one = match result {
            F32 => 0x3f80_0000u128,
            F16 => 0x3c00,
            Bf16 => 0x3f80,
            U32 | S32 => 0xffff_ffff,
            U16 | S16 => 0xffff,
            _ => return b.unsupported(),
        };
        let class = crate::decode::RegisterClass::Word;
        let (yes, no) = (b.constant(one, class), b.constant(0, class));
        b.d(flag);
        let mut second = b.split(run, Class::Compare, &fields)?;
        second.a(yes);
        second.b(no);
        second.c(flag);
        second.d(d);
        return second.emit(select_run::<u32>, Class::Compare, &[Field::A, Field::B, Field::C]);
    }
    match b.operand(0)? {
        Operand::Pair(first, second) => {
            let d = b.destination(first, Pred)?;
            b.d(d);
            let other = b.destination(second, Pred)?;
            b.define(Field::Immediate, other);
        }
        operand => {
            let d = b.destination(operand, Pred)?;
            b.d(d);
        }
    }
    b.emit(run, Class::Compare, &fields)
}

/// Comparisons of packed pairs: setp gives two predicates, set two halves.
fn pairs(mut b: Builder<'_, '_, '_>, name: &str, boolean: Option<&str>, ty: Type, result: Option<Type>) -> Result<()> {
    const NAMES: [&str; 14] = [
        "eq", "ne", "lt", "le", "gt", "ge", "equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan",
    ];
    let Some(index) = NAMES.iter().position(|known| *known == name) else {
        return b.unsupported();
    };
    b.op.width = index as u8 | u8::from(ty == Bf16x2) << 4;
    let a = b.src(1, B32)?;
    b.a(a);
    let second = b.src(2, B32)?;
    b.b(second);
    combine(&mut b, boolean)?;
    let mut fields = vec![Field::A, Field::B];
    if boolean.is_some() {
        fields.push(Field::C);
    }
    fn holds(index: u8, x: f32, y: f32) -> bool {
        let unordered = x.is_nan() || y.is_nan();
        match index {
            0 => x == y,
            1 => x != y && !unordered,
            2 => x < y,
            3 => x <= y,
            4 => x > y,
            5 => x >= y,
            6 => x == y || unordered,
            7 => x != y,
            8 => x < y || unordered,
            9 => x <= y || unordered,
            10 => x > y || unordered,
            11 => x >= y || unordered,
            12 => !unordered,
            _ => unordered,
        }
    }
    fn masks(w: &Warp, op: &Op) -> [u32; 2] {
        let get = |bits: u16| {
            if op.width >> 4 != 0 {
                Bf16Format::get(bits)
            } else {
                F16Format::get(bits)
            }
        };
        [0, 16].map(|shift| {
            crate::device::warp::lanes(!0, |lane| {
                // SAFETY: the decoder gave 32-bit rows.
                let (x, y) = unsafe {
                    (
                        u32::get(w.row(op.a), lane) >> shift,
                        u32::get(w.row(op.b), lane) >> shift,
                    )
                };
                holds(op.width & 15, get(x as u16), get(y as u16))
            })
        })
    }
    if let Some(result) = result {
        if !matches!(result, F16x2 | Bf16x2 | U32 | S32) || boolean.is_some() {
            return b.unsupported();
        }
        b.op.immediate = match result {
            F16x2 => 0x3c00,
            Bf16x2 => 0x3f80,
            _ => 0xffff,
        };
        let d = b.dst(0, B32)?;
        b.d(d);
        unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
            let [low, high] = masks(w, op);
            let one = op.immediate as u32;
            let bit = |bits: u32, lane: usize| (bits >> lane & 1) * one;
            let values: [u32; 32] = std::array::from_fn(|lane| bit(low, lane) | bit(high, lane) << 16);
            // SAFETY: the decoder gave a 32-bit row.
            unsafe { super::vector::write(w.row(op.d), mask, &values) };
            true
        }
        return b.emit(run, Class::Compare, &fields);
    }
    let Operand::Pair(first, second) = b.operand(0)? else {
        return b.error("two predicates are expected");
    };
    let d = b.destination(first, Pred)?;
    b.d(d);
    let other = b.destination(second, Pred)?;
    b.define(Field::Immediate, other);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let [low, high] = masks(w, op);
        let mut second = op.clone();
        (second.d, second.immediate) = (op.immediate as u32, -1);
        let mut first = op.clone();
        first.immediate = -1;
        // The combining predicate may be a destination as well: read it before it changes.
        // SAFETY: with a mode the decoder set `c` to a predicate.
        let c = if op.mode & 7 != 0 { unsafe { *w.row(op.c) } } else { 0 };
        finish_compare(w, &first, mask, low);
        if op.mode & 7 != 0 && op.c == op.d {
            // SAFETY: `d` is a predicate.
            unsafe {
                let result = *w.row(op.d);
                *w.row(op.d) = c;
                finish_compare(w, &second, mask, high);
                *w.row(op.d) = result;
            }
        } else {
            finish_compare(w, &second, mask, high);
        }
        true
    }
    b.emit(run, Class::Compare, &fields)
}

pub unsafe fn select_run<T: Lane>(w: &mut Warp, op: &Op, mask: u32) -> bool {
    // SAFETY: the decoder gave rows of this type, and a predicate in `c`.
    unsafe {
        let (a, b) = (w.row(op.a), w.row(op.b));
        let bits = *w.row(op.c) ^ u32::from(op.mode).wrapping_neg();
        let values: [T; 32] = std::array::from_fn(|lane| {
            let (x, y) = (T::get(a, lane), T::get(b, lane));
            if bits >> lane & 1 != 0 { x } else { y }
        });
        super::vector::write(w.row(op.d), mask, &values);
    }
    true
}

fn select(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let ty = b.ty()?;
    b.expect_operands(4)?;
    let a = b.src(1, ty)?;
    b.a(a);
    let second = b.src(2, ty)?;
    b.b(second);
    let operand = b.operand(3)?;
    let (c, negated) = b.predicate(operand)?;
    b.c(c);
    b.op.mode = negated.into();
    let d = b.dst(0, ty)?;
    b.d(d);
    let run = match ty.bytes() {
        8 => select_run::<u64>,
        16 => select_run::<u128>,
        _ => select_run::<u32>,
    };
    b.emit(run, Class::Move, &[Field::A, Field::B, Field::C])
}

fn slct(mut b: Builder<'_, '_, '_>) -> Result<()> {
    b.take("ftz");
    let (ty, by) = (b.ty()?, b.ty()?);
    let run = match (ty.bytes(), by) {
        (2, S32) => ternary(|x: u16, y: u16, c: i32| if c >= 0 { x } else { y }),
        (4, S32) => ternary(|x: u32, y: u32, c: i32| if c >= 0 { x } else { y }),
        (8, S32) => ternary(|x: u64, y: u64, c: i32| if c >= 0 { x } else { y }),
        (2, F32) => ternary(|x: u16, y: u16, c: f32| if c >= 0.0 { x } else { y }),
        (4, F32) => ternary(|x: u32, y: u32, c: f32| if c >= 0.0 { x } else { y }),
        (8, F32) => ternary(|x: u64, y: u64, c: f32| if c >= 0.0 { x } else { y }),
        _ => return b.unsupported(),
    };
    b.simple(run, Class::Move, ty, &[ty, ty, by])
}
