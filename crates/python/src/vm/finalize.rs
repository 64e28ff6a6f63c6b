//! What CPython does at the moment in which nothing refers to an object any more: calls `__del__`, and closes a generator that is
//! suspended where closing it runs a handler. It counts references; here, while such objects are there, the question is asked
//! before whatever the program shows: a line, the call of a function, the value of one, what is written to standard output. What
//! has become unreachable since was freed since. Where that leaves the moment or the order open, the program is refused.

use super::Vm;
use super::names;
use super::types::RECURSION_ERROR;
use crate::heap::{GeneratorState, container_key};
use crate::value::*;
use std::collections::HashSet;

/// Objects to look after, and what may hold them besides what the program reaches.
#[derive(Default)]
pub struct Finalizers {
    objects: Vec<Value>,
    keys: HashSet<(u8, u64)>,
    /// Variables of frames that an exception left: its traceback holds them.
    left: Vec<(ExceptionId, Vec<Value>)>,
    /// Variables of the function that returned last, in the order in which its frame lets them go.
    returned: Vec<Value>,
    /// Depth of native code that is known to hold nothing out of sight.
    visible_depth: usize,
    /// What was freed since a collection may still seem to hold something.
    unswept: bool,
    /// What they write now is not of the line under way.
    pub silent: bool,
}

/// When it is asked what has become unreachable.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The entry of the top frame's line is about to be closed.
    Entry,
    /// Between two instructions.
    Step,
    /// Within a built-in function, which may hold strings out of sight.
    Native,
}

/// What has become unreachable.
enum Freed {
    Nothing,
    Unknown,
    InOrder(Vec<Value>),
}

impl Finalizers {
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    pub fn clear(&mut self) {
        *self = Finalizers::default();
    }

    pub fn add(&mut self, object: Value) {
        if self.keys.insert(container_key(object)) {
            self.objects.push(object);
        }
    }

    fn retain(&mut self, stays: impl Fn(Value) -> bool) {
        let keys = &mut self.keys;
        self.objects
            .retain(|&object| stays(object) || !keys.remove(&container_key(object)));
    }
}

impl Vm {
    /// Before something shows.
    #[inline]
    pub(crate) fn finalize(&mut self, moment: Moment) -> Res<()> {
        if self.finalizers.is_empty() {
            return Ok(());
        }
        self.finalize_unreachable(moment)
    }

    /// From here on, what is to happen when an object is freed happens then.
    pub fn look_after(&mut self, object: Value) {
        self.finalizers.add(object);
    }

    pub fn is_looked_after(&self, object: Value) -> bool {
        self.finalizers.keys.contains(&container_key(object))
    }

    /// The top frame returns: its variables go with it, in this order.
    #[cold]
    pub(crate) fn note_returned(&mut self) {
        self.finalizers.returned = self.variables_of_top();
    }

    /// A frame has returned this value, which stands nowhere yet.
    #[cold]
    pub(crate) fn finalize_returned(&mut self, value: Value) -> Res<()> {
        if self.native_depth > self.finalizers.visible_depth {
            return Ok(());
        }
        self.stack.push(value);
        let result = self.finalize(Moment::Step);
        self.stack.pop();
        result
    }

    /// The top frame is left by an exception, whose traceback holds its variables.
    #[cold]
    pub(crate) fn note_left(&mut self, exception: ExceptionId) {
        let variables = self.variables_of_top();
        self.finalizers.left.push((exception, variables));
    }

    /// What is looked after, and what holds it, outlives a collection.
    pub(super) fn mark_finalizable(&mut self) {
        if self.finalizers.is_empty() {
            return;
        }
        let finalizers = &self.finalizers;
        let left = finalizers.left.iter().flat_map(|(_, variables)| variables);
        for &value in finalizers.objects.iter().chain(left).chain(&finalizers.returned) {
            self.heap.mark(value);
        }
        for frame in &self.frames {
            if frame.traced && self.codes[frame.code].optimized {
                frame.shown.iter().for_each(|shown| self.heap.mark(shown.last_value()));
            }
        }
    }

