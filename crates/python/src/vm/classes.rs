//! Classes: how they are built, and their MRO.

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
        let keyword_names: Vec<StrId> = keywords.iter().map(|k| k.0).collect();
        let winner = match metaclass {
            Some(Value::Class(class)) if self.is_subclass(class, TYPE) => class,
            Some(other) => {
                let bases = self.heap.new_tuple(&bases);
                let namespace = match self.try_attribute(other, names::PREPARE)? {
                    None => Value::Dict(self.heap.new_dict()),
                    Some(prepare) => {
                        let mut call_args = vec![Value::Str(name), bases];
                        call_args.extend(keywords.iter().map(|k| k.1));
                        let namespace = self.call_with(prepare, &call_args, &keyword_names)?;
                        let prepared_by = match other {
                            Value::Class(class) => self.class_name(class).to_owned(),
                            _ => "<metaclass>".to_owned(),
                        };
                        self.check_namespace(namespace, &prepared_by)?;
                        namespace
                    }
                };
                self.run_class_body(body, namespace)?;
                if changed {
                    return Err(self.unsupported("__mro_entries__ beside a metaclass that is no type"));
                }
                let mut call_args = vec![Value::Str(name), bases, namespace];
                call_args.extend(keywords.iter().map(|k| k.1));
                return self.call_with(other, &call_args, &keyword_names);
            }
            None => TYPE,
        };
        // A base that is no class is found out after the body has run.
        let classes: Vec<Value> = bases
            .iter()
            .copied()
            .filter(|base| matches!(base, Value::Class(_)))
            .collect();
        let winner = self.most_derived_metaclass(winner, &classes)?;
        let bases_tuple = self.heap.new_tuple(&bases);
        let namespace = match self.class_attribute(winner, names::PREPARE) {
            Some(prepare) if winner != TYPE && !matches!(prepare, Value::Native(_)) => {
                let prepare = self.bind_descriptor(prepare, Value::Null, winner)?;
                let mut call_args = vec![Value::Str(name), bases_tuple];
                call_args.extend(keywords.iter().map(|k| k.1));
                let namespace = self.call_with(prepare, &call_args, &keyword_names)?;
                let prepared_by = self.class_name(winner).to_owned();
                self.check_namespace(namespace, &prepared_by)?;
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

    /// What `__prepare__` returned has to be a mapping.
    fn check_namespace(&mut self, namespace: Value, metaclass: &str) -> Res<()> {
        let class = self.class_of(namespace);
        if self.class_attribute(class, names::GETITEM).is_some() {
            return Ok(());
        }
        let message = format!(
            "{metaclass}.__prepare__() must return a mapping, not {}",
            self.type_name(namespace)
        );
        Err(self.type_error(message))
    }

    /// The most derived of a metaclass and the types of the bases.
    pub fn most_derived_metaclass(&mut self, metaclass: ClassId, bases: &[Value]) -> Res<ClassId> {
        let mut winner = metaclass;
        for &base in bases {
            let meta = self.class_of(base);
            if self.is_subclass(meta, winner) {
                winner = meta;
            } else if !self.is_subclass(winner, meta) {
                return Err(self.type_error(
                    "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
                ));
            }
        }
        Ok(winner)
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
        let order = self.heap.intern("mro");
        if metaclass != TYPE && !matches!(self.class_attribute(metaclass, order), None | Some(Value::Native(_))) {
            return Err(self.unsupported("a metaclass with an mro() of its own"));
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
        // Of two bases that lay out their instances one has to derive from the other.
        let mut solid: Option<ClassId> = None;
        for &base in &base_ids {
            let lays_out = |&&ancestor: &&ClassId| {
                let slots = self.heap[ancestor].slots.iter().flatten();
                slots
                    .into_iter()
                    .any(|&slot| slot != names::DICT && slot != names::WEAKREF)
            };
            let Some(&other) = self.heap[base].mro.iter().find(lays_out) else {
                continue;
            };
            solid = match solid {
                Some(best) if self.is_subclass(best, other) => Some(best),
                Some(best) if !self.is_subclass(other, best) => {
                    return Err(self.type_error("multiple bases have instance lay-out conflict"));
                }
                _ => Some(other),
            };
        }
        if solid.is_some_and(|best| self.heap[best].layout != layout) {
            return Err(self.type_error("multiple bases have instance lay-out conflict"));
        }
        let Value::Dict(source) = self.payload(namespace) else {
            return Err(self.bad_argument("type.__new__() argument 3", "dict", namespace));
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
        let finalizes =
            self.heap.get_name(dict, names::DEL).is_some() || base_ids.iter().any(|&base| self.heap[base].finalizes);
        if finalizes && layout != Layout::Object {
            return Err(self.unsupported("__del__ of a class derived from a built-in one"));
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
        let slots = self.class_slots(dict, name, &base_ids, layout)?;
        let base_has_dict = base_ids.iter().any(|&base| self.heap[base].has_dict);
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
        self.enter_what_every_class_has(class);
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

    /// What a class has of itself, in CPython's order: descriptors of what it brings to its instances, `__doc__`, `__hash__`.
    fn enter_what_every_class_has(&mut self, class: ClassId) {
        let Class { dict, layout, .. } = self.heap[class];
        let bases = self.heap[class].bases.clone();
        let best = self.best_base(&bases, layout);
        let in_slots = |vm: &Vm, name| (vm.heap[class].slots.as_ref()).map(|slots| slots.contains(&name));
        let sized = matches!(layout, Layout::Int | Layout::Bytes | Layout::Tuple | Layout::Type);
        let brought = [
            (names::DICT, !self.heap[best].has_dict && layout != Layout::Type),
            (names::WEAKREF, !sized && !self.is_weakly_referable(best)),
        ];
        for (name, possible) in brought {
            let wanted = in_slots(self, name).unwrap_or(true)
                || bases.iter().any(|&base| match name {
                    names::DICT => self.heap[base].has_dict,
                    _ => self.is_weakly_referable(base),
                });
            if possible && wanted && self.heap.get_name(dict, name).is_none() {
                let member = Box::new(Member { name, class });
                let descriptor = self.heap.new_opaque(GETSET_DESCRIPTOR, member, None);
                self.heap.set_name(dict, name, Value::Opaque(descriptor));
            }
        }
        let own = match self.heap.get_name(dict, names::MODULE) {
            // What the library makes for the program, `make_dataclass` among it.
            Some(Value::Str(module)) => ["__main__", "types"].contains(&self.heap.text(module)),
            _ => true,
        };
        if !own && self.in_library_module() {
            self.heap.set_name(dict, names::DOC, Value::Str(names::LIBRARY_DOC));
        } else if self.heap.get_name(dict, names::DOC).is_none() {
            self.heap.set_name(dict, names::DOC, Value::None);
        }
        if self.heap.get_name(dict, names::EQ).is_some() && self.heap.get_name(dict, names::HASH).is_none() {
            self.heap.set_name(dict, names::HASH, Value::None);
        }
    }

    /// Whether instances of a class have a place for weak references to them.
    fn is_weakly_referable(&mut self, class: ClassId) -> bool {
        const BUILT_IN: &[&str] = &[
            "type",
            "set",
            "frozenset",
            "module",
            "collections.deque",
            "collections.OrderedDict",
            "array.array",
            "functools.partial",
        ];
        let mro = &self.heap[class].mro;
        mro.iter().any(|&class| match self.heap[class].builtin {
            true => BUILT_IN.contains(&self.class_title(class)),
            false => self.heap.get_name(self.heap[class].dict, names::WEAKREF).is_some(),
        })
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

    fn class_slots(
        &mut self,
        dict: DictId,
        class: StrId,
        bases: &[ClassId],
        layout: Layout,
    ) -> Res<Option<Vec<StrId>>> {
        let Some(slots) = self.heap.get_name(dict, names::SLOTS) else {
            return Ok(None);
        };
        let items = match slots {
            Value::Str(_) => vec![slots],
            _ => self.collect_items(slots)?,
        };
        if !items.is_empty() && matches!(layout, Layout::Int | Layout::Bytes | Layout::Tuple | Layout::Type) {
            let base = self.class_name(self.best_base(bases, layout));
            let message = format!("nonempty __slots__ not supported for subtype of '{base}'");
            return Err(self.type_error(message));
        }
        let mut out = Vec::new();
        for item in items {
            let slot = self.name_argument(item, "__slots__ items must be strings, not '{}'")?;
            if !crate::text::methods::is_identifier(self.heap.text(slot)) {
                return Err(self.type_error("__slots__ must be identifiers"));
            }
            let mangled = crate::compiler::mangle(self.heap.text(class), self.heap.text(slot));
            out.push(mangled.map_or(slot, |name| self.heap.intern(&name)));
        }
        // CPython makes the members in this order.
        out.sort_by(|a, b| self.heap.text(*a).cmp(self.heap.text(*b)));
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
            self.tick(rows.len().min(1 << 20) as u32)?;
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
        let made = Value::Instance(self.heap.new_instance(class, Value::Null));
        if self.heap[class].finalizes {
            self.finalizers.add(made);
        }
        Ok(made)
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
            // Keywords are for an __init__ of the program's own.
            TUPLE | FROZENSET | FLOAT
                if matches!(self.class_attribute(class, names::INIT), Some(Value::Function(_))) =>
            {
                self.construct(base, Args::positional(args.plain()))?
            }
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
}
