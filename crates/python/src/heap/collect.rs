//! The collector: mark from the roots that the machine gives, sweep the rest. What is kept between programs is neither
//! marked nor swept, so that a collection costs what the program at hand has made.

use super::objects::*;
use super::{FIRST_COLLECTION, Heap, string_bytes, tuple_bytes};
use crate::value::*;
use std::collections::HashMap;

/// Tells containers apart: arena and place in it.
pub fn container_key(value: Value) -> (u8, u64) {
    use Value::*;
    match value {
        List(h) => (0, h.0),
        Tuple(h) => (1, h.0),
        Dict(h) => (2, h.0),
        Set(h) | FrozenSet(h) => (3, h.0),
        Cell(h) => (4, h.0),
        Function(h) => (5, h.0),
        Method(h) => (6, h.0),
        Class(h) => (7, h.0),
        Instance(h) => (8, h.0),
        Exception(h) => (9, h.0),
        Module(h) => (10, h.0),
        Generator(h) => (11, h.0),
        Iterator(h) => (12, h.0),
        Opaque(h) => (13, h.0),
        _ => (u8::MAX, 0),
    }
}

/// Objects that are not marked, those that refer to each of them, and those to which each refers, as it lets them go.
struct Garbage {
    nodes: Vec<Value>,
    places: HashMap<(u8, u64), usize>,
    users: Vec<Vec<usize>>,
    used: Vec<Vec<usize>>,
}

impl Garbage {
    /// All that leads to the targets, and these.
    fn leading_to(&self, targets: &[usize]) -> Vec<usize> {
        let mut seen = vec![false; self.nodes.len()];
        let mut stack: Vec<usize> = targets.to_vec();
        let mut leading = Vec::new();
        while let Some(node) = stack.pop() {
            if !std::mem::replace(&mut seen[node], true) {
                leading.push(node);
                stack.extend(&self.users[node]);
            }
        }
        leading
    }

    /// Frees the sources, the last first, and what nothing else refers to; depth first, as CPython does. `counts` are references.
    fn take(&self, mut sources: Vec<usize>, counts: &mut [usize]) -> Vec<usize> {
        let mut taken = Vec::new();
        while let Some(node) = sources.pop() {
            taken.push(node);
            let first = sources.len();
            for &other in &self.used[node] {
                counts[other] -= 1;
                if counts[other] == 0 {
                    sources.push(other);
                }
            }
            sources[first..].reverse();
        }
        taken
    }
}

impl Heap {
    /// Marks one object; its parts follow in [`Heap::mark_all`].
    #[inline]
    pub fn mark(&mut self, value: Value) {
        use Value::*;
        if let Some(parts) = &mut self.gathered {
            return parts.push(value);
        }
        let new = match value {
            Null | None | Ellipsis | NotImplemented | Bool(_) | Int(_) | Float(_) | Native(_) | Code(_) => return,
            Str(h) => return self.mark_string(h.0),
            BigInt(h) => self.big_ints.mark(h.0),
            Complex(h) => self.complexes.mark(h.0),
            Bytes(h) => self.bytes.mark(h.0),
            ByteArray(h) => self.byte_arrays.mark(h.0),
            Range(h) => self.ranges.mark(h.0),
            List(h) => self.lists.mark(h.0),
            Tuple(h) => self.tuples.mark(h.0),
            Dict(h) => self.dicts.mark(h.0),
            Set(h) | FrozenSet(h) => self.sets.mark(h.0),
            Slice(h) => self.slices.mark(h.0),
            Cell(h) => self.cells.mark(h.0),
            Function(h) => self.functions.mark(h.0),
            Method(h) => self.methods.mark(h.0),
            Class(h) => self.classes.mark(h.0),
            Instance(h) => self.instances.mark(h.0),
            Exception(h) => self.exceptions.mark(h.0),
            Module(h) => self.modules.mark(h.0),
            Generator(h) => self.generators.mark(h.0),
            Iterator(h) => self.iterators.mark(h.0),
            Opaque(h) => self.opaques.mark(h.0),
        };
        let has_parts = !matches!(value, BigInt(_) | Complex(_) | Bytes(_) | ByteArray(_) | Range(_));
        if new && has_parts {
            self.gray.push(value);
        }
    }

    #[inline]
    fn mark_string(&mut self, mut id: u64) {
        while self.strings.mark(id) {
            match self.strings.get(id).longer.get() {
                0 => break,
                longer => id = u64::from(longer) - 1,
            }
        }
    }

    fn mark_dict(&mut self, dict: Option<DictId>) {
        if let Some(dict) = dict {
            self.mark(Value::Dict(dict));
        }
    }

