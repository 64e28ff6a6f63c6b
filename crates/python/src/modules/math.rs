//! `math`.

use super::lazy::{self, Member, function};
use crate::numeric::{error_function, special};
use crate::text::failure::Failure;
use crate::value::*;
use crate::vm::native::{Args, Arity};
use crate::vm::{Vm, names};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use std::f64::consts;

const ONE: Arity = Arity::One;
const TWO: Arity = Arity::Between(2, 2);

const MEMBERS: &[Member] = &[
    function("acos", ONE, |vm, a| real(vm, a, f64::acos, false)),
    function("acosh", ONE, |vm, a| real(vm, a, acosh, false)),
    function("asin", ONE, |vm, a| real(vm, a, f64::asin, false)),
    function("asinh", ONE, |vm, a| real(vm, a, asinh, false)),
    function("atan", ONE, |vm, a| real(vm, a, f64::atan, false)),
    function("atan2", TWO, |vm, a| {
        let (y, x) = pair(vm, a)?;
        Ok(Value::float(y.atan2(x)))
    }),
    function("atanh", ONE, |vm, a| real(vm, a, atanh, false)),
    function("cbrt", ONE, cube_root),
    function("ceil", ONE, |vm, a| rounded(vm, a[0], names::CEIL, f64::ceil)),
    function("comb", TWO, combinations),
    function("copysign", TWO, |vm, a| {
        let (x, y) = pair(vm, a)?;
        Ok(Value::float(x.copysign(y)))
    }),
    function("cos", ONE, |vm, a| real(vm, a, f64::cos, false)),
    function("cosh", ONE, |vm, a| real(vm, a, f64::cosh, true)),
    function("degrees", ONE, |vm, a| {
        let x = vm.to_float(a[0])?;
        Ok(Value::float(x * (180.0 / consts::PI)))
    }),
    function("dist", TWO, distance),
    function("erf", ONE, |vm, a| real(vm, a, error_function::erf, false)),
    function("erfc", ONE, |vm, a| real(vm, a, error_function::erfc, false)),
    function("exp", ONE, |vm, a| real(vm, a, f64::exp, true)),
    function("exp2", ONE, |vm, a| real(vm, a, f64::exp2, true)),
    function("expm1", ONE, |vm, a| real(vm, a, f64::exp_m1, true)),
    function("fabs", ONE, |vm, a| real(vm, a, f64::abs, false)),
    function("factorial", ONE, factorial),
    function("floor", ONE, |vm, a| rounded(vm, a[0], names::FLOOR, f64::floor)),
    function("fmod", TWO, |vm, a| {
        let (x, y) = pair(vm, a)?;
        if y.is_infinite() && x.is_finite() {
            return Ok(Value::float(x));
        }
        let result = x % y;
        if result.is_nan() && !x.is_nan() && !y.is_nan() {
            return Err(vm.value_error("math domain error"));
        }
        Ok(Value::float(result))
    }),
    function("frexp", ONE, |vm, a| {
        let x = vm.to_float(a[0])?;
        let (mantissa, exponent) = split(x);
        Ok(vm
            .heap
            .new_tuple(&[Value::float(mantissa), Value::Int(exponent.into())]))
    }),
    function("fsum", ONE, |vm, a| {
        let values = floats(vm, a[0])?;
        let sum = special::exact_sum(values);
        float_result(vm, sum)
    }),
    function("gamma", ONE, |vm, a| {
        let x = vm.to_float(a[0])?;
        float_result(vm, special::gamma(x))
    }),
    function("gcd", Arity::Positional, |vm, a| {
        fold_integers(vm, a, 0, gcd_small, big_gcd)
    }),
    function("hypot", Arity::Positional, |vm, a| {
        let mut coordinates = Vec::with_capacity(a.len());
        for &value in a.values {
            coordinates.push(vm.to_float(value)?);
        }
        Ok(Value::float(special::norm(&coordinates)))
    }),
    function(
        "isclose",
        Arity::Named {
            parameters: &["a", "b", "rel_tol", "abs_tol"],
            required: 2,
            positional_only: 0,
            keyword_only: 2,
        },
        is_close,
    ),
    function("isfinite", ONE, |vm, a| Ok(Value::from(vm.to_float(a[0])?.is_finite()))),
    function("isinf", ONE, |vm, a| Ok(Value::from(vm.to_float(a[0])?.is_infinite()))),
    function("isnan", ONE, |vm, a| Ok(Value::from(vm.to_float(a[0])?.is_nan()))),
    function("isqrt", ONE, integer_root),
    function("lcm", Arity::Positional, |vm, a| {
        fold_integers(
            vm,
            a,
            1,
            |x, y| {
                if x == 0 || y == 0 {
                    return Some(0);
                }
                (x / gcd_small(x, y)?).checked_mul(y)?.checked_abs()
            },
            |x, y| match big_gcd(x, y) {
                divisor if divisor.is_zero() => BigInt::zero(),
                divisor => (x / divisor * y).abs(),
            },
        )
    }),
    function("ldexp", TWO, scale),
    function("lgamma", ONE, |vm, a| {
        let x = vm.to_float(a[0])?;
        float_result(vm, special::log_gamma(x))
    }),
    function("log", Arity::Positional, |vm, a| {
        if !(1..=2).contains(&a.len()) {
            return Err(vm.type_error("math.log requires 1 to 2 arguments"));
        }
        let x = logarithm(vm, a[0], f64::ln)?;
        let Some(base) = a.get(1) else {
            return Ok(Value::float(x));
        };
        let base = logarithm(vm, base, f64::ln)?;
        if base == 0.0 {
            return Err(vm.zero_division("float division by zero"));
        }
        Ok(Value::float(x / base))
    }),
    function("log10", ONE, |vm, a| Ok(Value::float(logarithm(vm, a[0], f64::log10)?))),
    function("log1p", ONE, |vm, a| real(vm, a, f64::ln_1p, false)),
    function("log2", ONE, |vm, a| Ok(Value::float(logarithm(vm, a[0], f64::log2)?))),
    function("modf", ONE, |vm, a| {
        let x = vm.to_float(a[0])?;
        let (fraction, whole) = match x {
            _ if x.is_infinite() => (0f64.copysign(x), x),
            _ => ((x - x.trunc()).copysign(x), x.trunc()),
        };
        Ok(vm.heap.new_tuple(&[Value::float(fraction), Value::float(whole)]))
    }),
    function("nextafter", TWO, |vm, a| {
        let (x, y) = pair(vm, a)?;
        Ok(Value::float(special::next_after(x, y)))
    }),
    function("perm", Arity::Between(1, 2), permutations),
    function("pow", TWO, power),
    function(
        "prod",
        Arity::Named {
            parameters: &["iterable", "start"],
            required: 1,
            positional_only: 1,
            keyword_only: 1,
        },
        product,
    ),
    function("radians", ONE, |vm, a| {
        let x = vm.to_float(a[0])?;
        Ok(Value::float(x * (consts::PI / 180.0)))
    }),
    function("remainder", TWO, |vm, a| {
        let (x, y) = pair(vm, a)?;
        float_result(vm, special::remainder(x, y))
    }),
    function("sin", ONE, |vm, a| real(vm, a, f64::sin, false)),
    function("sinh", ONE, |vm, a| real(vm, a, f64::sinh, true)),
    function("sqrt", ONE, |vm, a| real(vm, a, f64::sqrt, false)),
    function("tan", ONE, |vm, a| real(vm, a, f64::tan, false)),
    function("tanh", ONE, |vm, a| real(vm, a, f64::tanh, false)),
    function("trunc", ONE, |vm, a| match a[0] {
        Value::Float(f) => vm.float_to_int(f.get().trunc()),
        value => match vm.call_special(value, names::TRUNC, &[])? {
            Some(result) => Ok(result),
            None => {
                let message = format!("type {} doesn't define __trunc__ method", vm.type_name(value));
                Err(vm.type_error(message))
            }
        },
    }),
    function("ulp", ONE, |vm, a| {
        let x = vm.to_float(a[0])?;
        Ok(Value::float(special::ulp(x)))
    }),
    Member::Make("pi", |_| Ok(Value::float(consts::PI))),
    Member::Make("e", |_| Ok(Value::float(consts::E))),
    Member::Make("tau", |_| Ok(Value::float(consts::TAU))),
    Member::Make("inf", |_| Ok(Value::float(f64::INFINITY))),
    Member::Make("nan", |vm| Ok(Value::float(vm.fresh_nan(f64::NAN)))),
];

