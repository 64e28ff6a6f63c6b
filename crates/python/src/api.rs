//! What the crate offers to the rest of the house: limits, statuses, whole traces, and the sink that a trace is streamed into.

use crate::compiler::{CompileOptions, Workspace, compile_in};
use crate::syntax::LineIndex;
use crate::syntax::SyntaxError;
use crate::trace::Variable;
use crate::vm::Vm;
use ruff_python_ast::ModModule;
use std::sync::Arc;
use std::time::Duration;

/// Bounds on one run. A program that meets one of them ends with [`Status::Limit`] and its trace up to there.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Trace entries.
    pub max_events: usize,
    /// Characters of state text, summed over all entries.
    pub max_bytes: usize,
    /// Interpreter steps (bytecode instructions and turns of long native loops).
    pub max_steps: u64,
    /// Bytes of live objects.
    pub max_memory: usize,
    /// Bytes written to standard output.
    pub max_output: usize,
    /// Wall-clock seconds.
    pub seconds: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_events: 10_000,
            max_bytes: 1 << 23,
            max_steps: u64::MAX,
            max_memory: 512 << 20,
            max_output: 64 << 20,
            seconds: 5.0,
        }
    }
}

impl Limits {
    pub(crate) fn duration(&self) -> Duration {
        Duration::try_from_secs_f64(self.seconds.max(0.0)).unwrap_or(Duration::MAX)
    }
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    Ok,
    /// An exception left the program.
    Exception,
    SyntaxError,
    /// One of [`Limits`] was met; `exception.message` names it.
    Limit,
    /// The program needs something that is not reproduced exactly here; `exception.message` names it.
    Unsupported,
}

impl Status {
    /// The name used in JSON: `ok`, `exception`, `syntax_error`, `limit`, `unsupported`.
    pub fn name(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Exception => "exception",
            Status::SyntaxError => "syntax_error",
            Status::Limit => "limit",
            Status::Unsupported => "unsupported",
        }
    }
}

/// The exception (or refusal, or limit) that ended a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionInfo {
    pub type_name: String,
    pub message: String,
    /// 0-based line of the innermost program frame.
    pub line: usize,
}

/// One executed line: the frame's variables after it, and what it printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 0-based.
    pub line: usize,
    /// Name and `repr` of each variable, in CPython's order.
    pub state: Vec<(String, String)>,
    pub output: Option<String>,
    /// The index of the entry before it of the same frame: with it stand the values that the line found.
    pub previous: Option<usize>,
}

/// How a program ended and what it printed: everything of a trace but its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub status: Status,
    pub stdout: String,
    pub exception: Option<ExceptionInfo>,
}

/// A whole trace in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub status: Status,
    pub stdout: String,
    pub exception: Option<ExceptionInfo>,
    pub entries: Vec<Entry>,
}

/// The variables of one entry, borrowed from the tracer's buffer, where each distinct text stands once.
#[derive(Clone, Copy)]
pub struct State<'a> {
    pub(crate) text: &'a str,
    pub(crate) variables: &'a [Variable],
    pub(crate) previous: Option<usize>,
}

impl<'a> State<'a> {
    /// The index of the entry before it of the same frame, if this is an entry's state and not the frame's first.
    pub fn previous(&self) -> Option<usize> {
        self.previous
    }

    pub fn len(&self) -> usize {
        self.variables.len()
    }

    pub fn is_empty(&self) -> bool {
        self.variables.is_empty()
    }

    /// Name and value text of each variable.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let text = self.text;
        self.variables
            .iter()
            .map(move |variable| (&text[variable.name.range()], &text[variable.value.range()]))
    }
}

