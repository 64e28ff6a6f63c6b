//! Attribute access.

use super::descriptors::{DescriptorKind, Super};
use super::types::*;
use super::{CACHE_SIZE, CachedAttribute, Vm, names};
use crate::heap::Instance;
use crate::value::*;

impl Vm {
    /// Looks `name` up along a class's MRO, through the cache.
    #[inline]
    pub fn class_attribute(&mut self, class: ClassId, name: StrId) -> Option<Value> {
        let version = self.heap[class].version;
        let slot = (version.wrapping_mul(0x9E37_79B1) ^ (name.0 as u32).wrapping_mul(0x85EB_CA6B)) as usize >> 7
            & (CACHE_SIZE - 1);
        let cached = self.cache[slot];
        if cached.version == version && cached.name == name && cached.epoch == self.cache_epoch {
            return cached.value.some();
        }
        let found = self.find_class_attribute(class, name);
        self.cache[slot] = CachedAttribute {
            version,
            epoch: self.cache_epoch,
            name,
            value: found.unwrap_or(Value::Null),
        };
        found
    }

    fn find_class_attribute(&self, class: ClassId, name: StrId) -> Option<Value> {
        self.heap[class]
            .mro
            .iter()
            .find_map(|&base| self.heap.get_name(self.heap[base].dict, name))
    }

    /// A class attribute changed: it and what derives from it is seen anew.
    pub fn class_changed(&mut self, class: ClassId) {
        let derived: Vec<u64> = self
            .heap
            .classes
            .live()
            .filter(|(_, other)| !other.builtin && other.mro.contains(&class))
            .map(|(index, _)| index)
            .collect();
        for index in derived {
            self.next_version += 1;
            self.heap.classes.get_mut(index).version = self.next_version;
            self.refresh_flags(ClassId(index));
        }
    }

    /// Whether the class takes the attribute from a class that is not built in.
    fn is_programs_own(&self, class: ClassId, name: StrId) -> bool {
        let mut owners = self.heap[class].mro.iter();
        owners
            .find(|&&base| self.heap.get_name(self.heap[base].dict, name).is_some())
            .is_some_and(|&base| !self.heap[base].builtin)
    }

    /// Notes which attribute hooks a class has.
    pub fn refresh_flags(&mut self, class: ClassId) {
        let user = |vm: &Vm, name| vm.is_programs_own(class, name);
        let flags = (
            user(self, names::GETATTR),
            user(self, names::GETATTRIBUTE),
            user(self, names::SETATTR) || user(self, names::DELATTR),
        );
        let finalizes = user(self, names::DEL);
        let of_programs = |&&base: &&ClassId| !self.heap[base].builtin;
        let names_class = |base: &ClassId| self.heap.get_name(self.heap[*base].dict, names::CLASS).is_some();
        let custom_class = self.heap[class].mro.iter().filter(of_programs).any(names_class);
        let object = &mut self.heap[class];
        object.custom_class = custom_class;
        object.finalizes = finalizes;
        (object.custom_getattr, object.custom_getattribute, object.custom_setattr) = flags;
    }

    /// `getattr(object, name)`.
    pub fn get_attribute(&mut self, object: Value, name: StrId) -> Res<Value> {
        match self.find_attribute(object, name)? {
            Some(value) => Ok(value),
            None => Err(self.missing_attribute(object, name)),
        }
    }

    #[cold]
    pub fn missing_attribute(&mut self, object: Value, name: StrId) -> Stop {
        match crate::builtins::known::missing(self, object, name) {
            Some(feature) => self.unsupported(feature),
            None => self.attribute_error(object, name),
        }
    }

    /// The attribute, or `None` where CPython raises `AttributeError` by itself.
    pub fn try_attribute(&mut self, object: Value, name: StrId) -> Res<Option<Value>> {
        let result = self.find_attribute(object, name);
        match self.catch(result, ATTRIBUTE_ERROR)? {
            Some(Some(value)) => Ok(Some(value)),
            Some(None) => match crate::builtins::known::missing(self, object, name) {
                Some(feature) => Err(self.unsupported(feature)),
                None => Ok(None),
            },
            None => Ok(None),
        }
    }

