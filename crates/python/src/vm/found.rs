//! Names, attributes and items that are where they were last time.

use super::descriptors::DescriptorKind;
use super::steps::{Found, FoundCell};
use super::types::{DICT, LIST, SET, STR};
use super::{Vm, names};
use crate::heap::Instance;
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
        self.heap.set_name(dict, name, value);
        if let Some(position) = self.heap.find_name(dict, name) {
            found.set(Found {
                place: dict.0 as u32 + 1,
                version: 0,
                position: position as u32,
            });
        }
    }

    /// The method of the object's class that was found last time, where nothing of the object's own hides it.
    #[inline]
    pub(super) fn quick_method(&self, object: Value, name: StrId, found: &FoundCell) -> Option<Value> {
        let known = found.get();
        let class = match object {
            Value::Instance(instance) => {
                let Instance { class, dict, .. } = self.heap[instance];
                if dict.is_some_and(|dict| self.heap.find_name(dict, name).is_some()) {
                    return None;
                }
                class
            }
            Value::List(_) => LIST,
            Value::Dict(_) => DICT,
            Value::Set(_) => SET,
            Value::Str(_) => STR,
            _ => return None,
        };
        if known.version != self.heap[class].version {
            return None;
        }
        match known.place {
            Found::FUNCTION => Some(Value::Function(FunctionId(known.position.into()))),
            Found::NATIVE => Some(Value::Native(NativeId(known.position.into()))),
            _ => None,
        }
    }

    /// What [`Vm::load_method`] gives; notes where it was.
    pub(super) fn method_found(&mut self, object: Value, name: StrId, found: &FoundCell) -> Res<(Value, Value)> {
        let (function, receiver) = self.load_method(object, name)?;
        if !receiver.is_null() {
            let (place, position) = match function {
                Value::Function(function) => (Found::FUNCTION, function.0),
                Value::Native(native) => (Found::NATIVE, native.0),
                _ => return Ok((function, receiver)),
            };
            let class = self.class_of(object);
            found.set(Found {
                place,
                version: self.heap[class].version,
                position: position as u32,
            });
        }
        Ok((function, receiver))
    }

    /// An attribute of an instance's own, where no descriptor of its class comes first.
    #[inline]
    pub(super) fn quick_attribute(&mut self, object: Value, name: StrId, found: &FoundCell) -> Option<Value> {
        let Value::Instance(instance) = object else { return None };
        let known = found.get();
        let object = &self.heap[instance];
        let dict = object.dict?;
        if known.place != Found::ATTRIBUTE || known.version != self.heap[object.class].version {
            return None;
        }
        self.heap[dict].value_of_name(known.position, name)
    }

    /// `object.name`; notes where it was.
    pub(super) fn attribute_found(&mut self, object: Value, name: StrId, found: &FoundCell) -> Res<Value> {
        let value = self.get_attribute(object, name)?;
        if let Value::Instance(instance) = object {
            let class = self.heap[instance].class;
            let hidden = match self.class_attribute(class, name) {
                None => false,
                Some(attribute) => self.descriptor_kind(attribute) == DescriptorKind::Data,
            };
            if !hidden && !self.heap[class].custom_getattribute {
                self.note_attribute(instance, name, found);
            }
        }
        Ok(value)
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
        if known.place != Found::ATTRIBUTE || known.version != self.heap[object.class].version {
            return false;
        }
        let dict = match object.dict {
            Some(dict) => dict,
            None if known.position == 0 => {
                let dict = self.heap.new_dict();
                self.heap[instance].dict = Some(dict);
                dict
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
            if !self.heap[class].custom_setattr && self.class_attribute(class, name).is_none() {
                self.note_attribute(instance, name, found);
            }
        }
        Ok(())
    }

    /// `object[key]` of lists, tuples and ASCII strings, with an index that is in range.
    #[inline]
    pub(super) fn quick_item(&mut self, object: Value, key: Value) -> Option<Value> {
        let Value::Int(index) = key else { return None };
        match object {
            Value::List(list) => self.heap[list].items.get(index as usize).copied(),
            Value::Tuple(tuple) => self.heap[tuple].items.get(index as usize).copied(),
            Value::Str(text) => {
                if !self.heap[text].is_ascii() {
                    return None;
                }
                let byte = *self.heap.text(text).as_bytes().get(index as usize)?;
                Some(Value::Str(self.heap.character(char::from(byte))))
            }
            _ => None,
        }
    }
}
