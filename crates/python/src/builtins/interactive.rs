//! Source compiled in mode `single`: one interactive statement, whose expressions' values are shown.

use crate::syntax::{LineIndex, SyntaxError, build};
use ruff_python_ast::name::Name;
use ruff_python_ast::visitor::transformer::{self, Transformer};
use ruff_python_ast::{Expr, ModModule, Stmt};
use ruff_text_size::Ranged;

/// Hands the value of each expression statement outside functions and classes to `sys.displayhook`.
struct Shown;

impl Transformer for Shown {
    fn visit_stmt(&self, statement: &mut Stmt) {
        match statement {
            Stmt::Expr(node) => {
                let value = std::mem::replace(&mut *node.value, build::none());
                let sys = build::call(build::name(Name::new("__import__")), vec![build::string("sys")]);
                let hook = build::attribute(sys, Name::new("displayhook"));
                *node.value = build::call(hook, vec![value]);
            }
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            _ => transformer::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&self, _: &mut Expr) {}
}

/// Checks that a module is one interactive statement (or several on one line), and lets it show its values.
pub(super) fn prepare(mut module: ModModule, source: &str, lines: &LineIndex) -> Result<ModModule, SyntaxError> {
    let Some(last) = module.body.last() else {
        return Err(SyntaxError::unsupported(
            "compile() of an interactive statement that is empty",
            0,
        ));
    };
    let starts = module
        .body
        .iter()
        .skip(1)
        .map(|statement| lines.line(statement.start()));
    let ends = module.body.iter().map(|statement| lines.line(statement.end()));
    if starts.zip(ends).any(|(start, end)| start != end) {
        let message = "multiple statements found while compiling a single statement";
        return Err(SyntaxError::new(message, 0));
    }
    let simple = lines.line(last.start()) == lines.line(last.end());
    if !simple && !source.ends_with('\n') {
        return Err(SyntaxError::unsupported(
            "an interactive statement without a last newline",
            0,
        ));
    }
    for statement in &mut *module.body {
        Shown.visit_stmt(statement);
    }
    Ok(module)
}
