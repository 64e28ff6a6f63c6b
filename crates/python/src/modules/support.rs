//! `_tracer`: what the library modules written in Python need of the machine. Programs have no use for it.

use std::rc::Rc;

use super::weak;
use crate::builtins::alias;
use crate::bytecode::Opcode;
use crate::heap::objects::NativeData;
use crate::numeric::hash::hash_fraction;
use crate::numeric::int_text::IntRef;
use crate::numeric::mersenne::Random;
use crate::text::regex::{self, Match, Matcher, Mode, Regex, Replacement, Subject};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::matching::Traceback;
use crate::vm::names;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use crate::vm::types::*;
use num_bigint::BigInt;

/// A compiled pattern.
struct Pattern(Rc<Regex>);

impl NativeData for Pattern {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}
}

/// A random number generator.
struct Generator(Random);

impl NativeData for Generator {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}
}

fn big(vm: &mut Vm, value: Value) -> Res<BigInt> {
    match vm.index_value(value)? {
        Value::Int(value) => Ok(BigInt::from(value)),
        Value::Bool(value) => Ok(BigInt::from(u8::from(value))),
        Value::BigInt(id) => Ok(vm.heap[id].clone()),
        _ => Err(vm.type_error("an integer is required")),
    }
}

/// A str, or bytes as Latin-1 text; true for bytes.
fn text_of(vm: &mut Vm, value: Value) -> Res<(String, bool)> {
    if let Some(id) = vm.str_id(value) {
        return Ok((vm.heap.text(id).to_owned(), false));
    }
    match vm.bytes_of(value) {
        Some(bytes) => Ok((bytes.iter().map(|&byte| byte as char).collect(), true)),
        None => {
            let message = format!("expected string or bytes-like object, got '{}'", vm.type_name(value));
            Err(vm.type_error(message))
        }
    }
}

fn pattern(vm: &mut Vm, value: Value) -> Res<Rc<Regex>> {
    if let Value::Opaque(id) = value
        && let Some(Pattern(regex)) = vm.heap.native(id)
    {
        return Ok(Rc::clone(regex));
    }
    Err(vm.type_error("a compiled pattern is required"))
}

fn generator(vm: &mut Vm, value: Value) -> Res<&mut Random> {
    match value {
        Value::Opaque(id) if vm.heap.native::<Generator>(id).is_some() => {
            Ok(&mut vm.heap.native_mut::<Generator>(id).expect("just seen").0)
        }
        _ => Err(vm.type_error("a generator is required")),
    }
}

/// `(pattern, flags, group count, {name: group})`, or `(message, position)` of a `re.error`.
fn regex_compile(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (source, is_bytes) = text_of(vm, a[0])?;
    let flags = vm.to_i64(a[1])? as u32;
    match Regex::new(&source, flags, is_bytes) {
        Ok(regex) => {
            let (flags, groups) = (Value::Int(regex.flags.into()), Value::Int(regex.groups as i64));
            let names = vm.heap.new_dict();
            for (name, group) in &regex.names {
                let name = vm.heap.intern(name);
                vm.heap.set_name(names, name, Value::Int(*group as i64));
            }
            let handle = vm.heap.new_opaque(TEXT_STREAM, Box::new(Pattern(Rc::new(regex))), None);
            Ok(vm
                .heap
                .new_tuple(&[Value::Opaque(handle), flags, groups, Value::Dict(names)]))
        }
        Err(error) => regex_error(vm, error),
    }
}

fn regex_error(vm: &mut Vm, error: regex::Error) -> Res<Value> {
    match error {
        regex::Error::Other(failure) => Err(vm.failure(failure)),
        regex::Error::Pattern { message, position } => {
            let message = vm.new_string(message);
            let position = position.map_or(Value::None, |position| Value::Int(position as i64));
            Ok(vm.heap.new_tuple(&[message, position]))
        }
    }
}

