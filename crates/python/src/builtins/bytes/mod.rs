//! `bytes` and `bytearray`: making them.

pub mod codec;
mod format;
mod methods;
mod mutable;

pub use codec::{decode, encode};
pub use format::format;

use crate::value::*;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

/// `bytes(source, encoding, errors)` and `bytearray(…)`.
pub fn construct(vm: &mut Vm, class: ClassId, a: Args<'_>) -> Res<Value> {
    let name = if class == BYTES { "bytes" } else { "bytearray" };
    let [source, encoding, errors] = vm.named_arguments(name, ["source", "encoding", "errors"], a)?;
    for (parameter, value) in [("encoding", encoding), ("errors", errors)] {
        if !value.is_null() && vm.str_id(value).is_none() {
            return Err(vm.bad_argument(&format!("{name}() argument '{parameter}'"), "str", value));
        }
    }
    let is_text = vm.str_id(source).is_some();
    let bytes = match () {
        () if is_text && !encoding.is_null() => {
            let encoded = encode(vm, source, encoding, errors)?;
            vm.bytes_of(encoded).unwrap_or_default().to_vec()
        }
        () if is_text => return Err(vm.type_error("string argument without an encoding")),
        () if !encoding.is_null() || !errors.is_null() => {
            let given = if encoding.is_null() { "errors" } else { "encoding" };
            return Err(vm.type_error(format!("{given} without a string argument")));
        }
        () if source.is_null() => Vec::new(),
        () => return from_object(vm, class, source),
    };
    Ok(made(vm, class, bytes))
}

fn made(vm: &mut Vm, class: ClassId, bytes: Vec<u8>) -> Value {
    if class == BYTES {
        vm.heap.new_bytes(bytes)
    } else {
        vm.heap.new_byte_array(bytes)
    }
}

/// The bytes of an object that is no text: its own, so many zeros as it says, or those that it yields.
pub fn from_object(vm: &mut Vm, class: ClassId, source: Value) -> Res<Value> {
    if class == BYTES {
        if matches!(source, Value::Bytes(_)) {
            return Ok(source);
        }
        if let Some(own) = vm.call_special(source, names::BYTES, &[])? {
            let Some(bytes) = vm.bytes_of(own).filter(|_| matches!(vm.payload(own), Value::Bytes(_))) else {
                let message = format!("__bytes__ returned non-bytes (type {})", vm.type_name(own));
                return Err(vm.type_error(message));
            };
            return Ok(vm.heap.new_bytes(bytes.to_vec()));
        }
    }
    let owner = vm.class_of(source);
    let has = |vm: &mut Vm, name| vm.class_attribute(owner, name).is_some();
    // `bytes.__bytes__` comes before a number.
    let itself = class == BYTES && matches!(vm.payload(source), Value::Bytes(_));
    if !itself
        && (matches!(vm.payload(source), Value::Int(_) | Value::Bool(_) | Value::BigInt(_)) || has(vm, names::INDEX))
    {
        let count = match vm.index_value(source) {
            Ok(Value::Int(count)) => Some(count),
            Ok(_) => return Err(vm.overflow_error("cannot fit 'int' into an index-sized integer")),
            // What has no number after all may still be made of items.
            Err(stop) if vm.stop_is(stop, TYPE_ERROR) => None,
            Err(stop) => return Err(stop),
        };
        if let Some(count) = count {
            let count = usize::try_from(count).map_err(|_| vm.value_error("negative count"))?;
            vm.reserve(count)?;
            return Ok(made(vm, class, vec![0; count]));
        }
    }
    if vm.bytes_of(source).is_none() && !has(vm, names::ITER) && !has(vm, names::GETITEM) {
        let name = if class == BYTES { "bytes" } else { "bytearray" };
        let message = format!("cannot convert '{}' object to {name}", vm.type_name(source));
        return Err(vm.type_error(message));
    }
    let bytes = vm.byte_values(source, if class == BYTES { "bytes" } else { "byte" })?;
    Ok(made(vm, class, bytes))
}

/// Bytes of the receiver's kind.
fn like(vm: &mut Vm, a: Args<'_>, bytes: Vec<u8>) -> Value {
    match vm.payload(a[0]) {
        Value::ByteArray(_) => vm.heap.new_byte_array(bytes),
        _ => vm.heap.new_bytes(bytes),
    }
}

/// The receiver's bytes.
fn this<'a>(vm: &'a Vm, a: Args<'_>) -> &'a [u8] {
    vm.bytes_of(a[0]).unwrap_or_default()
}

const CLASS_METHODS: &[NativeDefinition] = &[
    native("fromhex", Arity::One, from_hex),
    native("maketrans", Arity::Between(2, 2), methods::make_translation),
];

/// `fromhex(text)`: pairs of digits, with space between them.
fn from_hex(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let Some(text) = vm.str_id(a[1]) else {
        return Err(vm.bad_argument("fromhex() argument", "str", a[1]));
    };
    let text: Vec<char> = vm.heap.text(text).chars().collect();
    let digit = |at: usize| text.get(at).and_then(|c| c.to_digit(16));
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut at = 0;
    while at < text.len() {
        if matches!(text[at], ' ' | '\t'..='\r') {
            at += 1;
            continue;
        }
        let (Some(high), Some(low)) = (digit(at), digit(at + 1)) else {
            let wrong = if digit(at).is_none() { at } else { at + 1 };
            let message = format!("non-hexadecimal number found in fromhex() arg at position {wrong}");
            return Err(vm.value_error(message));
        };
        bytes.push((high * 16 + low) as u8);
        at += 2;
    }
    let made = vm.heap.new_bytes(bytes);
    match a[0] {
        Value::Class(BYTES) => Ok(made),
        class => vm.call(class, &[made]),
    }
}

pub fn install(vm: &mut Vm) {
    for class in [BYTES, BYTEARRAY] {
        vm.add_methods(class, methods::METHODS);
        vm.add_class_methods(class, CLASS_METHODS);
    }
    vm.add_methods(BYTEARRAY, mutable::METHODS);
}
