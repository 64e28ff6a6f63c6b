//! The race check: who touched each unit of shared and global memory last, and whether anything lies in between.
//!
//! A unit is as large as the kernel's smallest access (a power of two up to 8 or 16 bytes) and remembers its last write and two readers
//! since. Two accesses conflict when one of them writes, they come from different threads, they are not both atomic
//! or volatile, and nothing orders them: no block barrier for threads of one block, no warp-level synchronisation for
//! lanes of one warp, no release and acquire (fence around an atomic or volatile access) otherwise.
//!
//! Order inside a block is kept as epochs: a number that every barrier, warp synchronisation and fence moves on. What
//! was done in an epoch below the block's floor happened before; so did what the same warp did in another epoch.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering, fence as memory_fence};

use super::FaultKind;
use super::block::Block;
use super::memory::{Memory, Shadow};
use super::op::{Class, Op};
use super::warp::{Warp, each};
use crate::ops::{Access, SHARED, Shape};

/// An access: epoch (shared memory) or owner (global memory) in the high 32 bits, then the thread in its block, whether
/// it was atomic, and the program counter.
type Mark = u64;

const THREAD_SHIFT: u32 = 22;
const THREAD: u64 = 0x3ff << THREAD_SHIFT;
const WARP: u64 = 0x3e0 << THREAD_SHIFT;
const ATOMIC: u64 = 1 << 21;
const PLACE: u64 = ATOMIC - 1;

fn mark(high: u32, thread: u32, strong: bool, pc: u32) -> Mark {
    u64::from(high) << 32
        | u64::from(thread) << THREAD_SHIFT
        | if strong { ATOMIC } else { 0 }
        | u64::from(pc).min(PLACE)
}

/// Bytes of shadow per unit of global memory.
pub const CELL: u64 = size_of::<Cell>() as u64;

/// A unit of global memory. The second number of each access is its epoch in the high and its fence count in the low
/// half; it is only read by the block that wrote it, or when blocks run one after the other.
#[repr(C)]
#[derive(Default)]
struct Cell {
    write: [AtomicU64; 2],
    read: [AtomicU64; 2],
    /// Another thread that read since the last write.
    more: [AtomicU64; 2],
}

/// Sixteen bytes of global memory: reads of them all at once are noted here, and any write as well, so that such
/// reads touch one line of shadow. Reads stay noted when a write comes; they are old by then, or conflict.
#[repr(C, align(32))]
#[derive(Default)]
struct Granule {
    write: AtomicU64,
    read: [AtomicU64; 2],
    /// Another reader: of another block, or of the same epochs since the block's floor as `read`, whose order it shares.
    more: AtomicU64,
}

/// Binary logarithm of a granule's bytes, and its shadow's bytes.
const GRANULE_SHIFT: u32 = 4;
const GRANULE: u64 = size_of::<Granule>() as u64;

/// What a block knows of order, and the marks of its shared memory.
#[derive(Default)]
pub struct Races {
    enabled: bool,
    /// Binary logarithm of the unit.
    shift: u32,
    next: u32,
    floor: u32,
    warps: Vec<u32>,
    write: Vec<Mark>,
    read: Vec<Mark>,
    more: Vec<Mark>,
    /// Fences executed, plus one.
    fences: u32,
    fence_epoch: u32,
    /// Shared addresses that were written after a fence: the epoch they release.
    flags: HashMap<u64, u32>,
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

/// State of the check that a launch's blocks share.
#[derive(Default)]
pub struct GlobalRaces {
    shadow: Option<Shadow>,
    granules: Option<Shadow>,
    shift: u32,
    /// The owner number of block 0; lower ones are other launches'.
    base: u32,
    order: Mutex<Order>,
    /// Units outside the device's own memory (pinned host memory, peers).
    foreign: Mutex<HashMap<u64, Box<Cell>>>,
}

#[derive(Default)]
struct Order {
    /// What each synchronisation variable's last release makes visible: fence counts by owner.
    released: HashMap<u64, HashMap<u32, u32>>,
    /// What each owner has acquired.
    known: HashMap<u32, HashMap<u32, u32>>,
}

impl GlobalRaces {
    /// `unit`: bytes of the kernel's smallest access.
    pub fn new(memory: &Memory, unit: u8, blocks: u64) -> GlobalRaces {
        let shift = u32::from(unit).trailing_zeros();
        GlobalRaces {
            shadow: memory.race_shadow(shift, CELL),
            granules: memory.race_shadow(GRANULE_SHIFT, GRANULE),
            shift,
            base: memory.race_owners(blocks),
            order: Mutex::default(),
            foreign: Mutex::default(),
        }
    }

