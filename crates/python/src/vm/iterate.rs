//! Iteration: `iter`, `next`, and unpacking.

use super::types::*;
use super::{Vm, names};
use crate::heap::objects::{DictPart, Iter};
use crate::value::*;

/// A step of an iterator that needs no Python code.
pub enum Advance {
    Value(Value),
    End,
    Slow,
}

impl Vm {
    /// `iter(value)`.
    pub fn iterator(&mut self, value: Value) -> Res<Value> {
        let iterator = match value {
            Value::List(list) => Iter::List { list, at: 0 },
            Value::Tuple(tuple) => Iter::Tuple { tuple, at: 0 },
            Value::Range(range) => {
                let range = self.heap[range];
                Iter::Range {
                    next: range.start,
                    step: range.step,
                    left: range.length,
                }
            }
            Value::Str(text) => Iter::Str { text, byte: 0 },
            Value::Bytes(_) | Value::ByteArray(_) => Iter::Bytes { bytes: value, at: 0 },
            Value::Dict(dict) => self.dict_iterator(dict, DictPart::Keys, false),
            Value::Set(set) | Value::FrozenSet(set) => {
                self.check_set_order(set)?;
                Iter::Set {
                    set: value,
                    slot: 0,
                    length: self.heap[set].len(),
                }
            }
            Value::Generator(generator) if self.heap[generator].kind == crate::heap::GeneratorKind::Generator => {
                return Ok(value);
            }
            Value::Iterator(iterator) => match self.heap[iterator] {
                Iter::View { dict: owner, part } => match self.payload(owner) {
                    Value::Dict(dict) => self.dict_iterator_of(owner, dict, part),
                    _ => Iter::Done,
                },
                _ => return Ok(value),
            },
            Value::Opaque(opaque) if self.heap[opaque].next.is_some() => return Ok(value),
            _ => return self.iterator_by_protocol(value),
        };
        Ok(self.heap.new_iterator(iterator))
    }

    pub fn dict_iterator(&self, dict: DictId, part: DictPart, reversed: bool) -> Iter {
        let at = if reversed { self.heap[dict].end() } else { 0 };
        Iter::Dict {
            dict,
            at,
            length: self.heap[dict].len(),
            changes: self.heap[dict].changes(),
            part,
            reversed,
            ordered: false,
        }
    }

    /// [`Vm::dict_iterator`] over an object that may be an `OrderedDict`.
    pub fn dict_iterator_of(&self, owner: Value, dict: DictId, part: DictPart) -> Iter {
        let mut iterator = self.dict_iterator(dict, part, false);
        if let Iter::Dict { ordered, .. } = &mut iterator {
            *ordered = matches!(owner, Value::Instance(_)) && crate::modules::is_ordered_dict(self, owner);
        }
        iterator
    }

    /// A set's order is CPython's own only while no element is hashed by its address.
    pub fn check_set_order(&mut self, set: SetId) -> Res<()> {
        if self.heap[set].address_hashed && self.heap[set].len() > 1 {
            return Err(self.unsupported("the order of a set of objects hashed by address"));
        }
        Ok(())
    }

    fn iterator_by_protocol(&mut self, value: Value) -> Res<Value> {
        let class = self.class_of(value);
        match self.class_attribute(class, names::ITER) {
            Some(Value::None) => {}
            Some(_) => {
                let iterator = self.call_special(value, names::ITER, &[])?.unwrap_or(Value::None);
                let ok = match iterator {
                    Value::Iterator(_) | Value::Generator(_) => true,
                    Value::Opaque(id) if self.heap[id].next.is_some() => true,
                    _ => {
                        let class = self.class_of(iterator);
                        self.class_attribute(class, names::NEXT).is_some()
                    }
                };
                if !ok {
                    let message = format!("iter() returned non-iterator of type '{}'", self.type_name(iterator));
                    return Err(self.type_error(message));
                }
                return Ok(iterator);
            }
            None => {
                if !matches!(value, Value::Class(_)) && self.class_attribute(class, names::GETITEM).is_some() {
                    return Ok(self.heap.new_iterator(Iter::Sequence { object: value, at: 0 }));
                }
            }
        }
        let message = format!("'{}' object is not iterable", self.type_name(value));
        Err(self.type_error(message))
    }

