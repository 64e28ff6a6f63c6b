//! `functools`: `reduce`, `partial`, `lru_cache` and what wraps functions; the rest is in Python.

use super::lazy::{self, Member, class_argument, data, data_mut, function};
use super::named_tuple;
use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::compare::{EQ, GE, GT, LE, LT, NE};
use crate::vm::native::{Args, Arity, NativeDefinition, named, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

const MEMBERS: &[Member] = &[
    Member::Python("update_wrapper", "_functools_python"),
    Member::Python("wraps", "_functools_python"),
    Member::Make("WRAPPER_ASSIGNMENTS", |vm| Ok(texts(vm, ASSIGNED))),
    Member::Make("WRAPPER_UPDATES", |vm| Ok(texts(vm, &["__dict__"]))),
    Member::Python("total_ordering", "_functools_python"),
    function("cache", Arity::One, |vm, a| {
        let wrapper = new_cache(vm, a[0], None, false)?;
        finish_cache(vm, wrapper, a[0])
    }),
    function("cmp_to_key", named(&["mycmp"], 1), |vm, a| {
        new_key(vm, a[0], Value::Null)
    }),
    function("lru_cache", named(&["maxsize", "typed"], 0), lru_cache),
    function("reduce", Arity::Between(2, 3), reduce),
    Member::Make("partial", |vm| {
        let class = lazy::class(vm, "partial", "functools", PARTIAL, PARTIAL_PARTS);
        vm.heap[class].has_dict = true;
        Ok(Value::Class(class))
    }),
    Member::Python("partialmethod", "_functools_python"),
    Member::Python("singledispatch", "_functools_python"),
    Member::Python("singledispatchmethod", "_functools_python"),
    Member::Python("cached_property", "_functools_python"),
];

/// What is no part of `__all__`.
const HIDDEN: &[Member] = &[
    Member::Make("_lru_cache_wrapper", |vm| {
        let class = vm.define_class("_lru_cache_wrapper", "functools", OBJECT, CACHE);
        vm.heap[class].has_dict = true;
        Ok(Value::Class(class))
    }),
    Member::Make("_CacheInfo", |vm| {
        let fields = ["hits", "misses", "maxsize", "currsize"].map(|field| vm.heap.intern(field));
        let name = vm.heap.intern("CacheInfo");
        let module = vm.new_str("functools");
        Ok(Value::Class(named_tuple::define(vm, name, &fields, &[], module)?))
    }),
    Member::Make("KeyWrapper", |vm| {
        let class = lazy::class(
            vm,
            "KeyWrapper",
            "functools",
            KEY,
            &[native("obj", Arity::One, |vm, a| {
                Ok(data::<Key>(vm, a[0]).object.some().unwrap_or(Value::None))
            })],
        );
        lazy::forbid_hash(vm, class);
        Ok(Value::Class(class))
    }),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    lazy::fill(vm, dict, "functools", |vm, a| {
        let hidden = vm
            .str_id(a[0])
            .is_some_and(|id| matches!(vm.heap.text(id), "_lru_cache_wrapper" | "_CacheInfo" | "KeyWrapper"));
        lazy::member(vm, "functools", if hidden { HIDDEN } else { MEMBERS }, a)
    })
}

fn own_class(vm: &mut Vm, name: &str) -> Res<ClassId> {
    let module = vm.import_by_name("functools")?;
    let name = vm.heap.intern(name);
    match vm.get_attribute(Value::Module(module), name)? {
        Value::Class(class) => Ok(class),
        _ => Err(vm.unsupported("a changed functools module")),
    }
}

fn texts(vm: &mut Vm, texts: &[&str]) -> Value {
    let items: Vec<Value> = texts.iter().map(|text| Value::Str(vm.heap.intern(text))).collect();
    vm.heap.new_tuple(&items)
}

fn reduce(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let iterator = match vm.iterator(a[1]) {
        Err(stop) if vm.stop_is(stop, TYPE_ERROR) => {
            return Err(vm.type_error("reduce() arg 2 must support iteration"));
        }
        other => other?,
    };
    let mut result = match a.get(2) {
        Some(initial) => initial,
        None => match vm.next(iterator)? {
            Some(first) => first,
            None => return Err(vm.type_error("reduce() of empty iterable with no initial value")),
        },
    };
    while let Some(item) = vm.next(iterator)? {
        vm.tick(1)?;
        result = vm.call(a[0], &[result, item])?;
    }
    Ok(result)
}

// Wrapping.

const ASSIGNED: &[&str] = &["__module__", "__name__", "__qualname__", "__doc__", "__annotations__"];

/// `update_wrapper` for the wrappers made here.
fn update_wrapper(vm: &mut Vm, wrapper: Value, wrapped: Value) -> Res<Value> {
    for name in ASSIGNED {
        let name = vm.heap.intern(name);
        if let Some(value) = vm.try_attribute(wrapped, name)? {
            vm.set_attribute(wrapper, name, value)?;
        }
    }
    let target = vm.get_attribute(wrapper, names::DICT)?;
    if let Some(source) = vm.try_attribute(wrapped, names::DICT)? {
        let update = vm.heap.intern("update");
        vm.call_method(target, update, &[source])?;
    }
    vm.set_attribute(wrapper, names::WRAPPED, wrapped)?;
    Ok(wrapper)
}

// partial

#[derive(Clone, Copy)]
struct Partial {
    function: Value,
    args: Value,
    keywords: DictId,
}

impl NativeData for Partial {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        [self.function, self.args, Value::Dict(self.keywords)]
            .into_iter()
            .for_each(visit);
    }
}

