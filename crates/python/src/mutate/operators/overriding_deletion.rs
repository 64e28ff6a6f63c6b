//! IOD: a method that overrides an inherited one is dropped.

use ruff_python_ast::Stmt;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "IOD",
    Origin::MutPy,
    "overriding method deletion: a method that a base class of the module has as well",
    &[(
        "class A:\n    def f(self):\n        return 1\nclass B(A):\n    def f(self):\n        return 2",
        "class A:\n    def f(self):\n        return 1\nclass B(A):\n    pass",
    )],
    offer,
);

fn offer(statement: &Stmt, context: &Context, out: &mut Vec<Stmt>) {
    if let (true, Stmt::FunctionDef(node)) = (context.class_body, statement)
        && context.inherits(&node.name.id)
    {
        out.push(build::pass());
    }
}

super::operator_test!(untouched: ["class A:\n    def f(self):\n        pass"]);
