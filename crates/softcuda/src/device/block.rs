//! A thread block: its warps, shared memory and barriers, and the order in which its warps run.

use super::launch::{Options, Schedule};
use super::memory::{Allocation, Memory, Shadow};
use super::op::*;
use super::warp::{OpCount, Stop, Trouble, Wait, Warp, each};
use super::{FaultKind, Kind as AllocationKind};

/// Branches a warp may take before the block's next warp runs.
const SLICE: i64 = 20_000;
/// Findings of one block kept before they are joined.
const FINDINGS: usize = 1000;

/// What all blocks of a launch share.
pub struct Context<'a> {
    /// Tells launches apart.
    pub serial: u64,
    pub code: &'a Code,
    pub pool: *const u32,
    pub memory: &'a Memory,
    pub options: &'a Options,
    pub kernel: usize,
    pub grid: [u32; 3],
    pub block: [u32; 3],
    pub parameters: &'a [u8],
    pub shared_static: u32,
    pub shared_bytes: u32,
    pub module_local: u32,
    /// Where the shadow of the memory check lies, when it is on.
    pub written: Option<Shadow>,
    pub races: super::races::GlobalRaces,
    pub workspace: Option<super::launch::Workspace<'a>>,
}

impl Context<'_> {
    /// The coordinates of a block by its number.
    pub fn block_of(&self, index: u64) -> [u32; 3] {
        let [gx, gy, _] = self.grid.map(u64::from);
        [(index % gx) as u32, (index / gx % gy) as u32, (index / gx / gy) as u32]
    }
}

// SAFETY: the pool is only read while a launch runs.
unsafe impl Sync for Context<'_> {}

#[derive(Clone, Debug, Default)]
struct Barrier {
    /// Lanes arrived, per warp.
    arrived: Vec<u32>,
    /// Threads expected; 0 = all of the block.
    expected: u32,
    accumulate: [u32; 3],
    /// Where each warp's lanes arrived, and which of its lanes did not come with them though they were on their way.
    places: Vec<(u32, u32)>,
}

impl Barrier {
    fn reset(&mut self, warps: usize) {
        self.arrived.clear();
        self.arrived.resize(warps, 0);
        self.places.clear();
        self.expected = 0;
        self.accumulate = [0; 3];
    }
}

/// A finding that did not stop the kernel.
#[derive(Clone, Debug)]
pub struct Finding {
    pub trouble: Trouble,
    pub warp: u32,
    /// The block, where it is another than the one that found it.
    pub block: Option<u64>,
}

/// What became of a block's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Finished,
    /// Used its time; `polling` when it seems to wait for another block.
    Working {
        polling: bool,
    },
    Faulted,
}

pub struct Block {
    context: *const Context<'static>,
    serial: u64,
    pub index: u64,
    pub id: [u32; 3],
    pub shared: Vec<u8>,
    pub written: Vec<u8>,
    pub warps: Vec<Warp>,
    barriers: Vec<Barrier>,
    pub printed: String,
    pub findings: Vec<Finding>,
    pub dropped: u64,
    /// Allocations used lately.
    ranges: [(u64, u64, bool); 4],
    next_range: usize,
    next_warp: usize,
    random: u64,
    pub running: u32,
    /// What the last barrier's reduction gave.
    pub result: [u32; 3],
    pub barrier_count: u64,
    /// Barriers at which somebody has arrived.
    pending: u32,
    /// Whether checks or counters look at memory accesses.
    pub observing: bool,
    pub traffic: super::observe::Traffic,
    /// Read, written.
    pub sectors: [super::observe::Sectors; 2],
    pub patterns: super::observe::Patterns,
    pub races: super::races::Races,
}

// SAFETY: the context outlives the launch and is shared read-only.
unsafe impl Send for Block {}

impl Block {
    pub fn new() -> Block {
        Block {
            context: std::ptr::null(),
            serial: 0,
            index: 0,
            id: [0; 3],
            shared: Vec::new(),
            written: Vec::new(),
            warps: Vec::new(),
            barriers: vec![Barrier::default(); 16],
            printed: String::new(),
            findings: Vec::new(),
            dropped: 0,
            ranges: [(0, 0, false); 4],
            next_range: 0,
            next_warp: 0,
            random: 0,
            running: 0,
            result: [0; 3],
            barrier_count: 0,
            pending: 0,
            observing: false,
            traffic: super::observe::Traffic::default(),
            sectors: Default::default(),
            patterns: super::observe::Patterns::default(),
            races: super::races::Races::default(),
        }
    }

