//! The variables of an entry. What a frame's variable showed last is remembered with it: a value whose text can't have changed
//! costs a comparison.

use super::TraceState;
use crate::heap::objects::Layout;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::names;
use crate::vm::types::{ATTRIBUTE_ERROR, OBJECT, TYPE};

/// What a variable that is a function shows. Stands first in the tracer's buffer.
pub(super) const FUNCTION: &str = "<function>";

/// A place in the tracer's buffer.
#[derive(Clone, Copy, Default)]
pub struct Span {
    start: u32,
    length: u32,
}

impl Span {
    pub(super) fn new(start: usize, end: usize) -> Span {
        Span {
            start: start as u32,
            length: (end - start) as u32,
        }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }

    pub(super) fn start(self) -> usize {
        self.start as usize
    }

    pub(super) fn len(self) -> usize {
        self.length as usize
    }
}

/// A variable of an entry.
#[derive(Clone, Copy)]
pub struct Variable {
    pub name: Span,
    pub value: Span,
}

/// What an entry showed of a variable.
#[derive(Clone, Copy)]
pub struct Shown {
    /// A function's slot, or the handle of a name in a namespace.
    pub variable: u32,
    /// The tracer's epoch at that time.
    epoch: u32,
    source: Source,
    value: Value,
    name: Span,
    text: Span,
    /// Characters of the text.
    chars: u32,
    /// The name is not shown, whatever the value.
    hidden: bool,
}

impl Shown {
    /// The value as it was shown last; null if it was not.
    pub fn last_value(&self) -> Value {
        self.value
    }

    fn new(variable: u32) -> Shown {
        Shown {
            variable,
            epoch: 0,
            source: Source::Unknown,
            value: Value::Null,
            name: Span::default(),
            text: Span::default(),
            chars: 0,
            hidden: false,
        }
    }
}

/// The texts of names, by handle: in which epoch each was written, and where. Hidden names have an empty text.
pub(super) type Names = Vec<(u32, Span)>;

/// A value's text.
pub(super) struct Text {
    pub span: Span,
    pub chars: u32,
    pub source: Source,
}

/// What a text depends on, as long as the tracer's epoch is the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The value alone.
    Value,
    /// That this version of its text is still the container's.
    Container(u32),
    Unknown,
}

/// How the text of a value may change while the value is the same.
#[derive(PartialEq, Eq)]
pub(super) enum Nature {
    /// Not at all within an epoch.
    Stable,
    /// When it, or something in it, is changed.
    Container,
    /// Who knows: the program may have a say.
    Dynamic,
}

impl TraceState {
    /// Writes a variable that shows what it showed, if that is known without a look at the value's text.
    #[inline]
    fn write_known(&mut self, variable: &Shown, value: Value) -> bool {
        if variable.epoch != self.epoch {
            return false;
        }
        if variable.hidden {
            return true;
        }
        if variable.source != Source::Value || !variable.value.is(value) {
            return false;
        }
        if variable.name.len() > 0 {
            self.write_shown(variable);
        }
        true
    }

    #[inline]
    fn write_shown(&mut self, variable: &Shown) {
        self.room -= i64::from(variable.chars);
        self.variables.push(Variable {
            name: variable.name,
            value: variable.text,
        });
    }
}