/// Public names in the order of CPython's module, for `from math import *`.
const ORDER: &str = "acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh degrees dist erf erfc exp exp2 expm1 fabs \
    factorial floor fmod frexp fsum gamma gcd hypot isclose isfinite isinf isnan isqrt lcm ldexp lgamma log log1p \
    log10 log2 modf pow radians remainder sin sinh sqrt tan tanh trunc prod perm comb nextafter ulp pi e tau inf \
    nan";

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    lazy::fill(vm, dict, "math", |vm, a| {
        if matches!(a[0], Value::Str(names::ALL)) {
            return Ok(lazy::listed(vm, ORDER));
        }
        lazy::member(vm, "math", MEMBERS, a)
    })
}

fn float_result(vm: &mut Vm, result: Result<f64, Failure>) -> Res<Value> {
    match result {
        Ok(value) => Ok(Value::float(vm.fresh_nan(value))),
        Err(failure) => Err(vm.failure(failure)),
    }
}

fn pair(vm: &mut Vm, a: Args<'_>) -> Res<(f64, f64)> {
    Ok((vm.to_float(a[0])?, vm.to_float(a[1])?))
}

/// A function of one real: a NaN out of nothing is a domain error, an infinity out of a finite number a range error.
fn real(vm: &mut Vm, a: Args<'_>, f: fn(f64) -> f64, can_overflow: bool) -> Res<Value> {
    let x = vm.to_float(a[0])?;
    let result = f(x);
    if result.is_nan() {
        if !x.is_nan() {
            return Err(vm.value_error("math domain error"));
        }
        return Ok(Value::float(vm.fresh_nan(result)));
    }
    if result.is_infinite() && x.is_finite() {
        return Err(if can_overflow {
            vm.overflow_error("math range error")
        } else {
            vm.value_error("math domain error")
        });
    }
    Ok(Value::float(result))
}