    /// Marks elements of a container from a place on; of a wide one only so many at a time, so that what is marked but not yet
    /// looked into stays little.
    fn mark_elements(&mut self, container: Value, start: usize) {
        use Value::*;
        const AT_A_TIME: usize = 1 << 10;
        let length = match container {
            List(h) => self.lists.get(h.0).items.len(),
            Tuple(h) => self.tuples.get(h.0).items.len(),
            Dict(h) => self.dicts.get(h.0).end(),
            Set(h) | FrozenSet(h) => self.sets.get(h.0).table_len(),
            _ => 0,
        };
        let end = match self.gathered {
            Option::None => length.min(start + AT_A_TIME),
            Some(_) => length,
        };
        if end < length {
            self.wide.push((container, end));
        }
        for i in start..end {
            let item = match container {
                List(h) => self.lists.get(h.0).items[i],
                Tuple(h) => self.tuples.get(h.0).items[i],
                Dict(h) => {
                    let entry = *self.dicts.get(h.0).entry(i);
                    self.mark(entry.key);
                    entry.value
                }
                Set(h) | FrozenSet(h) => self.sets.get(h.0).entry(i).key,
                _ => Null,
            };
            self.mark(item);
        }
    }

    fn mark_parts(&mut self, value: Value) {
        use Value::*;
        let mut parts: Vec<Value> = Vec::new();
        match value {
            List(_) | Tuple(_) | Dict(_) | Set(_) | FrozenSet(_) => self.mark_elements(value, 0),
            Slice(h) => {
                let slice = *self.slices.get(h.0);
                parts.extend([slice.start, slice.stop, slice.step]);
            }
            Cell(h) => parts.push(self.cells.get(h.0).0),
            Function(h) => {
                let f = self.function(h);
                parts.extend([
                    Value::Dict(f.globals),
                    Value::Str(f.name),
                    Value::Str(f.qualname),
                    f.module,
                    f.doc,
                ]);
                parts.extend([f.defaults, f.keyword_defaults, f.annotations, f.closure]);
                parts.extend(f.dict.map(Value::Dict));
            }
            Method(h) => {
                let method = self.methods.get(h.0);
                parts.extend([method.function, method.receiver]);
            }
            Class(h) => {
                let class = self.classes.get(h.0);
                parts.extend([
                    Value::Str(class.name),
                    Value::Str(class.qualname),
                    Value::Dict(class.dict),
                ]);
                parts.extend(class.title.map(Value::Str));
                parts.push(Value::Class(class.metaclass));
                parts.extend(class.mro.iter().chain(&class.bases).map(|&c| Value::Class(c)));
                parts.extend(class.slots.iter().flatten().map(|&name| Value::Str(name)));
            }
            Instance(h) => {
                let instance = *self.instances.get(h.0);
                self.mark(Value::Class(instance.class));
                self.mark(instance.payload);
                self.mark_dict(instance.dict);
                self.mark_dict(instance.slots);
            }
            Exception(h) => {
                let e = self.exceptions.get(h.0);
                parts.extend([Value::Class(e.class), e.args, e.cause, e.context, e.traceback_set]);
                parts.extend(e.fields.iter().flat_map(|&(name, value)| [Value::Str(name), value]));
                parts.extend(e.dict.map(Value::Dict));
            }
            Module(h) => {
                let module = *self.modules.get(h.0);
                parts.extend([Value::Str(module.name), Value::Dict(module.dict)]);
            }
            Generator(h) => {
                let generator = self.generators.get(h.0);
                parts.extend([
                    Value::Str(generator.name),
                    Value::Str(generator.qualname),
                    generator.handled,
                ]);
                if let Some(frame) = &generator.frame {
                    frame.trace(&mut |value| parts.push(value));
                }
            }
            Iterator(h) => match self.iterators.get(h.0) {
                Iter::Done | Iter::Range { .. } => {}
                Iter::List { list, .. } | Iter::ReversedList { list, .. } => parts.push(Value::List(*list)),
                Iter::Tuple { tuple, .. } => parts.push(Value::Tuple(*tuple)),
                Iter::Str { text, .. } => parts.push(Value::Str(*text)),
                Iter::Bytes { bytes, .. } => parts.push(*bytes),
                Iter::Dict { dict, .. } => parts.push(Value::Dict(*dict)),
                Iter::Set { set, .. } => parts.push(*set),
                Iter::Reversed { object, .. } | Iter::Sequence { object, .. } => parts.push(*object),
                Iter::Enumerate { iterator, count } => parts.extend([*iterator, *count]),
                Iter::Zip { iterators, .. } => parts.extend(iterators),
                Iter::Map { function, iterators } => {
                    parts.push(*function);
                    parts.extend(iterators);
                }
                Iter::Filter { function, iterator } => parts.extend([*function, *iterator]),
                Iter::Callable { function, sentinel } => parts.extend([*function, *sentinel]),
                Iter::View { dict, .. } => parts.push(*dict),
            },
            Opaque(h) => {
                let opaque = self.opaques.get(h.0);
                parts.extend(opaque.class.map(Value::Class));
                parts.extend(opaque.dict.map(Value::Dict));
                if let Some(data) = &opaque.data {
                    data.trace(&mut |value| parts.push(value));
                }
            }
            _ => {}
        }
        for part in parts {
            self.mark(part);
        }
    }

