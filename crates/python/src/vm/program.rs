//! A whole program: from its code to its outcome.

use super::Vm;
use super::names;
use super::types::*;
use crate::api::{ExceptionInfo, Limits, Outcome, Status, TraceSink};
use crate::bytecode::Code;
use crate::value::*;
use std::sync::Arc;

/// Calls that stand below a program in the reference tracer (four functions and `exec`), and count against the recursion limit.
const FRAMES_BELOW: usize = 5;

impl Vm {
    pub fn run_program(&mut self, code: &Arc<Code>, stdin: &str, limits: &Limits, sink: &mut dyn TraceSink) -> Outcome {
        self.reset(limits, stdin);
        self.trace.reset(limits.max_bytes);
        self.trace.frames = sink.wants_frames().then(Default::default);
        self.depth = FRAMES_BELOW;
        let code = self.load_code(code);
        let main = self.main;
        let module = ModuleId(self.heap.modules.add(crate::heap::Module {
            name: names::MAIN,
            dict: main,
        }));
        self.heap.set_name(self.modules, names::MAIN, Value::Module(module));
        self.heap.set_name(main, names::NAME, Value::Str(names::MAIN));
        for name in [names::DOC, names::PACKAGE, names::LOADER, names::SPEC] {
            self.heap.set_name(main, name, Value::None);
        }
        self.trace.enabled = self.codes[code].traced;
        let result = self
            .push_code(code, main, Value::Dict(main), crate::heap::EMPTY_TUPLE)
            .and_then(|()| self.run(0));
        self.trace.enabled = false;
        let mut outcome = Outcome {
            status: Status::Ok,
            stdout: String::new(),
            exception: None,
        };
        match result {
            Ok(_) => {}
            Err(Stop::Raise(exception)) => self.report(exception, &mut outcome),
            Err(Stop::Halt) => {}
        }
        if self.halt.is_none() && self.abandoned_generator() {
            self.unsupported("a generator left suspended inside try or with");
        }
        if self.halt.is_none() && crate::modules::weak::missed_callback(self) {
            self.unsupported("calling back when an object is freed");
        }
        if let Some(halt) = self.halt.take() {
            outcome.status = halt.status;
            let type_name = if halt.status == Status::Limit {
                "Limit"
            } else {
                "Unsupported"
            };
            outcome.exception = Some(ExceptionInfo {
                type_name: type_name.into(),
                message: halt.message,
                line: halt.line,
            });
        }
        self.frames.clear();
        self.stack.clear();
        outcome.stdout = std::mem::take(&mut self.stdout);
        self.trace.replay(sink);
        outcome
    }

    fn report(&mut self, exception: ExceptionId, outcome: &mut Outcome) {
        let class = self.heap[exception].class;
        if self.is_subclass(class, SYSTEM_EXIT) {
            return;
        }
        let line = self.heap[exception]
            .line
            .filter(|&line| line != crate::bytecode::NO_LINE);
        let line = line.unwrap_or(1).saturating_sub(1) as usize;
        let type_name = self.class_name(class).to_owned();
        self.depth = FRAMES_BELOW;
        match self.exception_message(exception) {
            Ok(message) => {
                outcome.status = Status::Exception;
                outcome.exception = Some(ExceptionInfo {
                    type_name,
                    message,
                    line,
                });
            }
            Err(Stop::Raise(_)) => {
                self.unsupported("an exception whose own __str__ fails");
            }
            Err(Stop::Halt) => {}
        }
    }
}
