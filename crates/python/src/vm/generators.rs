//! Generators and coroutines: frames that stand aside between resumptions.

use super::frame::{Frame, Resumer, Role};
use super::types::*;
use super::{Vm, names};
use crate::heap::objects::{Generator, GeneratorKind, GeneratorState};
use crate::value::*;

/// Room of suspended frames that is kept for others.
const SPARE_FRAMES: usize = 64;

/// How `SEND` went.
pub(super) enum Sent {
    /// A frame was pushed.
    Frame,
    /// What was yielded is on top.
    Yielded,
    /// What was returned stands in the receiver's place.
    Returned,
}

impl Vm {
    /// `RETURN_GENERATOR`: turns the top frame into a generator.
    pub(super) fn make_generator(&mut self) -> Value {
        let frame = self.frames.pop().expect("the frame");
        self.depth -= frame.role.levels();
        let code = &self.codes[frame.code];
        let flags = code.source.flags;
        let kind = if flags.coroutine {
            GeneratorKind::Coroutine
        } else if flags.async_generator {
            GeneratorKind::AsyncGenerator
        } else {
            GeneratorKind::Generator
        };
        let generator = Generator {
            kind,
            state: GeneratorState::Created,
            name: code.name,
            qualname: code.qualname,
            code: Some(frame.code),
            handled: Value::None,
            frame: None,
        };
        let mut saved = self.spare_frames.pop().unwrap_or_default();
        saved.stack.extend_from_slice(&self.stack[frame.base..]);
        self.stack.truncate(frame.bottom);
        self.heap.allocated += saved.stack.len() * 16;
        saved.frame = frame;
        let id = self.heap.new_generator(generator);
        self.heap[id].frame = Some(saved);
        Value::Generator(id)
    }

    /// Puts a generator's frame on top, with the value that `yield` gives. False if it is finished already.
    pub(super) fn resume(&mut self, generator: GeneratorId, value: Value, resumer: Resumer) -> Res<bool> {
        match self.heap[generator].state {
            GeneratorState::Running => {
                let kind = self.generator_kind(generator);
                return Err(self.value_error(format!("{kind} already executing")));
            }
            GeneratorState::Finished => {
                if self.heap[generator].kind == GeneratorKind::Coroutine {
                    return Err(self.runtime_error("cannot reuse already awaited coroutine"));
                }
                return Ok(false);
            }
            GeneratorState::Created if !value.is_none() => {
                let kind = self.generator_kind(generator);
                return Err(self.type_error(format!("can't send non-None value to a just-started {kind}")));
            }
            _ => {}
        }
        if self.depth >= self.recursion_limit {
            return Err(self.recursion_error(""));
        }
        self.wake(generator, resumer);
        self.stack.push(value);
        Ok(true)
    }

