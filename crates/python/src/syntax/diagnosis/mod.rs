//! Why CPython 3.11 refuses a program.
//!
//! Runs only on programs that ruff's parser refused, so it may be slow: CPython's own way, from its tokens over
//! its grammar (PEP 617) to its diagnoses, decides which of a program's errors is told, in which words, on which line.

mod grammar;
mod machine;
mod messages;
mod strings;
mod tokens;

use super::SyntaxError;

/// CPython's error; None where its grammar takes the program.
pub(super) fn diagnose(source: &str) -> Option<SyntaxError> {
    let tokens = tokens::tokenize(source);
    machine::Machine::new(source, &tokens, 0).diagnose("file")
}

/// The same for a text that `eval` is given.
pub(super) fn diagnose_expression(source: &str) -> Option<SyntaxError> {
    let tokens = tokens::tokenize(source);
    machine::Machine::new(source, &tokens, 0).diagnose("eval")
}

/// The first inconsistent mix of tabs and spaces, which ruff's parser takes.
pub(super) fn tab_error(source: &str) -> Option<SyntaxError> {
    let stop = tokens::tokenize(source).stop?;
    (stop.error.type_name == "TabError").then_some(stop.error)
}
