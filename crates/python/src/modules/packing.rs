//! `struct`: values as bytes (CPython's `Modules/_struct.c`).

use super::elements;
use super::lazy::{self, ITERATOR, Member, NEXT, class_argument, data, data_mut, function};
use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::in_c::Signature;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;
use num_traits::ToPrimitive;

/// A run of items of one type: one item for `s` and `p`, none for `x`.
#[derive(Clone, Copy)]
struct Run {
    code: u8,
    at: usize,
    /// Bytes of an item.
    size: usize,
    count: usize,
}

#[derive(Clone, Default)]
struct Layout {
    runs: Vec<Run>,
    size: usize,
    values: usize,
    big: bool,
    /// `@`: C's own types.
    native: bool,
}

/// A `Struct`; its format as the program gave it.
struct Compiled {
    format: Value,
    layout: Layout,
}

impl NativeData for Compiled {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.format);
    }

    fn size(&self) -> usize {
        self.layout.runs.capacity() * size_of::<Run>()
    }
}

struct UnpackIterator {
    layout: Layout,
    buffer: Value,
    at: usize,
}

impl NativeData for UnpackIterator {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.buffer);
    }
}

/// `struct.error`.
#[cold]
fn error(vm: &mut Vm, message: impl AsRef<str>) -> Stop {
    lazy::error(vm, "struct", "error", message.as_ref())
}

fn item_size(code: u8, native: bool) -> usize {
    match code {
        b'x' | b's' | b'p' => 1,
        b'e' => 2,
        b'l' | b'L' if !native => 4,
        b'P' if native => 8,
        b'n' | b'N' | b'P' | b'u' | b'w' if !native || matches!(code, b'u' | b'w') => 0,
        _ => elements::size(code),
    }
}

fn parse(vm: &mut Vm, format: &[u8]) -> Res<Layout> {
    if format.contains(&0) {
        return Err(error(vm, "embedded null character"));
    }
    let (order, codes) = match format.first() {
        Some(&order @ (b'@' | b'=' | b'<' | b'>' | b'!')) => (order, &format[1..]),
        _ => (b'@', format),
    };
    let mut layout = Layout {
        big: matches!(order, b'>' | b'!'),
        native: order == b'@',
        ..Layout::default()
    };
    let too_long = |vm: &mut Vm| Err(error(vm, "total struct size too long"));
    let (mut position, mut total) = (0, 0_i64);
    while let Some(&first) = codes.get(position) {
        position += 1;
        if matches!(first, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c) {
            continue;
        }
        let (mut code, mut count) = (first, 1_i64);
        if first.is_ascii_digit() {
            count = i64::from(first - b'0');
            loop {
                let Some(&next) = codes.get(position) else {
                    return Err(error(vm, "repeat count given without format specifier"));
                };
                position += 1;
                code = next;
                if !next.is_ascii_digit() {
                    break;
                }
                match count
                    .checked_mul(10)
                    .and_then(|n| n.checked_add(i64::from(next - b'0')))
                {
                    Some(larger) => count = larger,
                    None => return too_long(vm),
                }
            }
        }
        let size = item_size(code, layout.native);
        if size == 0 {
            return Err(error(vm, "bad char in struct format"));
        }
        if layout.native && total > 0 {
            // C aligns every type to its own size.
            total = (total as u64).next_multiple_of(size as u64) as i64;
        }
        if code == b'p' && count == 0 {
            return Err(vm.unsupported("struct: Pascal strings without room"));
        }
        let (size, count) = match code {
            b's' | b'p' | b'x' => (count as usize, usize::from(code != b'x')),
            _ => (size, count as usize),
        };
        let at = total as usize;
        let bytes = size
            .checked_mul(if code == b'x' { 1 } else { count })
            .and_then(|n| i64::try_from(n).ok());
        match bytes.and_then(|bytes| total.checked_add(bytes)) {
            Some(sum) => total = sum,
            None => return too_long(vm),
        }
        layout.values += count;
        if count > 0 {
            layout.runs.push(Run { code, at, size, count });
        }
    }
    layout.size = total as usize;
    Ok(layout)
}