    /// The next item of a range, list or tuple; `None` where there is none, or it takes more than a look.
    #[inline(always)]
    pub(super) fn quick_next(&mut self, iterator: Value) -> Option<Value> {
        let Value::Iterator(id) = iterator else { return None };
        match self.heap.iterators.get_mut(id.0) {
            Iter::Range { next, step, left } if *left > 0 => {
                let value = *next;
                *left -= 1;
                *next = value.wrapping_add(*step);
                Some(Value::Int(value))
            }
            Iter::List { list, at } => {
                let value = *self.heap.lists.get(list.0).items.get(*at)?;
                *at += 1;
                Some(value)
            }
            Iter::Tuple { tuple, at } => {
                let value = *self.heap.tuples.get(tuple.0).items.get(*at)?;
                *at += 1;
                Some(value)
            }
            _ => None,
        }
    }

    /// The next item of `enumerate`, a `zip` of two, `dict.items` or of pairs in a list, taken apart before a tuple is made of it;
    /// `None` where it is none of those.
    pub(super) fn quick_pair(&mut self, iterator: Value) -> Option<(Value, Value)> {
        let Value::Iterator(id) = iterator else { return None };
        let heap = &mut self.heap;
        match heap.iterators.get_mut(id.0) {
            Iter::List { list, at } => {
                let Value::Tuple(pair) = *heap.lists.get(list.0).items.get(*at)? else {
                    return None;
                };
                let [first, second] = heap.tuples.get(pair.0).items[..] else {
                    return None;
                };
                *at += 1;
                Some((first, second))
            }
            Iter::Enumerate {
                iterator,
                count: Value::Int(number),
            } if *number < i64::MAX => {
                let (inner, first) = (*iterator, *number);
                // An end, too, is found once more by those who know all iterators.
                let Advance::Value(item) = self.advance_quickly(inner) else {
                    return None;
                };
                if let Iter::Enumerate { count, .. } = self.heap.iterators.get_mut(id.0) {
                    *count = Value::Int(first + 1);
                }
                Some((Value::Int(first), item))
            }
            Iter::Zip {
                iterators,
                strict: false,
            } => {
                let [first, second] = iterators[..] else { return None };
                if first.is(second) || !self.has_quick_next(first) || !self.has_quick_next(second) {
                    return None;
                }
                Some((self.quick_next(first)?, self.quick_next(second)?))
            }
            Iter::Dict {
                dict,
                at,
                length,
                part: DictPart::Items,
                reversed: false,
                changes,
                ordered: false,
            } => {
                let table = heap.dicts.get(dict.0);
                if *length != table.len() || *changes != table.changes() {
                    return None;
                }
                let position = table.next_live(*at)?;
                *at = position + 1;
                let entry = table.entry(position);
                Some((entry.key, entry.value))
            }
            _ => None,
        }
    }

    /// [`Vm::quick_next`] will give an item.
    fn has_quick_next(&self, iterator: Value) -> bool {
        let Value::Iterator(id) = iterator else { return false };
        match *self.heap.iterators.get(id.0) {
            Iter::Range { left, .. } => left > 0,
            Iter::List { list, at } => at < self.heap.lists.get(list.0).items.len(),
            Iter::Tuple { tuple, at } => at < self.heap.tuples.get(tuple.0).items.len(),
            _ => false,
        }
    }

