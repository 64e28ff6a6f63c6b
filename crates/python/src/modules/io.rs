//! Streams: `sys.stdin` and its kin, `io.StringIO`, and `open`, which opens nothing but standard input.

use crate::heap::objects::{Class, Layout, NativeData};
use crate::value::*;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

/// A standard stream.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    Input,
    InputBytes,
    Output,
    Error,
}

impl NativeData for Stream {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}
}

/// `io.StringIO`: a text and a position in characters.
#[derive(Default)]
struct StringIo {
    text: Vec<char>,
    at: usize,
}

impl NativeData for StringIo {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}

    fn size(&self) -> usize {
        self.text.capacity() * 4
    }
}

fn stream(vm: &Vm, value: Value) -> Option<Stream> {
    match value {
        Value::Opaque(id) => vm.heap.native::<Stream>(id).copied(),
        _ => None,
    }
}

pub fn is_original_stdout(vm: &Vm, value: Value) -> bool {
    stream(vm, value) == Some(Stream::Output)
}

pub fn is_original_stdin(vm: &Vm, value: Value) -> bool {
    stream(vm, value) == Some(Stream::Input)
}

pub fn new_stream(vm: &mut Vm, kind: Stream) -> Value {
    let class = if matches!(kind, Stream::InputBytes) {
        BYTE_STREAM
    } else {
        TEXT_STREAM
    };
    let next = matches!(kind, Stream::Input | Stream::InputBytes).then_some(next_line as crate::heap::NativeNext);
    Value::Opaque(vm.heap.new_opaque(class, Box::new(kind), next))
}

/// `buffer` of a standard stream: the bytes under the text. They share one position, where CPython's text layer reads ahead.
pub fn byte_stream(vm: &mut Vm, object: Value, name: StrId) -> Option<Res<Value>> {
    let kind = stream(vm, object)?;
    if vm.heap.text(name) != "buffer" {
        return None;
    }
    Some(match kind {
        Stream::Input => Ok(new_stream(vm, Stream::InputBytes)),
        Stream::InputBytes | Stream::Output | Stream::Error => Err(vm.unsupported("the byte buffer of this stream")),
    })
}

fn next_line(vm: &mut Vm, id: OpaqueId) -> Res<Option<Value>> {
    let bytes = vm.heap.native::<Stream>(id) == Some(&Stream::InputBytes);
    let line = vm.stdin.line().to_owned();
    if line.is_empty() {
        return Ok(None);
    }
    Ok(Some(read_value(vm, bytes, line)))
}

fn read_value(vm: &mut Vm, bytes: bool, text: String) -> Value {
    if bytes {
        vm.heap.new_bytes(text.into_bytes())
    } else {
        vm.new_string(text)
    }
}

fn is_bytes(vm: &Vm, a: Args<'_>) -> bool {
    stream(vm, a[0]) == Some(Stream::InputBytes)
}

fn readable(vm: &mut Vm, a: Args<'_>) -> Res<bool> {
    match stream(vm, a[0]) {
        Some(Stream::Input) => Ok(false),
        Some(Stream::InputBytes) => Ok(true),
        _ => Err(vm.unsupported("reading from an output stream")),
    }
}

