//! Methods of `dict` and its views.

use crate::heap::objects::{DictPart, Iter};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;

fn this(vm: &Vm, a: Args<'_>) -> DictId {
    match vm.payload(a[0]) {
        Value::Dict(dict) => dict,
        _ => unreachable!("checked with the receiver"),
    }
}

fn view(vm: &mut Vm, a: Args<'_>, part: DictPart) -> Res<Value> {
    Ok(vm.heap.new_iterator(Iter::View { dict: a[0], part }))
}

const METHODS: &[NativeDefinition] = &[
    native("keys", Arity::None, |vm, a| view(vm, a, DictPart::Keys)),
    native("values", Arity::None, |vm, a| view(vm, a, DictPart::Values)),
    native("items", Arity::None, |vm, a| view(vm, a, DictPart::Items)),
    native("get", Arity::Between(1, 2), |vm, a| {
        let dict = this(vm, a);
        Ok(vm.dict_get(dict, a[1])?.unwrap_or(a.or(2, Value::None)))
    }),
    native("setdefault", Arity::Between(1, 2), |vm, a| {
        let dict = this(vm, a);
        let default = a.or(2, Value::None);
        match vm.dict_find(dict, a[1])? {
            Ok(position) => Ok(vm.heap[dict].entry(position).value),
            Err(hash) => {
                vm.heap.dict_insert_new(dict, hash, a[1], default);
                Ok(default)
            }
        }
    }),
    native("pop", Arity::Between(1, 2), |vm, a| {
        let dict = this(vm, a);
        if vm.heap[dict].len() == 0 {
            // The key is not even hashed.
            return match a.get(2) {
                Some(default) => Ok(default),
                None => Err(vm.key_error(a[1])),
            };
        }
        match (vm.dict_remove(dict, a[1])?, a.get(2)) {
            (Some(value), _) => Ok(value),
            (None, Some(default)) => Ok(default),
            (None, None) => Err(vm.key_error(a[1])),
        }
    }),
    native("popitem", Arity::None, |vm, a| {
        let dict = this(vm, a);
        match vm.heap[dict].previous_live(usize::MAX) {
            Some(position) => {
                let entry = vm.heap[dict].remove(position);
                Ok(vm.heap.new_tuple(&[entry.key, entry.value]))
            }
            None => {
                let text = vm.new_str("popitem(): dictionary is empty");
                Err(vm.key_error(text))
            }
        }
    }),
    native("clear", Arity::None, |vm, a| {
        let dict = this(vm, a);
        vm.heap[dict].clear();
        Ok(Value::None)
    }),
    native("copy", Arity::None, |vm, a| {
        let copy = vm.heap[this(vm, a)].clone();
        Ok(Value::Dict(vm.heap.add_dict(copy)))
    }),
    native("update", Arity::Any, |vm, a| {
        let dict = this(vm, a);
        if a.plain().len() > 2 {
            let message = format!("update expected at most 1 argument, got {}", a.plain().len() - 1);
            return Err(vm.type_error(message));
        }
        vm.fill_dict(
            dict,
            Args {
                values: &a.values[1..],
                names: a.names,
            },
        )?;
        Ok(Value::None)
    }),
];

fn from_keys(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let value = a.or(2, Value::None);
    let result = match a[0] {
        Value::Class(DICT) => Value::Dict(vm.heap.new_dict()),
        class => vm.call(class, &[])?,
    };
    if let Value::Dict(dict) = result
        && vm.heap[dict].end() == 0
    {
        // The hashes of another table's keys are known.
        let entries: Option<Vec<(Value, i64)>> = match a[1] {
            Value::Dict(source) => Some(vm.heap[source].live_entries().map(|e| (e.key, e.hash)).collect()),
            Value::Set(source) | Value::FrozenSet(source) => {
                vm.check_set_order(source)?;
                Some(vm.heap[source].iter().map(|e| (e.key, e.hash)).collect())
            }
            _ => None,
        };
        if let Some(entries) = entries {
            for (key, hash) in entries {
                vm.tick(1)?;
                if let Err(hash) = vm.dict_find_hashed(dict, key, hash)? {
                    vm.heap.dict_insert_new(dict, hash, key, value);
                }
            }
            return Ok(result);
        }
    }
    let iterator = vm.iterator(a[1])?;
    while let Some(item) = vm.next(iterator)? {
        vm.tick(1)?;
        if vm.heap.allocated > vm.heap.threshold {
            vm.reserve(1 << 17)?;
        }
        vm.set_item(result, item, value)?;
    }
    Ok(result)
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(DICT, METHODS);
    vm.add_class_methods(DICT, &[native("fromkeys", Arity::Between(1, 2), from_keys)]);
    for class in [DICT_KEYS, DICT_ITEMS] {
        vm.add_methods(
            class,
            &[native("isdisjoint", Arity::One, |vm, a| {
                let (mut within, mut items) = (a[0], a[1]);
                let sized =
                    vm.as_set(items).is_some() || vm.view_of(items).is_some_and(|view| view.1 != DictPart::Values);
                if sized && vm.length(items)? > vm.length(within)? {
                    (within, items) = (items, within);
                }
                let iterator = vm.iterator(items)?;
                while let Some(item) = vm.next(iterator)? {
                    vm.tick(1)?;
                    if vm.contains(within, item)? {
                        return Ok(Value::from(false));
                    }
                }
                Ok(Value::from(true))
            })],
        );
    }
}
