//! ruff's parse errors in CPython 3.11's words.

use super::{LineIndex, SyntaxError, diagnosis, on_large_stack};
use ruff_python_parser::{ParseError, UnsupportedSyntaxError};
use ruff_text_size::Ranged;

/// The error that CPython would report.
pub(super) fn translate(source: &str, errors: &[ParseError], unsupported: &[UnsupportedSyntaxError]) -> SyntaxError {
    // The stack that the diagnosis takes goes with the brackets that are open.
    if let Some(error) = on_large_stack(|| diagnosis::diagnose(source)) {
        return error;
    }
    let errors = errors
        .iter()
        .map(|error| (error.location.start(), error.error.to_string()));
    let newer = unsupported
        .iter()
        .map(|error| (error.range().start(), error.to_string()));
    let (start, message) = errors.chain(newer).min_by_key(|(start, _)| *start).unwrap_or_default();
    SyntaxError::unsupported(format!("parser: {message}"), LineIndex::new(source).line(start))
}
