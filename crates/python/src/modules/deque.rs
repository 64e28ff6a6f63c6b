//! `collections.deque`.

use super::lazy::{self, ITERATOR, NEXT, class_argument, data, data_mut};
use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::compare::{EQ, GE, GT, LE, LT, NE};
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};
use std::collections::VecDeque;

#[derive(Default)]
struct Deque {
    items: VecDeque<Value>,
    most: Option<usize>,
    /// Counts changes of length and order, so that iterators see them.
    changes: u64,
}

impl NativeData for Deque {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        self.items.iter().copied().for_each(visit);
    }

    fn size(&self) -> usize {
        size_of::<Deque>() + self.items.capacity() * size_of::<Value>()
    }
}

struct DequeIterator {
    deque: Value,
    at: usize,
    left: usize,
    changes: u64,
    reversed: bool,
}

impl NativeData for DequeIterator {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.deque);
    }
}

fn deque<'a>(vm: &'a Vm, a: Args<'_>) -> &'a Deque {
    data(vm, a[0])
}

fn as_deque(vm: &Vm, value: Value) -> Option<&Deque> {
    match vm.payload(value) {
        Value::Opaque(id) => vm.heap.native(id),
        _ => None,
    }
}

fn push(vm: &mut Vm, deque: Value, value: Value, left: bool) {
    let object: &mut Deque = data_mut(vm, deque);
    object.changes += 1;
    let capacity = object.items.capacity();
    if left {
        object.items.push_front(value);
        if object.most.is_some_and(|most| object.items.len() > most) {
            object.items.pop_back();
        }
    } else {
        object.items.push_back(value);
        if object.most.is_some_and(|most| object.items.len() > most) {
            object.items.pop_front();
        }
    }
    let grown = object.items.capacity() - capacity;
    vm.heap.allocated += grown * size_of::<Value>();
}

fn extend(vm: &mut Vm, deque: Value, iterable: Value, left: bool) -> Res<()> {
    if vm.payload(iterable).is(vm.payload(deque)) {
        let items: Vec<Value> = data::<Deque>(vm, deque).items.iter().copied().collect();
        items.into_iter().for_each(|item| push(vm, deque, item, left));
        return Ok(());
    }
    let iterator = vm.iterator(iterable)?;
    while let Some(item) = vm.next(iterator)? {
        vm.tick(1)?;
        push(vm, deque, item, left);
    }
    Ok(())
}

/// A deque of the same class and bound.
fn make(vm: &mut Vm, like: Value, items: VecDeque<Value>, most: Option<usize>) -> Res<Value> {
    let class = vm.class_of(like);
    let base = match like {
        Value::Instance(_) => {
            let source = vm.heap.new_list(items.into_iter().collect());
            let most = most.map_or(Value::None, |n| Value::Int(n as i64));
            let args: &[Value] = if most.is_none() { &[source] } else { &[source, most] };
            return vm.call(Value::Class(class), args);
        }
        _ => class,
    };
    let object = Deque {
        items,
        most,
        changes: 0,
    };
    Ok(Value::Opaque(vm.heap.new_opaque(base, Box::new(object), None)))
}

fn index(vm: &mut Vm, a: Args<'_>) -> Res<usize> {
    let at = match vm.payload(a[1]) {
        Value::Int(i) => i,
        Value::Slice(_) | Value::Float(_) | Value::Str(_) | Value::None | Value::List(_) | Value::Tuple(_) => {
            let message = format!("sequence index must be integer, not '{}'", vm.type_name(a[1]));
            return Err(vm.type_error(message));
        }
        _ => vm.to_i64(a[1])?,
    };
    let length = deque(vm, a).items.len() as i64;
    let at = if at < 0 { at + length } else { at };
    if !(0..length).contains(&at) {
        return Err(vm.index_error("deque index out of range"));
    }
    Ok(at as usize)
}

fn changed<'a>(vm: &'a mut Vm, a: Args<'_>) -> &'a mut Deque {
    let object: &mut Deque = data_mut(vm, a[0]);
    object.changes += 1;
    object
}

/// The first position from `start` below `stop` whose item equals `value`.
fn position(vm: &mut Vm, a: Args<'_>, value: Value, start: usize, stop: usize) -> Res<Option<usize>> {
    let changes = deque(vm, a).changes;
    let mut at = start;
    while at < stop {
        let Some(&item) = deque(vm, a).items.get(at) else { break };
        vm.tick(1)?;
        if vm.identical_or_equal(item, value)? {
            return Ok(Some(at));
        }
        if deque(vm, a).changes != changes {
            return Err(vm.runtime_error("deque mutated during iteration"));
        }
        at += 1;
    }
    Ok(None)
}

