//! `list[int]` and `int | str`.

use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Arity, native};
use crate::vm::types::*;

pub struct GenericAlias {
    origin: Value,
    args: Value,
    /// Of `collections.abc.Callable`: its text groups the arguments.
    callable: bool,
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
    make(vm, origin, args, false)
}

/// `collections.abc.Callable[…]`: the arguments, then the result.
pub fn generic_callable(vm: &mut Vm, origin: Value, args: Value) -> Res<Value> {
    make(vm, origin, args, true)
}

fn make(vm: &mut Vm, origin: Value, args: Value, callable: bool) -> Res<Value> {
    let alias = GenericAlias { origin, args, callable };
    Ok(Value::Opaque(vm.heap.new_opaque(GENERIC_ALIAS, Box::new(alias), None)))
}

/// Origin, arguments, and whether it is a callable's.
fn parts(vm: &Vm, value: Value) -> Option<(Value, Value, bool)> {
    match value {
        Value::Opaque(id) => {
            let alias = vm.heap.native::<GenericAlias>(id)?;
            Some((alias.origin, alias.args, alias.callable))
        }
        _ => None,
    }
}

/// The type variables of an argument.
fn variables_of(vm: &mut Vm, value: Value) -> Res<Vec<Value>> {
    if matches!(value, Value::Class(_)) {
        return Ok(Vec::new());
    }
    if matches!(vm.type_name(value), "TypeVar" | "ParamSpec" | "TypeVarTuple") {
        return Ok(vec![value]);
    }
    let name = vm.heap.intern("__parameters__");
    match vm.try_attribute(value, name)? {
        Some(parameters @ Value::Tuple(_)) => vm.collect_items(parameters),
        _ => Ok(Vec::new()),
    }
}

/// Whether `Callable[value, ...]` takes it for the parameters: a list, or what stands for one.
pub fn stands_for_parameters(vm: &mut Vm, value: Value) -> bool {
    let class = vm.class_of(value);
    matches!(value, Value::Ellipsis | Value::List(_))
        || matches!(vm.type_name(value), "ParamSpec" | "_ConcatenateGenericAlias")
            && vm.class_full_name(class).starts_with("typing.")
}

/// `__parameters__`.
fn parameters(vm: &mut Vm, args: Value) -> Res<Vec<Value>> {
    let mut found: Vec<Value> = Vec::new();
    for arg in vm.collect_items(args)? {
        for variable in variables_of(vm, arg)? {
            if !found.iter().any(|known| known.is(variable)) {
                found.push(variable);
            }
        }
    }
    Ok(found)
}

/// `alias[key]`: type variables replaced.
fn substitute(vm: &mut Vm, alias: Value, key: Value) -> Res<Value> {
    let Some((origin, args, callable)) = parts(vm, alias) else {
        return Ok(Value::None);
    };
    let names = parameters(vm, args)?;
    let mut given = match key {
        Value::Tuple(_) => vm.collect_items(key)?,
        _ => vec![key],
    };
    if let [name] = names[..]
        && vm.type_name(name) == "ParamSpec"
        && given
            .first()
            .is_some_and(|first| !matches!(first, Value::Tuple(_)) && !stands_for_parameters(vm, *first))
    {
        given = vec![vm.heap.new_tuple(&given)];
    }
    if names.iter().any(|name| vm.type_name(*name) == "TypeVarTuple") {
        return Err(vm.unsupported("substituting a typing.TypeVarTuple"));
    }
    if names.is_empty() || names.len() != given.len() {
        let text = vm.repr_string(alias)?;
        let message = match given.len().cmp(&names.len()) {
            _ if names.is_empty() => format!("{text} is not a generic class"),
            std::cmp::Ordering::Greater => {
                format!(
                    "Too many arguments for {text}; actual {}, expected {}",
                    given.len(),
                    names.len()
                )
            }
            _ => format!(
                "Too few arguments for {text}; actual {}, expected {}",
                given.len(),
                names.len()
            ),
        };
        return Err(vm.type_error(message));
    }
    let replacement = |name: Value| names.iter().position(|known| known.is(name)).map(|at| given[at]);
    let mut new = Vec::new();
    for arg in vm.collect_items(args)? {
        let inner = variables_of(vm, arg)?;
        let value = match (replacement(arg), inner.is_empty()) {
            (Some(value), _) => value,
            (None, true) => arg,
            (None, false) => {
                let keys: Vec<Value> = inner.into_iter().filter_map(replacement).collect();
                let keys = vm.heap.new_tuple(&keys);
                vm.get_item(arg, keys)?
            }
        };
        match value {
            Value::Tuple(_) | Value::List(_) if callable && !value.is(arg) => new.extend(vm.collect_items(value)?),
            _ => new.push(value),
        }
    }
    let args = vm.heap.new_tuple(&new);
    make(vm, origin, args, callable)
}

