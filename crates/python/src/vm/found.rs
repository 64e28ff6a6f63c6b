//! Names, attributes and items that are where they were last time.

use super::descriptors::{ClassMethod, DescriptorKind, Member, Property, StaticMethod};
use super::steps::{Found, FoundCell};
use super::types::{DICT, LIST, MODULE, PROPERTY, SET, STR, TYPE};
use super::{Vm, names};
use crate::heap::{Instance, Opaque};
use crate::value::*;

/// Built-in classes that are written in Python.
const LATE: &[&str] = &["BaseExceptionGroup", "ExceptionGroup"];

impl Vm {
    /// A global or built-in name.
    #[inline(always)]
    pub(super) fn global(&mut self, globals: DictId, name: StrId, found: &FoundCell) -> Option<Value> {
        let known = found.get();
        if known.place == globals.0 as u32 + 1 {
            if let Some(value) = self.heap[globals].value_of_name(known.position, name) {
                return Some(value);
            }
        } else if known.place == self.builtins.0 as u32 + 1
            && known.version == self.heap[globals].changes()
            && let Some(value) = self.heap[self.builtins].value_of_name(known.position, name)
        {
            return Some(value);
        }
        self.find_global(globals, name, found)
    }

    #[inline(never)]
    fn find_global(&mut self, globals: DictId, name: StrId, found: &FoundCell) -> Option<Value> {
        let (place, position) = match self.heap.find_name(globals, name) {
            Some(position) => (globals, position),
            None => {
                let builtins = self.builtins_of(globals)?;
                let position = self.heap.find_name(builtins, name);
                (builtins, position.or_else(|| self.late_builtin(builtins, name))?)
            }
        };
        found.set(Found {
            place: place.0 as u32 + 1,
            version: self.heap[globals].changes(),
            position: position as u32,
        });
        Some(self.heap[place].entry(position).value)
    }

    /// A built-in class that is made when a program first names it.
    #[cold]
    fn late_builtin(&mut self, builtins: DictId, name: StrId) -> Option<usize> {
        if builtins != self.builtins || !LATE.contains(&self.heap.text(name)) {
            return None;
        }
        let module = self.import_by_name("_exception_group").ok()?;
        let dict = self.heap[module].dict;
        for text in LATE {
            let name = self.heap.intern(text);
            let class = self.heap.get_name(dict, name)?;
            self.heap.set_name(builtins, name, class);
        }
        self.heap.find_name(builtins, name)
    }

    /// The built-in names that code with these globals sees: those under `__builtins__`, if it has been given any.
    #[cold]
    fn builtins_of(&self, globals: DictId) -> Option<DictId> {
        match self.heap.get_name(globals, names::BUILTINS) {
            None | Some(Value::Module(_)) => Some(self.builtins),
            Some(Value::Dict(builtins)) => Some(builtins),
            Some(_) => None,
        }
    }

    /// A name of a module or class body.
    pub(super) fn load_name(&mut self, name: StrId, found: &FoundCell) -> Res<Value> {
        let frame = self.frames.last().expect("the frame");
        let (locals, globals) = (frame.locals, frame.globals);
        let own = match locals {
            Value::Dict(dict) if dict == globals => None,
            Value::Dict(dict) => self.heap.get_name(dict, name),
            _ => self.namespace_get(locals, name)?,
        };
        match own.or_else(|| self.global(globals, name, found)) {
            Some(value) => Ok(value),
            None => Err(self.name_error(name)),
        }
    }

    /// `name = value` in a namespace.
    #[inline]
    pub(super) fn store_name(&mut self, dict: DictId, name: StrId, value: Value, found: &FoundCell) {
        let known = found.get();
        if known.place == dict.0 as u32 + 1 && self.heap[dict].set_value_of_name(known.position, name, value) {
            return;
        }
        let position = self.heap.place_name(dict, name, value);
        found.set(Found {
            place: dict.0 as u32 + 1,
            version: 0,
            position: position as u32,
        });
    }

    /// [`Vm::quick_method_here`] out of line, for instructions that are not as hot.
    pub(super) fn quick_method(&self, object: Value, name: StrId, found: &FoundCell) -> Option<(Value, Value)> {
        self.quick_method_here(object, name, found)
    }

