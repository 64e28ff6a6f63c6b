//! The heap: one arena per type, accounting of bytes, and a mark-and-sweep collector that never moves anything.
//!
//! Handles are plain numbers, so nothing is counted; the collector runs only at safepoints of the machine's loop, where every
//! live value is on the machine's stacks. What was made with the machine (types, built-in functions, names) is kept between
//! programs; [`Heap::reset`] forgets the rest in time proportional to it.

pub mod arena;
mod collect;
pub mod dict;
mod names;
pub mod objects;
pub mod set;

pub use collect::container_key;
pub use objects::*;

use crate::value::*;
use arena::Arena;
use compact_str::CompactString;
use dict::Dict;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use set::Set;
use std::ops::{Index, IndexMut};

macro_rules! heap {
    ($($field:ident: $id:ident => $object:ty = $watched:ident $copied:ident),* $(,)?) => {
        pub struct Heap {
            $(pub $field: Arena<$object>,)*
            names: names::NameTable,
            /// Bytes allocated and not yet known to be dead.
            pub allocated: usize,
            /// When `allocated` passes it, the next safepoint collects.
            pub threshold: usize,
            gray: Vec<Value>,
            /// Wide containers that are marked but for their elements from a place on.
            wide: Vec<(Value, usize)>,
            /// Where [`Heap::parts`] gathers what would be marked.
            gathered: Option<Vec<Value>>,
        }

        impl Heap {
            pub fn new() -> Self {
                let mut heap = Heap {
                    $($field: Arena::new(),)*
                    names: names::NameTable::default(),
                    allocated: 0,
                    threshold: FIRST_COLLECTION,
                    gray: Vec::new(),
                    wide: Vec::new(),
                    gathered: None,
                };
                heap.add_characters();
                heap
            }

            /// Keeps all that exists now for the life of the machine.
            pub fn keep(&mut self) {
                $(self.$field.keep();)*
                self.names.keep();
            }

            /// Something kept was changed and can't be restored.
            pub fn is_spoiled(&self) -> bool {
                $(self.$field.is_spoiled())||*
            }

            pub fn reset(&mut self) {
                self.names.reset(&self.strings);
                $(self.$field.reset();)*
                self.allocated = 0;
                self.threshold = FIRST_COLLECTION;
                self.gray.clear();
                self.wide.clear();
            }

            /// Takes the marks away, and frees nothing.
            pub fn unmark(&mut self) {
                $(self.$field.unmark();)*
            }

            /// Bytes that the arenas hold beside what lives.
            fn idle_bytes(&self) -> usize {
                0 $(+ self.$field.idle_bytes())*
            }

            fn sweep(&mut self) {
                self.names.forget_dead(&self.strings);
                $(self.$field.sweep();)*
            }
        }

        $(impl arena::Object for $object {
            const WATCHED: bool = heap!($watched);

            fn backup(&self) -> Option<Self> {
                heap!($copied self)
            }
        }
        impl Index<$id> for Heap {
            type Output = $object;
            #[inline]
            fn index(&self, id: $id) -> &$object { self.$field.get(id.0) }
        }
        impl IndexMut<$id> for Heap {
            #[inline]
            fn index_mut(&mut self, id: $id) -> &mut $object { self.$field.get_mut(id.0) }
        })*
    };
    (watched) => { true };
    (plain) => { false };
    (copied $object:ident) => { Some($object.clone()) };
    (unique $object:ident) => {{
        let _ = $object;
        None
    }};
}

/// Bytes of new objects before the first collection: few enough that memory is used again while it is still in a cache. Debug
/// builds collect all the time, so that tests miss what should have been kept alive.
const FIRST_COLLECTION: usize = if cfg!(debug_assertions) { 1 << 14 } else { 2 << 20 };

