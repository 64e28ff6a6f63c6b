//! Methods of `bytes` and `bytearray` that change nothing.

use super::{decode, like, this};
use crate::text::methods::expand_tabs;
use crate::value::*;
use crate::vm::native::{Args, Arity, NativeDefinition, named, native};
use crate::vm::{Vm, names};

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
    match vm.buffer_copy(value) {
        Some(bytes) => Ok(bytes),
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
                let at = vm.slice_index(value)?;
                Ok(if at < 0 { at.saturating_add(length).max(0) } else { at })
            }
        }
    };
    let (start, end) = (bound(2, 0)?, bound(3, length)?.min(length));
    Ok((start <= end).then_some((start as usize, end as usize)))
}

fn search(vm: &mut Vm, a: Args<'_>, last: bool) -> Res<Option<usize>> {
    let bounds = bounds(vm, a)?;
    let needle = needle(vm, a[1])?;
    let Some((start, end)) = bounds else {
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
    let bounds = bounds(vm, a)?;
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
    for candidate in candidates {
        let candidate = argument(vm, candidate)?;
        if let Some((start, end)) = bounds
            && test(&this(vm, a)[start..end], &candidate)
        {
            return Ok(Value::from(true));
        }
    }
    Ok(Value::from(false))
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
            _ => return Err(vm.bad_argument(&format!("{name}() argument 2"), "a byte string of length 1", fill)),
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
    Ok(Value::from(!bytes.is_empty() && bytes.iter().all(test)))
}

/// Are the letters of this case, and is there one?
fn cased(vm: &Vm, a: Args<'_>, other: fn(&u8) -> bool, wanted: fn(&u8) -> bool) -> Res<Value> {
    let bytes = this(vm, a);
    Ok(Value::from(!bytes.iter().any(other) && bytes.iter().any(wanted)))
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

/// `hex(sep, bytes_per_sep)`: groups are counted from the right, or from the left where the size is negative.
fn hex(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let group = match a.get(2) {
        Some(group) => i64::from(vm.c_int_value(group)?),
        None => 1,
    };
    let separator = match a.get(1) {
        None => None,
        Some(separator) => {
            let text = match (vm.str_id(separator), vm.bytes_of(separator)) {
                (Some(id), _) => vm.heap.text(id).to_owned(),
                (_, Some(bytes)) => bytes.iter().map(|&byte| char::from(byte)).collect(),
                _ => return Err(vm.type_error("sep must be str or bytes.")),
            };
            if text.chars().count() != 1 {
                return Err(vm.value_error("sep must be length 1."));
            }
            if !text.is_ascii() {
                return Err(vm.value_error("sep must be ASCII."));
            }
            Some(text)
        }
    };
    let length = this(vm, a).len();
    vm.reserve(length.saturating_mul(3))?;
    vm.tick((length >> 6).min(1 << 24) as u32)?;
    vm.afford(length as f64 * 4.0)?;
    let bytes = this(vm, a);
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let mut text = String::with_capacity(bytes.len() * 3);
    for (at, byte) in bytes.iter().enumerate() {
        let counted = if group > 0 { bytes.len() - at } else { at };
        if let Some(separator) = &separator
            && at > 0
            && size > 0
            && counted.is_multiple_of(size)
        {
            text.push_str(separator);
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    Ok(vm.new_string(text))
}

/// `maketrans(from, to)`.
pub fn make_translation(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (from, to) = (argument(vm, a[1])?, argument(vm, a[2])?);
    if from.len() != to.len() {
        return Err(vm.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=u8::MAX).collect();
    for (&from, &to) in from.iter().zip(&to) {
        table[usize::from(from)] = to;
    }
    Ok(vm.heap.new_bytes(table))
}

pub const METHODS: &[NativeDefinition] = &[
    native("decode", named(&["encoding", "errors"], 0), |vm, a| {
        for (parameter, value) in [("encoding", a.get(1)), ("errors", a.get(2))] {
            if let Some(value) = value.filter(|&value| vm.str_id(value).is_none()) {
                return Err(vm.bad_argument(&format!("decode() argument '{parameter}'"), "str", value));
            }
        }
        decode(vm, a[0], a.or(1, Value::Null), a.or(2, Value::Null))
    }),
    native("hex", named(&["sep", "bytes_per_sep"], 0), hex),
    native("upper", Arity::None, |vm, a| {
        let bytes = this(vm, a).to_ascii_uppercase();
        Ok(like(vm, a, bytes))
    }),
    native("lower", Arity::None, |vm, a| {
        let bytes = this(vm, a).to_ascii_lowercase();
        Ok(like(vm, a, bytes))
    }),
    native("find", Arity::Count(1, 3), |vm, a| {
        Ok(Value::Int(search(vm, a, false)?.map_or(-1, |at| at as i64)))
    }),
    native("rfind", Arity::Count(1, 3), |vm, a| {
        Ok(Value::Int(search(vm, a, true)?.map_or(-1, |at| at as i64)))
    }),
    native("index", Arity::Count(1, 3), |vm, a| search_or_fail(vm, a, false)),
    native("rindex", Arity::Count(1, 3), |vm, a| search_or_fail(vm, a, true)),
    native("count", Arity::Count(1, 3), |vm, a| {
        let bounds = bounds(vm, a)?;
        let needle = needle(vm, a[1])?;
        let Some((start, end)) = bounds else {
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
    native("startswith", Arity::Count(1, 3), |vm, a| {
        affix(vm, a, "startswith", <[u8]>::starts_with)
    }),
    native("endswith", Arity::Count(1, 3), |vm, a| {
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
    native("isascii", Arity::None, |vm, a| Ok(Value::from(this(vm, a).is_ascii()))),
    native("islower", Arity::None, |vm, a| {
        cased(vm, a, u8::is_ascii_uppercase, u8::is_ascii_lowercase)
    }),
    native("isupper", Arity::None, |vm, a| {
        cased(vm, a, u8::is_ascii_lowercase, u8::is_ascii_uppercase)
    }),
    native("istitle", Arity::None, |vm, a| {
        let bytes = this(vm, a);
        let is_title = bytes.iter().any(u8::is_ascii_alphabetic) && titled(bytes) == bytes;
        Ok(Value::from(is_title))
    }),
    native("zfill", Arity::One, |vm, a| {
        let width = usize::try_from(vm.to_i64(a[1])?).unwrap_or(0);
        vm.reserve(width)?;
        let whole = this(vm, a);
        let sign = usize::from(matches!(whole.first(), Some(b'+' | b'-')));
        let mut out = whole[..sign].to_vec();
        out.resize(sign + width.saturating_sub(whole.len()), b'0');
        out.extend_from_slice(&whole[sign..]);
        Ok(like(vm, a, out))
    }),
    native("expandtabs", named(&["tabsize"], 0), |vm, a| {
        let size = match a.get(1) {
            Some(size) => usize::try_from(vm.to_i64(size)?).unwrap_or(0),
            None => 8,
        };
        // A byte a character, so that the columns are those of the text.
        let text: String = this(vm, a).iter().map(|&byte| char::from(byte)).collect();
        match expand_tabs(&text, size, vm.room() / 2) {
            Ok(text) => {
                let bytes = text.chars().map(|c| c as u8).collect();
                Ok(like(vm, a, bytes))
            }
            Err(failure) => Err(vm.failure(failure)),
        }
    }),
    native("splitlines", named(&["keepends"], 0), |vm, a| {
        let keep = match a.get(1) {
            Some(keep) => vm.to_i64(keep)? != 0,
            None => false,
        };
        let whole = this(vm, a).to_vec();
        vm.reserve(whole.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() * 64)?;
        let mut rest = &whole[..];
        let mut lines = Vec::new();
        while !rest.is_empty() {
            vm.tick(1)?;
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (length, mark) = match end {
                Some(at) if rest[at..].starts_with(b"\r\n") => (at, 2),
                Some(at) => (at, 1),
                None => (rest.len(), 0),
            };
            let line = &rest[..if keep { length + mark } else { length }];
            lines.push(like(vm, a, line.to_vec()));
            rest = &rest[length + mark..];
        }
        Ok(vm.heap.new_list(lines))
    }),
    native("translate", named(&["table", "delete"], 1), |vm, a| {
        let table = match a[1] {
            Value::None => None,
            table => Some(argument(vm, table)?),
        };
        if table.as_ref().is_some_and(|table| table.len() != 256) {
            return Err(vm.value_error("translation table must be 256 characters long"));
        }
        let delete = match a.get(2) {
            Some(delete) => argument(vm, delete)?,
            None => Vec::new(),
        };
        let kept = this(vm, a).iter().filter(|byte| !delete.contains(byte));
        let bytes = match &table {
            Some(table) => kept.map(|&byte| table[usize::from(byte)]).collect(),
            None => kept.copied().collect(),
        };
        Ok(like(vm, a, bytes))
    }),
    native("join", Arity::One, |vm, a| {
        let iterator = vm.iterator(a[1]);
        let items = match iterator {
            Err(stop) if vm.stop_is(stop, crate::vm::types::TYPE_ERROR) => {
                return Err(vm.type_error("can only join an iterable"));
            }
            other => vm.collect_sequence(other?)?,
        };
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
            // Between all bytes, and at both ends.
            let mut out = Vec::new();
            let whole = this(vm, a).to_vec();
            for (at, &byte) in whole.iter().enumerate() {
                if at < left {
                    out.extend_from_slice(&new);
                }
                out.push(byte);
            }
            if whole.len() < left {
                out.extend_from_slice(&new);
            }
            vm.reserve(out.len())?;
            return Ok(like(vm, a, out));
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
        Ok(Value::from(
            !this(vm, a).is_empty() && this(vm, a).iter().all(u8::is_ascii_digit),
        ))
    }),
    native("isalpha", Arity::None, |vm, a| {
        Ok(Value::from(
            !this(vm, a).is_empty() && this(vm, a).iter().all(u8::is_ascii_alphabetic),
        ))
    }),
];
