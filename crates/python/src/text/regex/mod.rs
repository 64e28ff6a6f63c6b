//! Python's regular expressions (`re`): its dialect, flags, errors, and the order in which its engine tries things.
//!
//! A pattern is parsed into a tree (`parse`), compiled to a program (`program`) and run by a backtracking machine whose
//! state is on the heap (`matcher`), so that neither long inputs nor nested repeats can exhaust the stack. The caller's
//! check is asked every few thousand steps and may stop a run that explodes.

mod class;
mod matcher;
mod parse;
mod program;
mod source;
mod template;
mod tree;

use crate::text::{Failure, escape};

pub use matcher::{Match, Matcher, Mode, Subject};
pub use template::{Replacement, parse_replacement};

/// Values of `re.I` and the other flags, as `Pattern.flags` shows them.
pub mod flags {
    pub const IGNORECASE: u32 = 2;
    pub const LOCALE: u32 = 4;
    pub const MULTILINE: u32 = 8;
    pub const DOTALL: u32 = 16;
    pub const UNICODE: u32 = 32;
    pub const VERBOSE: u32 = 64;
    pub const DEBUG: u32 = 128;
    pub const ASCII: u32 = 256;
}

/// Why a pattern or a replacement was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// `re.error`: its `msg`, and its `pos` in characters.
    Pattern { message: String, position: Option<usize> },
    /// Another exception: ValueError, OverflowError, IndexError; or unsupported.
    Other(Failure),
}

impl Error {
    fn at(message: impl Into<String>, position: usize) -> Self {
        Error::Pattern {
            message: message.into(),
            position: Some(position),
        }
    }

    /// `str(error)` for a `re.error` of this pattern.
    pub fn text(&self, pattern: &str) -> String {
        match self {
            Error::Other(failure) => failure.message.clone(),
            Error::Pattern {
                message,
                position: None,
            } => message.clone(),
            Error::Pattern {
                message,
                position: Some(position),
            } => {
                let (line, column) = line_and_column(pattern, *position);
                if pattern.contains('\n') {
                    format!("{message} at position {position} (line {line}, column {column})")
                } else {
                    format!("{message} at position {position}")
                }
            }
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Error::Other(failure)
    }
}

/// `lineno` and `colno` of a position in a pattern.
pub fn line_and_column(pattern: &str, position: usize) -> (usize, usize) {
    let before = pattern.chars().take(position);
    before.fold(
        (1, 1),
        |(line, column), c| if c == '\n' { (line + 1, 1) } else { (line, column + 1) },
    )
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Regex {
    program: program::Program,
    /// `Pattern.flags`: those given, those set inside the pattern, and UNICODE where it is implied.
    pub flags: u32,
    /// Number of capturing groups.
    pub groups: usize,
    /// Names of groups in the order of the pattern, with their numbers.
    pub names: Vec<(String, usize)>,
}

impl Regex {
    /// Compiles a pattern. A bytes pattern is passed as Latin-1 text with `is_bytes`.
    pub fn new(pattern: &str, flags: u32, is_bytes: bool) -> Result<Self, Error> {
        let tree = parse::parse(pattern, flags, is_bytes)?;
        let program = program::compile(&tree)?;
        Ok(Regex {
            program,
            flags: tree.flags,
            groups: tree.groups,
            names: tree.names,
        })
    }
}

/// `re.escape(text)`.
pub fn escape_pattern(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\x0b\x0c".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `repr` as error messages quote names.
fn quoted(text: &str) -> String {
    escape::repr(text)
}
