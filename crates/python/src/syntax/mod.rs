//! Source text to syntax tree: a wrapper over ruff's parser that answers as CPython 3.11 would.

pub(crate) mod build;
mod diagnosis;
mod errors;
mod nesting;

use ruff_python_ast::{Expr, ModModule, PythonVersion, Stmt};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextSize};
use std::borrow::Cow;
use std::fmt;

/// Why a program can't be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The exception CPython raises: `SyntaxError`, `IndentationError`, `TabError` or `ValueError`.
    pub type_name: &'static str,
    pub message: String,
    /// 0-based.
    pub line: u32,
    /// CPython accepts the program (or answers in a way that is not reproduced); `message` names the feature.
    pub unsupported: bool,
}

impl SyntaxError {
    pub fn new(message: impl Into<String>, line: u32) -> Self {
        Self::of_type("SyntaxError", message, line)
    }

    pub fn of_type(type_name: &'static str, message: impl Into<String>, line: u32) -> Self {
        SyntaxError {
            type_name,
            message: message.into(),
            line,
            unsupported: false,
        }
    }

    pub fn unsupported(feature: impl Into<String>, line: u32) -> Self {
        SyntaxError {
            type_name: "SyntaxError",
            message: feature.into(),
            line,
            unsupported: true,
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.unsupported {
            "unsupported"
        } else {
            self.type_name
        };
        write!(formatter, "line {}: {kind}: {}", self.line + 1, self.message)
    }
}

impl std::error::Error for SyntaxError {}

/// A source with `\n` for `\r\n` and `\r`, as CPython's tokenizer reads it: it shows in strings of several lines.
pub fn with_newlines(source: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', source.as_bytes()).is_some() {
        Cow::Owned(source.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(source)
    }
}

/// Start offsets of a source's lines. `\n`, `\r\n` and `\r` end a line.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    pub fn new(source: &str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 16 + 2);
        starts.push(0);
        if memchr::memchr(b'\r', bytes).is_none() {
            starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at as u32 + 1));
        } else {
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
            let ends = ends.filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
            starts.extend(ends.map(|at| at as u32 + 1));
        }
        LineIndex { starts }
    }

    /// 0-based line of a byte offset.
    pub fn line(&self, offset: TextSize) -> u32 {
        self.starts
            .partition_point(|&start| start <= offset.to_u32())
            .saturating_sub(1) as u32
    }

    /// The same, tried first at `hint` and the line after it.
    pub(crate) fn line_near(&self, offset: TextSize, hint: u32) -> u32 {
        let offset = offset.to_u32();
        for line in [hint as usize, hint as usize + 1] {
            if self.starts.get(line).is_some_and(|&start| start <= offset)
                && self.starts.get(line + 1).is_none_or(|&start| offset < start)
            {
                return line as u32;
            }
        }
        self.line(TextSize::new(offset))
    }
}

/// Parses a module as CPython 3.11 would. Errors that CPython's compiler finds later (`return` outside a function, …)
/// are found by [`crate::compiler::compile`].
pub fn parse(source: &str) -> Result<ModModule, SyntaxError> {
    if memchr::memchr(0, source.as_bytes()).is_some() {
        return Err(SyntaxError::new("source code string cannot contain null bytes", 0));
    }
    if source.starts_with('\u{feff}') {
        return Err(SyntaxError::new("invalid non-printable character U+FEFF", 0));
    }
    match nesting::scan(source)? {
        nesting::Depth::Usual => parse_scanned(source),
        nesting::Depth::Deep => on_large_stack(|| parse_scanned(source)),
    }
}

/// Parses one expression as `eval` does, into a module that holds it alone.
pub fn parse_expression(source: &str) -> Result<ModModule, SyntaxError> {
    match parse(source) {
        Ok(module) if is_lone_expression(&module, source) => Ok(module),
        Err(error) if error.unsupported => Err(error),
        _ => Err(diagnosis::diagnose_expression(source)
            .unwrap_or_else(|| SyntaxError::unsupported("eval() of this text", 0))),
    }
}