    fn released(&self, me: u32, other: u32, fence: u32) -> bool {
        let order = self.order.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let known = order.known.get(&me).and_then(|known| known.get(&other));
        known.is_some_and(|&known| known > fence)
    }
}

impl Races {
    pub fn start(&mut self, enabled: bool, unit: u8, shared_bytes: u32, warps: u32) {
        self.enabled = enabled;
        if !enabled {
            return;
        }
        let shift = u32::from(unit).trailing_zeros();
        if shift != self.shift || self.next > u32::MAX / 2 {
            self.write.clear();
            self.read.clear();
            self.more.clear();
            (self.shift, self.next) = (shift, 0);
        }
        // Old marks lie below the floor.
        let units = (shared_bytes as usize >> shift) + 16;
        if self.write.len() < units {
            self.write.resize(units, 0);
            self.read.resize(units, 0);
            self.more.resize(units, 0);
        }
        self.warps.clear();
        self.warps.resize(warps as usize, 0);
        (self.fences, self.fence_epoch) = (1, 0);
        self.flags.clear();
        self.barrier();
    }

    /// All threads of the block have met.
    pub fn barrier(&mut self) {
        self.next += 1;
        self.floor = self.next;
    }

    pub fn warp_synchronised(&mut self, warp: u32) {
        if self.enabled {
            self.next += 1;
            self.warps[warp as usize] = self.next;
        }
    }

