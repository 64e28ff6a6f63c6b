//! `repr`.

use super::descriptors::{Member, Super};
use super::types::*;
use super::{Vm, names};
use crate::heap::objects::{DictPart, Iter};
use crate::numeric::{float_text, int_text};
use crate::text::escape;
use crate::value::*;
use std::fmt::Write;

impl Vm {
    pub fn repr_string(&mut self, value: Value) -> Res<String> {
        let mut out = String::new();
        self.repr_into(&mut out, value)?;
        Ok(out)
    }

    /// Appends `repr(value)`.
    pub fn repr_into(&mut self, out: &mut String, value: Value) -> Res<()> {
        if self.depth >= self.recursion_limit {
            return Err(self.recursion_error(" while getting the repr of an object"));
        }
        match value {
            Value::Str(id) => self.reserve(self.heap.text(id).len())?,
            Value::Bytes(id) => self.reserve(self.heap[id].len())?,
            Value::ByteArray(id) => self.reserve(2 * self.heap[id].len())?,
            _ => {}
        }
        match value {
            Value::None => out.push_str("None"),
            Value::Bool(b) => out.push_str(if b.get() { "True" } else { "False" }),
            Value::Int(i) => int_text::write_i64(out, i),
            Value::Float(f) => float_text::write_repr(out, f.get()),
            Value::Str(id) => escape::write_repr(out, self.heap.text(id)),
            Value::BigInt(id) => {
                let words = self.heap[id].bits() / 64;
                if words > 1 << 11 && self.max_int_digits == 0 {
                    self.afford(3.0 * (words * words) as f64)?;
                }
                int_text::write_big(out, &self.heap[id], self.max_int_digits)
                    .map_err(|failure| self.failure(failure))?;
            }
            Value::Complex(id) => {
                let c = self.heap[id];
                float_text::write_complex_repr(out, c.real, c.imaginary);
            }
            Value::Ellipsis => out.push_str("Ellipsis"),
            Value::NotImplemented => out.push_str("NotImplemented"),
            Value::Null => out.push_str("<NULL>"),
            Value::Bytes(id) => escape::write_bytes_repr(out, &self.heap[id]),
            Value::ByteArray(id) => {
                out.push_str("bytearray(");
                let start = out.len();
                escape::write_bytes_repr(out, &self.heap[id]);
                if out[start..].starts_with("b\"") {
                    // CPython escapes a single quote here even between double ones.
                    let shown = out.split_off(start).replace('\'', "\\'");
                    out.push_str(&shown);
                }
                out.push(')');
            }
            Value::Range(id) => {
                let range = self.heap[id];
                let _ = write!(out, "range({}, {}", range.start, range.stop);
                if range.step != 1 {
                    let _ = write!(out, ", {}", range.step);
                }
                out.push(')');
            }
            Value::List(_)
            | Value::Tuple(_)
            | Value::Dict(_)
            | Value::Set(_)
            | Value::FrozenSet(_)
            | Value::Slice(_) => {
                return self.repr_container(out, value);
            }
            _ => return self.repr_object(out, value),
        }
        Ok(())
    }

    /// Whether the text being written is part of `value`'s own.
    fn is_shown_around(&mut self, value: Value) -> Res<bool> {
        self.tick(self.repr_stack.len() as u32 / 16)?;
        Ok(self.repr_stack.iter().any(|open| open.is(value)))
    }

