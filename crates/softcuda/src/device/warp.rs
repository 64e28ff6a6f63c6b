//! A warp: 32 lanes with their registers, and the loop that executes them.
//!
//! Lanes at the same place form a group and run together; a divergent branch makes two groups of one. The group
//! deepest in calls, then lowest in the code, runs first, so that lanes meet again where the branches join. A group
//! that keeps looping while others wait has to let them run, so that locks between the lanes of a warp are no trap.

mod call;

use std::collections::VecDeque;

use call::Frame;

use super::block::Block;
use super::op::*;
use super::undefined::{self, Undefined};
use super::{Fault, FaultKind};

/// How long one group of a warp may keep the others waiting: control transfers, of which one after a poll counts 8192.
const PATIENCE: u32 = 1 << 20;

/// Why a group does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    Ready,
    Barrier(u8),
    /// At a warp-synchronous instruction whose lanes have not all come.
    Lanes,
}

/// Lanes that run together.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    pub mask: u32,
    pub pc: u32,
    /// Word offset of the frame's registers.
    pub frame: u32,
    pub wait: Wait,
}

/// What stopped the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    Exited,
    /// Every group waits for a barrier.
    Blocked,
    /// The time slice is over.
    Slice,
    Faulted,
}

/// A fault or finding before the launch adds kernel and place.
#[derive(Clone, Debug)]
pub struct Trouble {
    pub kind: FaultKind,
    pub message: String,
    pub pc: u32,
    pub lane: u32,
}

/// 64-byte aligned words.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u32; 16]);

#[derive(Default)]
pub struct Words(Vec<Line>);

impl Words {
    pub fn resize(&mut self, words: usize) {
        if self.0.len() * 16 < words {
            self.0.resize(words.div_ceil(16), Line([0; 16]));
        }
    }

    pub fn as_mut_ptr(&mut self) -> *mut u32 {
        self.0.as_mut_ptr().cast()
    }

    pub fn as_ptr(&self) -> *const u32 {
        self.0.as_ptr().cast()
    }
}

/// Copies of cp.async that have not taken effect.
#[derive(Clone, Debug)]
pub struct PendingCopy {
    pub mask: u32,
    /// The commit group it belongs to, by lane counter.
    pub group: u32,
    pub destination: [u32; 32],
    pub source: [u64; 32],
    pub size: u8,
    /// Every lane copies `size` bytes.
    pub whole: bool,
    pub source_size: [u8; 32],
}

/// Counts per instruction, kept where counters are on. Straight runs of instructions are counted at their ends: the
/// first two are differences to the instruction before, which [`total`] sums up.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpCount {
    pub executed: u64,
    pub lanes: u64,
    /// Lanes that a guard kept from taking part.
    pub guarded: u64,
}

/// Turns differences into counts.
pub fn total(counts: &mut [OpCount]) {
    let (mut executed, mut lanes) = (0u64, 0u64);
    for count in counts {
        executed = executed.wrapping_add(count.executed);
        lanes = lanes.wrapping_add(count.lanes);
        (count.executed, count.lanes) = (executed, lanes - count.guarded);
    }
}

/// Notes that instructions `from..to` were executed by `mask`.
#[inline(always)]
fn count_run(counts: &mut [OpCount], from: u32, to: u32, mask: u32) {
    let lanes = u64::from(mask.count_ones());
    for (at, executed, lanes) in [(from, 1, lanes), (to, 1u64.wrapping_neg(), lanes.wrapping_neg())] {
        let count = &mut counts[at as usize];
        count.executed = count.executed.wrapping_add(executed);
        count.lanes = count.lanes.wrapping_add(lanes);
    }
}