const STREAM_METHODS: &[NativeDefinition] = &[
    native("read", Arity::Between(0, 1), |vm, a| {
        let bytes = readable(vm, a)?;
        let text = match a.get(1).filter(|n| !n.is_none()) {
            Some(count) => {
                let count = vm.to_i64(count)?;
                if count < 0 {
                    vm.stdin.rest().to_owned()
                } else {
                    vm.stdin.characters(count as usize).to_owned()
                }
            }
            None => vm.stdin.rest().to_owned(),
        };
        Ok(read_value(vm, bytes, text))
    }),
    native("readline", Arity::Between(0, 1), |vm, a| {
        let bytes = readable(vm, a)?;
        if a.get(1).is_some() {
            return Err(vm.unsupported("readline with a size"));
        }
        let text = vm.stdin.line().to_owned();
        Ok(read_value(vm, bytes, text))
    }),
    native("readlines", Arity::Between(0, 1), |vm, a| {
        let bytes = readable(vm, a)?;
        let mut items = Vec::new();
        loop {
            let text = vm.stdin.line().to_owned();
            if text.is_empty() {
                return Ok(vm.heap.new_list(items));
            }
            let value = read_value(vm, bytes, text);
            items.push(value);
        }
    }),
    native("write", Arity::One, |vm, a| {
        if is_bytes(vm, a) {
            let Some(bytes) = vm.bytes_of(a[1]).map(<[u8]>::to_vec) else {
                return Err(vm.unsupported("writing this to a byte stream"));
            };
            let length = bytes.len();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            vm.write_stdout(&text)?;
            return Ok(Value::Int(length as i64));
        }
        let Some(id) = vm.str_id(a[1]) else {
            let message = format!("write() argument must be str, not {}", vm.type_name(a[1]));
            return Err(vm.type_error(message));
        };
        let text = vm.heap.text(id).to_owned();
        if stream(vm, a[0]) == Some(Stream::Output) {
            vm.write_stdout(&text)?;
        }
        Ok(Value::Int(vm.heap[id].chars.into()))
    }),
    native("writelines", Arity::One, |vm, a| {
        for item in vm.collect_items(a[1])? {
            vm.call_method(a[0], names::WRITE, &[item])?;
        }
        Ok(Value::None)
    }),
    native("flush", Arity::None, |_, _| Ok(Value::None)),
    native("close", Arity::None, |_, _| Ok(Value::None)),
    native("isatty", Arity::None, |_, _| Ok(Value::Bool(false))),
    native("fileno", Arity::None, |vm, _| Err(vm.unsupported("fileno"))),
    native("__enter__", Arity::None, |_, a| Ok(a[0])),
    native("__exit__", Arity::Any, |_, _| Ok(Value::None)),
    native("__iter__", Arity::None, |_, a| Ok(a[0])),
    native("__next__", Arity::None, |vm, a| match vm.next(a[0])? {
        Some(value) => Ok(value),
        None => Err(vm.stop_iteration(Value::None)),
    }),
];

pub fn install(vm: &mut Vm) {
    vm.add_methods(TEXT_STREAM, STREAM_METHODS);
    vm.add_methods(BYTE_STREAM, STREAM_METHODS);
}

/// `open`: standard input by its number; every file is forbidden.
pub fn open(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let Some(&path) = a.plain().first() else {
        return Err(vm.type_error("open() missing required argument 'file' (pos 1)"));
    };
    match path {
        Value::Int(0) => {
            let binary = a
                .plain()
                .get(1)
                .and_then(|&mode| vm.str_id(mode))
                .is_some_and(|id| vm.heap.text(id).contains('b'));
            Ok(new_stream(vm, if binary { Stream::InputBytes } else { Stream::Input }))
        }
        Value::Str(id) if vm.heap.text(id) == "/dev/stdin" => Ok(new_stream(vm, Stream::Input)),
        _ => {
            let text = vm.new_str("Permission denied");
            let stop = vm.raise_with(PERMISSION_ERROR, &[Value::Int(13), text]);
            if let Stop::Raise(id) = stop {
                vm.set_exception_field(id, names::ERRNO, Value::Int(13));
                vm.set_exception_field(id, names::STRERROR, text);
                vm.set_exception_field(id, names::FILENAME, path);
            }
            Err(stop)
        }
    }
}

impl Vm {
    /// Makes a native class of a module.
    pub fn define_class(&mut self, name: &str, module: &str, base: ClassId, methods: &[NativeDefinition]) -> ClassId {
        let title = (module != "builtins").then(|| self.heap.intern(&format!("{module}.{name}")));
        let name = self.heap.intern(name);
        let module = self.heap.intern(module);
        let dict = self.heap.new_dict();
        self.heap.set_name(dict, names::MODULE, Value::Str(module));
        self.next_version += 1;
        let mut mro = self.heap[base].mro.clone();
        let class = Class {
            name,
            qualname: name,
            title,
            bases: vec![base],
            mro: Vec::new(),
            dict,
            metaclass: TYPE,
            layout: if self.heap[base].layout == Layout::Object {
                Layout::Opaque
            } else {
                self.heap[base].layout
            },
            has_dict: false,
            builtin: true,
            subclassable: true,
            version: self.next_version,
            ..Class::default()
        };
        let id = ClassId(self.heap.classes.add(class));
        mro.insert(0, id);
        self.heap[id].mro = mro;
        for &definition in methods {
            if definition.name == "__new__" {
                self.add_static_methods(id, &[definition])
            } else {
                self.add_methods(id, &[definition])
            }
        }
        id
    }
}

fn buffer<'a>(vm: &'a mut Vm, a: Args<'_>) -> &'a mut StringIo {
    let Value::Opaque(id) = vm.payload(a[0]) else {
        unreachable!("checked with the receiver")
    };
    vm.heap.native_mut(id).expect("a StringIO")
}