    fn repr_object(&mut self, out: &mut String, value: Value) -> Res<()> {
        match value {
            Value::Class(class) => {
                let metaclass = self.heap[class].metaclass;
                if metaclass != TYPE && matches!(self.class_attribute(metaclass, names::REPR), Some(Value::Function(_)))
                {
                    return self.repr_by_protocol(out, value);
                }
                let text = self.class_repr(class);
                out.push_str(&text);
            }
            Value::Function(id) => {
                let function = self.heap.function(id);
                let name = function.qualname;
                if self.codes[function.code].in_c.is_some_and(|native| !native.method) {
                    let _ = write!(out, "<built-in function {}>", self.heap.text(name));
                    return Ok(());
                }
                let _ = write!(out, "<function {} at {:#x}>", self.heap.text(name), value.identity());
            }
            Value::Native(id) => {
                let entry = &self.natives[id.0 as usize];
                use super::native::NativeKind;
                let name = entry.definition.name;
                let _ = match entry.kind {
                    NativeKind::Function | NativeKind::StaticMethod(_) => write!(out, "<built-in function {name}>"),
                    NativeKind::Method(class) | NativeKind::ClassMethod(class) => {
                        write!(out, "<method '{name}' of '{}' objects>", self.class_title(class))
                    }
                    NativeKind::Slot(class) => {
                        write!(out, "<slot wrapper '{name}' of '{}' objects>", self.class_title(class))
                    }
                };
            }
            Value::Method(id) => {
                let method = self.heap[id];
                if let Value::Native(native) = method.function {
                    let name = self.natives[native.0 as usize].definition.name;
                    let kind = if self.class_of(value) == METHOD_WRAPPER {
                        "method-wrapper"
                    } else {
                        "built-in method"
                    };
                    let joint = if kind == "method-wrapper" {
                        format!("'{name}'")
                    } else {
                        name.to_owned()
                    };
                    let _ = write!(
                        out,
                        "<{kind} {joint} of {} object at {:#x}>",
                        self.type_name(method.receiver),
                        method.receiver.identity()
                    );
                    return Ok(());
                }
                let name = match method.function {
                    Value::Function(function) => self.heap.text(self.heap.function(function).qualname).to_owned(),
                    _ => "?".to_owned(),
                };
                let _ = write!(out, "<bound method {name} of ");
                self.repr_into(out, method.receiver)?;
                out.push('>');
            }
            Value::Module(id) => {
                let name = self.heap.text(self.heap[id].name).to_owned();
                let _ = match name.as_str() {
                    "__main__" => write!(out, "<module '__main__'>"),
                    "sys" | "builtins" | "itertools" | "time" | "gc" | "errno" => {
                        write!(out, "<module '{name}' (built-in)>")
                    }
                    _ => return Err(self.unsupported(format!("the file of module {name}"))),
                };
            }
            Value::Generator(id) => {
                let generator = &self.heap[id];
                let kind = self.type_name(value);
                let _ = write!(
                    out,
                    "<{kind} object {} at {:#x}>",
                    self.heap.text(generator.qualname),
                    value.identity()
                );
            }
            Value::Iterator(id) => {
                if let Iter::View { dict, part } = self.heap[id] {
                    return self.repr_view(out, dict, part);
                }
                let _ = write!(out, "<{} object at {:#x}>", self.type_name(value), value.identity());
            }
            Value::Code(id) => {
                let code = &self.codes[id];
                let _ = write!(
                    out,
                    "<code object {} at {:#x}, file \"{}\", line {}>",
                    self.heap.text(code.name),
                    value.identity(),
                    self.heap.text(code.file),
                    code.source.first_line
                );
            }
            Value::Cell(id) => {
                let inner = self.heap[id].0;
                let _ = write!(out, "<cell at {:#x}: ", value.identity());
                if inner.is_null() {
                    out.push_str("empty>");
                } else {
                    let _ = write!(out, "{} object at {:#x}>", self.type_name(inner), inner.identity());
                }
            }
            _ => return self.repr_by_protocol(out, value),
        }
        Ok(())
    }

