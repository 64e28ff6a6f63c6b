//! Native functions: how they are described, how their arguments are checked, and how they are called.
//!
//! A native function is a `fn(&mut Vm, Args) -> Res<Value>` with a name and an [`Arity`]; the machine checks the arguments with
//! CPython's messages before it runs. For a method, `args[0]` is the receiver, and the arity speaks of the others.

use super::Vm;
use super::in_c::{Signature, expected};
use crate::value::*;

pub type NativeFunction = fn(&mut Vm, Args<'_>) -> Res<Value>;

/// The arguments of a native call: positional values, then the values of `names`.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    pub values: &'a [Value],
    pub names: &'a [StrId],
}

impl<'a> Args<'a> {
    pub fn positional(values: &'a [Value]) -> Self {
        Args { values, names: &[] }
    }

    /// The positional values.
    pub fn plain(&self) -> &'a [Value] {
        &self.values[..self.values.len() - self.names.len()]
    }

    pub fn keywords(&self) -> impl Iterator<Item = (StrId, Value)> + use<'a> {
        let first = self.values.len() - self.names.len();
        self.names.iter().copied().zip(self.values[first..].iter().copied())
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Argument `index`, or `None` if it is absent.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Value> {
        self.values.get(index).copied().and_then(Value::some)
    }

    /// Argument `index`, or `default` if it is absent.
    #[inline]
    pub fn or(&self, index: usize, default: Value) -> Value {
        self.get(index).unwrap_or(default)
    }
}

impl std::ops::Index<usize> for Args<'_> {
    type Output = Value;
    #[inline]
    fn index(&self, index: usize) -> &Value {
        &self.values[index]
    }
}

/// Which arguments a native function takes, and how CPython complains of others.
#[derive(Clone, Copy)]
pub enum Arity {
    /// "f() takes no arguments (1 given)"
    None,
    /// "f() takes exactly one argument (2 given)"
    One,
    /// Positional only, at least and at most: "f expected at most 2 arguments, got 3".
    Between(usize, usize),
    /// Positional only, at least and at most: "f() takes at most 2 arguments (3 given)".
    Count(usize, usize),
    /// Parameters by name. `required` of them are needed, the first `positional_only` can't be named, those from `keyword_only`
    /// on must be. The function gets exactly one value for each, `Null` where absent.
    Named {
        parameters: &'static [&'static str],
        required: usize,
        positional_only: usize,
        keyword_only: usize,
    },
    /// Any arguments, no keywords.
    Positional,
    /// The function looks at everything itself.
    Any,
}

/// All parameters may be given by position or name.
pub const fn named(parameters: &'static [&'static str], required: usize) -> Arity {
    Arity::Named {
        parameters,
        required,
        positional_only: 0,
        keyword_only: parameters.len(),
    }
}

#[derive(Clone, Copy)]
pub struct NativeDefinition {
    pub name: &'static str,
    pub arity: Arity,
    pub function: NativeFunction,
}

