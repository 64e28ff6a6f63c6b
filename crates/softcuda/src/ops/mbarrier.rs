//! mbarrier objects in shared memory (PTX ISA 9.7.13.15), without transaction counts.
//!
//! The object's 64 bits, opaque to programs: pending arrivals in bits 0 to 19, the count of the next phases in bits 20
//! to 39, the number of completed phases above.

use super::memory::{Access, address_field, resolve, set_address};
use super::vector::{Lane, write_predicate};
use crate::decode::{Builder, Field, Result};
use crate::device::FaultKind;
use crate::device::op::{Class, NONE, Op, Run};
use crate::device::warp::{Warp, each};
use crate::ptx::{Operand, Space, Type::*};

const COUNT: u64 = (1 << 20) - 1;
const NEXT: u32 = 20;
const PHASE: u32 = 40;

/// One arrival less, or `count`; with `drop` the next phases expect as many fewer.
fn arrive(state: u64, count: u64, drop: bool) -> Option<u64> {
    let (pending, mut next, mut phase) = (state & COUNT, state >> NEXT & COUNT, state >> PHASE);
    let mut pending = pending.checked_sub(count)?;
    if drop {
        next = next.checked_sub(count)?;
    }
    if pending == 0 {
        (pending, phase) = (next, phase + 1);
    }
    Some(pending | next << NEXT | phase << PHASE)
}

fn space(b: &mut Builder<'_, '_, '_>) -> Option<Space> {
    b.take_any(&["release", "acquire", "relaxed"]);
    b.take_any(&["cta", "cluster"]);
    b.take_any(&["shared", "shared::cta"]).map(|_| Space::Shared)
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    if b.has("expect_tx") || b.has("complete_tx") || b.has("shared::cluster") {
        return b.unsupported();
    }
    let Some(what) = b.take_any(&[
        "init",
        "inval",
        "arrive",
        "arrive_drop",
        "test_wait",
        "try_wait",
        "pending_count",
    ]) else {
        return b.unsupported();
    };
    match what {
        "init" | "inval" => set_up(b, what == "init"),
        "arrive" | "arrive_drop" => arrival(b, what == "arrive_drop"),
        "pending_count" => {
            let run: Run = super::vector::unary(|state: u64| (state & COUNT) as u32);
            b.ty()?;
            b.simple(run, Class::Barrier, U32, &[B64])
        }
        _ => waiting(b),
    }
}

/// The operand that names the mbarrier object.
fn object(b: &mut Builder<'_, '_, '_>, index: usize, space: Option<Space>) -> Result<Vec<Field>> {
    set_address(b, index, space)?;
    b.function.smallest_access(b.op.mode & 15, 8);
    Ok(address_field(b))
}

fn set_up(mut b: Builder<'_, '_, '_>, init: bool) -> Result<()> {
    let space = space(&mut b);
    b.ty()?;
    b.expect_operands(1 + usize::from(init))?;
    let mut fields = object(&mut b, 0, space)?;
    if init {
        let count = b.src(1, U32)?;
        b.b(count);
        fields.push(Field::B);
    }
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let Some((at, _)) = resolve(w, op, mask, 8, Access::StrongWrite) else {
            return false;
        };
        for lane in each(mask) {
            // SAFETY: `resolve` proved the address; the decoder gave a 32-bit row.
            unsafe {
                let count = if op.b == NONE {
                    0
                } else {
                    u64::from(u32::get(w.row(op.b), lane))
                };
                if op.b != NONE && (count == 0 || count > COUNT) {
                    let message = format!("mbarrier.init with count {count}, which is not within 1..{COUNT}");
                    return w.fault(FaultKind::IllegalInstruction, lane as u32, message);
                }
                *(at[lane] as *mut u64) = count | count << NEXT;
            }
        }
        true
    }
    b.emit(run, Class::Barrier, &fields)
}

