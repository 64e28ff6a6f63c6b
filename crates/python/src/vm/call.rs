//! Calls: of Python functions (a new frame in the same loop), native functions, methods, classes and instances.

use super::frame::{Frame, Role};
use super::native::{Args, NativeKind};
use super::types::*;
use super::{Vm, names};
use crate::value::*;

/// How a call went.
pub enum Called {
    /// It is over; the stack is as before the callable and its arguments were pushed.
    Value(Value),
    /// A frame was pushed.
    Frame,
}

/// Where a recursion that is too deep was noticed.
pub(super) const CALLING: &str = " while calling a Python object";

/// Nested runs of the loop that CPython's own stack would still stand.
pub(super) const MAX_NATIVE_DEPTH: usize = 30_000;
/// About what a nested run takes of the native stack.
const NATIVE_RUN_BYTES: usize = 4 << 10;
/// What the tracer remembers of a frame with few variables.
const TRACED_FRAME_BYTES: usize = 256;

impl Vm {
    /// Calls `callable` from native code.
    pub fn call(&mut self, callable: Value, args: &[Value]) -> Res<Value> {
        self.call_with(callable, args, &[])
    }

    /// Calls with the values of `keywords` at the end of `args`.
    pub fn call_with(&mut self, callable: Value, args: &[Value], keywords: &[StrId]) -> Res<Value> {
        if let Value::Native(native) = callable {
            return self.nested(|vm| {
                vm.call_native(
                    native,
                    Args {
                        values: args,
                        names: keywords,
                    },
                )
            });
        }
        let bottom = self.stack.len();
        self.stack.extend_from_slice(args);
        self.call_on_stack(callable, bottom, bottom, keywords)
    }

    /// Calls with arguments that stand on the stack from `start`, and waits for the value.
    pub fn call_on_stack(&mut self, callable: Value, start: usize, bottom: usize, keywords: &[StrId]) -> Res<Value> {
        let floor = self.frames.len();
        if self.native_depth >= MAX_NATIVE_DEPTH {
            return Err(self.unsupported("recursion through native code this deep"));
        }
        self.reserve(self.native_depth * NATIVE_RUN_BYTES)?;
        let result = match self.call_at(callable, start, bottom, keywords) {
            Ok(Called::Value(value)) => Ok(value),
            Ok(Called::Frame) => self.run_nested(floor),
            Err(stop) => Err(stop),
        };
        if result.is_err() {
            // Who catches the exception goes on with the stack as it was before the call.
            self.stack.truncate(bottom);
        }
        result
    }

    /// Runs the loop until the frame above `floor` is done.
    pub fn run_nested(&mut self, floor: usize) -> Res<Value> {
        self.native_depth += 1;
        let result = stacker::maybe_grow(256 << 10, 4 << 20, || self.run(floor));
        self.native_depth -= 1;
        result
    }

    fn nested<T>(&mut self, f: impl FnOnce(&mut Vm) -> T) -> T {
        stacker::maybe_grow(128 << 10, 4 << 20, || f(self))
    }

    /// Counts one level against the recursion limit; [`Vm::leave`] takes it back.
    #[inline]
    pub fn enter(&mut self, place: &str) -> Res<()> {
        if self.depth >= self.recursion_limit {
            return Err(self.recursion_error(place));
        }
        self.depth += 1;
        Ok(())
    }

    #[inline]
    pub fn leave(&mut self) {
        self.depth -= 1;
    }

    #[cold]
    pub fn recursion_error(&mut self, place: &str) -> Stop {
        self.raise(RECURSION_ERROR, &format!("maximum recursion depth exceeded{place}"))
    }

    /// Calls with arguments on the stack from `start`; afterwards (or when the pushed frame is done) the stack is cut to `bottom`.
    pub fn call_at(&mut self, callable: Value, start: usize, bottom: usize, keywords: &[StrId]) -> Res<Called> {
        match callable {
            Value::Function(function) => {
                self.push_call(function, start, bottom, keywords, Role::Call)?;
                Ok(Called::Frame)
            }
            Value::Native(native) => {
                let value = self.call_native_at(native, start, keywords)?;
                self.stack.truncate(bottom);
                Ok(Called::Value(value))
            }
            Value::Method(method) => {
                let method = self.heap[method];
                self.stack.insert(start, method.receiver);
                self.bound_call = method.function;
                self.call_at(method.function, start, bottom, keywords)
            }
            Value::Class(class) => self.call_class_at(class, start, bottom, keywords),
            _ => self.call_other(callable, start, bottom, keywords),
        }
    }

