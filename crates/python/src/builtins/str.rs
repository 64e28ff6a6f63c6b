//! Methods of `str`.

use crate::text::failure::Failure;
use crate::text::methods::{self, Side};
use crate::text::{template, unicode};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Arity, NativeDefinition, named, native};
use crate::vm::types::*;

/// The receiver's text.
fn text<'a>(vm: &'a Vm, a: Args<'_>) -> &'a str {
    vm.str_id(a[0]).map_or("", |id| vm.heap.text(id))
}

/// A copy of a text, for while the machine is asked for other things.
fn own(vm: &mut Vm, id: StrId) -> Res<String> {
    vm.reserve(vm.heap.text(id).len())?;
    Ok(vm.heap.text(id).to_owned())
}

fn own_text(vm: &mut Vm, a: Args<'_>) -> Res<String> {
    match vm.str_id(a[0]) {
        Some(id) => own(vm, id),
        None => Ok(String::new()),
    }
}

macro_rules! map {
    ($function:path) => {
        |vm, a| {
            let out = $function(text(vm, a));
            Ok(vm.new_string(out))
        }
    };
}

macro_rules! test {
    ($function:path) => {
        |vm, a| Ok(Value::from($function(text(vm, a))))
    };
}

macro_rules! all {
    ($property:path) => {
        |vm, a| Ok(Value::from(methods::all(text(vm, a), $property)))
    };
}