    fn find_attribute(&mut self, object: Value, name: StrId) -> Res<Option<Value>> {
        match object {
            Value::Instance(_) | Value::Exception(_) => {
                let class = self.class_of(object);
                let flags = &self.heap[class];
                if flags.custom_getattribute || flags.custom_getattr {
                    return self.hooked_attribute(object, class, name);
                }
                self.generic_attribute(object, name)
            }
            Value::Class(class) => {
                let metaclass = self.heap[class].metaclass;
                if self.heap[metaclass].custom_getattribute {
                    return self.hooked_attribute(object, metaclass, name);
                }
                let found = self.class_own_attribute(class, name);
                if !self.heap[metaclass].custom_getattr {
                    return found;
                }
                match self.catch(found, ATTRIBUTE_ERROR)? {
                    Some(Some(value)) => Ok(Some(value)),
                    _ => self.call_special(object, names::GETATTR, &[Value::Str(name)]),
                }
            }
            _ => self.generic_attribute(object, name),
        }
    }

    fn hooked_attribute(&mut self, object: Value, class: ClassId, name: StrId) -> Res<Option<Value>> {
        let result = if self.heap[class].custom_getattribute {
            self.call_special(object, names::GETATTRIBUTE, &[Value::Str(name)])
        } else {
            self.generic_attribute(object, name)
        };
        if !self.heap[class].custom_getattr {
            return result;
        }
        match self.catch(result, ATTRIBUTE_ERROR)? {
            Some(Some(value)) => Ok(Some(value)),
            _ => self.call_special(object, names::GETATTR, &[Value::Str(name)]),
        }
    }

    /// `object.__getattribute__`.
    pub fn generic_attribute(&mut self, object: Value, name: StrId) -> Res<Option<Value>> {
        if let Value::Opaque(id) = object
            && let Some(&parent) = self.heap.native::<Super>(id)
        {
            return self.super_attribute(parent, name);
        }
        let class = self.class_of(object);
        let attribute = self.class_attribute(class, name);
        let kind = match attribute {
            None => DescriptorKind::Plain,
            Some(attribute) => self.descriptor_kind(attribute),
        };
        if let Some(attribute) = attribute
            && kind == DescriptorKind::Data
            && self.has_get(attribute)
        {
            return self.bind_descriptor(attribute, object, class).map(Some);
        }
        if let Some(dict) = self.own_dict(object)
            && let Some(value) = self.heap.get_name(dict, name)
        {
            return Ok(Some(value));
        }
        if let Some(value) = self.native_attribute(object, name)? {
            return Ok(Some(value));
        }
        match attribute {
            None => {
                if let Value::Module(module) = object {
                    return self.module_getattr(module, name);
                }
                Ok(None)
            }
            Some(_) if name == names::MODULE && !self.keeps_module(class) => Ok(None),
            Some(attribute) if kind == DescriptorKind::Plain => Ok(Some(attribute)),
            Some(attribute) => self.bind_descriptor(attribute, object, class).map(Some),
        }
    }

    /// Whether instances find `__module__`: in CPython the classes that are made in C tell it only of themselves.
    #[cold]
    fn keeps_module(&self, class: ClassId) -> bool {
        let mro = &self.heap[class].mro;
        let owner = mro
            .iter()
            .find(|&&ancestor| self.heap.get_name(self.heap[ancestor].dict, names::MODULE).is_some());
        owner.is_none_or(
            |&owner| match crate::builtins::known::of_class(&self.class_full_name(owner)) {
                Some(mut names) => names.any(|name| name == "__module__"),
                None => !self.heap[owner].builtin,
            },
        )
    }

