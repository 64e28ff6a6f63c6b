//! Decimal numbers, and their text.

use super::coefficient::Coefficient;
use num_bigint::BigUint;
use num_traits::Num;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Finite,
    Infinite,
    /// A NaN that passes through operations.
    Quiet,
    /// A NaN that signals.
    Signaling,
}

/// `±coefficient · 10^exponent`; the coefficient of a NaN is its payload.
#[derive(Clone, Debug)]
pub struct Number {
    pub negative: bool,
    pub kind: Kind,
    pub coefficient: Coefficient,
    pub exponent: i64,
}

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Scientific,
    Engineering,
    /// Always with an exponent, so many digits before the point.
    Exponent(i64),
    Fixed,
}

impl Number {
    pub fn new(negative: bool, coefficient: Coefficient, exponent: i64) -> Self {
        Number {
            negative,
            kind: Kind::Finite,
            coefficient,
            exponent,
        }
    }

    pub fn special(kind: Kind, negative: bool) -> Self {
        Number {
            negative,
            kind,
            coefficient: Coefficient::ZERO,
            exponent: 0,
        }
    }

    pub fn small(value: i64) -> Self {
        Number::new(value < 0, Coefficient::Small(value.unsigned_abs().into()), 0)
    }

    pub fn is_nan(&self) -> bool {
        matches!(self.kind, Kind::Quiet | Kind::Signaling)
    }

    pub fn is_finite(&self) -> bool {
        self.kind == Kind::Finite
    }

    pub fn is_infinite(&self) -> bool {
        self.kind == Kind::Infinite
    }

    pub fn is_zero(&self) -> bool {
        self.is_finite() && self.coefficient.is_zero()
    }

    /// The exponent of its first digit.
    pub fn adjusted(&self) -> i64 {
        self.exponent + self.coefficient.digits() - 1
    }

    pub fn is_integer(&self) -> bool {
        self.is_finite()
            && (self.exponent >= 0 || self.is_zero() || self.coefficient.trailing_zeros() >= -self.exponent)
    }

    /// Is an integer odd?
    pub fn is_odd(&self) -> bool {
        self.exponent <= 0 && self.coefficient.cut(-self.exponent).0.is_odd()
    }

    pub fn with_sign(&self, negative: bool) -> Number {
        Number {
            negative,
            ..self.clone()
        }
    }

    /// The number that ASCII text without blanks stands for.
    pub fn parse(text: &str) -> Option<Number> {
        let (negative, rest) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let lower = rest.to_ascii_lowercase();
        if lower == "inf" || lower == "infinity" {
            return Some(Number::special(Kind::Infinite, negative));
        }
        for (word, kind) in [("snan", Kind::Signaling), ("nan", Kind::Quiet)] {
            if let Some(payload) = lower.strip_prefix(word) {
                let mut nan = Number::special(kind, negative);
                if !payload.is_empty() {
                    nan.coefficient = natural(payload)?;
                }
                return Some(nan);
            }
        }
        let (mantissa, exponent) = match lower.split_once('e') {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (&lower[..], None),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let exponent = match exponent {
            None => 0,
            Some(text) => {
                let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
                if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
                    return None;
                }
                // What is beyond all bounds stays so.
                const BEYOND: i64 = 4_000_000_000_000_000_000;
                let size = digits.parse::<i64>().unwrap_or(BEYOND).min(BEYOND);
                if text.starts_with('-') { -size } else { size }
            }
        };
        let coefficient = if fraction.is_empty() {
            natural(whole)?
        } else {
            natural(&format!("{whole}{fraction}"))?
        };
        Some(Number::new(negative, coefficient, exponent - fraction.len() as i64))
    }

    pub fn write(&self, style: Style, capitals: bool) -> String {
        let sign = if self.negative { "-" } else { "" };
        match self.kind {
            Kind::Infinite => return format!("{sign}Infinity"),
            Kind::Quiet | Kind::Signaling => {
                let name = if self.kind == Kind::Quiet { "NaN" } else { "sNaN" };
                return match self.coefficient.is_zero() {
                    true => format!("{sign}{name}"),
                    false => format!("{sign}{name}{}", self.coefficient),
                };
            }
            Kind::Finite => {}
        }
        let digits = self.coefficient.to_string();
        let length = digits.len() as i64;
        let left = length + self.exponent;
        let plain = self.exponent <= 0 && left > -6;
        let point = match style {
            Style::Fixed => left,
            Style::Exponent(point) => point,
            _ if plain => left,
            Style::Scientific => 1,
            Style::Engineering if self.coefficient.is_zero() => (left + 1).rem_euclid(3) - 1,
            Style::Engineering => (left - 1).rem_euclid(3) + 1,
        };
        let mut out = String::with_capacity(digits.len() + 12);
        out.push_str(sign);
        if point <= 0 {
            out.push_str("0.");
            (point..0).for_each(|_| out.push('0'));
            out.push_str(&digits);
        } else if point >= length {
            out.push_str(&digits);
            (length..point).for_each(|_| out.push('0'));
        } else {
            out.push_str(&digits[..point as usize]);
            out.push('.');
            out.push_str(&digits[point as usize..]);
        }
        if left != point || matches!(style, Style::Exponent(_)) {
            out.push(if capitals { 'E' } else { 'e' });
            out.push_str(&format!("{:+}", left - point));
        }
        out
    }
}

/// The number of a row of digits.
fn natural(digits: &str) -> Option<Coefficient> {
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    if digits.len() <= 38 {
        return Some(Coefficient::Small(if digits.is_empty() {
            0
        } else {
            digits.parse().ok()?
        }));
    }
    BigUint::from_str_radix(digits, 10).ok().map(Coefficient::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back() {
        for (text, scientific, engineering) in [
            ("1", "1", "1"),
            ("-0.00", "-0.00", "-0.00"),
            ("1e5", "1E+5", "100E+3"),
            ("123e3", "1.23E+5", "123E+3"),
            ("0e5", "0E+5", "0.0E+6"),
            ("1e-7", "1E-7", "100E-9"),
            (".5", "0.5", "0.5"),
            ("5.", "5", "5"),
            ("snan012", "sNaN12", "sNaN12"),
            ("-iNf", "-Infinity", "-Infinity"),
        ] {
            let number = Number::parse(text).expect(text);
            assert_eq!(number.write(Style::Scientific, true), scientific);
            assert_eq!(number.write(Style::Engineering, true), engineering);
        }
        for text in ["", ".", "e5", "1e", "1e+", "infinit", "nan-1", "1.2.3", "--1", "0x1"] {
            assert!(Number::parse(text).is_none(), "{text}");
        }
    }
}
