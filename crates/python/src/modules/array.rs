//! `array`: sequences of numbers of one C type, in their bytes.

use super::elements;
use super::lazy::{self, ITERATOR, Member, NEXT, class_argument, data, data_mut};
use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::compare::{EQ, GE, GT, LE, LT, NE};
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};
use std::cmp::Ordering;

const TYPE_CODES: &str = "bBuhHiIlLqQfd";

pub struct Array {
    pub code: u8,
    pub bytes: Vec<u8>,
    /// How many views of the bytes have been made and not released.
    pub exports: usize,
}

impl NativeData for Array {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}

    fn size(&self) -> usize {
        self.bytes.capacity()
    }
}

impl Array {
    fn item_size(&self) -> usize {
        elements::size(self.code)
    }

    fn len(&self) -> usize {
        self.bytes.len() / self.item_size()
    }

    fn item(&self, at: usize) -> &[u8] {
        let size = self.item_size();
        &self.bytes[at * size..(at + 1) * size]
    }
}

struct ArrayIterator {
    array: Value,
    at: usize,
}

impl NativeData for ArrayIterator {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.array);
    }
}

fn array<'a>(vm: &'a Vm, a: Args<'_>) -> &'a Array {
    data(vm, a[0])
}

fn array_mut<'a>(vm: &'a mut Vm, a: Args<'_>) -> &'a mut Array {
    data_mut(vm, a[0])
}

pub fn as_array(vm: &Vm, value: Value) -> Option<&Array> {
    match vm.payload(value) {
        Value::Opaque(id) => vm.heap.native(id),
        _ => None,
    }
}

/// The array, where its length may change: CPython complains while a view is alive, which nothing here tells.
fn resizable<'a>(vm: &'a mut Vm, a: Args<'_>) -> Res<&'a mut Array> {
    if array(vm, a).exports > 0 {
        let object = vm.payload(a[0]);
        return Err(if vm.has_live_view(object) {
            vm.raise(BUFFER_ERROR, "cannot resize an array that is exporting buffers")
        } else {
            vm.unsupported("changing the length of an array that a memoryview looks at")
        });
    }
    Ok(array_mut(vm, a))
}

fn load(vm: &mut Vm, a: Args<'_>, at: usize) -> Res<Value> {
    let object = array(vm, a);
    let (code, mut bytes) = (object.code, [0; 8]);
    let size = object.item_size();
    bytes[..size].copy_from_slice(object.item(at));
    elements::load(vm, code, &bytes[..size])
}

fn items(vm: &mut Vm, value: Value) -> Res<Vec<Value>> {
    let values = [value];
    let a = Args::positional(&values);
    let length = array(vm, a).len();
    vm.reserve(length.saturating_mul(16))?;
    (0..length).map(|at| load(vm, a, at)).collect()
}

/// A new array of the class itself, also for what belongs to a derived one.
fn make(vm: &mut Vm, code: u8, bytes: Vec<u8>) -> Res<Value> {
    vm.reserve(bytes.len())?;
    let module = vm.import_by_name("array")?;
    let name = vm.heap.intern("array");
    let class = match vm.get_attribute(Value::Module(module), name)? {
        Value::Class(class) => class,
        _ => OBJECT,
    };
    let made = Array {
        code,
        bytes,
        exports: 0,
    };
    Ok(Value::Opaque(vm.heap.new_opaque(class, Box::new(made), None)))
}

fn push(vm: &mut Vm, a: Args<'_>, value: Value) -> Res<()> {
    let code = array(vm, a).code;
    let item = elements::array_item(vm, code, value)?;
    let object = resizable(vm, a)?;
    object.bytes.extend_from_slice(&item[..elements::size(code)]);
    vm.heap.allocated += elements::size(code);
    if vm.heap.allocated > vm.heap.threshold {
        vm.reserve(1)?;
    }
    Ok(())
}

fn extend(vm: &mut Vm, a: Args<'_>, other: Value) -> Res<()> {
    if let Some(other) = as_array(vm, other) {
        let (code, bytes) = (other.code, other.bytes.clone());
        if code != array(vm, a).code {
            return Err(vm.type_error("can only extend with array of same kind"));
        }
        vm.reserve(bytes.len())?;
        resizable(vm, a)?.bytes.extend(bytes);
        return Ok(());
    }
    let iterator = vm.iterator(other)?;
    while let Some(item) = vm.next(iterator)? {
        vm.tick(1)?;
        push(vm, a, item)?;
    }
    Ok(())
}

