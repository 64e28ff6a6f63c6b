//! IHD: a class variable that hides an inherited one is dropped.

use ruff_python_ast::Stmt;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "IHD",
    Origin::MutPy,
    "hiding variable deletion: a class variable that a base class of the module has as well",
    &[(
        "class A:\n    x = 1\nclass B(A):\n    x = 2",
        "class A:\n    x = 1\nclass B(A):\n    pass",
    )],
    offer,
);

fn offer(statement: &Stmt, context: &Context, out: &mut Vec<Stmt>) {
    if let (true, Stmt::Assign(node)) = (context.class_body, statement)
        && let [target] = &*node.targets
        && let Some(name) = target.as_name_expr()
        && context.inherits(&name.id)
    {
        out.push(build::pass());
    }
}

super::operator_test!(untouched: ["class A:\n    x = 1", "class A:\n    x = 1\nclass B(A):\n    y = 2"]);
