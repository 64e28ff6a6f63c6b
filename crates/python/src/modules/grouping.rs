//! `itertools.groupby` and `itertools.tee`: iterators that share a source.

use super::itertools::{bind, iterator_class, made, state};
use super::lazy;
use crate::heap::NativeNext;
use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, native};
use crate::vm::types::*;

struct GroupBy {
    iterator: Value,
    key: Value,
    target_key: Value,
    current_key: Value,
    current_value: Value,
    /// The group given out last: only it may go on.
    current_group: Value,
}

impl NativeData for GroupBy {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        [
            self.iterator,
            self.key,
            self.target_key,
            self.current_key,
            self.current_value,
            self.current_group,
        ]
        .into_iter()
        .for_each(visit);
    }
}

struct Group {
    parent: OpaqueId,
    target_key: Value,
}

impl NativeData for Group {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(Value::Opaque(self.parent));
        visit(self.target_key);
    }
}

/// What the iterators of one `tee` have read.
struct Shared {
    iterator: Value,
    items: Vec<Value>,
}

impl NativeData for Shared {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        self.items.iter().copied().chain([self.iterator]).for_each(visit);
    }

    fn size(&self) -> usize {
        self.items.capacity() * size_of::<Value>()
    }
}

struct Tee {
    shared: OpaqueId,
    at: usize,
}

impl NativeData for Tee {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(Value::Opaque(self.shared));
    }
}

pub fn class(vm: &mut Vm, name: &'static str) -> Res<Value> {
    match name {
        "groupby" => iterator_class(vm, name, group_by, &[]),
        "_grouper" => iterator_class(vm, name, |vm, _| Err(vm.unsupported("making a group")), &[]),
        _ => iterator_class(
            vm,
            name,
            |vm, a| {
                let values = bind(vm, a, "_tee", &["iterable"], 1)?;
                let copies = split(vm, values[0], 1)?;
                Ok(copies[0])
            },
            &[native("__copy__", Arity::None, |vm, a| Ok(split(vm, a[0], 2)?[1]))],
        ),
    }
}

fn own_class(vm: &mut Vm, name: &str) -> Res<ClassId> {
    let module = vm.import_by_name("itertools")?;
    let name = vm.heap.intern(name);
    match vm.get_attribute(Value::Module(module), name)? {
        Value::Class(class) => Ok(class),
        _ => Err(vm.unsupported("a changed itertools module")),
    }
}

fn group_by(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let values = bind(vm, a, "groupby", &["iterable", "key"], 1)?;
    let iterator = vm.iterator(values[0])?;
    let state = GroupBy {
        iterator,
        key: values[1].some().unwrap_or(Value::None),
        target_key: Value::Null,
        current_key: Value::Null,
        current_value: Value::Null,
        current_group: Value::Null,
    };
    Ok(made(vm, a, state, next_group))
}

/// Reads one item and its key; `false` at the end.
fn read(vm: &mut Vm, id: OpaqueId) -> Res<bool> {
    let &mut GroupBy { iterator, key, .. } = state(vm, id);
    let Some(item) = vm.next(iterator)? else {
        return Ok(false);
    };
    let measured = if key.is_none() { item } else { vm.call(key, &[item])? };
    let groups = state::<GroupBy>(vm, id);
    groups.current_value = item;
    groups.current_key = measured;
    Ok(true)
}

fn next_group(vm: &mut Vm, id: OpaqueId) -> Res<Option<Value>> {
    state::<GroupBy>(vm, id).current_group = Value::Null;
    loop {
        vm.tick(1)?;
        let &mut GroupBy {
            target_key,
            current_key,
            ..
        } = state(vm, id);
        if !current_key.is_null() && (target_key.is_null() || !vm.identical_or_equal(target_key, current_key)?) {
            break;
        }
        if !read(vm, id)? {
            return Ok(None);
        }
    }
    let class = own_class(vm, "_grouper")?;
    let groups = state::<GroupBy>(vm, id);
    groups.target_key = groups.current_key;
    let key = groups.current_key;
    let next: NativeNext = next_in_group;
    let group = Value::Opaque(vm.heap.new_opaque(
        class,
        Box::new(Group {
            parent: id,
            target_key: key,
        }),
        Some(next),
    ));
    state::<GroupBy>(vm, id).current_group = group;
    Ok(Some(vm.heap.new_tuple(&[key, group])))
}

fn next_in_group(vm: &mut Vm, id: OpaqueId) -> Res<Option<Value>> {
    let &mut Group { parent, target_key } = state(vm, id);
    let &mut GroupBy {
        current_value,
        current_group,
        ..
    } = state(vm, parent);
    if !current_group.is(Value::Opaque(id)) {
        return Ok(None);
    }
    if current_value.is_null() && !read(vm, parent)? {
        return Ok(None);
    }
    let &mut GroupBy {
        current_key,
        current_value,
        ..
    } = state(vm, parent);
    if !vm.identical_or_equal(target_key, current_key)? {
        return Ok(None);
    }
    let groups = state::<GroupBy>(vm, parent);
    groups.current_value = Value::Null;
    groups.current_key = Value::Null;
    Ok(Some(current_value))
}

/// `tee(iterable, n=2)`.
pub fn tee(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let count = a.get(1).map_or(Ok(2), |count| vm.to_i64(count))?;
    if count < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    vm.reserve((count as usize).saturating_mul(64))?;
    let copies = if count == 0 {
        Vec::new()
    } else {
        split(vm, a[0], count as usize)?
    };
    Ok(vm.heap.new_tuple(&copies))
}

/// Iterators over the same source; the first is the given one if that was split before.
fn split(vm: &mut Vm, iterable: Value, count: usize) -> Res<Vec<Value>> {
    let class = own_class(vm, "_tee")?;
    let iterator = vm.iterator(iterable)?;
    let mut copies = Vec::new();
    let known = match iterator {
        Value::Opaque(id) => vm.heap.native::<Tee>(id).map(|tee| (tee.shared, tee.at)),
        _ => None,
    };
    let (shared, at) = match known {
        Some(known) => {
            copies.push(iterator);
            known
        }
        None => {
            // CPython asks for the iterator's iterator once more.
            let iterator = vm.iterator(iterator)?;
            let shared = Shared {
                iterator,
                items: Vec::new(),
            };
            (vm.heap.new_opaque(OBJECT, Box::new(shared), None), 0)
        }
    };
    let next: NativeNext = next_of_tee;
    while copies.len() < count {
        copies.push(Value::Opaque(vm.heap.new_opaque(
            class,
            Box::new(Tee { shared, at }),
            Some(next),
        )));
    }
    Ok(copies)
}

fn next_of_tee(vm: &mut Vm, id: OpaqueId) -> Res<Option<Value>> {
    let &mut Tee { shared, at } = state(vm, id);
    let source: &mut Shared = lazy::data_mut(vm, Value::Opaque(shared));
    let item = match source.items.get(at) {
        Some(&item) => item,
        None => {
            let iterator = source.iterator;
            let Some(item) = vm.next(iterator)? else {
                return Ok(None);
            };
            state::<Shared>(vm, shared).items.push(item);
            vm.heap.allocated += size_of::<Value>();
            item
        }
    };
    state::<Tee>(vm, id).at = at + 1;
    Ok(Some(item))
}