const METHODS: &[NativeDefinition] = &[
    native("lower", Arity::None, map!(methods::lower)),
    native("upper", Arity::None, map!(methods::upper)),
    native("casefold", Arity::None, map!(methods::casefold)),
    native("title", Arity::None, map!(methods::title)),
    native("capitalize", Arity::None, map!(methods::capitalize)),
    native("swapcase", Arity::None, map!(methods::swapcase)),
    native("isupper", Arity::None, test!(methods::is_upper)),
    native("islower", Arity::None, test!(methods::is_lower)),
    native("istitle", Arity::None, test!(methods::is_title)),
    native("isprintable", Arity::None, test!(methods::is_printable)),
    native("isidentifier", Arity::None, test!(methods::is_identifier)),
    native("isalpha", Arity::None, all!(unicode::is_alphabetic)),
    native("isdigit", Arity::None, all!(unicode::is_digit)),
    native("isdecimal", Arity::None, all!(unicode::is_decimal)),
    native("isnumeric", Arity::None, all!(unicode::is_numeric)),
    native("isalnum", Arity::None, all!(unicode::is_alphanumeric)),
    native("isspace", Arity::None, all!(unicode::is_space)),
    native("isascii", Arity::None, |vm, a| Ok(Value::from(text(vm, a).is_ascii()))),
    native("strip", Arity::Between(0, 1), |vm, a| strip(vm, a, Side::Both, "strip")),
    native("lstrip", Arity::Between(0, 1), |vm, a| {
        strip(vm, a, Side::Left, "lstrip")
    }),
    native("rstrip", Arity::Between(0, 1), |vm, a| {
        strip(vm, a, Side::Right, "rstrip")
    }),
    native("split", named(&["sep", "maxsplit"], 0), |vm, a| split(vm, a, false)),
    native("rsplit", named(&["sep", "maxsplit"], 0), |vm, a| split(vm, a, true)),
    native("splitlines", named(&["keepends"], 0), |vm, a| {
        let keep = match a.get(1) {
            Some(value) => vm.int_flag(value)?,
            None => false,
        };
        let subject = own_text(vm, a)?;
        if subject.len() > MANY {
            // No more lines than characters or bytes that may end one.
            let ends = subject
                .bytes()
                .filter(|byte| matches!(byte, b'\n'..=b'\r' | 0x1c..=0x1e | 0xc2 | 0xe2));
            vm.reserve(ends.count() * PART)?;
        }
        parts(vm, methods::split_lines(&subject, keep))
    }),
    native("join", Arity::One, join),
    native("replace", Arity::Between(2, 3), |vm, a| {
        let (old, new) = (argument(vm, a, 1, "replace")?, argument(vm, a, 2, "replace")?);
        let limit = match a.get(3) {
            Some(count) => usize::try_from(vm.to_i64_clamped(count)?).unwrap_or(usize::MAX),
            None => usize::MAX,
        };
        let room = vm.room().saturating_sub(2 * (old.len() + new.len()));
        let result = methods::replace(text(vm, a), &old, &new, limit, room);
        finish(vm, result)
    }),
    native("find", Arity::Count(1, 3), |vm, a| {
        Ok(Value::Int(find(vm, a, false, "find")?.map_or(-1, |i| i as i64)))
    }),
    native("rfind", Arity::Count(1, 3), |vm, a| {
        Ok(Value::Int(find(vm, a, true, "rfind")?.map_or(-1, |i| i as i64)))
    }),
    native("index", Arity::Count(1, 3), |vm, a| {
        match find(vm, a, false, "index")? {
            Some(index) => Ok(Value::Int(index as i64)),
            None => Err(vm.value_error("substring not found")),
        }
    }),
    native("rindex", Arity::Count(1, 3), |vm, a| {
        match find(vm, a, true, "rindex")? {
            Some(index) => Ok(Value::Int(index as i64)),
            None => Err(vm.value_error("substring not found")),
        }
    }),
    native("count", Arity::Count(1, 3), |vm, a| {
        let (start, end) = range(vm, a)?;
        let needle = argument(vm, a, 1, "count")?;
        Ok(Value::Int(methods::count(text(vm, a), &needle, start, end) as i64))
    }),
    native("startswith", Arity::Count(1, 3), |vm, a| affix(vm, a, true)),
    native("endswith", Arity::Count(1, 3), |vm, a| affix(vm, a, false)),
    native("removeprefix", Arity::One, |vm, a| {
        let prefix = argument(vm, a, 1, "removeprefix")?;
        let out = text(vm, a)
            .strip_prefix(prefix.as_str())
            .unwrap_or(text(vm, a))
            .to_owned();
        Ok(vm.new_string(out))
    }),
    native("removesuffix", Arity::One, |vm, a| {
        let suffix = argument(vm, a, 1, "removesuffix")?;
        let out = text(vm, a)
            .strip_suffix(suffix.as_str())
            .unwrap_or(text(vm, a))
            .to_owned();
        Ok(vm.new_string(out))
    }),
    native("partition", Arity::One, |vm, a| partition(vm, a, false)),
    native("rpartition", Arity::One, |vm, a| partition(vm, a, true)),
    native("ljust", Arity::Between(1, 2), |vm, a| {
        justify(vm, a, "ljust", methods::left_justify)
    }),
    native("rjust", Arity::Between(1, 2), |vm, a| {
        justify(vm, a, "rjust", methods::right_justify)
    }),
    native("center", Arity::Between(1, 2), |vm, a| {
        justify(vm, a, "center", methods::center)
    }),
    native("zfill", Arity::One, |vm, a| {
        let width = vm.to_i64(a[1])?.max(0) as usize;
        vm.reserve(width)?;
        let result = methods::zero_fill(text(vm, a), width);
        finish(vm, result)
    }),
    native("expandtabs", named(&["tabsize"], 0), |vm, a| {
        let size = match a.get(1) {
            Some(size) => vm.to_i64(size)?.max(0) as usize,
            None => 8,
        };
        let result = methods::expand_tabs(text(vm, a), size, vm.room());
        finish(vm, result)
    }),
    native("format", Arity::Any, format),
    native("format_map", Arity::One, |vm, a| {
        let template = own_text(vm, a)?;
        fill_template(vm, &template, None, &[], a[1])
    }),
    native("encode", named(&["encoding", "errors"], 0), |vm, a| {
        for (parameter, value) in [("encoding", a.get(1)), ("errors", a.get(2))] {
            if let Some(value) = value.filter(|&value| vm.str_id(value).is_none()) {
                return Err(vm.bad_argument(&format!("encode() argument '{parameter}'"), "str", value));
            }
        }
        super::bytes::encode(vm, a[0], a.or(1, Value::Null), a.or(2, Value::Null))
    }),
    native("translate", Arity::One, translate),
];

