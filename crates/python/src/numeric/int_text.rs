//! Integers out of text and into text, with CPython's limit on decimal digits.

use std::fmt::Write;

use num_bigint::{BigInt, Sign};

use super::address::{self, is_address};
use super::float_parse::{is_c_space, to_ascii_number};
use crate::text::escape;
use crate::text::{Failure, Kind};

/// `sys.get_int_max_str_digits()` unless a program changes it; 0 is no limit.
pub const DEFAULT_MAX_DIGITS: usize = 4300;

/// An integer as the virtual machine keeps it: most are small.
#[derive(Clone, Copy, Debug)]
pub enum IntRef<'a> {
    Small(i64),
    Big(&'a BigInt),
}

impl IntRef<'_> {
    pub fn is_negative(&self) -> bool {
        match self {
            IntRef::Small(value) => *value < 0,
            IntRef::Big(value) => value.sign() == Sign::Minus,
        }
    }

    /// As a C long, or the OverflowError of converting it.
    pub fn to_i64(self) -> Result<i64, Failure> {
        let too_large = || Failure::overflow("Python int too large to convert to C long");
        match self {
            IntRef::Small(value) => Ok(value),
            IntRef::Big(value) => i64::try_from(value).map_err(|_| too_large()),
        }
    }

    /// As a float, rounded half to even, or the OverflowError of converting it.
    pub fn to_f64(self) -> Result<f64, Failure> {
        match self {
            IntRef::Small(value) => Ok(value as f64),
            IntRef::Big(value) => big_to_f64(value),
        }
    }
}

/// `float(value)`: rounded half to even.
pub fn big_to_f64(value: &BigInt) -> Result<f64, Failure> {
    if is_address(value) {
        return Err(shown_address());
    }
    let magnitude = value.magnitude();
    let bits = magnitude.bits();
    let rounded = if bits <= 64 {
        magnitude.iter_u64_digits().next().unwrap_or(0) as f64
    } else {
        // The top 64 bits with a sticky last one round the same way as the whole number.
        let shift = bits - 64;
        let top = (magnitude >> shift).iter_u64_digits().next().unwrap_or(0);
        let sticky = magnitude.trailing_zeros().is_some_and(|zeros| zeros < shift);
        (top | u64::from(sticky)) as f64 * 2f64.powi(shift.min(2000) as i32)
    };
    if rounded.is_infinite() {
        return Err(Failure::overflow("int too large to convert to float"));
    }
    Ok(if value.sign() == Sign::Minus { -rounded } else { rounded })
}

fn too_many_digits(max_digits: usize) -> Failure {
    Failure::value(format!(
        "Exceeds the limit ({max_digits} digits) for integer string conversion; \
         use sys.set_int_max_str_digits() to increase the limit"
    ))
}

fn shown_address() -> Failure {
    Failure::new(Kind::Unsupported, address::UNSUPPORTED)
}

/// Appends `str(value)`.
pub fn write_i64(out: &mut String, value: i64) {
    out.push_str(itoa::Buffer::new().format(value));
}

/// Appends `str(value)`; more than `max_digits` digits are a ValueError.
pub fn write_big(out: &mut String, value: &BigInt, max_digits: usize) -> Result<(), Failure> {
    // A decimal digit is worth more than 3 bits: what is far too long is refused before it is converted.
    if max_digits > 0 && value.bits() / 4 > max_digits as u64 {
        return Err(too_many_digits(max_digits));
    }
    if is_address(value) {
        return Err(shown_address());
    }
    let text = value.magnitude().to_str_radix(10);
    if max_digits > 0 && text.len() > max_digits {
        return Err(too_many_digits(max_digits));
    }
    if value.sign() == Sign::Minus {
        out.push('-');
    }
    out.push_str(&text);
    Ok(())
}

/// Appends `str(value)`.
pub fn write_int(out: &mut String, value: IntRef<'_>, max_digits: usize) -> Result<(), Failure> {
    match value {
        IntRef::Small(value) => {
            write_i64(out, value);
            Ok(())
        }
        IntRef::Big(value) => write_big(out, value, max_digits),
    }
}

/// Digits of the magnitude in base 2, 8, 10 or 16, without sign or prefix.
pub fn magnitude_digits(value: IntRef<'_>, base: u32, max_digits: usize) -> Result<String, Failure> {
    let mut out = String::new();
    match (value, base) {
        (IntRef::Small(value), _) => {
            let magnitude = value.unsigned_abs();
            let _ = match base {
                2 => write!(out, "{magnitude:b}"),
                8 => write!(out, "{magnitude:o}"),
                16 => write!(out, "{magnitude:x}"),
                _ => write!(out, "{magnitude}"),
            };
        }
        (IntRef::Big(value), 10) => {
            write_big(&mut out, value, max_digits)?;
            if value.sign() == Sign::Minus {
                out.remove(0);
            }
        }
        (IntRef::Big(value), _) if is_address(value) => return Err(shown_address()),
        (IntRef::Big(value), _) => out = value.magnitude().to_str_radix(base),
    }
    Ok(out)
}

/// `bin`, `oct`, `hex`: sign, prefix and digits.
pub fn prefixed(value: IntRef<'_>, base: u32) -> String {
    let sign = if value.is_negative() { "-" } else { "" };
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        _ => "0x",
    };
    let digits = magnitude_digits(value, base, 0).unwrap_or_default();
    format!("{sign}{prefix}{digits}")
}

/// What `int(text, base)` reads: `Small` wherever it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parsed {
    Small(i64),
    Big(BigInt),
}

