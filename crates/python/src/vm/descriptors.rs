//! Properties, static and class methods, slots: what stands between a class and its attributes.

use super::types::*;
use super::{Vm, names};
use crate::heap::objects::NativeData;
use crate::value::*;

#[derive(Clone, Copy)]
pub struct Property {
    pub getter: Value,
    pub setter: Value,
    pub deleter: Value,
    pub doc: Value,
    pub name: Value,
}

#[derive(Clone, Copy)]
pub struct StaticMethod(pub Value);

#[derive(Clone, Copy)]
pub struct ClassMethod(pub Value);

/// A name of `__slots__`.
#[derive(Clone, Copy)]
pub struct Member {
    pub name: StrId,
    pub class: ClassId,
}

#[derive(Clone, Copy)]
pub struct Super {
    /// The search begins after it.
    pub class: ClassId,
    pub object: Value,
    /// Whose MRO is searched.
    pub object_class: ClassId,
}

macro_rules! traced {
    ($($name:ident: |$this:ident| $parts:expr;)*) => {
        $(impl NativeData for $name {
            fn trace(&self, visit: &mut dyn FnMut(Value)) {
                let $this = self;
                $parts.into_iter().for_each(visit);
            }
        })*
    };
}

traced! {
    Property: |p| [p.getter, p.setter, p.deleter, p.doc, p.name];
    StaticMethod: |m| [m.0];
    ClassMethod: |m| [m.0];
    Member: |m| [Value::Str(m.name), Value::Class(m.class)];
    Super: |s| [Value::Class(s.class), s.object, Value::Class(s.object_class)];
}

/// Whether an attribute found on a class is a descriptor, and of which kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DescriptorKind {
    Plain,
    /// Has `__get__` only: an instance's own attribute comes first.
    NonData,
    Data,
}

impl Vm {
    pub fn descriptor_kind(&mut self, attribute: Value) -> DescriptorKind {
        match attribute {
            Value::Function(_) | Value::Native(_) => DescriptorKind::NonData,
            Value::Opaque(_) => match self.class_of(attribute) {
                PROPERTY | MEMBER_DESCRIPTOR => DescriptorKind::Data,
                // What they stand for is found without them.
                STATICMETHOD | CLASSMETHOD | GETSET_DESCRIPTOR => DescriptorKind::NonData,
                class => self.user_descriptor(class),
            },
            Value::Instance(_) => {
                let class = self.class_of(attribute);
                self.user_descriptor(class)
            }
            _ => DescriptorKind::Plain,
        }
    }

    fn user_descriptor(&mut self, class: ClassId) -> DescriptorKind {
        if self.class_attribute(class, names::SET).is_some() || self.class_attribute(class, names::DELETE).is_some() {
            DescriptorKind::Data
        } else if self.class_attribute(class, names::GET).is_some() {
            DescriptorKind::NonData
        } else {
            DescriptorKind::Plain
        }
    }

    /// Whether a data descriptor has a say when its attribute is read.
    pub fn has_get(&mut self, descriptor: Value) -> bool {
        match descriptor {
            Value::Instance(_) if self.payload(descriptor).is(descriptor) => {
                let class = self.class_of(descriptor);
                self.class_attribute(class, names::GET).is_some()
            }
            _ => true,
        }
    }

    /// `attribute.__get__(object, class)`; `object` is `Null` for access through the class.
    pub fn bind_descriptor(&mut self, attribute: Value, object: Value, class: ClassId) -> Res<Value> {
        match attribute {
            Value::Function(_) => Ok(if object.is_null() || !self.binds(attribute) {
                attribute
            } else {
                self.heap.new_method(attribute, object)
            }),
            Value::Native(native) => {
                use super::native::NativeKind;
                match self.natives[native.0 as usize].kind {
                    NativeKind::Method(_) | NativeKind::Slot(_) if !object.is_null() => {
                        Ok(self.heap.new_method(attribute, object))
                    }
                    NativeKind::ClassMethod(_) => Ok(self.heap.new_method(attribute, Value::Class(class))),
                    _ => Ok(attribute),
                }
            }
            Value::Opaque(_) | Value::Instance(_) => {
                if let Value::Opaque(id) = self.payload(attribute) {
                    if let Some(&StaticMethod(function)) = self.heap.native(id)
                        && !self.overrides(attribute, names::GET)
                    {
                        return Ok(function);
                    }
                    if let Some(&ClassMethod(function)) = self.heap.native(id)
                        && !self.overrides(attribute, names::GET)
                    {
                        // What is no descriptor itself (a bound method, a class, a callable object) gets the class as well.
                        return match self.descriptor_kind(function) {
                            DescriptorKind::NonData | DescriptorKind::Data
                                if !matches!(function, Value::Function(_)) =>
                            {
                                self.bind_descriptor(function, Value::Class(class), class)
                            }
                            _ => Ok(self.heap.new_method(function, Value::Class(class))),
                        };
                    }
                    if let Some(&property) = self.heap.native::<Property>(id)
                        && !self.overrides(attribute, names::GET)
                    {
                        if object.is_null() {
                            return Ok(attribute);
                        }
                        if property.getter.is_none() || property.getter.is_null() {
                            return Err(self.property_error(property, object, "getter"));
                        }
                        return self.call(property.getter, &[object]);
                    }
                    if let Some(&member) = self.heap.native::<Member>(id) {
                        if object.is_null() {
                            return Ok(attribute);
                        }
                        return self.member_value(member, object);
                    }
                }
                let descriptor_class = self.class_of(attribute);
                if self.class_attribute(descriptor_class, names::GET).is_none() {
                    return Ok(attribute);
                }
                let object = object.some().unwrap_or(Value::None);
                Ok(self
                    .call_special(attribute, names::GET, &[object, Value::Class(class)])?
                    .unwrap_or(attribute))
            }
            _ => Ok(attribute),
        }
    }

