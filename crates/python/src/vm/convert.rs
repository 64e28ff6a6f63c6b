//! Conversions between values and Rust's types.

use super::types::*;
use super::{Vm, names};
use crate::numeric::int_text;
use crate::text::format_spec;
use crate::value::*;
use num_traits::ToPrimitive;

// Conversions may run `__float__` and `__index__`, so they need the machine itself.
#[allow(clippy::wrong_self_convention)]
impl Vm {
    /// A flag that CPython takes as an `int`.
    pub fn int_flag(&mut self, value: Value) -> Res<bool> {
        Ok(self.c_int_value(value)? != 0)
    }

    pub fn new_str(&mut self, text: &str) -> Value {
        Value::Str(self.heap.str(text))
    }

    pub fn new_string(&mut self, text: String) -> Value {
        Value::Str(self.heap.string(text))
    }

    pub fn bytes_of(&self, value: Value) -> Option<&[u8]> {
        match self.payload(value) {
            Value::Bytes(id) => Some(&self.heap[id]),
            Value::ByteArray(id) => Some(&self.heap[id]),
            Value::Opaque(id) => self.buffer_of(id),
            _ => None,
        }
    }

    /// A number as a double; `OverflowError` for what is too large, `TypeError` for what is no number.
    pub fn to_float(&mut self, value: Value) -> Res<f64> {
        match self.payload(value) {
            Value::Float(f) => Ok(f.get()),
            Value::Int(i) => Ok(i as f64),
            Value::Bool(b) => Ok(f64::from(u8::from(b))),
            Value::BigInt(id) => int_text::big_to_f64(&self.heap[id]).map_err(|failure| self.failure(failure)),
            _ => {
                if let Some(result) = self.call_special(value, names::FLOAT, &[])? {
                    return match self.payload(result) {
                        Value::Float(f) => Ok(f.get()),
                        _ => {
                            let message = format!(
                                "{}.__float__ returned non-float (type {})",
                                self.type_name(value),
                                self.type_name(result)
                            );
                            Err(self.type_error(message))
                        }
                    };
                }
                let class = self.class_of(value);
                if self.class_attribute(class, names::INDEX).is_some() {
                    let index = self.index_value(value)?;
                    return self.to_float(index);
                }
                let message = format!("must be real number, not {}", self.type_name(value));
                Err(self.type_error(message))
            }
        }
    }

    pub fn as_complex(&self, value: Value) -> Option<(f64, f64)> {
        match self.payload(value) {
            Value::Complex(id) => Some((self.heap[id].real, self.heap[id].imaginary)),
            Value::Float(f) => Some((f.get(), 0.0)),
            Value::Int(i) => Some((i as f64, 0.0)),
            Value::Bool(b) => Some((f64::from(u8::from(b)), 0.0)),
            Value::BigInt(id) => self.heap[id].to_f64().map(|f| (f, 0.0)),
            _ => None,
        }
    }

    pub(super) fn complex_parts(&mut self, value: Value) -> Res<(f64, f64)> {
        match self.payload(value) {
            Value::Complex(id) => Ok((self.heap[id].real, self.heap[id].imaginary)),
            _ => Ok((self.to_float(value)?, 0.0)),
        }
    }

    /// `operator.index(value)`: an `Int` or `BigInt`.
    pub fn index_value(&mut self, value: Value) -> Res<Value> {
        match self.payload(value) {
            Value::Bool(b) => Ok(Value::Int(b.into())),
            v @ (Value::Int(_) | Value::BigInt(_)) => Ok(v),
            _ => {
                if matches!(value, Value::Instance(_) | Value::Opaque(_))
                    && let Some(result) = self.call_special(value, names::INDEX, &[])?
                {
                    return match self.payload(result) {
                        Value::Bool(b) => Ok(Value::Int(b.into())),
                        v @ (Value::Int(_) | Value::BigInt(_)) => Ok(v),
                        _ => {
                            let message = format!("__index__ returned non-int (type {})", self.type_name(result));
                            Err(self.type_error(message))
                        }
                    };
                }
                let message = format!("'{}' object cannot be interpreted as an integer", self.type_name(value));
                Err(self.type_error(message))
            }
        }
    }

