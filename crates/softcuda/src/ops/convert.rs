//! cvt: between every pair of types (PTX ISA 9.7.9.21), and packing.

use super::half::{Bf16Format, F16Format, Format};
use super::numbers::*;
use super::vector::{Lane, binary, unary};
use crate::decode::{Builder, Field, RegisterClass, Result};
use crate::device::op::{Class, Op};
use crate::device::warp::Warp;
use crate::ptx::{Type, Type::*};

/// What a conversion does, for the general path; the index of a type is its place in the enumeration.
#[derive(Clone, Copy)]
struct Conversion {
    from: Type,
    to: Type,
    rounding: Rounding,
    integral: bool,
    saturate: bool,
    flush: bool,
    relu: bool,
    finite: bool,
    /// The destination register has 64 bits though the type is narrower.
    wide: bool,
}

const TYPES: [Type; 23] = [
    U8, U16, U32, U64, S8, S16, S32, S64, B8, B16, B32, B64, B128, F16, F16x2, Bf16, Bf16x2, Tf32, F32, F64, E4m3x2,
    E5m2x2, Pred,
];

impl Conversion {
    fn pack(self) -> i64 {
        let index = |ty: Type| TYPES.iter().position(|known| *known == ty).unwrap_or(0) as i64;
        let flags = [
            self.integral,
            self.saturate,
            self.flush,
            self.relu,
            self.finite,
            self.wide,
        ];
        let flags = flags.iter().rev().fold(0, |bits, &flag| bits << 1 | i64::from(flag));
        index(self.from) | index(self.to) << 8 | (self.rounding as i64) << 16 | flags << 24
    }

    fn unpack(bits: i64) -> Conversion {
        let flag = |index: i64| bits >> (24 + index) & 1 != 0;
        Conversion {
            from: TYPES[(bits & 255) as usize],
            to: TYPES[(bits >> 8 & 255) as usize],
            rounding: match bits >> 16 & 255 {
                0 => Rounding::Nearest,
                1 => Rounding::Zero,
                2 => Rounding::Down,
                3 => Rounding::Up,
                _ => Rounding::Away,
            },
            integral: flag(0),
            saturate: flag(1),
            flush: flag(2),
            relu: flag(3),
            finite: flag(4),
            wide: flag(5),
        }
    }

    /// Converts the bits of one value.
    fn apply(self, bits: u64) -> u64 {
        match (self.from.is_float(), self.to.is_float()) {
            (false, false) => self.integer_to_integer(bits),
            (false, true) => self.integer_to_float(bits),
            (true, false) => self.float_to_integer(self.read(bits)),
            (true, true) => self.write(self.read(bits)),
        }
    }

    fn extend(self, bits: u64) -> i128 {
        let width = self.from.bytes() * 8;
        let value = i128::from(bits) & ((1i128 << width) - 1);
        let negative = self.from.is_signed() && value >> (width - 1) & 1 != 0;
        if negative { value - (1i128 << width) } else { value }
    }

    fn clamp(self, value: i128) -> i128 {
        let width = self.to.bytes() * 8;
        let (low, high) = if self.to.is_signed() {
            (-(1i128 << (width - 1)), (1i128 << (width - 1)) - 1)
        } else {
            (0, (1i128 << width) - 1)
        };
        value.clamp(low, high)
    }

    /// Bits in the destination register: extended to it by the type's sign.
    fn store(self, value: i128) -> u64 {
        let width = self.to.bytes() * 8;
        let low = (value as u64) & if width == 64 { !0 } else { (1 << width) - 1 };
        if self.to.is_signed() && width < 64 && low >> (width - 1) & 1 != 0 {
            low | !0 << width
        } else {
            low
        }
    }

    fn integer_to_integer(self, bits: u64) -> u64 {
        let value = self.extend(bits);
        self.store(if self.saturate { self.clamp(value) } else { value })
    }

