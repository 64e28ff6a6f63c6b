//! Passes over the control flow graph, in the order and with the conditions of CPython 3.11, since they decide which
//! instructions keep which line.

use super::flow::*;
use super::fold;
use super::unit::{Constants, Spare};
use crate::bytecode::{Constant, NO_LINE, Opcode};

/// Exit blocks up to this size are copied instead of jumped to.
const MAX_COPY_SIZE: usize = 4;

/// Marks blocks that leave the function or don't fall through, and skips empty jump targets.
pub(super) fn normalize(graph: &mut Graph) {
    for id in (0..graph.blocks.len()).rev() {
        // What jumps or leaves ends its block.
        let Some(&Instr { op, argument, .. }) = graph.blocks[id].instructions.last() else {
            continue;
        };
        if op.leaves_function() {
            graph.blocks[id].exit = true;
            graph.blocks[id].no_fallthrough = true;
        } else if op.is_jump() && op != Op::Real(Opcode::Send) {
            let target = graph.skip_empty(argument);
            let block = &mut graph.blocks[id];
            block.no_fallthrough |= matches!(op, Op::Jump | Op::JumpNoInterrupt);
            if let Some(last) = block.instructions.last_mut() {
                last.argument = target;
            }
        }
    }
}

/// Replaces jumps to short exit blocks without lines by copies of them. Newest blocks first.
pub(super) fn extend_all(graph: &mut Graph) {
    for id in (0..graph.blocks.len()).rev() {
        let Some(&Instr {
            op: Op::Jump,
            argument: target,
            ..
        }) = graph.blocks[id].instructions.last()
        else {
            continue;
        };
        let exit = &graph.blocks[target as usize];
        if !exit.exit
            || exit.instructions.len() > MAX_COPY_SIZE
            || exit
                .instructions
                .iter()
                .any(|instruction| instruction.has_line() && instruction.line > 0)
        {
            continue;
        }
        let copy: [Option<Instr>; MAX_COPY_SIZE] = std::array::from_fn(|at| exit.instructions.get(at).copied());
        let block = &mut graph.blocks[id];
        if let Some(last) = block.instructions.last_mut() {
            last.op = Op::NOP;
        }
        block.instructions.extend(copy.into_iter().flatten());
        block.exit = true;
    }
}

/// The main passes: peephole, unreachable code, empty blocks, redundant jumps.
pub(super) fn optimise(graph: &mut Graph, constants: &mut Constants, spare: &mut Spare) {
    let mut id = 0;
    while id != NO_BLOCK {
        peephole(graph, id, constants);
        clean(graph, id);
        id = graph.blocks[id as usize].next;
    }
    extend_all(graph);
    mark_reachable(graph, spare);
    let mut id = 0;
    while id != NO_BLOCK {
        let block = graph.get(id);
        if block.predecessors == 0 {
            block.instructions.clear();
            block.no_fallthrough = false;
        }
        id = block.next;
    }
    drop_empty_blocks(graph);
    clean_all(graph);
    let mut again = false;
    let mut id = 0;
    while id != NO_BLOCK {
        let block = graph.get(id);
        let next = block.next;
        if let Some(last) = block.instructions.last_mut()
            && matches!(last.op, Op::Jump | Op::JumpNoInterrupt)
            && last.argument == next
        {
            last.op = Op::NOP;
            block.no_fallthrough = false;
            again = true;
        }
        id = next;
    }
    if again {
        drop_empty_blocks(graph);
    }
}

pub(super) fn clean_all(graph: &mut Graph) {
    let mut id = 0;
    while id != NO_BLOCK {
        clean(graph, id);
        id = graph.blocks[id as usize].next;
    }
}