/// `((start, end) or None for each group, last index)`.
fn match_value(vm: &mut Vm, found: &Match) -> Value {
    let spans: Vec<Value> = found
        .spans
        .iter()
        .map(|span| match *span {
            Some((start, end)) => vm.heap.new_tuple(&[Value::Int(start as i64), Value::Int(end as i64)]),
            None => vm.heap.new_tuple(&[Value::Int(-1), Value::Int(-1)]),
        })
        .collect();
    let spans = vm.heap.new_tuple(&spans);
    let last = found.last_index.map_or(Value::None, |index| Value::Int(index as i64));
    vm.heap.new_tuple(&[spans, last])
}

/// Runs a pattern over a text; `each` is asked for the matches one after another until it wants no more.
fn search(vm: &mut Vm, a: Args<'_>, mode: Mode, limit: usize) -> Res<Vec<Match>> {
    let regex = pattern(vm, a[0])?;
    let (text, _) = text_of(vm, a[1])?;
    let start = vm.to_i64_clamped(a[2])?.max(0) as usize;
    let end = vm.to_i64_clamped(a[3])?.max(0) as usize;
    let characters: Vec<char>;
    let subject = if text.is_ascii() {
        Subject::Bytes(text.as_bytes())
    } else {
        characters = text.chars().collect();
        Subject::Chars(&characters)
    };
    let end = end.min(subject.len());
    let (mut at, mut must_advance) = (start, false);
    if mode == Mode::Search && limit > 1 {
        at = at.min(subject.len());
    }
    let (mut found, mut spans) = (Vec::new(), 0);
    let mut matcher = Matcher::new(&regex);
    let mut stop = None;
    while found.len() < limit {
        let mut check = |steps: u64| {
            vm.tick(u32::try_from(steps).unwrap_or(u32::MAX)).map_err(|limit| {
                stop = Some(limit);
                crate::text::Failure::budget()
            })
        };
        match matcher.run(subject, at, end, mode, must_advance, &mut check) {
            Ok(None) => break,
            Ok(Some(next)) => {
                let (from, to) = next.spans[0].unwrap_or_default();
                must_advance = from == to;
                at = to;
                spans += next.spans.len();
                found.push(next);
                if found.len().is_multiple_of(1024) {
                    // Here, and once more as values.
                    vm.reserve(found.len() * 160 + spans * 112)?;
                }
            }
            Err(failure) => {
                return Err(match stop {
                    Some(stop) => stop,
                    None => vm.failure(failure),
                });
            }
        }
    }
    Ok(found)
}

fn regex_match(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let mode = match vm.to_i64(a[4])? {
        0 => Mode::Search,
        1 => Mode::Match,
        _ => Mode::FullMatch,
    };
    let found = search(vm, a, mode, 1)?;
    Ok(found.first().map_or(Value::None, |found| match_value(vm, found)))
}

/// All matches one after another, at most so many.
fn regex_all(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let limit = vm.to_i64_clamped(a[4])?.max(0) as usize;
    let found = search(vm, a, Mode::Search, if limit == 0 { usize::MAX } else { limit })?;
    vm.reserve(found.len() * 64)?;
    let items = found.iter().map(|found| match_value(vm, found)).collect();
    Ok(vm.heap.new_list(items))
}

/// A replacement's pieces (texts and group numbers) in a list, or `(message, position)`.
fn regex_replacement(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let regex = pattern(vm, a[0])?;
    let (template, is_bytes) = text_of(vm, a[1])?;
    match regex::parse_replacement(&template, &regex) {
        Err(error) => regex_error(vm, error),
        Ok(pieces) => {
            let items = pieces
                .into_iter()
                .map(|piece| match piece {
                    Replacement::Group(group) => Value::Int(group as i64),
                    Replacement::Text(text) if is_bytes => {
                        vm.heap.new_bytes(text.chars().map(|c| c as u8).collect::<Vec<u8>>())
                    }
                    Replacement::Text(text) => vm.new_string(text),
                })
                .collect();
            Ok(vm.heap.new_list(items))
        }
    }
}

fn random_seeded(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let random = if let Some(id) = vm.str_id(a[0]) {
        Random::from_bytes(vm.heap.text(id).as_bytes())
    } else if let Some(bytes) = vm.bytes_of(a[0]) {
        Random::from_bytes(bytes)
    } else {
        let seed = big(vm, a[0])?;
        Random::from_int(IntRef::Big(&seed))
    };
    Ok(Value::Opaque(vm.heap.new_opaque(
        TEXT_STREAM,
        Box::new(Generator(random)),
        None,
    )))
}

