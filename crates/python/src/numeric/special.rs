//! Functions of `math` that the standard library lacks, with CPython's results to the last bit.

use std::f64::consts::PI;

use num_bigint::BigUint;

use crate::text::Failure;

/// Why a function has no value: CPython's ValueError "math domain error" or OverflowError "math range error".
pub fn domain_error() -> Failure {
    Failure::value("math domain error")
}

pub fn range_error() -> Failure {
    Failure::overflow("math range error")
}

/// `value % modulus` of floats: the result has the sign of the modulus, which is not zero.
pub fn float_mod(value: f64, modulus: f64) -> f64 {
    let remainder = value % modulus;
    if remainder == 0.0 {
        return 0f64.copysign(modulus);
    }
    if (modulus < 0.0) != (remainder < 0.0) {
        remainder + modulus
    } else {
        remainder
    }
}

/// The Lanczos approximation with g = 6.0246… and 13 terms (the coefficients of Boost's `lanczos13m53`).
const LANCZOS_G: f64 = 6.024_680_040_776_73;
const LANCZOS_G_MINUS_HALF: f64 = 5.524_680_040_776_73;
#[allow(clippy::excessive_precision)]
const LANCZOS_NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];
const LANCZOS_DENOMINATOR: [f64; 13] = [
    0.0,
    39_916_800.0,
    120_543_840.0,
    150_917_976.0,
    105_258_076.0,
    45_995_730.0,
    13_339_535.0,
    2_637_558.0,
    357_423.0,
    32_670.0,
    1_925.0,
    66.0,
    1.0,
];

fn lanczos_sum(x: f64) -> f64 {
    let pairs = LANCZOS_NUMERATOR.iter().zip(&LANCZOS_DENOMINATOR);
    // Large arguments go from the other end, so that nothing overflows.
    let (numerator, denominator) = if x < 5.0 {
        pairs.rev().fold((0.0, 0.0), |(n, d), (a, b)| (n * x + a, d * x + b))
    } else {
        pairs.fold((0.0, 0.0), |(n, d), (a, b)| (n / x + a, d / x + b))
    };
    numerator / denominator
}

/// sin(πx), exact where it is zero.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let result = match (2.0 * y).round() as u32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * result
}

/// `math.gamma`.
pub fn gamma(x: f64) -> Result<f64, Failure> {
    if x.is_nan() || x == f64::INFINITY {
        return Ok(x);
    }
    if x == f64::NEG_INFINITY || x == 0.0 || (x < 0.0 && x.floor() == x) {
        return Err(domain_error());
    }
    if x.floor() == x && x <= 23.0 {
        return Ok((2..x as u64).fold(1.0, |product, factor| product * factor as f64));
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        let result = 1.0 / x;
        return if result.is_infinite() {
            Err(range_error())
        } else {
            Ok(result)
        };
    }
    if magnitude > 200.0 {
        return if x < 0.0 {
            Ok(0.0 / sin_pi(x))
        } else {
            Err(range_error())
        };
    }
    let y = magnitude + LANCZOS_G_MINUS_HALF;
    // What rounding lost in y.
    let lost = if magnitude > LANCZOS_G_MINUS_HALF {
        (y - magnitude) - LANCZOS_G_MINUS_HALF
    } else {
        (y - LANCZOS_G_MINUS_HALF) - magnitude
    };
    let z = lost * LANCZOS_G / y;
    let result = if x < 0.0 {
        let mut r = -PI / sin_pi(magnitude) / magnitude * y.exp() / lanczos_sum(magnitude);
        r -= z * r;
        if magnitude < 140.0 {
            r / y.powf(magnitude - 0.5)
        } else {
            let root = y.powf(magnitude / 2.0 - 0.25);
            r / root / root
        }
    } else {
        let mut r = lanczos_sum(magnitude) / y.exp();
        r += z * r;
        if magnitude < 140.0 {
            r * y.powf(magnitude - 0.5)
        } else {
            let root = y.powf(magnitude / 2.0 - 0.25);
            r * root * root
        }
    };
    if result.is_infinite() {
        Err(range_error())
    } else {
        Ok(result)
    }
}