/// The layout of a format; `hashed` where CPython looks it up in its cache first.
fn layout_of(vm: &mut Vm, format: Value, hashed: bool) -> Res<Layout> {
    if let Value::Str(id) = format {
        if vm.heap.text(id).is_ascii() {
            let text = vm.heap.text(id).as_bytes().to_vec();
            return parse(vm, &text);
        }
        let (encoding, errors) = (vm.new_str("ascii"), Value::Null);
        crate::builtins::bytes::codec::encode(vm, format, encoding, errors)?;
    }
    if hashed {
        vm.hash(format)?;
    }
    match vm.payload(format) {
        Value::Str(_) => {
            let plain = vm.payload(format);
            layout_of(vm, plain, false)
        }
        Value::Bytes(id) => {
            let text = vm.heap[id].to_vec();
            parse(vm, &text)
        }
        _ => Err(vm.bad_argument("Struct() argument 1", "a str or bytes object", format)),
    }
}

/// An integer of any size, or nothing where it is beyond 128 bits.
fn integer(vm: &mut Vm, value: Value) -> Res<Option<i128>> {
    Ok(match vm.index_value(value)? {
        Value::Int(value) => Some(value.into()),
        other => vm.big(other).and_then(|big| big.to_i128()),
    })
}

/// The bytes of an integer, little end first, where it fits; else CPython's complaint, which depends on the way it takes there.
fn integer_bytes(vm: &mut Vm, layout_big: bool, code: u8, size: usize, value: Value) -> Res<[u8; 8]> {
    let plain = vm.payload(value);
    let number = match plain {
        Value::Int(number) => Some(number.into()),
        Value::Bool(_) | Value::BigInt(_) => integer(vm, plain)?,
        _ => {
            let class = vm.class_of(value);
            if vm.class_attribute(class, crate::vm::names::INDEX).is_none() {
                return Err(error(vm, "required argument is not an integer"));
            }
            integer(vm, value)?
        }
    };
    let bits = 8 * size as u32;
    let (low, high) = match (code, elements::is_signed(code)) {
        (b'P', _) => (-1 << 63, (1 << 64) - 1),
        (_, true) => (-1 << (bits - 1), (1 << (bits - 1)) - 1),
        (_, false) => (0, (1 << bits) - 1),
    };
    if let Some(number) = number.filter(|number| (low..=high).contains(number)) {
        return Ok((number as u64).to_le_bytes());
    }
    let in_long = number.is_some_and(|number| i64::try_from(number).is_ok());
    let in_unsigned = number.is_some_and(|number| u64::try_from(number).is_ok());
    let short = !layout_big && matches!(code, b'h' | b'H');
    let message = match code {
        b'P' => "int too large to convert".to_owned(),
        b'q' | b'Q' if layout_big => "int too large to convert".to_owned(),
        _ if size == 8 => "argument out of range".to_owned(),
        b'b' | b'B' | b'h' | b'H' if !in_long && (size == 1 || short || code == b'h') => {
            "argument out of range".to_owned()
        }
        b'b' => "byte format requires -128 <= number <= 127".to_owned(),
        b'B' => "ubyte format requires 0 <= number <= 255".to_owned(),
        b'h' if short => "short format requires -32768 <= number <= 32767".to_owned(),
        b'H' if short => "ushort format requires 0 <= number <= 65535".to_owned(),
        _ if elements::is_signed(code) && !in_long => "argument out of range".to_owned(),
        _ if !elements::is_signed(code) && !in_unsigned => "argument out of range".to_owned(),
        _ => format!("'{}' format requires {low} <= number <= {high}", char::from(code)),
    };
    Err(error(vm, message))
}

/// The nearest half-precision float, ties to even; `None` where it is too large.
fn half_bits(value: f64) -> Option<u16> {
    let sign = if value.is_sign_negative() { 0x8000 } else { 0 };
    if value.is_nan() {
        return Some(sign | 0x7e00);
    }
    let magnitude = value.abs();
    if magnitude.is_infinite() {
        return Some(sign | 0x7c00);
    }
    // In units of the last place: of subnormals below 2^-14, of its own power of two above.
    let exponent = if magnitude < 2.0_f64.powi(-14) {
        -14
    } else {
        (magnitude.to_bits() >> 52) as i32 - 1023
    };
    if exponent > 15 {
        return None;
    }
    let units = (magnitude * 2.0_f64.powi(10 - exponent)).round_ties_even() as u32;
    let bits = if magnitude < 2.0_f64.powi(-14) {
        units
    } else {
        // A carry out of the significand goes into the exponent.
        ((exponent + 14) as u32) * 1024 + units
    };
    (bits < 0x7c00).then_some(sign | bits as u16)
}

fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => fraction * 2.0_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2.0_f64.powi(exponent - 25),
    };
    if bits & 0x8000 != 0 { -magnitude } else { magnitude }
}

fn float_bytes(vm: &mut Vm, native: bool, code: u8, value: Value) -> Res<[u8; 8]> {
    let plain = vm.payload(value);
    let number = match plain {
        Value::Float(number) => number.get(),
        _ => match vm.to_float(value) {
            Ok(number) => number,
            Err(Stop::Raise(_)) => return Err(error(vm, "required argument is not a float")),
            Err(stop) => return Err(stop),
        },
    };
    let number = if number.is_nan() {
        f64::NAN.copysign(number)
    } else {
        number
    };
    let bits = match code {
        b'd' => Some(number.to_bits()),
        b'f' => {
            let short = number as f32;
            (native || short.is_finite() || !number.is_finite()).then(|| u64::from(short.to_bits()))
        }
        _ => half_bits(number).map(u64::from),
    };
    match bits {
        Some(bits) => Ok(bits.to_le_bytes()),
        None if matches!(plain, Value::Int(_) | Value::Bool(_) | Value::BigInt(_)) => {
            Err(error(vm, "int too large to convert"))
        }
        None => {
            let message = format!("float too large to pack with {} format", char::from(code));
            Err(vm.overflow_error(message))
        }
    }
}

/// The packed values, one for each place of the layout.
fn packed(vm: &mut Vm, layout: &Layout, values: &[Value], name: &str) -> Res<Vec<u8>> {
    if values.len() != layout.values {
        let message = format!(
            "{name} expected {} items for packing (got {})",
            layout.values,
            values.len()
        );
        return Err(error(vm, message));
    }
    vm.reserve(layout.size)?;
    vm.tick(u32::try_from(values.len() + layout.size / 64).unwrap_or(u32::MAX))?;
    let mut out = vec![0; layout.size];
    let mut values = values.iter().copied();
    for run in &layout.runs {
        for (nth, value) in values.by_ref().take(run.count).enumerate() {
            let at = run.at + nth * run.size;
            let place = at..at + run.size;
            let item = match run.code {
                b's' | b'p' => {
                    let plain = vm.payload(value);
                    let Some(bytes) = vm
                        .bytes_of(plain)
                        .filter(|_| matches!(plain, Value::Bytes(_) | Value::ByteArray(_)))
                    else {
                        let message = format!("argument for '{}' must be a bytes object", char::from(run.code));
                        return Err(error(vm, message));
                    };
                    let start = usize::from(run.code == b'p');
                    let length = bytes.len().min(run.size - start);
                    out[at + start..at + start + length].copy_from_slice(&bytes[..length]);
                    if start == 1 {
                        out[at] = length.min(255) as u8;
                    }
                    continue;
                }
                b'c' => match vm.payload(value) {
                    Value::Bytes(id) if vm.heap[id].len() == 1 => {
                        out[at] = vm.heap[id][0];
                        continue;
                    }
                    _ => return Err(error(vm, "char format requires a bytes object of length 1")),
                },
                b'?' => {
                    out[at] = u8::from(vm.truth(value)?);
                    continue;
                }
                b'e' | b'f' | b'd' => float_bytes(vm, layout.native, run.code, value)?,
                _ => integer_bytes(vm, layout.big, run.code, run.size, value)?,
            };
            out[place.clone()].copy_from_slice(&item[..run.size]);
            if layout.big {
                out[place].reverse();
            }
        }
    }
    Ok(out)
}