    fn integer_to_float(self, bits: u64) -> u64 {
        let value = self.extend(bits);
        if self.to == F64 || self.to == F32 {
            let exact = |rounded: f64| rounded as i128;
            let nearest = if self.to == F64 {
                value as f64
            } else {
                f64::from(value as f32)
            };
            let (up, down) = if self.to == F64 {
                (nearest.next_up(), nearest.next_down())
            } else {
                (
                    f64::from((nearest as f32).next_up()),
                    f64::from((nearest as f32).next_down()),
                )
            };
            let rounded = match self.rounding {
                Rounding::Zero if exact(nearest).abs() > value.abs() => {
                    if value > 0 {
                        down
                    } else {
                        up
                    }
                }
                Rounding::Down if exact(nearest) > value => down,
                Rounding::Up if exact(nearest) < value => up,
                _ => nearest,
            };
            return if self.to == F64 {
                rounded.to_bits()
            } else {
                u64::from((rounded as f32).to_bits())
            };
        }
        // To 16 bits: 64-bit integers beyond the format's range may be rounded to odd first.
        let magnitude = value.unsigned_abs();
        let shift = (128 - magnitude.leading_zeros()).saturating_sub(50);
        let sticky = u128::from(magnitude & ((1 << shift) - 1) != 0);
        let value =
            ((magnitude >> shift) | sticky) as f64 * 2f64.powi(shift as i32) * if value < 0 { -1.0 } else { 1.0 };
        self.write(value)
    }

    fn read(self, bits: u64) -> f64 {
        match self.from {
            F64 => f64::from_bits(bits),
            F32 | Tf32 => {
                let value = f32::from_bits(bits as u32);
                f64::from(if self.flush { flush(value) } else { value })
            }
            F16 => f64::from(F16Format::get(bits as u16)),
            _ => f64::from(Bf16Format::get(bits as u16)),
        }
    }

    fn float_to_integer(self, value: f64) -> u64 {
        if value.is_nan() {
            // 0x80..0 for 64-bit results, 0 below, as the hardware does; the manual: 0 for 32 bits and less.
            return if self.to.bytes() == 8 { 1 << 63 } else { 0 };
        }
        let whole = round(value, self.rounding);
        let value = if whole >= 2f64.powi(65) {
            1i128 << 100
        } else if whole <= -2f64.powi(65) {
            -(1i128 << 100)
        } else {
            whole as i128
        };
        self.store(self.clamp(value))
    }

    fn write(self, value: f64) -> u64 {
        let mut value = if self.integral {
            round(value, self.rounding)
        } else {
            value
        };
        if self.saturate {
            value = saturate64(value);
        }
        if self.relu {
            value = if value.is_nan() || value > 0.0 { value } else { 0.0 };
        }
        let rounding = if self.integral {
            Rounding::Nearest
        } else {
            self.rounding
        };
        match self.to {
            F64 => value.to_bits(),
            F32 => {
                let narrowed = match rounding {
                    Rounding::Zero => narrow::<RZ>(value),
                    Rounding::Down => narrow::<RM>(value),
                    Rounding::Up => narrow::<RP>(value),
                    _ => value as f32,
                };
                u64::from(canonical(if self.flush { flush(narrowed) } else { narrowed }).to_bits())
            }
            Tf32 => {
                let bits = TF32.encode(value, rounding, self.finite);
                if value.is_nan() {
                    0x7fff_ffff
                } else {
                    u64::from(bits) << 13
                }
            }
            F16 => u64::from(HALF.encode(value, rounding, self.finite)),
            _ => u64::from(BFLOAT.encode(value, rounding, self.finite)),
        }
    }
}

/// Rounds to an integral value.
fn round(value: f64, rounding: Rounding) -> f64 {
    match rounding {
        Rounding::Nearest => value.round_ties_even(),
        Rounding::Zero => value.trunc(),
        Rounding::Down => value.floor(),
        Rounding::Up => value.ceil(),
        Rounding::Away => value.round(),
    }
}

