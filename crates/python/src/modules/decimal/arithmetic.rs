//! The operations of arithmetic, each with the exact result rounded once (General Decimal Arithmetic; the order of checks is
//! libmpdec's).

use super::coefficient::{Coefficient, Rest};
use super::context::*;
use super::number::{Kind, Number};
use std::cmp::Ordering;

/// The NaN that an operation on NaNs gives.
pub fn nan_of(work: &mut Work, operands: &[&Number]) -> Option<Number> {
    let signaling = operands.iter().find(|number| number.kind == Kind::Signaling);
    let chosen = signaling.or_else(|| operands.iter().find(|number| number.is_nan()))?;
    if signaling.is_some() {
        work.status |= INVALID_OPERATION;
    }
    let quiet = Number {
        kind: Kind::Quiet,
        ..(*chosen).clone()
    };
    Some(work.finish(quiet))
}

pub fn add(work: &mut Work, a: &Number, b: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a, b]) {
        return nan;
    }
    if a.is_infinite() || b.is_infinite() {
        if a.is_infinite() && b.is_infinite() && a.negative != b.negative {
            return work.fail(INVALID_OPERATION);
        }
        let negative = if a.is_infinite() { a.negative } else { b.negative };
        return Number::special(Kind::Infinite, negative);
    }
    let (big, small) = if a.exponent >= b.exponent { (a, b) } else { (b, a) };
    let prec = work.context.prec;
    let (mut small_coefficient, mut exponent) = (small.coefficient.clone(), small.exponent);
    let mut big_coefficient = big.coefficient.clone();
    if big.exponent != small.exponent && !big.coefficient.is_zero() {
        let digits = big.coefficient.digits();
        let floor = big.exponent - 1 + if digits > prec { 0 } else { digits - prec - 1 };
        if small.adjusted() < floor {
            // So small that any other as small gives the same.
            small_coefficient = if small.coefficient.is_zero() {
                Coefficient::ZERO
            } else {
                Coefficient::ONE
            };
            exponent = floor;
        }
        big_coefficient = big.coefficient.raised(big.exponent - exponent);
    }
    let (coefficient, negative) = if a.negative == b.negative {
        (big_coefficient.plus(&small_coefficient), a.negative)
    } else {
        match big_coefficient.cmp(&small_coefficient) {
            Ordering::Equal => (Coefficient::ZERO, work.context.rounding == Rounding::Floor),
            Ordering::Greater => (big_coefficient.minus(&small_coefficient), big.negative),
            Ordering::Less => (small_coefficient.minus(&big_coefficient), small.negative),
        }
    };
    work.finish(Number::new(negative, coefficient, exponent))
}

pub fn subtract(work: &mut Work, a: &Number, b: &Number) -> Number {
    if b.is_nan() {
        return add(work, a, b);
    }
    add(work, a, &b.with_sign(!b.negative))
}

pub fn multiply(work: &mut Work, a: &Number, b: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a, b]) {
        return nan;
    }
    let product = exact_product(work, a, b);
    work.finish(product)
}

/// The product of two numbers that are not NaN, not rounded.
fn exact_product(work: &mut Work, a: &Number, b: &Number) -> Number {
    let negative = a.negative != b.negative;
    if a.is_infinite() || b.is_infinite() {
        return if a.is_zero() || b.is_zero() {
            work.fail(INVALID_OPERATION)
        } else {
            Number::special(Kind::Infinite, negative)
        };
    }
    Number::new(negative, a.coefficient.times(&b.coefficient), a.exponent + b.exponent)
}

pub fn fused(work: &mut Work, a: &Number, b: &Number, c: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a, b, c]) {
        return nan;
    }
    let product = exact_product(work, a, b);
    if product.is_nan() {
        return product;
    }
    add(work, &product, c)
}

pub fn divide(work: &mut Work, a: &Number, b: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a, b]) {
        return nan;
    }
    let negative = a.negative != b.negative;
    if a.is_infinite() {
        return if b.is_infinite() {
            work.fail(INVALID_OPERATION)
        } else {
            Number::special(Kind::Infinite, negative)
        };
    }
    if b.is_infinite() {
        work.status |= CLAMPED;
        return Number::new(negative, Coefficient::ZERO, work.context.etiny());
    }
    if b.is_zero() {
        if a.is_zero() {
            return work.fail(DIVISION_UNDEFINED);
        }
        work.status |= DIVISION_BY_ZERO;
        return Number::special(Kind::Infinite, negative);
    }
    let ideal = a.exponent - b.exponent;
    if a.is_zero() {
        return work.finish(Number::new(negative, Coefficient::ZERO, ideal));
    }
    let shift = b.coefficient.digits() - a.coefficient.digits() + work.context.prec + 1;
    let mut exponent = ideal - shift;
    let (mut quotient, rest) = a.coefficient.raised(shift).divided(&b.coefficient.raised(-shift));
    if rest.is_zero() {
        let zeros = quotient.trailing_zeros().min(ideal - exponent).max(0);
        quotient = quotient.cut(zeros).0;
        exponent += zeros;
    } else if quotient.last_digit().is_multiple_of(5) {
        // A digit that no rounding mistakes for an exact end.
        quotient = quotient.plus(&Coefficient::ONE);
    }
    work.finish(Number::new(negative, quotient, exponent))
}

