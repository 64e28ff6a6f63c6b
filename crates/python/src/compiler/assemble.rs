//! From an optimised control flow graph to a code object: stack depth, exception table, jump offsets.

use super::flow::*;
use super::optimise;
use super::symbols::{Names, Scope, ScopeKind};
use super::unit::{Constants, Spare, Unit};
use crate::bytecode::{Code, CodeFlags, ExceptionEntry, Instruction, NO_LINE, Name, Opcode};

/// What a unit doesn't know itself.
pub(super) struct Context<'a> {
    pub(super) names: &'a Names,
    pub(super) scope: &'a Scope,
    pub(super) future_annotations: bool,
    pub(super) traced: bool,
}

pub(super) fn assemble(mut unit: Unit, context: &Context<'_>, spare: &mut Spare) -> Code {
    let flags = flags_of(context);
    let graph = &mut unit.graph;
    optimise::normalize(graph);
    optimise::extend_all(graph);

    // Slots: locals, then the cells that are not parameters, then free variables.
    let locals = unit.variables.len();
    let mut fast = spare.ids();
    fast.extend_from_slice(unit.variables.ids());
    let mut slots = Vec::with_capacity(unit.cells.len() + unit.frees.len());
    for &cell in &unit.cells {
        match unit.variables.position(cell) {
            Some(slot) => slots.push(slot as u32),
            None => {
                slots.push(fast.len() as u32);
                fast.push(cell);
            }
        }
    }
    for &free in &unit.frees {
        slots.push(fast.len() as u32);
        fast.push(free);
    }
    insert_prefix(
        graph,
        &slots[..unit.cells.len()],
        unit.frees.len(),
        flags,
        unit.first_line,
    );
    fix_slots(graph, &slots, unit.cells.len());

    optimise::optimise(graph, &mut unit.constants, spare);
    optimise::duplicate_exits(graph, spare);
    optimise::propagate_lines(graph);
    optimise::guarantee_exit_lines(graph, unit.first_line);
    if graph.has_handlers {
        let is_generator = flags.generator || flags.coroutine || flags.async_generator;
        set_depths(graph, is_generator);
        label_handlers(graph);
        remove_pseudo_instructions(graph);
    }
    optimise::clean_all(graph);

    let (instructions, lines) = emit(graph, &mut unit.constants);
    let exceptions = if graph.has_handlers {
        exception_table(graph)
    } else {
        Vec::new()
    };
    let names_of = |ids: &[u32]| -> Vec<Name> { ids.iter().map(|&id| context.names.text(id).clone()).collect() };
    let traced = context.traced && !matches!(unit.kind, ScopeKind::Lambda | ScopeKind::Comprehension);
    let code = Code {
        name: unit.name,
        qualname: unit.qualname,
        first_line: unit.first_line,
        argument_count: unit.argument_count,
        positional_only_count: unit.positional_only_count,
        keyword_only_count: unit.keyword_only_count,
        flags,
        variable_count: locals as u32,
        cell_variables: names_of(&unit.cells),
        free_variables: names_of(&unit.frees),
        fast_names: names_of(&fast),
        names: names_of(unit.names.ids()),
        constants: unit.constants.into_values(),
        instructions,
        lines,
        exceptions,
        traced,
    };
    unit.graph.recycle(spare);
    spare.recycle(unit.variables.into_ids());
    spare.recycle(unit.names.into_ids());
    spare.recycle(fast);
    code
}

fn flags_of(context: &Context<'_>) -> CodeFlags {
    let scope = context.scope;
    let function = scope.kind.is_function();
    CodeFlags {
        optimized: function,
        new_locals: function,
        variable_arguments: function && scope.variable_arguments,
        variable_keywords: function && scope.variable_keywords,
        nested: function && scope.nested,
        generator: function && scope.generator && !scope.coroutine,
        coroutine: function && !scope.generator && scope.coroutine,
        async_generator: function && scope.generator && scope.coroutine,
        future_annotations: context.future_annotations,
    }
}