/// The values in bytes of exactly the layout's size.
fn unpacked(vm: &mut Vm, layout: &Layout, bytes: &[u8]) -> Res<Value> {
    vm.reserve(layout.values.saturating_mul(32) + layout.size)?;
    vm.tick(u32::try_from(layout.values + layout.size / 64).unwrap_or(u32::MAX))?;
    let mut values = Vec::with_capacity(layout.values);
    for run in &layout.runs {
        for nth in 0..run.count {
            let at = run.at + nth * run.size;
            let piece = &bytes[at..at + run.size];
            values.push(match run.code {
                b's' => vm.heap.new_bytes(piece),
                b'p' => {
                    let length = usize::from(piece[0]).min(piece.len() - 1);
                    vm.heap.new_bytes(&piece[1..=length])
                }
                code => {
                    let mut item = [0; 8];
                    item[..run.size].copy_from_slice(piece);
                    if layout.big {
                        item[..run.size].reverse();
                    }
                    match code {
                        b'e' => Value::float(vm.fresh_nan(half(u16::from_le_bytes([item[0], item[1]])))),
                        b'P' => elements::load(vm, b'Q', &item)?,
                        _ => elements::load(vm, code, &item[..run.size])?,
                    }
                }
            });
        }
    }
    Ok(vm.heap.new_tuple(&values))
}

fn buffer(vm: &mut Vm, value: Value) -> Res<Vec<u8>> {
    match vm.buffer_copy(value) {
        Some(bytes) => Ok(bytes),
        None => {
            let message = format!("a bytes-like object is required, not '{}'", vm.type_name(value));
            Err(vm.type_error(message))
        }
    }
}

fn unpack(vm: &mut Vm, layout: &Layout, value: Value) -> Res<Value> {
    let bytes = buffer(vm, value)?;
    if bytes.len() != layout.size {
        return Err(error(vm, format!("unpack requires a buffer of {} bytes", layout.size)));
    }
    unpacked(vm, layout, &bytes)
}

/// Where `size` bytes at an offset begin in a buffer of `length`; the words are those of the complaints.
fn place(vm: &mut Vm, offset: i64, size: usize, length: usize, words: [&str; 3]) -> Res<usize> {
    let [name, verb, negative] = words;
    let mut at = offset;
    if offset < 0 {
        if offset.saturating_add(size as i64) > 0 {
            return Err(error(vm, format!("{negative} {size} bytes at offset {offset}")));
        }
        at += length as i64;
        if at < 0 {
            return Err(error(
                vm,
                format!("offset {offset} out of range for {length}-byte buffer"),
            ));
        }
    }
    if (length as i64 - at) < size as i64 {
        let message = format!(
            "{name} requires a buffer of at least {} bytes for {verb} {size} bytes at offset {at} (actual buffer size is {length})",
            size as i64 + at
        );
        return Err(error(vm, message));
    }
    Ok(at as usize)
}

fn unpack_from(vm: &mut Vm, layout: &Layout, value: Value, offset: Option<Value>) -> Res<Value> {
    let offset = offset.map_or(Ok(0), |offset| vm.to_i64(offset))?;
    let bytes = buffer(vm, value)?;
    let words = ["unpack_from", "unpacking", "not enough data to unpack"];
    let at = place(vm, offset, layout.size, bytes.len(), words)?;
    unpacked(vm, layout, &bytes[at..at + layout.size])
}

/// The arguments behind the format: buffer, offset, values.
fn pack_into(vm: &mut Vm, layout: &Layout, given: &[Value]) -> Res<Value> {
    let (Some(&target), offset) = (given.first(), given.get(1)) else {
        return Err(error(vm, "pack_into expected buffer argument"));
    };
    let Some(&offset) = offset else {
        return Err(error(vm, "pack_into expected offset argument"));
    };
    if given.len() - 2 != layout.values {
        return packed(vm, layout, &given[2..], "pack_into").map(|_| Value::None);
    }
    let Some(length) = vm.buffer_mut(target).map(|bytes| bytes.len()) else {
        let message = format!(
            "argument must be read-write bytes-like object, not {}",
            vm.type_name(target)
        );
        return Err(vm.type_error(message));
    };
    let offset = vm.to_i64(offset)?;
    let at = place(
        vm,
        offset,
        layout.size,
        length,
        ["pack_into", "packing", "no space to pack"],
    )?;
    let bytes = packed(vm, layout, &given[2..], "pack_into")?;
    if let Some(place) = vm
        .buffer_mut(target)
        .and_then(|target| target.get_mut(at..at + bytes.len()))
    {
        place.copy_from_slice(&bytes);
    }
    Ok(Value::None)
}

