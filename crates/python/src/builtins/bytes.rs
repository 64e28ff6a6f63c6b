//! `bytes` and `bytearray`: making them, codecs, methods.

use crate::value::*;
use crate::vm::native::{Args, Arity, NativeDefinition, named, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

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

/// `bytes(source, encoding, errors)` and `bytearray(…)`.
pub fn construct(vm: &mut Vm, class: ClassId, a: Args<'_>) -> Res<Value> {
    let name = if class == BYTES { "bytes" } else { "bytearray" };
    let [source, encoding, errors] = vm.named_arguments(name, ["source", "encoding", "errors"], a)?;
    for (parameter, value) in [("encoding", encoding), ("errors", errors)] {
        if !value.is_null() && vm.str_id(value).is_none() {
            let kind = vm.type_name(value);
            let message = format!("{name}() argument '{parameter}' must be str, not {kind}");
            return Err(vm.type_error(message));
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
            return Err(vm.type_error(match (class, encoding.is_null()) {
                (BYTES, false) => "encoding without a string argument",
                (BYTES, true) => "errors without a string argument",
                _ if source.is_null() => "encoding or errors without sequence argument",
                _ => "encoding or errors without a string argument",
            }));
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
    if matches!(vm.payload(source), Value::Int(_) | Value::Bool(_) | Value::BigInt(_)) || has(vm, names::INDEX) {
        let count = match vm.index_value(source) {
            Ok(Value::Int(count)) => count,
            Ok(_) => return Err(vm.overflow_error("cannot fit 'int' into an index-sized integer")),
            Err(stop) => return Err(stop),
        };
        let count = usize::try_from(count).map_err(|_| vm.value_error("negative count"))?;
        vm.reserve(count)?;
        return Ok(made(vm, class, vec![0; count]));
    }
    if vm.bytes_of(source).is_none() && !has(vm, names::ITER) && !has(vm, names::GETITEM) {
        let name = if class == BYTES { "bytes" } else { "bytearray" };
        let message = format!("cannot convert '{}' object to {name}", vm.type_name(source));
        return Err(vm.type_error(message));
    }
    let bytes = vm.byte_values(source, if class == BYTES { "bytes" } else { "byte" })?;
    Ok(made(vm, class, bytes))
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

fn find_last(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    if needle.is_empty() {
        return Some(haystack.len());
    }
    haystack.windows(needle.len()).rposition(|window| window == needle)
}

fn is_space(byte: &u8) -> bool {
    byte.is_ascii_whitespace() || *byte == 0x0b
}

/// A bytes-like argument.
fn argument(vm: &mut Vm, value: Value) -> Res<Vec<u8>> {
    match vm.bytes_of(value) {
        Some(bytes) => Ok(bytes.to_vec()),
        None => {
            let message = format!("a bytes-like object is required, not '{}'", vm.type_name(value));
            Err(vm.type_error(message))
        }
    }
}

/// What `find` and its kin look for: bytes, or one byte as a number.
fn needle(vm: &mut Vm, value: Value) -> Res<Vec<u8>> {
    if let Some(bytes) = vm.bytes_of(value) {
        return Ok(bytes.to_vec());
    }
    let class = vm.class_of(value);
    if vm.class_attribute(class, names::INDEX).is_none() {
        let message = format!(
            "argument should be integer or bytes-like object, not '{}'",
            vm.type_name(value)
        );
        return Err(vm.type_error(message));
    }
    Ok(vec![vm.byte_value(value)?])
}

/// The bounds given as second and third argument, `None` where they are out of order.
fn bounds(vm: &mut Vm, a: Args<'_>) -> Res<Option<(usize, usize)>> {
    let length = this(vm, a).len() as i64;
    let mut bound = |index: usize, default: i64| -> Res<i64> {
        match a.get(index).filter(|value| !value.is_none()) {
            None => Ok(default),
            Some(value) => {
                let at = vm.to_i64_clamped(value)?;
                Ok(if at < 0 { at.saturating_add(length).max(0) } else { at })
            }
        }
    };
    let (start, end) = (bound(2, 0)?, bound(3, length)?.min(length));
    Ok((start <= end).then_some((start as usize, end as usize)))
}

fn search(vm: &mut Vm, a: Args<'_>, last: bool) -> Res<Option<usize>> {
    let needle = needle(vm, a[1])?;
    let Some((start, end)) = bounds(vm, a)? else {
        return Ok(None);
    };
    let part = &this(vm, a)[start..end];
    let found = if last {
        find_last(part, &needle)
    } else {
        find(part, &needle)
    };
    Ok(found.map(|at| at + start))
}

fn search_or_fail(vm: &mut Vm, a: Args<'_>, last: bool) -> Res<Value> {
    match search(vm, a, last)? {
        Some(at) => Ok(Value::Int(at as i64)),
        None => Err(vm.value_error("subsection not found")),
    }
}

fn affix(vm: &mut Vm, a: Args<'_>, name: &str, test: fn(&[u8], &[u8]) -> bool) -> Res<Value> {
    let candidates = match a[1] {
        Value::Tuple(tuple) => vm.heap[tuple].items.to_vec(),
        one => {
            if vm.bytes_of(one).is_none() {
                let message = format!(
                    "{name} first arg must be bytes or a tuple of bytes, not {}",
                    vm.type_name(one)
                );
                return Err(vm.type_error(message));
            }
            vec![one]
        }
    };
    let bounds = bounds(vm, a)?;
    for candidate in candidates {
        let candidate = argument(vm, candidate)?;
        if let Some((start, end)) = bounds
            && test(&this(vm, a)[start..end], &candidate)
        {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

fn strip(vm: &mut Vm, a: Args<'_>, left: bool, right: bool) -> Res<Value> {
    let set = match a.get(1).filter(|set| !set.is_none()) {
        Some(set) => argument(vm, set)?,
        None => b" \t\n\r\x0b\x0c".to_vec(),
    };
    let mut part = this(vm, a);
    while left && part.first().is_some_and(|byte| set.contains(byte)) {
        part = &part[1..];
    }
    while right && part.last().is_some_and(|byte| set.contains(byte)) {
        part = &part[..part.len() - 1];
    }
    let part = part.to_vec();
    Ok(like(vm, a, part))
}

fn split(vm: &mut Vm, a: Args<'_>, from_right: bool) -> Res<Value> {
    let limit = match a.get(2) {
        Some(limit) => usize::try_from(vm.to_i64(limit)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let whole = this(vm, a).to_vec();
    let mut parts: Vec<Vec<u8>> = Vec::new();
    match a.get(1).filter(|separator| !separator.is_none()) {
        None => {
            let mut rest = whole.as_slice();
            let trim = |mut part: &[u8]| {
                while !from_right && part.first().is_some_and(is_space) {
                    part = &part[1..];
                }
                while from_right && part.last().is_some_and(is_space) {
                    part = &part[..part.len() - 1];
                }
                part.len()
            };
            loop {
                let length = trim(rest);
                rest = if from_right {
                    &rest[..length]
                } else {
                    &rest[rest.len() - length..]
                };
                if rest.is_empty() {
                    break;
                }
                if parts.len() == limit {
                    parts.push(rest.to_vec());
                    break;
                }
                if from_right {
                    let at = rest.iter().rposition(is_space).map_or(0, |at| at + 1);
                    parts.push(rest[at..].to_vec());
                    rest = &rest[..at];
                } else {
                    let at = rest.iter().position(is_space).unwrap_or(rest.len());
                    parts.push(rest[..at].to_vec());
                    rest = &rest[at..];
                }
            }
        }
        Some(separator) => {
            let separator = argument(vm, separator)?;
            if separator.is_empty() {
                return Err(vm.value_error("empty separator"));
            }
            let mut rest = whole.as_slice();
            while parts.len() < limit {
                let found = if from_right {
                    find_last(rest, &separator)
                } else {
                    find(rest, &separator)
                };
                let Some(at) = found else { break };
                let (before, after) = (&rest[..at], &rest[at + separator.len()..]);
                let (part, left) = if from_right { (after, before) } else { (before, after) };
                parts.push(part.to_vec());
                rest = left;
            }
            parts.push(rest.to_vec());
        }
    }
    if from_right {
        parts.reverse();
    }
    vm.reserve(parts.len() * 48)?;
    let items: Vec<Value> = parts.into_iter().map(|part| like(vm, a, part)).collect();
    Ok(vm.heap.new_list(items))
}

fn partition(vm: &mut Vm, a: Args<'_>, last: bool) -> Res<Value> {
    let separator = argument(vm, a[1])?;
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let whole = this(vm, a).to_vec();
    let found = if last {
        find_last(&whole, &separator)
    } else {
        find(&whole, &separator)
    };
    let parts = match found {
        Some(at) => [
            whole[..at].to_vec(),
            separator.clone(),
            whole[at + separator.len()..].to_vec(),
        ],
        None if last => [Vec::new(), Vec::new(), whole],
        None => [whole, Vec::new(), Vec::new()],
    };
    let items: Vec<Value> = parts.into_iter().map(|part| like(vm, a, part)).collect();
    Ok(vm.heap.new_tuple(&items))
}

/// `center`, `ljust`, `rjust`: the room before and after the bytes, out of what is missing.
fn pad(vm: &mut Vm, a: Args<'_>, name: &str, share: fn(usize, usize) -> usize) -> Res<Value> {
    let width = usize::try_from(vm.to_i64(a[1])?).unwrap_or(0);
    let fill = match a.get(2) {
        None => b' ',
        Some(fill) => match vm.bytes_of(fill) {
            Some(&[byte]) => byte,
            _ => {
                let message = format!(
                    "{name}() argument 2 must be a byte string of length 1, not {}",
                    vm.type_name(fill)
                );
                return Err(vm.type_error(message));
            }
        },
    };
    vm.reserve(width)?;
    let whole = this(vm, a);
    let missing = width.saturating_sub(whole.len());
    let before = share(missing, width);
    let mut out = vec![fill; before];
    out.extend_from_slice(whole);
    out.resize(whole.len() + missing, fill);
    Ok(like(vm, a, out))
}

/// Do all bytes pass `test`, and is there one?
fn every(vm: &Vm, a: Args<'_>, test: fn(&u8) -> bool) -> Res<Value> {
    let bytes = this(vm, a);
    Ok(Value::Bool(!bytes.is_empty() && bytes.iter().all(test)))
}

/// Are the letters of this case, and is there one?
fn cased(vm: &Vm, a: Args<'_>, other: fn(&u8) -> bool, wanted: fn(&u8) -> bool) -> Res<Value> {
    let bytes = this(vm, a);
    Ok(Value::Bool(!bytes.iter().any(other) && bytes.iter().any(wanted)))
}

fn titled(bytes: &[u8]) -> Vec<u8> {
    let mut inside = false;
    let change = |byte: &u8| {
        let changed = if inside {
            byte.to_ascii_lowercase()
        } else {
            byte.to_ascii_uppercase()
        };
        inside = byte.is_ascii_alphabetic();
        changed
    };
    bytes.iter().map(change).collect()
}

impl Vm {
    pub fn bytes_contain(&mut self, container: Value, item: Value) -> Res<bool> {
        if let Some(needle) = self.bytes_of(item) {
            return Ok(find(self.bytes_of(container).unwrap_or_default(), needle).is_some());
        }
        let class = self.class_of(item);
        if self.class_attribute(class, names::INDEX).is_none() {
            let message = format!("a bytes-like object is required, not '{}'", self.type_name(item));
            return Err(self.type_error(message));
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
    native("hex", named(&["sep", "bytes_per_sep"], 0), |vm, a| {
        if a.get(1).is_some_and(|separator| !separator.is_null()) {
            return Err(vm.unsupported("bytes.hex with a separator"));
        }
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
    native("find", Arity::Between(1, 3), |vm, a| {
        Ok(Value::Int(search(vm, a, false)?.map_or(-1, |at| at as i64)))
    }),
    native("rfind", Arity::Between(1, 3), |vm, a| {
        Ok(Value::Int(search(vm, a, true)?.map_or(-1, |at| at as i64)))
    }),
    native("index", Arity::Between(1, 3), |vm, a| search_or_fail(vm, a, false)),
    native("rindex", Arity::Between(1, 3), |vm, a| search_or_fail(vm, a, true)),
    native("count", Arity::Between(1, 3), |vm, a| {
        let needle = needle(vm, a[1])?;
        let Some((start, end)) = bounds(vm, a)? else {
            return Ok(Value::Int(0));
        };
        let mut part = &this(vm, a)[start..end];
        if needle.is_empty() {
            return Ok(Value::Int(part.len() as i64 + 1));
        }
        let mut found = 0;
        while let Some(at) = find(part, &needle) {
            found += 1;
            part = &part[at + needle.len()..];
        }
        Ok(Value::Int(found))
    }),
    native("startswith", Arity::Between(1, 3), |vm, a| {
        affix(vm, a, "startswith", <[u8]>::starts_with)
    }),
    native("endswith", Arity::Between(1, 3), |vm, a| {
        affix(vm, a, "endswith", <[u8]>::ends_with)
    }),
    native("strip", Arity::Between(0, 1), |vm, a| strip(vm, a, true, true)),
    native("lstrip", Arity::Between(0, 1), |vm, a| strip(vm, a, true, false)),
    native("rstrip", Arity::Between(0, 1), |vm, a| strip(vm, a, false, true)),
    native("split", named(&["sep", "maxsplit"], 0), |vm, a| split(vm, a, false)),
    native("rsplit", named(&["sep", "maxsplit"], 0), |vm, a| split(vm, a, true)),
    native("partition", Arity::One, |vm, a| partition(vm, a, false)),
    native("rpartition", Arity::One, |vm, a| partition(vm, a, true)),
    native("center", Arity::Between(1, 2), |vm, a| {
        pad(vm, a, "center", |missing, width| missing / 2 + (missing & width & 1))
    }),
    native("ljust", Arity::Between(1, 2), |vm, a| pad(vm, a, "ljust", |_, _| 0)),
    native("rjust", Arity::Between(1, 2), |vm, a| {
        pad(vm, a, "rjust", |missing, _| missing)
    }),
    native("removeprefix", Arity::One, |vm, a| {
        let prefix = argument(vm, a[1])?;
        let whole = this(vm, a);
        let rest = whole.strip_prefix(prefix.as_slice()).unwrap_or(whole).to_vec();
        Ok(like(vm, a, rest))
    }),
    native("removesuffix", Arity::One, |vm, a| {
        let suffix = argument(vm, a[1])?;
        let whole = this(vm, a);
        let rest = whole.strip_suffix(suffix.as_slice()).unwrap_or(whole).to_vec();
        Ok(like(vm, a, rest))
    }),
    native("swapcase", Arity::None, |vm, a| {
        let swap = |byte: &u8| {
            if byte.is_ascii_lowercase() {
                byte.to_ascii_uppercase()
            } else {
                byte.to_ascii_lowercase()
            }
        };
        let bytes = this(vm, a).iter().map(swap).collect();
        Ok(like(vm, a, bytes))
    }),
    native("title", Arity::None, |vm, a| {
        let bytes = titled(this(vm, a));
        Ok(like(vm, a, bytes))
    }),
    native("capitalize", Arity::None, |vm, a| {
        let mut bytes = this(vm, a).to_ascii_lowercase();
        if let Some(first) = bytes.first_mut() {
            first.make_ascii_uppercase();
        }
        Ok(like(vm, a, bytes))
    }),
    native("isalnum", Arity::None, |vm, a| every(vm, a, u8::is_ascii_alphanumeric)),
    native("isspace", Arity::None, |vm, a| every(vm, a, is_space)),
    native("isascii", Arity::None, |vm, a| Ok(Value::Bool(this(vm, a).is_ascii()))),
    native("islower", Arity::None, |vm, a| {
        cased(vm, a, u8::is_ascii_uppercase, u8::is_ascii_lowercase)
    }),
    native("isupper", Arity::None, |vm, a| {
        cased(vm, a, u8::is_ascii_lowercase, u8::is_ascii_uppercase)
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
    native("replace", Arity::Between(2, 3), |vm, a| {
        let (old, new) = (argument(vm, a[1])?, argument(vm, a[2])?);
        let mut left = match a.get(3) {
            Some(count) => usize::try_from(vm.to_i64(count)?).unwrap_or(usize::MAX),
            None => usize::MAX,
        };
        if old.is_empty() {
            return Err(vm.unsupported("bytes.replace of an empty pattern"));
        }
        let mut out = Vec::new();
        let mut rest = this(vm, a);
        while left > 0
            && let Some(at) = find(rest, &old)
        {
            out.extend_from_slice(&rest[..at]);
            out.extend_from_slice(&new);
            rest = &rest[at + old.len()..];
            left -= 1;
        }
        out.extend_from_slice(rest);
        vm.reserve(out.len())?;
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
        let bytes = vm.byte_values(a[1], "byte")?;
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
    native("insert", Arity::Between(2, 2), |vm, a| {
        let at = vm.to_i64(a[1])?;
        let byte = vm.byte_value(a[2])?;
        let id = array(vm, a);
        let length = vm.heap[id].len() as i64;
        let at = if at < 0 { (at + length).max(0) } else { at.min(length) };
        vm.heap[id].insert(at as usize, byte);
        Ok(Value::None)
    }),
    native("remove", Arity::One, |vm, a| {
        let byte = vm.byte_value(a[1])?;
        let id = array(vm, a);
        match vm.heap[id].iter().position(|&other| other == byte) {
            Some(at) => {
                vm.heap[id].remove(at);
                Ok(Value::None)
            }
            None => Err(vm.value_error("value not found in bytearray")),
        }
    }),
    native("copy", Arity::None, |vm, a| {
        let bytes = this(vm, a).to_vec();
        Ok(vm.heap.new_byte_array(bytes))
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