fn take_line(buffer: &mut StringIo) -> String {
    let start = buffer.at.min(buffer.text.len());
    let length = buffer.text[start..]
        .iter()
        .position(|&c| c == '\n')
        .map_or(buffer.text.len() - start, |i| i + 1);
    buffer.at = start + length;
    buffer.text[start..start + length].iter().collect()
}

const STRING_IO: &[NativeDefinition] = &[
    native("__new__", Arity::Any, |vm, a| {
        let Value::Class(class) = a[0] else {
            return Ok(Value::None);
        };
        let mut text = Vec::new();
        if let Some(initial) = a.get(1).filter(|v| !v.is_none()) {
            match vm.str_id(initial) {
                Some(id) => text = vm.heap.text(id).chars().collect(),
                None => {
                    let message = format!("initial_value must be str or None, not {}", vm.type_name(initial));
                    return Err(vm.type_error(message));
                }
            }
        }
        let next: crate::heap::NativeNext = |vm, id| {
            let line = vm.heap.native_mut::<StringIo>(id).map(take_line).unwrap_or_default();
            Ok((!line.is_empty()).then(|| vm.new_string(line)))
        };
        Ok(Value::Opaque(vm.heap.new_opaque(
            class,
            Box::new(StringIo { text, at: 0 }),
            Some(next),
        )))
    }),
    native("write", Arity::One, |vm, a| {
        let Some(id) = vm.str_id(a[1]) else {
            let message = format!("string argument expected, got '{}'", vm.type_name(a[1]));
            return Err(vm.type_error(message));
        };
        let added: Vec<char> = vm.heap.text(id).chars().collect();
        vm.heap.allocated += added.len() * 4;
        let count = added.len();
        let buffer = buffer(vm, a);
        while buffer.text.len() < buffer.at {
            buffer.text.push('\0');
        }
        let end = (buffer.at + count).min(buffer.text.len());
        buffer.text.splice(buffer.at..end, added);
        buffer.at += count;
        Ok(Value::Int(count as i64))
    }),
    native("getvalue", Arity::None, |vm, a| {
        let text = buffer(vm, a).text.iter().collect();
        Ok(vm.new_string(text))
    }),
    native("read", Arity::Between(0, 1), |vm, a| {
        let count = match a.get(1).filter(|n| !n.is_none()) {
            Some(count) => vm.to_i64(count)?,
            None => -1,
        };
        let buffer = buffer(vm, a);
        let start = buffer.at.min(buffer.text.len());
        let end = if count < 0 {
            buffer.text.len()
        } else {
            (start + count as usize).min(buffer.text.len())
        };
        buffer.at = end;
        let text = buffer.text[start..end].iter().collect();
        Ok(vm.new_string(text))
    }),
    native("readline", Arity::None, |vm, a| {
        let line = take_line(buffer(vm, a));
        Ok(vm.new_string(line))
    }),
    native("readlines", Arity::None, |vm, a| {
        let mut items = Vec::new();
        loop {
            let line = take_line(buffer(vm, a));
            if line.is_empty() {
                return Ok(vm.heap.new_list(items));
            }
            items.push(vm.new_string(line));
        }
    }),
    native("seek", Arity::One, |vm, a| {
        let at = vm.to_i64(a[1])?.max(0) as usize;
        buffer(vm, a).at = at;
        Ok(Value::Int(at as i64))
    }),
    native("tell", Arity::None, |vm, a| Ok(Value::Int(buffer(vm, a).at as i64))),
    native("truncate", Arity::Between(0, 1), |vm, a| {
        let size = match a.get(1) {
            Some(size) => vm.to_i64(size)?.max(0) as usize,
            None => buffer(vm, a).at,
        };
        buffer(vm, a).text.truncate(size);
        Ok(Value::Int(size as i64))
    }),
    native("close", Arity::None, |_, _| Ok(Value::None)),
    native("flush", Arity::None, |_, _| Ok(Value::None)),
    native("__enter__", Arity::None, |_, a| Ok(a[0])),
    native("__exit__", Arity::Any, |_, _| Ok(Value::None)),
    native("__iter__", Arity::None, |_, a| Ok(a[0])),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    let class = vm.define_class("StringIO", "_io", OBJECT, STRING_IO);
    let name = vm.heap.intern("StringIO");
    vm.heap.set_name(dict, name, Value::Class(class));
    let name = vm.heap.intern("TextIOWrapper");
    vm.heap.set_name(dict, name, Value::Class(TEXT_STREAM));
    Ok(())
}
