//! cp.async (PTX ISA 9.7.9.25). Copies take effect as late as the rules allow: when they are waited for.

use super::memory::{Access, GENERIC, GLOBAL, SHARED, addresses, resolve_at};
use super::vector::Lane;
use crate::decode::{Builder, Field, Result};
use crate::device::op::{Class, NONE, Op, SHARED_WINDOW};
use crate::device::warp::{PendingCopy, Warp, each};
use crate::ptx::{Operand, Type::*};

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    if !b.take("async") || b.has("bulk") || b.has("reduce") || b.has("mbarrier") {
        return b.unsupported();
    }
    if b.take("commit_group") {
        unsafe fn run(w: &mut Warp, _: &Op, mask: u32) -> bool {
            each(mask).for_each(|lane| w.committed[lane] += 1);
            true
        }
        return b.emit(run, Class::AsyncCopy, &[]);
    }
    if b.take("wait_all") {
        b.op.immediate = -1;
        return b.emit(wait, Class::AsyncCopy, &[]);
    }
    if b.take("wait_group") {
        let Operand::Integer(count, _) = *b.operand(0)? else {
            return b.error("a constant is expected");
        };
        b.op.immediate = count as i64 & 0xffff_ffff;
        return b.emit(wait, Class::AsyncCopy, &[]);
    }
    if b.take_any(&["ca", "cg"]).is_none() || b.take_any(&["shared", "shared::cta"]).is_none() || !b.take("global") {
        return b.unsupported();
    }
    super::memory::take_hints(&mut b);
    let Operand::Integer(size @ (4 | 8 | 16), _) = *b.operand(2)? else {
        return b.error("a size of 4, 8 or 16 is expected");
    };
    b.op.width = size as u8;
    // Both addresses as rows with an offset each: source in `a`, destination in `b` with its offset in the list.
    let to = b.address(0)?;
    let from = b.address(1)?;
    b.a(from.base);
    b.b(to.base);
    b.op.immediate = from.offset;
    b.op.mode = GENERIC | u8::from(from.wide) << 4 | u8::from(to.wide) << 5;
    let offset = b.constant(to.offset as u64 as u128, crate::decode::RegisterClass::Double);
    b.list_source(offset);
    let mut fields = Vec::new();
    if from.base != NONE {
        fields.push(Field::A);
    }
    if to.base != NONE {
        fields.push(Field::B);
    }
    match b.instruction.operands.get(3) {
        None => {}
        // The third operand may be a size, or a predicate: ignore the source.
        Some(operand) => {
            let predicate = matches!(operand, Operand::Not(_))
                || b.class_of(operand) == Some(crate::decode::RegisterClass::Predicate);
            if predicate {
                let (c, negated) = b.predicate(operand)?;
                b.c(c);
                b.op.mode |= 1 << 6 | u8::from(negated) << 7;
                fields.push(Field::C);
            } else if !(b.count() == 4 && b.class_of(operand) == Some(crate::decode::RegisterClass::Double)) {
                let c = b.src(3, U32)?;
                b.c(c);
                fields.push(Field::C);
            }
        }
    }
    b.emit(copy, Class::AsyncCopy, &fields)
}

