//! Classes: how they are built, their MRO, and the attributes that the machine itself answers.

use super::descriptors::{ClassMethod, Member, StaticMethod};
use super::native::Args;
use super::types::*;
use super::{Vm, names};
use crate::heap::objects::{Class, Exception, Layout};
use crate::value::*;

impl Vm {
    /// `__build_class__(body, name, *bases, metaclass=..., **keywords)`.
    pub fn build_class(&mut self, args: Args<'_>) -> Res<Value> {
        let plain = args.plain();
        let (Value::Function(body), Value::Str(name)) = (plain[0], plain[1]) else {
            return Err(self.type_error("__build_class__: func must be a function"));
        };
        let given = plain[2..].to_vec();
        let mut bases = Vec::with_capacity(given.len());
        for &base in &given {
            match base {
                Value::Class(_) => bases.push(base),
                _ => match self.call_mro_entries(base, &given)? {
                    Some(entries) => bases.extend(entries),
                    None => bases.push(base),
                },
            }
        }
        let changed = bases.len() != given.len() || bases.iter().zip(&given).any(|(a, b)| !a.is(*b));
        let mut metaclass = None;
        let mut keywords: Vec<(StrId, Value)> = Vec::new();
        for (keyword, value) in args.keywords() {
            if self.heap.text(keyword) == "metaclass" {
                metaclass = Some(value)
            } else {
                keywords.push((keyword, value))
            }
        }
        let mut winner = match metaclass {
            Some(Value::Class(class)) if self.is_subclass(class, TYPE) => class,
            Some(other) => {
                let bases = self.heap.new_tuple(&bases);
                let namespace = self.heap.new_dict();
                self.run_class_body(body, Value::Dict(namespace))?;
                return self.call(other, &[Value::Str(name), bases, Value::Dict(namespace)]);
            }
            None => TYPE,
        };
        for &base in &bases {
            if let Value::Class(base) = base {
                let meta = self.heap[base].metaclass;
                if self.is_subclass(meta, winner) {
                    winner = meta;
                } else if !self.is_subclass(winner, meta) {
                    return Err(self.type_error(
                        "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
                    ));
                }
            }
        }
        let bases_tuple = self.heap.new_tuple(&bases);
        let keyword_names: Vec<StrId> = keywords.iter().map(|k| k.0).collect();
        let namespace = match self.class_attribute(winner, names::PREPARE) {
            Some(prepare) if winner != TYPE && !matches!(prepare, Value::Native(_)) => {
                let prepare = self.bind_descriptor(prepare, Value::Null, winner)?;
                let mut call_args = vec![Value::Str(name), bases_tuple];
                call_args.extend(keywords.iter().map(|k| k.1));
                let namespace = self.call_with(prepare, &call_args, &keyword_names)?;
                let class = self.class_of(namespace);
                if self.class_attribute(class, names::GETITEM).is_none() {
                    let message = format!(
                        "{}.__prepare__() must return a mapping, not {}",
                        self.class_name(winner),
                        self.type_name(namespace)
                    );
                    return Err(self.type_error(message));
                }
                namespace
            }
            _ => Value::Dict(self.heap.new_dict()),
        };
        let cell = self.run_class_body(body, namespace)?;
        if changed {
            let key = Value::Str(self.heap.intern("__orig_bases__"));
            let original = self.heap.new_tuple(&given);
            self.set_item(namespace, key, original)?;
        }
        let mut call_args = vec![Value::Str(name), bases_tuple, namespace];
        call_args.extend(keywords.iter().map(|k| k.1));
        let class = self.call_with(Value::Class(winner), &call_args, &keyword_names)?;
        if let (Value::Cell(cell), Value::Class(_)) = (cell, class) {
            self.heap[cell].0 = class;
        }
        Ok(class)
    }

    fn call_mro_entries(&mut self, base: Value, bases: &[Value]) -> Res<Option<Vec<Value>>> {
        match self.try_attribute(base, names::MRO_ENTRIES)? {
            Some(method) => {
                let bases = self.heap.new_tuple(bases);
                let entries = self.call(method, &[bases])?;
                self.collect_items(entries).map(Some)
            }
            None => Ok(None),
        }
    }

