//! A function's body: scopes, variables, labels, calls; and what decoding it leaves behind.

use std::collections::HashMap;

use super::builder::{Builder, Field, Reference, RegisterClass, empty_op};
use super::{ModuleState, Place, Result, align_up, allocate, error, layout, signature};
use crate::device::op::*;
use crate::device::undefined::{Flow, Rule};
use crate::ops;
use crate::ptx::{Function, Instruction, Operand, Prototype, Space, Statement, Type, Variable};

const MAX_FRAME: u64 = 1 << 24;

/// What became of a function.
pub struct Decoded {
    pub shared_bytes: u32,
    pub local_bytes: u32,
    pub registers: u32,
    pub ordered: bool,
    pub units: Units,
}

#[derive(Default)]
struct Scope<'a> {
    /// Single registers and members of families already used.
    registers: HashMap<&'a str, (u32, RegisterClass)>,
    families: HashMap<&'a str, (u32, RegisterClass)>,
    variables: HashMap<&'a str, (Space, u32)>,
    targets: HashMap<&'a str, Vec<&'a str>>,
    prototypes: HashMap<&'a str, Prototype>,
    id: u32,
}

/// A branch whose target is filled in at the end: instruction, label, scopes it sees, the list entry (or the
/// immediate), and its line.
type Jump<'a> = (usize, &'a str, Vec<u32>, Option<usize>, u32);

pub struct FunctionState<'a, 'm> {
    pub module: &'m mut ModuleState<'a>,
    pub entry: bool,
    scopes: Vec<Scope<'a>>,
    next_scope: u32,
    classes: Vec<RegisterClass>,
    pub ops: Vec<Op>,
    pub references: Vec<Vec<Reference>>,
    rules: Vec<Rule>,
    places: Vec<crate::device::op::Place>,
    labels: HashMap<(u32, &'a str), u32>,
    jumps: Vec<Jump<'a>>,
    shared: u64,
    dynamic_align: u32,
    local: u64,
    kernel_shared: HashMap<u32, u32>,
    pub ordered: bool,
    units: Units,
    carry: u32,
}

impl<'a> FunctionState<'a, '_> {
    pub fn register(&mut self, name: &'a str) -> Option<(u32, RegisterClass)> {
        for index in (0..self.scopes.len()).rev() {
            let scope = &mut self.scopes[index];
            if let Some(&found) = scope.registers.get(name) {
                return Some(found);
            }
            let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let number = &name[stem.len()..];
            let canonical = number == "0" || !number.starts_with('0');
            // `%r1<10>` declares %r10..%r19: the family's name may itself end in digits.
            for split in stem.len()..name.len() {
                if let Some(&(count, class)) = scope.families.get(&name[..split])
                    && canonical
                    && name[split..].parse::<u32>().is_ok_and(|number| number < count)
                {
                    self.classes.push(class);
                    let register = self.classes.len() as u32 - 1;
                    scope.registers.insert(name, (register, class));
                    return Some((register, class));
                }
            }
        }
        None
    }

    pub fn register_peek(&self, name: &str) -> Option<RegisterClass> {
        self.scopes.iter().rev().find_map(|scope| {
            scope.registers.get(name).map(|&(_, class)| class).or_else(|| {
                let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
                (stem.len()..name.len()).find_map(|split| scope.families.get(&name[..split]).map(|&(_, class)| class))
            })
        })
    }

    pub fn variable(&self, name: &str) -> Option<&(Space, u32)> {
        self.scopes.iter().rev().find_map(|scope| scope.variables.get(name))
    }

    /// Whether a variable's space means the kernel's parameter buffer (then it was declared as `Constant`).
    pub fn kernel_parameter(&self, space: Space) -> bool {
        space == Space::Param
    }