// The inverse hyperbolic functions, by the formulas of Sun's fdlibm (e_acosh.c, s_asinh.c, e_atanh.c), which the C library uses.

fn acosh(x: f64) -> f64 {
    if x < 1.0 {
        f64::NAN
    } else if x >= 268_435_456.0 {
        x.ln() + consts::LN_2
    } else if x == 1.0 {
        0.0
    } else if x > 2.0 {
        (2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())).ln()
    } else {
        let t = x - 1.0;
        (t + (2.0 * t + t * t).sqrt()).ln_1p()
    }
}

fn asinh(x: f64) -> f64 {
    let magnitude = x.abs();
    if !x.is_finite() || magnitude < 1.0 / 268_435_456.0 {
        return x;
    }
    let result = if magnitude > 268_435_456.0 {
        magnitude.ln() + consts::LN_2
    } else if magnitude > 2.0 {
        (2.0 * magnitude + 1.0 / ((x * x + 1.0).sqrt() + magnitude)).ln()
    } else {
        let t = x * x;
        (magnitude + t / (1.0 + (1.0 + t).sqrt())).ln_1p()
    };
    result.copysign(x)
}

fn atanh(x: f64) -> f64 {
    let magnitude = x.abs();
    if magnitude > 1.0 {
        return f64::NAN;
    }
    if magnitude < 1.0 / 268_435_456.0 {
        return x;
    }
    let result = if magnitude < 0.5 {
        let t = magnitude + magnitude;
        0.5 * (t + t * magnitude / (1.0 - magnitude)).ln_1p()
    } else {
        0.5 * ((magnitude + magnitude) / (1.0 - magnitude)).ln_1p()
    };
    result.copysign(x)
}

/// C libraries differ in the last digit: only roots that are integers are certain.
fn cube_root(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let x = vm.to_float(a[0])?;
    // The C library's results are off by a bit or two, even for cubes: not so at these.
    let known = [0.0, 1.0, 8.0, f64::INFINITY].contains(&x.abs()) || x.is_nan();
    if !known {
        return Err(vm.unsupported("math.cbrt"));
    }
    let root = x.cbrt();
    Ok(Value::float(vm.fresh_nan(root)))
}

fn rounded(vm: &mut Vm, value: Value, method: StrId, f: fn(f64) -> f64) -> Res<Value> {
    match value {
        Value::Float(x) => return vm.float_to_int(f(x.get())),
        Value::Int(_) | Value::BigInt(_) => return Ok(value),
        Value::Bool(b) => return Ok(Value::Int(b.into())),
        _ => {}
    }
    if let Some(result) = vm.call_special(value, method, &[])? {
        return Ok(result);
    }
    let x = vm.to_float(value)?;
    vm.float_to_int(f(x))
}

/// An integer argument of any size.
fn integer(vm: &mut Vm, value: Value) -> Res<BigInt> {
    let index = vm.index_value(value)?;
    Ok(vm.big(index).unwrap_or_default())
}