    pub(super) fn call_native_at(&mut self, native: NativeId, start: usize, keywords: &[StrId]) -> Res<Value> {
        // The arguments stay on the stack, where the collector sees them.
        let args = |values| Args {
            values,
            names: keywords,
        };
        match self.stack[start..] {
            [] => self.call_native(native, args(&[])),
            [a] => self.call_native(native, args(&[a])),
            [a, b] => self.call_native(native, args(&[a, b])),
            [a, b, c] => self.call_native(native, args(&[a, b, c])),
            ref many => {
                let many = many.to_vec();
                self.call_native(native, args(&many))
            }
        }
    }

    fn call_other(&mut self, callable: Value, start: usize, bottom: usize, keywords: &[StrId]) -> Res<Called> {
        let class = self.class_of(callable);
        let Some(call) = self.class_attribute(class, names::CALL) else {
            let message = format!("'{}' object is not callable", self.type_name(callable));
            return Err(self.type_error(message));
        };
        match call {
            Value::Function(function) => {
                self.stack.insert(start, callable);
                self.push_call(function, start, bottom, keywords, Role::Instance)?;
                Ok(Called::Frame)
            }
            Value::Native(native) if self.natives[native.0 as usize].kind != NativeKind::Function => {
                self.stack.insert(start, callable);
                self.call_at(call, start, bottom, keywords)
            }
            _ => {
                self.enter(CALLING)?;
                let result = match self.bind_descriptor(call, callable, class) {
                    Ok(bound) => self.call_at(bound, start, bottom, keywords),
                    Err(stop) => Err(stop),
                };
                self.leave();
                result
            }
        }
    }

    /// Calls a class: the metaclass's `__call__`, which for most is `type.__call__`.
    fn call_class_at(&mut self, class: ClassId, start: usize, bottom: usize, keywords: &[StrId]) -> Res<Called> {
        let metaclass = self.heap[class].metaclass;
        if metaclass != TYPE
            && let Some(call) = self.class_attribute(metaclass, names::CALL)
            && !matches!(call, Value::Native(_))
        {
            if let Value::Function(_) = call {
                self.stack.insert(start, Value::Class(class));
                return self.call_at(call, start, bottom, keywords);
            }
            let bound = self.bind_descriptor(call, Value::Class(class), metaclass)?;
            return self.call_at(bound, start, bottom, keywords);
        }
        self.make_instance_at(class, start, bottom, keywords)
    }

    fn construct_counted(&mut self, class: ClassId, args: Args<'_>) -> Res<Value> {
        if !matches!(class, STR | BYTES | BYTEARRAY | COMPLEX) {
            return self.construct(class, args);
        }
        self.enter(CALLING)?;
        let value = self.construct(class, args);
        self.leave();
        value
    }