    /// What [`Vm::load_method`] gave last time, where nothing of the object's own hides it.
    #[inline(always)]
    pub(super) fn quick_method_here(&self, object: Value, name: StrId, found: &FoundCell) -> Option<(Value, Value)> {
        let known = found.get();
        let class = match object {
            Value::Instance(instance) => {
                let Instance { class, dict, .. } = self.heap[instance];
                if let Some(dict) = dict
                    && !self.heap[dict].lacks(self.heap.hash_str(name))
                    && self.heap.find_name(dict, name).is_some()
                {
                    return None;
                }
                class
            }
            Value::List(_) => LIST,
            Value::Dict(_) => DICT,
            Value::Set(_) => SET,
            Value::Str(_) => STR,
            Value::Class(class) => class,
            Value::Module(module) => {
                let dict = self.heap[module].dict;
                let value = match known.place {
                    Found::MODULE => self.heap[dict].value_of_name(known.position, name)?,
                    _ => return None,
                };
                return Some((Value::Null, value));
            }
            Value::Opaque(id) => match &self.heap[id] {
                Opaque {
                    class: Some(class),
                    dict: None,
                    ..
                } => *class,
                _ => return None,
            },
            _ => return None,
        };
        if known.version != self.heap[class].version {
            return None;
        }
        let function = Value::Function(FunctionId(known.position.into()));
        match (known.place, object) {
            (Found::CLASS_METHOD, _) => Some((function, Value::Class(class))),
            (Found::CLASS_FUNCTION, Value::Class(_)) => Some((Value::Null, function)),
            (_, Value::Class(_)) => None,
            (Found::FUNCTION, _) => Some((function, object)),
            (Found::STATIC, _) => Some((Value::Null, function)),
            (Found::NATIVE, _) => Some((Value::Native(NativeId(known.position.into())), object)),
            _ => None,
        }
    }

    /// What [`Vm::load_method`] gives; notes where it was.
    pub(super) fn method_found(&mut self, object: Value, name: StrId, found: &FoundCell) -> Res<(Value, Value)> {
        let (function, receiver) = self.load_method(object, name)?;
        let (class, place, position) = match (function, object) {
            (Value::Null, _) => match self.bound_place(object, name, receiver) {
                Some(place) => place,
                None => return Ok((function, receiver)),
            },
            (Value::Function(function), _) => (self.class_of(object), Found::FUNCTION, function.0),
            (Value::Native(native), _) => (self.class_of(object), Found::NATIVE, native.0),
            _ => return Ok((function, receiver)),
        };
        found.set(Found {
            place,
            version: self.heap[class].version,
            position: position as u32,
        });
        Ok((function, receiver))
    }