    fn run_class_body(&mut self, body: FunctionId, namespace: Value) -> Res<Value> {
        let function = self.heap.function(body).clone();
        let closure = function.cells();
        self.run_code(function.code, function.globals, namespace, closure)
    }

    /// A class statement calls the type of its first base with three arguments, whatever that is.
    #[cold]
    fn wrong_base(&mut self, base: Value) -> Stop {
        let message = match base {
            Value::Int(_) | Value::BigInt(_) => "int() takes at most 2 arguments (3 given)",
            Value::Float(_) => "float expected at most 1 argument, got 3",
            Value::List(_) => "list expected at most 1 argument, got 3",
            Value::Tuple(_) => "tuple expected at most 1 argument, got 3",
            Value::Dict(_) => "dict expected at most 1 argument, got 3",
            Value::Set(_) => "set expected at most 1 argument, got 3",
            Value::Str(_) => "str() argument 'encoding' must be str, not tuple",
            Value::None => "NoneType takes no arguments",
            Value::Function(_) => "function() argument 'code' must be code, not str",
            _ => return self.unsupported("a base that is no class"),
        };
        self.type_error(message)
    }

    /// `type(name, bases, namespace, **keywords)`, for any metaclass.
    pub fn new_class(
        &mut self,
        metaclass: ClassId,
        name: StrId,
        bases: &[Value],
        namespace: Value,
        keywords: &[(StrId, Value)],
    ) -> Res<ClassId> {
        let mut base_ids = Vec::with_capacity(bases.len());
        for &base in bases {
            match base {
                Value::Class(base) => {
                    if !self.heap[base].subclassable {
                        let message = format!("type '{}' is not an acceptable base type", self.class_name(base));
                        return Err(self.type_error(message));
                    }
                    if self.heap[base].layout == Layout::Sealed {
                        let message = format!("classes derived from {}", self.class_name(base));
                        return Err(self.unsupported(message));
                    }
                    base_ids.push(base);
                }
                _ => return Err(self.wrong_base(base)),
            }
        }
        if base_ids.is_empty() {
            base_ids.push(OBJECT);
        }
        let mut layout = Layout::Object;
        for &base in &base_ids {
            let other = self.heap[base].layout;
            if other != Layout::Object {
                if layout != Layout::Object && layout != other {
                    return Err(self.type_error("multiple bases have instance lay-out conflict"));
                }
                layout = other;
            }
        }
        let Value::Dict(source) = self.payload(namespace) else {
            return Err(self.type_error("type.__new__() argument 3 must be dict"));
        };
        let copy = self.heap[source].clone();
        let dict = self.heap.add_dict(copy);
        let class_cell = self.heap.remove_name(dict, names::CLASSCELL);
        let qualname = match self.heap.remove_name(dict, names::QUALNAME) {
            Some(Value::Str(qualname)) => qualname,
            None => name,
            Some(other) => {
                let message = format!("type __qualname__ must be a str, not {}", self.type_name(other));
                return Err(self.type_error(message));
            }
        };
        if self.heap.get_name(dict, names::MODULE).is_none() {
            let globals = self.frames.last().map(|f| f.globals);
            if let Some(module) = globals.and_then(|g| self.heap.get_name(g, names::NAME)) {
                self.heap.set_name(dict, names::MODULE, module);
            }
        }
        if self.heap.get_name(dict, names::DEL).is_some() {
            return Err(self.unsupported("__del__"));
        }
        if self.heap.get_name(dict, names::EQ).is_some() && self.heap.get_name(dict, names::HASH).is_none() {
            self.heap.set_name(dict, names::HASH, Value::None);
        }
        for special in [names::NEW, names::INIT_SUBCLASS, names::CLASS_GETITEM] {
            if let Some(function @ Value::Function(_)) = self.heap.get_name(dict, special) {
                let (class, data): (ClassId, Box<dyn crate::heap::NativeData>) = if special == names::NEW {
                    (STATICMETHOD, Box::new(StaticMethod(function)))
                } else {
                    (CLASSMETHOD, Box::new(ClassMethod(function)))
                };
                let wrapped = Value::Opaque(self.heap.new_opaque(class, data, None));
                self.heap.set_name(dict, special, wrapped);
            }
        }
        let slots = self.class_slots(dict)?;
        if slots.as_ref().is_some_and(|slots| !slots.is_empty())
            && matches!(layout, Layout::Int | Layout::Bytes | Layout::Tuple | Layout::Type)
        {
            let base = self.best_base(&base_ids, layout);
            let message = format!(
                "nonempty __slots__ not supported for subtype of '{}'",
                self.class_name(base)
            );
            return Err(self.type_error(message));
        }
        let base_has_dict = base_ids
            .iter()
            .any(|&base| self.heap[base].has_dict && !self.heap[base].builtin);
        let dict_in_slots = slots.as_ref().is_some_and(|slots| slots.contains(&names::DICT));
        let has_dict = slots.is_none() || base_has_dict || dict_in_slots;
        self.next_version += 1;
        let class = ClassId(self.heap.classes.add(Class {
            name,
            qualname,
            bases: base_ids.clone(),
            mro: Vec::new(),
            dict,
            metaclass,
            layout,
            has_dict,
            builtin: false,
            subclassable: true,
            version: self.next_version,
            slots: slots.clone(),
            ..Class::default()
        }));
        self.heap.allocated += size_of::<Class>() + 256;
        let mro = self.linearise(class, &base_ids)?;
        self.heap[class].mro = mro;
        let mut made = std::collections::HashSet::new();
        for slot in slots.into_iter().flatten() {
            if slot == names::DICT || slot == names::WEAKREF || !made.insert(slot) {
                continue;
            }
            if self.heap.get_name(dict, slot).is_some() {
                let message = format!("'{}' in __slots__ conflicts with class variable", self.heap.text(slot));
                return Err(self.value_error(message));
            }
            let member = self
                .heap
                .new_opaque(MEMBER_DESCRIPTOR, Box::new(Member { name: slot, class }), None);
            self.heap.set_name(dict, slot, Value::Opaque(member));
        }
        if let Some(Value::Cell(cell)) = class_cell {
            self.heap[cell].0 = Value::Class(class);
        }
        self.refresh_flags(class);
        let members: Vec<(Value, Value)> = self.heap[dict].iter().collect();
        for (key, value) in members {
            let Value::Str(key_name) = key else { continue };
            if let Value::Opaque(id) = value
                && let Some(property) = self.heap.native_mut::<super::descriptors::Property>(id)
                && property.name.is_null()
            {
                property.name = Value::Str(key_name);
            }
            if matches!(value, Value::Instance(_) | Value::Opaque(_)) {
                let owner = self.class_of(value);
                if self.class_attribute(owner, names::SET_NAME).is_some() {
                    let result = self.call_special(value, names::SET_NAME, &[Value::Class(class), key]);
                    if let Err(stop @ Stop::Raise(_)) = result {
                        let text = format!(
                            "Error calling __set_name__ on '{}' instance '{}' in '{}'",
                            self.type_name(value),
                            self.heap.text(key_name),
                            self.class_name(class)
                        );
                        let new = self.runtime_error(text);
                        if let (Stop::Raise(new), Stop::Raise(old)) = (new, stop) {
                            self.heap[new].cause = Value::Exception(old);
                        }
                        return Err(new);
                    }
                    result?;
                }
            }
        }
        self.call_init_subclass(class, keywords)?;
        Ok(class)
    }

