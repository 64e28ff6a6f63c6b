//! Text of floats and complex numbers: `repr`, and every presentation type of the format mini-language.

use std::fmt::Write;

/// How [`write_float`] lays digits out (CPython's `PyOS_double_to_string`).
#[derive(Clone, Copy, Debug)]
pub struct FloatStyle {
    /// `b'e'`, `b'f'`, `b'g'`, or `b'r'` for the shortest digits that read back as the same float.
    pub code: u8,
    /// Digits after the point (`e`, `f`) or significant digits (`g`); not used by `r`.
    pub precision: usize,
    pub uppercase: bool,
    /// `#`: keep the point and, with `g`, trailing zeros.
    pub alternate: bool,
    /// Whole numbers end in `.0`.
    pub point_zero: bool,
    /// `z`: a negative number that rounds to zero loses its sign.
    pub no_negative_zero: bool,
}

impl FloatStyle {
    pub const REPR: FloatStyle = FloatStyle {
        code: b'r',
        precision: 0,
        uppercase: false,
        alternate: false,
        point_zero: true,
        no_negative_zero: false,
    };
}

/// Exact decimal expansions of doubles end within this many digits after the point, so longer precisions only add zeros.
const MAX_FRACTION_DIGITS: usize = 1074;
/// No double has more significant decimal digits than this.
const MAX_SIGNIFICANT_DIGITS: usize = 767;

/// Appends `repr(value)`.
pub fn write_repr(out: &mut String, value: f64) {
    let magnitude = value.abs();
    // Both sides lay these out the same way; outside of them Python changes to an exponent at other magnitudes than ryu.
    if (1e-4..1e16).contains(&magnitude) {
        out.push_str(ryu::Buffer::new().format_finite(value));
    } else if value == 0.0 {
        out.push_str(if value.is_sign_negative() { "-0.0" } else { "0.0" });
    } else {
        write_float(out, value, &FloatStyle::REPR);
    }
}

/// `repr(value)`.
pub fn repr(value: f64) -> String {
    let mut out = String::with_capacity(24);
    write_repr(&mut out, value);
    out
}

/// Appends `repr(complex(real, imaginary))`.
pub fn write_complex_repr(out: &mut String, real: f64, imaginary: f64) {
    let style = FloatStyle {
        point_zero: false,
        ..FloatStyle::REPR
    };
    if real == 0.0 && real.is_sign_positive() {
        write_float(out, imaginary, &style);
        out.push('j');
        return;
    }
    out.push('(');
    write_float(out, real, &style);
    if imaginary.is_nan() || imaginary.is_sign_positive() {
        out.push('+');
    }
    write_float(out, imaginary, &style);
    out.push_str("j)");
}

/// Appends `value` in `style`, with a `-` where it is negative (never for NaN).
pub fn write_float(out: &mut String, value: f64, style: &FloatStyle) {
    if !value.is_finite() {
        if value == f64::NEG_INFINITY {
            out.push('-');
        }
        out.push_str(match (value.is_nan(), style.uppercase) {
            (true, false) => "nan",
            (true, true) => "NAN",
            (false, false) => "inf",
            (false, true) => "INF",
        });
        return;
    }
    let start = out.len();
    if value.is_sign_negative() {
        out.push('-');
    }
    let magnitude = value.abs();
    match style.code {
        b'f' => write_fixed(out, magnitude, style),
        b'e' => write_exponent(out, magnitude, style),
        b'g' => write_general(out, magnitude, style),
        _ => write_shortest(out, magnitude, style),
    }
    if style.no_negative_zero && out[start..].starts_with('-') {
        let mantissa = out[start..].split(['e', 'E']).next().unwrap_or_default();
        if !mantissa.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            out.remove(start);
        }
    }
}

fn push_zeros(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n('0', count));
}

fn write_fixed(out: &mut String, magnitude: f64, style: &FloatStyle) {
    let digits = style.precision.min(MAX_FRACTION_DIGITS);
    let _ = write!(out, "{magnitude:.digits$}");
    push_zeros(out, style.precision - digits);
    if style.precision == 0 && style.alternate {
        out.push('.');
    }
}

fn push_power(out: &mut String, power: i32, uppercase: bool) {
    out.push(if uppercase { 'E' } else { 'e' });
    out.push(if power < 0 { '-' } else { '+' });
    let _ = write!(out, "{:02}", power.unsigned_abs());
}

/// Splits Rust's `{:e}` text into its mantissa (with point) and its power of ten.
fn split_power(text: &str) -> (&str, i32) {
    let (mantissa, power) = text.split_once('e').unwrap_or((text, "0"));
    (mantissa, power.parse().unwrap_or(0))
}

