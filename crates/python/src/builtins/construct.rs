//! Calling a built-in type: `int(x)`, `list(x)`, `type(x)` and the rest.

use crate::heap::objects::{Iter, Layout};
use crate::numeric::{float_parse, int_text};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::descriptors::{ClassMethod, Property, StaticMethod};
use crate::vm::in_c::Signature;
use crate::vm::names;
use crate::vm::native::Args;
use crate::vm::types::*;

impl Vm {
    /// Calls a built-in class.
    pub fn construct(&mut self, class: ClassId, args: Args<'_>) -> Res<Value> {
        let plain = args.plain();
        let count = plain.len();
        let first = plain.first().copied();
        if !args.names.is_empty()
            && matches!(
                class,
                BOOL | LIST
                    | TUPLE
                    | SET
                    | FROZENSET
                    | FLOAT
                    | RANGE
                    | SLICE
                    | MAP
                    | FILTER
                    | REVERSED
                    | STATICMETHOD
                    | CLASSMETHOD
                    | SUPER
            )
        {
            let message = format!("{}() takes no keyword arguments", self.class_name(class));
            return Err(self.type_error(message));
        }
        match class {
            OBJECT => {
                if !args.is_empty() {
                    return Err(self.type_error("object() takes no arguments"));
                }
                Ok(Value::Instance(self.heap.new_instance(OBJECT, Value::Null)))
            }
            TYPE => {
                let made = self.construct_type(TYPE, args)?;
                let metaclass = self.class_of(made);
                if count == 3
                    && metaclass != TYPE
                    && let Some(init @ Value::Function(_)) = self.class_attribute(metaclass, names::INIT)
                {
                    let values: Vec<Value> = std::iter::once(made).chain(args.values.iter().copied()).collect();
                    self.call_with(init, &values, args.names)?;
                }
                Ok(made)
            }
            INT => self.construct_int(args),
            BOOL => {
                self.at_most(args, "bool", 1)?;
                match first {
                    Some(value) => Ok(Value::from(self.truth(value)?)),
                    None => Ok(Value::from(false)),
                }
            }
            FLOAT => {
                self.at_most(args, "float", 1)?;
                match first {
                    Some(value) => self.construct_float(value),
                    None => Ok(Value::float(0.0)),
                }
            }
            COMPLEX => self.construct_complex(args),
            STR => self.construct_str(args),
            BYTES | BYTEARRAY => super::bytes::construct(self, class, args),
            LIST => {
                self.at_most(args, "list", 1)?;
                let items = match first {
                    Some(iterable) => self.collect_items(iterable)?,
                    None => Vec::new(),
                };
                Ok(self.heap.new_list(items))
            }
            TUPLE => {
                self.at_most(args, "tuple", 1)?;
                match first {
                    Some(value @ Value::Tuple(_)) => Ok(value),
                    Some(iterable) => {
                        let items = self.collect_items(iterable)?;
                        Ok(self.heap.new_tuple(&items))
                    }
                    None => Ok(self.heap.new_tuple(&[])),
                }
            }
            DICT => {
                let dict = self.heap.new_dict();
                self.fill_dict(dict, args)?;
                Ok(Value::Dict(dict))
            }
            SET | FROZENSET => {
                self.at_most(args, if class == SET { "set" } else { "frozenset" }, 1)?;
                match first {
                    Some(value @ Value::FrozenSet(_)) if class == FROZENSET => Ok(value),
                    Some(iterable) => {
                        let set = self.set_from(iterable)?;
                        Ok(if class == SET {
                            Value::Set(set)
                        } else {
                            Value::FrozenSet(set)
                        })
                    }
                    None => {
                        let set = self.heap.add_set(Default::default());
                        Ok(if class == SET {
                            Value::Set(set)
                        } else {
                            Value::FrozenSet(set)
                        })
                    }
                }
            }
            RANGE => {
                if count == 0 {
                    return Err(self.type_error("range expected at least 1 argument, got 0"));
                }
                self.at_most(args, "range", 3)?;
                let mut bounds = [0i64; 3];
                for (bound, &value) in bounds.iter_mut().zip(plain) {
                    *bound = match self.index_value(value)? {
                        Value::Int(i) => i,
                        _ => return Err(self.unsupported("ranges beyond 64 bits")),
                    };
                }
                let (start, stop, step) = match count {
                    1 => (0, bounds[0], 1),
                    2 => (bounds[0], bounds[1], 1),
                    _ => (bounds[0], bounds[1], bounds[2]),
                };
                if step == 0 {
                    return Err(self.value_error("range() arg 3 must not be zero"));
                }
                if crate::heap::range_length(start, stop, step) == i64::MAX {
                    return Err(self.unsupported("ranges beyond 64 bits"));
                }
                Ok(self.heap.new_range(start, stop, step))
            }
            SLICE => {
                if count == 0 {
                    return Err(self.type_error("slice expected at least 1 argument, got 0"));
                }
                self.at_most(args, "slice", 3)?;
                Ok(match *plain {
                    [stop] => self.heap.new_slice(Value::None, stop, Value::None),
                    [start, stop] => self.heap.new_slice(start, stop, Value::None),
                    _ => self.heap.new_slice(plain[0], plain[1], plain[2]),
                })
            }
            ENUMERATE => {
                if args.len() > 2 {
                    let message = format!("enumerate() takes at most 2 arguments ({} given)", args.len());
                    return Err(self.type_error(message));
                }
                let mut count_from = plain.get(1).copied();
                let mut iterable = first;
                for (keyword, value) in args.keywords() {
                    match self.heap.text(keyword) {
                        "start" => count_from = Some(value),
                        "iterable" => iterable = Some(value),
                        other => {
                            let message = format!("'{other}' is an invalid keyword argument for enumerate()");
                            return Err(self.type_error(message));
                        }
                    }
                }
                let Some(iterable) = iterable else {
                    return Err(self.type_error("enumerate() missing required argument 'iterable'"));
                };
                let count = match count_from {
                    Some(value) => self.index_value(value)?,
                    None => Value::Int(0),
                };
                let iterator = self.iterator(iterable)?;
                Ok(self.heap.new_iterator(Iter::Enumerate { iterator, count }))
            }
            ZIP => {
                let mut strict = false;
                for (keyword, value) in args.keywords() {
                    if self.heap.text(keyword) != "strict" {
                        let message = format!("'{}' is an invalid keyword argument for zip()", self.heap.text(keyword));
                        return Err(self.type_error(message));
                    }
                    strict = self.truth(value)?;
                }
                let mut iterators = Vec::with_capacity(count);
                for (index, &iterable) in plain.iter().enumerate() {
                    let result = self.iterator(iterable);
                    iterators.push(match result {
                        Err(stop) if self.stop_is(stop, TYPE_ERROR) && !matches!(iterable, Value::Instance(_)) => {
                            let message = format!("'{}' object is not iterable", self.type_name(iterable));
                            let _ = index;
                            return Err(self.type_error(message));
                        }
                        other => other?,
                    });
                }
                Ok(self.heap.new_iterator(Iter::Zip { iterators, strict }))
            }
            MAP => {
                if count < 2 {
                    return Err(self.type_error("map() must have at least two arguments."));
                }
                let mut iterators = Vec::with_capacity(count - 1);
                for &iterable in &plain[1..] {
                    iterators.push(self.iterator(iterable)?);
                }
                Ok(self.heap.new_iterator(Iter::Map {
                    function: plain[0],
                    iterators,
                }))
            }
            FILTER => {
                if count != 2 {
                    return Err(self.type_error(format!("filter expected 2 arguments, got {count}")));
                }
                let iterator = self.iterator(plain[1])?;
                Ok(self.heap.new_iterator(Iter::Filter {
                    function: plain[0],
                    iterator,
                }))
            }
            REVERSED => {
                if count != 1 {
                    return Err(self.type_error(format!("reversed expected 1 argument, got {count}")));
                }
                self.reversed(plain[0])
            }
            PROPERTY => {
                if count > 4 {
                    let message = format!("property() takes at most 4 arguments ({count} given)");
                    return Err(self.type_error(message));
                }
                let mut parts = [Value::None; 4];
                for (part, &value) in parts.iter_mut().zip(plain) {
                    *part = value;
                }
                for (keyword, value) in args.keywords() {
                    match self.heap.text(keyword) {
                        "fget" => parts[0] = value,
                        "fset" => parts[1] = value,
                        "fdel" => parts[2] = value,
                        _ => parts[3] = value,
                    }
                }
                if parts[3].is_none() && !parts[0].is_none() {
                    parts[3] = self.try_attribute(parts[0], names::DOC)?.unwrap_or(Value::None);
                }
                let property = Property {
                    getter: parts[0],
                    setter: parts[1],
                    deleter: parts[2],
                    doc: parts[3],
                    name: Value::Null,
                };
                Ok(Value::Opaque(self.heap.new_opaque(PROPERTY, Box::new(property), None)))
            }
            METHOD => match plain {
                _ if !args.names.is_empty() => Err(self.type_error("method() takes no keyword arguments")),
                &[function, _] if !self.is_callable(function) => {
                    Err(self.type_error("first argument must be callable"))
                }
                [_, Value::None] => Err(self.type_error("instance must not be None")),
                &[function, receiver] => Ok(self.heap.new_method(function, receiver)),
                _ => Err(self.type_error(crate::vm::in_c::expected("method", 2, 2, count))),
            },
            STATICMETHOD | CLASSMETHOD => {
                let name = self.class_name(class).to_owned();
                if count != 1 {
                    return Err(self.type_error(format!("{name} expected 1 argument, got {count}")));
                }
                let data: Box<dyn crate::heap::NativeData> = if class == STATICMETHOD {
                    Box::new(StaticMethod(plain[0]))
                } else {
                    Box::new(ClassMethod(plain[0]))
                };
                Ok(Value::Opaque(self.heap.new_opaque(class, data, None)))
            }
            SUPER => super::functions::make_super(self, plain),
            MAPPING_PROXY => super::proxy::construct(self, args),
            MEMORYVIEW => super::memoryview::construct(self, args),
            _ if self.heap[class].layout == Layout::Exception => super::exceptions::construct(self, class, args),
            _ => match self.heap.get_name(self.heap[class].dict, names::NEW) {
                Some(new) => {
                    let mutable = self.heap.get_name(self.heap[class].dict, names::INIT);
                    let mut values = vec![Value::Class(class)];
                    if let Some(init) = mutable {
                        let instance = self.call_with(new, &values, &[])?;
                        let mut rest = vec![instance];
                        rest.extend_from_slice(args.values);
                        self.call_with(init, &rest, args.names)?;
                        return Ok(instance);
                    }
                    values.extend_from_slice(args.values);
                    self.call_with(new, &values, args.names)
                }
                None if matches!(class, MODULE | GENERIC_ALIAS | FUNCTION | METHOD | CODE | CELL) => {
                    let message = format!("making a {}", self.class_name(class));
                    Err(self.unsupported(message))
                }
                None if matches!(class, NONE_TYPE | ELLIPSIS_TYPE | NOT_IMPLEMENTED_TYPE) && args.is_empty() => {
                    Ok(match class {
                        NONE_TYPE => Value::None,
                        ELLIPSIS_TYPE => Value::Ellipsis,
                        _ => Value::NotImplemented,
                    })
                }
                None => {
                    let message = format!("cannot create '{}' instances", self.class_name(class));
                    Err(self.type_error(message))
                }
            },
        }
    }