    fn call_init_subclass(&mut self, class: ClassId, keywords: &[(StrId, Value)]) -> Res<()> {
        let mro = self.heap[class].mro.clone();
        for &base in &mro[1..] {
            if let Some(hook) = self.heap.get_name(self.heap[base].dict, names::INIT_SUBCLASS) {
                if matches!(hook, Value::Native(_)) {
                    break;
                }
                let bound = self.bind_descriptor(hook, Value::Null, class)?;
                let values: Vec<Value> = keywords.iter().map(|k| k.1).collect();
                let keyword_names: Vec<StrId> = keywords.iter().map(|k| k.0).collect();
                self.call_with(bound, &values, &keyword_names)?;
                return Ok(());
            }
        }
        if !keywords.is_empty() {
            let message = format!(
                "{}.__init_subclass__() takes no keyword arguments",
                self.class_name(class)
            );
            return Err(self.type_error(message));
        }
        Ok(())
    }

    /// The base that decides how instances lie in memory.
    fn best_base(&self, bases: &[ClassId], layout: Layout) -> ClassId {
        let found = bases.iter().find(|base| self.heap[**base].layout == layout);
        found.copied().unwrap_or(OBJECT)
    }

    fn class_slots(&mut self, dict: DictId) -> Res<Option<Vec<StrId>>> {
        let Some(slots) = self.heap.get_name(dict, names::SLOTS) else {
            return Ok(None);
        };
        let items = match slots {
            Value::Str(_) => vec![slots],
            _ => self.collect_items(slots)?,
        };
        let mut out = Vec::new();
        for item in items {
            let slot = self.name_argument(item, "__slots__ items must be strings, not '{}'")?;
            if !crate::text::methods::is_identifier(self.heap.text(slot)) {
                return Err(self.type_error("__slots__ must be identifiers"));
            }
            out.push(slot);
        }
        Ok(Some(out))
    }

