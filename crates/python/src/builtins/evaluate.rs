//! `eval`, `exec` and `compile`: programs that make programs. What they make fires no trace events, as CPython's tracer follows
//! the frames of one file only.

use super::interactive;
use crate::compiler::{CompileOptions, compile as compile_module, compile_expression};
use crate::syntax::{self, LineIndex, SyntaxError};
use crate::value::*;
use crate::vm::native::{Args, Arity, NativeDefinition, named, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};
use std::sync::Arc;

pub const FUNCTIONS: &[NativeDefinition] = &[
    native(
        "compile",
        named(
            &[
                "source",
                "filename",
                "mode",
                "flags",
                "dont_inherit",
                "optimize",
                "_feature_version",
            ],
            3,
        ),
        compile,
    ),
    native("eval", Arity::Between(1, 3), |vm, a| run(vm, a, "eval")),
    native("exec", Arity::Between(1, 3), |vm, a| run(vm, a, "exec")),
];

/// The text of a program given as str or bytes.
fn source(vm: &mut Vm, value: Value, function: &str) -> Res<String> {
    if let Some(id) = vm.str_id(value) {
        return Ok(vm.heap.text(id).to_owned());
    }
    match vm.bytes_of(value).map(|bytes| String::from_utf8(bytes.to_vec())) {
        Some(Ok(text)) => Ok(text),
        Some(Err(_)) => Err(vm.unsupported("source code in bytes that are not UTF-8")),
        None => {
            let kinds = if function == "compile" {
                "string, bytes or AST object"
            } else {
                "string, bytes or code object"
            };
            Err(vm.type_error(format!("{function}() arg 1 must be a {kinds}")))
        }
    }
}

