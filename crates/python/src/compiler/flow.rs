//! The control flow graph of one code object while it is being generated: blocks, instructions, stack effects.

use super::unit::Spare;
use crate::bytecode::{NO_LINE, Opcode};

pub(super) type BlockId = u32;
pub(super) const NO_BLOCK: BlockId = u32::MAX;

/// An instruction's kind: real ones, and those that assembly replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Real(Opcode),
    Jump,
    JumpNoInterrupt,
    PopJumpIfFalse,
    PopJumpIfTrue,
    PopJumpIfNone,
    PopJumpIfNotNone,
    SetupFinally,
    SetupCleanup,
    SetupWith,
    PopBlock,
}

impl From<Opcode> for Op {
    fn from(opcode: Opcode) -> Op {
        Op::Real(opcode)
    }
}

impl Op {
    pub(super) const NOP: Op = Op::Real(Opcode::Nop);

    pub(super) fn is_jump(self) -> bool {
        matches!(
            self,
            Op::Jump
                | Op::JumpNoInterrupt
                | Op::PopJumpIfFalse
                | Op::PopJumpIfTrue
                | Op::PopJumpIfNone
                | Op::PopJumpIfNotNone
                | Op::Real(Opcode::JumpIfFalseOrPop | Opcode::JumpIfTrueOrPop | Opcode::ForIter | Opcode::Send)
        )
    }

    pub(super) fn is_block_push(self) -> bool {
        matches!(self, Op::SetupFinally | Op::SetupCleanup | Op::SetupWith)
    }

    pub(super) fn leaves_function(self) -> bool {
        matches!(
            self,
            Op::Real(Opcode::ReturnValue | Opcode::RaiseVarargs | Opcode::Reraise)
        )
    }

    fn ends_block(self) -> bool {
        self.is_jump() || self.leaves_function()
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Instr {
    pub(super) op: Op,
    /// The argument; of jumps and block pushes, the target block.
    pub(super) argument: u32,
    pub(super) line: u32,
    /// The handler block that covers this instruction.
    pub(super) handler: BlockId,
}

#[derive(Debug)]
pub(super) struct Block {
    pub(super) instructions: Vec<Instr>,
    pub(super) next: BlockId,
    pub(super) no_fallthrough: bool,
    pub(super) exit: bool,
    pub(super) returns: bool,
    pub(super) preserve_lasti: bool,
    pub(super) visited: bool,
    pub(super) predecessors: u32,
    /// Stack depth at entry; negative while unknown.
    pub(super) start_depth: i32,
    pub(super) offset: u32,
}

/// Blocks in order of creation; `next` links those in use in order of code.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) blocks: Vec<Block>,
    pub(super) current: BlockId,
    need_new_block: bool,
    /// Some instructions are covered by handlers.
    pub(super) has_handlers: bool,
}

impl Graph {
    pub(super) fn new(spare: &mut Spare) -> Self {
        let mut graph = Graph {
            blocks: spare.blocks.pop().unwrap_or_else(|| Vec::with_capacity(12)),
            ..Graph::default()
        };
        graph.current = graph.new_block(spare);
        graph
    }

    pub(super) fn new_block(&mut self, spare: &mut Spare) -> BlockId {
        let id = self.blocks.len() as BlockId;
        self.blocks.push(Block {
            instructions: spare.instructions.pop().unwrap_or_else(|| Vec::with_capacity(16)),
            next: NO_BLOCK,
            no_fallthrough: false,
            exit: false,
            returns: false,
            preserve_lasti: false,
            visited: false,
            predecessors: 0,
            start_depth: i32::MIN,
            offset: 0,
        });
        id
    }

    pub(super) fn use_block(&mut self, block: BlockId) {
        self.blocks[self.current as usize].next = block;
        self.current = block;
        self.need_new_block = false;
    }

    pub(super) fn emit(&mut self, op: Op, argument: u32, line: u32, spare: &mut Spare) {
        if self.need_new_block {
            let block = self.new_block(spare);
            self.use_block(block);
        }
        let block = &mut self.blocks[self.current as usize];
        block.instructions.push(Instr {
            op,
            argument,
            line,
            handler: NO_BLOCK,
        });
        if op == Op::Real(Opcode::ReturnValue) {
            block.returns = true;
        }
        self.has_handlers |= op.is_block_push();
        self.need_new_block = op.ends_block();
    }

    pub(super) fn get(&mut self, block: BlockId) -> &mut Block {
        &mut self.blocks[block as usize]
    }

    /// The first block at or behind `block` that has instructions.
    pub(super) fn skip_empty(&self, mut block: BlockId) -> BlockId {
        while self.blocks[block as usize].instructions.is_empty() && self.blocks[block as usize].next != NO_BLOCK {
            block = self.blocks[block as usize].next;
        }
        block
    }