impl Vm {
    /// Brings the order of the top frame's locals up to date: CPython keeps one `f_locals` dict for each frame.
    pub(crate) fn note_locals(&mut self) {
        let frame = self.frames.last_mut().expect("a frame");
        let code = &self.codes[frame.code];
        if !code.optimized {
            return;
        }
        let slots = &self.stack[frame.base..frame.base + code.slots];
        if !code.has_cells {
            if frame.shown.len() == code.slots && !code.unbinds {
                return;
            }
            let bound = slots.iter().filter(|value| !value.is_null()).count();
            let is_bound = |shown: &Shown| !slots[shown.variable as usize].is_null();
            if bound == frame.shown.len() && (!code.unbinds || frame.shown.iter().all(is_bound)) {
                return;
            }
        }
        let cells = &self.heap.cells;
        let resolve = |slot: usize| match slots[slot] {
            Value::Cell(cell) if code.is_cell[slot] => cells.get(cell.0).0,
            value => value,
        };
        let bound = (0..code.slots).filter(|&slot| !resolve(slot).is_null()).count();
        if bound == frame.shown.len()
            && frame
                .shown
                .iter()
                .all(|shown| !resolve(shown.variable as usize).is_null())
        {
            return;
        }
        for slot in 0..code.slots {
            let known = frame.shown.iter().position(|shown| shown.variable as usize == slot);
            match (known, resolve(slot).is_null()) {
                (None, false) => frame.shown.push(Shown::new(slot as u32)),
                (Some(at), true) => {
                    frame.shown.remove(at);
                }
                _ => {}
            }
        }
    }

    /// Writes the variables of the top frame.
    pub(super) fn write_state(&mut self) -> Res<()> {
        if self.trace.text.len() > u32::MAX as usize / 4 {
            return Err(self.limit("bytes of state"));
        }
        if self.next_version != self.trace.class_version {
            self.trace.class_version = self.next_version;
            self.trace.forget();
        }
        self.note_locals();
        let frame = self.frames.last().expect("a traced frame");
        if self.codes[frame.code].optimized
            && let Value::Dict(locals) = frame.locals
        {
            self.refresh_locals();
            let frame = self.frames.last().expect("a traced frame");
            if self.heap[locals].len() > frame.shown.len() {
                return Err(self.unsupported("variables that a program adds to locals()"));
            }
        }
        let mut text = std::mem::take(&mut self.trace.text);
        let frame = self.frames.last_mut().expect("a traced frame");
        let mut shown = std::mem::take(&mut frame.shown);
        let at = self.frames.len() - 1;
        let result = if self.codes[self.frames[at].code].optimized {
            self.write_locals(&mut text, &mut shown)
        } else {
            self.write_namespace(&mut text, &mut shown)
        };
        self.trace.text = text;
        if let Some(frame) = self.frames.get_mut(at) {
            frame.shown = shown;
        }
        result
    }

    /// Brings the dict of `locals()` up to date with the variables of the top frame, if the frame has one.
    #[cold]
    pub(crate) fn refresh_locals(&mut self) {
        self.note_locals();
        let frame = self.frames.last().expect("a frame");
        let Value::Dict(dict) = frame.locals else { return };
        let (codes, base) = (std::rc::Rc::clone(&self.codes), frame.base);
        let code = &codes[frame.code];
        let order: Vec<usize> = frame.shown.iter().map(|shown| shown.variable as usize).collect();
        for slot in 0..code.slots {
            if !order.contains(&slot) {
                self.heap.remove_name(dict, code.fast_names[slot]);
            }
        }
        for slot in order {
            let mut value = self.stack[base + slot];
            if let Value::Cell(cell) = value
                && code.is_cell[slot]
            {
                value = self.heap[cell].0;
            }
            self.heap.set_name(dict, code.fast_names[slot], value);
        }
    }

    fn write_locals(&mut self, text: &mut String, shown: &mut [Shown]) -> Res<()> {
        let frame = self.frames.last().expect("a traced frame");
        let slots = &self.stack[frame.base..];
        let (heap, code) = (&self.heap, &self.codes[frame.code]);
        let value_of = |variable: &Shown| {
            let slot = variable.variable as usize;
            match slots[slot] {
                Value::Cell(cell) if code.is_cell[slot] => heap.cells.get(cell.0).0,
                value => value,
            }
        };
        let mut known = 0;
        if self.depth + NEAR_LIMIT <= self.recursion_limit {
            let trace = &mut self.trace;
            known = (shown.iter())
                .take_while(|&variable| trace.write_known(variable, value_of(variable)))
                .count();
            if known == shown.len() {
                return Ok(());
            }
        }
        let shown = &mut shown[known..];
        // The values of this moment: a `__repr__` may change variables that it shares.
        let mut values = std::mem::take(&mut self.trace.scratch);
        values.clear();
        values.extend(shown.iter().map(value_of));
        let (id, codes) = (frame.code, std::rc::Rc::clone(&self.codes));
        let code = &codes[id];
        let mut result = Ok(());
        for (variable, &value) in shown.iter_mut().zip(&values) {
            let name = code.fast_names[variable.variable as usize];
            result = self.write_variable(text, variable, name, value);
            if result.is_err() {
                break;
            }
        }
        self.trace.scratch = values;
        result
    }

