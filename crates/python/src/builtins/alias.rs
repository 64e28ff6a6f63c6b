//! `list[int]` and `int | str`.

use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Arity, native};
use crate::vm::types::*;

pub struct GenericAlias {
    origin: Value,
    args: Value,
}

pub struct Union(Vec<Value>);

impl NativeData for GenericAlias {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.origin);
        visit(self.args);
    }
}

impl NativeData for Union {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        self.0.iter().copied().for_each(visit);
    }
}

pub fn generic(vm: &mut Vm, origin: Value, key: Value) -> Res<Value> {
    let args = match key {
        Value::Tuple(_) => key,
        _ => vm.heap.new_tuple(&[key]),
    };
    Ok(Value::Opaque(vm.heap.new_opaque(
        GENERIC_ALIAS,
        Box::new(GenericAlias { origin, args }),
        None,
    )))
}

pub fn union(vm: &mut Vm, parts: &[Value]) -> Res<Value> {
    let mut members: Vec<Value> = Vec::new();
    for &part in parts {
        let flat = union_members(vm, part).unwrap_or_else(|| vec![part]);
        for member in flat {
            if !members.iter().any(|m| m.is(member)) {
                members.push(member);
            }
        }
    }
    if let [only] = members[..] {
        return Ok(only);
    }
    Ok(Value::Opaque(vm.heap.new_opaque(
        UNION_TYPE,
        Box::new(Union(members)),
        None,
    )))
}

pub fn union_members(vm: &Vm, value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Opaque(id) => vm.heap.native::<Union>(id).map(|u| u.0.clone()),
        _ => None,
    }
}

pub fn attribute(vm: &mut Vm, id: OpaqueId, name: StrId) -> Res<Option<Value>> {
    let Some(alias) = vm.heap.native::<GenericAlias>(id) else {
        return Ok(None);
    };
    let (origin, args) = (alias.origin, alias.args);
    match vm.heap.text(name) {
        "__origin__" => Ok(Some(origin)),
        "__args__" => Ok(Some(args)),
        "__parameters__" | "__dict__" | "__class__" => Ok(None),
        "__mro_entries__" => Ok(None),
        _ => vm.try_attribute(origin, name),
    }
}

fn write_type(vm: &mut Vm, out: &mut String, value: Value) -> Res<()> {
    match value {
        Value::Class(class) => {
            let name = vm.class_full_name(class);
            out.push_str(&name);
        }
        Value::None => out.push_str("None"),
        Value::Ellipsis => out.push_str("..."),
        _ => vm.repr_into(out, value)?,
    }
    Ok(())
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(
        GENERIC_ALIAS,
        &[
            native("__repr__", Arity::None, |vm, a| {
                let Value::Opaque(id) = a[0] else {
                    return Ok(Value::None);
                };
                let (origin, args) = match vm.heap.native::<GenericAlias>(id) {
                    Some(alias) => (alias.origin, alias.args),
                    None => return Ok(Value::None),
                };
                let mut out = String::new();
                write_type(vm, &mut out, origin)?;
                out.push('[');
                let items = vm.collect_items(args)?;
                for (index, &item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    write_type(vm, &mut out, item)?;
                }
                if items.is_empty() {
                    out.push_str("()");
                }
                out.push(']');
                Ok(vm.new_string(out))
            }),
            native("__call__", Arity::Any, |vm, a| {
                let Value::Opaque(id) = a[0] else {
                    return Ok(Value::None);
                };
                let origin = vm
                    .heap
                    .native::<GenericAlias>(id)
                    .map_or(Value::None, |alias| alias.origin);
                vm.call_with(origin, &a.values[1..], a.names)
            }),
            native("__mro_entries__", Arity::One, |vm, a| {
                let Value::Opaque(id) = a[0] else {
                    return Ok(Value::None);
                };
                let origin = vm
                    .heap
                    .native::<GenericAlias>(id)
                    .map_or(Value::None, |alias| alias.origin);
                Ok(vm.heap.new_tuple(&[origin]))
            }),
            native("__or__", Arity::One, |vm, a| union(vm, &[a[0], a[1]])),
            native("__ror__", Arity::One, |vm, a| union(vm, &[a[1], a[0]])),
        ],
    );
    vm.add_methods(
        UNION_TYPE,
        &[
            native("__repr__", Arity::None, |vm, a| {
                let mut out = String::new();
                for (index, member) in union_members(vm, a[0]).unwrap_or_default().into_iter().enumerate() {
                    if index > 0 {
                        out.push_str(" | ");
                    }
                    write_type(vm, &mut out, member)?;
                }
                Ok(vm.new_string(out))
            }),
            native("__or__", Arity::One, |vm, a| union(vm, &[a[0], a[1]])),
            native("__ror__", Arity::One, |vm, a| union(vm, &[a[1], a[0]])),
        ],
    );
}
