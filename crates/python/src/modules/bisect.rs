//! `_bisect`: places in sorted sequences, with CPython's comparisons in CPython's order.

use crate::value::*;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::{Vm, names};

const SEARCH: Arity = Arity::Named {
    parameters: &["a", "x", "lo", "hi", "key"],
    required: 2,
    positional_only: 0,
    keyword_only: 4,
};

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

fn search(vm: &mut Vm, a: Args<'_>, x: Value, side: Side) -> Res<usize> {
    let low = match a.get(2) {
        Some(low) => vm.to_i64(low)?,
        None => 0,
    };
    if low < 0 {
        return Err(vm.value_error("lo must be non-negative"));
    }
    let high = match a.get(3) {
        Some(high) if !high.is_none() => {
            let class = vm.class_of(high);
            if vm.class_attribute(class, names::INDEX).is_none() {
                let message = format!("argument should be integer or None, not '{}'", vm.type_name(high));
                return Err(vm.type_error(message));
            }
            vm.to_i64(high)?
        }
        _ => -1,
    };
    let high = match high {
        -1 if matches!(vm.payload(a[0]), Value::Dict(_)) => {
            let message = format!("{} is not a sequence", vm.type_name(a[0]));
            return Err(vm.type_error(message));
        }
        -1 => vm.length(a[0])?,
        high => usize::try_from(high).unwrap_or(0),
    };
    let key = a.get(4).filter(|key| !key.is_none());
    let mut low = low as usize;
    let mut high = high;
    vm.tick(usize::BITS - high.leading_zeros())?;
    while low < high {
        let middle = low + (high - low) / 2;
        let mut item = item(vm, a[0], middle)?;
        if let Some(key) = key {
            item = vm.call(key, &[item])?;
        }
        let (first, second) = match side {
            Side::Left => (item, x),
            Side::Right => (x, item),
        };
        let less = match (first, second) {
            (Value::Int(first), Value::Int(second)) => first < second,
            _ => vm.less(first, second)?,
        };
        if less == (side == Side::Left) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

fn item(vm: &mut Vm, sequence: Value, index: usize) -> Res<Value> {
    match sequence {
        Value::List(list) if index < vm.heap[list].items.len() => Ok(vm.heap[list].items[index]),
        Value::Dict(_) => {
            let message = format!("{} is not a sequence", vm.type_name(sequence));
            Err(vm.type_error(message))
        }
        _ => {
            let class = vm.class_of(sequence);
            if vm.class_attribute(class, names::GETITEM).is_none() {
                let message = format!("'{}' object does not support indexing", vm.type_name(sequence));
                return Err(vm.type_error(message));
            }
            vm.get_item(sequence, Value::Int(index as i64))
        }
    }
}

fn insert(vm: &mut Vm, a: Args<'_>, side: Side) -> Res<Value> {
    let x = match a.get(4).filter(|key| !key.is_none()) {
        Some(key) => vm.call(key, &[a[1]])?,
        None => a[1],
    };
    vm.extra_roots.push(x);
    let place = search(vm, a, x, side);
    vm.extra_roots.pop();
    let place = place?;
    match a[0] {
        Value::List(list) => {
            vm.heap.allocated += size_of::<Value>();
            let items = &mut vm.heap[list].items;
            items.insert(place.min(items.len()), a[1]);
        }
        sequence => {
            let insert = vm.heap.intern("insert");
            vm.call_method(sequence, insert, &[Value::Int(place as i64), a[1]])?;
        }
    }
    Ok(Value::None)
}

fn place(vm: &mut Vm, a: Args<'_>, side: Side) -> Res<Value> {
    search(vm, a, a[1], side).map(|place| Value::Int(place as i64))
}

const FUNCTIONS: &[NativeDefinition] = &[
    native("bisect_right", SEARCH, |vm, a| place(vm, a, Side::Right)),
    native("bisect_left", SEARCH, |vm, a| place(vm, a, Side::Left)),
    native("insort_right", SEARCH, |vm, a| insert(vm, a, Side::Right)),
    native("insort_left", SEARCH, |vm, a| insert(vm, a, Side::Left)),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    vm.add_functions(dict, "_bisect", FUNCTIONS);
    Ok(())
}