fn append_bytes(vm: &mut Vm, a: Args<'_>, bytes: Vec<u8>) -> Res<()> {
    if !bytes.len().is_multiple_of(array(vm, a).item_size()) {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    vm.reserve(bytes.len())?;
    resizable(vm, a)?.bytes.extend(bytes);
    Ok(())
}

fn append_text(vm: &mut Vm, a: Args<'_>, text: StrId) -> Res<()> {
    let bytes: Vec<u8> = vm
        .heap
        .text(text)
        .chars()
        .flat_map(|c| u32::from(c).to_le_bytes())
        .collect();
    append_bytes(vm, a, bytes)
}

/// An index as a position; `complaint` is for one that is out of range.
fn position(vm: &mut Vm, a: Args<'_>, index: Value, complaint: &str) -> Res<usize> {
    let index = vm.to_i64(index)?;
    let length = array(vm, a).len() as i64;
    let at = if index < 0 { index + length } else { index };
    if (0..length).contains(&at) {
        Ok(at as usize)
    } else {
        Err(vm.index_error(complaint))
    }
}

/// What stands between brackets: a slice, or an index.
enum Key {
    Slice(SliceId),
    Index(Value),
}

fn key(vm: &mut Vm, value: Value) -> Res<Key> {
    if let Value::Slice(slice) = value {
        return Ok(Key::Slice(slice));
    }
    let class = vm.class_of(value);
    if vm.class_attribute(class, names::INDEX).is_none() {
        return Err(vm.type_error("array indices must be integers"));
    }
    Ok(Key::Index(value))
}

/// Replaces the items of a slice; deletes them without a replacement.
fn set_slice(vm: &mut Vm, a: Args<'_>, slice: SliceId, replacement: Option<Vec<u8>>) -> Res<()> {
    let (length, size) = (array(vm, a).len(), array(vm, a).item_size());
    let bounds = vm.slice_bounds(slice, length)?;
    let start = bounds.start.clamp(0, length as i64) as usize;
    if bounds.step == 1 {
        let replacement = replacement.unwrap_or_default();
        let range = start * size..(start + bounds.count) * size;
        let object = if replacement.len() == range.len() {
            array_mut(vm, a)
        } else {
            vm.heap.allocated += replacement.len();
            resizable(vm, a)?
        };
        object.bytes.splice(range, replacement);
        return Ok(());
    }
    let places: Vec<usize> = (0..bounds.count)
        .map(|i| (bounds.start + i as i64 * bounds.step) as usize)
        .collect();
    match replacement {
        Some(replacement) => {
            if replacement.len() != places.len() * size {
                if !replacement.is_empty() {
                    resizable(vm, a)?;
                }
                let message = format!(
                    "attempt to assign array of size {} to extended slice of size {}",
                    replacement.len() / size,
                    places.len()
                );
                return Err(vm.value_error(message));
            }
            let object = array_mut(vm, a);
            for (place, item) in places.into_iter().zip(replacement.chunks_exact(size)) {
                object.bytes[place * size..(place + 1) * size].copy_from_slice(item);
            }
        }
        None if places.is_empty() => {}
        None => {
            let mut gone = vec![false; length];
            places.into_iter().for_each(|place| gone[place] = true);
            let object = resizable(vm, a)?;
            object.bytes = object
                .bytes
                .chunks_exact(size)
                .zip(gone)
                .filter(|(_, gone)| !gone)
                .flat_map(|(item, _)| item.iter().copied())
                .collect();
        }
    }
    Ok(())
}

fn compare(vm: &mut Vm, a: Args<'_>, operator: usize) -> Res<Value> {
    let (Some(x), Some(y)) = (as_array(vm, a[0]), as_array(vm, a[1])) else {
        return Ok(Value::NotImplemented);
    };
    if (x.code == b'u') != (y.code == b'u') {
        return Err(vm.unsupported("arrays of text and of numbers compared"));
    }
    let mixed = elements::is_float(x.code) != elements::is_float(y.code);
    let (lengths, wanted) = (x.len().cmp(&y.len()), matches!(operator, EQ | NE));
    if wanted && lengths != Ordering::Equal {
        return Ok(Value::from(operator == NE));
    }
    if mixed {
        let (x, y) = (items(vm, a[0])?, items(vm, a[1])?);
        let (x, y) = (vm.heap.new_list(x), vm.heap.new_list(y));
        return vm.compare(operator, x, y);
    }
    let mut found = Some(lengths);
    for at in 0..x.len().min(y.len()) {
        let (p, q) = (x.item(at), y.item(at));
        let order = if elements::is_float(x.code) {
            elements::float(x.code, p).partial_cmp(&elements::float(y.code, q))
        } else {
            Some(elements::integer(x.code, p).cmp(&elements::integer(y.code, q)))
        };
        if order != Some(Ordering::Equal) {
            found = order;
            break;
        }
    }
    Ok(Value::from(match operator {
        EQ => found == Some(Ordering::Equal),
        NE => found != Some(Ordering::Equal),
        LT => found == Some(Ordering::Less),
        LE => matches!(found, Some(Ordering::Less | Ordering::Equal)),
        GT => found == Some(Ordering::Greater),
        _ => matches!(found, Some(Ordering::Greater | Ordering::Equal)),
    }))
}

fn repeated(vm: &mut Vm, a: Args<'_>) -> Res<Vec<u8>> {
    let class = vm.class_of(a[1]);
    if vm.class_attribute(class, names::INDEX).is_none() {
        let message = format!("can't multiply sequence by non-int of type '{}'", vm.type_name(a[1]));
        return Err(vm.type_error(message));
    }
    let count = vm.to_i64(a[1])?.max(0) as usize;
    vm.reserve(array(vm, a).bytes.len().saturating_mul(count))?;
    Ok(array(vm, a).bytes.repeat(count))
}

fn multiply(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let bytes = repeated(vm, a)?;
    let code = array(vm, a).code;
    make(vm, code, bytes)
}

fn copy(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let object = array(vm, a);
    let (code, bytes) = (object.code, object.bytes.clone());
    make(vm, code, bytes)
}

/// The first position from `start` below `stop` whose item equals `value`.
fn find(vm: &mut Vm, a: Args<'_>, value: Value, start: usize, stop: usize) -> Res<Option<usize>> {
    let mut at = start;
    while at < stop.min(array(vm, a).len()) {
        vm.tick(1)?;
        let item = load(vm, a, at)?;
        if vm.identical_or_equal(item, value)? {
            return Ok(Some(at));
        }
        at += 1;
    }
    Ok(None)
}

fn next(vm: &mut Vm, id: OpaqueId) -> Res<Option<Value>> {
    let Some(iterator) = vm.heap.native_mut::<ArrayIterator>(id) else {
        return Ok(None);
    };
    let (values, at) = ([iterator.array], iterator.at);
    let a = Args::positional(&values);
    if iterator.array.is_none() || at >= array(vm, a).len() {
        if let Some(iterator) = vm.heap.native_mut::<ArrayIterator>(id) {
            iterator.array = Value::None;
        }
        return Ok(None);
    }
    if let Some(iterator) = vm.heap.native_mut::<ArrayIterator>(id) {
        iterator.at += 1;
    }
    load(vm, a, at).map(Some)
}

fn text_only(vm: &mut Vm, a: Args<'_>, name: &str) -> Res<()> {
    if array(vm, a).code == b'u' {
        return Ok(());
    }
    Err(vm.value_error(format!("{name}() may only be called on unicode type arrays")))
}

fn text_of(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let text: String = items(vm, a[0])?
        .into_iter()
        .filter_map(|item| vm.str_id(item))
        .map(|id| vm.heap.text(id))
        .collect();
    Ok(vm.new_string(text))
}

fn new(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let class = class_argument(a);
    let plain = &a.plain()[1..];
    if !a.names.is_empty() {
        return Err(vm.type_error("array.array() takes no keyword arguments"));
    }
    if plain.is_empty() || plain.len() > 2 {
        let (bound, plural) = if plain.is_empty() {
            ("at least 1", "")
        } else {
            ("at most 2", "s")
        };
        let message = format!("array() takes {bound} argument{plural} ({} given)", plain.len());
        return Err(vm.type_error(message));
    }
    let code = match vm
        .str_id(plain[0])
        .map(|id| vm.heap.text(id).chars().collect::<Vec<char>>())
    {
        Some(characters) if characters.len() == 1 => characters[0],
        _ => {
            let message = format!(
                "array() argument 1 must be a unicode character, not {}",
                vm.type_name(plain[0])
            );
            return Err(vm.type_error(message));
        }
    };
    let source = plain.get(1).copied().unwrap_or(Value::Null);
    if code != 'u' {
        let kind = match () {
            () if vm.str_id(source).is_some() => "str",
            () if as_array(vm, source).is_some_and(|other| other.code == b'u') => "unicode array",
            () => "",
        };
        if !kind.is_empty() {
            let article = if kind == "str" { "a str" } else { "a unicode array" };
            let message = format!("cannot use {article} to initialize an array with typecode '{code}'");
            return Err(vm.type_error(message));
        }
    }
    let is_bytes = matches!(vm.payload(source), Value::Bytes(_) | Value::ByteArray(_));
    let from_items = !source.is_null() && !is_bytes && vm.str_id(source).is_none();
    let iterator = if from_items { vm.iterator(source)? } else { Value::Null };
    if !TYPE_CODES.contains(code) {
        let message = "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)";
        return Err(vm.value_error(message));
    }
    let made = Array {
        code: code as u8,
        bytes: Vec::new(),
        exports: 0,
    };
    let made = Value::Opaque(vm.heap.new_opaque(class, Box::new(made), None));
    let values = [made];
    let b = Args::positional(&values);
    vm.extra_roots.push(made);
    let filled = if let Some(text) = vm.str_id(source) {
        append_text(vm, b, text)
    } else if is_bytes {
        let bytes = vm.bytes_of(source).unwrap_or_default().to_vec();
        append_bytes(vm, b, bytes)
    } else if from_items {
        extend(vm, b, iterator)
    } else {
        Ok(())
    };
    vm.extra_roots.pop();
    filled.map(|()| made)
}

const METHODS: &[NativeDefinition] = &[
    native("__new__", Arity::Any, new),
    native("append", Arity::One, |vm, a| push(vm, a, a[1]).map(|()| Value::None)),
    native("extend", Arity::One, |vm, a| extend(vm, a, a[1]).map(|()| Value::None)),
    native("insert", Arity::Between(2, 2), |vm, a| {
        let (index, code) = (vm.to_i64(a[1])?, array(vm, a).code);
        let item = elements::array_item(vm, code, a[2])?;
        let size = elements::size(code);
        let object = resizable(vm, a)?;
        let length = object.len() as i64;
        let at = if index < 0 {
            (index + length).max(0)
        } else {
            index.min(length)
        } as usize
            * size;
        object.bytes.splice(at..at, item[..size].iter().copied());
        vm.heap.allocated += size;
        Ok(Value::None)
    }),
    native("pop", Arity::Between(0, 1), |vm, a| {
        let index = a.or(1, Value::Int(-1));
        vm.to_i64(index)?;
        if array(vm, a).len() == 0 {
            return Err(vm.index_error("pop from empty array"));
        }
        let at = position(vm, a, index, "pop index out of range")?;
        let item = load(vm, a, at)?;
        let object = resizable(vm, a)?;
        let size = object.item_size();
        object.bytes.drain(at * size..(at + 1) * size);
        Ok(item)
    }),
    native("remove", Arity::One, |vm, a| match find(vm, a, a[1], 0, usize::MAX)? {
        Some(at) => {
            let object = resizable(vm, a)?;
            let size = object.item_size();
            object.bytes.drain(at * size..(at + 1) * size);
            Ok(Value::None)
        }
        None => Err(vm.value_error("array.remove(x): x not in array")),
    }),
    native("index", Arity::Between(1, 3), |vm, a| {
        let length = array(vm, a).len() as i64;
        let mut bound = |value: Value| -> Res<usize> {
            let at = vm.slice_index(value)?;
            Ok(if at < 0 { at.saturating_add(length).max(0) } else { at } as usize)
        };
        let (start, stop) = (bound(a.or(2, Value::Int(0)))?, bound(a.or(3, Value::Int(i64::MAX)))?);
        match find(vm, a, a[1], start, stop)? {
            Some(at) => Ok(Value::Int(at as i64)),
            None => Err(vm.value_error("array.index(x): x not in array")),
        }
    }),
    native("count", Arity::One, |vm, a| {
        let (mut from, mut count) = (0, 0);
        while let Some(at) = find(vm, a, a[1], from, usize::MAX)? {
            count += 1;
            from = at + 1;
        }
        Ok(Value::Int(count))
    }),
    native("reverse", Arity::None, |vm, a| {
        let size = array(vm, a).item_size();
        let object = array_mut(vm, a);
        object.bytes.reverse();
        object.bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse);
        Ok(Value::None)
    }),
    native("byteswap", Arity::None, |vm, a| {
        let size = array(vm, a).item_size();
        array_mut(vm, a).bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse);
        Ok(Value::None)
    }),
    native("tolist", Arity::None, |vm, a| {
        let items = items(vm, a[0])?;
        Ok(vm.heap.new_list(items))
    }),
    native("fromlist", Arity::One, |vm, a| {
        let Value::List(list) = vm.payload(a[1]) else {
            return Err(vm.type_error("arg must be list"));
        };
        let code = array(vm, a).code;
        let mut bytes = Vec::new();
        for item in vm.heap[list].items.clone() {
            let item = elements::array_item(vm, code, item)?;
            bytes.extend_from_slice(&item[..elements::size(code)]);
        }
        append_bytes(vm, a, bytes).map(|()| Value::None)
    }),
    native("tobytes", Arity::None, |vm, a| {
        let bytes = array(vm, a).bytes.clone();
        vm.reserve(bytes.len())?;
        Ok(vm.heap.new_bytes(bytes))
    }),
    native("frombytes", Arity::One, |vm, a| match vm.bytes_of(a[1]) {
        Some(bytes) => {
            let bytes = bytes.to_vec();
            append_bytes(vm, a, bytes).map(|()| Value::None)
        }
        None => {
            let message = format!("a bytes-like object is required, not '{}'", vm.type_name(a[1]));
            Err(vm.type_error(message))
        }
    }),
    native("tounicode", Arity::None, |vm, a| {
        text_only(vm, a, "tounicode")?;
        text_of(vm, a)
    }),
    native("fromunicode", Arity::One, |vm, a| {
        let Some(text) = vm.str_id(a[1]) else {
            let message = format!("fromunicode() argument must be str, not {}", vm.type_name(a[1]));
            return Err(vm.type_error(message));
        };
        text_only(vm, a, "fromunicode")?;
        append_text(vm, a, text).map(|()| Value::None)
    }),
    native("buffer_info", Arity::None, |vm, _| {
        Err(vm.unsupported("array.buffer_info"))
    }),
    native("tofile", Arity::One, |vm, _| Err(vm.unsupported("array.tofile"))),
    native("fromfile", Arity::Between(2, 2), |vm, _| {
        Err(vm.unsupported("array.fromfile"))
    }),
    native("__copy__", Arity::None, copy),
    native("__deepcopy__", Arity::One, copy),
    native("__len__", Arity::None, |vm, a| {
        Ok(Value::Int(array(vm, a).len() as i64))
    }),
    native("__iter__", Arity::None, |vm, a| {
        let module = vm.import_by_name("array")?;
        let name = vm.heap.intern("_arrayiterator");
        let class = match vm.get_attribute(Value::Module(module), name)? {
            Value::Class(class) => class,
            _ => OBJECT,
        };
        let iterator = ArrayIterator {
            array: vm.payload(a[0]),
            at: 0,
        };
        Ok(Value::Opaque(vm.heap.new_opaque(class, Box::new(iterator), Some(next))))
    }),
    native("__contains__", Arity::One, |vm, a| {
        Ok(Value::from(find(vm, a, a[1], 0, usize::MAX)?.is_some()))
    }),
    native("__getitem__", Arity::One, |vm, a| match key(vm, a[1])? {
        Key::Slice(slice) => {
            let (length, size) = (array(vm, a).len(), array(vm, a).item_size());
            let bounds = vm.slice_bounds(slice, length)?;
            let object = array(vm, a);
            let items: Vec<&[u8]> = object.bytes.chunks_exact(size).collect();
            let (code, bytes) = (object.code, Vm::pick(&items, bounds).concat());
            make(vm, code, bytes)
        }
        Key::Index(index) => {
            let at = position(vm, a, index, "array index out of range")?;
            load(vm, a, at)
        }
    }),
    native("__setitem__", Arity::Between(2, 2), |vm, a| match key(vm, a[1])? {
        Key::Slice(slice) => {
            let Some(other) = as_array(vm, a[2]) else {
                let message = format!("can only assign array (not \"{}\") to array slice", vm.type_name(a[2]));
                return Err(vm.type_error(message));
            };
            let (code, bytes) = (other.code, other.bytes.clone());
            if code != array(vm, a).code {
                return Err(vm.type_error("bad argument type for built-in operation"));
            }
            set_slice(vm, a, slice, Some(bytes)).map(|()| Value::None)
        }
        Key::Index(index) => {
            let at = position(vm, a, index, "array assignment index out of range")?;
            let code = array(vm, a).code;
            let item = elements::array_item(vm, code, a[2])?;
            let size = elements::size(code);
            // The conversion may have run code that made the array shorter.
            match array_mut(vm, a).bytes.get_mut(at * size..(at + 1) * size) {
                Some(place) => place.copy_from_slice(&item[..size]),
                None => return Err(vm.index_error("array assignment index out of range")),
            }
            Ok(Value::None)
        }
    }),
    native("__delitem__", Arity::One, |vm, a| match key(vm, a[1])? {
        Key::Slice(slice) => set_slice(vm, a, slice, None).map(|()| Value::None),
        Key::Index(index) => {
            let at = position(vm, a, index, "array assignment index out of range")?;
            let object = resizable(vm, a)?;
            let size = object.item_size();
            object.bytes.drain(at * size..(at + 1) * size);
            Ok(Value::None)
        }
    }),
    native("__add__", Arity::One, |vm, a| {
        let Some(other) = as_array(vm, a[1]) else {
            let message = format!("can only append array (not \"{}\") to array", vm.type_name(a[1]));
            return Err(vm.type_error(message));
        };
        let object = array(vm, a);
        if other.code != object.code {
            return Err(vm.type_error("bad argument type for built-in operation"));
        }
        let (code, bytes) = (object.code, [&object.bytes[..], &other.bytes[..]].concat());
        make(vm, code, bytes)
    }),
    native("__iadd__", Arity::One, |vm, a| {
        if as_array(vm, a[1]).is_none() {
            let message = format!("can only extend array with array (not \"{}\")", vm.type_name(a[1]));
            return Err(vm.type_error(message));
        }
        extend(vm, a, a[1])?;
        Ok(a[0])
    }),
    native("__mul__", Arity::One, multiply),
    native("__rmul__", Arity::One, multiply),
    native("__imul__", Arity::One, |vm, a| {
        let bytes = repeated(vm, a)?;
        resizable(vm, a)?.bytes = bytes;
        Ok(a[0])
    }),
    native("__repr__", Arity::None, |vm, a| {
        let name = vm.type_name(a[0]).rsplit('.').next().unwrap_or_default().to_owned();
        let object = array(vm, a);
        let (code, empty) = (char::from(object.code), object.len() == 0);
        if empty {
            return Ok(vm.new_string(format!("{name}('{code}')")));
        }
        let shown = if code == 'u' {
            text_of(vm, a)?
        } else {
            let items = items(vm, a[0])?;
            vm.heap.new_list(items)
        };
        let shown = vm.repr_string(shown)?;
        Ok(vm.new_string(format!("{name}('{code}', {shown})")))
    }),
    native("__eq__", Arity::One, |vm, a| compare(vm, a, EQ)),
    native("__ne__", Arity::One, |vm, a| compare(vm, a, NE)),
    native("__lt__", Arity::One, |vm, a| compare(vm, a, LT)),
    native("__le__", Arity::One, |vm, a| compare(vm, a, LE)),
    native("__gt__", Arity::One, |vm, a| compare(vm, a, GT)),
    native("__ge__", Arity::One, |vm, a| compare(vm, a, GE)),
];

