//! `collections`, and `collections.abc`.

use super::lazy::{self, Member, function};
use super::{deque, dicts, named_tuple};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::Arity;

const MEMBERS: &[Member] = &[
    Member::Python("ChainMap", "_collections_user"),
    Member::Python("Counter", "_collections_counter"),
    Member::Make("OrderedDict", dicts::make_ordered_dict),
    Member::Python("UserDict", "_collections_user"),
    Member::Python("UserList", "_collections_user"),
    Member::Python("UserString", "_collections_user"),
    Member::Make("defaultdict", dicts::make_default_dict),
    Member::Make("deque", deque::make_class),
    Member::Python("namedtuple", "_collections_python"),
];

/// What is no part of `__all__`.
const HIDDEN: &[Member] = &[
    function("_count_elements", Arity::Between(2, 2), dicts::count_elements),
    function("_named_tuple", Arity::Between(5, 5), named_tuple::named_tuple),
    Member::Make("_deque_iterator", |vm| {
        deque::make_iterator_class(vm, "_deque_iterator")
    }),
    Member::Make("_deque_reverse_iterator", |vm| {
        deque::make_iterator_class(vm, "_deque_reverse_iterator")
    }),
    Member::Make("_tuplegetter", named_tuple::make_field_class),
    Member::Make("_named_tuple_maker", named_tuple::make_maker_class),
    Member::Make("abc", |vm| Ok(Value::Module(vm.import_by_name("collections.abc")?))),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    lazy::fill(vm, dict, "collections", |vm, a| {
        let hidden = vm
            .str_id(a[0])
            .is_some_and(|id| vm.heap.text(id).starts_with('_') || vm.heap.text(id) == "abc");
        let all = matches!(a[0], Value::Str(crate::vm::names::ALL));
        lazy::member(vm, "collections", if hidden && !all { HIDDEN } else { MEMBERS }, a)
    })
}
