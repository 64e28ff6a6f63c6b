//! Subscription and slices.

use super::types::*;
use super::{Vm, names};
use crate::value::*;

/// A slice's bounds within a sequence: start, step and number of items.
#[derive(Clone, Copy)]
pub struct Bounds {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
    pub count: usize,
}

impl Vm {
    /// A namespace lookup that may be a mapping of the program's own.
    pub(super) fn namespace_get(&mut self, namespace: Value, name: StrId) -> Res<Option<Value>> {
        match namespace {
            Value::Dict(dict) => Ok(self.heap.get_name(dict, name)),
            Value::Null | Value::None => Ok(None),
            _ => {
                let result = self.get_item(namespace, Value::Str(name));
                self.catch(result, KEY_ERROR)
            }
        }
    }

    /// The slice's bounds for a sequence of `length`.
    pub fn slice_bounds(&mut self, slice: SliceId, length: usize) -> Res<Bounds> {
        let slice = self.heap[slice];
        let length = length as i64;
        let step = if slice.step.is_none() {
            1
        } else {
            self.slice_index(slice.step)?
        };
        if step == 0 {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let (low, high) = if step < 0 { (-1, length - 1) } else { (0, length) };
        let bound = |vm: &mut Vm, value: Value, default: i64| -> Res<i64> {
            if value.is_none() {
                return Ok(default);
            }
            let index = vm.slice_index(value)?;
            Ok(if index < 0 {
                index.saturating_add(length).max(low)
            } else {
                index.min(high)
            })
        };
        let start = bound(self, slice.start, if step < 0 { high } else { low })?;
        let stop = bound(self, slice.stop, if step < 0 { low } else { high })?;
        let count = crate::heap::range_length(start, stop, step) as usize;
        Ok(Bounds {
            start,
            stop,
            step,
            count,
        })
    }

    /// A bound of a slice, cut to what a machine word holds.
    pub(crate) fn slice_index(&mut self, value: Value) -> Res<i64> {
        match value {
            Value::Int(i) => Ok(i),
            _ => {
                if self.has_index(value) {
                    return self.to_i64_clamped(value);
                }
                Err(self.type_error("slice indices must be integers or None or have an __index__ method"))
            }
        }
    }

    /// A bound of `index()`, which can't be None.
    pub(crate) fn search_bound(&mut self, value: Value) -> Res<i64> {
        if self.has_index(value) {
            return self.to_i64_clamped(value);
        }
        Err(self.type_error("slice indices must be integers or have an __index__ method"))
    }

    fn has_index(&mut self, value: Value) -> bool {
        let class = self.class_of(value);
        matches!(value, Value::Int(_)) || self.class_attribute(class, names::INDEX).is_some()
    }

    /// Picks a slice of items.
    pub fn pick<T: Copy>(items: &[T], bounds: Bounds) -> Vec<T> {
        if bounds.step == 1 {
            let start = bounds.start as usize;
            return items[start.min(items.len())..(start + bounds.count).min(items.len())].to_vec();
        }
        (0..bounds.count)
            .map(|i| items[(bounds.start + i as i64 * bounds.step) as usize])
            .collect()
    }

    fn position(&mut self, key: Value, length: usize, kind: &str) -> Res<usize> {
        let index = match key {
            Value::Int(i) => i,
            _ => match self.index_value(key) {
                Ok(Value::Int(i)) => i,
                Ok(_) => {
                    let message = format!("cannot fit '{}' into an index-sized integer", self.type_name(key));
                    return Err(self.index_error(message));
                }
                // A `__index__` speaks for itself.
                Err(stop) if self.stop_is(stop, TYPE_ERROR) && !self.has_index(key) => {
                    let subject = match kind {
                        "string" => "string indices must be integers, not '{}'".replace("{}", self.type_name(key)),
                        "bytes" => format!("byte indices must be integers or slices, not {}", self.type_name(key)),
                        "range object" => {
                            format!("range indices must be integers or slices, not {}", self.type_name(key))
                        }
                        _ => format!("{kind} indices must be integers or slices, not {}", self.type_name(key)),
                    };
                    return Err(self.type_error(subject));
                }
                Err(stop) => return Err(stop),
            },
        };
        let actual = if index < 0 {
            index.saturating_add(length as i64)
        } else {
            index
        };
        if actual < 0 || actual >= length as i64 {
            let kind = if kind == "bytes" { "index" } else { kind };
            return Err(self.index_error(if kind == "index" {
                "index out of range".to_owned()
            } else {
                format!("{kind} index out of range")
            }));
        }
        Ok(actual as usize)
    }

    /// `object[key]`.
    pub fn get_item(&mut self, object: Value, key: Value) -> Res<Value> {
        match (object, key) {
            (Value::List(list), Value::Int(index)) => {
                let items = &self.heap.lists.get(list.0).items;
                let actual = if index < 0 {
                    index.wrapping_add(items.len() as i64)
                } else {
                    index
                };
                match items.get(actual as usize) {
                    Some(&item) if actual >= 0 => Ok(item),
                    _ => Err(self.index_error("list index out of range")),
                }
            }
            (Value::Dict(dict), _) => match self.dict_get(dict, key)? {
                Some(value) => Ok(value),
                None => Err(self.key_error(key)),
            },
            (Value::List(list), Value::Slice(slice)) => {
                let bounds = self.slice_bounds(slice, self.heap[list].items.len())?;
                self.reserve(bounds.count * 16)?;
                let items = Self::pick(&self.heap[list].items, bounds);
                Ok(self.heap.new_list(items))
            }
            (Value::List(list), _) => {
                let index = self.position(key, self.heap[list].items.len(), "list")?;
                Ok(self.heap[list].items[index])
            }
            (Value::Tuple(tuple), Value::Slice(slice)) => {
                let bounds = self.slice_bounds(slice, self.heap[tuple].items.len())?;
                if bounds.step == 1 && bounds.count == self.heap[tuple].items.len() {
                    return Ok(object);
                }
                let items = Self::pick(&self.heap[tuple].items, bounds);
                Ok(self.heap.new_tuple(&items))
            }
            (Value::Tuple(tuple), _) => {
                let index = self.position(key, self.heap[tuple].items.len(), "tuple")?;
                Ok(self.heap[tuple].items[index])
            }
            (Value::Str(text), Value::Slice(slice)) => {
                let bounds = self.slice_bounds(slice, self.heap[text].chars as usize)?;
                self.str_slice(text, bounds)
            }
            (Value::Str(text), _) => {
                let index = self.position(key, self.heap[text].chars as usize, "string")?;
                let (object, text) = (&self.heap[text], self.heap.text(text));
                let character = if object.is_ascii() {
                    char::from(text.as_bytes()[index])
                } else {
                    text.chars().nth(index).unwrap_or_default()
                };
                Ok(Value::Str(self.heap.character(character)))
            }
            (Value::Bytes(_) | Value::ByteArray(_), Value::Slice(slice)) => {
                let bounds = self.slice_bounds(slice, self.bytes_of(object).map_or(0, <[u8]>::len))?;
                let bytes = Self::pick(self.bytes_of(object).unwrap_or_default(), bounds);
                Ok(if matches!(object, Value::Bytes(_)) {
                    self.heap.new_bytes(bytes)
                } else {
                    self.heap.new_byte_array(bytes)
                })
            }
            (Value::Bytes(_) | Value::ByteArray(_), _) => {
                let length = self.bytes_of(object).map_or(0, <[u8]>::len);
                let index = self.position(
                    key,
                    length,
                    if matches!(object, Value::Bytes(_)) {
                        "bytes"
                    } else {
                        "bytearray"
                    },
                )?;
                Ok(Value::Int(self.bytes_of(object).unwrap_or_default()[index].into()))
            }
            (Value::Range(range), Value::Slice(slice)) => {
                let range = self.heap[range];
                let bounds = self.slice_bounds(slice, range.length as usize)?;
                let start = range.start + bounds.start * range.step;
                let stop = range.start + bounds.stop * range.step;
                Ok(self.heap.new_range(start, stop, range.step * bounds.step))
            }
            (Value::Range(range), _) => {
                let range = self.heap[range];
                let index = self.position(key, range.length as usize, "range object")?;
                Ok(Value::Int(range.start + index as i64 * range.step))
            }
            (Value::Class(class), _) => self.class_item(class, key),
            _ => self.get_item_by_protocol(object, key),
        }
    }

    fn get_item_by_protocol(&mut self, object: Value, key: Value) -> Res<Value> {
        if let Some(value) = self.call_special(object, names::GETITEM, &[key])? {
            return Ok(value);
        }
        let message = format!("'{}' object is not subscriptable", self.type_name(object));
        Err(self.type_error(message))
    }

    /// `dict.__getitem__` of an instance of a derived class: `__missing__` has its say.
    pub fn dict_item(&mut self, object: Value, dict: DictId, key: Value) -> Res<Value> {
        if let Some(value) = self.dict_get(dict, key)? {
            return Ok(value);
        }
        if matches!(object, Value::Instance(_))
            && let Some(value) = self.call_special(object, names::MISSING, &[key])?
        {
            return Ok(value);
        }
        Err(self.key_error(key))
    }

    fn class_item(&mut self, class: ClassId, key: Value) -> Res<Value> {
        let metaclass = self.heap[class].metaclass;
        if metaclass != TYPE && self.class_attribute(metaclass, names::GETITEM).is_some() {
            return self.get_item_by_protocol(Value::Class(class), key);
        }
        if let Some(method) = self.class_attribute(class, names::CLASS_GETITEM) {
            let method = match method {
                Value::Function(_) => self.heap.new_method(method, Value::Class(class)),
                _ => self.bind_descriptor(method, Value::Null, class)?,
            };
            return self.call(method, &[key]);
        }
        if matches!(class, LIST | DICT | TUPLE | SET | FROZENSET | TYPE)
            || self.heap[class].mro.iter().any(|&ancestor| {
                matches!(ancestor, LIST | DICT | TUPLE | SET | FROZENSET)
                    || self.heap[ancestor].builtin && self.generic(ancestor)
            })
        {
            return crate::builtins::alias::generic(self, Value::Class(class), key);
        }
        let message = format!("type '{}' is not subscriptable", self.class_name(class));
        Err(self.type_error(message))
    }

    fn generic(&self, class: ClassId) -> bool {
        matches!(
            self.class_name(class),
            "deque" | "defaultdict" | "OrderedDict" | "Counter" | "ChainMap" | "enumerate"
        )
    }

    pub fn str_slice(&mut self, text: StrId, bounds: Bounds) -> Res<Value> {
        let object = &self.heap[text];
        if bounds.step == 1 && bounds.count == object.chars as usize {
            return Ok(Value::Str(text));
        }
        let whole = self.heap.text(text);
        let out = if object.is_ascii() && bounds.step == 1 {
            let start = bounds.start as usize;
            return Ok(Value::Str(self.heap.str_part(text, start..start + bounds.count)));
        } else if object.is_ascii() {
            let picked = Self::pick(whole.as_bytes(), bounds);
            String::from_utf8(picked).unwrap_or_default()
        } else if bounds.step == 1 {
            let rest = whole.chars().skip(bounds.start as usize);
            rest.take(bounds.count).collect()
        } else {
            let characters: Vec<char> = whole.chars().collect();
            Self::pick(&characters, bounds).into_iter().collect()
        };
        Ok(self.new_string(out))
    }

    /// `object[key] = value`.
    pub fn set_item(&mut self, object: Value, key: Value, value: Value) -> Res<()> {
        match (object, key) {
            (Value::List(list), Value::Int(index)) => {
                let items = &mut self.heap.lists.get_mut(list.0).items;
                let actual = if index < 0 {
                    index.wrapping_add(items.len() as i64)
                } else {
                    index
                };
                match items.get_mut(actual as usize) {
                    Some(item) if actual >= 0 => {
                        *item = value;
                        Ok(())
                    }
                    _ => Err(self.index_error("list assignment index out of range")),
                }
            }
            (Value::Dict(dict), _) => self.dict_set(dict, key, value),
            (Value::List(list), Value::Slice(slice)) => self.set_slice(list, slice, value),
            (Value::List(list), _) => {
                let index = match self.position(key, self.heap[list].items.len(), "list") {
                    Err(stop) if self.stop_is(stop, INDEX_ERROR) => {
                        self.sequence_index(key)?;
                        return Err(self.index_error("list assignment index out of range"));
                    }
                    other => other?,
                };
                self.heap[list].items[index] = value;
                Ok(())
            }
            (Value::ByteArray(array), Value::Slice(slice)) => {
                let bounds = self.slice_bounds(slice, self.heap[array].len())?;
                let bytes = self.byte_values(value, "byte")?;
                if bounds.step != 1 {
                    if bytes.is_empty() {
                        return self.delete_item(object, key);
                    }
                    if bytes.len() != bounds.count {
                        let message = format!(
                            "attempt to assign bytes of size {} to extended slice of size {}",
                            bytes.len(),
                            bounds.count
                        );
                        return Err(self.value_error(message));
                    }
                    for (i, byte) in bytes.into_iter().enumerate() {
                        self.heap[array][(bounds.start + i as i64 * bounds.step) as usize] = byte;
                    }
                    return Ok(());
                }
                let start = bounds.start as usize;
                if bytes.len() != bounds.count {
                    self.check_exports(array)?;
                }
                self.heap[array].splice(start..start + bounds.count, bytes);
                Ok(())
            }
            (Value::ByteArray(array), _) => {
                // The byte is looked at before the bounds.
                let byte = match self.index_value(key) {
                    Ok(Value::Int(_) | Value::Bool(_)) => Some(self.byte_value(value)?),
                    _ => None,
                };
                let index = self.position(key, self.heap[array].len(), "bytearray")?;
                if let Some(byte) = byte {
                    self.heap[array][index] = byte;
                }
                Ok(())
            }
            _ => {
                if self.call_special(object, names::SETITEM, &[key, value])?.is_some() {
                    return Ok(());
                }
                self.half_a_slot(object, names::SETITEM, names::DELITEM)?;
                let class = self.class_of(key);
                if self.is_sequence_like(object) && self.class_attribute(class, names::INDEX).is_some() {
                    self.sequence_index(key)?;
                }
                let message = format!("'{}' object does not support item assignment", self.type_name(object));
                Err(self.type_error(message))
            }
        }
    }

    pub fn byte_value(&mut self, value: Value) -> Res<u8> {
        self.byte_in(value, "byte")
    }

    /// A byte's value; `noun` is what a complaint calls it.
    fn byte_in(&mut self, value: Value, noun: &str) -> Res<u8> {
        match self.index_value(value)? {
            Value::Int(i @ 0..=255) => Ok(i as u8),
            _ => Err(self.value_error(format!("{noun} must be in range(0, 256)"))),
        }
    }

    /// The bytes of an object of bytes, or those that it yields.
    pub fn byte_values(&mut self, value: Value, noun: &str) -> Res<Vec<u8>> {
        if let Some(bytes) = self.buffer_copy(value) {
            return Ok(bytes);
        }
        let iterator = self.iterator(value)?;
        if noun == "bytes" {
            self.ask_length(value)?;
        }
        let mut bytes = Vec::new();
        while let Some(item) = self.next(iterator)? {
            if bytes.len() == bytes.capacity() {
                self.reserve(bytes.len())?;
            }
            self.tick(1)?;
            bytes.push(self.byte_in(item, noun)?);
        }
        Ok(bytes)
    }

    fn set_slice(&mut self, list: ListId, slice: SliceId, value: Value) -> Res<()> {
        let bounds = self.slice_bounds(slice, self.heap[list].items.len())?;
        let class = self.class_of(value);
        if [names::ITER, names::GETITEM]
            .iter()
            .all(|&name| self.class_attribute(class, name).is_none())
        {
            return Err(self.type_error(if bounds.step == 1 {
                "can only assign an iterable"
            } else {
                "must assign iterable to extended slice"
            }));
        }
        let items = self.collect_sequence(value)?;
        let length = self.heap[list].items.len();
        if bounds.step == 1 {
            self.heap.allocated += items.len() * 16;
            let start = (bounds.start as usize).min(length);
            let end = (start + bounds.count).min(length);
            self.heap[list].items.splice(start..end, items);
            return Ok(());
        }
        if items.len() != bounds.count {
            let message = format!(
                "attempt to assign sequence of size {} to extended slice of size {}",
                items.len(),
                bounds.count
            );
            return Err(self.value_error(message));
        }
        for (i, item) in items.into_iter().enumerate() {
            self.heap[list].items[(bounds.start + i as i64 * bounds.step) as usize] = item;
        }
        Ok(())
    }

    /// `del object[key]`.
    pub fn delete_item(&mut self, object: Value, key: Value) -> Res<()> {
        match (object, key) {
            (Value::Dict(dict), _) => match self.dict_remove(dict, key)? {
                Some(_) => Ok(()),
                None => Err(self.key_error(key)),
            },
            (Value::List(list), Value::Slice(slice)) => {
                let bounds = self.slice_bounds(slice, self.heap[list].items.len())?;
                if bounds.step == 1 {
                    let start = bounds.start as usize;
                    self.heap[list].items.drain(start..start + bounds.count);
                    return Ok(());
                }
                let gone: std::collections::HashSet<usize> = (0..bounds.count)
                    .map(|i| (bounds.start + i as i64 * bounds.step) as usize)
                    .collect();
                let mut index = 0;
                self.heap[list].items.retain(|_| {
                    index += 1;
                    !gone.contains(&(index - 1))
                });
                Ok(())
            }
            (Value::List(list), _) => {
                let length = self.heap[list].items.len();
                let index = match self.position(key, length, "list") {
                    Err(stop) if self.stop_is(stop, INDEX_ERROR) => {
                        self.sequence_index(key)?;
                        return Err(self.index_error("list assignment index out of range"));
                    }
                    other => other?,
                };
                self.heap[list].items.remove(index);
                Ok(())
            }
            (Value::ByteArray(array), Value::Slice(slice)) => {
                let bounds = self.slice_bounds(slice, self.heap[array].len())?;
                if bounds.count > 0 {
                    self.check_exports(array)?;
                }
                if bounds.step != 1 {
                    let mut gone = vec![false; self.heap[array].len()];
                    (0..bounds.count).for_each(|i| gone[(bounds.start + i as i64 * bounds.step) as usize] = true);
                    let mut gone = gone.into_iter();
                    self.heap[array].retain(|_| !gone.next().unwrap_or_default());
                    return Ok(());
                }
                let start = bounds.start as usize;
                self.heap[array].drain(start..start + bounds.count);
                Ok(())
            }
            (Value::ByteArray(array), _) => {
                let index = self.position(key, self.heap[array].len(), "bytearray")?;
                self.check_exports(array)?;
                self.heap[array].remove(index);
                Ok(())
            }
            _ => {
                if self.call_special(object, names::DELITEM, &[key])?.is_some() {
                    return Ok(());
                }
                self.half_a_slot(object, names::DELITEM, names::SETITEM)?;
                let class = self.class_of(key);
                let as_sequence = self.is_sequence_like(object) && self.class_attribute(class, names::INDEX).is_some();
                if as_sequence {
                    self.sequence_index(key)?;
                }
                let verb = if as_sequence { "doesn't" } else { "does not" };
                let message = format!("'{}' object {verb} support item deletion", self.type_name(object));
                Err(self.type_error(message))
            }
        }
    }

    /// A class with one of two methods that share a slot in CPython answers for the other as well, and then has no such name.
    fn half_a_slot(&mut self, object: Value, wanted: StrId, other: StrId) -> Res<()> {
        let class = self.class_of(object);
        if self.class_attribute(class, other).is_none() {
            return Ok(());
        }
        let name = self.heap.text(wanted).to_owned();
        Err(self.raise(ATTRIBUTE_ERROR, &name))
    }

    /// Does CPython's type of `object` fill in any of the sequence slots?
    pub fn is_sequence_like(&self, object: Value) -> bool {
        use Value::*;
        match object {
            Str(_) | Bytes(_) | Tuple(_) | List(_) | Dict(_) | Set(_) | FrozenSet(_) | Range(_) => true,
            Instance(_) => self.class_of(object) != OBJECT,
            Opaque(_) | Iterator(_) => self.view_of(object).is_some(),
            _ => false,
        }
    }

    /// An index that must fit a machine word, as where CPython takes a key for a position.
    fn sequence_index(&mut self, key: Value) -> Res<()> {
        match self.index_value(key)? {
            Value::BigInt(_) => Err(self.index_error("cannot fit 'int' into an index-sized integer")),
            _ => Ok(()),
        }
    }

    /// `list.extend(iterable)`.
    pub fn list_extend(&mut self, list: ListId, iterable: Value) -> Res<()> {
        match iterable {
            Value::List(_) | Value::Tuple(_) => {
                let items = self.collect_items(iterable)?;
                self.reserve(items.len() * 16)?;
                self.heap.allocated += items.len() * 16;
                self.heap[list].items.extend(items);
            }
            _ => {
                let iterator = self.iterator(iterable)?;
                self.ask_length(iterable)?;
                while let Some(item) = self.next(iterator)? {
                    self.tick(1)?;
                    if self.heap.allocated > self.heap.threshold {
                        self.reserve(1 << 17)?;
                    }
                    self.heap.push(list, item);
                }
            }
        }
        Ok(())
    }

    /// `[*iterable]` and `f(*iterable)`.
    pub(super) fn extend_display(&mut self, list: ListId, iterable: Value) -> Res<()> {
        match self.list_extend(list, iterable) {
            Err(stop) if self.stop_is(stop, TYPE_ERROR) => {
                let class = self.class_of(iterable);
                if self.class_attribute(class, names::ITER).is_none()
                    && self.class_attribute(class, names::GETITEM).is_none()
                {
                    let message = format!("Value after * must be an iterable, not {}", self.type_name(iterable));
                    return Err(self.type_error(message));
                }
                Err(stop)
            }
            other => other,
        }
    }
}
