//! Dunder methods of the built-in types, as programs reach them: `super().__init__()`, `dict.__getitem__(self, key)`.

use crate::heap::objects::Layout;
use crate::value::*;
use crate::vm::compare;
use crate::vm::native::{Args, Arity, NativeDefinition, NativeFunction, NativeKind, native};
use crate::vm::operators::concatenates;
use crate::vm::types::*;
use crate::vm::{Vm, names};

/// The built-in value behind the receiver; an instance of `object` only is itself.
fn this(vm: &Vm, a: Args<'_>) -> Value {
    vm.payload(a[0])
}

/// Is `other` of a number type that the methods of `this` number's type know nothing of?
fn is_wider(other: Value, this: Value) -> bool {
    let rank = |value| match value {
        Value::Int(_) | Value::Bool(_) | Value::BigInt(_) => 1,
        Value::Float(_) => 2,
        Value::Complex(_) => 3,
        _ => 0,
    };
    rank(this) > 0 && rank(other) > rank(this)
}

pub fn is_sequence(value: Value) -> bool {
    matches!(
        value,
        Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_) | Value::List(_) | Value::Tuple(_)
    )
}

/// `__add__` and `__mul__` of sequences complain of what they can't do, where those of numbers leave it to the other side.
fn sequence_slot(vm: &mut Vm, operator: usize, sequence: Value, other: Value) -> Res<Value> {
    let other = match operator {
        5 => vm.index_value(other)?,
        _ => vm.payload(other),
    };
    match vm.builtin_operation(operator, false, sequence, other)? {
        Some(value) => Ok(value),
        None => Err(vm.operand_error(operator, false, sequence, other)),
    }
}

macro_rules! comparison {
    ($operator:expr) => {
        |vm, a| {
            let (x, y) = (this(vm, a), vm.payload(a[1]));
            if is_wider(y, x) {
                return Ok(Value::NotImplemented);
            }
            if let (
                Value::Instance(_) | Value::Class(_) | Value::Exception(_) | Value::Opaque(_) | Value::Function(_),
                compare::EQ | compare::NE,
            ) = (x, $operator)
            {
                if !x.is(y) {
                    return Ok(Value::NotImplemented);
                }
                return Ok(Value::from($operator == compare::EQ));
            }
            Ok(vm
                .compare_builtin($operator, x, y)?
                .map_or(Value::NotImplemented, Value::from))
        }
    };
}

macro_rules! binary {
    ($operator:expr) => {
        |vm, a| {
            let (x, y) = (this(vm, a), vm.payload(a[1]));
            if let Value::Instance(_) | Value::Opaque(_) = x {
                return Ok(Value::NotImplemented);
            }
            if is_sequence(x) && matches!($operator, 0 | 5) {
                return sequence_slot(vm, $operator, x, a[1]);
            }
            if matches!(y, Value::Instance(_) | Value::Opaque(_)) || is_wider(y, x) {
                return Ok(Value::NotImplemented);
            }
            if $operator == 0 && !y.is(a[1]) && !concatenates(x, y) {
                return Ok(Value::NotImplemented);
            }
            Ok(vm
                .builtin_operation($operator, false, x, y)?
                .unwrap_or(Value::NotImplemented))
        }
    };
}

/// An operator in place; what the operand changes is the object itself, of whatever class.
macro_rules! in_place {
    ($operator:expr) => {
        |vm, a| {
            let (x, y) = (this(vm, a), vm.payload(a[1]));
            Ok(match vm.builtin_operation($operator, true, x, y)? {
                Some(value) if value.is(x) => a[0],
                other => other.unwrap_or(Value::NotImplemented),
            })
        }
    };
}

macro_rules! reflected {
    ($operator:expr) => {
        |vm, a| {
            let (x, y) = (this(vm, a), vm.payload(a[1]));
            if is_sequence(x) && $operator == 5 {
                return sequence_slot(vm, $operator, x, a[1]);
            }
            if matches!(y, Value::Instance(_) | Value::Opaque(_)) || is_wider(y, x) {
                return Ok(Value::NotImplemented);
            }
            Ok(vm
                .builtin_operation($operator, false, y, x)?
                .unwrap_or(Value::NotImplemented))
        }
    };
}

