//! IEEE arithmetic in every rounding mode, and conversion between floating formats.
//!
//! Directed rounding comes from the nearest result and the sign of its exact error (Dekker 1971; Boldo and Melquiond
//! 2008 for rounding to odd).

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    Nearest,
    Zero,
    Down,
    Up,
    /// To nearest, ties away from zero (`.rna`).
    Away,
}

pub const RN: u8 = 0;
pub const RZ: u8 = 1;
pub const RM: u8 = 2;
pub const RP: u8 = 3;

/// Sum and exact error.
#[inline(always)]
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

/// Moves an inexact value with an even last bit to the odd neighbour on the side of its error.
#[inline(always)]
fn to_odd(value: f64, error: f64) -> f64 {
    let bits = value.to_bits();
    if error == 0.0 || !value.is_finite() || !error.is_finite() || bits & 1 != 0 {
        value
    } else if (error > 0.0) == (value > 0.0) {
        f64::from_bits(bits + 1)
    } else {
        f64::from_bits(bits - 1)
    }
}

/// Rounds to single precision.
#[inline(always)]
pub fn narrow<const MODE: u8>(value: f64) -> f32 {
    let nearest = value as f32;
    let back = f64::from(nearest);
    match MODE {
        RZ if back.abs() > value.abs() => f32::from_bits(nearest.to_bits() - 1),
        RM if back > value => nearest.next_down(),
        RP if back < value => nearest.next_up(),
        _ => nearest,
    }
}

/// a + b, where an exact zero from operands of unlike sign is negative when rounding down.
#[inline(always)]
pub fn add32<const MODE: u8>(a: f32, b: f32) -> f32 {
    if MODE == RN {
        return a + b;
    }
    let (sum, error) = two_sum(a.into(), b.into());
    if MODE == RM && sum == 0.0 && !(a == 0.0 && b == 0.0 && a.is_sign_positive() && b.is_sign_positive()) {
        return -0.0;
    }
    narrow::<MODE>(to_odd(sum, error))
}

#[inline(always)]
pub fn mul32<const MODE: u8>(a: f32, b: f32) -> f32 {
    if MODE == RN {
        return a * b;
    }
    narrow::<MODE>(f64::from(a) * f64::from(b))
}

#[inline(always)]
pub fn fma32<const MODE: u8>(a: f32, b: f32, c: f32) -> f32 {
    if MODE == RN {
        return a.mul_add(b, c);
    }
    let product = f64::from(a) * f64::from(b);
    let (sum, error) = two_sum(product, c.into());
    if MODE == RM && sum == 0.0 && !(product == 0.0 && c == 0.0 && product.is_sign_positive() && c.is_sign_positive()) {
        return -0.0;
    }
    narrow::<MODE>(to_odd(sum, error))
}

#[inline(always)]
pub fn div32<const MODE: u8>(a: f32, b: f32) -> f32 {
    if MODE == RN {
        return a / b;
    }
    let (x, y) = (f64::from(a), f64::from(b));
    let quotient = x / y;
    let rest = (-quotient).mul_add(y, x);
    let error = if y < 0.0 { -rest } else { rest };
    narrow::<MODE>(to_odd(quotient, error))
}

#[inline(always)]
pub fn sqrt32<const MODE: u8>(a: f32) -> f32 {
    if MODE == RN {
        return a.sqrt();
    }
    let x = f64::from(a);
    let root = x.sqrt();
    narrow::<MODE>(to_odd(root, (-root).mul_add(root, x)))
}

/// Steps a nearest result by the sign of the exact error.
#[inline(always)]
fn direct<const MODE: u8>(nearest: f64, error: f64) -> f64 {
    match MODE {
        RZ if (error < 0.0 && nearest > 0.0) || (error > 0.0 && nearest < 0.0) => f64::from_bits(nearest.to_bits() - 1),
        RM if error < 0.0 => nearest.next_down(),
        RP if error > 0.0 => nearest.next_up(),
        _ => nearest,
    }
}