    /// `type.__call__`: `__new__`, then `__init__`.
    pub fn make_instance_at(&mut self, class: ClassId, start: usize, bottom: usize, keywords: &[StrId]) -> Res<Called> {
        if self.heap[class].builtin {
            let args = |values| Args {
                values,
                names: keywords,
            };
            let value = match self.stack[start..] {
                [a] => self.construct_counted(class, args(&[a]))?,
                [a, b] => self.construct_counted(class, args(&[a, b]))?,
                ref many => {
                    let many = many.to_vec();
                    self.construct_counted(class, args(&many))?
                }
            };
            self.stack.truncate(bottom);
            return Ok(Called::Value(value));
        }
        let new = self.class_attribute(class, names::NEW).unwrap_or(Value::Null);
        let mut init = self.class_attribute(class, names::INIT).unwrap_or(Value::Null);
        let instance = match new {
            Value::Native(native) => {
                let generic = self.natives[native.0 as usize].kind == super::native::NativeKind::StaticMethod(OBJECT);
                if generic && self.heap[class].layout == crate::heap::Layout::Object {
                    let given = self.stack.len() - start;
                    if given > 0 && self.is_object_init(init) {
                        let message = format!("{}() takes no arguments", self.class_name(class));
                        return Err(self.type_error(message));
                    }
                    self.new_plain(class)?
                } else {
                    let args = self.stack[start..].to_vec();
                    self.new_native(
                        class,
                        new,
                        Args {
                            values: &args,
                            names: keywords,
                        },
                    )?
                }
            }
            _ => {
                let new = match new {
                    Value::Function(_) => new,
                    _ => self.bind_descriptor(new, Value::Null, class)?,
                };
                let mut args = vec![Value::Class(class)];
                args.extend_from_slice(&self.stack[start..]);
                self.enter(CALLING)?;
                let instance = self.call_with(new, &args, keywords);
                self.leave();
                let instance = instance?;
                if !self.is_instance(instance, class) {
                    self.stack.truncate(bottom);
                    return Ok(Called::Value(instance));
                }
                // `__new__` may have made an object of a derived class, which has an initialiser of its own.
                let made = self.class_of(instance);
                if made != class {
                    init = self.class_attribute(made, names::INIT).unwrap_or(Value::Null);
                }
                instance
            }
        };
        match init {
            Value::Function(function) => {
                self.stack.insert(start, instance);
                self.push_call(function, start, bottom, keywords, Role::Constructor(instance))?;
                Ok(Called::Frame)
            }
            _ if self.is_object_init(init) => {
                self.stack.truncate(bottom);
                Ok(Called::Value(instance))
            }
            _ => {
                let owner = self.class_of(instance);
                let bound = self.bind_descriptor(init, instance, owner)?;
                let args = self.stack[start..].to_vec();
                let result = self.call_with(bound, &args, keywords)?;
                if !result.is_none() {
                    let message = format!("__init__() should return None, not '{}'", self.type_name(result));
                    return Err(self.type_error(message));
                }
                self.stack.truncate(bottom);
                Ok(Called::Value(instance))
            }
        }
    }

    /// Pushes the frame of the special method that computes `left <operator> right`, if it needs no nested run.
    pub(super) fn push_operator(&mut self, argument: usize, left: Value, right: Value, last: usize) -> Res<bool> {
        let Some(function) = self.operator_function(argument, left, right) else {
            return Ok(false);
        };
        self.frames.last_mut().expect("the frame").last = last as u32;
        // Once for the answer `NotImplemented`, once as arguments.
        self.stack.extend_from_slice(&[left, right, left, right]);
        let start = self.stack.len() - 2;
        self.push_call(function, start, start, &[], Role::Operator(argument as u8))?;
        Ok(true)
    }

    fn is_object_init(&self, init: Value) -> bool {
        matches!(init, Value::Native(native)
            if self.natives[native.0 as usize].kind == super::native::NativeKind::Slot(OBJECT))
    }

    /// `push_call_here` out of line, for callers that are not hot.
    pub(super) fn push_call(
        &mut self,
        function: FunctionId,
        start: usize,
        bottom: usize,
        keywords: &[StrId],
        role: Role,
    ) -> Res<()> {
        self.push_call_here(function, start, bottom, keywords, role)
    }