    fn write_namespace(&mut self, text: &mut String, shown: &mut Vec<Shown>) -> Res<()> {
        let dict = match self.frames.last().expect("a traced frame").locals {
            Value::Dict(dict) => dict,
            other => match self.payload(other) {
                Value::Dict(dict) => dict,
                _ => return Ok(()),
            },
        };
        let (mut position, mut count) = (0, 0);
        loop {
            if self.depth + NEAR_LIMIT <= self.recursion_limit {
                // Most lines change one variable or none.
                let entries = self.heap.dicts.get(dict.0).entries_from(position);
                let trace = &mut self.trace;
                let known = (entries.iter().zip(&shown[count..]))
                    .take_while(|&(entry, variable)| {
                        matches!(entry.key, Value::Str(name) if variable.variable == name.0 as u32)
                            && trace.write_known(variable, entry.value)
                    })
                    .count();
                position += known;
                count += known;
            }
            let Some(at) = self.heap[dict].next_live(position) else {
                return Ok(());
            };
            position = at + 1;
            let entry = *self.heap[dict].entry(at);
            let Value::Str(name) = entry.key else { continue };
            if count == shown.len() {
                shown.push(Shown::new(name.0 as u32));
            }
            let variable = &mut shown[count];
            if variable.variable != name.0 as u32 {
                *variable = Shown::new(name.0 as u32);
            }
            count += 1;
            self.write_variable(text, variable, name, entry.value)?;
        }
    }

    fn write_variable(&mut self, text: &mut String, variable: &mut Shown, name: StrId, value: Value) -> Res<()> {
        if self.depth + NEAR_LIMIT <= self.recursion_limit {
            if self.trace.write_known(variable, value) {
                return Ok(());
            }
            if let Source::Container(version) = variable.source
                && variable.epoch == self.trace.epoch
                && variable.value.is(value)
                && self.is_current_item(value, version, 0)
            {
                self.trace.write_shown(variable);
                return Ok(());
            }
        }
        variable.name = self.name_span(text, name);
        variable.value = value;
        variable.hidden = variable.name.len() == 0;
        if variable.hidden || matches!(value, Value::Module(_)) {
            variable.name = Span::default();
            variable.epoch = self.trace.epoch;
            variable.source = Source::Value;
            return Ok(());
        }
        // A text that can't be made is not remembered.
        variable.source = Source::Unknown;
        let shown = self.show(text, value)?;
        variable.text = shown.span;
        variable.chars = shown.chars;
        variable.source = shown.source;
        variable.epoch = self.trace.epoch;
        self.trace.write_shown(variable);
        Ok(())
    }

    /// Where a name's text stands; empty if it is not shown.
    fn name_span(&mut self, text: &mut String, name: StrId) -> Span {
        let index = name.0 as usize;
        if index >= self.trace.names.len() {
            self.trace.names.resize(index + 32, (0, Span::default()));
        }
        let (epoch, span) = self.trace.names[index];
        if epoch == self.trace.epoch {
            return span;
        }
        let string = self.heap.text(name);
        let span = if string.starts_with("__") {
            Span::default()
        } else {
            append(text, |text| text.push_str(string))
        };
        self.trace.names[index] = (self.trace.epoch, span);
        span
    }