    pub fn module_place(&mut self, name: &str) -> Result<Option<Place>> {
        let place = self.module.names.get(name).copied();
        if let Some(Place::KernelShared(index)) = place {
            let variable = &self.module.variables[index as usize];
            let (size, align) = (variable.size, variable.align);
            if let Some(&at) = self.kernel_shared.get(&index) {
                return Ok(Some(Place::KernelShared(at)));
            }
            let at = align_up(self.shared, align);
            self.shared = at + size;
            if self.shared > MAX_FRAME {
                return error(variable.line, "too much shared memory");
            }
            self.kernel_shared.insert(index, at as u32);
            return Ok(Some(Place::KernelShared(at as u32)));
        }
        Ok(place)
    }

    /// Notes how many bytes the function reads or writes at once; `space` is an instruction's code for it.
    pub fn smallest_access(&mut self, space: u8, bytes: u8) {
        let at_most = |at_most: &mut u8| *at_most = (*at_most).min(bytes);
        if matches!(space, ops::GLOBAL | ops::GENERIC) {
            at_most(&mut self.units.global);
        }
        if matches!(space, ops::SHARED | ops::GENERIC) {
            at_most(&mut self.units.shared);
        }
    }

    /// The carry flag of add.cc and its relatives.
    pub fn carry_flag(&mut self) -> u32 {
        if self.carry == u32::MAX {
            self.carry = self.fresh(RegisterClass::Predicate);
        }
        self.carry
    }

    pub fn fresh(&mut self, class: RegisterClass) -> u32 {
        self.classes.push(class);
        self.classes.len() as u32 - 1
    }

    pub fn push(&mut self, op: Op, references: Vec<Reference>, instruction: &Instruction<'_>) {
        self.ops.push(op);
        self.rules.push(rule(instruction));
        self.references.push(references);
        self.places.push(crate::device::op::Place {
            line: instruction.line,
            location: instruction.location,
        });
    }

    fn declare(&mut self, variable: &Variable<'a>) -> Result<()> {
        let (space, at) = match variable.space {
            Space::Shared if variable.external || variable.unsized_array => {
                self.dynamic_align = self.dynamic_align.max(variable.align);
                self.module
                    .names
                    .entry(variable.name)
                    .or_insert(super::Place::DynamicShared);
                return Ok(());
            }
            Space::Shared => {
                let at = align_up(self.shared, variable.align);
                self.shared = at + variable.size;
                (Space::Shared, at)
            }
            Space::Local | Space::Param => {
                let at = align_up(self.local, variable.align);
                self.local = at + variable.size;
                (Space::Local, at)
            }
            _ => {
                return error(
                    variable.line,
                    "a variable of this state space can't stand in a function",
                );
            }
        };
        if self.shared > MAX_FRAME || self.local > MAX_FRAME {
            return error(variable.line, format!("variable `{}` is too large", variable.name));
        }
        self.top().variables.insert(variable.name, (space, at as u32));
        Ok(())
    }

    fn top(&mut self) -> &mut Scope<'a> {
        self.scopes.last_mut().expect("the function's own scope stays")
    }

    fn jump(&mut self, label: &'a str, entry: Option<usize>, line: u32) {
        let scopes = self.scopes.iter().rev().map(|scope| scope.id).collect();
        self.jumps.push((self.ops.len(), label, scopes, entry, line));
    }
}

/// How unwritten registers spread: what chooses or puts bits together may leave them out.
fn rule(instruction: &Instruction<'_>) -> Rule {
    match instruction.opcode {
        "selp" => Rule::Select,
        "shfl" => Rule::Own,
        "and" | "or" | "xor" | "lop3" | "bfi" | "bfe" | "prmt" | "shf" | "shl" | "shr" | "mov" | "slct" | "min"
        | "max" => Rule::All,
        "cvt" if instruction.operands.len() > 2 => Rule::All,
        // With a predicate that may decide alone.
        "set" | "setp" if instruction.operands.len() > 3 => Rule::All,
        _ => Rule::Any,
    }
}