    /// The C3 linearisation.
    fn linearise(&mut self, class: ClassId, bases: &[ClassId]) -> Res<Vec<ClassId>> {
        let mut rows: Vec<Vec<ClassId>> = bases.iter().map(|&base| self.heap[base].mro.clone()).collect();
        rows.push(bases.to_vec());
        for (index, base) in bases.iter().enumerate() {
            if bases[..index].contains(base) {
                let message = format!("duplicate base class {}", self.class_name(*base));
                return Err(self.type_error(message));
            }
        }
        let mut mro = vec![class];
        loop {
            rows.retain(|row| !row.is_empty());
            if rows.is_empty() {
                return Ok(mro);
            }
            let next = rows
                .iter()
                .map(|row| row[0])
                .find(|head| rows.iter().all(|row| !row[1..].contains(head)));
            match next {
                Some(next) => {
                    mro.push(next);
                    for row in &mut rows {
                        if row[0] == next {
                            row.remove(0);
                        }
                    }
                }
                None => {
                    let mut heads: Vec<ClassId> = Vec::new();
                    for row in &rows {
                        if !heads.contains(&row[0]) {
                            heads.push(row[0]);
                        }
                    }
                    let heads: Vec<&str> = heads.into_iter().map(|head| self.class_name(head)).collect();
                    let message = format!(
                        "Cannot create a consistent method resolution\norder (MRO) for bases {}",
                        heads.join(", ")
                    );
                    return Err(self.type_error(message));
                }
            }
        }
    }

    /// `object.__new__`: an instance without anything in it.
    pub fn new_plain(&mut self, class: ClassId) -> Res<Value> {
        if self.heap[class].abstract_methods {
            self.check_abstract(class)?;
        }
        Ok(Value::Instance(self.heap.new_instance(class, Value::Null)))
    }

    fn check_abstract(&mut self, class: ClassId) -> Res<()> {
        let Some(methods) = self.heap.get_name(self.heap[class].dict, names::ABSTRACTMETHODS) else {
            return Ok(());
        };
        let mut items: Vec<String> = Vec::new();
        if let Some(set) = self.as_set(methods) {
            items = self.heap[set]
                .iter()
                .filter_map(|e| self.str_id(e.key))
                .map(|id| self.heap.text(id).to_owned())
                .collect();
        }
        items.sort();
        if items.is_empty() {
            return Ok(());
        }
        let plural = if items.len() == 1 { "" } else { "s" };
        let message = format!(
            "Can't instantiate abstract class {} with abstract method{plural} {}",
            self.class_name(class),
            items.join(", ")
        );
        Err(self.type_error(message))
    }