    /// A name of a module's namespace, made now if it has to be.
    pub fn module_member(&mut self, module: ModuleId, name: StrId) -> Res<Option<Value>> {
        match self.heap.get_name(self.heap[module].dict, name) {
            Some(value) => Ok(Some(value)),
            None => self.module_getattr(module, name),
        }
    }

    fn module_getattr(&mut self, module: ModuleId, name: StrId) -> Res<Option<Value>> {
        let dict = self.heap[module].dict;
        match self.heap.get_name(dict, names::GETATTR) {
            Some(function @ (Value::Function(_) | Value::Native(_))) => {
                let found = self.call(function, &[Value::Str(name)]);
                self.catch(found, ATTRIBUTE_ERROR)
            }
            _ => Ok(None),
        }
    }

    /// The namespace of an object, if it has one already.
    #[inline]
    pub fn own_dict(&self, object: Value) -> Option<DictId> {
        match object {
            Value::Instance(h) => self.heap[h].dict,
            Value::Exception(h) => self.heap[h].dict,
            Value::Module(h) => Some(self.heap[h].dict),
            Value::Function(h) => self.heap.function(h).dict,
            Value::Opaque(h) => self.heap[h].dict,
            _ => None,
        }
    }

    /// The namespace of an object, made when it has none yet; `None` if it can't have one.
    pub fn make_dict(&mut self, object: Value) -> Option<DictId> {
        if let Some(dict) = self.own_dict(object) {
            return Some(dict);
        }
        let class = self.class_of(object);
        let allowed = match object {
            Value::Instance(_) | Value::Opaque(_) | Value::Exception(_) => self.heap[class].has_dict,
            Value::Function(_) => class == FUNCTION,
            _ => false,
        };
        if !allowed {
            return None;
        }
        let dict = self.heap.new_dict();
        match object {
            Value::Instance(h) => self.heap[h].dict = Some(dict),
            Value::Exception(h) => self.heap[h].dict = Some(dict),
            Value::Function(h) => self.heap.function_mut(h).dict = Some(dict),
            Value::Opaque(h) => self.heap[h].dict = Some(dict),
            _ => {}
        }
        Some(dict)
    }

    /// `type.__getattribute__`: the data descriptors of a class's metaclass, its own MRO, the metaclass.
    pub fn class_own_attribute(&mut self, class: ClassId, name: StrId) -> Res<Option<Value>> {
        let metaclass = self.heap[class].metaclass;
        let meta = self.class_attribute(metaclass, name);
        if let Some(attribute) = meta
            && metaclass != TYPE
            && self.descriptor_kind(attribute) == DescriptorKind::Data
            && self.has_get(attribute)
        {
            return self
                .bind_descriptor(attribute, Value::Class(class), metaclass)
                .map(Some);
        }
        if let Some(value) = self.class_special_attribute(class, name)? {
            return Ok(Some(value));
        }
        if let Some(attribute) = self.class_attribute(class, name) {
            return self.bind_descriptor(attribute, Value::Null, class).map(Some);
        }
        if let Some(attribute) = meta {
            return self
                .bind_descriptor(attribute, Value::Class(class), metaclass)
                .map(Some);
        }
        Ok(None)
    }

    fn super_attribute(&mut self, parent: Super, name: StrId) -> Res<Option<Value>> {
        if name != names::CLASS {
            let mro = self.heap[parent.object_class].mro.clone();
            let after = mro.iter().position(|&c| c == parent.class).map_or(mro.len(), |i| i + 1);
            for &base in &mro[after..] {
                if let Some(attribute) = self.heap.get_name(self.heap[base].dict, name) {
                    let object = match parent.object {
                        Value::Class(class) if class == parent.object_class => Value::Null,
                        object => object,
                    };
                    return self.bind_descriptor(attribute, object, parent.object_class).map(Some);
                }
            }
        }
        Ok(match name {
            names::CLASS => Some(Value::Class(SUPER)),
            _ => {
                let attribute = self.class_attribute(SUPER, name);
                match attribute {
                    Some(a @ Value::Native(_)) if parent.object.is_null() => Some(a),
                    _ => None,
                }
            }
        })
    }

