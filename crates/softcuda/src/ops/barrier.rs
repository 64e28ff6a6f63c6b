//! Barriers, fences, nanosleep, trap (PTX ISA 9.7.13).

use super::vector::Lane;
use crate::decode::{Builder, Field, Result, nothing};
use crate::device::FaultKind;
use crate::device::block::deliver;
use crate::device::op::{Class, Kind, NONE, Op};
use crate::device::warp::{Wait, Warp};
use crate::ptx::Type::*;

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    match b.instruction.opcode {
        "bar" | "barrier" => barrier(b),
        "membar" | "fence" => {
            if b.has("proxy") && (b.has("async") || b.has("tensormap::generic")) || b.has("mbarrier_init") {
                return b.unsupported();
            }
            while b.take_next().is_some() {}
            unsafe fn run(w: &mut Warp, _: &Op, _: u32) -> bool {
                std::sync::atomic::fence(std::sync::atomic::Ordering::SeqCst);
                crate::device::races::fence(w);
                true
            }
            b.emit(run, Class::Barrier, &[])
        }
        "nanosleep" => {
            b.ty()?;
            b.src(0, U32)?;
            b.op.kind = Kind::Yield;
            b.emit(nothing, Class::Control, &[])
        }
        "trap" => {
            unsafe fn run(w: &mut Warp, _: &Op, mask: u32) -> bool {
                w.fault(FaultKind::LaunchFailed, mask.trailing_zeros(), "trap".to_owned())
            }
            b.emit(run, Class::Control, &[])
        }
        "brkpt" | "pmevent" | "griddepcontrol" => {
            while b.take_next().is_some() {}
            b.emit(nothing, Class::Control, &[])
        }
        _ => b.unsupported(),
    }
}

fn barrier(mut b: Builder<'_, '_, '_>) -> Result<()> {
    if b.take("warp") {
        b.take("sync");
        let members = b.src(0, U32)?;
        b.op.kind = Kind::WarpSync;
        b.put(Field::Immediate, members);
        unsafe fn run(w: &mut Warp, _: &Op, _: u32) -> bool {
            let index = w.index;
            w.block().races.warp_synchronised(index);
            true
        }
        return b.emit(run, Class::Barrier, &[Field::Immediate]);
    }
    if b.has("cluster") {
        return b.unsupported();
    }
    b.take("cta");
    b.take("aligned");
    let Some(what) = b.take_any(&["sync", "arrive", "red"]) else {
        return b.unsupported();
    };
    let mut mode = match what {
        "sync" => 0,
        "arrive" => 1,
        _ => 2,
    };
    let mut at = 0;
    if mode == 2 {
        mode = match b.take_any(&["popc", "and", "or"]) {
            Some("popc") => 2,
            Some("and") => 3,
            Some(_) => 4,
            None => return b.error("the reduction is missing"),
        };
        let ty = b.ty()?;
        if (mode == 2) != (ty == U32) {
            return b.unsupported();
        }
        at = 1;
    }
    b.op.mode = mode;
    let mut fields = vec![Field::A];
    let id = b.src(at, U32)?;
    b.a(id);
    let last = b.count() - usize::from(mode >= 2);
    if last > at + 1 {
        let count = b.src(at + 1, U32)?;
        b.b(count);
        fields.push(Field::B);
    } else if mode == 1 {
        return b.error("the thread count is missing");
    }
    if mode >= 2 {
        let operand = b.operand(b.count() - 1)?;
        let (c, negated) = b.predicate(operand)?;
        b.c(c);
        fields.push(Field::C);
        b.op.width = negated.into();
        let d = b.dst(0, if mode == 2 { U32 } else { Pred })?;
        b.d(d);
    }
    b.op.kind = Kind::Barrier;
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let lane = mask.trailing_zeros() as usize;
        // SAFETY: the decoder gave 32-bit rows, and a predicate in `c`.
        let (id, count, bits) = unsafe {
            let count = if op.b == NONE { 0 } else { u32::get(w.row(op.b), lane) };
            let bits = if op.mode >= 2 {
                Some(*w.row(op.c) ^ u32::from(op.width).wrapping_neg())
            } else {
                None
            };
            (u32::get(w.row(op.a), lane), count, bits)
        };
        if id > 15 {
            return w.fault(
                FaultKind::IllegalInstruction,
                lane as u32,
                format!("barrier {id} of 16"),
            );
        }
        let block = w.block;
        // SAFETY: the block holds this warp and lives while it runs; it reaches other warps' waiting groups only.
        let complete = unsafe { (*block).arrive(w, mask, id as usize, count, bits) };
        if complete {
            // SAFETY: as above.
            let result = unsafe { (*block).result };
            let frame = w.group.frame;
            deliver(w, op, mask, frame, result);
        } else if op.mode != 1 {
            w.group.wait = Wait::Barrier(id as u8);
        }
        true
    }
    b.emit(run, Class::Barrier, &fields)
}