/// The largest finite value where a directed mode does not overflow to infinity.
#[inline(always)]
fn overflow<const MODE: u8>(value: f64) -> f64 {
    match MODE {
        RZ => f64::MAX.copysign(value),
        RM if value > 0.0 => f64::MAX,
        RP if value < 0.0 => f64::MIN,
        _ => value,
    }
}

#[inline(always)]
pub fn add64<const MODE: u8>(a: f64, b: f64) -> f64 {
    let (sum, error) = two_sum(a, b);
    if MODE == RN || sum.is_nan() {
        return a + b;
    }
    if sum.is_infinite() {
        return if a.is_finite() && b.is_finite() {
            overflow::<MODE>(sum)
        } else {
            sum
        };
    }
    if MODE == RM && sum == 0.0 && !(a == 0.0 && b == 0.0 && a.is_sign_positive() && b.is_sign_positive()) {
        return -0.0;
    }
    direct::<MODE>(sum, error)
}

/// A power of two that keeps a product's error representable.
fn lift(value: f64) -> f64 {
    if value.abs() < 2f64.powi(-300) {
        2f64.powi(300)
    } else {
        1.0
    }
}

#[inline(always)]
pub fn mul64<const MODE: u8>(a: f64, b: f64) -> f64 {
    fma64::<MODE>(a, b, 0.0f64.copysign(a * b))
}

/// The sign of the exact a·b + c − r, as a number.
fn fma_error(a: f64, b: f64, c: f64, r: f64) -> f64 {
    // Scaled so that the low half of the product is no subnormal; the scale of all four terms is the same.
    let small = a.abs().min(b.abs());
    let scale = if (a * b).abs() < 2f64.powi(-900) && c.abs() < 2f64.powi(-500) {
        2f64.powi(200)
    } else {
        1.0
    };
    let (x, y) = if small == a.abs() {
        (a * scale * lift(a), b / 1.0)
    } else {
        (a, b * scale * lift(b))
    };
    let lifted = if small == a.abs() { lift(a) } else { lift(b) };
    let (c, r) = (c * scale * lifted, r * scale * lifted);
    let high = x * y;
    let low = x.mul_add(y, -high);
    // An expansion grown term by term (Shewchuk 1997): exact, its largest component has the sign of the sum.
    let mut parts = [0.0f64; 4];
    for (count, term) in [low, high, c, -r].into_iter().enumerate() {
        let mut carry = term;
        for part in &mut parts[..count] {
            let (sum, error) = two_sum(carry, *part);
            *part = error;
            carry = sum;
        }
        parts[count] = carry;
    }
    parts.iter().rev().copied().find(|&part| part != 0.0).unwrap_or(0.0)
}

#[inline(always)]
pub fn fma64<const MODE: u8>(a: f64, b: f64, c: f64) -> f64 {
    let nearest = a.mul_add(b, c);
    if MODE == RN || nearest.is_nan() {
        return nearest;
    }
    if nearest.is_infinite() {
        let exact = a.is_finite() && b.is_finite() && c.is_finite();
        return if exact { overflow::<MODE>(nearest) } else { nearest };
    }
    let error = fma_error(a, b, c, nearest);
    if nearest == 0.0 && error == 0.0 {
        let product = a * b;
        let same = product.is_sign_negative() == c.is_sign_negative();
        return if MODE == RM && !same { -0.0 } else { nearest };
    }
    if nearest == 0.0 {
        return match MODE {
            RM if error < 0.0 => -f64::from_bits(1),
            RP if error > 0.0 => f64::from_bits(1),
            _ => nearest,
        };
    }
    direct::<MODE>(nearest, error)
}

#[inline(always)]
pub fn div64<const MODE: u8>(a: f64, b: f64) -> f64 {
    let quotient = a / b;
    if MODE == RN || quotient.is_nan() || b.is_infinite() || b == 0.0 || a.is_infinite() {
        return quotient;
    }
    if quotient.is_infinite() {
        return overflow::<MODE>(quotient);
    }
    let error = -fma_error(quotient, b, -a, 0.0);
    let error = if b < 0.0 { -error } else { error };
    if quotient == 0.0 {
        return match MODE {
            RM if error < 0.0 => -f64::from_bits(1),
            RP if error > 0.0 => f64::from_bits(1),
            _ => quotient,
        };
    }
    direct::<MODE>(quotient, error)
}

