//! `collections.namedtuple`.

use std::collections::HashSet;

use super::lazy::{add_property, class_argument, data, data_mut};
use crate::heap::objects::NativeData;
use crate::text::methods::is_identifier;
use crate::value::*;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

/// `__new__` of one named tuple class: binds the fields.
struct Maker {
    type_name: String,
    fields: Vec<StrId>,
    /// Values of the last fields.
    defaults: Vec<Value>,
}

impl NativeData for Maker {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        self.fields
            .iter()
            .map(|&field| Value::Str(field))
            .chain(self.defaults.iter().copied())
            .for_each(visit);
    }
}

/// The descriptor of a field.
struct Field(usize);

impl NativeData for Field {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}
}

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

fn items_of(vm: &Vm, value: Value) -> Vec<Value> {
    match vm.payload(value) {
        Value::Tuple(tuple) => vm.heap[tuple].items.to_vec(),
        _ => Vec::new(),
    }
}

/// "a", "a and b", "a, b, and c", each in quotes.
fn listed(vm: &Vm, missing: &[StrId]) -> String {
    let quoted: Vec<String> = missing
        .iter()
        .map(|&name| format!("'{}'", vm.heap.text(name)))
        .collect();
    match quoted.as_slice() {
        [only] => only.clone(),
        [first, second] => format!("{first} and {second}"),
        [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
        [] => String::new(),
    }
}

/// `Maker.__call__(class, *values, **fields)`.
fn make(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let maker: &Maker = data(vm, a[0]);
    let (fields, defaults, name) = (maker.fields.clone(), maker.defaults.clone(), maker.type_name.clone());
    let plain = &a.plain()[1..];
    let Some(&class) = plain.first() else {
        return Err(vm.type_error(format!(
            "{name}.__new__() missing 1 required positional argument: '_cls'"
        )));
    };
    let given = plain.len() - 1;
    let mut values = vec![Value::Null; fields.len()];
    for (slot, &value) in values.iter_mut().zip(&plain[1..]) {
        *slot = value;
    }
    for (keyword, value) in a.keywords() {
        let text = vm.heap.text(keyword);
        match fields.iter().position(|&field| vm.heap.text(field) == text) {
            None => return Err(vm.type_error(format!("{name}.__new__() got an unexpected keyword argument '{text}'"))),
            Some(at) if !values[at].is_null() => {
                return Err(vm.type_error(format!("{name}.__new__() got multiple values for argument '{text}'")));
            }
            Some(at) => values[at] = value,
        }
    }
    if given > fields.len() {
        let most = fields.len() + 1;
        let least = most - defaults.len();
        let takes = if defaults.is_empty() {
            most.to_string()
        } else {
            format!("from {least} to {most}")
        };
        let plural = if most == 1 { "" } else { "s" };
        let message = format!(
            "{name}.__new__() takes {takes} positional argument{plural} but {} were given",
            given + 1
        );
        return Err(vm.type_error(message));
    }
    let first_default = fields.len() - defaults.len();
    let mut missing = Vec::new();
    for (at, value) in values.iter_mut().enumerate() {
        if value.is_null() {
            if at >= first_default {
                *value = defaults[at - first_default];
            } else {
                missing.push(fields[at]);
            }
        }
    }
    if !missing.is_empty() {
        let plural = if missing.len() == 1 { "" } else { "s" };
        let message = format!(
            "{name}.__new__() missing {} required positional argument{plural}: {}",
            missing.len(),
            listed(vm, &missing)
        );
        return Err(vm.type_error(message));
    }
    let tuple = vm.heap.new_tuple(&values);
    match class {
        Value::Class(class) => Ok(Value::Instance(vm.heap.new_instance(class, tuple))),
        _ => Err(vm.type_error("tuple.__new__(X): X is not a type object")),
    }
}

fn fields_of(vm: &mut Vm, object: Value) -> Res<Vec<StrId>> {
    let name = vm.heap.intern("_fields");
    let fields = vm.get_attribute(object, name)?;
    Ok(items_of(vm, fields)
        .into_iter()
        .filter_map(|field| vm.str_id(field))
        .collect())
}

const METHODS: &[NativeDefinition] = &[
    native("__repr__", Arity::None, |vm, a| {
        let mut out = format!("{}(", vm.class_name(vm.class_of(a[0])));
        let fields = fields_of(vm, a[0])?;
        vm.enter(" while getting the repr of an object")?;
        for (index, (field, value)) in fields.into_iter().zip(items_of(vm, a[0])).enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            out.push_str(vm.heap.text(field));
            out.push('=');
            let result = vm.repr_into(&mut out, value);
            if result.is_err() {
                vm.leave();
                result?;
            }
        }
        vm.leave();
        out.push(')');
        Ok(vm.new_string(out))
    }),
    native("_asdict", Arity::None, |vm, a| {
        let fields = fields_of(vm, a[0])?;
        let dict = vm.heap.new_dict();
        for (field, value) in fields.into_iter().zip(items_of(vm, a[0])) {
            vm.heap.set_name(dict, field, value);
        }
        Ok(Value::Dict(dict))
    }),
    native("_replace", Arity::Any, |vm, a| {
        let fields = fields_of(vm, a[0])?;
        let class = vm.class_of(a[0]);
        if a.plain().len() > 1 {
            let message = format!(
                "{}._replace() takes 1 positional argument but {} were given",
                vm.class_name(class),
                a.plain().len()
            );
            return Err(vm.type_error(message));
        }
        let mut values = items_of(vm, a[0]);
        let mut unknown = Vec::new();
        for (keyword, value) in a.keywords() {
            let text = vm.heap.text(keyword);
            match fields.iter().position(|&field| vm.heap.text(field) == text) {
                Some(at) => values[at] = value,
                None => unknown.push(Value::Str(keyword)),
            }
        }
        if !unknown.is_empty() {
            let list = vm.heap.new_list(unknown);
            let message = format!("Got unexpected field names: {}", vm.repr_string(list)?);
            return Err(vm.value_error(message));
        }
        let tuple = vm.heap.new_tuple(&values);
        Ok(Value::Instance(vm.heap.new_instance(class, tuple)))
    }),
    native("__getnewargs__", Arity::None, |vm, a| Ok(vm.payload(a[0]))),
];

