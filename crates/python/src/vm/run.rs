//! The loop: one instruction after the other, over all frames above a floor.

use super::call::Called;
use super::frame::{Resumer, Role};
use super::iterate::Advance;
use super::types::*;
use super::{Vm, names};
use crate::bytecode::{BinaryOperator, Opcode};
use crate::heap::set::Set;
use crate::value::*;
use std::rc::Rc;

impl Vm {
    #[inline]
    fn pop(&mut self) -> Value {
        self.stack.pop().expect("an operand")
    }

    #[inline]
    fn peek(&self, depth: usize) -> Value {
        self.stack[self.stack.len() - depth]
    }

    #[inline]
    fn pop_many(&mut self, count: usize) -> Vec<Value> {
        let at = self.stack.len() - count;
        self.stack.split_off(at)
    }

    /// Runs until the frame right above `floor` is done, and gives its value.
    pub(super) fn run(&mut self, floor: usize) -> Res<Value> {
        'frame: loop {
            let frame = self.frames.last().expect("a frame to run");
            let code = Rc::clone(&frame.code);
            let base = frame.base;
            let mut pc = frame.pc;
            let mut last = frame.last;
            let mut traced = frame.traced;
            let mut keyword_store: Vec<StrId> = Vec::new();
            let stop = 'stop: {
                macro_rules! check {
                    ($result:expr) => {
                        match $result {
                            Ok(value) => value,
                            Err(stop) => break 'stop stop,
                        }
                    };
                }
                macro_rules! save {
                    () => {
                        self.frames.last_mut().expect("the frame").pc = pc
                    };
                }
                macro_rules! jump {
                    ($target:expr) => {
                        pc = $target as usize
                    };
                }
                macro_rules! backward {
                    ($target:expr) => {{
                        pc = $target as usize;
                        if self.heap.allocated > self.heap.threshold {
                            save!();
                        }
                        check!(self.safepoint());
                    }};
                }
                loop {
                    let instruction = code.instructions[pc];
                    let argument = instruction.argument as usize;
                    if traced {
                        let line = code.lines[pc];
                        if line != crate::bytecode::NO_LINE && instruction.opcode != Opcode::Resume {
                            let last_line = if last <= code.entry {
                                crate::bytecode::NO_LINE
                            } else {
                                code.lines[last]
                            };
                            if line != last_line || (pc < last && instruction.opcode != Opcode::Send) {
                                let frame = self.frames.last_mut().expect("the frame");
                                frame.pc = pc + 1;
                                check!(self.trace_line(line));
                            }
                        }
                        last = pc;
                    }
                    pc += 1;
                    match instruction.opcode {
                        Opcode::Nop => {}
                        Opcode::PopTop => {
                            self.stack.pop();
                        }
                        Opcode::PushNull => self.stack.push(Value::Null),
                        Opcode::LoadFast => {
                            let value = self.stack[base + argument];
                            if value.is_null() {
                                save!();
                                break 'stop self.unbound_local(argument);
                            }
                            self.stack.push(value);
                        }
                        Opcode::LoadConst => match code.constants[argument] {
                            Value::Code(id) => self.stack.push(Value::Code(id)),
                            value => self.stack.push(value),
                        },
                        Opcode::StoreFast => {
                            let value = self.pop();
                            self.stack[base + argument] = value;
                        }
                        Opcode::DeleteFast => {
                            if self.stack[base + argument].is_null() {
                                save!();
                                break 'stop self.unbound_local(argument);
                            }
                            self.stack[base + argument] = Value::Null;
                        }
                        Opcode::LoadClosure => {
                            let cell = self.stack[base + argument];
                            self.stack.push(cell);
                        }
                        Opcode::MakeCell => {
                            let value = self.stack[base + argument];
                            self.stack[base + argument] = Value::Cell(self.heap.new_cell(value));
                        }
                        Opcode::CopyFreeVars => {
                            let Value::Tuple(closure) = self.frames.last().expect("the frame").closure else {
                                unreachable!("free variables come with a closure")
                            };
                            for i in 0..argument {
                                self.stack[base + code.free_start + i] = self.heap[closure].items[i];
                            }
                        }
                        Opcode::LoadDeref => {
                            let Value::Cell(cell) = self.stack[base + argument] else {
                                unreachable!("a cell")
                            };
                            let value = self.heap[cell].0;
                            if value.is_null() {
                                save!();
                                break 'stop self.unbound_local(argument);
                            }
                            self.stack.push(value);
                        }
                        Opcode::StoreDeref => {
                            let value = self.pop();
                            let Value::Cell(cell) = self.stack[base + argument] else {
                                unreachable!("a cell")
                            };
                            self.heap[cell].0 = value;
                        }
                        Opcode::DeleteDeref => {
                            let Value::Cell(cell) = self.stack[base + argument] else {
                                unreachable!("a cell")
                            };
                            if self.heap[cell].0.is_null() {
                                save!();
                                break 'stop self.unbound_local(argument);
                            }
                            self.heap[cell].0 = Value::Null;
                        }
                        Opcode::LoadClassderef => {
                            save!();
                            let name = code.fast_names[argument];
                            let locals = self.frames.last().expect("the frame").locals;
                            match check!(self.namespace_get(locals, name)) {
                                Some(value) => self.stack.push(value),
                                None => {
                                    let Value::Cell(cell) = self.stack[base + argument] else {
                                        unreachable!("a cell")
                                    };
                                    let value = self.heap[cell].0;
                                    if value.is_null() {
                                        break 'stop self.unbound_local(argument);
                                    }
                                    self.stack.push(value);
                                }
                            }
                        }
                        Opcode::LoadGlobal => {
                            let name = code.names[argument >> 1];
                            let globals = self.frames.last().expect("the frame").globals;
                            let value = match self.heap.get_name(globals, name) {
                                Some(value) => value,
                                None => match self.heap.get_name(self.builtins, name) {
                                    Some(value) => value,
                                    None => {
                                        save!();
                                        break 'stop self.name_error(name);
                                    }
                                },
                            };
                            if argument & 1 == 1 {
                                self.stack.push(Value::Null);
                            }
                            self.stack.push(value);
                        }
                        Opcode::StoreGlobal => {
                            let value = self.pop();
                            let globals = self.frames.last().expect("the frame").globals;
                            self.heap.set_name(globals, code.names[argument], value);
                        }
                        Opcode::DeleteGlobal => {
                            save!();
                            let globals = self.frames.last().expect("the frame").globals;
                            if self.heap.remove_name(globals, code.names[argument]).is_none() {
                                break 'stop self.name_error(code.names[argument]);
                            }
                        }
                        Opcode::LoadName => {
                            let name = code.names[argument];
                            let frame = self.frames.last().expect("the frame");
                            let (locals, globals) = (frame.locals, frame.globals);
                            let found = match locals {
                                Value::Dict(dict) => self.heap.get_name(dict, name),
                                _ => {
                                    save!();
                                    check!(self.namespace_get(locals, name))
                                }
                            };
                            let value = match found
                                .or_else(|| self.heap.get_name(globals, name))
                                .or_else(|| self.heap.get_name(self.builtins, name))
                            {
                                Some(value) => value,
                                None => {
                                    save!();
                                    break 'stop self.name_error(name);
                                }
                            };
                            self.stack.push(value);
                        }
                        Opcode::StoreName => {
                            let value = self.pop();
                            match self.frames.last().expect("the frame").locals {
                                Value::Dict(dict) => self.heap.set_name(dict, code.names[argument], value),
                                other => {
                                    save!();
                                    check!(self.set_item(other, Value::Str(code.names[argument]), value));
                                }
                            }
                        }
                        Opcode::DeleteName => {
                            save!();
                            let name = code.names[argument];
                            let removed = match self.frames.last().expect("the frame").locals {
                                Value::Dict(dict) => self.heap.remove_name(dict, name).is_some(),
                                other => {
                                    check!(self.delete_item(other, Value::Str(name)));
                                    true
                                }
                            };
                            if !removed {
                                break 'stop self.name_error(name);
                            }
                        }
                        Opcode::BinaryOp => {
                            let right = self.pop();
                            let left = self.pop();
                            use BinaryOperator as B;
                            const ADD: usize = B::Add as usize;
                            const SUBTRACT: usize = B::Subtract as usize;
                            const MULTIPLY: usize = B::Multiply as usize;
                            const IN_PLACE: usize = B::IN_PLACE as usize;
                            let quick = match (left, right) {
                                (Value::Int(a), Value::Int(b)) => match argument % IN_PLACE {
                                    ADD => a.checked_add(b).map(Value::Int),
                                    SUBTRACT => a.checked_sub(b).map(Value::Int),
                                    MULTIPLY => a.checked_mul(b).map(Value::Int),
                                    _ => None,
                                },
                                (Value::Float(a), Value::Float(b)) => match argument % IN_PLACE {
                                    ADD => Some(Value::Float(a + b)),
                                    SUBTRACT => Some(Value::Float(a - b)),
                                    MULTIPLY => Some(Value::Float(a * b)),
                                    _ => None,
                                },
                                _ => None,
                            };
                            let value = match quick {
                                Some(value) => value,
                                None => {
                                    save!();
                                    // Operands stay visible to the collector.
                                    check!(self.binary_operation(argument, left, right))
                                }
                            };
                            self.stack.push(value);
                        }
                        Opcode::CompareOp => {
                            let right = self.pop();
                            let left = self.pop();
                            let value = if let (Value::Int(a), Value::Int(b)) = (left, right) {
                                Value::Bool(match argument {
                                    0 => a < b,
                                    1 => a <= b,
                                    2 => a == b,
                                    3 => a != b,
                                    4 => a > b,
                                    _ => a >= b,
                                })
                            } else {
                                save!();
                                check!(self.compare(argument, left, right))
                            };
                            self.stack.push(value);
                        }
                        Opcode::PopJumpForwardIfFalse | Opcode::PopJumpForwardIfTrue => {
                            let value = self.pop();
                            let truth = match value {
                                Value::Bool(b) => b,
                                _ => {
                                    save!();
                                    check!(self.truth(value))
                                }
                            };
                            if truth == (instruction.opcode == Opcode::PopJumpForwardIfTrue) {
                                jump!(argument);
                            }
                        }
                        Opcode::PopJumpBackwardIfFalse | Opcode::PopJumpBackwardIfTrue => {
                            let value = self.pop();
                            save!();
                            let truth = check!(self.truth(value));
                            if truth == (instruction.opcode == Opcode::PopJumpBackwardIfTrue) {
                                backward!(argument);
                            }
                        }
                        Opcode::PopJumpForwardIfNone => {
                            if self.pop().is_none() {
                                jump!(argument);
                            }
                        }
                        Opcode::PopJumpForwardIfNotNone => {
                            if !self.pop().is_none() {
                                jump!(argument);
                            }
                        }
                        Opcode::PopJumpBackwardIfNone => {
                            if self.pop().is_none() {
                                backward!(argument);
                            }
                        }
                        Opcode::PopJumpBackwardIfNotNone => {
                            if !self.pop().is_none() {
                                backward!(argument);
                            }
                        }
                        Opcode::JumpIfFalseOrPop | Opcode::JumpIfTrueOrPop => {
                            let value = self.peek(1);
                            save!();
                            let truth = check!(self.truth(value));
                            if truth == (instruction.opcode == Opcode::JumpIfTrueOrPop) {
                                jump!(argument);
                            } else {
                                self.stack.pop();
                            }
                        }
                        Opcode::JumpForward => jump!(argument),
                        Opcode::JumpBackward => {
                            jump!(argument);
                            save!();
                            check!(self.safepoint());
                        }
                        Opcode::JumpBackwardNoInterrupt => jump!(argument),
                        Opcode::GetIter => {
                            let value = self.pop();
                            save!();
                            let iterator = check!(self.iterator(value));
                            self.stack.push(iterator);
                        }
                        Opcode::ForIter => {
                            let iterator = self.peek(1);
                            if let Value::Generator(generator) = iterator
                                && self.heap[generator].kind == crate::heap::GeneratorKind::Generator
                            {
                                save!();
                                self.frames.last_mut().expect("the frame").last = last;
                                if check!(self.resume(generator, Value::None, Resumer::ForIter)) {
                                    continue 'frame;
                                }
                                self.stack.pop();
                                jump!(argument);
                                continue;
                            }
                            let next = match self.advance_quickly(iterator) {
                                Advance::Value(value) => Some(value),
                                Advance::End => None,
                                Advance::Slow => {
                                    save!();
                                    check!(self.next(iterator))
                                }
                            };
                            match next {
                                Some(value) => self.stack.push(value),
                                None => {
                                    self.stack.pop();
                                    jump!(argument);
                                }
                            }
                        }
                        Opcode::LoadMethod => {
                            let object = self.pop();
                            save!();
                            let (function, receiver) = check!(self.load_method(object, code.names[argument]));
                            self.stack.push(function);
                            self.stack.push(receiver);
                        }
                        Opcode::LoadAttr => {
                            let object = self.pop();
                            save!();
                            let value = check!(self.get_attribute(object, code.names[argument]));
                            self.stack.push(value);
                        }
                        Opcode::StoreAttr => {
                            let object = self.pop();
                            let value = self.pop();
                            save!();
                            check!(self.set_attribute(object, code.names[argument], value));
                        }
                        Opcode::DeleteAttr => {
                            let object = self.pop();
                            save!();
                            check!(self.delete_attribute(object, code.names[argument]));
                        }
                        Opcode::KwNames => {
                            let Value::Tuple(tuple) = code.constants[argument] else {
                                unreachable!("a tuple of names")
                            };
                            keyword_store = self.heap[tuple]
                                .items
                                .iter()
                                .map(|&name| match name {
                                    Value::Str(name) => name,
                                    _ => unreachable!("a keyword is a string"),
                                })
                                .collect();
                        }
                        Opcode::Call => {
                            save!();
                            let first = self.stack.len() - argument;
                            let bottom = first - 2;
                            let (callable, start) = match self.stack[bottom] {
                                Value::Null => (self.stack[first - 1], first),
                                method => (method, first - 1),
                            };
                            self.frames.last_mut().expect("the frame").last = last;
                            check!(self.safepoint());
                            let called = if keyword_store.is_empty() {
                                self.call_at(callable, start, bottom, &[])
                            } else {
                                let keywords = std::mem::take(&mut keyword_store);
                                self.call_at(callable, start, bottom, &keywords)
                            };
                            match check!(called) {
                                Called::Value(value) => self.stack.push(value),
                                Called::Frame => continue 'frame,
                            }
                        }
                        Opcode::CallFunctionEx => {
                            save!();
                            let keywords = if argument & 1 == 1 { self.pop() } else { Value::Null };
                            let args = self.pop();
                            let callable = self.pop();
                            self.stack.pop();
                            let bottom = self.stack.len();
                            self.frames.last_mut().expect("the frame").last = last;
                            match check!(self.call_spread(callable, args, keywords, bottom)) {
                                Called::Value(value) => self.stack.push(value),
                                Called::Frame => continue 'frame,
                            }
                        }
                        Opcode::ReturnValue => {
                            let value = self.pop();
                            if traced {
                                save!();
                                check!(self.trace_return());
                            }
                            let frame = self.frames.pop().expect("the frame");
                            self.depth -= 1;
                            self.stack.truncate(frame.bottom);
                            let value = match frame.role {
                                Role::Call => value,
                                Role::Constructor(instance) => {
                                    if !value.is_none() {
                                        let message =
                                            format!("__init__() should return None, not '{}'", self.type_name(value));
                                        let stop = self.type_error(message);
                                        if self.frames.len() == floor {
                                            return Err(stop);
                                        }
                                        self.unwind(stop, floor)?;
                                        continue 'frame;
                                    }
                                    instance
                                }
                                Role::Generator(generator, resumer) => {
                                    self.heap[generator].state = crate::heap::GeneratorState::Finished;
                                    self.handled = frame.outer_handled;
                                    if resumer == Resumer::Native || self.frames.len() == floor {
                                        return Err(self.stop_iteration(value));
                                    }
                                    let parent = self.frames.last_mut().expect("who resumed it");
                                    let target = parent.code.instructions[parent.pc - 1].argument as usize;
                                    parent.pc = target;
                                    self.stack.pop();
                                    if resumer == Resumer::Send {
                                        self.stack.push(value);
                                    }
                                    continue 'frame;
                                }
                            };
                            if self.frames.len() == floor {
                                return Ok(value);
                            }
                            self.stack.push(value);
                            continue 'frame;
                        }
                        Opcode::Resume => {
                            save!();
                            if self.trace.enabled {
                                if code.traced {
                                    traced = check!(self.trace_enter());
                                    last = pc - 1;
                                } else {
                                    check!(self.tracer_calls(1, ""));
                                }
                            }
                        }
                        Opcode::ReturnGenerator => {
                            save!();
                            let generator = self.make_generator();
                            if self.frames.len() == floor {
                                return Ok(generator);
                            }
                            self.stack.push(generator);
                            continue 'frame;
                        }
                        Opcode::YieldValue => {
                            let value = self.pop();
                            save!();
                            self.frames.last_mut().expect("the frame").last = last;
                            if traced {
                                check!(self.trace_return());
                            }
                            let resumer = self.suspend();
                            if resumer == Resumer::Native || self.frames.len() == floor {
                                return Ok(value);
                            }
                            self.stack.push(value);
                            continue 'frame;
                        }
                        Opcode::Send => {
                            save!();
                            let value = self.pop();
                            let receiver = self.peek(1);
                            if let Value::Generator(generator) = receiver {
                                self.frames.last_mut().expect("the frame").last = last;
                                if check!(self.resume(generator, value, Resumer::Send)) {
                                    continue 'frame;
                                }
                                self.stack.pop();
                                self.stack.push(Value::None);
                                jump!(argument);
                                continue;
                            }
                            match check!(self.send_to_iterator(receiver, value)) {
                                Ok(value) => self.stack.push(value),
                                Err(returned) => {
                                    self.stack.pop();
                                    self.stack.push(returned);
                                    jump!(argument);
                                }
                            }
                        }
                        Opcode::GetYieldFromIter => {
                            let value = self.peek(1);
                            if !matches!(value, Value::Generator(_)) {
                                save!();
                                let iterator = check!(self.iterator(value));
                                self.stack.pop();
                                self.stack.push(iterator);
                            }
                        }
                        Opcode::GetAwaitable => {
                            save!();
                            let value = self.pop();
                            let iterator = check!(self.awaitable(value));
                            self.stack.push(iterator);
                        }
                        Opcode::UnaryNot => {
                            let value = self.pop();
                            save!();
                            let truth = check!(self.truth(value));
                            self.stack.push(Value::Bool(!truth));
                        }
                        Opcode::UnaryNegative | Opcode::UnaryPositive | Opcode::UnaryInvert => {
                            let value = self.pop();
                            save!();
                            let result = check!(self.unary_operation(instruction.opcode, value));
                            self.stack.push(result);
                        }
                        Opcode::BinarySubscr => {
                            let key = self.pop();
                            let object = self.pop();
                            save!();
                            let value = check!(self.get_item(object, key));
                            self.stack.push(value);
                        }
                        Opcode::StoreSubscr => {
                            let key = self.pop();
                            let object = self.pop();
                            let value = self.pop();
                            save!();
                            check!(self.set_item(object, key, value));
                        }
                        Opcode::DeleteSubscr => {
                            let key = self.pop();
                            let object = self.pop();
                            save!();
                            check!(self.delete_item(object, key));
                        }
                        Opcode::BuildTuple => {
                            let at = self.stack.len() - argument;
                            let tuple = self.heap.new_tuple(&self.stack[at..]);
                            self.stack.truncate(at);
                            self.stack.push(tuple);
                        }
                        Opcode::BuildList => {
                            let items = self.pop_many(argument);
                            let list = self.heap.new_list(items);
                            self.stack.push(list);
                        }
                        Opcode::BuildSet => {
                            save!();
                            let items = self.pop_many(argument);
                            let set = self.heap.add_set(Set::default());
                            for item in items {
                                check!(self.set_add(set, item));
                            }
                            self.stack.push(Value::Set(set));
                        }
                        Opcode::BuildMap => {
                            save!();
                            let items = self.pop_many(argument * 2);
                            let dict = self.heap.new_dict();
                            for pair in items.chunks_exact(2) {
                                check!(self.dict_set(dict, pair[0], pair[1]));
                            }
                            self.stack.push(Value::Dict(dict));
                        }
                        Opcode::BuildConstKeyMap => {
                            save!();
                            let Value::Tuple(keys) = self.pop() else {
                                unreachable!("a tuple of keys")
                            };
                            let values = self.pop_many(argument);
                            let dict = self.heap.new_dict();
                            for (index, value) in values.into_iter().enumerate() {
                                let key = self.heap[keys].items[index];
                                check!(self.dict_set(dict, key, value));
                            }
                            self.stack.push(Value::Dict(dict));
                        }
                        Opcode::BuildString => {
                            save!();
                            let parts = self.pop_many(argument);
                            let mut text = String::new();
                            for part in parts {
                                if let Value::Str(part) = part {
                                    text.push_str(self.heap.text(part));
                                }
                            }
                            check!(self.reserve(text.len()));
                            let text = self.heap.string(text);
                            self.stack.push(Value::Str(text));
                        }
                        Opcode::BuildSlice => {
                            let step = if argument == 3 { self.pop() } else { Value::None };
                            let stop = self.pop();
                            let start = self.pop();
                            let slice = self.heap.new_slice(start, stop, step);
                            self.stack.push(slice);
                        }
                        Opcode::ListToTuple => {
                            let Value::List(list) = self.pop() else {
                                unreachable!("a list")
                            };
                            let items = self.heap[list].items.clone();
                            let tuple = self.heap.new_tuple(&items);
                            self.stack.push(tuple);
                        }
                        Opcode::ListAppend => {
                            let value = self.pop();
                            let Value::List(list) = self.peek(argument) else {
                                unreachable!("a list")
                            };
                            self.heap.push(list, value);
                        }
                        Opcode::SetAdd => {
                            let value = self.pop();
                            let Value::Set(set) = self.peek(argument) else {
                                unreachable!("a set")
                            };
                            save!();
                            check!(self.set_add(set, value));
                        }
                        Opcode::MapAdd => {
                            let value = self.pop();
                            let key = self.pop();
                            let Value::Dict(dict) = self.peek(argument) else {
                                unreachable!("a dict")
                            };
                            save!();
                            check!(self.dict_set(dict, key, value));
                        }
                        Opcode::ListExtend => {
                            let iterable = self.pop();
                            let Value::List(list) = self.peek(argument) else {
                                unreachable!("a list")
                            };
                            save!();
                            check!(self.extend_display(list, iterable));
                        }
                        Opcode::SetUpdate => {
                            let iterable = self.pop();
                            let Value::Set(set) = self.peek(argument) else {
                                unreachable!("a set")
                            };
                            save!();
                            check!(self.set_update(set, iterable));
                        }
                        Opcode::DictUpdate => {
                            let other = self.pop();
                            let Value::Dict(dict) = self.peek(argument) else {
                                unreachable!("a dict")
                            };
                            save!();
                            check!(self.dict_display_update(dict, other));
                        }
                        Opcode::DictMerge => {
                            let other = self.pop();
                            let Value::Dict(dict) = self.peek(argument) else {
                                unreachable!("a dict")
                            };
                            let callable = self.peek(argument + 2);
                            save!();
                            check!(self.dict_merge_keywords(dict, other, callable));
                        }
                        Opcode::UnpackSequence => {
                            let value = self.pop();
                            save!();
                            check!(self.unpack(value, argument));
                        }
                        Opcode::UnpackEx => {
                            let value = self.pop();
                            save!();
                            check!(self.unpack_starred(value, argument & 0xff, argument >> 8));
                        }
                        Opcode::Swap => {
                            let top = self.stack.len() - 1;
                            self.stack.swap(top, top + 1 - argument);
                        }
                        Opcode::Copy => {
                            let value = self.peek(argument);
                            self.stack.push(value);
                        }
                        Opcode::IsOp => {
                            let right = self.pop();
                            let left = self.pop();
                            save!();
                            let same = check!(self.is_identical(left, right));
                            self.stack.push(Value::Bool(same != (argument == 1)));
                        }
                        Opcode::ContainsOp => {
                            let container = self.pop();
                            let item = self.pop();
                            save!();
                            let found = check!(self.contains(container, item));
                            self.stack.push(Value::Bool(found != (argument == 1)));
                        }
                        Opcode::FormatValue => {
                            save!();
                            let spec = if argument & 4 != 0 { Some(self.pop()) } else { None };
                            let value = self.pop();
                            let text = check!(self.format_field(value, argument & 3, spec));
                            self.stack.push(text);
                        }
                        Opcode::MakeFunction => {
                            let function = self.make_function(argument as u32);
                            self.stack.push(function);
                        }
                        Opcode::LoadBuildClass => {
                            let name = self.heap.intern("__build_class__");
                            let builder = self.heap.get_name(self.builtins, name).unwrap_or(Value::Null);
                            self.stack.push(builder);
                        }
                        Opcode::LoadAssertionError => self.stack.push(Value::Class(ASSERTION_ERROR)),
                        Opcode::SetupAnnotations => {
                            if let Value::Dict(locals) = self.frames.last().expect("the frame").locals
                                && self.heap.get_name(locals, names::ANNOTATIONS).is_none()
                            {
                                let dict = self.heap.new_dict();
                                self.heap.set_name(locals, names::ANNOTATIONS, Value::Dict(dict));
                            }
                        }
                        Opcode::RaiseVarargs => {
                            save!();
                            check!(self.raise_varargs(argument as u32));
                        }
                        Opcode::Reraise => {
                            save!();
                            let Value::Exception(exception) = self.pop() else {
                                unreachable!("an exception")
                            };
                            if argument > 0 {
                                // The index of the instruction that raised lies below: the frame is seen to stand there.
                                if let Value::Int(at) = self.peek(argument) {
                                    last = at as usize;
                                }
                            }
                            break 'stop Stop::Raise(exception);
                        }
                        Opcode::PushExcInfo => {
                            let exception = self.pop();
                            self.stack.push(self.handled);
                            self.stack.push(exception);
                            self.handled = exception;
                        }
                        Opcode::PopExcept => self.handled = self.pop(),
                        Opcode::CheckExcMatch => {
                            let pattern = self.pop();
                            let exception = self.peek(1);
                            save!();
                            let matches = check!(self.exception_matches(exception, pattern));
                            self.stack.push(Value::Bool(matches));
                        }
                        Opcode::BeforeWith => {
                            save!();
                            check!(self.before_with());
                        }
                        Opcode::WithExceptStart => {
                            save!();
                            let exception = self.peek(1);
                            let exit = self.peek(4);
                            let class = Value::Class(self.class_of(exception));
                            let traceback = self.traceback_value(exception);
                            let result = check!(self.call(exit, &[class, exception, traceback]));
                            self.stack.push(result);
                        }
                        Opcode::GetLen => {
                            save!();
                            let value = self.peek(1);
                            let length = check!(self.length(value));
                            self.stack.push(Value::Int(length as i64));
                        }
                        Opcode::MatchMapping => {
                            let value = self.peek(1);
                            let matches = self.is_mapping_pattern(value);
                            self.stack.push(Value::Bool(matches));
                        }
                        Opcode::MatchSequence => {
                            let value = self.peek(1);
                            let matches = self.is_sequence_pattern(value);
                            self.stack.push(Value::Bool(matches));
                        }
                        Opcode::MatchKeys => {
                            save!();
                            let (subject, keys) = (self.peek(2), self.peek(1));
                            let values = check!(self.match_keys(subject, keys));
                            self.stack.push(values);
                        }
                        Opcode::MatchClass => {
                            save!();
                            let keywords = self.pop();
                            let class = self.pop();
                            let subject = self.pop();
                            let result = check!(self.match_class(subject, class, argument, keywords));
                            self.stack.push(result);
                        }
                        Opcode::ImportName => {
                            save!();
                            let from = self.pop();
                            let level = self.pop();
                            let module = check!(self.import(code.names[argument], from, level));
                            self.stack.push(module);
                        }
                        Opcode::ImportFrom => {
                            save!();
                            let module = self.peek(1);
                            let value = check!(self.import_from(module, code.names[argument]));
                            self.stack.push(value);
                        }
                        Opcode::ImportStar => {
                            save!();
                            let module = self.pop();
                            check!(self.import_star(module));
                        }
                        Opcode::CheckEgMatch | Opcode::PrepReraiseStar => {
                            save!();
                            break 'stop self.unsupported("except*");
                        }
                        Opcode::GetAiter
                        | Opcode::GetAnext
                        | Opcode::BeforeAsyncWith
                        | Opcode::EndAsyncFor
                        | Opcode::AsyncGenWrap => {
                            save!();
                            break 'stop self.unsupported("asynchronous iteration");
                        }
                    }
                }
            };
            // Frames may have been pushed by what failed only if they are gone again: the top frame is the one that raised.
            if let Some(frame) = self.frames.last_mut() {
                frame.last = last;
                frame.traced = traced;
                frame.pc = pc.max(1);
            }
            self.unwind(stop, floor)?;
        }
    }
}