/// Shorthand for a table's row.
pub const fn native(name: &'static str, arity: Arity, function: NativeFunction) -> NativeDefinition {
    NativeDefinition { name, arity, function }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NativeKind {
    Function,
    Method(ClassId),
    /// A dunder method of a built-in class.
    Slot(ClassId),
    ClassMethod(ClassId),
    StaticMethod(ClassId),
}

pub struct NativeEntry {
    pub definition: NativeDefinition,
    pub kind: NativeKind,
    pub name: StrId,
    /// The module's name, for functions.
    pub module: StrId,
}

/// Methods between underscores behind which no slot of the type stands: CPython has them in its tables of methods.
fn is_plain_method(class: ClassId, name: &str) -> bool {
    use super::types::{DICT, FROZENSET, LIST, SET};
    match name {
        "__getitem__" => matches!(class, LIST | DICT),
        "__contains__" => matches!(class, DICT | SET | FROZENSET),
        _ => matches!(
            name,
            "__bytes__"
                | "__ceil__"
                | "__complex__"
                | "__copy__"
                | "__deepcopy__"
                | "__dir__"
                | "__enter__"
                | "__exit__"
                | "__floor__"
                | "__format__"
                | "__getnewargs__"
                | "__getstate__"
                | "__instancecheck__"
                | "__length_hint__"
                | "__missing__"
                | "__mro_entries__"
                | "__reduce__"
                | "__reduce_ex__"
                | "__reversed__"
                | "__round__"
                | "__setstate__"
                | "__sizeof__"
                | "__subclasscheck__"
                | "__subclasses__"
                | "__trunc__"
        ),
    }
}

/// Is it one of CPython's functions that get their arguments as a tuple (`METH_VARARGS`)? Given keywords, they name only themselves.
fn takes_tuple(kind: NativeKind, name: &str) -> bool {
    use super::types::{BYTEARRAY, BYTES, FROZENSET, SET, STR};
    match kind {
        NativeKind::Function => matches!(name, "log" | "reduce"),
        NativeKind::Method(STR | BYTES | BYTEARRAY) => matches!(
            name,
            "count" | "endswith" | "find" | "index" | "rfind" | "rindex" | "startswith"
        ),
        NativeKind::Method(SET | FROZENSET) => matches!(
            name,
            "difference" | "difference_update" | "intersection" | "intersection_update" | "union" | "update"
        ),
        _ => false,
    }
}

/// Parameters, with the receiver, that are bound without an allocation.
const FEW: usize = 8;

impl Vm {
    pub fn add_native(&mut self, definition: NativeDefinition, kind: NativeKind, module: StrId) -> Value {
        let name = self.heap.intern(definition.name);
        self.natives.push(NativeEntry {
            definition,
            kind,
            name,
            module,
        });
        Value::Native(NativeId(self.natives.len() as u64 - 1))
    }

    /// Adds methods to a native class.
    pub fn add_methods(&mut self, class: ClassId, definitions: &[NativeDefinition]) {
        for &definition in definitions {
            let kind = if definition.name.starts_with("__") && !is_plain_method(class, definition.name) {
                NativeKind::Slot(class)
            } else {
                NativeKind::Method(class)
            };
            self.add_member(class, definition, kind);
        }
    }

    pub fn add_class_methods(&mut self, class: ClassId, definitions: &[NativeDefinition]) {
        for &definition in definitions {
            self.add_member(class, definition, NativeKind::ClassMethod(class));
        }
    }

    pub fn add_static_methods(&mut self, class: ClassId, definitions: &[NativeDefinition]) {
        for &definition in definitions {
            self.add_member(class, definition, NativeKind::StaticMethod(class));
        }
    }

    fn add_member(&mut self, class: ClassId, definition: NativeDefinition, kind: NativeKind) {
        let value = self.add_native(definition, kind, super::names::MODULE_ROOT);
        let name = self.heap.intern(definition.name);
        let dict = self.heap[class].dict;
        self.heap.set_name(dict, name, value);
    }

    /// Adds functions to a namespace.
    pub fn add_functions(&mut self, dict: DictId, module: &str, definitions: &[NativeDefinition]) {
        let module = self.heap.intern(module);
        for &definition in definitions {
            let value = self.add_native(definition, NativeKind::Function, module);
            let name = self.heap.intern(definition.name);
            self.heap.set_name(dict, name, value);
        }
    }

    fn is_sequence_slot(&self, kind: NativeKind) -> bool {
        let NativeKind::Slot(class) = kind else {
            return false;
        };
        use super::types::{BYTEARRAY, BYTES, LIST, STR, TUPLE};
        matches!(class, STR | BYTES | BYTEARRAY | LIST | TUPLE)
            || matches!(self.class_title(class), "collections.deque" | "array.array")
    }

    /// The name by which argument errors call the function.
    fn native_title(&self, id: NativeId, args: Args<'_>) -> String {
        let entry = &self.natives[id.0 as usize];
        match entry.kind {
            NativeKind::Method(_) if self.bound_call.is(Value::Native(id)) && !args.is_empty() => {
                let class = self.heap[self.class_of(args[0])].qualname;
                format!("{}.{}", self.heap.text(class), entry.definition.name)
            }
            NativeKind::ClassMethod(_) if let Some(Value::Class(class)) = args.get(0) => {
                let class = self.heap[class].qualname;
                format!("{}.{}", self.heap.text(class), entry.definition.name)
            }
            NativeKind::Method(class) | NativeKind::ClassMethod(class) | NativeKind::StaticMethod(class) => {
                format!("{}.{}", self.class_name(class), entry.definition.name)
            }
            NativeKind::Function if entry.module != super::names::MODULE_ROOT => {
                format!("{}.{}", self.heap.text(entry.module), entry.definition.name)
            }
            _ => entry.definition.name.to_owned(),
        }
    }

    pub fn call_native(&mut self, id: NativeId, args: Args<'_>) -> Res<Value> {
        let entry = &self.natives[id.0 as usize];
        let function = entry.definition.function;
        let receiver = usize::from(matches!(
            entry.kind,
            NativeKind::Method(_) | NativeKind::Slot(_) | NativeKind::ClassMethod(_)
        ));
        let given = args.values.len();
        if args.names.is_empty() {
            let fits = match entry.definition.arity {
                Arity::None => given == receiver,
                Arity::One => given == receiver + 1,
                Arity::Between(low, high) | Arity::Count(low, high) => {
                    given >= receiver + low && given <= receiver.saturating_add(high)
                }
                Arity::Positional | Arity::Any => given >= receiver,
                Arity::Named { .. } => false,
            };
            if fits {
                if receiver == 1 {
                    self.check_receiver(id, args.values[0])?;
                }
                self.enter(super::call::CALLING)?;
                let result = function(self, args);
                self.leave();
                return result;
            }
        }
        self.enter(super::call::CALLING)?;
        let result = match self.bound_in_place(&self.natives[id.0 as usize].definition.arity, receiver, args) {
            Some((bound, count)) => match self.checked_receiver(id, receiver, args.values) {
                Ok(()) => function(self, Args::positional(&bound[..count])),
                Err(stop) => Err(stop),
            },
            None => self.call_native_checked(id, receiver, args),
        };
        self.leave();
        result
    }

    fn checked_receiver(&mut self, id: NativeId, receiver: usize, values: &[Value]) -> Res<()> {
        match receiver {
            0 => Ok(()),
            _ => self.check_receiver(id, values[0]),
        }
    }

    /// One value for each of a few parameters, where arguments by position fit them; see [`Vm::bind_named`].
    fn bound_in_place(&self, arity: &Arity, receiver: usize, args: Args<'_>) -> Option<([Value; FEW], usize)> {
        let Arity::Named {
            parameters,
            required,
            keyword_only,
            ..
        } = *arity
        else {
            return None;
        };
        let (given, count) = (args.values.len(), receiver + parameters.len());
        if !args.names.is_empty() || count > FEW || given < receiver + required || given > receiver + keyword_only {
            return None;
        }
        let mut bound = [Value::Null; FEW];
        bound[..given].copy_from_slice(args.values);
        Some((bound, count))
    }

    /// A method of a built-in type was looked up on the type, and may be called on anything.
    #[inline]
    fn check_receiver(&mut self, id: NativeId, value: Value) -> Res<()> {
        let (NativeKind::Method(class) | NativeKind::Slot(class)) = self.natives[id.0 as usize].kind else {
            return Ok(());
        };
        let actual = self.class_of(value);
        if actual == class || self.is_subclass(actual, class) {
            return Ok(());
        }
        let name = self.natives[id.0 as usize].definition.name;
        let (wanted, got) = (self.class_title(class).to_owned(), self.type_name(value).to_owned());
        let message = if matches!(self.natives[id.0 as usize].kind, NativeKind::Slot(_)) {
            format!("descriptor '{name}' requires a '{wanted}' object but received a '{got}'")
        } else {
            format!("descriptor '{name}' for '{wanted}' objects doesn't apply to a '{got}' object")
        };
        Err(self.type_error(message))
    }

    #[cold]
    fn missing_receiver(&mut self, id: NativeId) -> Stop {
        let entry = &self.natives[id.0 as usize];
        let (NativeKind::Method(class) | NativeKind::Slot(class) | NativeKind::ClassMethod(class)) = entry.kind else {
            unreachable!("only methods have receivers")
        };
        let name = entry.definition.name;
        let slot = matches!(entry.kind, NativeKind::Slot(_));
        if slot {
            let class = self.class_title(class);
            return self.type_error(format!("descriptor '{name}' of '{class}' object needs an argument"));
        }
        let class = self.class_name(class);
        self.type_error(format!("unbound method {class}.{name}() needs an argument"))
    }

    fn call_native_checked(&mut self, id: NativeId, receiver: usize, args: Args<'_>) -> Res<Value> {
        let entry = &self.natives[id.0 as usize];
        let (arity, function, kind) = (entry.definition.arity, entry.definition.function, entry.kind);
        let plain = args.plain();
        if plain.len() < receiver {
            return Err(self.missing_receiver(id));
        }
        if receiver == 1 {
            self.check_receiver(id, plain[0])?;
        }
        let name = self.natives[id.0 as usize].definition.name;
        let count = plain.len() - receiver;
        let slot = matches!(kind, NativeKind::Slot(_));
        if let Arity::Named {
            parameters,
            required,
            positional_only,
            keyword_only,
        } = arity
        {
            let signature = Signature {
                parameters,
                required,
                positional_only,
                keyword_only,
            };
            let bound = self.bind_named(name, args, receiver, &signature)?;
            return function(self, Args::positional(&bound));
        }
        if matches!(arity, Arity::Any) {
            return function(self, args);
        }
        if !args.names.is_empty() {
            let title = match () {
                () if slot => format!("wrapper {name}"),
                () if takes_tuple(kind, name) => name.to_owned(),
                () => self.native_title(id, args),
            };
            return Err(self.type_error(format!("{title}() takes no keyword arguments")));
        }
        let title = self.native_title(id, args);
        let message = match arity {
            Arity::None if slot => format!("expected 0 arguments, got {count}"),
            // CPython's wrappers of these slots give the parser an empty name.
            Arity::One
                if slot && matches!(name, "__mul__" | "__rmul__" | "__imul__") && self.is_sequence_slot(kind) =>
            {
                expected("", 1, 1, count)
            }
            Arity::One if slot => format!("expected 1 argument, got {count}"),
            Arity::Between(low, high) if slot => expected("", low, high, count),
            Arity::None => format!("{title}() takes no arguments ({count} given)"),
            Arity::One => format!("{title}() takes exactly one argument ({count} given)"),
            Arity::Between(low, high) => expected(name, low, high, count),
            Arity::Count(low, high) => {
                let (bound, word) = if count < low { (low, "least") } else { (high, "most") };
                let plural = if bound == 1 { "" } else { "s" };
                format!("{name}() takes at {word} {bound} argument{plural} ({count} given)")
            }
            _ => unreachable!("handled above"),
        };
        Err(self.type_error(message))
    }

    /// One value for each parameter, `Null` where absent, behind the `receiver` first arguments. Without a name, complaints speak of
    /// "function".
    pub fn bind_named(
        &mut self,
        name: &str,
        args: Args<'_>,
        receiver: usize,
        signature: &Signature<'_>,
    ) -> Res<Vec<Value>> {
        let plain = args.plain();
        let count = plain.len() - receiver;
        let mut bound = vec![Value::Null; receiver + signature.parameters.len()];
        let mut fits = count <= signature.keyword_only;
        if fits {
            bound[..plain.len()].copy_from_slice(plain);
            let named = &signature.parameters[signature.positional_only..];
            let first = receiver + signature.positional_only;
            for (keyword, value) in args.keywords() {
                let text = self.heap.text(keyword);
                match named.iter().position(|parameter| *parameter == text) {
                    Some(place) if bound[first + place].is_null() => bound[first + place] = value,
                    _ => fits = false,
                }
            }
            let required = &bound[receiver..receiver + signature.required];
            fits &= required.iter().all(|value| !value.is_null());
        }
        if fits {
            return Ok(bound);
        }
        let keywords: Vec<&str> = args.keywords().map(|(keyword, _)| self.heap.text(keyword)).collect();
        let complaint = if name.is_empty() {
            // Functions that do not tell CPython's parser their names.
            let complaint = signature.complaint("function", count, &keywords);
            complaint.map(|text| {
                text.replace("for function()", "for this function")
                    .replace("function()", "function")
            })
        } else {
            signature.complaint(name, count, &keywords)
        };
        Err(self.type_error(complaint.unwrap_or_else(|| format!("{name}() got a keyword argument twice"))))
    }
}
