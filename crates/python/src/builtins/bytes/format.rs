//! `bytes % values`: the formatting of str over one character a byte.

use super::from_object;
use crate::builtins::percent::{Machine, operand};
use crate::builtins::str::Carried;
use crate::text::percent::{Character, Converter, Integer, format_percent};
use crate::value::*;
use crate::vm::types::*;
use crate::vm::{Vm, names};

struct ByteMachine<'a>(Machine<'a>);

fn as_text(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

fn as_bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| c as u8).collect()
}

impl Converter for ByteMachine<'_> {
    type Value = Value;
    type Error = Carried;

    const BYTES: bool = true;

    fn lookup(&mut self, key: &str) -> Result<Value, Carried> {
        let vm = &mut *self.0.vm;
        let key = vm.heap.new_bytes(as_bytes(key));
        Ok(vm.get_item(self.0.operand, key)?)
    }

    fn star(&mut self, value: &Value) -> Result<Option<i64>, Carried> {
        self.0.star(value)
    }

    fn text(&mut self, value: &Value, conversion: char) -> Result<String, Carried> {
        if matches!(conversion, 'r' | 'a') {
            return self.0.text(value, 'a');
        }
        let vm = &mut *self.0.vm;
        if let Some(bytes) = vm.bytes_of(*value) {
            return Ok(as_text(bytes));
        }
        let class = vm.class_of(*value);
        if vm.class_attribute(class, names::BYTES).is_none() {
            let name = vm.type_name(*value);
            let message =
                format!("%b requires a bytes-like object, or an object that implements __bytes__, not '{name}'");
            return Err(vm.type_error(message).into());
        }
        let bytes = from_object(vm, BYTES, *value)?;
        Ok(as_text(vm.bytes_of(bytes).unwrap_or_default()))
    }

    fn integer(&mut self, value: &Value, conversion: char) -> Result<Option<Integer>, Carried> {
        self.0.integer(value, conversion)
    }

    fn float(&mut self, value: &Value) -> Result<f64, Carried> {
        let vm = &mut *self.0.vm;
        let result = vm.to_float(*value);
        match vm.catch(result, TYPE_ERROR)? {
            Some(float) => Ok(float),
            None => {
                let message = format!("float argument required, not {}", vm.type_name(*value));
                Err(vm.type_error(message).into())
            }
        }
    }

    fn character(&mut self, value: &Value) -> Result<Character, Carried> {
        let vm = &mut *self.0.vm;
        match (vm.bytes_of(*value), vm.payload(*value)) {
            (Some(&[byte]), _) => Ok(Character::Code(byte.into())),
            (_, Value::Int(code @ 0..=255)) => Ok(Character::Code(code)),
            (_, Value::Bool(code)) => Ok(Character::Code(code.into())),
            (_, Value::Int(_) | Value::BigInt(_)) => Err(vm.overflow_error("%c arg not in range(256)").into()),
            _ => Err(vm
                .type_error("%c requires an integer in range(256) or a single byte")
                .into()),
        }
    }

    fn type_name(&self, value: &Value) -> String {
        self.0.type_name(value)
    }

    fn grow(&mut self, out: &mut String, more: usize) -> Result<(), Carried> {
        // The bytes are made of the text when it is complete.
        self.0.vm.reserve(3 * (out.len() + more))?;
        Ok(self.0.vm.grow(out, more)?)
    }

    fn max_digits(&self) -> usize {
        self.0.max_digits()
    }
}

pub fn format(vm: &mut Vm, template: Value, right: Value) -> Res<Value> {
    let text = as_text(vm.bytes_of(template).unwrap_or_default());
    let operand = operand(vm, right);
    let mut out = String::new();
    let machine = Machine { vm, operand: right };
    if let Err(carried) = format_percent(&mut out, &text, operand, &mut ByteMachine(machine)) {
        return Err(vm.carried(carried));
    }
    vm.reserve(out.len())?;
    let bytes = as_bytes(&out);
    Ok(match template {
        Value::ByteArray(_) => vm.heap.new_byte_array(bytes),
        _ => vm.heap.new_bytes(bytes),
    })
}
