//! Parsed PTX to the dense form: names resolved, operands typed, registers allocated, memory laid out.

mod allocate;
mod builder;
mod function;

pub(crate) use builder::{Address, Builder, Field, RegisterClass, nothing};

use std::collections::{HashMap, HashSet};

use crate::device::op::{Builtin, Code, FunctionCode, Units};
use crate::ptx::{
    AddressFix, Ast, Global, Initial, JitError, Kernel, Module, Operand, Parameter, Space, Statement, Symbol, Type,
    Variable,
};

pub type Result<T> = std::result::Result<T, JitError>;

/// Bytes all globals of a module may have together, and its text's initialisers.
const MAX_GLOBALS: u64 = 1 << 37;
/// Shared memory of one kernel at most, before the launch's own limit.
const MAX_SHARED: u64 = 1 << 24;

/// Bytes of shared memory for `%reserved_smem_offset_*`, where a module names them.
pub const RESERVED_SHARED: u64 = 1024;
const RESERVED_NAME: &str = "%reserved_smem_offset_";

/// Where a module-level name lives.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    Global(u32),
    /// Offset in the shared memory that all kernels lay out alike.
    CommonShared(u32),
    /// Laid out by each kernel that uses it: index into the variables.
    KernelShared(u32),
    DynamicShared,
    Local(u32),
    Function(u32),
}

/// What is known of the module while its functions are decoded.
pub struct ModuleState<'a> {
    pub names: HashMap<&'a str, Place>,
    pub variables: &'a [Variable<'a>],
    pub common_shared: u64,
    /// Which functions of `code` have a body, which may not be decoded yet.
    pub defined: Vec<bool>,
    pub code: Code,
    pub pool_index: HashMap<(u128, u8), u32>,
    pub relocation_index: HashMap<(u32, i64), u32>,
}

fn error<T>(line: u32, message: impl Into<String>) -> Result<T> {
    Err(JitError {
        line,
        message: message.into(),
    })
}

pub fn align_up(value: u64, align: u32) -> u64 {
    value.next_multiple_of(u64::from(align.max(1)))
}

/// Sequential layout of parameters: (offset, size) each, and the end.
pub fn layout(list: &[(u32, u32)], mut at: u64) -> (Vec<(u32, u32)>, u64) {
    let mut out = Vec::new();
    for &(size, align) in list {
        at = align_up(at, align);
        out.push((at as u32, size));
        at += u64::from(size);
    }
    (out, at)
}

