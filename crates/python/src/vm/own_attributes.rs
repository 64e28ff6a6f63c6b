//! Attributes that the machine itself answers: those of classes, functions, exceptions and other built-in objects.

use super::descriptors::{Member, Property};
use super::native::Args;
use super::types::*;
use super::{Vm, names};
use crate::heap::objects::Iter;
use crate::value::*;

impl Vm {
    pub(super) fn class_special_attribute(&mut self, class: ClassId, name: StrId) -> Res<Option<Value>> {
        Ok(Some(match name {
            names::NAME => Value::Str(self.heap[class].name),
            names::QUALNAME => Value::Str(self.heap[class].qualname),
            names::CLASS => Value::Class(self.heap[class].metaclass),
            names::MRO => {
                let items: Vec<Value> = self.heap[class].mro.iter().map(|&c| Value::Class(c)).collect();
                self.heap.new_tuple(&items)
            }
            names::BASES => {
                let items: Vec<Value> = self.heap[class].bases.iter().map(|&c| Value::Class(c)).collect();
                self.heap.new_tuple(&items)
            }
            names::BASE => self.heap[class].bases.first().map_or(Value::None, |&c| Value::Class(c)),
            names::DICT => crate::builtins::proxy::new(self, class),
            names::DOC => match self.heap.get_name(self.heap[class].dict, names::DOC) {
                Some(doc) => self.bind_descriptor(doc, Value::Null, class)?,
                None if self.heap[class].builtin => Value::Str(names::LIBRARY_DOC),
                None => Value::None,
            },
            names::MODULE => match self.class_attribute(class, names::MODULE) {
                Some(module) => module,
                None => return Ok(None),
            },
            names::ANNOTATIONS => match self.heap.get_name(self.heap[class].dict, names::ANNOTATIONS) {
                Some(found) => found,
                None if self.heap[class].builtin => return Ok(None),
                None => {
                    let dict = Value::Dict(self.heap.new_dict());
                    let own = self.heap[class].dict;
                    self.heap.set_name(own, names::ANNOTATIONS, dict);
                    dict
                }
            },
            names::ABSTRACTMETHODS => match self.heap.get_name(self.heap[class].dict, names::ABSTRACTMETHODS) {
                Some(found) => found,
                None => return Ok(None),
            },
            _ => return Ok(None),
        }))
    }