pub fn union(vm: &mut Vm, parts: &[Value]) -> Res<Value> {
    let mut members: Vec<Value> = Vec::new();
    for &part in parts {
        let flat = union_members(vm, part).unwrap_or_else(|| vec![part]);
        for member in flat {
            if !vm.contains_equal(&members, member)? {
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

/// [`union`] of what stands in a program; what is no type leaves the answer to the other side.
fn union_with(vm: &mut Vm, other: Value, parts: &[Value]) -> Res<Value> {
    let is_type = match other {
        Value::Class(_) | Value::None => true,
        Value::Opaque(id) => vm.heap.native::<GenericAlias>(id).is_some() || vm.heap.native::<Union>(id).is_some(),
        _ => false,
    };
    match is_type {
        true => union(vm, parts),
        false => Ok(Value::NotImplemented),
    }
}

impl Vm {
    /// Whether one of `items` equals `item`.
    fn contains_equal(&mut self, items: &[Value], item: Value) -> Res<bool> {
        for &other in items {
            self.tick(1)?;
            if other.is(item) || self.equal(other, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

pub fn union_members(vm: &Vm, value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Opaque(id) => vm.heap.native::<Union>(id).map(|u| u.0.clone()),
        _ => None,
    }
}

pub fn attribute(vm: &mut Vm, id: OpaqueId, name: StrId) -> Res<Option<Value>> {
    let Some(alias) = vm.heap.native::<GenericAlias>(id) else {
        if let Some(members) = union_members(vm, Value::Opaque(id))
            && vm.heap.text(name) == "__args__"
        {
            let members: Vec<Value> = members.into_iter().map(|member| as_class(vm, member)).collect();
            return Ok(Some(vm.heap.new_tuple(&members)));
        }
        return Ok(None);
    };
    let (origin, args) = (alias.origin, alias.args);
    match vm.heap.text(name) {
        "__origin__" => Ok(Some(origin)),
        "__args__" => Ok(Some(args)),
        "__parameters__" => {
            let found = parameters(vm, args)?;
            Ok(Some(vm.heap.new_tuple(&found)))
        }
        "__dict__" | "__class__" => Ok(None),
        "__mro_entries__" => Ok(None),
        _ => vm.try_attribute(origin, name),
    }
}

/// None as a type stands for its class.
fn as_class(vm: &Vm, value: Value) -> Value {
    match value {
        Value::None => Value::Class(vm.class_of(value)),
        _ => value,
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
                let (origin, args, callable) = match vm.heap.native::<GenericAlias>(id) {
                    Some(alias) => (alias.origin, alias.args, alias.callable),
                    None => return Ok(Value::None),
                };
                let mut out = String::new();
                write_type(vm, &mut out, origin)?;
                out.push('[');
                let items = vm.collect_items(args)?;
                let open = items.len() == 2 && stands_for_parameters(vm, items[0]);
                let groups = callable && !open;
                if groups {
                    out.push('[');
                }
                for (index, &item) in items.iter().enumerate() {
                    if groups && index + 1 == items.len() {
                        out.push(']');
                    }
                    if index > 0 || groups && items.len() == 1 {
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
            native("__getitem__", Arity::One, |vm, a| substitute(vm, a[0], a[1])),
            native("__eq__", Arity::One, |vm, a| match (parts(vm, a[0]), parts(vm, a[1])) {
                (Some((origin, args, _)), Some((other, others, _))) => {
                    Ok(Value::from(vm.equal(origin, other)? && vm.equal(args, others)?))
                }
                _ => Ok(Value::NotImplemented),
            }),
            native("__hash__", Arity::None, |vm, a| match parts(vm, a[0]) {
                Some((origin, args, _)) => {
                    let hash = vm.hash(origin)? ^ vm.hash(args)?;
                    Ok(Value::Int(hash))
                }
                None => Ok(Value::None),
            }),
            native("__or__", Arity::One, |vm, a| union_with(vm, a[1], &[a[0], a[1]])),
            native("__ror__", Arity::One, |vm, a| union_with(vm, a[1], &[a[1], a[0]])),
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
                    match member {
                        Value::Class(NONE_TYPE) => out.push_str("None"),
                        _ => write_type(vm, &mut out, member)?,
                    }
                }
                Ok(vm.new_string(out))
            }),
            native("__getitem__", Arity::One, |vm, _| {
                // Its type variables would be replaced.
                Err(vm.unsupported("a subscript of a union of types"))
            }),
            native("__eq__", Arity::One, |vm, a| {
                let (Some(mine), Some(others)) = (union_members(vm, a[0]), union_members(vm, a[1])) else {
                    return Ok(Value::NotImplemented);
                };
                for (ones, those) in [(&mine, &others), (&others, &mine)] {
                    for &member in ones {
                        if !vm.contains_equal(those, member)? {
                            return Ok(Value::from(false));
                        }
                    }
                }
                Ok(Value::from(true))
            }),
            native("__hash__", Arity::None, |vm, a| {
                let mut hash = 0;
                for member in union_members(vm, a[0]).unwrap_or_default() {
                    hash ^= vm.hash(member)?;
                }
                Ok(Value::Int(hash))
            }),
            native("__or__", Arity::One, |vm, a| union_with(vm, a[1], &[a[0], a[1]])),
            native("__ror__", Arity::One, |vm, a| union_with(vm, a[1], &[a[1], a[0]])),
        ],
    );
}
