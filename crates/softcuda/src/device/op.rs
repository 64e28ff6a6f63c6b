//! The dense form: one [`Op`] per PTX instruction, with a function that executes it for a warp.

use super::undefined::Flow;
use super::warp::Warp;

/// Executes an instruction for the lanes in the mask; false when it faulted (the fault is in the warp).
pub type Run = unsafe fn(&mut Warp, &Op, u32) -> bool;

// An operand's two high bits choose a base, the rest is an offset in 32-bit words; base 0 is the frame's registers.

/// Operand in the image's constant pool.
pub const POOL: u32 = 1 << 30;
/// Operand among the warp's special rows.
pub const SPECIAL: u32 = 2 << 30;
/// Operand in the frame's header.
pub const HEADER: u32 = 3 << 30;
pub const OFFSET: u32 = (1 << 30) - 1;
pub const NO_GUARD: u32 = u32::MAX;
/// An absent operand.
pub const NONE: u32 = u32::MAX;

/// Words before a frame's registers: return addresses, callers' frames, local frame pointers, stack pointers.
pub const HEADER_WORDS: u32 = 256;
pub const RETURN_ROW: u32 = 0;
pub const CALLER_ROW: u32 = 32;
pub const LOCAL_ROW: u32 = 64;
pub const STACK_ROW: u32 = 128;

/// What the dispatch loop does with an instruction. Up to [`Kind::Converged`] nothing, when all lanes are together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
#[repr(u8)]
pub enum Kind {
    Plain,
    /// Executes once all lanes named by `c` (the member mask) are here.
    WarpSync,
    /// Executes once all live lanes of the warp are here.
    Converged,
    Branch,
    BranchIndexed,
    Call,
    CallIndirect,
    Return,
    Exit,
    Barrier,
    /// Executes, then lets others run.
    Yield,
}

/// Classes of instructions, for the counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    Integer,
    Float,
    Convert,
    Move,
    Compare,
    Special,
    Load,
    Store,
    Atomic,
    AsyncCopy,
    Matrix,
    MatrixMove,
    Warp,
    Control,
    Barrier,
    Other,
}

impl Class {
    pub const ALL: [Class; 16] = [
        Class::Integer,
        Class::Float,
        Class::Convert,
        Class::Move,
        Class::Compare,
        Class::Special,
        Class::Load,
        Class::Store,
        Class::Atomic,
        Class::AsyncCopy,
        Class::Matrix,
        Class::MatrixMove,
        Class::Warp,
        Class::Control,
        Class::Barrier,
        Class::Other,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Class::Integer => "integer",
            Class::Float => "float",
            Class::Convert => "convert",
            Class::Move => "move",
            Class::Compare => "compare",
            Class::Special => "special function",
            Class::Load => "load",
            Class::Store => "store",
            Class::Atomic => "atomic",
            Class::AsyncCopy => "async copy",
            Class::Matrix => "tensor",
            Class::MatrixMove => "matrix load/store",
            Class::Warp => "warp exchange",
            Class::Control => "control",
            Class::Barrier => "barrier",
            Class::Other => "other",
        }
    }
}

/// One decoded instruction.
#[derive(Clone, Debug)]
pub struct Op {
    pub run: Run,
    /// Predicate's word offset times two, plus one when negated; [`NO_GUARD`].
    pub guard: u32,
    pub d: u32,
    pub a: u32,
    pub b: u32,
    pub c: u32,
    /// Operands beyond those, in [`Code::lists`].
    pub list: u32,
    pub list_length: u16,
    pub kind: Kind,
    pub class: Class,
    /// An offset, a branch target, a count: whatever the family needs.
    pub immediate: i64,
    /// Bytes of one element, modes and the like, by family.
    pub width: u8,
    pub mode: u8,
    /// Floating-point operations per lane; multiply-adds per warp for matrix instructions.
    pub flops: u16,
}

/// Where an instruction stands in the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    pub line: u32,
    /// Index + 1 into the module's `.loc` table.
    pub location: u32,
}

/// A function's frame.
#[derive(Clone, Debug, Default)]
pub struct FunctionCode {
    pub name: String,
    /// Program counter of the first instruction; `u32::MAX` for what is only declared.
    pub entry: u32,
    /// Words of registers, header included, a multiple of 32.
    pub frame_words: u32,
    pub local_bytes: u32,
    /// Registers that may be read before they are written.
    pub unwritten: Vec<u32>,
    /// (offset, size) in the local frame.
    pub returns: Vec<(u32, u32)>,
    pub parameters: Vec<(u32, u32)>,
    pub builtin: Option<Builtin>,
}

