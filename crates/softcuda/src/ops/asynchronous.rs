//! cp.async (PTX ISA 9.7.9.25). Copies take effect as late as the rules allow: when they are waited for.

use super::memory::{Access, GENERIC, GLOBAL, SHARED, addresses, resolve_at};
use super::vector::{Lane, leveled, truth_mask};
use crate::decode::{Builder, Field, Result};
use crate::device::block::Block;
use crate::device::op::{Class, NONE, Op, SHARED_WINDOW};
use crate::device::warp::{PendingCopy, Warp, each};
use crate::ptx::{Operand, Type::*};

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    if !b.take("async") || b.has("bulk") || b.has("reduce") {
        return b.unsupported();
    }
    if b.has("mbarrier") {
        return super::mbarrier::arrive_after_copies(b);
    }
    if b.take("commit_group") {
        return b.emit(commit(), Class::AsyncCopy, &[]);
    }
    if b.take("wait_all") {
        b.op.immediate = -1;
        return b.emit(wait(), Class::AsyncCopy, &[]);
    }
    if b.take("wait_group") {
        let Operand::Integer(count, _) = *b.operand(0)? else {
            return b.error("a constant is expected");
        };
        b.op.immediate = count as i64 & 0xffff_ffff;
        return b.emit(wait(), Class::AsyncCopy, &[]);
    }
    if b.take_any(&["ca", "cg"]).is_none() || b.take_any(&["shared", "shared::cta"]).is_none() || !b.take("global") {
        return b.unsupported();
    }
    super::memory::take_hints(&mut b);
    let Operand::Integer(size @ (4 | 8 | 16), _) = *b.operand(2)? else {
        return b.error("a size of 4, 8 or 16 is expected");
    };
    b.op.width = size as u8;
    b.function.smallest_access(GENERIC, size as u8);
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
    b.emit(copy(), Class::AsyncCopy, &fields)
}

#[inline(always)]
unsafe fn copy_body(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let size = op.width;
    let mut source = addresses(w, op);
    let mut to = [0u64; 32];
    // SAFETY: the decoder gave rows of these types.
    unsafe {
        let offset = u64::get(w.row(w.list(op)[0]), 0);
        if op.b == NONE {
            to = [offset; 32];
        } else if op.mode >> 5 & 1 != 0 {
            let row = w.row(op.b);
            for (lane, address) in to.iter_mut().enumerate() {
                *address = u64::get(row, lane).wrapping_add(offset) & !SHARED_WINDOW;
            }
        } else {
            let row = w.row(op.b);
            for (lane, address) in to.iter_mut().enumerate() {
                *address = u64::from(u32::get(row, lane).wrapping_add(offset as u32));
            }
        }
    }
    let mut source_size = [size; 32];
    if op.c != NONE {
        // SAFETY: as above.
        unsafe {
            if op.mode >> 6 & 1 != 0 {
                let ignore = *w.row(op.c) ^ u32::from(op.mode >> 7).wrapping_neg();
                each(ignore & mask).for_each(|lane| source_size[lane] = 0);
            } else {
                let row = w.row(op.c);
                for (lane, given) in source_size.iter_mut().enumerate() {
                    *given = u32::get(row, lane).min(size.into()) as u8;
                }
            }
        }
    }
    let (mut reads, mut short) = ([0u8; 32], [0u8; 32]);
    for lane in 0..32 {
        reads[lane] = (source_size[lane] != 0) as u8;
        short[lane] = (source_size[lane] != size) as u8;
    }
    let reading = truth_mask(&reads) & mask;
    let whole = truth_mask(&short) & mask == 0;
    if reading != 0 {
        let resolved = if truth_mask(&short) & reading == 0 {
            resolve_at(w, GLOBAL, &mut source, reading, size.into(), Access::Read).is_some()
        } else {
            // Lanes that read less may stand at the end of an allocation.
            each(reading).all(|lane| {
                let (mut one, mut last) = (
                    [source[lane]; 32],
                    [source[lane] + u64::from(source_size[lane]) - 1; 32],
                );
                resolve_at(w, GLOBAL, &mut one, 1 << lane, 1, Access::Read).is_some()
                    && resolve_at(w, GLOBAL, &mut last, 1 << lane, 1, Access::Read).is_some()
            })
        };
        if !resolved {
            return false;
        }
    }
    let mut destination = [0u32; 32];
    for lane in 0..32 {
        destination[lane] = to[lane] as u32;
    }
    if resolve_at(w, SHARED, &mut to, mask, size.into(), Access::Write).is_none() {
        return false;
    }
    if w.block().observing {
        unwritten(w, &destination, mask, size);
    }
    // One entry per commit group; lanes that diverged may be in different ones.
    let mut left = mask;
    while left != 0 {
        let group = w.committed[left.trailing_zeros() as usize];
        let mut same = [0u8; 32];
        for (lane, same) in same.iter_mut().enumerate() {
            *same = (w.committed[lane] == group) as u8;
        }
        let same = truth_mask(&same) & left;
        w.copies.push_back(PendingCopy {
            mask: same,
            group,
            destination,
            source,
            size,
            whole,
            source_size,
        });
        left &= !same;
    }
    true
}
leveled!(copy, copy_body);