pub struct Warp {
    bases: [*mut u32; 4],
    pub group: Group,
    /// Where the running group meets another.
    meet: u32,
    pub others: Vec<Group>,
    /// Where the kernel's own registers end, and the called functions' frames, by place.
    first_frame: u32,
    frames: Vec<Frame>,
    /// Lanes that have not exited.
    pub live: u32,
    pub index: u32,
    registers: Words,
    specials: Words,
    /// Local memory, `local_stride` bytes per lane.
    pub local: Vec<u8>,
    pub local_stride: usize,
    /// The block this warp belongs to; set while it runs.
    pub block: *mut Block,
    pub copies: VecDeque<PendingCopy>,
    /// Commit groups each lane has closed.
    pub committed: [u32; 32],
    pub trouble: Option<Trouble>,
    /// Branches taken since the groups last changed places, and what a favoured group has left.
    spin: u32,
    favour: u32,
    /// Polls at the last control transfer.
    polled: u64,
    /// Executed instructions left in this time slice.
    pub budget: i64,
    /// Loads and atomics that may be waiting for another warp, in this slice.
    pub polls: u32,
    pub instructions: u64,
    pub divergences: u64,
    pub yielded: bool,
    pub undefined: Undefined,
}

// SAFETY: the pointers refer to the image's pool (shared, never written) and to the block that owns the warp; a block
// and its warps move between threads together.
unsafe impl Send for Warp {}

impl Warp {
    pub fn new() -> Warp {
        Warp {
            bases: [std::ptr::null_mut(); 4],
            group: Group {
                mask: 0,
                pc: 0,
                frame: 0,
                wait: Wait::Ready,
            },
            meet: u32::MAX,
            others: Vec::new(),
            first_frame: 0,
            frames: Vec::new(),
            live: 0,
            index: 0,
            registers: Words::default(),
            specials: Words::default(),
            local: Vec::new(),
            local_stride: 0,
            block: std::ptr::null_mut(),
            copies: VecDeque::new(),
            committed: [0; 32],
            trouble: None,
            spin: 0,
            favour: 0,
            polled: 0,
            budget: 0,
            polls: 0,
            instructions: 0,
            divergences: 0,
            yielded: false,
            undefined: Undefined::default(),
        }
    }

    /// Makes the warp ready to run a kernel from its start.
    pub fn start(&mut self, function: &FunctionCode, pool: *const u32, mask: u32, local_base: u64) {
        self.registers.resize(function.frame_words as usize);
        self.specials.resize(SpecialRow::Count as usize * 32);
        self.group = Group {
            mask,
            pc: function.entry,
            frame: 0,
            wait: Wait::Ready,
        };
        self.meet = u32::MAX;
        self.others.clear();
        self.first_frame = function.frame_words;
        self.frames.clear();
        self.live = mask;
        self.copies.clear();
        self.committed = [0; 32];
        self.trouble = None;
        self.instructions = 0;
        (self.spin, self.favour) = (0, 0);
        self.bases[1] = pool.cast_mut();
        self.bases[2] = self.specials.as_mut_ptr();
        self.rebase();
        let top = local_base + u64::from(function.local_bytes).next_multiple_of(16);
        for lane in 0..32 {
            self.set_header(0, RETURN_ROW, lane, u32::MAX);
            // SAFETY: the header rows of the first frame exist.
            unsafe {
                *self.bases[0].add(LOCAL_ROW as usize).cast::<u64>().add(lane) = local_base;
                *self.bases[0].add(STACK_ROW as usize).cast::<u64>().add(lane) = top;
            }
        }
        self.reserve_local(top);
        let check = self.block().context().options.check_memory;
        self.undefined.start(check);
        self.undefined.enter(0, &function.unwritten, mask);
    }

    fn rebase(&mut self) {
        let base = self.registers.as_mut_ptr();
        // SAFETY: frames lie inside the register file, which `enter` grows first.
        self.bases[0] = unsafe { base.add(self.group.frame as usize) };
        self.bases[3] = self.bases[0];
    }

    pub fn reserve_local(&mut self, bytes: u64) {
        let needed = bytes.next_multiple_of(64) as usize;
        if needed > self.local_stride {
            let stride = if self.local_stride == 0 {
                needed
            } else {
                needed.next_power_of_two()
            };
            let mut grown = vec![0u8; stride * 32];
            for lane in 0..32 {
                let (from, to) = (lane * self.local_stride, lane * stride);
                grown[to..to + self.local_stride].copy_from_slice(&self.local[from..from + self.local_stride]);
            }
            self.local = grown;
            self.local_stride = stride;
        }
    }

