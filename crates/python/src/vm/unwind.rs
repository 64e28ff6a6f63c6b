//! Exceptions on their way: handlers, frames that they leave, `raise` and `except` clauses.

use super::frame::{Resumer, Role};
use super::types::*;
use super::{Vm, names};
use crate::bytecode::Opcode;
use crate::value::*;

/// Bound on the remembered frames of a traceback; whoever shows one of this length refuses.
pub const TRACEBACK_FRAMES: usize = 1 << 12;

impl Vm {
    /// Finds the handler of an exception raised in the top frame at `pc` (the instruction itself), leaving frames down to `floor`.
    /// `Ok` when the loop can go on in the then top frame.
    pub(super) fn unwind(&mut self, stop: Stop, floor: usize) -> Res<()> {
        let Stop::Raise(exception) = stop else {
            self.frames.truncate(floor);
            return Err(stop);
        };
        loop {
            let frame = self.frames.last_mut().expect("a frame to unwind");
            let at = frame.pc - 1;
            let code_id = frame.code;
            let code = &self.codes[code_id];
            let (line, library) = (code.source.lines[at], code.library);
            let object = &mut self.heap[exception];
            // A bare `raise` and the end of a handler pass an exception on as it is.
            let instruction = self.codes[code_id].source.instructions[at];
            let passes = match instruction.opcode {
                Opcode::Reraise => true,
                Opcode::RaiseVarargs => instruction.argument == 0,
                _ => false,
            };
            if !library && !passes && object.line.is_none() {
                object.line = Some(line);
            }
            if object.traceback.len() < TRACEBACK_FRAMES && !passes {
                let before = object.bytes();
                object.traceback.push((code_id, line));
                self.heap.allocated += self.heap[exception].bytes() - before;
            }
            if self.trace.frames.is_some() {
                self.log_exception(exception);
            }
            let frame = self.frames.last_mut().expect("a frame to unwind");
            let code = &self.codes[code_id];
            if let Some(entry) = code.exception_entry(at) {
                let height = frame.base + code.slots + entry.depth as usize;
                frame.pc = entry.target as usize;
                // Raised again, an exception keeps its first place.
                let again = code.source.instructions[at].opcode == Opcode::Reraise;
                let place = if again { frame.last as usize } else { at };
                let lasti = entry.push_lasti;
                self.stack.truncate(height);
                if lasti {
                    self.stack.push(Value::Int(place as i64));
                }
                self.stack.push(Value::Exception(exception));
                return Ok(());
            }
            if !self.finalizers.is_empty() {
                self.note_left(exception);
            }
            self.trace_leave();
            let frame = self.frames.pop().expect("a frame to unwind");
            self.depth -= frame.role.levels();
            self.stack.truncate(frame.bottom);
            let mut passes_on = true;
            if let Role::Generator(generator, resumer, outer_handled) = frame.role {
                self.handled = outer_handled;
                self.heap[generator].state = crate::heap::GeneratorState::Finished;
                self.heap[generator].frame = None;
                if self.is_subclass(self.heap[exception].class, STOP_ITERATION) {
                    let replaced = self.generator_raised_stop(generator, exception);
                    if self.frames.len() == floor {
                        return Err(Stop::Raise(replaced));
                    }
                    return self.unwind(Stop::Raise(replaced), floor);
                }
                passes_on = !matches!(resumer, Resumer::Native | Resumer::Awake) || self.frames.len() == floor;
            }
            debug_assert!(passes_on);
            if self.frames.len() == floor {
                return Err(stop);
            }
        }
    }

