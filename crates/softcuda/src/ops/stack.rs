//! alloca, stacksave and stackrestore (PTX ISA 9.7.15).

use super::vector::Lane;
use crate::decode::{Builder, Field, Result};
use crate::device::FaultKind;
use crate::device::op::{Class, HEADER, Op, STACK_ROW};
use crate::device::warp::{Warp, each};
use crate::ptx::Operand;

pub fn decode(b: Builder<'_, '_, '_>) -> Result<()> {
    match b.instruction.opcode {
        "alloca" => allocate_stack(b),
        _ => stack_pointer(b),
    }
}

/// alloca: room above the frame's variables, until the function returns or the stack is restored.
fn allocate_stack(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let ty = b.ty()?;
    if !(2..=3).contains(&b.count()) || ty.bytes() < 4 {
        return b.error("2 operands of 32 or 64 bits expected");
    }
    let align = match b.instruction.operands.get(2) {
        None => 8,
        Some(Operand::Integer(align @ (1 | 2 | 4 | 8 | 16), _)) => *align,
        Some(_) => return b.error("the alignment is 1, 2, 4, 8 or 16"),
    };
    b.op.immediate = align as i64;
    b.op.width = ty.bytes() as u8;
    let size = b.src(1, ty)?;
    b.a(size);
    let d = b.dst(0, ty)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let (limit, frame) = (w.block().stack_bytes(), w.group.frame);
        for lane in each(mask) {
            // SAFETY: the decoder gave rows of this width; the header of the running frame exists.
            unsafe {
                let wide = op.width == 8;
                let size = if wide {
                    u64::get(w.row(op.a), lane)
                } else {
                    u32::get(w.row(op.a), lane).into()
                };
                let (_, stack) = w.local_frame(frame, lane);
                let at = stack.next_multiple_of(op.immediate as u64);
                let top = at.saturating_add(size);
                if top > limit {
                    let message = format!("stack overflow: alloca of {size} bytes, more than {limit} per thread");
                    return w.fault(FaultKind::StackOverflow, lane as u32, message);
                }
                let top = top.next_multiple_of(16);
                w.reserve_local(top);
                u64::put(w.row(HEADER | STACK_ROW), lane, top);
                if wide {
                    u64::put(w.row(op.d), lane, at);
                } else {
                    u32::put(w.row(op.d), lane, at as u32);
                }
            }
        }
        true
    }
    b.emit(run, Class::Other, &[Field::A])
}

/// stacksave and stackrestore: the top of the stack as a number.
fn stack_pointer(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let ty = b.ty()?;
    b.expect_operands(1)?;
    if ty.bytes() < 4 || ty.bytes() > 8 {
        return b.error("a register of 32 or 64 bits is expected");
    }
    b.op.width = ty.bytes() as u8;
    if b.instruction.opcode == "stacksave" {
        let d = b.dst(0, ty)?;
        b.d(d);
        b.a(HEADER | STACK_ROW);
        let run = if ty.bytes() == 8 {
            super::vector::unary(|top: u64| top)
        } else {
            super::vector::unary(|top: u64| top as u32)
        };
        return b.emit(run, Class::Other, &[Field::A]);
    }
    let a = b.src(0, ty)?;
    b.a(a);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let frame = w.group.frame;
        for lane in each(mask) {
            // SAFETY: as in alloca.
            unsafe {
                let wide = op.width == 8;
                let top = if wide {
                    u64::get(w.row(op.a), lane)
                } else {
                    u32::get(w.row(op.a), lane).into()
                };
                let (_, stack) = w.local_frame(frame, lane);
                if top > stack || top % 16 != 0 {
                    let message = format!("stackrestore to {top:#x}, which no stacksave gave");
                    return w.fault(FaultKind::StackOverflow, lane as u32, message);
                }
                u64::put(w.row(HEADER | STACK_ROW), lane, top);
            }
        }
        true
    }
    b.emit(run, Class::Other, &[Field::A])
}
