//! `sys`.

use super::io::{Stream, new_stream};
use super::lazy::{self, Member};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Arity, NativeDefinition, native};
use crate::vm::types::*;

const FUNCTIONS: &[NativeDefinition] = &[
    native("exit", Arity::Between(0, 1), |vm, a| {
        let arguments = match a.get(0) {
            None | Some(Value::None) => Vec::new(),
            Some(Value::Tuple(codes)) => vm.heap[codes].items.to_vec(),
            Some(code) => vec![code],
        };
        Err(vm.raise_with(SYSTEM_EXIT, &arguments))
    }),
    native("setrecursionlimit", Arity::One, |vm, a| {
        let limit = vm.to_i64(a[0])?;
        if limit < 1 {
            return Err(vm.value_error("recursion limit must be greater or equal than 1"));
        }
        vm.set_recursion_limit(limit as usize);
        Ok(Value::None)
    }),
    native("getrecursionlimit", Arity::None, |vm, _| {
        Ok(Value::Int(vm.shown_recursion_limit() as i64))
    }),
    native("intern", Arity::One, |vm, a| match a[0] {
        Value::Str(id) => Ok(Value::Str(vm.heap.intern_str(id))),
        _ => Err(vm.type_error("intern() argument must be str")),
    }),
    native("set_int_max_str_digits", Arity::One, |vm, a| {
        let digits = vm.to_i64(a[0])?;
        if digits != 0 && digits < 640 {
            return Err(vm.value_error("maxdigits must be 0 or larger than 640"));
        }
        vm.max_int_digits = digits as usize;
        Ok(Value::None)
    }),
    native("get_int_max_str_digits", Arity::None, |vm, _| {
        Ok(Value::Int(vm.max_int_digits as i64))
    }),
    native("exception", Arity::None, |vm, _| {
        Ok(match vm.handled {
            exception @ Value::Exception(_) => exception,
            _ => Value::None,
        })
    }),
    native("exc_info", Arity::None, |vm, _| {
        let items = match vm.handled {
            exception @ Value::Exception(_) => {
                let class = Value::Class(vm.class_of(exception));
                let traceback = vm.traceback_value(exception);
                [class, exception, traceback]
            }
            _ => [Value::None; 3],
        };
        Ok(vm.heap.new_tuple(&items))
    }),
];

/// What is made when it is first asked for.
const MEMBERS: &[Member] = &[
    Member::Python("float_info", "_sys_python"),
    Member::Python("int_info", "_sys_python"),
    Member::Python("hash_info", "_sys_python"),
    Member::Python("version_info", "_sys_python"),
    Member::Python("implementation", "_sys_python"),
    Member::Python("float_repr_style", "_sys_python"),
    Member::Python("api_version", "_sys_python"),
    Member::Python("abiflags", "_sys_python"),
    Member::Python("platlibdir", "_sys_python"),
    Member::Python("pycache_prefix", "_sys_python"),
    Member::Python("getdefaultencoding", "_sys_python"),
    Member::Python("getfilesystemencoding", "_sys_python"),
    Member::Python("getfilesystemencodeerrors", "_sys_python"),
    Member::Python("is_finalizing", "_sys_python"),
    Member::Python("getswitchinterval", "_sys_python"),
    Member::Python("setswitchinterval", "_sys_python"),
    Member::Python("getsizeof", "_sys_python"),
    Member::Python("displayhook", "_sys_python"),
    Member::Python("__displayhook__", "_sys_python"),
];

/// Makes this the machine's `sys`, for the program that runs now.
pub fn attach(vm: &mut Vm, dict: DictId) {
    vm.sys = Some(dict);
    let name = vm.heap.intern("modules");
    let modules = Value::Dict(vm.modules);
    vm.heap.set_name(dict, name, modules);
}

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    vm.add_functions(dict, "sys", FUNCTIONS);
    let set = |vm: &mut Vm, name: &str, value: Value| {
        let name = vm.heap.intern(name);
        vm.heap.set_name(dict, name, value);
    };
    for (name, stream) in [
        ("stdin", Stream::Input),
        ("stdout", Stream::Output),
        ("stderr", Stream::Error),
    ] {
        let value = new_stream(vm, stream);
        set(vm, name, value);
    }
    set(vm, "maxsize", Value::Int(i64::MAX));
    set(vm, "maxunicode", Value::Int(0x10ffff));
    let text = vm.new_str("little");
    set(vm, "byteorder", text);
    let text = vm.new_str("linux");
    set(vm, "platform", text);
    attach(vm, dict);
    lazy::fill(vm, dict, "sys", |vm, a| lazy::member(vm, "sys", MEMBERS, a))
}