/// `_make(class, iterable)`.
fn make_from(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let class = class_argument(a);
    let values = vm.collect_items(a[1])?;
    let count = fields_of(vm, a[0])?.len();
    if values.len() != count {
        let message = format!("Expected {count} arguments, got {}", values.len());
        return Err(vm.type_error(message));
    }
    let tuple = vm.heap.new_tuple(&values);
    Ok(Value::Instance(vm.heap.new_instance(class, tuple)))
}

const FIELD: &[NativeDefinition] = &[
    native("__get__", Arity::Between(1, 2), |vm, a| {
        if a[1].is_none() {
            return Ok(a[0]);
        }
        let index = data::<Field>(vm, a[0]).0;
        match vm.payload(a[1]) {
            Value::Tuple(tuple) if index < vm.heap[tuple].items.len() => Ok(vm.heap[tuple].items[index]),
            _ => Err(vm.index_error("tuple index out of range")),
        }
    }),
    native("__set__", Arity::Between(2, 2), |vm, _| {
        Err(vm.raise(ATTRIBUTE_ERROR, "can't set attribute"))
    }),
    native("__delete__", Arity::One, |vm, _| {
        Err(vm.raise(ATTRIBUTE_ERROR, "can't delete attribute"))
    }),
];

pub fn make_field_class(vm: &mut Vm) -> Res<Value> {
    let class = vm.define_class("_tuplegetter", "_collections", OBJECT, FIELD);
    let doc = native("__doc__", Arity::One, |vm, a| {
        let index = data::<Field>(vm, a[0]).0;
        Ok(vm.new_string(format!("Alias for field number {index}")))
    });
    add_property(vm, class, doc, None);
    Ok(Value::Class(class))
}

pub fn make_maker_class(vm: &mut Vm) -> Res<Value> {
    let methods = [native("__call__", Arity::Any, make)];
    let class = vm.define_class("function", "builtins", OBJECT, &methods);
    let getter = native("__defaults__", Arity::One, |vm, a| {
        let defaults = data::<Maker>(vm, a[0]).defaults.clone();
        Ok(if defaults.is_empty() {
            Value::None
        } else {
            vm.heap.new_tuple(&defaults)
        })
    });
    let setter = native("__defaults__", Arity::Between(2, 2), |vm, a| {
        let defaults = match a[1] {
            Value::None => Vec::new(),
            Value::Tuple(tuple) => vm.heap[tuple].items.to_vec(),
            _ => return Err(vm.type_error("__defaults__ must be set to a tuple object")),
        };
        data_mut::<Maker>(vm, a[0]).defaults = defaults;
        Ok(Value::None)
    });
    add_property(vm, class, getter, Some(setter));
    Ok(Value::Class(class))
}

fn own_class(vm: &mut Vm, name: &str) -> Res<ClassId> {
    let module = vm.import_by_name("collections")?;
    let name = vm.heap.intern(name);
    match vm.get_attribute(Value::Module(module), name)? {
        Value::Class(class) => Ok(class),
        _ => Err(vm.unsupported("a changed collections module")),
    }
}

/// The field names as given: a list, or a text with commas or spaces.
fn field_names(vm: &mut Vm, value: Value) -> Res<Vec<String>> {
    if let Some(id) = vm.str_id(value) {
        return Ok(vm
            .heap
            .text(id)
            .replace(',', " ")
            .split_whitespace()
            .map(str::to_owned)
            .collect());
    }
    let mut names = Vec::new();
    for item in vm.collect_items(value)? {
        let id = vm.str_of(item)?;
        names.push(vm.heap.text(id).to_owned());
    }
    Ok(names)
}