    /// The arguments of a constructor whose parameters may all be named, `Null` where absent.
    pub fn named_arguments<const N: usize>(
        &mut self,
        name: &str,
        parameters: [&str; N],
        args: Args<'_>,
    ) -> Res<[Value; N]> {
        if args.names.is_empty() && args.len() <= N {
            return Ok(std::array::from_fn(|index| args.or(index, Value::Null)));
        }
        let signature = Signature {
            parameters: &parameters,
            required: 0,
            positional_only: 0,
            keyword_only: N,
        };
        let given = self.bind_named(name, args, 0, &signature)?;
        Ok(std::array::from_fn(|index| given[index]))
    }

    fn at_most(&mut self, args: Args<'_>, name: &str, most: usize) -> Res<()> {
        if args.len() > most {
            let plural = if most == 1 { "" } else { "s" };
            return Err(self.type_error(format!(
                "{name} expected at most {most} argument{plural}, got {}",
                args.len()
            )));
        }
        Ok(())
    }

    /// `type(x)` and `type(name, bases, namespace)`.
    pub fn construct_type(&mut self, metaclass: ClassId, args: Args<'_>) -> Res<Value> {
        let plain = args.plain();
        match *plain {
            [_] if metaclass == TYPE && !args.names.is_empty() => {
                Err(self.type_error("type() takes no keyword arguments"))
            }
            [value] if metaclass == TYPE => Ok(Value::Class(self.class_of(value))),
            [name, bases, namespace] => {
                let Some(name) = self.str_id(name) else {
                    return Err(self.bad_argument("type.__new__() argument 1", "str", name));
                };
                let Value::Tuple(bases) = self.payload(bases) else {
                    return Err(self.bad_argument("type.__new__() argument 2", "tuple", bases));
                };
                let bases = self.heap[bases].items.to_vec();
                let winner = self.most_derived_metaclass(metaclass, &bases)?;
                if winner != metaclass
                    && let Some(new) = self.class_attribute(winner, names::NEW)
                    && !matches!(new, Value::Native(_))
                {
                    let new = self.bind_descriptor(new, Value::Null, winner)?;
                    let values: Vec<Value> = std::iter::once(Value::Class(winner))
                        .chain(args.values.iter().copied())
                        .collect();
                    return self.call_with(new, &values, args.names);
                }
                let keywords: Vec<(StrId, Value)> = args.keywords().collect();
                Ok(Value::Class(
                    self.new_class(winner, name, &bases, namespace, &keywords)?,
                ))
            }
            _ if metaclass != TYPE => {
                let given = plain.len();
                Err(self.type_error(format!("type.__new__() takes exactly 3 arguments ({given} given)")))
            }
            _ => Err(self.type_error("type() takes 1 or 3 arguments")),
        }
    }