macro_rules! unary {
    ($name:expr) => {
        |vm, a| {
            let x = this(vm, a);
            Ok(vm.builtin_unary($name, x)?.unwrap_or(Value::NotImplemented))
        }
    };
}

/// `object.__init__` was given arguments: they are for a `__new__` of the object's class, if it has one and no `__init__`.
#[cold]
fn excess_of_init(vm: &mut Vm, object: Value) -> Res<Value> {
    let class = vm.class_of(object);
    let is_objects = |vm: &Vm, native: Option<Value>, kind| matches!(native, Some(Value::Native(n)) if vm.natives[n.0 as usize].kind == kind);
    let init = vm.class_attribute(class, names::INIT);
    let name = if !is_objects(vm, init, NativeKind::Slot(OBJECT)) {
        "object".to_owned()
    } else {
        let new = vm.class_attribute(class, names::NEW);
        if vm.heap[class].layout != Layout::Object || !is_objects(vm, new, NativeKind::StaticMethod(OBJECT)) {
            return Ok(Value::None);
        }
        vm.class_name(class).to_owned()
    };
    let message = format!("{name}.__init__() takes exactly one argument (the instance to initialize)");
    Err(vm.type_error(message))
}

const OBJECT_SLOTS: &[NativeDefinition] = &[
    native("__init__", Arity::Any, |vm, a| match a.len() {
        0 | 1 => Ok(Value::None),
        _ => excess_of_init(vm, a[0]),
    }),
    native("__repr__", Arity::None, |vm, a| {
        let mut out = String::new();
        vm.default_repr(&mut out, a[0])?;
        Ok(vm.new_string(out))
    }),
    native("__str__", Arity::None, |vm, a| {
        let text = vm.repr_string(a[0])?;
        Ok(vm.new_string(text))
    }),
    native("__eq__", Arity::One, comparison!(compare::EQ)),
    native("__ne__", Arity::One, |vm, a| {
        match vm.call_special(a[0], names::EQ, &[a[1]])? {
            Some(Value::NotImplemented) | None => Ok(Value::NotImplemented),
            Some(equal) => Ok(Value::from(!vm.truth(equal)?)),
        }
    }),
    native("__lt__", Arity::One, |_, _| Ok(Value::NotImplemented)),
    native("__le__", Arity::One, |_, _| Ok(Value::NotImplemented)),
    native("__gt__", Arity::One, |_, _| Ok(Value::NotImplemented)),
    native("__ge__", Arity::One, |_, _| Ok(Value::NotImplemented)),
    native("__hash__", Arity::None, |vm, a| {
        let payload = vm.payload(a[0]);
        if payload.is(a[0]) || matches!(payload, Value::Opaque(_)) {
            vm.check_told_hash(true)?;
            return Ok(Value::Int(vm.hash_address(a[0])));
        }
        Ok(Value::Int(vm.told_hash(payload)?))
    }),
    native("__format__", Arity::One, |vm, a| {
        let spec = vm
            .str_id(a[1])
            .map(|id| vm.heap.text(id).to_owned())
            .unwrap_or_default();
        vm.format_builtin(a[0], &spec)
    }),
    native("__getattribute__", Arity::One, |vm, a| {
        let name = vm.name_argument(a[1], "attribute name must be string, not '{}'")?;
        match vm.generic_attribute(a[0], name)? {
            Some(value) => Ok(value),
            None => Err(vm.missing_attribute(a[0], name)),
        }
    }),
    native("__setattr__", Arity::Between(2, 2), |vm, a| {
        let name = vm.name_argument(a[1], "attribute name must be string, not '{}'")?;
        vm.generic_set(a[0], name, Some(a[2]))?;
        Ok(Value::None)
    }),
    native("__delattr__", Arity::One, |vm, a| {
        let name = vm.name_argument(a[1], "attribute name must be string, not '{}'")?;
        vm.generic_set(a[0], name, None)?;
        Ok(Value::None)
    }),
    native("__sizeof__", Arity::None, |vm, _| Err(vm.unsupported("__sizeof__"))),
    native(
        "__reduce_ex__",
        Arity::One,
        |vm, _| Err(vm.unsupported("__reduce_ex__")),
    ),
    native("__reduce__", Arity::None, |vm, _| Err(vm.unsupported("__reduce__"))),
    native("__dir__", Arity::None, |vm, _| Err(vm.unsupported("__dir__"))),
];

