//! `mappingproxy`: the `__dict__` of a class.

use crate::heap::objects::{DictPart, Iter, NativeData};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, native};
use crate::vm::types::MAPPING_PROXY;

struct Proxy(DictId);

impl NativeData for Proxy {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(Value::Dict(self.0));
    }
}

pub fn new(vm: &mut Vm, dict: DictId) -> Value {
    Value::Opaque(vm.heap.new_opaque(MAPPING_PROXY, Box::new(Proxy(dict)), None))
}

fn this(vm: &Vm, a: Args<'_>) -> DictId {
    match a[0] {
        Value::Opaque(id) => vm.heap.native::<Proxy>(id).map_or(vm.builtins, |p| p.0),
        _ => vm.builtins,
    }
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(
        MAPPING_PROXY,
        &[
            native("__getitem__", Arity::One, |vm, a| {
                let dict = this(vm, a);
                vm.get_item(Value::Dict(dict), a[1])
            }),
            native("__contains__", Arity::One, |vm, a| {
                let dict = this(vm, a);
                Ok(Value::from(vm.contains(Value::Dict(dict), a[1])?))
            }),
            native("__len__", Arity::None, |vm, a| {
                Ok(Value::Int(vm.heap[this(vm, a)].len() as i64))
            }),
            native("__iter__", Arity::None, |vm, a| {
                let dict = this(vm, a);
                vm.iterator(Value::Dict(dict))
            }),
            native("__repr__", Arity::None, |vm, _| {
                Err(vm.unsupported("the repr of a class's __dict__"))
            }),
            native("get", Arity::Between(1, 2), |vm, a| {
                let dict = this(vm, a);
                Ok(vm.dict_get(dict, a[1])?.unwrap_or(a.or(2, Value::None)))
            }),
            native("keys", Arity::None, |vm, a| view(vm, a, DictPart::Keys)),
            native("values", Arity::None, |vm, a| view(vm, a, DictPart::Values)),
            native("items", Arity::None, |vm, a| view(vm, a, DictPart::Items)),
            native("copy", Arity::None, |vm, a| {
                let copy = vm.heap[this(vm, a)].clone();
                Ok(Value::Dict(vm.heap.add_dict(copy)))
            }),
        ],
    );
}

fn view(vm: &mut Vm, a: Args<'_>, part: DictPart) -> Res<Value> {
    let dict = Value::Dict(this(vm, a));
    Ok(vm.heap.new_iterator(Iter::View { dict, part }))
}