unsafe fn general(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let conversion = Conversion::unpack(op.immediate);
    let wide_source = conversion.from.bytes() == 8;
    for lane in crate::device::warp::each(mask) {
        // SAFETY: the decoder gave rows of these sizes.
        unsafe {
            let row = w.row(op.a);
            let bits = if wide_source {
                u64::get(row, lane)
            } else {
                u64::from(u32::get(row, lane))
            };
            let result = conversion.apply(bits);
            if conversion.wide {
                u64::put(w.row(op.d), lane, result);
            } else {
                u32::put(w.row(op.d), lane, result as u32);
            }
        }
    }
    true
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    if b.take("pack") {
        return pack(b);
    }
    let mode = b.take_any(&["rn", "rz", "rm", "rp", "rna", "rni", "rzi", "rmi", "rpi"]);
    let (ftz, sat, relu, finite) = (b.take("ftz"), b.take("sat"), b.take("relu"), b.take("satfinite"));
    let (to, from) = (b.ty()?, b.ty()?);
    let small = |ty: Type| matches!(ty, E4m3x2 | E5m2x2);
    if small(to) || small(from) || matches!(to, F16x2 | Bf16x2) {
        return pairs(b, mode, to, from, relu, finite);
    }
    let integral = mode.is_some_and(|mode| mode.len() == 3 && mode != "rna");
    let rounding = match mode {
        Some("rz" | "rzi") => Rounding::Zero,
        Some("rm" | "rmi") => Rounding::Down,
        Some("rp" | "rpi") => Rounding::Up,
        Some("rna") => Rounding::Away,
        _ => Rounding::Nearest,
    };
    b.expect_operands(2)?;
    // Operands may be wider than their types.
    let source_class = b.class_of(b.operand(1)?).unwrap_or(RegisterClass::of(from));
    let wide = b.class_of(b.operand(0)?) == Some(RegisterClass::Double);
    if to.bytes() == 8 && !wide {
        return b.error("the destination register is too narrow");
    }
    let source_type = if source_class == RegisterClass::Double {
        B64
    } else {
        from
    };
    if from.bytes() == 8 && source_class != RegisterClass::Double {
        return b.error("the source register is too narrow");
    }
    let mut a = b.src(1, source_type)?;
    if source_class == RegisterClass::Double && from.bytes() < 8 {
        let narrowed = b.fresh(RegisterClass::Word);
        b.helper(unary(|x: u64| x as u32), narrowed, &[a]);
        a = narrowed;
    }
    b.a(a);
    let d = b.dst(0, if wide { B64 } else { B32 })?;
    b.d(d);
    let conversion = Conversion {
        from,
        to,
        rounding,
        integral,
        saturate: sat,
        flush: ftz,
        relu,
        finite,
        wide,
    };
    b.op.immediate = conversion.pack();
    let plain = !sat && !relu && !finite;
    let nearest = rounding == Rounding::Nearest && !integral;
    // The common conversions as vectors, the rest one lane at a time.
    let run = match (from, to) {
        (U8 | B8, U16 | S16 | U32 | S32 | B16 | B32) if !wide && plain => unary(|x: u8| u32::from(x)),
        (S8, U32 | S32) if !wide && plain => unary(|x: i8| i32::from(x)),
        (S8, U16 | S16) if !wide && plain => unary(|x: i8| i16::from(x)),
        (U16 | B16, U32 | S32 | B32) if !wide && plain => unary(|x: u16| u32::from(x)),
        (S16, U32 | S32) if !wide && plain => unary(|x: i16| i32::from(x)),
        (U32 | S32 | B32 | U64 | S64 | B64, U16 | S16) if !wide && plain && from.bytes() == 4 => {
            unary(|x: u32| x as u16)
        }
        (U64 | S64 | B64, U16 | S16) if !wide && plain => unary(|x: u64| x as u16),
        (U64 | S64 | B64, U32 | S32 | B32) if !wide && plain => unary(|x: u64| x as u32),
        (U32 | S32 | B32, U32 | S32 | B32) if !wide && plain => unary(|x: u32| x),
        (U8 | B8, U64 | S64) if plain => unary(|x: u8| u64::from(x)),
        (S8, U64 | S64) if plain => unary(|x: i8| i64::from(x)),
        (U16 | B16, U64 | S64) if plain => unary(|x: u16| u64::from(x)),
        (S16, U64 | S64) if plain => unary(|x: i16| i64::from(x)),
        (U32 | B32, U64 | S64 | B64) if plain => unary(|x: u32| u64::from(x)),
        (S32, U64 | S64) if plain => unary(|x: i32| i64::from(x)),
        (S32, F32) if plain && nearest => unary(|x: i32| x as f32),
        (U32, F32) if plain && nearest => unary(|x: u32| x as f32),
        (U16, F32) if plain && nearest => unary(|x: u16| f32::from(x)),
        (S16, F32) if plain && nearest => unary(|x: i16| f32::from(x)),
        (U8, F32) if plain && nearest => unary(|x: u8| f32::from(x)),
        (S32, F64) if plain => unary(|x: i32| f64::from(x)),
        (U32, F64) if plain => unary(|x: u32| f64::from(x)),
        // Saturating casts of Rust are what the manual says, NaN included.
        (F32, S32) if rounding == Rounding::Zero && !ftz => unary(|x: f32| x as i32),
        (F32, U32) if rounding == Rounding::Zero && !ftz => unary(|x: f32| x as u32),
        (F32, S32) if integral && rounding == Rounding::Nearest && !ftz => unary(|x: f32| x.round_ties_even() as i32),
        (F32, F64) if plain && !ftz => unary(|x: f32| f64::from(x)),
        (F64, F32) if plain && nearest && !ftz => unary(|x: f64| canonical(x as f32)),
        (F32, F16) if plain && nearest && !ftz => unary(f32_to_half),
        (F32, Bf16) if plain && nearest => unary(f32_to_bf16),
        (F16, F32) if plain && !integral && !ftz => unary(|x: u16| canonical(half_to_f32(x))),
        (Bf16, F32) if plain && !integral && !ftz => unary(bf16_to_f32),
        (F32, F32) if plain && !integral && !ftz => unary(|x: u32| x),
        (F64, F64) if plain && !integral => unary(|x: u64| x),
        _ if TYPES.contains(&from) && from != Pred && to != Pred => general,
        _ => return b.unsupported(),
    };
    let run = if wide && to.bytes() < 8 { general } else { run };
    b.emit(run, Class::Convert, &[Field::A])
}

