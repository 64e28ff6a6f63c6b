//! `itertools`: the iterators over other iterators. Those that combine stand in `combinatorics`.

use super::combinatorics;
use super::grouping;
use super::lazy::{self, ITERATOR, Member, NEXT, class_argument, function};
use crate::heap::NativeNext;
use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::in_c::Signature;
use crate::vm::native::{Args, Arity, NativeDefinition, NativeFunction, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

const MEMBERS: &[Member] = &[
    Member::Make("accumulate", |vm| iterator_class(vm, "accumulate", accumulate, &[])),
    Member::Make("chain", |vm| {
        let class = iterator_class(vm, "chain", chain, &[])?;
        if let Value::Class(class) = class {
            vm.add_class_methods(
                class,
                &[native("from_iterable", Arity::One, |vm, a| {
                    let outer = vm.iterator(a[1])?;
                    Ok(made(
                        vm,
                        a,
                        Chain {
                            outer,
                            inner: Value::Null,
                        },
                        next_of_chain,
                    ))
                })],
            );
        }
        Ok(class)
    }),
    Member::Make("combinations", |vm| combinatorics::class(vm, "combinations")),
    Member::Make("combinations_with_replacement", |vm| {
        combinatorics::class(vm, "combinations_with_replacement")
    }),
    Member::Make("compress", |vm| iterator_class(vm, "compress", compress, &[])),
    Member::Make("count", |vm| {
        iterator_class(vm, "count", count, &[native("__repr__", Arity::None, count_repr)])
    }),
    Member::Make("cycle", |vm| iterator_class(vm, "cycle", cycle, &[])),
    Member::Make("dropwhile", |vm| iterator_class(vm, "dropwhile", drop_while, &[])),
    Member::Make("filterfalse", |vm| iterator_class(vm, "filterfalse", filter_false, &[])),
    Member::Make("groupby", |vm| grouping::class(vm, "groupby")),
    Member::Make("islice", |vm| iterator_class(vm, "islice", slice, &[])),
    Member::Make("pairwise", |vm| iterator_class(vm, "pairwise", pairwise, &[])),
    Member::Make("permutations", |vm| combinatorics::class(vm, "permutations")),
    Member::Make("product", |vm| combinatorics::class(vm, "product")),
    Member::Make("repeat", |vm| {
        iterator_class(
            vm,
            "repeat",
            repeat,
            &[
                native("__repr__", Arity::None, repeat_repr),
                native("__length_hint__", Arity::None, |vm, a| {
                    match lazy::data::<Repeat>(vm, a[0]).left {
                        Some(left) => Ok(Value::Int(left)),
                        None => Err(vm.type_error("len() of unsized object")),
                    }
                }),
            ],
        )
    }),
    Member::Make("starmap", |vm| iterator_class(vm, "starmap", star_map, &[])),
    Member::Make("takewhile", |vm| iterator_class(vm, "takewhile", take_while, &[])),
    function("tee", Arity::Between(1, 2), grouping::tee),
    Member::Make("zip_longest", |vm| iterator_class(vm, "zip_longest", zip_longest, &[])),
];

/// What is no part of `__all__`.
const HIDDEN: &[Member] = &[
    Member::Make("_grouper", |vm| grouping::class(vm, "_grouper")),
    Member::Make("_tee", |vm| grouping::class(vm, "_tee")),
];

/// Public names in the order of CPython's module, for `from itertools import *`.
const ORDER: &str = "tee accumulate combinations combinations_with_replacement cycle dropwhile takewhile islice starmap chain \
    compress filterfalse count zip_longest pairwise permutations product repeat groupby";

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    lazy::fill(vm, dict, "itertools", |vm, a| {
        if matches!(a[0], Value::Str(names::ALL)) {
            return Ok(lazy::listed(vm, ORDER));
        }
        let hidden = vm
            .str_id(a[0])
            .is_some_and(|id| matches!(vm.heap.text(id), "_grouper" | "_tee"));
        lazy::member(vm, "itertools", if hidden { HIDDEN } else { MEMBERS }, a)
    })
}

