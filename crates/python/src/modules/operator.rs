//! `operator`.

use super::lazy::{self, Member, class_argument, data, function};
use crate::bytecode::Opcode;
use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::compare::{EQ, GE, GT, LE, LT, NE};
use crate::vm::native::{Args, Arity, NativeDefinition, NativeKind, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

const ONE: Arity = Arity::One;
const TWO: Arity = Arity::Between(2, 2);

macro_rules! binary {
    ($($name:literal $in_place:literal $number:literal,)*) => {
        /// Operators by their numbers in the bytecode, in place 13 more.
        const BINARY: &[NativeDefinition] = &[$(
            native($name, TWO, |vm, a| vm.binary_operation($number, a[0], a[1])),
            native($in_place, TWO, |vm, a| vm.binary_operation($number + 13, a[0], a[1])),
        )*];
    };
}

binary! {
    "add" "iadd" 0, "and_" "iand" 1, "floordiv" "ifloordiv" 2, "lshift" "ilshift" 3, "matmul" "imatmul" 4, "mul" "imul" 5,
    "mod" "imod" 6, "or_" "ior" 7, "pow" "ipow" 8, "rshift" "irshift" 9, "sub" "isub" 10, "truediv" "itruediv" 11,
    "xor" "ixor" 12,
}

const OTHERS: &[NativeDefinition] = &[
    native("abs", ONE, |vm, a| {
        let name = vm.heap.intern("abs");
        let function = vm.heap.get_name(vm.builtins, name).unwrap_or(Value::None);
        vm.call(function, &[a[0]])
    }),
    native("concat", TWO, |vm, a| concatenate(vm, a, 0)),
    native("iconcat", TWO, |vm, a| concatenate(vm, a, 13)),
    native("contains", TWO, |vm, a| Ok(Value::from(vm.contains(a[0], a[1])?))),
    native("countOf", TWO, |vm, a| {
        let iterator = searched(vm, a[0])?;
        let mut count = 0;
        while let Some(item) = vm.next(iterator)? {
            vm.tick(1)?;
            count += i64::from(vm.identical_or_equal(item, a[1])?);
        }
        Ok(Value::Int(count))
    }),
    native("delitem", TWO, |vm, a| {
        vm.delete_item(a[0], a[1])?;
        Ok(Value::None)
    }),
    native("eq", TWO, |vm, a| vm.compare(EQ, a[0], a[1])),
    native("ge", TWO, |vm, a| vm.compare(GE, a[0], a[1])),
    native("getitem", TWO, |vm, a| vm.get_item(a[0], a[1])),
    native("gt", TWO, |vm, a| vm.compare(GT, a[0], a[1])),
    native("index", ONE, |vm, a| vm.index_value(a[0])),
    native("indexOf", TWO, |vm, a| {
        let iterator = searched(vm, a[0])?;
        let mut index = 0;
        while let Some(item) = vm.next(iterator)? {
            vm.tick(1)?;
            if vm.identical_or_equal(item, a[1])? {
                return Ok(Value::Int(index));
            }
            index += 1;
        }
        Err(vm.value_error("sequence.index(x): x not in sequence"))
    }),
    native("inv", ONE, |vm, a| vm.unary_operation(Opcode::UnaryInvert, a[0])),
    native("invert", ONE, |vm, a| vm.unary_operation(Opcode::UnaryInvert, a[0])),
    native("is_", TWO, |vm, a| Ok(Value::from(vm.is_identical(a[0], a[1])?))),
    native("is_not", TWO, |vm, a| Ok(Value::from(!vm.is_identical(a[0], a[1])?))),
    native("le", TWO, |vm, a| vm.compare(LE, a[0], a[1])),
    native("length_hint", Arity::Between(1, 2), |vm, a| {
        let length = vm.length(a[0]);
        match vm.catch(length, TYPE_ERROR)? {
            Some(length) => Ok(Value::Int(length as i64)),
            None => match vm.call_special(a[0], names::LENGTH_HINT, &[])? {
                Some(hint) if !matches!(hint, Value::NotImplemented) => Ok(hint),
                _ if matches!(a[0], Value::Iterator(_)) => Err(vm.unsupported("length_hint of an iterator")),
                _ => Ok(a.or(1, Value::Int(0))),
            },
        }
    }),
    native("lt", TWO, |vm, a| vm.compare(LT, a[0], a[1])),
    native("ne", TWO, |vm, a| vm.compare(NE, a[0], a[1])),
    native("neg", ONE, |vm, a| vm.unary_operation(Opcode::UnaryNegative, a[0])),
    native("not_", ONE, |vm, a| Ok(Value::from(!vm.truth(a[0])?))),
    native("pos", ONE, |vm, a| vm.unary_operation(Opcode::UnaryPositive, a[0])),
    native("setitem", Arity::Between(3, 3), |vm, a| {
        vm.set_item(a[0], a[1], a[2])?;
        Ok(Value::None)
    }),
    native("truth", ONE, |vm, a| Ok(Value::from(vm.truth(a[0])?))),
    native("call", Arity::Any, |vm, a| match a.plain().first() {
        None => Err(vm.type_error("call expected at least 1 argument, got 0")),
        Some(&callable) => vm.call_with(callable, &a.values[1..], a.names),
    }),
];

const CLASSES: &[Member] = &[
    Member::Make("attrgetter", |vm| getter_class(vm, "attrgetter", ATTRIBUTES)),
    Member::Make("itemgetter", |vm| getter_class(vm, "itemgetter", ITEMS)),
    Member::Make("methodcaller", |vm| getter_class(vm, "methodcaller", METHOD)),
    function("_compare_digest", TWO, |vm, _| {
        Err(vm.unsupported("operator._compare_digest"))
    }),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    // A module has comparisons of its own: those of this one would not be asked of the hook.
    let module = vm.heap.intern("operator");
    for definition in OTHERS
        .iter()
        .filter(|f| matches!(f.name, "lt" | "le" | "eq" | "ne" | "gt" | "ge"))
    {
        let function = vm.add_native(*definition, NativeKind::Function, module);
        for name in [definition.name.to_owned(), format!("__{}__", definition.name)] {
            let name = vm.heap.intern(&name);
            vm.heap.set_name(dict, name, function);
        }
    }
    lazy::fill(vm, dict, "operator", |vm, a| {
        let text = vm
            .str_id(a[0])
            .map(|id| vm.heap.text(id).to_owned())
            .unwrap_or_default();
        let all = || BINARY.iter().chain(OTHERS);
        if text == "__all__" {
            let mut names: Vec<&str> = all().map(|f| f.name).collect();
            names.extend(["attrgetter", "itemgetter", "methodcaller"]);
            names.sort_unstable();
            let items = names.into_iter().map(|name| vm.new_str(name)).collect();
            return Ok(vm.heap.new_list(items));
        }
        // `__add__` is `add`, `__and__` is `and_`.
        let bare = text.strip_prefix("__").and_then(|text| text.strip_suffix("__"));
        let found = all().find(|f| bare.map_or(f.name == text, |bare| f.name.trim_end_matches('_') == bare));
        match found {
            Some(&definition) => {
                let name = Value::Str(vm.heap.intern(definition.name));
                lazy::member(
                    vm,
                    "operator",
                    &[Member::Function(definition)],
                    Args::positional(&[name]),
                )
            }
            None => lazy::member(vm, "operator", CLASSES, a),
        }
    })
}

/// The iterator of what is searched for a value.
fn searched(vm: &mut Vm, value: Value) -> Res<Value> {
    match vm.iterator(value) {
        Err(stop) if vm.stop_is(stop, TYPE_ERROR) => {
            let message = format!("argument of type '{}' is not iterable", vm.type_name(value));
            Err(vm.type_error(message))
        }
        other => other,
    }
}

fn concatenate(vm: &mut Vm, a: Args<'_>, operator: usize) -> Res<Value> {
    let class = vm.class_of(a[0]);
    if vm.is_subclass(class, DICT) || vm.class_attribute(class, names::GETITEM).is_none() {
        let message = format!("'{}' object can't be concatenated", vm.type_name(a[0]));
        return Err(vm.type_error(message));
    }
    vm.binary_operation(operator, a[0], a[1])
}

/// `attrgetter`, `itemgetter` and `methodcaller`: what to get, and for the last its arguments.
#[derive(Clone)]
struct Getter {
    parts: Vec<Value>,
    keywords: Vec<StrId>,
}

impl NativeData for Getter {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        self.parts
            .iter()
            .copied()
            .chain(self.keywords.iter().map(|&name| Value::Str(name)))
            .for_each(visit);
    }
}

