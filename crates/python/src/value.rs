//! Values: a small `Copy` enum. What does not fit lies in the heap's typed arenas and is named by a handle.

macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $($(#[$doc])* #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)] pub struct $name(pub u64);)*
    };
}

handles! {
    StrId, BigIntId, ComplexId, BytesId, ByteArrayId, ListId, TupleId, DictId, SetId, RangeId, SliceId, CellId,
    FunctionId, MethodId,
    /// An index into the machine's table of native functions.
    NativeId,
    ClassId, InstanceId, ExceptionId, ModuleId, GeneratorId, IteratorId, OpaqueId, CodeId,
}

/// A float, kept as its bits; equal to one with the same bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Float64(u64);

impl Float64 {
    #[inline(always)]
    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }

    #[inline(always)]
    pub fn to_bits(self) -> u64 {
        self.0
    }
}

impl std::fmt::Debug for Float64 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.get().fmt(f)
    }
}

/// A `bool` as wide as the other payloads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u64)]
pub enum Truth {
    False,
    True,
}

impl Truth {
    #[inline(always)]
    pub fn get(self) -> bool {
        self == Truth::True
    }
}

macro_rules! from_truth {
    ($($type:ty),*) => {
        $(impl From<Truth> for $type {
            #[inline(always)]
            fn from(truth: Truth) -> $type {
                truth.get().into()
            }
        })*
    };
}
from_truth!(bool, u8, u32, i64, usize, num_bigint::BigInt);

// The tag and every payload are 64-bit integers: only so does the compiler take a value for a pair of words, which it passes in
// registers and copies by halves as they were written. What is written by halves and read as a whole waits for both to reach memory.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
pub enum Value {
    /// No value: an unbound variable, an absent argument. Never seen by a program.
    Null,
    None,
    Ellipsis,
    NotImplemented,
    Bool(Truth),
    Int(i64),
    Float(Float64),
    /// An integer outside `i64` (always normalised: what fits is `Int`).
    BigInt(BigIntId),
    Complex(ComplexId),
    Str(StrId),
    Bytes(BytesId),
    ByteArray(ByteArrayId),
    List(ListId),
    Tuple(TupleId),
    Dict(DictId),
    Set(SetId),
    FrozenSet(SetId),
    Range(RangeId),
    Slice(SliceId),
    Cell(CellId),
    Function(FunctionId),
    /// A bound method.
    Method(MethodId),
    Native(NativeId),
    Class(ClassId),
    Instance(InstanceId),
    Exception(ExceptionId),
    Module(ModuleId),
    Generator(GeneratorId),
    Iterator(IteratorId),
    /// An object of a native type that lives behind [`crate::heap::NativeData`].
    Opaque(OpaqueId),
    Code(CodeId),
}

const _: () = assert!(size_of::<Value>() == 16);
const _: () = assert!(size_of::<Option<Value>>() == 16);

impl From<bool> for Value {
    #[inline(always)]
    fn from(truth: bool) -> Value {
        Value::Bool(if truth { Truth::True } else { Truth::False })
    }
}

impl Value {
    #[inline(always)]
    pub fn float(value: f64) -> Value {
        Value::Float(Float64(value.to_bits()))
    }

    #[inline]
    pub fn is_null(self) -> bool {
        matches!(self, Value::Null)
    }

    #[inline]
    pub fn is_none(self) -> bool {
        matches!(self, Value::None)
    }

    /// The value, unless it is [`Value::Null`].
    #[inline]
    pub fn some(self) -> Option<Value> {
        if self.is_null() { None } else { Some(self) }
    }

    /// The same object: handles and small values compare by their bits (a NaN is identical to itself).
    #[inline]
    pub fn is(self, other: Value) -> bool {
        // One comparison of bits for all kinds: a branch on the kind would seldom be foreseen.
        std::mem::discriminant(&self) == std::mem::discriminant(&other) && self.payload() == other.payload()
    }

    /// What tells values of one kind apart.
    #[inline(always)]
    fn payload(self) -> u64 {
        use Value::*;
        match self {
            Null | None | Ellipsis | NotImplemented => 0,
            Bool(truth) => truth as u64,
            Int(i) => i as u64,
            Float(f) => f.0,
            BigInt(id) => id.0,
            Complex(id) => id.0,
            Str(id) => id.0,
            Bytes(id) => id.0,
            ByteArray(id) => id.0,
            List(id) => id.0,
            Tuple(id) => id.0,
            Dict(id) => id.0,
            Set(id) | FrozenSet(id) => id.0,
            Range(id) => id.0,
            Slice(id) => id.0,
            Cell(id) => id.0,
            Function(id) => id.0,
            Method(id) => id.0,
            Native(id) => id.0,
            Class(id) => id.0,
            Instance(id) => id.0,
            Exception(id) => id.0,
            Module(id) => id.0,
            Generator(id) => id.0,
            Iterator(id) => id.0,
            Opaque(id) => id.0,
            Code(id) => id.0,
        }
    }

    /// A number that tells live objects apart, in place of an address.
    pub fn identity(self) -> i64 {
        use Value::*;
        let (kind, index): (i64, i64) = match self {
            Null | None => (1, 0),
            Ellipsis => (1, 1),
            NotImplemented => (1, 2),
            Bool(b) => (1, 3 + i64::from(b)),
            Int(i) => (2, i & 0x3fff_ffff),
            Float(f) => (3, (f.to_bits() >> 20) as i64 & 0x3fff_ffff),
            BigInt(h) => (4, h.0 as i64),
            Complex(h) => (5, h.0 as i64),
            Str(h) => (6, h.0 as i64),
            Bytes(h) => (7, h.0 as i64),
            ByteArray(h) => (8, h.0 as i64),
            List(h) => (9, h.0 as i64),
            Tuple(h) => (10, h.0 as i64),
            Dict(h) => (11, h.0 as i64),
            Set(h) | FrozenSet(h) => (12, h.0 as i64),
            Range(h) => (13, h.0 as i64),
            Slice(h) => (14, h.0 as i64),
            Cell(h) => (15, h.0 as i64),
            Function(h) => (16, h.0 as i64),
            Method(h) => (17, h.0 as i64),
            Native(h) => (18, h.0 as i64),
            Class(h) => (19, h.0 as i64),
            Instance(h) => (20, h.0 as i64),
            Exception(h) => (21, h.0 as i64),
            Module(h) => (22, h.0 as i64),
            Generator(h) => (23, h.0 as i64),
            Iterator(h) => (24, h.0 as i64),
            Opaque(h) => (25, h.0 as i64),
            Code(h) => (26, h.0 as i64),
        };
        0x7f00_0000_0000 + (kind << 36) + index * 16
    }
}

/// Why native code stops: an exception on its way to a handler, or the end of the run (the machine knows which).
#[derive(Clone, Copy, Debug)]
pub enum Stop {
    Raise(ExceptionId),
    Halt,
}

/// The result of anything that may run Python code or raise.
pub type Res<T> = Result<T, Stop>;
