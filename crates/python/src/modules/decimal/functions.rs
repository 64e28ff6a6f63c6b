//! Roots, logarithms, exponentials and powers, correctly rounded: computed in binary fixed point with ever more bits until the
//! error bound leaves no doubt about the last digit (Ziv's strategy).

use super::arithmetic::{divide, multiply, nan_of, order};
use super::coefficient::{Coefficient, power_of_ten};
use super::context::*;
use super::number::{Kind, Number};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

pub fn square_root(work: &mut Work, a: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a]) {
        return nan;
    }
    let ideal = a.exponent.div_euclid(2);
    if a.is_zero() {
        return work.finish(Number::new(a.negative, Coefficient::ZERO, ideal));
    }
    if a.negative {
        return work.fail(INVALID_OPERATION);
    }
    if a.is_infinite() {
        return a.clone();
    }
    // An even exponent, and one digit more than is kept.
    let odd = a.exponent.rem_euclid(2);
    let number = a.coefficient.raised(odd);
    let shift = work.context.prec + 1 - (number.digits() + 1) / 2;
    let (scaled, mut exact) = if shift >= 0 {
        (number.raised(2 * shift), true)
    } else {
        let (kept, rest) = number.cut(-2 * shift);
        (kept, rest == super::coefficient::Rest::Zero)
    };
    let square = scaled.big();
    let root = square.sqrt();
    exact &= &root * &root == square;
    let mut root = Coefficient::from(root);
    let mut exponent = ideal - shift;
    if exact {
        if shift >= 0 {
            root = root.cut(shift).0;
        } else {
            root = root.raised(-shift);
        }
        exponent = ideal;
    } else if root.last_digit().is_multiple_of(5) {
        root = root.plus(&Coefficient::ONE);
    }
    let rounding = std::mem::replace(&mut work.context.rounding, Rounding::HalfEven);
    let result = work.finish(Number::new(false, root, exponent));
    work.context.rounding = rounding;
    result
}

/// `atanh(1/n)` with `bits` binary places, a few units too small at most.
fn inverse_atanh(n: u32, bits: u64) -> BigInt {
    let mut term = (BigInt::one() << bits) / n;
    let (square, mut sum, mut odd) = (u64::from(n) * u64::from(n), BigInt::zero(), 1_u32);
    while !term.is_zero() {
        sum += &term / odd;
        term /= square;
        odd += 2;
    }
    sum
}

/// `ln 2`.
fn log_two(bits: u64) -> BigInt {
    inverse_atanh(26, bits) * 18 - inverse_atanh(4801, bits) * 2 + inverse_atanh(8749, bits) * 8
}

fn log_ten(bits: u64) -> BigInt {
    log_two(bits) * 3 + inverse_atanh(9, bits) * 2
}

/// `atanh z` for |z| < 1/2, in fixed point.
fn atanh(z: &BigInt, bits: u64) -> BigInt {
    let square: BigInt = (z * z) >> bits;
    let (mut term, mut sum, mut odd) = (z.clone(), BigInt::zero(), 1_u32);
    while !term.is_zero() && term != BigInt::from(-1) {
        sum += &term / odd;
        term = (&term * &square) >> bits;
        odd += 2;
    }
    sum
}

/// Bits to begin with, for so many digits.
fn bits_for(digits: i64) -> u64 {
    (digits as f64 * std::f64::consts::LOG2_10) as u64 + 64
}