#[inline(always)]
pub fn sqrt64<const MODE: u8>(a: f64) -> f64 {
    let root = a.sqrt();
    if MODE == RN || !root.is_finite() || root == 0.0 {
        return root;
    }
    direct::<MODE>(root, -fma_error(root, root, -a, 0.0))
}

/// Subnormals to zero of the same sign.
#[inline(always)]
pub fn flush(value: f32) -> f32 {
    if value.is_subnormal() {
        0.0f32.copysign(value)
    } else {
        value
    }
}

/// To [0, 1]; NaN becomes 0.
#[inline(always)]
pub fn saturate(value: f32) -> f32 {
    if value > 0.0 { value.min(1.0) } else { 0.0 }
}

#[inline(always)]
pub fn saturate64(value: f64) -> f64 {
    if value > 0.0 { value.min(1.0) } else { 0.0 }
}

/// The NaN that arithmetic in single precision gives.
#[inline(always)]
pub fn canonical(value: f32) -> f32 {
    // By bits: to the compiler one NaN is as good as another.
    let bits = value.to_bits();
    f32::from_bits(if bits & 0x7fff_ffff > 0x7f80_0000 {
        0x7fff_ffff
    } else {
        bits
    })
}

/// A binary format with at most 16 bits.
#[derive(Clone, Copy)]
pub struct Small {
    pub exponent_bits: u32,
    pub mantissa_bits: u32,
    /// Has no infinity; the pattern of all ones is NaN (e4m3).
    pub finite: bool,
}

pub const HALF: Small = Small {
    exponent_bits: 5,
    mantissa_bits: 10,
    finite: false,
};
pub const BFLOAT: Small = Small {
    exponent_bits: 8,
    mantissa_bits: 7,
    finite: false,
};
pub const E4M3: Small = Small {
    exponent_bits: 4,
    mantissa_bits: 3,
    finite: true,
};
pub const E5M2: Small = Small {
    exponent_bits: 5,
    mantissa_bits: 2,
    finite: false,
};
/// In the upper 19 bits of a single.
pub const TF32: Small = Small {
    exponent_bits: 8,
    mantissa_bits: 10,
    finite: false,
};

impl Small {
    #[inline(always)]
    const fn bias(self) -> i32 {
        (1 << (self.exponent_bits - 1)) - 1
    }

    #[inline(always)]
    const fn nan(self) -> u32 {
        (1 << (self.exponent_bits + self.mantissa_bits)) - 1
    }

    /// Rounds a double to this format; `satfinite` clamps to the largest finite value.
    #[inline(always)]
    pub fn encode(self, value: f64, rounding: Rounding, satfinite: bool) -> u32 {
        let sign = (value.is_sign_negative() as u32) << (self.exponent_bits + self.mantissa_bits);
        if value.is_nan() {
            return self.nan();
        }
        let largest = if self.finite {
            self.nan() - 1
        } else {
            (((1 << self.exponent_bits) - 1) << self.mantissa_bits) - 1
        };
        let infinity = if self.finite { self.nan() } else { largest + 1 };
        if value.is_infinite() {
            return sign | if satfinite { largest } else { infinity };
        }
        let bits = value.to_bits() & !(1 << 63);
        if bits == 0 {
            return sign;
        }
        let exponent = (bits >> 52) as i32 - 1023;
        let significand = bits & ((1 << 52) - 1) | if exponent == -1023 { 0 } else { 1 << 52 };
        let least = 1 - self.bias();
        // Bits that fall off: 52 - mantissa for normal numbers, more below the normal range.
        let drop = 52 - self.mantissa_bits as i32 + (least - exponent).max(0);
        let (kept, up) = if drop > 60 {
            (
                0,
                matches!((rounding, sign != 0), (Rounding::Up, false) | (Rounding::Down, true)),
            )
        } else {
            let kept = significand >> drop;
            let rest = significand & ((1 << drop) - 1);
            let half = 1u64 << (drop - 1);
            let up = match rounding {
                Rounding::Nearest => rest > half || rest == half && kept & 1 != 0,
                Rounding::Away => rest >= half,
                Rounding::Zero => false,
                Rounding::Down => rest != 0 && sign != 0,
                Rounding::Up => rest != 0 && sign == 0,
            };
            (kept, up)
        };
        let kept = kept + up as u64;
        // The carry out of the mantissa moves into the exponent by itself.
        let base = if exponent < least {
            0
        } else {
            ((exponent + self.bias() - 1) as u64) << self.mantissa_bits
        };
        let result = base + kept;
        if result > u64::from(largest) {
            let toward = matches!(rounding, Rounding::Zero)
                || matches!((rounding, sign != 0), (Rounding::Down, false) | (Rounding::Up, true));
            return sign | if satfinite || toward { largest } else { infinity };
        }
        sign | result as u32
    }

