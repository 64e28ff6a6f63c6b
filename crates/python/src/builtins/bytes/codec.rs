//! `str.encode` and `bytes.decode`.

use crate::text::codecs::{self, Codec, Gap, Obstacle};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::types::*;

/// The codec and the name of the error handler, from arguments that are texts or absent.
fn arguments(vm: &mut Vm, encoding: Value, errors: Value) -> Res<(Codec, String)> {
    let codec = match vm.str_id(encoding) {
        None => Codec::Utf8,
        Some(name) => Codec::named(vm.heap.text(name)).map_err(|failure| vm.failure(failure))?,
    };
    let errors = vm.str_id(errors).map_or("strict", |errors| vm.heap.text(errors));
    Ok((codec, errors.to_owned()))
}

/// The exception of a place that is not converted.
fn complain(vm: &mut Vm, class: ClassId, codec: Codec, object: Value, obstacle: Obstacle) -> Stop {
    match obstacle {
        Obstacle::Failure(failure) => vm.failure(failure),
        Obstacle::Gap(Gap { start, end, reason }) => {
            let args = [
                vm.new_str(codec.name()),
                object,
                Value::Int(start as i64),
                Value::Int(end as i64),
                vm.new_str(reason),
            ];
            vm.raise_with(class, &args)
        }
    }
}

/// The bytes of a str.
pub fn encode(vm: &mut Vm, value: Value, encoding: Value, errors: Value) -> Res<Value> {
    let (codec, errors) = arguments(vm, encoding, errors)?;
    let text = vm.str_id(value).expect("a str");
    match codecs::encode(vm.heap.text(text), codec, &errors) {
        Ok(bytes) => {
            vm.reserve(bytes.len())?;
            Ok(vm.heap.new_bytes(bytes))
        }
        Err(obstacle) => Err(complain(vm, UNICODE_ENCODE_ERROR, codec, Value::Str(text), obstacle)),
    }
}

/// The text of bytes.
pub fn decode(vm: &mut Vm, value: Value, encoding: Value, errors: Value) -> Res<Value> {
    if vm.bytes_of(value).is_some_and(<[u8]>::is_empty) {
        return Ok(vm.new_str(""));
    }
    let (codec, errors) = arguments(vm, encoding, errors)?;
    let Some(bytes) = vm.bytes_of(value) else {
        let message = format!(
            "decoding to str: need a bytes-like object, {} found",
            vm.type_name(value)
        );
        return Err(vm.type_error(message));
    };
    match codecs::decode(bytes, codec, &errors) {
        Ok(text) => {
            vm.reserve(text.len())?;
            Ok(vm.new_string(text))
        }
        Err(obstacle) => {
            let object = match value {
                Value::Bytes(_) => value,
                _ => vm.heap.new_bytes(vm.bytes_of(value).unwrap_or_default().to_vec()),
            };
            Err(complain(vm, UNICODE_DECODE_ERROR, codec, object, obstacle))
        }
    }
}
