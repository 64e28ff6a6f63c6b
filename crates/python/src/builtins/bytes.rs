//! `bytes` and `bytearray`: making them, codecs, methods.

use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, NativeDefinition, named, native};
use crate::vm::types::*;

fn codec(vm: &mut Vm, encoding: Value) -> Res<&'static str> {
    let name = match vm.str_id(encoding) {
        Some(id) => vm.heap.text(id).to_ascii_lowercase().replace('_', "-"),
        None => "utf-8".to_owned(),
    };
    match name.as_str() {
        "utf-8" | "utf8" | "u8" => Ok("utf-8"),
        "ascii" | "us-ascii" => Ok("ascii"),
        "latin-1" | "latin1" | "iso-8859-1" | "l1" => Ok("latin-1"),
        _ => Err(vm.unsupported(format!("the codec '{name}'"))),
    }
}

pub fn encode(vm: &mut Vm, value: Value, encoding: Value, errors: Value) -> Res<Value> {
    let id = vm.str_id(value).expect("a str");
    let bytes = match codec(vm, encoding)? {
        "utf-8" => vm.heap.text(id).as_bytes().to_vec(),
        name => {
            let top = if name == "ascii" { 0x80 } else { 0x100 };
            let text = vm.heap.text(id);
            if text.chars().any(|c| c as u32 >= top) {
                match vm.str_id(errors).map(|e| vm.heap.text(e)) {
                    Some("ignore") => text.chars().filter(|&c| (c as u32) < top).map(|c| c as u8).collect(),
                    Some("replace") => text
                        .chars()
                        .map(|c| if (c as u32) < top { c as u8 } else { b'?' })
                        .collect(),
                    _ => return Err(vm.unsupported("UnicodeEncodeError")),
                }
            } else {
                text.chars().map(|c| c as u8).collect()
            }
        }
    };
    Ok(vm.heap.new_bytes(bytes))
}

pub fn decode(vm: &mut Vm, value: Value, encoding: Value) -> Res<Value> {
    let codec = codec(vm, encoding)?;
    let Some(bytes) = vm.bytes_of(value) else {
        let message = format!(
            "decoding to str: need a bytes-like object, {} found",
            vm.type_name(value)
        );
        return Err(vm.type_error(message));
    };
    let text = match codec {
        "latin-1" => Some(bytes.iter().map(|&b| char::from(b)).collect::<String>()),
        "ascii" if !bytes.is_ascii() => None,
        _ => String::from_utf8(bytes.to_vec()).ok(),
    };
    match text {
        Some(text) => Ok(vm.new_string(text)),
        None => Err(vm.unsupported("UnicodeDecodeError")),
    }
}

pub fn construct(vm: &mut Vm, class: ClassId, a: Args<'_>) -> Res<Value> {
    let mut source = a.plain().first().copied().unwrap_or(Value::Null);
    let mut encoding = a.plain().get(1).copied().unwrap_or(Value::Null);
    for (keyword, value) in a.keywords() {
        match vm.heap.text(keyword) {
            "source" => source = value,
            "encoding" => encoding = value,
            _ => {}
        }
    }
    let bytes = match vm.payload(source) {
        Value::Null => Vec::new(),
        Value::Str(_) => {
            if encoding.is_null() {
                return Err(vm.type_error("string argument without an encoding"));
            }
            let encoded = encode(vm, source, encoding, Value::Null)?;
            vm.bytes_of(encoded).unwrap_or_default().to_vec()
        }
        Value::Int(count) => {
            if count < 0 {
                return Err(vm.value_error("negative count"));
            }
            vm.reserve(count as usize)?;
            vec![0; count as usize]
        }
        Value::Bool(b) => vec![0; b.into()],
        Value::None | Value::Float(_) => {
            let message = format!("cannot convert '{}' object to bytes", vm.type_name(source));
            return Err(vm.type_error(message));
        }
        _ => vm.byte_values(source)?,
    };
    Ok(if class == BYTES {
        vm.heap.new_bytes(bytes)
    } else {
        vm.heap.new_byte_array(bytes)
    })
}

fn like(vm: &mut Vm, a: Args<'_>, bytes: Vec<u8>) -> Value {
    match vm.payload(a[0]) {
        Value::ByteArray(_) => vm.heap.new_byte_array(bytes),
        _ => vm.heap.new_bytes(bytes),
    }
}

