//! Attributes of code objects.

use crate::value::*;
use crate::vm::Vm;

pub fn code_attribute(vm: &mut Vm, id: CodeId, name: StrId) -> Res<Option<Value>> {
    let codes = std::rc::Rc::clone(&vm.codes);
    let code = &codes[id];
    let names = |vm: &mut Vm, names: &[std::sync::Arc<str>]| {
        let items: Vec<Value> = names.iter().map(|name| Value::Str(vm.heap.intern(name))).collect();
        vm.heap.new_tuple(&items)
    };
    Ok(Some(match vm.heap.text(name) {
        "co_name" => Value::Str(code.name),
        "co_qualname" => Value::Str(code.qualname),
        "co_filename" => Value::Str(code.file),
        "co_firstlineno" => Value::Int(code.source.first_line.into()),
        "co_argcount" => Value::Int(code.argument_count as i64),
        "co_posonlyargcount" => Value::Int(code.positional_only_count as i64),
        "co_kwonlyargcount" => Value::Int(code.keyword_only_count as i64),
        "co_nlocals" => Value::Int(i64::from(code.source.variable_count)),
        "co_flags" => Value::Int(code.source.flags.bits().into()),
        "co_varnames" => names(vm, code.source.variable_names()),
        "co_names" => names(vm, &code.source.names),
        "co_freevars" => names(vm, &code.source.free_variables),
        "co_cellvars" => names(vm, &code.source.cell_variables),
        "co_consts" => vm.heap.new_tuple(&code.constants),
        _ => return Ok(None),
    }))
}