fn arrival(mut b: Builder<'_, '_, '_>, drop: bool) -> Result<()> {
    b.take("noComplete");
    let space = space(&mut b);
    b.ty()?;
    if !(2..=3).contains(&b.count()) {
        return b.error("2 operands expected");
    }
    let mut fields = object(&mut b, 1, space)?;
    if b.count() == 3 {
        let count = b.src(2, U32)?;
        b.b(count);
        fields.push(Field::B);
    }
    b.op.width = drop.into();
    if !matches!(b.operand(0)?, Operand::Sink) {
        let d = b.dst(0, B64)?;
        b.d(d);
    }
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let Some((at, _)) = resolve(w, op, mask, 8, Access::Atomic) else {
            return false;
        };
        for lane in each(mask) {
            // SAFETY: `resolve` proved the address; the decoder gave rows of these types.
            unsafe {
                let count = if op.b == NONE {
                    1
                } else {
                    u64::from(u32::get(w.row(op.b), lane))
                };
                if !arrive_at(w, at[lane], lane, count, op.width != 0, op.d) {
                    return false;
                }
            }
        }
        true
    }
    b.emit(run, Class::Barrier, &fields)
}

/// A lane arrives; the state before goes to the row `d`.
///
/// # Safety
/// `at` must be a valid, aligned address; `d` a 64-bit row or [`NONE`].
unsafe fn arrive_at(w: &mut Warp, at: u64, lane: usize, count: u64, drop: bool, d: u32) -> bool {
    // SAFETY: by contract; a block's warps take turns on one thread.
    unsafe {
        let state = *(at as *const u64);
        let Some(next) = arrive(state, count, drop) else {
            let message = format!("{count} arrivals at an mbarrier that expects {} more", state & COUNT);
            return w.fault(FaultKind::LaunchFailed, lane as u32, message);
        };
        *(at as *mut u64) = next;
        if state >> PHASE != next >> PHASE {
            w.block().races.barrier();
        }
        if d != NONE {
            u64::put(w.row(d), lane, state);
        }
    }
    true
}

fn waiting(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let parity = b.take("parity");
    let space = space(&mut b);
    b.ty()?;
    if !(3..=4).contains(&b.count()) {
        return b.error("3 operands expected");
    }
    let mut fields = object(&mut b, 1, space)?;
    let state = b.src(2, if parity { U32 } else { B64 })?;
    b.b(state);
    fields.push(Field::B);
    b.op.width = parity.into();
    let d = b.dst(0, Pred)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let Some((at, _)) = resolve(w, op, mask, 8, Access::StrongRead) else {
            return false;
        };
        let done = crate::device::warp::lanes(mask, |lane| {
            // SAFETY: `resolve` proved the address; the decoder gave rows of these types.
            unsafe {
                let phase = *(at[lane] as *const u64) >> PHASE;
                if op.width != 0 {
                    phase & 1 != u64::from(u32::get(w.row(op.b), lane) & 1)
                } else {
                    phase != u64::get(w.row(op.b), lane) >> PHASE
                }
            }
        });
        w.polls += 1;
        if done != mask {
            // Somebody else has to come first.
            w.budget = 0;
        }
        // SAFETY: the destination is a predicate.
        unsafe { write_predicate(w.row(op.d), mask, done) };
        true
    }
    b.emit(run, Class::Barrier, &fields)
}

/// cp.async.mbarrier.arrive: the lane's copies so far take effect, and then it arrives. Without `.noinc` the arrival
/// was added to the count before, which leaves it as it is.
pub fn arrive_after_copies(mut b: Builder<'_, '_, '_>) -> Result<()> {
    b.take("mbarrier");
    b.take("arrive");
    b.op.width = b.take("noinc").into();
    let space = space(&mut b);
    b.ty()?;
    b.expect_operands(1)?;
    let fields = object(&mut b, 0, space)?;
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let Some((at, _)) = resolve(w, op, mask, 8, Access::Atomic) else {
            return false;
        };
        super::asynchronous::complete(w, mask);
        if op.width == 0 {
            return true;
        }
        // SAFETY: `resolve` proved the addresses.
        each(mask).all(|lane| unsafe { arrive_at(w, at[lane], lane, 1, false, NONE) })
    }
    b.emit(run, Class::AsyncCopy, &fields)
}
