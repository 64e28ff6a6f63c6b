//! Streams: `sys.stdin` and its kin, `io.StringIO`, and `open`, which opens nothing but standard input.

use super::lazy::{self, Member};
use super::stdin::Input;
use crate::heap::objects::{Class, Layout, NativeData};
use crate::value::*;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;
use crate::vm::{Vm, names};

/// A standard stream, or standard input opened by its number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    Input,
    InputBytes,
    Opened,
    OpenedBytes,
    /// Opened under a name of its own.
    OpenedPath,
    Output,
    Error,
}

impl Stream {
    fn is_bytes(self) -> bool {
        matches!(self, Stream::InputBytes | Stream::OpenedBytes)
    }
}

impl NativeData for Stream {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}
}

/// `io.StringIO`: a text and a position in characters.
#[derive(Default)]
struct StringIo {
    text: Vec<char>,
    at: usize,
    closed: bool,
    /// What it holds is not known: what measures time wrote into it.
    sealed: bool,
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

pub fn is_original_stderr(vm: &Vm, value: Value) -> bool {
    stream(vm, value) == Some(Stream::Error)
}

pub fn is_original_stdin(vm: &Vm, value: Value) -> bool {
    stream(vm, value) == Some(Stream::Input)
}

pub fn new_stream(vm: &mut Vm, kind: Stream) -> Value {
    let class = match kind {
        Stream::InputBytes => BYTE_STREAM,
        Stream::OpenedBytes => BUFFERED_READER,
        Stream::Output => STANDARD_OUTPUT,
        _ => TEXT_STREAM,
    };
    let next = (!matches!(kind, Stream::Output | Stream::Error)).then_some(next_line as crate::heap::NativeNext);
    Value::Opaque(vm.heap.new_opaque(class, Box::new(kind), next))
}

/// Attributes of standard streams that are no methods.
pub fn stream_attribute(vm: &mut Vm, object: Value, name: StrId) -> Option<Res<Value>> {
    let kind = stream(vm, object)?;
    let text = vm.heap.text(name);
    Some(Ok(match (text, kind) {
        ("closed", _) => Value::from(false),
        ("encoding" | "errors" | "newlines", Stream::Output) => Value::None,
        ("encoding", Stream::Input | Stream::Opened | Stream::OpenedPath) => vm.new_str("UTF-8"),
        ("encoding", Stream::Error) => vm.new_str("utf-8"),
        ("errors", Stream::Input | Stream::Opened | Stream::OpenedPath) => vm.new_str("strict"),
        ("errors", Stream::Error) => vm.new_str("backslashreplace"),
        ("line_buffering", Stream::Input | Stream::Output) => Value::from(false),
        ("name", Stream::Opened | Stream::OpenedBytes) => Value::Int(0),
        ("name", Stream::Error) => vm.new_str("<stderr>"),
        ("mode", Stream::Opened) => vm.new_str("r"),
        ("mode", Stream::Error) => vm.new_str("w"),
        // The bytes under the text.
        ("buffer", Stream::Input) => new_stream(vm, Stream::InputBytes),
        ("buffer", Stream::Opened) => new_stream(vm, Stream::OpenedBytes),
        _ => return None,
    }))
}

/// Whether a standard stream may have an attribute of this name, which is not reproduced.
pub fn may_have(vm: &Vm, object: Value, name: &str) -> bool {
    match stream(vm, object) {
        Some(Stream::Output) => !matches!(name, "buffer" | "name" | "mode"),
        kind => kind.is_some(),
    }
}

/// What a stream reads from.
fn source(vm: &mut Vm, kind: Stream) -> &mut Input {
    match kind {
        Stream::Opened | Stream::OpenedBytes | Stream::OpenedPath => {
            vm.stdin.opened.as_deref_mut().expect("opened before")
        }
        _ => &mut vm.stdin,
    }
}

/// [`source`], where what is left of it can be read in the stream's way.
fn input(vm: &mut Vm, kind: Stream) -> Res<&mut Input> {
    if !kind.is_bytes() && source(vm, kind).is_torn() {
        return Err(vm.unsupported("text after a part of a character has been read"));
    }
    Ok(source(vm, kind))
}

fn next_line(vm: &mut Vm, id: OpaqueId) -> Res<Option<Value>> {
    let Some(&kind) = vm.heap.native::<Stream>(id) else {
        return Ok(None);
    };
    let line = take_input(vm, kind, Amount::Line(usize::MAX))?;
    Ok(vm.truth(line)?.then_some(line))
}

/// How much to read.
enum Amount {
    Line(usize),
    Units(usize),
    Rest,
}

fn take_input(vm: &mut Vm, kind: Stream, amount: Amount) -> Res<Value> {
    let input = input(vm, kind)?;
    if kind.is_bytes() {
        let bytes = match amount {
            Amount::Line(limit) => input.byte_line(limit),
            Amount::Units(count) => input.take_bytes(count),
            Amount::Rest => input.take_bytes(usize::MAX / 2),
        }
        .to_vec();
        return Ok(vm.heap.new_bytes(bytes));
    }
    let text = match amount {
        Amount::Line(limit) => input.line(limit),
        Amount::Units(count) => input.characters(count),
        Amount::Rest => input.rest(),
    }
    .to_owned();
    Ok(vm.new_string(text))
}

fn readable(vm: &mut Vm, a: Args<'_>) -> Res<Stream> {
    match stream(vm, a[0]) {
        Some(Stream::Output) | Some(Stream::Error) | None => Err(vm.unsupported("reading from an output stream")),
        Some(kind) => Ok(kind),
    }
}

/// The argument `size` of a reading method; None for no bound.
fn size(vm: &mut Vm, a: Args<'_>) -> Res<Option<usize>> {
    Ok(match a.get(1).filter(|size| !size.is_none()) {
        Some(size) => usize::try_from(vm.to_i64(size)?).ok(),
        None => None,
    })
}

/// `io.UnsupportedOperation`.
fn unsupported_operation(vm: &mut Vm, name: &str) -> Res<Value> {
    let module = vm.import_by_name("_io_python")?;
    let class = vm.heap.intern("UnsupportedOperation");
    match vm.get_attribute(Value::Module(module), class)? {
        Value::Class(class) => Err(vm.raise(class, name)),
        _ => Err(vm.unsupported(name)),
    }
}

const STREAM_METHODS: &[NativeDefinition] = &[
    native("read", Arity::Between(0, 1), |vm, a| {
        let kind = readable(vm, a)?;
        let amount = size(vm, a)?.map_or(Amount::Rest, Amount::Units);
        take_input(vm, kind, amount)
    }),
    native("readline", Arity::Between(0, 1), |vm, a| {
        let kind = readable(vm, a)?;
        let limit = size(vm, a)?.unwrap_or(usize::MAX);
        take_input(vm, kind, Amount::Line(limit))
    }),
    native("readlines", Arity::Between(0, 1), |vm, a| {
        let kind = readable(vm, a)?;
        if size(vm, a)?.is_some_and(|size| size > 0) {
            return Err(vm.unsupported("readlines with a hint"));
        }
        let mut items = Vec::new();
        loop {
            let line = take_input(vm, kind, Amount::Line(usize::MAX))?;
            if !vm.truth(line)? {
                return Ok(vm.heap.new_list(items));
            }
            items.push(line);
        }
    }),
    native("write", Arity::One, |vm, a| {
        let Some(id) = vm.str_id(a[1]) else {
            let given = vm.type_name(a[1]);
            let message = match stream(vm, a[0]) {
                // The reference tracer adds it to what the line has printed.
                Some(Stream::Output) => format!("can only concatenate str (not \"{given}\") to str"),
                Some(Stream::Error) => format!("write() argument must be str, not {given}"),
                _ => return Err(vm.unsupported("writing to an input stream")),
            };
            return Err(vm.type_error(message));
        };
        let text = vm.heap.text(id).to_owned();
        match stream(vm, a[0]) {
            Some(Stream::Output) => vm.write_stdout(&text)?,
            Some(Stream::Error) => {}
            _ => return Err(vm.unsupported("writing to an input stream")),
        }
        Ok(Value::Int(vm.heap[id].chars.into()))
    }),
    native("writelines", Arity::One, |vm, a| {
        for item in vm.collect_items(a[1])? {
            vm.call_method(a[0], names::WRITE, &[item])?;
        }
        Ok(Value::None)
    }),
    native("getvalue", Arity::None, |vm, a| match stream(vm, a[0]) {
        Some(Stream::Output) => {
            let text = vm.stdout.clone();
            vm.reserve(text.len())?;
            Ok(vm.new_string(text))
        }
        Some(Stream::InputBytes) => {
            let bytes = vm.stdin.all_bytes().to_vec();
            Ok(vm.heap.new_bytes(bytes))
        }
        _ => Err(vm.unsupported("getvalue of this stream")),
    }),
    native("tell", Arity::None, |vm, a| match stream(vm, a[0]) {
        Some(Stream::InputBytes) => Ok(Value::Int(vm.stdin.byte_position() as i64)),
        _ => Err(vm.unsupported("tell of this stream")),
    }),
    native("seek", Arity::Between(1, 2), |vm, a| {
        match (stream(vm, a[0]), a[1], a.get(2)) {
            (Some(Stream::InputBytes), Value::Int(at @ 0..), None) => {
                vm.stdin.seek_bytes(at as usize);
                Ok(a[1])
            }
            _ => Err(vm.unsupported("seek of this stream")),
        }
    }),
    native("flush", Arity::None, |_, _| Ok(Value::None)),
    native("close", Arity::None, |vm, a| match stream(vm, a[0]) {
        Some(Stream::Opened | Stream::OpenedBytes | Stream::OpenedPath) => Ok(Value::None),
        _ => Err(vm.unsupported("closing a standard stream")),
    }),
    native("isatty", Arity::None, |_, _| Ok(Value::from(false))),
    native("readable", Arity::None, |vm, a| {
        Ok(Value::from(stream(vm, a[0]) != Some(Stream::Error)))
    }),
    native("writable", Arity::None, |vm, a| match stream(vm, a[0]) {
        Some(Stream::Output | Stream::Error | Stream::InputBytes | Stream::Input) => Ok(Value::from(true)),
        _ => Ok(Value::from(false)),
    }),
    native("fileno", Arity::None, |vm, a| match stream(vm, a[0]) {
        Some(Stream::Opened | Stream::OpenedBytes) => Ok(Value::Int(0)),
        Some(Stream::Error) => Ok(Value::Int(2)),
        Some(Stream::OpenedPath) => Err(vm.unsupported("fileno")),
        _ => unsupported_operation(vm, "fileno"),
    }),
    native("__enter__", Arity::None, |_, a| Ok(a[0])),
    native("__exit__", Arity::Any, |vm, a| match stream(vm, a[0]) {
        Some(Stream::Opened | Stream::OpenedBytes | Stream::OpenedPath) => Ok(Value::None),
        _ => Err(vm.unsupported("closing a standard stream")),
    }),
    native("__iter__", Arity::None, |_, a| Ok(a[0])),
    native("__next__", Arity::None, |vm, a| vm.next_or_stop(a[0])),
];

const STREAM_REPR: NativeDefinition = native("__repr__", Arity::None, |vm, a| {
    let text = match stream(vm, a[0]) {
        Some(Stream::Input) => "<_io.TextIOWrapper encoding='UTF-8'>",
        Some(Stream::Opened) => "<_io.TextIOWrapper name=0 mode='r' encoding='UTF-8'>",
        Some(Stream::OpenedPath) => "<_io.TextIOWrapper name='/dev/stdin' mode='r' encoding='UTF-8'>",
        Some(Stream::OpenedBytes) => "<_io.BufferedReader name=0>",
        Some(Stream::Error) => "<_io.TextIOWrapper name='<stderr>' mode='w' encoding='utf-8'>",
        _ => return Err(vm.unsupported("the text of this stream")),
    };
    Ok(vm.new_str(text))
});

pub fn install(vm: &mut Vm) {
    for class in [TEXT_STREAM, BYTE_STREAM, BUFFERED_READER, STANDARD_OUTPUT] {
        vm.add_methods(class, STREAM_METHODS);
    }
    for class in [TEXT_STREAM, BUFFERED_READER] {
        vm.add_methods(class, &[STREAM_REPR]);
    }
    for class in [TEXT_STREAM, BYTE_STREAM, BUFFERED_READER] {
        let title = format!("_io.{}", vm.heap.text(vm.heap[class].name));
        vm.heap[class].title = Some(vm.heap.intern(&title));
    }
}

/// `open`: standard input by its number; every file is forbidden.
pub fn open(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let Some(&path) = a.plain().first() else {
        return Err(vm.type_error("open() missing required argument 'file' (pos 1)"));
    };
    let standard = match path {
        Value::Int(0) => true,
        Value::Str(id) => vm.heap.text(id) == "/dev/stdin",
        _ => false,
    };
    if standard {
        if vm.stdin.opened.is_some() || vm.stdin.descriptor > 0 {
            return Err(vm.unsupported("opening standard input twice"));
        }
        let mode = match a.plain().get(1).and_then(|&mode| vm.str_id(mode)) {
            Some(mode) => vm.heap.text(mode).to_owned(),
            None => "r".to_owned(),
        };
        let kind = match (mode.as_str(), path) {
            ("r", Value::Int(_)) => Stream::Opened,
            ("rb", Value::Int(_)) => Stream::OpenedBytes,
            ("r", _) => Stream::OpenedPath,
            _ => return Err(vm.unsupported("opening standard input in this mode")),
        };
        if a.len() > 1 + usize::from(a.plain().len() > 1) {
            return Err(vm.unsupported("opening standard input with options"));
        }
        vm.stdin.opened = Some(Box::new(vm.stdin.anew()));
        return Ok(new_stream(vm, kind));
    }
    if matches!(vm.payload(path), Value::Int(_) | Value::Bool(_)) {
        return Err(vm.unsupported("opening a file by its number"));
    }
    let path = if vm.str_id(path).is_none() && vm.bytes_of(path).is_none() {
        let class = vm.class_of(path);
        let name = vm.heap.intern("__fspath__");
        if vm.class_attribute(class, name).is_none() {
            let message = format!("expected str, bytes or os.PathLike object, not {}", vm.type_name(path));
            return Err(vm.type_error(message));
        }
        let text = vm.get_attribute(path, name)?;
        vm.call(text, &[])?
    } else {
        path
    };
    let text = vm.new_str("Permission denied");
    let stop = vm.raise_with(PERMISSION_ERROR, &[Value::Int(13), text]);
    if let Stop::Raise(id) = stop {
        vm.set_exception_field(id, names::ERRNO, Value::Int(13));
        vm.set_exception_field(id, names::STRERROR, text);
        vm.set_exception_field(id, names::FILENAME, path);
    }
    Err(stop)
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

/// A buffer that is not closed.
fn open_buffer<'a>(vm: &'a mut Vm, a: Args<'_>) -> Res<&'a mut StringIo> {
    let Value::Opaque(id) = vm.payload(a[0]) else {
        unreachable!("checked with the receiver")
    };
    if vm.heap.native::<StringIo>(id).is_some_and(|buffer| buffer.closed) {
        return Err(vm.value_error("I/O operation on closed file"));
    }
    Ok(vm.heap.native_mut(id).expect("a StringIO"))
}

/// A buffer whose text may be known.
fn buffer<'a>(vm: &'a mut Vm, a: Args<'_>) -> Res<&'a mut StringIo> {
    if open_buffer(vm, a)?.sealed {
        return Err(vm.unsupported("reading a time that was measured"));
    }
    open_buffer(vm, a)
}

/// Makes a buffer refuse to be read. False for other streams.
pub fn seal(vm: &mut Vm, value: Value) -> bool {
    if let Value::Opaque(id) = vm.payload(value)
        && let Some(buffer) = vm.heap.native_mut::<StringIo>(id)
    {
        buffer.sealed = true;
        return true;
    }
    false
}

fn take_line(buffer: &mut StringIo, limit: usize) -> String {
    let start = buffer.at.min(buffer.text.len());
    let length = buffer.text[start..]
        .iter()
        .position(|&c| c == '\n')
        .map_or(buffer.text.len() - start, |i| i + 1)
        .min(limit);
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
            let line = vm
                .heap
                .native_mut::<StringIo>(id)
                .map(|b| take_line(b, usize::MAX))
                .unwrap_or_default();
            Ok((!line.is_empty()).then(|| vm.new_string(line)))
        };
        Ok(Value::Opaque(vm.heap.new_opaque(
            class,
            Box::new(StringIo {
                text,
                ..StringIo::default()
            }),
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
        let buffer = open_buffer(vm, a)?;
        while buffer.text.len() < buffer.at {
            buffer.text.push('\0');
        }
        let end = (buffer.at + count).min(buffer.text.len());
        buffer.text.splice(buffer.at..end, added);
        buffer.at += count;
        Ok(Value::Int(count as i64))
    }),
    native("getvalue", Arity::None, |vm, a| {
        let text = buffer(vm, a)?.text.iter().collect();
        Ok(vm.new_string(text))
    }),
    native("read", Arity::Between(0, 1), |vm, a| {
        let count = match a.get(1).filter(|n| !n.is_none()) {
            Some(count) => vm.to_i64(count)?,
            None => -1,
        };
        let buffer = buffer(vm, a)?;
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
    native("readline", Arity::Between(0, 1), |vm, a| {
        let limit = size(vm, a)?.unwrap_or(usize::MAX);
        let line = take_line(buffer(vm, a)?, limit);
        Ok(vm.new_string(line))
    }),
    native("readlines", Arity::None, |vm, a| {
        let mut items = Vec::new();
        loop {
            let line = take_line(buffer(vm, a)?, usize::MAX);
            if line.is_empty() {
                return Ok(vm.heap.new_list(items));
            }
            items.push(vm.new_string(line));
        }
    }),
    native("seek", Arity::Between(1, 2), |vm, a| {
        let (at, whence) = (vm.to_i64(a[1])?, vm.to_i64(a.or(2, Value::Int(0)))?);
        let buffer = buffer(vm, a)?;
        let at = match whence {
            0 if at < 0 => return Err(vm.value_error(format!("Negative seek position {at}"))),
            0 => at as usize,
            1 | 2 if at != 0 => {
                return Err(vm.raise(OS_ERROR, "Can't do nonzero cur-relative seeks"));
            }
            1 => buffer.at,
            2 => buffer.text.len(),
            _ => {
                let message = format!("Invalid whence ({whence}, should be 0, 1 or 2)");
                return Err(vm.value_error(&message));
            }
        };
        buffer.at = at;
        Ok(Value::Int(at as i64))
    }),
    native("tell", Arity::None, |vm, a| Ok(Value::Int(buffer(vm, a)?.at as i64))),
    native("truncate", Arity::Between(0, 1), |vm, a| {
        let size = match a.get(1) {
            Some(size) => vm.to_i64(size)?.max(0) as usize,
            None => open_buffer(vm, a)?.at,
        };
        open_buffer(vm, a)?.text.truncate(size);
        Ok(Value::Int(size as i64))
    }),
    native("writelines", Arity::One, |vm, a| {
        for item in vm.collect_items(a[1])? {
            vm.call_method(a[0], names::WRITE, &[item])?;
        }
        Ok(Value::None)
    }),
    native("close", Arity::None, close),
    native("flush", Arity::None, |vm, a| open_buffer(vm, a).map(|_| Value::None)),
    native("readable", Arity::None, |vm, a| {
        open_buffer(vm, a).map(|_| Value::from(true))
    }),
    native("writable", Arity::None, |vm, a| {
        open_buffer(vm, a).map(|_| Value::from(true))
    }),
    native("seekable", Arity::None, |vm, a| {
        buffer(vm, a).map(|_| Value::from(true))
    }),
    native("isatty", Arity::None, |vm, a| buffer(vm, a).map(|_| Value::from(false))),
    native("fileno", Arity::None, |vm, _| unsupported_operation(vm, "fileno")),
    native("__enter__", Arity::None, |vm, a| buffer(vm, a).map(|_| a[0])),
    native("__exit__", Arity::Any, close),
    native("__iter__", Arity::None, |_, a| Ok(a[0])),
    lazy::NEXT,
];

fn close(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    if let Value::Opaque(id) = vm.payload(a[0])
        && let Some(buffer) = vm.heap.native_mut::<StringIo>(id)
    {
        buffer.closed = true;
    }
    Ok(Value::None)
}

/// `StringIO.closed` and the like.
const GETTERS: &[NativeDefinition] = &[
    native("closed", Arity::One, |vm, a| match vm.payload(a[0]) {
        Value::Opaque(id) => Ok(Value::from(
            vm.heap.native::<StringIo>(id).is_some_and(|buffer| buffer.closed),
        )),
        _ => Ok(Value::None),
    }),
    native("line_buffering", Arity::One, |vm, a| {
        buffer(vm, a).map(|_| Value::from(false))
    }),
    native("newlines", Arity::One, |vm, a| buffer(vm, a).map(|_| Value::None)),
    native("encoding", Arity::One, |_, _| Ok(Value::None)),
    native("errors", Arity::One, |_, _| Ok(Value::None)),
];

const MEMBERS: &[Member] = &[
    Member::Make("open", |vm| {
        let open = vm.heap.intern("open");
        Ok(vm.heap.get_name(vm.builtins, open).unwrap_or(Value::None))
    }),
    Member::Python("IOBase", "_io_python"),
    Member::Python("RawIOBase", "_io_python"),
    Member::Python("BufferedIOBase", "_io_python"),
    Member::Python("TextIOBase", "_io_python"),
    Member::Make("BlockingIOError", |_| Ok(Value::Class(BLOCKING_IO_ERROR))),
    Member::Python("BytesIO", "_io_python"),
    Member::Make("StringIO", |vm| {
        let class = vm.define_class("StringIO", "_io", OBJECT, STRING_IO);
        lazy::add_getters(vm, class, GETTERS);
        Ok(Value::Class(class))
    }),
    Member::Make("TextIOWrapper", |_| Ok(Value::Class(TEXT_STREAM))),
    Member::Make("SEEK_SET", |_| Ok(Value::Int(0))),
    Member::Make("SEEK_CUR", |_| Ok(Value::Int(1))),
    Member::Make("SEEK_END", |_| Ok(Value::Int(2))),
    Member::Make("DEFAULT_BUFFER_SIZE", |_| Ok(Value::Int(8192))),
    Member::Python("UnsupportedOperation", "_io_python"),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    lazy::fill(vm, dict, "io", |vm, a| lazy::member(vm, "io", MEMBERS, a))
}