    fn epoch(&self, warp: u32) -> u32 {
        self.warps[warp as usize].max(self.floor)
    }
}

/// A fence by threads of a warp.
pub fn fence(w: &mut Warp) {
    let warp = w.index;
    let races = &mut w.block().races;
    if races.enabled {
        races.fences += 1;
        races.warp_synchronised(warp);
        races.fence_epoch = races.next;
    }
}

/// Looks at one access of a warp; `at` are addresses in the space itself.
#[inline(always)]
pub fn access(w: &mut Warp, space: u8, at: &[u64; 32], mask: u32, size: u64, access: Access, shape: Shape) {
    if access.is_strong() {
        synchronise(w, space, at, mask, access);
    }
    // One address read by all: two of the readers stand for the rest.
    let mut mask = mask;
    if shape == Shape::Uniform && access == Access::Read {
        mask = 1 << mask.trailing_zeros() | 1 << (31 - mask.leading_zeros());
    }
    if space == SHARED {
        shared(w, at, mask, size, access, shape);
    } else {
        global(w, at, mask, size, access);
    }
}

/// What a conflict is reported with.
struct Conflict {
    lane: usize,
    address: u64,
    me: Mark,
    other: Mark,
}

/// Whether an earlier access of the same block, whose high half is an epoch, lacks order to this one.
#[inline(always)]
fn conflicts(me: Mark, other: Mark, floor: u64) -> bool {
    other >= floor
        && (me ^ other) & THREAD != 0
        && me & other & ATOMIC == 0
        && !((me ^ other) & WARP == 0 && (me ^ other) >> 32 != 0)
}

#[inline(always)]
fn shared(w: &mut Warp, at: &[u64; 32], mask: u32, size: u64, access: Access, shape: Shape) {
    let (pc, warp) = (w.group.pc, w.index);
    let races = &mut w.block().races;
    let first = mark(races.epoch(warp), warp * 32, access.is_strong(), pc);
    let (shift, floor) = (races.shift, u64::from(races.floor) << 32);
    let units = (size >> shift).max(1) as usize;
    if shape == Shape::Contiguous && units == 1 && races.row((at[0] >> shift) as usize, first, floor, access) {
        return;
    }
    let mut found = None;
    for lane in each(mask) {
        let me = first + ((lane as u64) << THREAD_SHIFT);
        let from = (at[lane] >> shift) as usize;
        // The common count as a constant, so that the loop over it is unrolled.
        let other = match units {
            4 => races.touch(from, 4, me, floor, access),
            _ => races.touch(from, units, me, floor, access),
        };
        if let (Some((unit, other)), None) = (other, &found) {
            found = Some(Conflict {
                lane,
                address: (unit as u64) << shift,
                me,
                other,
            });
        }
    }
    if let Some(conflict) = found {
        report(w, SHARED, access, at, size, &conflict);
    }
}

impl Races {
    /// Neighbouring units touched by one lane each; false, and nothing done, where somebody was there in this epoch.
    #[inline(always)]
    fn row(&mut self, from: usize, first: Mark, floor: u64, access: Access) -> bool {
        let write = &mut self.write[from..from + 32];
        let (read, more) = (&mut self.read[from..from + 32], &mut self.more[from..from + 32]);
        let mut earlier = 0;
        for lane in 0..32 {
            earlier |= (write[lane] >= floor) as u64;
            if access.writes() {
                earlier |= (read[lane] >= floor) as u64 | (more[lane] >= floor) as u64;
            }
        }
        if earlier != 0 {
            return false;
        }
        for lane in 0..32 {
            let me = first + ((lane as u64) << THREAD_SHIFT);
            if access.writes() {
                (write[lane], read[lane], more[lane]) = (me, 0, 0);
            } else {
                let before = read[lane];
                let another = before >= floor && (before ^ me) & THREAD != 0;
                more[lane] = if another { before } else { more[lane] };
                read[lane] = me;
            }
        }
        true
    }

