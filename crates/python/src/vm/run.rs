//! The loop: one instruction after the other, over all frames above a floor.

use super::call::Called;
use super::finalize::Moment;
use super::frame::{Resumer, Role};
use super::generators::Sent;
use super::iterate::Advance;
use super::steps::{DROPPED, JUMP_IF_TRUE, STORED, Step};
use super::{Vm, quick};
use crate::bytecode::{BinaryOperator, Opcode};
use crate::value::*;
use std::rc::Rc;

impl Vm {
    /// Runs until the frame right above `floor` is done, and gives its value.
    pub(super) fn run(&mut self, floor: usize) -> Res<Value> {
        let codes = Rc::clone(&self.codes);
        'frame: loop {
            let frame = self.frames.last().expect("a frame to run");
            let code = &codes[frame.code];
            let base = frame.base;
            let mut pc = frame.pc;
            let mut last = frame.last as usize;
            let mut traced = frame.traced;
            let mut keywords: &[StrId] = &[];
            let (steps, constants, lines) = (&code.steps[..], &code.constants[..], &code.source.lines[..]);
            let mut instruction: &Step;
            let mut argument: usize;
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
                // A group of this many instructions is done: go on behind it.
                macro_rules! group {
                    ($length:expr) => {{
                        pc += $length - 1;
                        if traced {
                            last = pc - 1;
                        }
                    }};
                }
                // A group that ends with a conditional jump is done.
                macro_rules! group_jump {
                    ($length:expr, $jumps:expr, $target:expr) => {{
                        if !$jumps {
                            group!($length);
                        } else {
                            if traced {
                                last = pc + $length - 2;
                            }
                            if $target < pc {
                                backward!($target);
                            } else {
                                jump!($target);
                            }
                        }
                    }};
                }
                // The slot that the group's operand names.
                macro_rules! fast {
                    ($operand:ident) => {
                        self.stack[base + instruction.$operand as usize]
                    };
                }
                macro_rules! constant {
                    ($operand:ident) => {
                        constants[instruction.$operand as usize]
                    };
                }
                // The first instruction of a group alone.
                macro_rules! load_fast {
                    ($slot:expr) => {{
                        match self.stack[base + $slot as usize] {
                            Value::Null => {
                                save!();
                                break 'stop self.unbound_local($slot as usize);
                            }
                            value => self.stack.push(value),
                        }
                    }};
                }
                // What the operand's cell holds.
                macro_rules! deref {
                    ($operand:ident) => {
                        match fast!($operand) {
                            Value::Cell(cell) => self.heap[cell].0,
                            other => other,
                        }
                    };
                }
                macro_rules! load_deref {
                    ($slot:expr) => {{
                        let Value::Cell(cell) = self.stack[base + $slot as usize] else {
                            unreachable!("a cell")
                        };
                        match self.heap[cell].0 {
                            Value::Null => {
                                save!();
                                break 'stop self.unbound_local($slot as usize);
                            }
                            value => self.stack.push(value),
                        }
                    }};
                }
                // A group with a binary operation.
                macro_rules! operate {
                    ($left:expr, $right:expr, $length:expr, $alone:expr, |$value:ident| $then:expr) => {{
                        match quick::operation(instruction.operator, $left, $right) {
                            Some($value) => {
                                $then;
                                group!($length);
                            }
                            None => $alone,
                        }
                    }};
                }
                // A group with a comparison and a jump.
                macro_rules! decide {
                    ($left:expr, $right:expr, $length:expr, $alone:expr, $then:expr) => {{
                        match quick::comparison(instruction.operator & !JUMP_IF_TRUE, $left, $right) {
                            Some(holds) => {
                                $then;
                                group_jump!(
                                    $length,
                                    holds == (instruction.operator & JUMP_IF_TRUE != 0),
                                    argument
                                );
                            }
                            None => $alone,
                        }
                    }};
                }
                // A group with a binary operation, a comparison of its result with a constant, and a jump.
                macro_rules! test {
                    ($left:expr, $right:expr, $length:expr, $alone:expr, $then:expr) => {{
                        let test = instruction.test();
                        let holds = quick::operation(test.operator, $left, $right)
                            .and_then(|value| quick::comparison(test.comparison, value, constants[test.constant]));
                        match holds {
                            Some(holds) => {
                                $then;
                                group_jump!($length, holds == test.jump_if, test.target);
                            }
                            None => $alone,
                        }
                    }};
                }
                // The same, where the test may be the first thing that is done with an item, and the jump goes back for the next.
                macro_rules! filter {
                    ($left:expr, $right:expr, $alone:expr) => {{
                        let at = pc - 1;
                        test!($left, $right, 6, $alone, {});
                        if pc + 2 == at && !traced && steps[pc].opcode == Opcode::ForIterStoreFast {
                            let slot = steps[pc].a;
                            if check!(self.skip_items(*instruction, constants, base, slot)) {
                                pc = at + 6;
                            }
                        }
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
                    instruction = &steps[pc];
                    argument = instruction.argument as usize;
                    if traced {
                        let line = lines[pc];
                        if line != crate::bytecode::NO_LINE && instruction.opcode != Opcode::Resume {
                            let last_line = if last <= code.entry {
                                crate::bytecode::NO_LINE
                            } else {
                                lines[last]
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
                            if !self.finalizers.is_empty() {
                                save!();
                                check!(self.finalize(Moment::Step));
                            }
                        }
                        Opcode::PushNull => self.stack.push(Value::Null),
                        Opcode::LoadFast => {
                            load_fast!(argument);
                        }
                        Opcode::LoadConst => self.stack.push(constants[argument]),
                        Opcode::StoreFast => {
                            let value = self.pop();
                            self.stack[base + argument] = value;
                        }
                        Opcode::LoadDeref => {
                            load_deref!(argument);
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
                            save!();
                            let value = check!(self.load_name(code.names[argument], &code.found[pc - 1]));
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
                            if !self.finalizers.is_empty() {
                                save!();
                                check!(self.finalize(Moment::Step));
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
                                    if check!(self.push_operator(argument, left, right, last)) {
                                        continue 'frame;
                                    }
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
                                    let argument = code.source.instructions[pc - 1].argument as usize;
                                    if check!(self.push_operator(argument, left, right, last)) {
                                        // Goes on with the group's second instruction.
                                        continue 'frame;
                                    }
                                    check!(self.binary_operation(argument, left, right))
                                }
                            };
                            self.stack[base + argument] = value;
                            group!(2);
                        }
                        Opcode::BinaryFastFast => {
                            operate!(fast!(a), fast!(b), 3, load_fast!(instruction.a), |value| self
                                .stack
                                .push(value))
                        }
                        Opcode::BinaryFastConst => {
                            operate!(fast!(a), constant!(b), 3, load_fast!(instruction.a), |value| self
                                .stack
                                .push(value))
                        }
                        Opcode::BinaryTopFast => {
                            operate!(self.peek(1), fast!(a), 2, load_fast!(instruction.a), |value| self
                                .replace_top(value))
                        }
                        Opcode::BinaryTopConst => {
                            operate!(self.peek(1), constant!(a), 2, self.stack.push(constant!(a)), |value| {
                                self.replace_top(value)
                            })
                        }
                        Opcode::BinaryFastFastStore => {
                            operate!(fast!(a), fast!(b), 4, load_fast!(instruction.a), |value| self.stack
                                [base + argument] =
                                value)
                        }
                        Opcode::BinaryFastConstStore => {
                            operate!(fast!(a), constant!(b), 4, load_fast!(instruction.a), |value| self
                                .stack[base + argument] =
                                value)
                        }
                        Opcode::BinaryTopFastStore => {
                            operate!(self.peek(1), fast!(a), 3, load_fast!(instruction.a), |value| {
                                self.stack.pop();
                                self.stack[base + argument] = value;
                            })
                        }
                        Opcode::BinaryTopConstStore => {
                            operate!(self.peek(1), constant!(a), 3, self.stack.push(constant!(a)), |value| {
                                self.stack.pop();
                                self.stack[base + argument] = value;
                            })
                        }
                        Opcode::BinaryFastFastTest => {
                            filter!(fast!(a), fast!(b), load_fast!(instruction.a))
                        }
                        Opcode::BinaryFastConstTest => {
                            filter!(fast!(a), constant!(b), load_fast!(instruction.a))
                        }
                        Opcode::BinaryDerefFastTest => {
                            filter!(deref!(a), fast!(b), load_deref!(instruction.a))
                        }
                        Opcode::BinaryTopFastTest => {
                            test!(self.peek(1), fast!(a), 5, load_fast!(instruction.a), self.stack.pop())
                        }
                        Opcode::CompareOp => {
                            let right = self.pop();
                            let left = self.pop();
                            let value = match quick::comparison(argument as u8, left, right) {
                                Some(holds) => Value::from(holds),
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
                                        Value::Bool(holds) => holds.get(),
                                        value => check!(self.truth(value)),
                                    }
                                }
                            };
                            group_jump!(2, holds == (instruction.operator & JUMP_IF_TRUE != 0), argument);
                        }
                        Opcode::CompareFastFastJump => {
                            decide!(fast!(a), fast!(b), 4, load_fast!(instruction.a), {})
                        }
                        Opcode::CompareFastConstJump => {
                            decide!(fast!(a), constant!(b), 4, load_fast!(instruction.a), {})
                        }
                        Opcode::CompareTopFastJump => {
                            decide!(self.peek(1), fast!(a), 3, load_fast!(instruction.a), self.stack.pop())
                        }
                        Opcode::CompareTopConstJump => {
                            decide!(
                                self.peek(1),
                                constant!(a),
                                3,
                                self.stack.push(constant!(a)),
                                self.stack.pop()
                            )
                        }
                        Opcode::LoadFastLoadFast => {
                            if fast!(b).is_null() {
                                load_fast!(instruction.a);
                            } else {
                                load_fast!(instruction.a);
                                load_fast!(instruction.b);
                                group!(2);
                            }
                        }
                        Opcode::LoadFastLoadConst => {
                            load_fast!(instruction.a);
                            self.stack.push(constant!(b));
                            group!(2);
                        }
                        Opcode::StoreFastLoadFast => {
                            let value = self.peek(1);
                            fast!(a) = value;
                            let next = fast!(b);
                            if next.is_null() {
                                self.stack.pop();
                            } else {
                                self.replace_top(next);
                                group!(2);
                            }
                        }
                        Opcode::SubscrFastFast => match self.quick_item(fast!(a), fast!(b)) {
                            Some(value) => {
                                self.stack.push(value);
                                group!(3);
                            }
                            None => load_fast!(instruction.a),
                        },
                        Opcode::SubscrFastConst => match self.quick_item(fast!(a), constant!(b)) {
                            Some(value) => {
                                self.stack.push(value);
                                group!(3);
                            }
                            None => load_fast!(instruction.a),
                        },
                        Opcode::SubscrDerefFast => match self.quick_item(deref!(a), fast!(b)) {
                            Some(value) => {
                                self.stack.push(value);
                                group!(3);
                            }
                            None => load_deref!(instruction.a),
                        },
                        Opcode::SubscrTopDeref => match self.quick_item(self.peek(1), deref!(a)) {
                            Some(value) => {
                                self.replace_top(value);
                                group!(2);
                            }
                            None => load_deref!(instruction.a),
                        },
                        Opcode::BinaryDerefFast => {
                            operate!(deref!(a), fast!(b), 3, load_deref!(instruction.a), |value| self
                                .stack
                                .push(value))
                        }
                        Opcode::BinaryFastDeref => {
                            operate!(fast!(a), deref!(b), 3, load_fast!(instruction.a), |value| self
                                .stack
                                .push(value))
                        }
                        Opcode::BinaryTopDeref => {
                            operate!(self.peek(1), deref!(a), 2, load_deref!(instruction.a), |value| self
                                .replace_top(value))
                        }
                        Opcode::CompareDerefFastJump => {
                            decide!(deref!(a), fast!(b), 4, load_deref!(instruction.a), {})
                        }
                        Opcode::CompareFastDerefJump => {
                            decide!(fast!(a), deref!(b), 4, load_fast!(instruction.a), {})
                        }
                        Opcode::CompareTopDerefJump => {
                            decide!(self.peek(1), deref!(a), 3, load_deref!(instruction.a), self.stack.pop())
                        }
                        Opcode::SubscrTopFast => match self.quick_item(self.peek(1), fast!(a)) {
                            Some(value) => {
                                self.replace_top(value);
                                group!(2);
                            }
                            None => load_fast!(instruction.a),
                        },
                        Opcode::StoreSubscrFastFast => {
                            if let (Value::List(list), Value::Int(index)) = (fast!(a), fast!(b))
                                && (0..self.heap[list].items.len() as i64).contains(&index)
                            {
                                let value = self.pop();
                                self.heap[list].items[index as usize] = value;
                                group!(3);
                            } else {
                                load_fast!(instruction.a);
                            }
                        }
                        Opcode::PopJumpForwardIfFalse
                        | Opcode::PopJumpForwardIfTrue
                        | Opcode::PopJumpBackwardIfFalse
                        | Opcode::PopJumpBackwardIfTrue => {
                            let truth = match self.stack.last() {
                                Some(&Value::Bool(truth)) => {
                                    self.stack.pop();
                                    truth.get()
                                }
                                _ => {
                                    let value = self.pop();
                                    save!();
                                    check!(self.truth(value))
                                }
                            };
                            let wanted = matches!(
                                instruction.opcode,
                                Opcode::PopJumpForwardIfTrue | Opcode::PopJumpBackwardIfTrue
                            );
                            group_jump!(1, truth == wanted, argument);
                        }
                        Opcode::PopJumpForwardIfNone
                        | Opcode::PopJumpForwardIfNotNone
                        | Opcode::PopJumpBackwardIfNone
                        | Opcode::PopJumpBackwardIfNotNone => {
                            let wanted = matches!(
                                instruction.opcode,
                                Opcode::PopJumpForwardIfNone | Opcode::PopJumpBackwardIfNone
                            );
                            group_jump!(1, self.pop().is_none() == wanted, argument);
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
                        Opcode::ForIter | Opcode::ForIterStoreFast | Opcode::ForIterUnpack => {
                            let iterator = self.peek(1);
                            if instruction.opcode == Opcode::ForIterUnpack
                                && let Some((first, second)) = self.quick_pair(iterator)
                            {
                                self.stack.push(second);
                                self.stack.push(first);
                                group!(2);
                                continue;
                            }
                            if let Some(value) = self.quick_next(iterator) {
                                if instruction.opcode == Opcode::ForIterStoreFast {
                                    fast!(a) = value;
                                    group!(2);
                                } else {
                                    self.stack.push(value);
                                }
                                continue;
                            }
                            if let Value::Generator(generator) = iterator
                                && self.heap[generator].kind == crate::heap::GeneratorKind::Generator
                            {
                                save!();
                                self.frames.last_mut().expect("the frame").last = last as u32;
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
                                    fast!(a) = value;
                                    group!(2);
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
                            let (name, found) = (code.names[argument], &code.found[pc - 1]);
                            let (function, receiver) = match self.quick_method(object, name, found) {
                                Some(pair) => pair,
                                None => {
                                    save!();
                                    check!(self.method_found(object, name, found))
                                }
                            };
                            self.stack.push(function);
                            self.stack.push(receiver);
                        }
                        Opcode::LoadFastMethod => {
                            let (object, name) = (fast!(a), code.names[argument]);
                            match self.quick_method_here(object, name, &code.found[pc]) {
                                Some((function, receiver)) => {
                                    self.stack.push(function);
                                    self.stack.push(receiver);
                                    group!(2);
                                }
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::LoadFastAttr => {
                            let (object, name) = (fast!(a), code.names[argument]);
                            match self.quick_attribute_here(object, name, &code.found[pc]) {
                                Some(value) => {
                                    self.stack.push(value);
                                    group!(2);
                                }
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::LoadFastCopyAttr => {
                            let (object, name) = (fast!(a), code.names[argument]);
                            match self.quick_attribute(object, name, &code.found[pc + 1]) {
                                Some(value) => {
                                    self.stack.push(object);
                                    self.stack.push(value);
                                    group!(3);
                                }
                                None => load_fast!(instruction.a),
                            }
                        }
                        Opcode::CopyAttr => {
                            let (object, name) = (self.peek(1), code.names[argument]);
                            let value = self.quick_attribute(object, name, &code.found[pc]);
                            self.stack.push(value.unwrap_or(object));
                            if value.is_some() {
                                group!(2);
                            }
                        }
                        Opcode::SwapStoreAttr => {
                            let (value, object) = (self.pop(), self.pop());
                            if self.quick_set_attribute(object, code.names[argument], value, &code.found[pc]) {
                                group!(2);
                            } else {
                                self.stack.push(value);
                                self.stack.push(object);
                            }
                        }
                        Opcode::CopySubscr => {
                            let (key, object) = (self.peek(1), self.peek(2));
                            match self.quick_item(object, key) {
                                Some(value) => {
                                    self.stack.push(value);
                                    group!(3);
                                }
                                None => self.stack.push(object),
                            }
                        }
                        Opcode::SwapStoreSubscr => {
                            let (value, key, object) = (self.peek(1), self.peek(2), self.peek(3));
                            let top = self.stack.len();
                            if let (Value::List(list), Value::Int(index)) = (object, key)
                                && (0..self.heap[list].items.len() as i64).contains(&index)
                            {
                                self.heap[list].items[index as usize] = value;
                                self.stack.truncate(top - 3);
                                group!(3);
                            } else {
                                self.stack.swap(top - 1, top - 3);
                            }
                        }
                        Opcode::SubscrSlice => match self.quick_slice(self.peek(3), self.peek(2), self.peek(1)) {
                            Some(value) => {
                                self.stack.pop();
                                self.stack.pop();
                                self.replace_top(value);
                                group!(2);
                            }
                            None => {
                                save!();
                                check!(self.rare(Opcode::BuildSlice, argument, code, base));
                            }
                        },
                        Opcode::StoreAttrFast => {
                            let (object, name, value) = (fast!(a), code.names[argument], self.peek(1));
                            if self.quick_set_attribute(object, name, value, &code.found[pc]) {
                                self.stack.pop();
                                group!(2);
                            } else {
                                load_fast!(instruction.a);
                            }
                        }
                        Opcode::StoreAttrFastFast => {
                            let (value, object, name) = (fast!(a), fast!(b), code.names[argument]);
                            if !value.is_null() && self.quick_set_attribute(object, name, value, &code.found[pc + 1]) {
                                group!(3);
                            } else {
                                load_fast!(instruction.a);
                            }
                        }
                        Opcode::LoadAttr => {
                            let object = self.pop();
                            let (name, found) = (code.names[argument], &code.found[pc - 1]);
                            let value = match self.quick_attribute(object, name, found) {
                                Some(value) => value,
                                None if let Some(getter) = self.known_getter(object, found) => {
                                    save!();
                                    self.frames.last_mut().expect("the frame").last = last as u32;
                                    let start = self.stack.len();
                                    self.stack.push(object);
                                    check!(self.push_call(getter, start, start, &[], Role::Call));
                                    continue 'frame;
                                }
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
                            keywords = &code.keyword_names[argument];
                        }
                        Opcode::Call => {
                            let frame = self.frames.last_mut().expect("the frame");
                            frame.pc = pc;
                            frame.last = last as u32;
                            let first = self.stack.len() - argument;
                            let bottom = first - 2;
                            let (callable, start) = match self.stack[bottom] {
                                Value::Null => (self.stack[first - 1], first),
                                method => (method, first - 1),
                            };
                            check!(self.safepoint());
                            let called = if keywords.is_empty() {
                                if let Value::Native(native) = callable
                                    && native == self.list_append
                                    && self.stack.len() - start == 2
                                    && let Value::List(list) = self.stack[start]
                                    && self.depth < self.recursion_limit
                                {
                                    let value = self.pop();
                                    self.stack.truncate(bottom);
                                    self.heap.push(list, value);
                                    if instruction.operator == DROPPED {
                                        group!(2);
                                    } else {
                                        self.stack.push(Value::None);
                                    }
                                    continue;
                                }
                                if let Value::Function(function) = callable {
                                    check!(self.push_call_here(function, start, bottom, &[], Role::Call));
                                    continue 'frame;
                                }
                                if let Value::Native(native) = callable {
                                    let value = check!(self.call_native_at(native, start, &[]));
                                    self.stack.truncate(bottom);
                                    match instruction.operator {
                                        DROPPED => group!(2),
                                        STORED => {
                                            fast!(a) = value;
                                            group!(2);
                                        }
                                        _ => self.stack.push(value),
                                    }
                                    continue;
                                }
                                self.call_at(callable, start, bottom, &[])
                            } else {
                                let keywords = std::mem::take(&mut keywords);
                                self.call_at(callable, start, bottom, keywords)
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
                            self.frames.last_mut().expect("the frame").last = last as u32;
                            match check!(self.call_spread(callable, args, keywords, bottom)) {
                                Called::Value(value) => self.stack.push(value),
                                Called::Frame => continue 'frame,
                            }
                        }
                        Opcode::ReturnValue | Opcode::ReturnFast | Opcode::ReturnConst => {
                            let value = match instruction.opcode {
                                Opcode::ReturnValue => self.pop(),
                                Opcode::ReturnConst => {
                                    group!(2);
                                    constants[argument]
                                }
                                _ => match fast!(a) {
                                    Value::Null => {
                                        save!();
                                        break 'stop self.unbound_local(instruction.a as usize);
                                    }
                                    value => {
                                        group!(2);
                                        value
                                    }
                                },
                            };
                            if traced {
                                save!();
                                check!(self.trace_value(value));
                            }
                            let frame = self.frames.last().expect("the frame");
                            let (role, bottom) = (frame.role, frame.bottom);
                            self.frames.pop();
                            self.depth -= role.levels();
                            self.stack.truncate(bottom);
                            let value = match role {
                                Role::Call | Role::Instance => value,
                                _ => match self.returned(role, value, floor)? {
                                    Some(value) => value,
                                    None => continue 'frame,
                                },
                            };
                            if !self.finalizers.is_empty() {
                                check!(self.finalize_returned(value));
                            }
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
                            self.frames.last_mut().expect("the frame").last = last as u32;
                            if traced {
                                check!(self.trace_value(value));
                            }
                            let role = self.frames.last().map(|frame| frame.role);
                            if let Some(Role::Generator(_, Resumer::Awake, _)) = role {
                                return Ok(value);
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
                            self.frames.last_mut().expect("the frame").last = last as u32;
                            match check!(self.send_step()) {
                                Sent::Frame => continue 'frame,
                                Sent::Yielded => {}
                                Sent::Returned => jump!(argument),
                            }
                        }
                        Opcode::UnaryNot => {
                            let value = self.pop();
                            save!();
                            let truth = check!(self.truth(value));
                            self.stack.push(Value::from(!truth));
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
                        Opcode::ListAppendJump => {
                            let value = self.pop();
                            let Value::List(list) = self.peek(instruction.a as usize) else {
                                unreachable!("a list")
                            };
                            self.heap.push(list, value);
                            group_jump!(2, true, argument);
                        }
                        Opcode::UnpackSequence => {
                            let value = self.pop();
                            save!();
                            check!(self.unpack(value, argument));
                        }
                        Opcode::UnpackStoreFast => {
                            let pair = match self.peek(1) {
                                Value::Tuple(tuple) => &self.heap[tuple].items[..],
                                Value::List(list) => &self.heap[list].items[..],
                                _ => &[],
                            };
                            if let &[first, second] = pair {
                                self.stack.pop();
                                fast!(a) = first;
                                fast!(b) = second;
                                group!(3);
                            } else {
                                let value = self.pop();
                                save!();
                                check!(self.unpack(value, argument));
                            }
                        }
                        Opcode::SwapStoreFast => {
                            let second = self.pop();
                            fast!(a) = self.pop();
                            fast!(b) = second;
                            group!(3);
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
                            self.stack.push(Value::from(same != (argument == 1)));
                        }
                        Opcode::ContainsJump => {
                            let container = self.pop();
                            let item = self.pop();
                            save!();
                            let found = check!(self.contains(container, item));
                            group_jump!(2, found == (instruction.operator == 1), argument);
                        }
                        Opcode::ContainsOp => {
                            let container = self.pop();
                            let item = self.pop();
                            save!();
                            let found = check!(self.contains(container, item));
                            self.stack.push(Value::from(found != (argument == 1)));
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
                            check!(self.rare(instruction.opcode, argument, code, base));
                        }
                    }
                }
            };
            // Frames may have been pushed by what failed only if they are gone again: the top frame is the one that raised.
            if let Some(frame) = self.frames.last_mut() {
                frame.last = last as u32;
                frame.traced = traced;
                frame.pc = pc.max(1);
            }
            self.unwind(stop, floor)?;
        }
    }
}