fn getter_class(vm: &mut Vm, name: &str, methods: &[NativeDefinition]) -> Res<Value> {
    Ok(Value::Class(vm.define_class(name, "operator", OBJECT, methods)))
}

fn new_getter(vm: &mut Vm, a: Args<'_>, parts: &[Value], keywords: &[StrId]) -> Value {
    let class = class_argument(a);
    let getter = Getter {
        parts: parts.to_vec(),
        keywords: keywords.to_vec(),
    };
    Value::Opaque(vm.heap.new_opaque(class, Box::new(getter), None))
}

fn positional(vm: &mut Vm, a: Args<'_>, name: &str) -> Res<()> {
    if !a.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    if a.len() < 2 {
        return Err(vm.type_error(format!("{name} expected 1 argument, got 0")));
    }
    Ok(())
}

/// One value, or a tuple of several.
fn gathered(vm: &mut Vm, mut values: Vec<Value>) -> Value {
    if values.len() == 1 {
        return values.remove(0);
    }
    vm.heap.new_tuple(&values)
}

fn shown(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let getter: Getter = data::<Getter>(vm, a[0]).clone();
    let class = vm.class_of(a[0]);
    let mut out = vm.class_full_name(class);
    out.push('(');
    let plain = getter.parts.len() - getter.keywords.len();
    for (index, part) in getter.parts.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        if index >= plain {
            out.push_str(vm.heap.text(getter.keywords[index - plain]));
            out.push('=');
        }
        vm.repr_into(&mut out, *part)?;
    }
    out.push(')');
    Ok(vm.new_string(out))
}