/// `ln a` of a positive number that is not one, in fixed point; wrong by a few dozen units and one per power of ten.
fn fixed_log(a: &Number, bits: u64) -> BigInt {
    // a = m · 10^k with m about 1, and m = y · 2^j.
    let adjusted = a.adjusted();
    let power = adjusted - i64::from(a.coefficient.to_string().as_bytes()[0] < b'2') + 1;
    let shift = a.exponent - power;
    let coefficient = BigInt::from(a.coefficient.big());
    let mut y: BigInt = if shift >= 0 {
        (coefficient * BigInt::from(power_of_ten(shift as u64))) << bits
    } else {
        (coefficient << bits) / BigInt::from(power_of_ten(-shift as u64))
    };
    let one = BigInt::one() << bits;
    let mut halvings = 0;
    let (high, low): (BigInt, BigInt) = (&one * 3 / 2, &one * 3 / 4);
    while y > high {
        y >>= 1;
        halvings += 1;
    }
    while y < low {
        y <<= 1;
        halvings -= 1;
    }
    let z = ((&y - &one) << bits) / (&y + &one);
    let mut sum = atanh(&z, bits) * 2;
    if halvings != 0 {
        sum += log_two(bits) * halvings;
    }
    if power != 0 {
        sum += log_ten(bits) * power;
    }
    sum
}

/// The digits of a number in fixed point, rounded half to even to `prec` digits, if an error of `error` units leaves them certain.
fn rounded(value: &BigInt, bits: u64, error: u64, prec: i64) -> Option<Number> {
    let magnitude = value.magnitude();
    if magnitude.bits() < 64 + u64::from(error.ilog2()) {
        return None;
    }
    // The exponent of the first digit, perhaps one too small.
    let adjusted = ((magnitude.bits() as f64 - 1.0 - bits as f64) * std::f64::consts::LOG10_2).floor() as i64;
    let at = |number: BigUint| -> (BigUint, bool, i64) {
        let mut exponent = adjusted - prec + 1;
        loop {
            // number / 2^bits / 10^exponent, rounded.
            let (top, bottom) = if exponent >= 0 {
                (number.clone(), power_of_ten(exponent as u64) << bits)
            } else {
                (&number * power_of_ten(-exponent as u64), BigUint::one() << bits)
            };
            let (quotient, rest) = top.div_rem(&bottom);
            if Coefficient::from(quotient.clone()).digits() > prec {
                exponent += 1;
                continue;
            }
            let up = &rest << 1 > bottom;
            return (if up { quotient + 1_u8 } else { quotient }, up, exponent);
        }
    };
    let low = at(magnitude - error);
    let high = at(magnitude + error);
    if low != high {
        return None;
    }
    Some(Number::new(value.sign() == Sign::Minus, low.0.into(), low.2))
}

/// Marks a result as irrational and fits it to the context.
fn irrational(work: &mut Work, number: Number) -> Number {
    work.status |= INEXACT | ROUNDED;
    let prec = work.context.prec;
    // A carry gave one digit too many.
    let surplus = number.coefficient.digits() - prec;
    let mut number = number;
    if surplus > 0 {
        number.coefficient = number.coefficient.cut(surplus).0;
        number.exponent += surplus;
    }
    let rounding = std::mem::replace(&mut work.context.rounding, Rounding::HalfEven);
    let result = work.finish(number);
    work.context.rounding = rounding;
    result
}

/// How many more bits a logarithm of a number close to one needs.
fn nearness(a: &Number) -> u64 {
    let mut wide = Work::new(Context {
        prec: a.coefficient.digits() + a.exponent.abs().min(1 << 20) + 2,
        ..Context::LARGEST
    });
    let gap = super::arithmetic::subtract(&mut wide, a, &Number::small(1));
    if gap.is_zero() || gap.adjusted() >= 0 {
        return 0;
    }
    (gap.adjusted().unsigned_abs() as f64 * std::f64::consts::LOG2_10) as u64 + 4
}

pub fn natural_log(work: &mut Work, a: &Number) -> Number {
    logarithm(work, a, false)
}

pub fn log10(work: &mut Work, a: &Number) -> Number {
    logarithm(work, a, true)
}