    fn generator_kind(&self, generator: GeneratorId) -> &'static str {
        match self.heap[generator].kind {
            GeneratorKind::Generator => "generator",
            GeneratorKind::Coroutine => "coroutine",
            GeneratorKind::AsyncGenerator => "async generator",
        }
    }

    fn wake(&mut self, generator: GeneratorId, resumer: Resumer) {
        let mut saved = self.heap[generator].frame.take().expect("a suspended frame");
        let mut frame = std::mem::take(&mut saved.frame);
        frame.bottom = self.stack.len();
        frame.base = frame.bottom;
        frame.role = Role::Generator(generator, resumer, self.handled);
        frame.traced = false;
        self.stack.append(&mut saved.stack);
        if self.spare_frames.len() < SPARE_FRAMES {
            self.spare_frames.push(saved);
        }
        self.heap[generator].state = GeneratorState::Running;
        if let handled @ Value::Exception(_) = self.heap[generator].handled {
            self.handled = handled;
        }
        self.depth += 1;
        self.frames.push(frame);
    }

    /// `YIELD_VALUE`: takes the top frame aside.
    pub(super) fn suspend(&mut self) -> Resumer {
        let mut frame: Frame = self.frames.pop().expect("the frame");
        self.depth -= 1;
        let Role::Generator(generator, resumer, outer_handled) = frame.role else {
            unreachable!("only generators yield")
        };
        let mut saved = self.spare_frames.pop().unwrap_or_default();
        saved.stack.extend_from_slice(&self.stack[frame.base..]);
        self.stack.truncate(frame.base);
        let own = !self.handled.is(outer_handled);
        self.heap[generator].handled = if own { self.handled } else { Value::None };
        self.handled = outer_handled;
        frame.role = Role::Call;
        saved.frame = frame;
        let guarded = !self.codes[saved.frame.code].source.exceptions.is_empty();
        let object = &mut self.heap[generator];
        object.state = GeneratorState::Suspended;
        object.frame = Some(saved);
        if guarded && object.kind == GeneratorKind::Generator && self.is_guarded(&self.heap[generator]) {
            self.finalizers.add(Value::Generator(generator));
        }
        resumer
    }

    /// What becomes of the value that a constructor's or a generator's frame returned, which is gone already: the value of the
    /// call, or none where the loop goes on in the frame that is now on top.
    pub(super) fn returned(&mut self, role: Role, value: Value, floor: usize) -> Res<Option<Value>> {
        match role {
            Role::Call | Role::Instance => Ok(Some(value)),
            Role::Operator(argument) => {
                let (right, left) = (self.pop(), self.pop());
                if !matches!(value, Value::NotImplemented) {
                    return Ok(Some(value));
                }
                let stop = self.operand_error(argument as usize % 13, argument >= 13, left, right);
                self.unwind(stop, floor)?;
                Ok(None)
            }
            Role::Constructor(instance) if value.is_none() => Ok(Some(instance)),
            Role::Constructor(_) => {
                let message = format!("__init__() should return None, not '{}'", self.type_name(value));
                let stop = self.type_error(message);
                if self.frames.len() == floor {
                    return Err(stop);
                }
                self.unwind(stop, floor)?;
                Ok(None)
            }
            Role::Generator(generator, resumer, outer_handled) => {
                self.heap[generator].state = GeneratorState::Finished;
                self.handled = outer_handled;
                if resumer == Resumer::Awake {
                    return Ok(Some(Value::Null));
                }
                if resumer == Resumer::Native || self.frames.len() == floor {
                    return Err(self.stop_iteration(value));
                }
                let parent = self.frames.last_mut().expect("who resumed it");
                parent.pc = self.codes[parent.code].source.instructions[parent.pc - 1].argument as usize;
                self.stack.pop();
                if resumer == Resumer::Send {
                    self.stack.push(value);
                }
                Ok(None)
            }
        }
    }

    pub fn stop_iteration(&mut self, value: Value) -> Stop {
        let args: &[Value] = if value.is_none() { &[] } else { &[value] };
        self.raise_with(STOP_ITERATION, args)
    }

    /// The value that a `StopIteration` carries.
    pub fn stop_value(&self, stop: Stop) -> Value {
        let Stop::Raise(exception) = stop else {
            return Value::None;
        };
        match self.heap[exception].args {
            Value::Tuple(args) => self.heap[args].items.first().copied().unwrap_or(Value::None),
            _ => Value::None,
        }
    }

    pub fn generator_next(&mut self, generator: GeneratorId) -> Res<Option<Value>> {
        let result = self.generator_send(generator, Value::None);
        self.catch(result, STOP_ITERATION)
    }

    /// [`Vm::next`] for those who run none of the program's code between items: a generator's frame stays on top until they are through
    /// or call [`Vm::put_aside`], which they do before anybody else could see the frame.
    pub fn next_awake(&mut self, iterator: Value) -> Res<Option<Value>> {
        let Value::Generator(generator) = iterator else {
            return self.next(iterator);
        };
        let floor = if self.is_awake(generator) {
            self.frames.last_mut().expect("the generator's").traced = false;
            self.stack.push(Value::None);
            self.frames.len() - 1
        } else {
            let object = &self.heap[generator];
            let code = object.code.map(|code| &self.codes[code]);
            if object.kind != GeneratorKind::Generator || self.trace.enabled && code.is_none_or(|code| code.traced) {
                return self.next(iterator);
            }
            if !self.resume(generator, Value::None, Resumer::Awake)? {
                return Ok(None);
            }
            self.frames.len() - 1
        };
        Ok(self.run_nested(floor)?.some())
    }

    fn is_awake(&self, generator: GeneratorId) -> bool {
        let role = self.frames.last().map(|frame| frame.role);
        matches!(role, Some(Role::Generator(id, Resumer::Awake, _)) if id == generator)
    }

    /// Suspends the generator that [`Vm::next_awake`] left on top, if it did.
    pub fn put_aside(&mut self, iterator: Value) {
        if let Value::Generator(generator) = iterator
            && self.is_awake(generator)
        {
            self.suspend();
        }
    }

    /// `generator.send(value)`; the end is a `StopIteration`.
    pub fn generator_send(&mut self, generator: GeneratorId, value: Value) -> Res<Value> {
        let floor = self.frames.len();
        if !self.resume(generator, value, Resumer::Native)? {
            return Err(self.stop_iteration(Value::None));
        }
        self.run_nested(floor)
    }

    /// `generator.throw(exception)`.
    pub fn generator_throw(&mut self, generator: GeneratorId, exception: ExceptionId) -> Res<Value> {
        match self.heap[generator].state {
            GeneratorState::Running => {
                let kind = self.generator_kind(generator);
                return Err(self.value_error(format!("{kind} already executing")));
            }
            GeneratorState::Finished => return Err(Stop::Raise(exception)),
            _ => {}
        }
        if let Some(inner) = self.delegate(generator) {
            return self.throw_into_delegate(generator, inner, exception);
        }
        self.throw_here(generator, exception)
    }

    fn throw_here(&mut self, generator: GeneratorId, exception: ExceptionId) -> Res<Value> {
        let floor = self.frames.len();
        let created = self.heap[generator].state == GeneratorState::Created;
        self.wake(generator, Resumer::Native);
        self.chain(exception);
        if !created {
            // The value that the resumed `yield` would have left.
            self.stack.push(Value::None);
        }
        let frame = self.frames.last_mut().expect("just pushed");
        frame.pc = frame.pc.max(1);
        if self.trace.enabled && self.frames.last().is_some_and(|f| self.codes[f.code].traced) {
            let _ = self.trace_enter();
        }
        self.unwind(Stop::Raise(exception), floor)?;
        self.run_nested(floor)
    }

    /// The line, from 1, where a generator's frame stands; None when it is done.
    pub fn generator_line(&self, generator: GeneratorId) -> Option<usize> {
        if let Some(saved) = &self.heap[generator].frame {
            return Some(match self.heap[generator].state {
                GeneratorState::Created => self.codes[saved.frame.code].source.first_line as usize,
                _ => self.frame_line(&saved.frame),
            });
        }
        let own = |frame: &&Frame| matches!(frame.role, Role::Generator(id, ..) if id == generator);
        self.frames.iter().rev().find(own).map(|frame| self.frame_line(frame))
    }

    /// What a generator suspended in `yield from` delegates to.
    pub fn delegate(&self, generator: GeneratorId) -> Option<Value> {
        use crate::bytecode::Opcode;
        let saved = self.heap[generator].frame.as_ref()?;
        if self.heap[generator].state != GeneratorState::Suspended {
            return None;
        }
        let next = self.codes[saved.frame.code].source.instructions.get(saved.frame.pc)?;
        (next.opcode == Opcode::Resume && matches!(next.argument, 2 | 3))
            .then(|| saved.stack.last().copied())
            .flatten()
    }

    /// Whether what is thrown comes to an object that is no generator, which is given the arguments of `throw` as they are.
    pub fn delegates_to_program(&self, generator: GeneratorId) -> bool {
        match self.delegate(generator) {
            Some(Value::Generator(inner)) => self.delegates_to_program(inner),
            delegate => delegate.is_some(),
        }
    }

    fn throw_into_delegate(&mut self, generator: GeneratorId, inner: Value, exception: ExceptionId) -> Res<Value> {
        let exit = self.is_subclass(self.heap[exception].class, GENERATOR_EXIT);
        self.heap[generator].state = GeneratorState::Running;
        let result = if exit {
            self.close_iterator(inner).and(Err(Stop::Raise(exception)))
        } else {
            match inner {
                Value::Generator(inner) => self.generator_throw(inner, exception),
                _ => match self.try_attribute(inner, names::THROW)? {
                    Some(throw) => self.call(throw, &[Value::Exception(exception)]),
                    None => {
                        self.heap[generator].state = GeneratorState::Suspended;
                        return self.throw_here(generator, exception);
                    }
                },
            }
        };
        self.heap[generator].state = GeneratorState::Suspended;
        match result {
            Ok(value) => Ok(value),
            Err(stop) if self.stop_is(stop, STOP_ITERATION) => {
                // The delegate is done: `yield from` has its value, and the generator goes on after it.
                let value = self.stop_value(stop);
                let floor = self.frames.len();
                self.finish_delegation(generator);
                let outer = self.heap[generator].frame.as_ref().expect("a suspended frame");
                if self.trace.enabled && self.codes[outer.frame.code].traced {
                    // CPython 3.11 goes on without a call event: the frame's lines would count for its caller's.
                    return Err(self.unsupported("throw() that ends a delegate"));
                }
                self.wake(generator, Resumer::Native);
                self.stack.pop();
                self.stack.push(value);
                self.run_nested(floor)
            }
            Err(Stop::Raise(exception)) => self.throw_here(generator, exception),
            Err(Stop::Halt) => Err(Stop::Halt),
        }
    }

    /// Moves a frame that waits in `yield from` behind its `SEND` loop.
    fn finish_delegation(&mut self, generator: GeneratorId) {
        use crate::bytecode::Opcode;
        let saved = self.heap[generator].frame.as_mut().expect("a suspended frame");
        let instructions = &self.codes[saved.frame.code].source.instructions;
        let mut at = saved.frame.pc;
        while instructions[at].opcode != Opcode::JumpBackwardNoInterrupt {
            at += 1;
        }
        let send = instructions[at].argument as usize;
        saved.frame.pc = instructions[send].argument as usize;
    }

    /// `close()` of whatever iterator.
    pub fn close_iterator(&mut self, iterator: Value) -> Res<()> {
        match iterator {
            Value::Generator(generator) => self.generator_close(generator),
            _ => {
                if let Some(close) = self.try_attribute(iterator, names::CLOSE)? {
                    self.call(close, &[])?;
                }
                Ok(())
            }
        }
    }

    /// `generator.close()`.
    pub fn generator_close(&mut self, generator: GeneratorId) -> Res<()> {
        match self.heap[generator].state {
            GeneratorState::Finished => return Ok(()),
            GeneratorState::Created => {
                self.heap[generator].state = GeneratorState::Finished;
                self.heap[generator].frame = None;
                return Ok(());
            }
            _ => {}
        }
        let exception = self.new_exception(GENERATOR_EXIT, &[]);
        match self.generator_throw(generator, exception) {
            Ok(_) => {
                let kind = self.generator_kind(generator);
                Err(self.runtime_error(format!("{kind} ignored GeneratorExit")))
            }
            Err(stop) if self.stop_is(stop, STOP_ITERATION) || self.stop_is(stop, GENERATOR_EXIT) => Ok(()),
            Err(stop) => Err(stop),
        }
    }

    /// `SEND` of the value on top to the receiver below it.
    pub(super) fn send_step(&mut self) -> Res<Sent> {
        let value = self.pop();
        let receiver = self.peek(1);
        let result = match receiver {
            Value::Generator(generator) => {
                if self.resume(generator, value, Resumer::Send)? {
                    return Ok(Sent::Frame);
                }
                Err(Value::None)
            }
            _ => self.send_to_iterator(receiver, value)?,
        };
        match result {
            Ok(value) => {
                self.stack.push(value);
                Ok(Sent::Yielded)
            }
            Err(returned) => {
                self.replace_top(returned);
                Ok(Sent::Returned)
            }
        }
    }

    /// `SEND` to something that is no generator: a value, or the value that it returned.
    pub(super) fn send_to_iterator(&mut self, receiver: Value, value: Value) -> Res<Result<Value, Value>> {
        let result = if self.is_request(receiver) {
            self.request_send(receiver, value)
        } else if value.is_none() {
            match receiver {
                Value::Instance(_) => match self.call_special(receiver, names::NEXT, &[]) {
                    Ok(Some(value)) => Ok(value),
                    Ok(None) => {
                        let message = format!("'{}' object is not an iterator", self.type_name(receiver));
                        Err(self.type_error(message))
                    }
                    Err(stop) => Err(stop),
                },
                _ => self.next_or_stop(receiver),
            }
        } else {
            self.call_method(receiver, names::SEND, &[value])
        };
        match result {
            Ok(value) => Ok(Ok(value)),
            Err(stop) if self.stop_is(stop, STOP_ITERATION) => Ok(Err(self.stop_value(stop))),
            Err(stop) => Err(stop),
        }
    }

    pub(super) fn awaitable(&mut self, value: Value) -> Res<Value> {
        if let Value::Generator(generator) = value
            && self.heap[generator].kind == GeneratorKind::Coroutine
        {
            if self.delegate(generator).is_some() {
                return Err(self.runtime_error("coroutine is being awaited already"));
            }
            return Ok(value);
        }
        match self.call_special(value, names::AWAIT, &[])? {
            Some(iterator) => Ok(iterator),
            None => {
                let message = format!("object {} can't be used in 'await' expression", self.type_name(value));
                Err(self.type_error(message))
            }
        }
    }
}
