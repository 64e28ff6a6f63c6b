//! Methods of `bytearray` that change it.

use super::this;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, NativeDefinition, native};

fn array(vm: &Vm, a: Args<'_>) -> ByteArrayId {
    match vm.payload(a[0]) {
        Value::ByteArray(id) => id,
        _ => unreachable!("checked with the receiver"),
    }
}

/// The bytearray, where its length may change.
fn resizable(vm: &mut Vm, a: Args<'_>) -> Res<ByteArrayId> {
    let id = array(vm, a);
    vm.check_exports(id)?;
    Ok(id)
}

pub const METHODS: &[NativeDefinition] = &[
    native("append", Arity::One, |vm, a| {
        let byte = vm.byte_value(a[1])?;
        vm.heap.allocated += 1;
        let id = resizable(vm, a)?;
        vm.heap[id].push(byte);
        Ok(Value::None)
    }),
    native("extend", Arity::One, |vm, a| {
        let bytes = vm.byte_values(a[1], "byte")?;
        vm.heap.allocated += bytes.len();
        let id = resizable(vm, a)?;
        vm.heap[id].extend(bytes);
        Ok(Value::None)
    }),
    native("pop", Arity::Between(0, 1), |vm, a| {
        let id = resizable(vm, a)?;
        let length = vm.heap[id].len() as i64;
        let index = match a.get(1) {
            Some(index) => vm.to_i64(index)?,
            None => -1,
        };
        let at = if index < 0 { index + length } else { index };
        if length == 0 {
            return Err(vm.index_error("pop from empty bytearray"));
        }
        if !(0..length).contains(&at) {
            return Err(vm.index_error("pop index out of range"));
        }
        Ok(Value::Int(vm.heap[id].remove(at as usize).into()))
    }),
    native("insert", Arity::Between(2, 2), |vm, a| {
        let at = vm.to_i64(a[1])?;
        let byte = vm.byte_value(a[2])?;
        let id = resizable(vm, a)?;
        let length = vm.heap[id].len() as i64;
        let at = if at < 0 { (at + length).max(0) } else { at.min(length) };
        vm.heap[id].insert(at as usize, byte);
        Ok(Value::None)
    }),
    native("remove", Arity::One, |vm, a| {
        let byte = vm.byte_value(a[1])?;
        let id = resizable(vm, a)?;
        match vm.heap[id].iter().position(|&other| other == byte) {
            Some(at) => {
                vm.heap[id].remove(at);
                Ok(Value::None)
            }
            None => Err(vm.value_error("value not found in bytearray")),
        }
    }),
    native("copy", Arity::None, |vm, a| {
        let bytes = this(vm, a).to_vec();
        Ok(vm.heap.new_byte_array(bytes))
    }),
    native("clear", Arity::None, |vm, a| {
        let id = resizable(vm, a)?;
        vm.heap[id].clear();
        Ok(Value::None)
    }),
    native("reverse", Arity::None, |vm, a| {
        let id = array(vm, a);
        vm.heap[id].reverse();
        Ok(Value::None)
    }),
];
