//! `dir`.

use super::functions::locals;
use super::known;
use crate::value::*;
use crate::vm::native::Args;
use crate::vm::types::*;
use crate::vm::{Vm, names};

pub fn dir(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let mut found: Vec<String> = Vec::new();
    let mut dicts: Vec<DictId> = Vec::new();
    match a.get(0) {
        None => match locals(vm)? {
            Value::Dict(dict) => dicts.push(dict),
            _ => return Err(vm.unsupported("dir() here")),
        },
        Some(Value::Module(module)) => match vm.heap.text(vm.heap[module].name) {
            "__main__" => dicts.push(vm.heap[module].dict),
            name => match known::of_module(name).filter(|_| name != "sys") {
                Some(names) => found.extend(names.map(str::to_owned)),
                None => {
                    let feature = format!("dir({name})");
                    return Err(vm.unsupported(feature));
                }
            },
        },
        Some(object) => {
            let class = vm.class_of(object);
            if !matches!(vm.class_attribute(class, names::DIR), None | Some(Value::Native(_)))
                && let Some(names) = vm.call_special(object, names::DIR, &[])?
            {
                return super::sort::sorted(vm, Args::positional(&[names]));
            }
            let class = match object {
                Value::Class(class) => class,
                Value::Instance(_) | Value::Exception(_) | Value::Function(_) => {
                    dicts.extend(vm.own_dict(object));
                    vm.class_of(object)
                }
                _ => vm.class_of(object),
            };
            let has_entries = dicts.iter().any(|&dict| vm.heap[dict].len() > 0);
            for ancestor in vm.heap[class].mro.clone() {
                let title = vm.class_full_name(ancestor);
                if !title.starts_with("__main__.")
                    && let Some(names) = known::of_class(&title)
                {
                    if has_entries && keeps_state(&title) {
                        return Err(vm.unsupported(format!("dir() of an instance of {title}")));
                    }
                    found.extend(names.map(str::to_owned));
                    continue;
                }
                match vm.heap[ancestor].builtin {
                    false => dicts.push(vm.heap[ancestor].dict),
                    true if ancestor == OBJECT => found.extend(OBJECT_NAMES.iter().map(|&name| name.to_owned())),
                    true if EXCEPTION_CLASSES.contains(&ancestor) => {
                        found.extend(EXCEPTION_NAMES.iter().map(|&name| name.to_owned()));
                    }
                    true => match type_names(vm.class_name(ancestor)) {
                        Some(names) => found.extend(names.map(str::to_owned)),
                        None => return Err(vm.unsupported("dir() of this object")),
                    },
                }
            }
            // What CPython enters into every class by itself.
            let own = vm.heap[class].mro.clone();
            for ancestor in own {
                if vm.heap[ancestor].builtin {
                    continue;
                }
                found.extend(["__module__".to_owned(), "__doc__".to_owned()]);
                if vm.heap.get_name(vm.heap[ancestor].dict, names::SLOTS).is_none() {
                    found.push("__dict__".to_owned());
                    found.push("__weakref__".to_owned());
                }
                let dict = vm.heap[ancestor].dict;
                let of_abstract = vm.heap.intern("_abc_impl");
                if vm.heap.get_name(dict, of_abstract).is_some() {
                    found.push("__abstractmethods__".to_owned());
                }
                let defines = |name| vm.heap.get_name(dict, name).is_some();
                if defines(names::EQ) && !defines(names::HASH) {
                    found.push("__hash__".to_owned());
                }
            }
        }
    }
    for dict in dicts {
        for (key, _) in vm.heap[dict].iter() {
            if let Value::Str(name) = key {
                found.push(vm.heap.text(name).to_owned());
            }
        }
    }
    found.sort();
    found.dedup();
    let items: Vec<Value> = found.into_iter().map(|name| vm.new_string(name)).collect();
    Ok(vm.heap.new_list(items))
}

/// Whether the library's class keeps attributes of its own in its instances.
fn keeps_state(title: &str) -> bool {
    const ABSTRACT: [&str; 6] = [
        "abc.",
        "typing.",
        "collections.abc.",
        "contextlib.",
        "enum.",
        "numbers.",
    ];
    !ABSTRACT.iter().any(|module| title.starts_with(module))
}

/// What `dir` of a built-in type has beyond `dir(object)`.
fn type_names(name: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
    const NAMES: &str = include_str!("type_names.txt");
    NAMES.lines().find_map(|line| {
        let mut words = line.split(' ');
        (words.next() == Some(name)).then_some(words)
    })
}

/// `dir(object)`.
const OBJECT_NAMES: &[&str] = &[
    "__class__",
    "__delattr__",
    "__dir__",
    "__doc__",
    "__eq__",
    "__format__",
    "__ge__",
    "__getattribute__",
    "__getstate__",
    "__gt__",
    "__hash__",
    "__init__",
    "__init_subclass__",
    "__le__",
    "__lt__",
    "__ne__",
    "__new__",
    "__reduce__",
    "__reduce_ex__",
    "__repr__",
    "__setattr__",
    "__sizeof__",
    "__str__",
    "__subclasshook__",
];

/// Exceptions that add nothing to what `BaseException` has.
const EXCEPTION_CLASSES: &[ClassId] = &[
    BASE_EXCEPTION,
    EXCEPTION,
    ARITHMETIC_ERROR,
    ASSERTION_ERROR,
    INDEX_ERROR,
    KEY_ERROR,
    LOOKUP_ERROR,
    NOT_IMPLEMENTED_ERROR,
    OVERFLOW_ERROR,
    RUNTIME_ERROR,
    TYPE_ERROR,
    VALUE_ERROR,
    ZERO_DIVISION_ERROR,
];

/// What `dir(BaseException)` has beyond `dir(object)`.
const EXCEPTION_NAMES: &[&str] = &[
    "__cause__",
    "__context__",
    "__dict__",
    "__setstate__",
    "__suppress_context__",
    "__traceback__",
    "add_note",
    "args",
    "with_traceback",
];
