//! The virtual machine: one per thread, used for one program after the other.

pub mod arguments;
pub mod asynchronous;
pub mod attributes;
pub mod call;
pub mod classes;
pub mod code;
mod codes;
pub mod compare;
pub mod convert;
pub mod descriptors;
pub mod errors;
mod filter;
pub mod finalize;
mod found;
pub mod frame;
pub mod generators;
pub mod hashing;
pub mod imports;
pub mod in_c;
pub mod integers;
pub mod iterate;
pub mod matching;
pub mod names;
pub mod native;
pub mod operators;
mod own_attributes;
pub mod program;
mod quick;
mod rare;
pub mod repr;
mod run;
mod stack;
pub mod steps;
pub mod subscript;
pub mod table;
pub mod types;
pub mod unwind;

use crate::api::{Limits, Status};
use crate::heap::Heap;
use crate::modules::weak::Reach;
use crate::trace::TraceState;
use crate::value::*;
use codes::Codes;
use frame::Frame;
use native::NativeEntry;
use std::rc::Rc;
use std::time::Instant;

/// Why the run ends without an exception of the program's own.
#[derive(Clone, Debug)]
pub struct Halt {
    pub status: Status,
    pub message: String,
    /// 0-based.
    pub line: usize,
}

/// An entry of the global cache of class attributes.
#[derive(Clone, Copy)]
struct CachedAttribute {
    version: u32,
    epoch: u32,
    name: StrId,
    value: Value,
}

const CACHE_SIZE: usize = 1024;

/// Steps from one look at the limits to the next.
const TICKS: u32 = 4096;

/// Bytes allocated between two collections, at the least, where the memory that is left asks for many.
const LEAST_BETWEEN_COLLECTIONS: usize = 1 << 20;

pub struct Vm {
    pub heap: Heap,
    pub codes: Rc<Codes>,
    pub stack: Vec<Value>,
    pub frames: Vec<Frame>,
    /// Empty: room for frames of generators that will be suspended.
    #[expect(clippy::vec_box, reason = "generators hold them boxed")]
    spare_frames: Vec<Box<frame::SavedFrame>>,
    pub natives: Vec<NativeEntry>,
    pub builtins: DictId,
    /// `sys.modules`.
    pub modules: DictId,
    pub main: DictId,
    /// The exception that handlers are busy with.
    pub handled: Value,
    pub trace: TraceState,
    pub limits: Limits,
    deadline: Instant,
    steps: u64,
    /// Threads that run within each other, but the first.
    pub threads: u32,
    /// Whether threads wait for the one that runs to wait.
    pub tasks_wait: bool,
    /// Back edges and calls until the clock is looked at.
    ticks: u32,
    pub recursion_limit: usize,
    /// What CPython counts against the recursion limit.
    pub depth: usize,
    /// Calls of `__hash__` under way for a table.
    pub hashing: u32,
    /// Nested runs of the loop: native code holds values that the collector can't see.
    pub native_depth: usize,
    /// Iterators of built-in kinds that wait for one another's next item.
    asking: usize,
    pub halt: Option<Halt>,
    pub stdin: crate::modules::stdin::Input,
    pub stdout: String,
    /// Room for what a call of `print` writes.
    pub printed: String,
    /// Once decimals are computed with.
    pub decimals: Option<crate::modules::decimal::Decimals>,
    /// `sys`, once imported: programs may replace its streams.
    pub sys: Option<DictId>,
    cache: Box<[CachedAttribute]>,
    cache_epoch: u32,
    pub next_version: u32,
    /// Set when a hash was computed from an address.
    pub hashed_address: bool,
    /// The `StopIteration` that an iterator's last step ended by, where one was raised.
    pub ended_by: Option<ExceptionId>,
    /// Objects whose repr is under way.
    pub repr_stack: Vec<Value>,
    /// The bytearrays that a memoryview looks at, once for each view.
    pub exported: Vec<ByteArrayId>,
    /// Values that native code keeps visible to the collector.
    pub extra_roots: Vec<Value>,
    /// Weak references without a callback, by what they refer to.
    pub weak_references: std::collections::HashMap<(u8, u64), OpaqueId>,
    /// Those with one.
    pub watched: Vec<OpaqueId>,
    pub(crate) finalizers: finalize::Finalizers,
    pub next_nan: u64,
    /// `sys.set_int_max_str_digits`.
    pub max_int_digits: usize,
    /// The function of the bound method that was called last: complaints name its object's class.
    pub bound_call: Value,
    /// The module of the library to which code loaded now belongs.
    pub loading: Option<&'static str>,
    /// What code loaded now gives as its file.
    pub loading_file: StrId,
    loaded_names: code::LoadedNames,
    /// `list.append`.
    list_append: NativeId,
    base_natives: usize,
    base_codes: usize,
    /// Modules of the library that are loaded for good; see [`imports`].
    ready: imports::Ready,
}