    pub(super) fn set_class_special(&mut self, class: ClassId, name: StrId, value: Option<Value>) -> Res<bool> {
        match (name, value) {
            (names::NAME | names::QUALNAME, Some(Value::Str(text))) => {
                // Texts that tell the name are out of date.
                self.next_version += 1;
                let object = &mut self.heap[class];
                *(if name == names::NAME {
                    &mut object.name
                } else {
                    &mut object.qualname
                }) = text;
            }
            (names::NAME | names::QUALNAME, Some(value)) => {
                let message = format!(
                    "can only assign string to {}.{}, not '{}'",
                    self.class_name(class),
                    self.heap.text(name),
                    self.type_name(value)
                );
                return Err(self.type_error(message));
            }
            (names::NAME | names::QUALNAME | names::MODULE | names::BASES | names::DOC, None) => {
                let message = format!(
                    "cannot delete '{}' attribute of immutable type '{}'",
                    self.heap.text(name),
                    self.class_name(class)
                );
                return Err(self.type_error(message));
            }
            (names::BASES | names::MRO | names::CLASS, _) => {
                return Err(self.unsupported("assignment to a class's bases or class"));
            }
            (names::ABSTRACTMETHODS, Some(value)) => {
                let any = self.truth(value)?;
                self.heap[class].abstract_methods = any;
                return Ok(false);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Attributes of built-in objects that are no entries of their class.
    pub(super) fn native_attribute(&mut self, object: Value, name: StrId) -> Res<Option<Value>> {
        if name == names::CLASS {
            return Ok(Some(Value::Class(self.class_of(object))));
        }
        if name == names::DICT {
            if let Value::Module(module) = object {
                return crate::builtins::known::namespace(self, module).map(|dict| Some(Value::Dict(dict)));
            }
            // Of another class's namespace that was copied.
            if let Some(Value::Opaque(id)) = self.class_attribute(self.class_of(object), names::DICT)
                && let Some(&member) = self.heap.native::<Member>(id)
            {
                self.check_member(member, object)?;
            }
            if let Some(dict) = self.make_dict(object) {
                return Ok(Some(Value::Dict(dict)));
            }
            return match object {
                Value::Method(method) => match self.heap[method].function {
                    Value::Native(_) => Ok(None),
                    function => self.get_attribute(function, name).map(Some),
                },
                _ => Ok(None),
            };
        }
        if name == names::DOC
            && !matches!(
                object,
                Value::Function(_) | Value::Method(_) | Value::Instance(_) | Value::Exception(_) | Value::Opaque(_)
            )
        {
            return match object {
                Value::Module(_) => Ok(None),
                _ => Ok(Some(Value::Str(names::LIBRARY_DOC))),
            };
        }
        if name == names::DOC && matches!(object, Value::Instance(_) | Value::Exception(_)) {
            let mro = &self.heap[self.class_of(object)].mro;
            let own = mro.first().is_some_and(|&class| !self.heap[class].builtin);
            return Ok((!own).then_some(Value::Str(names::LIBRARY_DOC)));
        }
        if matches!(object, Value::Opaque(_))
            && let Some(stream) = crate::modules::io::stream_attribute(self, object, name)
        {
            return stream.map(Some);
        }
        if let Value::Iterator(id) = object
            && let Iter::View { dict, .. } = self.heap[id]
            && self.heap.text(name) == "mapping"
        {
            return crate::builtins::proxy::construct(self, Args::positional(&[dict])).map(Some);
        }
        match object {
            Value::Function(function) => self.function_attribute(function, name),
            Value::Method(method) => {
                let method = self.heap[method];
                match name {
                    names::SELF => Ok(Some(method.receiver)),
                    names::FUNC if !matches!(method.function, Value::Native(_)) => Ok(Some(method.function)),
                    names::QUALNAME if matches!(method.function, Value::Native(_)) => {
                        // The class is the receiver's, wherever the method was found.
                        let own = self
                            .native_attribute(method.function, names::NAME)?
                            .unwrap_or(Value::None);
                        let own = self.str_of(own)?;
                        let class = match method.receiver {
                            Value::Class(class) => class,
                            receiver => self.class_of(receiver),
                        };
                        let class = self.heap.text(self.heap[class].qualname);
                        let text = format!("{class}.{}", self.heap.text(own));
                        Ok(Some(self.new_string(text)))
                    }
                    _ => match method.function {
                        Value::Native(_) => self.native_attribute(method.function, name),
                        function => self.get_attribute(function, name).map(Some),
                    },
                }
            }
            Value::Native(native) => {
                let entry = &self.natives[native.0 as usize];
                let (own, module, kind) = (entry.name, entry.module, entry.kind);
                Ok(match name {
                    names::NAME => Some(Value::Str(own)),
                    names::QUALNAME => match kind {
                        super::native::NativeKind::Method(class)
                        | super::native::NativeKind::Slot(class)
                        | super::native::NativeKind::ClassMethod(class)
                        | super::native::NativeKind::StaticMethod(class) => {
                            let text = format!("{}.{}", self.class_name(class), self.heap.text(own));
                            Some(self.new_string(text))
                        }
                        _ => Some(Value::Str(own)),
                    },
                    names::MODULE => Some(Value::Str(module)),
                    _ => None,
                })
            }
            Value::Exception(exception) => self.exception_attribute(exception, name),
            Value::Int(_) | Value::BigInt(_) | Value::Bool(_) | Value::Float(_) | Value::Complex(_) => {
                self.number_attribute(object, name)
            }
            Value::Range(range) => {
                let range = self.heap[range];
                Ok(match name {
                    names::START => Some(Value::Int(range.start)),
                    names::STOP => Some(Value::Int(range.stop)),
                    names::STEP => Some(Value::Int(range.step)),
                    _ => None,
                })
            }
            Value::Slice(slice) => {
                let slice = self.heap[slice];
                Ok(match name {
                    names::START => Some(slice.start),
                    names::STOP => Some(slice.stop),
                    names::STEP => Some(slice.step),
                    _ => None,
                })
            }
            Value::Generator(generator) => Ok(match name {
                names::NAME => Some(Value::Str(self.heap[generator].name)),
                names::QUALNAME => Some(Value::Str(self.heap[generator].qualname)),
                _ => return crate::builtins::generator::attribute(self, generator, name),
            }),
            Value::Cell(cell) if self.heap.text(name) == "cell_contents" => match self.heap[cell].0.some() {
                Some(value) => Ok(Some(value)),
                None => Err(self.value_error("Cell is empty")),
            },
            Value::Code(code) => crate::builtins::function::code_attribute(self, code, name),
            Value::Opaque(id) => {
                let found = crate::builtins::opaque_attribute(self, id, name)?;
                let unknown = (name == names::DOC).then_some(Value::Str(names::LIBRARY_DOC));
                Ok(found.or(unknown))
            }
            Value::Instance(instance) => {
                let payload = self.heap[instance].payload;
                match payload {
                    Value::Null => Ok(None),
                    _ if name == names::DOC => Ok(None),
                    _ => self.native_attribute(payload, name),
                }
            }
            _ => Ok(None),
        }
    }

    fn number_attribute(&mut self, object: Value, name: StrId) -> Res<Option<Value>> {
        let text = self.heap.text(name).to_owned();
        Ok(match (object, text.as_str()) {
            (Value::Complex(id), "real") => Some(Value::float(self.heap[id].real)),
            (Value::Complex(id), "imag") => Some(Value::float(self.heap[id].imaginary)),
            (Value::Float(_), "real") => Some(object),
            (Value::Float(_), "imag") => Some(Value::float(0.0)),
            (Value::Bool(b), "real" | "numerator") => Some(Value::Int(b.into())),
            (Value::Int(_) | Value::BigInt(_), "real" | "numerator") => Some(object),
            (Value::Int(_) | Value::BigInt(_) | Value::Bool(_), "imag") => Some(Value::Int(0)),
            (Value::Int(_) | Value::BigInt(_) | Value::Bool(_), "denominator") => Some(Value::Int(1)),
            _ => None,
        })
    }

    fn exception_attribute(&mut self, id: ExceptionId, name: StrId) -> Res<Option<Value>> {
        let object = &self.heap[id];
        let (args, class) = (object.args, object.class);
        let first = |vm: &Vm| match args {
            Value::Tuple(tuple) => vm.heap[tuple].items.first().copied(),
            _ => None,
        };
        Ok(match name {
            names::ARGS => Some(args),
            names::CAUSE => Some(object.cause),
            names::CONTEXT => Some(object.context),
            names::SUPPRESS_CONTEXT => Some(Value::from(object.suppress_context)),
            names::TRACEBACK => Some(self.traceback_value(Value::Exception(id))),
            names::VALUE if self.is_subclass(class, STOP_ITERATION) => Some(first(self).unwrap_or(Value::None)),
            names::CODE_FIELD if self.is_subclass(class, SYSTEM_EXIT) => Some(match args {
                Value::Tuple(tuple) if self.heap[tuple].items.len() > 1 => args,
                _ => first(self).unwrap_or(Value::None),
            }),
            _ => match self.exception_field(id, name) {
                Some(value) => Some(value),
                None => {
                    let known: &[StrId] = if self.is_subclass(class, OS_ERROR) {
                        &[names::ERRNO, names::STRERROR, names::FILENAME]
                    } else if self.is_subclass(class, IMPORT_ERROR) {
                        &[names::MSG, names::NAME_FIELD, names::PATH]
                    } else if self.is_subclass(class, NAME_ERROR) {
                        &[names::NAME_FIELD]
                    } else if self.is_subclass(class, ATTRIBUTE_ERROR) {
                        &[names::NAME_FIELD, names::OBJ]
                    } else {
                        &[]
                    };
                    if name == names::MSG && self.is_subclass(class, IMPORT_ERROR) {
                        return Ok(Some(first(self).unwrap_or(Value::None)));
                    }
                    if self.is_subclass(class, SYNTAX_ERROR)
                        && let Some(value) = self.syntax_error_attribute(id, name)?
                    {
                        return Ok(Some(value));
                    }
                    if let Some(place) = self.unicode_error_field(class, name) {
                        let items = self.collect_items(args)?;
                        return Ok(items.get(place).copied());
                    }
                    if self.is_subclass(class, SYNTAX_ERROR) && !self.heap.text(name).starts_with("__") {
                        return Err(self.unsupported("attributes of this exception"));
                    }
                    known.contains(&name).then_some(Value::None)
                }
            },
        })
    }

    /// Which argument of a UnicodeEncodeError and its kin an attribute shows.
    fn unicode_error_field(&self, class: ClassId, name: StrId) -> Option<usize> {
        const FIELDS: [&str; 5] = ["encoding", "object", "start", "end", "reason"];
        let text = self.heap.text(name);
        if self.is_subclass(class, UNICODE_DECODE_ERROR) || self.is_subclass(class, UNICODE_ENCODE_ERROR) {
            FIELDS.iter().position(|&field| field == text)
        } else if self.is_subclass(class, UNICODE_TRANSLATE_ERROR) {
            FIELDS[1..].iter().position(|&field| field == text)
        } else {
            None
        }
    }

    /// `msg`, `filename`, `lineno`, `offset` and `text` of a SyntaxError, which its arguments hold.
    fn syntax_error_attribute(&mut self, id: ExceptionId, name: StrId) -> Res<Option<Value>> {
        let items = self.collect_items(self.heap[id].args)?;
        let place = match name {
            names::MSG => return Ok(Some(items.first().copied().unwrap_or(Value::None))),
            names::FILENAME => 0,
            names::LINENO => 1,
            names::OFFSET => 2,
            names::TEXT => 3,
            _ => return Ok(None),
        };
        if items.len() != 2 {
            return Ok(Some(Value::None));
        }
        let details = self.collect_items(items[1])?;
        match details.get(place) {
            Some(&value) if self.class_of(value) == UNKNOWN => Err(self.unsupported("the position of a syntax error")),
            Some(&value) => Ok(Some(value)),
            None => Ok(None),
        }
    }

    pub(super) fn set_native_attribute(&mut self, object: Value, name: StrId, value: Option<Value>) -> Res<bool> {
        match (object, value) {
            (Value::Exception(id), Some(value)) => {
                let class = self.heap[id].class;
                let chained = matches!(value, Value::None | Value::Exception(_));
                match name {
                    names::CAUSE | names::CONTEXT if !chained => {
                        let part = if name == names::CAUSE { "cause" } else { "context" };
                        let message = format!("exception {part} must be None or derive from BaseException");
                        return Err(self.type_error(message));
                    }
                    names::SUPPRESS_CONTEXT if !matches!(value, Value::Bool(_)) => {
                        return Err(self.type_error("attribute value type must be bool"));
                    }
                    names::ARGS => {
                        let items = self.collect_items(value)?;
                        self.heap[id].args = self.heap.new_tuple(&items);
                    }
                    names::CAUSE => {
                        self.heap[id].cause = value;
                        self.heap[id].suppress_context = true;
                    }
                    names::CONTEXT => self.heap[id].context = value,
                    names::SUPPRESS_CONTEXT => self.heap[id].suppress_context = self.truth(value)?,
                    names::TRACEBACK => self.set_traceback(id, value)?,
                    names::CODE_FIELD if self.is_subclass(class, SYSTEM_EXIT) => {
                        self.heap[id].args = self.heap.new_tuple(&[value]);
                    }
                    names::VALUE if self.is_subclass(class, STOP_ITERATION) => {
                        self.heap[id].args = self.heap.new_tuple(&[value]);
                    }
                    _ => return Ok(false),
                }
                Ok(true)
            }
            (Value::Function(id), _) if self.binds(object) => self.set_function_attribute(id, name, value),
            (Value::Instance(_), Some(Value::Class(class))) if name == names::CLASS && self.heap[class].builtin => {
                Err(self.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"))
            }
            (Value::Instance(instance), Some(Value::Class(class))) if name == names::CLASS => {
                self.next_version += 1;
                self.heap[instance].class = class;
                Ok(true)
            }
            (Value::Instance(_), Some(_)) if name == names::CLASS => {
                let message = format!(
                    "__class__ must be set to a class, not '{}' object",
                    self.type_name(object)
                );
                Err(self.type_error(message))
            }
            (Value::Instance(instance), value) if name == names::DICT && self.heap[self.class_of(object)].has_dict => {
                self.heap[instance].dict = match value.map(|value| self.payload(value)) {
                    Some(Value::Dict(dict)) => Some(dict),
                    None => None,
                    _ => return Err(self.wrong_dict(value)),
                };
                Ok(true)
            }
            (Value::Opaque(id), _) if self.heap[id].class == Some(PROPERTY) => {
                let message = match self.heap.text(name) {
                    "fget" | "fset" | "fdel" => "readonly attribute",
                    "__doc__" => {
                        if let Some(property) = self.heap.native_mut::<Property>(id) {
                            property.doc = value.unwrap_or(Value::None);
                        }
                        return Ok(true);
                    }
                    "__isabstractmethod__" => "attribute '__isabstractmethod__' of 'property' objects is not writable",
                    _ => return Ok(false),
                };
                Err(self.attribute_error_message(message, object, name))
            }
            _ => Ok(false),
        }
    }

    fn function_attribute(&mut self, id: FunctionId, name: StrId) -> Res<Option<Value>> {
        let function = self.heap.function(id);
        if let Some(native) = self.in_c(id)
            && !native.method
        {
            return match name {
                names::NAME | names::QUALNAME => Ok(Some(Value::Str(function.name))),
                names::MODULE => Ok(Some(self.new_str(native.module))),
                names::DOC => Ok(Some(Value::Str(names::LIBRARY_DOC))),
                _ => Ok(None),
            };
        }
        let or_none = |value: Value| Some(value.some().unwrap_or(Value::None));
        Ok(match name {
            names::NAME => Some(Value::Str(function.name)),
            names::QUALNAME => Some(Value::Str(function.qualname)),
            names::DOC => Some(function.doc),
            names::MODULE => Some(function.module),
            names::DEFAULTS => or_none(function.defaults),
            names::KWDEFAULTS => or_none(function.keyword_defaults),
            names::CLOSURE => or_none(function.closure),
            names::CODE => Some(Value::Code(function.code)),
            names::GLOBALS => Some(Value::Dict(function.globals)),
            names::ANNOTATIONS => {
                let annotations = match function.annotations {
                    Value::Tuple(pairs) => {
                        let items = self.heap[pairs].items.to_vec();
                        let dict = self.heap.new_dict();
                        for pair in items.chunks_exact(2) {
                            self.dict_set(dict, pair[0], pair[1])?;
                        }
                        Value::Dict(dict)
                    }
                    Value::Null => Value::Dict(self.heap.new_dict()),
                    other => other,
                };
                self.heap.function_mut(id).annotations = annotations;
                Some(annotations)
            }
            _ => None,
        })
    }

    fn wrong_dict(&mut self, value: Option<Value>) -> Stop {
        match value {
            Some(value) => {
                let name = self.type_name(value);
                let message = format!("__dict__ must be set to a dictionary, not a '{name}'");
                self.type_error(message)
            }
            None => self.type_error("cannot delete __dict__"),
        }
    }

    fn set_function_attribute(&mut self, id: FunctionId, name: StrId, value: Option<Value>) -> Res<bool> {
        let given = value.unwrap_or(Value::None);
        let text = self.str_id(given);
        match (name, text) {
            (names::NAME, Some(text)) => self.heap.function_mut(id).name = text,
            (names::QUALNAME, Some(text)) => self.heap.function_mut(id).qualname = text,
            (names::NAME | names::QUALNAME, None) => {
                let message = format!("{} must be set to a string object", self.heap.text(name));
                return Err(self.type_error(message));
            }
            (names::DOC, _) => self.heap.function_mut(id).doc = given,
            (names::MODULE, _) => self.heap.function_mut(id).module = given,
            (names::DEFAULTS | names::KWDEFAULTS | names::ANNOTATIONS, _) => {
                let (fits, kind) = match name {
                    names::DEFAULTS => (matches!(given, Value::Tuple(_)), "tuple"),
                    _ => (matches!(given, Value::Dict(_)), "dict"),
                };
                if !fits && !given.is_none() {
                    let message = format!("{} must be set to a {kind} object", self.heap.text(name));
                    return Err(self.type_error(message));
                }
                let function = self.heap.function_mut(id);
                *match name {
                    names::DEFAULTS => &mut function.defaults,
                    names::KWDEFAULTS => &mut function.keyword_defaults,
                    _ => &mut function.annotations,
                } = if given.is_none() { Value::Null } else { given };
            }
            (names::CODE, _) => return Err(self.unsupported("assignment to a function's code")),
            (names::DICT, _) => match given {
                Value::Dict(dict) if value.is_some() => self.heap.function_mut(id).dict = Some(dict),
                _ => return Err(self.wrong_dict(value)),
            },
            (names::GLOBALS | names::CLOSURE, _) => return Err(self.raise(ATTRIBUTE_ERROR, "readonly attribute")),
            _ => return Ok(false),
        }
        Ok(true)
    }
}
