//! Syntax tree → source, one statement a line.
//!
//! [`unparse`] prints a module so that parsing the text gives the same tree again, and sets every node's range to where it
//! now stands in that text. A mutated tree can therefore be compiled as it is: its line numbers are those of its source.
//!
//! The layout is canonical: four spaces of indentation, no comments, no blank lines, expressions and strings on one line.
//! Quotes are single where they can be. The language is Python 3.11's: an f-string whose replacement fields would need a
//! backslash, or every kind of quote at once, has no such form and is refused ([`Unprintable`]).

mod expression;
mod pattern;
mod statement;
mod string;

use ruff_python_ast::ModModule;
use ruff_text_size::{TextRange, TextSize};

/// Why a tree has no source text in Python 3.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unprintable {
    /// An f-string whose replacement fields hold a backslash or too many kinds of quotes.
    FormattedString,
    /// A node that no Python 3.11 program has: a template string, an IPython command, type parameters.
    Node(&'static str),
    /// A statement without a body, or an expression that ruff marked as invalid.
    Incomplete(&'static str),
}

impl std::fmt::Display for Unprintable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unprintable::FormattedString => f.write_str("an f-string that Python 3.11 cannot spell"),
            Unprintable::Node(what) => write!(f, "{what} is not part of Python 3.11"),
            Unprintable::Incomplete(what) => write!(f, "{what} lacks a part"),
        }
    }
}

impl std::error::Error for Unprintable {}

/// Prints `module` and moves its nodes' ranges to the printed text.
///
/// # Errors
/// [`Unprintable`] where the tree has no source text; the ranges are then unspecified.
pub fn unparse(module: &mut ModModule) -> Result<String, Unprintable> {
    let mut printer = Printer::default();
    printer.body(&mut module.body)?;
    module.range = printer.since(TextSize::new(0));
    Ok(printer.text)
}

/// The text so far, and how deep the current line is indented.
#[derive(Default)]
struct Printer {
    text: String,
    depth: usize,
}

impl Printer {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn position(&self) -> TextSize {
        TextSize::new(u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }

    fn since(&self, start: TextSize) -> TextRange {
        TextRange::new(start, self.position())
    }

    /// Prints `items` with `, ` between them.
    fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut print: impl FnMut(&mut Self, T) -> Result<(), Unprintable>,
    ) -> Result<(), Unprintable> {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            print(self, item)?;
        }
        Ok(())
    }

    fn identifier(&mut self, identifier: &mut ruff_python_ast::Identifier) {
        let start = self.position();
        self.put(identifier.id.as_str());
        identifier.range = self.since(start);
    }
}

#[cfg(test)]
mod tests;
