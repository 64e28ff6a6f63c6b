//! What the arenas hold.

use crate::value::*;
use crate::vm::frame::SavedFrame;
use compact_str::CompactString;
use std::any::Any;
use std::cell::Cell;

#[derive(Default, Clone)]
pub struct Str {
    /// Empty where the text is the beginning of a longer one; see [`super::text_of`].
    pub(super) text: CompactString,
    /// Code points.
    pub chars: u32,
    /// The handle, plus 1, of the longer string that this one's text has become the beginning of; 0 if there is none.
    pub(super) longer: Cell<u32>,
    /// CPython's hash under a zero key; 0 until computed.
    pub hash: Cell<i64>,
}

impl Str {
    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.chars as usize == self.text.len() || self.longer.get() != 0
    }
}

#[derive(Default, Clone, Copy)]
pub struct ComplexNumber {
    pub real: f64,
    pub imaginary: f64,
}

#[derive(Default, Clone)]
pub struct List {
    pub items: Vec<Value>,
}

#[derive(Default, Clone)]
pub struct Tuple {
    pub items: Box<[Value]>,
}

/// A range whose bounds fit `i64`.
#[derive(Default, Clone, Copy)]
pub struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
    pub length: i64,
}

#[derive(Clone, Copy)]
pub struct Slice {
    pub start: Value,
    pub stop: Value,
    pub step: Value,
}

impl Default for Slice {
    fn default() -> Self {
        Slice {
            start: Value::None,
            stop: Value::None,
            step: Value::None,
        }
    }
}

#[derive(Clone, Copy)]
pub struct CellObject(pub Value);

impl Default for CellObject {
    fn default() -> Self {
        CellObject(Value::Null)
    }
}

#[derive(Clone)]
pub struct Function {
    pub code: CodeId,
    pub globals: DictId,
    pub name: StrId,
    pub qualname: StrId,
    pub module: Value,
    pub doc: Value,
    /// A tuple, or `Null`.
    pub defaults: Value,
    /// A dict, or `Null`.
    pub keyword_defaults: Value,
    /// A dict, a tuple of names and values, or `Null`.
    pub annotations: Value,
    /// A tuple of cells, or `Null`.
    pub closure: Value,
    pub dict: Option<DictId>,
}

impl Function {
    /// The closure's cells; the empty tuple where there is none.
    #[inline]
    pub fn cells(&self) -> TupleId {
        match self.closure {
            Value::Tuple(cells) => cells,
            _ => super::EMPTY_TUPLE,
        }
    }
}

#[derive(Clone, Copy)]
pub struct Method {
    pub function: Value,
    pub receiver: Value,
}

impl Default for Method {
    fn default() -> Self {
        Method {
            function: Value::Null,
            receiver: Value::Null,
        }
    }
}

/// The native representation that instances of a class share.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Layout {
    #[default]
    Object,
    Int,
    Bool,
    Float,
    Complex,
    Str,
    Bytes,
    ByteArray,
    List,
    Tuple,
    Dict,
    Set,
    FrozenSet,
    Exception,
    Type,
    /// Behind [`NativeData`].
    Opaque,
    /// A built-in type that programs can't derive from or make.
    Sealed,
    Module,
}

#[derive(Clone)]
pub struct Class {
    pub name: StrId,
    pub qualname: StrId,
    /// What error messages call it, where that is not its name: with the module, for classes of native modules.
    pub title: Option<StrId>,
    pub bases: Vec<ClassId>,
    pub mro: Vec<ClassId>,
    pub dict: DictId,
    pub metaclass: ClassId,
    pub layout: Layout,
    /// Instances have a `__dict__`.
    pub has_dict: bool,
    pub builtin: bool,
    /// Programs may derive from it.
    pub subclassable: bool,
    /// Changes whenever an attribute of it or of one of its bases does.
    pub version: u32,
    /// Names in `__slots__`, own ones only.
    pub slots: Option<Vec<StrId>>,
    /// Overrides `__getattribute__`, or defines `__getattr__` (looked up by the machine when set).
    pub custom_getattr: bool,
    pub custom_getattribute: bool,
    /// Has a `__class__` of its own, a property mostly.
    pub custom_class: bool,
    /// Has `__del__`.
    pub finalizes: bool,
    pub custom_setattr: bool,
    pub abstract_methods: bool,
}

impl Default for Class {
    fn default() -> Self {
        Class {
            name: StrId(0),
            qualname: StrId(0),
            title: None,
            bases: Vec::new(),
            mro: Vec::new(),
            dict: DictId(0),
            metaclass: ClassId(0),
            layout: Layout::Object,
            has_dict: true,
            builtin: false,
            subclassable: true,
            version: 0,
            slots: None,
            custom_getattr: false,
            custom_getattribute: false,
            custom_class: false,
            finalizes: false,
            custom_setattr: false,
            abstract_methods: false,
        }
    }
}

/// An instance of a class made by a program. A class derived from a built-in type keeps that type's value in `payload`.
#[derive(Clone, Copy)]
pub struct Instance {
    pub class: ClassId,
    pub dict: Option<DictId>,
    /// Values of `__slots__`, by name.
    pub slots: Option<DictId>,
    pub payload: Value,
}

