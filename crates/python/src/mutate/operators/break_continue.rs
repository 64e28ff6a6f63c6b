//! BCR: break and continue change places.

use ruff_python_ast::Stmt;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "BCR",
    Origin::MutPy,
    "break and continue replace each other",
    &[
        ("for x in y:\n    break", "for x in y:\n    continue"),
        ("for x in y:\n    continue", "for x in y:\n    break"),
    ],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    match statement {
        Stmt::Break(_) => out.push(build::continue_loop()),
        Stmt::Continue(_) => out.push(build::break_loop()),
        _ => {}
    }
}

super::operator_test!(untouched: ["for x in y:\n    pass"]);
