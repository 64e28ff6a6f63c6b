//! Registers to slots: those whose lives don't overlap share one, so that a warp's registers stay in cache.
//!
//! Lives are intervals in text order (linear scan, Poletto and Sarkar 1999) over block-level liveness.

use super::builder::{Field, Reference, RegisterClass};
use crate::device::op::{HEADER_WORDS, Kind, NO_GUARD, Op};

/// Bits of liveness sets beyond which every register gets a slot of its own.
const MAX_BITS: usize = 1 << 30;

pub struct Allocation {
    /// Word offset in the frame of each virtual register.
    pub slots: Vec<u32>,
    pub words: u32,
    /// Slots of registers that may be read before they are written.
    pub unwritten: Vec<u32>,
}

pub fn allocate(ops: &[Op], references: &[Vec<Reference>], classes: &[RegisterClass], lists: &[u32]) -> Allocation {
    let (intervals, unwritten) = intervals(ops, references, classes.len(), lists);
    let mut slots = vec![0; classes.len()];
    let mut words = HEADER_WORDS;
    let mut predicates: Vec<u32> = Vec::new();
    let mut free: [Vec<u32>; 4] = Default::default();
    let mut order: Vec<u32> = (0..classes.len() as u32)
        .filter(|&r| intervals[r as usize].0 != u32::MAX)
        .collect();
    order.sort_by_key(|&register| intervals[register as usize].0);
    let mut active: std::collections::BinaryHeap<std::cmp::Reverse<(u32, u32)>> = Default::default();
    for register in order {
        let (start, end) = intervals[register as usize];
        while let Some(&std::cmp::Reverse((done, other))) = active.peek() {
            // Strictly before: an instruction's destinations never share with its own sources.
            if done >= start {
                break;
            }
            active.pop();
            free[classes[other as usize] as usize].push(slots[other as usize]);
        }
        let class = classes[register as usize];
        slots[register as usize] = free[class as usize].pop().unwrap_or_else(|| {
            if class == RegisterClass::Predicate {
                if predicates.is_empty() {
                    predicates.extend((0..32).rev().map(|index| words + index));
                    words += 32;
                }
                return predicates.pop().unwrap_or(0);
            }
            words += class.words();
            words - class.words()
        });
        active.push(std::cmp::Reverse((end, register)));
    }
    let unwritten = unwritten.into_iter().map(|register| slots[register as usize]).collect();
    Allocation {
        slots,
        words,
        unwritten,
    }
}

/// First and last instruction of each register's life, `u32::MAX` for what is never mentioned; and which registers are
/// alive at the very start.
fn intervals(ops: &[Op], references: &[Vec<Reference>], count: usize, lists: &[u32]) -> (Vec<(u32, u32)>, Vec<u32>) {
    let mut out = vec![(u32::MAX, 0u32); count];
    let mut extend = |register: u32, at: u32| {
        let interval = &mut out[register as usize];
        interval.0 = interval.0.min(at);
        interval.1 = interval.1.max(at);
    };
    for (at, list) in references.iter().enumerate() {
        for reference in list {
            extend(reference.register, at as u32);
        }
    }
    // Basic blocks.
    let mut leader = vec![false; ops.len() + 1];
    leader[0] = true;
    let targets = |op: &Op| -> Vec<u32> {
        match op.kind {
            Kind::Branch => vec![op.immediate as u32],
            Kind::BranchIndexed => lists[op.list as usize..op.list as usize + op.list_length as usize].to_vec(),
            _ => Vec::new(),
        }
    };
    for (at, op) in ops.iter().enumerate() {
        if matches!(op.kind, Kind::Branch | Kind::BranchIndexed | Kind::Return | Kind::Exit) {
            leader[at + 1] = true;
            targets(op).iter().for_each(|&target| leader[target as usize] = true);
        }
    }
    let starts: Vec<usize> = (0..ops.len()).filter(|&at| leader[at]).collect();
    if starts.len().saturating_mul(count) > MAX_BITS {
        for interval in out.iter_mut().filter(|interval| interval.0 != u32::MAX) {
            *interval = (0, ops.len() as u32);
        }
        return (out, Vec::new());
    }
    let block_of = |at: u32| starts.partition_point(|&start| start <= at as usize) - 1;
    let words = count.div_ceil(64);
    let blocks = starts.len();
    let (mut uses, mut kills) = (vec![0u64; words * blocks], vec![0u64; words * blocks]);
    let mut successors: Vec<Vec<usize>> = vec![Vec::new(); blocks];
    for block in 0..blocks {
        let end = starts.get(block + 1).copied().unwrap_or(ops.len());
        for at in starts[block]..end {
            for defines in [false, true] {
                for reference in references[at].iter().filter(|reference| reference.defines == defines) {
                    let (word, bit) = (
                        block * words + reference.register as usize / 64,
                        1u64 << (reference.register % 64),
                    );
                    if !defines {
                        if kills[word] & bit == 0 {
                            uses[word] |= bit;
                        }
                    } else if ops[at].guard == NO_GUARD || reference.field == Field::Guard {
                        kills[word] |= bit;
                    } else if kills[word] & bit == 0 {
                        // A guarded write keeps the old value where the guard is false.
                        uses[word] |= bit;
                    }
                }
            }
        }
        let last = &ops[end - 1];
        successors[block] = targets(last)
            .iter()
            .filter(|&&target| (target as usize) < ops.len())
            .map(|&target| block_of(target))
            .collect();
        let falls = !matches!(
            last.kind,
            Kind::Branch | Kind::BranchIndexed | Kind::Return | Kind::Exit
        ) || last.guard != NO_GUARD;
        if falls && block + 1 < blocks {
            successors[block].push(block + 1);
        }
    }
    let mut live_in = uses.clone();
    let mut live_out = vec![0u64; words * blocks];
    loop {
        let mut changed = false;
        for block in (0..blocks).rev() {
            for &successor in &successors[block] {
                for word in 0..words {
                    let bits = live_in[successor * words + word];
                    let out = &mut live_out[block * words + word];
                    if *out | bits != *out {
                        *out |= bits;
                        changed = true;
                    }
                }
            }
            for word in 0..words {
                let at = block * words + word;
                live_in[at] = uses[at] | live_out[at] & !kills[at];
            }
        }
        if !changed {
            break;
        }
    }
    for block in 0..blocks {
        let end = starts.get(block + 1).copied().unwrap_or(ops.len()) as u32 - 1;
        for word in 0..words {
            let spread = |mut bits: u64, at: u32, out: &mut Vec<(u32, u32)>| {
                while bits != 0 {
                    let interval = &mut out[word * 64 + bits.trailing_zeros() as usize];
                    interval.0 = interval.0.min(at);
                    interval.1 = interval.1.max(at);
                    bits &= bits - 1;
                }
            };
            spread(live_in[block * words + word], starts[block] as u32, &mut out);
            spread(live_out[block * words + word], end, &mut out);
        }
    }
    let alive = |&register: &u32| live_in[register as usize / 64] >> (register % 64) & 1 != 0;
    (out, (0..count as u32).filter(alive).collect())
}