/// Whether a module is nothing but one of the expressions that `eval` takes.
fn is_lone_expression(module: &ModModule, source: &str) -> bool {
    let [Stmt::Expr(statement)] = module.body.as_slice() else {
        return false;
    };
    let allowed = match &*statement.value {
        Expr::Starred(_) => false,
        Expr::Yield(_) | Expr::YieldFrom(_) => source.trim_start().starts_with('('),
        Expr::Tuple(tuple) => tuple.parenthesized || !tuple.elts.iter().any(Expr::is_starred_expr),
        _ => true,
    };
    let rest = &source[statement.range().end().to_usize()..];
    allowed
        && rest
            .lines()
            .all(|line| !line.split('#').next().unwrap_or_default().contains(';'))
}

/// Runs `job` on a thread with a stack that holds the deepest tree that the nesting scan lets through.
pub(crate) fn on_large_stack<T: Send>(job: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let handle = std::thread::Builder::new()
            .stack_size(256 << 20)
            .spawn_scoped(scope, job);
        match handle.map(|handle| handle.join()) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => panic!("no thread for a deeply nested program: {error}"),
        }
    })
}

fn parse_scanned(source: &str) -> Result<ModModule, SyntaxError> {
    let options = ParseOptions::from(Mode::Module).with_target_version(PythonVersion::PY311);
    let parsed = parse_unchecked(source, options);
    if !parsed.errors().is_empty() || !parsed.unsupported_syntax_errors().is_empty() {
        return Err(errors::translate(
            source,
            parsed.errors(),
            parsed.unsupported_syntax_errors(),
        ));
    }
    let surrogate = lone_surrogate(source).and_then(|_| {
        let escaped = parsed.tokens().iter().filter(|token| {
            token
                .string_flags()
                .is_some_and(|flags| !flags.is_raw_string() && !flags.is_byte_string())
        });
        escaped
            .filter_map(|token| Some(token.range().start().to_usize() + lone_surrogate(&source[token.range()])?))
            .next()
    });
    match parsed.into_syntax() {
        ruff_python_ast::Mod::Module(module) => match surrogate {
            Some(offset) => {
                let line = LineIndex::new(source).line(TextSize::new(offset as u32));
                Err(SyntaxError::unsupported("a lone surrogate in a string", line))
            }
            None => Ok(module),
        },
        ruff_python_ast::Mod::Expression(_) => Err(SyntaxError::new("invalid syntax", 0)),
    }
}

/// The offset of an escape such as `\\ud800`, whose character Rust's strings can't hold.
fn lone_surrogate(source: &str) -> Option<usize> {
    let is_high = |digits: &str| {
        let digits = digits.as_bytes();
        matches!(digits, [b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', ..])
    };
    let mut unescaped = 0;
    memchr::memchr_iter(b'\\', source.as_bytes()).find(|&offset| {
        if offset < unescaped {
            return false;
        }
        // The next byte belongs to this backslash, also when it is another one.
        unescaped = offset + 2;
        let escape = &source.as_bytes()[offset + 1..];
        let digits = match escape.first() {
            Some(b'u') => escape.get(1..5),
            Some(b'U') if escape.get(1..5) == Some(b"0000") => escape.get(5..9),
            _ => None,
        };
        digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .is_some_and(is_high)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_rust_strings_cannot_hold() {
        assert!(parse("x = '\\ud800'").is_err_and(|error| error.unsupported));
        assert!(parse("x = '\\u00d8'").is_ok());
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let brackets = parse(&"(".repeat(100_000)).unwrap_err();
        assert_eq!(
            (brackets.message.as_str(), brackets.line),
            ("too many nested parentheses", 0)
        );
        for unit in ["-", "not ", "1+", "lambda: ", "a.", "x if y else "] {
            assert!(
                parse(&format!("{}x", unit.repeat(100_000))).is_err_and(|error| error.unsupported),
                "{unit}"
            );
        }
        assert!(parse(&format!("x{}", "[0]".repeat(100_000))).is_err_and(|error| error.unsupported));
        assert!(parse(&format!("{}x", "1+".repeat(1_000))).is_ok());
        assert!(parse(&format!("x = [{}]", "-1, ".repeat(10_000))).is_ok());
    }

    #[test]
    fn lines_of_offsets() {
        let lines = LineIndex::new("a\nb\r\nc\rd");
        let of = |offset: u32| lines.line(TextSize::new(offset));
        assert_eq!([of(0), of(1), of(2), of(5), of(7)], [0, 0, 1, 2, 3]);
    }
}
