//! The functions of `builtins`.

use crate::heap::objects::Iter;
use crate::numeric::address::{self, address, is_address};
use crate::value::*;
use crate::vm::compare::{GT, LT};
use crate::vm::descriptors::Super;
use crate::vm::native::{Args, Arity, NativeDefinition, named, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

const FUNCTIONS: &[NativeDefinition] = &[
    native("__build_class__", Arity::Any, |vm, a| vm.build_class(a)),
    native("__import__", Arity::Any, |vm, a| vm.import_function(a)),
    native("abs", Arity::One, abs),
    native("all", Arity::One, |vm, a| any_all(vm, a[0], false)),
    native("any", Arity::One, |vm, a| any_all(vm, a[0], true)),
    native("ascii", Arity::One, ascii),
    native("bin", Arity::One, |vm, a| prefixed(vm, a[0], 2)),
    native("oct", Arity::One, |vm, a| prefixed(vm, a[0], 8)),
    native("hex", Arity::One, |vm, a| prefixed(vm, a[0], 16)),
    native("callable", Arity::One, |vm, a| Ok(Value::from(vm.is_callable(a[0])))),
    native("chr", Arity::One, chr),
    native("ord", Arity::One, ord),
    native("delattr", Arity::Between(2, 2), |vm, a| {
        let name = vm.name_argument(a[1], "attribute name must be string, not '{}'")?;
        vm.delete_attribute(a[0], name)?;
        Ok(Value::None)
    }),
    native("dir", Arity::Between(0, 1), super::directory::dir),
    native("divmod", Arity::Between(2, 2), divmod),
    native("exit", Arity::Between(0, 1), quit),
    native("quit", Arity::Between(0, 1), quit),
    native("format", Arity::Between(1, 2), |vm, a| {
        let spec = match a.get(1) {
            None => String::new(),
            Some(spec) => match vm.str_id(spec) {
                Some(id) => vm.heap.text(id).to_owned(),
                None => {
                    return Err(vm.bad_argument("format() argument 2", "str", spec));
                }
            },
        };
        vm.format(a[0], &spec)
    }),
    native("getattr", Arity::Between(2, 3), getattr),
    native("hasattr", Arity::Between(2, 2), |vm, a| {
        let name = vm.name_argument(a[1], "attribute name must be string, not '{}'")?;
        Ok(Value::from(vm.try_attribute(a[0], name)?.is_some()))
    }),
    native("setattr", Arity::Between(3, 3), |vm, a| {
        let name = vm.name_argument(a[1], "attribute name must be string, not '{}'")?;
        vm.set_attribute(a[0], name, a[2])?;
        Ok(Value::None)
    }),
    native("globals", Arity::None, |vm, _| {
        let globals = vm.frames.last().map_or(vm.main, |f| f.globals);
        vm.show_builtins(globals)?;
        Ok(Value::Dict(globals))
    }),
    native("locals", Arity::None, |vm, _| locals(vm)),
    native("vars", Arity::Between(0, 1), vars),
    native("hash", Arity::One, |vm, a| Ok(Value::Int(vm.told_hash(a[0])?))),
    native("id", Arity::One, |vm, a| Ok(vm.heap.int(address(a[0].identity())))),
    native("input", Arity::Between(0, 1), input),
    native("isinstance", Arity::Between(2, 2), |vm, a| {
        Ok(Value::from(vm.isinstance(a[0], a[1])?))
    }),
    native("issubclass", Arity::Between(2, 2), |vm, a| {
        Ok(Value::from(vm.issubclass(a[0], a[1])?))
    }),
    native("iter", Arity::Between(1, 2), |vm, a| match a.get(1) {
        None => vm.iterator(a[0]),
        Some(sentinel) => {
            if !vm.is_callable(a[0]) {
                return Err(vm.type_error("iter(v, w): v must be callable"));
            }
            Ok(vm.heap.new_iterator(Iter::Callable {
                function: a[0],
                sentinel,
            }))
        }
    }),
    native("next", Arity::Between(1, 2), next),
    native("len", Arity::One, |vm, a| Ok(Value::Int(vm.length(a[0])? as i64))),
    native("max", Arity::Any, |vm, a| extreme(vm, a, "max", GT)),
    native("min", Arity::Any, |vm, a| extreme(vm, a, "min", LT)),
    native("open", Arity::Any, crate::modules::io::open),
    native("pow", named(&["base", "exp", "mod"], 2), pow),
    native("print", Arity::Any, print),
    native("repr", Arity::One, |vm, a| {
        let text = vm.repr_string(a[0])?;
        Ok(vm.new_string(text))
    }),
    native("round", named(&["number", "ndigits"], 1), round),
    native("sorted", Arity::Any, super::sort::sorted),
    native(
        "sum",
        Arity::Named {
            parameters: &["iterable", "start"],
            required: 1,
            positional_only: 1,
            keyword_only: 2,
        },
        sum,
    ),
];

pub fn install(vm: &mut Vm) {
    vm.add_functions(vm.builtins, "builtins", FUNCTIONS);
}

fn abs(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    match a[0] {
        Value::Int(i) => Ok(vm.heap.int_i128(i128::from(i).abs())),
        Value::Float(f) => Ok(Value::float(f.get().abs())),
        Value::Bool(b) => Ok(Value::Int(b.into())),
        Value::BigInt(id) => {
            let value = num_bigint::BigInt::from(vm.heap[id].magnitude().clone());
            Ok(vm.heap.int(value))
        }
        Value::Complex(id) => {
            let c = vm.heap[id];
            Ok(Value::float(c.real.hypot(c.imaginary)))
        }
        value => {
            if let Some(result) = vm.call_special(value, names::ABS, &[])? {
                return Ok(result);
            }
            let message = format!("bad operand type for abs(): '{}'", vm.type_name(value));
            Err(vm.type_error(message))
        }
    }
}

fn any_all(vm: &mut Vm, iterable: Value, sought: bool) -> Res<Value> {
    let iterator = vm.iterator(iterable)?;
    while let Some(item) = vm.next_awake(iterator)? {
        vm.tick(1)?;
        let truth = match item {
            Value::Bool(truth) => truth.get(),
            Value::Int(number) => number != 0,
            _ => {
                vm.put_aside(iterator);
                vm.truth(item)?
            }
        };
        if truth == sought {
            vm.put_aside(iterator);
            return Ok(Value::from(sought));
        }
    }
    Ok(Value::from(!sought))
}

fn ascii(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let text = vm.repr_string(a[0])?;
    let mut out = String::new();
    crate::text::escape::write_ascii(&mut out, &text);
    Ok(vm.new_string(out))
}

fn prefixed(vm: &mut Vm, value: Value, base: u32) -> Res<Value> {
    use crate::numeric::int_text::{IntRef, prefixed};
    let value = vm.index_value(value)?;
    let kind = match base {
        2 => 'b',
        8 => 'o',
        _ => 'x',
    };
    vm.reserve_digits(value, kind)?;
    let text = match value {
        Value::Int(i) => prefixed(IntRef::Small(i), base),
        Value::BigInt(id) if is_address(&vm.heap[id]) => return Err(vm.unsupported(address::UNSUPPORTED)),
        Value::BigInt(id) => prefixed(IntRef::Big(&vm.heap[id]), base),
        _ => String::new(),
    };
    Ok(vm.new_string(text))
}

fn chr(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let code = match vm.index_value(a[0])? {
        Value::Int(i) => i,
        _ => return Err(vm.overflow_error("Python int too large to convert to C int")),
    };
    if i32::try_from(code).is_err() {
        return Err(vm.overflow_error(if code > 0 {
            "signed integer is greater than maximum"
        } else {
            "signed integer is less than minimum"
        }));
    }
    match u32::try_from(code).ok().filter(|&code| code <= 0x10ffff) {
        None => Err(vm.value_error("chr() arg not in range(0x110000)")),
        Some(code) => match char::from_u32(code) {
            Some(character) => Ok(Value::Str(vm.heap.character(character))),
            None => Err(vm.unsupported("lone surrogates")),
        },
    }
}

fn ord(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    if let Some(id) = vm.str_id(a[0]) {
        let object = &vm.heap[id];
        if object.chars == 1 {
            return Ok(Value::Int(vm.heap.text(id).chars().next().map_or(0, |c| c as i64)));
        }
        let message = format!(
            "ord() expected a character, but string of length {} found",
            object.chars
        );
        return Err(vm.type_error(message));
    }
    if let (Value::Bytes(_) | Value::ByteArray(_), Some(bytes)) = (vm.payload(a[0]), vm.bytes_of(a[0])) {
        if let [byte] = *bytes {
            return Ok(Value::Int(byte.into()));
        }
        let message = format!("ord() expected a character, but string of length {} found", bytes.len());
        return Err(vm.type_error(message));
    }
    let message = format!("ord() expected string of length 1, but {} found", vm.type_name(a[0]));
    Err(vm.type_error(message))
}

fn divmod(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (x, y) = (vm.payload(a[0]), vm.payload(a[1]));
    let number = |v: Value| matches!(v, Value::Int(_) | Value::BigInt(_) | Value::Bool(_) | Value::Float(_));
    let own = |vm: &mut Vm, value: Value, name| {
        let class = vm.class_of(value);
        matches!(value, Value::Instance(_)) && matches!(vm.class_attribute(class, name), Some(Value::Function(_)))
    };
    if own(vm, a[1], names::RDIVMOD) && !own(vm, a[0], names::DIVMOD) {
        let result = vm.call_special(a[1], names::RDIVMOD, &[a[0]])?;
        if let Some(result) = result.filter(|result| !matches!(result, Value::NotImplemented)) {
            return Ok(result);
        }
    }
    if !(number(x) && number(y)) || own(vm, a[0], names::DIVMOD) {
        if let Some(result) = vm.call_special(a[0], names::DIVMOD, &[a[1]])?
            && !matches!(result, Value::NotImplemented)
        {
            return Ok(result);
        }
        if let Some(result) = vm.call_special(a[1], names::RDIVMOD, &[a[0]])?
            && !matches!(result, Value::NotImplemented)
        {
            return Ok(result);
        }
        let message = format!(
            "unsupported operand type(s) for divmod(): '{}' and '{}'",
            vm.type_name(a[0]),
            vm.type_name(a[1])
        );
        return Err(vm.type_error(message));
    }
    if matches!(x, Value::Float(_)) || matches!(y, Value::Float(_)) {
        let (x, y) = (vm.to_float(x)?, vm.to_float(y)?);
        if y == 0.0 {
            return Err(vm.zero_division("float divmod()"));
        }
        let (quotient, rest) = crate::vm::operators::float_divmod(x, y);
        return Ok(vm.heap.new_tuple(&[Value::float(quotient), Value::float(rest)]));
    }
    let (quotient, rest) = vm.integer_divmod(x, y)?;
    Ok(vm.heap.new_tuple(&[quotient, rest]))
}

fn quit(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let code = a.or(0, Value::None);
    Err(vm.raise_with(SYSTEM_EXIT, &[code]))
}

fn getattr(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let name = vm.name_argument(a[1], "attribute name must be string, not '{}'")?;
    let value = match a.get(2) {
        None => vm.get_attribute(a[0], name)?,
        Some(default) => vm.try_attribute(a[0], name)?.unwrap_or(default),
    };
    if name == names::DOC {
        return vm.known_doc(value);
    }
    Ok(value)
}

/// `locals()`: of a function, one dict that stays with its frame; it is brought up to date here, and at each event of its trace.
pub fn locals(vm: &mut Vm) -> Res<Value> {
    let Some(frame) = vm.frames.last() else {
        return Ok(Value::None);
    };
    if !vm.codes[frame.code].optimized {
        let locals = frame.locals;
        if let Value::Dict(dict) = locals {
            vm.show_builtins(dict)?;
        }
        return Ok(locals);
    }
    if frame.locals.is_null() {
        let dict = vm.heap.new_dict();
        vm.frames.last_mut().expect("just seen").locals = Value::Dict(dict);
    }
    vm.refresh_locals();
    Ok(vm.frames.last().expect("just seen").locals)
}

fn vars(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    match a.get(0) {
        None => locals(vm),
        Some(value) => match vm.try_attribute(value, names::DICT)? {
            Some(dict) => Ok(dict),
            None => Err(vm.type_error("vars() argument must have __dict__ attribute")),
        },
    }
}

fn input(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    if let Some(prompt) = a.get(0) {
        let text = vm.str_of(prompt)?;
        let text = vm.heap.text(text).to_owned();
        vm.print_text(&text)?;
    }
    match crate::modules::stdin::read_line_for_input(vm)? {
        Some(mut line) => {
            if line.ends_with('\n') {
                line.pop();
            }
            Ok(vm.new_string(line))
        }
        None => Err(vm.raise(EOF_ERROR, "EOF when reading a line")),
    }
}

fn next(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let iterator = a[0];
    match iterator {
        Value::Generator(generator) => {
            let result = vm.generator_send(generator, Value::None);
            return match (result, a.get(1)) {
                (Err(stop), Some(default)) if vm.stop_is(stop, STOP_ITERATION) => Ok(default),
                (result, _) => result,
            };
        }
        Value::Instance(_) => {
            let class = vm.class_of(iterator);
            if vm.class_attribute(class, names::NEXT).is_some() {
                let result = vm.call_special(iterator, names::NEXT, &[]);
                return match (result, a.get(1)) {
                    (Err(stop), Some(default)) if vm.stop_is(stop, STOP_ITERATION) => Ok(default),
                    (result, _) => Ok(result?.unwrap_or(Value::None)),
                };
            }
        }
        _ => {}
    }
    match a.get(1) {
        Some(default) => Ok(vm.next(iterator)?.unwrap_or(default)),
        None => vm.next_or_stop(iterator),
    }
}

fn extreme(vm: &mut Vm, a: Args<'_>, name: &str, operator: usize) -> Res<Value> {
    let (mut key, mut default) = (Value::None, None);
    for (keyword, value) in a.keywords() {
        match vm.heap.text(keyword) {
            "key" => key = value,
            "default" => default = Some(value),
            other => {
                let message = format!("'{other}' is an invalid keyword argument for {name}()");
                return Err(vm.type_error(message));
            }
        }
    }
    let plain = a.plain();
    let iterator = match *plain {
        [] => return Err(vm.type_error(format!("{name} expected at least 1 argument, got 0"))),
        [iterable] => vm.iterator(iterable)?,
        _ => {
            if default.is_some() {
                return Err(vm.type_error(format!(
                    "Cannot specify a default for {name}() with multiple positional arguments"
                )));
            }
            if key.is_none() {
                let mut best = plain[0];
                for &item in &plain[1..] {
                    vm.tick(1)?;
                    let better = vm.compare(operator, item, best)?;
                    if vm.truth(better)? {
                        best = item;
                    }
                }
                return Ok(best);
            }
            let tuple = vm.heap.new_tuple(plain);
            vm.iterator(tuple)?
        }
    };
    let mut best: Option<(Value, Value)> = None;
    while let Some(item) = vm.next_awake(iterator)? {
        vm.tick(1)?;
        let measured = if key.is_none() {
            item
        } else {
            vm.put_aside(iterator);
            vm.call(key, &[item])?
        };
        let better = match best {
            None => true,
            Some((_, record)) => {
                if !matches!((measured, record), (Value::Int(_), Value::Int(_))) {
                    vm.put_aside(iterator);
                }
                let result = vm.compare(operator, measured, record)?;
                vm.truth(result)?
            }
        };
        if better {
            best = Some((item, measured));
        }
    }
    match (best, default) {
        (Some((item, _)), _) => Ok(item),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(vm.value_error(format!("{name}() arg is an empty sequence"))),
    }
}

fn pow(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    match a.get(2).filter(|m| !m.is_none()) {
        None => vm.binary_operation(8, a[0], a[1]),
        Some(modulus) => {
            if matches!(a[0], Value::Instance(_)) {
                let class = vm.class_of(a[0]);
                if matches!(vm.class_attribute(class, names::POW), Some(Value::Function(_)))
                    && let Some(result) = vm.call_special(a[0], names::POW, &[a[1], modulus])?
                    && !matches!(result, Value::NotImplemented)
                {
                    return Ok(result);
                }
            }
            let (x, y, m) = (vm.payload(a[0]), vm.payload(a[1]), vm.payload(modulus));
            if vm.big(x).is_some() && vm.big(y).is_some() && vm.big(m).is_some() {
                return vm.power(x, y, m);
            }
            if let Some(result) = vm.call_special(a[0], names::POW, &[a[1], modulus])?
                && matches!(a[0], Value::Instance(_) | Value::Opaque(_))
            {
                return Ok(result);
            }
            if [x, y, m].iter().any(|value| matches!(value, Value::Complex(_)))
                && [x, y, m].iter().all(|&value| vm.as_complex(value).is_some())
            {
                return Err(vm.value_error("complex modulo"));
            }
            if matches!(x, Value::Float(_)) || matches!(y, Value::Float(_)) || matches!(m, Value::Float(_)) {
                return Err(vm.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
            }
            let message = format!(
                "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
                vm.type_name(a[0]),
                vm.type_name(a[1]),
                vm.type_name(modulus)
            );
            Err(vm.type_error(message))
        }
    }
}

impl Vm {
    /// Writes to `sys.stdout`, whatever that is now.
    pub fn print_text(&mut self, text: &str) -> Res<()> {
        if let Some(sys) = self.sys
            && let Some(stream) = self.heap.get_name(sys, names::STDOUT)
            && !crate::modules::io::is_original_stdout(self, stream)
        {
            if stream.is_none() {
                return Ok(());
            }
            let text = self.new_str(text);
            self.call_method(stream, names::WRITE, &[text])?;
            return Ok(());
        }
        self.write_stdout(text)
    }
}

fn print(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (mut separator, mut end, mut file, mut flush) = (Value::None, Value::None, Value::None, false);
    for (keyword, value) in a.keywords() {
        match vm.heap.text(keyword) {
            "sep" => separator = value,
            "end" => end = value,
            "file" => file = value,
            "flush" => flush = vm.truth(value)?,
            other => {
                let message = format!("'{other}' is an invalid keyword argument for print()");
                return Err(vm.type_error(message));
            }
        }
    }
    let mut texts = [None; 2];
    for (text, (value, name)) in texts.iter_mut().zip([(separator, "sep"), (end, "end")]) {
        match value {
            Value::None => {}
            _ => match vm.str_id(value) {
                Some(id) => *text = Some(id),
                None => {
                    let message = format!("{name} must be None or a string, not {}", vm.type_name(value));
                    return Err(vm.type_error(message));
                }
            },
        }
    }
    let stream = match file {
        Value::None => None,
        file if crate::modules::io::is_original_stdout(vm, file) => None,
        file => Some(file),
    };
    if let Some(object) = object_written_to(vm, stream) {
        let space = vm.new_str(" ");
        for (index, &value) in a.plain().iter().enumerate() {
            if index > 0 {
                vm.call_method(object, names::WRITE, &[texts[0].map_or(space, Value::Str)])?;
            }
            let text = vm.str_of(value)?;
            vm.call_method(object, names::WRITE, &[Value::Str(text)])?;
        }
        let line_end = vm.new_str("\n");
        vm.call_method(object, names::WRITE, &[texts[1].map_or(line_end, Value::Str)])?;
        if flush {
            vm.call_method(object, names::FLUSH, &[])?;
        }
        return Ok(Value::None);
    }
    // Piece by piece, as CPython writes: a __str__ that prints or fails finds written what stands before it.
    let mut line = std::mem::take(&mut vm.printed);
    line.clear();
    for (index, &value) in a.plain().iter().enumerate() {
        if index > 0 {
            line.push_str(texts[0].map_or(" ", |separator| vm.heap.text(separator)));
        }
        match value {
            Value::Str(id) => line.push_str(vm.heap.text(id)),
            Value::Int(i) => crate::numeric::int_text::write_i64(&mut line, i),
            _ => {
                if !line.is_empty() {
                    write_to(vm, stream, &line)?;
                    line.clear();
                }
                let id = vm.str_of(value)?;
                line.push_str(vm.heap.text(id));
            }
        }
        if line.len() > 1 << 16 {
            write_to(vm, stream, &line)?;
            line.clear();
        }
    }
    line.push_str(texts[1].map_or("\n", |end| vm.heap.text(end)));
    write_to(vm, stream, &line)?;
    if line.capacity() <= 1 << 12 {
        vm.printed = line;
    }
    if flush && let Some(stream) = stream {
        vm.call_method(stream, names::FLUSH, &[])?;
    }
    Ok(Value::None)
}

/// The object whose own `write` gets each piece of what is printed: no stream of the machine's.
fn object_written_to(vm: &Vm, stream: Option<Value>) -> Option<Value> {
    let stream = match stream {
        None => vm.heap.get_name(vm.sys?, names::STDOUT)?,
        Some(stream) => stream,
    };
    (!matches!(stream, Value::Opaque(_) | Value::None)).then_some(stream)
}

fn write_to(vm: &mut Vm, stream: Option<Value>, text: &str) -> Res<()> {
    if text.is_empty() {
        return Ok(());
    }
    match stream {
        None => vm.print_text(text),
        Some(stream) => {
            let text = vm.new_str(text);
            vm.call_method(stream, names::WRITE, &[text])?;
            Ok(())
        }
    }
}

fn round(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let digits = a.get(1).filter(|d| !d.is_none());
    match (a[0], digits) {
        (Value::Float(f), None) => {
            let f = f.get();
            if f.is_nan() {
                return Err(vm.value_error("cannot convert float NaN to integer"));
            }
            if f.is_infinite() {
                return Err(vm.overflow_error("cannot convert float infinity to integer"));
            }
            vm.float_to_int(f.round_ties_even())
        }
        (Value::Float(f), Some(digits)) => {
            let digits = vm.to_i64_clamped(digits)?;
            match crate::numeric::float_parse::round_digits(f.get(), digits) {
                Ok(rounded) => Ok(Value::float(rounded)),
                Err(failure) => Err(vm.failure(failure)),
            }
        }
        (Value::Int(_) | Value::BigInt(_) | Value::Bool(_), digits) => {
            let value = vm.index_value(a[0])?;
            let Some(digits) = digits else { return Ok(value) };
            let digits = vm.to_i64_clamped(digits)?;
            if digits >= 0 {
                return Ok(value);
            }
            let size = vm.big(value).map_or(0, |b| b.bits());
            if digits < -(size as i64) {
                return Ok(Value::Int(0));
            }
            let unit = num_bigint::BigInt::from(10).pow(digits.unsigned_abs() as u32);
            let number = vm.big(value).unwrap_or_default();
            use num_integer::Integer;
            let (quotient, rest) = number.div_mod_floor(&unit);
            let twice = &rest * 2;
            let up = twice > unit || (twice == unit && quotient.is_odd());
            let rounded = (if up { quotient + 1 } else { quotient }) * unit;
            Ok(vm.heap.int(rounded))
        }
        (value, digits) => {
            let args: Vec<Value> = digits.into_iter().collect();
            if let Some(result) = vm.call_special(value, names::ROUND, &args)? {
                return Ok(result);
            }
            let payload = vm.payload(value);
            if matches!(payload, Value::Int(_) | Value::BigInt(_) | Value::Float(_)) && !payload.is(value) {
                return round(vm, Args::positional(&[payload, digits.unwrap_or(Value::Null)]));
            }
            let message = format!("type {} doesn't define __round__ method", vm.type_name(value));
            Err(vm.type_error(message))
        }
    }
}

fn sum(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let mut total = a.or(1, Value::Int(0));
    let iterator = vm.iterator(a[0])?;
    match total {
        Value::Str(_) => return Err(vm.type_error("sum() can't sum strings [use ''.join(seq) instead]")),
        Value::Bytes(_) => return Err(vm.type_error("sum() can't sum bytes [use b''.join(seq) instead]")),
        Value::ByteArray(_) => return Err(vm.type_error("sum() can't sum bytearray [use b''.join(seq) instead]")),
        _ => {}
    }
    while let Some(item) = vm.next_awake(iterator)? {
        vm.tick(1)?;
        total = match (total, item) {
            (Value::Int(x), Value::Int(y)) if x.checked_add(y).is_some() => Value::Int(x + y),
            (Value::Float(x), Value::Float(y)) => Value::float(x.get() + y.get()),
            (Value::Float(x), Value::Int(y)) => Value::float(x.get() + y as f64),
            _ => {
                vm.put_aside(iterator);
                vm.binary_operation(0, total, item)?
            }
        };
    }
    Ok(total)
}

/// `super()` and its explicit forms.
pub fn make_super(vm: &mut Vm, plain: &[Value]) -> Res<Value> {
    let (class, object) = match *plain {
        [] => {
            let frame = vm.frames.last().expect("a frame");
            let (id, base) = (frame.code, frame.base);
            let codes = std::rc::Rc::clone(&vm.codes);
            let code = &codes[id];
            if code.argument_count == 0 {
                return Err(vm.runtime_error("super(): no arguments"));
            }
            let mut first = if code.slots > 0 { vm.stack[base] } else { Value::Null };
            if let Value::Cell(cell) = first {
                first = vm.heap[cell].0;
            }
            if first.is_null() {
                return Err(vm.runtime_error("super(): arg[0] deleted"));
            }
            let class_name = vm.heap.intern("__class__");
            let Some(slot) = (code.free_start..code.slots).find(|&slot| code.fast_names[slot] == class_name) else {
                return Err(vm.runtime_error("super(): __class__ cell not found"));
            };
            let Value::Cell(cell) = vm.stack[base + slot] else {
                return Err(vm.runtime_error("super(): bad __class__ cell"));
            };
            match vm.heap[cell].0 {
                Value::Class(class) => (class, first),
                Value::Null => return Err(vm.runtime_error("super(): empty __class__ cell")),
                other => {
                    let message = format!("super(): __class__ is not a type ({})", vm.type_name(other));
                    return Err(vm.runtime_error(message));
                }
            }
        }
        [_, _, _, ..] => {
            let message = format!("super() expected at most 2 arguments, got {}", plain.len());
            return Err(vm.type_error(message));
        }
        [Value::Class(class), object] if !object.is_none() => (class, object),
        [Value::Class(_), ..] => return Err(vm.unsupported("unbound super objects")),
        _ => {
            let message = format!("super() argument 1 must be a type, not {}", vm.type_name(plain[0]));
            return Err(vm.type_error(message));
        }
    };
    let object_class = match object {
        Value::Class(own) if vm.is_subclass(own, class) => own,
        _ => {
            let own = vm.class_of(object);
            if !vm.is_subclass(own, class) {
                return Err(vm.type_error("super(type, obj): obj must be an instance or subtype of type"));
            }
            own
        }
    };
    Ok(Value::Opaque(vm.heap.new_opaque(
        SUPER,
        Box::new(Super {
            class,
            object,
            object_class,
        }),
        None,
    )))
}

impl Vm {
    /// `isinstance(value, class)`.
    pub fn isinstance(&mut self, value: Value, class: Value) -> Res<bool> {
        match class {
            Value::Class(class) => {
                let own = self.class_of(value);
                if own == class {
                    return Ok(true);
                }
                if self.class_check(class, value, names::INSTANCECHECK, own)? {
                    return Ok(true);
                }
                match self.heap[class].metaclass {
                    TYPE => Ok(self
                        .claimed_class(value)?
                        .is_some_and(|claimed| self.is_subclass(claimed, class))),
                    _ => Ok(false),
                }
            }
            Value::Tuple(tuple) => {
                let classes = self.heap[tuple].items.to_vec();
                for class in classes {
                    if self.isinstance(value, class)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => {
                if let Some(members) = super::alias::union_members(self, class) {
                    for member in members {
                        let member = if member.is_none() {
                            Value::Class(NONE_TYPE)
                        } else {
                            member
                        };
                        if self.isinstance(value, member)? {
                            return Ok(true);
                        }
                    }
                    return Ok(false);
                }
                if let Some(result) = self.call_special(class, names::INSTANCECHECK, &[value])? {
                    return self.truth(result);
                }
                self.refuse_bases(class)?;
                Err(self.type_error(match self.class_of(class) {
                    GENERIC_ALIAS => "isinstance() argument 2 cannot be a parameterized generic",
                    _ => "isinstance() arg 2 must be a type, a tuple of types, or a union",
                }))
            }
        }
    }

    /// What `name`, a check of the class's metaclass, says of the value, or whether `derived` derives from the class. A metaclass
    /// of a library module says yes of all that derive, unless the class has a hook.
    fn class_check(&mut self, class: ClassId, value: Value, name: StrId, derived: ClassId) -> Res<bool> {
        let metaclass = self.heap[class].metaclass;
        let derives = self.is_subclass(derived, class);
        if metaclass == TYPE {
            return Ok(derives);
        }
        let hooked =
            matches!(self.class_attribute(class, names::SUBCLASSHOOK), Some(hook) if !matches!(hook, Value::Native(_)));
        match self.class_attribute(metaclass, name) {
            Some(check @ Value::Function(function))
                if !derives || hooked || !self.codes[self.heap.function(function).code].library =>
            {
                let result = self.call(check, &[Value::Class(class), value])?;
                self.truth(result)
            }
            _ => Ok(derives),
        }
    }

    /// CPython takes an object with a tuple of `__bases__` for a class.
    fn refuse_bases(&mut self, value: Value) -> Res<()> {
        if let Value::Instance(_) = value {
            let class = self.class_of(value);
            let bases = self.heap.intern("__bases__");
            if self.claims_class(class)
                || self.heap[class].custom_getattr
                || self.class_attribute(class, bases).is_some()
            {
                return Err(self.unsupported("an object with __bases__ in the place of a class"));
            }
        }
        Ok(())
    }

    /// What a value's own `__class__` says, where a program has a say in it.
    fn claimed_class(&mut self, value: Value) -> Res<Option<ClassId>> {
        if !matches!(value, Value::Instance(_) | Value::Exception(_)) || !self.claims_class(self.class_of(value)) {
            return Ok(None);
        }
        let claimed = self.get_attribute(value, names::CLASS);
        Ok(match self.catch(claimed, ATTRIBUTE_ERROR)? {
            Some(Value::Class(claimed)) => Some(claimed),
            _ => None,
        })
    }

    /// Whether a program decides what `__class__` of a class's instances is.
    pub fn claims_class(&self, class: ClassId) -> bool {
        self.heap[class].custom_getattribute || self.heap[class].custom_class
    }

    /// `issubclass(value, class)`.
    pub fn issubclass(&mut self, value: Value, class: Value) -> Res<bool> {
        if let Value::Tuple(tuple) = class {
            let classes = self.heap[tuple].items.to_vec();
            for class in classes {
                if self.issubclass(value, class)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let Value::Class(derived) = value else {
            self.refuse_bases(value)?;
            return Err(self.type_error("issubclass() arg 1 must be a class"));
        };
        match class {
            Value::Class(base) => self.class_check(base, value, names::SUBCLASSCHECK, derived),
            _ => {
                if let Some(members) = super::alias::union_members(self, class) {
                    for member in members {
                        let is_none = member.is_none() && derived == NONE_TYPE;
                        if is_none || !member.is_none() && self.issubclass(value, member)? {
                            return Ok(true);
                        }
                    }
                    return Ok(false);
                }
                if let Some(result) = self.call_special(class, names::SUBCLASSCHECK, &[value])? {
                    return self.truth(result);
                }
                self.refuse_bases(class)?;
                Err(self.type_error(match self.class_of(class) {
                    GENERIC_ALIAS => "issubclass() argument 2 cannot be a parameterized generic",
                    _ => "issubclass() arg 2 must be a class, a tuple of classes, or a union",
                }))
            }
        }
    }
}
