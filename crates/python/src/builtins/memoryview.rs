//! `memoryview`: elements in the bytes of another object. A view is one or many dimensions of elements of one type; a dimension
//! has a length and a stride in bytes.

use crate::heap::objects::NativeData;
use crate::modules::array::Array;
use crate::modules::elements;
use crate::modules::lazy::{ITERATOR, NEXT, add_getters};
use crate::value::*;
use crate::vm::compare::{EQ, NE};
use crate::vm::in_c::Signature;
use crate::vm::native::{Args, Arity, NativeDefinition, named, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

#[derive(Clone)]
struct View {
    /// Bytes, a bytearray or an array; `Null` once the view is released.
    base: Value,
    /// What `obj` gives: the object of which the first view was made.
    owner: Value,
    code: u8,
    /// A format that begins with `@`.
    marked: bool,
    start: usize,
    shape: Vec<usize>,
    strides: Vec<isize>,
    readonly: bool,
}

impl NativeData for View {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.base);
        visit(self.owner);
    }
}

impl View {
    fn count(&self) -> usize {
        self.shape.iter().product()
    }

    fn item_size(&self) -> usize {
        elements::size(self.code)
    }

    /// Whether the elements lie one after another, the last index varying fastest.
    fn is_contiguous(&self) -> bool {
        let mut expected = self.item_size() as isize;
        self.shape.iter().zip(&self.strides).rev().all(|(&length, &stride)| {
            let fits = length <= 1 || stride == expected;
            expected *= length as isize;
            fits
        }) || self.count() == 0
    }

    /// Whether they lie so that the first index varies fastest.
    fn is_column_contiguous(&self) -> bool {
        let mut expected = self.item_size() as isize;
        self.shape.iter().zip(&self.strides).all(|(&length, &stride)| {
            let fits = length <= 1 || stride == expected;
            expected *= length as isize;
            fits
        }) || self.count() == 0
    }

    /// Where each element begins, in order.
    fn places(&self) -> Vec<usize> {
        let mut places = vec![self.start as isize];
        for (&length, &stride) in self.shape.iter().zip(&self.strides) {
            places = places
                .into_iter()
                .flat_map(|place| (0..length as isize).map(move |i| place + i * stride))
                .collect();
        }
        places.into_iter().map(|place| place as usize).collect()
    }
}

struct ViewIterator {
    view: Value,
    at: usize,
}

impl NativeData for ViewIterator {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.view);
    }
}

impl Vm {
    /// The bytes of an object that is neither bytes nor a bytearray, where they lie in one piece.
    pub fn buffer_of(&self, id: OpaqueId) -> Option<&[u8]> {
        if let Some(array) = self.heap.native::<Array>(id) {
            return Some(&array.bytes);
        }
        let view = self.heap.native::<View>(id)?;
        if view.base.is_null() || !view.is_contiguous() {
            return None;
        }
        let bytes = self.bytes_of(view.base)?;
        bytes.get(view.start..view.start + view.count() * view.item_size())
    }

    /// Whether an object has bytes that `buffer_copy` gives.
    pub fn has_buffer(&self, value: Value) -> bool {
        self.bytes_of(value).is_some()
            || matches!(value, Value::Opaque(id)
                if self.heap.native::<View>(id).is_some_and(|view| self.bytes_of(view.base).is_some()))
    }

    /// The bytes of an object that has bytes at all, also of those scattered in memory.
    pub fn buffer_copy(&self, value: Value) -> Option<Vec<u8>> {
        if let Some(bytes) = self.bytes_of(value) {
            return Some(bytes.to_vec());
        }
        let Value::Opaque(id) = value else { return None };
        let view = self.heap.native::<View>(id).filter(|view| !view.base.is_null())?;
        let (bytes, size) = (self.bytes_of(view.base)?, view.item_size());
        Some(
            view.places()
                .into_iter()
                .flat_map(|at| bytes.get(at..at + size).unwrap_or_default().iter().copied())
                .collect(),
        )
    }