fn finish(vm: &mut Vm, result: Result<String, Failure>) -> Res<Value> {
    match result {
        Ok(out) => {
            vm.reserve(out.len())?;
            Ok(vm.new_string(out))
        }
        Err(failure) => Err(vm.failure(failure)),
    }
}

fn argument(vm: &mut Vm, a: Args<'_>, index: usize, name: &str) -> Res<String> {
    match vm.str_id(a[index]) {
        Some(id) => own(vm, id),
        None => {
            let place = match name {
                "replace" => format!("replace() argument {index}"),
                "maketrans" => format!("maketrans() argument {}", index + 1),
                "removeprefix" | "removesuffix" => format!("{name}() argument"),
                _ => {
                    let message = format!("must be str, not {}", vm.type_name(a[index]));
                    return Err(vm.type_error(message));
                }
            };
            Err(vm.bad_argument(&place, "str", a[index]))
        }
    }
}

fn strip(vm: &mut Vm, a: Args<'_>, side: Side, name: &str) -> Res<Value> {
    let characters = match a.get(1).filter(|c| !c.is_none()) {
        None => None,
        Some(value) => match vm.str_id(value) {
            Some(id) => Some(own(vm, id)?),
            None => return Err(vm.type_error(format!("{name} arg must be None or str"))),
        },
    };
    let stripped = methods::strip(text(vm, a), characters.as_deref(), side);
    if stripped.len() == text(vm, a).len() && matches!(a[0], Value::Str(_)) {
        return Ok(a[0]);
    }
    let out = stripped.to_owned();
    Ok(vm.new_string(out))
}

