//! Methods of generators and coroutines.

use crate::heap::objects::{GeneratorKind, GeneratorState};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;

fn this(a: Args<'_>) -> GeneratorId {
    match a[0] {
        Value::Generator(id) => id,
        _ => unreachable!("checked with the receiver"),
    }
}

const METHODS: &[NativeDefinition] = &[
    native("send", Arity::One, |vm, a| vm.generator_send(this(a), a[1])),
    native("throw", Arity::Between(1, 3), |vm, a| {
        if !matches!(a[1], Value::Exception(_)) && vm.delegates_to_program(this(a)) {
            return Err(vm.unsupported("throw() of no exception into a delegate of the program's own"));
        }
        let thrown = vm.type_name(a[1]);
        let complaint = format!("exceptions must be classes or instances deriving from BaseException, not {thrown}");
        let mut exception = vm.make_exception(a[1], &complaint)?;
        if let (Value::Class(_), Some(value)) = (a[1], a.get(2).filter(|v| !v.is_none())) {
            exception = match value {
                Value::Exception(id) => id,
                _ => {
                    let made = vm.call(a[1], &[value])?;
                    vm.make_exception(made, "exceptions must derive from BaseException")?
                }
            };
        }
        vm.generator_throw(this(a), exception)
    }),
    native("close", Arity::None, |vm, a| {
        vm.generator_close(this(a))?;
        Ok(Value::None)
    }),
];

/// What is to be seen of a generator, a coroutine or an asynchronous generator: `gi_running`, `cr_code`, `ag_await`, … A live frame
/// is left to the refusal of what is not made.
pub fn attribute(vm: &mut Vm, id: GeneratorId, name: StrId) -> Res<Option<Value>> {
    let generator = &vm.heap[id];
    let (prefix, delegate) = match generator.kind {
        GeneratorKind::Generator => ("gi_", "yieldfrom"),
        GeneratorKind::Coroutine => ("cr_", "await"),
        GeneratorKind::AsyncGenerator => ("ag_", "await"),
    };
    let Some(part) = vm.heap.text(name).strip_prefix(prefix) else {
        return Ok(None);
    };
    let state = generator.state;
    Ok(match part {
        "running" if generator.kind != GeneratorKind::AsyncGenerator => {
            Some(Value::from(state == GeneratorState::Running))
        }
        "suspended" if generator.kind == GeneratorKind::Generator => {
            Some(Value::from(state == GeneratorState::Suspended))
        }
        "code" => generator.code.map(Value::Code),
        "frame" if state == GeneratorState::Finished => Some(Value::None),
        _ if part == delegate => Some(vm.delegate(id).unwrap_or(Value::None)),
        _ => None,
    })
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(GENERATOR, METHODS);
    vm.add_methods(COROUTINE, METHODS);
    vm.add_methods(COROUTINE, &[native("__await__", Arity::None, |_, a| Ok(a[0]))]);
    let property: &[NativeDefinition] = &[
        native("getter", Arity::One, |vm, a| change(vm, a, 0)),
        native("setter", Arity::One, |vm, a| change(vm, a, 1)),
        native("deleter", Arity::One, |vm, a| change(vm, a, 2)),
    ];
    vm.add_methods(PROPERTY, property);
}

/// `property.getter`, `.setter`, `.deleter`: a copy with one function changed.
fn change(vm: &mut Vm, a: Args<'_>, which: usize) -> Res<Value> {
    use crate::vm::descriptors::Property;
    let Value::Opaque(id) = vm.payload(a[0]) else {
        return Ok(Value::None);
    };
    let Some(&(mut property)) = vm.heap.native::<Property>(id) else {
        return Ok(Value::None);
    };
    match which {
        0 => property.getter = a[1],
        1 => property.setter = a[1],
        _ => property.deleter = a[1],
    }
    property.name = Value::Null;
    Ok(Value::Opaque(vm.heap.new_opaque(PROPERTY, Box::new(property), None)))
}