    /// One lane's access to neighbouring units; the first earlier access that it conflicts with.
    #[inline(always)]
    fn touch(&mut self, from: usize, count: usize, me: Mark, floor: u64, access: Access) -> Option<(usize, Mark)> {
        let write = &mut self.write[from..from + count];
        let (read, more) = (&mut self.read[from..from + count], &mut self.more[from..from + count]);
        let mut found = None;
        let mut earlier = 0;
        for index in 0..count {
            earlier |= (write[index] >= floor) as u64;
            if access.writes() {
                earlier |= (read[index] >= floor) as u64 | (more[index] >= floor) as u64;
            }
        }
        if earlier != 0 {
            found = (0..count).find_map(|index| {
                let readers = if access.writes() {
                    [read[index], more[index]]
                } else {
                    [0; 2]
                };
                let others = [write[index], readers[0], readers[1]];
                let other = others.into_iter().find(|&other| conflicts(me, other, floor))?;
                Some((from + index, other))
            });
        }
        for index in 0..count {
            if access.writes() {
                (write[index], read[index], more[index]) = (me, 0, 0);
            } else {
                let before = read[index];
                let another = before >= floor && (before ^ me) & THREAD != 0;
                more[index] = if another { before } else { more[index] };
                read[index] = me;
            }
        }
        found
    }
}

#[inline(always)]
fn global(w: &mut Warp, at: &[u64; 32], mask: u32, size: u64, access: Access) {
    let (pc, warp) = (w.group.pc, w.index);
    let block = w.block();
    let state: *const GlobalRaces = &block.context().races;
    // SAFETY: the launch keeps the state for as long as its blocks run.
    let state = unsafe { &*state };
    let look = Look {
        state,
        me: state.base + block.index as u32 + 1,
        launch: u64::from(state.base + 1) << 32,
        floor: u64::from(block.races.floor) << 32,
        order: u64::from(block.races.epoch(warp)) << 32 | u64::from(block.races.fences),
    };
    let first = mark(look.me, warp * 32, access.is_strong(), pc);
    let units = (size >> state.shift).max(1);
    // Where the cells lie: those of the device's own memory at a glance, others one by one.
    let mut outside = 0;
    let mut own = [0u64; 32];
    let (of, bytes, base) = state
        .shadow
        .map_or((0, 0, 0), |shadow| (shadow.of, shadow.bytes, shadow.base));
    for lane in 0..32 {
        let offset = at[lane].wrapping_sub(of);
        outside |= ((offset >= bytes) as u32) << lane;
        own[lane] = base.wrapping_add((offset >> state.shift).wrapping_mul(CELL));
    }
    let outside = outside & mask != 0;
    let cell = |lane: usize, index: u64| {
        if outside {
            return state.foreign(at[lane] + (index << state.shift));
        }
        // SAFETY: the shadow has a cell for each unit of the memory it belongs to; atomics may be shared.
        unsafe { &*((own[lane] + index * CELL) as *const Cell) }
    };
    let granules = state.granules.filter(|_| !outside);
    // SAFETY: as for cells.
    let granule = |shadow: &Shadow, address: u64| unsafe {
        &*((shadow.base + ((address - shadow.of) >> GRANULE_SHIFT) * GRANULE) as *const Granule)
    };
    let wide = size == 1 << GRANULE_SHIFT && !access.writes();
    #[cfg(target_arch = "x86_64")]
    if !(outside || wide && granules.is_some()) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        for lane in each(mask) {
            for line in (0..units * CELL).step_by(64) {
                // SAFETY: a prefetch touches nothing.
                unsafe { _mm_prefetch::<_MM_HINT_T0>((own[lane] + line) as *const i8) };
            }
        }
    }
    let mut found = None;
    let mut note = |lane: usize, index: u64, mine: Mark, other: Option<Mark>| {
        if let (Some(other), None) = (other, &found) {
            found = Some(Conflict {
                lane,
                address: at[lane] + (index << state.shift),
                me: mine,
                other,
            });
        }
    };
    if let (Some(shadow), true) = (&granules, wide) {
        for lane in each(mask) {
            let mine = first + ((lane as u64) << THREAD_SHIFT);
            look.read_granule(mine, granule(shadow, at[lane]));
        }
        memory_fence(Ordering::SeqCst);
        for lane in each(mask) {
            let mine = first + ((lane as u64) << THREAD_SHIFT);
            if granule(shadow, at[lane]).write.load(Ordering::Relaxed) >= look.launch {
                (0..units).for_each(|index| note(lane, index, mine, look.conflict(mine, &cell(lane, index).write)));
            }
        }
        if let Some(conflict) = found {
            report(w, crate::ops::GLOBAL, access, at, size, &conflict);
        }
        return;
    }
    for lane in each(mask) {
        let mine = first + ((lane as u64) << THREAD_SHIFT);
        if let (Some(shadow), true) = (&granules, access.writes()) {
            for part in (0..size).step_by(1 << GRANULE_SHIFT) {
                let granule = granule(shadow, at[lane] + part);
                granule.write.store(mine, Ordering::Relaxed);
                note(lane, 0, mine, look.conflict(mine, &granule.read));
                note(lane, 0, mine, look.other_reader(mine, granule));
            }
        }
        for index in 0..units {
            let cell = cell(lane, index);
            if access.writes() {
                let earlier = [&cell.write, &cell.read, &cell.more];
                let other = earlier.into_iter().find_map(|other| look.conflict(mine, other));
                note(lane, index, mine, other);
                cell.write[1].store(look.order, Ordering::Relaxed);
                cell.write[0].store(mine, Ordering::Relaxed);
            } else {
                look.read(mine, &cell.read, &cell.more);
            }
        }
    }
    // Whoever comes at the same time on another processor sees these marks, or is seen here.
    memory_fence(Ordering::SeqCst);
    for lane in each(mask) {
        let mine = first + ((lane as u64) << THREAD_SHIFT);
        if let (Some(shadow), true) = (&granules, access.writes()) {
            for part in (0..size).step_by(1 << GRANULE_SHIFT) {
                let granule = granule(shadow, at[lane] + part);
                note(lane, 0, mine, look.conflict(mine, &granule.read));
                note(lane, 0, mine, look.other_reader(mine, granule));
            }
        }
        for index in 0..units {
            let cell = cell(lane, index);
            if !access.writes() {
                note(lane, index, mine, look.conflict(mine, &cell.write));
                continue;
            }
            for other in [&cell.write, &cell.read, &cell.more] {
                let owner = other[0].load(Ordering::Relaxed) >> 32;
                if owner != u64::from(look.me) {
                    note(lane, index, mine, look.conflict(mine, other));
                }
            }
            for reader in [&cell.read, &cell.more] {
                if reader[0].load(Ordering::Relaxed) != 0 {
                    reader[0].store(0, Ordering::Relaxed);
                }
            }
        }
    }
    if let Some(conflict) = found {
        report(w, crate::ops::GLOBAL, access, at, size, &conflict);
    }
}