    /// For `object.name(...)`: the function and the receiver, or `Null` and the bound value.
    #[inline]
    pub fn load_method(&mut self, object: Value, name: StrId) -> Res<(Value, Value)> {
        match object {
            Value::Class(_) | Value::Module(_) | Value::Exception(_) => {}
            Value::Instance(instance) => {
                let Instance { class, dict, .. } = self.heap[instance];
                if !self.heap[class].custom_getattribute
                    && let Some(function @ (Value::Function(_) | Value::Native(_))) = self.class_attribute(class, name)
                    && self.binds(function)
                    && dict.is_none_or(|dict| self.heap.find_name(dict, name).is_none())
                {
                    return Ok((function, object));
                }
            }
            Value::Opaque(id) if self.heap[id].class == Some(SUPER) => {}
            _ => {
                let class = self.class_of(object);
                if let Some(function @ Value::Native(_)) = self.class_attribute(class, name)
                    && self.binds(function)
                    && self.own_dict(object).is_none()
                {
                    return Ok((function, object));
                }
            }
        }
        Ok((Value::Null, self.get_attribute(object, name)?))
    }

    pub(super) fn binds(&self, function: Value) -> bool {
        match function {
            Value::Native(native) => matches!(
                self.natives[native.0 as usize].kind,
                super::native::NativeKind::Method(_) | super::native::NativeKind::Slot(_)
            ),
            Value::Function(function) => self.in_c(function).is_none_or(|native| native.method),
            _ => true,
        }
    }

    /// `setattr(object, name, value)`.
    #[inline]
    pub fn set_attribute(&mut self, object: Value, name: StrId, value: Value) -> Res<()> {
        if let Value::Instance(instance) = object {
            let class = self.heap[instance].class;
            if !self.heap[class].custom_setattr {
                if let Some(dict) = self.heap[instance].dict
                    && let Some(position) = self.heap.find_name(dict, name)
                    && self.class_attribute(class, name).is_none()
                {
                    self.heap[dict].set_value(position, value);
                    return Ok(());
                }
                return self.generic_set(object, name, Some(value));
            }
            self.call_special(object, names::SETATTR, &[Value::Str(name), value])?;
            return Ok(());
        }
        self.change_attribute(object, name, Some(value))
    }

    pub fn delete_attribute(&mut self, object: Value, name: StrId) -> Res<()> {
        let class = self.class_of(object);
        if self.heap[class].custom_setattr && self.is_programs_own(class, names::DELATTR) {
            self.call_special(object, names::DELATTR, &[Value::Str(name)])?;
            return Ok(());
        }
        self.change_attribute(object, name, None)
    }

    fn change_attribute(&mut self, object: Value, name: StrId, value: Option<Value>) -> Res<()> {
        match object {
            Value::Class(class) => {
                let metaclass = self.heap[class].metaclass;
                if metaclass != TYPE {
                    if self.heap[metaclass].custom_setattr
                        && let Some(value) = value
                    {
                        self.call_special(object, names::SETATTR, &[Value::Str(name), value])?;
                        return Ok(());
                    }
                    if let Some(attribute) = self.class_attribute(metaclass, name)
                        && self.descriptor_kind(attribute) == DescriptorKind::Data
                    {
                        return self.set_through(attribute, object, name, value);
                    }
                }
                self.set_class_attribute(class, name, value)
            }
            Value::Exception(_) if self.heap[self.class_of(object)].custom_setattr && value.is_some() => {
                self.call_special(
                    object,
                    names::SETATTR,
                    &[Value::Str(name), value.unwrap_or(Value::None)],
                )?;
                Ok(())
            }
            Value::Module(module) if self.heap.text(self.heap[module].name) == "builtins" => {
                // Names that nothing else binds are looked up there.
                match value {
                    Some(value) => self.heap.set_name(self.builtins, name, value),
                    None => drop(self.heap.remove_name(self.builtins, name)),
                }
                self.generic_set(object, name, value)
            }
            _ => self.generic_set(object, name, value),
        }
    }

