//! Exceptions: making them, their methods.

use crate::heap::objects::Exception;
use crate::value::*;
use crate::vm::native::{Args, Arity, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

pub fn construct(vm: &mut Vm, class: ClassId, a: Args<'_>) -> Res<Value> {
    if matches!(
        class,
        UNICODE_DECODE_ERROR | UNICODE_ENCODE_ERROR | UNICODE_TRANSLATE_ERROR
    ) {
        let types: &[&str] = match class {
            UNICODE_DECODE_ERROR => &["str", "bytes", "int", "int", "str"],
            UNICODE_ENCODE_ERROR => &["str", "str", "int", "int", "str"],
            _ => &["str", "int", "int", "str"],
        };
        let given = a.plain();
        if given.len() != types.len() {
            let (most, count) = (types.len(), given.len());
            return Err(vm.type_error(format!("function takes exactly {most} arguments ({count} given)")));
        }
        for (index, (&value, &expected)) in given.iter().zip(types).enumerate() {
            let fits = match expected {
                "str" => vm.str_id(value).is_some(),
                "bytes" => matches!(value, Value::Bytes(_)),
                _ => matches!(value, Value::Int(_)),
            };
            if !fits && expected == "str" {
                return Err(vm.bad_argument(&format!("argument {}", index + 1), expected, value));
            }
            if !fits {
                return Err(vm.unsupported("making this exception of other things"));
            }
        }
    }
    let args = vm.heap.new_tuple(a.plain());
    let id = vm.heap.new_exception(Exception {
        class,
        args,
        ..Exception::default()
    });
    initialise(vm, id, a)?;
    Ok(Value::Exception(id))
}

/// What `__init__` of the built-in exceptions does.
fn initialise(vm: &mut Vm, id: ExceptionId, a: Args<'_>) -> Res<()> {
    let class = vm.heap[id].class;
    let plain = a.plain();
    for (keyword, value) in a.keywords() {
        let allowed: &[&str] = if vm.is_subclass(class, IMPORT_ERROR) {
            &["name", "path"]
        } else if vm.is_subclass(class, NAME_ERROR) {
            &["name"]
        } else if vm.is_subclass(class, ATTRIBUTE_ERROR) {
            &["name", "obj"]
        } else {
            &[]
        };
        if !allowed.contains(&vm.heap.text(keyword)) {
            let message = format!("{}() takes no keyword arguments", vm.class_name(class));
            return Err(vm.type_error(message));
        }
        let keyword = vm.heap.intern_str(keyword);
        vm.set_exception_field(id, keyword, value);
    }
    if vm.is_subclass(class, OS_ERROR) && (2..=5).contains(&plain.len()) {
        vm.set_exception_field(id, names::ERRNO, plain[0]);
        vm.set_exception_field(id, names::STRERROR, plain[1]);
        if let Some(&path) = plain.get(2) {
            vm.set_exception_field(id, names::FILENAME, path);
            let pair = vm.heap.new_tuple(&plain[..2]);
            vm.heap[id].args = pair;
        }
        if class == OS_ERROR
            && let Value::Int(number) = plain[0]
        {
            vm.heap[id].class = match number {
                1 | 13 => PERMISSION_ERROR,
                2 => FILE_NOT_FOUND_ERROR,
                17 => FILE_EXISTS_ERROR,
                20 => NOT_A_DIRECTORY_ERROR,
                21 => IS_A_DIRECTORY_ERROR,
                32 => BROKEN_PIPE_ERROR,
                110 => TIMEOUT_ERROR,
                111 => CONNECTION_REFUSED_ERROR,
                _ => class,
            };
        }
    }
    Ok(())
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(
        BASE_EXCEPTION,
        &[
            native("__init__", Arity::Any, |vm, a| {
                if let Value::Exception(id) = a[0] {
                    let rest = Args {
                        values: &a.values[1..],
                        names: a.names,
                    };
                    vm.heap[id].args = vm.heap.new_tuple(rest.plain());
                    initialise(vm, id, rest)?;
                }
                Ok(Value::None)
            }),
            native("with_traceback", Arity::One, |vm, a| {
                if let Value::Exception(id) = a[0] {
                    vm.heap[id].traceback_set = a[1];
                }
                Ok(a[0])
            }),
            native("add_note", Arity::One, |vm, a| {
                if vm.str_id(a[1]).is_none() {
                    let message = format!("note must be a str, not '{}'", vm.type_name(a[1]));
                    return Err(vm.type_error(message));
                }
                let notes = match vm.try_attribute(a[0], names::NOTES)? {
                    Some(Value::List(notes)) => notes,
                    _ => {
                        let list = vm.heap.new_list(Vec::new());
                        vm.set_attribute(a[0], names::NOTES, list)?;
                        let Value::List(notes) = list else {
                            return Ok(Value::None);
                        };
                        notes
                    }
                };
                vm.heap.push(notes, a[1]);
                Ok(Value::None)
            }),
        ],
    );
}
