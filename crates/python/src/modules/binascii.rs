//! `binascii`: bytes as text of hexadecimal and base64 digits, and checksums (CPython's `Modules/binascii.c`).

use super::lazy::{self, Member, function};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity};
use crate::vm::types::*;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value of each base64 digit; 64 for what is none.
const VALUES: [u8; 256] = {
    let mut values = [64; 256];
    let mut digit = 0;
    while digit < 64 {
        values[DIGITS[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
};

const CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut crc, mut bit) = (byte as u32, 0);
        while bit < 8 {
            crc = if crc & 1 != 0 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

/// `binascii.Error`.
#[cold]
fn error(vm: &mut Vm, message: impl AsRef<str>) -> Stop {
    lazy::error(vm, "binascii", "Error", message.as_ref())
}

/// The bytes of a buffer.
fn bytes(vm: &mut Vm, value: Value) -> Res<Vec<u8>> {
    let Some(found) = vm.buffer_copy(value) else {
        let message = format!("a bytes-like object is required, not '{}'", vm.type_name(value));
        return Err(vm.type_error(message));
    };
    work(vm, found.len())?;
    Ok(found)
}

/// The bytes of a buffer or of ASCII text.
fn ascii(vm: &mut Vm, value: Value) -> Res<Vec<u8>> {
    if let Some(id) = vm.str_id(value) {
        let text = vm.heap.text(id);
        if !text.is_ascii() {
            return Err(vm.value_error("string argument should contain only ASCII characters"));
        }
        let text = text.as_bytes().to_vec();
        work(vm, text.len())?;
        return Ok(text);
    }
    match vm.buffer_copy(value) {
        Some(found) => {
            work(vm, found.len())?;
            Ok(found)
        }
        None => {
            let message = format!(
                "argument should be bytes, buffer or ASCII string, not '{}'",
                vm.type_name(value)
            );
            Err(vm.type_error(message))
        }
    }
}

/// Asks for time and memory for so many bytes.
fn work(vm: &mut Vm, length: usize) -> Res<()> {
    vm.reserve(3 * length)?;
    vm.tick(u32::try_from(length / 32 + 1).unwrap_or(u32::MAX))
}

fn to_base64(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    for chunk in data.chunks(3) {
        let word = [0, 1, 2].iter().fold(0, |word: usize, &at| {
            word << 8 | usize::from(chunk.get(at).copied().unwrap_or(0))
        });
        for place in 0..4 {
            out.push(if place <= chunk.len() {
                DIGITS[word >> (18 - 6 * place) & 63]
            } else {
                b'='
            });
        }
    }
    out
}

/// The bytes that base64 text stands for, or what is wrong with it.
fn from_base64(text: &[u8], strict: bool) -> Result<Vec<u8>, String> {
    if strict && text.first() == Some(&b'=') {
        return Err("Leading padding not allowed".into());
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut place, mut left, mut pads, mut padded) = (0, 0, 0, false);
    for (at, &character) in text.iter().enumerate() {
        if character == b'=' {
            padded = true;
            if place >= 2 {
                pads += 1;
                if place + pads >= 4 {
                    // Whatever follows the padding is not looked at.
                    if strict && at + 1 < text.len() {
                        return Err("Excess data after padding".into());
                    }
                    return Ok(out);
                }
            }
            continue;
        }
        let value = VALUES[usize::from(character)];
        if value == 64 {
            if strict {
                return Err("Only base64 data is allowed".into());
            }
            continue;
        }
        if strict && padded {
            return Err("Discontinuous padding not allowed".into());
        }
        pads = 0;
        match place {
            0 => {}
            1 => out.push(left << 2 | value >> 4),
            2 => out.push(left << 4 | value >> 2),
            _ => out.push(left << 6 | value),
        }
        left = match place {
            0 => value,
            1 => value & 15,
            2 => value & 3,
            _ => 0,
        };
        place = (place + 1) % 4;
    }
    match place {
        0 => Ok(out),
        1 => Err(format!(
            "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4",
            out.len() / 3 * 4 + 1
        )),
        _ => Err("Incorrect padding".into()),
    }
}

fn hexlify(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let data = bytes(vm, a[0])?;
    if a.get(1)
        .is_some_and(|separator| matches!(vm.payload(separator), Value::Str(id) if !vm.heap.text(id).is_ascii()))
    {
        return Err(vm.unsupported("binascii.hexlify with a separator that is not ASCII"));
    }
    let data = vm.heap.new_bytes(data);
    let hex = vm.heap.intern("hex");
    let method = vm.get_attribute(data, hex)?;
    let text = match (a.get(1), a.get(2)) {
        (None, _) => vm.call(method, &[])?,
        (Some(separator), None) => vm.call(method, &[separator])?,
        (Some(separator), Some(group)) => vm.call(method, &[separator, group])?,
    };
    let text = vm
        .str_id(text)
        .map_or(Vec::new(), |id| vm.heap.text(id).as_bytes().to_vec());
    Ok(vm.heap.new_bytes(text))
}

fn unhexlify(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let text = ascii(vm, a[0])?;
    if text.len() % 2 != 0 {
        return Err(error(vm, "Odd-length string"));
    }
    let digit = |character: u8| char::from(character).to_digit(16);
    let found: Option<Vec<u8>> = text
        .chunks_exact(2)
        .map(|pair| Some((digit(pair[0])? * 16 + digit(pair[1])?) as u8))
        .collect();
    match found {
        Some(found) => Ok(vm.heap.new_bytes(found)),
        None => Err(error(vm, "Non-hexadecimal digit found")),
    }
}

/// A number of which only the lowest 32 bits count.
fn word(vm: &mut Vm, value: Option<Value>, default: u32) -> Res<u32> {
    let Some(value) = value else { return Ok(default) };
    Ok(match vm.index_value(value)? {
        Value::Int(number) => number as u32,
        other => vm.big(other).map_or(0, |big| {
            let low: num_bigint::BigInt = big & num_bigint::BigInt::from(u32::MAX);
            num_traits::ToPrimitive::to_u32(&low).unwrap_or(0)
        }),
    })
}

/// `crc32(data, value)`, also of `zlib`.
pub fn crc32(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let data = bytes(vm, a[0])?;
    let start = word(vm, a.get(1), 0)?;
    let crc = data
        .iter()
        .fold(!start, |crc, &byte| crc >> 8 ^ CRC_TABLE[usize::from(crc as u8 ^ byte)]);
    Ok(Value::Int((!crc).into()))
}

pub fn adler32(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let data = bytes(vm, a[0])?;
    let start = word(vm, a.get(1), 1)?;
    let (low, high) = data.iter().fold((start & 0xffff, start >> 16), |(low, high), &byte| {
        let low = (low + u32::from(byte)) % 65521;
        (low, (high + low) % 65521)
    });
    Ok(Value::Int((high << 16 | low).into()))
}

fn crc_hqx(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let data = bytes(vm, a[0])?;
    let start = word(vm, a.get(1), 0)? & 0xffff;
    // The polynomial x^16 + x^12 + x^5 + 1.
    let crc = data.iter().fold(start, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte) << 8, |crc, _| {
            (if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 }) & 0xffff
        })
    });
    Ok(Value::Int(crc.into()))
}

