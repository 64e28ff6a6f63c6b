//! SDI: a method becomes a static method.

use ruff_python_ast::Stmt;

use super::classmethod_insertion::insert_decorator;
use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "SDI",
    Origin::MutPy,
    "staticmethod decorator insertion",
    &[(
        "class C:\n    def f(self):\n        pass",
        "class C:\n    @staticmethod\n    def f(self):\n        pass",
    )],
    offer,
);

fn offer(statement: &Stmt, context: &Context, out: &mut Vec<Stmt>) {
    insert_decorator(statement, context, "staticmethod", out);
}

super::operator_test!(untouched: ["def f():\n    pass"]);