const GETTERS: &[NativeDefinition] = &[
    native("typecode", Arity::One, |vm, a| {
        let code = char::from(array(vm, a).code);
        Ok(Value::Str(vm.heap.character(code)))
    }),
    native("itemsize", Arity::One, |vm, a| {
        Ok(Value::Int(array(vm, a).item_size() as i64))
    }),
];

fn array_class(vm: &mut Vm) -> Res<Value> {
    let class = lazy::class(vm, "array", "array", METHODS, GETTERS);
    lazy::forbid_hash(vm, class);
    Ok(Value::Class(class))
}

const MEMBERS: &[Member] = &[
    Member::Make("array", array_class),
    Member::Make("ArrayType", |vm| {
        let module = vm.import_by_name("array")?;
        let name = vm.heap.intern("array");
        vm.get_attribute(Value::Module(module), name)
    }),
    Member::Make("typecodes", |vm| Ok(vm.new_str(TYPE_CODES))),
    Member::Make("_arrayiterator", |vm| {
        Ok(Value::Class(vm.define_class(
            "arrayiterator",
            "array",
            OBJECT,
            &[ITERATOR, NEXT],
        )))
    }),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    lazy::fill(vm, dict, "array", |vm, a| {
        if matches!(a[0], Value::Str(name) if name == names::ALL) {
            return Ok(lazy::listed(vm, "ArrayType array typecodes"));
        }
        lazy::member(vm, "array", MEMBERS, a)
    })
}
