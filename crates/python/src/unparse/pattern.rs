//! Patterns of the match statement.

use ruff_python_ast::{Pattern, Singleton};

use super::expression::Precedence;
use super::{Printer, Unprintable};

impl Printer {
    /// A pattern after `case`: sequences keep their brackets, so that a one-element one needs no comma.
    pub(super) fn open_pattern(&mut self, pattern: &mut Pattern) -> Result<(), Unprintable> {
        self.pattern(pattern, false)
    }

    /// `closed` places (an `as` pattern's left side, an alternative) want parentheses around `|` and `as`.
    fn pattern(&mut self, pattern: &mut Pattern, closed: bool) -> Result<(), Unprintable> {
        let loose = match pattern {
            Pattern::MatchOr(_) => true,
            Pattern::MatchAs(node) => node.pattern.is_some(),
            _ => false,
        };
        let enclosed = closed && loose;
        if enclosed {
            self.put("(");
        }
        let start = self.position();
        match pattern {
            Pattern::MatchValue(node) => self.expression(&mut node.value, Precedence::BitOr)?,
            Pattern::MatchSingleton(node) => self.put(match node.value {
                Singleton::None => "None",
                Singleton::True => "True",
                Singleton::False => "False",
            }),
            Pattern::MatchSequence(node) => {
                self.put("[");
                self.list(&mut node.patterns, |printer, element| printer.pattern(element, false))?;
                self.put("]");
            }
            Pattern::MatchMapping(node) => {
                self.put("{");
                self.list(node.keys.iter_mut().zip(&mut node.patterns), |printer, (key, value)| {
                    printer.expression(key, Precedence::BitOr)?;
                    printer.put(": ");
                    printer.pattern(value, false)
                })?;
                if let Some(rest) = &mut node.rest {
                    self.put(if node.keys.is_empty() { "**" } else { ", **" });
                    self.identifier(rest);
                }
                self.put("}");
            }
            Pattern::MatchClass(node) => {
                self.expression(&mut node.cls, Precedence::Atom)?;
                let start = self.position();
                self.put("(");
                self.list(&mut node.arguments.patterns, |printer, argument| {
                    printer.pattern(argument, false)
                })?;
                if !node.arguments.patterns.is_empty() && !node.arguments.keywords.is_empty() {
                    self.put(", ");
                }
                self.list(&mut node.arguments.keywords, |printer, keyword| {
                    let start = printer.position();
                    printer.identifier(&mut keyword.attr);
                    printer.put("=");
                    printer.pattern(&mut keyword.pattern, false)?;
                    keyword.range = printer.since(start);
                    Ok(())
                })?;
                self.put(")");
                node.arguments.range = self.since(start);
            }
            Pattern::MatchStar(node) => {
                self.put("*");
                match &mut node.name {
                    Some(name) => self.identifier(name),
                    None => self.put("_"),
                }
            }
            Pattern::MatchAs(node) => {
                if let Some(inner) = &mut node.pattern {
                    self.pattern(inner, !inner.is_match_or())?;
                    self.put(" as ");
                }
                match &mut node.name {
                    Some(name) => self.identifier(name),
                    None => self.put("_"),
                }
            }
            Pattern::MatchOr(node) => {
                for (index, alternative) in node.patterns.iter_mut().enumerate() {
                    if index > 0 {
                        self.put(" | ");
                    }
                    self.pattern(alternative, true)?;
                }
            }
        }
        let range = self.since(start);
        match pattern {
            Pattern::MatchValue(node) => node.range = range,
            Pattern::MatchSingleton(node) => node.range = range,
            Pattern::MatchSequence(node) => node.range = range,
            Pattern::MatchMapping(node) => node.range = range,
            Pattern::MatchClass(node) => node.range = range,
            Pattern::MatchStar(node) => node.range = range,
            Pattern::MatchAs(node) => node.range = range,
            Pattern::MatchOr(node) => node.range = range,
        }
        if enclosed {
            self.put(")");
        }
        Ok(())
    }
}
