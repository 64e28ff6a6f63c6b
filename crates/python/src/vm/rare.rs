//! The instructions that loops seldom meet, and that go nowhere: what they do is all on the value stack.

use super::code::CodeObject;
use super::finalize::Moment;
use super::types::*;
use super::{Vm, names};
use crate::bytecode::Opcode;
use crate::heap::set::Set;
use crate::value::*;

impl Vm {
    pub(super) fn rare(&mut self, opcode: Opcode, argument: usize, code: &CodeObject, base: usize) -> Res<()> {
        match opcode {
            Opcode::MakeCell => {
                let value = self.stack[base + argument];
                self.stack[base + argument] = Value::Cell(self.heap.new_cell(value));
            }
            Opcode::CopyFreeVars => {
                let closure = self.frames.last().expect("the frame").closure;
                for i in 0..argument {
                    self.stack[base + code.free_start + i] = self.heap[closure].items[i];
                }
            }
            Opcode::DeleteDeref => {
                let Value::Cell(cell) = self.stack[base + argument] else {
                    unreachable!("a cell")
                };
                if self.heap[cell].0.is_null() {
                    return Err(self.unbound_local(argument));
                }
                self.heap[cell].0 = Value::Null;
            }
            Opcode::LoadClassderef => {
                let name = code.fast_names[argument];
                let locals = self.frames.last().expect("the frame").locals;
                match self.namespace_get(locals, name)? {
                    Some(value) => self.stack.push(value),
                    None => {
                        let Value::Cell(cell) = self.stack[base + argument] else {
                            unreachable!("a cell")
                        };
                        let value = self.heap[cell].0;
                        if value.is_null() {
                            return Err(self.unbound_local(argument));
                        }
                        self.stack.push(value);
                    }
                }
            }
            Opcode::DeleteGlobal => {
                let globals = self.frames.last().expect("the frame").globals;
                if self.heap.remove_name(globals, code.names[argument]).is_none() {
                    return Err(self.name_error(code.names[argument]));
                }
            }
            Opcode::DeleteName => {
                let name = code.names[argument];
                let removed = match self.frames.last().expect("the frame").locals {
                    Value::Dict(dict) => self.heap.remove_name(dict, name).is_some(),
                    other => {
                        self.delete_item(other, Value::Str(name))?;
                        true
                    }
                };
                if !removed {
                    return Err(self.name_error(name));
                }
                self.finalize(Moment::Step)?;
            }
            Opcode::GetYieldFromIter => {
                let value = self.peek(1);
                if !matches!(value, Value::Generator(_)) {
                    let iterator = self.iterator(value)?;
                    self.stack.pop();
                    self.stack.push(iterator);
                }
            }
            Opcode::GetAwaitable => {
                let value = self.pop();
                let iterator = self.awaitable(value)?;
                self.stack.push(iterator);
            }
            Opcode::UnaryNegative | Opcode::UnaryPositive | Opcode::UnaryInvert => {
                let value = self.pop();
                let result = self.unary_operation(opcode, value)?;
                self.stack.push(result);
            }
            Opcode::DeleteSubscr => {
                let key = self.pop();
                let object = self.pop();
                self.delete_item(object, key)?;
            }
            Opcode::BuildSet => {
                let items = self.pop_many(argument);
                let set = self.heap.add_set(Set::default());
                for item in items {
                    self.set_add(set, item)?;
                }
                self.stack.push(Value::Set(set));
            }
            Opcode::BuildMap => {
                let items = self.pop_many(argument * 2);
                let dict = self.heap.new_dict();
                for pair in items.chunks_exact(2) {
                    self.dict_set(dict, pair[0], pair[1])?;
                }
                self.stack.push(Value::Dict(dict));
            }
            Opcode::BuildConstKeyMap => {
                let Value::Tuple(keys) = self.pop() else {
                    unreachable!("a tuple of keys")
                };
                let values = self.pop_many(argument);
                let dict = self.heap.new_dict();
                for (index, value) in values.into_iter().enumerate() {
                    let key = self.heap[keys].items[index];
                    self.dict_set(dict, key, value)?;
                }
                self.stack.push(Value::Dict(dict));
            }
            Opcode::BuildString => {
                let parts = self.pop_many(argument);
                let mut text = String::new();
                for part in parts {
                    if let Value::Str(part) = part {
                        text.push_str(self.heap.text(part));
                    }
                }
                self.reserve(text.len())?;
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
            Opcode::SetAdd => {
                let value = self.pop();
                let Value::Set(set) = self.peek(argument) else {
                    unreachable!("a set")
                };
                self.set_add(set, value)?;
            }
            Opcode::MapAdd => {
                let value = self.pop();
                let key = self.pop();
                let Value::Dict(dict) = self.peek(argument) else {
                    unreachable!("a dict")
                };
                self.dict_set(dict, key, value)?;
            }
            Opcode::ListExtend => {
                let iterable = self.pop();
                let Value::List(list) = self.peek(argument) else {
                    unreachable!("a list")
                };
                self.extend_display(list, iterable)?;
            }
            Opcode::SetUpdate => {
                let iterable = self.pop();
                let Value::Set(set) = self.peek(argument) else {
                    unreachable!("a set")
                };
                self.set_update(set, iterable)?;
            }
            Opcode::DictUpdate => {
                let other = self.pop();
                let Value::Dict(dict) = self.peek(argument) else {
                    unreachable!("a dict")
                };
                self.dict_display_update(dict, other)?;
            }
            Opcode::DictMerge => {
                let other = self.pop();
                let Value::Dict(dict) = self.peek(argument) else {
                    unreachable!("a dict")
                };
                let callable = self.peek(argument + 2);
                self.dict_merge_keywords(dict, other, callable)?;
            }
            Opcode::UnpackEx => {
                let value = self.pop();
                self.unpack_starred(value, argument & 0xff, argument >> 8)?;
            }
            Opcode::FormatValue => {
                let spec = if argument & 4 != 0 { Some(self.pop()) } else { None };
                let value = self.pop();
                let text = self.format_field(value, argument & 3, spec)?;
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
            Opcode::SetupAnnotations => {
                if let Value::Dict(locals) = self.frames.last().expect("the frame").locals
                    && self.heap.get_name(locals, names::ANNOTATIONS).is_none()
                {
                    let dict = self.heap.new_dict();
                    self.heap.set_name(locals, names::ANNOTATIONS, Value::Dict(dict));
                }
            }
            Opcode::RaiseVarargs => {
                self.raise_varargs(argument as u32)?;
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
                let matches = self.exception_matches(exception, pattern)?;
                self.stack.push(Value::from(matches));
            }
            Opcode::BeforeWith => {
                self.before_with()?;
            }
            Opcode::WithExceptStart => {
                let exception = self.peek(1);
                let exit = self.peek(4);
                let class = Value::Class(self.class_of(exception));
                let traceback = self.traceback_value(exception);
                let result = self.call(exit, &[class, exception, traceback])?;
                self.stack.push(result);
            }
            Opcode::GetLen => {
                let value = self.peek(1);
                let length = self.length(value)?;
                self.stack.push(Value::Int(length as i64));
            }
            Opcode::MatchMapping => {
                let value = self.peek(1);
                let matches = self.is_mapping_pattern(value);
                self.stack.push(Value::from(matches));
            }
            Opcode::MatchSequence => {
                let value = self.peek(1);
                let matches = self.is_sequence_pattern(value);
                self.stack.push(Value::from(matches));
            }
            Opcode::MatchKeys => {
                let (subject, keys) = (self.peek(2), self.peek(1));
                let values = self.match_keys(subject, keys)?;
                self.stack.push(values);
            }
            Opcode::MatchClass => {
                let keywords = self.pop();
                let class = self.pop();
                let subject = self.pop();
                let result = self.match_class(subject, class, argument, keywords)?;
                self.stack.push(result);
            }
            Opcode::ImportName => {
                let from = self.pop();
                let level = self.pop();
                let module = self.import(code.names[argument], from, level)?;
                self.stack.push(module);
            }
            Opcode::ImportFrom => {
                let module = self.peek(1);
                let value = self.import_from(module, code.names[argument])?;
                self.stack.push(value);
            }
            Opcode::ImportStar => {
                let module = self.pop();
                self.import_star(module)?;
            }
            Opcode::CheckEgMatch => {
                let (kind, exception) = (self.pop(), self.pop());
                let parts = self.exception_group_function("_check_match", &[exception, kind])?;
                for part in self.collect_items(parts)? {
                    // Parts of a group have its traceback.
                    if let (Value::Exception(part), Value::Exception(whole)) = (part, exception)
                        && self.heap[part].line.is_none()
                    {
                        self.heap[part].line = self.heap[whole].line;
                        self.heap[part].traceback = self.heap[whole].traceback.clone();
                        self.heap[part].traceback_start = self.heap[whole].traceback_start;
                    }
                    self.stack.push(part);
                }
                if let Some(taken @ Value::Exception(_)) = self.stack.last() {
                    self.handled = *taken;
                }
            }
            Opcode::PrepReraiseStar => {
                let (raised, original) = (self.pop(), self.pop());
                let exception = self.exception_group_function("_raise_again", &[original, raised])?;
                self.stack.push(exception);
            }
            Opcode::GetAiter => {
                let value = self.pop();
                let iterator = self.asynchronous_iterator(value)?;
                self.stack.push(iterator);
            }
            Opcode::GetAnext => {
                let iterator = self.peek(1);
                let awaitable = self.next_awaitable(iterator)?;
                self.stack.push(awaitable);
            }
            Opcode::BeforeAsyncWith => self.before_async_with()?,
            Opcode::EndAsyncFor => {
                let Value::Exception(exception) = self.pop() else {
                    unreachable!("the handler of an asynchronous loop")
                };
                if !self.stop_is(Stop::Raise(exception), STOP_ASYNC_ITERATION) {
                    return Err(Stop::Raise(exception));
                }
                self.pop();
            }
            Opcode::AsyncGenWrap => {
                let value = self.pop();
                let wrapped = self.wrap_yielded(value);
                self.stack.push(wrapped);
            }
            Opcode::DeleteAttr => {
                let object = self.pop();
                self.delete_attribute(object, code.names[argument])?;
            }
            Opcode::DeleteFast => {
                if self.stack[base + argument].is_null() {
                    return Err(self.unbound_local(argument));
                }
                self.stack[base + argument] = Value::Null;
            }
            Opcode::LoadClosure => {
                let cell = self.stack[base + argument];
                self.stack.push(cell);
            }
            Opcode::LoadAssertionError => self.stack.push(Value::Class(ASSERTION_ERROR)),
            _ => unreachable!("the loop itself runs the others"),
        }
        Ok(())
    }

    fn exception_group_function(&mut self, name: &str, arguments: &[Value]) -> Res<Value> {
        let module = self.import_by_name("_exception_group")?;
        let name = self.heap.intern(name);
        let function = self.get_attribute(Value::Module(module), name)?;
        self.call(function, arguments)
    }
}