impl Default for Instance {
    fn default() -> Self {
        Instance {
            class: ClassId(0),
            dict: None,
            slots: None,
            payload: Value::Null,
        }
    }
}

#[derive(Clone)]
pub struct Exception {
    pub class: ClassId,
    pub args: Value,
    pub dict: Option<DictId>,
    pub cause: Value,
    pub context: Value,
    pub suppress_context: bool,
    /// 1-based line of the innermost program frame that it went through, once raised.
    pub line: Option<u32>,
    /// `StopIteration.value`, `SystemExit.code`, `KeyError`'s key and the like stand in `args`; native extra fields here:
    /// `name`, `obj`, `path` and so on.
    pub fields: Vec<(StrId, Value)>,
    /// Frames it went through: function and 1-based line, innermost first.
    pub traceback: Vec<(CodeId, u32)>,
    /// Where the entries of its present traceback begin; those before it are kept for the traceback objects that show them.
    pub traceback_start: usize,
    pub traceback_set: Value,
}

impl Exception {
    pub fn bytes(&self) -> usize {
        size_of::<Exception>()
            + self.traceback.capacity() * size_of::<(CodeId, u32)>()
            + self.fields.capacity() * size_of::<(StrId, Value)>()
    }
}

impl Default for Exception {
    fn default() -> Self {
        Exception {
            class: ClassId(0),
            args: Value::Null,
            dict: None,
            cause: Value::None,
            context: Value::None,
            suppress_context: false,
            line: None,
            fields: Vec::new(),
            traceback: Vec::new(),
            traceback_start: 0,
            traceback_set: Value::Null,
        }
    }
}

#[derive(Clone, Copy)]
pub struct Module {
    pub name: StrId,
    pub dict: DictId,
}

impl Default for Module {
    fn default() -> Self {
        Module {
            name: StrId(0),
            dict: DictId(0),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GeneratorState {
    Created,
    Suspended,
    Running,
    Finished,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GeneratorKind {
    Generator,
    Coroutine,
    AsyncGenerator,
}

pub struct Generator {
    pub kind: GeneratorKind,
    pub state: GeneratorState,
    pub frame: Option<Box<SavedFrame>>,
    pub name: StrId,
    pub qualname: StrId,
    pub code: Option<CodeId>,
    /// The exception its own handlers are busy with while it is suspended.
    pub handled: Value,
}

impl Default for Generator {
    fn default() -> Self {
        Generator {
            kind: GeneratorKind::Generator,
            state: GeneratorState::Finished,
            frame: None,
            name: StrId(0),
            qualname: StrId(0),
            code: None,
            handled: Value::None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DictPart {
    Keys,
    Values,
    Items,
}

/// The iterators of the built-in types, and dict views.
#[derive(Default, Clone)]
pub enum Iter {
    #[default]
    Done,
    List {
        list: ListId,
        at: usize,
    },
    Tuple {
        tuple: TupleId,
        at: usize,
    },
    Str {
        text: StrId,
        byte: usize,
    },
    Bytes {
        bytes: Value,
        at: usize,
    },
    Range {
        next: i64,
        step: i64,
        left: i64,
    },
    Dict {
        dict: DictId,
        at: usize,
        length: usize,
        /// How often keys had come and gone when the iteration began.
        changes: u32,
        part: DictPart,
        reversed: bool,
        /// Over an `OrderedDict`, which knows at each key whether another follows.
        ordered: bool,
    },
    Set {
        set: Value,
        slot: usize,
        length: usize,
    },
    ReversedList {
        list: ListId,
        left: usize,
    },
    Reversed {
        object: Value,
        left: i64,
    },
    /// The old protocol: `__getitem__` from 0 until `IndexError`.
    Sequence {
        object: Value,
        at: i64,
    },
    Enumerate {
        iterator: Value,
        count: Value,
    },
    Zip {
        iterators: Vec<Value>,
        strict: bool,
    },
    Map {
        function: Value,
        iterators: Vec<Value>,
    },
    Filter {
        function: Value,
        iterator: Value,
    },
    Callable {
        function: Value,
        sentinel: Value,
    },
    /// `dict.keys()`, `.values()`, `.items()`: iterable, not iterators. The dict may be an instance.
    View {
        dict: Value,
        part: DictPart,
    },
}

/// The Rust half of an object of a native type (a deque, a compiled pattern, ...).
pub trait NativeData: Any {
    /// Visits every value that it holds.
    fn trace(&self, visit: &mut dyn FnMut(Value));
    /// Bytes outside the struct itself.
    fn size(&self) -> usize {
        0
    }
}

/// `__next__` of a native iterator; `None` at its end.
pub type NativeNext = fn(&mut crate::vm::Vm, OpaqueId) -> Res<Option<Value>>;

#[derive(Default)]
pub struct Opaque {
    pub class: ClassIdOrNone,
    pub data: Option<Box<dyn NativeData>>,
    pub next: Option<NativeNext>,
    pub dict: Option<DictId>,
}

pub type ClassIdOrNone = Option<ClassId>;