/// `math.lgamma`.
pub fn log_gamma(x: f64) -> Result<f64, Failure> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x.floor() == x && x <= 2.0 {
        return if x <= 0.0 { Err(domain_error()) } else { Ok(0.0) };
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        return Ok(-magnitude.ln());
    }
    let mut r = lanczos_sum(magnitude).ln() - LANCZOS_G;
    r += (magnitude - 0.5) * ((magnitude + LANCZOS_G - 0.5).ln() - 1.0);
    if x < 0.0 {
        const LOG_PI: f64 = 1.144_729_885_849_400_2;
        r = LOG_PI - sin_pi(magnitude).abs().ln() - magnitude.ln() - r;
    }
    if r.is_infinite() { Err(range_error()) } else { Ok(r) }
}

/// `math.fsum`: the sum rounded once, by exact partial sums (Shewchuk 1997).
pub fn exact_sum(values: impl IntoIterator<Item = f64>) -> Result<f64, Failure> {
    let mut partials: Vec<f64> = Vec::new();
    let mut special = 0.0;
    let mut infinities = 0.0;
    for value in values {
        let mut x = value;
        let mut kept = 0;
        for index in 0..partials.len() {
            let mut y = partials[index];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x == 0.0 {
            continue;
        }
        if x.is_finite() {
            partials.push(x);
            continue;
        }
        if value.is_finite() {
            return Err(Failure::overflow("intermediate overflow in fsum"));
        }
        if value.is_infinite() {
            infinities += value;
        }
        special += value;
        partials.clear();
    }
    if special != 0.0 || f64::is_nan(special) {
        if infinities.is_nan() {
            return Err(Failure::value("-inf + inf in fsum"));
        }
        return Ok(special);
    }
    let Some(mut high) = partials.pop() else { return Ok(0.0) };
    let mut low = 0.0;
    while let Some(y) = partials.pop() {
        let x = high;
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            break;
        }
    }
    // A tie that was rounded to even goes the other way when anything lies beyond it in that direction.
    if let Some(&next) = partials.last()
        && ((low < 0.0 && next < 0.0) || (low > 0.0 && next > 0.0))
    {
        let y = low * 2.0;
        let x = high + y;
        if y == x - high {
            high = x;
        }
    }
    Ok(high)
}

/// The Euclidean norm of coordinates (`math.hypot`, `math.dist`), nearly always correctly rounded.
pub fn norm(coordinates: &[f64]) -> f64 {
    let largest = coordinates.iter().fold(0f64, |largest, x| largest.max(x.abs()));
    if coordinates.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    if coordinates.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if largest == 0.0 || coordinates.len() <= 1 {
        return largest;
    }
    let (mut sum, mut fractions_1, mut fractions_2) = (1.0, 0.0, 0.0);
    let mut add = |high: f64, low: f64, sum: &mut f64| {
        let total = *sum + high;
        fractions_2 += high - (total - *sum);
        *sum = total;
        fractions_1 += low;
        (fractions_1, fractions_2)
    };
    let square = |left: f64, right: f64| {
        let high = left * right;
        (high, left.mul_add(right, -high))
    };
    let exponent = exponent_of(largest);
    let subnormal = exponent < -1023;
    let scale = if subnormal { 1.0 } else { power_of_two(-exponent) };
    let mut fractions = (0.0, 0.0);
    for x in coordinates {
        let x = if subnormal { x.abs() / largest } else { x.abs() * scale };
        let (high, low) = square(x, x);
        fractions = add(high, low, &mut sum);
    }
    let mut root = (sum - 1.0 + (fractions.0 + fractions.1)).sqrt();
    if subnormal {
        return largest * root;
    }
    // One step of Newton's method on what the rounded root misses.
    let (high, low) = square(-root, root);
    fractions = add(high, low, &mut sum);
    root += (sum - 1.0 + (fractions.0 + fractions.1)) / (2.0 * root);
    root / scale
}

/// `2^power` for powers from -1074 to 1023; `powi` goes through infinity for the subnormal ones.
fn power_of_two(power: i32) -> f64 {
    f64::from_bits(if power >= -1022 {
        ((power + 1023) as u64) << 52
    } else {
        1 << (power + 1074)
    })
}

/// `e` such that `value == m × 2^e` with `0.5 <= m < 1` (C's `frexp`); `value` finite and above zero.
pub fn exponent_of(value: f64) -> i32 {
    let (mantissa, power) = super::float_parse::decompose(value);
    power + 64 - mantissa.unsigned_abs().leading_zeros() as i32
}

