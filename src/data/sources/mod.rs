//! Where programs come from: the corpora that ship, a Python tutorial, Project CodeNet, a plain folder, and the traces of
//! any of them.

pub mod codenet;
mod corpus;
pub mod embed;
pub mod harvest;
pub mod tutorial;

use super::random::stable_hash;
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

/// Whether a program and all of its mutants are held out, where `share` of the programs are: a matter of its name alone,
/// so that data made on the fly and data on disk hold out the same ones.
pub fn held_out(name: &str, share: f64) -> bool {
    stable_hash(name) % 10_000 < (share.clamp(0.0, 1.0) * 10_000.0).round() as u64
}

/// What is known of the licence of programs that a user brings.
pub const UNKNOWN_LICENSE: &str = "unknown (see the source)";
