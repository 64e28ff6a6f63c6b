//! The check of registers that nobody wrote: those a function may read before it writes them, and what a shuffle takes
//! from lanes that are not there. They may be moved and computed with; what is told of is that an address, a branch, a
//! stored value or a tensor operand comes of one. Mixing bits of a written register in makes a value count as written,
//! for nobody knows which bits matter.

use super::FaultKind;
use super::op::{Class, Code, Kind, NO_GUARD, NONE, Op};
use super::warp::{Warp, each};

/// When an instruction's result counts as unwritten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// When any of its sources is.
    #[default]
    Any,
    /// When all of its sources are.
    All,
    /// When the source that `c` chooses of `a` and `b` is, or `c`.
    Select,
    /// The instruction itself says so, with [`exchange`].
    Own,
}

/// Which registers an instruction reads and writes: places in [`Code::flow_registers`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Flow {
    pub first: u32,
    pub sources: u16,
    pub destinations: u16,
    pub rule: Rule,
}

/// Lanes of each register that were never written, by the register's place among the warp's.
#[derive(Default)]
pub struct Undefined {
    /// Whether the check is on.
    enabled: bool,
    /// Whether there are any.
    active: bool,
    lanes: Vec<u32>,
}

impl Undefined {
    /// A warp starts.
    pub fn start(&mut self, enabled: bool) {
        self.enabled = enabled;
        if std::mem::take(&mut self.active) {
            self.lanes.clear();
        }
    }

    fn of(&self, place: usize) -> u32 {
        self.lanes.get(place).copied().unwrap_or(0)
    }

    fn set(&mut self, place: usize, mask: u32, bits: u32) {
        if place >= self.lanes.len() {
            if bits & mask == 0 {
                return;
            }
            self.lanes.resize(place + 1, 0);
        }
        let lanes = &mut self.lanes[place];
        *lanes = *lanes & !mask | bits & mask;
        self.active |= bits & mask != 0;
    }

    /// Lanes enter a function, some of whose registers are not written on every way to where they are read.
    pub fn enter(&mut self, frame: u32, registers: &[u32], mask: u32) {
        if self.enabled {
            for &register in registers {
                self.set((frame + register) as usize, mask, mask);
            }
        }
    }
}

/// Looks at an instruction that `mask` is about to execute.
#[inline(always)]
pub fn step(w: &mut Warp, code: &Code, op: &Op, mask: u32) {
    let tensor = matches!(op.class, Class::Matrix | Class::MatrixMove);
    if tensor && mask != !0 && mask != 0 && w.others.is_empty() {
        tell(w, mask.trailing_zeros(), || {
            format!("tensor instruction by lanes {mask:#010x} alone reads registers of the others, which nobody wrote")
        });
    }
    if w.undefined.active {
        follow(w, code, op, mask);
    }
}

fn follow(w: &mut Warp, code: &Code, op: &Op, mask: u32) {
    let (frame, pc) = (w.group.frame as usize, w.group.pc as usize);
    let flow = code.flows[pc];
    let (sources, destinations) = (usize::from(flow.sources), usize::from(flow.destinations));
    let registers = &code.flow_registers[flow.first as usize..][..sources + destinations];
    let of = |operand: u32| match operand >> 30 {
        0 => w.undefined.of(frame + operand as usize),
        _ => 0,
    };
    let (mut any, mut all) = (0, if sources == 0 { 0 } else { !0 });
    for &register in &registers[..sources] {
        let lanes = of(register);
        (any, all) = (any | lanes, all & lanes);
    }
    let result = match flow.rule {
        Rule::Any => any,
        Rule::All | Rule::Own => all,
        Rule::Select => {
            // SAFETY: the decoder gave a predicate.
            let bits = unsafe { *w.row(op.c) } ^ u32::from(op.mode & 1).wrapping_neg();
            of(op.c) | of(op.a) & bits | of(op.b) & !bits
        }
    };
    if any != 0 {
        let guard = if op.guard == NO_GUARD { 0 } else { of(op.guard >> 1) };
        let decides = !matches!(op.kind, Kind::Plain) || matches!(op.class, Class::Store | Class::Atomic);
        let address = |operand: u32| if operand == NONE { 0 } else { of(operand) & mask };
        let memory = matches!(
            op.class,
            Class::Load | Class::Store | Class::Atomic | Class::AsyncCopy | Class::MatrixMove
        );
        let stores = op.class == Class::Store || op.class == Class::Atomic;
        let values = || code.list(op).iter().fold(!0, |all, &operand| all & of(operand));
        let (lanes, what) = if decides && guard & w.group.mask != 0 {
            (guard & w.group.mask, "a branch or guard")
        } else if memory && address(op.a) != 0 {
            (address(op.a), "an address")
        } else if op.class == Class::AsyncCopy && address(op.b) != 0 {
            (address(op.b), "an address")
        } else if matches!(op.kind, Kind::BranchIndexed | Kind::CallIndirect) && address(op.a) != 0 {
            (address(op.a), "a branch's target")
        } else if stores && op.list_length != 0 && values() & mask != 0 {
            (values() & mask, "a stored value")
        } else if op.class == Class::Matrix || op.class == Class::MatrixMove {
            (any & mask, "a tensor operand")
        } else {
            (0, "")
        };
        if lanes != 0 {
            tell(w, lanes.trailing_zeros(), || {
                format!("uninitialised register: {what} comes of a register that nobody wrote (lanes {lanes:#010x})")
            });
        }
    }
    for &register in &registers[sources..] {
        if flow.rule != Rule::Own {
            w.undefined.set(frame + register as usize, mask, result);
        } else if register != op.d {
            w.undefined.set(frame + register as usize, mask, 0);
        }
    }
}

/// A lane takes register `from` of another into `to`; lanes outside the mask have nothing to give.
pub fn exchange(w: &mut Warp, to: u32, from: u32, mask: u32, sources: &[u32; 32]) {
    if !w.undefined.enabled {
        return;
    }
    let frame = w.group.frame as usize;
    let given = match from >> 30 {
        0 => w.undefined.of(frame + from as usize) | !mask,
        _ => 0,
    };
    let taken = each(mask).fold(0, |taken, lane| taken | (given >> (sources[lane] & 31) & 1) << lane);
    w.undefined.set(frame + to as usize, mask, taken);
}

#[cold]
fn tell(w: &mut Warp, lane: u32, message: impl FnOnce() -> String) {
    let pc = w.group.pc;
    w.block()
        .note(FaultKind::IllegalAddress, pc, lane, "uninitialised", message);
}
