//! OIL: a loop's body runs once at the most.

use ruff_python_ast::Stmt;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "OIL",
    Origin::MutPy,
    "one iteration loop: a loop's body ends with break",
    &[("for x in y:\n    f(x)", "for x in y:\n    f(x)\n    break")],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    let mut new = statement.clone();
    let body = match &mut new {
        Stmt::For(node) => &mut node.body,
        Stmt::While(node) => &mut node.body,
        _ => return,
    };
    if !matches!(
        body.last(),
        Some(Stmt::Break(_) | Stmt::Return(_) | Stmt::Raise(_) | Stmt::Continue(_))
    ) {
        body.push(build::break_loop());
        out.push(new);
    }
}

super::operator_test!(untouched: ["for x in y:\n    break", "if x:\n    pass"]);
