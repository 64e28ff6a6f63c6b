//! Compiled code made ready to run: names interned, constants turned into values.

use super::in_c::InC;
use super::steps::{FoundCell, Step, steps};
use super::{Vm, names};
use crate::bytecode::{Code, Constant, ExceptionEntry, Interned, Name};
use crate::value::*;
use std::sync::Arc;

pub struct CodeObject {
    pub source: Arc<Code>,
    pub name: StrId,
    pub file: StrId,
    pub qualname: StrId,
    pub names: Box<[StrId]>,
    pub fast_names: Box<[StrId]>,
    pub constants: Box<[Value]>,
    /// What the loop runs: the instructions with common groups made one.
    pub steps: Box<[Step]>,
    /// Of each instruction with a name: where it was found last.
    pub found: Box<[FoundCell]>,
    pub argument_count: usize,
    pub positional_only_count: usize,
    pub keyword_only_count: usize,
    /// Positional arguments only, and none that take what is left.
    pub plain_arguments: bool,
    pub variable_arguments: bool,
    pub variable_keywords: bool,
    /// Locals live in fast slots.
    pub optimized: bool,
    pub traced: bool,
    /// Of the library, not of the program: its lines appear in no report.
    pub library: bool,
    /// From the text of a module of the library, which has its own docstrings; `library` holds of what `exec` runs as well.
    pub of_module: bool,
    /// Of the library, where CPython has C.
    pub in_c: Option<InC>,
    /// Number of fast slots: locals, cells, free variables.
    pub slots: usize,
    pub free_start: usize,
    /// Whether each slot is a cell (own or free).
    pub is_cell: Box<[bool]>,
    pub has_cells: bool,
    /// Some instruction takes a variable its value away.
    pub unbinds: bool,
    /// Index of the first `RESUME`: nothing before it fires events.
    pub entry: usize,
    /// Where calls begin while nothing is traced: behind a `RESUME`.
    pub quick_start: usize,
    /// Of each constant that a `KW_NAMES` names, the names; empty where there is no `KW_NAMES`.
    pub keyword_names: Box<[Box<[StrId]>]>,
}

impl CodeObject {
    pub fn exception_entry(&self, instruction: usize) -> Option<&ExceptionEntry> {
        self.source.exception_entry(instruction as u32)
    }

    /// Parameters that a call binds.
    pub fn parameter_count(&self) -> usize {
        self.argument_count + self.keyword_only_count
    }
}

/// Where names of code stand in the heap, by the place of their text: a compiler gives all uses of a name one text.
pub struct LoadedNames {
    entries: Box<[Option<LoadedName>]>,
    /// Of the program.
    epoch: u32,
}

struct LoadedName {
    text: Name,
    epoch: u32,
    id: StrId,
}

impl LoadedNames {
    const SIZE: usize = 256;

    fn slot(name: &Name) -> usize {
        (Arc::as_ptr(name).cast::<u8>().addr() >> 4) % Self::SIZE
    }

    /// Another program: handles of names that the machine does not keep are out of date.
    pub fn forget(&mut self) {
        self.epoch = self.epoch.wrapping_add(1);
    }
}

impl Default for LoadedNames {
    fn default() -> Self {
        LoadedNames {
            entries: (0..Self::SIZE).map(|_| None).collect(),
            epoch: 0,
        }
    }
}

impl Vm {
    fn intern_name(&mut self, name: &Name) -> StrId {
        let slot = LoadedNames::slot(name);
        if let Some(known) = &self.loaded_names.entries[slot]
            && Arc::ptr_eq(&known.text, name)
            && (known.epoch == self.loaded_names.epoch || (known.id.0 as usize) < self.heap.strings.base())
        {
            return known.id;
        }
        let id = self.heap.intern(name);
        self.loaded_names.entries[slot] = Some(LoadedName {
            text: Arc::clone(name),
            epoch: self.loaded_names.epoch,
            id,
        });
        id
    }