    fn construct_int(&mut self, args: Args<'_>) -> Res<Value> {
        let signature = Signature {
            parameters: &["x", "base"],
            required: 0,
            positional_only: 1,
            keyword_only: 2,
        };
        let given = self.bind_named("int", args, 0, &signature)?;
        let (value, base) = (given[0], given[1].some());
        if value.is_null() {
            if base.is_some() {
                return Err(self.type_error("int() missing string argument"));
            }
            return Ok(Value::Int(0));
        }
        if let Some(base) = base {
            let base = match self.index_value(base)? {
                Value::Int(base) => base,
                _ => -1,
            };
            if !matches!(base, 0 | 2..=36) {
                return Err(self.value_error("int() base must be >= 2 and <= 36, or 0"));
            }
            let text = match self.payload(value) {
                Value::Str(id) => self.heap.text(id).to_owned(),
                Value::Bytes(_) | Value::ByteArray(_) => {
                    let bytes = self.bytes_of(value).unwrap_or_default().to_vec();
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    let parsed = self.parse_int(&text, base);
                    if let Err(stop) = parsed
                        && self.stop_is(stop, VALUE_ERROR)
                        && int_text::parse_int(&text, base, 0).is_err()
                    {
                        let bytes = self.heap.new_bytes(bytes);
                        let shown: String = self.repr_string(bytes)?.chars().take(200).collect();
                        return Err(self.value_error(format!("invalid literal for int() with base {base}: {shown}")));
                    }
                    return parsed;
                }
                _ => return Err(self.type_error("int() can't convert non-string with explicit base")),
            };
            return self.parse_int(&text, base);
        }
        match value {
            Value::Int(_) | Value::BigInt(_) => return Ok(value),
            Value::Bool(b) => return Ok(Value::Int(b.into())),
            Value::Float(f) => return self.float_to_int(f.get()),
            Value::Str(id) => {
                let text = self.heap.text(id);
                if let Ok(small) = text.parse::<i64>() {
                    return Ok(Value::Int(small));
                }
                let text = text.to_owned();
                return self.parse_int(&text, 10);
            }
            Value::Bytes(_) | Value::ByteArray(_) => {
                let text = String::from_utf8_lossy(self.bytes_of(value).unwrap_or_default()).into_owned();
                let parsed = int_text::parse_int(&text, 10, self.max_int_digits);
                return match parsed {
                    Ok(int_text::Parsed::Small(i)) => Ok(Value::Int(i)),
                    Ok(int_text::Parsed::Big(b)) => Ok(self.heap.int(b)),
                    Err(_) => {
                        let bytes = self.bytes_of(value).unwrap_or_default().to_vec();
                        let bytes = self.heap.new_bytes(bytes);
                        let shown: String = self.repr_string(bytes)?.chars().take(200).collect();
                        Err(self.value_error(format!("invalid literal for int() with base 10: {shown}")))
                    }
                };
            }
            _ => {}
        }
        for special in [names::INT, names::INDEX, names::TRUNC] {
            if let Some(result) = self.call_special(value, special, &[])? {
                return match self.payload(result) {
                    v @ (Value::Int(_) | Value::BigInt(_)) => Ok(v),
                    Value::Bool(b) => Ok(Value::Int(b.into())),
                    _ => {
                        let name = self.heap.text(special).to_owned();
                        let message = format!("{name} returned non-int (type {})", self.type_name(result));
                        Err(self.type_error(message))
                    }
                };
            }
        }
        let payload = self.payload(value);
        let is_known = matches!(
            payload,
            Value::Int(_)
                | Value::BigInt(_)
                | Value::Bool(_)
                | Value::Float(_)
                | Value::Str(_)
                | Value::Bytes(_)
                | Value::ByteArray(_)
        );
        if !payload.is(value) && is_known {
            return self.construct_int(Args::positional(&[payload]));
        }
        if let Some(bytes) = self.buffer_copy(value) {
            let bytes = self.heap.new_bytes(bytes);
            return self.construct_int(Args::positional(&[bytes]));
        }
        let message = format!(
            "int() argument must be a string, a bytes-like object or a real number, not '{}'",
            self.type_name(value)
        );
        Err(self.type_error(message))
    }