fn insert_prefix(graph: &mut Graph, cells: &[u32], frees: usize, flags: CodeFlags, first_line: u32) {
    let real = |opcode: Opcode, argument, line| Instr {
        op: opcode.into(),
        argument,
        line,
        handler: NO_BLOCK,
    };
    let mut prefix = Vec::new();
    if frees > 0 {
        prefix.push(real(Opcode::CopyFreeVars, frees as u32, NO_LINE));
    }
    let mut order: Vec<u32> = (0..cells.len() as u32).collect();
    order.sort_by_key(|&cell| cells[cell as usize]);
    prefix.extend(order.into_iter().map(|cell| real(Opcode::MakeCell, cell, NO_LINE)));
    if flags.generator || flags.coroutine || flags.async_generator {
        prefix.push(real(Opcode::ReturnGenerator, 0, first_line));
        prefix.push(real(Opcode::PopTop, 0, NO_LINE));
    }
    if !prefix.is_empty() {
        graph.get(0).instructions.splice(0..0, prefix);
    }
}

fn fix_slots(graph: &mut Graph, slots: &[u32], cells: usize) {
    if slots.is_empty() {
        return;
    }
    debug_assert!(cells <= slots.len());
    for block in &mut graph.blocks {
        for instruction in &mut block.instructions {
            if let Op::Real(
                Opcode::MakeCell
                | Opcode::LoadClosure
                | Opcode::LoadDeref
                | Opcode::StoreDeref
                | Opcode::DeleteDeref
                | Opcode::LoadClassderef,
            ) = instruction.op
            {
                instruction.argument = slots[instruction.argument as usize];
            }
        }
    }
}

/// Finds the depth of the stack at the beginning of each block: handlers go back to it.
fn set_depths(graph: &mut Graph, is_generator: bool) {
    let mut stack = vec![0];
    graph.get(0).start_depth = i32::from(is_generator);
    while let Some(id) = stack.pop() {
        let block = &graph.blocks[id as usize];
        let mut depth = block.start_depth;
        let mut next = block.next;
        let mut reach = |graph: &mut Graph, target: BlockId, depth: i32| {
            let block = graph.get(target);
            if block.start_depth < depth && block.start_depth < 100 {
                block.start_depth = depth;
                stack.push(target);
            }
        };
        for at in 0..graph.blocks[id as usize].instructions.len() {
            let Instr { op, argument, .. } = graph.blocks[id as usize].instructions[at];
            let after = depth + stack_effect(op, argument, false);
            if op.is_jump() || op.is_block_push() {
                reach(graph, argument, depth + stack_effect(op, argument, true));
            }
            depth = after;
            if matches!(op, Op::Jump | Op::JumpNoInterrupt) || op.leaves_function() {
                next = NO_BLOCK;
                break;
            }
        }
        if next != NO_BLOCK {
            reach(graph, next, depth);
        }
    }
}

/// Finds for each instruction the handler that covers it.
fn label_handlers(graph: &mut Graph) {
    graph.get(0).visited = true;
    let mut todo: Vec<(BlockId, Vec<BlockId>)> = vec![(0, Vec::new())];
    while let Some((id, mut handlers)) = todo.pop() {
        for at in 0..graph.blocks[id as usize].instructions.len() {
            let Instr { op, argument, .. } = graph.blocks[id as usize].instructions[at];
            if op.is_block_push() {
                let target = graph.get(argument);
                if !target.visited {
                    target.visited = true;
                    todo.push((argument, handlers.clone()));
                }
                if op != Op::SetupFinally {
                    graph.get(argument).preserve_lasti = true;
                }
                handlers.push(argument);
            } else if op == Op::PopBlock {
                handlers.pop();
            } else {
                let handler = handlers.last().copied().unwrap_or(NO_BLOCK);
                graph.blocks[id as usize].instructions[at].handler = handler;
                if op.is_jump() && !graph.blocks[argument as usize].visited {
                    graph.get(argument).visited = true;
                    todo.push((argument, handlers.clone()));
                }
            }
        }
        let block = &graph.blocks[id as usize];
        let next = block.next;
        if !block.no_fallthrough && next != NO_BLOCK && !graph.blocks[next as usize].visited {
            graph.get(next).visited = true;
            todo.push((next, handlers));
        }
    }
}