pub fn decode<'a>(module: &mut ModuleState<'a>, function: &'a Function<'a>, index: usize) -> Result<Decoded> {
    let base = module.code.ops.len() as u32;
    let (shared, list_start) = (module.common_shared, module.code.lists.len());
    let mut state = FunctionState {
        module,
        entry: function.entry,
        scopes: vec![Scope::default()],
        next_scope: 1,
        classes: Vec::new(),
        ops: Vec::new(),
        references: Vec::new(),
        rules: Vec::new(),
        places: Vec::new(),
        labels: HashMap::new(),
        jumps: Vec::new(),
        shared,
        dynamic_align: 16,
        local: 0,
        kernel_shared: HashMap::new(),
        ordered: false,
        units: Units::default(),
        carry: u32::MAX,
    };
    if function.entry {
        let (offsets, _) = layout(&signature(&function.parameters), 0);
        for (parameter, (offset, _)) in function.parameters.iter().zip(offsets) {
            state.top().variables.insert(parameter.name, (Space::Param, offset));
        }
    } else {
        let (returns, end) = layout(&signature(&function.returns), 0);
        let (parameters, end) = layout(&signature(&function.parameters), end);
        let places = returns.iter().chain(&parameters);
        for (variable, (offset, _)) in function.returns.iter().chain(&function.parameters).zip(places) {
            state.top().variables.insert(variable.name, (Space::Local, *offset));
        }
        state.local = end;
    }
    for statement in function.body.iter().flatten() {
        match statement {
            Statement::Open => {
                let id = state.next_scope;
                state.next_scope += 1;
                state.scopes.push(Scope { id, ..Scope::default() });
            }
            Statement::Close => {
                state.scopes.pop();
            }
            Statement::Registers { name, ty, count, line } => {
                let class = RegisterClass::of(*ty);
                if let Some(count) = count {
                    state.top().families.insert(name, (*count, class));
                } else {
                    let register = state.fresh(class);
                    if state.top().registers.insert(name, (register, class)).is_some() {
                        return error(*line, format!("register `{name}` is declared twice"));
                    }
                }
            }
            Statement::Variable(variable) => state.declare(variable)?,
            Statement::Label(name, line) => {
                let (id, at) = (state.top().id, state.ops.len() as u32);
                if state.labels.insert((id, name), at).is_some() {
                    return error(*line, format!("label `{name}` is declared twice"));
                }
            }
            Statement::Targets(name, list) => {
                state.top().targets.insert(name, list.clone());
            }
            Statement::Prototype(name, prototype) => {
                state.top().prototypes.insert(name, prototype.clone());
            }
            Statement::Instruction(instruction) => {
                if state.ops.len() > 1 << 22 {
                    return error(instruction.line, "function is too long");
                }
                instruction_of(&mut state, instruction)?;
            }
        }
    }
    // A body may end without ret; labels may stand at its very end.
    let end = Instruction {
        line: function.line,
        location: 0,
        guard: None,
        opcode: "ret",
        modifiers: Vec::new(),
        operands: Vec::new(),
    };
    instruction_of(&mut state, &end)?;
    for (at, label, scopes, entry, line) in std::mem::take(&mut state.jumps) {
        let found = scopes.iter().find_map(|&scope| state.labels.get(&(scope, label)));
        let Some(&target) = found else {
            return error(line, format!("unknown label `{label}`"));
        };
        match entry {
            Some(entry) => {
                let list = state.ops[at].list as usize;
                state.module.code.lists[list + entry] = target;
            }
            None => state.ops[at].immediate = i64::from(target),
        }
    }
    let allocation = allocate::allocate(&state.ops, &state.references, &state.classes, &state.module.code.lists);
    for ((op, references), &rule) in state.ops.iter_mut().zip(&state.references).zip(&state.rules) {
        let registers = &mut state.module.code.flow_registers;
        let mut flow = Flow {
            first: registers.len() as u32,
            rule,
            ..Flow::default()
        };
        for defines in [false, true] {
            let such = references.iter().filter(|reference| reference.defines == defines);
            registers.extend(such.map(|reference| allocation.slots[reference.register as usize]));
            let count = (registers.len() as u32 - flow.first) as u16;
            if defines {
                flow.destinations = count - flow.sources;
            } else {
                flow.sources = count;
            }
        }
        state.module.code.flows.push(flow);
        for reference in references {
            let slot = allocation.slots[reference.register as usize];
            match reference.field {
                Field::List(index) => state.module.code.lists[op.list as usize + index as usize] = slot,
                field => super::builder::set(op, field, slot),
            }
        }
        match op.kind {
            Kind::Branch => op.immediate += i64::from(base),
            Kind::BranchIndexed => {
                let range = op.list as usize..op.list as usize + op.list_length as usize;
                state.module.code.lists[range]
                    .iter_mut()
                    .for_each(|target| *target += base);
            }
            _ => {}
        }
    }
    debug_assert!(list_start <= state.module.code.lists.len());
    let local_bytes = align_up(state.local, 16) as u32;
    let shared_bytes = align_up(state.shared, state.dynamic_align) as u32;
    let (ordered, units) = (state.ordered, state.units);
    let (ops, places) = (state.ops, state.places);
    let code = &mut module.code;
    code.ops.extend(ops);
    code.places.extend(places);
    code.function_ordered |= ordered && !function.entry;
    let entry = &mut code.functions[index];
    entry.entry = base;
    entry.frame_words = allocation.words.next_multiple_of(32);
    entry.local_bytes = local_bytes;
    entry.unwritten = allocation.unwritten;
    Ok(Decoded {
        shared_bytes,
        local_bytes,
        registers: allocation.words.div_ceil(32).min(255),
        ordered,
        units,
    })
}

