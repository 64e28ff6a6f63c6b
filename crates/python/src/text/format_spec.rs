//! The format mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`, parsed and applied to
//! str, int, float and complex (Library Reference, "Format Specification Mini-Language"), with CPython 3.11's errors.

use super::failure::check_size;
use super::{Failure, unicode};
use crate::numeric::float_text::{FloatStyle, write_float};
use crate::numeric::int_text::{IntRef, magnitude_digits, write_int};

/// A parsed format specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatSpec {
    pub fill: char,
    /// `<`, `>`, `^` or `=`.
    pub align: char,
    /// `+`, `-` or a blank where the specification has one.
    pub sign: Option<char>,
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: Option<usize>,
    /// `,` or `_`.
    pub grouping: Option<char>,
    pub precision: Option<usize>,
    /// The presentation type; `None` is the type's default.
    pub kind: Option<char>,
}

/// Reads decimal digits of any script; `None` where there are none.
fn read_integer(chars: &[char], at: &mut usize) -> Result<Option<usize>, Failure> {
    let start = *at;
    let mut value: usize = 0;
    while let Some(digit) = chars.get(*at).copied().and_then(unicode::decimal_value) {
        value = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(digit.into()))
            .filter(|&value| value <= isize::MAX as usize)
            .ok_or_else(|| Failure::value("Too many decimal digits in format string"))?;
        *at += 1;
    }
    Ok((*at > start).then_some(value))
}

/// Shows a presentation type the way CPython's messages do.
fn shown_type(kind: char) -> String {
    if (33..128).contains(&(kind as u32)) {
        kind.to_string()
    } else {
        format!("\\x{:x}", kind as u32)
    }
}

impl FormatSpec {
    /// Parses `spec` for a value of type `type_name`; numbers align right by default, text left. `default_kind` only
    /// matters for what may be grouped.
    pub fn parse(
        spec: &str,
        type_name: &str,
        default_align: char,
        default_kind: Option<char>,
    ) -> Result<Self, Failure> {
        let chars: Vec<char> = spec.chars().collect();
        let is_align = |at: usize| chars.get(at).is_some_and(|c| matches!(c, '<' | '>' | '=' | '^'));
        let mut at = 0;
        let mut parsed = FormatSpec {
            fill: ' ',
            align: default_align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: None,
            grouping: None,
            precision: None,
            kind: None,
        };
        let (mut fill_given, mut align_given) = (false, false);
        if is_align(1) {
            (parsed.fill, parsed.align) = (chars[0], chars[1]);
            (fill_given, align_given) = (true, true);
            at = 2;
        } else if is_align(0) {
            parsed.align = chars[0];
            align_given = true;
            at = 1;
        }
        if let Some(&sign @ ('+' | '-' | ' ')) = chars.get(at) {
            parsed.sign = Some(sign);
            at += 1;
        }
        let mut flag = |flag: char| {
            let present = chars.get(at) == Some(&flag);
            at += usize::from(present);
            present
        };
        parsed.no_negative_zero = flag('z');
        parsed.alternate = flag('#');
        if !fill_given && flag('0') {
            parsed.fill = '0';
            if !align_given && default_align == '>' {
                parsed.align = '=';
            }
        }
        parsed.width = read_integer(&chars, &mut at)?;
        let both = || Failure::value("Cannot specify both ',' and '_'.");
        if chars.get(at) == Some(&',') {
            parsed.grouping = Some(',');
            at += 1;
        }
        if chars.get(at) == Some(&'_') {
            if parsed.grouping.is_some() {
                return Err(both());
            }
            parsed.grouping = Some('_');
            at += 1;
        }
        if chars.get(at) == Some(&',') && parsed.grouping == Some('_') {
            return Err(both());
        }
        if chars.get(at) == Some(&'.') {
            at += 1;
            let precision = read_integer(&chars, &mut at)?;
            parsed.precision = Some(precision.ok_or_else(|| Failure::value("Format specifier missing precision"))?);
        }
        if chars.len() - at > 1 {
            return Err(Failure::value(format!(
                "Invalid format specifier '{spec}' for object of type '{type_name}'"
            )));
        }
        parsed.kind = chars.get(at).copied();
        if let Some(separator) = parsed.grouping {
            let kind = parsed.kind.or(default_kind);
            let fits = match kind {
                None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => true,
                Some('b' | 'o' | 'x' | 'X') => separator == '_',
                _ => false,
            };
            if !fits {
                let kind = kind.map(shown_type).unwrap_or_default();
                return Err(Failure::value(format!("Cannot specify '{separator}' with '{kind}'.")));
            }
        }
        Ok(parsed)
    }