impl Vm {
    pub fn new() -> Self {
        let mut heap = Heap::new();
        names::intern_all(&mut heap);
        let builtins = heap.new_dict();
        let modules = heap.new_dict();
        let empty = CachedAttribute {
            version: 0,
            epoch: 0,
            name: StrId(0),
            value: Value::Null,
        };
        let mut vm = Vm {
            heap,
            codes: Rc::new(Codes::new()),
            stack: Vec::with_capacity(1024),
            frames: Vec::with_capacity(64),
            spare_frames: Vec::new(),
            natives: Vec::new(),
            builtins,
            modules,
            main: modules,
            handled: Value::None,
            trace: TraceState::default(),
            limits: Limits::default(),
            deadline: Instant::now(),
            steps: 0,
            threads: 0,
            tasks_wait: false,
            ticks: 0,
            recursion_limit: 1000,
            depth: 0,
            hashing: 0,
            native_depth: 0,
            asking: 0,
            halt: None,
            stdin: Default::default(),
            stdout: String::new(),
            printed: String::new(),
            decimals: None,
            sys: None,
            cache: vec![empty; CACHE_SIZE].into_boxed_slice(),
            cache_epoch: 1,
            next_version: 0,
            hashed_address: false,
            ended_by: None,
            repr_stack: Vec::new(),
            exported: Vec::new(),
            extra_roots: Vec::new(),
            weak_references: Default::default(),
            watched: Vec::new(),
            finalizers: finalize::Finalizers::default(),
            next_nan: 0,
            max_int_digits: 4300,
            bound_call: Value::Null,
            loading: None,
            loading_file: names::PROGRAM,
            loaded_names: Default::default(),
            list_append: NativeId(u64::MAX),
            base_natives: 0,
            base_codes: 0,
            ready: imports::Ready::default(),
        };
        vm.make_classes();
        crate::builtins::install(&mut vm);
        let append = vm.heap.intern("append");
        if let Some(Value::Native(native)) = vm.class_attribute(types::LIST, append) {
            vm.list_append = native;
        }
        vm.keep();
        vm
    }

    /// Keeps all that exists now for the programs to come.
    pub(super) fn keep(&mut self) {
        self.heap.keep();
        // What was not kept when it was loaded may have a handle that now looks so.
        self.loaded_names = Default::default();
        self.base_natives = self.natives.len();
        self.base_codes = self.codes.len();
    }

    /// Makes the machine ready for a new program.
    pub fn reset(&mut self, limits: &Limits, stdin: &str) {
        self.clear(limits, stdin);
        if self.load_wanted() {
            self.clear(limits, stdin);
        }
    }

    fn clear(&mut self, limits: &Limits, stdin: &str) {
        if self.heap.is_spoiled() {
            // Seldom enough that the library is better loaded for each program alone.
            *self = Vm::new();
            self.ready.disabled = true;
        }
        self.frames.clear();
        self.frames.shrink_to(1 << 10);
        self.stack.clear();
        self.stack.shrink_to(1 << 14);
        let codes = Rc::get_mut(&mut self.codes).expect("no code runs");
        codes.truncate(self.base_codes);
        self.natives.truncate(self.base_natives);
        self.heap.reset();
        self.modules = self.heap.new_dict();
        self.handled = Value::None;
        self.limits = limits.clone();
        self.deadline = Instant::now() + limits.duration().min(std::time::Duration::from_secs(1 << 30));
        self.steps = 0;
        self.threads = 0;
        self.tasks_wait = false;
        self.ticks = 0;
        self.recursion_limit = 1000;
        self.depth = 0;
        self.hashing = 0;
        self.native_depth = 0;
        self.asking = 0;
        self.halt = None;
        self.stdin.reset(stdin);
        self.stdout.clear();
        self.sys = None;
        self.decimals = None;
        self.cache_epoch += 1;
        self.loaded_names.forget();
        self.repr_stack.clear();
        self.exported.clear();
        self.extra_roots.clear();
        self.weak_references.clear();
        self.watched.clear();
        self.finalizers.clear();
        self.max_int_digits = 4300;
        self.main = self.heap.new_namespace();
    }

    /// Ends the run: no handler of the program sees it.
    #[cold]
    pub fn stop(&mut self, status: Status, message: impl Into<String>) -> Stop {
        if self.halt.is_none() {
            let line = self.current_line().saturating_sub(1);
            self.halt = Some(Halt {
                status,
                message: message.into(),
                line,
            });
        }
        Stop::Halt
    }