/// What an access to global memory is compared with.
struct Look<'a> {
    state: &'a GlobalRaces,
    /// The block's owner number.
    me: u32,
    /// Marks below belong to other launches.
    launch: u64,
    floor: u64,
    order: u64,
}

impl Look<'_> {
    /// Notes a read, and keeps another thread's.
    #[inline(always)]
    fn read(&self, mine: Mark, read: &[AtomicU64; 2], more: &[AtomicU64; 2]) {
        let before = read[0].load(Ordering::Relaxed);
        if before >= self.launch && (before ^ mine) & !PLACE & !ATOMIC != 0 {
            more[0].store(before, Ordering::Relaxed);
            more[1].store(read[1].load(Ordering::Relaxed), Ordering::Relaxed);
        }
        read[1].store(self.order, Ordering::Relaxed);
        read[0].store(mine, Ordering::Relaxed);
    }

    /// As [`Look::read`], where the other reader has no order of its own.
    #[inline(always)]
    fn read_granule(&self, mine: Mark, granule: &Granule) {
        let before = granule.read[0].load(Ordering::Relaxed);
        if before >= self.launch && (before ^ mine) & !PLACE & !ATOMIC != 0 {
            let passed = (before ^ mine) >> 32 == 0 && granule.read[1].load(Ordering::Relaxed) < self.floor;
            if !passed {
                granule.more.store(before, Ordering::Relaxed);
            } else if granule.more.load(Ordering::Relaxed) >> 32 == mine >> 32 {
                granule.more.store(0, Ordering::Relaxed);
            }
        }
        granule.read[1].store(self.order, Ordering::Relaxed);
        granule.read[0].store(mine, Ordering::Relaxed);
    }

    /// An earlier access that lacks order to this one.
    #[inline(always)]
    fn conflict(&self, mine: Mark, other: &[AtomicU64; 2]) -> Option<Mark> {
        self.lacks_order(mine, other[0].load(Ordering::Relaxed), || {
            other[1].load(Ordering::Relaxed)
        })
    }

    /// As [`Look::conflict`], for the reader that has no order of its own. Of another block's it is not known how many
    /// fences came before: any that became known since will do.
    fn other_reader(&self, mine: Mark, granule: &Granule) -> Option<Mark> {
        let epoch = || granule.read[1].load(Ordering::Relaxed) >> 32 << 32;
        self.lacks_order(mine, granule.more.load(Ordering::Relaxed), epoch)
    }

    #[inline(always)]
    fn lacks_order(&self, mine: Mark, mark: Mark, order: impl Fn() -> u64) -> Option<Mark> {
        if mark < self.launch || mine & mark & ATOMIC != 0 {
            return None;
        }
        let (order, owner) = (order(), (mark >> 32) as u32);
        let ordered = if owner == self.me {
            (mine ^ mark) & THREAD == 0
                || order < self.floor
                || (mine ^ mark) & WARP == 0 && (order ^ self.order) >> 32 != 0
        } else {
            self.state.released(self.me, owner, order as u32)
        };
        (!ordered).then_some(mark)
    }
}

