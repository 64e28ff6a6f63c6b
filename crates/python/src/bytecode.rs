//! The seam between compiler and virtual machine: CPython 3.11's instruction set without its plumbing.
//!
//! Names, operands, stack effects and exception table semantics are those of the `dis` module's documentation for
//! Python 3.11. Differences: there are no `CACHE` entries and no `EXTENDED_ARG` (arguments are `u32`), `PRECALL` is
//! merged into `CALL`, and jump arguments are absolute instruction indices.

use num_bigint::BigInt;
use std::sync::Arc;

/// An identifier.
pub type Name = Arc<str>;

/// The "line" of an instruction that has none. CPython fires no line event there.
pub const NO_LINE: u32 = u32::MAX;

macro_rules! opcodes {
    ($($variant:ident $name:literal,)*) => {
        /// CPython 3.11's instructions; see the `dis` documentation for the meaning of each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Opcode { $($variant,)* }

        impl Opcode {
            /// The name that `dis` shows.
            pub fn name(self) -> &'static str {
                match self { $(Opcode::$variant => $name,)* }
            }
        }
    };
}

opcodes! {
    PopTop "POP_TOP",
    PushNull "PUSH_NULL",
    Nop "NOP",
    UnaryPositive "UNARY_POSITIVE",
    UnaryNegative "UNARY_NEGATIVE",
    UnaryNot "UNARY_NOT",
    UnaryInvert "UNARY_INVERT",
    BinarySubscr "BINARY_SUBSCR",
    GetLen "GET_LEN",
    MatchMapping "MATCH_MAPPING",
    MatchSequence "MATCH_SEQUENCE",
    MatchKeys "MATCH_KEYS",
    PushExcInfo "PUSH_EXC_INFO",
    CheckExcMatch "CHECK_EXC_MATCH",
    CheckEgMatch "CHECK_EG_MATCH",
    WithExceptStart "WITH_EXCEPT_START",
    GetAiter "GET_AITER",
    GetAnext "GET_ANEXT",
    BeforeAsyncWith "BEFORE_ASYNC_WITH",
    BeforeWith "BEFORE_WITH",
    EndAsyncFor "END_ASYNC_FOR",
    StoreSubscr "STORE_SUBSCR",
    DeleteSubscr "DELETE_SUBSCR",
    GetIter "GET_ITER",
    GetYieldFromIter "GET_YIELD_FROM_ITER",
    LoadBuildClass "LOAD_BUILD_CLASS",
    LoadAssertionError "LOAD_ASSERTION_ERROR",
    ReturnGenerator "RETURN_GENERATOR",
    ListToTuple "LIST_TO_TUPLE",
    ReturnValue "RETURN_VALUE",
    ImportStar "IMPORT_STAR",
    SetupAnnotations "SETUP_ANNOTATIONS",
    YieldValue "YIELD_VALUE",
    AsyncGenWrap "ASYNC_GEN_WRAP",
    PrepReraiseStar "PREP_RERAISE_STAR",
    PopExcept "POP_EXCEPT",
    // Argument: index into `names`.
    StoreName "STORE_NAME",
    DeleteName "DELETE_NAME",
    UnpackSequence "UNPACK_SEQUENCE",
    ForIter "FOR_ITER",
    UnpackEx "UNPACK_EX",
    StoreAttr "STORE_ATTR",
    DeleteAttr "DELETE_ATTR",
    StoreGlobal "STORE_GLOBAL",
    DeleteGlobal "DELETE_GLOBAL",
    Swap "SWAP",
    LoadConst "LOAD_CONST",
    LoadName "LOAD_NAME",
    BuildTuple "BUILD_TUPLE",
    BuildList "BUILD_LIST",
    BuildSet "BUILD_SET",
    BuildMap "BUILD_MAP",
    LoadAttr "LOAD_ATTR",
    // Argument: 0 `<`, 1 `<=`, 2 `==`, 3 `!=`, 4 `>`, 5 `>=`.
    CompareOp "COMPARE_OP",
    ImportName "IMPORT_NAME",
    ImportFrom "IMPORT_FROM",
    JumpForward "JUMP_FORWARD",
    JumpIfFalseOrPop "JUMP_IF_FALSE_OR_POP",
    JumpIfTrueOrPop "JUMP_IF_TRUE_OR_POP",
    PopJumpForwardIfFalse "POP_JUMP_FORWARD_IF_FALSE",
    PopJumpForwardIfTrue "POP_JUMP_FORWARD_IF_TRUE",
    // Argument: index into `names` × 2, plus 1 when a NULL is pushed first (for a call).
    LoadGlobal "LOAD_GLOBAL",
    IsOp "IS_OP",
    ContainsOp "CONTAINS_OP",
    Reraise "RERAISE",
    Copy "COPY",
    // Argument: a `BinaryOperator` number, plus 13 when in place.
    BinaryOp "BINARY_OP",
    Send "SEND",
    // Argument of all the fast and deref instructions: index into `Code::fast_names`.
    LoadFast "LOAD_FAST",
    StoreFast "STORE_FAST",
    DeleteFast "DELETE_FAST",
    PopJumpForwardIfNotNone "POP_JUMP_FORWARD_IF_NOT_NONE",
    PopJumpForwardIfNone "POP_JUMP_FORWARD_IF_NONE",
    RaiseVarargs "RAISE_VARARGS",
    GetAwaitable "GET_AWAITABLE",
    // Argument, bits: 1 defaults tuple, 2 keyword-only defaults dict, 4 annotations tuple, 8 closure tuple.
    MakeFunction "MAKE_FUNCTION",
    BuildSlice "BUILD_SLICE",
    JumpBackwardNoInterrupt "JUMP_BACKWARD_NO_INTERRUPT",
    MakeCell "MAKE_CELL",
    LoadClosure "LOAD_CLOSURE",
    LoadDeref "LOAD_DEREF",
    StoreDeref "STORE_DEREF",
    DeleteDeref "DELETE_DEREF",
    JumpBackward "JUMP_BACKWARD",
    CallFunctionEx "CALL_FUNCTION_EX",
    ListAppend "LIST_APPEND",
    SetAdd "SET_ADD",
    MapAdd "MAP_ADD",
    LoadClassderef "LOAD_CLASSDEREF",
    CopyFreeVars "COPY_FREE_VARS",
    // Argument: 0 start of a function, 1 after `yield`, 2 after `yield from`, 3 after `await`.
    Resume "RESUME",
    MatchClass "MATCH_CLASS",
    FormatValue "FORMAT_VALUE",
    BuildConstKeyMap "BUILD_CONST_KEY_MAP",
    BuildString "BUILD_STRING",
    LoadMethod "LOAD_METHOD",
    ListExtend "LIST_EXTEND",
    SetUpdate "SET_UPDATE",
    DictMerge "DICT_MERGE",
    DictUpdate "DICT_UPDATE",
    Call "CALL",
    // Argument: index of a tuple of keyword names in `constants`; stands right before `CALL`.
    KwNames "KW_NAMES",
    PopJumpBackwardIfNotNone "POP_JUMP_BACKWARD_IF_NOT_NONE",
    PopJumpBackwardIfNone "POP_JUMP_BACKWARD_IF_NONE",
    PopJumpBackwardIfFalse "POP_JUMP_BACKWARD_IF_FALSE",
    PopJumpBackwardIfTrue "POP_JUMP_BACKWARD_IF_TRUE",
    // Made of neighbours by the virtual machine, never by the compiler.
    LoadFastLoadFast "LOAD_FAST__LOAD_FAST",
    LoadFastLoadConst "LOAD_FAST__LOAD_CONST",
    StoreFastLoadFast "STORE_FAST__LOAD_FAST",
    SubscrFastFast "BINARY_SUBSCR_FAST_FAST",
    SubscrFastConst "BINARY_SUBSCR_FAST_CONST",
    SubscrTopFast "BINARY_SUBSCR_TOP_FAST",
    StoreSubscrFastFast "STORE_SUBSCR_FAST_FAST",
    ForIterStoreFast "FOR_ITER__STORE_FAST",
    ForIterUnpack "FOR_ITER__UNPACK_SEQUENCE",
    ListAppendJump "LIST_APPEND__JUMP",
    BinaryStore "BINARY_OP__STORE_FAST",
    BinaryFastFast "BINARY_OP_FAST_FAST",
    BinaryFastConst "BINARY_OP_FAST_CONST",
    BinaryTopFast "BINARY_OP_TOP_FAST",
    BinaryTopConst "BINARY_OP_TOP_CONST",
    BinaryFastFastStore "BINARY_OP_FAST_FAST__STORE_FAST",
    BinaryFastConstStore "BINARY_OP_FAST_CONST__STORE_FAST",
    BinaryTopFastStore "BINARY_OP_TOP_FAST__STORE_FAST",
    BinaryTopConstStore "BINARY_OP_TOP_CONST__STORE_FAST",
    BinaryFastFastTest "BINARY_OP_FAST_FAST__COMPARE_OP_CONST__JUMP",
    BinaryFastConstTest "BINARY_OP_FAST_CONST__COMPARE_OP_CONST__JUMP",
    BinaryTopFastTest "BINARY_OP_TOP_FAST__COMPARE_OP_CONST__JUMP",
    CompareJump "COMPARE_OP__JUMP",
    CompareFastFastJump "COMPARE_OP_FAST_FAST__JUMP",
    CompareFastConstJump "COMPARE_OP_FAST_CONST__JUMP",
    CompareTopFastJump "COMPARE_OP_TOP_FAST__JUMP",
    CompareTopConstJump "COMPARE_OP_TOP_CONST__JUMP",
    SubscrDerefFast "BINARY_SUBSCR_DEREF_FAST",
    SubscrTopDeref "BINARY_SUBSCR_TOP_DEREF",
    LoadFastCopyAttr "LOAD_FAST__COPY__LOAD_ATTR",
    CopyAttr "COPY__LOAD_ATTR",
    SwapStoreAttr "SWAP__STORE_ATTR",
    CopySubscr "COPY__COPY__BINARY_SUBSCR",
    SwapStoreSubscr "SWAP__SWAP__STORE_SUBSCR",
    SubscrSlice "BUILD_SLICE__BINARY_SUBSCR",
    LoadFastAttr "LOAD_FAST__LOAD_ATTR",
    LoadFastMethod "LOAD_FAST__LOAD_METHOD",
    StoreAttrFast "STORE_ATTR_FAST",
    StoreAttrFastFast "STORE_ATTR_FAST_FAST",
    ReturnFast "RETURN_VALUE_FAST",
    ReturnConst "RETURN_VALUE_CONST",
    ContainsJump "CONTAINS_OP__JUMP",
    UnpackStoreFast "UNPACK_SEQUENCE__STORE_FAST__STORE_FAST",
    SwapStoreFast "SWAP__STORE_FAST__STORE_FAST",
    BinaryDerefFast "BINARY_OP_DEREF_FAST",
    BinaryDerefFastTest "BINARY_OP_DEREF_FAST__COMPARE_OP_CONST__JUMP",
    BinaryFastDeref "BINARY_OP_FAST_DEREF",
    BinaryTopDeref "BINARY_OP_TOP_DEREF",
    CompareDerefFastJump "COMPARE_OP_DEREF_FAST__JUMP",
    CompareFastDerefJump "COMPARE_OP_FAST_DEREF__JUMP",
    CompareTopDerefJump "COMPARE_OP_TOP_DEREF__JUMP",
}