    pub fn is_marked(&self, value: Value) -> bool {
        use Value::*;
        match value {
            List(h) => self.lists.is_marked(h.0),
            Tuple(h) => self.tuples.is_marked(h.0),
            Dict(h) => self.dicts.is_marked(h.0),
            Set(h) | FrozenSet(h) => self.sets.is_marked(h.0),
            Cell(h) => self.cells.is_marked(h.0),
            Function(h) => self.functions.is_marked(h.0),
            Method(h) => self.methods.is_marked(h.0),
            Class(h) => self.classes.is_marked(h.0),
            Instance(h) => self.instances.is_marked(h.0),
            Exception(h) => self.exceptions.is_marked(h.0),
            Module(h) => self.modules.is_marked(h.0),
            Generator(h) => self.generators.is_marked(h.0),
            Iterator(h) => self.iterators.is_marked(h.0),
            Opaque(h) => self.opaques.is_marked(h.0),
            _ => true,
        }
    }

    /// What an object refers to.
    fn parts(&mut self, value: Value) -> Vec<Value> {
        self.gathered = Some(Vec::new());
        self.mark_parts(value);
        self.gathered.take().unwrap_or_default()
    }

    /// After marking: what is not marked, and who refers to whom there.
    fn garbage(&mut self) -> Garbage {
        let mut nodes: Vec<Value> = Vec::new();
        macro_rules! unmarked {
            ($($field:ident => $kind:ident($id:ident)),*) => {
                $(nodes.extend(self.$field.unmarked().map(|index| Value::$kind($id(index))));)*
            };
        }
        unmarked!(tuples => Tuple(TupleId), lists => List(ListId), dicts => Dict(DictId), classes => Class(ClassId),
            functions => Function(FunctionId), modules => Module(ModuleId), cells => Cell(CellId), methods => Method(MethodId),
            instances => Instance(InstanceId), opaques => Opaque(OpaqueId), sets => Set(SetId),
            exceptions => Exception(ExceptionId), generators => Generator(GeneratorId), iterators => Iterator(IteratorId));
        let places: HashMap<(u8, u64), usize> = nodes
            .iter()
            .enumerate()
            .map(|(i, &node)| (container_key(node), i))
            .collect();
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        let mut used: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        for (user, &node) in nodes.iter().enumerate() {
            let mut parts = self.parts(node);
            match node {
                // Lists and tuples let their items go from the end; instances what is in slots first.
                Value::List(_) | Value::Tuple(_) | Value::Instance(_) => parts.reverse(),
                _ => {}
            }
            for part in parts {
                if !self.is_marked(part)
                    && let Some(&part) = places.get(&container_key(part))
                {
                    users[part].push(user);
                    used[user].push(part);
                }
            }
        }
        Garbage {
            nodes,
            places,
            users,
            used,
        }
    }

    /// After marking: whether a cycle among what is not marked leads to an object, so that counting references would not free it.
    pub fn is_held_by_garbage(&mut self, target: Value) -> bool {
        let garbage = self.garbage();
        let Some(&target) = garbage.places.get(&container_key(target)) else {
            return true;
        };
        // A cycle is found by taking away what nothing leads to.
        let leading = garbage.leading_to(&[target]);
        let mut counts: Vec<usize> = garbage.users.iter().map(Vec::len).collect();
        let sources = leading.iter().copied().filter(|&node| counts[node] == 0).collect();
        garbage.take(sources, &mut counts);
        leading.iter().any(|&node| counts[node] > 0)
    }