unsafe fn copy(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let size = op.width;
    let from = addresses(w, op);
    // SAFETY: the decoder gave rows of these types.
    let to: [u64; 32] = unsafe {
        let offset = u64::get(w.row(w.list(op)[0]), 0);
        std::array::from_fn(|lane| match op.b {
            NONE => offset,
            base if op.mode >> 5 & 1 != 0 => u64::get(w.row(base), lane).wrapping_add(offset) & !SHARED_WINDOW,
            base => u64::from(u32::get(w.row(base), lane).wrapping_add(offset as u32)),
        })
    };
    let mut source_size = [size; 32];
    if op.c != NONE {
        // SAFETY: as above.
        unsafe {
            if op.mode >> 6 & 1 != 0 {
                let ignore = *w.row(op.c) ^ u32::from(op.mode >> 7).wrapping_neg();
                each(ignore & mask).for_each(|lane| source_size[lane] = 0);
            } else {
                let row = w.row(op.c);
                source_size = std::array::from_fn(|lane| u32::get(row, lane).min(size.into()) as u8);
            }
        }
    }
    let reading = each(mask)
        .filter(|&lane| source_size[lane] != 0)
        .fold(0, |bits, lane| bits | 1u32 << lane);
    let whole = each(reading).all(|lane| source_size[lane] == size);
    let mut source = from;
    if reading != 0 {
        let resolved = if whole {
            resolve_at(w, GLOBAL, from, reading, size.into(), Access::Read)
        } else {
            // Lanes that read less may stand at the end of an allocation.
            let mut all = [0; 32];
            let done = each(reading).all(|lane| {
                let one = resolve_at(w, GLOBAL, from, 1 << lane, 1, Access::Read);
                let last = [from[lane] + u64::from(source_size[lane]) - 1; 32];
                let end = one.and_then(|one| resolve_at(w, GLOBAL, last, 1 << lane, 1, Access::Read).map(|_| one));
                end.map(|one| all[lane] = one[lane]).is_some()
            });
            done.then_some(all)
        };
        let Some(resolved) = resolved else { return false };
        source = resolved;
    }
    if resolve_at(w, SHARED, to, mask, size.into(), Access::Write).is_none() {
        return false;
    }
    if w.block().observing {
        unwritten(w, &to, mask, size);
    }
    // One entry per commit group; lanes that diverged may be in different ones.
    let mut left = mask;
    while left != 0 {
        let group = w.committed[left.trailing_zeros() as usize];
        let same = crate::device::warp::lanes(left, |lane| w.committed[lane] == group);
        let destination = to.map(|address| address as u32);
        w.copies.push(PendingCopy {
            mask: same,
            group,
            destination,
            source,
            size,
            source_size,
        });
        left &= !same;
    }
    true
}

/// Until the copy is waited for its destination counts as unwritten.
fn unwritten(w: &mut Warp, to: &[u64; 32], mask: u32, size: u8) {
    let block = w.block();
    if block.written.is_empty() {
        return;
    }
    for lane in each(mask) {
        let at = to[lane] as usize;
        block.written[at..at + usize::from(size)].fill(0);
    }
}

unsafe fn wait(w: &mut Warp, op: &Op, mask: u32) -> bool {
    if op.immediate < 0 {
        each(mask).for_each(|lane| w.committed[lane] += 1);
    }
    let keep = op.immediate.max(0) as u32;
    let mut copies = std::mem::take(&mut w.copies);
    copies.retain_mut(|copy| {
        let committed = &w.committed;
        let due = crate::device::warp::lanes(copy.mask & mask, |lane| {
            committed[lane].saturating_sub(copy.group) > keep
        });
        perform(w, copy, due);
        copy.mask &= !due;
        copy.mask != 0
    });
    w.copies = copies;
    true
}

fn perform(w: &mut Warp, copy: &PendingCopy, lanes: u32) {
    let block = w.block();
    let shared = block.shared.as_mut_ptr();
    let size = usize::from(copy.size);
    for lane in each(lanes) {
        let given = usize::from(copy.source_size[lane]);
        // SAFETY: both ranges were proved when the copy was issued; allocations live until the launch ends.
        unsafe {
            let to = shared.add(copy.destination[lane] as usize);
            if given == 16 {
                (copy.source[lane] as *const [u8; 16]).copy_to_nonoverlapping(to.cast(), 1);
            } else {
                std::ptr::copy_nonoverlapping(copy.source[lane] as *const u8, to, given);
                std::ptr::write_bytes(to.add(given), 0, size - given);
            }
        }
        if !block.written.is_empty() {
            let at = copy.destination[lane] as usize;
            block.written[at..at + size].fill(1);
        }
    }
}