pub fn signature(variables: &[Variable<'_>]) -> Vec<(u32, u32)> {
    variables
        .iter()
        .map(|variable| (variable.size as u32, variable.align))
        .collect()
}

fn builtin(name: &str) -> Option<Builtin> {
    Some(match name {
        "vprintf" => Builtin::Printf,
        "__assertfail" => Builtin::AssertFail,
        "malloc" => Builtin::Malloc,
        "free" => Builtin::Free,
        _ => return None,
    })
}

pub fn decode(ast: &Ast<'_>) -> Result<Module> {
    let mut module = Module {
        target: ast.target,
        version: ast.version,
        ..Module::default()
    };
    let mut state = ModuleState {
        names: HashMap::new(),
        variables: &ast.variables,
        common_shared: 0,
        defined: Vec::new(),
        code: Code::default(),
        pool_index: HashMap::new(),
        relocation_index: HashMap::new(),
    };
    // Functions first: a definition takes the place of its declarations.
    let mut bodies: Vec<Option<usize>> = Vec::new();
    for (position, function) in ast.functions.iter().enumerate() {
        for parameter in function.parameters.iter().chain(&function.returns) {
            if parameter.size > 1 << 16 {
                return error(parameter.line, format!("parameter `{}` is too large", parameter.name));
            }
        }
        let index = match state.names.get(function.name) {
            Some(Place::Function(index)) => *index as usize,
            Some(_) => return error(function.line, format!("`{}` is declared twice", function.name)),
            None => {
                let index = bodies.len();
                bodies.push(None);
                state.code.functions.push(FunctionCode {
                    name: function.name.to_owned(),
                    entry: u32::MAX,
                    builtin: builtin(function.name),
                    ..FunctionCode::default()
                });
                state.names.insert(function.name, Place::Function(index as u32));
                index
            }
        };
        if function.body.is_some() {
            if bodies[index].is_some() {
                return error(function.line, format!("function `{}` is defined twice", function.name));
            }
            bodies[index] = Some(position);
            state.code.functions[index].builtin = None;
        }
        let (returns, end) = layout(&signature(&function.returns), 0);
        let (parameters, _) = layout(&signature(&function.parameters), end);
        state.code.functions[index].returns = returns;
        state.code.functions[index].parameters = parameters;
    }
    for (alias, target) in &ast.aliases {
        let Some(Place::Function(index)) = state.names.get(target).copied() else {
            return error(0, format!(".alias of `{target}`, which is no function"));
        };
        state.names.insert(alias, Place::Function(index));
    }
    state.defined = bodies.iter().map(Option::is_some).collect();
    place_variables(ast, &mut state, &mut module)?;
    fill_globals(ast, &state, &mut module)?;
    let mut called = Units::default();
    for (index, body) in bodies.iter().enumerate() {
        let Some(position) = *body else { continue };
        let function = &ast.functions[position];
        let decoded = function::decode(&mut state, function, index)?;
        if function.entry {
            let (offsets, end) = layout(&signature(&function.parameters), 0);
            let parameters = function
                .parameters
                .iter()
                .zip(offsets)
                .map(|(variable, (offset, size))| Parameter {
                    name: variable.name.to_owned(),
                    offset,
                    size,
                    align: variable.align,
                });
            module.kernels.push(Kernel {
                name: function.name.to_owned(),
                parameters: parameters.collect(),
                parameter_bytes: end as u32,
                shared_bytes: decoded.shared_bytes,
                local_bytes: decoded.local_bytes,
                constant_bytes: module
                    .globals
                    .iter()
                    .filter(|g| g.constant)
                    .map(|g| g.size as u32)
                    .sum(),
                registers: decoded.registers,
                max_threads: function.max_threads,
                required_threads: function.required_threads,
                min_blocks: function.min_blocks,
            });
            state.code.kernels.push(index as u32);
            state.code.ordered.push(decoded.ordered);
            state.code.units.push(decoded.units);
        } else {
            called = called.meet(decoded.units);
        }
    }
    for units in &mut state.code.units {
        *units = units.meet(called);
    }
    // A kernel that calls is as ordered as the most ordered function of the module.
    let any_ordered = state.code.function_ordered;
    for ordered in &mut state.code.ordered {
        *ordered |= any_ordered;
    }
    let mut order: Vec<u32> = (0..state.code.functions.len() as u32).collect();
    order.retain(|&index| state.code.functions[index as usize].entry != u32::MAX);
    order.sort_by_key(|&index| state.code.functions[index as usize].entry);
    state.code.order = order;
    state.code.files = ast
        .files
        .iter()
        .map(|(index, name)| (*index, (*name).to_owned()))
        .collect();
    state.code.locations = ast.locations.clone();
    module.code = state.code;
    Ok(module)
}

/// Names that functions other than kernels mention.
fn mentioned_by_functions<'a>(ast: &'a Ast<'a>) -> HashSet<&'a str> {
    fn collect<'a>(operand: &'a Operand<'a>, out: &mut HashSet<&'a str>) {
        match operand {
            Operand::Name(name, _) | Operand::NamePlus(name, _) => {
                out.insert(name);
            }
            Operand::Address(base, _) => collect(base, out),
            Operand::Vector(list) | Operand::List(list) => list.iter().for_each(|operand| collect(operand, out)),
            _ => {}
        }
    }
    let mut out = HashSet::new();
    for function in ast.functions.iter().filter(|function| !function.entry) {
        for statement in function.body.iter().flatten() {
            if let Statement::Instruction(instruction) = statement {
                instruction
                    .operands
                    .iter()
                    .for_each(|operand| collect(operand, &mut out));
            }
        }
    }
    out
}

/// Whether anything names the shared memory that the system keeps for itself.
fn mentions_reserved(ast: &Ast<'_>) -> bool {
    let reserved = |operand: &Operand<'_>| matches!(operand, Operand::Name(name, _) if name.starts_with(RESERVED_NAME));
    ast.functions
        .iter()
        .flat_map(|function| function.body.iter().flatten())
        .any(|statement| match statement {
            Statement::Instruction(instruction) => instruction.operands.iter().any(reserved),
            _ => false,
        })
}