const ITEMS: &[NativeDefinition] = &[
    native("__new__", Arity::Any, |vm, a| {
        positional(vm, a, "itemgetter")?;
        Ok(new_getter(vm, a, &a.values[1..], &[]))
    }),
    native("__call__", Arity::Any, |vm, a| {
        one_object(vm, a, "itemgetter")?;
        let getter: &Getter = data(vm, a[0]);
        if let [only] = getter.parts[..] {
            return vm.get_item(a[1], only);
        }
        let parts = getter.parts.clone();
        let mut values = Vec::with_capacity(parts.len());
        for part in parts {
            values.push(vm.get_item(a[1], part)?);
        }
        Ok(gathered(vm, values))
    }),
    native("__repr__", Arity::None, shown),
];

fn one_object(vm: &mut Vm, a: Args<'_>, name: &str) -> Res<()> {
    if !a.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    if a.len() != 2 {
        return Err(vm.type_error(format!("{name} expected 1 argument, got {}", a.len() - 1)));
    }
    Ok(())
}

const ATTRIBUTES: &[NativeDefinition] = &[
    native("__new__", Arity::Any, |vm, a| {
        positional(vm, a, "attrgetter")?;
        if a.values[1..].iter().any(|&name| vm.str_id(name).is_none()) {
            return Err(vm.type_error("attribute name must be a string"));
        }
        Ok(new_getter(vm, a, &a.values[1..], &[]))
    }),
    native("__call__", Arity::Any, |vm, a| {
        one_object(vm, a, "attrgetter")?;
        let parts = data::<Getter>(vm, a[0]).parts.clone();
        let mut values = Vec::with_capacity(parts.len());
        for part in parts {
            let path = vm.str_of(part)?;
            let path = vm.heap.text(path).to_owned();
            let mut value = a[1];
            for name in path.split('.') {
                let name = vm.heap.intern(name);
                value = vm.get_attribute(value, name)?;
            }
            values.push(value);
        }
        Ok(gathered(vm, values))
    }),
    native("__repr__", Arity::None, shown),
];

const METHOD: &[NativeDefinition] = &[
    native("__new__", Arity::Any, |vm, a| {
        let Some(&name) = a.plain().get(1) else {
            return Err(vm.type_error("methodcaller needs at least one argument, the method name"));
        };
        if vm.str_id(name).is_none() {
            return Err(vm.type_error("method name must be a string"));
        }
        Ok(new_getter(vm, a, &a.values[1..], a.names))
    }),
    native("__call__", Arity::Any, |vm, a| {
        one_object(vm, a, "methodcaller")?;
        let Getter { parts, keywords } = data::<Getter>(vm, a[0]).clone();
        let name = vm.name_argument(parts[0], "method name must be a string")?;
        let method = vm.get_attribute(a[1], name)?;
        vm.call_with(method, &parts[1..], &keywords)
    }),
    native("__repr__", Arity::None, shown),
];