fn factorial(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let n = integer(vm, a[0])?;
    if n.sign() == Sign::Minus {
        return Err(vm.value_error("factorial() not defined for negative values"));
    }
    let Some(n) = n.to_i64() else {
        return Err(vm.overflow_error("factorial() argument should not exceed 9223372036854775807"));
    };
    if n <= 20 {
        return Ok(Value::Int((2..=n).product()));
    }
    let bits = n as f64 * (n as f64).log2();
    if bits > 1e10 {
        return Err(vm.limit("memory"));
    }
    vm.reserve(bits as usize / 8)?;
    // The last product of the tree takes about a third of the work.
    vm.spend_product(bits as usize, bits as usize)?;
    let product = range_product(2, n as u64);
    Ok(vm.heap.int(product.into()))
}

/// The product of all integers from `low` to `high`, by halves so that the factors stay of one size.
fn range_product(low: u64, high: u64) -> BigUint {
    if high - low < 8 {
        return (low..=high).fold(BigUint::from(1u32), |product, factor| product * factor);
    }
    let middle = low + (high - low) / 2;
    range_product(low, middle) * range_product(middle + 1, high)
}

fn gcd_small(x: i64, y: i64) -> Option<i64> {
    let (mut x, mut y) = (x.unsigned_abs(), y.unsigned_abs());
    while y != 0 {
        (x, y) = (y, x % y);
    }
    i64::try_from(x).ok()
}

/// What integers have been folded to so far: a machine number while it fits.
enum Folded {
    Small(i64),
    Big(BigInt),
}

/// The divisor of two numbers, the larger one cut down to the other's size first.
fn big_gcd(x: &BigInt, y: &BigInt) -> BigInt {
    let (large, small) = if x.bits() < y.bits() { (y, x) } else { (x, y) };
    if small.is_zero() || large.bits() < small.bits() + 64 {
        return large.gcd(small);
    }
    small.gcd(&(large % small))
}

fn fold_integers(
    vm: &mut Vm,
    a: Args<'_>,
    start: i64,
    small: fn(i64, i64) -> Option<i64>,
    big: fn(&BigInt, &BigInt) -> BigInt,
) -> Res<Value> {
    let mut result = Folded::Small(start);
    for (index, &value) in a.values.iter().enumerate() {
        let value = vm.index_value(value)?;
        if let (&Folded::Small(x), Value::Int(y)) = (&result, value) {
            let (x, y) = if index == 0 { (y, y) } else { (x, y) };
            if let Some(folded) = small(x, y) {
                result = Folded::Small(folded);
                continue;
            }
        }
        let x = match result {
            Folded::Small(x) => BigInt::from(x),
            Folded::Big(x) => x,
        };
        let y = vm.big(value).unwrap_or_default();
        let (most, least) = (x.bits().max(y.bits()) as usize, x.bits().min(y.bits()) as usize);
        vm.spend_quotient(most, least)?;
        let words = (least / 64) as f64;
        vm.spend(64.0 * words * words)?;
        vm.tick(1 + (most >> 10) as u32)?;
        let folded = if index == 0 { y.abs() } else { big(&x, &y) };
        result = match folded.to_i64() {
            Some(folded) => Folded::Small(folded),
            None => Folded::Big(folded),
        };
    }
    Ok(match result {
        Folded::Small(result) => Value::Int(result),
        Folded::Big(result) => vm.heap.int(result),
    })
}

fn integer_root(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let n = integer(vm, a[0])?;
    if n.sign() == Sign::Minus {
        return Err(vm.value_error("isqrt() argument must be nonnegative"));
    }
    let words = (n.bits() / 64) as f64;
    vm.spend(words * words)?;
    Ok(vm.heap.int(n.sqrt()))
}

fn is_close(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (x, y) = pair(vm, a)?;
    let relative = a.get(2).map_or(Ok(1e-9), |v| vm.to_float(v))?;
    let absolute = a.get(3).map_or(Ok(0.0), |v| vm.to_float(v))?;
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    if x == y {
        return Ok(Value::from(true));
    }
    if x.is_infinite() || y.is_infinite() {
        return Ok(Value::from(false));
    }
    let difference = (y - x).abs();
    Ok(Value::from(
        difference <= (relative * y).abs() || difference <= (relative * x).abs() || difference <= absolute,
    ))
}

/// `frexp`.
fn split(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let exponent = special::exponent_of(x.abs());
    // In two steps: the power of a subnormal number has no double of its own.
    let half = exponent / 2;
    (x / 2f64.powi(half) / 2f64.powi(exponent - half), exponent)
}

fn scale(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let x = vm.to_float(a[0])?;
    let exponent = match vm.payload(a[1]) {
        Value::Int(i) => i,
        Value::Bool(b) => b.into(),
        Value::BigInt(id) => {
            if vm.heap[id].sign() == Sign::Minus {
                i64::MIN
            } else {
                i64::MAX
            }
        }
        _ => return Err(vm.type_error("Expected an int as second argument to ldexp.")),
    };
    if x == 0.0 || !x.is_finite() {
        return Ok(Value::float(x));
    }
    let result = libm::ldexp(x, exponent.clamp(-100_000, 100_000) as i32);
    if result.is_infinite() {
        return Err(vm.overflow_error("math range error"));
    }
    Ok(Value::float(result))
}

