//! What the loop runs: the compiler's instructions, each at its own place, but where a common group begins there stands one step
//! that does the work of all. A group lies on one line and under one handler, so neither the tracer nor an exception can tell.
//! Jumps into a group find its single instructions, and a group whose operands are not simple does only its first one.

use crate::bytecode::{BinaryOperator, Code, Instruction, Opcode};
use std::cell::Cell;

/// Eight bytes, so that the loop reads one word.
#[derive(Clone, Copy)]
pub struct Step {
    pub opcode: Opcode,
    /// Of a group: a binary operator's number, or a comparison's (plus [`JUMP_IF_TRUE`]), or of a test both (see [`Test`]).
    pub operator: u8,
    /// Of a group: slots or constants, in the order of its instructions.
    pub a: u8,
    pub b: u8,
    /// A single instruction's argument; a group's last slot or jump target.
    pub argument: u32,
}

const _: () = assert!(size_of::<Step>() == 8);

/// Added to a comparison's number where the jump is taken if it holds.
pub const JUMP_IF_TRUE: u8 = 8;

/// `CALL`'s operator where its value is dropped.
pub const DROPPED: u8 = 1;
/// The same where it is stored in a slot.
pub const STORED: u8 = 2;

/// A group that compares the result of an operation with a constant and jumps: `n % 2 == 0`.
#[derive(Clone, Copy)]
pub struct Test {
    pub operator: u8,
    pub comparison: u8,
    pub jump_if: bool,
    pub constant: usize,
    pub target: usize,
}

impl Step {
    /// Reads a test: four bits of operator, three of comparison, one of jump; a byte of constant and three of target.
    #[inline(always)]
    pub fn test(self) -> Test {
        Test {
            operator: self.operator & 15,
            comparison: self.operator >> 4 & 7,
            jump_if: self.operator & 128 != 0,
            constant: (self.argument >> 24) as usize,
            target: (self.argument & 0xFF_FFFF) as usize,
        }
    }
}

/// Where a name was found last.
#[derive(Clone, Copy, Default)]
pub struct Found {
    /// The dict, plus 1; of an attribute, [`Found::ATTRIBUTE`].
    pub place: u32,
    /// Of a built-in name, how often the global names have changed; of an attribute, the class's version.
    pub version: u32,
    pub position: u32,
}

impl Found {
    pub const ATTRIBUTE: u32 = u32::MAX;
    /// Of a method, which stands in the class: a function's handle, or a native function's, is the position.
    pub const FUNCTION: u32 = u32::MAX - 1;
    pub const NATIVE: u32 = u32::MAX - 2;
    /// Of a name in the class's `__slots__`.
    pub const SLOT: u32 = u32::MAX - 3;
    /// Of a property of the class: its getter's handle is the position.
    pub const PROPERTY: u32 = u32::MAX - 4;
    /// Of a static method's function, seen through an instance.
    pub const STATIC: u32 = u32::MAX - 5;
    /// Of a function that a class gives as it is.
    pub const CLASS_FUNCTION: u32 = u32::MAX - 6;
    /// Of a class method's function.
    pub const CLASS_METHOD: u32 = u32::MAX - 7;
    /// Of a name in a module.
    pub const MODULE: u32 = u32::MAX - 8;
}

pub type FoundCell = Cell<Found>;

fn single(instruction: Instruction) -> Step {
    Step {
        opcode: instruction.opcode,
        operator: 0,
        a: 0,
        b: 0,
        argument: instruction.argument,
    }
}

/// The longest group.
const LONGEST: usize = 6;

/// The steps of `code`, one for each instruction.
pub fn steps(code: &Code) -> Box<[Step]> {
    (0..code.instructions.len())
        .map(|at| {
            let instruction = code.instructions[at];
            let begins = matches!(
                instruction.opcode,
                Opcode::LoadFast
                    | Opcode::LoadDeref
                    | Opcode::LoadConst
                    | Opcode::StoreFast
                    | Opcode::BinaryOp
                    | Opcode::CompareOp
                    | Opcode::ForIter
                    | Opcode::ListAppend
                    | Opcode::Call
                    | Opcode::ContainsOp
                    | Opcode::UnpackSequence
                    | Opcode::Swap
                    | Opcode::Copy
                    | Opcode::BuildSlice
            );
            let line = code.lines[at];
            if !begins || code.lines.get(at + 1) != Some(&line) {
                return single(instruction);
            }
            let longest = code.lines[at..]
                .iter()
                .take(LONGEST)
                .take_while(|&&other| other == line)
                .count();
            let mut group = &code.instructions[at..at + longest];
            if !code.exceptions.is_empty() {
                let handler = code.exception_entry(at as u32);
                let covered = (0..group.len())
                    .take_while(|&i| code.exception_entry((at + i) as u32) == handler)
                    .count();
                group = &group[..covered];
            }
            grouped(group).unwrap_or(single(instruction))
        })
        .collect()
}