    /// PEP 479: `StopIteration` leaving a generator becomes `RuntimeError`.
    fn generator_raised_stop(&mut self, generator: GeneratorId, exception: ExceptionId) -> ExceptionId {
        use crate::heap::GeneratorKind;
        let kind = match self.heap[generator].kind {
            GeneratorKind::Generator => "generator",
            GeneratorKind::Coroutine => "coroutine",
            GeneratorKind::AsyncGenerator => "async generator",
        };
        let text = Value::Str(self.heap.str(&format!("{kind} raised StopIteration")));
        let new = self.new_exception(RUNTIME_ERROR, &[text]);
        // The generator's frame is gone by now: the traceback begins where it was asked for a value.
        let object = &mut self.heap[new];
        object.cause = Value::Exception(exception);
        object.context = Value::Exception(exception);
        object.suppress_context = true;
        new
    }

    /// `raise`, `raise X`, `raise X from Y`.
    pub(super) fn raise_varargs(&mut self, count: u32) -> Res<()> {
        let cause = if count == 2 { self.stack.pop() } else { None };
        if count == 0 {
            return match self.handled {
                Value::Exception(exception) => Err(Stop::Raise(exception)),
                _ => Err(self.runtime_error("No active exception to reraise")),
            };
        }
        let value = self.stack.pop().expect("an exception");
        let exception = self.make_exception(value, "exceptions must derive from BaseException")?;
        if let Some(cause) = cause {
            let cause = match cause {
                Value::None => Value::None,
                Value::Class(_) | Value::Exception(_) => {
                    Value::Exception(self.make_exception(cause, "exception causes must derive from BaseException")?)
                }
                _ => return Err(self.type_error("exception causes must derive from BaseException")),
            };
            self.heap[exception].cause = cause;
            self.heap[exception].suppress_context = true;
        }
        self.chain(exception);
        Err(Stop::Raise(exception))
    }

    /// The exception that `raise value` raises.
    pub fn make_exception(&mut self, value: Value, complaint: &str) -> Res<ExceptionId> {
        match value {
            Value::Exception(exception) => Ok(exception),
            Value::Class(class) if self.is_subclass(class, BASE_EXCEPTION) => match self.call(value, &[])? {
                Value::Exception(exception) => Ok(exception),
                other => {
                    let message = format!(
                        "calling {} should have returned an instance of BaseException, not {}",
                        self.repr_string(value)?,
                        self.repr_string(Value::Class(self.class_of(other)))?
                    );
                    Err(self.type_error(message))
                }
            },
            _ => Err(self.type_error(complaint)),
        }
    }

    /// `except pattern:` of an exception.
    pub(super) fn exception_matches(&mut self, exception: Value, pattern: Value) -> Res<bool> {
        const COMPLAINT: &str = "catching classes that do not inherit from BaseException is not allowed";
        match pattern {
            Value::Class(class) if self.is_subclass(class, BASE_EXCEPTION) => {
                Ok(self.is_subclass(self.class_of(exception), class))
            }
            Value::Tuple(tuple) => {
                let items = self.heap[tuple].items.to_vec();
                for &item in &items {
                    if !matches!(item, Value::Class(class) if self.is_subclass(class, BASE_EXCEPTION)) {
                        return Err(self.type_error(COMPLAINT));
                    }
                }
                let class = self.class_of(exception);
                Ok(items
                    .iter()
                    .any(|&item| matches!(item, Value::Class(c) if self.is_subclass(class, c))))
            }
            _ => Err(self.type_error(COMPLAINT)),
        }
    }

    #[cold]
    pub(super) fn unbound_local(&mut self, slot: usize) -> Stop {
        let code = &self.codes[self.frames.last().expect("a frame").code];
        let (name, free_start) = (code.fast_names[slot], code.free_start);
        let text = self.heap.text(name).to_owned();
        let stop = if slot >= free_start {
            self.raise(
                NAME_ERROR,
                &format!(
                    "cannot access free variable '{text}' where it is not associated with a value in enclosing scope"
                ),
            )
        } else {
            self.raise(
                UNBOUND_LOCAL_ERROR,
                &format!("cannot access local variable '{text}' where it is not associated with a value"),
            )
        };
        if let Stop::Raise(exception) = stop
            && slot >= free_start
        {
            self.set_exception_field(exception, names::NAME_FIELD, Value::Str(name));
        }
        stop
    }
}