    pub(super) fn show(&mut self, text: &mut String, value: Value) -> Res<Text> {
        if matches!(value, Value::Function(_) | Value::Native(_) | Value::Method(_)) {
            return Ok(Text {
                span: Span::new(0, FUNCTION.len()),
                chars: FUNCTION.len() as u32,
                source: Source::Value,
            });
        }
        if let Value::Instance(_) | Value::Exception(_) = value
            && self.claims_class(self.class_of(value))
        {
            self.ask_for_class(value)?;
            return self.show_plainly(text, value);
        }
        if self.depth + NEAR_LIMIT > self.recursion_limit {
            return self.show_plainly(text, value);
        }
        match value {
            Value::Int(i) => {
                let span = append(text, |text| crate::numeric::int_text::write_i64(text, i));
                return Ok(Text {
                    span,
                    chars: span.len() as u32,
                    source: Source::Value,
                });
            }
            Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::FrozenSet(_) | Value::Tuple(_)
                if !self.is_brief(value) =>
            {
                match self.nature(value, 0) {
                    Nature::Stable => {}
                    _ => {
                        if let Some(found) = self.show_container(text, value)? {
                            return Ok(found);
                        }
                    }
                }
            }
            _ => {}
        }
        let stable = !matches!(value, Value::List(_) | Value::Dict(_) | Value::Set(_))
            && self.nature(value, 0) == Nature::Stable;
        let mut shown = self.show_plainly(text, value)?;
        if stable {
            shown.source = Source::Value;
        }
        Ok(shown)
    }

    /// So little that remembering costs more than writing.
    fn is_brief(&self, value: Value) -> bool {
        let items = match value {
            Value::List(_) => return false,
            Value::Tuple(tuple) => &self.heap[tuple].items[..],
            Value::Dict(dict) => return self.heap[dict].len() == 0,
            Value::Set(set) | Value::FrozenSet(set) => return self.heap[set].len() < 4,
            _ => return true,
        };
        items.len() < 4
            && items
                .iter()
                .all(|item| matches!(item, Value::Int(_) | Value::Bool(_) | Value::None | Value::Float(_)))
    }

    pub(super) fn nature(&mut self, value: Value, level: usize) -> Nature {
        match value {
            Value::None
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::Complex(_)
            | Value::Bytes(_)
            | Value::Range(_)
            | Value::Ellipsis
            | Value::NotImplemented => Nature::Stable,
            // Neither near the limit of digits nor under a limit of the program's own.
            Value::BigInt(id) if self.heap[id].bits() < 10_000 && self.max_int_digits == 4300 => Nature::Stable,
            Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::FrozenSet(_) => Nature::Container,
            Value::Tuple(tuple) => {
                if level > 8 {
                    return Nature::Container;
                }
                let mut nature = Nature::Stable;
                for index in 0..self.heap[tuple].items.len() {
                    let item = self.heap[tuple].items[index];
                    match self.nature(item, level + 1) {
                        Nature::Stable => {}
                        Nature::Container => nature = Nature::Container,
                        Nature::Dynamic => return Nature::Dynamic,
                    }
                }
                nature
            }
            Value::Class(class) if self.heap[class].metaclass == TYPE => Nature::Stable,
            Value::Instance(instance) => {
                let class = self.heap[instance].class;
                let plain = self.heap[class].layout == Layout::Object
                    && match self.class_attribute(class, names::REPR) {
                        Some(Value::Native(native)) => {
                            self.natives[native.0 as usize].kind == crate::vm::native::NativeKind::Slot(OBJECT)
                        }
                        _ => false,
                    };
                if plain { Nature::Stable } else { Nature::Dynamic }
            }
            _ => Nature::Dynamic,
        }
    }

    /// The reference tracer asks whether a value is a module or one of seven kinds of functions, and each time `isinstance` asks
    /// the value for its class, which a program's `__getattribute__` (or `__class__`) gets to see.
    #[cold]
    fn ask_for_class(&mut self, value: Value) -> Res<()> {
        for _ in 0..8 {
            let class = self.get_attribute(value, names::CLASS);
            let class = match self.catch(class, ATTRIBUTE_ERROR) {
                Err(Stop::Raise(_)) => return Err(self.unsupported("a __class__ that fails for the tracer")),
                class => class?,
            };
            if class.is_some_and(|class| !class.is(Value::Class(self.class_of(value)))) {
                return Err(self.unsupported("a __class__ that is another class"));
            }
        }
        Ok(())
    }