fn this<'a>(vm: &'a Vm, a: Args<'_>) -> &'a [u8] {
    vm.bytes_of(a[0]).unwrap_or_default()
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    if needle.is_empty() {
        return Some(0);
    }
    haystack.windows(needle.len()).position(|window| window == needle)
}

impl Vm {
    pub fn bytes_contain(&mut self, container: Value, item: Value) -> Res<bool> {
        if let Some(needle) = self.bytes_of(item) {
            return Ok(find(self.bytes_of(container).unwrap_or_default(), needle).is_some());
        }
        let byte = self.byte_value(item)?;
        Ok(self.bytes_of(container).unwrap_or_default().contains(&byte))
    }
}

const METHODS: &[NativeDefinition] = &[
    native("decode", named(&["encoding", "errors"], 0), |vm, a| {
        if a.get(2).is_some() {
            return Err(vm.unsupported("error handlers of bytes.decode"));
        }
        decode(vm, a[0], a.or(1, Value::Null))
    }),
    native("hex", Arity::None, |vm, a| {
        let text = this(vm, a).iter().map(|b| format!("{b:02x}")).collect();
        Ok(vm.new_string(text))
    }),
    native("upper", Arity::None, |vm, a| {
        let bytes = this(vm, a).to_ascii_uppercase();
        Ok(like(vm, a, bytes))
    }),
    native("lower", Arity::None, |vm, a| {
        let bytes = this(vm, a).to_ascii_lowercase();
        Ok(like(vm, a, bytes))
    }),
    native("find", Arity::One, |vm, a| {
        let needle = match vm.bytes_of(a[1]) {
            Some(bytes) => bytes.to_vec(),
            None => vec![vm.byte_value(a[1])?],
        };
        Ok(Value::Int(find(this(vm, a), &needle).map_or(-1, |i| i as i64)))
    }),
    native("count", Arity::One, |vm, a| {
        let needle = match vm.bytes_of(a[1]) {
            Some(bytes) => bytes.to_vec(),
            None => vec![vm.byte_value(a[1])?],
        };
        if needle.is_empty() {
            return Ok(Value::Int(this(vm, a).len() as i64 + 1));
        }
        let (mut found, mut at) = (0, 0);
        let bytes = this(vm, a);
        while let Some(next) = find(&bytes[at..], &needle) {
            found += 1;
            at += next + needle.len();
        }
        Ok(Value::Int(found))
    }),
    native("startswith", Arity::One, |vm, a| match vm.bytes_of(a[1]) {
        Some(prefix) => Ok(Value::Bool(this(vm, a).starts_with(prefix))),
        None => Err(vm.unsupported("bytes.startswith of this argument")),
    }),
    native("endswith", Arity::One, |vm, a| match vm.bytes_of(a[1]) {
        Some(suffix) => Ok(Value::Bool(this(vm, a).ends_with(suffix))),
        None => Err(vm.unsupported("bytes.endswith of this argument")),
    }),
    native("strip", Arity::None, |vm, a| {
        let bytes = this(vm, a).trim_ascii().to_vec();
        Ok(like(vm, a, bytes))
    }),
    native("rstrip", Arity::None, |vm, a| {
        let bytes = this(vm, a).trim_ascii_end().to_vec();
        Ok(like(vm, a, bytes))
    }),
    native("split", Arity::Between(0, 1), |vm, a| {
        let parts: Vec<Vec<u8>> = match a.get(1).filter(|s| !s.is_none()) {
            None => this(vm, a)
                .split(|b| b.is_ascii_whitespace() || *b == 0x0b)
                .filter(|p| !p.is_empty())
                .map(<[u8]>::to_vec)
                .collect(),
            Some(separator) => {
                let Some(separator) = vm.bytes_of(separator).map(<[u8]>::to_vec).filter(|s| !s.is_empty()) else {
                    return Err(vm.value_error("empty separator"));
                };
                let mut rest = this(vm, a);
                let mut parts = Vec::new();
                while let Some(at) = find(rest, &separator) {
                    parts.push(rest[..at].to_vec());
                    rest = &rest[at + separator.len()..];
                }
                parts.push(rest.to_vec());
                parts
            }
        };
        let items: Vec<Value> = parts.into_iter().map(|part| like(vm, a, part)).collect();
        Ok(vm.heap.new_list(items))
    }),
    native("join", Arity::One, |vm, a| {
        let items = vm.collect_items(a[1])?;
        let mut out = Vec::new();
        for (index, &item) in items.iter().enumerate() {
            if index > 0 {
                out.extend_from_slice(this(vm, a));
            }
            match vm.bytes_of(item) {
                Some(bytes) => out.extend_from_slice(bytes),
                None => {
                    let message = format!(
                        "sequence item {index}: expected a bytes-like object, {} found",
                        vm.type_name(item)
                    );
                    return Err(vm.type_error(message));
                }
            }
        }
        Ok(like(vm, a, out))
    }),
    native("replace", Arity::Between(2, 2), |vm, a| {
        let (Some(old), Some(new)) = (
            vm.bytes_of(a[1]).map(<[u8]>::to_vec),
            vm.bytes_of(a[2]).map(<[u8]>::to_vec),
        ) else {
            return Err(vm.unsupported("bytes.replace of these arguments"));
        };
        if old.is_empty() {
            return Err(vm.unsupported("bytes.replace of an empty pattern"));
        }
        let mut out = Vec::new();
        let mut rest = this(vm, a);
        while let Some(at) = find(rest, &old) {
            out.extend_from_slice(&rest[..at]);
            out.extend_from_slice(&new);
            rest = &rest[at + old.len()..];
        }
        out.extend_from_slice(rest);
        Ok(like(vm, a, out))
    }),
    native("isdigit", Arity::None, |vm, a| {
        Ok(Value::Bool(
            !this(vm, a).is_empty() && this(vm, a).iter().all(u8::is_ascii_digit),
        ))
    }),
    native("isalpha", Arity::None, |vm, a| {
        Ok(Value::Bool(
            !this(vm, a).is_empty() && this(vm, a).iter().all(u8::is_ascii_alphabetic),
        ))
    }),
];

