//! Methods of the numeric types, `range` and `slice`.

use crate::numeric::float_parse;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Arity, named, native};
use crate::vm::types::*;

/// The order of bytes that an argument names; the highest comes first where it is absent.
fn is_little(vm: &mut Vm, function: &str, order: Option<Value>) -> Res<bool> {
    let Some(order) = order else { return Ok(false) };
    let Some(id) = vm.str_id(order) else {
        return Err(vm.bad_argument(&format!("{function}() argument 'byteorder'"), "str", order));
    };
    match vm.heap.text(id) {
        "little" => Ok(true),
        "big" => Ok(false),
        _ => Err(vm.value_error("byteorder must be either 'little' or 'big'")),
    }
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(
        INT,
        &[
            native("bit_length", Arity::None, |vm, a| {
                let payload = vm.payload(a[0]);
                Ok(Value::Int(vm.shown_integer(payload)?.bits() as i64))
            }),
            native("bit_count", Arity::None, |vm, a| {
                let payload = vm.payload(a[0]);
                let integer = vm.shown_integer(payload)?;
                let words = integer.magnitude().iter_u64_digits();
                Ok(Value::Int(words.map(|word| i64::from(word.count_ones())).sum()))
            }),
            native("conjugate", Arity::None, |vm, a| {
                let payload = vm.payload(a[0]);
                vm.index_value(payload)
            }),
            native("as_integer_ratio", Arity::None, |vm, a| {
                let payload = vm.payload(a[0]);
                let value = vm.index_value(payload)?;
                Ok(vm.heap.new_tuple(&[value, Value::Int(1)]))
            }),
            native("to_bytes", named(&["length", "byteorder", "signed"], 0), |vm, a| {
                let length = match a.get(1) {
                    Some(length) => usize::try_from(vm.to_i64(length)?)
                        .map_err(|_| vm.value_error("length argument must be non-negative"))?,
                    None => 1,
                };
                vm.reserve(length)?;
                let little = is_little(vm, "to_bytes", a.get(2))?;
                let signed = match a.get(3) {
                    Some(flag) => vm.truth(flag)?,
                    None => false,
                };
                let payload = vm.payload(a[0]);
                let value = vm.shown_integer(payload)?;
                let negative = value.sign() == num_bigint::Sign::Minus;
                if negative && !signed {
                    return Err(vm.overflow_error("can't convert negative int to unsigned"));
                }
                let mut bytes = if signed {
                    value.to_signed_bytes_le()
                } else {
                    value.magnitude().to_bytes_le()
                };
                if value.sign() == num_bigint::Sign::NoSign {
                    bytes.clear();
                }
                if bytes.len() > length {
                    return Err(vm.overflow_error("int too big to convert"));
                }
                bytes.resize(length, if negative { 0xff } else { 0 });
                if !little {
                    bytes.reverse();
                }
                Ok(vm.heap.new_bytes(bytes))
            }),
        ],
    );
    vm.add_class_methods(
        INT,
        &[native(
            "from_bytes",
            named(&["bytes", "byteorder", "signed"], 1),
            |vm, a| {
                let little = is_little(vm, "from_bytes", a.get(2))?;
                let signed = match a.get(3) {
                    Some(flag) => vm.truth(flag)?,
                    None => false,
                };
                if matches!(
                    vm.payload(a[1]),
                    Value::Int(_) | Value::Bool(_) | Value::BigInt(_) | Value::Str(_)
                ) {
                    let message = format!("cannot convert '{}' object to bytes", vm.type_name(a[1]));
                    return Err(vm.type_error(message));
                }
                let bytes = super::bytes::from_object(vm, BYTES, a[1])?;
                let bytes = vm.bytes_of(bytes).unwrap_or_default();
                let value = match (little, signed) {
                    (true, true) => num_bigint::BigInt::from_signed_bytes_le(bytes),
                    (false, true) => num_bigint::BigInt::from_signed_bytes_be(bytes),
                    (true, false) => num_bigint::BigInt::from_bytes_le(num_bigint::Sign::Plus, bytes),
                    (false, false) => num_bigint::BigInt::from_bytes_be(num_bigint::Sign::Plus, bytes),
                };
                let value = vm.heap.int(value);
                match a[0] {
                    Value::Class(INT) => Ok(value),
                    class => vm.call(class, &[value]),
                }
            },
        )],
    );
    vm.add_methods(
        FLOAT,
        &[
            native("is_integer", Arity::None, |vm, a| {
                let f = vm.to_float(a[0])?;
                Ok(Value::from(f.is_finite() && f.fract() == 0.0))
            }),
            native("conjugate", Arity::None, |vm, a| Ok(Value::float(vm.to_float(a[0])?))),
            native("hex", Arity::None, |vm, a| {
                let f = vm.to_float(a[0])?;
                Ok(vm.new_string(float_parse::to_hex(f)))
            }),
            native("as_integer_ratio", Arity::None, |vm, a| {
                let f = vm.to_float(a[0])?;
                match float_parse::integer_ratio(f) {
                    Ok((numerator, denominator)) => {
                        let pair = [vm.heap.int(numerator), vm.heap.int(denominator)];
                        Ok(vm.heap.new_tuple(&pair))
                    }
                    Err(failure) => Err(vm.failure(failure)),
                }
            }),
        ],
    );
    vm.add_class_methods(
        FLOAT,
        &[native("fromhex", Arity::One, |vm, a| {
            let text = vm
                .str_id(a[1])
                .map(|id| vm.heap.text(id).to_owned())
                .unwrap_or_default();
            match float_parse::from_hex(&text) {
                Ok(f) if a[0].is(Value::Class(FLOAT)) => Ok(Value::float(f)),
                Ok(f) => vm.call(a[0], &[Value::float(f)]),
                Err(failure) => Err(vm.failure(failure)),
            }
        })],
    );
    vm.add_methods(
        COMPLEX,
        &[
            native("__complex__", Arity::None, |vm, a| {
                let (real, imaginary) = vm.as_complex(a[0]).unwrap_or((0.0, 0.0));
                Ok(vm.heap.complex(real, imaginary))
            }),
            native("conjugate", Arity::None, |vm, a| {
                let (real, imaginary) = vm.as_complex(a[0]).unwrap_or((0.0, 0.0));
                Ok(vm.heap.complex(real, -imaginary))
            }),
        ],
    );
    vm.add_methods(
        RANGE,
        &[
            native("index", Arity::One, |vm, a| {
                let Value::Range(range) = a[0] else {
                    return Ok(Value::None);
                };
                if !matches!(a[1], Value::Int(_) | Value::Bool(_) | Value::BigInt(_)) {
                    let range = vm.heap[range];
                    for index in 0..range.length {
                        vm.tick(1)?;
                        let item = Value::Int(range.start + index * range.step);
                        if vm.equal(item, a[1])? {
                            return Ok(Value::Int(index));
                        }
                    }
                    return Err(vm.value_error("sequence.index(x): x not in sequence"));
                }
                if vm.contains(a[0], a[1])? {
                    let range = vm.heap[range];
                    let value = vm.to_i64(a[1])?;
                    return Ok(Value::Int((value - range.start) / range.step));
                }
                let shown = vm.repr_string(a[1])?;
                Err(vm.value_error(format!("{shown} is not in range")))
            }),
            native("count", Arity::One, |vm, a| {
                Ok(Value::Int(vm.contains(a[0], a[1])?.into()))
            }),
        ],
    );
    vm.add_methods(
        SLICE,
        &[native("indices", Arity::One, |vm, a| {
            let Value::Slice(slice) = a[0] else {
                return Ok(Value::None);
            };
            let length = vm.to_i64(a[1])?;
            if length < 0 {
                return Err(vm.value_error("length should not be negative"));
            }
            let bounds = vm.slice_bounds(slice, length as usize)?;
            Ok(vm.heap.new_tuple(&[
                Value::Int(bounds.start),
                Value::Int(bounds.stop),
                Value::Int(bounds.step),
            ]))
        })],
    );
}