    /// The text of whatever value, made anew.
    fn show_plainly(&mut self, text: &mut String, value: Value) -> Res<Text> {
        let start = text.len();
        self.write_plainly(text, value)?;
        Ok(Text {
            span: Span::new(start, text.len()),
            chars: count_chars(&text[start..]),
            source: Source::Unknown,
        })
    }

    pub(super) fn write_plainly(&mut self, text: &mut String, value: Value) -> Res<()> {
        // A text shows at least as many bytes as it has: what the states have no room for is not written.
        let least = match value {
            Value::Str(id) => self.heap.text(id).len(),
            Value::Bytes(id) => self.heap[id].len(),
            Value::ByteArray(id) => self.heap[id].len(),
            _ => 0,
        };
        if least > 1 << 16 && least as i64 > self.trace.room {
            return Err(self.limit("bytes of state"));
        }
        let start = text.len();
        let near_limit = self.depth + NEAR_LIMIT > self.recursion_limit;
        let depth = self.depth;
        let handled = self.handled;
        let frames = self.frames.len();
        self.depth += REPR_DEPTH;
        let result = if near_limit {
            Err(self.recursion_error(""))
        } else if matches!(
            value,
            Value::Int(_) | Value::Float(_) | Value::Str(_) | Value::Bool(_) | Value::None
        ) {
            self.repr_into(text, value)
        } else {
            // A text of its own: what limits the length of a repr looks at the whole.
            let mut own = std::mem::take(&mut self.trace.own_text);
            own.clear();
            let result = self.repr_into(&mut own, value);
            text.push_str(&own);
            self.trace.own_text = own;
            result
        };
        self.depth = depth;
        match result {
            Ok(()) => {
                clean(text, start, value);
                Ok(())
            }
            Err(Stop::Raise(_)) => {
                debug_assert_eq!(frames, self.frames.len());
                self.handled = handled;
                self.repr_stack.clear();
                text.truncate(start);
                text.push('<');
                text.push_str(self.class_name(self.class_of(value)));
                text.push_str(" object>");
                Ok(())
            }
            Err(Stop::Halt) => {
                text.truncate(start);
                Err(Stop::Halt)
            }
        }
    }
}

/// Calls of the reference tracer that stand below the `repr` of a value.
pub(super) const REPR_DEPTH: usize = 6;
/// So near to the recursion limit, no value's `repr` runs.
const NEAR_LIMIT: usize = REPR_DEPTH + 1;

pub(super) fn append(text: &mut String, write: impl FnOnce(&mut String)) -> Span {
    let start = text.len();
    write(text);
    Span::new(start, text.len())
}

pub(super) fn count_chars(text: &str) -> u32 {
    if text.is_ascii() {
        text.len() as u32
    } else {
        text.chars().count() as u32
    }
}

/// Takes ` at 0x…` and `__main__.` out of the repr of `value`, which stands from `start`.
pub(super) fn clean(text: &mut String, start: usize, value: Value) {
    if matches!(
        value,
        Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::None | Value::BigInt(_)
    ) {
        return;
    }
    // Both hold an underscore or an x, which most texts don't.
    let bytes = &text.as_bytes()[start..];
    let unclean = memchr::memchr2_iter(b'x', b'_', bytes).any(|at| match bytes[at] {
        b'x' => bytes[..at].ends_with(b" at 0"),
        _ => bytes[at..].starts_with(b"_main__"),
    });
    if unclean {
        let clean = without_addresses(&text[start..]);
        text.truncate(start);
        text.push_str(&clean);
    }
}

fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(" at 0x") {
        let after = &rest[at + 6..];
        let digits = after
            .bytes()
            .take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            .count();
        if digits == 0 {
            out.push_str(&rest[..at + 6]);
        } else {
            out.push_str(&rest[..at]);
        }
        rest = &after[digits..];
    }
    out.push_str(rest);
    out.replace("__main__.", "")
}
