//! `format % values`: printf-style formatting of str (Library Reference, "printf-style String Formatting").

use num_bigint::BigInt;

use super::Failure;
use super::failure::check_size;
use crate::numeric::float_text::{FloatStyle, write_float};
use crate::numeric::int_text::{IntRef, magnitude_digits};

/// An integer handed over by a [`Converter`].
#[derive(Clone, Debug)]
pub enum Integer {
    Small(i64),
    Big(BigInt),
}

impl Integer {
    pub fn as_ref(&self) -> IntRef<'_> {
        match self {
            Integer::Small(value) => IntRef::Small(*value),
            Integer::Big(value) => IntRef::Big(value),
        }
    }
}

/// What `%c` accepts.
pub enum Character {
    Text(String),
    Code(i64),
    Other,
}

/// How values become text: the virtual machine's side of the formatting.
pub trait Converter {
    type Value: Clone;
    type Error: From<Failure>;

    /// The format is one of bytes, each a character of the text here.
    const BYTES: bool = false;

    /// `mapping[key]`; only called when the right operand is a mapping.
    fn lookup(&mut self, key: &str) -> Result<Self::Value, Self::Error>;
    /// The value of a `*`: `None` where it isn't an int.
    fn star(&mut self, value: &Self::Value) -> Result<Option<i64>, Self::Error>;
    /// `str` (`s`), `repr` (`r`) or `ascii` (`a`); of bytes, those of the value (`s`, `b`).
    fn text(&mut self, value: &Self::Value, conversion: char) -> Result<String, Self::Error>;
    /// The integer for `d i u` (any real number, truncated) or `o x X` (whatever has `__index__`); `None` where the
    /// value isn't one.
    fn integer(&mut self, value: &Self::Value, conversion: char) -> Result<Option<Integer>, Self::Error>;
    /// `float(value)`, with its own error "must be real number, not …".
    fn float(&mut self, value: &Self::Value) -> Result<f64, Self::Error>;
    fn character(&mut self, value: &Self::Value) -> Result<Character, Self::Error>;
    fn type_name(&self, value: &Self::Value) -> String;
    /// Asks for so many bytes more, before they are appended.
    fn grow(&mut self, _out: &mut String, _more: usize) -> Result<(), Self::Error> {
        Ok(())
    }
    /// The limit on decimal digits of an integer.
    fn max_digits(&self) -> usize;
}

/// The right operand of `%`.
pub struct Operand<V> {
    /// A tuple's items, or the operand itself.
    pub values: Vec<V>,
    /// The operand has `__getitem__` and is neither tuple nor str.
    pub is_mapping: bool,
}

#[derive(Default)]
struct Flags {
    left: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    zero: bool,
}

struct Driver<'a, C: Converter> {
    chars: Vec<char>,
    at: usize,
    operand: Operand<C::Value>,
    /// Index of the next positional value.
    next: usize,
    /// The value a key has just selected: it stands for all values, and is used up by one conversion.
    keyed: Option<Option<C::Value>>,
    converter: &'a mut C,
}

/// `format % operand`, appended to `out`.
pub fn format_percent<C: Converter>(
    out: &mut String,
    format: &str,
    operand: Operand<C::Value>,
    converter: &mut C,
) -> Result<(), C::Error> {
    let mut driver = Driver {
        chars: format.chars().collect(),
        at: 0,
        operand,
        next: 0,
        keyed: None,
        converter,
    };
    while driver.at < driver.chars.len() {
        let c = driver.chars[driver.at];
        driver.at += 1;
        if c == '%' { driver.conversion(out)? } else { out.push(c) }
    }
    let left_over = driver.keyed.is_none() && driver.next < driver.operand.values.len();
    if left_over && !driver.operand.is_mapping {
        let kind = if C::BYTES { "bytes" } else { "string" };
        return Err(Failure::type_error(format!("not all arguments converted during {kind} formatting")).into());
    }
    Ok(())
}