/// `BINARY_OP`'s argument; the in-place form of each is its number plus [`BinaryOperator::IN_PLACE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum BinaryOperator {
    Add = 0,
    And = 1,
    FloorDivide = 2,
    LeftShift = 3,
    MatrixMultiply = 4,
    Multiply = 5,
    Remainder = 6,
    Or = 7,
    Power = 8,
    RightShift = 9,
    Subtract = 10,
    TrueDivide = 11,
    Xor = 12,
}

impl BinaryOperator {
    /// Added to the number of an operator in an augmented assignment.
    pub const IN_PLACE: u32 = 13;
}

/// One instruction; `argument` is 0 where the opcode takes none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction {
    pub opcode: Opcode,
    pub argument: u32,
}

/// Whether a set of constants has words that CPython finds interned as other objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interned {
    No,
    Yes,
    /// That depends on the installation.
    Unknown,
}

/// A constant of a code object.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    None,
    Ellipsis,
    Bool(bool),
    Int(i64),
    /// Outside the range of i64.
    BigInt(BigInt),
    Float(f64),
    Complex {
        real: f64,
        imaginary: f64,
    },
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
    Tuple(Vec<Constant>),
    FrozenSet(Vec<Constant>, Interned),
    Code(Arc<Code>),
}

/// CPython's `co_flags`, by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeFlags {
    /// Locals live in fast slots (`CO_OPTIMIZED`).
    pub optimized: bool,
    /// A call makes a new namespace (`CO_NEWLOCALS`).
    pub new_locals: bool,
    /// `*args`
    pub variable_arguments: bool,
    /// `**kwargs`
    pub variable_keywords: bool,
    pub nested: bool,
    pub generator: bool,
    pub coroutine: bool,
    pub async_generator: bool,
    /// `from __future__ import annotations`
    pub future_annotations: bool,
}

