//! `mappingproxy`: a mapping that can be read only, above all the `__dict__` of a class.

use crate::heap::objects::{Class, NativeData};
use crate::modules::lazy::forbid_hash;
use crate::value::*;
use crate::vm::compare::{EQ, NE};
use crate::vm::native::{Args, Arity, native};
use crate::vm::types::MAPPING_PROXY;
use crate::vm::{Vm, names};

#[derive(Clone, Copy)]
struct Proxy {
    mapping: Value,
    /// The namespace of a class of the machine or of the library, which holds more in CPython.
    incomplete: bool,
}

impl NativeData for Proxy {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.mapping);
    }
}

/// A class's `__dict__`.
pub fn new(vm: &mut Vm, class: ClassId) -> Value {
    let Class {
        dict,
        builtin,
        metaclass,
        ..
    } = vm.heap[class];
    let of_library = matches!(vm.heap.get_name(dict, names::DOC), Some(Value::Str(names::LIBRARY_DOC)));
    let proxy = Proxy {
        mapping: Value::Dict(dict),
        // What enumerations note of themselves is their own affair here.
        incomplete: builtin || of_library || vm.class_name(metaclass) == "EnumType",
    };
    Value::Opaque(vm.heap.new_opaque(MAPPING_PROXY, Box::new(proxy), None))
}

/// `mappingproxy(mapping)`.
pub fn construct(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let [mapping] = vm.named_arguments("mappingproxy", ["mapping"], a)?;
    if mapping.is_null() {
        return Err(vm.type_error("mappingproxy() missing required argument 'mapping' (pos 1)"));
    }
    if !matches!(vm.payload(mapping), Value::Dict(_)) {
        if let Value::List(_) | Value::Tuple(_) | Value::Int(_) | Value::Str(_) | Value::None = mapping {
            let message = format!(
                "mappingproxy() argument must be a mapping, not {}",
                vm.type_name(mapping)
            );
            return Err(vm.type_error(message));
        }
        return Err(vm.unsupported("a mappingproxy of this mapping"));
    }
    let proxy = Proxy {
        mapping,
        incomplete: false,
    };
    Ok(Value::Opaque(vm.heap.new_opaque(MAPPING_PROXY, Box::new(proxy), None)))
}

fn proxy_of(vm: &Vm, value: Value) -> Option<Proxy> {
    match value {
        Value::Opaque(id) => vm.heap.native::<Proxy>(id).copied(),
        _ => None,
    }
}

fn this(vm: &Vm, a: Args<'_>) -> Value {
    proxy_of(vm, a[0]).map_or(Value::None, |proxy| proxy.mapping)
}

/// The mapping behind a proxy, or what else an operand is.
fn behind(vm: &Vm, value: Value) -> Value {
    proxy_of(vm, value).map_or(value, |proxy| proxy.mapping)
}

/// The mapping, for a look at all that it holds.
fn whole(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    match proxy_of(vm, a[0]) {
        Some(Proxy { incomplete: true, .. }) if !vm.in_library_module() => {
            Err(vm.unsupported("the namespace of a library class"))
        }
        Some(Proxy { mapping, .. }) => Ok(mapping),
        None => Ok(Value::None),
    }
}

/// The mapping, for a look at one key.
fn with_key(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let mapping = this(vm, a);
    match vm.contains(mapping, a[1])? && !a[1].is(Value::Str(names::DOC)) {
        true => Ok(mapping),
        false => whole(vm, a),
    }
}

/// Calls the mapping's method of the same name.
fn passed(vm: &mut Vm, a: Args<'_>, name: &str) -> Res<Value> {
    let (mapping, name) = (whole(vm, a)?, vm.heap.intern(name));
    vm.call_method(mapping, name, &a.values[1..])
}

fn compare(vm: &mut Vm, a: Args<'_>, operator: usize) -> Res<Value> {
    let (left, right) = (this(vm, a), behind(vm, a[1]));
    vm.compare(operator, left, right)
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(
        MAPPING_PROXY,
        &[
            native("__getitem__", Arity::One, |vm, a| {
                let mapping = with_key(vm, a)?;
                vm.get_item(mapping, a[1])
            }),
            native("__contains__", Arity::One, |vm, a| {
                let mapping = with_key(vm, a)?;
                Ok(Value::from(vm.contains(mapping, a[1])?))
            }),
            native("__len__", Arity::None, |vm, a| {
                let mapping = whole(vm, a)?;
                Ok(Value::Int(vm.length(mapping)? as i64))
            }),
            native("__iter__", Arity::None, |vm, a| {
                let mapping = whole(vm, a)?;
                vm.iterator(mapping)
            }),
            native("__reversed__", Arity::None, |vm, a| {
                let mapping = whole(vm, a)?;
                vm.reversed(mapping)
            }),
            native("__repr__", Arity::None, |vm, a| {
                let mapping = whole(vm, a)?;
                let text = vm.repr_string(mapping)?;
                Ok(vm.new_string(format!("mappingproxy({text})")))
            }),
            native("__str__", Arity::None, |vm, a| {
                let mapping = whole(vm, a)?;
                vm.str_of(mapping).map(Value::Str)
            }),
            native("__or__", Arity::One, |vm, a| {
                let (left, right) = (behind(vm, a[0]), behind(vm, a[1]));
                vm.binary_operation(crate::bytecode::BinaryOperator::Or as usize, left, right)
            }),
            native("__ror__", Arity::One, |vm, a| {
                let (left, right) = (behind(vm, a[1]), behind(vm, a[0]));
                vm.binary_operation(crate::bytecode::BinaryOperator::Or as usize, left, right)
            }),
            native("__ior__", Arity::One, |vm, a| {
                let message = format!("'|=' is not supported by {}; use '|' instead", vm.type_name(a[0]));
                Err(vm.type_error(message))
            }),
            native("__eq__", Arity::One, |vm, a| compare(vm, a, EQ)),
            native("__ne__", Arity::One, |vm, a| compare(vm, a, NE)),
            native("get", Arity::Between(1, 2), |vm, a| {
                let (mapping, name) = (with_key(vm, a)?, vm.heap.intern("get"));
                vm.call_method(mapping, name, &a.values[1..])
            }),
            native("keys", Arity::None, |vm, a| passed(vm, a, "keys")),
            native("values", Arity::None, |vm, a| passed(vm, a, "values")),
            native("items", Arity::None, |vm, a| passed(vm, a, "items")),
            native("copy", Arity::None, |vm, a| passed(vm, a, "copy")),
        ],
    );
    forbid_hash(vm, MAPPING_PROXY);
}