const LENGTH: NativeDefinition = native("__len__", Arity::None, |vm, a| {
    let x = this(vm, a);
    Ok(Value::Int(vm.length(x)? as i64))
});
const ITERATE: NativeDefinition = native("__iter__", Arity::None, |vm, a| {
    let x = this(vm, a);
    vm.iterator(x)
});
const CONTAINS: NativeDefinition = native("__contains__", Arity::One, |vm, a| {
    let x = this(vm, a);
    Ok(Value::from(vm.contains(x, a[1])?))
});
const GET_ITEM: NativeDefinition = native("__getitem__", Arity::One, |vm, a| match this(vm, a) {
    Value::Dict(dict) => vm.dict_item(a[0], dict, a[1]),
    x => vm.get_item(x, a[1]),
});
const SET_ITEM: NativeDefinition = native("__setitem__", Arity::Between(2, 2), |vm, a| {
    let x = this(vm, a);
    vm.set_item(x, a[1], a[2])?;
    Ok(Value::None)
});
const DELETE_ITEM: NativeDefinition = native("__delitem__", Arity::One, |vm, a| {
    let x = this(vm, a);
    vm.delete_item(x, a[1])?;
    Ok(Value::None)
});
const REVERSE: NativeDefinition = native("__reversed__", Arity::None, |vm, a| {
    let x = this(vm, a);
    vm.reversed(x)
});
const BOOL_SLOT: NativeDefinition = native("__bool__", Arity::None, |vm, a| {
    let x = this(vm, a);
    Ok(Value::from(vm.truth(x)?))
});
const HASH_SLOT: NativeDefinition = native("__hash__", Arity::None, |vm, a| {
    let x = this(vm, a);
    Ok(Value::Int(vm.told_hash(x)?))
});
const REPR_SLOT: NativeDefinition = native("__repr__", Arity::None, |vm, a| {
    let mut out = String::new();
    match a[0] {
        Value::Instance(_) | Value::Exception(_) => vm.default_repr(&mut out, a[0])?,
        other => vm.repr_into(&mut out, other)?,
    }
    Ok(vm.new_string(out))
});
const STR_SLOT: NativeDefinition = native("__str__", Arity::None, |vm, a| {
    let x = this(vm, a);
    Ok(Value::Str(vm.str_of(x)?))
});
const NEXT: NativeDefinition = native("__next__", Arity::None, |vm, a| vm.next_or_stop(a[0]));

const EQUALITY: &[NativeDefinition] = &[
    native("__eq__", Arity::One, comparison!(compare::EQ)),
    native("__ne__", Arity::One, comparison!(compare::NE)),
];
const ORDER: &[NativeDefinition] = &[
    native("__lt__", Arity::One, comparison!(compare::LT)),
    native("__le__", Arity::One, comparison!(compare::LE)),
    native("__gt__", Arity::One, comparison!(compare::GT)),
    native("__ge__", Arity::One, comparison!(compare::GE)),
];