fn logarithm(work: &mut Work, a: &Number, decimal: bool) -> Number {
    if let Some(nan) = nan_of(work, &[a]) {
        return nan;
    }
    if a.is_zero() {
        return Number::special(Kind::Infinite, true);
    }
    if a.negative {
        return work.fail(INVALID_OPERATION);
    }
    if a.is_infinite() {
        return a.clone();
    }
    let zeros = a.coefficient.trailing_zeros();
    let is_power = a.coefficient.cut(zeros).0 == Coefficient::ONE;
    if is_power && (decimal || a.exponent + zeros == 0) {
        return if decimal {
            work.finish(Number::small(a.exponent + zeros))
        } else {
            Number::new(false, Coefficient::ZERO, 0)
        };
    }
    let prec = work.context.prec;
    let mut bits = bits_for(prec) + nearness(a);
    loop {
        let mut value = fixed_log(a, bits);
        // Each term of a series loses less than a unit, and each power of ten the logarithm's.
        let mut error = bits + 64 * a.adjusted().unsigned_abs() + 4096;
        if decimal {
            value = (value << bits) / log_ten(bits);
            error += 64 * (a.adjusted().unsigned_abs() + 1);
        }
        if let Some(found) = rounded(&value, bits, error, prec) {
            return irrational(work, found);
        }
        bits += bits / 2;
    }
}

pub fn exponential(work: &mut Work, a: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a]) {
        return nan;
    }
    if a.is_infinite() {
        return if a.negative {
            Number::new(false, Coefficient::ZERO, 0)
        } else {
            a.clone()
        };
    }
    if a.is_zero() {
        return Number::small(1);
    }
    let context = work.context;
    let prec = context.prec;
    if a.adjusted() < -prec - 1 {
        work.status |= INEXACT | ROUNDED;
        return work.finish(Number::new(false, Coefficient::ONE.raised(prec - 1), 1 - prec));
    }
    let out_of_range = |work: &mut Work, small: bool| {
        // Always to the nearest.
        let rounding = std::mem::replace(&mut work.context.rounding, Rounding::HalfEven);
        let result = beyond(work, small, false);
        work.context.rounding = rounding;
        result
    };
    if a.adjusted() > 19 {
        return out_of_range(work, a.negative);
    }
    let mut bits = bits_for(prec);
    loop {
        // a = k · ln 10 + r.
        let extra = bits + 70;
        let value = fixed(a, extra);
        let ten = log_ten(extra);
        let nearest: BigInt = &value + (&ten >> 1);
        let power = nearest.div_floor(&ten);
        let Some(exponent) = power.to_i64().filter(|power| power.abs() < 2 * MAX_EMAX) else {
            return out_of_range(work, a.negative);
        };
        if exponent > context.emax + 2 || exponent < context.etiny() - 2 {
            return out_of_range(work, exponent < 0);
        }
        let rest: BigInt = (value - power * ten) >> (extra - bits);
        let found = fixed_exponential(&rest, bits);
        // The remainder is right to a few units; squaring doubles the error each time.
        if let Some(mut number) = rounded(&found, bits, 1 << 20, prec) {
            number.exponent += exponent;
            return irrational(work, number);
        }
        bits += bits / 2;
    }
}

/// A number in fixed point, cut.
fn fixed(a: &Number, bits: u64) -> BigInt {
    let coefficient = BigInt::from(a.coefficient.big());
    let value: BigInt = if a.exponent >= 0 {
        (coefficient * BigInt::from(power_of_ten(a.exponent as u64))) << bits
    } else {
        (coefficient << bits) / BigInt::from(power_of_ten(a.exponent.unsigned_abs()))
    };
    if a.negative { -value } else { value }
}

/// `e^x` for |x| < 2, in fixed point.
fn fixed_exponential(x: &BigInt, bits: u64) -> BigInt {
    const HALVINGS: u64 = 8;
    let x: BigInt = x >> HALVINGS;
    let one = BigInt::one() << bits;
    let (mut sum, mut term, mut n) = (one.clone(), one, 1_u32);
    loop {
        term = ((&term * &x) >> bits) / n;
        if term.is_zero() || term.abs().is_one() {
            break;
        }
        sum += &term;
        n += 1;
    }
    for _ in 0..HALVINGS {
        sum = (&sum * &sum) >> bits;
    }
    sum
}