fn tuple_items(vm: &Vm, value: Value) -> Vec<Value> {
    match value {
        Value::Tuple(tuple) => vm.heap[tuple].items.to_vec(),
        _ => Vec::new(),
    }
}

const PARTIAL: &[NativeDefinition] = &[
    native("__new__", Arity::Any, |vm, a| {
        let class = class_argument(a);
        let plain = a.plain();
        let Some(&function) = plain.get(1) else {
            return Err(vm.type_error("type 'partial' takes at least one argument"));
        };
        if !vm.is_callable(function) {
            return Err(vm.type_error("the first argument must be callable"));
        }
        // A partial of a partial becomes one.
        let inner = match function {
            Value::Opaque(id) if vm.heap[id].dict.is_none() => vm.heap.native::<Partial>(id).copied(),
            _ => None,
        };
        let keywords = vm.heap.new_dict();
        let mut args = Vec::new();
        if let Some(inner) = inner {
            args = tuple_items(vm, inner.args);
            vm.dict_update(keywords, Value::Dict(inner.keywords))?;
        }
        args.extend_from_slice(&plain[2..]);
        for (keyword, value) in a.keywords() {
            let keyword = vm.heap.intern_str(keyword);
            vm.heap.set_name(keywords, keyword, value);
        }
        let args = vm.heap.new_tuple(&args);
        let partial = Partial {
            function: inner.map_or(function, |inner| inner.function),
            args,
            keywords,
        };
        Ok(Value::Opaque(vm.heap.new_opaque(class, Box::new(partial), None)))
    }),
    native("__call__", Arity::Any, |vm, a| {
        let &Partial {
            function,
            args,
            keywords,
        } = data(vm, a[0]);
        let mut values = tuple_items(vm, args);
        values.extend_from_slice(&a.plain()[1..]);
        let mut given: Vec<(StrId, Value)> = Vec::new();
        for (key, value) in vm.heap[keywords].iter() {
            if let Value::Str(name) = key {
                given.push((name, value));
            }
        }
        for (keyword, value) in a.keywords() {
            let text = vm.heap.text(keyword);
            match given.iter_mut().find(|(name, _)| vm.heap.text(*name) == text) {
                Some(known) => known.1 = value,
                None => given.push((keyword, value)),
            }
        }
        let keyword_names: Vec<StrId> = given.iter().map(|(name, _)| *name).collect();
        values.extend(given.into_iter().map(|(_, value)| value));
        vm.call_with(function, &values, &keyword_names)
    }),
    native("__repr__", Arity::None, |vm, a| {
        let &Partial {
            function,
            args,
            keywords,
        } = data(vm, a[0]);
        let class = vm.class_of(a[0]);
        // A derived class gives its name alone.
        let mut out = match own_class(vm, "partial")? {
            partial if partial == class => "functools.partial".to_owned(),
            _ => vm.class_name(class).to_owned(),
        };
        let payload = vm.payload(a[0]);
        if vm.repr_stack.iter().any(|open| open.is(payload)) {
            return Ok(vm.new_str("..."));
        }
        vm.repr_stack.push(payload);
        let result = (|| {
            out.push('(');
            vm.repr_into(&mut out, function)?;
            for item in tuple_items(vm, args) {
                out.push_str(", ");
                vm.repr_into(&mut out, item)?;
            }
            for (key, value) in vm.heap[keywords].iter().collect::<Vec<_>>() {
                let key = vm.str_of(key)?;
                out.push_str(", ");
                out.push_str(vm.heap.text(key));
                out.push('=');
                vm.repr_into(&mut out, value)?;
            }
            Ok(())
        })();
        vm.repr_stack.pop();
        result?;
        out.push(')');
        Ok(vm.new_string(out))
    }),
];