    fn parse_int(&mut self, text: &str, base: i64) -> Res<Value> {
        // Each digit is multiplied into all words before it.
        if !matches!(base, 2 | 4 | 8 | 16 | 32) {
            let words = (text.len() / 19) as f64;
            self.spend(words * words)?;
        }
        match int_text::parse_int(text, base, self.max_int_digits) {
            Ok(int_text::Parsed::Small(i)) => Ok(Value::Int(i)),
            Ok(int_text::Parsed::Big(b)) => Ok(self.heap.int(b)),
            Err(failure) => Err(self.failure(failure)),
        }
    }

    /// `int(float)`.
    pub fn float_to_int(&mut self, value: f64) -> Res<Value> {
        if value.abs() < 9e18 {
            return Ok(Value::Int(value as i64));
        }
        let integer = float_parse::to_integer(value).map_err(|failure| self.failure(failure))?;
        Ok(self.heap.int(integer))
    }

    /// A NaN of its own: each has an identity.
    pub fn fresh_nan(&mut self, value: f64) -> f64 {
        if !value.is_nan() {
            return value;
        }
        self.next_nan += 1;
        f64::from_bits((value.to_bits() & !0xffff_ffff) | (self.next_nan & 0xffff_ffff))
    }

    fn construct_float(&mut self, value: Value) -> Res<Value> {
        let text = match value {
            Value::Float(_) => return Ok(value),
            Value::Str(id) => self.heap.text(id).to_owned(),
            Value::Bytes(_) | Value::ByteArray(_) => {
                let text = String::from_utf8_lossy(self.bytes_of(value).unwrap_or_default()).into_owned();
                if float_parse::parse_float(&text).is_err() {
                    let shown = self.repr_string(value)?;
                    return Err(self.value_error(format!("could not convert string to float: {shown}")));
                }
                text
            }
            _ => {
                let known = match self.payload(value) {
                    Value::Str(id) => Some(self.heap.text(id).to_owned()),
                    other => match self.buffer_copy(other) {
                        None => None,
                        Some(bytes) => {
                            let text = String::from_utf8_lossy(&bytes).into_owned();
                            if float_parse::parse_float(&text).is_err() {
                                let shown = self.repr_string(value)?;
                                let message = format!("could not convert string to float: {shown}");
                                return Err(self.value_error(message));
                            }
                            Some(text)
                        }
                    },
                };
                match known {
                    Some(text) => text,
                    None => {
                        let result = self.to_float(value);
                        return match result {
                            Err(stop) if self.stop_is(stop, TYPE_ERROR) && !matches!(value, Value::Instance(_)) => {
                                let message = format!(
                                    "float() argument must be a string or a real number, not '{}'",
                                    self.type_name(value)
                                );
                                Err(self.type_error(message))
                            }
                            Err(stop) if self.stop_is(stop, TYPE_ERROR) => {
                                let class = self.class_of(value);
                                if self.class_attribute(class, names::FLOAT).is_some() {
                                    return Err(stop);
                                }
                                let message = format!(
                                    "float() argument must be a string or a real number, not '{}'",
                                    self.type_name(value)
                                );
                                Err(self.type_error(message))
                            }
                            other => Ok(Value::float(other?)),
                        };
                    }
                }
            }
        };
        match float_parse::parse_float(&text) {
            Ok(f) => Ok(Value::float(self.fresh_nan(f))),
            Err(failure) => Err(self.failure(failure)),
        }
    }