/// `namedtuple`, with a value for each of its parameters: `typename`, `field_names`, `rename`, `defaults`, `module`.
pub fn named_tuple(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let mut fields = field_names(vm, a[1])?;
    let type_id = vm.str_of(a[0])?;
    let type_id = vm.heap.intern_str(type_id);
    let type_name = vm.heap.text(type_id).to_owned();
    let rename = vm.truth(a[2])?;
    if rename {
        let mut seen: HashSet<String> = HashSet::new();
        for (index, field) in fields.iter_mut().enumerate() {
            let bad = !is_identifier(field)
                || KEYWORDS.contains(&field.as_str())
                || field.starts_with('_')
                || seen.contains(field);
            if bad {
                *field = format!("_{index}");
            }
            seen.insert(field.clone());
        }
    }
    for name in std::iter::once(&type_name).chain(&fields) {
        if !is_identifier(name) {
            let text = vm.new_str(name);
            let message = format!(
                "Type names and field names must be valid identifiers: {}",
                vm.repr_string(text)?
            );
            return Err(vm.value_error(message));
        }
        if KEYWORDS.contains(&name.as_str()) {
            let text = vm.new_str(name);
            let message = format!(
                "Type names and field names cannot be a keyword: {}",
                vm.repr_string(text)?
            );
            return Err(vm.value_error(message));
        }
    }
    let mut seen: HashSet<&str> = HashSet::new();
    for name in &fields {
        if name.starts_with('_') && !rename {
            return Err(vm.value_error(format!("Field names cannot start with an underscore: '{name}'")));
        }
        if !seen.insert(name) {
            return Err(vm.value_error(format!("Encountered duplicate field name: '{name}'")));
        }
    }
    let defaults = match a.get(3).filter(|defaults| !defaults.is_none()) {
        Some(defaults) => vm.collect_items(defaults)?,
        None => Vec::new(),
    };
    if defaults.len() > fields.len() {
        return Err(vm.type_error("Got more default values than field names"));
    }
    let module = match a.get(4).filter(|module| !module.is_none()) {
        Some(module) => module,
        None => {
            // The last frame is that of `namedtuple` itself.
            let globals = vm.frames.iter().rev().nth(1).map_or(vm.main, |caller| caller.globals);
            vm.heap
                .get_name(globals, names::NAME)
                .unwrap_or(Value::Str(names::MAIN))
        }
    };
    vm.reserve(fields.len() * 400)?;
    let fields: Vec<StrId> = fields.iter().map(|field| vm.heap.intern(field)).collect();
    let class = define(vm, type_id, &fields, &defaults, module)?;
    Ok(Value::Class(class))
}

/// Makes a named tuple class.
pub fn define(vm: &mut Vm, type_name: StrId, fields: &[StrId], defaults: &[Value], module: Value) -> Res<ClassId> {
    let namespace = vm.heap.new_dict();
    let set = |vm: &mut Vm, name: &str, value: Value| {
        let name = vm.heap.intern(name);
        vm.heap.set_name(namespace, name, value);
    };
    let values: Vec<Value> = fields.iter().map(|&field| Value::Str(field)).collect();
    let tuple = vm.heap.new_tuple(&values);
    let text: Vec<&str> = fields.iter().map(|&field| vm.heap.text(field)).collect();
    let comma = if text.len() == 1 { "," } else { "" };
    let doc = format!("{}({}{comma})", vm.heap.text(type_name), text.join(", "));
    let doc = vm.new_string(doc);
    set(vm, "__doc__", doc);
    let empty = vm.heap.new_tuple(&[]);
    set(vm, "__slots__", empty);
    set(vm, "_fields", tuple);
    let by_name = vm.heap.new_dict();
    for (&field, &value) in fields[fields.len() - defaults.len()..].iter().zip(defaults) {
        vm.heap.set_name(by_name, field, value);
    }
    set(vm, "_field_defaults", Value::Dict(by_name));
    let maker_class = own_class(vm, "_named_tuple_maker")?;
    let maker = Maker {
        type_name: vm.heap.text(type_name).to_owned(),
        fields: fields.to_vec(),
        defaults: defaults.to_vec(),
    };
    let maker = Value::Opaque(vm.heap.new_opaque(maker_class, Box::new(maker), None));
    let maker = crate::vm::descriptors::StaticMethod(maker);
    let maker = Value::Opaque(vm.heap.new_opaque(STATICMETHOD, Box::new(maker), None));
    set(vm, "__new__", maker);
    // In CPython's order; the methods come when there is a class.
    for name in ["_make", "_replace", "__repr__", "_asdict", "__getnewargs__"] {
        set(vm, name, Value::None);
    }
    set(vm, "__match_args__", tuple);
    let field_class = own_class(vm, "_tuplegetter")?;
    for (index, &field) in fields.iter().enumerate() {
        let descriptor = Value::Opaque(vm.heap.new_opaque(field_class, Box::new(Field(index)), None));
        vm.heap.set_name(namespace, field, descriptor);
    }
    vm.heap.set_name(namespace, names::MODULE, module);
    let class = vm.new_class(TYPE, type_name, &[Value::Class(TUPLE)], Value::Dict(namespace), &[])?;
    vm.add_methods(class, METHODS);
    vm.add_class_methods(class, &[native("_make", Arity::One, make_from)]);
    Ok(class)
}
