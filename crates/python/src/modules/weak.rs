//! What `weakref` needs: references that keep their target in memory, and the question whether CPython, which counts references,
//! would still have it. It has what the program can reach; it has freed what nothing refers to any more; what is held by a
//! cycle of garbage, or perhaps by the frames of an exception, is refused.

use super::lazy::{self, class_argument};
use crate::heap::container_key;
use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::finalize::Moment;
use crate::vm::native::{Arity, NativeDefinition, native};
use crate::vm::{Vm, names};
use std::cell::Cell;

thread_local! {
    /// Weak references lead nowhere while reachability is asked for; for the collector they do.
    static ASKING: Cell<bool> = const { Cell::new(false) };
}

/// A target, which is `None` once it is known to be gone, and what is to be called then.
#[derive(Clone, Copy)]
struct Weak {
    target: Value,
    callback: Value,
}

impl NativeData for Weak {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        if !ASKING.get() {
            visit(self.target);
        }
        visit(self.callback);
    }
}

/// What is known of an object.
pub enum Reach {
    Reachable,
    Gone,
    Unknown(&'static str),
}

/// Whether an object may be referred to weakly. None where that is not reproduced.
fn can_be_target(vm: &Vm, value: Value) -> Option<bool> {
    match value {
        Value::Function(_) | Value::Method(_) | Value::Generator(_) | Value::Set(_) | Value::FrozenSet(_) => Some(true),
        Value::Instance(id) => {
            let instance = &vm.heap[id];
            if matches!(
                instance.payload,
                Value::Int(_) | Value::BigInt(_) | Value::Bool(_) | Value::Tuple(_) | Value::Bytes(_)
            ) {
                return Some(false);
            }
            let reference = |name: &StrId| vm.heap.text(*name) == "__weakref__";
            let mut own = vm.heap[instance.class].mro.iter().map(|&class| &vm.heap[class]);
            Some(
                own.any(|class| !class.builtin && class.slots.as_ref().is_none_or(|slots| slots.iter().any(reference))),
            )
        }
        Value::Exception(id) => Some(!vm.heap[vm.heap[id].class].builtin),
        // A class is known to its bases, a module to the table of modules: what holds them is not told from what does not.
        Value::Class(_) | Value::Module(_) | Value::Native(_) | Value::Code(_) | Value::Opaque(_) => None,
        _ => Some(false),
    }
}

/// Whether CPython would still have the target.
fn is_alive(vm: &mut Vm, reference: OpaqueId) -> Res<bool> {
    if vm.is_looked_after(weak(vm, reference).target) {
        vm.finalize(Moment::Native)?;
        return Ok(!weak(vm, reference).target.is_none());
    }
    let Weak { target, callback } = *weak(vm, reference);
    if target.is_none() {
        return Ok(false);
    }
    match ask(vm, target) {
        Reach::Reachable => Ok(true),
        Reach::Gone => {
            debug_assert!(callback.is_none(), "looked after");
            vm.heap.native_mut::<Weak>(reference).expect("a weak reference").target = Value::None;
            Ok(false)
        }
        Reach::Unknown(why) => Err(vm.unsupported(format!("a weak reference whose target {why}"))),
    }
}

fn ask(vm: &mut Vm, target: Value) -> Reach {
    regardless(|| vm.look_for(target))
}

/// Asks what is reachable other than through weak references.
pub fn regardless<T>(ask: impl FnOnce() -> T) -> T {
    ASKING.set(true);
    let answer = ask();
    ASKING.set(false);
    answer
}

/// Whether weak references lead to the object.
pub fn is_referred_to(vm: &Vm, target: Value) -> bool {
    let leads = |id: &OpaqueId| vm.heap.native::<Weak>(*id).is_some_and(|weak| weak.target.is(target));
    vm.watched.iter().any(leads) || vm.weak_references.get(&container_key(target)).is_some_and(leads)
}

/// After marking: whether a reference that is to call back for the target is unreachable itself.
pub fn has_unmarked_watcher(vm: &Vm, target: Value) -> bool {
    let leads = |&&id: &&OpaqueId| vm.heap.native::<Weak>(id).is_some_and(|weak| weak.target.is(target));
    vm.watched
        .iter()
        .filter(leads)
        .any(|&id| !vm.heap.is_marked(Value::Opaque(id)))
}

/// The target is freed: it is forgotten, and called back, the newest reference first.
pub fn call_back(vm: &mut Vm, target: Value) -> Res<()> {
    let leads = |vm: &Vm, id: OpaqueId| vm.heap.native::<Weak>(id).is_some_and(|weak| weak.target.is(target));
    if let Some(id) = vm.weak_references.remove(&container_key(target))
        && let Some(weak) = vm.heap.native_mut::<Weak>(id)
        && weak.target.is(target)
    {
        weak.target = Value::None;
    }
    while let Some(index) = (0..vm.watched.len()).rev().find(|&index| leads(vm, vm.watched[index])) {
        let id = vm.watched.remove(index);
        let callback = weak(vm, id).callback;
        vm.heap.native_mut::<Weak>(id).expect("a weak reference").target = Value::None;
        vm.extra_roots.push(Value::Opaque(id));
        let result = vm.call(callback, &[Value::Opaque(id)]);
        vm.extra_roots.pop();
        result?;
    }
    Ok(())
}

/// At the end of a program: whether something was freed, perhaps, that was to call back then.
pub fn missed_callback(vm: &mut Vm) -> bool {
    for id in vm.watched.clone() {
        let target = vm.heap.native::<Weak>(id).map_or(Value::None, |weak| weak.target);
        if !target.is_none() && !matches!(ask(vm, target), Reach::Reachable) {
            return true;
        }
    }
    false
}

fn weak(vm: &Vm, id: OpaqueId) -> &Weak {
    vm.heap.native(id).expect("checked with the receiver")
}

fn receiver(vm: &Vm, value: Value) -> OpaqueId {
    match vm.payload(value) {
        Value::Opaque(id) => id,
        _ => unreachable!("checked with the receiver"),
    }
}

/// The target, if it is alive.
fn target(vm: &mut Vm, value: Value) -> Res<Option<Value>> {
    let id = receiver(vm, value);
    Ok(is_alive(vm, id)?.then(|| weak(vm, id).target))
}

const METHODS: &[NativeDefinition] = &[
    native("__new__", Arity::Between(2, 3), |vm, a| {
        let (class, target, callback) = (class_argument(a), a[1], a.or(2, Value::None));
        match can_be_target(vm, target) {
            Some(true) => {}
            Some(false) => {
                let message = format!("cannot create weak reference to '{}' object", vm.type_name(target));
                return Err(vm.type_error(message));
            }
            None => return Err(vm.unsupported("a weak reference to this")),
        }
        // References without a callback are shared.
        let key = container_key(target);
        if callback.is_none()
            && let Some(&id) = vm.weak_references.get(&key)
            && let Some(known) = vm.heap.native::<Weak>(id)
            && known.target.identity() == target.identity()
        {
            return Ok(Value::Opaque(id));
        }
        let id = vm.heap.new_opaque(class, Box::new(Weak { target, callback }), None);
        if callback.is_none() {
            vm.weak_references.insert(key, id);
        } else {
            vm.watched.push(id);
            vm.look_after(target);
        }
        Ok(Value::Opaque(id))
    }),
    native("__call__", Arity::None, |vm, a| {
        Ok(target(vm, a[0])?.unwrap_or(Value::None))
    }),
    native("__repr__", Arity::None, |vm, a| {
        let text = match target(vm, a[0])? {
            None => format!("<weakref at {:#x}; dead>", a[0].identity()),
            Some(target) => {
                let kind = vm.type_name(target).to_owned();
                let mut text = format!(
                    "<weakref at {:#x}; to '{kind}' at {:#x}",
                    a[0].identity(),
                    target.identity()
                );
                if let Some(Value::Str(name)) = vm.try_attribute(target, names::NAME)? {
                    text.push_str(&format!(" ({})", vm.heap.text(name)));
                }
                text + ">"
            }
        };
        Ok(vm.new_string(text))
    }),
    native("__eq__", Arity::One, |vm, a| {
        let other = match a[1] {
            Value::Opaque(id) => vm.heap.native::<Weak>(id).is_some(),
            _ => false,
        };
        if !other {
            return Ok(Value::NotImplemented);
        }
        match (target(vm, a[0])?, target(vm, a[1])?) {
            (Some(mine), Some(theirs)) => Ok(Value::from(vm.equal(mine, theirs)?)),
            _ => Ok(Value::from(a[0].identity() == a[1].identity())),
        }
    }),
    native("__hash__", Arity::None, |vm, a| {
        let id = receiver(vm, a[0]);
        match weak(vm, id).target {
            Value::None => Err(vm.unsupported("the hash of a weak reference whose target is gone")),
            target => Ok(Value::Int(vm.hash(target)?)),
        }
    }),
];

const GETTERS: &[NativeDefinition] = &[native("__callback__", Arity::One, |vm, a| {
    Ok(weak(vm, receiver(vm, a[0])).callback)
})];

pub fn reference_class(vm: &mut Vm) -> Value {
    Value::Class(lazy::class(vm, "ReferenceType", "weakref", METHODS, GETTERS))
}