    pub fn context(&self) -> &Context<'static> {
        // SAFETY: `start` set it from a context that lives until the launch ends.
        unsafe { &*self.context }
    }

    /// Whether its memory is worth keeping for the next launch.
    pub fn is_small(&self) -> bool {
        let local: usize = self.warps.iter().map(|warp| warp.local.len()).sum();
        local <= 1 << 22
    }

    /// The code, for as long as the launch lasts.
    pub fn code(&self) -> *const Code {
        self.context().code
    }

    pub fn memory(&self) -> &Memory {
        self.context().memory
    }

    /// Makes the block ready to run.
    pub fn start(&mut self, context: &Context<'_>, index: u64) {
        // A block that ran before in this launch keeps what does not change.
        let fresh = self.serial != context.serial;
        if fresh {
            self.ranges = Default::default();
        }
        self.serial = context.serial;
        self.context = std::ptr::from_ref(context).cast();
        self.index = index;
        self.id = context.block_of(index);
        self.shared.clear();
        // Poison rather than zeros: what nobody wrote should not look like a fresh accumulator.
        self.shared.resize(
            context.shared_bytes as usize + 16,
            if context.options.poison { 0xcb } else { 0 },
        );
        self.written.clear();
        if context.options.check_memory {
            self.written.resize(context.shared_bytes as usize + 16, 0);
        }
        let [bx, by, bz] = context.block;
        let threads = bx * by * bz;
        let count = threads.div_ceil(32);
        self.warps.resize_with(count as usize, Warp::new);
        self.running = count;
        self.printed.clear();
        self.findings.clear();
        self.dropped = 0;
        self.barrier_count = 0;
        self.next_warp = 0;
        if let Schedule::Random(seed) = context.options.schedule {
            self.random = mix(seed ^ mix(index + 1));
        }
        for barrier in &mut self.barriers {
            barrier.reset(count as usize);
        }
        let races = context.options.check_races;
        self.observing = races || context.options.check_memory || context.options.counters;
        let unit = context.code.units[context.kernel].shared;
        self.races.start(races, unit, context.shared_bytes, count);
        let function = &context.code.functions[context.code.kernels[context.kernel] as usize];
        let this: *mut Block = self;
        let sm = (index % u64::from(context.options.multiprocessors.max(1))) as u32;
        for warp_index in 0..count {
            let warp = &mut self.warps[warp_index as usize];
            let first = warp_index * 32;
            let lanes = (threads - first).min(32);
            let mask = if lanes == 32 { !0 } else { (1 << lanes) - 1 };
            warp.index = warp_index;
            warp.block = this;
            warp.prepare_specials();
            if fresh {
                set_specials(warp, context, first);
            }
            let changing = [
                (SpecialRow::CtaidX, self.id[0]),
                (SpecialRow::CtaidY, self.id[1]),
                (SpecialRow::CtaidZ, self.id[2]),
                (SpecialRow::SmId, sm),
            ];
            for (row, value) in changing {
                (0..32).for_each(|lane| warp.special(row, lane, value));
            }
            warp.start(function, context.pool, mask, u64::from(context.module_local));
        }
    }

    /// Runs the block's warps in turn.
    pub fn run<const COUNT: bool>(&mut self, counts: &mut [OpCount]) -> Turn {
        let this: *mut Block = self;
        let code = self.context().code;
        let schedule = self.context().options.schedule;
        let count = self.warps.len();
        let mut polls = 0u64;
        let mut steps = 0u64;
        let rounds = if count > 8 { 8 } else { 16 };
        for _ in 0..rounds {
            let mut progress = false;
            for turn in 0..count {
                let index = match schedule {
                    Schedule::Forward => turn,
                    Schedule::Reverse => count - 1 - turn,
                    Schedule::Random(_) => {
                        self.random = mix(self.random);
                        (self.random % count as u64) as usize
                    }
                };
                // SAFETY: the warp reaches its block only through the pointer, never through `self.warps`, except in
                // the barrier, which touches other warps and this one's groups that do not run.
                let warp = unsafe { &mut (&mut (*this).warps)[index] };
                if warp.live == 0 {
                    continue;
                }
                warp.block = this;
                warp.budget = match schedule {
                    Schedule::Random(_) => (self.random >> 40) as i64 % 400 + 1,
                    _ => SLICE,
                };
                warp.polls = 0;
                let before = warp.instructions;
                let stop = match self.context().options.check_memory {
                    true => warp.run::<COUNT, true>(code, counts),
                    false => warp.run::<COUNT, false>(code, counts),
                };
                steps += warp.instructions - before;
                polls += u64::from(warp.polls) + if warp.yielded { SLICE as u64 } else { 0 };
                progress |= warp.instructions != before;
                if stop == Stop::Faulted {
                    return Turn::Faulted;
                }
                if self.running == 0 {
                    return Turn::Finished;
                }
                let limit = self.context().options.step_limit;
                if limit != 0 && warp.instructions > limit {
                    let message = format!("more than {limit} instructions in one warp");
                    warp.fault(FaultKind::Timeout, warp.group.mask.trailing_zeros().min(31), message);
                    return Turn::Faulted;
                }
            }
            if polls * 64 > steps {
                // Whatever this block polls for may come from another block.
                if progress {
                    return Turn::Working { polling: true };
                }
            }
            if !progress && !matches!(schedule, Schedule::Random(_)) {
                return self.deadlock();
            }
            if !progress && self.warps.iter().all(|warp| warp.live == 0 || !has_ready(warp)) {
                return self.deadlock();
            }
        }
        Turn::Working {
            polling: polls * 64 > steps,
        }
    }

    /// Nobody can run: a barrier waits for threads that wait elsewhere.
    fn deadlock(&mut self) -> Turn {
        for index in 0..self.warps.len() {
            let warp = &mut self.warps[index];
            if warp.live == 0 {
                continue;
            }
            let waiting = warp
                .others
                .iter()
                .copied()
                .chain([warp.group])
                .find(|group| group.mask != 0);
            let Some(group) = waiting else { continue };
            warp.group = group;
            let what = match group.wait {
                Wait::Barrier(id) => format!("deadlock: threads wait at barrier {id} for threads that never come"),
                _ => "deadlock: threads wait for lanes of their warp that wait elsewhere".to_owned(),
            };
            warp.fault(FaultKind::LaunchFailed, group.mask.trailing_zeros(), what);
            return Turn::Faulted;
        }
        Turn::Finished
    }

    pub fn stack_bytes(&self) -> u64 {
        u64::from(self.context().options.stack_bytes)
    }

    /// Keeps a finding, once per instruction and class.
    #[cold]
    pub fn note(&mut self, kind: FaultKind, pc: u32, lane: u32, class: &'static str, message: impl FnOnce() -> String) {
        let wanted = match class {
            "divergent-sync" | "barrier" => self.context().options.check_barriers,
            "race" => self.context().options.check_races,
            _ => true,
        };
        if !wanted {
            return;
        }
        if self.findings.len() >= FINDINGS
            || self
                .findings
                .iter()
                .any(|f| f.trouble.pc == pc && f.trouble.kind == kind)
        {
            self.dropped += 1;
            return;
        }
        let warp = self.current_warp(pc, lane);
        let trouble = Trouble {
            kind,
            message: message(),
            pc,
            lane,
        };
        self.findings.push(Finding {
            trouble,
            warp,
            block: None,
        });
    }

    /// A barrier finding about a warp that is not at its place any more.
    fn note_at(&mut self, warp: usize, kind: FaultKind, pc: u32, lane: u32, message: String) {
        let before = self.findings.len();
        self.note(kind, pc, lane, "barrier", || message);
        if let Some(finding) = self.findings.get_mut(before) {
            finding.warp = warp as u32;
        }
    }

    /// A race of which the later access, by its block's number, is another block's.
    #[cold]
    pub fn note_elsewhere(&mut self, block: u64, thread: u32, pc: u32, message: String) {
        let before = self.findings.len();
        self.note(FaultKind::LaunchFailed, pc, thread & 31, "race", || message);
        if let Some(finding) = self.findings.get_mut(before) {
            (finding.warp, finding.block) = (thread / 32, Some(block));
        }
    }

    fn current_warp(&self, pc: u32, lane: u32) -> u32 {
        let here = |warp: &&Warp| warp.group.pc == pc && warp.group.mask >> (lane & 31) & 1 != 0 && warp.live != 0;
        self.warps.iter().find(here).map_or(0, |warp| warp.index)
    }

    /// The allocation that holds [address, address + size), from the ranges used lately or the memory's table.
    #[inline(always)]
    pub fn range(&mut self, address: u64, size: u64) -> Option<(u64, u64, bool)> {
        for range in &self.ranges {
            if address >= range.0 && address.wrapping_add(size) <= range.1 && address < range.1 {
                return Some(*range);
            }
        }
        self.find_range(address, size)
    }

    #[cold]
    fn find_range(&mut self, address: u64, size: u64) -> Option<(u64, u64, bool)> {
        let Allocation {
            base,
            size: length,
            read_only,
            kind,
            ..
        } = self.memory().find_accessible(address)?;
        if address - base > length || size > length - (address - base) {
            return None;
        }
        let range = (base, base + length, read_only);
        // A kernel's heap may be freed while it runs.
        if kind != AllocationKind::Heap {
            self.ranges[self.next_range] = range;
            self.next_range = (self.next_range + 1) % self.ranges.len();
        }
        Some(range)
    }

    /// Lanes arrive at barrier `id`; true when the barrier is complete and the caller need not wait.
    /// `reduce` is the predicate of bar.red for these lanes; `wait` false for bar.arrive.
    pub fn arrive(&mut self, warp: &mut Warp, mask: u32, id: usize, expected: u32, reduce: Option<u32>) -> bool {
        if self.context().options.check_barriers && mask != warp.live && expected == 0 {
            self.check_divergence(warp, mask, id);
        }
        let barrier = &mut self.barriers[id];
        if expected != 0 {
            barrier.expected = expected;
        }
        barrier.arrived[warp.index as usize] |= mask;
        self.pending |= 1 << id;
        if let Some(bits) = reduce {
            barrier.accumulate[0] += (bits & mask).count_ones();
            barrier.accumulate[1] |= (!bits & mask != 0) as u32;
            barrier.accumulate[2] |= (bits & mask != 0) as u32;
        }
        self.barrier_count += 1;
        self.complete(id)
    }

    /// A part of a warp arrives. That is no bug where the rest arrives at the same instruction, or leaves the kernel.
    #[cold]
    fn check_divergence(&mut self, warp: &Warp, mask: u32, id: usize) {
        let pc = warp.group.pc;
        let leaving = warp
            .others
            .iter()
            .filter(|group| warp.leaves(self.context().code, group.pc));
        let leaving = leaving.fold(0, |lanes, group| lanes | group.mask);
        let missing = warp.live & !mask & !leaving;
        let (index, count) = (warp.index as usize, self.warps.len());
        let barrier = &mut self.barriers[id];
        barrier.places.resize(count, (u32::MAX, 0));
        let (place, awaited) = barrier.places[index];
        barrier.places[index] = (pc, missing & if place == u32::MAX { !0 } else { awaited });
        if place != u32::MAX && place != pc {
            let message =
                format!("barrier divergence: the lanes of a warp reach barrier {id} at different instructions");
            self.note_at(index, FaultKind::LaunchFailed, pc, mask.trailing_zeros(), message);
        }
    }

    /// Releases a barrier when all it waits for have come.
    fn complete(&mut self, id: usize) -> bool {
        let barrier = &self.barriers[id];
        let mut count = 0;
        let mut any = false;
        let mut all = true;
        for (warp, &arrived) in self.warps.iter().zip(&barrier.arrived) {
            any |= arrived != 0;
            if arrived & warp.live == warp.live {
                // A whole warp counts as 32 threads, even when its block has fewer.
                count += if arrived != 0 { 32 } else { 0 };
            } else {
                count += arrived.count_ones();
                all = false;
            }
        }
        if !any
            || !(if barrier.expected == 0 {
                all
            } else {
                count >= barrier.expected.next_multiple_of(32)
            })
        {
            return false;
        }
        let accumulate = barrier.accumulate;
        let count = self.warps.len();
        self.barriers[id].reset(count);
        self.races.barrier();
        let code: *const Code = self.context().code;
        for warp in &mut self.warps {
            for index in 0..warp.others.len() {
                let group = warp.others[index];
                if group.wait != Wait::Barrier(id as u8) {
                    continue;
                }
                // SAFETY: the code outlives the launch.
                let op = unsafe { &(&(*code).ops)[group.pc as usize] };
                deliver(warp, op, group.mask, group.frame, accumulate);
                warp.others[index].wait = Wait::Ready;
                warp.others[index].pc += 1;
            }
        }
        self.result = accumulate;
        true
    }

    /// Lanes of a warp exited: barriers may be complete without them.
    pub fn lanes_exited(&mut self, index: u32, mask: u32) {
        for id in 0..16 {
            if self.pending >> id & 1 == 0 {
                continue;
            }
            let Some(&(pc, awaited)) = self.barriers[id].places.get(index as usize) else {
                continue;
            };
            if self.barriers[id].arrived[index as usize] != 0 && awaited & mask != 0 {
                let message = format!(
                    "barrier divergence: lanes {:#010x} wait at barrier {id} for others of their warp, which leave the kernel",
                    self.barriers[id].arrived[index as usize]
                );
                let lane = self.barriers[id].arrived[index as usize].trailing_zeros();
                self.note_at(index as usize, FaultKind::LaunchFailed, pc, lane, message);
            }
        }
        if self.warps[index as usize].live == 0 {
            self.running -= 1;
        }
        for id in 0..16 {
            if self.pending >> id & 1 != 0 {
                self.complete(id);
            }
        }
    }
}