    /// An integer argument that must fit.
    pub fn to_i64(&mut self, value: Value) -> Res<i64> {
        match self.index_value(value)? {
            Value::Int(i) => Ok(i),
            _ => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
        }
    }

    /// An integer argument, cut to what fits: a slice bound or a count.
    pub fn to_i64_clamped(&mut self, value: Value) -> Res<i64> {
        match self.index_value(value)? {
            Value::Int(i) => Ok(i),
            other => {
                let negative = self.big(other).is_some_and(|b| b.sign() == num_bigint::Sign::Minus);
                Ok(if negative { i64::MIN } else { i64::MAX })
            }
        }
    }

    /// A str argument: its handle.
    pub fn str_id(&self, value: Value) -> Option<StrId> {
        match self.payload(value) {
            Value::Str(id) => Some(id),
            _ => None,
        }
    }

    /// A name given to `getattr` and the like.
    pub fn name_argument(&mut self, value: Value, complaint: &str) -> Res<StrId> {
        match self.payload(value) {
            Value::Str(id) => Ok(self.heap.intern_str(id)),
            _ => {
                let message = complaint.replace("{}", self.type_name(value));
                Err(self.type_error(message))
            }
        }
    }

    /// `str(value)`.
    pub fn str_of(&mut self, value: Value) -> Res<StrId> {
        match value {
            Value::Str(id) => return Ok(id),
            Value::Int(integer) => return Ok(self.heap.str(itoa::Buffer::new().format(integer))),
            Value::Instance(_) | Value::Exception(_) | Value::Opaque(_) | Value::Class(_) => {
                let class = self.class_of(value);
                match self.class_attribute(class, names::STR) {
                    Some(Value::Native(native))
                        if self.natives[native.0 as usize].kind == super::native::NativeKind::Slot(OBJECT) => {}
                    Some(Value::Native(native)) if matches!(value, Value::Exception(_)) => {
                        let _ = native;
                        return self.exception_str(value);
                    }
                    Some(_) => {
                        self.enter(" while getting the str of an object")?;
                        let result = self.call_special(value, names::STR, &[]);
                        self.leave();
                        let result = result?.unwrap_or(Value::None);
                        return match self.payload(result) {
                            Value::Str(id) => Ok(id),
                            _ => {
                                let message = format!("__str__ returned non-string (type {})", self.type_name(result));
                                Err(self.type_error(message))
                            }
                        };
                    }
                    None => {}
                }
                if let (Value::Instance(_), Value::Str(id)) = (value, self.payload(value)) {
                    return Ok(id);
                }
            }
            _ => {}
        }
        if let Value::Instance(_) | Value::Exception(_) | Value::Class(_) = value {
            let class = self.class_of(value);
            if let Some(Value::Function(_) | Value::Opaque(_) | Value::Instance(_)) =
                self.class_attribute(class, names::REPR)
            {
                let result = self.call_special(value, names::REPR, &[])?.unwrap_or(Value::None);
                return match self.payload(result) {
                    Value::Str(id) => Ok(id),
                    _ => {
                        let message = format!("__str__ returned non-string (type {})", self.type_name(result));
                        Err(self.type_error(message))
                    }
                };
            }
        }
        let text = self.repr_string(value)?;
        Ok(self.heap.string(text))
    }