/// Integer quotient and remainder of finite numbers, the divisor not zero; both NaN where the quotient is too long.
fn whole_quotient(work: &mut Work, a: &Number, b: &Number) -> Option<(Number, Number)> {
    let negative = a.negative != b.negative;
    let ideal = a.exponent.min(b.exponent);
    if a.is_zero() {
        return Some((
            Number::new(negative, Coefficient::ZERO, 0),
            Number::new(a.negative, Coefficient::ZERO, ideal),
        ));
    }
    let gap = a.adjusted() - b.adjusted();
    if gap < 0 {
        let rest = if a.exponent > b.exponent {
            Number::new(a.negative, a.coefficient.raised(a.exponent - b.exponent), b.exponent)
        } else {
            a.clone()
        };
        return Some((Number::new(negative, Coefficient::ZERO, 0), rest));
    }
    if gap <= work.context.prec {
        let (quotient, rest) =
            (a.coefficient.raised(a.exponent - ideal)).divided(&b.coefficient.raised(b.exponent - ideal));
        if quotient.digits() <= work.context.prec {
            return Some((Number::new(negative, quotient, 0), Number::new(a.negative, rest, ideal)));
        }
    }
    work.status |= DIVISION_IMPOSSIBLE;
    None
}

pub fn divide_whole(work: &mut Work, a: &Number, b: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a, b]) {
        return nan;
    }
    let negative = a.negative != b.negative;
    if a.is_infinite() {
        return if b.is_infinite() {
            work.fail(INVALID_OPERATION)
        } else {
            Number::special(Kind::Infinite, negative)
        };
    }
    if b.is_infinite() {
        return Number::new(negative, Coefficient::ZERO, 0);
    }
    if b.is_zero() {
        if a.is_zero() {
            return work.fail(DIVISION_UNDEFINED);
        }
        work.status |= DIVISION_BY_ZERO;
        return Number::special(Kind::Infinite, negative);
    }
    match whole_quotient(work, a, b) {
        Some((quotient, _)) => work.finish(quotient),
        None => Number::special(Kind::Quiet, false),
    }
}

/// A remainder that needs no division: of NaNs and infinities, and by zero.
fn special_remainder(work: &mut Work, a: &Number, b: &Number) -> Option<Number> {
    if let Some(nan) = nan_of(work, &[a, b]) {
        return Some(nan);
    }
    if a.is_infinite() {
        return Some(work.fail(INVALID_OPERATION));
    }
    if b.is_infinite() {
        return Some(work.finish(a.clone()));
    }
    if b.is_zero() {
        return Some(work.fail(if a.is_zero() {
            DIVISION_UNDEFINED
        } else {
            INVALID_OPERATION
        }));
    }
    None
}

pub fn remainder(work: &mut Work, a: &Number, b: &Number) -> Number {
    if let Some(special) = special_remainder(work, a, b) {
        return special;
    }
    match whole_quotient(work, a, b) {
        Some((_, rest)) => work.finish(rest),
        None => Number::special(Kind::Quiet, false),
    }
}

pub fn quotient_and_remainder(work: &mut Work, a: &Number, b: &Number) -> (Number, Number) {
    if let Some(nan) = nan_of(work, &[a, b]) {
        return (nan.clone(), nan);
    }
    let negative = a.negative != b.negative;
    if a.is_infinite() {
        let nan = work.fail(INVALID_OPERATION);
        return if b.is_infinite() {
            (nan.clone(), nan)
        } else {
            (Number::special(Kind::Infinite, negative), nan)
        };
    }
    if b.is_infinite() {
        let rest = work.finish(a.clone());
        return (Number::new(negative, Coefficient::ZERO, 0), rest);
    }
    if b.is_zero() {
        if a.is_zero() {
            let nan = work.fail(DIVISION_UNDEFINED);
            return (nan.clone(), nan);
        }
        let nan = work.fail(DIVISION_BY_ZERO | INVALID_OPERATION);
        return (Number::special(Kind::Infinite, negative), nan);
    }
    match whole_quotient(work, a, b) {
        Some((quotient, rest)) => (work.finish(quotient), work.finish(rest)),
        None => {
            let nan = Number::special(Kind::Quiet, false);
            (nan.clone(), nan)
        }
    }
}