const HEXLIFY: Arity = Arity::Named {
    parameters: &["data", "sep", "bytes_per_sep"],
    required: 1,
    positional_only: 0,
    keyword_only: 3,
};

const MEMBERS: &[Member] = &[
    function(
        "a2b_base64",
        Arity::Named {
            parameters: &["data", "strict_mode"],
            required: 1,
            positional_only: 1,
            keyword_only: 1,
        },
        |vm, a| {
            let text = ascii(vm, a[0])?;
            let strict = a.get(1).map_or(Ok(false), |value| vm.truth(value))?;
            match from_base64(&text, strict) {
                Ok(found) => Ok(vm.heap.new_bytes(found)),
                Err(message) => Err(error(vm, message)),
            }
        },
    ),
    function(
        "b2a_base64",
        Arity::Named {
            parameters: &["data", "newline"],
            required: 1,
            positional_only: 1,
            keyword_only: 1,
        },
        |vm, a| {
            let data = bytes(vm, a[0])?;
            let mut text = to_base64(&data);
            if a.get(1).map_or(Ok(true), |value| vm.truth(value))? {
                text.push(b'\n');
            }
            Ok(vm.heap.new_bytes(text))
        },
    ),
    function("hexlify", HEXLIFY, hexlify),
    function("b2a_hex", HEXLIFY, hexlify),
    function("unhexlify", Arity::One, unhexlify),
    function("a2b_hex", Arity::One, unhexlify),
    function("crc32", Arity::Between(1, 2), crc32),
    function("crc_hqx", Arity::Between(2, 2), crc_hqx),
    Member::Make("Error", |vm| lazy::make_error(vm, "binascii", "Error", VALUE_ERROR)),
    Member::Make("Incomplete", |vm| {
        lazy::make_error(vm, "binascii", "Incomplete", EXCEPTION)
    }),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    lazy::fill(vm, dict, "binascii", |vm, a| lazy::member(vm, "binascii", MEMBERS, a))
}