    /// Appends `body` (of `length` characters) padded to the width; `=` counts as `>`.
    fn pad(&self, out: &mut String, body: &str, length: usize) -> Result<(), Failure> {
        let missing = self.width.unwrap_or(0).saturating_sub(length);
        check_size(missing)?;
        let left = match self.align {
            '<' => 0,
            '^' => missing / 2,
            _ => missing,
        };
        out.extend(std::iter::repeat_n(self.fill, left));
        out.push_str(body);
        out.extend(std::iter::repeat_n(self.fill, missing - left));
        Ok(())
    }

    /// Appends a number given in parts: sign, prefix (`0x`), whole digits, and what follows them.
    fn pad_number(&self, out: &mut String, sign: &str, prefix: &str, digits: &str, rest: &str) -> Result<(), Failure> {
        let fixed = sign.len() + prefix.len() + rest.len();
        let width = self.width.unwrap_or(0);
        check_size(width)?;
        let group = if matches!(self.kind, Some('b' | 'o' | 'x' | 'X')) {
            4
        } else {
            3
        };
        let grouped = match self.grouping {
            Some(separator) if !digits.is_empty() => {
                // Zeros that fill the width are grouped as the digits are.
                let least = if self.fill == '0' && self.align == '=' {
                    width.saturating_sub(fixed)
                } else {
                    0
                };
                std::borrow::Cow::Owned(group_digits(digits, least, separator, group))
            }
            _ => digits.into(),
        };
        if self.align == '=' {
            let missing = width.saturating_sub(fixed + grouped.len());
            out.push_str(sign);
            out.push_str(prefix);
            out.extend(std::iter::repeat_n(self.fill, missing));
            out.push_str(&grouped);
            out.push_str(rest);
            return Ok(());
        }
        let length = fixed + grouped.len();
        if width <= length {
            for part in [sign, prefix, &grouped, rest] {
                out.push_str(part);
            }
            return Ok(());
        }
        self.pad(out, &[sign, prefix, &grouped, rest].concat(), length)
    }

    /// The sign that stands before a number.
    fn sign_text(&self, negative: bool) -> &'static str {
        match (negative, self.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            _ => "",
        }
    }

    fn unknown_kind(kind: char, type_name: &str) -> Failure {
        let kind = shown_type(kind);
        Failure::value(format!("Unknown format code '{kind}' for object of type '{type_name}'"))
    }
}

/// Inserts separators from the right, and leading zeros (in groups, too) until the text is at least `least` long.
fn group_digits(digits: &str, least: usize, separator: char, group: usize) -> String {
    let mut reversed = Vec::with_capacity(least.max(digits.len() + digits.len() / group) + 1);
    let mut remaining = digits.bytes().rev();
    let mut left = digits.len();
    let mut least = least as isize;
    loop {
        let take = group.min(left.max(least.max(1) as usize));
        for _ in 0..take {
            reversed.push(remaining.next().unwrap_or(b'0'));
        }
        left = left.saturating_sub(take);
        least -= take as isize;
        if left == 0 && least <= 0 {
            break;
        }
        reversed.push(separator as u8);
        least -= 1;
    }
    reversed.iter().rev().map(|&byte| byte as char).collect()
}