    fn repr_by_protocol(&mut self, out: &mut String, value: Value) -> Res<()> {
        self.enter(" while getting the repr of an object")?;
        let result = self.call_special(value, names::REPR, &[]);
        self.leave();
        match result? {
            Some(result) => match self.payload(result) {
                Value::Str(id) => {
                    self.tick((self.heap.text(id).len() >> 8) as u32)?;
                    out.push_str(self.heap.text(id));
                    Ok(())
                }
                _ => {
                    let message = format!("__repr__ returned non-string (type {})", self.type_name(result));
                    Err(self.type_error(message))
                }
            },
            None => self.default_repr(out, value),
        }
    }

    /// `object.__repr__`, or that of the built-in value behind an instance.
    pub fn default_repr(&mut self, out: &mut String, value: Value) -> Res<()> {
        let payload = self.payload(value);
        let class = self.class_of(value);
        if let Value::Exception(_) = value {
            return self.exception_repr(out, value);
        }
        if !payload.is(value) && !matches!(payload, Value::Opaque(_)) {
            if let Value::Set(_) | Value::FrozenSet(_) = payload {
                if let Some(Value::Function(_)) = self.class_attribute(class, names::ITER) {
                    // CPython lists what the object iterates over.
                    return Err(self.unsupported("repr of a set whose class has an __iter__"));
                }
                // CPython lists the items, which asks the object for its length.
                if !matches!(payload, Value::Set(id) | Value::FrozenSet(id) if self.heap[id].len() == 0) {
                    self.ask_length(value)?;
                }
                return self.repr_set(out, payload, Some(class));
            }
            return self.repr_into(out, payload);
        }
        if let Value::Opaque(id) = value
            && let Some(&parent) = self.heap.native::<Super>(id)
        {
            let (class, object) = (self.class_name(parent.class), self.class_name(parent.object_class));
            let _ = write!(out, "<super: <class '{class}'>, <{object} object>>");
            return Ok(());
        }
        if let Value::Opaque(id) = value
            && let Some(&member) = self.heap.native::<Member>(id)
        {
            let (name, class) = (self.heap.text(member.name), self.class_title(member.class));
            let kind = if self.class_of(value) == MEMBER_DESCRIPTOR {
                "member"
            } else {
                "attribute"
            };
            let _ = write!(out, "<{kind} '{name}' of '{class}' objects>");
            return Ok(());
        }
        out.push('<');
        self.push_full_name(out, class);
        let _ = write!(out, " object at {:#x}>", value.identity());
        Ok(())
    }

    /// `module.qualname`, without `builtins.`.
    pub fn class_full_name(&self, class: ClassId) -> String {
        let mut name = String::new();
        self.push_full_name(&mut name, class);
        name
    }

    fn push_full_name(&self, out: &mut String, class: ClassId) {
        if let Some(Value::Str(module)) = self.heap.get_name(self.heap[class].dict, names::MODULE)
            && self.heap.text(module) != "builtins"
        {
            out.push_str(self.heap.text(module));
            out.push('.');
        }
        out.push_str(self.heap.text(self.heap[class].qualname));
    }

    pub fn class_repr(&mut self, class: ClassId) -> String {
        format!("<class '{}'>", self.class_full_name(class))
    }

    fn repr_container(&mut self, out: &mut String, value: Value) -> Res<()> {
        let brackets = match value {
            Value::List(_) => ("[", "]"),
            Value::Tuple(_) => ("(", ")"),
            Value::Dict(_) => ("{", "}"),
            _ => return stacker::maybe_grow(64 << 10, 1 << 20, || self.repr_set(out, value, None)),
        };
        let empty = match value {
            Value::List(id) => self.heap[id].items.is_empty(),
            Value::Tuple(id) => self.heap[id].items.is_empty(),
            Value::Dict(id) => self.heap[id].len() == 0,
            _ => false,
        };
        if empty {
            out.push_str(brackets.0);
            out.push_str(brackets.1);
            return Ok(());
        }
        if self.is_shown_around(value)? {
            out.push_str(brackets.0);
            out.push_str("...");
            out.push_str(brackets.1);
            return Ok(());
        }
        self.enter(" while getting the repr of an object")?;
        self.repr_stack.push(value);
        out.push_str(brackets.0);
        let result = if self.repr_stack.len() < 8 {
            self.repr_items(out, value)
        } else {
            stacker::maybe_grow(64 << 10, 1 << 20, || self.repr_items(out, value))
        };
        self.repr_stack.pop();
        self.leave();
        result?;
        out.push_str(brackets.1);
        Ok(())
    }

