//! The tracer: entries for executed lines, with the state after each.
//!
//! An entry is opened by a frame's line event and closed by the frame's next event (line, return, yield, unwinding), with the
//! variables as they are then. Entries are written into one buffer, which is handed to the sink when the program is done.

use crate::api::{State, TraceSink};
use crate::bytecode::NO_LINE;
use crate::value::*;
use crate::vm::Vm;

/// A traced frame's open entry.
struct Pending {
    /// 1-based, or none.
    line: Option<u32>,
    output: String,
}

struct Record {
    line: u32,
    text_start: usize,
    ends_start: usize,
    output: Option<(usize, usize)>,
}

#[derive(Default)]
pub struct TraceState {
    pub enabled: bool,
    /// A callback of the reference tracer met the recursion limit: CPython takes such a tracer away for good.
    dead: bool,
    stack: Vec<Pending>,
    spare: Vec<String>,
    text: String,
    ends: Vec<(u32, u32)>,
    records: Vec<Record>,
    outputs: String,
    /// Characters of state text left.
    room: i64,
    scratch: Vec<(StrId, Value)>,
}

impl TraceState {
    pub fn reset(&mut self, max_bytes: usize) {
        self.enabled = false;
        self.dead = false;
        self.stack.clear();
        self.text.clear();
        self.ends.clear();
        self.records.clear();
        self.outputs.clear();
        self.scratch.clear();
        self.room = max_bytes.min(i64::MAX as usize) as i64;
    }

    /// Hands all entries to the sink.
    pub fn replay(&self, sink: &mut dyn TraceSink) {
        for (index, record) in self.records.iter().enumerate() {
            let (text_end, ends_end) = self
                .records
                .get(index + 1)
                .map_or((self.text.len(), self.ends.len()), |next| {
                    (next.text_start, next.ends_start)
                });
            let state = State {
                text: &self.text[record.text_start..text_end],
                ends: &self.ends[record.ends_start..ends_end],
            };
            let output = record.output.map(|(start, end)| &self.outputs[start..end]);
            // An empty program runs on line 0, which counts as the first.
            sink.entry((record.line as usize).saturating_sub(1), state, output);
        }
    }
}

impl Vm {
    /// The top frame begins or goes on: it is traced from here.
    pub(crate) fn trace_enter(&mut self) -> Res<bool> {
        if self.trace.dead {
            return Ok(false);
        }
        self.tracer_calls(1, "")?;
        let output = self.trace.spare.pop().unwrap_or_default();
        self.trace.stack.push(Pending { line: None, output });
        self.frames.last_mut().expect("a frame").traced = true;
        Ok(true)
    }

    /// The reference tracer is Python code itself: its calls, this many above the frame, count against the recursion limit.
    /// Where they don't fit, the program gets the error, and is traced no more.
    pub(crate) fn tracer_calls(&mut self, levels: usize, place: &str) -> Res<()> {
        if self.depth + levels <= self.recursion_limit {
            return Ok(());
        }
        self.trace.dead = true;
        self.trace.enabled = false;
        Err(self.recursion_error(place))
    }

    pub(crate) fn trace_line(&mut self, line: u32) -> Res<()> {
        if self.trace.dead {
            return Ok(());
        }
        self.trace_close()?;
        if self.trace.records.len() >= self.limits.max_events {
            return Err(self.limit("events"));
        }
        if self.trace.room < 0 {
            return Err(self.limit("bytes of state"));
        }
        self.tick(4)?;
        if let Some(top) = self.trace.stack.last_mut() {
            top.line = Some(line);
        }
        Ok(())
    }

    /// The top frame returns or yields.
    pub(crate) fn trace_return(&mut self) -> Res<()> {
        let result = self.trace_close();
        self.trace_pop();
        result
    }

    fn trace_pop(&mut self) {
        if let Some(mut pending) = self.trace.stack.pop() {
            pending.output.clear();
            self.trace.spare.push(pending.output);
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.traced = false;
        }
    }

    /// The top frame is left by an exception.
    pub(crate) fn trace_leave(&mut self) {
        if self.frames.last().is_some_and(|frame| frame.traced) {
            // A limit met here is met again, and reported, at the next event.
            let _ = self.trace_return();
        }
    }

    /// Standard output belongs to the innermost traced frame's line.
    pub fn write_stdout(&mut self, text: &str) -> Res<()> {
        if self.stdout.len() + text.len() > self.limits.max_output {
            return Err(self.limit("output"));
        }
        self.stdout.push_str(text);
        if let Some(top) = self.trace.stack.last_mut() {
            top.output.push_str(text);
        }
        Ok(())
    }

