//! Operations on a number's representation: its neighbours, its exponent, its digits.

use super::arithmetic::{nan_of, order};
use super::coefficient::Coefficient;
use super::context::*;
use super::number::{Kind, Number};
use std::cmp::Ordering;

/// The least number of full length above, or below.
fn next(work: &mut Work, a: &Number, up: bool) -> Number {
    if let Some(nan) = nan_of(work, &[a]) {
        return nan;
    }
    let context = work.context;
    let largest = |negative: bool| {
        let nines = Coefficient::ONE.raised(context.prec).minus(&Coefficient::ONE);
        Number::new(negative, nines, context.etop())
    };
    if a.is_infinite() {
        return if a.negative == up {
            largest(a.negative)
        } else {
            a.clone()
        };
    }
    // Rounded towards the wanted side, a number that is not exact is the neighbour already.
    let mut towards = Work::new(Context {
        rounding: if up { Rounding::Ceiling } else { Rounding::Floor },
        ..context
    });
    let near = towards.finish(a.clone());
    if near.is_infinite() || order(&near, a) != Ordering::Equal {
        return near;
    }
    let tiny = Number::new(!up, Coefficient::ONE, context.etiny() - 1);
    super::arithmetic::add(&mut towards, a, &tiny)
}

pub fn next_plus(work: &mut Work, a: &Number) -> Number {
    next(work, a, true)
}

pub fn next_minus(work: &mut Work, a: &Number) -> Number {
    next(work, a, false)
}

pub fn next_toward(work: &mut Work, a: &Number, b: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a, b]) {
        return nan;
    }
    let result = match order(a, b) {
        Ordering::Equal => return a.with_sign(b.negative),
        Ordering::Less => next_plus(work, a),
        Ordering::Greater => next_minus(work, a),
    };
    if result.is_infinite() {
        work.status |= OVERFLOW | ROUNDED | INEXACT;
    } else if result.adjusted() < work.context.emin {
        work.status |= UNDERFLOW | SUBNORMAL | ROUNDED | INEXACT;
        if result.is_zero() {
            work.status |= CLAMPED;
        }
    }
    result
}

/// The exponent of the first digit.
pub fn logb(work: &mut Work, a: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a]) {
        return nan;
    }
    if a.is_infinite() {
        return a.with_sign(false);
    }
    if a.is_zero() {
        work.status |= DIVISION_BY_ZERO;
        return Number::special(Kind::Infinite, true);
    }
    work.finish(Number::small(a.adjusted()))
}

/// An integer operand as a machine number, if it is one and lies within `most`.
fn whole(b: &Number, most: i64) -> Option<i64> {
    if !b.is_finite() || b.exponent != 0 {
        return None;
    }
    match b.coefficient {
        Coefficient::Small(value) if value <= most as u128 => {
            Some(if b.negative { -(value as i64) } else { value as i64 })
        }
        _ => None,
    }
}

pub fn scaleb(work: &mut Work, a: &Number, b: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a, b]) {
        return nan;
    }
    let most = (work.context.emax.saturating_add(work.context.prec)).saturating_mul(2);
    let Some(shift) = whole(b, most) else {
        return work.fail(INVALID_OPERATION);
    };
    if a.is_infinite() {
        return a.clone();
    }
    let mut result = a.clone();
    result.exponent = a.exponent.saturating_add(shift);
    work.finish(result)
}

pub fn shift(work: &mut Work, a: &Number, b: &Number) -> Number {
    moved(work, a, b, false)
}

pub fn rotate(work: &mut Work, a: &Number, b: &Number) -> Number {
    moved(work, a, b, true)
}

fn moved(work: &mut Work, a: &Number, b: &Number, around: bool) -> Number {
    if let Some(nan) = nan_of(work, &[a, b]) {
        return nan;
    }
    let prec = work.context.prec;
    let Some(places) = whole(b, prec) else {
        return work.fail(INVALID_OPERATION);
    };
    if a.is_infinite() {
        return a.clone();
    }
    let kept = a.coefficient.low_digits(prec);
    let coefficient = if around {
        let left = places.rem_euclid(prec);
        let high = kept.raised(left).low_digits(prec);
        high.plus(&kept.cut(prec - left).0)
    } else if places >= 0 {
        kept.raised(places).low_digits(prec)
    } else {
        kept.cut(-places).0
    };
    Number {
        coefficient,
        ..a.clone()
    }
}

/// Digits of ones and zeros, the last first.
fn bits(a: &Number) -> Option<Vec<u8>> {
    let logical = a.is_finite() && !a.negative && a.exponent == 0;
    let text = logical.then(|| a.coefficient.to_string())?;
    text.bytes()
        .rev()
        .map(|digit| matches!(digit, b'0' | b'1').then_some(digit - b'0'))
        .collect()
}

fn logical(work: &mut Work, a: &Number, b: &Number, combine: fn(u8, u8) -> u8) -> Number {
    let (Some(x), Some(y)) = (bits(a), bits(b)) else {
        return work.fail(INVALID_OPERATION);
    };
    let length = x
        .len()
        .max(y.len())
        .min(usize::try_from(work.context.prec).unwrap_or(usize::MAX));
    let digit = |digits: &[u8], at: usize| digits.get(at).copied().unwrap_or(0);
    let text: String = (0..length)
        .rev()
        .map(|at| char::from(b'0' + combine(digit(&x, at), digit(&y, at))))
        .collect();
    Number::parse(&text).unwrap_or_else(|| work.fail(INVALID_OPERATION))
}

pub fn logical_and(work: &mut Work, a: &Number, b: &Number) -> Number {
    logical(work, a, b, |x, y| x & y)
}

pub fn logical_or(work: &mut Work, a: &Number, b: &Number) -> Number {
    logical(work, a, b, |x, y| x | y)
}

pub fn logical_xor(work: &mut Work, a: &Number, b: &Number) -> Number {
    logical(work, a, b, |x, y| x ^ y)
}

pub fn logical_invert(work: &mut Work, a: &Number) -> Number {
    let ones = "1".repeat(usize::try_from(work.context.prec).unwrap_or(0));
    match Number::parse(&ones) {
        Some(ones) => logical_xor(work, a, &ones),
        None => work.fail(INVALID_OPERATION),
    }
}

pub fn same_quantum(a: &Number, b: &Number) -> bool {
    match (a.kind, b.kind) {
        (Kind::Finite, Kind::Finite) => a.exponent == b.exponent,
        (Kind::Infinite, Kind::Infinite) => true,
        _ => a.is_nan() && b.is_nan(),
    }
}

pub fn is_normal(context: &Context, a: &Number) -> bool {
    a.is_finite() && !a.is_zero() && a.adjusted() >= context.emin
}

pub fn is_subnormal(context: &Context, a: &Number) -> bool {
    a.is_finite() && !a.is_zero() && a.adjusted() < context.emin
}

pub fn class_of(context: &Context, a: &Number) -> &'static str {
    let names = match a.kind {
        Kind::Signaling => return "sNaN",
        Kind::Quiet => return "NaN",
        Kind::Infinite => ["+Infinity", "-Infinity"],
        Kind::Finite if a.is_zero() => ["+Zero", "-Zero"],
        Kind::Finite if a.adjusted() < context.emin => ["+Subnormal", "-Subnormal"],
        Kind::Finite => ["+Normal", "-Normal"],
    };
    names[usize::from(a.negative)]
}