fn remove_pseudo_instructions(graph: &mut Graph) {
    for block in &mut graph.blocks {
        for instruction in &mut block.instructions {
            if instruction.op.is_block_push() || instruction.op == Op::PopBlock {
                instruction.op = Op::NOP;
            }
        }
    }
}

/// Lays the blocks out, and drops the constants behind the last one that is used.
fn emit(graph: &mut Graph, constants: &mut Constants) -> (Vec<Instruction>, Vec<u32>) {
    let mut offset = 0;
    let mut id = 0;
    while id != NO_BLOCK {
        let block = graph.get(id);
        block.offset = offset;
        offset += block.instructions.len() as u32;
        id = block.next;
    }
    let mut instructions = Vec::with_capacity(offset as usize);
    let mut lines = Vec::with_capacity(offset as usize);
    let mut last_constant = 0;
    id = 0;
    while id != NO_BLOCK {
        let block = &graph.blocks[id as usize];
        for instruction in &block.instructions {
            let mut argument = instruction.argument;
            let opcode = match instruction.op {
                Op::Real(opcode) if !instruction.op.is_jump() => {
                    match opcode {
                        Opcode::LoadConst | Opcode::KwNames => last_constant = last_constant.max(argument),
                        Opcode::Nop => argument = 0,
                        _ => {}
                    }
                    opcode
                }
                op => {
                    let mut forward = true;
                    if op.is_jump() {
                        argument = graph.blocks[argument as usize].offset;
                        forward = argument > instructions.len() as u32;
                    }
                    let opcode = real_opcode(op, forward);
                    if opcode == Opcode::Nop {
                        argument = 0;
                    }
                    opcode
                }
            };
            instructions.push(Instruction { opcode, argument });
            lines.push(instruction.line);
        }
        id = block.next;
    }
    constants.truncate(last_constant as usize + 1);
    (instructions, lines)
}

fn real_opcode(op: Op, forward: bool) -> Opcode {
    let choose = |ahead, back| if forward { ahead } else { back };
    match op {
        Op::Real(opcode) => opcode,
        Op::Jump => choose(Opcode::JumpForward, Opcode::JumpBackward),
        Op::JumpNoInterrupt => choose(Opcode::JumpForward, Opcode::JumpBackwardNoInterrupt),
        Op::PopJumpIfFalse => choose(Opcode::PopJumpForwardIfFalse, Opcode::PopJumpBackwardIfFalse),
        Op::PopJumpIfTrue => choose(Opcode::PopJumpForwardIfTrue, Opcode::PopJumpBackwardIfTrue),
        Op::PopJumpIfNone => choose(Opcode::PopJumpForwardIfNone, Opcode::PopJumpBackwardIfNone),
        Op::PopJumpIfNotNone => choose(Opcode::PopJumpForwardIfNotNone, Opcode::PopJumpBackwardIfNotNone),
        Op::SetupFinally | Op::SetupCleanup | Op::SetupWith | Op::PopBlock => Opcode::Nop,
    }
}

fn exception_table(graph: &Graph) -> Vec<ExceptionEntry> {
    let mut entries = Vec::new();
    let (mut handler, mut start, mut offset) = (NO_BLOCK, 0, 0);
    let mut push = |handler: BlockId, start, end| {
        if handler != NO_BLOCK {
            let block = &graph.blocks[handler as usize];
            let depth = block.start_depth - 1 - i32::from(block.preserve_lasti);
            entries.push(ExceptionEntry {
                start,
                end,
                target: block.offset,
                depth: depth.max(0) as u32,
                push_lasti: block.preserve_lasti,
            });
        }
    };
    let mut id = 0;
    while id != NO_BLOCK {
        let block = &graph.blocks[id as usize];
        for instruction in &block.instructions {
            if instruction.handler != handler {
                push(handler, start, offset);
                (handler, start) = (instruction.handler, offset);
            }
            offset += 1;
        }
        id = block.next;
    }
    push(handler, start, offset);
    entries
}