    /// `__new__` of a program's class through a native one: of a class that derives from a built-in type.
    pub fn new_native(&mut self, class: ClassId, new: Value, args: Args<'_>) -> Res<Value> {
        let layout = self.heap[class].layout;
        let Value::Native(native) = new else {
            return self.call_with(new, args.values, args.names);
        };
        let generic = self.natives[native.0 as usize].kind == super::native::NativeKind::StaticMethod(OBJECT);
        let base = match layout {
            Layout::Object => {
                return self.new_plain(class);
            }
            Layout::Exception => {
                let tuple = self.heap.new_tuple(args.plain());
                let exception = Exception {
                    class,
                    args: tuple,
                    ..Exception::default()
                };
                return Ok(Value::Exception(self.heap.new_exception(exception)));
            }
            Layout::Type => {
                return self.construct_type(class, args);
            }
            Layout::List => LIST,
            Layout::Dict => DICT,
            Layout::Set => SET,
            Layout::ByteArray => BYTEARRAY,
            Layout::Int => INT,
            Layout::Bool => BOOL,
            Layout::Float => FLOAT,
            Layout::Complex => COMPLEX,
            Layout::Str => STR,
            Layout::Bytes => BYTES,
            Layout::Tuple => TUPLE,
            Layout::FrozenSet => FROZENSET,
            Layout::Opaque => {
                let owner = self.heap[class]
                    .mro
                    .iter()
                    .copied()
                    .find(|&c| self.heap[c].builtin)
                    .unwrap_or(OBJECT);
                let mutable = self.heap.get_name(self.heap[owner].dict, names::INIT).is_some();
                let payload = if generic {
                    self.construct(owner, args)?
                } else {
                    let mut values = vec![Value::Class(owner)];
                    if !mutable {
                        values.extend_from_slice(args.values);
                    }
                    let names: &[StrId] = if mutable { &[] } else { args.names };
                    self.call_native(native, Args { values: &values, names })?
                };
                return Ok(Value::Instance(self.heap.new_instance(class, payload)));
            }
            Layout::Sealed | Layout::Module => return Err(self.unsupported("classes derived from this built-in type")),
        };
        let payload = match base {
            LIST | DICT | SET | BYTEARRAY => self.construct(base, Args::positional(&[]))?,
            _ => self.construct(base, args)?,
        };
        let payload = if payload.is(args.values.first().copied().unwrap_or(Value::Null)) {
            self.payload(payload)
        } else {
            payload
        };
        Ok(Value::Instance(self.heap.new_instance(class, payload)))
    }

    // Attributes of classes that the machine answers.

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
            names::DICT => crate::builtins::proxy::new(self, self.heap[class].dict),
            names::DOC => match self.heap.get_name(self.heap[class].dict, names::DOC) {
                Some(doc) => self.bind_descriptor(doc, Value::Null, class)?,
                None if self.heap[class].builtin => return Err(self.unsupported("docstrings of built-in types")),
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
            if let Some(dict) = self.make_dict(object) {
                return Ok(Some(Value::Dict(dict)));
            }
            return Ok(None);
        }
        if name == names::DOC
            && !matches!(
                object,
                Value::Function(_) | Value::Method(_) | Value::Instance(_) | Value::Exception(_) | Value::Opaque(_)
            )
        {
            return match object {
                Value::Module(_) => Ok(None),
                _ => Err(self.unsupported("docstrings of built-in objects")),
            };
        }
        if matches!(object, Value::Opaque(_))
            && let Some(stream) = crate::modules::io::stream_attribute(self, object, name)
        {
            return stream.map(Some);
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
                        function => {
                            let result = self.get_attribute(function, name);
                            self.catch(result, ATTRIBUTE_ERROR)
                        }
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
            Value::Opaque(id) => crate::builtins::opaque_attribute(self, id, name),
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
                match name {
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
                    names::TRACEBACK => self.heap[id].traceback_set = value,
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
            (Value::Function(id), _) => self.set_function_attribute(id, name, value),
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
                self.heap[instance].dict = match value {
                    Some(Value::Dict(dict)) => Some(dict),
                    None => None,
                    _ => return Err(self.wrong_dict(value)),
                };
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn function_attribute(&mut self, id: FunctionId, name: StrId) -> Res<Option<Value>> {
        let function = self.heap.function(id);
        let or_none = |value: Value| Some(value.some().unwrap_or(Value::None));
        Ok(match name {
            names::NAME => Some(Value::Str(function.name)),
            names::QUALNAME => Some(Value::Str(function.qualname)),
            names::DOC => Some(function.doc),
            names::MODULE => Some(function.module),
            names::DEFAULTS => or_none(function.defaults),
            names::KWDEFAULTS => or_none(function.keyword_defaults),
            names::CLOSURE => or_none(function.closure),
            names::CODE => Some(Value::Code(function.code_id)),
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
