//! Where programs come from: the corpora that ship, a Python tutorial, Project CodeNet, a plain folder, and the traces of
//! any of them.

pub mod codenet;
mod corpus;
pub mod embed;
pub mod harvest;
pub mod tutorial;

pub use corpus::{contest, tutorial as tutorial_corpus};

/// A program that data is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Unique among the programs of one source, and stable from run to run.
    pub name: String,
    pub source: String,
    /// What the program reads from standard input.
    pub stdin: String,
}

/// Programs, and what may be done with them.
#[derive(Clone, Debug)]
pub struct Source {
    /// What the programs are, for the manifest.
    pub description: String,
    pub license: String,
    pub programs: Vec<Program>,
}

/// What is known of the licence of programs that a user brings.
pub const UNKNOWN_LICENSE: &str = "unknown (see the source)";
