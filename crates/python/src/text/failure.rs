//! The error that value-independent library code raises, for the virtual machine to turn into a Python exception.

use std::fmt;

/// Which Python exception a [`Failure`] becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Value,
    Type,
    Overflow,
    Key,
    Index,
    Attribute,
    Lookup,
    ZeroDivision,
    /// A result would be larger than any program may hold: the memory limit.
    Memory,
    /// The step budget that the caller gave is used up.
    Budget,
    /// Exact behaviour is not available here: the program is refused, never answered wrongly.
    Unsupported,
}

/// A Python exception in the making: its type and its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub kind: Kind,
    pub message: String,
}

impl Failure {
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Failure {
            kind,
            message: message.into(),
        }
    }

    pub fn value(message: impl Into<String>) -> Self {
        Self::new(Kind::Value, message)
    }

    pub fn type_error(message: impl Into<String>) -> Self {
        Self::new(Kind::Type, message)
    }

    pub fn overflow(message: impl Into<String>) -> Self {
        Self::new(Kind::Overflow, message)
    }

    pub fn unsupported(feature: impl Into<String>) -> Self {
        Self::new(Kind::Unsupported, feature)
    }

    pub fn memory() -> Self {
        Self::new(Kind::Memory, "")
    }

    pub fn budget() -> Self {
        Self::new(Kind::Budget, "")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {}", self.kind, self.message)
    }
}

impl std::error::Error for Failure {}

/// The longest text that one formatting operation may build, in characters. CPython would answer with MemoryError or
/// take gigabytes; a traced program meets its memory limit instead.
pub const MAX_TEXT: usize = 1 << 27;

/// Refuses a width or precision that would build more than [`MAX_TEXT`] characters.
pub fn check_size(characters: usize) -> Result<(), Failure> {
    if characters > MAX_TEXT {
        Err(Failure::memory())
    } else {
        Ok(())
    }
}