    /// Whether a class derived from a built-in descriptor's has a method of its own.
    fn overrides(&mut self, attribute: Value, method: StrId) -> bool {
        matches!(attribute, Value::Instance(_)) && {
            let class = self.class_of(attribute);
            matches!(self.class_attribute(class, method), Some(Value::Function(_)))
        }
    }

    #[cold]
    fn property_error(&mut self, property: Property, object: Value, part: &str) -> Stop {
        let class = self.class_of(object);
        let qualname = self.heap.text(self.heap[class].qualname).to_owned();
        let message = match property.name {
            // An attribute of a class that CPython has in C.
            Value::Str(name) if matches!(property.getter, Value::Native(_)) => {
                let mro = &self.heap[class].mro;
                let own = mro
                    .iter()
                    .copied()
                    .find(|&base| self.heap[base].builtin)
                    .unwrap_or(class);
                match self.class_title(own) {
                    "functools.partial" => "readonly attribute".to_owned(),
                    title => format!(
                        "attribute '{}' of '{title}' objects is not writable",
                        self.heap.text(name)
                    ),
                }
            }
            Value::Str(name) => format!(
                "property '{}' of '{qualname}' object has no {part}",
                self.heap.text(name)
            ),
            _ => format!("property of '{qualname}' object has no {part}"),
        };
        self.raise(ATTRIBUTE_ERROR, &message)
    }

    fn member_value(&mut self, member: Member, object: Value) -> Res<Value> {
        if member.name == names::DICT {
            self.check_member(member, object)?;
            return match self.make_dict(object) {
                Some(dict) => Ok(Value::Dict(dict)),
                None => Err(self.attribute_error(object, member.name)),
            };
        }
        if member.name == names::WEAKREF {
            return Err(self.unsupported("object.__weakref__"));
        }
        let slots = match object {
            Value::Instance(instance) => self.heap[instance].slots,
            _ => None,
        };
        if let Some(value) = slots.and_then(|slots| self.heap.get_name(slots, member.name)) {
            return Ok(value);
        }
        self.check_member(member, object)?;
        Err(self.attribute_error(object, member.name))
    }

    pub(super) fn check_member(&mut self, member: Member, object: Value) -> Res<()> {
        if self.is_instance(object, member.class) {
            return Ok(());
        }
        let message = format!(
            "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
            self.heap.text(member.name),
            self.class_name(member.class),
            self.type_name(object)
        );
        Err(self.type_error(message))
    }

    /// `descriptor.__set__(object, value)`, or `__delete__` without a value.
    pub fn set_through(&mut self, attribute: Value, object: Value, name: StrId, value: Option<Value>) -> Res<()> {
        let special = if value.is_some() { names::SET } else { names::DELETE };
        if self.overrides(attribute, special) {
            let args: Vec<Value> = std::iter::once(object).chain(value).collect();
            self.call_special(attribute, special, &args)?;
            return Ok(());
        }
        self.set_as_built_in(attribute, object, name, value)
    }

    /// The same by the method of a built-in descriptor's class.
    pub fn set_as_built_in(&mut self, attribute: Value, object: Value, name: StrId, value: Option<Value>) -> Res<()> {
        if let Value::Opaque(id) = self.payload(attribute) {
            if let Some(&property) = self.heap.native::<Property>(id) {
                let (function, part) = if value.is_some() {
                    (property.setter, "setter")
                } else {
                    (property.deleter, "deleter")
                };
                if function.is_none() || function.is_null() {
                    return Err(self.property_error(property, object, part));
                }
                let mut args = vec![object];
                args.extend(value);
                self.call(function, &args)?;
                return Ok(());
            }
            if let Some(&member) = self.heap.native::<Member>(id) {
                self.check_member(member, object)?;
                let Value::Instance(instance) = object else {
                    return Err(self.attribute_error(object, name));
                };
                let slots = match self.heap[instance].slots {
                    Some(slots) => slots,
                    None => {
                        let slots = self.heap.new_dict();
                        self.heap[instance].slots = Some(slots);
                        slots
                    }
                };
                match value {
                    Some(value) => self.heap.set_name(slots, member.name, value),
                    None => {
                        if self.heap.remove_name(slots, member.name).is_none() {
                            let text = self.heap.text(member.name).to_owned();
                            return Err(self.raise(ATTRIBUTE_ERROR, &text));
                        }
                    }
                }
                return Ok(());
            }
        }
        let (special, args): (StrId, Vec<Value>) = match value {
            Some(value) => (names::SET, vec![object, value]),
            None => (names::DELETE, vec![object]),
        };
        match self.call_special(attribute, special, &args)? {
            Some(_) => Ok(()),
            None => {
                let text = self.heap.text(special).to_owned();
                Err(self.raise(ATTRIBUTE_ERROR, &text))
            }
        }
    }
}