    #[inline(always)]
    pub fn decode(self, bits: u32) -> f64 {
        let width = self.exponent_bits + self.mantissa_bits;
        let negative = bits >> width & 1 != 0;
        let exponent = (bits >> self.mantissa_bits & ((1 << self.exponent_bits) - 1)) as i32;
        let mantissa = bits & ((1 << self.mantissa_bits) - 1);
        let top = (1 << self.exponent_bits) - 1;
        let magnitude = if self.finite && bits & self.nan() == self.nan() {
            f64::NAN
        } else if exponent == top && !self.finite {
            if mantissa == 0 { f64::INFINITY } else { f64::NAN }
        } else if exponent == 0 {
            f64::from(mantissa) * 2f64.powi(1 - self.bias() - self.mantissa_bits as i32)
        } else {
            f64::from(mantissa | 1 << self.mantissa_bits)
                * 2f64.powi(exponent - self.bias() - self.mantissa_bits as i32)
        };
        if negative { -magnitude } else { magnitude }
    }
}

/// f16 bits to single precision.
#[inline(always)]
pub fn half_to_f32(bits: u16) -> f32 {
    let (sign, rest) = ((u32::from(bits) & 0x8000) << 16, u32::from(bits) & 0x7fff);
    let normal = (rest << 13) + (112 << 23);
    let special = rest << 13 | 0x7f80_0000;
    let small = (rest as f32 * f32::from_bits(0x3380_0000)).to_bits();
    f32::from_bits(
        sign | if rest >= 0x7c00 {
            special
        } else if rest >= 0x0400 {
            normal
        } else {
            small
        },
    )
}

/// Single precision to f16 bits, to nearest even; NaN becomes 0x7fff.
#[inline(always)]
pub fn f32_to_half(value: f32) -> u16 {
    let bits = value.to_bits();
    let sign = (bits >> 16 & 0x8000) as u16;
    let rest = bits & 0x7fff_ffff;
    let magnitude = if rest > 0x7f80_0000 {
        return 0x7fff;
    } else if rest >= 0x477f_f000 {
        0x7c00
    } else if rest < 0x3880_0000 {
        // Below the normal range: adding 0.5 aligns the last bit and rounds.
        ((f32::from_bits(rest) + 0.5).to_bits() - 0.5f32.to_bits()) as u16
    } else {
        let odd = rest >> 13 & 1;
        ((rest - (112 << 23) + 0xfff + odd) >> 13) as u16
    };
    sign | magnitude
}

#[inline(always)]
pub fn bf16_to_f32(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

/// Single precision to bf16 bits, to nearest even; NaN becomes 0x7fff.
#[inline(always)]
pub fn f32_to_bf16(value: f32) -> u16 {
    let bits = value.to_bits();
    let rounded = bits.wrapping_add(0x7fff + (bits >> 16 & 1)) >> 16;
    if bits & 0x7fff_ffff > 0x7f80_0000 {
        0x7fff
    } else {
        rounded as u16
    }
}
