//! The shape of a parsed module. Names borrow from the text.

/// Scalar types of the PTX ISA.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    U8,
    U16,
    U32,
    U64,
    S8,
    S16,
    S32,
    S64,
    B8,
    B16,
    B32,
    B64,
    B128,
    F16,
    F16x2,
    Bf16,
    Bf16x2,
    Tf32,
    F32,
    F64,
    E4m3x2,
    E5m2x2,
    Pred,
}

impl Type {
    pub fn parse(name: &str) -> Option<Type> {
        Some(match name {
            "u8" => Type::U8,
            "u16" => Type::U16,
            "u32" => Type::U32,
            "u64" => Type::U64,
            "s8" => Type::S8,
            "s16" => Type::S16,
            "s32" => Type::S32,
            "s64" => Type::S64,
            "b8" => Type::B8,
            "b16" => Type::B16,
            "b32" => Type::B32,
            "b64" => Type::B64,
            "b128" => Type::B128,
            "f16" => Type::F16,
            "f16x2" => Type::F16x2,
            "bf16" => Type::Bf16,
            "bf16x2" => Type::Bf16x2,
            "tf32" => Type::Tf32,
            "f32" => Type::F32,
            "f64" => Type::F64,
            "e4m3x2" => Type::E4m3x2,
            "e5m2x2" => Type::E5m2x2,
            "pred" => Type::Pred,
            _ => return None,
        })
    }

    /// Size in bytes; a predicate has one.
    pub fn bytes(self) -> u32 {
        match self {
            Type::U8 | Type::S8 | Type::B8 | Type::Pred => 1,
            Type::U16 | Type::S16 | Type::B16 | Type::F16 | Type::Bf16 | Type::E4m3x2 | Type::E5m2x2 => 2,
            Type::U64 | Type::S64 | Type::B64 | Type::F64 => 8,
            Type::B128 => 16,
            _ => 4,
        }
    }

    pub fn is_float(self) -> bool {
        matches!(
            self,
            Type::F16 | Type::F16x2 | Type::Bf16 | Type::Bf16x2 | Type::Tf32 | Type::F32 | Type::F64
        )
    }

    pub fn is_signed(self) -> bool {
        matches!(self, Type::S8 | Type::S16 | Type::S32 | Type::S64)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Space {
    Register,
    Global,
    Shared,
    Local,
    Constant,
    Param,
    Generic,
}

/// One value of an initialiser.
#[derive(Clone, Debug, PartialEq)]
pub enum Initial<'a> {
    Integer(u64),
    Single(u32),
    Double(u64),
    /// Address of a variable or function, an offset, and whether it is taken as a generic address; `shift` and
    /// `mask` serve `0xFF00(name)`, one byte of an address.
    Address {
        name: &'a str,
        offset: i64,
        mask: Option<u64>,
    },
}

/// A variable in any memory space.
#[derive(Clone, Debug)]
pub struct Variable<'a> {
    pub name: &'a str,
    pub space: Space,
    pub ty: Type,
    pub size: u64,
    pub align: u32,
    /// Declared without its size: `.extern .shared .b8 x[]`.
    pub unsized_array: bool,
    pub external: bool,
    pub managed: bool,
    pub initial: Vec<Initial<'a>>,
    pub line: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Operand<'a> {
    /// A register, variable, function, label or special register (with its component: `%tid.x`).
    Name(&'a str, Option<&'a str>),
    /// `name+4` outside brackets.
    NamePlus(&'a str, i64),
    Integer(u64, bool),
    Single(u32),
    Double(u64),
    /// `[base+offset]`.
    Address(Box<Operand<'a>>, i64),
    /// `[texture, {x, y}]`: a place in what a handle names.
    Indexed(Box<Operand<'a>>, Vec<Operand<'a>>),
    /// `{a, b}`.
    Vector(Vec<Operand<'a>>),
    /// `a|b`.
    Pair(Box<Operand<'a>>, Box<Operand<'a>>),
    /// `!p`.
    Not(&'a str),
    /// `-r` in video instructions and the like.
    Negative(&'a str),
    /// `_`.
    Sink,
    /// `(a, b)` of a call.
    List(Vec<Operand<'a>>),
}

#[derive(Clone, Debug)]
pub struct Instruction<'a> {
    pub line: u32,
    /// Index into the module's `.loc` table plus one; 0 = none.
    pub location: u32,
    /// Predicate and whether it is negated.
    pub guard: Option<(&'a str, bool)>,
    pub opcode: &'a str,
    pub modifiers: Vec<&'a str>,
    pub operands: Vec<Operand<'a>>,
}

#[derive(Clone, Debug)]
pub enum Statement<'a> {
    Open,
    Close,
    /// `.reg .b32 %r<4>` (count) or `.reg .b32 a` (none).
    Registers {
        name: &'a str,
        ty: Type,
        count: Option<u32>,
        line: u32,
    },
    Variable(Variable<'a>),
    Label(&'a str, u32),
    /// `label: .branchtargets a, b;` and `label: .calltargets f, g;`
    Targets(&'a str, Vec<&'a str>),
    /// `label: .callprototype (.param ..) _ (.param ..)`: return size and parameters' (size, align).
    Prototype(&'a str, Prototype),
    Instruction(Instruction<'a>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prototype {
    pub returns: Vec<(u32, u32)>,
    pub parameters: Vec<(u32, u32)>,
}

#[derive(Clone, Debug)]
pub struct Function<'a> {
    pub name: &'a str,
    pub entry: bool,
    pub returns: Vec<Variable<'a>>,
    pub parameters: Vec<Variable<'a>>,
    pub max_threads: Option<[u32; 3]>,
    pub required_threads: Option<[u32; 3]>,
    pub min_blocks: Option<u32>,
    /// None for a declaration.
    pub body: Option<Vec<Statement<'a>>>,
    pub line: u32,
}

#[derive(Clone, Debug, Default)]
pub struct Ast<'a> {
    pub version: (u32, u32),
    pub target: u32,
    pub functions: Vec<Function<'a>>,
    pub variables: Vec<Variable<'a>>,
    pub aliases: Vec<(&'a str, &'a str)>,
    pub files: Vec<(u32, &'a str)>,
    /// (file, line) of each `.loc`.
    pub locations: Vec<(u32, u32)>,
}
