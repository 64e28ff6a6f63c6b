//! PTX text: parsed, validated and decoded to the dense form that [`crate::device`] executes.

mod ast;
mod lexer;
mod parser;

pub(crate) use ast::*;

use std::fmt;

use crate::device::op::Code;

/// How a module is to be loaded.
#[derive(Clone, Debug, Default)]
pub struct JitOptions {
    /// Name of the text in messages; `<ptx>` when absent.
    pub name: Option<String>,
}

/// Why a text is not a module this device can run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JitError {
    /// Line in the PTX text, from 1; 0 where no line is at fault.
    pub line: u32,
    pub message: String,
}

impl fmt::Display for JitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ptx, line {}: error: {}", self.line, self.message)
    }
}

impl std::error::Error for JitError {}

/// One `.param` of a kernel: where it lies in the parameter buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    pub offset: u32,
    pub size: u32,
    pub align: u32,
}

/// One `.entry`.
#[derive(Clone, Debug, Default)]
pub struct Kernel {
    pub name: String,
    pub parameters: Vec<Parameter>,
    /// Size of the parameter buffer.
    pub parameter_bytes: u32,
    /// Static shared memory per block, alignment included.
    pub shared_bytes: u32,
    /// Local memory per thread, without calls.
    pub local_bytes: u32,
    /// `.const` bytes of the module.
    pub constant_bytes: u32,
    /// Registers of 32 bits per thread after allocation, as an estimate of what `ptxas` would use.
    pub registers: u32,
    /// `.maxntid`: the product of a block's dimensions may not exceed the product of these.
    pub max_threads: Option<[u32; 3]>,
    /// `.reqntid`: exactly this block shape.
    pub required_threads: Option<[u32; 3]>,
    /// `.minnctapersm`.
    pub min_blocks: Option<u32>,
}

/// A module-level `.global` or `.const` variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Global {
    pub name: String,
    pub size: u64,
    pub align: u32,
    pub constant: bool,
    pub managed: bool,
    /// First bytes; the rest is zero.
    pub(crate) initial: Vec<u8>,
    pub(crate) addresses: Vec<AddressFix>,
}

/// What an address in an initialiser names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    Global(u32),
    Function(u32),
}

/// An address inside an initialiser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AddressFix {
    pub offset: u64,
    pub width: u8,
    pub symbol: Symbol,
    pub addend: i64,
    pub mask: Option<u64>,
}

/// A loaded text: kernels, globals and code, not yet bound to a device's memory.
#[derive(Debug, Default)]
pub struct Module {
    pub kernels: Vec<Kernel>,
    pub globals: Vec<Global>,
    /// `.target sm_80` is 80.
    pub target: u32,
    /// `.version 8.3` is (8, 3).
    pub version: (u32, u32),
    pub(crate) code: Code,
    /// Bytes of module-level `.local` variables at the bottom of each thread's local memory.
    pub(crate) module_local: u32,
}

impl Module {
    /// Parses and decodes. `source` may end in nul bytes, as texts handed to cuModuleLoadData do.
    ///
    /// # Errors
    /// The first line that is malformed or asks for what this device lacks.
    pub fn from_ptx(source: &str, options: &JitOptions) -> Result<Module, JitError> {
        let _ = options;
        let source = source.trim_end_matches('\0');
        if source.trim().is_empty() {
            return Err(JitError {
                line: 0,
                message: "the text is empty".into(),
            });
        }
        crate::decode::decode(&parser::parse(source)?)
    }

    /// The index of a kernel in [`Module::kernels`].
    pub fn kernel(&self, name: &str) -> Option<usize> {
        self.kernels.iter().position(|kernel| kernel.name == name)
    }
}
