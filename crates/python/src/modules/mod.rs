//! Library modules made in Rust. Each is registered by name with the function that fills its namespace.

pub mod io;
pub mod stdin;
mod support;
mod sys;

use crate::value::*;
use crate::vm::Vm;

/// A module's name and the function that fills its namespace when it is first imported.
pub struct NativeModule {
    pub name: &'static str,
    pub fill: fn(&mut Vm, DictId) -> Res<()>,
}

/// A module written in Python of our own: compiled once per process, never traced.
pub struct PythonModule {
    pub name: &'static str,
    pub source: &'static str,
}

pub const NATIVE: &[NativeModule] = &[
    NativeModule {
        name: "_tracer",
        fill: support::fill,
    },
    NativeModule {
        name: "sys",
        fill: sys::fill,
    },
    NativeModule {
        name: "io",
        fill: io::fill,
    },
    NativeModule {
        name: "builtins",
        fill: |vm, dict| {
            for (key, value) in vm.heap[vm.builtins].iter().collect::<Vec<_>>() {
                if let Value::Str(name) = key {
                    vm.heap.set_name(dict, name, value);
                }
            }
            Ok(())
        },
    },
];

macro_rules! library {
    ($name:literal) => {
        PythonModule {
            name: $name,
            source: include_str!(concat!("library/", $name, ".py")),
        }
    };
}

pub const PYTHON: &[PythonModule] = &[
    library!("abc"),
    library!("bisect"),
    library!("contextlib"),
    library!("copy"),
    library!("dataclasses"),
    library!("enum"),
    library!("fractions"),
    library!("heapq"),
    library!("numbers"),
    library!("queue"),
    library!("random"),
    library!("re"),
    library!("statistics"),
    library!("string"),
    library!("textwrap"),
    library!("types"),
    library!("typing"),
];