    /// Pushes a frame for a Python function whose arguments stand on the stack from `start`.
    #[inline(always)]
    pub(super) fn push_call_here(
        &mut self,
        function: FunctionId,
        start: usize,
        bottom: usize,
        keywords: &[StrId],
        role: Role,
    ) -> Res<()> {
        if self.depth + role.levels() > self.recursion_limit {
            let frame_fits = self.depth < self.recursion_limit;
            let place = if role.levels() == 1 || frame_fits { "" } else { CALLING };
            return Err(self.recursion_error(place));
        }
        let object = self.heap.function(function);
        let (id, globals, closure) = (object.code, object.globals, object.cells());
        let code = &self.codes[id];
        let slots = code.slots;
        let pc = if self.trace.enabled { 0 } else { code.quick_start };
        let given = self.stack.len() - start;
        if !keywords.is_empty() || given != code.argument_count || !code.plain_arguments {
            self.bind_arguments(function, start, keywords)?;
        }
        if self.frames.len() == self.frames.capacity() {
            self.grow_frames()?;
        }
        for _ in self.stack.len()..start + slots {
            self.stack.push(Value::Null);
        }
        self.depth += role.levels();
        // Written where it is to stand: room is made before the frame is.
        self.frames.extend(std::iter::once_with(|| Frame {
            code: id,
            pc,
            last: 0,
            base: start,
            bottom,
            globals,
            locals: Value::Null,
            closure,
            role,
            traced: false,
            shown: Vec::new(),
        }));
        Ok(())
    }

    /// Makes room for more frames, if they, the value stack and what the tracer remembers still fit the memory that is left.
    #[cold]
    fn grow_frames(&mut self) -> Res<()> {
        let more = self.frames.len() / 2 + 64;
        // What grows stands in memory twice for a moment.
        let frames = (2 * self.frames.len() + more) * size_of::<Frame>();
        let values = 3 * size_of_val(&self.stack[..]);
        let traced = if self.trace.enabled {
            self.frames.len() * TRACED_FRAME_BYTES
        } else {
            0
        };
        self.reserve(frames + values + traced)?;
        self.frames.reserve_exact(more);
        Ok(())
    }

    /// Runs a module's or class body's code with its own namespace, from native code.
    pub fn run_code(&mut self, code: CodeId, globals: DictId, locals: Value, closure: TupleId) -> Res<Value> {
        let floor = self.frames.len();
        self.push_code(code, globals, locals, closure)?;
        self.run_nested(floor)
    }

    pub fn push_code(&mut self, code: CodeId, globals: DictId, locals: Value, closure: TupleId) -> Res<()> {
        if self.depth >= self.recursion_limit {
            return Err(self.recursion_error(""));
        }
        if self.frames.len() == self.frames.capacity() {
            self.grow_frames()?;
        }
        let base = self.stack.len();
        let slots = self.codes[code].slots;
        self.stack.resize(base + slots, Value::Null);
        self.depth += 1;
        self.frames.push(Frame {
            code,
            pc: 0,
            last: 0,
            base,
            bottom: base,
            globals,
            locals,
            closure,
            role: Role::Call,
            traced: false,
            shown: Vec::new(),
        });
        Ok(())
    }

    /// Calls method `name` of `object`.
    pub fn call_method(&mut self, object: Value, name: StrId, args: &[Value]) -> Res<Value> {
        let method = self.get_attribute(object, name)?;
        self.call(method, args)
    }

    /// Calls special method `name`, looked up on the class; `None` if there is none.
    pub fn call_special(&mut self, object: Value, name: StrId, args: &[Value]) -> Res<Option<Value>> {
        let class = self.class_of(object);
        let Some(method) = self.class_attribute(class, name) else {
            return Ok(None);
        };
        match method {
            // A function of a module binds to nothing.
            Value::Native(native) if self.natives[native.0 as usize].kind == NativeKind::Function => {
                self.call(method, args).map(Some)
            }
            Value::Function(_) | Value::Native(_) => {
                let bottom = self.stack.len();
                self.stack.push(object);
                self.stack.extend_from_slice(args);
                self.call_on_stack(method, bottom, bottom, &[]).map(Some)
            }
            Value::None if matches!(name, names::ITER | names::CONTAINS | names::REVERSED | names::HASH) => Ok(None),
            Value::None => Err(self.type_error("'NoneType' object is not callable")),
            _ => {
                let bound = self.bind_descriptor(method, object, class)?;
                self.call(bound, args).map(Some)
            }
        }
    }

    pub fn is_callable(&mut self, value: Value) -> bool {
        match value {
            Value::Function(_) | Value::Native(_) | Value::Method(_) | Value::Class(_) => true,
            _ => {
                let class = self.class_of(value);
                self.class_attribute(class, names::CALL).is_some()
            }
        }
    }
}