/// A result too large, or too small, for any context.
fn beyond(work: &mut Work, small: bool, negative: bool) -> Number {
    if small {
        // Whatever the rounding.
        work.status |= INEXACT | ROUNDED | UNDERFLOW | SUBNORMAL;
        return work.finish(Number::new(negative, Coefficient::ZERO, 2 * MIN_EMIN));
    }
    work.finish(Number::new(negative, Coefficient::ONE, 2 * MAX_EMAX))
}

/// `1` with zeros behind the point.
fn long_one(negative: bool, zeros: i64) -> Number {
    Number::new(negative, Coefficient::ONE.raised(zeros), -zeros)
}

pub fn power(work: &mut Work, base: &Number, exponent: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[base, exponent]) {
        return nan;
    }
    let whole = exponent.is_integer();
    let negative = whole && base.negative && exponent.is_odd();
    let zero = |negative| Number::new(negative, Coefficient::ZERO, 0);
    if base.is_zero() {
        return if exponent.is_zero() {
            work.fail(INVALID_OPERATION)
        } else if exponent.negative {
            Number::special(Kind::Infinite, negative)
        } else {
            zero(negative)
        };
    }
    if base.negative && (!whole || exponent.is_infinite()) {
        return work.fail(INVALID_OPERATION);
    }
    let prec = work.context.prec;
    let size = if base.is_infinite() {
        Ordering::Greater
    } else {
        order(&base.with_sign(false), &Number::small(1))
    };
    if exponent.is_infinite() {
        if size == Ordering::Equal {
            work.status |= INEXACT | ROUNDED;
            return long_one(negative, prec - 1);
        }
        return if (size == Ordering::Less) != exponent.negative {
            zero(negative)
        } else {
            Number::special(Kind::Infinite, negative)
        };
    }
    if base.is_infinite() {
        return if exponent.is_zero() {
            Number::new(negative, Coefficient::ONE, 0)
        } else if exponent.negative {
            zero(negative)
        } else {
            Number::special(Kind::Infinite, negative)
        };
    }
    if exponent.is_zero() {
        return Number::new(negative, Coefficient::ONE, 0);
    }
    if size == Ordering::Equal {
        return power_of_one(work, base, exponent, whole, negative);
    }
    // The logarithm tells results far beyond the context before they are computed.
    let log = approximate_log10(base);
    let scale = approximate(exponent);
    let magnitude = log * scale;
    if magnitude > 1.01 * work.context.emax as f64 + 30.0 {
        return beyond(work, false, negative);
    }
    if magnitude < 1.01 * work.context.etiny() as f64 - 30.0 {
        return beyond(work, true, negative);
    }
    if whole {
        power_whole(work, base, exponent, negative)
    } else {
        power_real(work, base, exponent)
    }
}

fn power_of_one(work: &mut Work, base: &Number, exponent: &Number, whole: bool, negative: bool) -> Number {
    let most = work.context.prec - 1;
    if !whole {
        work.status |= INEXACT | ROUNDED;
        return long_one(negative, most);
    }
    if exponent.negative {
        return Number::new(negative, Coefficient::ONE, 0);
    }
    // 1.00 ** 3 is 1.000000.
    let times = integer(exponent).to_i64().unwrap_or(i64::MAX);
    let zeros = (-base.exponent).saturating_mul(times);
    if zeros > most {
        work.status |= ROUNDED;
    }
    let zeros = zeros.min(most);
    if zeros < 0 {
        return Number::new(negative, Coefficient::ONE, 0);
    }
    long_one(negative, zeros)
}

/// The value of an integer, without its sign.
fn integer(number: &Number) -> BigUint {
    if number.exponent >= 0 {
        number.coefficient.raised(number.exponent.min(2000)).big()
    } else {
        number.coefficient.cut(-number.exponent).0.big()
    }
}

