//! The race check: who touched each word of shared and global memory last, and whether anything lies in between.
//!
//! Each byte of shared memory and each word of global memory remembers its last write and its last reads since. Two
//! accesses conflict when one of them writes, they come from different threads, they are not both atomic, and
//! nothing orders them: no block barrier for threads of one block, no warp-level synchronisation for lanes of one
//! warp, no release and acquire (fence around an atomic or volatile access) between blocks.

use std::collections::HashMap;

use super::FaultKind;
use super::warp::{Warp, each};
use crate::ops::{Access, GLOBAL, SHARED};

/// An access to a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mark {
    /// Block index plus one; 0 = none.
    block: u32,
    thread: u16,
    atomic: bool,
    /// The block's barrier generation.
    generation: u32,
    /// The warp's synchronisation count.
    warp_sync: u32,
    /// The block's fence count, and the thread's line.
    fence: u32,
    pc: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    write: Mark,
    read: Mark,
    /// Another thread read as well since the last write.
    read_more: Mark,
}

/// The accesses that a launch has seen, and what orders them. The race check runs blocks on one thread.
#[derive(Default)]
pub struct Races {
    enabled: bool,
    /// By byte; an access of words is kept at their first bytes.
    shared: Vec<Cell>,
    warp_sync: Vec<u32>,
    pub fences: u32,
}

/// Addresses need no strong hash.
#[derive(Default)]
pub struct Multiplicative(u64);

impl std::hash::Hasher for Multiplicative {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(byte.into()));
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }
}

/// Global state of the check in a launch.
#[derive(Default)]
pub struct GlobalRaces {
    cells: HashMap<u64, Cell, std::hash::BuildHasherDefault<Multiplicative>>,
    /// What each synchronisation variable's last release makes visible: fence counts by block.
    released: HashMap<u64, HashMap<u32, u32>>,
    /// What each block has acquired.
    known: HashMap<u32, HashMap<u32, u32>>,
}

impl Races {
    pub fn start(&mut self, enabled: bool, shared_bytes: u32, warps: u32) {
        self.enabled = enabled;
        if enabled {
            self.shared.clear();
            self.shared.resize(shared_bytes as usize + 16, Cell::default());
        }
        self.warp_sync = vec![0; warps as usize];
        self.fences = 1;
    }

    pub fn warp_synchronised(&mut self, warp: u32) {
        if self.enabled {
            self.warp_sync[warp as usize] += 1;
        }
    }

    pub fn enabled(&self) -> bool {
        self.enabled
    }
}

/// Looks at one access of a warp.
pub fn access(w: &mut Warp, space: u8, at: &[u64; 32], mask: u32, size: u64, access: Access) {
    let (pc, warp) = (w.group.pc, w.index);
    let block = w.block();
    let me = Mark {
        block: block.index as u32 + 1,
        thread: 0,
        atomic: access == Access::Atomic,
        generation: block.generation,
        warp_sync: block.races.warp_sync[warp as usize],
        fence: block.races.fences,
        pc,
    };
    for lane in each(mask) {
        let mark = Mark {
            thread: (warp * 32) as u16 + lane as u16,
            ..me
        };
        // Shared memory by byte, global by word (byte accesses to one word do not conflict unless they overlap).
        let (first, last) = (at[lane], at[lane] + size - 1);
        let step = if size < 4 { 1 } else { 4 };
        let mut byte = first;
        while byte <= last {
            let key = if step == 4 { byte & !3 } else { byte };
            let other = {
                let block = w.block();
                if space == SHARED {
                    touch(&mut block.races.shared[key as usize], mark, access, |_| false)
                } else {
                    debug_assert!(space == GLOBAL);
                    // SAFETY: the launch keeps the state for as long as its blocks run, all on this thread.
                    let global = unsafe { &mut *block.context().races.get() };
                    let GlobalRaces { cells, known, .. } = global;
                    let known = known.get(&mark.block);
                    touch(cells.entry(key).or_default(), mark, access, |other| {
                        known.is_some_and(|known| known.get(&other.block).is_some_and(|&fence| fence > other.fence))
                    })
                }
            };
            if let Some(other) = other {
                report(w, space, byte, lane, mark, other, access);
                return;
            }
            byte += step;
        }
    }
}

/// Records an access; the earlier one it conflicts with.
fn touch(cell: &mut Cell, mark: Mark, access: Access, released: impl Fn(&Mark) -> bool) -> Option<Mark> {
    let conflicts = |other: &Mark| {
        other.block != 0
            && (other.block != mark.block || other.thread != mark.thread)
            && !(other.atomic && mark.atomic)
            && if other.block == mark.block {
                other.generation == mark.generation
                    && !(other.thread / 32 == mark.thread / 32 && (other.warp_sync != mark.warp_sync))
                    && !(other.fence != mark.fence && released(other))
            } else {
                !released(other)
            }
    };
    let mut found = conflicts(&cell.write).then_some(cell.write);
    match access {
        Access::Read => {
            if cell.read.block != 0 && (cell.read.block, cell.read.thread) != (mark.block, mark.thread) {
                cell.read_more = cell.read;
            }
            cell.read = mark;
        }
        _ => {
            found = found.or(conflicts(&cell.read).then_some(cell.read));
            found = found.or(conflicts(&cell.read_more).then_some(cell.read_more));
            *cell = Cell {
                write: mark,
                ..Cell::default()
            };
        }
    }
    found
}

#[cold]
fn report(w: &mut Warp, space: u8, address: u64, lane: usize, me: Mark, other: Mark, access: Access) {
    let code = w.block().code();
    // SAFETY: the code outlives the launch.
    let places = unsafe { &(*code).places };
    let line = places.get(other.pc as usize).map_or(0, |place| place.line);
    let what = match access {
        Access::Read => "read",
        Access::Write => "write",
        Access::Atomic => "atomic operation",
    };
    let whose = if me.block == other.block {
        format!("thread {} of the same block", other.thread)
    } else {
        format!("thread {} of block {}", other.thread, other.block - 1)
    };
    let place = if space == SHARED { "shared" } else { "global" };
    w.block().note(FaultKind::LaunchFailed, me.pc, lane as u32, "race", || {
        format!("race: {what} of {place} memory at {address:#x} conflicts with {whose} at ptx line {line}")
    });
}

/// A fence by a block's thread.
pub fn fence(w: &mut Warp) {
    if w.block().races.enabled() {
        w.block().races.fences += 1;
    }
}

/// An atomic or volatile access to a global address: it releases what was fenced before, and acquires.
pub fn synchronise(w: &mut Warp, at: &[u64; 32], mask: u32) {
    if !w.block().races.enabled() {
        return;
    }
    let block = w.block();
    let (me, fences) = (block.index as u32 + 1, block.races.fences);
    // SAFETY: as in `access`.
    let global = unsafe { &mut *block.context().races.get() };
    for lane in each(mask) {
        let cell = global.released.entry(at[lane]).or_default();
        let known = global.known.entry(me).or_default();
        for (&block, &fence) in cell.iter() {
            let mine = known.entry(block).or_default();
            *mine = (*mine).max(fence);
        }
        known.insert(me, fences);
        for (&block, &fence) in known.iter() {
            let theirs = cell.entry(block).or_default();
            *theirs = (*theirs).max(fence);
        }
    }
}