// Containers are watched: the tracer remembers their texts.
heap! {
    strings: StrId => Str = plain copied,
    big_ints: BigIntId => BigInt = plain copied,
    complexes: ComplexId => ComplexNumber = plain copied,
    bytes: BytesId => Box<[u8]> = plain copied,
    byte_arrays: ByteArrayId => Vec<u8> = plain copied,
    lists: ListId => List = watched copied,
    tuples: TupleId => Tuple = plain copied,
    dicts: DictId => Dict = watched copied,
    sets: SetId => Set = watched copied,
    ranges: RangeId => Range = plain copied,
    slices: SliceId => Slice = plain copied,
    cells: CellId => CellObject = plain copied,
    functions: FunctionId => Option<Box<Function>> = plain copied,
    methods: MethodId => Method = plain copied,
    classes: ClassId => Class = plain copied,
    instances: InstanceId => Instance = plain copied,
    exceptions: ExceptionId => Exception = plain copied,
    modules: ModuleId => Module = plain copied,
    generators: GeneratorId => Generator = plain unique,
    iterators: IteratorId => Iter = plain copied,
    opaques: OpaqueId => Opaque = plain unique,
}

/// Bytes of a text from which on it is lent to what it grows into.
const LENT: usize = 256;
/// Bytes beyond a quarter of its length that a text may have to spare.
const SPARE_TEXT: usize = 32;

/// Handle of the empty string and, after it, of the 256 strings of one Latin-1 character.
const EMPTY: StrId = StrId(0);
/// Handle of the empty tuple.
pub const EMPTY_TUPLE: TupleId = TupleId(0);

impl Heap {
    fn add_characters(&mut self) {
        self.names.intern(&mut self.strings, "");
        let mut buffer = [0u8; 4];
        for code in 0..=255u8 {
            self.names
                .intern(&mut self.strings, char::from(code).encode_utf8(&mut buffer));
        }
        self.tuples.add(Tuple::default());
    }

    /// The string of one character.
    #[inline]
    pub fn character(&mut self, character: char) -> StrId {
        let code = character as u64;
        if code < 256 {
            return StrId(1 + code);
        }
        self.add_str(CompactString::from(character.encode_utf8(&mut [0; 4]) as &str), 1)
    }

    fn add_str(&mut self, text: CompactString, chars: u32) -> StrId {
        self.allocated += string_bytes(text.capacity());
        StrId(self.strings.add(Str {
            text,
            chars,
            longer: Default::default(),
            hash: Default::default(),
        }))
    }

    /// A new string object (or the shared one, if it has at most one Latin-1 character).
    pub fn str(&mut self, text: &str) -> StrId {
        if text.len() <= 2 {
            if text.is_empty() {
                return EMPTY;
            }
            let mut characters = text.chars();
            if let (Some(only), None) = (characters.next(), characters.next()) {
                return self.character(only);
            }
        }
        let chars = count_chars(text);
        self.add_str(CompactString::from(text), chars)
    }

    /// A string object for a part of an ASCII string.
    pub fn str_part(&mut self, whole: StrId, part: std::ops::Range<usize>) -> StrId {
        let text = &self.text(whole)[part];
        match *text.as_bytes() {
            [] => EMPTY,
            [byte] => self.character(char::from(byte)),
            _ => {
                let (text, chars) = (CompactString::from(text), text.len() as u32);
                self.add_str(text, chars)
            }
        }
    }

    pub fn string(&mut self, text: String) -> StrId {
        if text.len() <= 2 {
            return self.str(&text);
        }
        let chars = count_chars(&text);
        let mut text = CompactString::from(text);
        if text.capacity() > text.len() + text.len() / 4 + SPARE_TEXT {
            text.shrink_to_fit();
        }
        self.add_str(text, chars)
    }

    /// `left + right`.
    pub fn join_str(&mut self, left: StrId, right: StrId) -> StrId {
        let chars = self.strings.get(left.0).chars + self.strings.get(right.0).chars;
        let (x, y) = (self.text(left), self.text(right));
        if x.is_empty() || y.is_empty() {
            return if x.is_empty() { right } else { left };
        }
        let mut text = CompactString::with_capacity(x.len() + y.len());
        text.push_str(x);
        text.push_str(y);
        self.add_str(text, chars)
    }

