//! What CPython has and this machine has not: names that must be refused, never reported missing.

use crate::value::*;
use crate::vm::{Vm, names};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What CPython's library modules define, and what their classes do (by full name and a colon), in the order of their namespaces:
/// made by `known_names.py`.
static NAMES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    include_str!("known_names.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect()
});

/// The names that CPython's library module defines, in its order.
pub fn of_module(module: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
    NAMES.get(module).map(|names| names.split(' '))
}

/// The names that the library's class itself defines in CPython, in its order; `title` is its full name.
pub fn of_class(title: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
    NAMES.get(format!("{title}:").as_str()).map(|names| names.split(' '))
}

/// What CPython gives for a library module's `__dict__`: its names in its order, each new, as the namespace here is another. What is
/// not made here stands for itself and refuses to be used.
pub fn namespace(vm: &mut Vm, module: ModuleId) -> Res<DictId> {
    let own = vm.heap.text(vm.heap[module].name).to_owned();
    let Some(known) = of_module(&own) else {
        return Ok(vm.heap[module].dict);
    };
    let library = vm.import_by_name("_absent")?;
    let maker = vm.heap.intern("unknown");
    let maker = vm.get_attribute(Value::Module(library), maker)?;
    let shown = vm.heap.new_dict();
    for text in known {
        let name = vm.heap.intern(text);
        let made = match text.starts_with('_') && !matches!(text, "__name__" | "__all__") {
            true => None,
            false => vm.module_member(module, name)?,
        };
        let value = match made {
            Some(value) => value,
            None => {
                let title = vm.new_string(format!("{own}.{text}"));
                vm.call(maker, &[title])?
            }
        };
        vm.heap.set_name(shown, name, value);
    }
    Ok(shown)
}

/// The full name of the class that defines the name in CPython, where the class is the library's.
fn defined_by_library(vm: &Vm, class: ClassId, name: &str) -> Option<String> {
    vm.heap[class].mro.iter().find_map(|&ancestor| {
        let module = vm.heap.get_name(vm.heap[ancestor].dict, names::MODULE);
        if matches!(module, Some(Value::Str(names::MAIN))) {
            return None;
        }
        let title = vm.class_full_name(ancestor);
        of_class(&title)?.any(|known| known == name).then_some(title)
    })
}

/// Built-in functions that are not reproduced.
pub const KNOWN_NAMES: &[&str] = &["__builtins__", "breakpoint", "help", "copyright", "credits", "license"];

const SEQUENCE: &[&str] = &["__getnewargs__", "__getstate__", "__class_getitem__"];

/// Attributes that only some built-in objects have in CPython, and none here.
const RARE: &[&str] = &[
    "__alloc__",
    "__getformat__",
    "__getnewargs__",
    "__length_hint__",
    "__objclass__",
    "__rand__",
    "__rdivmod__",
    "__rlshift__",
    "__ror__",
    "__rrshift__",
    "__rsub__",
    "__rxor__",
    "__self_class__",
    "__setstate__",
    "__text_signature__",
    "__thisclass__",
    "__typing_unpacked_tuple_args__",
    "__unpacked__",
    "_co_code_adaptive",
    "ag_await",
    "ag_code",
    "ag_frame",
    "ag_running",
    "characters_written",
    "co_linetable",
    "cr_code",
    "cr_origin",
    "cr_suspended",
    "filename2",
    "tb_frame",
    "tb_lasti",
    "tb_lineno",
    "tb_next",
];

/// The refusal for an attribute that CPython's object would have; `None` where it really is missing.
pub fn missing(vm: &Vm, object: Value, name: StrId) -> Option<String> {
    let text = vm.heap.text(name);
    let value = vm.payload(object);
    if RARE.contains(&text) && !matches!(value, Value::Instance(_) | Value::Module(_)) {
        return Some(format!("{text} of a built-in object"));
    }
    let (kind, names): (&str, &[&str]) = match value {
        Value::Str(_) => ("str", &["__rmod__", "__getnewargs__"]),
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::FrozenSet(_) => {
            ("container", SEQUENCE)
        }
        Value::Generator(_) => (
            "generator",
            &[
                "gi_frame",
                "gi_running",
                "gi_code",
                "gi_yieldfrom",
                "gi_suspended",
                "cr_frame",
                "cr_await",
                "cr_running",
                "cr_suspended",
                "cr_origin",
                "ag_frame",
                "ag_running",
            ],
        ),
        Value::Code(_) => (
            "code",
            &[
                "co_code",
                "co_lnotab",
                "co_stacksize",
                "co_lines",
                "co_positions",
                "replace",
                "co_exceptiontable",
            ],
        ),
        Value::Function(_) => ("function", &["__builtins__", "__type_params__"]),
        Value::Module(module) => {
            let own = vm.heap.text(vm.heap[module].name);
            let missing = match of_module(own) {
                Some(mut known) => !known.any(|known| known == text),
                None => matches!(own, "__main__" | "_tracer") || text == "__all__",
            };
            return (!missing).then(|| format!("{own}.{text}"));
        }
        Value::Opaque(_) if crate::modules::io::may_have(vm, value, text) && !text.starts_with("__") => {
            return Some(format!("{text} of a standard stream"));
        }
        Value::Class(_) => (
            "type",
            &[
                "__subclasshook__",
                "__text_signature__",
                "__basicsize__",
                "__itemsize__",
                "__flags__",
                "__dictoffset__",
                "__weakrefoffset__",
            ],
        ),
        _ => ("object", &["__getstate__", "__subclasshook__", "__weakref__"]),
    };
    if names.contains(&text) {
        return Some(format!("{kind}.{text}"));
    }
    let class = match object {
        Value::Class(class) => class,
        _ => vm.class_of(object),
    };
    if name == names::DOC {
        return None;
    }
    defined_by_library(vm, class, text).map(|title| format!("{title}.{text}"))
}