fn place_variables<'a>(ast: &'a Ast<'a>, state: &mut ModuleState<'a>, module: &mut Module) -> Result<()> {
    let shared_by_functions = mentioned_by_functions(ast);
    if mentions_reserved(ast) {
        // It comes first, so that its place is the same in every kernel.
        state.common_shared = RESERVED_SHARED;
    }
    let definitions = ast.variables.iter().filter(|variable| !variable.external);
    let defined: HashSet<&str> = definitions.map(|variable| variable.name).collect();
    let (mut local, mut total) = (0u64, 0u64);
    for (index, variable) in ast.variables.iter().enumerate() {
        let place = match variable.space {
            Space::Global | Space::Constant => {
                if variable.external && (defined.contains(variable.name) || state.names.contains_key(variable.name)) {
                    continue;
                }
                total = total.saturating_add(variable.size);
                if total > MAX_GLOBALS {
                    return error(variable.line, "the module's variables are too large");
                }
                module.globals.push(Global {
                    name: variable.name.to_owned(),
                    size: variable.size,
                    align: variable.align,
                    constant: variable.space == Space::Constant,
                    managed: variable.managed,
                    initial: Vec::new(),
                    addresses: Vec::new(),
                });
                Place::Global(module.globals.len() as u32 - 1)
            }
            Space::Shared if variable.external || variable.unsized_array => Place::DynamicShared,
            Space::Shared if shared_by_functions.contains(variable.name) => {
                let offset = align_up(state.common_shared, variable.align);
                state.common_shared = offset + variable.size;
                if state.common_shared > MAX_SHARED {
                    return error(variable.line, "too much shared memory");
                }
                Place::CommonShared(offset as u32)
            }
            Space::Shared => Place::KernelShared(index as u32),
            Space::Local => {
                let offset = align_up(local, variable.align);
                local = offset + variable.size;
                if local > MAX_SHARED {
                    return error(variable.line, "too much local memory");
                }
                Place::Local(offset as u32)
            }
            _ => {
                return error(
                    variable.line,
                    "a variable of this state space can't stand at module level",
                );
            }
        };
        if state
            .names
            .insert(variable.name, place)
            .is_some_and(|_| !variable.external)
        {
            return error(variable.line, format!("`{}` is declared twice", variable.name));
        }
    }
    module.module_local = align_up(local, 16) as u32;
    Ok(())
}

fn fill_globals(ast: &Ast<'_>, state: &ModuleState<'_>, module: &mut Module) -> Result<()> {
    for variable in &ast.variables {
        let Some(Place::Global(index)) = state.names.get(variable.name).copied() else {
            continue;
        };
        let global = &mut module.globals[index as usize];
        let width = variable.ty.bytes() as usize;
        for (position, value) in variable.initial.iter().enumerate() {
            let bits = match *value {
                Initial::Integer(value) if variable.ty == Type::F32 => u64::from((value as i64 as f32).to_bits()),
                Initial::Integer(value) if variable.ty == Type::F64 => (value as i64 as f64).to_bits(),
                Initial::Integer(value) => value,
                Initial::Single(bits) if variable.ty == Type::F64 => f64::from(f32::from_bits(bits)).to_bits(),
                Initial::Single(bits) => u64::from(bits),
                Initial::Double(bits) if variable.ty == Type::F32 => u64::from((f64::from_bits(bits) as f32).to_bits()),
                Initial::Double(bits) => bits,
                Initial::Address { name, offset, mask } => {
                    let symbol = match state.names.get(name) {
                        Some(Place::Global(index)) => Symbol::Global(*index),
                        Some(Place::Function(index)) => Symbol::Function(*index),
                        _ => {
                            return error(
                                variable.line,
                                format!("`{name}` has no address known when a module is loaded"),
                            );
                        }
                    };
                    global.addresses.push(AddressFix {
                        offset: (position * width) as u64,
                        width: width as u8,
                        symbol,
                        addend: offset,
                        mask,
                    });
                    0
                }
            };
            let bytes = u128::from(bits).to_le_bytes();
            global.initial.extend_from_slice(&bytes[..width]);
        }
    }
    Ok(())
}
