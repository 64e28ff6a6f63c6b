//! What CPython has and this machine has not: names that must be refused, never reported missing.

use crate::value::*;
use crate::vm::Vm;

/// Built-in functions that are not reproduced.
pub const KNOWN_NAMES: &[&str] = &["__builtins__", "breakpoint", "help", "copyright", "credits", "license"];

const SEQUENCE: &[&str] = &["__getnewargs__", "__getstate__", "__class_getitem__"];

/// Modules that have all public names of CPython's.
const COMPLETE: &[&str] = &[
    "bisect",
    "collections",
    "heapq",
    "itertools",
    "math",
    "operator",
    "_tracer",
];

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
            let known = vm.heap[module].known;
            let complete = COMPLETE.contains(&own) || known.is_some_and(|known| !known.contains(&text));
            let missing = own == "__main__" || text == "__all__" || complete && !text.starts_with("__");
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
    names.contains(&text).then(|| format!("{kind}.{text}"))
}