fn rotate(items: &mut VecDeque<Value>, count: i64) {
    if items.len() > 1 {
        let count = count.rem_euclid(items.len() as i64) as usize;
        items.rotate_right(count);
    }
}

fn repeated(vm: &mut Vm, a: Args<'_>) -> Res<VecDeque<Value>> {
    let count = vm.to_i64(a[1])?.max(0) as usize;
    let (length, most) = (deque(vm, a).items.len(), deque(vm, a).most);
    let total = length.saturating_mul(count);
    vm.reserve(total.min(most.unwrap_or(usize::MAX)).saturating_mul(16))?;
    vm.tick((total >> 8).min(1 << 30) as u32)?;
    let items: Vec<Value> = deque(vm, a).items.iter().copied().collect();
    let skip = most.map_or(0, |most| total.saturating_sub(most));
    Ok((skip..total).map(|i| items[i % length]).collect())
}

fn compare(vm: &mut Vm, a: Args<'_>, operator: usize) -> Res<Value> {
    let (Some(x), Some(y)) = (as_deque(vm, a[0]), as_deque(vm, a[1])) else {
        return Ok(Value::NotImplemented);
    };
    let (x, y): (Vec<Value>, Vec<Value>) = (x.items.iter().copied().collect(), y.items.iter().copied().collect());
    if matches!(operator, EQ | NE) && x.len() != y.len() {
        return Ok(Value::from(operator == NE));
    }
    let lengths = x.len().cmp(&y.len());
    for (x, y) in x.into_iter().zip(y) {
        vm.tick(1)?;
        if !vm.identical_or_equal(x, y)? {
            let result = vm.compare(operator, x, y)?;
            return Ok(Value::from(vm.truth(result)?));
        }
    }
    vm.compare(operator, Value::Int(lengths as i64), Value::Int(0))
}

fn iterate(vm: &mut Vm, a: Args<'_>, reversed: bool) -> Res<Value> {
    let payload = vm.payload(a[0]);
    let object = deque(vm, a);
    let (left, changes) = (object.items.len(), object.changes);
    let iterator = DequeIterator {
        deque: payload,
        at: 0,
        left,
        changes,
        reversed,
    };
    let module = vm.import_by_name("collections")?;
    let name = vm.heap.intern(if reversed {
        "_deque_reverse_iterator"
    } else {
        "_deque_iterator"
    });
    let class = match vm.get_attribute(Value::Module(module), name)? {
        Value::Class(class) => class,
        _ => OBJECT,
    };
    Ok(Value::Opaque(vm.heap.new_opaque(class, Box::new(iterator), Some(next))))
}

fn next(vm: &mut Vm, id: OpaqueId) -> Res<Option<Value>> {
    let Some(iterator) = vm.heap.native_mut::<DequeIterator>(id) else {
        return Ok(None);
    };
    let (deque, at, changes, reversed) = (iterator.deque, iterator.at, iterator.changes, iterator.reversed);
    let left = iterator.left;
    let object: &Deque = data(vm, deque);
    // Seen also by an iterator that is at its end.
    if object.changes != changes {
        return Err(vm.runtime_error("deque mutated during iteration"));
    }
    if left == 0 {
        return Ok(None);
    }
    let item = object.items[if reversed { object.items.len() - 1 - at } else { at }];
    let iterator = vm.heap.native_mut::<DequeIterator>(id).expect("just seen");
    iterator.at += 1;
    iterator.left -= 1;
    Ok(Some(item))
}

pub fn make_iterator_class(vm: &mut Vm, name: &str) -> Res<Value> {
    Ok(Value::Class(vm.define_class(
        name,
        "_collections",
        OBJECT,
        &[ITERATOR, NEXT],
    )))
}

