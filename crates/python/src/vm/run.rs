//! The loop: one instruction after the other, over all frames above a floor.

use super::call::Called;
use super::frame::{Resumer, Role};
use super::iterate::Advance;
use super::steps::JUMP_IF_TRUE;
use super::{Vm, quick};
use crate::bytecode::{BinaryOperator, Opcode};
use crate::heap::objects::Iter;
use crate::value::*;
use std::rc::Rc;

impl Vm {
    #[inline]
    pub(super) fn pop(&mut self) -> Value {
        self.stack.pop().expect("an operand")
    }

    #[inline]
    pub(super) fn peek(&self, depth: usize) -> Value {
        self.stack[self.stack.len() - depth]
    }

    #[inline]
    fn replace_top(&mut self, value: Value) {
        let top = self.stack.len() - 1;
        self.stack[top] = value;
    }

    #[inline]
    pub(super) fn pop_many(&mut self, count: usize) -> Vec<Value> {
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
                // A group is done: go on behind it.
                macro_rules! group {
                    ($step:expr) => {{
                        pc += $step.length as usize - 1;
                        if traced {
                            last = pc - 1;
                        }
                    }};
                }
                // A group that ends with a conditional jump is done.
                macro_rules! group_jump {
                    ($step:expr, $holds:expr) => {{
                        if $holds != ($step.operator & JUMP_IF_TRUE != 0) {
                            group!($step);
                        } else {
                            let target = $step.argument as usize;
                            if traced {
                                last = pc + $step.length as usize - 2;
                            }
                            if target < pc {
                                backward!(target);
                            } else {
                                jump!(target);
                            }
                        }
                    }};
                }
                // The first instruction of a group alone.
                macro_rules! load_fast {
                    ($slot:expr) => {{
                        let value = self.stack[base + $slot as usize];
                        if value.is_null() {
                            save!();
                            break 'stop self.unbound_local($slot as usize);
                        }
                        self.stack.push(value);
                    }};
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
                    let instruction = code.steps[pc];
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
                            load_fast!(argument);
                        }
                        Opcode::LoadConst => self.stack.push(code.constants[argument]),
                        Opcode::StoreFast => {
                            let value = self.pop();
                            self.stack[base + argument] = value;
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
                        Opcode::LoadGlobal => {
                            let name = code.names[argument >> 1];
                            let globals = self.frames.last().expect("the frame").globals;
                            let Some(value) = self.global(globals, name, &code.found[pc - 1]) else {
                                save!();
                                break 'stop self.name_error(name);
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
                        Opcode::LoadName => {
                            let name = code.names[argument];
                            let frame = self.frames.last().expect("the frame");
                            let (locals, globals) = (frame.locals, frame.globals);
                            let found = match locals {
                                Value::Dict(dict) if dict == globals => None,
                                Value::Dict(dict) => self.heap.get_name(dict, name),
                                _ => {
                                    save!();
                                    check!(self.namespace_get(locals, name))
                                }
                            };
                            let value = match found {
                                Some(value) => Some(value),
                                None => self.global(globals, name, &code.found[pc - 1]),
                            };
                            let Some(value) = value else {
                                save!();
                                break 'stop self.name_error(name);
                            };
                            self.stack.push(value);
                        }
                        Opcode::StoreName => {
                            let value = self.pop();
                            let name = code.names[argument];
                            match self.frames.last().expect("the frame").locals {
                                Value::Dict(dict) => self.store_name(dict, name, value, &code.found[pc - 1]),
                                other => {
                                    save!();
                                    check!(self.set_item(other, Value::Str(name), value));
                                }
                            }
                        }
                        Opcode::BinaryOp => {
                            let right = self.pop();
                            let left = self.pop();
                            let operator = (instruction.argument % BinaryOperator::IN_PLACE) as u8;
                            let value = match quick::operation(operator, left, right) {
                                Some(value) => value,
                                None => {
                                    save!();
                                    check!(self.binary_operation(argument, left, right))
                                }
                            };
                            self.stack.push(value);
                        }
                        Opcode::BinaryStore => {
                            let right = self.pop();
                            let left = self.pop();
                            let value = match quick::operation(instruction.operator, left, right) {
                                Some(value) => value,
                                None => {
                                    save!();
                                    let argument = code.instructions[pc - 1].argument as usize;
                                    check!(self.binary_operation(argument, left, right))
                                }
                            };
                            self.stack[base + argument] = value;
                            group!(instruction);
                        }
                        Opcode::BinaryFastFast => {
                            let left = self.stack[base + instruction.a as usize];
                            let right = self.stack[base + instruction.b as usize];
                            match quick::operation(instruction.operator, left, right) {
                                Some(value) => {
                                    self.stack.push(value);
                                    group!(instruction);
                                }
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::BinaryFastConst => {
                            let left = self.stack[base + instruction.a as usize];
                            let right = code.constants[instruction.b as usize];
                            match quick::operation(instruction.operator, left, right) {
                                Some(value) => {
                                    self.stack.push(value);
                                    group!(instruction);
                                }
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::BinaryTopFast => {
                            let left = self.peek(1);
                            let right = self.stack[base + instruction.a as usize];
                            match quick::operation(instruction.operator, left, right) {
                                Some(value) => {
                                    self.replace_top(value);
                                    group!(instruction);
                                }
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::BinaryTopConst => {
                            let left = self.peek(1);
                            let right = code.constants[instruction.a as usize];
                            match quick::operation(instruction.operator, left, right) {
                                Some(value) => {
                                    self.replace_top(value);
                                    group!(instruction);
                                }
                                None => self.stack.push(right),
                            }
                        }
                        Opcode::BinaryFastFastStore => {
                            let left = self.stack[base + instruction.a as usize];
                            let right = self.stack[base + instruction.b as usize];
                            match quick::operation(instruction.operator, left, right) {
                                Some(value) => {
                                    self.stack[base + argument] = value;
                                    group!(instruction);
                                }
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::BinaryFastConstStore => {
                            let left = self.stack[base + instruction.a as usize];
                            let right = code.constants[instruction.b as usize];
                            match quick::operation(instruction.operator, left, right) {
                                Some(value) => {
                                    self.stack[base + argument] = value;
                                    group!(instruction);
                                }
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::BinaryTopFastStore => {
                            let left = self.peek(1);
                            let right = self.stack[base + instruction.a as usize];
                            match quick::operation(instruction.operator, left, right) {
                                Some(value) => {
                                    self.stack.pop();
                                    self.stack[base + argument] = value;
                                    group!(instruction);
                                }
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::BinaryTopConstStore => {
                            let left = self.peek(1);
                            let right = code.constants[instruction.a as usize];
                            match quick::operation(instruction.operator, left, right) {
                                Some(value) => {
                                    self.stack.pop();
                                    self.stack[base + argument] = value;
                                    group!(instruction);
                                }
                                None => self.stack.push(right),
                            }
                        }
                        Opcode::CompareOp => {
                            let right = self.pop();
                            let left = self.pop();
                            let value = match quick::comparison(argument as u8, left, right) {
                                Some(holds) => Value::Bool(holds),
                                None => {
                                    save!();
                                    check!(self.compare(argument, left, right))
                                }
                            };
                            self.stack.push(value);
                        }
                        Opcode::CompareJump => {
                            let right = self.pop();
                            let left = self.pop();
                            let operator = instruction.operator & !JUMP_IF_TRUE;
                            let holds = match quick::comparison(operator, left, right) {
                                Some(holds) => holds,
                                None => {
                                    save!();
                                    match check!(self.compare(operator as usize, left, right)) {
                                        Value::Bool(holds) => holds,
                                        value => check!(self.truth(value)),
                                    }
                                }
                            };
                            group_jump!(instruction, holds);
                        }
                        Opcode::CompareFastFastJump => {
                            let left = self.stack[base + instruction.a as usize];
                            let right = self.stack[base + instruction.b as usize];
                            match quick::comparison(instruction.operator & !JUMP_IF_TRUE, left, right) {
                                Some(holds) => group_jump!(instruction, holds),
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::CompareFastConstJump => {
                            let left = self.stack[base + instruction.a as usize];
                            let right = code.constants[instruction.b as usize];
                            match quick::comparison(instruction.operator & !JUMP_IF_TRUE, left, right) {
                                Some(holds) => group_jump!(instruction, holds),
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::CompareTopFastJump => {
                            let left = self.peek(1);
                            let right = self.stack[base + instruction.a as usize];
                            match quick::comparison(instruction.operator & !JUMP_IF_TRUE, left, right) {
                                Some(holds) => {
                                    self.stack.pop();
                                    group_jump!(instruction, holds);
                                }
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::CompareTopConstJump => {
                            let left = self.peek(1);
                            let right = code.constants[instruction.a as usize];
                            match quick::comparison(instruction.operator & !JUMP_IF_TRUE, left, right) {
                                Some(holds) => {
                                    self.stack.pop();
                                    group_jump!(instruction, holds);
                                }
                                None => self.stack.push(right),
                            }
                        }
                        Opcode::LoadFastLoadFast => {
                            let first = self.stack[base + instruction.a as usize];
                            let second = self.stack[base + instruction.b as usize];
                            if first.is_null() || second.is_null() {
                                load_fast!(instruction.a);
                            } else {
                                self.stack.push(first);
                                self.stack.push(second);
                                group!(instruction);
                            }
                        }
                        Opcode::LoadFastLoadConst => {
                            let first = self.stack[base + instruction.a as usize];
                            if first.is_null() {
                                load_fast!(instruction.a);
                            } else {
                                self.stack.push(first);
                                self.stack.push(code.constants[instruction.b as usize]);
                                group!(instruction);
                            }
                        }
                        Opcode::StoreFastLoadFast => {
                            let value = self.peek(1);
                            self.stack[base + instruction.a as usize] = value;
                            let next = self.stack[base + instruction.b as usize];
                            if next.is_null() {
                                self.stack.pop();
                            } else {
                                self.replace_top(next);
                                group!(instruction);
                            }
                        }
                        Opcode::SubscrFastFast => {
                            let object = self.stack[base + instruction.a as usize];
                            let key = self.stack[base + instruction.b as usize];
                            match self.quick_item(object, key) {
                                Some(value) => {
                                    self.stack.push(value);
                                    group!(instruction);
                                }
                                None => load_fast!(instruction.a),
                            }
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
                        Opcode::ForIter | Opcode::ForIterStoreFast => {
                            let iterator = self.peek(1);
                            if let Value::Iterator(id) = iterator
                                && let Iter::Range { next, step, left } = self.heap.iterators.get_mut(id.0)
                                && *left > 0
                            {
                                let value = Value::Int(*next);
                                *left -= 1;
                                *next = next.wrapping_add(*step);
                                if instruction.opcode == Opcode::ForIterStoreFast {
                                    self.stack[base + instruction.a as usize] = value;
                                    group!(instruction);
                                } else {
                                    self.stack.push(value);
                                }
                                continue;
                            }
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
                                Some(value) if instruction.opcode == Opcode::ForIterStoreFast => {
                                    self.stack[base + instruction.a as usize] = value;
                                    group!(instruction);
                                }
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
                            let (name, found) = (code.names[argument], &code.found[pc - 1]);
                            let value = match self.quick_attribute(object, name, found) {
                                Some(value) => value,
                                None => {
                                    save!();
                                    check!(self.attribute_found(object, name, found))
                                }
                            };
                            self.stack.push(value);
                        }
                        Opcode::StoreAttr => {
                            let object = self.pop();
                            let value = self.pop();
                            let (name, found) = (code.names[argument], &code.found[pc - 1]);
                            if !self.quick_set_attribute(object, name, value, found) {
                                save!();
                                check!(self.set_attribute_found(object, name, value, found));
                            }
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
                            let frame = self.frames.last_mut().expect("the frame");
                            frame.pc = pc;
                            frame.last = last;
                            let first = self.stack.len() - argument;
                            let bottom = first - 2;
                            let (callable, start) = match self.stack[bottom] {
                                Value::Null => (self.stack[first - 1], first),
                                method => (method, first - 1),
                            };
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
                                if self.trace.frames.is_some() {
                                    self.stack.push(value);
                                    let logged = self.log_return(value);
                                    self.stack.pop();
                                    check!(logged);
                                }
                                check!(self.trace_return());
                            }
                            let frame = self.frames.last().expect("the frame");
                            let (role, bottom, outer_handled) = (frame.role, frame.bottom, frame.outer_handled);
                            self.frames.pop();
                            self.depth -= role.levels();
                            self.stack.truncate(bottom);
                            let value = match role {
                                Role::Call | Role::Instance => value,
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
                                    self.handled = outer_handled;
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
                                if self.trace.frames.is_some() {
                                    self.stack.push(value);
                                    let logged = self.log_return(value);
                                    self.stack.pop();
                                    check!(logged);
                                }
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
                        Opcode::UnaryNot => {
                            let value = self.pop();
                            save!();
                            let truth = check!(self.truth(value));
                            self.stack.push(Value::Bool(!truth));
                        }
                        Opcode::BinarySubscr => {
                            let key = self.pop();
                            let object = self.pop();
                            let value = match self.quick_item(object, key) {
                                Some(value) => value,
                                None => {
                                    save!();
                                    check!(self.get_item(object, key))
                                }
                            };
                            self.stack.push(value);
                        }
                        Opcode::StoreSubscr => {
                            let key = self.pop();
                            let object = self.pop();
                            let value = self.pop();
                            if let (Value::List(list), Value::Int(index)) = (object, key)
                                && let Some(item) = self.heap[list].items.get_mut(index as usize)
                            {
                                *item = value;
                                continue;
                            }
                            save!();
                            check!(self.set_item(object, key, value));
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
                        Opcode::ListAppend => {
                            let value = self.pop();
                            let Value::List(list) = self.peek(argument) else {
                                unreachable!("a list")
                            };
                            self.heap.push(list, value);
                        }
                        Opcode::UnpackSequence => {
                            let value = self.pop();
                            save!();
                            check!(self.unpack(value, argument));
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
                        _ => {
                            save!();
                            check!(self.rare(instruction.opcode, argument, &code, base));
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