fn write_exponent(out: &mut String, magnitude: f64, style: &FloatStyle) {
    let digits = style.precision.min(MAX_SIGNIFICANT_DIGITS);
    let text = format!("{magnitude:.digits$e}");
    let (mantissa, power) = split_power(&text);
    out.push_str(mantissa);
    push_zeros(out, style.precision - digits);
    if style.precision == 0 && style.alternate {
        out.push('.');
    }
    push_power(out, power, style.uppercase);
}

fn write_general(out: &mut String, magnitude: f64, style: &FloatStyle) {
    let precision = style.precision.max(1);
    let digits = precision.min(MAX_SIGNIFICANT_DIGITS);
    let text = format!("{magnitude:.*e}", digits - 1);
    let (mantissa, power) = split_power(&text);
    let mut significant: String = mantissa.chars().filter(|&c| c != '.').collect();
    if style.alternate {
        push_zeros(&mut significant, precision - digits);
    } else {
        significant.truncate(significant.trim_end_matches('0').len().max(1));
    }
    let point = power + 1;
    let limit = i64::try_from(precision).unwrap_or(i64::MAX) - i64::from(style.point_zero);
    lay_out(out, &significant, point, point <= -4 || i64::from(point) > limit, style);
}

fn write_shortest(out: &mut String, magnitude: f64, style: &FloatStyle) {
    if magnitude == 0.0 {
        return lay_out(out, "0", 1, false, style);
    }
    let mut buffer = ryu::Buffer::new();
    let (digits, point) = shortest_digits(&mut buffer, magnitude);
    lay_out(out, &digits, point, point <= -4 || point > 16, style);
}

/// The shortest digits `d1d2…` and the position `p` of the point such that `0.d1d2… × 10^p` reads back as `magnitude`.
fn shortest_digits(buffer: &mut ryu::Buffer, magnitude: f64) -> (String, i32) {
    let text = buffer.format_finite(magnitude);
    let (mantissa, power) = split_power(text);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = String::with_capacity(20);
    digits.push_str(whole);
    digits.push_str(fraction);
    let leading = digits.len() - digits.trim_start_matches('0').len();
    digits.drain(..leading);
    digits.truncate(digits.trim_end_matches('0').len());
    (digits, whole.len() as i32 + power - leading as i32)
}

/// Places the point (or the exponent) in a run of significant digits.
fn lay_out(out: &mut String, digits: &str, point: i32, exponent: bool, style: &FloatStyle) {
    if exponent {
        out.push_str(&digits[..1]);
        if digits.len() > 1 || style.alternate {
            out.push('.');
            out.push_str(&digits[1..]);
        }
        push_power(out, point - 1, style.uppercase);
        return;
    }
    if point <= 0 {
        out.push_str("0.");
        push_zeros(out, point.unsigned_abs() as usize);
        out.push_str(digits);
        return;
    }
    let point = point as usize;
    if digits.len() > point {
        out.push_str(&digits[..point]);
        out.push('.');
        out.push_str(&digits[point..]);
        return;
    }
    out.push_str(digits);
    push_zeros(out, point - digits.len());
    if style.point_zero {
        out.push_str(".0");
    } else if style.alternate {
        out.push('.');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_lays_out_as_python() {
        for (value, expected) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (9999999999999998.0, "9999999999999998.0"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (0.0001, "0.0001"),
            (0.00001234, "1.234e-05"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NAN, "nan"),
            (f64::NEG_INFINITY, "-inf"),
            (100.0, "100.0"),
        ] {
            assert_eq!(repr(value), expected);
        }
    }

    #[test]
    fn complex_repr_drops_a_positive_zero_real_part() {
        let text = |real, imaginary| {
            let mut out = String::new();
            write_complex_repr(&mut out, real, imaginary);
            out
        };
        assert_eq!(text(0.0, 1.0), "1j");
        assert_eq!(text(-0.0, 1.5), "(-0+1.5j)");
        assert_eq!(text(1.0, -0.0), "(1-0j)");
        assert_eq!(text(f64::NAN, f64::NAN), "(nan+nanj)");
    }

    #[test]
    fn presentation_types() {
        let text = |value, code, precision| {
            let mut out = String::new();
            write_float(
                &mut out,
                value,
                &FloatStyle {
                    code,
                    precision,
                    point_zero: false,
                    ..FloatStyle::REPR
                },
            );
            out
        };
        assert_eq!(text(0.5, b'f', 0), "0");
        assert_eq!(text(2.5, b'f', 0), "2");
        assert_eq!(text(0.125, b'f', 2), "0.12");
        assert_eq!(text(1e-7, b'g', 6), "1e-07");
        assert_eq!(text(1234567.0, b'g', 6), "1.23457e+06");
        assert_eq!(text(100000.0, b'g', 6), "100000");
        assert_eq!(text(12345.678, b'e', 2), "1.23e+04");
        assert_eq!(text(0.1, b'f', 60).len(), 62);
        assert_eq!(&text(0.1, b'f', 2000)[..30], "0.1000000000000000055511151231");
    }
}