fn iter_unpack(vm: &mut Vm, layout: Layout, value: Value) -> Res<Value> {
    if layout.size == 0 {
        return Err(error(vm, "cannot iteratively unpack with a struct of length 0"));
    }
    let length = buffer(vm, value)?.len();
    if !length.is_multiple_of(layout.size) {
        let message = format!(
            "iterative unpacking requires a buffer of a multiple of {} bytes",
            layout.size
        );
        return Err(error(vm, message));
    }
    let class = lazy::class_named(vm, "struct", "unpack_iterator")?;
    let iterator = UnpackIterator {
        layout,
        buffer: value,
        at: 0,
    };
    Ok(Value::Opaque(vm.heap.new_opaque(class, Box::new(iterator), Some(next))))
}

fn next(vm: &mut Vm, id: OpaqueId) -> Res<Option<Value>> {
    let Some(iterator) = vm.heap.native_mut::<UnpackIterator>(id) else {
        return Ok(None);
    };
    let (layout, value, at) = (iterator.layout.clone(), iterator.buffer, iterator.at);
    iterator.at += layout.size;
    let piece = match vm.bytes_of(value) {
        Some(bytes) => bytes.get(at..at + layout.size).map(<[u8]>::to_vec),
        None => buffer(vm, value)?.get(at..at + layout.size).map(<[u8]>::to_vec),
    };
    match piece {
        Some(piece) => unpacked(vm, &layout, &piece).map(Some),
        None => Ok(None),
    }
}

fn make_iterator_class(vm: &mut Vm) -> Res<Value> {
    let left = native("__length_hint__", Arity::None, |vm, a| {
        let iterator: &UnpackIterator = data(vm, a[0]);
        let (value, at, size) = (iterator.buffer, iterator.at, iterator.layout.size);
        let length = vm.buffer_copy(value).map_or(0, |bytes| bytes.len());
        Ok(Value::Int((length.saturating_sub(at) / size) as i64))
    });
    let class = vm.define_class("unpack_iterator", "_struct", OBJECT, &[ITERATOR, NEXT, left]);
    Ok(Value::Class(class))
}

/// The layout of the receiver.
fn own(vm: &mut Vm, a: Args<'_>) -> Res<Layout> {
    let compiled: &Compiled = data(vm, a[0]);
    if compiled.format.is_none() {
        return Err(vm.unsupported("a Struct that was not initialized"));
    }
    Ok(compiled.layout.clone())
}

const METHODS: &[NativeDefinition] = &[
    native("__new__", Arity::Any, |vm, a| {
        let made = Compiled {
            format: Value::None,
            layout: Layout::default(),
        };
        let class = class_argument(a);
        Ok(Value::Opaque(vm.heap.new_opaque(class, Box::new(made), None)))
    }),
    native("__init__", Arity::Any, |vm, a| {
        let signature = Signature {
            parameters: &["format"],
            required: 1,
            positional_only: 0,
            keyword_only: 1,
        };
        let bound = vm.bind_named("Struct", a, 1, &signature)?;
        let layout = layout_of(vm, bound[1], false)?;
        let text: Vec<u8> = match vm.payload(bound[1]) {
            Value::Str(id) => vm.heap.text(id).as_bytes().to_vec(),
            Value::Bytes(id) => vm.heap[id].to_vec(),
            _ => Vec::new(),
        };
        let format = vm.new_string(text.into_iter().map(char::from).collect());
        *data_mut::<Compiled>(vm, a[0]) = Compiled { format, layout };
        Ok(Value::None)
    }),
    native("pack", Arity::Positional, |vm, a| {
        let layout = own(vm, a)?;
        let bytes = packed(vm, &layout, &a.values[1..], "pack")?;
        Ok(vm.heap.new_bytes(bytes))
    }),
    native("pack_into", Arity::Positional, |vm, a| {
        let layout = own(vm, a)?;
        pack_into(vm, &layout, &a.values[1..])
    }),
    native("unpack", Arity::One, |vm, a| {
        let layout = own(vm, a)?;
        unpack(vm, &layout, a[1])
    }),
    native(
        "unpack_from",
        Arity::Named {
            parameters: &["buffer", "offset"],
            required: 1,
            positional_only: 0,
            keyword_only: 2,
        },
        |vm, a| {
            let layout = own(vm, a)?;
            unpack_from(vm, &layout, a[1], a.get(2))
        },
    ),
    native("iter_unpack", Arity::One, |vm, a| {
        let layout = own(vm, a)?;
        iter_unpack(vm, layout, a[1])
    }),
];

