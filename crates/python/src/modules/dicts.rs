//! `collections.defaultdict` and `collections.OrderedDict`: classes derived from `dict`.

use super::lazy::{self, class_argument};
use crate::heap::DictPart;
use crate::heap::dict::Dict;
use crate::value::*;
use crate::vm::descriptors::Member;
use crate::vm::native::{Args, Arity, NativeDefinition, named, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

fn dict_of(vm: &Vm, value: Value) -> Option<DictId> {
    match vm.payload(value) {
        Value::Dict(dict) => Some(dict),
        _ => None,
    }
}

fn this(vm: &Vm, a: Args<'_>) -> DictId {
    dict_of(vm, a[0]).expect("checked with the receiver")
}

/// An instance of a class derived from `dict`.
fn new_instance(vm: &mut Vm, class: ClassId, dict: Dict) -> InstanceId {
    let dict = vm.heap.add_dict(dict);
    vm.heap.new_instance(class, Value::Dict(dict))
}

const NEW: NativeDefinition = native("__new__", Arity::Any, |vm, a| {
    let class = class_argument(a);
    Ok(Value::Instance(new_instance(vm, class, Dict::default())))
});

fn short_name(vm: &Vm, value: Value) -> String {
    vm.class_name(vm.class_of(value)).to_owned()
}

/// `|` and `|=` of dicts: the operand's entries over a copy's.
fn merge(vm: &mut Vm, target: Value, other: Value) -> Res<Value> {
    let dict = dict_of(vm, target).expect("a dict");
    vm.dict_update(dict, other)?;
    Ok(target)
}

fn merge_in_place(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    merge(vm, a[0], a[1])
}

// defaultdict

fn set_factory(vm: &mut Vm, object: Value, factory: Value) {
    let Value::Instance(id) = object else { return };
    let slots = match vm.heap[id].slots {
        Some(slots) => slots,
        None => {
            let slots = vm.heap.new_dict();
            vm.heap[id].slots = Some(slots);
            slots
        }
    };
    let name = vm.heap.intern("default_factory");
    vm.heap.set_name(slots, name, factory);
}

fn factory(vm: &mut Vm, object: Value) -> Value {
    let name = vm.heap.intern("default_factory");
    match object {
        Value::Instance(id) => vm.heap[id]
            .slots
            .and_then(|slots| vm.heap.get_name(slots, name))
            .unwrap_or(Value::None),
        _ => Value::None,
    }
}

/// A copy of the same class with the same factory.
fn copy_default(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let class = vm.class_of(a[0]);
    let factory = factory(vm, a[0]);
    if vm.heap[class].builtin {
        let copy = vm.heap[this(vm, a)].clone();
        let copy = Value::Instance(new_instance(vm, class, copy));
        set_factory(vm, copy, factory);
        return Ok(copy);
    }
    vm.call(Value::Class(class), &[factory, a[0]])
}

const DEFAULT_DICT: &[NativeDefinition] = &[
    NEW,
    native("__init__", Arity::Any, |vm, a| {
        let first = a.plain().get(1).copied();
        let factory = first.unwrap_or(Value::None);
        if !factory.is_none() && !vm.is_callable(factory) {
            return Err(vm.type_error("first argument must be callable or None"));
        }
        set_factory(vm, a[0], factory);
        let dict = this(vm, a);
        let skipped = 1 + usize::from(first.is_some());
        vm.fill_dict(
            dict,
            Args {
                values: &a.values[skipped..],
                names: a.names,
            },
        )?;
        Ok(Value::None)
    }),
    native("__missing__", Arity::One, |vm, a| {
        let factory = factory(vm, a[0]);
        let value = match factory {
            Value::None => return Err(vm.key_error(a[1])),
            Value::Class(INT) => Value::Int(0),
            Value::Class(LIST) => vm.heap.new_list(Vec::new()),
            _ => vm.call(factory, &[])?,
        };
        match a[0] {
            Value::Instance(id) if vm.heap[vm.heap[id].class].builtin => {
                let dict = this(vm, a);
                vm.dict_set(dict, a[1], value)?;
            }
            _ => vm.set_item(a[0], a[1], value)?,
        }
        Ok(value)
    }),
    native("__repr__", Arity::None, |vm, a| {
        let (name, factory) = (short_name(vm, a[0]), factory(vm, a[0]));
        let text = if factory.is_none() {
            "None".to_owned()
        } else if vm.repr_stack.iter().any(|open| open.is(factory)) {
            "...".to_owned()
        } else {
            vm.repr_stack.push(factory);
            let text = vm.repr_string(factory);
            vm.repr_stack.pop();
            text?
        };
        let dict = Value::Dict(this(vm, a));
        let items = vm.repr_string(dict)?;
        Ok(vm.new_string(format!("{name}({text}, {items})")))
    }),
    native("copy", Arity::None, copy_default),
    native("__copy__", Arity::None, copy_default),
    native("__or__", Arity::One, |vm, a| {
        if dict_of(vm, a[0]).is_none() || dict_of(vm, a[1]).is_none() {
            return Ok(Value::NotImplemented);
        }
        let copy = copy_default(vm, a)?;
        merge(vm, copy, a[1])
    }),
    native("__ror__", Arity::One, |vm, a| {
        let (Some(_), Some(other)) = (dict_of(vm, a[0]), dict_of(vm, a[1])) else {
            return Ok(Value::NotImplemented);
        };
        let class = vm.class_of(a[0]);
        let factory = factory(vm, a[0]);
        let result = vm.call(Value::Class(class), &[factory, Value::Dict(other)])?;
        merge(vm, result, a[0])
    }),
    native("__ior__", Arity::One, merge_in_place),
];

pub fn make_default_dict(vm: &mut Vm) -> Res<Value> {
    let class = vm.define_class("defaultdict", "collections", DICT, DEFAULT_DICT);
    let name = vm.heap.intern("default_factory");
    let member = vm
        .heap
        .new_opaque(MEMBER_DESCRIPTOR, Box::new(Member { name, class }), None);
    let dict = vm.heap[class].dict;
    vm.heap.set_name(dict, name, Value::Opaque(member));
    Ok(Value::Class(class))
}

// OrderedDict

fn copy_ordered(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let class = vm.class_of(a[0]);
    if vm.heap[class].builtin {
        let copy = vm.heap[this(vm, a)].clone();
        return Ok(Value::Instance(new_instance(vm, class, copy)));
    }
    let copy = vm.call(Value::Class(class), &[])?;
    for (key, value) in vm.heap[this(vm, a)].iter().collect::<Vec<_>>() {
        vm.set_item(copy, key, value)?;
    }
    Ok(copy)
}

/// Whether a value is an `OrderedDict`.
pub fn is_ordered(vm: &Vm, value: Value) -> bool {
    let class = vm.class_of(value);
    vm.heap[class]
        .mro
        .iter()
        .any(|&base| vm.heap[base].builtin && vm.class_name(base) == "OrderedDict")
}

/// Equality; of two ordered dicts, in order.
fn equal(vm: &mut Vm, a: Args<'_>) -> Res<Option<bool>> {
    let (Some(x), Some(y)) = (dict_of(vm, a[0]), dict_of(vm, a[1])) else {
        return Ok(None);
    };
    let same = vm.compare_builtin(crate::vm::compare::EQ, Value::Dict(x), Value::Dict(y))?;
    if same != Some(true) || !is_ordered(vm, a[1]) {
        return Ok(same);
    }
    let keys = |vm: &Vm, dict: DictId| vm.heap[dict].iter().map(|(key, _)| key).collect::<Vec<_>>();
    for (x, y) in keys(vm, x).into_iter().zip(keys(vm, y)) {
        if !vm.identical_or_equal(x, y)? {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

/// The error of a key that is handed on as it is: nothing or several become its arguments, an error of its own kind stands for itself.
fn missing_key(vm: &mut Vm, key: Value) -> Stop {
    match key {
        Value::None => vm.raise_with(KEY_ERROR, &[]),
        Value::Tuple(items) => {
            let arguments = vm.heap[items].items.to_vec();
            vm.raise_with(KEY_ERROR, &arguments)
        }
        Value::Exception(exception) if vm.is_instance(key, KEY_ERROR) => Stop::Raise(exception),
        key => vm.key_error(key),
    }
}

/// `OrderedDict.update`: a mapping or pairs, then keywords, each set as an item of the object.
fn update_ordered(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let object = a[0];
    if let Some(&other) = a.plain().get(1) {
        let pairs = match vm.payload(other) {
            Value::Dict(dict) if !vm.overrides_iteration(other) => {
                let entries: Vec<(Value, Value)> = vm.heap[dict].iter().collect();
                Some(entries)
            }
            _ => match vm.try_attribute(other, names::KEYS)? {
                None => None,
                Some(_) => Some(vm.mapping_pairs(other)?),
            },
        };
        match pairs {
            Some(pairs) => {
                for (key, value) in pairs {
                    vm.set_item(object, key, value)?;
                }
            }
            None => {
                let iterator = vm.iterator(other)?;
                while let Some(pair) = vm.next(iterator)? {
                    let (key, value) = pair_of(vm, pair)?;
                    vm.set_item(object, key, value)?;
                }
            }
        }
    }
    for (keyword, value) in a.keywords() {
        let keyword = Value::Str(vm.heap.intern_str(keyword));
        vm.set_item(object, keyword, value)?;
    }
    Ok(Value::None)
}

fn pair_of(vm: &mut Vm, pair: Value) -> Res<(Value, Value)> {
    let items = vm.iterator(pair)?;
    let Some(key) = vm.next(items)? else {
        return Err(vm.value_error("need more than 0 values to unpack"));
    };
    let Some(value) = vm.next(items)? else {
        return Err(vm.value_error("need more than 1 value to unpack"));
    };
    match vm.next(items)? {
        None => Ok((key, value)),
        Some(_) => Err(vm.value_error("too many values to unpack (expected 2)")),
    }
}

const ORDERED_DICT: &[NativeDefinition] = &[
    NEW,
    native("__init__", Arity::Any, |vm, a| {
        let plain = a.plain().len() - 1;
        if plain > 1 {
            return Err(vm.type_error(format!("expected at most 1 arguments, got {plain}")));
        }
        update_ordered(vm, a)
    }),
    native("update", Arity::Any, |vm, a| {
        let plain = a.plain().len() - 1;
        if plain > 1 {
            let message = format!("update() takes at most 1 positional argument ({plain} given)");
            return Err(vm.type_error(message));
        }
        update_ordered(vm, a)
    }),
    native("pop", named(&["key", "default"], 1), |vm, a| {
        let dict = this(vm, a);
        match (vm.dict_remove(dict, a[1])?, a.get(2)) {
            (Some(value), _) | (None, Some(value)) => Ok(value),
            (None, None) => Err(missing_key(vm, a[1])),
        }
    }),
    native(
        "move_to_end",
        Arity::Named {
            parameters: &["key", "last"],
            required: 1,
            positional_only: 0,
            keyword_only: 2,
        },
        |vm, a| {
            let last = a.get(2).map_or(Ok(true), |last| vm.truth(last))?;
            let dict = this(vm, a);
            let found = match vm.heap[dict].len() {
                0 => None,
                _ => vm.dict_find(dict, a[1])?.ok(),
            };
            match (found, a[1]) {
                (Some(position), _) => {
                    vm.heap[dict].move_entry(position, last);
                    Ok(Value::None)
                }
                (None, key) => Err(missing_key(vm, key)),
            }
        },
    ),
    native(
        "popitem",
        Arity::Named {
            parameters: &["last"],
            required: 0,
            positional_only: 0,
            keyword_only: 1,
        },
        |vm, a| {
            let last = a.get(1).map_or(Ok(true), |last| vm.truth(last))?;
            let dict = this(vm, a);
            let table = &vm.heap[dict];
            let position = if last {
                table.previous_live(usize::MAX)
            } else {
                table.next_live(0)
            };
            match position {
                Some(position) => {
                    let entry = vm.heap[dict].remove(position);
                    Ok(vm.heap.new_tuple(&[entry.key, entry.value]))
                }
                None => {
                    let text = vm.new_str("dictionary is empty");
                    Err(vm.key_error(text))
                }
            }
        },
    ),
    native("__iter__", Arity::None, |vm, a| {
        let dict = this(vm, a);
        let iterator = vm.dict_iterator_of(a[0], dict, DictPart::Keys);
        Ok(vm.heap.new_iterator(iterator))
    }),
    native("copy", Arity::None, copy_ordered),
    native("__copy__", Arity::None, copy_ordered),
    native("__eq__", Arity::One, |vm, a| {
        Ok(equal(vm, a)?.map_or(Value::NotImplemented, Value::from))
    }),
    native("__ne__", Arity::One, |vm, a| {
        Ok(equal(vm, a)?.map_or(Value::NotImplemented, |equal| Value::from(!equal)))
    }),
    native("__repr__", Arity::None, |vm, a| {
        let name = short_name(vm, a[0]);
        let dict = this(vm, a);
        let inner = Value::Dict(dict);
        if vm.heap[dict].len() == 0 {
            return Ok(vm.new_string(format!("{name}()")));
        }
        if vm.repr_stack.iter().any(|open| open.is(inner)) {
            return Ok(vm.new_str("..."));
        }
        let items: Vec<(Value, Value)> = vm.heap[dict].iter().collect();
        let items = items
            .into_iter()
            .map(|(key, value)| vm.heap.new_tuple(&[key, value]))
            .collect();
        let list = vm.heap.new_list(items);
        vm.repr_stack.push(inner);
        let text = vm.repr_string(list);
        vm.repr_stack.pop();
        let text = text?;
        Ok(vm.new_string(format!("{name}({text})")))
    }),
    native("__or__", Arity::One, |vm, a| {
        if dict_of(vm, a[1]).is_none() {
            return Ok(Value::NotImplemented);
        }
        let class = vm.class_of(a[0]);
        let result = vm.call(Value::Class(class), &[a[0]])?;
        merge(vm, result, a[1])
    }),
    native("__ror__", Arity::One, |vm, a| {
        if dict_of(vm, a[1]).is_none() {
            return Ok(Value::NotImplemented);
        }
        let class = vm.class_of(a[0]);
        let result = vm.call(Value::Class(class), &[a[1]])?;
        merge(vm, result, a[0])
    }),
    native("__ior__", Arity::One, merge_in_place),
];

pub fn make_ordered_dict(vm: &mut Vm) -> Res<Value> {
    let class = vm.define_class("OrderedDict", "collections", DICT, ORDERED_DICT);
    vm.heap[class].has_dict = true;
    lazy::forbid_hash(vm, class);
    Ok(Value::Class(class))
}

/// `_count_elements(mapping, iterable)`: adds one to the count of each item.
pub fn count_elements(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let class = vm.class_of(a[0]);
    let own = |vm: &mut Vm, name| matches!(vm.class_attribute(class, name), Some(Value::Native(_)));
    let get = vm.heap.intern("get");
    let direct = dict_of(vm, a[0]).filter(|_| own(vm, get) && own(vm, names::SETITEM));
    let iterator = vm.iterator(a[1])?;
    while let Some(item) = vm.next(iterator)? {
        vm.tick(1)?;
        match direct {
            Some(dict) => {
                let hash = vm.hash(item)?;
                let count = match vm.dict_find_hashed(dict, item, hash)? {
                    Ok(position) => {
                        let count = vm.heap[dict].entry(position).value;
                        vm.binary_operation(0, count, Value::Int(1))?
                    }
                    Err(_) => Value::Int(1),
                };
                // Found anew: the comparisons may be the program's.
                match vm.dict_find_hashed(dict, item, hash)? {
                    Ok(position) => vm.heap[dict].set_value(position, count),
                    Err(hash) => vm.heap.dict_insert_new(dict, hash, item, count),
                }
            }
            None => {
                let count = vm.call_method(a[0], get, &[item, Value::Int(0)])?;
                let count = vm.binary_operation(0, count, Value::Int(1))?;
                vm.set_item(a[0], item, count)?;
            }
        }
    }
    Ok(Value::None)
}