    #[inline]
    pub(super) fn advance_quickly(&mut self, iterator: Value) -> Advance {
        let Value::Iterator(id) = iterator else {
            return Advance::Slow;
        };
        let heap = &mut self.heap;
        match heap.iterators.get_mut(id.0) {
            Iter::Range { next, step, left } => {
                if *left == 0 {
                    return Advance::End;
                }
                *left -= 1;
                let value = *next;
                *next = value.wrapping_add(*step);
                Advance::Value(Value::Int(value))
            }
            Iter::List { list, at } => match heap.lists.get(list.0).items.get(*at) {
                Some(&value) => {
                    *at += 1;
                    Advance::Value(value)
                }
                None => {
                    *heap.iterators.get_mut(id.0) = Iter::List {
                        list: *list,
                        at: usize::MAX,
                    };
                    Advance::End
                }
            },
            Iter::Tuple { tuple, at } => match heap.tuples.get(tuple.0).items.get(*at) {
                Some(&value) => {
                    *at += 1;
                    Advance::Value(value)
                }
                None => Advance::End,
            },
            Iter::Str { text, byte } => {
                let object = heap.strings.get(text.0);
                let whole = crate::heap::text_of(&heap.strings, text.0);
                let Some(&code) = whole.as_bytes().get(*byte) else {
                    return Advance::End;
                };
                if object.is_ascii() {
                    *byte += 1;
                    return Advance::Value(Value::Str(heap.character(char::from(code))));
                }
                let character = whole[*byte..].chars().next().unwrap_or_default();
                *byte += character.len_utf8();
                Advance::Value(Value::Str(heap.character(character)))
            }
            Iter::Dict {
                dict,
                at,
                length,
                part: part @ (DictPart::Keys | DictPart::Values),
                reversed: false,
                changes,
                ordered: false,
            } => {
                let table = heap.dicts.get(dict.0);
                if *length != table.len() || *changes != table.changes() {
                    return Advance::Slow;
                }
                let Some(position) = table.next_live(*at) else {
                    return Advance::Slow;
                };
                *at = position + 1;
                let entry = table.entry(position);
                Advance::Value(match part {
                    DictPart::Keys => entry.key,
                    _ => entry.value,
                })
            }
            _ => Advance::Slow,
        }
    }

    /// `next(iterator)`; `None` at the end.
    pub fn next(&mut self, iterator: Value) -> Res<Option<Value>> {
        match self.advance_quickly(iterator) {
            Advance::Value(value) => return Ok(Some(value)),
            Advance::End => return Ok(None),
            Advance::Slow => {}
        }
        match iterator {
            Value::Generator(generator) => self.generator_next(generator),
            Value::Opaque(id) if self.heap[id].next.is_some() => {
                let next = self.heap[id].next.expect("just seen");
                let result = self.ask(|vm| next(vm, id));
                self.end_of(result)
            }
            Value::Iterator(id) => {
                let result = self.ask(|vm| vm.iterator_next(id));
                self.end_of(result)
            }
            _ => {
                let class = self.class_of(iterator);
                if self.class_attribute(class, names::NEXT).is_none() {
                    let message = format!("'{}' object is not an iterator", self.type_name(iterator));
                    return Err(self.type_error(message));
                }
                let result = self.call_special(iterator, names::NEXT, &[]);
                self.end_of(result)
            }
        }
    }

    /// Iterators ask others, and those yet others, without a frame of the program's between them: a chain of them may be longer
    /// than the native stack.
    fn ask(&mut self, next: impl FnOnce(&mut Vm) -> Res<Option<Value>>) -> Res<Option<Value>> {
        /// So many fit what any native code has left of the stack.
        const SHORT: usize = 16;
        if self.asking >= super::call::MAX_NATIVE_DEPTH {
            return Err(self.unsupported("iterators around iterators this deep"));
        }
        self.asking += 1;
        let result = match self.asking {
            ..SHORT => next(self),
            _ => stacker::maybe_grow(128 << 10, 4 << 20, || next(self)),
        };
        self.asking -= 1;
        result
    }

    /// A `StopIteration` out of an iterator's own code, or of what it calls, is its end.
    fn end_of(&mut self, result: Res<Option<Value>>) -> Res<Option<Value>> {
        match result {
            Err(stop @ Stop::Raise(exception)) if self.stop_is(stop, STOP_ITERATION) => {
                self.ended_by = Some(exception);
                Ok(None)
            }
            result => result,
        }
    }

    /// [`Vm::next`] where the end is a `StopIteration`: the one that a callee raised, if it did.
    pub fn next_or_stop(&mut self, iterator: Value) -> Res<Value> {
        self.ended_by = None;
        match self.next(iterator)? {
            Some(value) => Ok(value),
            None => Err(match self.ended_by.take() {
                Some(exception) => Stop::Raise(exception),
                None => self.stop_iteration(Value::None),
            }),
        }
    }