impl<C: Converter> Driver<'_, C> {
    fn peek(&self) -> Result<char, C::Error> {
        self.chars
            .get(self.at)
            .copied()
            .ok_or_else(|| Failure::value("incomplete format").into())
    }

    fn value(&mut self) -> Result<C::Value, C::Error> {
        let value = match &mut self.keyed {
            Some(value) => value.take(),
            None => {
                self.next += 1;
                self.operand.values.get(self.next - 1).cloned()
            }
        };
        value.ok_or_else(|| Failure::type_error("not enough arguments for format string").into())
    }

    /// Reads `(key)` after a `%`, if there is one.
    fn key(&mut self) -> Result<(), C::Error> {
        if self.chars.get(self.at) != Some(&'(') {
            return Ok(());
        }
        if !self.operand.is_mapping {
            return Err(Failure::type_error("format requires a mapping").into());
        }
        let start = self.at + 1;
        let mut depth = 1;
        self.at = start;
        while depth > 0 {
            match self.chars.get(self.at) {
                Some('(') => depth += 1,
                Some(')') => depth -= 1,
                Some(_) => {}
                None => return Err(Failure::value("incomplete format key").into()),
            }
            self.at += 1;
        }
        let key: String = self.chars[start..self.at - 1].iter().collect();
        self.keyed = Some(Some(self.converter.lookup(&key)?));
        Ok(())
    }

    /// Reads a `*` or digits; a number above `limit` is an error of `what`.
    fn size(&mut self, what: &str, limit: i64) -> Result<Option<i64>, C::Error> {
        if self.chars.get(self.at) == Some(&'*') {
            self.at += 1;
            let value = self.value()?;
            let size = self.converter.star(&value)?;
            let size = size.ok_or_else(|| Failure::type_error("* wants int"))?;
            self.peek()?;
            return Ok(Some(size));
        }
        let mut size = None;
        while let Some(digit) = self.chars.get(self.at).and_then(|c| c.to_digit(10)) {
            let digit = i64::from(digit);
            let value = size.unwrap_or(0);
            if value > (limit - digit) / 10 {
                return Err(Failure::value(format!("{what} too big")).into());
            }
            size = Some(value * 10 + digit);
            self.at += 1;
        }
        Ok(size)
    }

    fn conversion(&mut self, out: &mut String) -> Result<(), C::Error> {
        if self.peek()? == '%' {
            self.at += 1;
            out.push('%');
            return Ok(());
        }
        self.key()?;
        let mut flags = Flags::default();
        loop {
            match self.peek()? {
                '-' => flags.left = true,
                '+' => flags.plus = true,
                ' ' => flags.blank = true,
                '#' => flags.alternate = true,
                '0' => flags.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        let width = self.size("width", isize::MAX as i64)?.unwrap_or(0);
        flags.left |= width < 0;
        let width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
        let mut precision = None;
        if self.peek()? == '.' {
            self.at += 1;
            let size = self.size("precision", i32::MAX.into())?.unwrap_or(0).max(0);
            precision = Some(usize::try_from(size).unwrap_or(usize::MAX));
        }
        if matches!(self.peek()?, 'h' | 'l' | 'L') {
            self.at += 1;
        }
        let kind = self.peek()?;
        self.at += 1;
        check_size(width)?;
        check_size(precision.unwrap_or(0))?;
        let value = self.value()?;
        self.convert(out, &value, kind, &flags, width, precision)
    }

    fn convert(
        &mut self,
        out: &mut String,
        value: &C::Value,
        kind: char,
        flags: &Flags,
        width: usize,
        precision: Option<usize>,
    ) -> Result<(), C::Error> {
        let mut negative = false;
        let mut numeric = true;
        let mut prefix = "";
        let body = match kind {
            's' | 'r' | 'a' | 'b' if kind != 'b' || C::BYTES => {
                numeric = false;
                let text = self.converter.text(value, kind)?;
                match precision {
                    Some(precision) => text.chars().take(precision).collect(),
                    None => text,
                }
            }
            'c' => {
                numeric = false;
                self.character(value)?
            }
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
                let Some(integer) = self.converter.integer(value, kind)? else {
                    let (kind, wanted) = match kind {
                        'i' if C::BYTES => ('d', "a real number"),
                        'd' | 'i' | 'u' => (kind, "a real number"),
                        _ => (kind, "an integer"),
                    };
                    let name = self.converter.type_name(value);
                    return Err(
                        Failure::type_error(format!("%{kind} format: {wanted} is required, not {name}")).into(),
                    );
                };
                let (base, mark) = match kind {
                    'o' => (8, "0o"),
                    'x' => (16, "0x"),
                    'X' => (16, "0X"),
                    _ => (10, ""),
                };
                negative = integer.as_ref().is_negative();
                prefix = if flags.alternate { mark } else { "" };
                let mut digits = magnitude_digits(integer.as_ref(), base, self.converter.max_digits())?;
                if kind == 'X' {
                    digits.make_ascii_uppercase();
                }
                let zeros = precision.unwrap_or(0).saturating_sub(digits.len());
                if zeros > 0 { "0".repeat(zeros) + &digits } else { digits }
            }
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                let float = self.converter.float(value)?;
                let style = FloatStyle {
                    code: kind.to_ascii_lowercase() as u8,
                    precision: precision.unwrap_or(6),
                    uppercase: kind.is_ascii_uppercase(),
                    alternate: flags.alternate,
                    point_zero: false,
                    no_negative_zero: false,
                };
                let mut text = String::new();
                write_float(&mut text, float, &style);
                negative = text.starts_with('-');
                if negative { text.split_off(1) } else { text }
            }
            _ => {
                let shown = if (' '..='~').contains(&kind) { kind } else { '?' };
                let at = self.at - 1;
                let code = kind as u32;
                let message = format!("unsupported format character '{shown}' (0x{code:x}) at index {at}");
                return Err(Failure::value(message).into());
            }
        };
        let sign = match () {
            _ if !numeric => "",
            _ if negative => "-",
            _ if flags.plus => "+",
            _ if flags.blank => " ",
            _ => "",
        };
        let length = sign.len()
            + prefix.len()
            + if body.is_ascii() {
                body.len()
            } else {
                body.chars().count()
            };
        let missing = width.saturating_sub(length);
        self.converter
            .grow(out, sign.len() + prefix.len() + body.len() + missing)?;
        let fill = |out: &mut String, wanted: bool, c: char| {
            if wanted {
                out.extend(std::iter::repeat_n(c, missing));
            }
        };
        let zeros = flags.zero && numeric;
        fill(out, !flags.left && !zeros, ' ');
        out.push_str(sign);
        out.push_str(prefix);
        fill(out, !flags.left && zeros, '0');
        out.push_str(&body);
        fill(out, flags.left, ' ');
        Ok(())
    }

    fn character(&mut self, value: &C::Value) -> Result<String, C::Error> {
        match self.converter.character(value)? {
            Character::Text(text) if text.chars().count() == 1 => Ok(text),
            Character::Code(code) => {
                let code = u32::try_from(code).ok().filter(|&code| code < 0x11_0000);
                let code = code.ok_or_else(|| Failure::overflow("%c arg not in range(0x110000)"))?;
                let c = char::from_u32(code).ok_or_else(|| Failure::unsupported("lone surrogates in str"))?;
                Ok(c.to_string())
            }
            _ => Err(Failure::type_error("%c requires int or char").into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    enum Value {
        Int(i64),
        Float(f64),
        Str(&'static str),
    }
    use Value::{Float, Int, Str};

    struct Values;

    impl Converter for Values {
        type Value = Value;
        type Error = Failure;

        fn lookup(&mut self, key: &str) -> Result<Value, Failure> {
            Ok(Int(key.len() as i64))
        }
        fn star(&mut self, value: &Value) -> Result<Option<i64>, Failure> {
            Ok(if let Int(value) = value { Some(*value) } else { None })
        }
        fn text(&mut self, value: &Value, conversion: char) -> Result<String, Failure> {
            Ok(match value {
                Int(value) => value.to_string(),
                Float(value) => crate::numeric::float_text::repr(*value),
                Str(value) if conversion == 's' => value.to_string(),
                Str(value) => super::super::escape::repr(value),
            })
        }
        fn integer(&mut self, value: &Value, conversion: char) -> Result<Option<Integer>, Failure> {
            Ok(match value {
                Int(value) => Some(Integer::Small(*value)),
                Float(value) if conversion == 'd' => Some(Integer::Small(*value as i64)),
                _ => None,
            })
        }
        fn float(&mut self, value: &Value) -> Result<f64, Failure> {
            match value {
                Int(value) => Ok(*value as f64),
                Float(value) => Ok(*value),
                Str(_) => Err(Failure::type_error("must be real number, not str")),
            }
        }
        fn character(&mut self, value: &Value) -> Result<Character, Failure> {
            Ok(match value {
                Int(value) => Character::Code(*value),
                Str(value) => Character::Text(value.to_string()),
                Float(_) => Character::Other,
            })
        }
        fn type_name(&self, value: &Value) -> String {
            match value {
                Int(_) => "int",
                Float(_) => "float",
                Str(_) => "str",
            }
            .to_string()
        }
        fn max_digits(&self) -> usize {
            4300
        }
    }

    fn percent(format: &str, values: &[Value], is_mapping: bool) -> String {
        let mut out = String::new();
        let operand = Operand {
            values: values.to_vec(),
            is_mapping,
        };
        match format_percent(&mut out, format, operand, &mut Values) {
            Ok(()) => out,
            Err(failure) => failure.message,
        }
    }

    #[test]
    fn conversions() {
        assert_eq!(
            percent("%d|%5.3d|%-5d|%05d", &[Float(1.9), Int(7), Int(7), Int(-7)], false),
            "1|  007|7    |-0007"
        );
        assert_eq!(
            percent("%#010x %+d % d %X", &[Int(255), Int(3), Int(3), Int(255)], false),
            "0x000000ff +3  3 FF"
        );
        assert_eq!(
            percent("%s %r %.2s %5c|%%", &[Str("a"), Str("a"), Str("abc"), Int(97)], false),
            "a 'a' ab     a|%"
        );
        assert_eq!(
            percent(
                "%.2f %e %G %*d",
                &[Float(0.125), Int(1), Float(1e-10), Int(4), Int(2)],
                false
            ),
            "0.12 1.000000e+00 1E-10    2"
        );
        assert_eq!(percent("%(abc)d %(x(y))s", &[Int(0)], true), "3 4");
        assert_eq!(percent("no conversion", &[Int(0)], true), "no conversion");
    }

    #[test]
    fn errors() {
        assert_eq!(percent("%s", &[], false), "not enough arguments for format string");
        assert_eq!(
            percent("x", &[Int(1)], false),
            "not all arguments converted during string formatting"
        );
        assert_eq!(percent("%(a)s", &[Int(1)], false), "format requires a mapping");
        assert_eq!(percent("%(a", &[Int(1)], true), "incomplete format key");
        assert_eq!(
            percent("%d", &[Str("a")], false),
            "%d format: a real number is required, not str"
        );
        assert_eq!(
            percent("%x", &[Float(1.5)], false),
            "%x format: an integer is required, not float"
        );
        assert_eq!(
            percent("%y", &[Int(1)], false),
            "unsupported format character 'y' (0x79) at index 1"
        );
        assert_eq!(percent("%5", &[Int(1)], false), "incomplete format");
        assert_eq!(percent("%c", &[Str("ab")], false), "%c requires int or char");
    }
}