    /// Makes `code`, and the code objects within it, ready to run.
    pub fn load_code(&mut self, code: &Arc<Code>) -> CodeId {
        let constants: Box<[Value]> = code
            .constants
            .iter()
            .map(|constant| self.load_constant(constant))
            .collect();
        let names = code.names.iter().map(|name| self.intern_name(name)).collect();
        let fast_names: Box<[StrId]> = code.fast_names.iter().map(|name| self.intern_name(name)).collect();
        let slots = fast_names.len();
        let free_start = slots - code.free_variables.len();
        let is_cell = code
            .fast_names
            .iter()
            .enumerate()
            .map(|(slot, name)| slot >= free_start || code.cell_variables.iter().any(|cell| Arc::ptr_eq(cell, name)))
            .collect();
        let entry = code
            .instructions
            .iter()
            .position(|i| i.opcode == crate::bytecode::Opcode::Resume)
            .unwrap_or(0);
        let keyword_names = self.keyword_names(code, &constants);
        let object = CodeObject {
            source: Arc::clone(code),
            name: self.intern_name(&code.name),
            file: self.loading_file,
            qualname: self.intern_name(&code.qualname),
            names,
            fast_names,
            constants,
            steps: steps(code),
            found: vec![FoundCell::default(); code.instructions.len()].into_boxed_slice(),
            argument_count: code.argument_count as usize,
            positional_only_count: code.positional_only_count as usize,
            keyword_only_count: code.keyword_only_count as usize,
            plain_arguments: code.keyword_only_count == 0
                && !code.flags.variable_arguments
                && !code.flags.variable_keywords,
            variable_arguments: code.flags.variable_arguments,
            variable_keywords: code.flags.variable_keywords,
            optimized: code.flags.optimized,
            traced: code.traced,
            library: self.loading.is_some(),
            of_module: self.loading.is_some_and(|module| module != "builtins"),
            in_c: self.loading.and_then(|module| InC::find(module, &code.qualname)),
            slots,
            free_start,
            is_cell,
            unbinds: (code.instructions.iter()).any(|i| i.opcode == crate::bytecode::Opcode::DeleteFast),
            has_cells: free_start < slots || !code.cell_variables.is_empty(),
            entry,
            quick_start: usize::from(
                (code.instructions.first()).is_some_and(|i| i.opcode == crate::bytecode::Opcode::Resume),
            ),
            keyword_names,
        };
        self.heap.allocated += size_of::<CodeObject>() + code.instructions.len() * 36;
        self.codes.add(object)
    }

    /// The names that stand behind the arguments of calls.
    fn keyword_names(&self, code: &Code, constants: &[Value]) -> Box<[Box<[StrId]>]> {
        let is_names = |i: &&crate::bytecode::Instruction| i.opcode == crate::bytecode::Opcode::KwNames;
        let mut names: Vec<Box<[StrId]>> = Vec::new();
        for instruction in code.instructions.iter().filter(is_names) {
            names.resize(constants.len(), Box::default());
            let at = instruction.argument as usize;
            if let Value::Tuple(tuple) = constants[at] {
                let name = |&name: &Value| match name {
                    Value::Str(name) => Some(name),
                    _ => None,
                };
                names[at] = self.heap[tuple].items.iter().filter_map(name).collect();
            }
        }
        names.into_boxed_slice()
    }

    /// A set of constants, which hash and compare without Python code.
    fn constant_set(&mut self, items: Vec<Value>) -> crate::heap::set::Set {
        let mut set = crate::heap::set::Set::default();
        for item in items {
            let _ = self.set_add_detached(&mut set, item);
        }
        set
    }

    fn load_constant(&mut self, constant: &Constant) -> Value {
        match constant {
            Constant::None => Value::None,
            Constant::Ellipsis => Value::Ellipsis,
            Constant::Bool(b) => Value::from(*b),
            Constant::Int(i) => Value::Int(*i),
            Constant::BigInt(i) => self.heap.int(i.clone()),
            Constant::Float(f) => Value::float(*f),
            Constant::Complex { real, imaginary } => self.heap.complex(*real, *imaginary),
            Constant::Str(text) => Value::Str(self.heap.intern(text)),
            Constant::Bytes(bytes) => self.heap.new_bytes(bytes.to_vec()),
            Constant::Tuple(items) => {
                let items: Vec<Value> = items.iter().map(|item| self.load_constant(item)).collect();
                self.heap.new_tuple(&items)
            }
            Constant::FrozenSet(items, interned) => {
                let items: Vec<Value> = items.iter().map(|item| self.load_constant(item)).collect();
                let first = self.constant_set(items);
                // CPython's compiler makes the set anew from its own order when it merges constants, and once more where
                // one of its strings has been interned elsewhere.
                let items: Vec<Value> = first.iter().map(|entry| entry.key).collect();
                let mut set = self.constant_set(items);
                let order: Vec<Value> = set.iter().map(|entry| entry.key).collect();
                let again = self.constant_set(order.clone());
                let same = again.iter().zip(&order).all(|(entry, key)| entry.key.is(*key));
                let interned = match self.loading_file {
                    names::PROGRAM => *interned,
                    // Code that a program makes meets the words of the program, too.
                    _ if !same => Interned::Unknown,
                    _ => Interned::No,
                };
                match interned {
                    Interned::Yes => set = again,
                    Interned::Unknown if !same => set.address_hashed = true,
                    _ => {}
                }
                Value::FrozenSet(self.heap.add_set(set))
            }
            Constant::Code(code) => Value::Code(self.load_code(code)),
        }
    }
}