const NUMBER: &[NativeDefinition] = &[
    native("__add__", Arity::One, binary!(0)),
    native("__sub__", Arity::One, binary!(10)),
    native("__mul__", Arity::One, binary!(5)),
    native("__truediv__", Arity::One, binary!(11)),
    native("__radd__", Arity::One, reflected!(0)),
    native("__rsub__", Arity::One, reflected!(10)),
    native("__rmul__", Arity::One, reflected!(5)),
    native("__rtruediv__", Arity::One, reflected!(11)),
    native("__rpow__", Arity::One, reflected!(8)),
    native("__pow__", Arity::Between(1, 2), |vm, a| {
        let whole = |value: Value| matches!(value, Value::Int(_) | Value::BigInt(_) | Value::Bool(_));
        let (base, exponent, modulus) = (this(vm, a), vm.payload(a[1]), vm.payload(a.or(2, Value::None)));
        if [base, exponent, modulus].into_iter().all(whole) {
            return vm.power(base, exponent, modulus);
        }
        let power: NativeFunction = binary!(8);
        power(vm, a)
    }),
    native("__neg__", Arity::None, unary!(names::NEG)),
    native("__pos__", Arity::None, unary!(names::POS)),
    native("__abs__", Arity::None, |vm, a| {
        let x = this(vm, a);
        let abs = vm.heap.intern("abs");
        let abs = vm.heap.get_name(vm.builtins, abs).unwrap_or(Value::None);
        vm.call(abs, &[x])
    }),
    BOOL_SLOT,
    HASH_SLOT,
    REPR_SLOT,
];

const REAL: &[NativeDefinition] = &[
    native("__floordiv__", Arity::One, binary!(2)),
    native("__mod__", Arity::One, binary!(6)),
    native("__rfloordiv__", Arity::One, reflected!(2)),
    native("__rmod__", Arity::One, reflected!(6)),
    native("__divmod__", Arity::One, |vm, a| {
        let (x, y) = (this(vm, a), vm.payload(a[1]));
        if !matches!(y, Value::Int(_) | Value::BigInt(_) | Value::Float(_) | Value::Bool(_)) || is_wider(y, x) {
            return Ok(Value::NotImplemented);
        }
        let name = vm.heap.intern("divmod");
        let function = vm.heap.get_name(vm.builtins, name).unwrap_or(Value::None);
        vm.call(function, &[x, y])
    }),
    native("__float__", Arity::None, |vm, a| {
        let x = this(vm, a);
        Ok(Value::float(vm.to_float(x)?))
    }),
    native("__int__", Arity::None, |vm, a| {
        let x = this(vm, a);
        vm.construct(INT, Args::positional(&[x]))
    }),
    native("__trunc__", Arity::None, |vm, a| {
        let x = this(vm, a);
        vm.construct(INT, Args::positional(&[x]))
    }),
    native("__floor__", Arity::None, |vm, a| match this(vm, a) {
        Value::Float(f) => vm.float_to_int(f.get().floor()),
        x => vm.index_value(x),
    }),
    native("__ceil__", Arity::None, |vm, a| match this(vm, a) {
        Value::Float(f) => vm.float_to_int(f.get().ceil()),
        x => vm.index_value(x),
    }),
    native("__round__", Arity::Between(0, 1), |vm, a| {
        let x = this(vm, a);
        if let (Value::Int(_) | Value::BigInt(_) | Value::Bool(_), Some(digits @ Value::None)) = (x, a.get(1)) {
            vm.index_value(digits)?;
        }
        let name = vm.heap.intern("round");
        let function = vm.heap.get_name(vm.builtins, name).unwrap_or(Value::None);
        let mut args = vec![x];
        args.extend(a.get(1));
        vm.call(function, &args)
    }),
    native("__format__", Arity::One, |vm, a| {
        let spec = vm
            .str_id(a[1])
            .map(|id| vm.heap.text(id).to_owned())
            .unwrap_or_default();
        vm.format_builtin(a[0], &spec)
    }),
];

const INTEGER: &[NativeDefinition] = &[
    native("__and__", Arity::One, binary!(1)),
    native("__or__", Arity::One, binary!(7)),
    native("__xor__", Arity::One, binary!(12)),
    native("__lshift__", Arity::One, binary!(3)),
    native("__rshift__", Arity::One, binary!(9)),
    native("__rand__", Arity::One, reflected!(1)),
    native("__ror__", Arity::One, reflected!(7)),
    native("__rxor__", Arity::One, reflected!(12)),
    native("__invert__", Arity::None, unary!(names::INVERT)),
    native("__index__", Arity::None, |vm, a| {
        let x = this(vm, a);
        vm.index_value(x)
    }),
];

const SET_OPERATORS: &[NativeDefinition] = &[
    native("__and__", Arity::One, binary!(1)),
    native("__or__", Arity::One, binary!(7)),
    native("__xor__", Arity::One, binary!(12)),
    native("__sub__", Arity::One, binary!(10)),
];

