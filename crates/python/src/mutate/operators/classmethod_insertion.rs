//! CDI: a method becomes a class method.

use ruff_python_ast::Stmt;
use ruff_python_ast::name::Name;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "CDI",
    Origin::MutPy,
    "classmethod decorator insertion",
    &[(
        "class C:\n    def f(self):\n        pass",
        "class C:\n    @classmethod\n    def f(self):\n        pass",
    )],
    offer,
);

fn offer(statement: &Stmt, context: &Context, out: &mut Vec<Stmt>) {
    insert_decorator(statement, context, "classmethod", out);
}

/// Adds `@name` on top of an undecorated method.
pub(super) fn insert_decorator(statement: &Stmt, context: &Context, name: &str, out: &mut Vec<Stmt>) {
    if let (true, Stmt::FunctionDef(node)) = (context.class_body, statement)
        && node.decorator_list.is_empty()
    {
        let mut new = node.clone();
        new.decorator_list.push(build::decorator(build::name(Name::new(name))));
        out.push(Stmt::FunctionDef(new));
    }
}

super::operator_test!(untouched: ["def f():\n    pass", "class C:\n    @staticmethod\n    def f():\n        pass"]);