    /// `type.__setattr__`.
    pub fn set_class_attribute(&mut self, class: ClassId, name: StrId, value: Option<Value>) -> Res<()> {
        if self.heap[class].builtin {
            let message = format!(
                "cannot set '{}' attribute of immutable type '{}'",
                self.heap.text(name),
                self.class_name(class)
            );
            return Err(self.type_error(message));
        }
        if self.set_class_special(class, name, value)? {
            return Ok(());
        }
        if name == names::DEL {
            return Err(self.unsupported("a class that gets another __del__"));
        }
        let dict = self.heap[class].dict;
        match value {
            Some(value) => self.heap.set_name(dict, name, value),
            None => {
                if self.heap.remove_name(dict, name).is_none() {
                    return Err(self.attribute_error(Value::Class(class), name));
                }
            }
        }
        self.class_changed(class);
        Ok(())
    }

    /// `object.__setattr__`, and `__delattr__` without a value.
    pub fn generic_set(&mut self, object: Value, name: StrId, value: Option<Value>) -> Res<()> {
        let class = self.class_of(object);
        let attribute = self.class_attribute(class, name);
        if let Some(attribute) = attribute
            && self.descriptor_kind(attribute) == DescriptorKind::Data
        {
            return self.set_through(attribute, object, name, value);
        }
        if self.set_native_attribute(object, name, value)? {
            return Ok(());
        }
        if let Some(message) = self.read_only(object, name) {
            return Err(self.raise(ATTRIBUTE_ERROR, &message));
        }
        match value {
            Some(value) => {
                if let Some(dict) = self.make_dict(object) {
                    self.heap.set_name(dict, name, value);
                    return Ok(());
                }
            }
            None => {
                if let Some(dict) = self.own_dict(object)
                    && self.heap.remove_name(dict, name).is_some()
                {
                    return Ok(());
                }
                if attribute.is_none() || self.own_dict(object).is_some() || self.heap[class].has_dict {
                    return Err(self.missing_attribute_to_delete(object, name));
                }
            }
        }
        if attribute.is_some() {
            let message = format!(
                "'{}' object attribute '{}' is read-only",
                self.type_name(object),
                self.heap.text(name)
            );
            return Err(self.attribute_error_message(&message, object, name));
        }
        Err(self.attribute_error(object, name))
    }

    /// The complaint of what built-in objects show of themselves and do not let change.
    fn read_only(&self, object: Value, name: StrId) -> Option<String> {
        let (kind, names): (&str, &[&str]) = match object {
            Value::Int(_) | Value::Bool(_) | Value::BigInt(_) => ("int", &["real", "imag", "numerator", "denominator"]),
            Value::Float(_) => ("float", &["real", "imag"]),
            Value::Complex(_) => ("", &["real", "imag"]),
            Value::Slice(_) | Value::Range(_) => ("", &["start", "stop", "step"]),
            _ => return None,
        };
        let name = self.heap.text(name);
        names.contains(&name).then(|| match kind {
            "" => "readonly attribute".to_owned(),
            _ => format!("attribute '{name}' of '{kind}' objects is not writable"),
        })
    }

    fn missing_attribute_to_delete(&mut self, object: Value, name: StrId) -> Stop {
        match object {
            Value::Instance(_) | Value::Exception(_) | Value::Function(_)
                if self.heap[self.class_of(object)].has_dict =>
            {
                let message = format!(
                    "'{}' object has no attribute '{}'",
                    self.type_name(object),
                    self.heap.text(name)
                );
                self.attribute_error_message(&message, object, name)
            }
            _ => self.attribute_error(object, name),
        }
    }
}