fn compile(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let text = source(vm, a[0], "compile")?;
    let Some(file) = vm.str_id(a[1]) else {
        return Err(vm.unsupported("compile() with this file name"));
    };
    let Some(mode) = vm.str_id(a[2]) else {
        return Err(vm.bad_argument("compile() argument 'mode'", "str", a[2]));
    };
    if (3..7).any(|option| a.get(option).is_some()) {
        return Err(vm.unsupported("options of compile()"));
    }
    let (file, mode) = match vm.heap.text(mode) {
        "exec" => (vm.heap.intern_str(file), Mode::Module),
        "eval" => (vm.heap.intern_str(file), Mode::Expression),
        "single" => (vm.heap.intern_str(file), Mode::Interactive),
        _ => return Err(vm.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    let code = build(vm, &text, file, mode)?;
    Ok(Value::Code(code))
}

/// What a text is compiled as.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Module,
    Expression,
    Interactive,
}

fn build(vm: &mut Vm, text: &str, file: StrId, mode: Mode) -> Res<CodeId> {
    if file == names::PROGRAM {
        return Err(vm.unsupported("compiling under the program's own file name"));
    }
    let text = &*syntax::with_newlines(text);
    vm.tick(u32::try_from(text.len() / 4 + 64).unwrap_or(u32::MAX))?;
    vm.reserve(text.len().saturating_mul(64))?;
    let caller = vm.frames.last().map(|frame| vm.codes[frame.code].source.flags);
    let options = CompileOptions {
        traced: false,
        future_annotations: caller.is_some_and(|flags| flags.future_annotations),
    };
    // However deep the program is by now, the parser has as much of the stack as at the start.
    let made = stacker::maybe_grow(2 << 20, 8 << 20, || match mode {
        Mode::Expression => {
            let text = text.trim_start_matches([' ', '\t']);
            syntax::parse_expression(text)
                .and_then(|module| compile_expression(&module, &LineIndex::new(text), &options))
        }
        Mode::Module => syntax::parse(text).and_then(|module| compile_module(&module, &LineIndex::new(text), &options)),
        Mode::Interactive => {
            let lines = LineIndex::new(text);
            syntax::parse(text)
                .and_then(|module| interactive::prepare(module, text, &lines))
                .and_then(|module| compile_module(&module, &lines, &options))
        }
    });
    match made {
        Ok(code) => {
            let library = vm.loading.replace("builtins");
            let outer = std::mem::replace(&mut vm.loading_file, file);
            let code = vm.load_code(&Arc::new(code));
            vm.loading_file = outer;
            vm.loading = library;
            Ok(code)
        }
        Err(error) => Err(syntax_error(vm, error, text, file, mode == Mode::Expression)),
    }
}

/// The exception of a program that does not compile. Where in its line the error is, only CPython knows.
fn syntax_error(vm: &mut Vm, error: SyntaxError, text: &str, file: StrId, expression: bool) -> Stop {
    if error.unsupported {
        return vm.unsupported(error.message);
    }
    let class = match error.type_name {
        "IndentationError" => INDENTATION_ERROR,
        "TabError" => TAB_ERROR,
        "ValueError" => return vm.value_error(&error.message),
        _ => SYNTAX_ERROR,
    };
    let line = if expression && text.trim().is_empty() {
        0
    } else {
        i64::from(error.line) + 1
    };
    let message = vm.new_str(&error.message);
    let unknown = Unknown::value(vm, "the position of a syntax error");
    let details = vm
        .heap
        .new_tuple(&[Value::Str(file), Value::Int(line), unknown, unknown, unknown, unknown]);
    vm.raise_with(class, &[message, details])
}

/// Stands for a value that is not reproduced, and says what it is: whoever looks at it is refused.
pub struct Unknown(pub &'static str);

impl Unknown {
    pub fn value(vm: &mut Vm, what: &'static str) -> Value {
        Value::Opaque(vm.heap.new_opaque(UNKNOWN, Box::new(Unknown(what)), None))
    }
}

impl crate::heap::objects::NativeData for Unknown {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}
}

/// The namespaces that code without any of its own runs in: those of the calling frame. The second is the copy that a function's
/// variables are shown in.
fn namespaces(vm: &mut Vm) -> Res<(DictId, Value, bool)> {
    let Some(frame) = vm.frames.last() else {
        return Err(vm.unsupported("eval() outside a program"));
    };
    let (globals, optimized) = (frame.globals, vm.codes[frame.code].optimized);
    let locals = super::functions::locals(vm)?;
    Ok((globals, locals, optimized))
}

fn run(vm: &mut Vm, a: Args<'_>, function: &str) -> Res<Value> {
    let given = |index: usize| a.get(index).filter(|value| !value.is_none());
    let (globals, locals, copied) = match (given(1), given(2)) {
        (None, None) => namespaces(vm)?,
        (None, Some(locals)) => (namespaces(vm)?.0, locals, false),
        (Some(Value::Dict(globals)), locals) => (globals, locals.unwrap_or(Value::Dict(globals)), false),
        (Some(globals), _) => {
            if vm.is_subclass(vm.class_of(globals), DICT) {
                return Err(vm.unsupported("globals of a class derived from dict"));
            }
            let message = match function {
                "exec" => format!("exec() globals must be a dict, not {}", vm.type_name(globals)),
                _ if vm.class_attribute(vm.class_of(globals), names::GETITEM).is_some() => {
                    "globals must be a real dict; try eval(expr, {}, mapping)".to_owned()
                }
                _ => "globals must be a dict".to_owned(),
            };
            return Err(vm.type_error(message));
        }
    };
    let Value::Dict(locals) = locals else {
        return Err(vm.unsupported(format!("{function}() with these locals")));
    };
    if vm.heap.get_name(globals, names::BUILTINS).is_none() && globals != vm.main {
        vm.heap.set_name(globals, names::BUILTINS, Value::Dict(vm.builtins));
    }
    let code = match a[0] {
        Value::Code(id) => {
            let code = &vm.codes[id];
            if !code.source.free_variables.is_empty() {
                let message = format!("code object passed to {function}() may not contain free variables");
                return Err(vm.type_error(message));
            }
            if code.optimized || !code.library {
                return Err(vm.unsupported(format!("{function}() of a function's code")));
            }
            id
        }
        value => {
            let text = source(vm, value, function)?;
            {
                let mode = if function == "eval" {
                    Mode::Expression
                } else {
                    Mode::Module
                };
                build(vm, &text, names::STRING, mode)?
            }
        }
    };
    // What the code binds would stay in the dict that the function's variables are copied to.
    let before: Option<Vec<Value>> = copied.then(|| vm.heap[locals].iter().map(|(name, _)| name).collect());
    let result = vm.run_code(code, globals, Value::Dict(locals), crate::heap::EMPTY_TUPLE)?;
    if let Some(before) = before {
        let after: Vec<Value> = vm.heap[locals].iter().map(|(name, _)| name).collect();
        if after.len() > before.len() || !after.iter().all(|name| before.iter().any(|old| old.is(*name))) {
            return Err(vm.unsupported(format!("{function}() that makes variables of a function")));
        }
    }
    Ok(if function == "eval" { result } else { Value::None })
}

pub fn install(vm: &mut Vm) {
    vm.add_functions(vm.builtins, "builtins", FUNCTIONS);
    vm.add_methods(
        UNKNOWN,
        &[native("__repr__", Arity::None, |vm, a| {
            let what = match a[0] {
                Value::Opaque(id) => vm.heap.native::<Unknown>(id).map(|unknown| unknown.0),
                _ => None,
            };
            Err(vm.unsupported(what.unwrap_or("a value that is not known")))
        })],
    );
}
