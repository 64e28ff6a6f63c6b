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
        let owner = |base| vm.is_subclass(class, base);
        let (owner, allowed): (_, &[&str]) = match () {
            () if owner(IMPORT_ERROR) => ("ImportError", &["name", "path"]),
            () if owner(NAME_ERROR) => ("NameError", &["name"]),
            () if owner(ATTRIBUTE_ERROR) => ("AttributeError", &["name", "obj"]),
            () => {
                let message = format!("{}() takes no keyword arguments", vm.class_name(class));
                return Err(vm.type_error(message));
            }
        };
        let text = vm.heap.text(keyword);
        if !allowed.contains(&text) {
            let message = format!("'{text}' is an invalid keyword argument for {owner}()");
            return Err(vm.type_error(message));
        }
        let keyword = vm.heap.intern_str(keyword);
        vm.set_exception_field(id, keyword, value);
    }
    if vm.is_subclass(class, OS_ERROR) && (2..=5).contains(&plain.len()) {
        vm.set_exception_field(id, names::ERRNO, plain[0]);
        vm.set_exception_field(id, names::STRERROR, plain[1]);
        if let Some(&path) = plain.get(2)
            && !path.is_none()
        {
            if vm.is_subclass(class, BLOCKING_IO_ERROR) && matches!(path, Value::Int(_) | Value::Bool(_)) {
                return Err(vm.unsupported("characters_written of a BlockingIOError"));
            }
            vm.set_exception_field(id, names::FILENAME, path);
            let pair = vm.heap.new_tuple(&plain[..2]);
            vm.heap[id].args = pair;
        }
        let number = match plain[0] {
            Value::Int(number) => Some(number),
            Value::Bool(number) => Some(i64::from(number)),
            _ => None,
        };
        if class == OS_ERROR
            && let Some(number) = number
        {
            // The numbers are those of Linux.
            vm.heap[id].class = match number {
                1 | 13 => PERMISSION_ERROR,
                2 => FILE_NOT_FOUND_ERROR,
                3 => PROCESS_LOOKUP_ERROR,
                4 => INTERRUPTED_ERROR,
                10 => CHILD_PROCESS_ERROR,
                11 | 114 | 115 => BLOCKING_IO_ERROR,
                17 => FILE_EXISTS_ERROR,
                20 => NOT_A_DIRECTORY_ERROR,
                21 => IS_A_DIRECTORY_ERROR,
                32 | 108 => BROKEN_PIPE_ERROR,
                103 => CONNECTION_ABORTED_ERROR,
                104 => CONNECTION_RESET_ERROR,
                110 => TIMEOUT_ERROR,
                111 => CONNECTION_REFUSED_ERROR,
                _ => class,
            };
        }
    }
    if vm.is_subclass(class, SYNTAX_ERROR) && plain.len() == 2 {
        let place = vm.collect_items(plain[1])?;
        let count = place.len();
        if !(4..=6).contains(&count) {
            let (bound, limit) = if count < 4 { ("least", 4) } else { ("most", 6) };
            return Err(vm.type_error(format!("function takes at {bound} {limit} arguments ({count} given)")));
        }
        return Err(vm.unsupported("the place of a SyntaxError made by a program"));
    }
    Ok(())
}

pub fn install(vm: &mut Vm) {
    for class in [BASE_EXCEPTION, EXCEPTION] {
        vm.add_methods(
            class,
            &[native("__init__", Arity::Any, |vm, a| {
                if let Value::Exception(id) = a[0] {
                    let rest = Args {
                        values: &a.values[1..],
                        names: a.names,
                    };
                    vm.heap[id].args = vm.heap.new_tuple(rest.plain());
                    initialise(vm, id, rest)?;
                }
                Ok(Value::None)
            })],
        );
    }
    vm.add_methods(
        BASE_EXCEPTION,
        &[
            native("with_traceback", Arity::One, |vm, a| {
                if let Value::Exception(id) = a[0] {
                    vm.set_traceback(id, a[1])?;
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
