//! `_json`: the quick way through JSON texts. Both functions answer None where anything is out of the ordinary (a wrong text, an
//! object of a class, deep nesting): then the module in Python does it all again, with every hook and complaint.

use crate::numeric::int_text::{Parsed, parse_int};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, NativeDefinition, native};
use std::fmt::Write as _;

/// Beyond this many levels the recursion limit of Python counts.
const DEPTH: usize = 100;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    made: usize,
}

/// `Ok(None)`: out of the ordinary.
type Found = Res<Option<Value>>;

impl Reader<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
    }

    /// Goes past `byte` if it comes next.
    fn takes(&mut self, byte: u8) -> bool {
        let found = self.byte() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &str, value: Value) -> Found {
        let found = self.text[self.at..].starts_with(word);
        self.at += word.len();
        Ok(found.then_some(value))
    }

    fn value(&mut self, vm: &mut Vm, depth: usize) -> Found {
        self.made += 1;
        if self.made.is_multiple_of(256) {
            vm.tick(256)?;
            vm.reserve(1 << 17)?;
        }
        if depth > DEPTH {
            return Ok(None);
        }
        match self.byte() {
            Some(b'"') => Ok(self.string().map(|text| vm.new_string(text))),
            Some(b'[') => self.array(vm, depth),
            Some(b'{') => self.object(vm, depth),
            Some(b'n') => self.word("null", Value::None),
            Some(b't') => self.word("true", Value::from(true)),
            Some(b'f') => self.word("false", Value::from(false)),
            Some(b'-' | b'0'..=b'9') => Ok(self.number(vm)),
            _ => Ok(None),
        }
    }

    fn number(&mut self, vm: &mut Vm) -> Option<Value> {
        let start = self.at;
        self.takes(b'-');
        let digits = |reader: &mut Self| {
            let start = reader.at;
            while reader.byte().is_some_and(|byte| byte.is_ascii_digit()) {
                reader.at += 1;
            }
            reader.at > start
        };
        if !self.takes(b'0') && !digits(self) {
            return None;
        }
        let whole = self.at;
        if self.byte() == Some(b'.') {
            self.at += 1;
            if !digits(self) {
                return None;
            }
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            let _signed = self.takes(b'-') || self.takes(b'+');
            if !digits(self) {
                return None;
            }
        }
        let text = &self.text[start..self.at];
        if self.at > whole {
            return text.parse().ok().map(Value::float);
        }
        match parse_int(text, 10, vm.max_int_digits).ok()? {
            Parsed::Small(small) => Some(Value::Int(small)),
            Parsed::Big(big) => Some(vm.heap.int(big)),
        }
    }

    /// The text of a string, whose first quotation mark comes next.
    fn string(&mut self) -> Option<String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let start = self.at;
            while self.byte()? >= b' ' && !matches!(self.byte()?, b'"' | b'\\') {
                self.at += 1;
            }
            out.push_str(&self.text[start..self.at]);
            if self.takes(b'"') {
                return Some(out);
            }
            if !self.takes(b'\\') {
                return None;
            }
            let escape = self.byte()?;
            self.at += 1;
            out.push(match escape {
                b'"' | b'\\' | b'/' => char::from(escape),
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => {
                    let high = self.unit()?;
                    if (0xD800..0xDC00).contains(&high) && self.text[self.at..].starts_with("\\u") {
                        self.at += 2;
                        let low = self.unit()?.checked_sub(0xDC00)?;
                        char::from_u32(0x10000 + ((high & 0x3FF) << 10) + low).filter(|_| low < 0x400)?
                    } else {
                        char::from_u32(high)?
                    }
                }
                _ => return None,
            });
        }
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| plain)
    }

    fn array(&mut self, vm: &mut Vm, depth: usize) -> Found {
        self.at += 1;
        let mut items = Vec::new();
        self.blanks();
        if self.takes(b']') {
            return Ok(Some(vm.heap.new_list(items)));
        }
        loop {
            let Some(item) = self.value(vm, depth + 1)? else {
                return Ok(None);
            };
            items.push(item);
            self.blanks();
            if self.takes(b']') {
                return Ok(Some(vm.heap.new_list(items)));
            }
            if !self.takes(b',') {
                return Ok(None);
            }
            self.blanks();
        }
    }

    fn object(&mut self, vm: &mut Vm, depth: usize) -> Found {
        self.at += 1;
        let dict = vm.heap.new_dict();
        self.blanks();
        if self.takes(b'}') {
            return Ok(Some(Value::Dict(dict)));
        }
        loop {
            if self.byte() != Some(b'"') {
                return Ok(None);
            }
            let Some(key) = self.string() else { return Ok(None) };
            let key = vm.heap.string(key);
            self.blanks();
            if !self.takes(b':') {
                return Ok(None);
            }
            self.blanks();
            let Some(value) = self.value(vm, depth + 1)? else {
                return Ok(None);
            };
            vm.heap.set_name(dict, key, value);
            self.blanks();
            if self.takes(b'}') {
                return Ok(Some(Value::Dict(dict)));
            }
            if !self.takes(b',') {
                return Ok(None);
            }
            self.blanks();
        }
    }
}

