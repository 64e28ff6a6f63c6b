//! SCD: the call of the overridden method is dropped.

use ruff_python_ast::Stmt;

use super::super_call_position::is_super_call;
use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "SCD",
    Origin::MutPy,
    "super calling deletion: a statement super().f() becomes pass",
    &[(
        "class B(A):\n    def f(self):\n        super().f()",
        "class B(A):\n    def f(self):\n        pass",
    )],
    offer,
);

fn offer(statement: &Stmt, context: &Context, out: &mut Vec<Stmt>) {
    if !context.classes.is_empty() && is_super_call(statement, None) {
        out.push(build::pass());
    }
}

super::operator_test!(untouched: ["class B(A):\n    def f(self):\n        return super().f()"]);