    pub fn block(&mut self) -> &mut Block {
        // SAFETY: a warp runs only inside its block, which set the pointer and holds the warp apart meanwhile.
        unsafe { &mut *self.block }
    }

    /// The row of an operand.
    #[inline(always)]
    pub fn row(&self, operand: u32) -> *mut u32 {
        // SAFETY: the decoder made the offset for that base.
        unsafe {
            self.bases
                .get_unchecked((operand >> 30) as usize)
                .add((operand & OFFSET) as usize)
        }
    }

    /// The operands in an instruction's list.
    #[inline(always)]
    pub fn list(&self, op: &Op) -> &'static [u32] {
        // SAFETY: the block's context lives as long as the launch, and with it the code.
        unsafe { (*(*self.block).code()).list(op) }
    }

    pub fn special(&mut self, row: SpecialRow, lane: usize, value: u32) {
        // SAFETY: `start` made a row for each.
        unsafe { *self.specials.as_mut_ptr().add(row as usize * 32 + lane) = value }
    }

    pub fn prepare_specials(&mut self) {
        self.specials.resize(SpecialRow::Count as usize * 32);
    }

    /// A row in the frame of a group that is not the running one.
    pub fn row_in(&mut self, frame: u32, operand: u32) -> *mut u32 {
        // SAFETY: the frame exists while a group is in it.
        unsafe { self.registers.as_mut_ptr().add((frame + (operand & OFFSET)) as usize) }
    }

    fn header(&mut self, frame: u32, row: u32, lane: usize) -> u32 {
        // SAFETY: the frame exists.
        unsafe { *self.registers.as_mut_ptr().add((frame + row) as usize + lane) }
    }

    fn set_header(&mut self, frame: u32, row: u32, lane: usize, value: u32) {
        // SAFETY: the frame exists.
        unsafe { *self.registers.as_mut_ptr().add((frame + row) as usize + lane) = value }
    }

    /// The local frame pointer and the top of the stack of a lane.
    pub fn local_frame(&mut self, frame: u32, lane: usize) -> (u64, u64) {
        // SAFETY: the frame exists.
        unsafe {
            let base = self.registers.as_mut_ptr().add(frame as usize);
            let at = |row: u32| *base.add(row as usize).cast::<u64>().add(lane);
            (at(LOCAL_ROW), at(STACK_ROW))
        }
    }

    /// Records a fault of the running instruction.
    #[cold]
    pub fn fault(&mut self, kind: FaultKind, lane: u32, message: String) -> bool {
        self.trouble = Some(Trouble {
            kind,
            message,
            pc: self.group.pc,
            lane,
        });
        false
    }

    #[inline(always)]
    fn guarded(&self, op: &Op) -> u32 {
        if op.guard == NO_GUARD {
            return self.group.mask;
        }
        // SAFETY: guards are predicates of the frame.
        let bits = unsafe { *self.bases[0].add((op.guard >> 1) as usize) };
        self.group.mask & (bits ^ (op.guard & 1).wrapping_neg())
    }

    /// Runs until the warp exits, waits, faults, or has used its slice.
    pub fn run<const COUNT: bool, const CHECK: bool>(&mut self, code: &Code, counts: &mut [OpCount]) -> Stop {
        if self.live == 0 {
            return Stop::Exited;
        }
        self.yielded = false;
        if (self.group.mask == 0 || self.group.wait != Wait::Ready) && !self.choose() {
            return Stop::Blocked;
        }
        self.rebase();
        // Where the straight run began that is going on.
        let mut start = self.group.pc;
        loop {
            let pc = self.group.pc;
            if pc == self.meet {
                self.ran::<COUNT>(counts, start, pc);
                start = pc;
                self.merge();
            }
            let op = &code.ops[pc as usize];
            let mask = self.guarded(op);
            if COUNT && mask != self.group.mask {
                counts[pc as usize].guarded += u64::from((mask ^ self.group.mask).count_ones());
            }
            if CHECK {
                undefined::step(self, code, op, mask);
            }
            // With all lanes together there is nobody to wait for.
            if op.kind == Kind::Plain || op.kind <= Kind::Converged && self.others.is_empty() {
                // SAFETY: the decoder paired the function with operands of its types.
                if mask != 0 && !unsafe { (op.run)(self, op, mask) } {
                    self.ran::<COUNT>(counts, start, pc + 1);
                    return Stop::Faulted;
                }
                self.group.pc = pc + 1;
                continue;
            }
            self.ran::<COUNT>(counts, start, pc + 1);
            if let Some(stop) = self.control(code, op, mask) {
                return stop;
            }
            start = self.group.pc;
        }
    }

    #[inline(always)]
    fn ran<const COUNT: bool>(&mut self, counts: &mut [OpCount], from: u32, to: u32) {
        self.instructions += u64::from(to - from);
        if COUNT {
            count_run(counts, from, to, self.group.mask);
        }
    }

    fn control(&mut self, code: &Code, op: &Op, mask: u32) -> Option<Stop> {
        self.budget -= 1;
        let pc = self.group.pc;
        match op.kind {
            Kind::Branch => {
                let target = op.immediate as u32;
                if mask == self.group.mask {
                    self.group.pc = target;
                } else if mask == 0 {
                    self.group.pc = pc + 1;
                } else {
                    self.divergences += 1;
                    let rest = Group {
                        mask: self.group.mask & !mask,
                        pc: pc + 1,
                        ..self.group
                    };
                    self.others.push(rest);
                    self.group.mask = mask;
                    self.group.pc = target;
                }
                if target <= pc {
                    self.budget -= i64::from(pc - target);
                }
            }
            Kind::BranchIndexed => {
                let indices = self.row(op.a);
                let targets = code.list(op);
                let mut left = mask;
                let all = self.group;
                let mut parts = Vec::new();
                if mask != all.mask {
                    parts.push(Group {
                        mask: all.mask & !mask,
                        pc: pc + 1,
                        ..all
                    });
                }
                while left != 0 {
                    let lane = left.trailing_zeros();
                    // SAFETY: the decoder gave a 32-bit row.
                    let index = unsafe { *indices.add(lane as usize) };
                    // SAFETY: as above.
                    let same = lanes(left, |other| unsafe { *indices.add(other) } == index);
                    let Some(&target) = targets.get(index as usize) else {
                        let message = format!("brx.idx with index {index} of {} targets", targets.len());
                        self.fault(FaultKind::InvalidProgramCounter, lane, message);
                        return Some(Stop::Faulted);
                    };
                    parts.push(Group {
                        mask: same,
                        pc: target,
                        ..all
                    });
                    left &= !same;
                }
                self.divergences += (parts.len() > 1) as u64;
                self.group = parts.pop().unwrap_or(all);
                self.others.append(&mut parts);
            }
            Kind::Plain => {}
            Kind::WarpSync | Kind::Converged => {
                if mask != 0 && !self.gathered(op, mask) {
                    self.group.wait = Wait::Lanes;
                    return self.switch();
                }
                // SAFETY: as in `run`.
                if mask != 0 && !unsafe { (op.run)(self, op, mask) } {
                    return Some(Stop::Faulted);
                }
                self.group.pc = pc + 1;
                return None;
            }
            Kind::Yield => {
                // SAFETY: as in `run`.
                if mask != 0 && !unsafe { (op.run)(self, op, mask) } {
                    return Some(Stop::Faulted);
                }
                self.group.pc = pc + 1;
                self.yielded = true;
                self.spin = PATIENCE;
                self.budget = 0;
            }
            Kind::Call | Kind::CallIndirect => {
                if mask != 0 && !self.call(code, op, mask) {
                    return Some(Stop::Faulted);
                }
                if mask == 0 {
                    self.group.pc = pc + 1;
                }
            }
            Kind::Return => {
                if mask == 0 {
                    self.group.pc = pc + 1;
                } else if self.group.frame == 0 {
                    return self.exit(mask);
                } else {
                    self.leave(code, mask);
                }
            }
            Kind::Exit => {
                if mask == 0 {
                    self.group.pc = pc + 1;
                } else {
                    return self.exit(mask);
                }
            }
            Kind::Barrier => {
                if mask == 0 {
                    self.group.pc = pc + 1;
                } else {
                    if mask != self.group.mask {
                        self.others.push(Group {
                            mask: self.group.mask & !mask,
                            pc: pc + 1,
                            ..self.group
                        });
                        self.group.mask = mask;
                    }
                    // SAFETY: as in `run`; the function arrives, and says in `wait` whether to stay.
                    if !unsafe { (op.run)(self, op, mask) } {
                        return Some(Stop::Faulted);
                    }
                    if self.group.wait != Wait::Ready {
                        return self.switch();
                    }
                    // Arrived without waiting, or the last to come.
                    self.group.pc = pc + 1;
                }
            }
        }
        if !self.others.is_empty() {
            self.reschedule();
        }
        if self.budget <= 0 {
            return Some(Stop::Slice);
        }
        None
    }

    /// Whether all lanes an instruction waits for are in the running group.
    fn gathered(&mut self, op: &Op, mask: u32) -> bool {
        if self.others.is_empty() {
            return true;
        }
        let wanted = if op.kind == Kind::Converged {
            self.live
        } else {
            // SAFETY: `immediate` of a warp-synchronous instruction is its member mask's operand, a 32-bit row.
            unsafe { *self.row(op.immediate as u32).add(mask.trailing_zeros() as usize) & self.live }
        };
        let missing = wanted & !self.group.mask;
        if missing == 0 {
            return true;
        }
        // When everybody who is missing waits as well, no one can come any more: go on with who is here.
        let stuck = self
            .others
            .iter()
            .all(|group| group.mask & missing == 0 || group.wait == Wait::Lanes);
        if stuck {
            let here = self.group;
            let same_place = self
                .others
                .iter()
                .any(|group| group.pc == here.pc && group.frame == here.frame);
            if same_place {
                self.merge();
                return self.gathered(op, mask);
            }
            for group in &mut self.others {
                if group.wait == Wait::Lanes {
                    group.wait = Wait::Ready;
                }
            }
            let pc = self.group.pc;
            let lane = mask.trailing_zeros();
            self.block()
                .note(FaultKind::LaunchFailed, pc, lane, "divergent-sync", || {
                    format!("warp-synchronous instruction reached without lanes {missing:#010x} of its member mask")
                });
        }
        stuck
    }

    /// Joins all groups at the running group's place.
    fn merge(&mut self) {
        let here = self.group;
        let mut mask = here.mask;
        self.others.retain(|group| {
            let same = group.pc == here.pc && group.frame == here.frame && !matches!(group.wait, Wait::Barrier(_));
            if same {
                mask |= group.mask;
            }
            !same
        });
        self.group.mask = mask;
        if self.others.is_empty() {
            (self.spin, self.favour) = (0, 0);
        }
        self.aim();
    }

    fn aim(&mut self) {
        let here = self.group;
        self.meet = u32::MAX;
        for group in &self.others {
            if group.frame == here.frame && group.pc > here.pc && !matches!(group.wait, Wait::Barrier(_)) {
                self.meet = self.meet.min(group.pc);
            }
        }
    }

    /// Which group ought to run: deepest frame, then lowest pc.
    fn best(&self) -> Option<usize> {
        let ready = self
            .others
            .iter()
            .enumerate()
            .filter(|(_, group)| group.wait == Wait::Ready);
        ready
            .min_by_key(|(_, group)| (u32::MAX - group.frame, group.pc))
            .map(|(index, _)| index)
    }

    /// After a control transfer: joins who meets, and picks who runs next.
    fn reschedule(&mut self) {
        self.merge();
        if self.others.is_empty() {
            return;
        }
        // Who polls may wait for lanes that wait here; who does not is left alone for long.
        let polls = u64::from(self.polls);
        self.spin += if polls != self.polled { 8192 } else { 1 };
        self.polled = polls;
        if self.favour > 0 {
            self.favour -= 1;
        } else if self.spin > PATIENCE {
            // Somebody waits too long: the next group in turn is favoured for a while.
            if let Some(index) = self.others.iter().position(|group| group.wait == Wait::Ready) {
                let next = self.others.remove(index);
                self.others.push(self.group);
                self.group = next;
                self.favour = 64;
            }
            self.spin = 0;
        } else if let Some(index) = self.best() {
            let (next, here) = (self.others[index], self.group);
            if (u32::MAX - next.frame, next.pc) < (u32::MAX - here.frame, here.pc) {
                self.others[index] = here;
                self.group = next;
            }
        }
        self.aim();
        self.rebase();
    }

    /// Puts the running group aside and takes another; `Blocked` when there is none.
    fn switch(&mut self) -> Option<Stop> {
        if self.group.mask != 0 {
            self.others.push(self.group);
            self.group.mask = 0;
        }
        if self.choose() { None } else { Some(Stop::Blocked) }
    }

    /// Takes the best ready group; with none, one that waits for lanes.
    fn choose(&mut self) -> bool {
        if self.group.mask != 0 {
            self.others.push(self.group);
            self.group.mask = 0;
        }
        if self.others.is_empty() {
            return false;
        }
        let index = match self.best() {
            Some(index) => index,
            None => match self.others.iter().position(|group| group.wait == Wait::Lanes) {
                // It is asked again whether its lanes are here; lanes at a barrier may yet come.
                Some(index) if self.others.iter().all(|group| group.wait == Wait::Lanes) => index,
                Some(index) if !self.waits_for_barrier(index) => index,
                _ => return false,
            },
        };
        self.group = self.others.remove(index);
        self.group.wait = Wait::Ready;
        self.merge();
        self.rebase();
        true
    }

    fn waits_for_barrier(&self, _index: usize) -> bool {
        self.others.iter().any(|group| matches!(group.wait, Wait::Barrier(_)))
    }

    fn exit(&mut self, mask: u32) -> Option<Stop> {
        self.live &= !mask;
        self.group.mask &= !mask;
        self.abandon(None, mask);
        if self.group.mask != 0 {
            self.group.pc += 1;
        }
        if self.live == 0 {
            self.others.clear();
            let index = self.index;
            self.block().lanes_exited(index, mask);
            return Some(Stop::Exited);
        }
        let index = self.index;
        self.block().lanes_exited(index, mask);
        if self.group.mask == 0 {
            // Those who waited for these lanes are asked again.
            for group in &mut self.others {
                if group.wait == Wait::Lanes {
                    group.wait = Wait::Ready;
                }
            }
            return if self.choose() { None } else { Some(Stop::Blocked) };
        }
        self.reschedule();
        None
    }

    /// Whether lanes at `pc` leave the kernel without doing anything more.
    pub fn leaves(&self, code: &Code, pc: u32) -> bool {
        let mut pc = pc;
        for _ in 0..8 {
            let op = &code.ops[pc as usize];
            match op.kind {
                Kind::Exit | Kind::Return if op.guard == NO_GUARD => return self.group.frame == 0,
                Kind::Branch if op.guard == NO_GUARD => pc = op.immediate as u32,
                _ => return false,
            }
        }
        false
    }
}

impl Default for Warp {
    fn default() -> Warp {
        Warp::new()
    }
}

/// The lanes of a mask, ascending.
pub fn each(mut mask: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        if mask == 0 {
            return None;
        }
        let lane = mask.trailing_zeros() as usize;
        mask &= mask - 1;
        Some(lane)
    })
}

/// The lanes of a mask for which a condition holds.
pub fn lanes(mask: u32, condition: impl Fn(usize) -> bool) -> u32 {
    each(mask).fold(0, |found, lane| found | (condition(lane) as u32) << lane)
}

/// Turns a [`Trouble`] into what a user reads.
pub fn describe(trouble: &Trouble, code: &Code, kernel: &str, block: [u32; 3], thread: [u32; 3]) -> Fault {
    let place = code.places.get(trouble.pc as usize).copied().unwrap_or_default();
    Fault {
        kind: trouble.kind,
        message: trouble.message.clone(),
        kernel: kernel.to_owned(),
        block,
        thread,
        ptx_line: place.line,
        source: code.source(place.location),
    }
}