    /// `left + right`, where `left` is so long that its text is better lent than copied: a program that builds a text piece by
    /// piece seldom looks at what it was before. `None` where that can't be.
    pub fn grow_str(&mut self, left: StrId, right: StrId) -> Option<StrId> {
        let (object, added) = (self.strings.get(left.0), self.strings.get(right.0));
        if object.text.len() < LENT
            || !object.is_ascii()
            || (left.0 as usize) < self.strings.base()
            || left == right
            || added.longer.get() != 0
        {
            return None;
        }
        let chars = object.chars + added.chars;
        let mut text = std::mem::take(&mut self.strings.get_mut(left.0).text);
        let capacity = text.capacity();
        text.push_str(&self.strings.get(right.0).text);
        self.allocated += string_bytes(text.capacity() - capacity);
        let new = self.strings.add(Str {
            text,
            chars,
            ..Str::default()
        });
        self.strings.get(left.0).longer.set(new as u32 + 1);
        Some(StrId(new))
    }

    /// The one object for a name.
    pub fn intern(&mut self, text: &str) -> StrId {
        let before = self.strings.len();
        let id = self.names.intern(&mut self.strings, text);
        if self.strings.len() > before {
            self.allocated += string_bytes(text.len());
        }
        id
    }

    /// The interned object for the text of `id`.
    pub fn intern_str(&mut self, id: StrId) -> StrId {
        self.names.intern_existing(&self.strings, id)
    }

    #[inline]
    pub fn text(&self, id: StrId) -> &str {
        text_of(&self.strings, id.0)
    }

    /// CPython's `hash(str)` under `PYTHONHASHSEED=0`.
    #[inline]
    pub fn hash_str(&self, id: StrId) -> i64 {
        let object = self.strings.get(id.0);
        let known = object.hash.get();
        if known != 0 {
            return known;
        }
        let hash = names::hash_text(self.text(id));
        object.hash.set(hash);
        hash
    }

    pub fn int(&mut self, value: BigInt) -> Value {
        match value.to_i64() {
            Some(small) => Value::Int(small),
            None => {
                self.allocated += 48 + value.bits() as usize / 8;
                Value::BigInt(BigIntId(self.big_ints.add(value)))
            }
        }
    }

    pub fn int_i128(&mut self, value: i128) -> Value {
        match i64::try_from(value) {
            Ok(small) => Value::Int(small),
            Err(_) => self.int(BigInt::from(value)),
        }
    }

    pub fn complex(&mut self, real: f64, imaginary: f64) -> Value {
        self.allocated += 24;
        Value::Complex(ComplexId(self.complexes.add(ComplexNumber { real, imaginary })))
    }

    pub fn new_bytes(&mut self, bytes: impl Into<Box<[u8]>>) -> Value {
        let bytes = bytes.into();
        self.allocated += 32 + bytes.len();
        Value::Bytes(BytesId(self.bytes.add(bytes)))
    }

    pub fn new_byte_array(&mut self, bytes: Vec<u8>) -> Value {
        self.allocated += 40 + bytes.capacity();
        Value::ByteArray(ByteArrayId(self.byte_arrays.add(bytes)))
    }

    #[inline]
    pub fn new_list(&mut self, items: Vec<Value>) -> Value {
        self.allocated += size_of::<List>() + items.capacity() * size_of::<Value>();
        Value::List(ListId(self.lists.add(List { items })))
    }

    #[inline]
    pub fn new_tuple(&mut self, items: &[Value]) -> Value {
        if items.is_empty() {
            return Value::Tuple(EMPTY_TUPLE);
        }
        self.allocated += tuple_bytes(items);
        Value::Tuple(TupleId(self.tuples.add(Tuple {
            items: Box::from(items),
        })))
    }