    /// Gives the vectors back for another graph.
    pub(super) fn recycle(mut self, spare: &mut Spare) {
        spare.instructions.extend(self.blocks.drain(..).map(|block| {
            let mut instructions = block.instructions;
            instructions.clear();
            instructions
        }));
        spare.blocks.push(self.blocks);
    }
}

impl Instr {
    pub(super) fn has_line(&self) -> bool {
        self.line != NO_LINE
    }
}

/// The change of stack depth, when jumping (`jump`) or not. From the `dis` documentation.
pub(super) fn stack_effect(op: Op, argument: u32, jump: bool) -> i32 {
    use Opcode::*;
    let argument = argument as i32;
    let opcode = match op {
        Op::Jump | Op::JumpNoInterrupt | Op::PopBlock => return 0,
        Op::PopJumpIfFalse | Op::PopJumpIfTrue | Op::PopJumpIfNone | Op::PopJumpIfNotNone => return -1,
        Op::SetupFinally | Op::SetupWith => return i32::from(jump),
        Op::SetupCleanup => return if jump { 2 } else { 0 },
        Op::Real(opcode) => opcode,
    };
    match opcode {
        Nop
        | Resume
        | Swap
        | UnaryPositive
        | UnaryNegative
        | UnaryNot
        | UnaryInvert
        | GetIter
        | SetupAnnotations
        | AsyncGenWrap
        | YieldValue
        | DeleteName
        | DeleteGlobal
        | LoadAttr
        | CheckExcMatch
        | CheckEgMatch
        | KwNames
        | DeleteFast
        | ReturnGenerator
        | MakeCell
        | CopyFreeVars
        | DeleteDeref
        | GetAwaitable
        | GetAiter
        | GetYieldFromIter
        | ListToTuple
        | JumpForward
        | JumpBackward
        | JumpBackwardNoInterrupt => 0,
        PopTop | SetAdd | ListAppend | BinarySubscr | ReturnValue | ImportStar | PopExcept | StoreName | DeleteAttr
        | StoreGlobal | CompareOp | IsOp | ContainsOp | ImportName | PrepReraiseStar | Reraise | StoreFast
        | StoreDeref | ListExtend | SetUpdate | DictMerge | DictUpdate | BinaryOp => -1,
        PopJumpForwardIfFalse
        | PopJumpForwardIfTrue
        | PopJumpForwardIfNone
        | PopJumpForwardIfNotNone
        | PopJumpBackwardIfFalse
        | PopJumpBackwardIfTrue
        | PopJumpBackwardIfNone
        | PopJumpBackwardIfNotNone => -1,
        MapAdd | DeleteSubscr | StoreAttr | EndAsyncFor | MatchClass => -2,
        StoreSubscr => -3,
        LoadBuildClass | LoadConst | LoadName | ImportFrom | PushExcInfo | WithExceptStart | LoadFast | LoadClosure
        | LoadDeref | LoadClassderef | BeforeAsyncWith | BeforeWith | GetAnext | LoadMethod | LoadAssertionError
        | GetLen | MatchMapping | MatchSequence | MatchKeys | Copy | PushNull => 1,
        LoadFastLoadFast | LoadFastLoadConst | StoreFastLoadFast | SubscrFastFast | SubscrFastConst | SubscrTopFast
        | StoreSubscrFastFast | ForIterStoreFast | ForIterUnpack | ListAppendJump | BinaryFastFastTest
        | BinaryFastConstTest | BinaryTopFastTest | BinaryStore | BinaryFastFast | BinaryFastConst | BinaryTopFast
        | BinaryTopConst | BinaryFastFastStore | BinaryFastConstStore | BinaryTopFastStore | BinaryTopConstStore
        | CompareJump | CompareFastFastJump | CompareFastConstJump | CompareTopFastJump | CompareTopConstJump
        | LoadFastCopyAttr | CopyAttr | SwapStoreAttr | CopySubscr | SwapStoreSubscr | SubscrSlice | LoadFastAttr
        | LoadFastMethod | StoreAttrFast | StoreAttrFastFast | ReturnFast | ReturnConst | ContainsJump
        | UnpackStoreFast | SwapStoreFast | SubscrDerefFast | SubscrTopDeref | BinaryDerefFast
        | BinaryDerefFastTest | BinaryFastDeref | BinaryTopDeref | CompareDerefFastJump | CompareFastDerefJump
        | CompareTopDerefJump => {
            unreachable!("the compiler makes no groups")
        }
        UnpackSequence => argument - 1,
        UnpackEx => (argument & 0xFF) + (argument >> 8),
        ForIter => {
            if jump {
                -1
            } else {
                1
            }
        }
        Send => {
            if jump {
                -1
            } else {
                0
            }
        }
        BuildTuple | BuildList | BuildSet | BuildString => 1 - argument,
        BuildMap => 1 - 2 * argument,
        BuildConstKeyMap | RaiseVarargs => -argument,
        JumpIfTrueOrPop | JumpIfFalseOrPop => {
            if jump {
                0
            } else {
                -1
            }
        }
        LoadGlobal => (argument & 1) + 1,
        Call => -argument - 1,
        CallFunctionEx => -2 - (argument & 1),
        MakeFunction => -((argument & 0xF).count_ones() as i32),
        BuildSlice => {
            if argument == 3 {
                -2
            } else {
                -1
            }
        }
        FormatValue => {
            if argument & 4 != 0 {
                -1
            } else {
                0
            }
        }
    }
}
