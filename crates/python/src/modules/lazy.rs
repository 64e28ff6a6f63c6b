//! Modules whose members are made when they are first asked for: most programs use two or three of a module's functions.

use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::descriptors::Property;
use crate::vm::names;
use crate::vm::native::{Args, Arity, NativeDefinition, NativeFunction, NativeKind, native};
use crate::vm::types::*;

/// How a member comes into being.
pub enum Member {
    Function(NativeDefinition),
    /// A class or a constant.
    Make(&'static str, fn(&mut Vm) -> Res<Value>),
    /// The member of the same name of a library module in Python.
    Python(&'static str, &'static str),
}

impl Member {
    fn name(&self) -> &'static str {
        match self {
            Member::Function(definition) => definition.name,
            Member::Make(name, _) | Member::Python(name, _) => name,
        }
    }
}

/// Shorthand for a table's row.
pub const fn function(name: &'static str, arity: Arity, function: NativeFunction) -> Member {
    Member::Function(native(name, arity, function))
}

/// Gives a module the hook that finds its members.
pub fn fill(vm: &mut Vm, dict: DictId, module: &str, hook: NativeFunction) -> Res<()> {
    vm.add_functions(dict, module, &[native("__getattr__", Arity::One, hook)]);
    Ok(())
}

/// The C module from which CPython's library module of Python takes its functions.
fn written_in(module: &'static str) -> &'static str {
    match module {
        "collections" => "_collections",
        "functools" => "_functools",
        "operator" => "_operator",
        "struct" => "_struct",
        _ => module,
    }
}

/// The hook: makes the member and keeps it in the module.
pub fn member(vm: &mut Vm, module: &'static str, members: &[Member], a: Args<'_>) -> Res<Value> {
    let id = vm.import_by_name(module)?;
    let dict = vm.heap[id].dict;
    let Value::Str(name) = a[0] else {
        return Err(vm.type_error("attribute name must be string"));
    };
    let value = if name == names::ALL {
        let items: Vec<Value> = members.iter().map(|member| vm.new_str(member.name())).collect();
        vm.heap.new_list(items)
    } else {
        let text = vm.heap.text(name);
        match members.iter().find(|member| member.name() == text) {
            None => return Err(vm.attribute_error(Value::Module(id), name)),
            Some(&Member::Function(definition)) => {
                let module = vm.heap.intern(written_in(module));
                vm.add_native(definition, NativeKind::Function, module)
            }
            Some(Member::Make(_, make)) => make(vm)?,
            Some(Member::Python(_, library)) => {
                let library = vm.import_by_name(library)?;
                vm.get_attribute(Value::Module(library), name)?
            }
        }
    };
    let name = vm.heap.intern_str(name);
    vm.heap.set_name(dict, name, value);
    Ok(value)
}

/// A list of the words of a text: `__all__` of a module whose members stand in another order.
pub fn listed(vm: &mut Vm, words: &str) -> Value {
    let items = words.split_whitespace().map(|word| vm.new_str(word)).collect();
    vm.heap.new_list(items)
}

/// A class of a native module, with attributes that can be read only.
pub fn class(
    vm: &mut Vm,
    name: &str,
    module: &str,
    methods: &[NativeDefinition],
    getters: &[NativeDefinition],
) -> ClassId {
    let class = vm.define_class(name, module, OBJECT, methods);
    add_getters(vm, class, getters);
    class
}

pub fn add_getters(vm: &mut Vm, class: ClassId, getters: &[NativeDefinition]) {
    for &getter in getters {
        add_property(vm, class, getter, None);
    }
}

/// An attribute under its getter's name.
pub fn add_property(vm: &mut Vm, class: ClassId, getter: NativeDefinition, setter: Option<NativeDefinition>) {
    let mut function = |definition| vm.add_native(definition, NativeKind::Function, names::MODULE_ROOT);
    let (read, write) = (function(getter), setter.map_or(Value::None, &mut function));
    let name = vm.heap.intern(getter.name);
    let property = Property {
        getter: read,
        setter: write,
        deleter: Value::None,
        doc: Value::None,
        name: Value::Str(name),
    };
    let property = Value::Opaque(vm.heap.new_opaque(PROPERTY, Box::new(property), None));
    let dict = vm.heap[class].dict;
    vm.heap.set_name(dict, name, property);
}

/// Makes instances of a class unhashable.
pub fn forbid_hash(vm: &mut Vm, class: ClassId) {
    let dict = vm.heap[class].dict;
    vm.heap.set_name(dict, names::HASH, Value::None);
}

/// The Rust half of an object of a native class or of a class derived from one.
pub fn data<T: NativeData>(vm: &Vm, value: Value) -> &T {
    match vm.payload(value) {
        Value::Opaque(id) => vm.heap.native(id).expect("checked with the receiver"),
        _ => unreachable!("checked with the receiver"),
    }
}

pub fn data_mut<T: NativeData>(vm: &mut Vm, value: Value) -> &mut T {
    match vm.payload(value) {
        Value::Opaque(id) => vm.heap.native_mut(id).expect("checked with the receiver"),
        _ => unreachable!("checked with the receiver"),
    }
}

/// `__iter__` of an iterator.
pub const ITERATOR: NativeDefinition = native("__iter__", Arity::None, |vm, a| {
    Ok(match vm.payload(a[0]) {
        iterator @ Value::Opaque(_) => iterator,
        _ => a[0],
    })
});

/// `__next__` of an iterator.
pub const NEXT: NativeDefinition = native("__next__", Arity::None, |vm, a| {
    let iterator = vm.payload(a[0]);
    vm.next_or_stop(iterator)
});

/// The one positional class argument that `__new__` begins with.
pub fn class_argument(a: Args<'_>) -> ClassId {
    match a[0] {
        Value::Class(class) => class,
        _ => unreachable!("__new__ is called with its class"),
    }
}

/// A class of a native module.
pub fn class_named(vm: &mut Vm, module: &str, name: &str) -> Res<ClassId> {
    let module = vm.import_by_name(module)?;
    let name = vm.heap.intern(name);
    match vm.get_attribute(Value::Module(module), name)? {
        Value::Class(class) => Ok(class),
        _ => Ok(OBJECT),
    }
}

/// An exception class as `PyErr_NewException` makes it.
pub fn make_error(vm: &mut Vm, module: &str, name: &str, base: ClassId) -> Res<Value> {
    let namespace = vm.heap.new_dict();
    let module = vm.new_str(module);
    vm.heap.set_name(namespace, names::MODULE, module);
    let (name, bases) = (vm.new_str(name), vm.heap.new_tuple(&[Value::Class(base)]));
    vm.call(Value::Class(TYPE), &[name, bases, Value::Dict(namespace)])
}

/// Raises an exception of a class of a native module.
#[cold]
pub fn error(vm: &mut Vm, module: &str, name: &str, message: &str) -> Stop {
    match class_named(vm, module, name) {
        Ok(class) => vm.raise(class, message),
        Err(stop) => stop,
    }
}