/// An iterator class of the module: `new` gets the class and the arguments.
pub fn iterator_class(
    vm: &mut Vm,
    name: &'static str,
    new: NativeFunction,
    methods: &[NativeDefinition],
) -> Res<Value> {
    let class = vm.define_class(
        name,
        "itertools",
        OBJECT,
        &[native("__new__", Arity::Any, new), ITERATOR, NEXT],
    );
    vm.add_methods(class, methods);
    Ok(Value::Class(class))
}

/// The new iterator of the class in `a[0]`.
pub fn made<T: NativeData>(vm: &mut Vm, a: Args<'_>, state: T, next: NativeNext) -> Value {
    let class = class_argument(a);
    Value::Opaque(vm.heap.new_opaque(class, Box::new(state), Some(next)))
}

/// The state of an iterator that is being asked for its next item.
pub fn state<T: NativeData>(vm: &mut Vm, id: OpaqueId) -> &mut T {
    vm.heap.native_mut(id).expect("an iterator's own state")
}

/// The arguments of a class's call by name: as many values as parameters, absent ones `Null`.
pub fn bind(vm: &mut Vm, a: Args<'_>, name: &str, parameters: &[&str], required: usize) -> Res<Vec<Value>> {
    let signature = Signature {
        parameters,
        required,
        positional_only: 0,
        keyword_only: parameters.len(),
    };
    let mut bound = vm.bind_named(name, a, 1, &signature)?;
    bound.remove(0);
    Ok(bound)
}

/// Positional arguments only, exactly `count` of them.
fn exactly<'a>(vm: &mut Vm, a: Args<'a>, name: &str, count: usize) -> Res<&'a [Value]> {
    if !a.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    let given = &a.values[1..];
    if given.len() != count {
        let plural = if count == 1 { "" } else { "s" };
        return Err(vm.type_error(format!("{name} expected {count} argument{plural}, got {}", given.len())));
    }
    Ok(given)
}

macro_rules! traced {
    ($($name:ident: |$this:ident, $visit:ident| $body:expr;)*) => {
        $(impl NativeData for $name {
            fn trace(&self, $visit: &mut dyn FnMut(Value)) {
                let $this = self;
                $body;
            }
        })*
    };
}

struct Count {
    next: Value,
    step: Value,
}

struct Cycle {
    iterator: Value,
    saved: Vec<Value>,
    at: usize,
    first: bool,
}

struct Repeat {
    value: Value,
    left: Option<i64>,
}

struct Accumulate {
    iterator: Value,
    function: Value,
    total: Value,
    initial: Value,
}

struct Chain {
    outer: Value,
    inner: Value,
}

struct Compress {
    data: Value,
    selectors: Value,
}

/// `dropwhile`, `takewhile`, `filterfalse` and `starmap`.
struct Filtered {
    function: Value,
    iterator: Value,
    done: bool,
}

struct Sliced {
    iterator: Value,
    next: i64,
    stop: i64,
    step: i64,
    taken: i64,
}

struct Pairwise {
    iterator: Value,
    old: Value,
}

struct ZipLongest {
    iterators: Vec<Value>,
    fill: Value,
    active: usize,
}

traced! {
    Count: |s, visit| [s.next, s.step].into_iter().for_each(visit);
    Cycle: |s, visit| s.saved.iter().copied().chain([s.iterator]).for_each(visit);
    Repeat: |s, visit| visit(s.value);
    Accumulate: |s, visit| [s.iterator, s.function, s.total, s.initial].into_iter().for_each(visit);
    Chain: |s, visit| [s.outer, s.inner].into_iter().for_each(visit);
    Compress: |s, visit| [s.data, s.selectors].into_iter().for_each(visit);
    Filtered: |s, visit| [s.function, s.iterator].into_iter().for_each(visit);
    Sliced: |s, visit| visit(s.iterator);
    Pairwise: |s, visit| [s.iterator, s.old].into_iter().for_each(visit);
    ZipLongest: |s, visit| s.iterators.iter().copied().chain([s.fill]).for_each(visit);
}