fn approximate(number: &Number) -> f64 {
    let text = Number {
        negative: number.negative,
        ..number.clone()
    }
    .write(super::number::Style::Exponent(1), true);
    text.parse().unwrap_or(f64::NAN)
}

/// The decimal logarithm of a magnitude, roughly; with care around one.
fn approximate_log10(number: &Number) -> f64 {
    let number = number.with_sign(false);
    let mut wide = Work::new(Context {
        prec: 30,
        ..Context::LARGEST
    });
    let gap = super::arithmetic::subtract(&mut wide, &number, &Number::small(1));
    let gap = approximate(&gap);
    if gap.abs() < 0.5 {
        return gap.ln_1p() / std::f64::consts::LN_10;
    }
    let digits = number.coefficient.digits();
    let leading = number.coefficient.cut(digits - 18).0;
    let kept = digits.min(18);
    approximate(&Number::new(false, leading, 1 - kept)).log10() + number.adjusted() as f64
}

/// By squaring, with a few digits more, as libmpdec does it: the last digit may differ from the correctly rounded one, and does so
/// in CPython too.
fn power_whole(work: &mut Work, base: &Number, exponent: &Number, negative: bool) -> Number {
    let mut inner = work.within(work.context.prec + exponent.coefficient.digits() + exponent.exponent + 2);
    let mut factor = base.clone();
    if exponent.negative {
        inner.context.prec += 1;
        factor = divide(&mut inner, &Number::small(1), base);
        work.status |= inner.status;
        if inner.status & ERRORS != 0 {
            return Number::special(Kind::Quiet, false);
        }
        inner.status = 0;
    }
    let times = integer(exponent);
    let mut result = factor.clone();
    for bit in (0..times.bits() - 1).rev() {
        result = multiply(&mut inner, &result.clone(), &result);
        if times.bit(bit) {
            result = multiply(&mut inner, &result, &factor);
        }
        if result.is_infinite() || result.is_zero() && inner.status & CLAMPED != 0 {
            break;
        }
    }
    work.status |= inner.status;
    result.negative = negative;
    if result.is_infinite() {
        return beyond(work, false, negative);
    }
    work.finish(result)
}

fn power_real(work: &mut Work, base: &Number, exponent: &Number) -> Number {
    let prec = base.coefficient.digits().max(work.context.prec) + 4 + 19;
    let mut inner = Work::new(Context {
        prec,
        ..Context::LARGEST
    });
    let log = natural_log(&mut inner, base);
    let product = multiply(&mut inner, &log, exponent);
    let result = exponential(&mut inner, &product);
    work.status |= inner.status & !(SUBNORMAL | UNDERFLOW | OVERFLOW | CLAMPED);
    if result.is_finite() && order(&result, &Number::small(1)) == Ordering::Equal {
        return work.finish(long_one(false, work.context.prec - 1));
    }
    if result.is_infinite() {
        return beyond(work, false, false);
    }
    work.finish(result)
}

/// `base ** exponent % modulus` of integers.
pub fn power_modulo(work: &mut Work, base: &Number, exponent: &Number, modulus: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[base, exponent, modulus]) {
        return nan;
    }
    let whole = |number: &Number| number.is_integer() && number.adjusted() < 5000;
    if !whole(base)
        || !whole(exponent)
        || !whole(modulus)
        || modulus.is_zero()
        || exponent.negative
        || base.is_zero() && exponent.is_zero()
        || modulus.adjusted() >= work.context.prec
    {
        return work.fail(INVALID_OPERATION);
    }
    let exact = |number: &Number| {
        if number.exponent >= 0 {
            number.coefficient.raised(number.exponent).big()
        } else {
            integer(number)
        }
    };
    let result = exact(base).modpow(&exact(exponent), &exact(modulus));
    let negative = base.negative && exponent.is_odd();
    work.finish(Number::new(negative, result.into(), 0))
}