fn split(vm: &mut Vm, a: Args<'_>, from_right: bool) -> Res<Value> {
    let limit = match a.get(2) {
        Some(limit) => usize::try_from(vm.to_i64_clamped(limit)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let subject = own_text(vm, a)?;
    if subject.len() > MANY {
        let count = match a.get(1).and_then(|separator| vm.str_id(separator)) {
            Some(separator) if !vm.heap.text(separator).is_empty() => subject.matches(vm.heap.text(separator)).count(),
            Some(_) => 0,
            None => subject.split_whitespace().count(),
        };
        vm.reserve(count.min(limit) * PART)?;
    }
    let parts: Vec<&str> = match a.get(1).filter(|s| !s.is_none()) {
        None if from_right => methods::rsplit_whitespace(&subject, limit),
        None => methods::split_whitespace(&subject, limit),
        Some(separator) => {
            let Some(id) = vm.str_id(separator) else {
                let message = format!("must be str or None, not {}", vm.type_name(separator));
                return Err(vm.type_error(message));
            };
            let separator = vm.heap.text(id);
            let parts = if from_right {
                methods::rsplit(&subject, separator, limit)
            } else {
                methods::split(&subject, separator, limit)
            };
            match parts {
                Ok(parts) => parts,
                Err(failure) => return Err(vm.failure(failure)),
            }
        }
    };
    self::parts(vm, parts)
}

/// Texts as long as this are looked through before they are taken apart.
const MANY: usize = 1 << 16;
/// What a part costs: its place in the list, itself, and its slice before that.
const PART: usize = 112;

fn parts(vm: &mut Vm, parts: Vec<&str>) -> Res<Value> {
    vm.reserve(parts.len() * PART)?;
    vm.tick(parts.len() as u32)?;
    let items: Vec<Value> = parts.into_iter().map(|part| vm.new_str(part)).collect();
    Ok(vm.heap.new_list(items))
}

fn join(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let items = match vm.collect_sequence(a[1]) {
        Err(stop)
            if vm.stop_is(stop, TYPE_ERROR)
                && [names::ITER, names::GETITEM].iter().all(|&name| {
                    let class = vm.class_of(a[1]);
                    vm.class_attribute(class, name).is_none()
                }) =>
        {
            return Err(vm.type_error("can only join an iterable"));
        }
        other => other?,
    };
    let mut size = 0;
    let gap = text(vm, a).len();
    for (index, &item) in items.iter().enumerate() {
        match vm.str_id(item) {
            Some(id) => size += vm.heap.text(id).len() + gap,
            None => {
                let message = format!(
                    "sequence item {index}: expected str instance, {} found",
                    vm.type_name(item)
                );
                return Err(vm.type_error(message));
            }
        }
    }
    vm.reserve(size)?;
    let mut out = String::with_capacity(size);
    for (index, &item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(text(vm, a));
        }
        if let Some(id) = vm.str_id(item) {
            out.push_str(vm.heap.text(id));
        }
    }
    Ok(vm.new_string(out))
}

/// The bounds given as second and third argument.
fn range(vm: &mut Vm, a: Args<'_>) -> Res<(usize, usize)> {
    let length = methods::length(text(vm, a)) as i64;
    let mut bound = |index: usize, default: i64| -> Res<i64> {
        match a.get(index).filter(|v| !v.is_none()) {
            None => Ok(default),
            Some(value) => {
                let i = vm.slice_index(value)?;
                Ok(if i < 0 { (i.saturating_add(length)).max(0) } else { i })
            }
        }
    };
    let start = bound(2, 0)?;
    let end = bound(3, length)?.min(length);
    Ok((start as usize, end.max(0) as usize))
}

fn find(vm: &mut Vm, a: Args<'_>, from_right: bool, name: &str) -> Res<Option<usize>> {
    let (start, end) = range(vm, a)?;
    let needle = argument(vm, a, 1, name)?;
    vm.tick((text(vm, a).len() >> 8) as u32)?;
    Ok(methods::find(text(vm, a), &needle, start, end, from_right))
}

fn affix(vm: &mut Vm, a: Args<'_>, start_side: bool) -> Res<Value> {
    let (start, end) = range(vm, a)?;
    let whole = text(vm, a);
    let part: String = if whole.is_ascii() {
        if start > end || start > whole.len() {
            return Ok(Value::from(false));
        } else {
            whole[start..end].to_owned()
        }
    } else {
        if start > end || start > methods::length(whole) {
            return Ok(Value::from(false));
        }
        whole.chars().skip(start).take(end - start).collect()
    };
    let candidates = match vm.payload(a[1]) {
        Value::Tuple(tuple) => vm.heap[tuple].items.to_vec(),
        other => vec![other],
    };
    let name = if start_side { "startswith" } else { "endswith" };
    for candidate in candidates {
        let Some(id) = vm.str_id(candidate) else {
            let message = if matches!(a[1], Value::Tuple(_)) {
                format!(
                    "tuple for {name} must only contain str, not {}",
                    vm.type_name(candidate)
                )
            } else {
                format!(
                    "{name} first arg must be str or a tuple of str, not {}",
                    vm.type_name(candidate)
                )
            };
            return Err(vm.type_error(message));
        };
        let affix = vm.heap.text(id);
        if if start_side {
            part.starts_with(affix)
        } else {
            part.ends_with(affix)
        } {
            return Ok(Value::from(true));
        }
    }
    Ok(Value::from(false))
}

fn partition(vm: &mut Vm, a: Args<'_>, from_right: bool) -> Res<Value> {
    let separator = argument(vm, a, 1, "partition")?;
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let whole = own_text(vm, a)?;
    let found = if from_right {
        whole.rsplit_once(separator.as_str())
    } else {
        whole.split_once(separator.as_str())
    };
    let parts = match found {
        Some((head, tail)) => [head, separator.as_str(), tail],
        None if from_right => ["", "", whole.as_str()],
        None => [whole.as_str(), "", ""],
    };
    let items: Vec<Value> = parts.into_iter().map(|part| vm.new_str(part)).collect();
    Ok(vm.heap.new_tuple(&items))
}

fn justify(
    vm: &mut Vm,
    a: Args<'_>,
    name: &str,
    function: fn(&str, usize, char) -> Result<String, Failure>,
) -> Res<Value> {
    let width = vm.to_i64(a[1])?.max(0) as usize;
    let fill = match a.get(2) {
        None => ' ',
        Some(fill) => match vm.str_id(fill) {
            Some(id) if vm.heap[id].chars == 1 => vm.heap.text(id).chars().next().unwrap_or(' '),
            Some(_) => return Err(vm.type_error("The fill character must be exactly one character long")),
            None => {
                let _ = name;
                let message = format!(
                    "The fill character must be a unicode character, not {}",
                    vm.type_name(fill)
                );
                return Err(vm.type_error(message));
            }
        },
    };
    vm.reserve(width)?;
    let result = function(text(vm, a), width, fill);
    finish(vm, result)
}

fn translate(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let whole = own_text(vm, a)?;
    let mut out = String::with_capacity(whole.len());
    for character in whole.chars() {
        vm.tick(1)?;
        let result = vm.get_item(a[1], Value::Int(character as i64));
        match vm.catch(result, LOOKUP_ERROR)? {
            None => out.push(character),
            Some(Value::None) => {}
            Some(value) => match vm.payload(value) {
                Value::Int(code) => match u32::try_from(code).ok().and_then(char::from_u32) {
                    Some(character) => out.push(character),
                    None => return Err(vm.value_error("character mapping must be in range(0x110000)")),
                },
                Value::Str(id) => {
                    let length = vm.heap.text(id).len();
                    vm.tick(length as u32 / 64)?;
                    vm.grow(&mut out, length)?;
                    out.push_str(vm.heap.text(id));
                }
                _ => return Err(vm.type_error("character mapping must return integer, None or str")),
            },
        }
    }
    Ok(vm.new_string(out))
}

fn make_translation(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let dict = vm.heap.new_dict();
    if a.len() == 1 {
        let Value::Dict(source) = vm.payload(a[0]) else {
            return Err(vm.type_error("if you give only one argument to maketrans it must be a dict"));
        };
        for (key, value) in vm.heap[source].iter().collect::<Vec<_>>() {
            let key = match vm.payload(key) {
                Value::Str(id) if vm.heap[id].chars == 1 => {
                    Value::Int(vm.heap.text(id).chars().next().map_or(0, |c| c as i64))
                }
                Value::Str(_) => return Err(vm.value_error("string keys in translate table must be of length 1")),
                Value::Int(_) | Value::Bool(_) => key,
                _ => return Err(vm.type_error("keys in translate table must be strings or integers")),
            };
            vm.dict_set(dict, key, value)?;
        }
        return Ok(Value::Dict(dict));
    }
    for index in 1..a.len() {
        if vm.str_id(a[index]).is_none() {
            return Err(vm.bad_argument(&format!("maketrans() argument {}", index + 1), "str", a[index]));
        }
    }
    if vm.str_id(a[0]).is_none() {
        return Err(vm.type_error("first maketrans argument must be a string if there is a second argument"));
    }
    let from: Vec<char> = text(vm, a).chars().collect();
    let to: Vec<char> = argument(vm, a, 1, "maketrans")?.chars().collect();
    if from.len() != to.len() {
        return Err(vm.value_error("the first two maketrans arguments must have equal length"));
    }
    for (from, to) in from.into_iter().zip(to) {
        vm.dict_set(dict, Value::Int(from as i64), Value::Int(to as i64))?;
    }
    if a.len() == 3 {
        for character in argument(vm, a, 2, "maketrans")?.chars() {
            vm.dict_set(dict, Value::Int(character as i64), Value::None)?;
        }
    }
    Ok(Value::Dict(dict))
}

/// Carries a machine's `Stop` through the formatting library.
pub enum Carried {
    Failure(Failure),
    Stop(Stop),
}

impl From<Failure> for Carried {
    fn from(failure: Failure) -> Self {
        Carried::Failure(failure)
    }
}

impl From<Stop> for Carried {
    fn from(stop: Stop) -> Self {
        Carried::Stop(stop)
    }
}

impl Vm {
    pub fn carried(&mut self, carried: Carried) -> Stop {
        match carried {
            Carried::Failure(failure) => self.failure(failure),
            Carried::Stop(stop) => stop,
        }
    }
}

struct Source<'a> {
    vm: &'a mut Vm,
    positional: Option<&'a [Value]>,
    keywords: &'a [(StrId, Value)],
    /// `format_map`'s mapping, or `Null`.
    mapping: Value,
}