fn float_argument(vm: &mut Vm, a: Args<'_>, index: usize) -> Res<f64> {
    vm.to_float(a[index])
}

const FUNCTIONS: &[NativeDefinition] = &[
    // Bytes of standard input as the system call gives them: from the descriptor itself, under all layers.
    native("read_input", Arity::One, |vm, a| {
        let count = vm.to_i64(a[0])?.max(0) as usize;
        if vm.stdin.opened.is_some() {
            return Err(vm.unsupported("os.read after open(0)"));
        }
        let bytes = vm.stdin.read_descriptor(count).to_vec();
        Ok(vm.heap.new_bytes(bytes))
    }),
    native("unsupported", Arity::One, |vm, a| {
        let (feature, _) = text_of(vm, a[0])?;
        Err(vm.unsupported(feature))
    }),
    // A number for `at 0x...` in the text of an object.
    native("address", Arity::One, |_, a| Ok(Value::Int(a[0].identity()))),
    // The program's own module.
    native("main_module", Arity::None, |vm, _| {
        let modules = vm.modules;
        Ok(vm.heap.get_name(modules, names::MAIN).unwrap_or(Value::None))
    }),
    // Runs a function as another thread that comes to its end before this one goes on: untraced, with a stack of its own. CPython lets a
    // thread run for 5 ms before another may take over, so what takes longer is refused.
    native("in_thread", Arity::One, |vm, a| {
        const BOOTSTRAP: usize = 2;
        const STEPS: u64 = 40_000;
        let enabled = std::mem::replace(&mut vm.trace.enabled, false);
        let depth = std::mem::replace(&mut vm.depth, BOOTSTRAP);
        let before = vm.steps_taken();
        vm.threads += 1;
        let result = vm.call(a[0], &[]);
        vm.threads -= 1;
        vm.trace.enabled = enabled;
        vm.depth = depth;
        if vm.steps_taken() - before > STEPS {
            return Err(vm.unsupported("a thread that runs for long"));
        }
        result
    }),
    // The moment in which an object is freed is known from here on.
    native("look_after", Arity::One, |vm, a| {
        vm.look_after(a[0]);
        Ok(Value::None)
    }),
    native("is_in_thread", Arity::None, |vm, _| Ok(Value::from(vm.threads > 0))),
    // How far the program has come: its steps and the entries of its trace.
    native("progress", Arity::None, |vm, _| {
        let (steps, entries) = (vm.steps_taken() as i64, vm.trace.entries() as i64);
        Ok(vm.heap.new_tuple(&[Value::Int(steps), Value::Int(entries)]))
    }),
    // Whether other threads wait for this one to wait: then it can't without their running first.
    native("expect_tasks", Arity::One, |vm, a| {
        vm.tasks_wait = vm.truth(a[0])?;
        Ok(Value::None)
    }),
    native("refuse_tasks", Arity::None, |vm, _| match vm.tasks_wait {
        true => Err(vm.unsupported("waiting while tasks of an executor wait")),
        false => Ok(Value::None),
    }),
    native("seal", Arity::One, |vm, a| Ok(Value::from(super::io::seal(vm, a[0])))),
    native("is_standard_error", Arity::One, |vm, a| {
        Ok(Value::from(super::io::is_original_stderr(vm, a[0])))
    }),
    // Where the program called the module that asks: (line, function), past so many more callers; None where other modules of the
    // library stand in between.
    native("caller", Arity::One, |vm, a| {
        let own = vm.frames.last().map(|frame| frame.globals);
        let mut left = vm.to_i64(a[0])?.max(1);
        let mut frames = vm.frames.iter().rev();
        let mut found = None;
        while left > 0 {
            match frames.find(|frame| Some(frame.globals) != own) {
                Some(frame) => found = Some(frame),
                None => {
                    found = None;
                    break;
                }
            }
            left -= 1;
        }
        match found.filter(|frame| !vm.is_library(frame)) {
            Some(frame) => {
                let (line, name) = (vm.frame_line(frame), Value::Str(vm.codes[frame.code].name));
                Ok(vm.heap.new_tuple(&[Value::Int(line as i64), name]))
            }
            None => Ok(Value::None),
        }
    }),
    native("input_size", Arity::None, |vm, _| {
        Ok(Value::Int(vm.stdin.all_bytes().len() as i64))
    }),
    // The entries of a traceback or of an exception's, outermost first: (line, function, whether it is the library's).
    native("traceback_entries", Arity::One, |vm, a| {
        let shown = match a[0] {
            Value::Opaque(id) => vm.heap.native::<Traceback>(id).copied(),
            _ => None,
        };
        let Some(Traceback {
            exception,
            first,
            entry,
            ..
        }) = shown
        else {
            return Ok(vm.heap.new_list(Vec::new()));
        };
        let entries = vm.heap[exception].traceback[first..=entry].to_vec();
        let items = entries
            .iter()
            .rev()
            .map(|&(code, line)| {
                let code = &vm.codes[code];
                let (name, library) = (Value::Str(code.name), Value::from(code.library));
                vm.heap.new_tuple(&[Value::Int(line.into()), name, library])
            })
            .collect();
        Ok(vm.heap.new_list(items))
    }),
    // Whether the program drops what its call into the library gives.
    native("result_is_dropped", Arity::None, |vm, _| {
        let frame = vm.frames.iter().rev().find(|frame| !vm.is_library(frame));
        let next = frame.and_then(|frame| vm.codes[frame.code].source.instructions.get(frame.pc));
        Ok(Value::from(next.is_some_and(|next| next.opcode == Opcode::PopTop)))
    }),
    // The name that errors give a class which CPython implements in C.
    native("title", Arity::Between(2, 2), |vm, a| {
        if let (Value::Class(class), Some(text)) = (a[0], vm.str_id(a[1])) {
            vm.heap[class].title = Some(vm.heap.intern_str(text));
        }
        Ok(Value::None)
    }),
    native("generic_alias", Arity::Between(2, 2), |vm, a| {
        alias::generic(vm, a[0], a[1])
    }),
    native("callable_alias", Arity::Between(2, 2), |vm, a| {
        alias::generic_callable(vm, a[0], a[1])
    }),
    native("stands_for_parameters", Arity::One, |vm, a| {
        Ok(Value::from(alias::stands_for_parameters(vm, a[0])))
    }),
    // 0 created, 1 suspended, 2 running, 3 finished.
    native("generator_state", Arity::One, |vm, a| match a[0] {
        Value::Generator(id) => Ok(Value::Int(vm.heap[id].state as i64)),
        _ => Err(vm.unsupported("the state of this")),
    }),
    native("weak_reference_class", Arity::None, |vm, _| {
        Ok(weak::reference_class(vm))
    }),
    // The line, from 1, where a coroutine stands; None when it is done.
    native("coroutine_line", Arity::One, |vm, a| match a[0] {
        Value::Generator(id) => Ok(vm
            .generator_line(id)
            .map_or(Value::None, |line| Value::Int(line as i64))),
        _ => Ok(Value::None),
    }),
    native("coroutine_code", Arity::One, |vm, a| match a[0] {
        Value::Generator(id) => Ok(vm.heap[id].code.map_or(Value::None, Value::Code)),
        _ => Ok(Value::None),
    }),
    // The bits of a float of 4 or 8 bytes; None where it is too large for 4.
    native("float_bits", Arity::Between(2, 2), |vm, a| {
        let value = vm.to_float(a[0])?;
        if vm.to_i64(a[1])? == 8 {
            return Ok(vm.heap.int(value.to_bits().into()));
        }
        let short = value as f32;
        Ok(if short.is_infinite() && value.is_finite() {
            Value::None
        } else {
            Value::Int(short.to_bits().into())
        })
    }),
    native("bits_float", Arity::Between(2, 2), |vm, a| {
        let bits = u64::try_from(&big(vm, a[0])?).unwrap_or_default();
        let value = match vm.to_i64(a[1])? {
            8 => f64::from_bits(bits),
            _ => f64::from(f32::from_bits(bits as u32)),
        };
        Ok(Value::float(value))
    }),
    native("fraction_hash", Arity::Between(2, 2), |vm, a| {
        let (numerator, denominator) = (big(vm, a[0])?, big(vm, a[1])?);
        Ok(Value::Int(hash_fraction(&numerator, &denominator)))
    }),
    // The name of a character by the newest tables; names never change, so that of an older version's character is the same.
    native("unicode_name", Arity::One, |vm, a| {
        let (text, _) = text_of(vm, a[0])?;
        let name = text
            .chars()
            .next()
            .and_then(unicode_names2::name)
            .map(|name| name.to_string());
        Ok(name.map_or(Value::None, |name| vm.new_str(&name)))
    }),
    native("unicode_character", Arity::One, |vm, a| {
        let (text, _) = text_of(vm, a[0])?;
        let found = unicode_names2::character(&text);
        Ok(found.map_or(Value::None, |found| vm.new_str(found.encode_utf8(&mut [0; 4]))))
    }),
    native("regex_compile", Arity::Between(2, 2), regex_compile),
    native("regex_match", Arity::Between(5, 5), regex_match),
    native("regex_all", Arity::Between(5, 5), regex_all),
    native("regex_replacement", Arity::Between(2, 2), regex_replacement),
    native("regex_escape", Arity::One, |vm, a| {
        let (text, is_bytes) = text_of(vm, a[0])?;
        let escaped = regex::escape_pattern(&text);
        Ok(if is_bytes {
            vm.heap.new_bytes(escaped.chars().map(|c| c as u8).collect::<Vec<u8>>())
        } else {
            vm.new_string(escaped)
        })
    }),
    native("random_seeded", Arity::One, random_seeded),
    native("random_float", Arity::One, |vm, a| {
        Ok(Value::float(generator(vm, a[0])?.random()))
    }),
    native("random_bits", Arity::Between(2, 2), |vm, a| {
        let bits = vm.to_i64(a[1])?;
        if bits < 0 {
            return Err(vm.value_error("number of bits must be non-negative"));
        }
        vm.reserve(bits as usize / 8)?;
        let value = generator(vm, a[0])?.bits(bits as u64);
        Ok(vm.heap.int(value.into()))
    }),
    native("random_below", Arity::Between(2, 2), |vm, a| {
        let limit = big(vm, a[1])?;
        let value = generator(vm, a[0])?.below_big(limit.magnitude());
        Ok(vm.heap.int(value.into()))
    }),
    native("random_gauss", Arity::Between(3, 3), |vm, a| {
        let (mean, deviation) = (float_argument(vm, a, 1)?, float_argument(vm, a, 2)?);
        Ok(Value::float(generator(vm, a[0])?.gauss(mean, deviation)))
    }),
    native("random_normal", Arity::Between(3, 3), |vm, a| {
        let (mean, deviation) = (float_argument(vm, a, 1)?, float_argument(vm, a, 2)?);
        Ok(Value::float(generator(vm, a[0])?.normal(mean, deviation)))
    }),
    native("random_gamma", Arity::Between(3, 3), |vm, a| {
        let (alpha, beta) = (float_argument(vm, a, 1)?, float_argument(vm, a, 2)?);
        let value = generator(vm, a[0])?.gamma(alpha, beta);
        value.map(Value::float).map_err(|failure| vm.failure(failure))
    }),
    native("random_von_mises", Arity::Between(3, 3), |vm, a| {
        let (mean, concentration) = (float_argument(vm, a, 1)?, float_argument(vm, a, 2)?);
        Ok(Value::float(generator(vm, a[0])?.von_mises(mean, concentration)))
    }),
    native("random_sample", Arity::Between(3, 3), |vm, a| {
        let (length, count) = (vm.to_i64(a[1])?.max(0) as usize, vm.to_i64(a[2])?.max(0) as usize);
        vm.reserve(length.min(1 << 40) * 16)?;
        let chosen = generator(vm, a[0])?.sample(length, count.min(length));
        Ok(vm
            .heap
            .new_list(chosen.into_iter().map(|index| Value::Int(index as i64)).collect()))
    }),
    native("random_state", Arity::One, |vm, a| {
        let (words, gauss) = generator(vm, a[0])?.state();
        let words: Vec<Value> = words.into_iter().map(|word| Value::Int(word.into())).collect();
        let words = vm.heap.new_tuple(&words);
        let gauss = gauss.map_or(Value::None, Value::float);
        Ok(vm.heap.new_tuple(&[Value::Int(3), words, gauss]))
    }),
    native("random_set_state", Arity::Between(3, 3), |vm, a| {
        let mut words = Vec::new();
        for item in vm.collect_items(a[1])? {
            words.push(vm.to_i64(item)? as u32);
        }
        let gauss = if a[2].is_none() { None } else { Some(vm.to_float(a[2])?) };
        let outcome = generator(vm, a[0])?.set_state(&words, gauss);
        outcome.map(|()| Value::None).map_err(|failure| vm.failure(failure))
    }),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    vm.add_functions(dict, "_tracer", FUNCTIONS);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::api::{Limits, Status, trace};

    fn output(source: &str) -> String {
        let trace = trace(source, "", &Limits::default());
        match trace.status {
            Status::Ok => trace.stdout,
            status => format!("{status:?} {:?}", trace.exception.map(|exception| exception.message)),
        }
    }

    #[test]
    fn regular_expressions() {
        let source = r#"import re
m = re.search(r"(?P<user>\w+)@(\w+)", "to joe@home now")
print(m, m["user"], m.groups(), m.span(2), m.lastgroup)
print(re.findall("a(b)?", "abaab"), re.split("[,;] *", "a, b;c"), re.sub(r"(\w)(\d)", r"\2\1", "a1 b2"))
print(re.compile("x", re.I | re.M), [found.start() for found in re.finditer("é", "éaé")])
try:
    re.compile("(")
except re.error as error:
    print(error, error.pos)
"#;
        let expected = "<re.Match object; span=(3, 11), match='joe@home'> joe ('joe', 'home') (7, 11) None\n\
            ['b', '', 'b'] ['a', 'b', 'c'] 1a 2b\n\
            re.compile('x', re.IGNORECASE|re.MULTILINE) [0, 2]\n\
            missing ), unterminated subpattern at position 0 0\n";
        assert_eq!(output(source), expected);
    }

    #[test]
    fn exploding_expressions_meet_a_limit() {
        let limits = Limits {
            seconds: 0.2,
            ..Limits::default()
        };
        let trace = trace("import re\nre.match('(a+)+$', 'a' * 40 + 'b')\n", "", &limits);
        assert_eq!(trace.status, Status::Limit);
    }

    #[test]
    fn modules_in_python() {
        let source = "import heapq, bisect, copy, json, textwrap\n\
            heap = [5, 3, 8]\n\
            heapq.heapify(heap)\n\
            print(heap, heapq.nsmallest(2, heap), bisect.bisect([1, 2, 2], 2))\n\
            print(copy.deepcopy([1, {2: [3]}]), json.dumps({'a': [1, None]}), json.loads('[1.5, \"x\"]'))\n\
            print(textwrap.wrap('aaa bbb ccc', 7))\n";
        let expected = "[3, 5, 8] [3, 5] 3\n[1, {2: [3]}] {\"a\": [1, null]} [1.5, 'x']\n['aaa bbb', 'ccc']\n";
        assert_eq!(output(source), expected);
    }

    #[test]
    fn abstract_classes() {
        let source = "from abc import ABC, abstractmethod\n\
            class Shape(ABC):\n    @abstractmethod\n    def area(self): ...\n\
            class Square(Shape):\n    def area(self): return 4\n\
            print(Square().area(), issubclass(Square, Shape))\n\
            try:\n    Shape()\nexcept TypeError as error:\n    print(error)\n";
        let expected = "4 True\nCan't instantiate abstract class Shape with abstract method area\n";
        assert_eq!(output(source), expected);
    }
}