/// What happens to a frame, in the order of `sys.settrace`'s events.
#[derive(Clone, Copy)]
pub enum FrameEvent<'a> {
    /// It is entered (or, a generator's, gone on with), with these variables.
    Call(State<'a>),
    /// A line is about to run: the state *before* it.
    Line(State<'a>),
    /// It returns or yields this value.
    Return(&'a str),
    /// This exception is raised in it, or comes through it.
    Exception(&'a str),
}

/// Receives a trace. Nothing is allocated per entry.
pub trait TraceSink {
    /// `line` is 0-based; `output` is what the line printed, if anything.
    fn entry(&mut self, line: usize, state: State<'_>, output: Option<&str>);

    /// Whether [`TraceSink::frame`] is to be called: keeping its events costs time and memory.
    fn wants_frames(&self) -> bool {
        false
    }

    /// An event at a 0-based line of the frame that is the `depth`-th, from 1, of those under way. All of them follow the entries.
    fn frame(&mut self, _line: usize, _depth: usize, _event: FrameEvent<'_>) {}
}

/// Collects entries in memory.
impl TraceSink for Vec<Entry> {
    fn entry(&mut self, line: usize, state: State<'_>, output: Option<&str>) {
        self.push(Entry {
            line,
            state: state
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            output: output.map(str::to_owned),
            previous: state.previous(),
        });
    }
}

/// Drops the entries: for programs whose output alone matters.
impl TraceSink for () {
    fn entry(&mut self, _: usize, _: State<'_>, _: Option<&str>) {}
}

/// Runs programs one after the other, keeping its arenas between them. Cheap to make once per thread, not once per program.
#[derive(Default)]
pub struct Tracer {
    vm: Vm,
    workspace: Workspace,
}

impl Tracer {
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs `source` with `stdin`, handing one entry per executed line to `sink` when the program is done.
    pub fn run(&mut self, source: &str, stdin: &str, limits: &Limits, sink: &mut dyn TraceSink) -> Outcome {
        let source = &*crate::syntax::with_newlines(source);
        match crate::syntax::parse(source) {
            Ok(module) => self.run_module(&module, source, stdin, limits, sink),
            Err(error) => refused(error),
        }
    }

    /// [`Tracer::run`] of a tree; `source` gives the lines of its nodes.
    pub fn run_module(
        &mut self,
        module: &ModModule,
        source: &str,
        stdin: &str,
        limits: &Limits,
        sink: &mut dyn TraceSink,
    ) -> Outcome {
        if module.body.is_empty() {
            // CPython gives it an event on a line before the first.
            return refused(SyntaxError::unsupported("a program without statements", 0));
        }
        let options = CompileOptions::default();
        match compile_in(&mut self.workspace, module, &LineIndex::new(source), &options) {
            Ok(code) => self.vm.run_program(&Arc::new(code), stdin, limits, sink),
            Err(error) => refused(error),
        }
    }

    /// Runs `source` without tracing it: for its outcome alone.
    pub fn execute(&mut self, source: &str, stdin: &str, limits: &Limits) -> Outcome {
        let source = &*crate::syntax::with_newlines(source);
        let module = match crate::syntax::parse(source) {
            Ok(module) => module,
            Err(error) => return refused(error),
        };
        let options = CompileOptions {
            traced: false,
            ..CompileOptions::default()
        };
        match compile_in(&mut self.workspace, &module, &LineIndex::new(source), &options) {
            Ok(code) => self.vm.run_program(&Arc::new(code), stdin, limits, &mut ()),
            Err(error) => refused(error),
        }
    }

    /// [`Tracer::run`] with the entries collected in memory.
    pub fn trace(&mut self, source: &str, stdin: &str, limits: &Limits) -> Trace {
        let mut entries = Vec::new();
        let Outcome {
            status,
            stdout,
            exception,
        } = self.run(source, stdin, limits, &mut entries);
        Trace {
            status,
            stdout,
            exception,
            entries,
        }
    }
}

/// The outcome of a program that does not compile.
fn refused(error: SyntaxError) -> Outcome {
    let status = if error.unsupported {
        Status::Unsupported
    } else {
        Status::SyntaxError
    };
    let type_name = if error.unsupported {
        "Unsupported"
    } else {
        error.type_name
    };
    Outcome {
        status,
        stdout: String::new(),
        exception: Some(ExceptionInfo {
            type_name: type_name.into(),
            message: error.message,
            line: error.line as usize,
        }),
    }
}

/// Traces one program. For many, keep a [`Tracer`].
pub fn trace(source: &str, stdin: &str, limits: &Limits) -> Trace {
    Tracer::new().trace(source, stdin, limits)
}
