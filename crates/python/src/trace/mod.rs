//! The tracer: entries for executed lines, with the state after each.
//!
//! An entry is opened by a frame's line event and closed by the frame's next event (line, return, yield, unwinding), with the
//! variables as they are then. Texts are written into one buffer, each distinct one once; entries name their places in it, and
//! are handed to the sink when the program is done.

mod containers;
mod frames;
mod state;

use crate::api::{State, TraceSink};
use crate::bytecode::NO_LINE;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::finalize::Moment;
use crate::vm::frame::Role;
use containers::Containers;
use frames::FrameLog;
pub use state::{Shown, Variable};
use std::collections::HashMap;

/// A traced frame's open entry.
struct Pending {
    /// 1-based, or none.
    line: Option<u32>,
    output: String,
    /// The frame's last record.
    previous: Option<usize>,
}

struct Record {
    line: u32,
    /// The record before it of the same frame.
    previous: Option<usize>,
    /// Where its variables begin.
    start: usize,
    output: Option<(usize, usize)>,
}

#[derive(Default)]
pub struct TraceState {
    pub enabled: bool,
    /// A callback of the reference tracer met the recursion limit: CPython takes such a tracer away for good.
    dead: bool,
    stack: Vec<Pending>,
    spare: Vec<String>,
    /// The last records of generators that wait.
    waiting: HashMap<GeneratorId, Option<usize>>,
    /// All texts of names and values.
    text: String,
    variables: Vec<Variable>,
    records: Vec<Record>,
    outputs: String,
    /// Characters of state text left.
    room: i64,
    scratch: Vec<Value>,
    own_text: String,
    /// What frames that are done remembered: room for others.
    spare_shown: Vec<Vec<Shown>>,
    /// What was remembered in another epoch is out of date.
    epoch: u32,
    /// Classes have not changed since.
    class_version: u32,
    names: state::Names,
    containers: Containers,
    /// Events of frames, where a sink wants them.
    pub(crate) frames: Option<FrameLog>,
}

impl TraceState {
    /// How many entries the trace has.
    pub fn entries(&self) -> usize {
        self.records.len()
    }

    pub fn reset(&mut self, max_bytes: usize) {
        self.enabled = false;
        self.dead = false;
        self.stack.clear();
        // What a deep recursion left behind is given back.
        self.stack.shrink_to(1 << 10);
        self.spare.truncate(1 << 10);
        self.spare_shown.truncate(1 << 10);
        self.text.clear();
        self.text.push_str(state::FUNCTION);
        self.variables.clear();
        self.records.clear();
        self.outputs.clear();
        self.frames = None;
        self.room = max_bytes.min(i64::MAX as usize) as i64;
        self.forget();
    }

    /// Forgets the texts of values: handles may come to name other objects.
    pub fn forget(&mut self) {
        self.epoch += 1;
        self.containers.clear();
        self.waiting.clear();
    }

    /// Hands all entries to the sink.
    pub fn replay(&self, sink: &mut dyn TraceSink) {
        for (index, record) in self.records.iter().enumerate() {
            let end = self
                .records
                .get(index + 1)
                .map_or(self.variables.len(), |next| next.start);
            let state = State {
                text: &self.text,
                variables: &self.variables[record.start..end],
                previous: record.previous,
            };
            let output = record.output.map(|(start, end)| &self.outputs[start..end]);
            sink.entry((record.line as usize).saturating_sub(1), state, output);
        }
        if let Some(frames) = &self.frames {
            frames.replay(&self.text, sink);
        }
    }
}