/// The remainder by the nearest integer quotient, an even one on a tie.
pub fn remainder_near(work: &mut Work, a: &Number, b: &Number) -> Number {
    if let Some(special) = special_remainder(work, a, b) {
        return special;
    }
    let ideal = a.exponent.min(b.exponent);
    if a.is_zero() {
        return work.finish(Number::new(a.negative, Coefficient::ZERO, ideal));
    }
    let gap = a.adjusted() - b.adjusted();
    if gap > work.context.prec {
        return work.fail(DIVISION_IMPOSSIBLE);
    }
    if gap < -2 {
        return work.finish(if a.exponent > b.exponent {
            Number::new(a.negative, a.coefficient.raised(a.exponent - ideal), ideal)
        } else {
            a.clone()
        });
    }
    let divisor = b.coefficient.raised(b.exponent - ideal);
    let (quotient, rest) = a.coefficient.raised(a.exponent - ideal).divided(&divisor);
    let twice = rest.plus(&rest);
    let up = twice > divisor || twice == divisor && quotient.is_odd();
    let quotient = if up { quotient.plus(&Coefficient::ONE) } else { quotient };
    if quotient.digits() > work.context.prec {
        return work.fail(DIVISION_IMPOSSIBLE);
    }
    let result = if up {
        Number::new(!a.negative, divisor.minus(&rest), ideal)
    } else {
        Number::new(a.negative, rest, ideal)
    };
    work.finish(result)
}

pub fn plus(work: &mut Work, a: &Number) -> Number {
    signed(work, a, a.negative)
}

pub fn minus(work: &mut Work, a: &Number) -> Number {
    signed(work, a, !a.negative)
}

pub fn absolute(work: &mut Work, a: &Number) -> Number {
    signed(work, a, false)
}

fn signed(work: &mut Work, a: &Number, negative: bool) -> Number {
    if let Some(nan) = nan_of(work, &[a]) {
        return nan;
    }
    // As 0 + a and 0 - a.
    let negative = if a.is_zero() && work.context.rounding != Rounding::Floor {
        false
    } else {
        negative
    };
    work.finish(a.with_sign(negative))
}

/// The exponent of `b`; NaN where the coefficient would be too long.
pub fn quantize(work: &mut Work, a: &Number, b: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a, b]) {
        return nan;
    }
    if a.is_infinite() || b.is_infinite() {
        return if a.is_infinite() && b.is_infinite() {
            a.clone()
        } else {
            work.fail(INVALID_OPERATION)
        };
    }
    let context = work.context;
    if b.exponent > context.emax || b.exponent < context.etiny() {
        return work.fail(INVALID_OPERATION);
    }
    if a.is_zero() {
        return work.finish(Number::new(a.negative, Coefficient::ZERO, b.exponent));
    }
    let shift = a.exponent - b.exponent;
    if a.coefficient.digits() + shift > context.prec {
        return work.fail(INVALID_OPERATION);
    }
    let mut result = a.clone();
    result.exponent = b.exponent;
    let mut met = 0;
    if shift >= 0 {
        result.coefficient = a.coefficient.raised(shift);
    } else {
        let rest = work.shift_rounded(&mut result, -shift);
        met = ROUNDED | if rest == Rest::Zero { 0 } else { INEXACT };
    }
    if result.adjusted() > context.emax || result.coefficient.digits() > context.prec {
        return work.fail(INVALID_OPERATION);
    }
    work.status |= met;
    work.finish(result)
}

/// The nearest integer by the context's rounding; with `exact`, what was lost is told.
pub fn to_integral(work: &mut Work, a: &Number, exact: bool) -> Number {
    if let Some(nan) = nan_of(work, &[a]) {
        return nan;
    }
    if a.is_infinite() || a.exponent >= 0 {
        return a.clone();
    }
    let mut result = a.clone();
    result.exponent = 0;
    if a.is_zero() {
        return result;
    }
    let rest = work.shift_rounded(&mut result, -a.exponent);
    if exact {
        work.status |= ROUNDED | if rest == Rest::Zero { 0 } else { INEXACT };
    }
    result
}

