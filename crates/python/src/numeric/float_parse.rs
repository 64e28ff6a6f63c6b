//! Floats out of text (`float()`, `complex()`, `float.fromhex`) and into exact parts (`hex`, `as_integer_ratio`, `round`).

use num_bigint::{BigInt, BigUint};

use crate::text::escape;
use crate::text::unicode;
use crate::text::{Failure, Kind};

/// Replaces Unicode decimal digits by ASCII ones and Unicode spaces by blanks; `None` when another character outside
/// ASCII remains, which no number contains.
pub fn to_ascii_number(text: &str) -> Option<std::borrow::Cow<'_, str>> {
    if text.is_ascii() {
        return Some(text.into());
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if unicode::is_space(c) {
            out.push(' ');
        } else if c.is_ascii() {
            out.push(c);
        } else {
            out.push((b'0' + unicode::decimal_value(c)?) as char);
        }
    }
    Some(out.into())
}

/// C's `isspace` in the "C" locale, which number parsing strips.
pub fn is_c_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r')
}

/// Drops underscores that stand between digits; `None` when one stands elsewhere.
fn without_underscores(text: &str) -> Option<std::borrow::Cow<'_, str>> {
    if !text.contains('_') {
        return Some(text.into());
    }
    let mut out = String::with_capacity(text.len());
    let mut previous = '\0';
    for c in text.chars() {
        if c == '_' {
            if !previous.is_ascii_digit() {
                return None;
            }
        } else {
            if previous == '_' && !c.is_ascii_digit() {
                return None;
            }
            out.push(c);
        }
        previous = c;
    }
    if previous == '_' { None } else { Some(out.into()) }
}

/// Length of the longest prefix that is a float literal (sign, digits, point, exponent, inf, nan), 0 when there is none.
fn float_prefix(text: &str) -> usize {
    let bytes = text.as_bytes();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let rest = &bytes[sign..];
    for word in ["infinity", "inf", "nan"] {
        if rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes()) {
            return sign + word.len();
        }
    }
    let digits = |from: usize| {
        rest[from.min(rest.len())..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let whole = digits(0);
    let mut end = whole;
    let mut count = whole;
    if rest.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        count += fraction;
        end += 1 + fraction;
    }
    if count == 0 {
        return 0;
    }
    if matches!(rest.get(end), Some(b'e' | b'E')) {
        let signed = end + 1 + usize::from(matches!(rest.get(end + 1), Some(b'+' | b'-')));
        let power = digits(signed);
        if power > 0 {
            end = signed + power;
        }
    }
    sign + end
}

/// The value of a text that [`float_prefix`] accepted whole.
fn float_value(text: &str) -> f64 {
    let unsigned = text.trim_start_matches(['+', '-']);
    let value = if unsigned.eq_ignore_ascii_case("nan") {
        f64::NAN.abs()
    } else {
        unsigned.parse().unwrap_or(f64::NAN)
    };
    if text.starts_with('-') { -value } else { value }
}

/// `float(text)`.
pub fn parse_float(text: &str) -> Result<f64, Failure> {
    parse_plain(text)
        .ok_or_else(|| Failure::value(format!("could not convert string to float: {}", escape::repr(text))))
}

fn parse_plain(text: &str) -> Option<f64> {
    let ascii = to_ascii_number(text)?;
    let number = without_underscores(ascii.trim_matches(is_c_space))?;
    (!number.is_empty() && float_prefix(&number) == number.len()).then(|| float_value(&number))
}

/// `complex(text)`: real and imaginary part.
pub fn parse_complex(text: &str) -> Result<(f64, f64), Failure> {
    let malformed = || Failure::value("complex() arg is a malformed string");
    let ascii = to_ascii_number(text).ok_or_else(malformed)?;
    let Some(whole) = without_underscores(ascii.trim_matches(is_c_space)) else {
        let message = format!("could not convert string to complex: {}", escape::repr(text));
        return Err(Failure::value(message));
    };
    parse_complex_plain(&whole).ok_or_else(malformed)
}

fn parse_complex_plain(whole: &str) -> Option<(f64, f64)> {
    let mut number = whole;
    if let Some(inner) = number.strip_prefix('(') {
        number = inner
            .trim_matches(is_c_space)
            .strip_suffix(')')?
            .trim_matches(is_c_space);
    }
    let is_unit = |rest: &str| matches!(rest, "j" | "J");
    // A sign or nothing before the `j` stands for one.
    let unit = |rest: &str| match rest {
        "+j" | "+J" => Some(1.0),
        "-j" | "-J" => Some(-1.0),
        _ => None,
    };
    if is_unit(number) {
        return Some((0.0, 1.0));
    }
    if let Some(value) = unit(number) {
        return Some((0.0, value));
    }
    let length = float_prefix(number);
    if length == 0 {
        return None;
    }
    let first = float_value(&number[..length]);
    let rest = &number[length..];
    if rest.is_empty() {
        return Some((first, 0.0));
    }
    if is_unit(rest) {
        return Some((0.0, first));
    }
    if !rest.starts_with(['+', '-']) {
        return None;
    }
    if let Some(value) = unit(rest) {
        return Some((first, value));
    }
    let length = float_prefix(rest);
    (length > 0 && is_unit(&rest[length..])).then(|| (first, float_value(&rest[..length])))
}

