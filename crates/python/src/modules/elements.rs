//! Numbers of C types in memory: what `array` keeps and `memoryview` shows. A type is named by its code of the module `struct`;
//! the bytes stand in the order of a little-endian 64-bit machine.

use crate::value::*;
use crate::vm::Vm;
use crate::vm::types::*;
use num_traits::ToPrimitive;

/// The bytes of an element; 0 for an unknown code.
pub fn size(code: u8) -> usize {
    match code {
        b'b' | b'B' | b'c' | b'?' => 1,
        b'h' | b'H' => 2,
        b'i' | b'I' | b'f' | b'u' | b'w' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' => 8,
        _ => 0,
    }
}

pub fn is_signed(code: u8) -> bool {
    matches!(code, b'b' | b'h' | b'i' | b'l' | b'q' | b'n')
}

pub fn is_float(code: u8) -> bool {
    matches!(code, b'f' | b'd')
}

/// The least and the greatest integer of a type.
fn range(code: u8) -> (i128, i128) {
    let bits = 8 * size(code) as u32;
    if is_signed(code) {
        (-(1 << (bits - 1)), (1 << (bits - 1)) - 1)
    } else {
        (0, (1 << bits) - 1)
    }
}

fn word(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(word)
}

/// The integer in the bytes of an element of an integer type.
pub fn integer(code: u8, bytes: &[u8]) -> i128 {
    let unsigned = word(bytes);
    if is_signed(code) {
        let unused = 64 - 8 * bytes.len() as u32;
        i128::from((unsigned << unused) as i64 >> unused)
    } else {
        i128::from(unsigned)
    }
}

/// The number in the bytes of an element of a floating-point type.
pub fn float(code: u8, bytes: &[u8]) -> f64 {
    match code {
        b'f' => f64::from(f32::from_bits(word(bytes) as u32)),
        _ => f64::from_bits(word(bytes)),
    }
}

/// The value of an element.
pub fn load(vm: &mut Vm, code: u8, bytes: &[u8]) -> Res<Value> {
    Ok(match code {
        b'f' | b'd' => Value::float(vm.fresh_nan(float(code, bytes))),
        b'?' => Value::from(bytes[0] != 0),
        b'c' => vm.heap.new_bytes(bytes.to_vec()),
        b'u' | b'w' => match char::from_u32(word(bytes) as u32) {
            Some(character) => Value::Str(vm.heap.character(character)),
            None => return Err(vm.unsupported("a lone surrogate in a string")),
        },
        _ => match i64::try_from(integer(code, bytes)) {
            Ok(small) => Value::Int(small),
            Err(_) => vm.heap.int_i128(integer(code, bytes)),
        },
    })
}

/// An integer of any size as one of 128 bits, cut where it is larger.
fn wide(vm: &mut Vm, value: Value) -> Res<i128> {
    Ok(match vm.index_value(value)? {
        Value::Int(value) => value.into(),
        Value::Bool(value) => i64::from(value).into(),
        other => vm.big(other).map_or(0, |big| {
            let cut = if big.sign() == num_bigint::Sign::Minus {
                i128::MIN
            } else {
                i128::MAX
            };
            big.to_i128().unwrap_or(cut)
        }),
    })
}

/// A float's bytes; the payload of a NaN is not kept.
fn float_bytes(code: u8, value: f64) -> [u8; 8] {
    let value = if value.is_nan() {
        f64::NAN.copysign(value)
    } else {
        value
    };
    match code {
        b'f' => u64::from((value as f32).to_bits()).to_le_bytes(),
        _ => value.to_bits().to_le_bytes(),
    }
}

/// The bytes of a value for an array of type `code`, with the complaints of `array`: the first [`size`] of the result count.
pub fn array_item(vm: &mut Vm, code: u8, value: Value) -> Res<[u8; 8]> {
    match code {
        b'f' | b'd' => {
            let value = vm.to_float(value)?;
            return Ok(float_bytes(code, value));
        }
        b'u' => {
            let mut characters = vm
                .str_id(value)
                .map(|id| vm.heap.text(id).chars())
                .into_iter()
                .flatten();
            return match (characters.next(), characters.next()) {
                (Some(character), None) => Ok(u64::from(character as u32).to_le_bytes()),
                _ => Err(vm.type_error("array item must be unicode character")),
            };
        }
        _ => {}
    }
    let number = wide(vm, value)?;
    let complaint = |name: &str, above: bool| {
        let side = if above {
            "greater than maximum"
        } else {
            "less than minimum"
        };
        Some(format!("{name} is {side}"))
    };
    let long = range(b'l');
    // The C type through which CPython reads the number, and that type's name in complaints.
    let through: (i128, i128, &str) = match code {
        b'b' | b'h' => (-1 << 15, (1 << 15) - 1, "signed short integer"),
        b'B' => (0, 255, "unsigned byte integer"),
        b'H' | b'i' => (-1 << 31, (1 << 31) - 1, "signed integer"),
        _ => (i128::MIN, i128::MAX, ""),
    };
    let own = match code {
        b'b' => "signed char",
        b'H' => "unsigned short",
        _ => "unsigned int",
    };
    let (low, high) = range(code);
    let wrong = match code {
        b'b' | b'B' | b'h' | b'H' | b'i' | b'l' if !(long.0..=long.1).contains(&number) => {
            Some("Python int too large to convert to C long".to_owned())
        }
        b'q' if !(low..=high).contains(&number) => Some("int too big to convert".to_owned()),
        b'Q' if number < 0 => Some("can't convert negative int to unsigned".to_owned()),
        b'Q' if number > high => Some("int too big to convert".to_owned()),
        b'I' | b'L' if number < 0 => Some("can't convert negative value to unsigned int".to_owned()),
        b'I' | b'L' if number > range(b'L').1 => Some("Python int too large to convert to C unsigned long".to_owned()),
        _ if number < through.0 || number > through.1 => complaint(through.2, number > through.1),
        _ if number < low || number > high => complaint(own, number > high),
        _ => None,
    };
    match wrong {
        Some(message) => Err(vm.overflow_error(message)),
        None => Ok((number as u64).to_le_bytes()),
    }
}

/// The bytes of a value for an element of a view, with the complaints of `memoryview`.
pub fn view_item(vm: &mut Vm, code: u8, value: Value) -> Res<[u8; 8]> {
    let format = char::from(code);
    match code {
        b'?' => {
            let truth = vm.truth(value)?;
            return Ok(u64::from(truth).to_le_bytes());
        }
        b'c' => {
            return match vm.payload(value) {
                Value::Bytes(id) if vm.heap[id].len() == 1 => Ok(u64::from(vm.heap[id][0]).to_le_bytes()),
                Value::Bytes(_) => Err(vm.value_error(format!("memoryview: invalid value for format '{format}'"))),
                _ => Err(vm.type_error(format!("memoryview: invalid type for format '{format}'"))),
            };
        }
        b'u' | b'w' => return Err(vm.raise(NOT_IMPLEMENTED_ERROR, "memoryview: format w not supported")),
        _ => {}
    }
    let converted = if is_float(code) {
        vm.to_float(value).map(|number| Some(float_bytes(code, number)))
    } else {
        wide(vm, value).map(|number| {
            let (low, high) = range(code);
            (low..=high).contains(&number).then(|| (number as u64).to_le_bytes())
        })
    };
    match converted {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(vm.value_error(format!("memoryview: invalid value for format '{format}'"))),
        Err(stop) if vm.stop_is(stop, TYPE_ERROR) => {
            Err(vm.type_error(format!("memoryview: invalid type for format '{format}'")))
        }
        Err(stop) => Err(stop),
    }
}
