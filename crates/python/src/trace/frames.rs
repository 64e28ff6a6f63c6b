//! The events of frames (call, line, return, exception), kept where a sink asks for them.

use super::state::{Span, Variable};
use crate::api::{FrameEvent, State, TraceSink};
use crate::value::*;
use crate::vm::Vm;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Call,
    Line,
    Return,
    Exception,
}

struct Record {
    kind: Kind,
    /// 1-based.
    line: u32,
    depth: usize,
    /// Where its variables begin; they go on to the next record's.
    start: usize,
    /// What is returned or raised.
    value: Span,
}

#[derive(Default)]
pub struct FrameLog {
    variables: Vec<Variable>,
    records: Vec<Record>,
}

impl FrameLog {
    /// Hands all events to the sink; `text` is the tracer's buffer.
    pub(super) fn replay(&self, text: &str, sink: &mut dyn TraceSink) {
        for (index, record) in self.records.iter().enumerate() {
            let end = self
                .records
                .get(index + 1)
                .map_or(self.variables.len(), |next| next.start);
            let state = State {
                text,
                variables: &self.variables[record.start..end],
                previous: None,
            };
            let value = &text[record.value.range()];
            let event = match record.kind {
                Kind::Call => FrameEvent::Call(state),
                Kind::Line => FrameEvent::Line(state),
                Kind::Return => FrameEvent::Return(value),
                Kind::Exception => FrameEvent::Exception(value),
            };
            sink.frame((record.line as usize).saturating_sub(1), record.depth, event);
        }
    }
}

impl Vm {
    fn log(&mut self, kind: Kind, line: u32) {
        let depth = self.trace.stack.len();
        if let Some(frames) = &mut self.trace.frames {
            frames.records.push(Record {
                kind,
                line,
                depth,
                start: frames.variables.len(),
                value: Span::default(),
            });
        }
    }

    /// The 1-based line that the top frame stands at.
    fn logged_line(&self) -> u32 {
        let frame = self.frames.last().expect("a frame");
        self.codes[frame.code].source.lines[frame.pc.saturating_sub(1)]
    }

    /// The top frame was entered.
    pub(super) fn log_call(&mut self) -> Res<()> {
        let frame = self.frames.last().expect("a frame");
        let line = self.codes[frame.code].source.first_line;
        self.log(Kind::Call, line);
        self.log_state()
    }

    /// A line of the top frame is about to run. `closed`: an entry was made just now, whose state is also that before it.
    pub(super) fn log_line(&mut self, line: u32, closed: bool) -> Res<()> {
        self.log(Kind::Line, line);
        if !closed {
            return self.log_state();
        }
        let trace = &mut self.trace;
        if let (Some(frames), Some(record)) = (&mut trace.frames, trace.records.last()) {
            frames.variables.extend_from_slice(&trace.variables[record.start..]);
        }
        Ok(())
    }

    fn log_state(&mut self) -> Res<()> {
        let enabled = std::mem::replace(&mut self.trace.enabled, false);
        let entries = self.trace.variables.len();
        let result = self.write_state();
        self.trace.enabled = enabled;
        let trace = &mut self.trace;
        if let Some(frames) = &mut trace.frames {
            frames.variables.extend(trace.variables.drain(entries..));
        }
        result
    }

    /// The top frame is about to return or yield `value`, which still lies on the stack.
    pub(crate) fn log_return(&mut self, value: Value) -> Res<()> {
        if self.trace.dead {
            return Ok(());
        }
        self.log(Kind::Return, self.logged_line());
        self.log_value(value)
    }

    /// An exception was raised in the top frame, or comes through it.
    pub(crate) fn log_exception(&mut self, exception: ExceptionId) {
        if !self.trace.dead && self.frames.last().is_some_and(|frame| frame.traced) {
            self.log(Kind::Exception, self.logged_line());
            // A limit met here is met again, and reported, at the next event.
            let _ = self.log_value(Value::Exception(exception));
        }
    }

    fn log_value(&mut self, value: Value) -> Res<()> {
        let enabled = std::mem::replace(&mut self.trace.enabled, false);
        let mut text = std::mem::take(&mut self.trace.text);
        let shown = self.show(&mut text, value);
        self.trace.text = text;
        self.trace.enabled = enabled;
        let shown = shown?;
        self.trace.room -= i64::from(shown.chars);
        if let Some(record) = self.trace.frames.as_mut().and_then(|frames| frames.records.last_mut()) {
            record.value = shown.span;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Limits, Tracer};

    #[derive(Default)]
    struct Events(Vec<String>);

    impl TraceSink for Events {
        fn entry(&mut self, _: usize, _: State<'_>, _: Option<&str>) {}

        fn wants_frames(&self) -> bool {
            true
        }

        fn frame(&mut self, line: usize, depth: usize, event: FrameEvent<'_>) {
            let state = |state: State<'_>| {
                state
                    .iter()
                    .map(|(name, value)| format!(" {name}={value}"))
                    .collect::<String>()
            };
            self.0.push(match event {
                FrameEvent::Call(variables) => format!("{depth} call {line}{}", state(variables)),
                FrameEvent::Line(variables) => format!("{depth} line {line}{}", state(variables)),
                FrameEvent::Return(value) => format!("{depth} return {line} {value}"),
                FrameEvent::Exception(value) => format!("{depth} exception {line} {value}"),
            });
        }
    }

    /// As `sys.settrace` tells them in CPython 3.11.
    #[test]
    fn events_come_in_settraces_order() {
        let source =
            "def f(a):\n    b = a + 1\n    return [b]\nx = f(1)\ntry:\n    x[1]\nexcept IndexError:\n    x = 0\n";
        let mut events = Events::default();
        Tracer::new().run(source, "", &Limits::default(), &mut events);
        assert_eq!(
            events.0,
            [
                "1 call 0",
                "1 line 0",
                "1 line 3 f=<function>",
                "2 call 0 a=1",
                "2 line 1 a=1",
                "2 line 2 a=1 b=2",
                "2 return 2 [2]",
                "1 line 4 f=<function> x=[2]",
                "1 line 5 f=<function> x=[2]",
                "1 exception 5 IndexError('list index out of range')",
                "1 line 6 f=<function> x=[2]",
                "1 line 7 f=<function> x=[2]",
                "1 return 7 None",
            ]
        );
    }
}