    /// `format(value, spec)`.
    pub fn format(&mut self, value: Value, spec: &str) -> Res<Value> {
        if let Value::Instance(_) | Value::Opaque(_) | Value::Exception(_) = value {
            let class = self.class_of(value);
            let method = self.class_attribute(class, names::FORMAT);
            let generic = matches!(method, Some(Value::Native(native))
                if self.natives[native.0 as usize].kind == super::native::NativeKind::Method(OBJECT));
            if !generic {
                let spec_value = self.new_str(spec);
                let result = self
                    .call_special(value, names::FORMAT, &[spec_value])?
                    .unwrap_or(Value::None);
                if self.str_id(result).is_none() {
                    let message = format!("__format__ must return a str, not {}", self.type_name(result));
                    return Err(self.type_error(message));
                }
                return Ok(result);
            }
        }
        self.format_builtin(value, spec)
    }

    /// Asks for the memory and the time that the digits of a large integer take, as `b`, `o` and `x` show them, or in decimal.
    pub fn reserve_digits(&mut self, value: Value, kind: char) -> Res<()> {
        let Value::BigInt(id) = value else {
            return Ok(());
        };
        let bits = self.heap[id].bits() as usize;
        let digits = match kind.to_ascii_lowercase() {
            'b' => bits,
            'o' => bits / 3,
            'x' => bits / 4,
            // The rest is bounded, unless the program has lifted the bound.
            _ if self.max_int_digits > 0 => return Ok(()),
            _ => {
                self.afford(3.0 * ((bits / 64) as f64).powi(2))?;
                bits / 3
            }
        };
        // The digits, the padded text and its copy.
        self.reserve(3 * digits)?;
        self.spend(10.0 * digits as f64)
    }

    /// `object.__format__` and those of the built-in types.
    pub fn format_builtin(&mut self, value: Value, spec: &str) -> Res<Value> {
        if spec.is_empty() {
            return Ok(Value::Str(self.str_of(value)?));
        }
        let mut out = String::new();
        let type_name = self.type_name(value).to_owned();
        self.reserve_digits(self.payload(value), spec.chars().next_back().unwrap_or('d'))?;
        let max = self.max_int_digits;
        let result = match self.payload(value) {
            Value::Str(id) => format_spec::format_str(&mut out, self.heap.text(id), spec, &type_name),
            Value::Int(i) => format_spec::format_int(&mut out, int_text::IntRef::Small(i), spec, &type_name, max),
            Value::Bool(b) => {
                format_spec::format_int(&mut out, int_text::IntRef::Small(b.into()), spec, &type_name, max)
            }
            Value::BigInt(id) => {
                format_spec::format_int(&mut out, int_text::IntRef::Big(&self.heap[id]), spec, &type_name, max)
            }
            Value::Float(f) => format_spec::format_float(&mut out, f.get(), spec, &type_name),
            Value::Complex(id) => {
                let c = self.heap[id];
                format_spec::format_complex(&mut out, c.real, c.imaginary, spec, &type_name)
            }
            _ => {
                return Err(self.type_error(format!("unsupported format string passed to {type_name}.__format__")));
            }
        };
        result.map_err(|failure| self.failure(failure))?;
        self.reserve(out.len())?;
        Ok(self.new_string(out))
    }

    /// `FORMAT_VALUE`: a field of an f-string.
    pub(super) fn format_field(&mut self, value: Value, conversion: usize, spec: Option<Value>) -> Res<Value> {
        let value = match conversion {
            1 => Value::Str(self.str_of(value)?),
            2 => {
                let text = self.repr_string(value)?;
                self.new_string(text)
            }
            3 => {
                let text = self.repr_string(value)?;
                let mut out = String::new();
                crate::text::escape::write_ascii(&mut out, &text);
                self.new_string(out)
            }
            _ => value,
        };
        match spec {
            None => match value {
                Value::Str(_) => Ok(value),
                Value::Int(_) | Value::Float(_) | Value::None => Ok(Value::Str(self.str_of(value)?)),
                _ => self.format(value, ""),
            },
            Some(spec) => {
                let spec = match self.str_id(spec) {
                    Some(id) => self.heap.text(id).to_owned(),
                    None => String::new(),
                };
                self.format(value, &spec)
            }
        }
    }
}