impl template::FieldSource for Source<'_> {
    type Value = Value;
    type Error = Carried;

    fn positional(&mut self, index: usize) -> Option<Value> {
        self.positional.and_then(|values| values.get(index).copied())
    }

    fn has_positional(&self) -> bool {
        self.positional.is_some()
    }

    fn named(&mut self, name: &str) -> Result<Value, Carried> {
        let key = self.vm.new_str(name);
        if !self.mapping.is_null() {
            return Ok(self.vm.get_item(self.mapping, key)?);
        }
        match self
            .keywords
            .iter()
            .find(|(keyword, _)| self.vm.heap.text(*keyword) == name)
        {
            Some(&(_, value)) => Ok(value),
            None => Err(self.vm.key_error(key).into()),
        }
    }

    fn attribute(&mut self, value: Value, name: &str) -> Result<Value, Carried> {
        let name = self.vm.heap.intern(name);
        Ok(self.vm.get_attribute(value, name)?)
    }

    fn item_at(&mut self, value: Value, index: usize) -> Result<Value, Carried> {
        Ok(self.vm.get_item(value, Value::Int(index as i64))?)
    }

    fn item_named(&mut self, value: Value, key: &str) -> Result<Value, Carried> {
        let key = self.vm.new_str(key);
        Ok(self.vm.get_item(value, key)?)
    }

    fn convert(&mut self, value: Value, conversion: char) -> Result<Value, Carried> {
        if conversion == 's' {
            return Ok(Value::Str(self.vm.str_of(value)?));
        }
        let mut text = self.vm.repr_string(value)?;
        if conversion == 'a' {
            let mut out = String::new();
            crate::text::escape::write_ascii(&mut out, &text);
            text = out;
        }
        Ok(self.vm.new_string(text))
    }

    fn format(&mut self, out: &mut String, value: &Value, spec: &str) -> Result<(), Carried> {
        let text = self.vm.format(*value, spec)?;
        if let Some(id) = self.vm.str_id(text) {
            self.vm.grow(out, self.vm.heap.text(id).len())?;
            out.push_str(self.vm.heap.text(id));
        }
        Ok(())
    }
}

fn fill_template(
    vm: &mut Vm,
    template: &str,
    positional: Option<&[Value]>,
    keywords: &[(StrId, Value)],
    mapping: Value,
) -> Res<Value> {
    let mut out = String::new();
    let mut source = Source {
        vm,
        positional,
        keywords,
        mapping,
    };
    let result = template::format_template(&mut out, template, &mut source);
    match result {
        Ok(()) => Ok(vm.new_string(out)),
        Err(carried) => Err(vm.carried(carried)),
    }
}

fn format(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let template = own_text(vm, a)?;
    if !template.contains(['{', '}']) {
        return Ok(a[0]);
    }
    let keywords: Vec<(StrId, Value)> = a.keywords().collect();
    fill_template(vm, &template, Some(&a.plain()[1..]), &keywords, Value::Null)
}

pub fn install(vm: &mut Vm) {
    vm.add_methods(STR, METHODS);
    vm.add_static_methods(STR, &[native("maketrans", Arity::Between(1, 3), make_translation)]);
}