impl Vm {
    /// The top frame begins or goes on: it is traced from here.
    pub(crate) fn trace_enter(&mut self) -> Res<bool> {
        if self.trace.dead {
            return Ok(false);
        }
        self.finalize(Moment::Step)?;
        self.tracer_calls(1, "")?;
        let output = self.trace.spare.pop().unwrap_or_default();
        let frame = self.frames.last_mut().expect("a frame");
        let previous = match frame.role {
            Role::Generator(generator, ..) => self.trace.waiting.remove(&generator).flatten(),
            _ => None,
        };
        self.trace.stack.push(Pending {
            line: None,
            output,
            previous,
        });
        frame.traced = true;
        if frame.shown.capacity() == 0 {
            frame.shown = self.trace.spare_shown.pop().unwrap_or_default();
        }
        if self.trace.frames.is_some() {
            self.log_call()?;
        }
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

    /// What the reference tracer calls for each variable, where the recursion limit is near: a method of its name, and
    /// `isinstance` of its value unless it is hidden.
    #[cold]
    fn tracer_looks_at_variables(&mut self) -> Res<()> {
        self.note_locals();
        let frame = self.frames.last().expect("a traced frame");
        let names: Vec<(StrId, Value)> = if self.codes[frame.code].optimized {
            let slot = |shown: &Shown| shown.variable as usize;
            let value = |slot: usize| self.stack[frame.base + slot];
            let named = |slot: usize| (self.codes[frame.code].fast_names[slot], value(slot));
            frame.shown.iter().map(|shown| named(slot(shown))).collect()
        } else if let Value::Dict(dict) = frame.locals {
            let entries = self.heap[dict].iter();
            entries
                .filter_map(|(name, value)| match name {
                    Value::Str(name) => Some((name, value)),
                    _ => None,
                })
                .collect()
        } else {
            Vec::new()
        };
        for (name, value) in names {
            self.tracer_calls(5, " while calling a Python object")?;
            if !self.heap.text(name).starts_with("__") && !matches!(value, Value::Module(_)) {
                self.tracer_calls(6, " in __instancecheck__")?;
            }
        }
        Ok(())
    }

    /// The top frame comes to a line, counted from 1.
    pub(crate) fn trace_line(&mut self, line: u32) -> Res<()> {
        if self.trace.dead {
            return Ok(());
        }
        self.finalize(Moment::Entry)?;
        let entries = self.trace.records.len();
        if let Err(stop) = self.trace_close() {
            // An error of the tracer's own calls comes up on the new line.
            if let Stop::Raise(exception) = stop {
                self.heap[exception].line.get_or_insert(line);
            }
            return Err(stop);
        }
        if self.trace.records.len() >= self.limits.max_events {
            return Err(self.limit("events"));
        }
        if self.trace.room < 0 {
            return Err(self.limit("bytes of state"));
        }
        self.tick(4)?;
        if self.trace.frames.is_some() {
            self.log_line(line, self.trace.records.len() > entries)?;
        }
        if let Some(top) = self.trace.stack.last_mut() {
            top.line = Some(line);
        }
        Ok(())
    }

    /// The top frame returns or yields this value, which stands nowhere else.
    pub(crate) fn trace_value(&mut self, value: Value) -> Res<()> {
        if !self.finalizers.is_empty() {
            self.stack.push(value);
            self.finalize(Moment::Entry)?;
            self.stack.pop();
            self.note_returned();
        }
        if self.trace.frames.is_some() {
            self.stack.push(value);
            let logged = self.log_return(value);
            self.stack.pop();
            logged?;
        }
        self.trace_return()
    }

    /// The top frame returns or yields.
    pub(crate) fn trace_return(&mut self) -> Res<()> {
        let result = self.trace_close();
        self.trace_pop();
        result
    }

    fn trace_pop(&mut self) {
        let pending = self.trace.stack.pop();
        if let Some(frame) = self.frames.last_mut() {
            frame.traced = false;
            if let Role::Generator(generator, ..) = frame.role {
                let previous = pending.as_ref().and_then(|pending| pending.previous);
                self.trace.waiting.insert(generator, previous);
            } else {
                let mut shown = std::mem::take(&mut frame.shown);
                shown.clear();
                self.trace.spare_shown.push(shown);
            }
        }
        if let Some(mut pending) = pending {
            pending.output.clear();
            self.trace.spare.push(pending.output);
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
        self.finalize(Moment::Native)?;
        if self.stdout.len() + text.len() > self.limits.max_output {
            return Err(self.limit("output"));
        }
        if self.stdout.capacity() == 0 {
            self.stdout.reserve(128);
        }
        self.stdout.push_str(text);
        if let Some(top) = self.trace.stack.last_mut()
            && !self.finalizers.silent
        {
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
            self.tracer_calls(4, " while calling a Python object")?;
            if self.depth + 6 > self.recursion_limit {
                self.tracer_looks_at_variables()?;
            }
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
            previous: top.previous.replace(self.trace.records.len()),
            start: self.trace.variables.len(),
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
}