    fn construct_complex(&mut self, args: Args<'_>) -> Res<Value> {
        let parts = self.named_arguments("complex", ["real", "imag"], args)?;
        if let Value::Str(id) = self.payload(parts[0]) {
            if !parts[1].is_null() {
                return Err(self.type_error("complex() can't take second arg if first is a string"));
            }
            let text = self.heap.text(id).to_owned();
            let (real, imaginary) = float_parse::parse_complex(&text).map_err(|failure| self.failure(failure))?;
            return Ok(self.heap.complex(real, imaginary));
        }
        if matches!(self.payload(parts[1]), Value::Str(_)) {
            return Err(self.type_error("complex() second arg can't be a string"));
        }
        let complex = |vm: &mut Vm, value: Value, place: &str| -> Res<(f64, f64)> {
            if value.is_null() {
                return Ok((0.0, 0.0));
            }
            if let Some(result) = vm.call_special(value, names::COMPLEX, &[])? {
                if !matches!(vm.payload(result), Value::Complex(_)) {
                    let message = format!("__complex__ returned non-complex (type {})", vm.type_name(result));
                    return Err(vm.type_error(message));
                }
                return Ok(vm.as_complex(result).unwrap_or((0.0, 0.0)));
            }
            match vm.as_complex(value) {
                Some(_) if matches!(vm.payload(value), Value::BigInt(_)) => Ok((vm.to_float(value)?, 0.0)),
                Some(parts) => Ok(parts),
                None => {
                    let class = vm.class_of(value);
                    if vm.class_attribute(class, names::FLOAT).is_none()
                        && vm.class_attribute(class, names::INDEX).is_none()
                    {
                        let message = format!("complex() {place}, not '{}'", vm.type_name(value));
                        return Err(vm.type_error(message));
                    }
                    Ok((vm.to_float(value)?, 0.0))
                }
            }
        };
        // A part that is no complex number leaves the signs of the other's zeros alone.
        let is_complex = |vm: &Vm, value: Value| matches!(vm.payload(value), Value::Complex(_) | Value::Instance(_));
        let (real_is_complex, imaginary_is_complex) = (is_complex(self, parts[0]), is_complex(self, parts[1]));
        let (a, b) = complex(self, parts[0], "first argument must be a string or a number")?;
        let (c, d) = complex(self, parts[1], "second argument must be a number")?;
        let real = if imaginary_is_complex { a - d } else { a };
        let imaginary = match real_is_complex {
            true if parts[1].is_null() => b,
            true => c + b,
            false => c,
        };
        Ok(self.heap.complex(real, imaginary))
    }

