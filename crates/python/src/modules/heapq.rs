//! `_heapq`: binary heaps in lists, with CPython's comparisons in CPython's order.

use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, NativeDefinition, native};

const TWO: Arity = Arity::Between(2, 2);
const EMPTY: &str = "index out of range";

/// Which of two items stands nearer to the root.
#[derive(Clone, Copy)]
enum Order {
    Least,
    Greatest,
}

impl Order {
    fn precedes(self, vm: &mut Vm, a: Value, b: Value) -> Res<bool> {
        let (a, b) = match self {
            Order::Least => (a, b),
            Order::Greatest => (b, a),
        };
        match (a, b) {
            (Value::Int(a), Value::Int(b)) => Ok(a < b),
            _ => vm.less(a, b),
        }
    }
}

fn heap(vm: &mut Vm, value: Value, title: &str) -> Res<ListId> {
    match vm.payload(value) {
        Value::List(list) => Ok(list),
        _ => Err(vm.bad_argument(title, "list", value)),
    }
}

/// A comparison of the program's own may have changed the list.
fn check_size(vm: &mut Vm, list: ListId, size: usize) -> Res<()> {
    if vm.heap[list].items.len() == size {
        return Ok(());
    }
    Err(vm.raise(crate::vm::types::RUNTIME_ERROR, "list changed size during iteration"))
}

/// Moves the item at `place` towards the root, which is at `start`, until its parent precedes it.
fn up(vm: &mut Vm, list: ListId, start: usize, mut place: usize, order: Order) -> Res<()> {
    let size = vm.heap[list].items.len();
    let item = vm.heap[list].items[place];
    while place > start {
        let above = (place - 1) / 2;
        let parent = vm.heap[list].items[above];
        let precedes = order.precedes(vm, item, parent)?;
        check_size(vm, list, size)?;
        if !precedes {
            break;
        }
        vm.heap[list].items.swap(place, above);
        place = above;
    }
    Ok(())
}

/// Moves the item at `place` down to a leaf, past the children that precede their siblings, then up to where it belongs.
fn down(vm: &mut Vm, list: ListId, mut place: usize, order: Order) -> Res<()> {
    let (start, size) = (place, vm.heap[list].items.len());
    vm.tick(size.ilog2() + 1)?;
    while place < size / 2 {
        let mut child = 2 * place + 1;
        if child + 1 < size {
            let (a, b) = (vm.heap[list].items[child], vm.heap[list].items[child + 1]);
            if !order.precedes(vm, a, b)? {
                child += 1;
            }
            check_size(vm, list, size)?;
        }
        vm.heap[list].items.swap(place, child);
        place = child;
    }
    up(vm, list, start, place, order)
}

fn push(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let list = heap(vm, a[0], "heappush() argument 1")?;
    vm.heap.allocated += size_of::<Value>();
    vm.heap[list].items.push(a[1]);
    let last = vm.heap[list].items.len() - 1;
    up(vm, list, 0, last, Order::Least)?;
    Ok(Value::None)
}

fn pop(vm: &mut Vm, list: ListId, order: Order) -> Res<Value> {
    let Some(last) = vm.heap[list].items.pop() else {
        return Err(vm.raise(crate::vm::types::INDEX_ERROR, EMPTY));
    };
    match vm.heap[list].items.first_mut() {
        None => Ok(last),
        Some(root) => {
            let root = std::mem::replace(root, last);
            sink(vm, list, root, order)
        }
    }
}

/// Puts the new root where it belongs; answers the old one.
fn sink(vm: &mut Vm, list: ListId, old: Value, order: Order) -> Res<Value> {
    vm.extra_roots.push(old);
    let sunk = down(vm, list, 0, order);
    vm.extra_roots.pop();
    sunk.map(|()| old)
}

fn replace(vm: &mut Vm, list: ListId, item: Value, order: Order) -> Res<Value> {
    match vm.heap[list].items.first_mut() {
        None => Err(vm.raise(crate::vm::types::INDEX_ERROR, EMPTY)),
        Some(root) => {
            let root = std::mem::replace(root, item);
            sink(vm, list, root, order)
        }
    }
}

fn push_pop(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let list = heap(vm, a[0], "heappushpop() argument 1")?;
    let Some(&root) = vm.heap[list].items.first() else {
        return Ok(a[1]);
    };
    if !Order::Least.precedes(vm, root, a[1])? {
        return Ok(a[1]);
    }
    replace(vm, list, a[1], Order::Least)
}

fn heapify(vm: &mut Vm, list: ListId, order: Order) -> Res<Value> {
    for place in (0..vm.heap[list].items.len() / 2).rev() {
        down(vm, list, place, order)?;
    }
    Ok(Value::None)
}

const FUNCTIONS: &[NativeDefinition] = &[
    native("heappush", TWO, push),
    native("heappop", Arity::One, |vm, a| {
        let list = heap(vm, a[0], "heappop() argument")?;
        pop(vm, list, Order::Least)
    }),
    native("heapify", Arity::One, |vm, a| {
        let list = heap(vm, a[0], "heapify() argument")?;
        heapify(vm, list, Order::Least)
    }),
    native("heapreplace", TWO, |vm, a| {
        let list = heap(vm, a[0], "heapreplace() argument 1")?;
        replace(vm, list, a[1], Order::Least)
    }),
    native("heappushpop", TWO, push_pop),
    native("_heappop_max", Arity::One, |vm, a| {
        let list = heap(vm, a[0], "_heappop_max() argument")?;
        pop(vm, list, Order::Greatest)
    }),
    native("_heapify_max", Arity::One, |vm, a| {
        let list = heap(vm, a[0], "_heapify_max() argument")?;
        heapify(vm, list, Order::Greatest)
    }),
    native("_heapreplace_max", TWO, |vm, a| {
        let list = heap(vm, a[0], "_heapreplace_max() argument 1")?;
        replace(vm, list, a[1], Order::Greatest)
    }),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    vm.add_functions(dict, "_heapq", FUNCTIONS);
    Ok(())
}