fn instruction_of<'a>(state: &mut FunctionState<'a, '_>, instruction: &Instruction<'a>) -> Result<()> {
    let mut b = Builder::new(state, instruction);
    match instruction.opcode {
        "bra" => {
            b.take("uni");
            b.expect_operands(1)?;
            let Operand::Name(label, None) = b.operand(0)? else {
                return b.error("a label is expected");
            };
            b.op.kind = Kind::Branch;
            b.function.jump(label, None, instruction.line);
            b.emit(empty_op().run, Class::Control, &[])
        }
        "brx" => {
            if !b.take("idx") {
                return b.unsupported();
            }
            b.take("uni");
            b.expect_operands(2)?;
            let a = b.src(0, Type::U32)?;
            b.a(a);
            let Operand::Name(name, None) = b.operand(1)? else {
                return b.error("a label is expected");
            };
            let targets = b
                .function
                .scopes
                .iter()
                .rev()
                .find_map(|scope| scope.targets.get(name).cloned());
            let Some(targets) = targets else {
                return b.error(format!("unknown branch targets `{name}`"));
            };
            for (entry, label) in targets.iter().enumerate() {
                b.function.jump(label, Some(entry), instruction.line);
                b.list.push(0);
            }
            b.op.kind = Kind::BranchIndexed;
            b.emit(empty_op().run, Class::Control, &[Field::A])
        }
        "ret" => {
            b.take("uni");
            b.op.kind = Kind::Return;
            b.emit(empty_op().run, Class::Control, &[])
        }
        "exit" => {
            b.op.kind = Kind::Exit;
            b.emit(empty_op().run, Class::Control, &[])
        }
        "call" => call(b),
        _ => ops::decode(b),
    }
}