const METHODS: &[NativeDefinition] = &[
    native("__new__", Arity::Any, |vm, a| {
        let class = class_argument(a);
        Ok(Value::Opaque(vm.heap.new_opaque(
            class,
            Box::new(Deque::default()),
            None,
        )))
    }),
    native("__init__", Arity::Any, |vm, a| {
        let plain = &a.plain()[1..];
        if plain.len() > 2 {
            let message = format!("deque() takes at most 2 arguments ({} given)", a.len() - 1);
            return Err(vm.type_error(message));
        }
        let (mut iterable, mut most) = (plain.first().copied(), plain.get(1).copied());
        for (keyword, value) in a.keywords() {
            match vm.heap.text(keyword) {
                "iterable" => iterable = Some(value),
                "maxlen" => most = Some(value),
                other => {
                    let message = format!("'{other}' is an invalid keyword argument for deque()");
                    return Err(vm.type_error(message));
                }
            }
        }
        let most = match most.filter(|most| !most.is_none()) {
            None => None,
            Some(value) => {
                if !matches!(vm.payload(value), Value::Int(_) | Value::Bool(_) | Value::BigInt(_)) {
                    return Err(vm.type_error("an integer is required"));
                }
                let most = vm.to_i64(value)?;
                if most < 0 {
                    return Err(vm.value_error("maxlen must be non-negative"));
                }
                Some(most as usize)
            }
        };
        let object = changed(vm, a);
        object.items.clear();
        object.most = most;
        if let Some(iterable) = iterable {
            extend(vm, a[0], iterable, false)?;
        }
        Ok(Value::None)
    }),
    native("append", Arity::One, |vm, a| {
        push(vm, a[0], a[1], false);
        Ok(Value::None)
    }),
    native("appendleft", Arity::One, |vm, a| {
        push(vm, a[0], a[1], true);
        Ok(Value::None)
    }),
    native("pop", Arity::None, |vm, a| match changed(vm, a).items.pop_back() {
        Some(item) => Ok(item),
        None => Err(vm.index_error("pop from an empty deque")),
    }),
    native("popleft", Arity::None, |vm, a| match changed(vm, a).items.pop_front() {
        Some(item) => Ok(item),
        None => Err(vm.index_error("pop from an empty deque")),
    }),
    native("extend", Arity::One, |vm, a| {
        extend(vm, a[0], a[1], false)?;
        Ok(Value::None)
    }),
    native("extendleft", Arity::One, |vm, a| {
        extend(vm, a[0], a[1], true)?;
        Ok(Value::None)
    }),
    native("clear", Arity::None, |vm, a| {
        changed(vm, a).items.clear();
        Ok(Value::None)
    }),
    native("copy", Arity::None, copy),
    native("__copy__", Arity::None, copy),
    native("count", Arity::One, |vm, a| {
        let (mut from, mut count) = (0, 0);
        let changes = deque(vm, a).changes;
        while let Some(at) = position(vm, a, a[1], from, usize::MAX)? {
            if deque(vm, a).changes != changes {
                return Err(vm.runtime_error("deque mutated during iteration"));
            }
            count += 1;
            from = at + 1;
        }
        Ok(Value::Int(count))
    }),
    native("index", Arity::Between(1, 3), |vm, a| {
        let length = deque(vm, a).items.len() as i64;
        let bound = |vm: &mut Vm, value: Option<Value>, default: i64| -> Res<usize> {
            let Some(value) = value else {
                return Ok(default as usize);
            };
            let at = vm.to_i64_clamped(value)?;
            Ok(if at < 0 {
                at.saturating_add(length).max(0)
            } else {
                at.min(length)
            } as usize)
        };
        let start = bound(vm, a.get(2), 0)?;
        let stop = bound(vm, a.get(3), length)?;
        match position(vm, a, a[1], start, stop)? {
            Some(at) => Ok(Value::Int(at as i64)),
            None => {
                let message = format!("{} is not in deque", vm.repr_string(a[1])?);
                Err(vm.value_error(message))
            }
        }
    }),
    native("insert", Arity::Between(2, 2), |vm, a| {
        let at = vm.to_i64_clamped(a[1])?;
        let object = deque(vm, a);
        let length = object.items.len() as i64;
        if object.most == Some(length as usize) {
            return Err(vm.index_error("deque already at its maximum size"));
        }
        let at = if at < 0 {
            at.saturating_add(length).max(0)
        } else {
            at.min(length)
        };
        changed(vm, a).items.insert(at as usize, a[2]);
        vm.heap.allocated += size_of::<Value>();
        Ok(Value::None)
    }),
    native("remove", Arity::One, |vm, a| {
        let changes = deque(vm, a).changes;
        let found = position(vm, a, a[1], 0, usize::MAX);
        if deque(vm, a).changes != changes {
            return Err(vm.index_error("deque mutated during iteration"));
        }
        match found? {
            Some(at) => {
                changed(vm, a).items.remove(at);
                Ok(Value::None)
            }
            None => {
                let message = format!("{} is not in deque", vm.repr_string(a[1])?);
                Err(vm.value_error(message))
            }
        }
    }),
    native("reverse", Arity::None, |vm, a| {
        changed(vm, a).items.make_contiguous().reverse();
        Ok(Value::None)
    }),
    native("rotate", Arity::Between(0, 1), |vm, a| {
        let count = a.get(1).map_or(Ok(1), |count| vm.to_i64(count))?;
        rotate(&mut changed(vm, a).items, count);
        Ok(Value::None)
    }),
    native("__len__", Arity::None, |vm, a| {
        Ok(Value::Int(deque(vm, a).items.len() as i64))
    }),
    native("__bool__", Arity::None, |vm, a| {
        Ok(Value::from(!deque(vm, a).items.is_empty()))
    }),
    native("__iter__", Arity::None, |vm, a| iterate(vm, a, false)),
    native("__reversed__", Arity::None, |vm, a| iterate(vm, a, true)),
    native("__contains__", Arity::One, |vm, a| {
        Ok(Value::from(position(vm, a, a[1], 0, usize::MAX)?.is_some()))
    }),
    native("__getitem__", Arity::One, |vm, a| {
        let at = index(vm, a)?;
        Ok(deque(vm, a).items[at])
    }),
    native("__setitem__", Arity::Between(2, 2), |vm, a| {
        let at = index(vm, a)?;
        data_mut::<Deque>(vm, a[0]).items[at] = a[2];
        Ok(Value::None)
    }),
    native("__delitem__", Arity::One, |vm, a| {
        let at = index(vm, a)?;
        changed(vm, a).items.remove(at);
        Ok(Value::None)
    }),
    native("__add__", Arity::One, |vm, a| {
        let Some(other) = as_deque(vm, a[1]) else {
            let message = format!("can only concatenate deque (not \"{}\") to deque", vm.type_name(a[1]));
            return Err(vm.type_error(message));
        };
        let object = deque(vm, a);
        let most = object.most;
        let mut items = object.items.clone();
        items.extend(other.items.iter().copied());
        while most.is_some_and(|most| items.len() > most) {
            items.pop_front();
        }
        make(vm, a[0], items, most)
    }),
    native("__iadd__", Arity::One, |vm, a| {
        extend(vm, a[0], a[1], false)?;
        Ok(a[0])
    }),
    native("__mul__", Arity::One, multiply),
    native("__rmul__", Arity::One, multiply),
    native("__imul__", Arity::One, |vm, a| {
        let items = repeated(vm, a)?;
        vm.heap.allocated += items.len() * size_of::<Value>();
        changed(vm, a).items = items;
        Ok(a[0])
    }),
    native("__repr__", Arity::None, |vm, a| {
        let name = vm.type_name(a[0]).rsplit('.').next().unwrap_or_default().to_owned();
        let payload = vm.payload(a[0]);
        if vm.repr_stack.iter().any(|open| open.is(payload)) {
            return Ok(vm.new_str("[...]"));
        }
        let object = deque(vm, a);
        let most = object.most;
        let items = object.items.iter().copied().collect();
        let list = vm.heap.new_list(items);
        vm.repr_stack.push(payload);
        let text = vm.repr_string(list);
        vm.repr_stack.pop();
        let text = text?;
        Ok(vm.new_string(match most {
            Some(most) => format!("{name}({text}, maxlen={most})"),
            None => format!("{name}({text})"),
        }))
    }),
    native("__eq__", Arity::One, |vm, a| compare(vm, a, EQ)),
    native("__ne__", Arity::One, |vm, a| compare(vm, a, NE)),
    native("__lt__", Arity::One, |vm, a| compare(vm, a, LT)),
    native("__le__", Arity::One, |vm, a| compare(vm, a, LE)),
    native("__gt__", Arity::One, |vm, a| compare(vm, a, GT)),
    native("__ge__", Arity::One, |vm, a| compare(vm, a, GE)),
];

fn copy(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let object = deque(vm, a);
    let (items, most) = (object.items.clone(), object.most);
    make(vm, a[0], items, most)
}

fn multiply(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    if vm.class_attribute(vm.class_of(a[1]), names::INDEX).is_none() {
        let message = format!("can't multiply sequence by non-int of type '{}'", vm.type_name(a[1]));
        return Err(vm.type_error(message));
    }
    let items = repeated(vm, a)?;
    let most = deque(vm, a).most;
    make(vm, a[0], items, most)
}

pub fn make_class(vm: &mut Vm) -> Res<Value> {
    let getters = [native("maxlen", Arity::One, |vm, a| {
        Ok(data::<Deque>(vm, a[0])
            .most
            .map_or(Value::None, |most| Value::Int(most as i64)))
    })];
    let class = lazy::class(vm, "deque", "collections", METHODS, &getters);
    lazy::forbid_hash(vm, class);
    Ok(Value::Class(class))
}
