//! ruff's parse errors in CPython 3.11's words.

use super::{LineIndex, SyntaxError};
use ruff_python_parser::{ParseError, UnsupportedSyntaxError};
use ruff_text_size::Ranged;

/// The error that CPython would report: the first one in the source.
pub(super) fn translate(source: &str, errors: &[ParseError], unsupported: &[UnsupportedSyntaxError]) -> SyntaxError {
    let lines = LineIndex::new(source);
    let first = errors.iter().min_by_key(|error| error.location.start());
    let newer = unsupported.iter().min_by_key(|error| error.range().start());
    match (first, newer) {
        (Some(error), newer) if newer.is_none_or(|newer| error.location.start() <= newer.range().start()) => {
            in_cpython_words(source, &error.error.to_string(), lines.line(error.location.start()))
        }
        (_, Some(newer)) => SyntaxError::new("invalid syntax", lines.line(newer.range().start())),
        _ => SyntaxError::new("invalid syntax", 0),
    }
}

fn in_cpython_words(source: &str, message: &str, line: u32) -> SyntaxError {
    if let Some(what) = message.strip_prefix("Expected an indented block after ") {
        // The statement is the last line of code before.
        let before = source.lines().take(line as usize).enumerate();
        let is_code = |text: &str| !text.trim().is_empty() && !text.trim_start().starts_with('#');
        let statement = before
            .filter(|(_, text)| is_code(text))
            .last()
            .map_or(line, |(at, _)| at as u32);
        let what = what.replace('`', "'");
        let message = format!("expected an indented block after {what} on line {}", statement + 1);
        return SyntaxError::of_type("IndentationError", message, line);
    }
    match message {
        "Unexpected indentation" => SyntaxError::of_type("IndentationError", "unexpected indent", line),
        text if text.contains("indent does not match") => SyntaxError::of_type(
            "IndentationError",
            "unindent does not match any outer indentation level",
            line,
        ),
        _ => SyntaxError::new("invalid syntax", line),
    }
}