/// Without zeros at its end.
pub fn reduce(work: &mut Work, a: &Number) -> Number {
    if let Some(nan) = nan_of(work, &[a]) {
        return nan;
    }
    let mut result = work.finish(a.clone());
    if result.is_infinite() {
        return result;
    }
    if result.is_zero() {
        result.exponent = 0;
        return result;
    }
    let context = work.context;
    let most = if context.clamp { context.etop() } else { context.emax };
    let zeros = result.coefficient.trailing_zeros().min(most - result.exponent).max(0);
    result.coefficient = result.coefficient.cut(zeros).0;
    result.exponent += zeros;
    result
}

fn magnitude_order(a: &Number, b: &Number) -> Ordering {
    if a.is_infinite() || b.is_infinite() {
        return a.is_infinite().cmp(&b.is_infinite());
    }
    if a.is_zero() || b.is_zero() {
        return b.is_zero().cmp(&a.is_zero());
    }
    let least = a.exponent.min(b.exponent);
    a.adjusted().cmp(&b.adjusted()).then_with(|| {
        let (x, y) = (
            a.coefficient.raised(a.exponent - least),
            b.coefficient.raised(b.exponent - least),
        );
        x.cmp(&y)
    })
}

/// The order of two numbers that are not NaN.
pub fn order(a: &Number, b: &Number) -> Ordering {
    if a.is_zero() && b.is_zero() {
        return Ordering::Equal;
    }
    match (a.negative && !a.is_zero(), b.negative && !b.is_zero()) {
        (false, false) => magnitude_order(a, b),
        (true, true) => magnitude_order(b, a),
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
    }
}

fn ordered(order: Ordering) -> Number {
    Number::small(order as i64)
}

pub fn compare(work: &mut Work, a: &Number, b: &Number) -> Number {
    nan_of(work, &[a, b]).unwrap_or_else(|| ordered(order(a, b)))
}

/// As [`compare`], and every NaN signals.
pub fn compare_signal(work: &mut Work, a: &Number, b: &Number) -> Number {
    if a.is_nan() || b.is_nan() {
        work.status |= INVALID_OPERATION;
    }
    compare(work, a, b)
}

/// An order of all numbers and NaNs in which only the same are equal.
pub fn total_order(a: &Number, b: &Number) -> Ordering {
    if a.negative != b.negative {
        return b.negative.cmp(&a.negative);
    }
    let rank = |number: &Number| match number.kind {
        Kind::Finite | Kind::Infinite => 0,
        Kind::Signaling => 1,
        Kind::Quiet => 2,
    };
    let by_size = rank(a).cmp(&rank(b)).then_with(|| {
        if a.is_nan() {
            a.coefficient.cmp(&b.coefficient)
        } else {
            magnitude_order(a, b).then(if a.is_finite() && b.is_finite() {
                a.exponent.cmp(&b.exponent)
            } else {
                Ordering::Equal
            })
        }
    });
    if a.negative { by_size.reverse() } else { by_size }
}

pub fn compare_total(_: &mut Work, a: &Number, b: &Number) -> Number {
    ordered(total_order(a, b))
}

pub fn compare_total_magnitude(_: &mut Work, a: &Number, b: &Number) -> Number {
    ordered(total_order(&a.with_sign(false), &b.with_sign(false)))
}

/// The larger of two, by `order` and then by representation; the smaller where `least`.
fn extreme(work: &mut Work, a: &Number, b: &Number, magnitude: bool, least: bool) -> Number {
    if a.kind == Kind::Quiet && !b.is_nan() {
        return work.finish(b.clone());
    }
    if b.kind == Kind::Quiet && !a.is_nan() {
        return work.finish(a.clone());
    }
    if let Some(nan) = nan_of(work, &[a, b]) {
        return nan;
    }
    let by_size = if magnitude { magnitude_order(a, b) } else { order(a, b) };
    let by_form = || {
        if a.negative != b.negative {
            return b.negative.cmp(&a.negative);
        }
        let by_exponent = a.exponent.cmp(&b.exponent);
        if a.negative { by_exponent.reverse() } else { by_exponent }
    };
    let found = by_size.then_with(|| {
        if magnitude {
            order(a, b).then_with(by_form)
        } else {
            by_form()
        }
    });
    let first = if least {
        found != Ordering::Greater
    } else {
        found != Ordering::Less
    };
    work.finish(if first { a.clone() } else { b.clone() })
}

pub fn max(work: &mut Work, a: &Number, b: &Number) -> Number {
    extreme(work, a, b, false, false)
}

pub fn min(work: &mut Work, a: &Number, b: &Number) -> Number {
    extreme(work, a, b, false, true)
}

pub fn max_magnitude(work: &mut Work, a: &Number, b: &Number) -> Number {
    extreme(work, a, b, true, false)
}

pub fn min_magnitude(work: &mut Work, a: &Number, b: &Number) -> Number {
    extreme(work, a, b, true, true)
}