fn count(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let values = bind(vm, a, "count", &["start", "step"], 0)?;
    let start = values[0].some().unwrap_or(Value::Int(0));
    let step = values[1].some().unwrap_or(Value::Int(1));
    for value in [start, step] {
        let number = matches!(
            vm.payload(value),
            Value::Int(_) | Value::BigInt(_) | Value::Float(_) | Value::Bool(_) | Value::Complex(_)
        );
        let class = vm.class_of(value);
        if !number
            && [names::INDEX, names::FLOAT, names::INT]
                .iter()
                .all(|&name| vm.class_attribute(class, name).is_none())
        {
            return Err(vm.type_error("a number is required"));
        }
    }
    let start = match (vm.payload(start), vm.payload(step)) {
        // CPython counts in a machine word then.
        (Value::Bool(start), Value::Int(1)) => Value::Int(start.into()),
        _ => start,
    };
    Ok(made(vm, a, Count { next: start, step }, |vm, id| {
        let &mut Count { next, step } = state(vm, id);
        let following = vm.binary_operation(0, next, step)?;
        state::<Count>(vm, id).next = following;
        Ok(Some(next))
    }))
}

fn count_repr(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let &Count { next, step } = lazy::data(vm, a[0]);
    let name = vm.class_name(vm.class_of(a[0])).to_owned();
    let next = vm.repr_string(next)?;
    if let Value::Int(1) = step {
        return Ok(vm.new_string(format!("{name}({next})")));
    }
    let step = vm.repr_string(step)?;
    Ok(vm.new_string(format!("{name}({next}, {step})")))
}

fn cycle(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let given = exactly(vm, a, "cycle", 1)?;
    let iterator = vm.iterator(given[0])?;
    Ok(made(
        vm,
        a,
        Cycle {
            iterator,
            saved: Vec::new(),
            at: 0,
            first: true,
        },
        |vm, id| {
            let cycle = state::<Cycle>(vm, id);
            if cycle.first {
                let iterator = cycle.iterator;
                if let Some(item) = vm.next(iterator)? {
                    state::<Cycle>(vm, id).saved.push(item);
                    vm.heap.allocated += size_of::<Value>();
                    return Ok(Some(item));
                }
                state::<Cycle>(vm, id).first = false;
            }
            let cycle = state::<Cycle>(vm, id);
            if cycle.saved.is_empty() {
                return Ok(None);
            }
            let item = cycle.saved[cycle.at];
            cycle.at = (cycle.at + 1) % cycle.saved.len();
            Ok(Some(item))
        },
    ))
}

fn repeat(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let values = bind(vm, a, "repeat", &["object", "times"], 1)?;
    let left = match values[1].some() {
        None => None,
        Some(times) => Some(vm.to_i64(times)?.max(0)),
    };
    Ok(made(vm, a, Repeat { value: values[0], left }, |vm, id| {
        let repeat = state::<Repeat>(vm, id);
        match &mut repeat.left {
            Some(0) => return Ok(None),
            Some(left) => *left -= 1,
            None => {}
        }
        Ok(Some(repeat.value))
    }))
}

fn repeat_repr(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let &Repeat { value, left } = lazy::data(vm, a[0]);
    let name = vm.class_name(vm.class_of(a[0])).to_owned();
    let value = vm.repr_string(value)?;
    Ok(vm.new_string(match left {
        None => format!("{name}({value})"),
        Some(left) => format!("{name}({value}, {left})"),
    }))
}

fn accumulate(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let signature = Signature {
        parameters: &["iterable", "func", "initial"],
        required: 1,
        positional_only: 0,
        keyword_only: 2,
    };
    let values = vm.bind_named("accumulate", a, 1, &signature)?.split_off(1);
    let iterator = vm.iterator(values[0])?;
    let accumulate = Accumulate {
        iterator,
        function: values[1].some().unwrap_or(Value::None),
        total: Value::Null,
        initial: values[2].some().unwrap_or(Value::None),
    };
    Ok(made(vm, a, accumulate, |vm, id| {
        let &mut Accumulate {
            iterator,
            function,
            total,
            initial,
        } = state(vm, id);
        let result = if !initial.is_none() {
            state::<Accumulate>(vm, id).initial = Value::None;
            initial
        } else {
            let Some(item) = vm.next(iterator)? else {
                return Ok(None);
            };
            match total.some() {
                None => item,
                Some(total) if function.is_none() => vm.binary_operation(0, total, item)?,
                Some(total) => vm.call(function, &[total, item])?,
            }
        };
        state::<Accumulate>(vm, id).total = result;
        Ok(Some(result))
    }))
}