    /// Refuses the program: `feature` can't be reproduced exactly.
    #[cold]
    pub fn unsupported(&mut self, feature: impl Into<String>) -> Stop {
        self.stop(Status::Unsupported, feature)
    }

    #[cold]
    pub fn limit(&mut self, name: &str) -> Stop {
        self.stop(Status::Limit, name)
    }

    /// 1-based line of the innermost program frame.
    pub fn current_line(&self) -> usize {
        self.frames
            .iter()
            .rev()
            .find(|frame| !self.codes[frame.code].source.lines.is_empty() && !self.is_library(frame))
            .map_or(1, |frame| self.frame_line(frame))
    }

    pub fn frame_line(&self, frame: &Frame) -> usize {
        let code = &self.codes[frame.code].source;
        let at = frame.pc.saturating_sub(1).min(code.lines.len() - 1);
        match code.lines[at] {
            crate::bytecode::NO_LINE => code.first_line as usize,
            line => line as usize,
        }
    }

    /// Whether the text of a module of the library runs, or natives that it called.
    pub fn in_library_module(&self) -> bool {
        (self.frames.last()).is_some_and(|frame| self.codes[frame.code].of_module)
    }

    pub fn is_library(&self, frame: &Frame) -> bool {
        self.codes[frame.code].library
    }

    /// Counts `turns` of a long native loop against the limits.
    #[inline]
    pub fn tick(&mut self, turns: u32) -> Res<()> {
        match self.ticks.checked_sub(turns) {
            Some(left) => {
                self.ticks = left;
                Ok(())
            }
            None => self.look_at_limits(turns),
        }
    }

    /// Steps since the program began.
    pub fn steps_taken(&self) -> u64 {
        self.steps + u64::from(TICKS.saturating_sub(self.ticks))
    }

    #[cold]
    fn look_at_limits(&mut self, turns: u32) -> Res<()> {
        self.steps += u64::from(TICKS) + u64::from(turns);
        self.ticks = TICKS;
        if self.steps > self.limits.max_steps {
            return Err(self.limit("steps"));
        }
        if Instant::now() >= self.deadline {
            return Err(self.limit("time"));
        }
        if self.heap.allocated > self.limits.max_memory {
            return Err(self.limit("memory"));
        }
        Ok(())
    }

    /// Asks before work that can't be interrupted: what would outlast the time that is left is not begun.
    pub fn afford(&mut self, nanoseconds: f64) -> Res<()> {
        if nanoseconds > 1e7 {
            let left = self.deadline.saturating_duration_since(Instant::now());
            if nanoseconds * 1e-9 > left.as_secs_f64() {
                return Err(self.limit("time"));
            }
        }
        Ok(())
    }

    /// Asks for `bytes` before they are allocated.
    #[inline]
    pub fn reserve(&mut self, bytes: usize) -> Res<()> {
        if bytes > 1 << 16 && self.heap.allocated.saturating_add(bytes) > self.limits.max_memory {
            return Err(self.limit("memory"));
        }
        Ok(())
    }

    /// Bytes that may still be allocated.
    pub fn room(&self) -> usize {
        self.limits.max_memory.saturating_sub(self.heap.allocated)
    }

    /// Makes a text that is being built ready for so many bytes more: twice as large where there is room for that.
    pub fn grow(&mut self, out: &mut String, more: usize) -> Res<()> {
        let wanted = out.len() + more;
        if wanted > out.capacity() {
            self.reserve(wanted)?;
            let twice = (2 * out.capacity()).min(self.room() / 4);
            out.reserve_exact(wanted.max(twice) - out.len());
        }
        Ok(())
    }

    /// A safepoint of the loop: collects when enough has been allocated.
    #[inline]
    pub fn safepoint(&mut self) -> Res<()> {
        if self.heap.allocated > self.heap.threshold {
            self.collect()?;
        }
        self.tick(1)
    }

    #[cold]
    fn collect(&mut self) -> Res<()> {
        if self.native_depth > 0 {
            // Native code holds values out of sight: grow, up to the limit.
            if self.heap.allocated > self.limits.max_memory {
                return Err(self.limit("memory"));
            }
            return Ok(());
        }
        self.mark_roots();
        for i in 0..self.watched.len() {
            self.heap.mark(Value::Opaque(self.watched[i]));
        }
        self.mark_finalizable();
        self.heap.mark_all();
        if self.lost_generator() {
            self.heap.finish_collection();
            return Err(self.unsupported("a generator left suspended inside try or with"));
        }
        self.sweep();
        if self.heap.allocated > self.limits.max_memory {
            return Err(self.limit("memory"));
        }
        if Instant::now() >= self.deadline {
            return Err(self.limit("time"));
        }
        Ok(())
    }