    fn trace_close(&mut self) -> Res<()> {
        if self.trace.dead {
            return Ok(());
        }
        self.tracer_calls(2, "")?;
        if self.trace.stack.last().is_some_and(|top| top.line.is_some()) {
            let frame = self.frames.last().expect("a traced frame");
            let slots = &self.stack[frame.base..frame.base + frame.code.slots];
            let any = !frame.code.optimized || slots.iter().any(|value| !value.is_null());
            self.tracer_calls(if any { 5 } else { 4 }, " while calling a Python object")?;
        }
        let Some(top) = self.trace.stack.last_mut() else {
            return Ok(());
        };
        let Some(line) = top.line else {
            top.output.clear();
            return Ok(());
        };
        debug_assert_ne!(line, NO_LINE);
        let output = (!top.output.is_empty()).then(|| {
            let start = self.trace.outputs.len();
            self.trace.outputs.push_str(&top.output);
            (start, self.trace.outputs.len())
        });
        let record = Record {
            line,
            text_start: self.trace.text.len(),
            ends_start: self.trace.ends.len(),
            output,
        };
        self.trace.records.push(record);
        self.trace.enabled = false;
        let result = self.write_state();
        self.trace.enabled = true;
        if let Some(top) = self.trace.stack.last_mut() {
            top.line = None;
            top.output.clear();
        }
        result
    }

    /// Brings the order of the top frame's locals up to date: CPython keeps one `f_locals` dict for each frame.
    pub(crate) fn note_locals(&mut self) {
        let frame = self.frames.last_mut().expect("a frame");
        if !frame.code.optimized {
            return;
        }
        for slot in 0..frame.code.slots {
            let mut value = self.stack[frame.base + slot];
            if let Value::Cell(cell) = value
                && frame.code.is_cell[slot]
            {
                value = self.heap.cells.get(cell.0).0;
            }
            let known = frame.shown.iter().position(|&shown| shown as usize == slot);
            match (known, value.is_null()) {
                (None, false) => frame.shown.push(slot as u16),
                (Some(at), true) => {
                    frame.shown.remove(at);
                }
                _ => {}
            }
        }
    }

    /// Writes the variables of the top frame.
    fn write_state(&mut self) -> Res<()> {
        let mut variables = std::mem::take(&mut self.trace.scratch);
        variables.clear();
        self.note_locals();
        let frame = self.frames.last().expect("a traced frame");
        if frame.code.optimized {
            let code = &frame.code;
            for &slot in &frame.shown {
                let mut value = self.stack[frame.base + slot as usize];
                if let Value::Cell(cell) = value
                    && code.is_cell[slot as usize]
                {
                    value = self.heap.cells.get(cell.0).0;
                }
                variables.push((code.fast_names[slot as usize], value));
            }
        } else {
            let locals = match frame.locals {
                Value::Dict(dict) => Some(dict),
                other => match self.payload(other) {
                    Value::Dict(dict) => Some(dict),
                    _ => None,
                },
            };
            if let Some(dict) = locals {
                for (key, value) in self.heap[dict].iter() {
                    if let Value::Str(name) = key {
                        variables.push((name, value));
                    }
                }
            }
        }
        let mut text = std::mem::take(&mut self.trace.text);
        let start = text.len();
        let mut result = Ok(());
        for &(name, value) in &variables {
            let name = self.heap.text(name);
            if name.starts_with("__") || matches!(value, Value::Module(_)) {
                continue;
            }
            text.push_str(name);
            let name_end = text.len();
            result = self.write_shown(&mut text, value);
            if result.is_err() {
                break;
            }
            let written = &text[name_end..];
            self.trace.room -= if written.is_ascii() {
                written.len() as i64
            } else {
                written.chars().count() as i64
            };
            self.trace
                .ends
                .push(((name_end - start) as u32, (text.len() - start) as u32));
        }
        self.trace.text = text;
        self.trace.scratch = variables;
        result
    }

    fn write_shown(&mut self, text: &mut String, value: Value) -> Res<()> {
        let start = text.len();
        let near_limit = self.depth + 7 > self.recursion_limit;
        match value {
            Value::Int(i) if !near_limit => {
                crate::numeric::int_text::write_i64(text, i);
                return Ok(());
            }
            Value::Function(_) | Value::Native(_) | Value::Method(_) => {
                text.push_str("<function>");
                return Ok(());
            }
            _ => {}
        }
        let depth = self.depth;
        let handled = self.handled;
        let frames = self.frames.len();
        self.depth += 6;
        let result = if near_limit {
            Err(self.recursion_error(""))
        } else {
            self.repr_into(text, value)
        };
        self.depth = depth;
        match result {
            Ok(()) => {
                let written = &text[start..];
                if written.contains(" at 0x") || written.contains("__main__.") {
                    let clean = without_addresses(written);
                    text.truncate(start);
                    text.push_str(&clean);
                }
                Ok(())
            }
            Err(Stop::Raise(_)) => {
                debug_assert_eq!(frames, self.frames.len());
                self.depth = depth;
                self.handled = handled;
                self.repr_stack.clear();
                text.truncate(start);
                text.push('<');
                text.push_str(self.type_name(value));
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

/// Takes ` at 0x…` and `__main__.` out of a repr.
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