const GETTERS: &[NativeDefinition] = &[
    native("format", Arity::One, |vm, a| Ok(data::<Compiled>(vm, a[0]).format)),
    native("size", Arity::One, |vm, a| Ok(Value::Int(own(vm, a)?.size as i64))),
];

const MEMBERS: &[Member] = &[
    function("calcsize", Arity::One, |vm, a| {
        Ok(Value::Int(layout_of(vm, a[0], true)?.size as i64))
    }),
    function("pack", Arity::Positional, |vm, a| {
        let Some(format) = a.get(0) else {
            return Err(vm.type_error("missing format argument"));
        };
        let layout = layout_of(vm, format, true)?;
        let bytes = packed(vm, &layout, &a.values[1..], "pack")?;
        Ok(vm.heap.new_bytes(bytes))
    }),
    function("pack_into", Arity::Positional, |vm, a| {
        let Some(format) = a.get(0) else {
            return Err(vm.type_error("missing format argument"));
        };
        let layout = layout_of(vm, format, true)?;
        pack_into(vm, &layout, &a.values[1..])
    }),
    function("unpack", Arity::Between(2, 2), |vm, a| {
        let layout = layout_of(vm, a[0], true)?;
        unpack(vm, &layout, a[1])
    }),
    function(
        "unpack_from",
        Arity::Named {
            parameters: &["format", "buffer", "offset"],
            required: 2,
            positional_only: 1,
            keyword_only: 3,
        },
        |vm, a| {
            let layout = layout_of(vm, a[0], true)?;
            unpack_from(vm, &layout, a[1], a.get(2))
        },
    ),
    function("iter_unpack", Arity::Between(2, 2), |vm, a| {
        let layout = layout_of(vm, a[0], true)?;
        iter_unpack(vm, layout, a[1])
    }),
    Member::Make("Struct", |vm| {
        let class = lazy::class(vm, "Struct", "_struct", METHODS, GETTERS);
        Ok(Value::Class(class))
    }),
    Member::Make("error", |vm| lazy::make_error(vm, "struct", "error", EXCEPTION)),
    Member::Make("unpack_iterator", make_iterator_class),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    lazy::fill(vm, dict, "struct", |vm, a| {
        if matches!(a[0], Value::Str(crate::vm::names::ALL)) {
            return Ok(lazy::listed(
                vm,
                "calcsize pack pack_into unpack unpack_from iter_unpack Struct error",
            ));
        }
        lazy::member(vm, "struct", MEMBERS, a)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_floats_round_to_even() {
        for (value, bits) in [
            (0.0, Some(0)),
            (-0.0, Some(0x8000)),
            (1.0, Some(0x3c00)),
            (65504.0, Some(0x7bff)),
            (65519.99, Some(0x7bff)),
            (65520.0, None),
            (2.0_f64.powi(-24), Some(1)),
            (2.0_f64.powi(-25), Some(0)),
            (2.0_f64.powi(-25) * 1.01, Some(1)),
            (2.0_f64.powi(-14) * 0.9999, Some(0x400)),
            (2049.0, Some(0x6800)),
            (2051.0, Some(0x6802)),
        ] {
            assert_eq!(half_bits(value), bits, "{value}");
        }
        for bits in (0..0x7c00).chain(0x8000..0xfc00) {
            assert_eq!(half_bits(half(bits)), Some(bits));
        }
    }
}