/// Mantissa and power such that `value == mantissa × 2^power` exactly; `value` finite.
pub fn decompose(value: f64) -> (i64, i32) {
    let bits = value.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i32;
    let fraction = (bits & ((1 << 52) - 1)) as i64;
    let (mantissa, power) = if exponent == 0 {
        (fraction, -1074)
    } else {
        (fraction | 1 << 52, exponent - 1075)
    };
    (if value.is_sign_negative() { -mantissa } else { mantissa }, power)
}

/// `value.as_integer_ratio()`.
pub fn integer_ratio(value: f64) -> Result<(BigInt, BigInt), Failure> {
    if value.is_nan() {
        return Err(Failure::value("cannot convert NaN to integer ratio"));
    }
    if value.is_infinite() {
        return Err(Failure::overflow("cannot convert Infinity to integer ratio"));
    }
    let (mut mantissa, mut power) = decompose(value);
    if mantissa == 0 {
        return Ok((BigInt::ZERO, BigInt::from(1)));
    }
    let shift = mantissa.trailing_zeros() as i32;
    mantissa >>= shift;
    power += shift;
    Ok(if power >= 0 {
        (BigInt::from(mantissa) << power, BigInt::from(1))
    } else {
        (BigInt::from(mantissa), BigInt::from(1) << -power)
    })
}

/// `int(value)`: truncation towards zero.
pub fn to_integer(value: f64) -> Result<BigInt, Failure> {
    if value.is_nan() {
        return Err(Failure::value("cannot convert float NaN to integer"));
    }
    if value.is_infinite() {
        return Err(Failure::overflow("cannot convert float infinity to integer"));
    }
    let (mantissa, power) = decompose(value.trunc());
    Ok(if power >= 0 {
        BigInt::from(mantissa) << power
    } else {
        BigInt::from(mantissa >> -power.max(-63))
    })
}

/// `round(value, digits)` with CPython's correct rounding (half to even on the exact value).
pub fn round_digits(value: f64, digits: i64) -> Result<f64, Failure> {
    // Beyond these every double is unchanged, or rounds to zero.
    if !value.is_finite() || value == 0.0 || digits > 323 {
        return Ok(value);
    }
    if digits < -308 {
        return Ok(0.0 * value);
    }
    let rounded: f64 = if digits >= 0 {
        let places = digits as usize;
        format!("{:.places$}", value.abs()).parse().unwrap_or(f64::NAN)
    } else {
        let (mantissa, power) = decompose(value.abs());
        let ten = BigUint::from(10u32).pow(digits.unsigned_abs() as u32);
        let mantissa = BigUint::from(mantissa.unsigned_abs());
        let (numerator, unit) = if power >= 0 {
            (mantissa << power, ten.clone())
        } else {
            (mantissa, ten.clone() << -power)
        };
        let quotient = &numerator / &unit;
        let twice = (numerator - &quotient * &unit) << 1;
        let up = twice > unit || (twice == unit && quotient.bit(0));
        let text = ((quotient + u32::from(up)) * ten).to_string();
        text.parse().unwrap_or(f64::NAN)
    };
    if rounded.is_infinite() {
        return Err(Failure::overflow("rounded value too large to represent"));
    }
    Ok(rounded.copysign(value))
}

