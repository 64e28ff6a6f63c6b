//! What the loop runs: the compiler's instructions, each at its own place, but where a common group begins there stands one step
//! that does the work of all. A group lies on one line and under one handler, so neither the tracer nor an exception can tell.
//! Jumps into a group find its single instructions, and a group whose operands are not simple does only its first one.

use crate::bytecode::{BinaryOperator, Code, Instruction, Opcode};
use std::cell::Cell;

#[derive(Clone, Copy)]
pub struct Step {
    pub opcode: Opcode,
    /// Of a group: a binary operator's number, or a comparison's (plus [`JUMP_IF_TRUE`]).
    pub operator: u8,
    /// Of a group: how many instructions it stands for.
    pub length: u8,
    /// Of a group: slots or constants, in the order of its instructions.
    pub a: u16,
    pub b: u16,
    /// A single instruction's argument; a group's last slot or jump target.
    pub argument: u32,
}

/// Added to a comparison's number where the jump is taken if it holds.
pub const JUMP_IF_TRUE: u8 = 8;

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
}

pub type FoundCell = Cell<Found>;

fn single(instruction: Instruction) -> Step {
    Step {
        opcode: instruction.opcode,
        operator: 0,
        length: 1,
        a: 0,
        b: 0,
        argument: instruction.argument,
    }
}

/// The steps of `code`, one for each instruction.
pub fn steps(code: &Code) -> Box<[Step]> {
    (0..code.instructions.len())
        .map(|at| {
            let instruction = code.instructions[at];
            let begins = matches!(
                instruction.opcode,
                Opcode::LoadFast
                    | Opcode::LoadConst
                    | Opcode::StoreFast
                    | Opcode::BinaryOp
                    | Opcode::CompareOp
                    | Opcode::ForIter
            );
            if !begins {
                return single(instruction);
            }
            let line = code.lines[at];
            let longest = code.lines[at..]
                .iter()
                .take(4)
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

fn grouped(group: &[Instruction]) -> Option<Step> {
    use Opcode::*;
    let code = |at: usize| group.get(at).map(|instruction| instruction.opcode);
    let short = |at: usize| u16::try_from(group[at].argument).ok();
    let step = |opcode, length, operator, a, b, argument| {
        Some(Step {
            opcode,
            operator,
            length,
            a,
            b,
            argument,
        })
    };
    // What a group ends with, from instruction `at`: a binary operation, stored or not, or a comparison and a jump.
    let operation = |at: usize, plain, stored, jump, a, b| match (code(at)?, code(at + 1)) {
        (BinaryOp, Some(StoreFast)) => step(
            stored,
            at as u8 + 2,
            operator(group[at].argument),
            a,
            b,
            group[at + 1].argument,
        ),
        (BinaryOp, _) => step(plain, at as u8 + 1, operator(group[at].argument), a, b, 0),
        (CompareOp, Some(PopJumpForwardIfFalse | PopJumpBackwardIfFalse)) => step(
            jump,
            at as u8 + 2,
            group[at].argument as u8,
            a,
            b,
            group[at + 1].argument,
        ),
        (CompareOp, Some(PopJumpForwardIfTrue | PopJumpBackwardIfTrue)) => step(
            jump,
            at as u8 + 2,
            group[at].argument as u8 | JUMP_IF_TRUE,
            a,
            b,
            group[at + 1].argument,
        ),
        _ => None,
    };
    match (code(0)?, code(1)) {
        (LoadFast, Some(LoadFast)) => {
            let (a, b) = (short(0)?, short(1)?);
            operation(2, BinaryFastFast, BinaryFastFastStore, CompareFastFastJump, a, b).or_else(|| match code(2) {
                Some(BinarySubscr) => step(SubscrFastFast, 3, 0, a, b, 0),
                _ => step(LoadFastLoadFast, 2, 0, a, b, 0),
            })
        }
        (LoadFast, Some(LoadConst)) => {
            let (a, b) = (short(0)?, short(1)?);
            operation(2, BinaryFastConst, BinaryFastConstStore, CompareFastConstJump, a, b)
                .or_else(|| step(LoadFastLoadConst, 2, 0, a, b, 0))
        }
        (LoadFast, _) => operation(1, BinaryTopFast, BinaryTopFastStore, CompareTopFastJump, short(0)?, 0),
        (LoadConst, _) => operation(
            1,
            BinaryTopConst,
            BinaryTopConstStore,
            CompareTopConstJump,
            short(0)?,
            0,
        ),
        (BinaryOp | CompareOp, Some(_)) => {
            operation(0, BinaryOp, BinaryStore, CompareJump, 0, 0).filter(|step| step.opcode != BinaryOp)
        }
        (StoreFast, Some(LoadFast)) => step(StoreFastLoadFast, 2, 0, short(0)?, short(1)?, 0),
        (ForIter, Some(StoreFast)) => step(ForIterStoreFast, 2, 0, short(1)?, 0, group[0].argument),
        _ => None,
    }
}

fn operator(argument: u32) -> u8 {
    (argument % BinaryOperator::IN_PLACE) as u8
}