/// Logarithms of integers of any size and of floats.
fn logarithm(vm: &mut Vm, value: Value, log: fn(f64) -> f64) -> Res<f64> {
    if let Value::Int(_) | Value::BigInt(_) | Value::Bool(_) = vm.payload(value) {
        let n = integer(vm, value)?;
        if !n.is_positive() {
            return Err(vm.value_error("math domain error"));
        }
        let bits = n.bits();
        if bits <= 1023 {
            let x = vm.to_float(value)?;
            return Ok(log(x));
        }
        let shift = bits - 64;
        let top = (n.magnitude() >> shift).to_u64().unwrap_or(u64::MAX);
        let sticky = n.magnitude().trailing_zeros().is_some_and(|zeros| zeros < shift);
        let mantissa = (top | u64::from(sticky)) as f64 / 2f64.powi(64);
        return Ok(log(mantissa) + log(2.0) * bits as f64);
    }
    let x = vm.to_float(value)?;
    if x <= 0.0 {
        return Err(vm.value_error("math domain error"));
    }
    Ok(log(x))
}

fn power(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (x, y) = pair(vm, a)?;
    let result = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if result.is_nan() || (result.is_infinite() && x == 0.0) {
            return Err(vm.value_error("math domain error"));
        }
        if result.is_infinite() {
            return Err(vm.overflow_error("math range error"));
        }
    }
    Ok(Value::float(vm.fresh_nan(result)))
}

fn product(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let mut result = a.or(1, Value::Int(1));
    let iterator = vm.iterator(a[0])?;
    while let Some(item) = vm.next(iterator)? {
        vm.tick(1)?;
        result = vm.binary_operation(5, result, item)?;
    }
    Ok(result)
}

/// The two counts of `comb` and `perm`.
fn counts(vm: &mut Vm, a: Args<'_>) -> Res<(BigUint, BigUint)> {
    let n = integer(vm, a[0])?;
    let k = integer(vm, a[1])?;
    if n.sign() == Sign::Minus {
        return Err(vm.value_error("n must be a non-negative integer"));
    }
    if k.sign() == Sign::Minus {
        return Err(vm.value_error("k must be a non-negative integer"));
    }
    Ok((n.magnitude().clone(), k.magnitude().clone()))
}

fn combinations(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (n, k) = counts(vm, a)?;
    if k > n {
        return Ok(Value::Int(0));
    }
    let rest = &n - &k;
    let k = k.min(rest);
    let Some(count) = k.to_u64().filter(|&k| k < 1 << 24) else {
        return Err(vm.limit("time"));
    };
    vm.tick((count.saturating_mul(1 + count * n.bits() / 4096)).min(1 << 30) as u32)?;
    vm.afford(0.5 * count as f64 * (count * n.bits() / 64) as f64)?;
    let result = special::combinations(&n, count);
    Ok(vm.heap.int(result.into()))
}

fn permutations(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    if a.get(1).is_none_or(Value::is_none) {
        return factorial(vm, a);
    }
    let (n, k) = counts(vm, a)?;
    if k > n {
        return Ok(Value::Int(0));
    }
    let Some(count) = k.to_u64().filter(|&k| k < 1 << 24) else {
        return Err(vm.limit("time"));
    };
    vm.tick((count.saturating_mul(1 + count * n.bits() / 4096)).min(1 << 30) as u32)?;
    vm.afford(0.5 * count as f64 * (count * n.bits() / 64) as f64)?;
    let result = special::permutations(&n, count);
    Ok(vm.heap.int(result.into()))
}

fn floats(vm: &mut Vm, iterable: Value) -> Res<Vec<f64>> {
    let mut values = Vec::new();
    let iterator = vm.iterator(iterable)?;
    while let Some(item) = vm.next(iterator)? {
        vm.tick(1)?;
        values.push(vm.to_float(item)?);
    }
    Ok(values)
}

fn distance(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (p, q) = (vm.collect_items(a[0])?, vm.collect_items(a[1])?);
    if p.len() != q.len() {
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    let mut differences = Vec::with_capacity(p.len());
    for (x, y) in p.into_iter().zip(q) {
        differences.push(vm.to_float(x)? - vm.to_float(y)?);
    }
    Ok(Value::float(special::norm(&differences)))
}
