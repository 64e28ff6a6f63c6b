//! Frames of Python code. Their slots and operands lie on the machine's one value stack; a suspended generator's are kept aside.

use crate::trace::Shown;
use crate::value::*;

/// Who resumed a generator, and so where what it yields goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resumer {
    /// Native code waits in a nested run of the loop.
    Native,
    /// The same, but the frame stays on top when it yields: see [`super::Vm::next_awake`].
    Awake,
    /// The frame below stands at `FOR_ITER`.
    ForIter,
    /// The frame below stands at `SEND`.
    Send,
}

#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// A call: its value goes to the frame below, or to native code at the floor of a run.
    Call,
    /// `__call__` of an instance.
    Instance,
    /// A special method for `BINARY_OP` with this argument; its operands stand right below the frame.
    Operator(u8),
    /// `__init__` of this new instance, which is the value of the call.
    Constructor(Value),
    /// Of a generator, with what `handled` was when it was resumed.
    Generator(GeneratorId, Resumer, Value),
}

impl Role {
    /// Levels that the frame counts against the recursion limit: CPython calls instances and classes through its own stack.
    #[inline]
    pub fn levels(self) -> usize {
        match self {
            Role::Instance | Role::Constructor(_) => 2,
            Role::Call | Role::Operator(_) | Role::Generator(..) => 1,
        }
    }
}

pub struct Frame {
    pub code: CodeId,
    /// The next instruction.
    pub pc: usize,
    /// The instruction executed last; what CPython calls `prev_instr`.
    pub last: u32,
    /// Where the slots begin on the value stack; operands follow them.
    pub base: usize,
    /// Height of the value stack to return to.
    pub bottom: usize,
    pub globals: DictId,
    /// The namespace of a module or class body.
    pub locals: Value,
    /// The cells of the function's closure; the empty tuple where it has none.
    pub closure: TupleId,
    pub role: Role,
    pub traced: bool,
    /// What the tracer showed of each variable. Of a function, in the order of CPython's `f_locals`: as each was first seen.
    pub shown: Vec<Shown>,
}

impl Default for Frame {
    fn default() -> Self {
        Frame {
            code: CodeId(0),
            pc: 0,
            last: 0,
            base: 0,
            bottom: 0,
            globals: DictId(0),
            locals: Value::Null,
            closure: crate::heap::EMPTY_TUPLE,
            role: Role::Call,
            traced: false,
            shown: Vec::new(),
        }
    }
}

// Calls make frames: small ones are written in place.
const _: () = assert!(size_of::<Frame>() <= 128);

/// A generator's frame while it is suspended.
#[derive(Default)]
pub struct SavedFrame {
    pub frame: Frame,
    pub stack: Vec<Value>,
}

impl SavedFrame {
    pub fn trace(&self, visit: &mut dyn FnMut(Value)) {
        self.stack.iter().copied().for_each(&mut *visit);
        visit(Value::Dict(self.frame.globals));
        visit(self.frame.locals);
        visit(Value::Tuple(self.frame.closure));
    }
}