/// Functions the device itself provides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    Printf,
    AssertFail,
    Malloc,
    Free,
}

/// The address of a symbol, to be put into the constant pool when a module is bound to memory.
#[derive(Clone, Debug)]
pub struct Relocation {
    /// Word offset of a 64-bit row in the pool.
    pub offset: u32,
    /// Index into the module's globals.
    pub global: u32,
    pub addend: i64,
}

/// Bytes of the smallest access to each kind of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units {
    /// At most 8.
    pub global: u8,
    /// At most 16.
    pub shared: u8,
}

impl Default for Units {
    fn default() -> Units {
        Units { global: 8, shared: 16 }
    }
}

impl Units {
    /// The smaller of both.
    pub fn meet(self, other: Units) -> Units {
        Units {
            global: self.global.min(other.global),
            shared: self.shared.min(other.shared),
        }
    }
}

/// All functions of a module.
#[derive(Clone, Debug, Default)]
pub struct Code {
    /// Bytes of the smallest access to global and to shared memory, by kernel: what the race check keeps apart.
    pub units: Vec<Units>,
    pub ops: Vec<Op>,
    pub places: Vec<Place>,
    pub lists: Vec<u32>,
    /// What each instruction reads and writes, for the check of uninitialised registers.
    pub flows: Vec<Flow>,
    pub flow_registers: Vec<u32>,
    pub pool: Vec<u32>,
    pub relocations: Vec<Relocation>,
    pub functions: Vec<FunctionCode>,
    /// Function index of each kernel.
    pub kernels: Vec<u32>,
    /// Whether a kernel's result may depend on the order in which blocks run.
    pub ordered: Vec<bool>,
    /// Whether a function other than a kernel has order-dependent instructions.
    pub function_ordered: bool,
    /// Defined functions by entry.
    pub order: Vec<u32>,
    pub files: Vec<(u32, String)>,
    /// (file, line) of each `.loc`.
    pub locations: Vec<(u32, u32)>,
}

impl Code {
    pub fn list(&self, op: &Op) -> &[u32] {
        &self.lists[op.list as usize..op.list as usize + op.list_length as usize]
    }
}

/// Function pointers are this plus 16 times the function's index.
pub const CODE_WINDOW: u64 = 0x4_0000_0000;
/// Generic addresses of shared memory.
pub const SHARED_WINDOW: u64 = 0x1_0000_0000;
/// Generic addresses of local memory.
pub const LOCAL_WINDOW: u64 = 0x2_0000_0000;
/// Generic addresses of kernel parameters.
pub const PARAM_WINDOW: u64 = 0x3_0000_0000;

/// Rows of 32 words that hold what differs between lanes or blocks; see [`Warp::set_special`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum SpecialRow {
    TidX,
    TidY,
    TidZ,
    NtidX,
    NtidY,
    NtidZ,
    CtaidX,
    CtaidY,
    CtaidZ,
    NctaidX,
    NctaidY,
    NctaidZ,
    LaneId,
    WarpId,
    NWarpId,
    SmId,
    NSmId,
    GridId,
    LanemaskEq,
    LanemaskLe,
    LanemaskLt,
    LanemaskGe,
    LanemaskGt,
    DynamicShared,
    TotalShared,
    /// Offset of `.extern .shared` variables.
    DynamicOffset,
    Zero,
    One,
    /// A 64-bit row, so two rows at an even index.
    DynamicOffset64,
    /// Address of a cooperative launch's workspace, behind DynamicOffset64's two rows.
    WorkspaceLow = 30,
    WorkspaceHigh = 31,
    Count = 32,
}

impl Code {
    /// The function an instruction belongs to.
    pub fn owner(&self, pc: u32) -> usize {
        let entry = |index: &u32| self.functions[*index as usize].entry;
        let order = &self.order;
        let after = order.partition_point(|index| entry(index) <= pc);
        order[after.saturating_sub(1)] as usize
    }

    /// File and line of a `.loc`.
    pub fn source(&self, location: u32) -> Option<(String, u32)> {
        let (file, line) = *self.locations.get((location as usize).checked_sub(1)?)?;
        let name = self
            .files
            .iter()
            .find(|(index, _)| *index == file)
            .map(|(_, name)| name.clone())?;
        Some((name, line))
    }
}