/// The local-frame offsets and sizes of the `.param` variables in a call's list.
fn call_list<'a>(b: &mut Builder<'_, 'a, '_>, operand: &Operand<'a>, sizes: Option<&[(u32, u32)]>) -> Result<Vec<u32>> {
    let Operand::List(list) = operand else {
        return b.error("a list in parentheses is expected");
    };
    let mut out = Vec::new();
    for (index, operand) in list.iter().enumerate() {
        let Operand::Name(name, None) = operand else {
            return b.error("parameters of calls have to be .param variables");
        };
        let Some(&(Space::Local, at)) = b.function.variable(name) else {
            return b.error(format!("`{name}` is no .param variable"));
        };
        let size = match sizes {
            Some(sizes) => match sizes.get(index) {
                Some(&(size, _)) => size,
                None => return b.error("more parameters than the function has"),
            },
            None => 0,
        };
        // The frame has to hold what is copied, whatever the declaration says.
        let end = u64::from(at) + u64::from(size);
        if end > b.function.local {
            b.function.local = end;
        }
        out.extend([at, size]);
    }
    if sizes.is_some_and(|sizes| sizes.len() != list.len()) {
        return b.error("fewer parameters than the function has");
    }
    Ok(out)
}

fn call<'a>(mut b: Builder<'_, 'a, '_>) -> Result<()> {
    b.take("uni");
    let operands = &b.instruction.operands;
    let mut at = 0;
    let returns = matches!(operands.first(), Some(Operand::List(_))).then(|| {
        at = 1;
        &operands[0]
    });
    let Some(Operand::Name(name, None)) = operands.get(at) else {
        return b.error("a function is expected");
    };
    let arguments = operands
        .get(at + 1)
        .filter(|operand| matches!(operand, Operand::List(_)));
    let last = operands.get(at + 1 + usize::from(arguments.is_some()));
    let mut fields = Vec::new();
    let (return_sizes, argument_sizes): (Vec<_>, Vec<_>);
    if let Some(Place::Function(index)) = b.function.module_place(name)? {
        b.op.kind = Kind::Call;
        b.op.immediate = i64::from(index);
        let target = &b.function.module.code.functions[index as usize];
        let sizes = |list: &[(u32, u32)]| list.iter().map(|&(_, size)| (size, 1)).collect();
        (return_sizes, argument_sizes) = (sizes(&target.returns), sizes(&target.parameters));
        if target.builtin.is_none() && !b.function.module.defined[index as usize] {
            return b.error(format!("function `{name}` is declared, but nothing defines it"));
        }
    } else {
        let Some(Operand::Name(label, None)) = last else {
            return b.error(format!("unknown function `{name}`"));
        };
        let find = |scope: &Scope<'a>| scope.prototypes.get(label).cloned();
        let mut prototype = b.function.scopes.iter().rev().find_map(find);
        if prototype.is_none() {
            let targets = b
                .function
                .scopes
                .iter()
                .rev()
                .find_map(|scope| scope.targets.get(label).cloned());
            if let Some(Some(Place::Function(index))) =
                targets.and_then(|list| list.first().map(|name| b.function.module.names.get(name).copied()))
            {
                let target = &b.function.module.code.functions[index as usize];
                let sizes = |list: &[(u32, u32)]| list.iter().map(|&(_, size)| (size, 1)).collect();
                prototype = Some(Prototype {
                    returns: sizes(&target.returns),
                    parameters: sizes(&target.parameters),
                });
            }
        }
        let Some(prototype) = prototype else {
            return b.error(format!("unknown prototype `{label}`"));
        };
        (return_sizes, argument_sizes) = (prototype.returns, prototype.parameters);
        b.op.kind = Kind::CallIndirect;
        let a = b.src(at, Type::U64)?;
        b.a(a);
        fields.push(Field::A);
    }
    let mut list = Vec::new();
    if let Some(returns) = returns {
        list = call_list(&mut b, returns, Some(&return_sizes))?;
    }
    b.op.mode = (list.len() / 2) as u8;
    if let Some(arguments) = arguments {
        list.extend(call_list(&mut b, arguments, Some(&argument_sizes))?);
    }
    b.list = list;
    b.emit(empty_op().run, Class::Control, &fields)
}