const PARTIAL_PARTS: &[NativeDefinition] = &[
    native("func", Arity::One, |vm, a| Ok(data::<Partial>(vm, a[0]).function)),
    native("args", Arity::One, |vm, a| Ok(data::<Partial>(vm, a[0]).args)),
    native("keywords", Arity::One, |vm, a| {
        Ok(Value::Dict(data::<Partial>(vm, a[0]).keywords))
    }),
];

// cmp_to_key

struct Key {
    compare: Value,
    object: Value,
}

impl NativeData for Key {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        [self.compare, self.object].into_iter().for_each(visit);
    }
}

fn new_key(vm: &mut Vm, compare: Value, object: Value) -> Res<Value> {
    let class = own_class(vm, "KeyWrapper")?;
    Ok(Value::Opaque(vm.heap.new_opaque(
        class,
        Box::new(Key { compare, object }),
        None,
    )))
}

fn compare_keys(vm: &mut Vm, a: Args<'_>, operator: usize) -> Res<Value> {
    let other = match a[1] {
        Value::Opaque(id) => vm.heap.native::<Key>(id).map(|key| key.object),
        _ => None,
    };
    let Some(other) = other else {
        return Err(vm.type_error("other argument must be K instance"));
    };
    let &Key { compare, object } = data(vm, a[0]);
    if object.is_null() || other.is_null() {
        return Err(vm.raise(ATTRIBUTE_ERROR, "object"));
    }
    let result = vm.call(compare, &[object, other])?;
    vm.compare(operator, result, Value::Int(0))
}

const KEY: &[NativeDefinition] = &[
    native("__call__", named(&["obj"], 1), |vm, a| {
        let compare = data::<Key>(vm, a[0]).compare;
        new_key(vm, compare, a[1])
    }),
    native("__lt__", Arity::One, |vm, a| compare_keys(vm, a, LT)),
    native("__le__", Arity::One, |vm, a| compare_keys(vm, a, LE)),
    native("__eq__", Arity::One, |vm, a| compare_keys(vm, a, EQ)),
    native("__ne__", Arity::One, |vm, a| compare_keys(vm, a, NE)),
    native("__gt__", Arity::One, |vm, a| compare_keys(vm, a, GT)),
    native("__ge__", Arity::One, |vm, a| compare_keys(vm, a, GE)),
];

// lru_cache

/// A cached function. The dict's order is that of the last use, the oldest first.
struct Cache {
    function: Value,
    results: DictId,
    most: Option<usize>,
    typed: bool,
    hits: i64,
    misses: i64,
    /// Stands between positional values and keywords in a key.
    mark: Value,
}

impl NativeData for Cache {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        [self.function, Value::Dict(self.results), self.mark]
            .into_iter()
            .for_each(visit);
    }
}

fn new_cache(vm: &mut Vm, function: Value, most: Option<usize>, typed: bool) -> Res<Value> {
    if !vm.is_callable(function) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let class = own_class(vm, "_lru_cache_wrapper")?;
    let results = vm.heap.new_dict();
    let mark = Value::Instance(vm.heap.new_instance(OBJECT, Value::Null));
    let cache = Cache {
        function,
        results,
        most,
        typed,
        hits: 0,
        misses: 0,
        mark,
    };
    Ok(Value::Opaque(vm.heap.new_opaque(class, Box::new(cache), None)))
}

/// Gives the wrapper its `cache_parameters` and the function's names.
fn finish_cache(vm: &mut Vm, wrapper: Value, function: Value) -> Res<Value> {
    update_wrapper(vm, wrapper, function)
}

fn lru_cache(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let typed = a.get(1).map_or(Ok(false), |typed| vm.truth(typed))?;
    let most = match a.get(0) {
        None => Some(128),
        Some(Value::None) => None,
        Some(Value::Int(most)) => Some(most.max(0) as usize),
        Some(Value::Bool(most)) => Some(most.into()),
        Some(function) if vm.is_callable(function) && a.get(1).is_none_or(|typed| matches!(typed, Value::Bool(_))) => {
            let wrapper = new_cache(vm, function, Some(128), typed)?;
            return finish_cache(vm, wrapper, function);
        }
        Some(_) => return Err(vm.type_error("Expected first argument to be an integer, a callable, or None")),
    };
    let decorator = Decorator { most, typed };
    let class = vm.define_class(
        "function",
        "builtins",
        OBJECT,
        &[native("__call__", Arity::One, |vm, a| {
            let &Decorator { most, typed } = data(vm, a[0]);
            let wrapper = new_cache(vm, a[1], most, typed)?;
            finish_cache(vm, wrapper, a[1])
        })],
    );
    Ok(Value::Opaque(vm.heap.new_opaque(class, Box::new(decorator), None)))
}

