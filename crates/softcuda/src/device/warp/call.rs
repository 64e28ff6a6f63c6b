//! Calls and returns: frames of registers, parameters copied between frames of local memory.

use super::{Group, Wait, Warp, each, lanes};
use crate::device::FaultKind;
use crate::device::op::*;

/// The registers of a called function.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub base: u32,
    pub end: u32,
    pub function: u32,
    pub caller: u32,
    /// Lanes that are in it, or in what it called.
    pub lanes: u32,
}

impl Warp {
    pub(super) fn call(&mut self, code: &Code, op: &Op, mask: u32) -> bool {
        let pc = self.group.pc;
        if mask != self.group.mask {
            self.divergences += 1;
            self.others.push(Group {
                mask: self.group.mask & !mask,
                pc: pc + 1,
                ..self.group
            });
            self.group.mask = mask;
        }
        let mut index = op.immediate as usize;
        if op.kind == Kind::CallIndirect {
            let row = self.row(op.a).cast::<u64>();
            let lane = mask.trailing_zeros() as usize;
            // SAFETY: the decoder gave a 64-bit row.
            let target = unsafe { *row.add(lane) };
            // SAFETY: as above.
            let same = lanes(mask, |other| unsafe { *row.add(other) } == target);
            if same != mask {
                self.others.push(Group {
                    mask: mask & !same,
                    ..self.group
                });
                self.group.mask = same;
            }
            let slot = target.wrapping_sub(CODE_WINDOW);
            index = (slot / 16) as usize;
            if slot % 16 != 0 || index >= code.functions.len() {
                let message = format!("call of {target:#x}, which is no function");
                return self.fault(FaultKind::InvalidProgramCounter, lane as u32, message);
            }
        }
        let function = &code.functions[index];
        // The list: returns then arguments, each as (offset in this frame, size); `mode` = how many returns.
        let list = code.list(op);
        let (returns, arguments) = list.split_at(usize::from(op.mode) * 2);
        if let Some(builtin) = function.builtin {
            let here = self.group.mask;
            if !crate::device::builtin::call(self, builtin, here, returns, arguments) {
                return false;
            }
            self.group.pc = pc + 1;
            return true;
        }
        if function.entry == u32::MAX {
            let message = format!("call of `{}`, which is declared but not defined", function.name);
            return self.fault(
                FaultKind::InvalidProgramCounter,
                self.group.mask.trailing_zeros(),
                message,
            );
        }
        if arguments.len() / 2 != function.parameters.len() || returns.len() / 2 != function.returns.len() {
            let message = format!(
                "call of `{}` with another number of parameters than it has",
                function.name
            );
            return self.fault(FaultKind::LaunchFailed, self.group.mask.trailing_zeros(), message);
        }
        let caller = self.group.frame;
        let frame = self.enter(index as u32, caller, function.frame_words);
        let stack_limit = self.block().stack_bytes();
        for lane in each(self.group.mask) {
            let (local, stack) = self.local_frame(caller, lane);
            // Even a call without variables takes room, so that endless recursion ends.
            let top = stack + u64::from(function.local_bytes).next_multiple_of(16).max(64);
            if top > stack_limit {
                let message = format!(
                    "stack overflow in `{}`: more than {stack_limit} bytes per thread",
                    function.name
                );
                return self.fault(FaultKind::StackOverflow, lane as u32, message);
            }
            self.reserve_local(top);
            self.set_header(frame, RETURN_ROW, lane, pc + 1);
            self.set_header(frame, CALLER_ROW, lane, caller);
            // SAFETY: the frame's header exists.
            unsafe {
                let base = self.registers.as_mut_ptr().add(frame as usize);
                *base.add(LOCAL_ROW as usize).cast::<u64>().add(lane) = stack;
                *base.add(STACK_ROW as usize).cast::<u64>().add(lane) = top;
            }
            for (argument, &(offset, size)) in arguments.chunks_exact(2).zip(&function.parameters) {
                let from = lane * self.local_stride + local as usize + argument[0] as usize;
                let to = lane * self.local_stride + stack as usize + offset as usize;
                let size = (size.min(argument[1])) as usize;
                self.local.copy_within(from..from + size, to);
            }
        }
        self.undefined.enter(frame, &function.unwritten, self.group.mask);
        self.group.frame = frame;
        self.group.pc = function.entry;
        self.rebase();
        self.aim();
        true
    }

    /// The place of a called function's registers. Lanes that are in the same function for the same caller share it;
    /// others must not, as their rows would overlap.
    fn enter(&mut self, function: u32, caller: u32, words: u32) -> u32 {
        let mask = self.group.mask;
        let same = |frame: &&mut Frame| frame.function == function && frame.caller == caller;
        if let Some(frame) = self.frames.iter_mut().rev().find(same) {
            frame.lanes |= mask;
            return frame.base;
        }
        let base = self.frames.last().map_or(self.first_frame, |frame| frame.end);
        self.frames.push(Frame {
            base,
            end: base + words,
            function,
            caller,
            lanes: mask,
        });
        self.registers.resize((base + words) as usize);
        base
    }

    /// Lanes leave a frame, or all of theirs.
    pub(super) fn abandon(&mut self, frame: Option<u32>, lanes: u32) {
        for known in self.frames.iter_mut().rev() {
            if frame.is_none_or(|frame| known.base == frame) {
                known.lanes &= !lanes;
                if frame.is_some() {
                    break;
                }
            }
        }
        while self.frames.last().is_some_and(|frame| frame.lanes == 0) {
            self.frames.pop();
        }
    }

    pub(super) fn leave(&mut self, code: &Code, mask: u32) {
        let frame = self.group.frame;
        if mask != self.group.mask {
            self.divergences += 1;
            self.others.push(Group {
                mask: self.group.mask & !mask,
                pc: self.group.pc + 1,
                ..self.group
            });
        }
        let mut left = mask;
        let mut parts = Vec::new();
        while left != 0 {
            let lane = left.trailing_zeros() as usize;
            let to = (
                self.header(frame, RETURN_ROW, lane),
                self.header(frame, CALLER_ROW, lane),
            );
            let mut same = 0;
            for other in each(left) {
                let there = (
                    self.header(frame, RETURN_ROW, other),
                    self.header(frame, CALLER_ROW, other),
                );
                same |= ((there == to) as u32) << other;
            }
            let op = &code.ops[to.0 as usize - 1];
            let list = code.list(op);
            let callee = &code.functions[code.owner(self.group.pc)];
            for (result, &(offset, size)) in list[..usize::from(op.mode) * 2].chunks_exact(2).zip(&callee.returns) {
                for lane in each(same) {
                    let (from, _) = self.local_frame(frame, lane);
                    let (to, _) = self.local_frame(to.1, lane);
                    let from = lane * self.local_stride + from as usize + offset as usize;
                    let to = lane * self.local_stride + to as usize + result[0] as usize;
                    let size = size.min(result[1]) as usize;
                    self.local.copy_within(from..from + size, to);
                }
            }
            parts.push(Group {
                mask: same,
                pc: to.0,
                frame: to.1,
                wait: Wait::Ready,
            });
            left &= !same;
        }
        if let Some(group) = parts.pop() {
            self.group = group;
        }
        self.others.append(&mut parts);
        self.abandon(Some(frame), mask);
        self.rebase();
        self.aim();
    }
}