/// `read(text)`: a tuple of the value, or None.
fn read(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let Value::Str(text) = a[0] else {
        return Ok(Value::None);
    };
    let text = vm.heap.text(text).to_owned();
    vm.tick((text.len() / 64) as u32)?;
    let mut reader = Reader {
        text: &text,
        at: 0,
        made: 0,
    };
    reader.blanks();
    let value = reader.value(vm, 0)?;
    reader.blanks();
    Ok(match value {
        Some(value) if reader.at == text.len() => vm.heap.new_tuple(&[value]),
        _ => Value::None,
    })
}

struct Writer {
    out: String,
    /// What each level of an indented text begins with.
    step: Option<String>,
    item_separator: String,
    key_separator: String,
    sorted: bool,
    ascii: bool,
}

/// `None`: out of the ordinary.
type Written = Option<()>;

impl Writer {
    fn value(&mut self, vm: &mut Vm, value: Value, depth: usize) -> Res<Written> {
        if depth > DEPTH {
            return Ok(None);
        }
        vm.tick(1)?;
        match value {
            Value::None => self.out.push_str("null"),
            Value::Bool(bool) => self.out.push_str(if bool.get() { "true" } else { "false" }),
            Value::Int(int) => {
                let _ = write!(self.out, "{int}");
            }
            Value::Float(float) if float.get().is_finite() => self.out.push_str(&vm.repr_string(value)?),
            Value::Str(text) => self.string(vm.heap.text(text)),
            Value::List(list) => {
                let items = vm.heap[list].items.clone();
                return self.items(vm, &items, depth);
            }
            Value::Tuple(tuple) => {
                let items = vm.heap[tuple].items.to_vec();
                return self.items(vm, &items, depth);
            }
            Value::Dict(dict) => return self.pairs(vm, dict, depth),
            _ => return Ok(None),
        }
        Ok(Some(()))
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                ' '..='~' => self.out.push(c),
                _ if c >= ' ' && !self.ascii => self.out.push(c),
                _ => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        let _ = write!(self.out, "\\u{unit:04x}");
                    }
                }
            }
        }
        self.out.push('"');
    }

    fn line(&mut self, depth: usize) {
        if let Some(step) = &self.step {
            self.out.push('\n');
            for _ in 0..depth {
                self.out.push_str(step);
            }
        }
    }

    fn items(&mut self, vm: &mut Vm, items: &[Value], depth: usize) -> Res<Written> {
        self.out.push('[');
        for (index, &item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push_str(&self.item_separator);
            }
            self.line(depth + 1);
            if self.value(vm, item, depth + 1)?.is_none() {
                return Ok(None);
            }
        }
        self.end(vm, ']', items.is_empty(), depth)
    }

    fn pairs(&mut self, vm: &mut Vm, dict: DictId, depth: usize) -> Res<Written> {
        self.out.push('{');
        let mut pairs = Vec::with_capacity(vm.heap[dict].len());
        for (key, value) in vm.heap[dict].iter() {
            let Value::Str(key) = key else { return Ok(None) };
            pairs.push((key, value));
        }
        if self.sorted {
            pairs.sort_by(|a, b| vm.heap.text(a.0).cmp(vm.heap.text(b.0)));
        }
        for (index, &(key, value)) in pairs.iter().enumerate() {
            if index > 0 {
                self.out.push_str(&self.item_separator);
            }
            self.line(depth + 1);
            self.string(vm.heap.text(key));
            self.out.push_str(&self.key_separator);
            if self.value(vm, value, depth + 1)?.is_none() {
                return Ok(None);
            }
        }
        self.end(vm, '}', pairs.is_empty(), depth)
    }

    fn end(&mut self, vm: &mut Vm, bracket: char, empty: bool, depth: usize) -> Res<Written> {
        if !empty {
            self.line(depth);
        }
        self.out.push(bracket);
        vm.reserve(self.out.len())?;
        Ok(Some(()))
    }
}

/// `write(value, indent, item_separator, key_separator, sort_keys, ensure_ascii)`: the text, or None.
fn write(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let step = match a[1] {
        Value::None => None,
        Value::Int(width) if width < 100 => Some(" ".repeat(usize::try_from(width).unwrap_or(0))),
        Value::Str(step) if vm.heap.text(step).len() < 100 => Some(vm.heap.text(step).to_owned()),
        _ => return Ok(Value::None),
    };
    let (Value::Str(items), Value::Str(keys)) = (a[2], a[3]) else {
        return Ok(Value::None);
    };
    let mut writer = Writer {
        out: String::new(),
        step,
        item_separator: vm.heap.text(items).to_owned(),
        key_separator: vm.heap.text(keys).to_owned(),
        sorted: vm.truth(a[4])?,
        ascii: vm.truth(a[5])?,
    };
    Ok(match writer.value(vm, a[0], 0)? {
        Some(()) => vm.new_string(writer.out),
        None => Value::None,
    })
}

const FUNCTIONS: &[NativeDefinition] = &[
    native("read", Arity::One, read),
    native("write", Arity::Between(6, 6), write),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    vm.add_functions(dict, "_json", FUNCTIONS);
    Ok(())
}