/// The opcodes of the groups that begin with the same operands.
struct Family {
    plain: Opcode,
    stored: Option<Opcode>,
    jump: Opcode,
    test: Option<Opcode>,
}

fn step(opcode: Opcode, operator: u8, a: u8, b: u8, argument: u32) -> Option<Step> {
    Some(Step {
        opcode,
        operator,
        a,
        b,
        argument,
    })
}

fn grouped(group: &[Instruction]) -> Option<Step> {
    use Opcode::*;
    let code = |at: usize| group.get(at).map(|instruction| instruction.opcode);
    let short = |at: usize| u8::try_from(group[at].argument).ok();
    match (code(0)?, code(1)?) {
        (LoadFast, LoadFast) => {
            let (a, b) = (short(0)?, short(1)?);
            const FAMILY: Family = Family {
                plain: BinaryFastFast,
                stored: Some(BinaryFastFastStore),
                jump: CompareFastFastJump,
                test: Some(BinaryFastFastTest),
            };
            operation(group, 2, &FAMILY, a, b).or_else(|| match code(2) {
                Some(BinarySubscr) => step(SubscrFastFast, 0, a, b, 0),
                Some(StoreSubscr) => step(StoreSubscrFastFast, 0, a, b, 0),
                Some(StoreAttr) => step(StoreAttrFastFast, 0, a, b, group[2].argument),
                _ => step(LoadFastLoadFast, 0, a, b, 0),
            })
        }
        (LoadFast, LoadConst) => {
            let (a, b) = (short(0)?, short(1)?);
            const FAMILY: Family = Family {
                plain: BinaryFastConst,
                stored: Some(BinaryFastConstStore),
                jump: CompareFastConstJump,
                test: Some(BinaryFastConstTest),
            };
            operation(group, 2, &FAMILY, a, b).or_else(|| match code(2) {
                Some(BinarySubscr) => step(SubscrFastConst, 0, a, b, 0),
                _ => step(LoadFastLoadConst, 0, a, b, 0),
            })
        }
        (LoadFast, LoadDeref) => {
            const FAMILY: Family = Family {
                plain: BinaryFastDeref,
                stored: None,
                jump: CompareFastDerefJump,
                test: None,
            };
            operation(group, 2, &FAMILY, short(0)?, short(1)?)
        }
        (LoadDeref, LoadFast) => {
            const FAMILY: Family = Family {
                plain: BinaryDerefFast,
                stored: None,
                jump: CompareDerefFastJump,
                test: Some(BinaryDerefFastTest),
            };
            let (a, b) = (short(0)?, short(1)?);
            operation(group, 2, &FAMILY, a, b).or_else(|| match code(2) {
                Some(BinarySubscr) => step(SubscrDerefFast, 0, a, b, 0),
                _ => None,
            })
        }
        (LoadDeref, BinarySubscr) => step(SubscrTopDeref, 0, short(0)?, 0, 0),
        (LoadDeref, _) => {
            const FAMILY: Family = Family {
                plain: BinaryTopDeref,
                stored: None,
                jump: CompareTopDerefJump,
                test: None,
            };
            operation(group, 1, &FAMILY, short(0)?, 0)
        }
        (LoadFast, Copy) if group[1].argument == 1 && code(2) == Some(LoadAttr) => {
            step(LoadFastCopyAttr, 0, short(0)?, 0, group[2].argument)
        }
        (LoadFast, LoadAttr) => step(LoadFastAttr, 0, short(0)?, 0, group[1].argument),
        (LoadFast, LoadMethod) => step(LoadFastMethod, 0, short(0)?, 0, group[1].argument),
        (LoadFast, StoreAttr) => step(StoreAttrFast, 0, short(0)?, 0, group[1].argument),
        (LoadFast, ReturnValue) => step(ReturnFast, 0, short(0)?, 0, 0),
        (LoadConst, ReturnValue) => step(ReturnConst, 0, 0, 0, group[0].argument),
        (LoadFast, BinarySubscr) => step(SubscrTopFast, 0, short(0)?, 0, 0),
        (LoadFast, _) => {
            const FAMILY: Family = Family {
                plain: BinaryTopFast,
                stored: Some(BinaryTopFastStore),
                jump: CompareTopFastJump,
                test: Some(BinaryTopFastTest),
            };
            operation(group, 1, &FAMILY, short(0)?, 0)
        }
        (LoadConst, BinaryOp | CompareOp) => {
            const FAMILY: Family = Family {
                plain: BinaryTopConst,
                stored: Some(BinaryTopConstStore),
                jump: CompareTopConstJump,
                test: None,
            };
            operation(group, 1, &FAMILY, short(0)?, 0)
        }
        (BinaryOp | CompareOp, _) => {
            const FAMILY: Family = Family {
                plain: BinaryOp,
                stored: Some(BinaryStore),
                jump: CompareJump,
                test: None,
            };
            operation(group, 0, &FAMILY, 0, 0).filter(|step| step.opcode != BinaryOp)
        }
        (StoreFast, LoadFast) => step(StoreFastLoadFast, 0, short(0)?, short(1)?, 0),
        (ForIter, UnpackSequence) if group[1].argument == 2 => step(ForIterUnpack, 0, 0, 0, group[0].argument),
        (ForIter, StoreFast) => step(ForIterStoreFast, 0, short(1)?, 0, group[0].argument),
        (Call, PopTop) => step(Call, DROPPED, 0, 0, group[0].argument),
        (Call, StoreFast) => step(Call, STORED, short(1)?, 0, group[0].argument),
        // The operator is whether it jumps when the item is there.
        (ContainsOp, PopJumpForwardIfFalse | PopJumpBackwardIfFalse) => {
            step(ContainsJump, u8::from(group[0].argument == 1), 0, 0, group[1].argument)
        }
        (ContainsOp, PopJumpForwardIfTrue | PopJumpBackwardIfTrue) => {
            step(ContainsJump, u8::from(group[0].argument == 0), 0, 0, group[1].argument)
        }
        (UnpackSequence, StoreFast) if group[0].argument == 2 && code(2) == Some(StoreFast) => {
            step(UnpackStoreFast, 0, short(1)?, short(2)?, 2)
        }
        (Swap, StoreFast) if group[0].argument == 2 && code(2) == Some(StoreFast) => {
            step(SwapStoreFast, 0, short(1)?, short(2)?, 2)
        }
        // Augmented assignments to attributes and items.
        (Copy, LoadAttr) if group[0].argument == 1 => step(CopyAttr, 0, 0, 0, group[1].argument),
        (Swap, StoreAttr) if group[0].argument == 2 => step(SwapStoreAttr, 0, 0, 0, group[1].argument),
        (Copy, Copy) if group[0].argument == 2 && group[1].argument == 2 && code(2) == Some(BinarySubscr) => {
            step(CopySubscr, 0, 0, 0, 2)
        }
        (Swap, Swap) if group[0].argument == 3 && group[1].argument == 2 && code(2) == Some(StoreSubscr) => {
            step(SwapStoreSubscr, 0, 0, 0, 3)
        }
        (BuildSlice, BinarySubscr) if group[0].argument == 2 => step(SubscrSlice, 0, 0, 0, 2),
        (ListAppend, JumpBackward) => step(ListAppendJump, 0, short(0)?, 0, group[1].argument),
        _ => None,
    }
}

