//! Methods of `list` and `tuple`.

use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;

fn this(vm: &Vm, a: Args<'_>) -> ListId {
    match vm.payload(a[0]) {
        Value::List(list) => list,
        _ => unreachable!("checked with the receiver"),
    }
}

const METHODS: &[NativeDefinition] = &[
    native("append", Arity::One, |vm, a| {
        let list = this(vm, a);
        vm.heap.push(list, a[1]);
        Ok(Value::None)
    }),
    native("extend", Arity::One, |vm, a| {
        let list = this(vm, a);
        vm.list_extend(list, a[1])?;
        Ok(Value::None)
    }),
    native("insert", Arity::Between(2, 2), |vm, a| {
        let index = vm.to_i64(a[1])?;
        let list = this(vm, a);
        let length = vm.heap[list].items.len() as i64;
        let at = if index < 0 {
            index.saturating_add(length).max(0)
        } else {
            index.min(length)
        };
        vm.heap.allocated += 16;
        vm.heap[list].items.insert(at as usize, a[2]);
        Ok(Value::None)
    }),
    native("pop", Arity::Between(0, 1), |vm, a| {
        let list = this(vm, a);
        let length = vm.heap[list].items.len() as i64;
        let index = match a.get(1) {
            None => -1,
            Some(index) => vm.to_i64(index)?,
        };
        if length == 0 {
            return Err(vm.index_error("pop from empty list"));
        }
        let at = if index < 0 { index + length } else { index };
        if !(0..length).contains(&at) {
            return Err(vm.index_error("pop index out of range"));
        }
        Ok(vm.heap[list].items.remove(at as usize))
    }),
    native("remove", Arity::One, |vm, a| {
        let list = this(vm, a);
        match position(vm, a[0], a[1], 0, usize::MAX)? {
            Some(at) => {
                if at < vm.heap[list].items.len() {
                    vm.heap[list].items.remove(at);
                }
                Ok(Value::None)
            }
            None => Err(vm.value_error("list.remove(x): x not in list")),
        }
    }),
    native("clear", Arity::None, |vm, a| {
        let list = this(vm, a);
        vm.heap[list].items.clear();
        Ok(Value::None)
    }),
    native("copy", Arity::None, |vm, a| {
        let items = vm.heap[this(vm, a)].items.clone();
        Ok(vm.heap.new_list(items))
    }),
    native("reverse", Arity::None, |vm, a| {
        let list = this(vm, a);
        vm.heap[list].items.reverse();
        Ok(Value::None)
    }),
    native("index", Arity::Between(1, 3), index),
    native("count", Arity::One, count),
    native("sort", Arity::Any, super::sort::sort_list),
];

const TUPLE_METHODS: &[NativeDefinition] = &[
    native("index", Arity::Between(1, 3), index),
    native("count", Arity::One, count),
];

fn items_len(vm: &Vm, sequence: Value) -> usize {
    match sequence {
        Value::List(list) => vm.heap[list].items.len(),
        Value::Tuple(tuple) => vm.heap[tuple].items.len(),
        _ => 0,
    }
}

fn item(vm: &Vm, sequence: Value, at: usize) -> Value {
    match sequence {
        Value::List(list) => vm.heap[list].items[at],
        Value::Tuple(tuple) => vm.heap[tuple].items[at],
        _ => Value::None,
    }
}

fn position(vm: &mut Vm, sequence: Value, sought: Value, start: usize, end: usize) -> Res<Option<usize>> {
    let sequence = vm.payload(sequence);
    let mut at = start;
    while at < end.min(items_len(vm, sequence)) {
        if vm.identical_or_equal(item(vm, sequence, at), sought)? {
            return Ok(Some(at));
        }
        at += 1;
        if at & 63 == 0 {
            vm.tick(8)?;
        }
    }
    Ok(None)
}

fn index(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let sequence = vm.payload(a[0]);
    let length = items_len(vm, sequence) as i64;
    let mut bound = |index: usize, default: i64| -> Res<usize> {
        match a.get(index) {
            None => Ok(default.max(0) as usize),
            Some(value) => {
                let i = vm.search_bound(value)?;
                Ok(if i < 0 {
                    (i.saturating_add(length)).max(0) as usize
                } else {
                    i as usize
                })
            }
        }
    };
    let (start, end) = (bound(2, 0)?, bound(3, i64::MAX)?);
    match position(vm, a[0], a[1], start, end)? {
        Some(at) => Ok(Value::Int(at as i64)),
        None if matches!(sequence, Value::Tuple(_)) => Err(vm.value_error("tuple.index(x): x not in tuple")),
        None => {
            let shown = vm.repr_string(a[1])?;
            Err(vm.value_error(format!("{shown} is not in list")))
        }
    }
}

fn count(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let sequence = vm.payload(a[0]);
    let mut found = 0;
    let mut at = 0;
    while at < items_len(vm, sequence) {
        if vm.identical_or_equal(item(vm, sequence, at), a[1])? {
            found += 1;
        }
        at += 1;
        if at & 63 == 0 {
            vm.tick(8)?;
        }
    }
    Ok(Value::Int(found))
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(LIST, METHODS);
    vm.add_methods(TUPLE, TUPLE_METHODS);
}