/// Fills the special rows that are the same in every block of a launch.
fn set_specials(warp: &mut Warp, context: &Context<'_>, first: u32) {
    let [bx, by, bz] = context.block;
    let workspace = context.workspace.as_ref().map_or(0, |workspace| workspace.address);
    for lane in 0..32u32 {
        let thread = first + lane;
        let bit = 1u32 << lane;
        let values = [
            (SpecialRow::TidX, thread % bx),
            (SpecialRow::TidY, thread / bx % by),
            (SpecialRow::TidZ, thread / bx / by),
            (SpecialRow::NtidX, bx),
            (SpecialRow::NtidY, by),
            (SpecialRow::NtidZ, bz),
            (SpecialRow::NctaidX, context.grid[0]),
            (SpecialRow::NctaidY, context.grid[1]),
            (SpecialRow::NctaidZ, context.grid[2]),
            (SpecialRow::LaneId, lane),
            (SpecialRow::WarpId, first / 32),
            (SpecialRow::NWarpId, 64),
            (SpecialRow::NSmId, context.options.multiprocessors),
            (SpecialRow::GridId, 1),
            (SpecialRow::LanemaskEq, bit),
            (SpecialRow::LanemaskLt, bit - 1),
            (SpecialRow::LanemaskLe, bit | (bit - 1)),
            (SpecialRow::LanemaskGe, !(bit - 1)),
            (SpecialRow::LanemaskGt, !(bit | (bit - 1))),
            (SpecialRow::DynamicShared, context.shared_bytes - context.shared_static),
            (SpecialRow::TotalShared, context.shared_bytes),
            (SpecialRow::DynamicOffset, context.shared_static),
            (SpecialRow::Zero, 0),
            (SpecialRow::WorkspaceLow, workspace as u32),
            (SpecialRow::WorkspaceHigh, (workspace >> 32) as u32),
            (SpecialRow::One, 1),
        ];
        for (row, value) in values {
            warp.special(row, lane as usize, value);
        }
        warp.special(SpecialRow::DynamicOffset64, 2 * lane as usize, context.shared_static);
        warp.special(SpecialRow::DynamicOffset64, 2 * lane as usize + 1, 0);
    }
}

fn has_ready(warp: &Warp) -> bool {
    (warp.group.mask != 0 && warp.group.wait == Wait::Ready)
        || warp.others.iter().any(|group| !matches!(group.wait, Wait::Barrier(_)))
}

/// Writes the result of a bar.red for a group.
pub fn deliver(warp: &mut Warp, op: &Op, mask: u32, frame: u32, [count, some_false, some_true]: [u32; 3]) {
    let row = if op.mode >= 2 { warp.row_in(frame, op.d) } else { return };
    // SAFETY: the decoder gave a 32-bit row for popc, a predicate otherwise.
    unsafe {
        match op.mode {
            2 => each(mask).for_each(|lane| *row.add(lane) = count),
            3 => crate::ops::vector::write_predicate(row, mask, if some_false == 0 { !0 } else { 0 }),
            _ => crate::ops::vector::write_predicate(row, mask, if some_true != 0 { !0 } else { 0 }),
        }
    }
}

impl Default for Block {
    fn default() -> Block {
        Block::new()
    }
}

/// A step of splitmix64.
pub fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
