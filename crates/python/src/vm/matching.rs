//! `match` statements, `with` statements, functions in the making.

use super::call::Called;
use super::native::NativeKind;
use super::types::*;
use super::{Vm, names};
use crate::heap::objects::Function;
use crate::value::*;

impl Vm {
    pub(super) fn is_mapping_pattern(&mut self, value: Value) -> bool {
        match value {
            Value::Dict(_) => true,
            _ => matches!(self.payload(value), Value::Dict(_)) || self.registered_as(value, "Mapping"),
        }
    }

    pub(super) fn is_sequence_pattern(&mut self, value: Value) -> bool {
        match value {
            Value::List(_) | Value::Tuple(_) | Value::Range(_) => true,
            _ => {
                matches!(self.payload(value), Value::List(_) | Value::Tuple(_))
                    || self.type_name(value) == "deque"
                    || self.registered_as(value, "Sequence")
            }
        }
    }

    /// Derives from the abstract base class of that name.
    fn registered_as(&mut self, value: Value, name: &str) -> bool {
        let class = self.class_of(value);
        matches!(value, Value::Instance(_)) && {
            let mro = self.heap[class].mro.clone();
            mro.into_iter()
                .any(|base| self.class_name(base) == name && !self.heap[base].builtin)
        }
    }

    pub(super) fn match_keys(&mut self, subject: Value, keys: Value) -> Res<Value> {
        let Value::Tuple(keys) = keys else {
            unreachable!("a tuple of keys")
        };
        let keys = self.heap[keys].items.to_vec();
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            let found = match self.payload(subject) {
                Value::Dict(dict) => self.dict_get(dict, key)?,
                _ => {
                    let result = self.get_item(subject, key);
                    self.catch(result, KEY_ERROR)?
                }
            };
            match found {
                Some(value) => values.push(value),
                None => return Ok(Value::None),
            }
        }
        Ok(self.heap.new_tuple(&values))
    }

    pub(super) fn match_class(
        &mut self,
        subject: Value,
        class: Value,
        positional: usize,
        keywords: Value,
    ) -> Res<Value> {
        let Value::Class(class_id) = class else {
            return Err(self.type_error("called match pattern must be a class"));
        };
        if !self.is_instance(subject, class_id) {
            return Ok(Value::None);
        }
        let mut values = Vec::new();
        if positional > 0 {
            let match_args = self.class_attribute(class_id, names::MATCH_ARGS);
            match match_args {
                Some(Value::Tuple(names)) => {
                    let names = self.heap[names].items.to_vec();
                    if positional > names.len() {
                        let message = format!(
                            "{}() accepts {} positional sub-pattern{} ({positional} given)",
                            self.class_name(class_id),
                            names.len(),
                            if names.len() == 1 { "" } else { "s" }
                        );
                        return Err(self.type_error(message));
                    }
                    for &name in &names[..positional] {
                        let name = self.name_argument(name, "__match_args__ elements must be strings (got {})")?;
                        match self.try_attribute(subject, name)? {
                            Some(value) => values.push(value),
                            None => return Ok(Value::None),
                        }
                    }
                }
                Some(other) => {
                    let message = format!(
                        "{}.__match_args__ must be a tuple (got {})",
                        self.class_name(class_id),
                        self.type_name(other)
                    );
                    return Err(self.type_error(message));
                }
                None => {
                    let itself = [
                        BOOL, BYTEARRAY, BYTES, DICT, FLOAT, FROZENSET, INT, LIST, SET, STR, TUPLE,
                    ]
                    .into_iter()
                    .any(|builtin| self.is_subclass(class_id, builtin));
                    if !itself || positional > 1 {
                        let message = format!(
                            "{}() accepts {} positional sub-pattern{} ({positional} given)",
                            self.class_name(class_id),
                            u8::from(itself),
                            if itself { "" } else { "s" }
                        );
                        return Err(self.type_error(message));
                    }
                    values.push(subject);
                }
            }
        }
        let Value::Tuple(keywords) = keywords else {
            unreachable!("a tuple of names")
        };
        let attributes = self.heap[keywords].items.to_vec();
        for name in attributes {
            let Value::Str(name) = name else { continue };
            match self.try_attribute(subject, name)? {
                Some(value) => values.push(value),
                None => return Ok(Value::None),
            }
        }
        Ok(self.heap.new_tuple(&values))
    }

    /// `BEFORE_WITH`: replaces the manager by its `__exit__` and what `__enter__` gives.
    pub(super) fn before_with(&mut self) -> Res<()> {
        let manager = self.stack.pop().expect("a context manager");
        let class = self.class_of(manager);
        let complaint = |vm: &Vm, what: &str| {
            format!(
                "'{}' object does not support the context manager protocol{what}",
                vm.type_name(manager)
            )
        };
        let Some(enter) = self.class_attribute(class, names::ENTER) else {
            let message = complaint(self, "");
            return Err(self.type_error(message));
        };
        let Some(exit) = self.class_attribute(class, names::EXIT) else {
            let message = complaint(self, " (missed __exit__ method)");
            return Err(self.type_error(message));
        };
        let enter = self.bind_descriptor(enter, manager, class)?;
        let exit = self.bind_descriptor(exit, manager, class)?;
        self.stack.push(exit);
        let value = self.call(enter, &[])?;
        self.stack.push(value);
        Ok(())
    }

    pub(super) fn make_function(&mut self, flags: u32) -> Value {
        let Some(Value::Code(id)) = self.stack.pop() else {
            unreachable!("a code object")
        };
        let closure = if flags & 8 != 0 {
            self.stack.pop().unwrap_or(Value::Null)
        } else {
            Value::Null
        };
        let annotations = if flags & 4 != 0 {
            self.stack.pop().unwrap_or(Value::Null)
        } else {
            Value::Null
        };
        let keyword_defaults = if flags & 2 != 0 {
            self.stack.pop().unwrap_or(Value::Null)
        } else {
            Value::Null
        };
        let defaults = if flags & 1 != 0 {
            self.stack.pop().unwrap_or(Value::Null)
        } else {
            Value::Null
        };
        let globals = self.frames.last().expect("the frame").globals;
        let module = self.heap.get_name(globals, names::NAME).unwrap_or(Value::None);
        let code = &self.codes[id];
        let doc = match code.constants.first() {
            _ if code.of_module => Value::Str(names::LIBRARY_DOC),
            Some(&text @ Value::Str(_)) if code.optimized && code.source.first_constant_string().is_some() => text,
            _ => Value::None,
        };
        let (name, qualname) = (code.name, code.qualname);
        let function = Function {
            code: id,
            globals,
            name,
            qualname,
            module,
            doc,
            defaults,
            keyword_defaults,
            annotations,
            closure,
            dict: None,
        };
        Value::Function(self.heap.new_function(function))
    }

    /// `CALL_FUNCTION_EX`.
    pub(super) fn call_spread(&mut self, callable: Value, args: Value, keywords: Value, bottom: usize) -> Res<Called> {
        let items = match args {
            Value::Tuple(tuple) => self.heap[tuple].items.to_vec(),
            _ => {
                let result = self.collect_items(args);
                match result {
                    Err(stop)
                        if self.stop_is(stop, TYPE_ERROR)
                            && [super::names::ITER, super::names::GETITEM].iter().all(|&name| {
                                let class = self.class_of(args);
                                self.class_attribute(class, name).is_none()
                            }) =>
                    {
                        let title = self.callable_title(callable)?;
                        let message = format!(
                            "{title} argument after * must be an iterable, not {}",
                            self.type_name(args)
                        );
                        return Err(self.type_error(message));
                    }
                    other => other?,
                }
            }
        };
        let start = self.stack.len();
        debug_assert_eq!(start, bottom);
        self.stack.extend_from_slice(&items);
        let mut names = Vec::new();
        if let Value::Dict(dict) = keywords {
            for (key, value) in self.heap[dict].iter().collect::<Vec<_>>() {
                match key {
                    Value::Str(name) => names.push(name),
                    // CPython hands them to str.format, which never asks for them.
                    _ if self.is_format(callable) => continue,
                    _ => {
                        self.stack.truncate(bottom);
                        return Err(self.type_error("keywords must be strings"));
                    }
                }
                self.stack.push(value);
            }
        }
        self.call_at(callable, start, bottom, &names)
    }

    fn is_format(&self, callable: Value) -> bool {
        let function = match callable {
            Value::Method(method) => self.heap[method].function,
            other => other,
        };
        matches!(function, Value::Native(id) if matches!(self.natives[id.0 as usize].kind, NativeKind::Method(STR))
            && self.natives[id.0 as usize].definition.name == "format")
    }

    /// An exception's `__traceback__`.
    pub fn traceback_value(&mut self, exception: Value) -> Value {
        let Value::Exception(id) = exception else {
            return Value::None;
        };
        let first = self.heap[id].traceback_start;
        let outermost = self.heap[id].traceback.len().checked_sub(1);
        let outermost = outermost.filter(|&outermost| outermost >= first);
        let mut next = Value::Null;
        if let Value::Opaque(shown) = self.heap[id].traceback_set
            && let Some(traceback) = self.heap.native::<Traceback>(shown)
        {
            // Frames that it left since then come before what was shown. One that was set may be another exception's.
            let shown_entry = first + traceback.entry - traceback.first;
            if Some(shown_entry) == outermost {
                return self.heap[id].traceback_set;
            }
            if Some(shown_entry + 1) == outermost {
                next = self.heap[id].traceback_set;
            }
        }
        let Some(entry) = outermost else {
            return Value::None;
        };
        let traceback = Traceback {
            exception: id,
            first,
            entry,
            next,
        };
        let value = Value::Opaque(self.heap.new_opaque(TRACEBACK, Box::new(traceback), None));
        self.heap[id].traceback_set = value;
        value
    }

    /// Sets an exception's `__traceback__`: to another's frames, which raising it again goes on from, or to none.
    pub fn set_traceback(&mut self, id: ExceptionId, value: Value) -> Res<()> {
        let shown = match value {
            Value::Opaque(shown) => self.heap.native::<Traceback>(shown).copied(),
            _ => None,
        };
        if shown.is_none() && !value.is(Value::None) {
            return Err(self.type_error("__traceback__ must be a traceback or None"));
        }
        let entries = match shown {
            Some(shown) if shown.exception == id && shown.entry + 1 == self.heap[id].traceback.len() => return Ok(()),
            Some(shown) => self.heap[shown.exception].traceback[shown.first..=shown.entry].to_vec(),
            None => Vec::new(),
        };
        let of_program = entries.iter().find(|(code, _)| !self.codes[*code].library);
        let line = of_program.map(|&(_, line)| line);
        let before = self.heap[id].bytes();
        let exception = &mut self.heap[id];
        exception.traceback_start = exception.traceback.len();
        exception.traceback.extend(entries);
        exception.traceback_set = value;
        exception.line = line;
        self.heap.allocated += self.heap[id].bytes() - before;
        Ok(())
    }
}

/// A traceback object: an exception that has it, and which of its entries comes first, counted from the innermost one.
#[derive(Clone, Copy)]
pub struct Traceback {
    pub exception: ExceptionId,
    /// The innermost of its entries.
    pub first: usize,
    pub entry: usize,
    /// Its `tb_next`, once asked for.
    pub next: Value,
}

impl crate::heap::NativeData for Traceback {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        visit(Value::Exception(self.exception));
        visit(self.next);
    }
}