    fn variables_of_top(&self) -> Vec<Value> {
        let Some(frame) = self.frames.last() else {
            return Vec::new();
        };
        let code = &self.codes[frame.code];
        if !code.optimized {
            return Vec::new();
        }
        let shown = frame
            .shown
            .iter()
            .map(|shown| self.stack[frame.base + shown.variable as usize]);
        let slots = frame.base..frame.base + code.fast_names.len();
        let mut variables: Vec<Value> = shown.chain(slots.map(|slot| self.stack[slot])).collect();
        variables.retain(|value| !matches!(value, Value::Null));
        variables
    }

    #[cold]
    fn finalize_unreachable(&mut self, moment: Moment) -> Res<()> {
        let mut finalizers = std::mem::take(&mut self.finalizers);
        finalizers.retain(|object| match object {
            Value::Generator(generator) => {
                self.heap[generator].state == GeneratorState::Suspended
                    || crate::modules::weak::is_referred_to(self, object)
            }
            _ => true,
        });
        self.finalizers = finalizers;
        if self.are_in_sight() {
            self.finalizers.unswept = true;
            return Ok(());
        }
        self.tick((self.heap.allocated >> 12) as u32 + 64)?;
        while let Some(freed) = self.freed(self.frames.len(), moment)? {
            self.run_finalizers(&freed)?;
        }
        self.finalizers.returned.clear();
        // The reference tracer looks at a function's variables through a dict, which holds them until it is brought up to date, with
        // tracing off and the line's output already taken.
        let is_function = self
            .frames
            .last()
            .is_some_and(|top| top.traced && self.codes[top.code].optimized);
        if moment == Moment::Entry && is_function && !self.finalizers.is_empty() {
            let mut shown = self.frames.last().map_or(Vec::new(), |top| top.shown.clone());
            shown.sort_by_key(|shown| shown.variable);
            self.finalizers.returned = shown.iter().map(|shown| shown.last_value()).collect();
            while let Some(freed) = self.freed(self.frames.len() - 1, Moment::Native)? {
                let enabled = std::mem::replace(&mut self.trace.enabled, false);
                let silent = std::mem::replace(&mut self.finalizers.silent, true);
                let result = self.run_finalizers(&freed);
                self.finalizers.silent = silent;
                self.trace.enabled = enabled;
                result?;
            }
            self.finalizers.returned.clear();
        }
        Ok(())
    }

    /// Which objects nothing refers to any more, in the order in which they are freed. The variables of the first `snapshots` frames
    /// are held as they were last shown.
    fn freed(&mut self, snapshots: usize, moment: Moment) -> Res<Option<Vec<Value>>> {
        if self.finalizers.is_empty() {
            return Ok(None);
        }
        let order = crate::modules::weak::regardless(|| self.freeing_order(snapshots, moment));
        match order {
            Freed::Nothing => Ok(None),
            Freed::Unknown => Err(self.unsupported("the order in which objects with finalizers are freed")),
            Freed::InOrder(_) if self.native_depth > self.finalizers.visible_depth => {
                Err(self.unsupported("an object with a finalizer that built-in code may hold"))
            }
            Freed::InOrder(order) => Ok(Some(order)),
        }
    }