fn array(vm: &Vm, a: Args<'_>) -> ByteArrayId {
    match vm.payload(a[0]) {
        Value::ByteArray(id) => id,
        _ => unreachable!("checked with the receiver"),
    }
}

const ARRAY_METHODS: &[NativeDefinition] = &[
    native("append", Arity::One, |vm, a| {
        let byte = vm.byte_value(a[1])?;
        vm.heap.allocated += 1;
        let id = array(vm, a);
        vm.heap[id].push(byte);
        Ok(Value::None)
    }),
    native("extend", Arity::One, |vm, a| {
        let bytes = vm.byte_values(a[1])?;
        vm.heap.allocated += bytes.len();
        let id = array(vm, a);
        vm.heap[id].extend(bytes);
        Ok(Value::None)
    }),
    native("pop", Arity::Between(0, 1), |vm, a| {
        let id = array(vm, a);
        let length = vm.heap[id].len() as i64;
        let index = match a.get(1) {
            Some(index) => vm.to_i64(index)?,
            None => -1,
        };
        let at = if index < 0 { index + length } else { index };
        if length == 0 {
            return Err(vm.index_error("pop from empty bytearray"));
        }
        if !(0..length).contains(&at) {
            return Err(vm.index_error("pop index out of range"));
        }
        Ok(Value::Int(vm.heap[id].remove(at as usize).into()))
    }),
    native("clear", Arity::None, |vm, a| {
        let id = array(vm, a);
        vm.heap[id].clear();
        Ok(Value::None)
    }),
    native("reverse", Arity::None, |vm, a| {
        let id = array(vm, a);
        vm.heap[id].reverse();
        Ok(Value::None)
    }),
];

pub fn install(vm: &mut Vm) {
    vm.add_methods(BYTES, METHODS);
    vm.add_methods(BYTEARRAY, METHODS);
    vm.add_methods(BYTEARRAY, ARRAY_METHODS);
    for class in [BYTES, BYTEARRAY] {
        vm.add_class_methods(
            class,
            &[native("fromhex", Arity::One, |vm, a| {
                let text = vm
                    .str_id(a[1])
                    .map(|id| vm.heap.text(id).to_owned())
                    .unwrap_or_default();
                let digits: Vec<u32> = text
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .filter_map(|c| c.to_digit(16))
                    .collect();
                if digits.len() % 2 == 1 || digits.len() != text.chars().filter(|c| !c.is_whitespace()).count() {
                    return Err(vm.unsupported("bytes.fromhex of malformed text"));
                }
                let bytes: Vec<u8> = digits
                    .chunks_exact(2)
                    .map(|pair| (pair[0] * 16 + pair[1]) as u8)
                    .collect();
                Ok(vm.heap.new_bytes(bytes))
            })],
        );
    }
}