fn chain(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    if !a.names.is_empty() {
        return Err(vm.type_error("chain() takes no keyword arguments"));
    }
    let outer = vm.heap.new_tuple(&a.values[1..]);
    let outer = vm.iterator(outer)?;
    Ok(made(
        vm,
        a,
        Chain {
            outer,
            inner: Value::Null,
        },
        next_of_chain,
    ))
}

fn next_of_chain(vm: &mut Vm, id: OpaqueId) -> Res<Option<Value>> {
    loop {
        let &mut Chain { outer, inner } = state(vm, id);
        if outer.is_null() {
            return Ok(None);
        }
        if inner.is_null() {
            vm.tick(1)?;
            let iterable = match vm.next(outer) {
                Ok(Some(iterable)) => vm.iterator(iterable),
                Ok(None) => {
                    state::<Chain>(vm, id).outer = Value::Null;
                    return Ok(None);
                }
                Err(stop) => Err(stop),
            };
            match iterable {
                Ok(iterator) => state::<Chain>(vm, id).inner = iterator,
                Err(stop) => {
                    state::<Chain>(vm, id).outer = Value::Null;
                    return Err(stop);
                }
            }
            continue;
        }
        match vm.next(inner)? {
            Some(item) => return Ok(Some(item)),
            None => state::<Chain>(vm, id).inner = Value::Null,
        }
    }
}

fn compress(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let values = bind(vm, a, "compress", &["data", "selectors"], 2)?;
    let data = vm.iterator(values[0])?;
    let selectors = vm.iterator(values[1])?;
    Ok(made(vm, a, Compress { data, selectors }, |vm, id| {
        let &mut Compress { data, selectors } = state(vm, id);
        loop {
            vm.tick(1)?;
            let Some(item) = vm.next(data)? else { return Ok(None) };
            let Some(selector) = vm.next(selectors)? else {
                return Ok(None);
            };
            if vm.truth(selector)? {
                return Ok(Some(item));
            }
        }
    }))
}

fn filtered(vm: &mut Vm, a: Args<'_>, name: &str, next: NativeNext) -> Res<Value> {
    let given = exactly(vm, a, name, 2)?;
    let iterator = vm.iterator(given[1])?;
    Ok(made(
        vm,
        a,
        Filtered {
            function: given[0],
            iterator,
            done: false,
        },
        next,
    ))
}

fn drop_while(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    filtered(vm, a, "dropwhile", |vm, id| {
        let &mut Filtered {
            function,
            iterator,
            done,
        } = state(vm, id);
        loop {
            vm.tick(1)?;
            let Some(item) = vm.next(iterator)? else {
                return Ok(None);
            };
            if done {
                return Ok(Some(item));
            }
            let verdict = vm.call(function, &[item])?;
            if !vm.truth(verdict)? {
                state::<Filtered>(vm, id).done = true;
                return Ok(Some(item));
            }
        }
    })
}

fn take_while(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    filtered(vm, a, "takewhile", |vm, id| {
        let &mut Filtered {
            function,
            iterator,
            done,
        } = state(vm, id);
        if done {
            return Ok(None);
        }
        let Some(item) = vm.next(iterator)? else {
            return Ok(None);
        };
        let verdict = vm.call(function, &[item])?;
        if vm.truth(verdict)? {
            return Ok(Some(item));
        }
        state::<Filtered>(vm, id).done = true;
        Ok(None)
    })
}

fn filter_false(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    filtered(vm, a, "filterfalse", |vm, id| {
        let &mut Filtered { function, iterator, .. } = state(vm, id);
        loop {
            vm.tick(1)?;
            let Some(item) = vm.next(iterator)? else {
                return Ok(None);
            };
            let verdict = match function {
                Value::None | Value::Class(BOOL) => item,
                _ => vm.call(function, &[item])?,
            };
            if !vm.truth(verdict)? {
                return Ok(Some(item));
            }
        }
    })
}

fn star_map(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    filtered(vm, a, "starmap", |vm, id| {
        let &mut Filtered { function, iterator, .. } = state(vm, id);
        let Some(item) = vm.next(iterator)? else {
            return Ok(None);
        };
        let args = vm.collect_items(item)?;
        vm.call(function, &args).map(Some)
    })
}