    /// After marking: frees the rest.
    fn sweep(&mut self) {
        let heap = &self.heap;
        self.exported.retain(|&array| heap.is_marked(Value::ByteArray(array)));
        self.heap.finish_collection();
        // What is dead must not count for long against the memory that is left.
        let room = self.limits.max_memory.saturating_sub(self.heap.allocated);
        let nearer = self.heap.allocated + (room / 2).max(LEAST_BETWEEN_COLLECTIONS);
        self.heap.threshold = self.heap.threshold.min(nearer);
        self.cache_epoch += 1;
        self.trace.forget();
    }

    fn mark_roots(&mut self) {
        for i in 0..self.stack.len() {
            self.heap.mark(self.stack[i]);
        }
        for frame in &self.frames {
            self.heap.mark(Value::Dict(frame.globals));
            self.heap.mark(frame.locals);
            self.heap.mark(Value::Tuple(frame.closure));
            match frame.role {
                frame::Role::Constructor(instance) => self.heap.mark(instance),
                frame::Role::Generator(generator, _, outer_handled) => {
                    self.heap.mark(Value::Generator(generator));
                    self.heap.mark(outer_handled);
                }
                frame::Role::Call | frame::Role::Instance | frame::Role::Operator(_) => {}
            }
        }
        for id in self.base_codes..self.codes.len() {
            let code = &self.codes[CodeId(id as u64)];
            code.constants.iter().for_each(|&constant| self.heap.mark(constant));
            code.names
                .iter()
                .chain(&code.fast_names)
                .for_each(|&name| self.heap.mark(Value::Str(name)));
            self.heap.mark(Value::Str(code.name));
            self.heap.mark(Value::Str(code.qualname));
        }
        for native in &self.natives[self.base_natives..] {
            self.heap.mark(Value::Str(native.name));
            self.heap.mark(Value::Str(native.module));
        }
        for i in 0..self.extra_roots.len() {
            self.heap.mark(self.extra_roots[i]);
        }
        for i in 0..self.repr_stack.len() {
            self.heap.mark(self.repr_stack[i]);
        }
        self.heap.mark(self.handled);
        self.heap.mark(Value::Dict(self.modules));
        self.heap.mark(Value::Dict(self.main));
        self.heap.mark(Value::Dict(self.builtins));
        if let Some(sys) = self.sys {
            self.heap.mark(Value::Dict(sys));
        }
        if let Some(decimals) = self.decimals {
            self.heap.mark(decimals.current);
        }
    }

    /// Whether the program reaches an object, other than through weak references.
    pub fn look_for(&mut self, target: Value) -> Reach {
        self.mark_roots();
        self.heap.mark_all();
        let reach = if self.heap.is_marked(target) {
            Reach::Reachable
        } else if self.native_depth > 0 {
            Reach::Unknown("built-in code may hold")
        } else if self
            .heap
            .exceptions
            .live()
            .skip_while(|(index, _)| (*index as usize) < self.heap.exceptions.base())
            .any(|(index, exception)| self.heap.exceptions.is_marked(index) && !exception.traceback.is_empty())
        {
            Reach::Unknown("an exception's frames may hold")
        } else if self.heap.is_held_by_garbage(target) {
            Reach::Unknown("a cycle holds")
        } else {
            Reach::Gone
        };
        self.heap.unmark();
        reach
    }

    /// Suspended where closing it would run a handler.
    pub(super) fn is_guarded(&self, generator: &crate::heap::Generator) -> bool {
        generator.state == crate::heap::GeneratorState::Suspended
            && generator.frame.as_ref().is_some_and(|saved| {
                let at = saved.frame.pc.saturating_sub(1);
                self.codes[saved.frame.code].exception_entry(at).is_some()
            })
    }

    /// CPython would close an abandoned generator at once, and its handlers would run: that moment is lost here.
    fn lost_generator(&self) -> bool {
        self.heap
            .generators
            .live()
            .any(|(index, generator)| self.is_guarded(generator) && !self.heap.generators.is_marked(index))
    }

    /// At the end of a program: whether a generator that CPython would have closed earlier was abandoned.
    pub fn abandoned_generator(&mut self) -> bool {
        if !self
            .heap
            .generators
            .live()
            .any(|(_, generator)| self.is_guarded(generator))
        {
            return false;
        }
        self.mark_roots();
        self.mark_finalizable();
        self.heap.mark_all();
        let lost = self.lost_generator();
        self.heap.finish_collection();
        lost
    }
}

impl Default for Vm {
    fn default() -> Self {
        Self::new()
    }
}