/// What a group ends with, from instruction `at`: a binary operation, stored, tested or not, or a comparison and a jump.
fn operation(group: &[Instruction], at: usize, family: &Family, a: u8, b: u8) -> Option<Step> {
    use Opcode::*;
    let code = |at: usize| group.get(at).map(|instruction| instruction.opcode);
    match code(at)? {
        BinaryOp => {
            let operator = (group[at].argument % BinaryOperator::IN_PLACE) as u8;
            match (code(at + 1), family.test) {
                (Some(StoreFast), _) if let Some(stored) = family.stored => {
                    step(stored, operator, a, b, group[at + 1].argument)
                }
                (Some(LoadConst), Some(test)) => {
                    tested(&group[at + 1..], test, operator, a, b).or_else(|| step(family.plain, operator, a, b, 0))
                }
                _ => step(family.plain, operator, a, b, 0),
            }
        }
        CompareOp => {
            let comparison = group[at].argument as u8;
            match code(at + 1)? {
                PopJumpForwardIfFalse | PopJumpBackwardIfFalse => {
                    step(family.jump, comparison, a, b, group[at + 1].argument)
                }
                PopJumpForwardIfTrue | PopJumpBackwardIfTrue => {
                    step(family.jump, comparison | JUMP_IF_TRUE, a, b, group[at + 1].argument)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// `LOAD_CONST`, `COMPARE_OP` and a jump behind a binary operation.
fn tested(rest: &[Instruction], opcode: Opcode, operator: u8, a: u8, b: u8) -> Option<Step> {
    use Opcode::*;
    let &[constant, comparison, jump, ..] = rest else {
        return None;
    };
    let jump_if = match (comparison.opcode, jump.opcode) {
        (CompareOp, PopJumpForwardIfFalse | PopJumpBackwardIfFalse) => 0,
        (CompareOp, PopJumpForwardIfTrue | PopJumpBackwardIfTrue) => 128,
        _ => return None,
    };
    let constant = u32::from(u8::try_from(constant.argument).ok()?);
    let target = Some(jump.argument).filter(|&target| target <= 0xFF_FFFF)?;
    step(
        opcode,
        operator | (comparison.argument as u8) << 4 | jump_if,
        a,
        b,
        constant << 24 | target,
    )
}