    /// The bytes of an object whose bytes may be changed, where they lie in one piece.
    pub fn buffer_mut(&mut self, value: Value) -> Option<&mut [u8]> {
        let value = self.payload(value);
        if let Value::Opaque(id) = value
            && let Some(view) = self.heap.native::<View>(id)
        {
            if view.base.is_null() || view.readonly || !view.is_contiguous() {
                return None;
            }
            let (base, range) = (view.base, view.start..view.start + view.count() * view.item_size());
            return writable(self, base)?.get_mut(range);
        }
        writable(self, value)
    }

    /// Refuses to change the length of a bytearray that a view looks at: CPython complains as long as the view is alive, which
    /// nothing here tells.
    pub fn check_exports(&mut self, array: ByteArrayId) -> Res<()> {
        if self.exported.contains(&array) {
            return Err(if self.has_live_view(Value::ByteArray(array)) {
                self.raise(BUFFER_ERROR, "Existing exports of data: object cannot be re-sized")
            } else {
                self.unsupported("changing the length of a bytearray that a memoryview looks at")
            });
        }
        Ok(())
    }

    /// Whether a variable holds a view of an object's bytes: then it certainly is alive.
    pub fn has_live_view(&self, base: Value) -> bool {
        let looks = |value: Value| as_view(self, value).is_some_and(|view| view.base.is(base));
        let namespaces = self.frames.iter().filter_map(|frame| match frame.locals {
            Value::Dict(dict) => Some(dict),
            _ => None,
        });
        self.stack.iter().any(|&value| looks(value))
            || namespaces
                .chain([self.main])
                .any(|dict| self.heap[dict].iter().any(|(_, value)| looks(value)))
    }
}

fn writable(vm: &mut Vm, base: Value) -> Option<&mut [u8]> {
    match base {
        Value::ByteArray(id) => Some(&mut vm.heap[id]),
        Value::Opaque(id) => vm.heap.native_mut::<Array>(id).map(|array| &mut array.bytes[..]),
        _ => None,
    }
}

/// Counts a new view of an object's bytes.
fn take(vm: &mut Vm, view: View) -> Value {
    match view.base {
        Value::ByteArray(id) => vm.exported.push(id),
        Value::Opaque(id) => {
            if let Some(array) = vm.heap.native_mut::<Array>(id) {
                array.exports += 1;
            }
        }
        _ => {}
    }
    Value::Opaque(vm.heap.new_opaque(MEMORYVIEW, Box::new(view), None))
}

fn release(vm: &mut Vm, a: Args<'_>) {
    let Value::Opaque(id) = a[0] else { return };
    let Some(view) = vm.heap.native_mut::<View>(id) else {
        return;
    };
    match std::mem::replace(&mut view.base, Value::Null) {
        Value::ByteArray(base) => {
            if let Some(at) = vm.exported.iter().position(|&one| one == base) {
                vm.exported.swap_remove(at);
            }
        }
        Value::Opaque(base) => {
            if let Some(array) = vm.heap.native_mut::<Array>(base) {
                array.exports -= 1;
            }
        }
        _ => {}
    }
}

fn as_view(vm: &Vm, value: Value) -> Option<&View> {
    match value {
        Value::Opaque(id) => vm.heap.native(id),
        _ => None,
    }
}

/// The view that a method is called with.
fn view(vm: &mut Vm, a: Args<'_>) -> Res<View> {
    match as_view(vm, a[0]) {
        Some(view) if !view.base.is_null() => Ok(view.clone()),
        _ => Err(vm.value_error("operation forbidden on released memoryview object")),
    }
}