    #[inline]
    pub fn push(&mut self, list: ListId, value: Value) {
        let items = &mut self.lists.get_mut(list.0).items;
        let capacity = items.capacity();
        items.push(value);
        let grown = items.capacity() - capacity;
        self.allocated += grown * size_of::<Value>();
    }

    pub fn new_dict(&mut self) -> DictId {
        self.add_dict(Dict::default())
    }

    /// A dict for the names of a program.
    pub fn new_namespace(&mut self) -> DictId {
        self.add_dict(Dict::with_capacity(16))
    }

    pub fn add_dict(&mut self, dict: Dict) -> DictId {
        self.allocated += size_of::<Dict>() + dict.capacity_bytes();
        DictId(self.dicts.add(dict))
    }

    pub fn add_set(&mut self, set: Set) -> SetId {
        self.allocated += size_of::<Set>() + set.capacity_bytes();
        SetId(self.sets.add(set))
    }

    pub fn new_slice(&mut self, start: Value, stop: Value, step: Value) -> Value {
        self.allocated += size_of::<Slice>();
        Value::Slice(SliceId(self.slices.add(Slice { start, stop, step })))
    }

    pub fn new_range(&mut self, start: i64, stop: i64, step: i64) -> Value {
        self.allocated += size_of::<Range>();
        let length = range_length(start, stop, step);
        Value::Range(RangeId(self.ranges.add(Range {
            start,
            stop,
            step,
            length,
        })))
    }

    #[inline]
    pub fn new_cell(&mut self, value: Value) -> CellId {
        self.allocated += size_of::<CellObject>();
        CellId(self.cells.add(CellObject(value)))
    }

    pub fn new_method(&mut self, function: Value, receiver: Value) -> Value {
        self.allocated += size_of::<Method>();
        Value::Method(MethodId(self.methods.add(Method { function, receiver })))
    }

    pub fn new_function(&mut self, function: Function) -> FunctionId {
        self.allocated += size_of::<Function>() + 16;
        FunctionId(self.functions.add(Some(Box::new(function))))
    }

    #[inline]
    pub fn function(&self, id: FunctionId) -> &Function {
        self.functions.get(id.0).as_ref().expect("a live function")
    }

    pub fn function_mut(&mut self, id: FunctionId) -> &mut Function {
        self.functions.get_mut(id.0).as_mut().expect("a live function")
    }

    pub fn new_instance(&mut self, class: ClassId, payload: Value) -> InstanceId {
        self.allocated += size_of::<Instance>();
        InstanceId(self.instances.add(Instance {
            class,
            dict: None,
            slots: None,
            payload,
        }))
    }

    #[inline]
    pub fn new_iterator(&mut self, iterator: Iter) -> Value {
        self.allocated += size_of::<Iter>();
        Value::Iterator(IteratorId(self.iterators.add(iterator)))
    }

    pub fn new_module(&mut self, name: StrId) -> ModuleId {
        let dict = self.new_dict();
        ModuleId(self.modules.add(Module { name, dict }))
    }

    pub fn new_exception(&mut self, exception: Exception) -> ExceptionId {
        self.allocated += size_of::<Exception>();
        ExceptionId(self.exceptions.add(exception))
    }

    pub fn new_generator(&mut self, generator: Generator) -> GeneratorId {
        self.allocated += size_of::<Generator>() + size_of::<crate::vm::frame::SavedFrame>();
        GeneratorId(self.generators.add(generator))
    }

    /// An object of a native type. `next` makes it an iterator.
    pub fn new_opaque(&mut self, class: ClassId, data: Box<dyn NativeData>, next: Option<NativeNext>) -> OpaqueId {
        self.allocated += size_of::<Opaque>() + 32 + data.size();
        OpaqueId(self.opaques.add(Opaque {
            class: Some(class),
            data: Some(data),
            next,
            dict: None,
        }))
    }

