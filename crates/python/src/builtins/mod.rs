//! The `builtins` module and the methods of the built-in types: one file per subject.

pub mod alias;
pub mod bytes;
mod construct;
mod dict;
mod directory;
pub mod evaluate;
mod exceptions;
pub mod function;
mod functions;
pub mod generator;
mod interactive;
pub mod known;
mod list;
mod memoryview;
mod numbers;
pub mod percent;
pub mod proxy;
mod set;
pub mod slots;
pub mod sort;
mod str;

pub use known::KNOWN_NAMES;

use crate::value::*;
use crate::vm::Vm;
use crate::vm::descriptors::{ClassMethod, Member, Property, StaticMethod};
use crate::vm::matching::Traceback;
use crate::vm::names;
use crate::vm::types::TRACEBACK;

/// Fills `builtins` and the built-in types of a new machine.
pub(crate) fn install(vm: &mut Vm) {
    slots::install(vm);
    functions::install(vm);
    evaluate::install(vm);
    crate::vm::asynchronous::install(vm);
    numbers::install(vm);
    str::install(vm);
    bytes::install(vm);
    list::install(vm);
    dict::install(vm);
    set::install(vm);
    exceptions::install(vm);
    generator::install(vm);
    proxy::install(vm);
    alias::install(vm);
    memoryview::install(vm);
    crate::modules::io::install(vm);
    let builtins = vm.builtins;
    for (name, value) in [
        ("Ellipsis", Value::Ellipsis),
        ("NotImplemented", Value::NotImplemented),
        ("__debug__", Value::from(true)),
    ] {
        let name = vm.heap.intern(name);
        vm.heap.set_name(builtins, name, value);
    }
    let name = Value::Str(names::MODULE_ROOT);
    vm.heap.set_name(builtins, names::NAME, name);
}

/// Attributes of opaque objects of the machine's own types.
pub(crate) fn opaque_attribute(vm: &mut Vm, id: OpaqueId, name: StrId) -> Res<Option<Value>> {
    if let Some(&property) = vm.heap.native::<Property>(id) {
        let or_none = |v: Value| Some(v.some().unwrap_or(Value::None));
        return match vm.heap.text(name) {
            "fget" => Ok(or_none(property.getter)),
            "fset" => Ok(or_none(property.setter)),
            "fdel" => Ok(or_none(property.deleter)),
            "__doc__" => Ok(or_none(property.doc)),
            "__isabstractmethod__" => {
                for function in [property.getter, property.setter, property.deleter] {
                    if let Value::Function(_) = function
                        && let Some(flag) = vm.try_attribute(function, name)?
                    {
                        return Ok(Some(flag));
                    }
                }
                Ok(Some(Value::from(false)))
            }
            _ => Ok(None),
        };
    }
    if let Some(&member) = vm.heap.native::<Member>(id) {
        return Ok(match vm.heap.text(name) {
            "__name__" => Some(Value::Str(member.name)),
            "__qualname__" => {
                let (class, name) = (vm.heap[member.class].qualname, vm.heap.text(member.name));
                let qualname = format!("{}.{name}", vm.heap.text(class));
                Some(vm.new_string(qualname))
            }
            "__objclass__" => Some(Value::Class(member.class)),
            "__doc__" => Some(Value::None),
            _ => None,
        });
    }
    if let Some(&Traceback {
        exception,
        first,
        entry,
        next,
    }) = vm.heap.native::<Traceback>(id)
    {
        let entries = &vm.heap[exception].traceback;
        return Ok(match (vm.heap.text(name), (entry > first).then(|| entry - 1)) {
            ("tb_lineno", _) => Some(Value::Int(entries[entry].1.into())),
            ("tb_next", None) => Some(Value::None),
            ("tb_next", _) if !next.is_null() => Some(next),
            ("tb_next", Some(entry)) => {
                let code = &vm.codes[entries[entry].0];
                if code.library {
                    return Err(vm.unsupported("tracebacks through the library"));
                }
                let next = Traceback {
                    exception,
                    first,
                    entry,
                    next: Value::Null,
                };
                let next = Value::Opaque(vm.heap.new_opaque(TRACEBACK, Box::new(next), None));
                vm.heap.native_mut::<Traceback>(id).expect("just seen").next = next;
                Some(next)
            }
            _ => None,
        });
    }
    let wrapped = match (vm.heap.native::<StaticMethod>(id), vm.heap.native::<ClassMethod>(id)) {
        (Some(method), _) => method.0,
        (_, Some(method)) => method.0,
        _ => return alias::attribute(vm, id, name),
    };
    match vm.heap.text(name) {
        "__func__" | "__wrapped__" => Ok(Some(wrapped)),
        "__name__" | "__qualname__" | "__doc__" | "__isabstractmethod__" | "__module__" | "__annotations__" => {
            vm.try_attribute(wrapped, name)
        }
        _ => Ok(None),
    }
}
