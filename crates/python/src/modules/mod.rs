//! Library modules made in Rust. Each is registered by name with the function that fills its namespace.

pub mod array;
pub mod binascii;
mod bisect;
mod collections;
mod combinatorics;
mod csv;
pub mod decimal;
mod deque;
mod dicts;
pub mod elements;
mod functools;
mod grouping;
mod hashlib;
mod heapq;
pub mod io;
mod itertools;
mod json;
pub mod lazy;
mod math;
mod named_tuple;
mod operator;
pub mod packing;
mod zlib;
pub use dicts::is_ordered as is_ordered_dict;
pub mod star;
pub mod stdin;
mod support;
pub mod sys;
pub mod weak;

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
        name: "_bisect",
        fill: bisect::fill,
    },
    NativeModule {
        name: "_csv",
        fill: csv::fill,
    },
    NativeModule {
        name: "_hashlib",
        fill: hashlib::fill,
    },
    NativeModule {
        name: "_heapq",
        fill: heapq::fill,
    },
    NativeModule {
        name: "_json",
        fill: json::fill,
    },
    NativeModule {
        name: "array",
        fill: array::fill,
    },
    NativeModule {
        name: "binascii",
        fill: binascii::fill,
    },
    NativeModule {
        name: "collections",
        fill: collections::fill,
    },
    NativeModule {
        name: "decimal",
        fill: decimal::fill,
    },
    NativeModule {
        name: "functools",
        fill: functools::fill,
    },
    NativeModule {
        name: "itertools",
        fill: itertools::fill,
    },
    NativeModule {
        name: "math",
        fill: math::fill,
    },
    NativeModule {
        name: "operator",
        fill: operator::fill,
    },
    NativeModule {
        name: "struct",
        fill: packing::fill,
    },
    NativeModule {
        name: "sys",
        fill: sys::fill,
    },
    NativeModule {
        name: "zlib",
        fill: zlib::fill,
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
    library!("__future__"),
    library!("_absent"),
    library!("_anext"),
    library!("_argparse_actions"),
    library!("_argparse_help"),
    library!("_argparse_parser"),
    library!("_argparse_run"),
    library!("_collections_counter"),
    library!("_collections_python"),
    library!("_collections_user"),
    library!("_dataclass_methods"),
    library!("_datetime_duration"),
    library!("_datetime_text"),
    library!("_decimal_python"),
    library!("_exception_group"),
    library!("_functools_python"),
    library!("_inspect_signature"),
    library!("_io_python"),
    library!("_logging_format"),
    library!("_logging_handlers"),
    library!("_pickle_load"),
    library!("_pickle_save"),
    library!("_statistics_normal"),
    library!("_string_formatter"),
    library!("_sys_python"),
    library!("_time_struct"),
    library!("_typing_parameters"),
    library!("_unicode_decompositions"),
    library!("_unicode_tables"),
    library!("_unittest_case"),
    library!("_unittest_checks"),
    library!("_unittest_loader"),
    library!("_unittest_logs"),
    library!("_unittest_result"),
    library!("_unittest_runner"),
    library!("_unittest_suite"),
    library!("abc"),
    library!("argparse"),
    library!("ast"),
    library!("asyncio"),
    library!("base64"),
    library!("bisect"),
    library!("calendar"),
    library!("cmath"),
    library!("collections.abc"),
    library!("colorsys"),
    library!("concurrent.futures"),
    library!("configparser"),
    library!("contextlib"),
    library!("contextvars"),
    library!("copy"),
    library!("csv"),
    library!("dataclasses"),
    library!("datetime"),
    library!("difflib"),
    library!("doctest"),
    library!("enum"),
    library!("errno"),
    library!("fnmatch"),
    library!("fractions"),
    library!("gc"),
    library!("getopt"),
    library!("graphlib"),
    library!("hashlib"),
    library!("heapq"),
    library!("hmac"),
    library!("html"),
    library!("html.parser"),
    library!("inspect"),
    library!("json"),
    library!("keyword"),
    library!("logging"),
    library!("numbers"),
    library!("os"),
    PythonModule {
        name: "os.path",
        source: include_str!("library/posixpath.py"),
    },
    library!("pathlib"),
    library!("pickle"),
    library!("posixpath"),
    library!("pprint"),
    library!("queue"),
    library!("random"),
    library!("re"),
    library!("reprlib"),
    library!("secrets"),
    library!("shlex"),
    library!("statistics"),
    library!("string"),
    library!("textwrap"),
    library!("threading"),
    library!("time"),
    library!("traceback"),
    library!("types"),
    library!("typing"),
    library!("unicodedata"),
    library!("unittest"),
    library!("urllib.parse"),
    library!("uuid"),
    library!("warnings"),
    library!("weakref"),
];