/// What `lru_cache(maxsize)` returns.
struct Decorator {
    most: Option<usize>,
    typed: bool,
}

impl NativeData for Decorator {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}
}

fn cache_key(vm: &mut Vm, a: Args<'_>, typed: bool, mark: Value) -> Value {
    let plain = &a.plain()[1..];
    if !typed && a.names.is_empty() {
        return match plain {
            [only @ (Value::Int(_) | Value::BigInt(_) | Value::Str(_))] => *only,
            _ => vm.heap.new_tuple(plain),
        };
    }
    let mut parts = plain.to_vec();
    if !a.names.is_empty() {
        parts.push(mark);
        for (keyword, value) in a.keywords() {
            parts.extend([Value::Str(keyword), value]);
        }
    }
    if typed {
        parts.extend(a.values[1..].iter().map(|&value| Value::Class(vm.class_of(value))));
        if let ([Value::Int(_) | Value::BigInt(_) | Value::Str(_)], true) = (plain, a.names.is_empty()) {
            return vm.heap.new_tuple(&parts);
        }
    }
    vm.heap.new_tuple(&parts)
}

fn call_cached(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let &Cache {
        function,
        results,
        most,
        typed,
        mark,
        ..
    } = data(vm, a[0]);
    let rest = Args {
        values: &a.values[1..],
        names: a.names,
    };
    if most == Some(0) {
        data_mut::<Cache>(vm, a[0]).misses += 1;
        return vm.call_with(function, rest.values, rest.names);
    }
    let key = cache_key(vm, a, typed, mark);
    let hash = vm.hash(key)?;
    match vm.dict_find_hashed(results, key, hash)? {
        Ok(position) => {
            data_mut::<Cache>(vm, a[0]).hits += 1;
            let value = vm.heap[results].entry(position).value;
            if most.is_some() {
                vm.heap[results].move_entry(position, true);
            }
            return Ok(value);
        }
        Err(_) => data_mut::<Cache>(vm, a[0]).misses += 1,
    }
    let value = vm.call_with(function, rest.values, rest.names)?;
    match vm.dict_find_hashed(results, key, hash)? {
        Ok(position) => {
            // The call itself cached it.
            if most.is_none() {
                vm.heap[results].set_value(position, value);
            }
        }
        Err(_) => {
            if most.is_some() {
                // CPython looks whether the call itself cached it, and then for the place.
                vm.dict_find_hashed(results, key, hash)?.ok();
            }
            if most.is_some_and(|most| vm.heap[results].len() >= most)
                && let Some(oldest) = vm.heap[results].next_live(0)
            {
                vm.heap[results].remove(oldest);
            }
            vm.heap.dict_insert_new(results, hash, key, value);
        }
    }
    Ok(value)
}

const CACHE: &[NativeDefinition] = &[
    native("__call__", Arity::Any, call_cached),
    native("__get__", Arity::Between(1, 2), |vm, a| {
        if a[1].is_none() {
            return Ok(a[0]);
        }
        Ok(vm.heap.new_method(a[0], a[1]))
    }),
    native("cache_info", Arity::None, |vm, a| {
        let &Cache {
            results,
            most,
            hits,
            misses,
            ..
        } = data(vm, a[0]);
        let class = own_class(vm, "_CacheInfo")?;
        let most = most.map_or(Value::None, |most| Value::Int(most as i64));
        let size = Value::Int(vm.heap[results].len() as i64);
        vm.call(Value::Class(class), &[Value::Int(hits), Value::Int(misses), most, size])
    }),
    native("cache_clear", Arity::None, |vm, a| {
        let cache: &mut Cache = data_mut(vm, a[0]);
        cache.hits = 0;
        cache.misses = 0;
        let results = cache.results;
        vm.heap[results].clear();
        Ok(Value::None)
    }),
    native("cache_parameters", Arity::None, |vm, a| {
        let &Cache { most, typed, .. } = data(vm, a[0]);
        let dict = vm.heap.new_dict();
        let most = most.map_or(Value::None, |most| Value::Int(most as i64));
        for (name, value) in [("maxsize", most), ("typed", Value::from(typed))] {
            let name = vm.heap.intern(name);
            vm.heap.set_name(dict, name, value);
        }
        Ok(Value::Dict(dict))
    }),
    native("__copy__", Arity::None, |_, a| Ok(a[0])),
    native("__deepcopy__", Arity::One, |_, a| Ok(a[0])),
];