    fn freeing_order(&mut self, snapshots: usize, moment: Moment) -> Freed {
        self.mark_roots();
        for frame in &self.frames[..snapshots] {
            if frame.traced && self.codes[frame.code].optimized {
                frame.shown.iter().for_each(|shown| self.heap.mark(shown.last_value()));
            }
        }
        self.heap.mark_all();
        let mut held = std::mem::take(&mut self.finalizers.left);
        held.retain(|(exception, _)| self.heap.is_marked(Value::Exception(*exception)));
        for (_, variables) in &held {
            variables.iter().for_each(|&value| self.heap.mark(value));
        }
        self.finalizers.left = held;
        self.heap.mark_all();
        let unmarked = |&&object: &&Value| !self.heap.is_marked(object);
        let dead: Vec<Value> = self.finalizers.objects.iter().filter(unmarked).copied().collect();
        let weak = !self.weak_references.is_empty() || !self.watched.is_empty();
        let sweeps = moment != Moment::Native && !weak && self.native_depth == self.finalizers.visible_depth;
        if dead.is_empty() {
            let heap = &self.heap;
            self.watched
                .retain(|&reference| heap.is_marked(Value::Opaque(reference)));
            match sweeps && moment == Moment::Entry {
                true => self.sweep_before_freeing(),
                false => self.heap.unmark(),
            }
            return Freed::Nothing;
        }
        if dead.len() > 1 && self.finalizers.unswept {
            if !sweeps {
                self.heap.unmark();
                return Freed::Unknown;
            }
            for value in dead.iter().chain(&self.finalizers.returned) {
                self.heap.mark(*value);
            }
            self.heap.mark_all();
            self.sweep_before_freeing();
            return self.freeing_order(snapshots, moment);
        }
        // A reference that goes with its target calls back or not, as the one or the other goes first.
        let open = dead
            .iter()
            .any(|&object| crate::modules::weak::has_unmarked_watcher(self, object));
        let order = match open {
            true => None,
            false => self.heap.freeing_order(&dead, &self.finalizers.returned),
        };
        self.heap.unmark();
        order.map_or(Freed::Unknown, Freed::InOrder)
    }

    /// After marking: what was freed before holds nothing when an order is asked for.
    fn sweep_before_freeing(&mut self) {
        self.sweep();
        self.finalizers.unswept = false;
    }

    fn writes_to_original_stderr(&mut self) -> Res<bool> {
        let sys = self.import_by_name("sys")?;
        let stream = self.get_attribute(Value::Module(sys), names::STDERR)?;
        Ok(crate::modules::io::is_original_stderr(self, stream))
    }

    /// Whether the objects, if they are few, are all in plain sight: in variables or on the stack, or attributes of what is there.
    fn are_in_sight(&self) -> bool {
        const FEW: usize = 16;
        let objects = &self.finalizers.objects;
        if objects.len() > FEW || !self.watched.is_empty() {
            return false;
        }
        let mut seen = [false; FEW];
        let mut see = |value: Value| {
            for (seen, object) in seen.iter_mut().zip(objects) {
                *seen |= value.is(*object);
            }
        };
        let variables = self.heap[self.main].iter().map(|(_, value)| value);
        for value in self.stack.iter().copied().chain(variables) {
            see(value);
            let receiver = match value {
                Value::Method(method) => self.heap[method].receiver,
                _ => value,
            };
            if let Value::Instance(instance) = receiver
                && let Some(dict) = self.heap[instance].dict
            {
                self.heap[dict].iter().for_each(|(_, value)| see(value));
            }
        }
        seen[..objects.len()].iter().all(|&seen| seen)
    }

    fn run_finalizers(&mut self, freed: &[Value]) -> Res<()> {
        let gone: HashSet<(u8, u64)> = freed.iter().map(|&object| container_key(object)).collect();
        self.finalizers.retain(|object| !gone.contains(&container_key(object)));
        let kept = self.extra_roots.len();
        self.extra_roots.extend_from_slice(freed);
        let visible = std::mem::replace(&mut self.finalizers.visible_depth, self.native_depth + 1);
        let mut result = Ok(());
        for &object in freed {
            let finalized = match object {
                Value::Generator(generator) => self.generator_close(generator),
                _ => self.call_special(object, names::DEL, &[]).map(|_| ()),
            }
            .and_then(|()| crate::modules::weak::call_back(self, object));
            result = match finalized {
                Err(stop) if self.stop_is(stop, RECURSION_ERROR) => {
                    Err(self.unsupported("a finalizer at the recursion limit"))
                }
                // CPython reports it to standard error and goes on.
                Err(Stop::Raise(_)) => match self.writes_to_original_stderr()? {
                    true => Ok(()),
                    false => Err(self.unsupported("the report of an exception in a finalizer")),
                },
                other => other,
            };
            if result.is_err() {
                break;
            }
        }
        self.finalizers.visible_depth = visible;
        self.extra_roots.truncate(kept);
        result
    }
}