/// Appends `format(text, spec)`.
pub fn format_str(out: &mut String, text: &str, spec: &str, type_name: &str) -> Result<(), Failure> {
    if spec.is_empty() {
        out.push_str(text);
        return Ok(());
    }
    let spec = FormatSpec::parse(spec, type_name, '<', Some('s'))?;
    match spec.kind {
        None | Some('s') => {}
        Some(kind) => return Err(FormatSpec::unknown_kind(kind, type_name)),
    }
    let refused = |what: &str| Err(Failure::value(format!("{what} not allowed in string format specifier")));
    match spec.sign {
        Some(' ') => return refused("Space"),
        Some(_) => return refused("Sign"),
        None => {}
    }
    if spec.no_negative_zero {
        return refused("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refused("Alternate form (#)");
    }
    if spec.align == '=' {
        return refused("'=' alignment");
    }
    let (body, length) = match spec.precision {
        Some(precision) => {
            let cut = text.char_indices().nth(precision).map_or(text.len(), |(at, _)| at);
            (&text[..cut], text[..cut].chars().count())
        }
        None => (
            text,
            if text.is_ascii() {
                text.len()
            } else {
                text.chars().count()
            },
        ),
    };
    spec.pad(out, body, length)
}

/// Appends `format(value, spec)` of an integer; `max_digits` limits decimal conversion.
pub fn format_int(
    out: &mut String,
    value: IntRef<'_>,
    spec: &str,
    type_name: &str,
    max_digits: usize,
) -> Result<(), Failure> {
    if spec.is_empty() {
        return write_int(out, value, max_digits);
    }
    let spec = FormatSpec::parse(spec, type_name, '>', Some('d'))?;
    let base = match spec.kind {
        None | Some('d' | 'n' | 'c') => 10,
        Some('b') => 2,
        Some('o') => 8,
        Some('x' | 'X') => 16,
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => return apply_float(out, value.to_f64()?, &spec, type_name),
        Some(kind) => return Err(FormatSpec::unknown_kind(kind, type_name)),
    };
    if spec.precision.is_some() {
        return Err(Failure::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(Failure::value(
            "Negative zero coercion (z) not allowed in integer format specifier",
        ));
    }
    if spec.kind == Some('c') {
        let refused = |what: &str| Failure::value(format!("{what} not allowed with integer format specifier 'c'"));
        if spec.sign.is_some() {
            return Err(refused("Sign"));
        }
        if spec.alternate {
            return Err(refused("Alternate form (#)"));
        }
        let code = value.to_i64()?;
        let valid = u32::try_from(code).ok().filter(|&code| code < 0x11_0000);
        let code = valid.ok_or_else(|| Failure::overflow("%c arg not in range(0x110000)"))?;
        let c = char::from_u32(code).ok_or_else(|| Failure::unsupported("lone surrogates in str"))?;
        return spec.pad(out, c.encode_utf8(&mut [0; 4]), 1);
    }
    let mut digits = magnitude_digits(value, base, max_digits)?;
    let prefix = match spec.kind {
        Some('b') if spec.alternate => "0b",
        Some('o') if spec.alternate => "0o",
        Some('x') if spec.alternate => "0x",
        Some('X') if spec.alternate => "0X",
        _ => "",
    };
    if spec.kind == Some('X') {
        digits.make_ascii_uppercase();
    }
    spec.pad_number(out, spec.sign_text(value.is_negative()), prefix, &digits, "")
}

/// Appends `format(value, spec)` of a float.
pub fn format_float(out: &mut String, value: f64, spec: &str, type_name: &str) -> Result<(), Failure> {
    if spec.is_empty() {
        crate::numeric::float_text::write_repr(out, value);
        return Ok(());
    }
    let spec = FormatSpec::parse(spec, type_name, '>', None)?;
    apply_float(out, value, &spec, type_name)
}

/// The digits of a float under a specification's type and precision, with a `-` where negative.
fn float_body(value: f64, spec: &FormatSpec, point_zero: bool) -> Result<String, Failure> {
    let kind = spec.kind.unwrap_or('r');
    let (code, default_precision) = match kind {
        'e' | 'E' => (b'e', 6),
        'f' | 'F' | '%' => (b'f', 6),
        'g' | 'G' | 'n' => (b'g', 6),
        _ if spec.precision.is_some() => (b'g', 0),
        _ => (b'r', 0),
    };
    let precision = spec.precision.unwrap_or(default_precision);
    if precision > i32::MAX as usize {
        return Err(Failure::value("precision too big"));
    }
    check_size(precision)?;
    let style = FloatStyle {
        code,
        precision,
        uppercase: kind.is_ascii_uppercase(),
        alternate: spec.alternate,
        point_zero: point_zero && spec.kind.is_none(),
        no_negative_zero: spec.no_negative_zero,
    };
    let mut body = String::new();
    write_float(&mut body, if kind == '%' { value * 100.0 } else { value }, &style);
    if kind == '%' {
        body.push('%');
    }
    Ok(body)
}

fn apply_float(out: &mut String, value: f64, spec: &FormatSpec, type_name: &str) -> Result<(), Failure> {
    match spec.kind {
        None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%') => {}
        Some(kind) => return Err(FormatSpec::unknown_kind(kind, type_name)),
    }
    let body = float_body(value, spec, true)?;
    let (negative, body) = body
        .strip_prefix('-')
        .map_or((false, body.as_str()), |body| (true, body));
    let whole = body.bytes().take_while(|byte| byte.is_ascii_digit()).count();
    spec.pad_number(out, spec.sign_text(negative), "", &body[..whole], &body[whole..])
}

/// Appends `format(complex(real, imaginary), spec)`.
pub fn format_complex(out: &mut String, real: f64, imaginary: f64, spec: &str, type_name: &str) -> Result<(), Failure> {
    if spec.is_empty() {
        crate::numeric::float_text::write_complex_repr(out, real, imaginary);
        return Ok(());
    }
    let spec = FormatSpec::parse(spec, type_name, '>', None)?;
    match spec.kind {
        None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n') => {}
        Some(kind) => return Err(FormatSpec::unknown_kind(kind, type_name)),
    }
    if spec.fill == '0' {
        return Err(Failure::value(
            "Zero padding is not allowed in complex format specifier",
        ));
    }
    if spec.align == '=' {
        return Err(Failure::value(
            "'=' alignment flag is not allowed in complex format specifier",
        ));
    }
    let part = |value: f64, sign: Option<char>, text: &mut String| -> Result<(), Failure> {
        let body = float_body(value, &spec, false)?;
        let (negative, body) = body
            .strip_prefix('-')
            .map_or((false, body.as_str()), |body| (true, body));
        let whole = body.bytes().take_while(|byte| byte.is_ascii_digit()).count();
        let part = FormatSpec {
            width: None,
            align: '<',
            sign,
            ..spec.clone()
        };
        part.pad_number(text, part.sign_text(negative), "", &body[..whole], &body[whole..])
    };
    let default = spec.kind.is_none();
    let skip_real = default && real == 0.0 && real.is_sign_positive();
    let parentheses = default && !skip_real;
    let mut text = String::new();
    if parentheses {
        text.push('(');
    }
    if !skip_real {
        part(real, spec.sign, &mut text)?;
    }
    part(imaginary, if skip_real { spec.sign } else { Some('+') }, &mut text)?;
    text.push('j');
    if parentheses {
        text.push(')');
    }
    let length = text.len();
    spec.pad(out, &text, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(value: i64, spec: &str) -> String {
        let mut out = String::new();
        match format_int(&mut out, IntRef::Small(value), spec, "int", 4300) {
            Ok(()) => out,
            Err(failure) => failure.message,
        }
    }

    fn float(value: f64, spec: &str) -> String {
        let mut out = String::new();
        match format_float(&mut out, value, spec, "float") {
            Ok(()) => out,
            Err(failure) => failure.message,
        }
    }

    fn text(value: &str, spec: &str) -> String {
        let mut out = String::new();
        match format_str(&mut out, value, spec, "str") {
            Ok(()) => out,
            Err(failure) => failure.message,
        }
    }

    #[test]
    fn integers() {
        assert_eq!(int(1234567, ","), "1,234,567");
        assert_eq!(int(1234, "08,"), "0,001,234");
        assert_eq!(int(-42, "=+8"), "-     42");
        assert_eq!(int(255, "#010x"), "0x000000ff");
        assert_eq!(int(0xdeadbeef, "_X"), "DEAD_BEEF");
        assert_eq!(int(97, "^5c"), "  a  ");
        assert_eq!(int(3, "*^7"), "***3***");
        assert_eq!(int(3, ".2f"), "3.00");
        assert_eq!(int(3, ",x"), "Cannot specify ',' with 'x'.");
        assert_eq!(int(3, ".3d"), "Precision not allowed in integer format specifier");
        assert_eq!(int(3, "s"), "Unknown format code 's' for object of type 'int'");
        assert_eq!(int(-1, "c"), "%c arg not in range(0x110000)");
    }

    #[test]
    fn floats() {
        assert_eq!(float(2.71499, ".2f"), "2.71");
        assert_eq!(float(1234567.891, "015,.2f"), "0,001,234,567.89");
        assert_eq!(float(0.5, "%"), "50.000000%");
        assert_eq!(float(-0.001, "z.1f"), "0.0");
        assert_eq!(float(1e16, ""), "1e+16");
        assert_eq!(float(1234.5, ".3"), "1.23e+03");
        assert_eq!(float(100.0, ".3"), "1e+02");
        assert_eq!(float(f64::INFINITY, "08"), "00000inf");
        assert_eq!(float(3.0, "d"), "Unknown format code 'd' for object of type 'float'");
    }

    #[test]
    fn strings() {
        assert_eq!(text("é", "*>4"), "***é");
        assert_eq!(text("abcdef", ".3"), "abc");
        assert_eq!(text("a", "^4"), " a  ");
        assert_eq!(text("s", "=5"), "'=' alignment not allowed in string format specifier");
        assert_eq!(text("s", "99999999999"), "");
    }

    #[test]
    fn complex_numbers() {
        let mut out = String::new();
        format_complex(&mut out, 1.0, -2.5, ">12.2f", "complex").unwrap();
        assert_eq!(out, "  1.00-2.50j");
        out.clear();
        format_complex(&mut out, 0.0, 2.0, "+", "complex").unwrap();
        assert_eq!(out, "+2j");
    }
}