fn slice(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    if !a.names.is_empty() {
        return Err(vm.type_error("islice() takes no keyword arguments"));
    }
    let given = &a.values[1..];
    if !(2..=4).contains(&given.len()) {
        let (bound, word) = if given.len() < 2 { (2, "least") } else { (4, "most") };
        return Err(vm.type_error(format!(
            "islice expected at {word} {bound} arguments, got {}",
            given.len()
        )));
    }
    // -1 stands for what is no index.
    let count = |vm: &mut Vm, value: Value, default: i64| -> Res<i64> {
        if value.is_none() {
            return Ok(default);
        }
        match vm.to_i64(value) {
            Err(stop) if vm.stop_is(stop, TYPE_ERROR) || vm.stop_is(stop, OVERFLOW_ERROR) => Ok(-1),
            other => other,
        }
    };
    let (start, stop) = match given {
        [_, stop] => (0, count(vm, *stop, i64::MAX)?),
        _ => (count(vm, given[1], 0)?, count(vm, given[2], i64::MAX)?),
    };
    if stop == -1 {
        return Err(vm.value_error("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."));
    }
    if start < 0 || stop < 0 {
        return Err(vm.value_error("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."));
    }
    let step = given.get(3).map_or(Ok(1), |&step| count(vm, step, 1))?;
    if step < 1 {
        return Err(vm.value_error("Step for islice() must be a positive integer or None."));
    }
    let iterator = vm.iterator(given[0])?;
    Ok(made(
        vm,
        a,
        Sliced {
            iterator,
            next: start,
            stop,
            step,
            taken: 0,
        },
        |vm, id| {
            loop {
                let sliced = state::<Sliced>(vm, id);
                if sliced.taken >= sliced.stop {
                    return Ok(None);
                }
                let wanted = sliced.taken >= sliced.next;
                let iterator = sliced.iterator;
                sliced.taken += 1;
                let item = vm.next(iterator)?;
                let sliced = state::<Sliced>(vm, id);
                let Some(item) = item else {
                    sliced.stop = 0;
                    return Ok(None);
                };
                if wanted {
                    sliced.next = sliced.next.saturating_add(sliced.step);
                    return Ok(Some(item));
                }
                vm.tick(1)?;
            }
        },
    ))
}

fn pairwise(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let given = exactly(vm, a, "pairwise", 1)?;
    let iterator = vm.iterator(given[0])?;
    Ok(made(
        vm,
        a,
        Pairwise {
            iterator,
            old: Value::Null,
        },
        |vm, id| {
            let &mut Pairwise { iterator, mut old } = state(vm, id);
            if old.is_null() {
                let Some(first) = vm.next(iterator)? else {
                    return Ok(None);
                };
                old = first;
                state::<Pairwise>(vm, id).old = first;
            }
            let Some(new) = vm.next(iterator)? else { return Ok(None) };
            state::<Pairwise>(vm, id).old = new;
            Ok(Some(vm.heap.new_tuple(&[old, new])))
        },
    ))
}

fn zip_longest(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let mut fill = Value::None;
    for (keyword, value) in a.keywords() {
        if vm.heap.text(keyword) != "fillvalue" {
            return Err(vm.type_error("zip_longest() got an unexpected keyword argument"));
        }
        fill = value;
    }
    let mut iterators = Vec::new();
    for &iterable in &a.plain()[1..] {
        iterators.push(vm.iterator(iterable)?);
    }
    let active = iterators.len();
    Ok(made(
        vm,
        a,
        ZipLongest {
            iterators,
            fill,
            active,
        },
        |vm, id| {
            let zip = state::<ZipLongest>(vm, id);
            if zip.active == 0 {
                return Ok(None);
            }
            let (iterators, fill) = (zip.iterators.clone(), zip.fill);
            vm.tick((iterators.len() / 4) as u32)?;
            let mut items = Vec::with_capacity(iterators.len());
            for (index, iterator) in iterators.into_iter().enumerate() {
                let item = if iterator.is_null() { None } else { vm.next(iterator)? };
                if item.is_none() && !iterator.is_null() {
                    let zip = state::<ZipLongest>(vm, id);
                    zip.iterators[index] = Value::Null;
                    zip.active -= 1;
                    if zip.active == 0 {
                        return Ok(None);
                    }
                }
                items.push(item.unwrap_or(fill));
            }
            Ok(Some(vm.heap.new_tuple(&items)))
        },
    ))
}