/// Packed conversions: two singles to f16x2, bf16x2, e4m3x2, e5m2x2, and the 8-bit pairs to f16x2.
fn pairs(mut b: Builder<'_, '_, '_>, mode: Option<&str>, to: Type, from: Type, relu: bool, finite: bool) -> Result<()> {
    let zero = mode == Some("rz");
    match (to, from) {
        (F16x2 | Bf16x2, F32) => {
            let plain = !relu && !finite && !zero;
            b.op.immediate = i64::from(relu) | i64::from(finite) << 1 | i64::from(zero) << 2;
            let run = match (to, plain) {
                (F16x2, true) => binary(|x: f32, y: f32| u32::from(f32_to_half(x)) << 16 | u32::from(f32_to_half(y))),
                (Bf16x2, true) => binary(|x: f32, y: f32| u32::from(f32_to_bf16(x)) << 16 | u32::from(f32_to_bf16(y))),
                (F16x2, false) => packed::<0>,
                _ => packed::<1>,
            };
            b.simple(run, Class::Convert, B32, &[F32, F32])
        }
        (E4m3x2 | E5m2x2, F32) => {
            b.op.immediate = i64::from(relu) | 2;
            b.simple(
                if to == E4m3x2 { packed::<2> } else { packed::<3> },
                Class::Convert,
                B16,
                &[F32, F32],
            )
        }
        (E4m3x2 | E5m2x2, F16x2) => {
            let run = match (to, relu) {
                (E4m3x2, false) => unary(|x: u32| shrink(E4M3, x, false)),
                (E4m3x2, true) => unary(|x: u32| shrink(E4M3, x, true)),
                (_, false) => unary(|x: u32| shrink(E5M2, x, false)),
                (_, true) => unary(|x: u32| shrink(E5M2, x, true)),
            };
            b.simple(run, Class::Convert, B16, &[B32])
        }
        (F16x2, E4m3x2 | E5m2x2) => {
            let run = match (from, relu) {
                (E4m3x2, false) => unary(|x: u16| expand(E4M3, x, false)),
                (E4m3x2, true) => unary(|x: u16| expand(E4M3, x, true)),
                (_, false) => unary(|x: u16| expand(E5M2, x, false)),
                (_, true) => unary(|x: u16| expand(E5M2, x, true)),
            };
            b.simple(run, Class::Convert, B32, &[B16])
        }
        _ => b.unsupported(),
    }
}

