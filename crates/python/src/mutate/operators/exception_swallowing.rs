//! EXS: an exception handler does nothing.

use ruff_python_ast::Stmt;

use super::handler_deletion::replace_handler_bodies;
use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "EXS",
    Origin::MutPy,
    "exception swallowing: a handler's body becomes pass",
    &[(
        "try:\n    f()\nexcept E:\n    g()",
        "try:\n    f()\nexcept E:\n    pass",
    )],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    replace_handler_bodies(statement, &build::pass(), out);
}

super::operator_test!(untouched: ["try:\n    f()\nexcept E:\n    pass"]);
