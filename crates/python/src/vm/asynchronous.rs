//! Asynchronous iteration, asynchronous generators and `async with` (PEP 492, PEP 525).

use super::native::{Args, Arity, NativeDefinition, native};
use super::types::*;
use super::{Vm, names};
use crate::heap::objects::{GeneratorKind, NativeData};
use crate::value::*;

/// A value that an asynchronous generator yields, as opposed to one that an `await` within it hands to the event loop.
struct Yielded(Value);

impl NativeData for Yielded {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.0);
    }
}

/// What `__anext__`, `asend`, `athrow` and `aclose` of an asynchronous generator return: awaitable once.
struct Request {
    generator: GeneratorId,
    what: What,
    state: RequestState,
}

#[derive(Clone, Copy)]
enum What {
    Send(Value),
    Throw(ExceptionId),
    Close,
}

#[derive(Clone, Copy, PartialEq)]
enum RequestState {
    New,
    Running,
    Done,
}

impl NativeData for Request {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(Value::Generator(self.generator));
        match self.what {
            What::Send(value) => visit(value),
            What::Throw(exception) => visit(Value::Exception(exception)),
            What::Close => {}
        }
    }
}

fn request(vm: &mut Vm, receiver: Value, what: What) -> Value {
    let Value::Generator(generator) = receiver else {
        unreachable!("checked with the receiver")
    };
    let class = match what {
        What::Send(_) => ASYNC_SEND,
        What::Throw(_) | What::Close => ASYNC_THROW,
    };
    let request = Request {
        generator,
        what,
        state: RequestState::New,
    };
    Value::Opaque(vm.heap.new_opaque(class, Box::new(request), None))
}

const GENERATOR_METHODS: &[NativeDefinition] = &[
    native("__aiter__", Arity::None, |_, a| Ok(a[0])),
    native("__anext__", Arity::None, |vm, a| {
        Ok(request(vm, a[0], What::Send(Value::None)))
    }),
    native("asend", Arity::One, |vm, a| Ok(request(vm, a[0], What::Send(a[1])))),
    native("athrow", Arity::Between(1, 3), |vm, a| {
        if a.len() > 2 {
            return Err(vm.unsupported("athrow() with three arguments"));
        }
        let exception = vm.make_exception(
            a[1],
            "exceptions must be classes or instances deriving from BaseException",
        )?;
        Ok(request(vm, a[0], What::Throw(exception)))
    }),
    native("aclose", Arity::None, |vm, a| Ok(request(vm, a[0], What::Close))),
];

const REQUEST_METHODS: &[NativeDefinition] = &[
    native("__await__", Arity::None, |_, a| Ok(a[0])),
    native("__iter__", Arity::None, |_, a| Ok(a[0])),
    native("__next__", Arity::None, |vm, a| vm.request_send(a[0], Value::None)),
    native("send", Arity::One, |vm, a| vm.request_send(a[0], a[1])),
    native("throw", Arity::Between(1, 3), |vm, a| {
        let exception = vm.make_exception(
            a[1],
            "exceptions must be classes or instances deriving from BaseException",
        )?;
        let Value::Opaque(id) = a[0] else {
            return Ok(Value::None);
        };
        let Some(generator) = vm.heap.native::<Request>(id).map(|request| request.generator) else {
            return Ok(Value::None);
        };
        let result = vm.generator_throw(generator, exception);
        vm.answer_request(id, result)
    }),
    native("close", Arity::None, |vm, a| {
        if let Value::Opaque(id) = a[0]
            && let Some(request) = vm.heap.native_mut::<Request>(id)
        {
            request.state = RequestState::Done;
        }
        Ok(Value::None)
    }),
];

/// `aiter` and `anext`.
const FUNCTIONS: &[NativeDefinition] = &[
    native("aiter", Arity::One, |vm, a| {
        match vm.call_special(a[0], names::AITER, &[])? {
            Some(iterator) => Ok(iterator),
            None => {
                let message = format!("'{}' object is not an async iterable", vm.type_name(a[0]));
                Err(vm.type_error(message))
            }
        }
    }),
    native("anext", Arity::Between(1, 2), anext),
];

fn anext(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    match (vm.call_special(a[0], names::ANEXT, &[])?, a.get(1)) {
        (Some(awaitable), None) => Ok(awaitable),
        (Some(awaitable), Some(default)) => {
            let library = vm.import_by_name("_anext")?;
            let name = vm.heap.intern("or_default");
            let or_default = vm.get_attribute(Value::Module(library), name)?;
            vm.call(or_default, &[awaitable, default])
        }
        (None, _) => {
            let message = format!("'{}' object is not an async iterator", vm.type_name(a[0]));
            Err(vm.type_error(message))
        }
    }
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(ASYNC_GENERATOR, GENERATOR_METHODS);
    vm.add_methods(ASYNC_SEND, REQUEST_METHODS);
    vm.add_methods(ASYNC_THROW, REQUEST_METHODS);
    vm.add_functions(vm.builtins, "builtins", FUNCTIONS);
}

impl Vm {
    /// Whether an awaitable is a request to an asynchronous generator, whose end carries a value.
    pub(super) fn is_request(&self, value: Value) -> bool {
        matches!(value, Value::Opaque(id) if self.heap.native::<Request>(id).is_some())
    }