    /// Where `object.name` was that needs no receiver, or has the class for one: in which class, how, and which function.
    fn bound_place(&mut self, object: Value, name: StrId, value: Value) -> Option<(ClassId, u32, u64)> {
        let (class, is_class) = match object {
            Value::Module(module) => {
                let position = self.heap.find_name(self.heap[module].dict, name)?;
                let own = self.class_attribute(MODULE, name).is_none();
                return own.then_some((MODULE, Found::MODULE, position as u64));
            }
            Value::Instance(instance) => {
                let Instance { class, dict, .. } = self.heap[instance];
                if self.heap[class].custom_getattribute
                    || dict.is_some_and(|dict| self.heap.find_name(dict, name).is_some())
                {
                    return None;
                }
                (class, false)
            }
            Value::Class(class) if self.heap[class].metaclass == TYPE && self.class_attribute(TYPE, name).is_none() => {
                (class, true)
            }
            _ => return None,
        };
        match (self.class_attribute(class, name)?, value) {
            (Value::Function(function), Value::Function(same)) if is_class && function == same => {
                Some((class, Found::CLASS_FUNCTION, function.0))
            }
            (Value::Opaque(id), Value::Function(same)) => match self.heap.native(id) {
                Some(StaticMethod(Value::Function(function))) if *function == same => {
                    let place = if is_class { Found::CLASS_FUNCTION } else { Found::STATIC };
                    Some((class, place, same.0))
                }
                _ => None,
            },
            (Value::Opaque(id), Value::Method(method)) => match (self.heap.native(id), self.heap[method].function) {
                (Some(ClassMethod(Value::Function(function))), Value::Function(same)) if *function == same => {
                    Some((class, Found::CLASS_METHOD, same.0))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The function behind the property that the attribute was last time.
    #[inline]
    pub(super) fn known_getter(&self, object: Value, found: &FoundCell) -> Option<FunctionId> {
        let (Value::Instance(instance), known) = (object, found.get()) else {
            return None;
        };
        (known.place == Found::PROPERTY && known.version == self.heap[self.heap[instance].class].version)
            .then_some(FunctionId(known.position.into()))
    }

    /// [`Vm::quick_attribute_here`] out of line, for instructions that are not as hot.
    pub(super) fn quick_attribute(&self, object: Value, name: StrId, found: &FoundCell) -> Option<Value> {
        self.quick_attribute_here(object, name, found)
    }

    /// An attribute of an instance's own, where no descriptor of its class comes first.
    #[inline(always)]
    pub(super) fn quick_attribute_here(&self, object: Value, name: StrId, found: &FoundCell) -> Option<Value> {
        let Value::Instance(instance) = object else { return None };
        let known = found.get();
        let object = &self.heap[instance];
        if known.version != self.heap[object.class].version {
            return None;
        }
        let names = match known.place {
            Found::ATTRIBUTE => object.dict?,
            Found::SLOT => object.slots?,
            _ => return None,
        };
        self.heap[names].value_of_name(known.position, name)
    }

    /// A docstring for the program, which does not see that of the library: its sentences are not CPython's.
    pub fn known_doc(&mut self, doc: Value) -> Res<Value> {
        if !self.in_library_module() && doc.is(Value::Str(names::LIBRARY_DOC)) {
            return Err(self.unsupported("docstrings of built-in objects"));
        }
        Ok(doc)
    }

    /// `object.name`; notes where it was.
    pub(super) fn attribute_found(&mut self, object: Value, name: StrId, found: &FoundCell) -> Res<Value> {
        let value = self.get_attribute(object, name)?;
        if name == names::DOC {
            return self.known_doc(value);
        }
        if let Value::Instance(instance) = object {
            let class = self.heap[instance].class;
            let attribute = self.class_attribute(class, name);
            if self.heap[class].custom_getattribute {
                return Ok(value);
            }
            if self.is_slot(attribute, instance, name) {
                self.note_slot(instance, name, found);
            } else if let Some(Value::Opaque(id)) = attribute
                && !self.heap[class].custom_getattr
                && let Some(&Property {
                    getter: Value::Function(getter),
                    ..
                }) = self.heap.native(id)
                && self.class_of(Value::Opaque(id)) == PROPERTY
            {
                found.set(Found {
                    place: Found::PROPERTY,
                    version: self.heap[class].version,
                    position: getter.0 as u32,
                });
            } else if attribute.is_none_or(|attribute| self.descriptor_kind(attribute) != DescriptorKind::Data) {
                self.note_attribute(instance, name, found);
            }
        }
        Ok(value)
    }

    /// The class attribute is a name of `__slots__`, under which the instance may have a value.
    fn is_slot(&self, attribute: Option<Value>, instance: InstanceId, name: StrId) -> bool {
        let Some(Value::Opaque(id)) = attribute else {
            return false;
        };
        let class = self.heap[instance].class;
        matches!(self.heap.native::<Member>(id), Some(member) if member.name == name && self.is_subclass(class, member.class))
    }

    fn note_slot(&mut self, instance: InstanceId, name: StrId, found: &FoundCell) {
        let object = &self.heap[instance];
        if let Some(slots) = object.slots
            && let Some(position) = self.heap.find_name(slots, name)
        {
            found.set(Found {
                place: Found::SLOT,
                version: self.heap[object.class].version,
                position: position as u32,
            });
        }
    }

    fn note_attribute(&mut self, instance: InstanceId, name: StrId, found: &FoundCell) {
        let object = &self.heap[instance];
        if let Some(dict) = object.dict
            && let Some(position) = self.heap.find_name(dict, name)
        {
            found.set(Found {
                place: Found::ATTRIBUTE,
                version: self.heap[object.class].version,
                position: position as u32,
            });
        }
    }

    /// `object.name = value` where the instance has the attribute and its class has no say; false where that isn't known.
    #[inline]
    pub(super) fn quick_set_attribute(&mut self, object: Value, name: StrId, value: Value, found: &FoundCell) -> bool {
        let Value::Instance(instance) = object else {
            return false;
        };
        let known = found.get();
        let object = &self.heap[instance];
        if known.version != self.heap[object.class].version {
            return false;
        }
        let names = match known.place {
            Found::ATTRIBUTE => object.dict,
            Found::SLOT => object.slots,
            _ => return false,
        };
        let dict = match names {
            Some(names) => names,
            None if known.position == 0 => {
                let names = self.heap.new_dict();
                let object = &mut self.heap[instance];
                match known.place {
                    Found::SLOT => object.slots = Some(names),
                    _ => object.dict = Some(names),
                }
                names
            }
            None => return false,
        };
        let end = self.heap[dict].end();
        if end == known.position as usize && self.heap.find_name(dict, name).is_none() {
            // A new object gets its attributes in the order in which others of its class got theirs.
            let hash = self.heap.hash_str(name);
            self.heap.dict_insert_new(dict, hash, Value::Str(name), value);
            return true;
        }
        self.heap[dict].set_value_of_name(known.position, name, value)
    }

    /// `object.name = value`; notes where it is.
    pub(super) fn set_attribute_found(
        &mut self,
        object: Value,
        name: StrId,
        value: Value,
        found: &FoundCell,
    ) -> Res<()> {
        self.set_attribute(object, name, value)?;
        if let Value::Instance(instance) = object {
            let class = self.heap[instance].class;
            if !self.heap[class].custom_setattr {
                let attribute = self.class_attribute(class, name);
                if attribute.is_none() {
                    self.note_attribute(instance, name, found);
                } else if self.is_slot(attribute, instance, name) {
                    self.note_slot(instance, name, found);
                }
            }
        }
        Ok(())
    }

    /// `object[key]` of lists, tuples and ASCII strings, with an index that is in range.
    #[inline]
    pub(super) fn quick_item(&mut self, object: Value, key: Value) -> Option<Value> {
        let Value::Int(index) = key else { return None };
        // An index below the first item's stays negative, so that it is too large.
        let place = |length: usize| (if index < 0 { index + length as i64 } else { index }) as usize;
        match object {
            Value::List(list) => {
                let items = &self.heap.lists.get(list.0).items;
                items.get(place(items.len())).copied()
            }
            Value::Tuple(tuple) => {
                let items = &self.heap.tuples.get(tuple.0).items;
                items.get(place(items.len())).copied()
            }
            Value::Str(text) => {
                if !self.heap[text].is_ascii() {
                    return None;
                }
                let bytes = self.heap.text(text).as_bytes();
                let byte = *bytes.get(place(bytes.len()))?;
                Some(Value::Str(self.heap.character(char::from(byte))))
            }
            _ => None,
        }
    }

    /// `object[start:stop]` of lists, tuples and ASCII strings, with no slice object in between; `None` where a bound is not
    /// simple, or where memory has to be asked for.
    pub(super) fn quick_slice(&mut self, object: Value, start: Value, stop: Value) -> Option<Value> {
        let length = match object {
            Value::List(list) => self.heap.lists.get(list.0).items.len(),
            Value::Tuple(tuple) => self.heap.tuples.get(tuple.0).items.len(),
            Value::Str(text) if self.heap[text].is_ascii() => self.heap[text].chars as usize,
            _ => return None,
        };
        let bound = |value: Value, absent: usize| match value {
            Value::None => Some(absent),
            Value::Int(index) if index < 0 => Some((index + length as i64).max(0) as usize),
            Value::Int(index) => Some((index as usize).min(length)),
            _ => None,
        };
        let start = bound(start, 0)?;
        let part = start..bound(stop, length)?.max(start);
        if part.len() * size_of::<Value>() > 1 << 16 {
            return None;
        }
        Some(match object {
            Value::Tuple(_) | Value::Str(_) if part.len() == length => object,
            Value::List(list) => {
                let items = self.heap.lists.get(list.0).items[part].to_vec();
                self.heap.new_list(items)
            }
            Value::Tuple(tuple) => {
                let items = self.heap.tuples.get(tuple.0).items[part].to_vec();
                self.heap.new_tuple(&items)
            }
            Value::Str(text) => Value::Str(self.heap.str_part(text, part)),
            _ => return None,
        })
    }
}