/// `value.hex()`.
pub fn to_hex(value: f64) -> String {
    if !value.is_finite() {
        return super::float_text::repr(value);
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = value.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (lead, power) = if exponent == 0 {
        (0, -1022)
    } else {
        (1, exponent - 1023)
    };
    format!("{sign}0x{lead}.{fraction:013x}p{power:+}")
}

/// `float.fromhex(text)`.
pub fn from_hex(text: &str) -> Result<f64, Failure> {
    let invalid = || Failure::value("invalid hexadecimal floating-point string");
    let too_large = || Failure::new(Kind::Overflow, "hexadecimal value too large to represent as a float");
    let body = text.trim_matches(is_c_space);
    let (negative, body) = match body.as_bytes().first() {
        Some(b'-') => (true, &body[1..]),
        Some(b'+') => (false, &body[1..]),
        _ => (false, body),
    };
    let signed = |value: f64| if negative { -value } else { value };
    match body.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Ok(signed(f64::INFINITY)),
        "nan" => return Ok(signed(f64::NAN.abs())),
        _ => {}
    }
    let body = body
        .strip_prefix("0x")
        .or_else(|| body.strip_prefix("0X"))
        .unwrap_or(body);
    let (mantissa, power) = match body.find(['p', 'P']) {
        Some(at) => {
            let text = &body[at + 1..];
            let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(invalid());
            }
            // More than 18 digits can only overflow or underflow.
            let value: i64 =
                digits
                    .trim_start_matches('0')
                    .parse()
                    .unwrap_or(if digits.trim_start_matches('0').is_empty() {
                        0
                    } else {
                        i64::MAX / 4
                    });
            (
                &body[..at],
                if text.starts_with('-') {
                    -value.min(i64::MAX / 4)
                } else {
                    value.min(i64::MAX / 4)
                },
            )
        }
        None => (body, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.len() + fraction.len() == 0
        || !whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_hexdigit())
    {
        return Err(invalid());
    }
    // 2^64 bits of leading digits are kept; what follows only matters as "not zero" (a sticky bit).
    let mut bits: u64 = 0;
    let mut sticky = false;
    let mut dropped: i64 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        let value = u64::from((digit as char).to_digit(16).unwrap_or(0));
        if bits >> 58 == 0 {
            bits = bits << 4 | value;
        } else {
            sticky |= value != 0;
            dropped += 4;
        }
    }
    if bits == 0 {
        return Ok(signed(0.0));
    }
    let scale = power.saturating_add(dropped).saturating_sub(4 * fraction.len() as i64);
    let top = scale.saturating_add(64 - i64::from(bits.leading_zeros()));
    if top > 1024 {
        return Err(too_large());
    }
    if top < -1075 {
        return Ok(signed(0.0));
    }
    // Round once, half to even, at the last bit that a double of this magnitude has.
    let lowest = (top - 53).max(-1074);
    let shift = lowest - scale;
    let mantissa = if shift <= 0 {
        bits << -shift.max(-63)
    } else {
        let kept = if shift >= 64 { 0 } else { bits >> shift };
        let half = 1u128 << (shift - 1);
        let rest = u128::from(bits) & ((1u128 << shift) - 1);
        let up = rest > half || (rest == half && (sticky || kept & 1 == 1));
        kept + u64::from(up)
    };
    // The mantissa fits 53 bits (or is 2^53 exactly), so both steps of the scaling are exact.
    let value = scale_exact(mantissa as f64, lowest);
    if value.is_infinite() {
        Err(too_large())
    } else {
        Ok(signed(value))
    }
}

/// `value × 2^power` where the result is known to be exact or to overflow.
fn scale_exact(mut value: f64, mut power: i64) -> f64 {
    while power > 1000 {
        value *= f64::from_bits((1000 + 1023) << 52);
        power -= 1000;
    }
    while power < -1000 {
        value *= f64::from_bits((1023 - 1000) << 52);
        power += 1000;
    }
    value * f64::from_bits(((1023 + power) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn float_accepts_what_python_accepts() {
        for (text, expected) in [
            ("1_0.5", 10.5),
            (" 5. ", 5.0),
            (".5e1", 5.0),
            ("1e400", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("\u{663}.5", 3.5),
        ] {
            assert_eq!(parse_float(text), Ok(expected), "{text}");
        }
        for text in ["", "_1", "1_", "1__0", "1e", ".", "0x1", "--1", "in_f", "1 2"] {
            assert!(parse_float(text).is_err(), "{text}");
        }
        assert_eq!(
            parse_float("a'b").unwrap_err().message,
            "could not convert string to float: \"a'b\""
        );
    }

    #[test]
    fn complex_literals() {
        assert_eq!(parse_complex(" ( 1+2j ) "), Ok((1.0, 2.0)));
        assert_eq!(parse_complex("-j"), Ok((0.0, -1.0)));
        assert_eq!(parse_complex("1e3-1e-2J"), Ok((1000.0, -0.01)));
        assert!(parse_complex("1 + 2j").is_err());
        assert!(parse_complex("1+2").is_err());
    }

    #[test]
    fn rounding_is_exact() {
        assert_eq!(round_digits(2.675, 2), Ok(2.67));
        assert_eq!(round_digits(0.5, 0), Ok(0.0));
        assert_eq!(round_digits(1250.0, -2), Ok(1200.0));
        assert_eq!(round_digits(1350.0, -2), Ok(1400.0));
        assert_eq!(round_digits(-15.0, -1), Ok(-20.0));
        assert!(round_digits(1.7976931348623157e308, -308).is_err());
    }

    #[test]
    fn hexadecimal() {
        assert_eq!(to_hex(3.7), "0x1.d99999999999ap+1");
        assert_eq!(to_hex(5e-324), "0x0.0000000000001p-1022");
        for value in [3.7, 5e-324, f64::MAX, -1e-310, 1.0, 2.2250738585072014e-308] {
            assert_eq!(from_hex(&to_hex(value)), Ok(value));
        }
        assert_eq!(from_hex("0x.8"), Ok(0.5));
        assert_eq!(from_hex("ffp-4"), Ok(15.9375));
        assert!(from_hex("0x1p1024").is_err());
        assert!(from_hex("0x").is_err());
    }
}
