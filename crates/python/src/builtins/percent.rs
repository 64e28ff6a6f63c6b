//! `str % values`.

use super::str::Carried;
use crate::text::percent::{Character, Converter, Integer, Operand, format_percent};
use crate::value::*;
use crate::vm::{Vm, names};

pub struct Machine<'a> {
    pub vm: &'a mut Vm,
    pub operand: Value,
}

impl Converter for Machine<'_> {
    type Value = Value;
    type Error = Carried;

    fn lookup(&mut self, key: &str) -> Result<Value, Carried> {
        let key = self.vm.new_str(key);
        Ok(self.vm.get_item(self.operand, key)?)
    }

    fn star(&mut self, value: &Value) -> Result<Option<i64>, Carried> {
        match self.vm.payload(*value) {
            Value::Int(i) => Ok(Some(i)),
            Value::Bool(b) => Ok(Some(b.into())),
            _ => Ok(None),
        }
    }

    fn text(&mut self, value: &Value, conversion: char) -> Result<String, Carried> {
        if conversion == 's' {
            let id = self.vm.str_of(*value)?;
            return Ok(self.vm.heap.text(id).to_owned());
        }
        let text = self.vm.repr_string(*value)?;
        if conversion == 'a' {
            let mut out = String::new();
            crate::text::escape::write_ascii(&mut out, &text);
            return Ok(out);
        }
        Ok(text)
    }

    fn integer(&mut self, value: &Value, conversion: char) -> Result<Option<Integer>, Carried> {
        let vm = &mut *self.vm;
        let number = match vm.payload(*value) {
            Value::Bool(b) => Value::Int(b.into()),
            v @ (Value::Int(_) | Value::BigInt(_)) => v,
            Value::Float(f) if matches!(conversion, 'd' | 'i' | 'u') => {
                let f = f.get();
                if f.is_nan() {
                    return Err(vm.value_error("cannot convert float NaN to integer").into());
                }
                if f.is_infinite() {
                    return Err(vm.overflow_error("cannot convert float infinity to integer").into());
                }
                vm.float_to_int(f)?
            }
            _ => {
                let mut found = None;
                let specials: &[StrId] = if matches!(conversion, 'd' | 'i' | 'u') {
                    &[names::INT, names::INDEX]
                } else {
                    &[names::INDEX]
                };
                for &special in specials {
                    if matches!(value, Value::Instance(_) | Value::Opaque(_)) && found.is_none() {
                        found = vm.call_special(*value, special, &[])?;
                    }
                }
                match found {
                    Some(v) => v,
                    None => return Ok(None),
                }
            }
        };
        Ok(match number {
            Value::Int(i) => Some(Integer::Small(i)),
            Value::BigInt(id) => {
                vm.reserve_digits(Value::BigInt(id), conversion)?;
                vm.reserve(vm.heap[id].bits() as usize / 8)?;
                Some(Integer::Big(vm.heap[id].clone()))
            }
            _ => None,
        })
    }

    fn float(&mut self, value: &Value) -> Result<f64, Carried> {
        Ok(self.vm.to_float(*value)?)
    }

    fn character(&mut self, value: &Value) -> Result<Character, Carried> {
        Ok(match self.vm.payload(*value) {
            Value::Str(id) => Character::Text(self.vm.heap.text(id).to_owned()),
            Value::Int(i) => Character::Code(i),
            Value::Bool(b) => Character::Code(b.into()),
            Value::BigInt(_) => Character::Code(-1),
            _ => Character::Other,
        })
    }

    fn type_name(&self, value: &Value) -> String {
        self.vm.type_name(*value).to_owned()
    }

    fn grow(&mut self, out: &mut String, more: usize) -> Result<(), Carried> {
        Ok(self.vm.grow(out, more)?)
    }

    fn max_digits(&self) -> usize {
        self.vm.max_int_digits
    }
}

/// The values that stand right of the `%`.
pub fn operand(vm: &mut Vm, right: Value) -> Operand<Value> {
    let payload = vm.payload(right);
    if let Value::Tuple(tuple) = payload {
        return Operand {
            values: vm.heap[tuple].items.to_vec(),
            is_mapping: false,
        };
    }
    let class = vm.class_of(right);
    let is_text = matches!(payload, Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_));
    Operand {
        values: vec![right],
        is_mapping: !is_text
            && !matches!(right, Value::Class(_))
            && vm.class_attribute(class, names::GETITEM).is_some(),
    }
}

pub fn format(vm: &mut Vm, template: StrId, right: Value) -> Res<Value> {
    let text = vm.heap.text(template).to_owned();
    let mut operand = operand(vm, right);
    // Bytes have items, which is all that the formatting of a str asks of a mapping.
    operand.is_mapping |= matches!(vm.payload(right), Value::Bytes(_) | Value::ByteArray(_));
    let mut out = String::new();
    let result = format_percent(&mut out, &text, operand, &mut Machine { vm, operand: right });
    match result {
        Ok(()) => {
            vm.reserve(out.len())?;
            Ok(vm.new_string(out))
        }
        Err(carried) => Err(vm.carried(carried)),
    }
}