/// `int(text, base)`; base 0 takes the base from the prefix.
pub fn parse_int(text: &str, base: i64, max_digits: usize) -> Result<Parsed, Failure> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(Failure::value("int() base must be >= 2 and <= 36, or 0"));
    }
    // The common case first: plain decimal digits that fit.
    if base == 10 && text.len() <= 18 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Parsed::Small(
            text.bytes().fold(0, |value, byte| value * 10 + i64::from(byte - b'0')),
        ));
    }
    let invalid = || {
        let shown: String = escape::repr(text).chars().take(200).collect();
        Failure::value(format!("invalid literal for int() with base {base}: {shown}"))
    };
    let ascii = to_ascii_number(text).ok_or_else(invalid)?;
    parse_ascii(ascii.trim_matches(is_c_space), base as u32, max_digits)?.ok_or_else(invalid)
}

/// `int(bytes, base)` shares the rules; the caller words the error with the bytes' repr.
pub fn parse_ascii(number: &str, base: u32, max_digits: usize) -> Result<Option<Parsed>, Failure> {
    let (negative, body) = match number.as_bytes().first() {
        Some(b'-') => (true, &number[1..]),
        Some(b'+') => (false, &number[1..]),
        _ => (false, number),
    };
    let prefix = match body.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let (digits, radix, zeros_only) = match base {
        // Base 0 without prefix is base 10, but `010` would be C's octal: only zeros may lead with zero.
        0 if prefix == 0 => (body, 10, body.starts_with('0')),
        0 => (&body[2..], prefix, false),
        _ if base == prefix => (&body[2..], base, false),
        _ => (body, base, false),
    };
    let after_prefix = digits.len() != body.len();
    let digits = if after_prefix {
        digits.strip_prefix('_').unwrap_or(digits)
    } else {
        digits
    };
    // Scan as far as digits go, so that the limit on digits speaks before a complaint about what follows.
    let mut count = 0;
    let mut previous = b'_';
    let mut length = 0;
    for &byte in digits.as_bytes() {
        if byte == b'_' {
            if previous == b'_' {
                return Ok(None);
            }
        } else if (byte as char).is_digit(radix) {
            count += 1;
        } else {
            break;
        }
        previous = byte;
        length += 1;
    }
    if previous == b'_' {
        return Ok(None);
    }
    if !radix.is_power_of_two() && max_digits > 0 && count > max_digits {
        return Err(Failure::value(format!(
            "Exceeds the limit ({max_digits} digits) for integer string conversion: value has {count} digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        )));
    }
    if length != digits.len() || (zeros_only && digits.bytes().any(|byte| !matches!(byte, b'0' | b'_'))) {
        return Ok(None);
    }
    let plain: std::borrow::Cow<'_, str> = if count == digits.len() {
        digits.into()
    } else {
        digits.replace('_', "").into()
    };
    if count <= 12 {
        let value = i64::from_str_radix(&plain, radix).unwrap_or(0);
        return Ok(Some(Parsed::Small(if negative { -value } else { value })));
    }
    let Some(value) = BigInt::parse_bytes(plain.as_bytes(), radix) else {
        return Ok(None);
    };
    let value = if negative { -value } else { value };
    Ok(Some(i64::try_from(&value).map_or(Parsed::Big(value), Parsed::Small)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str, base: i64) -> Result<i64, String> {
        match parse_int(text, base, DEFAULT_MAX_DIGITS) {
            Ok(Parsed::Small(value)) => Ok(value),
            Ok(Parsed::Big(value)) => Err(value.to_string()),
            Err(failure) => Err(failure.message),
        }
    }

    #[test]
    fn int_accepts_what_python_accepts() {
        for (text, base, expected) in [
            (" -12\n", 10, -12),
            ("1_000", 10, 1000),
            ("0x_ff", 0, 255),
            ("0XfF", 16, 255),
            ("0_0", 0, 0),
            ("\u{663}\u{664}", 10, 34),
            ("zz", 36, 1295),
            ("-9223372036854775808", 10, i64::MIN),
        ] {
            assert_eq!(parsed(text, base), Ok(expected), "{text}");
        }
        for (text, base) in [
            ("", 10),
            ("1_", 10),
            ("_1", 10),
            ("1__0", 10),
            ("0x", 16),
            ("010", 0),
            ("0b2", 2),
            ("- 1", 10),
            ("1.0", 10),
        ] {
            assert_eq!(
                parsed(text, base),
                Err(format!("invalid literal for int() with base {base}: '{text}'"))
            );
        }
        assert_eq!(parsed("1", 37), Err("int() base must be >= 2 and <= 36, or 0".into()));
        assert_eq!(parsed("9223372036854775808", 10), Err("9223372036854775808".into()));
    }

    #[test]
    fn digits_are_limited() {
        let long = "1".repeat(4301);
        assert!(parsed(&long, 10).unwrap_err().ends_with(
            "(4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit"
        ));
        let mut out = String::new();
        assert!(write_big(&mut out, &BigInt::from(10).pow(4299), DEFAULT_MAX_DIGITS).is_ok());
        assert_eq!(out.len(), 4300);
        assert!(write_big(&mut out, &BigInt::from(10).pow(4300), DEFAULT_MAX_DIGITS).is_err());
        assert!(write_big(&mut out, &BigInt::from(10).pow(4300), 0).is_ok());
    }

    #[test]
    fn other_bases_and_floats() {
        assert_eq!(prefixed(IntRef::Small(-255), 16), "-0xff");
        assert_eq!(prefixed(IntRef::Big(&(BigInt::from(1) << 70)), 2).len(), 73);
        assert_eq!(big_to_f64(&((BigInt::from(1) << 53) + 1)), Ok(9007199254740992.0));
        assert_eq!(
            big_to_f64(&((BigInt::from(1) << 100) + (BigInt::from(1) << 47) + 1)),
            Ok(1.2676506002282297e30)
        );
        assert!(big_to_f64(&(BigInt::from(1) << 1024)).is_err());
    }
}