    fn iterator_next(&mut self, id: IteratorId) -> Res<Option<Value>> {
        match &mut self.heap[id] {
            Iter::Bytes { bytes, at } => {
                let (bytes, index) = (*bytes, *at);
                *at += 1;
                Ok(self
                    .bytes_of(bytes)
                    .and_then(|b| b.get(index))
                    .map(|&b| Value::Int(b.into())))
            }
            Iter::Dict {
                dict,
                at,
                length,
                changes,
                part,
                reversed,
                ordered,
            } => {
                let (dict, part, reversed, position, changes) = (*dict, *part, *reversed, *at, *changes);
                let (expected, ordered) = (*length, *ordered);
                if expected == usize::MAX {
                    return Ok(None);
                }
                let table = self.heap.dicts.get(dict.0);
                let now = table.len();
                if ordered && changes != table.changes() {
                    let happened = if now == 0 { "changed size" } else { "mutated" };
                    return Err(self.runtime_error(format!("OrderedDict {happened} during iteration")));
                }
                if expected != now {
                    if let Iter::Dict { length, .. } = &mut self.heap[id] {
                        *length = usize::MAX;
                    }
                    return Err(self.runtime_error("dictionary changed size during iteration"));
                }
                if table.changes() != changes {
                    // Where CPython goes on depends on when its table grew.
                    return Err(self.unsupported("a dict whose keys change while it is iterated over"));
                }
                let found = if reversed {
                    table.previous_live(position)
                } else {
                    table.next_live(position)
                };
                let Some(position) = found else {
                    if let Iter::Dict { length, .. } = &mut self.heap[id] {
                        *length = usize::MAX;
                    }
                    return Ok(None);
                };
                let entry = *table.entry(position);
                let last = ordered && table.next_live(position + 1).is_none();
                if let Iter::Dict { at, length, .. } = &mut self.heap[id] {
                    *at = if reversed { position } else { position + 1 };
                    if last {
                        *length = usize::MAX;
                    }
                }
                Ok(Some(match part {
                    DictPart::Keys => entry.key,
                    DictPart::Values => entry.value,
                    DictPart::Items => self.heap.new_tuple(&[entry.key, entry.value]),
                }))
            }
            Iter::Set { set, slot, length } => {
                let (Value::Set(table) | Value::FrozenSet(table)) = *set else {
                    return Ok(None);
                };
                let (from, expected) = (*slot, *length);
                if expected != self.heap[table].len() {
                    return Err(self.runtime_error("Set changed size during iteration"));
                }
                let Some(found) = self.heap[table].next_live(from) else {
                    return Ok(None);
                };
                let key = self.heap[table].entry(found).key;
                if let Iter::Set { slot, .. } = &mut self.heap[id] {
                    *slot = found + 1;
                }
                Ok(Some(key))
            }
            Iter::ReversedList { list, left } => {
                let (list, index) = (*list, *left);
                if index == 0 {
                    return Ok(None);
                }
                *left -= 1;
                let item = self.heap[list].items.get(index - 1).copied();
                if item.is_none() {
                    self.heap[id] = Iter::ReversedList { list, left: 0 };
                }
                Ok(item)
            }
            Iter::Reversed { object, left } => {
                if *left <= 0 {
                    return Ok(None);
                }
                *left -= 1;
                let (object, index) = (*object, *left);
                let result = self.get_item(object, Value::Int(index));
                self.end_at_index_error(id, result)
            }
            Iter::Sequence { object, at } => {
                let (object, index) = (*object, *at);
                *at += 1;
                let result = self.get_item(object, Value::Int(index));
                self.end_at_index_error(id, result)
            }
            Iter::Enumerate { iterator, count } => {
                let (iterator, number) = (*iterator, *count);
                let Some(item) = self.next(iterator)? else {
                    return Ok(None);
                };
                let following = match number {
                    Value::Int(n) if n < i64::MAX => Value::Int(n + 1),
                    _ => self.binary_operation(0, number, Value::Int(1))?,
                };
                if let Iter::Enumerate { count, .. } = &mut self.heap[id] {
                    *count = following;
                }
                Ok(Some(self.heap.new_tuple(&[number, item])))
            }
            Iter::Zip { iterators, strict } => {
                let (iterators, strict) = (iterators.clone(), *strict);
                self.zip_next(&iterators, strict)
            }
            Iter::Map { function, iterators } => {
                let function = *function;
                if let [only] = iterators[..] {
                    let Some(item) = self.next(only)? else { return Ok(None) };
                    return self.call(function, &[item]).map(Some);
                }
                let iterators = iterators.clone();
                let mut args = Vec::with_capacity(iterators.len());
                for iterator in iterators {
                    match self.next(iterator)? {
                        Some(value) => args.push(value),
                        None => return Ok(None),
                    }
                }
                self.call(function, &args).map(Some)
            }
            Iter::Filter { function, iterator } => {
                let (function, iterator) = (*function, *iterator);
                loop {
                    self.tick(1)?;
                    let Some(item) = self.next(iterator)? else {
                        return Ok(None);
                    };
                    let keep = match function {
                        Value::None | Value::Class(BOOL) => item,
                        _ => self.call(function, &[item])?,
                    };
                    if self.truth(keep)? {
                        return Ok(Some(item));
                    }
                }
            }
            Iter::Callable { function, sentinel } => {
                let (function, sentinel) = (*function, *sentinel);
                if function.is_null() {
                    return Ok(None);
                }
                let done = Iter::Callable {
                    function: Value::Null,
                    sentinel: Value::Null,
                };
                let result = self.call(function, &[]);
                let Some(value) = self.catch(result, STOP_ITERATION)? else {
                    self.heap[id] = done;
                    return Ok(None);
                };
                if self.equal(value, sentinel)? {
                    self.heap[id] = done;
                    return Ok(None);
                }
                Ok(Some(value))
            }
            Iter::View { .. } => {
                let message = format!("'{}' object is not an iterator", self.type_name(Value::Iterator(id)));
                Err(self.type_error(message))
            }
            _ => Ok(None),
        }
    }

