//! ZIL: a loop is left before its body runs.

use ruff_python_ast::Stmt;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "ZIL",
    Origin::MutPy,
    "zero iteration loop: a loop's body becomes break",
    &[("while x:\n    f(x)", "while x:\n    break")],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    let mut new = statement.clone();
    let body = match &mut new {
        Stmt::For(node) => &mut node.body,
        Stmt::While(node) => &mut node.body,
        _ => return,
    };
    if !matches!(&**body, [Stmt::Break(_)]) {
        *body = std::iter::once(build::break_loop()).collect();
        out.push(new);
    }
}

super::operator_test!(untouched: ["while x:\n    break"]);