    /// After marking: the order in which counting references frees these objects; `None` where it is open, or a cycle holds one.
    /// `released` are variables that were let go one after the other.
    pub fn freeing_order(&mut self, targets: &[Value], released: &[Value]) -> Option<Vec<Value>> {
        let garbage = self.garbage();
        let place = |value: &Value| garbage.places.get(&container_key(*value)).copied();
        let targets: Vec<usize> = targets.iter().filter_map(place).collect();
        let leading = garbage.leading_to(&targets);
        let mut counts: Vec<usize> = garbage.users.iter().map(Vec::len).collect();
        let mut position = vec![None; garbage.nodes.len()];
        for (at, value) in released.iter().enumerate().rev() {
            if let Some(node) = place(value) {
                position[node] = Some(at);
            }
        }
        let mut sources: Vec<usize> = leading.iter().copied().filter(|&node| counts[node] == 0).collect();
        if sources.len() > 1 && targets.len() > 1 {
            if sources.iter().any(|&node| position[node].is_none()) {
                return None;
            }
            sources.sort_by_key(|&node| position[node]);
        }
        sources.reverse();
        let taken = garbage.take(sources, &mut counts);
        let mut wanted = vec![false; garbage.nodes.len()];
        targets.iter().for_each(|&node| wanted[node] = true);
        let order: Vec<Value> = taken
            .into_iter()
            .filter(|&node| wanted[node])
            .map(|node| garbage.nodes[node])
            .collect();
        (order.len() == targets.len()).then_some(order)
    }

    /// Marks the parts of everything marked so far, and of what was kept with the machine and has been changed since: all else
    /// that is kept refers to nothing but kept objects.
    pub fn mark_all(&mut self) {
        macro_rules! changed {
            ($($field:ident => $kind:ident($id:ident)),*) => {
                $(for index in self.$field.changed() {
                    self.gray.push(Value::$kind($id(index)));
                })*
            };
        }
        changed!(tuples => Tuple(TupleId), lists => List(ListId), dicts => Dict(DictId), classes => Class(ClassId),
            functions => Function(FunctionId), modules => Module(ModuleId), cells => Cell(CellId), methods => Method(MethodId),
            instances => Instance(InstanceId), opaques => Opaque(OpaqueId), sets => Set(SetId), slices => Slice(SliceId),
            exceptions => Exception(ExceptionId), generators => Generator(GeneratorId), iterators => Iterator(IteratorId));
        loop {
            if let Some(value) = self.gray.pop() {
                self.mark_parts(value);
            } else if let Some((container, start)) = self.wide.pop() {
                self.mark_elements(container, start);
            } else {
                break;
            }
        }
    }

    /// Frees what [`Heap::mark_all`] did not reach, and counts the rest anew.
    pub fn finish_collection(&mut self) {
        self.sweep();
        let mut live = 0;
        live += self
            .strings
            .made()
            .map(|s| string_bytes(s.text.capacity()))
            .sum::<usize>();
        live += self.big_ints.made().map(|b| 48 + b.bits() as usize / 8).sum::<usize>();
        live += self.bytes.made().map(|b| 32 + b.len()).sum::<usize>();
        live += self.byte_arrays.made().map(|b| 40 + b.capacity()).sum::<usize>();
        live += self
            .lists
            .made()
            .map(|l| size_of::<List>() + l.items.capacity() * 16)
            .sum::<usize>();
        live += self.tuples.made().map(|t| tuple_bytes(&t.items)).sum::<usize>();
        live += self
            .dicts
            .made()
            .map(|d| size_of_val(d) + d.capacity_bytes())
            .sum::<usize>();
        live += self
            .sets
            .made()
            .map(|s| size_of_val(s) + s.capacity_bytes())
            .sum::<usize>();
        live += self
            .classes
            .made()
            .map(|c| size_of::<Class>() + 256 + c.mro.capacity() * size_of::<ClassId>())
            .sum::<usize>();
        live += self.instances.made().count() * size_of::<Instance>();
        live += self.functions.made().count() * size_of::<Function>();
        live += self.methods.made().count() * size_of::<Method>();
        live += self.cells.made().count() * size_of::<CellObject>();
        live += self.slices.made().count() * size_of::<Slice>();
        live += self.ranges.made().count() * size_of::<Range>();
        live += self.complexes.made().count() * size_of::<ComplexNumber>();
        live += self.exceptions.made().map(Exception::bytes).sum::<usize>();
        live += self.generators.made().count() * (size_of::<Generator>() + 128);
        live += self.iterators.made().count() * size_of::<Iter>();
        live += self
            .opaques
            .made()
            .map(|o| 64 + o.data.as_ref().map_or(0, |d| d.size()))
            .sum::<usize>();
        live += self.idle_bytes();
        self.allocated = live;
        self.threshold = live + live.max(FIRST_COLLECTION);
    }
}