/// Removes NOPs that no line event needs.
fn clean(graph: &mut Graph, id: BlockId) {
    if !graph.blocks[id as usize]
        .instructions
        .iter()
        .any(|instruction| instruction.op == Op::NOP)
    {
        return;
    }
    let mut next_line = None;
    let mut next = graph.blocks[id as usize].next;
    if graph.blocks[id as usize]
        .instructions
        .last()
        .is_some_and(|last| last.op == Op::NOP)
    {
        while next != NO_BLOCK && next_line.is_none() {
            next_line = graph.blocks[next as usize].instructions.first().map(|first| first.line);
            next = graph.blocks[next as usize].next;
        }
    }
    let instructions = &mut graph.get(id).instructions;
    let mut kept = 0;
    let mut previous = NO_LINE;
    for at in 0..instructions.len() {
        let instruction = instructions[at];
        if instruction.op == Op::NOP {
            if !instruction.has_line() || previous == instruction.line {
                continue;
            }
            if at + 1 < instructions.len() {
                let following = instructions[at + 1].line;
                if following == instruction.line {
                    continue;
                }
                if following == NO_LINE {
                    instructions[at + 1].line = instruction.line;
                    continue;
                }
            } else if next_line == Some(instruction.line) {
                continue;
            }
        }
        instructions[kept] = instruction;
        kept += 1;
        previous = instruction.line;
    }
    instructions.truncate(kept);
}

fn drop_empty_blocks(graph: &mut Graph) {
    let mut id = 0;
    while id != NO_BLOCK {
        let next = graph.blocks[id as usize].next;
        if next != NO_BLOCK {
            graph.get(id).next = graph.skip_empty(next);
        }
        id = graph.blocks[id as usize].next;
    }
    let mut id = 0;
    while id != NO_BLOCK {
        if let Some(&last) = graph.blocks[id as usize].instructions.last()
            && last.op.is_jump()
        {
            let target = graph.skip_empty(last.argument);
            if let Some(last) = graph.get(id).instructions.last_mut() {
                last.argument = target;
            }
        }
        id = graph.blocks[id as usize].next;
    }
}

fn mark_reachable(graph: &mut Graph, spare: &mut Spare) {
    let mut stack = spare.ids();
    stack.push(0);
    graph.get(0).predecessors = 1;
    while let Some(id) = stack.pop() {
        let mut reach = |graph: &mut Graph, target: BlockId| {
            let block = graph.get(target);
            if block.predecessors == 0 {
                stack.push(target);
            }
            block.predecessors += 1;
        };
        let block = &graph.blocks[id as usize];
        if block.next != NO_BLOCK && !block.no_fallthrough {
            let next = block.next;
            reach(graph, next);
        }
        // Jumps end their blocks; what installs a handler may stand anywhere.
        let length = graph.blocks[id as usize].instructions.len();
        let first = if graph.has_handlers {
            0
        } else {
            length.saturating_sub(1)
        };
        for at in first..length {
            let instruction = graph.blocks[id as usize].instructions[at];
            if instruction.op.is_jump() || instruction.op.is_block_push() {
                reach(graph, instruction.argument);
            }
        }
    }
    spare.recycle(stack);
}