/// Until the copy is waited for its destination counts as unwritten.
fn unwritten(w: &mut Warp, to: &[u32; 32], mask: u32, size: u8) {
    let block = w.block();
    if block.written.is_empty() {
        return;
    }
    for lane in each(mask) {
        let at = to[lane] as usize;
        block.written[at..at + usize::from(size)].fill(0);
    }
}

#[inline(always)]
unsafe fn commit_body(w: &mut Warp, _: &Op, mask: u32) -> bool {
    for (lane, count) in w.committed.iter_mut().enumerate() {
        *count += mask >> lane & 1;
    }
    true
}
leveled!(commit, commit_body);

/// All copies of these lanes take effect.
pub fn complete(w: &mut Warp, mask: u32) {
    // SAFETY: the block outlives its warps' instructions, and lies apart from the warp.
    let block = unsafe { &mut *w.block };
    for copy in &mut w.copies {
        let due = copy.mask & mask;
        copy.mask &= !due;
        perform(block, copy, due);
    }
    w.copies.retain(|copy| copy.mask != 0);
}

#[inline(always)]
unsafe fn wait_body(w: &mut Warp, op: &Op, mask: u32) -> bool {
    if op.immediate < 0 {
        for (lane, count) in w.committed.iter_mut().enumerate() {
            *count += mask >> lane & 1;
        }
    }
    let keep = op.immediate.max(0) as u32;
    for index in 0..w.copies.len() {
        let copy = &mut w.copies[index];
        let mut due = [0u8; 32];
        for (lane, due) in due.iter_mut().enumerate() {
            *due = (w.committed[lane].saturating_sub(copy.group) > keep) as u8;
        }
        let due = truth_mask(&due) & copy.mask & mask;
        copy.mask &= !due;
        // SAFETY: the block outlives its warps' instructions, and lies apart from the warp.
        let block = unsafe { &mut *w.block };
        perform(block, copy, due);
    }
    while w.copies.front().is_some_and(|copy| copy.mask == 0) {
        w.copies.pop_front();
    }
    true
}
leveled!(wait, wait_body);

#[inline(always)]
fn perform(block: &mut Block, copy: &PendingCopy, lanes: u32) {
    let shared = block.shared.as_mut_ptr();
    let size = usize::from(copy.size);
    if copy.whole && size == 16 {
        for lane in each(lanes) {
            // SAFETY: both ranges were proved when the copy was issued; allocations live until the launch ends.
            unsafe {
                let to = shared.add(copy.destination[lane] as usize);
                (copy.source[lane] as *const [u8; 16]).copy_to_nonoverlapping(to.cast(), 1);
            }
        }
    } else {
        for lane in each(lanes) {
            let given = usize::from(copy.source_size[lane]);
            // SAFETY: as above.
            unsafe {
                let to = shared.add(copy.destination[lane] as usize);
                std::ptr::copy_nonoverlapping(copy.source[lane] as *const u8, to, given);
                std::ptr::write_bytes(to.add(given), 0, size - given);
            }
        }
    }
    if !block.written.is_empty() {
        for lane in each(lanes) {
            let at = copy.destination[lane] as usize;
            block.written[at..at + size].fill(1);
        }
    }
}