fn relu_of(value: f64, relu: bool) -> f64 {
    if relu && value <= 0.0 { 0.0 } else { value }
}

fn shrink(format: Small, pair: u32, relu: bool) -> u16 {
    let one = |bits: u16| format.encode(relu_of(half_to_f32(bits).into(), relu), Rounding::Nearest, true) as u16;
    one(pair as u16) | one((pair >> 16) as u16) << 8
}

fn expand(format: Small, pair: u16, relu: bool) -> u32 {
    let one = |bits: u16| {
        let value = relu_of(format.decode(bits.into()), relu);
        HALF.encode(value, Rounding::Nearest, false)
    };
    one(pair & 255) | one(pair >> 8) << 16
}

unsafe fn packed<const FORMAT: u8>(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let (relu, finite, zero) = (op.immediate & 1 != 0, op.immediate & 2 != 0, op.immediate & 4 != 0);
    let (format, bits) = match FORMAT {
        0 => (HALF, 16),
        1 => (BFLOAT, 16),
        2 => (E4M3, 8),
        _ => (E5M2, 8),
    };
    let rounding = if zero { Rounding::Zero } else { Rounding::Nearest };
    for lane in crate::device::warp::each(mask) {
        // SAFETY: the decoder gave rows of these types.
        unsafe {
            let one = |row| format.encode(relu_of(f32::get(row, lane).into(), relu), rounding, finite);
            let value = one(w.row(op.a)) << bits | one(w.row(op.b));
            u32::put(w.row(op.d), lane, value);
        }
    }
    true
}

/// cvt.pack.sat: two integers clamped and packed, above the low half of a third.
fn pack(mut b: Builder<'_, '_, '_>) -> Result<()> {
    if !b.take("sat") {
        return b.unsupported();
    }
    let (to, from) = (b.ty()?, b.ty()?);
    if from != S32 {
        return b.unsupported();
    }
    let with_third = b.count() == 4;
    if with_third {
        b.ty()?;
    }
    let run = match (to, with_third) {
        (U16, false) => binary(|x: i32, y: i32| (x.clamp(0, 65535) as u32) << 16 | y.clamp(0, 65535) as u32),
        (S16, false) => {
            binary(|x: i32, y: i32| (x.clamp(-32768, 32767) as u32) << 16 | y.clamp(-32768, 32767) as u32 & 0xffff)
        }
        (U8, true) => super::vector::ternary(|x: i32, y: i32, z: u32| {
            (x.clamp(0, 255) as u32) << 8 | y.clamp(0, 255) as u32 | z << 16
        }),
        (S8, true) => super::vector::ternary(|x: i32, y: i32, z: u32| {
            (x.clamp(-128, 127) as u32 & 255) << 8 | y.clamp(-128, 127) as u32 & 255 | z << 16
        }),
        _ => return b.unsupported(),
    };
    b.simple(
        run,
        Class::Convert,
        B32,
        &[S32, S32, B32][..if with_third { 3 } else { 2 }],
    )
}
