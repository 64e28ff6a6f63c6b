//! SDL: a statement becomes pass.

use ruff_python_ast::Stmt;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "SDL",
    Origin::MutPy,
    "statement deletion: a simple statement becomes pass",
    &[("x = 1", "pass"), ("f(x)", "pass")],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    let deletable = match statement {
        Stmt::Expr(node) => !node.value.is_string_literal_expr(),
        Stmt::Assign(_) | Stmt::AugAssign(_) | Stmt::AnnAssign(_) | Stmt::Delete(_) => true,
        Stmt::Return(_) | Stmt::Raise(_) | Stmt::Assert(_) => true,
        _ => false,
    };
    if deletable {
        out.push(build::pass());
    }
}

super::operator_test!(untouched: ["pass", "import x", "def f():\n    'docstring'"]);