impl CodeFlags {
    /// The value of `co_flags` in CPython.
    pub fn bits(self) -> u32 {
        [
            (self.optimized, 0x1),
            (self.new_locals, 0x2),
            (self.variable_arguments, 0x4),
            (self.variable_keywords, 0x8),
            (self.nested, 0x10),
            (self.generator, 0x20),
            (self.coroutine, 0x80),
            (self.async_generator, 0x200),
            (self.future_annotations, 0x0100_0000),
        ]
        .into_iter()
        .fold(0, |bits, (set, value)| if set { bits | value } else { bits })
    }
}

/// An entry of the exception table: an exception in instructions `start..end` unwinds the stack to `depth` values,
/// pushes the index of the raising instruction if `push_lasti`, pushes the exception and goes on at `target`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExceptionEntry {
    pub start: u32,
    pub end: u32,
    pub target: u32,
    pub depth: u32,
    pub push_lasti: bool,
}

/// A compiled code object.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    pub name: Name,
    pub qualname: Name,
    /// 1-based; with decorators, that of the first one.
    pub first_line: u32,
    /// Positional parameters, positional-only ones included.
    pub argument_count: u32,
    pub positional_only_count: u32,
    pub keyword_only_count: u32,
    pub flags: CodeFlags,
    /// Parameters (positional, keyword-only, `*args`, `**kwargs`), then the other locals.
    pub variable_count: u32,
    /// Locals that inner functions use; a parameter among them is also one of the variables.
    pub cell_variables: Vec<Name>,
    pub free_variables: Vec<Name>,
    /// The frame's slots: variables, the cells that are not among those, `free_variables`.
    pub fast_names: Vec<Name>,
    pub names: Vec<Name>,
    pub constants: Vec<Constant>,
    pub instructions: Vec<Instruction>,
    /// 1-based line of each instruction, or [`NO_LINE`].
    pub lines: Vec<u32>,
    pub exceptions: Vec<ExceptionEntry>,
    /// False for lambdas, comprehensions, generator expressions and library code: their frames fire no events.
    pub traced: bool,
}

impl Code {
    /// The exception table's entry that covers `instruction`, if any. Entries are sorted and do not overlap.
    pub fn exception_entry(&self, instruction: u32) -> Option<&ExceptionEntry> {
        let after = self.exceptions.partition_point(|entry| entry.start <= instruction);
        let entry = &self.exceptions[after.checked_sub(1)?];
        (instruction < entry.end).then_some(entry)
    }

    pub fn variable_names(&self) -> &[Name] {
        &self.fast_names[..self.variable_count as usize]
    }

    /// The docstring of a function: its first constant, if that is a string.
    pub fn first_constant_string(&self) -> Option<&Arc<str>> {
        match self.constants.first() {
            Some(Constant::Str(text)) => Some(text),
            _ => None,
        }
    }
}
