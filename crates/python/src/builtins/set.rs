//! Methods of `set` and `frozenset`.

use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;

fn this(vm: &Vm, a: Args<'_>) -> SetId {
    vm.as_set(a[0]).expect("checked with the receiver")
}

/// A result of the receiver's own kind.
fn like(vm: &Vm, a: Args<'_>, set: SetId) -> Value {
    match vm.payload(a[0]) {
        Value::FrozenSet(_) => Value::FrozenSet(set),
        _ => Value::Set(set),
    }
}

/// A set is looked for by its frozen value.
fn sought(vm: &Vm, value: Value) -> Value {
    match vm.payload(value) {
        Value::Set(set) => Value::FrozenSet(set),
        _ => value,
    }
}

const COMMON: &[NativeDefinition] = &[
    native("copy", Arity::None, |vm, a| {
        let set = this(vm, a);
        let copy = vm.set_copy(set)?;
        Ok(like(vm, a, copy))
    }),
    native("union", Arity::Positional, |vm, a| {
        let set = this(vm, a);
        let result = vm.set_copy(set)?;
        for &other in &a.values[1..] {
            if vm.as_set(other) == Some(set) {
                continue;
            }
            vm.set_update(result, other)?;
        }
        Ok(like(vm, a, result))
    }),
    native("intersection", Arity::Positional, |vm, a| {
        let mut result = this(vm, a);
        if a.len() == 1 {
            result = vm.set_copy(result)?;
        }
        for &other in &a.values[1..] {
            result = vm.set_intersection(result, other)?;
        }
        Ok(like(vm, a, result))
    }),
    native("difference", Arity::Positional, |vm, a| {
        let set = this(vm, a);
        let result = match a.values.get(1) {
            None => vm.set_copy(set)?,
            Some(&other) => vm.set_difference(set, other)?,
        };
        for &other in a.values.iter().skip(2) {
            vm.set_difference_update(result, other)?;
        }
        Ok(like(vm, a, result))
    }),
    native("symmetric_difference", Arity::One, |vm, a| {
        let result = vm.set_from(a[1])?;
        vm.set_symmetric_update(result, a[0])?;
        Ok(like(vm, a, result))
    }),
    native("isdisjoint", Arity::One, |vm, a| {
        let set = this(vm, a);
        Ok(Value::from(vm.set_is_disjoint(set, a[1])?))
    }),
    native("issubset", Arity::One, |vm, a| {
        let other = match vm.as_set(a[1]) {
            Some(other) => other,
            None => vm.set_from(a[1])?,
        };
        let set = this(vm, a);
        Ok(Value::from(vm.set_is_subset(set, other)?))
    }),
    native("issuperset", Arity::One, |vm, a| {
        let set = this(vm, a);
        if let Some(other) = vm.as_set(a[1]) {
            return Ok(Value::from(vm.set_is_subset(other, set)?));
        }
        let iterator = vm.iterator(a[1])?;
        while let Some(item) = vm.next(iterator)? {
            vm.tick(1)?;
            if !vm.contains(a[0], item)? {
                return Ok(Value::from(false));
            }
        }
        Ok(Value::from(true))
    }),
];

const MUTATING: &[NativeDefinition] = &[
    native("add", Arity::One, |vm, a| {
        let set = this(vm, a);
        vm.set_add(set, a[1])?;
        Ok(Value::None)
    }),
    native("discard", Arity::One, |vm, a| {
        let set = this(vm, a);
        let sought = sought(vm, a[1]);
        let (hash, _) = vm.hash_element(sought)?;
        vm.set_discard_hashed(set, sought, hash)?;
        Ok(Value::None)
    }),
    native("remove", Arity::One, |vm, a| {
        let set = this(vm, a);
        let sought = sought(vm, a[1]);
        let (hash, _) = vm.hash_element(sought)?;
        if vm.set_discard_hashed(set, sought, hash)? {
            Ok(Value::None)
        } else {
            Err(vm.key_error(a[1]))
        }
    }),
    native("pop", Arity::None, |vm, a| {
        let set = this(vm, a);
        vm.check_set_order(set)?;
        match vm.heap[set].pop() {
            Some(value) => Ok(value),
            None => {
                let text = vm.new_str("pop from an empty set");
                Err(vm.key_error(text))
            }
        }
    }),
    native("clear", Arity::None, |vm, a| {
        let set = this(vm, a);
        vm.heap[set].clear();
        Ok(Value::None)
    }),
    native("update", Arity::Positional, |vm, a| {
        let set = this(vm, a);
        for &other in &a.values[1..] {
            vm.set_update(set, other)?;
        }
        Ok(Value::None)
    }),
    native("intersection_update", Arity::Positional, |vm, a| {
        let set = this(vm, a);
        let mut result = set;
        for &other in &a.values[1..] {
            result = vm.set_intersection(result, other)?;
        }
        if result != set {
            vm.heap[set] = std::mem::take(&mut vm.heap[result]);
        }
        Ok(Value::None)
    }),
    native("difference_update", Arity::Positional, |vm, a| {
        let set = this(vm, a);
        for &other in &a.values[1..] {
            vm.set_difference_update(set, other)?;
        }
        Ok(Value::None)
    }),
    native("symmetric_difference_update", Arity::One, |vm, a| {
        let set = this(vm, a);
        vm.set_symmetric_update(set, a[1])?;
        Ok(Value::None)
    }),
];

pub fn install(vm: &mut Vm) {
    vm.add_methods(SET, COMMON);
    vm.add_methods(FROZENSET, COMMON);
    vm.add_methods(SET, MUTATING);
}