    fn end_at_index_error(&mut self, id: IteratorId, result: Res<Value>) -> Res<Option<Value>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(stop) if self.stop_is(stop, INDEX_ERROR) || self.stop_is(stop, STOP_ITERATION) => {
                self.heap[id] = Iter::Done;
                Ok(None)
            }
            Err(stop) => Err(stop),
        }
    }

    fn zip_next(&mut self, iterators: &[Value], strict: bool) -> Res<Option<Value>> {
        if iterators.is_empty() {
            return Ok(None);
        }
        let mut items = Vec::with_capacity(iterators.len());
        for (index, &iterator) in iterators.iter().enumerate() {
            match self.next(iterator)? {
                Some(value) => items.push(value),
                None if !strict => return Ok(None),
                None => {
                    let span = |n: usize| if n == 1 { " ".to_owned() } else { format!("s 1-{n}") };
                    if index > 0 {
                        let plural = if index == 1 { " 1".to_owned() } else { span(index) };
                        return Err(
                            self.value_error(format!("zip() argument {} is shorter than argument{plural}", index + 1))
                        );
                    }
                    for (later, &iterator) in iterators.iter().enumerate().skip(1) {
                        if self.next(iterator)?.is_some() {
                            let plural = if later == 1 { " 1".to_owned() } else { span(later) };
                            return Err(self
                                .value_error(format!("zip() argument {} is longer than argument{plural}", later + 1)));
                        }
                    }
                    return Ok(None);
                }
            }
        }
        Ok(Some(self.heap.new_tuple(&items)))
    }

    /// All items of an iterable.
    pub fn collect_items(&mut self, iterable: Value) -> Res<Vec<Value>> {
        match iterable {
            Value::List(list) => return Ok(self.heap[list].items.clone()),
            Value::Tuple(tuple) => return Ok(self.heap[tuple].items.to_vec()),
            _ => {}
        }
        let iterator = self.iterator(iterable)?;
        self.ask_length(iterable)?;
        let mut items = Vec::new();
        loop {
            if items.len() == items.capacity() {
                self.reserve(items.len() * 32)?;
            }
            self.tick(1)?;
            match self.next_awake(iterator)? {
                Some(item) => items.push(item),
                None => return Ok(items),
            }
        }
    }

    /// The items of what CPython makes a list of an iterator's items from (`PySequence_Fast`): an iterator of the program's own
    /// is asked for an iterator once more.
    pub fn collect_sequence(&mut self, iterable: Value) -> Res<Vec<Value>> {
        if !matches!(iterable, Value::Instance(_)) {
            return self.collect_items(iterable);
        }
        let iterator = self.iterator(iterable)?;
        self.collect_items(iterator)
    }

    /// CPython asks an object for its length before it makes a list of it, and the program may see that.
    pub fn ask_length(&mut self, iterable: Value) -> Res<()> {
        if let Value::Iterator(id) = iterable
            && let Iter::Sequence { object, .. } | Iter::Reversed { object, .. } = self.heap[id]
            && let Value::Instance(_) = object
        {
            let class = self.class_of(object);
            if let Some(Value::Function(_)) = self.class_attribute(class, names::LEN) {
                let length = self.length(object);
                self.catch(length, TYPE_ERROR)?;
            }
            return Ok(());
        }
        if !matches!(iterable, Value::Instance(_) | Value::Class(_)) {
            return Ok(());
        }
        let class = self.class_of(iterable);
        let name = if self.class_attribute(class, names::LEN).is_some() {
            names::LEN
        } else {
            names::LENGTH_HINT
        };
        if let Some(Value::Function(_)) = self.class_attribute(class, name) {
            let result = self.call_special(iterable, name, &[]);
            let Some(length) = self.catch(result, TYPE_ERROR)?.flatten() else {
                return Ok(());
            };
            if name == names::LEN {
                let length = self.checked_length(length);
                self.catch(length, TYPE_ERROR)?;
            } else if !matches!(length, Value::NotImplemented) {
                match self.payload(length) {
                    Value::Int(0..) | Value::Bool(_) => {}
                    Value::Int(_) => return Err(self.value_error("__length_hint__() should return >= 0")),
                    Value::BigInt(_) => {
                        return Err(self.overflow_error("Python int too large to convert to C ssize_t"));
                    }
                    _ => {
                        let name = self.type_name(length);
                        let message = format!("__length_hint__ must be an integer, not {name}");
                        return Err(self.type_error(message));
                    }
                }
            }
        }
        Ok(())
    }

    /// `a, b = value`: pushes the items, the first one on top.
    pub(super) fn unpack(&mut self, value: Value, count: usize) -> Res<()> {
        let exact = match value {
            Value::Tuple(tuple) => Some(self.heap[tuple].items.len()),
            Value::List(list) => Some(self.heap[list].items.len()),
            _ => None,
        };
        if let Some(given) = exact {
            if given == count {
                for index in (0..count).rev() {
                    let item = match value {
                        Value::Tuple(tuple) => self.heap[tuple].items[index],
                        Value::List(list) => self.heap[list].items[index],
                        _ => unreachable!("matched above"),
                    };
                    self.stack.push(item);
                }
                return Ok(());
            }
            return Err(if given < count {
                self.value_error(format!("not enough values to unpack (expected {count}, got {given})"))
            } else {
                self.value_error(format!("too many values to unpack (expected {count})"))
            });
        }
        let iterator = self.unpack_iterator(value)?;
        let mut items = Vec::with_capacity(count);
        while items.len() < count {
            match self.next(iterator)? {
                Some(item) => items.push(item),
                None => {
                    let given = items.len();
                    return Err(
                        self.value_error(format!("not enough values to unpack (expected {count}, got {given})"))
                    );
                }
            }
        }
        if self.next(iterator)?.is_some() {
            return Err(self.value_error(format!("too many values to unpack (expected {count})")));
        }
        self.stack.extend(items.into_iter().rev());
        Ok(())
    }

    fn unpack_iterator(&mut self, value: Value) -> Res<Value> {
        match self.iterator(value) {
            Err(stop) if self.stop_is(stop, TYPE_ERROR) && !self.has_iteration(value) => {
                let message = format!("cannot unpack non-iterable {} object", self.type_name(value));
                Err(self.type_error(message))
            }
            other => other,
        }
    }

    fn has_iteration(&mut self, value: Value) -> bool {
        let class = self.class_of(value);
        self.class_attribute(class, names::ITER).is_some() || self.class_attribute(class, names::GETITEM).is_some()
    }

    /// `a, *b, c = value`.
    pub(super) fn unpack_starred(&mut self, value: Value, before: usize, after: usize) -> Res<()> {
        let iterator = self.unpack_iterator(value)?;
        let mut items = Vec::with_capacity(before);
        let mut ended = false;
        while items.len() < before && !ended {
            match self.next(iterator)? {
                Some(item) => items.push(item),
                None => ended = true,
            }
        }
        if !ended {
            items.extend(self.collect_items(iterator)?);
        }
        if items.len() < before + after {
            let message = format!(
                "not enough values to unpack (expected at least {}, got {})",
                before + after,
                items.len()
            );
            return Err(self.value_error(message));
        }
        let tail = items.len() - after;
        self.stack.extend(items[tail..].iter().rev());
        let middle = self.heap.new_list(items[before..tail].to_vec());
        self.stack.push(middle);
        self.stack.extend(items[..before].iter().rev());
        Ok(())
    }
}