    /// Stops a text that outgrows what a state or an output may hold.
    #[inline]
    fn check_text(&mut self, out: &str) -> Res<()> {
        let room = (self.limits.max_memory / 8).min(self.limits.max_memory.saturating_sub(self.heap.allocated));
        if out.len() > 1 << 16 && out.len() > room {
            return Err(self.limit("memory"));
        }
        self.tick(1)
    }

    fn repr_items(&mut self, out: &mut String, value: Value) -> Res<()> {
        match value {
            Value::List(id) => {
                let mut index = 0;
                if self.depth >= self.recursion_limit {
                    return Err(self.recursion_error(" while getting the repr of an object"));
                }
                while let Some(&item) = self.heap[id].items.get(index) {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    match item {
                        Value::Int(i) => int_text::write_i64(out, i),
                        _ => self.repr_into(out, item)?,
                    }
                    self.check_text(out)?;
                    index += 1;
                }
            }
            Value::Tuple(id) => {
                let count = self.heap[id].items.len();
                for index in 0..count {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    let item = self.heap[id].items[index];
                    self.repr_into(out, item)?;
                    self.check_text(out)?;
                }
                if count == 1 {
                    out.push(',');
                }
            }
            Value::Dict(id) if id == self.builtins => return Err(self.unsupported("the text of all built-in names")),
            Value::Dict(id) => {
                let builtins = self.hidden_builtins(id)?;
                let mut position = 0;
                let mut first = true;
                while let Some(at) = self.heap[id].next_live(position) {
                    let entry = *self.heap[id].entry(at);
                    if !first {
                        out.push_str(", ");
                    }
                    first = false;
                    self.repr_into(out, entry.key)?;
                    out.push_str(": ");
                    self.repr_into(out, entry.value)?;
                    if let Some([name, module]) = builtins
                        && entry.key.is(Value::Str(names::SPEC))
                    {
                        out.push_str(", ");
                        self.repr_into(out, name)?;
                        out.push_str(": ");
                        self.repr_into(out, module)?;
                    }
                    self.check_text(out)?;
                    position = at + 1;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A program gets its global namespace in its hands: `__builtins__` takes its place behind `__spec__`.
    pub fn show_builtins(&mut self, dict: DictId) -> Res<()> {
        let Some([name, module]) = self.hidden_builtins(dict)? else {
            return Ok(());
        };
        let keys: Vec<Value> = self.heap[dict].iter().map(|(key, _)| key).collect();
        let spec = keys.iter().position(|key| key.is(Value::Str(names::SPEC)));
        self.dict_set(dict, name, module)?;
        for &key in &keys[spec.map_or(0, |spec| spec + 1)..] {
            if let Ok(position) = self.dict_find(dict, key)? {
                self.heap[dict].move_entry(position, true);
            }
        }
        Ok(())
    }

    /// The entry `__builtins__`, which CPython's global namespace holds behind `__spec__` and this one only shows.
    pub fn hidden_builtins(&mut self, dict: DictId) -> Res<Option<[Value; 2]>> {
        if dict != self.main || self.heap.get_name(dict, names::BUILTINS).is_some() {
            return Ok(None);
        }
        let module = self.import_by_name("builtins")?;
        Ok(Some([Value::Str(names::BUILTINS), Value::Module(module)]))
    }

    fn repr_set(&mut self, out: &mut String, value: Value, class: Option<ClassId>) -> Res<()> {
        if let Value::Slice(id) = value {
            let slice = self.heap[id];
            out.push_str("slice(");
            self.repr_into(out, slice.start)?;
            out.push_str(", ");
            self.repr_into(out, slice.stop)?;
            out.push_str(", ");
            self.repr_into(out, slice.step)?;
            out.push(')');
            return Ok(());
        }
        let (Value::Set(id) | Value::FrozenSet(id)) = value else {
            return self.repr_object(out, value);
        };
        let name = match class {
            Some(class) => Some(self.class_name(class).to_owned()),
            None => matches!(value, Value::FrozenSet(_)).then(|| "frozenset".to_owned()),
        };
        if self.heap[id].len() == 0 {
            out.push_str(name.as_deref().unwrap_or("set"));
            out.push_str("()");
            return Ok(());
        }
        if self.is_shown_around(value)? {
            let _ = write!(out, "{}(...)", name.as_deref().unwrap_or("set"));
            return Ok(());
        }
        self.check_set_order(id)?;
        self.enter(" while getting the repr of an object")?;
        self.repr_stack.push(value);
        let items: Vec<Value> = self.heap[id].iter().map(|entry| entry.key).collect();
        if let Some(name) = &name {
            out.push_str(name);
            out.push('(');
        }
        out.push('{');
        let mut result = Ok(());
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            result = self.repr_into(out, item).and_then(|()| self.check_text(out));
            if result.is_err() {
                break;
            }
        }
        self.repr_stack.pop();
        self.leave();
        result?;
        out.push('}');
        if name.is_some() {
            out.push(')');
        }
        Ok(())
    }

    fn repr_view(&mut self, out: &mut String, dict: Value, part: DictPart) -> Res<()> {
        let Value::Dict(id) = self.payload(dict) else {
            return Ok(());
        };
        if crate::modules::is_ordered_dict(self, dict) {
            out.push('o');
        }
        out.push_str(match part {
            DictPart::Keys => "dict_keys(",
            DictPart::Values => "dict_values(",
            DictPart::Items => "dict_items(",
        });
        let entries: Vec<_> = self.heap[id].live_entries().copied().collect();
        let items: Vec<Value> = entries
            .into_iter()
            .map(|entry| match part {
                DictPart::Keys => entry.key,
                DictPart::Values => entry.value,
                DictPart::Items => self.heap.new_tuple(&[entry.key, entry.value]),
            })
            .collect();
        let list = self.heap.new_list(items);
        if self.is_shown_around(dict)? && part != DictPart::Keys {
            out.push_str("...)");
            return Ok(());
        }
        self.repr_into(out, list)?;
        out.push(')');
        Ok(())
    }

    // Exceptions.

    fn exception_args(&self, value: Value) -> (ExceptionId, Vec<Value>) {
        let Value::Exception(id) = value else {
            unreachable!("an exception")
        };
        let args = match self.heap[id].args {
            Value::Tuple(args) => self.heap[args].items.to_vec(),
            _ => Vec::new(),
        };
        (id, args)
    }

    fn exception_repr(&mut self, out: &mut String, value: Value) -> Res<()> {
        let (id, args) = self.exception_args(value);
        out.push_str(self.class_name(self.heap[id].class));
        out.push('(');
        for (index, arg) in args.into_iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            self.repr_into(out, arg)?;
        }
        out.push(')');
        Ok(())
    }

    /// `BaseException.__str__` and the built-in ones that override it.
    pub fn exception_str(&mut self, value: Value) -> Res<StrId> {
        let (id, args) = self.exception_args(value);
        let class = self.heap[id].class;
        if self.is_subclass(class, KEY_ERROR) && args.len() == 1 {
            let text = self.repr_string(args[0])?;
            return Ok(self.heap.string(text));
        }
        if self.is_subclass(class, OS_ERROR)
            && let (Some(number), Some(text)) = (
                self.exception_field(id, names::ERRNO),
                self.exception_field(id, names::STRERROR),
            )
        {
            let text = self.str_of(text)?;
            let mut out = String::from("[Errno ");
            self.repr_into(&mut out, number)?;
            let _ = write!(out, "] {}", self.heap.text(text));
            if let Some(path) = self.exception_field(id, names::FILENAME).filter(|path| !path.is_none()) {
                out.push_str(": ");
                self.repr_into(&mut out, path)?;
            }
            return Ok(self.heap.string(out));
        }
        if self.is_subclass(class, SYNTAX_ERROR)
            && let [message, details] = args[..]
        {
            return self.syntax_error_str(message, details);
        }
        if self.is_subclass(class, UNICODE_ERROR)
            && let [.., object, Value::Int(start), Value::Int(end), reason] = args[..]
        {
            let codec = match args.as_slice() {
                [codec, _, _, _, _] => Some(*codec),
                _ => None,
            };
            return self.unicode_error_str(codec, object, (start, end), reason);
        }
        match args.as_slice() {
            [] if self.is_subclass(class, SYNTAX_ERROR) => Ok(self.heap.str("None")),
            [] => Ok(self.heap.str("")),
            [one] => self.str_of(*one),
            _ => {
                let tuple = self.heap[id].args;
                let text = self.repr_string(tuple)?;
                Ok(self.heap.string(text))
            }
        }
    }

    /// `UnicodeEncodeError.__str__` and its kin; only a translation has no codec.
    fn unicode_error_str(
        &mut self,
        codec: Option<Value>,
        object: Value,
        (start, end): (i64, i64),
        reason: Value,
    ) -> Res<StrId> {
        let mut out = String::new();
        if let Some(codec) = codec.and_then(|codec| self.str_id(codec)) {
            let _ = write!(out, "'{}' codec ", self.heap.text(codec));
        }
        let verb = match (object, codec) {
            (Value::Bytes(_), _) => "decode",
            (_, Some(_)) => "encode",
            _ => "translate",
        };
        let one = (end == start + 1)
            .then_some(start)
            .and_then(|at| usize::try_from(at).ok());
        let unit = match object {
            Value::Bytes(bytes) => one
                .and_then(|at| self.heap[bytes].get(at))
                .map(|byte| format!("byte 0x{byte:02x}")),
            _ => {
                let text = self.str_id(object).map_or("", |text| self.heap.text(text));
                one.and_then(|at| text.chars().nth(at)).map(|c| {
                    let mut shown = String::new();
                    escape::push_code(&mut shown, c);
                    format!("character '{shown}'")
                })
            }
        };
        let _ = match unit {
            Some(unit) => write!(out, "can't {verb} {unit} in position {start}: "),
            None => {
                let units = if verb == "decode" { "bytes" } else { "characters" };
                write!(out, "can't {verb} {units} in position {start}-{}: ", end - 1)
            }
        };
        let reason = self.str_of(reason)?;
        out.push_str(self.heap.text(reason));
        Ok(self.heap.string(out))
    }

    /// `SyntaxError.__str__` of an error with a place.
    fn syntax_error_str(&mut self, message: Value, details: Value) -> Res<StrId> {
        let details = self.collect_items(details)?;
        let message = self.str_of(message)?;
        let mut out = self.heap.text(message).to_owned();
        let file = details.first().and_then(|&file| self.str_id(file));
        let file = file.map(|file| {
            let path = self.heap.text(file);
            path.rsplit('/').next().unwrap_or(path).to_owned()
        });
        let line = match details.get(1) {
            Some(Value::Int(line)) => Some(*line),
            _ => None,
        };
        let _ = match (file, line) {
            (Some(file), Some(line)) => write!(out, " ({file}, line {line})"),
            (Some(file), None) => write!(out, " ({file})"),
            (None, Some(line)) => write!(out, " (line {line})"),
            (None, None) => Ok(()),
        };
        Ok(self.heap.string(out))
    }
}