impl GlobalRaces {
    /// The cell of an address, wherever it lies.
    #[cold]
    fn foreign(&self, address: u64) -> &Cell {
        if let Some(shadow) = &self.shadow
            && address.wrapping_sub(shadow.of) < shadow.bytes
        {
            // SAFETY: the shadow has a cell for each unit of the memory it belongs to.
            return unsafe { &*((shadow.base + ((address - shadow.of) >> self.shift) * CELL) as *const Cell) };
        }
        let mut cells = self.foreign.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let cell: *const Cell = &**cells.entry(address >> self.shift).or_default();
        // SAFETY: cells are boxed and stay until the launch ends.
        unsafe { &*cell }
    }
}

#[cold]
fn report(w: &mut Warp, space: u8, access: Access, at: &[u64; 32], size: u64, conflict: &Conflict) {
    let &Conflict {
        lane,
        address,
        me,
        other,
    } = conflict;
    if same_value(w, space, access, at, size, conflict) {
        return;
    }
    let (pc, block) = (w.group.pc, w.block());
    // SAFETY: the code outlives the launch.
    let code = unsafe { &*block.code() };
    let thread = |mark: Mark| ((mark & THREAD) >> THREAD_SHIFT) as u32;
    let place = |mark: Mark| ((mark & PLACE) as usize).min(code.ops.len() - 1);
    let what = match access {
        Access::Read | Access::StrongRead => "read",
        Access::Write | Access::StrongWrite => "write",
        Access::Atomic => "atomic operation",
    };
    let memory = if space == SHARED { "shared" } else { "global" };
    let text = |what: &str, whose: String, other: Mark| {
        let line = code.places[place(other)].line;
        format!("race: {what} of {memory} memory at {address:#x} conflicts with {whose} at ptx line {line}")
    };
    if space == SHARED || (me ^ other) >> 32 == 0 {
        let whose = format!("thread {} of the same block", thread(other));
        block.note(FaultKind::LaunchFailed, pc, lane as u32, "race", || {
            text(what, whose, other)
        });
        return;
    }
    // Two blocks may have come in either order: the one with the higher number is told of.
    let number = |mark: Mark| (mark >> 32) - u64::from(block.context().races.base) - 1;
    let whose = |mark: Mark| format!("thread {} of block {}", thread(mark), number(mark));
    if other < me {
        let whose = whose(other);
        block.note(FaultKind::LaunchFailed, pc, lane as u32, "race", || {
            text(what, whose, other)
        });
    } else {
        let what = match code.ops[place(other)].class {
            Class::Load | Class::AsyncCopy => "read",
            Class::Atomic => "atomic operation",
            _ => "write",
        };
        let message = text(what, whose(me), me);
        block.note_elsewhere(number(other), thread(other), place(other) as u32, message);
    }
}