const fn fill(function: NativeFunction) -> NativeDefinition {
    native("__init__", Arity::Any, function)
}

/// The only argument of `list.__init__` or `set.__init__`; a class with a `__new__` of its own may have given that keywords.
fn only_iterable(vm: &mut Vm, a: Args<'_>, name: &str) -> Res<Option<Value>> {
    if !a.names.is_empty() {
        let class = vm.class_of(a[0]);
        if name == "set" || matches!(vm.class_attribute(class, names::NEW), None | Some(Value::Native(_))) {
            return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
        }
    }
    let plain = &a.plain()[1..];
    if plain.len() > 1 {
        // A set's complaint names the derived class.
        let title = if name == "set" { vm.type_name(a[0]) } else { name };
        let message = format!("{title} expected at most 1 argument, got {}", plain.len());
        return Err(vm.type_error(message));
    }
    Ok(plain.first().copied())
}

/// `__new__` of the types that have none of their own: by layout.
fn new_object(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let class = match a.get(0) {
        Some(Value::Class(class)) => class,
        Some(other) => {
            let message = format!("object.__new__(X): X is not a type object ({})", vm.type_name(other));
            return Err(vm.type_error(message));
        }
        None => return Err(vm.type_error("object.__new__(): not enough arguments")),
    };
    let rest = Args {
        values: &a.values[1..],
        names: a.names,
    };
    if vm.heap[class].builtin {
        return match vm.heap[class].layout {
            Layout::Sealed => Err(vm.unsupported("__new__ of a built-in type")),
            _ => vm.construct(class, rest),
        };
    }
    match vm.heap[class].layout {
        Layout::Object => {
            if !rest.is_empty() {
                let new = vm.class_attribute(class, names::NEW);
                let init = vm.class_attribute(class, names::INIT);
                let own_new = !matches!(new, Some(Value::Native(_)));
                let own_init = !matches!(init, Some(Value::Native(n)) if vm.natives[n.0 as usize].kind == NativeKind::Slot(OBJECT));
                if own_new {
                    return Err(vm.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
                }
                if !own_init {
                    let message = format!("{}() takes no arguments", vm.class_name(class));
                    return Err(vm.type_error(message));
                }
            }
            vm.new_plain(class)
        }
        Layout::Type => vm.construct_type(class, rest),
        _ => {
            let name = vm.heap.intern("__new__");
            let new = vm.heap.get_name(vm.heap[OBJECT].dict, name).unwrap_or(Value::Null);
            vm.new_native(class, new, rest)
        }
    }
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(OBJECT, OBJECT_SLOTS);
    vm.add_static_methods(OBJECT, &[native("__new__", Arity::Any, new_object)]);
    vm.add_class_methods(
        OBJECT,
        &[
            native("__init_subclass__", Arity::Any, |vm, a| {
                let Value::Class(class) = a[0] else {
                    return Ok(Value::None);
                };
                let complaint = match (a.names.len(), a.len() - 1) {
                    (0, 0) => return Ok(Value::None),
                    (0, given) => format!("takes no arguments ({given} given)"),
                    _ => "takes no keyword arguments".to_owned(),
                };
                let message = format!("{}.__init_subclass__() {complaint}", vm.class_name(class));
                Err(vm.type_error(message))
            }),
            native("__subclasshook__", Arity::Any, |_, _| Ok(Value::NotImplemented)),
        ],
    );
    vm.add_methods(
        TYPE,
        &[
            native("__call__", Arity::Any, |vm, a| {
                let Value::Class(class) = a[0] else {
                    return Ok(Value::None);
                };
                let bottom = vm.stack.len();
                vm.stack.extend_from_slice(&a.values[1..]);
                let floor = vm.frames.len();
                match vm.make_instance_at(class, bottom, bottom, a.names)? {
                    crate::vm::call::Called::Value(value) => Ok(value),
                    crate::vm::call::Called::Frame => vm.run_nested(floor),
                }
            }),
            fill(|_, _| Ok(Value::None)),
            native("__repr__", Arity::None, |vm, a| {
                let Value::Class(class) = a[0] else {
                    return Ok(Value::None);
                };
                let text = vm.class_repr(class);
                Ok(vm.new_string(text))
            }),
            native("__getattribute__", Arity::One, |vm, a| {
                let name = vm.name_argument(a[1], "attribute name must be string, not '{}'")?;
                let Value::Class(class) = a[0] else {
                    return Ok(Value::None);
                };
                match vm.class_own_attribute(class, name)? {
                    Some(value) => Ok(value),
                    None => Err(vm.missing_attribute(a[0], name)),
                }
            }),
            native("__setattr__", Arity::Between(2, 2), |vm, a| {
                let name = vm.name_argument(a[1], "attribute name must be string, not '{}'")?;
                if let Value::Class(class) = a[0] {
                    vm.set_class_attribute(class, name, Some(a[2]))?;
                }
                Ok(Value::None)
            }),
            native("__delattr__", Arity::One, |vm, a| {
                let name = vm.name_argument(a[1], "attribute name must be string, not '{}'")?;
                if let Value::Class(class) = a[0] {
                    vm.set_class_attribute(class, name, None)?;
                }
                Ok(Value::None)
            }),
            native("__instancecheck__", Arity::One, |vm, a| match a[0] {
                Value::Class(class) => Ok(Value::from(vm.is_instance(a[1], class))),
                _ => Ok(Value::from(false)),
            }),
            native("__subclasscheck__", Arity::One, |vm, a| match (a[0], a[1]) {
                (Value::Class(class), Value::Class(derived)) => Ok(Value::from(vm.is_subclass(derived, class))),
                _ => Ok(Value::from(false)),
            }),
            native("mro", Arity::None, |vm, a| {
                let Value::Class(class) = a[0] else {
                    return Ok(Value::None);
                };
                let items: Vec<Value> = vm.heap[class].mro.iter().map(|&c| Value::Class(c)).collect();
                Ok(vm.heap.new_list(items))
            }),
            native("__subclasses__", Arity::None, |vm, a| {
                let Value::Class(class) = a[0] else {
                    return Ok(Value::None);
                };
                if vm.heap[class].builtin {
                    return Err(vm.unsupported("__subclasses__ of a built-in type"));
                }
                let items: Vec<Value> = vm
                    .heap
                    .classes
                    .live()
                    .filter(|(_, other)| other.bases.contains(&class))
                    .map(|(index, _)| Value::Class(ClassId(index)))
                    .collect();
                Ok(vm.heap.new_list(items))
            }),
        ],
    );
    vm.add_class_methods(
        TYPE,
        &[native("__prepare__", Arity::Any, |vm, _| {
            Ok(Value::Dict(vm.heap.new_dict()))
        })],
    );
    for class in [INT, FLOAT, COMPLEX] {
        vm.add_methods(class, EQUALITY);
        vm.add_methods(class, NUMBER);
    }
    for class in [INT, FLOAT] {
        vm.add_methods(class, ORDER);
        vm.add_methods(class, REAL);
    }
    vm.add_methods(INT, INTEGER);
    for class in [STR, BYTES, BYTEARRAY, LIST, TUPLE] {
        vm.add_methods(class, EQUALITY);
        vm.add_methods(class, ORDER);
        let repeat: &[NativeDefinition] = &[
            native("__add__", Arity::One, binary!(0)),
            native("__mul__", Arity::One, binary!(5)),
            native("__rmul__", Arity::One, reflected!(5)),
        ];
        vm.add_methods(class, repeat);
        vm.add_methods(class, &[LENGTH, ITERATE, CONTAINS, GET_ITEM, REPR_SLOT]);
    }
    vm.add_methods(
        STR,
        &[
            STR_SLOT,
            HASH_SLOT,
            native("__mod__", Arity::One, |vm, a| match this(vm, a) {
                Value::Str(template) => super::percent::format(vm, template, a[1]),
                _ => Ok(Value::NotImplemented),
            }),
            REAL[REAL.len() - 1],
        ],
    );
    vm.add_methods(TUPLE, &[HASH_SLOT]);
    vm.add_methods(BYTES, &[HASH_SLOT]);
    for class in [BYTES, BYTEARRAY] {
        let modulo = native("__mod__", Arity::One, |vm, a| match this(vm, a) {
            template @ (Value::Bytes(_) | Value::ByteArray(_)) => super::bytes::format(vm, template, a[1]),
            _ => Ok(Value::NotImplemented),
        });
        vm.add_methods(class, &[modulo]);
    }
    vm.add_methods(SUPER, &[fill(|_, _| Ok(Value::None))]);
    vm.add_methods(LIST, &[SET_ITEM, DELETE_ITEM, REVERSE]);
    vm.add_methods(
        LIST,
        &[
            native("__iadd__", Arity::One, |vm, a| {
                if let Value::List(list) = this(vm, a) {
                    vm.list_extend(list, a[1])?;
                }
                Ok(a[0])
            }),
            native("__imul__", Arity::One, in_place!(5)),
            fill(|vm, a| {
                let iterable = only_iterable(vm, a, "list")?;
                if let Value::List(list) = this(vm, a) {
                    let items = match iterable {
                        Some(iterable) => vm.collect_items(iterable)?,
                        None => Vec::new(),
                    };
                    vm.heap[list].items = items;
                }
                Ok(Value::None)
            }),
        ],
    );
    vm.add_methods(DICT, EQUALITY);
    vm.add_methods(
        DICT,
        &[
            LENGTH,
            ITERATE,
            CONTAINS,
            GET_ITEM,
            SET_ITEM,
            DELETE_ITEM,
            REPR_SLOT,
            REVERSE,
            native("__or__", Arity::One, binary!(7)),
            native("__ror__", Arity::One, reflected!(7)),
            native("__ior__", Arity::One, in_place!(7)),
        ],
    );
    vm.add_methods(
        BYTEARRAY,
        &[
            native("__iadd__", Arity::One, in_place!(0)),
            native("__imul__", Arity::One, in_place!(5)),
        ],
    );
    vm.add_methods(RANGE, &[BOOL_SLOT]);
    vm.add_methods(
        DICT,
        &[fill(|vm, a| {
            if let Value::Dict(dict) = this(vm, a) {
                vm.fill_dict(
                    dict,
                    Args {
                        values: &a.values[1..],
                        names: a.names,
                    },
                )?;
            }
            Ok(Value::None)
        })],
    );
    for class in [SET, FROZENSET] {
        vm.add_methods(class, EQUALITY);
        vm.add_methods(class, ORDER);
        vm.add_methods(class, SET_OPERATORS);
        vm.add_methods(class, &[LENGTH, ITERATE, CONTAINS, REPR_SLOT]);
    }
    vm.add_methods(FROZENSET, &[HASH_SLOT]);
    vm.add_methods(
        SET,
        &[
            native("__iand__", Arity::One, in_place!(1)),
            native("__ior__", Arity::One, in_place!(7)),
            native("__isub__", Arity::One, in_place!(10)),
            native("__ixor__", Arity::One, in_place!(12)),
        ],
    );
    vm.add_methods(
        SET,
        &[fill(|vm, a| {
            let iterable = only_iterable(vm, a, "set")?;
            if let Value::Set(set) = this(vm, a) {
                vm.heap[set].clear();
                if let Some(iterable) = iterable {
                    vm.set_update(set, iterable)?;
                }
            }
            Ok(Value::None)
        })],
    );
    vm.add_methods(BYTEARRAY, &[SET_ITEM, DELETE_ITEM]);
    vm.add_methods(RANGE, EQUALITY);
    vm.add_methods(
        RANGE,
        &[LENGTH, ITERATE, CONTAINS, GET_ITEM, REVERSE, REPR_SLOT, HASH_SLOT],
    );
    for class in [DICT_KEYS, DICT_VALUES, DICT_ITEMS] {
        vm.add_methods(class, &[LENGTH, ITERATE, REVERSE, REPR_SLOT]);
        vm.add_methods(class, if class == DICT_VALUES { &[] } else { &[CONTAINS] });
        vm.add_methods(class, SET_OPERATORS);
    }
    for id in LIST_ITERATOR.0..=CALLABLE_ITERATOR.0 {
        vm.add_methods(ClassId(id), &[native("__iter__", Arity::None, |_, a| Ok(a[0])), NEXT]);
    }
    for class in [ENUMERATE, ZIP, MAP, FILTER, REVERSED, GENERATOR] {
        vm.add_methods(class, &[native("__iter__", Arity::None, |_, a| Ok(a[0])), NEXT]);
    }
    for class in [LIST, DICT, SET, BYTEARRAY, DICT_KEYS, DICT_ITEMS, SLICE, CELL] {
        let dict = vm.heap[class].dict;
        vm.heap.set_name(dict, names::HASH, Value::None);
    }
    vm.add_methods(
        BASE_EXCEPTION,
        &[
            REPR_SLOT,
            native("__str__", Arity::None, |vm, a| Ok(Value::Str(vm.exception_str(a[0])?))),
        ],
    );
    vm.add_methods(
        STATICMETHOD,
        &[native("__call__", Arity::Any, |vm, a| {
            let Value::Opaque(id) = vm.payload(a[0]) else {
                return Ok(Value::None);
            };
            let wrapped = vm.heap.native::<crate::vm::descriptors::StaticMethod>(id);
            let wrapped = wrapped.map_or(Value::None, |method| method.0);
            vm.call_with(wrapped, &a.values[1..], a.names)
        })],
    );
    for class in [STATICMETHOD, CLASSMETHOD] {
        vm.add_methods(
            class,
            &[native("__repr__", Arity::None, |vm, a| {
                use crate::vm::descriptors::{ClassMethod, StaticMethod};
                let Value::Opaque(id) = vm.payload(a[0]) else {
                    return Ok(Value::None);
                };
                let (name, wrapped) = match (vm.heap.native::<StaticMethod>(id), vm.heap.native::<ClassMethod>(id)) {
                    (Some(method), _) => ("staticmethod", method.0),
                    (_, Some(method)) => ("classmethod", method.0),
                    _ => return Ok(Value::None),
                };
                let wrapped = vm.repr_string(wrapped)?;
                Ok(vm.new_string(format!("<{name}({wrapped})>")))
            })],
        );
    }
    for class in [
        FUNCTION,
        METHOD,
        BUILTIN_FUNCTION,
        METHOD_DESCRIPTOR,
        WRAPPER_DESCRIPTOR,
        METHOD_WRAPPER,
    ] {
        vm.add_methods(
            class,
            &[native("__call__", Arity::Any, |vm, a| {
                vm.call_with(a[0], &a.values[1..], a.names)
            })],
        );
    }
    vm.add_methods(
        NONE_TYPE,
        &[native("__bool__", Arity::None, |_, _| Ok(Value::from(false)))],
    );
    for class in [
        FUNCTION,
        STATICMETHOD,
        CLASSMETHOD,
        PROPERTY,
        MEMBER_DESCRIPTOR,
        GETSET_DESCRIPTOR,
    ] {
        vm.add_methods(
            class,
            &[native("__get__", Arity::Between(1, 2), |vm, a| {
                // What a derived class overrides is not asked again.
                let descriptor = vm.payload(a[0]);
                let object = if a[1].is_none() { Value::Null } else { a[1] };
                let class = match a.get(2) {
                    Some(Value::Class(class)) => class,
                    _ => vm.class_of(object),
                };
                vm.bind_descriptor(descriptor, object, class)
            })],
        );
    }
    for class in [PROPERTY, MEMBER_DESCRIPTOR] {
        vm.add_methods(
            class,
            &[
                native("__set__", Arity::Between(2, 2), |vm, a| {
                    vm.set_as_built_in(a[0], a[1], names::SET, Some(a[2]))?;
                    Ok(Value::None)
                }),
                native("__delete__", Arity::One, |vm, a| {
                    vm.set_as_built_in(a[0], a[1], names::DELETE, None)?;
                    Ok(Value::None)
                }),
            ],
        );
    }
}