    /// The Rust half of an opaque object, if it is a `T`.
    pub fn native<T: NativeData>(&self, id: OpaqueId) -> Option<&T> {
        let data: &dyn std::any::Any = self.opaques.get(id.0).data.as_deref()?;
        data.downcast_ref()
    }

    pub fn native_mut<T: NativeData>(&mut self, id: OpaqueId) -> Option<&mut T> {
        let data: &mut dyn std::any::Any = self.opaques.get_mut(id.0).data.as_deref_mut()?;
        data.downcast_mut()
    }

    // Namespaces: dicts whose keys are names.

    #[inline]
    pub fn find_name(&self, dict: DictId, name: StrId) -> Option<usize> {
        let hash = self.hash_str(name);
        self.dicts.get(dict.0).find(hash, |key| match key {
            Value::Str(other) => other == name || self.text(other) == self.text(name),
            _ => false,
        })
    }

    #[inline]
    pub fn get_name(&self, dict: DictId, name: StrId) -> Option<Value> {
        self.find_name(dict, name)
            .map(|position| self.dicts.get(dict.0).entry(position).value)
    }

    pub fn set_name(&mut self, dict: DictId, name: StrId, value: Value) {
        self.place_name(dict, name, value);
    }

    /// [`Heap::set_name`], with the position of the name's entry.
    pub fn place_name(&mut self, dict: DictId, name: StrId, value: Value) -> usize {
        match self.find_name(dict, name) {
            Some(position) => {
                self.dicts.get_mut(dict.0).set_value(position, value);
                position
            }
            None => {
                self.dict_insert_new(dict, self.hash_str(name), Value::Str(name), value);
                self.dicts.get(dict.0).end() - 1
            }
        }
    }

    pub fn dict_insert_new(&mut self, dict: DictId, hash: i64, key: Value, value: Value) {
        let dict = self.dicts.get_mut(dict.0);
        let before = dict.capacity_bytes();
        dict.insert_new(hash, key, value);
        let after = dict.capacity_bytes();
        self.allocated += after.saturating_sub(before);
    }

    pub fn remove_name(&mut self, dict: DictId, name: StrId) -> Option<Value> {
        let position = self.find_name(dict, name)?;
        Some(self.dicts.get_mut(dict.0).remove(position).value)
    }
}

// An arena that grows stands in memory twice for a moment: what is small is counted with both of its places there.

#[inline]
fn string_bytes(capacity: usize) -> usize {
    2 * size_of::<Str>() + capacity
}

/// A string's text.
#[inline]
pub fn text_of(strings: &Arena<Str>, id: u64) -> &str {
    let object = strings.get(id);
    match object.longer.get() {
        0 => &object.text,
        longer => beginning(strings, object, longer),
    }
}

/// The text of a string that others have grown out of: the last of them holds it.
#[cold]
fn beginning<'a>(strings: &'a Arena<Str>, object: &'a Str, mut longer: u32) -> &'a str {
    let last = loop {
        let last = strings.get(u64::from(longer) - 1);
        match last.longer.get() {
            0 => break last,
            further => longer = further,
        }
    };
    object.longer.set(longer);
    &last.text[..object.chars as usize]
}

#[inline]
fn tuple_bytes(items: &[Value]) -> usize {
    // Whoever collects tuples holds a value for each.
    2 * size_of::<Tuple>() + size_of::<Value>() + size_of_val(items)
}

#[inline]
fn count_chars(text: &str) -> u32 {
    if text.is_ascii() {
        text.len() as u32
    } else {
        text.chars().count() as u32
    }
}

/// `len(range(start, stop, step))`, saturated.
pub fn range_length(start: i64, stop: i64, step: i64) -> i64 {
    let (start, stop, step) = (start as i128, stop as i128, step as i128);
    let length = if step > 0 && start < stop {
        (stop - start - 1) / step + 1
    } else if step < 0 && start > stop {
        (start - stop - 1) / -step + 1
    } else {
        0
    };
    length.min(i64::MAX as i128) as i64
}