fn peephole(graph: &mut Graph, id: BlockId, constants: &mut Constants) {
    use Opcode::*;
    let block = id as usize;
    let mut at: isize = 0;
    loop {
        // Most instructions begin nothing that could be made shorter.
        let rest = graph.blocks[block].instructions.get(at as usize..).unwrap_or_default();
        let Some(ahead) = rest.iter().position(|instruction| is_reducible(instruction.op)) else {
            break;
        };
        at += ahead as isize;
        let here = at as usize;
        let mut instruction = graph.blocks[block].instructions[here];
        let next = graph.blocks[block].instructions.get(here + 1).copied();
        let mut target = None;
        if instruction.op.is_jump() || instruction.op.is_block_push() {
            instruction.argument = graph.skip_empty(instruction.argument);
            graph.blocks[block].instructions[here].argument = instruction.argument;
            target = graph.blocks[instruction.argument as usize]
                .instructions
                .first()
                .copied();
        }
        let argument = instruction.argument;
        match instruction.op {
            Op::Real(LoadConst) => load_constant(graph, block, here, constants),
            Op::Real(BuildTuple) => {
                let unpacks = next.is_some_and(|next| next.op == Op::Real(UnpackSequence) && next.argument == argument);
                let instructions = &mut graph.blocks[block].instructions;
                match argument {
                    1 if unpacks => {
                        instructions[here].op = Op::NOP;
                        instructions[here + 1].op = Op::NOP;
                    }
                    2 | 3 if unpacks => {
                        instructions[here].op = Op::NOP;
                        instructions[here + 1].op = Swap.into();
                    }
                    _ if here >= argument as usize => {
                        fold_tuple(&mut instructions[here - argument as usize..=here], constants)
                    }
                    _ => {}
                }
            }
            Op::Real(op @ (JumpIfFalseOrPop | JumpIfTrueOrPop)) => {
                let (pop_same, other, pop_other) = if op == JumpIfFalseOrPop {
                    (Op::PopJumpIfFalse, JumpIfTrueOrPop, Op::PopJumpIfTrue)
                } else {
                    (Op::PopJumpIfTrue, JumpIfFalseOrPop, Op::PopJumpIfFalse)
                };
                if let Some(target) = target {
                    if target.op == pop_same {
                        at -= thread(graph, block, here, target, pop_same);
                    } else if target.op == Op::Jump || target.op == Op::Real(op) {
                        at -= thread(graph, block, here, target, Op::Real(op));
                    } else if (target.op == Op::Real(other) || target.op == pop_other)
                        && instruction.line == target.line
                    {
                        let behind = graph.blocks[argument as usize].next;
                        let jump = &mut graph.blocks[block].instructions[here];
                        jump.op = pop_same;
                        jump.argument = behind;
                        at -= 1;
                    }
                }
            }
            Op::PopJumpIfFalse | Op::PopJumpIfTrue | Op::PopJumpIfNone | Op::PopJumpIfNotNone | Op::Jump => {
                if let Some(target) = target.filter(|target| target.op == Op::Jump) {
                    at -= thread(graph, block, here, target, instruction.op);
                }
            }
            Op::Real(Swap) => {
                let instructions = &mut graph.blocks[block].instructions;
                if argument == 1 {
                    instructions[here].op = Op::NOP;
                } else {
                    let last = shorten_swaps(instructions, here);
                    apply_swaps(instructions, last);
                    at = last as isize;
                }
            }
            Op::Real(PushNull) if next.is_some_and(|next| next.op == Op::Real(LoadGlobal)) => {
                let instructions = &mut graph.blocks[block].instructions;
                instructions[here].op = Op::NOP;
                instructions[here + 1].argument |= 1;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Instructions that [`peephole`] looks at.
fn is_reducible(op: Op) -> bool {
    use Opcode::*;
    match op {
        Op::Real(opcode) => matches!(opcode, LoadConst | BuildTuple | Swap | PushNull) || op.is_jump(),
        _ => true,
    }
}

/// Jumps straight to where the jump at the target goes. 1 if so.
fn thread(graph: &mut Graph, block: usize, at: usize, target: Instr, op: Op) -> isize {
    let jump = &mut graph.blocks[block].instructions[at];
    if jump.line == target.line && jump.argument != target.argument {
        jump.argument = target.argument;
        jump.op = op;
        return 1;
    }
    0
}

fn load_constant(graph: &mut Graph, block: usize, at: usize, constants: &Constants) {
    let graph_block = &mut graph.blocks[block];
    let instructions = &mut graph_block.instructions;
    let value = constants.get(instructions[at].argument);
    let Some(next) = instructions.get(at + 1).copied() else {
        return;
    };
    match next.op {
        Op::PopJumpIfFalse | Op::PopJumpIfTrue => {
            let jumps = fold::is_true(value) == (next.op == Op::PopJumpIfTrue);
            instructions[at].op = Op::NOP;
            instructions[at + 1].op = if jumps { Op::Jump } else { Op::NOP };
            graph_block.no_fallthrough |= jumps;
        }
        Op::Real(Opcode::JumpIfFalseOrPop | Opcode::JumpIfTrueOrPop) => {
            if fold::is_true(value) == (next.op == Op::Real(Opcode::JumpIfTrueOrPop)) {
                instructions[at + 1].op = Op::Jump;
                graph_block.no_fallthrough = true;
            } else {
                instructions[at].op = Op::NOP;
                instructions[at + 1].op = Op::NOP;
            }
        }
        Op::Real(Opcode::IsOp) if *value == Constant::None => {
            if let Some(jump) = instructions.get(at + 2).copied()
                && matches!(jump.op, Op::PopJumpIfFalse | Op::PopJumpIfTrue)
            {
                let not_none = (next.argument == 1) != (jump.op == Op::PopJumpIfFalse);
                instructions[at].op = Op::NOP;
                instructions[at + 1].op = Op::NOP;
                instructions[at + 2].op = if not_none {
                    Op::PopJumpIfNotNone
                } else {
                    Op::PopJumpIfNone
                };
            }
        }
        _ => {}
    }
}

/// The last of `instructions` builds a tuple of the others: if they are constants, so is it.
fn fold_tuple(instructions: &mut [Instr], constants: &mut Constants) {
    let Some((build, items)) = instructions.split_last_mut() else {
        return;
    };
    if items.iter().any(|item| item.op != Op::Real(Opcode::LoadConst)) {
        return;
    }
    let value = Constant::Tuple(items.iter().map(|item| constants.get(item.argument).clone()).collect());
    build.argument = constants.add(value);
    build.op = Opcode::LoadConst.into();
    for item in items {
        item.op = Op::NOP;
    }
}

/// Replaces a run of SWAPs by the shortest with the same effect; the index of the run's last instruction.
fn shorten_swaps(instructions: &mut [Instr], start: usize) -> usize {
    let swap = Op::Real(Opcode::Swap);
    let run = instructions[start..]
        .iter()
        .take_while(|item| item.op == swap || item.op == Op::NOP)
        .count();
    let run = &mut instructions[start..start + run];
    let depth = run
        .iter()
        .filter(|item| item.op == swap)
        .map(|item| item.argument as usize)
        .max()
        .unwrap_or(0);
    if run.iter().filter(|item| item.op == swap).count() < 2 {
        return start;
    }
    let mut stack: Vec<usize> = (0..depth).collect();
    for item in run.iter().filter(|item| item.op == swap) {
        stack.swap(0, item.argument as usize - 1);
    }
    // Undo the permutation cycle by cycle, written from the end of the run.
    let visited = usize::MAX;
    let mut place = run.len();
    for first in 0..depth {
        if stack[first] == visited || stack[first] == first {
            continue;
        }
        let mut item = first;
        loop {
            if item != 0 {
                place -= 1;
                run[place].op = swap;
                run[place].argument = item as u32 + 1;
            }
            if stack[item] == visited {
                break;
            }
            item = std::mem::replace(&mut stack[item], visited);
        }
    }
    for item in &mut run[..place] {
        item.op = Op::NOP;
    }
    start + run.len() - 1
}

fn is_swappable(op: Op) -> bool {
    matches!(op, Op::Real(Opcode::StoreFast | Opcode::PopTop))
}

fn next_swappable(instructions: &[Instr], after: usize, line: u32) -> Option<usize> {
    for (at, instruction) in instructions.iter().enumerate().skip(after + 1) {
        if line != NO_LINE && instruction.line != line {
            return None;
        }
        if instruction.op != Op::NOP {
            return is_swappable(instruction.op).then_some(at);
        }
    }
    None
}

/// Swaps the stores behind a SWAP instead of the values.
fn apply_swaps(instructions: &mut [Instr], last: usize) {
    for at in (0..=last).rev() {
        let swap = instructions[at];
        if swap.op != Op::Real(Opcode::Swap) {
            if swap.op == Op::NOP || is_swappable(swap.op) {
                continue;
            }
            return;
        }
        let Some(first) = next_swappable(instructions, at, NO_LINE) else {
            return;
        };
        let line = instructions[first].line;
        let mut other = first;
        for _ in 1..swap.argument {
            let Some(next) = next_swappable(instructions, other, line) else {
                return;
            };
            other = next;
        }
        instructions[at].op = Op::NOP;
        instructions.swap(first, other);
    }
}

fn is_exit_without_line(block: &Block) -> bool {
    block.exit && block.instructions.iter().all(|instruction| !instruction.has_line())
}

/// Gives each jump to an exit block without line its own copy, so that it can take the line of the jump.
pub(super) fn duplicate_exits(graph: &mut Graph, spare: &mut Spare) {
    for id in (0..graph.blocks.len()).rev() {
        let Some(&last) = graph.blocks[id].instructions.last() else {
            continue;
        };
        if !last.op.is_jump() {
            continue;
        }
        let target = last.argument as usize;
        if is_exit_without_line(&graph.blocks[target]) && graph.blocks[target].predecessors > 1 {
            let copy = graph.new_block(spare);
            let next = graph.blocks[target].next;
            let mut instructions = std::mem::take(&mut graph.get(copy).instructions);
            instructions.extend_from_slice(&graph.blocks[target].instructions);
            if let Some(first) = instructions.first_mut() {
                first.line = last.line;
            }
            let block = graph.get(copy);
            block.instructions = instructions;
            block.exit = true;
            block.no_fallthrough = true;
            block.predecessors = 1;
            block.next = next;
            graph.blocks[target].next = copy;
            graph.blocks[target].predecessors -= 1;
            if let Some(last) = graph.blocks[id].instructions.last_mut() {
                last.argument = copy;
            }
        }
    }
    let mut id = 0;
    while id != NO_BLOCK {
        let block = &graph.blocks[id as usize];
        let next = block.next;
        if !block.no_fallthrough
            && next != NO_BLOCK
            && let Some(last) = block.instructions.last()
            && is_exit_without_line(&graph.blocks[next as usize])
        {
            let line = last.line;
            if let Some(first) = graph.get(next).instructions.first_mut() {
                first.line = line;
            }
        }
        id = next;
    }
}

/// Instructions without line inherit it from the one before, also over edges to blocks with one predecessor.
pub(super) fn propagate_lines(graph: &mut Graph) {
    let mut id = 0;
    while id != NO_BLOCK {
        let block = graph.get(id);
        let (next, no_fallthrough) = (block.next, block.no_fallthrough);
        let mut line = NO_LINE;
        for instruction in &mut block.instructions {
            if instruction.has_line() {
                line = instruction.line;
            } else {
                instruction.line = line;
            }
        }
        let last = block.instructions.last().copied();
        if let Some(last) = last {
            let mut inherit = |target: BlockId| {
                let target = graph.get(target);
                if target.predecessors == 1
                    && let Some(first) = target.instructions.first_mut()
                    && !first.has_line()
                {
                    first.line = line;
                }
            };
            if !no_fallthrough && next != NO_BLOCK {
                inherit(next);
            }
            if last.op.is_jump() {
                inherit(last.argument);
            }
        }
        id = next;
    }
}

/// Every return has a line.
pub(super) fn guarantee_exit_lines(graph: &mut Graph, first_line: u32) {
    let mut line = first_line;
    let mut id = 0;
    while id != NO_BLOCK {
        let block = graph.get(id);
        if let Some(&last) = block.instructions.last() {
            if last.has_line() {
                line = last.line;
            } else if last.op == Op::Real(Opcode::ReturnValue) {
                block
                    .instructions
                    .iter_mut()
                    .for_each(|instruction| instruction.line = line);
            }
        }
        id = block.next;
    }
}