    fn construct_str(&mut self, args: Args<'_>) -> Res<Value> {
        let [object, encoding, errors] = self.named_arguments("str", ["object", "encoding", "errors"], args)?;
        for (parameter, value) in [("encoding", encoding), ("errors", errors)] {
            if !value.is_null() && self.str_id(value).is_none() {
                return Err(self.bad_argument(&format!("str() argument '{parameter}'"), "str", value));
            }
        }
        match object {
            Value::Null => Ok(self.new_str("")),
            _ if encoding.is_null() && errors.is_null() => Ok(Value::Str(self.str_of(object)?)),
            _ if self.str_id(object).is_some() => Err(self.type_error("decoding str is not supported")),
            _ if self.bytes_of(object).is_none() && self.class_of(object) != MEMORYVIEW => {
                let name = self.type_name(object);
                let message = format!("decoding to str: need a bytes-like object, {name} found");
                Err(self.type_error(message))
            }
            _ => super::bytes::decode(self, object, encoding, errors),
        }
    }

    /// `dict.__init__`: a mapping or pairs, then keywords.
    pub fn fill_dict(&mut self, dict: DictId, args: Args<'_>) -> Res<()> {
        let plain = args.plain();
        if plain.len() > 1 {
            return Err(self.type_error(format!("dict expected at most 1 argument, got {}", plain.len())));
        }
        if let Some(&other) = plain.first() {
            self.dict_update(dict, other)?;
        }
        for (keyword, value) in args.keywords() {
            let keyword = self.heap.intern_str(keyword);
            self.heap.set_name(dict, keyword, value);
        }
        Ok(())
    }