/// A view of an object of bytes.
fn view_of(vm: &mut Vm, value: Value) -> Res<Option<View>> {
    if as_view(vm, value).is_some() {
        return view(vm, Args::positional(&[value])).map(Some);
    }
    let base = vm.payload(value);
    let (code, length, readonly) = match base {
        Value::Bytes(id) => (b'B', vm.heap[id].len(), true),
        Value::ByteArray(id) => (b'B', vm.heap[id].len(), false),
        Value::Opaque(id) => match vm.heap.native::<Array>(id) {
            Some(array) => {
                let code = if array.code == b'u' { b'w' } else { array.code };
                (code, array.bytes.len() / elements::size(code), false)
            }
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    Ok(Some(View {
        base,
        owner: value,
        code,
        marked: false,
        start: 0,
        shape: vec![length],
        strides: vec![elements::size(code) as isize],
        readonly,
    }))
}

fn load(vm: &mut Vm, view: &View, at: usize) -> Res<Value> {
    if view.code == b'w' {
        return Err(vm.raise(NOT_IMPLEMENTED_ERROR, "memoryview: format w not supported"));
    }
    let (size, mut item) = (view.item_size(), [0; 8]);
    match vm.bytes_of(view.base).and_then(|bytes| bytes.get(at..at + size)) {
        Some(bytes) => item[..size].copy_from_slice(bytes),
        None => return Err(vm.unsupported("a memoryview of bytes that are gone")),
    }
    elements::load(vm, view.code, &item[..size])
}

/// The elements as lists within lists.
fn nested(vm: &mut Vm, view: &View, dimension: usize, start: isize) -> Res<Value> {
    if dimension == view.shape.len() {
        return load(vm, view, start as usize);
    }
    let (length, stride) = (view.shape[dimension], view.strides[dimension]);
    vm.reserve(length * 16)?;
    let items = (0..length as isize)
        .map(|i| nested(vm, view, dimension + 1, start + i * stride))
        .collect::<Res<Vec<Value>>>()?;
    Ok(vm.heap.new_list(items))
}

/// The view of a slice of the first dimension.
fn sliced(vm: &mut Vm, view: &View, slice: SliceId) -> Res<View> {
    let bounds = vm.slice_bounds(slice, view.shape[0])?;
    let mut part = view.clone();
    if bounds.count > 0 {
        part.start = (view.start as isize + bounds.start as isize * view.strides[0]) as usize;
    }
    part.shape[0] = bounds.count;
    part.strides[0] = view.strides[0] * bounds.step as isize;
    Ok(part)
}

/// What stands between brackets.
enum Key {
    /// Where one element begins.
    Place(usize),
    Slice(SliceId),
}

fn key(vm: &mut Vm, view: &View, value: Value) -> Res<Key> {
    let is_index = |vm: &mut Vm, value: Value| {
        let class = vm.class_of(value);
        vm.class_attribute(class, names::INDEX).is_some()
    };
    let indices = match value {
        Value::Slice(slice) => return Ok(Key::Slice(slice)),
        Value::Tuple(tuple) => {
            let items = vm.heap[tuple].items.to_vec();
            if items.iter().all(|item| matches!(item, Value::Slice(_))) && !items.is_empty() {
                return Err(vm.raise(NOT_IMPLEMENTED_ERROR, "multi-dimensional slicing is not implemented"));
            }
            items
        }
        _ => vec![value],
    };
    for &index in &indices {
        if !is_index(vm, index) {
            return Err(vm.type_error("memoryview: invalid slice key"));
        }
    }
    if indices.len() < view.shape.len() {
        let message = if matches!(value, Value::Tuple(_)) {
            "sub-views are not implemented"
        } else {
            "multi-dimensional sub-views are not implemented"
        };
        return Err(vm.raise(NOT_IMPLEMENTED_ERROR, message));
    }
    if indices.len() > view.shape.len() {
        let message = format!(
            "cannot index {}-dimension view with {}-element tuple",
            view.shape.len(),
            indices.len()
        );
        return Err(vm.type_error(message));
    }
    let mut place = view.start as isize;
    for (dimension, &index) in indices.iter().enumerate() {
        let (index, length) = (vm.to_i64(index)?, view.shape[dimension] as i64);
        let at = if index < 0 { index.saturating_add(length) } else { index };
        if !(0..length).contains(&at) {
            return Err(vm.index_error(format!("index out of bounds on dimension {}", dimension + 1)));
        }
        place += at as isize * view.strides[dimension];
    }
    Ok(Key::Place(place as usize))
}

fn compare(vm: &mut Vm, a: Args<'_>, operator: usize) -> Res<Value> {
    let released = |view: Option<&View>| view.is_some_and(|view| view.base.is_null());
    if released(as_view(vm, a[0])) || released(as_view(vm, a[1])) {
        return Ok(Value::from(a[0].is(a[1]) == (operator == EQ)));
    }
    let (Some(x), Some(y)) = (view_of(vm, a[0])?, view_of(vm, a[1])?) else {
        return Ok(Value::NotImplemented);
    };
    let same = if x.shape != y.shape {
        false
    } else if x.code == b'w' || y.code == b'w' {
        return Err(vm.unsupported("memoryviews of text compared"));
    } else {
        let mut same = true;
        for (p, q) in x.places().into_iter().zip(y.places()) {
            let (p, q) = (load(vm, &x, p)?, load(vm, &y, q)?);
            if !vm.equal(p, q)? {
                same = false;
                break;
            }
        }
        same
    };
    Ok(Value::from(same == (operator == EQ)))
}

fn cast(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let view = view(vm, a)?;
    let Some(format) = vm.str_id(a[1]).map(|id| vm.heap.text(id).to_owned()) else {
        let message = format!("cast() argument 'format' must be str, not {}", vm.type_name(a[1]));
        return Err(vm.type_error(message));
    };
    let shape = match a.get(2).map(|shape| vm.payload(shape)) {
        None => None,
        Some(Value::List(list)) => Some(vm.heap[list].items.clone()),
        Some(Value::Tuple(tuple)) => Some(vm.heap[tuple].items.to_vec()),
        Some(_) => return Err(vm.type_error("shape must be a list or a tuple")),
    };
    if !view.is_contiguous() {
        return Err(vm.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    if (shape.is_some() || view.shape.len() != 1)
        && view.shape.len() != 1
        && shape.as_ref().is_some_and(|s| s.len() != 1)
    {
        return Err(vm.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    let marked = format.starts_with('@');
    let code = match format.strip_prefix('@').unwrap_or(&format).as_bytes() {
        [b'P'] => return Err(vm.unsupported("a memoryview of pointers")),
        &[code] if elements::size(code) > 0 && !matches!(code, b'u' | b'w') => code,
        _ => {
            let message = "memoryview: destination format must be a native single character format prefixed with an \
                           optional '@'";
            return Err(vm.value_error(message));
        }
    };
    let is_byte = |code: u8| matches!(code, b'B' | b'b' | b'c');
    if !is_byte(code) && !is_byte(view.code) {
        return Err(vm.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let (total, size) = (view.count() * view.item_size(), elements::size(code));
    if !total.is_multiple_of(size) {
        return Err(vm.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let mut lengths = vec![total / size];
    if let Some(shape) = shape {
        if shape.is_empty() {
            return Err(vm.unsupported("a memoryview without dimensions"));
        }
        lengths.clear();
        let mut product = size;
        for length in shape {
            if !matches!(vm.payload(length), Value::Int(_) | Value::Bool(_) | Value::BigInt(_)) {
                return Err(vm.type_error("memoryview.cast(): elements of shape must be integers"));
            }
            let length = vm.to_i64(length)?;
            if length <= 0 {
                return Err(vm.value_error("memoryview.cast(): elements of shape must be integers > 0"));
            }
            product = product.saturating_mul(length as usize);
            lengths.push(length as usize);
        }
        if product != total {
            return Err(vm.type_error("memoryview: product(shape) * itemsize != buffer size"));
        }
    }
    let mut stride = size as isize;
    let mut strides: Vec<isize> = lengths
        .iter()
        .rev()
        .map(|&length| {
            let own = stride;
            stride *= length as isize;
            own
        })
        .collect();
    strides.reverse();
    Ok(take(
        vm,
        View {
            code,
            marked,
            shape: lengths,
            strides,
            ..view
        },
    ))
}

fn set_item(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let view = view(vm, a)?;
    if view.readonly {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    match key(vm, &view, a[1])? {
        Key::Place(at) => {
            let item = elements::view_item(vm, view.code, a[2])?;
            let size = view.item_size();
            if let Some(place) = writable(vm, view.base).and_then(|bytes| bytes.get_mut(at..at + size)) {
                place.copy_from_slice(&item[..size]);
            }
        }
        Key::Slice(_) if view.shape.len() > 1 => {
            let message = "memoryview slice assignments are currently restricted to ndim = 1";
            return Err(vm.raise(NOT_IMPLEMENTED_ERROR, message));
        }
        Key::Slice(slice) => {
            let Some(source) = view_of(vm, a[2])? else {
                let message = format!("a bytes-like object is required, not '{}'", vm.type_name(a[2]));
                return Err(vm.type_error(message));
            };
            let target = sliced(vm, &view, slice)?;
            if source.code != target.code || source.shape != target.shape {
                let message = "memoryview assignment: lvalue and rvalue have different structures";
                return Err(vm.value_error(message));
            }
            let size = view.item_size();
            let old = vm.bytes_of(source.base).unwrap_or_default();
            let items: Vec<u8> = source
                .places()
                .into_iter()
                .flat_map(|at| old[at..at + size].iter().copied())
                .collect();
            if let Some(bytes) = writable(vm, view.base) {
                for (at, item) in target.places().into_iter().zip(items.chunks_exact(size)) {
                    bytes[at..at + size].copy_from_slice(item);
                }
            }
        }
    }
    Ok(Value::None)
}

fn hash(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let view = view(vm, a)?;
    if !view.readonly {
        return Err(vm.value_error("cannot hash writable memoryview object"));
    }
    if !matches!(view.code, b'B' | b'b' | b'c') {
        return Err(vm.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    if !matches!(view.base, Value::Bytes(_)) {
        vm.hash(view.base)?;
    }
    let bytes = vm.buffer_copy(a[0]).unwrap_or_default();
    Ok(Value::Int(crate::numeric::hash::hash_bytes(&bytes)))
}

fn next(vm: &mut Vm, id: OpaqueId) -> Res<Option<Value>> {
    let Some(iterator) = vm.heap.native_mut::<ViewIterator>(id) else {
        return Ok(None);
    };
    let (values, at) = ([iterator.view], iterator.at);
    iterator.at += 1;
    let view = view(vm, Args::positional(&values))?;
    if at >= view.shape[0] {
        return Ok(None);
    }
    let place = (view.start as isize + at as isize * view.strides[0]) as usize;
    load(vm, &view, place).map(Some)
}

const METHODS: &[NativeDefinition] = &[
    native("tolist", Arity::None, |vm, a| {
        let view = view(vm, a)?;
        nested(vm, &view, 0, view.start as isize)
    }),
    native("tobytes", named(&["order"], 0), |vm, a| {
        let view = view(vm, a)?;
        if let Some(order) = a.get(1).filter(|order| !order.is_none()) {
            match vm.str_id(order).map(|id| vm.heap.text(id)) {
                Some("C" | "A") => {}
                Some("F") if view.shape.len() == 1 => {}
                Some("F") => return Err(vm.unsupported("bytes of a memoryview in Fortran's order")),
                _ => return Err(vm.value_error("order must be 'C', 'F' or 'A'")),
            }
        }
        let bytes = vm.buffer_copy(a[0]).unwrap_or_default();
        vm.reserve(bytes.len())?;
        Ok(vm.heap.new_bytes(bytes))
    }),
    native("hex", named(&["sep", "bytes_per_sep"], 0), |vm, a| {
        view(vm, a)?;
        let bytes = vm.buffer_copy(a[0]).unwrap_or_default();
        let bytes = vm.heap.new_bytes(bytes);
        let rest: Vec<Value> = [a.get(1), a.get(2)].into_iter().flatten().collect();
        let name = vm.heap.intern("hex");
        vm.call_method(bytes, name, &rest)
    }),
    native(
        "cast",
        Arity::Named {
            parameters: &["format", "shape"],
            required: 1,
            positional_only: 0,
            keyword_only: 2,
        },
        cast,
    ),
    native("toreadonly", Arity::None, |vm, a| {
        let view = view(vm, a)?;
        Ok(take(vm, View { readonly: true, ..view }))
    }),
    native("release", Arity::None, |vm, a| {
        release(vm, a);
        Ok(Value::None)
    }),
    native("__enter__", Arity::None, |vm, a| view(vm, a).map(|_| a[0])),
    native("__exit__", Arity::Positional, |vm, a| {
        release(vm, a);
        Ok(Value::None)
    }),
    native("__len__", Arity::None, |vm, a| {
        Ok(Value::Int(view(vm, a)?.shape[0] as i64))
    }),
    native("__iter__", Arity::None, |vm, a| {
        let view = view(vm, a)?;
        if view.shape.len() != 1 {
            return Err(vm.raise(NOT_IMPLEMENTED_ERROR, "multi-dimensional sub-views are not implemented"));
        }
        let iterator = ViewIterator { view: a[0], at: 0 };
        Ok(Value::Opaque(vm.heap.new_opaque(
            MEMORY_ITERATOR,
            Box::new(iterator),
            Some(next),
        )))
    }),
    native("__getitem__", Arity::One, |vm, a| {
        let view = view(vm, a)?;
        match key(vm, &view, a[1])? {
            Key::Place(at) => load(vm, &view, at),
            Key::Slice(slice) => {
                let part = sliced(vm, &view, slice)?;
                Ok(take(vm, part))
            }
        }
    }),
    native("__setitem__", Arity::Between(2, 2), set_item),
    native("__delitem__", Arity::One, |vm, a| {
        Err(if view(vm, a)?.readonly {
            vm.type_error("cannot modify read-only memory")
        } else {
            vm.type_error("cannot delete memory")
        })
    }),
    native("__eq__", Arity::One, |vm, a| compare(vm, a, EQ)),
    native("__ne__", Arity::One, |vm, a| compare(vm, a, NE)),
    native("__hash__", Arity::None, hash),
    native("__repr__", Arity::None, |vm, a| {
        let released = as_view(vm, a[0]).is_some_and(|view| view.base.is_null());
        let state = if released { "released " } else { "" };
        Ok(vm.new_string(format!("<{state}memory at {:#x}>", a[0].identity())))
    }),
];

const GETTERS: &[NativeDefinition] = &[
    native("obj", Arity::One, |vm, a| Ok(view(vm, a)?.owner)),
    native("format", Arity::One, |vm, a| {
        let view = view(vm, a)?;
        let mark = if view.marked { "@" } else { "" };
        Ok(vm.new_string(format!("{mark}{}", char::from(view.code))))
    }),
    native("itemsize", Arity::One, |vm, a| {
        Ok(Value::Int(view(vm, a)?.item_size() as i64))
    }),
    native("nbytes", Arity::One, |vm, a| {
        let view = view(vm, a)?;
        Ok(Value::Int((view.count() * view.item_size()) as i64))
    }),
    native("ndim", Arity::One, |vm, a| {
        Ok(Value::Int(view(vm, a)?.shape.len() as i64))
    }),
    native("shape", Arity::One, |vm, a| {
        let shape: Vec<Value> = view(vm, a)?.shape.iter().map(|&n| Value::Int(n as i64)).collect();
        Ok(vm.heap.new_tuple(&shape))
    }),
    native("strides", Arity::One, |vm, a| {
        let strides: Vec<Value> = view(vm, a)?.strides.iter().map(|&n| Value::Int(n as i64)).collect();
        Ok(vm.heap.new_tuple(&strides))
    }),
    native("suboffsets", Arity::One, |vm, a| {
        view(vm, a)?;
        Ok(vm.heap.new_tuple(&[]))
    }),
    native("readonly", Arity::One, |vm, a| Ok(Value::from(view(vm, a)?.readonly))),
    native("c_contiguous", Arity::One, |vm, a| {
        Ok(Value::from(view(vm, a)?.is_contiguous()))
    }),
    native("f_contiguous", Arity::One, |vm, a| {
        Ok(Value::from(view(vm, a)?.is_column_contiguous()))
    }),
    native("contiguous", Arity::One, |vm, a| {
        let view = view(vm, a)?;
        Ok(Value::from(view.is_contiguous() || view.is_column_contiguous()))
    }),
];

/// `memoryview(object)`.
pub fn construct(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let signature = Signature {
        parameters: &["object"],
        required: 1,
        positional_only: 0,
        keyword_only: 1,
    };
    let object = vm.bind_named("memoryview", a, 0, &signature)?[0];
    match view_of(vm, object)? {
        Some(view) => Ok(take(vm, view)),
        None => {
            let message = format!(
                "memoryview: a bytes-like object is required, not '{}'",
                vm.type_name(object)
            );
            Err(vm.type_error(message))
        }
    }
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(MEMORYVIEW, METHODS);
    add_getters(vm, MEMORYVIEW, GETTERS);
    vm.add_methods(MEMORY_ITERATOR, &[ITERATOR, NEXT]);
}