/// Whether both accesses write the same value, as when several threads set one flag: CUDA lets one of them win.
fn same_value(w: &mut Warp, space: u8, access: Access, at: &[u64; 32], size: u64, conflict: &Conflict) -> bool {
    let pc = w.group.pc;
    let block: *const Block = w.block();
    // SAFETY: block and code outlive the instruction; only what lies apart from the warp is read.
    let (block, code) = unsafe { (&*block, &*(*block).code()) };
    let writer = &code.ops[(conflict.other & PLACE).min(code.ops.len() as u64 - 1) as usize];
    let op: &Op = &code.ops[pc as usize];
    if access != Access::Write || op.class != Class::Store || writer.class != Class::Store {
        return false;
    }
    let (lane, width) = (conflict.lane, usize::from(op.width));
    let value = |lane: usize| -> Vec<u8> {
        let part = |&source: &u32| {
            let wide = width >= 8;
            // SAFETY: the decoder gave rows of the element's width.
            let bits = unsafe {
                match (width, wide) {
                    (16, _) => <u128 as crate::ops::vector::Lane>::get(w.row(source), lane),
                    (_, true) => u128::from(*w.row(source).cast::<u64>().add(lane)),
                    _ => u128::from(*w.row(source).add(lane)),
                }
            };
            bits.to_le_bytes()[..width].to_vec()
        };
        code.list(op).iter().flat_map(part).collect()
    };
    let mine = value(lane);
    let thread = ((conflict.other & THREAD) >> THREAD_SHIFT) as u32;
    let (other_lane, same_warp) = ((thread & 31) as usize, thread / 32 == w.index);
    let now = conflict.other & PLACE == u64::from(pc).min(PLACE)
        && same_warp
        && (space == SHARED || (conflict.me ^ conflict.other) >> 32 == 0)
        && at[other_lane] == at[lane];
    if now && w.group.mask >> other_lane & 1 != 0 && value(other_lane) == mine {
        return true;
    }
    let host = if space == SHARED {
        block.shared.as_ptr() as u64 + at[lane]
    } else {
        at[lane]
    };
    // SAFETY: the access was found inside live memory before it was looked at.
    let old = unsafe { std::slice::from_raw_parts(host as *const u8, size as usize) };
    !now && old == mine
}

/// An atomic or volatile access: where it reads, what its last writer had fenced becomes known; where it writes, what
/// this block has fenced is released.
fn synchronise(w: &mut Warp, space: u8, at: &[u64; 32], mask: u32, access: Access) {
    let block = w.block();
    let (reads, writes) = (access != Access::StrongWrite, access != Access::StrongRead);
    if space == SHARED {
        let Races {
            flags,
            floor,
            fences,
            fence_epoch,
            ..
        } = &mut block.races;
        for lane in each(mask) {
            if reads && let Some(&epoch) = flags.get(&at[lane]) {
                *floor = (*floor).max(epoch);
            }
            if writes && *fences > 1 {
                flags.insert(at[lane], *fence_epoch);
            }
        }
        return;
    }
    let state: *const GlobalRaces = &block.context().races;
    // SAFETY: the launch keeps the state for as long as its blocks run.
    let state = unsafe { &*state };
    let me = state.base + block.index as u32 + 1;
    let fences = block.races.fences;
    let mut order = state.order.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let Order { released, known } = &mut *order;
    // Without a fence before it a write releases nothing.
    let writes = writes && (fences > 1 || known.contains_key(&me));
    let mut last = u64::MAX;
    for lane in each(mask) {
        if std::mem::replace(&mut last, at[lane]) == at[lane] {
            continue;
        }
        if reads && let Some(cell) = released.get(&at[lane]) {
            let known = known.entry(me).or_default();
            for (&owner, &fence) in cell {
                let mine = known.entry(owner).or_default();
                *mine = (*mine).max(fence);
                if owner == me {
                    let races = &mut block.races;
                    races.floor = races.floor.max(races.fence_epoch);
                }
            }
        }
        if writes {
            let cell = released.entry(at[lane]).or_default();
            let known = known.entry(me).or_default();
            known.insert(me, fences);
            for (&owner, &fence) in known.iter() {
                let theirs = cell.entry(owner).or_default();
                *theirs = (*theirs).max(fence);
            }
        }
    }
}