    /// `reversed(sequence)`.
    pub fn reversed(&mut self, value: Value) -> Res<Value> {
        let iterator = match value {
            Value::List(list) => Iter::ReversedList {
                list,
                left: self.heap[list].items.len(),
            },
            Value::Range(range) => {
                let range = self.heap[range];
                let last = range.start + (range.length - 1).max(0) * range.step;
                Iter::Range {
                    next: last,
                    step: -range.step,
                    left: range.length,
                }
            }
            Value::Dict(dict) => self.dict_iterator(dict, crate::heap::DictPart::Keys, true),
            Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_) => Iter::Reversed {
                object: value,
                left: self.length(value)? as i64,
            },
            _ => {
                if let Some((dict, part)) = self.view_of(value) {
                    let iterator = self.dict_iterator(dict, part, true);
                    return Ok(self.heap.new_iterator(iterator));
                }
                let class = self.class_of(value);
                let own = self.class_attribute(class, names::REVERSED);
                match own {
                    Some(Value::None) | None => {}
                    Some(_) => return Ok(self.call_special(value, names::REVERSED, &[])?.unwrap_or(Value::None)),
                }
                if own.is_some()
                    || !matches!(value, Value::Instance(_) | Value::Opaque(_))
                    || self.class_attribute(class, names::GETITEM).is_none()
                {
                    let message = format!("'{}' object is not reversible", self.type_name(value));
                    return Err(self.type_error(message));
                }
                Iter::Reversed {
                    object: value,
                    left: self.length(value)? as i64,
                }
            }
        };
        Ok(self.heap.new_iterator(iterator))
    }
}