    pub(super) fn request_send(&mut self, receiver: Value, value: Value) -> Res<Value> {
        let Value::Opaque(id) = receiver else {
            return Ok(Value::None);
        };
        let Some(&Request { generator, what, state }) = self.heap.native::<Request>(id) else {
            return Ok(Value::None);
        };
        let result = match (state, what) {
            (RequestState::Done, What::Send(_)) => {
                return Err(self.runtime_error("cannot reuse already awaited __anext__()/asend()"));
            }
            (RequestState::Done, _) => {
                return Err(self.runtime_error("cannot reuse already awaited aclose()/athrow()"));
            }
            (RequestState::Running, _) => self.generator_send(generator, value),
            (RequestState::New, What::Send(first)) => {
                let value = if value.is_none() { first } else { value };
                self.set_request_state(id, RequestState::Running);
                self.generator_send(generator, value)
            }
            (RequestState::New, What::Throw(exception)) => {
                self.set_request_state(id, RequestState::Running);
                self.generator_throw(generator, exception)
            }
            (RequestState::New, What::Close) => {
                self.set_request_state(id, RequestState::Running);
                if self.generator_is_new_or_finished(generator) {
                    self.generator_close(generator)?;
                    self.set_request_state(id, RequestState::Done);
                    return Err(self.stop_iteration(Value::None));
                }
                let exit = self.new_exception(GENERATOR_EXIT, &[]);
                self.generator_throw(generator, exit)
            }
        };
        self.answer_request(id, result)
    }

    fn set_request_state(&mut self, id: OpaqueId, state: RequestState) {
        if let Some(request) = self.heap.native_mut::<Request>(id) {
            request.state = state;
        }
    }

    fn generator_is_new_or_finished(&self, generator: GeneratorId) -> bool {
        use crate::heap::GeneratorState;
        matches!(
            self.heap[generator].state,
            GeneratorState::Created | GeneratorState::Finished
        )
    }

    /// What one resumption of an asynchronous generator means to who awaits it.
    fn answer_request(&mut self, id: OpaqueId, result: Res<Value>) -> Res<Value> {
        let closes = matches!(
            self.heap.native::<Request>(id).map(|request| request.what),
            Some(What::Close)
        );
        match result {
            Ok(value) => {
                let yielded = match value {
                    Value::Opaque(wrapper) => self.heap.native::<Yielded>(wrapper).map(|yielded| yielded.0),
                    _ => None,
                };
                let Some(value) = yielded else {
                    return Ok(value);
                };
                self.set_request_state(id, RequestState::Done);
                if closes {
                    return Err(self.runtime_error("async generator ignored GeneratorExit"));
                }
                Err(self.stop_iteration(value))
            }
            Err(stop) => {
                self.set_request_state(id, RequestState::Done);
                let ended = self.stop_is(stop, STOP_ITERATION);
                if closes && (ended || self.stop_is(stop, STOP_ASYNC_ITERATION) || self.stop_is(stop, GENERATOR_EXIT)) {
                    return Err(self.stop_iteration(Value::None));
                }
                if ended {
                    return Err(self.raise_with(STOP_ASYNC_ITERATION, &[]));
                }
                Err(stop)
            }
        }
    }

    /// `ASYNC_GEN_WRAP`.
    pub(super) fn wrap_yielded(&mut self, value: Value) -> Value {
        Value::Opaque(self.heap.new_opaque(ASYNC_SEND, Box::new(Yielded(value)), None))
    }

    /// `GET_AITER`.
    pub(super) fn asynchronous_iterator(&mut self, value: Value) -> Res<Value> {
        let Some(iterator) = self.call_special(value, names::AITER, &[])? else {
            let message = format!(
                "'async for' requires an object with __aiter__ method, got {}",
                self.type_name(value)
            );
            return Err(self.type_error(message));
        };
        if self.class_attribute(self.class_of(iterator), names::ANEXT).is_none() {
            let message = format!(
                "'async for' received an object from __aiter__ that does not implement __anext__: {}",
                self.type_name(iterator)
            );
            return Err(self.type_error(message));
        }
        Ok(iterator)
    }

    /// `GET_ANEXT`.
    pub(super) fn next_awaitable(&mut self, iterator: Value) -> Res<Value> {
        if let Value::Generator(generator) = iterator
            && self.heap[generator].kind == GeneratorKind::AsyncGenerator
        {
            return Ok(request(self, iterator, What::Send(Value::None)));
        }
        let Some(next) = self.call_special(iterator, names::ANEXT, &[])? else {
            let message = format!(
                "'async for' requires an iterator with __anext__ method, got {}",
                self.type_name(iterator)
            );
            return Err(self.type_error(message));
        };
        let awaitable = self.awaitable(next);
        match self.catch(awaitable, TYPE_ERROR)? {
            Some(awaitable) => Ok(awaitable),
            None => {
                let message = format!(
                    "'async for' received an invalid object from __anext__: {}",
                    self.type_name(next)
                );
                Err(self.type_error(message))
            }
        }
    }

    /// `BEFORE_ASYNC_WITH`: replaces the manager on the stack by its `__aexit__` and what its `__aenter__` returns.
    pub(super) fn before_async_with(&mut self) -> Res<()> {
        let manager = self.stack.pop().expect("a context manager");
        let class = self.class_of(manager);
        let complaint = |vm: &mut Vm, missing: &str| {
            let message = format!(
                "'{}' object does not support the asynchronous context manager protocol{missing}",
                vm.type_name(manager)
            );
            vm.type_error(message)
        };
        let Some(enter) = self.class_attribute(class, names::AENTER) else {
            return Err(complaint(self, ""));
        };
        let enter = self.bind_descriptor(enter, manager, class)?;
        let Some(exit) = self.class_attribute(class, names::AEXIT) else {
            return Err(complaint(self, " (missed __aexit__ method)"));
        };
        let exit = self.bind_descriptor(exit, manager, class)?;
        self.stack.push(exit);
        let entered = self.call(enter, &[])?;
        self.stack.push(entered);
        Ok(())
    }
}