/// `math.remainder` of finite arguments: IEEE 754's remainder, ties to even.
pub fn remainder(x: f64, y: f64) -> Result<f64, Failure> {
    if x.is_nan() || y.is_nan() {
        return Ok(if x.is_nan() { x } else { y });
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain_error());
    }
    if y.is_infinite() {
        return Ok(x);
    }
    let (magnitude, divisor) = (x.abs(), y.abs());
    let m = magnitude % divisor;
    let c = divisor - m;
    let r = if m < c {
        m
    } else if m > c {
        -c
    } else {
        m - 2.0 * ((0.5 * (magnitude - m)) % divisor)
    };
    Ok(1f64.copysign(x) * r)
}

/// `math.ulp`.
pub fn ulp(value: f64) -> f64 {
    let value = value.abs();
    if value.is_nan() || value.is_infinite() {
        return value;
    }
    let next = value.next_up();
    if next.is_infinite() {
        value - value.next_down()
    } else {
        next - value
    }
}

/// `math.nextafter`.
pub fn next_after(from: f64, to: f64) -> f64 {
    if from.is_nan() || to.is_nan() {
        f64::NAN
    } else if from == to {
        to
    } else if from < to {
        from.next_up()
    } else {
        from.next_down()
    }
}

/// `math.comb` for counts that are not negative.
pub fn combinations(n: &BigUint, k: u64) -> BigUint {
    let mut result = BigUint::from(1u32);
    for i in 0..k {
        result = result * (n - i) / (i + 1);
    }
    result
}

/// `math.perm` for counts that are not negative and `k <= n`.
pub fn permutations(n: &BigUint, k: u64) -> BigUint {
    (0..k).fold(BigUint::from(1u32), |product, i| product * (n - i))
}

/// Natural logarithm of a positive integer of any size.
pub fn log_big(value: &BigUint) -> f64 {
    let bits = value.bits();
    if bits <= 1023 {
        return super::int_text::big_to_f64(&value.clone().into()).map_or(f64::INFINITY, f64::ln);
    }
    let shift = bits - 64;
    let top = (value >> shift).iter_u64_digits().next().unwrap_or(0);
    let sticky = value.trailing_zeros().is_some_and(|zeros| zeros < shift);
    let mantissa = (top | u64::from(sticky)) as f64 / 2f64.powi(64);
    mantissa.ln() + std::f64::consts::LN_2 * bits as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_functions() {
        for (x, value) in [
            (0.5, 1.7724538509055159),
            (-1.5, 2.3632718012073544),
            (10.3, 716430.6890623765),
            (100.25, 2.9484662818387695e+156),
            (170.6, 9.295995953500918e+305),
            (-170.5, -3.312739521538607e-308),
            (5.0, 24.0),
        ] {
            assert_eq!(gamma(x), Ok(value), "{x}");
        }
        assert_eq!(log_gamma(0.5), Ok(0.5723649429247004));
        assert_eq!(log_gamma(-1.5), Ok(0.8600470153764812));
        assert_eq!(log_gamma(-170.5), Ok(-707.9984331450788));
        assert!(gamma(-1.0).is_err() && gamma(172.0).is_err() && log_gamma(0.0).is_err());
    }

    #[test]
    fn sums_and_norms() {
        assert_eq!(exact_sum([0.1; 10]), Ok(1.0));
        assert_eq!(exact_sum([1.0, 1e100, 1.0, -1e100]), Ok(2.0));
        assert!(exact_sum([f64::INFINITY, f64::NEG_INFINITY]).is_err());
        assert_eq!(norm(&[3.0, 4.0]), 5.0);
        assert_eq!(norm(&[1e-320, 1e-320]), 1.414e-320);
        assert_eq!(norm(&[1e308, 1e308]), 1.4142135623730951e308);
    }

    #[test]
    fn neighbours_and_remainders() {
        assert_eq!(remainder(7.0, 2.0), Ok(-1.0));
        assert_eq!(remainder(5.0, 2.0), Ok(1.0));
        assert_eq!(ulp(1.0), f64::EPSILON);
        assert_eq!(next_after(0.0, -1.0), -5e-324);
        assert_eq!(float_mod(-1.0, 3.0), 2.0);
        assert_eq!(combinations(&BigUint::from(52u32), 5).to_string(), "2598960");
        assert_eq!(permutations(&BigUint::from(5u32), 2).to_string(), "20");
        assert_eq!(log_big(&(BigUint::from(1u32) << 2000)), 1386.2943611198907);
    }
}
